"""Shows what was found in files: under the line that it is about."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click

from engine.diagnostic import Diagnostic
from rubric.case import Case
from rubric.commands.shape import Output


def show(case: Case, output: Output, json: bool) -> bool:
    """Show what was found in a case's files; whether there is something to score."""
    if case.findings:
        if json and not case.usable:
            from rubric.commands.formats import as_document

            click.echo(as_document(case.findings, output.language))
        else:
            click.echo(as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
    return case.usable


def as_text(findings: Sequence[Diagnostic], texts: Mapping[str, str], output: Output, stream: object) -> str:
    """Every finding with its line and marker."""
    from rubric.messages.frame import render

    return render(findings, texts, output.language, output.paint(stream))
