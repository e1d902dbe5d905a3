"""`rubric template`: the workbook that a department fills in, empty or with what a facts file says; a Word template."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.diagnostic import error, is_error
from rubric.case import is_form, load_facts, load_rules
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language
from rubric.readers.given import FactsFile
from rubric.readers.text import whole


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], required=False, type=click.Path(path_type=Path))
    target = click.Option(
        ["-o", "--output", "target"], type=click.Path(path_type=Path), help=say("option-template-output", language)
    )
    return make("template", language, template, [rules, facts, target, force_option(language)])


def template(output: Output, rules: Path, facts: Path | None, target: Path | None, force: bool) -> int:
    """Write the workbook of a rule file."""
    if target is None or not (is_form(target) or _is_document(target)):
        code = "template-needs-output" if target is None else "not-a-workbook"
        click.echo(output.say(code, name=target), err=True)
        return USAGE
    if not may_write(target, force, output):
        return USAGE
    case = load_rules(rules)
    given: FactsFile | None = None
    findings, texts, readable = case.findings, dict(case.texts), case.readable
    if facts is not None:
        given, found, more = load_facts(facts)
        findings, texts = findings + found, {**texts, **more}
        readable &= given is not None or bool(found and found[0].span.line)
    if findings:
        click.echo(shown.as_text(findings, texts, output, sys.stderr), err=True, color=True)
    if case.rubric is None or any(map(is_error, findings)):
        return FINDINGS if readable else USAGE
    from rubric.forms.to_workbook import workbook
    from rubric.pages.template import sample_template
    from rubric.sheets.grid import RefusedError

    try:
        document = _is_document(target)
        data = sample_template(output.language) if document else workbook(case.rubric, output.language, given)
    except RefusedError as refused:
        finding = error(refused.note, whole(str(target)))
        click.echo(shown.as_text((finding,), {}, output, sys.stderr), err=True, color=True)
        return USAGE
    if not write(target, data, output):
        return USAGE
    click.echo(output.say("written", path=target), err=True)
    return CLEAN


def _is_document(path: Path) -> bool:
    """Whether a Word template is asked for, which `rubric score --docx … --template` fills in."""
    return path.suffix.lower() == ".docx"
