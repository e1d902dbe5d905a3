"""What a score may still become: ranges for missing facts, exact and with a witness for each end.

A part that lacks facts is cut into pieces; a piece is possible when some completion of the facts lies
in it, which is a handful of linear inequalities. Parts that lack the *same* facts are looked at
together, as what lifts one may lower the other. The ranges hold every completion for which the rule
gives a score; amounts are at least 0 unless their declaration lets them be negative, and what is
counted is whole. An end counts as reached when a completion was found and scored.

The search chooses a piece for each part in turn, always going on from the choice that can still come
to most (or least). The first whole choice that it arrives at is therefore the best; and where it is
cut short, the most hopeful choice that is left is an end that no completion passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from heapq import heappop, heappush
from itertools import count, product, zip_longest
from math import prod
from typing import TypeVar

from engine.core import (
    EVERYWHERE,
    Case,
    Combine,
    Constant,
    Function,
    Guard,
    Interval,
    Lies,
    Part,
    Plan,
    Term,
    part_facts,
    term_facts,
)
from engine.evaluate import Known, all_hold, outcomes
from engine.facts import Contradictory, Facts
from engine.linear import ZERO, Affine, AtLeastZero, Space, nothing
from engine.pieces import Label, LabelSet, Piece, pieces
from engine.ratio import Demands, Ratio, ratio, ways
from engine.rules import Amount, Kind, Levels, Operator, Rubric, Truth
from engine.scorecard import IndicatorScore, Range, Status
from engine.unit import WHOLE, Quantity

# Looking longer than this gives up exactness of the joint range, never its safety.
MOST_TRIALS = 1_000
MOST_CHOICES = 256

Completion = dict[str, Fraction | str | bool]
Numbers = Mapping[str, Fraction]
Point = Mapping[str, Fraction]


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
    """The ranges of every indicator and of the total; amounts of a completion are in base units."""
    opening = _Opening(rubric, facts)
    indicators = tuple(opening.indicator(score) for score in scores)
    bounding = _Bounding(opening)
    ranges = tuple(bounding.range((each,))[0] for each in indicators)
    total, lowest, highest = bounding.range(indicators)
    return Bounds(ranges, total, lowest, highest, _hanging(rubric, scores, ranges))


def _hanging(rubric: Rubric, scores: Sequence[IndicatorScore], ranges: Sequence[Range]) -> tuple[Hanging, ...]:
    """The facts that are lacking, by the points that hang on them, most first."""
    weight: dict[str, Fraction] = {}
    where: dict[str, list[str]] = {}
    for score, spread in zip(scores, ranges, strict=True):
        for fact in score.lacking:
            weight[fact] = weight.get(fact, ZERO) + spread.width
            where.setdefault(fact, []).append(score.indicator.name.key)
    order = {fact.name.key: index for index, fact in enumerate(rubric.facts)}
    ranked = sorted(weight, key=lambda fact: (-weight[fact], order.get(fact, len(order))))
    return tuple(Hanging(fact, weight[fact], tuple(where[fact])) for fact in ranked)


# ------------------------------------------------------------------------------------------ what is open


@dataclass(frozen=True, slots=True, eq=False)
class _OpenPart:
    """A part that is not settled: the facts that it lacks, and the pieces that they may lie in."""

    full: Fraction
    lacking: tuple[str, ...]
    pieces: tuple[Piece, ...]
    measure: Term | None


@dataclass(frozen=True, slots=True)
class _OpenIndicator:
    """An indicator: the points of its settled parts, and the parts that are not settled."""

    plan: Plan
    settled: Fraction
    parts: tuple[_OpenPart, ...]


class _Opening:
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

    def worlds(self, parts: Sequence[_OpenPart]) -> Iterator[tuple[Numbers, bool]]:
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

    def indicator(self, score: IndicatorScore) -> _OpenIndicator:
        """An indicator's settled points and its open parts."""
        points, plan = score.points, score.plan
        if points is not None:
            return _OpenIndicator(plan, points, ())
        # An exemption that may still come to hold takes every part along with it.
        whole = plan.exempt is not None and (all_hold(plan.exempt, None, self.known) is None or self._stays_out(plan))
        settled, parts = ZERO, []
        for part, outcome in zip_longest(plan.parts, score.outcomes):
            if not whole and outcome.points is not None:
                settled += outcome.points
            else:
                parts.append(self._part(plan, part, plan.needs if whole else part_facts(part)))
        return _OpenIndicator(plan, settled, tuple(parts))

    def _lacks(self, keys: Iterable[str]) -> bool:
        """Whether one of these facts does not apply."""
        return any(map(self.absent, keys))

    def _stays_out(self, plan: Plan) -> bool:
        """Whether a part looks at a fact that does not apply, which may come to exempt the indicator."""
        return any(self._lacks(part_facts(part)) for part in plan.parts)

    def _part(self, plan: Plan, part: Part, asked: Iterable[str]) -> _OpenPart:
        measure = part.measure
        if measure is not None and self._lacks(term_facts(measure)):
            measure = _NO_VALUE
        cases = self._cases(plan, part, looking=measure is not _NO_VALUE)
        lacking = tuple(dict.fromkeys(key for key in asked if not self.closed(key)))
        choices = {fact: self.choices[fact] for fact in lacking if fact in self.choices}
        found = pieces(Part(part.full, measure, cases), choices, self.known.labels)
        return _OpenPart(part.full, lacking, tuple(found), measure)

    def _cases(self, plan: Plan, part: Part, looking: bool) -> tuple[Case, ...]:
        """The cases of a part that may come to hold, with its share of the indicator's exemption."""
        cases = [case for case in part.cases if not any(map(self._misses, case.guards))]
        if plan.exempt is None:
            return tuple(cases)
        share = plan.exempt.function.base * part.full / plan.indicator.full
        exempt = Case(plan.exempt.guards, Function(share, share, share), plan.exempt.clause)
        otherwise = exempt._replace(guards=())
        if len(plan.parts) > 1 and self._stays_out(plan):
            return (otherwise,)
        if self._stays_out(plan):
            cases = [case if looking else _unless_looked_at(case, otherwise) for case in cases] + [otherwise]
        return (exempt, *cases)

    def _misses(self, guard: Guard) -> bool:
        """Whether a guard asks for a quantity that does not apply: it fails, whatever else is found."""
        return isinstance(guard, Lies) and guard.term is not None and self._lacks(term_facts(guard.term))


