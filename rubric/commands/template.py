"""`rubric template`: what departments fill in, a workbook for one or a table for many; or a template for Word."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.diagnostic import Diagnostic, error, is_error
from engine.rules import Rubric
from rubric.case import facts_files, is_form, is_table, load_each, load_rules
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language
from rubric.readers.given import FactsFile
from rubric.readers.text import whole


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], nargs=-1, required=False, type=click.Path(path_type=Path))
    target = click.Option(
        ["-o", "--output", "target"], type=click.Path(path_type=Path), help=say("option-template-output", language)
    )
    return make("template", language, template, [rules, facts, target, force_option(language)])


def template(output: Output, rules: Path, facts: tuple[Path, ...], target: Path | None, force: bool) -> int:
    """Write the workbook or the table of a rule file."""
    if target is None or not (is_form(target) or is_table(target) or _is_document(target)):
        code = "template-needs-output" if target is None else "not-a-workbook"
        click.echo(output.say(code, name=target), err=True)
        return USAGE
    if not may_write(target, force, output):
        return USAGE
    case = load_rules(rules)
    given: list[FactsFile] = []
    findings, texts, readable = case.findings, dict(case.texts), case.readable
    for path in facts_files(facts):
        for read, found, more in load_each(path):
            findings, texts = findings + found, {**texts, **more}
            readable &= read is not None or bool(found and found[0].span.line) or not any(map(is_error, found))
            given += [read] if read is not None else []
    _show(findings, texts, output)
    if case.rubric is None or any(map(is_error, findings)):
        return FINDINGS if readable else USAGE
    if is_form(target) and len(given) > 1:
        click.echo(output.say("template-one-department"), err=True)
        return USAGE
    data = _written(case.rubric, given, target, output)
    if data is None or not write(target, data, output):
        return USAGE
    click.echo(output.say("written", path=target), err=True)
    return CLEAN


def _written(rubric: Rubric, given: Sequence[FactsFile], target: Path, output: Output) -> bytes | None:
    """What the file holds; what of the facts it cannot hold is shown."""
    if is_table(target):
        from rubric.forms.to_csv import table

        data, left = table(rubric, output.language, given, str(target))
        _show(left, {}, output)
        return data
    if _is_document(target):
        from rubric.pages.template import sample_template

        return sample_template(output.language)
    from rubric.forms.to_workbook import workbook
    from rubric.sheets.grid import RefusedError

    try:
        return workbook(rubric, output.language, given[0] if given else None)
    except RefusedError as refused:
        _show((error(refused.note, whole(str(target))),), {}, output)
        return None


def _show(findings: Sequence[Diagnostic], texts: dict[str, str], output: Output) -> None:
    if findings:
        click.echo(shown.as_text(findings, texts, output, sys.stderr), err=True, color=True)


def _is_document(path: Path) -> bool:
    """Whether a Word template is asked for, which `rubric score --docx … --template` fills in."""
    return path.suffix.lower() == ".docx"
