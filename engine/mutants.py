"""Rules with one number changed: what no example notices is what no example tests.

A threshold is moved by one of its unit, an edge goes to the other band, points and steps are a little more or less, a
fraction of a step is read otherwise. Each change is a rubric of its own; whether a test notices it is for the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.diagnostic import Argument, Note, Shown, Word, note
from engine.rules import (
    AnyOf,
    Award,
    Band,
    Chosen,
    Clause,
    Condition,
    Edge,
    Indicator,
    Interpolated,
    Item,
    Less,
    Points,
    Reading,
    Rubric,
    Scaled,
    Step,
    Within,
)
from engine.source import Span
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, SCORE, Quantity

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Mutant:
    """An indicator with one thing changed: what that is, and where it stands."""

    indicator: Indicator
    change: Note
    span: Span


def mutants(rubric: Rubric, indicator: Indicator) -> Iterator[Mutant]:
    """Every change of one number of an indicator's criterion."""
    for index, clause in enumerate(indicator.clauses):
        for changed, change, span in _clause(clause, indicator.full, rubric.reading):
            if isinstance(clause, Step) and isinstance(changed, Step) and _is_of_band(clause, changed, indicator):
                continue
            rest = tuple(_following(each, clause, changed) for each in indicator.clauses[index + 1 :])
            clauses = (*indicator.clauses[:index], changed, *rest)
            yield Mutant(replace(indicator, clauses=clauses), change, span if span.line else clause.span)


def _is_of_band(step: Step, changed: Step, indicator: Indicator) -> bool:
    """Whether a step counts from the edge of a band: that is one number of the text, and moved with the band."""
    if changed.reference == step.reference:
        return False
    edges = (edge for clause in indicator.clauses if isinstance(clause, Band) for edge in _edges(clause))
    return any((edge.quantity, edge.of) == (step.reference, step.of) for edge in edges)


def _following(clause: Clause, before: Clause, after: Clause) -> Clause:
    """A clause behind one that is changed: a step that counts from a moved edge moves along."""
    if not isinstance(clause, Step) or not isinstance(before, Band) or not isinstance(after, Band):
        return clause
    for one, other in zip(_edges(before), _edges(after), strict=True):
        if (one.quantity, one.of) == (clause.reference, clause.of):
            return replace(clause, reference=other.quantity)
    return clause


def _edges(band: Band) -> list[Edge]:
    stretches = (each for each in band.conditions if isinstance(each, Within) and each.subject is None)
    return [edge for each in stretches for edge in (each.low, each.high) if edge is not None]


_Change = tuple[Clause, Note, Span]


def _clause(clause: Clause, full: Fraction, reading: Reading | None) -> Iterator[_Change]:
    match clause:
        case Band(conditions, award, span):
            for other, change, place in _conditions(conditions):
                yield replace(clause, conditions=other), change, place
            for given, change in _award(award, full):
                yield replace(clause, award=given), change, span
        case Step():
            yield from _step(clause, full, reading)
        case Item(_, points, span):
            for less_or_more in _points_around(points, full):
                change = _changed("points", points, less_or_more)
                yield replace(clause, points=less_or_more), change, span
        case Scaled(conditions, factor, _, span):
            for lot, change, place in _conditions(conditions):
                yield replace(clause, conditions=lot), change, place
            yield replace(clause, factor=factor / 2), _changed("factor", factor, factor / 2, ""), span


def _conditions(conditions: tuple[Condition, ...]) -> Iterator[tuple[tuple[Condition, ...], Note, Span]]:
    """Conditions with one edge moved, or given to the other side."""
    for index, condition in enumerate(conditions):
        for changed, change, span in _condition(condition):
            yield (*conditions[:index], changed, *conditions[index + 1 :]), change, span


def _condition(condition: Condition) -> Iterator[tuple[Condition, Note, Span]]:
    match condition:
        case Within(low, high, _, _, span) if low is not None and low == high:
            for edge, change in _moved(low):
                yield replace(condition, low=edge, high=edge), change, span
        case Within(low, high, _, _, span):
            for edge, change in (*_moved(low), *_given_away(low)):
                yield replace(condition, low=edge), change, span
            for edge, change in (*_moved(high), *_given_away(high)):
                yield replace(condition, high=edge), change, span
        case AnyOf(alternatives):
            for index, lot in enumerate(alternatives):
                for changed, change, span in _conditions(lot):
                    lots = (*alternatives[:index], changed, *alternatives[index + 1 :])
                    yield replace(condition, alternatives=lots), change, span


