"""`rubric audit`: what a department claims held against the rule and its own report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.score import Assessment, assess
from rubric.case import FORMS, Case, is_form, load_case, read_form
from rubric.commands import findings as shown
from rubric.commands.assessing import any_year_option, refused
from rubric.commands.reports import rules_option, told
from rubric.commands.shape import CLEAN, FINDINGS, Command, Output, json_option, make
from rubric.commands.shape import as_json as json_text
from rubric.messages.wording import Language

if TYPE_CHECKING:
    from rubric.reading.report import Report

# What holds facts; everything else is a report, and so is a workbook that is not the one to be filled in.
FACTS = (".yaml", ".yml", *FORMS)


def command(language: Language) -> Command:
    """The command with its help in one language."""
    subject = click.Argument(["subject"], metavar="FACTS|REPORT", type=click.Path(path_type=Path))
    params = [subject, rules_option(language), any_year_option(language), json_option(language)]
    return make("audit", language, audit, params)


def audit(output: Output, subject: Path, rules: Path, any_year: bool, as_json: bool) -> int:
    """Audit the claims of a facts file, or of a report."""
    report: Report | None = None
    if subject.suffix.lower() in FACTS and not _is_sheet(subject):
        case = load_case(rules, subject, any_year)
    else:
        case, report = _read(output, rules, subject, any_year)
    if not shown.show(case, output, as_json) or case.rubric is None or case.facts is None:
        return refused(case)
    return _show(assess(case.rubric, case.facts), report, output, as_json)


def _is_sheet(path: Path) -> bool:
    """Whether a workbook holds something else than facts: a department's score sheet."""
    if not is_form(path):
        return False
    from rubric.readers.exact_yaml import Mapping

    root = read_form(path)[0].root
    return isinstance(root, Mapping) and not root.entries


def _read(output: Output, rules: Path, path: Path, any_year: bool) -> tuple[Case, Report | None]:
    """The facts that a report tells, by the facts file that it fills in, and the report."""
    from rubric.reading.told import facts_told

    case, report, filled = told(output, rules, path)
    if filled is not None and case.rubric is not None:
        case.facts, findings = facts_told(filled, case.rubric, path, any_year)
        case.findings = (*case.findings, *findings)
    return case, report


def _show(assessment: Assessment, report: Report | None, output: Output, as_json: bool) -> int:
    from rubric.reading.audit import Audit
    from rubric.reading.shown import audit_document, audit_text

    items = Audit(assessment, output.language, report).items()
    if as_json:
        click.echo(json_text(audit_document(items)))
    else:
        click.echo(audit_text(assessment, items, output.language, output.columns()), nl=False)
    return FINDINGS if items else CLEAN
