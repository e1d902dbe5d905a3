"""Wholes that a text states together with their parts, added up again; and one quantity told twice with two numbers.

When does a list claim to be complete? A false alarm costs more than silence, so:

- a list that adds up is complete, and so is one of which the first parts do;
- a list whose last part is 其他 or 其余, one that stands in brackets with nothing like 其中 before it, and the parts
  that a total (合计, 总得分) follows claim to be complete, unless they come to so little or so much (`_LEAST`) that
  they are parts of something else;
- any other list (其中…) is taken to be complete where it comes within two hundredths of the whole;
- a list that ends in 等, that is told as 主要 or has a number that is not meant exactly claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from engine.unit import WHOLE
from rubric.reading.clauses import WHICH, Clause, Named, Sentence, Text
from rubric.reading.numbers import Figure, Sense, Stretch


class Listing(Enum):
    """How the parts are given: after 其中, with 其他 as the last, in brackets, or before their total."""

    WHICH = "which"
    REST = "rest"
    BRACKETS = "brackets"
    TOTAL = "total"


class Adding(Enum):
    """Whether parts add up to their whole: yes, but for what rounding may have done, or no."""

    ADDS_UP = "adds-up"
    ROUNDING = "rounding"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts; `total` is what the parts come to, in the unit of the whole."""

    stretch: Stretch
    whole: Named
    parts: tuple[Named, ...]
    listing: Listing
    total: Fraction
    verdict: Adding

    @property
    def difference(self) -> Fraction:
        """What the parts come to less what is stated, in the unit of the whole."""
        return self.total - self.whole.figure.value


@dataclass(frozen=True, slots=True)
class Repeated:
    """One quantity told twice in one sentence, with two different numbers."""

    stretch: Stretch
    first: Named
    second: Named


_TOTAL = re.compile(r"(?:合计|共计|总计|总得分|总分)(?:得分|金额|数)?(?:为|是|达)?\s?$")
# A clause of these tells of something else than a part of what was just listed.
_BEYOND = re.compile(
    r"\s*(?:总|合计|共|小计|累计|比|较|同比|结余|年末|上年|去年|本年度?|剩余|超|实际|计划|另|此外|同时|完成)"
)
_REST = re.compile(r"^(?:其中)?(?:其[他它余]|另外)")
_NO_PART = frozenset({"percent", "permille", "percentage_point"})
_NEAR = Fraction(2, 100)
_LEAST = {Listing.REST: Fraction(1, 2), Listing.BRACKETS: Fraction(4, 5), Listing.TOTAL: Fraction(9, 10)}

# Parts that come to more than so many times the whole are none of its parts, whatever the list claims.
_MOST = 2

# No list has more parts, no sentence that people write more clauses than these.
_MAX_PARTS = 60
_MAX_CLAUSES = 2_000


def sums(text: str, passage: int = 1) -> tuple[Sum | Repeated, ...]:
    """Every list of parts that has its whole, and every quantity told twice."""
    return tuple(sums_of(Text(text), passage))


def sums_of(text: Text, passage: int) -> Iterator[Sum | Repeated]:
    """Every list of parts that has its whole, and every quantity told twice, in a text that is cut into clauses."""
    before: Sentence = []
    for whole_sentence in text.sentences:
        sentence = whole_sentence[:_MAX_CLAUSES]
        found = [*_lists(text, sentence, before), *_totals(text, sentence)]
        yield from sorted((each.placed(text, passage) for each in found), key=lambda each: each.stretch)
        yield from _repeated(text, sentence, passage)
        before = sentence


@dataclass(frozen=True, slots=True)
class _List:
    """A whole with the parts that a text gives for it, and whether the list says of itself that it goes on."""

    whole: Named
    parts: tuple[Named, ...]
    listing: Listing
    total: Fraction
    verdict: Adding

    def placed(self, text: Text, passage: int) -> Sum:
        """The list as a statement, with its place."""
        numbers = [self.whole, *self.parts]
        start, end = min(each.start for each in numbers), max(each.figure.end for each in numbers)
        if text.plain.startswith(")", end) and text.plain.count("(", start, end) > text.plain.count(")", start, end):
            end += 1
        return Sum(Stretch(passage, start, end), self.whole, self.parts, self.listing, self.total, self.verdict)


