"""Words what wins lost points back, what that does to the whole, and how near each indicator is to an edge."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from engine.after import After, Moved
from engine.change import Change
from engine.core import FactTerm
from engine.facts import Fact, Present, Value
from engine.keys import of_group
from engine.margin import Limit, Margin
from engine.number import decimal, plain, terminates
from engine.pairs import Pair
from engine.recovery import Recovery
from engine.rules import Role
from engine.score import Assessment
from engine.scores import IndicatorScore, Range
from engine.unit import PERCENT, PERCENTAGE_POINT, Quantity
from rubric.messages.words import quantity_text
from rubric.report.sentences import Sentences, grades_text, range_text
from rubric.report.values import Scale, edges_of, name_text, scale_of, value_text

_SIGNS = {(True, True): "≥", (True, False): ">", (False, True): "≤", (False, False): "<"}


class RecoveryWords:
    """Words one assessment's changes and margins with the sentences of a report."""

    def __init__(self, words: Sentences) -> None:
        self.words = words
        self.assessment: Assessment = words.assessment
        self.language = words.language

    # ---------------------------------------------------------------------------------------- changes

    def lines(self, found: Recovery) -> Iterator[tuple[int, str]]:
        """What wins points back, fact by fact, then pairs, then what cannot be had; each with its depth."""
        score = found.score
        with self.words.about(score):
            order = {key: index for index, key in enumerate(score.plan.needs)}
            ordered = sorted(found.changes, key=lambda each: order[each.fact])
            for fact, several in groupby(ordered, key=lambda each: each.fact):
                yield 0, self._now(fact, score)
                for change in several:
                    yield 1, self._won(self._set(change), change.points, score, self.after(change))
            yield from ((0, self.pair(pair, score)) for pair in found.pairs)
            yield from ((0, said) for said in self._unreached(found))

    def change(self, change: Change, score: IndicatorScore) -> str:
        """One change as a sentence: 公用经费支出 < 118.17 万元（如 118.16 万元）→ +8 分；总分 89 → 97，良 → 优."""
        with self.words.about(score):
            return self._won(self._limit(change), change.points, score, self.after(change))

    def pair(self, pair: Pair, score: IndicatorScore) -> str:
        """Two facts together as a sentence."""
        with self.words.about(score):
            said = self.words.say("recover-both", first=self._limit(pair.first), second=self._limit(pair.second))
            return self._won(said, pair.points, score, self.after(pair))

    def after(self, change: Change | Pair) -> After:
        """What the whole comes to."""
        return self.assessment.after(change.values)

    def _now(self, fact: str, score: IndicatorScore) -> str:
        return self._given(fact, score.facts.get(fact))

    def _given(self, fact: str, given: Fact) -> str:
        name = self.words.fact(fact)
        if not isinstance(given, Present):
            return name
        now = self._value(fact, given.value)
        return self.words.say("recover-now", fact=name, now=now if self.language == "en" else spaced(now))

    def _limit(self, change: Change) -> str:
        return self.words.say("recover-limit", fact=self.words.fact(change.fact), limit=self._set(change))

    def _set(self, change: Change) -> str:
        """What a fact is to be: < 118.17 万元（如 118.16 万元）; = “一等”."""
        if not isinstance(change.value, Quantity):
            return f"= {self._value(change.fact, change.value)}"
        limit = self._amount(_SIGNS[change.upward, change.reached], change.value)
        if change.tried == change.value:
            return limit
        return self.words.say("recover-such-as", limit=limit, value=value_text(change.tried, self.language))

    def _amount(self, sign: str, value: Quantity) -> str:
        """A limit with its unit; one whose decimals do not end is marked as rounded."""
        if terminates(value.number) and value.number == Fraction(plain(value.number, 6)):
            return f"{sign} {value_text(value, self.language)}"
        shown = quantity_text(decimal(value.number, 2), value.unit.code, self.language)
        return self.words.say("recover-about", sign=sign, value=shown)

    def _value(self, fact: str, value: Value) -> str:
        if isinstance(value, Quantity):
            return value_text(value, self.language)
        level = self.words.level(fact, value) if isinstance(value, str) else value_text(value, self.language)
        return f"“{level}”"

    def _won(self, what: str, points: Fraction, score: IndicatorScore, after: After) -> str:
        won = self.amount(points - (score.points or Fraction(0)))
        whole = self.whole(after, score)
        return self.words.say("recover-won", what=what, points=won, whole=whole)

    def amount(self, points: Fraction) -> str:
        """Points won or lost; what two decimals do not show is not shown as nothing."""
        shown = plain(points)
        return self.words.say("tiny") if points and not Fraction(shown) else shown

    def overall(self) -> Iterator[tuple[int, str]]:
        """What of the facts of caps and vetoes would better the whole, with the depth of each line."""
        facts = self.assessment.facts
        for change in self.assessment.overall_changes:
            yield 0, self._given(change.fact, facts.get(change.fact))
            whole = self.whole(self.after(change))
            yield 1, self.words.say("recover-whole", limit=self._set(change), whole=whole)

    def whole(self, after: After, score: IndicatorScore | None = None) -> str:
        """What a change does to the total and the grade, and to other indicators than the one that is spoken of."""
        before, now = _points(after.before), _points(after.after)
        said = self.words.say("whole-same" if before == now else "whole-changes", before=before, after=now)
        grades = [grades_text(each, self.language) for each in (after.grades_before, after.grades)]
        if grades[0] != grades[1]:
            said = self.words.say("whole-grade", total=said, before=grades[0], after=grades[1])
        own = "" if score is None else score.indicator.key
        others = [each for each in after.moved if each.indicator != own]
        if not others:
            return said
        told = (self._other(each) for each in others)
        return self.words.say("whole-also", total=said, others=self.words.comma.join(told))

    def _other(self, moved: Moved) -> str:
        """Another indicator whose points move; of a penalty, what it takes."""
        rules = next(each.indicator for each in self.assessment.card.scores if each.indicator.key == moved.indicator)
        before, after, code = moved.before, moved.after, "whole-other"
        if rules.role is Role.PENALTY:
            before, after = (Range(rules.full - each.high, rules.full - each.low) for each in (before, after))
            code = "whole-other-taken"
        name = name_text(rules.name, self.language)
        return self.words.say(code, name=name, before=_points(before), after=_points(after))

    def _unreached(self, found: Recovery) -> Iterator[str]:
        if found.against_group:
            yield self.words.say("recover-group")
        elif found.score.not_applicable and not found.complete:
            yield self.words.say("recover-exempt", names=self.words.names(found.score.not_applicable))
        elif found.given and not found.complete:
            yield self.words.say("recover-given")
        elif not found.sure:
            yield self.words.say("recover-not-told")
        elif not found.changes and not found.pairs:
            yield self.words.say("recover-not-two")
        elif not found.complete:
            yield self.words.say("recover-not-all")

    def group(self) -> str:
        """That figures of the group are left as they are, where anything hangs on them."""
        compared = any(of_group(key) for score in self.assessment.card.scores for key in score.plan.needs)
        return self.words.say("whole-group") if compared else ""

    # ---------------------------------------------------------------------------------------- margins

    def margins(self, score: IndicatorScore) -> Iterator[str]:
        """How far what is measured, and each fact, may go before the points change."""
        found = self.assessment.margins(score)
        with self.words.about(score):
            if found.measured is not None and not any(isinstance(term, FactTerm) for _, term in score.plan.formula):
                scale = scale_of(self.words.rubric, score.indicator)
                yield self._margin(self.words.say("margin-measured"), found.measured, scale, score)
            for fact, margin in found.facts:
                if margin.low is None and margin.high is None:
                    continue
                yield self._margin(self.words.fact(fact), margin, Scale(margin.now.unit), score)

    def _margin(self, what: str, margin: Margin, scale: Scale, score: IndicatorScore) -> str:
        edges = edges_of(score.indicator) if scale.unit != margin.now.unit else ()
        now = scale.text(margin.now.exact, self.language, edges)
        down, up = self._way(margin, margin.low, scale, score, -1), self._way(margin, margin.high, scale, score, 1)
        return self.words.say("margin-row", what=what, now=now, down=down, up=up)

    def _way(self, margin: Margin, limit: Limit | None, scale: Scale, score: IndicatorScore, way: int) -> str:
        if limit is None:
            return self.words.say("margin-no-higher" if way > 0 else "margin-no-lower")
        then = self._then(limit, score)
        distance = abs(limit.value.exact - margin.now.exact)
        if not distance:
            return self.words.say("margin-any-higher" if way > 0 else "margin-any-lower", then=then)
        code = {(1, True): "margin-above", (1, False): "margin-up-to"}.get(
            (way, limit.kept), "margin-below" if limit.kept else "margin-down-to"
        )
        value = scale.text(limit.value.exact, self.language)
        if not terminates(limit.value.exact / scale.unit.size):
            value = self.words.say("about", value=value).strip()
        return self.words.say(code, value=value, distance=self._distance(distance, scale), then=then)

    def _then(self, limit: Limit, score: IndicatorScore) -> str:
        if limit.sloping:
            return self.words.say("then-sloping")
        return self.words.say("then-no-score") if limit.points is None else self.words.given(score, limit.points)

    def _distance(self, distance: Fraction, scale: Scale) -> str:
        unit = PERCENTAGE_POINT if scale.unit == PERCENT else scale.unit
        return quantity_text(plain(distance / unit.size), unit.code, self.language)


def spaced(value: str) -> str:
    """A value behind a Chinese character: a space stands before a number, and none before a quotation mark."""
    return value if value.startswith("“") else f" {value}"


def _points(spread: Range) -> str:
    return range_text(spread.low, spread.high)
