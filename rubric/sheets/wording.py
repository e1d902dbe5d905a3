"""The words inside cells: broken lines joined, names told from their points, headings and numbers known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple
from unicodedata import east_asian_width

from rubric.language.text import MAX_DIGITS, normalise
from rubric.messages.headings import COLUMNS, JOINED, NOTES
from rubric.messages.words import Spellings

_SPACES = re.compile(r"[ \t\u3000]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_BESIDE_HEADING = re.compile(r"[\s:%。,;*]+")
_JOINED = re.compile("|".join(map(re.escape, sorted(JOINED, key=len, reverse=True))))

# The number of an item or of a section: 一、 （一） 1. 1、 (1) ①
_CHINESE_NUMBER = r"[一二三四五六七八九十]{1,3}"
_ENUMERATOR = re.compile(
    rf"\s*(?:{_CHINESE_NUMBER}\s*[、.,]|\(\s*(?:{_CHINESE_NUMBER}|[0-9]{{1,2}})\s*\)\s*[、.]?"
    r"|[0-9]{1,2}\s*(?:[、)]|\.(?![0-9]))|[A-D][0-9]{1,4}\s*[-.、:]?\s*(?=[^\x00-\x7f])|[①-⑳❶-❿])\s*"
)
_SECTION = {1: re.compile(rf"\s*{_CHINESE_NUMBER}\s*[、.,]"), 2: re.compile(rf"\s*\(\s*{_CHINESE_NUMBER}\s*\)")}
_ITEM_BEGINS = re.compile(r"\s*(?:[0-9]{1,2}\s*[、.)](?![0-9])|\(\s*[0-9]{1,2}\s*\)|[①-⑳❶-❿]|(?:其余|其他))")
_BROKEN_NUMBER = re.compile(r"([0-9][0-9.]*)(?<=[0-9])[ ]*\n\s*([0-9][0-9.]*)")
_ENDS_WITH_MARK = re.compile(r"[,;。、:.)]$")

_POINTS = rf"(?:最多|最高|满分|up\s+to)?\s*([0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,6}})?)\s*(分|points?|pts|%)?"
_WHOLE_POINTS = re.compile(rf"\s*[+-]?\s*{_POINTS}\s*", re.IGNORECASE)
_POINTS_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*{_POINTS}\s*[)\]]\s*", re.IGNORECASE)
_POINTS_AT_END = re.compile(r"(?<=[^\x00-\x7f\s])\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*(分)\s*$")


class Points(NamedTuple):
    """Full marks as a cell gives them: the number, and whether it is written as a share of the whole."""

    number: Fraction
    percent: bool = False
    said: bool = True


def joined(text: str) -> str:
    """The text of a cell on one line: what was broken in the middle of a word or a sentence is put together again."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    line = "".join(part + _between(part, after) for part, after in zip(parts, [*parts[1:], ""], strict=False))
    return _SPACES.sub(_space, line)


def _between(part: str, after: str) -> str:
    """A space where two Latin words meet; nothing between Chinese characters, or digits."""
    letters = [each.isascii() and each.isalnum() for each in (part[-1], after[:1])]
    return " " if all(letters) and not (part[-1].isdigit() and after[0].isdigit()) else ""


def _space(found: re.Match[str]) -> str:
    """One space between words and signs; none beside a Chinese character and another one or a digit."""
    beside = (found.string[: found.start()][-1:], found.string[found.end() :][:1])
    wide = [bool(each) and east_asian_width(each) in "WF" for each in beside]
    return "" if any(wide) and all(w or each.isdigit() for w, each in zip(wide, beside, strict=True)) else " "


