"""Accounts that a report tells, and formulas that mix the figures of one with those of another.

Opening carry-over + receipts - spending = closing carry-over, to the last printed decimal, ties four figures to one
scope, such as all funds of a unit. A formula that takes the opening figure of such an account and other closing and
yearly figures mixes two scopes. Nothing is said where no account closes, or more than one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from engine.unit import Quantity
from rubric.reading.arithmetic import Calculation
from rubric.reading.others import Other

_CARRIED = re.compile(r"结转|结余")
_OPENING = re.compile(r"年初|上年|期初")
_RECEIVED = re.compile(r"收入$")
_SPENT = re.compile(r"支出$")


class Account(NamedTuple):
    """Four figures of which the first two less the third come to the fourth."""

    opening: Other
    received: Other
    spent: Other
    closing: Other

    @property
    def amounts(self) -> frozenset[Fraction]:
        """The four numbers as they are printed."""
        return frozenset(each.value.number for each in self)


class Mixed(NamedTuple):
    """A formula, the account whose opening figure it takes, and the closing figure that it takes instead."""

    formula: Calculation
    account: Account
    instead: Quantity


def accounts(figures: Sequence[Other]) -> Iterator[Account]:
    """Every account that closes exactly; its opening carry-over and receipts are told in one passage."""
    told = [each for each in figures if each.value.exact]
    closing = [each for each in told if _CARRIED.search(each.name) and not _OPENING.search(each.name)]
    spent = [each for each in told if _SPENT.search(each.name)]
    for opening in (each for each in told if _CARRIED.search(each.name) and _OPENING.search(each.name)):
        for received in told:
            if received.place is not opening.place or not _RECEIVED.search(received.name):
                continue
            for one in spent:
                left = opening.value.exact + received.value.exact - one.value.exact
                last = next((each for each in closing if each.value.exact == left), None)
                if last is not None:
                    yield Account(opening, received, one, last)


def mixed(facts: Sequence[Other], others: Sequence[Other], formulas: Iterable[Calculation]) -> Iterator[Mixed]:
    """Formulas that take the opening figure of the one account that closes, and another carried figure beside it.

    The other one is told for a fact of the rubric. Formulas have no units, so that numbers are held against each other
    as they are printed.
    """
    found = list(accounts([*facts, *others]))
    if len({each.amounts for each in found}) != 1:
        return
    [account, *_] = found
    own = account.amounts - {account.opening.value.number}
    carried = [each.value for each in facts if _CARRIED.search(each.name)]
    for formula in formulas:
        taken = {operand.figure.value for operand in formula.operands}
        instead = next((each for each in carried if each.number in taken - account.amounts), None)
        if account.opening.value.number in taken and not taken & own and instead is not None:
            yield Mixed(formula, account, instead)
