"""Office files are archives from strangers: what they hold is measured before any of it is opened."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree

from engine.diagnostic import note
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, RefusedError

# A table with its styles is some hundred kilobytes; an archive that unpacks to more than these is no table.
MAX_UNPACKED = 64_000_000
MAX_XML = 16_000_000
MAX_PARTS = 2_000
# A merged range is made of cells when it is opened, so a large one costs as much as a large sheet.
MAX_MERGED = MAX_ROWS * MAX_COLUMNS

# What reading a damaged archive may raise.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

_MAIN = {"xl/workbook.xml": "excel", "word/document.xml": "word"}
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_PLAIN = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16", b"utf-16le", b"utf-16be"}
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})$")


@dataclass(slots=True)
class Measured:
    """What a workbook holds: how far its content reaches, and whether formulas stand in it."""

    rows: int = 0
    columns: int = 0
    merged: int = 0
    formulas: bool = False


def kind_of(data: bytes, most: int = MAX_UNPACKED) -> Literal["excel", "word"]:
    """Which kind of Office file it is; refused where it is none, damaged, or unpacks to more than it may."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            markup = sum(part.file_size for part in parts if _is_markup(part.filename))
            if len(parts) > MAX_PARTS or unpacked > most or markup > MAX_XML:
                raise RefusedError(note("table-unpacks-too-large", limit=most // 1_000_000))
            kinds = [kind for name, kind in _MAIN.items() if name in archive.namelist()]
            for part in parts:
                if _is_markup(part.filename):
                    _refuse_strange(archive.read(part))
    except DAMAGED as broken:
        raise RefusedError(note("table-damaged")) from broken
    if len(kinds) != 1:
        raise RefusedError(note("table-not-office"))
    return "excel" if kinds[0] == "excel" else "word"


def measure(data: bytes) -> Measured:
    """How far the sheets of a workbook reach, counted part by part without building them."""
    found = Measured()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if _is_markup(name):
                _measure_part(archive.read(name), found)
    if found.rows > MAX_ROWS or found.columns > MAX_COLUMNS or found.merged > MAX_MERGED:
        raise RefusedError(note("table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
    return found


def _measure_part(part: bytes, found: Measured) -> None:
    """Cells that hold something, and merged ranges, in one part of a workbook."""
    try:
        for _, element in ElementTree.iterparse(BytesIO(part)):
            match element.tag.rpartition("}")[2]:
                case "c" if len(element):
                    row, column = _cell(element.get("r", ""))
                    found.rows, found.columns = max(found.rows, row), max(found.columns, column)
                    found.formulas |= any(child.tag.endswith("}f") for child in element)
                    element.clear()
                case "mergeCell":
                    found.merged += _area(element.get("ref", ""))
    except ElementTree.ParseError as broken:
        raise RefusedError(note("table-damaged")) from broken


def _cell(reference: str) -> tuple[int, int]:
    """The row and the column of a reference such as C5; a strange one lies beyond every limit."""
    found = _REFERENCE.match(reference.replace("$", ""))
    if found is None:
        return (0, 0) if not reference else (MAX_ROWS + 1, MAX_COLUMNS + 1)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _area(reference: str) -> int:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _cell(first), _cell(last or first)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _refuse_strange(part: bytes) -> None:
    """Office writes no document types, entities or rare encodings; what has them was made to do harm."""
    declared = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    strange = declared is not None and declared[1].lower() not in _PLAIN
    start = part.lstrip()[:4].replace(b"\0", b"")
    if strange or (start and not start.startswith((b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))):
        raise RefusedError(note("table-damaged"))
    plain = part.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise RefusedError(note("table-with-entities"))
