"""A finding under the line that it is about, with a marker below the right characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from engine.diagnostic import Diagnostic
from engine.source import Span
from rubric.messages.catalogue import say
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language

Texts = Mapping[str, str]
Paint = Callable[[str, str], str]

# A line longer than this many columns is shown as a window around the finding.
WINDOW = 100
_LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def width(text: str) -> int:
    """How many terminal columns the text takes; a Chinese character takes two."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    # Ambiguous characters (“ ” ÷ ≥ ①) are drawn wide by Chinese terminals and fonts.
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _visible(text: str) -> str:
    """The line without anything that could move the cursor or recolour the screen."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    return character if character.isprintable() or unicodedata.category(character) == "Zs" else "\ufffd"


def _plain(text: str, _style: str) -> str:
    return text


def render(diagnostics: Iterable[Diagnostic], texts: Texts, language: Language, paint: Paint = _plain) -> str:
    """Every finding with its line and marker, one after the other."""
    lines_of = {file: text.split("\n") for file, text in texts.items()}
    blocks = [_block(diagnostic, lines_of, language, paint) for diagnostic in diagnostics]
    return "\n".join(blocks)


def _block(diagnostic: Diagnostic, lines_of: Mapping[str, list[str]], language: Language, paint: Paint) -> str:
    severity = diagnostic.severity.value
    label = LABELS[severity].of(language)
    head = paint(f"{label}[{diagnostic.code}]", severity)
    colon = "：" if language == "zh" else ": "
    rows = [f"{head}{colon}{say(diagnostic.headline, language)}"]
    span = diagnostic.span
    rows.append(f" --> {_place(span)}")
    lines = lines_of.get(span.file, [])
    if 1 <= span.line <= len(lines):
        rows.extend(_frame(lines[span.line - 1].rstrip("\r"), span, paint, severity))
    help_label = LABELS["help"].of(language)
    for note in diagnostic.helps:
        said = say(note, language).split("\n")
        # What is drawn has rows of its own and needs no heading.
        rows.extend(f"      {row}" for row in said) if len(said) > 1 else rows.append(
            f"  = {help_label}{colon}{said[0]}"
        )
    return "\n".join(rows) + "\n"


def _place(span: Span) -> str:
    if not span.line:
        return span.file
    return f"{span.file}  {span.cell}" if span.cell else f"{span.file}:{span.line}:{span.column}"


def _frame(line: str, span: Span, paint: Paint, severity: str) -> list[str]:
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(start + 1, min(end, len(line)))
    first = 0
    if width(line) > WINDOW:
        first = max(0, start - WINDOW // 4)
        line_end = min(len(line), first + WINDOW // 2)
        end = max(start + 1, min(end, line_end))
        shown = ("…" if first else "") + line[first:line_end] + ("…" if line_end < len(line) else "")
        before = ("…" if first else "") + line[first:start]
    else:
        shown, before = line, line[:start]
    number = str(span.line)
    pad = " " * width(_visible(before))
    marks = "^" * max(1, width(_visible(line[start:end])))
    return [f"{number} | {_visible(shown)}", f"{' ' * len(number)} | {pad}{paint(marks, severity)}"]
