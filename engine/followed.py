"""How far a rubric can be followed: each indicator in the core, and those that come apart into too many cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.alternatives import TooManyCasesError
from engine.diagnostic import Diagnostic, error, note
from engine.lowering import Lowering
from engine.rows import with_columns
from engine.rules import Indicator, Rubric
from engine.source import Span


def beyond_following(rubric: Rubric) -> Iterator[Diagnostic]:
    """Indicators of an otherwise sound rubric that come apart into more cases than can be scored with."""
    for indicator, lowering in lowered(rubric):
        try:
            lowering.plan(indicator)
        except TooManyCasesError:
            headline = note("too-many-cases", name=indicator.name.key)
            yield error(headline, place_of(indicator), note("divide-indicator"))


def lowered(rubric: Rubric) -> Iterator[tuple[Indicator, Lowering]]:
    """Each indicator, as it is scored for one row where it is scored by rows, and what lowers it."""
    frames: dict[str, Lowering] = {}
    for indicator in rubric.indicators():
        table = "" if indicator.rows is None else indicator.rows.table
        if table not in frames:
            frames[table] = Lowering(with_columns(rubric, table))
        yield indicator if indicator.rows is None else replace(indicator, rows=None), frames[table]


def place_of(indicator: Indicator) -> Span:
    """Where an indicator says how it is scored."""
    return next((clause.span for clause in indicator.clauses if clause.span.line), indicator.head)
