"""From trees to limits and ranges: which numbers, in which unit, and which of their edges belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from lark import Tree

from engine.diagnostic import Diagnostic, note
from engine.rules import WHOLE_OF, Edge, Reference
from engine.unit import ONE, PERCENT, Quantity
from rubric.language.trees import Node, Trees, first_token, quantity, subtrees, tokens

Ends = tuple[Edge | None, Edge | None]

AMOUNTS = ("quantity", "scored", "named")


class Intervals(Trees):
    """Reads limits and ranges."""

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        super().__init__(file, findings)
        # What 以 100% 为标准 says, for the limits and steps that follow.
        self.standard: Edge | None = None
        # Which ends belong to a range that does not say so, where the header does.
        self.ends: tuple[bool, bool] | None = None
        # The interval that was read last of what is measured, for a sentence that goes on beyond it.
        self.limit: Ends = None, None

    def edge(self, node: Node, inclusive: bool) -> Edge:
        """A limit: a number, a quantity, or so much of one."""
        if node.data != "named":
            return Edge(quantity(node.children), inclusive, None, self.span(node))
        name = next(tokens(node, "NAME", "WORD"))
        share = next(subtrees(node, "quantity"), None)
        of = Reference(str(name), self.span(name))
        return Edge(WHOLE_OF if share is None else quantity(share.children), inclusive, of, self.span(node))

    def interval(self, node: Node) -> Ends:
        """The two ends of an interval; an absent one leaves it open."""
        amounts = list(subtrees(node, *AMOUNTS))
        match node.data:
            case "limit":
                return self._limit(node, self.edge(amounts[0], True))
            case "from_standard":
                return self._from_standard(node)
            case "fully":
                return Edge(_ALL_OF_IT, True, None, self.span(node)), None
            case "exactly":
                edge = replace(self.edge(amounts[0], True), span=self.span(node))
                return edge, edge
            case "outward":
                return self._outward(node, self.edge(amounts[0], True))
            case "bracketed":
                return self._bracketed(node, amounts)
            case "between":
                return self._between(node, amounts)
            case _:
                return self._range(node, amounts)

    def _limit(self, node: Node, value: Edge) -> Ends:
        comparison = next(tokens(node)).type
        marked = mark_of(node)
        inclusive = (
            comparison in ("AT_MOST", "AT_LEAST", "EQUAL") if marked is None or comparison == "EQUAL" else marked
        )
        edge = replace(value, inclusive=inclusive, span=self.span(node))
        if comparison == "EQUAL":
            return edge, edge
        return (None, edge) if comparison in ("AT_MOST", "BELOW") else (edge, None)

    def _from_standard(self, node: Node) -> Ends:
        comparison = next(tokens(node))
        edge = self.standard or self._beyond(comparison.type)
        if edge is None:
            self.error(self.span(comparison), "limit-without-number", note("state-standard"), word=str(comparison))
            return None, None
        return self._limit(node, edge)

    def _beyond(self, comparison: str) -> Edge | None:
        """The limit before, where this is what lies on its other side: 不高于年度目标得 10 分，高于得 0 分."""
        low, high = self.limit
        if (low is None) is (high is None):
            return None
        edge = low or high
        assert edge is not None
        within, beyond = ("AT_MOST", "ABOVE") if low is None else ("AT_LEAST", "BELOW")
        return edge if comparison == (beyond if edge.inclusive else _OPPOSITE[within]) else None

    def _outward(self, node: Node, value: Edge) -> Ends:
        """以上 and 以下: the number belongs to them unless it is said that it does not."""
        edge = replace(value, inclusive=mark_of(node) is not False, span=self.span(node))
        return (edge, None) if any(tokens(node, "UPWARD")) else (None, edge)

    def _bracketed(self, node: Node, amounts: list[Node]) -> Ends:
        low, high = self._pair(amounts)
        opening, *_, closing = tokens(node)
        return replace(low, inclusive=opening.type == "LSQB"), replace(high, inclusive=closing.type == "RSQB")

    def _between(self, node: Node, amounts: list[Node]) -> Ends:
        """80% ≤ rate < 90%, or the same from above."""
        first, second = self._pair(amounts)
        one, two = (each for each in tokens(node) if each.type in _COMPARISONS)
        edges = (
            replace(first, inclusive=one.type in ("AT_MOST", "AT_LEAST")),
            replace(second, inclusive=two.type in ("AT_MOST", "AT_LEAST")),
        )
        return edges if one.type in ("AT_MOST", "BELOW") else (edges[1], edges[0])

    def _range(self, node: Node, amounts: list[Node]) -> Ends:
        """A range of which one marked edge says how the other is meant."""
        low, high = self._pair(amounts)
        lower, upper = edge_marks(node)
        if lower is None and upper is None:
            if self.ends is not None:
                lower, upper = self.ends
            else:
                self.unstated_edge(node)
        if lower is None:
            lower = upper is False
        if upper is None:
            upper = not lower
        return replace(low, inclusive=lower), replace(high, inclusive=upper)

    def unstated_edge(self, node: Node) -> None:
        """A range that does not say which of its ends belong to it."""
        self.error(self.span(node), "unstated-edge", note("edge-forms"))

    def _pair(self, amounts: list[Node]) -> tuple[Edge, Edge]:
        """Two ends of a range; the first may leave its unit to the second (0–10%)."""
        low, high = (self.edge(each, True) for each in amounts)
        if low.quantity.unit == ONE:
            low = replace(low, quantity=Quantity(low.quantity.number, high.quantity.unit))
        return low, high


_OPPOSITE = {"AT_MOST": "AT_LEAST", "AT_LEAST": "AT_MOST"}
_ALL_OF_IT = Quantity(Fraction(100), PERCENT)
_COMPARISONS = ("AT_MOST", "AT_LEAST", "ABOVE", "BELOW")


def edge_marks(node: Node) -> tuple[bool | None, bool | None]:
    """Whether each edge of a range is marked as belonging to it."""
    marks: list[bool | None] = [None, None]
    index = -1
    for child in node.children:
        if isinstance(child, Tree) and child.data == "mark":
            marks[max(index, 0)] = first_token(child).type == "INCLUSIVE"
        elif child.data in AMOUNTS if isinstance(child, Tree) else child.type == "NUMBER":
            index += 1
    return marks[0], marks[1]


def mark_of(node: Node) -> bool | None:
    """Whether an edge is marked as belonging (True), as not belonging (False), or not marked."""
    mark = next(subtrees(node, "mark"), None)
    return None if mark is None else first_token(mark).type == "INCLUSIVE"


def symmetric(node: Node) -> bool:
    """Whether a limit is written with ±."""
    return any(any(tokens(each, "PLUS_MINUS")) for each in _amounts(node))


def _amounts(node: Node) -> Iterator[Node]:
    for child in subtrees(node):
        if child.data in AMOUNTS:
            yield child
        yield from _amounts(child)
