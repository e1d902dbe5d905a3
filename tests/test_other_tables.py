"""Reports under other tables than the Hunan base: each fact is told with its sentence, each planted fault is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.rules import FactDeclaration
from engine.unit import Quantity
from rubric import cli
from rubric.case import load_rules
from rubric.documents.opening import read_document
from rubric.messages.words import NO, YES, quantity_text
from rubric.readers.accepted import exact
from rubric.reading.facts import Find
from rubric.reading.report import read_report

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "reports" / "other-tables"
REPORTS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "reports.yaml").read_text("utf-8"))


def value(find: Find) -> str:
    """A value as the list beside the reports writes it."""
    match find.value:
        case bool():
            return (YES if find.value else NO).first("zh")
        case Quantity(number, unit):
            return quantity_text(exact(number), unit.code, "zh")
    return str(find.value)


def scored_by_reviewers(fact: FactDeclaration) -> bool:
    """Whether it is what reviewers give under a part of the table that was not published."""
    return fact.name.key.endswith("得分")


def test_the_reports_are_all_looked_at() -> None:
    assert sorted(REPORTS) == sorted(path.stem for path in FOLDER.glob("*.txt"))
    rules = {each["rules"] for each in REPORTS.values()}
    assert all(any(not each["planted"] for each in REPORTS.values() if each["rules"] == rule) for rule in rules)
    assert all(any(each["planted"] for each in REPORTS.values() if each["rules"] == rule) for rule in rules)


@pytest.mark.parametrize("name", REPORTS)
def test_every_fact_is_told_with_its_sentence(name: str) -> None:
    wanted = REPORTS[name]
    rubric = load_rules(ROOT / wanted["rules"]).rubric
    assert rubric is not None
    report = read_report(read_document(FOLDER / f"{name}.txt"), rubric)
    told = {key: [value(find) for find in finds] for key, finds in report.finds.items()}
    assert told == {key: [text] for key, (text, _) in wanted["told"].items()}
    for key, (_, words) in wanted["told"].items():
        assert words in report.finds[key][0].quote
    # Whatever the table asks for is told, but for what reviewers score and what only a table can hold.
    assert {fact.key for fact in rubric.facts if not scored_by_reviewers(fact)} == told.keys()


@pytest.mark.parametrize("name", REPORTS)
def test_each_planted_fault_is_found_and_nothing_else(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = REPORTS[name]
    result = cli.run(["audit", str(FOLDER / f"{name}.txt"), "--rules", str(ROOT / wanted["rules"]), "--json"])
    items = json.loads(capsys.readouterr().out)
    planted = wanted["planted"]
    found = [
        [item["code"], next((words for code, words in planted if code == item["code"] and words in item["said"]), "")]
        for item in items
    ]
    assert sorted(found) == sorted(planted)
    assert result == (cli.FINDINGS if planted else cli.CLEAN)
