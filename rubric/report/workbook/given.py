"""The facts as cells: their values in the units that the rubric asks for, and the whole numbers made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from engine.core import Lies, Plan, Term
from engine.facts import Contradictory, Fact, NotApplicableFact, Present
from engine.number import terminates
from engine.rules import Amount, FactDeclaration, Levels, Truth
from engine.unit import WHOLE, Quantity, Unit
from rubric.messages import workbook as say
from rubric.messages.wording import Language
from rubric.report.workbook.desk import Desk
from rubric.report.workbook.formula import (
    Formula,
    Value,
    cell,
    choice,
    compared,
    is_number,
    minus,
    number,
    plus,
    rounded,
    size,
    some,
    text,
    times,
)
from rubric.report.workbook.plans import Given
from rubric.report.workbook.terms import TooLongError, degrees, quotient

# No fact is taken to more decimals than these, and none to fewer than it is given with.
MOST_PLACES, FEWEST_PLACES = 6, 2
# Facts are taken to as many decimals as leave their whole numbers below this.
_ROOM = 10**8
# The whole numbers of facts are not larger than these; what has more decimals is too fine for a spreadsheet.
_MOST_UNITS = 10**12
_TOO_FINE = 12


class Placed(NamedTuple):
    """A fact beside its cell on the sheet of facts."""

    declaration: FactDeclaration
    name: str
    value: Value


def shown_value(declaration: FactDeclaration, fact: Fact, level: Callable[[FactDeclaration, str | bool], str]) -> Value:
    """What stands in the cell of a fact, without its states that have no value."""
    match fact:
        case Present(Quantity() as quantity) if isinstance(declaration.kind, Amount):
            return quantity.in_unit(declaration.kind.unit)
        case Present(bool() | str() as label):
            return level(declaration, label)
        case _:
            return None


def places_of(value: Value) -> int:
    """With how many decimals a number is written."""
    if not isinstance(value, Fraction) or not terminates(value):
        return 0 if not isinstance(value, Fraction) else _TOO_FINE + 1
    return next((n for n in range(_TOO_FINE + 1) if (value * 10**n).denominator == 1), _TOO_FINE + 1)


def longest_products(plans: Iterable[Plan]) -> dict[str, int]:
    """For every fact, of how many facts the longest product is that it stands in."""
    found: dict[str, int] = {}
    for term in _terms(plans):
        try:
            for fact, degree in degrees(quotient(term, lambda _: Fraction(1))).items():
                found[fact] = max(found.get(fact, 1), degree)
        except TooLongError:
            continue
    return found


def _terms(plans: Iterable[Plan]) -> Iterable[Term]:
    for plan in plans:
        for case in (*plan.first, *(case for part in plan.parts for case in part.cases)):
            if case.measure is not None:
                yield case.measure
            yield from (guard.term for guard in case.guards if isinstance(guard, Lies) and guard.term is not None)


def places(facts: Iterable[Placed], products: Mapping[str, int]) -> dict[str, int]:
    """To how many decimals the facts of each unit are taken, by its code; the same for all of a unit.

    A fact with more decimals than leave whole numbers to reckon with has none of its own, and is not used.
    """
    given: dict[str, set[int]] = {}
    largest: dict[str, Fraction] = {}
    longest: dict[str, int] = {}
    for declaration, _, value in facts:
        if not isinstance(declaration.kind, Amount):
            continue
        code = declaration.kind.unit.code
        given.setdefault(code, set()).add(places_of(value))
        longest[code] = max(longest.get(code, 1), products.get(declaration.key, 1))
        if isinstance(value, Fraction):
            largest[code] = max(largest.get(code, Fraction(1)), abs(value))
    return {code: _places(code, found, largest.get(code, Fraction(1)), longest[code]) for code, found in given.items()}


def _places(code: str, given: set[int], largest: Fraction, longest: int) -> int:
    wanted = max((n for n in given if n <= _TOO_FINE and largest * 10**n <= _MOST_UNITS), default=0)
    if code in WHOLE:
        return wanted
    wanted = max(wanted, FEWEST_PLACES)
    while longest == 1 and wanted < MOST_PLACES and largest * 10 ** (wanted + 1) <= _ROOM:
        wanted += 1
    return wanted


class GivenWriter:
    """Writes the lines of working that every fact has, and gives the facts to the other writers."""

    def __init__(self, desk: Desk, language: Language) -> None:
        self.desk = desk
        self.language = language
        self.absent = text(say.STATES["not-applicable"].of(language))
        self.doubtful = text(say.STATES["contradictory"].of(language))

    def write(self, placed: Placed, fact: Fact, levels: Iterable[str], decimals: int) -> Given:
        """One fact."""
        declaration, name, value = placed
        match fact:
            case NotApplicableFact():
                value = self.absent.value
            case Contradictory():
                value = self.doubtful.value
        here = cell(name, value)
        absent = choice(compared(here, "=", self.absent), number(1), self._lacking(here))
        label = say.WORKING["hindrance-of-fact"].of(self.language)
        if not isinstance(declaration.kind, Amount):
            known = some(*(compared(here, "=", text(each)) for each in levels))
            hindrance = self.desk.put(
                declaration.key,
                label,
                choice(known, number(0), absent),
                f"{name}_{say.WORKING['state'].of(self.language)}",
            )
            return Given(declaration.key, here, hindrance)
        unit: Unit = declaration.kind.unit
        scaled = times(here, number(10**decimals))
        units = rounded(scaled, 0)
        off = size(minus(scaled, units))
        # A binary fraction is off by a few parts in 10^16; a digit too many by far more.
        slack = plus(number(Fraction(1, 10**9)), times(size(here), number(Fraction(10**decimals, 10**15))))
        fine = choice(compared(off, ">", slack), number(4), number(0))
        hindrance = self.desk.put(
            declaration.key,
            label,
            choice(is_number(here), fine, absent),
            f"{name}_{say.WORKING['state'].of(self.language)}",
        )
        whole = self.desk.put(
            declaration.key,
            say.WORKING["units"].of(self.language),
            choice(is_number(here), units, number(0)),
            f"{name}_{say.WORKING['units'].of(self.language)}",
        )
        return Given(declaration.key, here, hindrance, whole, unit.size / 10**decimals)

    def _lacking(self, here: Formula) -> Formula:
        return choice(compared(here, "=", self.doubtful), number(3), number(2))


def level_texts(declaration: FactDeclaration, yes: str, no: str, named: Callable[[str], str]) -> tuple[str, ...]:
    """What may stand in the cell of a fact with levels."""
    match declaration.kind:
        case Truth():
            return yes, no
        case Levels(levels):
            return tuple(named(level.key) for level in levels)
        case _:
            return ()
