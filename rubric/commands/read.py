"""`rubric read`: a facts file from a department's report, each value with its sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rubric.commands import findings as shown
from rubric.commands.assessing import refused
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.reports import rules_option, told
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make
from rubric.messages.wording import Language


def command(language: Language) -> Command:
    """The command with its help in one language."""
    report = click.Argument(["report"], type=click.Path(path_type=Path))
    params = [report, rules_option(language), output_option(language), force_option(language)]
    return make("read", language, read, params)


def read(output: Output, report: Path, rules: Path, target: Path | None, force: bool) -> int:
    """Read a report under a rule file; the facts go to standard output or a file, the summary to standard error."""
    if target is not None and not may_write(target, force, output):
        return USAGE
    case, _, filled = told(output, rules, report)
    if filled is None:
        if case.findings:
            click.echo(shown.as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
        return refused(case)
    if target is None:
        click.echo(filled.text(), nl=False)
    elif not write(target, filled.text().encode(), output):
        return USAGE
    click.echo(filled.summary(), nl=False, err=True)
    return CLEAN if filled.settled else FINDINGS
