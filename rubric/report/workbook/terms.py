"""Terms of the core as quotients of whole-number polynomials in the facts.

A spreadsheet reckons in binary fractions, in which neither 310.71 nor 310.71 ÷ 1154.2 can be written. So no
comparison is made with a quotient. Every fact is scaled to a whole number by a power of ten (310.71 → 31071),
each term is a quotient N ÷ D of two polynomials with whole coefficients in these numbers, and `N ÷ D ≤ 3 ÷ 10`
is asked as `N × 10 ≤ D × 3`. Additions, subtractions and multiplications of whole numbers are exact in binary
as long as no number on the way exceeds 2^53; spreadsheets moreover compare no more than 15 digits, and take
the whole part of a quotient after rounding it to 15 digits. `LIMIT` keeps clear of all three: of two whole
numbers below 10^14, the quotient lies off every whole number that it does not reach by more than 10^-14 of
itself. Each term has a cell that says so where its numbers go beyond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from engine.core import Combine, Constant, FactTerm, Term
from engine.rules import Operator
from rubric.report.workbook.formula import Formula, minus, number, plus, size, times

# The numbers of a comparison or a quotient stay below this.
LIMIT = 10**14

# A term that comes apart into more products than these is not written as a formula.
MOST_PRODUCTS = 40

Product = tuple[str, ...]
Polynomial = Mapping[Product, Fraction]

_NOTHING: Polynomial = {}
_ONE: Polynomial = {(): Fraction(1)}


class TooLongError(ValueError):
    """A term that is too long for a formula."""


class Quotient(NamedTuple):
    """A term as a quotient, and everything that it divides by on the way."""

    above: Polynomial
    below: Polynomial
    divisors: tuple[Polynomial, ...] = ()

    @property
    def constant(self) -> bool:
        """Whether the lower number does not depend on any fact."""
        return set(self.below) <= {()}


def quotient(term: Term, scale: Callable[[str], Fraction]) -> Quotient:
    """A term in whole numbers; `scale` says what one of the whole numbers of a fact is worth."""
    return _whole(_exact(term, scale))


def _exact(term: Term, scale: Callable[[str], Fraction]) -> Quotient:
    match term:
        case Constant(value):
            return Quotient({(): value} if value else _NOTHING, _ONE)
        case FactTerm(fact):
            return Quotient({(fact,): scale(fact)}, _ONE)
        case Combine(operator, left, right):
            return _joined(operator, _exact(left, scale), _exact(right, scale))


def _joined(operator: Operator, left: Quotient, right: Quotient) -> Quotient:
    (a, b, first), (c, d, second) = left, right
    divisors = tuple({_key(each): each for each in (*first, *second)}.values())
    match operator:
        case Operator.ADD | Operator.SUBTRACT:
            turned = c if operator is Operator.ADD else {each: -value for each, value in c.items()}
            if b == d:
                return Quotient(_sum(a, turned), b, divisors)
            return Quotient(_sum(_product(a, d), _product(turned, b)), _product(b, d), divisors)
        case Operator.MULTIPLY:
            return Quotient(_product(a, c), _product(b, d), divisors)
        case Operator.DIVIDE:
            divisors = (*divisors, c)
            if b == d:
                return Quotient(a, c, divisors)
            return Quotient(_product(a, d), _product(b, c), divisors)


def _key(polynomial: Polynomial) -> object:
    return frozenset(polynomial.items())


def _sum(left: Polynomial, right: Polynomial) -> Polynomial:
    found = dict(left)
    for each, value in right.items():
        found[each] = found.get(each, Fraction(0)) + value
    return _few({each: value for each, value in found.items() if value})


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    found: dict[Product, Fraction] = {}
    for one, first in left.items():
        for other, second in right.items():
            both = tuple(sorted((*one, *other)))
            found[both] = found.get(both, Fraction(0)) + first * second
    return _few({each: value for each, value in found.items() if value})


def _few(polynomial: dict[Product, Fraction]) -> Polynomial:
    if len(polynomial) > MOST_PRODUCTS:
        raise TooLongError
    return polynomial


def _whole(found: Quotient) -> Quotient:
    """The same quotient with the least whole coefficients; a constant lower number is above nothing."""
    coefficients = [*found.above.values(), *found.below.values()]
    if not coefficients:
        return found
    factor = Fraction(lcm(*(c.denominator for c in coefficients)), 1)
    factor /= gcd(*(int(c * factor) for c in coefficients))
    if found.constant and found.below.get((), Fraction(1)) < 0:
        factor = -factor
    above, below = ({each: value * factor for each, value in p.items()} for p in (found.above, found.below))
    return found._replace(above=above, below=below)


def written(polynomial: Polynomial, facts: Mapping[str, Formula], large: bool = False) -> Formula:
    """A polynomial as a formula over the whole numbers of the facts; `large`, as what it cannot exceed."""
    terms = sorted(polynomial.items(), key=lambda each: not large and each[1] < 0)
    found: Formula | None = None
    for product, value in terms:
        coefficient = abs(value)
        one = number(coefficient)
        for fact in product:
            one = times(one, size(facts[fact]) if large else facts[fact])
        if found is None:
            found = one if value > 0 or large else times(number(-coefficient), _of(product, facts))
        else:
            found = plus(found, one) if value > 0 or large else minus(found, one)
    return found or number(0)


def _of(product: Iterable[str], facts: Mapping[str, Formula]) -> Formula:
    found = number(1)
    for fact in product:
        found = times(found, facts[fact])
    return found


def degrees(found: Quotient) -> dict[str, int]:
    """For every fact of a term, of how many facts the longest product is that it stands in."""
    most: dict[str, int] = {}
    for polynomial in (found.above, found.below, *found.divisors):
        for product in polynomial:
            for fact in product:
                most[fact] = max(most.get(fact, 0), len(product))
    return most
