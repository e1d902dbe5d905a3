"""What holds of every score: the ledger adds up, a plain calculation agrees, nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import strategies as some
from hypothesis import given
from plain import Plain

from engine.compiled import compile_rubric
from engine.compose import GroupScore, Member, Shift
from engine.facts import Facts, Present
from engine.rules import Role
from engine.score import Assessment, assess
from engine.scores import Entry, Range, Status
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
        if score.plan.added:
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


# ------------------------------------------------------------------------------ how points are put together


@given(some.cases(some.composed_rubrics()))
def test_members_and_what_shifts_them_make_the_points(case: some.Case) -> None:
    """Whatever is done to a sum is told, and nothing else is done to it."""
    card = assess(case.rubric, case.facts).card
    for member in card.members:
        if isinstance(member, GroupScore):
            _told(member.members, member.shifts, member.bounds)
            if member.points is not None:
                assert member.points == sum(each.points or 0 for each in member.members) + _moved(member.shifts)
    whole = card.whole
    _told([each for each in whole.members if _role(each) is not Role.PENALTY], whole.shifts, whole.bounds)
    if whole.points is not None:
        added = sum(each.points or 0 for each in whole.members if _role(each) is not Role.PENALTY)
        assert whole.points == added + _moved(whole.shifts)
        assert whole.bounds == (whole.points, whole.points, True, True)


def _moved(shifts: tuple[Shift, ...]) -> Fraction:
    assert all(shift.amount == shift.after.low - shift.before.low for shift in shifts)
    return sum((shift.amount or Fraction(0) for shift in shifts), Fraction(0))


def _told(members: Sequence[Member], shifts: tuple[Shift, ...], bounds: Range) -> None:
    """Each shift goes on from where the one before it has left the points, but for what a bonus adds in between."""
    if shifts and all(_role(each) is Role.ORDINARY for each in members):
        if all(each.points is not None for each in members):
            assert shifts[0].before.low == sum(each.points or 0 for each in members)
        assert all(one.after == other.before for one, other in pairwise(shifts))
        assert (shifts[-1].after.low, shifts[-1].after.high) == (bounds.low, bounds.high) or not shifts[-1].amount


def _role(member: Member) -> Role:
    return member.role if isinstance(member, GroupScore) else member.indicator.role


@given(some.cases(some.composed_rubrics()))
def test_a_total_lies_between_nothing_and_all_that_there_is(case: some.Case) -> None:
    card = assess(case.rubric, case.facts).card
    highest = case.rubric.full + sum(each.full for each in case.rubric.members if each.role is Role.BONUS)
    assert card.bounds.low <= card.bounds.high
    if case.rubric.overall.rounding is None:
        assert card.bounds.low >= 0
        assert card.bounds.high <= highest


# ------------------------------------------------------------------------------- a plain calculation agrees


@given(some.known_cases())
def test_a_plain_calculation_gives_the_same_points(case: some.Case) -> None:
    rubric, facts = case.rubric, case.facts
    plain = Plain(rubric, facts)
    for score in assess(rubric, facts).card.scores:
        assert score.points == plain.points(score.indicator)


@given(some.known_cases(some.composed_rubrics()))
def test_a_plain_calculation_gives_the_same_total(case: some.Case) -> None:
    card = assess(case.rubric, case.facts).card
    assert card.points == Plain(case.rubric, case.facts).total()


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


@given(some.known_cases(some.composed_rubrics()))
def test_the_compiled_rubric_puts_points_together_in_the_same_way(case: some.Case) -> None:
    compiled = compile_rubric(case.rubric)
    prepared = compiled.prepare(case.facts)
    card = assess(case.rubric, case.facts).card
    assert compiled.points(prepared) == card.points
    if card.points is not None:
        assert compiled.score(prepared).whole.shifts == card.whole.shifts


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
