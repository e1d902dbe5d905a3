"""The small core that every criterion lowers to, and that every reader of a criterion reads.

An indicator is a sum of *parts*. A part measures one exact quantity and has *cases*: the first case
whose guards hold gives its award. An award is one piecewise-linear function of the measured value:

    base + amount × steps(distance from the reference ÷ size), kept between a floor and a ceiling

where `steps` counts whole steps, started steps or their exact share. A band has amount 0, points in
proportion have base 0, a checklist is one part for each item. Everything is in base units, and each
case keeps the clause that it came from: its place and its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, Union

from engine.rules import (
    Award,
    Band,
    Clause,
    Condition,
    Edge,
    Expression,
    FullMarks,
    Indicator,
    InProportion,
    Is,
    Item,
    NotApplicable,
    Number,
    Operation,
    Operator,
    Points,
    Reading,
    Reference,
    Rubric,
    Side,
    Step,
    Within,
)
from engine.unit import ONE, PERCENT, Quantity

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


# --------------------------------------------------------------------------------------------- guards


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


class Lies(NamedTuple):
    """A term lies in an interval; without a term, the measured value of the part."""

    interval: Interval
    term: Term | None = None


class Holds(NamedTuple):
    """A fact has this level, or is true or false."""

    fact: str
    value: str | bool


Guard = Union[Lies, Holds]


# --------------------------------------------------------------------------------------------- awards


class Function(NamedTuple):
    """Points as a piecewise-linear function of the measured value, in base units."""

    base: Fraction
    floor: Fraction
    ceiling: Fraction
    amount: Fraction = Fraction(0)
    reference: Fraction = Fraction(0)
    size: Fraction = Fraction(1)
    side: Side = Side.ABOVE
    reading: Reading = Reading.PROPORTIONAL

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
        """How far the value lies beyond the reference, on the side that counts."""
        match self.side:
            case Side.ABOVE:
                return value - self.reference
            case Side.BELOW:
                return self.reference - value
            case Side.EITHER:
                return abs(value - self.reference)

    def at(self, value: Fraction, reading: Reading | None = None) -> Fraction:
        """The points at a measured value."""
        points = self.base + self.amount * self.steps(value, reading)
        return min(self.ceiling, max(self.floor, points))


class Case(NamedTuple):
    """Where the guards hold, so many points, by this clause; `reads` are the facts that decide for it."""

    guards: tuple[Guard, ...]
    function: Function
    clause: Clause | NotApplicable
    reads: tuple[str, ...] = ()


class Part(NamedTuple):
    """A share of an indicator's full marks: what is measured, and the cases in the order in which they are tried."""

    full: Fraction
    measure: Term | None
    cases: tuple[Case, ...]


class Plan(NamedTuple):
    """An indicator in the core: when it does not apply, and its parts."""

    indicator: Indicator
    exempt: Case | None
    parts: tuple[Part, ...]
    needs: tuple[str, ...]


# ------------------------------------------------------------------------------------------- lowering


def lower(rubric: Rubric) -> tuple[Plan, ...]:
    """Every indicator of a checked rubric in the core, in the order of the text."""
    lowering = _Lowering(rubric)
    return tuple(lowering.plan(indicator) for indicator in rubric.indicators())


