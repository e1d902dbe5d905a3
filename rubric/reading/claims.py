"""Finds the points that a department gives itself: for indicators, levels, the whole, and the grade.

They stand in sentences, or in the rows of a score sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from engine.number import plain
from engine.rules import Rubric
from rubric.language.text import normalise
from rubric.reading.facts import Finder
from rubric.reading.passages import Searched
from rubric.reading.patterns import bare
from rubric.reading.scores import Claimed as Kind
from rubric.reading.scores import ScoreClaim, grade_beside
from rubric.reading.tables import Scored

# What points are claimed for is quoted with them where it is no further away than so many characters.
_FAR = 150
_RATE = re.compile(r"=\s{0,2}(?P<rate>-?\d{1,6}(?:\.\d{1,6})?\s?%)")


class Claim(NamedTuple):
    """Points that are claimed: for what, how many as printed, the printed rate beside them, and where."""

    of: str
    points: str
    rate: str
    place: Searched
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words that claim them."""
        return self.place.clause(self.start, self.end)


@dataclass(slots=True)
class Claimed:
    """Everything that a report claims; what cannot be taken as it stands is kept apart.

    That is a second claim for the same indicator, points that name no indicator or one that the rubric does not have,
    and more points than there are. `marks` are the claims of rows that give the indicator other full marks, `rows`
    those of indicators that the department has set itself, where the rubric has a table for these.
    """

    indicators: dict[str, Claim] = field(default_factory=dict)
    again: list[Claim] = field(default_factory=list)
    subtotals: dict[str, Claim] = field(default_factory=dict)
    total: Claim | None = None
    grade: Claim | None = None
    of_nothing: list[Claim] = field(default_factory=list)
    above_full: list[Claim] = field(default_factory=list)
    unknown: list[Claim] = field(default_factory=list)
    rows: list[Claim] = field(default_factory=list)
    marks: list[tuple[Claim, Fraction]] = field(default_factory=list)


