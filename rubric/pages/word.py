"""The scoring section of a self-evaluation in Word: what each indicator earns and why, then the score sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rubric.messages.official import say
from rubric.pages.dossier import Branch, Dossier, FormalLeaf, Leaf, leaves
from rubric.pages.official import TEXT_WIDTH, WIDE_WIDTH, Align, Cell, Paper, Row
from rubric.pages.phrases import (
    amount,
    department,
    ended,
    ends,
    grades,
    heading_number,
    listed,
    member_points,
    shown,
    sized,
    subject,
    title,
    title_lines,
    year,
)

# A cell with more text than this makes a row of the upright page too high: the sheet is then set across.
_MOST_UPRIGHT = 240
# The columns in millimetres, upright and across: levels, indicator, full marks, criterion, points, reason.
_UPRIGHT = {2: (17, 18, 25, 10, 42, 11, 33), 1: (19, 30, 11, 46, 12, 38), 0: (34, 12, 54, 13, 43)}
_ACROSS = {2: (18, 22, 32, 13, 68, 14, 58), 1: (24, 36, 13, 74, 14, 64), 0: (42, 14, 82, 15, 72)}
_DIGEST = 12


def word_file(dossier: Dossier, seal: str = "") -> bytes:
    """The scoring section with its score sheet as a Word file, with a seal in it where one is given."""
    return _Section(dossier).file(seal)


class _Section:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier, self.language = dossier, dossier.language
        self.formal = dossier.formal
        self.paper = Paper(dossier.language)
        self.sheet = Sheet(dossier)

    def file(self, seal: str) -> bytes:
        """The whole document."""
        paper, language = self.paper, self.language
        paper.paragraph(title_lines("section-title", self.dossier), "Title")
        paper.space()
        for text in self._opening():
            paper.paragraph(text)
        self._members(self.dossier.members, 0)
        self._result()
        name = title("sheet-title", self.dossier)
        paper.space()
        hanging = (500, 300) if language == "zh" else None
        paper.paragraph(say("appendix-list", language, name=name), hanging=hanging)
        paper.turn(wide=False)
        self.sheet.write(paper)
        return paper.file(title("section-title", self.dossier), properties(self.dossier), seal, self.sheet.wide)

    def _say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    # -------------------------------------------------------------------------------------------- the whole

    def _opening(self) -> Iterator[str]:
        """What was scored under what, and what it came to."""
        dossier = self.dossier
        basis = listed(dossier.basis, self.language)
        told = {
            "basis": self._say("basis", basis=basis) if basis else self._say("basis-none"),
            "department": department(dossier),
            "year": year(dossier),
            "subject": subject(dossier),
            "full": dossier.full.text,
            "grade": dossier.grade,
            **ends(dossier.points),
        }
        code = "opening" if dossier.grade else "opening-plain"
        if not dossier.points.settled:
            code = "opening-open-sure" if self._grade_is_sure() else "opening-open"
        parts = listed(map(self._part, dossier.members), self.language)
        texts = [self._say(code, **told)]
        if any(isinstance(member, Branch) for member in dossier.members):
            texts.append(self._say("levels", parts=parts))
        if len(dossier.shares) > 1:
            shares = listed(
                (self._say("share", name=each.name, points=each.text) for each in dossier.shares), self.language
            )
            texts.append(self._say("shares", shares=shares))
        yield ("" if self.language == "zh" else " ").join(texts)
        if dossier.adjusted:
            yield self._say("with-adjusted", points=shown(dossier.adjusted, self.language))
        if self.formal.missing:
            yield missing_text("missing", dossier)

    def _grade_is_sure(self) -> bool:
        return any(name == self.dossier.grade for name, _ in self.dossier.grades)

    def _part(self, member: Branch | Leaf) -> str:
        part = self._kind(member)
        told = member_points(member, part)
        if part != "ordinary":
            points = told["points"] if member.points.settled else f"{told['low']}～{told['high']}"
            return self._say(f"level-{part}", name=member.name, points=points)
        code = "level-part" if member.points.settled else "level-part-open"
        return self._say(code, name=member.name, full=member.full.text, **told)

    def _result(self) -> None:
        """The total and the grade, with what moves the total and what follows."""
        dossier, formal, paper = self.dossier, self.formal, self.paper
        number = heading_number(0, len(dossier.members) + 1, str(len(dossier.members) + 1), self.language)
        paper.paragraph(number + self._say("result"), "Heading1")
        shifts = [
            f"{each.said}，{amount(each, 'zh')}" if self.language == "zh" else f"{each.said} ({each.amount})"
            for each in formal.shifts.get("", ())
        ]
        grade = ""
        if dossier.grade:
            sure = dossier.points.settled or self._grade_is_sure()
            grade = self._say("result-grade" if sure else "result-grade-open", grade=dossier.grade)
        code = "result-text" if dossier.points.settled else "result-open"
        texts = [self._say("result-shifts", shifts=listed(shifts, self.language, True))] if shifts else []
        texts += [self._say(code, full=dossier.full.text, grade=grade, **ends(dossier.points)), grades(dossier)]
        if formal.vetoes:
            texts.append(self._say("vetoes", said=listed(formal.vetoes, self.language, True)))
        if formal.consequences:
            texts.append(self._say("consequences", said=listed(formal.consequences, self.language, True)))
        paper.paragraph(("" if self.language == "zh" else " ").join(filter(None, texts)))

    # -------------------------------------------------------------------------------------------- the levels

    def _members(self, members: Sequence[Branch | Leaf], depth: int) -> None:
        for place, member in enumerate(members, 1):
            if isinstance(member, Branch):
                self._branch(member, depth, place)
            elif depth:
                self._indicator(member, place)
            else:
                self._alone(member, place)

    def _branch(self, branch: Branch, depth: int, place: int) -> None:
        number = heading_number(depth, place, branch.number, self.language)
        self.paper.paragraph(number + self._headed(branch), "Heading1" if not depth else "Heading2")
        self._members(branch.members, depth + 1)
        for each in self.formal.shifts.get(branch.key, ()):
            self.paper.paragraph(self._say("shift", said=each.said, amount=amount(each, self.language)))

    def _headed(self, member: Branch | Leaf) -> str:
        part = self._kind(member)
        code = "head-branch" if part == "ordinary" else f"head-{part}"
        told = member_points(member, part)
        code += "" if member.points.settled else "-open"
        return self._say(code, name=member.name, full=sized(member.full.text), **told)

    def _alone(self, leaf: Leaf, place: int) -> None:
        """An indicator that stands under no level."""
        self.paper.paragraph(heading_number(0, place, leaf.number, self.language) + self._headed(leaf), "Heading1")
        self.paper.paragraph(self._sentence(leaf), "Item")

    def _indicator(self, leaf: Leaf, place: int) -> None:
        part = self._kind(leaf)
        code = "item" if part == "ordinary" else f"item-{part}"
        number = f"{place}." if self.language == "zh" else leaf.number
        full = sized(leaf.full.text)
        self.paper.paragraph(
            self._say(code, number=number, name=leaf.name, full=full, said=self._sentence(leaf)), "Item"
        )

    def _sentence(self, leaf: Leaf) -> str:
        """Why it earns what it earns, and what taking amounts out would give."""
        words = self._words(leaf)
        joint = "" if self.language == "zh" else " "
        more = (listed(words.adjusted, self.language, True),) if words.adjusted else ()
        told = words.prose[:1].upper() + words.prose[1:] if self.language == "en" else words.prose
        return joint.join(ended(each, self.language) for each in (told, *more))

    def _words(self, leaf: Leaf) -> FormalLeaf:
        return self.formal.leaves.get(leaf.key) or FormalLeaf(leaf.said, leaf.said, leaf.criterion)

    def _kind(self, member: Branch | Leaf) -> str:
        return kind(self.dossier, member)


class Sheet:
    """The score sheet: every indicator with its levels, full marks, criterion, points and what was lost."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier, self.language, self.formal = dossier, dossier.language, dossier.formal
        self.levels = max((_depth(member) for member in dossier.members), default=0)
        self.levels = min(self.levels, 2)
        # The rows that a criterion stands beside: indicators of one level that have the same share a cell.
        self._shared = dict(_shared(dossier.members, {leaf.key: self._words(leaf).standard for leaf in dossier.leaves}))
        texts = [self._words(leaf).note for leaf in dossier.leaves]
        texts += [
            self._words(leaf).standard[:: self._shared[leaf.key]] for leaf in dossier.leaves if self._shared[leaf.key]
        ]
        # Whether it is set across.
        self.wide = max(map(len, texts), default=0) > _MOST_UPRIGHT * (1 if self.language == "zh" else 2)

    def _say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    def write(self, paper: Paper) -> None:
        """The sheet on its own pages, with its title, the grade and the digests."""
        language, dossier = self.language, self.dossier
        paper.paragraph(self._say("appendix"), "Appendix")
        paper.paragraph(title_lines("sheet-title", dossier), "Title")
        told = {"department": department(dossier), "year": year(dossier) or self._say("nothing")}
        paper.paragraph(self._say("department-line", **told), "Small")
        shares = (_ACROSS if self.wide else _UPRIGHT)[self.levels]
        width = WIDE_WIDTH if self.wide else TEXT_WIDTH
        widths = [share * width // sum(shares) for share in shares]
        widths[-1] += width - sum(widths)
        paper.table(widths, self._head(), self._rows(), self.wide)
        notes = [grades(dossier)]
        for code, told_ in (("vetoes", self.formal.vetoes), ("consequences", self.formal.consequences)):
            if told_:
                notes.append(self._say(code, said=listed(told_, language, True)))
        digests = dossier.digests
        short = {"rules": digests.rules[:_DIGEST], "facts": digests.facts[:_DIGEST], "engine": digests.engine}
        notes.append(self._say("digests", **short))
        for text in filter(None, notes):
            paper.paragraph(text, "Small")

    def _head(self) -> Row:
        levels = [self._say(f"level-{number + 1}") for number in range(self.levels)]
        name = (
            self._say(("indicator", "level-2", "level-3")[self.levels])
            if self.language == "zh"
            else self._say("indicator")
        )
        rest = [self._say(code) for code in ("full", "standard", "points", "reason")]
        return [Cell(text, head=True) for text in (*levels, name, *rest)]

    def _rows(self) -> Iterator[Row]:
        opened: list[Cell | None] = [None] * self.levels
        yield from self._below(self.dossier.members, 0, opened)
        for key, name in self._levels():
            for each in self.formal.shifts.get(key, ()):
                yield self._wide_row(self._say("shift-row"), each.amount, f"{name}{each.said}")
        yield self._total()
        if self.dossier.grade:
            columns = self.levels + 5
            yield [
                Cell(self._say("grade"), True, columns=self.levels + 1),
                *(None,) * self.levels,
                Cell(self.dossier.grade, True, columns=columns - self.levels - 1),
            ]

    def _levels(self) -> Iterator[tuple[str, str]]:
        """Every level by its key, with how a row about it begins; last the whole."""
        colon = "：" if self.language == "zh" else ": "

        def go(members: Sequence[Branch | Leaf]) -> Iterator[tuple[str, str]]:
            for member in members:
                if isinstance(member, Branch):
                    yield from go(member.members)
                    yield member.key, member.name + colon

        yield from go(self.dossier.members)
        yield "", ""

    def _below(self, members: Sequence[Branch | Leaf], depth: int, opened: list[Cell | None]) -> Iterator[Row]:
        for member in members:
            if isinstance(member, Leaf):
                yield self._row(member, depth, opened)
                opened[:] = [None] * self.levels
                continue
            if depth < self.levels:
                rows = len(list(leaves(member.members)))
                opened[depth] = Cell(self._level(member), rows=rows)
            yield from self._below(member.members, depth + 1, opened)

    def _level(self, branch: Branch) -> str:
        part = kind(self.dossier, branch)
        code = "level-cell" if part == "ordinary" else f"level-cell-{part}"
        return self._say(code, name=branch.name, full=sized(branch.full.text))

    def _row(self, leaf: Leaf, depth: int, opened: list[Cell | None]) -> Row:
        words = self._words(leaf)
        depth = min(depth, self.levels)
        span = self.levels + 1 - depth
        name = Cell(leaf.name, columns=span, align="center" if self.language == "zh" else "left")
        side: Align = "left"
        return [
            *opened[:depth],
            name,
            *(None,) * (span - 1),
            Cell(leaf.full.text),
            Cell(words.standard, align=side, rows=self._shared[leaf.key]) if self._shared[leaf.key] else None,
            Cell(leaf.points.text, key=leaf.key),
            Cell(words.note, align=side),
        ]

    def _total(self) -> Row:
        dossier = self.dossier
        empty = (None,) * self.levels
        label = Cell(self._say("total"), True, columns=self.levels + 1)
        points = Cell(dossier.points.text, True, key="total")
        return [label, *empty, Cell(dossier.full.text, True), Cell(""), points, Cell("")]

    def _wide_row(self, label: str, points: str, note: str) -> Row:
        span = self.levels + 1
        return [
            Cell(label, columns=span),
            *(None,) * self.levels,
            Cell(""),
            Cell(""),
            Cell(points),
            Cell(note, align="left"),
        ]

    def _words(self, leaf: Leaf) -> FormalLeaf:
        return self.formal.leaves.get(leaf.key) or FormalLeaf(leaf.said, leaf.said, leaf.criterion)


def _shared(members: Sequence[Branch | Leaf], standards: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """How many rows the criterion of each indicator stands beside; none where the one before has the same."""
    for _, several in groupby(members, key=lambda each: isinstance(each, Leaf) and standards[each.key]):
        together = list(several)
        for place, each in enumerate(together):
            if isinstance(each, Branch):
                yield from _shared(each.members, standards)
            else:
                yield each.key, 0 if place else len(together)


def kind(dossier: Dossier, member: Branch | Leaf) -> str:
    """Whether a member counts as usual, is a bonus, or a penalty."""
    if isinstance(member, Branch):
        return dossier.formal.parts.get(member.key, "ordinary")
    words = dossier.formal.leaves.get(member.key)
    return "ordinary" if words is None else words.part


def missing_text(code: str, dossier: Dossier) -> str:
    """The facts that are missing or differ, by the points that hang on them."""
    language = dossier.language
    facts = (say("missing-fact", language, name=name, points=points) for name, points in dossier.formal.missing)
    return say(code, language, facts=listed(facts, language))


def properties(dossier: Dossier) -> dict[str, str]:
    """What the score was made from, in full, for the document's properties."""
    digests = dossier.digests
    return {"rules-sha256": digests.rules, "facts-sha256": digests.facts, "engine": digests.engine}


def _depth(member: Branch | Leaf) -> int:
    if isinstance(member, Leaf):
        return 0
    return 1 + max((_depth(each) for each in member.members), default=0)
