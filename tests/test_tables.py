"""Tables of a unit's own indicators: every row is scored as an indicator of its own, and rows are added up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from statistics import mean
from typing import Any

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from strategies import f

from engine.compose import GroupScore
from engine.facts import MISSING, Fact, Facts, Present
from engine.rules import Rubric
from engine.score import Assessment, assess
from engine.unit import ONE, SCORE, UNITS, Quantity, Unit
from rubric.language.read import read_rubric

FORM = """评分表「项目支出绩效自评表」
  依据：财预〔2020〕10号
  满分：100 分
  零头：按比例计
  等级：优 ≥ 90 分；良 ≥ 80 分；中 ≥ 60 分；其余为差

事实
  全年预算数、全年执行数（万元）

表 绩效指标：单位自行填报
  指标名称（文字）
  类别（产出／效益）
  方向（正向／反向／定性）
  目标值、实际值（数）
  行分值（分）
  完成情况（达成／部分达成／未达成）

指标 预算执行率（10 分）
  公式：全年执行数 ÷ 全年预算数
  评分：按比例计分。

逐行指标 产出（60 分）
  取自：绩效指标，类别为产出
  评分：方向为正向，得分 = 本项分值 × 实际值 ÷ 目标值；方向为反向，得分 = 本项分值 × 目标值 ÷ 实际值；
    完成情况为达成，酌情计 80%-100%；完成情况为部分达成，酌情计 60%-80%（不含）；完成情况为未达成，酌情计 0%-60%（不含）

指标 效益（30 分）
  公式：各行合计（实际值，类别为效益）÷ 各行合计（目标值，类别为效益）
  评分：≥ 100%，且各行均（完成情况为达成，其中类别为效益），计 30 分；≥ 100%，计 25 分；其余按比例计分。
"""

Row = Mapping[str, Fact]


def rubric() -> Rubric:
    read = read_rubric(FORM)
    assert read.usable, read.findings
    assert read.rubric is not None
    return read.rubric


def number(value: str | int | Fraction, unit: Unit = ONE) -> Present:
    return some.present(Quantity(Fraction(value), unit))


def output(way: str, target: str, actual: str, marks: str, **more: Fact) -> Row:
    """A row that is scored by itself."""
    cells = {
        "类别": some.present("产出"),
        "方向": some.present(way),
        "目标值": number(target),
        "实际值": number(actual),
    }
    return {**cells, "行分值": number(marks, SCORE), **more}


def benefit(target: str, actual: str, state: str = "达成") -> Row:
    """A row that only enters a sum."""
    cells = {"类别": some.present("效益"), "方向": some.present("正向"), "完成情况": some.present(state)}
    return {**cells, "目标值": number(target), "实际值": number(actual), "行分值": number(0, SCORE)}


def facts(*rows: Row, spent: str = "9.5") -> Facts:
    money = UNITS["wan_yuan"]
    budget: dict[str, Fact] = {"全年预算数": number(10, money), "全年执行数": number(spent, money)}
    return replace(some.facts_of(budget), tables={"绩效指标": rows})


def rows_of(assessment: Assessment, name: str) -> list[Fraction | None]:
    group = next(each for each in assessment.card.members if isinstance(each, GroupScore) and each.group.key == name)
    return [member.points for member in group.members]


# ------------------------------------------------------------------------------------------- cases by hand


def test_every_row_is_an_indicator_of_its_own() -> None:
    given_points = {"完成情况": some.present("部分达成"), "评定得分": number("15.5", SCORE)}
    found = assess(
        rubric(),
        facts(
            output("正向", "100", "90", "20"),  # 20 × 90 ÷ 100 = 18
            output("反向", "200", "250", "20"),  # 20 × 200 ÷ 250 = 16
            output("定性", "1", "1", "20", **given_points),  # between 60 % and 80 % of 20: 15.5 is given
            benefit("30", "45"),
            benefit("70", "60"),  # (45 + 60) ÷ (30 + 70) = 105 %, and both are met: 30
        ),
    )
    assert rows_of(found, "产出") == [18, 16, f("15.5")]
    # 9.5 ÷ 10 × 10 = 9.5; 18 + 16 + 15.5 = 49.5; 30.
    assert found.total == f("9.5") + f("49.5") + 30 == 89
    assert [grade.name.key for grade in found.card.grades] == ["良"]


@pytest.mark.parametrize(
    ("states", "points"),
    [(("达成", "达成"), 30), (("达成", "部分达成"), 25), (("未达成", "未达成"), 25)],
)
def test_what_is_asked_of_every_row_fails_with_one_row(states: tuple[str, str], points: int) -> None:
    rows = [benefit("50", "50", state) for state in states]
    score = assess(rubric(), facts(output("正向", "1", "1", "60"), *rows)).card.of("效益")
    assert score is not None
    assert score.points == points


def test_points_given_outside_the_range_of_the_level_are_no_score() -> None:
    given_points = {"完成情况": some.present("部分达成"), "评定得分": number(48, SCORE)}
    # 48 is 80 % of 60, which is not below 80 %.
    found = assess(rubric(), facts(output("定性", "1", "1", "60", **given_points), benefit("1", "1")))
    assert rows_of(found, "产出") == [None]


def test_a_cell_that_is_missing_leaves_its_row_open_and_no_other() -> None:
    found = assess(
        rubric(),
        facts(
            output("正向", "100", "90", "40"),
            output("正向", "100", "90", "20", 实际值=MISSING),
            benefit("10", "10"),
        ),
    )
    assert rows_of(found, "产出") == [36, None]
    # 9.5 + 36 + 30 = 75.5, and up to 20 more.
    assert found.card.bounds == (f("75.5"), f("95.5"), True, True)
    assert found.bounds is not None
    assert [each.fact for each in found.bounds.missing] == ["绩效指标[2].实际值"]


def test_a_table_that_nobody_handed_in_leaves_its_indicators_open() -> None:
    found = assess(rubric(), replace(facts(), tables={}))
    # 9.5 for the budget, and anything up to 60 + 30 for the rest.
    assert (found.card.bounds.low, found.card.bounds.high) == (f("9.5"), f("99.5"))
    assert found.total is None


def test_what_is_asked_of_every_row_holds_where_there_is_none() -> None:
    text = """评分表「示例」
  满分：5 分
