"""`rubric read`: a facts file from a department's report, each value with its sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.diagnostic import is_error
from rubric.case import is_form, load_rules
from rubric.commands import findings as shown
from rubric.commands.assessing import refused
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.reports import Named, rules_option, told
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language
from rubric.paths import exists

if TYPE_CHECKING:
    from rubric.reading.report import Report


def command(language: Language) -> Command:
    """The command with its help in one language."""
    report = click.Argument(["report"], type=click.Path(path_type=Path))
    params = [report, rules_option(language), output_option(language), force_option(language)]
    params.append(click.Option(["--review"], is_flag=True, help=say("option-review", language)))
    return make("read", language, read, params)


def read(output: Output, report: Path, rules: Path, target: Path | None, force: bool, review: bool) -> int:
    """Read a report under a rule file; the facts go to standard output or a file, the summary to standard error."""
    if review:
        return _review(output, report, rules, target, force)
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
    if target is not None:
        _say(output, "next", command=Named(target, rules, report).again())
    return CLEAN if filled.settled else FINDINGS


def _review(output: Output, path: Path, rules: Path, target: Path | None, force: bool) -> int:
    """Review the facts file at a path; or that of a report, which is read first where the facts are not there yet."""
    from rubric.commands.reviewing import review

    holds_facts = path.suffix.lower() in (".yaml", ".yml")
    if is_form(path):
        return _say(output, "a-workbook", name=path.name)
    if holds_facts and target is not None:
        return _say(output, "output-of-facts")
    if not holds_facts and target is None:
        return _say(output, "needs-output")
    report: Report | None = None
    if target is None:
        case = load_rules(rules)
    else:
        case, report, filled = told(output, rules, path)
        if filled is not None and (force or not exists(target)):
            if not may_write(target, force, output) or not write(target, filled.text().encode(), output):
                return USAGE
            click.echo(filled.summary(), nl=False, err=True)
    if case.findings:
        click.echo(shown.as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
    unread = target is not None and report is None
    if case.rubric is None or any(map(is_error, case.findings)) or unread:
        return refused(case)
    named = Named(path, rules) if target is None else Named(target, rules, path)
    return review(output, named, case.rubric, report)


def _say(output: Output, code: str, **arguments: object) -> int:
    """Say something of a review on standard error; the exit code where it is a refusal."""
    from rubric.messages.review import say

    click.echo(say(code, output.language, **arguments), err=True)
    return USAGE
