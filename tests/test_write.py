"""A rubric that is written reads as the same rubric again, in Chinese and in English."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import strategies as some
from hypothesis import given

from engine.rules import Band, FullMarks, Indicator, Name, Points, Rubric, Side, Step
from engine.unit import PERCENT, PERCENTAGE_POINT, Quantity
from rubric.case import load_rules
from rubric.language.read import read_rubric
from rubric.language.write import write
from rubric.messages.wording import LANGUAGES, Language

RULES = sorted((Path(__file__).parents[1] / "rules").rglob("*.rubric"))


@given(some.rubrics())
def test_both_languages_say_the_same(rubric: Rubric) -> None:
    for language in LANGUAGES:
        assert read_rubric(write(rubric, language)).rubric == rubric


@given(some.composed_rubrics())
def test_both_languages_say_the_same_of_the_whole(rubric: Rubric) -> None:
    for language in LANGUAGES:
        assert read_rubric(write(rubric, language)).rubric == rubric


@given(some.rubrics(most=2))
def test_writing_again_changes_nothing(rubric: Rubric) -> None:
    for language in LANGUAGES:
        text = write(rubric, language)
        again = read_rubric(text).rubric
        assert again is not None
        assert write(again, language) == text


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_files_read_the_same_when_they_are_written(path: Path, language: Language) -> None:
    read = load_rules(path)
    assert read.rubric is not None
    # What amends another is written as a whole.
    written = read_rubric(write(read.rubric, language))
    assert written.rubric == read.rubric
    assert written.findings == ()


# A sentence goes in as an official may write it, and comes out in its one canonical form.
SENTENCES = [
    (
        "控制率≤100％的，得3分，每超出一个百分点，扣0.5分，减完为止",
        "≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。",
        "≤ 100% → 3 points; each 1 pp above deducts 0.5 points, down to 0 points",
    ),
    (
        "80%（含）至90%（不含）得2分；90％以上3分；否则不计分",
        "80%（含）至 90%，计 2 分；≥ 90%，计 3 分；其余不得分。",
        "[80%, 90%) → 2 points; ≥ 90% → 3 points; otherwise → no points",
    ),
    (
        "0-10%（含），得3分；(10%, 20%)，得2分；20%(含)～30%(含)，1分",
        "0-10%（含），计 3 分；10%（不含）至 20%（不含），计 2 分；20%（含）至 30%（含），计 1 分。",
        "(0%, 10%] → 3 points; (10%, 20%) → 2 points; [20%, 30%] → 1 point",
    ),
    (
        "以100%为标准，每低于或高于1个百分点扣1分，不足一个百分点按比例扣分，最多扣2分",
        "以 100% 为标准，每高于或低于 1 个百分点扣 1 分，不足一档按比例计，最多扣 2 分。",
        "each 1 pp above or below 100% deducts 1 point, counted in proportion, up to 2 points",
    ),
    ("按比例计分", "按比例计分。", "in proportion"),
    (
        "等于100%，满分；大于100%且行政效能是好，得2分；其他情况按比例得分",
        "= 100%，计满分；> 100%，且行政效能为好，计 2 分；其余按比例计分。",
        "= 100% → full marks; > 100% and administration is good → 2 points; otherwise → in proportion",
    ),
]

FRAME = """评分表「示例」
  零头：不足一档不计

事实
  甲「a」、乙「b」（万元）
  行政效能「administration」（好「good」／差「poor」）

指标 控制率（3 分）
  公式：甲 ÷ 乙
  评分：{}
"""


@pytest.mark.parametrize(("given_text", "zh", "en"), SENTENCES, ids=[zh for _, zh, _ in SENTENCES])
def test_a_sentence_has_one_form_in_each_language(given_text: str, zh: str, en: str) -> None:
    read = read_rubric(FRAME.format(given_text))
    assert read.rubric is not None
    assert f"  评分：{zh}\n" in write(read.rubric, "zh")
    assert f"  scoring: {en}\n" in write(read.rubric, "en")


def test_a_long_criterion_is_broken_between_its_clauses() -> None:
    clauses = "；".join(f"{n}-{n + 1}%（含），计 {n % 4} 分" for n in range(20))
    read = read_rubric(FRAME.format(clauses))
    assert read.rubric is not None
    for language in LANGUAGES:
        text = write(read.rubric, language)
        assert max(len(line) for line in text.splitlines()) <= 120
        assert read_rubric(text).rubric == read.rubric


# ------------------------------------------------------------------------------ what no rule file can say


def _with(indicator: Indicator) -> Rubric:
    read = read_rubric(FRAME.format("按比例计分"))
    assert read.rubric is not None
    return replace(read.rubric, members=(indicator,))


def test_a_number_without_an_end_is_refused() -> None:
    third = Indicator(Name("某率"), Fraction(1), None, (Band((), Points(Fraction(1, 3))),))
    with pytest.raises(ValueError, match="without an end"):
        write(_with(third), "zh")


def test_steps_that_start_from_other_points_than_their_band_are_refused() -> None:
    step = Step(
        Side.ABOVE,
        Quantity(Fraction(100), PERCENT),
        Quantity(Fraction(1), PERCENTAGE_POINT),
        Fraction(-1),
        Points(Fraction(1)),
    )
    assert step.base != FullMarks()
    with pytest.raises(ValueError, match="starts from"):
        write(_with(Indicator(Name("某率"), Fraction(3), None, (step,))), "zh")
