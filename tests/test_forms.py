"""Forms that a unit fills in, read from text: their examples, their cells, and what is claimed for them."""

from __future__ import annotations

import pytest

from engine.rules import Rubric
from engine.score import Assessment, assess
from rubric.language.read import read_rubric
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.facts import facts_for
from rubric.report.remarks import Remarks
from rubric.report.sentences import Sentences

FORM = """评分表「自评表」
  满分：30 分
  等级：优 ≥ 27 分；其余为差

表 指标
  名称（文字）
  性质（正向／反向／等于／定性）
  目标、完成（数）
  分值（分）
  效果（达成／未达成）

逐行指标 产出（30 分）
  取自：指标，分值 ≥ 1 分
  评分：性质为反向且完成 ≤ 目标，或性质为等于且完成 = 目标，计满分；性质为正向，得分 = 本项分值 × 完成 ÷ 目标；
    性质为反向，得分 = 本项分值 × 目标 ÷ 完成；效果为达成，酌情计 80% 至 100%（不含）；效果为未达成，酌情计 0% 至 60%。
  示例：{}
"""
RIGHT = "性质 正向，目标 100，完成 90，分值 20 分：18 分"  # 20 × 90 ÷ 100
FACTS = "部门: 某站\n年度: 2021\n表:\n  指标:\n{}"
ROWS = (
    "{名称: 培训, 性质: 正向, 目标: 100, 完成: 90, 分值: 10 分}",  # 10 × 90 ÷ 100 = 9
    "{名称: 成本, 性质: 反向, 目标: 8, 完成: 10, 分值: 5 分}",  # 5 × 8 ÷ 10 = 4
    "{名称: 标准, 性质: 等于, 目标: 3, 完成: 3, 分值: 5 分}",  # 5
    "{名称: 规程, 性质: 定性, 效果: 达成, 评定得分: 9 分, 分值: 10 分}",  # 8 to 10 points, 9 given
)


def codes(example: str) -> list[str]:
    return [finding.code for finding in read_rubric(FORM.format(example)).findings]


def form() -> Rubric:
    read = read_rubric(FORM.format(RIGHT))
    assert read.usable, read.findings
    assert read.rubric is not None
    return read.rubric


def scored(*rows: str, claims: str = "") -> Assessment:
    text = FACTS.format("".join(f"    - {row}\n" for row in rows)) + claims
    facts, findings = facts_for(form(), text, "facts.yaml")
    assert facts is not None, findings
    return assess(form(), facts)


def refused(*rows: str) -> list[str]:
    text = FACTS.format("".join(f"    - {row}\n" for row in rows))
    return [finding.code for finding in facts_for(form(), text, "facts.yaml")[1]]


# --------------------------------------------------------------------------------------------- examples


@pytest.mark.parametrize(
    ("example", "found"),
    [
        (RIGHT, []),
        ("性质 反向，目标 0，完成 0，分值 20 分：20 分", []),
        ("性质 定性，效果 达成，评定得分 17 分，分值 20 分：17 分", []),
        ("性质 正向，目标 100，完成 90，分值 20 分：20 分", ["example-differs"]),  # 18
        ("性质 正向，目标 100，分值 20 分：20 分", ["example-incomplete"]),
        ("性质 正向，目标 100，完成 90：18 分", ["example-incomplete"]),
        ("性质 正向，目标 0，完成 90，分值 20 分：18 分", ["example-undefined"]),
        ("性质 正，目标 100，完成 90，分值 20 分：18 分", ["unknown-level"]),
        ("性质 正向，目标 100，实际 90，分值 20 分：18 分", ["unknown-name"]),
    ],
)
def test_an_example_of_an_indicator_that_is_scored_by_rows_is_one_row(example: str, found: list[str]) -> None:
    assert codes(example) == found


def test_what_an_example_of_a_row_leaves_out_goes_by_its_column() -> None:
    (finding,) = read_rubric(FORM.format("性质 正向，目标 100，分值 20 分：20 分")).findings
    assert dict(finding.headline.arguments)["names"] == ("完成",)


# ------------------------------------------------------------------------------------------------ cells


