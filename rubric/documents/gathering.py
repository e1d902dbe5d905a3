"""A document while it is read: passages are numbered as they come, remarks are gathered beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.diagnostic import Diagnostic, Note, Severity, note
from rubric.documents.document import Document, Passage, Place
from rubric.readers.text import whole
from rubric.sheets.grid import RefusedError, cleaned

# A long report has some ten thousand characters; what holds more than these is none.
MAX_CHARACTERS = 2_000_000
MAX_PASSAGES = 20_000
# Remarks of one code beyond these are counted and not listed.
MAX_REMARKS = 30
_LONGEST_QUOTE = 60


class Gathered:
    """The passages of a file so far, and what is to be said of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.passages: list[Passage] = []
        self._remarks: list[Diagnostic] = []
        self._count: Counter[tuple[Severity, str]] = Counter()
        self._characters = 0

    @property
    def next(self) -> int:
        """The number that the next passage has."""
        return len(self.passages) + 1

    def paragraph(self, text: str, page: int = 0) -> bool:
        """Take in a paragraph; one without text is no passage."""
        text = cleaned(text)
        return bool(text) and self._add(Passage(text, Place(self.next, page)))

    def row(self, cells: Sequence[str], table: int, row: int, page: int = 0, sheet: str = "") -> bool:
        """Take in a row of a table; one without text is no passage."""
        kept = tuple(cleaned(cell).replace("\t", " ") for cell in cells)
        return any(kept) and self._add(Passage("\t".join(kept), Place(self.next, page, table, row, sheet), kept))

    def _add(self, passage: Passage) -> bool:
        self._characters += len(passage.text)
        if self._characters > MAX_CHARACTERS or len(self.passages) >= MAX_PASSAGES:
            most = MAX_CHARACTERS if self._characters > MAX_CHARACTERS else MAX_PASSAGES
            raise RefusedError(note("document-too-long", limit=most))
        self.passages.append(passage)
        return True

    def warn(self, headline: Note) -> None:
        """Say something that deserves a look."""
        self._say(Severity.WARNING, headline)

    def hint(self, headline: Note) -> None:
        """Say something that may well be meant as it is."""
        self._say(Severity.HINT, headline)

    def _say(self, severity: Severity, headline: Note) -> None:
        self._count[severity, headline.code] += 1
        if self._count[severity, headline.code] <= MAX_REMARKS:
            self._remarks.append(Diagnostic(severity, headline, whole(self.file)))

    def take(self, findings: Sequence[Diagnostic]) -> None:
        """Take over findings that are complete already."""
        self._remarks.extend(findings)

    def document(self) -> Document:
        """The document that was gathered; without any text it is refused."""
        if not self.passages:
            raise RefusedError(note("document-without-text"))
        more = [
            Diagnostic(severity, note("document-more", count=count - MAX_REMARKS), whole(self.file))
            for (severity, _), count in self._count.items()
            if count > MAX_REMARKS
        ]
        return Document(self.file, tuple(self.passages), (*self._remarks, *more))


def quote(pieces: Sequence[str]) -> str:
    """What a remark quotes: the pieces in a row, cut where they are long."""
    text = " ".join(" … ".join(pieces).split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
