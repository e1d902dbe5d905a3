"""A facts file as a person reviews it: what is to be checked, with its sentence, and the file after each answer.

Nothing here talks to anybody. Each answer gives a new text, which is taken only where it reads as before but for the
one entry, and without a finding that was not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from pydantic import BaseModel

from engine.diagnostic import Diagnostic
from engine.facts import Basis, Claim, Contradictory, Fact, Missing, NotApplicableFact, Present, Provenance
from engine.followed import follow
from engine.rules import Amount, FactDeclaration, Kind, Levels, Rubric, Truth
from engine.unit import ONE, UNITS, Quantity
from rubric.language.text import normalise
from rubric.messages.review import say
from rubric.messages.wording import LANGUAGES, Language
from rubric.messages.words import NO, YES, unit_word
from rubric.readers.binding import declared_facts
from rubric.readers.exact_yaml import empty
from rubric.readers.facts import bind, read_facts
from rubric.readers.given import FactsFile, Location, Scalar
from rubric.readers.model import BASES, MISSING, NOT_APPLICABLE, STATES, UNCLAIMED, ClaimModel, ClaimsModel, FactModel
from rubric.readers.names import Names
from rubric.readers.revised import FactsText, UnchangeableError
from rubric.readers.values import value as read_value
from rubric.reading.numbers import figures
from rubric.reading.passages import Searched
from rubric.reading.report import Report
from rubric.report.values import name_text

Findings = tuple[Diagnostic, ...]

# A text with one of these was not changed as it was meant to be.
_SYNTAX = frozenset({"yaml-syntax", "bad-indent", "missing-colon", "second-colon", "duplicate-key", "key-not-text"})


class About(Enum):
    """What an item of a review is about: a fact, the claim for an indicator, or the claims for more than one."""

    FACT = "fact"
    CLAIM = "claim"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be checked: where it stands in the file, under the name that the file has for it."""

    about: About
    name: str
    location: Location


class Told(NamedTuple):
    """One value as the file gives it: the words, what it rests on, and where it was read."""

    value: str
    basis: str
    document: str
    section: str
    quote: str
    reason: str = ""


class Within(NamedTuple):
    """A quotation in its report: what stands before and behind it, and above and below where that is nothing."""

    place: Searched
    above: str
    before: str
    quote: str
    after: str
    below: str


class Typed(NamedTuple):
    """What a person gives in place of what was read: a value with its sentence and place, or with a reason."""

    value: str
    quote: str = ""
    document: str = ""
    section: str = ""
    reason: str = ""


