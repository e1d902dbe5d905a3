"""Clauses that say several things at once: items with the same points, levels and ranks with theirs in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.diagnostic import note
from engine.rules import Award, Band, Clause, Edge, Is, Item, Points, Within
from engine.unit import ONE, Quantity
from rubric.language.measures import Measures
from rubric.language.numerals import chinese_number
from rubric.language.trees import Node, number, subtrees, tokens

# The words for one of the items of a checklist: 每缺一项.
_ONE_ITEM = frozenset({"project", "item", "one"})


class Several(Measures):
    """Reads clauses that say several things at once."""

    def chosen_within(self, node: Node) -> Award:
        """What an evaluator gives within a range of shares."""
        raise NotImplementedError

    def listed(self, node: Node) -> Iterator[Item]:
        """Items that earn the same: 甲、乙、丙，每符合一项得 1 分."""
        points = number(next(tokens(node, "NUMBER")))
        for item in subtrees(node, "named_item"):
            yield Item(str(next(tokens(item))), points, self.span(item))

    def respective(self, node: Node) -> Iterator[Band]:
        """Levels, and in the same order what each earns: 好、中、差三等分别得 10、6、0 分."""
        levels, place = list(tokens(node, "LEVEL")), self.span(node)
        ranges = list(subtrees(node, "share_range"))
        awards: list[Award] = [self.chosen_within(each) for each in ranges]
        awards += [Points(number(each)) for each in tokens(node, "NUMBER")]
        tiers = next((_tiers(str(each)) for each in tokens(node, "TIERS")), len(levels))
        if not len(levels) == len(awards) == tiers:
            self.error(place, "levels-and-points", note("one-each"), levels=len(levels), points=len(awards))
            self.whole = False
            return
        for level, award in zip(levels, awards, strict=True):
            yield Band((Is(str(level), self.owner(str(level)), self.span(level)),), award, place)

    def ranked(self, node: Node, before: Sequence[Clause]) -> Iterator[Band]:
        """Points by rank: 由低到高得 10、8、6、4 分; of equal values each has the better rank."""
        place = self.span(node)
        if before:
            self.error(place, "rank-beside-others", note("rank-alone"))
            return
        self.ranks(place, lowest_first=any(tokens(node, "RANK_UP")))
        for rank, points in enumerate(tokens(node, "NUMBER"), 1):
            edge = Edge(Quantity(Fraction(rank), ONE), True, None, self.span(points))
            yield Band((Within(edge, edge, span=self.span(points)),), Points(number(points)), place)

    def says_again(self, step: Node, before: Sequence[Clause]) -> bool:
        """Whether a step only says again what the items before it earn: 甲 1 分，乙 1 分；每缺一项减 1 分."""
        each = next(child for child in subtrees(step) if child.data.startswith("each_"))
        items = [clause for clause in before if isinstance(clause, Item)]
        size = next(subtrees(each, "quantity"), None)
        if each.data != "each_below" or not items or len(items) < len(before) or size is None:
            return False
        units = [str(unit) for unit in tokens(size, "UNIT")] or ["one"]
        if units[0] not in _ONE_ITEM or number(next(tokens(size, "NUMBER"))) != 1:
            return False
        lost = number(next(tokens(step, "NUMBER")))
        other = next((item for item in items if item.points not in (lost, -1)), None)
        if other is not None:
            place = self.span(step)
            self.error(place, "said-otherwise", note("say-once"), name=other.fact, points=other.points, lost=lost)
        return True


def _tiers(text: str) -> int:
    """How many levels 三档 or 4 个等次 says that there are."""
    digits = text.rstrip("档次等级类个 ")
    found = Fraction(digits) if digits.isdigit() else chinese_number(digits)
    return 0 if found is None else int(found)
