"""Values as people write them: 71 人, 1,154.20万元, -30.53%, ７１ 人, 是, 一等. Exact, or left as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from engine.facts import PrintedRate, Value
from engine.source import Span
from engine.unit import ONE, UNITS, Quantity, Unit
from rubric.messages.words import NO, UNIT_WORDS, YES
from rubric.readers.names import half_width, loose

MAX_DIGITS = 40

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,])", re.ASCII)
_LIKE_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*", re.ASCII)
_DIGITS = re.compile(rf"(?:\d[,.]?){{{MAX_DIGITS + 1}}}", re.ASCII)

_SPELLINGS = {spelling: UNITS[code] for code, words in UNIT_WORDS.items() for spelling in (*words.zh, *words.en)}
_UNITS = {loose(spelling): of for spelling, of in _SPELLINGS.items()}
_NUMBER_IN_TEXT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
# A longer unit comes before one that it begins with: 人次 before 人.
_LONGEST_FIRST = sorted(map(re.escape, _SPELLINGS), key=len, reverse=True)
_UNIT_IN_TEXT = re.compile(rf"\s*({'|'.join(_LONGEST_FIRST)})", re.IGNORECASE)
_TRUTHS = {**{loose(word): True for word in (*YES.zh, *YES.en)}, **{loose(word): False for word in (*NO.zh, *NO.en)}}


class Figure(NamedTuple):
    """A number as written, with its number of decimals and what stands after it."""

    number: Fraction
    places: int
    rest: str


def too_many_digits(text: str) -> bool:
    """Whether a number in the text has more digits than any figure needs."""
    return _DIGITS.search(half_width(text)) is not None


def figure(text: str) -> Figure | None:
    """The number that the text begins with, if it is written as numbers are."""
    text = half_width(text).strip()
    found = _NUMBER.match(text)
    if found is None or too_many_digits(text):
        return None
    digits = found[0].replace(",", "")
    return Figure(Fraction(digits), len(digits.partition(".")[2]), text[found.end() :].strip())


def begins_like_number(text: str) -> str | None:
    """The broken number that the text begins with: 1,15.2 or 3.4.5."""
    found = _LIKE_NUMBER.match(half_width(text).strip())
    return found[0] if found else None


def unit(word: str) -> Unit | None:
    """The unit that a word stands for."""
    return _UNITS.get(loose(word))


def unit_spellings() -> tuple[tuple[str, Unit], ...]:
    """Every spelling of every unit."""
    return tuple(_SPELLINGS.items())


def quantity(text: str) -> Quantity | None:
    """The number with its unit; a number alone has the unit one."""
    written = figure(text)
    if written is None:
        return None
    of = unit(written.rest) if written.rest else ONE
    return Quantity(written.number, of) if of else None


def truth(text: str) -> bool | None:
    """Whether the word says yes or no, if it says either."""
    return _TRUTHS.get(loose(text))


def value(text: str) -> Value:
    """A quantity, yes or no, or else the words as they stand; the rubric decides what they mean."""
    amount = quantity(text)
    if amount is not None:
        return amount
    answer = truth(text)
    return text.strip() if answer is None else answer


def printed_rate(text: str, span: Span) -> PrintedRate | None:
    """A rate as printed: 95.94%, or 0.9594."""
    written = figure(text)
    if written is None or written.rest not in ("", "%"):
        return None
    percent = written.rest == "%"
    exact = written.number / 100 if percent else written.number
    return PrintedRate(text.strip(), exact, written.places, percent, span)


def amounts_in(quote: str) -> Iterator[tuple[Fraction, Unit | None]]:
    """Every number in a sentence with the unit after it, without regard to the sign."""
    text = half_width(quote)
    for number in _NUMBER_IN_TEXT.finditer(text):
        if len(number[0]) <= MAX_DIGITS:
            word = _UNIT_IN_TEXT.match(text, number.end())
            yield Fraction(number[0].replace(",", "")), unit(word[1]) if word else None
