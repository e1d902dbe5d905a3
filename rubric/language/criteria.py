"""From the trees of a criterion to its clauses: bands, steps, items, and what does not apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import cast

from lark import Token

from engine.diagnostic import Diagnostic, note
from engine.number import Mode
from engine.rules import (
    Amount,
    AndSoOn,
    Award,
    Band,
    Chosen,
    Clause,
    Combination,
    Computed,
    Condition,
    Edge,
    Example,
    Expression,
    FactDeclaration,
    Forfeit,
    FullMarks,
    GroupMean,
    InProportion,
    Interpolated,
    Is,
    Item,
    LeftOut,
    Less,
    Name,
    NotApplicable,
    Number,
    Operation,
    Operator,
    Points,
    Reading,
    Reference,
    Rounding,
    Scaled,
    Side,
    Step,
    Within,
)
from engine.unit import ONE, SCORE, Quantity
from rubric.language.formulas import Formulas, Names
from rubric.language.intervals import AMOUNTS, edge_marks
from rubric.language.numerals import chinese_number
from rubric.language.text import normalise
from rubric.language.trees import Node, first_token, number, quantity, subtrees, tokens
from rubric.messages.words import POINTS_GIVEN

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
_COMBINATIONS = {
    "EACH_COUNTS": Combination.SUM,
    "HIGHEST": Combination.HIGHEST,
    "LOWEST": Combination.LOWEST,
    "ONCE": Combination.LOWEST,
}
_MODES = {"HALF_UP": Mode.HALF_UP, "HALF_EVEN": Mode.HALF_EVEN, "CUT_OFF": Mode.CUT, "ROUND_UP": Mode.UP}
_HALF = Fraction(1, 2)


class Criteria(Formulas):
    """Reads the criterion of one indicator."""

    def __init__(
        self,
        file: str,
        findings: list[Diagnostic],
        names: Names,
        name: Name,
        own: Iterable[str],
        measure: Expression | None,
        table: str = "",
    ) -> None:
        super().__init__(file, findings, names)
        self.name = name
        # What the indicator measures; a criterion that names its own fact says it where no formula does.
        self.measure = measure
        self._formula = measure
        # False where a clause had to be left out.
        self.whole = True
        self.combination = Combination.FIRST
        # The points that evaluators give within a range; nobody declares them.
        self.chosen: FactDeclaration | None = None
        self.table = table
        self._own = [normalise(each) for each in own]
        self._counted: list[Reference] = []
        self._on_a_line = False

    def clauses(self, node: Node) -> tuple[Clause, ...]:
        """The clauses of a criterion, in their order."""
        found: list[Clause] = []
        for child in subtrees(node):
            match child.data:
                case "standard":
                    self.standard = self.edge(next(subtrees(child, *AMOUNTS)), True)
                case "apart":
                    self._together(first_token(child))
                case "series":
                    found.append(AndSoOn(self.span(child)))
                case "halved" | "scaled":
                    found.append(self._scaled(child))
                case "line_between":
                    self._keep(found, self._line_between(child, found))
                case "step":
                    self._keep(found, self._step(child, found))
                case _:
                    found.append(self._band(child))
        return self._counted_apart(tuple(found))

    def _keep(self, found: list[Clause], clause: Clause | None) -> None:
        if clause is None:
            self.whole = False
        else:
            found.append(clause)

    def _together(self, word: Token) -> None:
        wanted = _COMBINATIONS[word.type]
        if self.combination not in (Combination.FIRST, wanted):
            self.error(self.span(word), "field-twice", note("join-fields"), word=str(word))
        self.combination = wanted

    def _counted_apart(self, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        """Counts of different things are added up; of one thing, that is what the indicator measures."""
        counted = dict.fromkeys(each.name for each in self._counted)
        if len(counted) <= 1 and self.combination is Combination.FIRST:
            if self._counted and self.measure is None:
                self.measure = self._counted[0]
            return tuple(replace(each, subject=None) if isinstance(each, Step) else each for each in clauses)
        if self.combination is Combination.FIRST and self._formula is None:
            self.combination = Combination.SUM
        return clauses

    # ---------------------------------------------------------------------------------- bands and items

    def _band(self, node: Node) -> Band | Item:
        place = self.span(node)
        parts = list(subtrees(node))
        match node.data:
            case "item":
                return self._item(parts, node)
            case "item_lost":
                subject = self.subject(str(first_token(parts[0])))
                points = Points(number(next(tokens(node, "NUMBER"))))
                return Band((Is(True, subject, self.span(parts[0])),), Less(points), place)
            case "otherwise":
                return Band((), self.award(parts[0]), place)
            case "proportion":
                return Band((), InProportion(), place)
            case "computed":
                return Band((), Computed(self.expression(parts[0])), place)
            case "computed_bare":
                return Band((), Computed(self._points_of_rate(self.expression(node))), place)
        # Both edges of a range belong to the line on which its points lie; nobody need say so.
        self._on_a_line = parts[1].data == "line"
        conditions = self.conditions(parts[0])
        if self._on_a_line:
            conditions = tuple(map(_closed, conditions))
        return Band(conditions, self.award(parts[1]), place)

    def unstated_edge(self, node: Node) -> None:
        """A range that does not say which of its ends belong to it."""
        if not self._on_a_line:
            super().unstated_edge(node)

    def _item(self, parts: list[Node], node: Node) -> Band | Item:
        given = self.award(parts[1])
        if not isinstance(given, Points) or given.share:
            self.error(self.span(node), "item-without-points", note("write-points"))
        points = given.points if isinstance(given, Points) else Fraction(-1)
        return Item(str(first_token(parts[0])), points, self.span(node))

    def _points_of_rate(self, expression: Expression) -> Expression:
        """A ÷ B × 8, where 8 are the full marks without their unit, is A ÷ B times full marks."""
        match expression:
            case Operation(Operator.MULTIPLY, left, Number(Quantity(full, unit))) if unit == ONE and full:
                return Operation(Operator.MULTIPLY, left, Number(Quantity(full, SCORE), expression.span))
            case _:
                return expression

    def subject(self, name: str) -> str | None:
        """The name before a condition; the indicator's own name, or its end, stands for what it measures."""
        if name in self.names.declared or name in self.names.columns:
            return None if self.measure == Reference(name) else name
        return None if any(_ends_with(own, name) for own in self._own) else name

    def _scaled(self, node: Node) -> Scaled:
        conditions = self.conditions(next(subtrees(node)))
        deduction = any(tokens(node, "HALF_DEDUCTION", "SCALE_DEDUCTION"))
        factor = _HALF
        if node.data == "scaled":
            factor = quantity(tokens(node, "NUMBER", "UNIT")).exact
        return Scaled(conditions, factor, deduction, self.span(node))

    def _line_between(self, node: Node, before: list[Clause]) -> Band | None:
        """Points on the line between the band below and the band above: 60% 以下 0 分，90% 以上 5 分，之间按比例."""
        flat = [clause for clause in before if isinstance(clause, Band) and len(clause.conditions) == 1]
        lows = [(each, each.conditions[0]) for each in flat]
        below = next(((b, w.high) for b, w in lows if isinstance(w, Within) and w.low is None and w.high), None)
        above = next(((b, w.low) for b, w in lows if isinstance(w, Within) and w.high is None and w.low), None)
        ends = [_flat_points(each[0].award) if each else None for each in (below, above)]
        if below is None or above is None or ends[0] is None or ends[1] is None or below[1] is None or above[1] is None:
            self.error(self.span(node), "line-without-ends", note("line-form"))
            return None
        # Where the line meets its neighbours it gives what they give.
        low, high = (replace(edge, inclusive=True) for edge in (below[1], above[1]))
        place = self.span(node)
        return Band((Within(low, high, span=place),), Interpolated(ends[0], ends[1]), place)

    # -------------------------------------------------------------------------------------------- awards

    def award(self, node: Node) -> Award:
        """What a clause gives."""
        match node.data:
            case "points":
                return Points(number(next(tokens(node, "NUMBER"))))
            case "full_marks":
                return FullMarks()
            case "share":
                return Points(quantity(next(subtrees(node, "quantity")).children).exact, share=True)
            case "no_points":
                return Points(Fraction(0))
            case "less":
                return Less(Points(number(next(tokens(node, "NUMBER")))))
            case "line":
                low, high = (Points(number(each)) for each in tokens(node, "NUMBER"))
                return Interpolated(low, high)
            case "chosen" | "chosen_share":
                return self._chosen(node)
            case "computed_award":
                return Computed(self.expression(next(subtrees(node))))
            case "left_out":
                return LeftOut()
            case "mean_points":
                return GroupMean()
            case _:
                return InProportion()

    def _chosen(self, node: Node) -> Chosen:
        """Points that an evaluator gives within a range, written from either end."""
        if node.data == "chosen":
            share = any(each != "score" for each in tokens(node, "UNIT"))
            scale = 100 if share else 1
            low, high = (Points(number(each) / scale, share) for each in tokens(node, "NUMBER"))
        else:
            low, high = (Points(quantity(each.children).exact, share=True) for each in subtrees(node, "quantity"))
        marks = edge_marks(node)
        low_in, high_in = (mark is not False for mark in marks)
        if low.points > high.points:
            low, high, low_in, high_in = high, low, high_in, low_in
        fact = self._given_points()
        return Chosen(low, high, fact, low_in, high_in)

    def _given_points(self) -> str:
        """The fact in which an evaluator gives the points of this indicator."""
        zh, en = self.name.zh, self.name.en
        if self.table:
            name = Name(POINTS_GIVEN.zh, POINTS_GIVEN.en)
        else:
            name = Name(zh and zh + POINTS_GIVEN.zh, en and f"{en} {POINTS_GIVEN.en}")
        self.chosen = FactDeclaration(name, Amount(SCORE), chosen=True)
        return name.key

    # -------------------------------------------------------------------------------------------- steps

    def _step(self, node: Node, before: list[Clause]) -> Step | None:
        """One step; None where a finding says why it cannot be counted."""
        each = next(child for child in subtrees(node) if child.data in _EACH)
        side, findings = _side(each), len(self.findings)
        stated, size = self._size(each)
        first = next(subtrees(node))
        conditions: tuple[Condition, ...] = ()
        if first is not each:
            conditions, start = self._start(first, side)
            if stated is not None and start is not None and start.quantity.exact != stated.quantity.exact:
                self.error(self.span(node), "two-references", note("state-reference"))
            stated = stated or start
        if len(self.findings) > findings:
            return None
        verb, amount = tokens(node, "DEDUCT", "ADD", "AWARD", "NUMBER")
        sign = -1 if verb.type == "DEDUCT" else 1
        subject = self._counts(each)
        occurrence = each.data == "each_case"
        origin = self._origin(node, before, side, stated, Points(Fraction(0)) if sign > 0 else FullMarks(), occurrence)
        if origin is None:
            return None
        base, reference = origin
        reading, limit = _modifiers(node)
        return Step(
            side=side,
            reference=reference.quantity,
            size=size,
            amount=sign * number(amount),
            base=base,
            reading=reading,
            limit=limit,
            occurrence=occurrence,
            of=reference.of,
            subject=subject,
            conditions=conditions,
            span=self.span(node),
        )

    def _size(self, each: Node) -> tuple[Edge | None, Quantity]:
        """The reference that a step states with its size, if it does, and the size; one case where it has none."""
        amounts = [self.edge(child, True) for child in subtrees(each, *AMOUNTS)]
        if len(amounts) < 2:
            return None, amounts[0].quantity if amounts else Quantity(Fraction(1), ONE)
        # Chinese puts the reference first (每低于 100% 5 个百分点), English last (each 5 pp below 100%).
        size, stated = amounts if each.data == "each_side" else reversed(amounts)
        if stated.of is None and stated.quantity.unit == ONE and stated.quantity.number:
            # 每超过 1，000 元: a comma has cut one number in two.
            self.error(self.span(each), "two-numbers", note("thousands"))
        return stated, size.quantity

    def _start(self, node: Node, side: Side) -> tuple[tuple[Condition, ...], Edge | None]:
        """Where a step says that it starts (大于 0 的，每高 …), or else what must hold for it."""
        conditions, place = self.conditions(node), self.span(node)
        limits = [each for each in conditions if isinstance(each, Within) and each.subject is None]
        others = tuple(each for each in conditions if each not in limits)
        if not limits:
            return others, None
        if len(limits) > 1 or limits[0].magnitude:
            self.error(place, "step-behind-condition", note("state-reference"))
            return others, None
        low, high = limits[0].low, limits[0].high
        edge = {Side.ABOVE: low, Side.BELOW: high, Side.EITHER: None}[side]
        if edge is None or (low is not None and high is not None):
            # Not the start of the step but a band of its own, whose points were forgotten.
            if low is not None or high is not None:
                self.error(place, "band-without-points", note("scoring-form"))
            return others, None
        return others, edge

    def _counts(self, each: Node) -> str | None:
        """A count may name its own fact: 每出现一例违规事项."""
        named = next(subtrees(each, "subject"), None)
        if named is None:
            return None
        fact = Reference(str(first_token(named)), self.span(named))
        if self._formula is not None and self._formula != fact and self.combination is Combination.FIRST:
            self.error(fact.span, "step-of-another-fact", note("one-measure"), name=fact.name)
        self._counted.append(fact)
        return fact.name

    def _origin(
        self, node: Node, before: list[Clause], side: Side, stated: Edge | None, base: Award, occurrence: bool
    ) -> tuple[Award, Edge] | None:
        """What the steps start from: the stated reference, the standard, or the edge of the band before them."""
        band = next((clause for clause in reversed(before) if isinstance(clause, Band) and clause.conditions), None)
        if self.combination is not Combination.FIRST:
            band = None
        edge = None if band is None else edge_towards(band, side)
        base = base if band is None or isinstance(band.award, Less) else band.award
        if stated is None and self.standard is not None:
            stated = self.standard
            if edge is not None and (edge.of, edge.quantity.exact) != (stated.of, stated.quantity.exact):
                self.error(self.span(node), "two-references", note("state-reference"))
                return None
        reference = stated or edge
        if reference is None and occurrence:
            reference = Edge(Quantity(Fraction(0), ONE), True)
        if reference is None:
            if band is None or not _without_number(band):
                self.error(self.span(node), "step-without-reference", note("state-reference"))
            return None
        return base, reference

    # ------------------------------------------------------------------ beside the criterion, and examples

    def exemption(self, node: Node) -> NotApplicable:
        """When the indicator does not concern the department, and what it then earns."""
        *situations, given = subtrees(node)
        conditions = tuple(condition for each in situations for condition in self.conditions(each))
        return NotApplicable(conditions, self.award(given), self.span(node))

    def forfeit(self, node: Node) -> Forfeit:
        """When the indicator earns nothing, whatever else is found."""
        return Forfeit(self.conditions(next(subtrees(node))), self.span(node))

    def example(self, node: Node) -> Example:
        """Facts and the points that they should earn."""
        points = [*tokens(node, "NUMBER")][-1]
        return Example(tuple(map(_pair_of, subtrees(node))), number(points), self.span(node))


