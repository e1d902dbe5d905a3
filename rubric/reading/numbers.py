"""The numbers of a text, each with its unit and its place: 1,154.20, 91万元, 百分之九十五, 48小项.

What only looks like a number is passed over: document numbers, years, dates, clause numbers, ordinals, telephone
numbers and codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from engine.number import Printed, half_up, judge_printed
from engine.unit import PERCENT, UNITS
from rubric.language.numerals import CHINESE_DIGITS, chinese_number
from rubric.language.text import NORMAL_FORM
from rubric.messages.words import UNIT_WORDS

# A full-width comma never groups thousands and a tab parts two cells: both stay what they are.
_PLAIN = {code: form for code, form in NORMAL_FORM.items() if chr(code) not in "，\t"}


# The letter that is typed for a sign: 71/74X100%.
_TIMES = re.compile(r"(?<=[\d)%])(\s?)[xX](\s?)(?=[\d(])")


def plain_form(text: str) -> str:
    """The text with look-alike characters as one, each at its place; full-width commas and tabs are kept."""
    return _TIMES.sub(r"\1×\2", text.translate(_PLAIN))


class Stretch(NamedTuple):
    """Where something stands: the number of its passage, and its first and past-the-last character there."""

    passage: int
    start: int
    end: int


class Sense(Enum):
    """How firmly a number is meant: as it stands, as about so much or a bound, or as an end of a range."""

    STATED = "stated"
    ABOUT = "about"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as the text writes it, with its unit: `8.5个百分点` is 8.5 with one decimal.

    `scale` is a 万 or 亿 that belongs to no unit of ours (5万人); `word` is the unit as written, `unit` its code in the
    engine or nothing where the engine has none. `number_end` is where the digits end and the unit begins.
    """

    value: Fraction
    places: int
    start: int
    number_end: int
    end: int
    unit: str = ""
    word: str = ""
    scale: int = 1
    sense: Sense = Sense.STATED

    @property
    def size(self) -> Fraction:
        """What one of the written number is worth in the base unit."""
        return self.scale * (UNITS[self.unit].size if self.unit else Fraction(1))

    @property
    def amount(self) -> Fraction:
        """The exact amount in the base unit: 0.95 for 95%, 910000 for 91万元."""
        return self.value * self.size

    @property
    def kind(self) -> object:
        """What is counted; two figures may be added only where this is the same."""
        return UNITS[self.unit].dimension if self.unit else self.word

    @property
    def percent(self) -> bool:
        """Whether it is printed as a per cent."""
        return self.unit == PERCENT.code

    def judged(self, exact: Fraction) -> Printed:
        """How the printed number stands to an exact amount, at its own number of decimals."""
        return judge_printed(exact / self.size, self.value, self.places)

    def printed_right(self, exact: Fraction) -> Fraction:
        """What should be printed for an exact amount, in this unit and at this number of decimals."""
        return half_up(exact / self.size, self.places)


# Words that count things for which the engine has no unit; two such figures are alike where the word is the same.
_OTHER_WORDS = (
    *("场", "批", "亩", "公顷", "页", "倍", "所", "间", "幅", "岁", "桩", "宗", "封", "对", "头", "只", "株", "棵"),
    *("周", "块", "盏", "门", "节", "课时", "人天", "点", "届", "轮", "班", "站", "幢", "枚", "口", "笔", "单", "票"),
    *("平方公里", "立方米", "千瓦时", "元/人", "亿美元", "分钟", "字"),
)
_CODES = {form: code for code, words in UNIT_WORDS.items() for form in words.zh} | {"km": "kilometre"}
_WORDS = sorted({*_CODES, *_OTHER_WORDS}, key=len, reverse=True)
_WORD = "(?:[大小](?=[类项]))?(?:" + "|".join(map(re.escape, _WORDS)) + ")"

# Words that only begin like a unit: 1人大 is none of a person, 3日常 none of a day.
_NO_UNIT = "(?!人大|人民|人居|日常|次要|件事)"
_SCALES = {"": 1, "百万": 10**6, "千万": 10**7, "万亿": 10**12, "万": 10**4, "亿": 10**8}
_UNIT = rf"\s?(?P<vague>[多余几])?(?P<scale>[百千]万|万亿|[万亿])?(?P<word>{_NO_UNIT}{_WORD})?"

# Chinese numerals are numbers only before words that count; 三月, 十分 and 一日 mostly say something else.
_COUNTING = [word for word in _WORDS if word not in {*"%‰起分月日年天村组位类种点口班字"}]
_NUMERAL = rf"(?P<chinese>(?<![{CHINESE_DIGITS}第])[{CHINESE_DIGITS}]{{1,16}}?)(?P<counted>"
_NUMERAL += "(?:[大小](?=[项]))?(?:" + "|".join(map(re.escape, _COUNTING)) + "))"

