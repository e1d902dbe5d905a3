"""From paths to assessments, and the exit code that they deserve: shared by the commands that score."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from engine.cohort import asks_for_group, assess_together
from engine.facts import Facts
from engine.rules import Rubric
from engine.score import Assessment, assess
from rubric.case import Case, Table, facts_files, is_table, load_case, load_table
from rubric.commands import findings
from rubric.commands.shape import CLEAN, FINDINGS, INCOMPLETE, USAGE, Output, say
from rubric.messages.wording import Language
from rubric.readers.names import short

# So many departments that are left out are named.
MOST_NAMED = 12

Assessed = tuple[Case, Assessment | None]


def group_options(language: Language) -> list[click.Parameter]:
    """The options of every command that scores."""
    return [
        click.Option(
            ["--together", "together"],
            multiple=True,
            type=click.Path(path_type=Path),
            help=say("option-together", language),
        ),
        department_option(language),
        any_year_option(language),
    ]


def any_year_option(language: Language) -> click.Option:
    """The option to score facts of a year in which the rubric is not in force."""
    return click.Option(["--any-year", "any_year"], is_flag=True, help=say("option-any-year", language))


def department_option(language: Language) -> click.Option:
    """The option that names one department of a table."""
    return click.Option(["--department"], default="", help=say("option-department", language))


def assessed(
    output: Output,
    rules: Path,
    facts: Path,
    json: bool,
    together: Sequence[Path] = (),
    any_year: bool = False,
    department: str = "",
) -> Assessed:
    """The files as they were read and, where they can be used, the assessment; what was found in them is shown.

    `together` are the facts of other departments that are scored with this one, or folders of them; those of the same
    table are scored with it where the rubric compares departments.
    """
    table = load_table(rules, facts, any_year) if is_table(facts) else None
    case = load_case(rules, facts, any_year, department) if table is None else table.chosen(department)
    if not findings.show(case, output, json) or case.rubric is None or case.facts is None:
        return case, None
    others = _others(output, case, rules, facts, together, json, any_year)
    if others is None:
        return case, None
    if table is not None and asks_for_group(case.rubric):
        others = _beside(table, case, output) + others
    if not others:
        _say_if_alone(case.rubric, output)
    case.others = tuple(others)
    return case, among(case.rubric, case.facts, case.others)


def among(rubric: Rubric, facts: Facts, others: Sequence[Facts]) -> Assessment:
    """One department scored together with others, if there are any."""
    return assess_together(rubric, [facts, *others])[0] if others else assess(rubric, facts)


def all_assessed(
    output: Output, rules: Path, facts: Sequence[Path], json: bool, any_year: bool = False
) -> list[Assessed]:
    """Several departments scored as one group; one that cannot be used is left out, and what is wrong is shown.

    With `json`, standard output holds one document: what was found, where there is nothing to score.
    """
    read = [_read(rules, path, any_year) for path in facts]
    cases = [case for each in read for case in each.rows]
    if json and not any(case.usable for case in cases):
        told = tuple(finding for each in read for finding in each.whole.findings)
        findings.show(Case(findings=told), output, json)
    else:
        for each in read:
            findings.show(each.whole, output, json=False)
            _say_left_out(each, output)
    known = [case.facts for case in cases if case.usable and case.facts is not None]
    rubric = next((case.rubric for case in cases if case.usable), None)
    found = iter(() if rubric is None else assess_together(rubric, known))
    return [(case, next(found) if case.usable else None) for case in cases]


class _Read(NamedTuple):
    """A file of facts: all that is told of it, its departments, and whether an error of the whole blocks them.

    A table that has no rows stands for itself.
    """

    whole: Case
    rows: list[Case]
    blocked: bool = False


def _read(rules: Path, path: Path, any_year: bool) -> _Read:
    if not is_table(path):
        case = load_case(rules, path, any_year)
        return _Read(case, [case])
    table = load_table(rules, path, any_year)
    whole = replace(table.case, findings=table.findings())
    return _Read(whole, table.rows or [whole], bool(table.rows) and table.blocked)


def _say_left_out(read: _Read, output: Output) -> None:
    """Name the departments of a table that are not scored, where others are; or say that its headings stop them all."""
    left_out = [row for row in read.rows if not row.usable]
    if read.blocked:
        click.echo(output.say("headings-first"), err=True)
    elif len(left_out) < len(read.rows) and left_out:
        names = list(dict.fromkeys(row.department or "?" for row in left_out))
        said = ("、" if output.language == "zh" else ", ").join(map(short, names[:MOST_NAMED]))
        more = "…" if len(names) > MOST_NAMED else ""
        click.echo(output.say("rows-left-out", count=len(left_out), names=said + more), err=True)


def _beside(table: Table, chosen: Case, output: Output) -> list[Facts]:
    """The facts of the other departments of a table; those that cannot be used are left out, and it is said why."""
    others = [row for row in table.rows if row.department != chosen.department]
    unusable = tuple(finding for row in others if not row.usable for finding in row.findings)
    if unusable:
        click.echo(findings.as_text(unusable, {}, output, sys.stderr), err=True, color=True)
    return [row.facts for row in others if row.usable and row.facts is not None]


def _others(
    output: Output, case: Case, rules: Path, facts: Path, together: Sequence[Path], json: bool, any_year: bool
) -> list[Facts] | None:
    """The facts of the other departments; None where one of them cannot be used."""
    found: list[Facts] = []
    for path in facts_files(together):
        if path.resolve() == facts.resolve():
            continue
        whole, rows, _ = _read(rules, path, any_year)
        unusable = [row for row in rows if not row.usable]
        findings.show(whole, output, json and bool(unusable))
        for row in unusable:
            case.readable &= row.readable
        if unusable:
            return None
        found += [row.facts for row in rows if row.facts is not None]
    return found


def _say_if_alone(rubric: Rubric, output: Output) -> None:
    if asks_for_group(rubric):
        click.echo(output.say("scored-alone"), err=True)


def refused(case: Case) -> int:
    """The exit code of files that cannot be scored."""
    return FINDINGS if case.readable else USAGE


def exit_code(assessment: Assessment) -> int:
    """The exit code of a score."""
    if assessment.card.points is None:
        return INCOMPLETE
    review = assessment.review
    if review is not None and (review.differing or any(check.difference for check in review.sums)):
        return FINDINGS
    return CLEAN
