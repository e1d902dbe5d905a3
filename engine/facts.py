"""What is known of a department: facts in four states, where each was read, and what it claims.

A fact is present, missing, not applicable or contradictory; none of the four stands in for
another. An adjustment stands beside the fact and is never folded into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from typing import Union

from engine.source import NOWHERE, Span
from engine.unit import Quantity


class Basis(Enum):
    """What a value rests on, strongest first."""

    FIGURE = "figure"
    STATEMENT = "statement"
    JUDGEMENT = "judgement"
    INFERENCE = "inference"
    UNSTATED = "unstated"

    def __init__(self, _value: str) -> None:
        # The place in the list above: the higher, the weaker.
        self.rank: int = len(self.__class__.__members__)


Value = Union[Quantity, str, bool]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value was read, what it rests on, and why it was read so."""

    basis: Basis = Basis.UNSTATED
    document: str = ""
    section: str = ""
    quote: str = ""
    reason: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Present:
    """The fact has one value."""

    value: Value
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class NotApplicableFact:
    """The fact does not concern the department, for a stated reason."""

    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Contradictory:
    """The fact was read with different values in different places."""

    readings: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was found; the reason says where it was looked for."""

    provenance: Provenance = Provenance()


Fact = Union[Present, Missing, NotApplicableFact, Contradictory]

MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount taken out of a fact (below 0: added to it), with its ground, evidence and who allowed it."""

    fact: str
    amount: Quantity
    ground: str
    evidence: str = ""
    allowed_by: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A rate as a report prints it: its value (95.94% is 0.9594) and the decimals that are printed (2)."""

    text: str
    value: Fraction
    places: int
    percent: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the department claims for one indicator; points are None where it claims none in words."""

    indicator: str
    points: Fraction | None
    rate: PrintedRate | None = None
    quote: str = ""
    section: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything that the department claims for itself."""

    indicators: tuple[Claim, ...] = ()
    subtotals: tuple[tuple[str, Fraction, Span], ...] = ()
    total: Fraction | None = None
    grade: str | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def of(self, indicator: str) -> Claim | None:
        """The claim for an indicator, by its key."""
        return next((claim for claim in self.indicators if claim.indicator == indicator), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """One department in one year: its facts by key, the adjustments beside them, its claims, and its tables.

    A table is a row for each line that the department filled in: facts by column.
    """

    department: str
    year: int | None
    facts: Mapping[str, Fact]
    adjustments: tuple[Adjustment, ...] = ()
    claims: Claims | None = None
    tables: Mapping[str, tuple[Mapping[str, Fact], ...]] = field(default_factory=dict)
    digest: str = ""
    file: str = ""

    def get(self, key: str) -> Fact:
        """The fact of that key, missing where the file does not hold it."""
        return self.facts.get(key, MISSING)

    def with_values(self, values: Mapping[str, Value]) -> Facts:
        """The same department with some facts given these values."""
        return replace(self, facts={**self.facts, **{key: Present(value) for key, value in values.items()}})

    def adjusted(self) -> Facts:
        """The same department with every adjustment taken out of its fact."""
        facts = dict(self.facts)
        for adjustment in self.adjustments:
            fact = facts.get(adjustment.fact)
            if isinstance(fact, Present) and isinstance(fact.value, Quantity):
                number = fact.value.number - adjustment.amount.in_unit(fact.value.unit)
                facts[adjustment.fact] = replace(fact, value=Quantity(number, fact.value.unit))
        return replace(self, facts=facts)
