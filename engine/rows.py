"""Tables that the unit fills in: a row that is scored becomes an indicator, what is made of rows an expression.

A rubric with tables is put together anew for each department: `with_rows` gives an ordinary rubric over
ordinary facts, each cell a fact of its own, which everything else reads as any other. A table that was not
handed in leaves what rests on it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from engine.core import Interval
from engine.facts import Fact, Facts, Present
from engine.keys import table_key
from engine.rewrite import Rewriting
from engine.rules import (
    Aggregate,
    Amount,
    AnyOf,
    Band,
    Chosen,
    Condition,
    Expression,
    Extreme,
    FactDeclaration,
    Group,
    Indicator,
    InProportion,
    Is,
    Name,
    Number,
    OfGroup,
    OfRows,
    Operation,
    Operator,
    Reference,
    RowsHold,
    RowsOf,
    Rubric,
    Table,
    Text,
    Within,
)
from engine.unit import ONE, SCORE, Quantity

Row = Mapping[str, Fact]

_NOTHING = Number(Quantity(Fraction(0), ONE))


class Marks(NamedTuple):
    """What the rows of an indicator are worth together, beside what the rubric says."""

    indicator: Indicator
    table: Table
    rows: int
    marks: Fraction


def with_rows(rubric: Rubric, facts: Facts) -> tuple[Rubric, Facts]:
    """The rubric with an indicator for each row that is scored, and the facts with every cell."""
    if not rubric.tables:
        return rubric, facts
    laying = _Laying(rubric, facts)
    return laying.rubric(), laying.facts()


def with_columns(rubric: Rubric, table: str) -> Rubric:
    """A rubric in which the columns of a table are facts: a row that is looked at by itself."""
    found = rubric.table(table)
    columns = () if found is None else found.columns
    return replace(rubric, facts=(*rubric.facts, *columns))


def marks_of_rows(rubric: Rubric, facts: Facts) -> Iterator[Marks]:
    """What the rows of each indicator are worth together, where its table was handed in."""
    laying = _Laying(rubric, facts)
    for indicator in rubric.indicators():
        if indicator.rows is None or indicator.rows.table not in facts.tables:
            continue
        table = laying.tables[indicator.rows.table]
        found = list(laying.rows(indicator.rows))
        yield Marks(indicator, table, len(found), sum((_marks(table, row) for _, row in found), Fraction(0)))


def marks_column(table: Table) -> FactDeclaration | None:
    """The column that holds the full marks of each row."""
    columns = (column for column in table.columns if not column.chosen)
    return next((each for each in columns if isinstance(each.kind, Amount) and each.kind.unit == SCORE), None)


def row_key(table: str, index: int) -> str:
    """What stands before the name of a column in the key of a cell."""
    return f"{table}[{index + 1}]."


class _Laying:
    """Lays the tables of one department out."""

    def __init__(self, rubric: Rubric, facts: Facts) -> None:
        self._rubric = rubric
        self._facts = facts
        self.tables = {table.name.key: table for table in rubric.tables}
        self._whole = Rewriting(self._expression, self._condition)

    def facts(self) -> Facts:
        """The facts with a fact for every cell."""
        cells = {
            row_key(table, index) + column: fact
            for table, rows in self._facts.tables.items()
            for index, row in enumerate(rows)
            for column, fact in row.items()
        }
        return replace(self._facts, facts={**self._facts.facts, **cells})

    def rubric(self) -> Rubric:
        """The rubric over those facts."""
        rubric = self._rubric
        return replace(
            rubric,
            facts=(*rubric.facts, *self._cells()),
            definitions=tuple(map(self._whole.definition, rubric.definitions)),
            members=tuple(self._member(member) for member in rubric.members),
            overall=self._whole.overall(rubric.overall),
            tables=(),
        )

    def _cells(self) -> Iterator[FactDeclaration]:
        for table, rows in self._facts.tables.items():
            for index in range(len(rows)):
                for column in self.tables[table].columns:
                    if not isinstance(column.kind, Text):
                        yield replace(column, row=row_key(table, index))

    # ------------------------------------------------------------------------------------------ members

    def _member(self, member: Group | Indicator) -> Group | Indicator:
        if isinstance(member, Group):
            return self._whole.group(member, tuple(map(self._member, member.members)))
        if member.rows is None:
            return self._whole.indicator(member)
        if member.rows.table not in self._facts.tables:
            return _not_handed_in(member, member.rows.table)
        table = self.tables[member.rows.table]
        rows = [self._row(member, table, index, row) for index, row in self.rows(member.rows)]
        if not rows:
            return _not_handed_in(member, member.rows.table)
        return Group(member.name, 3, member.full, tuple(rows), member.notes, role=member.role, head=member.head)

    def _row(self, template: Indicator, table: Table, index: int, row: Row) -> Indicator:
        """One row as an indicator of its own."""
        key = row_key(table.name.key, index)
        columns = {column.name.key for column in table.columns}

        def cell(name: str) -> str:
            return key + name if name in columns else name

        def reference(expression: Expression) -> Expression | None:
            if isinstance(expression, Reference):
                return replace(expression, name=cell(expression.name))
            return self._expression(expression)

        scored = Rewriting(reference, self._condition, cell).indicator(template)
        clauses = tuple(_given_in(clause, key) if isinstance(clause, Band) else clause for clause in scored.clauses)
        name = _row_name(table, row, index)
        return replace(scored, name=name, full=_marks(table, row), clauses=clauses, rows=None, row=key, examples=())

    def rows(self, wanted: RowsOf) -> Iterator[tuple[int, Row]]:
        """The rows that meet the conditions, with their places."""
        for index, row in enumerate(self._facts.tables[wanted.table]):
            if _meets(row, wanted.conditions):
                yield index, row

    # ----------------------------------------------------------------------------- numbers made of rows

    def _expression(self, expression: Expression) -> Expression | None:
        match expression:
            case OfGroup():
                # What the group is asked for stays as it is written: every department answers by its own rows.
                return expression
            case OfRows(_, table) if table in self._facts.tables:
                return self._made_of_rows(expression)
            case OfRows():
                return expression
            case _:
                return None

    def _made_of_rows(self, made: OfRows) -> Expression:
        table = self.tables[made.table]
        indices = [index for index, _ in self.rows(RowsOf(made.table, made.conditions))]
        if made.aggregate is Aggregate.COUNT or made.operand is None:
            return Number(Quantity(Fraction(len(indices)), ONE), made.span)
        values = [self._in_row(table, index).expression(made.operand) for index in indices]
        match made.aggregate:
            case Aggregate.SUM:
                return _sum(values)
            case Aggregate.MEAN:
                return Operation(Operator.DIVIDE, _sum(values), Number(Quantity(Fraction(len(values)), ONE)))
            case _ if not values:
                return Operation(Operator.DIVIDE, _NOTHING, _NOTHING)
            case aggregate:
                return Extreme(aggregate is Aggregate.HIGHEST, tuple(values)) if len(values) > 1 else values[0]

    def _in_row(self, table: Table, index: int) -> Rewriting:
        """Names of columns as the cells of one row."""
        key = row_key(table.name.key, index)
        columns = {column.name.key for column in table.columns}

        def cell(name: str) -> str:
            return key + name if name in columns else name

        return Rewriting(
            lambda each: replace(each, name=cell(each.name)) if isinstance(each, Reference) else None, name=cell
        )

    def _condition(self, condition: Condition) -> tuple[Condition, ...] | None:
        if not isinstance(condition, RowsHold) or condition.table not in self._facts.tables:
            return None
        table = self.tables[condition.table]
        indices = [index for index, _ in self.rows(RowsOf(condition.table, condition.among))]
        lots = tuple(self._in_row(table, index).conditions(condition.conditions) for index in indices)
        if condition.every and lots:
            return tuple(each for lot in lots for each in lot)
        if condition.every:
            # What is asked of every row holds where there is none, and is still something that is asked.
            return (AnyOf(((),), condition.span),)
        return (AnyOf(lots, condition.span),)


def _not_handed_in(template: Indicator, table: str) -> Indicator:
    """In the place of rows that nobody has handed in: an indicator that may earn anything."""
    nothing = Reference(table_key(table), template.head)
    clause = Band((), InProportion(), template.head)
    return replace(
        template, measure=nothing, clauses=(clause,), rows=None, not_applicable=None, forfeit=None, examples=()
    )


def _given_in(band: Band, key: str) -> Band:
    """A band whose points an evaluator gives, with the cell in which they are given."""
    match band.award:
        case Chosen(fact=fact):
            return replace(band, award=replace(band.award, fact=key + fact))
        case _:
            return band


def _row_name(table: Table, row: Row, index: int) -> Name:
    """The name of a row: what its text column says, or its number."""
    title = table.title
    fact = None if title is None else row.get(title.name.key)
    text = fact.value if isinstance(fact, Present) and isinstance(fact.value, str) else ""
    text = text or str(index + 1)
    return Name(None, text) if text.isascii() else Name(text)


def _marks(table: Table, row: Row) -> Fraction:
    column = marks_column(table)
    fact = None if column is None else row.get(column.name.key)
    return fact.value.number if isinstance(fact, Present) and isinstance(fact.value, Quantity) else Fraction(0)


def _sum(values: list[Expression]) -> Expression:
    if not values:
        return _NOTHING
    return reduce(lambda left, right: Operation(Operator.ADD, left, right), values)


def _meets(row: Row, conditions: Iterable[Condition]) -> bool:
    """Whether a row meets the conditions that choose among rows; what is not known does not meet them."""
    for condition in conditions:
        match condition:
            case Is(value, str(subject)):
                fact = row.get(subject)
                if not isinstance(fact, Present) or fact.value != value:
                    return False
            case Within(low, high, Reference(name)):
                fact = row.get(name)
                if not isinstance(fact, Present) or not isinstance(fact.value, Quantity):
                    return False
                ends = ((edge.quantity.exact, edge.inclusive) if edge else (None, False) for edge in (low, high))
                if not Interval(*next(ends), *next(ends)).holds(fact.value.exact):
                    return False
            case AnyOf(alternatives):
                if not any(_meets(row, each) for each in alternatives):
                    return False
            case _:
                return False
    return True
