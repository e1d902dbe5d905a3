"""What an evaluator should look at: claims that the rule does not bear out, sums, grades, adjustments, rates."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.claims import ClaimCheck, Review, SumCheck, Verdict
from engine.core import Interval
from engine.evaluate import measured
from engine.facts import Adjustment
from engine.number import Printed, decimal
from engine.score import Assessment
from engine.scores import Status
from rubric.report.sentences import Sentences, grades_text, range_text
from rubric.report.values import Scale, edges_of, interval_text, name_text, scale_of, value_text

_OPEN = (Status.UNDEFINED, Status.UNCOVERED, Status.NOT_APPLICABLE, Status.CONTRADICTORY)


class Remarks:
    """The remarks on one assessment, worded in one language."""

    def __init__(self, words: Sentences) -> None:
        self.words = words
        self.assessment: Assessment = words.assessment
        self.rubric = words.rubric
        self.language = words.language

    def claim(self, check: ClaimCheck) -> str | None:
        """A claim that the rule does not bear out, and why."""
        score = check.score
        name = name_text(score.indicator.name, self.language)
        if check.claim is None or check.claim.points is None:
            return None
        claimed = check.claim.points
        if check.verdict is Verdict.OUTSIDE:
            bounds = score.bounds
            return self.words.say("look-claim-outside", name=name, claimed=claimed, low=bounds.low, high=bounds.high)
        if check.verdict not in (Verdict.TOO_HIGH, Verdict.TOO_LOW):
            return None
        return self.words.say(
            "look-claim",
            name=name,
            claimed=claimed,
            points=score.points or Fraction(0),
            reason=self._why(check, claimed),
        )

    def _why(self, check: ClaimCheck, claimed: Fraction) -> str:
        score = check.score
        now = measured(score)
        if not check.needed or now is None:
            return self.words.line(score)
        scale = scale_of(self.rubric, score.indicator)
        alternatively = self.words.label("alternatively")
        band = alternatively.join(self._band(each, scale) for each in check.needed)
        value = scale.text(now, self.language, edges_of(score.indicator))
        own = alternatively.join(self._band(each, scale) for each in check.own)
        if not own:
            return self.words.line(score)
        if all(each.low == each.high for each in check.own):
            return self.words.say("needs-value", claimed=claimed, band=band, value=value)
        return self.words.say("needs-band", claimed=claimed, band=band, value=value, own=own)

    def _band(self, interval: Interval, scale: Scale) -> str:
        """Where a value lies, as part of a sentence."""
        text = interval_text(interval, scale, self.language)
        two_sided = interval.low is not None and interval.high is not None and interval.low != interval.high
        return self.words.say("in-band", band=text) if two_sided else f" {text}"

    def rate(self, check: ClaimCheck) -> str | None:
        """A printed rate that is not the rounded one."""
        rate = check.rate
        if rate is None or rate.verdict not in (Printed.TRUNCATED, Printed.WRONG):
            return None
        shown = rate.exact * 100 if rate.printed.percent else rate.exact
        rounded = decimal(shown, rate.printed.places) + ("%" if rate.printed.percent else "")
        name = name_text(check.score.indicator.name, self.language)
        code = "look-rate-truncated" if rate.verdict is Printed.TRUNCATED else "look-rate-wrong"
        return self.words.say(code, name=name, printed=rate.printed.text, rounded=rounded)

    def all(self) -> Iterator[str]:
        """Every remark, weightiest first."""
        review = self.assessment.review
        if review is not None:
            yield from filter(None, map(self.claim, review.differing))
            yield from self._totals(review)
        for score in self.assessment.card.scores:
            if score.status in _OPEN:
                name = name_text(score.indicator.name, self.language)
                yield self.words.say("look-unsettled", name=name, reason=self.words.unsettled(score))
        yield from self._adjustments()
        yield from filter(None, (self.words.readings(s) for s in self.assessment.card.scores if s.status.settled))
        if review is not None:
            yield from filter(None, map(self.rate, review.indicators))

    def _totals(self, review: Review) -> Iterator[str]:
        yield from self.grade(review)
        yield from (self.sum(check) for check in review.sums if check.difference)
        yield from self.total(review)

    def total(self, review: Review) -> Iterator[str]:
        """A claimed total that its subtotals do not add up to, and a claimed grade that does not follow from it."""
        total, due = review.total, review.total.grade_of_claim
        if total.claimed is not None and total.subtotals is not None and total.claimed != total.subtotals:
            yield self.words.say("look-total", claimed=total.claimed, sum=total.subtotals)
        if total.grade is not None and due is not None and total.grade not in due.name.forms:
            grade = name_text(due.name, self.language)
            yield self.words.say("look-claimed-grade", claimed=total.grade, points=total.claimed, grade=grade)

    def grade(self, review: Review) -> Iterator[str]:
        """A claimed grade that the total does not give."""
        claimed, grades = review.total.grade, self.assessment.card.grades
        if claimed is None or not grades or any(claimed in grade.name.forms for grade in grades):
            return
        said, points = grades_text(grades, self.language), self.assessment.card.points
        if points is not None:
            yield self.words.say("look-grade", grade=said, claimed=claimed, points=points)
        elif len(grades) == 1:
            yield self.words.say("look-grade-sure", grade=said, claimed=claimed)
        else:
            yield self.words.say("look-grade-range", grade=said, claimed=claimed)

    def sum(self, check: SumCheck) -> str:
        """A printed subtotal that its own items do not add up to."""
        name = name_text(check.group.group.name, self.language)
        printed, narrated = check.printed, check.narrated
        if not check.unclaimed:
            return self.words.say("look-sum-plain", name=name, printed=printed, narrated=narrated)
        names = self.words.comma.join(map(self._indicator, check.unclaimed))
        more = check.difference
        return self.words.say("look-sum", name=name, printed=printed, narrated=narrated, difference=more, names=names)

    def _indicator(self, key: str) -> str:
        score = self.assessment.card.of(key)
        return key if score is None else name_text(score.indicator.name, self.language)

    def _adjustments(self) -> Iterator[str]:
        adjusted = self.assessment.adjusted
        if adjusted is None:
            return
        for each in self.assessment.facts.adjustments:
            yield self.adjustment(each, adjusted)

    def adjustment(self, each: Adjustment, adjusted: Assessment) -> str:
        """An amount that the department takes out of a fact, with the total before and after."""
        return self.words.say(
            "look-adjustment",
            fact=self.words.fact(each.fact),
            amount=value_text(each.amount, self.language),
            by=each.allowed_by or self.words.say("nobody"),
            before=self.points_text(self.assessment),
            after=self.points_text(adjusted),
        )

    def points_text(self, assessment: Assessment) -> str:
        """A total, or its range."""
        return range_text(assessment.card.bounds.low, assessment.card.bounds.high)