表 项目
  名称（文字）
  验收（是／否）
指标 验收（5 分）
  评分：各行均（验收为是），计 5 分；其余不得分。
"""
    read = read_rubric(text)
    assert read.rubric is not None
    score = assess(read.rubric, replace(some.facts_of({}), tables={"项目": ()})).card.scores[0]
    assert score.points == 5


# ----------------------------------------------------------------------------------------------- properties

_AMOUNTS = [f(x) for x in ("0", "1", "2.5", "10", "97.5", "100")]


@st.composite
def tables(draw: some.Draw) -> tuple[Row, ...]:
    """Rows whose cells lie on edges, with nothing to divide by, or are missing."""
    rows: list[dict[str, Fact]] = []
    for _ in range(draw(st.integers(1, 4))):
        cells: dict[str, Any] = {
            "类别": draw(st.sampled_from(["产出", "效益"])),
            "方向": draw(st.sampled_from(["正向", "反向", "定性"])),
            "目标值": Quantity(draw(st.sampled_from(_AMOUNTS)), ONE),
            "实际值": Quantity(draw(st.sampled_from(_AMOUNTS)), ONE),
            "行分值": Quantity(draw(st.sampled_from([f(10), f(20)])), SCORE),
            "完成情况": draw(st.sampled_from(["达成", "部分达成", "未达成"])),
            "评定得分": Quantity(draw(st.sampled_from(_AMOUNTS[:4])), SCORE),
        }
        row: dict[str, Fact] = {key: some.present(value) for key, value in cells.items()}
        for key in ("目标值", "实际值", "完成情况", "评定得分"):
            if draw(st.integers(0, 9)) == 0:
                row[key] = MISSING
        rows.append(row)
    return tuple(rows)


@given(tables())
def test_a_row_earns_what_it_earns_alone(rows: tuple[Row, ...]) -> None:
    outputs = [row for row in rows if row["类别"] == some.present("产出")]
    together = assess(rubric(), facts(*rows))
    if outputs:
        alone = [rows_of(assess(rubric(), facts(row)), "产出")[0] for row in outputs]
        assert rows_of(together, "产出") == alone


@given(tables())
def test_the_order_of_rows_does_not_matter(rows: tuple[Row, ...]) -> None:
    one, other = assess(rubric(), facts(*rows)), assess(rubric(), facts(*reversed(rows)))
    assert one.total == other.total
    assert (one.card.bounds.low, one.card.bounds.high) == (other.card.bounds.low, other.card.bounds.high)


@given(tables(), st.data())
def test_whatever_a_missing_cell_may_be_the_total_lies_in_the_range(rows: tuple[Row, ...], data: st.DataObject) -> None:
    bounds = assess(rubric(), facts(*rows)).card.bounds
    filled = [
        {key: _filled(key, cell, data.draw) if cell == MISSING else cell for key, cell in row.items()} for row in rows
    ]
    total = assess(rubric(), facts(*filled)).total
    if total is not None:
        assert bounds.low <= total <= bounds.high


def _filled(key: str, _cell: Fact, draw: Any) -> Fact:
    if key == "完成情况":
        return some.present(draw(st.sampled_from(["达成", "部分达成", "未达成"])))
    return some.present(Quantity(draw(st.sampled_from(_AMOUNTS)), SCORE if key == "评定得分" else ONE))


AGGREGATES = """评分表「示例」
  满分：10 分
表 项目
  名称（文字）
  类别（大／小）
  金额（万元）
指标 合计（2 分）
  公式：{}
  评分：得分 = 本项分值
指标 其余（8 分）
  评分：得分 = 本项分值
"""


@pytest.mark.parametrize("made", ["各行合计", "各行平均", "各行最高", "各行最低", "行数"])
@given(st.lists(st.tuples(st.sampled_from(["大", "小"]), st.sampled_from(_AMOUNTS)), min_size=1, max_size=5))
def test_what_is_made_of_rows_is_exact(made: str, rows: list[tuple[str, Fraction]]) -> None:
    from engine.evaluate import measured

    what = "项目" if made == "行数" else "金额"
    read = read_rubric(AGGREGATES.format(f"{made}（{what}，类别为大）"))
    assert read.rubric is not None, read.findings
    money = UNITS["wan_yuan"]
    cells = tuple({"类别": some.present(kind), "金额": number(amount, money)} for kind, amount in rows)
    score = assess(read.rubric, replace(some.facts_of({}), tables={"项目": cells})).card.scores[0]
    amounts = [amount * 10_000 for kind, amount in rows if kind == "大"]
    if made == "各行合计":
        assert measured(score) == sum(amounts)
    elif made == "行数":
        assert measured(score) == len(amounts)
    elif not amounts:
        assert measured(score) is None
    else:
        make = {"各行平均": mean, "各行最高": max, "各行最低": min}[made]
        assert measured(score) == make(amounts)
