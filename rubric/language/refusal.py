"""What is said of a text that the grammar does not take: what was found where, and what should stand there.

A policy officer has to understand it, so a refusal names words of the rule file and never a terminal of
the grammar, and of everything that could stand at a place only the few things that are likely meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from lark import Token

from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.nearest import nearest
from engine.source import Span
from rubric.language.lexer import ends_sentence
from rubric.language.names import Vocabulary
from rubric.language.text import file_of, span_of
from rubric.messages.vocabulary import KEYWORDS, UNIT_WORDS

# More expected things than these make a message worse, not better.
_MOST_EXPECTED = 3
# An unknown word may be noticed only some words later.
_LOOK_BACK = 6
# A quoted word of the text is cut to this length.
_SHOWN = 16
# Accepting a word as misspelt: one that cannot stand where it does, and one that might be a name.
_ALIKE, _VERY_ALIKE = 45, 60
# A single character is like too many words.
_SHORTEST = 2

# A sentence that begins with one of these belongs to the sentence before it.
_MODIFIERS = {"UNTIL_NONE", "UNTIL_FULL", "LIMIT", "SPENT", "WHOLE", "STARTED", "PROPORTIONAL"}


class _Group(NamedTuple):
    """Terminals that one phrase stands for: all of `needs` are expected, and none of `without`."""

    shown: str
    needs: frozenset[str]
    without: frozenset[str] = frozenset()


def _group(shown: str, needs: str = "", without: str = "") -> _Group:
    return _Group(shown, frozenset((needs or shown).split()), frozenset(without.split()))


# In the order in which they are worth naming.
_PHRASES = (
    _group("LABEL"),
    _group("TEXT"),
    _group("OPERAND", "NAME NUMBER LPAR", "AT_MOST"),
    _group("SITUATION", "NONE NAME", "NUMBER"),
    _group("CLAUSE", "AT_MOST EACH_ABOVE NAME"),
    _group("POINTS"),
    _group("EARNS", "AWARD NUMBER NAME", "FULL_MARKS"),
    _group("GIVES", "AWARD FULL_MARKS", "NAME"),
    _group("MOVES", "DEDUCT ADD"),
    _group("NUMBER", "NUMBER", "NAME AWARD AT_MOST EACH_ABOVE"),
    _group("UNIT", "UNIT", "PLUS"),
    _group("NAME", "NAME", "NUMBER AT_MOST"),
    _group("OPERATOR", "PLUS TIMES"),
    _group("LIMIT_FORM", "AT_MOST AT_LEAST NUMBER", "EACH_ABOVE NAME"),
    _group("COMPARISON", "AT_MOST BELOW", "NUMBER AT_LEAST"),
    _group("COMPARISON_DOWN", "AT_LEAST ABOVE", "NUMBER AT_MOST"),
    _group("SIDE", "ABOVE BELOW", "AT_MOST"),
    _group("READING", "WHOLE STARTED", "UNTIL_NONE"),
    _group("LEVEL", "LEVEL", "AT_MOST"),
)
_MARKS = tuple(
    map(_group, ("AS_STANDARD", "UNTIL", "EQUAL", "LPAR", "RPAR", "RSQB", "COLON", "SLASH", "OTHERWISE", "IS", "$END"))
)
_OPENING, _CLOSING = {"LPAR", "LSQB"}, {"RPAR", "RSQB"}
# Words that say what happens to points, but not to how many.
_WITHOUT_NUMBER = {"扣分", "减分", "加分", "计分", "得分", "给分"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Tokens that the grammar does not take: where they stop to fit, and what could have stood at each place."""

    tokens: list[Token]
    index: int
    start: str
    expected: Callable[[int], list[str]]

    @property
    def token(self) -> Token | None:
        """The token that does not fit; None where the text ends too early."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None


class Refusal:
    """Words the refusals of one file."""

    def __init__(self, file: str, texts: Mapping[str, str]) -> None:
        self.file = file
        self.lines = {name: text.split("\n") for name, text in texts.items()}
        self.vocabulary = Vocabulary({}, {})

    def of(self, problem: Problem) -> Diagnostic:
        """The finding for the first token that does not fit."""
        tokens, index = problem.tokens, problem.index
        missing = self._head(problem) or self._bracket(problem) or self._misspelt(problem)
        if missing:
            return missing
        help_note = note("expected-here", expected=_shown(problem.expected(index)))
        last = tokens[index - 1] if index else None
        if last is not None and (index == len(tokens) or self._apart(last, tokens[index])):
            if problem.start == "definition" and not any(each.type == "EQUAL" for each in tokens):
                return error(note("equals-missing"), self._behind(last), note("definition-form"))
            if index == 1 and problem.start != "fact":
                return error(note("empty-field", word=self._text(last)), self._behind(last), help_note)
            return error(note("unfinished", before=self._text(last)), self._behind(last), help_note)
        found, place = self._text(tokens[index]), span_of(tokens[index], self.file)
        if last is None:
            return error(note("unexpected-first", found=found), place, help_note)
        return error(note("unexpected", found=found, before=self._text(last)), place, help_note)

    def sentences_after(self, problem: Problem) -> Iterator[list[Token]]:
        """The sentences behind the one that broke off, but for those that only go on with it."""
        tokens, sentence = problem.tokens, list[Token]()
        start = max(problem.index - 1, 0)
        for before, each in zip(tokens[start:], tokens[start + 1 :], strict=False):
            if self._apart(before, each):
                if sentence:
                    yield sentence
                sentence = [] if each.type in _MODIFIERS else [each]
            elif sentence:
                sentence.append(each)
        if sentence:
            yield sentence

    # ------------------------------------------------------------------------- full marks and brackets

    def _head(self, problem: Problem) -> Diagnostic | None:
        return self.marks_missing(problem.tokens) if problem.start in ("indicator", "level") else None

    def marks_missing(self, tokens: list[Token]) -> Diagnostic | None:
        """The head of an indicator without （N 分）; a number at its end is taken to be the points."""
        labels = [each for each in tokens if each.type == "LABEL"]
        if not labels or any(each.type == "LPAR" for each in tokens):
            return None
        name = self._text(labels[0], whole=True)
        number = _POINTS_AT_END.search(name, max(0, len(name) - _MARKS_LENGTH))
        points = number[1] if number else "…"
        bare = name[: number.start()].rstrip() if number else name
        marks = f" ({points} points)" if bare.isascii() else f"（{points} 分）"
        fix = note("write", text=f"{tokens[0]} {bare}{marks}")
        return error(note("marks-missing", name=_cut(bare)), span_of(labels[0], self.file), fix)

    def _bracket(self, problem: Problem) -> Diagnostic | None:
        """A bracket without the other half of its pair."""
        open_brackets: list[Token] = []
        for each in problem.tokens[: problem.index]:
            if each.type in _OPENING:
                open_brackets.append(each)
            elif each.type in _CLOSING and open_brackets:
                open_brackets.pop()
        token = problem.token
        if token is not None and token.type in _CLOSING and not open_brackets:
            return error(note("right-bracket-alone"), span_of(token, self.file), note("left-bracket"))
        if token is None and open_brackets and _CLOSING & set(problem.expected(problem.index)):
            return error(note("left-bracket-alone"), span_of(open_brackets[-1], self.file), note("right-bracket"))
        return None

    # --------------------------------------------------------------------------------- unknown words

    def _misspelt(self, problem: Problem) -> Diagnostic | None:
        """The unknown word that is to blame: the one at the place, just before it, or a misspelt one before that."""
        tokens, index = problem.tokens, problem.index
        for distance, back in enumerate(range(index, max(index - _LOOK_BACK, 0), -1)):
            if back >= len(tokens):
                continue
            if distance > 1 and self._apart(tokens[back], tokens[back + 1]):
                return None
            if tokens[back].type == "WORD":
                return self._mistake(problem, back, sure=distance < 2)
        return self._misplaced(problem)

    def _mistake(self, problem: Problem, index: int, sure: bool) -> Diagnostic | None:
        """What is said of an unknown word; one further back must be very like a right one."""
        token, before = problem.tokens[index], problem.tokens[index - 1]
        word, place = self._text(token, whole=True), span_of(token, self.file)
        if word in _WITHOUT_NUMBER:
            return error(note("points-left-out", word=word), place, note("write-points"))
        wanted = _spellings(problem.expected(index) + problem.expected(problem.index))
        known = [*wanted, *_ALL_WORDS]
        if self._touch(before, token):
            # 每超国, 个百分占: the first half is a word of its own.
            joined = self._text(before, whole=True) + word
            right = nearest(joined, known, _VERY_ALIKE)
            if right:
                return _unknown(joined, span_of(before, self.file).to(place), note("nearest", name=right))
        if len(word) < _SHORTEST:
            return self._strange(problem, index, word, place) if sure and word not in _UNIT_FORMS else None
        least = (50 if len(word) == _SHORTEST else _ALIKE) if sure else _VERY_ALIKE
        right = nearest(word, wanted, least) or nearest(word, chain(_ALL_WORDS, self.vocabulary.names), least)
        if right:
            return _unknown(word, place, note("nearest", name=right))
        return self._strange(problem, index, word, place) if sure else None

    def _strange(self, problem: Problem, index: int, word: str, place: Span) -> Diagnostic:
        """An unknown word that is like no other: what could stand in its place."""
        return _unknown(word, place, note("expected-here", expected=_shown(problem.expected(index))))

    def _misplaced(self, problem: Problem) -> Diagnostic | None:
        """A token that begins a misspelt word without being unknown itself."""
        token = problem.token
        if token is None or token.type in ("NUMBER", "TEXT", "NAME", "LABEL"):
            return None
        phrase = self._phrase(token)
        if phrase == self._text(token, whole=True):
            return None
        right = nearest(phrase, _spellings(problem.expected(problem.index)), _VERY_ALIKE)
        place = span_of(token, self.file)
        wide = Span(place.file, place.line, place.column, place.line, place.column + len(phrase))
        return _unknown(phrase, wide, note("nearest", name=right)) if right else None

    # ---------------------------------------------------------------------------------- the text itself

    def _text(self, token: Token, whole: bool = False) -> str:
        """A token as its author wrote it."""
        line = self._line(token.line)
        written = str(token)
        if token.line is not None and token.line == token.end_line:
            written = line[(token.column or 1) - 1 : (token.end_column or 1) - 1].strip() or written
        return written if whole else _cut(written)

    def _phrase(self, token: Token) -> str:
        """The run of characters that the token begins, up to the next pause."""
        line = self._line(token.line)
        found = _RUN.match(line, (token.column or 1) - 1)
        return found[0] if found else str(token)

    def _touch(self, one: Token, other: Token) -> bool:
        return one.line is not None and (one.line, one.end_column) == (other.line, other.column)

    def _apart(self, one: Token, other: Token) -> bool:
        """Whether a sentence ends between two tokens that follow one another."""
        line = self._line(one.end_line)
        end = (other.column or 1) - 1 if one.end_line == other.line else len(line)
        return ends_sentence(line[(one.end_column or 1) - 1 : end])

    def _line(self, number: int | None) -> str:
        """A line of the file that it stands in."""
        return self.lines[file_of(number, self.file)][(number or 1) - 1]

    def _behind(self, token: Token) -> Span:
        """The place just behind a token."""
        line, column = token.end_line or 1, token.end_column or 1
        return Span(file_of(line, self.file), int(line), column, int(line), column + 1)


_POINTS_AT_END = re.compile(r"[\s(（]*([0-9]+(?:\.[0-9]+)?)\s*(?:分|points?|pts)?[)）]?$", re.IGNORECASE)
# Full marks are not longer than this; a search through a whole line would be slow.
_MARKS_LENGTH = 30
_RUN = re.compile(r"[^\s,;。，；、:：()（）0-9]{1,20}")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _unknown(word: str, place: Span, help_note: Note) -> Diagnostic:
    return error(note("unknown-word", word=_cut(word)), place, help_note)


def _spellings(terminals: Iterable[str]) -> list[str]:
    """How the terminals may be written, where that is a word and not a single character."""
    wanted = set(terminals)
    words = [spellings for terminal, spellings in KEYWORDS.items() if terminal in wanted]
    if "UNIT" in wanted or "POINTS" in wanted:
        words.extend(UNIT_WORDS.values())
    return [form for spellings in words for form in (*spellings.zh, *spellings.en) if len(form) > 1]


_UNIT_FORMS = {form for spellings in UNIT_WORDS.values() for form in (*spellings.zh, *spellings.en)}
_ALL_WORDS = _spellings([*KEYWORDS, "UNIT"])


def _shown(terminals: Iterable[str]) -> tuple[Word, ...]:
    """The few expected things worth naming: phrases, or where there are none, words and marks."""
    expected = set(terminals)
    for groups in (_PHRASES, _MARKS):
        fitting = [each.shown for each in groups if each.needs <= expected and not each.without & expected]
        if fitting:
            return tuple(Word("terminal", each) for each in fitting[:_MOST_EXPECTED])
    return tuple(Word("terminal", each) for each in sorted(expected)[:_MOST_EXPECTED])
