"""Case folders: rules and facts, and the table and ledgers that they give, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture

from engine.diagnostic import is_error
from engine.score import Assessment, assess
from rubric.case import Case, load_case
from rubric.folders import case_folders, facts_of
from rubric.history import Outcome, Scoring
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.model import facts_schema
from rubric.reading.audit import Audit
from rubric.reading.shown import audit_text
from rubric.report.document import DocumentWriter, ScorecardModel
from rubric.report.terminal import Terminal

ROOT = Path(__file__).parents[1]
CASES = case_folders(Path(__file__).parent / "cases")
REPORT = Path("tests/reports/baojing-gov-office-2017.yaml")
BAOJING = Path("rules/hunan/baojing-2017.rubric")
COLUMNS = 110
# Cases share rule files: each is read once.
SCORING = Scoring()


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    # Recorded texts name files as a reader at the project's root would.
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RUBRIC_CACHE", "off")


def _outcome(folder: Path) -> Outcome:
    """A case as `rubric test` scores it: from its facts or its report, within its group."""
    found = SCORING.outcome(folder.relative_to(ROOT))
    assert found.assessment is not None, render(found.case.findings, found.case.texts, "zh")
    return found


def _assessed(case: Case, language: Language = "zh") -> Assessment:
    assert not any(map(is_error, case.findings)), render(case.findings, case.texts, language)
    assert case.rubric is not None
    assert case.facts is not None
    return assess(case.rubric, case.facts)


def _shown(found: Outcome, language: Language) -> str:
    assert found.assessment is not None
    terminal = Terminal(found.assessment, language, COLUMNS, found.case.texts)
    ledgers = [terminal.explain(score) for score in terminal.card.scores]
    return "\n".join([terminal.scorecard(), *ledgers])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, language: Language, file_regression: FileRegressionFixture) -> None:
    file_regression.check(
        _shown(_outcome(folder), language), encoding="utf-8", fullpath=folder / f"expected.{language}.txt"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_audit_of_a_case(folder: Path, language: Language, file_regression: FileRegressionFixture) -> None:
    """Of every case with claims; one without has no audit to read."""
    assessment = _outcome(folder).assessment
    assert assessment is not None
    expected = folder / f"expected.audit.{language}.txt"
    if assessment.facts.claims is None:
        assert not expected.exists()
        return
    shown = audit_text(assessment, Audit(assessment, language).items(), language, COLUMNS)
    file_regression.check(shown, encoding="utf-8", fullpath=expected)


def test_the_baojing_report_as_json(file_regression: FileRegressionFixture) -> None:
    case = load_case(BAOJING, REPORT)
    writer = DocumentWriter(_assessed(case), "zh", case.texts, case.rules_digest, "0")
    document = writer.document()
    text = document.model_dump_json(indent=1)
    assert ScorecardModel.model_validate_json(text) == document
    file_regression.check(text + "\n", encoding="utf-8", fullpath=ROOT / REPORT.with_suffix(".json"))


@pytest.mark.parametrize("name", ["scorecard", "facts"])
def test_the_published_schema(name: str, file_regression: FileRegressionFixture) -> None:
    schema = facts_schema() if name == "facts" else ScorecardModel.model_json_schema()
    text = json.dumps(schema, ensure_ascii=False, indent=1)
    file_regression.check(text + "\n", encoding="utf-8", extension=".json", basename=f"{name}.schema")


@pytest.mark.parametrize("path", [path for path in map(facts_of, CASES) if path], ids=lambda path: path.parent.name)
def test_facts_files_fit_the_published_schema(path: Path) -> None:
    misfits = Draft202012Validator(facts_schema()).iter_errors(yaml.safe_load(path.read_text("utf-8")))
    assert [misfit.message for misfit in misfits] == []


def test_a_misspelt_key_does_not_fit_the_published_schema() -> None:
    wrong = {"部门": "某单位", "事实": {"编制数": {"值": "74 人", "依剧": "数据"}}}
    assert not Draft202012Validator(facts_schema()).is_valid(wrong)


def test_the_scorecard_fits_the_published_schema() -> None:
    schema = ScorecardModel.model_json_schema(mode="serialization")
    document = json.loads((ROOT / REPORT.with_suffix(".json")).read_text("utf-8"))
    assert [misfit.message for misfit in Draft202012Validator(schema).iter_errors(document)] == []


def test_what_was_kept_in_another_shape_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of another version leaves what it kept; its classes may have had other fields."""
    from rubric import codec
    from rubric.case import load_rules

    monkeypatch.setenv("RUBRIC_CACHE", str(tmp_path))
    path = Path(__file__).parent.parent / "rules" / "hubei" / "project-2020.rubric"
    read = load_rules(path).rubric
    kept = {each.name for each in tmp_path.glob("*.json")}
    assert load_rules(path).rubric == read
    assert {each.name for each in tmp_path.glob("*.json")} == kept
    monkeypatch.setattr(codec, "LAYOUT", b"another")
    assert load_rules(path).rubric == read
    assert len(list(tmp_path.glob("*.json"))) == len(kept) + 1
