"""Reads the tables of a Word document as grids, with the paragraphs around them.

The text is taken from the markup itself: what was inserted under tracked changes counts and what was deleted does
not, content controls and text boxes are read, and an equation is written out on one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from engine.diagnostic import Note, note
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_TABLES, Cell, Grid, RefusedError, cleaned

# How many paragraphs above and below a table may be its title and its notes.
_NEAR = 12
_LONGEST_LINE = 300

_SKIPPED = {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tcPr", "Fallback", "sdtPr", "commentReference"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "softHyphen": ""}


def grids(data: bytes) -> list[Grid]:
    """The tables of a document, in their order."""
    body = _body(data)
    blocks = list(_blocks(body))
    found: list[Grid] = []
    for index, block in enumerate(blocks):
        if _tag(block) == "tbl":
            if len(found) >= MAX_TABLES:
                break
            above, below = _around(blocks, index)
            found.append(_grid(block, len(found) + 1, above, below))
    return found


def _body(data: bytes) -> Any:
    """The body of the document; whatever a broken one makes the library raise, it is broken."""
    try:
        from docx import Document
    except ImportError as missing:
        raise RefusedError(note("extra-missing", what="Word", extra="word")) from missing
    try:
        return Document(BytesIO(data)).element.body
    except Exception as broken:
        raise RefusedError(note("table-damaged")) from broken


def _tag(element: Any) -> str:
    """The name of an element without its namespace; none for a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, out of content controls as well."""
    for child in parent:
        if _tag(child) in ("p", "tbl"):
            yield child
        elif _tag(child) in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from _blocks(child)


def _around(blocks: list[Any], index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines directly above and below a table, up to the next one."""
    above: list[str] = []
    for block in reversed(blocks[max(0, index - _NEAR) : index]):
        if _tag(block) == "tbl":
            break
        above.insert(0, cleaned(_text(block)))
    below: list[str] = []
    for block in blocks[index + 1 : index + 1 + _NEAR]:
        if _tag(block) == "tbl":
            break
        below.append(cleaned(_text(block)))
    return tuple(filter(_is_line, above)), tuple(filter(_is_line, below))


def _is_line(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LINE


# ----------------------------------------------------------------------------------------------- the table


def _grid(table: Any, number: int, above: tuple[str, ...], below: tuple[str, ...]) -> Grid:
    cells: list[Cell] = []
    # The cell that may go on downwards in each column.
    open_cells: dict[int, int] = {}
    for row, element in enumerate(_children(table, "tr")):
        if row >= MAX_ROWS:
            raise RefusedError(note("table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
        column = _skipped(element)
        for part in _children(element, "tc"):
            columns, goes_on = _shape(part)
            if column + columns > MAX_COLUMNS:
                raise RefusedError(note("table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
            upper = open_cells.get(column)
            text = cleaned(_cell_text(part))
            if goes_on == "continue" and not text and upper is not None and cells[upper].bottom == row:
                cells[upper] = replace(cells[upper], rows=cells[upper].rows + 1)
            else:
                cells.append(Cell(row, column, text, 1, columns))
                open_cells[column] = len(cells) - 1
            if not goes_on:
                open_cells.pop(column)
            column += columns
    return Grid("word", "", number, tuple(cells), above, below, tuple(_remarks(table, number)))


def _children(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, out of content controls as well."""
    for child in parent:
        if _tag(child) == name:
            yield child
        elif _tag(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _children(child, name)


def _skipped(row: Any) -> int:
    """How many columns a row leaves out at its beginning."""
    for properties in _children(row, "trPr"):
        for each in properties:
            if _tag(each) == "gridBefore":
                return _count(_value(each, "val"), least=0)
    return 0


def _shape(cell: Any) -> tuple[int, str]:
    """How many columns a cell takes, and whether it begins or continues a cell over several rows."""
    columns, goes_on = 1, ""
    for properties in _children(cell, "tcPr"):
        for each in properties:
            match _tag(each):
                case "gridSpan":
                    columns = _count(_value(each, "val"), least=1)
                case "vMerge":
                    goes_on = "restart" if _value(each, "val") == "restart" else "continue"
    return columns, goes_on


def _count(text: str, least: int) -> int:
    """A number of columns; a strange one lies beyond the limit."""
    return max(int(text), least) if text.isdecimal() and len(text) < 6 else MAX_COLUMNS + 1 if text else least


def _remarks(table: Any, number: int) -> Iterator[Note]:
    """What a reader of the table would want to know of how it was read."""
    tags = [_tag(element) for element in table.iter()]
    changes = sum(tag in ("ins", "del", "moveFrom", "moveTo") for tag in tags)
    if changes:
        yield note("tracked-changes", table=number, count=changes)
    numbered = tags.count("numPr")
    if numbered:
        yield note("numbers-not-read", table=number, count=numbered)
    if tags.count("tbl") > 1:
        yield note("table-inside", table=number)


# ------------------------------------------------------------------------------------------------ the text


def _cell_text(cell: Any) -> str:
    """The paragraphs of a cell, each on a line of its own; a table inside is read as its text."""
    return "\n".join(_text(block) for block in cell.iter() if _tag(block) == "p" and not _inside_box(block, cell))


def _inside_box(paragraph: Any, cell: Any) -> bool:
    """Whether a paragraph belongs to another one, as those of a text box do, and is read with it."""
    parent = paragraph.getparent()
    while parent is not None and parent is not cell:
        if _tag(parent) == "p":
            return True
        parent = parent.getparent()
    return False


def _text(element: Any) -> str:
    """The text of a paragraph or of anything inside it."""
    tag = _tag(element)
    if tag == "t":
        return str(element.text or "")
    if tag in _BREAKS:
        return _BREAKS[tag]
    if tag == "f":
        return _fraction(element)
    if tag in _SKIPPED or (tag == "r" and _is_hidden(element)):
        return ""
    return "".join(map(_text, element))


def _fraction(element: Any) -> str:
    """A fraction of an equation on one line."""
    parts = {_tag(child): "".join(map(_text, child)) for child in element}
    return f"（{parts.get('num', '')}）/（{parts.get('den', '')}）"


def _is_hidden(run: Any) -> bool:
    """Whether a run of text is not shown."""
    properties = next((child for child in run if _tag(child) == "rPr"), ())
    return any(_tag(each) == "vanish" and _value(each, "val") not in ("0", "false") for each in properties)
