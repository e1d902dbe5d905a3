"""Lays a rule file out anew, in one way, with its comments: `rubric fmt`.

The rubric is written as `write` writes it, and each comment is put back beside what it stood beside. What comes out is
read again and must be the same rubric; if it is not, the file is left as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from engine.rules import Rubric
from rubric.language.amend import Load
from rubric.language.declarations import head_labels
from rubric.language.phrases import label
from rubric.language.read import parse_rubric
from rubric.language.splitter import TEXT_FIELDS, Block, Comment, Field, Splitter
from rubric.language.trees import bilingual
from rubric.language.write import Piece, pieces
from rubric.messages.vocabulary import ALL_WORDS
from rubric.messages.wording import Language

_IGNORES = {"zh": ("忽略", "："), "en": ("ignore", ": ")}
_ASKS = re.compile(r"(?:忽略|ignore)\s+([A-Za-z][A-Za-z0-9-]*)\s*(?:[:：]\s*(.*))?$")
_HEADS = frozenset(
    {
        *("RUBRIC", "FACTS", "TABLE", "DEFINITIONS", "LEVEL_1", "LEVEL_2", "INDICATOR", "ROW_INDICATOR"),
        *("BONUS", "PENALTY", "OVERALL"),
    }
)


class UnlikeError(ValueError):
    """What was written does not read as the same rubric."""


def language_of(text: str) -> Language:
    """The language in which a rule file is written: that of the word that it begins with."""
    return _language_of(Splitter("").split(text))


def _language_of(blocks: Sequence[Block]) -> Language:
    return "en" if blocks and str(blocks[0].fields[0].opening).isascii() else "zh"


def format_rules(text: str, language: Language | None = None, file: str = "", load: Load | None = None) -> str:
    """A rule file in its one layout, in its own language or in another.

    ValueError where the rubric holds what no rule file can say, UnlikeError where reading it again gives another one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    before = parse_rubric(text, file, load)
    if before.rubric is None:
        raise ValueError("a file that holds no rubric")
    splitter = before.splitters[0]
    if len(before.splitters) > 1:
        # What amends another has been taken apart and put into it.
        splitter = Splitter(file)
        splitter.split(text)
    language = language or _language_of(splitter.blocks)
    written = _Layout(text, file, before.rubric, language, splitter).text()
    if parse_rubric(written, file, load, before).rubric != before.rubric:
        raise UnlikeError
    return written


@dataclass(slots=True)
class _Laid:
    """A piece with the comments that stand above it and behind it."""

    piece: Piece
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


