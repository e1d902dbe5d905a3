"""What a score may still become: ranges for missing facts, exact and with a witness for each end.

A part that lacks facts is cut into pieces; a piece is possible when some completion of the facts
lies in it, which is a handful of linear inequalities. Parts that lack the *same* facts are looked at
together, as what lifts one may lower the other. The ranges hold every completion for which the rule
gives a score; amounts are taken to be at least 0 unless their declaration lets them be negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from engine.core import Case, Combine, Constant, FactTerm, Function, Interval, Part, Plan, Term, part_facts
from engine.evaluate import Known
from engine.facts import Contradictory, Facts
from engine.linear import ZERO, Affine, AtLeastZero, maximise, witness
from engine.pieces import Piece, pieces
from engine.rules import Amount, Levels, Operator, Rubric, Truth
from engine.scorecard import IndicatorScore, Range, Status
from engine.unit import Quantity

# Looking longer than this gives up exactness of the joint range, never its safety.
MOST_TRIALS = 4_000
MOST_CHOICES = 512

Completion = dict[str, "Fraction | str | bool"]


@dataclass(frozen=True, slots=True)
class Hanging:
    """A missing fact and the points that hang on it."""

    fact: str
    points: Fraction
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ranges of a score with facts missing, completions that reach the total's ends, and the facts by weight."""

    indicators: tuple[Range, ...]
    total: Range
    lowest: Completion | None
    highest: Completion | None
    missing: tuple[Hanging, ...]


def bounds(rubric: Rubric, facts: Facts, scores: tuple[IndicatorScore, ...]) -> Bounds:
    """The ranges of every indicator and of the total."""
    return _Bounding(rubric, facts, scores).bounds()


# --------------------------------------------------------------------------------- terms over unknowns


@dataclass(frozen=True, slots=True)
class Ratio:
    """A term as one affine form over another, in the facts that are not known."""

    above: Affine
    below: Affine


def ratio(term: Term, numbers: Mapping[str, Fraction]) -> Ratio | None:
    """A term as a ratio of affine forms; None where it is neither that nor defined."""
    match term:
        case Constant(value):
            return Ratio(Affine({}, value), _ONE)
        case FactTerm(fact):
            known = numbers.get(fact)
            return Ratio(Affine({fact: Fraction(1)}) if known is None else Affine({}, known), _ONE)
        case Combine(operator, left, right):
            first, second = ratio(left, numbers), ratio(right, numbers)
            return None if first is None or second is None else _combine(operator, first, second)


_ONE = Affine({}, Fraction(1))


def _combine(operator: Operator, left: Ratio, right: Ratio) -> Ratio | None:
    match operator:
        case Operator.ADD | Operator.SUBTRACT:
            sign = Fraction(1 if operator is Operator.ADD else -1)
            if left.below == right.below:
                return Ratio(left.above.plus(right.above, sign), left.below)
            first, second = _times(left.above, right.below), _times(right.above, left.below)
            below = _times(left.below, right.below)
            if first is None or second is None or below is None:
                return None
            return Ratio(first.plus(second, sign), below)
        case Operator.MULTIPLY:
            return _quotient(_times(left.above, right.above), _times(left.below, right.below))
        case Operator.DIVIDE:
            if left.below == right.below:
                return Ratio(left.above, right.above)
            return _quotient(_times(left.above, right.below), _times(left.below, right.above))


def _quotient(above: Affine | None, below: Affine | None) -> Ratio | None:
    return None if above is None or below is None else Ratio(above, below)


def _times(left: Affine, right: Affine) -> Affine | None:
    """A product that is still affine: one side must be a number."""
    if not left.weights:
        return right.scaled(left.constant)
    return left.scaled(right.constant) if not right.weights else None


def region(
    where: Sequence[tuple[Term, Interval]], numbers: Mapping[str, Fraction]
) -> Iterator[list[AtLeastZero]] | None:
    """The ways for every term to lie in its interval, each a list of inequalities; None if not affine."""
    ways: list[list[list[AtLeastZero]]] = []
    for term, interval in where:
        form = ratio(term, numbers)
        if form is None:
            return None
        ways.append(list(_ways(form, interval)))
    return ([each for way in taken for each in way] for taken in product(*ways))


