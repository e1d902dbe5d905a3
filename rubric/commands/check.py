"""`rubric check`: every finding of rule files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from engine.diagnostic import Diagnostic, Severity
from rubric.case import Case, load_rules
from rubric.commands import findings as shown
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, json_option, make, say
from rubric.messages.wording import Language
from rubric.paths import is_dir


def command(language: Language) -> Command:
    """The command with its help in one language."""
    paths = click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path))
    chosen = click.Option(
        ["--format", "form"],
        type=click.Choice(["text", "json", "sarif", "github"]),
        default="text",
        help=say("option-format", language),
    )
    return make("check", language, check, [paths, chosen, json_option(language)])


def check(output: Output, paths: tuple[Path, ...], form: str, as_json: bool) -> int:
    """Check rule files and show every finding; hints alone are no reason to fail."""
    files = rule_files(paths, output)
    if files is None:
        return USAGE
    cases = [load_rules(path, closely=True) for path in files]
    # Files that are based on the same one share what is found in that one.
    findings = list(dict.fromkeys(each for case in cases for each in case.findings))
    texts = {name: text for case in cases for name, text in case.texts.items()}
    _show(findings, texts, output, "json" if as_json else form)
    if form == "text" and not as_json:
        if len(cases) == 1:
            _show_whole(cases[0], output)
        click.echo(_summary(findings, len(files), output), err=True)
    if not all(case.readable for case in cases):
        return USAGE
    return FINDINGS if any(each.severity is not Severity.HINT for each in findings) else CLEAN


def _show_whole(case: Case, output: Output) -> None:
    """What an amendment makes of its base."""
    _, *bases = case.texts
    base = load_rules(Path(bases[0])).rubric if bases else None
    if base is not None and case.rubric is not None:
        from rubric.report.amendment import outline

        click.echo(outline(base, case.rubric, output.language, output.paint(sys.stdout)), color=True)


def _show(findings: Sequence[Diagnostic], texts: Mapping[str, str], output: Output, form: str) -> None:
    from rubric.commands import formats

    match form:
        case "json":
            click.echo(formats.as_document(findings, output.language))
        case "sarif":
            click.echo(formats.as_sarif(findings, output.language))
        case "github":
            click.echo(formats.as_annotations(findings, output.language), nl=bool(findings))
        case _ if findings:
            click.echo(shown.as_text(findings, texts, output, sys.stdout), color=True)


def rule_files(paths: Iterable[Path], output: Output) -> list[Path] | None:
    """The rule files that are named, and those in folders that are; None, and a word about it, where there are none."""
    files: list[Path] = []
    for path in paths:
        if is_dir(path):
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
    counts = Counter(each.severity for each in findings)
    errors, warnings, hints = (counts[each] for each in (Severity.ERROR, Severity.WARNING, Severity.HINT))
    return output.say("counted", errors=errors, warnings=warnings, hints=hints)
