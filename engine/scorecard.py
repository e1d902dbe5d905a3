"""What a score is: outcomes with their reasons, and the ledger that is read off them.

An outcome keeps *what was seen*: which case held, the exact measured value, the points. Entries,
subtotals and totals are read off the outcomes, so that no report computes a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, Union

from engine.core import Case, Plan
from engine.facts import Basis, Fact, Facts, Present
from engine.rules import Clause, Grade, Group, Indicator, NotApplicable, Reading, Rubric, Step


class Status(Enum):
    """Whether an indicator could be scored, and if not, why not."""

    SCORED = "scored"
    EXEMPT = "exempt"
    MISSING = "missing"
    CONTRADICTORY = "contradictory"
    NOT_APPLICABLE = "not-applicable"
    UNDEFINED = "undefined"
    UNCOVERED = "uncovered"

    @property
    def settled(self) -> bool:
        """Whether there is a number of points."""
        return self in (Status.SCORED, Status.EXEMPT)


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


class Entry(NamedTuple):
    """One line of the ledger: what a clause gave and what it withheld or took, and on what that rests."""

    clause: Clause | NotApplicable
    awarded: Fraction
    lost: Fraction
    basis: Basis
    case: Case
    outcome: Outcome

    @property
    def measured(self) -> Fraction | None:
        """The exact measured value."""
        return self.outcome.measured

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that decided."""
        return self.case.reads

    @property
    def steps(self) -> Fraction | None:
        """How many steps were counted, where the clause counts steps."""
        if self.measured is None or not isinstance(self.clause, Step):
            return None
        return self.case.function.steps(self.measured)

    @property
    def reading(self) -> Reading:
        """The declared reading of a fraction of a step."""
        return self.case.function.reading

    @property
    def readings(self) -> tuple[tuple[Reading, Fraction], ...]:
        """What each reading of a fraction of a step would give, where they do not all give the same."""
        if self.measured is None or not isinstance(self.clause, Step) or self.clause.occurrence:
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
        total = Fraction(0)
        for outcome in self.outcomes:
            if outcome.points is None:
                return None
            total += outcome.points
        return total

    @property
    def bounds(self) -> Range:
        """The points as a range; a settled score is a range of one value."""
        points = self.points
        if points is not None:
            return Range(points, points)
        return self.range or Range(Fraction(0), self.full)

    @property
    def lost(self) -> Fraction | None:
        """Full marks less the points."""
        points = self.points
        return None if points is None else self.full - points

    @property
    def lacking(self) -> tuple[str, ...]:
        """The facts without which it is not settled."""
        return tuple(dict.fromkeys(fact for outcome in self.outcomes for fact in outcome.lacking))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger: for every settled part what was awarded and what was lost, by which clause."""
        given = self.facts.facts
        return tuple([_entry(outcome, given) for outcome in self.outcomes if outcome.points is not None])

    @property
    def used(self) -> tuple[tuple[str, Fact], ...]:
        """The facts that the score rests on, with their provenance."""
        keys = dict.fromkeys(fact for entry in self.entries for fact in entry.facts)
        return tuple((key, self.facts.get(key)) for key in keys)


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


class GroupScore(NamedTuple):
    """A level-1 or level-2 indicator's score: the sum of its members."""

    group: Group
    members: tuple[Member, ...]

    @property
    def full(self) -> Fraction:
        """Its full marks."""
        return self.group.full

    @property
    def bounds(self) -> Range:
        """The sum of the members' ranges."""
        return add_ranges(member.bounds for member in self.members)

    @property
    def points(self) -> Fraction | None:
        """The points, or None where a member is not settled."""
        return _sum(member.points for member in self.members)

    def indicators(self) -> Iterator[IndicatorScore]:
        """Every indicator below it."""
        yield from walk(self.members)


Member = Union[GroupScore, IndicatorScore]


def walk(members: tuple[Member, ...]) -> Iterator[IndicatorScore]:
    """Every indicator, in the order of the text."""
    for member in members:
        if isinstance(member, GroupScore):
            yield from walk(member.members)
        else:
            yield member


def add_ranges(ranges: Iterator[Range]) -> Range:
    """The range of a sum whose terms vary freely."""
    low = high = Fraction(0)
    low_reached = high_reached = True
    for each in ranges:
        low += each.low
        high += each.high
        low_reached &= each.low_reached
        high_reached &= each.high_reached
    return Range(low, high, low_reached, high_reached)


def _sum(points: Iterator[Fraction | None]) -> Fraction | None:
    total = Fraction(0)
    for each in points:
        if each is None:
            return None
        total += each
    return total


class Scorecard:
    """One department's score by one rubric. Everything on it is read off the indicators' outcomes."""

    def __init__(
        self, rubric: Rubric, facts: Facts, scores: tuple[IndicatorScore, ...], total: Range | None = None
    ) -> None:
        self.rubric = rubric
        self.facts = facts
        self.scores = scores
        # Facts that several indicators share tie their ranges together: the total's is not their sum.
        self._total = total

    @property
    def points(self) -> Fraction | None:
        """The total, or None where an indicator is not settled."""
        return _sum(score.points for score in self.scores)

    @cached_property
    def bounds(self) -> Range:
        """The total as a range."""
        points = self.points
        if points is not None:
            return Range(points, points)
        return self._total or add_ranges(score.bounds for score in self.scores)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The scores in the levels of the rubric."""
        return _nest(self.rubric.members, iter(self.scores))

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grade of the total; where the total is a range, every grade in it, best first."""
        return grades_within(self.rubric.grades, self.bounds)

    @property
    def by_basis(self) -> dict[Basis, Fraction]:
        """The settled points, split by what they rest on."""
        split = dict.fromkeys(Basis, Fraction(0))
        for score in self.scores:
            for entry in score.entries:
                split[entry.basis] += entry.awarded
        return split

    def of(self, key: str) -> IndicatorScore | None:
        """The score of an indicator, by any form of its name."""
        return next((score for score in self.scores if key in score.indicator.name.forms), None)


def _nest(members: tuple[Group | Indicator, ...], scores: Iterator[IndicatorScore]) -> tuple[Member, ...]:
    return tuple(
        GroupScore(member, _nest(member.members, scores)) if isinstance(member, Group) else next(scores)
        for member in members
    )


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
