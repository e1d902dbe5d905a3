"""Ranges for missing facts hold every completion and reach their ends; the least change is the least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import strategies as some
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import f

from engine import linear
from engine.bounds import Bounds, Completion
from engine.change import Change, changes
from engine.facts import MISSING, Contradictory, Facts, Present
from engine.rules import (
    Amount,
    Band,
    Edge,
    FactDeclaration,
    FullMarks,
    Indicator,
    InProportion,
    Name,
    Operation,
    Operator,
    Reading,
    Reference,
    Rubric,
    Side,
    Step,
    Within,
)
from engine.score import Assessment, assess
from engine.scores import IndicatorScore, Range
from engine.search import MOST_TRIALS
from engine.unit import PERCENT, PERCENTAGE_POINT, UNITS, WHOLE, Quantity
from rubric.case import load_case

ROOT = Path(__file__).parents[1]

Rows = Sequence[Any]


# ------------------------------------------------------------------------- every completion lies in the range


@given(some.gaps())
def test_no_completion_scores_outside_the_range(gap: some.Gap) -> None:
    found = assess(gap.rubric, gap.facts)
    for completion in gap.completions:
        scored = assess(gap.rubric, completion)
        for open_score, score in zip(found.card.scores, scored.card.scores, strict=True):
            if score.points is not None:
                assert open_score.bounds.low <= score.points <= open_score.bounds.high
        if scored.total is not None:
            assert found.card.bounds.low <= scored.total <= found.card.bounds.high


@given(some.gaps(of=some.composed_rubrics()))
def test_no_completion_comes_to_a_total_outside_the_range(gap: some.Gap) -> None:
    found = assess(gap.rubric, gap.facts).card
    for completion in gap.completions:
        total = assess(gap.rubric, completion).total
        if total is not None:
            assert found.bounds.low <= total <= found.bounds.high


@given(st.one_of(some.gaps(), some.gaps(of=some.composed_rubrics())))
def test_an_end_that_counts_as_reached_is_reached(gap: some.Gap) -> None:
    found = assess(gap.rubric, gap.facts).bounds
    assume(found is not None)
    assert found is not None
    for end, reached, completion in _ends(found):
        assert reached == (completion is not None)
        if completion is not None:
            assert assess(gap.rubric, completed(gap.rubric, gap.facts, completion)).total == end


@given(some.gaps(most=2))
def test_an_end_that_does_not_count_as_reached_is_not_reached(gap: some.Gap) -> None:
    """With few facts missing the search is never cut short, and knows whether an end can be reached.

    Where parts are not just added up each is taken at its end by itself, and that is not known.
    """
    assessment = assess(gap.rubric, gap.facts)
    found = assessment.bounds
    assume(found is not None and all(plan.added for plan in assessment.plans))
    assert found is not None
    totals = [assess(gap.rubric, completion).total for completion in gap.completions]
    for end, reached, _ in _ends(found):
        assert reached or end not in totals


@given(some.gaps())
def test_what_hangs_on_a_missing_fact_is_what_its_indicators_may_still_move(gap: some.Gap) -> None:
    found = assess(gap.rubric, gap.facts)
    bounds = found.bounds
    assume(bounds is not None)
    assert bounds is not None
    lacking = {fact for score in found.card.scores for fact in score.lacking}
    assert {each.fact for each in bounds.missing} == lacking
    for each in bounds.missing:
        widths = [score.bounds.width for score in found.card.scores if each.fact in score.lacking]
        assert each.points == sum(widths)
    assert [each.points for each in bounds.missing] == sorted((each.points for each in bounds.missing), reverse=True)


def _ends(bounds: Bounds) -> Iterator[tuple[Fraction, bool, Completion | None]]:
    yield bounds.total.low, bounds.total.low_reached, bounds.lowest
    yield bounds.total.high, bounds.total.high_reached, bounds.highest


def completed(rubric: Rubric, facts: Facts, completion: Completion) -> Facts:
    """The facts with a completion, whose amounts are in base units, put in."""
    found: dict[str, Quantity | str | bool] = {}
    for key, value in completion.items():
        declared = rubric.fact(key)
        assert declared is not None
        if isinstance(value, Fraction):
            assert isinstance(declared.kind, Amount)
            assert value >= 0 or declared.signed
            assert value or not declared.positive
            assert value.denominator == 1 or declared.kind.unit.code not in WHOLE, "half a person"
            value = Quantity(value / declared.kind.unit.size, declared.kind.unit)
        found[key] = value
    return facts.with_values(found)


# ------------------------------------------------------------------------------------------ cases by hand


@cache
def _baojing() -> tuple[Rubric, Facts]:
    case = load_case(ROOT / "rules/hunan/baojing-2017.rubric", ROOT / "tests/reports/baojing-gov-office-2017.yaml")
    assert case.rubric is not None
    assert case.facts is not None
    return case.rubric, case.facts


def without(*keys: str) -> Assessment:
    """The Baojing report with some facts missing."""
    rubric, facts = _baojing()
    return assess(rubric, replace(facts, facts={**facts.facts, **dict.fromkeys(keys, MISSING)}))


def test_nothing_is_missing_that_decides() -> None:
    assert without().total == 89
    assert without().bounds is None


def test_one_missing_fact_that_two_indicators_share() -> None:
    found = without("本年三公经费预算")
    # Each by itself may come to anything. x is the missing budget, in 万元.
    change, control = found.card.of("“三公经费”变动率"), found.card.of("“三公经费”控制率")
    assert change is not None
    assert control is not None
    assert change.bounds == (0, 4, True, True)  # x ≤ 131: 4 points; x ≥ 131 × 1.10: 10 × 0.4 = 4 are lost
    assert control.bounds == (0, 8, True, True)  # x ≥ 33.14: 8 points; 33.14 ÷ x ≥ 108 %: 8 × 1 = 8 are lost
    # Together: below 33.14 the first has its 4 points, from 33.14 on the second has its 8.
    #   x near 0: 4 + 0 = 4    33.14 ≤ x ≤ 131: 4 + 8 = 12    x ≥ 144.1: 0 + 8 = 8
    # The other indicators have 89 - 12 = 77, so that the total lies from 77 + 4 to 77 + 12.
    assert found.card.bounds == (81, 89, True, True)
    bounds = found.bounds
    assert bounds is not None
    assert bounds.lowest is not None
    assert bounds.highest is not None
    low, high = bounds.lowest["本年三公经费预算"], bounds.highest["本年三公经费预算"]
    assert isinstance(low, Fraction)
    assert isinstance(high, Fraction)
    assert low * f("1.08") <= 33_1400
    assert 33_1400 <= high < f("1.01") * 131_0000
    assert [(each.fact, each.points) for each in bounds.missing] == [("本年三公经费预算", 12)]


def test_the_number_of_posts_is_missing() -> None:
    found = without("编制数")
    # 71 ÷ x ≤ 100 %, that is x ≥ 71: 3 points; 71 ÷ x ≥ 106 %: 6 × 0.5 = 3 are lost. 89 - 3 = 86.
    assert found.card.bounds == (86, 89, True, True)
    assert found.bounds is not None
    assert found.bounds.lowest is not None
    assert found.bounds.highest is not None
    low, high = found.bounds.lowest["编制数"], found.bounds.highest["编制数"]
    assert isinstance(low, Fraction)
    assert isinstance(high, Fraction)
    assert low * f("1.06") <= 71 <= high
    assert low.denominator == high.denominator == 1


def test_an_opinion_is_missing_for_which_a_rate_stands_in() -> None:
    found = without("满意度评价")
    # 满意 6, 基本满意 4, 不满意 0; the rate is missing too, and is not looked at. 89 - 6 = 83.
    assert found.card.bounds == (83, 89, True, True)
    score = found.card.of("社会公众或服务对象满意度")
    assert score is not None
    assert score.bounds == (0, 6, True, True)
    assert score.lacking == ("满意度评价", "满意度")


def test_everything_is_missing() -> None:
    rubric, _ = _baojing()
    found = assess(rubric, some.facts_of({})).bounds
    assert found is not None
    # Every indicator can be failed, and all of them together: the pairs that share facts do not hinder
    # one another. 三公经费: 支出 1.188 × 本年 and 本年 1.1 × 上年 lose both; 预算: 追加 > 30 % of 年初 and
    # 年末结转 a sixth of what was available lose both. And every one can be met.
    assert found.total == (0, 100, True, True)
    for each in found.indicators:
        assert (each.low, each.low_reached, each.high_reached) == (0, True, True)
    assert found.lowest is not None
    assert found.highest is not None
    for end, completion in ((0, found.lowest), (100, found.highest)):
        assert assess(rubric, completed(rubric, some.facts_of({}), completion)).total == end


def test_contradictory_readings_are_taken_one_at_a_time() -> None:
    rubric, facts = _baojing()
    people = [some.present(Quantity(f(x), UNITS["person"])) for x in (71, 75, 76)]
    found = assess(rubric, replace(facts, facts={**facts.facts, "在职人员数": Contradictory(tuple(people))}))
    # 71 ÷ 74 = 95.9 %: 3;  75 ÷ 74 = 101.35 %: one whole step, 2.5;  76 ÷ 74 = 102.7 %: two, 2.
    assert found.card.bounds == (88, 89, True, True)
    assert found.bounds is not None
    assert found.bounds.lowest == {"在职人员数": 76}
    assert found.bounds.highest == {"在职人员数": 71}


# ------------------------------------------------------------------------------------ ends of sloping points

MONEY = UNITS["wan_yuan"]


def _rubric(*indicators: Indicator) -> Rubric:
    names = ["甲", "乙", "丙"]
    facts = tuple(FactDeclaration(Name(name), Amount(MONEY)) for name in names)
    full = sum((each.full for each in indicators), Fraction(0))
    return Rubric("示例", None, "", (), full, Reading.WHOLE, (), facts, (), indicators)


def _share(name: str, above: str, below: str, *clauses: Band | Step) -> Indicator:
    return Indicator(Name(name), f(10), Operation(Operator.DIVIDE, Reference(above), Reference(below)), clauses)


def _known(**amounts: int) -> Facts:
    return some.facts_of({key: some.present(Quantity(f(value), MONEY)) for key, value in amounts.items()})


def test_points_in_proportion_reach_their_ends() -> None:
    rubric = _rubric(_share("完成率", "甲", "乙", Band((), InProportion())))
    # 甲 ÷ 100: 0 at 0, 10 from 100 on.
    assert assess(rubric, _known(乙=100)).card.bounds == (0, 10, True, True)
    # 100 ÷ 乙 comes ever closer to 0 and never is 0.
    assert assess(rubric, _known(甲=100)).card.bounds == (0, 10, False, True)


def test_an_open_edge_is_approached_and_not_reached() -> None:
    below = Band((Within(None, Edge(Quantity(f(90), PERCENT), False)),), InProportion())
    rubric = _rubric(_share("完成率", "甲", "乙", below, Band((), FullMarks())))
    assert assess(rubric, _known(乙=100)).card.bounds == (0, 10, True, True)
    none = _rubric(_share("完成率", "甲", "乙", below))
    # 甲 < 90 is all that the rule covers: 9 points are approached.
    assert assess(none, _known(乙=100)).card.bounds == (0, 9, True, False)


def test_two_shares_of_one_whole_are_looked_at_together() -> None:
    shares = [_share(name, above, "丙", Band((), InProportion())) for name, above in (("甲比", "甲"), ("乙比", "乙"))]
    card = assess(_rubric(*shares), _known(甲=30, 乙=50)).card
    # 丙 unknown: 30 ÷ 丙 and 50 ÷ 丙 are both full up to 30, and both vanish as 丙 grows.
    assert card.bounds == (0, 20, False, True)


def test_a_share_and_its_complement_never_fail_together() -> None:
    """甲 ÷ 乙 in proportion, and full marks for 甲 ÷ 乙 ≤ 50 % with a point lost for each step above."""
    half = Edge(Quantity(f(50), PERCENT), True)
    step = Step(Side.ABOVE, half.quantity, Quantity(f(5), PERCENTAGE_POINT), f(-1), FullMarks())
    rubric = _rubric(
        _share("执行率", "甲", "乙", Band((), InProportion())),
        _share("控制率", "甲", "乙", Band((Within(None, half),), FullMarks()), step),
    )
    card = assess(rubric, _known(乙=100)).card
    # With p = 甲 ÷ 乙: up to 50 % 10 p + 10, so from 10 at p = 0 to 15; then each whole 5 points cost 1:
    # just below 55 % 5.5 + 10, approached only; at 100 % 10 + 0. The least is 10, the most 15.5.
    assert card.bounds == (10, f("15.5"), True, False)


def test_what_no_fact_can_settle_may_come_to_anything() -> None:
    rubric = _rubric(_share("完成率", "甲", "乙", Band((), InProportion())))
    card = assess(rubric, _known(甲=5, 乙=0)).card
    assert card.bounds == Range(f(0), f(10), False, False)


# --------------------------------------------------------------------------------------------------- effort


@pytest.fixture
def systems(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the linear systems that are solved: what a range costs, on any machine."""
    solved: list[int] = []
    solve = linear.maximise

    def counted(rows: Rows, limits: Rows, objective: Rows) -> list[Fraction] | None:
        solved.append(len(rows))
        return solve(rows, limits, objective)

    monkeypatch.setattr(linear, "maximise", counted)
    return solved


