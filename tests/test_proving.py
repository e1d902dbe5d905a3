"""`rubric test`: examples that hold, clauses that none reaches, changes that none notices; examples in pytest."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import strategies as some
from hypothesis import given, settings

from engine.facts import Facts
from engine.proving import Proving
from engine.rules import Rubric
from engine.score import assess
from rubric.language.read import read_rubric
from rubric.language.write import example_text, write

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[1]

RULES = """评分表「示例」
  依据：示例
  满分：10 分
  零头：不足一档不计
  等级：优 ≥ 9 分；其余为差

事实
  在职人员数、编制数（人，大于 0）
  满意度评价（满意／一般／不满意）

表 项目
  名称（文字）
  完成数（个）
  计划数（个，大于 0）
  行分值（分）

指标 控制率（3 分）
  公式：在职人员数 ÷ 编制数
  评分：≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。
  示例：在职人员数 74 人，编制数 74 人：3 分
  示例：在职人员数 103 人，编制数 100 人：1.5 分

指标 满意度（3 分）
  公式：满意度评价
  评分：满意，计 3 分；一般，计 2 分；不满意，不得分。
  示例：满意度评价 满意：3 分

逐行指标 项目完成（4 分）
  取自：项目
  评分：得分 = 本项分值 × 完成数 ÷ 计划数
  示例：完成数 3 个，计划数 4 个，行分值 2 分：1.5 分
"""


def rubric(text: str = RULES) -> Rubric:
    found = read_rubric(text)
    assert found.rubric is not None
    return found.rubric


def test_every_example_is_run_those_of_rows_by_their_own_marks() -> None:
    proving = Proving(rubric())
    assert len(proving.results) == 4
    assert proving.failed() == ()
    wrong = rubric(RULES.replace("100 人：1.5 分", "100 人：1 分").replace("2 分：1.5 分", "2 分：2 分"))
    assert [result.example.span.line for result in Proving(wrong).failed()] == [21, 31]


def reached(proving: Proving) -> list[tuple[str, int]]:
    return [(each.indicator.key, each.times) for each in proving.reached()]


def test_a_clause_is_reached_by_an_example_or_by_a_department() -> None:
    expected = [("控制率", 1), ("控制率", 1), ("满意度", 1), ("满意度", 0), ("满意度", 0), ("项目完成", 1)]
    assert reached(Proving(rubric())) == expected
    department = Facts("", None, {"满意度评价": some.present("一般")})
    assert reached(Proving(rubric(), [department]))[2:5] == [("满意度", 1), ("满意度", 1), ("满意度", 0)]


def changes(proving: Proving, indicator: str) -> dict[str, bool]:
    """For every change of an indicator, by its code and numbers, whether it is noticed."""
    from rubric.messages.catalogue import say

    return {
        say(each.mutant.change, "en"): each.noticed
        for each in proving.mutated()
        if each.mutant.indicator.key == indicator and (each.noticed or each.would is not None)
    }


def test_what_no_example_notices_is_told() -> None:
    assert changes(Proving(rubric()), "控制率") == {
        "limit 100% → 101%": True,  # 103 % is then two steps above: 2 points
        "limit 100% → 99%": True,
        "limit 100% excluded": True,  # 74 ÷ 74 is then in no band
        "points 3 points → 2.5 points": True,
        "step 1 pp → 1.5 pp": True,
        "each step 0.5 points → 0.75 points": True,
        "each step 0.5 points → 0.25 points": True,
        # 103 % is three whole steps, whatever a fraction counts as.
        "fraction: whole steps only → started steps count": False,
        "fraction: whole steps only → in proportion": False,
    }
    assert changes(Proving(rubric()), "满意度") == {
        "points 3 points → 2.5 points": True,
        "points 2 points → 2.5 points": False,
        "points 2 points → 1.5 points": False,
        "points 0 points → 0.5 points": False,
    }


def test_the_example_that_is_offered_notices_the_change() -> None:
    text = RULES
    for each in Proving(rubric()).mutated():
        if each.noticed or each.would is None or each.mutant.indicator.key != "控制率":
            continue
        line = example_text(rubric(), each.mutant.indicator, each.would.witness, each.would.first, "zh")
        text = text.replace("  示例：在职人员数 74 人", f"  示例：{line}\n  示例：在职人员数 74 人", 1)
    proving = Proving(rubric(text))
    assert proving.failed() == ()
    assert all(changes(proving, "控制率").values())


@settings(max_examples=40)
@given(some.known_cases(some.rubrics(most=1)))
def test_facts_that_would_notice_a_change_do(case: some.Case) -> None:
    """Whatever the rule: the facts that are named earn other points under the change."""
    for each in Proving(case.rubric).mutated():
        if each.would is not None:
            assert each.would.first != each.would.second


@given(some.known_cases(some.rubrics(most=2)))
def test_what_a_department_is_scored_by_is_reached(case: some.Case) -> None:
    read = read_rubric(write(case.rubric, "zh")).rubric
    assert read is not None
    times = {each.clause.span: each.times for each in Proving(read, [case.facts]).reached()}
    for score in assess(read, case.facts).card.scores:
        for outcome in score.outcomes:
            if outcome.case is not None and outcome.case.clause.span in times:
                assert times[outcome.case.clause.span] > 0


# -------------------------------------------------------------------------------------------- the command


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"RUBRIC_CACHE": "off", "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "rubric", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_command_says_what_is_not_tested(tmp_path: Path) -> None:
    path = tmp_path / "rules.rubric"
    path.write_text(RULES, "utf-8")
    done = run("test", str(path), "--coverage", "--mutate")
    assert done.returncode == 0
    assert "示例 4 条相符，0 条不符" in done.stdout
    assert f"{path}:25:15  一般，计 2 分\n" in done.stdout
    added = "      可加示例：在职人员数 201 人，编制数 200 人：3 分\n"
    assert f"零头：不足一档不计改为不足一档按一档计\n{added}" in done.stdout
    assert done.stdout.count("在职人员数 201 人") == 1, "one example may notice several changes: it is offered once"
    path.write_text(RULES.replace("100 人：1.5 分", "100 人：1 分"), "utf-8")
    failed = run("test", str(path))
    assert failed.returncode == 1
    assert "example-differs" in failed.stdout
    path.write_text(RULES.replace("公式：在职人员数", "公式：在职人员"), "utf-8")
    assert run("test", str(path)).returncode == 1


def test_pytest_runs_the_examples(pytester: pytest.Pytester) -> None:
    pytester.makefile(".rubric", good=RULES, wrong=RULES.replace("100 人：1.5 分", "100 人：1 分"))
    pytester.makefile(".rubric", broken=RULES.replace("公式：在职人员数", "公式：在职人员"))
    done = pytester.runpytest_subprocess("good.rubric", "wrong.rubric", "broken.rubric")
    done.assert_outcomes(passed=5 + 4, failed=2)
    assert "example-differs" in done.stdout.str()
    assert "unknown-name" in done.stdout.str()


def test_pytest_collects_what_the_setting_names(pytester: pytest.Pytester) -> None:
    pytester.makefile(".rubric", rules=RULES)
    assert "no tests ran" in pytester.runpytest_subprocess().stdout.str()
    pytester.makeini("[pytest]\nrubric_files = **/*.rubric\n")
    pytester.runpytest_subprocess().assert_outcomes(passed=5)
