"""Years that stand in the texts of a rubric and are not its own: a sheet that was copied from another year's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.diagnostic import Diagnostic, note, warning
from engine.rules import Period
from rubric.language.splitter import Block
from rubric.language.text import Line

# A year, or two that a dash or 至 joins; what stands in the brackets of a document's number is no such year.
_YEARS = re.compile(
    r"(?<![0-9〔\[(])((?:19|20)[0-9]{2})(?:\s*年?\s*(?:-|至|to)\s*((?:19|20)[0-9]{2}))?\s*(?:年|(?=\s*$))"
)


def years_that_differ(blocks: Iterable[Block], period: Period, file: str) -> Iterator[Diagnostic]:
    """Every year of a title, a meaning or an official text that is neither the rubric's nor the one before it."""
    shown = str(period.first) if period.last == period.first else f"{period.first}-{period.last or ''}"
    for line in _texts(blocks):
        for found in _YEARS.finditer(line.text):
            first, last = int(found[1]), int(found[2] or found[1])
            if _fits(first, last, period):
                continue
            place = line.span(file, *found.span(1))
            yield warning(note("year-differs", year=found[1], period=shown), place, note("check-year"))


def _fits(first: int, last: int, period: Period) -> bool:
    """Whether years touch those of the rubric; the year before is what this one is held against."""
    return last >= period.first - 1 and (period.last is None or first <= period.last)


def _texts(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of titles, of what facts mean, and of official texts."""
    for block in blocks:
        for each in block.fields:
            if each.terminal in ("RUBRIC", "OFFICIAL"):
                yield from each.lines
            elif each.terminal == "FACT":
                for line in each.lines:
                    colon = line.text.find(":")
                    if colon >= 0:
                        yield line.rest(colon + 1)
