"""The scorecard for people at a terminal: the table, and one indicator opened to its whole ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from engine.claims import ClaimCheck, Verdict
from engine.compose import GroupScore, Member, Shift, Why
from engine.evaluate import measured
from engine.facts import (
    Basis,
    Contradictory,
    Fact,
    Missing,
    NotApplicableFact,
    Present,
    Provenance,
)
from engine.number import plain
from engine.rules import Item, Reading, Role
from engine.score import Assessment
from engine.scorecard import Scorecard
from engine.scores import Entry, IndicatorScore
from engine.source import Span
from rubric.language.changes import quoted
from rubric.messages.frame import width
from rubric.messages.wording import Language
from rubric.report.remarks import Remarks
from rubric.report.sentences import Sentences, grades_text, range_text
from rubric.report.values import FormulaWriter, edges_of, name_text, scale_of, value_text

Paint = Callable[[str, str], str]
Texts = Mapping[str, str]

# Below this width a table cannot be read: reasons go on lines of their own.
NARROW = 90


def unpainted(text: str, _style: str) -> str:
    """No colour."""
    return text


class Terminal:
    """Draws one assessment for a terminal of a given width."""

    def __init__(
        self, assessment: Assessment, language: Language, columns: int, texts: Texts, paint: Paint = unpainted
    ) -> None:
        self.assessment = assessment
        self.card: Scorecard = assessment.card
        self.language = language
        self.columns = max(columns, 40)
        self.texts = texts
        self.paint = paint
        self.words = Sentences(assessment, language)
        self.remarks = Remarks(self.words)
        self.gap = "　" if language == "zh" else "  "

    def _label(self, code: str) -> str:
        return self.words.label(code)

    # ------------------------------------------------------------------------------------------- table

    def scorecard(self) -> str:
        """The whole scorecard as a table, with what needs a look below it."""
        lines = [*self._head(), "", *self._table(self.card.members, 1), *self._whole(), *self._foot()]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _head(self) -> Iterator[str]:
        rubric, facts = self.card.rubric, self.card.facts
        year = facts.year or (rubric.period.first if rubric.period else None)
        shown = [facts.department, rubric.title]
        if year:
            shown.append(self._label("for-year").format(year=year))
        yield "  " + self.gap.join(part for part in shown if part)
        yield "  " + self.paint(self._result(), "strong")
        if any(self.card.by_basis.values()):
            yield "  " + self._rests_on()

    def _result(self) -> str:
        bounds = self.card.bounds
        parts = [
            f"{self._label('score')} {range_text(bounds.low, bounds.high)} / {plain(self.card.rubric.full)}",
            grades_text(self.card.grades, self.language),
        ]
        if self.card.points is None:
            parts.append(
                f"（{self._label('incomplete')}）" if self.language == "zh" else f"({self._label('incomplete')})"
            )
        claims = self.card.facts.claims
        if claims is not None and claims.total is not None:
            parts.append(f"{self.gap}{self._label('claimed')} {plain(claims.total)}")
            parts.append(claims.grade or "")
            if self.card.points is not None:
                difference = self.card.points - claims.total
                sign = "+" if difference > 0 else ""
                parts.append(f"{self.gap}{self._label('difference')} {sign}{plain(difference)}")
        adjusted = self.assessment.adjusted
        if adjusted is not None:
            total = adjusted.card.bounds
            parts.append(f"{self.gap}{self._label('with-adjustments')} {range_text(total.low, total.high)}")
        return self.gap.join(part for part in parts if part)

    def _rests_on(self) -> str:
        split = self.card.by_basis
        shown = [f"{self._label(basis.value)} {plain(points)}" for basis, points in split.items() if points]
        return self.gap.join([self._label("rests-on"), *shown])

    def _table(self, members: tuple[Member, ...], depth: int) -> Iterator[str]:
        names = self._name_width(self.card.members, 1)
        yield from self._rows(members, depth, names)

    def _name_width(self, members: tuple[Member, ...], depth: int) -> int:
        widest = 0
        for member in members:
            widest = max(widest, width(self._title(member, depth)))
            if isinstance(member, GroupScore):
                widest = max(widest, self._name_width(member.members, depth + 1))
        return widest

    def _rows(self, members: tuple[Member, ...], depth: int, names: int) -> Iterator[str]:
        for member in members:
            if isinstance(member, GroupScore):
                yield self.paint(self._cells(self._title(member, depth), member, names), "strong")
                yield from self._rows(member.members, depth + 1, names)
                for shift in member.shifts:
                    yield from self._level_shift(shift, member, depth + 1, names)
            else:
                yield from self._indicator_rows(member, depth, names)

    def _cells(self, title: str, member: Member, names: int) -> str:
        points, full = amounts(member)
        return f"{pad(title, names)}  {points:>7} / {full:<5}"

    def _indicator_rows(self, score: IndicatorScore, depth: int, names: int) -> Iterator[str]:
        cells = self._cells(self._title(score, depth), score, names)
        mark, style = self._mark(score)
        reason = self.words.line(score)
        room = self.columns - width(cells) - width(mark) - 4
        if self.columns < NARROW or room < 24:
            yield f"{cells}  {self.paint(mark, style)}"
            yield from (" " * (2 * depth + 2) + part for part in wrap(reason, self.columns - 2 * depth - 4))
            return
        first, *rest = wrap(reason, room)
        yield f"{cells}  {pad(first, room)}  {self.paint(mark, style)}"
        indent = " " * (width(cells) + 2)
        yield from (indent + part for part in rest)

    def _title(self, member: Member, depth: int) -> str:
        """The name of a member, indented; that of a bonus or a penalty says what it is."""
        rules = member.group if isinstance(member, GroupScore) else member.indicator
        title = "  " * depth + name_text(rules.name, self.language)
        label = self._label(rules.role.value) if rules.role is not Role.ORDINARY else ""
        if depth > 1 or not label or label in title:
            return title
        return title + (f"（{label}）" if self.language == "zh" else f" ({label})")

    def _level_shift(self, shift: Shift, level: GroupScore, depth: int, names: int) -> Iterator[str]:
        """What moves the points of a level; of a penalty, by how much more its members would take than it may."""
        if level.role is not Role.PENALTY or shift.why is not Why.KEPT:
            yield from self._shift_rows(shift, depth, names)
        elif level.points is not None:
            beyond = sum((each.full - each.left_out - each.bounds.low for each in level.members), -level.full)
            if beyond > 0:
                yield from self._shift_rows(shift._replace(amount=beyond), depth, names)

    def _shift_rows(self, shift: Shift, depth: int, names: int) -> Iterator[str]:
        """What moves the points of a level, as a row below its members."""
        indent = "  " * depth
        if shift.amount is None:
            amount = range_text(shift.after.low, shift.after.high)
        else:
            amount = f"{'+' if shift.amount > 0 else ''}{plain(shift.amount)}"
        cells = f"{pad(indent, names)}  {amount:>7}        "
        room = self.columns - width(cells) - 6
        reason = self.words.shift(shift)
        if self.columns < NARROW or room < 24:
            yield cells.rstrip()
            yield from (" " * (2 * depth + 2) + part for part in wrap(reason, self.columns - 2 * depth - 4))
            return
        first, *rest = wrap(reason, room)
        yield f"{cells}  {first}"
        yield from (" " * (width(cells) + 2) + part for part in rest)

    def _whole(self) -> Iterator[str]:
        """What moves the total, what overrules the grade, and what follows from the score."""
        whole = self.card.whole
        names = self._name_width(self.card.members, 1)
        if whole.shifts:
            yield "  " + self.paint(self._label("put-together"), "strong")
            for shift in whole.shifts:
                yield from self._shift_rows(shift, 1, names)
        overruled = list(self.words.vetoes(self.card))
        for heading, said in (("vetoes", overruled), ("consequences", list(self.words.consequences(self.card)))):
            if said:
                yield ""
                yield "  " + self.paint(self._label(heading), "strong")
                for number, each in enumerate(said, 1):
                    yield from self._numbered(number, each)

    def _mark(self, score: IndicatorScore) -> tuple[str, str]:
        """√ full marks or as claimed, × claimed otherwise, ! not settled, - points lost."""
        if score.points is None:
            return "?", "warning"
        check = self._check(score)
        if check is not None and check.verdict in (Verdict.TOO_HIGH, Verdict.TOO_LOW):
            claimed = check.claim.points if check.claim else None
            return f"× {self._label('claimed')} {plain(claimed or Fraction(0))}", "error"
        return ("√", "good") if score.points == score.full else ("-", "warning")

    def _check(self, score: IndicatorScore) -> ClaimCheck | None:
        review = self.assessment.review
        return None if review is None else review.of(score.indicator.key)

    def _foot(self) -> Iterator[str]:
        bounds = self.assessment.bounds
        if bounds is not None and bounds.missing:
            yield ""
            yield "  " + self.paint(self._label("missing-facts"), "strong")
            for number, each in enumerate(bounds.missing, 1):
                said = self.words.say("look-missing", name=self.words.fact(each.fact), points=each.points)
                yield from self._numbered(number, said)
        remarks = list(self.remarks.all())
        if remarks:
            yield ""
            yield "  " + self.paint(self._label("to-look-at"), "strong")
            for number, remark in enumerate(remarks, 1):
                yield from self._numbered(number, remark)

    def _numbered(self, number: int, text: str) -> Iterator[str]:
        first, *rest = wrap(text, self.columns - 9)
        yield f"  {number:>3}  {first}"
        yield from (" " * 7 + part for part in rest)

    # ----------------------------------------------------------------------------------------- explain

    def explain(self, score: IndicatorScore) -> str:
        """One indicator opened: formula, ledger, clauses, facts with their sentences, readings, changes, claim."""
        with self.words.about(score):
            lines = [*self._explain_head(score), *self._ledger(score), *self._facts(score)]
            lines += [*self._readings(score), *self._changes(score), *self._adjusted(score), *self._claim(score)]
            lines += self._notes(score)
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _explain_head(self, score: IndicatorScore) -> Iterator[str]:
        name = name_text(score.indicator.name, self.language)
        yield self.paint(f"{name}  {' / '.join(amounts(score))}", "strong")
        yield from self._wrapped(self.words.line(score), 2)
        measure = score.indicator.measure
        value = measured(score)
        if measure is not None:
            yield ""
            yield from self._wrapped(f"{self._label('formula')}  {self._formula(score)}", 2)
        if value is not None:
            scale = scale_of(self.card.rubric, score.indicator)
            shown = scale.text(value, self.language, edges_of(score.indicator))
            yield f"  {self._label('exact-value')}  {value} = {shown}"

    def _formula(self, score: IndicatorScore) -> str:
        assert score.indicator.measure is not None
        return FormulaWriter(self.card.rubric, score.facts, self.language).names(score.indicator.measure)

    def _ledger(self, score: IndicatorScore) -> Iterator[str]:
        entries = score.entries
        if not entries:
            return
        yield ""
        yield "  " + self.paint(self._label("ledger"), "strong")
        for entry in entries:
            basis = self._label(entry.basis.value)
            yield f"    {self.words.moved(score, entry)}  [{self._label('rests-on')} {basis}]"
            if len(entries) > 1 and not isinstance(entry.clause, Item):
                yield from self._wrapped(self.words.entry(score, entry, None), 6)
            yield from self._wrapped(f"{self.quoted(entry)}", 6)
            yield f"      {place(entry.clause.span)}"
        for said in self.words.roundings(score):
            yield from self._wrapped(said, 4)

    def quoted(self, entry: Entry) -> str:
        """The words of the clause behind an entry, as the rule file has them."""
        text = quote(self.texts, entry.clause.span)
        return f"“{text}”" if text else ""

    def _facts(self, score: IndicatorScore) -> Iterator[str]:
        used = dict(score.used)
        for key in score.lacking:
            used.setdefault(key, score.facts.get(key))
        if not used:
            return
        yield ""
        yield "  " + self.paint(self._label("facts"), "strong")
        for key, fact in used.items():
            yield from self._fact(key, fact)

    def _fact(self, key: str, fact: Fact) -> Iterator[str]:
        name = self.words.fact(key)
        match fact:
            case Present(value, provenance):
                yield f"    {name}  {value_text(value, self.language)}  [{self._label(provenance.basis.value)}]"
                yield from self._provenance(provenance)
            case Missing(provenance):
                yield f"    {name}  {self._label('missing')}"
                yield from self._provenance(provenance)
            case NotApplicableFact(provenance):
                yield f"    {name}  {self._label('not-applicable')}"
                yield from self._provenance(provenance)
            case Contradictory(readings):
                yield f"    {name}  {self._label('contradictory')}"
                for reading in readings:
                    yield f"      {value_text(reading.value, self.language)}"
                    yield from self._provenance(reading.provenance)

    def _provenance(self, provenance: Provenance) -> Iterator[str]:
        where = " ".join(part for part in (provenance.document, provenance.section) if part)
        if provenance.quote:
            yield from self._wrapped(f"“{provenance.quote}”{'  ' + where if where else ''}", 6)
        elif where:
            yield from self._wrapped(where, 6)
        if provenance.reason:
            yield from self._wrapped(provenance.reason, 6)
        if provenance.span.line:
            yield f"      {place(provenance.span)}"

    def _readings(self, score: IndicatorScore) -> Iterator[str]:
        for entry in score.entries:
            if not entry.readings:
                continue
            yield ""
            yield "  " + self.paint(self._label("readings"), "strong")
            for reading, points in entry.readings:
                mark = "●" if reading is entry.reading else " " * width("●")
                shown = plain(points) if score.indicator.role is not Role.PENALTY else plain(points - score.full)
                yield f"    {mark} {self._reading(reading)}  {shown}"

    def _reading(self, reading: Reading) -> str:
        return self.words.reading(reading)

    def _changes(self, score: IndicatorScore) -> Iterator[str]:
        found = self.assessment.changes(score)
        if not found:
            return
        yield ""
        yield "  " + self.paint(self._label("change"), "strong")
        for change in found:
            yield from self._wrapped(self.words.change(change, score), 4)

    def _adjusted(self, score: IndicatorScore) -> Iterator[str]:
        adjusted = self.assessment.adjusted
        if adjusted is None:
            return
        needed = [each for each in self.assessment.facts.adjustments if each.fact in score.plan.needs]
        other = adjusted.card.of(score.indicator.key)
        if not needed or other is None:
            return
        yield ""
        yield "  " + self.paint(self._label("adjusted"), "strong")
        again = Sentences(adjusted, self.language)
        yield from self._wrapped(again.line(other), 4)
        for each in needed:
            amount = value_text(each.amount, self.language)
            yield from self._wrapped(f"{self.words.fact(each.fact)} {amount}  {each.ground}", 6)
            if each.evidence:
                yield from self._wrapped(each.evidence, 6)

    def _claim(self, score: IndicatorScore) -> Iterator[str]:
        check = self._check(score)
        if check is None or check.claim is None or check.claim.points is None:
            return
        yield ""
        yield "  " + self.paint(self._label("claim"), "strong") + f"  {plain(check.claim.points)}"
        said = self.remarks.claim(check)
        if said:
            yield from self._wrapped(said, 4)
        if check.claim.quote:
            yield from self._wrapped(f"“{check.claim.quote}”", 4)
        if check.rate is not None:
            verdict = self._label(check.rate.verdict.value)
            yield f"    {self._label('printed-rate')}  {check.rate.printed.text}  {verdict}"

    def _notes(self, score: IndicatorScore) -> Iterator[str]:
        if score.indicator.notes:
            yield ""
            for each in score.indicator.notes:
                yield from self._wrapped(f"{self._label('notes')}  {each}", 2)

    def _wrapped(self, text: str, indent: int) -> Iterator[str]:
        yield from (" " * indent + part for part in wrap(text, self.columns - indent - 2))


def amounts(member: Member) -> tuple[str, str]:
    """The points of a member and its full marks; of a penalty what it takes, and the most that it may take."""
    bounds, full = member.bounds, member.full
    role = member.role if isinstance(member, GroupScore) else member.indicator.role
    if role is not Role.PENALTY:
        return range_text(bounds.low, bounds.high), plain(full)
    most = full - member.left_out
    ends = (plain(bounds.high - most), plain(bounds.low - most))
    return ends[0] if ends[0] == ends[1] else "~".join(ends), plain(-full)


def place(span: Span) -> str:
    """Where a clause stands: file:line:column."""
    if span.cell:
        return f"{span.file}  {span.cell}"
    return f"{span.file}:{span.line}:{span.column}" if span.file else str(span.line)


def quote(texts: Texts, span: Span) -> str:
    """The characters of a text that a span covers, on one line."""
    return quoted(span, texts.get(span.file, "").split("\n"))


def pad(text: str, columns: int) -> str:
    """The text filled up to so many terminal columns."""
    return text + " " * max(0, columns - width(text))


# No line begins with these, and none ends with those.
_NOT_FIRST = "，。；：、！？）》」”’…%,.;:!?)]}"
_NOT_LAST = "（《「“‘([{"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns: Latin words stay whole, Chinese breaks anywhere but at punctuation."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > max(columns, 8):
            if piece[0] in _NOT_FIRST:
                line += piece
                continue
            kept = line.rstrip()
            carried = ""
            while kept and kept[-1] in _NOT_LAST:
                carried, kept = kept[-1] + carried, kept[:-1]
            lines.append(kept)
            line = carried + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """A Chinese character each, or a Latin word with the space behind it."""
    piece = ""
    for character in text:
        wide = width(character) == 2
        if wide:
            if piece:
                yield piece
            piece = ""
            yield character
        else:
            piece += character
            if character == " ":
                yield piece
                piece = ""
    if piece:
        yield piece


__all__ = ["Basis", "Terminal", "pad", "place", "quote", "wrap"]
