"""An indicator with one fact tried at other values: every place where its points may change, exactly.

For one amount, all else as it is, the points can change at a few values only: where a term meets an edge,
where something is divided by nothing, and where parts that are put together overtake one another or are held.
Between two such *breaks* lies a gap, in which the points are the same everywhere or slope. Going outward from
the present value, gaps and breaks come in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor
from typing import NamedTuple

from engine.core import Interval, Part, term_facts
from engine.evaluate import Known, given_outside, outcomes
from engine.linear import ZERO, Affine
from engine.pieces import MOST_QUANTA, edges
from engine.ratio import ratio
from engine.rules import Amount, Band, Chosen, Combination, FactDeclaration, Levels, Reading, Truth
from engine.scores import IndicatorScore, Outcome, points_of
from engine.unit import WHOLE

# A value beyond a threshold is named with no more decimals than these; where that is too coarse, halfway.
MOST_DECIMALS = 12


class Place(NamedTuple):
    """Where a fact is tried: a break, or a gap that begins a hair beyond its threshold; in base units.

    `points` are None where the rule gives none there, or where they slope. `tried` is a plain value that lies in
    the place: the threshold itself, where it is `reached`.
    """

    threshold: Fraction
    reached: bool
    points: Fraction | None
    tried: Fraction
    sloping: bool = False


class _Curve(NamedTuple):
    """The points of a part in a gap, as a ratio of two lines over the fact: (a·x + b) ÷ (c·x + d)."""

    a: Fraction
    b: Fraction
    c: Fraction
    d: Fraction

    def meets(self, level: Fraction) -> Fraction | None:
        """Where it comes to a level."""
        a, b = self.a - level * self.c, self.b - level * self.d
        return -b / a if a else None

    def at(self, x: Fraction) -> Fraction:
        return (self.a * x + self.b) / (self.c * x + self.d)


def slopes(part: Part) -> bool:
    """Whether points of a part grow or shrink with every bit somewhere."""
    proportional = Reading.PROPORTIONAL
    return any(not each.function.flat and each.function.reading is proportional for each in part.cases)


def known_of(score: IndicatorScore) -> Known:
    """What is known of the facts that an indicator reads."""
    given = score.facts.facts
    return Known(replace(score.facts, facts={key: given[key] for key in score.plan.needs if key in given}))


class Trial:
    """One fact of a settled indicator, tried at other values while all else stays as it is.

    `known` may hold other values than the department's for the other facts: what is tried is tried beside those.
    """

    def __init__(self, score: IndicatorScore, declared: FactDeclaration, known: Known | None = None) -> None:
        self.score = score
        self.fact = declared.key
        self.declared = declared
        self.known = known_of(score) if known is None else known
        clauses = score.indicator.clauses
        # Where no function slopes, all of a gap earns the same.
        self._flat = score.plan.added and not any(map(slopes, score.plan.parts))
        self._chosen = any(isinstance(each, Band) and isinstance(each.award, Chosen) for each in clauses)

    # ----------------------------------------------------------------------------------------- values

    @property
    def now(self) -> Fraction | None:
        """The present amount, in base units."""
        return self.known.numbers.get(self.fact)

    @property
    def whole(self) -> bool:
        """Whether the fact counts whole things."""
        kind = self.declared.kind
        return isinstance(kind, Amount) and kind.unit.code in WHOLE

    def options(self) -> Iterator[tuple[str | bool, Fraction | None]]:
        """Every level that the fact may have, with what it earns."""
        kind, before = self.declared.kind, self.known.labels.get(self.fact)
        levels: tuple[str | bool, ...] = ()
        match kind:
            case Levels(names):
                levels = tuple(level.key for level in names)
            case Truth():
                levels = (True, False)
        for level in levels:
            self.known.labels[self.fact] = level
            yield level, self.earned()
        if before is None:
            self.known.labels.pop(self.fact, None)
        else:
            self.known.labels[self.fact] = before

    def earns(self, value: Fraction) -> Fraction | None:
        """The points at an amount."""
        before = self.known.numbers[self.fact]
        self.known.numbers[self.fact] = value
        points = self.earned()
        self.known.numbers[self.fact] = before
        return points

    def earned(self) -> Fraction | None:
        """The points as things stand; none where those that an evaluator has given would lie outside their range."""
        if self._chosen and any(given_outside(self.score.plan, self.known)):
            return None
        return points_of(self.score.plan, outcomes(self.score.plan, self.known))

    def allowed(self, value: Fraction) -> bool:
        """Whether the declaration lets the fact have this value."""
        if (value < 0 and not self.declared.signed) or (value == 0 and self.declared.positive):
            return False
        return not self.whole or value.denominator == 1

    # ----------------------------------------------------------------------------------------- places

    def outward(self, way: int) -> Iterator[Place]:
        """Gaps and breaks in turn, upward (1) or downward (-1) from the present value."""
        now = self.now
        if now is None:
            return
        ahead = [each for each in self._breaks() if (each - now) * way > 0]
        yield from self._places([now, *(ahead if way > 0 else reversed(ahead))], way)

    def _breaks(self) -> list[Fraction]:
        """Every value of the fact at which the points may change, least first."""
        numbers = {key: value for key, value in self.known.numbers.items() if key != self.fact}
        found = set() if self.declared.signed else {ZERO}
        plan = self.score.plan
        for part in (Part(ZERO, plan.first), *plan.parts):
            for term, ends in edges(part):
                if self.fact not in term_facts(term):
                    continue
                form = ratio(term, numbers)
                if form is None:
                    return []
                lines = [*form.divisors, *(form.above.plus(form.below, -end) for end in ends)]
                found.update(self._root(line) for line in lines if self.fact in line.weights)
        return sorted(each for each in found if each >= 0 or self.declared.signed)

    def _root(self, line: Affine) -> Fraction:
        return -line.constant / line.weights[self.fact]

    def _places(self, breaks: list[Fraction], way: int) -> Iterator[Place]:
        for start, end in pairwise([*breaks, None]):
            assert start is not None
            if end is not None or way > 0 or self.declared.signed:
                yield from self._between(start, end, way)
            if end is not None and self.allowed(end):
                yield Place(end, True, self.earns(end), end)

    def _between(self, start: Fraction, end: Fraction | None, way: int) -> Iterator[Place]:
        """A gap, cut where points that slope are held or overtake one another."""
        if self.whole:
            # Where whole things are counted no slope is cut: each whole number is a place of its own.
            yield from self._whole(start, end, way)
            return
        first, second = self._thirds(start, end, way)
        points = self.earns(first)
        if self._flat or (self.score.plan.added and points == self.earns(second)):
            yield self._gap(start, end, points, way)
            return
        kinks = sorted(self._kinks(start, end, first, second), reverse=way < 0)
        for low, high in pairwise([start, *kinks, end]):
            assert low is not None
            if low != start:
                yield Place(low, True, self.earns(low), low)
            first, second = self._thirds(low, high, way)
            points = self.earns(first)
            sloping = points != self.earns(second)
            gap = self._gap(low, high, None if sloping else points, way)
            yield gap._replace(sloping=sloping)

    def _thirds(self, start: Fraction, end: Fraction | None, way: int) -> tuple[Fraction, Fraction]:
        third = way * max(abs(start), Fraction(1)) if end is None else (end - start) / 3
        return start + third, start + 2 * third

    def _gap(self, start: Fraction, end: Fraction | None, points: Fraction | None, way: int) -> Place:
        return Place(start, False, points, self.beyond(start, end, way))

    def beyond(self, start: Fraction, end: Fraction | None, way: int) -> Fraction:
        """A plain value beyond a threshold and before the next break, as near as two decimals of the unit allow."""
        kind = self.declared.kind
        size = kind.unit.size if isinstance(kind, Amount) else Fraction(1)
        for places in range(2, MOST_DECIMALS + 1):
            step = size / Fraction(10**places)
            count = start / step
            value: Fraction = step * (floor(count) + 1 if way > 0 else ceil(count) - 1)
            if end is None or (end - value) * way > 0:
                return value
        assert end is not None
        return (start + end) / 2

    def _whole(self, start: Fraction, end: Fraction | None, way: int) -> Iterator[Place]:
        """The first whole number in a gap; where the points slope or are put together, the last one as well."""
        first = Fraction(floor(start) + 1 if way > 0 else ceil(start) - 1)
        if not self._inside(first, end, way):
            return
        points = self.earns(first)
        yield Place(first, True, points, first)
        if end is None:
            return
        last = Fraction(ceil(end) - 1 if way > 0 else floor(end) + 1)
        if last != first and (self.earns(last) != points or not self.score.plan.added):
            yield from self._counted(first, last, way)

    def _inside(self, value: Fraction, end: Fraction | None, way: int) -> bool:
        return (end is None or (end - value) * way > 0) and self.allowed(value)

    def _counted(self, first: Fraction, last: Fraction, way: int) -> Iterator[Place]:
        """Whole numbers behind the first of a gap: each, as far as is worth telling apart, and the last."""
        count = min(abs(int(last - first)) - 1, MOST_QUANTA)
        for value in (*(first + way * each for each in range(1, count + 1)), last):
            yield Place(value, True, self.earns(value), value)

    # ------------------------------------------------------------------------------------------ kinks

    def _kinks(self, start: Fraction, end: Fraction | None, first: Fraction, second: Fraction) -> set[Fraction]:
        """Where in a gap points that slope are held, rounded to others, or overtaken by those of another part."""
        plan = self.score.plan
        if plan.added:
            return set()
        curves = self._curves(first, second)
        together = list(curves)
        roots: list[Fraction | None] = []
        if plan.combination is Combination.SUM:
            total = _added(curves)
            together = [] if total is None else [total]
            roots += [curve.meets(level) for curve in together for level in (ZERO, plan.full) if plan.held]
        else:
            roots += [_crossing(one, two) for one, two in combinations(curves, 2)]
        if plan.after is not None:
            far = second if end is None else end
            for curve in together:
                ends = [curve.at(each) for each in (start, far) if curve.c * each + curve.d]
                roots += [curve.meets(level) for level in self._rounded_at(ends)]
        low, high = (start, end) if end is None or start < end else (end, start)
        inside = Interval(low, False, high, False) if end is not None else self._from(start, first)
        return {root for root in roots if root is not None and inside.holds(root)}

    def _from(self, start: Fraction, first: Fraction) -> Interval:
        return Interval(low=start) if first > start else Interval(high=start)

    def _rounded_at(self, ends: list[Fraction]) -> Iterator[Fraction]:
        """Between two numbers of points, those at which the rounded points change."""
        quantum = self.score.plan.after
        if quantum is None or len(ends) < 2:
            return
        low, high = quantum.round(min(ends)), quantum.round(max(ends))
        count = (high - low) / quantum.size
        for step in range(min(int(count), MOST_QUANTA) + 2):
            edge = quantum.before(Interval(low + quantum.size * step, True)).low
            if edge is not None:
                yield edge

    def _curves(self, first: Fraction, second: Fraction) -> list[_Curve]:
        """What each part earns in a gap, told from two places in it and what it is measured by."""
        before = self.known.numbers[self.fact]
        seen: list[tuple[Outcome, ...]] = []
        for value in (first, second):
            self.known.numbers[self.fact] = value
            seen.append(outcomes(self.score.plan, self.known))
        self.known.numbers[self.fact] = before
        curves = (self._curve(one, two, first, second) for one, two in zip(*seen, strict=False))
        return [curve for curve in curves if curve is not None]

    def _curve(self, one: Outcome, two: Outcome, first: Fraction, second: Fraction) -> _Curve | None:
        p, q = one.points, two.points
        if p is None or q is None:
            return None
        if p == q or one.case is None or one.case.measure is None:
            return _Curve(ZERO, p, ZERO, Fraction(1))
        numbers = {key: value for key, value in self.known.numbers.items() if key != self.fact}
        form = ratio(one.case.measure, numbers)
        if form is None:
            return None
        c, d = form.below.weights.get(self.fact, ZERO), form.below.constant
        p, q = p * (c * first + d), q * (c * second + d)
        a = (q - p) / (second - first)
        return _Curve(a, p - a * first, c, d)


def _added(curves: Iterable[_Curve]) -> _Curve | None:
    """The sum of curves over the same divisor and of such as are the same everywhere."""
    found = list(curves)
    over = next(((each.c, each.d) for each in found if each.c or each.a), (ZERO, Fraction(1)))
    c, d = over
    a = b = ZERO
    for each in found:
        if (each.c, each.d) == over:
            a, b = a + each.a, b + each.b
        elif not each.a and not each.c:
            a, b = a + each.b / each.d * c, b + each.b / each.d * d
        else:
            return None
    return _Curve(a, b, c, d)


def _crossing(one: _Curve, two: _Curve) -> Fraction | None:
    """Where two curves come to the same, if that is a single place that can be told."""
    if not two.a and not two.c:
        return one.meets(two.b / two.d)
    if not one.a and not one.c:
        return two.meets(one.b / one.d)
    if (one.c, one.d) != (two.c, two.d):
        return None
    a, b = one.a - two.a, one.b - two.b
    return -b / a if a else None
