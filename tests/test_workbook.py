"""The scorecard as a workbook: its formulas come to what the engine says, exactly and in a spreadsheet."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from math import floor
from pathlib import Path

import pytest
from hypothesis import given, settings

import tests.strategies as some
from engine.compose import GroupScore, Member
from engine.number import decimal
from engine.score import Assessment, assess
from rubric.case import Case, load_case
from rubric.language.read import read_rubric
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.facts import facts_for
from rubric.report.workbook.book import score_workbook
from rubric.report.workbook.model import Model, ScoreCell
from tests.spreadsheet import Pile, named_values, needs_office, piled, recalculated, same, spoiled

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "tests/reports/baojing-gov-office-2017.yaml"
BAOJING = ROOT / "rules/hunan/baojing-2017.rubric"
FOLDERS = sorted(path.parent for path in (ROOT / "tests/cases").glob("*/facts.yaml"))


def read(folder: Path) -> Assessment:
    """What a case folder scores."""
    named = folder / "rules.txt"
    rules = ROOT / named.read_text("utf-8").strip() if named.exists() else folder / "rules.rubric"
    return assessed(load_case(rules, folder / "facts.yaml"))


def assessed(case: Case) -> Assessment:
    assert case.rubric is not None
    assert case.facts is not None
    return assess(case.rubric, case.facts)


def baojing(language: Language = "zh") -> bytes:
    case = load_case(BAOJING, REPORT)
    return score_workbook(assessed(case), language, case.texts, case.rules_digest, "0")


# -------------------------------------------------------------------------------------------- documents


@needs_office
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_baojing_report_is_worked_out_anew(language: Language, tmp_path: Path) -> None:
    """Every kept value is spoiled first, so that what is seen is what LibreOffice makes of the formulas."""
    data = baojing(language)
    model = Model(assessed(load_case(BAOJING, REPORT)), language, {})
    shown = named_values(recalculated(spoiled(data), tmp_path))
    expected = dict(model.cells())
    assert len(expected) > 40
    assert [name for name, formula in expected.items() if not same(shown[name], formula.value)] == []
    assert [each for each in shown.values() if each == -77] == []


@needs_office
def test_every_case_of_the_repository_is_worked_out_anew(tmp_path: Path) -> None:
    pile = piled(map(read, FOLDERS))
    assert [line for model in pile.models for line in differences(model.assessment, model)] == []
    assert pile.disagreements(tmp_path) == []


# ---------------------------------------------------------------------------------- every family, exactly

# Why something is not carried, counted over all that was tried.
CARRIED: Counter[str] = Counter()


def differences(assessment: Assessment, model: Model) -> list[str]:
    """Every cell whose exact value is not the engine's."""
    found = [
        line
        for score in assessment.card.scores
        for line in _differs(score.indicator.key, score.points, model.indicators[score.indicator.key].points)
    ]
    found += [line for member in assessment.card.members for line in _levels(member, model)]
    return found + list(_differs("total", assessment.card.points, model.total))


def _levels(member: Member, model: Model) -> list[str]:
    if not isinstance(member, GroupScore):
        return []
    below = [line for each in member.members for line in _levels(each, model)]
    return below + _differs(member.group.key, member.points, model.groups[member.group.key])


def _differs(name: str, points: Fraction | None, shown: ScoreCell) -> list[str]:
    CARRIED[shown.carried] += 1
    value = shown.points.value
    same = value == points if points is not None else isinstance(value, str)
    return [] if same else [f"{name}: {points} and not {value}: {shown.points.text}"]


