"""What a report says: passages of plain text in reading order, each with its place, and what is odd about the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from engine.diagnostic import Diagnostic


class Place(NamedTuple):
    """Where a passage stands; a number that does not apply is 0, counting begins at 1."""

    passage: int
    page: int = 0
    table: int = 0
    row: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a row of a table; the text of a row is its cells with tabs between them."""

    text: str
    place: Place
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it was read.

    The findings say what could not be read, and what a reader should know of what was: tracked changes, hidden text,
    text boxes. Without passages there is at least one error.
    """

    file: str
    passages: tuple[Passage, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
