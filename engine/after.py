"""What the whole comes to where some facts are other than they are, by scoring again: total, grade, what moves.

Only the indicators that read such a fact are judged again; the total is always put together anew. That this
is the score of the changed facts, and nothing else, is held by a property test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from engine.compose import plainly_added
from engine.evaluate import Known, outcomes
from engine.facts import Value
from engine.rules import Grade
from engine.scorecard import Scorecard, grades_within
from engine.scores import IndicatorScore, Range, just

if TYPE_CHECKING:
    from engine.score import Assessment


class Moved(NamedTuple):
    """An indicator whose points are others after a change, by its key."""

    indicator: str
    before: Range
    after: Range


@dataclass(frozen=True, slots=True)
class After:
    """The total and the grade before and after a change of facts, and every indicator that it moves."""

    before: Range
    after: Range
    grades_before: tuple[Grade, ...]
    grades: tuple[Grade, ...]
    moved: tuple[Moved, ...]
    promoted: bool = False  # whether the grade is a better one

    @property
    def better(self) -> bool:
        """Whether the total is higher, or the grade a better one with a total that is not lower."""
        low, high = self.after.low - self.before.low, self.after.high - self.before.high
        if low < 0 or high < 0:
            return False
        return low > 0 or high > 0 or self.promoted

    @property
    def gain(self) -> Fraction | None:
        """By how much the total rises; None where it is not settled by the same amount at both ends."""
        low, high = self.after.low - self.before.low, self.after.high - self.before.high
        return low if low == high else None


class Supposing:
    """Scores one assessment again with some facts changed."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._card = assessment.card
        self._known = Known(assessment.facts)
        self._plain = plainly_added(assessment.rubric)
        self._readers: dict[str, list[int]] = {}
        for index, plan in enumerate(assessment.plans):
            for key in plan.needs:
                self._readers.setdefault(key, []).append(index)
        self._seen: dict[tuple[tuple[str, Value], ...], After] = {}

    def after(self, values: Mapping[str, Value]) -> After:
        """What the whole comes to with these values."""
        name = tuple(values.items())
        if name not in self._seen:
            self._seen[name] = self._scored(values)
        return self._seen[name]

    def _scored(self, values: Mapping[str, Value]) -> After:
        facts = self._assessment.facts.with_values(values)
        known = self._known.but({key: facts.facts[key] for key in values})
        before = self._card.scores
        scores = list(before)
        touched = sorted({index for key in values for index in self._readers.get(key, ())})
        for index in touched:
            plan = self._assessment.plans[index]
            scores[index] = IndicatorScore(plan, facts, outcomes(plan, known))
        settled = all(before[index].points is not None and scores[index].points is not None for index in touched)
        if self._plain and settled:
            # What does not read a changed fact stays as it is, ranges and all.
            gain = sum((scores[index].bounds.low - before[index].bounds.low for index in touched), Fraction(0))
            total = self._card.bounds
            total = total._replace(low=total.low + gain, high=total.high + gain)
            return self._told(scores, total, grades_within(self._assessment.rubric.grades, total), touched)
        if all(each.points is not None for each in scores):
            card = Scorecard(self._assessment.rubric, facts, tuple(scores))
            if card.points is not None:
                return self._told(scores, just(card.points), card.grades, touched)
        again = type(self._assessment)(self._assessment.rubric, facts, self._assessment.plans).card
        return self._told(list(again.scores), again.bounds, again.grades, touched)

    def _told(self, scores: list[IndicatorScore], total: Range, grades: tuple[Grade, ...], touched: list[int]) -> After:
        before = self._card.scores
        pairs = ((before[index], scores[index]) for index in touched)
        moved = (Moved(one.indicator.key, one.bounds, two.bounds) for one, two in pairs if one.bounds != two.bounds)
        promoted = self._ranks(grades) < self._ranks(self._card.grades)
        return After(self._card.bounds, total, self._card.grades, grades, tuple(moved), promoted)

    def _ranks(self, grades: tuple[Grade, ...]) -> list[int]:
        """The places of grades among those of the rubric, the worst possible one first."""
        order = list(self._assessment.rubric.grades)
        return sorted((order.index(grade) for grade in grades), reverse=True)
