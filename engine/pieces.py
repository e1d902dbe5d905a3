"""A part of an indicator cut into pieces: where the facts lie, and what that place earns.

The bounds for missing facts, the least change that wins points back and the band that a claim would
need all read these pieces. A piece says which levels the open facts may have, in which interval each
term lies (or that it has no value), and which points that gives: a number, or a line over the
measured value. Pieces do not overlap; where the rule gives no score there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from engine.core import (
    EVERYWHERE,
    Case,
    Combine,
    Constant,
    FactTerm,
    Function,
    Guard,
    Holds,
    Interval,
    Lies,
    Part,
    Quantum,
    Term,
)
from engine.possible import Label
from engine.rules import Operator, Reading, Side

LabelSet = frozenset[Label]


@dataclass(frozen=True, slots=True)
class Line:
    """Points as a straight line over the measured value: slope × value + start."""

    slope: Fraction
    start: Fraction

    def at(self, value: Fraction) -> Fraction:
        """The points at a measured value."""
        return self.slope * value + self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """Levels allowed, an interval for each term, and the points: from `low` to `high`, along a line if they differ.

    Where points are rounded in more places than are worth telling apart the piece is not `exact`: they lie somewhere
    between the two.
    """

    labels: tuple[tuple[str, LabelSet], ...]
    where: tuple[tuple[Term, Interval], ...]
    low: Fraction
    high: Fraction
    case: Case | None
    undefined: tuple[Term, ...] = ()
    line: Line | None = None
    exact: bool = True

    @property
    def flat(self) -> bool:
        """Whether the whole piece gives the same points."""
        return self.line is None and self.exact

    @property
    def measure(self) -> Term | None:
        """What its points are measured by."""
        return None if self.case is None else self.case.measure

    def interval(self, term: Term | None) -> Interval:
        """Where the piece has that term."""
        return next((interval for each, interval in self.where if each == term), EVERYWHERE)


# Stands for the measured value of a part that measures nothing.
_NOTHING: Term = FactTerm("")


def pieces(part: Part, choices: Mapping[str, tuple[Label, ...]], known: Mapping[str, str | bool]) -> Iterator[Piece]:
    """Every piece of a part: each case takes what it covers of what the cases before it have left.

    `choices` gives the levels that an open fact may take, `known` the levels of the others; a fact
    in neither does not apply, and has no level.
    """
    for case, inside, _ in _taken(part, choices, known):
        if case is not None:
            for each in inside:
                yield from _graded(case, each)


def pieces_and_gaps(part: Part, choices: Mapping[str, tuple[Label, ...]]) -> tuple[list[Piece], list[Piece]]:
    """Every piece of a part, and where it gives no points: what every case leaves over, or where one cannot be judged.

    A gap of the second kind has terms that are `undefined`, as they divide by nothing there.
    """
    found: list[Piece] = []
    gaps: list[Piece] = []
    for case, inside, blocked in _taken(part, choices, {}, MOST_REGIONS):
        gaps.extend(map(_without_points, blocked))
        if case is None:
            continue
        if not case.function.flat:
            gaps.extend(_undefined_points(case.measure or _NOTHING, inside))
        for each in inside:
            found.extend(_graded(case, each))
    return found, gaps


def _taken(
    part: Part,
    choices: Mapping[str, tuple[Label, ...]],
    known: Mapping[str, str | bool],
    most: int | None = None,
) -> Iterator[tuple[Case | None, list[_Region], list[_Region]]]:
    """What each case takes of what those before it have left, and where it cannot be judged; last, what is left over.

    More regions than `most` raise TooManyRegionsError.
    """
    levels: dict[str, LabelSet] = {fact: frozenset(open_to) for fact, open_to in choices.items()}
    left = [_Region()]
    for case in part.cases:
        rest: list[_Region] = []
        for region in left:
            inside, blocked, outside = _divide(region, case.guards, case.measure or _NOTHING, levels, known)
            rest.extend(outside)
            yield case, inside, blocked
        left = rest
        if most is not None and len(left) > most:
            raise TooManyRegionsError
    yield None, [], left


def _undefined_points(measure: Term, regions: Iterable[_Region]) -> Iterator[Piece]:
    """Where a case holds, and what its points are measured by has no value."""
    for region in regions:
        if measure in region.undefined:
            yield _without_points(region)
        elif measure not in region.where and _divides(measure):
            yield _without_points(replace(region, undefined=(*region.undefined, measure)))


def _without_points(region: _Region) -> Piece:
    places = tuple(region.labels.items()), tuple(region.where.items())
    return Piece(*places, Fraction(0), Fraction(0), None, region.undefined)


# What comes apart into more regions than these is not looked at for what it leaves over.
MOST_REGIONS = 1_000


class TooManyRegionsError(ValueError):
    """A part comes apart into more regions than are worth looking at."""


@dataclass(frozen=True, slots=True)
class _Region:
    """Where the facts lie, as far as the guards looked at so far have told."""

    labels: Mapping[str, LabelSet] = field(default_factory=dict)
    where: Mapping[Term, Interval] = field(default_factory=dict)
    undefined: tuple[Term, ...] = ()
    blocked: bool = False  # a guard could not be judged: no score, unless another guard fails

    def place(self, term: Term, interval: Interval) -> _Region:
        return _Region(self.labels, {**self.where, term: interval}, self.undefined, self.blocked)

    def allow(self, fact: str, levels: LabelSet) -> _Region:
        return _Region({**self.labels, fact: levels}, self.where, self.undefined, self.blocked)


def _divide(
    region: _Region,
    guards: tuple[Guard, ...],
    measure: Term,
    levels: Mapping[str, LabelSet],
    known: Mapping[str, str | bool],
) -> tuple[list[_Region], list[_Region], list[_Region]]:
    """What of a region meets every guard, where that cannot be judged, and, disjointly, what fails one of them."""
    inside, outside = [region], []
    for guard in guards:
        meeting: list[_Region] = []
        for each in inside:
            if isinstance(guard, Lies):
                met, failed = _by_place(each, guard.term or measure, guard.interval)
            else:
                met, failed = _by_level(each, guard, levels, known)
            meeting.extend(met)
            outside.extend(failed)
        inside = meeting
    open_ones = [each for each in inside if not each.blocked]
    blocked = [each for each in inside if each.blocked]
    return open_ones, blocked, [replace(each, blocked=False) if each.blocked else each for each in outside]


def _by_level(
    region: _Region, guard: Holds, levels: Mapping[str, LabelSet], known: Mapping[str, str | bool]
) -> tuple[list[_Region], list[_Region]]:
    if guard.fact not in levels:
        return ([region], []) if known.get(guard.fact) == guard.value else ([], [region])
    here = region.labels.get(guard.fact, levels[guard.fact])
    met, failed = here & {guard.value}, here - {guard.value}
    return (
        [region.allow(guard.fact, met)] if met else [],
        [region.allow(guard.fact, failed)] if failed else [],
    )


def _by_place(region: _Region, term: Term, interval: Interval) -> tuple[list[_Region], list[_Region]]:
    if term in region.undefined:
        return [replace(region, blocked=True)], []
    here = region.where.get(term, EVERYWHERE)
    met, meeting = [], here.meet(interval)
    if not meeting.empty:
        met.append(region.place(term, meeting))
    if term not in region.where and _divides(term):
        met.append(replace(region, undefined=(*region.undefined, term), blocked=True))
    return met, [region.place(term, outside) for outside in here.without(interval)]


def _divides(term: Term) -> bool:
    """Whether a term divides by something that may be nothing."""
    match term:
        case Combine(Operator.DIVIDE, left, Constant(value)) if value:
            return _divides(left)
        case Combine(Operator.DIVIDE):
            return True
        case Combine(_, left, right):
            return _divides(left) or _divides(right)
        case _:
            return False


# ------------------------------------------------------------------------------------- points on a region


def _graded(case: Case, region: _Region) -> Iterator[Piece]:
    """A region cut where the points of its case change."""
    function, labels, measure = case.function, tuple(region.labels.items()), case.measure or _NOTHING
    if function.flat:
        yield Piece(labels, tuple(region.where.items()), function.base, function.base, case, region.undefined)
        return
    if measure in region.undefined:
        return
    here = region.where.get(measure, EVERYWHERE)
    for stretch in stretches(function):
        meeting = here.meet(stretch.interval)
        if not meeting.empty:
            where = {**region.where, measure: meeting}
            places = labels, tuple(where.items())
            yield Piece(*places, stretch.low, stretch.high, case, region.undefined, stretch.line, stretch.exact)


class Stretch(NamedTuple):
    """An interval, the least and most points in it, and the line that they follow where they differ."""

    interval: Interval
    low: Fraction
    high: Fraction
    line: Line | None = None
    exact: bool = True


# A slope whose rounded points take more values than these is kept in one piece.
MOST_QUANTA = 200


def stretches(function: Function) -> Iterator[Stretch]:
    """The number line cut where the points change."""
    for stretch in _on_rounded(function):
        for each in _rounded_points(function, stretch):
            if function.before is None:
                yield each
            else:
                before = each._replace(interval=function.before.before(each.interval))
                if not before.interval.empty:
                    yield before


def _on_rounded(function: Function) -> Iterator[Stretch]:
    """The stretches over the measured value as it is rounded; a rounded slope is a staircase."""
    for stretch in _plain_stretches(function):
        if function.before is None or stretch.line is None:
            yield stretch
        else:
            yield from _treads(function.before, stretch)


def _treads(quantum: Quantum, slope: Stretch) -> Iterator[Stretch]:
    """The steps of a slope over values that are multiples of a size."""
    low, high = slope.interval.low, slope.interval.high
    assert low is not None, "a slope lies between the floor and the ceiling"
    assert high is not None
    assert slope.line is not None
    first, last = _inner(low / quantum.size, high / quantum.size)
    if last - first >= MOST_QUANTA:
        yield slope._replace(line=None, exact=False)
        return
    for count in range(first, last + 1):
        value = quantum.size * count
        points = slope.line.at(value)
        yield Stretch(Interval(value, True, value, True), points, points)


def _inner(low: Fraction, high: Fraction) -> tuple[int, int]:
    """The first and the last whole number strictly between two."""
    return low.numerator // low.denominator + 1, -(-high.numerator // high.denominator) - 1


def _rounded_points(function: Function, stretch: Stretch) -> Iterator[Stretch]:
    """A stretch whose points are rounded; on a slope, one for each rounded number of points."""
    if function.after is None:
        yield stretch
        return
    low, high = function.held(stretch.low), function.held(stretch.high)
    if stretch.line is None:
        yield stretch._replace(low=low, high=high)
        return
    quantum, line = function.after, stretch.line
    count = (high - low) / quantum.size
    if count > MOST_QUANTA:
        yield stretch._replace(low=low, high=high, line=None, exact=False)
        return
    points = sorted({low, high, *(quantum.round(low + quantum.size * each) for each in range(int(count) + 2))})
    for each in points:
        if low <= each <= high:
            top = each == function.most
            wanted = quantum.before(Interval(each, True, None if top else each, not top))
            where = _where(line, wanted).meet(stretch.interval)
            if not where.empty:
                yield Stretch(where, each, each)


def _where(line: Line, points: Interval) -> Interval:
    """Where a line comes to points that lie in an interval."""
    low = None if points.low is None else (points.low - line.start) / line.slope
    high = None if points.high is None else (points.high - line.start) / line.slope
    if line.slope > 0:
        return Interval(low, points.low_in, high, points.high_in)
    return Interval(high, points.high_in, low, points.low_in)


def _plain_stretches(function: Function) -> Iterator[Stretch]:
    """The number line cut where the points change, before anything is rounded."""
    match function.side:
        case Side.ABOVE:
            yield from _one_way(function, 1)
        case Side.BELOW:
            yield from _one_way(function, -1)
        case Side.EITHER:
            for sign, half in ((1, Interval(function.reference, True)), (-1, Interval(high=function.reference))):
                for stretch in _one_way(function, sign):
                    yield stretch._replace(interval=stretch.interval.meet(half))


def _one_way(function: Function, sign: int) -> Iterator[Stretch]:
    """The stretches by the distance from the reference, growing to one side."""
    if function.reading is Reading.PROPORTIONAL:
        yield from _slope(function, sign)
    else:
        yield from _stairs(function, sign)


def _stairs(function: Function, sign: int) -> Iterator[Stretch]:
    """Step by step; beyond the last step the points stay where they are held."""
    last = _last_step(function)
    first = 1 if function.reading is Reading.WHOLE else 0
    for count in range(last + 1):
        points = _held(function, function.base + function.amount * count)
        start = None if count == 0 else count + first - 1
        end = None if count == last else count + first
        yield Stretch(_stretch(function, sign, start, end), points, points)


def _last_step(function: Function) -> int:
    """The number of steps after which the points change no more."""
    end = function.ceiling if function.amount > 0 else function.floor
    share = (end - function.base) / function.amount
    return max(0, -(-share.numerator // share.denominator))


def _held(function: Function, points: Fraction) -> Fraction:
    return min(function.ceiling, max(function.floor, points))


def _stretch(function: Function, sign: int, start: int | None, end: int | None) -> Interval:
    """From so many steps away to so many; whole steps hold their start, started steps their end."""
    whole = function.reading is Reading.WHOLE
    near = None if start is None else function.reference + sign * start * function.size
    far = None if end is None else function.reference + sign * end * function.size
    if sign > 0:
        return Interval(near, whole, far, not whole)
    return Interval(far, not whole, near, whole)


def _slope(function: Function, sign: int) -> Iterator[Stretch]:
    """A straight line held between floor and ceiling: flat, sloping, flat."""
    floor, ceiling, slope = function.floor, function.ceiling, sign * function.amount / function.size
    line = Line(slope, function.base - slope * function.reference)
    first, last = (floor, ceiling) if slope > 0 else (ceiling, floor)
    low, high = (first - line.start) / slope, (last - line.start) / slope
    yield Stretch(Interval(high=low, high_in=True), first, first)
    yield Stretch(Interval(low, False, high, False), floor, ceiling, line)
    yield Stretch(Interval(low=high, low_in=low < high), last, last)


def edges(part: Part) -> Iterator[tuple[Term, list[Fraction]]]:
    """For every term that a part looks at, the values at which the points may change."""
    for case in part.cases:
        for guard in case.guards:
            if isinstance(guard, Lies):
                yield guard.term or case.measure or _NOTHING, interval_ends(guard.interval)
        if not case.function.flat and case.measure is not None:
            yield case.measure, [end for stretch in stretches(case.function) for end in interval_ends(stretch.interval)]


def interval_ends(interval: Interval) -> list[Fraction]:
    """The ends that an interval has."""
    return [end for end in (interval.low, interval.high) if end is not None]
