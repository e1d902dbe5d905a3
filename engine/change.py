"""The least change: the exact value of a single fact from which lost points come back, verified by scoring again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.bounds import ratio
from engine.core import Part, Term, part_facts, term_facts
from engine.evaluate import Known, outcomes
from engine.facts import Facts, Present
from engine.pieces import Piece, pieces
from engine.rules import Amount, Levels, Rubric, Truth
from engine.scorecard import IndicatorScore, Outcome
from engine.unit import Quantity


@dataclass(frozen=True, slots=True)
class Change:
    """If this fact alone were so, the indicator would earn these points.

    For an amount, `value` is the exact threshold; `upward` says on which side of it the fact must
    lie, and `reached` whether the threshold itself is enough. All else stays as it is.
    """

    fact: str
    value: Quantity | str | bool
    points: Fraction
    upward: bool = False
    reached: bool = True


def changes(rubric: Rubric, score: IndicatorScore) -> tuple[Change, ...]:
    """For each fact of a settled indicator with lost points: the nearest change that wins something back."""
    points = score.points
    if points is None or points == score.full:
        return ()
    found = list(_found(rubric, score, points))
    return tuple(sorted(found, key=lambda change: (change.points, change.fact)))


def _found(rubric: Rubric, score: IndicatorScore, points: Fraction) -> Iterator[Change]:
    known = Known(score.facts)
    for part, outcome in zip(score.plan.parts, score.outcomes, strict=False):
        if outcome.points is None or outcome.points == part.full:
            continue
        for fact in dict.fromkeys(part_facts(part)):
            declared = rubric.fact(fact)
            if declared is None:
                continue
            if isinstance(declared.kind, Amount):
                if fact in known.numbers and part.measure is not None and fact in term_facts(part.measure):
                    yield from _amounts(score, part, outcome, fact, declared.kind, known)
            else:
                yield from _labels(score, points, fact, declared.kind, known)


def _labels(score: IndicatorScore, points: Fraction, fact: str, kind: Levels | Truth, known: Known) -> Iterator[Change]:
    """The level next above the present one in points."""
    options: tuple[str | bool, ...] = (
        tuple(level.key for level in kind.levels) if isinstance(kind, Levels) else (True, False)
    )
    better: list[tuple[Fraction, str | bool]] = []
    for option in options:
        if known.labels.get(fact) == option:
            continue
        earned = earns(score, {fact: Present(option)})
        if earned is not None and earned > points:
            better.append((earned, option))
    if better:
        earned, option = min(better, key=lambda pair: pair[0])
        yield Change(fact, option, earned)


def _amounts(
    score: IndicatorScore, part: Part, outcome: Outcome, fact: str, kind: Amount, known: Known
) -> Iterator[Change]:
    """The nearest thresholds of one amount, to either side, from which the points are more, and from which they are full."""
    now, measure = known.numbers[fact], part.measure
    assert measure is not None
    assert outcome.points is not None
    found: dict[tuple[bool, bool], Change] = {}
    for piece in pieces(part, {}, known.labels):
        if piece.high <= outcome.points:
            continue
        for change in _into(score, piece, measure, fact, kind, now, known):
            everything = change.points == score.full
            for key in {(change.upward, False), (change.upward, everything)}:
                if key not in found or _nearer(change, found[key], now):
                    found[key] = change
    yield from dict.fromkeys(found.values())


def _nearer(one: Change, other: Change, now: Fraction) -> bool:
    assert isinstance(one.value, Quantity)
    assert isinstance(other.value, Quantity)
    return abs(one.value.exact - now) < abs(other.value.exact - now)


def _into(
    score: IndicatorScore, piece: Piece, measure: Term, fact: str, kind: Amount, now: Fraction, known: Known
) -> Iterator[Change]:
    """The thresholds at which the fact, alone, brings the measured value to an end of the piece."""
    numbers = {key: value for key, value in known.numbers.items() if key != fact}
    form = ratio(measure, numbers)
    if form is None:
        return
    interval = piece.interval(measure)
    for end, belongs in ((interval.low, interval.low_in), (interval.high, interval.high_in)):
        if end is None:
            continue
        line = form.above.plus(form.below, -end)
        slope = line.weights.get(fact)
        if not slope:
            continue
        threshold = -line.constant / slope
        if threshold < 0 or threshold == now:
            continue
        yield from _verified(score, fact, kind, threshold, threshold > now, belongs)


def _verified(
    score: IndicatorScore, fact: str, kind: Amount, threshold: Fraction, upward: bool, belongs: bool
) -> Iterator[Change]:
    """The change, if scoring again at the threshold, or a hair beyond it, really earns more."""
    points = score.points
    assert points is not None
    unit = kind.unit
    value = Quantity(threshold / unit.size, unit)
    at = earns(score, {fact: Present(value)}) if belongs else None
    if at is not None and at > points:
        yield Change(fact, value, at, upward, True)
        return
    hair = Fraction(1, 10**9) * max(abs(threshold), Fraction(1))
    beyond = threshold + hair if upward else threshold - hair
    earned = earns(score, {fact: Present(Quantity(beyond / unit.size, unit))})
    if earned is not None and earned > points:
        yield Change(fact, value, earned, upward, False)


def earns(score: IndicatorScore, replaced: dict[str, Present]) -> Fraction | None:
    """What the indicator earns with some facts replaced."""
    facts = score.facts
    other = Facts(facts.department, facts.year, {**facts.facts, **replaced})
    return IndicatorScore(score.plan, other, outcomes(score.plan, Known(other))).points
