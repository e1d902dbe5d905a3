"""What a department claims, held against the rule: points, printed rates, printed sums, total and grade."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from engine.compose import GroupScore, Member, each_indicator
from engine.core import EVERYWHERE, Interval, Part
from engine.evaluate import Known, measured
from engine.facts import Claim, Claims, PrintedRate
from engine.number import Printed, judge_printed
from engine.pieces import Piece, pieces
from engine.rules import Grade, Role, Step
from engine.scorecard import Scorecard, grade_of
from engine.scores import IndicatorScore
from engine.source import NOWHERE, Span


class Verdict(Enum):
    """How a claim stands to the rule."""

    AGREES = "agrees"
    TOO_HIGH = "too-high"
    TOO_LOW = "too-low"
    WITHIN = "within"  # the score is a range, and the claim lies in it
    OUTSIDE = "outside"  # the score is a range, and the claim does not
    UNCLAIMED = "unclaimed"


class RateCheck(NamedTuple):
    """A printed rate beside the exact one."""

    printed: PrintedRate
    exact: Fraction
    verdict: Printed


class ClaimCheck(NamedTuple):
    """One indicator's claim beside its score: the difference, where the value would have to lie, and where it lies."""

    score: IndicatorScore
    claim: Claim | None
    verdict: Verdict
    difference: Fraction | None
    needed: tuple[Interval, ...]
    own: tuple[Interval, ...]
    rate: RateCheck | None


class SumCheck(NamedTuple):
    """A printed subtotal beside the claims that were made one by one, and beside the score."""

    group: GroupScore
    printed: Fraction
    narrated: Fraction
    unclaimed: tuple[str, ...]
    span: Span = NOWHERE

    @property
    def difference(self) -> Fraction:
        """Printed less narrated: the points that no sentence asks for."""
        return self.printed - self.narrated


class TotalCheck(NamedTuple):
    """The claimed total beside the printed subtotals, and the claimed grade beside the one it would have."""

    claimed: Fraction | None
    subtotals: Fraction | None
    narrated: Fraction
    grade: str | None
    grade_of_claim: Grade | None


class Review(NamedTuple):
    """Every claim held against the rule."""

    indicators: tuple[ClaimCheck, ...]
    sums: tuple[SumCheck, ...]
    total: TotalCheck

    def of(self, key: str) -> ClaimCheck | None:
        """The check of an indicator's claim."""
        return next((check for check in self.indicators if check.score.indicator.key == key), None)

    @property
    def differing(self) -> tuple[ClaimCheck, ...]:
        """The claims that the rule does not bear out, greatest difference first."""
        wrong = [c for c in self.indicators if c.verdict in (Verdict.TOO_HIGH, Verdict.TOO_LOW, Verdict.OUTSIDE)]
        return tuple(sorted(wrong, key=lambda check: -abs(check.difference or Fraction(0))))


def review(card: Scorecard, claims: Claims) -> Review:
    """Hold every claim against the scorecard."""
    checks = tuple(_check(score, claims) for score in card.scores)
    sums = tuple(_sums(card.members, claims))
    return Review(checks, sums, _total(card, claims))


def _check(score: IndicatorScore, claims: Claims) -> ClaimCheck:
    claim = claims.of(score.indicator.key)
    rate = _rate(score, claim.rate) if claim is not None and claim.rate is not None else None
    if claim is None or claim.points is None:
        return ClaimCheck(score, claim, Verdict.UNCLAIMED, None, (), (), rate)
    points = score.points
    if points is None:
        inside = score.bounds.low <= claim.points <= score.bounds.high
        return ClaimCheck(score, claim, Verdict.WITHIN if inside else Verdict.OUTSIDE, None, (), (), rate)
    difference = points - claim.points
    verdict = Verdict.AGREES if not difference else Verdict.TOO_HIGH if difference < 0 else Verdict.TOO_LOW
    needed = needed_for(score, claim.points) if difference else ()
    own = tuple(each for each in needed_for(score, points) if _lies(score, each)) if needed else ()
    return ClaimCheck(score, claim, verdict, difference, needed, own, rate)


