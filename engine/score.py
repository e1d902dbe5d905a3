"""The main job: a rubric and a department's facts in, a scorecard with every reason out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from engine.claims import Review, review
from engine.core import Plan
from engine.evaluate import score_indicators
from engine.facts import Facts, Value
from engine.lowering import lower
from engine.rows import with_rows
from engine.rules import Rubric
from engine.scorecard import Scorecard
from engine.scores import IndicatorScore

if TYPE_CHECKING:
    from engine.after import After, Supposing
    from engine.bounds import Bounds
    from engine.change import Change
    from engine.margin import Margins
    from engine.recovery import Recovery


@dataclass
class Assessment:
    """Everything there is to say of one department's score, each thing worked out when it is asked for."""

    rubric: Rubric
    facts: Facts
    plans: tuple[Plan, ...]

    @cached_property
    def _scores(self) -> tuple[IndicatorScore, ...]:
        return score_indicators(self.plans, self.facts)

    @cached_property
    def bounds(self) -> Bounds | None:
        """The ranges, where facts are missing; None where everything is settled."""
        if Scorecard(self.rubric, self.facts, self._scores).points is not None:
            return None
        # Only a score with facts missing needs the reasoning about what they may be; most have none.
        from engine.bounds import bounds

        return bounds(self.rubric, self.facts, self._scores)

    @cached_property
    def card(self) -> Scorecard:
        """The scorecard of the facts as they were reported, without any adjustment."""
        found = self.bounds
        if found is None:
            return Scorecard(self.rubric, self.facts, self._scores)
        ranged = (score._replace(range=spread) for score, spread in zip(self._scores, found.indicators, strict=True))
        return Scorecard(self.rubric, self.facts, tuple(ranged), found)

    @cached_property
    def adjusted(self) -> Assessment | None:
        """The same with every adjustment taken out of its fact; None where there are no adjustments."""
        if not self.facts.adjustments:
            return None
        return Assessment(self.rubric, self.facts.adjusted(), self.plans)

    @cached_property
    def review(self) -> Review | None:
        """What the department claims beside what the rule gives; None where it claims nothing."""
        return None if self.facts.claims is None else review(self.card, self.facts.claims)

    def changes(self, score: IndicatorScore, every: bool = False) -> tuple[Change, ...]:
        """What the least change of each single fact would win back; with `every`, each step on the way."""
        from engine.change import changes

        return changes(self.rubric, score, every)

    def recovery(self, score: IndicatorScore, every: bool = False) -> Recovery:
        """How the lost points of an indicator come back: by one fact, by two where one cannot, or by neither."""
        from engine.recovery import recovery

        return recovery(self.rubric, score, every)

    def recoveries(self, every: bool = False) -> tuple[Recovery, ...]:
        """The same for every settled indicator that lost points, those first that have most to win."""
        losing = (score for score in self.card.scores if score.points is not None and score.lost)
        return tuple(sorted((self.recovery(each, every) for each in losing), key=lambda each: -each.gain))

    @cached_property
    def overall_changes(self) -> tuple[Change, ...]:
        """What of the facts of caps, vetoes and provisos would better the total or the grade."""
        from engine.recovery import overall_changes

        return overall_changes(self)

    def margins(self, score: IndicatorScore) -> Margins:
        """How far what is measured, and each fact, may go before the points change."""
        from engine.margin import margins

        return margins(self.rubric, score)

    def after(self, values: Mapping[str, Value]) -> After:
        """What the whole would come to with other values of some facts."""
        return self._supposing.after(values)

    @cached_property
    def _supposing(self) -> Supposing:
        from engine.after import Supposing

        return Supposing(self)

    @property
    def total(self) -> Fraction | None:
        """The total, or None where facts are missing."""
        return self.card.points


def assess(rubric: Rubric, facts: Facts) -> Assessment:
    """Score a department by a checked rubric."""
    rubric, facts = with_rows(rubric, facts)
    return Assessment(rubric, facts, lower(rubric))
