"""The rows of a table that a unit fills in itself, such as the indicators of a project form, from the form.

A column is found by its heading: its own name, or the phrases that the rule file gives (数据来源). One without a
heading may be told by what a cell of the row holds: ≥ 735 says that more is better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.rules import Amount, FactDeclaration, Levels, Phrase, Rubric, Table, Text, Truth
from engine.unit import ONE, SCORE, UNITS
from rubric.language.text import normalise
from rubric.messages.vocabulary import ALL_WORDS
from rubric.reading.numbers import figures
from rubric.reading.passages import Searched
from rubric.reading.patterns import bare
from rubric.sheets.wording import without_number

_BRACKETS = re.compile(r"\([^()]*\)")
_NOTHING = frozenset({"", "/", "-", "—", "——", "无"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the form has it: the values by the key of their column, in words, and where it stands."""

    name: str
    values: tuple[tuple[str, str], ...]
    place: Searched


def rows_of(rubric: Rubric, passages: Sequence[Searched]) -> dict[str, tuple[Row, ...]]:
    """The rows that the report gives for each table of the rubric, by the key of the table."""
    found = {table.name.key: tuple(_Form(table, rubric.phrases).rows(passages)) for table in rubric.tables}
    return {key: rows for key, rows in found.items() if rows}


class _Form:
    """Finds the rows of one table."""

    def __init__(self, table: Table, phrases: Iterable[Phrase]) -> None:
        self.table = table
        self.phrases: dict[str, list[Phrase]] = {column.name.key: [] for column in table.columns}
        for each in phrases:
            self.phrases.get(each.of, []).append(each)
        self._measured = [
            column.name.key for column in table.columns if isinstance(column.kind, Amount) and column.kind.unit != SCORE
        ]
        self.headings = {
            bare(form): column
            for column in table.columns
            for form in (*column.name.forms, *(each.before for each in self._own(column) if each.means is None))
        }

    def _own(self, column: FactDeclaration) -> list[Phrase]:
        return self.phrases[column.name.key]

    def rows(self, passages: Iterable[Searched]) -> Iterator[Row]:
        """Every row below a heading of this table."""
        for (_, number), run in groupby(
            passages, key=lambda each: (each.passage.place.sheet, each.passage.place.table)
        ):
            columns: dict[int, FactDeclaration] = {}
            above: dict[str, str] = {}
            for place in run if number else ():
                heading = self._heading(place.passage.cells)
                if heading:
                    columns, above = heading, {}
                elif columns:
                    row = self._row(place, columns, above)
                    if row is not None:
                        yield row

    def _heading(self, cells: Sequence[str]) -> dict[int, FactDeclaration]:
        """The columns of a row of headings: the names of the rows, and something else that is asked of them."""
        known = ((at, self.headings.get(bare(_BRACKETS.sub("", normalise(cell))))) for at, cell in enumerate(cells))
        columns: dict[int, FactDeclaration] = {}
        for at, column in known:
            if column is not None and column not in columns.values():
                columns[at] = column
        enough = self.table.title in columns.values() and len(columns) > 1
        return columns if enough and any(isinstance(each.kind, Amount) for each in columns.values()) else {}

    def _row(self, place: Searched, columns: dict[int, FactDeclaration], above: dict[str, str]) -> Row | None:
        cells = {column.name.key: _cell(place.passage.cells, at) for at, column in columns.items()}
        title = self.table.title
        name = without_number(cells.get(title.name.key, "")) if title is not None else ""
        if title is None or normalise(name).strip() in _NOTHING:
            return None
        values: list[tuple[str, str]] = []
        marked = False
        for column in self.table.columns:
            key = column.name.key
            written = name if column is title else cells.get(key, "")
            if isinstance(column.kind, Levels) and key in cells:
                # What stands over several rows is written once.
                written = above[key] = written or above.get(key, "")
            value = self._value(column, written) or self._told(column, cells)
            marked |= isinstance(column.kind, Amount) and column.kind.unit == SCORE and bool(value)
            if value:
                values.append((key, value))
        # A row without marks is none of the indicators: a sum, a signature, another heading.
        return Row(name, tuple(values), place) if marked else None

    def _value(self, column: FactDeclaration, written: str) -> str:
        """What a cell says as a facts file has it; nothing where it does not say it."""
        plain = normalise(written).strip()
        if plain in _NOTHING:
            return ""
        match column.kind:
            case Text():
                return " ".join(written.split())
            case Amount(unit=unit):
                return _number(plain, unit == SCORE, unit.code if unit != ONE else "")
            case Levels(levels):
                forms = sorted(((form, level.key) for level in levels for form in level.forms), key=_longest)
                return next((key for form, key in forms if normalise(form) in plain), "")
            case Truth():
                return next((word for word in ("是", "否") if plain == word), "")
        return ""

    def _told(self, column: FactDeclaration, cells: dict[str, str]) -> str:
        """A level that the numbers of a row tell, or what stands for them; or the one that holds otherwise."""
        if isinstance(column.kind, Text | Amount):
            return ""
        others = [normalise(cells.get(key, "")) for key in self._measured]
        if not any(text.strip() not in _NOTHING for text in others):
            return ""
        otherwise = ""
        for each in self._own(column):
            if each.means is None:
                continue
            if each.before.strip() in (*ALL_WORDS["OTHERWISE"].zh, *ALL_WORDS["OTHERWISE"].en):
                otherwise = str(each.means)
            elif any(normalise(each.before) in text for text in others):
                return str(each.means)
        return otherwise


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _longest(form: tuple[str, str]) -> int:
    return -len(form[0])


def _number(plain: str, marks: bool, unit: str) -> str:
    """The one number of a cell; one with a unit of its own keeps it where the column has one."""
    told = figures(plain)
    if len(told) != 1:
        return ""
    [figure] = told
    digits = plain[figure.start : figure.number_end].replace(",", "")
    if marks:
        return f"{digits} 分"
    own = figure.unit and unit and UNITS[figure.unit].dimension == UNITS[unit].dimension
    return plain[figure.start : figure.end] if own else digits
