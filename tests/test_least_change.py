"""What wins lost points back, by one fact or by two; what that does to the whole; and how near the edges are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest
import strategies as some
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture
from strategies import f

from engine.change import Change
from engine.facts import Facts, Present, Value
from engine.margin import Limit, Margin
from engine.pairs import cheapest_pair
from engine.rules import Amount, FactDeclaration, Levels, Rubric, Truth
from engine.score import Assessment, assess
from engine.scores import IndicatorScore
from engine.unit import UNITS, WHOLE, Quantity
from rubric import cli
from rubric.case import load_case
from rubric.language.read import read_rubric
from rubric.messages.wording import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
RULES = "rules/hunan/baojing-2017.rubric"
FACTS = "tests/reports/baojing-gov-office-2017.yaml"
CAPPED = ["rules/national/project-integrated-2022.rubric", "tests/cases/integrated-total-capped/facts.yaml"]
VETOED = ["rules/hunan/baojing-office-2017.rubric", "tests/cases/office-veto-and-counted-once/facts.yaml"]

HAIR = Fraction(1, 10**30)


def _lost(assessment: Assessment) -> Iterator[IndicatorScore]:
    return (each for each in assessment.card.scores if each.points is not None and each.lost)


def _points(rubric: Rubric, facts: Facts, score: IndicatorScore, values: dict[str, Value]) -> Fraction | None:
    found = assess(rubric, facts.with_values(values)).card.of(score.indicator.key)
    assert found is not None
    return found.points


# --------------------------------------------------------------------------------------------- the whole


@settings(max_examples=40)
@given(some.cases(some.composed_rubrics()))
def test_what_the_whole_comes_to_is_the_score_of_the_changed_facts(case: some.Case) -> None:
    _check_whole(assess(case.rubric, case.facts))


@settings(max_examples=30)
@given(some.cases())
def test_the_same_where_points_are_just_added(case: some.Case) -> None:
    _check_whole(assess(case.rubric, case.facts))


def _check_whole(assessment: Assessment) -> None:
    tried = [change.values for score in _lost(assessment) for change in assessment.changes(score)][:6]
    for values in tried:
        after = assessment.after(values)
        again = assess(assessment.rubric, assessment.facts.with_values(values)).card
        assert (after.after, after.grades) == (again.bounds, again.grades)
        pairs = zip(assessment.card.scores, again.scores, strict=True)
        assert [each.indicator for each in after.moved] == [
            one.indicator.key for one, two in pairs if one.bounds != two.bounds
        ]


@settings(max_examples=60)
@given(some.known_cases(some.composed_rubrics()))
def test_what_betters_the_whole_does_so_when_it_is_scored(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    for change in assessment.overall_changes:
        card = assess(case.rubric, case.facts.with_values(change.values)).card
        before = assessment.card
        assert card.bounds.low == change.points >= before.bounds.low
        assert card.bounds.high >= before.bounds.high
        order = list(case.rubric.grades)
        promoted = max(map(order.index, card.grades)) < max(map(order.index, before.grades)) if order else False
        assert card.bounds.low > before.bounds.low or card.bounds.high > before.bounds.high or promoted


# ----------------------------------------------------------------------------------------------- one fact


@settings(max_examples=60)
@given(some.known_cases())
def test_each_step_earns_what_it_states_and_more_than_any_nearer_one(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    for score in _lost(assessment):
        steps = assessment.changes(score, every=True)
        shown = assessment.changes(score)
        assert set(shown) <= set(steps)
        for change in steps:
            assert _points(case.rubric, case.facts, score, change.values) == change.points
            assert score.points is not None
            assert change.points > score.points
        for key, upward in {(each.fact, each.upward) for each in steps if isinstance(each.value, Quantity)}:
            way = [each for each in steps if (each.fact, each.upward) == (key, upward)]
            ordered = sorted(way, key=lambda each: each.value.exact, reverse=not upward)  # type: ignore[union-attr]
            assert [each.points for each in ordered] == sorted({each.points for each in way})


@settings(max_examples=60)
@given(some.known_cases())
def test_no_change_goes_where_the_declaration_does_not(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    for score in _lost(assessment):
        found = assessment.recovery(score, every=True)
        changes = [*found.changes, *(each for pair in found.pairs for each in (pair.first, pair.second))]
        for change in changes:
            declared = case.rubric.fact(change.fact)
            assert declared is not None
            if not isinstance(change.tried, Quantity):
                continue
            number = change.tried.number
            assert number >= 0 or declared.signed
            assert number != 0 or not declared.positive
            assert number.denominator == 1 or change.tried.unit.code not in WHOLE


# -------------------------------------------------------------------------------------------------- pairs


@settings(max_examples=120)
@given(some.known_cases(some.rubrics(2)))
def test_a_pair_earns_what_it_states_and_nothing_cheaper_does(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    for score in _lost(assessment):
        found = assessment.recovery(score)
        assert score.points is not None
        for pair in found.pairs:
            assert len(pair.values) == 2
            assert _points(case.rubric, case.facts, score, pair.values) == pair.points > score.points
            costs = [_cost(case, change.fact, change.value) for change in (pair.first, pair.second)]
            assert pair.cost == sum(costs)
        if found.complete or not found.sure:
            goals = [(pair.points if pair.points == score.full else None, pair.cost) for pair in found.pairs]
        else:
            goals = [(score.full, None)]
        for goal, cost in goals:
            if found.sure and goal is not None and not any(each.points == goal for each in found.changes):
                _none_cheaper(case, score, goal, cost)


def _none_cheaper(case: some.Case, score: IndicatorScore, goal: Fraction, cost: Fraction | None) -> None:
    """Two facts tried at many values: none earns the goal at a lower cost."""
    declared = [each for each in map(case.rubric.fact, score.plan.needs) if each is not None and not each.chosen]
    tried = 0
    for one, other in combinations(declared[:4], 2):
        for first, second in product(_tries(case, one), _tries(case, other)):
            spent = _cost(case, one.key, first) + _cost(case, other.key, second)
            if tried < 150 and (cost is None or spent < cost):
                tried += 1
                points = _points(case.rubric, case.facts, score, {one.key: first, other.key: second})
                assert points is None or points < goal, (one.key, first, other.key, second)


def _tries(case: some.Case, declared: FactDeclaration) -> list[Value]:
    now = case.facts.get(declared.key)
    assert isinstance(now, Present)
    match declared.kind:
        case Levels(levels):
            return [level.key for level in levels]
        case Truth():
            return [True, False]
        case Amount(unit):
            assert isinstance(now.value, Quantity)
            numbers = {now.value.number * f(each) for each in ("0", "0.5", "0.9", "1.1", "2")} | {f(1), f(100)}
            allowed = (each for each in sorted(numbers) if each or not declared.positive)
            return [Quantity(each, unit) for each in allowed if unit.code not in WHOLE or each.denominator == 1]
        case _:
            return []


def _cost(case: some.Case, fact: str, value: Value) -> Fraction:
    now = case.facts.get(fact)
    assert isinstance(now, Present)
    if not isinstance(value, Quantity) or not isinstance(now.value, Quantity):
        return Fraction(now.value != value)
    return abs(value.exact - now.value.exact) / (abs(now.value.exact) or value.unit.size)


# ------------------------------------------------------------------------------------------------ margins


@settings(max_examples=60)
@given(some.known_cases())
def test_inside_the_margin_points_stay_and_beyond_it_they_change(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    for score in assessment.card.scores:
        for fact, margin in assessment.margins(score).facts:
            declared = case.rubric.fact(fact)
            assert declared is not None
            for limit, way in ((margin.low, -1), (margin.high, 1)):
                _check_limit(case, score, declared, margin, limit, way)


def _check_limit(
    case: some.Case, score: IndicatorScore, fact: FactDeclaration, margin: Margin, limit: Limit | None, way: int
) -> None:
    now, unit = margin.now.number, margin.now.unit
    end = now + way * max(abs(now), f(1)) * 50 if limit is None else limit.value.number
    inside = [now + (end - now) * Fraction(part, 23) for part in range(23)]
    if limit is None or limit.kept:
        inside.append(end)
    for number in inside:
        allowed = (number >= 0 or fact.signed) and (number or not fact.positive)
        if allowed and (unit.code not in WHOLE or number.denominator == 1):
            assert _points(case.rubric, case.facts, score, {fact.key: Quantity(number, unit)}) == score.points
    if limit is None:
        return
    beyond = end + way * HAIR * max(abs(end), f(1)) if limit.kept else end
    if unit.code in WHOLE and beyond.denominator != 1:
        return
    points = _points(case.rubric, case.facts, score, {fact.key: Quantity(beyond, unit)})
    assert points != score.points
    if not limit.sloping:
        assert points == limit.points


@settings(max_examples=60)
@given(some.known_cases())
def test_the_margin_of_what_is_measured_is_that_of_its_facts(case: some.Case) -> None:
    """No fact meets a limit at a value of what is measured that lies inside the margin of that."""
    assessment = assess(case.rubric, case.facts)
    for score in assessment.card.scores:
        found = assessment.margins(score)
        if found.measured is None:
            continue
        for _, margin in found.facts:
            for limit in (margin.low, margin.high):
                if limit is None or limit.measured is None:
                    continue
                ends = [each.value.exact for each in (found.measured.low, found.measured.high) if each is not None]
                low, high = found.measured.low, found.measured.high
                inside = (low is None or low.value.exact < limit.measured) and (
                    high is None or limit.measured < high.value.exact
                )
                assert not inside or limit.measured in ends, (score.indicator.key, limit)


# ------------------------------------------------------------------------------------------------ by hand

HEADER = """评分表「例」
  满分：10 分
  零头：不足一档不计
  等级：优 ≥ 9 分；其余为差

