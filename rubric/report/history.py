"""Words how a case differs from its accepted card: total, grade, indicators, entries, clauses, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from engine.history import (
    BETWEEN_READINGS,
    FROM_CLAUSE,
    MISSING,
    Beside,
    ClaimOf,
    Differences,
    FactChange,
    Held,
    HeldChange,
    Line,
    LineChange,
    Move,
    MoveChange,
    Points,
    Result,
    ResultChange,
    exact,
)
from engine.number import plain
from engine.rules import Indicator, Role, Rubric
from rubric.messages.catalogue import tidy
from rubric.messages.history import CARD_WORDS, HISTORY
from rubric.messages.wording import Language
from rubric.readers.accepted import fact_text
from rubric.report.sentences import range_text
from rubric.report.values import edges_of, fact_name, name_text, scale_of

# So much of a digest tells two of them apart for a reader.
SHOWN_OF_DIGEST = 8


_CLAIM_NAMES = {
    ClaimOf.INDICATOR: "claim-name",
    ClaimOf.RATE: "rate-name",
    ClaimOf.SUBTOTAL: "subtotal-name",
    ClaimOf.TOTAL: "total-name",
    ClaimOf.GRADE: "grade-name",
}


class Made(NamedTuple):
    """What a score was made from."""

    rules: str
    facts: str
    version: str


class DifferenceWords:
    """The sentences about one case, in one language; names are those of the rules as they are now."""

    def __init__(self, rubric: Rubric, language: Language) -> None:
        self.rubric = rubric
        self.language = language
        self.indicators = {each.key: each for each in rubric.indicators()}
        self.names = {each.key: each.name for each in rubric.groups()}
        self.names |= {each.key: each.name for each in rubric.indicators()}
        self.grades = {each.name.key: each.name for each in rubric.grades}

    def say(self, code: str, **arguments: object) -> str:
        """A sentence filled in."""
        return tidy(HISTORY[code].of(self.language).format(**arguments))

    def _word(self, code: str) -> str:
        return CARD_WORDS[code].of(self.language)

    def _name(self, key: str) -> str:
        named = self.names.get(key)
        return key if named is None else name_text(named, self.language)

    def _joined(self, parts: Iterator[str] | list[str]) -> str:
        return ("；" if self.language == "zh" else "; ").join(parts)

    # -------------------------------------------------------------------------------------------- whole

    def lines(self, found: Differences, path: str, before: Made, after: Made) -> Iterator[str]:
        """Everything that differs, and why."""
        yield self._head(found, path)
        yield "  " + self.say("because", why=self.why(before, after))
        for each in found.results:
            head, *rest = self.result(each)
            yield f"  {head}"
            yield from (f"    {line}" for line in rest)
        for move in found.moves:
            yield f"  {self.move(move)}"
        if found.overruled:
            changed = (found.before.overruling, found.after.overruling)
            yield "  " + self.say("overruled-changed", **self._both(*changed))
        if found.follows:
            yield "  " + self.say("follows-changed", **self._both(found.before.follows, found.after.follows))
        for claim in found.claims:
            yield f"  {self.claim(claim)}"
        if found.adjusted:
            before_it, after_it = self._adjusted(found.before.beside), self._adjusted(found.after.beside)
            yield "  " + self.say("adjusted-changed", before=before_it, after=after_it)
        for fact in found.told:
            name = fact_name(self.rubric, fact.key, self.language)
            shown = {"before": self._as_told(fact.before), "after": self._as_told(fact.after)}
            yield "  " + self.say("told-changed", name=name, **shown)

    def _adjusted(self, beside: Beside | None) -> str:
        if beside is None or beside.adjusted is None:
            return self.say("none")
        return self.say("points", points=_points(beside.adjusted))

    def _as_told(self, value: str | None) -> str:
        return self.say("not-told") if value in (None, MISSING) else self._value(value or "")

    def _both(self, before: tuple[str, ...], after: tuple[str, ...]) -> dict[str, str]:
        none = self.say("none")
        return {"before": self._joined(list(before)) or none, "after": self._joined(list(after)) or none}

    def _head(self, found: Differences, path: str) -> str:
        points = {"before": _points(found.before.points), "after": _points(found.after.points)}
        moved = found.before.points != found.after.points
        said = [self.say("case-total" if moved else "case-same-total", path=path, **points)]
        if found.before.full != found.after.full:
            said.append(self.say("case-full", before=plain(found.before.full), after=plain(found.after.full)))
        if found.grade:
            said.append(
                self.say("case-grade", before=self.grade(found.before.grades), after=self.grade(found.after.grades))
            )
        return self._joined(said)

    def grade(self, keys: tuple[str, ...]) -> str:
        """A grade, or those that are possible."""
        names = [name_text(self.grades[key], self.language) if key in self.grades else key for key in keys]
        return CARD_WORDS["either"].of(self.language).join(names) or self.say("none")

    def why(self, before: Made, after: Made) -> str:
        """What changed: the rules, the facts, or the program."""
        rules = {"before": before.rules[:SHOWN_OF_DIGEST], "after": after.rules[:SHOWN_OF_DIGEST]}
        facts = {"before": before.facts[:SHOWN_OF_DIGEST], "after": after.facts[:SHOWN_OF_DIGEST]}
        if before.rules != after.rules and before.facts != after.facts:
            both = {f"rules_{name}": each for name, each in rules.items()}
            return self.say("why-both", **both, **{f"facts_{name}": each for name, each in facts.items()})
        if before.rules != after.rules:
            return self.say("why-rules", **rules)
        if before.facts != after.facts:
            return self.say("why-facts", **facts)
        code = "why-engine" if before.version != after.version else "why-engine-same"
        return self.say(code, before=before.version, after=after.version)

    # -------------------------------------------------------------------------------------- indicators

    def result(self, change: ResultChange) -> Iterator[str]:
        """One indicator: its points on the first line, with the clause where one took the place of one."""
        before, after = change.before, change.after
        if before is None or after is None:
            yield self._alone(change)
            return
        lines = list(change.lines)
        said = [self._points_changed(before, after)]
        if len(lines) == 1 and len(before.lines) == len(after.lines) == 1:
            said.extend(self._one_line(lines.pop()))
        yield self._joined(said)
        if before.full != after.full:
            yield self.say("full-changed", before=plain(before.full), after=plain(after.full))
        if before.status is not after.status:
            yield self.say(
                "status-changed", before=self._word(before.status.value), after=self._word(after.status.value)
            )
        # An indicator that is not settled any more has no entries: that each of them is gone says nothing.
        if _settled(before) and _settled(after):
            yield from map(self._line, lines)
        yield from self._readings(change)
        if before.measured != after.measured and before.measured is not None and after.measured is not None:
            yield self.say("measured-changed", **self._measured(change.key, before.measured, after.measured))
        yield from map(self._fact, change.facts)

    def _alone(self, change: ResultChange) -> str:
        only = change.after or change.before
        assert only is not None
        code, at = ("indicator-gone", "before") if change.after is None else ("indicator-new", "after")
        shown = self._given(only)
        return self.say(code, name=self._name(change.key), full=plain(only.full), **{at: shown})

    def _points_changed(self, before: Result, after: Result) -> str:
        name, shown = self._name(after.key), (self._given(before), self._given(after))
        if shown[0] == shown[1]:
            return self.say("points-same", name=name, after=shown[1])
        return self.say("points-changed", name=name, before=shown[0], after=shown[1])

    def _given(self, result: Result) -> str:
        """What an indicator earns; of a penalty, what it takes."""
        indicator = self.indicators.get(result.key)
        if indicator is None or indicator.role is not Role.PENALTY:
            return self.say("points", points=_points(result.points))
        low, high = result.full - result.points.high, result.full - result.points.low
        return self.say("taken", points=range_text(low, high))

    def _one_line(self, change: LineChange) -> Iterator[str]:
        """The one clause that took the place of one, or the same one with other points."""
        before, after = change
        assert before is not None
        assert after is not None
        if before.clause == after.clause:
            yield self.say("clause-same", clause=self._clause(after))
        else:
            yield self.say("clause-changed", before=self._clause(before), after=self._clause(after))

    def _line(self, change: LineChange) -> str:
        before, after = change
        if before is None:
            assert after is not None
            return self.say("line-new", clause=self._clause(after), after=self._amount(after))
        if after is None:
            return self.say("line-gone", clause=self._clause(before), before=self._amount(before))
        shown = {"before": self._amount(before), "after": self._amount(after)}
        if shown["before"] == shown["after"]:
            shown = {"before": self._in_full(before), "after": self._in_full(after)}
        if self._clause(before) == self._clause(after):
            return self.say("line-changed", clause=self._clause(after), **shown)
        return self.say("line-both", first=self._clause(before), second=self._clause(after), **shown)

    def _clause(self, line: Line) -> str:
        return line.clause if line.origin == FROM_CLAUSE else self._word(line.origin)

    def _amount(self, line: Line) -> str:
        if line.awarded < 0:
            return self.say("line-taken", points=plain(-line.awarded))
        if line.awarded == 0 and line.lost:
            return self.say("line-withheld", points=plain(line.lost))
        return self.say("line-awarded", points=plain(line.awarded))

    def _in_full(self, line: Line) -> str:
        return self.say("line-less", points=plain(line.awarded), lost=plain(line.lost))

    def _readings(self, change: ResultChange) -> Iterator[str]:
        pairs = dict.fromkeys(
            (before.reading, after.reading)
            for before, after in change.lines
            if before is not None and after is not None and before.reading and after.reading
        )
        for was, now in pairs:
            if was is not now and was is not None and now is not None:
                yield self.say("reading-changed", before=self._word(was.value), after=self._word(now.value))

    def _measured(self, key: str, before: Fraction, after: Fraction) -> dict[str, str]:
        indicator: Indicator | None = self.indicators.get(key)
        if indicator is None:
            return {"before": exact(before), "after": exact(after)}
        scale, edges = scale_of(self.rubric, indicator), edges_of(indicator)
        return {
            "before": scale.text(before, self.language, edges),
            "after": scale.text(after, self.language, edges),
        }

    def _fact(self, change: FactChange) -> str:
        name = fact_name(self.rubric, change.key, self.language)
        after = self._value(change.after)
        if change.before is None:
            return self.say("fact-lacking", name=name, after=after)
        return self.say("fact-changed", name=name, before=self._value(change.before), after=after)

    def _value(self, spelt: str) -> str:
        either = CARD_WORDS["either"].of(self.language)
        return fact_text(spelt, self.language).replace(BETWEEN_READINGS, either)

    # -------------------------------------------------------------------------------------------- claims

    def claim(self, change: HeldChange) -> str:
        """A claim that is made, or held against the rule, otherwise than it was."""
        before, after = change
        only = after or before
        assert only is not None
        name = self.say(_CLAIM_NAMES[only.of], name=self._name(only.name))
        if after is None:
            return self.say("claim-gone", name=name, before=self._claimed(only, only.claimed))
        if before is None:
            shown = self._claimed(after, after.claimed)
            if after.verdict is not None:
                shown = self.say("claim-new-verdict", after=shown, verdict=self._verdict(after))
            return self.say("claim-new", name=name, after=shown)
        return self.say("claim-changed", name=name, changes=self._joined(self._claim_changes(before, after)))

    def _claim_changes(self, before: Held, after: Held) -> Iterator[str]:
        if before.claimed != after.claimed:
            shown = (self._claimed(before, before.claimed), self._claimed(after, after.claimed))
            yield self.say("claim-was", before=shown[0], after=shown[1])
        if before.own != after.own:
            own = {"before": self._own(before), "after": self._own(after)}
            yield self.say("own-changed", **own)
        if after.verdict is None:
            return
        due = self._due(after)
        if before.verdict is after.verdict:
            yield self.say("verdict-same", after=self._verdict(after), due=due)
        else:
            yield self.say("verdict-changed", before=self._verdict(before), after=self._verdict(after), due=due)

    def _verdict(self, held: Held) -> str:
        return self.say("none") if held.verdict is None else self._word(f"verdict-{held.verdict.value}")

    def _own(self, held: Held) -> str:
        return self._claimed(held, held.own) if held.own else self.say("none")

    def _claimed(self, held: Held, shown: str) -> str:
        if held.of is ClaimOf.GRADE:
            return self.grade((shown,))
        return shown if held.of is ClaimOf.RATE else self.say("points", points=plain(Fraction(shown)))

    def _due(self, held: Held) -> str:
        match held.of:
            case ClaimOf.GRADE:
                return self.grade(tuple(held.due.split(BETWEEN_READINGS)))
            case ClaimOf.RATE:
                return self._measured(held.name, Fraction(held.due), Fraction(held.due))["after"]
        low, _, high = held.due.partition("~")
        return self.say("points", points=range_text(Fraction(low), Fraction(high or low)))

    # -------------------------------------------------------------------------------------------- levels

    def move(self, change: MoveChange) -> str:
        """What moves the points of a level or of the whole."""
        only = change.after or change.before
        assert only is not None
        said = {"where": self._name(only.level) if only.level else self.say("the-whole"), "why": self._why(only)}
        if change.before is None:
            return self.say("move-new", **said, after=self._moved(only))
        if change.after is None:
            return self.say("move-gone", **said, before=self._moved(only))
        return self.say("move-changed", **said, before=self._moved(change.before), after=self._moved(change.after))

    def _why(self, move: Move) -> str:
        why = self._word(move.why.value)
        return self.say("move-clause", why=why, clause=move.clause) if move.clause else why

    def _moved(self, move: Move) -> str:
        return self._word("open") if move.amount is None else self.say("points", points=plain(move.amount))


def _settled(result: Result) -> bool:
    return result.status.settled


def _points(points: Points) -> str:
    return range_text(points.low, points.high)


# ------------------------------------------------------------------------------------------------- data


def difference_data(found: Differences, before: Made, after: Made) -> Mapping[str, Any]:
    """The differences for other programs: exact numbers as texts, codes in place of words."""
    return {
        "changed": {
            "rules": before.rules != after.rules,
            "facts": before.facts != after.facts,
            "version": before.version != after.version,
        },
        "before": {"points": _ends(found.before.points), "grades": list(found.before.grades)},
        "after": {"points": _ends(found.after.points), "grades": list(found.after.grades)},
        "indicators": [
            {
                "name": each.key,
                "before": _result_data(each.before),
                "after": _result_data(each.after),
                "entries": [{"before": _line_data(one), "after": _line_data(two)} for one, two in each.lines],
                "facts": [fact._asdict() for fact in each.facts],
            }
            for each in found.results
        ],
        "moves": [{"before": _move_data(each.before), "after": _move_data(each.after)} for each in found.moves],
        "claims": [{"before": _held_data(each.before), "after": _held_data(each.after)} for each in found.claims],
        "adjusted": {"before": _adjusted_data(found.before.beside), "after": _adjusted_data(found.after.beside)},
        "told": [fact._asdict() for fact in found.told],
    }


def _held_data(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    verdict = None if held.verdict is None else held.verdict.value
    return {**held._asdict(), "of": held.of.value.removeprefix("claim-"), "verdict": verdict}


def _adjusted_data(beside: Beside | None) -> dict[str, str] | None:
    return None if beside is None or beside.adjusted is None else _ends(beside.adjusted)


def _ends(points: Points) -> dict[str, str]:
    return {"low": str(points.low), "high": str(points.high)}


def _result_data(result: Result | None) -> dict[str, Any] | None:
    if result is None:
        return None
    measured = None if result.measured is None else str(result.measured)
    return {
        "full": str(result.full),
        "status": result.status.value,
        "points": _ends(result.points),
        "measured": measured,
    }


def _line_data(line: Line | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "clause": line.clause,
        "origin": line.origin,
        "awarded": str(line.awarded),
        "lost": str(line.lost),
        "reading": None if line.reading is None else line.reading.value,
    }


def _move_data(move: Move | None) -> dict[str, Any] | None:
    if move is None:
        return None
    amount = None if move.amount is None else str(move.amount)
    return {"level": move.level, "why": move.why.value, "amount": amount, "clause": move.clause}
