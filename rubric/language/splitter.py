"""Cuts a file into blocks and fields, line by line; a broken line does not hide the next.

What begins a block or a field stands at the start of a line. A block word (指标, 事实 …) is followed by a
space, a field word (公式, 评分 …) by a colon. Where either is misspelt or its mark is missing, that is a
finding, and the block or field is opened all the same, so that what follows is still read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lark import Token

from engine.diagnostic import Diagnostic, Note, error, note
from engine.nearest import nearest
from engine.source import Span
from rubric.language.text import MAX_FINDINGS, MAX_LINE, At, Line, either, normalise, table
from rubric.messages.vocabulary import (
    FIELDS,
    HEADER_FIELDS,
    HEADS,
    INDICATOR_FIELDS,
    KEYWORDS,
    LEVEL_FIELDS,
    OVERALL_FIELDS,
)


@dataclass(slots=True)
class Field:
    """The head of a block or one field in it: what it is read as, the token that opens it, and its lines."""

    start: str
    opening: Token
    lines: list[Line]

    @property
    def terminal(self) -> str:
        """The terminal that opens it."""
        return self.opening.type


@dataclass(slots=True)
class Block:
    """A stretch of the file that begins with a block word, with its fields in order."""

    start: str
    fields: list[Field] = field(default_factory=list)
    # The head in the file that an amendment is based on, where the amendment has a head of its own.
    amended: Field | None = None


_BLOCK_STARTS = {
    "RUBRIC": "rubric",
    "FACTS": "facts",
    "TABLE": "table",
    "DEFINITIONS": "definitions",
    "SOURCES": "sources",
    "LEVEL_1": "level",
    "LEVEL_2": "level",
    **dict.fromkeys(("INDICATOR", "ROW_INDICATOR", "BONUS", "PENALTY"), "indicator"),
    "OVERALL": "overall",
}
# Fields that are read as something else than their word says, by the block that they stand in.
_READ_AS = {("indicator", "VETO"): "forfeit", ("rubric", "NOT_APPLICABLE"): "header_exempt"}
_HEADS = table(HEADS.items())
_FIELDS = table(FIELDS.items())
# The fields that each kind of block may have.
_ALLOWED = {
    "rubric": table(HEADER_FIELDS.items()),
    "indicator": table({**LEVEL_FIELDS, **INDICATOR_FIELDS}.items()),
    "level": table(LEVEL_FIELDS.items()),
    "overall": table({**OVERALL_FIELDS, "NOTE": FIELDS["NOTE"]}.items()),
}
# Fields of free text, in which a colon or a keyword means nothing.
TEXT_FIELDS = frozenset({"PLACE", "BASIS", "NOTE", "OFFICIAL", "AMENDS", "DROP", "CHANGE", "AFTER"})

# 评份 shares one character of two with 评分.
_ALIKE = 49

MARKS = r"\(\s*(?:最多|最高|up\s+to)?\s*[\d.零一二两三四五六七八九十]+\s*(?:分|points?|pts)\s*\)"
# 基准值取甲与乙中较低的: a definition whose sign is a word.
TAKES = re.compile(rf"取(?=[^取]*(?:{either((*KEYWORDS['LOWER_OF_THEM'].zh, *KEYWORDS['HIGHER_OF_THEM'].zh))})\s*$)")
_HEAD = re.compile(rf"\s*({either(_HEADS)})(?=[\s:「\"(]|$)\s*:?\s*", re.IGNORECASE)
_FIELD = re.compile(rf"\s*({either(_FIELDS)})\s*:\s*", re.IGNORECASE)
_BARE_FIELD = re.compile(rf"\s*({either(_FIELDS)})(?=\s)", re.IGNORECASE)
_GLUED_HEAD = re.compile(rf"\s*({either(form for form in _HEADS if not form.isascii())})(?=\S[^()]*{MARKS}\s*$)")
_UNKNOWN_HEAD = re.compile(r"\s*([^\s:,;。()]{2,12})(?=\s)")
_ENDS_WITH_MARKS = re.compile(rf"{MARKS}\s*$")
_UNKNOWN_FIELD = re.compile(r"\s*([^\s:,;。()=≤≥<>\d][^:,;。()=≤≥<>]{0,15}):")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")


class Comment(NamedTuple):
    """A comment: its line, its first column, its text without the mark, and whether it has the line to itself."""

    line: int
    column: int
    text: str
    alone: bool


class Splitter:
    """Reads the blocks of a text; what it finds wrong on the way is kept beside them, and so are the comments."""

    def __init__(self, file: str, placed: bool = False) -> None:
        self.file = file
        # Whether every line is to know its file, as it will stand among those of another.
        self._placed = placed
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.findings: list[Diagnostic] = []
        # False where a line could not be told that may have carried marks: sums would then mislead.
        self.heads_settled = True
        # A blank line ends a text: what follows it is read for what it looks like.
        self._after_blank = False

    def split(self, text: str) -> list[Block]:
        """The blocks of the text, in order."""
        for number, original in enumerate(text.split("\n"), 1):
            self._line(number, original)
            if len(self.findings) > MAX_FINDINGS:
                break
        return self.blocks

    def _line(self, number: int, original: str) -> None:
        original = original.rstrip("\r")
        if len(original) > MAX_LINE:
            place = Span(self.file, number, MAX_LINE + 1, number, MAX_LINE + 2)
            self._error(place, note("line-too-long", length=len(original), limit=MAX_LINE))
            self.heads_settled = False
            if self.blocks and self.blocks[-1].start in _ALLOWED:
                # It may have been any field, so none is asked for that seems to be missing.
                self.blocks[-1].fields.append(Field("unknown", Token("NOTE", ""), []))
            return
        plain = normalise(original)
        comment = _COMMENT.search(plain) if "#" in plain else None
        if comment:
            start = comment.start()
            alone = not plain[:start].strip()
            self.comments.append(Comment(number, start + 1, original[start + 1 :].strip(), alone))
        text = (plain[: comment.start()] if comment else plain).rstrip()
        if not text.strip():
            self._after_blank = True
            return
        line = Line(At(number, self.file) if self._placed else number, 1, text, original[: len(text)])
        head = _HEAD.match(text)
        if head and not (self._in_text() and _HEADS[_plain(head[1])] == "TABLE"):
            self._open_block(_HEADS[_plain(head[1])], line, head, head.end())
        elif not self._glued_head(line) and not self._misspelt_head(line):
            self._inside(line)
        self._after_blank = False

    # -------------------------------------------------------------------------------------------- blocks

    def _open_block(self, terminal: str, line: Line, word: re.Match[str], end: int) -> None:
        self.blocks.append(Block(_BLOCK_STARTS[terminal]))
        self._open_field(terminal, self.blocks[-1].start, line, word, end)

    def _open_field(self, terminal: str, start: str, line: Line, word: re.Match[str], end: int) -> None:
        first, last = word.span(1)
        opening = Token(terminal, word[1], first, line.number, first + 1, line.number, last + 1, last)
        lines = [line.rest(end)] if line.text[end:].strip() else []
        self.blocks[-1].fields.append(Field(start, opening, lines))

    def _glued_head(self, line: Line) -> bool:
        """A block word that is written on into the name behind it: 指标预算完成率（5 分）."""
        glued = _GLUED_HEAD.match(line.text)
        if glued is None or self._in_text():
            return False
        fix = f"{glued[1]} {line.original[glued.end(1) :].strip()}"
        self._error(_place(self.file, line, glued), note("keyword-needs-space", word=glued[1]), note("write", text=fix))
        self._open_block(_HEADS[_plain(glued[1])], line, glued, glued.end(1))
        return True

    def _misspelt_head(self, line: Line) -> bool:
        """A line that is built like the head of a block, but whose first word is not known."""
        unknown = None if self._in_text() else _UNKNOWN_HEAD.match(line.text)
        if unknown is None or not _ENDS_WITH_MARKS.search(line.text):
            return False
        right = nearest(_plain(unknown[1]), _HEADS, _ALIKE)
        if right is None:
            self.heads_settled = False
            return False
        self._error(_place(self.file, line, unknown), note("unknown-keyword", word=unknown[1]), _nearest(right))
        self._open_block(_HEADS[right], line, unknown, unknown.end(1))
        return True

    def _in_text(self) -> bool:
        return bool(self.blocks) and self.blocks[-1].fields[-1].terminal in TEXT_FIELDS and not self._after_blank

    # -------------------------------------------------------------------------------------------- fields

    def _inside(self, line: Line) -> None:
        """A line that begins no block: a declaration, a field, or more of what came before."""
        if not self.blocks:
            self._before_title(line)
            return
        match self.blocks[-1].start:
            case "facts" | "table":
                self._declaration("fact", "FACT", line)
            case "definitions":
                self._declaration("definition", "DEFINITION", line)
            case "sources":
                self._declaration("source", "SOURCE", line)
            case _:
                self._field(line)

    def _before_title(self, line: Line) -> None:
        first = len(line.text) - len(line.text.lstrip())
        place = Span(self.file, line.number, first + 1, line.number, len(line.text) + 1)
        self._error(place, note("before-title"), note("begin-with-title"))
        self.blocks.append(Block("rubric", [Field("unknown", Token("NOTE", ""), [])]))

    def _declaration(self, start: str, terminal: str, line: Line) -> None:
        """A line in a block of declarations: one of its own, or more of the one before."""
        fields = self.blocks[-1].fields
        piece = _stripped(line)
        if fields[-1].start == start and _goes_on(start, fields[-1].lines[-1], piece):
            fields[-1].lines.append(piece)
        else:
            fields.append(Field(start, Token(terminal, ""), [piece]))

    def _field(self, line: Line) -> None:
        block = self.blocks[-1]
        allowed = _ALLOWED[block.start]
        known = _FIELD.match(line.text)
        if known and _plain(known[1]) in allowed:
            terminal = allowed[_plain(known[1])]
            self._open_field(terminal, _start(block.start, terminal), line, known, known.end())
        elif not (self._without_colon(line, allowed) or self._misspelt_field(line, allowed)):
            block.fields[-1].lines.append(_stripped(line))

    def _without_colon(self, line: Line, allowed: Mapping[str, str]) -> bool:
        """A field word at the start of a line whose colon was forgotten."""
        bare = None if self._in_text() else _BARE_FIELD.match(line.text)
        if bare is None or _plain(bare[1]) not in allowed:
            return False
        colon = ": " if bare[1].isascii() else "："
        fix = f"{bare[1]}{colon}{line.original[bare.end(1) :].strip()}"
        self._error(_place(self.file, line, bare), note("field-needs-colon", word=bare[1]), note("write", text=fix))
        terminal = allowed[_plain(bare[1])]
        self._open_field(terminal, _start(self.blocks[-1].start, terminal), line, bare, bare.end(1))
        return True

    def _misspelt_field(self, line: Line, allowed: Mapping[str, str]) -> bool:
        """A word with a colon at the start of a line that is no field here."""
        unknown = _UNKNOWN_FIELD.match(line.text)
        if unknown is None:
            return False
        label = unknown[1].strip()
        right = nearest(_plain(label), allowed, _ALIKE)
        elsewhere = _plain(label) in _FIELDS
        if self._in_text() and right is None and not elsewhere:
            return False
        helps = _nearest(right) if right else note("fields-here", names=_shown(allowed, label))
        self._error(_place(self.file, line, unknown), note("unknown-field", word=label), helps)
        if right:
            terminal = allowed[right]
            self._open_field(terminal, _start(self.blocks[-1].start, terminal), line, unknown, unknown.end())
        else:
            # The lines of a field that cannot be told are passed over with it.
            self.blocks[-1].fields.append(Field("unknown", Token("NOTE", label), []))
        return True

    def _error(self, place: Span, headline: Note, *helps: Note) -> None:
        self.findings.append(error(headline, place, *helps))


def _start(block: str, terminal: str) -> str:
    """What a field is read as."""
    return _READ_AS.get((block, terminal), terminal.lower())


def _goes_on(start: str, before: Line, line: Line) -> bool:
    """Whether a line goes on with the declaration before it: a list that ended in a mark, a formula without a name."""
    if start == "fact":
        return before.text.rstrip().endswith(("、", ","))
    if start == "source":
        return before.text.rstrip().endswith((";", ":"))
    return "=" not in line.text and not TAKES.search(line.text)


def _stripped(line: Line) -> Line:
    return line.rest(len(line.text) - len(line.text.lstrip()))


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word).lower()


def _nearest(right: str) -> Note:
    return note("nearest", name=right)


def _shown(allowed: Mapping[str, str], label: str) -> tuple[str, ...]:
    """The fields that may stand here, each once, in the language of the wrong label."""
    first = {terminal: form for form, terminal in reversed(list(allowed.items())) if form.isascii() == label.isascii()}
    return tuple(form for form in allowed if form in first.values())


def _place(file: str, line: Line, word: re.Match[str]) -> Span:
    return Span(file, line.number, word.start(1) + 1, line.number, word.end(1) + 1)
