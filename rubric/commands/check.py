"""`rubric check`: every finding of rule files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from engine.diagnostic import Diagnostic, is_error
from rubric.case import load_rules
from rubric.commands import findings as shown
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, json_option, make
from rubric.messages.wording import Language


def command(language: Language) -> Command:
    """The command with its help in one language."""
    paths = click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path))
    return make("check", language, check, [paths, json_option(language)])


def check(output: Output, paths: tuple[Path, ...], as_json: bool) -> int:
    """Check rule files and show every finding."""
    files = rule_files(paths, output)
    if files is None:
        return USAGE
    cases = [load_rules(path) for path in files]
    findings = [each for case in cases for each in case.findings]
    if as_json:
        click.echo(shown.as_document(findings, output))
    else:
        texts = {name: text for case in cases for name, text in case.texts.items()}
        if findings:
            click.echo(shown.as_text(findings, texts, output, sys.stdout), color=True)
        click.echo(_summary(findings, len(files), output), err=True)
    if not all(case.readable for case in cases):
        return USAGE
    return FINDINGS if findings else CLEAN


def rule_files(paths: Iterable[Path], output: Output) -> list[Path] | None:
    """The rule files that are named, and those in folders that are; None, and a word about it, where there are none."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*.rubric"))
            if not found:
                click.echo(output.say("no-rule-files", path=path), err=True)
                return None
            files.extend(found)
        else:
            files.append(path)
    return files


def _summary(findings: Sequence[Diagnostic], files: int, output: Output) -> str:
    if not findings:
        return output.say("checked", count=files)
    errors = sum(map(is_error, findings))
    return output.say("counted", errors=errors, warnings=len(findings) - errors)
