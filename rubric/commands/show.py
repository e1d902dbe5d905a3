"""`rubric show`: a rule file in its canonical form, or as the scoring table that staff proof-read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.diagnostic import error, is_error
from rubric.case import load_rules
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language
from rubric.readers.text import whole

if TYPE_CHECKING:
    from engine.rules import Rubric

FORMATS = (".xlsx", ".docx", ".csv")


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    table = click.Option(["--table"], type=click.Path(path_type=Path), help=say("option-table", language))
    return make("show", language, show, [rules, table, force_option(language)])


def show(output: Output, rules: Path, table: Path | None, force: bool) -> int:
    """Show a rule file as text, or write it as a table."""
    if table is not None and table.suffix.lower() not in FORMATS:
        click.echo(output.say("table-format", name=table.suffix or table.name), err=True)
        return USAGE
    if table is not None and not may_write(table, force, output):
        return USAGE
    case = load_rules(rules)
    if case.findings:
        click.echo(shown.as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
    if case.rubric is None:
        return FINDINGS if case.readable else USAGE
    errors = sum(map(is_error, case.findings))
    try:
        if table is not None:
            return _as_table(case.rubric, table, errors, output)
        if not errors:
            click.echo(_as_text(case.rubric, output), nl=False)
    except ValueError as problem:
        click.echo(output.say("no-canonical-form", what=problem), err=True)
        return FINDINGS
    return FINDINGS if errors else CLEAN


def _as_text(rubric: Rubric, output: Output) -> str:
    from rubric.language.write import write as text_of

    return text_of(rubric, output.language)


def _as_table(rubric: Rubric, path: Path, errors: int, output: Output) -> int:
    """Write the table; one of rules that are not finished says so, as staff may want to see it nonetheless."""
    from rubric.sheets.grid import RefusedError
    from rubric.sheets.table import table_of
    from rubric.sheets.to_csv import csv_file
    from rubric.sheets.to_excel import excel_file
    from rubric.sheets.to_word import word_file

    parts = table_of(rubric, output.language, errors)
    try:
        match path.suffix.lower():
            case ".xlsx":
                data = excel_file(parts, output.language)
            case ".docx":
                data = word_file(parts, output.language)
            case _:
                data = csv_file(parts)
    except RefusedError as refused:
        click.echo(
            shown.as_text((error(refused.note, whole(str(path))),), {}, output, sys.stderr), err=True, color=True
        )
        return USAGE
    if not write(path, data, output):
        return USAGE
    click.echo(output.say("written", path=path), err=True)
    return FINDINGS if errors else CLEAN
