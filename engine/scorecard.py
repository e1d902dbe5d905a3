"""What a score is as a whole: every indicator with its reasons, the levels, the total and the grade.

Everything on a scorecard is read off the indicators' outcomes and the shifts that put them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from engine.compose import GroupScore, Member, Total, compose, each_indicator
from engine.evaluate import Known
from engine.facts import Basis, Facts
from engine.rules import Effect, Grade, Role, Rubric, Veto
from engine.scores import IndicatorScore, Range

if TYPE_CHECKING:
    from engine.bounds import Bounds


class Scorecard:
    """One department's score by one rubric."""

    def __init__(
        self, rubric: Rubric, facts: Facts, scores: tuple[IndicatorScore, ...], bounds: Bounds | None = None
    ) -> None:
        self.rubric = rubric
        self.facts = facts
        self.scores = scores
        # Facts that several indicators share tie their ranges together: that of the sum is not the sum of theirs.
        self._bounds = bounds

    @cached_property
    def whole(self) -> Total:
        """How the total comes about."""
        found = self._bounds
        whole = compose(self.rubric, self.scores, Known(self.facts), None if found is None else found.added)
        return whole if found is None or whole.settled else whole._replace(bounds=found.total)

    @property
    def points(self) -> Fraction | None:
        """The total, or None where it is not settled."""
        return self.whole.points

    @property
    def bounds(self) -> Range:
        """The total as a range."""
        return self.whole.bounds

    @property
    def members(self) -> tuple[Member, ...]:
        """The scores in the levels of the rubric."""
        return self.whole.members

    @cached_property
    def grades(self) -> tuple[Grade, ...]:
        """The grade; every one that is possible, best first, where the total or a veto is not settled."""
        grades = self.rubric.grades
        possible = grades_within(grades, self.bounds)
        for veto, holds in self.whole.vetoes:
            if holds is not False:
                overruled = tuple(dict.fromkeys(_overruled(veto, grade, grades) for grade in possible))
                possible = overruled if holds else (*possible, *overruled)
        return tuple(grade for grade in grades if grade in possible)

    @property
    def overruling(self) -> tuple[Veto, ...]:
        """The vetoes that hold."""
        return tuple(veto for veto, holds in self.whole.vetoes if holds)

    @property
    def by_basis(self) -> dict[Basis, Fraction]:
        """The settled points, split by what they rest on; what shifts them afterwards rests on the rule."""
        split = dict.fromkeys(Basis, Fraction(0))
        for score in _counted(self.members):
            for entry in score.entries:
                split[entry.basis] += entry.awarded
        return split

    def of(self, key: str) -> IndicatorScore | None:
        """The score of an indicator, by its key or any form of its name."""
        named = (score for score in self.scores if key in (score.indicator.key, *score.indicator.name.forms))
        return next(named, None)


def _counted(members: tuple[Member, ...]) -> Iterator[IndicatorScore]:
    """The indicators whose points enter a sum: those of penalties are taken off by what is lost."""
    for member in members:
        rules = member.group if isinstance(member, GroupScore) else member.indicator
        if rules.role is not Role.PENALTY:
            yield from each_indicator((member,))


def _overruled(veto: Veto, grade: Grade, grades: tuple[Grade, ...]) -> Grade:
    """The grade where a veto holds: the one that it fixes, or the next below the one that it bars."""
    named = next((index for index, each in enumerate(grades) if veto.grade in each.name.forms), None)
    if named is None or veto.effect is Effect.NOTHING:
        return grade
    if veto.effect is Effect.BARRED:
        return grades[min(max(grades.index(grade), named + 1), len(grades) - 1)]
    return grades[named]


def grade_of(grades: tuple[Grade, ...], points: Fraction) -> Grade | None:
    """The first grade whose floor the points reach."""
    for grade in grades:
        floor = grade.floor
        if floor is None or points > floor.quantity.number or (floor.inclusive and points == floor.quantity.number):
            return grade
    return None


def grades_within(grades: tuple[Grade, ...], total: Range) -> tuple[Grade, ...]:
    """Every grade that a total in the range may have, best first."""
    best, worst = grade_of(grades, total.high), grade_of(grades, total.low)
    if best is None or worst is None:
        return tuple(grade for grade in (best, worst) if grade is not None)
    first, last = grades.index(best), grades.index(worst)
    if first < last and not total.high_reached and _only_at_floor(best, total.high):
        first += 1
    return grades[first : last + 1]


def _only_at_floor(grade: Grade, points: Fraction) -> bool:
    return grade.floor is not None and grade.floor.quantity.number == points
