"""The README is tested: what it shows is what the command prints, and what it names is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from engine.rules import Rubric
from rubric import cli
from rubric.commands import NAMES
from rubric.language.read import read_rubric

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
ENGLISH, CHINESE = TEXT.split("\n## English\n", 1)[1].split("\n## 中文\n", 1)
BOTH = pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])

SET_UP_AND_RUN = (
    "python3 -m venv .venv && .venv/bin/pip install . && "
    ".venv/bin/rubric score rules/hunan/baojing-2017.rubric tests/reports/baojing-gov-office-2017.yaml"
)
SET_UP_AND_TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest"


def fences(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)


def run(command: str) -> subprocess.CompletedProcess[str]:
    """What `rubric …` does on a terminal of 100 columns."""
    _, *arguments = shlex.split(command)
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("RUBRIC_", "FORCE_"))}
    env = {**plain, "COLUMNS": "100", "RUBRIC_CACHE": "off", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "rubric", *arguments], cwd=ROOT, env=env, capture_output=True, encoding="utf-8"
    )


@BOTH
def test_what_is_shown_is_what_is_printed(text: str) -> None:
    """A line that is only `…` stands for lines left out."""
    (block,) = fences(text, "console")
    command, _, shown = block.partition("\n")
    done = run(command.removeprefix("$ "))
    parts = re.split(r"^ *…\n", shown + "\n", flags=re.MULTILINE)
    assert done.stdout.startswith(parts[0])
    assert done.stdout.endswith(parts[-1])
    assert len(parts) > 1 or done.stdout == parts[0]
    assert done.returncode == cli.FINDINGS


@BOTH
def test_the_commands_for_a_fresh_machine(text: str) -> None:
    assert fences(text, "sh") == [SET_UP_AND_RUN, SET_UP_AND_TEST]


FACTS = "事实\n  在职人员数 「staff」、编制数 「posts」（人）\n"
HEADER = "评分表「例」\n  满分：3 分\n  零头：不足一档不计\n  等级：优 ≥ 3 分；其余为差\n"


def test_a_criterion_reads_the_same_in_both_languages() -> None:
    english, chinese = (read(fence) for text in (ENGLISH, CHINESE) for fence in fences(text, "rubric"))
    (one,), (two,) = english.indicators(), chinese.indicators()
    assert (one.full, one.measure, one.clauses) == (two.full, two.measure, two.clauses)
    assert [each.points for each in one.examples] == [each.points for each in two.examples]
    assert [len(each.values) for each in one.examples] == [len(each.values) for each in two.examples]


def read(fence: str) -> Rubric:
    reading = read_rubric(HEADER + FACTS + fence)
    assert reading.findings == ()
    assert reading.rubric is not None
    return reading.rubric


@BOTH
def test_the_exit_codes(text: str) -> None:
    codes = [cli.CLEAN, cli.FINDINGS, cli.USAGE, cli.INTERNAL, cli.INCOMPLETE]
    assert [int(code) for code in re.findall(r"^\| (\d) \|", text, re.MULTILINE)] == codes


@BOTH
def test_the_commands_and_options_that_are_named_exist(text: str) -> None:
    group = cli.build("en")
    named = re.findall(r"`rubric (?:--lang en )?([a-z-]+)(?: (?:[^`]*?))?(--[a-z]+)?`", text)
    assert {command for command, _ in named} == set(NAMES)
    for command, option in named:
        found = group.get_command(click.Context(group), command)
        assert found is not None
        known = {"--help", *(form for param in found.params for form in param.opts)}
        assert not option or option in known


@BOTH
def test_the_variables_that_are_named_are_read(text: str) -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "rubric").rglob("*.py"))
    named = re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)
    assert named == ["RUBRIC_LANG", "NO_COLOR", "RUBRIC_CACHE"]
    assert [name for name in named if name not in source] == []


@BOTH
def test_the_folders_and_files_that_are_named_exist(text: str) -> None:
    named = re.findall(r"^\| `([a-z]+/)` \|", text, re.MULTILINE) + re.findall(r"\]\(([^)#]+)\)", text)
    assert len(named) > 4
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_both_languages_have_the_same_sections() -> None:
    assert len(re.findall(r"^### ", ENGLISH, re.MULTILINE)) == len(re.findall(r"^### ", CHINESE, re.MULTILINE))