def _ways(form: Ratio, interval: Interval) -> Iterator[list[AtLeastZero]]:
    """One list of inequalities for each sign that the denominator may have."""
    for sign in (Fraction(1), Fraction(-1)):
        below = form.below.scaled(sign)
        if not below.weights:
            if below.constant <= 0:
                continue
            found = []
        else:
            found = [AtLeastZero(below, True)]
        if interval.low is not None:
            found.append(AtLeastZero(form.above.scaled(sign).plus(below, -interval.low), not interval.low_in))
        if interval.high is not None:
            found.append(AtLeastZero(below.scaled(interval.high).plus(form.above, -sign), not interval.high_in))
        yield found


# --------------------------------------------------------------------------------------------- bounding


@dataclass(slots=True)
class _Unit:
    """A part that is not settled, with its pieces and the facts that it lacks."""

    index: int
    part: Part
    lacking: frozenset[str]
    pieces: list[Piece] = field(default_factory=list)
    affine: bool = True


@dataclass(slots=True)
class _End:
    """One end of a range: its points, whether they are reached, and a completion that does."""

    points: Fraction
    reached: bool
    completion: Completion | None


class _Bounding:
    def __init__(self, rubric: Rubric, facts: Facts, scores: tuple[IndicatorScore, ...]) -> None:
        self.rubric = rubric
        self.facts = facts
        self.scores = scores
        self.known = Known(facts)
        self.declared = {fact.name.key: fact for fact in rubric.facts}
        self.readings = self._contradictions()
        self.choices = self._label_choices()
        self.trials = 0

    def bounds(self) -> Bounds:
        units = [unit for index, score in enumerate(self.scores) for unit in self._units(index, score)]
        free = {unit.index: self._fixed(unit.index, units) for unit in units}
        ends: dict[int, tuple[_End, _End]] = {}
        for index in free:
            own = [unit for unit in units if unit.index == index]
            ends[index] = (self._end(own, -1), self._end(own, 1))
        ranges = tuple(self._range(index, score, ends.get(index), free) for index, score in enumerate(self.scores))
        settled = [r for index, r in enumerate(ranges) if index not in ends]
        lowest, highest = self._joint(units, free)
        base_low = sum((r.low for r in settled), ZERO)
        base_high = sum((r.high for r in settled), ZERO)
        total = Range(base_low + lowest.points, base_high + highest.points, lowest.reached, highest.reached)
        return Bounds(ranges, total, lowest.completion, highest.completion, self._hanging(ranges))

    def _fixed(self, index: int, units: list[_Unit]) -> Range:
        """The points of an indicator's settled parts, and the spread of those that no fact can settle."""
        score = self.scores[index]
        low = high = ZERO
        held = {id(unit.part) for unit in units if unit.index == index}
        for part, outcome in zip(score.plan.parts, score.outcomes, strict=False):
            if id(part) in held:
                continue
            low += outcome.points if outcome.points is not None else ZERO
            high += outcome.points if outcome.points is not None else part.full
        return Range(low, high)

    def _range(
        self, index: int, score: IndicatorScore, ends: tuple[_End, _End] | None, free: Mapping[int, Range]
    ) -> Range:
        points = score.points
        if points is not None:
            return Range(points, points)
        if ends is None:
            return Range(ZERO, score.full)
        low, high = ends
        fixed = free[index]
        return Range(fixed.low + low.points, fixed.high + high.points, low.reached, high.reached)

    # ------------------------------------------------------------------------------------------- units

    def _units(self, index: int, score: IndicatorScore) -> Iterator[_Unit]:
        plan = score.plan
        if score.points is not None:
            return
        exemption_open = plan.exempt is not None and len(score.outcomes) == 1 and score.outcomes[0].case is None
        for position, part in enumerate(plan.parts):
            outcome = score.outcomes[0] if exemption_open else score.outcomes[position]
            if outcome.status not in (Status.MISSING, Status.CONTRADICTORY):
                continue
            whole = _with_exemption(plan, part)
            lacking = frozenset(key for key in part_facts(whole) if not self.known.has(key))
            unit = _Unit(index, whole, lacking)
            unit.pieces = list(pieces(whole, self._choices_of(whole), self._known_labels()))
            if outcome.measured is not None:
                unit.affine = True
            yield unit

    def _choices_of(self, part: Part) -> dict[str, tuple[str | bool | None, ...]]:
        facts = set(part_facts(part))
        return {fact: levels for fact, levels in self.choices.items() if fact in facts}

    def _known_labels(self) -> dict[str, str | bool | None]:
        return dict(self.known.labels)

    def _label_choices(self) -> dict[str, tuple[str | bool | None, ...]]:
        """The levels that an unknown fact may take; a contradictory one takes one of its readings."""
        found: dict[str, tuple[str | bool | None, ...]] = {}
        for key, declared in self.declared.items():
            if self.known.has(key) or self.known.unknown.get(key) is Status.NOT_APPLICABLE:
                continue
            contradiction = self.facts.get(key)
            if isinstance(contradiction, Contradictory):
                values = [reading.value for reading in contradiction.readings]
                labels = tuple(value for value in values if not isinstance(value, Quantity))
                if labels:
                    found[key] = labels
            elif isinstance(declared.kind, Levels):
                found[key] = tuple(level.key for level in declared.kind.levels)
            elif isinstance(declared.kind, Truth):
                found[key] = (True, False)
        return found

    def _contradictions(self) -> dict[str, tuple[Fraction, ...]]:
        found: dict[str, tuple[Fraction, ...]] = {}
        for key, fact in self.facts.facts.items():
            if isinstance(fact, Contradictory):
                numbers = tuple(r.value.exact for r in fact.readings if isinstance(r.value, Quantity))
                if numbers:
                    found[key] = numbers
        return found

    # -------------------------------------------------------------------------------------------- ends

    def _joint(self, units: list[_Unit], free: Mapping[int, Range]) -> tuple[_End, _End]:
        """The ends of the sum of all units: groups that share no missing fact vary on their own."""
        low = _End(sum((each.low for each in free.values()), ZERO), True, {})
        high = _End(sum((each.high for each in free.values()), ZERO), True, {})
        for group in _groups(units):
            _add(low, self._end(group, -1))
            _add(high, self._end(group, 1))
        return low, high

    def _end(self, units: list[_Unit], direction: int) -> _End:
        """The least (direction -1) or most (1) points that these units give together."""
        self.trials = 0
        best = _Best(direction)
        readings = [key for key in self.readings if any(key in unit.lacking for unit in units)]
        alone = [self._alone(unit, direction) for unit in units]
        for taken in product(*(self.readings[key] for key in readings)):
            numbers = {**self.known.numbers, **dict(zip(readings, taken, strict=True))}
            self._search(units, alone, 0, numbers, {}, [], ZERO, [], best)
        if best.end is None:
            # No completion gives a score, or the search was cut short: the units' own ends are safe.
            return _End(sum(alone, ZERO), False, None)
        if best.cut:
            return _End(sum(alone, ZERO), False, None) if sum(alone, ZERO) != best.end.points else best.end
        chosen = dict(zip(readings, best.taken, strict=False))
        if best.end.completion is not None:
            best.end.completion.update(chosen)
        return best.end

    def _alone(self, unit: _Unit, direction: int) -> Fraction:
        """The end of one unit's points if nothing held it: a limit for the search."""
        points = [piece.high if direction > 0 else piece.low for piece in unit.pieces]
        if not points:
            return unit.part.full if direction > 0 else ZERO
        return max(points) if direction > 0 else min(points)

    def _search(
        self,
        units: list[_Unit],
        alone: list[Fraction],
        depth: int,
        numbers: dict[str, Fraction],
        labels: dict[str, str | bool | None],
        constraints: list[AtLeastZero],
        points: Fraction,
        sloping: list[tuple[Piece, Term]],
        best: _Best,
    ) -> None:
        if depth == len(units):
            self._finish(units, numbers, labels, constraints, points, sloping, best)
            return
        unit = units[depth]
        direction = best.direction
        ordered = sorted(unit.pieces, key=lambda piece: -piece.high if direction > 0 else piece.low)
        for piece in ordered:
            reach = points + (piece.high if direction > 0 else piece.low) + sum(alone[depth + 1 :], ZERO)
            if best.beats(reach):
                break
            if any(labels.get(fact, value) != value for fact, value in piece.labels):
                continue
            ways = region(piece.where, numbers)
            if ways is None:
                best.cut = True
                continue
            for way in ways:
                self.trials += 1
                if self.trials > MOST_TRIALS:
                    best.cut = True
                    return
                together = [*constraints, *way]
                if way and self._possible(together) is None:
                    continue
                taken = {**labels, **dict(piece.labels)}
                gained = points + (piece.high if direction > 0 else piece.low)
                slope = [*sloping, (piece, unit.part.measure)] if not piece.flat and unit.part.measure else sloping
                self._search(units, alone, depth + 1, numbers, taken, together, gained, slope, best)

    def _possible(self, constraints: list[AtLeastZero]) -> dict[str, Fraction] | None:
        names = sorted({name for each in constraints for name in each.sum.weights})
        signed = [name for name in names if name in self.declared and self.declared[name].signed]
        if not signed:
            return witness(constraints, names)
        split = [_split(each, signed) for each in constraints]
        found = witness(split, [*names, *(name + "-" for name in signed)])
        if found is None:
            return None
        return {name: found[name] - found.get(name + "-", ZERO) for name in names}

    def _finish(
        self,
        units: list[_Unit],
        numbers: dict[str, Fraction],
        labels: dict[str, str | bool | None],
        constraints: list[AtLeastZero],
        points: Fraction,
        sloping: list[tuple[Piece, Term]],
        best: _Best,
    ) -> None:
        point = self._possible(constraints) if constraints else {}
        if point is None:
            return
        reached = True
        for piece, measure in sloping:
            end, reached_here, better = self._slope_end(piece, measure, numbers, constraints, best.direction)
            points += end - (piece.high if best.direction > 0 else piece.low)
            reached = reached and reached_here and len(sloping) == 1
            point = better or point
        completion: Completion = {**point}
        completion.update({fact: level for fact, level in labels.items() if level is not None})
        for unit in units:
            for fact in unit.lacking:
                if fact not in completion and fact not in self.readings:
                    self._fill(fact, completion)
        taken = tuple(numbers[key] for key in self.readings if any(key in unit.lacking for unit in units))
        best.offer(_End(points, reached, completion if reached else None), taken)

    def _fill(self, fact: str, completion: Completion) -> None:
        """A fact that the end does not depend on may have any value."""
        if fact in self.choices:
            first = self.choices[fact][0]
            if first is not None:
                completion[fact] = first
        elif fact in self.declared and isinstance(self.declared[fact].kind, Amount):
            completion[fact] = Fraction(1)

    def _slope_end(
        self,
        piece: Piece,
        measure: Term,
        numbers: Mapping[str, Fraction],
        constraints: list[AtLeastZero],
        direction: int,
    ) -> tuple[Fraction, bool, dict[str, Fraction] | None]:
        """How far the points on a sloping piece go: a ratio made greatest under linear inequalities.

        With y = x·t and the denominator scaled to 1 the ratio becomes linear (Charnes and Cooper).
        """
        assert piece.case is not None
        function, form = piece.case.function, ratio(measure, numbers)
        assert form is not None
        upward = (function.amount > 0) == (direction > 0)
        upward = upward if _rises(function, piece.interval(measure)) else not upward
        names = sorted({name for each in constraints for name in each.sum.weights} | set(form.above.weights))
        sign = Fraction(1 if _positive(form.below, constraints, self) else -1)
        rows = [[*(-each.sum.weights.get(name, ZERO) for name in names), -each.sum.constant] for each in constraints]
        limits = [ZERO] * len(rows)
        below = [*(form.below.weights.get(name, ZERO) * sign for name in names), form.below.constant * sign]
        rows += [below, [-weight for weight in below]]
        limits += [Fraction(1), Fraction(-1)]
        goal = [*(form.above.weights.get(name, ZERO) * sign for name in names), form.above.constant * sign]
        found = maximise(rows, limits, goal if upward else [-weight for weight in goal])
        if found is None:
            return (piece.high if direction > 0 else piece.low), False, None
        value = sum((weight * y for weight, y in zip(goal, found, strict=True)), ZERO)
        points = function.at(value)
        if found[-1] <= 0:
            return points, False, None
        point = {name: y / found[-1] for name, y in zip(names, found, strict=False)}
        return points, all(each.holds(point) for each in constraints), point

    # ----------------------------------------------------------------------------------------- missing

    def _hanging(self, ranges: tuple[Range, ...]) -> tuple[Hanging, ...]:
        """The facts that are lacking, by the points that hang on them, most first."""
        weight: dict[str, Fraction] = {}
        where: dict[str, list[str]] = {}
        for score, spread in zip(self.scores, ranges, strict=True):
            for fact in score.lacking:
                weight[fact] = weight.get(fact, ZERO) + spread.width
                where.setdefault(fact, []).append(score.indicator.name.key)
        order = {fact.name.key: index for index, fact in enumerate(self.rubric.facts)}
        ranked = sorted(weight, key=lambda fact: (-weight[fact], order.get(fact, len(order))))
        return tuple(Hanging(fact, weight[fact], tuple(where[fact])) for fact in ranked)


