"""Numbers as a spreadsheet keeps them: exactly, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.number import plain, terminates
from engine.unit import PERCENT, SCORE, Quantity
from rubric.sheets.grid import SHOWN_DIGITS


@dataclass(frozen=True, slots=True)
class Rate:
    """A number of per cent, which a spreadsheet keeps as a share."""

    percent: int | float

    @property
    def share(self) -> float:
        """The number that the cell holds."""
        return float(Fraction(repr(self.percent)) / 100)


def kept(quantity: Quantity) -> int | float | None:
    """The number for a cell, where a spreadsheet can keep it exactly."""
    number = quantity.number
    shown = plain(number, SHOWN_DIGITS)
    if not terminates(number) or len(shown.lstrip("-0.").replace(".", "")) > SHOWN_DIGITS:
        return None
    if number.denominator == 1:
        return int(number)
    stored = float(number)
    share = float(number / 100)
    exact = Fraction(repr(stored)) == number
    return stored if exact and (quantity.unit != PERCENT or Fraction(repr(share)) == number / 100) else None


def kept_points(number: Fraction) -> object:
    """Points for a cell; as a text where a spreadsheet cannot keep the number."""
    number_kept = kept(Quantity(number, SCORE))
    return plain(number, 30) if number_kept is None else number_kept
