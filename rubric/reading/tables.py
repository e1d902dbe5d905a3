"""Score sheets of a report: the points that each row claims; and what a table says of a fact beside or below its name.

A row is read under the headings above it. What the sheet quotes of the rules (criteria, explanations, formulas) is no
statement of the department and is left out of everything that is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from rubric.documents.document import Passage
from rubric.language.text import MAX_DIGITS, normalise
from rubric.messages.headings import SUBTOTAL, TOTAL
from rubric.sheets.wording import begins_with, name_and_points, points_of, roles_of

_POINTS = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,6}})?\s*(?:分|points?)?", re.IGNORECASE)
_NAMES = frozenset({"LEVEL_1", "LEVEL_2", "LEVEL_3", "LEVEL_4", "INDICATOR", "CATEGORY"})
# What a sheet quotes of the rules.
_QUOTED = frozenset({"CRITERION", "EXPLANATION", "FORMULA"})
_OWN = re.compile(r"自评|self|claim", re.IGNORECASE)
_TAKEN = re.compile(r"扣|复核|复评|财政|评价组|deduct|review", re.IGNORECASE)
_SUMS = re.compile(r"(?<=.)\s*小计\s*$")
# Cells that stand for no points at all.
_NONE = frozenset({"", "/", "-", "—", "——", "无", "不适用", "n/a"})


class Scored(NamedTuple):
    """Points in a row of a score sheet: the names in the row, its own full marks where they are told, and where.

    `start` is where the name nearest to the points begins in the passage, `end` where the points end.
    """

    passage: int
    names: tuple[str, ...]
    sums: str
    points: Fraction
    marks: Fraction | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the columns of a score sheet hold, by their places; a published one has no column of points."""

    names: tuple[int, ...]
    quoted: tuple[int, ...]
    marks: tuple[int, ...]
    points: int | None


@dataclass(frozen=True, slots=True)
class Sheets:
    """The passages of a report without what its score sheets quote, and what these claim."""

    passages: tuple[Passage, ...]
    scored: tuple[Scored, ...]

    @property
    def rows(self) -> frozenset[int]:
        """The passages that are rows with points."""
        return frozenset(each.passage for each in self.scored)


def read_sheets(passages: Iterable[Passage]) -> Sheets:
    """The score sheets among the passages of a report."""
    kept: list[Passage] = []
    scored: list[Scored] = []
    for (_, table), run in groupby(passages, key=lambda each: (each.place.sheet, each.place.table)):
        rows = list(run)
        if not table:
            kept += rows
            continue
        heading: _Heading | None = None
        for row in rows:
            heading = _heading(row.cells) or heading
            kept.append(row if heading is None else _without(row, heading.quoted))
            found = None if heading is None else _scored(row, heading)
            if found is not None:
                scored.append(found)
    return Sheets(tuple(kept), tuple(scored))


def _heading(cells: Sequence[str]) -> _Heading | None:
    """What the columns hold where a row is the heading of a score sheet."""
    roles = [roles_of(cell) for cell in cells]
    points = [
        place for place, role in enumerate(roles) if role == {"SCORE"} and not _TAKEN.search(normalise(cells[place]))
    ]
    names = tuple(_reach([place for place, role in enumerate(roles) if role & _NAMES], cells))
    marks = tuple(place for place, role in enumerate(roles) if role == {"MARKS"})
    quoted = tuple(place for place, role in enumerate(roles) if role & _QUOTED)
    if not (points or quoted) or not (names or marks):
        return None
    own = next((place for place in points if _OWN.search(cells[place])), points[0] if points else None)
    return _Heading(tuple(place for place in names if own is None or place < own), quoted, marks, own)


def _reach(names: Sequence[int], cells: Sequence[str]) -> Iterator[int]:
    """The columns of names: a heading over several (评价指标) heads each of them."""
    for place in names:
        yield place
        beside = place + 1
        while beside < len(cells) and not cells[beside].strip():
            yield beside
            beside += 1


def _without(row: Passage, quoted: Sequence[int]) -> Passage:
    """A row whose cells in some columns are blank, everything else at its place."""
    cells = tuple(" " * len(cell) if place in quoted else cell for place, cell in enumerate(row.cells))
    return replace(row, text="\t".join(cells), cells=cells)


