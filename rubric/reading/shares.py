"""Shares and rates that a text prints beside the numbers that they come from, worked out again.

Only where the text makes whole and part clear: 其中18件，占11.6% after 156件; 分别占 behind as many parts;
完成200条任务的359% behind 718条; 到位率38% behind 到位金额 and a 总金额. Where more than one whole may be meant, the
share counts as right if it is right for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from engine.number import Printed
from rubric.reading.clauses import WHICH, Named, Sentence, Text
from rubric.reading.numbers import Figure, Sense, Stretch


class Whole(Enum):
    """How the whole of a share is known: told before 其中, told in the share, a task, the parts together, or a rate."""

    LISTED = "listed"
    TOLD = "told"
    TASK = "task"
    TOGETHER = "together"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share with its part and its whole; the stretch goes from the part to the share.

    `amount` is the whole in base units; one that is only the parts together has no number in the text. `exact` and
    `expected` are counted as the share is printed: 11.538… and 11.5 for 11.6%.
    """

    stretch: Stretch
    part: Named
    whole: Named | None
    amount: Fraction
    known: Whole
    printed: Named
    exact: Fraction
    expected: Fraction
    verdict: Printed


@dataclass(frozen=True, slots=True)
class _Base:
    """A whole that a share may be of, in base units."""

    amount: Fraction
    known: Whole
    named: Named | None = None


# What stands between 占 and its number: the share of a whole that is named in general, or of something else.
_OF = re.compile(
    r"占(?P<of>[^占]{0,16}?)(?:总数|总量|总额|总体|比例|比重|比)?的?(?:比例|比重|比|百分比)?(?:为|是|达到|达)?\s?$"
)
_GENERAL = re.compile(r"(?:总|全部|合计|办理)?(?:总|数|量|额)?")
_EACH = re.compile(r"分别占(?P<of>[^占]{0,16})$")
_TASK = re.compile(r"(?:完成|达到?|为|占)[^完]{0,24}$")
_OF_TASK = re.compile(r"[^，。]{0,10}的\s?$")
_RATE = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2})率(?:为|是|达到|达)?\s?$")
# Rates of these are of a change or of a limit, and their whole is not in the sentence for certain.
_CHANGES = frozenset({"增长", "变动", "下降", "减少", "增加", "降低", "控制", "调整", "节约", "压减", "增幅", "资金"})
_ALL = re.compile(r"[总共应需全]|合计|计划|目标|预算|任务|下达")

# How far a share may be off before its whole is doubted rather than the share, where no word ties the two together.
_DOUBT = Fraction(1, 10)
# Shares of one list add up to one hundred within so much of the last place each.
_MAX_LIST = 30


def shares(text: str, passage: int = 1) -> tuple[Share, ...]:
    """Every share and rate of which the text itself gives part and whole."""
    return tuple(shares_of(Text(text), passage))


def shares_of(text: Text, passage: int) -> Iterator[Share]:
    """Every share and rate with its part and whole, in a text that is cut into clauses."""
    before: Sentence = []
    for sentence in text.sentences:
        yield from _Sentence(text, sentence, before, passage).shares()
        before = sentence


