"""What every command shares: help in the reader's language, exit codes, and where the results go."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from rubric.messages.command import COMMAND
from rubric.messages.wording import Language

CLEAN, FINDINGS, USAGE, INTERNAL, INCOMPLETE = range(5)

Paint = Callable[[str, str], str]


def say(code: str, language: Language, **arguments: object) -> str:
    """What the command itself says."""
    return COMMAND[code].of(language).format(**arguments)


def as_json(value: object) -> str:
    """A value as an indented JSON document."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def close_to(word: str, words: Iterable[str]) -> list[str]:
    """The word most like a mistaken one, if any is."""
    from difflib import get_close_matches

    return get_close_matches(word, list(words), 1, 0.4)


# ------------------------------------------------------------------------------------------------- output


class Output:
    """Where the results go, in which language, and whether they are coloured.

    Colour is decided here alone: what is painted is echoed as it is.
    """

    def __init__(self, language: Language, color: str) -> None:
        self.language = language
        self.color = color

    def say(self, code: str, **arguments: object) -> str:
        """What the command itself says."""
        return say(code, self.language, **arguments)

    def paint(self, stream: Any) -> Paint:
        """Colour for a stream, or none."""
        wanted = self.color == "always" or (
            self.color == "auto" and (bool(os.environ.get("FORCE_COLOR")) or _is_terminal(stream))
        )
        if self.color == "auto" and os.environ.get("NO_COLOR"):
            wanted = False
        return _painted if wanted else _plain

    def columns(self) -> int:
        """How wide the output may be."""
        if _is_terminal(sys.stdout) or os.environ.get("COLUMNS"):
            return shutil.get_terminal_size((120, 40)).columns
        return 120


_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "hint": "1;36",
    "strong": "1",
    "good": "32",
    "bad": "31",
    "mark": "7",
    "faint": "2",
}


def _painted(text: str, style: str) -> str:
    code = _STYLES.get(style)
    return f"\033[{code}m{text}\033[0m" if code else text


def _plain(text: str, _style: str) -> str:
    return text


def _is_terminal(stream: Any) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)()) and os.environ.get("TERM") != "dumb"


# ------------------------------------------------------------------------------------------------- shape


class Help:
    """Help in the reader's language."""

    language: Language

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("usage", self.language))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, under a heading."""
        rows = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]  # type: ignore[attr-defined]
        if rows:
            with formatter.section(say("options", self.language)):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("option-help", self.language)
        return option  # type: ignore[no-any-return]


class Command(Help, click.Command):
    """One command."""

    def __init__(self, *args: Any, language: Language, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language


def make(
    name: str, language: Language, run: Callable[..., int], params: list[click.Parameter], lang_help: str = ""
) -> Command:
    """A command from what it does and what it takes; its help is said under its name.

    With `lang_help`, `--lang` means something else than the language of the output, and is handed on as it is.
    """
    return Command(
        name,
        language=language,
        help=f"{say(name, language)}\n\n{say(name + '-example', language)}",
        short_help=say(name, language),
        callback=_with_output(run, hand_on=bool(lang_help)),
        params=[*params, *common(language, lang_help)],
    )


def common(language: Language, lang_help: str = "") -> list[click.Parameter]:
    """The options of every command."""
    lang = click.Option(["--lang"], type=click.Choice(["zh", "en"]), help=lang_help or say("option-lang", language))
    color = click.Option(
        ["--color"], type=click.Choice(["auto", "always", "never"]), help=say("option-color", language)
    )
    return [lang, color]


def json_option(language: Language) -> click.Option:
    """The option for one JSON document instead of text."""
    return click.Option(["--json", "as_json"], is_flag=True, help=say("option-json", language))


def _with_output(run: Callable[..., int], hand_on: bool) -> Callable[..., int]:
    @click.pass_context
    def called(ctx: click.Context, /, **arguments: Any) -> int:
        outer = ctx.obj or {}
        given = arguments.pop("lang")
        language = given or outer.get("lang") or chosen_language([])
        color = arguments.pop("color") or outer.get("color") or "auto"
        if hand_on:
            arguments["lang"] = given
        return run(Output(language, color), **arguments)

    return called


def chosen_language(arguments: Iterable[str]) -> Language:
    """The language: --lang, then RUBRIC_LANG, then Chinese."""
    given = list(arguments)
    for index, argument in enumerate(given):
        value = given[index + 1] if argument == "--lang" and index + 1 < len(given) else argument[7:]
        if argument == "--lang" or argument.startswith("--lang="):
            return "en" if value == "en" else "zh"
    return "en" if os.environ.get("RUBRIC_LANG", "").lower().startswith("en") else "zh"