def _unless_looked_at(case: Case, otherwise: Case) -> Case:
    """A case, or another one where the case asks for a measured value that there is not."""
    guards = tuple(guard for guard in case.guards if not isinstance(guard, Lies) or guard.term is not None)
    return case if case.function.flat and guards == case.guards else otherwise._replace(guards=guards)


# What is measured with a fact that does not apply has no value.
_NO_VALUE = Combine(Operator.DIVIDE, Constant(ZERO), Constant(ZERO))


# ---------------------------------------------------------------------------------------------- ranges


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range, and a completion that reaches it, if one was found."""

    points: Fraction
    completion: Completion | None = None

    def plus(self, other: _End) -> _End:
        """The end of two sums that vary on their own."""
        if self.completion is None or other.completion is None:
            return _End(self.points + other.points)
        return _End(self.points + other.points, {**self.completion, **other.completion})


class _Bounding:
    """Adds up the ends of parts; those that share no open fact vary on their own."""

    def __init__(self, opening: _Opening) -> None:
        self.opening = opening
        self.found: dict[tuple[int, tuple[_OpenPart, ...]], _End | None] = {}

    def range(self, indicators: Sequence[_OpenIndicator]) -> tuple[Range, Completion | None, Completion | None]:
        """The range of some indicators' sum, and the completions that reach its ends."""
        low, high = self._end(indicators, -1), self._end(indicators, 1)
        reached = low.completion is not None, high.completion is not None
        return Range(low.points, high.points, *reached), low.completion, high.completion

    def _end(self, indicators: Sequence[_OpenIndicator], sign: int) -> _End:
        end = _End(sum((each.settled for each in indicators), ZERO), {})
        for group in _groups([part for each in indicators for part in each.parts]):
            end = end.plus(self._group(group, sign))
        return end if self._scores(end, indicators) else _End(end.points)

    def _scores(self, end: _End, indicators: Sequence[_OpenIndicator]) -> bool:
        """Whether scoring the completion comes to the end."""
        if end.completion is None:
            return False
        known = self.opening.completed(end.completion)
        found = [outcome.points for each in indicators for outcome in outcomes(each.plan, known)]
        return None not in found and sum((points for points in found if points is not None), ZERO) == end.points

    def _group(self, parts: Sequence[_OpenPart], sign: int) -> _End:
        """The end of parts that share open facts. What no completion settles may come to anything."""
        alone = {part: self._best((part,), sign) for part in parts}
        ends = [end or _End(part.full if sign > 0 else ZERO) for part, end in alone.items()]
        hopeful = tuple(part for part in parts if alone[part] is not None)
        together = self._best(hopeful, sign) if hopeful else None
        if together is None:
            return _End(sum((end.points for end in ends), ZERO))
        rest = (end for part, end in zip(alone, ends, strict=True) if alone[part] is None)
        return reduce(_End.plus, rest, together)

    def _best(self, parts: tuple[_OpenPart, ...], sign: int) -> _End | None:
        """The end of parts for which the rule gives a score; None where no completion does."""
        if (sign, parts) not in self.found:
            hopes = [_hope(part, sign) if len(parts) == 1 else self._alone(part, sign) for part in parts]
            self.found[sign, parts] = _Search(self.opening, parts, sign, hopes).best()
        return self.found[sign, parts]

    def _alone(self, part: _OpenPart, sign: int) -> Fraction:
        end = self._best((part,), sign)
        assert end is not None, "only parts that can be scored are looked at together"
        return end.points


