"""The audit of a department's claims: what does not follow from the rule, by the points that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from engine.claims import ClaimCheck, Review, SumCheck, Verdict
from engine.facts import Contradictory, Fact, Present
from engine.number import Printed, plain
from engine.score import Assessment
from engine.scores import IndicatorScore
from rubric.messages.reading import say
from rubric.messages.wording import Language
from rubric.reading.accounts import mixed
from rubric.reading.claims import Claimed
from rubric.reading.doubts import doubts
from rubric.reading.report import Report
from rubric.reading.stated import Stated
from rubric.report.remarks import Remarks
from rubric.report.sentences import Sentences, range_text
from rubric.report.values import name_text


class Quote(NamedTuple):
    """A sentence of the report and where it stands."""

    section: str
    words: str


class Item(NamedTuple):
    """What is to be settled with the department: the points that hang on it, what it is, the sentences, what to ask."""

    code: str
    points: Fraction
    said: str
    quotes: tuple[Quote, ...]
    ask: str
    # The key of the indicator that it is of, if it is of one.
    about: str = ""


class Audit:
    """Holds the claims of one department against the rule, in one language."""

    def __init__(self, assessment: Assessment, language: Language, report: Report | None = None) -> None:
        self.assessment = assessment
        self.language = language
        self.words = Sentences(assessment, language)
        self.remarks = Remarks(self.words)
        # What it says that no facts file can hold; facts alone say nothing more.
        self.report = report

    def items(self) -> list[Item]:
        """Everything to settle, by the points that hang on it; what is of equal weight in the order of the rubric."""
        return sorted(self._items(), key=lambda item: -item.points)

    def _items(self) -> Iterator[Item]:
        review = self.assessment.review
        if review is not None:
            for check in review.indicators:
                yield from self._claim(check)
            for each in review.sums:
                if each.difference:
                    yield self._sum(each)
            yield from self._totals(review)
        if self.report is not None:
            yield from self._set_aside(self.report.claimed)
        yield from self._contradictions()
        yield from self._adjustments()
        if self.report is not None:
            yield from self._left_out(self.report)
            yield from self._scopes(self.report)
            yield from self._doubts(self.report)
            yield from self._stated(self.report)
        if review is not None:
            yield from self._rates(review)

    def _say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    # -------------------------------------------------------------------------------------------- claims

    def _claim(self, check: ClaimCheck) -> Iterator[Item]:
        claim, score = check.claim, check.score
        if claim is None or claim.points is None:
            return
        name = name_text(score.indicator.name, self.language)
        told = (self._of_fact(score.facts.get(key)) for key in score.plan.needs)
        # Facts may share a sentence: it is shown once.
        quotes = tuple(
            dict.fromkeys((*self._quotes(claim.section, claim.quote), *(quote for each in told for quote in each)))
        )
        said = self.remarks.claim(check)
        if said is not None:
            nearest = max(score.bounds.low, min(score.bounds.high, claim.points))
            points = abs(check.difference if check.difference is not None else nearest - claim.points)
            yield Item("claim-differs", points, said, quotes, self._say("ask-claim", name=name), score.indicator.key)
        elif check.verdict is Verdict.WITHIN and claim.points > score.bounds.low:
            names = self.words.names(score.lacking)
            points = claim.points - score.bounds.low
            said = self._say(
                "claim-unproved", name=name, claimed=plain(claim.points), names=names, low=plain(score.bounds.low)
            )
            yield Item(
                "claim-unproved", points, said, quotes, self._say("ask-evidence", names=names), score.indicator.key
            )

    def _sum(self, check: SumCheck) -> Item:
        ask = "ask-sum" if check.unclaimed else "ask-sum-plain"
        return Item("sum-differs", abs(check.difference), self.remarks.sum(check), (), self._say(ask))

    def _totals(self, review: Review) -> Iterator[Item]:
        bounds = self.assessment.card.bounds
        claimed = review.total.claimed
        for said in self.remarks.grade(review):
            points = Fraction(0)
            if claimed is not None:
                points = abs(claimed - max(bounds.low, min(bounds.high, claimed)))
            yield Item("grade-differs", points, said, (), self._say("ask-grade"))
        for said in self.remarks.total(review):
            total = review.total
            off = Fraction(0) if total.claimed is None or total.subtotals is None else total.claimed - total.subtotals
            yield Item("total-differs", abs(off), said, (), self._say("ask-total"))

    def _set_aside(self, claimed: Claimed) -> Iterator[Item]:
        """Claims that cannot be taken as they stand, with all the points that they claim."""
        kept = (
            ("claim-above-full", "ask-claim", claimed.above_full),
            ("claim-again", "ask-which", claimed.again),
            ("claim-of-nothing", "ask-indicator", claimed.of_nothing),
            ("claim-of-unknown", "ask-sheet", claimed.unknown),
        )
        for code, ask, claims in kept:
            for claim in claims:
                name = claim.of or self._say("the-total")
                said = self._say(code, name=name, points=claim.points)
                quotes = self._quotes(claim.place.section, claim.quote)
                yield Item(code, Fraction(claim.points), said, quotes, self._say(ask, name=claim.of))
        for claim, told in claimed.marks:
            full = self._score(claim.of).indicator.full
            said = self._say("marks-differ", name=claim.of, told=plain(told), full=plain(full))
            quotes = self._quotes(claim.place.section, claim.quote)
            yield Item("marks-differ", abs(full - told), said, quotes, self._say("ask-sheet"), claim.of)

    def _doubts(self, report: Report) -> Iterator[Item]:
        for doubt in doubts(self.assessment, report.passages):
            name = name_text(doubt.score.indicator.name, self.language)
            said = self._say(doubt.code, name=name, told=doubt.said, rounded=doubt.rounded)
            quotes = self._quotes(doubt.place.section, doubt.quote)
            yield Item(doubt.code, Fraction(0), said, quotes, self._say("ask-words"), doubt.score.indicator.key)

    def _stated(self, report: Report) -> Iterator[Item]:
        """What the report itself calculates, adds up or tells twice, and wrongly."""
        told = {
            (claim.place.passage.place.passage, claim.rate)
            for key, claim in report.claimed.indicators.items()
            if self._rate_is_told(key)
        }
        for code, said, place, stretch in Stated(report, self.language).remarks():
            words = place.passage.text[stretch.start : stretch.end]
            total = report.claimed.total
            of_total = total is not None and total.place is place and stretch.start <= total.start < stretch.end
            if of_total or any(passage == stretch.passage and rate in words for passage, rate in told):
                # It is told with the claim that rests on it.
                continue
            yield Item(code, Fraction(0), said, self._quotes(place.section, words), self._say("ask-number"))

    def _rate_is_told(self, key: str) -> bool:
        review = self.assessment.review
        check = review.of(key) if review is not None else None
        return check is not None and self.remarks.rate(check) is not None

    def _rates(self, review: Review) -> Iterator[Item]:
        for check in review.indicators:
            said = self.remarks.rate(check)
            if said is not None and check.claim is not None:
                quotes = self._quotes(check.claim.section, check.claim.quote)
                cut = check.rate is not None and check.rate.verdict is Printed.TRUNCATED
                ask = self._say("ask-rate" if cut else "ask-rate-wrong")
                yield Item("rate-differs", Fraction(0), said, quotes, ask, check.score.indicator.key)

    # --------------------------------------------------------------------------------------------- facts

    def _contradictions(self) -> Iterator[Item]:
        scores = self.assessment.card.scores
        for key, fact in self.assessment.facts.facts.items():
            if isinstance(fact, Contradictory):
                points = sum(
                    (score.bounds.high - score.bounds.low for score in scores if key in score.lacking), Fraction(0)
                )
                name = self.words.fact(key)
                said = self._say("fact-contradictory", name=name)
                yield Item("fact-contradictory", points, said, self._of_fact(fact), self._say("ask-fact", name=name))

    def _adjustments(self) -> Iterator[Item]:
        adjusted = self.assessment.adjusted
        if adjusted is None:
            return
        before, after = self.assessment.card.bounds, adjusted.card.bounds
        points = max(abs(after.low - before.low), abs(after.high - before.high))
        for each in self.assessment.facts.adjustments:
            quotes = self._quotes("", each.ground)
            said = self.remarks.adjustment(each, adjusted)
            yield Item("adjustment", points, said, quotes, self._say("ask-adjustment"))

    def _left_out(self, report: Report) -> Iterator[Item]:
        """What the report wants left out of the count, with what the rule gives without that."""
        for each in report.left_out:
            score = self._score(each.indicator)
            claim = report.claimed.indicators.get(each.indicator)
            due = range_text(score.bounds.low, score.bounds.high)
            off = Fraction(0) if claim is None else max(Fraction(claim.points) - score.bounds.high, Fraction(0))
            effect = "left-out-unclaimed" if claim is None else "left-out-needed" if off else "left-out-idle"
            name = name_text(score.indicator.name, self.language)
            rule = _allowing(score)
            code = "left-out-allowed" if rule else "left-out"
            said = self._say(
                code,
                name=name,
                rule=rule,
                effect=self._say(effect, points=due, claimed="" if claim is None else claim.points),
            )
            quotes = self._quotes(each.place.section, each.quote)
            yield Item("left-out", off, said, quotes, self._say("ask-adjustment"), score.indicator.key)

    def _scopes(self, report: Report) -> Iterator[Item]:
        """Formulas that take figures of two accounts."""
        for each in mixed(report.told, report.others, report.stated.calculations):
            place = next(one for one in report.passages if one.passage.place.passage == each.formula.stretch.passage)
            said = self._say(
                "scopes-mixed",
                subject=each.formula.subject,
                instead=plain(each.instead.number),
                **{name: plain(one.value.number) for name, one in each.account._asdict().items()},
            )
            stretch = each.formula.stretch
            words = place.passage.text[stretch.start : stretch.end]
            told = [(one.place.section, one.quote) for one in each.account]
            quotes = (quote for where, what in [(place.section, words), *told] for quote in self._quotes(where, what))
            yield Item("scopes-mixed", Fraction(0), said, tuple(quotes), self._say("ask-scope"))

    def _score(self, key: str) -> IndicatorScore:
        return next(each for each in self.assessment.card.scores if each.indicator.name.key == key)

    def _of_fact(self, fact: Fact) -> tuple[Quote, ...]:
        match fact:
            case Present():
                readings: tuple[Present, ...] = (fact,)
            case Contradictory(several):
                readings = tuple(several)
            case _:
                return ()
        return tuple(
            quote for each in readings for quote in self._quotes(each.provenance.section, each.provenance.quote)
        )

    def _quotes(self, section: str, words: str) -> tuple[Quote, ...]:
        return (Quote(section, words),) if words else ()


# What a rule says that lets something be left out.
_ALLOWS = re.compile(r"[^，,。;；]*(?:剔除|扣除(?!率)|不含|不包括|不计入|除外|另计)[^，,。;；]*")


def _allowing(score: IndicatorScore) -> str:
    """The words of an indicator's rule that let something be left out."""
    said = (score.indicator.official, *score.indicator.notes)
    return next((found[0].strip() for text in said if (found := _ALLOWS.search(text))), "")
