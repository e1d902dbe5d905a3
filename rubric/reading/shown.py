"""An audit as it is shown: on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.number import plain
from engine.score import Assessment
from rubric.messages.reading import AUDIT
from rubric.messages.wording import Language
from rubric.reading.audit import Item
from rubric.report.sentences import grades_text, range_text
from rubric.report.terminal import wrap

# What is said of an item is indented by this.
_INDENT = 10


def audit_text(assessment: Assessment, items: Sequence[Item], language: Language, columns: int) -> str:
    """The audit for a person: each item with its points, its sentences and what to ask."""

    def say(code: str, **arguments: object) -> str:
        return AUDIT[code].of(language).format(**arguments)

    def wrapped(text: str, label: str) -> Iterator[str]:
        first, *rest = wrap(text, columns - _INDENT - 7)
        yield f"{' ' * _INDENT}{label}  {first}"
        yield from (" " * (_INDENT + 2 + sum(2 if each > "\u2e80" else 1 for each in label)) + line for line in rest)

    card = assessment.card
    facts = card.facts
    year = say("audit-year", year=facts.year) if facts.year else ""
    lines = ["  " + say("audit-title", department=facts.department, year=year)]
    if facts.claims is None:
        lines.append("  " + say("audit-no-claims"))
    elif facts.claims.total is not None:
        score = range_text(card.bounds.low, card.bounds.high)
        due = grades_text(card.grades, language)
        claimed, grade = plain(facts.claims.total), facts.claims.grade or "-"
        lines.append("  " + say("audit-score", claimed=claimed, grade=grade, score=score, due=due))
    lines.append("")
    for number, item in enumerate(items, 1):
        points = say("audit-points", points=plain(item.points)) if item.points else "-"
        said, *more = wrap(item.said, columns - _INDENT - 10)
        lines.append(f"  {number:>3}  {said}  [{points}]" if not more else f"  {number:>3}  {said}")
        lines += [f"       {line}" for line in more[:-1]]
        lines += [f"       {line}  [{points}]" for line in more[-1:]]
        for quote in item.quotes:
            place = f"{quote.section}　" if language == "zh" and quote.section else quote.section + " "
            lines += wrapped(f"{place}“{quote.words}”".strip(), say("audit-quote"))
        lines += wrapped(item.ask, say("audit-ask"))
    if not items:
        lines.append("  " + say("audit-none"))
    return "\n".join(line.rstrip() for line in lines) + "\n"


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
