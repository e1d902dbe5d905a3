"""Scores the examples of a rubric: each must earn the points that it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from engine.core import Plan
from engine.diagnostic import Diagnostic, error, note
from engine.dimension import unit_word
from engine.evaluate import Known, outcomes
from engine.facts import Facts, Present, Value
from engine.lowering import Lowering
from engine.nearest import nearest
from engine.number import half_up, terminates
from engine.rows import marks_column, with_rows
from engine.rules import (
    Amount,
    Example,
    FactDeclaration,
    Indicator,
    Kind,
    Levels,
    RowsOf,
    Rubric,
    Table,
    Text,
    Truth,
)
from engine.scores import IndicatorScore, Status
from engine.unit import ONE, PURE, Quantity

# A rate that does not end (8 / 3) is written with so many decimals at most.
_MOST_PLACES = 6
_NEEDS = {Amount: "example-needs-number", Levels: "example-needs-level", Truth: "example-needs-yes-no"}
_NEEDS[Text] = "example-needs-level"


def check_examples(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every example that the rules do not bear out; the rubric has no other error."""
    lowering = Lowering(rubric)
    for indicator in rubric.indicators():
        if not indicator.examples:
            continue
        table = rubric.table(indicator.rows.table) if indicator.rows is not None else None
        plan = lowering.plan(indicator) if table is None else None
        facts = {form: fact for fact in _asked(rubric, table) for form in fact.name.forms}
        for example in indicator.examples:
            values, findings = _values(example, facts, table)
            yield from findings
            if findings:
                continue
            given = Facts("", None, values)
            if plan is not None:
                yield from _scored(example, plan, given)
            elif table is not None:
                yield from _scored(example, *_as_row(rubric, indicator, table, given))


def _asked(rubric: Rubric, table: Table | None) -> tuple[FactDeclaration, ...]:
    """What an example may give: the facts, and in a row the columns of its table."""
    return rubric.facts if table is None else (*rubric.facts, *table.columns)


def _values(
    example: Example, facts: dict[str, FactDeclaration], table: Table | None
) -> tuple[dict[str, Present], list[Diagnostic]]:
    """The values of an example under the keys of its facts, and what does not fit."""
    values: dict[str, Present] = {}
    findings: list[Diagnostic] = []
    for name, value in example.values:
        finding = _misfit(name, value, example, facts)
        if finding is None:
            values[facts[name].name.key] = Present(_as_declared(value, facts[name].kind))
        else:
            findings.append(finding)
    marks = None if table is None else marks_column(table)
    if marks is not None and marks.name.key not in values and not findings:
        findings.append(
            error(note("example-incomplete", names=(marks.name.key,)), example.span, note("complete-example"))
        )
    return values, findings


def _as_row(rubric: Rubric, indicator: Indicator, table: Table, given: Facts) -> tuple[Plan, Facts]:
    """An indicator that is scored row by row, over the one row that an example gives."""
    key = table.name.key
    columns = {column.name.key for column in table.columns}
    row = {name: fact for name, fact in given.facts.items() if name in columns}
    facts = {name: fact for name, fact in given.facts.items() if name not in columns}
    # The row is scored whether or not it would be chosen: an example need not say to which class it belongs.
    alone = replace(rubric, members=(replace(indicator, rows=RowsOf(key)),))
    laid, cells = with_rows(alone, Facts("", None, facts, tables={key: (row,)}))
    return Lowering(laid).plan(next(laid.indicators())), cells


def _scored(example: Example, plan: Plan, facts: Facts) -> Iterator[Diagnostic]:
    score = IndicatorScore(plan, facts, outcomes(plan, Known(facts)))
    if score.points is None:
        row = plan.indicator.row
        missing = tuple(dict.fromkeys(key.removeprefix(row) for each in score.outcomes for key in each.lacking))
        if missing:
            yield error(note("example-incomplete", names=missing), example.span, note("complete-example"))
        else:
            undefined = any(outcome.status is Status.UNDEFINED for outcome in score.outcomes)
            code = "example-undefined" if undefined else "example-uncovered"
            yield error(note(code), example.span, note("cover-example"))
    elif not _same(score.points, example.points):
        headline = note("example-differs", expected=example.points, points=score.points)
        yield error(headline, example.span, note("check-example"))


def _same(points: Fraction, written: Fraction) -> bool:
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
