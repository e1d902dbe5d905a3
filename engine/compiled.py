"""The same score in integer steps: a rubric lowered once to straight Python code, for many departments.

Every rate stays a pair of integers and is never divided: `a/b ≤ e/f` is asked as `a·f ≤ b·e`, whole
steps are one floor division of integers, and the points of every step stand ready in a table. The
code that is made holds nothing but integers, comparisons and positions in tables: no name or text of
a rule file becomes part of it, and it has no built-ins to call. What it cannot settle (a missing
fact, a division by nothing, an uncovered value) it leaves to the interpreter in `evaluate`, which is
the truth; a property test holds the two together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from engine.compose import plainly_added
from engine.core import (
    Case,
    Combine,
    Constant,
    FactTerm,
    Function,
    Guard,
    Holds,
    Interval,
    Lies,
    Part,
    Plan,
    Term,
)
from engine.evaluate import Known, outcomes
from engine.facts import Facts, Present
from engine.lowering import lower
from engine.rules import Operator, Reading, Rubric, Side
from engine.score import assess
from engine.scorecard import Scorecard
from engine.scores import IndicatorScore, Outcome, Status, settled_by
from engine.unit import Quantity

Pair = tuple[int, int]

# Each case is nested in the one before it; Python does not nest deeper than a hundred.
MOST_CASES = 60


@dataclass(frozen=True, slots=True)
class Prepared:
    """A department's facts laid out for the compiled code: amounts as pairs of integers in base units, then levels."""

    facts: Facts
    amounts: Sequence[Pair | None]
    levels: Sequence[str | bool | None]


class CompiledRubric:
    """A rubric that scores many departments fast."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        # A rubric with tables is another one for each department, and is left to the interpreter.
        self.plans = () if rubric.tables else lower(rubric)
        self._facts = {key: index for index, key in enumerate(dict.fromkeys(k for p in self.plans for k in p.needs))}
        maker = _Maker(self.plans, self._facts)
        self._steps = maker.steps()
        # Where points are more than added up, the total is put together by the interpreter.
        plain = not rubric.tables and plainly_added(rubric) and all(map(_simple, self.plans))
        self._total = maker.total() if plain else None
        self._scale = maker.scale

    def prepare(self, facts: Facts) -> Prepared:
        """Lay a department's facts out once; what is not present is left empty."""
        amounts: list[Pair | None] = [None] * len(self._facts)
        levels: list[str | bool | None] = [None] * len(self._facts)
        given = facts.facts
        for key, index in self._facts.items():
            fact = given.get(key)
            if isinstance(fact, Present):
                value = fact.value
                if isinstance(value, Quantity):
                    number, size = value.number, value.unit.size
                    amounts[index] = number.numerator * size.numerator, number.denominator * size.denominator
                else:
                    levels[index] = value
        return Prepared(facts, amounts, levels)

    def points(self, prepared: Prepared) -> Fraction | None:
        """The total alone; None where an indicator is not settled."""
        if self._total is None:
            return assess(self.rubric, prepared.facts).card.points
        total = self._total(prepared.amounts, prepared.levels)
        return None if total is None else Fraction(total) / self._scale

    def score(self, prepared: Prepared) -> Scorecard:
        """The scorecard with its whole ledger behind it; entries are read off the outcomes when they are asked for."""
        if self.rubric.tables:
            return assess(self.rubric, prepared.facts).card
        facts, amounts, levels = prepared.facts, prepared.amounts, prepared.levels
        new, kind = tuple.__new__, IndicatorScore
        scores = []
        known: Known | None = None
        for plan, step in self._steps:
            found = None if step is None else step(amounts, levels)
            if found is None:
                known = known or Known(facts)
                found = outcomes(plan, known)
            scores.append(new(kind, (plan, facts, found, None)))
        return Scorecard(self.rubric, facts, tuple(scores))


def _simple(plan: Plan) -> bool:
    """Whether an indicator can be written as code: parts that are added up, nothing rounded or given from outside."""
    cases = _cases(plan)
    rounds = any(case.function.before or case.function.after for case in cases)
    short = all(len(part.cases) <= MOST_CASES for part in plan.parts)
    return plan.added and not rounds and short and all(case.function.flat for case in plan.first)


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """Compile a checked rubric."""
    return CompiledRubric(rubric)


