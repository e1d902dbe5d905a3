"""An audit as it is shown: on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.number import plain
from engine.score import Assessment
from rubric.messages.frame import width
from rubric.messages.reading import say
from rubric.messages.wording import Language
from rubric.reading.audit import Item
from rubric.report.sentences import grades_text, range_text
from rubric.report.terminal import wrap

# What is said of an item is indented by this.
_INDENT = 10


def audit_text(assessment: Assessment, items: Sequence[Item], language: Language, columns: int) -> str:
    """The audit for a person: each item with its points, its sentences and what to ask."""
    lines = [f"  {line}" for line in _head(assessment, language)]
    lines.append("")
    for number, item in enumerate(items, 1):
        lines += _item(number, item, language, columns)
    if not items:
        lines.append("  " + say("audit-none", language))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(assessment: Assessment, language: Language) -> Iterator[str]:
    """Whose claims they are, and what they come to beside the rule."""
    card = assessment.card
    facts = card.facts
    year = say("audit-year", language, year=facts.year) if facts.year else ""
    yield say("audit-title", language, department=facts.department, year=year)
    score, due = range_text(card.bounds.low, card.bounds.high), grades_text(card.grades, language)
    if facts.claims is None:
        yield say("audit-no-claims", language)
    elif facts.claims.total is None:
        yield say("audit-no-total", language, score=score, due=due)
    else:
        claimed, grade = plain(facts.claims.total), facts.claims.grade or say("audit-no-grade", language)
        yield say("audit-score", language, claimed=claimed, grade=grade, score=score, due=due)


def _item(number: int, item: Item, language: Language, columns: int) -> Iterator[str]:
    code = "audit-point" if item.points == 1 else "audit-points"
    points = say(code, language, points=plain(item.points)) if item.points else "-"
    first, *more = wrap(item.said, columns - _INDENT - 10)
    *said, last = [f"  {number:>3}  {first}", *(f"       {line}" for line in more)]
    yield from said
    yield f"{last}  [{points}]"
    for quote in item.quotes:
        gap = "　" if language == "zh" else " "
        place = f"{quote.section}{gap}" if quote.section else ""
        yield from _labelled(say("audit-quote", language), f"{place}“{quote.words}”", columns)
    yield from _labelled(say("audit-ask", language), item.ask, columns)


def _labelled(label: str, text: str, columns: int) -> Iterator[str]:
    """A text behind its label, further lines below its first."""
    first, *rest = wrap(text, columns - _INDENT - 7)
    yield f"{' ' * _INDENT}{label}  {first}"
    yield from (" " * (_INDENT + 2 + width(label)) + line for line in rest)


def audit_document(items: Sequence[Item]) -> list[dict[str, object]]:
    """The audit for another program."""
    return [
        {
            "code": item.code,
            "points": str(item.points),
            "said": item.said,
            "quotes": [{"section": quote.section, "quote": quote.words} for quote in item.quotes],
            "ask": item.ask,
        }
        for item in items
    ]
