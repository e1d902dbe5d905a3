"""How the lost points of an indicator come back: by one fact, by two where one cannot, or by neither."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.change import Change, changes
from engine.pairs import Pair, Search, cheapest_pair
from engine.rules import Rubric
from engine.scores import IndicatorScore


@dataclass(frozen=True, slots=True)
class Recovery:
    """The changes of single facts that win something back, and two facts together where one is not enough.

    `pairs` holds the cheapest two facts that win anything, where no single fact does, and the cheapest two that win
    everything, where no single fact does; one pair that is both stands once. Where it was `sure`, what is not here
    is not to be had from one or two facts.
    """

    score: IndicatorScore
    changes: tuple[Change, ...]
    pairs: tuple[Pair, ...] = ()
    sure: bool = True

    @property
    def most(self) -> Fraction:
        """The most points that one fact, or two where one is not enough, come to."""
        earned = [*(each.points for each in self.changes), *(each.points for each in self.pairs)]
        return max(earned, default=self.score.points or Fraction(0))

    @property
    def gain(self) -> Fraction:
        """The points that can be won back in this way."""
        return self.most - (self.score.points or Fraction(0))

    @property
    def complete(self) -> bool:
        """Whether everything that was lost can be won back in this way."""
        return self.most == self.score.full


def recovery(rubric: Rubric, score: IndicatorScore, every: bool = False) -> Recovery:
    """How the lost points of a settled indicator come back; with `every`, each step of each fact on the way."""
    found = changes(rubric, score, every)
    points = score.points
    if points is None or not score.lost or any(each.points == score.full for each in found):
        return Recovery(score, found)
    searches = [_everything(rubric, score)]
    if not found:
        # Where two facts win everything, others may win something more cheaply.
        searches.insert(0, _anything(rubric, score, points))
    pairs = dict.fromkeys(each.pair for each in searches if each.pair is not None)
    return Recovery(score, found, tuple(pairs), all(each.sure for each in searches))


def _everything(rubric: Rubric, score: IndicatorScore) -> Search:
    return cheapest_pair(rubric, score, score.full)


def _anything(rubric: Rubric, score: IndicatorScore, points: Fraction) -> Search:
    return cheapest_pair(rubric, score, points, beyond=True)
