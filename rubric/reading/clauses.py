"""A text cut into sentences and clauses, what stands in brackets apart, each clause with its numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rubric.reading.numbers import Figure, figures, plain_form

_MARK = re.compile(r"[，,、;:()。!?\n\t]")
_HARD = frozenset("。!?\n\t")
# A list may go on without a comma: 主办2件和会办3件.
_AND = re.compile(r"\s?(?:以及|和|及|与|并)")


# What opens a list of parts.
WHICH = re.compile(r"\s*(?:其中|具体为|分别为|包括|含)\s*(?:包括|有|是|为)?\s*")

# A comparison with another year, and how many of its clauses may stand between a whole and its parts.
_COMPARED = re.compile(r"\s*(?:与上年|与去年|比|较|同比|环比|增长|增加|下降|减少|增幅|降幅)")
_MAX_BETWEEN = 4

# A name has no more marks than these.
_MAX_MARKS = 12

# Brackets within more brackets than these are not looked into.
_MAX_DEPTH = 8


@dataclass(slots=True)
class Clause:
    """A clause: its place in the plain text, the mark that ends it, its numbers, and its brackets without their signs.

    Numbers in the brackets belong to the clauses there.
    """

    start: int
    end: int = 0
    stop: str = ""
    figures: list[Figure] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def only(self) -> Figure | None:
        """The number of the clause, where it has exactly one."""
        return self.figures[0] if len(self.figures) == 1 else None


@dataclass(slots=True)
class Group:
    """What stands in brackets; `after` is the number that they stand right behind."""

    start: int
    end: int
    clauses: list[Clause]
    after: Figure | None = None


Sentence = list[Clause]


@dataclass(frozen=True, slots=True)
class Named:
    """A number with the words before it, and where these begin."""

    words: str
    figure: Figure
    start: int


class Text:
    """A passage in plain form and its sentences."""

    def __init__(self, text: str) -> None:
        self.text, self.plain = text, plain_form(text)
        self.figures = figures(text)
        self.sentences = list(_sentences(self.plain, self.figures))

    def named(self, clause: Clause, figure: Figure, start: int = 0) -> Named:
        """A number of a clause with the words before it, as the text writes them, from a place on or earlier ones."""
        place = bisect_left(clause.figures, figure.start, key=lambda each: each.start)
        begin = max(start or clause.start, clause.figures[place - 1].end if place else 0)
        words = self.text[begin : figure.start]
        return Named(words.strip(), figure, begin + len(words) - len(words.lstrip()))

    def begin(self, clauses: Sequence[Clause], place: int) -> int:
        """Where the name in a clause begins, which may have marks of its own: 农、林、牧、渔和水利类32件."""
        first = place
        while first and place - first < _MAX_MARKS and _goes_on(clauses[first - 1]):
            first -= 1
        opened = WHICH.match(self.plain, clauses[first].start, clauses[first].end)
        return opened.end() if opened else clauses[first].start

    def whole_before(self, sentence: Sentence, place: int, before: Sentence) -> tuple[Clause, Figure] | None:
        """The number that a list is of which begins at a place: the one that the text before ends with.

        What compares it with another year (比上年增加2万元，增长4%) may stand between.
        """
        ended = before[-_MAX_BETWEEN:] if before and before[-1].stop == "。" else []
        near = [*ended, *sentence[max(place - _MAX_BETWEEN, 0) : place]][-_MAX_BETWEEN:]
        for clause in reversed(near):
            if not _COMPARED.match(self.plain, clause.start, clause.end):
                figure = self.last(clause)
                return None if figure is None else (clause, figure)
        return None

    def behind(self, clause: Clause, figure: Figure) -> str:
        """What a clause says behind a number, brackets left out."""
        pieces, position = [], figure.end
        for group in clause.groups:
            if group.start >= position:
                pieces.append(self.plain[position : group.start])
                position = group.end
        pieces.append(self.plain[position : clause.end])
        return "".join(pieces).strip()

    def last(self, clause: Clause) -> Figure | None:
        """The number that a clause ends with."""
        if clause.figures and not self.behind(clause, clause.figures[-1]):
            return clause.figures[-1]
        return None


def _goes_on(clause: Clause) -> bool:
    return clause.stop == "、" and not clause.figures and not clause.groups


def _sentences(plain: str, numbers: tuple[Figure, ...]) -> Iterator[Sentence]:
    position = place = 0
    for match in _MARK.finditer(plain):
        if match[0] not in _HARD:
            continue
        begin = place
        while place < len(numbers) and numbers[place].start < match.start():
            place += 1
        yield _sentence(plain, position, match.start(), match[0], numbers[begin:place])
        position = match.end()
    yield _sentence(plain, position, len(plain), "", numbers[place:])


def _sentence(plain: str, start: int, end: int, stop: str, numbers: tuple[Figure, ...]) -> Sentence:
    """The clauses of a sentence; brackets that have no partner in it are passed over."""
    partners = _partners(plain, start, end)
    open_lists: list[tuple[list[Clause], Group | None]] = [([], None)]
    clause = Clause(start)
    hosts: list[Clause] = []
    waiting = iter([*numbers])
    figure = next(waiting, None)

    def close(at: int, mark: str) -> None:
        clause.end, clause.stop = at, mark
        if plain[clause.start : at].strip() or clause.groups:
            open_lists[-1][0].append(clause)

    for position in _cuts(plain, start, end, numbers):
        while figure is not None and figure.start < position:
            clause.figures.append(figure)
            figure = next(waiting, None)
        mark = plain[position]
        if mark == "(" and position in partners:
            after = clause.figures[-1] if clause.figures else None
            behind = after is not None and not plain[after.end : position].strip()
            hosts.append(clause)
            open_lists.append(([], Group(position, partners[position] + 1, [], after if behind else None)))
            clause = Clause(position + 1)
        elif mark == ")" and position in partners:
            close(position, mark)
            inside, group = open_lists.pop()
            clause = hosts.pop()
            if group is not None:
                group.clauses = inside
                clause.groups.append(group)
        elif mark not in "()":
            close(position, mark if mark in "，,、;:" else "和")
            clause = Clause(position + 1 if mark in "，,、;:" else _and_end(plain, position))
    while figure is not None:
        clause.figures.append(figure)
        figure = next(waiting, None)
    close(end, stop)
    return open_lists[0][0]


def _and_end(plain: str, position: int) -> int:
    match = _AND.match(plain, position)
    return match.end() if match else position


def _cuts(plain: str, start: int, end: int, numbers: tuple[Figure, ...]) -> list[int]:
    """Where a sentence is cut: at its marks outside the numbers, and at an and right behind a number."""
    within = {at for figure in numbers for at in range(figure.start, figure.end) if plain[at] in ",:"}
    marks = [match.start() for match in _MARK.finditer(plain, start, end) if match.start() not in within]
    ands = [figure.end for figure in numbers if figure.end < end and _AND.match(plain, figure.end, end)]
    return sorted({*marks, *ands})


def _partners(plain: str, start: int, end: int) -> dict[int, int]:
    """The brackets of a sentence that have a partner, each way."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for match in re.finditer(r"[()]", plain[start:end]):
        position = start + match.start()
        if match[0] == "(":
            waiting.append(position)
        elif waiting:
            opened = waiting.pop()
            if len(waiting) >= _MAX_DEPTH:
                continue
            found[opened], found[position] = position, opened
    return found
