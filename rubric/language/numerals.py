"""Chinese numerals as exact numbers: 一, 十五, 二百, 两, 半, 三点五, 三万."""

from __future__ import annotations

from fractions import Fraction

CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿半点"

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}


def chinese_number(text: str) -> Fraction | None:
    """The number that a Chinese numeral stands for, or None if it is not one."""
    if text == "半":
        return Fraction(1, 2)
    whole, point, decimals = text.partition("点")
    number = _whole(whole)
    if number is None or not point:
        return number
    if not decimals or any(digit not in _DIGITS for digit in decimals):
        return None
    digits = "".join(str(_DIGITS[digit]) for digit in decimals)
    return number + Fraction(int(digits), 10 ** len(digits))


def _whole(text: str) -> Fraction | None:
    if not text or any(c not in _DIGITS and c not in _TENS and c not in _GROUPS for c in text):
        return None
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return Fraction(int("".join(str(_DIGITS[character]) for character in text)))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            total = (total + section + digit) * _GROUPS[character]
            section = digit = 0
    return Fraction(total + section + digit)
