"""What is declared and never asked for: facts, definitions, tables and columns that no rule uses."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagnostic import Diagnostic, note, warning
from engine.rows import marks_column
from engine.rules import (
    AnyOf,
    Band,
    ByLevel,
    Chosen,
    Computed,
    Condition,
    Edge,
    Expression,
    Indicator,
    Is,
    Item,
    OfGroup,
    OfRows,
    Reference,
    RowsHold,
    Rubric,
    Scaled,
    Step,
    Text,
    Within,
    walk,
)


def unused(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every declaration that nothing rests on."""
    used = names_used(rubric)
    for fact in rubric.facts:
        if fact.key not in used and not fact.chosen:
            yield warning(note("unused-fact", name=fact.name.key), fact.span, note("use-or-remove"))
    for definition in rubric.definitions:
        if definition.name.key not in used:
            headline = note("unused-definition", name=definition.name.key)
            yield warning(headline, definition.span, note("use-or-remove"))
    for table in rubric.tables:
        if f"{_TABLE}{table.name.key}" not in used:
            yield warning(note("unused-table", name=table.name.key), table.span, note("use-or-remove"))
            continue
        for column in table.columns:
            needed = isinstance(column.kind, Text) or column == marks_column(table) or column.chosen
            if column.name.key not in used and not needed:
                headline = note("unused-column", name=column.name.key, table=table.name.key)
                yield warning(headline, column.span, note("use-or-remove"))


def names_used(rubric: Rubric) -> frozenset[str]:
    """Every fact, definition and column that a rule uses."""
    return frozenset(_used(rubric))


# Stands before the name of a table, which may be that of a fact as well.
_TABLE = "\0"


def _used(rubric: Rubric) -> Iterator[str]:
    """Every name that a rule uses, and what the definitions that it uses rest on."""
    definitions = {each.name.key: each.expression for each in rubric.definitions}
    measures = {each.key: each.measure for each in rubric.indicators() if each.measure is not None}
    waiting = list(_asked(rubric))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        expression = definitions.get(name) or measures.get(name)
        if expression is not None:
            waiting.extend(_names(expression))


def _asked(rubric: Rubric) -> Iterator[str]:
    """The names that indicators and the whole ask for."""
    for indicator in rubric.indicators():
        yield from _of_indicator(indicator)
    overall = rubric.overall
    for formula in (overall.formula, *(group.formula for group in rubric.groups())):
        if formula is not None:
            yield from _names(formula)
    for member in rubric.members:
        if member.provided is not None:
            yield from _conditions(member.provided.conditions)
    for cap in overall.caps:
        yield from _conditions(cap.conditions)
    for veto in overall.vetoes:
        yield from _conditions(veto.conditions)
    for consequence in overall.consequences:
        yield from _conditions(consequence.conditions)


def _of_indicator(indicator: Indicator) -> Iterator[str]:
    if indicator.measure is not None:
        yield from _names(indicator.measure)
    for part in (indicator.not_applicable, indicator.forfeit, indicator.provided):
        if part is not None:
            yield from _conditions(part.conditions)
    if indicator.rows is not None:
        yield f"{_TABLE}{indicator.rows.table}"
        yield from _conditions(indicator.rows.conditions)
    for clause in indicator.clauses:
        match clause:
            case Band(conditions, award):
                yield from _conditions(conditions)
                if isinstance(award, Computed):
                    yield from _names(award.expression)
                elif isinstance(award, Chosen):
                    yield award.fact
            case Step(subject=subject, conditions=conditions, of=of):
                yield from _conditions(conditions)
                yield from () if subject is None else (subject,)
                yield from () if of is None else _names(of)
            case Item(fact):
                yield fact
            case Scaled(conditions):
                yield from _conditions(conditions)


def _names(expression: Expression) -> Iterator[str]:
    """Every name that an expression uses."""
    for each in walk(expression):
        match each:
            case Reference(name):
                yield name
            case ByLevel(fact):
                yield fact
            case OfRows(_, table, _, conditions):
                yield f"{_TABLE}{table}"
                yield from _conditions(conditions)
            case OfGroup():
                pass


def _conditions(conditions: tuple[Condition, ...]) -> Iterator[str]:
    """Every name that conditions use."""
    for condition in conditions:
        match condition:
            case Is(_, subject):
                yield from () if subject is None else (subject,)
            case Within(low, high, subject):
                yield from () if subject is None else _names(subject)
                yield from (name for edge in (low, high) for name in _edge(edge))
            case AnyOf(alternatives):
                for each in alternatives:
                    yield from _conditions(each)
            case RowsHold(_, table, hold, among):
                yield f"{_TABLE}{table}"
                yield from _conditions((*hold, *among))


def _edge(edge: Edge | None) -> Iterator[str]:
    if edge is not None and edge.of is not None:
        yield from _names(edge.of)
