"""Finds what a report says of the facts that a rubric asks for; what is not said is not filled in.

A fact is found by its name, or by the phrases that the rule file gives (数据来源). A name alone counts only where it
stands by itself, and, in a passage about an indicator, only where that indicator asks for the fact: 年初预算为 91 万元
in the passage on the control of receptions is not the budget of the department.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.facts import Value
from engine.followed import follow
from engine.rules import Amount, FactDeclaration, Kind, Levels, Phrase, Rubric, Truth
from engine.unit import ONE, Quantity
from rubric.language.text import normalise
from rubric.readers.values import quantity
from rubric.reading.passages import Searched
from rubric.reading.patterns import NUMBER, TO_NUMBER, UNITS, words

# What may stand before a name that is taken by itself.
_BEFORE = re.compile(
    r"(?:^|[^\w]|[\d_]|年度?|全年|本年|本|当年|其中|我(?:局|办|县|市|单位|部门|院|校|站|中心)|本(?:单位|部门|局|办)|的|末)$"
)
_DENIED = re.compile(r"(?:未|未能|没有|没|不|无|尚未|并未|不能|未曾)$")


class Find(NamedTuple):
    """One place where a report says a fact: the value, whether it is a figure, where, and the words."""

    fact: str
    value: Value
    written: str
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
    """One way in which a fact is said."""

    fact: FactDeclaration
    pattern: re.Pattern[str]
    # Whether it is the name alone, and no phrase that somebody chose.
    name: bool
    # What the words themselves mean.
    means: Value | None = None
    # Whether the phrase goes on behind the number, which then has the unit of the fact.
    whole: bool = False


class Finder:
    """Finds the facts of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._asked = [each for fact in rubric.facts for each in _ways(fact, rubric.phrases)]
        self._needed = {each.plan.indicator.name.key: frozenset(each.plan.needs) for each in follow(rubric)[0]}
        self._indicators = [
            (indicator.name.key, re.compile(pattern))
            for indicator in rubric.indicators()
            for pattern in (
                *map(words, indicator.name.forms),
                *(words(each.before) for each in rubric.phrases if _is_about(each, indicator.name.key, rubric)),
            )
        ]

    def find(self, passages: Iterable[Searched]) -> Iterator[Find]:
        """Every place that says a fact, in the order of the report."""
        for passage in passages:
            yield from sorted(self._in_passage(passage), key=lambda each: each.start)

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
        said = [(each, found) for each in self._asked for found in each.pattern.finditer(place.plain)]
        if not said:
            return
        about = {key for _, _, key in self.about(place.plain)}
        asked = frozenset().union(*(self._needed.get(key, frozenset()) for key in about))
        for each, found in said:
            if each.name and (
                (about and each.fact.key not in asked) or not _BEFORE.search(place.plain[: found.start()])
            ):
                continue
            if each.means is not None and _DENIED.search(place.plain[max(0, found.start() - 4) : found.start()]):
                continue
            # A name that is part of a longer one which is known as well is not meant.
            if each.name and any(_inside(found, other) for of, other in said if of.fact is not each.fact):
                continue
            value, written = _value(each, found, place)
            if value is not None:
                figure = isinstance(value, Quantity) and each.means is None
                yield Find(each.fact.key, value, written, figure, place, *found.span())


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
        elif each.takes and isinstance(fact.kind, Amount):
            number = rf"{TO_NUMBER}(?P<value>{NUMBER})"
            unit = rf"\s?(?:{UNITS})?" if not each.after else r"\s?"
            after = words(each.after) if each.after else ""
            yield _Asked(fact, re.compile(f"{before}{number}{unit}{after}"), name=False, whole=bool(each.after))
        elif each.takes and isinstance(fact.kind, Levels):
            yield _Asked(fact, re.compile(f"{before}{_levels(fact.kind)}{words(each.after)}"), name=False)
        elif tail:
            yield _Asked(fact, re.compile(before + tail), name=False)


def _tail(kind: Kind) -> str:
    """What stands behind the name of a fact: a number with its unit, or a level."""
    match kind:
        case Amount(unit):
            following = rf"\s?(?:{UNITS})" if unit != ONE else rf"(?:\s?(?:{UNITS}))?"
            return rf"{TO_NUMBER}(?P<value>{NUMBER}{following})"
        case Levels():
            return rf"(?:评定为|评为|为|是|:)\s?{_levels(kind)}"
    return ""


def _levels(kind: Levels) -> str:
    forms = sorted((normalise(form) for level in kind.levels for form in level.forms), key=len, reverse=True)
    return rf"[“”\"]?(?P<value>{'|'.join(map(re.escape, forms))})"


def _is_about(phrase: Phrase, key: str, rubric: Rubric) -> bool:
    """Whether a phrase places an indicator: a fact of the same name is said with a value."""
    return phrase.of == key and not phrase.takes and phrase.means is None and _no_number(rubric.fact(key))


def _no_number(fact: FactDeclaration | None) -> bool:
    return fact is None or isinstance(fact.kind, Truth | Levels)


def _inside(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether the words of one match are part of those of another."""
    (start, end), (from_, to) = one.span(), other.span()
    return from_ <= start and end <= to and to - from_ > end - start


def _value(each: _Asked, found: re.Match[str], place: Searched) -> tuple[Value | None, str]:
    """The value that was found, and how it is written; None where its unit is not that of the fact."""
    kind = each.fact.kind
    if each.means is not None:
        return each.means, ""
    first, last = found.span("value")
    written = place.passage.text[first:last].strip()
    if isinstance(kind, Levels):
        plain = normalise(written)
        level = next(level for level in kind.levels if plain in map(normalise, level.forms))
        return level.key, level.key
    assert isinstance(kind, Amount)
    amount = quantity(found["value"])
    if amount is None:
        return None, ""
    if each.whole and amount.unit == ONE:
        return Quantity(amount.number, kind.unit), written
    return (amount, written) if amount.unit.dimension == kind.unit.dimension else (None, "")
