"""The summary of a draft: what was understood and what was not, with counts and cells; as text and as a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from engine.number import plain
from rubric.messages.catalogue import say
from rubric.messages.drafting import MARKERS, SUMMARY
from rubric.messages.headings import ABOVE
from rubric.messages.wording import Language
from rubric.sheets.draft import Draft
from rubric.sheets.grid import Place
from rubric.sheets.layout import Left, Node
from rubric.sheets.pieces import one_line
from rubric.sheets.questions import Question, Weight
from rubric.sheets.surroundings import bare_title
from rubric.sheets.wording import first_of, joined

# A text that is not in the rule file is shown up to so many characters; the document holds the whole.
_SHOWN = 60


class Summary:
    """Tells of one draft."""

    def __init__(self, draft: Draft, file: str, language: Language) -> None:
        self.draft = draft
        self.file = file
        self.language = language
        self.questions = list(draft.questions())
        self.weights = Counter(question.weight for question, _ in self.questions)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to a person."""
        return not self.questions

    def _say(self, code: str, **arguments: object) -> str:
        return SUMMARY[code].of(self.language).format(**arguments)

    # --------------------------------------------------------------------------------------------- counts

    def counts(self) -> dict[str, Any]:
        """Everything that is counted."""
        draft = self.draft
        nodes = list(draft.layout.root.nodes())
        full = [each.entry.full for each in draft.drafted]
        criteria = [each for each in draft.drafted if each.official]
        formulas = [each for each in draft.drafted if each.formula.text or each.formula_said]
        return {
            "level_1": sum(node.level == 1 for node in nodes),
            "level_2": sum(node.level == 2 for node in nodes),
            "indicators": len(draft.drafted),
            "without_marks": full.count(None),
            "criteria": len(criteria),
            "criteria_rules": sum(each.stands for each in criteria),
            "criteria_to_settle": sum(bool(each.scoring.text) and not each.stands for each in criteria),
            "criteria_text": sum(not each.scoring.text for each in criteria),
            "formulas": len(formulas),
            "formulas_written": sum(bool(each.formula.text) and each.formula.in_force for each in formulas),
            "facts": len(draft.facts),
            "facts_open": list(draft.facts.values()).count(None),
            "suspects": sum(each.suspects for each in draft.drafted),
            "to_fill_in": self.weights[Weight.FILL],
            "to_settle": self.weights[Weight.SETTLE],
            "to_look_at": self.weights[Weight.LOOK],
        }

    # ----------------------------------------------------------------------------------------------- text

    def text(self) -> str:
        """The summary as lines of text."""
        counts = self.counts()
        lines = [
            self._say("source", file=self.file, parts=self._parts()),
            self._say("columns", columns=self._columns()),
            self._say("levels", first=counts["level_1"], second=counts["level_2"], indicators=counts["indicators"]),
            self._marks(counts),
            self._say(
                "criteria",
                count=counts["criteria"],
                rules=counts["criteria_rules"],
                settle=counts["criteria_to_settle"],
                text=counts["criteria_text"],
            ),
            self._say("formulas", count=counts["formulas"], written=counts["formulas_written"]),
            self._say("facts", count=counts["facts"], open=counts["facts_open"]),
        ]
        if counts["suspects"]:
            lines.append(self._say("suspects", count=counts["suspects"]))
        lines.append("")
        lines += self._asked(counts)
        lines += self._left()
        return "\n".join(lines) + "\n"

    def _parts(self) -> str:
        said = (
            self._say(f"part-{grid.format}", name=grid.name, number=grid.number) for grid in self.draft.layout.grids
        )
        return ("、" if self.language == "zh" else ", ").join(said)

    def _columns(self) -> str:
        said = [f"{heading or '—'} → {self._say(f'role-{role}')}" for heading, role in self._headings()]
        return ("；" if self.language == "zh" else "; ").join(said)

    def _headings(self) -> Iterator[tuple[str, str]]:
        header = self.draft.layout.headers[0]
        return ((column.heading, column.role) for column in header.columns)

    def _marks(self, counts: dict[str, Any]) -> str:
        total, stated = self.draft.total, self.draft.stated
        if total is None:
            return self._say("marks-open", open=counts["without_marks"], count=counts["indicators"])
        if stated is None:
            return self._say("marks-alone", sum=plain(total))
        code = "marks-agree" if total == stated else "marks-differ"
        return self._say(code, sum=plain(total), stated=plain(stated))

    def _asked(self, counts: dict[str, Any]) -> Iterator[str]:
        """Every question with its line and its cells."""
        if self.settled:
            yield self._say("nothing-left")
            return
        yield self._say("questions", fill=counts["to_fill_in"], settle=counts["to_settle"], look=counts["to_look_at"])
        colon = "：" if self.language == "zh" else ": "
        for question, _ in self.questions:
            line = self._say("line", line=self.draft.written.line_of(question))
            where = " ".join(dict.fromkeys(map(self.place, question.places)))
            asked = MARKERS[question.weight.value].of(self.language) + colon
            said = one_line(say(question.note, self.language))
            yield "  ".join(filter(None, (f"  {line}", where, asked + said)))

    def _left(self) -> Iterator[str]:
        left = [each for each in self.left() if each.why != "number"]
        if not left:
            return
        yield ""
        yield self._say("left")
        for each in left:
            text = joined(each.text)
            shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            yield f"  {self.place(each.place)}  {self._say(f'why-{each.why}')}  {shown}"

    def left(self) -> Iterator[Left]:
        """The texts of the table that are not in the rule file."""
        title = self.draft.title
        for said in self.draft.layout.above:
            if said.place.row and bare_title(said.text) != title and first_of(ABOVE, said.text) is None:
                yield Left(said.text, said.place, "above")
        yield from self.draft.layout.left

    def place(self, place: Place) -> str:
        """Where a cell stands, in words."""
        # Paragraphs beside a Word table stand in no row of it.
        code = f"place-{place.format}" if place.row > 0 else "place-beside"
        return self._say(code, letters=place.letters, **place._asdict())

    # ------------------------------------------------------------------------------------------- document

    def document(self) -> dict[str, Any]:
        """The summary as a document for other programs."""
        draft = self.draft
        total, stated = draft.total, draft.stated
        return {
            "file": self.file,
            "parts": [{"format": each.format, "name": each.name, "number": each.number} for each in draft.layout.grids],
            "columns": [{"heading": heading, "role": role.lower()} for heading, role in self._headings()],
            "counts": self.counts(),
            "marks": {
                "sum": None if total is None else plain(total),
                "stated": None if stated is None else plain(stated),
                "levels": [self._level(node) for node in draft.layout.root.nodes()],
            },
            "questions": [self._question(question) for question, _ in self.questions],
            "left": [{"why": each.why, "text": each.text, **self._place(each.place)} for each in self.left()],
        }

    def _level(self, node: Node) -> dict[str, Any]:
        total = None if node.total is None else plain(node.total)
        stated = None if node.stated is None else plain(node.stated)
        return {"name": node.name, "level": node.level, "stated": stated, "sum": total, **self._place(node.place)}

    def _question(self, question: Question) -> dict[str, Any]:
        return {
            "weight": question.weight.value,
            "code": question.note.code,
            "line": self.draft.written.line_of(question),
            "message": say(question.note, self.language),
            "cells": [self._place(place) for place in question.places],
        }

    def _place(self, place: Place) -> dict[str, Any]:
        where = {"part": place.part, "number": place.number, "row": place.row, "column": place.column}
        return {**where, "cell": f"{place.letters}{place.row}"} if place.format == "excel" else where
