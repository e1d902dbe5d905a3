"""The command as a person meets it: exit codes, streams, languages, colour, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rubric.commands import NAMES

ROOT = Path(__file__).parents[1]
RULES = "rules/hunan/baojing-2017.rubric"
FACTS = "tests/reports/baojing-gov-office-2017.yaml"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    chosen = {"RUBRIC_CACHE": "off", "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "rubric", *arguments],
        cwd=ROOT,
        env=chosen,
        capture_output=True,
        encoding=chosen["PYTHONIOENCODING"],
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "rules"), 0),
        (("score", "tests/cases/steps-on-and-off-their-edges/rules.rubric", "{case}/facts.yaml"), 0),
        (("score", RULES, FACTS), 1),  # claims differ from the rule
        (("check", "tests/broken/rules"), 1),
        (("score", RULES, "tests/broken/facts/unit-missing.yaml"), 1),
        (("score", "tests/broken/rules/name-misspelt.rubric", FACTS), 1),
        (("score", "no-such.rubric", FACTS), 2),
        (("score", RULES, "no-such.yaml"), 2),
        (("score", "rules", "tests"), 2),
        (("score", RULES), 2),
        (("scor", RULES, FACTS), 2),
        (("score", "--jsn", RULES, FACTS), 2),
        (("explain", RULES, FACTS, "预算控律"), 2),
        (("check", "engine"), 2),
        (("score", RULES, "tests/cases/missing-facts/facts.yaml"), 4),
        (("explain", RULES, "tests/cases/missing-facts/facts.yaml"), 4),
        (("explain", RULES, "tests/cases/missing-facts/facts.yaml", "公用经费控制率"), 0),
        (("--help",), 0),
        (("--version",), 0),
        (("schema", "facts"), 0),
        ((), 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_exit_code(arguments: tuple[str, ...], code: int) -> None:
    case = "tests/cases/steps-on-and-off-their-edges"
    done = run(*(argument.format(case=case) for argument in arguments))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_results_go_to_stdout_and_all_else_to_stderr() -> None:
    done = run("score", RULES, "tests/broken/facts/unit-missing.yaml")
    assert done.stdout == ""
    assert "unit-missing" in done.stderr


@pytest.mark.parametrize("arguments", [("score", RULES, FACTS), ("score", RULES, "tests/broken/facts/alias.yaml")])
def test_json_is_one_document_and_nothing_else(arguments: tuple[str, ...]) -> None:
    document = json.loads(run(*arguments, "--json").stdout)
    assert document.get("points", {}).get("text") == "89" or document["findings"][0]["code"] == "yaml-alias"


def test_numbers_in_json_are_text_with_their_exact_fraction() -> None:
    document = json.loads(run("explain", RULES, FACTS, "预算控制率", "--json").stdout)
    assert document["measured"] == {"text": "0.27", "exact": "31071/115420"}
    assert document["points"] == {"text": "2", "exact": "2"}
    assert document["claim"]["verdict"] == "too-high"


def test_the_language_is_the_option_then_the_environment_then_chinese() -> None:
    assert "得分 89" in run("score", RULES, FACTS).stdout
    assert "Score 89" in run("score", RULES, FACTS, RUBRIC_LANG="en").stdout
    assert "得分 89" in run("score", RULES, FACTS, "--lang", "zh", RUBRIC_LANG="en").stdout
    assert "Score 89" in run("--lang", "en", "score", RULES, FACTS).stdout


@pytest.mark.parametrize("command", NAMES)
def test_help_is_in_both_languages_with_an_example(command: str) -> None:
    chinese, english = run(command, "--help").stdout, run("--lang", "en", command, "--help").stdout
    assert "用法：" in chinese
    assert f"例：rubric {command}" in chinese
    assert "Usage: " in english
    assert f"Example: rubric {command}" in english


def test_colour_only_where_it_is_wanted() -> None:
    assert "\033[" not in run("score", RULES, FACTS).stdout
    assert "\033[" in run("score", RULES, FACTS, FORCE_COLOR="1").stdout
    assert "\033[" not in run("score", RULES, FACTS, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\033[" in run("score", RULES, FACTS, "--color", "always", NO_COLOR="1").stdout
    assert "\033[" not in run("score", RULES, FACTS, "--color", "never", FORCE_COLOR="1").stdout


def test_a_mistaken_word_is_answered_with_the_right_one() -> None:
    assert "score" in run("scor", RULES, FACTS).stderr
    assert "--json" in run("score", "--jsn", RULES, FACTS).stderr
    assert "预算控制率" in run("explain", RULES, FACTS, "预算控律").stderr


def test_a_gbk_console_loses_nothing() -> None:
    for arguments in (("score", RULES, FACTS), ("explain", RULES, FACTS), ("--lang", "en", "explain", RULES, FACTS)):
        done = run(*arguments, PYTHONIOENCODING="gbk")
        shown = "".join(line for line in done.stdout.splitlines() if "?  " not in line)
        assert "?" not in shown


def test_quotation_marks_in_an_indicators_name_may_be_left_out() -> None:
    assert run("explain", RULES, FACTS, "三公经费变动率").stdout.startswith("“三公经费”变动率")


def test_a_shipped_rule_file_is_found_by_its_name(tmp_path: Path) -> None:
    facts = (ROOT / FACTS).read_text("utf-8")
    (tmp_path / "facts.yaml").write_text(facts, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "rubric", "score", "hunan/baojing-2017", "facts.yaml"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "RUBRIC_CACHE": "off", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "得分 89" in done.stdout, done.stderr


def test_what_was_kept_scores_the_same_and_damage_to_it_is_harmless(tmp_path: Path) -> None:
    fresh = run("score", RULES, FACTS)
    first = run("score", RULES, FACTS, RUBRIC_CACHE=str(tmp_path))
    kept = run("score", RULES, FACTS, RUBRIC_CACHE=str(tmp_path))
    assert fresh.stdout == first.stdout == kept.stdout
    files = list(tmp_path.glob("*.json"))
    assert files
    for number, path in enumerate(files):
        path.write_text(("", "not what was written\n{}", path.read_text("utf-8")[:200])[number % 3], "utf-8")
    damaged = run("score", RULES, FACTS, RUBRIC_CACHE=str(tmp_path))
    assert damaged.stdout == fresh.stdout


def test_a_folder_that_cannot_be_written_to_is_no_fault() -> None:
    assert run("score", RULES, FACTS, RUBRIC_CACHE="/proc/nowhere").returncode == 1


def test_a_level_is_opened_to_each_of_its_indicators() -> None:
    opened = run("explain", RULES, FACTS, "预算配置")
    assert opened.returncode == 0
    assert [line for line in opened.stdout.splitlines() if line.startswith(("在职", "“三公"))] == [
        "在职人员控制率  3 / 3",
        "“三公经费”变动率  4 / 4",
    ]
    assert len(json.loads(run("explain", RULES, FACTS, "预算配置", "--json").stdout)) == 2
