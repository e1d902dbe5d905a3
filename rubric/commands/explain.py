"""`rubric explain`: one indicator, or every one, opened to its whole ledger."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.scores import IndicatorScore
from rubric.commands.assessing import assessed, group_options, refused
from rubric.commands.shape import CLEAN, INCOMPLETE, USAGE, Command, Output, close_to, json_option, make
from rubric.commands.shape import as_json as json_text
from rubric.messages.wording import Language
from rubric.version import __version__

_QUOTES = str.maketrans("", "", "“”\"'‘’「」 　")


def command(language: Language) -> Command:
    """The command with its help in one language."""
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], type=click.Path(path_type=Path))
    indicator = click.Argument(["indicator"], required=False)
    return make(
        "explain", language, explain, [rules, facts, indicator, *group_options(language), json_option(language)]
    )


def explain(
    output: Output,
    rules: Path,
    facts: Path,
    indicator: str | None,
    together: tuple[Path, ...],
    any_year: bool,
    as_json: bool,
) -> int:
    """Open one indicator, or every one."""
    case, assessment = assessed(output, rules, facts, as_json, together, any_year)
    if assessment is None:
        return refused(case)
    chosen = assessment.card.scores
    if indicator is not None:
        found = _find(assessment.card.scores, indicator)
        if found is None:
            return _no_indicator(assessment.card.scores, indicator, output)
        chosen = (found,)
    if as_json:
        from rubric.report.document import DocumentWriter

        writer = DocumentWriter(assessment, output.language, case.texts, case.rules_digest, __version__)
        documents = [writer.indicator(each).model_dump(mode="json") for each in chosen]
        click.echo(json_text(documents if indicator is None else documents[0]))
    else:
        from rubric.report.terminal import Terminal

        terminal = Terminal(assessment, output.language, output.columns(), case.texts, output.paint(sys.stdout))
        click.echo("\n".join(terminal.explain(each) for each in chosen), nl=False, color=True)
    return CLEAN if all(each.points is not None for each in chosen) else INCOMPLETE


def _find(scores: Sequence[IndicatorScore], name: str) -> IndicatorScore | None:
    """An indicator by its name; quotation marks and spaces do not matter."""
    wanted = name.translate(_QUOTES)
    return next((s for s in scores if any(form.translate(_QUOTES) == wanted for form in s.indicator.name.forms)), None)


def _no_indicator(scores: Sequence[IndicatorScore], name: str, output: Output) -> int:
    close = close_to(name, [form for each in scores for form in each.indicator.name.forms])
    click.echo(output.say("no-indicator", name=name), err=True)
    if close:
        click.echo("  " + output.say("did-you-mean", name=close[0]), err=True)
    return USAGE
