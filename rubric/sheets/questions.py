"""What a table leaves to a person: something that is missing, something with two readings, something to look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.diagnostic import Note
from rubric.sheets.grid import Place


class Weight(Enum):
    """How much a question weighs: the first two keep the rule file from scoring until they are answered."""

    FILL = "to-fill-in"
    SETTLE = "to-settle"
    LOOK = "to-look-at"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing left to a person, with the cells that it comes from.

    `asked_as` are the findings by which the reader of rule files asks the same.
    """

    weight: Weight
    note: Note
    places: tuple[Place, ...] = ()
    asked_as: frozenset[str] = frozenset()


def fill(note: Note, *places: Place, asked_as: str = "") -> Question:
    """Something that the table does not say and that must be filled in."""
    return Question(Weight.FILL, note, places, frozenset(asked_as.split()))


def settle(note: Note, *places: Place, asked_as: str = "") -> Question:
    """Something with two readings, of which a person must choose one."""
    return Question(Weight.SETTLE, note, places, frozenset(asked_as.split()))


def look(note: Note, *places: Place) -> Question:
    """Something that was read in the likelier way, and is said so that a person sees it."""
    return Question(Weight.LOOK, note, places)
