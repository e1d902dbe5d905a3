"""The words for units, levels of certainty and yes / no: read by the language, written by the reports."""

from __future__ import annotations

from typing import NamedTuple

from engine.unit import Dimension
from rubric.messages.wording import Language, Wording


class Spellings(NamedTuple):
    """How a word may be written; the first spelling of each language is the one we write."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def first(self, language: Language) -> str:
        """The spelling that we write in that language."""
        return (self.zh if language == "zh" else self.en)[0]


UNIT_WORDS: dict[str, Spellings] = {
    "percent": Spellings(("%",), ("%", "percent")),
    "permille": Spellings(("‰",), ("‰", "permille")),
    "percentage_point": Spellings(("个百分点", "百分点"), ("pp", "percentage points", "percentage point")),
    "yuan": Spellings(("元",), ("yuan", "CNY")),
    "qian_yuan": Spellings(("千元",), ("thousand yuan",)),
    "wan_yuan": Spellings(("万元",), ("wan yuan", "ten thousand yuan")),
    "yi_yuan": Spellings(("亿元",), ("yi yuan", "hundred million yuan")),
    "dollar": Spellings(("美元",), ("dollars", "dollar", "USD")),
    "wan_dollar": Spellings(("万美元",), ("wan dollars", "ten thousand dollars")),
    "score": Spellings(("分",), ("points", "point", "pts")),
    "square_metre": Spellings(("平方米", "㎡", "m²"), ("square metres", "square metre", "sqm")),
    "wan_square_metre": Spellings(("万平方米",), ("wan square metres",)),
    "metre": Spellings(("米",), ("metres", "metre")),
    "kilometre": Spellings(("公里", "千米"), ("kilometres", "kilometre", "km")),
    "kilogram": Spellings(("公斤", "千克"), ("kilograms", "kilogram", "kg")),
    "ton": Spellings(("吨",), ("tonnes", "tonne", "t")),
    "hour": Spellings(("小时",), ("hours", "hour")),
    "day": Spellings(("天", "日"), ("days", "day")),
    "month": Spellings(("个月", "月"), ("months", "month")),
    "year": Spellings(("年",), ("years", "year")),
    "person": Spellings(("人", "名"), ("people", "person", "persons")),
    "person_time": Spellings(("人次",), ("person-times", "person-time", "visits", "visit")),
    "household": Spellings(("户",), ("households", "household")),
    "item": Spellings(("个",), ("items", "item")),
    "project": Spellings(("项",), ("projects", "project")),
    "kind": Spellings(("类", "种"), ("kinds", "kind")),
    "case": Spellings(("例",), ("cases", "case")),
    "time": Spellings(("次",), ("times", "time")),
    "event": Spellings(("起",), ("events", "event")),
    "piece": Spellings(("件", "条", "篇", "份"), ("pieces", "piece")),
    "vehicle": Spellings(("辆",), ("vehicles", "vehicle")),
    "device": Spellings(("台", "套"), ("devices", "device", "sets", "set")),
    "place": Spellings(("处", "座", "栋"), ("places", "place")),
    "organisation": Spellings(("家",), ("organisations", "organisation")),
    "copy": Spellings(("册", "本"), ("copies", "copy")),
    "period": Spellings(("期",), ("periods", "period")),
    "grade_step": Spellings(("档", "位", "名次"), ("steps", "step", "ranks", "rank")),
    "team": Spellings(("组", "支"), ("teams", "team")),
    "village": Spellings(("村",), ("villages", "village")),
}

YES = Spellings(("是", "有"), ("yes", "true"))
NO = Spellings(("否", "无", "没有"), ("no", "false"))

# The fact in which an evaluator gives points within a range: the indicator's name, then this.
POINTS_GIVEN = Wording("points given", "评定得分")

# Named for messages; a pure number has no word of its own.
_BASES = {
    "money": Wording("money", "金额"),
    "dollar": Wording("dollars", "美元金额"),
    "percentage_point": Wording("percentage points", "个百分点"),
    "score": Wording("points", "分"),
    "area": Wording("square metres", "平方米"),
    "length": Wording("length", "长度"),
    "mass": Wording("mass", "重量"),
}

RATE = Wording("a rate (%)", "比率（%）")


def unit_word(code: str, language: Language) -> str:
    """The word for a unit; nothing for the pure number."""
    return "" if code == "one" else UNIT_WORDS[code].first(language)


def dimension_word(dimension: Dimension, language: Language) -> str:
    """How a message names a dimension: 人, 金额, 比率（%）, 金额/人."""
    if not dimension:
        return RATE.of(language)
    above = [_base(base, language) for base, power in dimension if power > 0 for _ in range(power)]
    below = [_base(base, language) for base, power in dimension if power < 0 for _ in range(-power)]
    return "/".join(["·".join(above) or "1", *below])


def _base(base: str, language: Language) -> str:
    if base in _BASES:
        return _BASES[base].of(language)
    return UNIT_WORDS[base].first(language)


def quantity_text(number: str, code: str, language: Language) -> str:
    """A number with its unit: 26.92%, 71 人, 1 person, 71 people."""
    word = unit_word(code, language)
    if number == "1" and language == "en":
        word = _singular(code)
    return number + word if word in ("%", "‰", "") else f"{number} {word}"


def _singular(code: str) -> str:
    """The English word for one of a unit: the second spelling, where the first is its plural."""
    if code == "one":
        return ""
    plural, *rest = UNIT_WORDS[code].en
    regular = bool(rest) and plural in (rest[0] + "s", rest[0][:-1] + "ies")
    return rest[0] if regular or plural == "people" else plural
