"""How points become a total: levels, bonus and penalty, what is left out, caps, vetoes and rounding.

Every step that changes a sum is a *shift* with the clause behind it, so that members and shifts add up to
the level's points, always. All of it is reckoned in ranges; a settled score is a range of one value.
Where facts are missing the ranges hold every completion, and whether an end is reached is told by
scoring it (`bounds`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import reduce
from itertools import product
from typing import NamedTuple, Union

from engine.alternatives import NOTHING_MEASURED, Terms, interval_of
from engine.core import Guard, Interval, guard_facts, term_facts
from engine.evaluate import Known, all_hold
from engine.number import rounded
from engine.rules import (
    AnyOf,
    Cap,
    Combination,
    Condition,
    Consequence,
    Effect,
    Expression,
    Group,
    Indicator,
    Is,
    LeftOut,
    Number,
    Operation,
    Operator,
    Overall,
    PointsOf,
    Provided,
    Role,
    Rounding,
    RowsHold,
    Rubric,
    Veto,
    Within,
    walk,
)
from engine.scores import ZERO, IndicatorScore, Range, add_ranges, just

# Indicators of which it is open whether they count are tried both ways, up to so many at once.
MOST_OPEN = 8


class Why(Enum):
    """Why the points of a level are not the sum of its members'."""

    NOT_COUNTED = "not-counted"  # another member is the highest or the lowest, or the loss counts elsewhere
    FORMULA = "formula"
    KEPT = "kept"  # not below nothing, not above the most that there is
    PROVIDED = "provided"  # what a bonus asks for first does not hold
    SCALED_UP = "scaled-up"  # some indicators are left out, and the rest scaled up
    PENALTY = "penalty"  # what is lost on a penalty is taken from the total
    CAP = "cap"
    VETO = "veto"
    ROUNDED = "rounded"


class Shift(NamedTuple):
    """One thing that moves the points of a level away from the sum of its members."""

    why: Why
    amount: Fraction | None  # None where it is not settled
    clause: Cap | Veto | Rounding | Provided | Group | Overall | Indicator
    before: Range
    after: Range


class GroupScore(NamedTuple):
    """A level-1 or level-2 indicator's score: its members, and what else moves its points."""

    group: Group
    members: tuple[Member, ...]
    shifts: tuple[Shift, ...] = ()
    bounds: Range = Range(ZERO, ZERO)
    settled: bool = True
    left_out: Fraction = ZERO

    @property
    def full(self) -> Fraction:
        """Its full marks."""
        return self.group.full

    @property
    def role(self) -> Role:
        """How its points enter the total."""
        return self.group.role

    @property
    def points(self) -> Fraction | None:
        """The points, or None where a member is not settled."""
        return self.bounds.low if self.settled else None

    @property
    def lost(self) -> Fraction | None:
        """Full marks less the points, unless they are not counted."""
        return None if self.points is None else self.full - self.left_out - self.points

    def indicators(self) -> Iterator[IndicatorScore]:
        """Every indicator below it."""
        yield from each_indicator(self.members)


Member = Union[GroupScore, IndicatorScore]


class Stages(NamedTuple):
    """The points of the whole on their way: what is added up, and what each step after that looks at."""

    added: Range  # the sum of what is ordinary
    scaled: Range  # what a bonus that asks for the total looks at
    beside: Range  # with bonuses and penalties, what a formula looks at
    earned: Range  # what caps look at
    capped: Range  # what vetoes look at


class Total(NamedTuple):
    """How the whole comes about from its members."""

    members: tuple[Member, ...]
    shifts: tuple[Shift, ...]
    bounds: Range
    settled: bool
    left_out: Fraction
    vetoes: tuple[tuple[Veto, bool | None], ...] = ()
    consequences: tuple[tuple[Consequence, bool | None], ...] = ()
    stages: Stages | None = None

    @property
    def points(self) -> Fraction | None:
        """The total, or None where it is not settled."""
        return self.bounds.low if self.settled else None


