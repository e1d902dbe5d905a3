"""Formulas that a text spells out, recomputed: 71/74×100%=95.94%≤100%, words between the numbers and all.

A formula is looked for in each clause that has an equals sign or a comparison. What stands left of the first sign is
read backwards from it, so that the words which introduce a formula need not be known. A clause that does not read as
arithmetic to its end says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from engine.number import Printed
from rubric.reading.formulas import (
    Node,
    Operand,
    Side,
    Token,
    clauses,
    is_rate,
    named,
    operands,
    side_of,
    value_of,
    worth,
)
from rubric.reading.numbers import Figure, Sense, Stretch, meant, plain_form


class Sign(Enum):
    """A comparison as it is written."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    BELOW = "<"
    ABOVE = ">"
    UNEQUAL = "≠"

    def holds(self, left: Fraction, right: Fraction) -> bool:
        """Whether the comparison is true."""
        match self:
            case Sign.AT_MOST:
                return left <= right
            case Sign.AT_LEAST:
                return left >= right
            case Sign.BELOW:
                return left < right
            case Sign.ABOVE:
                return left > right
            case Sign.UNEQUAL:
                return left != right


@dataclass(frozen=True, slots=True)
class Calculation:
    """A formula and the result printed for it.

    `exact` and `expected` are counted in the unit of the printed result: 95.9459… and 95.95 for 95.94%. `subject` is
    what the text calls the result, where it does.
    """

    stretch: Stretch
    subject: str
    expression: Node
    printed: Figure
    exact: Fraction
    expected: Fraction
    verdict: Printed

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The numbers of the formula with their words, in their order."""
        return tuple(operands(self.expression))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two amounts that the text compares, in base units, and whether it is right; `compared` is what stands left."""

    stretch: Stretch
    subject: str
    compared: Node
    left: Fraction
    sign: Sign
    bound: Figure
    right: Fraction
    holds: bool


_SIGNS = {"<=": Sign.AT_MOST, ">=": Sign.AT_LEAST, **{sign.value: sign for sign in Sign}}


def statements_of_arithmetic(text: str, passage: int = 1) -> tuple[Calculation | Comparison, ...]:
    """Every formula with its result, and every comparison of numbers, that a text spells out."""
    plain = plain_form(text)
    if not re.search(r"[=≈≤≥<>≠]", plain):
        return ()
    found: list[Calculation | Comparison] = []
    for clause in clauses(plain):
        found += _Clause(plain, text, passage, clause).statements()
    return tuple(found)