def _lists(text: Text, sentence: Sentence, before: Sentence) -> Iterator[_List]:
    """The lists behind a whole: after 其中 or a colon, and in brackets."""
    for place, clause in enumerate(sentence):
        yield from _in_brackets(text, clause)
        led = place > 0 and sentence[place - 1].stop == ":"
        if led or WHICH.match(text.plain, clause.start, clause.end):
            told = text.whole_before(sentence, place, before)
            if told is not None:
                yield from _judged(text, *told, sentence[place : place + _MAX_PARTS], Listing.WHICH)


def _in_brackets(text: Text, clause: Clause) -> Iterator[_List]:
    """The lists in the brackets of a clause, each of the number before it."""
    for group in clause.groups:
        yield from _lists(text, group.clauses, [])
        if group.after is not None and group.clauses:
            first = group.clauses[0]
            listing = Listing.WHICH if WHICH.match(text.plain, first.start, first.end) else Listing.BRACKETS
            yield from _judged(text, clause, group.after, group.clauses[:_MAX_PARTS], listing)


def _judged(text: Text, host: Clause, whole: Figure, clauses: Sequence[Clause], listing: Listing) -> Iterator[_List]:
    """What there is to say of a list behind a number of a clause: that it adds up, that it does not, or nothing."""
    if whole.sense is not Sense.STATED or whole.value <= 0 or whole.unit in _NO_PART:
        return
    found, open_ended = _parts(text, whole, clauses)
    running = Fraction(0)
    for count, (_, figure) in enumerate(found, 1):
        running += _counted(figure, whole)
        if running == whole.value and count > 1:
            # Parts of nothing belong to a list that is complete.
            rest = found[count:]
            found = found[: count + next((at for at, (_, other) in enumerate(rest) if other.value), len(rest))]
            break
    adds_up = running == whole.value
    if len(found) < 2 or (open_ended and not adds_up):
        return
    parts = tuple(text.named(clauses[place], figure, text.begin(clauses, place)) for place, figure in found)
    if not adds_up and _REST.match(parts[-1].words):
        listing = Listing.REST
    verdict = Adding.ADDS_UP if adds_up else _differing(whole, parts, listing, running)
    if verdict is not None:
        yield _List(text.named(host, whole), parts, listing, running, verdict)


def _differing(whole: Figure, parts: Sequence[Named], listing: Listing, total: Fraction) -> Adding | None:
    """How parts that do not add up differ from their whole, if they claim to be all of it."""
    difference = abs(total - whole.value)
    if difference <= _rounding([whole, *(part.figure for part in parts)], whole):
        return Adding.ROUNDING
    points = whole.unit == "score"
    # Points in brackets are as often the levels of one criterion as its parts; before a total they are its parts.
    if listing in _LEAST and (not points or listing is Listing.TOTAL):
        least = _LEAST[Listing.REST] if points else _LEAST[listing]
        if whole.value * least <= total <= whole.value / least:
            return Adding.DIFFERS
    return Adding.DIFFERS if difference <= whole.value * _NEAR else None


def _rounding(numbers: Sequence[Figure], whole: Figure) -> Fraction:
    """By how much rounding can make parts miss their whole: half a last place each, nothing for counted things."""
    if whole.unit in WHOLE or not whole.unit or whole.unit == "score":
        return Fraction(0)
    return sum((each.size / whole.size / 10**each.places / 2 for each in numbers), Fraction(0))


def _counted(part: Figure, whole: Figure) -> Fraction:
    """A part in the unit of its whole; one without a unit has that of the others."""
    alike = not part.word or (part.unit, part.scale) == (whole.unit, whole.scale)
    return part.value if alike else part.amount / whole.size


