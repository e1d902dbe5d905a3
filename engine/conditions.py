"""Do conditions mean something? What each is about, whether its limits fit, and whether its levels are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from engine.alternatives import interval_of
from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.dimension import POINT, RANK, Dimensions, dimension_word, unit_word
from engine.nearest import nearest
from engine.rules import (
    Amount,
    AnyOf,
    Condition,
    Edge,
    Expression,
    FactDeclaration,
    Is,
    Levels,
    Number,
    Operation,
    Operator,
    PointsOf,
    Reference,
    RowsHold,
    Truth,
    Within,
)
from engine.source import Span
from engine.unit import ONE, PURE, SCORE, Dimension, Quantity

# What an indicator or a condition measures: a dimension, a fact with levels, nothing, or something broken.
Measured = Dimension | FactDeclaration | str


class ConditionCheck:
    """Checks the conditions that stand at one place; `name` is what that place is called."""

    def __init__(
        self,
        dimensions: Dimensions,
        found: list[Diagnostic],
        name: str = "",
        also: Sequence[str] = (),
        measure: Expression | None = None,
        levels: Iterable[str] = (),
    ) -> None:
        self.dimensions = dimensions
        self.found = found
        self.name = name
        self.also = also
        self.measure = measure
        # The indicators and levels whose points may be asked for.
        self.scored = frozenset(levels)

    def error(self, code: str, span: Span, *helps: Note, **arguments: str | int | Fraction | Word) -> None:
        """Keep a finding."""
        self.found.append(error(note(code, **arguments), span, *helps))

    def all(self, conditions: Iterable[Condition], kind: Measured) -> None:
        """Every finding on some conditions; `kind` is what they look at where they name nothing."""
        for condition in conditions:
            self.check(condition, kind)

    def check(self, condition: Condition, kind: Measured) -> None:
        """Every finding on one condition."""
        match condition:
            case AnyOf(alternatives):
                for each in alternatives:
                    self.all(each, kind)
            case RowsHold():
                self._rows(condition)
            case Within(subject=PointsOf(name, span)):
                self._points(condition, name, span)
            case Within(subject=subject):
                self._about(condition, kind if subject is None else self._expression(subject))
            case Is(_, subject, span):
                self._about(condition, kind if subject is None else self.subject(subject, span))

    def _about(self, condition: Within | Is, kind: Measured) -> None:
        if kind == "broken":
            return
        if kind == "unmeasured":
            self.error("no-formula", condition.span, note("formula-form"), name=self.name)
        elif isinstance(condition, Within):
            self._within(condition, kind)
        else:
            self._is(condition, kind)

    def _expression(self, subject: Expression) -> Measured:
        if isinstance(subject, Reference):
            return self.subject(subject.name, subject.span)
        dimension = self.dimensions.of(subject, self.found)
        return "broken" if dimension is None else dimension

    def subject(self, name: str, span: Span) -> Measured:
        """What a name stands for."""
        if name in self.dimensions.unsettled:
            return "broken"
        fact = self.dimensions.facts.get(name)
        if fact is not None and isinstance(fact.kind, Levels | Truth):
            return fact if self.dimensions.reachable(name, span, self.found) else "broken"
        dimension = self.dimensions.named(name, span, self.found, self.also)
        return "broken" if dimension is None else dimension

    def _rows(self, rows: RowsHold) -> None:
        if self.dimensions.rubric.table(rows.table) is None:
            if rows.table and rows.table not in self.dimensions.unsettled:
                self.found.append(self.dimensions.unknown_table(rows.table, rows.span))
            return
        outside, self.dimensions.table = self.dimensions.table, rows.table
        self.all((*rows.conditions, *rows.among), "unmeasured")
        self.dimensions.table = outside

    def _points(self, condition: Within, name: str | None, span: Span) -> None:
        if name is not None and name not in self.scored:
            right = nearest(name, self.scored)
            help_note = note("nearest", name=right) if right else note("name-indicator")
            self.error("unknown-scored", span, help_note, name=name)
            return
        self._within(condition, SCORE.dimension)

    # --------------------------------------------------------------------------------------- limits

    def word(self, subject: Expression | None, kind: Dimension) -> Word:
        """The unit of what is measured, or of what is named."""
        expression = self.measure if subject is None else subject
        return dimension_word(kind) if expression is None else self.dimensions.word(expression, kind)

    def _within(self, condition: Within, kind: Measured) -> None:
        if isinstance(kind, FactDeclaration):
            self.error("level-held-against-number", condition.span, *answers(kind), name=kind.name.key)
            return
        assert not isinstance(kind, str)
        about = None if isinstance(condition.subject, PointsOf) else condition.subject
        edges = dict.fromkeys(edge for edge in (condition.low, condition.high) if edge is not None)
        for edge in edges:
            if not self.edge_fits(edge, kind, about, condition.subject is None):
                return
        named = [edge for edge in edges if edge.of is not None]
        if not named and interval_of(condition).empty:
            self.error("empty-interval", condition.span, note("low-first"))

    def edge_fits(self, edge: Edge, kind: Dimension, about: Expression | None, measured: bool) -> bool:
        """Whether a limit can be held against what is looked at; where not, a finding says why."""
        if edge.of is None:
            if self.fits(edge.quantity, kind, measured):
                return True
            self.found.append(unit_of_edge(edge, kind, self.word(about, kind)))
            return False
        dimension = self.dimensions.of(edge.of, self.found)
        if dimension is None:
            return False
        if dimension != kind:
            limit, looked_at = self.dimensions.word(edge.of, dimension), self.word(about, kind)
            self.error("unit-of-edge", edge.span, note("check-units"), edge=limit, measured=looked_at)
        return dimension == kind

    def fits(self, quantity: Quantity, kind: Dimension, measured: bool = True) -> bool:
        """Whether a written quantity can be held against what is measured.

        A bare 0 fits every measure. A bare number above 1 is no rate: `≤ 100` may mean 100 % or a hundredfold, while
        0.1 leaves no doubt. A difference of two rates may be held against percentage points. A rank is a plain number.
        """
        if quantity.unit == ONE and kind == PURE:
            return abs(quantity.number) <= 1 or self._counts_in_numbers()
        if quantity.unit.dimension == kind or (quantity.number == 0 and quantity.unit == ONE):
            return True
        if quantity.unit.dimension == POINT and kind == PURE:
            return measured and isinstance(self.measure, Operation) and self.measure.operator is Operator.SUBTRACT
        return quantity.unit == ONE and kind in (SCORE.dimension, RANK)

    def _counts_in_numbers(self) -> bool:
        """Whether what is measured was declared as a pure number, or is a count."""
        measure = self.measure
        if measure is not None and not isinstance(measure, Reference | Number | Operation):
            return True
        fact = self.dimensions.facts.get(measure.name) if isinstance(measure, Reference) else None
        return fact is not None and isinstance(fact.kind, Amount) and fact.kind.unit == ONE

    # --------------------------------------------------------------------------------------- levels

    def _is(self, condition: Is, kind: Measured) -> None:
        if not isinstance(kind, FactDeclaration):
            value = said(condition.value)
            self.error("number-held-against-level", condition.span, note("limit-form"), value=value)
            return
        name = kind.name.key
        if isinstance(condition.value, bool):
            if not isinstance(kind.kind, Truth):
                self.error("not-yes-no", condition.span, *answers(kind), name=name)
        elif isinstance(kind.kind, Levels):
            self.level(condition.value, kind, kind.kind, condition.span)
        else:
            self.error("not-a-level-fact", condition.span, *answers(kind), name=name, value=condition.value)

    def level(self, value: str, fact: FactDeclaration, levels: Levels, span: Span) -> None:
        """A level that the fact does not have."""
        known = [form for level in levels.levels for form in level.forms]
        if value in known:
            return
        right = nearest(value, known)
        shown = tuple(level.key for level in levels.levels)
        help_note = note("nearest", name=right) if right else note("levels-are", levels=shown)
        self.error("unknown-level", span, help_note, name=fact.name.key, value=value)


def unit_of_edge(edge: Edge, kind: Dimension, measured: Word) -> Diagnostic:
    """The finding for a limit whose unit is not that of what is measured."""
    unit, number = edge.quantity.unit, edge.quantity.number
    if unit == ONE:
        help_note = note("use-percent", number=number) if kind == PURE else note("write-unit")
        return error(note("edge-without-unit", number=number, measured=measured), edge.span, help_note)
    percent = unit.dimension == POINT and kind == PURE
    help_note = note("use-percent", number=number) if percent else note("check-units")
    return error(note("unit-of-edge", edge=unit_word(unit), measured=measured), edge.span, help_note)


def answers(fact: FactDeclaration) -> tuple[Note, ...]:
    """How a fact that is not a number may be asked about."""
    match fact.kind:
        case Levels(levels):
            return (note("levels-are", levels=tuple(level.key for level in levels)),)
        case Truth():
            return (note("yes-no-form", name=fact.name.key),)
        case _:
            return ()


def said(value: str | bool) -> str | Word:
    """A level, or the word for yes or no."""
    return value if isinstance(value, str) else Word("label", "yes" if value else "no")
