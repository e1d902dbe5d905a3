"""The page of a finding of rule files: what it means and what to do, a rule file that has it and one that just has not.

The pages come with the rule files (`rules/findings`); in each, what is said stands in Chinese and then in English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from rubric.messages.labels import LABELS
from rubric.messages.wording import Language, Wording

_HEADING = re.compile(r"^## (.+) · (.+)$", re.MULTILINE)
_FENCE = re.compile(r"```rubric *(.*)\n((?:.*\n)*?)```\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page: a rule file, with its name where it has one, or a sentence where none can be shown."""

    heading: Wording
    rules: str = ""
    file: str = ""
    said: Wording | None = None

    def text(self, language: Language) -> str:
        """The part in one language."""
        if self.said is not None:
            return f"{self.heading.of(language)}\n\n    {self.said.of(language)}"
        heading = f"{self.heading.of(language)} ({self.file})" if self.file else self.heading.of(language)
        return f"{heading}\n\n" + "\n".join(f"    {line}" for line in self.rules.splitlines())


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one finding."""

    code: str
    severity: str
    meaning: Wording
    parts: tuple[Part, ...]

    def text(self, language: Language) -> str:
        """The page in one language."""
        title = f"{self.code} · {LABELS[self.severity].of(language)}"
        return "\n\n".join([title, self.meaning.of(language), *(part.text(language) for part in self.parts)])


def page_of(code: str) -> Page | None:
    """The page of a finding, or None where the code has none."""
    if not re.fullmatch("[a-z-]+", code):
        return None
    place = files("rules").joinpath(f"findings/{code}.md")
    return read_page(place.read_text("utf-8")) if place.is_file() else None


def read_page(text: str) -> Page:
    """A page from its text."""
    head, *rest = _HEADING.split(text)
    title, severity, zh, en = head.strip().split("\n\n")
    parts = [_part(Wording(rest[at + 1], rest[at]), rest[at + 2].strip()) for at in range(0, len(rest), 3)]
    return Page(title.removeprefix("# "), severity.rpartition(" ")[2], Wording(en, zh), tuple(parts))


def _part(heading: Wording, body: str) -> Part:
    fence = _FENCE.match(body)
    if fence is not None:
        return Part(heading, fence[2], fence[1])
    zh, en = body.split("\n\n")
    return Part(heading, said=Wording(en, zh))
