"""Terms as ratios of sums over the facts that are not known, and what it takes for one to lie somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from engine.core import Combine, Constant, FactTerm, Interval, Term
from engine.linear import ONE, Affine, AtLeastZero, Space, nothing
from engine.rules import Operator

# What a way asks of the unknown facts, all of it together.
Demands = tuple[AtLeastZero, ...]

_UNIT = Affine({}, ONE)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A term as one sum over another; it has a value where none of its divisors is nothing."""

    above: Affine
    below: Affine
    divisors: tuple[Affine, ...] = ()

    @property
    def nonzero(self) -> list[Affine]:
        """What must not be nothing: the denominator, and every divisor that is not a multiple of one named before."""
        found: list[Affine] = []
        for form in (self.below, *self.divisors):
            if not any(_multiples(form, other) for other in found):
                found.append(form)
        return found


def ratio(term: Term, numbers: Mapping[str, Fraction]) -> Ratio | None:
    """A term as a ratio of sums over the facts that have no number; None where it is none."""
    match term:
        case Constant(value):
            return Ratio(Affine({}, value), _UNIT)
        case FactTerm(fact):
            known = numbers.get(fact)
            return Ratio(Affine({fact: ONE}) if known is None else Affine({}, known), _UNIT)
        case Combine(operator, left, right):
            first, second = ratio(left, numbers), ratio(right, numbers)
            return None if first is None or second is None else _combine(operator, first, second)


def _combine(operator: Operator, left: Ratio, right: Ratio) -> Ratio | None:
    divisors = left.divisors + right.divisors
    match operator:
        case Operator.ADD | Operator.SUBTRACT:
            return _sum(left, right, ONE if operator is Operator.ADD else -ONE, divisors)
        case Operator.MULTIPLY:
            return _quotient(_times(left.above, right.above), _times(left.below, right.below), divisors)
        case Operator.DIVIDE:
            divisors += (right.above,)
            if left.below == right.below:
                return Ratio(left.above, right.above, divisors)
            return _quotient(_times(left.above, right.below), _times(left.below, right.above), divisors)


def _sum(left: Ratio, right: Ratio, sign: Fraction, divisors: tuple[Affine, ...]) -> Ratio | None:
    if left.below == right.below:
        return Ratio(left.above.plus(right.above, sign), left.below, divisors)
    first, second = _times(left.above, right.below), _times(right.above, left.below)
    if first is None or second is None:
        return None
    return _quotient(first.plus(second, sign), _times(left.below, right.below), divisors)


def _quotient(above: Affine | None, below: Affine | None, divisors: tuple[Affine, ...]) -> Ratio | None:
    return None if above is None or below is None else Ratio(above, below, divisors)


def _times(left: Affine, right: Affine) -> Affine | None:
    """A product that is still a sum: one side must be a number."""
    if not left.weights:
        return right.scaled(left.constant)
    return left.scaled(right.constant) if not right.weights else None


def _multiples(left: Affine, right: Affine) -> bool:
    """Whether one sum is the other times a number, so that they are nothing together."""
    if left.weights.keys() != right.weights.keys() or not left.weights:
        return not left.weights and not right.weights and bool(left.constant) == bool(right.constant)
    name = next(iter(left.weights))
    return left.scaled(right.weights[name]) == right.scaled(left.weights[name])


# ---------------------------------------------------------------------------------- lying in a region


def ways(
    where: Mapping[Term, Interval], undefined: Iterable[Term], numbers: Mapping[str, Fraction], space: Space
) -> Iterator[Demands] | None:
    """The ways for every term to lie in its interval, or to have no value; None where a term is not a ratio."""
    choices: list[list[Demands]] = []
    for term, interval in where.items():
        form = ratio(term, numbers)
        if form is None:
            return None
        choices.append(_open_to(space, _inside(form, interval)))
    for term in undefined:
        form = ratio(term, numbers)
        if form is None:
            return None
        choices.append(_open_to(space, map(nothing, form.divisors)))
    return (tuple(each for way in taken for each in way) for taken in product(*choices))


def _open_to(space: Space, found: Iterable[Demands]) -> list[Demands]:
    return [way for way in found if not any(space.excludes(demand) for demand in way)]


def _inside(form: Ratio, interval: Interval) -> Iterator[Demands]:
    """One way for each choice of signs that the denominator and the divisors may have."""
    nonzero = form.nonzero
    if any(not each.weights and not each.constant for each in nonzero):
        return
    for signs in product(*([ONE, -ONE] if each.weights else [ONE] for each in nonzero)):
        sign = signs[0] if form.below.weights or form.below.constant > 0 else -ONE
        above, below = form.above.scaled(sign), form.below.scaled(sign)
        apart = (AtLeastZero(each.scaled(s), True) for each, s in zip(nonzero, signs, strict=True) if each.weights)
        yield (*apart, *_between(above, below, interval))


def _between(above: Affine, below: Affine, interval: Interval) -> Iterator[AtLeastZero]:
    """A ratio whose denominator is above 0 lies in the interval."""
    if interval.low is not None:
        yield AtLeastZero(above.plus(below, -interval.low), not interval.low_in)
    if interval.high is not None:
        yield AtLeastZero(below.scaled(interval.high).plus(above, -ONE), not interval.high_in)
