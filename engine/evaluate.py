"""Scores a department: walks the core with exact rationals and keeps what it sees.

This is the plain interpreter, and the truth. `compiled` does the same in integer steps for many
departments; a property test holds the two together.
"""

from __future__ import annotations

from fractions import Fraction

from engine.core import Case, Guard, Holds, Lies, Part, Plan, Term, evaluate_term, part_facts, term_facts
from engine.facts import Contradictory, Facts, NotApplicableFact, Present
from engine.scorecard import IndicatorScore, Outcome, Status
from engine.unit import Quantity


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


def outcomes(plan: Plan, known: Known) -> tuple[Outcome, ...]:
    """What came of every part of an indicator; what asks for a fact that does not apply is exempt."""
    if plan.exempt is None:
        return tuple(judge(part, known) for part in plan.parts)
    holds = all_hold(plan.exempt, None, known)
    if holds is None:
        lacking = tuple(key for key in plan.needs if not known.has(key))
        return (Outcome(known.why(lacking), lacking=lacking),)
    found = () if holds else tuple(judge(part, known) for part in plan.parts)
    if holds or any(outcome.status is Status.NOT_APPLICABLE for outcome in found):
        points = plan.exempt.function.base
        return (Outcome(Status.EXEMPT, plan.exempt, points=points, lost=plan.indicator.full - points),)
    return found


def judge(part: Part, known: Known) -> Outcome:
    """The first case of a part whose guards hold; stops at one that cannot be judged."""
    measured = None if part.measure is None else _value(part.measure, known)
    for case in part.cases:
        holds = all_hold(case, measured, known)
        if holds is None or (holds and not case.function.flat and not isinstance(measured, Fraction)):
            return _unsettled(part, measured, known)
        if holds:
            value = measured if isinstance(measured, Fraction) else None
            points = case.function.at(value) if value is not None else case.function.base
            return Outcome(Status.SCORED, case, *_two(value), points, part.full - points)
    if isinstance(measured, Status) and part.measure is not None:
        return _unsettled(part, measured, known)
    return Outcome(_uncovered(part, known), None, *_two(measured))


def _uncovered(part: Part, known: Known) -> Status:
    """Why no case held: a fact that does not apply, or a value that the rule forgot."""
    absent = [key for key in part_facts(part) if not known.has(key)]
    return known.why(tuple(absent)) if absent else Status.UNCOVERED


def _unsettled(part: Part, measured: Fraction | Status | None, known: Known) -> Outcome:
    lacking = tuple(dict.fromkeys(key for key in part_facts(part) if not known.has(key)))
    if measured is Status.UNDEFINED or not lacking:
        # Every fact is there: what cannot be judged is a division by nothing, here or in a condition.
        return Outcome(Status.UNDEFINED)
    return Outcome(known.why(lacking), None, *_two(measured), lacking=lacking)


def _two(value: Fraction | Status | None) -> tuple[int | None, int]:
    """A measured value as two integers."""
    return (value.numerator, value.denominator) if isinstance(value, Fraction) else (None, 1)


def all_hold(case: Case, measured: Fraction | Status | None, known: Known) -> bool | None:
    """Whether every guard holds; None where that cannot be judged. One that fails settles it."""
    answer: bool | None = True
    for guard in case.guards:
        holds = _holds(guard, measured, known)
        if holds is False:
            return False
        if holds is None:
            answer = None
    return answer


def _holds(guard: Guard, measured: Fraction | Status | None, known: Known) -> bool | None:
    match guard:
        case Holds(fact, value):
            if fact in known.labels:
                return known.labels[fact] == value
            # What does not apply has no level: the condition is not met, and the next clause is looked at.
            return False if known.unknown.get(fact) is Status.NOT_APPLICABLE else None
        case Lies(interval, None):
            return interval.holds(measured) if isinstance(measured, Fraction) else None
        case Lies(interval, term) if term is not None:
            found = _value(term, known)
            if isinstance(found, Fraction):
                return interval.holds(found)
            return False if found is Status.NOT_APPLICABLE else None
        case _:
            return None


def _value(term: Term, known: Known) -> Fraction | Status:
    """The value of a term, or why there is none."""
    keys = tuple(term_facts(term))
    if not all(key in known.numbers for key in keys):
        return known.why(keys)
    value = evaluate_term(term, known.numbers)
    return Status.UNDEFINED if value is None else value


def score_indicators(plans: tuple[Plan, ...], facts: Facts) -> tuple[IndicatorScore, ...]:
    """The score of every indicator, without the ranges of those that are not settled."""
    known = Known(facts)
    return tuple(IndicatorScore(plan, facts, outcomes(plan, known)) for plan in plans)
