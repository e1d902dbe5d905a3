"""Does what is said of the whole mean something? Formulas over points, caps, vetoes, and what a bonus asks for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.conditions import ConditionCheck
from engine.diagnostic import Diagnostic, error, note, warning
from engine.dimension import Dimensions
from engine.nearest import nearest
from engine.rules import (
    Cap,
    Effect,
    Expression,
    Group,
    Indicator,
    Number,
    Operation,
    Operator,
    PointsOf,
    Role,
    Rubric,
    Veto,
    walk,
)
from engine.source import Span
from engine.unit import ONE, SCORE, Dimension, multiply


def check_overall(rubric: Rubric, dimensions: Dimensions) -> Iterator[Diagnostic]:
    """Every finding on how the points are put together."""
    yield from _Overall(rubric, dimensions).findings()


class _Overall:
    def __init__(self, rubric: Rubric, dimensions: Dimensions) -> None:
        self.rubric = rubric
        self.dimensions = dimensions
        self.found: list[Diagnostic] = []
        self.full: dict[str | None, Fraction] = {None: rubric.full}
        scored: list[Group | Indicator] = [*rubric.groups(), *rubric.indicators()]
        for each in scored:
            self.full.setdefault(each.key, each.full)
        self.names = tuple(dict.fromkeys(form for each in scored for form in each.name.forms))
        self.conditions = ConditionCheck(dimensions, self.found, rubric.title, (), None, self.names)

    def findings(self) -> Iterator[Diagnostic]:
        """Everything that is wrong."""
        overall = self.rubric.overall
        if overall.formula is not None:
            self._formula(overall.formula)
            self._unnamed(overall.formula)
        for group in self.rubric.groups():
            if group.formula is not None:
                self._formula(group.formula, group)
        for member in self.rubric.members:
            self._beside(member)
        for cap in overall.caps:
            self._cap(cap)
        for veto in overall.vetoes:
            self._veto(veto)
        for consequence in overall.consequences:
            self.conditions.all(consequence.conditions, "unmeasured")
        yield from self.found

    # -------------------------------------------------------------------------------------- formulas

    def _formula(self, formula: Expression, group: Group | None = None) -> None:
        dimension = self._dimension(formula, group)
        if dimension is not None and dimension != SCORE.dimension:
            place = formula.span
            self.found.append(error(note("total-of-another-unit"), place, note("total-form")))

    def _dimension(self, expression: Expression, group: Group | None) -> Dimension | None:
        match expression:
            case PointsOf(name, span):
                return SCORE.dimension if self._known(name, span, group) else None
            case Operation(operator, left, right):
                one, other = self._dimension(left, group), self._dimension(right, group)
                if one is None or other is None:
                    return None
                if operator is Operator.MULTIPLY:
                    return multiply(one, other)
                if operator is Operator.DIVIDE:
                    return multiply(one, other, -1)
                if one != other and not (_bare(left) or _bare(right)):
                    words = self.dimensions.word(left, one), self.dimensions.word(right, other)
                    headline = note("mixed-units", left=words[0], right=words[1])
                    self.found.append(error(headline, expression.span, note("check-units")))
                    return None
                return one if not _bare(left) else other
            case Number(quantity):
                return quantity.unit.dimension
            case _:
                return self.dimensions.of(expression, self.found)

    def _known(self, name: str | None, span: Span, group: Group | None) -> bool:
        if name is None or name in self.full:
            if group is not None and name is not None and name not in _below(group):
                self.found.append(
                    error(note("points-of-elsewhere", name=name, group=group.key), span, note("name-below"))
                )
                return False
            return True
        right = nearest(name, self.names)
        help_note = note("nearest", name=right) if right else note("name-indicator")
        self.found.append(error(note("unknown-scored", name=name), span, help_note))
        return False

    def _unnamed(self, formula: Expression) -> None:
        """Members whose points the formula of the total forgets."""
        named = {each.name for each in walk(formula) if isinstance(each, PointsOf)}
        if None in named:
            return
        for member in self.rubric.members:
            inside = {member.key} if isinstance(member, Indicator) else {member.key, *_below(member)}
            if not named & inside:
                headline = note("total-forgets", name=member.name.key)
                self.found.append(warning(headline, formula.span, note("name-in-total", name=member.name.key)))

    # ------------------------------------------------------------------------------- beside the total

    def _beside(self, member: Group | Indicator) -> None:
        if member.provided is not None:
            if member.role is Role.ORDINARY:
                self.found.append(error(note("provided-ordinary"), member.provided.span, note("provided-bonus")))
            self.conditions.all(member.provided.conditions, "unmeasured")

    def _cap(self, cap: Cap) -> None:
        self.conditions.all(cap.conditions, "unmeasured")
        if cap.target is not None and not self._known(cap.target, cap.span, None):
            return
        full = self.full[cap.target]
        if cap.points > full and cap.conditions:
            headline = note("cap-above-full", points=cap.points, full=full)
            self.found.append(warning(headline, cap.span, note("check-marks")))

    def _veto(self, veto: Veto) -> None:
        self.conditions.all(veto.conditions, "unmeasured")
        if veto.grade is None or veto.effect is Effect.NOTHING:
            return
        names = [form for grade in self.rubric.grades for form in grade.name.forms]
        if veto.grade not in names:
            known = tuple(grade.name.key for grade in self.rubric.grades)
            help_note = note("grades-are", grades=known) if known else note("grades-form")
            self.found.append(error(note("no-such-grade", name=veto.grade), veto.span, help_note))
        elif veto.effect is Effect.BARRED and veto.grade in self.rubric.grades[-1].name.forms:
            self.found.append(error(note("lowest-grade-barred", name=veto.grade), veto.span, note("bar-a-higher")))


def _below(group: Group) -> set[str]:
    """The keys of everything that belongs to a level."""
    found: set[str] = set()
    for member in group.members:
        found.add(member.key)
        if isinstance(member, Group):
            found |= _below(member)
    return found


def _bare(expression: Expression) -> bool:
    """Whether an expression is a number without a unit, which may be added to points."""
    return isinstance(expression, Number) and expression.quantity.unit == ONE
