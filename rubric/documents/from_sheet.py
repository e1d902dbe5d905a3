"""Reads score sheets, Excel and CSV: each row is a passage, numbers as the sheet shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from engine.diagnostic import note
from rubric.documents.gathering import Gathered
from rubric.sheets.from_excel import cell_text
from rubric.sheets.grid import Grid

_SHOWN = re.compile(
    r"(?P<before>[^0#.,%]*)(?P<digits>[#0,]*[#0](?:\.(?P<decimals>0+))?)(?P<percent>%?)(?P<after>[^0#%]*)$"
)
_WORDS = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')


def take(grids: Sequence[Grid], gathered: Gathered) -> None:
    """Gather the rows of the sheets."""
    for number, grid in enumerate(grids, 1):
        hidden = sum(cell.hidden and bool(cell.text) for cell in grid.cells)
        for row in range(grid.height):
            cells = []
            for column in range(grid.width):
                cell = grid.at(row, column)
                # What stands beside or below the corner of a wide or high cell stands in columns and rows of its own.
                begins = cell is not None and (cell.row, cell.column) == (row, column) and not cell.hidden
                cells.append(cell.text if cell is not None and begins else "")
            gathered.row(cells, number, row + 1, sheet=grid.name)
        if hidden:
            gathered.hint(note("cells-hidden", sheet=grid.name, count=hidden))
        for remark in grid.remarks:
            gathered.warn(remark)


def shown(cell: Any) -> str:
    """The text of a cell as the sheet shows it, where its format is a plain one."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return cell_text(cell)
    return in_format(format(value, ".15g"), str(cell.number_format or "")) or cell_text(cell)


def in_format(digits: str, pattern: str) -> str:
    """A number in a format such as 0.0% or #,##0.00; nothing where the format is not so plain."""
    positive, _, _ = pattern.partition(";")
    found = _SHOWN.match(_WORDS.sub(lambda part: part[1] or part[2] or "", positive))
    if found is None or pattern.lower() == "general":
        return ""
    try:
        number = Decimal(digits) * (100 if found["percent"] else 1)
        decimals = len(found["decimals"] or "")
        rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        return ""
    text = format(rounded, ",f" if "," in found["digits"] else "f")
    return f"{found['before']}{text}{found['percent']}{found['after']}".strip()