def each_indicator(members: tuple[Member, ...]) -> Iterator[IndicatorScore]:
    """Every indicator, in the order of the text."""
    for member in members:
        if isinstance(member, GroupScore):
            yield from each_indicator(member.members)
        else:
            yield member


def plainly_added(rubric: Rubric) -> bool:
    """Whether the total is just the sum of the indicators' points, whatever they are."""
    left_out = isinstance(rubric.not_applicable, LeftOut) or any(map(_may_leave_out, rubric.indicators()))
    return _levels_added(rubric) and not left_out and rubric.overall == Overall()


def _may_leave_out(indicator: Indicator) -> bool:
    exemption = indicator.not_applicable
    return exemption is not None and isinstance(exemption.award, LeftOut)


def _levels_added(rubric: Rubric) -> bool:
    """Whether what is ordinary is just added up, before anything is done to the total."""
    plain = all(g.combination is Combination.SUM and g.formula is None for g in rubric.groups())
    ordinary = all(member.role is Role.ORDINARY for member in rubric.members)
    return plain and ordinary and all(cap.target is None for cap in rubric.overall.caps)


def facts_of_composition(rubric: Rubric) -> tuple[str, ...]:
    """The facts that are read where points are put together, beside those of the indicators."""
    judge = Judge(rubric, None, {})
    found: dict[str, None] = {}
    for expression in (rubric.overall.formula, *(group.formula for group in rubric.groups())):
        for each in walk(expression) if expression is not None else ():
            if not isinstance(each, PointsOf | Operation | Number):
                found.update(dict.fromkeys(judge.facts(each)))
    for conditions in _all_conditions(rubric):
        found.update(dict.fromkeys(judge.condition_facts(conditions)))
    return tuple(found)


def guards_of_composition(rubric: Rubric) -> Iterator[Guard]:
    """Every guard on facts that decides how points are put together: of caps, vetoes and provisos."""
    judge = Judge(rubric, None, {})
    for conditions in _deciding(rubric):
        yield from judge.guards(conditions)


def _all_conditions(rubric: Rubric) -> Iterator[tuple[Condition, ...]]:
    yield from _deciding(rubric)
    yield from (consequence.conditions for consequence in rubric.overall.consequences)


def _deciding(rubric: Rubric) -> Iterator[tuple[Condition, ...]]:
    """What decides the points or the grade; what follows from them is told beside."""
    yield from (cap.conditions for cap in rubric.overall.caps)
    yield from (veto.conditions for veto in rubric.overall.vetoes)
    for member in rubric.members:
        if member.provided is not None:
            yield member.provided.conditions


def compose(rubric: Rubric, scores: Sequence[IndicatorScore], known: Known, added: Range | None = None) -> Total:
    """The total of some indicators' scores; `added` is the range of their sum where that is known more closely."""
    open_ones = [score for score in scores if score.may_be_left_out]
    if not open_ones:
        return _Composition(rubric, known, added).total(scores)
    if len(open_ones) > MOST_OPEN:
        best = _Composition(rubric, known, None).total(scores)
        return best._replace(bounds=Range(ZERO, most(rubric), False, False), settled=False)
    totals = []
    for choice in product((False, True), repeat=len(open_ones)):
        out = {score.indicator.key: left for score, left in zip(open_ones, choice, strict=True)}
        totals.append(_Composition(rubric, known, None, out).total(scores))
    bounds = reduce(_hull, (each.bounds for each in totals))
    return totals[0]._replace(bounds=bounds._replace(low_reached=False, high_reached=False), settled=False)


def most(rubric: Rubric) -> Fraction:
    """The most points that there are, with every bonus."""
    return rubric.full + sum((m.full for m in rubric.members if m.role is Role.BONUS), ZERO)


