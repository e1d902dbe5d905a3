"""`rubric check`: every finding of rule files, and what a finding means."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from engine.diagnostic import Diagnostic, Severity
from rubric.case import Case, load_rules
from rubric.commands import findings as shown
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, close_to, json_option, make, say
from rubric.commands.shape import as_json as in_json
from rubric.messages.wording import Language
from rubric.paths import is_dir


def command(language: Language) -> Command:
    """The command with its help in one language."""
    paths = click.Argument(["paths"], nargs=-1, type=click.Path(path_type=Path))
    chosen = click.Option(
        ["--format", "form"],
        type=click.Choice(["text", "json", "sarif", "github"]),
        default="text",
        help=say("option-format", language),
    )
    explained = click.Option(["--explain"], metavar="CODE", help=say("option-explain", language))
    return make("check", language, check, [paths, chosen, explained, json_option(language)])


def check(output: Output, paths: tuple[Path, ...], form: str, explain: str | None, as_json: bool) -> int:
    """Check rule files and show every finding; hints alone are no reason to fail."""
    if explain is not None:
        return _explain(explain, output, as_json)
    if not paths:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
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


def _explain(code: str, output: Output, as_json: bool) -> int:
    """Show the page of one finding, in the language of the output."""
    from rubric.messages.facts import FACT_FINDINGS
    from rubric.messages.pages import page_of
    from rubric.messages.rules import RULE_ADVICE, RULE_FINDINGS

    page = page_of(code)
    if page is None:
        if code in FACT_FINDINGS:
            click.echo(output.say("code-of-facts", name=code), err=True)
            return USAGE
        click.echo(output.say("no-code", name=code), err=True)
        for right in close_to(code, RULE_FINDINGS.keys() - RULE_ADVICE):
            click.echo(f"  {output.say('did-you-mean', name=right)}", err=True)
        return USAGE
    text = page.text(output.language)
    click.echo(in_json({"code": page.code, "severity": page.severity, "page": text}) if as_json else text)
    return CLEAN


def _show_whole(case: Case, output: Output) -> None:
    """What an amendment makes of its base."""
    bases = list(case.texts)[1:]
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
