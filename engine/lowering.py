"""From rules to the core: every family of criterion becomes cases, each keeping the clause that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from engine.alternatives import (
    MAX_CASES,
    MEASURED,
    ZERO,
    Alternative,
    Guards,
    Measured,
    Terms,
    TooManyCasesError,
    both,
    interval_of,
    simple,
)
from engine.core import (
    EVERYWHERE,
    Case,
    Combine,
    Constant,
    FactTerm,
    Function,
    Guard,
    Holds,
    Interval,
    Lies,
    Part,
    Plan,
    Quantum,
    Start,
    Term,
    case_facts,
    constant,
    part_facts,
    rounded_points,
)
from engine.keys import mean_points_key
from engine.rules import (
    Amount,
    AndSoOn,
    Award,
    Band,
    Chosen,
    Clause,
    Combination,
    Computed,
    Edge,
    Expression,
    FullMarks,
    GroupMean,
    Indicator,
    InProportion,
    Interpolated,
    Is,
    Item,
    LeftOut,
    Less,
    NotApplicable,
    Operator,
    Points,
    Reading,
    Reference,
    Rounding,
    Rubric,
    Scaled,
    Side,
    Step,
    Within,
)
from engine.unit import ONE, PERCENT, SCORE, Quantity, Unit


def lower(rubric: Rubric) -> tuple[Plan, ...]:
    """Every indicator of a checked rubric in the core, in the order of the text."""
    lowering = Lowering(rubric)
    return tuple(lowering.plan(indicator) for indicator in rubric.indicators())


class Lowering(Terms):
    """Lowers the indicators of one rubric."""

    def plan(self, indicator: Indicator) -> Plan:
        """One indicator in the core; TooManyCasesError where it is beyond following."""
        lowered = _OneIndicator(self, indicator)
        parts = tuple(_with_reads(part) for part in lowered.parts)
        first = tuple(case._replace(reads=tuple(dict.fromkeys(case_facts(case)))) for case in lowered.first())
        if sum(len(part.cases) for part in parts) > MAX_CASES:
            raise TooManyCasesError(indicator.name.key)
        needs: dict[str, None] = {}
        exempt = lowered.exempt()
        for case in (*first, *((exempt,) if exempt else ())):
            needs.update(dict.fromkeys(case_facts(case)))
        for part in parts:
            needs.update(dict.fromkeys(part_facts(part)))
        return Plan(
            indicator,
            first,
            parts,
            tuple(needs),
            lowered.together(),
            lowered.held(),
            exempt,
            lowered.formula(),
            lowered.points_rounding if lowered.apart else None,
        )

    def shown_in(self, indicator: Indicator) -> Unit:
        """The unit whose decimals a rounding of the measured value counts: that of its limits, per cent for a rate."""
        for clause in indicator.clauses:
            for quantity in _limits(clause):
                if quantity.unit != ONE:
                    return quantity.unit
        measure = indicator.measure
        if isinstance(measure, Reference):
            declared = self.declared.get(measure.name)
            if declared is not None and isinstance(declared.kind, Amount):
                return declared.kind.unit
        return PERCENT


class _OneIndicator:
    """Lowers one indicator."""

    def __init__(self, lowering: Lowering, indicator: Indicator) -> None:
        self.lowering = lowering
        self.indicator = indicator
        self.full = indicator.full
        self.clauses = _continued(indicator.clauses, indicator.full)
        self.unit = lowering.shown_in(indicator)
        self.rounding = _quantum(indicator.round_measure, self.unit)
        self.points_rounding = _quantum(indicator.round_points, SCORE)

    # ------------------------------------------------------------------------------ before any part

    def first(self) -> Iterator[Case]:
        """Where the indicator does not apply, then where it is forfeited."""
        exemption, forfeit = self.exemption, self.indicator.forfeit
        if exemption is not None and exemption.conditions:
            for guards in self.lowering.conditions(exemption.conditions, self._nothing_named()):
                function, measure = self._exempt(exemption.award)
                yield Case(guards, function, exemption, measure)
        if forfeit is not None:
            for guards in self.lowering.conditions(forfeit.conditions, self._nothing_named()):
                yield Case(guards, constant(ZERO), forfeit)

    @property
    def exemption(self) -> NotApplicable | None:
        """What the indicator, or else the rubric, says of facts that do not apply."""
        award = self.lowering.rubric.not_applicable
        if self.indicator.not_applicable is not None or award is None:
            return self.indicator.not_applicable
        return NotApplicable((), award, self.indicator.head)

    def exempt(self) -> Case | None:
        """What the indicator earns where the facts that it asks for do not apply."""
        exemption = self.exemption
        if exemption is None:
            return None
        lots = self.lowering.conditions(exemption.conditions, self._nothing_named())
        function, measure = self._exempt(exemption.award)
        case = Case(lots[0] if lots else (), function, exemption, measure)
        return case._replace(reads=tuple(dict.fromkeys(case_facts(case))))

    def _nothing_named(self) -> Measured:
        measure = self.indicator.measure
        return Measured(MEASURED, measure.name if isinstance(measure, Reference) else "", self.full)

    def _exempt(self, award: Award) -> tuple[Function, Term | None]:
        match award:
            case LeftOut():
                return constant(ZERO), None
            case GroupMean():
                return self._as_it_is(), FactTerm(mean_points_key(self.indicator.key))
            case _:
                return constant(self.earned(award)), None

    def _as_it_is(self) -> Function:
        """Points that are measured themselves, kept within full marks."""
        return Function(ZERO, ZERO, self.full, Fraction(1))

    # ------------------------------------------------------------------------------------------ parts

    def formula(self) -> tuple[tuple[Guards, Term], ...]:
        """What the indicator measures."""
        return tuple((guards, measured.term) for measured, guards in self._measures() if measured.measure is not None)

    def together(self) -> Combination:
        """How the parts are put together."""
        combination = self.indicator.combination
        return Combination.SUM if combination in (Combination.FIRST, Combination.ONCE) else combination

    @property
    def apart(self) -> bool:
        """Whether each clause counts by itself."""
        return self.indicator.combination is not Combination.FIRST or any(isinstance(c, Item) for c in self.clauses)

    @property
    def _counted(self) -> list[Clause]:
        """The clauses that give or take points, without those that only say by what factor."""
        return [clause for clause in self.clauses if not isinstance(clause, Scaled)]

    @property
    def _starts_full(self) -> bool:
        """Whether the clauses take from full marks."""
        return self.together() is Combination.SUM and all(map(deducts, self._counted))

    def held(self) -> bool:
        """Whether the sum of the parts may leave the range of full marks."""
        if not self.apart or self.together() is not Combination.SUM:
            return False
        if any(map(deducts, self._counted)):
            return True
        return sum((part.full for part in self.parts), ZERO) != self.full

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of the indicator."""
        if not self.apart:
            return [Part(self.full, tuple(self._tried_in_turn()))]
        parts = [self._counted_apart(clauses) for clauses in _subjects(self._counted)]
        if self._starts_full:
            start = Case((), constant(self.full), Start(self.indicator.head))
            parts.insert(0, Part(self.full, tuple(self._scaled(self._nothing_named(), [start], self.full))))
        return parts

    def _tried_in_turn(self) -> Iterator[Case]:
        """Every clause for every alternative of what is measured."""
        for measured, guards in self._measures():
            for case in self._scaled(measured, [*self._cases(self._ordered(), measured)], self.full):
                joined = both(guards, case.guards)
                if joined is not None:
                    yield case._replace(guards=joined, function=self._rounded(case.function))

    def _rounded(self, function: Function) -> Function:
        """A function whose points are rounded, where the rule says so."""
        quantum = self.points_rounding
        if quantum is None:
            return function
        if function.flat:
            return constant(rounded_points(function.base, quantum, self.full))
        return function._replace(after=quantum, most=self.full)

    def _measures(self) -> Iterator[tuple[Measured, Guards]]:
        """What is measured, with the guards of each alternative."""
        measure = self.indicator.measure
        fact = measure.name if isinstance(measure, Reference) else ""
        if measure is None or self._has_levels(measure):
            yield Measured(MEASURED, fact, self.full, self.rounding), ()
            return
        for guards, term in self.lowering.alternatives(measure, self.full):
            yield Measured(term, fact, self.full, self.rounding), guards

    def _has_levels(self, measure: Expression) -> bool:
        if not isinstance(measure, Reference):
            return False
        declared = self.lowering.declared.get(measure.name)
        return declared is not None and not isinstance(declared.kind, Amount)

    def _ordered(self) -> list[Clause]:
        """Bands in their order, then the steps that deduct, then "otherwise".

        Steps that add stand before the band that they start from, as it would hold beyond its edge too.
        """
        bands: list[Clause] = []
        steps: list[Clause] = []
        rest: list[Clause] = []
        for clause in self.clauses:
            match clause:
                case Step(amount=amount) if amount > 0 and bands:
                    bands.insert(len(bands) - 1, clause)
                case Step():
                    steps.append(clause)
                case Band(()):
                    rest.append(clause)
                case Band():
                    bands.append(clause)
        return [*bands, *steps, *rest]

    def _cases(self, clauses: Sequence[Clause], measured: Measured) -> Iterator[Case]:
        for clause in clauses:
            match clause:
                case Step():
                    yield from self._step(clause, measured)
                case Band():
                    yield from self._band(clause, measured)
        if clauses and all(isinstance(clause, Step) for clause in clauses):
            # Steps without any band start from their reference: what does not go beyond it earns the base.
            for clause in clauses:
                if isinstance(clause, Step) and clause.side is not Side.EITHER:
                    yield from self._step(clause, measured, met=True)

    def _scaled(self, measured: Measured, cases: list[Case], start: Fraction) -> Iterator[Case]:
        """The cases, before them what they become where their effect counts by a factor."""
        for clause in self.clauses:
            if not isinstance(clause, Scaled) or not any(_touched(case, clause) for case in cases):
                continue
            for guards in self.lowering.conditions(clause.conditions, measured):
                for case in cases:
                    joined = both(guards, case.guards)
                    if joined is not None:
                        yield _by_factor(case, clause, start)._replace(guards=joined)
        yield from cases

    # -------------------------------------------------------------------------- clauses that count apart

    @property
    def _compared(self) -> bool:
        """Whether just one of the clauses counts, so that each is what the whole indicator would earn."""
        return self.together() is not Combination.SUM

    def _counted_apart(self, clauses: Sequence[Clause]) -> Part:
        """The part of clauses about one subject: bands go together, a step or an item stands alone."""
        match clauses[0]:
            case Item() as item:
                return self._item(item)
            case Step() as step:
                return self._step_apart(step)
        otherwise: list[Case] = []
        if all(isinstance(band, Band) and band.conditions for band in clauses):
            untouched = self.full if self._compared and all(map(deducts, clauses)) else ZERO
            otherwise = [Case((), constant(untouched), clauses[-1])]
        cases: list[Case] = []
        for measured, guards in self._measures():
            found = [case for band in clauses if isinstance(band, Band) for case in self._band(band, measured)]
            scaled = self._scaled(measured, [*found, *otherwise], self._before_loss)
            cases.extend(_guarded(guards, case) for case in scaled)
        return self._part(cases)

    @property
    def _before_loss(self) -> Fraction:
        """What a deduction is taken from: nothing where losses are added up, else full marks."""
        return ZERO if self.apart and not self._compared else self.full

    def _part(self, cases: list[Case]) -> Part:
        """Cases that count apart; the most that they earn is their share of full marks."""
        most = max((case.function.ceiling for case in cases), default=ZERO)
        return Part(self.full if self._compared else most, tuple(cases))

    def _item(self, item: Item) -> Part:
        earned = Case((Holds(item.fact, True),), constant(item.points), item)
        lost = Case((Holds(item.fact, False),), constant(ZERO), item)
        cases = self._scaled(self._nothing_named(), [earned, lost], self._before_loss)
        return Part(self.full if self._compared else item.points, tuple(cases))

    def _step_apart(self, step: Step) -> Part:
        """A step that counts by itself: from nothing up to its limit, or from nothing down."""
        untouched = self.full if step.amount < 0 and self._compared else ZERO
        alone = replace(step, base=Points(untouched))
        cases: list[Case] = []
        for measured, guards in self._step_measures(step):
            found = [case for met in (False, True) for case in self._step(alone, measured, met)]
            if step.conditions:
                found.append(Case((), constant(untouched), step))
            cases.extend(_guarded(guards, case) for case in self._scaled(measured, found, self._before_loss))
        return self._part(cases)

    def _step_measures(self, step: Step) -> Iterator[tuple[Measured, Guards]]:
        if step.subject is None:
            yield from self._measures()
            return
        for guards, term in self.lowering.alternatives(Reference(step.subject), self.full):
            yield Measured(term, step.subject, self.full), guards

    # ------------------------------------------------------------------------------------- bands

    def _band(self, band: Band, measured: Measured) -> Iterator[Case]:
        for guards in self.lowering.conditions(band.conditions, measured):
            for more, function, measure in self._award(band, measured):
                joined = both(guards, more)
                if joined is None:
                    continue
                if measure != measured.measure:
                    # The award measures something else than the conditions look at.
                    joined = tuple(_named(guard, measured) for guard in joined)
                yield Case(joined, function, band, measure)

    def _award(self, band: Band, measured: Measured) -> Iterator[tuple[Guards, Function, Term | None]]:
        """What a band gives: a function of what is measured, with guards where it leaves a choice."""
        match band.award:
            case InProportion():
                function = Function(ZERO, ZERO, self.full, self.full, before=self.rounding)
                yield (), function, measured.measure
            case Interpolated(low, high):
                yield (), self._line(band, low, high), measured.measure
            case Chosen(lowest, highest, fact, low_in, high_in):
                least, most = lowest.of(self.full), highest.of(self.full)
                allowed = Lies(Interval(least, low_in, most, high_in), FactTerm(fact))
                function = Function(ZERO, least, most, Fraction(1))
                yield (allowed,), function, FactTerm(fact)
            case Computed(expression):
                for guards, computed in self.lowering.alternatives(expression, self.full):
                    yield guards, self._as_it_is(), computed
            case Less(points) if self.apart and not self._compared:
                yield (), constant(-points.of(self.full)), measured.measure
            case award:
                yield (), constant(self.earned(award)), measured.measure

    def _line(self, band: Band, low: Points, high: Points) -> Function:
        """The straight line between the two edges of a band."""
        within = next(each for each in band.conditions if isinstance(each, Within))
        interval = interval_of(within)
        assert interval.low is not None, "the checker lets points be interpolated between two edges alone"
        assert interval.high is not None
        start, end = low.of(self.full), high.of(self.full)
        return Function(
            base=start,
            floor=min(start, end),
            ceiling=max(start, end),
            amount=end - start,
            reference=interval.low,
            size=interval.high - interval.low,
            before=self.rounding,
        )

    def earned(self, award: Award) -> Fraction:
        """The points of an award that depends on nothing else."""
        match award:
            case Points():
                points = award.of(self.full)
            case Less(less):
                points = max(ZERO, self.full - less.of(self.full))
            case FullMarks():
                points = self.full
            case _:
                points = ZERO
        return points

    # ------------------------------------------------------------------------------------- steps

    def _step(self, step: Step, measured: Measured, met: bool = False) -> Iterator[Case]:
        """The cases of a step beyond its reference or, where that is `met`, on this side of it."""
        start = self.earned(step.base)
        for lot in self.lowering.conditions(step.conditions, measured):
            for guards, term, reference, size in self._distances(step, measured):
                joined = both(lot, guards)
                if joined is None:
                    continue
                function = self._staircase(step, start, reference, size)
                beyond = _met(step, reference) if met else _beyond(step.side, reference, step.occurrence)
                # A limit that is a quantity is already taken off: the difference is looked at as it is.
                rounding = self.rounding if step.of is None else None
                where = Lies(beyond if rounding is None else rounding.before(beyond))
                if met:
                    function = constant(function.held(start))
                yield Case((*joined, where), function, step, term)

    def _distances(self, step: Step, measured: Measured) -> Iterator[tuple[Guards, Term | None, Fraction, Fraction]]:
        """What a step measures, from which reference, in steps of what size, in base units."""
        term = measured.measure
        if step.of is None:
            reference = step.reference.exact
            yield (), term, reference, _size(step.size, reference)
            return
        assert term is not None, "the checker lets a step count from a quantity only where something is measured"
        limits = self.lowering.joined(
            Operator.MULTIPLY,
            self.lowering.alternatives(step.of, self.full),
            [Alternative((), Constant(step.reference.exact))],
        )
        for guards, limit in limits:
            away: Term = Combine(Operator.SUBTRACT, term, simple(limit))
            if step.size.unit == PERCENT:
                # A per cent step is a share of the reference, whatever that comes to.
                yield guards, Combine(Operator.DIVIDE, away, simple(limit)), ZERO, step.size.exact
            else:
                yield guards, away, ZERO, _size(step.size, Fraction(1))

    def _staircase(self, step: Step, start: Fraction, reference: Fraction, size: Fraction) -> Function:
        floor, ceiling = ZERO, self.full
        if step.amount < 0:
            ceiling = start
            # Losses that are added up are held all together, and each by what there is to lose.
            lowest = -self.full if self.apart and not self._compared else ZERO
            floor = max(lowest, start - step.limit) if step.limit is not None else lowest
        else:
            floor = start
            ceiling = min(ceiling, start + step.limit) if step.limit is not None else ceiling
        reading = step.reading or self.lowering.rubric.reading or Reading.WHOLE
        before = self.rounding if step.of is None else None
        return Function(start, floor, ceiling, step.amount, reference, size, step.side, reading, before)