class ClaimFinder:
    """Finds the claims that a report makes under one rubric."""

    def __init__(self, rubric: Rubric, finder: Finder) -> None:
        self.finder = finder
        self.full = rubric.full
        self._has_tables = bool(rubric.tables)
        self._with_rows = {each.name.key for each in rubric.indicators() if each.rows is not None}
        # The full marks of each level and indicator.
        self.marks = {group.name.key: group.full for group in rubric.groups()}
        self.marks |= {indicator.name.key: indicator.full for indicator in rubric.indicators()}
        levels = {normalise(form): group.name.key for group in rubric.groups() for form in group.name.forms}
        self._levels = sorted(levels.items(), key=lambda each: -len(each[0]))
        self._named = {bare(form): key for form, key in levels.items()}
        self._indicators = {bare(form): each.name.key for each in rubric.indicators() for form in each.name.forms}
        self._grades = {normalise(form): form for grade in rubric.grades for form in grade.name.forms}

    def find(
        self, passages: Iterable[Searched], stated: Iterable[ScoreClaim], sheets: Iterable[Scored] = ()
    ) -> Claimed:
        """Every claim of a report, from what its passages state of points and what the rows of its sheets give."""
        claimed = Claimed()
        rows = {each.passage: each for each in sheets}
        beside: Claim | None = None
        by_passage = {number: list(run) for number, run in groupby(stated, key=lambda each: each.stretch.passage)}
        for place in passages:
            number = place.passage.place.passage
            said = by_passage.get(number, [])
            self._grade_in_row(place, claimed)
            if number in rows:
                self._of_row(place, rows[number], claimed)
                said = [each for each in said if each.claimed is Kind.GRADE]
            beside = self._of_the_whole(place, said, claimed, beside)
            self._of_indicators(place, [each for each in said if each.claimed is Kind.ITEM], claimed)
        claimed.total = claimed.total or beside
        return claimed

    def _of_the_whole(
        self, place: Searched, said: Sequence[ScoreClaim], claimed: Claimed, beside: Claim | None
    ) -> Claim | None:
        """The total, the subtotals and the grade; and a total that only a passage about an indicator tells."""
        for each in said:
            span = (each.stretch.start, each.stretch.end)
            if each.claimed is Kind.GRADE and normalise(each.grade) in self._grades:
                grade = Claim(self._grades[normalise(each.grade)], "", "", place, *span)
                claimed.grade = claimed.grade or grade
            elif each.points is None:
                continue
            elif each.claimed is Kind.TOTAL:
                # A passage about an indicator may tell the total of some other assessment.
                total = Claim("", plain(each.points), "", place, *span)
                if self.finder.about(place.plain):
                    beside = beside or total
                elif claimed.total is None:
                    claimed.total = total
                elif claimed.total.points != total.points:
                    claimed.again.append(total)
            elif each.claimed is Kind.SUBTOTAL:
                key = next((key for form, key in self._levels if form in normalise(each.name)), None)
                claim = Claim(key or "", plain(each.points), "", place, *span)
                if key is None:
                    claimed.of_nothing.append(claim)
                elif each.points > self.marks[key]:
                    claimed.above_full.append(claim)
                else:
                    claimed.subtotals.setdefault(key, claim)
        return beside

    def _of_indicators(self, place: Searched, said: Sequence[ScoreClaim], claimed: Claimed) -> None:
        about = self.finder.about(place.plain)
        behind = 0
        for each in said:
            start, end, points = each.stretch.start, each.stretch.end, each.points
            if points is None or points > self.full:
                # More than the whole rubric gives: the points of some other competition.
                continue
            named = [(first, key) for first, _, key in about if behind <= first < end]
            rates = list(_RATE.finditer(place.plain, behind, end))
            key = named[-1][1] if named else ""
            # The words begin with what the points are claimed for: the rate that is printed, or the indicator.
            first = min(start, rates[-1].start() if rates else named[-1][0] if named else start)
            first = first if end - first <= _FAR else start
            claim = Claim(key, plain(points), rates[-1]["rate"] if rates else "", place, first, end)
            behind = end
            if not key:
                claimed.of_nothing.append(claim)
            else:
                self._take(claim, points, claimed)

    def _take(self, claim: Claim, points: Fraction, claimed: Claimed) -> None:
        """A claim for an indicator, or why it is set apart."""
        before = claimed.indicators.get(claim.of)
        if points > self.marks[claim.of]:
            claimed.above_full.append(claim)
        elif before is None:
            claimed.indicators[claim.of] = claim
        elif before.points != claim.points or _in_sheet(before) == _in_sheet(claim):
            claimed.again.append(claim)
        elif _in_sheet(before):
            # A sheet and the sentences beside it tell the same points; the sentence says more.
            claimed.indicators[claim.of] = claim

    # --------------------------------------------------------------------------------------- score sheets

    def _of_row(self, place: Searched, row: Scored, claimed: Claimed) -> None:
        """The points of a row: of the whole, of a level, or of an indicator."""
        points = plain(row.points)
        if row.sums == "all":
            total = Claim("", points, "", place, row.start, row.end)
            if claimed.total is None:
                claimed.total = total
            elif claimed.total.points != points:
                claimed.again.append(total)
            return
        # What stands over the rows of an indicator names it as well.
        named = ((at, self._indicator(name)) for at, name in enumerate(row.names))
        key = next((key for at, key in named if key and not (at and key in self._with_rows)), "")
        key = "" if row.sums else key
        if key:
            claim = Claim(key, points, "", place, row.start, row.end)
            self._take(claim, row.points, claimed)
            if row.marks is not None and row.marks != self.marks[key]:
                claimed.marks.append((claim, row.marks))
            return
        level = next((self._named[each] for name in row.names if (each := bare(name)) in self._named), "")
        claim = Claim(level or row.names[0], points, "", place, row.start, row.end)
        if not level and row.sums:
            claimed.of_nothing.append(claim)
        elif not level:
            (claimed.rows if self._has_tables else claimed.unknown).append(claim)
        elif row.points > self.marks[level]:
            claimed.above_full.append(claim)
        elif level not in claimed.subtotals:
            claimed.subtotals[level] = claim
        elif claimed.subtotals[level].points != points:
            claimed.again.append(claim)

    def _grade_in_row(self, place: Searched, claimed: Claimed) -> None:
        """A grade in the cell beside its name."""
        cells = place.passage.cells
        told = grade_beside(cells)
        grade = self._grades.get(normalise(told[1]).removesuffix("等")) if told is not None else None
        if told is not None and grade is not None and claimed.grade is None:
            start = len("\t".join(cells[: told[0]])) + (told[0] > 0)
            end = place.passage.text.index(told[1], start + len(cells[told[0]])) + len(told[1])
            claimed.grade = Claim(grade, "", "", place, start, end)

    def _indicator(self, name: str) -> str:
        """The indicator that a cell names: as it stands, or as the only one in it."""
        found = self._indicators.get(bare(name))
        if found is None:
            about = {key for _, _, key in self.finder.about(normalise(name))}
            found = about.pop() if len(about) == 1 else None
        return found or ""


def _in_sheet(claim: Claim) -> bool:
    return bool(claim.place.passage.cells)
