"""Exact numbers: rounding on purpose, plain decimals, and the judging of printed figures."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction


class Mode(Enum):
    """How a number is rounded: a half away from zero, a half to the even digit, cut towards zero, up away from zero."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    CUT = "cut"
    UP = "up"


def half_up(value: Fraction, places: int) -> Fraction:
    """Round to so many decimals, a half going away from zero, as official tables do."""
    scale = 10**places
    twice = 2 * abs(value) * scale + 1
    rounded = Fraction(twice.numerator // (2 * twice.denominator), scale)
    return -rounded if value < 0 else rounded


def rounded(value: Fraction, mode: Mode) -> Fraction:
    """The whole number that a value is rounded to."""
    size = abs(value)
    down = size.numerator // size.denominator
    rest = size - down
    match mode:
        case Mode.HALF_UP:
            up = rest >= Fraction(1, 2)
        case Mode.HALF_EVEN:
            up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and down % 2 == 1)
        case Mode.CUT:
            up = False
        case Mode.UP:
            up = rest > 0
    return Fraction(-(down + up) if value < 0 else down + up)


def cut(value: Fraction, places: int) -> Fraction:
    """Drop everything after so many decimals."""
    scale = 10**places
    kept = Fraction(abs(value.numerator) * scale // value.denominator, scale)
    return -kept if value < 0 else kept


def terminates(value: Fraction) -> bool:
    """Whether the value has a finite decimal expansion."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def decimal(value: Fraction, places: int) -> str:
    """The value with exactly so many decimals, rounded half up."""
    scaled = half_up(value, places) * 10**places
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def plain(value: Fraction, places: int = 2) -> str:
    """The value as people write it: exact where the decimals end, else rounded half up to so many places."""
    if value.denominator == 1:
        return str(value.numerator)
    if terminates(value):
        for count in range(1, places + 5):
            if (value * 10**count).denominator == 1:
                return decimal(value, count)
    return decimal(value, places)


class Printed(Enum):
    """How a printed figure stands to the exact one, at its own number of decimals."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    WRONG = "wrong"


def judge_printed(exact: Fraction, printed: Fraction, places: int) -> Printed:
    """Judge a printed figure with so many decimals against the exact value.

    Where rounding and cutting give the same digits the figure counts as rounded.
    """
    if printed == exact:
        return Printed.EXACT
    if printed == half_up(exact, places):
        return Printed.ROUNDED
    if printed == cut(exact, places):
        return Printed.TRUNCATED
    return Printed.WRONG
