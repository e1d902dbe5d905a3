"""How far a rubric can be followed: each indicator in the core, and those that come apart into too many cases."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from engine.alternatives import TooManyCasesError
from engine.core import Plan
from engine.diagnostic import Diagnostic, error, note
from engine.lowering import Lowering
from engine.rows import with_columns
from engine.rules import Indicator, Rubric
from engine.source import Span


class Frames:
    """What lowers the indicators of a rubric: one for each table whose rows are scored, with its columns as facts."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._known: dict[str, Lowering] = {}

    def of(self, indicator: Indicator) -> Lowering:
        """What lowers an indicator, as it is scored for one row where it is scored by rows."""
        table = "" if indicator.rows is None else indicator.rows.table
        if table not in self._known:
            self._known[table] = Lowering(with_columns(self.rubric, table))
        return self._known[table]


class Followed(NamedTuple):
    """One indicator in the core, as it is scored for one row where it is scored by rows, and what lowered it."""

    plan: Plan
    lowering: Lowering


def follow(rubric: Rubric) -> tuple[list[Followed], list[Diagnostic]]:
    """Each indicator of an otherwise sound rubric, and those that come apart into more cases than can be scored."""
    followed: list[Followed] = []
    beyond: list[Diagnostic] = []
    frames = Frames(rubric)
    for indicator in rubric.indicators():
        lowering = frames.of(indicator)
        try:
            plan = lowering.plan(indicator if indicator.rows is None else replace(indicator, rows=None))
        except TooManyCasesError:
            headline = note("too-many-cases", name=indicator.name.key)
            beyond.append(error(headline, place_of(indicator), note("divide-indicator")))
        else:
            followed.append(Followed(plan, lowering))
    return followed, beyond


def place_of(indicator: Indicator) -> Span:
    """Where an indicator says how it is scored."""
    return next((clause.span for clause in indicator.clauses if clause.span.line), indicator.head)
