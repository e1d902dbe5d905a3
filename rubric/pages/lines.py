"""The number line of a criterion: its bands or steps side by side, what each earns, and the measured value on it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from engine.core import Interval, Term
from engine.evaluate import Known, measured
from engine.number import plain
from engine.pieces import Piece, pieces
from engine.scores import ZERO, IndicatorScore
from engine.unit import WHOLE
from rubric.messages.dossier import say
from rubric.messages.wording import Language
from rubric.pages.dossier import NumberLine, Stretch
from rubric.report.values import Scale, edge_text, interval_text

# More pieces than these are beyond drawing; of more steps than these the words tell the first and the last.
_MOST = 120
_MOST_SAID = 8
# What counts things is nothing or more.
_NOT_BELOW = Interval(ZERO, True)
# Beyond its outermost edges a line goes on for this share of the width between them.
_BEYOND = Fraction(1, 4)


def number_line(score: IndicatorScore, scale: Scale, language: Language) -> NumberLine | None:
    """The number line of an indicator; None where its points do not depend on one measured value alone."""
    value, parts = measured(score), score.plan.parts
    if value is None or len(parts) != 1 or parts[0].measure is None or score.points is None:
        return None
    measure = parts[0].measure
    found = [each for each in pieces(parts[0], {}, Known(score.facts).labels) if not each.interval(measure).empty]
    if not found or len(found) > _MOST or any(_hangs_on_others(each, measure) for each in found):
        return None
    counted = scale.unit.code in WHOLE
    bands = _joined([_Band.of(each, measure) for each in found], counted)
    edges = sorted({end for piece in found for end in _ends(piece.interval(measure)) if end is not None})
    if counted:
        edges = [edge for edge in edges if edge >= 0]
    if not edges or not bands:
        return None
    low, high = _window(edges, bands, value)
    stretches = tuple(_stretch(band, low, high - low, value, _name(band, scale, language, counted)) for band in bands)
    ticks = tuple(((edge - low) / (high - low), edge_text(edge, scale, language)) for edge in edges)
    shown = scale.text(value, language, tuple(edges))
    beyond = -1 if value < low else 1 if value > high else 0
    place = min(max((value - low) / (high - low), Fraction(0)), Fraction(1))
    return NumberLine(stretches, ticks, place, beyond, shown, score.full, _said(stretches, shown, language))


class _Band(NamedTuple):
    """Where points are so many, or run from so many to so many."""

    interval: Interval
    points: tuple[Fraction, Fraction]

    @classmethod
    def of(cls, piece: Piece, measure: Term) -> _Band:
        """The band of one piece."""
        return cls(piece.interval(measure), _at_ends(piece, measure))


def _joined(bands: Sequence[_Band], counted: bool) -> list[_Band]:
    """The bands from left to right; neighbours that earn the same are one, and what is counted is not below nothing."""
    joined: list[_Band] = []
    for band in sorted(bands, key=lambda each: _start(each.interval)):
        interval = band.interval
        if (
            counted
            and interval.high is not None
            and interval.high <= 0
            and not (interval.high_in and not interval.high)
        ):
            continue
        last = joined[-1] if joined else None
        if last is not None and len({*last.points, *band.points}) == 1 and not counted:
            whole = Interval(last.interval.low, last.interval.low_in, interval.high, interval.high_in)
            joined[-1] = _Band(whole, band.points)
        else:
            joined.append(band)
    return joined


def _name(band: _Band, scale: Scale, language: Language, counted: bool) -> str:
    """What a band is called; between two whole numbers there is only the lower one."""
    low, high = band.interval.low, band.interval.high
    alone = counted and low is not None and high is not None and high - low <= scale.unit.size
    return scale.text(low or Fraction(0), language) if alone else interval_text(band.interval, scale, language)


def _said(stretches: Sequence[Stretch], value: str, language: Language) -> str:
    """The number line in words."""
    many = len(stretches) > _MOST_SAID
    told = [*stretches[:2], *stretches[-2:]] if many else stretches
    parts = [say("line-stretch", language, name=each.name, points=each.text) for each in told]
    if many:
        parts.insert(2, "…")
    here = next((each.name for each in stretches if each.here), "-")
    between = "；" if language == "zh" else "; "
    return say("line-said", language, value=value, stretches=between.join(parts), here=here)


def _hangs_on_others(piece: Piece, measure: Term) -> bool:
    """Whether a piece has a condition on something else than the measured value."""
    return bool(piece.labels) or any(term != measure for term, _ in piece.where) or piece.measure not in (None, measure)


def _start(interval: Interval) -> tuple[bool, Fraction, bool]:
    return (interval.low is not None, interval.low or Fraction(0), not interval.low_in)


def _ends(interval: Interval) -> tuple[Fraction | None, Fraction | None]:
    return interval.low, interval.high


def _window(edges: Sequence[Fraction], bands: Sequence[_Band], value: Fraction) -> tuple[Fraction, Fraction]:
    """What part of the number line is drawn: the edges, some space where it goes on, and the value where it is near."""
    width = edges[-1] - edges[0] or abs(edges[0]) / 2 or Fraction(1)
    space = width * _BEYOND
    alone = edges[0] == edges[-1]
    low = edges[0] - (space if bands[0].interval.low is None or alone else 0)
    high = edges[-1] + (space if bands[-1].interval.high is None or alone else 0)
    if value < low <= value + space:
        low = value - space / 4
    if high <= value <= high + space:
        high = value + space / 4
    return low, high


def _stretch(band: _Band, low: Fraction, span: Fraction, value: Fraction, name: str) -> Stretch:
    interval, (first, last) = band
    left = Fraction(0) if interval.low is None else (interval.low - low) / span
    right = Fraction(1) if interval.high is None else (interval.high - low) / span
    text = plain(first) if first == last else f"{plain(first)} → {plain(last)}"
    return Stretch(_inside(left), _inside(right), name, (first, last), text, interval.holds(value))


def _inside(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _at_ends(piece: Piece, measure: Term) -> tuple[Fraction, Fraction]:
    """The points at the left and the right end of a piece."""
    interval = piece.interval(measure)
    if piece.line is None or interval.low is None or interval.high is None:
        rising = piece.line is not None and piece.line.slope > 0
        return (piece.low, piece.high) if rising or piece.flat else (piece.high, piece.low)
    return piece.line.at(interval.low), piece.line.at(interval.high)
