"""The words of a form in every language, found by any spelling of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from engine.rules import Amount, Kind, Levels, Name, Truth
from engine.unit import ONE
from rubric.messages.forms import CLAIM_KINDS, COLUMNS, NUMBER, SHEETS, TABLE_SHEET, TEXT
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language, Wording
from rubric.messages.words import unit_word
from rubric.readers.model import spellings
from rubric.readers.names import Names, loose

# What a row of facts says beside its name, in the order of the columns.
PROVENANCE = ("state", "basis", "document", "section", "quote", "reason")

FACT_COLUMNS = ("name", "unit", "meaning", "value", *PROVENANCE)
ADJUSTMENT_COLUMNS = ("fact", "amount", "unit", "ground", "evidence", "allowed_by")
CLAIM_COLUMNS = ("kind", "name", "full", "points", "rate", "section", "quote")
# The columns without which a sheet says nothing, and those that only tell what is asked for.
NEEDED = {"facts": ("name", "value"), "adjustments": ("fact", "amount"), "claims": ("kind", "name", "points")}
PRESET = frozenset({"name", "unit", "meaning", "kind", "full"})

# What stands between the levels in the column of units.
LEVELS = "／"


def known(words: Mapping[str, Wording], among: Iterable[str] | None = None) -> Names[str]:
    """What each word stands for, in either language."""
    keys = words if among is None else among
    return Names((form, key) for key in keys for form in words[key])


def headings(columns: Iterable[str]) -> Names[str]:
    """The columns of a sheet by their headings."""
    return known(COLUMNS, columns)


KINDS = known(CLAIM_KINDS)
_SHEETS = known(SHEETS)
_NO_UNITS = frozenset(loose(form) for word in (NUMBER, TEXT) for form in word)


def sheet_of(text: str) -> str | None:
    """What a sheet holds, by what its first cell or its name says; of a table, `table:` and its name."""
    for form in TABLE_SHEET:
        start = form.strip()
        if text.strip().startswith((start, start.replace("：", ":"))):
            name = text.strip()[len(start) :].strip()
            return f"table:{name}" if name else None
    return _SHEETS.get(text)


def unit_beside(text: str) -> str:
    """The unit that a cell of the column of units says; levels (好／差) and kinds of value are none."""
    return "" if LEVELS in text or loose(text) in _NO_UNITS else text.strip()


def key(model: type[BaseModel], field: str, language: Language) -> str:
    """The key of a facts file for a field, in one language."""
    return spellings(model, field)[0 if language == "zh" else 1]


def named(name: Name, language: Language) -> str:
    """A name in one language, or the one that it has."""
    return (name.zh if language == "zh" else name.en) or name.key


def unit_text(kind: Kind, language: Language) -> str:
    """What is asked for beside the name of a fact: a unit, levels to choose from, a number, a text."""
    match kind:
        case Amount(unit):
            return NUMBER.of(language) if unit == ONE else unit_word(unit.code, language)
        case Levels(levels):
            return LEVELS.join(named(level, language) for level in levels)
        case Truth():
            return LEVELS.join(LABELS[word].of(language) for word in ("yes", "no"))
        case _:
            return TEXT.of(language)
