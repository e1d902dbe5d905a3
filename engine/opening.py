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

from engine.core import Case, Combine, Constant, Function, Guard, Lies, Part, Plan, Term, part_facts, term_facts
from engine.evaluate import Known, all_hold
from engine.facts import Contradictory, Facts
from engine.linear import ZERO, Space
from engine.pieces import Label, Piece, pieces
from engine.rules import Amount, Kind, Levels, Operator, Rubric, Truth
from engine.scorecard import IndicatorScore, Status
from engine.unit import WHOLE, Quantity

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
    measure: Term | None


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """An indicator: the points of its settled parts, and the parts that are not settled."""

    plan: Plan
    settled: Fraction
    parts: tuple[OpenPart, ...]


class Opening:
    """What the facts that are not known may be, and what that leaves open in each indicator."""

    def __init__(self, rubric: Rubric, facts: Facts) -> None:
        self.facts = facts
        self.known = Known(facts)
        self.readings: dict[str, tuple[Fraction, ...]] = {}
        self.choices: dict[str, tuple[Label, ...]] = {}
        signed, whole = [], []
        for declared in rubric.facts:
            key, kind = declared.name.key, declared.kind
            if self.closed(key):
                continue
            self._open(key, kind)
            if isinstance(kind, Amount):
                signed += [key] if declared.signed else []
                whole += [key] if kind.unit.code in WHOLE else []
        self.space = Space(frozenset(signed), frozenset(whole))

    def absent(self, key: str) -> bool:
        """Whether a fact does not apply."""
        return self.known.unknown.get(key) is Status.NOT_APPLICABLE

    def closed(self, key: str) -> bool:
        """Whether nothing more is to be learnt of a fact: it has a value, or does not apply."""
        return self.known.has(key) or self.absent(key)

    def _open(self, key: str, kind: Kind) -> None:
        """What a fact may be; a contradictory one is as it was read in one of the places."""
        fact = self.facts.get(key)
        read = dict.fromkeys(each.value for each in fact.readings) if isinstance(fact, Contradictory) else {}
        labels = tuple(value for value in read if not isinstance(value, Quantity))
        match kind:
            case Amount():
                if read:
                    self.readings[key] = tuple(value.exact for value in read if isinstance(value, Quantity))
            case Levels(levels):
                self.choices[key] = labels or tuple(level.key for level in levels)
            case Truth():
                self.choices[key] = labels or (True, False)

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
        # An exemption that may still come to hold takes every part along with it.
        whole = plan.exempt is not None and (all_hold(plan.exempt, None, self.known) is None or self._stays_out(plan))
        settled, parts = ZERO, []
        for part, outcome in zip_longest(plan.parts, score.outcomes):
            if not whole and outcome.points is not None:
                settled += outcome.points
            else:
                parts.append(self._part(plan, part, plan.needs if whole else part_facts(part)))
        return OpenIndicator(plan, settled, tuple(parts))

    def _lacks(self, keys: Iterable[str]) -> bool:
        """Whether one of these facts does not apply."""
        return any(map(self.absent, keys))

    def _stays_out(self, plan: Plan) -> bool:
        """Whether a part looks at a fact that does not apply, which may come to exempt the indicator."""
        return any(self._lacks(part_facts(part)) for part in plan.parts)

    def _part(self, plan: Plan, part: Part, asked: Iterable[str]) -> OpenPart:
        measure = part.measure
        if measure is not None and self._lacks(term_facts(measure)):
            measure = _NO_VALUE
        cases = self._cases(plan, part, looking=measure is not _NO_VALUE)
        lacking = tuple(dict.fromkeys(key for key in asked if not self.closed(key)))
        choices = {fact: self.choices[fact] for fact in lacking if fact in self.choices}
        found = pieces(Part(part.full, measure, cases), choices, self.known.labels)
        return OpenPart(part.full, lacking, tuple(found), measure)

    def _cases(self, plan: Plan, part: Part, looking: bool) -> tuple[Case, ...]:
        """The cases of a part that may come to hold, with its share of the indicator's exemption."""
        cases = [case for case in part.cases if not any(map(self._misses, case.guards))]
        if plan.exempt is None:
            return tuple(cases)
        share = plan.exempt.function.base * part.full / plan.indicator.full
        exempt = Case(plan.exempt.guards, Function(share, share, share), plan.exempt.clause)
        if not self._stays_out(plan):
            return (exempt, *cases)
        otherwise = exempt._replace(guards=())
        if len(plan.parts) > 1:
            return (otherwise,)
        kept = [case if looking else _unless_looked_at(case, otherwise) for case in cases]
        return (exempt, *kept, otherwise)

    def _misses(self, guard: Guard) -> bool:
        """Whether a guard asks for a quantity that does not apply: it fails, whatever else is found."""
        return isinstance(guard, Lies) and guard.term is not None and self._lacks(term_facts(guard.term))


def _unless_looked_at(case: Case, otherwise: Case) -> Case:
    """A case, or another one where the case asks for a measured value that there is not."""
    guards = tuple(guard for guard in case.guards if not isinstance(guard, Lies) or guard.term is not None)
    return case if case.function.flat and guards == case.guards else otherwise._replace(guards=guards)


# What is measured with a fact that does not apply has no value.
_NO_VALUE = Combine(Operator.DIVIDE, Constant(ZERO), Constant(ZERO))