def test_a_report_with_everything_missing_is_bounded_at_once(systems: list[int]) -> None:
    rubric, _ = _baojing()
    assert assess(rubric, some.facts_of({})).bounds is not None
    # 18 indicators, of which two pairs share facts; each system holds the few facts of one or two of them.
    assert len(systems) < 300
    assert max(systems) < 12


def test_staircases_that_pull_in_opposite_ways_are_given_up_in_time(systems: list[int]) -> None:
    """Ten staircases of twenty steps over the same three facts, half of them up and half of them down."""
    found = []
    for number in range(10):
        above, below = ("甲乙", "乙丙", "丙甲")[number % 3]
        side = (Side.ABOVE, Side.BELOW)[number % 2]
        edge = Edge(Quantity(f(60 + 10 * number), PERCENT), True)
        step = Step(side, edge.quantity, Quantity(f(1 + number % 3), PERCENTAGE_POINT), f("-0.5"), FullMarks())
        limits = (None, edge) if side is Side.ABOVE else (edge, None)
        found.append(_share(f"第{number}项", above, below, Band((Within(*limits),), FullMarks()), step))
    assessment = assess(_rubric(*found), some.facts_of({}))
    bounds = assessment.bounds
    assert bounds is not None
    assert len(systems) < 3 * MOST_TRIALS
    # What was given up is exactness: no completion passes the ends.
    for x in (1, 60, 80, 100, 101, 140, 10_000):
        total = assess(assessment.rubric, _known(甲=x, 乙=100, 丙=90)).total
        assert total is not None
        assert bounds.total.low <= total <= bounds.total.high


