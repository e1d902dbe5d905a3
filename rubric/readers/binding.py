"""Facts held against a rubric: names, units, levels and claims are what the rubric declares, or are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from engine.compose import most
from engine.diagnostic import Diagnostic, Note, Word, error, is_error, note, warning
from engine.evaluate import Known, given_outside
from engine.facts import Adjustment, Basis, Claim, Claims, Contradictory, Fact, Facts, Present, Value
from engine.lowering import lower
from engine.rows import marks_column, marks_of_rows, with_rows
from engine.rules import (
    Amount,
    AnyOf,
    Band,
    Chosen,
    Condition,
    FactDeclaration,
    Indicator,
    Is,
    Levels,
    Name,
    OfRows,
    Period,
    Reference,
    RowsHold,
    Rubric,
    Table,
    Text,
    Truth,
    Within,
    conditions_of,
    expressions_of,
)
from engine.source import NOWHERE, Span
from engine.unit import ONE, PERCENT, WHOLE, Quantity, Unit
from rubric.readers.given import Scalar
from rubric.readers.names import Names, short
from rubric.readers.values import amounts_in, begins_like_number, figure, truth, unit_spellings

Written = Mapping[tuple[str | int, ...], Scalar]
T = TypeVar("T")
Report = Callable[[Diagnostic], None]

_UNITS = Names(unit_spellings())


def bind_facts(
    facts: Facts, rubric: Rubric, written: Written, any_year: bool = False
) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """The facts under the rubric's keys and units, and what does not fit.

    Facts of a year in which the rubric is not in force are refused, unless `any_year` is asked for.
    """
    return _Binding(facts, rubric, written, any_year).bound()


def _years(period: Period) -> str:
    if period.last is None:
        return f"{period.first}-"
    return str(period.first) if period.first == period.last else f"{period.first}-{period.last}"


@dataclass(frozen=True, slots=True)
class _Given:
    """One value of the file: what was read, the words for it, and where they are."""

    name: str
    value: Value
    text: str
    span: Span

    @property
    def found(self) -> str:
        """The words, short enough to stand in a sentence."""
        return short(self.text)


class _Binding:
    """Binds one department's facts to one rubric."""

    def __init__(self, facts: Facts, rubric: Rubric, written: Written, any_year: bool) -> None:
        self._facts = facts
        self._any_year = any_year
        self._rubric = rubric
        self._written = written
        self._places = {scalar.span: location for location, scalar in written.items()}
        self._declared = Names(declared_names(rubric))
        self._findings: list[Diagnostic] = []

    def bound(self) -> tuple[Facts, tuple[Diagnostic, ...]]:
        """The bound facts and every finding."""
        self._year()
        facts = self._bound_facts()
        tables = self._tables()
        bound = Facts(
            department=self._facts.department,
            year=self._facts.year,
            facts=facts,
            adjustments=tuple(self._adjustments(facts)),
            claims=self._claims(self._facts.claims, tables) if self._facts.claims else None,
            tables=tables,
            digest=self._facts.digest,
            file=self._facts.file,
        )
        self._row_marks(bound)
        self._points_given(bound)
        return bound, tuple(self._findings)

    def _report(self, finding: Diagnostic) -> None:
        self._findings.append(finding)

    def _span(self, *location: str | int, default: Span = NOWHERE) -> Span:
        """Where a location stands in the file; for facts that came from no file, nowhere."""
        scalar = self._written.get(location)
        return scalar.span if scalar else default if default.file else Span(self._facts.file, 0, 0, 0, 0)

    def _year(self) -> None:
        wanted, given = self._rubric.period, self._facts.year
        if wanted is None or (given is not None and wanted.holds(given)):
            return
        if given is None:
            if ("year",) not in self._written:
                self._report(warning(note("no-year", year=_years(wanted)), self._span()))
        elif self._any_year:
            self._report(warning(note("other-year", given=given, wanted=_years(wanted)), self._span("year")))
        else:
            finding = note("other-year", given=given, wanted=_years(wanted))
            self._report(error(finding, self._span("year"), note("any-year")))

    # ------------------------------------------------------------------------------------------ facts

    def _bound_facts(self) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        first: dict[str, str] = {}
        for name, fact in self._facts.facts.items():
            declaration = self._declaration(name, self._span("facts", name))
            if declaration is None:
                continue
            key = declaration.name.key
            if key in first:
                self._twice(("facts", name), ("facts", first[key]), name)
                continue
            first[key] = name
            bound = self._fact(name, fact, declaration)
            if bound is not None:
                facts[key] = bound
        return facts

    def _declaration(self, name: str, span: Span) -> FactDeclaration | None:
        declaration = self._declared.get(name)
        if declaration is None:
            self._report(error(note("unknown-fact", name=short(name)), span, *_nearest(self._declared, name)))
        return declaration

    def _twice(self, again: tuple[str, ...], first: tuple[str, ...], name: str) -> None:
        finding = note("named-twice", name=short(name), first=short(first[-1]))
        self._report(error(finding, self._span(*again), note("first-on-line", line=self._span(*first).line)))

    def _fact(self, name: str, fact: Fact, declaration: FactDeclaration) -> Fact | None:
        match fact:
            case Present():
                return self._present(name, fact, declaration, ("facts", name))
            case Contradictory(readings):
                return self._contradictory(name, readings, declaration)
            case _:
                return fact

    def _contradictory(self, name: str, readings: tuple[Present, ...], declaration: FactDeclaration) -> Fact | None:
        bound = [
            self._present(name, reading, declaration, ("facts", name, "readings", count))
            for count, reading in enumerate(readings)
        ]
        kept = [reading for reading in bound if reading is not None]
        if len(kept) < len(readings):
            return None
        if all(reading.value == kept[0].value for reading in kept):
            self._report(warning(note("readings-agree", name=short(name)), self._span("facts", name)))
            return kept[0]
        return Contradictory(tuple(kept))

    def _present(
        self, name: str, present: Present, declaration: FactDeclaration, location: tuple[str | int, ...]
    ) -> Present | None:
        scalar = self._written.get((*location, "value"))
        text = scalar.text if scalar else _words(present.value)
        span = scalar.span if scalar else self._span(*location, default=present.provenance.span)
        given = _Given(short(name), present.value, text, span)
        value = _value(given, declaration, self._report)
        if value is None:
            return None
        self._check_quote(present, text, self._span(*location, "quote", default=span))
        return replace(present, value=value)

    def _check_quote(self, present: Present, text: str, span: Span) -> None:
        """A figure should stand in the sentence that it is taken from."""
        provenance, value = present.provenance, present.value
        if provenance.basis is not Basis.FIGURE or not provenance.quote or not isinstance(value, Quantity):
            return
        if not any(_same_amount(value, number, of) for number, of in amounts_in(provenance.quote)):
            self._report(warning(note("quote-without-figure", found=short(text)), span))

    # ----------------------------------------------------------------------------------------- tables

    def _tables(self) -> dict[str, tuple[Mapping[str, Fact], ...]]:
        declared = Names((form, table) for table in self._rubric.tables for form in table.name.forms)
        found: dict[str, tuple[Mapping[str, Fact], ...]] = {}
        for name, rows in self._facts.tables.items():
            at = ("tables", name)
            table = declared.get(name)
            if table is None:
                finding = note("no-such-table", name=short(name))
                self._report(error(finding, self._span(*at), *_nearest(declared, name)))
            elif table.name.key in found:
                self._twice(at, ("tables", table.name.key), name)
            else:
                found[table.name.key] = tuple(self._row(table, name, index, row) for index, row in enumerate(rows))
        return found

    def _row(self, table: Table, name: str, index: int, row: Mapping[str, Fact]) -> dict[str, Fact]:
        """One row under the columns that are declared; what rows are chosen by, and their marks, must be there."""
        columns = Names((form, column) for column in table.columns for form in column.name.forms)
        bound: dict[str, Fact] = {}
        for written, fact in row.items():
            at = ("tables", name, index, written)
            column = columns.get(written)
            if column is None:
                finding = note("no-such-column", name=short(written), table=table.name.key)
                self._report(error(finding, self._span(*at), *_nearest(columns, written)))
                continue
            cell = self._cell(written, fact, column, at)
            if cell is not None:
                bound[column.name.key] = cell
        place = self._span(*("tables", name, index, next(iter(row), "")), default=self._span("tables", name))
        if len({each.unit for each in _bare_numbers(row, columns)} & {ONE, PERCENT}) > 1:
            self._report(warning(note("row-mixes-percent", row=index + 1, table=table.name.key), place))
        for column in asked_of_rows(self._rubric, table):
            if not isinstance(bound.get(column.name.key), Present) and column.name.key not in _written(row, columns):
                finding = note("row-without", row=index + 1, name=column.name.key, table=table.name.key)
                self._report(error(finding, place))
        return bound

    def _cell(self, name: str, fact: Fact, declaration: FactDeclaration, at: tuple[str | int, ...]) -> Fact | None:
        match fact:
            case Present():
                return self._present(name, fact, declaration, at)
            case Contradictory(readings):
                bound = [
                    self._present(name, each, declaration, (*at, "readings", n)) for n, each in enumerate(readings)
                ]
                kept = tuple(each for each in bound if each is not None)
                return Contradictory(kept) if len(kept) == len(readings) else None
            case _:
                return fact

    def _row_marks(self, bound: Facts) -> None:
        """The rows that a unit fills in must be worth what the rubric says."""
        if not self._rubric.tables or any(map(is_error, self._findings)):
            return
        for marks in marks_of_rows(self._rubric, bound):
            if marks.rows and marks.marks != marks.indicator.full:
                name, table = marks.indicator.name.key, marks.table.name.key
                finding = note("row-marks", name=name, rows=marks.rows, sum=marks.marks, full=marks.indicator.full)
                self._report(error(finding, self._span("tables", table), note("row-marks-help")))

    def _points_given(self, bound: Facts) -> None:
        """The points that an evaluator gives must lie in the range of the clause that asks for them."""
        if not any(map(_leaves_a_choice, self._rubric.indicators())) or any(map(is_error, self._findings)):
            return
        rubric, facts = with_rows(self._rubric, bound)
        known = Known(facts)
        for plan in lower(rubric):
            for award in given_outside(plan, known):
                given = facts.get(award.fact)
                if isinstance(given, Present) and isinstance(given.value, Quantity):
                    finding = note(
                        "points-outside",
                        name=plan.indicator.name.key,
                        given=given.value.number,
                        low=award.low.of(plan.full),
                        low_mark=Word("label", "edge-in" if award.low_in else "edge-out"),
                        high=award.high.of(plan.full),
                        high_mark=Word("label", "edge-in" if award.high_in else "edge-out"),
                    )
                    self._report(error(finding, given.provenance.span))

    # ------------------------------------------------------------------------------------ adjustments

    def _adjustments(self, facts: Mapping[str, Fact]) -> Iterator[Adjustment]:
        taken: dict[str, Fraction] = {}
        for adjustment in self._facts.adjustments:
            given = self._given_out(adjustment)
            span = given.span
            declaration = self._declaration(adjustment.fact, self._fact_place(span))
            amount = self._amount_out(given, declaration) if declaration else None
            if declaration is None or amount is None:
                continue
            key = declaration.name.key
            taken[key] = taken.get(key, Fraction(0)) + amount.exact
            if self._fits(facts.get(key), taken[key], adjustment, span):
                yield replace(adjustment, fact=key, amount=amount)

    def _given_out(self, adjustment: Adjustment) -> _Given:
        span = adjustment.span if adjustment.span.file else self._span()
        scalar = self._written.get(self._places.get(span, ()))
        text = scalar.text if scalar else _words(adjustment.amount)
        return _Given(short(adjustment.fact), adjustment.amount, text, span)

    def _fact_place(self, amount: Span) -> Span:
        """The name of the fact beside an amount taken out of it."""
        return self._span(*self._places.get(amount, ())[:-1], "fact", default=amount)

    def _amount_out(self, given: _Given, declaration: FactDeclaration) -> Quantity | None:
        if not isinstance(declaration.kind, Amount):
            self._report(error(note("adjustment-not-amount", name=given.name), given.span))
            return None
        return _in_unit(given, declaration.kind.unit, self._report)

    def _fits(self, fact: Fact | None, taken: Fraction, adjustment: Adjustment, span: Span) -> bool:
        """Whether no more is taken out of a fact than there is."""
        if not isinstance(fact, Present) or not isinstance(fact.value, Quantity):
            return True
        held = fact.value
        if taken <= max(held.exact, Fraction(0)):
            return True
        taken_out, of = taken / held.unit.size, _word(held.unit)
        sentence = note("adjustment-too-large", name=short(adjustment.fact), taken=taken_out, held=held.number, unit=of)
        self._report(error(sentence, span))
        return False

    # ----------------------------------------------------------------------------------------- claims

    def _claims(self, claims: Claims, tables: Mapping[str, tuple[Mapping[str, Fact], ...]]) -> Claims:
        scored, _ = with_rows(self._rubric, replace(self._facts, tables=tables))
        return replace(
            claims,
            indicators=tuple(self._indicator_claims(claims.indicators, scored)),
            subtotals=tuple(self._subtotals(claims.subtotals, scored)),
            total=self._total(claims.total),
            grade=self._grade(claims.grade),
        )

    def _indicator_claims(self, claims: tuple[Claim, ...], scored: Rubric) -> Iterator[Claim]:
        indicators = Names((form, each) for each in scored.indicators() for form in each.name.forms)
        first: dict[str, str] = {}
        for claim in claims:
            at = ("claims", "indicators", claim.indicator)
            indicator = indicators.get(claim.indicator)
            if indicator is None:
                finding = note("unknown-indicator", name=short(claim.indicator))
                span = self._span(*at, default=claim.span)
                self._report(error(finding, span, *_nearest(indicators, claim.indicator)))
            elif indicator.name.key in first:
                self._twice(at, (*at[:2], first[indicator.name.key]), claim.indicator)
            else:
                first[indicator.name.key] = claim.indicator
                place = self._span(*at, "points", default=claim.span)
                if sum(each.name == indicator.name for each in scored.indicators()) > 1:
                    self._report(warning(note("claim-of-several", name=indicator.name.key), place))
                # The marks of a row may have a finding of their own.
                broken = bool(indicator.row) and not indicator.full
                if broken or self._within(claim.points, indicator.name, indicator.full, place):
                    yield replace(claim, indicator=indicator.key)

    def _subtotals(
        self, subtotals: tuple[tuple[str, Fraction, Span], ...], scored: Rubric
    ) -> Iterator[tuple[str, Fraction, Span]]:
        groups = Names((form, group) for group in scored.groups() for form in group.name.forms)
        for name, points, span in subtotals:
            group = groups.get(name)
            if group is None:
                place = self._span("claims", "subtotals", name, default=span)
                self._report(error(note("unknown-group", name=short(name)), place, *_nearest(groups, name)))
            elif self._within(points, group.name, group.full, span):
                yield group.name.key, points, span

    def _total(self, total: Fraction | None) -> Fraction | None:
        return total if self._within(total, None, most(self._rubric), self._span("claims", "total")) else None

    def _within(self, points: Fraction | None, name: Name | None, full: Fraction, span: Span) -> bool:
        """Whether claimed points lie between nothing and full marks; without a name they are the total."""
        if points is None or 0 <= points <= full:
            return True
        if name is None:
            code = "total-below-zero" if points < 0 else "total-above-full"
            self._report(error(note(code, points=points, full=full), span))
        else:
            code = "claim-below-zero" if points < 0 else "claim-above-full"
            self._report(error(note(code, name=name.key, points=points, full=full), span))
        return False

    def _grade(self, grade: str | None) -> str | None:
        grades = Names((form, each.name) for each in self._rubric.grades for form in each.name.forms)
        if grade is None or not self._rubric.grades:
            return grade
        name = grades.get(grade)
        if name is None:
            known = tuple(each.name.key for each in self._rubric.grades)
            span = self._span("claims", "grade")
            self._report(error(note("unknown-grade", name=short(grade)), span, note("names-known", names=known)))
            return None
        return name.key


