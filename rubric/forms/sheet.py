"""A sheet of a workbook that was filled in: read cell by cell, and by rows under their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.diagnostic import Diagnostic, Note, error, note, warning
from engine.source import Span
from rubric.forms.cells import Read, Told, read_cell
from rubric.forms.words import NEEDED, headings
from rubric.messages.forms import COLUMNS
from rubric.readers.names import Names, short

# The headings stand at the top; below this row none is looked for.
LAST_HEADING = 15
_LAST_TITLE = 5


@dataclass(slots=True)
class Row:
    """One row below the headings: the cells of the columns that are known."""

    number: int
    cells: dict[str, Read]

    def __getitem__(self, column: str) -> Read:
        return self.cells[column]

    def filled(self, columns: Sequence[str]) -> bool:
        """Whether something stands in one of these columns."""
        return any(column in self.cells and not self.cells[column].empty for column in columns)


@dataclass(slots=True)
class Sheet:
    """A sheet, read cell by cell; what is found wrong is collected, each cell once."""

    sheet: Any
    file: str
    rows: int
    columns: int
    findings: list[Diagnostic] = field(default_factory=list)
    _read: dict[tuple[int, int], Read] = field(default_factory=dict)

    def span(self, row: int, column: int) -> Span:
        """The place of a cell."""
        return Span(self.file, row, column, row, column + 1, self.sheet.title)

    def read(self, row: int, column: int) -> Read:
        """A cell; the same findings are not told twice."""
        at = (row, column)
        if at not in self._read:
            self._read[at] = self.take(read_cell(self.sheet.cell(row, column), self.span(row, column)))
        return self._read[at]

    def take(self, told: Told) -> Read:
        """What was read, and keep what was said of it."""
        self.findings.extend(told.findings)
        return told.read

    def text(self, row: int, column: int) -> str:
        """A cell as a label, without telling anything of it."""
        value = self.sheet.cell(row, column).value
        return value if isinstance(value, str) else ""

    def title(self) -> str:
        """What the first cell says, or the first that says something where columns were put before it."""
        texts = (self.text(1, column) for column in range(1, min(self.columns, _LAST_TITLE) + 1))
        return next((text for text in texts if text.strip()), "")

    def refuse(self, reason: Note, span: Span, *helps: Note) -> None:
        """Tell what is wrong."""
        self.findings.append(error(reason, span, *helps))

    def area(self, first: int) -> Iterator[tuple[int, int]]:
        """Every cell from a row on."""
        return ((row, column) for row in range(first, self.rows + 1) for column in range(1, self.columns + 1))

    def merged(self, first: int) -> None:
        """Merged cells below the headings hide to which row a value belongs."""
        for each in self.sheet.merged_cells.ranges:
            if each.max_row >= first:
                self.refuse(note("cells-merged", cells=str(each)), self.span(each.min_row, each.min_col))


def rows_of(sheet: Sheet, kind: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows below the headings, by the columns that they name; what is no column is told where it holds something.

    The columns that tell what is asked for do not make a row one that is filled in.
    """
    names, needed = headings(columns), NEEDED[kind]
    at = _heading_row(sheet, names, needed)
    if at is None:
        wanted = tuple(COLUMNS[each].zh for each in needed), tuple(COLUMNS[each].en for each in needed)
        sheet.refuse(
            note("sheet-without-headings", names=wanted[0] if is_chinese(sheet) else wanted[1]), sheet.span(1, 1)
        )
        return
    found = _columns(sheet, at, names)
    sheet.merged(at + 1)
    for column in needed:
        if column not in found:
            name = COLUMNS[column].of("zh" if is_chinese(sheet) else "en")
            sheet.refuse(note("column-missing", name=name), sheet.span(at, 1))
            return
    for number in range(at + 1, sheet.rows + 1):
        row = Row(number, {column: sheet.read(number, place) for column, place in found.items()})
        if row.filled(columns):
            yield row


def is_chinese(sheet: Sheet) -> bool:
    """Whether the sheet is in Chinese, by its own words."""
    said = sheet.title() + sheet.sheet.title
    return any("\u3400" <= character <= "\u9fff" for character in said)


def _heading_row(sheet: Sheet, names: Names[str], needed: Sequence[str]) -> int | None:
    """The row of headings: the first that has one of those that are needed, and another."""
    for row in range(1, min(sheet.rows, LAST_HEADING) + 1):
        found = {names.get(sheet.text(row, column)) for column in range(1, sheet.columns + 1)} - {None}
        if len(found) > 1 and found & set(needed):
            return row
    return None


def _columns(sheet: Sheet, at: int, names: Names[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, sheet.columns + 1):
        said = sheet.text(at, column)
        meant = names.get(said) if said.strip() else None
        if meant in found:
            sheet.refuse(note("duplicate-key", name=short(said)), sheet.span(at, column))
        elif meant is not None:
            found[meant] = column
        else:
            tell_unread(sheet, at, column, said)
    return found


def tell_unread(sheet: Sheet, at: int, column: int, said: str) -> None:
    """A column that is none of the form is told where something stands in it."""
    filled = next((row for row in range(at + 1, sheet.rows + 1) if sheet.sheet.cell(row, column).value is not None), 0)
    if filled:
        name = short(said) or sheet.span(1, column).cell.rpartition("!")[2].rstrip("1")
        place = sheet.span(at, column) if said.strip() else sheet.span(filled, column)
        sheet.findings.append(warning(note("column-not-read", name=name), place))
