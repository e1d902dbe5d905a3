"""What a criterion that reads well may leave open: numbers in two bands or in none, points that are never given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from engine.alternatives import intervals_of
from engine.core import Interval
from engine.diagnostic import note
from engine.rules import Band, Combination, Edge, FullMarks, Indicator, Item, Points, Side, Step, Within
from engine.unit import ONE, PERCENT, Quantity, Unit
from rubric.language.phrases import Phrases, exact
from rubric.sheets.questions import Question, look, settle


class _Stretch(NamedTuple):
    """Where one band holds on the measured value, and the band itself."""

    interval: Interval
    band: Band
    condition: Within


def doubts(indicator: Indicator, phrases: Phrases) -> Iterator[Question]:
    """What a person should settle before the criterion may score, and what deserves a look."""
    stretches = [] if indicator.combination is not Combination.FIRST else list(_stretches(indicator))
    lost = _without_percent(stretches)
    if lost:
        yield settle(note("settle-lost-percent", number=lost))
        return
    shared = [each for each in combinations(stretches, 2) if _partly(each[0].interval, each[1].interval)]
    for one, other in shared:
        both = one.interval.meet(other.interval)
        where = _text(both, one, phrases)
        said = (phrases.interval(one.condition), phrases.interval(other.condition))
        yield settle(note("settle-two-bands", where=where, one=said[0], other=said[1]))
    if stretches and not shared:
        yield from _uncovered(indicator, stretches, phrases)
    most = _most(indicator)
    if most is not None and most < indicator.full:
        yield settle(note("settle-below-full", most=most, full=indicator.full))


def _without_percent(stretches: Sequence[_Stretch]) -> str:
    """A number without a unit beside others in per cent, as in ≤5, 高于5%: hardly what was printed."""
    ends = [edge.quantity for each in stretches for edge in (each.condition.low, each.condition.high) if edge]
    bare = [end.number for end in ends if end.unit == ONE and end.number]
    return exact(bare[0]) if bare and any(end.unit == PERCENT for end in ends) else ""


def _stretches(indicator: Indicator) -> Iterator[_Stretch]:
    """The bands that rest on the measured value alone."""
    for clause in indicator.clauses:
        match clause:
            case Band((Within(low, high, None) as condition,)):
                plain = all(edge is None or edge.of is None for edge in (low, high))
                for interval in intervals_of(condition) if plain else ():
                    yield _Stretch(interval, clause, condition)


def _partly(one: Interval, other: Interval) -> bool:
    """Whether two stretches share something and neither holds the other, as 90% 以上 holds 100%."""
    shared = one.meet(other)
    return not shared.empty and not one.covers(other) and not other.covers(one)


def _uncovered(indicator: Indicator, stretches: list[_Stretch], phrases: Phrases) -> Iterator[Question]:
    """The values for which nothing is said; what lies below nothing is not looked for."""
    if any(isinstance(clause, Band) and not clause.conditions for clause in indicator.clauses):
        return
    left = [Interval(low=Fraction(0), low_in=True)]
    for interval in (*(each.interval for each in stretches), *_reached_by_steps(indicator)):
        left = [rest for each in left for rest in each.without(interval)]
    lowest = min((each.interval.low for each in stretches if each.interval.low is not None), default=Fraction(0))
    for gap in left:
        if lowest < 0 and gap.low is None:
            continue
        yield look(note("look-uncovered", where=_text(gap, stretches[0], phrases)))


def _reached_by_steps(indicator: Indicator) -> Iterator[Interval]:
    """Where steps count from their reference on."""
    for clause in indicator.clauses:
        match clause:
            case Step(Side.ABOVE, reference, of=None):
                yield Interval(low=reference.exact)
            case Step(Side.BELOW, reference, of=None):
                yield Interval(high=reference.exact)
            case Step():
                yield Interval()


def _text(interval: Interval, stretch: _Stretch, phrases: Phrases) -> str:
    """An interval in the unit of a band: 90%, 80% 至 90%."""
    edge = stretch.condition.low or stretch.condition.high
    unit = ONE if edge is None else edge.quantity.unit
    if interval.low is not None and interval.low == interval.high:
        return phrases.quantity(Quantity(interval.low / unit.size, unit))
    ends = (_edge(interval.low, interval.low_in, unit), _edge(interval.high, interval.high_in, unit))
    return phrases.interval(Within(*ends))


def _edge(end: Fraction | None, inclusive: bool, unit: Unit) -> Edge | None:
    return None if end is None else Edge(Quantity(end / unit.size, unit), inclusive)


def _most(indicator: Indicator) -> Fraction | None:
    """The most that the clauses give, where they give plain points; a checklist is added up by the reader."""
    if not indicator.clauses or indicator.combination is not Combination.FIRST:
        return None
    found = []
    for clause in indicator.clauses:
        match clause:
            case Band(_, Points() as points):
                found.append(points.of(indicator.full))
            case Band(_, FullMarks()):
                return indicator.full
            case Item() | Band():
                return None
            case Step(amount=amount, base=base):
                if amount > 0 or not isinstance(base, Points):
                    return None
                found.append(base.of(indicator.full))
            case _:
                return None
    return max(found)
