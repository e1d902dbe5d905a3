"""What a score may still become: ranges for missing facts, exact and with a witness for each end.

The ranges hold every completion for which the rule gives a score; amounts are at least 0 unless their
declaration lets them be negative, and what is counted is whole. An end counts as reached when a
completion was found that comes to it when it is scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod

from engine.compose import compose, facts_of_composition, plainly_added
from engine.evaluate import outcomes
from engine.facts import Facts
from engine.linear import ZERO
from engine.opening import MOST_CHOICES, Completion, OpenIndicator, Opening, OpenPart
from engine.rules import Rubric
from engine.scores import IndicatorScore, Range, points_of
from engine.search import End, Search, at_best


@dataclass(frozen=True, slots=True)
class Hanging:
    """A missing fact and the points that hang on it."""

    fact: str
    points: Fraction
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ranges of a score with facts missing, completions that reach the total's ends, and the facts by weight.

    `added` is the range of the sum of all indicators, `total` what becomes of it.
    """

    indicators: tuple[Range, ...]
    added: Range
    total: Range
    lowest: Completion | None
    highest: Completion | None
    missing: tuple[Hanging, ...]


def bounds(rubric: Rubric, facts: Facts, scores: tuple[IndicatorScore, ...]) -> Bounds:
    """The ranges of every indicator and of the total; amounts of a completion are in base units."""
    opening = Opening(rubric, facts, [score.plan for score in scores])
    indicators = tuple(opening.indicator(score) for score in scores)
    bounding = _Bounding(opening)
    ranges = tuple(bounding.range((each,))[0] for each in indicators)
    added, lowest, highest = bounding.range(indicators)
    hanging = _hanging(rubric, scores, ranges)
    if plainly_added(rubric):
        return Bounds(ranges, added, added, lowest, highest, hanging)
    composed = _Composed(rubric, opening, scores, ranges, added)
    low, high = composed.reaching(lowest, composed.total.low), composed.reaching(highest, composed.total.high)
    total = composed.total._replace(low_reached=low is not None, high_reached=high is not None)
    return Bounds(ranges, added, total, low, high, (*hanging, *composed.hanging(hanging)))


class _Composed:
    """A total that is more than a sum: its range, and whether a completion reaches an end of it."""

    def __init__(
        self,
        rubric: Rubric,
        opening: Opening,
        scores: Sequence[IndicatorScore],
        ranges: Sequence[Range],
        added: Range,
    ) -> None:
        self.rubric = rubric
        self.opening = opening
        self.scores = [score._replace(range=spread) for score, spread in zip(scores, ranges, strict=True)]
        self.total = compose(rubric, self.scores, opening.known, added).bounds
        self.added = added

    def reaching(self, completion: Completion | None, end: Fraction) -> Completion | None:
        """The completion, if scoring it comes to the end."""
        if completion is None:
            return None
        known = self.opening.completed(completion)
        scored = [score._replace(outcomes=outcomes(score.plan, known), range=None) for score in self.scores]
        return completion if compose(self.rubric, scored, known).points == end else None

    def hanging(self, already: Iterable[Hanging]) -> tuple[Hanging, ...]:
        """The facts that only the total lacks: what they leave open is the width that the indicators do not explain."""
        named = {each.fact for each in already}
        known = self.opening.known
        lacking = [key for key in facts_of_composition(self.rubric) if not known.has(key) and key not in named]
        weight = max(ZERO, self.total.width - self.added.width)
        return tuple(Hanging(key, weight, ()) for key in lacking)


def _hanging(rubric: Rubric, scores: Sequence[IndicatorScore], ranges: Sequence[Range]) -> tuple[Hanging, ...]:
    """The facts that are lacking, by the points that hang on them, most first."""
    weight: dict[str, Fraction] = {}
    where: dict[str, list[str]] = {}
    for score, spread in zip(scores, ranges, strict=True):
        for fact in score.lacking:
            weight[fact] = weight.get(fact, ZERO) + spread.width
            where.setdefault(fact, []).append(score.indicator.name.key)
    order = {fact.key: index for index, fact in enumerate(rubric.facts)}
    ranked = sorted(weight, key=lambda fact: (-weight[fact], order.get(fact, len(order))))
    return tuple(Hanging(fact, weight[fact], tuple(where[fact])) for fact in ranked)


