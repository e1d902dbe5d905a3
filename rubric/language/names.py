"""The names that a file declares, and how each is found in running text: whole, and the longest first."""

from __future__ import annotations

import re
from typing import NamedTuple

_LATIN = re.compile(r"[A-Za-z0-9_]")
_GAP = re.compile(r"\s{2,}")


class Found(NamedTuple):
    """A declared name in a text: its kind (NAME or LEVEL), its key, and where it ends."""

    kind: str
    key: str
    end: int


class Vocabulary:
    """Every name that a file declares, by each of its written forms.

    A form is looked up and not searched for, so that a file with ten thousand names is read as fast
    as one with ten.
    """

    def __init__(self, names: dict[str, str], levels: dict[str, str]) -> None:
        self.names = names
        self.levels = levels
        self._lengths: dict[str, list[int]] = {}
        for form in {*self.names, *self.levels}:
            if form:
                self._lengths.setdefault(form[0], []).append(len(form))
        for first, lengths in self._lengths.items():
            self._lengths[first] = sorted(set(lengths), reverse=True)

    def at(self, text: str, position: int, level: bool = False) -> Found | None:
        """The longest name that stands at a position; a Latin one begins and ends at a word boundary.

        What is both a name and a level is a level only where one is looked for.
        """
        lengths = self._lengths.get(text[position])
        if lengths is None or inside_latin(text, position):
            return None
        for length in lengths:
            end = position + length
            if end <= len(text) and not inside_latin(text, end):
                found = self._known(text[position:end], end, level)
                if found:
                    return found
        return self._spread(text, position, 2 * lengths[0]) if text[position].isascii() else None

    def _known(self, form: str, end: int, level: bool) -> Found | None:
        if form in self.names and not (level and form in self.levels):
            return Found("NAME", self.names[form], end)
        if form in self.levels:
            return Found("LEVEL", self.levels[form], end)
        return None

    def _spread(self, text: str, position: int, reach: int) -> Found | None:
        """A name of several Latin words that are set further apart than it was declared."""
        window = text[position : position + reach]
        if not _GAP.search(window):
            return None
        found = self.at(_GAP.sub(" ", window), 0)
        if found is None:
            return None
        end = position
        for word in _GAP.sub(" ", window)[: found.end].split(" "):
            end = text.index(word, end) + len(word)
        return found._replace(end=end)


def inside_latin(text: str, position: int) -> bool:
    """Whether a position stands between two characters of one Latin word."""
    if position == 0 or position >= len(text):
        return False
    return bool(_LATIN.match(text[position - 1]) and _LATIN.match(text[position]))
