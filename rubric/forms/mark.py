"""Writes what was found in a workbook into a copy of it: a comment on each cell."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from engine.diagnostic import Diagnostic
from rubric.forms.from_workbook import open_workbook
from rubric.messages.catalogue import say
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language

_WIDTH, _LINE, _ACROSS = 320, 18, 22


def marked(data: bytes, findings: Sequence[Diagnostic], language: Language) -> bytes:
    """The copy; what is said of the workbook as a whole stands on the first cell of its first sheet."""
    from openpyxl.comments import Comment

    book = open_workbook(data)
    said: dict[tuple[str, int, int], list[str]] = {}
    for finding in findings:
        span = finding.span
        at = (span.sheet, span.line, span.column) if span.cell else (book.worksheets[0].title, 1, 1)
        said.setdefault(at, []).append(_sentences(finding, language))
    for (sheet, row, column), sentences in said.items():
        cell = book[sheet].cell(row, column)
        if type(cell).__name__ == "MergedCell":
            continue
        earlier = [cell.comment.text] if cell.comment else []
        text = "\n".join((*earlier, *sentences))
        lines = sum(1 + len(line) // _ACROSS for line in text.split("\n"))
        cell.comment = Comment(text, "rubric", width=_WIDTH, height=_LINE * (lines + 1))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sentences(finding: Diagnostic, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    label = LABELS[finding.severity.value].of(language)
    help_label = LABELS["help"].of(language)
    helps = (f"{help_label}{colon}{say(each, language)}" for each in finding.helps)
    return "\n".join((f"{label}{colon}{say(finding.headline, language)}", *helps))