class _Bounding:
    """Adds up the ends of parts; those that share no open fact vary on their own."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self.found: dict[tuple[int, tuple[OpenPart, ...]], End | None] = {}

    def range(self, indicators: Sequence[OpenIndicator]) -> tuple[Range, Completion | None, Completion | None]:
        """The range of some indicators' sum, and the completions that reach its ends."""
        low, high = self._end(indicators, -1), self._end(indicators, 1)
        reached = low.completion is not None, high.completion is not None
        return Range(low.points, high.points, *reached), low.completion, high.completion

    def _end(self, indicators: Sequence[OpenIndicator], sign: int) -> End:
        end = End(sum((each.settled for each in indicators), ZERO), {})
        for group in _groups([part for each in indicators for part in each.parts]):
            end = end.plus(self._group(group, sign))
        for each in indicators:
            if each.apart:
                end = _beside(end, self._put_together(each, sign))
        return End(end.points, self._scoring(end, indicators))

    def _scoring(self, end: End, indicators: Sequence[OpenIndicator]) -> Completion | None:
        """The completion of an end, if scoring it comes to the end; what it leaves open is tried out."""
        if end.completion is None:
            return None
        asked = (key for each in indicators if each.apart for key in each.plan.needs)
        choices = self.opening.choices
        still = [key for key in dict.fromkeys(asked) if key in choices and key not in end.completion]
        if prod(len(choices[key]) for key in still) > MOST_CHOICES:
            still = []
        tried = (dict(zip(still, each, strict=True)) for each in product(*(choices[key] for key in still)))
        completions = ({**end.completion, **each} for each in tried)
        return next((each for each in completions if self._scores(each, end.points, indicators)), None)

    def _scores(self, completion: Completion, end: Fraction, indicators: Sequence[OpenIndicator]) -> bool:
        known = self.opening.completed(completion)
        found = [points_of(each.plan, outcomes(each.plan, known)) for each in indicators]
        return None not in found and sum((points for points in found if points is not None), ZERO) == end

    def _put_together(self, indicator: OpenIndicator, sign: int) -> End:
        """The end of an indicator whose parts are not just added up; each part is taken at its end by itself."""
        ends = [
            End(each, {}) if isinstance(each, Fraction) else self._alone_or_all((each,), sign)
            for each in indicator.apart
        ]
        end = reduce(_beside, ends)
        points = indicator.plan.together([each.points for each in ends])
        for spread in indicator.otherwise:
            other = spread.high if sign > 0 else spread.low
            if (other - points) * sign > 0:
                # Where it does not apply other facts than those of its parts decide: they are tried out in the end.
                points, end = other, End(other, {})
        return End(points, end.completion)

    def _alone_or_all(self, parts: tuple[OpenPart, ...], sign: int) -> End:
        """The end of a part; what no completion settles may come to anything."""
        return self._best(parts, sign) or End(parts[0].full if sign > 0 else ZERO)

    def _group(self, parts: Sequence[OpenPart], sign: int) -> End:
        """The end of parts that share open facts. What no completion settles may come to anything."""
        alone = {part: self._best((part,), sign) for part in parts}
        ends = [end or End(part.full if sign > 0 else ZERO) for part, end in alone.items()]
        hopeful = tuple(part for part in parts if alone[part] is not None)
        together = self._best(hopeful, sign) if hopeful else None
        if together is None:
            return End(sum((end.points for end in ends), ZERO))
        rest = (end for part, end in zip(alone, ends, strict=True) if alone[part] is None)
        return reduce(End.plus, rest, together)

    def _best(self, parts: tuple[OpenPart, ...], sign: int) -> End | None:
        """The end of parts for which the rule gives a score; None where no completion does."""
        if (sign, parts) not in self.found:
            hopes = [_hope(part, sign) if len(parts) == 1 else self._alone(part, sign) for part in parts]
            self.found[sign, parts] = Search(self.opening, parts, sign, hopes).best()
        return self.found[sign, parts]

    def _alone(self, part: OpenPart, sign: int) -> Fraction:
        end = self._best((part,), sign)
        assert end is not None, "only parts that can be scored are looked at together"
        return end.points


def _beside(one: End, other: End) -> End:
    """The end of two sums that may share facts: a completion must suit both."""
    points = one.points + other.points
    if one.completion is None or other.completion is None:
        return End(points)
    shared = one.completion.keys() & other.completion.keys()
    if any(one.completion[key] != other.completion[key] for key in shared):
        return End(points)
    return End(points, {**one.completion, **other.completion})


def _hope(part: OpenPart, sign: int) -> Fraction:
    """What a part comes to at best, whatever its facts."""
    return max((sign * at_best(piece, sign) for piece in part.pieces), default=ZERO) * sign


def _groups(parts: Sequence[OpenPart]) -> list[list[OpenPart]]:
    """Parts that lack a fact in common, directly or through others, stand together."""
    groups: list[tuple[set[str], list[OpenPart]]] = []
    for part in parts:
        touching = [group for group in groups if group[0].intersection(part.lacking)]
        names = set(part.lacking).union(*(group[0] for group in touching))
        members = [each for group in touching for each in group[1]] + [part]
        groups = [group for group in groups if group not in touching] + [(names, members)]
    return [members for _, members in groups]
