"""What facts may be, as they are declared: levels to choose from, numbers below 0, never 0, or whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from engine.core import Holds, Plan
from engine.keys import given_from_outside, is_rank
from engine.linear import Space
from engine.rules import Amount, FactDeclaration, Levels, Truth
from engine.unit import WHOLE

# A level that a fact may have, or yes or no.
Label = str | bool


@dataclass(frozen=True, slots=True)
class Possible:
    """The levels that facts may have, the space of their numbers in base units, and the size of each one's unit."""

    choices: Mapping[str, tuple[Label, ...]]
    space: Space
    sizes: Mapping[str, Fraction] = field(default_factory=dict)


def possible(declared: Iterable[FactDeclaration], plans: Iterable[Plan] = ()) -> Possible:
    """What declared facts may be, and what plans read that no facts file holds."""
    choices: dict[str, tuple[Label, ...]] = {}
    sizes: dict[str, Fraction] = {}
    signed, whole, positive = [], [], []
    for fact in declared:
        match fact.kind:
            case Levels(levels):
                choices[fact.key] = tuple(level.key for level in levels)
            case Truth():
                choices[fact.key] = (True, False)
            case Amount(unit):
                sizes[fact.key] = unit.size
                signed += [fact.key] if fact.signed else []
                whole += [fact.key] if unit.code in WHOLE else []
                positive += [fact.key] if fact.positive else []
    for plan in plans:
        outside = {key for key in plan.needs if given_from_outside(key)}
        cases = (*plan.first, *(case for part in plan.parts for case in part.cases)) if outside else ()
        truths = {guard.fact for case in cases for guard in case.guards if isinstance(guard, Holds)}
        for key in outside:
            # What the group or a table would give may be anything.
            if key in truths:
                choices[key] = (True, False)
            elif is_rank(key):
                whole.append(key)
                positive.append(key)
            else:
                signed.append(key)
    return Possible(choices, Space(frozenset(signed), frozenset(whole), frozenset(positive)), sizes)
