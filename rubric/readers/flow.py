"""Texts as they stand in a facts file between braces, on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

# What YAML would not take as it stands, in braces.
_SPECIAL = re.compile(r"[,\[\]{}#&*!|>'\"`\\:\t\n]|^[-?=~%@\s](?!\d)|\s$|^$")


def one_line(text: str) -> str:
    """A text on one line, without characters that nobody sees."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def flow_text(text: str) -> str:
    """A text as YAML takes it inside braces."""
    return json.dumps(text, ensure_ascii=False) if _SPECIAL.search(text) else text


def flow_mapping(entries: Iterable[tuple[str, str]]) -> str:
    """Keys with their values, which are written as they stand, in braces."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries) + "}"
