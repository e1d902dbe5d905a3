"""Finds the heading rows of a scoring table and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rubric.sheets.grid import Cell, Grid
from rubric.sheets.wording import joined, plain, roles_of

# Headings stand near the top, and in a few rows.
_SEARCHED = 60
_MOST_ROWS = 4

_NAMES = {"LEVEL_1", "LEVEL_2", "LEVEL_3", "LEVEL_4", "INDICATOR", "CATEGORY"}
_SAYS = {"MARKS", "CRITERION", "EXPLANATION", "FORMULA"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: what it holds, its heading, and the columns of the grid that it takes.

    The columns of names count from 1, the widest level first; full marks say for which of them they stand.
    """

    role: str
    heading: str
    first: int
    last: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows of a table and its columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    @property
    def names(self) -> tuple[Column, ...]:
        """The columns of names, from the widest level to the indicators."""
        return tuple(column for column in self.columns if column.role == "NAME")

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings for comparing with those of another page."""
        return tuple(plain(column.heading) for column in self.columns)

    def of(self, *roles: str) -> tuple[Column, ...]:
        """The columns that hold one of these."""
        return tuple(column for column in self.columns if column.role in roles)


def find_header(grid: Grid) -> Header | None:
    """The heading rows of a grid; None where it is no scoring table."""
    for row in range(min(grid.height, _SEARCHED)):
        if _is_heading(_texts(grid, row), enough=2):
            return _header(grid, row)
    return None


def _texts(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.row(row) if cell.text]


def _is_heading(cells: list[Cell], enough: int) -> bool:
    """Whether a row names columns: some of names and some of what is said of them, and little else."""
    roles = [roles_of(cell.text) for cell in cells]
    known = [role for role in roles if role]
    if len(known) < enough or 2 * len(known) < len(cells):
        return False
    all_roles = frozenset().union(*known)
    return bool(all_roles & _NAMES) and bool(all_roles & _SAYS)


def _header(grid: Grid, row: int) -> Header:
    top = bottom = row
    while top and _all_known(_texts(grid, top - 1)):
        top -= 1
    bottom = max([bottom, *(cell.bottom - 1 for cell in _texts(grid, row) if roles_of(cell.text))])
    bottom = min(bottom, row + _MOST_ROWS)
    while bottom + 1 < grid.height and bottom - top < _MOST_ROWS and _goes_on(grid, bottom + 1):
        bottom += 1
    cells = dict.fromkeys(cell for each in range(top, bottom + 1) for cell in _texts(grid, each))
    return Header(top, bottom, tuple(_columns(grid, top, bottom)), tuple(cells))


def _all_known(cells: list[Cell]) -> bool:
    return bool(cells) and all(roles_of(cell.text) for cell in cells)


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether the next row holds more headings: every cell of its own is one, and no cell is much of a text."""
    own = [cell for cell in _texts(grid, row) if cell.row == row]
    return _all_known(own)


# ----------------------------------------------------------------------------------------------- the columns


def _columns(grid: Grid, top: int, bottom: int) -> list[Column]:
    found = []
    for cell, run in groupby(range(grid.width), key=lambda column: _lowest(grid, top, bottom, column)):
        columns = list(run)
        first, last = columns[0], columns[-1] + 1
        heading = "" if cell is None else joined(cell.text)
        found.append(Column(_role(grid, top, bottom, first), heading, first, last))
    return _with_levels(list(_split(grid, bottom, found)))


def _path(grid: Grid, top: int, bottom: int, column: int) -> list[Cell]:
    """The heading cells above a column of the grid, from the top."""
    cells = (grid.at(row, column) for row in range(top, bottom + 1))
    return list(dict.fromkeys(cell for cell in cells if cell is not None and cell.text))


def _lowest(grid: Grid, top: int, bottom: int, column: int) -> Cell | None:
    path = _path(grid, top, bottom, column)
    return path[-1] if path else None


def _role(grid: Grid, top: int, bottom: int, column: int) -> str:
    """What a column holds, by the lowest heading that is known."""
    for cell in reversed(_path(grid, top, bottom, column)):
        roles = roles_of(cell.text)
        if roles:
            return _one_of(roles)
    return "OTHER"


def _one_of(roles: frozenset[str]) -> str:
    """One role for a heading that joins several; criteria mixed with anything else are looked for in it."""
    if len(roles) == 1:
        return next(iter(roles))
    if "CRITERION" in roles:
        return "MIXED"
    return next((role for role in ("EXPLANATION", "FORMULA", "REMARK") if role in roles), "OTHER")


def _split(grid: Grid, bottom: int, columns: list[Column]) -> Iterator[Column]:
    """A heading over several columns of names (评价指标 over three) heads a level in each of them."""
    alone = sum(column.role in _NAMES for column in columns) == 1
    for column in columns:
        if not (alone and column.role in _NAMES and column.last - column.first > 1):
            yield column
            continue
        below = (cell for row in range(bottom + 1, grid.height) for cell in _texts(grid, row))
        starts = {cell.column for cell in below if column.first <= cell.column < column.last and cell.columns == 1}
        edges = sorted({column.first, *starts})
        for first, last in zip(edges, [*edges[1:], column.last], strict=True):
            yield Column(column.role, column.heading, first, last)


def _with_levels(columns: list[Column]) -> list[Column]:
    """Number the columns of names, and give each column of full marks the names that it stands for."""
    named = [column for column in columns if column.role in _NAMES and column.role != "CATEGORY"]
    first_name = named[0].first if named else len(columns)
    found: list[Column] = []
    level = 0
    several = sum(column.role == "MARKS" for column in columns) > 1
    taken: set[int] = set()
    for column in columns:
        role = column.role
        if role == "CATEGORY":
            role = "NAME" if column.first < first_name or not (named or level) else "EXPLANATION"
        elif role in _NAMES:
            role = "NAME"
        if role == "NAME":
            level += 1
            found.append(Column("NAME", column.heading, column.first, column.last, level))
        elif role == "MARKS" and several and level and level not in taken:
            taken.add(level)
            found.append(Column("MARKS", column.heading, column.first, column.last, level))
        elif role == "MARKS" and several:
            found.append(Column("OTHER", column.heading, column.first, column.last))
        else:
            found.append(Column(role, column.heading, column.first, column.last))
    lowest = level
    explained = any(column.role in ("CRITERION", "MIXED") for column in found)
    return [_settled(column, lowest, explained) for column in found]


def _settled(column: Column, lowest: int, explained: bool) -> Column:
    """Full marks of their own stand for the indicators; where no column is for criteria, explanations may hold them."""
    if column.role == "MARKS" and not column.level:
        return Column("MARKS", column.heading, column.first, column.last, lowest)
    if column.role == "EXPLANATION" and not explained:
        return Column("MIXED", column.heading, column.first, column.last)
    return column