class _Composition:
    """Puts the points of one department together; `out` says of indicators that are not settled whether they count."""

    def __init__(
        self, rubric: Rubric, known: Known, added: Range | None, out: Mapping[str, bool] | None = None
    ) -> None:
        self.rubric = rubric
        self.known = known
        self.added = added
        self.out = out or {}
        self.points: dict[str | None, tuple[Range, bool]] = {}
        # What each would have in full, and what of that counts where some are left out.
        self.full: dict[str | None, tuple[Range, bool]] = {None: (just(rubric.full), True)}
        self.counted = dict(self.full)
        self.judge = Judge(rubric, known, self.points)

    # -------------------------------------------------------------------------------------- members

    def total(self, scores: Sequence[IndicatorScore]) -> Total:
        """The whole."""
        overall = self.rubric.overall
        members = self._members(self.rubric.members, iter(scores))
        ordinary = [each for each in members if _role(each) is Role.ORDINARY]
        left_out = sum(map(self._left_out, ordinary), ZERO)
        worked = _Worked(*self._sum(ordinary))
        if self.added is not None and not self.out and _levels_added(self.rubric):
            worked.bounds = self.added
        stages = [worked.bounds]
        # A formula over members stands in the place of their sum; one over the total goes on from it.
        instead = overall.formula is not None and PointsOf(None) not in walk(overall.formula)
        if not instead:
            if left_out:
                worked.shift(Why.SCALED_UP, overall, _scaled_up(worked.bounds, self.rubric.full, left_out))
            self.points[None] = (worked.bounds, worked.settled)
            stages.append(worked.bounds)
            for member in members:
                self._beside(member, worked)
            self.points[None] = (worked.bounds, worked.settled)
        stages = [*stages, *[worked.bounds] * (3 - len(stages))]
        if overall.formula is not None:
            self._formula(overall.formula, overall, most(self.rubric), worked)
        self._keep(worked, most(self.rubric), overall)
        self.points[None] = (worked.bounds, worked.settled)
        stages.append(worked.bounds)
        self._caps(None, worked)
        # Caps see the total that was earned; vetoes see what the caps have left of it.
        self.points[None] = (worked.bounds, worked.settled)
        stages.append(worked.bounds)
        vetoes = tuple((veto, self.judge.all_hold(veto.conditions)) for veto in overall.vetoes)
        for veto, holds in vetoes:
            if veto.effect in (Effect.NOTHING, Effect.STOP):
                self._cut(worked, ZERO, holds, Why.VETO, veto)
        if overall.rounding is not None:
            worked.shift(Why.ROUNDED, overall.rounding, _rounded(worked.bounds, overall.rounding))
        self.points[None] = (worked.bounds, worked.settled)
        consequences = tuple((each, self.judge.all_hold(each.conditions)) for each in overall.consequences)
        shifts, bounds, settled = tuple(worked.shifts), worked.bounds, worked.settled
        return Total(members, shifts, bounds, settled, left_out, vetoes, consequences, Stages(*stages))

    def _members(self, members: tuple[Group | Indicator, ...], scores: Iterator[IndicatorScore]) -> tuple[Member, ...]:
        found: list[Member] = []
        for member in members:
            if isinstance(member, Group):
                found.append(self._group(member, self._members(member.members, scores)))
            else:
                found.append(self._indicator(next(scores)))
        return tuple(found)

    def _indicator(self, score: IndicatorScore) -> IndicatorScore:
        key, full = score.indicator.key, score.full
        self.points[key] = (self._bounds(score), score.points is not None)
        self.full[key] = (just(full), True)
        self.counted[key] = (just(full - self._left_out(score)), True)
        return score

    def _group(self, group: Group, members: tuple[Member, ...]) -> GroupScore:
        counting = [each for each in members if not self._is_out(each)] or list(members)
        worked = _Worked(*self._sum(members))
        if group.formula is not None:
            self._formula(group.formula, group, group.full, worked)
        elif group.combination is not Combination.SUM:
            worked.shift(Why.NOT_COUNTED, group, self._combined(group, counting))
        left_out = sum(map(self._left_out, members), ZERO)
        if _takes(group):
            # What the members take is taken, up to the most that the level may take: their own marks may be more.
            counted = sum((each.full for each in members), ZERO) - left_out
            kept = _each(lambda end: max(ZERO, group.full - (counted - end)), worked.bounds)
            worked.shift(Why.KEPT, group, kept)
            left_out = ZERO
        elif group.role is not Role.ORDINARY or group.formula is not None:
            self._keep(worked, group.full, group)
        self._caps(group.key, worked)
        if group.combination in (Combination.HIGHEST, Combination.LOWEST) or group.formula is not None:
            left_out = group.full if all(map(self._is_out, members)) else ZERO
        if ZERO < left_out < group.full and group.level == 1 and self.rubric.overall.formula is not None:
            # A formula weighs whole levels: what is left out of one is made up for within it.
            worked.shift(Why.SCALED_UP, group, _scaled_up(worked.bounds, group.full, left_out))
            left_out = ZERO
        self.points[group.key] = (worked.bounds, worked.settled)
        self.full[group.key] = (just(group.full), True)
        self.counted[group.key] = (just(group.full - left_out), True)
        return GroupScore(group, members, tuple(worked.shifts), worked.bounds, worked.settled, left_out)

    def _combined(self, group: Group, members: Sequence[Member]) -> Range:
        ranges = [self._bounds(each) for each in members]
        match group.combination:
            case Combination.HIGHEST:
                return _each_end(max, ranges)
            case Combination.LOWEST:
                return _each_end(min, ranges)
            case _:
                fulls = [member.full for member in members]
                low = max(full - each.low for full, each in zip(fulls, ranges, strict=True))
                high = max(full - each.high for full, each in zip(fulls, ranges, strict=True))
                full = sum(fulls, ZERO)
                reached = all(each.low_reached and each.high_reached for each in ranges)
                return Range(full - low, full - high, reached, reached)

    def _bounds(self, member: Member) -> Range:
        """The points of a member; of an indicator that is tried as left out, none."""
        return just(ZERO) if isinstance(member, IndicatorScore) and self._tried_out(member) else member.bounds

    def _tried_out(self, score: IndicatorScore) -> bool:
        return self.out.get(score.indicator.key, False)

    def _left_out(self, member: Member) -> Fraction:
        if isinstance(member, IndicatorScore) and self._tried_out(member):
            return member.full
        return member.left_out

    def _is_out(self, member: Member) -> bool:
        return member.full > 0 and self._left_out(member) == member.full

    def _sum(self, members: Sequence[Member]) -> tuple[Range, bool]:
        return add_ranges(map(self._bounds, members)), all(member.points is not None for member in members)

    # ------------------------------------------------------------------------------------ the total

    def _beside(self, member: Member, worked: _Worked) -> None:
        """What a bonus adds or a penalty takes, if what it asks for first holds."""
        role, rules = _role(member), _rules(member)
        if role is Role.ORDINARY:
            return
        bounds = self._bounds(member)
        if role is Role.PENALTY:
            most = rules.full - self._left_out(member)
            bounds = bounds._replace(low=bounds.low - most, high=bounds.high - most)
        worked.settled &= member.points is not None
        plain = add_ranges((worked.bounds, bounds))
        if role is Role.PENALTY:
            worked.shift(Why.PENALTY, rules, plain)
        else:
            worked.bounds = plain
        if rules.provided is None:
            return
        holds = self.judge.all_hold(rules.provided.conditions)
        without = add_ranges((worked.bounds, Range(-bounds.high, -bounds.low)))
        if holds is False:
            worked.shift(Why.PROVIDED, rules.provided, without)
        elif holds is None:
            worked.settled = False
            worked.shift(Why.PROVIDED, rules.provided, _hull(plain, without))

    def _formula(self, formula: Expression, clause: Group | Overall, ceiling: Fraction, worked: _Worked) -> None:
        found = self.judge.value(formula)
        if found is None:
            worked.settled = False
            worked.shift(Why.FORMULA, clause, Range(ZERO, ceiling, False, False))
            return
        bounds, settled = found
        worked.settled = settled
        worked.shift(Why.FORMULA, clause, bounds)
        full, counted = (Judge(self.rubric, self.known, each).value(formula) for each in (self.full, self.counted))
        if full is not None and counted is not None and full != counted:
            # What is left out weighs nothing in the formula: what counts is scaled up to what all would weigh.
            whole, rest = full[0].low, counted[0].low
            worked.shift(Why.SCALED_UP, clause, _scaled_up(bounds, whole, whole - rest))

    def _keep(self, worked: _Worked, ceiling: Fraction, clause: Group | Overall) -> None:
        worked.shift(Why.KEPT, clause, _each(lambda end: min(ceiling, max(ZERO, end)), worked.bounds))

    def _caps(self, target: str | None, worked: _Worked) -> None:
        for cap in self.rubric.overall.caps:
            if cap.target == target:
                self._cut(worked, cap.points, self.judge.all_hold(cap.conditions), Why.CAP, cap)

    def _cut(self, worked: _Worked, ceiling: Fraction, holds: bool | None, why: Why, clause: Cap | Veto) -> None:
        if holds is False:
            return
        cut = _each(lambda end: min(ceiling, end), worked.bounds)
        if holds is None:
            # It may hold or not: the low end is the lower one of both.
            if cut != worked.bounds:
                worked.settled = False
            cut = _hull(cut, worked.bounds)
        worked.shift(why, clause, cut)


