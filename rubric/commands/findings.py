"""Shows what was found in files: under the line that it is about, or as one JSON document."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click

from engine.diagnostic import Diagnostic
from rubric.case import Case
from rubric.commands.shape import Output, as_json


def show(case: Case, output: Output, json: bool) -> bool:
    """Show what was found in a case's files; whether there is something to score."""
    if case.findings:
        if json and not case.usable:
            click.echo(as_document(case.findings, output))
        else:
            click.echo(as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
    return case.usable


def as_text(findings: Sequence[Diagnostic], texts: Mapping[str, str], output: Output, stream: object) -> str:
    """Every finding with its line and marker."""
    from rubric.messages.frame import render

    return render(findings, texts, output.language, output.paint(stream))


def as_document(findings: Sequence[Diagnostic], output: Output) -> str:
    """Every finding in one JSON document."""
    from rubric.messages.catalogue import say as sentence

    rows = [
        {
            "severity": each.severity.value,
            "code": each.code,
            "message": sentence(each.headline, output.language),
            "helps": [sentence(note, output.language) for note in each.helps],
            **each.span._asdict(),
        }
        for each in findings
    ]
    return as_json({"findings": rows})
