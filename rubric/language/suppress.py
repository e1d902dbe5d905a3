"""Comments that ask for a finding to be left out, each with its reason: `# 忽略 gap：原评分表没有规定`.

At the end of a line such a comment speaks of the field that the line belongs to; on a line of its own, of the field
right below it, and before the head of a block or behind its last field, of the whole block. Only warnings and hints can
be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from engine.diagnostic import Diagnostic, hint, is_error, note, warning
from engine.source import Span
from rubric.language.splitter import Block, Comment, Field, Splitter

_ASKS = re.compile(r"(?:忽略|ignore)\s+([A-Za-z][A-Za-z0-9-]*)\s*(?:[:：]\s*(.*))?$")


@dataclass(slots=True)
class Suppression:
    """One comment that asks for a finding to be left out, the lines that it speaks of, and how often it was needed."""

    code: str
    reason: str
    first: int
    last: int
    span: Span
    used: int = field(default=0)

    def covers(self, finding: Diagnostic) -> bool:
        """Whether the comment speaks of a finding."""
        span = finding.span
        return finding.code == self.code and span.file == self.span.file and self.first <= span.line <= self.last


def suppressions(splitter: Splitter) -> list[Suppression]:
    """Every comment of a file that asks for a finding to be left out."""
    file, given = splitter.file, splitter.comments
    if not any(_ASKS.match(comment.text) for comment in given):
        return []
    stretches = [*_stretches(splitter.blocks)]
    alone = {comment.line for comment in given if comment.alone}
    found = []
    for comment in given:
        asked = _ASKS.match(comment.text)
        if asked is None:
            continue
        code, reason = asked[1], (asked[2] or "").strip()
        first, last = _spoken_of(comment, stretches, alone)
        end = comment.column + 1 + len(comment.text) + 1
        place = Span(file, comment.line, comment.column, comment.line, end)
        found.append(Suppression(code, reason, first, last, place))
    return found


# The lines of a field, and of its block where the field is the head of one.
_Stretch = tuple[int, int, int]


def _stretches(blocks: Sequence[Block]) -> Iterator[_Stretch]:
    for block in blocks:
        last_of_block = max((_lines(each)[1] for each in block.fields), default=0)
        for index, each in enumerate(block.fields):
            first, last = _lines(each)
            if first:
                yield first, last, last_of_block if index == 0 else last


def _lines(each: Field) -> tuple[int, int]:
    """The first and the last line of a field."""
    numbers = [line.number for line in each.lines]
    if each.opening.line:
        numbers.append(each.opening.line)
    return (min(numbers), max(numbers)) if numbers else (0, 0)


def _spoken_of(comment: Comment, stretches: Sequence[_Stretch], alone: set[int]) -> tuple[int, int]:
    """The first and the last line that a comment speaks of."""
    around = next(((first, end) for first, last, end in stretches if first <= comment.line <= last), None)
    if around is not None:
        return around
    next_line = comment.line + 1
    while next_line in alone:
        next_line += 1
    below = next((each for each in stretches if each[0] == next_line), None)
    if below is not None:
        return below[0], below[2]
    # At the end of a block it speaks of that block; where nothing follows, of nothing.
    above = [each for each in stretches if each[2] < comment.line]
    ends = max((each[2] for each in above), default=0)
    return min((each[0] for each in above if each[2] == ends), default=comment.line), ends or comment.line


def left_in(findings: Iterable[Diagnostic], asked: Sequence[Suppression]) -> Iterator[Diagnostic]:
    """The findings that nobody asked to leave out; a reason must be given, and errors stay."""
    for finding in findings:
        covering = [each for each in asked if each.covers(finding)]
        for each in covering:
            each.used += 1
        if is_error(finding) or not any(each.reason for each in covering):
            yield finding


def about_suppressions(asked: Iterable[Suppression], errors: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is wrong with the comments themselves."""
    wrong = list(errors)
    for each in asked:
        if not each.reason:
            headline = note("suppression-without-reason", finding=each.code)
            yield warning(headline, each.span, note("suppression-form", finding=each.code))
        elif any(each.covers(finding) for finding in wrong):
            yield warning(note("error-not-ignored", finding=each.code), each.span, note("correct-error"))
        elif not each.used and not wrong:
            # Where there are errors, nothing else has been looked for.
            yield hint(note("unused-suppression", finding=each.code), each.span, note("remove-suppression"))
