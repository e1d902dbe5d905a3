"""A text as YAML takes it, as a key or a value, on a line of its own or inside braces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

# What means something to YAML inside a text, at its start or at its end.
_SPECIAL = re.compile(r"[,\[\]{}｛｝：#&*!|>'\"`\\:\t\n]|^-(?!\d)|^[?=~%@\s]|\s$|^$")
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
# Spaces that are seen, though Python does not print them.
_SPACES = str.maketrans("", "", "\u3000\xa0")


def yaml_scalar(text: str) -> str:
    """The text as it stands where that is safe, else in quotation marks."""
    safe = text not in _NOTHING and not _SPECIAL.search(text) and text.translate(_SPACES).isprintable()
    return text if safe else quoted(text)


def quoted(text: str) -> str:
    """The text in quotation marks; what YAML takes for no character of a text is written by its number."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in written)


def one_line(text: str) -> str:
    """A text on one line, without characters that nobody sees."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def mapping(entries: Iterable[tuple[str, str]]) -> str:
    """Keys with their values, which are written as they stand, in braces."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries) + "}"
