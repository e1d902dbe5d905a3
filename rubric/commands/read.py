"""`rubric read`: a facts file from a department's report, each value with its sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.diagnostic import is_error
from rubric.case import load_rules
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language


def command(language: Language) -> Command:
    """The command with its help in one language."""
    report = click.Argument(["report"], type=click.Path(path_type=Path))
    path = click.Path(path_type=Path)
    rules = click.Option(["--rules"], required=True, type=path, help=say("option-rules", language))
    params: list[click.Parameter] = [report, rules, output_option(language), force_option(language)]
    return make("read", language, read, params)


def read(output: Output, report: Path, rules: Path, target: Path | None, force: bool) -> int:
    """Read a report under a rule file; the facts go to standard output or a file, the summary to standard error."""
    if target is not None and not may_write(target, force, output):
        return USAGE
    case = load_rules(rules)
    if any(map(is_error, case.findings)) or case.rubric is None:
        click.echo(shown.as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
        return FINDINGS if case.readable else USAGE
    from rubric.documents.opening import read_document
    from rubric.reading.filled import Filled
    from rubric.reading.report import read_report

    document = read_document(report)
    if document.findings:
        click.echo(shown.as_text(document.findings, {}, output, sys.stderr), err=True, color=True)
    if not document.passages:
        return USAGE
    filled = Filled(read_report(document, case.rubric), case.rubric, report.name, output.language)
    if target is None:
        click.echo(filled.text(), nl=False)
    elif not write(target, filled.text().encode(), output):
        return USAGE
    click.echo(filled.summary(), nl=False, err=True)
    return CLEAN if filled.settled else FINDINGS
