"""Words what moves the points of a level or of the whole, what overrules a grade, and what follows from a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from engine.compose import Shift, Why
from engine.evaluate import value_of
from engine.rules import (
    Cap,
    Condition,
    Effect,
    Group,
    Indicator,
    Is,
    Overall,
    Provided,
    Reference,
    Role,
    Rounding,
    Veto,
    Within,
)
from engine.scorecard import Scorecard, grades_within
from engine.source import NOWHERE, Span
from rubric.report.values import name_text, scale_of_expression

if TYPE_CHECKING:
    from rubric.report.sentences import Sentences


def shift_span(shift: Shift) -> Span:
    """Where the clause stands that moves the points."""
    match shift.clause:
        case Group() | Indicator():
            return shift.clause.head
        case Overall():
            return shift.clause.formula.span if shift.clause.formula else NOWHERE
        case _:
            return shift.clause.span


def _out_of_reach(veto: Veto, card: Scorecard) -> bool:
    """Whether the points alone already keep a department below the grade that a veto bars."""
    grades = card.rubric.grades
    barred = next((index for index, each in enumerate(grades) if veto.grade in each.name.forms), None)
    if veto.effect is not Effect.BARRED or barred is None:
        return False
    return all(grades.index(grade) > barred for grade in grades_within(grades, card.bounds))


class ShiftWords:
    """The sentences, in one language."""

    def __init__(self, words: Sentences) -> None:
        self.words = words
        self.say = words.say

    def shift(self, shift: Shift) -> str:
        """Why points are moved."""
        match shift.why, shift.clause:
            case Why.NOT_COUNTED, Group(combination=combination):
                return self.say(f"shift-not-counted-{combination.value}")
            case Why.FORMULA, Group() | Overall() as clause:
                formula = clause.formula
                return self.say("shift-formula", formula="" if formula is None else self.words.phrases.total(formula))
            case Why.KEPT, Group(role=Role.PENALTY) as group:
                return self.say("shift-kept-taken", points=group.full)
            case Why.KEPT, _:
                over = shift.after.high < shift.before.high
                return self.say("shift-kept-full" if over else "shift-kept-nothing", points=shift.after.high)
            case Why.PROVIDED, Provided(conditions):
                code = "shift-provided" if shift.amount is not None else "shift-provided-open"
                return self.say(code, name=self._bonus(conditions), condition=self._all(conditions))
            case Why.SCALED_UP, _:
                return self.say("shift-scaled-up", out=self.words.assessment.card.whole.left_out)
            case Why.PENALTY, Group() | Indicator() as clause:
                return self.say("shift-penalty", name=name_text(clause.name, self.words.language))
            case Why.CAP, Cap() as cap:
                return self._cap(cap)
            case Why.VETO, Veto(conditions, effect):
                code = "shift-stopped" if effect is Effect.STOP else "shift-veto"
                return self.say(code, condition=self._all(conditions))
            case Why.ROUNDED, Rounding(mode, places):
                return self.say("shift-rounded", mode=self.words.label(f"mode-{mode.value}"), places=places)
            case _:
                return ""

    def _bonus(self, conditions: tuple[Condition, ...]) -> str:
        """The bonus that asks for these conditions."""
        members = self.words.rubric.members
        asking = (each for each in members if each.provided is not None and each.provided.conditions == conditions)
        return next((name_text(each.name, self.words.language) for each in asking), "")

    def _cap(self, cap: Cap) -> str:
        if not cap.conditions:
            return self.say("shift-cap-always", points=cap.points)
        condition = self._all(cap.conditions)
        if cap.target is None:
            return self.say("shift-cap", condition=condition, points=cap.points)
        rubric = self.words.rubric
        names = {each.key: each.name for each in rubric.groups()} | {
            each.key: each.name for each in rubric.indicators()
        }
        name = name_text(names[cap.target], self.words.language)
        return self.say("shift-cap-level", condition=condition, name=name, points=cap.points)

    def _all(self, conditions: Iterable[Condition]) -> str:
        return self.words.comma.join(map(self._condition, conditions))

    def _condition(self, condition: Condition) -> str:
        match condition:
            case Is(bool() as value, str(subject)):
                return self.words.truth(value, subject)
            case Within(low, high, Reference(name) as subject) if not condition.magnitude:
                return self._about(name, self._value(subject), condition, low is not None and high is not None)
            case _:
                return self.words.phrases.condition(condition)

    def _about(self, name: str, value: str, condition: Within, between: bool) -> str:
        """A limit on a quantity, with the value that it has."""
        named = self.words.phrases.name(name)
        if value and condition.low is not None and condition.low == condition.high:
            return f"{named} {value}"
        code = "line-band" if value and between else "line-limit"
        formula = f"{named} {value}" if value else named
        return self.say(code, formula=formula, band=self.words.phrases.interval(condition))

    def _value(self, subject: Reference) -> str:
        """What a fact or a derived quantity comes to, with its unit; nothing where that is not known."""
        assessment = self.words.assessment
        value = value_of(subject, assessment.rubric, assessment.facts)
        if value is None:
            return ""
        return scale_of_expression(assessment.rubric, subject).text(value, self.words.language)

    def vetoes(self, card: Scorecard) -> Iterator[str]:
        """What overrules the grade, or may come to."""
        for veto, holds in card.whole.vetoes:
            if holds is False or (holds is None and _out_of_reach(veto, card)):
                continue
            said = self._veto(veto)
            yield said if holds else self.say("veto-open", veto=said)

    def _veto(self, veto: Veto) -> str:
        condition = self._all(veto.conditions)
        match veto.effect:
            case Effect.GRADE:
                return self.say("veto-grade", condition=condition, grade=veto.grade or "")
            case Effect.BARRED:
                return self.say("veto-barred", condition=condition, grade=veto.grade or "")
            case Effect.STOP:
                stopped = self.say("shift-stopped", condition=condition)
                return stopped if veto.grade is None else self.say("veto-grade", condition=stopped, grade=veto.grade)
            case Effect.NOTHING:
                return self.say("shift-veto", condition=condition)

    def consequences(self, card: Scorecard) -> Iterator[str]:
        """What follows from the score, or may."""
        for each, holds in card.whole.consequences:
            if holds is not False:
                code = "follows" if holds else "follows-open"
                yield self.say(code, condition=self._all(each.conditions), text=each.text)
