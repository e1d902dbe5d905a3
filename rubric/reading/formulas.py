"""Formulas in running text: their tokens, the expressions that these make, and what an expression comes to.

The words between the numbers are kept with the number that they stand before. An expression is read backwards from
its end, so that the words which introduce it need not be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from rubric.reading.numbers import Figure, scan

# A formula longer or deeper than these is not one that people write.
_MAX_TOKENS = 240
_MAX_DEPTH = 24


@dataclass(frozen=True, slots=True)
class Operand:
    """A number of a formula, with the words before it that say what it is."""

    figure: Figure
    words: str = ""


@dataclass(frozen=True, slots=True)
class Negated:
    """What stands behind a minus sign."""

    of: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts of a formula joined by one of + - × ÷."""

    sign: str
    left: Node
    right: Node


Node = Operand | Negated | Operation


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a sign or a run of words, by the name of its kind."""

    kind: str  # number, word, operator, open, close, equal, compare, break
    text: str
    start: int
    end: int
    figure: Figure | None = None


_MARK = re.compile(
    r"(?P<compare><=|>=|[≤≥<>≠])|(?P<equal>[=≈])|(?P<operator>[-+*/×÷])|(?P<open>[(\[{【])|(?P<close>[)\]}】])"
    r"|(?P<break>[，,。;:、!?|\n\t])"
)
_OPERATORS = {"*": "×", "/": "÷"}


def operands(node: Node) -> Iterator[Operand]:
    """The numbers of an expression, in their order."""
    match node:
        case Operand():
            yield node
        case Negated(of):
            yield from operands(of)
        case Operation(_, left, right):
            yield from operands(left)
            yield from operands(right)


def value_of(node: Node, raw: bool = False) -> Fraction | None:
    """What an expression comes to, in base units or with numbers as written; None where it divides by nothing."""
    match node:
        case Operand(figure):
            return worth(figure, raw)
        case Negated(of):
            value = value_of(of, raw)
            return None if value is None else -value
        case Operation(sign, left, right):
            one, other = value_of(left, raw), value_of(right, raw)
            if one is None or other is None or (sign == "÷" and not other):
                return None
            return _joined(sign, one, other)


def _joined(sign: str, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "×":
            return left * right
        case _:
            return left / right


def worth(figure: Figure, raw: bool) -> Fraction:
    """The amount of a number; as written, only a per cent and the like are still what they are."""
    return figure.value if raw and not is_rate(figure) else figure.amount


def is_rate(figure: Figure) -> bool:
    """Whether a number is so many per cent, or the like."""
    return figure.unit in ("percent", "permille", "percentage_point")


def clauses(plain: str) -> Iterator[list[Token]]:
    """The clauses of a text that may hold a formula, as tokens."""
    clause: list[Token] = []
    for token in _tokens(plain):
        if token.kind == "break":
            yield from _worth_reading(clause)
            clause = []
        else:
            clause.append(token)
    yield from _worth_reading(clause)


def _worth_reading(clause: list[Token]) -> Iterator[list[Token]]:
    kinds = {token.kind for token in clause}
    if "number" in kinds and kinds & {"equal", "compare"} and len(clause) <= _MAX_TOKENS:
        yield clause


def _tokens(plain: str) -> Iterator[Token]:
    position = 0
    for figure in scan(plain):
        yield from _marks(plain, position, figure.start)
        yield Token("number", plain[figure.start : figure.end], figure.start, figure.end, figure)
        position = figure.end
    yield from _marks(plain, position, len(plain))


def _marks(plain: str, start: int, end: int) -> Iterator[Token]:
    """The signs and the words between two numbers."""
    position = start
    for match in _MARK.finditer(plain, start, end):
        yield from _word(plain, position, match.start())
        yield Token(match.lastgroup or "", match[0], match.start(), match.end())
        position = match.end()
    yield from _word(plain, position, end)


def _word(plain: str, start: int, end: int) -> Iterator[Token]:
    text = plain[start:end].strip()
    if text:
        begin = plain.index(text, start)
        yield Token("word", text, begin, begin + len(text))


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on one side of a sign: its expression, the words that introduce it, and its place."""

    node: Node
    subject: str
    start: int
    end: int

    @property
    def literal(self) -> Figure | None:
        """The printed number, where the side is no more than one."""
        match self.node:
            case Operand(figure):
                return figure
            case Negated(Operand(figure)):
                return replace(figure, value=-figure.value, start=self.start)
        return None


def side_of(tokens: list[Token], last: bool) -> Side | None:
    """One side of a sign as an expression, or None if it is none."""
    end = _without_trailing_words(tokens) if last else len(tokens)
    start = _start(tokens, end)
    node = _Parser(tokens[start:end]).whole() if start < end else None
    if node is None:
        return None
    first = tokens[start]
    subject, begin = "", first.start
    if first.kind == "word":
        subject, node = _parted(node, first.text)
        begin = tokens[start + 1].start if subject and start + 1 < end else begin
    return Side(node, subject, begin, tokens[end - 1].end)


