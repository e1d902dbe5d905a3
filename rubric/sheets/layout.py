"""A scoring table understood, whatever its format: its levels and indicators, and which text belongs to which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from engine.rules import Role
from rubric.sheets.grid import Grid, Place
from rubric.sheets.header import Header
from rubric.sheets.questions import Question
from rubric.sheets.wording import Points

# What is said of an indicator, beside its names and points.
SAID = ("EXPLANATION", "FORMULA", "CRITERION", "MIXED", "REMARK", "OTHER")


class Said(NamedTuple):
    """A text of the table: the heading of its column, the text as it stands, and its place."""

    heading: str
    text: str
    place: Place


class Left(NamedTuple):
    """A text of the table that does not go into the rule file, and why."""

    text: str
    place: Place
    why: str


class Marks(NamedTuple):
    """Full marks as the table gives them."""

    points: Points
    place: Place


@dataclass(slots=True, eq=False)
class Entry:
    """An indicator as the table tells of it."""

    name: str
    place: Place
    marks: list[Marks] = field(default_factory=list)
    said: dict[str, list[Said]] = field(default_factory=dict)
    beyond: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    full: Fraction | None = None
    role: Role = Role.ORDINARY

    @property
    def points(self) -> Fraction | None:
        """Its full marks."""
        return self.full

    def texts(self, *roles: str) -> list[Said]:
        """What columns of these kinds say of it."""
        return [each for role in roles for each in self.said.get(role, ())]


@dataclass(slots=True, eq=False)
class Node:
    """A level-1 or level-2 indicator as the table tells of it."""

    name: str
    level: int
    place: Place
    marks: list[Marks] = field(default_factory=list)
    members: list[Node | Entry] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    stated: Fraction | None = None
    role: Role = Role.ORDINARY

    def entries(self) -> Iterator[Entry]:
        """Every indicator below it."""
        for member in self.members:
            if isinstance(member, Node):
                yield from member.entries()
            else:
                yield member

    @property
    def total(self) -> Fraction | None:
        """What its indicators add up to; nothing where the points of one are not known."""
        known = [each.full for each in self.entries()]
        return None if None in known else sum((each for each in known if each is not None), Fraction(0))

    @property
    def points(self) -> Fraction | None:
        """Its full marks: what the table says, or else what its indicators add up to."""
        return self.total if self.stated is None else self.stated

    def nodes(self) -> Iterator[Node]:
        """Every level below it."""
        for member in self.members:
            if isinstance(member, Node):
                yield member
                yield from member.nodes()


@dataclass(slots=True)
class Layout:
    """A scoring table understood: its title and notes, its levels, and everything that was left over."""

    grids: list[Grid]
    headers: list[Header]
    root: Node
    above: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    totals: list[Marks] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
