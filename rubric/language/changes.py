"""Changes of words in an amendment (“扣 0.4 分”改为“扣 0.8 分”): how they are written, and how they are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.source import Span

_QUOTED = r"(?:“(?P<{0}1>[^”]*)”|「(?P<{0}2>[^」]*)」|\"(?P<{0}3>[^\"]*)\")"
CHANGE = re.compile(
    _QUOTED.format("old") + r"\s*(?:改为|改成|修改为|to|->|→)\s*" + _QUOTED.format("new"), re.IGNORECASE
)

# Inside quotation marks stand those of another kind.
_INSIDE = str.maketrans("“”", "「」")


def quoted(span: Span, lines: Sequence[str]) -> str:
    """What stands at a place, on one line; where words are changed there, the whole change."""
    if span.line and span.line == span.end_line and span.line <= len(lines):
        for change in CHANGE.finditer(lines[span.line - 1]):
            if change.start() < span.end_column - 1 and span.column - 1 < change.end():
                return change[0].translate(_INSIDE)
    return span.quoted(lines)
