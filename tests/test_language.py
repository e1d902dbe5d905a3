"""The language as people write it: official sentences as they stand, and the same rules in two languages."""

from __future__ import annotations

import pytest
from sentences import EXEMPTIONS, GRADES, SENTENCES, Sentence

from engine.rules import Indicator, Rubric
from rubric.language.read import read_rubric
from rubric.messages.frame import render


def parse(text: str) -> Rubric:
    reading = read_rubric(text, "case.rubric")
    assert not reading.findings, "\n" + render(reading.findings, {"case.rubric": text}, "zh")
    assert reading.rubric is not None
    return reading.rubric


# ------------------------------------------------------------------------------------ official sentences


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.source)
def test_sentence_parses_and_earns(sentence: Sentence) -> None:
    """The examples in the rubric say what the sentence earns; one that it does not earn would be a finding."""
    assert parse(sentence.rubric()).members


@pytest.mark.parametrize("source", EXEMPTIONS)
def test_exemption(source: str) -> None:
    fact, text = EXEMPTIONS[source]
    rubric = parse(
        f"评分表「句子」\n等级：优 ≥ 90 分；其余为差\n事实\n  {fact}\n  数值（%）\n"
        f"指标 某项指标（5 分）\n  公式：数值\n  评分：≥ 90%，计 5 分；其余不得分。\n  不适用：{text}"
    )
    assert next(rubric.indicators()).not_applicable is not None


@pytest.mark.parametrize("source", GRADES)
def test_grades(source: str) -> None:
    rubric = parse(
        f"评分表「句子」\n等级：{GRADES[source]}\n事实\n  数值（%）\n"
        "指标 某项指标（5 分）\n  公式：数值\n  评分：≥ 90%，计 5 分；其余不得分。"
    )
    assert [grade.name.key for grade in rubric.grades] == ["优", "良", "中", "差"]
    assert [grade.floor and int(grade.floor.quantity.number) for grade in rubric.grades] == [90, 80, 60, None]


# -------------------------------------------------------------------------- one rule in two languages

ZH = """
评分表「绩效评价」
  年度：2017
  满分：100 分
  零头：不足一档不计
  等级：优 ≥ 90 分；良 ≥ 80 分；其余为差

事实
  在职人员数 "staff"、编制数 "posts"（人）
  上年结转 "carried over"、年初预算 "opening budget"、年末结转 "left over"（万元）
  违规事项 "breaches"（例）
  已制定制度 "rules exist"、制度有效执行 "rules kept"（是／否）
  行政效能 "efficiency"（好 "good"／一般 "fair"／差 "poor"）
  满意度 "satisfaction"（%）
  考核得分 "assessed"、考核总分 "assessed out of"（分）
  新建楼堂馆所 "new buildings"（是／否）
  三公经费变动 "change of expenses"（%，可为负）

定义
  可用预算 "available" = 上年结转 + 年初预算

一级指标 过程 "process"（80 分）
二级指标 配置 "allocation"（20 分）

指标 在职人员控制率 "staff control rate"（10 分）
  公式：在职人员数 ÷ 编制数
  评分：≤ 100%，计 10 分；每超过 1 个百分点扣 0.5 分，扣完为止。
  示例：在职人员数 71 人，编制数 74 人：10 分

指标 预算完成率 "completion rate"（10 分）
  公式：（可用预算 - 年末结转）÷ 可用预算
  评分：≥ 100%，计满分；每低于 5 个百分点扣 2 分，最多扣 6 分，不足一档按比例计。
  不适用：没有新建楼堂馆所的，计满分。

二级指标 管理 "management"（60 分）

指标 合规性 "compliance"（10 分）
  公式：违规事项
  评分：每出现 1 例扣 1 分，扣完为止。

指标 制度健全性 "rules"（10 分）
  评分：①已制定制度，4 分；②制度有效执行，6 分。

指标 群众满意度 "public satisfaction"（20 分）
  公式：满意度
  评分：≥ 90%，计 20 分；80%（含）至 90%，计 10 分；70% 至 80%（不含），计 5 分；低于 70%，不得分。

指标 三公经费变动率 "expenses"（20 分）
  公式：三公经费变动
  评分：= 0，计 20 分；0-10%（含），计 15 分；每超过 10% 1 个百分点扣 1 分；其余计 20 分。

一级指标 效益 "effect"（20 分）

指标 效能 "effectiveness"（10 分）
  公式：行政效能
  评分：好，计 10 分；一般，计 5 分；差，不得分。

指标 职责履行 "duties"（10 分）
  公式：考核得分 ÷ 考核总分
  评分：行政效能为好且满意度 ≥ 90%，计 10 分；其余按比例计分。
"""

