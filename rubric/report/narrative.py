"""A score told as official reports tell it: figures, formula with the numbers, rate, band or steps, points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from engine.diagnostic import note
from engine.facts import Contradictory, Present
from engine.rules import Expression, Item, Operation, Operator, Reference, Role, operands
from engine.score import Assessment
from engine.scores import Entry, IndicatorScore, Status
from engine.unit import PERCENT, Quantity
from rubric.language.phrases import SENTENCES
from rubric.messages.catalogue import argument_text, tidy
from rubric.messages.wording import Language, Wording
from rubric.report.sentences import Sentences
from rubric.report.values import FormulaWriter, edges_of, name_text, scale_of, value_text

# A name that ends so is the name of what a formula comes to: 预算控制率为….
_RATES = ("率", "比", "比例", "比重", "占比", "系数", "指数", "程度", "度")
# How a sentence begins, and how it begins where it is not so.
_OTHERWISE = {"没有": "有", "已": "未", "未": "已", "有": "没有", "无": "有"}
_QUESTIONS = ("是否", "有无")
# Of these, what is not so is said by 不: 不涉及本单位.
_WHETHER = re.compile(r"是否(?=涉及|属于|符合|适用|需要|存在)")


class Narrative(Sentences):
    """Words one assessment for an official document: the wordings given to it go before the usual ones."""

    def __init__(self, assessment: Assessment, language: Language, words: Mapping[str, Wording]) -> None:
        super().__init__(assessment, language)
        self._words = words

    def say(self, code: str, **arguments: Any) -> str:
        """The sentence of a code, in the words of an official document where it has some."""
        own = self._words.get(code)
        if own is None:
            return formal(super().say(code, **arguments), self.language)
        told = note(code, **arguments)
        parts = {name: argument_text(argument, self.language) for name, argument in told.arguments}
        return formal(tidy(own.of(self.language).format_map(parts)), self.language)

    def line(self, score: IndicatorScore) -> str:
        """Why the indicator earns what it earns."""
        return formal(super().line(score), self.language)

    def formula(self, score: IndicatorScore, value: Fraction | None) -> str:
        """The figures, and the formula with them: 本年追加310.71万元，…，预算控制率为310.71÷1154.2×100%=26.92%."""
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
        if self.language == "zh" and scale.unit == PERCENT:
            numbers = _hundredfold(self._derived(measure), numbers)
        name = name_text(score.indicator.name, self.language)
        said = self.say("rate-of" if name.endswith(_RATES) else "comes-to", name=name, formula=numbers, value=shown)
        return self._with_figures(measure, score, said)

    def _with_figures(self, expression: Expression, score: IndicatorScore, said: str) -> str:
        """What is said, with the figures before it."""
        facts = ("，" if self.language == "zh" else ", ").join(self._figures(expression, score))
        return self.say("with-facts", facts=facts, said=said) if facts else said

    def _computed(
        self, score: IndicatorScore, where: str, expression: Expression, entry: Entry, points: Fraction | None
    ) -> str:
        """Points by a formula, with the figures before it."""
        said = super()._computed(score, "", expression, entry, points)
        told = self._with_figures(expression, score, said)
        return f"{where}{self.phrases.mark('comma')}{told}" if where else told

    def _derived(self, expression: Expression) -> Expression:
        """What a name that stands alone is defined as."""
        if not isinstance(expression, Reference):
            return expression
        found = next((each for each in self.rubric.definitions if each.name.key == expression.name), None)
        return expression if found is None else found.expression

    def _figures(self, measure: Expression, score: IndicatorScore) -> Iterator[str]:
        """Each figure of a formula with its name and unit, once."""
        for key in dict.fromkeys(self._keys(measure)):
            fact = score.facts.get(key)
            if isinstance(fact, Present) and isinstance(fact.value, Quantity):
                yield f"{self.fact(key)} {value_text(fact.value, self.language)}"

    def _keys(self, expression: Expression) -> Iterator[str]:
        if isinstance(expression, Reference):
            derived = next((each for each in self.rubric.definitions if each.name.key == expression.name), None)
            if derived is None:
                yield expression.name
            else:
                yield from self._keys(derived.expression)
        else:
            for each in operands(expression):
                yield from self._keys(each)

    def _items(self, score: IndicatorScore) -> str:
        entries = [(entry.clause.fact, entry) for entry in score.entries if isinstance(entry.clause, Item)]
        held = tuple(fact for fact, entry in entries if not entry.lost)
        failed = tuple(fact for fact, entry in entries if entry.lost)
        code = "items-all" if not failed else "items-some" if held else "items-none"
        return self.say(
            code,
            names=self.names(held),
            missing=self.names(failed),
            count=len(entries),
            held=len(held),
            failed=len(failed),
            points=sum((entry.awarded for _, entry in entries), Fraction(0)),
        )

    def truth(self, value: bool, subject: str) -> str:
        """That a fact is so, or is not; 是否涉及本单位 is 涉及本单位 or 不涉及本单位, 已公开 is 已公开 or 未公开."""
        name = self.fact(subject)
        if self.language != "zh":
            return super().truth(value, subject)
        if _WHETHER.match(name):
            return name[2:] if value else f"不{name[2:]}"
        for begun, otherwise in _OTHERWISE.items():
            if name.startswith(begun) and not name.startswith(_QUESTIONS):
                return name if value else otherwise + name[len(begun) :]
        if value and not name.startswith(SENTENCES):
            return f"存在“{name}”的情形"
        return super().truth(value, subject)

    def unsettled(self, score: IndicatorScore) -> str:
        """Why there is no number of points, and between which they lie."""
        bounds = score.bounds
        if score.status is Status.CONTRADICTORY:
            names = self.comma.join(self._disputed(key, score) for key in score.lacking)
            if bounds.low == bounds.high:
                return self.say("line-either-way", names=names, given=self.given(score, bounds.low))
            return self.say("line-contradictory", names=names, between=self._between(score))
        said = super().unsettled(score)
        if score.status is Status.MISSING:
            return formal(said, self.language)
        return formal(f"{said}{self.phrases.mark('comma')}{self._between(score)}", self.language)

    def _disputed(self, key: str, score: IndicatorScore) -> str:
        """A fact with the values that differ; one that is missing as well is only named."""
        fact = score.facts.get(key)
        if not isinstance(fact, Contradictory):
            return self.fact(key)
        values = self.comma.join(dict.fromkeys(value_text(each.value, self.language) for each in fact.readings))
        return f"{self.fact(key)}前后不一（{values}）" if self.language == "zh" else f"{self.fact(key)} ({values})"

    def note(self, score: IndicatorScore) -> str:
        """What stands beside the points of a score sheet: what was lost, and why."""
        said = self.line(score)
        counts = score.status is not Status.LEFT_OUT and score.indicator.role is not Role.BONUS
        lost = None if score.points is None else score.full - score.points
        return self.say("note-lost", points=lost, said=said) if lost and counts else said


def _hundredfold(measure: Expression, numbers: str) -> str:
    """A quotient as reports print it, with ×100% behind it."""
    if not isinstance(measure, Operation):
        return numbers
    if measure.operator in (Operator.ADD, Operator.SUBTRACT):
        return f"({numbers})×100%"
    return f"{numbers}×100%"


_LOOSE = re.compile(r"(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])")
_BRACKETS = re.compile(r"\(([^()A-Za-z]*)\)")
_CORNERS = str.maketrans("「」", "“”")


def formal(text: str, language: Language) -> str:
    """A Chinese sentence set as documents set it: no space but between Latin words, full-width brackets, “ ”."""
    if language != "zh":
        return text
    text = _LOOSE.sub("", text).translate(_CORNERS)
    while (changed := _BRACKETS.sub(r"（\1）", text)) != text:
        text = changed
    return text
