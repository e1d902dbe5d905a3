"""A part of an indicator cut into pieces: where the facts lie, and what that place earns.

The bounds for missing facts, the least change that wins points back and the band that a claim would
need all read these pieces. A piece says which levels it takes, in which interval each term lies, and
which points it gives: a number, or a line over the measured value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from engine.core import EVERYWHERE, Case, FactTerm, Function, Holds, Interval, Lies, Part, Term
from engine.rules import Reading, Side

Labels = Mapping[str, "str | bool | None"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Levels taken, an interval for each term, and the points between which the piece gives its points."""

    labels: tuple[tuple[str, str | bool | None], ...]
    where: tuple[tuple[Term, Interval], ...]
    low: Fraction
    high: Fraction
    case: Case | None

    @property
    def flat(self) -> bool:
        """Whether the whole piece gives the same points."""
        return self.low == self.high

    def interval(self, term: Term | None) -> Interval:
        """Where the piece has that term."""
        return next((interval for each, interval in self.where if each == term), EVERYWHERE)


def pieces(part: Part, choices: Mapping[str, tuple[str | bool | None, ...]], known: Labels) -> Iterator[Piece]:
    """Every piece of a part, for every choice of the levels that are not known.

    `choices` gives the levels that an unknown fact may take, `known` the levels of the others; a
    level of None stands for a fact that does not apply.
    """
    asked = [fact for fact in _label_facts(part) if fact in choices]
    for taken in product(*(choices[fact] for fact in asked)):
        labels = {**known, **dict(zip(asked, taken, strict=True))}
        chosen = tuple(zip(asked, taken, strict=True))
        for piece in _under(part, labels):
            yield replace(piece, labels=chosen)


def _label_facts(part: Part) -> tuple[str, ...]:
    found = dict.fromkeys(guard.fact for case in part.cases for guard in case.guards if isinstance(guard, Holds))
    return tuple(found)


Region = dict[Term, Interval]

# Stands for the measured value of a part that measures nothing.
_NOTHING: Term = FactTerm("")


def _under(part: Part, labels: Labels) -> Iterator[Piece]:
    """The pieces of a part when its levels are fixed: each case takes its region from what is left."""
    measure = part.measure or _NOTHING
    left: list[Region] = [{}]
    for case in part.cases:
        if any(isinstance(guard, Holds) and labels.get(guard.fact) != guard.value for guard in case.guards):
            continue
        guards = [(guard.term or measure, guard.interval) for guard in case.guards if isinstance(guard, Lies)]
        taken: list[Region] = []
        rest: list[Region] = []
        for region in left:
            _divide(region, guards, taken, rest)
        left = rest
        for region in taken:
            yield from _graded(case, region, measure)


def _divide(region: Region, guards: list[tuple[Term, Interval]], taken: list[Region], rest: list[Region]) -> None:
    """Split a region into what meets every guard and, disjointly, what fails one of them."""
    inside = dict(region)
    for term, interval in guards:
        here = inside.get(term, EVERYWHERE)
        rest.extend({**inside, term: outside} for outside in here.without(interval))
        meeting = here.meet(interval)
        if meeting.empty:
            return
        inside[term] = meeting
    taken.append(inside)


def _graded(case: Case, region: Region, measure: Term) -> Iterator[Piece]:
    function = case.function
    if function.flat:
        yield Piece((), tuple(region.items()), function.base, function.base, case)
        return
    here = region.get(measure, EVERYWHERE)
    for stretch, low, high in _stretches(function):
        meeting = here.meet(stretch)
        if not meeting.empty:
            where = {**region, measure: meeting}
            yield Piece((), tuple(where.items()), low, high, case)


Stretch = tuple[Interval, Fraction, Fraction]


def _stretches(function: Function) -> Iterator[Stretch]:
    """The number line cut where the points change: (interval, least points, most points)."""
    match function.side:
        case Side.ABOVE:
            yield from _one_way(function, 1)
        case Side.BELOW:
            yield from _one_way(function, -1)
        case Side.EITHER:
            for stretch, low, high in _one_way(function, 1):
                yield _beyond(stretch, Interval(low=function.reference, low_in=True)), low, high
            for stretch, low, high in _one_way(function, -1):
                yield _beyond(stretch, Interval(high=function.reference)), low, high


def _beyond(stretch: Interval, half: Interval) -> Interval:
    return stretch.meet(half)


def _one_way(function: Function, sign: int) -> Iterator[Stretch]:
    """The stretches by the distance from the reference, growing to one side."""
    floor, ceiling, base, amount = function.floor, function.ceiling, function.base, function.amount
    if function.reading is Reading.PROPORTIONAL:
        yield from _line(function, sign)
        return
    # Beyond the last step the points stay where they are held.
    last = -(-abs((ceiling if amount > 0 else floor) - base) // abs(amount))
    clamp = max(floor, min(ceiling, base))
    yield _stretch(function, sign, None, 1 if function.reading is Reading.WHOLE else 0), clamp, clamp
    for count in range(1, int(last) + 1):
        points = max(floor, min(ceiling, base + amount * count))
        start = count if function.reading is Reading.WHOLE else count - 1
        yield _stretch(function, sign, start, None if count == last else start + 1), points, points


def _stretch(function: Function, sign: int, start: int | None, end: int | None) -> Interval:
    """From so many steps away to so many; whole steps hold their start, started steps their end."""
    whole = function.reading is Reading.WHOLE
    near = None if start is None else function.reference + sign * start * function.size
    far = None if end is None else function.reference + sign * end * function.size
    if sign > 0:
        return Interval(near, whole, far, not whole)
    return Interval(far, not whole, near, whole)


def _line(function: Function, sign: int) -> Iterator[Stretch]:
    """A straight line held between floor and ceiling: flat, sloping, flat."""
    floor, ceiling, slope = function.floor, function.ceiling, sign * function.amount / function.size

    def where(points: Fraction) -> Fraction:
        return function.reference + (points - function.base) / slope

    low_end, high_end = sorted((where(floor), where(ceiling)))
    left, right = (floor, ceiling) if slope > 0 else (ceiling, floor)
    yield Interval(high=low_end, high_in=True), left, left
    yield Interval(low_end, False, high_end, False), floor, ceiling
    yield Interval(low=high_end, low_in=True), right, right
