"""What a scorecard comes to, kept for a later day: points, status and entries; and how two of them differ.

A record holds outcomes and the words of the clauses behind them. Two records differ where points, marks, a status, an
entry's amount, a grade or what follows differ, or where another clause of the same rule decides. A clause that only
reads otherwise, and gives what it gave, is no difference. What stands beside the score belongs to it too: the claims
held against it, the total after the adjustments, and what the department's report tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple

from engine.claims import ClaimCheck, Review, SumCheck, TotalCheck, Verdict
from engine.compose import GroupScore, Member, Shift, Why
from engine.core import Start
from engine.evaluate import measured
from engine.facts import Contradictory, Fact, Facts, Missing, NotApplicableFact, Present, Value
from engine.number import Printed, plain, terminates
from engine.rules import Grade, Reading
from engine.score import Assessment
from engine.scorecard import Scorecard
from engine.scores import Entry, IndicatorScore, Kept, Range, Status
from engine.source import Span
from engine.unit import Quantity

# What stands for a fact that has no value.
MISSING = "missing"
NOT_APPLICABLE = "inapplicable"
BETWEEN_READINGS = " | "

# What an entry comes from that is no clause: the marks to begin with, and the bounds of a sum.
FROM_START = "start"
FROM_BOUNDS = "kept"
FROM_CLAUSE = "clause"


class Points(NamedTuple):
    """Points as a range; settled ones are a range of one value."""

    low: Fraction
    high: Fraction


class Line(NamedTuple):
    """One entry of a ledger: what a clause gave and what it withheld or took, in the words of the rule.

    `reading` is that of a fraction of a step, where another one would have given other points.
    """

    clause: str
    awarded: Fraction
    lost: Fraction
    reading: Reading | None = None
    origin: str = FROM_CLAUSE

    @property
    def amounts(self) -> tuple[Fraction, Fraction]:
        """What it gave and what it withheld."""
        return self.awarded, self.lost


class Move(NamedTuple):
    """What moves the points of a level, or of the whole (no level), away from the sum of its members."""

    level: str
    why: Why
    amount: Fraction | None
    clause: str


class Result(NamedTuple):
    """One indicator's outcome, with the facts that it looks at as they were spelt out."""

    key: str
    full: Fraction
    status: Status
    points: Points
    lines: tuple[Line, ...]
    measured: Fraction | None = None
    facts: tuple[tuple[str, str], ...] = ()


class ClaimOf(Enum):
    """What a claim is made for."""

    INDICATOR = "claim-indicator"
    RATE = "claim-rate"
    SUBTOTAL = "claim-subtotal"
    TOTAL = "claim-total"
    GRADE = "claim-grade"


class Held(NamedTuple):
    """One claim held against the rule: what is claimed, what is due, and what the department's other claims come to.

    The name is that of the indicator or the level; the total and the grade have none.
    """

    of: ClaimOf
    name: str
    claimed: str
    due: str
    verdict: Verdict | Printed | None = None
    own: str = ""


class Beside(NamedTuple):
    """What stands beside a score: every claim held against it, and the total after the adjustments, if any."""

    claims: tuple[Held, ...] = ()
    adjusted: Points | None = None


class Record(NamedTuple):
    """What one department's score came to.

    An earlier record may lack what stands beside the score; one of a department without a report has nothing told.
    """

    full: Fraction
    points: Points
    grades: tuple[str, ...]
    results: tuple[Result, ...]
    moves: tuple[Move, ...] = ()
    overruling: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    beside: Beside | None = None
    told: tuple[tuple[str, str], ...] | None = None


# ----------------------------------------------------------------------------------------------- recording


def record(
    assessment: Assessment,
    quote: Callable[[Span], str],
    place: Callable[[Shift], Span],
    report: Facts | None = None,
) -> Record:
    """The record of a score; `quote` gives the words at a place, `place` that of what moves a level.

    `report` is what the department's report tells, where it has one.
    """
    card = assessment.card
    return Record(
        full=card.rubric.full,
        points=_points(card.bounds),
        grades=tuple(grade.name.key for grade in card.grades),
        results=tuple(_result(score, quote) for score in card.scores),
        moves=tuple(_moves(card, quote, place)),
        overruling=tuple(quote(veto.span) for veto in card.overruling),
        follows=tuple(each.text for each, holds in card.whole.consequences if holds),
        beside=_beside(assessment),
        told=None if report is None else tuple(_told(report)),
    )


