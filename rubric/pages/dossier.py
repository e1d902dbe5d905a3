"""A scorecard as a document: everything that a reader is shown, worded in one language. It knows no rules.

Every writer (web page, Word, PDF) writes from these values and computes no point. Amounts stand beside their text as
exact fractions, so that a figure can be drawn; keys tell which parts belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from rubric.messages.wording import Language

# How an indicator stands: full marks, points lost, claimed otherwise, not settled.
Standing = Literal["full", "lost", "differs", "open"]


class Points(NamedTuple):
    """Points as they are shown, and their exact ends: equal where they are settled."""

    text: str
    low: Fraction
    high: Fraction

    @property
    def settled(self) -> bool:
        """Whether there is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Source:
    """One value of a fact: what it is, what it rests on, where it was read, the sentence, and why."""

    value: str
    basis: str
    where: str = ""
    quote: str = ""
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact with every value that it has, and the indicators that use it."""

    key: str
    name: str
    meaning: str
    sources: tuple[Source, ...]
    used_by: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The value, or the values that differ."""
        return " ≠ ".join(source.value for source in self.sources)


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A line of the ledger: what it moved, what is said of it, the words of the clause, and where these stand."""

    moved: str
    awarded: Fraction
    lost: Fraction
    said: str
    clause: str
    place: str
    basis: str


class Stretch(NamedTuple):
    """A stretch of a number line from one share of its width to another, with what it is called and what it earns.

    `points` run from the left end to the right end; `here` is whether the value lies in it.
    """

    left: Fraction
    right: Fraction
    name: str
    points: tuple[Fraction, Fraction]
    text: str
    here: bool


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The bands of a criterion with the measured value on it; places are shares of the width, ticks have texts."""

    stretches: tuple[Stretch, ...]
    ticks: tuple[tuple[Fraction, str], ...]
    value: Fraction
    # -1 or 1 where the value lies to the left or to the right of what is drawn.
    beyond: int
    value_text: str
    full: Fraction
    # The same in words, for those who cannot see it.
    said: str


class ReadingShown(NamedTuple):
    """What a reading of a fraction of a step gives, and whether the rule declares it."""

    name: str
    points: str
    declared: bool


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """What the department claims: points, how they stand to the score, the sentence, and the printed rate."""

    points: str
    agrees: bool | None
    said: str
    where: str
    quote: str
    rate: str = ""
    rate_verdict: str = ""
    rate_said: str = ""


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """What moves the points of a level, or of the whole, away from the sum of its members."""

    amount: str
    said: str
    clause: str
    place: str
    exact: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A lowest-level indicator, opened."""

    key: str
    path: tuple[str, ...]
    name: str
    number: str
    depth: int
    points: Points
    full: Points
    standing: Standing
    mark: str
    said: str
    formula: str
    with_numbers: str
    exact: str
    line: NumberLine | None
    entries: tuple[EntryShown, ...]
    roundings: tuple[str, ...]
    readings: tuple[ReadingShown, ...]
    changes: tuple[str, ...]
    facts: tuple[str, ...]
    claim: ClaimShown | None
    adjusted: tuple[str, ...]
    notes: tuple[str, ...]
    official: str
    criterion: str
    place: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A level-1 or level-2 indicator with what is below it."""

    key: str
    name: str
    number: str
    depth: int
    points: Points
    full: Points
    claimed: str
    members: tuple[Branch | Leaf, ...]
    shifts: tuple[ShiftShown, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is worth a look: the points that hang on it, what it is, what to ask, the sentences, the indicator."""

    code: str
    points: str
    exact: Fraction
    said: str
    ask: str = ""
    quotes: tuple[tuple[str, str], ...] = ()
    about: str = ""


class Share(NamedTuple):
    """Points that rest on one kind of evidence."""

    code: str
    name: str
    text: str
    exact: Fraction


class Fall(NamedTuple):
    """A step of the waterfall from full marks to the score: where it happens, and from which points to which."""

    key: str
    name: str
    before: Fraction
    after: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage of the report in pieces: plain text, or the sentence of a fact or of a claim by its key."""

    pieces: tuple[tuple[str, str], ...]
    heading: bool = False
    cells: bool = False


@dataclass(frozen=True, slots=True)
class Digests:
    """What the score was made from: sha256 of the rule files' and of the facts' text, and the engine's version."""

    rules: str
    facts: str
    engine: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A department's score by a rubric, as a document."""

    language: Language
    title: str
    department: str
    year: str
    place: str
    basis: tuple[str, ...]
    points: Points
    full: Points
    grade: str
    grades: tuple[tuple[str, str], ...]
    claimed: str
    claimed_grade: str
    difference: str
    adjusted: str
    shares: tuple[Share, ...]
    members: tuple[Branch | Leaf, ...]
    shifts: tuple[ShiftShown, ...]
    vetoes: tuple[str, ...]
    consequences: tuple[str, ...]
    missing: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    facts: tuple[FactShown, ...]
    falls: tuple[Fall, ...]
    digests: Digests
    report: tuple[Paragraph, ...] = ()
    report_title: str = ""

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Every indicator, in the order of the rubric."""
        return leaves(self.members)

    def fact(self, key: str) -> FactShown | None:
        """A fact by its key."""
        return next((each for each in self.facts if each.key == key), None)


def leaves(members: tuple[Branch | Leaf, ...]) -> Iterator[Leaf]:
    """Every indicator below these."""
    for member in members:
        if isinstance(member, Leaf):
            yield member
        else:
            yield from leaves(member.members)
