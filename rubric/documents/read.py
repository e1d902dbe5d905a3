"""A report of any form, as passages."""

from __future__ import annotations

from pathlib import Path

from rubric.documents.document import Document, Passage, Place
from rubric.readers.text import read_text

# A longer text is no report.
MAX_TEXT = 4_000_000


def read_document(path: Path) -> Document:
    """A report as passages, or the findings that say why there are none."""
    text, findings = read_text(path, MAX_TEXT)
    lines = enumerate((text or "").splitlines(), 1)
    return Document(str(path), tuple(Passage(line, Place(number)) for number, line in lines if line.strip()), findings)