# ---------------------------------------------------------------------------------------- one value


def _value(given: _Given, declaration: FactDeclaration, report: Report) -> Value | None:
    """The value as the declaration has it, or None with a finding."""
    match declaration.kind:
        case Truth():
            return _truth(given, report)
        case Levels(levels):
            return _level(given, levels, report)
        case Amount(of):
            amount = _in_unit(given, of, report)
            return _checked_amount(amount, declaration, given, report) if amount else None
        case Text():
            return given.text


def _truth(given: _Given, report: Report) -> bool | None:
    answer = given.value if isinstance(given.value, bool) else truth(given.text)
    if answer is None:
        report(error(note("expected-yes-no", name=given.name, found=given.found), given.span))
    return answer


def _level(given: _Given, levels: tuple[Name, ...], report: Report) -> str | None:
    level = Names((form, level.key) for level in levels for form in level.forms).get(given.text)
    if level is None:
        known = note("names-known", names=tuple(each.key for each in levels))
        report(error(note("no-such-level", name=given.name, found=given.found), given.span, known))
    return level


def _in_unit(given: _Given, of: Unit, report: Report) -> Quantity | None:
    """The amount counted in the declared unit; a number alone is taken only where no unit is declared."""
    value = given.value
    if not isinstance(value, Quantity):
        report(amount_problem(Scalar(given.text, given.span), of))
        return None
    if value.unit == ONE and of != ONE:
        report(error(note("unit-missing", name=given.name, found=given.found), given.span, _write(value.number, of)))
        return None
    if value.unit.dimension != of.dimension:
        code = "number-without-unit-expected" if of == ONE else "different-unit"
        report(error(note(code, name=given.name, found=given.found, unit=_word(of)), given.span))
        return None
    return Quantity(value.in_unit(of), of)


