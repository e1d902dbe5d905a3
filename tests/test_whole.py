"""What moves a total, on small sheets by hand: penalties, bonuses, caps, vetoes, what is counted once, and claims."""

from __future__ import annotations

import pytest

from engine.compose import GroupScore
from engine.score import Assessment, assess
from rubric.language.read import read_rubric
from rubric.messages.wording import Language
from rubric.readers.facts import facts_for
from rubric.report.remarks import Remarks
from rubric.report.sentences import Sentences
from rubric.report.terminal import Terminal

SHEET = """评分表「考核」
  满分：100 分
  等级：先进 ≥ 90 分；合格 ≥ 60 分；其余为不合格

事实
  得分（分）
  执行数、预算数（万元，大于 0）
  迟报、漏报（次）
  创新（项）
  违纪（是／否）

定义
  执行率 = 执行数 ÷ 预算数

指标 工作（100 分）
  评分：得分 = 得分

加分项 创新加分（最多 5 分）
  公式：创新
  评分：每有一项加 2 分，最多加 5 分。

扣分项 报送（最多 10 分）

指标 迟报情况（10 分）
  公式：迟报
  评分：每出现一次扣 0.5 分。

指标 漏报情况（10 分）
  公式：漏报
  评分：每出现一次扣 3 分。

总评
  上限：执行率 60%（含）至 70%，总分不超过 79 分；执行率 < 60%，总分不超过 69 分。
  否决：违纪为是，不得评为先进。
  结果应用：总分 < 60 分，“通报批评”；迟报 ≥ 3 次，“约谈”。
"""


def scored(claims: str = "", **given: str) -> Assessment:
    values = {"得分": "90 分", "执行数": "90 万元", "预算数": "100 万元", "迟报": "0 次", "漏报": "0 次"}
    values |= {"创新": "0 项", "违纪": "否", **given}
    text = "".join(f"  {name}: {value}\n" for name, value in values.items() if value)
    read = read_rubric(SHEET)
    assert read.usable, read.findings
    assert read.rubric is not None
    facts, findings = facts_for(read.rubric, f"部门: 某局\n年度: 2020\n事实:\n{text}{claims}", "facts.yaml")
    assert facts is not None, findings
    return assess(read.rubric, facts)


def shown(assessment: Assessment, language: Language = "zh") -> str:
    return " ".join(Terminal(assessment, language, 110, {}).scorecard().split())


# -------------------------------------------------------------------------------------------- penalties


@pytest.mark.parametrize(
    ("late", "left_out", "taken"),
    [
        ("0 次", "0 次", "0"),
        ("3 次", "0 次", "1.5"),  # 3 × 0.5
        ("3 次", "1 次", "4.5"),  # 1.5 + 3, although each alone may take up to 10
        ("3 次", "3 次", "10"),  # 1.5 + 9 = 10.5, and 10 is the most
        ("40 次", "9 次", "10"),  # 10 + 10
    ],
)
def test_a_penalty_takes_what_its_indicators_take_together(late: str, left_out: str, taken: str) -> None:
    assessment = scored(迟报=late, 漏报=left_out)
    group = next(each for each in assessment.card.members if isinstance(each, GroupScore))
    assert str(float(group.lost or 0)).removesuffix(".0") == taken
    assert assessment.total == 90 - (group.lost or 0)


def test_a_penalty_is_shown_by_what_it_takes() -> None:
    text = shown(scored(迟报="3 次", 漏报="1 次"))
    assert "报送（扣分） -4.5 / -10" in text
    assert "迟报情况 -1.5 / -10 迟报 3 次，每 1 次扣 0.5 分，扣 1.5 分" in text
    assert "-4.5 扣除：报送" in text
    assert "漏报情况 0 / -10 漏报 0 次，不扣分" in shown(scored(迟报="3 次"))


def test_that_a_penalty_is_limited_is_shown_only_where_it_is() -> None:
    assert "最多扣 10 分" not in shown(scored(迟报="3 次"))
    assert "+0.5 最多扣 10 分" in shown(scored(迟报="3 次", 漏报="3 次"))
    assert "+0.5 at most 10 deducted" in shown(scored(迟报="3 次", 漏报="3 次"), "en")


def test_a_missing_penalty_is_a_range_of_what_it_may_take() -> None:
    assessment = scored(迟报="")
    assert (assessment.card.bounds.low, assessment.card.bounds.high) == (80, 90)
    assert "缺少：迟报；扣分在 0 至 10 分之间" in shown(assessment)


# ---------------------------------------------------------------------------------- caps, vetoes, what follows


