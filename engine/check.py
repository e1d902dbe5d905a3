"""Does a rubric mean something? Names, units, marks and readings, each finding at its place.

Here is what concerns the rubric as a whole; `dimension` has the formulas, `criterion` each indicator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.criterion import CriterionCheck
from engine.diagnostic import Diagnostic, Note, Word, error, note, warning
from engine.dimension import Dimensions
from engine.overall import check_overall
from engine.rules import Combination, Group, Indicator, Name, Role, Rubric
from engine.source import Span


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What already has a finding of its own, so that one mistake stays one finding.

    `names` are facts and definitions whose declaration is broken; `fields` the fields of an
    indicator that could not be read, by the place of its head; the rest are parts of the header.
    """

    names: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, int, str]] = frozenset()
    marks: bool = False
    reading: bool = False
    grades: bool = False

    def of(self, indicator: Indicator) -> frozenset[str]:
        """The fields of an indicator that could not be read."""
        if not self.fields:
            return frozenset()
        head = indicator.head
        return frozenset(name for file, line, name in self.fields if (file, line) == (head.file, head.line))


SETTLED = Unsettled()


def check(rubric: Rubric, unsettled: Unsettled = SETTLED) -> Iterator[Diagnostic]:
    """Every finding on a rubric."""
    dimensions = Dimensions(rubric, unsettled.names)
    yield from _declarations(rubric)
    yield from dimensions.definitions()
    if not unsettled.marks:
        yield from _marks(rubric)
    reading = rubric.reading is not None or unsettled.reading
    for indicator in rubric.indicators():
        for finding in CriterionCheck(indicator, dimensions, unsettled.of(indicator), reading).findings():
            # One line in the header states the reading for every step: it is asked for once.
            reading = reading or finding.code == "unstated-reading"
            yield finding
    yield from check_overall(rubric, dimensions)
    if not rubric.members:
        yield error(note("no-indicators"), rubric.span, note("indicator-form"))
    if not unsettled.grades:
        yield from _grades(rubric)


# ------------------------------------------------------------------------------------------- declarations


def _declarations(rubric: Rubric) -> Iterator[Diagnostic]:
    """Names that are declared twice."""
    seen: dict[str, Span] = {}
    for fact in rubric.facts:
        yield from _again(fact.name, fact.span, seen)
    for table in rubric.tables:
        yield from _again(table.name, table.span, seen)
        for column in table.columns:
            yield from _again(column.name, column.span, seen)
        if table.title is None:
            yield error(note("rows-without-name", name=table.name.key), table.span, note("name-column"))
    for definition in rubric.definitions:
        yield from _again(definition.name, definition.span, seen)
    indicators: dict[str, Span] = {}
    for indicator in rubric.indicators():
        yield from _again(indicator.name, indicator.head, indicators)


def _again(name: Name, span: Span, seen: dict[str, Span]) -> Iterator[Diagnostic]:
    twice = next((form for form in name.forms if form in seen), None)
    if twice is not None:
        yield error(note("declared-twice", name=twice, line=seen[twice].line), span, note("remove-one"))
    for form in name.forms:
        seen.setdefault(form, span)


# -------------------------------------------------------------------------------------------------- marks


def _marks(rubric: Rubric) -> Iterator[Diagnostic]:
    """Full marks that do not add up, at any level."""
    members = [member for member in rubric.members if member.role is Role.ORDINARY]
    total = sum((member.full for member in members), Fraction(0))
    if members and total != rubric.full and rubric.overall.formula is None:
        yield error(_sum("rubric-marks", rubric.title, rubric.full, total), rubric.span, note("check-marks"))
    for member in rubric.members:
        yield from _member_marks(member)


def _member_marks(member: Group | Indicator) -> Iterator[Diagnostic]:
    if isinstance(member, Indicator):
        if member.full <= 0:
            yield error(note("no-marks", name=member.name.key), member.head, note("more-than-nothing"))
        return
    if not member.members:
        yield error(note("empty-level", name=member.name.key), member.head, note("indicator-form"))
    elif member.role is Role.ORDINARY and member.formula is None:
        yield from _level_marks(member)
    for each in member.members:
        yield from _member_marks(each)


def _level_marks(group: Group) -> Iterator[Diagnostic]:
    """A level whose marks are not those of its members: their sum, or where one of them counts, that of each."""
    if group.combination in (Combination.SUM, Combination.ONCE):
        total = sum((each.full for each in group.members), Fraction(0))
        if total != group.full:
            yield error(_sum("level-marks", group.name.key, group.full, total), group.head, note("check-marks"))
        return
    for each in group.members:
        if each.full != group.full:
            headline = note("choice-marks", name=each.name.key, full=each.full, group=group.name.key, of=group.full)
            yield error(headline, each.head, note("same-marks"))


def _sum(code: str, name: str, full: Fraction, total: Fraction) -> Note:
    way = Word("label", "less" if total < full else "more")
    return note(code, name=name, full=full, sum=total, difference=abs(full - total), way=way)


# ------------------------------------------------------------------------------------------------- grades


def _grades(rubric: Rubric) -> Iterator[Diagnostic]:
    """Grades that are left out, or do not come down from the best to the lowest."""
    if not rubric.grades:
        yield warning(note("no-grades"), rubric.span, note("grades-form"))
        return
    for better, grade in zip(rubric.grades, rubric.grades[1:], strict=False):
        if better.floor is None or (
            grade.floor is not None and grade.floor.quantity.exact >= better.floor.quantity.exact
        ):
            yield error(note("grades-out-of-order", name=grade.name.key), grade.span, note("grades-form"))
    last = rubric.grades[-1]
    if last.floor is not None and last.floor.quantity.exact > 0:
        yield error(note("no-lowest-grade", name=last.name.key), last.span, note("grades-form"))