class _Clause:
    """One clause, cut at its equals signs and comparisons."""

    def __init__(self, plain: str, text: str, passage: int, tokens: list[Token]) -> None:
        self.plain, self.text, self.passage = plain, text, passage
        self.signs: list[Token] = []
        parts: list[list[Token]] = [[]]
        for token in tokens:
            if token.kind in ("equal", "compare"):
                self.signs.append(token)
                parts.append([])
            else:
                parts[-1].append(token)
        self.parts = parts
        self.sides = [side_of(part, last=place == len(parts) - 1) for place, part in enumerate(parts)]

    def statements(self) -> Iterator[Calculation | Comparison]:
        """What the clause states, from left to right."""
        formula: Side | None = None
        nearest: Side | None = None
        for place, side in enumerate(self.sides):
            sign = self.signs[place - 1] if place else None
            if side is None:
                # Words alone name what follows; anything else that is not arithmetic breaks the chain.
                if any(token.kind == "number" for token in self.parts[place]):
                    formula = nearest = None
                continue
            if sign is not None and sign.kind == "compare":
                yield from self._compared(formula or nearest, side, _SIGNS[sign.text], place)
                formula = nearest = None
                continue
            literal = side.literal
            if formula is not None and literal is not None:
                yield from self._calculated(formula, nearest or formula, side, literal)
                nearest = side
            elif literal is None:
                formula, nearest = (formula or side), side
            else:
                nearest = side

    def _calculated(self, formula: Side, nearest: Side, side: Side, printed: Figure) -> Iterator[Calculation]:
        if meant(self.plain, printed).sense is not Sense.STATED:
            return
        sources = (formula, nearest) if _is_step(formula.node, nearest.node) else (formula,)
        readings = [amount for source in sources for amount in _readings(source.node, printed)]
        if not readings:
            return
        exact = next((each for each in readings if printed.judged(each) is not Printed.WRONG), readings[0])
        yield Calculation(
            Stretch(self.passage, formula.start, side.end),
            formula.subject or self._subject(formula),
            formula.node,
            printed,
            exact / printed.size,
            printed.printed_right(exact),
            printed.judged(exact),
        )

    def _compared(self, left: Side | None, right: Side, sign: Sign, place: int) -> Iterator[Comparison]:
        bound = right.literal
        if left is None or bound is None or self._between(place):
            return
        raw = _raw([*_figures(left.node), bound])
        if raw is None:
            return
        one, other = value_of(left.node, raw), worth(bound, raw)
        if one is None:
            return
        # A rate beside a number without a unit (95% ≤ 100): which of the two is meant is not said.
        told = bound.value == 0 or is_rate(bound) == _yields_rate(left.node)
        if not told and not (is_rate(bound) and left.literal is None):
            return
        subject = left.subject or self._subject(left)
        stretch = Stretch(self.passage, left.start, right.end)
        yield Comparison(stretch, subject, left.node, one, sign, bound, other, sign.holds(one, other))

    def _between(self, place: int) -> bool:
        """Whether the comparison is one of several in a row, as in 80≤x<90."""
        return sum(sign.kind == "compare" for sign in self.signs) > 1 and place > 0

    def _subject(self, side: Side) -> str:
        """The words before an equals sign that opens the formula: 变动率=(…)."""
        names = [part for part in self.parts if part and part[-1].end <= side.start]
        if not names or any(token.kind == "number" for token in names[0]):
            return ""
        return named(self.text[names[0][0].start : names[0][-1].end])


def _yields_rate(node: Node) -> bool:
    return any(is_rate(operand.figure) for operand in operands(node))


def _figures(node: Node) -> Iterator[Figure]:
    return (operand.figure for operand in operands(node))


def _is_step(formula: Node, nearest: Node) -> bool:
    """Whether the nearest part is the formula's result, rounded, on its way to a per cent: =0.96×100%=96%."""
    rest = [figure for figure in _figures(nearest) if figure.value != 100]
    value = value_of(formula)
    if nearest is formula or isinstance(nearest, Operand) or len(rest) != 1 or value is None:
        return False
    return rest[0].judged(abs(value)) is not Printed.WRONG


def _readings(node: Node, printed: Figure) -> Iterator[Fraction]:
    """The amounts that an expression may be meant to come to, the literal one first.

    People write ×100=95.94% and ×100%=95.94 for ×100%=95.94%, and each is taken for it.
    """
    raw = _raw([*_figures(node), printed])
    if raw is None:
        return
    value = value_of(node, raw)
    if value is None:
        return
    # Numbers as written count in the unit of the result, whatever that is.
    value = value * printed.size if raw and not is_rate(printed) else value
    yield value
    hundreds = {figure.unit for figure in _figures(node) if figure.value == 100}
    if "" in hundreds and is_rate(printed):
        yield value / 100
    if "percent" in hundreds and not is_rate(printed):
        yield value * 100


def _raw(numbers: Sequence[Figure]) -> bool | None:
    """Whether numbers may be reckoned as written: one unit throughout. None where units mix and some are left out."""
    rest = [figure for figure in numbers if not is_rate(figure)]
    scaled = {(figure.unit, figure.scale): figure.kind for figure in rest if figure.size != 1}
    sized = {(figure.unit, figure.scale) for figure in rest if figure.size == 1 and figure.kind in scaled.values()}
    if len(scaled.keys() | sized) <= 1:
        return True
    if any(not figure.word for figure in numbers):
        return None
    return False
