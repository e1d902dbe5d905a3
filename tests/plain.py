"""Scores a department as one would by hand, all facts known: a yardstick that shares no code with the engine."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from engine.facts import Facts, Present
from engine.number import Mode
from engine.rules import (
    AndSoOn,
    AnyOf,
    Award,
    Band,
    ByLevel,
    Chosen,
    Combination,
    Computed,
    Condition,
    Edge,
    Effect,
    Expression,
    Extreme,
    FullMarks,
    Group,
    Indicator,
    InProportion,
    Interpolated,
    Is,
    Item,
    LeftOut,
    Less,
    Magnitude,
    Number,
    Operation,
    Operator,
    OwnMarks,
    Points,
    PointsOf,
    Reading,
    Reference,
    Role,
    Rubric,
    Scaled,
    Side,
    Step,
    Within,
)
from engine.unit import Quantity

ZERO = Fraction(0)
ONE = Fraction(1)


class UndefinedError(Exception):
    """Something is divided by nothing, or the rule says nothing of the case."""


class Plain:
    """One department by one rubric."""

    def __init__(self, rubric: Rubric, facts: Facts) -> None:
        self.rubric = rubric
        self.values = {key: fact.value for key, fact in facts.facts.items() if isinstance(fact, Present)}
        self.derived = {each.name.key: each.expression for each in rubric.definitions}

    def points(self, indicator: Indicator) -> Fraction | None:
        """The points of an indicator; None where the rule says nothing."""
        try:
            return OneIndicator(self, indicator).points()
        except UndefinedError:
            return None

    def left_out(self, indicator: Indicator) -> bool:
        """Whether an indicator does not count at all."""
        exempt = indicator.not_applicable
        if exempt is None or not isinstance(exempt.award, LeftOut):
            return False
        return OneIndicator(self, indicator).all_hold(exempt.conditions)

    # ----------------------------------------------------------------------------------------- the whole

    def total(self) -> Fraction | None:
        """The total; None where an indicator, or what is done to the total, has no value."""
        try:
            return self._total()
        except UndefinedError:
            return None

    def _total(self) -> Fraction:
        rubric, overall = self.rubric, self.rubric.overall
        known: dict[str | None, Fraction] = {}
        out = ZERO
        total = ZERO
        for member in rubric.members:
            self._member(member, known)
            if member.role is Role.ORDINARY:
                total += known[member.key]
                out += self._out(member)
        highest = rubric.full + sum((m.full for m in rubric.members if m.role is Role.BONUS), ZERO)
        if overall.formula is None or PointsOf(None) in nested(overall.formula):
            if out:
                total = total * rubric.full / (rubric.full - out) if out < rubric.full else ZERO
            known[None] = total
            for member in rubric.members:
                provided = member.provided
                if member.role is Role.ORDINARY or (provided and not self.all(provided.conditions, known)):
                    continue
                if member.role is Role.PENALTY:
                    total -= member.full - self._out(member) - known[member.key]
                else:
                    total += known[member.key]
        known[None] = total
        if overall.formula is not None:
            total = self.scaled_formula(overall.formula, rubric.members, rubric.full, known)
        total = min(highest, max(ZERO, total))
        known[None] = total
        for cap in overall.caps:
            if cap.target is None and self.all(cap.conditions, known):
                total = min(total, cap.points)
        known[None] = total
        for veto in overall.vetoes:
            if veto.effect in (Effect.NOTHING, Effect.STOP) and self.all(veto.conditions, known):
                total = ZERO
        if overall.rounding is not None:
            scale = 10**overall.rounding.places
            total = round_to(total * scale, overall.rounding.mode) / scale
        return total

    def _member(self, member: Group | Indicator, known: dict[str | None, Fraction]) -> None:
        if isinstance(member, Indicator):
            points = self.points(member)
            if points is None:
                raise UndefinedError
            known[member.key] = points
            return
        for each in member.members:
            self._member(each, known)
        counted = [each for each in member.members if self._out(each) != each.full] or list(member.members)
        earned = [known[each.key] for each in counted]
        if member.formula is not None:
            points = self.scaled_formula(member.formula, member.members, member.full, known)
        elif member.combination is Combination.HIGHEST:
            points = max(earned)
        elif member.combination is Combination.LOWEST:
            points = min(earned)
        elif member.combination is Combination.ONCE:
            losses = [each.full - known[each.key] for each in counted]
            points = sum((each.full for each in counted), ZERO) - max(losses)
        else:
            points = sum((known[each.key] for each in member.members), ZERO)
        if member.role is Role.PENALTY:
            # All penalties of the generated rubrics are sums: what their indicators lose is taken, up to the most.
            lost = sum((each.full - self._out(each) - known[each.key] for each in member.members), ZERO)
            points = member.full - min(member.full, lost)
        elif member.role is not Role.ORDINARY or member.formula is not None:
            points = min(member.full, max(ZERO, points))
        out = self._out(member)
        known[member.key] = points
        for cap in self.rubric.overall.caps:
            if cap.target == member.key and self.all(cap.conditions, known):
                known[member.key] = min(known[member.key], cap.points)
        if self.rubric.overall.formula is not None and member.level == 1 and 0 < out < member.full:
            known[member.key] *= member.full / (member.full - out)

    def _out(self, member: Group | Indicator) -> Fraction:
        """The full marks of a member that do not count."""
        if isinstance(member, Indicator):
            return member.full if self.left_out(member) else ZERO
        inside = [self._out(each) for each in member.members]
        if member.combination in (Combination.HIGHEST, Combination.LOWEST) or member.formula is not None:
            whole = all(out == each.full for out, each in zip(inside, member.members, strict=True))
            return member.full if whole else ZERO
        return ZERO if member.role is Role.PENALTY else sum(inside, ZERO)

    def scaled_formula(
        self,
        expression: Expression,
        members: tuple[Group | Indicator, ...],
        full: Fraction,
        known: dict[str | None, Fraction],
    ) -> Fraction:
        """A formula over points; where some do not count, scaled up to what it would come to in full."""
        marks: dict[str | None, Fraction] = {None: full}
        counted: dict[str | None, Fraction] = {None: full}
        for each in members:
            inside = each.members if isinstance(each, Group) else ()
            for one in (each, *inside):
                marks[one.key] = one.full
                counted[one.key] = ZERO if self._out(one) == one.full else one.full
        whole, rest = self.formula(expression, marks), self.formula(expression, counted)
        points = self.formula(expression, known)
        if whole == rest:
            return points
        return points * whole / rest if rest > 0 else ZERO

    def formula(self, expression: Expression, known: dict[str | None, Fraction]) -> Fraction:
        """A formula over points."""
        if isinstance(expression, PointsOf):
            return known[expression.name]
        if isinstance(expression, Operation):
            return operate(
                expression.operator, self.formula(expression.left, known), self.formula(expression.right, known)
            )
        return self.value(expression, ZERO)

    def all(self, conditions: Iterable[Condition], known: dict[str | None, Fraction]) -> bool:
        """Conditions over points and facts. One that fails settles it, though another has no value."""
        undefined = False
        for condition in conditions:
            try:
                if not self._holds(condition, known):
                    return False
            except UndefinedError:
                undefined = True
        if undefined:
            raise UndefinedError
        return True

    def _holds(self, condition: Condition, known: dict[str | None, Fraction]) -> bool:
        if isinstance(condition, Within) and isinstance(condition.subject, PointsOf):
            return lies(known[condition.subject.name], self.ends(condition, ZERO))
        if isinstance(condition, Within):
            assert condition.subject is not None
            return lies(self.value(condition.subject, ZERO), self.ends(condition, ZERO))
        assert isinstance(condition, Is)
        assert condition.subject is not None
        return self.values[condition.subject] == condition.value

    # ------------------------------------------------------------------------------------------- values

    def value(self, expression: Expression, full: Fraction) -> Fraction:
        """What an expression comes to."""
        match expression:
            case Number(quantity):
                return quantity.number * quantity.unit.size
            case OwnMarks():
                return full
            case Reference(name) if name in self.derived:
                return self.value(self.derived[name], full)
            case Reference(name):
                found = self.values[name]
                assert isinstance(found, Quantity)
                return found.number * found.unit.size
            case Operation(operator, left, right):
                return operate(operator, self.value(left, full), self.value(right, full))
            case Extreme(highest, operands):
                several = [self.value(each, full) for each in operands]
                return max(several) if highest else min(several)
            case Magnitude(operand):
                return abs(self.value(operand, full))
            case ByLevel(fact, cases, otherwise):
                chosen = dict(cases).get(self.values[fact], otherwise)  # type: ignore[arg-type]
                assert chosen is not None
                return self.value(chosen, full)
        raise AssertionError(expression)

    def ends(self, condition: Within, full: Fraction) -> list[tuple[Fraction, bool] | None]:
        """The ends of an interval."""
        return [None if edge is None else self.end(edge, full) for edge in (condition.low, condition.high)]

    def end(self, edge: Edge, full: Fraction) -> tuple[Fraction, bool]:
        """One end: a number, or so many times a quantity."""
        limit = edge.quantity.number * edge.quantity.unit.size
        return (limit if edge.of is None else limit * self.value(edge.of, full)), edge.inclusive


def nested(expression: Expression) -> list[Expression]:
    """A formula over points and everything inside it."""
    if isinstance(expression, Operation):
        return [expression, *nested(expression.left), *nested(expression.right)]
    return [expression]


def operate(operator: Operator, left: Fraction, right: Fraction) -> Fraction:
    if operator is Operator.ADD:
        return left + right
    if operator is Operator.SUBTRACT:
        return left - right
    if operator is Operator.MULTIPLY:
        return left * right
    if right == 0:
        raise UndefinedError
    return left / right


def lies(value: Fraction, ends: list[tuple[Fraction, bool] | None]) -> bool:
    low, high = ends
    if low is not None and (value < low[0] or (value == low[0] and not low[1])):
        return False
    return high is None or value < high[0] or (value == high[0] and high[1])


def round_to(value: Fraction, mode: Mode) -> Fraction:
    """A whole number, by each way to round."""
    if mode is Mode.HALF_EVEN:
        return Fraction(round(value))
    sign = -1 if value < 0 else 1
    size = abs(value)
    if mode is Mode.HALF_UP:
        return Fraction(sign * floor(size + Fraction(1, 2)))
    return Fraction(sign * (floor(size) if mode is Mode.CUT else ceil(size)))


class OneIndicator:
    """One indicator worked out by hand."""

    def __init__(self, plain: Plain, indicator: Indicator) -> None:
        self.plain = plain
        self.indicator = indicator
        self.full = indicator.full
        measure = indicator.measure
        self.level = isinstance(measure, Reference) and isinstance(plain.values.get(measure.name), str | bool)

    def measured(self) -> Fraction:
        """What is measured, rounded where the rule rounds it."""
        measure = self.indicator.measure
        if measure is None or self.level:
            raise UndefinedError
        value = self.plain.value(measure, self.full)
        rounding = self.indicator.round_measure
        if rounding is None:
            return value
        size = self.unit_size() / 10**rounding.places
        return round_to(value / size, rounding.mode) * size

    def unit_size(self) -> Fraction:
        """The unit whose decimals are counted: that of the first limit, or of the fact, else per cent."""
        for clause in self.indicator.clauses:
            quantities = []
            if isinstance(clause, Step):
                quantities = [clause.reference]
            elif isinstance(clause, Band):
                edges = [
                    e for c in clause.conditions if isinstance(c, Within) and not c.subject for e in (c.low, c.high)
                ]
                quantities = [edge.quantity for edge in edges if edge is not None and edge.of is None]
            for quantity in quantities:
                if quantity.unit.code != "one":
                    return quantity.unit.size
        measure = self.indicator.measure
        if isinstance(measure, Reference) and measure.name in self.plain.values:
            value = self.plain.values[measure.name]
            assert isinstance(value, Quantity)
            return value.unit.size
        return Fraction(1, 100)

    def points(self) -> Fraction:
        exempt, forfeit = self.indicator.not_applicable, self.indicator.forfeit
        if exempt is not None and self.all_hold(exempt.conditions):
            return ZERO if isinstance(exempt.award, LeftOut) else self.award(exempt.award, None)
        if forfeit is not None and self.all_hold(forfeit.conditions):
            return ZERO
        clauses = list(self.indicator.clauses)
        together = self.indicator.combination is not Combination.FIRST or any(isinstance(c, Item) for c in clauses)
        points = self.apart(clauses) if together else self.first(clauses)
        rounding = self.indicator.round_points
        if rounding is None:
            return points
        scale = 10**rounding.places
        return min(self.full, round_to(points * scale, rounding.mode) / scale)

    # --------------------------------------------------------------------------------- the first that holds

    def first(self, clauses: list[object]) -> Fraction:
        factor = self.factor(clauses)
        for clause in self.in_order(self.written_out(clauses)):
            if isinstance(clause, Step):
                if not self.all_hold(clause.conditions):
                    continue
                if self.beyond(clause):
                    return self.stepped(clause, self.award(clause.base, None), factor)
                continue
            if self.all_hold(clause.conditions):
                return self.scaled(clause.award, self.award(clause.award, clause), factor)
        steps = [clause for clause in clauses if not isinstance(clause, Scaled)]
        if steps and all(isinstance(clause, Step) for clause in steps):
            # Steps by themselves: what does not go beyond the reference keeps what it starts from.
            for step in steps:
                assert isinstance(step, Step)
                if step.side is not Side.EITHER and self.all_hold(step.conditions):
                    return self.scaled(step.base, self.award(step.base, None), factor)
        raise UndefinedError

    def in_order(self, clauses: list[object]) -> list[Band | Step]:
        """Bands, steps that deduct, then "otherwise"; steps that add go before the band that they start from."""
        bands: list[Band | Step] = []
        for clause in clauses:
            if isinstance(clause, Band) and clause.conditions:
                bands.append(clause)
            elif isinstance(clause, Step) and clause.amount > 0 and bands:
                bands.insert(-1, clause)
        steps = [each for each in clauses if isinstance(each, Step) and each not in bands]
        rest = [each for each in clauses if isinstance(each, Band) and not each.conditions]
        return [*bands, *steps, *rest]

    def written_out(self, clauses: list[object]) -> list[object]:
        """ "And so on" written out: each band further by the same stride, and fewer points by the same number."""
        found: list[object] = []
        for clause in clauses:
            if not isinstance(clause, AndSoOn):
                found.append(clause)
                continue
            one, two = (each for each in found[-2:] if isinstance(each, Band))
            last, before = two.conditions[0], one.conditions[0]
            assert isinstance(last, Within)
            assert isinstance(before, Within)
            assert last.low is not None
            assert before.low is not None
            stride = last.low.quantity.number - before.low.quantity.number
            points = self.award(two.award, None)
            fewer = points - self.award(one.award, None)
            number = last.low.quantity.number
            while points + fewer >= 0:
                points, number = points + fewer, number + stride
                low = Edge(Quantity(number, last.low.quantity.unit), last.low.inclusive)
                found.append(Band((Within(low, None),), Points(points)))
                if points == 0:
                    break
        return found

    def factor(self, clauses: list[object]) -> tuple[Fraction, bool] | None:
        """By what the effect counts, and whether that is what is deducted."""
        for clause in clauses:
            if isinstance(clause, Scaled) and self.all_hold(clause.conditions):
                return clause.factor, clause.deduction
        return None

    def scaled(self, award: Award, points: Fraction, factor: tuple[Fraction, bool] | None) -> Fraction:
        if factor is None:
            return points
        by, deduction = factor
        if not deduction:
            return points * by
        return self.full - (self.full - points) * by if isinstance(award, Less) else points

    # -------------------------------------------------------------------------------- clauses that count apart

    def apart(self, clauses: list[object]) -> Fraction:
        combination = self.indicator.combination
        counted = [clause for clause in clauses if not isinstance(clause, Scaled)]
        taking = [
            c
            for c in counted
            if (isinstance(c, Step) and c.amount < 0) or (isinstance(c, Band) and isinstance(c.award, Less))
        ]
        added = combination in (Combination.FIRST, Combination.SUM)
        lots = self.lots(counted)
        # Losses count by a factor on deductions, and everything by a factor on points.
        factor = self.factor(clauses) if any(isinstance(each, Scaled) for each in clauses) else None
        on_losses = ONE if factor is None or not factor[1] else factor[0]
        on_points = ONE if factor is None or factor[1] else factor[0]
        moved = [self.one(lot) * (on_losses if lot[0] in taking else ONE) for lot in lots]
        if not added:
            each = [
                ((self.full + move) if lot[0] in taking else move) * on_points
                for lot, move in zip(lots, moved, strict=True)
            ]
            return max(each) if combination is Combination.HIGHEST else min(max(ZERO, points) for points in each)
        start = self.full if len(taking) == len(counted) else ZERO
        return min(self.full, max(ZERO, (start + sum(moved, ZERO)) * on_points))

    def lots(self, clauses: list[object]) -> list[list[object]]:
        """Bands about one and the same thing, one after the other, exclude one another."""
        found: list[list[object]] = []
        before: object = None
        for clause in clauses:
            about: object = id(clause)
            if isinstance(clause, Band) and len(clause.conditions) == 1:
                condition = clause.conditions[0]
                if isinstance(condition, Within):
                    about = ("within", condition.subject)
                elif isinstance(condition, Is) and not isinstance(clause.award, Less):
                    about = ("is", condition.subject)
            if found and about == before:
                found[-1].append(clause)
            else:
                found.append([clause])
            before = about
        return found

    def one(self, lot: list[object]) -> Fraction:
        """What one lot gives, or takes (below nothing)."""
        if isinstance(lot[0], Item):
            return lot[0].points if self.plain.values[lot[0].fact] else ZERO
        if isinstance(lot[0], Step):
            step = lot[0]
            assert step.subject is not None
            count = self.plain.value(Reference(step.subject), self.full)
            moved = (
                self.count(step, count - step.reference.exact) * abs(step.amount)
                if count > step.reference.exact
                else ZERO
            )
            most = self.full if step.limit is None else step.limit
            moved = min(moved, most, self.full)
            return -moved if step.amount < 0 else moved
        for band in lot:
            assert isinstance(band, Band)
            if self.all_hold(band.conditions):
                if isinstance(band.award, Less):
                    return -band.award.points.of(self.full)
                return self.award(band.award, band)
        return ZERO

    # ---------------------------------------------------------------------------------------------- awards

    def award(self, award: Award, band: Band | None) -> Fraction:
        match award:
            case Points(points, share):
                return points * self.full if share else points
            case FullMarks():
                return self.full
            case Less(points):
                return max(ZERO, self.full - points.of(self.full))
            case InProportion():
                return min(self.full, max(ZERO, self.measured() * self.full))
            case Computed(expression):
                return min(self.full, max(ZERO, self.plain.value(expression, self.full)))
            case Chosen(low, high, fact, low_in, high_in):
                given = self.plain.values[fact]
                assert isinstance(given, Quantity)
                ends = [(low.of(self.full), low_in), (high.of(self.full), high_in)]
                if not lies(given.number, ends):  # type: ignore[arg-type]
                    raise UndefinedError
                return given.number
            case Interpolated(low, high):
                assert band is not None
                condition = next(each for each in band.conditions if isinstance(each, Within))
                start, end = (self.plain.end(edge, self.full)[0] for edge in (condition.low, condition.high) if edge)
                share = (self.measured() - start) / (end - start)
                return low.of(self.full) + share * (high.of(self.full) - low.of(self.full))
        raise AssertionError(award)

    # ------------------------------------------------------------------------------------------ conditions

    def all_hold(self, conditions: Iterable[Condition]) -> bool:
        """One that fails settles the matter, though another has no value."""
        undefined = False
        for condition in conditions:
            try:
                if not self.holds(condition):
                    return False
            except UndefinedError:
                undefined = True
        if undefined:
            raise UndefinedError
        return True

    def holds(self, condition: Condition) -> bool:
        match condition:
            case Is(value, subject):
                measure = self.indicator.measure
                fact = subject or (measure.name if isinstance(measure, Reference) else "")
                return self.plain.values[fact] == value
            case AnyOf(alternatives):
                undefined = False
                for each in alternatives:
                    try:
                        if self.all_hold(each):
                            return True
                    except UndefinedError:
                        undefined = True
                if undefined:
                    raise UndefinedError
                return False
            case Within(subject=subject, magnitude=magnitude):
                value = self.measured() if subject is None else self.plain.value(subject, self.full)
                return lies(abs(value) if magnitude else value, self.plain.ends(condition, self.full))
        raise AssertionError(condition)

    # ----------------------------------------------------------------------------------------------- steps

    def away(self, step: Step) -> Fraction:
        """How far the measured value lies from the reference, or by what share where the steps are shares of it."""
        reference = step.reference.exact
        if step.of is not None:
            reference *= self.plain.value(step.of, self.full)
        away = self.measured() - reference
        if step.of is not None and step.size.unit.code == "percent":
            if reference == 0:
                raise UndefinedError
            return away / reference
        return away

    def beyond(self, step: Step) -> bool:
        away = self.away(step)
        if step.side is Side.ABOVE:
            return away > 0 or (step.occurrence and away == 0)
        return True if step.side is Side.EITHER else away < 0

    def count(self, step: Step, away: Fraction) -> Fraction:
        if step.size.unit.code == "percent":
            size = step.size.number / 100 * (1 if step.of is not None else step.reference.exact)
        elif step.size.unit.code == "percentage_point":
            size = step.size.number / 100
        else:
            size = step.size.number * step.size.unit.size
        steps = abs(away) / size
        reading = step.reading or self.plain.rubric.reading or Reading.WHOLE
        if reading is Reading.WHOLE:
            return Fraction(floor(steps))
        return Fraction(ceil(steps)) if reading is Reading.STARTED else steps

    def stepped(self, step: Step, base: Fraction, factor: tuple[Fraction, bool] | None) -> Fraction:
        moved = self.count(step, self.away(step)) * abs(step.amount)
        if step.limit is not None:
            moved = min(moved, step.limit)
        if step.amount < 0:
            lost = min(moved, base)
            if factor is not None and factor[1]:
                lost *= factor[0]
            points = base - lost
        else:
            points = min(self.full, base + moved)
        if factor is not None and not factor[1]:
            points *= factor[0]
        return points
