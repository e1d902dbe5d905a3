"""Values as people read them: rates, amounts, intervals, and formulas with the numbers put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.core import Interval
from engine.dimension import natural_unit
from engine.facts import Facts, Present, Value
from engine.keys import given_from_outside, mean_points_key, rows_hold_key, rows_key, statistic_key
from engine.number import decimal, plain, terminates
from engine.rules import (
    Amount,
    Band,
    ByLevel,
    Condition,
    Edge,
    Expression,
    Extreme,
    FactDeclaration,
    Indicator,
    InProportion,
    Magnitude,
    Name,
    Number,
    OfGroup,
    OfRows,
    Operation,
    Operator,
    OwnMarks,
    PointsOf,
    Reference,
    RowsHold,
    Rubric,
    Step,
    Within,
    conditions_of,
    expressions_of,
    operands,
)
from engine.unit import ONE, PERCENT, PURE, Quantity, Unit
from rubric.language.phrases import AGGREGATE_WORDS, STATISTIC_WORDS, Phrases
from rubric.messages.labels import LABELS
from rubric.messages.vocabulary import ALL_WORDS
from rubric.messages.wording import Language
from rubric.messages.words import quantity_text

# A rate that cannot be told from an edge at two decimals is shown with more, up to these.
MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """How the measured value of an indicator is shown: in which unit."""

    unit: Unit

    def number(self, value: Fraction, edges: tuple[Fraction, ...] = ()) -> str:
        """The value in the unit, with as many decimals as it takes to tell it from the edges."""
        shown = value / self.unit.size
        limits = tuple(edge / self.unit.size for edge in edges)
        if terminates(shown) and plain(shown) == plain(shown, 4):
            return plain(shown)
        for places in range(2, MOST_PLACES + 1):
            rounded = Fraction(decimal(shown, places))
            if all((rounded > edge) == (shown > edge) and (rounded < edge) == (shown < edge) for edge in limits):
                return decimal(shown, places)
        return decimal(shown, MOST_PLACES)

    def text(self, value: Fraction, language: Language, edges: tuple[Fraction, ...] = ()) -> str:
        """The value with its unit: 26.92%, 3 例."""
        return quantity_text(self.number(value, edges), self.unit.code, language)


def scale_of(rubric: Rubric, indicator: Indicator) -> Scale:
    """The unit in which an indicator's measured value is shown: that of its edges, per cent for a rate."""
    for clause in indicator.clauses:
        match clause:
            case Step(_, reference, of=None) if reference.unit != ONE:
                return Scale(reference.unit)
            case Step(_, _, size) if size.unit.dimension != PURE and size.unit.code == "percentage_point":
                return Scale(PERCENT)
            case Band(conditions, award):
                units = [edge.quantity.unit for each in conditions for edge in _edges(each) if edge.of is None]
                written = [unit for unit in units if unit != ONE]
                if written:
                    return Scale(written[0])
                if isinstance(award, InProportion):
                    return Scale(PERCENT)
    measure = indicator.measure
    if isinstance(measure, Operation) and measure.operator is Operator.DIVIDE and not indicator.clauses:
        return Scale(PERCENT)
    return Scale(ONE if measure is None else _unit_of_sum(measure, rubric) or ONE)


def _unit_of_sum(expression: Expression, rubric: Rubric) -> Unit | None:
    """The unit of a fact, or of facts that are added up; None where they are multiplied or divided."""
    match expression:
        case Reference(name):
            declared = rubric.fact(name)
            if declared is not None:
                return declared.kind.unit if isinstance(declared.kind, Amount) else None
            defined = next((each.expression for each in rubric.definitions if each.name.key == name), None)
            return None if defined is None else _unit_of_sum(defined, rubric)
        case Operation(Operator.ADD | Operator.SUBTRACT, left, right):
            return _unit_of_sum(left, rubric) or _unit_of_sum(right, rubric)
        case Extreme() | Magnitude():
            return _unit_of_sum(operands(expression)[0], rubric)
        case _:
            return None


def scale_of_expression(rubric: Rubric, expression: Expression) -> Scale:
    """The unit in which what an expression comes to is shown."""
    return Scale(natural_unit(expression, rubric))


def _edges(condition: Condition) -> tuple[Edge, ...]:
    """The edges that the measured value is held against; a condition about something else has none."""
    if not isinstance(condition, Within) or condition.subject is not None:
        return ()
    return tuple(edge for edge in (condition.low, condition.high) if edge is not None)


def edges_of(indicator: Indicator) -> tuple[Fraction, ...]:
    """Every edge and reference of an indicator that is a number, in base units."""
    found: list[Fraction] = []
    for clause in indicator.clauses:
        if isinstance(clause, Step) and clause.of is None:
            found.append(clause.reference.exact)
        elif isinstance(clause, Band):
            for condition in clause.conditions:
                found.extend(edge.quantity.exact for edge in _edges(condition) if edge.of is None)
    return tuple(found)