def _checked_amount(amount: Quantity, declaration: FactDeclaration, given: _Given, report: Report) -> Quantity | None:
    if amount.number < 0 and not declaration.signed:
        report(error(note("below-zero", name=given.name, found=given.found), given.span))
        return None
    if amount.number == 0 and declaration.positive:
        report(error(note("not-above-zero", name=given.name), given.span, note("why-not-zero")))
        return None
    if amount.unit.code in WHOLE and amount.number.denominator != 1:
        sentence = note("fraction-of-whole", name=given.name, found=given.found, unit=_word(amount.unit))
        report(warning(sentence, given.span))
    return amount


def amount_problem(written: Scalar, of: Unit | None) -> Diagnostic:
    """Why a text is no amount: its number is broken, its unit unknown, or it is no number at all."""
    number = figure(written.text)
    if number is not None:
        helps = (_write(number.number, of),) if of else _nearest(_UNITS, number.rest)
        return error(note("unreadable-unit", found=short(number.rest)), written.span, *helps)
    broken = begins_like_number(written.text)
    if broken is not None:
        return error(note("unreadable-number", found=short(broken)), written.span)
    helps = (note("write-unit-like", unit=_word(of)),) if of else ()
    return error(note("expected-amount", found=short(written.text)), written.span, *helps)


