"""From the trees of a criterion to its clauses: bands, steps, items, and what does not apply."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import cast

from lark import Token

from engine.diagnostic import Diagnostic, note
from engine.rules import (
    Award,
    Band,
    Clause,
    Condition,
    Edge,
    Example,
    Expression,
    FullMarks,
    InProportion,
    Is,
    Item,
    NotApplicable,
    Points,
    Reading,
    Reference,
    Side,
    Step,
    Within,
)
from engine.unit import ONE, Quantity
from rubric.language.text import normalise
from rubric.language.trees import Node, Trees, first_token, number, quantity, subtrees, tokens

READINGS = {
    "WHOLE": Reading.WHOLE,
    "STARTED": Reading.STARTED,
    "PROPORTIONAL": Reading.PROPORTIONAL,
}
_SIDES = {
    "each_above": Side.ABOVE,
    "each_below": Side.BELOW,
    "each_away": Side.EITHER,
    "each_case": Side.ABOVE,
}
_SIDE_WORDS = {"ABOVE": Side.ABOVE, "BELOW": Side.BELOW, "EITHER_SIDE": Side.EITHER}

Ends = tuple[Edge | None, Edge | None]


class Intervals(Trees):
    """Reads limits and ranges, and which of their edges belong to them."""

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        super().__init__(file, findings)
        # What 以 100% 为标准 says, for the limits and steps that follow.
        self.standard: Quantity | None = None

    def interval(self, node: Node) -> Ends:
        """The two ends of an interval; an absent one leaves it open."""
        quantities = list(subtrees(node, "quantity", "scored"))
        match node.data:
            case "limit":
                return self._limit(node, quantity(quantities[0].children))
            case "from_standard":
                return self._from_standard(node)
            case "exactly":
                edge = Edge(quantity(quantities[0].children), True, self.span(node))
                return edge, edge
            case "outward":
                return self._outward(node, quantity(quantities[0].children))
            case "bracketed":
                return self._bracketed(node, quantities)
            case "between":
                return self._between(node, quantities)
            case _:
                return self._range(node, quantities)

    def _limit(self, node: Node, value: Quantity) -> Ends:
        comparison = next(tokens(node)).type
        mark = _mark(node)
        inclusive = comparison in ("AT_MOST", "AT_LEAST", "EQUAL") if mark is None or comparison == "EQUAL" else mark
        edge = Edge(value, inclusive, self.span(node))
        if comparison == "EQUAL":
            return edge, edge
        return (None, edge) if comparison in ("AT_MOST", "BELOW") else (edge, None)

    def _from_standard(self, node: Node) -> Ends:
        comparison = next(tokens(node))
        if self.standard is None:
            self.error(self.span(comparison), "limit-without-number", note("state-standard"), word=str(comparison))
            return None, None
        return self._limit(node, self.standard)

    def _outward(self, node: Node, value: Quantity) -> Ends:
        """以上 and 以下: the number belongs to them unless it is said that it does not."""
        edge = Edge(value, _mark(node) is not False, self.span(node))
        return (edge, None) if any(tokens(node, "UPWARD")) else (None, edge)

    def _bracketed(self, node: Node, quantities: list[Node]) -> Ends:
        low, high = _pair(quantities)
        opening, *_, closing = tokens(node)
        return (
            Edge(low, opening.type == "LSQB", self.span(quantities[0])),
            Edge(high, closing.type == "RSQB", self.span(quantities[1])),
        )

    def _between(self, node: Node, quantities: list[Node]) -> Ends:
        """80% ≤ rate < 90%, or the same from above."""
        first, second = _pair(quantities)
        one, two = tokens(node)
        edges = (
            Edge(first, one.type in ("AT_MOST", "AT_LEAST"), self.span(quantities[0])),
            Edge(second, two.type in ("AT_MOST", "AT_LEAST"), self.span(quantities[1])),
        )
        return edges if one.type in ("AT_MOST", "BELOW") else (edges[1], edges[0])

    def _range(self, node: Node, quantities: list[Node]) -> Ends:
        """A range of which one marked edge says how the other is meant."""
        low, high = _pair(quantities)
        lower, upper = _edge_marks(node)
        if lower is None and upper is None:
            self.error(self.span(node), "unstated-edge", note("edge-forms"))
        if lower is None:
            lower = upper is False
        if upper is None:
            upper = not lower
        return Edge(low, lower, self.span(quantities[0])), Edge(high, upper, self.span(quantities[1]))


def _edge_marks(node: Node) -> tuple[bool | None, bool | None]:
    """Whether each edge of a range is marked as belonging to it."""
    marks: list[bool | None] = [None, None]
    index = -1
    for child in subtrees(node):
        if child.data == "mark":
            marks[index] = first_token(child).type == "INCLUSIVE"
        else:
            index += 1
    return marks[0], marks[1]


def _pair(quantities: list[Node]) -> tuple[Quantity, Quantity]:
    """Two ends of a range; the first may leave its unit to the second (0–10%)."""
    low, high = (quantity(each.children) for each in quantities)
    return (Quantity(low.number, high.unit), high) if low.unit == ONE else (low, high)


def _mark(node: Node) -> bool | None:
    """Whether an edge is marked as belonging (True), as not belonging (False), or not marked."""
    mark = next(subtrees(node, "mark"), None)
    return None if mark is None else first_token(mark).type == "INCLUSIVE"


class Criteria(Intervals):
    """Reads the criterion of one indicator."""

    def __init__(
        self,
        file: str,
        findings: list[Diagnostic],
        names: Iterable[str],
        measure: Expression | None,
        declared: frozenset[str],
    ) -> None:
        super().__init__(file, findings)
        # What the indicator measures; a criterion that names its own fact says it where no formula does.
        self.measure = measure
        # False where a clause had to be left out.
        self.whole = True
        self._names = [normalise(name) for name in names]
        self._declared = declared

    def clauses(self, node: Node) -> tuple[Clause, ...]:
        """The clauses of a criterion, in their order."""
        found: list[Clause] = []
        for child in subtrees(node):
            match child.data:
                case "standard":
                    self.standard = quantity(next(subtrees(child, "quantity", "scored")).children)
                case "step":
                    step = self._step(child, found)
                    if step is None:
                        self.whole = False
                    else:
                        found.append(step)
                case _:
                    found.append(self._band(child))
        return tuple(found)

    # ---------------------------------------------------------------------------------- bands and items

    def _band(self, node: Node) -> Band | Item:
        place = self.span(node)
        parts = list(subtrees(node))
        match node.data:
            case "item":
                return self._item(parts, node)
            case "otherwise":
                return Band((), award(parts[0]), place)
            case "proportion":
                return Band((), InProportion(), place)
        return Band(tuple(map(self.condition, parts[:-1])), award(parts[-1]), place)

    def _item(self, parts: list[Node], node: Node) -> Item:
        given = award(parts[1])
        if not isinstance(given, Points):
            self.error(self.span(node), "item-without-points", note("write-points"))
        points = given.points if isinstance(given, Points) else Fraction(-1)
        return Item(str(first_token(parts[0])), points, self.span(node))

    def condition(self, node: Node) -> Condition:
        """One condition: what it is about, and the interval or level that it asks for."""
        place = self.span(node)
        named = next(subtrees(node, "subject"), None)
        subject = None if named is None else self._subject(str(first_token(named)))
        match node.data:
            case "within":
                low, high = self.interval(next(child for child in subtrees(node) if child.data != "subject"))
                return Within(low, high, subject, place)
            case "between" | "from_standard":
                low, high = self.interval(node)
                return Within(low, high, subject, place)
            case "is_true" | "is_present":
                return Is(True, subject or _named(node), place)
            case "is_false" | "is_absent":
                return Is(False, subject or _named(node), place)
            case _:
                return Is(str([*tokens(node, "LEVEL", "WORD")][-1]), subject, place)

    def _subject(self, name: str) -> str | None:
        """The name before a condition; the indicator's own name, or its end, stands for what it measures."""
        if name in self._declared:
            return None if self.measure == Reference(name) else name
        return None if any(_ends_with(own, name) for own in self._names) else name

    # -------------------------------------------------------------------------------------------- steps

    def _step(self, node: Node, before: list[Clause]) -> Step | None:
        """One step; None where a finding says why it cannot be counted."""
        each = next(child for child in subtrees(node) if child.data in _EACH)
        side, findings = _side(each), len(self.findings)
        stated, size = self._size(each)
        condition = next(subtrees(node))
        if condition is not each:
            start = self._start(condition, side)
            if stated is not None and start is not None and start.exact != stated.exact:
                self.error(self.span(node), "two-references", note("state-reference"))
            stated = stated or start
        if len(self.findings) > findings or (condition is not each and stated is None):
            return None
        verb, amount = tokens(node, "DEDUCT", "ADD", "AWARD", "NUMBER")
        sign = -1 if verb.type == "DEDUCT" else 1
        self._take_measure(each)
        occurrence = each.data == "each_case"
        origin = self._origin(node, before, side, stated, Points(Fraction(0)) if sign > 0 else FullMarks(), occurrence)
        if origin is None:
            return None
        base, reference = origin
        reading, limit = _modifiers(node)
        return Step(
            side, reference, size, sign * number(amount), base, reading, limit, occurrence, span=self.span(node)
        )

    def _size(self, each: Node) -> tuple[Quantity | None, Quantity]:
        """The reference that a step states with its size, if it does, and the size; one case where it has none."""
        quantities = [quantity(child.children) for child in subtrees(each, "quantity", "scored")]
        if len(quantities) < 2:
            return None, quantities[0] if quantities else Quantity(Fraction(1), ONE)
        # Chinese puts the reference first (每低于 100% 5 个百分点), English last (each 5 pp below 100%).
        size, stated = quantities if each.data == "each_side" else reversed(quantities)
        if stated.unit == ONE and stated.number:
            # 每超过 1，000 元: a comma has cut one number in two.
            self.error(self.span(each), "two-numbers", note("thousands"))
        return stated, size

    def _start(self, node: Node, side: Side) -> Quantity | None:
        """Where a step says that it starts: 大于 0 的，每高 …."""
        condition, place = self.condition(node), self.span(node)
        if not isinstance(condition, Within) or condition.subject is not None:
            self.error(place, "step-behind-condition", note("state-reference"))
            return None
        low, high = condition.low, condition.high
        edge = {Side.ABOVE: low, Side.BELOW: high, Side.EITHER: None}[side]
        if edge is None or (low is not None and high is not None):
            # Not the start of the step but a band of its own, whose points were forgotten.
            if low is not None or high is not None:
                self.error(place, "band-without-points", note("scoring-form"))
            return None
        return edge.quantity

    def _take_measure(self, each: Node) -> None:
        """A count may name its own fact: 每出现一例违规事项."""
        named = next(subtrees(each, "subject"), None)
        if named is None:
            return
        fact = Reference(str(first_token(named)), self.span(named))
        if self.measure is None:
            self.measure = fact
        elif self.measure != fact:
            self.error(fact.span, "step-of-another-fact", note("one-measure"), name=fact.name)

    def _origin(
        self, node: Node, before: list[Clause], side: Side, stated: Quantity | None, base: Award, occurrence: bool
    ) -> tuple[Award, Quantity] | None:
        """What the steps start from: the stated reference, the standard, or the edge of the band before them."""
        band = next((clause for clause in reversed(before) if isinstance(clause, Band) and clause.conditions), None)
        edge = None if band is None else edge_towards(band, side)
        base = base if band is None else band.award
        if stated is None and self.standard is not None:
            stated = self.standard
            if edge is not None and edge.quantity.exact != stated.exact:
                self.error(self.span(node), "two-references", note("state-reference"))
                return None
        reference = stated or (edge.quantity if edge else None)
        if reference is None and occurrence:
            reference = Quantity(Fraction(0), ONE)
        if reference is None:
            if band is None or not _without_number(band):
                self.error(self.span(node), "step-without-reference", note("state-reference"))
            return None
        return base, reference

    # ------------------------------------------------------------------------- exemptions and examples

    def exemption(self, node: Node) -> NotApplicable:
        """When the indicator does not concern the department, and what it then earns."""
        *situations, given = subtrees(node)
        return NotApplicable(tuple(map(self.condition, situations)), award(given), self.span(node))

    def example(self, node: Node) -> Example:
        """Facts and the points that they should earn."""
        points = [*tokens(node, "NUMBER")][-1]
        return Example(tuple(map(_pair_of, subtrees(node))), number(points), self.span(node))


