"""What a rule file says of reports: the words by which they tell a fact, or are about an indicator.

A line names a fact or an indicator, and behind the colon its phrases, with semicolons between. `（值）` is where the
value stands, `…` is any words of the same sentence, `→` gives the value that the words themselves mean. The phrases of
a column of a table are the headings under which forms have it, or what a cell of the row holds (`≥ → 正向`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from engine.diagnostic import Diagnostic, Note, error, note
from engine.nearest import nearest
from engine.rules import Amount, FactDeclaration, Levels, Phrase, Truth
from engine.source import Span
from engine.unit import ONE, UNITS, Quantity, Unit
from rubric.language.phrases import Phrases
from rubric.language.splitter import Field
from rubric.language.text import Line, either, normalise, table
from rubric.messages.wording import Language, Wording
from rubric.messages.words import NO, UNIT_WORDS, YES

# Where the value stands in a phrase, as it is written in each language.
VALUE = Wording("(value)", "（值）")
_VALUE = re.compile(r"\((?:值|value)\)", re.IGNORECASE)
_ARROW = re.compile(r"→|=>|->|⇒")
_UNITS = table(UNIT_WORDS.items())
_NUMBER = re.compile(rf"(?P<number>-?[0-9]{{1,15}}(?:\.[0-9]{{1,10}})?)\s*(?P<unit>{either(_UNITS)})?", re.IGNORECASE)
_TRUTHS = {normalise(form).lower(): truth for row, truth in ((YES, True), (NO, False)) for form in (*row.zh, *row.en)}

_FORM = note("source-form")


class Sources:
    """Reads the lines of one file's block, and adds a finding where one cannot be used."""

    def __init__(
        self,
        file: str,
        facts: Iterable[FactDeclaration],
        indicators: Mapping[str, str],
        broken: Iterable[str],
        findings: list[Diagnostic],
        columns: Iterable[FactDeclaration] = (),
    ) -> None:
        self.file = file
        self.facts = {normalise(form): fact for fact in facts for form in fact.name.forms}
        self.columns = {normalise(form): fact for fact in columns for form in fact.name.forms}
        self.facts = self.columns | self.facts
        self.indicators = {normalise(form): key for form, key in indicators.items()}
        self.broken = frozenset(map(normalise, broken))
        self.findings = findings

    def read(self, each: Field) -> Iterator[Phrase]:
        """The phrases of one line and of those that go on with it."""
        first = each.lines[0]
        colon = first.text.find(":")
        name = first.text[: colon if colon >= 0 else None].strip()
        if name not in self.facts and name not in self.indicators:
            name = name.strip('「」"')
        place = first.span(self.file, 0, colon if colon > 0 else len(first.text))
        fact, indicator = self.facts.get(name), self.indicators.get(name)
        if fact is None and indicator is None:
            if name not in self.broken:
                right = nearest(name, {*self.facts, *self.indicators})
                self._error(place, note("unknown-name", name=name), note("nearest", name=right) if right else _FORM)
            return
        if colon < 0 or not (first.text[colon + 1 :].strip() or each.lines[1:]):
            self._error(place, note("source-words"), _FORM)
            return
        for line in (first.rest(colon + 1), *each.lines[1:]):
            # All phrases of a declaration bear its place, which tells that they belong together.
            yield from (replace(found, span=place) for found in self._phrases(line, fact, indicator))

    def _phrases(self, line: Line, fact: FactDeclaration | None, indicator: str | None) -> Iterator[Phrase]:
        start = 0
        for piece in line.text.split(";"):
            end = start + len(piece)
            if piece.strip():
                place = line.span(self.file, start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
                found = self._phrase(piece, line.original[start:end], place, fact, indicator)
                if found is not None:
                    yield found
            start = end + 1

    def _phrase(
        self, plain: str, original: str, place: Span, fact: FactDeclaration | None, indicator: str | None
    ) -> Phrase | None:
        arrow = _ARROW.search(plain)
        said = plain[: arrow.start()] if arrow else plain
        values = list(_VALUE.finditer(said))
        if not _VALUE.sub("", said).strip(" …。") or len(values) > 1 or (arrow and values):
            self._error(place, note("source-words"), _FORM)
            return None
        before = original[: values[0].start() if values else len(said)].strip()
        after = original[values[0].end() : len(said)].strip() if values else ""
        # A column has its values under a heading, whatever they are.
        number = fact is not None and (fact in self.columns.values() or not isinstance(fact.kind, Truth | Levels))
        if indicator is not None and not number and not arrow and not values:
            return Phrase(indicator, before)
        if fact is None or (values and isinstance(fact.kind, Truth)):
            self._error(place, note("source-value"), _FORM)
            return None
        if arrow:
            means = self._meant(fact, plain[arrow.end() :].strip(" 。."), place)
            return None if means is None else Phrase(fact.name.key, before, means=means)
        if not values and not number:
            self._error(place, note("source-without-value", name=fact.name.key), _FORM)
            return None
        return Phrase(fact.name.key, before, after, takes=bool(values))

    def _meant(self, fact: FactDeclaration, value: str, place: Span) -> Quantity | str | bool | None:
        """The level, the yes or no, or the number that words mean."""
        if isinstance(fact.kind, Amount):
            return self._number(value, fact.kind.unit, place)
        if isinstance(fact.kind, Levels):
            found = next((each.key for each in fact.kind.levels if value in map(normalise, each.forms)), None)
            if found is None:
                levels = note("levels-are", levels=tuple(level.key for level in fact.kind.levels))
                self._error(place, note("unknown-level", name=fact.name.key, value=value), levels)
            return found
        if value.lower() not in _TRUTHS:
            self._error(place, note("source-without-value", name=fact.name.key), _FORM)
        return _TRUTHS.get(value.lower())

    def _number(self, value: str, unit: Unit, place: Span) -> Quantity | None:
        written = _NUMBER.fullmatch(value)
        if written is None:
            self._error(place, note("source-value"), _FORM)
            return None
        code = _UNITS[" ".join(written["unit"].lower().split())] if written["unit"] else "one"
        found = UNITS.get(code, ONE)
        if found.dimension != unit.dimension:
            self._error(place, note("source-value"), _FORM)
            return None
        return Quantity(Fraction(written["number"]), found)

    def _error(self, place: Span, headline: Note, advice: Note) -> None:
        if place.file != self.file:
            # What the file is based on has been looked at by itself; its phrases of what is dropped go with that.
            return
        self.findings.append(error(headline, place, advice))


def phrase_text(phrase: Phrase, phrases: Phrases, language: Language) -> str:
    """A phrase as a rule file says it."""
    if phrase.means is None:
        value = VALUE.of(language) if phrase.takes else ""
        gap = " " if value and language == "en" and phrase.before[-1:].isalnum() and phrase.before.isascii() else ""
        return f"{phrase.before}{gap}{value}{phrase.after}"
    if isinstance(phrase.means, bool):
        return f"{phrase.before} → {(YES if phrase.means else NO).first(language)}"
    if isinstance(phrase.means, Quantity):
        return f"{phrase.before} → {phrases.quantity(phrase.means)}"
    return f"{phrase.before} → {phrases.level(phrase.means)}"