# --------------------------------------------------------------------------------------------- tools


def declared_names(rubric: Rubric) -> Iterator[tuple[str, FactDeclaration]]:
    """Every form of every declared fact; a yes / no fact may be given with or without 是否."""
    for declaration in rubric.facts:
        for form in declaration.name.forms:
            yield form, declaration
    for declaration in rubric.facts:
        name = declaration.name.key
        if isinstance(declaration.kind, Truth):
            yield name.removeprefix("是否") if name.startswith("是否") else f"是否{name}", declaration


def asked_of_rows(rubric: Rubric, table: Table) -> Iterator[FactDeclaration]:
    """The columns without which a row cannot be placed: its marks, and those by which rows are chosen."""
    scored = [each for each in rubric.indicators() if each.rows is not None and each.rows.table == table.name.key]
    asked = {name for each in scored if each.rows for condition in each.rows.conditions for name in _about(condition)}
    for expression in expressions_of(rubric):
        if isinstance(expression, OfRows) and expression.table == table.name.key:
            asked |= {name for condition in expression.conditions for name in _about(condition)}
    for condition in conditions_of(rubric):
        if isinstance(condition, RowsHold) and condition.table == table.name.key:
            asked |= {name for each in condition.among for name in _about(each)}
    marks = marks_column(table) if scored else None
    for column in table.columns:
        if column.name.key in asked or column == marks:
            yield column


