"""A text as YAML takes it, as a key or a value, on a line of its own or inside braces."""

from __future__ import annotations

import json
import re

# What means something to YAML inside a text, at its start or at its end.
_SPECIAL = re.compile(r"[,\[\]{}｛｝：#&*!|>'\"`\\:\t\n]|^-(?!\d)|^[?=~%@\s]|\s$|^$")
_NOTHING = frozenset({"~", "null", "Null", "NULL"})


def yaml_scalar(text: str) -> str:
    """The text as it stands where that is safe, else in quotation marks."""
    return json.dumps(text, ensure_ascii=False) if text in _NOTHING or _SPECIAL.search(text) else text
