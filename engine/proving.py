"""How well the examples of a rubric, and departments scored by it, test its rules.

A clause is *reached* where an example or a department is scored by it. A change of one number is *noticed* where an
example or a department then has other points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from engine.alternatives import TooManyCasesError
from engine.core import Plan
from engine.difference import Difference, difference
from engine.evaluate import Known, outcomes
from engine.examples import Result, results, same_points
from engine.facts import Facts
from engine.followed import Frames
from engine.lowering import Lowering
from engine.mutants import Mutant, mutants
from engine.possible import possible
from engine.rows import with_rows
from engine.rules import AndSoOn, Clause, Indicator, Rubric, Scaled
from engine.scores import points_of
from engine.source import Span


class Reached(NamedTuple):
    """A clause, and how many examples and departments are scored by it."""

    indicator: Indicator
    clause: Clause
    times: int


class Tested(NamedTuple):
    """A change of one number, whether something notices it, and facts that would, if nothing does."""

    mutant: Mutant
    noticed: bool
    would: Difference | None = None


@dataclass(frozen=True, slots=True)
class _Trial:
    """Facts for which an indicator's points are known."""

    facts: Facts
    full: Fraction
    points: Fraction | None
    written: bool  # in an example, whose decimals may be cut


class Proving:
    """The examples of a rubric and some departments, held against its rules."""

    def __init__(self, rubric: Rubric, departments: Iterable[Facts] = ()) -> None:
        self.rubric = rubric
        self.results: tuple[Result, ...] = tuple(results(rubric))
        self.departments = [with_rows(rubric, facts) for facts in departments]
        self._frames = Frames(rubric)

    def failed(self) -> tuple[Result, ...]:
        """The examples that the rules do not bear out."""
        return tuple(result for result in self.results if result.findings)

    # ------------------------------------------------------------------------------------------ reached

    def reached(self) -> Iterator[Reached]:
        """Every clause, in the order of the text, and how often it is reached."""
        times: dict[Span, int] = {}
        for span in self._clauses_used():
            times[span] = times.get(span, 0) + 1
        for indicator in self.rubric.indicators():
            for clause in indicator.clauses:
                if not isinstance(clause, AndSoOn | Scaled):
                    yield Reached(indicator, clause, times.get(clause.span, 0))

    def _clauses_used(self) -> Iterator[Span]:
        for result in self.results:
            if result.score is not None:
                yield from (entry.clause.span for entry in result.score.entries)
        for rubric, facts in self.departments:
            lowering, known = Lowering(rubric), Known(facts)
            for indicator in rubric.indicators():
                for outcome in outcomes(lowering.plan(indicator), known):
                    if outcome.case is not None:
                        yield outcome.case.clause.span

    # ------------------------------------------------------------------------------------------ noticed

    def mutated(self) -> Iterator[Tested]:
        """Every change of one number, in the order of the text."""
        for indicator in self.rubric.indicators():
            trials = list(self._trials(indicator))
            for mutant in mutants(self.rubric, indicator):
                yield self._tested(indicator, mutant, trials)

    def _trials(self, indicator: Indicator) -> Iterator[_Trial]:
        for result in self.results:
            if result.indicator.key == indicator.key and result.score is not None:
                yield _Trial(result.score.facts, result.indicator.full, result.example.points, True)
        for rubric, facts in self.departments:
            known = Known(facts)
            for each in rubric.indicators():
                if each.head == indicator.head and not each.row:
                    plan = Lowering(rubric).plan(each)
                    yield _Trial(facts, each.full, points_of(plan, outcomes(plan, known)), False)

    def _tested(self, indicator: Indicator, mutant: Mutant, trials: Sequence[_Trial]) -> Tested:
        lowering = self._frames.of(indicator)
        try:
            plans = {trial.full: lowering.plan(_with_marks(mutant.indicator, trial.full)) for trial in trials}
            if any(_notices(plans[trial.full], trial) for trial in trials):
                return Tested(mutant, noticed=True)
            return Tested(mutant, noticed=False, would=self._would_notice(indicator, mutant, lowering))
        except TooManyCasesError:
            return Tested(mutant, noticed=True)

    def _would_notice(self, indicator: Indicator, mutant: Mutant, lowering: Lowering) -> Difference | None:
        """Facts for which the change gives other points; none where it changes nothing."""
        own, other = (lowering.plan(replace(each, rows=None)) for each in (indicator, mutant.indicator))
        asked = {*own.needs, *other.needs}
        facts = possible((fact for key, fact in lowering.declared.items() if key in asked), (own, other))
        return difference(own, other, facts, lowering.declared, lowering.shown_in(indicator).size)


def _with_marks(indicator: Indicator, full: Fraction) -> Indicator:
    return replace(indicator, rows=None, full=full)


def _notices(plan: Plan, trial: _Trial) -> bool:
    """Whether the facts of a trial have other points under a plan."""
    points = points_of(plan, outcomes(plan, Known(trial.facts)))
    if points is None or trial.points is None:
        return points is not trial.points
    return not same_points(points, trial.points) if trial.written else points != trial.points
