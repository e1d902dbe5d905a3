"""Names of cells as a spreadsheet allows them, each given once."""

from __future__ import annotations

import re
from unicodedata import category, normalize

# What reads as a place on a sheet (A1, XFD12, R1C1) or as a value is no name.
_PLACE = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*|true|false", re.IGNORECASE)
_QUOTES = "“”‘’「」『』《》\"'"
_LONGEST = 120


class CellNames:
    """Gives every thing a name that no other has, and keeps what became of each."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, wanted: str) -> str:
        """An allowed name, as much like the wanted one as may be."""
        plain = allowed(wanted)
        found, count = plain, 2
        while found.casefold() in self._taken:
            found, count = f"{plain}_{count}", count + 1
        self._taken.add(found.casefold())
        return found


def allowed(wanted: str) -> str:
    """A name with what a spreadsheet does not allow in it left out or written as _."""
    kept = "".join(_allowed(each) for each in normalize("NFKC", wanted) if each not in _QUOTES)
    found = re.sub("_+", "_", kept).strip("_")[:_LONGEST]
    if not found or found[0].isdigit() or _PLACE.fullmatch(found):
        found = "_" + found
    return found


def _allowed(character: str) -> str:
    if character in "_" or (character.isascii() and character.isalnum()):
        return character
    return character if category(character) in ("Lu", "Ll", "Lo", "Lm") else "_"