# --------------------------------------------------------------------------------------------- least change

HAIR = Fraction(1, 10**30)


@given(some.known_cases())
def test_every_change_gives_the_points_that_it_states(case: some.Case) -> None:
    for score in assess(case.rubric, case.facts).card.scores:
        for change in changes(case.rubric, score):
            assert score.points is not None
            assert change.points > score.points
            assert _earned(case, score, change.fact, _applied(change)) == change.points


@settings(max_examples=60)
@given(some.known_cases())
def test_no_smaller_change_earns_more(case: some.Case) -> None:
    for score in assess(case.rubric, case.facts).card.scores:
        nearest: dict[tuple[str, bool], Change] = {}
        for change in sorted(changes(case.rubric, score), key=lambda each: _distance(case.facts, each)):
            nearest.setdefault((change.fact, change.upward), change)
        for change in nearest.values():
            if isinstance(change.value, Quantity):
                _check_way(case, score, change)


def _check_way(case: some.Case, score: IndicatorScore, change: Change) -> None:
    """Look at many places between the present value and the threshold."""
    assert score.points is not None
    assert isinstance(change.value, Quantity)
    now = case.facts.get(change.fact)
    assert isinstance(now, Present)
    assert isinstance(now.value, Quantity)
    unit = change.value.unit
    start, end = now.value.in_unit(unit), change.value.number
    places = [start + (end - start) * Fraction(k, 60) for k in range(1, 60)]
    if unit.code in WHOLE:
        places = [Fraction(round(place)) for place in places]
        places = [place for place in places if min(start, end) < place < max(start, end)]
    if not change.reached:
        places.append(end)
    earned = [_earned(case, score, change.fact, Quantity(place, unit)) for place in places]
    for one, two in pairwise(earned):
        # Where points slope every bit earns more: no step on the way, and never as much as at its end.
        if one is not None and two is not None and one > score.points:
            assert one < change.points
            assert one < two or change.points != two
    flat = [one for one, two in pairwise(earned) if one == two and one is not None]
    assert all(points <= score.points for points in flat)


