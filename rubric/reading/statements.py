"""What a report states about numbers, all of it: formulas, comparisons, shares, sums, and the points that it claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.number import Printed
from rubric.documents.document import Passage
from rubric.reading.arithmetic import Calculation, Comparison, statements_of_arithmetic
from rubric.reading.clauses import Text
from rubric.reading.scores import ScoreClaim, score_claims_of
from rubric.reading.shares import Share, shares_of
from rubric.reading.sums import Adding, Repeated, Sum, sums_of

Statement = Calculation | Comparison | Share | Sum | Repeated | ScoreClaim


@dataclass(frozen=True, slots=True)
class Statements:
    """Every statement of a report, each kind in the order of the text."""

    calculations: tuple[Calculation, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    shares: tuple[Share, ...] = ()
    sums: tuple[Sum, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    claims: tuple[ScoreClaim, ...] = ()

    def __iter__(self) -> Iterator[Statement]:
        kinds = (self.calculations, self.comparisons, self.shares, self.sums, self.repeated, self.claims)
        return iter(sorted((each for kind in kinds for each in kind), key=lambda each: each.stretch))

    @property
    def doubtful(self) -> tuple[Statement, ...]:
        """The statements that are not right, or are right only if cut off, in the order of the text."""
        return tuple(each for each in self if is_doubtful(each))


def is_doubtful(statement: Statement) -> bool:
    """Whether a reader should look at a statement; a claim of points is for the rules to judge."""
    match statement:
        case Calculation() | Share():
            return statement.verdict in (Printed.WRONG, Printed.TRUNCATED)
        case Comparison():
            return not statement.holds
        case Sum():
            return statement.verdict is not Adding.ADDS_UP
        case Repeated():
            return True
        case ScoreClaim():
            return False


def statements(passages: Iterable[Passage]) -> Statements:
    """Everything that the passages of a report state about numbers."""
    found: list[Statement] = []
    for passage in passages:
        number, text = passage.place.passage, Text(passage.text)
        found += statements_of_arithmetic(passage.text, number)
        if text.figures:
            found += shares_of(text, number)
            found += sums_of(text, number)
        found += score_claims_of(text, number)
    return Statements(
        tuple(each for each in found if isinstance(each, Calculation)),
        tuple(each for each in found if isinstance(each, Comparison)),
        tuple(each for each in found if isinstance(each, Share)),
        tuple(each for each in found if isinstance(each, Sum)),
        tuple(each for each in found if isinstance(each, Repeated)),
        tuple(each for each in found if isinstance(each, ScoreClaim)),
    )
