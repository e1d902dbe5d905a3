"""Writes a scoring table as a CSV file that Excel opens: a merged box stands in its first place, the rest is empty."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from rubric.sheets.table import Part

# A cell that begins with one of these would be taken for a formula; its wide form reads the same.
_FORMULA_SIGNS = {"=": "＝", "+": "＋", "-": "－", "@": "＠"}


def csv_file(parts: Sequence[Part]) -> bytes:
    """The scoring table with the lines around it; the facts are left to the other formats."""
    part = parts[0]
    stream = StringIO()
    writer = csv.writer(stream)
    for line in (part.title, *part.above):
        writer.writerow([_safe(line)])
    writer.writerow(part.headings)
    for row in part.rows:
        writer.writerow(["" if box is None else _safe(box.text) for box in row])
    for line in part.below:
        writer.writerow([_safe(line)])
    return stream.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    return _FORMULA_SIGNS.get(text[:1], text[:1]) + text[1:]
