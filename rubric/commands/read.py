"""`rubric read`: a facts file from a department's report, each value with its sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.diagnostic import is_error
from rubric.case import is_form, load_rules
from rubric.commands import findings as shown
from rubric.commands.assessing import refused
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.reports import rules_option, told
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language
from rubric.paths import exists


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
    return CLEAN if filled.settled else FINDINGS


def _review(output: Output, path: Path, rules: Path, target: Path | None, force: bool) -> int:
    """Review the facts file at a path; or that of a report, which is read first where the facts are not there yet."""
    from rubric.commands.reviewing import Named, review
    from rubric.messages.review import say

    if is_form(path):
        click.echo(say("a-workbook", output.language, name=path.name), err=True)
        return USAGE
    holds_facts = path.suffix.lower() in (".yaml", ".yml")
    if holds_facts and target is not None:
        click.echo(say("output-of-facts", output.language), err=True)
        return USAGE
    if not holds_facts and target is None:
        click.echo(say("needs-output", output.language), err=True)
        return USAGE
    if holds_facts or target is None:
        case = load_rules(rules)
        report = None
    else:
        case, report, filled = told(output, rules, path)
        if filled is not None and (force or not exists(target)):
            if not may_write(target, force, output) or not write(target, filled.text().encode(), output):
                return USAGE
            click.echo(filled.summary(), nl=False, err=True)
    usable = case.rubric is not None and not any(map(is_error, case.findings))
    if case.findings:
        click.echo(shown.as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
    if case.rubric is None or not usable or (report is None and not holds_facts):
        return refused(case)
    named = Named(target or path, rules, path if report else None)
    return review(output, named, case.rubric, report)
