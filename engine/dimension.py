"""What the names and formulas of a rubric come to: their dimensions, and the definitions that do not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.nearest import nearest
from engine.rules import (
    Amount,
    Definition,
    Expression,
    FactDeclaration,
    Number,
    Operation,
    Operator,
    Reference,
    Rubric,
    references,
)
from engine.source import Span
from engine.unit import ONE, PERCENTAGE_POINT, PURE, Dimension, Unit, multiply

# A formula with more names and numbers than these, definitions written out, is a slip or an attack.
MAX_TERMS = 200

POINT = PERCENTAGE_POINT.dimension


def unit_word(unit: Unit) -> Word:
    """A unit as an argument of a message."""
    return dimension_word(PURE) if unit == ONE else Word("unit", unit.code)


def dimension_word(dimension: Dimension) -> Word:
    """A dimension as an argument of a message."""
    return Word("dimension", ",".join(f"{base}:{power}" for base, power in dimension))


class Dimensions:
    """Looks names and formulas up; what is broken has no dimension, and its users are not blamed for it."""

    def __init__(self, rubric: Rubric, unsettled: frozenset[str]) -> None:
        self.facts: dict[str, FactDeclaration] = {fact.name.key: fact for fact in rubric.facts}
        self.unsettled = unsettled
        self._definitions: dict[str, Definition] = {}
        for definition in rubric.definitions:
            self._definitions.setdefault(definition.name.key, definition)
        self._known: dict[str, Dimension | None] = {}
        self._terms: dict[str, int] = {}
        names = (*(fact.name for fact in rubric.facts), *(each.name for each in rubric.definitions))
        self._forms = [form for name in names for form in name.forms]

    # ------------------------------------------------------------------------------------ definitions

    def definitions(self) -> Iterator[Diagnostic]:
        """Every definition that does not hold together; those that others rest on come first."""
        order, circles = _order(self._definitions)
        for circle in circles:
            first = min((self._definitions[name] for name in circle), key=_line)
            start = circle.index(first.name.key)
            path = (*circle[start:], *circle[:start], first.name.key)
            yield error(
                note("circular-definition", name=first.name.key, path=" → ".join(path)),
                first.span,
                note("rest-on-facts"),
            )
        broken = {name for circle in circles for name in circle} | self.unsettled
        for name in order:
            if name in broken:
                self._known[name] = None
                continue
            definition = self._definitions[name]
            found: list[Diagnostic] = []
            self._known[name] = self.of(definition.expression, found)
            self._terms[name] = self._count(definition.expression)
            if self._terms[name] > MAX_TERMS:
                self._known[name] = None
                self._terms[name] = 1
                found = [error(note("formula-too-large", limit=MAX_TERMS), definition.span, note("make-it-a-fact"))]
            yield from found

    def too_large(self, expression: Expression) -> bool:
        """Whether a formula, definitions written out, has more terms than anybody reads."""
        return self._count(expression) > MAX_TERMS

    def _count(self, expression: Expression) -> int:
        match expression:
            case Reference(name):
                return self._terms.get(name, 1)
            case Operation(_, left, right):
                return self._count(left) + self._count(right)
            case Number():
                return 1

    # ------------------------------------------------------------------------------------ expressions

    def of(self, expression: Expression, found: list[Diagnostic]) -> Dimension | None:
        """The dimension of an expression; None where a finding says why there is none."""
        match expression:
            case Number(quantity):
                return quantity.unit.dimension
            case Reference(name, span):
                return self.named(name, span, found)
            case Operation(operator, left, right):
                first, second = self.of(left, found), self.of(right, found)
                if first is None or second is None:
                    return None
                if operator is Operator.MULTIPLY:
                    return multiply(first, second)
                if operator is Operator.DIVIDE:
                    return multiply(first, second, -1)
                return self._sum(expression, first, second, found)

    def _sum(
        self, operation: Operation, first: Dimension, second: Dimension, found: list[Diagnostic]
    ) -> Dimension | None:
        if first == second or _is_zero(operation.right):
            return first
        if _is_zero(operation.left):
            return second
        left, right = self.word(operation.left, first), self.word(operation.right, second)
        for side, other in ((operation.left, right), (operation.right, left)):
            if isinstance(side, Number) and side.quantity.unit == ONE:
                headline = note("number-without-unit", number=side.quantity.number, other=other)
                found.append(error(headline, side.span, note("write-unit")))
                return None
        points = {first, second} == {PURE, POINT}
        help_note = note("points-are-differences") if points else note("check-units")
        found.append(error(note("mixed-units", left=left, right=right), operation.span, help_note))
        return None

    def word(self, expression: Expression, dimension: Dimension) -> Word:
        """What a formula comes to, as an argument of a message: the unit that its author wrote, where it has one."""
        for unit in self._units(expression):
            if unit.dimension == dimension:
                return unit_word(unit)
        return dimension_word(dimension)

    def _units(self, expression: Expression) -> Iterator[Unit]:
        match expression:
            case Number(quantity):
                yield quantity.unit
            case Reference(name) if name in self.facts:
                kind = self.facts[name].kind
                if isinstance(kind, Amount):
                    yield kind.unit
            case Reference(name) if self._known.get(name) is not None:
                yield from self._units(self._definitions[name].expression)
            case Operation(_, left, right):
                yield from self._units(left)
                yield from self._units(right)

    def named(self, name: str, span: Span, found: list[Diagnostic], also: Iterable[str] = ()) -> Dimension | None:
        """The dimension of a fact or derived quantity; `also` names what may be meant beside these."""
        if name in self.unsettled:
            return None
        fact = self.facts.get(name)
        if fact is not None:
            if isinstance(fact.kind, Amount):
                return fact.kind.unit.dimension
            found.append(error(note("not-a-number", name=name), span, note("levels-are-for-bands")))
            return None
        if name in self._definitions:
            return self._known.get(name)
        found.append(self.unknown(name, span, also))
        return None

    def unknown(self, name: str, span: Span, also: Iterable[str] = ()) -> Diagnostic:
        """The finding for a name that nothing has."""
        right = nearest(name, [*also, *self._forms])
        help_note: Note = note("nearest", name=right) if right else note("declare", name=name)
        return error(note("unknown-name", name=name), span, help_note)


def _order(definitions: dict[str, Definition]) -> tuple[list[str], list[list[str]]]:
    """The definitions, each behind those that it rests on, and the circles among them.

    Walks without recursion, as a file may chain as many definitions as it has lines.
    """
    order: list[str] = []
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in definitions:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack = [(start, False)]
        while stack:
            name, left = stack.pop()
            if left:
                path.pop()
                del on_path[name]
                done.add(name)
                order.append(name)
                continue
            if name in on_path:
                circles.append(path[on_path[name] :])
            if name in done or name in on_path:
                continue
            on_path[name] = len(path)
            path.append(name)
            stack.append((name, True))
            used = {each.name for each in references(definitions[name].expression) if each.name in definitions}
            stack.extend((each, False) for each in sorted(used))
    return order, _apart(circles)


def _apart(circles: list[list[str]]) -> list[list[str]]:
    """One circle for each knot: circles that share a name are one mistake."""
    kept: list[list[str]] = []
    seen: set[str] = set()
    for circle in circles:
        if seen.isdisjoint(circle):
            kept.append(circle)
        seen.update(circle)
    return kept


def _line(definition: Definition) -> int:
    return definition.span.line


def _is_zero(expression: Expression) -> bool:
    return isinstance(expression, Number) and expression.quantity.number == 0 and expression.quantity.unit == ONE
