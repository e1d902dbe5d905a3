"""The least change: the exact value of a single fact from which lost points come back, verified by scoring again.

For one amount, all else as it is, the points can change at a few values only: where a term meets an
edge or where something is divided by nothing. Going outward from the present value over these
breaks and the gaps between them, the first place that earns more is the least change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from engine.core import term_facts
from engine.evaluate import Known, given_outside, outcomes
from engine.keys import of_group
from engine.linear import ZERO, Affine
from engine.pieces import edges
from engine.ratio import ratio
from engine.rules import Amount, Band, Chosen, FactDeclaration, Kind, Levels, Rubric
from engine.scores import IndicatorScore, points_of
from engine.unit import WHOLE, Quantity


@dataclass(frozen=True, slots=True)
class Change:
    """If this fact alone were so, the indicator would earn these points.

    For an amount, `value` is the exact threshold; `upward` says on which side of the present value it
    lies, and `reached` whether the threshold itself is enough or only what is beyond it. Where points
    grow with every bit, it is the value from which they grow no more. All else stays as it is.
    """

    fact: str
    value: Quantity | str | bool
    points: Fraction
    upward: bool = False
    reached: bool = True


def changes(rubric: Rubric, score: IndicatorScore) -> tuple[Change, ...]:
    """For each fact of a settled indicator with lost points: the nearest changes that win something, and everything.

    That an evaluator might give more points is no change of the facts. Where the indicator is held against the group,
    a department's own facts move the group's figure too: nothing is told, as it would not come true.
    """
    points = score.points
    if points is None or points == score.full or any(map(of_group, score.plan.needs)):
        return ()
    found: list[Change] = []
    for key in score.plan.needs:
        declared = rubric.fact(key)
        if declared is not None and not declared.chosen:
            found.extend(_Trial(score, declared).changes())
    return tuple(sorted(found, key=lambda change: (change.points, change.fact)))


class _Trial:
    """An indicator with one fact tried at other values."""

    def __init__(self, score: IndicatorScore, declared: FactDeclaration) -> None:
        assert score.points is not None
        self.score = score
        self.points = score.points
        self.fact = declared.key
        self.declared = declared
        self.known = Known(score.facts)
        clauses = score.indicator.clauses
        self.chosen = any(isinstance(each, Band) and isinstance(each.award, Chosen) for each in clauses)

    def changes(self) -> Iterator[Change]:
        """The least changes of this fact."""
        kind = self.declared.kind
        if not isinstance(kind, Amount):
            yield from self._levels(kind)
        elif self.fact in self.known.numbers:
            now = self.known.numbers[self.fact]
            breaks = self._breaks()
            yield from self._outward(kind, [each for each in breaks if each > now], now, 1)
            yield from self._outward(kind, [each for each in reversed(breaks) if each < now], now, -1)

    # ----------------------------------------------------------------------------------------- levels

    def _levels(self, kind: Kind) -> Iterator[Change]:
        """The level next above the present one in points."""
        options = tuple(level.key for level in kind.levels) if isinstance(kind, Levels) else (True, False)
        earned = ((self._earns_as(option), option) for option in options)
        better = [(points, option) for points, option in earned if points is not None and points > self.points]
        if better:
            points, option = min(better, key=lambda pair: pair[0])
            yield Change(self.fact, option, points)

    def _earns_as(self, option: str | bool) -> Fraction | None:
        self.known.labels[self.fact] = option
        return self._earned()

    def _earned(self) -> Fraction | None:
        """The points; none where those that an evaluator has given would lie outside their range."""
        if self.chosen and any(given_outside(self.score.plan, self.known)):
            return None
        return points_of(self.score.plan, outcomes(self.score.plan, self.known))

    # ---------------------------------------------------------------------------------------- amounts

    def _breaks(self) -> list[Fraction]:
        """Every value of the fact at which the points may change, least first."""
        numbers = {key: value for key, value in self.known.numbers.items() if key != self.fact}
        found = set() if self.declared.signed else {ZERO}
        for part in self.score.plan.parts:
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

    def _outward(self, kind: Amount, breaks: list[Fraction], now: Fraction, way: int) -> Iterator[Change]:
        """The first place on the way that earns more, and the first that earns everything."""
        nothing_yet = True
        whole = kind.unit.code in WHOLE
        for threshold, reached, points in self._places(breaks, now, way, whole):
            if points > self.points and (nothing_yet or points == self.score.full):
                nothing_yet = False
                yield Change(self.fact, Quantity(threshold / kind.unit.size, kind.unit), points, way > 0, reached)
            if points == self.score.full:
                return

    def _places(
        self, breaks: list[Fraction], now: Fraction, way: int, whole: bool
    ) -> Iterator[tuple[Fraction, bool, Fraction]]:
        """Gaps and breaks in turn: the threshold, whether it is in the place itself, and the points there."""
        for start, end in pairwise([now, *breaks, None]):
            assert start is not None
            if whole:
                gap = self._whole_gap(start, end, way)
            elif end is None and way < 0 and not self.declared.signed:
                gap = None
            else:
                gap = self._gap(start, end, way)
            if gap is not None:
                yield gap
            if end is not None and (not whole or end.denominator == 1):
                points = self._earns_at(end)
                if points is not None:
                    yield end, True, points

    def _gap(self, start: Fraction, end: Fraction | None, way: int) -> tuple[Fraction, bool, Fraction] | None:
        """A gap all of which earns the same, which begins a hair beyond its start; None where the points slope."""
        third = way * max(abs(start), Fraction(1)) if end is None else (end - start) / 3
        points = self._earns_at(start + third)
        return None if points is None or points != self._earns_at(start + 2 * third) else (start, False, points)

    def _whole_gap(self, start: Fraction, end: Fraction | None, way: int) -> tuple[Fraction, bool, Fraction] | None:
        """The first whole number in a gap."""
        first = Fraction(floor(start) + 1 if way > 0 else ceil(start) - 1)
        if (end is not None and (end - first) * way <= 0) or (first < 0 and not self.declared.signed):
            return None
        points = self._earns_at(first)
        return None if points is None else (first, True, points)

    def _earns_at(self, value: Fraction) -> Fraction | None:
        self.known.numbers[self.fact] = value
        return self._earned()