def _takes(group: Group) -> bool:
    """Whether a level is a penalty that takes what its members take together."""
    added = group.combination in (Combination.SUM, Combination.ONCE)
    return group.role is Role.PENALTY and group.formula is None and added


def _role(member: Member) -> Role:
    return _rules(member).role


def _rules(member: Member) -> Group | Indicator:
    return member.group if isinstance(member, GroupScore) else member.indicator


@dataclass
class _Worked:
    """Points on their way to a total, and what has moved them."""

    bounds: Range
    settled: bool

    def __post_init__(self) -> None:
        self.shifts: list[Shift] = []

    def shift(
        self, why: Why, clause: Cap | Veto | Rounding | Provided | Group | Overall | Indicator, after: Range
    ) -> None:
        """Move the points; what changes nothing is not told."""
        before, self.bounds = self.bounds, after
        if (before.low, before.high) != (after.low, after.high):
            amount = after.low - before.low if self.settled else None
            self.shifts.append(Shift(why, amount, clause, before, after))


def _each(change: Callable[[Fraction], Fraction], bounds: Range) -> Range:
    return bounds._replace(low=change(bounds.low), high=change(bounds.high))


def _each_end(choose: Callable[[Iterable[Fraction]], Fraction], ranges: Sequence[Range]) -> Range:
    reached = all(each.low_reached and each.high_reached for each in ranges)
    return Range(choose(r.low for r in ranges), choose(r.high for r in ranges), reached, reached)


