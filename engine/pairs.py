"""The cheapest change of two facts together, for points that no single fact wins back.

What a change costs: of an amount its *relative* size, |new - now| ÷ |now| (of a fact that is nothing, the size in
its own unit); of a level or a yes or no, 1. A pair costs the sum of both; of equal costs the facts that the
criterion reads first come first.

For two amounts, all else as it is, the points can change only where a term meets an edge or a divisor is nothing:
straight lines over the two facts. They cut the plane into corners, stretches of line and fields. The cost is linear
in each quarter around the present values, so that its greatest lower bound over the places that earn the goal lies
on a corner of these lines and the axes through the present values. The corners are looked at in the order of their
cost: each one itself, then every stretch and field that touches it. The first that earns the goal is the cheapest.
Counted things are whole: where one of two amounts is counted, the cheapest lies at a whole number beside the first
coordinate of a corner, and the other fact is then searched by itself; where both are, whole numbers are tried
outward until none can be cheaper.

Guaranteed: the pair earns what it states, as it was scored with the values that are `tried`; and, where the search
was `sure`, no pair of facts earns the goal at a lower cost, and without a pair none earns it at all. It is not sure
where two facts are multiplied, where points that slope are put together in other ways than by adding them, or
where there is more to look at than is worth it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from itertools import combinations
from math import floor
from typing import NamedTuple, TypeGuard

from engine.change import Change, amount_change
from engine.core import Case, Lies, Part, Term, case_facts, part_facts, term_facts
from engine.facts import Value
from engine.linear import ONE, ZERO, Affine
from engine.number import half_up
from engine.pieces import edges, interval_ends, stretches
from engine.ratio import ratio
from engine.rules import Amount, Combination, FactDeclaration, Rubric
from engine.scores import IndicatorScore
from engine.trial import Trial, known_of, slopes
from engine.unit import Quantity

# So many places are scored for one goal of an indicator; what lies beyond is not looked at.
MOST_LOOKS = 4_000

# A value that is tried just beyond a corner has no more decimals than these, if it can be had so.
MOST_PLACES = 6

# So many whole numbers are tried where both facts are counted.
MOST_COUNTED = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """If both facts were so, the indicator would earn these points; the thresholds are those of the cheapest place."""

    first: Change
    second: Change
    points: Fraction
    cost: Fraction

    @property
    def values(self) -> dict[str, Value]:
        """Both facts with the values that were tried."""
        return {**self.first.values, **self.second.values}


class Search(NamedTuple):
    """The cheapest pair that earns a goal, and whether it is sure that there is no cheaper one, or none."""

    pair: Pair | None
    sure: bool


def cheapest_pair(rubric: Rubric, score: IndicatorScore, goal: Fraction, beyond: bool = False) -> Search:
    """The cheapest pair of facts with which a settled indicator earns at least so many points, or `beyond` more.

    It is asked for where no single fact can: what a single fact would do is not always among what is looked at.
    """
    return _Pairs(rubric, score, goal, beyond).search()


class _Line(NamedTuple):
    """Where a·x + b·y + c is nothing."""

    a: Fraction
    b: Fraction
    c: Fraction

    def at(self, point: _Point) -> Fraction:
        return self.a * point[0] + self.b * point[1] + self.c


_Point = tuple[Fraction, Fraction]


class _TooMuchError(Exception):
    """More places than are worth looking at."""


class _Pairs:
    """Looks through the pairs of facts of one indicator."""

    def __init__(self, rubric: Rubric, score: IndicatorScore, goal: Fraction, beyond: bool) -> None:
        self.score = score
        self.goal = goal
        self.beyond = beyond
        self.known = known_of(score)
        self.best: Pair | None = None
        self.sure = score.plan.added or not any(map(slopes, score.plan.parts))
        self.looks = 0
        self.facts = [each for each in map(rubric.fact, score.plan.needs) if each and self._open(each)]
        self.reads = [frozenset(part_facts(part)) for part in score.plan.parts]
        self.overruling = {fact for case in score.plan.first for fact in case_facts(case)}

    def _open(self, fact: FactDeclaration) -> bool:
        return not fact.chosen and (not isinstance(fact.kind, Amount) or fact.key in self.known.numbers)

    def search(self) -> Search:
        """Every pair in turn, as long as it may be cheaper than the best so far."""
        try:
            for one, other in combinations(self.facts, 2):
                if self._hopeful(one.key, other.key):
                    self._pair(one, other)
        except _TooMuchError:
            self.sure = False
        return Search(self.best, self.sure)

    def _hopeful(self, one: str, other: str) -> bool:
        """Whether the parts that read neither leave room for the goal."""
        plan, both = self.score.plan, {one, other}
        if plan.combination is not Combination.SUM or plan.after is not None or both & self.overruling:
            return True
        if len(self.score.outcomes) != len(plan.parts):
            return False  # what settles the whole indicator reads neither
        most = ZERO
        for part, reads, outcome in zip(plan.parts, self.reads, self.score.outcomes, strict=True):
            most += _highest(part) if both & reads else outcome.points or ZERO
        return self._enough(most)

    def _pair(self, one: FactDeclaration, other: FactDeclaration) -> None:
        amounts = [isinstance(each.kind, Amount) for each in (one, other)]
        if all(amounts):
            self._two_amounts(one, other)
        elif any(amounts):
            level, amount = (other, one) if amounts[0] else (one, other)
            self._level_and_amount(level, amount, first=amounts[0])
        else:
            self._two_levels(one, other)

    def _earned(self) -> Fraction | None:
        self.looks += 1
        if self.looks > MOST_LOOKS:
            raise _TooMuchError
        return Trial(self.score, self.facts[0], self.known).earned()

    def _enough(self, points: Fraction | None) -> TypeGuard[Fraction]:
        return points is not None and (points > self.goal or (points == self.goal and not self.beyond))

    def _keep(self, first: Change, second: Change, points: Fraction, cost: Fraction) -> None:
        if self.best is None or cost < self.best.cost:
            self.best = Pair(first, second, points, cost)

    def _worth(self, cost: Fraction) -> bool:
        return self.best is None or cost < self.best.cost

    # ----------------------------------------------------------------------------------------- levels

    def _two_levels(self, one: FactDeclaration, other: FactDeclaration) -> None:
        if not self._worth(2 * ONE):
            return
        now, best = self.known.labels.get(one.key), None
        for level, _ in list(Trial(self.score, one, self.known).options()):
            self.known.labels[one.key] = level
            for second, points in Trial(self.score, other, self.known).options():
                self.looks += 1
                if self._enough(points) and (best is None or points > best[2]):
                    best = (level, second, points)
        self._restore(one.key, now)
        if best is not None:
            level, second, points = best
            self._keep(_level(one, level, points), _level(other, second, points), points, 2 * ONE)

    def _level_and_amount(self, level: FactDeclaration, amount: FactDeclaration, first: bool) -> None:
        now = self.known.labels.get(level.key)
        options = [each for each, _ in Trial(self.score, level, self.known).options() if each != now]
        for option in options:
            self.known.labels[level.key] = option
            for change, cost in self._along(amount, ONE):
                points = change.points
                both = (change, _level(level, option, points)) if first else (_level(level, option, points), change)
                self._keep(*both, points, cost)
        self._restore(level.key, now)

    def _restore(self, fact: str, level: str | bool | None) -> None:
        if level is None:
            self.known.labels.pop(fact, None)
        else:
            self.known.labels[fact] = level

    def _along(self, amount: FactDeclaration, spent: Fraction) -> Iterator[tuple[Change, Fraction]]:
        """Where an amount by itself earns the goal: the nearest place on either side that is worth its cost."""
        trial = Trial(self.score, amount, self.known)
        now = self.known.numbers[amount.key]
        for way in (1, -1):
            for place in trial.outward(way):
                self.looks += 1
                cost = spent + _relative(amount, now, place.threshold)
                if self.looks > MOST_LOOKS:
                    raise _TooMuchError
                if not self._worth(cost):
                    break
                if self._enough(place.points):
                    yield amount_change(trial, place, way), cost
                    break

    # ---------------------------------------------------------------------------------------- amounts

    def _two_amounts(self, one: FactDeclaration, other: FactDeclaration) -> None:
        lines = self._lines(one, other)
        if lines is None:
            self.sure = False
            return
        now = self.known.numbers[one.key], self.known.numbers[other.key]
        corners = sorted((self._cost(one, other, now, each), each) for each in self._corners(lines, one, other))
        counted = [Trial(self.score, each, self.known).whole for each in (one, other)]
        if all(counted):
            self._both_counted(one, other, lines, corners, now)
        elif any(counted):
            whole, free = (one, other) if counted[0] else (other, one)
            at = 0 if counted[0] else 1
            self._one_counted(whole, free, {corner[at] for _, corner in corners}, first=counted[0])
        else:
            found = self._cheapest(one, other, lines, corners, now)
            if found is not None:
                self._keep(*found)

    def _cost(self, one: FactDeclaration, other: FactDeclaration, now: _Point, point: _Point) -> Fraction:
        return _relative(one, now[0], point[0]) + _relative(other, now[1], point[1])

    def _lines(self, one: FactDeclaration, other: FactDeclaration) -> list[_Line] | None:
        """Every line at which the points may change, and those through the present values."""
        x, y = one.key, other.key
        numbers = {key: value for key, value in self.known.numbers.items() if key not in (x, y)}
        forms = [Affine({x: ONE}, -self.known.numbers[x]), Affine({y: ONE}, -self.known.numbers[y])]
        forms += [Affine({each.key: ONE}) for each in (one, other) if not each.signed]
        for term, ends in self._edges(x, y):
            form = ratio(term, numbers)
            if form is None:
                return None
            forms += [*form.divisors, *(form.above.plus(form.below, -end) for end in ends)]
        lines = (_Line(form.weights.get(x, ZERO), form.weights.get(y, ZERO), form.constant) for form in forms)
        return list(dict.fromkeys(_scaled(line) for line in lines if line.a or line.b))

    def _edges(self, x: str, y: str) -> Iterator[tuple[Term, list[Fraction]]]:
        """The edges of terms over the two facts; those between points that are all too few, or enough, left out."""
        plan, both = self.score.plan, {x, y}
        moving = [part for part, reads in zip(plan.parts, self.reads, strict=True) if both & reads]
        for part in (Part(ZERO, plan.first), *moving):
            for case in part.cases:
                for term, ends in edges(Part(part.full, (case,))):
                    if both.isdisjoint(term_facts(term)):
                        continue
                    inner = case.measure == term and not case.function.flat and part in moving
                    yield term, list(self._telling(case, part, moving, ends)) if inner else ends

    def _telling(self, case: Case, part: Part, moving: list[Part], ends: list[Fraction]) -> Iterator[Fraction]:
        """The edges of a function on one side of which a part may earn enough for the goal."""
        guarded = {end for guard in case.guards if isinstance(guard, Lies) for end in interval_ends(guard.interval)}
        needed = self._needed(part, moving)
        cut = list(stretches(case.function))
        for end in ends:
            touching = [each for each in cut if end in interval_ends(each.interval)]
            if end in guarded or needed is None or not touching:
                yield end
            elif any(each.high >= needed for each in touching):
                enough = len(moving) == 1 and not self.beyond and all(each.low >= needed for each in touching)
                if not enough:
                    yield end

    def _needed(self, part: Part, moving: list[Part]) -> Fraction | None:
        """What a part must earn at the least for the goal, if every other one earned its most."""
        plan = self.score.plan
        if plan.combination is not Combination.SUM or plan.after is not None:
            return None
        if len(self.score.outcomes) != len(plan.parts):
            return None
        rest = ZERO
        for other, outcome in zip(plan.parts, self.score.outcomes, strict=True):
            if other is not part:
                rest += _highest(other) if other in moving else outcome.points or ZERO
        return self.goal - rest

    def _corners(self, lines: list[_Line], one: FactDeclaration, other: FactDeclaration) -> set[_Point]:
        if len(lines) ** 2 > 2 * MOST_LOOKS:
            raise _TooMuchError
        found = set()
        for first, second in combinations(lines, 2):
            below = first.a * second.b - second.a * first.b
            if below:
                x = (first.b * second.c - second.b * first.c) / below
                y = (second.a * first.c - first.a * second.c) / below
                if (x >= 0 or one.signed) and (y >= 0 or other.signed):
                    found.add((x, y))
        return found

    def _cheapest(
        self,
        one: FactDeclaration,
        other: FactDeclaration,
        lines: list[_Line],
        corners: Iterable[tuple[Fraction, _Point]],
        now: _Point,
    ) -> tuple[Change, Change, Fraction, Fraction] | None:
        """The first corner that earns the goal, or that something touches which does."""
        for cost, corner in corners:
            if not self._worth(cost):
                return None
            for point in (corner, *_around(corner, lines)):
                points = self._points_at(one, other, point)
                if self._enough(points):
                    return (*self._told(one, other, now, corner, point, points), cost)
        return None

    def _points_at(self, one: FactDeclaration, other: FactDeclaration, point: _Point) -> Fraction | None:
        for fact, value in zip((one, other), point, strict=True):
            if (value < 0 and not fact.signed) or (value == 0 and fact.positive):
                return None
        now = self.known.numbers[one.key], self.known.numbers[other.key]
        self.known.numbers[one.key], self.known.numbers[other.key] = point
        points = self._earned()
        self.known.numbers[one.key], self.known.numbers[other.key] = now
        return points

    def _told(
        self,
        one: FactDeclaration,
        other: FactDeclaration,
        now: _Point,
        corner: _Point,
        point: _Point,
        points: Fraction,
    ) -> tuple[Change, Change, Fraction]:
        """The corner as two thresholds, each with a value that was tried: a plain one just beyond, if there is one."""
        tried = point if point == corner else self._near(one, other, corner, point)
        first, second = (
            _amount(fact, start, at, to, value, points)
            for fact, start, at, to, value in zip((one, other), now, corner, point, tried, strict=True)
        )
        return first, second, points

    def _near(self, one: FactDeclaration, other: FactDeclaration, corner: _Point, point: _Point) -> _Point:
        """A point on the way from a corner to a point that earns the goal, which earns it too: a plain and near one."""
        for shrunk in (1000, 100, 10, 1):
            near = tuple(at + (to - at) / shrunk for at, to in zip(corner, point, strict=True))
            for places in range(2, MOST_PLACES + 1):
                x, y = (_to_places(fact, value, places) for fact, value in zip((one, other), near, strict=True))
                if self._enough(self._points_at(one, other, (x, y))):
                    return x, y
        return point

    def _one_counted(self, whole: FactDeclaration, free: FactDeclaration, near: set[Fraction], first: bool) -> None:
        """A fact that is counted at whole numbers beside the corners, the other one searched by itself."""
        beside = {Fraction(floor(each) + step) for each in near for step in (-1, 0, 1, 2)}
        now = self.known.numbers[whole.key]
        for value in sorted(beside - {now}, key=lambda each: abs(each - now)):
            self._with_counted(whole, free, value, now, first)
        self.known.numbers[whole.key] = now

    def _with_counted(
        self, whole: FactDeclaration, free: FactDeclaration, value: Fraction, now: Fraction, first: bool
    ) -> None:
        trial = Trial(self.score, whole, self.known)
        spent = _relative(whole, now, value)
        if not trial.allowed(value) or not self._worth(spent):
            return
        self.known.numbers[whole.key] = value
        for change, cost in self._along(free, spent):
            counted = _amount(whole, now, value, value, value, change.points)
            self._keep(*((counted, change) if first else (change, counted)), change.points, cost)
        self.known.numbers[whole.key] = now

    def _both_counted(
        self,
        one: FactDeclaration,
        other: FactDeclaration,
        lines: list[_Line],
        corners: Iterable[tuple[Fraction, _Point]],
        now: _Point,
    ) -> None:
        """Whole numbers of the first fact, outward; with fractions allowed it could not be cheaper than `least`."""
        least = self._cheapest(one, other, lines, corners, now)
        if least is None:
            return
        for away in range(1, MOST_COUNTED + 1):
            if not self._worth(_relative(one, now[0], now[0] + away)):
                return
            for value in (now[0] + away, now[0] - away):
                self._with_counted(one, other, value, now[0], first=True)
        self.sure = False


def _highest(part: Part) -> Fraction:
    """What a part can earn at the most."""
    return max([part.full, *(case.function.ceiling for case in part.cases)])


def _relative(fact: FactDeclaration, now: Fraction, value: Fraction) -> Fraction:
    """What it costs to change an amount."""
    assert isinstance(fact.kind, Amount)
    return abs(value - now) / (abs(now) or fact.kind.unit.size)


def _level(fact: FactDeclaration, level: str | bool, points: Fraction) -> Change:
    return Change(fact.key, level, points, tried=level)


def _amount(
    fact: FactDeclaration, now: Fraction, corner: Fraction, point: Fraction, tried: Fraction, points: Fraction
) -> Change:
    """An amount taken to a corner, or to a point that lies just beyond it."""
    kind = fact.kind
    assert isinstance(kind, Amount)
    size, unit = kind.unit.size, kind.unit
    upward = point > corner if point != corner else corner > now
    value, used = Quantity(corner / size, unit), Quantity(tried / size, unit)
    return Change(fact.key, value, points, upward, point == corner, used)


def _to_places(fact: FactDeclaration, value: Fraction, places: int) -> Fraction:
    """An amount rounded to so many decimals of its unit."""
    kind = fact.kind
    assert isinstance(kind, Amount)
    return half_up(value / kind.unit.size, places) * kind.unit.size


def _scaled(line: _Line) -> _Line:
    """The same line in the one way to write it."""
    by = line.a or line.b
    return _Line(line.a / by, line.b / by, line.c / by)


def _around(corner: _Point, lines: list[_Line]) -> Iterator[_Point]:
    """A point on every stretch of line and in every field that touches a corner, before anything else is met."""
    through = [line for line in lines if line.at(corner) == 0]
    others = [abs(line.at(corner)) / (abs(line.a) + abs(line.b)) for line in lines if line.at(corner)]
    near = min(others, default=ONE) / 2
    rays = [(sign * line.b, -sign * line.a) for line in through for sign in (ONE, -ONE)]
    rays = sorted((_unit(ray) for ray in rays), key=cmp_to_key(_turn))
    # A stretch on which one fact stays as it is at the corner says more plainly what it takes.
    for x, y in sorted(rays, key=lambda ray: bool(ray[0]) + bool(ray[1])):
        yield corner[0] + near * x, corner[1] + near * y
    for one, two in zip(rays, [*rays[1:], *rays[:1]], strict=True):
        middle = _unit((one[0] + two[0], one[1] + two[1]))
        yield corner[0] + near * middle[0], corner[1] + near * middle[1]


def _unit(ray: _Point) -> _Point:
    size = max(abs(ray[0]), abs(ray[1]))
    return ray[0] / size, ray[1] / size


def _turn(one: _Point, two: _Point) -> int:
    """Which of two rays comes first, going round from the right."""
    halves = [y < 0 or (y == 0 and x < 0) for x, y in (one, two)]
    if halves[0] != halves[1]:
        return 1 if halves[0] else -1
    cross = one[0] * two[1] - one[1] * two[0]
    return -1 if cross > 0 else 1 if cross < 0 else 0
