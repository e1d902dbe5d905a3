"""`rubric score`: one department's scorecard, or the totals of several, as text or as a JSON document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rubric.case import Case, facts_files, is_form, is_table
from rubric.commands.assessing import (
    Assessed,
    all_assessed,
    assessed,
    exit_code,
    group_options,
    refused,
)
from rubric.commands.certifying import write_certificate
from rubric.commands.files import force_option, may_write, write
from rubric.commands.pages import read_beside, report_option
from rubric.commands.papers import Papers, Written, paper_options, papers_may, write_papers
from rubric.commands.shape import USAGE, Command, Output, json_option, make, say
from rubric.messages.wording import Language
from rubric.version import __version__


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], nargs=-1, required=True, type=click.Path(path_type=Path))
    mark = click.Option(["--mark"], type=click.Path(path_type=Path), help=say("option-mark", language))
    papers = [*paper_options(language), report_option(language)]
    certificate = click.Option(
        ["--certificate"], type=click.Path(path_type=Path), help=say("option-certificate", language)
    )
    shared = [force_option(language), json_option(language)]
    params = [rules, facts, *group_options(language), *papers, certificate, mark, *shared]
    return make("score", language, score, params)


def score(
    output: Output,
    rules: Path,
    facts: tuple[Path, ...],
    together: tuple[Path, ...],
    department: str,
    any_year: bool,
    report: Path | None,
    mark: Path | None,
    certificate: Path | None,
    force: bool,
    as_json: bool,
    **asked: Path | None,
) -> int:
    """Score one department and show its card, or several as one group and show their totals."""
    paths, papers = facts_files(facts), Papers(**asked)
    several = len(paths) > 1 or (is_table(paths[0]) and not department)
    if not papers_may(output, papers, several, force):
        return USAGE
    if report is not None and not papers.targets:
        click.echo(output.say("report-for-page"), err=True)
        return USAGE
    if mark is not None:
        if len(paths) != 1 or not is_form(paths[0]) or not is_form(mark):
            click.echo(output.say("mark-one-workbook"), err=True)
            return USAGE
        if not may_write(mark, force, output):
            return USAGE
    if department and len(paths) > 1:
        click.echo(output.say("department-of-one-file"), err=True)
        return USAGE
    if certificate is not None:
        if several or is_table(paths[0]):
            click.echo(output.say("certificate-of-one"), err=True)
            return USAGE
        if not may_write(certificate, force, output):
            return USAGE
    if several:
        return _several(output, rules, paths + facts_files(together), any_year, as_json)
    case, assessment = assessed(output, rules, paths[0], as_json, together, any_year, department)
    if mark is not None and not _marked(case, paths[0], mark, output):
        return USAGE
    if assessment is None:
        return refused(case)
    identity = ""
    if certificate is not None:
        identity = write_certificate(certificate, case, paths[0], together, any_year, output)
        if not identity:
            return USAGE
    if papers.targets:
        beside = None if report is None else read_beside(output, case, report)
        if report is not None and beside is None:
            return USAGE
        if not write_papers(output, Written(case, assessment, beside, papers.template, identity), papers):
            return USAGE
    if as_json:
        click.echo(_document((case, assessment), output))
    else:
        from rubric.report.terminal import Terminal

        table = Terminal(assessment, output.language, output.columns(), case.texts, output.paint(sys.stdout))
        click.echo(table.scorecard(), nl=False, color=True)
    return exit_code(assessment)


def _marked(case: Case, path: Path, target: Path, output: Output) -> bool:
    """Write the copy with comments; whether that went well."""
    from rubric.forms.mark import marked

    found = [finding for finding in case.findings if finding.span.file == str(path)]
    if not case.readable or not found:
        click.echo(output.say("nothing-to-mark"), err=True)
        return True
    if not write(target, marked(path.read_bytes(), found, output.language), output):
        return False
    click.echo(output.say("written", path=target), err=True)
    return True


def _several(output: Output, rules: Path, facts: list[Path], any_year: bool, as_json: bool) -> int:
    found = all_assessed(output, rules, list(dict.fromkeys(facts)), as_json, any_year)
    scored = [(case, assessment) for case, assessment in found if assessment is not None]
    if as_json and scored:
        click.echo("[\n" + ",\n".join(_document(each, output) for each in scored) + "\n]")
    elif scored:
        from rubric.report.group import group_table

        table = group_table([assessment for _, assessment in scored], output.language, output.paint(sys.stdout))
        click.echo(table, nl=False, color=True)
    codes = [refused(case) if assessment is None else exit_code(assessment) for case, assessment in found]
    return max(codes)


def _document(each: Assessed, output: Output) -> str:
    from rubric.report.document import DocumentWriter

    case, assessment = each
    assert assessment is not None
    writer = DocumentWriter(assessment, output.language, case.texts, case.rules_digest, __version__)
    return writer.document().model_dump_json(indent=2)
