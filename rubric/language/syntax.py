"""From tokens to trees, with lark; a broken field is one finding and does not hide the next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Tree, UnexpectedToken
from lark.lexer import Lexer

from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.source import Span
from rubric.language.lexer import span_of
from rubric.language.nearest import nearest
from rubric.messages.vocabulary import KEYWORDS, UNIT_WORDS

# Every block and every field can be read alone: that is how a broken one is told from its neighbours.
STARTS = (
    *("rubric", "facts", "definitions", "level", "indicator"),
    *("year", "place", "basis", "full", "fraction", "grades", "note", "official"),
    *("fact", "definition", "formula", "scoring", "not_applicable", "example"),
)

# More expected things than these make a message worse, not better.
_MOST_EXPECTED = 6


class _Tokens(Lexer):
    """Hands lark the tokens that the lexer has made."""

    __future_interface__ = 2

    def __init__(self, _conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, _parser_state: Any) -> Iterator[Token]:
        """The tokens themselves."""
        return iter(lexer_state.text)


def grammar_text() -> str:
    """The grammar as it stands in the package."""
    return files("rubric.language").joinpath("grammar.lark").read_text("utf-8")


@cache
def parser() -> Lark:
    """The parser of the grammar, made once."""
    return Lark(grammar_text(), parser="lalr", lexer=_Tokens, start=list(STARTS), maybe_placeholders=False)


def parse(tokens: list[Token], start: str) -> Tree[Token]:
    """The tree of one block or field; raises lark's UnexpectedToken at the first token that does not fit."""
    return parser().parse(tokens, start=start)


def finding(problem: UnexpectedToken, tokens: list[Token], file: str, lines: list[str]) -> Diagnostic:
    """What is said of a token that does not fit: what was found, what was expected, the nearest right word."""
    token = problem.token
    expected = sorted(_accepts(problem) | problem.expected)
    before = _before(token, tokens)
    if before is not None and before.type in ("WORD", "LABEL") and before.line is not None:
        return _unknown_word(before, token, expected, file)
    if token.type == "$END":
        last = tokens[-1]
        place = Span(file, last.end_line or 1, last.end_column or 1, last.end_line or 1, (last.end_column or 1) + 1)
        return error(note("unfinished", expected=_expected(expected)), place)
    found = _phrase(token, lines)
    right = nearest(found, _spellings(expected), 0.6) if token.type != "NUMBER" else None
    if right:
        place = span_of(token, file)
        wide = Span(file, place.line, place.column, place.line, place.column + len(found))
        return error(note("unknown-word", word=found), wide, note("nearest", name=right))
    helps: tuple[Note, ...] = ()
    return error(
        note("unexpected", found=_shown(token, lines), expected=_expected(expected)), span_of(token, file), *helps
    )


def _accepts(problem: UnexpectedToken) -> set[str]:
    """What the parser would have taken; lark's own list may hold what a later step refuses."""
    state: Any = problem.interactive_parser
    return set(state.accepts()) if state is not None else set()


def _before(token: Token, tokens: list[Token]) -> Token | None:
    """The token before the one that did not fit: where it is an unknown word, that word is the mistake."""
    if token.type == "$END":
        return tokens[-1] if tokens and tokens[-1].type == "WORD" else None
    if token.type == "WORD":
        return token
    for index, each in enumerate(tokens):
        if each is token:
            return tokens[index - 1] if index and tokens[index - 1].type == "WORD" else None
    return None


def _unknown_word(word: Token, token: Token, expected: list[str], file: str) -> Diagnostic:
    place = span_of(word, file)
    known = [form for spellings in KEYWORDS.values() for form in (*spellings.zh, *spellings.en) if len(form) > 1]
    right = nearest(str(word), [*_spellings(expected), *known], 0.55)
    helps = (note("nearest", name=right),) if right else (note("expected-here", expected=_expected(expected)),)
    if word.type == "LABEL":
        return error(note("unexpected", found=str(word), expected=_expected(expected)), place)
    return error(note("unknown-word", word=str(word)), place, *helps)


def _spellings(terminals: list[str]) -> list[str]:
    words: list[str] = []
    for terminal in terminals:
        spellings = KEYWORDS.get(terminal)
        if spellings:
            words.extend(form for form in (*spellings.zh, *spellings.en) if len(form) > 1)
        elif terminal == "UNIT":
            words.extend(
                form for spellings in UNIT_WORDS.values() for form in (*spellings.zh, *spellings.en) if len(form) > 1
            )
    return words


def _phrase(token: Token, lines: list[str]) -> str:
    """The run of characters that the token begins, up to the next pause."""
    line = lines[(token.line or 1) - 1]
    start = end = (token.column or 1) - 1
    while end < len(line) and line[end] not in " ,;。，；、:：()（）\t\r　0123456789" and end - start < 20:
        end += 1
    return line[start:end] or str(token)


def _shown(token: Token, lines: list[str]) -> str:
    line = lines[(token.line or 1) - 1]
    return line[(token.column or 1) - 1 : (token.end_column or 2) - 1] or str(token)


def _expected(terminals: list[str]) -> tuple[Word, ...]:
    """The expected terminals worth naming, the most telling first."""
    ranked = sorted(set(terminals), key=lambda terminal: (_RANK.get(terminal, 50), terminal))
    return tuple(Word("terminal", terminal) for terminal in ranked[:_MOST_EXPECTED])


_RANK = {
    terminal: rank
    for rank, terminal in enumerate(
        (
            *("LABEL", "TEXT", "LPAR", "RPAR", "NUMBER", "POINTS", "UNIT", "NAME", "LEVEL", "AWARD", "FULL_MARKS"),
            *("NO_POINTS", "DEDUCT", "AT_MOST", "ABOVE", "EACH_ABOVE", "EACH", "EQUAL", "IS", "OTHERWISE", "COLON"),
            *("PLUS", "MINUS", "TIMES", "OVER", "UNTIL_NONE", "LIMIT", "WHOLE", "TO", "NONE", "COMMA", "SLASH", "RSQB"),
        )
    )
}