def _hull(one: Range, other: Range) -> Range:
    return Range(min(one.low, other.low), max(one.high, other.high), False, False)


def _scaled_up(bounds: Range, full: Fraction, left_out: Fraction) -> Range:
    """Points out of what counts, as points out of full marks; where nothing counts, there are none."""
    counted = full - left_out
    factor = full / counted if counted > 0 else ZERO
    return bounds._replace(low=bounds.low * factor, high=bounds.high * factor)


def _rounded(bounds: Range, rounding: Rounding) -> Range:
    scale = 10**rounding.places
    return _each(lambda end: rounded(end * scale, rounding.mode) / scale, bounds)


# ---------------------------------------------------------------------------- conditions and values


class Judge:
    """Works out conditions and formulas over facts and over points that are known, or known to lie in a range."""

    def __init__(self, rubric: Rubric, known: Known | None, points: Mapping[str | None, tuple[Range, bool]]) -> None:
        self.lowering = Terms(rubric)
        self.known = known
        self.points = points

    # ---------------------------------------------------------------------------------- what is read

    def facts(self, expression: Expression) -> Iterator[str]:
        """The facts that an expression over facts reads."""
        for guards, term in self.lowering.alternatives(expression):
            for guard in guards:
                yield from guard_facts(guard)
            yield from term_facts(term)

    def condition_facts(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """The facts that conditions read."""
        for guard in self.guards(conditions):
            yield from guard_facts(guard)

    def guards(self, conditions: Iterable[Condition]) -> Iterator[Guard]:
        """Every guard on facts in conditions, whichever of them hold together."""
        for condition in conditions:
            match condition:
                case AnyOf(alternatives):
                    for each in alternatives:
                        yield from self.guards(each)
                case Within(subject=PointsOf()):
                    pass
                case _:
                    for lot in self.lowering.conditions((condition,), NOTHING_MEASURED):
                        yield from lot

    # ------------------------------------------------------------------------------------ conditions

    def all_hold(self, conditions: Iterable[Condition]) -> bool | None:
        """Whether every condition holds; None where that is open. One that fails settles it."""
        answers = [self._holds(each) for each in conditions]
        if False in answers:
            return False
        return None if None in answers else True

    def _holds(self, condition: Condition) -> bool | None:
        assert self.known is not None
        match condition:
            case AnyOf(alternatives):
                answers = [self.all_hold(each) for each in alternatives]
                return True if True in answers else None if None in answers else False
            case Within(subject=PointsOf(name)):
                bounds, _ = self.points[name]
                return _lies(bounds, interval_of(condition))
            case Within() | Is() | RowsHold():
                lots = self.lowering.conditions((condition,), NOTHING_MEASURED)
                answers = [all_hold(guards, None, self.known) for guards in lots]
                return True if True in answers else None if None in answers else False

    # ---------------------------------------------------------------------------------------- values

    def value(self, expression: Expression) -> tuple[Range, bool] | None:
        """What a formula over points and facts comes to; None where it cannot be told."""
        match expression:
            case PointsOf(name):
                return self.points[name]
            case Number(quantity):
                return just(quantity.exact), True
            case Operation(operator, left, right):
                one, other = self.value(left), self.value(right)
                if one is None or other is None:
                    return None
                bounds = _operate(operator, one[0], other[0])
                return None if bounds is None else (bounds, one[1] and other[1])
            case _:
                return self._fact_value(expression)

    def _fact_value(self, expression: Expression) -> tuple[Range, bool] | None:
        assert self.known is not None
        for guards, term in self.lowering.alternatives(expression):
            holds = all_hold(guards, None, self.known)
            if holds is None:
                return None
            if holds:
                found = self.known.value(term)
                return (just(found), True) if isinstance(found, Fraction) else None
        return None


def _lies(bounds: Range, interval: Interval) -> bool | None:
    """Whether points that lie in a range lie in an interval: for sure, for sure not, or perhaps."""
    spread = Interval(bounds.low, True, bounds.high, True)
    if interval.covers(spread):
        return True
    return False if interval.meet(spread).empty else None


def _operate(operator: Operator, one: Range, other: Range) -> Range | None:
    if operator is Operator.DIVIDE and other.low <= 0 <= other.high:
        return None
    ends = []
    for left, right in product((one.low, one.high), (other.low, other.high)):
        match operator:
            case Operator.ADD:
                ends.append(left + right)
            case Operator.SUBTRACT:
                ends.append(left - right)
            case Operator.MULTIPLY:
                ends.append(left * right)
            case Operator.DIVIDE:
                ends.append(left / right)
    reached = one.low_reached and one.high_reached and other.low_reached and other.high_reached
    return Range(min(ends), max(ends), reached, reached)
