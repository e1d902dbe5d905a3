"""The facts that a report tells, bound to the rubric by which it is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.diagnostic import Diagnostic, is_error
from engine.facts import Facts
from engine.rules import Rubric
from rubric.readers.facts import facts_for
from rubric.readers.text import whole
from rubric.reading.filled import Filled


def facts_told(
    filled: Filled, rubric: Rubric, path: Path, any_year: bool = False
) -> tuple[Facts | None, tuple[Diagnostic, ...]]:
    """The facts of the file that a report fills in, and every error.

    The lines of an error are those of a facts file that nobody has seen: it is said of the report as a whole.
    """
    facts, findings = facts_for(rubric, filled.text(), str(path), any_year)
    wrong = (replace(each, span=whole(str(path))) for each in findings if is_error(each))
    return facts, tuple(dict.fromkeys(wrong))
