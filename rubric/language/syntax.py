"""From tokens to trees, with lark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, UnexpectedToken
from lark.lexer import Lexer

from engine.diagnostic import Diagnostic
from rubric.language.refusal import Problem, Refusal
from rubric.language.table import parser_of
from rubric.language.trees import Node

# Every block and every field can be read alone: that is how a broken one is told from its neighbours.
STARTS = (
    *("rubric", "facts", "table", "definitions", "level", "indicator", "overall"),
    *(
        "amends",
        "drop",
        "year",
        "place",
        "basis",
        "full",
        "fraction",
        "ends",
        "percents",
        "grades",
        "header_exempt",
        "note",
        "official",
    ),
    *("fact", "definition", "formula", "scoring", "not_applicable", "forfeit", "rounding", "rows", "provided"),
    *("change", "after", "example", "together", "cap", "veto", "consequence"),
)
# Fields of several sentences, of which each is read though another is broken.
_MANY_SENTENCES = ("scoring", "grades")


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
    return parser_of(grammar_text(), _Tokens, list(STARTS))


def parse(tokens: list[Token], start: str, refusal: Refusal) -> Node | list[Diagnostic]:
    """The tree of one block or field, or what is wrong with it."""
    found = _parse(tokens, start)
    if not isinstance(found, Problem):
        return found
    findings = [refusal.of(found)]
    if start in _MANY_SENTENCES:
        for sentence in refusal.sentences_after(found):
            again = _parse([tokens[0], *sentence], start)
            if isinstance(again, Problem):
                findings.append(refusal.of(again))
    return findings


def _parse(tokens: list[Token], start: str) -> Node | Problem:
    try:
        return parser().parse(tokens, start=start)
    except UnexpectedToken as problem:
        index = next((index for index, each in enumerate(tokens) if each is problem.token), len(tokens))
        return Problem(tokens, index, start, cache(lambda place: _expected(tokens[:place], start)))


def _expected(before: list[Token], start: str) -> list[str]:
    """What may follow some tokens. The parser that failed no longer knows: it has reduced on the wrong token."""
    state: Any = parser().parse_interactive("", start=start)
    for each in before:
        state.feed_token(each)
    return sorted(state.accepts())
