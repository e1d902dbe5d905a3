"""The figures of a report that no fact of the rubric asks for, kept for the record: of money, people, whatever it asks.

They let a reader see at once what else the report tells in the units of the rubric, and pick from it what a phrase
missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from engine.rules import Amount, Rubric
from engine.unit import ONE, UNITS, Quantity
from rubric.reading.clauses import Clause, Named, Sentence, Text
from rubric.reading.numbers import Figure, Sense, Stretch
from rubric.reading.passages import Searched

# What only leads up to a name, and what leads from it to its number.
_LEADS = re.compile(
    r"(?:其中|包括|含|分别为|共有|共|全年|具体为|主要是|由于|因为|按照|根据|以及|和|及|与|并|有|另|另外)+(?:有|是|为|:)?"
)
_ENDS = re.compile(r"(?:共计|合计|总计|分别为|达到|达|为|是|共|计|约|有|等于|的|了|=|:|余额为?|[“”\"\s(])+$")
# A name is neither longer than this nor without two Chinese characters.
_LONGEST = 30
_NAME = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]")
# A comparison with another year is a figure of its own kind: 比上年增加2万元.
_CHANGE = re.compile(r"(?:比|较|同比|环比)|(?:增加|减少|增长|下降|上升|降低|提高|超支|节约|节省)(?:了|额|数)?$|^[增减]")


class Other(NamedTuple):
    """A figure that no fact asks for: what it is of, the amount, where, and the words."""

    name: str
    value: Quantity
    place: Searched
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words that say it."""
        return self.place.passage.text[self.start : self.end]


def others(rubric: Rubric, passages: Iterable[Searched], taken: Iterable[Stretch]) -> Iterator[Other]:
    """Every named figure in a unit that the rubric asks in, outside the stretches that are taken already.

    One that is told twice with the same words and the same amount is told once.
    """
    asked = {fact.kind.unit.dimension for fact in rubric.facts if isinstance(fact.kind, Amount)}
    asked -= {ONE.dimension, UNITS["score"].dimension}
    known: dict[int, list[Stretch]] = {}
    for each in taken:
        known.setdefault(each.passage, []).append(each)
    told: set[tuple[str, Quantity]] = set()
    for place in passages:
        text = Text(place.passage.text)
        covered = bytearray(len(text.plain))
        for _, start, end in known.get(place.passage.place.passage, ()):
            covered[start:end] = b"x" * (end - start)
        for figure, named in _named(text):
            value = Quantity(figure.value * figure.scale, UNITS.get(figure.unit, ONE))
            if not covered[figure.start] and value.unit.dimension in asked and (named[0], value) not in told:
                told.add((named[0], value))
                yield Other(named[0], value, place, named[1], figure.end)


def _named(text: Text) -> Iterator[tuple[Figure, tuple[str, int]]]:
    """The figures of a text that are meant as they stand, each with its name and where that begins."""
    for sentence in text.sentences:
        for clauses, clause, place in _clauses(sentence):
            for figure in clause.figures:
                if figure.sense is not Sense.STATED or figure.value < 0:
                    continue
                first = text.begin(clauses, place) if figure is clause.figures[0] else 0
                named = _name(text.named(clause, figure, first))
                if named is not None:
                    yield figure, named


def _clauses(sentence: Sentence) -> Iterator[tuple[Sequence[Clause], Clause, int]]:
    """The clauses of a sentence and of its brackets, each with those beside it and its place among them."""
    for place, clause in enumerate(sentence):
        yield sentence, clause, place
        for group in clause.groups:
            yield from _clauses(group.clauses)


def _name(named: Named) -> tuple[str, int] | None:
    """What a figure is of, without the words that only lead there, and where these words begin."""
    leads = _LEADS.match(named.words)
    behind = leads.end() if leads else 0
    name = _ENDS.sub("", named.words[behind:]).rstrip(' “”"、,，:：')
    bare = name.lstrip(' “”"、,，:：')
    fits = len(bare) <= _LONGEST and _NAME.search(bare) and not _CHANGE.search(bare)
    return (bare, named.start + behind + len(name) - len(bare)) if fits else None
