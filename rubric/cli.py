"""The command `rubric`. It alone prints; what it needs is imported when it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rubric.messages.command import COMMAND
from rubric.messages.wording import Language
from rubric.version import __version__

if TYPE_CHECKING:
    from engine.score import Assessment
    from rubric.case import Case

CLEAN, FINDINGS, USAGE, INTERNAL, INCOMPLETE = range(5)

Paint = Callable[[str, str], str]


def _close(word: str, words: Iterable[str]) -> list[str]:
    """The word most like a mistaken one, if any is."""
    from difflib import get_close_matches

    return get_close_matches(word, list(words), 1, 0.4)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def say(code: str, language: Language, **arguments: object) -> str:
    """What the command itself says."""
    return COMMAND[code].of(language).format(**arguments)


# ---------------------------------------------------------------------------------------- the shape of it


class _Help:
    """Help in the reader's language."""

    language: Language

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("usage", self.language))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]  # type: ignore[attr-defined]
        if rows:
            with formatter.section(say("options", self.language)):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("option-help", self.language)
        return option  # type: ignore[no-any-return]


class _Command(_Help, click.Command):
    def __init__(self, *args: Any, language: Language, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language


class _Group(_Help, click.Group):
    def __init__(self, *args: Any, language: Language, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str(200)) for name, command in sorted(self.commands.items())]
        with formatter.section(say("commands", self.language)):
            formatter.write_dl(rows)


def build(language: Language) -> click.Group:
    """The command with its help in one language."""
    group = _Group(
        "rubric",
        language=language,
        help=say("about", language),
        epilog=say("exit-codes", language),
        params=_common(language),
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
    rules = click.Argument(["rules"], type=click.Path(path_type=Path))
    facts = click.Argument(["facts"], type=click.Path(path_type=Path))
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=say("option-json", language))
    commands: dict[str, tuple[Callable[..., int], list[click.Parameter]]] = {
        "score": (score, [rules, facts, as_json]),
        "explain": (explain, [rules, facts, click.Argument(["indicator"], required=False), as_json]),
        "check": (
            check,
            [click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path)), as_json],
        ),
        "schema": (schema, [click.Argument(["what"], type=click.Choice(["scorecard", "facts"]), default="scorecard")]),
    }
    for name, (callback, params) in commands.items():
        help_text = f"{say(name, language)}\n\n{say(name + '-example', language)}"
        group.add_command(
            _Command(
                name,
                language=language,
                help=help_text,
                short_help=say(name, language),
                callback=_with_context(callback),
                params=[*params, *_common(language)],
            )
        )
    return group


def _common(language: Language) -> list[click.Parameter]:
    lang = click.Option(["--lang"], type=click.Choice(["zh", "en"]), help=say("option-lang", language))
    color = click.Option(
        ["--color"], type=click.Choice(["auto", "always", "never"]), help=say("option-color", language)
    )
    return [lang, color]


def _version(_ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"rubric {__version__}")
        raise click.exceptions.Exit(CLEAN)


@click.pass_context
def _remember(ctx: click.Context, lang: Language | None, color: str | None) -> None:
    ctx.obj = {"lang": lang, "color": color}


class Output:
    """Where the results go, in which language, and whether they are coloured.

    Colour is decided here alone: what is painted is echoed as it is.
    """

    def __init__(self, language: Language, color: str) -> None:
        self.language = language
        self.color = color

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
        import shutil

        return (
            shutil.get_terminal_size((120, 40)).columns
            if _is_terminal(sys.stdout) or os.environ.get("COLUMNS")
            else 120
        )


_STYLES = {"error": "1;31", "warning": "1;33", "hint": "1;36", "strong": "1", "good": "32"}


def _painted(text: str, style: str) -> str:
    code = _STYLES.get(style)
    return f"\033[{code}m{text}\033[0m" if code else text


def _plain(text: str, _style: str) -> str:
    return text


def _is_terminal(stream: Any) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)()) and os.environ.get("TERM") != "dumb"


def _with_context(callback: Callable[..., int]) -> Callable[..., int]:
    @click.pass_context
    def run(ctx: click.Context, /, **arguments: Any) -> int:
        outer = ctx.obj or {}
        language = arguments.pop("lang") or outer.get("lang") or chosen_language([])
        color = arguments.pop("color") or outer.get("color") or "auto"
        return callback(Output(language, color), **arguments)

    return run


# --------------------------------------------------------------------------------------------- commands


def score(output: Output, rules: Path, facts: Path, as_json: bool) -> int:
    """Score one department and show the table or the JSON document."""
    case, assessment = _assessed(output, rules, facts, as_json)
    if assessment is None:
        return FINDINGS if case.readable else USAGE
    if as_json:
        from rubric.report.document import DocumentWriter

        writer = DocumentWriter(assessment, output.language, case.texts, case.rules_digest, __version__)
        click.echo(writer.document().model_dump_json(indent=2))
    else:
        from rubric.report.terminal import Terminal

        table = Terminal(assessment, output.language, output.columns(), case.texts, output.paint(sys.stdout))
        click.echo(table.scorecard(), nl=False, color=True)
    return _exit_code(assessment)


def _assessed(output: Output, rules: Path, facts: Path, as_json: bool) -> tuple[Case, Assessment | None]:
    """The files as they were read and, where they can be used, the assessment; what was found in them is shown."""
    from rubric.case import load_case

    case = load_case(rules, facts)
    if not _show_findings(case, output, as_json) or case.rubric is None or case.facts is None:
        return case, None
    from engine.score import assess

    return case, assess(case.rubric, case.facts)


