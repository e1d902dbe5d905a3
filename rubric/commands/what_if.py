"""`rubric what-if`: the score with some facts otherwise, beside the score as it is; the facts file stays as it is."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from engine.diagnostic import is_error
from engine.rules import FactDeclaration, Levels, Truth
from engine.source import Span
from rubric.case import load_rules
from rubric.commands import findings as shown
from rubric.commands.assessing import among, assessed, group_options, refused
from rubric.commands.shape import CLEAN, INCOMPLETE, USAGE, Command, Output, json_option, make
from rubric.commands.shape import as_json as json_text
from rubric.messages.wording import Language
from rubric.messages.words import NO, YES
from rubric.readers.binding import misfits
from rubric.readers.supposed import suppose, with_supposed
from rubric.report.supposed import Set, SupposedWords


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], type=click.Path(path_type=Path))
    values = click.Argument(["values"], nargs=-1, required=True, metavar="FACT=VALUE...", shell_complete=_completed)
    return make("what-if", language, what_if, [rules, facts, values, *group_options(language), json_option(language)])


def what_if(
    output: Output,
    rules: Path,
    facts: Path,
    values: tuple[str, ...],
    together: tuple[Path, ...],
    department: str,
    any_year: bool,
    as_json: bool,
) -> int:
    """Score with some facts otherwise and show what differs, entry by entry."""
    case, before = assessed(output, rules, facts, as_json, together, any_year, department)
    if before is None or case.rubric is None or case.facts is None:
        return refused(case)
    place = output.say("command-line")
    given, findings = suppose(values, case.rubric, case.facts, place)
    if not any(map(is_error, findings)):
        supposed = with_supposed(case.facts, given)
        findings += misfits(case.rubric, supposed, lambda _table: Span(place, 1, 1, 1, 1))
    if findings:
        texts = {place: "\n".join(values)}
        if as_json and any(map(is_error, findings)):
            from rubric.commands.formats import as_document

            click.echo(as_document(findings, output.language))
        else:
            click.echo(shown.as_text(findings, texts, output, sys.stderr), err=True, color=True)
    if any(map(is_error, findings)):
        return USAGE
    after = among(case.rubric, supposed, case.others)
    sets = [Set(each.key, before.facts.get(each.key), each.fact) for each in given]
    words = SupposedWords(before, after, sets, case.texts)
    click.echo(json_text(words.data()) if as_json else "\n".join(words.lines(output.language)))
    return CLEAN if after.card.points is not None else INCOMPLETE


def _completed(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The facts that the rules ask for, and behind the equals sign the levels of one."""
    rules = ctx.params.get("rules")
    rubric = None if rules is None else load_rules(Path(rules)).rubric
    if rubric is None:
        return []
    name, equals, _ = incomplete.partition("=")
    found = [form for fact in rubric.facts for form in fact.name.forms]
    if equals:
        declared = next((fact for fact in rubric.facts if name in fact.name.forms), None)
        found = [] if declared is None else [f"{name}={level}" for level in _levels(declared)]
    else:
        found = [f"{form}=" for form in found]
    return [CompletionItem(each) for each in found if each.startswith(incomplete)]


def _levels(declared: FactDeclaration) -> list[str]:
    match declared.kind:
        case Levels(levels):
            return [form for level in levels for form in level.forms]
        case Truth():
            return [*YES.zh[:1], *NO.zh[:1], *YES.en[:1], *NO.en[:1]]
        case _:
            return []
