"""What a criterion measures, and what its words refer back to: the formula, or what its sentences say themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from engine.diagnostic import Diagnostic, note
from engine.rules import (
    WHOLE_OF,
    Award,
    Band,
    Computed,
    Condition,
    Edge,
    Expression,
    Is,
    Name,
    Number,
    OfGroup,
    Operation,
    Operator,
    OwnMarks,
    Points,
    Reference,
    Statistic,
    Within,
)
from engine.source import Span
from engine.unit import ONE, SCORE, Quantity
from rubric.language.formulas import Formulas, Names
from rubric.language.text import normalise
from rubric.language.trees import Node, subtrees, tokens

# Of 没有 and 无, but not of 否, it must be said what is not there.
_NOT_THERE = frozenset({"没有", "无"})


class Measures(Formulas):
    """Knows what one indicator measures."""

    def __init__(
        self,
        file: str,
        findings: list[Diagnostic],
        names: Names,
        name: Name,
        own: Iterable[str],
        measure: Expression | None,
    ) -> None:
        super().__init__(file, findings, names)
        self.name = name
        # What the indicator measures; a criterion that names its own fact says it where no formula does.
        self.measure = measure
        self.formula = measure
        self._own = [normalise(each) for each in own]
        # False where a clause had to be left out.
        self.whole = True
        # What was asked for last, and which facts were named together, for the sentences that refer back to them.
        self._asked_for: str | None = None
        self._named_together: tuple[str, ...] = ()
        # Levels that were taken to be those of a fact that nobody named.
        self._owned: set[tuple[str | bool, str | None]] = set()

    # ------------------------------------------------------------------------------------ what is measured

    def measures(self, expression: Expression, place: Span) -> None:
        """Take what a sentence says is measured; a formula that says something else is a finding."""
        if self.measure is None:
            self.measure = self.formula = expression
        elif self.measure != expression:
            self.error(place, "another-measure", note("one-formula"))

    def ranks(self, place: Span, lowest_first: bool) -> None:
        """From here on the rank of what is measured counts: 由低到高得 10、8、6、4 分."""
        if self.measure is None:
            self.error(place, "no-formula", note("formula-form"), name=self.name.key)
            return
        statistic = Statistic.RANK_FROM_LOWEST if lowest_first else Statistic.RANK
        self.measure = OfGroup(statistic, self.measure, None, place)

    def subject(self, name: str) -> str | None:
        """The name before a condition; the indicator's own name, or its end, stands for what it measures."""
        if name in self.names.declared or name in self.names.columns:
            return None if self.measure == Reference(name) else name
        return None if any(_ends_with(own, name) for own in self._own) else name

    def owner(self, level: str) -> str | None:
        """The fact that a level belongs to: the measured one where it has it, else the only one that does."""
        measured = self.measure.name if isinstance(self.measure, Reference) else None
        found = None if measured in self.names.levels.get(level, ()) else super().owner(level)
        if found is not None:
            self._owned.add((level, found))
        return found

    def unowned(self, band: Band) -> Band:
        """A band whose levels without a name are those of what is measured after all."""
        conditions = (
            replace(each, subject=None) if isinstance(each, Is) and (each.value, each.subject) in self._owned else each
            for each in band.conditions
        )
        return replace(band, conditions=tuple(conditions))

    # -------------------------------------------------------------------------------------- referring back

    def present(self, node: Node) -> str | None:
        """What is said to be there."""
        named = super().present(node)
        self._asked_for = named or self._asked_for
        return named

    def absent(self, node: Node) -> str | None:
        """What is said not to be there; 没有的 behind 有项目目标的 is about the same thing."""
        back = node.data == "is_false" and str(next(tokens(node, "NONE"))) in _NOT_THERE
        return super().absent(node) or (self._asked_for if back else None)

    def named_together(self, node: Node) -> tuple[str, ...]:
        """The facts that are said to be alike; 都未达 is about those that were named together before."""
        if self._named_together and not any(tokens(node, "NAME")):
            return self._named_together
        self._named_together = super().named_together(node)
        return self._named_together

    # ---------------------------------------------------------------------------- points by what is measured

    def by_quantity(self, node: Node) -> Award:
        """Points that are a quantity (以综合值为分), or a quotient of full marks (按 A 占 B 的比例给分)."""
        said, place = next(subtrees(node)), self.span(node)
        closing = next(tokens(node, "SCORED"))
        if str(closing) in _TAKEN:
            self.error(self.span(closing), "points-left-out", note("write-points"), word=str(closing))
        if said.data == "quotient":
            return Computed(Operation(Operator.MULTIPLY, OwnMarks(place), self.expression(said), place))
        return Computed(points_of_rate(self.expression(said)))

    def reduced(self, conditions: Sequence[Condition], place: Span) -> Award:
        """Below a limit, full marks by how much of it is reached: 低于的按比例减."""
        match conditions:
            case [Within(None, Edge() as limit, None)] if self.measure is not None:
                full = Operation(Operator.MULTIPLY, OwnMarks(place), self.measure, place)
                return Computed(Operation(Operator.DIVIDE, full, limit_itself(limit, place), place))
            case _:
                self.error(place, "reduced-from-nothing", note("reduced-form"))
                return Points(Fraction(0))


# Behind these it is still to be said how much.
_TAKEN = frozenset({"减分", "扣分"})


def limit_itself(limit: Edge, place: Span) -> Expression:
    """A limit as a term of a formula."""
    share = Number(limit.quantity, place)
    if limit.of is None:
        return share
    return limit.of if limit.quantity == WHOLE_OF else Operation(Operator.MULTIPLY, limit.of, share, place)


def points_of_rate(expression: Expression) -> Expression:
    """A ÷ B × 8, where 8 are the full marks without their unit, is A ÷ B times full marks."""
    match expression:
        case Operation(Operator.MULTIPLY, left, Number(Quantity(full, unit))) if unit == ONE and full:
            return Operation(Operator.MULTIPLY, left, Number(Quantity(full, SCORE), expression.span))
        case _:
            return expression


def _ends_with(own: str, name: str) -> bool:
    """Whether a name is the whole or the end of the indicator's own name."""
    if not own.endswith(name):
        return False
    start = len(own) - len(name)
    return not (start and own[start - 1].isascii() and own[start].isascii()) or own[start - 1] in " _-"
