"""How lost points come back: by one fact, by two where one cannot, or by neither; and what caps and vetoes took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from engine.change import Change, changes
from engine.compose import guards_of_composition
from engine.core import Guard, Lies, guard_facts
from engine.evaluate import Known
from engine.keys import of_group
from engine.pairs import Pair, Search, cheapest_pair
from engine.pieces import interval_ends
from engine.ratio import ratio
from engine.rules import Amount, Band, Chosen, FactDeclaration, Levels, Rubric, Truth
from engine.scores import IndicatorScore
from engine.unit import WHOLE, Quantity

if TYPE_CHECKING:
    from engine.score import Assessment


@dataclass(frozen=True, slots=True)
class Recovery:
    """The changes of single facts that win something back, and two facts together where one is not enough.

    `pairs` holds the cheapest two facts that win anything, where no single fact does, and the cheapest two that win
    everything, where no single fact does; one pair that is both stands once. Where it was `sure`, what is not here
    is not to be had from one or two facts.
    """

    score: IndicatorScore
    changes: tuple[Change, ...]
    pairs: tuple[Pair, ...] = ()
    sure: bool = True

    @property
    def most(self) -> Fraction:
        """The most points that one fact, or two where one is not enough, come to."""
        earned = [*(each.points for each in self.changes), *(each.points for each in self.pairs)]
        return max(earned, default=self.score.points or Fraction(0))

    @property
    def gain(self) -> Fraction:
        """The points that can be won back in this way."""
        return self.most - (self.score.points or Fraction(0))

    @property
    def complete(self) -> bool:
        """Whether everything that was lost can be won back in this way."""
        return self.most == self.score.full

    @property
    def against_group(self) -> bool:
        """Whether the indicator is held against the group, whose figures move with the department's own facts."""
        return any(map(of_group, self.score.plan.needs))

    @property
    def given(self) -> bool:
        """Whether an evaluator gives the points, so that they do not hang on other facts alone."""
        cases = (outcome.case for outcome in self.score.outcomes)
        clauses = (None if case is None else case.clause for case in cases)
        return any(isinstance(each, Band) and isinstance(each.award, Chosen) for each in clauses)


def recovery(rubric: Rubric, score: IndicatorScore, every: bool = False) -> Recovery:
    """How the lost points of a settled indicator come back; with `every`, each step of each fact on the way."""
    found = changes(rubric, score, every)
    points = score.points
    if points is None or not score.lost or any(each.points == score.full for each in found):
        return Recovery(score, found)
    if any(map(of_group, score.plan.needs)):
        return Recovery(score, (), sure=False)
    searches = [_everything(rubric, score)]
    if not found:
        # Where two facts win everything, others may win something more cheaply.
        searches.insert(0, _anything(rubric, score, points))
    pairs = dict.fromkeys(each.pair for each in searches if each.pair is not None)
    return Recovery(score, found, tuple(pairs), all(each.sure for each in searches))


def _everything(rubric: Rubric, score: IndicatorScore) -> Search:
    return cheapest_pair(rubric, score, score.full)


def _anything(rubric: Rubric, score: IndicatorScore, points: Fraction) -> Search:
    return cheapest_pair(rubric, score, points, beyond=True)


# ------------------------------------------------------------------------------------------- the whole


def overall_changes(assessment: Assessment) -> tuple[Change, ...]:
    """For each fact of a cap, a veto or a proviso: the nearest value with which the total, or the grade, is better.

    `points` are those of the total, at the least. Where nothing was taken from the total there are none.
    """
    found: list[Change] = []
    known = Known(assessment.facts)
    guards = tuple(guards_of_composition(assessment.rubric))
    for key in dict.fromkeys(fact for guard in guards for fact in guard_facts(guard)):
        declared = assessment.rubric.fact(key)
        if declared is not None and not declared.chosen:
            tried = _amounts(guards, declared, known) if key in known.numbers else _levels(declared, known)
            found.extend(_better(assessment, tried))
    return tuple(found)


def _better(assessment: Assessment, tried: Iterable[list[Change]]) -> Iterator[Change]:
    """Of changes in the order of their size, on either side, the first that betters the whole."""
    for way in tried:
        for change in way:
            after = assessment.after(change.values)
            if after.better:
                yield replace(change, points=after.after.low)
                break


def _levels(declared: FactDeclaration, known: Known) -> Iterator[list[Change]]:
    options: tuple[str | bool, ...] = ()
    match declared.kind:
        case Levels(levels):
            options = tuple(level.key for level in levels)
        case Truth():
            options = (True, False)
    now = known.labels.get(declared.key)
    yield [Change(declared.key, each, Fraction(0), tried=each) for each in options if each != now]


def _amounts(guards: Iterable[Guard], declared: FactDeclaration, known: Known) -> Iterator[list[Change]]:
    """The values at which a condition on an amount may change, and a plain one just beyond each, outward."""
    assert isinstance(declared.kind, Amount)
    key, unit = declared.key, declared.kind.unit
    now = known.numbers[key]
    numbers = {name: value for name, value in known.numbers.items() if name != key}
    lines = []
    for guard in guards:
        form = ratio(guard.term, numbers) if isinstance(guard, Lies) and guard.term is not None else None
        if form is not None and isinstance(guard, Lies):
            lines += [form.above.plus(form.below, -end) for end in interval_ends(guard.interval)]
    roots = {-line.constant / line.weights[key] for line in lines if key in line.weights}
    for way in (1, -1):
        ahead = sorted((root for root in roots if (root - now) * way >= 0), reverse=way < 0)
        places: list[Change] = []
        for root in ahead:
            step = Fraction(1) if unit.code in WHOLE else unit.size / 100
            beyond = (floor(root / step) + 1 if way > 0 else ceil(root / step) - 1) * step
            for value in (root, beyond):
                allowed = (value >= 0 or declared.signed) and (value or not declared.positive)
                if allowed and value != now and (unit.code not in WHOLE or value.denominator == 1):
                    threshold = value if unit.code in WHOLE else root
                    ends = Quantity(threshold / unit.size, unit), Quantity(value / unit.size, unit)
                    places.append(Change(key, ends[0], Fraction(0), way > 0, threshold == value, ends[1]))
        yield places