def interval_text(interval: Interval, scale: Scale, language: Language) -> str:
    """An interval as a rubric writes it: ≤ 100%, 20-30%（含）, = 0."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return "任意值" if language == "zh" else "any value"
    if high is None:
        return f"{'≥' if interval.low_in else '>'} {edge_text(low or Fraction(0), scale, language)}"
    if low is None:
        return f"{'≤' if interval.high_in else '<'} {edge_text(high, scale, language)}"
    if low == high:
        return f"= {edge_text(low, scale, language)}"
    return _range_text(interval, low, high, scale, language)


def edge_text(value: Fraction, scale: Scale, language: Language) -> str:
    """An edge with its unit; nothing is nothing in every unit."""
    return scale.text(value, language) if value else "0"


def _range_text(interval: Interval, low: Fraction, high: Fraction, scale: Scale, language: Language) -> str:
    included = "（含）" if language == "zh" else " (inclusive)"
    excluded = "（不含）" if language == "zh" else " (exclusive)"
    start = scale.number(low)
    end = scale.text(high, language)
    if interval.low_in and not interval.high_in:
        first = scale.text(low, language) if scale.unit == PERCENT else start
        return f"{first}{included}-{end}"
    if interval.high_in and not interval.low_in:
        return f"{start}-{end}{included}"
    mark = included if interval.low_in else excluded
    return f"{scale.text(low, language)}{mark}-{end}{mark}"


def name_text(name: Name, language: Language) -> str:
    """A name in the reader's language, or the one it has."""
    return (name.zh or name.en or "") if language == "zh" else (name.en or name.zh or "")


def fact_name(rubric: Rubric, key: str, language: Language, row: str = "") -> str:
    """The name of a declared fact in the reader's language, or of what is given from outside.

    A cell of a table goes by its row and its column; in the row that is spoken of, by its column alone.
    """
    if given_from_outside(key):
        return _outside(rubric, key, language)
    declared = rubric.fact(key)
    if declared is None:
        return key
    return name_text(declared.name, language) if declared.row == row else _cell(rubric, declared, language)


def _cell(rubric: Rubric, declared: FactDeclaration, language: Language) -> str:
    """A cell of a table, with the row that it stands in; a fact that is none goes by its name."""
    column = name_text(declared.name, language)
    if not declared.row:
        return column
    scored = next((each for each in rubric.indicators() if each.row == declared.row), None)
    if scored is not None:
        return LABELS["cell"].of(language).format(column=column, row=name_text(scored.name, language))
    table, number = declared.row.rstrip("].").rsplit("[", 1)
    return LABELS["cell-of-row"].of(language).format(column=column, table=table, row=number)


def _outside(rubric: Rubric, key: str, language: Language) -> str:
    """What the group or a table would give: 全组平均（支出 ÷ 预算）."""
    writer = FormulaWriter(rubric, Facts("", None, {}), language)
    for expression in expressions_of(rubric):
        match expression:
            case OfGroup() if statistic_key(expression) == key:
                return writer.names(expression)
            case OfRows() if rows_key(expression) == key:
                return writer.names(expression)
    for condition in conditions_of(rubric):
        if isinstance(condition, RowsHold) and rows_hold_key(condition) == key:
            return fact_name(rubric, condition.table, language)
    for indicator in rubric.indicators():
        if mean_points_key(indicator.key) == key:
            return LABELS["mean-points"].of(language).format(name=name_text(indicator.name, language))
    return key.rsplit(" ", 1)[-1]


def value_text(value: Value, language: Language) -> str:
    """A fact's value: 1154.2万元, 一等, 是."""
    match value:
        case bool():
            return LABELS["yes" if value else "no"].of(language)
        case Quantity(number, unit):
            return quantity_text(plain(number, 6), unit.code, language)
        case _:
            return value


