"""A number line in three rows of plain characters: points, the line with its edges, and the edges' values.

`]` and `[` say that an edge belongs to the stretch on that side, `)` and `(` that it does not; `*` is a single value,
dots are where nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from engine.number import plain
from rubric.messages.frame import width
from rubric.messages.wording import Language, Wording
from rubric.messages.words import quantity_text

_UNSAID = Wording("nothing said", "没有规定")
_APART, _MARGIN = 14, 12

# Lower end, whether it belongs, upper end, whether that belongs, points at both ends or nothing; "" for no end.
Stretch = Sequence[Any]


def number_line(rows: Sequence[Sequence[Stretch]], unit: str, language: Language) -> str:
    """The rows of a number line; where there are several, they are drawn above one another on the same edges."""
    ends = {end for row in rows for stretch in row for end in (stretch[0], stretch[2]) if end != ""}
    edges = sorted(ends)
    places = {edge: _MARGIN + _APART * index for index, edge in enumerate(edges)}
    length = _MARGIN * 2 + _APART * (len(edges) - 1)
    drawn: list[str] = []
    for row in rows:
        labels, line = _Row(length), _Row(length)
        for stretch in row:
            _draw(stretch, places, length, labels, line, language)
        drawn += [labels.text(), line.text()]
    scale = _Row(length)
    for edge, place in places.items():
        scale.put(place, quantity_text(plain(edge), unit, language))
    return "\n".join([*drawn, scale.text()])


def _draw(
    stretch: Stretch, places: dict[Fraction, int], length: int, labels: _Row, line: _Row, language: Language
) -> None:
    low, low_in, high, high_in, points = stretch
    start = 0 if low == "" else places[low]
    end = length if high == "" else places[high]
    said = _points(points, language)
    if start == end:
        line.marks[start] = "*"
        labels.put(start, said)
        return
    fill = "-" if points else "."
    for column in range(start + 1 if low != "" else 0, end):
        line.marks.setdefault(column, fill)
    if low != "":
        line.marks[start + 1] = "[" if low_in else "("
    if high == "":
        line.marks[length] = ">"
    else:
        line.marks[end - 1] = "]" if high_in else ")"
    labels.put((start + end) // 2, said)


def _points(points: Sequence[Fraction], language: Language) -> str:
    if not points:
        return _UNSAID.of(language)
    first, last = map(plain, points)
    return first if first == last else f"{first}…{last}"


class _Row:
    """One row of characters, of which some are marks and some the middle of a text."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.marks: dict[int, str] = {}
        self.texts: list[tuple[int, str]] = []

    def put(self, middle: int, text: str) -> None:
        """Put a text so that its middle stands there."""
        self.texts.append((middle - width(text) // 2, text))

    def text(self) -> str:
        """The row as it is shown."""
        if self.marks:
            return "".join(self.marks.get(column, " ") for column in range(max(self.marks) + 1)).rstrip()
        shown, at = "", 0
        for start, text in sorted(self.texts):
            space = max(start - at, 1 if shown else 0)
            shown += " " * space + text
            at += space + width(text)
        return shown
