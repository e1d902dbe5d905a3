"""Which divisor of a formula is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from engine.alternatives import Terms
from engine.core import Term, evaluate_term, term_facts
from engine.evaluate import Known, all_hold
from engine.rules import (
    AnyOf,
    Band,
    Computed,
    Condition,
    Expression,
    Indicator,
    Operation,
    Operator,
    PointsOf,
    Reference,
    Rubric,
    Step,
    Within,
    operands,
)
from engine.scores import IndicatorScore


class Divisor(NamedTuple):
    """A divisor that comes to nothing, and whether it is a single name."""

    expression: Expression
    single: bool


def zero_divisor(score: IndicatorScore, rubric: Rubric) -> Divisor | None:
    """The first divisor that is 0 in an indicator's formula, or in what its clauses are about."""
    terms, known = Terms(rubric), Known(score.facts)
    for looked_at in looked_at_by(score.indicator):
        for expression in divisors(looked_at, terms.derived):
            if _value(expression, terms, known) == 0:
                return Divisor(expression, isinstance(expression, Reference))
    return None


def looked_at_by(indicator: Indicator) -> Iterator[Expression]:
    """Every expression that an indicator works out: its formula, then what its clauses hold against something."""
    if indicator.measure is not None:
        yield indicator.measure
    for clause in indicator.clauses:
        match clause:
            case Band(conditions, award):
                yield from _in_conditions(conditions)
                if isinstance(award, Computed):
                    yield award.expression
            case Step(subject=subject, of=of, conditions=conditions):
                yield from _in_conditions(conditions)
                yield from () if subject is None else (Reference(subject),)
                yield from () if of is None else (of,)
    for first in (indicator.not_applicable, indicator.forfeit):
        if first is not None:
            yield from _in_conditions(first.conditions)


def _in_conditions(conditions: Iterable[Condition]) -> Iterator[Expression]:
    for condition in conditions:
        match condition:
            case Within(low, high, subject):
                if subject is not None and not isinstance(subject, PointsOf):
                    yield subject
                yield from (edge.of for edge in (low, high) if edge is not None and edge.of is not None)
            case AnyOf(alternatives):
                for each in alternatives:
                    yield from _in_conditions(each)


def _value(expression: Expression, terms: Terms, known: Known) -> Fraction | None:
    """What an expression comes to; None where a fact of it is not there."""
    for guards, term in terms.alternatives(expression):
        if all_hold(guards, None, known):
            return _worked_out(term, known)
    return None


def _worked_out(term: Term, known: Known) -> Fraction | None:
    return evaluate_term(term, known.numbers) if all(key in known.numbers for key in term_facts(term)) else None


def divisors(expression: Expression, derived: dict[str, Expression]) -> Iterator[Expression]:
    """Everything that an expression divides by, definitions written out."""
    match expression:
        case Reference(name):
            if name in derived:
                yield from divisors(derived[name], derived)
        case _:
            for each in operands(expression):
                yield from divisors(each, derived)
            if isinstance(expression, Operation) and expression.operator is Operator.DIVIDE:
                yield expression.right
