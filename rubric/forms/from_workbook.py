"""Reads a filled-in workbook as the tree of a facts file, so that all that is said of those is said of it too.

Sheets are known by what their first cell says, columns by their headings: what is moved, renamed or added does no
harm, and what cannot be read exactly is told by its cell. No formula is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from engine.diagnostic import Diagnostic, Note, error, note, warning
from engine.source import Span
from rubric.forms.cells import Read, Told, as_printed, read_cell, with_unit
from rubric.forms.words import (
    ADJUSTMENT_COLUMNS,
    CLAIM_COLUMNS,
    FACT_COLUMNS,
    KINDS,
    NEEDED,
    PRESET,
    PROVENANCE,
    headings,
    key,
    known,
    sheet_of,
    unit_beside,
)
from rubric.messages.forms import (
    COLUMNS,
    CONTINUED,
    DEPARTMENT,
    FULL_NAME,
    ROW_OF_COLUMNS,
    ROW_OF_UNITS,
    SHEETS,
    SHORT_NAME,
    YEAR,
)
from rubric.messages.wording import Language
from rubric.readers import exact_yaml as tree
from rubric.readers.exact_yaml import Entry, Node, Tree
from rubric.readers.given import Scalar
from rubric.readers.model import AdjustmentModel, ClaimModel, ClaimsModel, FactModel, FactsModel
from rubric.readers.names import Names, loose, short
from rubric.readers.text import whole
from rubric.sheets.archive import Measured, kind_of, measure
from rubric.sheets.grid import RefusedError

# The headings stand at the top; below this row none is looked for.
_LAST_HEADING = 15
_LAST_LABEL = 200
_LAST_TITLE = 5


def read_workbook(data: bytes, file: str) -> Tree:
    """The tree of a workbook, unless it cannot be read, and every finding."""
    try:
        if kind_of(data) != "excel":
            raise RefusedError(note("table-not-office"))
        measured = measure(data)
        book = open_workbook(data)
    except RefusedError as refused:
        return Tree(None, (error(refused.note, whole(file)),))
    return _Book(book, file, measured).tree()


def open_workbook(data: bytes) -> Any:
    """The workbook with its formulas as they are written; whatever a broken one makes the library raise, it is broken.

    A chart sheet has no cells.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as missing:
        raise RefusedError(note("extra-missing", what="Excel", extra="excel")) from missing
    try:
        return load_workbook(BytesIO(data), keep_links=False)
    except Exception as broken:
        raise RefusedError(note("table-damaged")) from broken


@dataclass(slots=True)
class _Row:
    """One row below the headings: the cells of the columns that are known."""

    number: int
    cells: dict[str, Read]

    def __getitem__(self, column: str) -> Read:
        return self.cells[column]

    def filled(self, columns: Sequence[str]) -> bool:
        """Whether something stands in one of these columns."""
        return any(column in self.cells and not self.cells[column].empty for column in columns)


@dataclass(slots=True)
class _Sheet:
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