def _scored(row: Passage, heading: _Heading) -> Scored | None:
    """The points that a row claims, and for what."""
    cells, column = row.cells, heading.points
    written = normalise(cells[column]).strip() if column is not None and column < len(cells) else ""
    if column is None or written.lower() in _NONE or not _POINTS.fullmatch(written):
        return None
    places = [place for place, cell in enumerate(cells[:column]) if _is_name(cell, place, heading)]
    if not places:
        return None
    starts = _starts(cells)
    names = tuple(_SUMS.sub("", name_and_points(cells[place])[0]) for place in reversed(places))
    marks = [each for place in heading.marks if place < len(cells) and (each := points_of(cells[place])) is not None]
    beside = name_and_points(cells[places[-1]])[1]
    told = beside or (marks[-1] if marks else None)
    number = Fraction(re.split(r"[^0-9.-]", written)[0])
    full = None if told is None or told.percent else told.number
    end = starts[column] + len(cells[column])
    sums = next((kind for cell in cells[:column] if (kind := _sums(cell))), "")
    return Scored(row.place.passage, names, sums, number, full, starts[places[-1]], end)


def _is_name(cell: str, place: int, heading: _Heading) -> bool:
    """Whether a cell before the points names what they are for."""
    if not cell.strip() or place in heading.quoted or place in heading.marks or points_of(cell) is not None:
        return False
    return place in heading.names or not heading.names or _sums(cell) != ""


def _sums(cell: str) -> str:
    """Whether a cell says that its row adds up everything, or a part."""
    if begins_with(cell, SUBTOTAL) is not None or normalise(cell).strip().endswith("小计"):
        return "part"
    rest = begins_with(cell, TOTAL)
    return "all" if rest is not None and not re.sub(r"[^\w]|\d|分", "", rest) else ""


def _starts(cells: Sequence[str]) -> list[int]:
    """Where each cell begins in the text of its row."""
    starts, at = [], 0
    for cell in cells:
        starts.append(at)
        at += len(cell) + 1
    return starts


# ------------------------------------------------------------------------------------- names beside values


class Beside(NamedTuple):
    """A name in a table and the one value to its right or below it, with the unit that stands for it elsewhere."""

    name: str
    value: str
    unit: str
    start: int
    end: int


_UNIT_LINE = re.compile(r"单位\s?:\s?(?P<unit>[^\s\t,;:()]{1,6})")
_IN_NAME = re.compile(r"^(?P<name>[^()]*?)\s*[(](?P<unit>[^()]{1,8})[)]\s*$")
_NUMBER = re.compile(r"-?[0-9][0-9,]{0,20}(?:\.[0-9]{1,12})?\s*[^\s\d.]{0,6}")


def beside(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Beside]]:
    """Every name in a table behind which one cell with a number stands, or that heads the row right above one."""
    unit = ""
    for place, row in enumerate(passages):
        told = _UNIT_LINE.search(normalise(row.text))
        if told and not row.cells:
            unit = told["unit"]
        elif not row.cells:
            # The unit of a table stands in the line before it, or in its own first rows.
            unit = "" if place and passages[place - 1].cells else unit
        else:
            unit = told["unit"] if told else unit
            yield from ((row, each) for each in _pairs(row.cells, unit))
            over = passages[place - 1] if place else row
            if over.cells and over.place.table == row.place.table and over.place.sheet == row.place.sheet:
                yield from ((row, each) for each in _below(over.cells, row.cells, unit))


def _below(heads: Sequence[str], cells: Sequence[str], unit: str) -> Iterator[Beside]:
    """The numbers of a row right below a row of headings, which has no numbers itself."""
    if any(_NUMBER.fullmatch(normalise(head).strip()) for head in heads):
        return
    starts = _starts(cells)
    of_heads = next((own["unit"] for head in heads if (own := _IN_NAME.match(normalise(head).strip()))), unit)
    for head, cell, start in zip(heads, cells, starts, strict=False):
        name = normalise(head).strip()
        if name and _NUMBER.fullmatch(normalise(cell).strip()):
            own = _IN_NAME.match(name)
            told = (own["name"], own["unit"]) if own else (name, of_heads)
            yield Beside(told[0], cell.strip(), told[1], 0, start + len(cell))


def _pairs(cells: Sequence[str], unit: str) -> Iterator[Beside]:
    starts = _starts(cells)
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    values = {place for place in filled if _NUMBER.fullmatch(normalise(cells[place]).strip())}
    for at, place in enumerate(filled):
        behind = filled[at + 1 : at + 3]
        if place in values or not behind or behind[0] not in values or (len(behind) > 1 and behind[1] in values):
            continue
        name = normalise(cells[place]).strip()
        own = _IN_NAME.match(name)
        value = behind[0]
        yield Beside(
            own["name"] if own else name,
            cells[value].strip(),
            own["unit"] if own else unit,
            starts[place],
            starts[value] + len(cells[value]),
        )
