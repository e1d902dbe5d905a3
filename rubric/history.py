"""Case folders scored again, and held against the card that a person accepted.

Without a facts file the facts of a case are those that its report tells. Beside a facts file the report decides
nothing; what it tells is kept all the same, so that a report that comes to be read otherwise shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from engine.cohort import with_group
from engine.core import Plan
from engine.diagnostic import is_error
from engine.facts import Facts
from engine.history import Differences, Record, differences, exact, record
from engine.lowering import lower
from engine.rows import with_rows
from engine.rules import Rubric
from engine.score import Assessment
from engine.scorecard import Scorecard
from engine.source import Span
from rubric.case import CARD, Case, load_rules, with_facts, with_report
from rubric.folders import FACTS, Problem, facts_of, facts_problem, report_of, rules_of, together_of
from rubric.language.changes import quoted
from rubric.messages.wording import Language
from rubric.paths import exists
from rubric.readers.accepted import Acceptance, Accepted, CardError, card_text, read_card
from rubric.report.sentences import range_text
from rubric.report.shifts import shift_span
from rubric.report.values import name_text
from rubric.version import __version__


class State(Enum):
    """How a case stands to its accepted card."""

    SAME = "same"
    DIFFERENT = "different"
    NEW = "new"  # nobody has accepted a card yet
    NOT_SCORED = "not-scored"  # something is wrong with its files
    UNREADABLE = "unreadable"  # a file cannot be read at all


@dataclass(slots=True)
class Outcome:
    """What came of one case: its score now beside the accepted one."""

    folder: Path
    state: State
    case: Case = field(default_factory=Case)
    assessment: Assessment | None = None
    record: Record | None = None
    accepted: Accepted | None = None
    differences: Differences | None = None
    # Why there is nothing to compare, where no finding says it: a code and what it is filled in with.
    problem: Problem | None = None
    card_error: CardError | None = None

    @property
    def rules_changed(self) -> bool:
        """Whether the rules are others than those of the accepted card."""
        return self.accepted is not None and self.accepted.rules_digest != self.case.rules_digest

    @property
    def facts_changed(self) -> bool:
        """Whether the facts are others than those of the accepted card."""
        return self.accepted is not None and self.accepted.facts_digest != self.facts_digest

    # The digests of everything that tells facts: those that are scored, the report beside them, other departments'.
    digests: tuple[str, ...] = ()

    @property
    def uncompared(self) -> bool:
        """Whether the accepted card lacks part of what is kept now, so that it was not compared."""
        return self.differences is not None and self.differences.uncompared

    @property
    def facts_digest(self) -> str:
        """The digest of the facts as they are."""
        return self.digests[0] if len(self.digests) == 1 else _digest("\n".join(self.digests).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(slots=True)
class _Rules:
    """A rule file that several cases share: read once, lowered once, its lines at hand."""

    case: Case
    plans: tuple[Plan, ...] | None
    lines: dict[str, list[str]]

    def fresh(self) -> Case:
        """The rules by themselves, to be filled in with facts."""
        return replace(self.case, texts=dict(self.case.texts))

    def quote(self, span: Span) -> str:
        """The characters that a span covers, on one line."""
        return " ".join(quoted(span, self.lines.get(span.file, [])).split())


class Scoring:
    """Scores cases one after the other; a rule file that several of them use is read once."""

    def __init__(self) -> None:
        self._known: dict[Path, _Rules] = {}

    def outcome(self, folder: Path) -> Outcome:
        """One case scored again and held against its accepted card."""
        rules, problem = rules_of(folder)
        problem = problem or facts_problem(folder)
        if rules is None or problem is not None:
            return Outcome(folder, State.UNREADABLE, problem=problem)
        shared = self._rules(rules)
        read = _read(folder, shared)
        case = read.case
        if not case.usable or case.rubric is None or case.facts is None:
            return Outcome(folder, State.NOT_SCORED if case.readable else State.UNREADABLE, case)
        if read.others:
            case.facts = with_group(case.rubric, (case.facts, *read.others))[0]
        assessment = _assessed(case, shared)
        kept = record(assessment, shared.quote, shift_span, read.told)
        found = Outcome(folder, State.NEW, case, assessment, kept, digests=read.digests)
        if exists(folder / CARD):
            _compare(found, shared)
        return found

    def _rules(self, path: Path) -> _Rules:
        key = path.resolve()
        if key not in self._known:
            case = load_rules(path)
            # Tables are laid out row by row for each department: what is lowered then is its own.
            alike = case.rubric is not None and not case.rubric.tables and not any(map(is_error, case.findings))
            plans = lower(case.rubric) if alike and case.rubric is not None else None
            lines = {file: text.split("\n") for file, text in case.texts.items()}
            self._known[key] = _Rules(case, plans, lines)
        return self._known[key]


class _Read(NamedTuple):
    """What the files of a case tell: its facts, those that its report tells, and those of the others of its group."""

    case: Case
    told: Facts | None
    others: tuple[Facts, ...]
    digests: tuple[str, ...]


def _read(folder: Path, shared: _Rules) -> _Read:
    """Read everything that tells facts; what is wrong with any of it is a finding of the case."""
    case, facts, report = shared.fresh(), facts_of(folder), report_of(folder)
    apart: list[Case] = []
    if report is not None and facts is None:
        told = with_report(case, report).facts
    else:
        with_facts(case, facts or folder / FACTS)
        apart = [] if report is None else [with_report(shared.fresh(), report)]
        told = apart[0].facts if apart else None
    group = [with_facts(shared.fresh(), path) for path in together_of(folder)]
    for each in (*apart, *group):
        case.findings += each.findings[len(shared.case.findings) :]
        case.texts |= each.texts
        case.readable &= each.readable
    digests = (each.facts.digest for each in (case, *apart, *group) if each.facts is not None)
    others = (each.facts for each in group if each.facts is not None)
    return _Read(case, told, tuple(others), tuple(digests))


def _assessed(case: Case, shared: _Rules) -> Assessment:
    assert case.rubric is not None
    assert case.facts is not None
    rubric, facts = with_rows(case.rubric, case.facts)
    return Assessment(rubric, facts, shared.plans if shared.plans is not None else lower(rubric))


def _compare(found: Outcome, shared: _Rules) -> None:
    """Hold a case against its accepted card."""
    try:
        accepted = read_card(found.folder / CARD)
    except CardError as problem:
        found.state, found.card_error = State.UNREADABLE, problem
        return
    assert found.record is not None
    assert found.assessment is not None
    rubric = found.assessment.rubric
    found.accepted = accepted
    found.differences = differences(
        accepted.record, found.record, lambda key, clause: _stands(rubric, shared, key, clause)
    )
    found.state = State.DIFFERENT if found.differences else State.SAME


def _stands(rubric: Rubric, shared: _Rules, key: str, clause: str) -> bool:
    """Whether a clause with these words still stands in an indicator."""
    indicator = next((each for each in rubric.indicators() if each.key == key), None)
    if indicator is None:
        return False
    others = (indicator.not_applicable, indicator.forfeit)
    spans = (each.span for each in (*indicator.clauses, *others) if each is not None)
    return any(shared.quote(span) == clause for span in spans)


# ------------------------------------------------------------------------------------------- accepting


def plain_reason(reason: str) -> str:
    """A reason on one line, without what no text has."""
    return " ".join("".join(each if each.isprintable() else " " for each in reason).split())


def accept(found: Outcome, reason: str, language: Language, day: date | None = None) -> bool:
    """Record what a case scores as what it is to score; False where the card already says just that."""
    assert found.record is not None
    assert found.assessment is not None
    before = found.accepted
    digests = (found.case.rules_digest, found.facts_digest)
    if before is not None and (before.record, before.rules_digest, before.facts_digest) == (found.record, *digests):
        return False
    card = found.assessment.card
    grade = _grades(card, language)
    now = Acceptance((day or date.today()).isoformat(), range_text(*found.record.points), grade, reason)
    history = (*(before.history if before else ()), now)
    text = card_text(Accepted(found.record, *digests, __version__, history), _heading(card), language)
    (found.folder / CARD).write_text(text, "utf-8", newline="\n")
    return True


def _grades(card: Scorecard, language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(name_text(each.name, language) for each in card.grades)


def _heading(card: Scorecard) -> str:
    """Whose score it is, by which rubric, in which year."""
    year = card.facts.year or (card.rubric.period.first if card.rubric.period else None)
    parts = (card.facts.department, card.rubric.title, "" if year is None else str(year))
    return plain_reason("　".join(part for part in parts if part)) or exact(card.rubric.full)


def outcomes(folders: Iterable[Path]) -> Iterator[Outcome]:
    """Every case scored again, in turn."""
    scoring = Scoring()
    yield from map(scoring.outcome, folders)