@pytest.mark.parametrize(("spent", "total"), [("70", 90), ("69.99", 79), ("60", 79), ("59.9", 69)])
def test_a_total_is_capped_by_the_rate_of_execution(spent: str, total: int) -> None:
    assert scored(执行数=f"{spent} 万元").total == total


def test_a_cap_is_told_with_the_value_that_it_rests_on() -> None:
    assert "执行率 69.99%，在 60%（含）至 70% 档，总分以 79 分为限" in shown(scored(执行数="69.99 万元"))
    assert "执行率 59.9% < 60%，总分以 69 分为限" in shown(scored(执行数="59.9 万元"))
    assert "执行率 59.9% < 60%: at most 69" in shown(scored(执行数="59.9 万元"), "en")


def test_what_follows_is_told_with_the_value_that_it_rests_on() -> None:
    assert "迟报 4 次 ≥ 3 次：约谈" in shown(scored(迟报="4 次"))


def test_a_veto_that_is_open_is_told_only_where_it_may_decide() -> None:
    assert "未定：违纪为“是”，不得评为先进" in shown(scored(违纪=""))
    # 80 points are no 先进 in any case.
    assert "不得评为先进" not in shown(scored(违纪="", 得分="80 分"))
    assert "违纪为“是”，不得评为先进" in shown(scored(违纪="是", 得分="80 分"))


# ----------------------------------------------------------------------------------------------- claims


def test_a_claimed_total_may_hold_the_bonus() -> None:
    # 100 + 2 × 2 = 104
    assessment = scored("自评:\n  总分: 104\n", 得分="100 分", 创新="2 项")
    assert assessment.total == 104
    assert not [*Remarks(Sentences(assessment, "zh")).all()]


BESIDE = """评分表「考核」
  满分：100 分
  等级：先进 ≥ 90 分；其余为合格
事实
  执行率、工作、创新（分）
指标 执行（20 分）
  评分：得分 = 执行率
一级指标 履职（80 分）
指标 完成（80 分）
  评分：得分 = 工作
加分项 创新加分（最多 5 分）
  评分：得分 = 创新
"""


@pytest.mark.parametrize(
    ("claims", "remarks"),
    [
        # 18 + 70 + 2 = 90
        ("指标: {执行: 18, 完成: 70, 创新加分: 2}, 小计: {履职: 70}, 总分: 90", []),
        ("指标: {执行: 18, 完成: 70, 创新加分: 2}, 小计: {履职: 70}, 总分: 92", ["总分写 92 分，各小计合计 90 分"]),
        # Nothing is said of the bonus: the total may hold it.
        ("指标: {执行: 18, 完成: 70}, 小计: {履职: 70}, 总分: 92", []),
    ],
)
def test_a_total_is_held_against_subtotals_and_what_stands_beside_them(claims: str, remarks: list[str]) -> None:
    read = read_rubric(BESIDE)
    assert read.rubric is not None, read.findings
    given = "事实: {执行率: 18 分, 工作: 70 分, 创新: 2 分}"
    facts, findings = facts_for(read.rubric, f"部门: 某局\n年度: 2020\n{given}\n自评: {{{claims}}}\n", "facts.yaml")
    assert facts is not None, findings
    assert [*Remarks(Sentences(assess(read.rubric, facts), "zh")).all()] == remarks


# ------------------------------------------------------------------------------- clauses that count apart

APART = """评分表「制度」
  满分：3 分
  等级：优 ≥ 2 分；其余为差
事实
  已制定、合法、完整、执行（是／否）
  差错（例）
指标 制度（3 分）
  评分：分别计分：已制定为是，计 1 分；合法为是且完整为是，计 1 分；执行为是，计 1 分。
"""


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "已制定为“是”，计 1 分；不符合：完整为“是”，计 0 分；执行为“是”，计 1 分；合计得 2 分"),
        ("en", "已制定: yes: 1; not met: 完整: yes: 0; 执行: yes: 1; together 2"),
    ],
)
def test_a_clause_that_does_not_hold_says_which_of_its_conditions_fails(language: Language, line: str) -> None:
    read = read_rubric(APART)
    assert read.rubric is not None
    text = "部门: 某局\n年度: 2020\n事实: {已制定: 是, 合法: 是, 完整: 否, 执行: 是}\n"
    facts, _ = facts_for(read.rubric, text, "facts.yaml")
    assert facts is not None
    words = Sentences(assess(read.rubric, facts), language)
    assert words.line(words.assessment.card.scores[0]) == line
