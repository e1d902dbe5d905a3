"""A rule file in the making: pieces with the questions that stand above them, in force or behind a `#`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rubric.language.text import MAX_LINE
from rubric.messages.catalogue import say
from rubric.messages.drafting import MARKERS
from rubric.messages.wording import Language
from rubric.sheets.layout import Entry
from rubric.sheets.questions import Question

# A longer text goes into several fields; where one is cut does not matter, as it is read on without a break.
_MOST = MAX_LINE - 100


# Pieces that begin a block; all others are set in.
_AT_THE_MARGIN = frozenset({"source", "title", "facts", "definitions", "level", "indicator"})


@dataclass(slots=True, eq=False)
class Piece:
    """A line of the rule file: what it is, whose it is, and what a person is asked about it.

    A piece that is not in force stands behind a `#` and is not read.
    """

    kind: str
    text: str
    entry: Entry | None = None
    questions: list[Question] = field(default_factory=list)
    in_force: bool = True
    gap: bool = False


@dataclass(slots=True)
class Written:
    """The text of the pieces, the piece that each line belongs to, and the line of each question."""

    text: str
    pieces: dict[int, Piece]
    lines: dict[int, int]

    def line_of(self, question: Question) -> int:
        """The line of the comment that asks the question."""
        return self.lines[id(question)]


def written(pieces: Iterable[Piece], language: Language) -> Written:
    """Put the pieces together."""
    lines: list[str] = []
    owners: dict[int, Piece] = {}
    asked: dict[int, int] = {}
    for piece in pieces:
        if piece.gap and lines:
            lines.append("")
        indent = "" if piece.kind in _AT_THE_MARGIN else "  "
        for question in piece.questions:
            lines.append(f"{indent}# {comment(question, language)}")
            owners[len(lines)] = piece
            asked[id(question)] = len(lines)
        if piece.text:
            lines.append(piece.text if piece.in_force else f"{indent}# {piece.text.lstrip()}")
            owners[len(lines)] = piece
    return Written("\n".join(lines) + "\n", owners, asked)


def comment(question: Question, language: Language) -> str:
    """A question as a comment asks it."""
    marker = MARKERS[question.weight.value].of(language)
    said = one_line(say(question.note, language))
    return f"{marker}{'：' if language == 'zh' else ': '}{said}"[:_MOST]


def fields(word: str, text: str) -> Iterator[str]:
    """A field of free text, cut into several where it is longer than a line may be."""
    plain = one_line(text)
    for start in range(0, len(plain), _MOST):
        yield word + plain[start : start + _MOST].strip()


def one_line(text: str) -> str:
    """A text that stays on its line: no break in it, and no mark before which a comment would begin."""
    flat = " ".join(text.split())
    while " #" in flat or " ＃" in flat:
        flat = flat.replace(" #", "#").replace(" ＃", "＃")
    return flat
