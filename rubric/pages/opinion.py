"""The review opinion (复核意见书) in Word: claims beside findings, and what to supply or to correct."""

from __future__ import annotations

from collections.abc import Iterator

from engine.number import plain
from rubric.messages.official import say
from rubric.pages.dossier import Branch, Dossier, FormalLeaf, Leaf, Remark
from rubric.pages.official import TEXT_WIDTH, Cell, Paper, Row
from rubric.pages.phrases import (
    department,
    ended,
    ends,
    heading_number,
    listed,
    shown,
    subject,
    title,
    year,
)
from rubric.pages.word import Sheet, missing_text, properties

# The widths of the columns in millimetres: number, indicator, full marks, claimed, on review, difference, opinion.
_WIDTHS = (10, 32, 11, 17, 17, 13, 56)
# Room to write in.
_UNDERLINED = "　　　　　　　　　　　　"


def opinion_file(dossier: Dossier, seal: str = "") -> bytes:
    """The review opinion with the score sheet as its appendix, as a Word file."""
    return _Opinion(dossier).file(seal)


class _Opinion:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier, self.language, self.formal = dossier, dossier.language, dossier.formal
        self.paper = Paper(dossier.language)
        self._sections = 0
        self._joint = "" if self.language == "zh" else " "
        self._names = {leaf.key: leaf.name for leaf in dossier.leaves} | dict(_levels(dossier.members))
        found = {each.about for each in self.formal.findings if each.about}
        self._listed = [leaf for leaf in dossier.leaves if self._needs_a_line(leaf, found)]

    def file(self, seal: str) -> bytes:
        """The whole document."""
        paper = self.paper
        paper.paragraph(self._say("opinion-title"), "Title")
        paper.space()
        for text in self._heading():
            paper.paragraph(text, "BodyText")
        self._conclusion()
        self._indicators()
        self._findings()
        self._readings()
        self._reply()
        self._appendices()
        self._signature()
        paper.turn(wide=False)
        sheet = Sheet(self.dossier)
        sheet.write(paper)
        told = f"{department(self.dossier)}{year(self.dossier)}{self._say('opinion-title')}"
        if self.language == "en":
            told = f"{self._say('opinion-title')}: {department(self.dossier)}"
        return paper.file(told, properties(self.dossier), seal, sheet.wide)

    def _say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    def _section(self, code: str) -> None:
        self._sections += 1
        number = heading_number(0, self._sections, str(self._sections), self.language)
        self.paper.paragraph(number + self._say(code), "Heading1")

    # -------------------------------------------------------------------------------------------- the whole

    def _heading(self) -> Iterator[str]:
        dossier = self.dossier
        yield self._say("opinion-department", department=department(dossier))
        if year(dossier):
            yield self._say("opinion-year", year=year(dossier))
        yield self._say("opinion-subject", subject=subject(dossier))
        basis = listed(dossier.basis, self.language)
        if basis:
            yield self._say("opinion-basis", basis=basis)
        if self.formal.documents:
            own = {"department": department(dossier), "year": year(dossier)}
            report = self._say("appendix-report", **own)
            # A report that has no other name is the department's own.
            told = [report if each.lower() in _REPORT else each for each in self.formal.documents]
            yield self._say("opinion-documents", documents=listed(told, self.language))

    def _conclusion(self) -> None:
        """The total and the grade, claimed and on review, and how many indicators differ."""
        dossier = self.dossier
        self._section("opinion-1")
        settled = dossier.points.settled
        sure = settled or any(name == dossier.grade for name, _ in dossier.grades)
        grade = "conclusion-grade" if sure else "conclusion-grade-open"
        code = "conclusion" if dossier.claimed else "conclusion-unclaimed"
        claimed_grade = dossier.claimed_grade
        told = self._say(
            code + ("" if settled else "-open"),
            claimed=dossier.claimed,
            claimed_grade=self._say("conclusion-grade", grade=claimed_grade) if claimed_grade else "",
            full=dossier.full.text,
            grade=self._say(grade, grade=dossier.grade) if dossier.grade else "",
            difference=self._moved(dossier.difference),
            **ends(dossier.points),
        )
        numbers = {
            "agree": self._agreeing(),
            "differ": sum(leaf.standing == "differs" for leaf in self._listed),
            "open": sum(self._is_open(leaf) for leaf in self._listed),
        }
        parts = (self._say(f"count-{code}", count=number) for code, number in numbers.items() if number)
        between = "，" if self.language == "zh" else ", "
        counts = self._say("counts", count=len(list(dossier.leaves)), parts=between.join(parts))
        texts = [told, counts] if self.formal.claims else [told]
        if dossier.adjusted:
            texts.append(self._say("with-adjusted", points=shown(dossier.adjusted, self.language)))
        for code, said in (("vetoes", self.formal.vetoes), ("consequences", self.formal.consequences)):
            if said:
                texts.append(self._say(code, said=listed(said, self.language, True)))
        self.paper.paragraph(self._joint.join(texts))

    def _moved(self, difference: str) -> str:
        """A difference in words: 核减2分."""
        if not difference or difference == "0":
            return self._say("as-claimed")
        if self.language == "en":
            return difference
        return self._say("lowered" if difference.startswith("-") else "raised", points=difference.lstrip("+-"))

    # -------------------------------------------------------------------------------------------- the indicators

    def _words(self, leaf: Leaf) -> FormalLeaf:
        return self.formal.leaves.get(leaf.key) or FormalLeaf(leaf.said, leaf.said, leaf.criterion)

    def _is_open(self, leaf: Leaf) -> bool:
        """Whether facts, or evidence for points that are not claimed in words, are still to be supplied."""
        return leaf.standing == "open" or (self.formal.claims and leaf.claim is None)

    def _needs_a_line(self, leaf: Leaf, found: set[str]) -> bool:
        return leaf.standing == "differs" or self._is_open(leaf) or leaf.key in found

    def _agreeing(self) -> int:
        return sum(leaf.claim is not None and leaf.claim.agrees is True for leaf in self.dossier.leaves)

    def _indicators(self) -> None:
        """The indicators that differ or need something, in a table, and the total."""
        self._section("opinion-2")
        if not self.formal.claims:
            self.paper.paragraph(self._say("table-unclaimed"))
        elif not self._listed:
            self.paper.paragraph(self._say("table-none"))
        if not self._listed:
            return
        self.paper.paragraph(self._say("table-said" if self.formal.claims else "table-said-open"), with_next=True)
        widths = [share * TEXT_WIDTH // sum(_WIDTHS) for share in _WIDTHS]
        widths[-1] += TEXT_WIDTH - sum(widths)
        codes = ("number", "indicator", "full", "claimed", "reviewed", "difference", "opinion")
        head = [Cell(self._say(code), head=True) for code in codes]
        rows = [*(self._row(*each) for each in enumerate(self._listed, 1)), self._total()]
        self.paper.table(widths, head, rows, wide=True)
        rest = len(list(self.dossier.leaves)) - len(self._listed)
        if rest and self.formal.claims:
            self.paper.paragraph(self._say("table-rest", agree=rest))

    def _row(self, number: int, leaf: Leaf) -> Row:
        words = self._words(leaf)
        claimed = leaf.claim.points if leaf.claim is not None else self._say("unclaimed")
        difference = words.difference if words.difference not in ("", "0") else ""
        if words.difference == "0":
            difference = "0"
        return [
            Cell(str(number)),
            Cell(leaf.name),
            Cell(leaf.full.text),
            Cell(claimed),
            Cell(leaf.points.text, key=leaf.key),
            Cell(difference or self._say("nothing")),
            Cell(self._verdict(leaf, words), align="left"),
        ]

    def _verdict(self, leaf: Leaf, words: FormalLeaf) -> str:
        """What the review says of an indicator."""
        told = {"note": words.note, "points": leaf.points.text}
        if leaf.standing == "differs" and words.moved is not None:
            code = "opinion-lower" if words.moved < 0 else "opinion-higher"
            return self._say(code, moved=plain(abs(words.moved)), **told)
        if leaf.standing == "open":
            unsettled = any(each.code == "unsettled" and each.about == leaf.key for each in self.formal.findings)
            return self._say("opinion-unsettled" if unsettled else "opinion-open", **told)
        if self._is_open(leaf):
            return self._say("opinion-unclaimed", **told)
        return self._say("opinion-finding", **told)

    def _total(self) -> Row:
        dossier = self.dossier
        return [
            Cell(self._say("total-row"), True, columns=2),
            None,
            Cell(dossier.full.text, True),
            Cell(dossier.claimed or self._say("unclaimed"), True),
            Cell(dossier.points.text, True, key="total"),
            Cell(dossier.difference or self._say("nothing"), True),
            Cell(self._grades(), align="left"),
        ]

    def _grades(self) -> str:
        """The grade claimed and on review, beside the totals."""
        dossier = self.dossier
        if not dossier.grade:
            return ""
        if not dossier.claimed_grade:
            return self._say("grade-now", grade=dossier.grade)
        return self._say("grade-change", claimed=dossier.claimed_grade, grade=dossier.grade)

    # -------------------------------------------------------------------------------------------- the findings

    def _findings(self) -> None:
        """By the points that hang on them: what it is, the sentences, and what to supply or to correct."""
        self._section("opinion-3")
        found = self.formal.findings
        if not found and not self.formal.missing:
            self.paper.paragraph(self._say("findings-none"))
        for place, each in enumerate(found, 1):
            self._finding(place, each)
        if self.formal.missing:
            self._headed(len(found) + 1, self._say("missing-title"))
            self.paper.paragraph(missing_text("missing-ask", self.dossier))

    def _headed(self, place: int, title: str) -> None:
        number = heading_number(1, place, f"{self._sections}.{place}", self.language)
        self.paper.paragraph(number + title, "Heading2")

    def _finding(self, place: int, each: Remark) -> None:
        self._headed(place, self._title(each))
        code = "finding-points" if each.exact else "finding-plain"
        said = each.said[:1].upper() + each.said[1:] if self.language == "en" else each.said
        texts = [self._say(code, said=said.rstrip("。."), points=each.points)]
        quotes = list(self._quotes(each))
        if quotes:
            texts.append(self._say("finding-quotes", quotes=listed(quotes, self.language, True)))
        if each.ask:
            texts.append(self._say("finding-ask", ask=each.ask.rstrip("。.")))
        self.paper.paragraph(self._joint.join(ended(text, self.language) for text in texts))

    def _title(self, each: Remark) -> str:
        """What a finding is about, in a few words."""
        name = self._names.get(each.about, "")
        name = name.translate(_INNER) if self.language == "zh" else name
        return self._say(f"title-{each.code}" if f"title-{each.code}" in _TITLES else "title-other", name=name).strip()

    def _quotes(self, each: Remark) -> Iterator[str]:
        """The sentences of the report, those of one place together."""
        places: dict[str, list[str]] = {}
        for section, words in dict.fromkeys(each.quotes):
            said = " ".join(words.split())
            quoted = self._say("quoted", words=said.translate(_INNER) if self.language == "zh" else said)
            places.setdefault(section, []).append(quoted)
        for section, quoted_here in places.items():
            together = self._joint.join(quoted_here)
            yield self._say("finding-quote", words=together, section=section) if section else together

    def _readings(self) -> None:
        if not self.formal.readings:
            return
        self._section("opinion-4")
        said = listed((each.said for each in self.formal.readings), self.language, True)
        self.paper.paragraph(self._joint.join([self._say("readings-said"), ended(said, self.language)]))

    # -------------------------------------------------------------------------------------------- the end

    def _reply(self) -> None:
        self._section("opinion-5")
        self.paper.paragraph(self._say("reply", days="____" if self.language == "en" else "＿＿"))

    def _appendices(self) -> None:
        """The score sheet, and the report that was reviewed (GB/T 9704—2012, 7.3.4)."""
        self.paper.space()
        sheet = title("sheet-title", self.dossier)
        self.paper.paragraph(
            self._say("appendix-list", name=sheet), hanging=(500, 300) if self.language == "zh" else None
        )

    def _signature(self) -> None:
        """Who evaluated, and when: left to be filled in (GB/T 9704—2012, 7.3.5)."""
        self.paper.space()
        blank = _UNDERLINED if self.language == "zh" else "\u00a0" * 36
        for code in ("signed", "reviewer"):
            before, after = self._say(code, blank="\0").split("\0")
            self.paper.blanks([(before, False), (blank, True), (after, False)], "left", before=1000)
        if self.language == "zh":
            parts = [("　　　　", True), ("年", False), ("　　", True), ("月", False), ("　　", True), ("日", False)]
            self.paper.blanks(parts, "left", before=1000)
        else:
            self.paper.blanks([(self._say("date", blank="").rstrip() + " ", False), (blank, True)], "left", before=1000)


def _levels(members: tuple[Branch | Leaf, ...]) -> Iterator[tuple[str, str]]:
    """Every level by its key, with its name."""
    for member in members:
        if isinstance(member, Branch):
            yield member.key, member.name
            yield from _levels(member.members)


_REPORT = frozenset({"报告", "自评报告", "绩效自评报告", "report"})
# Quotation marks within quotation marks.
_INNER = str.maketrans("“”", "‘’")
_TITLES = frozenset(
    f"title-{code}"
    for code in (
        *("claim-differs", "claim-unproved", "sum-differs", "grade-differs", "total-differs", "fact-contradictory"),
        *("adjustment", "left-out", "scopes-mixed", "rate-differs", "unsettled"),
        *("claim-above-full", "claim-again", "claim-of-nothing", "claim-of-unknown", "marks-differ"),
    )
)
