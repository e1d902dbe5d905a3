"""The scorecard as a workbook: its formulas come to what the engine says, exactly and in a spreadsheet."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

import tests.strategies as some
from engine.compose import GroupScore, Member
from engine.score import Assessment, assess
from rubric.case import Case, load_case
from rubric.messages.wording import LANGUAGES, Language
from rubric.report.workbook.book import score_workbook
from rubric.report.workbook.model import Model, ScoreCell
from tests.spreadsheet import named_values, needs_office, piled, recalculated, same, spoiled

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