def sentence(text: str) -> str:
    """The text of a criterion on one line; an item that began a line of its own stays apart from the one before."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    lines: list[str] = []
    for part in parts:
        apart = lines and _ITEM_BEGINS.match(normalise(part)) and not _ENDS_WITH_MARK.search(normalise(lines[-1]))
        lines.append("；" + part if apart else part)
    return joined("\n".join(lines))


def digits_meet(text: str) -> str:
    """Where a line ends in a digit and the next begins with one: the number that the two make; nothing elsewhere."""
    normal = normalise(text)
    for found in _BROKEN_NUMBER.finditer(normal):
        if not _ITEM_BEGINS.match(normal[found.start(2) :]):
            return found[1] + found[2]
    return ""


def plain(text: str) -> str:
    """A text for comparing: no spaces, no brackets, one form for every character, small letters."""
    return re.sub(r"\s+", "", normalise(text)).lower()


# ------------------------------------------------------------------------------------------------- headings


@cache
def _columns() -> dict[str, str]:
    return {form.lower(): role for role, words in COLUMNS.items() for form in (*words.zh, *words.en)}


def roles_of(text: str) -> frozenset[str]:
    """What a column with this heading holds; nothing where the heading is not known."""
    known = _columns()
    bare = _BESIDE_HEADING.sub("", _IN_BRACKETS.sub("", plain(text)))
    if bare in known:
        return frozenset({known[bare]})
    parts = [part for part in _JOINED.split(bare) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return frozenset(known[part] for part in parts)
    return frozenset()


def begins_with(text: str, words: Spellings) -> str | None:
    """What stands behind one of these words at the beginning of a text; None where none of them stands there."""
    bare = plain(text)
    for form in sorted((*words.zh, *words.en), key=len, reverse=True):
        if bare.startswith(form):
            return bare.removeprefix(form)
    return None


def without_note(text: str) -> str:
    """A note without the word that says that it is one."""
    return re.sub(rf"^\s*(?:{'|'.join(_longest_first((*NOTES.zh, *NOTES.en)))})\s*[:：]\s*", "", text)


# --------------------------------------------------------------------------------------------- names, points


def points_of(text: str) -> Points | None:
    """The full marks in a cell of their own: 5, 5分, 5%."""
    found = _WHOLE_POINTS.fullmatch(normalise(text))
    return None if found is None else _points(found)


def _points(found: re.Match[str]) -> Points:
    return Points(Fraction(found[1]), found[2] == "%", found[2] is not None)


def name_and_points(text: str) -> tuple[str, Points | None]:
    """A name and the full marks beside it: 预算配置（10分）, 投入 13分; a bare number in brackets is not said."""
    line = joined(text)
    normal = normalise(line)
    brackets = [*_POINTS_IN_BRACKETS.finditer(normal)]
    if brackets and brackets[-1].end() == len(normal):
        last = brackets[-1]
        return without_number(line[: last.start()]), _points(last)
    at_end = _POINTS_AT_END.search(normal)
    if at_end:
        return without_number(line[: at_end.start()]), _points(at_end)
    return without_number(line), None


def without_number(text: str) -> str:
    """A name without the number that it bears in a list."""
    found = _ENUMERATOR.match(normalise(text))
    rest = text[found.end() :] if found else text
    return (rest if rest.strip() else text).strip(" 　:：;；,，。")


def is_numbered(text: str) -> bool:
    """Whether a line begins with the number of a list."""
    return _ENUMERATOR.match(normalise(text)) is not None


def section_of(text: str) -> int:
    """The level of a line that is numbered like a section: 1 for 一、, 2 for （一）, 0 for any other."""
    return next((level for level, pattern in _SECTION.items() if pattern.match(normalise(text))), 0)


def first_of(words: Mapping[str, Spellings], text: str) -> tuple[str, str] | None:
    """The kind of the label with which a text begins (评分标准：…), and what stands behind it."""
    normal = normalise(text)
    for kind, spellings in words.items():
        for form in _longest_first((*spellings.zh, *spellings.en)):
            found = re.match(rf"\s*[(\[【]?\s*{re.escape(form)}\s*[)\]】]?\s*:\s*", normal, re.IGNORECASE)
            if found:
                return kind, text[found.end() :]
    return None


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)
