"""The characters of a rule file: their plain forms, the lines that they stand in, and the tokens cut from them.

Full-width and half-width forms are mapped one character to one, so that columns stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lark import Token

from engine.source import Span
from rubric.messages.words import Spellings

# What a stranger's file may hold at most; more is refused with a sentence.
MAX_LINE = 4_000
MAX_LINES = 20_000
MAX_DIGITS = 30
MAX_DEPTH = 32
MAX_TOKENS = 600
MAX_NAME = 60
MAX_WORDS = 80_000

# A file with more mistakes than these is the wrong file.
MAX_FINDINGS = 200

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SAME = {"\u3000": " ", "\t": " ", "\xa0": " ", "≦": "≤", "≧": "≥", "−": "-", "–": "-", "—": "-", "～": "-", "~": "-"}
_SAME |= {"﹪": "%", "∶": ":", "﹤": "<", "﹥": ">", "\ufeff": " ", "\u200b": " ", "\r": " "}
NORMAL_FORM = str.maketrans({**_FULL_WIDTH, **_SAME})


def normalise(text: str) -> str:
    """The text with every full-width or look-alike character as its plain form, at the same place."""
    return text.translate(NORMAL_FORM)


class At(int):
    """The number of a line that stands among those of another file, and knows its own."""

    file: str

    def __new__(cls, number: int, file: str) -> At:
        """The number of a line in a file."""
        found = super().__new__(cls, number)
        found.file = file
        return found


def file_of(line: int | None, file: str) -> str:
    """The file of a line: the one that it knows, or else the one that is being read."""
    return line.file if isinstance(line, At) else file


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one line that belongs to a field: its number, first column, and normalised text."""

    number: int
    column: int
    text: str
    original: str

    def span(self, file: str, start: int, end: int) -> Span:
        """A stretch of the line."""
        number = int(self.number)
        return Span(file_of(self.number, file), number, self.column + start, number, self.column + end)

    def rest(self, start: int) -> Line:
        """The line from a position on."""
        return Line(self.number, self.column + start, self.text[start:], self.original[start:])


def token(kind: str, value: str, line: Line, start: int, end: int) -> Token:
    """A token at a stretch of a line; columns count in the whole line, positions in the stretch."""
    return Token(kind, value, start, line.number, line.column + start, line.number, line.column + end, end)


def span_of(place: Token, file: str) -> Span:
    """Where a token stands."""
    line, column = place.line or 0, place.column or 0
    return Span(file_of(line, file), int(line), max(column, 0), int(place.end_line or 0), max(place.end_column or 0, 0))


def table(words: Iterable[tuple[str, Spellings]]) -> dict[str, str]:
    """Every spelling of some words, in plain form, with what it stands for."""
    return {normalise(form).lower(): code for code, spellings in words for form in (*spellings.zh, *spellings.en)}


def either(forms: Iterable[str]) -> str:
    """A pattern for any of these literals, the longest first."""
    return "|".join(map(bounded, sorted(forms, key=len, reverse=True)))


def bounded(form: str) -> str:
    """A literal as a pattern; at a Latin letter or digit it ends at a word boundary."""
    left = r"(?<![A-Za-z0-9_])" if re.match(r"[A-Za-z0-9_]", form) else ""
    right = r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9_]$", form) else ""
    return left + re.escape(form).replace(r"\ ", r"\s+") + right
