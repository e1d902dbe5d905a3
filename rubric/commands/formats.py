"""Findings for other programs: one JSON document, SARIF for code scanning, and the annotations of GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.diagnostic import Diagnostic, Severity
from engine.source import ONLY_SHEET, Span
from rubric.commands.shape import as_json
from rubric.messages.catalogue import say
from rubric.messages.pages import page_of
from rubric.messages.wording import Language
from rubric.version import __version__

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def as_document(findings: Sequence[Diagnostic], language: Language) -> str:
    """Every finding in one JSON document."""
    return as_json({"findings": as_rows(findings, language)})


def as_rows(findings: Sequence[Diagnostic], language: Language) -> list[dict[str, Any]]:
    """Every finding as an object of a JSON document."""
    return [
        {
            "severity": each.severity.value,
            "code": each.code,
            "message": say(each.headline, language),
            "helps": [say(note, language) for note in each.helps],
            **_place(each.span),
        }
        for each in findings
    ]


def _place(span: Span) -> dict[str, object]:
    """Where a finding is; in a workbook the line and the column are those of the sheet, and the cell is named."""
    place: dict[str, object] = span._asdict()
    if not span.cell or span.sheet == ONLY_SHEET:
        del place["sheet"]
    return place | {"cell": span.cell} if span.cell else place


def as_sarif(findings: Sequence[Diagnostic], language: Language) -> str:
    """Every finding in one SARIF 2.1.0 document."""
    driver = {
        "name": "rubric",
        "version": __version__,
        "rules": [_rule(code, language) for code in sorted({each.code for each in findings})],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, language) for each in findings],
    }
    return as_json({"version": "2.1.0", "runs": [run]})


def _rule(code: str, language: Language) -> dict[str, object]:
    """What a finding means, where it has a page."""
    page = page_of(code)
    return {"id": code} if page is None else {"id": code, "help": {"text": page.text(language)}}


def _result(finding: Diagnostic, language: Language) -> dict[str, object]:
    span = finding.span
    place: dict[str, object] = {"artifactLocation": {"uri": span.file.replace("\\", "/")}}
    if span.line and not span.cell:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(_sentences(finding, language))},
        "locations": [_location(span, place)],
    }


def _location(span: Span, place: dict[str, object]) -> dict[str, object]:
    """A workbook has no lines that a viewer could show: its cell is a logical location."""
    location: dict[str, object] = {"physicalLocation": place}
    if span.cell:
        location["logicalLocations"] = [{"fullyQualifiedName": span.cell, "kind": "element"}]
    return location


def as_annotations(findings: Sequence[Diagnostic], language: Language) -> str:
    """Every finding as a workflow command of GitHub, one in a line."""
    return "\n".join(_annotation(each, language) for each in findings)


def _annotation(finding: Diagnostic, language: Language) -> str:
    span = finding.span
    places = {"file": span.file, "title": finding.code}
    if span.cell:
        places["title"] = f"{finding.code} {span.cell}"
    elif span.line:
        # A column says nothing to GitHub where a finding goes over several lines.
        places |= {"line": str(span.line), "endLine": str(span.end_line)}
        if span.line == span.end_line:
            places |= {"col": str(span.column), "endColumn": str(span.end_column)}
    said = ",".join(
        f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in places.items()
    )
    return f"::{_COMMANDS[finding.severity]} {said}::{_escaped(chr(10).join(_sentences(finding, language)))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sentences(finding: Diagnostic, language: Language) -> Iterator[str]:
    yield say(finding.headline, language)
    yield from (say(each, language) for each in finding.helps)