class _Sentence:
    """One sentence, with the one before it, which may tell the whole of its list."""

    def __init__(self, text: Text, sentence: Sentence, before: Sentence, passage: int) -> None:
        self.text, self.clauses, self.passage = text, sentence, passage
        self.wholes = self._listed(before)

    def shares(self) -> Iterator[Share]:
        """The shares of the sentence in their order."""
        for place, clause in enumerate(self.clauses):
            if not any(figure.percent for figure in clause.figures):
                continue
            printed = clause.figures[-1]
            if not printed.percent or printed.sense is not Sense.STATED:
                continue
            words = self.text.plain[clause.start : clause.figures[0].start]
            if _EACH.search(words) and len(clause.figures) == 1:
                yield from self._each(place)
            elif len(clause.figures) == 2:
                yield from self._of_told(place)
            elif len(clause.figures) == 1:
                yield from self._listed_share(place) if "占" in words else self._rate(place)

    def _listed(self, before: Sentence) -> list[tuple[int, Named]]:
        """The wholes that a 其中 follows, each with the place of the clause that begins its list."""
        found = []
        for place, clause in enumerate(self.clauses):
            if WHICH.match(self.text.plain, clause.start, clause.end):
                told = self.text.whole_before(self.clauses, place, before)
                if told is not None and not told[1].percent and told[1].sense is Sense.STATED:
                    found.append((place, self.text.named(*told)))
        return found

    def _part(self, place: int) -> Named | None:
        """The number that the clause before ends with."""
        if not place:
            return None
        ahead = self.clauses[place - 1]
        figure = self.text.last(ahead)
        if figure is None or figure.percent or figure.sense is not Sense.STATED:
            return None
        start = self.text.begin(self.clauses, place - 1) if len(ahead.figures) == 1 else 0
        return self.text.named(ahead, figure, start)

    def _listed_share(self, place: int) -> Iterator[Share]:
        """A part and 占 so much: of the whole before 其中, or of one told right before as all there is."""
        clause = self.clauses[place]
        printed, part = clause.figures[0], self._part(place)
        of = _OF.search(self.text.plain[clause.start : printed.start])
        if part is None or of is None:
            return
        bases = [
            _Base(whole.figure.amount, Whole.LISTED, whole)
            for began, whole in reversed(self.wholes)
            if began <= place and whole.figure.kind == part.figure.kind and _fits(of["of"], whole.words)
        ]
        if not bases and place > 1 and (all_of := self.text.last(self.clauses[place - 2])):
            whole = self.text.named(self.clauses[place - 2], all_of)
            if all_of.kind == part.figure.kind and re.search("[总共全]", whole.words) and _fits(of["of"], whole.words):
                bases = [_Base(all_of.amount, Whole.LISTED, whole)]
        yield from self._judged(part, bases, self.text.named(clause, printed))

    def _of_told(self, place: int) -> Iterator[Share]:
        """A share that tells its whole: 完成任务200条的359%, 占总数156件的11.5%."""
        clause = self.clauses[place]
        told, printed = clause.figures
        plain, part = self.text.plain, self._part(place)
        if part is None or part.figure.kind != told.kind or told.sense is not Sense.STATED:
            return
        if part.figure.word != told.word and not told.unit:
            return
        if _OF_TASK.fullmatch(plain[told.end : printed.start]) and _TASK.search(plain[clause.start : told.start]):
            known = Whole.TOLD if "占" in plain[clause.start : told.start] else Whole.TASK
            base = _Base(told.amount, known, self.text.named(clause, told))
            yield from self._judged(part, [base], self.text.named(clause, printed))

    def _rate(self, place: int) -> Iterator[Share]:
        """A rate named after its part: 到位金额75015万元，资金到位率38%, of the 总金额 told before."""
        clause = self.clauses[place]
        printed, part = clause.figures[0], self._part(place)
        name = _RATE.search(self.text.plain[clause.start : printed.start])
        if name is None or part is None or self.text.behind(clause, printed):
            return
        if name["stem"] in _CHANGES or name["stem"] not in part.words or len(self.clauses[place - 1].figures) != 1:
            return
        for ahead in reversed(self.clauses[max(place - 1 - _MAX_LIST, 0) : place - 1]):
            alike = [figure for figure in ahead.figures if figure.kind == part.figure.kind]
            if not alike:
                continue
            whole = self.text.named(ahead, alike[-1])
            if len(alike) == 1 and _ALL.search(whole.words) and alike[0].sense is Sense.STATED:
                base = _Base(alike[0].amount, Whole.RATE, whole)
                yield from self._judged(part, [base], self.text.named(clause, printed))
            return

    def _each(self, place: int) -> Iterator[Share]:
        """分别占 so much and so much: as many parts stand before it."""
        printed = [self.text.named(self.clauses[place], self.clauses[place].figures[0])]
        for clause in self.clauses[place + 1 : place + 1 + _MAX_LIST]:
            figure = clause.only
            if figure is None or not figure.percent or self.text.plain[clause.start : figure.start].strip():
                break
            printed.append(self.text.named(clause, figure))
        if any(each.figure.sense is not Sense.STATED for each in printed):
            return
        parts = self._run(place, len(printed))
        if len(parts) != len(printed) or len(parts) < 2:
            return
        together = sum((part.figure.amount for part in parts), Fraction(0))
        bases = [*self._told_before(place - len(parts), parts, together)]
        if _complete(printed):
            bases.append(_Base(together, Whole.TOGETHER))
        best = next((base for base in bases if _all_right(parts, base, printed)), bases[-1] if bases else None)
        if best is None:
            return
        for part, share in zip(parts, printed, strict=True):
            yield from self._judged(part, [best], share)

    def _run(self, place: int, count: int) -> list[Named]:
        """The parts right before a clause; one without a unit is of the unit of the others."""
        parts: list[Named] = []
        for clause in self.clauses[max(place - count, 0) : place]:
            figure = self.text.last(clause) if clause.only else None
            if figure is None or figure.percent or figure.sense is not Sense.STATED:
                return []
            parts.append(self.text.named(clause, figure))
        kinds = {part.figure.kind for part in parts if part.figure.word}
        return parts if len(kinds) == 1 else []

    def _told_before(self, place: int, parts: Sequence[Named], together: Fraction) -> Iterator[_Base]:
        """The whole that is told right before its parts."""
        clause = self.clauses[place - 1] if place > 0 else None
        figure = self.text.last(clause) if clause is not None else None
        kind = next(part.figure.kind for part in parts if part.figure.word)
        if clause is None or figure is None or figure.kind != kind or figure.sense is not Sense.STATED:
            return
        whole = self.text.named(clause, figure)
        if figure.amount == together or (figure.amount > together and re.search("[总共全]", whole.words)):
            yield _Base(figure.amount, Whole.LISTED, whole)

    def _judged(self, part: Named, bases: Sequence[_Base], printed: Named) -> Iterator[Share]:
        """The share of the first whole for which it is right, or else of the first."""
        usable = [base for base in bases if base.amount > 0]
        if not usable or part.figure.value < 0:
            return
        fitting = (base for base in usable if _verdict(part, base, printed) is not Printed.WRONG)
        base = next(fitting, usable[0])
        exact, verdict = part.figure.amount / base.amount, _verdict(part, base, printed)
        off = abs(printed.figure.amount - exact)
        if verdict is Printed.WRONG and base.known is Whole.RATE and off > _DOUBT * exact:
            return
        figure = printed.figure
        yield Share(
            Stretch(self.passage, part.start, figure.end),
            part,
            base.named,
            base.amount,
            base.known,
            printed,
            exact / figure.size,
            figure.printed_right(exact),
            verdict,
        )


def _fits(of: str, words: str) -> bool:
    """Whether a share is of a whole: the share names none, or one in general, or what the whole's own words say."""
    return _GENERAL.fullmatch(of) is not None or of in words


def _verdict(part: Named, base: _Base, printed: Named) -> Printed:
    return printed.figure.judged(part.figure.amount / base.amount)


def _all_right(parts: Sequence[Named], base: _Base, printed: Sequence[Named]) -> bool:
    pairs = zip(parts, printed, strict=True)
    return base.amount > 0 and all(_verdict(part, base, share) is not Printed.WRONG for part, share in pairs)


def _complete(printed: Sequence[Named]) -> bool:
    """Whether printed shares come to one, but for their last places."""
    figures: list[Figure] = [each.figure for each in printed]
    room = sum((figure.size / 10**figure.places for figure in figures), Fraction(0))
    return abs(sum((figure.amount for figure in figures), Fraction(0)) - 1) <= room