class _Book:
    """A whole workbook."""

    def __init__(self, book: Any, file: str, measured: Measured) -> None:
        self._file = file
        self._sheets: dict[str, _Sheet] = {}
        self._findings: list[Diagnostic] = []
        self._language: Language = "zh"
        # Where what is missing from the whole is told.
        self._start = whole(file)
        for sheet in book.worksheets:
            self._know(_Sheet(sheet, file, min(sheet.max_row, measured.rows), min(sheet.max_column, measured.columns)))

    def _know(self, sheet: _Sheet) -> None:
        """Find out what a sheet holds."""
        title = sheet.sheet.title
        said = sheet.title()
        kind = sheet_of(said) or sheet_of(title)
        if kind == "facts":
            self._language = "zh" if loose(said or title) == loose(SHEETS["facts"].zh) else "en"
        if kind is None:
            if any(sheet.sheet.cell(*at).value is not None for at in sheet.area(1)):
                self._findings.append(warning(note("sheet-not-read", name=short(title)), sheet.span(1, 1)))
        elif kind in self._sheets:
            self._findings.append(error(note("sheet-twice", name=short(said or title)), sheet.span(1, 1)))
        else:
            self._sheets[kind] = sheet

    def tree(self) -> Tree:
        """The tree and the findings, in the order of the sheets."""
        entries = tuple(self._entries())
        root = tree.Mapping(entries, self._start)
        found = [finding for sheet in self._sheets.values() for finding in sheet.findings]
        return Tree(root, (*self._findings, *found))

    def _entries(self) -> Iterator[Entry]:
        if "unit" in self._sheets:
            unit = _Unit(self._sheets["unit"], self._language)
            yield from unit.entries()
            self._start = unit.unnamed or self._start
        yield from self._facts("facts")
        yield from self._facts("others")
        tables = [
            _Table(sheet, self._language).entry(kind.removeprefix("table:"))
            for kind, sheet in self._sheets.items()
            if kind.startswith("table:")
        ]
        filled = tuple(entry for entry in tables if entry is not None)
        if filled:
            yield self._entry("tables", tree.Mapping(filled, filled[0].key.span))
        if "adjustments" in self._sheets:
            rows = tuple(_adjustments(self._sheets["adjustments"], self._language))
            if rows:
                yield self._entry("adjustments", tree.Sequence(rows, rows[0].span))
        if "claims" in self._sheets:
            claims = tuple(_Claims(self._sheets["claims"], self._language).entries())
            if claims:
                yield self._entry("claims", tree.Mapping(claims, claims[0].key.span))

    def _facts(self, section: str) -> Iterator[Entry]:
        if section not in self._sheets:
            return
        sheet = self._sheets[section]
        facts = tuple(_facts(sheet, self._language))
        if facts or section == "facts":
            span = facts[0].key.span if facts else sheet.span(1, 1)
            yield self._entry(section, tree.Mapping(facts, span))

    def _entry(self, section: str, node: Node) -> Entry:
        return Entry(Scalar(key(FactsModel, section, self._language), node.span), node)


# ----------------------------------------------------------------------------------------- rows and columns


def _rows(sheet: _Sheet, kind: str, columns: Sequence[str]) -> Iterator[_Row]:
    """The rows below the headings, by the columns that they name; what is no column is told where it holds something.

    The columns that tell what is asked for do not make a row one that is filled in.
    """
    names, needed = headings(columns), NEEDED[kind]
    at = _heading_row(sheet, names, needed)
    if at is None:
        wanted = tuple(COLUMNS[each].zh for each in needed), tuple(COLUMNS[each].en for each in needed)
        sheet.refuse(
            note("sheet-without-headings", names=wanted[0] if _chinese(sheet) else wanted[1]), sheet.span(1, 1)
        )
        return
    found = _columns(sheet, at, names)
    sheet.merged(at + 1)
    for column in needed:
        if column not in found:
            name = COLUMNS[column].of("zh" if _chinese(sheet) else "en")
            sheet.refuse(note("column-missing", name=name), sheet.span(at, 1))
            return
    for number in range(at + 1, sheet.rows + 1):
        row = _Row(number, {column: sheet.read(number, place) for column, place in found.items()})
        if row.filled(columns):
            yield row


def _chinese(sheet: _Sheet) -> bool:
    """Whether the sheet is in Chinese, by its own words."""
    said = sheet.title() + sheet.sheet.title
    return any("\u3400" <= character <= "\u9fff" for character in said)


def _heading_row(sheet: _Sheet, names: Names[str], needed: Sequence[str]) -> int | None:
    """The row of headings: the first that has one of those that are needed, and another."""
    for row in range(1, min(sheet.rows, _LAST_HEADING) + 1):
        found = {names.get(sheet.text(row, column)) for column in range(1, sheet.columns + 1)} - {None}
        if len(found) > 1 and found & set(needed):
            return row
    return None