class _Lowering:
    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.derived = {each.name.key: each.expression for each in rubric.definitions}
        self.terms: dict[str, Term] = {}

    def plan(self, indicator: Indicator) -> Plan:
        parts = tuple(_with_reads(part) for part in self._parts(indicator))
        exempt = self._exempt(indicator)
        needs: dict[str, None] = {}
        for guard in exempt.guards if exempt else ():
            needs.update(dict.fromkeys(_guard_facts(guard)))
        for part in parts:
            needs.update(dict.fromkeys(part_facts(part)))
        return Plan(indicator, exempt, parts, tuple(needs))

    def _exempt(self, indicator: Indicator) -> Case | None:
        exemption = indicator.not_applicable
        if exemption is None:
            return None
        guards = tuple(self._guard(condition, indicator) for condition in exemption.conditions)
        reads = dict.fromkeys(fact for guard in guards for fact in _guard_facts(guard))
        return Case(guards, self._function(exemption.award, indicator.full), exemption, tuple(reads))

    def _parts(self, indicator: Indicator) -> tuple[Part, ...]:
        items = [clause for clause in indicator.clauses if isinstance(clause, Item)]
        if items:
            return tuple(_item(item) for item in items)
        measure = None
        if indicator.measure is not None and not self._is_level(indicator.measure):
            measure = self.term(indicator.measure)
        return (Part(indicator.full, measure, tuple(self._cases(indicator))),)

    def _cases(self, indicator: Indicator) -> list[Case]:
        """Bands in their order, then the steps that deduct, then "otherwise".

        Steps that add stand before the band that they start from, as it would hold beyond its edge too.
        Steps without any band start from their reference: what does not go beyond it earns the base.
        """
        bands: list[Case] = []
        steps: list[Case] = []
        rest: list[Case] = []
        for clause in indicator.clauses:
            match clause:
                case Step(amount=amount) if amount > 0 and bands:
                    bands.insert(len(bands) - 1, self._step(clause, indicator))
                case Step():
                    steps.append(self._step(clause, indicator))
                case Band(()):
                    rest.append(self._band(clause, indicator))
                case Band():
                    bands.append(self._band(clause, indicator))
        if not bands and not rest:
            rest = [_unmoved(case) for case in steps if case.function.side is not Side.EITHER]
        return [*bands, *steps, *rest]

    def _is_level(self, measure: Expression) -> bool:
        if not isinstance(measure, Reference):
            return False
        declared = self.rubric.fact(measure.name)
        return declared is not None and not hasattr(declared.kind, "unit")

    # ------------------------------------------------------------------------------------------ terms

    def term(self, expression: Expression) -> Term:
        """An expression in base units, derived quantities written out."""
        match expression:
            case Number(quantity):
                return Constant(quantity.exact)
            case Reference(name):
                return self._named(name)
            case Operation(operator, left, right):
                return Combine(operator, self.term(left), self.term(right))

    def _named(self, name: str) -> Term:
        if name not in self.derived:
            return FactTerm(name)
        if name not in self.terms:
            self.terms[name] = self.term(self.derived[name])
        return self.terms[name]

    # ---------------------------------------------------------------------------------------- clauses

    def _guard(self, condition: Condition, indicator: Indicator) -> Guard:
        match condition:
            case Within(_, _, subject):
                return Lies(interval_of(condition), None if subject is None else self._named(subject))
            case Is(value, subject):
                return Holds(subject or self._measured_fact(indicator), value)

    def _measured_fact(self, indicator: Indicator) -> str:
        assert isinstance(indicator.measure, Reference), "the checker lets levels stand only behind a fact"
        return indicator.measure.name

    def _band(self, band: Band, indicator: Indicator) -> Case:
        guards = tuple(self._guard(condition, indicator) for condition in band.conditions)
        return Case(guards, self._function(band.award, indicator.full), band)

    def _function(self, award: Award, full: Fraction) -> Function:
        match award:
            case Points(points):
                return Function(points, points, points)
            case FullMarks():
                return Function(full, full, full)
            case InProportion():
                return Function(Fraction(0), Fraction(0), full, full)

    def _step(self, step: Step, indicator: Indicator) -> Case:
        start = self._function(step.base, indicator.full).base
        reference = step.reference.exact
        size = _size(step.size, reference)
        floor, ceiling = Fraction(0), indicator.full
        if step.amount < 0:
            ceiling = start
            floor = max(floor, start - step.limit) if step.limit is not None else floor
        else:
            floor = start
            ceiling = min(ceiling, start + step.limit) if step.limit is not None else ceiling
        reading = step.reading or self.rubric.reading or Reading.WHOLE
        function = Function(start, floor, ceiling, step.amount, reference, size, step.side, reading)
        return Case((Lies(_beyond(step.side, reference, step.occurrence)),), function, step)


def _unmoved(step: Case) -> Case:
    """Where a step's reference is met: what it starts from, unchanged."""
    function = step.function
    reference = function.reference
    above = function.side is Side.ABOVE
    met = Interval(high=reference, high_in=True) if above else Interval(low=reference, low_in=True)
    return Case((Lies(met),), Function(function.base, function.base, function.base), step.clause)


def _item(item: Item) -> Part:
    earned = Case((Holds(item.fact, True),), Function(item.points, item.points, item.points), item)
    nothing = Fraction(0)
    lost = Case((Holds(item.fact, False),), Function(nothing, nothing, nothing), item)
    return Part(item.points, None, (earned, lost))


def interval_of(condition: Within) -> Interval:
    """Where a condition wants the value, in base units."""
    return Interval(*_end(condition.low), *_end(condition.high))


def term_of(expression: Expression, rubric: Rubric) -> Term:
    """An expression of a rubric in base units, derived quantities written out."""
    return _Lowering(rubric).term(expression)


def _end(edge: Edge | None) -> End:
    return (None, False) if edge is None else (edge.quantity.exact, edge.inclusive)


def _size(size: Quantity, reference: Fraction) -> Fraction:
    """The size of a step in base units; a per cent step is a share of the reference."""
    if size.unit == PERCENT:
        return size.number * reference / 100
    # A percentage point moves a rate by one hundredth.
    return size.number if size.unit == ONE else size.exact


def _beyond(side: Side, reference: Fraction, occurrence: bool) -> Interval:
    """Where steps count: beyond the reference; counts also stand on it, as no case at all is full marks."""
    match side:
        case Side.ABOVE:
            return Interval(low=reference, low_in=occurrence)
        case Side.BELOW:
            return Interval(high=reference)
        case Side.EITHER:
            return EVERYWHERE


# -------------------------------------------------------------------------------------- what is needed


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


def _guard_facts(guard: Guard) -> Iterator[str]:
    match guard:
        case Holds(fact):
            yield fact
        case Lies(_, term) if term is not None:
            yield from term_facts(term)


def _with_reads(part: Part) -> Part:
    """The part with each case knowing the facts that decide for it."""
    return part._replace(cases=tuple(case._replace(reads=_read_by(part, case)) for case in part.cases))


def _read_by(part: Part, case: Case) -> tuple[str, ...]:
    """The facts of a case's guards, and of the measure where it is looked at.

    "Otherwise" rests on everything that was tried before it.
    """
    if not case.guards:
        return tuple(dict.fromkeys(part_facts(part)))
    keys: dict[str, None] = {}
    for guard in case.guards:
        keys.update(dict.fromkeys(_guard_facts(guard)))
    looks = not case.function.flat or any(isinstance(guard, Lies) and guard.term is None for guard in case.guards)
    if looks and part.measure is not None:
        keys.update(dict.fromkeys(term_facts(part.measure)))
    return tuple(keys)


def part_facts(part: Part) -> Iterator[str]:
    """Every fact that a part may read: those of its guards before those of its measure."""
    for case in part.cases:
        for guard in case.guards:
            yield from _guard_facts(guard)
    if part.measure is not None:
        yield from term_facts(part.measure)


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