@given(some.cases())
@settings(max_examples=200)
def test_formulas_come_to_the_points_of_every_family(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    assert differences(assessment, Model(assessment, "zh", {})) == []


@given(some.cases(some.composed_rubrics()))
@settings(max_examples=200)
def test_formulas_come_to_the_points_of_every_composition(case: some.Case) -> None:
    assessment = assess(case.rubric, case.facts)
    assert differences(assessment, Model(assessment, "zh", {})) == []


# ------------------------------------------------------------------------------- boundary values, in a spreadsheet

BOUNDARIES = """评分表「界限」
  年度：2020
  零头：不足一档不计
  百分数：百分点
  等级：优 ≥ 90 分；良 ≥ 80 分；其余为差
事实
  甲（万元）
  乙（万元，大于 0）
  件数（件）
  实得分（分）
  满分值（分，大于 0）
  已公开、已公示、已存档（是／否）
指标 分档（10 分）
  公式：甲 ÷ 乙
  评分：= 0，计 10 分；0–10%（含），计 8 分；10–20%（含），计 6 分；20–30%（含），计 4 分；大于 30%，不得分。
指标 含下限的分档（10 分）
  公式：甲 ÷ 乙
  评分：≥ 90%，计 10 分；80%（含）–90%，计 7.5 分；70%（含）–80%，计 3 分；其余不得分。
指标 整档（10 分）
  公式：甲 ÷ 乙
  评分：≤ 100%，计满分；每超过 1 个百分点扣 0.5 分，扣完为止。
指标 不足一档按一档（10 分）
  公式：甲 ÷ 乙
  评分：≤ 100%，计满分；每超过 2 个百分点扣 1 分，不足一档按一档计，扣完为止。
指标 按比例的档（10 分）
  公式：甲 ÷ 乙
  评分：≥ 100%，计满分；每低于 3 个百分点扣 1 分，按比例计，扣完为止。
指标 两边的档（10 分）
  公式：甲 ÷ 乙
  评分：= 100%，计满分；每高于或低于 1 个百分点扣 1 分，扣完为止。
指标 比例（10 分）
  公式：甲 ÷ 乙
  评分：按比例计分。
指标 次数（10 分）
  公式：件数
  评分：每出现一件扣 3 分，扣完为止。
指标 要点（10 分）
  评分：①已公开，4 分；②已公示，3 分；③已存档，3 分。
指标 折算（10 分）
  公式：实得分 ÷ 满分值
  评分：按比例计分。
"""
# What the rates are held against in these criteria, and half a step beside it; values lie there and a last digit away.
RATES = [
    Fraction(each, 200) for each in (0, 20, 40, 60, 140, 160, 180, 186, 194, 198, 199, 200, 201, 202, 204, 206, 240)
]
BASES = ("100", "74", "1154.2", "33.33", "0.07", "987654.32")


def boundary_facts() -> list[str]:
    """A facts file for every rate on every base, with the numerator on the edge and one last digit beside it."""
    found = []
    for number, (rate, base, beside) in enumerate(product(RATES, BASES, (-1, 0, 1))):
        digits = 10 ** max(len(base.partition(".")[2]), 2)
        above = Fraction(floor(rate * Fraction(base) * digits) + beside, digits)
        if above < 0:
            continue
        yes = ["是" if number >> bit & 1 else "否" for bit in range(3)]
        lines = [f"甲: {decimal(above, 2)} 万元", f"乙: {base} 万元", f"件数: {number % 6} 件"]
        lines += [f"实得分: {number % 97 + 1} 分", f"满分值: {97 + number % 3} 分"]
        lines += [f"{name}: {word}" for name, word in zip(("已公开", "已公示", "已存档"), yes, strict=True)]
        found.append("\n".join(["部门: 某局", "年度: 2020", "事实:", *(f"  {line}" for line in lines)]) + "\n")
    return found


@needs_office
def test_boundary_values_of_every_family_are_worked_out_alike(tmp_path: Path) -> None:
    """Every indicator of the rubric above, at and beside its edges, in one workbook that LibreOffice works out anew."""
    rubric = read_rubric(BOUNDARIES)
    assert rubric.rubric is not None, rubric.findings
    texts = boundary_facts()
    assert len(texts) >= 200
    pile = Pile()
    for text in texts:
        facts, findings = facts_for(rubric.rubric, text, "facts.yaml")
        assert facts is not None, findings
        model = pile.add(assess(rubric.rubric, facts))
        assert differences(model.assessment, model) == []
        # None of these is left to the engine.
        assert {cell.points.carried for cell in model.indicators.values()} == {""}
    assert pile.disagreements(tmp_path) == []
