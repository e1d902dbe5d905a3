"""Units of measure as exact sizes in a dimension; mixing dimensions is for the checker to refuse.

A rate is a pure number and `%` one hundredth of it. A percentage point is a *difference* of
rates and a dimension of its own: 5 % and 5 percentage points never stand in for one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

# A product of base dimensions with their powers, sorted: money per person is (("money", 1), ("person", -1)).
Dimension = tuple[tuple[str, int], ...]

PURE: Dimension = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code, its dimension and its exact size in the dimension's base unit."""

    code: str
    dimension: Dimension
    size: Fraction


def _units(dimension: str, **sizes: Fraction | int) -> dict[str, Unit]:
    return {code: Unit(code, ((dimension, 1),), Fraction(size)) for code, size in sizes.items()}


# What is counted is a dimension of its own: people are not posts, posts are not cases.
_COUNTS = [
    "person",
    "person_time",
    "household",
    "item",
    "project",
    "kind",
    "case",
    "time",
    "event",
    "piece",
    "vehicle",
    "device",
    "place",
    "organisation",
    "copy",
    "period",
    "grade_step",
    "team",
    "village",
]

ONE = Unit("one", PURE, Fraction(1))
PERCENT = Unit("percent", PURE, Fraction(1, 100))
PERMILLE = Unit("permille", PURE, Fraction(1, 1000))

UNITS: dict[str, Unit] = {
    "one": ONE,
    "percent": PERCENT,
    "permille": PERMILLE,
    **_units("percentage_point", percentage_point=Fraction(1, 100)),
    **_units("money", yuan=1, qian_yuan=1000, wan_yuan=10**4, yi_yuan=10**8),
    **_units("dollar", dollar=1, wan_dollar=10**4),
    **_units("score", score=1),
    **_units("area", square_metre=1, wan_square_metre=10**4),
    **_units("length", metre=1, kilometre=1000),
    **_units("mass", kilogram=1, ton=1000),
    **_units("day", day=1),
    **_units("month", month=1),
    **_units("year", year=1),
    **_units("hour", hour=1),
    **{code: Unit(code, ((code, 1),), Fraction(1)) for code in _COUNTS},
}

PERCENTAGE_POINT = UNITS["percentage_point"]
SCORE = UNITS["score"]

# Units whose facts are counts of whole things.
WHOLE = frozenset(_COUNTS)


def multiply(left: Dimension, right: Dimension, power: int = 1) -> Dimension:
    """The dimension of a product, or of a quotient with power -1."""
    powers = dict(left)
    for base, exponent in right:
        powers[base] = powers.get(base, 0) + power * exponent
    return tuple(sorted((base, exponent) for base, exponent in powers.items() if exponent))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as it was written: 1154.2 万元."""

    number: Fraction
    unit: Unit

    @property
    def exact(self) -> Fraction:
        """The amount in the base unit of its dimension."""
        return self.number * self.unit.size

    def in_unit(self, unit: Unit) -> Fraction:
        """The same amount counted in another unit of the same dimension."""
        return self.number * self.unit.size / unit.size
