"""Departments scored together, a line each: place, total, grade, and what each claims for itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from engine.number import plain
from engine.score import Assessment
from rubric.messages.frame import width
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language
from rubric.report.sentences import grades_text, range_text

Paint = Callable[[str, str], str]


def group_table(assessments: Sequence[Assessment], language: Language, paint: Paint) -> str:
    """The table, best total first; a total that is not settled stands where its best would put it, without a place."""
    rubric = assessments[0].card.rubric
    ordered = sorted(assessments, key=lambda each: (-each.card.bounds.high, -each.card.bounds.low))
    labels = ("rank", "department", "score", "grade", "claimed", "difference")
    heading = [LABELS[code].of(language) for code in labels]
    places = _Places(ordered)
    rows = [heading, *(_row(each, places, language) for each in ordered)]
    if not any(row[4] for row in rows[1:]):
        rows = [row[:4] for row in rows]
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [paint(f"  {rubric.title}", "strong"), ""]
    lines.extend("  " + "  ".join(_cells(row, widths)) for row in rows)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _row(assessment: Assessment, places: _Places, language: Language) -> list[str]:
    card = assessment.card
    claims = card.facts.claims
    claimed = None if claims is None else claims.total
    difference = ""
    if claimed is not None and card.points is not None:
        gap = card.points - claimed
        difference = f"{'+' if gap > 0 else ''}{plain(gap)}"
    return [
        places.of(card.points),
        card.facts.department,
        range_text(card.bounds.low, card.bounds.high),
        grades_text(card.grades, language),
        "" if claimed is None else plain(claimed),
        difference,
    ]


class _Places:
    """The places of a group: each among totals that are all settled above it; equal totals share the better place."""

    def __init__(self, all_of_them: Sequence[Assessment]) -> None:
        bounds = [each.card.bounds for each in all_of_them]
        self._least = sorted(each.low for each in bounds)
        self._open = [each for each in bounds if each.low < each.high]

    def of(self, points: Fraction | None) -> str:
        """The place of a total, as far as it is settled."""
        if points is None or any(bounds.low <= points < bounds.high for bounds in self._open):
            return "?"
        return str(1 + len(self._least) - bisect_right(self._least, points))


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for column, (cell, wide) in enumerate(zip(row, widths, strict=True)):
        space = " " * (wide - width(cell))
        yield cell + space if column in (1, 3) else space + cell
