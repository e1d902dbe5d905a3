"""`rubric schema`: the published JSON schemas."""

from __future__ import annotations

import click

from rubric.commands.shape import CLEAN, Command, Output, as_json, make
from rubric.messages.wording import Language


def command(language: Language) -> Command:
    """The command with its help in one language."""
    what = click.Argument(["what"], type=click.Choice(["scorecard", "facts"]), default="scorecard")
    return make("schema", language, schema, [what])


def schema(_output: Output, what: str) -> int:
    """Print a published JSON schema."""
    if what == "scorecard":
        from rubric.report.document import ScorecardModel

        click.echo(as_json(ScorecardModel.model_json_schema()))
    else:
        from rubric.readers.model import facts_schema

        click.echo(as_json(facts_schema()))
    return CLEAN
