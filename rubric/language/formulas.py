"""From trees to expressions and conditions, with the names that they may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from lark import Token

from engine.diagnostic import Diagnostic, note
from engine.rules import (
    Aggregate,
    AnyOf,
    ByLevel,
    Condition,
    Edge,
    Expression,
    Extreme,
    Is,
    Magnitude,
    Number,
    OfGroup,
    OfRows,
    Operation,
    Operator,
    OwnMarks,
    PointsOf,
    Reference,
    RowsHold,
    Statistic,
    Within,
    walk,
)
from engine.source import Span
from engine.unit import ONE, Quantity
from rubric.language.intervals import Intervals, symmetric
from rubric.language.trees import Node, first_token, number, quantity, subtrees, tokens

_OPERATORS = {
    "PLUS": Operator.ADD,
    "MINUS": Operator.SUBTRACT,
    "TIMES": Operator.MULTIPLY,
    "OVER": Operator.DIVIDE,
}
_STATISTICS = {
    "GROUP_MEAN": Statistic.MEAN,
    "GROUP_HIGHEST": Statistic.HIGHEST,
    "GROUP_LOWEST": Statistic.LOWEST,
    "GROUP_RANK": Statistic.RANK,
    "GROUP_RANK_UP": Statistic.RANK_FROM_LOWEST,
    "GROUP_SHARE": Statistic.PERCENT_RANK,
    "GROUP_PERCENTILE": Statistic.PERCENTILE,
    "GROUP_COUNT": Statistic.COUNT,
}
_AGGREGATES = {
    "ROW_SUM": Aggregate.SUM,
    "ROW_MEAN": Aggregate.MEAN,
    "ROW_COUNT": Aggregate.COUNT,
    "ROW_HIGHEST": Aggregate.HIGHEST,
    "ROW_LOWEST": Aggregate.LOWEST,
}
# Undeclared, these stand for the full marks of the indicator.
_OWN_MARKS = frozenset({"分值", "满分", "权重", "权重分", "满分值"})


class Names:
    """What names may stand for: facts and derived quantities, columns by their table, and what has points."""

    def __init__(
        self,
        declared: frozenset[str] = frozenset(),
        columns: Mapping[str, str] | None = None,
        tables: frozenset[str] = frozenset(),
        scored: Mapping[str, str] | None = None,
        levels: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.declared = declared
        self.columns = dict(columns or {})
        self.tables = tables
        # Every form of an indicator's or a level's name, with its key.
        self.scored = dict(scored or {})
        # Every level, with the facts that may have it.
        self.levels = dict(levels or {})


class Formulas(Intervals):
    """Reads the expressions and conditions of one file."""

    def __init__(self, file: str, findings: list[Diagnostic], names: Names) -> None:
        super().__init__(file, findings)
        self.names = names
        # Whether a bare name of an indicator or a level stands for its points.
        self.points_by_name = False
        # Once a criterion has spoken of ±x, its other ranges are meant on both sides as well.
        self.both_sides = False

    # ------------------------------------------------------------------------------------- expressions

    def expression(self, node: Node) -> Expression:
        """A formula."""
        place = self.span(node)
        match node.data:
            case "number":
                return Number(quantity(node.children), place)
            case "reference":
                return self.reference(str(node.children[0]), place)
            case "negative":
                zero = Number(Quantity(Fraction(0), ONE), place)
                return Operation(Operator.SUBTRACT, zero, self.expression(next(subtrees(node))), place)
            case "sum" | "product" | "ratio":
                return self._chain(node)
            case "quotient":
                one, other = map(self.expression, subtrees(node))
                return Operation(Operator.DIVIDE, one, other, place)
            case "lowest" | "highest":
                operands = tuple(map(self.expression, subtrees(node)))
                return Extreme(node.data == "highest", operands, place)
            case "magnitude":
                return Magnitude(self.expression(next(subtrees(node))), place)
            case "own_marks":
                return OwnMarks(place)
            case "points_of":
                return self._points_of(node)
            case "by_level":
                return self._by_level(node)
            case "statistic":
                return self._statistic(node)
            case "rows_made":
                return self._rows_made(node)
            case _:
                return self.expression(next(subtrees(node)))

    def reference(self, name: str, place: Span) -> Expression:
        """What a name in a formula stands for."""
        if self.points_by_name and name in self.names.scored:
            return PointsOf(self.names.scored[name], place)
        if name in _OWN_MARKS and name not in self.names.declared and name not in self.names.columns:
            return OwnMarks(place)
        return Reference(name, place)

    def _points_of(self, node: Node) -> PointsOf:
        named = next(tokens(node, "NAME", "WORD"), None)
        if named is None:
            return PointsOf(None, self.span(node))
        return PointsOf(self.names.scored.get(str(named), str(named)), self.span(node))

    def _chain(self, node: Node) -> Expression:
        operands = [self.expression(child) for child in subtrees(node)]
        result = operands[0]
        for operator, right in zip(tokens(node), operands[1:], strict=True):
            result = Operation(_OPERATORS[operator.type], result, right, result.span.to(right.span))
        return result

    def _by_level(self, node: Node) -> ByLevel:
        cases: list[tuple[str | bool, Expression]] = []
        otherwise: Expression | None = None
        for child in subtrees(node, "level_value"):
            level, value = first_token(child), self.expression(next(subtrees(child)))
            if level.type == "OTHERWISE":
                otherwise = value
            elif level.type in ("HAVE", "IS", "NONE"):
                cases.append((level.type != "NONE", value))
            else:
                cases.append((str(level), value))
        return ByLevel(str(next(tokens(node, "NAME", "WORD"))), tuple(cases), otherwise, self.span(node))

    def _statistic(self, node: Node) -> OfGroup:
        kind, operand = list(subtrees(node))
        share = next(tokens(node, "NUMBER"), None)
        statistic = _STATISTICS[first_token(kind).type]
        asked = statistic is Statistic.PERCENTILE
        if asked is (share is None):
            self.error(self.span(node), "percentile-share", note("percentile-form"))
        return OfGroup(
            statistic, self.expression(operand), None if share is None else number(share) / 100, self.span(node)
        )

    def _rows_made(self, node: Node) -> OfRows:
        kind, operand, *conditions = list(subtrees(node))
        aggregate = _AGGREGATES[first_token(kind).type]
        expression: Expression | None = self.expression(operand)
        among = tuple(map(self.condition, conditions))
        table = ""
        if isinstance(expression, Reference) and (expression.name in self.names.tables or aggregate is Aggregate.COUNT):
            table, expression = expression.name, None
        else:
            assert expression is not None
            table = self._table_of(expression)
        return OfRows(aggregate, table, expression, among, self.span(node))

    def _table_of(self, expression: Expression) -> str:
        """The table whose columns an expression uses."""
        names = (each.name for each in walk(expression) if isinstance(each, Reference))
        found = next((self.names.columns[name] for name in names if name in self.names.columns), None)
        if found is None:
            self.error(expression.span, "rows-of-no-table", note("rows-form"))
        return found or ""

    # -------------------------------------------------------------------------------------- conditions

    def conditions(self, node: Node) -> tuple[Condition, ...]:
        """Conditions that must all hold."""
        match node.data:
            case "all_of":
                return tuple(condition for child in subtrees(node) for condition in self.conditions(child))
            case "any_of":
                return (AnyOf(tuple(self.conditions(child) for child in subtrees(node)), self.span(node)),)
            case "all_are":
                return self._all_are(node)
            case _:
                return (self.condition(node),)

    def condition(self, node: Node) -> Condition:
        """One condition: what it is about, and the interval or level that it asks for."""
        place = self.span(node)
        if node.data in ("all_of", "any_of", "all_are"):
            found = self.conditions(node)
            return found[0] if len(found) == 1 else AnyOf((found,), place)
        match node.data:
            case "within" | "between" | "from_standard":
                return self._within(node)
            case "rows_hold":
                return self._rows_hold(node)
            case "is_leveled":
                return self.leveled(next(subtrees(node)))
        subject = self._level_subject(node)
        match node.data:
            case "is_true" | "is_present" | "stated":
                return Is(True, subject or self.present(node), place)
            case "is_false" | "is_absent":
                return Is(False, subject or self.absent(node), place)
            case _:
                level = [*tokens(node, "LEVEL", "WORD")][-1]
                named = any(subtrees(node, "subject"))
                return Is(str(level), subject if named else self.owner(str(level)), place)

    def leveled(self, node: Node) -> Is:
        """A fact and its level in a row: 年度未达."""
        name, level = tokens(node)
        return Is(str(level), self.subject(str(name)), self.span(node))

    def _all_are(self, node: Node) -> tuple[Condition, ...]:
        """Several facts that have the same level: 年度与累计都达标."""
        level, place = str(next(tokens(node, "LEVEL"))), self.span(node)
        return tuple(Is(level, self.subject(name), place) for name in self.named_together(node))

    def named_together(self, node: Node) -> tuple[str, ...]:
        """The facts that are said to be alike."""
        named = tuple(str(each) for each in tokens(node, "NAME"))
        if not named:
            self.error(self.span(node), "all-of-nothing", note("name-them"), word=str(first_token(node)))
        return named

    def present(self, node: Node) -> str | None:
        """What is said to be there: 有项目目标的."""
        return next((str(each) for each in tokens(node, "NAME", "WORD")), None)

    def absent(self, node: Node) -> str | None:
        """What is said not to be there: 没有新建楼堂馆所的."""
        return next((str(each) for each in tokens(node, "NAME", "WORD")), None)

    def owner(self, level: str) -> str | None:
        """The fact that a level belongs to where no fact is named; None for what is measured, or where several may."""
        owners = self.names.levels.get(level, ())
        return owners[0] if len(owners) == 1 else None

    def _within(self, node: Node) -> Within:
        named = next(subtrees(node, "subject", "subject_points"), None)
        inner = node if node.data != "within" else next(child for child in subtrees(node) if child is not named)
        self.both_sides |= symmetric(inner)
        low, high = self.interval(inner)
        subject = None if named is None else self._subject_of(named)
        if subject is None:
            self.limit = low, high
        magnitude = subject is None and self.both_sides and _at_least_nothing(low, high)
        return Within(low, high, subject, magnitude, self.span(node))

    def _subject_of(self, node: Node) -> Reference | PointsOf | None:
        if node.data == "subject_points":
            return self._points_of(node)
        name = self.subject(str(first_token(node)))
        return None if name is None else Reference(name, self.span(node))

    def _level_subject(self, node: Node) -> str | None:
        named = next(subtrees(node, "subject"), None)
        return None if named is None else self.subject(str(first_token(named)))

    def subject(self, name: str) -> str | None:
        """The name before a condition; None where it stands for what is measured."""
        return name

    def _rows_hold(self, node: Node) -> RowsHold:
        every = first_token(next(subtrees(node, "every_row"))).type == "EVERY_ROW"
        conditions: list[Condition] = []
        among: list[Condition] = []
        kept = conditions
        for child in node.children[1:]:
            if isinstance(child, Token):
                kept = among if child.type == "AMONG" else kept
            else:
                kept.append(self.condition(child))
        table = next((self.names.columns[name] for name in _subjects(conditions) if name in self.names.columns), "")
        if not table:
            self.error(self.span(node), "rows-of-no-table", note("rows-form"))
        return RowsHold(every, table, tuple(conditions), tuple(among), self.span(node))


def _at_least_nothing(low: Edge | None, high: Edge | None) -> bool:
    """Whether a range lies on the upper side, so that it can be meant on both sides."""
    edges = [edge for edge in (low, high) if edge is not None]
    return all(edge.of is None and edge.quantity.number >= 0 for edge in edges)


def _subjects(conditions: list[Condition]) -> Iterator[str]:
    for condition in conditions:
        match condition:
            case Within(subject=Reference(name)):
                yield name
            case Is(_, subject) if subject is not None:
                yield subject
