"""The small core that every criterion lowers to, and that every reader of a criterion reads.

An indicator is a few *parts*, added up unless it says otherwise. A part has *cases*: the first case whose
guards hold gives its award. A case measures one exact quantity, and its award is one piecewise-linear
function of it:

    base + amount × steps(distance from the reference ÷ size), kept between a floor and a ceiling

where `steps` counts whole steps, started steps or their exact share. A band has amount 0, points in
proportion and interpolated points are one long step counted by its share, a checklist is one part for
each item. What is not linear (the lower of two, the size of a number, a threshold by class) becomes
cases with guards of their own. Everything is in base units, and each case keeps the clause that it came
from: its place and its words. `lowering` makes plans from rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, Union

from engine.number import Mode, rounded
from engine.rules import (
    Clause,
    Combination,
    Forfeit,
    Indicator,
    NotApplicable,
    Operator,
    Reading,
    Side,
)
from engine.source import Span

# ---------------------------------------------------------------------------------------------- terms


class Constant(NamedTuple):
    """A number in base units."""

    value: Fraction


class FactTerm(NamedTuple):
    """The value of a fact, in base units."""

    fact: str


class Combine(NamedTuple):
    """Two terms joined by one of the four operations."""

    operator: Operator
    left: Term
    right: Term


Term = Union[Constant, FactTerm, Combine]


def term_facts(term: Term) -> Iterator[str]:
    """Every fact that a term reads, from left to right."""
    match term:
        case FactTerm(fact):
            yield fact
        case Combine(_, left, right):
            yield from term_facts(left)
            yield from term_facts(right)
        case Constant():
            pass


def evaluate_term(term: Term, values: Mapping[str, Fraction]) -> Fraction | None:
    """The exact value of a term; None where something is divided by nothing."""
    match term:
        case Constant(value):
            return value
        case FactTerm(fact):
            return values[fact]
        case Combine(operator, left, right):
            first = evaluate_term(left, values)
            second = evaluate_term(right, values)
            if first is None or second is None:
                return None
            return _operate(operator, first, second)


def _operate(operator: Operator, left: Fraction, right: Fraction) -> Fraction | None:
    match operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return left / right if right else None


# ------------------------------------------------------------------------------------------ intervals


class Interval(NamedTuple):
    """A stretch of the number line; an absent end leaves it open."""

    low: Fraction | None = None
    low_in: bool = False
    high: Fraction | None = None
    high_in: bool = False

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies in the interval."""
        if self.low is not None and (value < self.low or (value == self.low and not self.low_in)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_in)

    @property
    def empty(self) -> bool:
        """Whether no value lies in the interval."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def meet(self, other: Interval) -> Interval:
        """The stretch that lies in both."""
        low, low_in = _higher((self.low, self.low_in), (other.low, other.low_in))
        high, high_in = _lower((self.high, self.high_in), (other.high, other.high_in))
        return Interval(low, low_in, high, high_in)

    def without(self, other: Interval) -> tuple[Interval, ...]:
        """What is left of this interval when another is taken out: none, one or two stretches."""
        rest = []
        if other.low is not None:
            rest.append(self.meet(Interval(high=other.low, high_in=not other.low_in)))
        if other.high is not None:
            rest.append(self.meet(Interval(low=other.high, low_in=not other.high_in)))
        return tuple(interval for interval in rest if not interval.empty)

    def covers(self, other: Interval) -> bool:
        """Whether every value of the other interval lies in this one."""
        return other.empty or not other.without(self)

    @property
    def mirrored(self) -> Interval:
        """The stretch on the other side of nothing."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, self.high_in, high, self.low_in)


End = tuple[Fraction | None, bool]


def _higher(one: End, two: End) -> End:
    if one[0] is None or two[0] is None:
        return two if one[0] is None else one
    if one[0] == two[0]:
        return one[0], one[1] and two[1]
    return one if one[0] > two[0] else two