def _hope(part: _OpenPart, sign: int) -> Fraction:
    """What a part comes to at best, whatever its facts."""
    return max((sign * _at_best(piece, sign) for piece in part.pieces), default=ZERO) * sign


def _at_best(piece: Piece, sign: int) -> Fraction:
    return piece.high if sign > 0 else piece.low


def _groups(parts: Sequence[_OpenPart]) -> list[list[_OpenPart]]:
    """Parts that lack a fact in common, directly or through others, stand together."""
    groups: list[tuple[set[str], list[_OpenPart]]] = []
    for part in parts:
        touching = [group for group in groups if group[0].intersection(part.lacking)]
        names = set(part.lacking).union(*(group[0] for group in touching))
        members = [each for group in touching for each in group[1]] + [part]
        groups = [group for group in groups if group not in touching] + [(names, members)]
    return [members for _, members in groups]


# ------------------------------------------------------------------------------------------ the search


@dataclass(frozen=True, slots=True)
class _Option:
    """A piece, in one of the ways for the open facts to lie in it.

    `box` is what it asks of single facts, `where` of terms over several: both tell at a glance which
    options exclude one another. `demands` is what it takes beside the box to lie there.
    """

    piece: Piece
    box: Mapping[str, Interval] = field(default_factory=dict)
    where: Mapping[Term, Interval] = field(default_factory=dict)
    demands: Demands = ()
    measured: Ratio | None = None
    exact: bool = False


def _options(part: _OpenPart, numbers: Numbers, space: Space) -> Iterator[_Option]:
    """Every way to lie in a piece of a part; where that cannot be told exactly, one that asks for nothing."""
    for piece in part.pieces:
        found = ways(dict(piece.where), piece.undefined, numbers, space)
        if found is None:
            yield _Option(piece)
            continue
        where = {term: interval for term, interval in piece.where if len(_unknown(term, numbers)) > 1}
        measured = None if piece.line is None or part.measure is None else ratio(part.measure, numbers)
        for way in found:
            box: dict[str, Interval] = {}
            for name, interval in filter(None, map(_of_one, way)):
                box[name] = box.get(name, EVERYWHERE).meet(interval)
            if not any(interval.empty for interval in box.values()):
                several = tuple(demand for demand in way if len(demand.sum.weights) > 1)
                yield _Option(piece, box, where, several, measured, True)


