"""What a report says elsewhere that its figures do not bear out: a rate told otherwise, words that make it small."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from engine.evaluate import measured
from engine.number import Printed, decimal
from engine.rules import Operation, Operator, Reference
from engine.score import Assessment
from engine.scores import IndicatorScore
from rubric.reading.numbers import figures
from rubric.reading.passages import Searched
from rubric.reading.patterns import TO_NUMBER, words

# What says that something stays within its bounds, and what that it goes little beyond.
_WITHIN = re.compile(r"(?:控制在|未突破|没有突破|未超|没有超|不超)[^。,;]{0,12}(?:预算|范围|以内|之内|标准|编制)")
_LITTLE = re.compile(r"略有(?:增加|超出|超支|上升|增长|超)")
# More than so much beyond its bounds is not little.
_MOST = Fraction(1, 5)


class Doubt(NamedTuple):
    """A place that the figures contradict: the indicator, the exact rate, and what is said (nothing for words)."""

    code: str
    score: IndicatorScore
    exact: Fraction
    said: str
    rounded: str
    place: Searched
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words that the figures contradict."""
        return self.place.clause(self.start, self.end)


def doubts(assessment: Assessment, passages: Sequence[Searched]) -> Iterator[Doubt]:
    """Every place of a report that tells the rate of an indicator otherwise than its facts give it."""
    for score in assessment.card.scores:
        exact = measured(score)
        measure = score.indicator.measure
        if exact is None or not (isinstance(measure, Operation) and measure.operator is Operator.DIVIDE):
            continue
        names = "|".join(words(form) for form in score.indicator.name.forms)
        rate = re.compile(rf"(?:{names})(?:等于)?{TO_NUMBER}")
        # A fact that is held against another as it stands can be within its bounds, or beyond.
        plain = isinstance(measure.left, Reference) and isinstance(measure.right, Reference)
        facts = [re.compile(words(measure.left.name))] if plain and isinstance(measure.left, Reference) else []
        for place in passages:
            yield from _told_otherwise(score, exact, rate, place)
            yield from _made_small(score, exact, facts, place)


def _told_otherwise(score: IndicatorScore, exact: Fraction, rate: re.Pattern[str], place: Searched) -> Iterator[Doubt]:
    named = list(rate.finditer(place.plain))
    rates = {each.start: each for each in figures(place.plain) if each.percent} if named else {}
    for found in named:
        told = rates.get(found.end())
        if told is not None and told.judged(exact) is Printed.WRONG:
            rounded = decimal(exact * 100, max(told.places, 2)) + "%"
            said = place.plain[told.start : told.end]
            yield Doubt("rate-told-otherwise", score, exact, said, rounded, place, found.start(), told.end)


def _made_small(
    score: IndicatorScore, exact: Fraction, facts: Sequence[re.Pattern[str]], place: Searched
) -> Iterator[Doubt]:
    """Words that say that something is within its bounds, or little beyond, where it is far beyond."""
    if exact <= 1 or not any(each.search(place.plain) for each in facts):
        return
    rounded = decimal(exact * 100, 2) + "%"
    for start, end in place.sentences():
        sentence = place.plain[start:end]
        named = next((found for each in facts if (found := each.search(sentence))), None)
        if named is None:
            continue
        small = _WITHIN.search(sentence, named.end()) or (
            _LITTLE.search(sentence, named.end()) if exact > 1 + _MOST else None
        )
        if small is not None:
            yield Doubt(
                "words-make-small", score, exact, "", rounded, place, start + named.start(), start + small.end()
            )
