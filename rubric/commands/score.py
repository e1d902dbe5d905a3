"""`rubric score`: one department's scorecard, as a table or as a JSON document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rubric.commands.assessing import assessed, exit_code, refused
from rubric.commands.shape import Command, Output, json_option, make
from rubric.messages.wording import Language
from rubric.version import __version__


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], type=click.Path(path_type=Path))
    return make("score", language, score, [rules, facts, json_option(language)])


def score(output: Output, rules: Path, facts: Path, as_json: bool) -> int:
    """Score one department and show the table or the JSON document."""
    case, assessment = assessed(output, rules, facts, as_json)
    if assessment is None:
        return refused(case)
    if as_json:
        from rubric.report.document import DocumentWriter

        writer = DocumentWriter(assessment, output.language, case.texts, case.rules_digest, __version__)
        click.echo(writer.document().model_dump_json(indent=2))
    else:
        from rubric.report.terminal import Terminal

        table = Terminal(assessment, output.language, output.columns(), case.texts, output.paint(sys.stdout))
        click.echo(table.scorecard(), nl=False, color=True)
    return exit_code(assessment)