def _exit_code(assessment: Assessment) -> int:
    if assessment.card.points is None:
        return INCOMPLETE
    review = assessment.review
    if review is not None and (review.differing or any(check.difference for check in review.sums)):
        return FINDINGS
    return CLEAN


def explain(output: Output, rules: Path, facts: Path, indicator: str | None, as_json: bool) -> int:
    """Open one indicator, or every one, to its whole ledger."""
    case, assessment = _assessed(output, rules, facts, as_json)
    if assessment is None:
        return FINDINGS if case.readable else USAGE
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
        click.echo(_json(documents if indicator is None else documents[0]))
    else:
        from rubric.report.terminal import Terminal

        terminal = Terminal(assessment, output.language, output.columns(), case.texts, output.paint(sys.stdout))
        click.echo("\n".join(terminal.explain(each) for each in chosen), nl=False, color=True)
    return CLEAN if all(each.points is not None for each in chosen) else INCOMPLETE


_QUOTES = str.maketrans("", "", "“”\"'‘’「」 　")


def _find(scores: Sequence[Any], name: str) -> Any | None:
    """An indicator by its name; quotation marks and spaces do not matter."""
    wanted = name.translate(_QUOTES)
    return next((s for s in scores if any(form.translate(_QUOTES) == wanted for form in s.indicator.name.forms)), None)


def _no_indicator(scores: Sequence[Any], name: str, output: Output) -> int:
    names = [form for each in scores for form in each.indicator.name.forms]
    close = _close(name, names)
    click.echo(say("no-indicator", output.language, name=name), err=True)
    if close:
        click.echo("  " + say("did-you-mean", output.language, name=close[0]), err=True)
    return USAGE


def check(output: Output, paths: tuple[Path, ...], as_json: bool) -> int:
    """Check rule files and show every finding."""
    from rubric.case import load_rules
    from rubric.messages.frame import render

    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*.rubric"))
            if not found:
                click.echo(say("no-rule-files", output.language, path=path), err=True)
                return USAGE
            files.extend(found)
        else:
            files.append(path)
    cases = [load_rules(path) for path in files]
    findings = [each for case in cases for each in case.findings]
    if as_json:
        click.echo(_findings_json(findings, output.language))
    else:
        texts = {name: text for case in cases for name, text in case.texts.items()}
        if findings:
            click.echo(render(findings, texts, output.language, output.paint(sys.stdout)), color=True)
        click.echo(_summary(findings, len(files), output), err=True)
    if not all(case.readable for case in cases):
        return USAGE
    return FINDINGS if findings else CLEAN


def _summary(findings: Sequence[Any], files: int, output: Output) -> str:
    if not findings:
        return say("checked", output.language, count=files)
    errors = sum(each.severity.value == "error" for each in findings)
    return say("counted", output.language, errors=errors, warnings=len(findings) - errors)


def schema(_output: Output, what: str) -> int:
    """Print a published JSON schema."""
    if what == "scorecard":
        from rubric.report.document import ScorecardModel

        click.echo(_json(ScorecardModel.model_json_schema()))
    else:
        from rubric.readers.model import facts_schema

        click.echo(_json(facts_schema()))
    return CLEAN


def _show_findings(case: Case, output: Output, as_json: bool) -> bool:
    """Show what was found in the files; whether there is something to score."""
    if case.findings:
        from rubric.messages.frame import render

        if as_json and not case.usable:
            click.echo(_findings_json(case.findings, output.language))
        else:
            click.echo(
                render(case.findings, case.texts, output.language, output.paint(sys.stderr)), err=True, color=True
            )
    return case.usable


def _findings_json(findings: Sequence[Any], language: Language) -> str:
    from rubric.messages.catalogue import say as sentence

    rows = [
        {
            "severity": each.severity.value,
            "code": each.code,
            "message": sentence(each.headline, language),
            "helps": [sentence(note, language) for note in each.helps],
            **each.span._asdict(),
        }
        for each in findings
    ]
    return _json({"findings": rows})


# ----------------------------------------------------------------------------------------------- running


def chosen_language(arguments: Sequence[str]) -> Language:
    """The language: --lang, then RUBRIC_LANG, then Chinese."""
    for index, argument in enumerate(arguments):
        value = arguments[index + 1] if argument == "--lang" and index + 1 < len(arguments) else argument[7:]
        if argument == "--lang" or argument.startswith("--lang="):
            return "en" if value == "en" else "zh"
    return "en" if os.environ.get("RUBRIC_LANG", "").lower().startswith("en") else "zh"


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
        return _refuse(problem, group, language)
    except (BrokenPipeError, KeyboardInterrupt, click.Abort):
        return FINDINGS
    except Exception as problem:
        if os.environ.get("RUBRIC_DEBUG"):
            raise
        click.echo(say("internal", language, what=f"{type(problem).__name__}: {problem}"), err=True)
        return INTERNAL


def _refuse(problem: click.ClickException, group: click.Group, language: Language) -> int:
    context = getattr(problem, "ctx", None)
    command = context.command_path if context else "rubric"
    lines = [_refusal(problem, group, language), say("see-help", language, command=command)]
    click.echo("\n  ".join(lines), err=True)
    return USAGE


def _refusal(problem: click.ClickException, group: click.Group, language: Language) -> str:
    match problem:
        case click.NoSuchOption():
            said = say("no-option", language, name=problem.option_name)
            close = _close(problem.option_name, ["--json", "--lang", "--color", "--help", "--version"])
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
            close = _close(name, group.commands)
    return f"{said}\n  {say('did-you-mean', language, name=close[0])}" if close else said
