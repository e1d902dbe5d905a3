"""From two paths to an assessment, and the exit code that it deserves: shared by the commands that score."""

from __future__ import annotations

from pathlib import Path

from engine.score import Assessment, assess
from rubric.case import Case, load_case
from rubric.commands import findings
from rubric.commands.shape import CLEAN, FINDINGS, INCOMPLETE, USAGE, Output


def assessed(output: Output, rules: Path, facts: Path, json: bool) -> tuple[Case, Assessment | None]:
    """The files as they were read and, where they can be used, the assessment; what was found in them is shown."""
    case = load_case(rules, facts)
    if not findings.show(case, output, json) or case.rubric is None or case.facts is None:
        return case, None
    return case, assess(case.rubric, case.facts)


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
