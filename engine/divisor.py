"""Which divisor of a formula is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from engine.core import evaluate_term, term_facts, term_of
from engine.evaluate import Known
from engine.rules import Band, Expression, Indicator, Operation, Operator, Reference, Rubric
from engine.scorecard import IndicatorScore


class Divisor(NamedTuple):
    """A divisor that comes to nothing, and whether it is a single name."""

    expression: Expression
    single: bool


def zero_divisor(score: IndicatorScore, rubric: Rubric) -> Divisor | None:
    """The first divisor that is 0 in an indicator's formula, or in what its conditions are about."""
    derived = {each.name.key: each.expression for each in rubric.definitions}
    numbers = Known(score.facts).numbers
    for looked_at in _looked_at(score.indicator):
        for expression in _divisors(looked_at, derived):
            if _value(expression, rubric, numbers) == 0:
                return Divisor(expression, isinstance(expression, Reference))
    return None


def _looked_at(indicator: Indicator) -> Iterator[Expression]:
    if indicator.measure is not None:
        yield indicator.measure
    for clause in indicator.clauses:
        for condition in clause.conditions if isinstance(clause, Band) else ():
            if condition.subject is not None:
                yield Reference(condition.subject)


def _value(expression: Expression, rubric: Rubric, numbers: dict[str, Fraction]) -> Fraction | None:
    """What an expression comes to; None where a fact of it is not there."""
    term = term_of(expression, rubric)
    return evaluate_term(term, numbers) if all(fact in numbers for fact in term_facts(term)) else None


def _divisors(expression: Expression, derived: dict[str, Expression]) -> Iterator[Expression]:
    match expression:
        case Operation(operator, left, right):
            yield from _divisors(left, derived)
            yield from _divisors(right, derived)
            if operator is Operator.DIVIDE:
                yield right
        case Reference(name) if name in derived:
            yield from _divisors(derived[name], derived)