def _columns(sheet: _Sheet, at: int, names: Names[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, sheet.columns + 1):
        said = sheet.text(at, column)
        meant = names.get(said) if said.strip() else None
        if meant in found:
            sheet.refuse(note("duplicate-key", name=short(said)), sheet.span(at, column))
        elif meant is not None:
            found[meant] = column
        else:
            _tell_unread(sheet, at, column, said)
    return found


def _tell_unread(sheet: _Sheet, at: int, column: int, said: str) -> None:
    """A column that is none of the form is told where something stands in it."""
    filled = next((row for row in range(at + 1, sheet.rows + 1) if sheet.sheet.cell(row, column).value is not None), 0)
    if filled:
        name = short(said) or sheet.span(1, column).cell.rpartition("!")[2].rstrip("1")
        place = sheet.span(at, column) if said.strip() else sheet.span(filled, column)
        sheet.findings.append(warning(note("column-not-read", name=name), place))


def _entry(name: str, read: Read) -> Entry:
    scalar = Scalar(read.text, read.span)
    return Entry(Scalar(name, read.span), scalar)


# ---------------------------------------------------------------------------------------------- the sheets


class _Unit:
    """The sheet about the department itself: labels with their values to the right, and the list of documents."""

    def __init__(self, sheet: _Sheet, language: Language) -> None:
        self._sheet = sheet
        self._language = language
        # The cell of the department, where nothing stands in it.
        self.unnamed: Span | None = None
        self._labels = known(
            {
                "department": DEPARTMENT,
                "year": YEAR,
                "documents": SHORT_NAME,
                "title": FULL_NAME,
                "unit": SHEETS["unit"],
            }
        )

    def entries(self) -> Iterator[Entry]:
        """The department, the year and the documents."""
        sheet = self._sheet
        found: dict[str, tuple[int, int]] = {}
        for at in sheet.area(2):
            if at[0] > _LAST_LABEL:
                break
            label = self._labels.get(sheet.text(*at)) if sheet.text(*at).strip() else None
            # What stands to the right of a label is its value, whatever it says.
            if label is not None and label not in found and (at[0], at[1] - 1) not in found.values():
                found[label] = at
        for label in ("department", "year"):
            if label in found:
                row, column = found[label]
                read = sheet.read(row, column + 1)
                if read.empty:
                    self.unnamed = read.span if label == "department" else self.unnamed
                else:
                    yield _entry(key(FactsModel, label, self._language), read)
        if "documents" in found:
            row, column = found["documents"]
            titles = found["title"][1] if "title" in found and found["title"][0] == row else column + 1
            documents = tuple(self._documents(row, column, titles))
            if documents:
                at_ = documents[0].key.span
                name = key(FactsModel, "documents", self._language)
                yield Entry(Scalar(name, at_), tree.Mapping(documents, at_))
        sheet.merged(2)

    def _documents(self, heading: int, column: int, titles: int) -> Iterator[Entry]:
        first: dict[str, Read] = {}
        for row in range(heading + 1, self._sheet.rows + 1):
            name, title = self._sheet.read(row, column), self._sheet.read(row, titles)
            short_name = name.text.strip()
            if name.empty and title.empty:
                continue
            if name.empty:
                self._sheet.refuse(note("row-without-name"), name.span)
            elif short_name in first:
                _twice(self._sheet, name, first[short_name])
            else:
                first[short_name] = name
                yield Entry(Scalar(short_name, name.span), Scalar(title.text, title.span))


def _twice(sheet: _Sheet, again: Read, first: Read) -> None:
    sheet.refuse(
        note("duplicate-key", name=short(again.text.strip())), again.span, note("first-on-line", line=first.span.line)
    )


def _facts(sheet: _Sheet, language: Language) -> Iterator[Entry]:
    """The facts of a sheet: several rows with one name are several readings of it."""
    rows: dict[str, list[_Row]] = {}
    for row in _rows(sheet, "facts", FACT_COLUMNS):
        if not row.filled(("value", *PROVENANCE)):
            continue
        if row["name"].empty:
            sheet.refuse(note("row-without-name"), row["name"].span)
            continue
        rows.setdefault(row["name"].text.strip(), []).append(row)
    for name, lines in rows.items():
        beside = [unit_beside(line["unit"].text) if "unit" in line.cells else "" for line in lines]
        parts = [{column: line[column] for column in ("value", *PROVENANCE) if column in line.cells} for line in lines]
        for part, of in zip(parts, beside, strict=True):
            part["value"] = sheet.take(with_unit(part["value"], of))
        if any(_broken(part) for part in parts):
            continue
        yield Entry(Scalar(name, lines[0]["name"].span), _fact(sheet, parts, lines[0]["name"].span, language))


def _broken(part: Mapping[str, Read] | Mapping[int, Read]) -> bool:
    """Whether something of this could not be read: what would follow from that is not told."""
    return any(read.broken for read in part.values())


def _fact(sheet: _Sheet, parts: list[dict[str, Read]], span: Span, language: Language) -> Node:
    """One fact, from what each of its rows says."""
    if len(parts) == 1:
        return _reading(parts[0], span, language)
    for part in parts:
        if "state" in part and not part["state"].empty:
            sheet.refuse(note("several-answers"), part["state"].span)
    readings = tuple(
        _reading({name: read for name, read in part.items() if name != "state"}, part["value"].span, language)
        for part in parts
    )
    entry = Entry(Scalar(key(FactModel, "readings", language), span), tree.Sequence(readings, span))
    return tree.Mapping((entry,), span)


def _reading(part: dict[str, Read], span: Span, language: Language) -> Node:
    """A value alone where nothing else is said of it, else an entry for each thing."""
    filled = {name: read for name, read in part.items() if not read.empty}
    if list(filled) == ["value"]:
        return Scalar(filled["value"].text, filled["value"].span)
    entries = (_entry(key(FactModel, name, language), read) for name, read in filled.items())
    return tree.Mapping(tuple(entries), span)


def _adjustments(sheet: _Sheet, language: Language) -> Iterator[tree.Mapping]:
    for row in _rows(sheet, "adjustments", ADJUSTMENT_COLUMNS):
        cells = dict(row.cells)
        beside = unit_beside(cells.pop("unit").text) if "unit" in cells else ""
        if not any(not read.empty for read in cells.values()):
            continue
        cells["amount"] = sheet.take(with_unit(cells["amount"], beside))
        if _broken(cells):
            continue
        filled = {name: read for name, read in cells.items() if not read.empty}
        entries = tuple(_entry(key(AdjustmentModel, name, language), read) for name, read in filled.items())
        yield tree.Mapping(entries, row["fact"].span)


class _Claims:
    """The sheet of claims: each row says whether it is about an indicator, a level, or the whole."""

    def __init__(self, sheet: _Sheet, language: Language) -> None:
        self._sheet = sheet
        self._language = language

    def entries(self) -> Iterator[Entry]:
        """The sections of the claims that are filled in."""
        indicators: dict[str, Entry] = {}
        subtotals: dict[str, Entry] = {}
        single: dict[str, Entry] = {}
        asked = [column for column in CLAIM_COLUMNS if column not in PRESET]
        for row in _rows(self._sheet, "claims", CLAIM_COLUMNS):
            if not row.filled(asked) or _broken(row.cells):
                continue
            kind = KINDS.get(row["kind"].text)
            if kind is not None and kind != "indicators":
                self._tell_unread(row, asked)
            if kind is None:
                self._sheet.refuse(note("unknown-claim-kind", found=short(row["kind"].text)), row["kind"].span)
            elif kind in ("total", "grade"):
                self._put(single, kind, _entry(key(ClaimsModel, kind, self._language), row["points"]), row["kind"])
            elif row["name"].empty:
                self._sheet.refuse(note("row-without-name"), row["name"].span)
            elif kind == "indicators":
                self._put(indicators, row["name"].text.strip(), self._claim(row), row["name"])
            else:
                self._put(
                    subtotals, row["name"].text.strip(), _entry(row["name"].text.strip(), row["points"]), row["name"]
                )
        for section, entries in (("indicators", indicators), ("subtotals", subtotals)):
            if entries:
                node = tree.Mapping(tuple(entries.values()), next(iter(entries.values())).key.span)
                yield Entry(Scalar(key(ClaimsModel, section, self._language), node.span), node)
        yield from single.values()

    def _tell_unread(self, row: _Row, asked: Sequence[str]) -> None:
        """Rates and quotes are of indicators."""
        for column in asked:
            if column != "points" and row.filled((column,)):
                self._sheet.findings.append(warning(note("cell-not-read"), row[column].span))

    def _put(self, entries: dict[str, Entry], name: str, entry: Entry, label: Read) -> None:
        if name in entries:
            first = note("first-on-line", line=entries[name].key.span.line)
            self._sheet.refuse(note("duplicate-key", name=short(label.text)), label.span, first)
        else:
            entries[name] = entry

    def _claim(self, row: _Row) -> Entry:
        part = {name: row[name] for name in ("points", "rate", "section", "quote") if name in row.cells}
        if "rate" in part:
            part["rate"] = part["rate"]._replace(text=as_printed(part["rate"]))
        filled = {name: read for name, read in part.items() if not read.empty}
        name = Scalar(row["name"].text.strip(), row["name"].span)
        if list(filled) == ["points"]:
            return Entry(name, Scalar(filled["points"].text, filled["points"].span))
        entries = (_entry(key(ClaimModel, each, self._language), read) for each, read in filled.items())
        return Entry(name, tree.Mapping(tuple(entries), name.span))


# -------------------------------------------------------------------------------------------------- tables


class _Table:
    """The sheet of a table: a row of headings, a row of units, and a row for each item."""

    def __init__(self, sheet: _Sheet, language: Language) -> None:
        self._sheet = sheet
        self._language = language
        self._properties = headings(PROVENANCE)
        self._broken = False
        self._continued = {loose(form) for form in CONTINUED}

    def entry(self, name: str) -> Entry | None:
        """The table with its rows, if any is filled in."""
        found = self._label(ROW_OF_COLUMNS)
        if found is None:
            said = ROW_OF_COLUMNS.of("zh" if _chinese(self._sheet) else "en")
            self._sheet.refuse(note("sheet-without-headings", names=(said,)), self._sheet.span(1, 1))
            return None
        at, first = found
        units = self._label(ROW_OF_UNITS)
        columns = self._columns(at, first)
        start = max(at, units[0] if units else 0) + 1
        self._sheet.merged(at)
        beside = {
            column: unit_beside(self._sheet.read(units[0], column).text) if units else ""
            for column, (_, of) in columns.items()
            if of == "value"
        }
        rows = tuple(self._rows(start, first, columns, beside))
        if not rows or self._broken:
            return None
        place = self._sheet.span(1, 1)
        return Entry(Scalar(name, place), tree.Sequence(rows, place))

    def _label(self, wanted: tuple[str, str]) -> tuple[int, int] | None:
        """Where one of the labels of the first column stands."""
        words = {loose(form) for form in wanted}
        for row, column in self._sheet.area(1):
            if row > _LAST_HEADING:
                return None
            if column <= 3 and loose(self._sheet.text(row, column)) in words:
                return row, column
        return None

    def _columns(self, at: int, first: int) -> dict[int, tuple[str, str]]:
        """What each column holds: the value of a column of the table, or what is said of that value."""
        found: dict[int, tuple[str, str]] = {}
        for column in range(1, self._sheet.columns + 1):
            if column == first:
                continue
            read = self._sheet.read(at, column)
            if read.empty:
                _tell_unread(self._sheet, at, column, "")
                continue
            name, of = self._meaning(read.text.strip())
            if (name, of) in found.values():
                self._sheet.refuse(note("duplicate-key", name=short(read.text.strip())), read.span)
            else:
                found[column] = (name, of)
        return found

    def _meaning(self, heading: str) -> tuple[str, str]:
        """The column, and which property of it: 评定得分：理由."""
        name, _, rest = heading.replace("：", ":").rpartition(":")
        of = self._properties.get(rest) if name else None
        return (heading[: len(name)].strip(), of) if of else (heading, "value")

    def _rows(
        self, start: int, first: int, columns: dict[int, tuple[str, str]], beside: dict[int, str]
    ) -> Iterator[tree.Mapping]:
        """The rows that are filled in; one that goes on with the row above gives further readings."""
        together: list[list[dict[int, Read]]] = []
        for number in range(start, self._sheet.rows + 1):
            cells = {column: self._sheet.read(number, column) for column in columns}
            self._broken |= _broken(cells)
            if all(read.empty for read in cells.values()):
                continue
            label = self._sheet.read(number, first)
            if loose(label.text) not in self._continued:
                together.append([cells])
            elif together:
                together[-1].append(cells)
            else:
                self._sheet.refuse(note("nothing-to-continue"), label.span)
        for lines in together:
            yield self._row(lines, columns, beside)

    def _row(
        self, lines: list[dict[int, Read]], columns: dict[int, tuple[str, str]], beside: dict[int, str]
    ) -> tree.Mapping:
        names = dict.fromkeys(name for name, _ in columns.values())
        entries = []
        for name in names:
            own = {of: column for column, (of_name, of) in columns.items() if of_name == name}
            parts = []
            for line in lines:
                part = {of: line[column] for of, column in own.items() if not line[column].empty}
                if "value" in part:
                    part["value"] = self._sheet.take(with_unit(part["value"], beside[own["value"]]))
                    self._broken |= part["value"].broken
                if part:
                    place = part.get("value") or next(iter(part.values()))
                    parts.append({"value": Read("", place.span), **part})
            if parts:
                span = parts[0]["value"].span
                entries.append(Entry(Scalar(name, span), _fact(self._sheet, parts, span, self._language)))
        span = next(read.span for read in lines[0].values() if not read.empty)
        return tree.Mapping(tuple(entries), span)
