"""Drafts a rule file from a scoring table: what reads as it stands becomes a rule, everything else is left to a person.

Nothing is guessed in silence. A sentence is taken over only where the reader of rule files takes it, alone and in its
place among the others; what has two readings stands behind a `#` with the question above it, or is written so that the
reader itself refuses it until it is settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from engine.diagnostic import Diagnostic, is_error, note
from engine.rules import Amount, Kind, Levels, Role, Rubric, Truth
from rubric.language.phrases import Phrases, exact
from rubric.language.read import read_rubric
from rubric.language.text import MAX_NAME, normalise
from rubric.messages.catalogue import say
from rubric.messages.drafting import DRAFT
from rubric.messages.headings import NOTES
from rubric.messages.vocabulary import ALL_WORDS, NO, PURE_NUMBER, YES
from rubric.messages.wording import Language, Wording
from rubric.messages.words import unit_word
from rubric.sheets.criterion import Drafted, Drafter, Text
from rubric.sheets.cut import formulas_in, meanings, scores_in
from rubric.sheets.grid import Place, RefusedError
from rubric.sheets.layout import Entry, Layout, Marks, Node, Said
from rubric.sheets.pieces import Piece, Written, fields, one_line, written
from rubric.sheets.questions import Question, fill, look, settle
from rubric.sheets.surroundings import (
    documents_in,
    grades_in,
    is_year_alone,
    period_in,
    reading_in,
    said_above,
    title_of,
    total_in,
    years_in,
)
from rubric.sheets.trial import UNTOLD, Facts
from rubric.sheets.wording import joined, plain, without_note

_COLON = Wording(": ", "：")
_LIST = Wording(", ", "、")
_SLASH = Wording(" / ", "／")
# What is put behind a `#` where it does not stand its ground; anything else is asked about where it stands.
_GIVES_WAY = frozenset({"formula", "scoring", "field", "fact", "definition", "header"})
# How often the whole is read again with what did not stand its ground behind a `#`.
_ROUNDS = 200


@dataclass(slots=True)
class Draft:
    """A drafted rule file: its text, its indicators, its facts and everything that is left to a person."""

    layout: Layout
    title: str
    text: str
    written: Written
    pieces: list[Piece]
    drafted: list[Drafted]
    facts: Facts
    total: Fraction | None
    stated: Fraction | None

    def questions(self) -> Iterator[tuple[Question, Piece]]:
        """Everything that is left to a person, in the order of the file."""
        return ((question, piece) for piece in self.pieces for question in piece.questions)


def draft(layout: Layout, source: str, language: Language) -> Draft:
    """Draft the rule file of a table."""
    return _Draft(layout, source, language).draft()


@dataclass(slots=True)
class _Fact:
    """A fact of the rule file in the making."""

    name: str
    kind: Kind | None
    meaning: str = ""
    levels: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)


class _Draft:
    def __init__(self, layout: Layout, source: str, language: Language) -> None:
        self.layout = layout
        self.source = source
        self.language = language
        self.notes = [said.text for said in layout.notes]
        inside = (said.text for said in layout.above if said.place.row)
        self.title = one_line(title_of((said.text for said in layout.above), inside))
        self.reading = reading_in(self.notes)
        empty = Rubric("", None, "", (), Fraction(0), None, (), (), (), ())
        noted = [formula for text in self.notes for formula in formulas_in(text)]
        self.drafter = Drafter(Phrases(empty, language), language, self.reading, noted)
        self.facts: dict[str, _Fact] = {}
        self.drafted: dict[Entry, Drafted] = {}
        self.names: set[str] = set()
        self.pieces: list[Piece] = []
        self.total: Fraction | None = None
        self.stated: Fraction | None = None

    # ------------------------------------------------------------------------------------- small things

    def _word(self, terminal: str) -> str:
        return ALL_WORDS[terminal].first(self.language)

    def _opens(self, terminal: str) -> str:
        """A field word with its colon."""
        return f"  {self._word(terminal)}{_COLON.of(self.language)}"

    def _points(self, full: Fraction | None, limit: bool = False) -> str:
        """Full marks in brackets; a mark to be filled in where they are not known."""
        number = UNTOLD if full is None else exact(full)
        if self.language == "zh":
            return f"（{'最多 ' if limit else ''}{number} 分）"
        return f" ({'up to ' if limit else ''}{number} point{'' if full == 1 else 's'})"

    # ------------------------------------------------------------------------------------------ the whole

    def draft(self) -> Draft:
        """Draft indicator by indicator, put the file together, and hold it against the reader."""
        for entry in self.layout.root.entries():
            self._entry(entry)
        self._put_together()
        text = self._held()
        return Draft(
            layout=self.layout,
            title=self.title,
            text=text.text,
            written=text,
            pieces=self.pieces,
            drafted=list(self.drafted.values()),
            facts={fact.name: fact.kind for fact in self.facts.values()},
            total=self.total,
            stated=self.stated,
        )

    def _entry(self, entry: Entry) -> None:
        name = self._name(entry)
        drafted = self.drafter.draft(entry, name)
        self.drafted[entry] = drafted
        for fact, kind in drafted.facts.items():
            if fact in self.drafter.definitions:
                continue
            known = self.facts.setdefault(fact, _Fact(fact, kind, levels=drafted.some_levels.get(fact, ())))
            known.entries.append(entry)
        self._meanings(drafted)

    def _meanings(self, drafted: Drafted) -> None:
        """What the explanation says that the facts mean; two meanings of one name are for a person to part."""
        for name, meaning in meanings(drafted.explanations, drafted.facts).items():
            fact = self.facts.get(name)
            if fact is None or plain(fact.meaning) == plain(meaning):
                continue
            if not fact.meaning:
                fact.meaning = one_line(meaning)
                continue
            other = self.drafted[fact.entries[0]].name
            question = settle(note("settle-meaning", name=name, other=other, one=meaning, two=fact.meaning))
            drafted.formula.questions.append(question)
            drafted.formula.in_force = False

    def _name(self, entry: Entry) -> str:
        """A name that a rule file can bear, and that no other indicator has."""
        name = safe_name(entry.name)
        if plain(name) != plain(entry.name):
            entry.questions.append(look(note("look-name-changed", name=entry.name), entry.place))
        if plain(name) in self.names:
            new = self._parted(name, entry)
            entry.questions.append(look(note("look-renamed", name=name, new=new), entry.place))
            name = new
        self.names.add(plain(name))
        return name

    def _parted(self, name: str, entry: Entry) -> str:
        """A name with that of its level before it, so that the two can be told apart, and a number where need be."""
        holder = next((node for node in self.layout.root.nodes() if entry in node.members), None)
        stem = name if holder is None else safe_name(holder.name) + name
        found, number = stem[:MAX_NAME], 2
        while plain(found) in self.names:
            found, number = f"{stem[: MAX_NAME - 4]}{number}", number + 1
        return found

    # ------------------------------------------------------------------------------------- putting together

    def _put_together(self) -> None:
        body = [*self._members(self.layout.root)]
        self.pieces = [*self._header(), *self._facts(), *self._definitions(), *body]

    def _header(self) -> Iterator[Piece]:
        layout = self.layout
        # The first comment is written once it is known whether anything is left to a person.
        yield Piece("source", "")
        lines = [said.text for said in layout.above]
        yield Piece("title", self._word("RUBRIC") + self._quoted(self.title))
        labelled = said_above(lines, "YEAR")
        period = period_in(labelled)
        years = years_in(" ".join(labelled)) or years_in(self.title) or years_in(" ".join(lines))
        if period:
            yield Piece("header", self._opens("YEAR") + one_line(period))
        elif len(years) == 1 and all(map(is_year_alone, labelled)):
            yield Piece("header", self._opens("YEAR") + years[0])
        elif years:
            yield Piece("header", "", questions=[look(note("look-years", found=tuple(labelled or years)))])
        for place in said_above(lines, "PLACE")[:1]:
            yield Piece("text", self._opens("PLACE") + one_line(place))
        documents = said_above(lines, "BASIS") or documents_in([*lines, *self.notes])
        if documents:
            yield Piece("text", self._opens("BASIS") + one_line("；".join(documents)))
        yield self._full(lines)
        steps = tuple(each.name for each in self.drafted.values() if each.steps)
        if self.reading:
            yield Piece("header", self._opens("FRACTION") + one_line(self.reading))
        elif steps:
            question = settle(note("settle-fraction", names=steps), *self._step_places(), asked_as="unstated-reading")
            yield Piece("header", "", questions=[question])
        grades = grades_in(self.notes)
        if grades:
            yield Piece("header", self._opens("GRADES") + one_line(grades))
        else:
            yield Piece("header", "", questions=[fill(note("fill-grades"), asked_as="no-grades")])
        yield Piece("header", "", questions=self._asked_of_the_whole())
        used = {plain(self.reading), plain(grades)} - {""}
        for said in layout.notes:
            scores = scores_in(said.text)
            seen = any(text in plain(scores) for text in used)
            questions = [look(note("look-note-scores", text=scores), said.place)] if scores and not seen else []
            yield from self._note(without_note(joined(said.text)), questions=questions)

    def _asked_of_the_whole(self) -> list[Question]:
        remarks = [look(remark) for grid in self.layout.grids for remark in grid.remarks]
        return [*self.layout.questions, *remarks]

    def _quoted(self, title: str) -> str:
        if not title:
            return ""
        return f"「{title}」" if self.language == "zh" else f' "{title}"'

    def _step_places(self) -> list[Place]:
        return [said.place for each in self.drafted.values() if each.steps for said in _criteria(each.entry)]

    def _full(self, lines: list[str]) -> Piece:
        """Full marks of the whole: what the table says, or else what its levels add up to."""
        root = self.layout.root
        self.total = _sum(each.full for each in self._ordinary(root))
        beside = _sum(member.points for member in root.members if member.role is not Role.ORDINARY)
        levels = _sum(member.points for member in root.members if member.role is Role.ORDINARY)
        headings = [column.heading for header in self.layout.headers for column in header.of("MARKS")]
        said = [*map(self._total, self.layout.totals), total_in([*headings, *lines])]
        totals = list(dict.fromkeys(each for each in said if each is not None))
        questions: list[Question] = []
        places = [marks.place for marks in self.layout.totals]
        if len(totals) > 1:
            questions.append(look(note("look-totals", found=tuple(map(exact, totals))), *places))
        stated = totals[0] if totals else None
        if levels is not None and beside and stated == levels + beside:
            questions.append(look(note("look-total-with-bonus", stated=levels + beside), *places))
            stated = levels
        if levels is not None and stated is not None and stated != levels:
            question = note("settle-total", stated=stated, sum=levels)
            questions.append(settle(question, *places, asked_as="rubric-marks"))
        self.stated = stated
        full = levels if stated is None else stated
        if full is None:
            return Piece("header", "", questions=questions)
        points = f"{exact(full)} 分" if self.language == "zh" else f"{exact(full)} points"
        return Piece("header", self._opens("FULL") + points, questions=questions)

    def _total(self, marks: Marks) -> Fraction:
        """A total as points: one in per cent stands for as many points of 100."""
        number = marks.points.number
        weights = any(question.note.code == "look-weights" for question in self.layout.questions)
        return number * 100 if weights and not marks.points.percent and number == 1 else number

    def _ordinary(self, node: Node) -> Iterator[Entry]:
        """The indicators whose points are within full marks."""
        for member in node.members:
            if member.role is Role.ORDINARY:
                yield from [member] if isinstance(member, Entry) else self._ordinary(member)

    # --------------------------------------------------------------------------------------------- facts

    def _facts(self) -> Iterator[Piece]:
        if self.facts:
            yield Piece("facts", self._word("FACTS"), gap=True)
        told: list[_Fact] = []
        for fact in self.facts.values():
            if told and not _alike(told[-1], fact):
                yield self._declared(told)
                told = []
            told.append(fact)
        if told:
            yield self._declared(told)

    def _declared(self, facts: list[_Fact]) -> Piece:
        first = facts[0]
        names = _LIST.of(self.language).join(fact.name for fact in facts)
        kind = self._kind(first.kind)
        bracket = f"（{kind}）" if self.language == "zh" else f" ({kind})"
        meaning = _COLON.of(self.language) + first.meaning if first.meaning else ""
        piece = Piece("fact", f"  {names}{bracket}{meaning}")
        if first.kind is None and first.levels:
            question = note("fill-levels", name=first.name, levels=first.levels)
            piece.questions.append(fill(question, *_of_entries(facts), asked_as="unknown-unit"))
        elif first.kind is None:
            question = note("fill-unit", names=tuple(fact.name for fact in facts))
            piece.questions.append(fill(question, *_of_entries(facts), asked_as="unknown-unit"))
        return piece

    def _kind(self, kind: Kind | None) -> str:
        slash = _SLASH.of(self.language)
        match kind:
            case Amount(unit):
                return unit_word(unit.code, self.language) or PURE_NUMBER.first(self.language)
            case Truth():
                return YES.first(self.language) + slash + NO.first(self.language)
            case Levels(levels):
                return slash.join(level.key for level in levels)
            case _:
                return UNTOLD

    def _definitions(self) -> Iterator[Piece]:
        found = {name: text for each in self.drafted.values() for name, text in each.definitions.items()}
        if found:
            yield Piece("definitions", self._word("DEFINITIONS"), gap=True)
        for name, text in found.items():
            yield Piece("definition", f"  {name} = {one_line(text)}")

    # ---------------------------------------------------------------------------------------- indicators

    def _members(self, node: Node) -> Iterator[Piece]:
        first = node.level == 0 or not isinstance(next(iter(node.members), None), Node)
        for member in node.members:
            if isinstance(member, Entry):
                yield from self._indicator(self.drafted[member])
            else:
                yield self._level(member, first)
                yield from self._members(member)
            first = True

    def _level(self, node: Node, gap: bool) -> Piece:
        questions = list(node.questions)
        if node.points is None:
            questions.append(fill(note("fill-level-marks"), node.place, asked_as="unknown-word"))
        beside = {Role.BONUS: "BONUS", Role.PENALTY: "PENALTY"}
        terminal = beside.get(node.role, "LEVEL_1" if node.level == 1 else "LEVEL_2")
        name = safe_name(node.name)
        if plain(name) != plain(node.name):
            questions.append(look(note("look-name-changed", name=node.name), node.place))
        head = f"{self._word(terminal)} {name}{self._points(node.points, node.role is not Role.ORDINARY)}"
        return Piece("level", head, questions=questions, gap=gap)

    def _indicator(self, drafted: Drafted) -> Iterator[Piece]:
        entry = drafted.entry
        terminal = {Role.BONUS: "BONUS", Role.PENALTY: "PENALTY"}.get(entry.role, "INDICATOR")
        head = f"{self._word(terminal)} {drafted.name}{self._points(entry.full, entry.role is not Role.ORDINARY)}"
        yield Piece("indicator", head, entry, entry.questions, gap=True)
        yield self._field("formula", "FORMULA", drafted.formula, entry)
        yield self._field("scoring", "SCORING", drafted.scoring, entry)
        for terminal, field_text in drafted.fields.items():
            yield self._field("field", terminal, field_text, entry)
        for text in fields(self._opens("OFFICIAL"), drafted.official):
            yield Piece("text", text, entry)
        yield from self._notes(drafted)

    def _field(self, kind: str, terminal: str, text: Text, entry: Entry) -> Piece:
        line = self._opens(terminal) + one_line(text.text) if text.text else ""
        return Piece(kind, line, entry, text.questions, text.in_force)

    def _notes(self, drafted: Drafted) -> Iterator[Piece]:
        """What the table says of an indicator beside its criterion, each under the heading of its column."""
        entry = drafted.entry
        for name in entry.beyond:
            yield from self._note(DRAFT["level-beyond"].of(self.language).format(name=name), entry)
        for said in entry.texts("FORMULA"):
            if not (drafted.formula.in_force and _same_formula(drafted, joined(said.text))):
                yield from self._note(self._under_heading(said), entry)
        for said in entry.texts("EXPLANATION", "REMARK", "OTHER"):
            scores = scores_in(said.text)
            questions = [look(note("look-note-scores", text=scores), said.place)] if scores else []
            yield from self._note(self._under_heading(said), entry, questions)

    def _note(self, text: str, entry: Entry | None = None, questions: list[Question] | None = None) -> Iterator[Piece]:
        for line in fields(self._opens("NOTE"), text):
            yield Piece("text", line, entry, questions or [])
            questions = []

    def _under_heading(self, said: Said) -> str:
        """A text with the heading of its column before it; a note needs none."""
        text = without_note(joined(said.text))
        if plain(said.heading) in ("", *NOTES.zh, *NOTES.en):
            return text
        return joined(said.heading) + _COLON.of(self.language) + text

    # -------------------------------------------------------------------------------- held against the reader

    def _held(self) -> Written:
        """Read the whole file; what does not stand its ground goes behind a `#`, and the rest is read again."""
        for _ in range(_ROUNDS):
            self._source()
            text = written(self.pieces, self.language)
            reading = read_rubric(text.text)
            against = [each for each in reading.findings if is_error(each) and not self._asked(each, text)]
            if against and self._give_way(against[0], text):
                continue
            if against:
                raise RefusedError(note("draft-too-large", reason=say(against[0].headline, self.language)))
            changed = self._changed(reading.rubric)
            if changed is None:
                return text
            changed.in_force = False
            changed.questions.append(settle(note("settle-otherwise")))
        raise RefusedError(note("draft-too-large", reason=str(_ROUNDS)))

    def _source(self) -> None:
        left = any(piece.questions for piece in self.pieces)
        wording = DRAFT["drafted-from" if left else "drafted-clean"].of(self.language)
        self.pieces[0].text = "# " + one_line(wording.format(source=self.source))

    def _asked(self, finding: Diagnostic, text: Written) -> bool:
        """Whether a question in the file asks the same as a finding of the reader."""
        piece = text.pieces.get(finding.span.line)
        if finding.code == "unstated-reading":
            return any("unstated-reading" in each.asked_as for each in self._questions("header"))
        if piece is None:
            return False
        mine = [each for each in self.pieces if each is piece or (each.entry is not None and each.entry is piece.entry)]
        if any(finding.code in question.asked_as for each in mine for question in each.questions):
            return True
        if finding.code == "rubric-marks":
            return any("rubric-marks" in each.asked_as for each in self._questions("header"))
        kind = {"no-scoring": "scoring", "no-formula": "formula"}.get(finding.code)
        return any(each.kind == kind and each.questions and not (each.text and each.in_force) for each in mine)

    def _questions(self, kind: str) -> Iterable[Question]:
        return (question for piece in self.pieces if piece.kind == kind for question in piece.questions)

    def _give_way(self, finding: Diagnostic, text: Written) -> bool:
        """Put the piece that a finding is about behind a `#`, or ask about it; whether there was such a piece."""
        piece = text.pieces.get(finding.span.line)
        if piece is None or piece.kind == "source":
            return False
        if piece.kind in ("indicator", "level"):
            rests = [each for each in self.pieces if each.entry is not None and each.entry is piece.entry]
            piece = next((each for each in rests if each.kind in _GIVES_WAY and each.text and each.in_force), piece)
        gives_way = piece.kind in _GIVES_WAY and piece.in_force
        piece.in_force = piece.in_force and not gives_way
        code = "settle-reader" if gives_way else "settle-asked"
        asked_as = "" if gives_way else finding.code
        piece.questions.append(settle(note(code, reason=say(finding.headline, self.language)), asked_as=asked_as))
        return True

    def _changed(self, rubric: Rubric | None) -> Piece | None:
        """The first criterion or formula that reads otherwise among the rest of the table than it did alone."""
        found = {} if rubric is None else {each.name.key: each for each in rubric.indicators()}
        for drafted in self.drafted.values():
            trial, indicator = drafted.trial, found.get(normalise(drafted.name))
            if trial is None or indicator is None:
                continue
            mine = {piece.kind: piece for piece in self.pieces if piece.entry is drafted.entry}
            scoring, formula = mine["scoring"], mine["formula"]
            if scoring.text and scoring.in_force and indicator.clauses != trial.indicator.clauses:
                return scoring
            if formula.text and formula.in_force and indicator.measure != trial.indicator.measure:
                return formula
        return None


# ------------------------------------------------------------------------------------------------ small things


def safe_name(name: str) -> str:
    """A name as a rule file can bear it: on one line, without the marks that mean something there."""
    flat = one_line(joined(name)).replace("#", "").replace("＃", "")
    flat = re.sub(r"[\"「」＂](.*?)[\"「」＂]", r"“\1”", flat)
    flat = re.sub(r"[\"「」＂]", "", flat).strip(" :：")
    return flat[:MAX_NAME].strip()


def _sum(points: Iterable[Fraction | None]) -> Fraction | None:
    """A sum of points; nothing where one of them is not known."""
    known = list(points)
    return None if None in known else sum((each for each in known if each is not None), Fraction(0))


def _criteria(entry: Entry) -> list[Said]:
    return entry.texts("CRITERION", "MIXED")


def _same_formula(drafted: Drafted, text: str) -> bool:
    return plain(drafted.formula.text).strip("。;") == plain(text).strip("。;")


def _alike(one: _Fact, other: _Fact) -> bool:
    """Whether two facts go on one line: of one kind, first called for by the same indicator, without a meaning."""
    same = (one.kind, one.entries[:1], one.meaning, one.levels) == (
        other.kind,
        other.entries[:1],
        other.meaning,
        other.levels,
    )
    return same and not one.meaning and not one.levels


def _of_entries(facts: list[_Fact]) -> list[Place]:
    return list(dict.fromkeys(entry.place for fact in facts for entry in fact.entries))
