"""Reads plain text: each line is a passage, as in a report saved from a word processor."""

from __future__ import annotations

from rubric.documents.gathering import Gathered


def read(text: str, gathered: Gathered) -> None:
    """Gather the lines of a text."""
    for line in text.splitlines():
        gathered.paragraph(line)
