"""From the trees of a criterion to its clauses: bands, steps, items, and what does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple, cast

from lark import Token

from engine.diagnostic import Diagnostic, note
from engine.number import Mode
from engine.rules import (
    WHOLE_OF,
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
    OwnMarks,
    Points,
    Reading,
    Reference,
    Rounding,
    Scaled,
    Side,
    Step,
    Within,
)
from engine.source import Span
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, SCORE, UNITS, Quantity
from rubric.language.formulas import Formulas, Names
from rubric.language.intervals import AMOUNTS, edge_marks
from rubric.language.measures import limit_itself, points_of_rate
from rubric.language.numerals import chinese_number
from rubric.language.several import Several
from rubric.language.trees import Node, first_token, number, quantity, subtrees, tokens
from rubric.messages.vocabulary import FAILING
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


class Criteria(Several):
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
        super().__init__(file, findings, names, name, own, measure)
        self.combination = Combination.FIRST
        # The points that evaluators give within a range; nobody declares them.
        self.chosen: FactDeclaration | None = None
        self.table = table
        self._counted: list[Reference] = []
        # The ends of ranges of points that are marked as belonging to them, and of each range those that are not.
        self._held: set[Points] = set()
        self._unmarked: dict[int, tuple[bool, bool]] = {}
        # What the header says of steps in per cent, where their reference is not 100%.
        self.percents = ""
        # Sentences beside the rule, which are kept as notes.
        self.remarks: list[str] = []
        self._on_a_line = False
        # What 按超期时间占计划时间的比例减分 says of the step behind it.
        self._announced: _Announced | None = None
        # What 目标不低于基准时 says of every step of its sentence.
        self._meanwhile: _Meanwhile | None = None

    def clauses(self, node: Node) -> tuple[Clause, ...]:
        """The clauses of a criterion, in their order."""
        found: list[Clause] = []
        reached: set[int] = set()
        children = list(subtrees(node))
        for child, following in zip_longest(children, children[1:]):
            before = len(found)
            self._clause(child, found, following is not None and following.data in _STEPS)
            if child.data == "band" and _is_milestone(child):
                reached.update(map(id, found[before:]))
        found = _highest_first(found, reached)
        if self.formula is not None and not any(map(_about_measure, found)):
            # A level without a name is that of another fact only beside clauses about what the formula measures.
            found = [self.unowned(each) if isinstance(each, Band) else each for each in found]
        return self._counted_apart(tuple(map(self._without_held, found)))

    def _clause(self, node: Node, found: list[Clause], before_step: bool) -> None:
        """One clause, or what it says of those around it."""
        match node.data:
            case "standard":
                self.standard = self.edge(next(subtrees(node, *AMOUNTS)), True)
            case "apart":
                self._together(first_token(node))
            case "series":
                found.append(AndSoOn(self.span(node)))
            case "halved" | "scaled":
                found.append(self._scaled(node))
            case "excepted":
                found.append(self._excepted(node))
            case "listed":
                found.extend(self.listed(node))
            case "respective":
                found.extend(self.respective(node))
            case "ranked":
                found.extend(self.ranked(node, found))
            case "remark":
                self.remarks.append(str(next(tokens(node))))
            case "restated":
                # No indicator earns more than its full marks, whether a sentence says so or not.
                pass
            case "line_between":
                self._keep(found, self._line_between(node, found))
            case "step" if self.says_again(node, found):
                pass
            case "step" | "step_per_case":
                self._keep(found, self._step(node, found))
            case "scored" | "band" if before_step and self._announces(node):
                pass
            case _:
                found.append(self._band(node))

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
        if self.combination is Combination.FIRST and self.formula is None:
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
                return Band((), Computed(points_of_rate(self.expression(parts[0]))), place)
            case "scored":
                return Band((), self.by_quantity(parts[0]), place)
            case "band_of_levels":
                *levels, given = parts
                return Band(tuple(map(self.leveled, levels)), self.award(given), place)
            case "band_of_ratio":
                ratio, interval, given = parts
                self.measures(self.expression(ratio), self.span(ratio))
                self.limit = self.interval(interval)
                condition = Within(*self.limit, span=self.span(ratio).to(self.span(interval)))
                return Band((condition,), self.award(given), place)
        # Both edges of a range belong to the line on which its points lie; nobody need say so.
        self._on_a_line = parts[1].data == "line"
        conditions = self.conditions(parts[0])
        if self._on_a_line:
            conditions = tuple(map(_closed, conditions))
        if parts[1].data == "reduced":
            return Band(conditions, self.reduced(conditions, self.span(parts[1])), place)
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

    def _excepted(self, node: Node) -> Scaled:
        """Where it holds, deductions count for nothing: 政策性原因造成的超期除外."""
        stated = next(tokens(node, "NAME"), None)
        if stated is None:
            conditions = self.conditions(next(subtrees(node)))
        else:
            conditions = (Is(True, self.subject(str(stated)), self.span(stated)),)
        return Scaled(conditions, Fraction(0), deduction=True, span=self.span(node))

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
        if below[1].of is not None or above[1].of is not None:
            return self._line_computed(node, (below[1], above[1]), (ends[0], ends[1]))
        # Where the line meets its neighbours it gives what they give.
        low, high = (replace(edge, inclusive=True) for edge in (below[1], above[1]))
        place = self.span(node)
        return Band((Within(low, high, span=place),), Interpolated(ends[0], ends[1]), place)

    def _line_computed(self, node: Node, limits: tuple[Edge, Edge], ends: tuple[Points, Points]) -> Band | None:
        """The same between limits that are quantities: 在上下门槛之间按比例给分."""
        place = self.span(node)
        if self.measure is None:
            self.error(place, "no-formula", note("formula-form"), name=self.name.key)
            return None
        low, high = (limit_itself(each, place) for each in limits)
        least, most = (_points_itself(each, place) for each in ends)
        along = Operation(
            Operator.DIVIDE,
            Operation(Operator.SUBTRACT, self.measure, low, place),
            Operation(Operator.SUBTRACT, high, low, place),
            place,
        )
        rise: Expression = most
        if ends[0].points:
            rise = Operation(Operator.SUBTRACT, most, least, place)
        earned: Expression = Operation(Operator.MULTIPLY, rise, along, place)
        if ends[0].points:
            earned = Operation(Operator.ADD, least, earned, place)
        # What lies beyond either limit has been said before: this is the rest.
        return Band((), Computed(earned), place)

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
            case "by_quantity":
                return self.by_quantity(node)
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
        low_mark, high_mark = edge_marks(node)
        if low.points > high.points:
            low, high, low_mark, high_mark = high, low, high_mark, low_mark
        self._held.update(end for end, mark in ((low, low_mark), (high, high_mark)) if mark)
        given = Chosen(low, high, self._given_points(), low_mark is not False, high_mark is not False)
        self._unmarked[id(given)] = low_mark is None, high_mark is None
        return given

    def _without_held(self, clause: Clause) -> Clause:
        """Points that a range holds by its mark (80%-60%（含）) do not also belong to one that only ends there."""
        if not isinstance(clause, Band) or not isinstance(clause.award, Chosen):
            return clause
        given = clause.award
        low, high = self._unmarked[id(given)]
        if low and given.low in self._held:
            given = replace(given, low_in=False)
        if high and given.high in self._held:
            given = replace(given, high_in=False)
        return replace(clause, award=given)

    def chosen_within(self, node: Node) -> Award:
        """What an evaluator gives within a range of shares."""
        return self._chosen(node)

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

    def _announces(self, node: Node) -> bool:
        """Whether points by a quantity say what the step behind them counts: 按名次给分，每降一位减 0.25 分."""
        *conditions, given = subtrees(node)
        if given.data != "by_quantity":
            return False
        said = next(subtrees(given))
        found = tuple(condition for each in conditions for condition in self.conditions(each))
        self.measures(self.expression(said), self.span(said))
        share = said.data == "quotient"
        self._announced = _Announced(found, share, Edge(Quantity(Fraction(0), PERCENT), True) if share else None)
        return True

    def _step(self, node: Node, before: list[Clause]) -> Step | None:
        """One step; None where a finding says why it cannot be counted."""
        each = next((child for child in subtrees(node) if child.data in _EACH), None)
        side, findings = Side.ABOVE if each is None else _side(each), len(self.findings)
        stated, size = (None, _ONE_CASE) if each is None else self._size(each)
        announced, self._announced = self._announced or _NOT_ANNOUNCED, None
        conditions, start = self._before_step(node, each, side)
        if stated is not None and start is not None and _differ(start, stated):
            self.error(self.span(node), "two-references", note("state-reference"))
        stated = stated or start
        occurrence = each is None or each.data == "each_case"
        topic = next(subtrees(node, "subject"), None)
        subject = self._counts(each, topic) if occurrence else None
        if each is not None and not occurrence:
            stated = self._topic(each, topic, stated)
            if _down_the_ranks(each, size):
                side, announced = Side.ABOVE, announced._replace(begin=Edge(Quantity(Fraction(1), size.unit), True))
        if announced.share and size.unit == PERCENT:
            # 4% of the planned time, where the overrun is held against it, are four points of that share.
            size = Quantity(size.number, PERCENTAGE_POINT)
        if len(self.findings) > findings:
            return None
        verb, amount = tokens(node, "DEDUCT", "ADD", "AWARD", "NUMBER")
        sign = -1 if verb.type == "DEDUCT" else 1
        base: Award = Points(Fraction(0)) if sign > 0 else FullMarks()
        origin = self._origin(node, before, side, stated, base, occurrence, announced.begin)
        if origin is None:
            return None
        base, reference = origin
        size = self._meant(size, reference)
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
            conditions=(*announced.conditions, *conditions),
            span=self.span(node),
        )

    def _meant(self, size: Quantity, reference: Edge) -> Quantity:
        """A step in per cent of a rate, as the header says that it is meant."""
        of = reference.quantity
        if not self.percents or size.unit != PERCENT or reference.of is not None:
            return size
        if of.unit != PERCENT and of.exact != 0:
            return size
        number = size.number if self.percents == "AS_POINTS" else size.number * of.exact
        return Quantity(number, PERCENTAGE_POINT)

    def _before_step(self, node: Node, each: Node | None, side: Side) -> tuple[tuple[Condition, ...], Edge | None]:
        """What must hold for a step, and where it starts; 时 makes it hold for the step to the other side as well."""
        first = next(subtrees(node))
        if first is each or first.data == "subject":
            meanwhile, self._meanwhile = self._meanwhile, None
            return meanwhile.conditions if meanwhile is not None and meanwhile.side is not side else (), None
        conditions, start = self._start(first, side)
        lasting = any(str(each) == "时" for each in tokens(node, "DE"))
        self._meanwhile = _Meanwhile(conditions, side) if lasting and side is not Side.EITHER else None
        return conditions, start

    def _topic(self, each: Node, topic: Node | None, stated: Edge | None) -> Edge | None:
        """What is named before or behind a step: what is measured, or what nothing may be missing from."""
        counted = next(subtrees(each, "counted"), None)
        if counted is not None:
            self.measures(Reference(str(first_token(counted)), self.span(counted)), self.span(counted))
        if topic is None:
            return stated
        name, place = str(first_token(topic)), self.span(topic)
        if self.subject(name) is None:
            return stated
        if self.measure is None:
            self.measures(Reference(name, place), place)
        elif stated is None and str(first_token(each)) in _MISSING:
            return Edge(WHOLE_OF, True, Reference(name, place), place)
        else:
            self.error(place, "step-of-another-fact", note("one-measure"), name=name)
        return stated

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

    def _counts(self, each: Node | None, topic: Node | None) -> str | None:
        """A count may name its own fact, before it or behind it: 每出现一例违规事项; 五项要求，每有一例不符."""
        named = None if each is None else next(subtrees(each, "subject"), None)
        if named is not None and self._fails(named) and (topic is not None or self.formula is not None):
            named = None
        if topic is not None and self.subject(str(first_token(topic))) is not None:
            if named is not None:
                self.error(self.span(named), "step-of-another-fact", note("one-measure"), name=str(first_token(named)))
            named = topic
        if named is None:
            return None
        fact = Reference(str(first_token(named)), self.span(named))
        if self.formula is not None and self.formula != fact and self.combination is Combination.FIRST:
            self.error(fact.span, "step-of-another-fact", note("one-measure"), name=fact.name)
        self._counted.append(fact)
        return fact.name

    def _fails(self, named: Node) -> bool:
        """Whether what a count names is just that something is not as it should be."""
        name = str(first_token(named))
        return name in FAILING.zh and name not in self.names.declared

    def _origin(
        self,
        node: Node,
        before: list[Clause],
        side: Side,
        stated: Edge | None,
        base: Award,
        occurrence: bool,
        begin: Edge | None,
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
        reference = stated or edge or begin
        if reference is None and occurrence:
            reference = Edge(Quantity(Fraction(0), ONE), True)
        if reference is None:
            if band is None or not (_without_number(band) or self._of_unknown(band)):
                self.error(self.span(node), "step-without-reference", note("state-reference"))
            return None
        return base, reference

    def _of_unknown(self, band: Band) -> bool:
        """Whether a band is about a name that nobody declares, which is a finding already."""
        subjects = (each.subject for each in band.conditions if isinstance(each, Within))
        return any(isinstance(each, Reference) and each.name not in self.names.declared for each in subjects)

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
        pairs = tuple((self._key(name), value) for name, value in map(_pair_of, subtrees(node)))
        return Example(pairs, number(points), self.span(node))

    def _key(self, name: str) -> str:
        """The key of a name in an example: points that an evaluator gives are declared by the criterion alone."""
        if self.chosen is not None and name in self.chosen.name.forms:
            return self.chosen.key
        return name


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


_STEPS = frozenset({"step", "step_per_case"})
_ONE_CASE = Quantity(Fraction(1), ONE)
# Behind these stands what is lacking from what was named before.
_MISSING = frozenset({"每缺", "每少", "每短", "每缺少", "每短缺"})
_DOWN = frozenset({"每降", "每降低", "每下降"})


class _Announced(NamedTuple):
    """What a sentence says of the step behind it: when it counts, whether of a share, and from where."""

    conditions: tuple[Condition, ...] = ()
    share: bool = False
    begin: Edge | None = None


class _Meanwhile(NamedTuple):
    """What must hold for the steps of one sentence, and to which side the first of them counts."""

    conditions: tuple[Condition, ...]
    side: Side


_NOT_ANNOUNCED = _Announced()


def _differ(one: Edge, other: Edge) -> bool:
    return (one.of, one.quantity.exact) != (other.of, other.quantity.exact)


def _down_the_ranks(each: Node, size: Quantity) -> bool:
    """Whether each step is a rank further down, which is a higher number: 每降一位."""
    return size.unit == UNITS["grade_step"] and str(first_token(each)) in _DOWN


def _about_measure(clause: Clause) -> bool:
    """Whether a clause looks at what the formula measures."""
    match clause:
        case Band(conditions, award):
            within = (each for each in conditions if isinstance(each, Within))
            return isinstance(award, InProportion | Interpolated) or any(each.subject is None for each in within)
        case Step(subject=subject):
            return subject is None
        case _:
            return False


def _is_milestone(band: Node) -> bool:
    """Whether a band says that a number is reached: 达 5% 得 1 分."""
    first = next(subtrees(band))
    limit = next(subtrees(first, "limit"), None) if first.data == "within" else None
    return limit is not None and str(first_token(limit)) in _REACHED


_REACHED = frozenset({"达", "达到", "完成"})


def _highest_first(clauses: list[Clause], reached: set[int]) -> list[Clause]:
    """Of milestones that rise (达 5% 得 1 分，达 10% 得 2 分) the highest reached counts: it is looked at first."""
    found: list[Clause] = []
    for milestones, run in groupby(clauses, key=lambda each: id(each) in reached):
        several = list(run)
        found.extend(reversed(several) if milestones and _rise(several) else several)
    return found


def _rise(bands: Sequence[Clause]) -> bool:
    """Whether bands with a lower limit alone ask for more and give more, one after the other."""
    heights = [_height(band) for band in bands]
    known = [each for each in heights if each is not None]
    if len(known) < len(bands) or len({unit for unit, _, _ in known}) > 1:
        return False
    return all(one[1] < other[1] and one[2] < other[2] for one, other in pairwise(known)) and len(known) > 1


def _height(band: Clause) -> tuple[str, Fraction, Fraction] | None:
    """The unit and number of the limit of a milestone, and its points."""
    match band:
        case Band((Within(Edge(Quantity(number, unit), _, None), None, None),), Points(points, False)):
            return unit.code, number, points
        case Band((Within(Edge(Quantity(number, unit), _, None), None, None),), FullMarks()):
            return unit.code, number, Fraction(1_000_000)
        case _:
            return None


_EACH = {"each_above", "each_below", "each_away", "each_case", "each_side"}


def _closed(condition: Condition) -> Condition:
    """A range whose points are interpolated: what lies on an edge earns what the line says there."""
    if not isinstance(condition, Within) or condition.low is None or condition.high is None:
        return condition
    return replace(condition, low=replace(condition.low, inclusive=True), high=replace(condition.high, inclusive=True))


def _points_itself(points: Points, place: Span) -> Expression:
    """So many points in a formula; a share is one of full marks."""
    if not points.share:
        return Number(Quantity(points.points, SCORE), place)
    if points.points == 1:
        return OwnMarks(place)
    return Operation(Operator.MULTIPLY, OwnMarks(place), Number(Quantity(points.points, ONE), place), place)


def _flat_points(award: Award) -> Points | None:
    match award:
        case Points():
            return award
        case FullMarks():
            return Points(Fraction(1), share=True)
        case _:
            return None


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
    interval = next((c for c in band.conditions if isinstance(c, Within) and c.subject is None), None)
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