def _moved(edge: Edge | None) -> Iterator[tuple[Edge, Note]]:
    """An edge one unit further up or down."""
    if edge is None:
        return
    for quantity in _beside(edge.quantity):
        yield replace(edge, quantity=quantity), _moved_note(edge.quantity, quantity)


def _beside(quantity: Quantity) -> Iterator[Quantity]:
    """A limit one unit further up or down; one hundredth where a number stands alone, as for a rate."""
    by = Fraction(1, 100) if quantity.unit == ONE else Fraction(1)
    for sign in (1, -1):
        yield Quantity(quantity.number + sign * by, quantity.unit)


def _moved_note(before: Quantity, after: Quantity) -> Note:
    shown = [Shown(each.number, each.unit.code) for each in (before, after)]
    return note("mutant-edge", before=shown[0], after=shown[1])


def _given_away(edge: Edge | None) -> Iterator[tuple[Edge, Note]]:
    """An edge that belongs to the other side."""
    if edge is not None:
        code = "mutant-exclusive" if edge.inclusive else "mutant-inclusive"
        yield replace(edge, inclusive=not edge.inclusive), note(code, edge=_shown(edge))


def _shown(edge: Edge) -> Shown:
    return Shown(edge.quantity.number, edge.quantity.unit.code)


def _award(award: Award, full: Fraction) -> Iterator[tuple[Award, Note]]:
    match award:
        case Points(points, share):
            unit = PERCENT if share else SCORE
            step = Fraction(1, 10) if share else _HALF
            scale = Fraction(1) if share else full
            for other in _points_around(points, scale, step):
                yield replace(award, points=other), _changed("points", points / unit.size, other / unit.size, unit.code)
        case Less(points):
            for other in _points_around(points.points, Fraction(1) if points.share else full):
                yield Less(replace(points, points=other)), _changed("points", points.points, other)
        case Chosen(low, high) | Interpolated(low, high):
            most = Fraction(1) if low.share else full
            step = Fraction(1, 10) if low.share else _HALF
            for other in _points_around(low.points, most, step):
                changed = replace(award, low=replace(low, points=other))
                yield changed, _changed("points", *_as_shown(low, other))
            for other in _points_around(high.points, most, step):
                changed = replace(award, high=replace(high, points=other))
                yield changed, _changed("points", *_as_shown(high, other))


def _as_shown(points: Points, other: Fraction) -> tuple[Fraction, Fraction, str]:
    scale = 100 if points.share else 1
    return points.points * scale, other * scale, PERCENT.code if points.share else SCORE.code


def _points_around(points: Fraction, most: Fraction, step: Fraction = _HALF) -> Iterable[Fraction]:
    """A little more and a little less, within what there is."""
    return [other for other in (points + step, points - step) if 0 <= other <= most]


def _step(step: Step, full: Fraction, reading: Reading | None) -> Iterator[_Change]:
    span = step.span
    if not step.occurrence:
        for reference in _beside(step.reference):
            yield replace(step, reference=reference), _moved_note(step.reference, reference), span
    size = Quantity(step.size.number + (1 if step.size.unit != PERCENTAGE_POINT else _HALF), step.size.unit)
    shown = [Shown(each.number, each.unit.code) for each in (step.size, size)]
    yield replace(step, size=size), note("mutant-size", before=shown[0], after=shown[1]), span
    for other in _points_around(abs(step.amount), full, abs(step.amount) / 2):
        signed = other if step.amount > 0 else -other
        yield replace(step, amount=signed), _changed("amount", abs(step.amount), other), span
    if step.limit is not None:
        for other in _points_around(step.limit, full):
            yield replace(step, limit=other), _changed("limit", step.limit, other), span
    if not step.occurrence:
        now = step.reading or reading or Reading.WHOLE
        for each in Reading:
            if each is not now:
                before, after = (Word("reading", one.value) for one in (now, each))
                yield replace(step, reading=each), note("mutant-reading", before=before, after=after), span


def _changed(what: str, before: Fraction, after: Fraction, unit: str = SCORE.code) -> Note:
    shown: dict[str, Argument] = {
        "before": Shown(before, unit) if unit else before,
        "after": Shown(after, unit) if unit else after,
    }
    return note(f"mutant-{what}", **shown)