def _lower(one: End, two: End) -> End:
    if one[0] is None or two[0] is None:
        return two if one[0] is None else one
    if one[0] == two[0]:
        return one[0], one[1] and two[1]
    return one if one[0] < two[0] else two


EVERYWHERE = Interval()


class Quantum(NamedTuple):
    """A rounding to multiples of a size."""

    mode: Mode
    size: Fraction

    def round(self, value: Fraction) -> Fraction:
        """The multiple that a value is rounded to."""
        return rounded(value / self.size, self.mode) * self.size

    def before(self, interval: Interval) -> Interval:
        """Where a value lies whose rounded value lies in the interval: rounding never turns the order round."""
        low = high = None
        low_in = high_in = False
        if interval.low is not None:
            low, low_in = self._from(_first(interval.low / self.size, interval.low_in))
        if interval.high is not None:
            # What is rounded to at most a multiple is what is not rounded to the next one.
            high, beyond = self._from(_first(interval.high / self.size, not interval.high_in))
            high_in = not beyond
        return Interval(low, low_in, high, high_in)

    def _from(self, multiple: int) -> tuple[Fraction, bool]:
        """The least value that is rounded to a multiple or more, and whether it is itself."""
        match self.mode:
            case Mode.HALF_UP:
                start, included = Fraction(2 * multiple - 1, 2), multiple > 0
            case Mode.HALF_EVEN:
                start, included = Fraction(2 * multiple - 1, 2), multiple % 2 == 0
            case Mode.CUT:
                start, included = (Fraction(multiple), True) if multiple > 0 else (Fraction(multiple - 1), False)
            case Mode.UP:
                start, included = (Fraction(multiple - 1), False) if multiple > 0 else (Fraction(multiple), True)
        return start * self.size, included


