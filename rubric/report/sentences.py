"""One sentence for each indicator, claim and remark, fit to paste into a report."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.core import Holds, interval_of
from engine.diagnostic import note
from engine.divisor import zero_divisor
from engine.facts import Present
from engine.number import decimal, plain, terminates
from engine.rules import Band, Grade, InProportion, Is, Item, Reading, Rubric, Step, Within
from engine.score import Assessment
from engine.scorecard import Entry, IndicatorScore, Status
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, WHOLE, Quantity
from rubric.messages.catalogue import say
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language
from rubric.messages.words import quantity_text
from rubric.report.values import (
    FormulaWriter,
    Scale,
    edge_text,
    edges_of,
    fact_name,
    interval_text,
    name_text,
    scale_of,
    value_text,
)

if TYPE_CHECKING:
    from engine.change import Change


class Sentences:
    """Words one assessment in one language."""

    def __init__(self, assessment: Assessment, language: Language) -> None:
        self.assessment = assessment
        self.rubric: Rubric = assessment.rubric
        self.language = language
        self.comma = "、" if language == "zh" else ", "
        self.semicolon = "；" if language == "zh" else "; "

    def say(self, code: str, **arguments: Any) -> str:
        """The sentence of a code, filled in."""
        return say(note(code, **arguments), self.language)

    def label(self, code: str) -> str:
        """A short label."""
        return LABELS[code].of(self.language)

    def fact(self, key: str) -> str:
        """A fact's name."""
        return fact_name(self.rubric, key, self.language)

    def names(self, keys: tuple[str, ...]) -> str:
        """Several facts' names."""
        return self.comma.join(map(self.fact, keys))

    # ------------------------------------------------------------------------------ one line an indicator

    def line(self, score: IndicatorScore) -> str:
        """Why the indicator earns what it earns, in one line."""
        if score.status is Status.EXEMPT:
            return self._exempt(score)
        if not score.status.settled:
            return self.unsettled(score)
        if isinstance(score.entries[0].clause, Item):
            return self._items(score)
        return self._entry_line(score, score.entries[0])

    def formula(self, score: IndicatorScore, measured: Fraction | None) -> str:
        """The formula with the numbers put in and what it comes to: 71 ÷ 74 = 95.95%."""
        measure = score.indicator.measure
        if measure is None:
            return ""
        scale = scale_of(self.rubric, score.indicator)
        writer = FormulaWriter(self.rubric, score.facts, self.language)
        numbers = writer.numbers(measure)
        if measured is None:
            return numbers
        shown = scale.text(measured, self.language, edges_of(score.indicator))
        if numbers in (shown, scale.number(measured)):
            return f"{writer.names(measure)} {shown}"
        return f"{numbers} = {shown}"

    def _entry_line(self, score: IndicatorScore, entry: Entry) -> str:
        points = entry.awarded
        formula = self.formula(score, entry.measured)
        scale = scale_of(self.rubric, score.indicator)
        match entry.clause:
            case Step():
                return self._step_line(entry, entry.clause, formula, scale)
            case Band((), InProportion()) | Band(_, InProportion()):
                return self.say("line-proportion", formula=formula, full=score.full, points=points)
            case Band(()):
                return self.say("line-otherwise", formula=formula, points=points)
            case Band(conditions):
                return self._band_line(conditions, formula, scale, points, score)
            case _:
                return formula

    def _band_line(
        self, conditions: tuple[Within | Is, ...], formula: str, scale: Scale, points: Fraction, score: IndicatorScore
    ) -> str:
        first = conditions[0]
        if isinstance(first, Is) or first.subject is not None:
            said = self.comma.join(self._condition(each, score) for each in conditions)
            return self.say("line-condition", condition=said, points=points)
        interval = interval_of(first)
        band = interval_text(interval, scale, self.language)
        code = "line-band" if interval.low is not None and interval.high is not None else "line-limit"
        if interval.low is not None and interval.low == interval.high:
            # The formula already ends in the value that the band asks for.
            band = ""
        return self.say(code if band else "line-value", formula=formula, band=band, points=points)

    def _condition(self, condition: Within | Is, score: IndicatorScore) -> str:
        subject = condition.subject
        if subject is None:
            subject = getattr(score.indicator.measure, "name", "")
        name = self.fact(subject)
        match condition:
            case Is(True):
                return self.say("present", name=name)
            case Is(False):
                return self.say("absent", name=name)
            case Is(value):
                return self.say("is-level", name=name, level=self._level(subject, str(value)))
            case Within():
                edge = condition.low or condition.high
                scale = Scale(edge.quantity.unit if edge is not None else ONE)
                return f"{name} {interval_text(interval_of(condition), scale, self.language)}"

    def _level(self, fact: str, key: str) -> str:
        declared = self.rubric.fact(fact)
        levels = getattr(declared.kind, "levels", ()) if declared else ()
        return next((name_text(level, self.language) for level in levels if level.key == key), key)

    def _step_line(self, entry: Entry, step: Step, formula: str, scale: Scale) -> str:
        assert entry.measured is not None
        assert entry.steps is not None
        moved = self._moved(entry, step)
        way = self.say("way-deduct" if step.amount < 0 else "way-add")
        points = entry.awarded
        if step.occurrence:
            if not entry.steps:
                return self.say("line-cases-none", formula=formula, moved=moved, points=points)
            size = value_text(_shown_size(step, scale), self.language)
            amount = abs(step.amount)
            return self.say(
                "line-cases", formula=formula, size=size, way=way, amount=amount, moved=moved, points=points
            )
        distance = abs(entry.measured - step.reference.exact)
        above = entry.measured > step.reference.exact
        reference = edge_text(step.reference.exact, scale, self.language)
        if distance == 0:
            return self.say("line-value", formula=formula, points=points)
        if entry.steps <= 0:
            side = self.say("above-reference" if above else "below-reference")
            if entry.case.function.distance(entry.measured) < 0:
                return self.say("line-limit", formula=formula, band=f"{side} {reference}", points=points)
            size = value_text(_shown_size(step, scale), self.language)
            return self.say("line-step-none", formula=formula, side=side, reference=reference, size=size, points=points)
        return self.say(
            "line-step",
            formula=formula,
            side=self.say("side-above" if above else "side-below"),
            reference=reference,
            distance=self._distance(distance, scale),
            steps=plain(entry.steps),
            way=way,
            amount=abs(step.amount),
            moved=moved,
            points=points,
        )

    def _moved(self, entry: Entry, step: Step) -> str:
        """What the steps gave or took: the difference from what their reference earns."""
        moved = abs(entry.awarded - entry.case.function.base)
        if not moved:
            return self.say("not-deducted" if step.amount < 0 else "not-added")
        if step.amount > 0:
            return self.say("added", points=moved)
        if entry.awarded == 0:
            return self.say("deducted-all", points=moved)
        if step.limit is not None and moved == step.limit and (entry.steps or 0) * abs(step.amount) > step.limit:
            return self.say("deducted-limit", points=moved)
        return self.say("deducted", points=moved)

    def _distance(self, distance: Fraction, scale: Scale) -> str:
        if scale.unit == PERCENT:
            number = plain(distance / PERCENTAGE_POINT.size)
            return quantity_text(number, PERCENTAGE_POINT.code, self.language)
        return quantity_text(plain(distance / scale.unit.size), scale.unit.code, self.language)

    def _items(self, score: IndicatorScore) -> str:
        entries = score.entries
        failed = tuple(entry.clause.fact for entry in entries if isinstance(entry.clause, Item) and entry.lost)
        points = sum((entry.awarded for entry in entries), Fraction(0))
        if not failed:
            return self.say("line-items", count=len(entries), points=points)
        held = len(entries) - len(failed)
        return self.say("line-items-some", count=len(entries), held=held, missing=self.names(failed), points=points)

    def _exempt(self, score: IndicatorScore) -> str:
        exemption = score.indicator.not_applicable
        assert exemption is not None
        points = score.points or Fraction(0)
        holds = all(
            isinstance(score.facts.get(guard.fact), Present)
            for guard in (score.plan.exempt.guards if score.plan.exempt else ())
            if isinstance(guard, Holds)
        )
        said = self.comma.join(self._condition(each, score) for each in exemption.conditions)
        return self.say("line-exempt", condition=said if holds else self.say("facts-do-not-apply"), points=points)

    def unsettled(self, score: IndicatorScore) -> str:
        """Why there is no number of points, and between which they lie."""
        outcome = next(each for each in score.outcomes if not each.status.settled)
        bounds = score.bounds
        match score.status:
            case Status.MISSING if bounds.low == bounds.high:
                return self.say("line-missing-either-way", names=self.names(score.lacking), points=bounds.low)
            case Status.CONTRADICTORY if bounds.low == bounds.high:
                return self.say("line-either-way", names=self.names(score.lacking), points=bounds.low)
            case Status.MISSING:
                return self.say("line-missing", names=self.names(score.lacking), low=bounds.low, high=bounds.high)
            case Status.CONTRADICTORY:
                return self.say("line-contradictory", names=self.names(score.lacking), low=bounds.low, high=bounds.high)
            case Status.NOT_APPLICABLE:
                return self.say("line-not-applicable", names=self.names(score.lacking))
            case Status.UNDEFINED:
                return self._undefined(score)
            case _:
                return self.say("line-uncovered", formula=self.formula(score, outcome.measured))

    def _undefined(self, score: IndicatorScore) -> str:
        divisor = zero_divisor(score, self.rubric)
        if divisor is None:
            return self.say("line-undefined-sum", names="")
        writer = FormulaWriter(self.rubric, score.facts, self.language)
        code = "line-undefined" if divisor.single else "line-undefined-sum"
        return self.say(code, names=writer.names(divisor.expression))

    # ------------------------------------------------------------------------------------------- ledger

    def reading(self, reading: Reading) -> str:
        """What a fraction of a step counts as."""
        return self.say(f"reading-{reading.value}")

    def readings(self, score: IndicatorScore) -> str | None:
        """What the other readings would give, where they differ."""
        for entry in score.entries:
            if entry.readings:
                own = entry.reading
                others = self.semicolon.join(
                    self.say("reading-other", reading=self.reading(reading), points=points)
                    for reading, points in entry.readings
                    if reading is not own and points != entry.awarded
                )
                return self.say(
                    "look-reading",
                    name=name_text(score.indicator.name, self.language),
                    reading=self.reading(own),
                    points=entry.awarded,
                    others=others,
                )
        return None

    def change(self, change: Change, score: IndicatorScore) -> str:
        """What would win points back."""
        name = self.fact(change.fact)
        if not isinstance(change.value, Quantity):
            value = self._level(change.fact, change.value) if isinstance(change.value, str) else ""
            value = value or value_text(change.value, self.language)
            return self.say("change-level", fact=name, value=value, points=change.points)
        threshold, reached = nearest_whole(change.value, change.upward, change.reached)
        way = {
            (True, True): "way-up-to",
            (True, False): "way-above",
            (False, True): "way-down-to",
            (False, False): "way-below",
        }[(change.upward, reached)]
        now = score.facts.get(change.fact)
        shown = value_text(now.value, self.language) if isinstance(now, Present) else ""
        return self.say(
            "change-reach",
            fact=name,
            way=self.say(way),
            value=self._threshold(threshold),
            points=change.points,
            now=shown,
        )

    def _threshold(self, value: Quantity) -> str:
        """A threshold with its unit; one whose decimals do not end is marked as rounded."""
        if terminates(value.number) and value.number == Fraction(plain(value.number, 6)):
            return " " + value_text(value, self.language)
        shown = quantity_text(decimal(value.number, 2), value.unit.code, self.language)
        return self.say("about", value=shown)


