"""Keys of what is known beside the declared facts: statistics of the group, sums over rows, others' points.

Such a value is given by the departments or rows that are scored together. Where it is not given it is
missing like any other fact, so that a score without it is a range.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.rules import (
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
    OwnMarks,
    PointsOf,
    Reference,
    RowsHold,
    Statistic,
    Within,
)

# No name of a rule file can begin like this.
_MARK = "\0"


def given_from_outside(key: str) -> bool:
    """Whether a key stands for something that no facts file can hold."""
    return key.startswith(_MARK)


def statistic_key(statistic: OfGroup) -> str:
    """The key of a statistic of the group."""
    return f"{_MARK}group {_spelt(statistic)}"


def of_group(key: str) -> bool:
    """Whether a key stands for a statistic of the group, which moves with the facts of each department."""
    return key.startswith(f"{_MARK}group ")


def is_rank(key: str) -> bool:
    """Whether a key stands for a rank in the group, which is a whole number from 1 on."""
    ranks = (Statistic.RANK, Statistic.RANK_FROM_LOWEST)
    return key.startswith(tuple(f"{_MARK}group {each.value}(" for each in ranks))


def rows_key(rows: OfRows) -> str:
    """The key of a number made of rows."""
    return f"{_MARK}rows {_spelt(rows)}"


def rows_hold_key(rows: RowsHold) -> str:
    """The key of whether rows meet conditions."""
    return f"{_MARK}rows {_condition(rows)}"


def mean_points_key(indicator: str) -> str:
    """The key of the mean of what the other departments earn for an indicator."""
    return f"{_MARK}mean points {indicator}"


def table_key(table: str) -> str:
    """The key of a whole table that was not handed in."""
    return f"{_MARK}table {table}"


def _spelt(expression: Expression) -> str:
    """An expression as a text that is the same for equal expressions."""
    match expression:
        case Number(quantity):
            return f"{quantity.number}{quantity.unit.code}"
        case Reference(name):
            return name
        case Operation(operator, left, right):
            return f"({_spelt(left)} {operator.value} {_spelt(right)})"
        case Extreme(highest, operands):
            return f"{'highest' if highest else 'lowest'}({', '.join(map(_spelt, operands))})"
        case Magnitude(operand):
            return f"|{_spelt(operand)}|"
        case ByLevel(fact, cases, otherwise):
            rest = "" if otherwise is None else _spelt(otherwise)
            return f"by {fact}({', '.join(f'{level}: {_spelt(each)}' for level, each in cases)}; {rest})"
        case OfGroup(statistic, operand, share):
            return f"{statistic.value}({_spelt(operand)}{'' if share is None else f', {share}'})"
        case OfRows(aggregate, table, operand, conditions):
            what = "" if operand is None else _spelt(operand)
            return f"{aggregate.value} {table}({what}{_all(conditions)})"
        case OwnMarks():
            return "own marks"
        case PointsOf(name):
            return f"points of {name}"


def _all(conditions: Iterable[Condition]) -> str:
    return "".join(f", {_condition(each)}" for each in conditions)


def _condition(condition: Condition) -> str:
    match condition:
        case Is(value, subject):
            return f"{subject} is {value}"
        case AnyOf(alternatives):
            return " or ".join(_all(each) for each in alternatives)
        case RowsHold(every, table, conditions, among):
            return f"{'every' if every else 'some'} {table}({_all(conditions)};{_all(among)})"
        case Within(low, high, subject, magnitude):
            named = "" if subject is None else _spelt(subject)
            return f"{'size of ' if magnitude else ''}{named} from {_edge(low)} to {_edge(high)}"


def _edge(edge: Edge | None) -> str:
    if edge is None:
        return "open"
    number = f"{edge.quantity.number}{edge.quantity.unit.code}{' in' if edge.inclusive else ''}"
    return number if edge.of is None else f"{number} of {_spelt(edge.of)}"
