"""How often double precision scores a department wrongly at the edge of a step.

The rule is that of 公用经费控制率: spending at or below the budget keeps 8 points, and each whole percentage point
above costs 1. The rows are amounts with two decimals in 万元: a third lie exactly on a step (spending is the budget
plus 0 to 12 whole percent), a third lie 0.01 below one and a third 0.01 above.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import floor, gcd
from random import Random

FULL_MARKS = 8
CENT = Decimal("0.01")

FORMULAS: dict[str, Callable[[float, float], float]] = {
    "(a/b - 1) * 100": lambda a, b: (a / b - 1) * 100,
    "(a - b) * 100 / b": lambda a, b: (a - b) * 100 / b,
    "(a - b) / b * 100": lambda a, b: (a - b) / b * 100,
    "a/b * 100 - 100": lambda a, b: a / b * 100 - 100,
}
NATURAL = FORMULAS["(a/b - 1) * 100"]


def boundary_row(random: Random, offset: int) -> tuple[Decimal, Decimal]:
    """Return spending and budget, ``offset`` hundredths away from a whole number of percent above the budget."""
    percent = random.randint(0, 12)
    # The budget is a multiple of this many hundredths, so that the exact spending has two decimals as well.
    unit = 100 // gcd(percent, 100)
    # From 10 万元 on, a hundredth is at most a tenth of a step, so a neighbour never lands on the next one.
    budget = unit * random.randint(1000 // unit + 1, 500_000 // unit)
    spent = budget * (100 + percent) // 100 + offset
    return spent * CENT, budget * CENT


def boundary_rows(count: int, seed: int) -> list[tuple[Decimal, Decimal]]:
    """Return ``count`` shuffled (spending, budget) rows: on a step, 0.01 below and 0.01 above in equal thirds."""
    random = Random(seed)
    rows = [boundary_row(random, offset=i % 3 - 1) for i in range(count)]
    random.shuffle(rows)
    return rows


def on_boundary(a: Decimal, b: Decimal) -> bool:
    """Return whether spending is exactly a whole number of percent away from the budget."""
    return ((Fraction(a) - Fraction(b)) * 100 / Fraction(b)).denominator == 1


def points_for(percent_over: float | Fraction) -> int:
    """Return the points left after one for each whole percentage point over."""
    return max(0, FULL_MARKS - max(0, floor(percent_over)))


def float_points(a: float, b: float, formula: Callable[[float, float], float] = NATURAL) -> int:
    """Return the points as double precision computes them."""
    return points_for(formula(a, b))


def exact_points(a: Decimal, b: Decimal) -> int:
    """Return the points as they are, by fractions."""
    return points_for((Fraction(a) / Fraction(b) - 1) * 100)


def wrong_rows(
    rows: list[tuple[Decimal, Decimal]], formula: Callable[[float, float], float] = NATURAL
) -> list[tuple[Decimal, Decimal]]:
    """Return the rows whose points double precision gets wrong."""
    return [(a, b) for a, b in rows if float_points(float(a), float(b), formula) != exact_points(a, b)]


def main(count: int = 300_000, seed: int = 2017) -> None:
    """Print, for each natural formula, the share of wrong rows and one row that shows it."""
    rows = boundary_rows(count, seed)
    exact = [row for row in rows if on_boundary(*row)]
    print(f"{count} rows, seed {seed}; {len(exact)} of them exactly on a step.")
    for name, formula in FORMULAS.items():
        wrong = wrong_rows(rows, formula)
        beside = sum(not on_boundary(*row) for row in wrong)
        on_step = (len(wrong) - beside) / len(exact)
        print(
            f"{name:18} wrong: {len(wrong) / count:.2%} of all rows, {on_step:.2%} of those on a step, {beside} beside"
        )
        a, b = min(wrong, key=lambda row: row[1])
        got, right = float_points(float(a), float(b), formula), exact_points(a, b)
        print(f"{'':18} {a} / {b} is worth {right} points, floats say {got}")


if __name__ == "__main__":
    main()
