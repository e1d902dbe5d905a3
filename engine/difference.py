"""Two readings of one criterion: do they give the same points everywhere, and if not, where do they differ?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from engine.core import Interval, Plan, Term
from engine.evaluate import Known, outcomes
from engine.facts import Fact, Facts, Present
from engine.linear import ONE
from engine.pieces import Piece, TooManyRegionsError, pieces_and_gaps
from engine.possible import Possible
from engine.rules import FactDeclaration
from engine.scores import points_of
from engine.unit import Quantity, Unit
from engine.witness import Looking, Witness

# Pairs of pieces beyond these are not looked at one by one.
MOST_PAIRS = 4_000


class Difference(NamedTuple):
    """Facts for which two plans give different points; none where a plan gives no score."""

    witness: Witness
    first: Fraction | None
    second: Fraction | None


def same(one: Plan, other: Plan) -> bool:
    """Whether two plans are put together in the same way from the same cases."""
    return _shape(one) == _shape(other)


def _shape(plan: Plan) -> object:
    parts = tuple(tuple((*case[:2], case.measure) for case in part.cases) for part in plan.parts)
    return parts, plan.combination, plan.held, plan.after


def difference(
    one: Plan, other: Plan, facts: Possible, declared: dict[str, FactDeclaration], size: Fraction = ONE
) -> Difference | None:
    """Facts for which the two plans differ, as plain as they can be had; None where none were found."""
    looking = Looking(facts)
    try:
        together = list(_together(one, other, facts))
    except TooManyRegionsError:
        return None
    for piece in together:
        found = looking.witness(piece, size)
        if found is None:
            continue
        found = _completed(found, (*one.needs, *other.needs), facts)
        known = Known(Facts("", None, dict(_facts(found, declared))))
        points = [points_of(plan, outcomes(plan, known)) for plan in (one, other)]
        if points[0] != points[1]:
            return Difference(found, points[0], points[1])
    return None


def _completed(found: Witness, needs: Iterable[str], facts: Possible) -> Witness:
    """Some value for every other fact that the plans ask for: points may hang on all of them together."""
    labels, amounts = dict(found.labels), dict(found.amounts)
    for key in needs:
        if key in facts.choices:
            labels.setdefault(key, facts.choices[key][0])
        elif key in facts.sizes:
            amounts.setdefault(key, facts.sizes[key])
    return Witness(labels, amounts)


def _facts(found: Witness, declared: dict[str, FactDeclaration]) -> Iterator[tuple[str, Fact]]:
    for key, label in found.labels.items():
        yield key, Present(label)
    for key, amount in found.amounts.items():
        kind = declared[key].kind if key in declared else None
        unit: Unit | None = getattr(kind, "unit", None)
        if unit is not None:
            yield key, Present(Quantity(amount / unit.size, unit))


def _together(one: Plan, other: Plan, facts: Possible) -> Iterator[Piece]:
    """Where a piece of the one and a piece of the other lie together; edges before what lies between them."""
    first, second = (list(_everywhere(plan, facts)) for plan in (one, other))
    if len(first) * len(second) > MOST_PAIRS:
        return
    for left in first:
        for right in second:
            both = _meeting(left, right)
            if both is not None:
                yield both


def _everywhere(plan: Plan, facts: Possible) -> Iterator[Piece]:
    """The pieces of a plan, and those for which it gives no points."""
    for part in plan.parts:
        found, gaps = pieces_and_gaps(part, facts.choices)
        yield from found
        yield from (piece for piece in gaps if not piece.undefined)


def _meeting(left: Piece, right: Piece) -> Piece | None:
    labels = dict(left.labels)
    for fact, levels in right.labels:
        labels[fact] = labels.get(fact, levels) & levels
        if not labels[fact]:
            return None
    where: dict[Term, Interval] = dict(left.where)
    for term, interval in right.where:
        where[term] = where[term].meet(interval) if term in where else interval
        if where[term].empty:
            return None
    return Piece(tuple(labels.items()), tuple(where.items()), left.low, left.high, left.case)
