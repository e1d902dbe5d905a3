"""Which divisor of a formula is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.core import Combine, Constant, FactTerm, Term, evaluate_term
from engine.evaluate import Known
from engine.rules import Expression, Number, Operation, Operator, Reference, Rubric
from engine.scorecard import IndicatorScore


class Divisor(NamedTuple):
    """A divisor that comes to nothing, and whether it is a single name."""

    expression: Expression
    single: bool


def zero_divisor(score: IndicatorScore, rubric: Rubric) -> Divisor | None:
    """The first divisor in an indicator's formula that is 0."""
    if score.indicator.measure is None:
        return None
    derived = {each.name.key: each.expression for each in rubric.definitions}
    numbers = Known(score.facts).numbers
    for expression in _divisors(score.indicator.measure, derived):
        if evaluate_term(_term(expression, derived), numbers) == 0:
            return Divisor(expression, isinstance(expression, Reference))
    return None


def _divisors(expression: Expression, derived: dict[str, Expression]) -> Iterator[Expression]:
    match expression:
        case Operation(operator, left, right):
            yield from _divisors(left, derived)
            yield from _divisors(right, derived)
            if operator is Operator.DIVIDE:
                yield right
        case Reference(name) if name in derived:
            yield from _divisors(derived[name], derived)


def _term(expression: Expression, derived: dict[str, Expression]) -> Term:
    match expression:
        case Number(quantity):
            return Constant(quantity.exact)
        case Reference(name):
            return _term(derived[name], derived) if name in derived else FactTerm(name)
        case Operation(operator, left, right):
            return Combine(operator, _term(left, derived), _term(right, derived))
