"""What a scorecard comes to, kept for a later day: points, status and entries; and how two of them differ.

A record holds outcomes and the words of the clauses behind them. Two records differ where points, marks, a status, an
entry's amount, a grade or what follows differ, or where another clause of the same rule decides. A clause that only
reads otherwise, and gives what it gave, is no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple

from engine.compose import GroupScore, Member, Shift, Why
from engine.core import Start
from engine.evaluate import measured
from engine.facts import Contradictory, Fact, Missing, NotApplicableFact, Present, Value
from engine.number import plain, terminates
from engine.rules import Reading
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


class Record(NamedTuple):
    """What one department's score came to."""

    full: Fraction
    points: Points
    grades: tuple[str, ...]
    results: tuple[Result, ...]
    moves: tuple[Move, ...] = ()
    overruling: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()


# ----------------------------------------------------------------------------------------------- recording


def record(card: Scorecard, quote: Callable[[Span], str], place: Callable[[Shift], Span]) -> Record:
    """The record of a scorecard; `quote` gives the words at a place, `place` that of what moves a level."""
    return Record(
        full=card.rubric.full,
        points=_points(card.bounds),
        grades=tuple(grade.name.key for grade in card.grades),
        results=tuple(_result(score, quote) for score in card.scores),
        moves=tuple(_moves(card, quote, place)),
        overruling=tuple(quote(veto.span) for veto in card.overruling),
        follows=tuple(each.text for each, holds in card.whole.consequences if holds),
    )


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


@dataclass(frozen=True, slots=True)
class Differences:
    """How one record differs from an earlier one; false where it does not."""

    before: Record
    after: Record
    results: tuple[ResultChange, ...]
    moves: tuple[MoveChange, ...]

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

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.results or self.moves or self.total or self.grade or self.overruled or self.follows)


# Whether a clause of an indicator, by the indicator's key and its own words, still stands in the rule.
Stands = Callable[[str, str], bool]


def differences(before: Record, after: Record, stands: Stands) -> Differences:
    """How a record differs from an earlier one, indicator by indicator, in the order of the rule."""
    was = {each.key: each for each in before.results}
    now = {each.key for each in after.results}
    found = [_compared(was.get(each.key), each, stands) for each in after.results]
    gone = [ResultChange(each.key, each, None) for each in before.results if each.key not in now]
    results = (*(each for each in found if each is not None), *gone)
    return Differences(before, after, results, tuple(_moved(before.moves, after.moves)))


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
