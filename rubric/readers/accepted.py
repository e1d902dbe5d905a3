"""The accepted card of a case: what its score came to when a person accepted it, and why; read and written.

It is YAML that a person reads in review: points, status, each entry with its clause, and the claims that were held
against them. Every number is exact. It is written in one language and read in both. A card that was written before the
claims were kept reads as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from engine.claims import Verdict
from engine.compose import Why
from engine.history import (
    BETWEEN_READINGS,
    FROM_BOUNDS,
    FROM_CLAUSE,
    FROM_START,
    MISSING,
    NOT_APPLICABLE,
    Beside,
    ClaimOf,
    Held,
    Line,
    Move,
    Points,
    Record,
    Result,
    exact,
    spread_text,
)
from engine.number import Printed, plain
from engine.rules import Reading
from engine.scores import Status
from rubric.messages.history import CARD_KEYS, CARD_WORDS, HISTORY
from rubric.messages.wording import Language
from rubric.messages.words import UNIT_WORDS, quantity_text

# Each value stays the text that was written: no float, no date.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# A larger card is something else.
MAX_CARD = 4_000_000

_TILDE = "~"


class Acceptance(NamedTuple):
    """That a person accepted the score: when, what it was, and why."""

    date: str
    total: str
    grade: str
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted card: the record, what it was made from, and every acceptance, the last one at the end."""

    record: Record
    rules_digest: str
    facts_digest: str
    version: str
    history: tuple[Acceptance, ...]


class CardError(Exception):
    """A card that cannot be read: the code of the reason and what it is filled in with."""

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments

    def said(self, language: Language) -> str:
        """The reason, as part of a sentence."""
        named = {name: _named(value, language) for name, value in self.arguments.items()}
        return HISTORY[self.code].of(language).format(**named)


def _named(value: object, language: Language) -> object:
    return CARD_KEYS[value].of(language) if isinstance(value, str) and value in CARD_KEYS else value


# --------------------------------------------------------------------------------------------- reading


def read_card(path: Path) -> Accepted:
    """The accepted card at a path; CardError where it is not as it was written."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, ValueError):
        raise CardError("card-syntax", line=1) from None
    if len(data) > MAX_CARD:
        raise CardError("card-syntax", line=1)
    return parse_card(text)


def parse_card(text: str) -> Accepted:
    """An accepted card from its text."""
    try:
        root = yaml.load(text, _LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise CardError("card-syntax", line=mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise CardError("card-syntax", line=1) from None
    if not isinstance(root, dict):
        raise CardError("card-syntax", line=1)
    _refuse_aliases(root)
    return _accepted(_Reader(root))


def _refuse_aliases(root: Any) -> None:
    """No part stands in two places: a short text cannot come to a huge card, nor to one without an end."""
    seen: set[int] = set()
    open_ones = [root]
    while open_ones:
        value = open_ones.pop()
        if isinstance(value, str):
            continue
        if id(value) in seen:
            raise CardError("card-syntax", line=1)
        seen.add(id(value))
        open_ones.extend(value.values() if isinstance(value, dict) else value)


_E = TypeVar("_E", bound=Enum)


class _Reader:
    """A mapping of a card, asked for its values by code; CardError where one is not as it was written."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise CardError("card-syntax", line=1)
        self.value: dict[str, Any] = value

    def get(self, code: str) -> Any:
        return next((self.value[key] for key in CARD_KEYS[code] if key in self.value), None)

    def text(self, code: str, otherwise: str | None = None) -> str:
        found = self.get(code)
        if found is None and otherwise is not None:
            return otherwise
        if not isinstance(found, str):
            raise CardError("card-lacks", key=code)
        return found

    def number(self, code: str) -> Fraction:
        return _number(self.text(code), code)

    def points(self, code: str) -> Points:
        low, _, high = self.text(code).partition(_TILDE)
        return Points(_number(low, code), _number(high or low, code))

    def word(self, code: str, kind: type[_E], otherwise: _E) -> _E:
        """A member of an enumeration from its word in either language."""
        written = self.text(code, "")
        if not written:
            return otherwise
        found = next((each for each in kind if written in CARD_WORDS[each.value]), None)
        if found is None:
            raise CardError("card-lacks", key=code)
        return found

    def several(self, code: str) -> Iterator[_Reader]:
        for each in self._list(code):
            yield _Reader(each)

    def texts(self, code: str) -> tuple[str, ...]:
        found = self._list(code)
        if not all(isinstance(each, str) for each in found):
            raise CardError("card-lacks", key=code)
        return tuple(found)

    def pairs(self, code: str) -> Iterator[tuple[str, str]]:
        found = self.get(code)
        for key, value in ({} if found is None else _Reader(found).value).items():
            if not isinstance(value, str):
                raise CardError("card-lacks", key=code)
            yield key, value

    def _list(self, code: str) -> list[Any]:
        found = self.get(code)
        if found is None:
            return []
        if not isinstance(found, list):
            raise CardError("card-lacks", key=code)
        return found


