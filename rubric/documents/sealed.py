"""What a document carries for its verification: its seals, and the numbers that it shows as sealed ones."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from engine.diagnostic import note
from rubric.documents.markup import child, children, tag, tree, value
from rubric.sheets.archive import DAMAGED, kind_of
from rubric.sheets.grid import RefusedError

MAX_UNPACKED = 256_000_000
SEAL_SHEET = "rubric-seal"
_NAMESPACE = "urn:jixiao-rubric:seal"


@dataclass(slots=True)
class Carried:
    """The texts of the seals of a document, and the texts that it shows for each key.

    Of a workbook the numbers stand in cells that its seal names: `cell` gives what one of them holds.
    """

    seals: list[str] = field(default_factory=list)
    shown: dict[str, list[str]] = field(default_factory=dict)
    sheets: Mapping[str, Any] = field(default_factory=dict)

    def cell(self, place: str) -> str | None:
        """What a cell of a workbook holds (`评分表!$G$5`), as text; None where it holds nothing."""
        sheet, _, at = place.rpartition("!")
        found = self.sheets.get(sheet.strip("'"))
        held = (
            None if found is None or not re.fullmatch(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}", at) else found[at.replace("$", "")]
        )
        return None if held is None or held.value is None else str(held.value)


def carried(data: bytes) -> Carried:
    """What a web page, a Word document or a workbook carries; RefusedError where it cannot be opened."""
    if not data.startswith(b"PK\x03\x04"):
        page = _Page()
        page.feed(data.decode("utf-8", "replace"))
        page.close()
        return Carried(page.seals, page.shown)
    if kind_of(data, MAX_UNPACKED) == "excel":
        return _workbook(data)
    return _word(data)


class _Page(HTMLParser):
    """The seals of a page and what its sealed elements show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seals: list[str] = []
        self.shown: dict[str, list[str]] = {}
        self._in_seal = False
        # The sealed element that is open: its key, its name, how often that is open, its text.
        self._key, self._tag, self._deep, self._text = "", "", 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("id") == "rubric-seal":
            self._in_seal = True
            self.seals.append("")
        elif self._tag:
            self._deep += tag == self._tag
        elif given.get("data-seal"):
            self._key, self._tag, self._deep, self._text = str(given["data-seal"]), tag, 1, []

    def handle_endtag(self, tag: str) -> None:
        self._in_seal = self._in_seal and tag != "script"
        if self._tag == tag:
            self._deep -= 1
            if not self._deep:
                self.shown.setdefault(self._key, []).append("".join(self._text).strip())
                self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._in_seal:
            self.seals[-1] += data
        elif self._tag:
            self._text.append(data)


def _word(data: bytes) -> Carried:
    found = Carried()
    with zipfile.ZipFile(BytesIO(data)) as file:
        for name in sorted(file.namelist()):
            if re.fullmatch(r"customXml/item[0-9]{1,4}\.xml", name):
                root = tree(file.read(name))
                if root.tag == f"{{{_NAMESPACE}}}seal":
                    found.seals.append("".join(root.itertext()))
            elif name == "word/document.xml":
                for key, text in _controls(tree(file.read(name))):
                    found.shown.setdefault(key, []).append(text)
    return found


def _controls(root: Any) -> Iterator[tuple[str, str]]:
    for control in (each for each in root.iter() if tag(each) == "sdt"):
        key = value(child(control, "sdtPr", "tag"))
        content = next(children(control, "sdtContent"), None)
        if key and content is not None:
            yield key, "".join(each.text or "" for each in content.iter() if tag(each) == "t").strip()


def _workbook(data: bytes) -> Carried:
    try:
        import openpyxl
    except ImportError:
        raise RefusedError(note("extra-missing", what="Excel", extra="excel")) from None
    try:
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    except (*DAMAGED, KeyError, ValueError, TypeError, AttributeError):
        raise RefusedError(note("table-damaged")) from None
    found = Carried(sheets={sheet.title: sheet for sheet in book.worksheets})
    if SEAL_SHEET in book.sheetnames:
        rows = book[SEAL_SHEET].iter_rows(max_col=1, max_row=2_000, values_only=True)
        found.seals.append("".join(str(cell) for (cell,) in rows if cell is not None))
    return found
