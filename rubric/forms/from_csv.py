"""Reads a CSV table of departments, one a row, as the trees of facts files.

Columns are known by their headings, in any order and either language; each finding names its cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import islice

from pydantic import BaseModel

from engine.diagnostic import Diagnostic, Note, error, note, warning
from engine.rules import Rubric
from engine.source import ONLY_SHEET, Span
from rubric.forms.cells import Read, text_cell, with_unit
from rubric.forms.guarded import state_in, unguarded
from rubric.forms.headings import Asked, Column, column, is_unit, levels, parted
from rubric.forms.words import key, unit_beside
from rubric.messages.wording import Language
from rubric.readers import exact_yaml as tree
from rubric.readers.exact_yaml import MAX_SCALAR, Entry, Node, Tree
from rubric.readers.given import Scalar
from rubric.readers.model import NOT_APPLICABLE, STATES, ClaimsModel, FactModel, FactsModel
from rubric.readers.names import loose, short
from rubric.readers.text import any_text, whole
from rubric.sheets.from_csv import SEPARATORS

MAX_BYTES = 10_000_000
MAX_DEPARTMENTS = 2_000
MAX_COLUMNS = 1_000
# No more rows, empty ones among them, are looked at.
MAX_ROWS = 20_000
# The headings stand in one of the first rows.
_LAST_HEADING = 15
_NAMED = 8

# What is to be written in a cell where a facts file has entries.
_IN_CELLS = {"why-not-zero": note("why-not-zero-in-cell")}
_UNKNOWN = {"facts": "unknown-fact", "indicators": "unknown-indicator", "subtotals": "unknown-group"}


@dataclass(frozen=True, slots=True)
class Row:
    """One department: the row that it stands in, its name and year as they are written, and the tree of its facts."""

    number: int
    department: str
    year: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Departments:
    """A whole table: its departments, and what is to be said of the table itself."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    headings: Mapping[int, str] = field(default_factory=dict)

    def placed(self, row: Row, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings of a row, each with the row, the department and the column in words."""
        return tuple(self._placed(row, finding) for finding in findings)

    def _placed(self, row: Row, finding: Diagnostic) -> Diagnostic:
        if finding.span.line != row.number or not finding.span.sheet:
            return finding
        name, column = short(row.department) or "?", self.headings.get(finding.span.column, "")
        place = note("in-row", row=row.number, name=name, column=short(column))
        if not column:
            place = note("in-this-row", row=row.number, name=name)
        helps = (_IN_CELLS.get(each.code, each) for each in finding.helps)
        return replace(finding, helps=(*helps, place))


class _RefusedError(Exception):
    """The table cannot be read, for this reason."""

    def __init__(self, reason: Note, *helps: Note, row: int = 0) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.helps = helps
        self.row = row


def read_departments(data: bytes, file: str, rubric: Rubric | None = None) -> Departments:
    """The departments of a table; with a rubric, its headings are held against what that asks for."""
    if len(data) > MAX_BYTES:
        return Departments((), (error(_too_large(), whole(file)),))
    text, findings = any_text(data, file, MAX_BYTES)
    if text is None:
        return Departments((), findings)
    try:
        at, rows = _opened(text)
    except _RefusedError as refused:
        row = refused.row
        place = Span(file, row, 1, row, 2, ONLY_SHEET) if row else whole(file)
        return Departments((), (*findings, error(refused.reason, place, *refused.helps)))
    table = _Table(file, at, rows, None if rubric is None else Asked(rubric))
    departments = tuple(table.departments())
    if not departments:
        table.findings.append(error(note("no-departments"), whole(file)))
    headings = {number: text.strip() for number, text in enumerate(rows[at], 1)}
    return Departments(departments, (*findings, *table.findings), headings)


def has_headings(data: bytes) -> bool:
    """Whether a file has the headings of such a table."""
    text, _ = any_text(data, "", MAX_BYTES)
    return text is not None and _separator(text, most=2) is not None


def _too_large() -> Note:
    size = f"{MAX_BYTES // 1_000_000} MB"
    return note("departments-too-large", size=size, rows=MAX_DEPARTMENTS, columns=MAX_COLUMNS)


# ------------------------------------------------------------------------------------ from text to cells


def _opened(text: str) -> tuple[int, list[list[str]]]:
    """The place of the headings, and every row from the first on."""
    found = _separator(text)
    if found is None:
        raise _RefusedError(note("table-without-headings"))
    separator, at = found
    rows: list[list[str]] = []
    filled = 0
    try:
        for row in _reader(text, separator, strict=True):
            rows.append(row)
            filled += len(rows) > at + 1 and any(map(str.strip, row))
            if filled > MAX_DEPARTMENTS or len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise _RefusedError(_too_large())
    except csv.Error as broken:
        limit = "field larger" in str(broken)
        unpaired = note("quotes-unpaired")
        # What is longer than any cell may well be one that no quotation mark ends.
        notes = (note("text-too-long", limit=MAX_SCALAR), unpaired) if limit else (unpaired,)
        raise _RefusedError(*notes, row=len(rows) + 1) from broken
    return at, rows


def _reader(text: str, separator: str, strict: bool) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=strict)


def _separator(text: str, most: int = 1) -> tuple[str, int] | None:
    """The separator under which there are headings, and their row: of several that which says the most of this form."""
    found = [
        (*heads, -at, separator)
        for separator in SEPARATORS
        for at, row in enumerate(_first_rows(text, separator))
        if (heads := _heads(row)) is not None and heads[0] >= most
    ]
    if not found:
        return None
    _, _, at, separator = max(found)
    return separator, -at


def _first_rows(text: str, separator: str) -> Iterator[list[str]]:
    """The first rows, up to one that cannot be read."""
    try:
        yield from islice(_reader(text, separator, strict=False), _LAST_HEADING)
    except csv.Error:
        return


def _heads(row: Sequence[str]) -> tuple[int, int] | None:
    """How many cells of a row are surely headings of this form, of how many; nothing without a department."""
    kinds = [_meaning(cell) for cell in row[:MAX_COLUMNS] if cell.strip()]
    own = sum(each.kind != "facts" or bool(each.unit) for each in kinds)
    return (own, len(kinds)) if len(kinds) > 1 and any(each.kind == "department" for each in kinds) else None


def _meaning(cell: str) -> Column:
    return column(unguarded(cell))


# ---------------------------------------------------------------------------------- from cells to trees


class _Table:
    """The rows of a table below its headings; what is wrong with the headings is collected."""

    def __init__(self, file: str, at: int, rows: list[list[str]], asked: Asked | None) -> None:
        self._file = file
        self._at = at
        self._rows = rows
        self._asked = asked
        self._language: Language = "zh"
        self.findings: list[Diagnostic] = []
        self._columns = dict(self._known())
        if asked is not None:
            self._tell_missing(asked)

    def _span(self, row: int, column: int) -> Span:
        return Span(self._file, row, column, row, column + 1, ONLY_SHEET)

    def _heading_span(self, column: int) -> Span:
        return self._span(self._at + 1, column)

    # ---------------------------------------------------------------------------------------- headings

    def _known(self) -> Iterator[tuple[int, Column]]:
        """The columns that are read, by their numbers from 1."""
        first: dict[tuple[str, str], str] = {}
        for number, cell in enumerate(self._rows[self._at], 1):
            text = unguarded(cell).strip()
            if not text:
                self._tell_headless(number)
                continue
            found = column(text) if self._asked is None else self._asked.column(text)
            if found.kind == "department":
                self._language = "zh" if any("\u3400" <= each <= "\u9fff" for each in text) else "en"
            known = loose(found.name) if self._asked is None else self._asked.key(found)
            if known is None:
                self._tell_unknown(number, found, text)
                continue
            identity = (found.kind, known)
            if identity in first:
                earlier = first[identity]
                same = loose(earlier) == loose(text)
                twice = note("duplicate-key", name=short(text))
                other = note("named-twice", name=short(text), first=short(earlier))
                self.findings.append(error(twice if same else other, self._heading_span(number)))
                continue
            first[identity] = text
            yield number, found

    def _filled(self, number: int) -> int:
        """The first row in which a column holds something, or 0."""
        below = enumerate(self._rows[self._at + 1 :], self._at + 2)
        return next((row for row, cells in below if len(cells) >= number and cells[number - 1].strip()), 0)

    def _tell_headless(self, number: int) -> None:
        row = self._filled(number)
        if row:
            name = self._span(1, number).cell.rstrip("1")
            self.findings.append(warning(note("column-not-read", name=name), self._span(row, number)))

    def _tell_unknown(self, number: int, found: Column, text: str) -> None:
        """A column that the rubric does not ask for: a slip, or a remark that is left alone."""
        assert self._asked is not None
        if not self._filled(number):
            return
        right = self._asked.nearest(found)
        if found.kind == "facts" and right is None and not is_unit(parted(text)[1]):
            self.findings.append(warning(note("column-not-read", name=short(text)), self._heading_span(number)))
            return
        helps = (note("nearest-name", name=right),) if right else (note("empty-the-column"),)
        self.findings.append(
            error(note(_UNKNOWN[found.kind], name=short(found.name)), self._heading_span(number), *helps)
        )

    def _tell_missing(self, asked: Asked) -> None:
        """What the rubric asks for and no column has is missing for every department."""
        given = {asked.key(each) for each in self._columns.values() if each.kind == "facts"}
        names = [each for each in dict.fromkeys(asked.declared()) if each not in given]
        if names:
            shown = (*names[:_NAMED], *(["…"] if len(names) > _NAMED else []))
            self.findings.append(warning(note("columns-missing", count=len(names), names=shown), self._heading_span(1)))

    # -------------------------------------------------------------------------------------------- rows

    def departments(self) -> Iterator[Row]:
        """Every row that holds something; two of one department and year are both told."""
        first: dict[tuple[str, str], Row] = {}
        rows = [self._row(number, cells) for number, cells in self._filled_rows()]
        again: dict[int, Diagnostic] = {}
        for row in rows:
            same = (loose(row.department), loose(row.year))
            earlier = first.setdefault(same, row)
            if earlier is row or not row.department:
                continue
            for one, other in ((row, earlier), (earlier, row)):
                again.setdefault(one.number, self._twice(one, other))
        for row in rows:
            if row.number in again:
                row = replace(row, tree=Tree(row.tree.root, (*row.tree.findings, again[row.number])))
            yield row

    def _filled_rows(self) -> Iterator[tuple[int, list[str]]]:
        below = enumerate(self._rows[self._at + 1 :], self._at + 2)
        return ((number, cells) for number, cells in below if any(map(str.strip, cells)))

    def _twice(self, one: Row, other: Row) -> Diagnostic:
        at = self._number("department")
        reason = note("department-twice", name=short(one.department), row=other.number)
        return error(reason, self._span(one.number, at))

    def _number(self, kind: str) -> int:
        return next((number for number, found in self._columns.items() if found.kind == kind), 0)

    def _row(self, number: int, cells: list[str]) -> Row:
        """A row; one with more cells than there are headings was cut in the wrong places, and nothing of it is read."""
        wanted = len(self._rows[self._at])
        name, year = (self._text(cells, kind) for kind in ("department", "year"))
        if len(cells) > wanted:
            reason = note("row-too-long", found=len(cells), wanted=wanted)
            return Row(number, name, year, Tree(None, (error(reason, self._span(number, wanted + 1)),)))
        reading = _Reading(self._language)
        for place, found in self._columns.items():
            if place <= len(cells):
                reading.take(found, cells[place - 1], self._span(number, place))
        return Row(number, name, year, reading.tree(self._span(number, self._number("department"))))

    def _text(self, cells: Sequence[str], kind: str) -> str:
        place = self._number(kind)
        return unguarded(cells[place - 1]).strip() if 0 < place <= len(cells) else ""


class _Reading:
    """One row on its way to a tree: its entries by section, and what was found wrong."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._single: dict[str, Entry] = {}
        self._several: dict[str, list[Entry]] = {"facts": [], "indicators": [], "subtotals": []}
        self._findings: list[Diagnostic] = []

    def take(self, found: Column, cell: str, span: Span) -> None:
        """Take in a cell; an empty one says nothing."""
        told = text_cell(cell, span)
        self._findings.extend(told.findings)
        if told.read.broken or told.read.empty:
            return
        if found.kind == "facts":
            node = self._fact(told.read, found.unit)
            if node is not None:
                self._several["facts"].append(Entry(Scalar(found.name, span), node))
        elif found.kind in self._several:
            self._several[found.kind].append(Entry(Scalar(found.name, span), self._plain(told.read)))
        else:
            model = ClaimsModel if found.kind in ("total", "grade") else FactsModel
            name = Scalar(key(model, found.kind, self._language), span)
            self._single[found.kind] = Entry(name, self._plain(told.read))

    def _plain(self, read: Read) -> Scalar:
        return Scalar(unguarded(read.text).strip(), read.span)

    def _fact(self, read: Read, beside: str) -> Node | None:
        """A value in the unit of its heading, or a state with its reason."""
        listed = levels(beside)
        if loose(read.text) in map(loose, listed):
            return Scalar(read.text.strip(), read.span)
        state = state_in(read.text)
        if state is not None:
            return self._state(*state, read.span)
        meant = read._replace(text=unguarded(read.text))
        told = with_unit(meant, "" if listed else unit_beside(beside))
        self._findings.extend(told.findings)
        return None if told.read.broken else Scalar(told.read.text, read.span)

    def _state(self, state: str, reason: str, span: Span) -> Node | None:
        if state == NOT_APPLICABLE and not reason:
            self._findings.append(error(note("not-applicable-without-reason"), span, note("reason-in-cell")))
            return None
        word = STATES[state][0 if self._language == "zh" else 1]
        entries = [("state", word), *([("reason", reason)] if reason else [])]
        return tree.Mapping(
            tuple(
                Entry(Scalar(key(FactModel, name, self._language), span), Scalar(text, span)) for name, text in entries
            ),
            span,
        )

    def tree(self, start: Span) -> Tree:
        """The tree of the row; what is missing from the whole is told at its start."""
        if not any(self._several.values()) and not self._findings:
            self._findings.append(warning(note("row-without-facts"), start))
        return Tree(tree.Mapping(tuple(self._entries(start)), start), tuple(self._findings))

    def _entries(self, start: Span) -> Iterator[Entry]:
        yield from (self._single[kind] for kind in ("department", "year") if kind in self._single)
        yield self._section(FactsModel, "facts", self._several["facts"], start)
        filled = [
            self._section(ClaimsModel, kind, self._several[kind], start)
            for kind in ("indicators", "subtotals")
            if self._several[kind]
        ]
        filled += [self._single[kind] for kind in ("total", "grade") if kind in self._single]
        if filled:
            yield self._section(FactsModel, "claims", filled, start)

    def _section(self, model: type[BaseModel], name: str, entries: Sequence[Entry], start: Span) -> Entry:
        span = entries[0].key.span if entries else start
        return Entry(Scalar(key(model, name, self._language), span), tree.Mapping(tuple(entries), span))
