"""The least change: the exact value of a single fact from which lost points come back, verified by scoring again.

For one amount, all else as it is, the points can change at a few values only (`trial`). Going outward from
the present value over these breaks and the gaps between them, the first place that earns more is the least
change, and the first of those that earn most is where nothing more can be won this way. What the figures of
the group would become is not looked at: those of the departments scored together stand as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.facts import Value
from engine.keys import of_group
from engine.number import terminates
from engine.rules import Amount, Rubric
from engine.scores import IndicatorScore
from engine.trial import Place, Trial
from engine.unit import Quantity


@dataclass(frozen=True, slots=True)
class Change:
    """If this fact alone were so, the indicator would earn these points.

    For an amount, `value` is the exact threshold; `upward` says on which side of the present value it
    lies, and `reached` whether the threshold itself is enough or only what is beyond it. Where points
    grow with every bit, it is the value from which they grow no more. All else stays as it is. `tried` is
    the value with which it was verified: the threshold, or a plain value just beyond it.
    """

    fact: str
    value: Value
    points: Fraction
    upward: bool = False
    reached: bool = True
    tried: Value = False

    @property
    def values(self) -> dict[str, Value]:
        """The fact with the value that was tried."""
        return {self.fact: self.tried}


def changes(rubric: Rubric, score: IndicatorScore, every: bool = False) -> tuple[Change, ...]:
    """For each fact of a settled indicator with lost points: the nearest changes that win something, and the most.

    With `every` also each one between, from which more is earned than from any nearer value. That an evaluator
    might give more points is no change of the facts. Where the indicator is held against the group, a department's own
    facts move the group's figure too: nothing is told, as it would not come true.
    """
    points = score.points
    if points is None or not score.lost or any(map(of_group, score.plan.needs)):
        return ()
    found: list[Change] = []
    for key in score.plan.needs:
        declared = rubric.fact(key)
        if declared is not None and not declared.chosen:
            trial = Trial(score, declared)
            steps = _amounts(trial, points) if isinstance(declared.kind, Amount) else _levels(trial, points)
            for way in steps:
                found.extend(way if every else way[:1] + way[1:][-1:])
    return tuple(sorted(found, key=lambda change: (change.points, change.fact)))


def _levels(trial: Trial, points: Fraction) -> Iterator[list[Change]]:
    """The levels that earn more, by what they earn."""
    better: dict[Fraction, str | bool] = {}
    for level, earned in trial.options():
        if earned is not None and earned > points:
            better.setdefault(earned, level)
    yield [Change(trial.fact, level, earned, tried=level) for earned, level in sorted(better.items())]


def _amounts(trial: Trial, points: Fraction) -> Iterator[list[Change]]:
    """On either side of the present value the places from which more is earned than from any nearer one."""
    for way in (1, -1):
        found: list[Change] = []
        most = points
        for place in trial.outward(way):
            if place.points is not None and place.points > most:
                most = place.points
                found.append(amount_change(trial, place, way))
            if most == trial.score.full:
                break
        yield found


def amount_change(trial: Trial, place: Place, way: int) -> Change:
    """The change that takes an amount to a place."""
    kind = trial.declared.kind
    assert isinstance(kind, Amount)
    assert place.points is not None
    size, unit = kind.unit.size, kind.unit
    threshold, tried = Quantity(place.threshold / size, unit), place.tried / size
    if not terminates(tried):
        # A number that can be written, if it earns as much.
        plain = trial.beyond(place.threshold, None, way)
        tried = plain / size if trial.allowed(plain) and trial.earns(plain) == place.points else tried
    return Change(trial.fact, threshold, place.points, way > 0, place.reached, Quantity(tried, unit))
