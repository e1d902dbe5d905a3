"""What holds of every score: the ledger adds up, a plain calculation agrees, nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import strategies as some
from hypothesis import given

from engine.compiled import compile_rubric
from engine.compose import Member
from engine.facts import Facts, Present
from engine.rules import (
    Award,
    Band,
    Condition,
    Expression,
    FullMarks,
    Indicator,
    InProportion,
    Is,
    Item,
    Number,
    Operation,
    Operator,
    Points,
    Reading,
    Reference,
    Rubric,
    Side,
    Step,
    Within,
)
from engine.score import Assessment, assess
from engine.scores import Entry, Status
from engine.unit import Quantity
from rubric.codec import dumps, loads

# ------------------------------------------------------------------------------------ the ledger adds up


@given(some.cases())
def test_what_is_awarded_and_what_is_lost_make_full_marks(case: some.Case) -> None:
    card = assess(case.rubric, case.facts).card
    for score in card.scores:
        if score.points is None:
            continue
        assert sum(entry.awarded for entry in score.entries) == score.points
        assert sum(entry.lost for entry in score.entries) == score.lost == score.full - score.points
        assert all(entry.awarded >= 0 and entry.lost >= 0 for entry in score.entries)
        assert score.bounds == (score.points, score.points, True, True)


@given(some.cases())
def test_levels_and_the_total_are_the_sums_of_what_they_hold(case: some.Case) -> None:
    card = assess(case.rubric, case.facts).card
    for member in card.members:
        _adds_up(member)
    assert sum(member.full for member in card.members) == card.rubric.full
    if all(score.points is not None for score in card.scores):
        assert card.points == sum(member.points or 0 for member in card.members)
        assert card.points == sum(card.by_basis.values())
    else:
        assert card.points is None
        # The total may vary less than its indicators do, and never more.
        assert sum(score.bounds.low for score in card.scores) <= card.bounds.low
        assert card.bounds.high <= sum(score.bounds.high for score in card.scores)
    assert sum(card.by_basis.values()) == sum(entry.awarded for score in card.scores for entry in score.entries)


def _adds_up(member: Member) -> None:
    members = getattr(member, "members", ())
    for each in members:
        _adds_up(each)
    if members:
        assert member.full == sum(each.full for each in members)
        assert member.bounds.low == sum(each.bounds.low for each in members)
        assert member.bounds.high == sum(each.bounds.high for each in members)
        known = [each.points for each in members if each.points is not None]
        assert member.points == (sum(known) if len(known) == len(members) else None)


@given(some.cases())
def test_points_lie_between_nothing_and_full_marks(case: some.Case) -> None:
    for score in assess(case.rubric, case.facts).card.scores:
        assert 0 <= score.bounds.low <= score.bounds.high <= score.full


# ------------------------------------------------------------------------------- a plain calculation agrees


@given(some.known_cases())
def test_a_plain_calculation_gives_the_same_points(case: some.Case) -> None:
    rubric, facts = case.rubric, case.facts
    for score in assess(rubric, facts).card.scores:
        assert score.points == Plain(rubric, facts, score.indicator).points()


class Plain:
    """One indicator worked out as one would by hand, all facts known; None where the rule says nothing."""

    def __init__(self, rubric: Rubric, facts: Facts, indicator: Indicator) -> None:
        self.rubric = rubric
        self.indicator = indicator
        self.values = {key: fact.value for key, fact in facts.facts.items() if isinstance(fact, Present)}
        self.derived = {each.name.key: each.expression for each in rubric.definitions}
        measure = indicator.measure
        level = isinstance(measure, Reference) and isinstance(self.values.get(measure.name), str)
        self.measured = None if measure is None or level else self.value(measure)

    def points(self) -> Fraction | None:
        exempt = self.indicator.not_applicable
        if exempt is not None and self.all_hold(exempt.conditions):
            return self.award(exempt.award)
        clauses = self.indicator.clauses
        items = [clause for clause in clauses if isinstance(clause, Item)]
        if items:
            return sum((item.points for item in items if self.values[item.fact]), Fraction(0))
        for clause in self.in_order():
            if isinstance(clause, Step):
                if self.measured is None:
                    return None
                if self.counts(clause, self.measured):
                    return self.after_steps(clause, self.measured)
                continue
            holds = self.all_hold(clause.conditions)
            if holds is None:
                return None
            if holds:
                return self.award(clause.award)
        steps = [clause for clause in clauses if isinstance(clause, Step)]
        if len(steps) == len(clauses) == 1 and self.measured is not None:
            # A step by itself: what does not go beyond its reference keeps what it starts from.
            return self.award(steps[0].base)
        return None

    def in_order(self) -> list[Band | Step]:
        """Bands, steps that deduct, then "otherwise"; steps that add go before the band that they start from."""
        bands: list[Band | Step] = []
        for clause in self.indicator.clauses:
            if isinstance(clause, Band) and clause.conditions:
                bands.append(clause)
            elif isinstance(clause, Step) and clause.amount > 0 and bands:
                bands.insert(-1, clause)
        steps = [each for each in self.indicator.clauses if isinstance(each, Step) and each not in bands]
        rest = [each for each in self.indicator.clauses if isinstance(each, Band) and not each.conditions]
        return [*bands, *steps, *rest]

    # What things are worth.

    def value(self, expression: Expression) -> Fraction | None:
        if isinstance(expression, Number):
            return expression.quantity.number * expression.quantity.unit.size
        if isinstance(expression, Reference):
            if expression.name in self.derived:
                return self.value(self.derived[expression.name])
            found = self.values[expression.name]
            assert isinstance(found, Quantity)
            return found.number * found.unit.size
        assert isinstance(expression, Operation)
        left, right = self.value(expression.left), self.value(expression.right)
        if left is None or right is None or (expression.operator is Operator.DIVIDE and right == 0):
            return None
        if expression.operator is Operator.ADD:
            return left + right
        if expression.operator is Operator.SUBTRACT:
            return left - right
        return left * right if expression.operator is Operator.MULTIPLY else left / right

    def award(self, award: Award) -> Fraction | None:
        if isinstance(award, Points):
            return award.points
        if isinstance(award, FullMarks):
            return self.indicator.full
        assert isinstance(award, InProportion)
        if self.measured is None:
            return None
        if self.measured <= 0:
            return Fraction(0)
        return self.indicator.full if self.measured >= 1 else self.measured * self.indicator.full

    # Conditions: one that fails settles the matter, one that cannot be told leaves it open.

    def all_hold(self, conditions: Iterable[Condition]) -> bool | None:
        answers = [self.holds(condition) for condition in conditions]
        if False in answers:
            return False
        return None if None in answers else True

    def holds(self, condition: Condition) -> bool | None:
        if isinstance(condition, Is):
            measure = self.indicator.measure
            subject = condition.subject or (measure.name if isinstance(measure, Reference) else "")
            return self.values[subject] == condition.value
        assert isinstance(condition, Within)
        value = self.measured if condition.subject is None else self.value(condition.subject)
        if value is None:
            return None
        low, high = condition.low, condition.high
        if low is not None:
            edge = low.quantity.number * low.quantity.unit.size
            if value < edge or (value == edge and not low.inclusive):
                return False
        if high is not None:
            edge = high.quantity.number * high.quantity.unit.size
            if value > edge or (value == edge and not high.inclusive):
                return False
        return True

    # Steps.

    def counts(self, step: Step, value: Fraction) -> bool:
        reference = step.reference.number * step.reference.unit.size
        if step.side is Side.ABOVE:
            return value > reference or (step.occurrence and value == reference)
        return True if step.side is Side.EITHER else value < reference

    def after_steps(self, step: Step, value: Fraction) -> Fraction:
        reference = step.reference.number * step.reference.unit.size
        if step.size.unit.code == "percent":
            size = reference * step.size.number / 100
        elif step.size.unit.code == "percentage_point":
            size = step.size.number / 100
        else:
            size = step.size.number * step.size.unit.size
        steps = abs(value - reference) / size
        reading = step.reading or self.rubric.reading or Reading.WHOLE
        if reading is Reading.WHOLE:
            steps = Fraction(steps.numerator // steps.denominator)
        elif reading is Reading.STARTED:
            steps = Fraction((steps.numerator + steps.denominator - 1) // steps.denominator)
        base = self.award(step.base)
        assert base is not None
        moved = steps * abs(step.amount)
        if step.limit is not None and moved > step.limit:
            moved = step.limit
        if step.amount < 0:
            return base - moved if base > moved else Fraction(0)
        return base + moved if base + moved < self.indicator.full else self.indicator.full


# ------------------------------------------------------------------------------ interpreter and compiled code


@given(some.cases())
def test_the_compiled_rubric_gives_the_same_outcomes(case: some.Case) -> None:
    rubric, facts = case.rubric, case.facts
    compiled = compile_rubric(rubric)
    prepared = compiled.prepare(facts)
    plain, fast = assess(rubric, facts).card, compiled.score(prepared)
    for one, other in zip(plain.scores, fast.scores, strict=True):
        assert [each.status for each in one.outcomes] == [each.status for each in other.outcomes]
        assert [each.points for each in one.outcomes] == [each.points for each in other.outcomes]
        if one.points is not None:
            assert [_entry(each) for each in one.entries] == [_entry(each) for each in other.entries]
    total = compiled.points(prepared)
    assert total is None or total == plain.points


@given(some.known_cases())
def test_the_compiled_total_is_the_total(case: some.Case) -> None:
    rubric, facts = case.rubric, case.facts
    compiled = compile_rubric(rubric)
    card = assess(rubric, facts).card
    exempt = any(score.status is Status.EXEMPT for score in card.scores)
    total = compiled.points(compiled.prepare(facts))
    assert total == card.points or (total is None and exempt)


def _entry(entry: Entry) -> tuple[object, ...]:
    # The compiled code does not work a measured value out that no clause looks at.
    return entry.clause, entry.awarded, entry.lost, entry.basis, entry.steps, entry.readings


# ------------------------------------------------------------------------------- adjustments stand beside


@given(some.adjusted_cases())
def test_adjustments_never_change_the_base_score(case: some.Case) -> None:
    rubric, facts = case.rubric, case.facts
    with_them, without = assess(rubric, facts), assess(rubric, some.facts_of(dict(facts.facts)))
    assert _points(with_them) == _points(without)
    assert with_them.adjusted is not None
    assert _points(with_them.adjusted) == _points(assess(rubric, _taken_out(facts)))
    assert without.adjusted is None


def _taken_out(facts: Facts) -> Facts:
    """The facts with every amount taken out by hand."""
    found = dict(facts.facts)
    for adjustment in facts.adjustments:
        fact = found[adjustment.fact]
        assert isinstance(fact, Present)
        assert isinstance(fact.value, Quantity)
        assert fact.value.unit == adjustment.amount.unit
        found[adjustment.fact] = some.present(
            Quantity(fact.value.number - adjustment.amount.number, fact.value.unit), fact.provenance.basis
        )
    return some.facts_of(found)


def _points(assessment: Assessment) -> list[Fraction | None]:
    return [score.points for score in assessment.card.scores]


# --------------------------------------------------------------------------------- kept and read again


@given(some.cases())
def test_what_is_kept_as_json_is_read_as_the_same(case: some.Case) -> None:
    for value in (case.rubric, case.facts):
        assert loads(dumps(value)) == value
