"""Drafts one indicator: its formula, its criterion and when it does not apply, as far as they read as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from engine.diagnostic import Diagnostic, note
from engine.source import Span
from rubric.language.phrases import Phrases
from rubric.messages.catalogue import say
from rubric.messages.wording import Language
from rubric.sheets.cut import Cut, Formula, cut, exempts, formulas_in, main_formula, sentences
from rubric.sheets.doubts import doubts
from rubric.sheets.grid import Place
from rubric.sheets.layout import Entry
from rubric.sheets.questions import Question, Weight, fill, settle
from rubric.sheets.suspects import mended, shown, suspects
from rubric.sheets.trial import Facts, Frame, Trial, can_be_declared, operands, try_out
from rubric.sheets.wording import digits_meet

# Findings that mean that a text was not read as a whole.
_UNREAD = frozenset({"unknown-word", "unexpected", "unexpected-first", "unfinished", "unknown-field", "empty-field"})


@dataclass(slots=True)
class Text:
    """A field of an indicator as it is written: in force, or behind a `#` until its questions are settled."""

    text: str = ""
    in_force: bool = True
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class Drafted:
    """One indicator drafted."""

    entry: Entry
    name: str
    formula: Text = field(default_factory=Text)
    scoring: Text = field(default_factory=Text)
    fields: dict[str, Text] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    some_levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trial: Trial | None = None
    steps: bool = False
    official: str = ""
    explanations: list[str] = field(default_factory=list)
    suspects: int = 0
    formula_said: bool = False

    @property
    def stands(self) -> bool:
        """Whether the criterion is a rule in which nothing is open but what the header settles for all."""
        scoring = self.scoring
        return (
            bool(scoring.text)
            and scoring.in_force
            and not any(each.weight is not Weight.LOOK for each in scoring.questions)
        )


class Drafter:
    """Drafts the indicators of one table, with the facts that those before them have called for."""

    def __init__(self, phrases: Phrases, language: Language, reading: str, noted: Iterable[Formula]) -> None:
        self.phrases = phrases
        # Formulas in the notes below the table, by the name that they define.
        self.noted = {formula.left: formula for formula in noted}
        self.language = language
        self.reading = reading
        self.known: Facts = {}
        self.definitions: dict[str, str] = {}

    def draft(self, entry: Entry, name: str) -> Drafted:
        """Draft an indicator; what it calls for is known to those after it."""
        texts = cut(entry)
        drafted = Drafted(entry, name, official=texts.official, explanations=texts.explanations)
        drafted.formula_said = bool(texts.formulas or texts.inside)
        self._formula(drafted, texts)
        self._scoring(drafted, texts)
        for fact, kind in drafted.facts.items():
            self.known.setdefault(fact, kind)
        self.definitions.update(drafted.definitions)
        return drafted

    def _try(self, drafted: Drafted, scoring: str = "", fields: Mapping[str, str] | None = None) -> Trial:
        """What the reader makes of the formula, as far as it is one, with a criterion."""
        formula = drafted.formula.text
        used = {name: text for name, text in self.definitions.items() if name in operands(formula)}
        frame = Frame(
            name=drafted.name,
            full=drafted.entry.full or Fraction(1),
            formula=formula,
            scoring=scoring,
            fields=tuple((fields or {}).items()),
            definitions=tuple({**used, **drafted.definitions}.items()),
            reading=self.reading,
        )
        return try_out(frame, self.known)

    def _reason(self, findings: tuple[Diagnostic, ...]) -> str:
        """Why the reader does not take a text, in its own words."""
        return say(findings[0].headline, self.language) if findings else ""

    # ---------------------------------------------------------------------------------------- the formula

    def _formula(self, drafted: Drafted, texts: Cut) -> None:
        places = _places(drafted.entry, "FORMULA", "EXPLANATION", "MIXED", "CRITERION")
        main, others = main_formula(drafted.name, texts.formulas or texts.inside)
        if main is None and others:
            found = tuple(each.text for each in others)
            question = settle(note("settle-formulas", found=found), *places)
            drafted.formula.questions.append(question)
        elif main is not None:
            self._take_formula(drafted, main, others, places)

    def _take_formula(self, drafted: Drafted, main: Formula, others: list[Formula], places: list[Place]) -> None:
        """Write the formula, and as definitions what it rests on; one that is suspect or unread is left to a person."""
        field = drafted.formula
        others += [self.noted[name] for name in operands(main.right) if name in self.noted]
        marks = suspects(main.text)
        drafted.suspects += len(marks)
        field.text = mended(main.text, marks)
        drafted.definitions = {
            each.left: each.right for each in others if can_be_declared(each.left) and each.left not in self.definitions
        }
        trial = self._try(drafted)
        if drafted.definitions and not trial.fits:
            drafted.definitions = {}
            trial = self._try(drafted)
        if marks:
            field.in_force = False
            field.questions += _misread(main.text, places, written=trial.fits)
        if trial.fits:
            drafted.facts, drafted.some_levels = trial.facts, trial.some_levels
            return
        drafted.definitions = {}
        reason = self._reason(trial.against)
        question = note("fill-formula-unread", text=main.text, reason=reason)
        drafted.formula = Text(questions=[*field.questions, fill(question, *places)])

    # -------------------------------------------------------------------------------------- the criterion

    def _scoring(self, drafted: Drafted, texts: Cut) -> None:
        entry, field = drafted.entry, drafted.scoring
        places = _places(entry, "CRITERION", "MIXED")
        raw = texts.criterion
        if not raw:
            field.questions.append(fill(note("fill-scoring-absent"), entry.place))
            return
        marks = suspects(raw)
        drafted.suspects += len(marks)
        if entry.full is None:
            field.questions += [*_misread(raw, places, written=False), fill(note("fill-scoring-marks"), *places)]
            return
        trial, scoring, fields, left = self._best(drafted, mended(raw, marks), texts)
        reads = trial.fits or _reads(trial)
        field.questions += _misread(raw, places, written=reads)
        number = next(filter(None, (digits_meet(each) for each in texts.criteria)), "")
        if number:
            field.questions.append(settle(note("settle-broken-number", number=number), *places))
        if left:
            question = note("settle-sentences", text="".join(left))
            field.questions.append(settle(question, *places))
        if trial.fits:
            self._take(drafted, trial, scoring, fields, places)
        elif reads:
            field.text, field.in_force = scoring, False
            field.questions.append(self._against(trial, places))
        else:
            reason = self._reason(trial.against)
            field.questions.append(fill(note("fill-scoring", reason=reason), *places))

    def _best(self, drafted: Drafted, raw: str, texts: Cut) -> tuple[Trial, str, dict[str, str], list[str]]:
        """The criterion as it stands; or without what says when it does not apply, is a formula, or is not read.

        What is left over then is in no rule.
        """
        parts = sentences(raw)
        fields = dict(texts.fields)
        exempt = [part for part in parts if exempts(part)][:1] if "NOT_APPLICABLE" not in fields else []
        formulas = [part for part in parts if list(formulas_in(part))]
        if not exempt and not formulas:
            whole = self._try(drafted, raw, fields)
            if whole.fits:
                return whole, raw, fields, []
        scoring = [part for part in parts if part not in exempt and part not in formulas]
        unwritten = [] if drafted.formula.text else formulas
        exemptions = {"NOT_APPLICABLE": "".join(exempt)} if exempt else {}
        trial = self._try(drafted, "".join(scoring), {**fields, **exemptions})
        if trial.fits and scoring:
            return trial, "".join(scoring), {**fields, **exemptions}, unwritten
        read = [part for part in scoring if self._try(drafted, part, fields).fits]
        trial = self._try(drafted, "".join(read), fields)
        if read and trial.fits:
            return trial, "".join(read), fields, [part for part in parts if part not in read and part not in formulas]
        return self._try(drafted, raw, fields), raw, fields, []

    def _take(self, drafted: Drafted, trial: Trial, scoring: str, fields: dict[str, str], places: list[Place]) -> None:
        """Write a criterion that the reader takes; what is open about it keeps it out of force, or is refused by it."""
        field = drafted.scoring
        drafted.trial, drafted.facts, drafted.some_levels = trial, trial.facts, trial.some_levels
        drafted.formula.text = trial.frame.formula
        field.text = scoring
        field.questions += self._open(drafted, trial, places)
        if not any(each.code == "unstated-edge" for each in trial.findings):
            field.questions += (_at(each, places) for each in doubts(trial.indicator, self.phrases))
        shared = any(each.note.code == "settle-shared-criterion" for each in drafted.entry.questions)
        field.in_force = not shared and not any(_keeps_out(each) for each in field.questions)
        drafted.fields = {terminal: Text(text, field.in_force) for terminal, text in fields.items()}

    def _open(self, drafted: Drafted, trial: Trial, places: list[Place]) -> Iterator[Question]:
        """What the reader itself asks of a criterion that it otherwise takes."""
        edges: set[str] = set()
        for each in trial.findings:
            text = _quoted(trial, each.span)
            match each.code:
                case "unstated-reading":
                    drafted.steps = True
                case "unstated-edge" if text not in edges:
                    edges.add(text)
                    yield settle(note("settle-edge", text=text), *places, asked_as="unstated-edge")
                case "ambiguous-percent" | "percent-of-nothing":
                    number = dict(each.headline.arguments)["number"]
                    yield settle(note("settle-percent", number=number), *places, asked_as=each.code)
                case "unstated-combination" | "unstated-rounding":
                    reason = note("settle-asked", reason=self._reason((each,)))
                    yield settle(reason, *places, asked_as=each.code)
                case "no-formula" if not drafted.formula.questions:
                    question = fill(note("fill-formula"), drafted.entry.place)
                    drafted.formula.questions.append(question)

    def _against(self, trial: Trial, places: list[Place]) -> Question:
        """What speaks against a criterion that can be read but does not make sense."""
        first = trial.against[0]
        if first.code in ("edge-without-unit", "step-without-unit"):
            number = dict(first.headline.arguments)["number"]
            return settle(note("settle-lost-percent", number=number), *places)
        return settle(note("settle-reader", reason=self._reason((first,))), *places)


def _keeps_out(question: Question) -> bool:
    """Whether a question keeps a criterion out of force: one that the reader would not ask itself."""
    return question.weight is Weight.SETTLE and not question.asked_as


def _reads(trial: Trial) -> bool:
    """Whether a criterion can be read as a whole, whatever speaks against it."""
    return bool(trial.indicator.clauses) and not any(each.code in _UNREAD for each in trial.against)


def _misread(text: str, places: list[Place], written: bool) -> Iterator[Question]:
    """What may be misread in a text, each place a question; whether the likelier reading is written below it."""
    for each in suspects(text):
        code = ("settle-misread" if written else "settle-misread-alone") if each.meant else "settle-unreadable"
        meant = shown(mended(text, [each]), each._replace(end=each.start + len(each.meant)))
        yield settle(note(code, found=shown(text, each), meant=meant), *places)


def _at(question: Question, places: list[Place]) -> Question:
    return Question(question.weight, question.note, tuple(places), question.asked_as)


def _places(entry: Entry, *roles: str) -> list[Place]:
    """Where the texts of these kinds stand, or else the indicator itself."""
    return [said.place for said in entry.texts(*roles)] or [entry.place]


def _quoted(trial: Trial, span: Span) -> str:
    """The words that a finding is about."""
    return trial.line(span.line)[span.column - 1 : span.end_column - 1].strip()
