"""A scorecard as cells that read one another: facts, rates, points, levels, total and grade, whatever their places.

Cells go by names, so that a formula says `本年追加/年初预算`; where each stands is for `book` to decide. The
lines of working alone stand at places of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import NamedTuple

from engine.compose import GroupScore, Member
from engine.core import Case, Combine, Constant, FactTerm, Term, evaluate_term, term_facts
from engine.evaluate import measured
from engine.rules import Amount, FactDeclaration, Levels, Operator, Reference, Text
from engine.score import Assessment
from engine.scores import IndicatorScore
from rubric.messages import workbook as say
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language
from rubric.report.terminal import quote
from rubric.report.values import fact_name, name_text, scale_of
from rubric.report.workbook.desk import Desk
from rubric.report.workbook.formula import (
    Formula,
    Value,
    are_numbers,
    cell,
    choice,
    compared,
    minus,
    number,
    over,
    plus,
    text,
    times,
)
from rubric.report.workbook.given import GivenWriter, Placed, level_texts, longest_products, places, shown_value
from rubric.report.workbook.names import CellNames
from rubric.report.workbook.plans import (
    ONE,
    ZERO,
    Given,
    NotCarriedError,
    PlanWriter,
    Written,
)
from rubric.report.workbook.terms import TooLongError
from rubric.report.workbook.whole import WholeWriter

# A spreadsheet takes 8192 characters; and what is longer than this nobody reads.
_LONGEST = 8_000


class FactCell(NamedTuple):
    """A fact, the name of its cell, what stands in it, and what else may."""

    declaration: FactDeclaration
    label: str
    name: str
    value: Value
    levels: tuple[str, ...]
    decimals: int


class ScoreCell(NamedTuple):
    """Points (of an indicator, a level, the whole) or a grade: the name of the cell, its formula or plain value.

    Where `carried` is a code, no formula can say it, and the engine's value stands in its place.
    """

    name: str
    points: Formula
    carried: str = ""


class IndicatorCells(NamedTuple):
    """An indicator: its rate, if it measures something, and its points."""

    score: IndicatorScore
    rate_name: str
    rate: Formula | None
    points: ScoreCell


class Model:
    """The cells of one scorecard."""

    def __init__(
        self,
        assessment: Assessment,
        language: Language,
        texts: Mapping[str, str],
        names: CellNames | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.assessment = assessment
        self.rubric = assessment.rubric
        self.language = language
        self.texts = texts
        self.names = names or CellNames()
        self.desk = desk or Desk(say.SHEETS["working"].of(language), self.names)
        self.yes, self.no = (LABELS[code].of(language) for code in ("yes", "no"))
        self._level_names: dict[tuple[str, str], str] = {
            (declared.key, level.key): name_text(level, language)
            for declared in self.rubric.facts
            if isinstance(declared.kind, Levels)
            for level in declared.kind.levels
        }
        self.facts: list[FactCell] = []
        self.indicators: dict[str, IndicatorCells] = {}
        self.groups: dict[str, ScoreCell] = {}
        self._scores: dict[str, Written] = {}
        self._given = self._write_facts()
        for score in assessment.card.scores:
            self.indicators[score.indicator.key] = self._indicator(score)
        self._write_whole()

    def _level(self, key: str, value: str | bool) -> str:
        if isinstance(value, bool):
            return self.yes if value else self.no
        return self._level_names.get((key, value), value)

    # ------------------------------------------------------------------------------------------ facts

    def _write_facts(self) -> dict[str, Given]:
        given = self.assessment.facts
        placed = []
        for declared in self.rubric.facts:
            if isinstance(declared.kind, Text):
                continue
            label = fact_name(self.rubric, declared.key, self.language)
            value = shown_value(declared, given.get(declared.key), lambda d, v: self._level(d.key, v))
            placed.append((label, Placed(declared, self.names.give(label), value)))
        decimals = places((each for _, each in placed), longest_products(self.assessment.plans))
        writer = GivenWriter(self.desk, self.language)
        found = {}
        for label, each in placed:
            declared = each.declaration
            unit = declared.kind.unit.code if isinstance(declared.kind, Amount) else ""
            levels = level_texts(declared, self.yes, self.no, lambda key, d=declared: self._level(d.key, key))  # type: ignore[misc]
            one = writer.write(each, given.get(declared.key), levels, decimals.get(unit, 0))
            found[declared.key] = one
            self.facts.append(FactCell(declared, label, each.name, one.cell.value, levels, decimals.get(unit, 0)))
        return found

    # ------------------------------------------------------------------------------------- indicators

    def _indicator(self, score: IndicatorScore) -> IndicatorCells:
        title = name_text(score.indicator.name, self.language)
        measures = score.indicator.measure is not None
        rate_name = self.names.give(title) if measures else ""
        points_name = self.names.give(f"{rate_name or title}_{say.POINTS.of(self.language)}")
        writer = PlanWriter(self.desk, self._given, self.language, self._level)
        writer.about = title
        rate: Formula | None = None
        mark = len(self.desk.lines)
        try:
            written = writer.write(score.plan, rate_name or title, self._clause)
            self._check(mark, written.points)
            carried = ""
            if measures:
                rate = self._rate(score, writer)
        except (NotCarriedError, TooLongError) as reason:
            del self.desk.lines[mark:]
            carried = reason.code if isinstance(reason, NotCarriedError) else "too-long"
        else:
            if score.points is not None and not isinstance(written.points.value, Fraction):
                # The numbers of this very department are beyond what a spreadsheet reckons exactly.
                del self.desk.lines[mark:]
                carried = "beyond"
        if carried:
            written = Written(self._plain(score.points), number(score.left_out))
            if measures:
                rate = self._plain_rate(score)
        self._scores[score.indicator.key] = written._replace(points=cell(points_name, written.points.value))
        return IndicatorCells(score, rate_name, rate, ScoreCell(points_name, written.points, carried))

    def _check(self, mark: int, points: Formula) -> None:
        if any(len(each.text) > _LONGEST for each in (points, *(line.formula for line in self.desk.lines[mark:]))):
            raise NotCarriedError("too-long")

    def _plain(self, points: Fraction | None) -> Formula:
        return text(say.STATES["open"].of(self.language)) if points is None else number(points)

    def _clause(self, case: Case) -> str:
        return quote(self.texts, case.clause.span)

    def _plain_rate(self, score: IndicatorScore) -> Formula | None:
        value = measured(score)
        return None if value is None else number(value / self._shown_size(score))

    def _shown_size(self, score: IndicatorScore) -> Fraction:
        """The unit in which a measured value is shown; a rate stays a rate, shown as per cent."""
        unit = scale_of(self.rubric, score.indicator).unit
        return Fraction(1) if unit.code == "percent" else unit.size

    def _rate(self, score: IndicatorScore, writer: PlanWriter) -> Formula | None:
        """What an indicator measures, as the rule writes it."""
        measure = score.indicator.measure
        if not score.plan.formula:
            # The level of a fact.
            here = self._given[measure.name].cell if isinstance(measure, Reference) else None
            return None if here is None else choice(compared(here, "=", text("")), writer.words["missing"], here)
        shown = self._shown_size(score)
        if len(score.plan.formula) > 4:
            return self._plain_rate(score)
        found: Formula | None = None
        for guards, term in reversed(score.plan.formula):
            value = self._as_written(term, shown)
            reckoned = writer.terms.get(term)
            facts = [self._given[key].cell for key in dict.fromkeys(term_facts(term))]
            if reckoned is not None:
                usable = writer.words["usable"]
                value = choice(compared(reckoned.state, "=", usable), value, reckoned.state)
            elif facts:
                value = choice(are_numbers(facts), value, writer.words["missing"])
            if found is None and not guards:
                found = value
                continue
            try:
                holds = writer.guards(guards, None, writer.terms)
            except KeyError:
                return self._plain_rate(score)
            rest = found or writer.words["missing"]
            found = choice(
                compared(holds, "=", ONE), value, choice(compared(holds, "=", ZERO), rest, writer.words["missing"])
            )
        return found

    def _as_written(self, term: Term, shown: Fraction) -> Formula:
        """A term over the facts' own cells, in the unit that is shown."""
        keys = list(dict.fromkeys(term_facts(term)))
        sizes = {key: self._unit_size(key) for key in keys}
        chance = Random(1)
        ratios = set()
        for _ in range(3):
            values = {key: Fraction(chance.randrange(1, 10**6)) for key in keys}
            one = evaluate_term(term, {key: value * sizes[key] for key, value in values.items()})
            other = evaluate_term(term, values)
            ratios.add(one / other if one is not None and other else None)
        ratio = ratios.pop()
        if not ratios and ratio is not None:
            plain = self._over_cells(term, dict.fromkeys(keys, Fraction(1)))
            factor = ratio / shown
            if factor.denominator != 1 and factor.numerator == 1:
                return over(plain, number(factor.denominator))
            return times(plain, number(factor))
        return times(self._over_cells(term, sizes), number(1 / shown))

    def _unit_size(self, key: str) -> Fraction:
        declared = self.rubric.fact(key)
        assert declared is not None
        return declared.kind.unit.size if isinstance(declared.kind, Amount) else Fraction(1)

    def _over_cells(self, term: Term, sizes: Mapping[str, Fraction]) -> Formula:
        match term:
            case Constant(value):
                return number(value)
            case FactTerm(fact):
                return times(self._given[fact].cell, number(sizes[fact]))
            case Combine(operator, left, right):
                one, other = self._over_cells(left, sizes), self._over_cells(right, sizes)
                return _OPERATIONS[operator](one, other)

    # ---------------------------------------------------------------------------------------- the whole

    def _write_whole(self) -> None:
        card = self.assessment.card
        writer = WholeWriter(self.rubric, self.desk, self._given, self.language, self._level, self._scores)
        for member in card.members:
            self._level_cells(member, writer)
        self.total = self._cell(say.TOTAL_NAME.of(self.language), card.points, writer.total)
        writer.earned[None] = cell(self.total.name, self.total.points.value)
        self.grade: ScoreCell | None = None
        if self.rubric.grades:
            names = [name_text(each.name, self.language) for each in self.rubric.grades]
            graded = card.grades[0] if len(card.grades) == 1 else None
            self.grade = self._grade(writer, names, None if graded is None else name_text(graded.name, self.language))

    def _level_cells(self, member: Member, writer: WholeWriter) -> None:
        if not isinstance(member, GroupScore):
            return
        for each in member.members:
            self._level_cells(each, writer)
        title = name_text(member.group.name, self.language)
        name = f"{title}_{say.POINTS.of(self.language)}"
        found = self._cell(name, member.points, lambda: writer.level(member.group))
        self.groups[member.group.key] = found
        writer.earned[member.group.key] = cell(found.name, found.points.value)

    def _cell(self, title: str, points: Fraction | None, write: Callable[[], Formula]) -> ScoreCell:
        name = self.names.give(title)
        mark = len(self.desk.lines)
        try:
            found = write()
            self._check(mark, found)
        except (NotCarriedError, TooLongError) as reason:
            del self.desk.lines[mark:]
            return ScoreCell(
                name, self._plain(points), reason.code if isinstance(reason, NotCarriedError) else "too-long"
            )
        if points is not None and not isinstance(found.value, Fraction):
            del self.desk.lines[mark:]
            return ScoreCell(name, self._plain(points), "beyond")
        return ScoreCell(name, found)

    def _grade(self, writer: WholeWriter, names: list[str], engine: str | None) -> ScoreCell:
        name = self.names.give(say.GRADE_NAME.of(self.language))
        mark = len(self.desk.lines)
        if not self.total.carried:
            try:
                found = writer.grade(lambda index: names[index])
                self._check(mark, found)
                return ScoreCell(name, found)
            except (NotCarriedError, TooLongError):
                del self.desk.lines[mark:]
        open_ = say.STATES["open"].of(self.language)
        return ScoreCell(name, text(engine or open_), self.total.carried or "too-long")

    # ------------------------------------------------------------------------------------------- cells

    def cells(self) -> Iterator[tuple[str, Formula]]:
        """Every named cell beside the facts and the working, with its formula."""
        for each in self.indicators.values():
            if each.rate is not None:
                yield each.rate_name, each.rate
            yield each.points.name, each.points.points
        for level in self.groups.values():
            yield level.name, level.points
        yield self.total.name, self.total.points
        if self.grade is not None:
            yield self.grade.name, self.grade.points


_OPERATIONS: dict[Operator, Callable[[Formula, Formula], Formula]] = {
    Operator.ADD: lambda one, other: plus(one, other),
    Operator.SUBTRACT: minus,
    Operator.MULTIPLY: times,
    Operator.DIVIDE: over,
}