事实
  支出、预算（万元，大于 0）
  到位、计划（人）
  公开（是／否）
  评价（好／差）
"""
MONEY, PERSON = UNITS["wan_yuan"], UNITS["person"]


def by_hand(criterion: str, **values: int | str | bool) -> tuple[Assessment, IndicatorScore]:
    reading = read_rubric(HEADER + "\n指标 甲（10 分）\n" + criterion)
    assert reading.rubric is not None, reading.findings
    units = {"支出": MONEY, "预算": MONEY, "到位": PERSON, "计划": PERSON}
    given_values = {
        key: Present(Quantity(f(value), units[key]) if key in units else value)  # type: ignore[arg-type]
        for key, value in values.items()
    }
    assessment = assess(reading.rubric, some.facts_of(dict(given_values)))
    (score,) = assessment.card.scores
    return assessment, score


def told(change: Change) -> tuple[str, object, bool]:
    value = change.value.number if isinstance(change.value, Quantity) else change.value
    return change.fact, value, change.reached


BOTH = "  评分：支出低于 80 万元，且预算不低于 200 万元，得 10 分；其余不得分。\n"


def test_where_no_single_amount_can_the_cheapest_two_are_told() -> None:
    assessment, score = by_hand(BOTH, 支出=100, 预算=160)
    found = assessment.recovery(score)
    assert found.changes == ()
    (pair,) = found.pairs
    assert (told(pair.first), told(pair.second)) == (("支出", 80, False), ("预算", 200, True))
    assert (pair.points, pair.cost, found.sure) == (10, f("0.2") + f("0.25"), True)
    assert pair.values == {"支出": Quantity(f("79.99"), MONEY), "预算": Quantity(f(200), MONEY)}
    after = assessment.after(pair.values)
    assert (after.before.low, after.after.low, after.promoted) == (0, 10, True)


def test_of_several_corners_the_cheapest_counts() -> None:
    # 支出 ÷ 预算 within 50-60 %, and 预算 from 300 on. The share is 200 % now. 预算 alone would have to be 333.33:
    # that costs 2.33; with 支出 180 it may be 300: 20 ÷ 200 + 200 ÷ 100 = 2.1.
    criterion = "  公式：支出 ÷ 预算\n  评分：50%（含）-60%（含），且预算不低于 300 万元，得 10 分；其余不得分。\n"
    assessment, score = by_hand(criterion, 支出=200, 预算=100)
    found = cheapest_pair(assessment.rubric, score, f(10))
    assert found.pair is not None
    assert {told(found.pair.first), told(found.pair.second)} == {("支出", 180, True), ("预算", 300, True)}
    assert found.pair.cost == f("2.1")


def test_two_counts_are_whole() -> None:
    criterion = "  公式：到位 ÷ 计划\n  评分：90%（含）-95%（含），且到位不少于 20 人，得 10 分；其余不得分。\n"
    assessment, score = by_hand(criterion, 到位=5, 计划=10)
    found = assessment.recovery(score)
    (pair,) = found.pairs
    # 20 ÷ 22 = 90.9 %: 15 more of 5 and 12 more of 10; 20 ÷ 21 = 95.2 % is too much.
    assert (told(pair.first), told(pair.second)) == (("到位", 20, True), ("计划", 22, True))
    assert (pair.cost, found.sure) == (f("4.2"), True)


def test_a_level_and_an_amount() -> None:
    criterion = (
        "  评分：公开为是，且支出不超过 50 万元，得 10 分；公开为是，且支出不超过 80 万元，得 4 分；其余不得分。\n"
    )
    assessment, score = by_hand(criterion, 公开=False, 支出=100)
    first, second = assessment.recovery(score).pairs
    # The cheapest that wins something, and the cheapest that wins everything.
    assert ({told(first.first), told(first.second)}, first.points) == ({("公开", True, True), ("支出", 80, True)}, 4)
    assert ({told(second.first), told(second.second)}, second.points) == (
        {("公开", True, True), ("支出", 50, True)},
        10,
    )
    assert (first.cost, second.cost) == (f("1.2"), f("1.5"))


def test_where_not_even_two_facts_can_that_is_told() -> None:
    criterion = "  评分：公开为是，且支出不超过 50 万元，且评价为好，得 10 分；其余不得分。\n"
    assessment, score = by_hand(criterion, 公开=False, 支出=100, 评价="差")
    found = assessment.recovery(score)
    assert (found.changes, found.pairs, found.sure, found.complete) == ((), (), True, False)


def test_what_is_declared_above_nothing_never_becomes_nothing() -> None:
    criterion = "  评分：支出为 0，得 10 分；支出不超过 50 万元，得 5 分；其余不得分。\n"
    assessment, score = by_hand(criterion, 支出=100)
    assert [(told(each), each.points) for each in assessment.changes(score)] == [(("支出", 50, True), 5)]


def test_where_every_bit_counts_any_change_does() -> None:
    criterion = "  公式：支出 ÷ 预算\n  评分：按比例计分。\n"
    assessment, score = by_hand(criterion, 支出=40, 预算=100)
    (up,) = [each for each in assessment.changes(score) if each.fact == "支出"]
    assert (told(up), up.points) == (("支出", 100, True), 10)
    margins = assessment.margins(score)
    assert margins.measured is not None
    assert margins.measured.low is not None
    assert (margins.measured.low.sloping, margins.measured.low.value.exact) == (True, f("0.4"))


READING = "  公式：支出 ÷ 预算\n  评分：≤ 100%，计 10 分；每超过 1 个百分点扣 1 分，{reading}，扣完为止。\n"


@pytest.mark.parametrize(
    ("reading", "most", "one_less"),
    [
        ("不足一档不计", (f("118.17"), False), (f("119.34"), False)),
        ("不足一档按一档计", (f(117), True), (f("118.17"), True)),
    ],
)
def test_the_reading_of_a_fraction_decides_where_the_threshold_lies(
    reading: str, most: tuple[Fraction, bool], one_less: tuple[Fraction, bool]
) -> None:
    assessment, score = by_hand(READING.format(reading=reading), 支出=400, 预算=117)
    found = {each.points: told(each)[1:] for each in assessment.changes(score, every=True) if each.fact == "支出"}
    assert (found[f(10)], found[f(9)]) == (most, one_less)


def test_the_margin_says_how_near_the_next_edge_is() -> None:
    case = load_case(ROOT / RULES, ROOT / FACTS)
    assert case.rubric is not None
    assert case.facts is not None
    assessment = assess(case.rubric, case.facts)
    score = assessment.card.of("预算控制率")
    assert score is not None
    found = assessment.margins(score)
    assert found.measured is not None
    assert found.measured.now.exact == Fraction(31071, 115420)
    # 20-30 % (inclusive above): 3 points from 20 % downward, none above 30 %.
    assert found.measured.low == Limit(Quantity(f("0.2"), UNITS["one"]), False, f(3), False, f("0.2"))
    assert found.measured.high == Limit(Quantity(f("0.3"), UNITS["one"]), True, f(0), False, f("0.3"))
    added = dict(found.facts)["本年追加"]
    assert added.low == Limit(Quantity(f("230.84"), MONEY), False, f(3), False, f("0.2"))
    assert added.high == Limit(Quantity(f("346.26"), MONEY), True, f(0), False, f("0.3"))


numbers = st.integers(1, 40)


@settings(max_examples=60)
@given(numbers, numbers, numbers, st.integers(10, 120), st.integers(0, 40), st.booleans())
def test_of_two_counts_no_whole_numbers_are_cheaper(
    came: int, planned: int, least: int, low: int, width: int, held: bool
) -> None:
    more = f"，且到位不少于 {least} 人" if held else f"，且计划不超过 {least} 人"
    criterion = f"  公式：到位 ÷ 计划\n  评分：{low}%（含）-{low + width}%（含）{more}，得 10 分；其余不得分。\n"
    assessment, score = by_hand(criterion, 到位=came, 计划=planned)
    # Where a single fact can, nobody asks for two.
    if score.points or assessment.changes(score):
        return
    found = cheapest_pair(assessment.rubric, score, f(10))
    earning = []
    for first, second in product(range(130), range(1, 130)):
        share = Fraction(first, second)
        inside = Fraction(low, 100) <= share <= Fraction(low + width, 100)
        if inside and (first >= least if held else second <= least):
            earning.append(Fraction(abs(first - came), came) + Fraction(abs(second - planned), planned))
    assert found.pair is not None or not found.sure or not earning
    if found.pair is not None and earning:
        assert found.pair.cost == min(earning) or (not found.sure and found.pair.cost >= min(earning))
        assert _whole(found.pair.values)


def _whole(values: dict[str, Value]) -> bool:
    return all(isinstance(each, Quantity) and each.number.denominator == 1 for each in values.values())


@settings(max_examples=60)
@given(numbers, numbers, numbers, numbers, st.integers(10, 120), st.integers(0, 40))
def test_of_two_amounts_no_grid_is_cheaper(
    spent: int, planned: int, least: int, most: int, low: int, width: int
) -> None:
    criterion = (
        f"  公式：支出 ÷ 预算\n  评分：{low}%（含）-{low + width}%，且预算高于 {least} 万元，且支出不超过 {most} 万元，"
        "得 10 分；其余不得分。\n"
    )
    assessment, score = by_hand(criterion, 支出=spent, 预算=planned)
    if score.points:
        return
    found = cheapest_pair(assessment.rubric, score, f(10))
    assert found.sure
    grid = [Fraction(each, 2) for each in range(1, 100)]
    earning = [
        abs(first - spent) / spent + abs(second - planned) / planned
        for first, second in product(grid, grid)
        if Fraction(low, 100) <= first / second < Fraction(low + width, 100) and second > least and first <= most
    ]
    if found.pair is None:
        assert not earning
        return
    assert found.pair.cost <= min(earning, default=found.pair.cost)
    assert _points(assessment.rubric, assessment.facts, score, found.pair.values) == 10
    # What was tried lies hardly further away than what is stated to be the least.
    tried = [_distance(value, {"支出": spent, "预算": planned}[key]) for key, value in found.pair.values.items()]
    assert found.pair.cost <= sum(tried) <= found.pair.cost + f("0.05")


def _distance(value: Value, now: int) -> Fraction:
    assert isinstance(value, Quantity)
    return abs(value.number - now) / now


# ----------------------------------------------------------------------------------------- the command


@pytest.fixture
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RUBRIC_CACHE", "off")
    monkeypatch.setenv("COLUMNS", "100")


SHOWN = {
    "baojing": [RULES, FACTS],
    "baojing-every-step": [RULES, FACTS, "公用经费控制率", "--all"],
    "capped": CAPPED,
    "vetoed": VETOED,
}


@pytest.mark.usefixtures("_at_the_root")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_what_wins_points_back_is_shown(
    name: str, language: Language, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    assert cli.run(["--lang", language, "explain", *SHOWN[name], "--least-change"]) == cli.CLEAN
    out = capsys.readouterr().out
    file_regression.check(out, encoding="utf-8", extension=f".{language}.txt", basename=name)


@pytest.mark.usefixtures("_at_the_root")
def test_as_data_it_has_the_effect_on_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", RULES, FACTS, "--least-change", "--json"]) == cli.CLEAN
    found = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in found] == ["公用经费控制率", "预算控制率"]
    change = found[0]["changes"][-2]
    assert (change["fact"], change["value"]["number"]["exact"], change["reached"]) == (
        "公用经费支出",
        "11817/100",
        False,
    )
    assert (change["whole"]["after"]["low"]["text"], change["whole"]["grades"]) == ("97", ["优"])
    assert change["sentence"] == "公用经费支出 < 118.17 万元（如 118.16 万元）→ +8 分；总分 89 → 97，良 → 优"
    assert [each["won_back_by"] for each in found] == ["one", "one"]
    assert found[1]["margins"]["measured"]["high"]["kept"]


@pytest.mark.usefixtures("_at_the_root")
def test_every_step_is_asked_for_with_the_least_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", RULES, FACTS, "--all"]) == cli.USAGE
    assert "--least-change" in capsys.readouterr().err
