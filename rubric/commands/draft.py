"""`rubric draft`: a rule file from a published scoring table, and a summary of what was understood."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, as_json, make, say
from rubric.messages.wording import Language

if TYPE_CHECKING:
    from engine.diagnostic import Diagnostic
    from rubric.sheets.draft import Draft


def command(language: Language) -> Command:
    """The command with its help in one language."""
    table = click.Argument(["table"], type=click.Path(path_type=Path))
    sheet = click.Option(["--sheet"], help=say("option-sheet", language))
    json = click.Option(["--json", "json_wanted"], is_flag=True, help=say("option-summary-json", language))
    params: list[click.Parameter] = [table, output_option(language), force_option(language), sheet, json]
    return make("draft", language, draft, params)


def draft(output: Output, table: Path, target: Path | None, force: bool, sheet: str | None, json_wanted: bool) -> int:
    """Draft the rules of a table; the rules go to standard output or a file, the summary to standard error."""
    if json_wanted and target is None:
        click.echo(output.say("json-needs-output"), err=True)
        return USAGE
    if target is not None and not may_write(target, force, output):
        return USAGE
    drafted, findings = _drafted(table, sheet, output)
    if findings:
        click.echo(shown.as_text(findings, {}, output, sys.stderr), err=True, color=True)
    if drafted is None:
        return USAGE
    from rubric.sheets.summary import Summary

    summary = Summary(drafted, table.name, output.language)
    if target is None:
        click.echo(drafted.text, nl=False)
    elif not write(target, drafted.text.encode(), output):
        return USAGE
    if json_wanted:
        click.echo(as_json(summary.document()))
    else:
        click.echo(summary.text(), nl=False, err=True)
    return CLEAN if summary.settled else FINDINGS


def _drafted(table: Path, sheet: str | None, output: Output) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """The draft of the table that is asked for, or why there is none."""
    from engine.diagnostic import error, note
    from rubric.readers.text import whole
    from rubric.sheets.choice import chosen
    from rubric.sheets.draft import draft as draft_of
    from rubric.sheets.grid import RefusedError
    from rubric.sheets.opening import open_table

    grids, findings = open_table(table)
    if not grids:
        return None, findings
    try:
        layout = chosen(grids, sheet)
        return draft_of(layout, table.name, output.language), findings
    except RefusedError as refused:
        return None, (*findings, error(note(refused.note.code, **dict(refused.note.arguments)), whole(str(table))))