def _parts(text: Text, whole: Figure, clauses: Sequence[Clause]) -> tuple[list[tuple[int, Figure]], bool]:
    """The numbers of a list with the places of their clauses, and whether the list says that it is not complete."""
    parts: list[tuple[int, Figure]] = []
    running = Fraction(0)
    for place, clause in enumerate(clauses):
        if place and _ends_list(text, clause, bool(parts)):
            break
        figure = clause.only
        if figure is None:
            told = any(each.kind == whole.kind for each in clause.figures)
            if told or "等" in text.plain[clause.start : clause.end]:
                return parts, True
            continue
        if figure.kind != whole.kind and (figure.word or not parts):
            continue
        behind = text.behind(clause, figure)
        main = "主要" in text.plain[clause.start : figure.start]
        open_ended = figure.sense is not Sense.STATED or main or behind.startswith("等") or figure.value < 0
        if behind and not open_ended:
            return parts, True
        parts.append((place, figure))
        running += _counted(figure, whole)
        if open_ended or running > _MOST * whole.value:
            return parts, True
    return parts, False


def _ends_list(text: Text, clause: Clause, begun: bool) -> bool:
    """Whether a clause tells of something else: another 其中, a total, a comparison with last year."""
    if _BEYOND.match(text.plain, clause.start, clause.end):
        return True
    return begun and WHICH.match(text.plain, clause.start, clause.end) is not None


def _totals(text: Text, sentence: Sentence) -> Iterator[_List]:
    """Parts that their total follows: 投入13分，过程52分，总得分65分."""
    for place, clause in enumerate(sentence):
        whole = text.last(clause) if clause.only else None
        if whole is None or whole.sense is not Sense.STATED or whole.unit in _NO_PART or whole.value <= 0:
            continue
        if not _TOTAL.search(text.plain[clause.start : whole.start]):
            continue
        run = _run_before(text, sentence[max(place - _MAX_PARTS, 0) : place], whole)
        total = Fraction(0)
        for count, (_, figure) in enumerate(run, 1):
            total += _counted(figure, whole)
            if total == whole.value and count > 1:
                run = run[:count]
                break
        if len(run) < 2:
            continue
        parts = tuple(text.named(each, figure) for each, figure in reversed(run))
        verdict = Adding.ADDS_UP if total == whole.value else _differing(whole, parts, Listing.TOTAL, total)
        if verdict is not None:
            yield _List(text.named(clause, whole), parts, Listing.TOTAL, total, verdict)


def _run_before(text: Text, clauses: Sequence[Clause], whole: Figure) -> list[tuple[Clause, Figure]]:
    """The clauses right before a total that each end with one number of its kind, the nearest first."""
    run: list[tuple[Clause, Figure]] = []
    running = Fraction(0)
    for clause in reversed(clauses):
        figure = text.last(clause) if clause.only else None
        if figure is None or figure.kind != whole.kind or figure.sense is not Sense.STATED:
            break
        run.append((clause, figure))
        running += _counted(figure, whole)
        if running > _MOST * whole.value:
            break
    return run


def _repeated(text: Text, sentence: Sentence, passage: int) -> Iterator[Repeated]:
    """Neighbouring clauses that say the same words and another number."""
    for left, right in pairwise(sentence):
        one, other = (text.last(clause) if clause.only else None for clause in (left, right))
        if one is None or other is None or one.kind != other.kind or one.word != other.word:
            continue
        words = [text.plain[clause.start : figure.start].strip() for clause, figure in ((left, one), (right, other))]
        stated = one.sense is Sense.STATED is other.sense
        if stated and words[0] == words[1] and len(words[0]) >= 3 and one.amount != other.amount:
            first, second = text.named(left, one), text.named(right, other)
            yield Repeated(Stretch(passage, first.start, other.end), first, second)