_NAMED = re.compile(r"(?:为|是|即|等于|达到|达|率|计算|公式)$")


def _parted(node: Node, words: str) -> tuple[str, Node]:
    """The words before a formula as its name, or as those of its first number where they introduce nothing."""
    if not _NAMED.search(words) and _first(node).words == words:
        return "", node
    return named(words), _without(node, words)


def _first(node: Node) -> Operand:
    return next(operands(node))


def _without(node: Node, words: str) -> Node:
    """The expression with the words taken from its first number, where they stand there."""
    match node:
        case Operand(figure, said):
            return Operand(figure) if said == words else node
        case Negated(of):
            return Negated(_without(of, words))
        case Operation(sign, left, right):
            return Operation(sign, _without(left, words), right)


def named(words: str) -> str:
    """What a formula is called, from the words that introduce it."""
    return re.sub(r"(?:为|是|即|等于|达到|达)$", "", words.strip().lstrip("（([【")).strip()


def _without_trailing_words(tokens: list[Token]) -> int:
    """Where the last side ends: before a bracket that closes around it all, or where the clause goes on in words."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return place
        if depth or token.kind not in ("number", "close"):
            continue
        after, beyond = (tokens[at].kind if at < len(tokens) else "" for at in (place + 1, place + 2))
        if after == "open" or (after in ("", "word") and beyond not in ("operator", "close")):
            return place + 1
    return len(tokens)


# What may follow what inside a formula; a number in words before or behind its digits counts as words.
_FOLLOW = {
    "number": {"operator", "close", "word"},
    "close": {"operator", "close"},
    "operator": {"number", "open", "word"},
    "open": {"number", "open", "word", "operator"},
    "word": {"number", "open", "operator", "close"},
}


def _start(tokens: list[Token], end: int) -> int:
    """Where the formula begins that ends at a place, reading backwards as far as it stays one.

    The place itself where what stands before belongs to the formula and cannot be reckoned: 执行数/74×100%.
    """
    depth = 0
    for place in range(end - 1, -1, -1):
        token = tokens[place]
        after = tokens[place + 1].kind if place + 1 < end else ""
        if after and after not in _FOLLOW[token.kind]:
            apart = token.kind == "close" and after != "operator" and not _numbers_in_group(tokens, place)
            return place + 1 if apart and not depth else end
        if token.kind == "close":
            depth += 1
        elif token.kind == "open":
            depth -= 1
            if depth < 0:
                return place + 1
        elif token.kind == "number" and after == "word" and place + 2 < end:
            if tokens[place + 2].kind in ("number", "open"):
                return end if depth else place + 1
        elif token.kind == "word" and after == "operator" and (not place or tokens[place - 1].kind != "number"):
            # A word that is taken away from, divided and so on is a number that is not given; a sign may follow one.
            signed = tokens[place + 1].text == "-" and place + 3 == end
            return place + 1 if signed and not depth else end
    return 0


def _numbers_in_group(tokens: list[Token], place: int) -> bool:
    """Whether a number stands in the brackets that close at a place."""
    depth = 0
    for token in reversed(tokens[: place + 1]):
        depth += (token.kind == "close") - (token.kind == "open")
        if token.kind == "number":
            return True
        if not depth:
            return False
    return True


class _Parser:
    """The usual precedence, words passed over: before a number they are its name, behind it they are let go."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def whole(self) -> Node | None:
        """The expression, if the tokens are one to their end."""
        node = self._sum()
        return node if self.place == len(self.tokens) else None

    def _kind(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def _operator(self, among: str) -> str | None:
        if self._kind() != "operator":
            return None
        sign = _OPERATORS.get(self.tokens[self.place].text, self.tokens[self.place].text)
        if sign not in among:
            return None
        self.place += 1
        return sign

    def _sum(self) -> Node | None:
        node = self._product()
        while node is not None and (sign := self._operator("+-")):
            right = self._product()
            node = None if right is None else Operation(sign, node, right)
        return node

    def _product(self) -> Node | None:
        node = self._one()
        while node is not None and (sign := self._operator("×÷")):
            right = self._one()
            node = None if right is None else Operation(sign, node, right)
        return node

    def _one(self) -> Node | None:
        words = ""
        if self._kind() == "word":
            words = self.tokens[self.place].text
            self.place += 1
        if not words and self._operator("-"):
            of = self._one()
            return None if of is None else Negated(of)
        if self._kind() == "number":
            figure = self.tokens[self.place].figure
            self.place += 1
            if self._kind() == "word":
                self.place += 1
            return None if figure is None else Operand(figure, words)
        if self._kind() != "open" or self.depth >= _MAX_DEPTH:
            return None
        self.place += 1
        self.depth += 1
        node = self._sum()
        self.depth -= 1
        if node is None or self._kind() != "close":
            return None
        self.place += 1
        return node
