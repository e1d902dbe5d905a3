"""Findings: a code, its arguments, a place and what would help. The engine words none of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, Union

from engine.source import Span


class Severity(Enum):
    """How much a finding weighs: an error stops scoring, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Word(NamedTuple):
    """A word that each language has its own form of: a unit, a keyword, a state."""

    kind: str
    code: str


class Shown(NamedTuple):
    """A number with the unit in which it is to be shown, by its code."""

    number: Fraction
    unit: str


class Pair(NamedTuple):
    """A name, or a word for one, and the value that it has."""

    name: str | Word
    value: Argument


Argument = Union[str, int, Fraction, Word, Shown, Pair, tuple["Argument", ...]]


class Note(NamedTuple):
    """Something to be said: a stable code and what its sentence is filled in with."""

    code: str
    arguments: tuple[tuple[str, Argument], ...] = ()


def note(code: str, **arguments: Argument) -> Note:
    """A note from its code and named arguments."""
    return Note(code, tuple(arguments.items()))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at one place; the headline stands alone, the helps say what to do."""

    severity: Severity
    headline: Note
    span: Span
    helps: tuple[Note, ...] = ()

    @property
    def code(self) -> str:
        """The stable code of the finding, the same in every language."""
        return self.headline.code


def error(headline: Note, span: Span, *helps: Note) -> Diagnostic:
    """A finding that keeps the text from being used."""
    return Diagnostic(Severity.ERROR, headline, span, helps)


def warning(headline: Note, span: Span, *helps: Note) -> Diagnostic:
    """A finding that leaves the text usable but deserves a look."""
    return Diagnostic(Severity.WARNING, headline, span, helps)


def hint(headline: Note, span: Span, *helps: Note) -> Diagnostic:
    """A finding that may well be meant as it is."""
    return Diagnostic(Severity.HINT, headline, span, helps)


def is_error(diagnostic: Diagnostic) -> bool:
    """Whether the finding keeps the text from being used."""
    return diagnostic.severity is Severity.ERROR