def _bare_numbers(row: Mapping[str, Fact], columns: Names[FactDeclaration]) -> Iterator[Quantity]:
    """The cells of a row that are declared as bare numbers, as they were written: with a per cent sign or without."""
    for name, fact in row.items():
        column = columns.get(name)
        match fact:
            case Present(Quantity() as written) if column is not None and column.kind == Amount(ONE):
                yield written


def _leaves_a_choice(indicator: Indicator) -> bool:
    """Whether an evaluator chooses points within a range."""
    return any(isinstance(clause, Band) and isinstance(clause.award, Chosen) for clause in indicator.clauses)


def _about(condition: Condition) -> Iterator[str]:
    match condition:
        case Is(_, str(subject)):
            yield subject
        case Within(subject=Reference(name)):
            yield name
        case AnyOf(alternatives):
            for lot in alternatives:
                for each in lot:
                    yield from _about(each)


def _written(row: Mapping[str, Fact], columns: Names[FactDeclaration]) -> set[str]:
    """The columns of which something is written, right or wrong."""
    found = (columns.get(name) for name, fact in row.items() if isinstance(fact, Present))
    return {column.name.key for column in found if column is not None}


def _nearest(names: Names[T], name: str) -> tuple[Note, ...]:
    right = names.nearest(name)
    return (note("nearest-name", name=right),) if right else ()


def _same_amount(value: Quantity, number: Fraction, of: Unit | None) -> bool:
    """Whether a number in a sentence is the value, as written or in another unit of its dimension."""
    if number == abs(value.number):
        return True
    return of is not None and of.dimension == value.unit.dimension and number * of.size == abs(value.exact)


def _write(number: Fraction, of: Unit) -> Note:
    """What to write instead, ready to be copied."""
    if of.code in ("percent", "permille"):
        return note("write-rate", number=number, unit=_word(of))
    return note("write-amount", number=number, unit=_word(of))


def _word(of: Unit) -> Word:
    return Word("unit", of.code)


def _words(value: Value) -> str:
    """The words for a value that came from no file."""
    match value:
        case Quantity(number, of):
            return f"{number} {of.code}" if of != ONE else str(number)
        case bool():
            return "是" if value else "否"
        case str():
            return value
