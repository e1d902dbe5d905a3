"""Broken facts files: each finding is expected on the line that causes it, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from facts_rubric import RUBRIC

from engine.diagnostic import Diagnostic
from rubric.messages.catalogue import say
from rubric.messages.wording import LANGUAGES
from rubric.readers.facts import MAX_BYTES, facts_for, load_facts

CASES = sorted((Path(__file__).parent / "broken" / "facts").glob("*.yaml"))
EXPECTED = re.compile(r"(error|warning)\[([a-z-]+)\]")


def expected(text: str) -> list[tuple[int, str, str]]:
    comments = ((number, line.partition("#")[2]) for number, line in enumerate(text.split("\n"), 1))
    return sorted((number, *found) for number, comment in comments for found in EXPECTED.findall(comment))


def seen(findings: tuple[Diagnostic, ...]) -> list[tuple[int, str, str]]:
    return sorted((finding.span.line, finding.severity.value, finding.code) for finding in findings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_broken_file(case: Path) -> None:
    text = case.read_text("utf-8")
    facts, findings = facts_for(RUBRIC, text, case.name)
    assert seen(findings) == expected(text)
    assert (facts is None) == any(severity == "error" for _, severity, _ in expected(text))
    assert_worded(findings)


def assert_worded(findings: tuple[Diagnostic, ...]) -> None:
    """Every finding has a sentence in every language, with all its blanks filled."""
    for finding in findings:
        for language in LANGUAGES:
            for sentence in (finding.headline, *finding.helps):
                assert not re.search(r"\{[a-z_]+\}", say(sentence, language))


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 32


# ------------------------------------------------------------------- files that cannot hold a comment

BYTES = {
    "empty": (b"", ["nothing-in-file"]),
    "blank": (b"\n  \n", ["nothing-in-file"]),
    "comment-only": ("# 没有内容\n".encode(), ["nothing-in-file"]),
    "null-byte": ("部门: 县\x00政府\n".encode(), ["control-character"]),
    "escape-sequence": (b"\x1b[31mdepartment: a\n", ["control-character"]),
    "word": (b"PK\x03\x04" + bytes(200), ["not-a-text-file"]),
    "old-word": (b"\xd0\xcf\x11\xe0" + bytes(200), ["not-a-text-file"]),
    "pdf": (b"%PDF-1.7\n", ["not-a-text-file"]),
    "utf-16": ("部门: 县政府办\n".encode("utf-16"), ["wrong-encoding"]),
    "no-encoding": (b"department: caf\xe9\n", ["wrong-encoding"]),
    "large": (b"# " + b"x" * MAX_BYTES, ["file-too-large"]),
    "gb18030": ("部门: 县政府办\n年度: 2017\n事实: {}\n".encode("gb18030"), ["read-as-gb18030"]),
    "utf-8-with-mark": (b"\xef\xbb\xbf" + "部门: 县政府办\n事实: {}\n".encode(), []),
    "windows-lines": ("部门: 县政府办\r\n事实:\r\n  编制数: 74 人\r\n".encode(), []),
    "billion-laughs": (
        b"a: &a [x,x]\n" + b"".join(b"%c: &%c [*%c,*%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 110)),
        ["yaml-anchor"],
    ),
    "brackets": (b"[" * 1_000_000, ["nested-too-deep"]),
    "dashes": (b"- " * 900_000, ["nested-too-deep"]),
    "entries": (b"a: b\n" * 300_000, ["too-many-entries"]),
    "prose": ("这是一份报告的正文\n".encode() * 300, ["not-a-facts-file"]),
    "long-text": (("部门: " + "县" * 20_001 + "\n事实: {}\n").encode(), ["text-too-long"]),
}


@pytest.mark.parametrize("name", BYTES)
def test_broken_bytes(name: str, tmp_path: Path) -> None:
    data, codes = BYTES[name]
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(data)
    facts, findings, _ = load_facts(path)
    assert {finding.code for finding in findings} - {"missing-colon"} == set(codes)
    assert (facts is None) == any(finding.severity.value == "error" for finding in findings)
    assert_worded(findings)
