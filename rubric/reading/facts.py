"""Finds what a report says of the facts that a rubric asks for; what is not said is not filled in.

A fact is found by its name, or by the phrases that the rule file gives (数据来源). A name alone counts only where it
stands by itself, and, in a passage about an indicator, only where that indicator asks for the fact: 年初预算为 91 万元
in the passage on the control of receptions is not the budget of the department. In a table it counts where it fills a
cell and one number stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.facts import Value
from engine.followed import follow
from engine.rules import Amount, FactDeclaration, Kind, Levels, Phrase, Rubric, Truth
from engine.unit import ONE, UNITS, WHOLE, Quantity
from rubric.language.text import normalise
from rubric.reading.numbers import Figure, Sense, figures
from rubric.reading.passages import Searched
from rubric.reading.patterns import TO_NUMBER, bare, words
from rubric.reading.tables import Beside, beside
from rubric.sheets.wording import without_number

# What may stand before a name that is taken by itself.
_BEFORE = re.compile(
    r"(?:^|[^\w]|[\d_]|年度?|全年|本年|本|当年|其中|我(?:局|办|县|市|单位|部门|院|校|站|中心)|本(?:单位|部门|局|办)|的|末)$"
)
_DENIED = re.compile(r"(?:未|未能|没有|没|不|无|尚未|并未|不能|未曾)$")


class Find(NamedTuple):
    """One place where a report says a fact: the value, whether it is a figure, where, and the words."""

    fact: str
    value: Value
    figure: bool
    place: Searched
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The part of the sentence that says it."""
        return self.place.clause(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One way in which a fact is said: words that lead up to a number, that hold a level, or that mean a value."""

    fact: FactDeclaration
    pattern: re.Pattern[str]
    # Whether it is the name alone, and no phrase that somebody chose.
    name: bool
    means: Value | None = None
    # What goes on behind the number, which then has the unit of the fact.
    behind: re.Pattern[str] | None = None


class _Said(NamedTuple):
    """One way of saying a fact, found: its place, and the value where the fact can have it."""

    asked: _Asked
    start: int
    end: int
    value: Value | None


class Finder:
    """Finds the facts of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._asked = [each for fact in rubric.facts for each in _ways(fact, rubric.phrases)]
        self._cells = {bare(form): fact for fact in rubric.facts for form in _in_cells(fact, rubric.phrases)}
        self._needed = {each.plan.indicator.name.key: frozenset(each.plan.needs) for each in follow(rubric)[0]}
        self._indicators = [
            (indicator.name.key, re.compile(pattern))
            for indicator in rubric.indicators()
            for pattern in (
                *map(words, indicator.name.forms),
                *(words(each.before) for each in rubric.phrases if _is_about(each, indicator.name.key, rubric)),
            )
        ]

    def find(self, passages: Sequence[Searched]) -> Iterator[Find]:
        """Every place that says a fact, in the order of the report."""
        pairs: dict[int, list[Beside]] = {}
        for row, pair in beside([each.passage for each in passages]):
            pairs.setdefault(row.place.passage, []).append(pair)
        for passage in passages:
            told = [*self._in_passage(passage), *self._in_cells(passage, pairs.get(passage.passage.place.passage, ()))]
            yield from sorted(told, key=lambda each: each.start)

    def _in_cells(self, place: Searched, pairs: Iterable[Beside]) -> Iterator[Find]:
        """What a row of a table says of facts whose names fill a cell."""
        for pair in pairs:
            fact = self._cells.get(bare(without_number(pair.name)))
            value = None if fact is None else _beside(fact, pair)
            if fact is not None and value is not None:
                yield Find(fact.name.key, value, True, place, pair.start, pair.end)

    def about(self, plain: str) -> list[tuple[int, int, str]]:
        """Where a passage names indicators: from, to, and which; of names that overlap the longest."""
        named = [(*found.span(), key) for key, pattern in self._indicators for found in pattern.finditer(plain)]
        kept: list[tuple[int, int, str]] = []
        for start, end, key in sorted(named, key=lambda each: (each[0], -each[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end, key))
            elif end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end, key)
        return kept

    def _in_passage(self, place: Searched) -> Iterator[Find]:
        said = list(self._said(place))
        if not said:
            return
        about = {key for _, _, key in self.about(place.plain)}
        asked = frozenset().union(*(self._needed.get(key, frozenset()) for key in about))
        for each in said:
            before = place.plain[: each.start]
            elsewhere = about and each.asked.fact.key not in asked
            if each.asked.name and (elsewhere or not _BEFORE.search(before)):
                continue
            if each.asked.means is not None and _DENIED.search(before[-4:]):
                continue
            # A name that is part of a longer one which is known as well is not meant.
            if each.asked.name and any(_inside(each, other) for other in said):
                continue
            if each.value is not None:
                figure = isinstance(each.value, Quantity) and each.asked.means is None
                yield Find(each.asked.fact.key, each.value, figure, place, each.start, each.end)

    def _said(self, place: Searched) -> Iterator[_Said]:
        """Every way of saying a fact that a passage holds."""
        matches = [(asked, found) for asked in self._asked for found in asked.pattern.finditer(place.plain)]
        numbers = {each.start: each for each in figures(place.plain)} if matches else {}
        for asked, found in matches:
            if asked.means is not None:
                yield _Said(asked, *found.span(), asked.means)
            elif isinstance(asked.fact.kind, Levels):
                yield _Said(asked, *found.span(), _level(asked.fact.kind, found["level"]))
            elif (figure := numbers.get(found.end())) is not None and figure.sense is not Sense.RANGE:
                yield from _number(asked, found.start(), figure, place.plain)


def _number(asked: _Asked, start: int, figure: Figure, plain: str) -> Iterator[_Said]:
    """A number behind the words: with its own unit, or with what the phrase has in its place."""
    kind = asked.fact.kind
    if not isinstance(kind, Amount):
        return
    if asked.behind is not None:
        behind = asked.behind.match(plain, figure.number_end)
        if behind is not None:
            yield _Said(asked, start, behind.end(), Quantity(figure.value, kind.unit))
    elif figure.unit or (kind.unit == ONE and not figure.word):
        amount = Quantity(figure.value * figure.scale, UNITS.get(figure.unit, ONE))
        yield _Said(asked, start, figure.end, amount if amount.unit.dimension == kind.unit.dimension else None)


def _in_cells(fact: FactDeclaration, phrases: Iterable[Phrase]) -> Iterator[str]:
    """The words that name a fact in a cell of their own."""
    if isinstance(fact.kind, Amount):
        yield from fact.name.forms
        for each in phrases:
            if each.of == fact.name.key and each.means is None and not each.after and "…" not in each.before:
                yield each.before


def _beside(fact: FactDeclaration, pair: Beside) -> Quantity | None:
    """The value beside a name, with its own unit or the one that the table gives."""
    kind = fact.kind
    own = figures(pair.value)
    told = own if own and own[0].word else figures(pair.value + pair.unit)
    if not isinstance(kind, Amount) or len(told) != 1:
        return None
    [figure] = told
    amount = Quantity(figure.value * figure.scale, UNITS.get(figure.unit, ONE))
    if figure.word and amount.unit.dimension == kind.unit.dimension:
        return amount
    # The unit of a table is that of its money: people and things have none beside it, and need none.
    counted = own and not own[0].word
    return Quantity(figure.value, kind.unit) if counted and (kind.unit == ONE or kind.unit.code in WHOLE) else None


def _ways(fact: FactDeclaration, phrases: Sequence[Phrase]) -> Iterator[_Asked]:
    """The ways in which a report may say a fact."""
    tail = _tail(fact.kind)
    if tail:
        for form in fact.name.forms:
            yield _Asked(fact, re.compile(words(form) + tail), name=True)
    for each in phrases:
        if each.of != fact.name.key:
            continue
        before = words(each.before)
        if each.means is not None:
            yield _Asked(fact, re.compile(before), name=False, means=each.means)
        elif isinstance(fact.kind, Levels):
            level = f"{_levels(fact.kind)}{words(each.after)}" if each.takes else tail
            yield _Asked(fact, re.compile(before + level), name=False)
        elif tail:
            behind = re.compile(rf"\s?{words(each.after)}") if each.after else None
            yield _Asked(fact, re.compile(before + tail), name=False, behind=behind)


def _tail(kind: Kind) -> str:
    """What stands behind the name of a fact: what leads to a number, or a level."""
    match kind:
        case Amount():
            return TO_NUMBER
        case Levels():
            return rf"(?:评定为|评为|为|是|:)\s?{_levels(kind)}"
    return ""


def _levels(kind: Levels) -> str:
    forms = sorted((normalise(form) for level in kind.levels for form in level.forms), key=len, reverse=True)
    return rf"[“”\"]?(?P<level>{'|'.join(map(re.escape, forms))})"


def _level(kind: Levels, written: str) -> str:
    return next(level.key for level in kind.levels if written in map(normalise, level.forms))


def _is_about(phrase: Phrase, key: str, rubric: Rubric) -> bool:
    """Whether a phrase places an indicator: a fact of the same name is said with a value."""
    return phrase.of == key and not phrase.takes and phrase.means is None and _no_number(rubric.fact(key))


def _no_number(fact: FactDeclaration | None) -> bool:
    return fact is None or isinstance(fact.kind, Truth | Levels)


def _inside(one: _Said, other: _Said) -> bool:
    """Whether one way of saying a fact is part of a longer one of another fact."""
    longer = other.end - other.start > one.end - one.start
    return longer and other.asked.fact is not one.asked.fact and other.start <= one.start and one.end <= other.end
