"""Reads a filled-in workbook as the tree of a facts file, so that all that is said of those is said of it too.

Sheets are known by what their first cell says, columns by their headings: what is moved, renamed or added does no
harm, and what cannot be read exactly is told by its cell. No formula is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from engine.diagnostic import Diagnostic, error, note, warning
from engine.source import Span
from rubric.forms.cells import Read, as_printed, with_unit
from rubric.forms.entries import entry, fact, is_broken
from rubric.forms.sheet import Row, Sheet, rows_of
from rubric.forms.table_sheet import TableSheet
from rubric.forms.words import (
    ADJUSTMENT_COLUMNS,
    CLAIM_COLUMNS,
    FACT_COLUMNS,
    KINDS,
    PRESET,
    PROVENANCE,
    key,
    known,
    sheet_of,
    unit_beside,
)
from rubric.messages.forms import (
    DEPARTMENT,
    FULL_NAME,
    SHEETS,
    SHORT_NAME,
    YEAR,
)
from rubric.messages.wording import Language
from rubric.readers import exact_yaml as tree
from rubric.readers.exact_yaml import Entry, Node, Tree
from rubric.readers.given import Scalar
from rubric.readers.model import AdjustmentModel, ClaimModel, ClaimsModel, FactsModel
from rubric.readers.names import loose, short
from rubric.readers.text import whole
from rubric.sheets.archive import Measured, kind_of, measure
from rubric.sheets.grid import RefusedError

# Below this row no label is looked for.
_LAST_LABEL = 200


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


class _Book:
    """A whole workbook."""

    def __init__(self, book: Any, file: str, measured: Measured) -> None:
        self._file = file
        self._sheets: dict[str, Sheet] = {}
        self._findings: list[Diagnostic] = []
        self._language: Language = "zh"
        # Where what is missing from the whole is told.
        self._start = whole(file)
        for sheet in book.worksheets:
            self._know(Sheet(sheet, file, min(sheet.max_row, measured.rows), min(sheet.max_column, measured.columns)))

    def _know(self, sheet: Sheet) -> None:
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
            TableSheet(sheet, self._language).entry(kind.removeprefix("table:"))
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


# ---------------------------------------------------------------------------------------------- the sheets


class _Unit:
    """The sheet about the department itself: labels with their values to the right, and the list of documents."""

    def __init__(self, sheet: Sheet, language: Language) -> None:
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
                    yield entry(key(FactsModel, label, self._language), read)
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


def _twice(sheet: Sheet, again: Read, first: Read) -> None:
    sheet.refuse(
        note("duplicate-key", name=short(again.text.strip())), again.span, note("first-on-line", line=first.span.line)
    )


def _facts(sheet: Sheet, language: Language) -> Iterator[Entry]:
    """The facts of a sheet: several rows with one name are several readings of it."""
    rows: dict[str, list[Row]] = {}
    for row in rows_of(sheet, "facts", FACT_COLUMNS):
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
        if any(is_broken(part) for part in parts):
            continue
        yield Entry(Scalar(name, lines[0]["name"].span), fact(sheet, parts, lines[0]["name"].span, language))


def _adjustments(sheet: Sheet, language: Language) -> Iterator[tree.Mapping]:
    for row in rows_of(sheet, "adjustments", ADJUSTMENT_COLUMNS):
        cells = dict(row.cells)
        beside = unit_beside(cells.pop("unit").text) if "unit" in cells else ""
        if not any(not read.empty for read in cells.values()):
            continue
        cells["amount"] = sheet.take(with_unit(cells["amount"], beside))
        if is_broken(cells):
            continue
        filled = {name: read for name, read in cells.items() if not read.empty}
        entries = tuple(entry(key(AdjustmentModel, name, language), read) for name, read in filled.items())
        yield tree.Mapping(entries, row["fact"].span)


class _Claims:
    """The sheet of claims: each row says whether it is about an indicator, a level, or the whole."""

    def __init__(self, sheet: Sheet, language: Language) -> None:
        self._sheet = sheet
        self._language = language

    def entries(self) -> Iterator[Entry]:
        """The sections of the claims that are filled in."""
        indicators: dict[str, Entry] = {}
        subtotals: dict[str, Entry] = {}
        single: dict[str, Entry] = {}
        asked = [column for column in CLAIM_COLUMNS if column not in PRESET]
        for row in rows_of(self._sheet, "claims", CLAIM_COLUMNS):
            if not row.filled(asked) or is_broken(row.cells):
                continue
            kind = KINDS.get(row["kind"].text)
            if kind is not None and kind != "indicators":
                self._tell_unread(row, asked)
            if kind is None:
                self._sheet.refuse(note("unknown-claim-kind", found=short(row["kind"].text)), row["kind"].span)
            elif kind in ("total", "grade"):
                self._put(single, kind, entry(key(ClaimsModel, kind, self._language), row["points"]), row["kind"])
            elif row["name"].empty:
                self._sheet.refuse(note("row-without-name"), row["name"].span)
            elif kind == "indicators":
                self._put(indicators, row["name"].text.strip(), self._claim(row), row["name"])
            else:
                self._put(
                    subtotals, row["name"].text.strip(), entry(row["name"].text.strip(), row["points"]), row["name"]
                )
        for section, entries in (("indicators", indicators), ("subtotals", subtotals)):
            if entries:
                node = tree.Mapping(tuple(entries.values()), next(iter(entries.values())).key.span)
                yield Entry(Scalar(key(ClaimsModel, section, self._language), node.span), node)
        yield from single.values()

    def _tell_unread(self, row: Row, asked: Sequence[str]) -> None:
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

    def _claim(self, row: Row) -> Entry:
        part = {name: row[name] for name in ("points", "rate", "section", "quote") if name in row.cells}
        if "rate" in part:
            part["rate"] = part["rate"]._replace(text=as_printed(part["rate"]))
        filled = {name: read for name, read in part.items() if not read.empty}
        name = Scalar(row["name"].text.strip(), row["name"].span)
        if list(filled) == ["points"]:
            return Entry(name, Scalar(filled["points"].text, filled["points"].span))
        entries = (entry(key(ClaimModel, each, self._language), read) for each, read in filled.items())
        return Entry(name, tree.Mapping(tuple(entries), name.span))
