"""One indicator of the core as formulas: its terms, its cases in turn, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from engine.core import (
    Case,
    Function,
    Guard,
    Holds,
    Interval,
    Lies,
    Part,
    Plan,
    Quantum,
    Term,
    part_facts,
    term_facts,
)
from engine.number import Mode
from engine.rules import Combination, LeftOut, NotApplicable, Reading, Side
from rubric.messages import workbook as say
from rubric.messages.wording import Language
from rubric.report.workbook.desk import Desk
from rubric.report.workbook.formula import (
    Formula,
    are_numbers,
    choice,
    chosen,
    compared,
    every,
    is_text,
    least,
    minus,
    most,
    negative,
    number,
    over,
    plus,
    rounded,
    sign,
    size,
    some,
    text,
    times,
    whole,
)
from rubric.report.workbook.terms import LIMIT, Polynomial, Quotient, quotient, written

ZERO, ONE = number(0), number(1)
# A spreadsheet nests 64 deep; what would go deeper is not written.
MOST_NESTED = 40
# Points are decimals; what binary fractions leave of a sum is rounded off here.
POINT_PLACES = 9
# What cannot be told is neither 0 nor 1, so that the least of several conditions is what they come to together.
_OPEN = number(Fraction(1, 2))


class NotCarriedError(ValueError):
    """Something that a formula cannot carry; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Given:
    """A fact on its sheet: its cell, what keeps it from being used (0 where nothing does), and its whole number."""

    key: str
    cell: Formula
    hindrance: Formula
    units: Formula | None = None  # the whole number, for an amount
    worth: Fraction = Fraction(1)  # what one of them is in base units


class Reckoned(NamedTuple):
    """A term in whole numbers: one over another, and whether it can be used."""

    above: Formula
    below: Formula
    state: Formula


class Written(NamedTuple):
    """An indicator as formulas: its points or why there are none, and the full marks that are left out."""

    points: Formula
    left_out: Formula


@dataclass
class Reach:
    """By how much the two numbers of a term are multiplied at most where something is made of them."""

    above: Fraction = Fraction(1)
    below: Fraction = Fraction(1)

    def add(self, above: Fraction | int, below: Fraction | int) -> None:
        """Widen it."""
        self.above, self.below = max(self.above, Fraction(above)), max(self.below, Fraction(below))


# How a level of a fact is written in its cell.
Levels = Callable[[str, str | bool], str]


