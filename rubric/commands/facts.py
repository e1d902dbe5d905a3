"""`rubric facts`: a workbook that was filled in, as a facts file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.diagnostic import is_error
from rubric.case import is_form, read_form
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make
from rubric.messages.wording import Language


def command(language: Language) -> Command:
    """The command with its help in one language."""
    form = click.Argument(["form"], type=click.Path(path_type=Path))
    return make("facts", language, facts, [form, output_option(language), force_option(language)])


def facts(output: Output, form: Path, target: Path | None, force: bool) -> int:
    """Turn a workbook into a facts file; one with errors is not turned into anything."""
    if not is_form(form):
        click.echo(output.say("not-a-workbook", name=form.name), err=True)
        return USAGE
    if target is not None and not may_write(target, force, output):
        return USAGE
    tree, digest = read_form(form)
    from rubric.readers.exact_yaml import Mapping
    from rubric.readers.facts import facts_of_tree

    _, findings = facts_of_tree(tree, str(form), digest)
    if findings:
        click.echo(shown.as_text(findings, {}, output, sys.stderr), err=True, color=True)
    if not isinstance(tree.root, Mapping):
        return USAGE
    if any(map(is_error, findings)):
        return FINDINGS
    from rubric.forms.to_yaml import yaml_text

    text = yaml_text(tree.root)
    if target is None:
        click.echo(text, nl=False)
    elif not write(target, text.encode(), output):
        return USAGE
    else:
        click.echo(output.say("written", path=target), err=True)
    return CLEAN
