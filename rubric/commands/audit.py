"""`rubric audit`: what a department claims held against the rule and its own report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.diagnostic import is_error
from engine.score import Assessment, assess
from rubric.case import FORMS, Case, load_case, load_rules
from rubric.commands import findings as shown
from rubric.commands.assessing import group_options, refused
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, json_option, make, say
from rubric.commands.shape import as_json as json_text
from rubric.messages.wording import Language

if TYPE_CHECKING:
    from rubric.reading.report import Report

# What holds facts; everything else is a report.
FACTS = (".yaml", ".yml", *FORMS)


def command(language: Language) -> Command:
    """The command with its help in one language."""
    path = click.Path(path_type=Path)
    subject = click.Argument(["subject"], metavar="FACTS|REPORT", type=path)
    rules = click.Option(["--rules"], required=True, type=path, help=say("option-rules", language))
    any_year = next(each for each in group_options(language) if each.name == "any_year")
    return make("audit", language, audit, [subject, rules, any_year, json_option(language)])


def audit(output: Output, subject: Path, rules: Path, any_year: bool, as_json: bool) -> int:
    """Audit the claims of a facts file, or of a report."""
    told: Report | None = None
    if subject.suffix.lower() in FACTS:
        case = load_case(rules, subject, any_year)
    else:
        read = _read(rules, subject, any_year, output)
        if isinstance(read, int):
            return read
        case, told = read
    if not shown.show(case, output, as_json) or case.rubric is None or case.facts is None:
        return refused(case)
    return _show(assess(case.rubric, case.facts), told, output, as_json)


def _read(rules: Path, report: Path, any_year: bool, output: Output) -> tuple[Case, Report | None] | int:
    """The facts that a report tells, bound to the rubric, and the report; or the exit code where it cannot be read."""
    from rubric.documents.opening import read_document
    from rubric.readers.facts import facts_for
    from rubric.reading.filled import Filled
    from rubric.reading.report import read_report

    case = load_rules(rules)
    if case.rubric is None or any(map(is_error, case.findings)):
        return case, None
    document = read_document(report)
    if document.findings:
        click.echo(shown.as_text(document.findings, {}, output, sys.stderr), err=True, color=True)
    if not document.passages:
        return USAGE
    told = read_report(document, case.rubric)
    text = Filled(told, case.rubric, report.name, output.language).text()
    case.facts, findings = facts_for(case.rubric, text, str(report), any_year)
    case.findings = (*case.findings, *filter(is_error, findings))
    case.texts[str(report)] = text
    return case, told


def _show(assessment: Assessment, report: Report | None, output: Output, as_json: bool) -> int:
    from rubric.reading.audit import Audit
    from rubric.reading.shown import audit_document, audit_text

    items = Audit(assessment, output.language, report).items()
    if as_json:
        click.echo(json_text(audit_document(items)))
    else:
        click.echo(audit_text(assessment, items, output.language, output.columns()), nl=False)
    return FINDINGS if items else CLEAN
