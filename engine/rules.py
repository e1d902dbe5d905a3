"""What a rubric says: frozen rule objects, in the order in which the rubric is read aloud.

Places do not take part in comparison: two texts that say the same, in whichever language and
layout, give equal rubrics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Union

from engine.number import Mode
from engine.source import NOWHERE, Span
from engine.unit import ONE, Quantity, Unit


class Reading(Enum):
    """What a fraction of a step counts as: nothing, a whole step, or its share."""

    WHOLE = "whole"
    STARTED = "started"
    PROPORTIONAL = "proportional"


class Side(Enum):
    """On which side of its reference a step counts."""

    ABOVE = "above"
    BELOW = "below"
    EITHER = "either"


class Operator(Enum):
    """The four operations that a formula may use."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Statistic(Enum):
    """What a value is held against in the group of departments that are scored together."""

    MEAN = "mean"
    HIGHEST = "highest"
    LOWEST = "lowest"
    RANK = "rank"  # 1 for the highest value; equal values share the better rank
    RANK_FROM_LOWEST = "rank-from-lowest"
    PERCENT_RANK = "percent-rank"  # the share of the other departments that lie below
    PERCENTILE = "percentile"  # the value below which a stated share lies, interpolated
    COUNT = "count"  # how many departments are scored together


class Aggregate(Enum):
    """What is made of the rows of a table."""

    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"
    HIGHEST = "highest"
    LOWEST = "lowest"


class Combination(Enum):
    """How several things make one number of points."""

    FIRST = "first"  # the first clause that holds
    SUM = "sum"
    HIGHEST = "highest"
    LOWEST = "lowest"
    ONCE = "once"  # a sum in which only the largest loss counts (不重复扣分)


class Role(Enum):
    """How points enter the total: within full marks, on top of them, or taken from them."""

    ORDINARY = "ordinary"
    BONUS = "bonus"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in Chinese, in English, or in both; the Chinese one, where there is one, is the key."""

    zh: str | None = None
    en: str | None = None

    @property
    def key(self) -> str:
        """The one form under which the name is looked up."""
        return self.zh or self.en or ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form that may be written."""
        return tuple(form for form in (self.zh, self.en) if form)


@dataclass(frozen=True, slots=True)
class Period:
    """The years in which a rubric is in force; without a last one, it still is."""

    first: int
    last: int | None

    def holds(self, year: int) -> bool:
        """Whether the rubric is in force for a year."""
        return self.first <= year and (self.last is None or year <= self.last)


# ------------------------------------------------------------------------------------- facts asked for


