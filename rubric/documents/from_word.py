"""Reads a Word document from its markup, as the page shows it once every tracked change is accepted.

What was inserted is read and what was deleted is not, and both are pointed out: two people may disagree which of the
two is the report. Hidden text is not read, a text box is read behind the paragraph that holds it, and so are notes.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element

from engine.diagnostic import note
from rubric.documents.gathering import Gathered, quote
from rubric.documents.markup import child, children, is_on, tag, tree, value
from rubric.documents.numbering import Numbering, numbering_of
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, RefusedError

_SKIPPED = {"instrText", "delInstrText", "rPr", "pPr", "tcPr", "sdtPr", "sdtEndPr", "rt", "annotationRef", "rubyPr"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": ""}
_AROUND = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
# Symbol fonts put the boxes and ticks of forms at places of their own.
_SYMBOLS = {
    ("wingdings", "FC"): "√",
    ("wingdings", "FB"): "×",
    ("wingdings", "FE"): "☑",
    ("wingdings", "FD"): "☒",
    ("wingdings", "A8"): "□",
    ("wingdings", "6F"): "□",
    ("wingdings 2", "50"): "√",
    ("wingdings 2", "52"): "☑",
    ("wingdings 2", "A3"): "□",
}


@dataclass(slots=True)
class _Piece:
    """Text of a paragraph or a cell, with what was inserted, deleted, hidden or put elsewhere in it."""

    text: str = ""
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    numbered: list[str] = field(default_factory=list)

    def add(self, other: _Piece, between: str = "") -> None:
        """Take in what follows."""
        self.text += (between if self.text and other.text else "") + other.text
        self.inserted += other.inserted
        self.deleted += other.deleted
        self.hidden += other.hidden
        self.boxes += other.boxes
        self.notes += other.notes
        self.numbered += other.numbered


def read(data: bytes, gathered: Gathered) -> None:
    """Gather the passages of a document whose archive was measured before."""
    parts = _parts(data)
    body = child(parts.get("document"), "body")
    if body is None:
        raise RefusedError(note("document-damaged"))
    _Reader(parts, gathered).blocks(body)
    comments = sum(1 for _ in children(parts.get("comments"), "comment"))
    if comments:
        gathered.hint(note("document-comments", count=comments))


def _parts(data: bytes) -> dict[str, Element]:
    """The parts of the document that hold text, or say how it is numbered."""
    found = {}
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            held = set(archive.namelist())
            for name in ("document", "styles", "numbering", "footnotes", "endnotes", "comments"):
                if f"word/{name}.xml" in held:
                    found[name] = tree(archive.read(f"word/{name}.xml"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise RefusedError(note("document-damaged")) from broken
    return found


class _Reader:
    """Walks through a document from block to block."""

    def __init__(self, parts: dict[str, Element], gathered: Gathered) -> None:
        self._gathered = gathered
        self._numbering: Numbering = numbering_of(parts.get("numbering"), parts.get("styles"))
        self._hiding = {
            value(style, "styleId")
            for style in children(parts.get("styles"), "style")
            if is_on(child(style, "rPr", "vanish"))
        }
        self._notes = {
            (kind, value(each, "id")): each
            for kind in ("footnote", "endnote")
            for each in children(parts.get(f"{kind}s"), kind)
        }
        self._tables = 0

    # ------------------------------------------------------------------------------------------- blocks

    def blocks(self, parent: Element, boxed: bool = False) -> None:
        """Gather the paragraphs and the tables of a part."""
        held = _Piece()
        for block in _blocks(parent):
            if tag(block) == "tbl":
                self._passage(held, boxed)
                held = _Piece()
                self._table(block, boxed)
                continue
            held.add(self._paragraph(block))
            if not _runs_on(block):
                self._passage(held, boxed)
                held = _Piece()
        self._passage(held, boxed)

    def _passage(self, piece: _Piece, boxed: bool) -> None:
        found = self._gathered
        passage = found.next
        read = found.paragraph(piece.text)
        self._remark(piece, passage, read, boxed)

    def _table(self, table: Element, boxed: bool) -> None:
        self._tables += 1
        mine = self._tables
        for row, element in enumerate(_children(table, "tr"), 1):
            if row > MAX_ROWS:
                raise RefusedError(note("document-table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
            cells, whole = self._row(element)
            passage = self._gathered.next
            read = self._gathered.row(cells, mine, row)
            self._remark(whole, passage, read, boxed)

    def _row(self, row: Element) -> tuple[list[str], _Piece]:
        """The cells of a row, and everything in it; a row deleted under tracked changes has no cells."""
        texts: list[str] = []
        whole = _Piece()
        for cell in _children(row, "tc"):
            if len(texts) >= MAX_COLUMNS:
                raise RefusedError(note("document-table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
            piece = self._cell(cell)
            merged = child(cell, "tcPr", "vMerge")
            goes_on = merged is not None and value(merged) != "restart"
            texts.append("" if goes_on else piece.text)
            # What stands below a wide cell stands in the columns that it covers.
            wide = value(child(cell, "tcPr", "gridSpan"))
            texts += [""] * (min(int(wide), MAX_COLUMNS) - 1 if wide.isdecimal() and len(wide) < 6 else 0)
            whole.add(piece, " ")
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            if whole.text:
                whole.deleted.append(whole.text)
            return [], whole
        if child(properties, "ins") is not None and whole.text:
            whole.inserted = [whole.text]
        return texts, whole

    def _cell(self, cell: Element) -> _Piece:
        """The paragraphs of a cell, each on a line of its own; a table inside is read as its text."""
        whole = _Piece()
        for block in _blocks(cell):
            if tag(block) == "tbl":
                for row in _children(block, "tr"):
                    whole.add(self._row(row)[1], "\n")
            else:
                whole.add(self._paragraph(block), "\n")
        return whole

    def _remark(self, piece: _Piece, passage: int, read: bool, boxed: bool) -> None:
        """Say what is odd about a passage, then read the text boxes and the notes that hang on it."""
        found = self._gathered
        inserted, deleted = quote(piece.inserted), quote(piece.deleted)
        if not read:
            if deleted:
                found.warn(note("change-removed", passage=passage - 1, deleted=deleted))
        elif inserted and deleted:
            found.warn(note("change-both", passage=passage, inserted=inserted, deleted=deleted))
        elif inserted:
            found.warn(note("change-inserted", passage=passage, inserted=inserted))
        elif deleted:
            found.warn(note("change-deleted", passage=passage, deleted=deleted))
        if piece.hidden:
            found.warn(note("text-hidden", passage=passage if read else max(passage - 1, 1), text=quote(piece.hidden)))
        if read:
            for kind in piece.numbered:
                found.hint(note("numbering-unread", passage=passage, kind=kind))
            if boxed:
                found.hint(note("text-box", passage=passage))
        for box in piece.boxes:
            self.blocks(box, boxed=True)
        for each in piece.notes:
            self.blocks(each)

    # --------------------------------------------------------------------------------------------- text

    def _paragraph(self, paragraph: Element) -> _Piece:
        """The text of a paragraph with its automatic number before it."""
        properties = child(paragraph, "pPr")
        piece = _Piece()
        self._walk(paragraph, piece, "", value(child(properties, "pStyle")) in self._hiding)
        if piece.text.strip() or not (piece.deleted or piece.hidden):
            written, unread = self._numbering.of(properties)
            if piece.text.strip():
                piece.text = written + piece.text.lstrip()
                piece.numbered = [unread] if unread else []
        return piece

    def _walk(self, element: Element, into: _Piece, change: str, hidden: bool) -> None:
        """Gather the text of an element that was inserted, deleted or neither, and is hidden or not."""
        for each in element:
            name = tag(each)
            if name in ("t", "delText"):
                self._text(each.text or "", into, change or ("del" if name == "delText" else ""), hidden)
            elif name in _BREAKS:
                self._text(_BREAKS[name], into, change, hidden)
            elif name == "sym":
                place = value(each, "font").lower(), value(each, "char").upper()[-2:]
                self._text(_SYMBOLS.get(place, ""), into, change, hidden)
            elif name in _SKIPPED:
                continue
            elif name == "txbxContent":
                if change != "del":
                    into.boxes.append(each)
            elif name in ("footnoteReference", "endnoteReference"):
                found = self._notes.pop((name.removesuffix("Reference"), value(each, "id")), None)
                if found is not None and change != "del":
                    into.notes.append(found)
            elif name == "AlternateContent":
                shown = child(each, "Choice")
                if shown is None:
                    shown = child(each, "Fallback")
                if shown is not None:
                    self._walk(shown, into, change, hidden)
            elif name == "f":
                self._fraction(each, into, change, hidden)
            elif name == "r":
                self._walk(each, into, change, self._is_hidden(each, hidden))
            elif name in ("del", "moveFrom"):
                self._walk(each, into, "del", hidden)
            elif name in ("ins", "moveTo"):
                self._walk(each, into, change or "ins", hidden)
            else:
                self._walk(each, into, change, hidden)

    def _text(self, text: str, into: _Piece, change: str, hidden: bool) -> None:
        if not text:
            return
        if change == "del":
            into.deleted.append(text)
        elif hidden:
            into.hidden.append(text)
        else:
            into.text += text
            if change == "ins":
                into.inserted.append(text)

    def _fraction(self, fraction: Element, into: _Piece, change: str, hidden: bool) -> None:
        """A fraction of an equation on one line."""
        for name, before, after in (("num", "（", "）/"), ("den", "（", "）")):
            part = child(fraction, name)
            self._text(before, into, change, hidden)
            if part is not None:
                self._walk(part, into, change, hidden)
            self._text(after, into, change, hidden)

    def _is_hidden(self, run: Element, hidden: bool) -> bool:
        """Whether a run is not shown, by itself or by its style."""
        properties = child(run, "rPr")
        own = child(properties, "vanish")
        if own is not None:
            return is_on(own)
        return hidden or value(child(properties, "rStyle")) in self._hiding


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in their order, out of content controls as well."""
    for each in parent:
        if tag(each) in ("p", "tbl"):
            yield each
        elif tag(each) in _AROUND:
            yield from _blocks(each)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, out of content controls as well."""
    for each in parent:
        if tag(each) == name:
            yield each
        elif tag(each) in _AROUND:
            yield from _children(each, name)


def _runs_on(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one belongs to it."""
    marks = child(paragraph, "pPr", "rPr")
    return child(marks, "del") is not None or child(marks, "moveFrom") is not None
