"""Automatic numbers of a Word document, worked out as Word shows them: 一、 （二） 3. 1.2 ①."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rubric.documents.markup import child, children, number, value

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
}
_LEVELS = 9
_MOST = 9_999


@dataclass(frozen=True, slots=True)
class _Level:
    """How the paragraphs of one level are numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    plain: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, str]
    levels: dict[str, dict[int, _Level]]
    styles: dict[str, tuple[str, int]]
    starts: dict[str, dict[int, int]]
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def of(self, properties: Element | None) -> tuple[str, str]:
        """The number of the next paragraph with these properties, and a format that could not be read."""
        listed, depth = self._place(properties)
        abstract = self.lists.get(listed, "")
        level = self.levels.get(abstract, {}).get(depth)
        if level is None:
            return "", ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        if listed not in self._begun:
            # A list that says where it begins anew does so once.
            self._begun.add(listed)
            for at, start in self.starts.get(listed, {}).items():
                counters[at] = start - 1
        before = counters[depth]
        counters[depth] = (level.start - 1 if before is None else before) + 1
        counters[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return self._shown(abstract, level, counters)

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph, by itself or by its style."""
        own = child(properties, "numPr")
        styled = self.styles.get(value(child(properties, "pStyle")), ("", 0))
        if own is None:
            return styled
        listed, depth = child(own, "numId"), child(own, "ilvl")
        return (
            styled[0] if listed is None else value(listed),
            styled[1] if depth is None else number(depth, 0, _LEVELS - 1),
        )

    def _shown(self, abstract: str, level: _Level, counters: list[int | None]) -> tuple[str, str]:
        if level.format in ("bullet", "none"):
            return "", ""
        unread: list[str] = []

        def filled(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            each = self.levels[abstract].get(at, _Level())
            count = counters[at]
            written = _written(each.start if count is None else count, "decimal" if level.plain else each.format)
            if written is None:
                unread.append(each.format)
            return written or ""

        text = re.sub("%([1-9])", filled, level.text)
        if unread:
            return "", unread[0]
        # Between 1.2 and what follows stands a tab that the number alone does not show.
        return (f"{text} " if text[-1:].isascii() and text[-1:].isalnum() else text), ""


def numbering_of(part: Element | None, styles: Element | None) -> Numbering:
    """The lists that a document declares."""
    levels = {value(each, "abstractNumId"): dict(_levels(each)) for each in children(part, "abstractNum")}
    lists: dict[str, str] = {}
    starts: dict[str, dict[int, int]] = {}
    for each in children(part, "num"):
        name, abstract = value(each, "numId"), value(child(each, "abstractNumId"))
        own = dict(_overrides(each))
        if own:
            # A list with levels of its own counts by itself.
            levels[f"num {name}"] = {**levels.get(abstract, {}), **own}
            abstract = f"num {name}"
        lists[name] = abstract
        starts[name] = {
            _depth(override): number(child(override, "startOverride"), 0, _MOST)
            for override in children(each, "lvlOverride")
            if child(override, "startOverride") is not None
        }
    return Numbering(lists, levels, dict(_styled(styles)), starts)


def _levels(parent: Element) -> Iterator[tuple[int, _Level]]:
    for each in children(parent, "lvl"):
        start = child(each, "start")
        yield (
            _depth(each),
            _Level(
                1 if start is None else number(start, 0, _MOST),
                value(child(each, "numFmt")) or "decimal",
                value(child(each, "lvlText")),
                child(each, "isLgl") is not None,
            ),
        )


def _overrides(parent: Element) -> Iterator[tuple[int, _Level]]:
    for each in children(parent, "lvlOverride"):
        yield from _levels(each)


def _depth(element: Element) -> int:
    text = value(element, "ilvl")
    return int(text) if text in "012345678" and len(text) == 1 else 0


def _styled(styles: Element | None) -> Iterator[tuple[str, tuple[str, int]]]:
    """The styles that number their paragraphs."""
    for each in children(styles, "style"):
        listed = child(each, "pPr", "numPr", "numId")
        if listed is not None:
            yield (
                value(each, "styleId"),
                (value(listed), number(child(each, "pPr", "numPr", "ilvl"), 0, _LEVELS - 1)),
            )


def _written(count: int, format: str) -> str | None:
    """A number in the format of a level; nothing where the format is not known."""
    match format:
        case "decimal":
            return str(count)
        case "decimalZero":
            return f"{count:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(count).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)
        case "upperLetter" | "lowerLetter" if count > 0:
            letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter if format == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(count).upper() if format == "upperRoman" else _roman(count)
        case "ideographTraditional" if 1 <= count <= len(_STEMS):
            return _STEMS[count - 1]
        case "ideographZodiac" if 1 <= count <= len(_BRANCHES):
            return _BRANCHES[count - 1]
        case _ if format in _CHINESE and count <= _MOST:
            return _chinese(count)
        case _:
            return None


def _roman(count: int) -> str:
    text = ""
    for worth, letters in (*_ROMAN, *_ROMAN_SMALL):
        times, count = divmod(count, worth)
        text += letters * times
    return text


def _chinese(count: int) -> str:
    """A number as Chinese lists count: 十 and not 一十, 一百零二."""
    if count == 0:
        return "零"
    text, gap = "", False
    for worth, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, count = divmod(count, worth)
        if digit:
            text += ("零" if gap and text else "") + (
                "" if digit == 1 and unit == "十" and not text else _DIGITS[digit]
            )
            text += unit
            gap = False
        else:
            gap = True
    return text
