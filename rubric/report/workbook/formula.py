"""Formulas of a spreadsheet, each with what it comes to exactly: the value that is kept in its cell.

The same call writes the text and works out the value, so that the two cannot drift apart: what is kept in a
cell is what an exact spreadsheet would show, and a real one is held against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from engine.number import decimal, half_up, terminates

# What a cell may hold; None where it is empty, or where nothing reads the value.
Value = Fraction | str | bool | None

_COMPARISON, _SUM, _PRODUCT, _ATOM = range(4)


class Formula(NamedTuple):
    """A formula without its equals sign, what it comes to, and how tightly it holds together."""

    text: str
    value: Value
    rank: int = _ATOM

    def within(self, rank: int) -> str:
        """The text inside an operation, in brackets where it would come apart."""
        return self.text if self.rank >= rank else f"({self.text})"


def number(value: Fraction | int) -> Formula:
    """A number as it is written in a formula."""
    value = Fraction(value)
    if value.denominator == 1:
        text = str(value.numerator)
    elif terminates(value):
        text = next(t for t in (decimal(value, n) for n in range(1, 60)) if Fraction(t) == value)
    else:
        return Formula(f"{value.numerator}/{value.denominator}", value, _PRODUCT if value > 0 else _SUM)
    return Formula(text, value, _ATOM if value >= 0 else _SUM)


def text(value: str) -> Formula:
    """A text as it is written in a formula."""
    return Formula('"' + value.replace('"', '""') + '"', value)


def cell(name: str, value: Value) -> Formula:
    """What stands in a cell, by the cell's name or place."""
    return Formula(name, value)


def _numbers(values: Sequence[Formula]) -> list[Fraction] | None:
    found = [each.value for each in values if isinstance(each.value, Fraction)]
    return found if len(found) == len(values) else None


# ------------------------------------------------------------------------------------------ arithmetic


def plus(*terms: Formula) -> Formula:
    """A sum; numbers below nothing are taken off."""
    if not terms:
        return number(0)
    written = terms[0].within(_SUM)
    for each in terms[1:]:
        inner = each.within(_SUM)
        written += inner if inner.startswith("-") else f"+{inner}"
    found = _numbers(terms)
    return Formula(
        written, None if found is None else sum(found, Fraction(0)), _SUM if len(terms) > 1 else terms[0].rank
    )


def minus(left: Formula, right: Formula) -> Formula:
    """A difference."""
    if right.value == 0 and right.text == "0":
        return left
    found = _numbers((left, right))
    return Formula(
        f"{left.within(_SUM)}-{right.within(_PRODUCT)}", None if found is None else found[0] - found[1], _SUM
    )


def negative(of: Formula) -> Formula:
    """A number turned round."""
    return Formula(f"-{of.within(_ATOM)}", -of.value if isinstance(of.value, Fraction) else None, _SUM)


def times(left: Formula, right: Formula) -> Formula:
    """A product; one with one is the thing itself."""
    if left.text == "1" or right.text == "0":
        return right
    if right.text == "1" or left.text == "0":
        return left
    found = _numbers((left, right))
    return Formula(
        f"{left.within(_PRODUCT)}*{right.within(_PRODUCT)}", None if found is None else found[0] * found[1], _PRODUCT
    )


def over(left: Formula, right: Formula) -> Formula:
    """A quotient."""
    if right.text == "1":
        return left
    found = _numbers((left, right))
    value = found[0] / found[1] if found is not None and found[1] else None
    return Formula(f"{left.within(_PRODUCT)}/{right.within(_ATOM)}", value, _PRODUCT)


def _call(name: str, values: Sequence[Formula], work: Callable[[list[Fraction]], Fraction]) -> Formula:
    found = _numbers(values)
    return Formula(f"{name}({','.join(each.text for each in values)})", None if found is None else work(found))


def whole(of: Formula) -> Formula:
    """The next whole number below."""
    return _call("INT", [of], lambda found: Fraction(found[0].numerator // found[0].denominator))


def size(of: Formula) -> Formula:
    """A number without its sign."""
    return _call("ABS", [of], lambda found: abs(found[0]))


def sign(of: Formula) -> Formula:
    """1, 0 or -1."""
    return _call("SIGN", [of], lambda found: Fraction((found[0] > 0) - (found[0] < 0)))


def least(*several: Formula) -> Formula:
    """The lowest of several."""
    return several[0] if len(several) == 1 else _call("MIN", several, min)


def most(*several: Formula) -> Formula:
    """The highest of several."""
    return several[0] if len(several) == 1 else _call("MAX", several, max)


def rounded(of: Formula, places: int) -> Formula:
    """A number to so many decimals."""
    return _call("ROUND", [of, number(places)], lambda found: half_up(found[0], places))


# ---------------------------------------------------------------------------------------------- logic


def compared(left: Formula, sign_: str, right: Formula) -> Formula:
    """A comparison: =, <>, <, <=, > or >=."""
    a, b = left.value, right.value
    value: Value = None
    if sign_ in ("=", "<>"):
        value = _same(a, b) == (sign_ == "=")
    elif isinstance(a, Fraction) and isinstance(b, Fraction):
        value = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign_]
    return Formula(f"{left.within(_SUM)}{sign_}{right.within(_SUM)}", value, _COMPARISON)


def _same(left: Value, right: Value) -> bool:
    """Whether a spreadsheet takes two values for the same: an empty cell is the empty text, and nothing."""
    if left is None or right is None:
        other = right if left is None else left
        return other is None or other == "" or (isinstance(other, Fraction) and other == 0)
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    return type(left) is type(right) and left == right


def every(*conditions: Formula) -> Formula:
    """That all conditions hold."""
    return _joined("AND", conditions, all)


def some(*conditions: Formula) -> Formula:
    """That one of the conditions holds."""
    return _joined("OR", conditions, any)


def _joined(name: str, conditions: Sequence[Formula], work: Callable[[list[bool]], bool]) -> Formula:
    if len(conditions) == 1:
        return conditions[0]
    found = [bool(each.value) for each in conditions]
    known = all(each.value is not None for each in conditions)
    return Formula(f"{name}({','.join(each.text for each in conditions)})", work(found) if known else None)


def choice(condition: Formula, yes: Formula, no: Formula) -> Formula:
    """One thing where a condition holds, and else another."""
    value = None if condition.value is None else yes.value if condition.value else no.value
    return Formula(f"IF({condition.text},{yes.text},{no.text})", value)


def chosen(index: Formula, *several: Formula) -> Formula:
    """The first, second, … of several."""
    at = index.value
    value = several[int(at) - 1].value if isinstance(at, Fraction) and 1 <= at <= len(several) else None
    return Formula(f"CHOOSE({','.join(each.text for each in (index, *several))})", value)


def is_number(of: Formula) -> Formula:
    """Whether a cell holds a number."""
    return Formula(f"ISNUMBER({of.text})", isinstance(of.value, Fraction))


def is_text(of: Formula) -> Formula:
    """Whether a cell holds a text."""
    return Formula(f"ISTEXT({of.text})", isinstance(of.value, str))


def without_error(of: Formula, instead: Formula) -> Formula:
    """A formula, or something else where it fails."""
    return Formula(f"IFERROR({of.text},{instead.text})", instead.value if of.value is None else of.value)


def are_numbers(several: Sequence[Formula]) -> Formula:
    """Whether every one of several cells holds a number."""
    if len(several) == 1:
        return is_number(several[0])
    count = sum(isinstance(each.value, Fraction) for each in several)
    counted = Formula(f"COUNT({','.join(each.text for each in several)})", Fraction(count))
    return compared(counted, "=", number(len(several)))