_EACH = {"each_above", "each_below", "each_away", "each_case", "each_side"}


def _ends_with(own: str, name: str) -> bool:
    """Whether a name is the whole or the end of the indicator's own name."""
    if not own.endswith(name):
        return False
    start = len(own) - len(name)
    return not (start and own[start - 1].isascii() and own[start].isascii()) or own[start - 1] in " _-"


def _named(node: Node) -> str | None:
    return next((str(each) for each in tokens(node, "NAME", "WORD")), None)


def award(node: Node) -> Award:
    """What a clause gives."""
    match node.data:
        case "points":
            return Points(number(next(tokens(node, "NUMBER"))))
        case "full_marks":
            return FullMarks()
        case "no_points":
            return Points(Fraction(0))
        case _:
            return InProportion()


def _modifiers(node: Node) -> tuple[Reading | None, Fraction | None]:
    reading: Reading | None = None
    limit: Fraction | None = None
    for child in subtrees(node, "own_reading", "limit_points"):
        if child.data == "own_reading":
            reading = READINGS[first_token(child).type]
        else:
            limit = number(next(tokens(child, "NUMBER")))
    return reading, limit


def _without_number(band: Band) -> bool:
    """Whether a band has a limit without its number, which is a finding already."""
    return any(isinstance(each, Within) and each.low is each.high is None for each in band.conditions)


def _side(each: Node) -> Side:
    if each.data != "each_side":
        return _SIDES[str(each.data)]
    return _SIDE_WORDS[next(tokens(each, *_SIDE_WORDS)).type]


def edge_towards(band: Band, side: Side) -> Edge | None:
    """The edge of a band from which steps to that side begin."""
    interval = next((c for c in band.conditions if isinstance(c, Within)), None)
    if interval is None:
        return None
    if side is Side.ABOVE:
        return interval.high or interval.low
    return interval.low or interval.high


def _pair_of(node: Node) -> tuple[str, Quantity | str | bool]:
    name = str(node.children[0])
    match node.data:
        case "pair_amount":
            return name, quantity(cast(list[Token], node.children[1:]))
        case "pair_true":
            return name, True
        case "pair_false":
            return name, False
        case _:
            return name, str(node.children[-1])
