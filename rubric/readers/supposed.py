"""Values that are supposed for a moment, as they stand on a command line: 公用经费支出=120万元.

Each is read and held against the rubric as if it stood in a facts file, and what is wrong is told in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.diagnostic import Diagnostic, Note, error, note
from engine.facts import Fact, Facts, Missing, NotApplicableFact, Present, Provenance
from engine.rules import FactDeclaration, Rubric, Table
from engine.source import Span
from rubric.readers.binding import bind_value, declared_facts
from rubric.readers.given import Scalar
from rubric.readers.model import MISSING, STATES
from rubric.readers.names import Names, short

_EQUALS = re.compile(r"[=＝]")
_CELL = re.compile(r"(?P<table>.+)[\[［](?P<row>\d{1,6})[\]］][.．。](?P<column>.+)")
_STATES = Names((word, state) for state, words in STATES.items() for word in words)


@dataclass(frozen=True, slots=True)
class Supposed:
    """A fact with the value that is supposed; of a cell also its table, its row from 0 on, and its column."""

    key: str
    fact: Fact
    table: str = ""
    row: int = 0
    column: str = ""


def suppose(values: Sequence[str], rubric: Rubric, facts: Facts, file: str) -> tuple[list[Supposed], list[Diagnostic]]:
    """What each of some `FACT=VALUE` supposes, and what is wrong; the n-th of them is the n-th line of `file`."""
    reading = _Reading(rubric, facts, file)
    for line, text in enumerate(values, 1):
        reading.read(text, line)
    return reading.found, reading.findings


def with_supposed(facts: Facts, found: Sequence[Supposed]) -> Facts:
    """The facts with what is supposed in their place."""
    plain: dict[str, Fact] = {each.key: each.fact for each in found if not each.table}
    tables: dict[str, tuple[Mapping[str, Fact], ...]] = dict(facts.tables)
    for each in found:
        if each.table:
            rows = list(tables[each.table])
            rows[each.row] = {**rows[each.row], each.column: each.fact}
            tables[each.table] = tuple(rows)
    return replace(facts, facts={**facts.facts, **plain}, tables=tables)


class _Reading:
    """Reads one value after the other."""

    def __init__(self, rubric: Rubric, facts: Facts, file: str) -> None:
        self._rubric = rubric
        self._facts = facts
        self._file = file
        self._declared = declared_facts(rubric)
        self._tables = Names((form, table) for table in rubric.tables for form in table.name.forms)
        self.found: list[Supposed] = []
        self.findings: list[Diagnostic] = []

    def read(self, text: str, line: int) -> None:
        """One `FACT=VALUE`."""
        equals = _EQUALS.search(text)
        if equals is None:
            self._refuse(error(note("supposed-without-value", found=short(text)), self._span(line, 0, len(text))))
            return
        name, place = text[: equals.start()].strip(), self._span(line, 0, equals.start())
        written = Scalar(text[equals.end() :].strip(), self._span(line, equals.end(), len(text)))
        where = self._where(name, place)
        if where is None:
            return
        supposed, declaration = where
        if any(each.key == supposed.key for each in self.found):
            self._refuse(error(note("supposed-twice", name=short(name)), place))
            return
        fact = self._fact(name, written, declaration)
        if fact is not None:
            self.found.append(replace(supposed, fact=fact))

    def _where(self, name: str, place: Span) -> tuple[Supposed, FactDeclaration] | None:
        """The fact that is named, or the cell of a table."""
        declaration = self._declared.get(name)
        if declaration is not None:
            return Supposed(declaration.key, Missing()), declaration
        cell = _CELL.fullmatch(name)
        table = None if cell is None else self._tables.get(cell["table"])
        if cell is not None and table is not None:
            return self._cell(table, int(cell["row"]), cell["column"], place)
        self._unknown(note("unknown-fact", name=short(name)), place, self._declared, name)
        return None

    def _cell(self, table: Table, row: int, name: str, place: Span) -> tuple[Supposed, FactDeclaration] | None:
        columns = Names((form, column) for column in table.columns for form in column.name.forms)
        column, key = columns.get(name), table.name.key
        rows = len(self._facts.tables.get(key, ()))
        if column is None:
            self._unknown(note("no-such-column", name=short(name), table=key), place, columns, name)
            return None
        if not 1 <= row <= rows:
            self._refuse(error(note("supposed-no-row", table=key, row=row, count=rows), place))
            return None
        named = f"{key}[{row}].{column.name.key}"
        return Supposed(named, Missing(), key, row - 1, column.name.key), column

    def _unknown(self, finding: Note, place: Span, names: Names[FactDeclaration], name: str) -> None:
        right = names.nearest(name)
        helps = (note("nearest-name", name=right),) if right else ()
        self._refuse(error(finding, place, *helps))

    def _fact(self, name: str, written: Scalar, declaration: FactDeclaration) -> Fact | None:
        if not written.text:
            self._refuse(error(note("supposed-without-value", found=short(f"{name}=")), written.span))
            return None
        state = _STATES.get(written.text.replace("-", " "))
        if state is not None:
            provenance = Provenance(span=written.span)
            return Missing(provenance) if state == MISSING else NotApplicableFact(provenance)
        value = bind_value(name, written, declaration, self._refuse)
        return None if value is None else Present(value, Provenance(span=written.span))

    def _refuse(self, finding: Diagnostic) -> None:
        self.findings.append(finding)

    def _span(self, line: int, start: int, end: int) -> Span:
        return Span(self._file, line, start + 1, line, end + 1)
