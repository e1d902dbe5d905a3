"""Expressions and conditions in the core: terms, and the guards under which each is the one that counts.

What is not linear is taken apart here. The lower of two quantities, the size of a number, a threshold by
class: each is a few *alternatives*, a term with its guards. Conditions that leave a choice become several
lots of guards, and a limit that is a quantity becomes a guard on a difference. Alternatives exclude one
another, so that whatever is built on them may be tried in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from engine.core import Combine, Constant, End, FactTerm, Guard, Holds, Interval, Lies, Quantum, Term
from engine.keys import rows_hold_key, rows_key, statistic_key
from engine.rules import (
    AnyOf,
    ByLevel,
    Condition,
    Edge,
    Expression,
    Extreme,
    Is,
    Magnitude,
    Number,
    OfGroup,
    OfRows,
    Operation,
    Operator,
    OwnMarks,
    PointsOf,
    Reference,
    RowsHold,
    Rubric,
    Within,
)

ZERO = Fraction(0)

# What comes apart into more cases than these is beyond reading, and beyond reasoning about.
MAX_CASES = 400


class TooManyCasesError(ValueError):
    """Something comes apart into more cases than anybody can follow."""


class Alternative(NamedTuple):
    """A term, and what must hold for it to be the one that counts."""

    guards: tuple[Guard, ...]
    term: Term


Guards = tuple[Guard, ...]


class Terms:
    """Makes terms and guards of the expressions and conditions of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.declared = {fact.key: fact for fact in rubric.facts}
        self.derived: dict[str, Expression] = {each.name.key: each.expression for each in rubric.definitions}
        for indicator in rubric.indicators():
            # What an indicator measures may be named elsewhere by the indicator's name.
            if indicator.measure is not None and indicator.key not in self.declared:
                self.derived.setdefault(indicator.key, indicator.measure)
        self._named: dict[str, list[Alternative]] = {}

    # ------------------------------------------------------------------------------------------ terms

    def alternatives(self, expression: Expression, full: Fraction | None = None) -> list[Alternative]:
        """An expression in base units, derived quantities written out; of several alternatives just one counts."""
        match expression:
            case Number(quantity):
                return [Alternative((), Constant(quantity.exact))]
            case OwnMarks():
                return [Alternative((), Constant(full or ZERO))]
            case Reference(name):
                return self._reference(name)
            case Operation(operator, left, right):
                return self.joined(operator, self.alternatives(left, full), self.alternatives(right, full))
            case Extreme(highest, operands):
                return self._extreme(highest, [self.alternatives(each, full) for each in operands])
            case Magnitude(operand):
                return [each for one in self.alternatives(operand, full) for each in _magnitude(one)]
            case ByLevel(fact, cases, otherwise):
                return self._by_level(fact, cases, otherwise, full)
            case OfGroup():
                return [Alternative((), FactTerm(statistic_key(expression)))]
            case OfRows():
                return [Alternative((), FactTerm(rows_key(expression)))]
            case PointsOf(name):
                raise AssertionError(f"the checker lets points of {name} stand only where points are put together")

    def _reference(self, name: str) -> list[Alternative]:
        if name not in self.derived or name in self.declared:
            return [Alternative((), FactTerm(name))]
        if name not in self._named:
            self._named[name] = self.alternatives(self.derived[name])
        return self._named[name]

    def joined(self, operator: Operator, left: list[Alternative], right: list[Alternative]) -> list[Alternative]:
        """Two operands joined by an operation, for each pair of alternatives that may be met together."""
        joined = []
        for one, other in product(left, right):
            guards = both(one.guards, other.guards)
            if guards is not None:
                joined.append(Alternative(guards, Combine(operator, one.term, other.term)))
        return _few(joined)

    def _extreme(self, highest: bool, operands: Sequence[list[Alternative]]) -> list[Alternative]:
        """Each operand where it is the one that counts; of equal ones the first."""
        found = []
        for taken in product(*operands):
            guards = both(*(each.guards for each in taken))
            if guards is None:
                continue
            for index, each in enumerate(taken):
                wins = (
                    Lies(_least(highest, other > index), Combine(Operator.SUBTRACT, each.term, taken[other].term))
                    for other in range(len(taken))
                    if other != index
                )
                found.append(Alternative((*guards, *wins), each.term))
        return _few(found)

    def _by_level(
        self,
        fact: str,
        cases: tuple[tuple[str | bool, Expression], ...],
        otherwise: Expression | None,
        full: Fraction | None,
    ) -> list[Alternative]:
        found = []
        named = dict(cases)
        rest = [] if otherwise is None else [level for level in self._levels(fact) if level not in named]
        for level, expression in (*cases, *((level, otherwise) for level in rest)):
            assert expression is not None
            for each in self.alternatives(expression, full):
                guards = both((Holds(fact, level),), each.guards)
                if guards is not None:
                    found.append(Alternative(guards, each.term))
        return _few(found)

    def _levels(self, fact: str) -> tuple[str | bool, ...]:
        declared = self.declared.get(fact)
        levels = getattr(declared.kind, "levels", None) if declared else None
        return (True, False) if levels is None else tuple(level.key for level in levels)

    # ------------------------------------------------------------------------------------- conditions

    def conditions(self, conditions: Iterable[Condition], measured: Measured) -> list[Guards]:
        """Conditions that must all hold, as lots of guards of which one must hold."""
        lots: list[Guards] = [()]
        for condition in conditions:
            lots = [
                guards
                for one, other in product(lots, self._condition(condition, measured))
                if (guards := both(one, other)) is not None
            ]
            if len(lots) > MAX_CASES:
                raise TooManyCasesError
        return lots

    def _condition(self, condition: Condition, measured: Measured) -> list[Guards]:
        match condition:
            case Is(value, subject):
                return [(Holds(subject or measured.fact, value),)]
            case AnyOf(alternatives):
                return [lot for each in alternatives for lot in self.conditions(each, measured)]
            case RowsHold():
                return [(Holds(rows_hold_key(condition), True),)]
            case Within():
                return self._within(condition, measured)

    def _within(self, condition: Within, measured: Measured) -> list[Guards]:
        """Guards that a value lies in an interval; to a limit that is a quantity the difference is looked at."""
        subject = condition.subject
        sides = [measured.alternative] if subject is None else self.alternatives(subject, measured.full)
        if all(edge is None or edge.of is None for edge in (condition.low, condition.high)):
            stretches = intervals_of(condition)
            return [(*side.guards, _lies(each, side.term, measured)) for side in sides for each in stretches]
        if condition.magnitude:
            sides = [each for side in sides for each in _magnitude(side._replace(term=_own(side.term, measured)))]
        return [lot for side in sides for lot in self._between(condition, side, measured)]

    def _between(self, condition: Within, side: Alternative, measured: Measured) -> Iterator[Guards]:
        """A value between limits of which one at least is a quantity."""
        term = _own(side.term, measured)
        choices: list[list[Guards]] = [[side.guards]]
        for edge, upper in ((condition.low, False), (condition.high, True)):
            if edge is None:
                continue
            if edge.of is None:
                end = edge.quantity.exact
                choices.append([(_lies(_from_edge(end, edge.inclusive, upper), side.term, measured),)])
                continue
            limits = self.joined(
                Operator.MULTIPLY,
                self.alternatives(edge.of, measured.full),
                [Alternative((), Constant(edge.quantity.exact))],
            )
            choices.append(
                [
                    (
                        *limit.guards,
                        Lies(
                            _from_edge(ZERO, edge.inclusive, upper),
                            Combine(Operator.SUBTRACT, term, simple(limit.term)),
                        ),
                    )
                    for limit in limits
                ]
            )
        for taken in product(*choices):
            guards = both(*taken)
            if guards is not None:
                yield guards


