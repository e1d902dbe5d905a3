"""`rubric fmt`: rule files in their one layout, with their comments, in Chinese or in English."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

import click

from engine.diagnostic import is_error
from rubric.case import load_base, load_rules, read_rules
from rubric.commands import findings as shown
from rubric.commands.check import rule_files
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language


def command(language: Language) -> Command:
    """The command with its help in one language."""
    paths = click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path))
    check = click.Option(["--check", "only_check"], is_flag=True, help=say("option-fmt-check", language))
    diff = click.Option(["--diff"], is_flag=True, help=say("option-fmt-diff", language))
    turned = say("option-fmt-lang", language)
    return make("fmt", language, fmt, [paths, check, diff], lang_help=turned)


def fmt(output: Output, paths: tuple[Path, ...], only_check: bool, diff: bool, lang: Language | None) -> int:
    """Lay rule files out anew; with `--check` or `--diff` nothing is written."""
    files = rule_files(paths, output)
    if files is None:
        return USAGE
    codes, changed = [CLEAN], 0
    for path in files:
        before, after, code = _formatted(path, lang, output)
        codes.append(code)
        if after is None or after == before:
            continue
        changed += 1
        if diff:
            lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
            click.echo("".join(unified_diff(*lines, str(path), str(path))), nl=False)
        if only_check:
            click.echo(output.say("fmt-would-change", path=path), err=True)
        elif not diff:
            path.write_text(after, "utf-8", newline="\n")
            click.echo(output.say("fmt-changed", path=path), err=True)
    if not (only_check or diff):
        click.echo(output.say("fmt-done", changed=changed, unchanged=len(files) - changed), err=True)
    if only_check and changed:
        codes.append(FINDINGS)
    return max(codes)


def _formatted(path: Path, lang: Language | None, output: Output) -> tuple[str, str | None, int]:
    """The text of a file, the same in its one layout or nothing where that cannot be, and the exit code."""
    from rubric.language.format import UnlikeError, format_rules

    text = read_rules(path)
    case = load_rules(path)
    if text is None or case.rubric is None or any(map(is_error, case.findings)):
        errors = [each for each in case.findings if is_error(each)]
        click.echo(shown.as_text(errors, case.texts, output, sys.stderr), err=True, color=True)
        return text or "", None, FINDINGS if case.readable else USAGE
    try:
        return text, format_rules(text, lang, str(path), load_base), CLEAN
    except UnlikeError:
        click.echo(output.say("fmt-unlike", path=path), err=True)
    except ValueError as problem:
        click.echo(output.say("fmt-unwritten", path=path, what=problem), err=True)
    return text, None, FINDINGS
