"""`rubric test`: the examples of rule files, how well they test the rules, and case folders scored again."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.diagnostic import is_error
from engine.facts import Facts
from engine.rules import Rubric
from engine.source import Span
from rubric.case import Case, facts_files, load_case, load_rules
from rubric.commands import findings as shown
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, json_option, make, say
from rubric.commands.shape import as_json as in_json
from rubric.messages.catalogue import say as sentence
from rubric.messages.wording import Language
from rubric.paths import is_dir

if TYPE_CHECKING:
    from engine.proving import Proving, Reached, Tested

# So many changes that nothing notices are shown for each file.
MOST_SHOWN = 40


def command(language: Language) -> Command:
    """The command with its help in one language."""
    paths = click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path))
    facts = click.Option(
        ["--facts"], multiple=True, type=click.Path(path_type=Path), help=say("option-test-facts", language)
    )
    coverage = click.Option(["--coverage"], is_flag=True, help=say("option-coverage", language))
    mutate = click.Option(["--mutate"], is_flag=True, help=say("option-mutate", language))
    accept = click.Option(["--accept"], is_flag=True, help=say("option-accept", language))
    reason = click.Option(["--reason"], metavar="TEXT", help=say("option-reason", language))
    return make("test", language, test, [paths, facts, coverage, mutate, accept, reason, json_option(language)])


def test(
    output: Output,
    paths: tuple[Path, ...],
    facts: tuple[Path, ...],
    coverage: bool,
    mutate: bool,
    accept: bool,
    reason: str | None,
    as_json: bool,
) -> int:
    """Run every example and score every case; show what fails, what differs, and what nothing would notice."""
    from rubric.history import plain_reason

    given = plain_reason(reason or "")
    if accept != bool(given) or (reason is not None and not accept):
        click.echo(output.say("accept-needs-reason" if accept else "reason-needs-accept"), err=True)
        return USAGE
    found = _asked(paths, output)
    if found is None:
        return USAGE
    files, folders = found
    if accept and not folders:
        click.echo(output.say("accept-needs-cases"), err=True)
        return USAGE
    code, rows = CLEAN, []
    for path in () if accept else files:
        result, row = _file(output, path, facts_files(facts), coverage, mutate, as_json)
        code = max(code, result)
        rows.append(row)
    cases: list[dict[str, Any]] = []
    if folders:
        from rubric.commands.cases import run

        result, cases = run(output, folders, given if accept else None, quiet=as_json)
        code = max(code, result)
    if as_json:
        click.echo(in_json({"rules": rows, "cases": cases}))
    return code


def _asked(paths: Iterable[Path], output: Output) -> tuple[list[Path], list[Path]] | None:
    """Rule files and case folders at the paths; None, and a word about it, where there are none.

    The rules of a case are run as part of it.
    """
    from rubric.folders import case_folders

    files: list[Path] = []
    folders: list[Path] = []
    for path in paths:
        if not is_dir(path):
            files.append(path)
            continue
        cases = case_folders(path)
        inside = [each for each in sorted(path.rglob("*.rubric")) if each.parent not in cases]
        if not cases and not inside:
            click.echo(output.say("no-rules-or-cases", path=path), err=True)
            return None
        folders.extend(cases)
        files.extend(inside)
    return files, list(dict.fromkeys(folders))


def _file(
    output: Output, path: Path, facts: Sequence[Path], coverage: bool, mutate: bool, as_json: bool
) -> tuple[int, dict[str, Any]]:
    """The examples of one rule file: the exit code, and the result as data."""
    from engine.proving import Proving
    from rubric.commands.formats import as_rows

    case = load_rules(path)
    wrong = [each for each in case.findings if is_error(each) and not each.code.startswith("example-")]
    if case.rubric is None or wrong:
        if not as_json:
            click.echo(shown.as_text(wrong or case.findings, case.texts, output, sys.stderr), err=True, color=True)
        row: dict[str, Any] = {"path": path.as_posix(), "findings": as_rows(wrong or case.findings, output.language)}
        return FINDINGS if case.readable else USAGE, row
    departments = list(_departments(path, facts, output))
    proving = Proving(case.rubric, departments)
    failed = [finding for result in proving.failed() for finding in result.findings]
    passed = len(proving.results) - len(proving.failed())
    row = {
        "path": path.as_posix(),
        "passed": passed,
        "failed": len(proving.failed()),
        "departments": len(departments),
        "findings": as_rows(failed, output.language),
    }
    code = FINDINGS if failed else CLEAN
    if as_json:
        return code, row
    if failed:
        click.echo(shown.as_text(failed, case.texts, output, sys.stdout), color=True)
    click.echo(output.say("tested", path=path, passed=passed, failed=len(proving.failed()), count=len(departments)))
    if coverage:
        _show_reached(list(proving.reached()), case, output)
    if mutate and not failed:
        _show_mutated(list(proving.mutated()), proving, case, output)
    return code, row


def _departments(rules: Path, facts: Sequence[Path], output: Output) -> Iterator[Facts]:
    """The facts that fit the rubric; a folder may hold those of other rubrics as well."""
    for path in facts:
        case = load_case(rules, path, any_year=True)
        if case.usable and case.facts is not None:
            yield case.facts
        elif len(facts) == 1:
            shown.show(case, output, json=False)


# -------------------------------------------------------------------------------------------- coverage


def _show_reached(found: Sequence[Reached], case: Case, output: Output) -> None:
    reached = sum(1 for each in found if each.times)
    click.echo(output.say("clauses-reached", reached=reached, count=len(found)))
    for each in found:
        if not each.times:
            click.echo(_at(each.clause.span, _written(each.clause.span, case)))


def _at(span: Span, text: str) -> str:
    return f"  {span.file}:{span.line}:{span.column}  {text}"


def _written(span: Span, case: Case) -> str:
    """What stands at a place, on one line."""
    return span.quoted(case.texts.get(span.file, "").split("\n")).strip(" ；;。.")


# -------------------------------------------------------------------------------------------- mutation


def _show_mutated(found: Sequence[Tested], proving: Proving, case: Case, output: Output) -> None:
    noticed = [each for each in found if each.noticed]
    # What gives the same points for all facts is no change, as no example could notice it.
    idle = [each for each in found if not each.noticed and each.would is None]
    missed = [each for each in found if not each.noticed and each.would is not None]
    click.echo(output.say("mutants-noticed", noticed=len(noticed), count=len(found) - len(idle)))
    offered: set[str] = set()
    for each in missed[:MOST_SHOWN]:
        said = sentence(each.mutant.change, output.language)
        click.echo(_at(each.mutant.span, f"{_written(each.mutant.span, case)}  —  {said}"))
        example = _example(each, proving.rubric, output.language)
        if example and example not in offered:
            offered.add(example)
            click.echo("      " + output.say("would-notice", example=example))
    if len(missed) > MOST_SHOWN:
        click.echo(output.say("mutants-more", count=len(missed) - MOST_SHOWN))


def _example(each: Tested, rubric: Rubric, language: Language) -> str:
    """An example line that would notice a change."""
    from rubric.language.write import example_text

    assert each.would is not None
    indicator = next(one for one in rubric.indicators() if one.key == each.mutant.indicator.key)
    return example_text(rubric, indicator, each.would.witness, each.would.first, language)
