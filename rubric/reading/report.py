"""What a report tells a rubric, all together: the department and the year, facts, claims, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.facts import Value
from engine.rules import Rubric
from engine.unit import Quantity
from rubric.documents.document import Document
from rubric.reading.adjustments import LeftOut, left_out
from rubric.reading.claims import Claimed, ClaimFinder
from rubric.reading.facts import Find, Finder
from rubric.reading.numbers import Stretch
from rubric.reading.others import Other, others
from rubric.reading.passages import Searched, searched
from rubric.reading.rows import Row, rows_of
from rubric.reading.statements import Statements, statements
from rubric.reading.tables import read_sheets

# The title stands in the first passages; it may be broken into two.
_TITLE = 3
# A longer passage is none.
_LONGEST = 100
_OF_YEAR = re.compile(r"\s*(?P<department>\S{2,30}?)(?:关于)?\s*(?P<year>20\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class Report:
    """A report as far as a rubric asks for it.

    `finds` holds, for each fact that is told, every value that differs, in the order of the report: more than one is a
    contradiction. `missing` are the facts that no sentence tells, `others` the figures that no fact asks for, `stated`
    is what it says of numbers itself, `left_out` what it wants left out of the count. `rows` are
    those of the tables that the unit fills in itself, by the key of the table.
    """

    title: str
    department: str
    year: int | None
    finds: dict[str, list[Find]]
    missing: tuple[str, ...]
    others: tuple[Other, ...]
    stated: Statements
    claimed: Claimed
    rows: dict[str, tuple[Row, ...]]
    left_out: tuple[LeftOut, ...]
    passages: tuple[Searched, ...]

    @property
    def told(self) -> tuple[Other, ...]:
        """The figures of the facts, each with its name."""
        return tuple(
            Other(name, find.value, find.place, find.start, find.end)
            for name, finds in self.finds.items()
            for find in finds
            if find.figure and isinstance(find.value, Quantity)
        )


def read_report(document: Document, rubric: Rubric) -> Report:
    """What a document tells a rubric."""
    sheets = read_sheets(document.passages)
    passages = tuple(searched(sheets.passages))
    finder = Finder(rubric)
    finds: dict[str, list[Find]] = {}
    taken: list[Stretch] = []
    for find in finder.find(passages):
        taken.append(Stretch(find.place.passage.place.passage, find.start, find.end))
        told = finds.setdefault(find.fact, [])
        if not any(_same(find.value, other.value) for other in told):
            told.append(find)
    title, department, year = _title(passages)
    missing = tuple(fact.key for fact in rubric.facts if fact.key not in finds and not fact.chosen)
    stated = statements(sheets.passages)
    for kind in (stated.calculations, stated.comparisons, stated.claims):
        taken += (each.stretch for each in kind)
    claimed = ClaimFinder(rubric, finder).find(passages, stated.claims, sheets.scored)
    more = tuple(others(rubric, passages, taken))
    out = tuple(left_out(passages, finder))
    rows = rows_of(rubric, passages)
    return Report(title, department, year, finds, missing, more, stated, claimed, rows, out, passages)


def _same(one: Value, other: Value) -> bool:
    """Whether two values are the same, however they are printed: 1154.2 万元 are 11,542,000 元."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.exact == other.exact and one.unit.dimension == other.unit.dimension
    return one == other


def _title(passages: Sequence[Searched]) -> tuple[str, str, int | None]:
    """The title, the department that it names, and the year."""
    first = [place for place in passages if not place.passage.cells and len(place.plain) <= _LONGEST][:_TITLE]
    ends = next((index for index, place in enumerate(first) if place.plain.rstrip().endswith(("报告", "表"))), 0)
    title = "".join(place.passage.text.strip() for place in first[: ends + 1])
    found = _OF_YEAR.match("".join(place.plain.strip() for place in first[: ends + 1]))
    return (title, found["department"], int(found["year"])) if found else (title, "", None)