_DIGITS = r"(?<![\d.A-Za-z])(?P<digits>\d{1,3}(?:,\d{3}){1,6}(?![\d,])|\d{1,20}(?!\d))(?P<decimals>\.\d{1,12}(?!\d))?"

# What is no number, tried first; each is passed over whole.
_NO_FIGURE = "|".join(
    (
        r"(?:https?://|www\.)[!-~]{1,300}",
        r"[\[〔【](?:19|20)\d{2}[\]〕】]\s?第?\d{0,5}号?",
        r"\((?:19[89]|20[0-4])\d\)(?:\s?第?\d{1,5}号)?",
        r"(?<!\d)(?:19|20)\d{2}\s?年?\s?[-至到/]\s?(?:19|20)\d{2}\s?(?:年度?|学年|财年)",
        r"(?<!\d)(?:19|20)\d{2}(?P<part>[-./])(?:1[0-2]|0?[1-9])(?P=part)(?:[12]\d|3[01]|0?[1-9])(?![\d.])",
        r"(?<!\d)(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?",
        r"(?<![\d.])(?:19|20)\d{2}\s?(?:年|学年|财年|级|届)",
        r"(?<![\d.])\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?(?!份额)",
        r"(?<![\d.])\d{1,2}\s?[日号](?!均)",
        r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)",
        r"第\s?(?:\d{1,6}|[零〇一二三四五六七八九十百千]{1,8})(?:\s?[-至、]\s?\d{1,6})?",
        r"(?<![\d.])\d{1,6}\s?号(?!召)",
        r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
        r"(?<!\d)1[3-9]\d{9}(?![\d.万亿元])",
        r"(?<![\d.])0\d{1,20}(?![\d.])",
        r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,6}(?![\d])",
        r"(?:^|(?<=[。;\n\t]))\s{0,4}[(\[]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)\]、]",
        r"(?:^|(?<=[。;\n\t]))\s{0,4}\d{1,3}\.(?!\d)",
        r"\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)",
        r"[A-Za-z][A-Za-z-]{0,12}\d{1,10}",
        r"(?<![\d.])\d{1,10}(?=[A-Za-z])(?!km|kg)",
        r"[零一二三四五六七八九十]{1,4}月",
    )
)
_SHARE = rf"(?P<share>[{CHINESE_DIGITS}]{{1,12}}|\d{{1,6}}(?:\.\d{{1,6}})?)"
_FRACTION = rf"(?P<base>百|千|万|[{CHINESE_DIGITS}]{{1,6}})分之{_SHARE}"
_NUMBER = re.compile(rf"(?P<none>{_NO_FIGURE})|{_FRACTION}|{_DIGITS}{_UNIT}|{_NUMERAL}")

# Points are spelt out only where they are given: 得三分, 计十分.
_POINTS = re.compile(r"[得计评为扣满]\s?([零一二两三四五六七八九十百半]{1,5})分(?![析别之类批工开散])")

_ABOUT_BEFORE = re.compile(r"(?:约|近|超过|超|逾|不少于|不低于|不高于|不超过|至少|最多|不到|高于|低于)(?:了|为)?\s?$")
_ABOUT_AFTER = re.compile(r"\s?(?:左右|上下|以上|以下|以内|以外|及以上|不等|多(?!次|项|个|种|家|名)|余)")
_BETWEEN = re.compile(r"\s?[-至到]\s?")


def figures(text: str) -> tuple[Figure, ...]:
    """Every number of a text in its order, signs read, and with how firmly each is meant."""
    plain = plain_form(text)
    found = list(scan(plain))
    for place, figure in enumerate(found):
        found[place] = meant(plain, _signed(plain, figure))
    for place in range(1, len(found)):
        left, right = found[place - 1], found[place]
        gap = plain[left.end : right.start]
        if len(gap) <= 3 and _BETWEEN.fullmatch(gap) and not _in_formula(plain, left, right):
            # The unit of 10-20% is said once and meant twice.
            shared = left if left.word else replace(left, unit=right.unit, word=right.word, scale=right.scale)
            found[place - 1] = replace(shared, sense=Sense.RANGE)
            found[place] = replace(right, sense=Sense.RANGE)
    return tuple(found)


def scan(plain: str) -> Iterator[Figure]:
    """The numbers of a text in plain form, without signs and without a look at the words around them."""
    for match in _NUMBER.finditer(plain):
        figure = None if match["none"] is not None else _figure(match)
        if figure is not None:
            yield figure


