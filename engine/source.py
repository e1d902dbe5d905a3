"""Places in a text, so that every rule, finding and awarded point can be traced to its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# The sheet of a file that is one table and gives it no name.
ONLY_SHEET = "*"


class Span(NamedTuple):
    """A stretch of a text: lines and columns count from 1, in characters; the end is exclusive.

    In a workbook, or in a file that is one table, it is a cell: the line and the column are those of the sheet.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    sheet: str = ""

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of the other."""
        return self._replace(end_line=other.end_line, end_column=other.end_column)

    def quoted(self, lines: Sequence[str]) -> str:
        """What the stretch covers of the lines of its text, on one line."""
        covered = [*lines[self.line - 1 : self.end_line]] if self.line else []
        if not covered:
            return ""
        covered[-1] = covered[-1][: self.end_column - 1]
        covered[0] = covered[0][self.column - 1 :]
        return " ".join(line.strip() for line in covered)

    @property
    def cell(self) -> str:
        """The place as a spreadsheet names it: 事实!C4, or C4 of an only sheet; nothing for a place in a text."""
        if not self.sheet or not self.line:
            return ""
        letters, rest = "", self.column
        while rest > 0:
            rest, last = divmod(rest - 1, 26)
            letters = chr(ord("A") + last) + letters
        sheet = "" if self.sheet == ONLY_SHEET else f"{self.sheet}!"
        return f"{sheet}{letters}{self.line}"


NOWHERE = Span("", 0, 0, 0, 0)
