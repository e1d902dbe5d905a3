"""The most or least that some parts can come to together, and facts that bring them there.

Parts that lack the *same* facts cannot each be taken at its best: what lifts one may lower the other.
A piece is chosen for each part in turn, always going on from the choice that can still come to most
(best first). A choice holds when its pieces have a point in common, which is a handful of linear
inequalities. The first whole choice that the search arrives at is therefore the best; and where it is
cut short, the most hopeful choice that is left is an end that no completion passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from typing import TypeVar

from engine.core import EVERYWHERE, Interval, Term, term_facts
from engine.linear import ZERO, Affine, AtLeastZero, Space, nothing
from engine.opening import Completion, Numbers, Opening, OpenPart
from engine.pieces import LabelSet, Piece
from engine.ratio import Demands, Ratio, ratio, ways

# Looking longer than this gives up exactness of a joint range, never its safety.
MOST_TRIALS = 1_000

Point = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range, and a completion that reaches it, if one was found."""

    points: Fraction
    completion: Completion | None = None

    def plus(self, other: End) -> End:
        """The end of two sums that vary on their own."""
        if self.completion is None or other.completion is None:
            return End(self.points + other.points)
        return End(self.points + other.points, {**self.completion, **other.completion})


def at_best(piece: Piece, sign: int) -> Fraction:
    """The most (sign 1) or least (-1) that a piece gives."""
    return piece.high if sign > 0 else piece.low


@dataclass(frozen=True, slots=True)
class _Option:
    """A piece, in one of the ways for the open facts to lie in it.

    `box` is what it asks of single facts, `where` of terms over several: both tell at a glance which
    options exclude one another. `demands` is what it takes beside the box to lie there.
    """

    piece: Piece
    box: Mapping[str, Interval] = field(default_factory=dict)
    where: Mapping[Term, Interval] = field(default_factory=dict)
    demands: Demands = ()
    measured: Ratio | None = None
    exact: bool = False


def _options(part: OpenPart, numbers: Numbers, space: Space) -> Iterator[_Option]:
    """Every way to lie in a piece of a part; where that cannot be told exactly, one that asks for nothing."""
    for piece in part.pieces:
        found = ways(dict(piece.where), piece.undefined, numbers, space)
        if found is None:
            yield _Option(piece)
            continue
        where = {term: interval for term, interval in piece.where if len(_unknown(term, numbers)) > 1}
        measured = None if piece.line is None or piece.measure is None else ratio(piece.measure, numbers)
        for way in found:
            box: dict[str, Interval] = {}
            for name, interval in filter(None, map(_of_one, way)):
                box[name] = box.get(name, EVERYWHERE).meet(interval)
            if not any(interval.empty for interval in box.values()):
                several = tuple(demand for demand in way if len(demand.sum.weights) > 1)
                yield _Option(piece, box, where, several, measured, piece.exact)


def _unknown(term: Term, numbers: Numbers) -> set[str]:
    return {fact for fact in term_facts(term) if fact not in numbers}


def _of_one(demand: AtLeastZero) -> tuple[str, Interval] | None:
    """What an inequality asks of the single unknown that it names."""
    if len(demand.sum.weights) != 1:
        return None
    ((name, weight),) = demand.sum.weights.items()
    end = -demand.sum.constant / weight
    return name, Interval(end, not demand.strict) if weight > 0 else Interval(high=end, high_in=not demand.strict)


def _demands(box: Mapping[str, Interval]) -> Iterator[AtLeastZero]:
    """A box as inequalities."""
    for name, interval in box.items():
        if interval.low is not None:
            yield AtLeastZero(Affine({name: Fraction(1)}, -interval.low), not interval.low_in)
        if interval.high is not None:
            yield AtLeastZero(Affine({name: Fraction(-1)}, interval.high), not interval.high_in)


