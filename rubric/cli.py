"""The command `rubric`: its shape, and what it answers to what it does not understand."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from rubric.commands import NAMES
from rubric.commands.shape import (
    CLEAN,
    FINDINGS,
    INCOMPLETE,
    INTERNAL,
    USAGE,
    Command,
    Help,
    chosen_language,
    close_to,
    common,
    say,
)
from rubric.messages.wording import Language
from rubric.version import __version__

__all__ = ["CLEAN", "FINDINGS", "INCOMPLETE", "INTERNAL", "USAGE", "build", "main", "run"]


class _Group(Help, click.Group):
    """All commands; a command's module is imported when it is called."""

    def __init__(self, *args: Any, language: Language, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, _ctx: click.Context, name: str) -> Command | None:
        if name not in NAMES:
            return None
        found: Command = import_module(f"rubric.commands.{name.replace('-', '_')}").command(self.language)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(say("commands", self.language)):
            formatter.write_dl([(name, say(name, self.language)) for name in NAMES])


def build(language: Language) -> click.Group:
    """The command with its help in one language."""
    group = _Group(
        "rubric",
        language=language,
        help=say("about", language),
        epilog=say("exit-codes", language),
        params=common(language),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        callback=_remember,
    )
    group.params.append(
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=say("option-version", language),
        )
    )
    return group


def _version(_ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"rubric {__version__}")
        raise click.exceptions.Exit(CLEAN)


@click.pass_context
def _remember(ctx: click.Context, lang: Language | None, color: str | None) -> None:
    ctx.obj = {"lang": lang, "color": color}


# ----------------------------------------------------------------------------------------------- running


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit with its code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows a question mark and goes on.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run(given))


def run(arguments: list[str]) -> int:
    """Run the command; every refusal is a sentence in the reader's language."""
    language = chosen_language(arguments)
    group = build(language)
    try:
        result = group.main(arguments or ["--help"], prog_name="rubric", standalone_mode=False)
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as problem:
        return _refuse(problem, language)
    except (BrokenPipeError, KeyboardInterrupt, click.Abort):
        return FINDINGS
    except Exception as problem:
        if os.environ.get("RUBRIC_DEBUG"):
            raise
        click.echo(say("internal", language, what=f"{type(problem).__name__}: {problem}"), err=True)
        return INTERNAL


def _refuse(problem: click.ClickException, language: Language) -> int:
    context = getattr(problem, "ctx", None)
    command = context.command_path if context else "rubric"
    lines = [_refusal(problem, context, language), say("see-help", language, command=command)]
    click.echo("\n  ".join(lines), err=True)
    return USAGE


def _refusal(problem: click.ClickException, context: click.Context | None, language: Language) -> str:
    match problem:
        case click.NoSuchOption():
            said = say("no-option", language, name=problem.option_name)
            close = close_to(problem.option_name, _options(context))
        case click.BadOptionUsage():
            return say("missing-value", language, name=problem.option_name)
        case click.MissingParameter():
            name = problem.param.human_readable_name.upper() if problem.param else ""
            return say("missing-argument", language, name=name)
        case click.BadParameter() if problem.param is not None and isinstance(problem.param.type, click.Choice):
            choices = ", ".join(map(str, problem.param.type.choices))
            value = problem.message.split("'")[1] if "'" in problem.message else ""
            return say("bad-value", language, name=problem.param.human_readable_name, value=value, choices=choices)
        case _:
            name = problem.message.split("'")[1] if "'" in problem.message else ""
            if not name:
                return say("usage-error", language)
            said = say("no-command", language, name=name)
            close = close_to(name, NAMES)
    return f"{said}\n  {say('did-you-mean', language, name=close[0])}" if close else said


def _options(context: click.Context | None) -> list[str]:
    """The options that may stand where a mistaken one does."""
    params = [] if context is None else context.command.get_params(context)
    return [form for each in params if isinstance(each, click.Option) for form in each.opts]
