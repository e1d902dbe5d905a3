"""What the checker says of a criterion as a whole is true of every department, and what is true of one it says."""

from __future__ import annotations

from fractions import Fraction

import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from strategies import f

from engine.core import EVERYWHERE, Combine, Constant, FactTerm, Interval, Term
from engine.coverage import coverage
from engine.diagnostic import Diagnostic
from engine.followed import follow
from engine.linear import Space
from engine.pieces import Piece
from engine.possible import Possible
from engine.rules import Operator, Rubric
from engine.score import assess
from engine.scores import Status
from engine.witness import Looking, round_value
from rubric.language.read import read_rubric
from rubric.language.write import write


def read_again(rubric: Rubric) -> Rubric:
    """The rubric as it is read from a file, so that every clause has its place."""
    read = read_rubric(write(rubric, "zh")).rubric
    assert read is not None
    return read


def named(findings: list[Diagnostic], code: str) -> set[object]:
    return {dict(each.headline.arguments)["name"] for each in findings if each.code == code}


@given(some.known_cases(some.rubrics(most=2)))
def test_what_no_clause_covers_is_a_gap(case: some.Case) -> None:
    rubric = read_again(case.rubric)
    followed, beyond = follow(rubric)
    found = list(coverage(followed))
    untold = named(found, "coverage-not-told") | named(beyond, "too-many-cases")
    for score in assess(rubric, case.facts).card.scores:
        name = score.indicator.name.key
        if name in untold or any(fact.chosen and fact.key in score.plan.needs for fact in rubric.facts):
            continue
        if score.status is Status.UNCOVERED:
            assert name in named(found, "gap")
        if score.status is Status.UNDEFINED:
            assert name in named(found, "zero-denominator") | named(found, "gap")


@given(some.known_cases(some.rubrics(most=2)))
def test_what_is_never_reached_is_never_used(case: some.Case) -> None:
    rubric = read_again(case.rubric)
    dead = {each.span for each in coverage(follow(rubric)[0]) if each.code == "never-reached"}
    for score in assess(rubric, case.facts).card.scores:
        for entry in score.entries:
            assert not entry.clause.span.line or entry.clause.span not in dead


@given(some.known_cases(some.rubrics(most=2)))
def test_nobody_earns_more_than_what_can_be_reached(case: some.Case) -> None:
    rubric = read_again(case.rubric)
    most = {
        dict(each.headline.arguments)["name"]: dict(each.headline.arguments)["most"]
        for each in coverage(follow(rubric)[0])
        if each.code == "full-marks-out-of-reach"
    }
    for score in assess(rubric, case.facts).card.scores:
        exempt = score.status in (Status.EXEMPT, Status.LEFT_OUT)
        if score.points is not None and score.indicator.name.key in most and not exempt:
            reach = most[score.indicator.name.key]
            assert isinstance(reach, Fraction)
            assert score.points <= reach


# ------------------------------------------------------------------------------------------ what a term may be

NAMES = ("a", "b", "c")


@st.composite
def terms(draw: some.Draw, depth: int = 2) -> Term:
    """Sums and quotients of a few facts."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.one_of(st.sampled_from(NAMES).map(FactTerm), st.sampled_from([f(1), f(2)]).map(Constant)))
    operator = draw(st.sampled_from(Operator))
    return Combine(operator, draw(terms(depth - 1)), draw(terms(depth - 1)))


@st.composite
def intervals(draw: some.Draw) -> Interval:
    ends = sorted(draw(st.lists(st.sampled_from([f(x) for x in range(-2, 4)]), min_size=2, max_size=2)))
    low, high = (draw(st.sampled_from([None, end])) for end in ends)
    return Interval(low, low is not None and draw(st.booleans()), high, high is not None and draw(st.booleans()))


@st.composite
def spaces(draw: some.Draw) -> Space:
    some_names = st.frozensets(st.sampled_from(NAMES))
    signed = draw(some_names)
    return Space(signed, draw(some_names), draw(some_names) - signed)


@given(terms(), intervals(), spaces())
def test_what_is_told_at_a_glance_is_what_solving_gives(term: Term, interval: Interval, space: Space) -> None:
    looking = Looking(Possible({}, space))
    reach = looking.reach(term)
    if interval.empty:
        return
    piece = Piece((), ((term, interval),), f(0), f(0), None)
    if reach is not None:
        # Two places make the long way be gone.
        beside = Piece((), ((term, interval), (FactTerm("d"), EVERYWHERE)), f(0), f(0), None)
        assert looking.empty(piece) == looking.empty(beside)


@given(terms(), intervals(), spaces())
def test_a_witness_lies_where_it_is_said_to(term: Term, interval: Interval, space: Space) -> None:
    from engine.core import evaluate_term

    piece = Piece((), ((term, interval),), f(0), f(0), None)
    looking = Looking(Possible({}, space))
    found = None if interval.empty else looking.witness(piece, f("0.01"))
    if found is None:
        return
    assert not looking.empty(piece)
    value = evaluate_term(term, found.amounts)
    assert value is not None
    assert interval.holds(value)
    for name, amount in found.amounts.items():
        assert amount >= 0 or name in space.signed
        assert amount or name not in space.positive
        assert amount.denominator == 1 or name not in space.whole


@given(intervals(), st.sampled_from([f(1), f("0.01"), f(10_000)]))
def test_a_round_value_lies_in_its_interval(interval: Interval, size: Fraction) -> None:
    if not interval.empty:
        assert interval.holds(round_value(interval, size))