def _first(share: Fraction, included: bool) -> int:
    """The first whole number from a place on, which itself counts if it is included."""
    up = -(-share.numerator // share.denominator)
    return up + 1 if up == share and not included else up


# --------------------------------------------------------------------------------------------- guards


class Lies(NamedTuple):
    """A term lies in an interval; without a term, what the case measures."""

    interval: Interval
    term: Term | None = None


class Holds(NamedTuple):
    """A fact has this level, or is true or false."""

    fact: str
    value: str | bool


Guard = Union[Lies, Holds]


def guard_facts(guard: Guard) -> Iterator[str]:
    """Every fact that a guard reads beside what its case measures."""
    match guard:
        case Holds(fact):
            yield fact
        case Lies(_, term) if term is not None:
            yield from term_facts(term)


# --------------------------------------------------------------------------------------------- awards


class Function(NamedTuple):
    """Points as a piecewise-linear function of what is measured, in base units.

    `before` rounds what is measured, `after` the points, which even rounded are never above `most`.
    """

    base: Fraction
    floor: Fraction
    ceiling: Fraction
    amount: Fraction = Fraction(0)
    reference: Fraction = Fraction(0)
    size: Fraction = Fraction(1)
    side: Side = Side.ABOVE
    reading: Reading = Reading.PROPORTIONAL
    before: Quantum | None = None
    after: Quantum | None = None
    most: Fraction | None = None

    @property
    def flat(self) -> bool:
        """Whether the points do not depend on the measured value."""
        return self.amount == 0

    def steps(self, value: Fraction, reading: Reading | None = None) -> Fraction:
        """How many steps away from the reference the value is, by a reading."""
        share = self.distance(value) / self.size
        match reading or self.reading:
            case Reading.WHOLE:
                return Fraction(share.numerator // share.denominator)
            case Reading.STARTED:
                return Fraction(-(-share.numerator // share.denominator))
            case Reading.PROPORTIONAL:
                return share

    def distance(self, value: Fraction) -> Fraction:
        """How far the value, rounded if it is to be, lies beyond the reference, on the side that counts."""
        if self.before is not None:
            value = self.before.round(value)
        match self.side:
            case Side.ABOVE:
                return value - self.reference
            case Side.BELOW:
                return self.reference - value
            case Side.EITHER:
                return abs(value - self.reference)

    def at(self, value: Fraction, reading: Reading | None = None) -> Fraction:
        """The points at a measured value."""
        return self.held(self.base + self.amount * self.steps(value, reading))

    def held(self, points: Fraction) -> Fraction:
        """Points kept between floor and ceiling, and rounded if they are to be."""
        return rounded_points(min(self.ceiling, max(self.floor, points)), self.after, self.most)


def rounded_points(points: Fraction, quantum: Quantum | None, most: Fraction | None) -> Fraction:
    """Points as a rule rounds them, never above the most that there is."""
    if quantum is None:
        return points
    found = quantum.round(points)
    return found if most is None else min(most, found)


def constant(points: Fraction) -> Function:
    """The same points everywhere."""
    return Function(points, points, points)


# ---------------------------------------------------------------------------------------------- plans


class Start(NamedTuple):
    """What stands before the first deduction: full marks, at the head of the indicator."""

    span: Span


Origin = Union[Clause, NotApplicable, Forfeit, Start]


class Case(NamedTuple):
    """Where the guards hold, so many points of what is measured, by this clause.

    `reads` are the facts that decide for it.
    """

    guards: tuple[Guard, ...]
    function: Function
    clause: Origin
    measure: Term | None = None
    reads: tuple[str, ...] = ()

    @property
    def looks(self) -> bool:
        """Whether the case needs what it measures."""
        return not self.function.flat or any(isinstance(guard, Lies) and guard.term is None for guard in self.guards)


class Part(NamedTuple):
    """A share of an indicator's full marks: the cases in the order in which they are tried."""

    full: Fraction
    cases: tuple[Case, ...]

    @property
    def measure(self) -> Term | None:
        """What is measured, where every case measures the same."""
        measures = {case.measure for case in self.cases}
        return next(iter(measures)) if len(measures) == 1 else None


class Plan(NamedTuple):
    """An indicator in the core: what overrules its parts, the parts, and how they are put together.

    `first` holds the cases that are looked at before any part and settle the whole indicator: those where it does
    not apply, then those where it is forfeited. `exempt` is what it earns where the facts that it asks for do not
    apply. Where it is `held`, the sum of the parts is kept between nothing and full marks; `after` rounds what parts
    that count apart come to together. `formula` is what the
    indicator measures, as the alternatives of which one counts.
    """

    indicator: Indicator
    first: tuple[Case, ...]
    parts: tuple[Part, ...]
    needs: tuple[str, ...]
    combination: Combination = Combination.SUM
    held: bool = False
    exempt: Case | None = None
    formula: tuple[tuple[tuple[Guard, ...], Term], ...] = ()
    after: Quantum | None = None

    @property
    def full(self) -> Fraction:
        """The full marks of the indicator."""
        return self.indicator.full

    @property
    def added(self) -> bool:
        """Whether the points are just the sum of the parts."""
        return self.combination is Combination.SUM and not self.held and self.after is None

    def together(self, points: list[Fraction]) -> Fraction:
        """The points of the indicator from those of its parts."""
        match self.combination:
            case Combination.HIGHEST:
                total = max(points)
            case Combination.LOWEST:
                total = min(points)
            case _:
                total = sum(points, Fraction(0))
        if self.held:
            total = min(self.full, max(Fraction(0), total))
        return rounded_points(total, self.after, self.full)


def part_facts(part: Part) -> Iterator[str]:
    """Every fact that a part may read: those of its guards before those that it measures."""
    for case in part.cases:
        for guard in case.guards:
            yield from guard_facts(guard)
    for case in part.cases:
        if case.measure is not None:
            yield from term_facts(case.measure)


def case_facts(case: Case) -> Iterator[str]:
    """Every fact that a case by itself reads."""
    for guard in case.guards:
        yield from guard_facts(guard)
    if case.looks and case.measure is not None:
        yield from term_facts(case.measure)
