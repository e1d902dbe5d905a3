"""The working of a scorecard: one formula a line, each with its words, where the other sheets find it."""

from __future__ import annotations

from typing import NamedTuple

from rubric.report.workbook.formula import Formula, cell
from rubric.report.workbook.names import CellNames


class Line(NamedTuple):
    """One line of the working: what it is about, what it is, its formula, and the name of its cell if it has one."""

    about: str
    label: str
    formula: Formula
    name: str = ""


class Desk:
    """Lines of working on one sheet, from a first row on, in one column."""

    def __init__(self, sheet: str, names: CellNames, first: int = 1, column: str = "A") -> None:
        self.sheet = sheet
        self.names = names
        self.first = first
        self.column = column
        self.lines: list[Line] = []

    def put(self, about: str, label: str, formula: Formula, name: str = "") -> Formula:
        """Write a line, and give back its cell; what is in a cell of its own already is left there."""
        if not name and formula.text.replace("_", "a").replace("!", "a").replace("$", "a").isalnum():
            return formula
        given = self.names.give(name) if name else ""
        self.lines.append(Line(about, label, formula, given))
        return cell(given or self.place(len(self.lines) - 1), formula.value)

    def place(self, index: int) -> str:
        """Where a line stands."""
        return f"{self.sheet}!${self.column}${self.first + index}"
