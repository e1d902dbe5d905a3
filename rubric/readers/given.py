"""Facts as one file gives them: with the words and the place of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.facts import Fact, Facts
from engine.source import Span

# Where a value stands in the model of the file: ("facts", name, "quote").
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it was written."""

    text: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class FactsFile(Facts):
    """The facts of one file; `others` are figures that no rubric asks for."""

    documents: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Fact] = field(default_factory=dict)
    written: Mapping[Location, Scalar] = field(default_factory=dict, compare=False)
