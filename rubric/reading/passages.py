"""Passages as they are searched: in plain form, cut into sentences, and where they stand among the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rubric.documents.document import Passage
from rubric.language.text import normalise

# The headings of Chinese official documents, from the first level down (GB/T 9704).
_NUMBERED = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*([一二三四五六七八九十]{1,3})、",
        r"\s*(\([一二三四五六七八九十]{1,3}\))",
        r"\s*(\d{1,2})(?:、|\.(?!\d))",
        r"\s*(\(\d{1,2}\))",
    )
)
_BOOKMARK = re.compile(r"\s*\[bookmark:[^\]]{0,60}\]\s*")
_CLAUSE = "，,。；;！!？?\n\t"


@dataclass(frozen=True, slots=True)
class Searched:
    """A passage with its plain form, character for character, and where it stands.

    That are the headings above it, 四（一）2（1）, and for a row of a table the table and the row as well: 四表1第5行.
    """

    passage: Passage
    plain: str
    section: str

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends."""
        start = 0
        for mark in re.finditer(r"[。;!?\n]", self.plain):
            yield start, mark.start()
            start = mark.end()
        yield start, len(self.plain)

    def clause(self, start: int, end: int) -> str:
        """The part of the sentence that holds a stretch of the passage, as it is written, without a number in front."""
        text = self.passage.text
        if self.passage.cells:
            # The cells between are told with one space each.
            return " ".join(text[text.rfind("\t", 0, start) + 1 : end].split())
        first = max(text.rfind(mark, 0, start) for mark in _CLAUSE) + 1
        return _without_number(text[first:end].strip())


def searched(passages: Iterable[Passage]) -> Iterator[Searched]:
    """Every passage with its plain form and its section."""
    path = [""] * len(_NUMBERED)
    for passage in passages:
        plain = normalise(passage.text)
        for level, pattern in enumerate(_NUMBERED):
            found = None if passage.cells else pattern.match(plain, _beginning(plain))
            if found:
                path[level:] = [passage.text[slice(*found.span(1))], *[""] * (len(path) - level - 1)]
                break
        yield Searched(passage, plain, "".join(path) + _row(passage))


def _row(passage: Passage) -> str:
    """The table and the row in the words of the report, which is Chinese."""
    place = passage.place
    if not place.table:
        return ""
    return f"{place.sheet or f'表{place.table}'}第{place.row}行"


def _beginning(plain: str) -> int:
    """Where a passage begins behind what some programs leave of a Word bookmark."""
    mark = _BOOKMARK.match(plain)
    return mark.end() if mark else 0


def _without_number(text: str) -> str:
    plain = normalise(text)
    for pattern in _NUMBERED:
        found = pattern.match(plain, _beginning(plain))
        if found:
            return text[found.end() :].strip()
    return text