def _told(report: Facts) -> Iterator[tuple[str, str]]:
    """What a report tells: facts that it does not tell are left out."""
    for key, fact in report.facts.items():
        if not isinstance(fact, Missing):
            yield key, spelt(fact)


def _points(spread: Range) -> Points:
    return Points(spread.low, spread.high)


def _result(score: IndicatorScore, quote: Callable[[Span], str]) -> Result:
    return Result(
        key=score.indicator.key,
        full=score.full,
        status=score.status,
        points=_points(score.bounds),
        lines=tuple(_line(entry, quote) for entry in score.entries),
        measured=measured(score),
        facts=tuple(_facts(score)),
    )


def _line(entry: Entry, quote: Callable[[Span], str]) -> Line:
    reading = entry.reading if entry.readings else None
    match entry.clause:
        case Start():
            return Line("", entry.awarded, entry.lost, reading, FROM_START)
        case Kept():
            return Line("", entry.awarded, entry.lost, reading, FROM_BOUNDS)
        case _:
            return Line(quote(entry.clause.span), entry.awarded, entry.lost, reading)


def _facts(score: IndicatorScore) -> Iterator[tuple[str, str]]:
    """What the indicator looks at: a missing fact only where it is lacking."""
    lacking = set(score.lacking)
    for key in dict.fromkeys((*score.plan.needs, *score.lacking)):
        fact = score.facts.get(key)
        if key in lacking or not isinstance(fact, Missing):
            yield key.lstrip("\0"), spelt(fact)


def spelt(fact: Fact) -> str:
    """A fact as a text that is the same for equal facts, in no language: 310.71 wan_yuan, “一等”, yes."""
    match fact:
        case Present(value):
            return _value(value)
        case Contradictory(readings):
            return BETWEEN_READINGS.join(_value(each.value) for each in readings)
        case NotApplicableFact():
            return NOT_APPLICABLE
        case Missing():
            return MISSING


