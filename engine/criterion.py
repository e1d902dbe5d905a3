"""Does one indicator mean something? Its measure, its bands, steps and items, and what does not apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.core import Interval, interval_of
from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.dimension import MAX_TERMS, POINT, Dimensions, dimension_word, unit_word
from engine.nearest import nearest
from engine.rules import (
    Amount,
    Award,
    Band,
    Clause,
    Condition,
    Edge,
    FactDeclaration,
    FullMarks,
    Indicator,
    InProportion,
    Is,
    Item,
    Levels,
    Operation,
    Operator,
    Points,
    Reference,
    Side,
    Step,
    Truth,
    Within,
)
from engine.source import Span
from engine.unit import ONE, PERCENT, PURE, SCORE, Dimension, Quantity

# A staircase with more steps than these is a slip of the pen.
MAX_STEPS = 2_000

# Nobody writes more bands than these, and each is held against all before it.
MAX_BANDS = 40

# What an indicator or a condition measures: a dimension, a fact with levels, nothing, or something broken.
Measured = Dimension | FactDeclaration | str


class CriterionCheck:
    """Checks one indicator; of the fields that are `broken` nothing more is said."""

    def __init__(
        self, indicator: Indicator, dimensions: Dimensions, broken: frozenset[str], reading_stated: bool
    ) -> None:
        self.indicator = indicator
        self.dimensions = dimensions
        self.broken = broken
        self.reading_stated = reading_stated
        self.found: list[Diagnostic] = []
        # Without a head there are no full marks to hold points against.
        self.full = None if "head" in broken else indicator.full

    def findings(self) -> Iterator[Diagnostic]:
        """Everything wrong with the indicator."""
        kind = self._measured()
        if not self.broken & {"scoring", "unknown"}:
            self._clauses(kind)
        exemption = self.indicator.not_applicable
        if exemption is not None:
            for condition in exemption.conditions:
                self._condition(condition, kind)
            self._award(exemption.award, "unmeasured", exemption.span)
        yield from self.found

    def _error(self, code: str, span: Span, *helps: Note, **arguments: str | int | Fraction | Word) -> None:
        self.found.append(error(note(code, **arguments), span, *helps))

    # ---------------------------------------------------------------------------------------- measure

    def _measured(self) -> Measured:
        """What the indicator measures: a dimension, the levels of a fact, or nothing."""
        measure = self.indicator.measure
        if self.broken & {"formula", "unknown"}:
            return "broken"
        if measure is None:
            return self._without_measure()
        if isinstance(measure, Reference) and measure.name in self.dimensions.facts:
            fact = self.dimensions.facts[measure.name]
            if not isinstance(fact.kind, Amount) and measure.name not in self.dimensions.unsettled:
                return fact
        if self.dimensions.too_large(measure):
            self._error("formula-too-large", measure.span, note("make-it-a-fact"), limit=MAX_TERMS)
            return "broken"
        dimension = self.dimensions.of(measure, self.found)
        return "broken" if dimension is None else dimension

    def _without_measure(self) -> Measured:
        if self.broken & {"scoring", "clause", "head"}:
            return "broken"
        needing = next((clause for clause in self.indicator.clauses if _needs_measure(clause)), None)
        if needing is None:
            return "unmeasured"
        self._error("no-formula", needing.span, note("formula-form"), name=self.indicator.name.key)
        return "broken"

    # ---------------------------------------------------------------------------------------- clauses

    def _clauses(self, kind: Measured) -> None:
        clauses = self.indicator.clauses
        if not clauses and "clause" not in self.broken:
            self._error("no-scoring", self.indicator.head, note("scoring-form"), name=self.indicator.name.key)
        items = [clause for clause in clauses if isinstance(clause, Item)]
        others = [clause for clause in clauses if not isinstance(clause, Item)]
        if items and others:
            self._mixed(items, others, kind)
        elif items:
            self._items(items, kind)
        for clause in others:
            if isinstance(clause, Band):
                self._band(clause, kind)
            else:
                self._step(clause, kind)
        if not items:
            self._hidden(others)

    def _mixed(self, items: list[Item], others: Sequence[Clause], kind: Measured) -> None:
        """A name with points beside other clauses: an unknown level or word, or a checklist in the wrong place."""
        strange = [item for item in items if self._level_or_unknown(item, kind)]
        if not strange:
            self._error("items-and-bands", others[0].span, note("items-alone"))

    def _level_or_unknown(self, item: Item, kind: Measured) -> bool:
        """Whether an item names nothing that is declared; on an indicator with levels it is taken for one."""
        name = item.fact
        if name in self.dimensions.unsettled:
            return True
        if name in self.dimensions.facts:
            return False
        if isinstance(kind, FactDeclaration) and isinstance(kind.kind, Levels):
            self._level(name, kind, kind.kind, item.span)
        else:
            self.found.append(self.dimensions.unknown(name, item.span))
        return True

    def _items(self, items: list[Item], kind: Measured) -> None:
        settled = True
        for item in items:
            fact = self.dimensions.facts.get(item.fact)
            if item.points < 0 or self._level_or_unknown(item, kind):
                settled = False
            elif fact is not None and not isinstance(fact.kind, Truth):
                self._error("item-not-yes-no", item.span, note("declare-yes-no", name=item.fact), name=item.fact)
        counted = Counter(item.fact for item in items)
        for last in {item.fact: item for item in items if counted[item.fact] > 1}.values():
            self._error("item-twice", last.span, note("remove-one"), name=last.fact)
            settled = False
        total = sum((item.points for item in items), Fraction(0))
        if self.full is not None and total != self.full and (settled or all(item.points >= 0 for item in items)):
            if max(counted.values()) > 1:
                return
            place = items[0].span.to(items[-1].span)
            name = self.indicator.name.key
            self._error("items-do-not-add-up", place, note("check-marks"), name=name, sum=total, full=self.full)

    # ------------------------------------------------------------------------------------------ bands

    def _band(self, band: Band, kind: Measured) -> None:
        before = len(self.found)
        for condition in band.conditions:
            self._condition(condition, kind)
        if len(self.found) == before:
            self._award(band.award, kind, band.span)

    def _hidden(self, clauses: Sequence[Clause]) -> None:
        """The first clause that an earlier band leaves nothing to, as the first that holds counts."""
        earlier: list[Interval] = []
        for clause in clauses[:MAX_BANDS]:
            interval = _interval(clause)
            # Steps that add are looked at before the band that they start from.
            adds = isinstance(clause, Step) and clause.amount > 0
            if interval is None or interval.empty or adds:
                continue
            if any(_covers(one, interval) for one in earlier):
                hidden, help_code = ("step", "check-side") if isinstance(clause, Step) else ("band", "stricter-first")
                self._error(f"{hidden}-hidden", clause.span, note(help_code))
                return
            if isinstance(clause, Band):
                earlier.append(interval)

    def _award(self, award: Award, kind: Measured, span: Span) -> None:
        name = self.indicator.name.key
        match award:
            case Points(points):
                if self.full is not None and points > self.full:
                    self._error(
                        "points-above-full", span, note("check-marks"), points=points, full=self.full, name=name
                    )
            case InProportion():
                if kind not in ("broken", PURE):
                    self._error("proportion-needs-rate", span, note("rate-form"), name=name)
            case FullMarks():
                pass

    # ------------------------------------------------------------------------------------- conditions

    def _condition(self, condition: Condition, kind: Measured) -> None:
        if condition.subject is not None:
            kind = self._subject(condition.subject, condition.span)
        if kind == "broken":
            return
        if kind == "unmeasured":
            self._error("no-formula", condition.span, note("formula-form"), name=self.indicator.name.key)
        elif isinstance(condition, Within):
            self._within(condition, kind)
        else:
            self._is(condition, kind)

    def _subject(self, name: str, span: Span) -> Measured:
        if name in self.dimensions.unsettled:
            return "broken"
        fact = self.dimensions.facts.get(name)
        if fact is not None and not isinstance(fact.kind, Amount):
            return fact
        dimension = self.dimensions.named(name, span, self.found, self.indicator.name.forms)
        return "broken" if dimension is None else dimension

    def _word(self, subject: str | None, kind: Dimension) -> Word:
        """The unit of what is measured, or of the fact that is named."""
        expression = self.indicator.measure if subject is None else Reference(subject)
        return dimension_word(kind) if expression is None else self.dimensions.word(expression, kind)

    def _within(self, condition: Within, kind: Measured) -> None:
        if isinstance(kind, FactDeclaration):
            self._error("level-held-against-number", condition.span, *_answers(kind), name=kind.name.key)
            return
        assert not isinstance(kind, str)
        edges = dict.fromkeys(edge for edge in (condition.low, condition.high) if edge is not None)
        for edge in edges:
            if not self._fits(edge.quantity, kind):
                self.found.append(_unit_of_edge(edge, kind, self._word(condition.subject, kind)))
                return
        interval = interval_of(condition)
        if interval.empty and condition.low is not None:
            self._error("empty-interval", condition.span, note("low-first"))

    def _is(self, condition: Is, kind: Measured) -> None:
        if not isinstance(kind, FactDeclaration):
            value = _said(condition.value)
            self._error("number-held-against-level", condition.span, note("limit-form"), value=value)
            return
        name = kind.name.key
        if isinstance(condition.value, bool):
            if not isinstance(kind.kind, Truth):
                self._error("not-yes-no", condition.span, *_answers(kind), name=name)
        elif isinstance(kind.kind, Levels):
            self._level(condition.value, kind, kind.kind, condition.span)
        else:
            self._error("not-a-level-fact", condition.span, *_answers(kind), name=name, value=condition.value)

    def _level(self, value: str, fact: FactDeclaration, levels: Levels, span: Span) -> None:
        known = [form for level in levels.levels for form in level.forms]
        if value in known:
            return
        right = nearest(value, known)
        shown = tuple(level.key for level in levels.levels)
        help_note = note("nearest", name=right) if right else note("levels-are", levels=shown)
        self._error("unknown-level", span, help_note, name=fact.name.key, value=value)

    # ------------------------------------------------------------------------------------------ steps

    def _step(self, step: Clause, kind: Measured) -> None:
        assert isinstance(step, Step)
        if isinstance(kind, FactDeclaration):
            self._error("level-held-against-number", step.span, *_answers(kind), name=kind.name.key)
        elif not isinstance(kind, str) and self._reference_fits(step, kind) and self._size_fits(step, kind):
            self._staircase(step)
        if step.reading is None and not self.reading_stated and not step.occurrence:
            self._error("unstated-reading", step.span, note("reading-forms"))

    def _fits(self, quantity: Quantity, kind: Dimension) -> bool:
        """Whether a written quantity can be held against what is measured.

        A bare 0 fits every measure. A bare number above 1 is no rate: `≤ 100` may mean 100 % or a hundredfold, while
        0.1 leaves no doubt. A difference of two rates may be held against percentage points.
        """
        if quantity.unit == ONE and kind == PURE:
            return abs(quantity.number) <= 1 or self._counts_in_numbers()
        if quantity.unit.dimension == kind or (quantity.number == 0 and quantity.unit == ONE):
            return True
        if quantity.unit.dimension == POINT and kind == PURE:
            measure = self.indicator.measure
            return isinstance(measure, Operation) and measure.operator is Operator.SUBTRACT
        return quantity.unit == ONE and kind == SCORE.dimension

    def _counts_in_numbers(self) -> bool:
        """Whether what is measured was declared as a pure number."""
        measure = self.indicator.measure
        fact = self.dimensions.facts.get(measure.name) if isinstance(measure, Reference) else None
        return fact is not None and isinstance(fact.kind, Amount) and fact.kind.unit == ONE

    def _reference_fits(self, step: Step, kind: Dimension) -> bool:
        if self._fits(step.reference, kind):
            return True
        # A band that is held against the wrong unit has said so already.
        if not any(each.code == "unit-of-edge" for each in self.found):
            self.found.append(_unit_of_edge(Edge(step.reference, True, step.span), kind, self._word(None, kind)))
        return False

    def _size_fits(self, step: Step, kind: Dimension) -> bool:
        size, reference = step.size, step.reference.exact
        if size.number <= 0:
            self._error("step-size-zero", step.span, note("more-than-nothing"))
            return False
        if size.unit == PERCENT and (kind != PURE or reference != 1):
            return self._percent_fits(step, kind, reference)
        if kind == PURE:
            fits = size.unit.dimension == POINT or size.unit == PERCENT
        else:
            fits = size.unit.dimension == kind or (size.unit == ONE and step.occurrence)
        measured = self._word(None, kind)
        if not fits and size.unit == ONE:
            self._error("step-without-unit", step.span, note("write-unit"), number=size.number, measured=measured)
        elif not fits:
            help_note = note("use-percentage-points") if kind == PURE else note("check-units")
            self._error("unit-of-step", step.span, help_note, size=unit_word(size.unit), measured=measured)
        return fits

    def _percent_fits(self, step: Step, kind: Dimension, reference: Fraction) -> bool:
        """A per cent step is a share of the reference; on a rate it may also be meant as percentage points."""
        number = step.size.number
        if reference <= 0:
            self._error("percent-of-nothing", step.span, note("use-percentage-points"), number=number)
        elif kind == PURE:
            points = number * reference
            help_note = note("write-points-of-rate", number=number, points=points)
            self._error("ambiguous-percent", step.span, help_note, number=number, points=points)
        else:
            return True
        return False

    def _staircase(self, step: Step) -> None:
        amount = abs(step.amount)
        if amount == 0:
            self._error("step-of-nothing", step.span, note("more-than-nothing"))
        elif self.full is None:
            return
        elif self.full / amount > MAX_STEPS:
            self._error("too-many-steps", step.span, note("check-marks"), limit=MAX_STEPS)
        elif amount > self.full:
            name = self.indicator.name.key
            self._error("step-above-full", step.span, note("check-marks"), points=amount, full=self.full, name=name)


def _needs_measure(clause: Clause) -> bool:
    match clause:
        case Band(conditions, award):
            return isinstance(award, InProportion) or any(condition.subject is None for condition in conditions)
        case Step():
            return True
        case Item():
            return False


def _interval(clause: Clause) -> Interval | None:
    """Where a step counts, or a band that has one condition, on the measured value."""
    match clause:
        case Step(Side.ABOVE, reference):
            return Interval(low=reference.exact)
        case Step(Side.BELOW, reference):
            return Interval(high=reference.exact)
        case Band((Within(_, _, None) as condition,)):
            return interval_of(condition)
        case _:
            return None


def _covers(one: Interval, other: Interval) -> bool:
    """Whether every value of the other interval lies in the one."""
    if one.low is not None:
        if other.low is None or other.low < one.low:
            return False
        if other.low == one.low and other.low_in and not one.low_in:
            return False
    if one.high is None:
        return True
    if other.high is None or other.high > one.high:
        return False
    return other.high < one.high or one.high_in or not other.high_in


def _unit_of_edge(edge: Edge, kind: Dimension, measured: Word) -> Diagnostic:
    unit, number = edge.quantity.unit, edge.quantity.number
    if unit == ONE:
        help_note = note("use-percent", number=number) if kind == PURE else note("write-unit")
        return error(note("edge-without-unit", number=number, measured=measured), edge.span, help_note)
    percent = unit.dimension == POINT and kind == PURE
    help_note = note("use-percent", number=number) if percent else note("check-units")
    return error(note("unit-of-edge", edge=unit_word(unit), measured=measured), edge.span, help_note)


def _answers(fact: FactDeclaration) -> tuple[Note, ...]:
    """How a fact that is not a number may be asked about."""
    match fact.kind:
        case Levels(levels):
            return (note("levels-are", levels=tuple(level.key for level in levels)),)
        case Truth():
            return (note("yes-no-form", name=fact.name.key),)
        case Amount():
            return ()


def _said(value: str | bool) -> str | Word:
    return value if isinstance(value, str) else Word("label", "yes" if value else "no")
