"""Scores a department: walks the core with exact rationals and keeps what it sees.

This is the plain interpreter, and the truth. `compiled` does the same in integer steps for many
departments; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from fractions import Fraction

from engine.alternatives import MEASURED, Measured, Terms
from engine.core import (
    Case,
    Constant,
    FactTerm,
    Guard,
    Holds,
    Lies,
    Part,
    Plan,
    Term,
    evaluate_term,
    part_facts,
    term_facts,
)
from engine.facts import Contradictory, Fact, Facts, NotApplicableFact, Present
from engine.rules import Band, Chosen, Condition, Expression, Reference, Rubric
from engine.scores import IndicatorScore, Outcome, Status, settled_by
from engine.unit import Quantity

# What a term comes to, why it comes to nothing, or None where nothing is measured.
Value = Fraction | Status | None


class Known:
    """What is known of the facts, in base units; what is not has a reason."""

    __slots__ = ("labels", "numbers", "unknown")

    def __init__(self, facts: Facts) -> None:
        self.numbers: dict[str, Fraction] = {}
        self.labels: dict[str, str | bool] = {}
        self.unknown: dict[str, Status] = {}
        for key, fact in facts.facts.items():
            match fact:
                case Present(Quantity() as quantity):
                    self.numbers[key] = quantity.exact
                case Present(bool() | str() as label):
                    self.labels[key] = label
                case NotApplicableFact():
                    self.unknown[key] = Status.NOT_APPLICABLE
                case Contradictory():
                    self.unknown[key] = Status.CONTRADICTORY

    def but(self, facts: Mapping[str, Fact]) -> Known:
        """The same, but for some facts."""
        other = Known(Facts("", None, facts))
        found = copy(self)
        for name in ("numbers", "labels", "unknown"):
            kept = {key: value for key, value in getattr(self, name).items() if key not in facts}
            setattr(found, name, kept | getattr(other, name))
        return found

    def has(self, key: str) -> bool:
        """Whether the fact has a value."""
        return key in self.numbers or key in self.labels

    def why(self, keys: tuple[str, ...]) -> Status:
        """Why a value cannot be had: the gravest reason among the facts that lack one."""
        reasons = {self.unknown.get(key, Status.MISSING) for key in keys if not self.has(key)}
        return next(
            (each for each in (Status.CONTRADICTORY, Status.MISSING, Status.NOT_APPLICABLE) if each in reasons),
            Status.MISSING,
        )

    def value(self, term: Term) -> Fraction | Status:
        """The value of a term, or why there is none."""
        keys = tuple(term_facts(term))
        if not all(key in self.numbers for key in keys):
            return self.why(keys)
        value = evaluate_term(term, self.numbers)
        return Status.UNDEFINED if value is None else value


def outcomes(plan: Plan, known: Known) -> tuple[Outcome, ...]:
    """What came of every part of an indicator; what asks for a fact that does not apply is exempt."""
    for case in plan.first:
        settled = _settles(plan, case, known)
        if settled is not None:
            return (settled,)
    found = tuple(judge(part, known) for part in plan.parts)
    exempt = plan.exempt
    if exempt is not None and any(outcome.status is Status.NOT_APPLICABLE for outcome in found):
        points = _points(exempt, _measured(exempt, known))
        if points is not None:
            return (settled_by(exempt, plan.full, points),)
        lacking = _lacking(plan.needs, known)
        return (Outcome(known.why(lacking), lacking=lacking),)
    return found


def _settles(plan: Plan, case: Case, known: Known) -> Outcome | None:
    """What comes of a case that is looked at before any part; None where it does not hold."""
    measured = _measured(case, known)
    holds = all_hold(case.guards, measured, known)
    if holds is False:
        return None
    points = _points(case, measured)
    if holds and points is not None:
        return settled_by(case, plan.full, points)
    lacking = _lacking(plan.needs, known)
    return Outcome(known.why(lacking) if lacking else Status.UNDEFINED, lacking=lacking)


def judge(part: Part, known: Known) -> Outcome:
    """The first case of a part whose guards hold; stops at one that cannot be judged."""
    looked_at: Term | None = None
    measured: Value = None
    for case in part.cases:
        if case.measure is not looked_at:
            looked_at, measured = case.measure, _measured(case, known)
        holds = all_hold(case.guards, measured, known)
        if holds is None:
            return _unsettled(part, measured, known)
        if holds:
            points = _points(case, measured)
            if points is None:
                return _unsettled(part, measured, known)
            return Outcome(Status.SCORED, case, *_two(measured), points, part.full - points)
    if isinstance(measured, Status):
        return _unsettled(part, measured, known)
    above, below = _two(measured)
    return _uncovered(part, known)._replace(above=above, below=below)


def _measured(case: Case, known: Known) -> Value:
    return None if case.measure is None else known.value(case.measure)


def _points(case: Case, measured: Value) -> Fraction | None:
    """The points of a case that holds; None where they hang on a value that there is not."""
    if case.function.flat:
        return case.function.base
    return case.function.at(measured) if isinstance(measured, Fraction) else None


def _lacking(keys: Iterable[str], known: Known) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys if not known.has(key)))


def _uncovered(part: Part, known: Known) -> Outcome:
    """Why no case held: facts that do not apply, or a value that the rule forgot; what is missing would not help."""
    absent = tuple(key for key in _lacking(part_facts(part), known) if known.unknown.get(key) is Status.NOT_APPLICABLE)
    return Outcome(Status.NOT_APPLICABLE if absent else Status.UNCOVERED, lacking=absent)


def _deciding(part: Part, known: Known) -> Iterator[str]:
    """The facts that may still decide: those of cases that may hold, up to one that holds for sure."""
    cases = []
    for case in part.cases:
        holds = all_hold(case.guards, _measured(case, known), known)
        if holds is not False:
            cases.append(case)
        if holds:
            break
    yield from part_facts(part._replace(cases=tuple(cases)))


def _unsettled(part: Part, measured: Value, known: Known) -> Outcome:
    lacking = _lacking(_deciding(part, known), known)
    if measured is Status.UNDEFINED or not lacking:
        # Every fact is there: what cannot be judged is a division by nothing, here or in a condition.
        return Outcome(Status.UNDEFINED)
    return Outcome(known.why(lacking), None, *_two(measured), lacking=lacking)


def _two(value: Value) -> tuple[int | None, int]:
    """A measured value as two integers."""
    return (value.numerator, value.denominator) if isinstance(value, Fraction) else (None, 1)


def all_hold(guards: Iterable[Guard], measured: Value, known: Known) -> bool | None:
    """Whether every guard holds; None where that cannot be judged. One that fails settles it."""
    answer: bool | None = True
    for guard in guards:
        holds = _holds(guard, measured, known)
        if holds is False:
            return False
        if holds is None:
            answer = None
    return answer


def _holds(guard: Guard, measured: Value, known: Known) -> bool | None:
    match guard:
        case Holds(fact, value):
            if fact in known.labels:
                return known.labels[fact] == value
            # What does not apply has no level: the condition is not met, and the next clause is looked at.
            return False if known.unknown.get(fact) is Status.NOT_APPLICABLE else None
        case Lies(interval, None):
            return interval.holds(measured) if isinstance(measured, Fraction) else None
        case Lies(interval, term) if term is not None:
            found = known.value(term)
            if isinstance(found, Fraction):
                return interval.holds(found)
            return False if found is Status.NOT_APPLICABLE else None
        case _:
            return None


def given_outside(plan: Plan, known: Known) -> Iterator[Chosen]:
    """Every award whose clause holds, but for which an evaluator gives points outside its range."""
    for part in plan.parts:
        for case in part.cases:
            value = _measured(case, known)
            holds = all_hold(case.guards, value, known)
            award = case.clause.award if isinstance(case.clause, Band) else None
            if holds is False and isinstance(award, Chosen) and award.fact in known.numbers:
                given = FactTerm(award.fact)
                others = (each for each in case.guards if not isinstance(each, Lies) or each.term != given)
                if all_hold(others, value, known):
                    yield award
                    break
            if holds is not False:
                break


def measured(score: IndicatorScore) -> Fraction | None:
    """What the indicator measures, exactly; None where that cannot be had, or nothing is measured."""
    return _of_alternatives(score.plan.formula, Known(score.facts))


def measured_fact(score: IndicatorScore) -> str:
    """The fact that the indicator measures as it stands, if it measures one."""
    measure = score.indicator.measure
    return measure.name if isinstance(measure, Reference) else ""


def condition_holds(condition: Condition, rubric: Rubric, score: IndicatorScore) -> bool | None:
    """Whether one condition of an indicator holds by itself; None where that cannot be judged."""
    now, known = measured(score), Known(score.facts)
    looked_at = Measured(MEASURED if now is None else Constant(now), measured_fact(score), score.full)
    answers = [all_hold(lot, now, known) for lot in Terms(rubric).conditions((condition,), looked_at)]
    return True if True in answers else None if None in answers else False


def value_of(expression: Expression, rubric: Rubric, facts: Facts, full: Fraction | None = None) -> Fraction | None:
    """What an expression comes to, in base units; None where a fact of it is not known."""
    return _of_alternatives(Terms(rubric).alternatives(expression, full), Known(facts))


def _of_alternatives(alternatives: Iterable[tuple[tuple[Guard, ...], Term]], known: Known) -> Fraction | None:
    for guards, term in alternatives:
        if all_hold(guards, None, known):
            value = known.value(term)
            return value if isinstance(value, Fraction) else None
    return None


def score_indicators(plans: tuple[Plan, ...], facts: Facts) -> tuple[IndicatorScore, ...]:
    """The score of every indicator, without the ranges of those that are not settled."""
    known = Known(facts)
    return tuple(IndicatorScore(plan, facts, outcomes(plan, known)) for plan in plans)