class Review:
    """A facts file under review: its items, and its text after each answer."""

    def __init__(self, text: str, file: str, rubric: Rubric, report: Report | None = None) -> None:
        self.file = file
        self.rubric = rubric
        self.report = report
        self._declared = declared_facts(rubric)
        self._indicators = Names((form, each) for each in rubric.indicators() for form in each.name.forms)
        self._needs: dict[str, list[tuple[str, Fraction]]] = {}
        for followed in follow(rubric)[0]:
            of = followed.plan.indicator
            for fact in dict.fromkeys(followed.plan.needs):
                self._needs.setdefault(fact, []).append((of.name.key, of.full))
        self.facts: FactsFile | None
        self.facts, self.findings = self._read(text)
        self.text = text
        # The language of the file, in which its entries are written.
        self.language: Language = FactsText(text).language
        self.items = tuple(self._items()) if self.facts else ()

    def _read(self, text: str) -> tuple[FactsFile | None, Findings]:
        facts, findings = read_facts(text, self.file)
        if facts is None:
            return None, findings
        # A report of another year is scored by nobody, and may be reviewed all the same.
        return facts, findings + bind(facts, self.rubric, any_year=True)[1]

    def _items(self) -> Iterator[Item]:
        """The facts in the order of the file, those that it does not hold, and the claims."""
        facts = self._facts
        held = set()
        for name in facts.facts:
            declaration = self._declared.get(name)
            held.add(declaration.key if declaration else name)
            yield Item(About.FACT, name, ("facts", name))
        for declaration in self.rubric.facts:
            if declaration.key not in held and not declaration.chosen:
                yield Item(About.FACT, declaration.key, ("facts", declaration.key))
        if facts.claims is None:
            return
        for claim in facts.claims.indicators:
            yield Item(About.CLAIM, claim.indicator, ("claims", "indicators", claim.indicator))
        if facts.claims.subtotals or facts.claims.total is not None or facts.claims.grade:
            yield Item(About.WHOLE, "", ("claims",))

    @property
    def _facts(self) -> FactsFile:
        assert self.facts is not None
        return self.facts

    # --------------------------------------------------------------------------------- what an item says

    def checked(self, item: Item) -> str:
        """What the file says of the check of an item; nothing where it was not checked."""
        found = self._facts.written.get((*item.location, "checked"))
        return "" if found is None or empty(found) else found.text.strip()

    def left(self) -> tuple[int, ...]:
        """Which items are not yet checked."""
        return tuple(number for number, item in enumerate(self.items) if not self.checked(item))

    def line(self, item: Item) -> int:
        """The line of the file on which an item stands."""
        return FactsText(self.text).line(item.location)

    def declaration(self, item: Item) -> FactDeclaration | None:
        """What the rule file says of a fact."""
        return self._declared.get(item.name)

    def kind(self, item: Item, language: Language) -> str:
        """The unit of a fact, or the words that it may have as its value."""
        declaration = self.declaration(item)
        return kind_text(declaration.kind, language) if declaration else ""

    def used_by(self, item: Item, language: Language) -> list[tuple[str, Fraction]]:
        """The indicators that ask for a fact, or the one that points are claimed for, with their full marks."""
        if item.about is About.CLAIM:
            return [(name_text(of.name, language), of.full)] if (of := self._indicators.get(item.name)) else []
        declaration = self.declaration(item)
        needs = self._needs.get(declaration.key, []) if declaration else []
        of_each = ((self._indicators.get(name), full) for name, full in needs)
        return [(name_text(of.name, language), full) for of, full in of_each if of]

    def fact(self, item: Item) -> Fact:
        """The fact of an item, missing where the file does not hold it."""
        return self._facts.get(item.name)

    def told(self, item: Item) -> list[Told]:
        """The values that the file gives for an item: none, one, or several that differ."""
        if item.about is About.CLAIM:
            return [self._claimed(item)]
        fact = self.fact(item)
        if isinstance(fact, Contradictory):
            at = (*item.location, "readings")
            return [
                self._told((*at, number, "value"), (*at, number), each) for number, each in enumerate(fact.readings)
            ]
        if isinstance(fact, Present):
            return [self._told((*item.location, "value"), item.location, fact)]
        return []

    def _told(self, location: Location, short: Location, fact: Present) -> Told:
        written = (
            self._facts.written.get(location) or self._facts.written.get(short) or Scalar("", fact.provenance.span)
        )
        of = fact.provenance
        return Told(written.text.strip(), _basis(of.basis, self.language), of.document, of.section, of.quote, of.reason)

    def _claimed(self, item: Item) -> Told:
        claim = self._claim(item)
        points = self._facts.written.get((*item.location, "points"))
        return Told(points.text.strip() if points else "", "", "", claim.section, claim.quote)

    def _claim(self, item: Item) -> Claim:
        claims = self._facts.claims
        found = claims.of(item.name) if claims else None
        assert found is not None
        return found

    def claimed_rate(self, item: Item) -> str:
        """The rate that is printed beside claimed points."""
        rate = self._claim(item).rate
        return rate.text if rate else ""

    def points(self, item: Item) -> Fraction:
        """The points that are claimed for an indicator; 0 where none are claimed in words."""
        return self._claim(item).points or Fraction(0)

    def points_claimed(self, item: Item) -> bool:
        """Whether points are claimed for the indicator at all."""
        return self._claim(item).points is not None

    def whole(self) -> list[tuple[Location, str, str]]:
        """The claims for more than one indicator: where, of what, and how many points or which grade."""
        claims, written = self._facts.claims, self._facts.written
        if claims is None:
            return []
        found: list[tuple[Location, str, str]] = [
            (("claims", "subtotals", name), name, written["claims", "subtotals", name, "points"].text)
            for name, *_ in claims.subtotals
        ]
        there = (name for name in ("total", "grade") if getattr(claims, name) is not None)
        return [*found, *((("claims", name), name, written["claims", name].text) for name in there)]

    # ------------------------------------------------------------------------------------- in the report

    def within(self, section: str, quote: str) -> Within | None:
        """A quotation in the report, with what stands around it, where the report is at hand and holds it."""
        if self.report is None or not quote:
            return None
        asked, _ = _dense(quote)
        found = []
        for number, place in enumerate(self.report.passages):
            dense, at = _dense(place.passage.text)
            start = dense.find(asked) if asked else -1
            if start >= 0:
                found.append((place.section == section, -number, at[start], at[start + len(asked) - 1] + 1))
        if not found:
            return None
        _, number, start, end = max(found)
        passages, place = self.report.passages, self.report.passages[-number]
        text = place.passage.text
        above = below = ""
        if not text[:start].strip() and number < 0:
            above = passages[-number - 1].passage.text
        if not text[end:].strip(" 。；;\n") and -number + 1 < len(passages):
            below = passages[-number + 1].passage.text
        return Within(place, above, text[:start], text[start:end], text[end:], below)

    def report_name(self, item: Item) -> str:
        """The short name under which the file knows the report: that of the entry, or the only one that it lists."""
        fact = self.fact(item)
        given = fact.provenance.document if isinstance(fact, Present) else ""
        known = list(self._facts.documents)
        return given or (known[0] if len(known) == 1 else "")

    # ------------------------------------------------------------------------------------------- answers

    def accept(self, item: Item) -> Findings:
        """The item is as its document says; where that was said before, nothing changes."""
        if self.checked(item):
            return ()
        if item.about is About.FACT and item.name not in self._facts.facts:
            return self._write(item, self._state(MISSING, self._say("not-found"), self._say("confirmed")))
        text = FactsText(self.text).with_field(item.location, _model(item), "checked", self._say("confirmed"))
        return self._take(text, item)

    def choose(self, item: Item, number: int) -> Findings:
        """Of several values, one is right; the others are named beside it."""
        fact, told = self.fact(item), self.told(item)
        assert isinstance(fact, Contradictory)
        others = [each for index, each in enumerate(told) if index != number]
        mark = self._say("chosen", others=self._listed(others))
        return self._write(item, {**self._fields(told[number], fact.readings[number].provenance), "checked": mark})

    def try_value(self, item: Item, value: str) -> Findings:
        """What is wrong with a value, before anything else is asked."""
        if item.about is About.FACT:
            basis = self._basis_word(Basis.INFERENCE)
            return self._write(item, {"value": value, "basis": basis, "reason": "…"}, keep=False)
        return self._write(item, {"points": value}, keep=False)

    def correct(self, item: Item, typed: Typed) -> Findings:
        """A person gives another value; what was read stays beside it."""
        fields = {"value": typed.value}
        if typed.quote:
            fields["basis"] = self._basis_word(Basis.FIGURE if self.in_quote(item, typed) else Basis.STATEMENT)
            fields |= {"document": typed.document, "section": typed.section, "quote": typed.quote}
        else:
            declaration = self.declaration(item)
            judged = declaration is not None and isinstance(declaration.kind, Levels)
            fields["basis"] = self._basis_word(Basis.JUDGEMENT if judged else Basis.INFERENCE)
        fields["reason"] = typed.reason
        return self._write(item, {**fields, "checked": self._corrected(item)})

    def in_quote(self, item: Item, typed: Typed) -> bool:
        """Whether a number stands in the sentence that is quoted for it."""
        given = self.given(item, typed.value)
        return isinstance(given, Quantity) and amount_in(typed.quote, given) is not None

    def given(self, item: Item, text: str) -> object:
        """What a text means as the value of a fact."""
        declaration = self.declaration(item)
        found = read_value(text)
        if isinstance(found, Quantity) and declaration and isinstance(declaration.kind, Amount) and found.unit == ONE:
            return replace(found, unit=declaration.kind.unit)
        return found

    def missing(self, item: Item, reason: str) -> Findings:
        """The report does not say the fact."""
        fact = self.fact(item)
        mark = self._say("confirmed") if isinstance(fact, Missing) else self._corrected(item)
        reason = reason or (fact.provenance.reason if isinstance(fact, Missing) else "") or self._say("not-found")
        return self._write(item, self._state(MISSING, reason, mark))

    def not_applicable(self, item: Item, reason: str) -> Findings:
        """The fact does not concern the department."""
        same = isinstance(self.fact(item), NotApplicableFact)
        mark = self._say("confirmed") if same else self._corrected(item, of_state=True)
        return self._write(item, self._state(NOT_APPLICABLE, reason, mark))

    def _state(self, state: str, reason: str, mark: str) -> dict[str, str]:
        word = STATES[state][0 if self.language == "zh" else 1]
        return {"state": word, "reason": reason, "checked": mark}

    def correct_claim(self, item: Item, points: str, rate: str, quote: str, section: str) -> Findings:
        """A person gives other points or another rate than were read; none are points that are not claimed."""
        points = points or UNCLAIMED[0 if self.language == "zh" else 1]
        fields = {"points": points, "rate": rate, "section": section, "quote": quote}
        return self._write(item, {**fields, "checked": self._corrected(item)})

    def correct_whole(self, item: Item, values: Sequence[str]) -> Findings:
        """A person gives other subtotals, another total or another grade than were read."""
        changed = []
        text = self.text
        for (location, name, was), value in zip(self.whole(), values, strict=True):
            if value != was:
                text = FactsText(text).with_value(location, value)
                shown = name if location[1] == "subtotals" else self._say(f"claim-{name}")
                changed.append(self._say("was", name=shown, value=was))
        if not changed:
            return self.accept(item)
        mark = self._say("corrected-whole", were=self._say("comma").join(changed))
        text = FactsText(text).with_field(item.location, ClaimsModel, "checked", self._behind(item, mark))
        return self._take(text, item)

    # ------------------------------------------------------------------------------------ how they are kept

    def _say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    def _basis_word(self, basis: Basis) -> str:
        return _basis(basis, self.language)

    def _fields(self, told: Told, of: Provenance) -> dict[str, str]:
        return {
            "value": told.value,
            "basis": _basis(of.basis, self.language),
            "document": of.document,
            "section": of.section,
            "quote": of.quote,
            "reason": of.reason,
        }

    def _corrected(self, item: Item, of_state: bool = False) -> str:
        """That an item was corrected, and what the file said before."""
        told = self.told(item)
        if item.about is About.CLAIM and not self.points_claimed(item):
            told = []
        if told:
            mark = self._say("corrected", was=self._listed(told))
        elif isinstance(self.fact(item), NotApplicableFact) and item.about is About.FACT:
            mark = self._say("corrected", was=STATES[NOT_APPLICABLE][0 if self.language == "zh" else 1])
        elif of_state:
            mark = self._say("corrected", was=STATES[MISSING][0 if self.language == "zh" else 1])
        else:
            mark = self._say("filled-in")
        return self._behind(item, mark)

    def _behind(self, item: Item, mark: str) -> str:
        """A further correction stands before what was said of the item so far."""
        before = self.checked(item)
        if not before or any(before == say("confirmed", language) for language in LANGUAGES):
            return mark
        return mark + self._say("semicolon") + before

    def _listed(self, several: Sequence[Told]) -> str:
        return self._say("comma").join(map(self._with_sentence, several))

    def _with_sentence(self, told: Told) -> str:
        if not told.quote:
            return told.value
        return self._say("with-sentence", value=told.value, section=told.section, quote=told.quote)

    def _write(self, item: Item, fields: dict[str, str], keep: bool = True) -> Findings:
        kept = {name: value for name, value in fields.items() if value}
        return self._take(FactsText(self.text).with_entry(item.location, _model(item), kept), item, True, keep)

    def _take(self, text: str, item: Item, strict: bool = False, keep: bool = True) -> Findings:
        """Take a text in place of the one so far; where it has a finding that was not there, it is not taken.

        Where a person gives what the entry says, it is `strict`: the entry has no finding at all.
        """
        facts, findings = self._read(text)
        before = {finding.headline for finding in self.findings}
        line = FactsText(text).line(item.location) if strict else 0
        new = tuple(each for each in findings if each.headline not in before or (line and each.span.line == line))
        if any(each.code in _SYNTAX for each in new):
            raise UnchangeableError
        if new:
            return new
        if facts is None or _others(facts, item) != _others(self._facts, item):
            raise UnchangeableError
        if keep:
            self.text, self.facts, self.findings = text, facts, findings
        return ()


