"""Entries of a facts file from the cells that say them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagnostic import note
from engine.source import Span
from rubric.forms.cells import Read
from rubric.forms.sheet import Sheet
from rubric.forms.words import key
from rubric.messages.wording import Language
from rubric.readers import exact_yaml as tree
from rubric.readers.exact_yaml import Entry, Node
from rubric.readers.given import Scalar
from rubric.readers.model import FactModel


def entry(name: str, read: Read) -> Entry:
    """A cell under a key of a facts file."""
    scalar = Scalar(read.text, read.span)
    return Entry(Scalar(name, read.span), scalar)


def is_broken(part: Mapping[str, Read] | Mapping[int, Read]) -> bool:
    """Whether something of this could not be read: what would follow from that is not told."""
    return any(read.broken for read in part.values())


def fact(sheet: Sheet, parts: list[dict[str, Read]], span: Span, language: Language) -> Node:
    """One fact, from what each of its rows says."""
    if len(parts) == 1:
        return reading(parts[0], span, language)
    for part in parts:
        if "state" in part and not part["state"].empty:
            sheet.refuse(note("several-answers"), part["state"].span)
    readings = tuple(
        reading({name: read for name, read in part.items() if name != "state"}, part["value"].span, language)
        for part in parts
    )
    entry = Entry(Scalar(key(FactModel, "readings", language), span), tree.Sequence(readings, span))
    return tree.Mapping((entry,), span)


def reading(part: dict[str, Read], span: Span, language: Language) -> Node:
    """A value alone where nothing else is said of it, else an entry for each thing."""
    filled = {name: read for name, read in part.items() if not read.empty}
    if list(filled) == ["value"]:
        return Scalar(filled["value"].text, filled["value"].span)
    entries = (entry(key(FactModel, name, language), read) for name, read in filled.items())
    return tree.Mapping(tuple(entries), span)
