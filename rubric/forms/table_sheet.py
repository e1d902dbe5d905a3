"""The sheet of a table that a department fills in, read as the rows of that table."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagnostic import note
from rubric.forms.cells import Read, with_unit
from rubric.forms.entries import fact, is_broken
from rubric.forms.sheet import LAST_HEADING, Sheet, is_chinese, tell_unread
from rubric.forms.words import PROVENANCE, headings, unit_beside
from rubric.messages.forms import CONTINUED, ROW_OF_COLUMNS, ROW_OF_UNITS
from rubric.messages.wording import Language
from rubric.readers import exact_yaml as tree
from rubric.readers.exact_yaml import Entry
from rubric.readers.given import Scalar
from rubric.readers.names import loose, short


class TableSheet:
    """The sheet of a table: a row of headings, a row of units, and a row for each item."""

    def __init__(self, sheet: Sheet, language: Language) -> None:
        self._sheet = sheet
        self._language = language
        self._properties = headings(PROVENANCE)
        self._broken = False
        self._continued = {loose(form) for form in CONTINUED}

    def entry(self, name: str) -> Entry | None:
        """The table with its rows, if any is filled in."""
        found = self._label(ROW_OF_COLUMNS)
        if found is None:
            said = ROW_OF_COLUMNS.of("zh" if is_chinese(self._sheet) else "en")
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
            if row > LAST_HEADING:
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
                tell_unread(self._sheet, at, column, "")
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
            self._broken |= is_broken(cells)
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
                entries.append(Entry(Scalar(name, span), fact(self._sheet, parts, span, self._language)))
        span = next(read.span for read in lines[0].values() if not read.empty)
        return tree.Mapping(tuple(entries), span)
