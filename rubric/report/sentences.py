"""One sentence for each indicator, claim and remark, fit to paste into a report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.alternatives import interval_of
from engine.compose import Shift
from engine.core import Holds, Start
from engine.diagnostic import note
from engine.divisor import zero_divisor
from engine.evaluate import condition_holds, measured, measured_fact, value_of
from engine.facts import Present
from engine.number import decimal, plain, terminates
from engine.rounding import Rounded, roundings
from engine.rules import (
    Amount,
    AnyOf,
    Award,
    Band,
    Chosen,
    Computed,
    Condition,
    Edge,
    Expression,
    Grade,
    GroupMean,
    InProportion,
    Interpolated,
    Is,
    Item,
    Less,
    NotApplicable,
    Reading,
    Reference,
    Role,
    Rubric,
    Step,
    Within,
)
from engine.score import Assessment
from engine.scorecard import Scorecard
from engine.scores import Entry, IndicatorScore, Kept, Status
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, SCORE, WHOLE, Quantity
from rubric.language.phrases import SENTENCES, Phrases
from rubric.messages.catalogue import say
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language
from rubric.messages.words import quantity_text
from rubric.report.shifts import ShiftWords
from rubric.report.values import (
    FormulaWriter,
    Scale,
    edge_text,
    edges_of,
    fact_name,
    interval_text,
    name_text,
    scale_of,
    scale_of_expression,
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
        self.phrases = Phrases(self.rubric, language)
        # The row that is spoken of: its cells go by the names of their columns.
        self._row = ""

    def say(self, code: str, **arguments: Any) -> str:
        """The sentence of a code, filled in."""
        return say(note(code, **arguments), self.language)

    def label(self, code: str) -> str:
        """A short label."""
        return LABELS[code].of(self.language)

    def fact(self, key: str) -> str:
        """A fact's name."""
        return fact_name(self.rubric, key, self.language, self._row)

    @contextmanager
    def about(self, score: IndicatorScore) -> Iterator[None]:
        """What is said meanwhile is said of one indicator."""
        before, self._row = self._row, score.indicator.row
        try:
            yield
        finally:
            self._row = before

    def names(self, keys: tuple[str, ...]) -> str:
        """Several facts' names."""
        return self.comma.join(map(self.fact, keys))

    def given(self, score: IndicatorScore, points: Fraction) -> str:
        """What an indicator earns; of a penalty, what it takes."""
        if score.indicator.role is not Role.PENALTY:
            return self.say("gets", points=points)
        taken = score.full - points
        return self.say("takes", points=taken) if taken else self.say("takes-nothing")

    def moved(self, score: IndicatorScore, entry: Entry) -> str:
        """The points that an entry gives and loses; of a penalty, those that it takes."""
        if score.indicator.role is Role.PENALTY:
            return self.say("takes", points=entry.lost) if entry.lost else self.say("takes-nothing")
        if score.status is Status.LEFT_OUT:
            return self.say("entry-left-out")
        moved = []
        if entry.awarded > 0 or not entry.lost:
            moved.append(self.say("entry-awarded", points=entry.awarded))
        if entry.lost:
            moved.append(self.say("entry-lost", points=entry.lost))
        return ("，" if self.language == "zh" else ", ").join(moved)

    # ------------------------------------------------------------------------------ one line an indicator

    def line(self, score: IndicatorScore) -> str:
        """Why the indicator earns what it earns, in one line."""
        with self.about(score):
            return self._line(score)

    def _line(self, score: IndicatorScore) -> str:
        match score.status:
            case Status.EXEMPT | Status.LEFT_OUT:
                return self._exempt(score)
            case Status.FORFEITED:
                return self._forfeited(score)
        if not score.status.settled:
            return self.unsettled(score)
        entries = score.entries
        if all(isinstance(entry.clause, Item) for entry in entries):
            return self._items(score)
        if len(entries) == 1:
            return self._rounded(score, self._entry(score, entries[0], entries[0].awarded))
        return self._rounded(score, self._several(score))

    def _several(self, score: IndicatorScore) -> str:
        """Clauses that count apart, one after the other, and what they come to; what costs nothing is passed over."""
        told = [
            entry
            for entry in score.entries
            if (entry.lost or not _passed_over(entry)) and not _only_rounds(score, entry)
        ]
        if score.indicator.role is Role.PENALTY:
            told = [entry for entry in told if not isinstance(entry.clause, Start)]
        said = [self.entry(score, entry, None) for entry in told]
        together = self.semicolon.join(part for part in said if part)
        given = self.given(score, score.points or Fraction(0))
        return self.say("line-together", parts=together, given=given)

    def _rounded(self, score: IndicatorScore, line: str) -> str:
        """A line with where the rule rounds behind it."""
        found = [self._rounding(score, each) for each in roundings(self.rubric, score) if each.before != each.after]
        return self.semicolon.join([line, *found])

    def formula(self, score: IndicatorScore, value: Fraction | None) -> str:
        """The formula with the numbers put in and what it comes to: 71 ÷ 74 = 95.95%."""
        measure = score.indicator.measure
        if measure is None:
            return ""
        scale = scale_of(self.rubric, score.indicator)
        writer = FormulaWriter(self.rubric, score.facts, self.language, score.full)
        numbers = writer.numbers(measure)
        if value is None:
            return numbers
        shown = scale.text(value, self.language, edges_of(score.indicator))
        if numbers in (shown, scale.number(value)):
            return f"{writer.names(measure)} {shown}"
        return f"{numbers} = {shown}"

    def entry(self, score: IndicatorScore, entry: Entry, points: Fraction | None) -> str:
        """One entry of the ledger; without points, as one of several that are put together."""
        with self.about(score):
            return self._entry(score, entry, points)

    def _entry(self, score: IndicatorScore, entry: Entry, points: Fraction | None) -> str:
        formula = self._looked_at(score, entry)
        scale = scale_of(self.rubric, score.indicator)
        clause = entry.clause
        match clause:
            case Start():
                return self.say("line-start", points=entry.awarded)
            case Kept():
                code = "line-rounded" if _only_rounds(score, entry) else "line-kept"
                return self.say(code, points=score.points or Fraction(0))
            case Step():
                said = self._step_line(entry, clause, formula, scale)
                return said if score.indicator.role is Role.PENALTY else self._ending(score, said, points)
            case Item(fact):
                held = self.say("item-holds" if entry.awarded else "item-fails", name=self.fact(fact))
                return self._part(score, held, entry, points)
            case Band(conditions, award):
                return self._band_entry(score, entry, conditions, award, formula, points)
            case _:
                return formula

    def _looked_at(self, score: IndicatorScore, entry: Entry) -> str:
        """The formula that an entry looks at, with numbers: that of the indicator, or what a count names."""
        if isinstance(entry.clause, Step) and entry.clause.subject is not None:
            value = entry.measured
            declared = self.rubric.fact(entry.clause.subject)
            if value is None or declared is None or not isinstance(declared.kind, Amount):
                return self.fact(entry.clause.subject)
            shown = Quantity(value / declared.kind.unit.size, declared.kind.unit)
            return f"{self.fact(entry.clause.subject)} {value_text(shown, self.language)}"
        return self.formula(score, measured(score))

    def _ending(self, score: IndicatorScore, said: str, points: Fraction | None) -> str:
        """What an entry says, and what it earns where it stands alone; a penalty takes."""
        if points is None:
            return said
        if score.indicator.role is Role.PENALTY:
            return f"{said}{self.phrases.mark('comma')}{self.given(score, points)}"
        return self.say("earns", said=said, points=points)

    def _part(self, score: IndicatorScore, said: str, entry: Entry, points: Fraction | None) -> str:
        """What an entry says, and what it gives or takes where several are put together."""
        if points is not None:
            return self._ending(score, said, points)
        if entry.awarded < 0:
            return self.say("part-lost", said=said, points=-entry.awarded)
        return self.say("part-won" if entry.awarded else "part-nothing", said=said, points=entry.awarded)

    # -------------------------------------------------------------------------------------------- bands

    def _band_entry(
        self,
        score: IndicatorScore,
        entry: Entry,
        conditions: tuple[Condition, ...],
        award: Award,
        formula: str,
        points: Fraction | None,
    ) -> str:
        if _passed_over(entry):
            wanted = self.comma.join(self._wanted(each) for each in conditions if not self._holds(each, score))
            if entry.lost:
                return self._part(score, self.say("not-met", condition=wanted), entry, points)
            return self._ending(score, self.say("not-so", condition=wanted), points)
        where = self._where(score, conditions, formula)
        match award:
            case InProportion():
                return self.say("line-proportion", formula=formula, full=score.full, points=entry.awarded)
            case Interpolated(low, high):
                ends = {"low": low.of(score.full), "high": high.of(score.full)}
                return self._part(score, self.say("line-interpolated", where=where, **ends), entry, points)
            case Chosen(low, high):
                ends = {"low": low.of(score.full), "high": high.of(score.full)}
                return self._part(score, self.say("line-chosen", where=where, **ends), entry, points)
            case Computed(expression):
                # A formula that stands alone says all; behind other clauses, what they looked at is told first.
                where = where if conditions or len(score.indicator.clauses) > 1 else ""
                return self._computed(score, where, expression, entry, points)
            case Less(less):
                lost = self.say("line-less", where=where, points=less.of(score.full))
                if entry.lost and score.indicator.role is Role.PENALTY:
                    return lost
                return self._ending(score, lost, points) if entry.lost else self._part(score, where, entry, points)
        if not conditions:
            said = self.say("line-otherwise", formula=formula) if formula else self.say("line-otherwise-bare")
            return self._part(score, said, entry, points)
        return self._part(score, where, entry, points)

    def _where(self, score: IndicatorScore, conditions: tuple[Condition, ...], formula: str) -> str:
        """Where a band puts what it looks at: 26.92%，在 20-30%（含）档; 行政效能为“好”."""
        if not conditions:
            return formula
        first = conditions[0]
        if not isinstance(first, Within) or first.subject is not None:
            return self.comma.join(self._condition(each, score) for each in conditions)
        if first.magnitude or any(edge is not None and edge.of is not None for edge in (first.low, first.high)):
            code = "line-band" if first.low is not None and first.high is not None else "line-limit"
            return self.say(code, formula=formula, band=self._limits(first, score))
        scale = scale_of(self.rubric, score.indicator)
        interval = interval_of(first)
        band = interval_text(interval, scale, self.language)
        if interval.low is not None and interval.low == interval.high:
            # The formula already ends in the value that the band asks for.
            return formula
        code = "line-band" if interval.low is not None and interval.high is not None else "line-limit"
        more = "".join(self.comma + self._condition(each, score) for each in conditions[1:])
        return self.say(code, formula=formula, band=band) + more

    def _limits(self, condition: Within, score: IndicatorScore) -> str:
        """A limit that is a quantity, with what it comes to; or a range on both sides of nothing."""
        said = self.phrases.interval(condition)
        edge = condition.low or condition.high
        if edge is None or edge.of is None:
            return said
        limit = value_of(edge.of, self.rubric, score.facts, score.full)
        if limit is None:
            return said
        scale = scale_of_expression(self.rubric, edge.of)
        return self.say("limit-value", limit=said, value=scale.text(limit * edge.quantity.exact, self.language))

    def _computed(
        self, score: IndicatorScore, where: str, expression: Expression, entry: Entry, points: Fraction | None
    ) -> str:
        """Points by a formula, with the numbers put in, kept within full marks."""
        writer = FormulaWriter(self.rubric, score.facts, self.language, score.full)
        value, numbers = entry.measured or Fraction(0), writer.numbers(expression)
        formula = writer.names(expression) if numbers == plain(value) else numbers
        start = where + self.phrases.mark("comma") if where else ""
        if value == entry.awarded:
            return start + self.say("line-computed-points", formula=formula, points=value)
        said = self.say("line-computed", formula=formula, value=plain(value))
        if value > score.full:
            said = self.say("line-computed-full", said=said, full=score.full)
        return self._part(score, start + said, entry, points)

    def _condition(self, condition: Condition, score: IndicatorScore) -> str:
        match condition:
            case Is(value, subject):
                return self._is(value, subject or measured_fact(score))
            case Within(subject=Reference(name)) if self.rubric.fact(name) is not None:
                return self._about_fact(condition, name, score)
            case AnyOf(alternatives):
                for each in alternatives:
                    if all(self._holds(one, score) for one in each):
                        return self.comma.join(self._condition(one, score) for one in each)
        return self.phrases.condition(condition)

    def _wanted(self, condition: Condition) -> str:
        """A condition that does not hold, as the rule asks for it."""
        match condition:
            case Is(str() as value, str(subject)):
                return self.say("is-level", name=self.fact(subject), level=self._level(subject, value))
            case Is(bool() as value, str(subject)):
                return self.say("present" if value else "denied", name=self.fact(subject))
            case _:
                return self.phrases.condition(condition)

    def _holds(self, condition: Condition, score: IndicatorScore) -> bool:
        """Whether a condition surely holds, for telling which of several does."""
        return condition_holds(condition, self.rubric, score) is True

    def _is(self, value: str | bool, subject: str) -> str:
        if isinstance(value, bool):
            return self.truth(value, subject)
        return self.say("is-level", name=self.fact(subject), level=self._level(subject, value))

    def truth(self, value: bool, subject: str) -> str:
        """That a fact is so, or is not."""
        name = self.fact(subject)
        if value:
            return self.say("present", name=name)
        return self.say("denied" if name.startswith(SENTENCES) else "absent", name=name)

    def _about_fact(self, condition: Within, name: str, score: IndicatorScore) -> str:
        """A limit on a fact, with the value that it has."""
        given = score.facts.get(name)
        shown = ""
        if isinstance(given, Present) and isinstance(given.value, Quantity):
            shown = f" {value_text(given.value, self.language)}"
        edge = condition.low or condition.high
        if shown and condition.low == condition.high and edge is not None and edge.of is None:
            return self.fact(name) + shown
        return f"{self.fact(name)}{shown} {self._limits(condition, score)}"

    def _level(self, fact: str, key: str) -> str:
        declared = self.rubric.fact(fact)
        levels = getattr(declared.kind, "levels", ()) if declared else ()
        return next((name_text(level, self.language) for level in levels if level.key == key), key)

    # -------------------------------------------------------------------------------------------- steps

    def _step_line(self, entry: Entry, step: Step, formula: str, scale: Scale) -> str:
        case, value = entry.case, entry.measured
        if case is None or value is None or entry.steps is None:
            return formula
        moved = self._step_moved(entry, step)
        way = self.say("way-deduct" if step.amount < 0 else "way-add")
        amount = abs(step.amount)
        if step.occurrence:
            if not entry.steps:
                return self.say("line-cases-none", formula=formula, moved=moved)
            size = value_text(_shown_size(step, self._scale_of_count(step, scale)), self.language)
            return self.say("line-cases", formula=formula, size=size, way=way, amount=amount, moved=moved)
        reference = self._reference(step, scale)
        away = value if step.of is not None else value - step.reference.exact
        side = self.say("above-reference" if away > 0 else "below-reference")
        if away == 0:
            return formula if step.of is None else self.say("line-on-reference", formula=formula, reference=reference)
        if case.function.flat or case.function.distance(value) < 0:
            return self.say("line-limit", formula=formula, band=f"{side} {reference}")
        if entry.steps <= 0:
            size = value_text(_shown_size(step, scale), self.language)
            return self.say("line-step-none", formula=formula, side=side, reference=reference, size=size)
        return self.say(
            "line-step",
            formula=formula,
            side=self.say("side-above" if away > 0 else "side-below"),
            reference=reference,
            distance=self._distance(abs(away), self._away_scale(step, scale)),
            steps=quantity_text(plain(entry.steps), "grade_step", self.language),
            way=way,
            amount=amount,
            moved=moved,
        )

    def _reference(self, step: Step, scale: Scale) -> str:
        """What a step counts from: a number, or a named quantity."""
        if step.of is None:
            return edge_text(step.reference.exact, scale, self.language)
        return self.phrases.limit(Edge(step.reference, True, step.of))

    def _away_scale(self, step: Step, scale: Scale) -> Scale:
        """How the distance from a named quantity is shown: as a share of it, or in the unit of the steps."""
        if step.of is None:
            return scale
        return Scale(PERCENT if step.size.unit in (PERCENT, PERCENTAGE_POINT) else step.size.unit)

    def _scale_of_count(self, step: Step, scale: Scale) -> Scale:
        declared = None if step.subject is None else self.rubric.fact(step.subject)
        return Scale(declared.kind.unit) if declared and isinstance(declared.kind, Amount) else scale

    def _step_moved(self, entry: Entry, step: Step) -> str:
        """What the steps gave or took: the difference from what their reference earns."""
        base = Fraction(0) if entry.case is None else entry.case.function.base
        moved = abs(entry.awarded - base)
        if not moved:
            return self.say("not-deducted" if step.amount < 0 else "not-added")
        if step.amount > 0:
            return self.say("added", points=moved)
        if entry.awarded == 0 and base:
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
        case = score.outcomes[0].case
        exemption = None if case is None else case.clause
        conditions = exemption.conditions if isinstance(exemption, NotApplicable) else ()
        known = all(
            isinstance(score.facts.get(guard.fact), Present)
            for guard in (case.guards if case else ())
            if isinstance(guard, Holds)
        )
        said = self.say("facts-do-not-apply", names=self.names(score.not_applicable))
        if known and conditions:
            said = self.comma.join(self._condition(each, score) for each in conditions)
        if score.status is Status.LEFT_OUT:
            return self.say("line-left-out", condition=said)
        if isinstance(exemption, NotApplicable) and isinstance(exemption.award, GroupMean):
            return self.say("line-mean-points", condition=said, points=score.points or Fraction(0))
        return self.say("line-exempt", condition=said, given=self.given(score, score.points or Fraction(0)))

    def _forfeited(self, score: IndicatorScore) -> str:
        forfeit = score.indicator.forfeit
        conditions = forfeit.conditions if forfeit else ()
        said = self.comma.join(self._condition(each, score) for each in conditions)
        return self.say("line-forfeited", condition=said)

    def unsettled(self, score: IndicatorScore) -> str:
        """Why there is no number of points, and between which they lie."""
        bounds, names = score.bounds, self.names(score.lacking)
        match score.status:
            case Status.MISSING | Status.CONTRADICTORY if bounds.low == bounds.high:
                code = "line-missing-either-way" if score.status is Status.MISSING else "line-either-way"
                return self.say(code, names=names, given=self.given(score, bounds.low))
            case Status.MISSING:
                return self.say("line-missing", names=names, between=self._between(score))
            case Status.CONTRADICTORY:
                return self.say("line-contradictory", names=names, between=self._between(score))
            case Status.NOT_APPLICABLE:
                return self.say("line-not-applicable", names=names)
            case Status.UNDEFINED:
                return self._undefined(score)
            case _:
                return self.say("line-uncovered", formula=self.formula(score, measured(score)))

    def _between(self, score: IndicatorScore) -> str:
        """The range of what an indicator may earn; of a penalty, of what it may take."""
        bounds = score.bounds
        if score.indicator.role is Role.PENALTY:
            return self.say("takes-between", low=score.full - bounds.high, high=score.full - bounds.low)
        return self.say("gets-between", low=bounds.low, high=bounds.high)

    def _undefined(self, score: IndicatorScore) -> str:
        divisor = zero_divisor(score, self.rubric)
        if divisor is None:
            return self.say("line-undefined-sum", names="")
        writer = FormulaWriter(self.rubric, score.facts, self.language)
        code = "line-undefined" if divisor.single else "line-undefined-sum"
        return self.say(code, names=writer.names(divisor.expression))

    # ---------------------------------------------------------------------------------------- the whole

    def shift(self, shift: Shift) -> str:
        """Why the points of a level, or the total, are not just a sum."""
        return ShiftWords(self).shift(shift)

    def vetoes(self, card: Scorecard) -> Iterator[str]:
        """What overrules the grade, or may come to."""
        return ShiftWords(self).vetoes(card)

    def consequences(self, card: Scorecard) -> Iterator[str]:
        """What follows from the score, or may."""
        return ShiftWords(self).consequences(card)

    # ------------------------------------------------------------------------------------------- ledger

    def roundings(self, score: IndicatorScore) -> list[str]:
        """Each rounding that the rule asks for, and what the other ways to round would give."""
        return [self._rounding(score, each) for each in roundings(self.rubric, score)]

    def _rounding(self, score: IndicatorScore, rounding: Rounded) -> str:
        scale = scale_of(self.rubric, score.indicator) if rounding.measure else Scale(SCORE)
        before, after = scale.text(rounding.before, self.language), scale.text(rounding.after, self.language)
        mode = self.label(f"mode-{rounding.mode.value}")
        said = self.say("rounded", mode=mode, places=rounding.places, before=before, after=after)
        others = [
            self.say("rounded-other", mode=self.label(f"mode-{mode.value}"), points=points)
            for mode, points in rounding.others
            if points is not None and points != score.points
        ]
        return self.semicolon.join([said, *others])

    def reading(self, reading: Reading) -> str:
        """What a fraction of a step counts as."""
        return self.say(f"reading-{reading.value}")

    def readings(self, score: IndicatorScore) -> str | None:
        """What the other readings would give, where they differ."""
        for entry in score.entries:
            own = entry.reading
            if entry.readings and own is not None:
                others = self.semicolon.join(
                    self.say("reading-other", reading=self.reading(reading), given=self.given(score, points))
                    for reading, points in entry.readings
                    if reading is not own and points != entry.awarded
                )
                return self.say(
                    "look-reading",
                    name=name_text(score.indicator.name, self.language),
                    reading=self.reading(own),
                    given=self.given(score, entry.awarded),
                    others=others,
                )
        return None

    def change(self, change: Change, score: IndicatorScore) -> str:
        """What would win points back."""
        name = self.fact(change.fact)
        if not isinstance(change.value, Quantity):
            value = self._level(change.fact, change.value) if isinstance(change.value, str) else ""
            value = value or value_text(change.value, self.language)
            return self.say("change-level", fact=name, value=value, given=self.given(score, change.points))
        threshold, reached = nearest_whole(change.value, change.upward, change.reached)
        way = {
            (True, True): "way-up-to",
            (True, False): "way-above",
            (False, True): "way-down-to",
            (False, False): "way-below",
        }[(change.upward, reached)]
        now = score.facts.get(change.fact)
        shown = value_text(now.value, self.language) if isinstance(now, Present) else ""
        value = self._threshold(threshold)
        return self.say(
            "change-reach",
            fact=name,
            way=self.say(way),
            # Between a number and a Chinese character stands a space.
            value=f"{value} " if self.language == "zh" and value[-1:].isascii() else value,
            given=self.given(score, change.points),
            now=shown,
        )

    def _threshold(self, value: Quantity) -> str:
        """A threshold with its unit; one whose decimals do not end is marked as rounded."""
        if terminates(value.number) and value.number == Fraction(plain(value.number, 6)):
            return " " + value_text(value, self.language)
        shown = quantity_text(decimal(value.number, 2), value.unit.code, self.language)
        return self.say("about", value=shown)


def _only_rounds(score: IndicatorScore, entry: Entry) -> bool:
    """Whether an entry is nothing but what rounding the sum has done, which is told by itself."""
    if not isinstance(entry.clause, Kept) or score.plan.after is None:
        return False
    points = [outcome.points for outcome in score.outcomes if outcome.points is not None]
    return score.plan._replace(after=None).together(points) == sum(points, Fraction(0))


def _passed_over(entry: Entry) -> bool:
    """Whether an entry is of a clause whose conditions do not hold, so that it neither gives nor takes."""
    clause = entry.clause
    conditions = clause.conditions if isinstance(clause, Band | Step) else ()
    return bool(conditions) and entry.case is not None and not entry.case.guards


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
