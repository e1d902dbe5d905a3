"""Reads a PDF: lines are joined to paragraphs, tables are rows, page numbers and running heads are left out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from engine.diagnostic import note
from rubric.documents.gathering import Gathered
from rubric.documents.lines import Line, Table, paragraphs, without_running
from rubric.documents.pdf_pages import MAX_PAGES, MAX_SECONDS
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, RefusedError

# A glyph whose character the PDF does not give.
_UNREADABLE = re.compile(r"\(cid:\d+\)|\ufffd")
_REFUSALS = {
    "missing": note("extra-missing", what="PDF", extra="pdf"),
    "pages": note("pdf-too-many-pages", limit=MAX_PAGES),
    "costly": note("pdf-too-costly", seconds=MAX_SECONDS),
    "password": note("document-has-password"),
    "damaged": note("document-damaged"),
}


def read(data: bytes, gathered: Gathered) -> None:
    """Gather the passages of a PDF."""
    pages = _pages(data)
    empty = [number for number, page in enumerate(pages, 1) if not page["characters"]]
    if len(empty) == len(pages):
        raise RefusedError(note("pdf-scanned" if any(page["pictures"] for page in pages) else "document-without-text"))
    unreadable = 0
    rows = 0
    for item in paragraphs(without_running([_items(page, number) for number, page in enumerate(pages, 1)])):
        text = item.text if isinstance(item, Line) else " ".join(map(" ".join, item.rows))
        unreadable += len(_UNREADABLE.findall(text))
        if isinstance(item, Line):
            gathered.paragraph(_UNREADABLE.sub("□", item.text), item.page)
            continue
        rows += len(item.rows)
        if rows > MAX_ROWS * 5 or any(len(cells) > MAX_COLUMNS for cells in item.rows):
            raise RefusedError(note("document-table-too-large", rows=MAX_ROWS * 5, columns=MAX_COLUMNS))
        for row, cells in enumerate(item.rows, 1):
            gathered.row([_UNREADABLE.sub("□", cell) for cell in cells], item.number, row, item.page)
    if empty:
        gathered.warn(note("pdf-pages-without-text", pages=tuple(map(str, empty))))
    if unreadable:
        gathered.warn(note("pdf-unreadable-characters", count=unreadable))


def _items(page: dict[str, Any], number: int) -> list[Line | Table]:
    found: list[Line | Table] = []
    for item in page["items"]:
        if "rows" in item:
            found.append(Table([[_joined(cell) for cell in row] for row in item["rows"]], number))
        else:
            near = min(item["top"], page["height"] - item["bottom"]) < page["height"] * 0.12
            found.append(Line(item["text"], item["left"], item["right"], item["top"], item["size"], number, near))
    return found


def _joined(cell: str) -> str:
    """A cell on one line: it is wrapped wherever its column ends."""
    return re.sub(r"(?<=[A-Za-z,.;])\n(?=[A-Za-z])", " ", cell).replace("\n", "")


def _pages(data: bytes) -> Sequence[dict[str, Any]]:
    """What the other process found, or the one reason why there is nothing."""
    command = [sys.executable, "-m", "rubric.documents.pdf_pages"]
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, env=around, check=False)
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError, OSError) as failed:
        # A process that was ended for its memory or its time has said nothing.
        raise RefusedError(_REFUSALS["costly"]) from failed
    if "refused" in said:
        raise RefusedError(_REFUSALS[said["refused"]])
    pages: list[dict[str, Any]] = said["pages"]
    if not pages:
        raise RefusedError(_REFUSALS["damaged"])
    return pages