def nearest_whole(value: Quantity, upward: bool, reached: bool) -> tuple[Quantity, bool]:
    """A threshold of whole things as the first whole number that will do."""
    if value.unit.code not in WHOLE:
        return value, reached
    number = value.number
    whole = number.denominator == 1
    down = number.numerator // number.denominator
    if upward:
        return Quantity(Fraction(down if whole and reached else down + 1), value.unit), True
    return Quantity(Fraction(down - 1 if whole and not reached else down), value.unit), True


def grades_text(grades: tuple[Grade, ...], language: Language) -> str:
    """One grade, or the best and the worst that there may be."""
    names = [name_text(grade.name, language) for grade in grades]
    if len(names) <= 1:
        return "".join(names)
    return (LABELS["alternatively"] if len(names) == 2 else LABELS["until"]).of(language).join((names[0], names[-1]))


def range_text(low: Fraction, high: Fraction) -> str:
    """Points: one number, or a range of two."""
    return plain(low) if low == high else f"{plain(low)}-{plain(high)}"


def _shown_size(step: Step, scale: Scale) -> Quantity:
    if step.size.unit == ONE:
        return Quantity(step.size.number, scale.unit)
    if scale.unit == PERCENT and step.size.unit == PERCENT:
        return Quantity(step.size.number * step.reference.exact, PERCENTAGE_POINT)
    return step.size