EN = """
rubric "绩效评价"
  year: 2017
  full marks: 100 points
  fraction: whole steps only
  grades: 优 ≥ 90 points; 良 ≥ 80 points; otherwise 差

facts
  staff "在职人员数", posts "编制数" (people)
  carried over "上年结转", opening budget "年初预算", left over "年末结转" (wan yuan)
  breaches "违规事项" (cases)
  rules exist "已制定制度", rules kept "制度有效执行" (yes / no)
  efficiency "行政效能" (good "好" / fair "一般" / poor "差")
  satisfaction "满意度" (%)
  assessed "考核得分", assessed out of "考核总分" (points)
  new buildings "新建楼堂馆所" (yes / no)
  change of expenses "三公经费变动" (%, may be negative)

definitions
  available "可用预算" = carried over + opening budget

level 1 process "过程" (80 points)
level 2 allocation "配置" (20 points)

indicator staff control rate "在职人员控制率" (10 points)
  formula: staff / posts
  scoring: control rate ≤100% → 10 points; each 1 pp above deducts 0.5 points, down to 0
  example: staff 71 people, posts 74 people → 10 points

indicator completion rate "预算完成率" (10 points)
  formula: (available - left over) / available
  scoring: at least 100% → full marks; each 5 pp below deducts 2 points, up to 6 points, steps in proportion
  not applicable: no new buildings → full marks

level 2 management "管理" (60 points)

indicator compliance "合规性" (10 points)
  formula: breaches
  scoring: each occurrence 1 case deducts 1 point, down to 0

indicator rules "制度健全性" (10 points)
  scoring: rules exist 4 points; rules kept 6 points

indicator public satisfaction "群众满意度" (20 points)
  formula: satisfaction
  scoring: 90% and above → 20 points; 80% (inclusive) to 90% → 10 points;
    70% - 80% (exclusive) → 5 points; below 70% → no points

indicator expenses "三公经费变动率" (20 points)
  formula: change of expenses
  scoring: = 0 → 20 points; 0 to 10% (inclusive) → 15 points; each 1 pp above 10% deducts 1 point; otherwise 20 points

level 1 effect "效益" (20 points)

indicator effectiveness "效能" (10 points)
  formula: efficiency
  scoring: good → 10 points; fair → 5 points; poor → no points

indicator duties "职责履行" (10 points)
  formula: assessed / assessed out of
  scoring: efficiency is good and satisfaction ≥ 90% → 10 points; otherwise in proportion
"""


def test_two_languages_say_the_same() -> None:
    chinese, english = parse(ZH.strip()), parse(EN.strip())
    for zh, en in zip(chinese.indicators(), english.indicators(), strict=True):
        assert zh == en
    assert chinese == english


def first(text: str) -> Indicator:
    return next(parse(text).indicators())


CONTROL = """rubric "Departmental expenditure"
  fraction: whole steps only
  grades: excellent ≥ 90; otherwise poor
facts
  staff, posts (people)
indicator {name} (3 points)
  formula: staff / posts
  scoring: {sentence}; each 1 pp above deducts 0.5 points, down to 0
"""


@pytest.mark.parametrize("name", ["control rate", "staff control rate", "staff_control_rate"])
def test_the_design_card_as_it_stands(name: str) -> None:
    subject = name if "_" in name else "control rate"
    card = first(CONTROL.format(name=name, sentence=f"{subject} ≤100% → 3 points"))
    bare = first(CONTROL.format(name=name, sentence="at most 100% earns 3 points"))
    assert card == bare


