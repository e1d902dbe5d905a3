"""The facts file that a report fills in, each value with its sentence; and a summary of what was found and what not."""

from __future__ import annotations

from collections.abc import Iterator

from engine.rules import Indicator, Rubric
from engine.unit import Quantity
from rubric.language.phrases import exact
from rubric.messages.reading import say
from rubric.messages.wording import Language
from rubric.messages.words import NO, YES, quantity_text
from rubric.readers.binding import asked_of_rows
from rubric.readers.yaml_text import one_line, yaml_scalar
from rubric.reading.claims import Claim
from rubric.reading.facts import Find
from rubric.reading.others import Other
from rubric.reading.report import Report

# What tells figures of one name in one place apart.
_MARKS = tuple(f"·{number}" for number in range(2, 100))
# Two sentences of one fact are shown as far as this.
_SHOWN = 40


class Filled:
    """Writes the facts file of one report in one language."""

    def __init__(self, report: Report, rubric: Rubric, file: str, language: Language) -> None:
        self.report = report
        self.rubric = rubric
        self.file = file
        self.language = language

    def say(self, code: str, **arguments: object) -> str:
        """A word or a sentence in the language of the file."""
        return say(code, self.language, **arguments)

    # ---------------------------------------------------------------------------------------- facts file

    def text(self) -> str:
        """The facts file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        report, say = self.report, self.say
        yield f"# {say('read-from', file=one_line(self.file), rubric=self.rubric.title)}"
        yield from (f"# {each}" for each in self._set_aside())
        yield f"{say('key-department')}: {yaml_scalar(one_line(report.department) or say('read-department'))}"
        if report.year is not None:
            yield f"{say('key-year')}: {report.year}"
        yield f"{say('key-documents')}:"
        yield f"  {say('read-report')}: {yaml_scalar(one_line(report.title or self.file))}"
        yield ""
        yield f"{say('key-facts')}:"
        for fact in self.rubric.facts:
            told = report.finds.get(fact.key, [])
            if len(told) == 1:
                yield f"  {yaml_scalar(fact.key)}: {self._entry(told[0], told[0].figure)}"
            elif told:
                yield f"  {yaml_scalar(fact.key)}:"
                yield f"    {say('key-readings')}:"
                yield from (f"      - {self._entry(find, find.figure)}" for find in told)
            elif not fact.chosen:
                why = f"{{{say('key-state')}: {say('key-missing')}, {say('key-reason')}: {say('read-not-found')}}}"
                yield f"  {yaml_scalar(fact.key)}: {why}"
        yield from self._tables()
        yield from self._others()
        yield from self._claims()

    def _tables(self) -> Iterator[str]:
        """The rows of each table that the unit fills in, and what a row does not say."""
        say = self.say
        if self.report.rows:
            yield ""
            yield f"{say('key-tables')}:"
        for table in self.rubric.tables:
            rows = self.report.rows.get(table.name.key, ())
            if rows:
                yield f"  {yaml_scalar(table.name.key)}:"
            for row in rows:
                told = dict(row.values)
                cells = [
                    f"{yaml_scalar(column.name.key)}: {yaml_scalar(one_line(told[column.name.key]))}"
                    for column in table.columns
                    if column.name.key in told
                ]
                cells += [
                    f"{yaml_scalar(key)}: {{{say('key-state')}: {say('key-missing')}, {say('key-reason')}: "
                    f"{say('read-not-found')}}}"
                    for key in (column.name.key for column in asked_of_rows(self.rubric, table))
                    if key not in told
                ]
                yield f"    # {row.place.section}"
                yield f"    - {{{', '.join(cells)}}}"

    def _others(self) -> Iterator[str]:
        """The figures that no fact asks for, each by a name of its own."""
        if not self.report.others:
            return
        yield ""
        yield f"{self.say('key-others')}:  # {self.say('read-others')}"
        used = {form for fact in self.rubric.facts for form in fact.name.forms}
        for each in self.report.others:
            names = (each.name, *(f"{each.name}（{each.place.section}{mark}）" for mark in ("", *_MARKS)))
            name = next((name for name in names if name not in used), "")
            if name:
                used.add(name)
                yield f"  {yaml_scalar(one_line(name))}: {self._entry(each, figure=True)}"

    def _set_aside(self) -> Iterator[str]:
        """The claims that cannot be taken as they stand, and the adjustments that somebody has to allow."""
        claimed = self.report.claimed
        kept = (
            ("read-of-nothing", claimed.of_nothing),
            ("read-again", claimed.again),
            ("read-above-full", claimed.above_full),
            ("read-unknown", claimed.unknown),
            ("read-row", [claim for claim in claimed.rows if claim not in self._row_claims()]),
        )
        for code, claims in kept:
            for claim in claims:
                yield self.say(
                    code, name=claim.of or self.say("key-total"), points=claim.points, quote=one_line(claim.quote)
                )
        for each in self.report.left_out:
            yield self.say("read-left-out", name=each.indicator, quote=one_line(each.quote))

    def _entry(self, find: Find | Other, figure: bool) -> str:
        say = self.say
        basis = say("key-figure" if figure else "key-statement")
        parts = [
            f"{say('key-value')}: {yaml_scalar(self._value(find))}",
            f"{say('key-basis')}: {basis}",
            f"{say('key-document')}: {say('read-report')}",
            *self._where(find.place.section, find.quote),
        ]
        return "{" + ", ".join(parts) + "}"

    def _where(self, section: str, quote: str) -> Iterator[str]:
        if section:
            yield f"{self.say('key-section')}: {yaml_scalar(section)}"
        yield f"{self.say('key-quote')}: {yaml_scalar(one_line(quote))}"

    def _value(self, find: Find | Other) -> str:
        """A value as the report writes it where it does; one that the words mean in the words of the file."""
        match find.value:
            case bool():
                return (YES if find.value else NO).first(self.language)
            case Quantity(number, unit):
                return quantity_text(exact(number), unit.code, self.language)
        return str(find.value)

    def _claims(self) -> Iterator[str]:
        claimed, say = self.report.claimed, self.say
        if not (claimed.indicators or claimed.subtotals or claimed.total or claimed.grade):
            return
        yield ""
        yield f"{say('key-claims')}:"
        yield f"  {say('key-indicators')}:"
        for indicator in self.rubric.indicators():
            name = indicator.name.key
            # What a table comes to is claimed as a whole where its rows are not told.
            if indicator.rows is None or (name in claimed.indicators and not self._has_rows(indicator)):
                yield f"    {yaml_scalar(name)}: {self._claim(claimed.indicators.get(name))}"
        for claim in self._row_claims():
            yield f"    {yaml_scalar(claim.of)}: {self._claim(claim)}"
        if claimed.subtotals:
            each = ", ".join(f"{yaml_scalar(name)}: {claim.points}" for name, claim in claimed.subtotals.items())
            yield f"  {say('key-subtotals')}: {{{each}}}"
        if claimed.total:
            yield f"  {say('key-total')}: {claimed.total.points}"
        if claimed.grade:
            yield f"  {say('key-grade')}: {yaml_scalar(claimed.grade.of)}"

    def _has_rows(self, indicator: Indicator) -> bool:
        """Whether it is made of the rows of a table, and the report tells some."""
        return indicator.rows is not None and bool(self.report.rows.get(indicator.rows.table))

    def _row_claims(self) -> list[Claim]:
        """The claims for rows that the tables have, each row once."""
        names = {row.name for rows in self.report.rows.values() for row in rows}
        return list({claim.of: claim for claim in self.report.claimed.rows if claim.of in names}.values())

    def _claim(self, claim: Claim | None) -> str:
        say = self.say
        if claim is None:
            return f"{{{say('key-points')}: {say('key-not-narrated')}}}"
        rate = [f"{say('key-rate')}: {yaml_scalar(claim.rate)}"] if claim.rate else []
        parts = [f"{say('key-points')}: {claim.points}", *rate, *self._where(claim.place.section, claim.quote)]
        return "{" + ", ".join(parts) + "}"

    # ------------------------------------------------------------------------------------------- summary

    def summary(self) -> str:
        """What was found and what was not, for the person who goes on with it."""
        report, say = self.report, self.say
        claimed = report.claimed
        twice = {name: told for name, told in report.finds.items() if len(told) > 1}
        none = say("read-none")
        lines = [
            say(
                "read-facts",
                found=len(report.finds),
                contradictory=len(twice),
                missing=len(report.missing),
                others=len(report.others),
            ),
            say(
                "read-claims",
                indicators=len(claimed.indicators) + len(self._row_claims()),
                subtotals=len(claimed.subtotals),
                total=claimed.total.points if claimed.total else none,
                grade=claimed.grade.of if claimed.grade else none,
            ),
        ]
        for table, rows in report.rows.items():
            lines.append(say("read-rows", table=table, count=len(rows)))
        for name, told in twice.items():
            values = " ≠ ".join(f"{self._value(find)}“{one_line(find.quote)[:_SHOWN]}”" for find in told)
            lines.append(f"  {say('read-two-values', name=name, values=values)}")
        if report.missing:
            mark = "、" if self.language == "zh" else ", "
            lines.append(say("read-missing", names=mark.join(report.missing)))
        lines += self._set_aside()
        return "\n".join(lines) + "\n"

    @property
    def settled(self) -> bool:
        """Whether everything was found once and nothing is left for a person to settle."""
        told_once = all(len(told) == 1 for told in self.report.finds.values())
        return told_once and not self.report.missing and not any(self._set_aside())