def test_a_facts_file_may_hold_tables_alone() -> None:
    assert scored(*ROWS).total == 9 + 4 + 5 + 9


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("评定得分: 8 分", []),
        ("评定得分: 9.9 分", []),
        ("评定得分: 10 分", ["points-outside"]),  # full marks do not belong to the range
        ("评定得分: 7.9 分", ["points-outside"]),
        ("评定得分: 11 分", ["points-outside"]),
    ],
)
def test_points_given_must_lie_in_the_range_of_their_clause(given: str, found: list[str]) -> None:
    assert refused(*ROWS[:3], ROWS[3].replace("评定得分: 9 分", given)) == found


def test_points_given_are_measured_by_the_clause_that_holds() -> None:
    # The same 5 of 10 points: too few for 达成, 50 % and so enough for 未达成.
    row = ROWS[3].replace("9 分", "5 分")
    assert refused(*ROWS[:3], row) == ["points-outside"]
    assert refused(*ROWS[:3], row.replace("效果: 达成", "效果: 未达成")) == []


def test_what_no_clause_covers_is_told_as_such_and_not_as_missing() -> None:
    words = Sentences(scored(*ROWS[:3], "{名称: 规程, 性质: 等于, 目标: 3, 完成: 4, 效果: 未达成, 分值: 10 分}"), "zh")
    assert words.line(words.assessment.card.scores[3]).startswith("缺少：评定得分")
    other = Sentences(scored(*ROWS[:2], ROWS[2].replace("完成: 3", "完成: 4"), ROWS[3]), "zh")
    # 等于 with another value and no effect: the effect may still decide.
    assert other.line(other.assessment.card.scores[2]).startswith("缺少：效果")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh",
            (
                "性质为“正向”，得分 = 10 × 90 ÷ 100 = 9 分",
                "性质为“反向”，得分 = 5 × 8 ÷ 10 = 4 分",
                "性质为“等于”、完成 3 = 目标（3），得 5 分",
            ),
        ),
        (
            "en",
            (
                "性质 is “正向”, points = 10 × 90 ÷ 100 = 9",
                "性质 is “反向”, points = 5 × 8 ÷ 10 = 4",
                "性质 is “等于”, 完成 3 = 目标 (3): 5",
            ),
        ),
    ],
)
def test_a_row_is_told_by_the_alternative_that_holds(language: Language, lines: tuple[str, ...]) -> None:
    words = Sentences(scored(*ROWS), language)
    assert tuple(words.line(score) for score in words.assessment.card.scores[:3]) == lines


@pytest.mark.parametrize(
    ("target", "actual", "found"),
    [("95%", "97%", []), ("95", "97", []), ("95%", "97", ["row-mixes-percent"]), ("95", "97%", ["row-mixes-percent"])],
)
def test_per_cent_and_plain_numbers_are_not_held_against_one_another(
    target: str, actual: str, found: list[str]
) -> None:
    row = f"{{名称: 满意度, 性质: 正向, 目标: {target}, 完成: {actual}, 分值: 20 分}}"
    assert refused(row, ROWS[3]) == found


# ----------------------------------------------------------------------------------------------- claims

CLAIMS = "自评:\n  指标: {{培训: 10, 成本: 4, 标准: 5, 规程: 9}}\n  小计: {{产出: {}}}\n  总分: 28\n"


@pytest.mark.parametrize(("subtotal", "remarks"), [("28", 1), ("27", 3)])
def test_a_subtotal_may_be_claimed_for_the_rows_of_an_indicator(subtotal: str, remarks: int) -> None:
    # 28 = 10 + 4 + 5 + 9 as claimed, where 9 + 4 + 5 + 9 = 27 is earned; a subtotal of 27 differs from its rows and
    # from the total.
    assessment = scored(*ROWS, claims=CLAIMS.format(subtotal))
    assert len([*Remarks(Sentences(assessment, "zh")).all()]) == remarks
    assert len([*Remarks(Sentences(assessment, "en")).all()]) == remarks


def test_a_claim_for_a_name_that_several_rows_bear_is_told() -> None:
    text = FACTS.format("".join(f"    - {row}\n" for row in (*ROWS[:3], ROWS[3].replace("规程", "培训"))))
    found = facts_for(form(), text + "自评:\n  指标: {培训: 9, 成本: 4}\n", "facts.yaml")[1]
    assert [(each.code, each.span.line) for each in found] == [("claim-of-several", 10)]


def test_every_language_has_a_line_for_every_row() -> None:
    for language in LANGUAGES:
        words = Sentences(scored(*ROWS), language)
        assert all(map(words.line, words.assessment.card.scores))
