"""Exact linear reasoning: is there a point that meets these inequalities, and how far can a ratio be pushed?

The two-phase simplex method over rationals with Bland's rule, which cannot cycle. The systems are
tiny (the facts that one or two indicators lack), so that plainness is worth more than speed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

ZERO, ONE = Fraction(0), Fraction(1)

# Whole things are looked for by halving what is left; after so many halvings a fraction is let stand.
MOST_HALVINGS = 20


@dataclass(frozen=True, slots=True)
class Affine:
    """A weighted sum of unknowns and a constant."""

    weights: Mapping[str, Fraction] = field(default_factory=dict)
    constant: Fraction = ZERO

    def scaled(self, factor: Fraction) -> Affine:
        """Every weight and the constant times a factor."""
        return Affine(
            {name: weight * factor for name, weight in self.weights.items() if factor}, self.constant * factor
        )

    def plus(self, other: Affine, factor: Fraction = ONE) -> Affine:
        """The sum of both, the other one times a factor."""
        weights = dict(self.weights)
        for name, weight in other.weights.items():
            total = weights.get(name, ZERO) + weight * factor
            if total:
                weights[name] = total
            else:
                weights.pop(name, None)
        return Affine(weights, self.constant + other.constant * factor)

    def at(self, point: Mapping[str, Fraction]) -> Fraction:
        """The value at a point."""
        return sum((weight * point[name] for name, weight in self.weights.items()), self.constant)


@dataclass(frozen=True, slots=True)
class AtLeastZero:
    """The sum is at least nothing, or strictly more."""

    sum: Affine
    strict: bool = False

    def holds(self, point: Mapping[str, Fraction]) -> bool:
        """Whether the point meets the inequality."""
        value = self.sum.at(point)
        return value > 0 or (value == 0 and not self.strict)


def nothing(form: Affine) -> tuple[AtLeastZero, AtLeastZero]:
    """The sum is exactly nothing."""
    return AtLeastZero(form), AtLeastZero(form.scaled(-ONE))


# A coordinate of the simplex method, which knows none below 0: an unknown, or the negative of one.
Column = tuple[str, Fraction]


@dataclass(frozen=True, slots=True)
class Space:
    """What unknowns may be: at least 0 unless signed, more than that where positive, and whole where counted."""

    signed: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    positive: frozenset[str] = frozenset()

    def excludes(self, demand: AtLeastZero) -> bool:
        """Whether it can be seen at a glance that no point meets the inequality."""
        weights, constant = demand.sum.weights, demand.sum.constant
        if constant > 0 or (constant == 0 and not demand.strict and self.positive.isdisjoint(weights)):
            return False
        return all(weight < 0 and name not in self.signed for name, weight in weights.items())

    def point(self, demands: Sequence[AtLeastZero]) -> dict[str, Fraction] | None:
        """A point that meets every inequality, or None if there is none.

        Where no whole point turns up soon, a point with fractions is given.
        """
        waiting = [(*demands, *self._positive(demands))]
        relaxed: dict[str, Fraction] | None = None
        for _ in range(MOST_HALVINGS):
            if not waiting:
                return None
            here = waiting.pop()
            point = self._real_point(here)
            if point is None:
                continue
            broken = self.fractional(point)
            if broken is None:
                return point
            # Rates of counts stay the same when every count is so many times as large.
            scale = lcm(*(point[name].denominator for name in point if name in self.whole))
            larger = {name: value * scale for name, value in point.items()}
            if all(demand.holds(larger) for demand in demands):
                return larger
            relaxed = relaxed or point
            floor = Fraction(point[broken].numerator // point[broken].denominator)
            waiting.append((*here, AtLeastZero(Affine({broken: ONE}, -floor - 1))))
            waiting.append((*here, AtLeastZero(Affine({broken: -ONE}, floor))))
        return relaxed

    def _positive(self, demands: Sequence[AtLeastZero]) -> Iterator[AtLeastZero]:
        """What is asked of unknowns that cannot be nothing."""
        if self.positive:
            named = {name for demand in demands for name in demand.sum.weights}
            yield from (AtLeastZero(Affine({name: ONE}), True) for name in sorted(self.positive & named))

    def fractional(self, point: Mapping[str, Fraction]) -> str | None:
        """The first unknown that should be whole and is not."""
        return next((name for name in point if name in self.whole and point[name].denominator != 1), None)

    def _real_point(self, demands: Sequence[AtLeastZero]) -> dict[str, Fraction] | None:
        """A point that meets every inequality: the gap that the strict ones share is made as wide as 1."""
        columns = self._columns(each.sum for each in demands)
        rows = [[*_row(each.sum, columns, -ONE), ONE if each.strict else ZERO] for each in demands]
        rows.append([*([ZERO] * len(columns)), ONE])
        limits = [*(each.sum.constant for each in demands), ONE]
        found = maximise(rows, limits, rows[-1])
        if found is None or (found[-1] <= 0 and any(each.strict for each in demands)):
            return None
        return _point(columns, found)

    def greatest(self, above: Affine, below: Affine, demands: Sequence[AtLeastZero]) -> Fraction | None:
        """The least upper bound of a ratio while the inequalities hold, which keep its divisor above 0.

        With y = x·t and the divisor scaled to 1 the ratio becomes linear (Charnes and Cooper). The
        caller sees to it that the ratio is bounded.
        """
        columns = self._columns([above, below, *(each.sum for each in demands)])
        rows = [[*_row(each.sum, columns, -ONE), -each.sum.constant] for each in demands]
        divisor = [*_row(below, columns), below.constant]
        rows += [divisor, [-weight for weight in divisor]]
        limits = [*([ZERO] * len(demands)), ONE, -ONE]
        goal = [*_row(above, columns), above.constant]
        found = maximise(rows, limits, goal)
        return None if found is None else sum((weight * y for weight, y in zip(goal, found, strict=True)), ZERO)

    def _columns(self, forms: Iterable[Affine]) -> list[Column]:
        """The coordinates: a signed unknown is the difference of two that are at least 0."""
        names = sorted({name for form in forms for name in form.weights})
        return [(name, ONE) for name in names] + [(name, -ONE) for name in names if name in self.signed]


def _row(form: Affine, columns: Sequence[Column], factor: Fraction = ONE) -> list[Fraction]:
    return [form.weights.get(name, ZERO) * sign * factor for name, sign in columns]


def _point(columns: Sequence[Column], values: Sequence[Fraction]) -> dict[str, Fraction]:
    point: dict[str, Fraction] = {}
    for (name, sign), value in zip(columns, values, strict=False):
        point[name] = point.get(name, ZERO) + sign * value
    return point


# ------------------------------------------------------------------------------------------ the simplex


def maximise(
    rows: Sequence[Sequence[Fraction]], limits: Sequence[Fraction], objective: Sequence[Fraction]
) -> list[Fraction] | None:
    """The x ≥ 0 with rows·x ≤ limits that makes objective·x greatest; None if no x will do.

    The callers bound every objective, so that there always is a greatest one.
    """
    tableau = _Tableau(rows, limits)
    if not tableau.make_feasible():
        return None
    tableau.climb(_integers(objective))
    return tableau.solution()


class _Tableau:
    """The simplex tableau in integers over one common denominator, which every pivot keeps (Edmonds)."""

    def __init__(self, rows: Sequence[Sequence[Fraction]], limits: Sequence[Fraction]) -> None:
        self.count = len(rows[0])
        self.width = self.count + len(rows)
        self.basis = list(range(self.count, self.width))
        self.denominator = 1
        self.rows: list[list[int]] = []
        for index, row in enumerate(rows):
            *weights, limit = _integers([*row, limits[index]])
            slack = [int(index == other) for other in range(len(rows))]
            self.rows.append([*weights, *slack, limit])

    def make_feasible(self) -> bool:
        """Phase one: bring every limit to at least nothing, or find that it cannot be."""
        lowest = min(range(len(self.rows)), key=lambda index: self.rows[index][-1])
        if self.rows[lowest][-1] >= 0:
            return True
        artificial = self.width
        self.width += 1
        for row in self.rows:
            row.insert(artificial, -1)
        self._pivot(lowest, artificial)
        self.climb([*([0] * artificial), -1])
        if artificial in self.basis:
            held = self.basis.index(artificial)
            if self.rows[held][-1] != 0:
                return False
            column = next((c for c in range(artificial) if self.rows[held][c] != 0), None)
            if column is not None:
                self._pivot(held, column)
        for row in self.rows:
            del row[artificial]
        self.width -= 1
        return True

    def climb(self, objective: Sequence[int]) -> None:
        """Pivot while the objective can still grow; it is carried along as one more row."""
        self.rows.append(self._priced([*objective, *([0] * (self.width + 1 - len(objective)))]))
        while True:
            growing = self.rows[-1]
            entering = next((c for c in range(self.width) if growing[c] < 0), None)
            leaving = None if entering is None else self._leaving(entering)
            if entering is None or leaving is None:
                break
            self._pivot(leaving, entering)
        self.rows.pop()

    def _priced(self, objective: Sequence[int]) -> list[int]:
        """What each column still costs, below 0 where the objective would grow."""
        costs = [-weight * self.denominator for weight in objective]
        for row, basic in zip(self.rows, self.basis, strict=True):
            if objective[basic]:
                costs = [cost + objective[basic] * value for cost, value in zip(costs, row, strict=True)]
        return costs

    def _leaving(self, entering: int) -> int | None:
        """The row that first limits the entering column; of equal ones that with the first basic column."""
        best: int | None = None
        for index, row in enumerate(self.rows[:-1]):
            if row[entering] > 0 and (best is None or self._sooner(row, self.rows[best], entering, index, best)):
                best = index
        return best

    def _sooner(self, one: list[int], other: list[int], entering: int, index: int, best: int) -> bool:
        left, right = one[-1] * other[entering], other[-1] * one[entering]
        return left < right or (left == right and self.basis[index] < self.basis[best])

    def _pivot(self, row: int, column: int) -> None:
        line, before = self.rows[row], self.denominator
        pivot = line[column]
        for index, other in enumerate(self.rows):
            if index != row:
                factor = other[column]
                self.rows[index] = [(a * pivot - factor * b) // before for a, b in zip(other, line, strict=True)]
        self.basis[row] = column
        self.denominator = pivot
        if pivot < 0:
            self.denominator = -pivot
            self.rows = [[-value for value in each] for each in self.rows]

    def solution(self) -> list[Fraction]:
        """The values of the unknowns."""
        values = [ZERO] * self.count
        for row, basic in zip(self.rows, self.basis, strict=True):
            if basic < self.count:
                values[basic] = Fraction(row[-1], self.denominator)
        return values


def _integers(values: Sequence[Fraction]) -> list[int]:
    """The values times the least number that makes them all whole."""
    scale = lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values]
