"""What evaluation answers where there is no number of points."""

from __future__ import annotations

import pytest

from engine.score import assess
from engine.scores import Status
from rubric.language.read import read_rubric
from rubric.readers.facts import facts_for

RULES = """评分表「条件」
  年度：2020
  依据：试验
  满分：5 分
  零头：不足一档不计
  等级：优 ≥ 4 分；其余为差

事实
  支出、预算、上年（万元）

定义
  增幅 = （支出 - 上年）÷ 上年

指标 完成率（5 分）
  公式：支出 ÷ 预算
  评分：增幅 ≥ 0，计 5 分；≥ 50%，计 3 分；其余不得分。
"""


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ("{支出: 8 万元, 预算: 10 万元, 上年: 8 万元}", Status.SCORED),
        # The condition divides by nothing although every fact is there and the measured rate is 80 %.
        ("{支出: 8 万元, 预算: 10 万元, 上年: 0 万元}", Status.UNDEFINED),
        # Growth settles it before the rate, which divides by nothing, is asked for.
        ("{支出: 8 万元, 预算: 0 万元, 上年: 8 万元}", Status.SCORED),
        ("{支出: 7 万元, 预算: 0 万元, 上年: 8 万元}", Status.UNDEFINED),
        ("{支出: 8 万元, 预算: 10 万元}", Status.MISSING),
    ],
)
def test_a_division_by_nothing_is_told_from_a_missing_fact(facts: str, status: Status) -> None:
    rubric = read_rubric(RULES, "rules.rubric").rubric
    assert rubric is not None
    given, findings = facts_for(rubric, f"部门: 某单位\n年度: 2020\n事实: {facts}\n", "facts.yaml")
    assert given is not None
    assert not findings
    assert assess(rubric, given).card.scores[0].status is status
