"""`rubric explain`: one indicator, those of a level, or every one, opened to its whole ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from engine.compose import GroupScore, Member
from engine.rules import Name
from engine.scorecard import Scorecard
from engine.scores import IndicatorScore
from rubric.commands.assessing import assessed, group_options, refused
from rubric.commands.shape import CLEAN, INCOMPLETE, USAGE, Command, Output, close_to, json_option, make, say
from rubric.commands.shape import as_json as json_text
from rubric.messages.wording import Language
from rubric.version import __version__

_QUOTES = str.maketrans("", "", "“”\"'‘’「」 　")


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], type=click.Path(path_type=Path))
    indicator = click.Argument(["indicator"], required=False)
    least = click.Option(["--least-change", "least"], is_flag=True, help=say("option-least-change", language))
    every = click.Option(["--all", "every"], is_flag=True, help=say("option-every-step", language))
    params = [rules, facts, indicator, least, every, *group_options(language), json_option(language)]
    return make("explain", language, explain, params)


def explain(
    output: Output,
    rules: Path,
    facts: Path,
    indicator: str | None,
    least: bool,
    every: bool,
    together: tuple[Path, ...],
    department: str,
    any_year: bool,
    as_json: bool,
) -> int:
    """Open one indicator, those of a level, or every one; or tell what wins lost points back."""
    if every and not least:
        click.echo(output.say("all-needs-least-change"), err=True)
        return USAGE
    case, assessment = assessed(output, rules, facts, as_json, together, any_year, department)
    if assessment is None:
        return refused(case)
    chosen = assessment.card.scores
    single = False
    if indicator is not None:
        chosen, single = _find(assessment.card, indicator)
        if not chosen:
            return _no_indicator(assessment.card, indicator, output)
    if as_json:
        from rubric.report.document import DocumentWriter

        writer = DocumentWriter(assessment, output.language, case.texts, case.rules_digest, __version__)
        if least and not single:
            found = {each.score.indicator.key: each.score for each in assessment.recoveries()}
            keys = {each.indicator.key for each in chosen}
            shown = tuple(score for key, score in found.items() if key in keys)
        else:
            shown = chosen
        documents = [writer.indicator(each, every).model_dump(mode="json") for each in shown]
        click.echo(json_text(documents[0] if single else documents))
    else:
        from rubric.report.terminal import Terminal

        terminal = Terminal(assessment, output.language, output.columns(), case.texts, output.paint(sys.stdout))
        told = terminal.least_change(chosen, every) if least else "\n".join(map(terminal.explain, chosen))
        click.echo(told, nl=False, color=True)
    return CLEAN if all(each.points is not None for each in chosen) else INCOMPLETE


def _find(card: Scorecard, name: str) -> tuple[tuple[IndicatorScore, ...], bool]:
    """An indicator by its name, or those of a level; and whether it is a single one.

    Quotation marks and spaces do not matter.
    """
    for score in card.scores:
        if _called(score.indicator.name, name):
            return (score,), True
    group = next((each for each in _levels(card.members) if _called(each.group.name, name)), None)
    return (() if group is None else tuple(group.indicators())), False


def _called(name: Name, wanted: str) -> bool:
    return any(form.translate(_QUOTES) == wanted.translate(_QUOTES) for form in name.forms)


def _levels(members: Sequence[Member]) -> Iterator[GroupScore]:
    for member in members:
        if isinstance(member, GroupScore):
            yield member
            yield from _levels(member.members)


def _no_indicator(card: Scorecard, name: str, output: Output) -> int:
    named = [*(each.indicator.name for each in card.scores), *(each.group.name for each in _levels(card.members))]
    close = close_to(name, [form for each in named for form in each.forms])
    click.echo(output.say("no-indicator", name=name), err=True)
    if close:
        click.echo("  " + output.say("did-you-mean", name=close[0]), err=True)
    return USAGE
