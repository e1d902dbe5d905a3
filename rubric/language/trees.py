"""What the builders share: where a tree stands, what its tokens are worth, and the findings on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, cast

from lark import Token, Tree

from engine.diagnostic import Argument, Diagnostic, Note, error, note
from engine.rules import Name
from engine.source import Span
from engine.unit import ONE, UNITS, Quantity
from rubric.language.text import file_of, span_of

Node = Tree[Token]


class Trees:
    """Reads the trees of one file."""

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        self.file = file
        self.findings = findings

    def span(self, node: Node | Token) -> Span:
        """From the first to the last token of a tree."""
        if isinstance(node, Token):
            return span_of(node, self.file)
        first, last = _edge(node, 0), _edge(node, -1)
        line = first.line or 0
        end = int(last.end_line or 0), max(last.end_column or 0, 0)
        return Span(file_of(line, self.file), int(line), max(first.column or 0, 0), *end)

    def error(self, place: Span, code: str, *helps: Note, **arguments: Argument) -> None:
        """Keep a finding."""
        self.findings.append(error(note(code, **arguments), place, *helps))


def _edge(node: Node | Token, index: int) -> Token:
    while isinstance(node, Tree):
        node = node.children[index]
    return node


def bilingual(first: str, second: str | None = None) -> Name:
    """A name from its forms, told apart by their characters."""
    zh = en = None
    for form in (first, second):
        if form and form.isascii():
            en = en or form
        elif form:
            zh = zh or form
    return Name(zh, en)


def name_of(label: Node) -> Name:
    """The name that a label declares."""
    return bilingual(*map(str, label.children))


def number(token: Token) -> Fraction:
    """The exact number of a NUMBER token."""
    return Fraction(int(token)) if token.isdecimal() else Fraction(str(token))


def quantity(parts: Iterable[Any]) -> Quantity:
    """A number with its unit, from its tokens."""
    negative, value, unit = False, Fraction(0), ONE
    for part in parts:
        match part.type:
            case "MINUS":
                negative = True
            case "NUMBER":
                value = number(part)
            case "UNIT" | "POINTS":
                unit = UNITS[str(part)]
    return Quantity(-value if negative else value, unit)


def subtrees(node: Node, *rules: str) -> Iterator[Node]:
    """The children of a tree that are trees, of these rules or of any."""
    for child in node.children:
        if isinstance(child, Tree) and (not rules or child.data in rules):
            yield child


def tokens(node: Node, *types: str) -> Iterator[Token]:
    """The children of a tree that are tokens, of these types or of any."""
    for child in node.children:
        if isinstance(child, Token) and (not types or child.type in types):
            yield child


def first_token(node: Node) -> Token:
    """The token with which a tree begins."""
    return _edge(node, 0)


def text_of(node: Node) -> str:
    """The free text of a field."""
    return str(cast(Token, node.children[1]))