@dataclass(frozen=True, slots=True)
class _World:
    """The numbers that are taken to be known, and the options of each part under them."""

    numbers: Numbers
    options: tuple[tuple[_Option, ...], ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """An option for each of the first parts: where together they put the facts, and what they come to at best."""

    world: _World
    points: Fraction = ZERO
    options: tuple[_Option, ...] = ()
    labels: Mapping[str, LabelSet] = field(default_factory=dict)
    box: Mapping[str, Interval] = field(default_factory=dict)
    where: Mapping[Term, Interval] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether the options are known to be had together wherever their demands are met."""
        return self.world.exact and all(option.exact for option in self.options)

    @property
    def demands(self) -> Demands:
        """What the options ask together."""
        return (*_demands(self.box), *(demand for option in self.options for demand in option.demands))

    def taking(self, option: _Option, points: Fraction) -> _Choice | None:
        """The choice with one option more; None where they plainly exclude one another."""
        labels, box, where = dict(self.labels), dict(self.box), dict(self.where)
        for fact, levels in option.piece.labels:
            labels[fact] = labels.get(fact, levels) & levels
            if not labels[fact]:
                return None
        if not (_narrow(box, option.box) and _narrow(where, option.where)):
            return None
        return _Choice(self.world, points, (*self.options, option), labels, box, where)


Key = TypeVar("Key")


def _narrow(held: dict[Key, Interval], more: Mapping[Key, Interval]) -> bool:
    """Narrow intervals by others; whether something is left in each."""
    for key, interval in more.items():
        held[key] = held.get(key, EVERYWHERE).meet(interval)
        if held[key].empty:
            return False
    return True


class Search:
    """The most (sign 1) or least (-1) that some parts give together: the most hopeful choice goes first."""

    def __init__(self, opening: Opening, parts: Sequence[OpenPart], sign: int, hopes: Sequence[Fraction]) -> None:
        self.opening = opening
        self.space = opening.space
        self.parts = parts
        self.sign = sign
        self.after = [sum(hopes[depth:], ZERO) for depth in range(len(parts) + 1)]
        self.serial = count()
        self.waiting: list[tuple[Fraction, int, int, _Choice | End]] = []

    def best(self) -> End | None:
        """The end, with a completion if one reaches it; None where no completion gives a score."""
        for numbers, exact in self.opening.worlds(self.parts):
            options = tuple(tuple(_options(part, numbers, self.space)) for part in self.parts)
            self._wait(self.after[0], _Choice(_World(numbers, options, exact)))
        unreached: End | None = None
        for _ in range(MOST_TRIALS):
            if not self.waiting:
                return unreached
            hope, first = self._next()
            if unreached is not None and hope != unreached.points:
                return unreached
            if isinstance(first, _Choice):
                self._go_on(first, hope)
            elif first.completion is not None:
                return first
            else:
                unreached = unreached or first
        # Nothing that is left can pass the most hopeful choice.
        return unreached or (End(self._next()[0]) if self.waiting else None)

    def _wait(self, hope: Fraction, choice: _Choice | End) -> None:
        """Keep a choice for its turn; of equal hopes the one that is furthest comes first."""
        depth = len(choice.options) if isinstance(choice, _Choice) else len(self.parts) + 1
        heappush(self.waiting, (-hope * self.sign, -depth, next(self.serial), choice))

    def _next(self) -> tuple[Fraction, _Choice | End]:
        cost, _, _, choice = heappop(self.waiting)
        return -cost * self.sign, choice

    def _go_on(self, choice: _Choice, hope: Fraction) -> None:
        """Choose an option for the next part, where what was chosen so far can be had together."""
        point = self.space.point(choice.demands)
        if point is None:
            return
        depth = len(choice.options)
        if depth == len(self.parts):
            self._finish(choice, point)
            return
        for option in choice.world.options[depth]:
            points = choice.points + at_best(option.piece, self.sign)
            longer = choice.taking(option, points)
            if longer is not None:
                # What is chosen narrows what can still be hoped for, and never widens it.
                self._wait(min(hope, points + self.after[depth + 1], key=self._worth), longer)

    def _worth(self, points: Fraction) -> Fraction:
        return points * self.sign

    def _finish(self, choice: _Choice, point: Point) -> None:
        points: Fraction = choice.points
        reaching: Point | None = point
        if choice.exact and any(option.measured for option in choice.options):
            points, reaching = self._along(choice, point)
        self._wait(points, End(points, self._completion(choice, reaching) if choice.exact else None))

    def _along(self, choice: _Choice, point: Point) -> tuple[Fraction, Point | None]:
        """How far sloping pieces go together; exact where what is measured has one denominator."""
        points, demands = choice.points, list(choice.demands)
        for above, below in self._goals(choice, point):
            most = self.space.greatest(above, below, choice.demands)
            assert most is not None, "the point that was found meets the demands"
            points += self.sign * most
            demands.extend(nothing(above.plus(below, -most)))
        for option in choice.options:
            if option.piece.line is not None:
                points += option.piece.line.start - at_best(option.piece, self.sign)
        return points, self.space.point(demands)

    def _goals(self, choice: _Choice, point: Point) -> list[tuple[Affine, Affine]]:
        """The ratios to be made great: points along the slopes, added up where the denominator is the same."""
        goals: list[tuple[Affine, Affine]] = []
        for option in choice.options:
            line, form = option.piece.line, option.measured
            if line is None or form is None:
                continue
            scale = Fraction(1) if form.below.weights else 1 / abs(form.below.constant)
            upright = scale if form.below.at(point) > 0 else -scale
            above, below = form.above.scaled(upright * line.slope * self.sign), form.below.scaled(upright)
            same = next((index for index, goal in enumerate(goals) if goal[1] == below), None)
            if same is None:
                goals.append((above, below))
            else:
                goals[same] = goals[same][0].plus(above), below
        return goals

    def _completion(self, choice: _Choice, point: Point | None) -> Completion | None:
        """The point with everything that the end does not depend on; None where half a thing is counted."""
        if point is None or self.space.fractional(point) is not None:
            return None
        found: Completion = {**point}
        for fact in dict.fromkeys(fact for part in self.parts for fact in part.lacking):
            if fact in self.opening.choices:
                allowed = choice.labels.get(fact)
                found[fact] = next(each for each in self.opening.choices[fact] if allowed is None or each in allowed)
            elif fact not in found:
                found[fact] = choice.world.numbers.get(fact, Fraction(1))
        return found