@pytest.mark.parametrize("name", ["rol rate", "staff"])
def test_a_part_of_a_word_is_not_the_indicator(name: str) -> None:
    text = CONTROL.format(name="staff control rate", sentence=f"{name} ≤100% → 3 points")
    assert read_rubric(text).findings


# ------------------------------------------------------------------------- several ways of writing one thing

WAYS = """评分表「句子」
零头：不足一档不计
等级：优 ≥ 90 分；其余为差
事实
  在职人员数、编制数（人）
指标 在职人员控制率（3 分）
  公式：在职人员数 ÷ 编制数
  评分：{}
"""
PLAIN = "≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。"


@pytest.mark.parametrize(
    "sentence",
    [
        "≤100%,计3分;每超过1个百分点扣0.5分,扣完为止.",
        "≦１００％　计３分　每超过１个百分点扣０．５分　扣完为止",
        "不超过百分之百，得3分。每超过一个百分点减0.5分，减完为止。",
        "在职人员控制率不高于 100% 的，计三分；每高出一个百分点扣 0.5 分，扣到 0 分为止。",
        "控制率小于或等于100%得满分；每超1个百分点扣0.5分，直至扣完。".replace("得满分", "得3分"),
        "100%以下（含）给3分；每多1个百分点扣0.5分，扣至 0 分止",
        "100%（含）以内，记 3 分；大于 100% 的，每超出 1 个百分点扣减 0.5 分",
        "以 100% 为标准，不高于，计 3 分；每增加 1 个百分点扣 0.5 分",
        "≤ 100%，计 3 分；\n    每超过 1 个百分点\n    扣 0.5 分，扣完为止。",
        "(1) ≤ 100%，计 3 分；(2) 每超过 1 个百分点扣 0.5 分，扣完为止。",
    ],
)
def test_ways_of_writing(sentence: str) -> None:
    assert first(WAYS.format(sentence)).clauses == first(WAYS.format(PLAIN)).clauses


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("≤ 100%，计 3 分；每超过 1 个百分点减固定分，减到0止", "unknown-word"),
        ("90-100%，计 3 分；其余不得分", "unstated-edge"),
        ("≥ 75%，计 3 分；每低于 5%减 1 分", "ambiguous-percent"),
        ("≤ 100%，计 .5 分；其余不得分", "unknown-word"),
        ("≤ 1,00%，计 3 分；其余不得分", "unexpected"),
        ("≤ 1.0.0%，计 3 分；其余不得分", "unknown-word"),
        ("≤ 100%，计 3 分，每超过 1，000 个百分点扣 1 分", "two-numbers"),
        ("≤ 100%，计满，其余不得分", "unknown-word"),
    ],
)
def test_never_guessed(sentence: str, code: str) -> None:
    found = read_rubric(WAYS.format(sentence)).findings
    assert [finding.code for finding in found] == [code]


@pytest.mark.parametrize(
    ("scoring", "score", "points"),
    [
        ("≥ 90 分，计 5 分；每低于 1 分扣 0.5 分，扣完为止。", "87.5 分", "4 分"),  # two whole points below 90
        ("≥ 90 分，计 5 分；80-90 分（含），计 3 分；其余不得分。", "90 分", "5 分"),
        ("90分以上，计5分；80（含）至90分，4分；其余不得分。", "80 分", "4 分"),
        ("[80 分，90 分)，计 3 分；90 分以上 5 分；其余不得分。", "89.9 分", "3 分"),
        ("以 90 分为标准。≥ 90 分，5分；每低于 2 分扣 1 分。", "85 分", "3 分"),  # 5 below: two whole steps
    ],
)
def test_points_may_be_what_is_measured(scoring: str, score: str, points: str) -> None:
    """A score given elsewhere is measured in points, and earns points: the two are told apart by where they stand."""
    assert parse(
        "评分表「考核」\n  年度：2020\n  依据：试验\n  满分：5 分\n  零头：不足一档不计\n  等级：优 ≥ 4 分；其余为差\n"
        f"事实\n  考核得分（分）\n指标 考核（5 分）\n  公式：考核得分\n  评分：{scoring}\n"
        f"  示例：考核得分 {score}：{points}\n"
    ).members
