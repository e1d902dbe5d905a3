"""Marks of damage from scanning: characters that stand where only another one that looks like it makes sense."""

from __future__ import annotations

import re
from typing import NamedTuple

from rubric.language.text import normalise


class Suspect(NamedTuple):
    """A stretch of a text that may be misread, and what it may have been; nothing where that cannot be told."""

    start: int
    end: int
    found: str
    meant: str


_CHINESE = "\u4e00-\u9fff"
_OUTSIDE_LATIN = r"(?<![A-Za-z0-9])"
# What looks like what; each is replaced as a whole.
_LOOK_ALIKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_OUTSIDE_LATIN}[WwQ]\s?(?=-?[0-9])"), "≤"),
    (re.compile(rf"{_OUTSIDE_LATIN}S(?=\s?[0-9]{{1,3}}\s?%)"), "≤"),
    (re.compile(r"(?<=[率数额度比例])至(?=\s?[0-9]{1,3}(?:\.[0-9]+)?\s?%)"), "≤"),
    (re.compile(rf"{_OUTSIDE_LATIN}N\s?(?=-?[0-9])"), "≥"),
    (re.compile(rf"{_OUTSIDE_LATIN}2(?=(?!00|50)[0-9]{{2}}\s?%)"), "≥"),
    (re.compile(r"》\s?=?\s?(?=[0-9]{1,3}(?:\.[0-9]+)?\s?%)"), "≥"),
    (re.compile(r"《\s?=?\s?(?=[0-9]{1,3}(?:\.[0-9]+)?\s?%)"), "≤"),
    (re.compile(rf"(?<=[{_CHINESE}])\s?[-―](?=\s?(?:个百分点|[个例项次档起]))"), "一"),
    (re.compile(rf"{_OUTSIDE_LATIN}[lI|]\s?(?=(?:分|个百分点))"), "1"),
    (re.compile(r"(?<=[0-9)\]])\s?X\s?(?=[0-9])"), "×"),
    (re.compile(r"(?<=[0-9])\s?[oO0]\s?/\s?[oO0](?![0-9])"), "%"),
    (re.compile(r"(?<![0-9.])0\s?[,。、·':](?=[0-9]+\s?(?:分|个百分点|%))"), "0."),
    (re.compile(r"(?<![0-9.])0(?=[1-9][0-9]?\s?(?:分|个百分点))"), "0."),
    (re.compile(r"(?<=[0-9])\s?\.\s+(?=[0-9]+\s?(?:分|个百分点|%))|(?<=[0-9])\s+\.(?=[0-9])"), "."),
)
# A number with letters among its digits.
_MIXED = re.compile(r"(?<![A-Za-z0-9.])(?=[0-9OolI|.]*[0-9])(?=[0-9.]*[OolI|])[0-9OolI|.]+(?![A-Za-z0-9])")
_AS_DIGITS = str.maketrans("OolI|", "00111")
# What is shown stands in quotation marks, so that it ends at those of the text as well.
_CLAUSE_ENDS = re.compile(r"[,，;；。：:“”\"]")
# Letters alone before a percent sign.
_UNREADABLE = re.compile(r"(?<![A-Za-z0-9])[OolITt]{1,5}\s?%")


def suspects(text: str) -> list[Suspect]:
    """What may be misread in a text, from left to right."""
    normal = normalise(text)
    found = [
        Suspect(*match.span(), text[match.start() : match.end()], meant)
        for pattern, meant in _LOOK_ALIKES
        for match in pattern.finditer(normal)
    ]
    for match in _MIXED.finditer(normal):
        meant = match[0].translate(_AS_DIGITS)
        found.append(Suspect(*match.span(), text[match.start() : match.end()], meant))
    for match in _UNREADABLE.finditer(normal):
        found.append(Suspect(*match.span(), text[match.start() : match.end()], ""))
    return sorted(_apart(found))


def _apart(found: list[Suspect]) -> list[Suspect]:
    """Of two that overlap the one alone that was looked for first."""
    kept: list[Suspect] = []
    for each in found:
        if all(each.start >= other.end or each.end <= other.start for other in kept):
            kept.append(each)
    return kept


def mended(text: str, found: list[Suspect]) -> str:
    """The text as it may have been meant."""
    for each in reversed(found):
        if each.meant:
            text = text[: each.start] + each.meant + text[each.end :]
    return text


def shown(text: str, suspect: Suspect) -> str:
    """What is suspect with a little of what stands around it, within its clause."""
    before = _CLAUSE_ENDS.split(text[max(0, suspect.start - 8) : suspect.start])[-1]
    after = _CLAUSE_ENDS.split(text[suspect.end : suspect.end + 8])[0]
    return (before + text[suspect.start : suspect.end] + after).strip()