def spelt_points(plain: str) -> Iterator[Figure]:
    """Points whose number is spelt out, such as 得三分."""
    for match in _POINTS.finditer(plain):
        value = chinese_number(match[1])
        if value is not None:
            yield Figure(value, 0, match.start(1), match.end(1), match.end(), "score", "分")


def _figure(match: re.Match[str]) -> Figure | None:
    if match["share"] is not None:
        return _fraction(match)
    if match["chinese"] is not None:
        return _spelt(match)
    decimals = match["decimals"] or ""
    value = Fraction(match["digits"].replace(",", "") + decimals)
    number_end = match.end("decimals") if decimals else match.end("digits")
    unit, word, scale = _unit(match["scale"] or "", match["word"] or "")
    # A blank before nothing is no part of the number.
    end = match.end() if word or scale > 1 or match["vague"] else number_end
    sense = Sense.ABOUT if match["vague"] else Sense.STATED
    return Figure(value, max(len(decimals) - 1, 0), match.start(), number_end, end, unit, word, scale, sense)


def _unit(scale: str, word: str) -> tuple[str, str, int]:
    """The unit that a scale and a word make together: 万 and 元 are one unit, 万 and 人 a scale and a unit."""
    if scale + word in _CODES:
        return _CODES[scale + word], scale + word, 1
    bare = word[1:] if word[:1] in ("大", "小") else word
    return _CODES.get(bare, ""), scale + word, _SCALES[scale]


def _fraction(match: re.Match[str]) -> Figure | None:
    written = match["share"]
    value = Fraction(written) if written[0].isdigit() and written.isascii() else chinese_number(written)
    base = {"百": Fraction(100), "千": Fraction(1000), "万": Fraction(10**4)}.get(match["base"])
    base = base or chinese_number(match["base"])
    if value is None or not base:
        return None
    point = max(written.find("点"), written.find("."))
    places = len(written) - point - 1 if point >= 0 else 0
    unit = {100: "percent", 1000: "permille"}.get(int(base), "") if base.denominator == 1 else ""
    value = value if unit else value / base
    return Figure(value, places, match.start(), match.end(), match.end(), unit, match[0] if unit else "")


def _spelt(match: re.Match[str]) -> Figure | None:
    numeral, word = match["chinese"], match["counted"]
    scale = ""
    # 三千二百万元 is 3200 in 万元, as people read it.
    for tail in ("万亿", "亿", "万"):
        if len(numeral) > len(tail) and numeral.endswith(tail):
            numeral, scale = numeral[: -len(tail)], tail
            break
    value = chinese_number(numeral)
    if value is None or numeral[0] in "万亿点":
        return None
    unit, written, size = _unit(scale, word)
    point = numeral.find("点")
    places = len(numeral) - point - 1 if point >= 0 else 0
    number_end = match.end("chinese") - len(scale)
    return Figure(value, places, match.start(), number_end, match.end(), unit, written, size)


def _signed(plain: str, figure: Figure) -> Figure:
    """The figure with a minus that can only be its sign: nothing that could be taken away from stands before it."""
    start = figure.start - 1
    if start < 0 or plain[start] != "-":
        return figure
    before = plain[start - 1] if start else ""
    if (before.isascii() and before.isalnum()) or (before and before in "-)%]"):
        return figure
    if _UNIT_END.search(plain, max(0, start - 12), start):
        return figure
    return replace(figure, value=-figure.value, start=start)


# A number with its unit right before a hyphen: 1万元-3万元 is a range.
_UNIT_END = re.compile(rf"\d\s?[多余几]?[万亿]?{_WORD}$")


def meant(plain: str, figure: Figure) -> Figure:
    """The figure with what the words beside it make of it: 约, 不低于, 左右, 以上."""
    if figure.sense is Sense.STATED and (
        _ABOUT_BEFORE.search(plain[max(0, figure.start - 6) : figure.start]) or _ABOUT_AFTER.match(plain, figure.end)
    ):
        return replace(figure, sense=Sense.ABOUT)
    return figure


_SIGNS = frozenset("+-*/×÷=≈(")


def _in_formula(plain: str, left: Figure, right: Figure) -> bool:
    """Whether a hyphen between two numbers takes away: an operator stands on the other side of one of them."""
    before = plain[left.start - 1] if left.start else ""
    after = plain[right.end] if right.end < len(plain) else ""
    return before in _SIGNS - {"("} or after in _SIGNS - {"("} or (before == "(" and after == ")" and not right.word)
