"""What came of one indicator: outcomes with their reasons, and the ledger that is read off them.

An outcome keeps *what was seen*: which case held, the exact measured value, the points. Entries are
read off the outcomes, so that no report computes a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from engine.core import Case, Origin, Plan
from engine.facts import Basis, Fact, Facts, NotApplicableFact, Present
from engine.rules import Combination, Forfeit, Indicator, LeftOut, NotApplicable, Reading, Step
from engine.source import Span

ZERO = Fraction(0)


class Status(Enum):
    """Whether an indicator could be scored, and if not, why not."""

    SCORED = "scored"
    EXEMPT = "exempt"
    LEFT_OUT = "left-out"
    FORFEITED = "forfeited"
    MISSING = "missing"
    CONTRADICTORY = "contradictory"
    NOT_APPLICABLE = "not-applicable"
    UNDEFINED = "undefined"
    UNCOVERED = "uncovered"

    @property
    def settled(self) -> bool:
        """Whether there is a number of points."""
        return self in _SETTLED


_SETTLED = frozenset({Status.SCORED, Status.EXEMPT, Status.LEFT_OUT, Status.FORFEITED})
# One outcome of these stands for the whole indicator, whatever its parts.
_WHOLE = frozenset({Status.EXEMPT, Status.LEFT_OUT, Status.FORFEITED})


class Outcome(NamedTuple):
    """What came of one part: the case that held, the exact measured value as two integers, points won and lost."""

    status: Status
    case: Case | None = None
    above: int | None = None
    below: int = 1
    points: Fraction | None = None
    lost: Fraction | None = None
    lacking: tuple[str, ...] = ()

    @property
    def measured(self) -> Fraction | None:
        """The exact measured value."""
        return None if self.above is None else Fraction(self.above, self.below)


class Range(NamedTuple):
    """The least and most points that are possible; `reached` says whether each end itself is."""

    low: Fraction
    high: Fraction
    low_reached: bool = True
    high_reached: bool = True

    @property
    def width(self) -> Fraction:
        """The points that hang on what is not known."""
        return self.high - self.low


def just(points: Fraction) -> Range:
    """The range of a settled score."""
    return Range(points, points)


def add_ranges(ranges: Iterable[Range]) -> Range:
    """The range of a sum whose terms vary freely."""
    low = high = ZERO
    low_reached = high_reached = True
    for each in ranges:
        low += each.low
        high += each.high
        low_reached &= each.low_reached
        high_reached &= each.high_reached
    return Range(low, high, low_reached, high_reached)


class Kept(NamedTuple):
    """That a sum is kept between nothing and full marks, said at the head of its indicator."""

    span: Span


class Entry(NamedTuple):
    """One line of the ledger: what a clause gave and what it withheld or took, and on what that rests.

    What is deducted from full marks is an entry of its own, below nothing in `awarded`.
    """

    clause: Origin | Kept
    awarded: Fraction
    lost: Fraction
    basis: Basis
    case: Case | None
    outcome: Outcome | None

    @property
    def measured(self) -> Fraction | None:
        """The exact measured value."""
        return None if self.outcome is None else self.outcome.measured

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that decided."""
        return () if self.case is None else self.case.reads

    @property
    def steps(self) -> Fraction | None:
        """How many steps were counted, where the clause counts steps."""
        if self.case is None or self.measured is None or not isinstance(self.clause, Step):
            return None
        return ZERO if self.case.function.flat else self.case.function.steps(self.measured)

    @property
    def reading(self) -> Reading | None:
        """The declared reading of a fraction of a step."""
        return None if self.case is None else self.case.function.reading

    @property
    def readings(self) -> tuple[tuple[Reading, Fraction], ...]:
        """What each reading of a fraction of a step would give, where they do not all give the same."""
        if self.case is None or self.measured is None or not isinstance(self.clause, Step) or self.clause.occurrence:
            return ()
        if self.case.function.flat:
            return ()
        points = tuple((reading, self.case.function.at(self.measured, reading)) for reading in Reading)
        return points if len({value for _, value in points}) > 1 else ()