# Longer than any number that is written; a huge power of ten is not reckoned out.
_NUMBER = re.compile(r"-?\d{1,400}(\.\d{1,400}|/[1-9]\d{0,400})?")


def _number(text: str, code: str) -> Fraction:
    if not _NUMBER.fullmatch(text.strip()):
        raise CardError("card-lacks", key=code)
    return Fraction(text.strip())


def _accepted(root: _Reader) -> Accepted:
    record = Record(
        full=root.number("full"),
        points=root.points("total"),
        grades=root.texts("grade"),
        results=tuple(map(_result, root.several("indicators"))),
        moves=tuple(map(_move, root.several("moves"))),
        overruling=root.texts("vetoes"),
        follows=root.texts("follows"),
        beside=_beside(root),
        told=_told(root),
    )
    history = tuple(
        Acceptance(each.text("date"), each.text("total"), each.text("grade", ""), each.text("reason"))
        for each in root.several("history")
    )
    return Accepted(record, root.text("rules-digest"), root.text("facts-digest"), root.text("version"), history)


def _result(each: _Reader) -> Result:
    measured = each.text("measured", "")
    return Result(
        key=each.text("name"),
        full=each.number("full"),
        status=each.word("status", Status, Status.SCORED),
        points=each.points("points"),
        lines=tuple(map(_line, each.several("ledger"))),
        measured=_number(measured, "measured") if measured else None,
        facts=tuple((key, _fact_read(value)) for key, value in each.pairs("facts")),
    )


def _line(each: _Reader) -> Line:
    reading = each.text("reading", "") and each.word("reading", Reading, Reading.WHOLE)
    origin = each.text("origin", "")
    found = next((code for code in (FROM_START, FROM_BOUNDS) if origin in CARD_WORDS[code]), FROM_CLAUSE)
    clause = each.text("clause") if found == FROM_CLAUSE else ""
    return Line(clause, each.number("awarded"), each.number("lost"), reading or None, found)


def _move(each: _Reader) -> Move:
    amount = each.text("amount")
    settled = None if amount in CARD_WORDS["open"] else _number(amount, "amount")
    why = each.word("why", Why, Why.FORMULA)
    return Move(each.text("level", ""), why, settled, each.text("clause", ""))


def _beside(root: _Reader) -> Beside | None:
    """What stands beside the score; a card that was written before it was kept has no claims, not even none."""
    if root.get("claims") is None:
        return None
    adjusted = root.points("adjusted") if root.get("adjusted") is not None else None
    return Beside(tuple(map(_held, root.several("claims"))), adjusted)


def _held(each: _Reader) -> Held:
    of = each.word("claim-of", ClaimOf, ClaimOf.INDICATOR)
    verdict = each.text("verdict", "")
    codes: dict[str, Verdict | Printed] = verdict_codes(of)
    found = next((code for code in codes if verdict in CARD_WORDS[code]), None)
    if verdict and found is None:
        raise CardError("card-lacks", key="verdict")
    claimed, due, own = each.text("claimed"), each.text("due", ""), each.text("own", "")
    if of is not ClaimOf.GRADE:
        for code, text in (("claimed", "" if of is ClaimOf.RATE else claimed), ("due", due), ("own", own)):
            for end in text.split(_TILDE, 1) if text else ():
                _number(end, code)
    return Held(of, each.text("name", ""), claimed, due, None if found is None else codes[found], own)


