"""What a rounding that the rule asks for has done, and what the other ways to round would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from engine.evaluate import Known, measured, outcomes
from engine.lowering import Lowering
from engine.number import Mode, rounded
from engine.rules import Indicator, Rounding, Rubric
from engine.scores import IndicatorScore, points_of


class Rounded(NamedTuple):
    """A rounding: of what is measured or of the points, what was there before and after, and the points otherwise.

    Before and after are in base units; `others` holds the points under each other way to round.
    """

    measure: bool
    mode: Mode
    places: int
    before: Fraction
    after: Fraction
    others: tuple[tuple[Mode, Fraction | None], ...]


def roundings(rubric: Rubric, score: IndicatorScore) -> tuple[Rounded, ...]:
    """Every rounding of a settled indicator, that of the measure first."""
    indicator = score.indicator
    if score.points is None or (indicator.round_measure is None and indicator.round_points is None):
        return ()
    return tuple(each for each in (_measure(rubric, score), _points(rubric, score)) if each is not None)


def _measure(rubric: Rubric, score: IndicatorScore) -> Rounded | None:
    rounding, value = score.indicator.round_measure, measured(score)
    if rounding is None or value is None:
        return None
    size = Lowering(rubric).shown_in(score.indicator).size / 10**rounding.places
    after = rounded(value / size, rounding.mode) * size
    others = _others(rubric, score, rounding, lambda mode: _with_measure(score.indicator, mode, rounding))
    return Rounded(True, rounding.mode, rounding.places, value, after, others)


def _points(rubric: Rubric, score: IndicatorScore) -> Rounded | None:
    rounding, points = score.indicator.round_points, score.points
    if rounding is None or points is None:
        return None
    before = _points_as(rubric, score, replace(score.indicator, round_points=None))
    others = _others(rubric, score, rounding, lambda mode: _with_points(score.indicator, mode, rounding))
    return Rounded(False, rounding.mode, rounding.places, points if before is None else before, points, others)


def _with_measure(indicator: Indicator, mode: Mode, rounding: Rounding) -> Indicator:
    return replace(indicator, round_measure=replace(rounding, mode=mode))


def _with_points(indicator: Indicator, mode: Mode, rounding: Rounding) -> Indicator:
    return replace(indicator, round_points=replace(rounding, mode=mode))


def _others(
    rubric: Rubric, score: IndicatorScore, rounding: Rounding, otherwise: Callable[[Mode], Indicator]
) -> tuple[tuple[Mode, Fraction | None], ...]:
    return tuple((mode, _points_as(rubric, score, otherwise(mode))) for mode in Mode if mode is not rounding.mode)


def _points_as(rubric: Rubric, score: IndicatorScore, indicator: Indicator) -> Fraction | None:
    """What the indicator would earn if it were written so."""
    plan = Lowering(rubric).plan(indicator)
    return points_of(plan, outcomes(plan, Known(score.facts)))
