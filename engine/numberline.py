"""A number line to be drawn: which stretch of a measured value earns what, and where nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from engine.core import Interval
from engine.diagnostic import Argument, Note, note
from engine.source import Span
from engine.unit import Unit

# So many stretches are drawn at most: those around the first one of which nothing is said.
MOST_DRAWN = 7


class Segment(NamedTuple):
    """A stretch of the line, the points at its lower and at its upper end, and the clause that gives them."""

    interval: Interval
    points: tuple[Fraction, Fraction] | None
    clause: Span | None = None


def number_line(rows: Iterable[Iterable[Segment]], unit: Unit) -> Note | None:
    """Rows of stretches as a note; None where there is no edge to draw."""
    drawn = tuple(tuple(_argument(segment, unit) for segment in row) for row in rows)
    edges = {end for row in drawn for segment in row for end in (segment[0], segment[2]) if end != ""}
    return note("number-line", rows=drawn, unit=unit.code) if edges else None


def _argument(segment: Segment, unit: Unit) -> tuple[Argument, ...]:
    """A stretch as plain values: its ends in the unit, none as an empty text, and its points, none as no values."""
    low, low_in, high, high_in = segment.interval
    return (
        "" if low is None else low / unit.size,
        int(low_in),
        "" if high is None else high / unit.size,
        int(high_in),
        segment.points or (),
    )


def laid_out(segments: Iterable[Segment], reach: Interval) -> list[Segment]:
    """Stretches in their order, alike neighbours joined, and what they leave over of the reach of the line."""
    found = sorted((each for each in segments if not each.interval.empty), key=lambda each: _from_low(each.interval))
    line: list[Segment] = []
    rest: Interval | None = reach
    for segment in found:
        interval = segment.interval.meet(reach)
        if interval.empty:
            continue
        if rest is not None and interval.low is not None:
            before = rest.meet(Interval(high=interval.low, high_in=not interval.low_in))
            if not before.empty:
                line.append(Segment(before, None))
        _join(line, segment._replace(interval=interval))
        rest = None if interval.high is None else reach.meet(Interval(low=interval.high, low_in=not interval.high_in))
        if rest is not None and rest.empty:
            rest = None
    if rest is not None:
        line.append(Segment(rest, None))
    return _window(line)


def _join(line: list[Segment], segment: Segment) -> None:
    """Put a stretch behind the others, as a part of the last one if that is from the same clause or gives the same."""
    last = line[-1] if line else None
    if last is not None and last.points is not None and segment.points is not None:
        alike = last.clause is not None and last.clause == segment.clause
        level = last.points[0] == last.points[1] == segment.points[0] == segment.points[1]
        if alike or level:
            interval = last.interval._replace(high=segment.interval.high, high_in=segment.interval.high_in)
            line[-1] = last._replace(interval=interval, points=(last.points[0], segment.points[1]))
            return
    line.append(segment)


def _window(line: list[Segment]) -> list[Segment]:
    if len(line) <= MOST_DRAWN:
        return line
    gap = next((index for index, segment in enumerate(line) if segment.points is None), 0)
    start = min(max(0, gap - MOST_DRAWN // 2), len(line) - MOST_DRAWN)
    return line[start : start + MOST_DRAWN]


def _from_low(interval: Interval) -> tuple[bool, Fraction, bool]:
    low = interval.low
    return (low is not None, low or Fraction(0), not interval.low_in)
