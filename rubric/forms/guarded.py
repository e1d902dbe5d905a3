"""Texts that would be taken for a formula, or for a state: with a mark before them they are texts."""

from __future__ import annotations

import re

from rubric.readers.model import STATES
from rubric.readers.names import half_width
from rubric.readers.values import figure

MARK = "'"


def _bare(word: str) -> str:
    """A word without regard to space, width and case; unlike a name, with its quotation marks."""
    return half_width("".join(word.split())).casefold()


_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")
_STATES = {_bare(form): state for state, forms in STATES.items() for form in forms}


def state_in(text: str) -> tuple[str, str] | None:
    """The state that a cell says, and the reason behind it: 不适用：没有新建楼堂馆所."""
    first, *_ = text.strip().replace("：", ":").partition(":")
    state = _STATES.get(_bare(first))
    return None if state is None else (state, text.strip()[len(first) + 1 :].strip())


def guarded(text: str) -> str:
    """The text of a cell, harmless in a spreadsheet; a number stays a number."""
    number = figure(text)
    if number is not None and number.rest in ("", "%") and half_width(text) == text == text.strip():
        return text
    return MARK + text if _needs_mark(text) else text


def unguarded(text: str) -> str:
    """The text that was meant: without the mark, where one was needed."""
    return text[1:] if text.startswith(MARK) and _needs_mark(text[1:]) else text


def _needs_mark(text: str) -> bool:
    bare = text.lstrip(MARK)
    return bool(_FORMULA.match(bare)) or state_in(bare) is not None