class _Best:
    """The best end found so far."""

    def __init__(self, direction: int) -> None:
        self.direction = direction
        self.end: _End | None = None
        self.taken: tuple[Fraction, ...] = ()
        self.cut = False

    def beats(self, points: Fraction) -> bool:
        """Whether what was found is as good as these points could ever be."""
        if self.end is None or not self.end.reached:
            return False
        return self.end.points >= points if self.direction > 0 else self.end.points <= points

    def offer(self, end: _End, taken: tuple[Fraction, ...]) -> None:
        """Keep an end that is better, or as good and reached."""
        if (
            self.end is None
            or (end.points - self.end.points) * self.direction > 0
            or (end.points == self.end.points and end.reached and not self.end.reached)
        ):
            self.end, self.taken = end, taken


def _with_exemption(plan: Plan, part: Part) -> Part:
    """A part whose first case is its share of the indicator's exemption."""
    if plan.exempt is None:
        return part
    share = plan.exempt.function.base * part.full / plan.indicator.full
    exempt = Case(plan.exempt.guards, Function(share, share, share), plan.exempt.clause)
    return Part(part.full, part.measure, (exempt, *part.cases))


def _groups(units: list[_Unit]) -> list[list[_Unit]]:
    """Units that lack a fact in common, directly or through others, stand together."""
    groups: list[tuple[set[str], list[_Unit]]] = []
    for unit in units:
        touching = [group for group in groups if group[0] & unit.lacking]
        names = set(unit.lacking).union(*(group[0] for group in touching))
        members = [each for group in touching for each in group[1]] + [unit]
        groups = [group for group in groups if group not in touching] + [(names, members)]
    return [members for _, members in groups]


def _add(total: _End, end: _End) -> None:
    total.points += end.points
    total.reached = total.reached and end.reached
    if total.completion is not None and end.completion is not None and end.reached:
        total.completion.update(end.completion)
    else:
        total.completion = None


def _split(constraint: AtLeastZero, signed: list[str]) -> AtLeastZero:
    """A fact that may be negative as the difference of two that may not."""
    weights = dict(constraint.sum.weights)
    for name in signed:
        if name in weights:
            weights[name + "-"] = -weights[name]
    return AtLeastZero(Affine(weights, constraint.sum.constant), constraint.strict)


def _rises(function: Function, interval: Interval) -> bool:
    """Whether the steps grow with the value on this stretch."""
    if interval.low is not None and interval.low >= function.reference:
        return True
    return interval.high is None or interval.high > function.reference


def _positive(below: Affine, constraints: list[AtLeastZero], bounding: _Bounding) -> bool:
    if not below.weights:
        return below.constant > 0
    point = bounding._possible(constraints)
    return point is not None and below.at({name: point.get(name, ZERO) for name in below.weights}) > 0
