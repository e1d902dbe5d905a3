"""Holds the official sentence of an indicator against its rule: numbers, edges and operators.

Where the sentence itself can be read as a criterion, the two are compared as such, and a difference is shown by
facts for which they give different points. Else the figures of the sentence are held against those of the rule as
it would be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from engine.alternatives import TooManyCasesError
from engine.diagnostic import Argument, Diagnostic, Pair, Shown, Word, note, warning
from engine.difference import Difference, difference, same
from engine.lowering import Lowering
from engine.possible import possible
from engine.rules import Amount, Clause, Combination, Indicator, Rubric
from engine.source import Span
from engine.unit import UNITS, WHOLE
from rubric.language.numerals import CHINESE_DIGITS, chinese_number
from rubric.language.text import Line, either, normalise, table
from rubric.messages.vocabulary import KEYWORDS, UNIT_WORDS

# What reads an official sentence as a criterion: its clauses and how they count, or None.
Read = Callable[[Indicator, Sequence[Line]], tuple[tuple[Clause, ...], Combination] | None]


def against_official(
    rubric: Rubric, indicator: Indicator, lines: Sequence[Line], read: Read, rule: str, file: str
) -> Iterator[Diagnostic]:
    """What the official sentence of an indicator says otherwise than its rule, which is `rule` when written out."""
    place = indicator.official_span
    compared = read(indicator, lines)
    if compared is not None and indicator.rows is None:
        official = replace(indicator, clauses=compared[0], combination=compared[1])
        finding = _compared(rubric, indicator, official, place)
        if finding is None:
            return
        yield replace(
            finding, helps=(*(each.headline for each in _figures(lines, rule, indicator, file)), *finding.helps)
        )
        return
    yield from _figures(lines, rule, indicator, file)


# ------------------------------------------------------------------------------------------- as criteria


def _compared(rubric: Rubric, rule: Indicator, official: Indicator, place: Span) -> Diagnostic | None:
    """Where rule and sentence give different points."""
    lowering = Lowering(rubric)
    try:
        plans = lowering.plan(rule), lowering.plan(official)
    except TooManyCasesError:
        return None
    if same(*plans):
        return None
    facts = possible((fact for key, fact in lowering.declared.items() if any(key in p.needs for p in plans)), plans)
    unit = lowering.shown_in(rule)
    found = difference(*plans, facts, lowering.declared, unit.size)
    if found is None:
        return None
    headline = note(
        "official-differs",
        name=rule.name.key,
        case=_case(found, lowering),
        official=_points(found.second),
        rule=_points(found.first),
    )
    return warning(headline, place, note("check-official"))


def _points(points: Fraction | None) -> Argument:
    return Word("label", "no-score") if points is None else Shown(points, "score")


def _case(found: Difference, lowering: Lowering) -> tuple[Argument, ...]:
    pairs: list[Argument] = []
    for key, label in found.witness.labels.items():
        shown = Word("label", "yes" if label else "no") if isinstance(label, bool) else label
        pairs.append(Pair(key, shown))
    for key, amount in found.witness.amounts.items():
        declared = lowering.declared.get(key)
        if declared is not None and isinstance(declared.kind, Amount):
            unit = declared.kind.unit
            pairs.append(Pair(key, Shown(amount / unit.size, unit.code)))
    return tuple(pairs)


# -------------------------------------------------------------------------------------------- as figures


class Figure(NamedTuple):
    """A number with its kind of unit, as it stands in a sentence, and the comparison beside it, if there is one."""

    number: Fraction
    kind: str
    unit: str
    comparison: str
    span: Span | None

    @property
    def shown(self) -> Shown:
        """The number with its unit."""
        return Shown(self.number, self.unit)


def _figures(lines: Sequence[Line], rule: str, indicator: Indicator, file: str) -> Iterator[Diagnostic]:
    """Numbers and comparisons that stand in one of the two alone."""
    official = [each for line in lines for each in figures(line, file)]
    own = figures(Line(0, 1, normalise(rule), rule), file)
    full = (indicator.full, "score")
    missing = _first({_what(each): each for each in official}, {_what(each) for each in own}, full)
    added = _first({_what(each): each for each in own}, {_what(each) for each in official}, full)
    for figure in list(missing):
        other = next((each for each in added if each.kind == figure.kind), None)
        place = figure.span or indicator.official_span
        if other is not None and sum(each.kind == figure.kind for each in (*missing, *added)) == 2:
            added.remove(other)
            headline = note("official-number", official=figure.shown, rule=other.shown)
        else:
            headline = note("official-number-missing", number=figure.shown)
        yield warning(headline, place, note("check-official"))
    for figure in added:
        yield warning(note("rule-number-added", number=figure.shown), indicator.official_span, note("check-official"))
    yield from _comparisons(official, own, indicator)


def _what(figure: Figure) -> tuple[Fraction, str]:
    return figure.number, figure.kind


def _first(
    given: dict[tuple[Fraction, str], Figure], others: set[tuple[Fraction, str]], full: tuple[Fraction, str]
) -> list[Figure]:
    """The figures that the other side does not have; full marks and nothing may be said in words."""
    said_in_words = {full, (Fraction(0), "score")}
    return [figure for what, figure in given.items() if what not in others and what not in said_in_words]


def _comparisons(official: Sequence[Figure], own: Sequence[Figure], indicator: Indicator) -> Iterator[Diagnostic]:
    """The same number, compared in another way."""
    for figure in official:
        beside = {each.comparison for each in own if _what(each) == _what(figure) and each.comparison}
        same_place = {each.comparison for each in official if _what(each) == _what(figure)}
        if not figure.comparison or not beside or figure.comparison in beside or same_place & beside:
            continue
        wrong = _exchanged(figure.comparison, beside)
        if wrong is not None:
            headline = note("official-edge", official=figure.comparison, rule=wrong, number=figure.shown)
            yield warning(headline, figure.span or indicator.official_span, note("check-official"))


def _exchanged(comparison: str, beside: set[str]) -> str | None:
    """The comparison of the rule that differs from the official one in whether the edge belongs to it."""
    pairs = {"≥": ">", ">": "≥", "≤": "<", "<": "≤"}
    # An edge between two bands belongs to one of them: > 90% here is the same as ≤ 90% there.
    across = {"≥": "<", "<": "≥", ">": "≤", "≤": ">"}
    if across[comparison] in beside:
        return None
    return pairs[comparison] if pairs[comparison] in beside else None


_UNITS = table(UNIT_WORDS.items())
_SIGNS = {"AT_LEAST": "≥", "AT_MOST": "≤", "ABOVE": ">", "BELOW": "<"}
_COMPARING = {normalise(form): sign for code, sign in _SIGNS.items() for form in KEYWORDS[code].zh + KEYWORDS[code].en}
_FIGURE = re.compile(
    rf"(?P<before>{either(_COMPARING)})?\s*"
    rf"(?P<number>-?[0-9]+(?:\.[0-9]+)?|[{CHINESE_DIGITS}]+)\s*(?P<unit>{either(_UNITS)})"
    r"\s*(?P<mark>\((?:含|不含)[^()]*\))?\s*(?P<after>及?以上|及?以下|以内)?\s*(?P<late>\((?:含|不含)[^()]*\))?",
    re.IGNORECASE,
)
# Numbers of these units say how something is counted, and not how much.
_IDLE = frozenset({"grade_step", "year", "month", "day"})


def figures(line: Line, file: str) -> list[Figure]:
    """Every number with a unit in a line."""
    found = []
    for match in _FIGURE.finditer(line.text):
        number = _number(match["number"])
        unit = _UNITS[" ".join(match["unit"].lower().split())]
        if number is None or unit in _IDLE:
            continue
        place = line.span(file, match.start("number"), match.end("unit")) if line.number else None
        found.append(Figure(number, _kind(unit), unit, _comparison(match), place))
    return found


def _number(text: str) -> Fraction | None:
    if text.lstrip("-")[:1].isdigit():
        return Fraction(text)
    return chinese_number(text)


def _kind(unit: str) -> str:
    """What is the same number under more than one unit: per cent and percentage points, cases and times."""
    if unit in ("percent", "percentage_point"):
        return "rate"
    if unit in WHOLE:
        return "count"
    return UNITS[unit].dimension[0][0]


def _comparison(match: re.Match[str]) -> str:
    before, after = match["before"], match["after"]
    if before:
        return _COMPARING[" ".join(before.lower().split())]
    if not after:
        return ""
    marks = (match["mark"] or "") + (match["late"] or "")
    upward, excluded = "上" in after, "不含" in marks
    if upward:
        return ">" if excluded else "≥"
    return "<" if excluded or ("含" not in marks and "及" not in after) else "≤"
