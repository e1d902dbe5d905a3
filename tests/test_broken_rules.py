"""Broken rule files: each finding is expected on the line that causes it, and no other."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from engine.diagnostic import Diagnostic
from rubric.case import MAX_RULES, load_rules
from rubric.language.lexer import MAX_DEPTH, MAX_DIGITS, MAX_LINE, MAX_LINES, MAX_TOKENS
from rubric.language.read import read_rubric
from rubric.language.text import MAX_FINDINGS
from rubric.messages.catalogue import say
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language

CASES = sorted((Path(__file__).parent / "broken" / "rules").glob("*.rubric"))
EXPECTED = re.compile(r"(error|warning|hint)\[([a-z-]+)\]")
BLANK = re.compile(r"\{[a-z_]+\}")


def expected(text: str) -> list[tuple[int, str, str]]:
    """What the comments of a rule file expect: on their line, or on the one below (↓)."""
    comments = ((number, line.partition("#")[2]) for number, line in enumerate(text.split("\n"), 1))
    return sorted(
        (number + ("↓" in comment), *found) for number, comment in comments for found in EXPECTED.findall(comment)
    )


def seen(findings: tuple[Diagnostic, ...]) -> list[tuple[int, str, str]]:
    return sorted((finding.span.line, finding.severity.value, finding.code) for finding in findings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_broken_file(case: Path) -> None:
    text = case.read_text("utf-8")
    reading = read_rubric(text, case.name, closely=True)
    assert seen(reading.findings) == expected(text)
    assert reading.usable == all(severity != "error" for _, severity, _ in expected(text))
    for finding in reading.findings:
        for language in LANGUAGES:
            for sentence in (finding.headline, *finding.helps):
                assert not BLANK.search(say(sentence, language))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_error_says_what_to_do(case: Path) -> None:
    for finding in read_rubric(case.read_text("utf-8"), case.name).findings:
        assert finding.helps, finding.code


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 45


# ------------------------------------------------------------------------------------ what is shown of them

SHOWN = (
    "definition-circular",
    "example-mistakes",
    "fact-declarations",
    "formula-unfinished",
    "formula-unfinished-english",
    "grades-leave-a-gap",
    "head-without-marks",
    "header-mistakes",
    "header-mistakes-english",
    "level-misspelt",
    "many-mistakes-at-once",
    "name-misspelt",
    "percent-of-reference",
    "sentence-in-free-prose",
    "sentence-keyword-misspelt",
    "sentence-keyword-misspelt-english",
    "units-of-a-formula",
    "units-of-a-limit",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_frame(name: str, language: Language, file_regression: FileRegressionFixture) -> None:
    text = "\n".join(line.partition("#")[0].rstrip() for line in case_text(name).split("\n"))
    reading = read_rubric(text, f"{name}.rubric")
    shown = render(reading.findings, {f"{name}.rubric": text}, language)
    file_regression.check(shown, basename=f"{name}.{language}", encoding="utf-8")


def case_text(name: str) -> str:
    return (CASES[0].parent / f"{name}.rubric").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_marker_stands_under_what_is_meant(case: Path) -> None:
    """Every place lies in the text, and one that is marked is not blank."""
    lines = case.read_text("utf-8").split("\n")
    for finding in read_rubric(case.read_text("utf-8"), case.name).findings:
        span = finding.span
        assert 1 <= span.line <= len(lines)
        assert span.column <= len(lines[span.line - 1].partition("#")[0]) + 1
        assert (span.end_line, span.end_column) > (span.line, span.column)


# --------------------------------------------------------------------------- texts that cannot hold a comment

HEAD = "评分表「示例」\n  零头：不足一档不计\n  等级：优 ≥ 90 分；其余为差\n"
FACTS = "事实\n  年初预算、年末结转（万元）\n  满意度（%）\n"
INDICATOR = "指标 甲（5 分）\n  公式：{}\n  评分：≥ 90%，计 5 分；其余不得分。\n"


def formula(text: str) -> str:
    return HEAD + FACTS + INDICATOR.format(text)


TEXTS: dict[str, tuple[Callable[[], str], list[str]]] = {
    "empty": (lambda: "", ["empty-file"]),
    "blank lines": (lambda: "\n \n\t\n", ["empty-file"]),
    "parentheses": (lambda: formula("（" * 900 + "满意度" + "）" * 900), ["field-too-long"]),
    "deep parentheses": (lambda: formula("（" * 200 + "满意度" + "）" * 200), ["too-deep"]),
    "signs": (lambda: formula("-" * 500 + "满意度"), ["unexpected"]),
    "brackets left open": (lambda: formula("（" * MAX_DEPTH + "满意度"), ["left-bracket-alone"]),
    "number": (lambda: formula("满意度 × " + "9" * 3_000), ["number-too-long"]),
    "number of decimals": (lambda: formula("满意度 × 0." + "0" * MAX_DIGITS + "1"), ["number-too-long"]),
    "numerals": (lambda: formula("满意度 × " + "九" * 3_000 + "个"), ["unknown-name"]),
    "year": (lambda: HEAD + "  年度：" + "9" * 40 + "\n" + FACTS + INDICATOR.format("满意度"), ["number-too-long"]),
    "marks": (lambda: formula("满意度").replace("5 分", "5" * 40 + " 分", 1), ["number-too-long"]),
    "long line": (lambda: formula("满意度 + " * MAX_LINE), ["line-too-long"]),
    "long field": (lambda: formula("\n    + ".join(["满意度"] * MAX_TOKENS)), ["field-too-long"]),
    "long sum": (lambda: formula(" + ".join(["满意度"] * 250)), ["formula-too-large"]),
    "lines": (lambda: HEAD + "\n" * MAX_LINES, ["too-many-lines"]),
    "findings": (lambda: HEAD + "事实\n" + "  名称\n" * 5_000, ["fact-without-unit", "findings-left-out"]),
    "heads": (lambda: HEAD + "指际 甲（5 分）\n" * 15_000, ["unknown-keyword", "findings-left-out"]),
    "fields": (lambda: formula("满意度") + "公试：满意度\n" * 15_000, ["unknown-field", "findings-left-out"]),
    "one long word": (lambda: formula("预" * (MAX_LINE - 10)), ["unknown-name"]),
    "one long Latin word": (lambda: formula("x" * (MAX_LINE - 10)), ["unknown-name"]),
    "digits and letters": (lambda: formula("1a" * 300), ["unknown-word"]),
    "control characters": (lambda: formula("满意度\x00\x1b[31m"), ["unknown-word"]),
    "definitions in a chain": (
        lambda: HEAD + FACTS + "定义\n" + "".join(f"  甲{n} = 甲{n + 1} × 1\n" for n in range(15_000)),
        ["formula-too-large", "no-indicators"],
    ),
    "definitions that double": (
        lambda: HEAD + FACTS + "定义\n" + "".join(f"  甲{n} = 甲{n + 1} × 甲{n + 1}\n" for n in range(100)),
        ["unknown-name", "no-indicators"],
    ),
    "definitions in a circle": (
        lambda: HEAD + FACTS + "定义\n" + "".join(f"  甲{n} = 甲{(n + 1) % 9_000}\n" for n in range(9_000)),
        ["circular-definition", "no-indicators"],
    ),
    "many names": (
        lambda: HEAD + "事实\n" + "".join(f"  甲{n}、乙{n}、丙{n}（万元）\n" for n in range(19_000)),
        ["too-many-words"],
    ),
    "many unknown names": (
        lambda: (
            HEAD
            + "事实\n"
            + "".join(f"  预算收入{n}（万元）\n" for n in range(3_000))
            + INDICATOR.format("预算收人 ÷ 预算收入1") * 3_000
        ),
        ["declared-twice", "findings-left-out"],
    ),
}

# Only a protection against hanging: what is asked for is two seconds on a quiet machine.
HANGS = 20.0


@pytest.mark.parametrize("name", TEXTS)
def test_broken_text(name: str) -> None:
    make, wanted = TEXTS[name]
    text = make()
    start = time.perf_counter()
    reading = read_rubric(text, "text.rubric")
    assert time.perf_counter() - start < HANGS
    assert {finding.code for finding in reading.findings} >= set(wanted)
    assert len(reading.findings) <= MAX_FINDINGS + 1
    assert not reading.usable
    for language in LANGUAGES:
        assert render(reading.findings, {"text.rubric": text}, language)


BYTES = {
    "null byte": (f"{HEAD}\0".encode(), ["control-character"]),
    "UTF-16": (HEAD.encode("utf-16"), ["wrong-encoding"]),
    "no encoding": (b"rubric \xff\xfe\xe9", ["wrong-encoding"]),
    "Word": (b"PK\x03\x04" + bytes(100), ["not-a-text-file"]),
    "nothing": (b"", ["nothing-in-file"]),
    "one line of 10 MB": ("评".encode() * 3_500_000, ["file-too-large"]),
    "one line of the largest size": ("评".encode() * (MAX_RULES // 3), ["line-too-long"]),
    "100,000 lines": (("注：甲\n" * 70_000).encode(), ["too-many-lines"]),
    "100,000 short lines": (b"a\n" * 100_000, ["too-many-lines"]),
}


@pytest.mark.parametrize("name", BYTES)
def test_broken_bytes(name: str, tmp_path: Path) -> None:
    data, wanted = BYTES[name]
    path = tmp_path / "rules.rubric"
    path.write_bytes(data)
    start = time.perf_counter()
    case = load_rules(path)
    assert time.perf_counter() - start < HANGS
    assert [finding.code for finding in case.findings if finding.code in wanted] == wanted
    assert case.rubric is None


def test_broken_paths(tmp_path: Path) -> None:
    assert [finding.code for finding in load_rules(tmp_path).findings] == ["is-a-directory"]
    assert [finding.code for finding in load_rules(tmp_path / "none.rubric").findings] == ["no-such-file"]