class FormulaWriter:
    """Writes an indicator's formula with names, or with the numbers put in."""

    def __init__(self, rubric: Rubric, facts: Facts, language: Language, full: Fraction | None = None) -> None:
        self.rubric = rubric
        self.facts = facts
        self.language = language
        self.full = full
        self.derived = {each.name.key: each.expression for each in rubric.definitions}

    def names(self, expression: Expression) -> str:
        """The formula as the rubric writes it."""
        return self._write(expression, numbers=False, units=True)

    def numbers(self, expression: Expression) -> str:
        """The formula with the facts' numbers; units stand only where there is more than one."""
        return self._write(expression, numbers=True, units=len(set(self._units(expression))) > 1)

    def _units(self, expression: Expression) -> Iterator[str]:
        match expression:
            case Reference(name) if name in self.derived:
                yield from self._units(self.derived[name])
            case Reference(name):
                declared = self.rubric.fact(name)
                if declared and isinstance(declared.kind, Amount):
                    yield declared.kind.unit.code
            case Number(quantity) if quantity.unit not in (ONE, PERCENT):
                yield quantity.unit.code
            case OwnMarks() | PointsOf() | OfGroup() | OfRows():
                pass
            case _:
                for each in operands(expression):
                    yield from self._units(each)

    def _write(self, expression: Expression, numbers: bool, units: bool, outer: int = 0, last: bool = False) -> str:
        match expression:
            case Number(quantity) if units or quantity.unit in (ONE, PERCENT):
                return value_text(quantity, self.language)
            case Number(quantity):
                return plain(quantity.number, 6)
            case Reference(name):
                return self._reference(name, numbers, units, outer, last)
            case Operation(operator, left, right):
                rank = 1 if operator in (Operator.ADD, Operator.SUBTRACT) else 2
                first = self._write(left, numbers, units, rank)
                second = self._write(right, numbers, units, rank, operator in (Operator.SUBTRACT, Operator.DIVIDE))
                text = f"{first} {_SIGNS[operator]} {second}"
                return f"({text})" if rank < outer or (rank == outer and last) else text
            case OwnMarks():
                return plain(self.full) if numbers and self.full is not None else self._word("OWN_MARKS")
            case OfGroup():
                return self._outside(statistic_key(expression), expression, numbers, units)
            case OfRows():
                return self._outside(rows_key(expression), expression, numbers, units)
            case PointsOf(name):
                return self._word("TOTAL") if name is None else self._title(name)
            case Extreme(highest, several):
                inside = self._several(several, numbers, units)
                return self._call("HIGHER_OF" if highest else "LOWER_OF", inside)
            case Magnitude(operand):
                return f"|{self._write(operand, numbers, units)}|"
            case ByLevel(fact, cases, otherwise):
                return self._by_level(fact, dict(cases), otherwise, numbers, units)

    def _word(self, terminal: str) -> str:
        return ALL_WORDS[terminal].first(self.language)

    def _several(self, several: tuple[Expression, ...], numbers: bool, units: bool) -> str:
        separator = "，" if self.language == "zh" else ", "
        return separator.join(self._write(each, numbers, units) for each in several)

    def _by_level(
        self,
        fact: str,
        cases: dict[str | bool, Expression],
        otherwise: Expression | None,
        numbers: bool,
        units: bool,
    ) -> str:
        """The quantity of the department's own level; without the fact, that it depends on it."""
        given = self.facts.get(fact)
        level = given.value if isinstance(given, Present) else None
        chosen = cases.get(level, otherwise) if isinstance(level, str | bool) else None
        if numbers and chosen is not None:
            return self._write(chosen, numbers, units, 2)
        return f"{self._word('BY_LEVEL')}{' ' if self.language == 'en' else ''}{self._title(fact)}"

    def _call(self, terminal: str, inside: str) -> str:
        """A word of the language with what it is asked of in brackets."""
        return f"{self._word(terminal)}（{inside}）" if self.language == "zh" else f"{self._word(terminal)}({inside})"

    def _outside(self, key: str, expression: OfGroup | OfRows, numbers: bool, units: bool) -> str:
        given = self.facts.get(key)
        if numbers and isinstance(given, Present) and isinstance(given.value, Quantity):
            number, unit = given.value.number, given.value.unit
            if unit == ONE:
                return f"{plain(number * 100)}%" if number.denominator != 1 else plain(number)
            return value_text(given.value, self.language) if units or unit == PERCENT else plain(number)
        inside = [] if isinstance(expression, OfRows) and expression.operand is None else [expression.operand]
        named = self._several(tuple(each for each in inside if each is not None), False, True)
        if isinstance(expression, OfRows):
            phrases = Phrases(self.rubric, self.language)
            more = [named or self._title(expression.table), *map(phrases.condition, expression.conditions)]
            separator = "，" if self.language == "zh" else ", "
            return self._call(AGGREGATE_WORDS[expression.aggregate], separator.join(more))
        return self._call(STATISTIC_WORDS[expression.statistic], named)

    def _reference(self, name: str, numbers: bool, units: bool, outer: int, last: bool) -> str:
        if not numbers:
            return self._title(name)
        if name in self.derived:
            return self._write(self.derived[name], numbers, units, outer, last)
        fact = self.facts.get(name)
        declared = self.rubric.fact(name)
        if not isinstance(fact, Present) or not isinstance(fact.value, Quantity) or declared is None:
            return self._title(name)
        unit = declared.kind.unit if isinstance(declared.kind, Amount) else fact.value.unit
        shown = Quantity(fact.value.in_unit(unit), unit)
        text = value_text(shown, self.language) if units else plain(shown.number, 6)
        if unit == PERCENT and not units:
            text += "%"
        return f"({text})" if shown.number < 0 and outer else text

    def _title(self, key: str) -> str:
        named = [(each.key, each.name) for each in self.rubric.facts]
        named += [(each.name.key, each.name) for each in self.rubric.definitions]
        named += [(each.name.key, each.name) for each in self.rubric.tables]
        named += [(each.key, each.name) for each in self.rubric.indicators()]
        named += [(each.key, each.name) for each in self.rubric.groups()]
        return next((name_text(name, self.language) for each, name in named if each == key), key)


_SIGNS = {Operator.ADD: "+", Operator.SUBTRACT: "-", Operator.MULTIPLY: "×", Operator.DIVIDE: "÷"}