# ------------------------------------------------------------------------------------------- the maker


class _Maker:
    """Writes the code of a rubric."""

    def __init__(self, plans: tuple[Plan, ...], facts: dict[str, int]) -> None:
        self.plans = plans
        self.facts = facts
        written = [plan for plan in plans if _simple(plan)]
        self.scale = lcm(*(_denominator(case.function) for plan in written for case in _cases(plan)))
        self.names: dict[str, Any] = {"__builtins__": {}, "Outcome": Outcome, "Fraction": Fraction}
        self.names["new"] = tuple.__new__

    def steps(self) -> list[tuple[Plan, Callable[..., tuple[Outcome, ...] | None] | None]]:
        """For every indicator the function that gives its outcomes, which may be None; none for what is not code."""
        lines: list[str] = []
        for index, plan in enumerate(self.plans):
            if _simple(plan):
                lines.append(f"def indicator_{index}(A, L):")
                lines.extend(f"    {line}" for line in _Trace(self, plan).lines())
        space = self._run(lines)
        return [(plan, space.get(f"indicator_{index}")) for index, plan in enumerate(self.plans)]

    def total(self) -> Callable[..., int | Fraction | None]:
        """The function that gives the total, times the scale."""
        lines = ["def total(A, L):", "    t = 0"]
        for plan in self.plans:
            lines.extend(f"    {line}" for line in _Total(self, plan).lines())
        lines.append("    return t")
        total: Callable[..., int | Fraction | None] = self._run(lines)["total"]
        return total

    def _run(self, lines: list[str]) -> dict[str, Any]:
        space = dict(self.names)
        exec(compile("\n".join(lines), "<compiled rubric>", "exec"), space)
        return space

    def keep(self, value: Any) -> str:
        """A name of ours for a value that the code needs."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name


def _cases(plan: Plan) -> list[Case]:
    return [*plan.first, *(case for part in plan.parts for case in part.cases)]


def _denominator(function: Function) -> int:
    numbers = [function.base, function.floor, function.ceiling]
    if function.reading is not Reading.PROPORTIONAL:
        numbers.append(function.amount)
    return lcm(*(number.denominator for number in numbers))


class _Writer(ABC):
    """Writes the code of one indicator: the conditions are the same for the trace and for the total."""

    def __init__(self, maker: _Maker, plan: Plan) -> None:
        self.maker = maker
        self.plan = plan
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def keep(self, value: Any) -> str:
        return self.maker.keep(value)

    # What an outcome is written as; the two kinds of code differ in these alone.
    @abstractmethod
    def settled(self, case: Case) -> list[str]:
        """Where a case settles the whole indicator."""

    @abstractmethod
    def flat(self, index: int, case: Case, pair: tuple[str, str] | None) -> list[str]:
        """Where a case gives the same points everywhere."""

    @abstractmethod
    def moving(self, index: int, case: Case, pair: tuple[str, str]) -> list[str]:
        """Where the points depend on the measured value."""

    @abstractmethod
    def end(self) -> list[str]:
        """After the last part."""

    def lines(self) -> list[str]:
        """The body of the indicator."""
        body = [line for index, part in enumerate(self.plan.parts) for line in self.part(index, part)] + self.end()
        for case in reversed(self.plan.first):
            known, condition = self.guards(case.guards, None)
            body = [*known, f"if {condition or 'True'}:", *_in(self.settled(case)), "else:", *_in(body)]
        return body

    def part(self, index: int, part: Part) -> list[str]:
        """A chain of cases; the measured value is worked out where the first case asks for it."""
        return self._chain(index, list(part.cases), {})

    def _chain(self, index: int, cases: list[Case], pairs: dict[Term, tuple[str, str]]) -> list[str]:
        if not cases:
            return ["return None"]
        case, rest = cases[0], cases[1:]
        before: list[str] = []
        if case.measure is not None and case.looks and case.measure not in pairs:
            before, worked_out = self.term(case.measure)
            pairs = {**pairs, case.measure: worked_out}
        pair = None if case.measure is None else pairs.get(case.measure)
        known, condition = self.guards(case.guards, pair)
        action = self.flat(index, case, pair) if case.function.flat else self.moving(index, case, pair or ("0", "1"))
        if not condition:
            return before + known + action
        return [*before, *known, f"if {condition}:", *_in(action), "else:", *_in(self._chain(index, rest, pairs))]

    def guards(self, guards: tuple[Guard, ...], pair: tuple[str, str] | None) -> tuple[list[str], str]:
        """What must be known for the guards, and the condition that they hold."""
        known: list[str] = []
        tests: list[str] = []
        for guard in guards:
            match guard:
                case Holds(fact, value):
                    name = self.fresh()
                    known += [f"{name} = L[{self.maker.facts[fact]}]", f"if {name} is None: return None"]
                    tests.append(f"{name} is {value}" if isinstance(value, bool) else f"{name} == {self.keep(value)}")
                case Lies(interval, None):
                    assert pair is not None
                    tests += _inside(interval, *pair)
                case Lies(interval, term) if term is not None:
                    lines, other = self.term(term)
                    known += lines
                    tests += _inside(interval, *other)
        return known, " and ".join(tests)

    def term(self, term: Term) -> tuple[list[str], tuple[str, str]]:
        """The lines that work a term out, and its two integers; the lower one is above 0."""
        match term:
            case Constant(value):
                return [], (str(value.numerator), str(value.denominator))
            case FactTerm(fact):
                name, above, below = self.fresh(), self.fresh(), self.fresh()
                lines = [f"{name} = A[{self.maker.facts[fact]}]", f"if {name} is None: return None"]
                return [*lines, f"{above}, {below} = {name}"], (above, below)
            case Combine(operator, left, right):
                first, (a, b) = self.term(left)
                second, (c, d) = self.term(right)
                return self._combined(operator, first + second, (a, b), (c, d))

    def _combined(
        self, operator: Operator, lines: list[str], left: tuple[str, str], right: tuple[str, str]
    ) -> tuple[list[str], tuple[str, str]]:
        (a, b), (c, d) = left, right
        above, below = self.fresh(), self.fresh()
        match operator:
            case Operator.ADD | Operator.SUBTRACT:
                lines += [f"{above} = {a}*{d} {operator.value} {c}*{b}", f"{below} = {b}*{d}"]
            case Operator.MULTIPLY:
                lines += [f"{above} = {a}*{c}", f"{below} = {b}*{d}"]
            case Operator.DIVIDE:
                lines += [f"{above} = {a}*{d}", f"{below} = {b}*{c}"]
                lines += [f"if {below} <= 0:", f"    if {below} == 0: return None"]
                lines += [f"    {above} = -{above}; {below} = -{below}"]
        return lines, (above, below)

    def staircase(self, function: Function, pair: tuple[str, str], table: Sequence[Any]) -> tuple[list[str], str]:
        """The lines that look the steps up in a table of what each number of them gives, and the name of the row."""
        lines, count, size = self._distance(function, pair)
        row = self.fresh()
        whole = function.reading is Reading.WHOLE
        lines.append(f"{count} = {count} // ({size})" if whole else f"{count} = -(-{count} // ({size}))")
        kept, last = self.keep(tuple(table)), self.keep(table[-1])
        return [*lines, f"{row} = {kept}[{count}] if {count} < {len(table)} else {last}"], row

    def line(self, function: Function, pair: tuple[str, str], scale: Fraction) -> tuple[list[str], str]:
        """The lines that work out points in proportion, held between floor and ceiling, and their name."""
        lines, count, size = self._distance(function, pair)
        points = self.fresh()
        base, amount = self.keep(function.base * scale), self.keep(function.amount * scale)
        floor, ceiling = self.keep(function.floor * scale), self.keep(function.ceiling * scale)
        lines.append(f"{points} = {base} + {amount} * Fraction({count}, {size})")
        lines.append(f"if {points} < {floor}: {points} = {floor}")
        return [*lines, f"elif {points} > {ceiling}: {points} = {ceiling}"], points

    def _distance(self, function: Function, pair: tuple[str, str]) -> tuple[list[str], str, str]:
        """The distance from the reference in steps, as the name of one integer over another."""
        above, below = pair
        reference, size = function.reference, function.size
        first, second = _times(above, reference.denominator), _times(below, reference.numerator)
        distance = f"{second} - {first}" if function.side is Side.BELOW else f"{first} - {second}"
        count = self.fresh()
        lines = [f"{count} = {_times(f'({distance})', size.denominator)}"]
        if function.side is Side.EITHER:
            lines.append(f"if {count} < 0: {count} = -{count}")
        return lines, count, _times(below, reference.denominator * size.numerator)


def _in(lines: list[str]) -> list[str]:
    return [f" {line}" for line in lines]


def _inside(interval: Interval, above: str, below: str) -> list[str]:
    """The tests that a pair lies in an interval, by multiplying across."""
    tests = []
    if interval.low is not None and interval.low == interval.high:
        return [f"{_times(above, interval.low.denominator)} == {_times(below, interval.low.numerator)}"]
    for end, belongs, sign in ((interval.low, interval.low_in, ">"), (interval.high, interval.high_in, "<")):
        if end is not None:
            test = sign + "=" if belongs else sign
            tests.append(f"{_times(above, end.denominator)} {test} {_times(below, end.numerator)}")
    return tests


def _times(name: str, factor: int) -> str:
    return "0" if factor == 0 else name if factor == 1 else f"{name}*{factor}"


def _ladder(function: Function) -> list[Fraction]:
    """The points after each number of steps, up to where they change no more."""
    points = [min(function.ceiling, max(function.floor, function.base))]
    count = 0
    while True:
        count += 1
        after = min(function.ceiling, max(function.floor, function.base + function.amount * count))
        if after == points[-1] and count > 1:
            return points
        points.append(after)


class _Trace(_Writer):
    """Code that gives the outcomes of an indicator."""

    def settled(self, case: Case) -> list[str]:
        return [f"return {self.keep((settled_by(case, self.plan.full, case.function.base),))}"]

    def flat(self, index: int, case: Case, pair: tuple[str, str] | None) -> list[str]:
        points = case.function.base
        lost = self.plan.parts[index].full - points
        if pair is None:
            return [f"o{index} = {self.keep(Outcome(Status.SCORED, case, points=points, lost=lost))}"]
        return [self._outcome(index, case, pair, f"{self.keep(points)}, {self.keep(lost)}")]

    def moving(self, index: int, case: Case, pair: tuple[str, str]) -> list[str]:
        full = self.plan.parts[index].full
        if case.function.reading is Reading.PROPORTIONAL:
            lines, points = self.line(case.function, pair, Fraction(1))
            return [*lines, self._outcome(index, case, pair, f"{points}, {self.keep(full)} - {points}")]
        table = [(points, full - points) for points in _ladder(case.function)]
        lines, row = self.staircase(case.function, pair, table)
        return [*lines, self._outcome(index, case, pair, f"*{row}")]

    def _outcome(self, index: int, case: Case, pair: tuple[str, str], points: str) -> str:
        status, kept, nothing = self.keep(Status.SCORED), self.keep(case), self.keep(())
        return f"o{index} = new(Outcome, ({status}, {kept}, {pair[0]}, {pair[1]}, {points}, {nothing}))"

    def end(self) -> list[str]:
        names = ", ".join(f"o{index}" for index in range(len(self.plan.parts)))
        return [f"return ({names},)"]


class _Total(_Writer):
    """Code that adds an indicator's points, times the scale, to the total."""

    def settled(self, case: Case) -> list[str]:
        return [f"t += {self._scaled(case.function.base)}"]

    def flat(self, _index: int, case: Case, _pair: tuple[str, str] | None) -> list[str]:
        return [f"t += {self._scaled(case.function.base)}"]

    def moving(self, _index: int, case: Case, pair: tuple[str, str]) -> list[str]:
        if case.function.reading is Reading.PROPORTIONAL:
            lines, points = self.line(case.function, pair, Fraction(self.maker.scale))
        else:
            table = [self._scaled(points) for points in _ladder(case.function)]
            lines, points = self.staircase(case.function, pair, table)
        return [*lines, f"t += {points}"]

    def _scaled(self, points: Fraction) -> int:
        return int(points * self.maker.scale)

    def end(self) -> list[str]:
        return ["pass"]
