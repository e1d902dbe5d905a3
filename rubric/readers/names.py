"""Names as people write them: quotation marks, spaces, width and case do not tell two names apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

T = TypeVar("T")

_LONGEST = 60
_GUESSES = 60
_SHOWN = 40
_IGNORED = re.compile(r"""[\s_"'“”‘’「」『』＂＇]""")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D, 0x2013: 0x2D}


def half_width(text: str) -> str:
    """The text with full-width letters, digits and marks as half-width ones, one for one."""
    return text.translate(_HALF_WIDTH)


def loose(name: str) -> str:
    """The form under which two spellings of one name meet."""
    return half_width(_IGNORED.sub("", name)).casefold()


def short(text: str) -> str:
    """What was written, short enough to stand in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


class Names(Generic[T]):
    """What is known by name, found by any spelling of it; guesses at misspelt names are limited."""

    def __init__(self, known: Iterable[tuple[str, T]]) -> None:
        self._shown: dict[str, str] = {}
        self._things: dict[str, T] = {}
        self._guesses = _GUESSES
        for name, thing in known:
            self._shown.setdefault(loose(name), name)
            self._things.setdefault(loose(name), thing)

    def get(self, name: str) -> T | None:
        """What the name stands for."""
        return self._things.get(loose(name))

    def nearest(self, name: str) -> str | None:
        """The known name most like a wrong one, if any is like it."""
        if self._guesses == 0 or len(name) > _LONGEST:
            return None
        self._guesses -= 1
        matches = get_close_matches(loose(name), self._shown, n=1, cutoff=0.5)
        return self._shown[matches[0]] if matches else None

    def shown(self) -> tuple[str, ...]:
        """Every known name, as it is written."""
        return tuple(self._shown.values())
