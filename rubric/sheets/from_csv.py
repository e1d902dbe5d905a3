"""Reads a CSV file as a grid: the encodings and the separators that offices write."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from engine.diagnostic import note
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, RefusedError, cleaned

# What parts the cells of a row.
SEPARATORS = (",", "\t", ";")


def grids(text: str, name: str) -> list[Grid]:
    """The one table of a file."""
    tried = [rows for separator in SEPARATORS if (rows := _rows(text, separator)) is not None]
    if not tried:
        raise RefusedError(note("table-damaged"))
    rows = max(tried, key=_evenness)
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        raise RefusedError(note("table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
    cells = (
        Cell(number, column, cleaned(text))
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text.strip()
    )
    return [Grid("csv", name, 1, tuple(cells))]


def _rows(text: str, separator: str) -> list[list[str]] | None:
    """The rows with one separator; nothing where it leaves a cell longer than any is."""
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return None


def _evenness(rows: list[list[str]]) -> int:
    """How evenly a separator parts the rows: the one that was meant gives most of them the same number of cells."""
    widths = Counter(map(len, rows))
    return max((count * (width - 1) for width, count in widths.items()), default=0)
