"""From paths to assessments, and the exit code that they deserve: shared by the commands that score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from engine.cohort import asks_for_group, assess_together
from engine.facts import Facts
from engine.rules import Rubric
from engine.score import Assessment, assess
from rubric.case import Case, facts_files, load_case
from rubric.commands import findings
from rubric.commands.shape import CLEAN, FINDINGS, INCOMPLETE, USAGE, Output, say
from rubric.messages.wording import Language

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
        any_year_option(language),
    ]


def any_year_option(language: Language) -> click.Option:
    """The option to score facts of a year in which the rubric is not in force."""
    return click.Option(["--any-year", "any_year"], is_flag=True, help=say("option-any-year", language))


def assessed(
    output: Output, rules: Path, facts: Path, json: bool, together: Sequence[Path] = (), any_year: bool = False
) -> Assessed:
    """The files as they were read and, where they can be used, the assessment; what was found in them is shown.

    `together` are the facts of other departments that are scored with this one, or folders of them.
    """
    case = load_case(rules, facts, any_year)
    if not findings.show(case, output, json) or case.rubric is None or case.facts is None:
        return case, None
    others = _others(output, case, rules, facts, together, json, any_year)
    if others is None:
        return case, None
    if others:
        return case, assess_together(case.rubric, [case.facts, *others])[0]
    _say_if_alone(case.rubric, output)
    return case, assess(case.rubric, case.facts)


def all_assessed(
    output: Output, rules: Path, facts: Sequence[Path], json: bool, any_year: bool = False
) -> list[Assessed]:
    """Several departments scored as one group; one that cannot be used is left out, and what is wrong is shown."""
    cases = [load_case(rules, path, any_year) for path in facts]
    usable = [case for case in cases if findings.show(case, output, json)]
    known = [case.facts for case in usable if case.facts is not None]
    rubric = next((case.rubric for case in usable if case.rubric is not None), None)
    found = iter(() if rubric is None else assess_together(rubric, known))
    return [(case, next(found) if case in usable else None) for case in cases]


def _others(
    output: Output, case: Case, rules: Path, facts: Path, together: Sequence[Path], json: bool, any_year: bool
) -> list[Facts] | None:
    """The facts of the other departments; None where one of them cannot be used."""
    found: list[Facts] = []
    for path in facts_files(together):
        if path.resolve() == facts.resolve():
            continue
        other = load_case(rules, path, any_year)
        if not findings.show(other, output, json) or other.facts is None:
            case.readable &= other.readable
            return None
        found.append(other.facts)
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
