"""What a rubric says: frozen rule objects, in the order in which the rubric is read aloud.

Places do not take part in comparison: two texts that say the same, in whichever language and
layout, give equal rubrics.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Union

from engine.source import NOWHERE, Span
from engine.unit import Quantity, Unit


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


Kind = Union[Amount, Truth, Levels]


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """A fact that the rubric asks for: its name, what kind of value it has, and what it means."""

    name: Name
    kind: Kind
    meaning: str = ""
    signed: bool = False
    span: Span = field(default=NOWHERE, compare=False)


# ----------------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in a formula, with its unit."""

    quantity: Quantity
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact or a derived quantity, by its key."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by one of the four operations."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


Expression = Union[Number, Reference, Operation]


@dataclass(frozen=True, slots=True)
class Definition:
    """A derived quantity: a name for an expression (定义)."""

    name: Name
    expression: Expression
    span: Span = field(default=NOWHERE, compare=False)


# ------------------------------------------------------------------------------------------ conditions


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of an interval, and whether the end itself belongs to it."""

    quantity: Quantity
    inclusive: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Within:
    """The measured value, or the named one, lies in an interval; an absent edge leaves it open."""

    low: Edge | None
    high: Edge | None
    subject: str | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A fact has this level, or is true or false; without a subject, the measured fact."""

    value: str | bool
    subject: str | None = None
    span: Span = field(default=NOWHERE, compare=False)


Condition = Union[Within, Is]


# --------------------------------------------------------------------------------------------- clauses


@dataclass(frozen=True, slots=True)
class Points:
    """So many points."""

    points: Fraction


@dataclass(frozen=True, slots=True)
class FullMarks:
    """All the points of the indicator."""


@dataclass(frozen=True, slots=True)
class InProportion:
    """The measured rate times full marks, never less than nothing nor more than full marks."""


Award = Union[Points, FullMarks, InProportion]


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
    up to full marks). `occurrence` marks counts of whole things, which have no fraction to read.
    """

    side: Side
    reference: Quantity
    size: Quantity
    amount: Fraction
    base: Award = FullMarks()
    reading: Reading | None = None
    limit: Fraction | None = None
    occurrence: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a checklist: the fact that must hold, and what it earns."""

    fact: str
    points: Fraction
    span: Span = field(default=NOWHERE, compare=False)


Clause = Union[Band, Step, Item]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """When the indicator does not concern the department, and what it then earns."""

    conditions: tuple[Condition, ...]
    award: Award
    span: Span = field(default=NOWHERE, compare=False)


# ---------------------------------------------------------------------------------------- the structure


@dataclass(frozen=True, slots=True)
class Example:
    """Facts and the points that they should earn."""

    values: tuple[tuple[str, Quantity | str | bool], ...]
    points: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A lowest-level indicator: full marks, what is measured, and the clauses of its criterion."""

    name: Name
    full: Fraction
    measure: Expression | None
    clauses: tuple[Clause, ...]
    not_applicable: NotApplicable | None = None
    notes: tuple[str, ...] = ()
    official: str = ""
    examples: tuple[Example, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
    head: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A level-1 or level-2 indicator: full marks and what belongs to it."""

    name: Name
    level: int
    full: Fraction
    members: tuple[Group | Indicator, ...]
    notes: tuple[str, ...] = ()
    head: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the total from which it is given; the last one has no floor."""

    name: Name
    floor: Edge | None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Rubric:
    """A whole scoring table."""

    title: str
    year: int | None
    place: str
    basis: tuple[str, ...]
    full: Fraction
    reading: Reading | None
    grades: tuple[Grade, ...]
    facts: tuple[FactDeclaration, ...]
    definitions: tuple[Definition, ...]
    members: tuple[Group | Indicator, ...]
    notes: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def indicators(self) -> Iterator[Indicator]:
        """Every lowest-level indicator, in the order of the text."""
        yield from _indicators(self.members)

    def fact(self, key: str) -> FactDeclaration | None:
        """The declaration of a fact, by its key."""
        return next((fact for fact in self.facts if fact.name.key == key), None)


def _indicators(members: tuple[Group | Indicator, ...]) -> Iterator[Indicator]:
    for member in members:
        if isinstance(member, Group):
            yield from _indicators(member.members)
        else:
            yield member


def references(expression: Expression) -> Iterator[Reference]:
    """Every name that an expression uses, from left to right."""
    match expression:
        case Reference():
            yield expression
        case Operation(_, left, right):
            yield from references(left)
            yield from references(right)
        case Number():
            pass