class FormulaWriter:
    """Writes terms, guards and points as formulas over the facts' cells."""

    def __init__(self, desk: Desk, facts: Mapping[str, Given], language: Language, levels: Levels) -> None:
        self.desk = desk
        self.facts = facts
        self.language = language
        self.levels = levels
        self.about = ""
        self.words = {code: text(each.of(language)) for code, each in say.STATES.items()}
        self.reckoned: dict[Term, Reckoned] = {}

    # ------------------------------------------------------------------------------------------ facts

    def fact(self, key: str) -> Given:
        """A fact on its sheet."""
        try:
            return self.facts[key]
        except KeyError:
            raise NotCarriedError("outside") from None

    def worst(self, keys: Iterable[str]) -> Formula:
        """The gravest of what keeps some facts from being used."""
        found = [self.fact(key).hindrance for key in dict.fromkeys(keys)]
        return most(*found) if found else ZERO

    def hindered(self, hindrance: Formula, without: Formula) -> Formula:
        """Why there is no value, by what is in the way of the facts; another word where nothing is."""
        states = [self.words[code] for code in say.HINDRANCES]
        if hindrance.text == "0":
            return without
        return chosen(plus(hindrance, ONE), without, *states)

    # ------------------------------------------------------------------------------------------ terms

    def reckon(self, term: Term, reach: Reach, name: str = "") -> Reckoned:
        """Write a term, for numbers that are multiplied by no more than the reach says."""
        found = quotient(term, lambda key: self._worth(key))
        units = {key: self.fact(key).units or ZERO for key in dict.fromkeys(term_facts(term))}
        above, below = written(found.above, units), written(found.below, units)
        state = self._state(found, units, reach)
        labels = say.WORKING
        if not found.constant:
            above, below = times(sign(below), above), size(below)
        return Reckoned(
            self._line("above", above, f"{name}_{labels['above'].of(self.language)}" if name else ""),
            self._line("below", below, f"{name}_{labels['below'].of(self.language)}" if name else ""),
            self._line("state", state, f"{name}_{labels['state'].of(self.language)}" if name else ""),
        )

    def _worth(self, key: str) -> Fraction:
        given = self.fact(key)
        if given.units is None:
            raise NotCarriedError("outside")
        return given.worth

    def _state(
        self,
        found: Quotient,
        units: Mapping[str, Formula],
        reach: Reach,
    ) -> Formula:
        """Whether a term can be used, and else why not."""
        usable = self.words["usable"]
        divisors = [each for each in found.divisors if not set(each) <= {()}]
        zero = [compared(written(_least(each), units), "=", ZERO) for each in divisors]
        if any(set(each) <= {()} and not each.get((), 0) for each in found.divisors):
            zero = [compared(ZERO, "=", ZERO)]
        bounds = [times(number(reach.above), written(found.above, units, large=True))]
        if not found.constant:
            bounds.append(times(number(reach.below), written(found.below, units, large=True)))
        bounds += [written(_least(each), units, large=True) for each in divisors]
        beyond = compared(most(*bounds), ">=", number(LIMIT // 4))
        state = choice(beyond, self.words["beyond"], usable)
        if zero:
            state = choice(some(*dict.fromkeys(zero)), self.words["undefined"], state)
        worst = self.worst(units)
        return choice(compared(worst, ">", ZERO), self.hindered(worst, usable), state) if units else state

    def _line(self, label: str, formula: Formula, name: str = "") -> Formula:
        return self.desk.put(self.about, say.WORKING[label].of(self.language), formula, name)

    def usable(self, reckoned: Reckoned) -> Formula:
        """That a term has a value."""
        return compared(reckoned.state, "=", self.words["usable"])

    # ----------------------------------------------------------------------------------------- guards

    def lies(self, interval: Interval, reckoned: Reckoned) -> Formula:
        """That a term lies in an interval, by multiplying across."""
        above, below, _ = reckoned
        tests = []
        if interval.low is not None and interval.low == interval.high:
            return compared(*_across(above, "=", below, interval.low))
        for end, belongs, sign_ in ((interval.low, interval.low_in, ">"), (interval.high, interval.high_in, "<")):
            if end is not None:
                tests.append(compared(*_across(above, sign_ + "=" * belongs, below, end)))
        return every(*tests) if tests else compared(ONE, "=", ONE)

    def guard(self, guard: Guard, measured: Reckoned | None, terms: Mapping[Term, Reckoned]) -> Formula:
        """1 where a guard holds, 0 where it does not, between them where that cannot be told."""
        match guard:
            case Holds(fact, value):
                given = self.fact(fact)
                holds = choice(compared(given.cell, "=", text(self.levels(fact, value))), ONE, ZERO)
                open_ = choice(compared(given.hindrance, "=", ONE), ZERO, _OPEN)
                return choice(compared(given.hindrance, "=", ZERO), holds, open_)
            case Lies(interval, None):
                if measured is None:
                    return _OPEN
                return choice(self.usable(measured), choice(self.lies(interval, measured), ONE, ZERO), _OPEN)
            case Lies(interval, term) if term is not None:
                found = terms[term]
                exempt = compared(found.state, "=", self.words["not-applicable"])
                return choice(
                    self.usable(found),
                    choice(self.lies(interval, found), ONE, ZERO),
                    choice(exempt, ZERO, _OPEN),
                )
        raise AssertionError(guard)

    def guards(self, guards: Sequence[Guard], measured: Reckoned | None, terms: Mapping[Term, Reckoned]) -> Formula:
        """What several guards come to together: the least of them."""
        return least(*(self.guard(each, measured, terms) for each in guards)) if guards else ONE

    # ----------------------------------------------------------------------------------------- points

    def points(self, function: Function, measured: Reckoned) -> Formula:
        """The points of a function at a term that can be used."""
        above, below = measured.above, measured.below
        if function.before is not None:
            quantum = function.before.size
            multiple = self._rounded(
                times(above, number(quantum.denominator)), times(below, number(quantum.numerator)), function.before.mode
            )
            multiple = self._line("rounded", multiple)
            above, below = times(multiple, number(quantum.numerator)), number(quantum.denominator)
        a, b, c = _shares(function)
        distance = _combined(above, a, below, -b)
        match function.side:
            case Side.BELOW:
                distance = _combined(below, b, above, -a)
            case Side.EITHER:
                distance = size(distance)
        stride = times(below, number(c))
        if function.reading is Reading.PROPORTIONAL:
            return self._in_proportion(function, distance, stride)
        steps = whole(over(distance, stride))
        if function.reading is Reading.STARTED:
            steps = negative(whole(over(negative(distance), stride)))
        if function.after is not None:
            return self._held(function, self._line("steps", steps), ONE)
        moved = times(number(abs(function.amount)), steps)
        base = number(function.base)
        found = minus(base, moved) if function.amount < 0 else _raised(base, moved)
        return least(number(function.ceiling), most(number(function.floor), found))

    def _in_proportion(self, function: Function, distance: Formula, stride: Formula) -> Formula:
        if function.after is not None:
            return self._held(function, self._line("distance", distance), self._line("stride", stride))
        share = over(times(number(abs(function.amount)), distance), stride)
        base = number(function.base)
        found = minus(base, share) if function.amount < 0 else _raised(base, share)
        return least(number(function.ceiling), most(number(function.floor), found))

    def _held(self, function: Function, distance: Formula, stride: Formula) -> Formula:
        """Points that are rounded, and kept between the rounded floor and ceiling."""
        quantum = function.after
        assert quantum is not None
        g, h, e = _rounding(function, quantum)
        above = self._line("points-above", _combined(stride, g, distance, h))
        multiple = self._rounded(above, times(stride, number(e)), quantum.mode)
        floor, ceiling = quantum.round(function.floor), quantum.round(function.ceiling)
        if function.most is not None:
            floor, ceiling = min(floor, function.most), min(ceiling, function.most)
        return least(number(ceiling), most(number(floor), times(multiple, number(quantum.size))))

    def _rounded(self, above: Formula, below: Formula, mode: Mode) -> Formula:
        """The whole number that one whole number over another is rounded to."""
        one, other = self._line("dividend", above), self._line("divisor", below)
        if mode is Mode.CUT:
            return times(sign(one), whole(over(size(one), other)))
        if mode is Mode.UP:
            return times(sign(one), negative(whole(over(negative(size(one)), other))))
        twice = plus(times(number(2), size(one)), other)
        near = whole(over(twice, times(number(2), other)))
        if mode is Mode.HALF_EVEN:
            found = self._line("nearest", near)
            tie = compared(times(times(number(2), found), other), "=", twice)
            odd = compared(minus(found, times(number(2), whole(over(found, number(2))))), "=", ONE)
            near = minus(found, choice(every(tie, odd), ONE, ZERO))
        return times(sign(one), near)

    def to_multiple(self, points: Formula, quantum: Quantum) -> Formula:
        """Points that were added up, rounded to multiples of a size."""
        scaled = rounded(over(points, number(quantum.size)), 6)
        units = self._line("points-above", rounded(times(scaled, number(10**6)), 0))
        return times(self._rounded(units, number(10**6), quantum.mode), number(quantum.size))


def _least(polynomial: Polynomial) -> Polynomial:
    """A polynomial in its least whole numbers."""
    coefficients = list(polynomial.values())
    factor = Fraction(1)
    for value in coefficients:
        factor *= (value * factor).denominator
    shared = gcd(*(int(value * factor) for value in coefficients))
    return {each: value * factor / shared for each, value in polynomial.items()}


def _across(above: Formula, sign_: str, below: Formula, end: Fraction) -> tuple[Formula, str, Formula]:
    return times(above, number(end.denominator)), sign_, times(below, number(end.numerator))


def _combined(one: Formula, factor: int, other: Formula, second: int) -> Formula:
    """One number so many times and another so many times, the positive one first."""
    if second < 0 or factor == 0:
        first = times(one, number(factor)) if factor else None
        rest = times(other, number(abs(second)))
        if first is None:
            return rest if second >= 0 else negative(rest)
        return minus(first, rest)
    if factor < 0:
        return _combined(other, second, one, factor)
    return times(one, number(factor)) if second == 0 else plus(times(one, number(factor)), times(other, number(second)))


def _raised(base: Formula, by: Formula) -> Formula:
    """A sum, or what is added where it is added to nothing."""
    return by if base.text == "0" else plus(base, by)


def _shares(function: Function) -> tuple[int, int, int]:
    """Whole numbers a, b, c: at N over D the distance in steps is (a·N - b·D) over c·D."""
    reference, step = function.reference, function.size
    a = reference.denominator * step.denominator
    b = reference.numerator * step.denominator
    c = reference.denominator * step.numerator
    shared = gcd(a, b, c)
    return a // shared, b // shared, c // shared


def _rounding(function: Function, quantum: Quantum) -> tuple[int, int, int]:
    """Whole numbers g, h, e: at a distance of U over V the points in quanta are (g·V + h·U) over e·V."""
    base, amount = function.base / quantum.size, function.amount / quantum.size
    e = base.denominator * amount.denominator // gcd(base.denominator, amount.denominator)
    return int(base * e), int(amount * e), e


def widen(reach: Reach, interval: Interval) -> None:
    """Widen a reach by the multiples that an interval asks for."""
    for end in (interval.low, interval.high):
        if end is not None:
            reach.add(end.denominator, abs(end.numerator))


def widen_by(reach: Reach, function: Function) -> None:
    """Widen a reach by the multiples that the points of a function ask for."""
    if function.flat:
        return
    # How large the two numbers that the distance is made of may be, as multiples of those of the term.
    above, below = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
    if function.before is not None:
        quantum = function.before.size
        reach.add(2 * quantum.denominator, 2 * quantum.numerator)
        above = Fraction(quantum.denominator), Fraction(quantum.numerator)
        below = Fraction(0), Fraction(quantum.denominator)
    a, b, c = _shares(function)
    factors = [(a, abs(b) + abs(c))]
    if function.after is not None:
        g, h, e = map(abs, _rounding(function, function.after))
        factors.append((2 * h * a, 2 * h * abs(b) + 2 * (g + e) * abs(c)))
    for one, other in factors:
        reach.add(one * above[0] + other * below[0], one * above[1] + other * below[1])


class PlanWriter(FormulaWriter):
    """Writes an indicator."""

    def write(self, plan: Plan, name: str, label: Callable[[Case], str]) -> Written:
        """The formulas of an indicator; NotCarriedError where they cannot say what it earns."""
        self.label = label
        self.terms = self._terms(plan, name)
        outcomes = [self._part(part, len(plan.parts) > 1) for part in plan.parts]
        exempt = plan.exempt
        absent: Formula | None = None
        if exempt is not None and plan.parts:
            flags = [compared(each, "=", self.words["not-applicable"]) for each in outcomes]
            absent = some(*flags)
            if len(outcomes) > 1 or plan.first:
                absent = self._line("exempt", absent)
        points = self._together(plan, outcomes)
        left_out = ZERO
        if exempt is not None and absent is not None:
            out = number(plan.full) if _leaves_out(exempt) else ZERO
            points = choice(absent, self._award(exempt), points)
            left_out = choice(absent, out, ZERO) if out is not ZERO else ZERO
        for case in reversed(plan.first):
            holds = self._line("condition", self.guards(case.guards, None, self.terms))
            hindered = self.hindered(self.worst(plan.needs), self.words["undefined"])
            points = self._if(holds, self._award(case), points, hindered)
            out = number(plan.full) if _leaves_out(case) else ZERO
            if out is not ZERO or left_out is not ZERO:
                left_out = self._if(holds, out, left_out, ZERO)
        return Written(points, left_out if left_out is ZERO else self._line("left-out", left_out))

    def _terms(self, plan: Plan, name: str) -> dict[Term, Reckoned]:
        reaches: dict[Term, Reach] = {}
        cases = [*plan.first, *(case for part in plan.parts for case in part.cases)]
        if plan.exempt is not None:
            cases.append(plan.exempt)
        for case in cases:
            if case.measure is not None and case.looks:
                widen_by(reaches.setdefault(case.measure, Reach()), case.function)
            for guard in case.guards:
                if isinstance(guard, Lies):
                    term = guard.term or case.measure
                    if term is not None:
                        widen(reaches.setdefault(term, Reach()), guard.interval)
        own = [term for _, term in plan.formula] if len(plan.formula) == 1 else []
        return {term: self.reckon(term, reach, name if term in own else "") for term, reach in reaches.items()}

    def _award(self, case: Case) -> Formula:
        if not case.function.flat:
            raise NotCarriedError("outside")
        return number(case.function.base)

    def _if(self, holds: Formula, yes: Formula, no: Formula, open_: Formula) -> Formula:
        """What holds, what does not, and what cannot be told."""
        return choice(compared(holds, "=", ONE), yes, choice(compared(holds, "=", ZERO), no, open_))

    # ------------------------------------------------------------------------------------------ parts

    def _part(self, part: Part, alone: bool) -> Formula:
        """What a part comes to: points, or why there are none."""
        if len(part.cases) <= MOST_NESTED:
            for short in (self._by_measure, self._by_level):
                found = short(part)
                if found is not None:
                    return self._line("part", found) if alone else found
        return self._in_turn(part)

    def _by_measure(self, part: Part) -> Formula | None:
        """Cases that look at nothing but what they all measure."""
        measure, first = part.measure, part.cases[0]
        if measure is None or not (first.guards or not first.function.flat):
            return None
        for case in part.cases:
            if any(not isinstance(guard, Lies) or guard.term is not None for guard in case.guards):
                return None
        measured = self.terms[measure]
        found = self.words["uncovered"]
        for case in reversed(part.cases):
            points = self._points(case, measured)
            if not case.guards:
                found = points
                continue
            lies = [self.lies(guard.interval, measured) for guard in case.guards if isinstance(guard, Lies)]
            found = choice(every(*lies), points, found)
        return choice(compared(measured.state, "<>", self.words["usable"]), measured.state, found)

    def _by_level(self, part: Part) -> Formula | None:
        """Cases that look at the level of one fact, and give points that hang on nothing else."""
        facts = {guard.fact for case in part.cases for guard in case.guards if isinstance(guard, Holds)}
        if len(facts) != 1 or len(part.cases[0].guards) != 1:
            return None
        for case in part.cases:
            if case.measure is not None or not case.function.flat or len(case.guards) > 1:
                return None
            if any(not isinstance(guard, Holds) for guard in case.guards):
                return None
        given = self.fact(facts.pop())
        found = choice(compared(given.hindrance, "=", ONE), self.words["not-applicable"], self.words["uncovered"])
        for case in reversed(part.cases):
            points = number(case.function.base)
            if not case.guards:
                found = points
                continue
            (guard,) = case.guards
            assert isinstance(guard, Holds)
            found = choice(compared(given.cell, "=", text(self.levels(guard.fact, guard.value))), points, found)
        hindered = self.hindered(given.hindrance, self.words["undefined"])
        return choice(compared(given.hindrance, ">", ONE), hindered, found)

    def _points(self, case: Case, measured: Reckoned | None) -> Formula:
        if case.function.flat:
            return number(case.function.base)
        assert measured is not None
        return self.points(case.function, measured)

    def _in_turn(self, part: Part) -> Formula:
        """The first case that holds, each on lines of its own."""
        conditions, points, measures = [], [], []
        for case in part.cases:
            measured = self.terms.get(case.measure) if case.measure is not None else None
            label = self.label(case)
            conditions.append(self._named("condition", label, self.guards(case.guards, measured, self.terms)))
            points.append(self._named("award", label, self._points(case, measured)))
            measures.append(measured)
        worst = ZERO
        for case, holds in zip(reversed(part.cases), reversed(conditions), strict=True):
            own = self.worst(part_facts(part._replace(cases=(case,))))
            joined = own if worst is ZERO else most(own, worst)
            worst = self._line("hindrance", self._if(holds, own, worst, joined))
        found = self._uncovered(part, measures[-1])
        lacking = self.hindered(worst, self.words["undefined"])
        for case, holds, given, measured in zip(
            reversed(part.cases), reversed(conditions), reversed(points), reversed(measures), strict=True
        ):
            unsettled = lacking
            if measured is not None:
                undefined = compared(measured.state, "=", self.words["undefined"])
                unsettled = choice(undefined, self.words["undefined"], lacking)
            if not case.function.flat and measured is not None:
                given = choice(self.usable(measured), given, unsettled)
            found = self._line("part", self._if(holds, given, found, unsettled))
        return found

    def _named(self, label: str, clause: str, formula: Formula) -> Formula:
        shown = f"{say.WORKING[label].of(self.language)}{say.COLON.of(self.language)}{clause}" if clause else ""
        return self.desk.put(self.about, shown or say.WORKING[label].of(self.language), formula)

    def _uncovered(self, part: Part, measured: Reckoned | None) -> Formula:
        """Why no case held."""
        absent = [compared(self.fact(key).hindrance, "=", ONE) for key in dict.fromkeys(part_facts(part))]
        found = self.words["uncovered"]
        if absent:
            found = choice(some(*absent), self.words["not-applicable"], found)
        if measured is None:
            return found
        return choice(self.usable(measured), found, self.words["undefined"])

    def _together(self, plan: Plan, outcomes: list[Formula]) -> Formula:
        """The points of the indicator from those of its parts; where one is not settled, why."""
        if len(outcomes) > MOST_NESTED:
            raise NotCarriedError("too-long")
        if len(outcomes) == 1 and plan.added:
            return outcomes[0]
        why = outcomes[-1]
        for each in reversed(outcomes[:-1]):
            why = choice(is_text(each), each, why)
        match plan.combination:
            case Combination.HIGHEST:
                total = most(*outcomes)
            case Combination.LOWEST:
                total = least(*outcomes)
            case _:
                total = plus(*outcomes)
        if plan.held:
            total = least(number(plan.full), most(ZERO, total))
        if plan.after is not None:
            total = least(number(plan.full), self.to_multiple(total, plan.after))
        return choice(are_numbers(outcomes), total, why)


def _leaves_out(case: Case) -> bool:
    return isinstance(case.clause, NotApplicable) and isinstance(case.clause.award, LeftOut)
