"""Exact linear reasoning: is there a point that meets these inequalities, and how far can a line be pushed?

The two-phase simplex method over rationals with Bland's rule, which cannot cycle. The systems are
tiny (the facts that one or two indicators lack), so that plainness is worth more than speed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Affine:
    """A weighted sum of unknowns and a constant."""

    weights: Mapping[str, Fraction] = field(default_factory=dict)
    constant: Fraction = ZERO

    def scaled(self, factor: Fraction) -> Affine:
        """Every weight and the constant times a factor."""
        return Affine({name: weight * factor for name, weight in self.weights.items()}, self.constant * factor)

    def plus(self, other: Affine, factor: Fraction = ONE) -> Affine:
        """This sum and another one times a factor."""
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


def witness(constraints: Sequence[AtLeastZero], names: Sequence[str]) -> dict[str, Fraction] | None:
    """A point with no coordinate below 0 that meets every inequality, or None if there is none."""
    rows, bounds = [], []
    for each in constraints:
        slack = ONE if each.strict else ZERO
        rows.append([*(-each.sum.weights.get(name, ZERO) for name in names), slack])
        bounds.append(each.sum.constant)
    rows.append([*([ZERO] * len(names)), ONE])
    bounds.append(ONE)
    found = maximise(rows, bounds, [*([ZERO] * len(names)), ONE])
    if found is None or (found[-1] <= 0 and any(each.strict for each in constraints)):
        return None
    return dict(zip(names, found, strict=False))


def maximise(
    rows: Sequence[Sequence[Fraction]], bounds: Sequence[Fraction], objective: Sequence[Fraction]
) -> list[Fraction] | None:
    """The x ≥ 0 with rows·x ≤ bounds that makes objective·x greatest; None if no x will do.

    The callers bound every objective, so that there always is a greatest one.
    """
    tableau = _Tableau(rows, bounds)
    if not tableau.make_feasible():
        return None
    tableau.climb(list(objective))
    return tableau.solution()


class _Tableau:
    def __init__(self, rows: Sequence[Sequence[Fraction]], bounds: Sequence[Fraction]) -> None:
        self.count = len(rows[0])
        total = self.count + len(rows)
        self.rows: list[list[Fraction]] = []
        for index, row in enumerate(rows):
            slack = [ONE if index == other else ZERO for other in range(len(rows))]
            self.rows.append([*row, *slack, bounds[index]])
        self.basis = list(range(self.count, total))
        self.width = total

    def make_feasible(self) -> bool:
        """Phase one: bring every bound to at least nothing, or find that it cannot be."""
        if all(row[-1] >= 0 for row in self.rows):
            return True
        for row in self.rows:
            row.insert(self.width, -ONE)
        artificial = self.width
        self.width += 1
        lowest = min(range(len(self.rows)), key=lambda index: self.rows[index][-1])
        self._pivot(lowest, artificial)
        self.climb([*([ZERO] * artificial), -ONE])
        if artificial in self.basis:
            held = self.basis.index(artificial)
            if self.rows[held][-1] != 0:
                return False
            column = next((c for c in range(artificial) if self.rows[held][c] != 0), None)
            if column is not None:
                self._pivot(held, column)
        for line in self.rows:
            del line[artificial]
        self.width -= 1
        return True

    def climb(self, objective: list[Fraction]) -> None:
        """Pivot while the objective can still grow."""
        costs = objective + [ZERO] * (self.width - len(objective))
        while True:
            reduced = self._reduced(costs)
            entering = next((c for c in range(self.width) if reduced[c] > 0 and c not in self.basis), None)
            if entering is None:
                return
            leaving = self._leaving(entering)
            if leaving is None:
                return
            self._pivot(leaving, entering)

    def _reduced(self, costs: list[Fraction]) -> list[Fraction]:
        reduced = list(costs)
        for row, basic in zip(self.rows, self.basis, strict=True):
            weight = costs[basic] if basic < len(costs) else ZERO
            if weight:
                for column in range(self.width):
                    reduced[column] -= weight * row[column]
        return reduced

    def _leaving(self, entering: int) -> int | None:
        best: tuple[Fraction, int, int] | None = None
        for index, row in enumerate(self.rows):
            if row[entering] > 0:
                candidate = (row[-1] / row[entering], self.basis[index], index)
                if best is None or candidate < best:
                    best = candidate
        return None if best is None else best[2]

    def _pivot(self, row: int, column: int) -> None:
        pivot = self.rows[row][column]
        self.rows[row] = [value / pivot for value in self.rows[row]]
        for index, line in enumerate(self.rows):
            factor = line[column]
            if index != row and factor:
                self.rows[index] = [a - factor * b for a, b in zip(line, self.rows[row], strict=True)]
        self.basis[row] = column

    def solution(self) -> list[Fraction]:
        values = [ZERO] * self.count
        for row, basic in zip(self.rows, self.basis, strict=True):
            if basic < self.count:
                values[basic] = row[-1]
        return values
