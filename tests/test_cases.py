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
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.model import facts_schema
from rubric.reading.audit import Audit
from rubric.reading.shown import audit_text
from rubric.report.document import DocumentWriter, ScorecardModel
from rubric.report.terminal import Terminal

ROOT = Path(__file__).parents[1]
CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/facts.*"))
REPORT = Path("tests/reports/baojing-gov-office-2017.yaml")
BAOJING = Path("rules/hunan/baojing-2017.rubric")
COLUMNS = 110


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    # Recorded texts name files as a reader at the project's root would.
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RUBRIC_CACHE", "off")


def _load(folder: Path) -> Case:
    return load_case(_file(folder, "rules.rubric"), _file(folder, "facts.yaml"))


def _file(folder: Path, name: str) -> Path:
    """A file of a case, or the one that a text of its name stands for."""
    named = (folder / name).with_suffix(".txt")
    return Path(named.read_text("utf-8").strip()) if named.exists() else (folder / name).relative_to(ROOT)


def _assessed(case: Case, language: Language = "zh") -> Assessment:
    assert not any(map(is_error, case.findings)), render(case.findings, case.texts, language)
    assert case.rubric is not None
    assert case.facts is not None
    return assess(case.rubric, case.facts)


def _shown(case: Case, language: Language) -> str:
    terminal = Terminal(_assessed(case), language, COLUMNS, case.texts)
    ledgers = [terminal.explain(score) for score in terminal.card.scores]
    return "\n".join([terminal.scorecard(), *ledgers])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, language: Language, file_regression: FileRegressionFixture) -> None:
    file_regression.check(
        _shown(_load(folder), language), encoding="utf-8", fullpath=folder / f"expected.{language}.txt"
    )


def _claims(folder: Path) -> bool:
    text = (ROOT / _file(folder, "facts.yaml")).read_text("utf-8")
    return "\n自评:" in text or "\nclaims:" in text


CLAIMING = [folder for folder in CASES if _claims(folder)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CLAIMING, ids=lambda folder: folder.name)
def test_the_audit_of_a_case(folder: Path, language: Language, file_regression: FileRegressionFixture) -> None:
    assessment = _assessed(_load(folder))
    shown = audit_text(assessment, Audit(assessment, language).items(), language, COLUMNS)
    file_regression.check(shown, encoding="utf-8", fullpath=folder / f"expected.audit.{language}.txt")


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


@pytest.mark.parametrize("path", [_file(folder, "facts.yaml") for folder in CASES], ids=str)
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
