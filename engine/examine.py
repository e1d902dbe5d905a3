"""What deserves a look in a rubric that can be used: what its criteria leave out, and what nothing rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.coverage import coverage
from engine.diagnostic import Diagnostic, hint, note
from engine.followed import Followed
from engine.rules import Rubric
from engine.unused import unused


def examine(rubric: Rubric, followed: Iterable[Followed]) -> Iterator[Diagnostic]:
    """Every finding of a closer look; the rubric has no error, and these are its indicators in the core."""
    if not rubric.basis:
        yield hint(note("no-basis"), rubric.span, note("basis-form"))
    yield from unused(rubric)
    yield from coverage(followed)
