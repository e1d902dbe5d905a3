"""The part of a dossier that official documents are written from: sentences, notes, findings in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from engine.claims import ClaimCheck
from engine.compose import GroupScore, Member, Shift, Why
from engine.facts import Contradictory, Fact, NotApplicableFact, Present
from engine.number import plain
from engine.rules import Indicator, Role
from engine.score import Assessment
from engine.scores import IndicatorScore, Status
from rubric.language.write import criterion_text
from rubric.messages.narrative import FINDINGS, NOTES, PROSE
from rubric.messages.official import say
from rubric.messages.wording import Language
from rubric.pages.dossier import Formal, FormalLeaf, Part, Remark, ShiftShown
from rubric.reading.audit import Audit
from rubric.reading.report import Report
from rubric.report.narrative import Narrative, formal
from rubric.report.sentences import range_text
from rubric.report.values import name_text, value_text

_PARTS: dict[Role, Part] = {Role.ORDINARY: "ordinary", Role.BONUS: "bonus", Role.PENALTY: "penalty"}
_SIGNS = re.compile("[-+×÷*/（(]")
_OPEN = (Status.UNDEFINED, Status.UNCOVERED, Status.NOT_APPLICABLE)


def formal_words(assessment: Assessment, language: Language, report: Report | None = None) -> Formal:
    """What official documents say of an assessment, in one language."""
    return _Formal(assessment, language, report).words()


class _Formal:
    def __init__(self, assessment: Assessment, language: Language, report: Report | None) -> None:
        self.assessment, self.card, self.language = assessment, assessment.card, language
        self.prose = Narrative(assessment, language, PROSE)
        self.notes = Narrative(assessment, language, NOTES)
        self.found = Narrative(assessment, language, FINDINGS)
        self.audit = Audit(assessment, language, report, self.found)

    def words(self) -> Formal:
        """Everything of it."""
        facts, period = self.card.facts, self.card.rubric.period
        year = facts.year or (period.first if period else None)
        groups = list(_groups(self.card.members, ""))
        shifts = {key: self._shifts(group.shifts) for key, group in groups}
        return Formal(
            "" if year is None else str(year),
            {score.indicator.key: self._leaf(score) for score in self.card.scores},
            {key: _PARTS[group.group.role] for key, group in groups},
            {"": self._shifts(self.card.whole.shifts), **shifts},
            tuple(formal(each, self.language) for each in self.notes.vetoes(self.card)),
            tuple(formal(each, self.language) for each in self.notes.consequences(self.card)),
            tuple(sorted(self._findings(), key=lambda each: -each.exact)),
            tuple(sorted(self._readings(), key=lambda each: -each.exact)),
            tuple(self._missing()),
            tuple(self._documents()),
            facts.claims is not None and any(each.points is not None for each in facts.claims.indicators),
        )

    def _shifts(self, shifts: Iterable[Shift]) -> tuple[ShiftShown, ...]:
        """What moves points; what a penalty takes is told with the penalty."""
        return tuple(
            ShiftShown(
                range_text(shift.after.low, shift.after.high) if shift.amount is None else _signed(shift.amount),
                formal(self.notes.shift(shift), self.language),
                "",
                "",
                shift.amount,
            )
            for shift in shifts
            if shift.why is not Why.PENALTY and shift.amount != 0
        )

    # ---------------------------------------------------------------------------------------- an indicator

    def _leaf(self, score: IndicatorScore) -> FormalLeaf:
        check = self._check(score)
        moved = None if check is None else check.difference
        return FormalLeaf(
            self.prose.line(score),
            self.notes.note(score),
            self._standard(score.indicator),
            _PARTS[score.indicator.role],
            "" if moved is None else _signed(moved),
            moved,
            tuple(self._adjusted(score)),
        )

    def _check(self, score: IndicatorScore) -> ClaimCheck | None:
        review = self.assessment.review
        return None if review is None else review.of(score.indicator.key)

    def _standard(self, indicator: Indicator) -> str:
        """The official text of a criterion; without one, what the rule file says of how it is scored."""
        if indicator.official and self.language == "zh":
            return indicator.official
        lines = criterion_text(self.card.rubric, indicator, self.language).split("\n")
        colon = "：" if self.language == "zh" else ": "
        joined: list[str] = []
        for line in lines:
            # A line that goes on stands deeper than one that begins.
            if line.startswith(" " * 4) and joined:
                joined[-1] += ("" if self.language == "zh" else " ") + line.strip()
            elif line.strip():
                joined.append(line.strip())
        scoring, formula = (say(code, self.language) + colon for code in ("scoring", "formula"))
        # A formula that only names a fact says nothing that the criterion does not.
        joined = [line for line in joined if not line.startswith(formula.strip()) or _SIGNS.search(line)]
        return "\n".join(formal(line, self.language).removeprefix(scoring.strip()).strip() for line in joined)

    def _adjusted(self, score: IndicatorScore) -> Iterator[str]:
        """What it would earn with the amounts taken out that the department names."""
        adjusted = self.assessment.adjusted
        needed = [each for each in self.assessment.facts.adjustments if each.fact in score.plan.needs]
        other = None if adjusted is None else adjusted.card.of(score.indicator.key)
        if other is None:
            return
        for each in needed:
            said = say(
                "adjustment",
                self.language,
                fact=self.prose.fact(each.fact),
                amount=value_text(each.amount, self.language),
                ground=each.ground,
                allowed=each.allowed_by or say("nobody", self.language),
            )
            yield formal(said, self.language)
        if needed:
            points = range_text(other.bounds.low, other.bounds.high)
            yield formal(say("adjusted-points", self.language, points=points), self.language)

    # ---------------------------------------------------------------------------------------- the findings

    def _findings(self) -> Iterator[Remark]:
        """What does not follow from the rule, with what the department is to supply or to correct."""
        sums = dict(self._sums())
        for each in self.audit.items():
            said, ask = formal(each.said, self.language), formal(each.ask, self.language)
            about = each.about or sums.get(each.said, "")
            yield Remark(each.code, plain(each.points), each.points, said, ask, each.quotes, about)
        for score in self.card.scores:
            if score.status in _OPEN:
                name = name_text(score.indicator.name, self.language)
                said = self.found.say("look-unsettled", name=name, reason=self.notes.line(score))
                spread = score.bounds.high - score.bounds.low
                ask = say("ask-unsettled", self.language)
                yield Remark("unsettled", plain(spread), spread, said, ask, about=score.indicator.key)

    def _sums(self) -> Iterator[tuple[str, str]]:
        """What is said of each printed subtotal, with the key of its level."""
        review = self.assessment.review
        keys = {id(group): key for key, group in _groups(self.card.members, "")}
        for check in () if review is None else review.sums:
            yield self.audit.remarks.sum(check), keys.get(id(check.group), "")

    def _readings(self) -> Iterator[Remark]:
        """Where the rule's reading of a fraction of a step decides points."""
        for score in self.card.scores:
            said = self.found.readings(score) if score.status.settled else None
            if said is not None:
                stake = max(abs(points - each.awarded) for each in score.entries for _, points in each.readings)
                # Several stand in one sentence, parted by what parts the outcomes of one.
                said = said.replace("；", "，") if self.language == "zh" else said.replace("; ", ", ")
                yield Remark("reading", plain(stake), stake, said, about=score.indicator.key)

    def _missing(self) -> Iterator[tuple[str, str]]:
        bounds = self.assessment.bounds
        for each in () if bounds is None else bounds.missing:
            yield self.notes.fact(each.fact), plain(each.points)

    def _documents(self) -> Iterator[str]:
        """The documents that the facts were read from, each once."""
        told: dict[str, None] = {}
        for fact in self.card.facts.facts.values():
            for document in _read_from(fact):
                if document:
                    told[document] = None
        yield from told


def _read_from(fact: Fact) -> Iterator[str]:
    match fact:
        case Present(_, provenance) | NotApplicableFact(provenance):
            yield provenance.document
        case Contradictory(readings):
            yield from (each.provenance.document for each in readings)


def _groups(members: Iterable[Member], above: str) -> Iterator[tuple[str, GroupScore]]:
    """Every level with its key in the dossier."""
    for number, member in enumerate(members, 1):
        if isinstance(member, GroupScore):
            yield f"level:{above}{number}", member
            yield from _groups(member.members, f"{above}{number}.")


def _signed(points: Fraction) -> str:
    return f"{'+' if points > 0 else ''}{plain(points)}"