@given(some.known_cases())
def test_levels_are_changed_to_the_next_better_one_and_to_the_best(case: some.Case) -> None:
    for score in assess(case.rubric, case.facts).card.scores:
        for change in changes(case.rubric, score):
            declared = case.rubric.fact(change.fact)
            assert declared is not None
            if isinstance(change.value, Quantity):
                continue
            kind = declared.kind
            options = [level.key for level in kind.levels] if hasattr(kind, "levels") else [True, False]
            earned = [_earned(case, score, change.fact, option) for option in options]
            better = [points for points in earned if points is not None and points > (score.points or 0)]
            assert change.points in (min(better), max(better))
            assert {min(better), max(better)} <= {
                each.points for each in changes(case.rubric, score) if each.fact == change.fact
            }


@given(some.known_cases())
def test_where_one_amount_can_win_points_a_change_says_so(case: some.Case) -> None:
    """Each amount tried at many values: none earns more on a side for which no change is given."""
    for score in assess(case.rubric, case.facts).card.scores:
        if score.points is None:
            continue
        given_sides = {(change.fact, change.upward) for change in changes(case.rubric, score)}
        for key in score.plan.needs:
            fact = case.facts.get(key)
            if not isinstance(fact, Present) or not isinstance(fact.value, Quantity):
                continue
            declared = case.rubric.fact(key)
            assert declared is not None
            for value in _grid(fact.value, declared.signed):
                if not value.number and declared.positive:
                    continue
                points = _earned(case, score, key, value)
                if points is not None and points > score.points and not _slopes(case, score, key, value):
                    assert (key, value.number > fact.value.number) in given_sides