def _unknown(term: Term, numbers: Numbers) -> set[str]:
    return {fact for fact in term_facts(term) if fact not in numbers}


def _of_one(demand: AtLeastZero) -> tuple[str, Interval] | None:
    """What an inequality asks of the single unknown that it names."""
    if len(demand.sum.weights) != 1:
        return None
    ((name, weight),) = demand.sum.weights.items()
    end = -demand.sum.constant / weight
    return name, Interval(end, not demand.strict) if weight > 0 else Interval(high=end, high_in=not demand.strict)


def _demands(box: Mapping[str, Interval]) -> Iterator[AtLeastZero]:
    """A box as inequalities."""
    for name, interval in box.items():
        if interval.low is not None:
            yield AtLeastZero(Affine({name: Fraction(1)}, -interval.low), not interval.low_in)
        if interval.high is not None:
            yield AtLeastZero(Affine({name: Fraction(-1)}, interval.high), not interval.high_in)


@dataclass(frozen=True, slots=True)
class _World:
    """The numbers that are taken to be known, and the options of each part under them."""

    numbers: Numbers
    options: tuple[tuple[_Option, ...], ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """An option for each of the first parts: where together they put the facts, and what they come to at best."""

    world: _World
    points: Fraction = ZERO
    options: tuple[_Option, ...] = ()
    labels: Mapping[str, LabelSet] = field(default_factory=dict)
    box: Mapping[str, Interval] = field(default_factory=dict)
    where: Mapping[Term, Interval] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether the options are known to be had together wherever their demands are met."""
        return self.world.exact and all(option.exact for option in self.options)

    @property
    def demands(self) -> Demands:
        """What the options ask together."""
        return (*_demands(self.box), *(demand for option in self.options for demand in option.demands))

    def taking(self, option: _Option, points: Fraction) -> _Choice | None:
        """The choice with one option more; None where they plainly exclude one another."""
        labels, box, where = dict(self.labels), dict(self.box), dict(self.where)
        for fact, levels in option.piece.labels:
            labels[fact] = labels.get(fact, levels) & levels
            if not labels[fact]:
                return None
        if not (_narrow(box, option.box) and _narrow(where, option.where)):
            return None
        return _Choice(self.world, points, (*self.options, option), labels, box, where)


Key = TypeVar("Key")


def _narrow(held: dict[Key, Interval], more: Mapping[Key, Interval]) -> bool:
    """Narrow intervals by others; whether something is left in each."""
    for key, interval in more.items():
        held[key] = held.get(key, EVERYWHERE).meet(interval)
        if held[key].empty:
            return False
    return True


class _Search:
    """The most (sign 1) or least (-1) that some parts give together: the most hopeful choice goes first."""

    def __init__(self, opening: _Opening, parts: Sequence[_OpenPart], sign: int, hopes: Sequence[Fraction]) -> None:
        self.opening = opening
        self.space = opening.space
        self.parts = parts
        self.sign = sign
        self.after = [sum(hopes[depth:], ZERO) for depth in range(len(parts) + 1)]
        self.serial = count()
        self.waiting: list[tuple[Fraction, int, int, _Choice | _End]] = []

    def best(self) -> _End | None:
        """The end, with a completion if one reaches it; None where no completion gives a score."""
        for numbers, exact in self.opening.worlds(self.parts):
            options = tuple(tuple(_options(part, numbers, self.space)) for part in self.parts)
            self._wait(self.after[0], _Choice(_World(numbers, options, exact)))
        unreached: _End | None = None
        for _ in range(MOST_TRIALS):
            if not self.waiting:
                return unreached
            hope, first = self._next()
            if unreached is not None and hope != unreached.points:
                return unreached
            if isinstance(first, _Choice):
                self._go_on(first, hope)
            elif first.completion is not None:
                return first
            else:
                unreached = unreached or first
        # Nothing that is left can pass the most hopeful choice.
        return unreached or (_End(self._next()[0]) if self.waiting else None)

    def _wait(self, hope: Fraction, choice: _Choice | _End) -> None:
        """Keep a choice for its turn; of equal hopes the one that is furthest comes first."""
        depth = len(choice.options) if isinstance(choice, _Choice) else len(self.parts) + 1
        heappush(self.waiting, (-hope * self.sign, -depth, next(self.serial), choice))

    def _next(self) -> tuple[Fraction, _Choice | _End]:
        cost, _, _, choice = heappop(self.waiting)
        return -cost * self.sign, choice

    def _go_on(self, choice: _Choice, hope: Fraction) -> None:
        """Choose an option for the next part, where what was chosen so far can be had together."""
        point = self.space.point(choice.demands)
        if point is None:
            return
        depth = len(choice.options)
        if depth == len(self.parts):
            self._finish(choice, point)
            return
        for option in choice.world.options[depth]:
            points = choice.points + _at_best(option.piece, self.sign)
            longer = choice.taking(option, points)
            if longer is not None:
                # What is chosen narrows what can still be hoped for, and never widens it.
                self._wait(min(hope, points + self.after[depth + 1], key=self._worth), longer)

    def _worth(self, points: Fraction) -> Fraction:
        return points * self.sign

    def _finish(self, choice: _Choice, point: Point) -> None:
        points: Fraction = choice.points
        reaching: Point | None = point
        if choice.exact and any(option.measured for option in choice.options):
            points, reaching = self._along(choice, point)
        self._wait(points, _End(points, self._completion(choice, reaching) if choice.exact else None))

    def _along(self, choice: _Choice, point: Point) -> tuple[Fraction, Point | None]:
        """How far sloping pieces go together; exact where what is measured has one denominator."""
        points, demands = choice.points, list(choice.demands)
        for above, below in self._goals(choice, point):
            most = self.space.greatest(above, below, choice.demands)
            assert most is not None, "the point that was found meets the demands"
            points += self.sign * most
            demands.extend(nothing(above.plus(below, -most)))
        for option in choice.options:
            if option.piece.line is not None:
                points += option.piece.line.start - _at_best(option.piece, self.sign)
        return points, self.space.point(demands)

    def _goals(self, choice: _Choice, point: Point) -> list[tuple[Affine, Affine]]:
        """The ratios to be made great: points along the slopes, added up where the denominator is the same."""
        goals: list[tuple[Affine, Affine]] = []
        for option in choice.options:
            line, form = option.piece.line, option.measured
            if line is None or form is None:
                continue
            scale = Fraction(1) if form.below.weights else 1 / abs(form.below.constant)
            upright = scale if form.below.at(point) > 0 else -scale
            above, below = form.above.scaled(upright * line.slope * self.sign), form.below.scaled(upright)
            same = next((index for index, goal in enumerate(goals) if goal[1] == below), None)
            if same is None:
                goals.append((above, below))
            else:
                goals[same] = goals[same][0].plus(above), below
        return goals

    def _completion(self, choice: _Choice, point: Point | None) -> Completion | None:
        """The point with everything that the end does not depend on; None where half a thing is counted."""
        if point is None or self.space.fractional(point) is not None:
            return None
        found: Completion = {**point}
        for fact in dict.fromkeys(fact for part in self.parts for fact in part.lacking):
            if fact in self.opening.choices:
                allowed = choice.labels.get(fact)
                found[fact] = next(each for each in self.opening.choices[fact] if allowed is None or each in allowed)
            elif fact not in found:
                found[fact] = choice.world.numbers.get(fact, Fraction(1))
        return found


__all__ = ["Affine", "Bounds", "Completion", "Hanging", "Ratio", "bounds", "ratio"]
