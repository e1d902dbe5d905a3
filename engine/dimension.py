"""What the names and formulas of a rubric come to: their dimensions, and the definitions that do not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.nearest import nearest
from engine.rules import (
    Aggregate,
    Amount,
    ByLevel,
    Definition,
    Expression,
    Extreme,
    FactDeclaration,
    Levels,
    Magnitude,
    Number,
    OfGroup,
    OfRows,
    Operation,
    Operator,
    OwnMarks,
    PointsOf,
    Reference,
    Rubric,
    Statistic,
    Truth,
    operands,
    references,
)
from engine.source import Span
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, PURE, SCORE, UNITS, Dimension, Unit, multiply

# A formula with more names and numbers than these, definitions written out, is a slip or an attack.
MAX_TERMS = 200

POINT = PERCENTAGE_POINT.dimension
# Stands for a table that could not be told, where nothing is to be said of columns.
ANY_TABLE = "*"
RANK = UNITS["grade_step"].dimension


def unit_word(unit: Unit) -> Word:
    """A unit as an argument of a message."""
    return dimension_word(PURE) if unit == ONE else Word("unit", unit.code)


def dimension_word(dimension: Dimension) -> Word:
    """A dimension as an argument of a message."""
    return Word("dimension", ",".join(f"{base}:{power}" for base, power in dimension))


def natural_unit(expression: Expression, rubric: Rubric) -> Unit:
    """The unit in which what an expression comes to is naturally told: that of its facts, per cent for a rate."""
    derived = {each.name.key: each.expression for each in rubric.definitions}
    match expression:
        case Number(quantity):
            return quantity.unit
        case Reference(name) if name in derived:
            return natural_unit(derived[name], rubric)
        case Reference(name):
            declared = rubric.fact(name)
            return declared.kind.unit if declared is not None and isinstance(declared.kind, Amount) else ONE
        case Operation(Operator.DIVIDE):
            return PERCENT
        case OfGroup(Statistic.RANK | Statistic.RANK_FROM_LOWEST | Statistic.COUNT):
            return ONE
        case OwnMarks() | PointsOf():
            return SCORE
        case _:
            inner = operands(expression)
            return natural_unit(inner[0], rubric) if inner else ONE


class Dimensions:
    """Looks names and formulas up; what is broken has no dimension, and its users are not blamed for it."""

    def __init__(self, rubric: Rubric, unsettled: frozenset[str]) -> None:
        self.rubric = rubric
        self.facts: dict[str, FactDeclaration] = {fact.key: fact for fact in rubric.facts}
        # Columns are named like facts, but only where the rows of their table are looked at.
        self.columns: dict[str, str] = {
            column.name.key: table.name.key for table in rubric.tables for column in table.columns
        }
        for table in rubric.tables:
            self.facts.update((column.name.key, column) for column in table.columns)
        self.table: str | None = None
        self.marks_known = False
        self.unsettled = unsettled
        self._definitions: dict[str, Definition] = {}
        for definition in rubric.definitions:
            self._definitions.setdefault(definition.name.key, definition)
        self._measures: set[str] = set()
        for indicator in rubric.indicators():
            # What an indicator measures may be named by the indicator's name.
            key = indicator.name.key
            if indicator.measure is None or key in self.facts or key in self._definitions:
                continue
            if not any(each.name == key for each in references(indicator.measure)):
                self._definitions[key] = Definition(indicator.name, indicator.measure, indicator.measure.span)
                self._measures.add(key)
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
            if name not in self._measures:
                yield from found

    def too_large(self, expression: Expression) -> bool:
        """Whether a formula, definitions written out, has more terms than anybody reads."""
        return self._count(expression) > MAX_TERMS

    def _count(self, expression: Expression) -> int:
        match expression:
            case Reference(name):
                return self._terms.get(name, 1)
            case _:
                return sum(map(self._count, operands(expression))) or 1

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
            case Extreme(_, several):
                return self._alike(several, found)
            case Magnitude(operand):
                return self.of(operand, found)
            case ByLevel():
                return self._by_level(expression, found)
            case OwnMarks(span):
                if not self.marks_known:
                    found.append(error(note("marks-outside-scoring"), span, note("marks-in-scoring")))
                    return None
                return SCORE.dimension
            case OfGroup(statistic, operand):
                return self._statistic(statistic, self.of(operand, found))
            case OfRows():
                return self._rows(expression, found)
            case PointsOf(_, span):
                found.append(error(note("points-outside-overall"), span, note("points-in-overall")))
                return None

    def _alike(self, several: Iterable[Expression], found: list[Diagnostic]) -> Dimension | None:
        """The dimension that several quantities share, as one of them is taken."""
        first, *rest = several
        dimension = self.of(first, found)
        for each in rest:
            other = self.of(each, found)
            if dimension is None or other is None:
                return None
            if _is_zero(first):
                first, dimension = each, other
            elif other != dimension and not _is_zero(each):
                left, right = self.word(first, dimension), self.word(each, other)
                found.append(error(note("mixed-units", left=left, right=right), each.span, note("check-units")))
                return None
        return dimension

    def _by_level(self, expression: ByLevel, found: list[Diagnostic]) -> Dimension | None:
        """A quantity that depends on a level: each level has one, all in one dimension."""
        fact = self.facts.get(expression.fact)
        if expression.fact in self.unsettled:
            return None
        if fact is None or not isinstance(fact.kind, Levels | Truth):
            if fact is None and expression.fact not in self._definitions:
                found.append(self.unknown(expression.fact, expression.span))
            else:
                headline = note("levels-asked-of-number", name=expression.fact)
                found.append(error(headline, expression.span, note("declare-levels", name=expression.fact)))
            return None
        levels = [level.key for level in fact.kind.levels] if isinstance(fact.kind, Levels) else []
        named = [level for level, _ in expression.cases]
        strange = next((level for level in named if isinstance(level, str) and level not in levels), None)
        if strange is not None:
            finding_note = note("unknown-level", name=fact.name.key, value=strange)
            found.append(error(finding_note, expression.span, note("levels-are", levels=tuple(levels))))
            return None
        left = tuple(level for level in levels if level not in named)
        if left and expression.otherwise is None:
            headline = note("levels-without-value", name=fact.name.key, levels=left)
            found.append(error(headline, expression.span, note("value-for-each-level")))
        return self._alike(operands(expression), found)

    def _statistic(self, statistic: Statistic, operand: Dimension | None) -> Dimension | None:
        match statistic:
            case Statistic.RANK | Statistic.RANK_FROM_LOWEST:
                return None if operand is None else RANK
            case Statistic.PERCENT_RANK | Statistic.COUNT:
                return None if operand is None else PURE
            case _:
                return operand

    def _rows(self, rows: OfRows, found: list[Diagnostic]) -> Dimension | None:
        if self.rubric.table(rows.table) is None:
            if rows.table and rows.table not in self.unsettled:
                found.append(self.unknown_table(rows.table, rows.span))
            return None
        outside, self.table = self.table, rows.table
        try:
            dimension = PURE if rows.operand is None else self.of(rows.operand, found)
        finally:
            self.table = outside
        return PURE if rows.aggregate is Aggregate.COUNT else dimension

    def unknown_table(self, name: str, span: Span) -> Diagnostic:
        """The finding for a table that is not declared."""
        known = tuple(table.name.key for table in self.rubric.tables)
        right = nearest(name, known)
        help_note = note("nearest", name=right) if right else note("table-form")
        return error(note("unknown-table", name=name), span, help_note)

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
            case OwnMarks() | PointsOf():
                yield SCORE
            case OfGroup(Statistic.RANK | Statistic.RANK_FROM_LOWEST):
                yield UNITS["grade_step"]
            case OfGroup(Statistic.PERCENT_RANK | Statistic.COUNT):
                pass
            case _:
                for each in operands(expression):
                    yield from self._units(each)

    def named(self, name: str, span: Span, found: list[Diagnostic], also: Iterable[str] = ()) -> Dimension | None:
        """The dimension of a fact or derived quantity; `also` names what may be meant beside these."""
        if name in self.unsettled:
            return None
        fact = self.facts.get(name)
        if fact is not None:
            if not self.reachable(name, span, found):
                return None
            if isinstance(fact.kind, Amount):
                return fact.kind.unit.dimension
            found.append(error(note("not-a-number", name=name), span, note("levels-are-for-bands")))
            return None
        if name in self._definitions:
            return self._known.get(name)
        found.append(self.unknown(name, span, also))
        return None

    def reachable(self, name: str, span: Span, found: list[Diagnostic]) -> bool:
        """Whether a name may be used here; a column may only where the rows of its table are looked at."""
        if name not in self.columns or self.table in (self.columns[name], ANY_TABLE):
            return True
        found.append(error(note("column-outside", name=name, table=self.columns[name]), span, note("rows-form")))
        return False

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
