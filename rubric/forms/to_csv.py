"""Writes a CSV table of departments, one a row: what a rubric asks for, and what facts files already say of it.

What a row cannot carry is told: it has no place for quotes, for several readings of one fact, or for tables.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from engine.diagnostic import Argument, Diagnostic, Note, Word, note, warning
from engine.facts import Basis, Claims, Contradictory, Missing, NotApplicableFact, Present, Provenance
from engine.number import terminates
from engine.rules import Amount, FactDeclaration, Levels, Rubric, Truth
from engine.unit import ONE, PERCENT, Quantity
from rubric.forms.guarded import guarded, state_in
from rubric.forms.headings import Asked, Column, columns, heading
from rubric.forms.words import named
from rubric.language.phrases import exact
from rubric.messages.forms import UNCLAIMED
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language
from rubric.messages.words import unit_word
from rubric.readers.given import FactsFile, Location
from rubric.readers.names import Names, short
from rubric.readers.text import whole
from rubric.readers.values import truth
from rubric.sheets.grid import SHOWN_DIGITS

_NAMED = 8


class Written(NamedTuple):
    """A table as a file holds it, and what of the facts it could not carry."""

    data: bytes
    findings: tuple[Diagnostic, ...]


def table(rubric: Rubric, language: Language, given: Sequence[FactsFile] = (), file: str = "") -> Written:
    """The table for a rubric, with a row for each department; `file` is what it is written to."""
    found = list(columns(rubric))
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow([guarded(heading(each, rubric, language)) for each in found])
    findings: list[Diagnostic] = []
    if rubric.tables:
        names = tuple(each.name.key for each in rubric.tables)
        findings.append(warning(note("row-without-tables", names=_some(names)), whole(file), note("workbook-carries")))
    asked = Asked(rubric)
    for each in given:
        row = _Row(rubric, language, each, asked)
        writer.writerow([row.cell(column) for column in found])
        findings.extend(row.findings())
    return Written(stream.getvalue().encode("utf-8-sig"), tuple(findings))


def _some(names: Sequence[str]) -> Argument:
    """Several names in a sentence, not too many."""
    return (*map(short, names[:_NAMED]), *(["…"] if len(names) > _NAMED else []))


class _Row:
    """One department: its cells, and what no cell holds."""

    def __init__(self, rubric: Rubric, language: Language, given: FactsFile, asked: Asked) -> None:
        self._language = language
        self._given = given
        self._asked = asked
        self._declared = {each.key: each for each in rubric.facts}
        self._claims = given.claims or Claims()
        self._left: list[Note] = []
        self._contradictory: list[str] = []
        self._rested: list[str] = []
        self._names = self._by_key("facts", given.facts)
        self._indicators = self._by_key("indicators", (each.indicator for each in self._claims.indicators))
        self._subtotals = self._by_key("subtotals", (name for name, *_ in self._claims.subtotals))

    def _by_key(self, kind: str, names: Iterable[str]) -> dict[str, str]:
        """The names of the file by the keys of the rubric; what that does not ask for is left out and told."""
        found: dict[str, str] = {}
        strange: list[str] = []
        for name in names:
            known = self._asked.key(Column(kind, name))
            if known is None or known in found:
                strange.append(name)
            else:
                found[known] = name
        if strange:
            self._left.append(note("row-without-these", names=_some(strange)))
        return found

    # ------------------------------------------------------------------------------------------- cells

    def cell(self, column: Column) -> str:
        """What stands in a column."""
        match column.kind:
            case "department":
                return guarded(self._given.department)
            case "year":
                return "" if self._given.year is None else str(self._given.year)
            case "facts":
                name = self._names.get(column.name)
                return "" if name is None else self._fact(name, self._declared[column.name])
            case "indicators":
                return self._claim(self._indicators.get(column.name))
            case "subtotals":
                points = {name: points for name, points, _ in self._claims.subtotals}
                name = self._subtotals.get(column.name)
                return "" if name is None else exact(points[name])
            case "total":
                return "" if self._claims.total is None else exact(self._claims.total)
            case _:
                return guarded(self._claims.grade or "")

    def _claim(self, name: str | None) -> str:
        claim = next((each for each in self._claims.indicators if each.indicator == name), None)
        if claim is None:
            return ""
        return UNCLAIMED.of(self._language) if claim.points is None else exact(claim.points)

    def _fact(self, name: str, declaration: FactDeclaration) -> str:
        fact = self._given.facts[name]
        match fact:
            case Present():
                return self._present(name, fact, declaration)
            case Contradictory(readings):
                self._contradictory.append(name)
                values = (self._words(each, ("facts", name, "readings", at)) for at, each in enumerate(readings))
                return self._state("missing", f"{LABELS['contradictory'].of(self._language)} {' / '.join(values)}")
            case NotApplicableFact(provenance):
                self._rests(name, provenance, reason=True)
                return self._state("not-applicable", provenance.reason)
            case Missing(provenance):
                self._rests(name, provenance, reason=True)
                return self._state("missing", provenance.reason)

    def _state(self, state: str, reason: str) -> str:
        colon = "：" if self._language == "zh" else ": "
        return LABELS[state].of(self._language) + (colon + reason if reason else "")

    def _words(self, present: Present, location: Location) -> str:
        written = self._given.written.get((*location, "value"))
        return written.text.strip() if written else str(present.value)

    def _present(self, name: str, present: Present, declaration: FactDeclaration) -> str:
        self._rests(name, present.provenance)
        value = present.value
        written = self._given.written.get(("facts", name, "value"))
        match declaration.kind:
            case Amount(of):
                text = self._amount(value, declaration) if isinstance(value, Quantity) else None
                if text is None:
                    found = written.text.strip() if written else str(value)
                    reason = note("row-without-value", name=short(name), found=short(found), unit=Word("unit", of.code))
                    self._left.append(reason)
                return text or ""
            case Truth():
                text = written.text.strip() if written else ""
                answer = value if isinstance(value, bool) else truth(text)
                return guarded(text) if answer is None else LABELS["yes" if answer else "no"].of(self._language)
            case Levels(levels):
                text = written.text.strip() if written else str(value)
                level = Names((form, level) for level in levels for form in level.forms).get(text)
                shown = text if level is None else named(level, self._language)
                # A level that is called like a state is known by its heading.
                return shown if level is not None and state_in(shown) else guarded(shown)
            case _:
                return guarded(written.text if written else str(value))

    def _amount(self, value: Quantity, declaration: FactDeclaration) -> str | None:
        """The number in the unit of the column; nothing where it has no end, or another dimension."""
        assert isinstance(declaration.kind, Amount)
        of = declaration.kind.unit
        if value.unit.dimension != of.dimension or (value.unit == ONE and of != ONE):
            return None
        number = value.in_unit(of)
        if not terminates(number):
            return None
        text = exact(number)
        if of == PERCENT and 0 < abs(number) < 1 and (number * 100).denominator == 1:
            # Alone it might be a share; beside the sign a spreadsheet keeps two decimals.
            return f"{text}%"
        if len(text.lstrip("-0.").replace(".", "")) <= SHOWN_DIGITS or of == ONE:
            return text
        # A spreadsheet would cut the digits off; beside a unit they are a text.
        return guarded(f"{text} {unit_word(of.code, self._language)}")

    # ------------------------------------------------------------------------------- what is left out

    def _rests(self, name: str, of: Provenance, reason: bool = False) -> None:
        """Keep in mind a fact of which more is said than a cell holds."""
        said = of.basis is not Basis.UNSTATED or of.document or of.section or of.quote or (of.reason and not reason)
        if said:
            self._rested.append(name)

    def findings(self) -> Iterator[Diagnostic]:
        """What the row does not carry, told of the file that it came from."""
        given = self._given
        notes = list(self._left)
        if self._contradictory:
            notes.append(note("row-without-readings", names=_some(self._contradictory)))
        sections = {
            "form-provenance": bool(self._rested),
            "form-documents": bool(given.documents),
            "form-others": bool(given.others),
            "form-tables": any(given.tables.values()),
            "form-adjustments": bool(given.adjustments),
            "form-rates": any(each.rate or each.quote or each.section for each in self._claims.indicators),
        }
        left = tuple(Word("label", code) for code, there in sections.items() if there)
        if left:
            notes.append(note("row-without-sections", names=left))
        return (warning(each, whole(given.file), note("workbook-carries")) for each in notes)
