"""What a score may still become: ranges for missing facts, exact and with a witness for each end.

The ranges hold every completion for which the rule gives a score; amounts are at least 0 unless their
declaration lets them be negative, and what is counted is whole. An end counts as reached when a
completion was found that comes to it when it is scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from engine.evaluate import outcomes
from engine.facts import Facts
from engine.linear import ZERO, Affine
from engine.opening import Completion, OpenIndicator, Opening, OpenPart
from engine.ratio import Ratio, ratio
from engine.rules import Rubric
from engine.scorecard import IndicatorScore, Range
from engine.search import MOST_TRIALS, End, Search, at_best


@dataclass(frozen=True, slots=True)
class Hanging:
    """A missing fact and the points that hang on it."""

    fact: str
    points: Fraction
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ranges of a score with facts missing, completions that reach the total's ends, and the facts by weight."""

    indicators: tuple[Range, ...]
    total: Range
    lowest: Completion | None
    highest: Completion | None
    missing: tuple[Hanging, ...]


def bounds(rubric: Rubric, facts: Facts, scores: tuple[IndicatorScore, ...]) -> Bounds:
    """The ranges of every indicator and of the total; amounts of a completion are in base units."""
    opening = Opening(rubric, facts)
    indicators = tuple(opening.indicator(score) for score in scores)
    bounding = _Bounding(opening)
    ranges = tuple(bounding.range((each,))[0] for each in indicators)
    total, lowest, highest = bounding.range(indicators)
    return Bounds(ranges, total, lowest, highest, _hanging(rubric, scores, ranges))


def _hanging(rubric: Rubric, scores: Sequence[IndicatorScore], ranges: Sequence[Range]) -> tuple[Hanging, ...]:
    """The facts that are lacking, by the points that hang on them, most first."""
    weight: dict[str, Fraction] = {}
    where: dict[str, list[str]] = {}
    for score, spread in zip(scores, ranges, strict=True):
        for fact in score.lacking:
            weight[fact] = weight.get(fact, ZERO) + spread.width
            where.setdefault(fact, []).append(score.indicator.name.key)
    order = {fact.name.key: index for index, fact in enumerate(rubric.facts)}
    ranked = sorted(weight, key=lambda fact: (-weight[fact], order.get(fact, len(order))))
    return tuple(Hanging(fact, weight[fact], tuple(where[fact])) for fact in ranked)


#


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
        return end if self._scores(end, indicators) else End(end.points)

    def _scores(self, end: End, indicators: Sequence[OpenIndicator]) -> bool:
        """Whether scoring the completion comes to the end."""
        if end.completion is None:
            return False
        known = self.opening.completed(end.completion)
        found = [outcome.points for each in indicators for outcome in outcomes(each.plan, known)]
        return None not in found and sum((points for points in found if points is not None), ZERO) == end.points

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


__all__ = ["MOST_TRIALS", "Affine", "Bounds", "Completion", "Hanging", "Ratio", "bounds", "ratio"]