def _lies(score: IndicatorScore, interval: Interval) -> bool:
    value = score.outcomes[0].measured
    return value is not None and interval.holds(value)


def needed_for(score: IndicatorScore, points: Fraction) -> tuple[Interval, ...]:
    """Where the measured value would have to lie for these points; touching stretches are one.

    Nowhere in particular, where something else decides as well: the budget that it is held against, say.
    """
    part = score.plan.parts[0]
    if part.measure is None or len(score.plan.parts) > 1:
        return ()
    fitting = [piece for piece in pieces(part, {}, Known(score.facts).labels) if piece.low == points == piece.high]
    if any(term != part.measure and lies != EVERYWHERE for piece in fitting for term, lies in piece.where):
        return ()
    joined: list[Interval] = []
    for interval in sorted((_counted(piece, part) for piece in fitting), key=_start):
        if joined and _touch(joined[-1], interval):
            joined[-1] = Interval(joined[-1].low, joined[-1].low_in, interval.high, interval.high_in)
        else:
            joined.append(interval)
    return tuple(joined)


def _counted(piece: Piece, part: Part) -> Interval:
    """Where a piece lies; between two whole counts there is only the lower one, and none lies below 0."""
    interval = piece.interval(part.measure)
    clause = piece.case.clause if piece.case else None
    if not isinstance(clause, Step) or not clause.occurrence:
        return interval
    low = Fraction(0) if interval.low is None and interval.high == 0 else interval.low
    return interval if low is None or interval.high is None else Interval(low, True, low, True)


def _start(interval: Interval) -> tuple[bool, Fraction, bool]:
    return (interval.low is not None, interval.low or Fraction(0), not interval.low_in)


def _touch(left: Interval, right: Interval) -> bool:
    return left.high is not None and left.high == right.low and (left.high_in or right.low_in)


def _rate(score: IndicatorScore, printed: PrintedRate) -> RateCheck | None:
    value = measured(score)
    if value is None:
        return None
    scale = 100 if printed.percent else 1
    return RateCheck(printed, value, judge_printed(value * scale, printed.value * scale, printed.places))


def _sums(members: tuple[Member, ...], claims: Claims) -> Iterator[SumCheck]:
    for member in members:
        if not isinstance(member, GroupScore):
            continue
        for name, printed, span in claims.subtotals:
            if name in member.group.name.forms:
                narrated, unclaimed = _narrated(member.members, claims)
                yield SumCheck(member, printed, narrated, unclaimed, span)
        yield from _sums(member.members, claims)


def _narrated(members: tuple[Member, ...], claims: Claims) -> tuple[Fraction, tuple[str, ...]]:
    """The sum of the points claimed one by one, and the indicators for which none are."""
    total, unclaimed = Fraction(0), []
    for score in each_indicator(members):
        claim = claims.of(score.indicator.key)
        if claim is None or claim.points is None:
            unclaimed.append(score.indicator.key)
        else:
            total += claim.points
    return total, tuple(unclaimed)


def _total(card: Scorecard, claims: Claims) -> TotalCheck:
    narrated, _ = _narrated(card.members, claims)
    earned = None if claims.total is None else grade_of(card.rubric.grades, claims.total)
    return TotalCheck(claims.total, _of_subtotals(card, claims), narrated, claims.grade, earned)


def _of_subtotals(card: Scorecard, claims: Claims) -> Fraction | None:
    """What the printed subtotals come to, with the claims that stand beside them; None where a part is not told."""
    if not claims.subtotals or card.rubric.overall.formula is not None:
        return None
    total = Fraction(0)
    for member in card.members:
        told = _told(member, claims)
        if told is None:
            return None
        role = member.role if isinstance(member, GroupScore) else member.indicator.role
        total += told - member.full if role is Role.PENALTY else told
    return total


def _told(member: Member, claims: Claims) -> Fraction | None:
    """The printed subtotal of a level, or the claim for an indicator that belongs to none."""
    if isinstance(member, GroupScore):
        forms = member.group.name.forms
        return next((points for name, points, _ in claims.subtotals if name in forms), None)
    claim = claims.of(member.indicator.key)
    return None if claim is None else claim.points