def _model(item: Item) -> type[BaseModel]:
    models: dict[About, type[BaseModel]] = {About.FACT: FactModel, About.CLAIM: ClaimModel, About.WHOLE: ClaimsModel}
    return models[item.about]


def _others(facts: FactsFile, item: Item) -> object:
    """Everything that a file says but for one item."""
    claims = facts.claims
    if claims is not None and item.about is About.CLAIM:
        claims = replace(claims, indicators=tuple(each for each in claims.indicators if each.indicator != item.name))
    told = {name: fact for name, fact in facts.facts.items() if item.about is not About.FACT or name != item.name}
    rest = (facts.department, facts.year, facts.documents, facts.others, facts.adjustments, facts.tables)
    return told, rest, _bare(claims, item) if claims else None


def _bare(claims: object, item: Item) -> object:
    from engine.facts import Claims

    assert isinstance(claims, Claims)
    whole = item.about is About.WHOLE
    subtotals = tuple((name, None if whole else points) for name, points, _ in claims.subtotals)
    return claims.indicators, subtotals, None if whole else (claims.total, claims.grade)


def _basis(basis: Basis, language: Language) -> str:
    return BASES[basis][0 if language == "zh" else 1] if basis in BASES else ""


def kind_text(kind: Kind, language: Language) -> str:
    """The unit of a number, or the words that a value is one of: 万元, 是／否, 好／一般／差."""
    slash = "／" if language == "zh" else " / "
    match kind:
        case Amount(unit):
            return unit_word(unit.code, language)
        case Truth():
            return slash.join((YES.first(language), NO.first(language)))
        case Levels(levels):
            return slash.join(name_text(level, language) for level in levels)
    return ""


def amount_in(quote: str, value: Quantity) -> tuple[int, int] | None:
    """Where a sentence has an amount, the last time; its number in another unit will do."""
    alike = None
    for each in figures(normalise(quote)):
        amount = Quantity(each.value * each.scale, UNITS.get(each.unit, ONE))
        if amount.unit.dimension == value.unit.dimension and amount.exact == value.exact:
            alike = each.start, each.end
        elif each.value == value.number:
            alike = each.start, each.number_end
    return alike


def value_in(quote: str, value: object) -> tuple[int, int] | None:
    """Where a sentence has a value in so many words."""
    if isinstance(value, Quantity):
        return amount_in(quote, value)
    if isinstance(value, str) and value:
        start = normalise(quote).rfind(normalise(value))
        return (start, start + len(value)) if start >= 0 else None
    return None


def _dense(text: str) -> tuple[str, list[int]]:
    """A text in plain form without blanks, and where each of its characters stood."""
    kept = [(each, number) for number, each in enumerate(normalise(text)) if not each.isspace() and each.isprintable()]
    return "".join(each for each, _ in kept), [number for _, number in kept]
