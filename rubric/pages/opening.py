"""From an assessment to its dossier: every part of the scorecard worded, nothing computed that the engine did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import count

from engine.claims import ClaimCheck, Verdict
from engine.compose import GroupScore, Member, Shift
from engine.evaluate import measured
from engine.facts import Basis, Contradictory, Fact, Missing, NotApplicableFact, Present, Provenance
from engine.number import plain
from engine.rules import Indicator, Item, Role
from engine.score import Assessment
from engine.scores import Entry, IndicatorScore, Status
from engine.source import Span
from rubric.messages.wording import Language
from rubric.pages.dossier import (
    Branch,
    ClaimShown,
    Digests,
    Dossier,
    EntryShown,
    FactShown,
    Fall,
    Leaf,
    Points,
    ReadingShown,
    Remark,
    Share,
    ShiftShown,
    Source,
    Standing,
    leaves,
)
from rubric.pages.lines import number_line
from rubric.pages.report_text import paragraphs
from rubric.reading.audit import Audit
from rubric.reading.report import Report
from rubric.report.sentences import Sentences, grades_text, range_text
from rubric.report.shifts import shift_span
from rubric.report.terminal import Texts, amounts, place, quote
from rubric.report.values import FormulaWriter, edges_of, name_text, scale_of, value_text


def dossier(
    assessment: Assessment,
    language: Language,
    texts: Texts,
    digests: Digests,
    report: Report | None = None,
) -> Dossier:
    """The dossier of one assessment in one language; with the report beside it where that is at hand."""
    return _Opening(assessment, language, texts, report).dossier(digests)


class _Opening:
    """Words one assessment."""

    def __init__(self, assessment: Assessment, language: Language, texts: Texts, report: Report | None) -> None:
        self.assessment, self.card = assessment, assessment.card
        self.language, self.texts, self.report = language, texts, report
        self.audit = Audit(assessment, language, report)
        self.words = Sentences(assessment, language)
        self.remarks = self.audit.remarks

    def dossier(self, digests: Digests) -> Dossier:
        """The whole of it."""
        rubric, facts = self.card.rubric, self.card.facts
        year = facts.year or (rubric.period.first if rubric.period else None)
        members = tuple(self._members(self.card.members, "", 0, ()))
        shown = self._facts(tuple(leaves(members)))
        claims = facts.claims
        told = paragraphs(self.report, shown, tuple(leaves(members))) if self.report is not None else ()
        return Dossier(
            self.language,
            rubric.title,
            facts.department,
            "" if year is None else self.words.label("for-year").format(year=year),
            rubric.place,
            rubric.basis,
            _points(self.card.bounds.low, self.card.bounds.high),
            _points(rubric.full, rubric.full),
            grades_text(self.card.grades, self.language),
            tuple(self._grades()),
            "" if claims is None or claims.total is None else plain(claims.total),
            "" if claims is None else claims.grade or "",
            self._difference(),
            self._adjusted_total(),
            tuple(self._shares()),
            members,
            tuple(map(self._shift, self.card.whole.shifts)),
            tuple(self.words.vetoes(self.card)),
            tuple(self.words.consequences(self.card)),
            tuple(self._missing()),
            tuple(self._remarks()),
            shown,
            tuple(self._falls(members)),
            digests,
            told,
            "" if self.report is None else self.report.title,
        )

    # ------------------------------------------------------------------------------------------ the whole

    def _grades(self) -> Iterator[tuple[str, str]]:
        """Every grade of the rubric with its floor."""
        for grade in self.card.rubric.grades:
            floor = grade.floor
            sign = "" if floor is None else "≥" if floor.inclusive else ">"
            yield (
                name_text(grade.name, self.language),
                "" if floor is None else f"{sign} {plain(floor.quantity.number)}",
            )

    def _difference(self) -> str:
        claims, points = self.card.facts.claims, self.card.points
        if claims is None or claims.total is None or points is None:
            return ""
        return _signed(points - claims.total)

    def _adjusted_total(self) -> str:
        adjusted = self.assessment.adjusted
        return "" if adjusted is None else range_text(adjusted.card.bounds.low, adjusted.card.bounds.high)

    def _shares(self) -> Iterator[Share]:
        for basis, points in self.card.by_basis.items():
            if points:
                yield Share(basis.value, self.words.label(basis.value), plain(points), points)

    def _missing(self) -> Iterator[Remark]:
        bounds = self.assessment.bounds
        for each in () if bounds is None else bounds.missing:
            said = self.words.say("look-missing", name=self.words.fact(each.fact), points=each.points)
            about = each.indicators[0] if each.indicators else ""
            yield Remark("missing", plain(each.points), each.points, said, about=about)

    def _remarks(self) -> Iterator[Remark]:
        """What is worth a look, by the points that hang on it."""
        found = [
            Remark(each.code, plain(each.points), each.points, each.said, each.ask, each.quotes, each.about)
            for each in self.audit.items()
        ]
        for score in self.card.scores:
            said = self.words.readings(score) if score.status.settled else None
            if said is not None:
                stake = max(abs(points - each.awarded) for each in score.entries for _, points in each.readings)
                found.append(Remark("reading", plain(stake), stake, said, about=score.indicator.key))
            elif score.status in (Status.UNDEFINED, Status.UNCOVERED, Status.NOT_APPLICABLE):
                name = name_text(score.indicator.name, self.language)
                said = self.words.say("look-unsettled", name=name, reason=self.words.unsettled(score))
                found.append(Remark("unsettled", plain(score.full), score.full, said, about=score.indicator.key))
        # What differs counts before what only might.
        yield from sorted(found, key=lambda each: (-each.exact, each.code == "reading"))

    def _falls(self, members: Sequence[Branch | Leaf]) -> Iterator[Fall]:
        """From full marks down to the score; nothing where levels are put together in another way than by adding."""
        found: list[Fall] = []
        level = self.card.rubric.full
        for leaf in leaves(tuple(members)):
            score = self.card.of(leaf.key)
            assert score is not None
            moved = score.bounds.high - score.full
            if score.indicator.role is Role.BONUS:
                moved = score.bounds.high
            if moved and not score.left_out:
                found.append(Fall(leaf.key, leaf.name, level, level + moved, _signed(moved)))
                level += moved
        for shift in _all_shifts(self.card.members, self.card.whole.shifts):
            if shift.amount is None:
                return
            if shift.amount and shift.why.value != "penalty":
                found.append(Fall("", self.words.shift(shift), level, level + shift.amount, _signed(shift.amount)))
                level += shift.amount
        if level == self.card.bounds.high:
            yield from found

    # ------------------------------------------------------------------------------------------ the levels

    def _members(
        self, members: Iterable[Member], above: str, depth: int, path: tuple[str, ...]
    ) -> Iterator[Branch | Leaf]:
        numbers = count(1)
        for member in members:
            number = f"{above}{next(numbers)}"
            if isinstance(member, IndicatorScore):
                yield self._leaf(member, number, depth, path)
                continue
            assert isinstance(member, GroupScore)
            name = name_text(member.group.name, self.language)
            below = tuple(self._members(member.members, f"{number}.", depth + 1, (*path, name)))
            points, full = amounts(member)
            bounds = member.bounds
            yield Branch(
                f"level:{number}",
                name,
                number,
                depth,
                Points(points, bounds.low, bounds.high),
                Points(full, member.full, member.full),
                self._subtotal(member),
                below,
                tuple(map(self._shift, member.shifts)),
            )

    def _subtotal(self, member: GroupScore) -> str:
        claims = self.card.facts.claims
        told = () if claims is None else claims.subtotals
        return next((plain(points) for name, points, _ in told if name in member.group.name.forms), "")

    def _shift(self, shift: Shift) -> ShiftShown:
        span = shift_span(shift)
        amount = range_text(shift.after.low, shift.after.high) if shift.amount is None else _signed(shift.amount)
        where = place(span) if span.line else ""
        return ShiftShown(amount, self.words.shift(shift), quote(self.texts, span), where, shift.amount)

    # ---------------------------------------------------------------------------------------- an indicator

    def _leaf(self, score: IndicatorScore, number: str, depth: int, path: tuple[str, ...]) -> Leaf:
        indicator = score.indicator
        with self.words.about(score):
            points, full = amounts(score)
            value = measured(score)
            scale = scale_of(self.card.rubric, indicator)
            writer = FormulaWriter(self.card.rubric, score.facts, self.language, score.full)
            standing, mark = self._standing(score)
            shown = "" if value is None else scale.text(value, self.language, edges_of(indicator))
            return Leaf(
                indicator.key,
                path,
                name_text(indicator.name, self.language) + (f"（{indicator.row}）" if indicator.row else ""),
                number,
                depth,
                Points(points, score.bounds.low, score.bounds.high),
                Points(full, score.full, score.full),
                standing,
                mark,
                self.words.line(score),
                "" if indicator.measure is None else writer.names(indicator.measure),
                "" if indicator.measure is None else writer.numbers(indicator.measure),
                "" if value is None else (shown if str(value) == shown else f"{value} = {shown}"),
                number_line(score, scale, self.language),
                tuple(self._entry(score, entry) for entry in score.entries),
                tuple(self.words.roundings(score)),
                tuple(self._readings(score)),
                tuple(self.words.change(each, score) for each in self.assessment.changes(score)),
                tuple(dict.fromkeys((*(key for key, _ in score.used), *score.lacking))),
                self._claim(score),
                tuple(self._adjusted(score)),
                indicator.notes,
                indicator.official,
                self._criterion(indicator),
                place(indicator.head),
            )

    def _standing(self, score: IndicatorScore) -> tuple[Standing, str]:
        """How an indicator stands, in one word and one sign."""
        if score.points is None:
            return "open", "?"
        check = self._check(score)
        if check is not None and check.verdict in (Verdict.TOO_HIGH, Verdict.TOO_LOW):
            return "differs", "×"
        return ("full", "√") if score.points == score.full else ("lost", "-")

    def _check(self, score: IndicatorScore) -> ClaimCheck | None:
        review = self.assessment.review
        return None if review is None else review.of(score.indicator.key)

    def _entry(self, score: IndicatorScore, entry: Entry) -> EntryShown:
        several = len(score.entries) > 1 and not isinstance(entry.clause, Item)
        return EntryShown(
            self.words.moved(score, entry),
            entry.awarded,
            entry.lost,
            self.words.entry(score, entry, None) if several else "",
            quote(self.texts, entry.clause.span),
            place(entry.clause.span),
            self.words.label(entry.basis.value),
        )

    def _readings(self, score: IndicatorScore) -> Iterator[ReadingShown]:
        for entry in score.entries:
            for reading, points in entry.readings:
                shown = points if score.indicator.role is not Role.PENALTY else points - score.full
                yield ReadingShown(self.words.reading(reading), plain(shown), reading is entry.reading)

    def _adjusted(self, score: IndicatorScore) -> Iterator[str]:
        """What it earns with the adjustments that touch it, and what these are."""
        adjusted = self.assessment.adjusted
        needed = [each for each in self.assessment.facts.adjustments if each.fact in score.plan.needs]
        other = adjusted.card.of(score.indicator.key) if adjusted is not None else None
        if adjusted is None or not needed or other is None:
            return
        yield Sentences(adjusted, self.language).line(other)
        for each in needed:
            amount = value_text(each.amount, self.language)
            yield f"{self.words.fact(each.fact)} {amount}　{each.ground}"
            if each.evidence:
                yield each.evidence

    def _claim(self, score: IndicatorScore) -> ClaimShown | None:
        check = self._check(score)
        if check is None or check.claim is None or check.claim.points is None:
            return None
        agrees = None if check.verdict is Verdict.WITHIN else check.verdict is Verdict.AGREES
        rate = check.rate
        return ClaimShown(
            plain(check.claim.points),
            agrees,
            self.remarks.claim(check) or "",
            check.claim.section,
            check.claim.quote,
            "" if rate is None else rate.printed.text,
            "" if rate is None else self.words.label(rate.verdict.value),
            self.remarks.rate(check) or "",
        )

    def _criterion(self, indicator: Indicator) -> str:
        """The indicator as the rule file has it, from its name to the last of its clauses."""
        head = indicator.head
        others = (indicator.not_applicable, indicator.forfeit)
        spans = [each.span for each in (*indicator.clauses, *others) if each is not None]
        end = max((span.end_line for span in (head, *spans) if span.file == head.file), default=head.end_line)
        lines = self.texts.get(head.file, "").split("\n")[head.line - 1 : end]
        return "\n".join(line.rstrip() for line in lines).strip("\n")

    # -------------------------------------------------------------------------------------------- the facts

    def _facts(self, shown: Sequence[Leaf]) -> tuple[FactShown, ...]:
        """Every fact that an indicator uses, in the order in which they are first used."""
        users: dict[str, list[str]] = {}
        for leaf in shown:
            for key in leaf.facts:
                users.setdefault(key, []).append(leaf.key)
        return tuple(self._fact(key, tuple(used)) for key, used in users.items())

    def _fact(self, key: str, used: tuple[str, ...]) -> FactShown:
        score = self.card.of(used[0])
        assert score is not None
        declared = self.card.rubric.fact(key)
        with self.words.about(score):
            name = self.words.fact(key)
            sources = tuple(self._sources(score.facts.get(key)))
        return FactShown(key, name, "" if declared is None else declared.meaning, sources, used)

    def _sources(self, fact: Fact) -> Iterator[Source]:
        match fact:
            case Present(value, provenance):
                yield self._source(value_text(value, self.language), provenance)
            case Contradictory(readings):
                for each in readings:
                    yield self._source(value_text(each.value, self.language), each.provenance)
            case Missing(provenance):
                yield self._source(self.words.label("missing"), provenance)
            case NotApplicableFact(provenance):
                yield self._source(self.words.label("not-applicable"), provenance)

    def _source(self, value: str, provenance: Provenance) -> Source:
        where = " ".join(part for part in (provenance.document, provenance.section) if part)
        basis = "" if provenance.basis is Basis.UNSTATED else self.words.label(provenance.basis.value)
        span: Span = provenance.span
        return Source(value, basis, where, provenance.quote, provenance.reason, place(span) if span.line else "")


def _all_shifts(members: Iterable[Member], own: Iterable[Shift]) -> Iterator[Shift]:
    """What moves points, from the lowest level up."""
    for member in members:
        if isinstance(member, GroupScore):
            yield from _all_shifts(member.members, member.shifts)
    yield from own


def _points(low: Fraction, high: Fraction) -> Points:
    return Points(range_text(low, high), low, high)


def _signed(points: Fraction) -> str:
    return f"{'+' if points > 0 else ''}{plain(points)}"
