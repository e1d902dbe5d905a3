"""What is still open in a score: the facts that are not known, what they may be, and what that leaves to each part.

A part that is not settled is cut into pieces over its open facts. An exemption that may still come to
hold goes into every part as its first case, and a fact that does not apply is taken out: what looks
at it earns the exemption where there is one, and no score where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product, zip_longest
from math import prod

from engine.core import Case, Combine, Constant, Guard, Lies, Part, Plan, part_facts, term_facts
from engine.evaluate import Known, all_hold
from engine.facts import Contradictory, Facts
from engine.linear import ZERO
from engine.pieces import Piece, pieces
from engine.possible import possible
from engine.rules import Operator, Rubric
from engine.scores import IndicatorScore, Range, Status, just
from engine.unit import Quantity

# More ways than these to choose among contradictory readings are not tried one by one.
MOST_CHOICES = 256

# Values for facts that were open; amounts are in base units.
Completion = dict[str, Fraction | str | bool]
Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, eq=False)
class OpenPart:
    """A part that is not settled: the facts that it lacks, and the pieces that they may lie in."""

    full: Fraction
    lacking: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """An indicator: the points of its settled parts, and the parts that are not settled.

    Where the parts are not just added up, `apart` holds each in its place, settled or open, and `otherwise` what the
    indicator may earn as a whole where it does not apply or is forfeited.
    """

    plan: Plan
    settled: Fraction
    parts: tuple[OpenPart, ...]
    apart: tuple[OpenPart | Fraction, ...] = ()
    otherwise: tuple[Range, ...] = ()


class Opening:
    """What the facts that are not known may be, and what that leaves open in each indicator."""

    def __init__(self, rubric: Rubric, facts: Facts, plans: Iterable[Plan]) -> None:
        self.facts = facts
        self.known = Known(facts)
        self.readings: dict[str, tuple[Fraction, ...]] = {}
        open_ones = [declared for declared in rubric.facts if not self.closed(declared.key)]
        found = possible(open_ones, plans)
        self.space = found.space
        self.choices = {key: choices for key, choices in found.choices.items() if not self.closed(key)}
        for declared in open_ones:
            self._read_twice(declared.key)

    def absent(self, key: str) -> bool:
        """Whether a fact does not apply."""
        return self.known.unknown.get(key) is Status.NOT_APPLICABLE

    def closed(self, key: str) -> bool:
        """Whether nothing more is to be learnt of a fact: it has a value, or does not apply."""
        return self.known.has(key) or self.absent(key)

    def _read_twice(self, key: str) -> None:
        """A contradictory fact is as it was read in one of the places."""
        fact = self.facts.get(key)
        if not isinstance(fact, Contradictory):
            return
        read = dict.fromkeys(each.value for each in fact.readings)
        labels = tuple(value for value in read if not isinstance(value, Quantity))
        if labels:
            self.choices[key] = labels
        else:
            self.readings[key] = tuple(value.exact for value in read if isinstance(value, Quantity))

    def worlds(self, parts: Sequence[OpenPart]) -> Iterator[tuple[Numbers, bool]]:
        """The known numbers with every choice of readings; where there are too many, one that leaves them open."""
        asked = dict.fromkeys(key for part in parts for key in part.lacking if key in self.readings)
        if prod(len(self.readings[key]) for key in asked) > MOST_CHOICES:
            yield self.known.numbers, False
            return
        for taken in product(*(self.readings[key] for key in asked)):
            yield {**self.known.numbers, **dict(zip(asked, taken, strict=True))}, True

    def completed(self, completion: Completion) -> Known:
        """What would be known if the open facts were so."""
        known = Known(self.facts)
        for key, value in completion.items():
            if isinstance(value, Fraction):
                known.numbers[key] = value
            else:
                known.labels[key] = value
        return known

    # -------------------------------------------------------------------------------------- indicators

    def indicator(self, score: IndicatorScore) -> OpenIndicator:
        """An indicator's settled points and its open parts."""
        points, plan = score.points, score.plan
        if points is not None:
            return OpenIndicator(plan, points, ())
        if not plan.added:
            return self._put_together(score)
        # An exemption that may still come to hold takes every part along with it.
        whole = any(self._may_hold(case) for case in plan.first) or (plan.exempt is not None and self._stays_out(plan))
        settled, parts = ZERO, []
        for part, outcome in zip_longest(plan.parts, score.outcomes):
            if not whole and outcome.points is not None:
                settled += outcome.points
            else:
                parts.append(self._part(plan, part, plan.needs if whole else part_facts(part)))
        return OpenIndicator(plan, settled, tuple(parts))

    def _put_together(self, score: IndicatorScore) -> OpenIndicator:
        """An indicator whose parts are not just added up: each in its place."""
        plan = score.plan
        otherwise = [_spread(case) for case in plan.first if self._may_hold(case)]
        if plan.exempt is not None and self._stays_out(plan):
            otherwise.append(_spread(plan.exempt))
        bare = plan._replace(first=())
        apart: list[OpenPart | Fraction] = []
        for part, outcome in zip_longest(plan.parts, score.outcomes[: len(plan.parts)]):
            settled = outcome.points if outcome is not None and len(score.outcomes) == len(plan.parts) else None
            apart.append(self._part(bare, part, part_facts(part)) if settled is None else settled)
        return OpenIndicator(plan, ZERO, (), tuple(apart), tuple(otherwise))

    def _may_hold(self, case: Case) -> bool:
        """Whether a case may still come to hold."""
        return all_hold(case.guards, None, self.known) is not False

    def _lacks(self, keys: Iterable[str]) -> bool:
        """Whether one of these facts does not apply."""
        return any(map(self.absent, keys))

    def _stays_out(self, plan: Plan) -> bool:
        """Whether a part looks at a fact that does not apply, which may come to exempt the indicator."""
        return any(self._lacks(part_facts(part)) for part in plan.parts)

    def _part(self, plan: Plan, part: Part, asked: Iterable[str]) -> OpenPart:
        lacking = tuple(dict.fromkeys(key for key in asked if not self.closed(key)))
        choices = {fact: self.choices[fact] for fact in lacking if fact in self.choices}
        cases = self._cases(plan, part)
        return OpenPart(part.full, lacking, tuple(pieces(Part(part.full, cases), choices, self.known.labels)))

    def _cases(self, plan: Plan, part: Part) -> tuple[Case, ...]:
        """The cases of a part that may come to hold, with its share of what is looked at before any part."""
        cases = [self._with_value(case) for case in part.cases if not any(map(self._misses, case.guards))]
        share = part.full / plan.full
        first = [_shared(case, share) for case in plan.first if not any(map(self._misses, case.guards))]
        if plan.exempt is None or not self._stays_out(plan):
            return (*first, *cases)
        otherwise = _shared(plan.exempt, share)._replace(guards=())
        if len(plan.parts) > 1:
            return (*first, otherwise)
        kept = [case if case.measure is not _NO_VALUE else _unless_looked_at(case, otherwise) for case in cases]
        return (*first, *kept, otherwise)

    def _with_value(self, case: Case) -> Case:
        """A case whose measured value there is not, where it is measured with a fact that does not apply."""
        if case.measure is None or not self._lacks(term_facts(case.measure)):
            return case
        return case._replace(measure=_NO_VALUE)

    def _misses(self, guard: Guard) -> bool:
        """Whether a guard asks for a quantity that does not apply: it fails, whatever else is found."""
        return isinstance(guard, Lies) and guard.term is not None and self._lacks(term_facts(guard.term))


def _unless_looked_at(case: Case, otherwise: Case) -> Case:
    """A case, or another one where the case asks for a measured value that there is not."""
    guards = tuple(guard for guard in case.guards if not isinstance(guard, Lies) or guard.term is not None)
    return case if case.function.flat and guards == case.guards else otherwise._replace(guards=guards)


def _shared(case: Case, share: Fraction) -> Case:
    """A part's share of what a case gives to the whole indicator."""
    function = case.function
    scaled = {name: getattr(function, name) * share for name in ("base", "floor", "ceiling", "amount")}
    return case._replace(function=function._replace(**scaled))


def _spread(case: Case) -> Range:
    function = case.function
    return just(function.base) if function.flat else Range(function.floor, function.ceiling, False, False)


# What is measured with a fact that does not apply has no value.
_NO_VALUE = Combine(Operator.DIVIDE, Constant(ZERO), Constant(ZERO))