def verdict_codes(of: ClaimOf) -> dict[str, Verdict | Printed]:
    """The verdicts on a claim, by the codes of their words: a printed rate has others than points."""
    verdicts: type[Verdict] | type[Printed] = Printed if of is ClaimOf.RATE else Verdict
    return {f"verdict-{each.value}": each for each in verdicts}


def _told(root: _Reader) -> tuple[tuple[str, str], ...] | None:
    if root.get("told") is None:
        return None
    return tuple((key, _fact_read(value)) for key, value in root.pairs("told"))


# --------------------------------------------------------------------------------------------- facts

_CODES = {form: code for code, forms in UNIT_WORDS.items() for spelling in forms for form in spelling}
_STATES = {form: code for code in (MISSING, NOT_APPLICABLE, "yes", "no") for form in CARD_WORDS[code]}
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+|/\d+)?) ?(.*)")


def fact_text(value: str, language: Language) -> str:
    """A fact as it was spelt out for a record, in a language: 310.71 万元, “一等”, 是."""
    return BETWEEN_READINGS.join(_fact_text(each, language) for each in value.split(BETWEEN_READINGS))


def _fact_text(value: str, language: Language) -> str:
    if value in CARD_WORDS:
        return CARD_WORDS[value].of(language)
    amount = _AMOUNT.fullmatch(value)
    known = amount is not None and (amount[2] in UNIT_WORDS or amount[2] == "one")
    return quantity_text(amount[1], amount[2], language) if amount and known else value


def _fact_read(text: str) -> str:
    """A fact as it is spelt out for a record, from what was written in either language."""
    return BETWEEN_READINGS.join(map(_value_read, text.split(BETWEEN_READINGS)))


def _value_read(text: str) -> str:
    if text in _STATES:
        return _STATES[text]
    amount = _AMOUNT.fullmatch(text)
    return f"{amount[1]} {_CODES.get(amount[2], amount[2]) or 'one'}" if amount else text


# --------------------------------------------------------------------------------------------- writing


def card_text(accepted: Accepted, heading: str, language: Language) -> str:
    """An accepted card as it is written, under a comment that says whose it is."""
    return "\n".join(_Writer(accepted, language).lines(heading)) + "\n"


