"""A table as it lies in a file: cells with their text, their place and how far they reach, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from engine.diagnostic import Note

Format = Literal["excel", "word", "csv"]

# What a table may hold at most; a scoring table is far smaller.
MAX_ROWS = 1_000
MAX_COLUMNS = 60
MAX_TABLES = 30
MAX_CHARACTERS = 300_000

# A spreadsheet shows and keeps so many digits of what is typed into it.
SHOWN_DIGITS = 15

# What no text has, and no rule file takes: control characters and halves of a pair.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]|_x000[dD]_\n?")


class RefusedError(Exception):
    """A file that cannot be read as a table, with the one reason why."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.code)
        self.note = note


class Place(NamedTuple):
    """Where a cell stands, as a person finds it: rows and columns count from 1."""

    format: Format
    part: str
    number: int
    row: int
    column: int

    @property
    def letters(self) -> str:
        """The column as a spreadsheet names it."""
        name, rest = "", self.column
        while rest:
            rest, last = divmod(rest - 1, 26)
            name = chr(ord("A") + last) + name
        return name


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it begins in the grid, how far it reaches, and its text with the breaks between its lines."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    hidden: bool = False

    @property
    def bottom(self) -> int:
        """The row behind its last one."""
        return self.row + self.rows

    @property
    def right(self) -> int:
        """The column behind its last one."""
        return self.column + self.columns


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of one file: its cells, the lines of text above and below it, and what was noticed while reading it."""

    format: Format
    name: str
    number: int
    cells: tuple[Cell, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    remarks: tuple[Note, ...] = ()
    _at: dict[tuple[int, int], Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        at: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.bottom):
                for column in range(cell.column, cell.right):
                    at.setdefault((row, column), cell)
        object.__setattr__(self, "_at", at)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        return self._at.get((row, column))

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max((cell.bottom for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((cell.right for cell in self.cells), default=0)

    def row(self, number: int) -> list[Cell]:
        """The cells that reach into a row, each once, from left to right."""
        found = (self.at(number, column) for column in range(self.width))
        return list(dict.fromkeys(cell for cell in found if cell is not None))

    def place(self, cell: Cell) -> Place:
        """Where a cell stands; in a Word table the cells of a row are counted as they are seen."""
        column = cell.column
        if self.format == "word":
            column = sum(each.column < cell.column for each in self.row(cell.row))
        return Place(self.format, self.name, self.number, cell.row + 1, column + 1)

    def texts(self) -> Iterator[Cell]:
        """The cells that hold text."""
        return (cell for cell in self.cells if cell.text)


def cleaned(text: str) -> str:
    """The text of a cell: every break a line feed, no control characters, no space around it."""
    return _CONTROL.sub("", _BREAK.sub("\n", text)).replace("\xa0", " ").strip()
