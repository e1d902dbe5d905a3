"""The same rubric with some of its expressions or conditions put otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from engine.rules import (
    AnyOf,
    Award,
    Band,
    ByLevel,
    Cap,
    Clause,
    Computed,
    Condition,
    Consequence,
    Definition,
    Edge,
    Expression,
    Extreme,
    Group,
    Indicator,
    Is,
    Magnitude,
    Operation,
    Overall,
    Provided,
    Reference,
    RowsHold,
    Scaled,
    Step,
    Veto,
    Within,
)

ExpressionChange = Callable[[Expression], Expression | None]
Conditional = TypeVar("Conditional", Cap, Veto, Consequence)
ConditionChange = Callable[[Condition], tuple[Condition, ...] | None]


class Rewriting:
    """Puts other expressions and conditions in the place of some; None leaves one as it is but for what is inside it.

    A name that stands where only a name can is put through `name`.
    """

    def __init__(
        self,
        expression: ExpressionChange,
        condition: ConditionChange = lambda _: None,
        name: Callable[[str], str] = lambda name: name,
    ) -> None:
        self._expression = expression
        self._condition = condition
        self._name = name

    def expression(self, expression: Expression) -> Expression:
        """An expression."""
        changed = self._expression(expression)
        if changed is not None:
            return changed
        match expression:
            case Operation(_, left, right):
                return replace(expression, left=self.expression(left), right=self.expression(right))
            case Extreme(_, operands):
                return replace(expression, operands=tuple(map(self.expression, operands)))
            case Magnitude(operand):
                return replace(expression, operand=self.expression(operand))
            case ByLevel(fact, cases, otherwise):
                return replace(
                    expression,
                    fact=self._name(fact),
                    cases=tuple((level, self.expression(each)) for level, each in cases),
                    otherwise=None if otherwise is None else self.expression(otherwise),
                )
            case _:
                return expression

    # -------------------------------------------------------------------------------------- conditions

    def conditions(self, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """Conditions that must all hold."""
        return tuple(each for condition in conditions for each in self._one(condition))

    def _one(self, condition: Condition) -> tuple[Condition, ...]:
        changed = self._condition(condition)
        if changed is not None:
            return changed
        match condition:
            case Within(low, high, subject):
                named = None if subject is None else self.expression(subject)
                about = named if isinstance(named, Reference) else subject
                return (replace(condition, low=self._edge(low), high=self._edge(high), subject=about),)
            case Is(_, subject):
                return (replace(condition, subject=None if subject is None else self._name(subject)),)
            case AnyOf(alternatives):
                return (replace(condition, alternatives=tuple(map(self.conditions, alternatives))),)
            case RowsHold():
                return (condition,)

    def _edge(self, edge: Edge | None) -> Edge | None:
        return edge if edge is None or edge.of is None else replace(edge, of=self.expression(edge.of))

    # ------------------------------------------------------------------------------------------ clauses

    def clause(self, clause: Clause) -> Clause:
        """A clause."""
        match clause:
            case Band(conditions, award):
                return replace(clause, conditions=self.conditions(conditions), award=self.award(award))
            case Step(of=of, subject=subject, conditions=conditions):
                return replace(
                    clause,
                    of=None if of is None else self.expression(of),
                    subject=None if subject is None else self._name(subject),
                    conditions=self.conditions(conditions),
                )
            case Scaled(conditions):
                return replace(clause, conditions=self.conditions(conditions))
            case _:
                return clause

    def award(self, award: Award) -> Award:
        """An award."""
        return Computed(self.expression(award.expression)) if isinstance(award, Computed) else award

    def indicator(self, indicator: Indicator) -> Indicator:
        """An indicator."""
        exemption, forfeit = indicator.not_applicable, indicator.forfeit
        return replace(
            indicator,
            measure=None if indicator.measure is None else self.expression(indicator.measure),
            clauses=tuple(map(self.clause, indicator.clauses)),
            not_applicable=exemption and replace(exemption, conditions=self.conditions(exemption.conditions)),
            forfeit=forfeit and replace(forfeit, conditions=self.conditions(forfeit.conditions)),
            provided=self._provided(indicator.provided),
        )

    def group(self, group: Group, members: tuple[Group | Indicator, ...]) -> Group:
        """A level with other members."""
        formula = None if group.formula is None else self.expression(group.formula)
        return replace(group, members=members, formula=formula, provided=self._provided(group.provided))

    def _provided(self, provided: Provided | None) -> Provided | None:
        return provided and replace(provided, conditions=self.conditions(provided.conditions))

    def definition(self, definition: Definition) -> Definition:
        """A derived quantity."""
        return replace(definition, expression=self.expression(definition.expression))

    def overall(self, overall: Overall) -> Overall:
        """What is said of the whole."""
        return replace(
            overall,
            formula=None if overall.formula is None else self.expression(overall.formula),
            caps=tuple(self._conditional(each) for each in overall.caps),
            vetoes=tuple(self._conditional(each) for each in overall.vetoes),
            consequences=tuple(self._conditional(each) for each in overall.consequences),
        )

    def _conditional(self, clause: Conditional) -> Conditional:
        return replace(clause, conditions=self.conditions(clause.conditions))