class _Writer:
    """Writes one card in one language."""

    def __init__(self, accepted: Accepted, language: Language) -> None:
        self.accepted = accepted
        self.language = language

    def lines(self, heading: str) -> Iterator[str]:
        """The whole card."""
        accepted, record = self.accepted, self.accepted.record
        yield f"# {heading}"
        yield f"# {HISTORY['card-note'].of(self.language)}"
        yield self._entry("rules-digest", accepted.rules_digest)
        yield self._entry("facts-digest", accepted.facts_digest)
        yield self._entry("version", accepted.version)
        yield self._entry("full", exact(record.full))
        yield self._entry("total", points_written(record.points) + _about(record.points))
        yield f"{self._key('grade')}: [{', '.join(map(_flow, record.grades))}]"
        for code, texts in (("vetoes", record.overruling), ("follows", record.follows)):
            if texts:
                yield f"{self._key(code)}:"
                yield from (f"- {_quoted(each)}" for each in texts)
        if record.moves:
            yield f"{self._key('moves')}:"
            yield from map(self._move, record.moves)
        yield f"{self._key('indicators')}:"
        for result in record.results:
            yield from self._result(result)
        if record.beside is not None:
            yield from self._beside(record.beside)
        if record.told is not None:
            yield f"{self._key('told')}:" if record.told else f"{self._key('told')}: {{}}"
            yield from (f"  {_flow(key)}: {_flow(fact_text(value, self.language))}" for key, value in record.told)
        if accepted.history:
            yield f"{self._key('history')}:"
        for each in accepted.history:
            reason = _quoted(each.reason)
            yield self._flow(
                date=each.date, total=each.total, **({"grade": _flow(each.grade)} if each.grade else {}), reason=reason
            )

    def _beside(self, beside: Beside) -> Iterator[str]:
        """The claims, a line each, and the total after the adjustments."""
        yield f"{self._key('claims')}:" if beside.claims else f"{self._key('claims')}: []"
        yield from map(self._held, beside.claims)
        if beside.adjusted is not None:
            yield self._entry("adjusted", points_written(beside.adjusted) + _about(beside.adjusted))

    def _held(self, held: Held) -> str:
        values = {"claim-of": self._word(held.of.value), "name": held.name, "claimed": held.claimed, "due": held.due}
        values |= {"own": held.own, "verdict": self._word(f"verdict-{held.verdict.value}") if held.verdict else ""}
        optional = ("name", "due", "own", "verdict")
        return self._flow(**{code: _flow(value) for code, value in values.items() if value or code not in optional})

    def _key(self, code: str) -> str:
        return CARD_KEYS[code].of(self.language)

    def _word(self, code: str) -> str:
        return CARD_WORDS[code].of(self.language)

    def _entry(self, code: str, value: str) -> str:
        return f"{self._key(code)}: {value}"

    def _flow(self, **values: str) -> str:
        inside = ", ".join(f"{self._key(code.replace('_', '-'))}: {value}" for code, value in values.items())
        return f"- {{{inside}}}"

    def _move(self, move: Move) -> str:
        values = {"level": _flow(move.level)} if move.level else {}
        amount = self._word("open") if move.amount is None else exact(move.amount)
        clause = {"clause": _quoted(move.clause)} if move.clause else {}
        return self._flow(**values, why=_flow(self._word(move.why.value)), amount=amount, **clause)

    def _result(self, result: Result) -> Iterator[str]:
        yield f"- {self._entry('name', _flow(result.key))}"
        yield f"  {self._entry('points', points_written(result.points) + _about(result.points))}"
        yield f"  {self._entry('full', exact(result.full))}"
        if result.status is not Status.SCORED:
            yield f"  {self._entry('status', _flow(self._word(result.status.value)))}"
        if result.measured is not None:
            yield f"  {self._entry('measured', exact(result.measured) + _about((result.measured,)))}"
        if result.facts:
            shown = (f"{_flow(key)}: {_flow(fact_text(value, self.language))}" for key, value in result.facts)
            yield f"  {self._key('facts')}: {{{', '.join(shown)}}}"
        if result.lines:
            yield f"  {self._key('ledger')}:"
            yield from (f"  {self._line(line)}" for line in result.lines)

    def _line(self, line: Line) -> str:
        values = {"awarded": exact(line.awarded), "lost": exact(line.lost)}
        if line.reading is not None:
            values["reading"] = self._word(line.reading.value)
        if line.origin == FROM_CLAUSE:
            values["clause"] = _quoted(line.clause)
        else:
            values["origin"] = self._word(line.origin)
        return self._flow(**values)


def points_written(points: Points) -> str:
    """Points as a card has them: one number, or a range of two."""
    return spread_text(points)


def _about(numbers: Collection[Fraction]) -> str:
    """Beside a number that is written as a fraction, a comment that says about how much it is."""
    about = [plain(each, 4) for each in dict.fromkeys(numbers)]
    return f"  # {_TILDE.join(about)}" if any("/" in exact(each) for each in numbers) else ""


# What stands in a list or a mapping in one line without quotation marks.
_PLAIN = re.compile(
    r"[^\W_](?:[\w“”（）〔〕《》、.%‰/+ -]*[\w”）〕》%‰])?|[“（《][\w“”（）〔〕《》、.%‰]*[\w”）》]"
    r"|-?[\d./]+(?:~-?[\d./]+)?"
)


def _flow(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A text in quotation marks; what YAML takes for no character of a text is written by its number."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in written)