class IndicatorScore(NamedTuple):
    """One indicator's score: how it came about, part by part."""

    plan: Plan
    facts: Facts
    outcomes: tuple[Outcome, ...]
    range: Range | None = None

    @property
    def indicator(self) -> Indicator:
        """The indicator that was scored."""
        return self.plan.indicator

    @property
    def full(self) -> Fraction:
        """Its full marks."""
        return self.plan.indicator.full

    @property
    def status(self) -> Status:
        """Settled where every part is; else the first reason that kept a part from being scored."""
        return next((each.status for each in self.outcomes if not each.status.settled), self.outcomes[0].status)

    @property
    def points(self) -> Fraction | None:
        """The points, or None where they are not settled."""
        return points_of(self.plan, self.outcomes)

    @property
    def bounds(self) -> Range:
        """The points as a range; a settled score is a range of one value."""
        points = self.points
        if points is not None:
            return just(points)
        return self.range or Range(ZERO, self.full)

    @property
    def left_out(self) -> Fraction:
        """The full marks that are not counted at all."""
        return self.full if self.outcomes[0].status is Status.LEFT_OUT else ZERO

    @property
    def may_be_left_out(self) -> bool:
        """Whether it is not settled if the indicator counts at all."""
        exempt = self.plan.exempt
        if self.points is not None or exempt is None or not isinstance(exempt.clause, NotApplicable):
            return False
        return isinstance(exempt.clause.award, LeftOut)

    @property
    def lost(self) -> Fraction | None:
        """Full marks less the points, unless they are not counted."""
        points = self.points
        return None if points is None else self.full - self.left_out - points

    @property
    def lacking(self) -> tuple[str, ...]:
        """The facts without which it is not settled."""
        return tuple(dict.fromkeys(fact for outcome in self.outcomes for fact in outcome.lacking))

    @property
    def not_applicable(self) -> tuple[str, ...]:
        """The facts that do not apply, where the indicator does not concern the department on their account."""
        if self.outcomes[0].status not in (Status.EXEMPT, Status.LEFT_OUT):
            return ()
        return tuple(key for key in self.plan.needs if isinstance(self.facts.get(key), NotApplicableFact))

    @property
    def counted(self) -> tuple[Outcome, ...]:
        """The outcomes that make the points: all that are settled, or the one that is the highest or lowest."""
        settled = tuple(outcome for outcome in self.outcomes if outcome.points is not None)
        summed = self.plan.combination is Combination.SUM
        if summed or self.points is None or self.outcomes[0].status in _WHOLE:
            return settled
        choose = max if self.plan.combination is Combination.HIGHEST else min
        chosen = choose(outcome.points for outcome in settled if outcome.points is not None)
        return tuple(outcome for outcome in settled if outcome.points == chosen)[:1]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger: for every part that counts what was awarded and what was lost, by which clause."""
        given = self.facts.facts
        entries = [_entry(outcome, given) for outcome in self.counted]
        points = self.points
        if points is None or self.plan.added:
            return tuple(entries)
        over = sum((entry.awarded for entry in entries), ZERO) - points
        missing = self.full - self.left_out - points - sum((entry.lost for entry in entries), ZERO)
        if over or missing:
            entries.append(Entry(Kept(self.indicator.head), -over, missing, Basis.UNSTATED, None, None))
        return tuple(entries)

    @property
    def used(self) -> tuple[tuple[str, Fact], ...]:
        """The facts that the score rests on, with their provenance."""
        keys = dict.fromkeys((*(fact for entry in self.entries for fact in entry.facts), *self.not_applicable))
        return tuple((key, self.facts.get(key)) for key in keys)


def points_of(plan: Plan, outcomes: tuple[Outcome, ...]) -> Fraction | None:
    """The points that the outcomes of an indicator make; None where one of them is not settled."""
    if plan.added or outcomes[0].status in _WHOLE:
        total = ZERO
        for outcome in outcomes:
            if outcome.points is None:
                return None
            total += outcome.points
        return total
    points = [outcome.points for outcome in outcomes if outcome.points is not None]
    return plan.together(points) if len(points) == len(outcomes) else None


def settled_by(case: Case, full: Fraction, points: Fraction) -> Outcome:
    """The outcome of a case that settles the whole indicator."""
    match case.clause:
        case Forfeit():
            return Outcome(Status.FORFEITED, case, points=points, lost=full - points)
        case NotApplicable(_, LeftOut()):
            return Outcome(Status.LEFT_OUT, case, points=ZERO, lost=ZERO)
        case _:
            return Outcome(Status.EXEMPT, case, points=points, lost=full - points)


def _entry(outcome: Outcome, given: Mapping[str, Fact]) -> Entry:
    case, points, lost = outcome.case, outcome.points, outcome.lost
    assert case is not None
    assert points is not None
    assert lost is not None
    return Entry(case.clause, points, lost, weakest(case.reads, given), case, outcome)


def weakest(keys: tuple[str, ...], given: Mapping[str, Fact]) -> Basis:
    """What a score rests on: the weakest of its facts."""
    found = Basis.FIGURE if keys else Basis.UNSTATED
    for key in keys:
        fact = given.get(key)
        basis = fact.provenance.basis if isinstance(fact, Present) else Basis.UNSTATED
        if basis.rank > found.rank:
            found = basis
    return found
