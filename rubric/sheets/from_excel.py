"""Reads the sheets of an Excel workbook as grids: values only, no formula is worked out and no link followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from engine.diagnostic import Note, note
from rubric.language.phrases import exact
from rubric.sheets.archive import Measured, measure
from rubric.sheets.grid import MAX_TABLES, SHOWN_DIGITS, Cell, Grid, RefusedError, cleaned


def grids(data: bytes, written_out: Callable[[Any], str] | None = None) -> list[Grid]:
    """The visible sheets of a workbook that hold something, a cell written out in full or as the caller would."""
    measured = measure(data)
    book = _open(data, values=True)
    written = _open(data, values=False) if measured.formulas else None
    found: list[Grid] = []
    hidden: list[Note] = []
    for number, sheet in enumerate(book.worksheets, 1):
        if len(found) >= MAX_TABLES:
            break
        if sheet.sheet_state != "visible":
            hidden.append(note("hidden-sheet", name=sheet.title))
            continue
        source = None if written is None else written.worksheets[number - 1]
        grid = _grid(sheet, source, number, measured, written_out or cell_text)
        if grid.cells:
            found.append(grid)
    if found and hidden:
        first = found[0]
        remarks = (*first.remarks, *hidden)
        found[0] = Grid(first.format, first.name, first.number, first.cells, remarks=remarks)
    return found


def _open(data: bytes, values: bool) -> Any:
    """The workbook; whatever a broken one makes the library raise, it is broken."""
    try:
        from openpyxl import load_workbook
    except ImportError as missing:
        raise RefusedError(note("extra-missing", what="Excel", extra="excel")) from missing
    try:
        return load_workbook(BytesIO(data), data_only=values, keep_links=False)
    except Exception as broken:
        raise RefusedError(note("table-damaged")) from broken


def _grid(sheet: Any, source: Any, number: int, measured: Measured, written_out: Callable[[Any], str]) -> Grid:
    hidden_rows = {row for row, each in sheet.row_dimensions.items() if each.hidden}
    hidden_columns = {
        column
        for each in sheet.column_dimensions.values()
        if each.hidden
        for column in range(each.min, min(each.max, measured.columns) + 1)
    }
    spans = {(each.min_row, each.min_col): each for each in sheet.merged_cells.ranges}
    remarks: list[Note] = []
    cells = []
    commented = 0
    for cell in _filled(sheet, measured):
        span = spans.get((cell.row, cell.column))
        last_row, last_column = (cell.row, cell.column) if span is None else (span.max_row, span.max_col)
        commented += cell.comment is not None
        text = cleaned(written_out(cell))
        if not text and source is not None and source.cell(cell.row, cell.column).data_type == "f":
            remarks.append(note("formula-without-value", place=f"{sheet.title}!{cell.coordinate}"))
        if not text and span is None:
            continue
        rows, columns = range(cell.row, last_row + 1), range(cell.column, last_column + 1)
        hidden = hidden_rows.issuperset(rows) or hidden_columns.issuperset(columns)
        cells.append(Cell(cell.row - 1, cell.column - 1, text, len(rows), len(columns), hidden))
    if commented:
        remarks.append(note("comments-not-read", count=commented))
    return Grid("excel", sheet.title, number, tuple(cells), remarks=tuple(remarks))


def _filled(sheet: Any, measured: Measured) -> Iterator[Any]:
    """The cells as far as content reaches; those that a merged range swallowed are left out."""
    last_row, last_column = min(sheet.max_row, measured.rows), min(sheet.max_column, measured.columns)
    if not last_row or not last_column:
        return
    for row in sheet.iter_rows(max_row=last_row, max_col=last_column):
        for cell in row:
            if type(cell).__name__ != "MergedCell":
                yield cell


def cell_text(cell: Any) -> str:
    """The value of a cell as it is shown; a number keeps its percent sign and loses the noise of its storage."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() | Decimal():
            return _number(value, str(cell.number_format or ""))
        case datetime():
            return value.strftime("%Y-%m-%d")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: int | float | Decimal, shown: str) -> str:
    """A number as text, with the digits that a spreadsheet keeps."""
    digits = format(value, f".{SHOWN_DIGITS}g")
    if not any(character.isdigit() for character in digits):
        return digits
    percent = "%" in shown
    return exact(Fraction(digits) * (100 if percent else 1)) + ("%" if percent else "")