@dataclass(frozen=True, slots=True)
class Amount:
    """The fact is a number in this unit."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Truth:
    """The fact is yes or no."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The fact is one of these levels, best first."""

    levels: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Free text, which no rule looks at: the name of a row."""


Kind = Union[Amount, Truth, Levels, Text]


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """A fact that the rubric asks for: its name, what kind of value it has, and what it means.

    A number may be below 0 where it is `signed`, and cannot be 0 where it is `positive`. `chosen` marks the points
    that an evaluator gives within a range, which nobody declares: the criterion asks for them. `row` is the row of a
    table that the fact belongs to. `declaration` is the whole line, which may declare several.
    """

    name: Name
    kind: Kind
    meaning: str = ""
    signed: bool = False
    positive: bool = False
    chosen: bool = False
    row: str = ""
    span: Span = field(default=NOWHERE, compare=False)
    declaration: Span = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> str:
        """The one form under which the fact is looked up."""
        return self.row + self.name.key


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words by which a report tells a fact, or is about an indicator: `of` is the key of either.

    The value stands between `before` and `after` where the phrase `takes` one; `means` is the value that the words
    themselves say: a level, yes or no, a number. A number without either stands behind the words.
    """

    of: str
    before: str
    after: str = ""
    takes: bool = False
    means: Quantity | str | bool | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that the unit fills in, with typed columns: the first text column names the rows."""

    name: Name
    columns: tuple[FactDeclaration, ...]
    meaning: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def title(self) -> FactDeclaration | None:
        """The column that names the rows."""
        return next((column for column in self.columns if isinstance(column.kind, Text)), None)

    def column(self, key: str) -> FactDeclaration | None:
        """A column by its key."""
        return next((column for column in self.columns if column.name.key == key), None)


# ----------------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in a formula, with its unit."""

    quantity: Quantity
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact, a derived quantity, or what an indicator measures, by its key."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by one of the four operations."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Extreme:
    """The highest or the lowest of several (取高、取低)."""

    highest: bool
    operands: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How large a number is, whatever its sign (绝对值)."""

    operand: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ByLevel:
    """A quantity that depends on the level of a fact: a threshold by class of department."""

    fact: str
    cases: tuple[tuple[str | bool, Expression], ...]
    otherwise: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """The full marks of the indicator that the formula stands in (分值)."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A quantity held against the departments scored together; `share` is asked for by a percentile alone."""

    statistic: Statistic
    operand: Expression
    share: Fraction | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OfRows:
    """A number made of the rows of a table that meet some conditions; a count needs no operand."""

    aggregate: Aggregate
    table: str
    operand: Expression | None = None
    conditions: tuple[Condition, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PointsOf:
    """The points of an indicator or a level, by its key, or of everything; only where points are put together."""

    name: str | None
    span: Span = field(default=NOWHERE, compare=False)


Expression = Union[Number, Reference, Operation, Extreme, Magnitude, ByLevel, OwnMarks, OfGroup, OfRows, PointsOf]


@dataclass(frozen=True, slots=True)
class Definition:
    """A derived quantity: a name for an expression (定义)."""

    name: Name
    expression: Expression
    span: Span = field(default=NOWHERE, compare=False)


# ------------------------------------------------------------------------------------------ conditions


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of an interval, and whether the end itself belongs to it; with `of`, that many times a quantity."""

    quantity: Quantity
    inclusive: bool
    of: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Within:
    """The measured value, or the named one, lies in an interval; an absent edge leaves it open.

    `magnitude` asks how large the value is, whatever its sign: ±30% 以内.
    """

    low: Edge | None
    high: Edge | None
    subject: Reference | PointsOf | None = None
    magnitude: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A fact has this level, or is true or false; without a subject, the measured fact."""

    value: str | bool
    subject: str | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several lots of conditions holds as a whole."""

    alternatives: tuple[tuple[Condition, ...], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class RowsHold:
    """Every row of a table, or some row, meets the conditions; `among` says which rows are looked at."""

    every: bool
    table: str
    conditions: tuple[Condition, ...]
    among: tuple[Condition, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


Condition = Union[Within, Is, AnyOf, RowsHold]


# ---------------------------------------------------------------------------------------------- awards


@dataclass(frozen=True, slots=True)
class Points:
    """So many points; with `share`, that share of full marks."""

    points: Fraction
    share: bool = False

    def of(self, full: Fraction) -> Fraction:
        """The number of points where full marks are so many."""
        return self.points * full if self.share else self.points


@dataclass(frozen=True, slots=True)
class FullMarks:
    """All the points of the indicator."""


@dataclass(frozen=True, slots=True)
class Less:
    """Full marks less so many points, never below nothing; among clauses that add up, so many points taken."""

    points: Points


@dataclass(frozen=True, slots=True)
class InProportion:
    """The measured rate times full marks, never less than nothing nor more than full marks."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Points that an evaluator gives within a range, with a reason; `fact` is where they are given."""

    low: Points
    high: Points
    fact: str
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Interpolated:
    """Points on the straight line between what the low and the high edge of the band earn."""

    low: Points
    high: Points


@dataclass(frozen=True, slots=True)
class Computed:
    """Points by a formula, never less than nothing nor more than full marks (得分 = …)."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Not counted at all: the rest is scaled up to full marks (不考核，折算)."""


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of what the other departments earn for the indicator."""


Award = Union[Points, FullMarks, Less, InProportion, Chosen, Interpolated, Computed, LeftOut, GroupMean]


# --------------------------------------------------------------------------------------------- clauses


@dataclass(frozen=True, slots=True)
class Band:
    """Where every condition holds, so many points; without conditions, wherever no other band holds."""

    conditions: tuple[Condition, ...]
    award: Award
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """Each step away from the reference costs (amount below 0) or earns (above 0) points.

    `base` is what the reference itself earns. `reading` is None where the rubric's own reading
    applies, `limit` is the most that the steps may move the points (None: until nothing is left, or
    up to full marks). `occurrence` marks counts of whole things, which have no fraction to read. With `of`, the
    reference is that many times a quantity. `subject` is what is counted where it is not what the indicator measures.
    """

    side: Side
    reference: Quantity
    size: Quantity
    amount: Fraction
    base: Award = FullMarks()
    reading: Reading | None = None
    limit: Fraction | None = None
    occurrence: bool = False
    of: Expression | None = None
    subject: str | None = None
    conditions: tuple[Condition, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a checklist: the fact that must hold, and what it earns."""

    fact: str
    points: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AndSoOn:
    """The two bands before it go on by the same stride down to nothing (依次类推)."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Scaled:
    """Where the conditions hold, what is deducted, or else what is earned, counts by this factor (减半)."""

    conditions: tuple[Condition, ...]
    factor: Fraction
    deduction: bool
    span: Span = field(default=NOWHERE, compare=False)


Clause = Union[Band, Step, Item, AndSoOn, Scaled]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """When the indicator does not concern the department, and what it then earns."""

    conditions: tuple[Condition, ...]
    award: Award
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Forfeit:
    """Where the conditions hold the indicator earns nothing, whatever else is found (一票否决)."""

    conditions: tuple[Condition, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a number is rounded, and to how many decimals."""

    mode: Mode
    places: int
    span: Span = field(default=NOWHERE, compare=False)


# ---------------------------------------------------------------------------------------- the structure


@dataclass(frozen=True, slots=True)
class Example:
    """Facts and the points that they should earn."""

    values: tuple[tuple[str, Quantity | str | bool], ...]
    points: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Provided:
    """What must hold for points on top of full marks to be counted (加分的前提)."""

    conditions: tuple[Condition, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class RowsOf:
    """The rows of a table that are scored one by one, each as an indicator of its own."""

    table: str
    conditions: tuple[Condition, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A lowest-level indicator: full marks, what is measured, and the clauses of its criterion.

    `round_measure` and `round_points` say where the rule itself rounds; `shown_in` is the unit whose decimals
    `round_measure` counts. An indicator with `rows` stands for one indicator a row, and `full` is their sum.
    """

    name: Name
    full: Fraction
    measure: Expression | None
    clauses: tuple[Clause, ...]
    not_applicable: NotApplicable | None = None
    notes: tuple[str, ...] = ()
    official: str = ""
    examples: tuple[Example, ...] = ()
    combination: Combination = Combination.FIRST
    role: Role = Role.ORDINARY
    forfeit: Forfeit | None = None
    round_measure: Rounding | None = None
    round_points: Rounding | None = None
    provided: Provided | None = None
    rows: RowsOf | None = None
    row: str = ""
    span: Span = field(default=NOWHERE, compare=False)
    head: Span = field(default=NOWHERE, compare=False)
    official_span: Span = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> str:
        """The one form under which the indicator is looked up."""
        return self.row + self.name.key


@dataclass(frozen=True, slots=True)
class Group:
    """A level-1 or level-2 indicator: full marks and what belongs to it.

    Its members are added up unless `combination` or a formula over their points says otherwise. Of a bonus or a
    penalty, `full` is the most that it may add or take.
    """

    name: Name
    level: int
    full: Fraction
    members: tuple[Group | Indicator, ...]
    notes: tuple[str, ...] = ()
    combination: Combination = Combination.SUM
    role: Role = Role.ORDINARY
    formula: Expression | None = None
    provided: Provided | None = None
    head: Span = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> str:
        """The one form under which the level is looked up."""
        return self.name.key


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the total from which it is given; the last one has no floor."""

    name: Name
    floor: Edge | None
    span: Span = field(default=NOWHERE, compare=False)


# --------------------------------------------------------------------------------- what rests on the whole


@dataclass(frozen=True, slots=True)
class Cap:
    """Where the conditions hold, the total, or an indicator or level, earns at most so many points."""

    conditions: tuple[Condition, ...]
    points: Fraction
    target: str | None = None
    span: Span = field(default=NOWHERE, compare=False)


class Effect(Enum):
    """What a veto does: it fixes the grade, bars it and those above, takes all points, or stops scoring."""

    GRADE = "grade"
    BARRED = "barred"
    NOTHING = "nothing"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Veto:
    """Where the conditions hold, one thing overrules the score; `grade` is the one that is fixed or barred."""

    conditions: tuple[Condition, ...]
    effect: Effect
    grade: str | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from the score, in words: commendation, criticism, a talk with the head."""

    conditions: tuple[Condition, ...]
    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Overall:
    """How the total comes about: the formula, or else the sum, then caps, then vetoes, then rounding."""

    formula: Expression | None = None
    caps: tuple[Cap, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    rounding: Rounding | None = None
    consequences: tuple[Consequence, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Rubric:
    """A whole scoring table.

    `not_applicable` is what an indicator earns whose facts do not apply and that says nothing of it itself.
    """

    title: str
    period: Period | None
    place: str
    basis: tuple[str, ...]
    full: Fraction
    reading: Reading | None
    grades: tuple[Grade, ...]
    facts: tuple[FactDeclaration, ...]
    definitions: tuple[Definition, ...]
    members: tuple[Group | Indicator, ...]
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    overall: Overall = Overall()
    not_applicable: Award | None = None
    phrases: tuple[Phrase, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def indicators(self) -> Iterator[Indicator]:
        """Every lowest-level indicator, in the order of the text."""
        yield from indicators_of(self.members)

    def groups(self) -> Iterator[Group]:
        """Every level, in the order of the text."""
        yield from _groups(self.members)

    def fact(self, key: str) -> FactDeclaration | None:
        """The declaration of a fact, by its key."""
        return next((fact for fact in self.facts if fact.key == key), None)

    def table(self, key: str) -> Table | None:
        """A table, by its key."""
        return next((table for table in self.tables if table.name.key == key), None)


def indicators_of(members: Iterable[Group | Indicator]) -> Iterator[Indicator]:
    """Every lowest-level indicator of some levels, in the order of the text."""
    for member in members:
        if isinstance(member, Group):
            yield from indicators_of(member.members)
        else:
            yield member


def _groups(members: tuple[Group | Indicator, ...]) -> Iterator[Group]:
    for member in members:
        if isinstance(member, Group):
            yield member
            yield from _groups(member.members)


def operands(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that an expression is made of, from left to right."""
    match expression:
        case Operation(_, left, right):
            return left, right
        case Extreme(_, several):
            return several
        case Magnitude(operand) | OfGroup(_, operand):
            return (operand,)
        case ByLevel(_, cases, otherwise):
            return (*(each for _, each in cases), *(() if otherwise is None else (otherwise,)))
        case OfRows(_, _, operand):
            return () if operand is None else (operand,)
        case Number() | Reference() | OwnMarks() | PointsOf():
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and everything inside it."""
    yield expression
    for each in operands(expression):
        yield from walk(each)


def references(expression: Expression) -> Iterator[Reference]:
    """Every name that an expression uses, from left to right."""
    return (each for each in walk(expression) if isinstance(each, Reference))


def plain_edge(edge: Edge) -> bool:
    """Whether an edge is a number and not a named quantity."""
    return edge.of is None


WHOLE_OF = Quantity(Fraction(1), ONE)


def expressions_of(rubric: Rubric) -> Iterator[Expression]:
    """Every expression of a rubric, and everything inside each."""
    for top in _top_expressions(rubric):
        yield from walk(top)


def _top_expressions(rubric: Rubric) -> Iterator[Expression]:
    yield from (each.expression for each in rubric.definitions)
    yield from (group.formula for group in rubric.groups() if group.formula is not None)
    if rubric.overall.formula is not None:
        yield rubric.overall.formula
    for indicator in rubric.indicators():
        if indicator.measure is not None:
            yield indicator.measure
        for clause in indicator.clauses:
            match clause:
                case Band(_, Computed(expression)):
                    yield expression
                case Step(of=of) if of is not None:
                    yield of
    for condition in conditions_of(rubric):
        match condition:
            case Within(low, high, subject):
                yield from (edge.of for edge in (low, high) if edge is not None and edge.of is not None)
                if subject is not None:
                    yield subject


def conditions_of(rubric: Rubric) -> Iterator[Condition]:
    """Every condition of a rubric, and every one inside it."""
    overall = rubric.overall
    for indicator in rubric.indicators():
        for clause in indicator.clauses:
            if isinstance(clause, Band | Step | Scaled):
                yield from _inside(clause.conditions)
        yield from _inside(indicator.not_applicable.conditions if indicator.not_applicable else ())
        yield from _inside(indicator.forfeit.conditions if indicator.forfeit else ())
        yield from _inside(indicator.provided.conditions if indicator.provided else ())
        yield from _inside(indicator.rows.conditions if indicator.rows else ())
    for group in rubric.groups():
        yield from _inside(group.provided.conditions if group.provided else ())
    for cap in overall.caps:
        yield from _inside(cap.conditions)
    for veto in overall.vetoes:
        yield from _inside(veto.conditions)
    for consequence in overall.consequences:
        yield from _inside(consequence.conditions)


def _inside(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        yield condition
        match condition:
            case AnyOf(alternatives):
                for each in alternatives:
                    yield from _inside(each)
            case RowsHold(_, _, hold, among):
                yield from _inside((*hold, *among))
