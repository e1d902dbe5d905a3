"""Writes the clauses of a criterion; a clause leaves unsaid what those before it say."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.rules import (
    AndSoOn,
    Award,
    Band,
    Clause,
    Combination,
    Computed,
    Edge,
    FullMarks,
    Indicator,
    InProportion,
    Item,
    Less,
    Points,
    Reading,
    Scaled,
    Side,
    Step,
    Within,
)
from engine.unit import ONE, Quantity
from rubric.language.criteria import edge_towards
from rubric.language.phrases import Phrases, exact
from rubric.messages.words import unit_word

_BULLETS = [chr(code) for code in range(ord("①"), ord("⑳") + 1)]
READINGS = {Reading.WHOLE: "WHOLE", Reading.STARTED: "STARTED", Reading.PROPORTIONAL: "PROPORTIONAL"}
_EACH = {Side.ABOVE: "EACH_ABOVE", Side.BELOW: "EACH_BELOW", Side.EITHER: "EACH_AWAY"}
_SIDES = {Side.ABOVE: "above", Side.BELOW: "below", Side.EITHER: "above or below"}
_TOGETHER = {Combination.SUM: "EACH_COUNTS", Combination.HIGHEST: "HIGHEST", Combination.LOWEST: "LOWEST"}
_ONE_CASE = Quantity(Fraction(1), ONE)
_FROM_NOTHING = Edge(Quantity(Fraction(0), ONE), True)


class Criterion:
    """Writes the criterion of one indicator."""

    def __init__(self, phrases: Phrases, indicator: Indicator) -> None:
        self.phrases = phrases
        self.indicator = indicator
        self.standard: Edge | None = None
        self.band: Band | None = None
        self.both_sides = False

    @property
    def _apart(self) -> bool:
        """Whether each clause counts by itself."""
        return self.indicator.combination is not Combination.FIRST

    def text(self) -> str:
        """The whole criterion as a sentence."""
        phrases = self.phrases
        start = ""
        if self._apart:
            start = phrases.word(_TOGETHER[self.indicator.combination]) + phrases.mark("colon")
        return start + phrases.mark("semicolon").join(self.clauses()) + phrases.mark("stop")

    def clauses(self) -> Iterator[str]:
        """Each clause in turn."""
        for number, clause in enumerate(self.indicator.clauses):
            yield self._clause(number, clause)
            if isinstance(clause, Band) and clause.conditions and not self._apart:
                self.band = clause

    def _clause(self, number: int, clause: Clause) -> str:
        phrases = self.phrases
        match clause:
            case Item(fact, points) if phrases.language == "zh":
                bullet = _BULLETS[number] if number < len(_BULLETS) else ""
                return f"{bullet}{phrases.name(fact)}，{phrases.points(points)}"
            case Item(fact, points):
                return f"{phrases.name(fact)} {phrases.word('AWARD')} {phrases.points(points)}"
            case Step():
                return self._step(clause)
            case AndSoOn():
                return phrases.word("AND_SO_ON")
            case Scaled():
                return self._scaled(clause)
            case Band((), award):
                return self._otherwise(award)
            case Band(conditions, award):
                self._check_sides(clause)
                return phrases.giving(phrases.all(conditions), award)

    def _check_sides(self, band: Band) -> None:
        """What follows a range on both sides of nothing would be read as one, too."""
        for condition in band.conditions:
            if not isinstance(condition, Within) or condition.subject is not None:
                continue
            edges = [edge for edge in (condition.low, condition.high) if edge is not None]
            upper = all(edge.of is None and edge.quantity.number >= 0 for edge in edges)
            if self.both_sides and upper and not condition.magnitude:
                raise ValueError("a range on one side behind a range on both")
            self.both_sides |= condition.magnitude

    def _otherwise(self, award: Award) -> str:
        phrases = self.phrases
        if isinstance(award, InProportion | Computed) and len(self.indicator.clauses) == 1:
            return phrases.award(award)
        if phrases.language == "zh":
            return phrases.word("OTHERWISE") + phrases.award(award)
        if isinstance(award, Less | Computed):
            return f"{phrases.word('OTHERWISE')} {phrases.award(award)}"
        return f"{phrases.word('OTHERWISE')} {phrases.word('AWARD')} {phrases.award(award)}"

    def _scaled(self, scaled: Scaled) -> str:
        phrases = self.phrases
        what = "DEDUCTION" if scaled.deduction else "POINTS"
        if scaled.factor == Fraction(1, 2):
            effect = phrases.word(f"HALF_{what}")
        else:
            effect = f"{phrases.word(f'SCALE_{what}')} {exact(scaled.factor)}"
        return phrases.all(scaled.conditions) + phrases.mark("comma") + effect

    # -------------------------------------------------------------------------------------------- steps

    def _step(self, step: Step) -> str:
        phrases, earns = self.phrases, step.amount > 0
        base: Award = Points(Fraction(0)) if earns else FullMarks()
        if step.base != (base if self.band is None or isinstance(self.band.award, Less) else self.band.award):
            raise ValueError("a step starts from the points of the band before it")
        standard, reference = self._reference(step)
        verb = phrases.word("ADD" if earns else "DEDUCT")
        amount = phrases.points(abs(step.amount))
        each = self._each_zh(step, reference) if phrases.language == "zh" else self._each_en(step, reference)
        moved = f"{each}{verb} {amount}" if phrases.language == "zh" else f"{each} {verb} {amount}"
        if step.conditions:
            first = phrases.all(step.conditions)
            moved = f"{first}，{moved}" if phrases.language == "zh" else f"{first}, {moved}"
        return standard + phrases.mark("comma").join([moved, *self._modifiers(step, earns)])

    def _modifiers(self, step: Step, earns: bool) -> Iterator[str]:
        phrases = self.phrases
        if step.reading is not None:
            yield phrases.word(READINGS[step.reading])
        if step.limit is None:
            yield phrases.word("UNTIL_FULL" if earns else "UNTIL_NONE")
        elif phrases.language == "zh":
            yield f"{'最多加' if earns else '最多扣'} {phrases.points(step.limit)}"
        else:
            yield f"{phrases.word('LIMIT')} {phrases.points(step.limit)}"

    def _reference(self, step: Step) -> tuple[str, Edge | None]:
        """What says where the steps start: a standard before them, a limit inside, or nothing where it is known."""
        edge = edge_towards(self.band, step.side) if self.band is not None else None
        own = Edge(step.reference, True, step.of)
        known = edge
        if self.standard is not None:
            known = self.standard if known is None or _same(known, self.standard) else None
        elif known is None and step.occurrence:
            known = _FROM_NOTHING
        if known is not None and _same(known, own) and known.quantity == own.quantity:
            return "", None
        if self.phrases.language == "zh" and (edge is None or step.occurrence):
            self.standard = own
            return self._standard(own), None
        if step.occurrence:
            raise ValueError("a count starts from the band before it")
        if own.of is not None and self.phrases.language == "zh":
            raise ValueError("a step starts from the limit of the band before it")
        return "", own

    def _standard(self, reference: Edge) -> str:
        phrases, text = self.phrases, self.phrases.limit(reference)
        if reference.of is None and reference.quantity.number < 0:
            return f"{phrases.word('STANDARD')} {text}，"
        by, standard = phrases.word("BY"), phrases.word("AS_STANDARD")
        return f"{phrases.beside(phrases.beside(by, text), standard)}，"

    def _each_zh(self, step: Step, reference: Edge | None) -> str:
        size = self.phrases.quantity(step.size)
        if step.occurrence:
            named = "" if step.subject is None else self.phrases.name(step.subject)
            return self.phrases.word("EACH_CASE") + self._case_zh(step.size) + named
        stated = "" if reference is None else f" {self.phrases.limit(reference)}"
        return f"{self.phrases.word(_EACH[step.side])}{stated} {size}"

    def _case_zh(self, size: Quantity) -> str:
        """每出现一例, 每出现 2 例, or 每出现 alone."""
        if size.number != 1:
            return f" {self.phrases.quantity(size)} "
        return "" if size.unit == ONE else "一" + unit_word(size.unit.code, "zh")

    def _each_en(self, step: Step, reference: Edge | None) -> str:
        phrases, size = self.phrases, self.phrases.quantity(step.size)
        if step.occurrence:
            named = "" if step.subject is None else f" {phrases.name(step.subject)}"
            counted = "" if step.size == _ONE_CASE else f", {size},"
            return phrases.word("EACH_CASE") + counted + named
        stated = "" if reference is None else f" {phrases.limit(reference)}"
        return f"{phrases.word('EACH')} {size} {_SIDES[step.side]}{stated}"


def _same(one: Edge, other: Edge) -> bool:
    return one.of == other.of and one.quantity.exact == other.quantity.exact
