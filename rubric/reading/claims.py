"""Finds the points that a department gives itself: for indicators, levels, the whole, and the grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from engine.rules import Rubric
from rubric.language.text import normalise
from rubric.reading.facts import Finder
from rubric.reading.passages import Searched

_POINTS = r"(?P<points>\d{1,4}(?:\.\d{1,4})?)\s?分"
_IS = r"(?:为|是|:|得|计)?\s{0,2}"
# 该项得分4分, 自评得4分, 得分: 4分. What stands before says that it is points and no measure.
_CLAIM = re.compile(rf"(?:该项|此项|本项|自评|应)?(?:得分|自评分|得|计|评分){_IS}{_POINTS}(?!\s?[/／])")
_TOTAL = re.compile(rf"(?:总得分|总分|综合得分|总评分|自评总分|合计得分|得分合计){_IS}{_POINTS}")
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

    That is a second claim for the same indicator, points that name no indicator, and more points than there are.
    """

    indicators: dict[str, Claim] = field(default_factory=dict)
    again: list[Claim] = field(default_factory=list)
    subtotals: dict[str, Claim] = field(default_factory=dict)
    total: Claim | None = None
    grade: Claim | None = None
    of_nothing: list[Claim] = field(default_factory=list)
    above_full: list[Claim] = field(default_factory=list)


class ClaimFinder:
    """Finds the claims that a report makes under one rubric."""

    def __init__(self, rubric: Rubric, finder: Finder) -> None:
        self.finder = finder
        self.full = rubric.full
        # The full marks of each level and indicator.
        self.marks = {group.name.key: group.full for group in rubric.groups()}
        self.marks |= {indicator.name.key: indicator.full for indicator in rubric.indicators()}
        levels = "|".join(
            re.escape(normalise(form))
            for form in sorted((form for group in rubric.groups() for form in group.name.forms), key=len, reverse=True)
        )
        self._keys = {normalise(form): group.name.key for group in rubric.groups() for form in group.name.forms}
        self._subtotal = (
            re.compile(rf"(?P<level>{levels})(?:绩效|指标|部分|方面){{0,2}}(?:小计|得分|自评)?{_IS}{_POINTS}")
            if levels
            else None
        )
        grades = "|".join(re.escape(normalise(form)) for grade in rubric.grades for form in grade.name.forms)
        self._grade = (
            re.compile(rf"(?:等级|等次|评价等|级别|评为|评定为)(?:评定)?{_IS}[“”\"「]?(?P<grade>{grades})[”\"」。,;]")
            if grades
            else None
        )

    def find(self, passages: Iterable[Searched]) -> Claimed:
        """Every claim of a report."""
        claimed = Claimed()
        for place in passages:
            taken = self._of_the_whole(place, claimed)
            self._of_indicators(place, claimed, taken)
        return claimed

    def _of_the_whole(self, place: Searched, claimed: Claimed) -> list[tuple[int, int]]:
        """The total, the subtotals and the grade; where their points stand, as these belong to no indicator."""
        taken: list[tuple[int, int]] = []
        for found in _TOTAL.finditer(place.plain):
            claimed.total = claimed.total or Claim("", found["points"], "", place, *found.span())
            taken.append(found.span())
        if self._subtotal is not None:
            for found in self._subtotal.finditer(place.plain):
                key = self._keys[found["level"]]
                claim = Claim(key, found["points"], "", place, *found.span())
                if Fraction(claim.points) > self.marks[key]:
                    claimed.above_full.append(claim)
                else:
                    claimed.subtotals.setdefault(key, claim)
                taken.append(found.span())
        if self._grade is not None:
            for found in self._grade.finditer(place.plain):
                span = (found.start(), found.end("grade"))
                claimed.grade = claimed.grade or Claim(found["grade"], "", "", place, *span)
        return taken

    def _of_indicators(self, place: Searched, claimed: Claimed, taken: Sequence[tuple[int, int]]) -> None:
        about = self.finder.about(place.plain)
        behind = 0
        for found in _CLAIM.finditer(place.plain):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            if Fraction(found["points"]) > self.full:
                # Points of some other competition.
                continue
            named = [key for start, _, key in about if behind <= start < found.start()]
            rates = list(_RATE.finditer(place.plain, behind, found.start()))
            key = named[-1] if named else ""
            # The words begin with what the points are claimed for: the rate that is printed, or the indicator.
            starts = [start for start, _, _ in about if behind <= start < found.start()]
            first = rates[-1].start() if rates else max(starts, default=found.start())
            first = first if found.start() - first <= _FAR else found.start()
            claim = Claim(key, found["points"], rates[-1]["rate"] if rates else "", place, first, found.end())
            behind = found.end()
            if not key:
                claimed.of_nothing.append(claim)
            elif Fraction(claim.points) > self.marks[key]:
                claimed.above_full.append(claim)
            elif key in claimed.indicators:
                claimed.again.append(claim)
            else:
                claimed.indicators[key] = claim