def _guarded(guards: Guards, case: Case) -> Case:
    joined = both(guards, case.guards)
    assert joined is not None, "a clause that counts apart does not exclude what it is about"
    return case._replace(guards=joined)


def deducts(clause: Clause) -> bool:
    """Whether a clause takes from full marks."""
    match clause:
        case Step(amount=amount):
            return amount < 0
        case Band(_, award):
            return isinstance(award, Less)
        case Item() | AndSoOn() | Scaled():
            return False


def _subjects(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Clauses that count apart; bands about one and the same thing stand together, as one excludes the next."""

    def subject(clause: Clause) -> object:
        match clause:
            case Band((Within(_, _, named),)):
                return ("within", named)
            case Band((Is(_, named),)) if not isinstance(clause.award, Less):
                return ("is", named)
            case _:
                return id(clause)

    for _, group in groupby(clauses, key=subject):
        yield list(group)


def _touched(case: Case, clause: Scaled) -> bool:
    """Whether a factor changes what a case gives: one on deductions leaves alone what deducts nothing."""
    return not clause.deduction or case.function.amount < 0 or _is_loss(case)


def _is_loss(case: Case) -> bool:
    return isinstance(case.clause, Band) and isinstance(case.clause.award, Less)


def _by_factor(case: Case, clause: Scaled, start: Fraction) -> Case:
    """A case whose deductions, or whose points, count by a factor; what is not deducted stays as it is."""
    function, factor = case.function, clause.factor
    if not clause.deduction:
        scaled = {name: getattr(function, name) * factor for name in ("base", "floor", "ceiling", "amount")}
        return case._replace(function=function._replace(**scaled))
    if function.amount < 0:
        start = function.base
        floor = start - (start - function.floor) * factor
        return case._replace(function=function._replace(amount=function.amount * factor, floor=floor))
    if _is_loss(case):
        return case._replace(function=constant(start - (start - function.base) * factor))
    return case


def _named(guard: Guard, measured: Measured) -> Guard:
    """A guard on the measured value as one on a term."""
    return Lies(guard.interval, measured.term) if isinstance(guard, Lies) and guard.term is None else guard


def _continued(clauses: tuple[Clause, ...], full: Fraction) -> tuple[Clause, ...]:
    """Clauses with "and so on" written out: bands at the same stride, down to no points at all."""
    found: list[Clause] = []
    for clause in clauses:
        if isinstance(clause, AndSoOn):
            found.extend(series(found, clause, full))
        else:
            found.append(clause)
    return tuple(found)


def series(before: Sequence[Clause], clause: AndSoOn, full: Fraction) -> Iterator[Band]:
    """The bands that "and so on" stands for; none where the two before it have no stride."""
    stride = stride_of(before, full)
    if stride is None:
        return
    last, step, points, fewer = stride
    for count in range(1, MAX_CASES):
        left = points + fewer * count
        if left < 0:
            return
        within = last.conditions[0]
        assert isinstance(within, Within)
        moved = replace(within, low=_moved(within.low, step * count), high=_moved(within.high, step * count))
        yield Band((moved,), Points(left), clause.span)
        if left == 0:
            return


def stride_of(before: Sequence[Clause], full: Fraction) -> tuple[Band, Fraction, Fraction, Fraction] | None:
    """The last band, by how much the edges and the points change from band to band, and the points of the last."""
    bands = [clause for clause in before if isinstance(clause, Band)][-2:]
    if len(bands) < 2 or not all(len(band.conditions) == 1 for band in bands):
        return None
    first, last = (band.conditions[0] for band in bands)
    if not isinstance(first, Within) or not isinstance(last, Within) or first.subject != last.subject:
        return None
    earned = [band.award.of(full) if isinstance(band.award, Points) else None for band in bands]
    if isinstance(bands[0].award, FullMarks):
        earned[0] = full
    if earned[0] is None or earned[1] is None or earned[1] >= earned[0]:
        return None
    steps = {
        late.quantity.number - early.quantity.number
        for early, late in ((first.low, last.low), (first.high, last.high))
        if early is not None and late is not None
    }
    if len(steps) != 1 or ZERO in steps or (first.low is None) != (last.low is None):
        return None
    return bands[1], steps.pop(), earned[1], earned[1] - earned[0]


def _moved(edge: Edge | None, by: Fraction) -> Edge | None:
    if edge is None:
        return None
    return replace(edge, quantity=Quantity(edge.quantity.number + by, edge.quantity.unit))


def _quantum(rounding: Rounding | None, unit: Unit) -> Quantum | None:
    return None if rounding is None else Quantum(rounding.mode, unit.size / 10**rounding.places)


def _limits(clause: Clause) -> Iterator[Quantity]:
    match clause:
        case Step(_, reference):
            yield reference
        case Band(conditions):
            for condition in conditions:
                if isinstance(condition, Within) and condition.subject is None:
                    yield from (e.quantity for e in (condition.low, condition.high) if e is not None and e.of is None)


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


def _met(step: Step, reference: Fraction) -> Interval:
    """Where a step's reference is met."""
    if step.side is Side.ABOVE:
        return Interval(high=reference, high_in=True)
    return Interval(low=reference, low_in=True)


# -------------------------------------------------------------------------------------- what is needed


def _with_reads(part: Part) -> Part:
    """The part with each case knowing the facts that decide for it.

    "Otherwise" rests on everything that was tried before it.
    """
    everything = tuple(dict.fromkeys(part_facts(part)))
    return part._replace(
        cases=tuple(
            case._replace(reads=everything if _otherwise(case) else tuple(dict.fromkeys(case_facts(case))))
            for case in part.cases
        )
    )


def _otherwise(case: Case) -> bool:
    return not case.guards or (isinstance(case.clause, Band) and not case.clause.conditions)
