"""Scores the examples of a rubric: each must earn the points that it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from engine.core import Plan
from engine.diagnostic import Diagnostic, error, note
from engine.dimension import unit_word
from engine.evaluate import Known, outcomes
from engine.facts import Facts, Present, Value
from engine.followed import Frames
from engine.nearest import nearest
from engine.number import half_up, terminates
from engine.rows import marks_column
from engine.rules import Amount, Example, FactDeclaration, Indicator, Kind, Levels, Rubric, Text, Truth
from engine.scores import IndicatorScore, Status
from engine.unit import ONE, PURE, Quantity

# A rate that does not end (8 / 3) is written with so many decimals at most.
_MOST_PLACES = 6
_NEEDS = {Amount: "example-needs-number", Levels: "example-needs-level", Truth: "example-needs-yes-no"}
_NEEDS[Text] = "example-needs-level"


class Result(NamedTuple):
    """What came of one example: its score, unless its facts do not fit, and what is wrong with it."""

    indicator: Indicator
    example: Example
    score: IndicatorScore | None
    findings: tuple[Diagnostic, ...]


def check_examples(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every example that the rules do not bear out; the rubric has no other error."""
    return (finding for result in results(rubric) for finding in result.findings)


def results(rubric: Rubric) -> Iterator[Result]:
    """What comes of every example of a rubric that has no other error."""
    frames = Frames(rubric)
    for indicator in rubric.indicators():
        if not indicator.examples:
            continue
        lowering = frames.of(indicator)
        facts = {form: fact for fact in lowering.rubric.facts for form in fact.name.forms}
        plan = None if indicator.rows is not None else lowering.plan(indicator)
        column = _marks_column(rubric, indicator)
        for example in indicator.examples:
            full = indicator.full if column is None else _marks(column, example)
            if column is not None and full is None:
                headline = note("example-incomplete", names=(column.name.key,))
                unfinished = error(headline, example.span, note("complete-example"))
                yield Result(indicator, example, None, (unfinished,))
                continue
            own = plan or lowering.plan(replace(indicator, rows=None, full=full or indicator.full))
            yield _result(example, own, facts)


def _marks_column(rubric: Rubric, indicator: Indicator) -> FactDeclaration | None:
    """The column that gives the full marks of a row, where an indicator is scored row by row."""
    table = None if indicator.rows is None else rubric.table(indicator.rows.table)
    return None if table is None else marks_column(table)


def _marks(column: FactDeclaration, example: Example) -> Fraction | None:
    """The full marks of the row that an example of a row is about."""
    given = next((value for name, value in example.values if name in column.name.forms), None)
    return given.number if isinstance(given, Quantity) and given.number > 0 else None


def _result(example: Example, plan: Plan, facts: dict[str, FactDeclaration]) -> Result:
    values: dict[str, Value] = {}
    found: list[Diagnostic] = []
    for name, value in example.values:
        finding = _misfit(name, value, example, facts)
        if finding is not None:
            found.append(finding)
        else:
            values[facts[name].name.key] = _as_declared(value, facts[name].kind)
    if found:
        return Result(plan.indicator, example, None, tuple(found))
    given = Facts("", None, {key: Present(value) for key, value in values.items()})
    score = IndicatorScore(plan, given, outcomes(plan, Known(given)))
    return Result(plan.indicator, example, score, tuple(_scored(example, score)))


def _scored(example: Example, score: IndicatorScore) -> Iterator[Diagnostic]:
    if score.points is None:
        missing = tuple(dict.fromkeys(key for outcome in score.outcomes for key in outcome.lacking))
        if missing:
            yield error(note("example-incomplete", names=missing), example.span, note("complete-example"))
        else:
            undefined = any(outcome.status is Status.UNDEFINED for outcome in score.outcomes)
            code = "example-undefined" if undefined else "example-uncovered"
            yield error(note(code), example.span, note("cover-example"))
    elif not same_points(score.points, example.points):
        headline = note("example-differs", expected=example.points, points=score.points)
        yield error(headline, example.span, note("check-example"))


def same_points(points: Fraction, written: Fraction) -> bool:
    """Whether these are the points; where their decimals do not end, rounded to those that are written."""
    if points == written or terminates(points):
        return points == written
    places = next((count for count in range(_MOST_PLACES + 1) if (written * 10**count).denominator == 1), _MOST_PLACES)
    return half_up(points, places) == written


# ------------------------------------------------------------------------------------------------- values


def _misfit(name: str, value: Value, example: Example, facts: dict[str, FactDeclaration]) -> Diagnostic | None:
    """What keeps a value of an example from being the value of that fact."""
    fact = facts.get(name)
    if fact is None:
        right = nearest(name, facts)
        help_note = note("nearest", name=right) if right else note("declare", name=name)
        return error(note("unknown-name", name=name), example.span, help_note)
    match fact.kind, value:
        case Amount(unit), Quantity(number, written):
            if written == ONE and number and unit.dimension == PURE and unit != ONE:
                # 0.85 and 85 may both be meant for 85 %.
                headline = note("example-without-unit", name=name, declared=unit_word(unit))
                return error(headline, example.span, note("write-unit"))
            if written.dimension == unit.dimension or written == ONE:
                return None
            headline = note("example-unit", name=name, written=unit_word(written), declared=unit_word(unit))
            return error(headline, example.span, note("check-units"))
        case Levels(levels), str():
            known = [form for level in levels for form in level.forms]
            if value in known:
                return None
            shown = tuple(level.key for level in levels)
            return error(note("unknown-level", name=name, value=value), example.span, note("levels-are", levels=shown))
        case Truth(), bool():
            return None
        case kind, _:
            return error(note(_NEEDS[type(kind)], name=name), example.span, note("fact-kinds"))


def _as_declared(value: Value, kind: Kind) -> Value:
    """A bare number in the unit of its fact, a level under its key."""
    match kind, value:
        case Amount(unit), Quantity(number, written) if written == ONE:
            return Quantity(number, unit)
        case Levels(levels), str():
            return next(level.key for level in levels if value in level.forms)
        case _:
            return value