def _value(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Quantity(number, unit):
            return f"{exact(number)} {unit.code}"
        case _:
            # A bar stands between readings that differ.
            return f"“{value.replace('|', '｜')}”"


def exact(number: Fraction) -> str:
    """A number with nothing lost: as a decimal where its decimals end soon, else as a fraction."""
    if terminates(number):
        shown = plain(number, 8)
        if Fraction(shown) == number:
            return shown
    return str(number)


def _moves(card: Scorecard, quote: Callable[[Span], str], place: Callable[[Shift], Span]) -> Iterator[Move]:
    for level, shift in (*_shifts(card.members), *(("", shift) for shift in card.whole.shifts)):
        yield Move(level, shift.why, shift.amount, quote(place(shift)))


def _shifts(members: Iterable[Member]) -> Iterator[tuple[str, Shift]]:
    for member in members:
        if isinstance(member, GroupScore):
            yield from _shifts(member.members)
            yield from ((member.group.key, shift) for shift in member.shifts)


# --------------------------------------------------------------------------------------- beside the score


def _beside(assessment: Assessment) -> Beside:
    review, adjusted = assessment.review, assessment.adjusted
    claims = () if review is None else tuple(_held(review, assessment.card))
    return Beside(claims, None if adjusted is None else _points(adjusted.card.bounds))


def _held(review: Review, card: Scorecard) -> Iterator[Held]:
    for check in review.indicators:
        yield from _claim(check)
    for each in review.sums:
        yield _subtotal(each)
    yield from _total(review.total, card)


def _claim(check: ClaimCheck) -> Iterator[Held]:
    claim, key = check.claim, check.score.indicator.key
    if claim is not None and claim.points is not None:
        due = spread_text(_points(check.score.bounds))
        yield Held(ClaimOf.INDICATOR, key, exact(claim.points), due, check.verdict)
    if claim is not None and claim.rate is not None:
        rate = check.rate
        due, verdict = ("", None) if rate is None else (exact(rate.exact), rate.verdict)
        yield Held(ClaimOf.RATE, key, claim.rate.text, due, verdict)


def _subtotal(check: SumCheck) -> Held:
    key, bounds = check.group.group.key, _points(check.group.bounds)
    verdict = _verdict(check.printed, bounds)
    return Held(ClaimOf.SUBTOTAL, key, exact(check.printed), spread_text(bounds), verdict, exact(check.narrated))


def _total(check: TotalCheck, card: Scorecard) -> Iterator[Held]:
    if check.claimed is not None:
        bounds = _points(card.bounds)
        own = "" if check.subtotals is None else exact(check.subtotals)
        verdict = _verdict(check.claimed, bounds)
        yield Held(ClaimOf.TOTAL, "", exact(check.claimed), spread_text(bounds), verdict, own)
    if check.grade is not None:
        due = BETWEEN_READINGS.join(grade.name.key for grade in card.grades)
        own = "" if check.grade_of_claim is None else check.grade_of_claim.name.key
        yield Held(ClaimOf.GRADE, "", check.grade, due, _grade_verdict(check.grade, card), own)


def spread_text(points: Points) -> str:
    """Points exactly, as one number or as the two ends of a range."""
    low, high = exact(points.low), exact(points.high)
    return low if low == high else f"{low}~{high}"


def _verdict(claimed: Fraction, due: Points) -> Verdict:
    if due.low != due.high:
        return Verdict.WITHIN if due.low <= claimed <= due.high else Verdict.OUTSIDE
    return Verdict.AGREES if claimed == due.low else Verdict.TOO_HIGH if claimed > due.low else Verdict.TOO_LOW


def _grade_verdict(claimed: str, card: Scorecard) -> Verdict:
    """How a claimed grade stands to the one that is due, or to those that are possible."""
    place = next((index for index, each in enumerate(card.rubric.grades) if claimed in each.name.forms), None)
    due: tuple[Grade, ...] = card.grades
    if place is None or not due:
        return Verdict.OUTSIDE
    if len(due) > 1:
        return Verdict.WITHIN if card.rubric.grades[place] in due else Verdict.OUTSIDE
    right = card.rubric.grades.index(due[0])
    return Verdict.AGREES if place == right else Verdict.TOO_HIGH if place < right else Verdict.TOO_LOW


# ----------------------------------------------------------------------------------------------- comparing


class LineChange(NamedTuple):
    """An entry as it was and as it is; one of them is None where it has no counterpart."""

    before: Line | None
    after: Line | None


class FactChange(NamedTuple):
    """A fact as it was and as it is; before is None where it was not looked at or not missed."""

    key: str
    before: str | None
    after: str


class ResultChange(NamedTuple):
    """One indicator whose outcome differs: without a before it is new, without an after it is gone."""

    key: str
    before: Result | None
    after: Result | None
    lines: tuple[LineChange, ...] = ()
    facts: tuple[FactChange, ...] = ()


class MoveChange(NamedTuple):
    """What moves the points of a level, as it was and as it is."""

    before: Move | None
    after: Move | None


class HeldChange(NamedTuple):
    """A claim as it was held against the rule and as it is; one of them is None where it has no counterpart."""

    before: Held | None
    after: Held | None


@dataclass(frozen=True, slots=True)
class Differences:
    """How one record differs from an earlier one; false where it does not."""

    before: Record
    after: Record
    results: tuple[ResultChange, ...]
    moves: tuple[MoveChange, ...]
    claims: tuple[HeldChange, ...] = ()
    told: tuple[FactChange, ...] = ()

    @property
    def total(self) -> bool:
        """Whether the total differs, or what it is out of."""
        return (self.before.points, self.before.full) != (self.after.points, self.after.full)

    @property
    def grade(self) -> bool:
        """Whether the grade differs."""
        return self.before.grades != self.after.grades

    @property
    def overruled(self) -> bool:
        """Whether the vetoes that hold differ: in number, or with another grade."""
        was, now = self.before.overruling, self.after.overruling
        return len(was) != len(now) or (self.grade and was != now)

    @property
    def follows(self) -> bool:
        """Whether something else follows from the score."""
        return self.before.follows != self.after.follows

    @property
    def adjusted(self) -> bool:
        """Whether the total after the adjustments differs."""
        before, after = self.before.beside, self.after.beside
        return before is not None and after is not None and before.adjusted != after.adjusted

    @property
    def uncompared(self) -> bool:
        """Whether the earlier record lacks what stands beside the score, or what a report tells that is there now."""
        return self.before.beside is None or (self.before.told is None and self.after.told is not None)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        score = self.results or self.moves or self.total or self.grade or self.overruled or self.follows
        return bool(score or self.claims or self.adjusted or self.told)


# Whether a clause of an indicator, by the indicator's key and its own words, still stands in the rule.
Stands = Callable[[str, str], bool]


def differences(before: Record, after: Record, stands: Stands) -> Differences:
    """How a record differs from an earlier one, indicator by indicator, in the order of the rule."""
    was = {each.key: each for each in before.results}
    now = {each.key for each in after.results}
    found = [_compared(was.get(each.key), each, stands) for each in after.results]
    gone = [ResultChange(each.key, each, None) for each in before.results if each.key not in now]
    results = (*(each for each in found if each is not None), *gone)
    moves, claims = tuple(_moved(before.moves, after.moves)), tuple(_claimed(before, after))
    return Differences(before, after, results, moves, claims, tuple(_told_otherwise(before, after)))


def _compared(before: Result | None, after: Result, stands: Stands) -> ResultChange | None:
    if before is None:
        return ResultChange(after.key, None, after)
    pairs = _pairs(before.lines, after.lines)
    lines = tuple(pair for pair in pairs if _differ(pair, after.key, stands))
    same = (before.full, before.status, before.points) == (after.full, after.status, after.points)
    if same and not lines:
        return None
    return ResultChange(after.key, before, after, lines, tuple(_changed(dict(before.facts), after.facts)))


def _pairs(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterator[LineChange]:
    """Entries beside one another: those of the same clause, then what is left in the order of the ledger."""
    left = list(after)
    alone: list[Line] = []
    for line in before:
        same = next((each for each in left if (each.clause, each.origin) == (line.clause, line.origin)), None)
        if same is None:
            alone.append(line)
        else:
            left.remove(same)
            yield LineChange(line, same)
    for was, now in zip_longest(alone, left):
        yield LineChange(was, now)


def _differ(pair: LineChange, key: str, stands: Stands) -> bool:
    before, after = pair
    if before is None or after is None:
        # An entry that gave and took nothing may come and go.
        only = before or after
        return only is not None and any(only.amounts)
    if before.amounts != after.amounts:
        return True
    return before.clause != after.clause and any(after.amounts) and stands(key, before.clause)


def _changed(before: Mapping[str, str], after: Iterable[tuple[str, str]]) -> Iterator[FactChange]:
    for key, value in after:
        was = before.get(key)
        if was != value and (was is not None or value == MISSING):
            yield FactChange(key, was, value)


def _moved(before: tuple[Move, ...], after: tuple[Move, ...]) -> Iterator[MoveChange]:
    left = list(after)
    alone: list[Move] = []
    for move in before:
        same = next((each for each in left if (each.level, each.why) == (move.level, move.why)), None)
        if same is None:
            alone.append(move)
            continue
        left.remove(same)
        if same.amount != move.amount:
            yield MoveChange(move, same)
    yield from (MoveChange(move, None) for move in alone if move.amount != 0)
    yield from (MoveChange(None, move) for move in left if move.amount != 0)


def _claimed(before: Record, after: Record) -> Iterator[HeldChange]:
    """The claims that differ in what is claimed, or in how they stand to what is due.

    That another amount is due shows with the score itself.
    """
    if before.beside is None or after.beside is None:
        return
    was = {(each.of, each.name): each for each in before.beside.claims}
    now = {(each.of, each.name): each for each in after.beside.claims}
    for key, held in now.items():
        earlier = was.get(key)
        if earlier is None or earlier._replace(due=held.due) != held:
            yield HeldChange(earlier, held)
    yield from (HeldChange(held, None) for key, held in was.items() if key not in now)


def _told_otherwise(before: Record, after: Record) -> Iterator[FactChange]:
    """The facts that the report tells otherwise than it did; one that is not there any more tells none."""
    if before.told is None:
        return
    was, now = dict(before.told), dict(after.told or ())
    for key in dict.fromkeys((*now, *was)):
        if was.get(key, MISSING) != now.get(key, MISSING):
            yield FactChange(key, was.get(key, MISSING), now.get(key, MISSING))