class _Layout:
    """Lays one file out."""

    def __init__(self, text: str, file: str, rubric: Rubric, language: Language, splitter: Splitter) -> None:
        self.rubric = rubric
        self.file = file
        self.language = language
        self.blocks = splitter.blocks
        self.comments = splitter.comments
        self.lines = text.split("\n")
        self.amends = any(each.terminal == "AMENDS" for block in self.blocks for each in block.fields)
        self.laid: list[_Laid] = []
        # For every field of the file, by its place, the piece that says it now.
        self.said: dict[int, _Laid] = {}

    def text(self) -> str:
        """The whole file."""
        found = list(pieces(self.rubric, self.language))
        if self.amends:
            self._own_order(found)
        else:
            self._canonical_order(found)
        self._put_comments()
        lines: list[str] = []
        for index, laid in enumerate(self.laid):
            lines.extend(self._lines(laid, first=index == 0))
        return "\n".join(lines) + "\n"

    def _lines(self, laid: _Laid, first: bool) -> Iterator[str]:
        indent = "" if laid.piece.terminal in _HEADS else "  "
        if laid.piece.gap and not first:
            yield ""
        for comment in laid.above:
            yield indent + comment if comment else ""
        *before, last = laid.piece.lines
        yield from before
        yield "  ".join([last, *laid.behind]) if len(laid.behind) == 1 else last
        if len(laid.behind) > 1:
            yield from ("  " + comment for comment in laid.behind)
        yield from ("  " + comment for comment in laid.below)

    # -------------------------------------------------------------------------------- ordinary rule files

    def _canonical_order(self, found: Sequence[Piece]) -> None:
        """The pieces as they are written, each with the field of the file that it says anew."""
        by_line = {line: each for block in self.blocks for each in block.fields for line in _numbers(each)}
        block_of = {id(each): block for block in self.blocks for each in block.fields}
        block: Block | None = None
        waiting: dict[str, list[Field]] = {}
        for piece in found:
            laid = _Laid(piece)
            self.laid.append(laid)
            at = by_line.get(piece.origin.line) if piece.origin.line else None
            if piece.terminal in _HEADS:
                block = block_of[id(at)] if at is not None else self._first(piece.terminal)
                waiting = defaultdict(list)
                for each in block.fields if block else []:
                    waiting[each.terminal].append(each)
            if at is None or at.terminal != piece.terminal:
                queue = waiting.get(piece.terminal)
                at = queue[0] if queue else None
            if at is None:
                continue
            # A basis in several fields is one afterwards; of notes each stays by itself.
            same = waiting.get(at.terminal, [])
            taken = list(same) if piece.terminal == "BASIS" else [at]
            for each in taken:
                self.said[id(each)] = laid
                if each in same:
                    same.remove(each)

    def _first(self, terminal: str) -> Block | None:
        return next((block for block in self.blocks if block.fields[0].terminal == terminal), None)

    # ----------------------------------------------------------------------------------------- amendments

    def _own_order(self, found: Sequence[Piece]) -> None:
        """The fields of an amendment in their own order, each as it is written in the whole."""
        above: Block | None = None
        for block in self.blocks:
            inside = above is not None and _begins_with(above, block)
            above = block
            for index, each in enumerate(block.fields):
                piece = self._of_amendment(each, found, gap=index == 0 and block is not self.blocks[0] and not inside)
                laid = _Laid(piece)
                self.laid.append(laid)
                self.said[id(each)] = laid

    def _of_amendment(self, each: Field, found: Sequence[Piece], gap: bool) -> Piece:
        terminal = each.terminal
        if terminal in _HEADS:
            return Piece((self._amended_head(each, found),), gap=gap, terminal=terminal)
        if terminal not in TEXT_FIELDS:
            numbers = _numbers(each)
            own = (p for p in found if p.origin.file == self.file and p.origin.line in numbers)
            piece = next((p for p in own if p.terminal == terminal), None)
            piece = piece or next((p for p in found if not p.origin.line and p.terminal == terminal), None)
            if piece is not None:
                return piece
        text = "".join(line.original.strip() for line in each.lines)
        if terminal in ("FACT", "DEFINITION", "SOURCE"):
            return Piece((f"  {text}",), terminal=terminal)
        colon = "：" if self.language == "zh" else ": "
        return Piece((f"  {ALL_WORDS[terminal].first(self.language)}{colon}{text}",), terminal=terminal)

    def _amended_head(self, each: Field, found: Sequence[Piece]) -> str:
        """The head of a block of an amendment; without full marks where it says none."""
        numbers = _numbers(each)
        own = (p for p in found if p.origin.file == self.file and p.origin.line in numbers and p.terminal in _HEADS)
        piece = next(own, None)
        if each.terminal == "RUBRIC" and piece is not None:
            return piece.lines[0]
        if piece is not None:
            # A name is written as the amendment has it; what it does not say of it, its base does.
            name = label(bilingual(*map(str, head_labels(each))), self.language)
            marks = piece.lines[0][max(piece.lines[0].rfind("（"), piece.lines[0].rfind(" (")) :]
            return f"{ALL_WORDS[each.terminal].first(self.language)} {name}{marks}"
        word = ALL_WORDS[each.terminal].first(self.language)
        text = "".join(line.original.strip() for line in each.lines)
        return f"{word} {text}" if text else word

    # ------------------------------------------------------------------------------------------- comments

    def _put_comments(self) -> None:
        """Every comment, beside what it stood beside."""
        fields = [(each, block) for block in self.blocks for each in block.fields if _numbers(each)]
        alone = [comment for comment in self.comments if comment.alone]
        for comment in self.comments:
            if not comment.alone:
                self._around(comment, fields).behind.append(self._shown(comment))
        for _, run in groupby(enumerate(alone), key=lambda each: each[1].line - each[0]):
            self._put_alone([comment for _, comment in run], fields)

    def _around(self, comment: Comment, fields: Sequence[tuple[Field, Block]]) -> _Laid:
        around = next((each for each, _ in fields if comment.line in _numbers(each)), None)
        return self._laid_of(around)

    def _put_alone(self, run: Sequence[Comment], fields: Sequence[tuple[Field, Block]]) -> None:
        """Comments on lines of their own, one below the other."""
        first, last = run[0].line, run[-1].line
        said = [self._shown(comment) for comment in run]
        inside = next((each for each, _ in fields if min(_numbers(each)) < first < max(_numbers(each))), None)
        if inside is not None:
            self._laid_of(inside).above.extend(said)
            return
        below = next((each for each, _ in fields if min(_numbers(each)) > last), None)
        touches_below = below is not None and min(_numbers(below)) == last + 1
        above = [(each, block) for each, block in fields if max(_numbers(each)) < first]
        touches_above = bool(above) and max(max(_numbers(each)) for each, _ in above) == first - 1
        if below is None or (touches_above and not touches_below):
            block = above[-1][1] if above else None
            self._last_of(block).below.extend(said)
            return
        laid = self._laid_of(below)
        laid.above.extend(said)
        if not touches_below and not above:
            # A word before the whole file is kept apart from its title.
            laid.above.append("")

    def _laid_of(self, each: Field | None) -> _Laid:
        """The piece that says a field now; where nothing does, the first one."""
        return self.laid[0] if each is None else self.said.get(id(each), self.laid[0])

    def _last_of(self, block: Block | None) -> _Laid:
        """The last piece of a block."""
        own = [self.said[id(each)] for each in block.fields if id(each) in self.said] if block else []
        return max(own, key=self.laid.index) if own else self.laid[-1]

    def _shown(self, comment: Comment) -> str:
        """A comment; what asks for a finding to be left out is said in the language of the file."""
        asks = _ASKS.match(comment.text)
        if asks is None:
            return f"# {comment.text}".rstrip()
        word, colon = _IGNORES[self.language]
        reason = (asks[2] or "").strip()
        return f"# {word} {asks[1]}{colon}{reason}" if reason else f"# {word} {asks[1]}"


def _numbers(each: Field) -> range:
    """The lines of a field."""
    numbers = [int(line.number) for line in each.lines]
    if each.opening.line:
        numbers.append(int(each.opening.line))
    return range(min(numbers), max(numbers) + 1) if numbers else range(0)


def _begins_with(level: Block, block: Block) -> bool:
    """Whether a level of the first kind has nothing but its head above a level of the second kind."""
    heads = (level.fields[0].terminal, block.fields[0].terminal)
    return heads == ("LEVEL_1", "LEVEL_2") and len(level.fields) == 1
