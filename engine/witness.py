"""Is there a department whose facts lie in a piece? If so, such facts, as plain as they can be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product
from typing import NamedTuple

from engine.core import EVERYWHERE, Interval, Term, evaluate_term, term_facts
from engine.linear import ONE, ZERO, Space
from engine.pieces import Piece
from engine.possible import Label, Possible
from engine.ratio import Demands, Ratio, ratio, ways

Point = dict[str, Fraction]

# Where a term is not a ratio of sums, so many facts are tried out, of these plain values each.
MOST_TRIALS = 3_000
_EVERYDAY = 100
_PLAIN = tuple(map(Fraction, (1, 0, 2, 10, 100)))


class Witness(NamedTuple):
    """Facts that lie in a piece: levels, and amounts in base units."""

    labels: Mapping[str, Label]
    amounts: Mapping[str, Fraction]


class Looking:
    """Looks for facts that lie in pieces, among what facts may be."""

    def __init__(self, facts: Possible) -> None:
        self.facts = facts
        self.space = facts.space
        self._reaches: dict[Term, Interval | None] = {}

    def empty(self, piece: Piece) -> bool:
        """Whether it is certain that no facts lie in a piece."""
        if not piece.where and not piece.undefined:
            return False
        if len(piece.where) == 1 and not piece.undefined:
            ((term, interval),) = piece.where
            reach = self.reach(term)
            if reach is not None:
                return reach.meet(interval).empty
        found = ways(dict(piece.where), piece.undefined, {}, self.space)
        return found is not None and all(self.space.point(way) is None for way in found)

    def reach(self, term: Term) -> Interval | None:
        """Every value that a term may have, where that is a stretch that can be told at a glance."""
        if term not in self._reaches:
            form = ratio(term, {})
            self._reaches[term] = None if form is None else _reach(form, self.space)
        return self._reaches[term]

    def witness(self, piece: Piece, size: Fraction = ONE) -> Witness | None:
        """Facts that lie in a piece; what is measured is as round a number as can be had, in units of a size."""
        amounts = self._amounts(piece, size)
        if amounts is None:
            return None
        labels = {fact: next(each for each in self.facts.choices[fact] if each in some) for fact, some in piece.labels}
        return Witness(labels, amounts)

    def _amounts(self, piece: Piece, size: Fraction) -> Point | None:
        for tried in (*_rounder(piece, size), piece):
            found = ways(dict(tried.where), tried.undefined, {}, self.space)
            if found is None:
                return self._tried(piece)
            point = self._first_point(found)
            if point is not None:
                # Of a fact that cancels out any number will do.
                return self._plainer({**dict.fromkeys(_facts(piece), ONE), **point}, tried)
        return None

    def _plainer(self, point: Point, piece: Piece) -> Point:
        """The point with every amount ten times as large, and so on up to an everyday size, if that serves."""
        sizes = self.facts.sizes
        largest = max((abs(value) / sizes[name] for name, value in point.items() if name in sizes), default=ZERO)
        if not largest or largest >= _EVERYDAY:
            return point
        factor = 1
        while largest * factor < _EVERYDAY:
            factor *= 10
        larger = {name: value * factor for name, value in point.items()}
        return larger if self.space.fractional(larger) is None and _lies_in(piece, larger) else point

    def _first_point(self, found: Iterator[Demands]) -> Point | None:
        for way in found:
            point = self.space.point(way)
            if point is not None and self.space.fractional(point) is None:
                return point
        return None

    def _tried(self, piece: Piece) -> Point | None:
        """Facts found by trying, where what is looked at is not a ratio of sums."""
        names = _facts(piece)
        options = [self._options(name) for name in names]
        for values in islice(product(*options), MOST_TRIALS):
            point = dict(zip(names, values, strict=True))
            if _lies_in(piece, point):
                return point
        return None

    def _options(self, name: str) -> Sequence[Fraction]:
        options = [*_PLAIN, *(-each for each in _PLAIN if each)] if name in self.space.signed else list(_PLAIN)
        return [each for each in options if each or name not in self.space.positive]


def _reach(form: Ratio, space: Space) -> Interval | None:
    """The values of a ratio of sums without constants, over facts at least 0; None for any other."""
    above, below = form.above, form.below
    names = {*above.weights, *below.weights}
    if above.constant or names & space.signed or any(weight < 0 for weight in below.weights.values()):
        return None
    if any(each.weights != below.weights and each.weights for each in form.divisors):
        return None
    if not below.weights:
        # A sum by itself; counts do not lie just anywhere.
        if names & space.whole or not below.constant > 0 or not names:
            return None
        ends = [weight / below.constant for weight in above.weights.values()]
        strict = names <= space.positive
        low = Interval(low=ZERO, low_in=not strict) if min(ends) > 0 else EVERYWHERE
        return low if max(ends) > 0 else Interval(high=ZERO, high_in=not strict)
    if below.constant:
        return None
    ratios = {name: above.weights.get(name, ZERO) / weight for name, weight in below.weights.items()}
    beyond = [weight for name, weight in above.weights.items() if name not in ratios]
    least, most = min(ratios.values()), max(ratios.values())
    # An end is reached where every fact beside those that make it can be nothing.
    low_in, high_in = (all(ratios.get(name) == end for name in names & space.positive) for end in (least, most))
    low = Interval() if any(weight < 0 for weight in beyond) else Interval(low=least, low_in=low_in)
    return low if any(weight > 0 for weight in beyond) else low.meet(Interval(high=most, high_in=high_in))


def _facts(piece: Piece) -> list[str]:
    """Every fact whose amount a piece is about."""
    terms = [*(term for term, _ in piece.where), *piece.undefined]
    return list(dict.fromkeys(fact for term in terms for fact in term_facts(term)))


def _lies_in(piece: Piece, point: Point) -> bool:
    for term, interval in piece.where:
        value = evaluate_term(term, point)
        if value is None or not interval.holds(value):
            return False
    return all(evaluate_term(term, point) is None for term in piece.undefined)


def _rounder(piece: Piece, size: Fraction) -> Iterator[Piece]:
    """The piece narrowed to one round value of each term that it places."""
    where: list[tuple[Term, Interval]] = []
    for term, interval in piece.where:
        value = round_value(interval, size)
        where.append((term, Interval(value, True, value, True)))
    if where:
        yield replace(piece, where=tuple(where))
        if len(where) > 1:
            for index, pair in enumerate(where):
                narrowed = (*piece.where[:index], pair, *piece.where[index + 1 :])
                yield replace(piece, where=narrowed)


def round_value(interval: Interval, size: Fraction) -> Fraction:
    """A round number in an interval: near its middle, or a little beyond its one end, in units of a size."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return size
    if low is None or high is None:
        end = low if high is None else high
        assert end is not None
        return _beyond(end, size, upward=high is None)
    if low == high:
        return low
    middle = (low + high) / 2
    for places in range(-2, 12):
        step = size / Fraction(10) ** places
        near = Fraction((middle / step).numerator // (middle / step).denominator) * step
        for value in (near, near + step):
            if interval.holds(value) and value not in (low, high):
                return value
    return middle


def _beyond(end: Fraction, size: Fraction, upward: bool) -> Fraction:
    """The next whole number of units beyond an end."""
    count = end / size
    below = count.numerator // count.denominator
    if upward:
        return (below + 1) * size
    return (below if below != count else below - 1) * size
