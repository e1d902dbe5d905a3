"""Departments scored together: ranks, means and percentiles, and the mean that stands in for points.

Each figure of the group becomes a fact of every department, so that whatever rests on it is scored, bounded
and explained like anything else. A figure for which one department lacks a fact is missing for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from engine.dimension import natural_unit
from engine.evaluate import Known, outcomes, value_of
from engine.facts import Basis, Fact, Facts, Missing, Present, Provenance
from engine.keys import mean_points_key, statistic_key
from engine.lowering import lower
from engine.rows import with_rows
from engine.rules import GroupMean, OfGroup, Rubric, Statistic, expressions_of, operands
from engine.score import Assessment, assess
from engine.scores import Status, points_of
from engine.unit import ONE, SCORE, Quantity, Unit


def assess_together(rubric: Rubric, several: Sequence[Facts]) -> tuple[Assessment, ...]:
    """Score departments as one group by a checked rubric, in the order in which they are given."""
    return tuple(assess(rubric, facts) for facts in with_group(rubric, several))


def asks_for_group(rubric: Rubric) -> bool:
    """Whether the rubric holds departments against one another."""
    return bool(_statistics(rubric)) or any(_stands_in(rubric))


def with_group(rubric: Rubric, several: Sequence[Facts]) -> tuple[Facts, ...]:
    """The facts of each department with every figure of the group that the rubric asks for."""
    found = tuple(several)
    for statistic in _statistics(rubric):
        found = _with_statistic(rubric, found, statistic)
    if any(_stands_in(rubric)):
        found = _with_mean_points(rubric, found)
    return found


def _statistics(rubric: Rubric) -> list[OfGroup]:
    """The figures that are asked for, those first that others are made of."""
    asked = dict.fromkeys(each for each in expressions_of(rubric) if isinstance(each, OfGroup))
    return sorted(asked, key=_depth)


def _depth(expression: object) -> int:
    inner = [_depth(each) for each in operands(expression)]  # type: ignore[arg-type]
    return max(inner, default=0) + isinstance(expression, OfGroup)


def _with_statistic(rubric: Rubric, several: tuple[Facts, ...], statistic: OfGroup) -> tuple[Facts, ...]:
    values = [_value(rubric, facts, statistic) for facts in several]
    known = [value for value in values if value is not None]
    key = statistic_key(statistic)
    if len(known) < len(values):
        lacking = tuple(facts.department for facts, value in zip(several, values, strict=True) if value is None)
        return _given(several, key, [Missing(Provenance(reason="、".join(lacking)))] * len(several))
    unit = _unit(rubric, statistic)
    figures = [_figure(statistic, own, known) for own in known]
    return _given(several, key, [_fact(figure, unit) for figure in figures])


def _value(rubric: Rubric, facts: Facts, statistic: OfGroup) -> Fraction | None:
    """What a department's own figure is, in base units."""
    laid_out, cells = with_rows(rubric, facts)
    own = next(
        (
            each.operand
            for each in expressions_of(laid_out)
            if isinstance(each, OfGroup) and statistic_key(each) == statistic_key(statistic)
        ),
        statistic.operand,
    )
    return value_of(own, laid_out, cells)


def _unit(rubric: Rubric, statistic: OfGroup) -> Unit:
    """The unit of a figure: that of what is compared, unless it is a rank, a share or a number of departments."""
    match statistic.statistic:
        case Statistic.RANK | Statistic.RANK_FROM_LOWEST | Statistic.PERCENT_RANK | Statistic.COUNT:
            return ONE
        case _:
            return natural_unit(statistic.operand, rubric)


def _figure(statistic: OfGroup, own: Fraction, values: list[Fraction]) -> Fraction | None:
    """A figure of the group for one department; equal values share the better rank."""
    match statistic.statistic:
        case Statistic.MEAN:
            return sum(values, Fraction(0)) / len(values)
        case Statistic.HIGHEST:
            return max(values)
        case Statistic.LOWEST:
            return min(values)
        case Statistic.RANK:
            return Fraction(1 + sum(value > own for value in values))
        case Statistic.RANK_FROM_LOWEST:
            return Fraction(1 + sum(value < own for value in values))
        case Statistic.PERCENT_RANK:
            return Fraction(sum(value < own for value in values), len(values) - 1) if len(values) > 1 else None
        case Statistic.PERCENTILE:
            return percentile(values, statistic.share or Fraction(0))
        case Statistic.COUNT:
            return Fraction(len(values))


def percentile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """The value below which a share of the values lies, on the straight line between the two nearest ones."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    rest = place - below
    return ordered[below] if not rest else ordered[below] + (ordered[below + 1] - ordered[below]) * rest


def _fact(figure: Fraction | None, unit: Unit) -> Fact:
    if figure is None:
        return Missing()
    return Present(Quantity(figure / unit.size, unit), Provenance(Basis.FIGURE))


def _given(several: tuple[Facts, ...], key: str, facts: Sequence[Fact]) -> tuple[Facts, ...]:
    return tuple(replace(one, facts={**one.facts, key: fact}) for one, fact in zip(several, facts, strict=True))


# ------------------------------------------------------------------------- the mean that stands in for points


def _stands_in(rubric: Rubric) -> Iterator[bool]:
    yield isinstance(rubric.not_applicable, GroupMean)
    for indicator in rubric.indicators():
        yield indicator.not_applicable is not None and isinstance(indicator.not_applicable.award, GroupMean)


def _with_mean_points(rubric: Rubric, several: tuple[Facts, ...]) -> tuple[Facts, ...]:
    """The mean of what those departments earn for an indicator whom it concerns."""
    found = several
    for plan in lower(replace(rubric, tables=())):
        exempt = plan.exempt
        if exempt is None or not isinstance(getattr(exempt.clause, "award", None), GroupMean):
            continue
        key = mean_points_key(plan.indicator.key)
        # Whom it does not concern is told by trying: with some mean they are exempt, and none of their points count.
        tried = [outcomes(plan, Known(each)) for each in _given(several, key, [_NO_POINTS] * len(several))]
        points = [points_of(plan, each) for each in tried if each[0].status is not Status.EXEMPT]
        settled = [each for each in points if each is not None]
        if settled and len(settled) == len(points):
            mean = _fact(sum(settled, Fraction(0)) / len(settled), SCORE)
            found = _given(found, key, [mean] * len(found))
    return found


_NO_POINTS = Present(Quantity(Fraction(0), SCORE))