def _grid(value: Quantity, signed: bool) -> list[Quantity]:
    factors = [f(x) for x in ("0", "0.5", "0.9", "0.99", "1.01", "1.1", "2", "10")]
    numbers = {value.number * factor for factor in factors} | {f(1), f(100)}
    if signed:
        numbers |= {-number for number in numbers}
    numbers.discard(value.number)
    return [
        Quantity(number, value.unit)
        for number in sorted(numbers)
        if value.unit.code not in WHOLE or number.denominator == 1
    ]


def _slopes(case: some.Case, score: IndicatorScore, key: str, value: Quantity) -> bool:
    beside = [_earned(case, score, key, Quantity(value.number * (1 + k * HAIR), value.unit)) for k in (-1, 1)]
    return len({*beside, _earned(case, score, key, value)}) == 3


def _distance(facts: Facts, change: Change) -> Fraction:
    now = facts.get(change.fact)
    if not isinstance(change.value, Quantity) or not isinstance(now, Present) or not isinstance(now.value, Quantity):
        return Fraction(0)
    return abs(change.value.exact - now.value.exact)


def _applied(change: Change) -> Quantity | str | bool:
    if not isinstance(change.value, Quantity) or change.reached:
        return change.value
    hair = HAIR * max(abs(change.value.number), Fraction(1))
    return Quantity(change.value.number + (hair if change.upward else -hair), change.value.unit)


def _earned(case: some.Case, score: IndicatorScore, key: str, value: Quantity | str | bool) -> Fraction | None:
    other = assess(case.rubric, case.facts.with_values({key: value})).card.of(score.indicator.name.key)
    assert other is not None
    return other.points


def test_the_least_change_of_each_fact_by_hand() -> None:
    rubric, facts = _baojing()
    score = assess(rubric, facts).card.of("预算控制率")
    assert score is not None
    found = {(c.fact, c.upward, c.points): (c.value, c.reached) for c in changes(rubric, score)}
    # 310.71 ÷ 1154.2 = 26.92 % earns 2. From 20 % downward 3 points, at 0 all 5.
    assert found == {
        ("本年追加", False, 3): (Quantity(f("230.84"), MONEY), True),  # 1154.2 × 20 %
        ("本年追加", False, 5): (Quantity(f(0), MONEY), True),
        ("年初预算", True, 3): (Quantity(f("1553.55"), MONEY), True),  # 310.71 ÷ 20 %
        ("年初预算", True, 4): (Quantity(f("3107.1"), MONEY), True),  # 310.71 ÷ 10 %; 0 is never reached
    }


def test_people_are_counted_whole() -> None:
    rubric, facts = _baojing()
    people = facts.with_values({"在职人员数": Quantity(f(76), UNITS["person"])})
    score = assess(rubric, people).card.of("在职人员控制率")
    assert score is not None
    assert score.points == 2  # 76 ÷ 74 = 102.7 %: two whole steps of 0.5
    found = [(c.fact, c.value, c.points, c.upward, c.reached) for c in changes(rubric, score)]
    assert found == [
        ("在职人员数", Quantity(f(75), UNITS["person"]), f("2.5"), False, True),  # 101.35 %
        ("编制数", Quantity(f(75), UNITS["person"]), f("2.5"), True, True),  # 76 ÷ 75 = 101.33 %
        ("在职人员数", Quantity(f(74), UNITS["person"]), 3, False, True),
        ("编制数", Quantity(f(76), UNITS["person"]), 3, True, True),
    ]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        # 甲 ÷ 100 earns its share; every bit counts, and 100 is where no more can be won.
        (40, [(f(100), 10, True)]),
        (100, []),
    ],
)
def test_where_every_bit_counts_the_change_goes_to_the_end(
    amount: int, expected: list[tuple[Fraction, int, bool]]
) -> None:
    rubric = _rubric(_share("完成率", "甲", "乙", Band((), InProportion())))
    (score,) = assess(rubric, _known(甲=amount, 乙=100)).card.scores
    upward = [change for change in changes(rubric, score) if change.fact == "甲"]
    assert [(c.value.number, c.points, c.reached) for c in upward if isinstance(c.value, Quantity)] == expected
