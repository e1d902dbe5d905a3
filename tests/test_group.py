"""Departments scored together: ranks, means, percentiles, and the mean that stands in where nothing applies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import mean

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from strategies import f

from engine.cohort import asks_for_group, assess_together, percentile
from engine.facts import MISSING, Facts, NotApplicableFact
from engine.rules import Rubric
from engine.score import Assessment, assess
from engine.unit import PERCENT, Quantity
from rubric.language.read import read_rubric

TEXT = """评分表「示例」
  依据：示例
  满分：30 分
  零头：按比例计
  等级：优 ≥ 27 分；其余为差

事实
  执行率、公开率（%）

指标 执行率（10 分）
  公式：全组名次（执行率）
  评分：≤ 1，计 10 分；≤ 3，计 6 分；其余计 2 分。

指标 与平均之差（10 分）
  公式：执行率 - 全组平均（执行率）
  评分：≥ 0%，计 10 分；每低 1 个百分点扣 0.5 分，扣完为止。

指标 公开率（10 分）
  公式：公开率
  评分：按比例计分。
  不适用：按全组平均分计。
"""


def rubric() -> Rubric:
    read = read_rubric(TEXT)
    assert read.usable, read.findings
    assert read.rubric is not None
    return read.rubric


def department(rate: str | Fraction, openness: str = "50", name: str = "") -> Facts:
    found = {
        "执行率": some.present(Quantity(Fraction(rate), PERCENT)),
        "公开率": some.present(Quantity(Fraction(openness), PERCENT)),
    }
    return replace(some.facts_of(dict(found)), department=name or f"{rate}")


def points(assessments: tuple[Assessment, ...]) -> list[list[Fraction | None]]:
    return [[score.points for score in each.card.scores] for each in assessments]


def test_ranks_and_the_distance_from_the_mean_by_hand() -> None:
    found = assess_together(rubric(), [department("95"), department("80"), department("95"), department("70")])
    # Ranks 1, 3, 1, 4. The mean is 340 ÷ 4 = 85: 80 is 5 points below, 70 is 15: 5 × 0.5 and 15 × 0.5 are lost.
    assert points(found) == [[10, 10, 5], [6, f("7.5"), 5], [10, 10, 5], [2, f("2.5"), 5]]


def test_whom_it_does_not_concern_earns_the_mean_of_the_others() -> None:
    several = [department("90", "40"), department("90", "80"), department("90")]
    several[2] = replace(several[2], facts={**several[2].facts, "公开率": NotApplicableFact()})
    found = assess_together(rubric(), several)
    # 4 and 8: the mean is 6.
    assert [row[2] for row in points(found)] == [4, 8, 6]


def test_a_figure_that_one_department_lacks_is_missing_for_all() -> None:
    several = [department("95"), department("80")]
    several[1] = replace(several[1], facts={**several[1].facts, "执行率": MISSING})
    first, _ = assess_together(rubric(), several)
    # Of two departments the first is first or second, which earns 10 or 6; that ranks end at two is not looked at.
    score = first.card.of("执行率")
    assert score is not None
    assert score.points is None
    assert (score.bounds.low, score.bounds.high) == (2, 10)


def test_a_department_alone_is_not_scored_by_a_rubric_that_compares() -> None:
    assert asks_for_group(rubric())
    found = assess(rubric(), department("95"))
    assert found.card.scores[0].points is None
    assert found.card.scores[2].points == 5


def test_no_change_is_told_that_the_group_would_follow() -> None:
    """At 90% the first would be at the mean as it was; but the mean would be 92.5% then."""
    found = assess_together(rubric(), [department("80"), department("90"), department("95"), department("95")])
    below = found[0].card.scores[1]
    # The mean is 360 ÷ 4 = 90: 10 points below, 5 are lost.
    assert below.points == 5
    assert found[0].changes(below) == ()


RATES = st.lists(st.sampled_from([f(x) for x in ("0", "50", "80", "80.5", "100")]), min_size=1, max_size=6)


@given(RATES)
def test_ranks_are_what_counting_gives(rates: list[Fraction]) -> None:
    found = assess_together(rubric(), [department(rate) for rate in rates])
    for rate, assessment in zip(rates, found, strict=True):
        rank = 1 + sum(other > rate for other in rates)
        below = max(Fraction(0), mean(rates) - rate)
        expected = [10 if rank == 1 else 6 if rank <= 3 else 2, max(Fraction(0), 10 - below / 2)]
        assert [score.points for score in assessment.card.scores[:2]] == expected


@given(RATES, st.randoms(use_true_random=False))
def test_the_order_of_departments_does_not_matter(rates: list[Fraction], random: st.RandomSource) -> None:
    several = [department(rate, name=str(index)) for index, rate in enumerate(rates)]
    shuffled = list(several)
    random.shuffle(shuffled)
    one = {each.facts.department: each.total for each in assess_together(rubric(), several)}
    other = {each.facts.department: each.total for each in assess_together(rubric(), shuffled)}
    assert one == other


@given(RATES, st.integers(0, 5), RATES)
def test_whatever_the_missing_rate_may_be_every_total_lies_in_its_range(
    rates: list[Fraction], place: int, options: list[Fraction]
) -> None:
    several = [department(rate) for rate in rates]
    lost = place % len(several)
    blank = list(several)
    blank[lost] = replace(blank[lost], facts={**blank[lost].facts, "执行率": MISSING})
    open_ones = assess_together(rubric(), blank)
    for option in options:
        several[lost] = department(option)
        for open_one, one in zip(open_ones, assess_together(rubric(), several), strict=True):
            assert one.total is not None
            assert open_one.card.bounds.low <= one.total <= open_one.card.bounds.high


@pytest.mark.parametrize(
    ("share", "expected"),
    # Of 10, 20, 40, 80 the half lies half way between the second and the third: 20 + (40 - 20) × 0.5.
    [("0", 10), ("0.5", 30), ("1", 80), ("0.25", f("17.5"))],
)
def test_a_percentile_lies_on_the_line_between_two_values(share: str, expected: Fraction) -> None:
    assert percentile([f(80), f(10), f(40), f(20)], f(share)) == expected


STATISTICS = """评分表「示例」
  满分：10 分
事实
  执行率（%）
指标 位置（10 分）
  公式：{}
  评分：得分 = 本项分值
"""


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        # 95, 80, 95, 70
        ("全组平均（执行率）", ["0.85"] * 4),
        ("全组最高（执行率）", ["0.95"] * 4),
        ("全组最低（执行率）", ["0.7"] * 4),
        ("全组名次（执行率）", [1, 3, 1, 4]),
        ("全组倒序名次（执行率）", [3, 2, 3, 1]),
        # The share of the three others that lie below.
        ("全组百分位（执行率）", ["2/3", "1/3", "2/3", 0]),
        # 70, 80, 95, 95: 80 + (95 - 80) × 0.5.
        ("全组分位值（执行率，50%）", ["0.875"] * 4),
        ("全组家数（执行率）", [4] * 4),
        # How far each is from the mean, by size.
        ("绝对值（执行率 - 全组平均（执行率））", ["0.1", "0.05", "0.1", "0.15"]),
    ],
)
def test_every_statistic_by_hand(statistic: str, expected: list[str | int]) -> None:
    from engine.evaluate import measured

    read = read_rubric(STATISTICS.format(statistic))
    assert read.rubric is not None, read.findings
    found = assess_together(read.rubric, [department(rate) for rate in ("95", "80", "95", "70")])
    assert [measured(each.card.scores[0]) for each in found] == [Fraction(each) for each in expected]