def roundings(trees: Formulas, node: Node) -> dict[str, Rounding]:
    """Where a rule rounds, by what it rounds: the measure, the points or the total."""
    found: dict[str, Rounding] = {}
    for child in subtrees(node):
        what = next((each.type for each in tokens(child, "ROUND_MEASURE", "ROUND_POINTS", "TOTAL")), "ROUND_POINTS")
        mode = next(subtrees(child, "mode"), None)
        places = 0 if child.data == "round_whole" else _places(str(next(tokens(child, "KEEP_PLACES"))))
        if mode is None:
            trees.error(trees.span(child), "unstated-rounding", note("rounding-form"))
        found[what] = Rounding(
            Mode.HALF_UP if mode is None else _MODES[first_token(mode).type], places, trees.span(child)
        )
    return found


def _places(text: str) -> int:
    """The number of decimals in 保留两位小数 or to 2 decimals."""
    digits = "".join(each for each in text if each.isdigit())
    if digits:
        return int(digits)
    found = chinese_number("".join(each for each in text if each in "一二两三四五六七八九"))
    return int(found or 0)


_EACH = {"each_above", "each_below", "each_away", "each_case", "each_side"}


def _closed(condition: Condition) -> Condition:
    """A range whose points are interpolated: what lies on an edge earns what the line says there."""
    if not isinstance(condition, Within) or condition.low is None or condition.high is None:
        return condition
    return replace(condition, low=replace(condition.low, inclusive=True), high=replace(condition.high, inclusive=True))


def _flat_points(award: Award) -> Points | None:
    match award:
        case Points():
            return award
        case FullMarks():
            return Points(Fraction(1), share=True)
        case _:
            return None


def _ends_with(own: str, name: str) -> bool:
    """Whether a name is the whole or the end of the indicator's own name."""
    if not own.endswith(name):
        return False
    start = len(own) - len(name)
    return not (start and own[start - 1].isascii() and own[start].isascii()) or own[start - 1] in " _-"


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
