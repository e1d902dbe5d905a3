"""How near an indicator is to the next edge on either side: of what it measures, and of each fact.

Within the margin the points stay as they are, all else being as it is; just beyond it they change, for better or
worse. Both ends are exact, and come from the same places as the least change (`trial`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.core import Case, Combine, FactTerm, Guard, Lies, Part, Plan, Term, evaluate_term, term_facts
from engine.evaluate import Known, all_hold
from engine.keys import of_group
from engine.rules import Amount, FactDeclaration, Name, Operator, Rubric
from engine.scores import IndicatorScore
from engine.trial import Trial, known_of
from engine.unit import ONE, WHOLE, Quantity, Unit

# What is measured, where it is moved as if it were a fact; no name of a rule file can be this.
_MEASURED = "\0measured"


@dataclass(frozen=True, slots=True)
class Limit:
    """The nearest value on one side from which the points are others.

    `kept` says that the value itself still earns the same, so that only what lies beyond it earns `points`; they are
    None where the rule gives none there, or where they are `sloping`: every bit changes them. `measured` is what the
    indicator would measure at the value, where that can be had.
    """

    value: Quantity
    kept: bool
    points: Fraction | None
    sloping: bool = False
    measured: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """Between which values the points stay as they are; without an end, they stay so however far it goes."""

    now: Quantity
    low: Limit | None
    high: Limit | None


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of an indicator: of what it measures, in base units, where that can move by itself; of each fact."""

    measured: Margin | None
    facts: tuple[tuple[str, Margin], ...]


def margins(rubric: Rubric, score: IndicatorScore) -> Margins:
    """How far from changing the points of a settled indicator are.

    Nothing is told of one that is not settled, nor of one that is held against the group: its figures move as well.
    """
    if score.points is None or any(map(of_group, score.plan.needs)):
        return Margins(None, ())
    known = known_of(score)
    measure = _measure(score, known)
    facts: list[tuple[str, Margin]] = []
    for key in score.plan.needs:
        declared = rubric.fact(key)
        if declared is not None and not declared.chosen and key in known.numbers:
            facts.append((key, _margin(Trial(score, declared, known_of(score)), measure)))
    return Margins(_of_measured(rubric, score, known, measure), tuple(facts))


def _margin(trial: Trial, measure: Term | None) -> Margin:
    kind, now = trial.declared.kind, trial.now
    assert isinstance(kind, Amount)
    assert now is not None
    low, high = (_limit(trial, way, measure) for way in (-1, 1))
    return Margin(Quantity(now / kind.unit.size, kind.unit), low, high)


def _limit(trial: Trial, way: int, measure: Term | None) -> Limit | None:
    """The first place on the way that does not earn what is earned now."""
    kind, points = trial.declared.kind, trial.score.points
    assert isinstance(kind, Amount)
    for place in trial.outward(way):
        if place.sloping or place.points != points:
            value = Quantity(place.threshold / kind.unit.size, kind.unit)
            numbers = {**trial.known.numbers, trial.fact: place.threshold}
            there = None if measure is None else evaluate_term(measure, numbers)
            return Limit(value, not place.reached, place.points, place.sloping, there)
    return None


# ------------------------------------------------------------------------------------ what is measured


def _measure(score: IndicatorScore, known: Known) -> Term | None:
    """The term that the indicator measures, where its value is known."""
    for guards, term in score.plan.formula:
        if all_hold(guards, None, known):
            return term if isinstance(known.value(term), Fraction) else None
    return None


def _of_measured(rubric: Rubric, score: IndicatorScore, known: Known, measure: Term | None) -> Margin | None:
    """The margin of what is measured, as if it were a fact; None where other things hang on the same facts."""
    plan = None if measure is None else _over(score.plan, measure)
    if plan is None or measure is None:
        return None
    value = known.value(measure)
    assert isinstance(value, Fraction)
    declared = FactDeclaration(Name(_MEASURED), Amount(_counted(rubric, measure) or ONE), signed=True)
    known.numbers[_MEASURED] = value
    return _margin(Trial(score._replace(plan=plan), declared, known), FactTerm(_MEASURED))


def _counted(rubric: Rubric, term: Term) -> Unit | None:
    """The unit of whole things that a term counts, if it does nothing but add and take away such counts."""
    match term:
        case FactTerm(fact):
            declared = rubric.fact(fact)
            kind = None if declared is None else declared.kind
            return kind.unit if isinstance(kind, Amount) and kind.unit.code in WHOLE else None
        case Combine(Operator.ADD | Operator.SUBTRACT, left, right):
            found = {_counted(rubric, left), _counted(rubric, right)}
            return found.pop() if len(found) == 1 else None
        case _:
            return None


def _over(plan: Plan, measure: Term) -> Plan | None:
    """A plan in which what is measured is a fact of its own; None where something else reads the same facts."""
    moved = FactTerm(_MEASURED)
    facts = set(term_facts(measure))

    def stands(term: Term | None) -> Term | None:
        return moved if term == measure else term

    def guard(each: Guard) -> Guard:
        return each._replace(term=stands(each.term)) if isinstance(each, Lies) else each

    def case(each: Case) -> Case:
        return each._replace(guards=tuple(map(guard, each.guards)), measure=stands(each.measure))

    over = plan._replace(
        first=tuple(map(case, plan.first)),
        parts=tuple(Part(part.full, tuple(map(case, part.cases))) for part in plan.parts),
    )
    cases = [*over.first, *(each for part in over.parts for each in part.cases)]
    read = {fact for each in cases for term in _terms(each) for fact in term_facts(term)}
    return over if _MEASURED in read and not read & facts else None


def _terms(case: Case) -> list[Term]:
    terms = [each.term for each in case.guards if isinstance(each, Lies) and each.term is not None]
    return terms if case.measure is None else [*terms, case.measure]