class Measured(NamedTuple):
    """What the conditions of an indicator look at where they name nothing: a term, or a fact with levels."""

    term: Term
    fact: str = ""
    full: Fraction | None = None
    rounding: Quantum | None = None

    @property
    def measure(self) -> Term | None:
        """What a case measures."""
        return None if self.term is MEASURED else self.term

    @property
    def alternative(self) -> Alternative:
        """The measured value among named ones; its guards are those of the whole case."""
        return Alternative((), MEASURED)


# Stands for what a case measures, until the case is made.
MEASURED: Term = FactTerm("")
NOTHING_MEASURED = Measured(MEASURED)


def _own(term: Term, measured: Measured) -> Term:
    """A term, or for the measured value the one that is measured."""
    return measured.term if term is MEASURED else term


def _lies(interval: Interval, term: Term, measured: Measured) -> Lies:
    """A guard on a term; on the measured value it looks at the rounded one."""
    if term is not MEASURED:
        return Lies(interval, term)
    return Lies(interval if measured.rounding is None else measured.rounding.before(interval))


def _from_edge(end: Fraction, inclusive: bool, upper: bool) -> Interval:
    return Interval(high=end, high_in=inclusive) if upper else Interval(low=end, low_in=inclusive)


def simple(term: Term) -> Term:
    """A product with one is the thing itself."""
    match term:
        case Combine(Operator.MULTIPLY, inner, Constant(value)) if value == 1:
            return inner
        case Combine(Operator.MULTIPLY, Constant(one), Constant(other)):
            return Constant(one * other)
        case _:
            return term


def both(*lots: Guards) -> Guards | None:
    """Guards that must all hold, each once; None where two of them exclude one another at a glance."""
    kept: dict[Guard, None] = {}
    levels: dict[str, str | bool] = {}
    for guard in (each for lot in lots for each in lot):
        if isinstance(guard, Holds) and levels.setdefault(guard.fact, guard.value) != guard.value:
            return None
        kept[guard] = None
    return tuple(kept)


def _few(alternatives: list[Alternative]) -> list[Alternative]:
    if len(alternatives) > MAX_CASES:
        raise TooManyCasesError
    return alternatives


def _least(highest: bool, later: bool) -> Interval:
    """Where the difference to another operand lies if this one counts; of equal ones the earlier does."""
    return Interval(low=ZERO, low_in=later) if highest else Interval(high=ZERO, high_in=later)


def _magnitude(one: Alternative) -> list[Alternative]:
    """A number at least nothing as it is, and one below turned round."""
    return [
        Alternative((*one.guards, Lies(Interval(low=ZERO, low_in=True), one.term)), one.term),
        Alternative(
            (*one.guards, Lies(Interval(high=ZERO), one.term)),
            Combine(Operator.SUBTRACT, Constant(ZERO), one.term),
        ),
    ]


# -------------------------------------------------------------------------------------------- intervals


def interval_of(condition: Within) -> Interval:
    """Where a condition wants the value, in base units."""
    return Interval(*_end(condition.low), *_end(condition.high))


def intervals_of(condition: Within) -> tuple[Interval, ...]:
    """Where a condition wants the value; what is asked of its size alone is wanted on both sides of nothing."""
    interval = interval_of(condition)
    if not condition.magnitude:
        return (interval,)
    if interval.low is None or interval.low < 0 or (interval.low == 0 and interval.low_in):
        return (interval._replace(low=None, low_in=False).meet(interval._replace(low=None, low_in=False).mirrored),)
    return interval, interval.mirrored


def _end(edge: Edge | None) -> End:
    return (None, False) if edge is None else (edge.quantity.exact, edge.inclusive)
