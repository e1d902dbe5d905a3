"""The figures of the page, drawn by hand: places are shares of the width, so that texts keep their size on any screen.

An SVG without a view box takes percentages: shapes stretch with the page, and letters do not. Whether texts collide is
decided for figures of several widths: what has room in the wider ones only carries a class by which it is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from markupsafe import Markup

from engine.number import plain
from rubric.messages.frame import width
from rubric.pages.html.both import Both, word

# The widths, in pixels, for which texts are laid out, each with its class, and how much room a column of text takes.
_NARROW = 236
_ROOMS = ((_NARROW, ""), (336, "w3"), (480, "w4"))
_COLUMN, _SPACE = Fraction(13, 2), 6
# So far a text may stand out of its figure.
_OUT = 6
_ZERO, _ONE = Fraction(0), Fraction(1)

_CLASSES = {"figure": "fig", "statement": "sta", "judgement": "jud", "inference": "inf"}


def percent(share: Fraction) -> str:
    """A share as a percentage with two decimals, as SVG takes it."""
    hundredths = round(share * 10000)
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}{f'.{rest:02d}'.rstrip('0').rstrip('.')}%"


def tag(name: str, *inside: Markup, **attributes: object) -> Markup:
    """One element; attributes that are None or empty are left out, `_` stands for `-`."""
    told = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return Markup("<{}{}>{}</{}>").format(Markup(name), told, Markup("").join(inside), Markup(name))


def text(said: Both, x: Fraction, y: int, anchor: str = "", class_: str = "", dx: int = 0) -> Markup:
    """A text at a share of the width; near the edges it begins or ends there."""
    placed = anchor or _anchor(x, said)
    attributes = Markup(' x="{}" y="{}" text-anchor="{}"').format(percent(x), y, placed)
    if dx:
        attributes += Markup(' dx="{}"').format(dx)
    if class_:
        attributes += Markup(' class="{}"').format(class_)
    return said.inside("text", str(attributes))


# ------------------------------------------------------------------------------------------------ room for texts


class Label(NamedTuple):
    """A text that wants to stand at a share of the width; the lower its rank, the sooner it gets its room."""

    x: Fraction
    said: Both
    rank: int = 1
    y: int = 0
    class_: str = ""
    anchor: str = ""


def laid_out(labels: Iterable[Label]) -> Iterator[Markup]:
    """The texts that have room without touching one another, each with the class of the width that it takes."""
    left = sorted(labels, key=lambda each: each.rank)
    placed: list[Label] = []
    for room, size in _ROOMS:
        for label in [each for each in left if each not in placed]:
            first, last = _extent(label, room)
            taken = (_extent(each, room) for each in placed)
            if all(last + _SPACE <= low or high + _SPACE <= first for low, high in taken):
                placed.append(label)
                yield text(label.said, label.x, label.y, label.anchor, f"{label.class_} {size}".strip())


def _length(said: Both) -> Fraction:
    return max(width(said.zh), width(said.en)) * _COLUMN


def _anchor(x: Fraction, said: Both) -> str:
    """Where a text is held: in its middle, or at the end that would stand out too far."""
    half = _length(said) / 2 - _OUT
    return "start" if x * _NARROW < half else "end" if (1 - x) * _NARROW < half else "middle"


def _extent(label: Label, room: int) -> tuple[Fraction, Fraction]:
    length, at = _length(label.said), label.x * room
    anchor = label.anchor or _anchor(label.x, label.said)
    before = {"start": _ZERO, "middle": length / 2, "end": length}[anchor]
    return at - before, at - before + length


# ----------------------------------------------------------------------------------------------- the number line

_TOP, _BASE, _TICKS, _HEIGHT = 42, 92, 109, 114


def number_line(line: Any) -> Markup:
    """The bands side by side, as high as they earn, and the measured value on them."""
    full = max([line.full, *(each for stretch in line.stretches for each in stretch.points)]) or _ONE
    parts = [tag("line", x1="0", x2="100%", y1=_BASE, y2=_BASE, class_="axis")]
    labels: list[Label] = []
    for stretch in line.stretches:
        parts.append(_stretch(stretch, full))
        labels.append(_points_label(stretch, full))
    parts += laid_out(labels)
    parts += _ticks(line)
    parts += _value(line)
    return tag("svg", *parts, class_="line", width="100%", height=_HEIGHT, aria_hidden="true")


def _height(points: Fraction, full: Fraction) -> Fraction:
    return min(max(points / full, _ZERO), _ONE) * (_BASE - _TOP)


def _stretch(stretch: Any, full: Fraction) -> Markup:
    first, last = (_height(each, full) for each in stretch.points)
    kind = "band here" if stretch.here else "band"
    if stretch.left == stretch.right:
        x, y = percent(stretch.left), _pixels(_BASE - first)
        return tag("line", x1=x, x2=x, y1=_BASE, y2=y, class_=f"{kind} alone") + tag(
            "circle", cx=x, cy=y, r="4", class_=f"{kind} alone"
        )
    place = {"x": percent(stretch.left), "width": percent(stretch.right - stretch.left)}
    if first == last:
        height = max(first, _ONE)
        return tag("rect", **place, y=_pixels(_BASE - height), height=_pixels(height), class_=kind)
    corners = (
        f"0,{_BASE - _TOP} 0,{_pixels(_BASE - _TOP - first)} 100,{_pixels(_BASE - _TOP - last)} 100,{_BASE - _TOP}"
    )
    inner = tag("polygon", points=corners, class_=kind)
    box = f"0 0 100 {_BASE - _TOP}"
    return tag("svg", inner, **place, y=_TOP, height=_BASE - _TOP, viewBox=box, preserveAspectRatio="none")


def _points_label(stretch: Any, full: Fraction) -> Label:
    """What a stretch earns, above it; where points run, above the higher end."""
    at = (stretch.left + stretch.right) / 2
    top = max(_height(each, full) for each in stretch.points)
    if stretch.points[0] != stretch.points[1]:
        top /= 2
    rank = 0 if stretch.here else 1
    return Label(at, stretch.text, rank, int(_BASE - top) - 5, "here" if stretch.here else "")


def _ticks(line: Any) -> Iterator[Markup]:
    ends = {end for each in line.stretches if each.here for end in (each.left, each.right)}
    outer = {line.ticks[0][0], line.ticks[-1][0]}
    labels = [Label(at, said, 0 if at in ends else 1 if at in outer else 2, _TICKS, "tick") for at, said in line.ticks]
    for at, _ in line.ticks:
        yield tag("line", x1=percent(at), x2=percent(at), y1=_BASE, y2=_BASE + 4, class_="axis")
    yield from laid_out(labels)


def _value(line: Any) -> Iterator[Markup]:
    x = percent(line.value)
    if line.beyond:
        # What lies farther out than the figure goes has an arrow that points there.
        back = -line.beyond
        arrow = tag("path", d=f"M0 14h{18 * back}M{6 * back} 9L0 14l{6 * back} 5", class_="value arrow")
        yield tag("svg", arrow, x=x, y="0", overflow="visible", width="1", height="1")
        yield text(line.value_text, line.value, 18, "end" if line.beyond > 0 else "start", "value", -26 * line.beyond)
        return
    yield tag("line", x1=x, x2=x, y1="22", y2=_BASE, class_="value")
    mark = tag("path", d="M-5 17h10l-5 7z", class_="value")
    yield tag("svg", mark, x=x, y="0", overflow="visible", width="1", height="1")
    yield text(line.value_text, line.value, 13, class_="value")


def _pixels(length: Fraction) -> str:
    tenths = round(length * 10)
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


# ------------------------------------------------------------------------------------------------ bars


def bar(low: Fraction, high: Fraction, full: Fraction, claimed: Fraction | None = None) -> Markup:
    """How much of its full marks something earns; what is not settled is hatched, and a tick is what is claimed."""
    if full <= 0:
        return Markup("")
    parts = [tag("rect", width="100%", height="8", y="1", class_="track")]
    parts.append(tag("rect", width=percent(_inside(low / full)), height="8", y="1", class_="got"))
    if high > low:
        parts.append(_open(low / full, high / full, 1, 8))
    if claimed is not None and claimed != low:
        at = percent(_inside(claimed / full))
        parts.append(tag("line", x1=at, x2=at, y1="0", y2="10", class_="claim"))
    return tag("svg", *parts, class_="bar", width="100%", height="10", aria_hidden="true")


def _open(low: Fraction, high: Fraction, y: int, height: int) -> Markup:
    first, last = _inside(low), _inside(high)
    return tag("rect", x=percent(first), width=percent(last - first), y=y, height=height, class_="open")


def _inside(share: Fraction) -> Fraction:
    return min(max(share, _ZERO), _ONE)


def weights(low: Fraction, high: Fraction, full: Fraction, most: Fraction) -> Markup:
    """The same, where the length of the whole bar tells the full marks beside those of others."""
    if full <= 0 or most <= 0:
        return Markup("")
    parts = [tag("rect", width=percent(full / most), height="12", class_="track")]
    parts.append(tag("rect", width=percent(_inside(low / most)), height="12", class_="got"))
    if high > low:
        parts.append(_open(low / most, high / most, 0, 12))
    return tag("svg", *parts, class_="bar", width="100%", height="12", aria_hidden="true")


def evidence(shares: Iterable[Any]) -> Markup:
    """What the points rest on, as one bar; each kind has a pattern of its own."""
    told = list(shares)
    whole = sum((each.exact for each in told), _ZERO)
    if whole <= 0:
        return Markup("")
    parts, at = [], _ZERO
    for each in told:
        part = each.exact / whole
        kind = _CLASSES.get(each.code, "uns")
        parts.append(tag("rect", x=percent(at), width=percent(part), height="14", class_=f"share {kind}"))
        at += part
        parts.append(tag("line", x1=percent(at), x2=percent(at), y1="0", y2="14", class_="cut"))
    return tag("svg", *parts[:-1], class_="shares", width="100%", height="14", aria_hidden="true")


def swatch(code: str) -> Markup:
    """The pattern of one kind of evidence, for its name."""
    square = tag("rect", width="12", height="12", class_=f"share {_CLASSES.get(code, 'uns')}")
    return tag("svg", square, class_="swatch", width="12", height="12", aria_hidden="true")


# ------------------------------------------------------------------------------------------------ grades


def ladder(page: Any) -> Markup:
    """The grades along the points, with the score and the claim as flags; nothing where there are no grades."""
    full = page.full.high
    if not page.ladder or full <= 0:
        return Markup("")
    parts: list[Markup] = []
    names: list[Label] = []
    ceiling = full
    for rung in page.ladder:
        floor = _ZERO if rung.floor is None else min(rung.floor, full)
        left, right = _inside(floor / full), _inside(ceiling / full)
        kind = "rung here" if rung.here else "rung"
        place = {"x": percent(left), "width": percent(right - left)}
        parts.append(tag("rect", **place, y="46", height="22", class_=kind))
        class_ = "here" if rung.here else ""
        names.append(Label((left + right) / 2, rung.name, 0 if rung.here else 1, 61, class_, "middle"))
        ceiling = floor
    parts += laid_out(names)
    floors = [Label(_inside(r.floor / full), _number(r.floor), 1, 83) for r in page.ladder if r.floor is not None]
    parts += laid_out([*floors, Label(_ZERO, _number(_ZERO), 2, 83), Label(_ONE, page.full.text, 2, 83)])
    parts += _flag(_inside(page.points.low / full), _inside(page.points.high / full), page.points.text, "score")
    if page.claimed_exact is not None:
        at = _inside(page.claimed_exact / full)
        parts += _flag(at, at, page.claimed, "claimed")
    return tag("svg", *parts, class_="ladder", width="100%", height="88", aria_hidden="true")


def _number(amount: Fraction) -> Both:
    return Both(plain(amount), plain(amount))


def _flag(low: Fraction, high: Fraction, shown: Both, kind: str) -> Iterator[Markup]:
    """A pole on the grades with its text beside it; of a range, a hatched stretch."""
    y = 30 if kind == "score" else 10
    if high > low:
        yield _open(low, high, 40, 6)
    x = percent(high)
    yield tag("line", x1=x, x2=x, y1=y - 9, y2="46", class_=kind)
    yield tag(
        "svg",
        tag("path", d="M-5 0h10l-5 7z", class_=kind),
        x=x,
        y="39",
        overflow="visible",
        width="1",
        height="1",
    )
    said = word(f"flag-{kind}", points=shown)
    after = high < Fraction(1, 2)
    yield text(said, high, y, "start" if after else "end", kind, 6 if after else -6)


# ------------------------------------------------------------------------------------------------ the waterfall


class Window(NamedTuple):
    """The part of the points that a waterfall shows, from where to where, and the grades that begin inside."""

    low: Fraction
    high: Fraction
    grades: tuple[tuple[Fraction, Both], ...]

    def at(self, points: Fraction) -> Fraction:
        """Where points stand, as a share of the width."""
        return _inside((points - self.low) / (self.high - self.low))


def window(page: Any) -> Window:
    """From a tenth of full marks below where the points end up to the most that they come to."""
    levels = [page.full.high, page.points.low, *(each.after for each in page.falls)]
    tenth = page.full.high / 10
    low = (min(levels) // tenth) * tenth if tenth > 0 else _ZERO
    if low == min(levels):
        low -= tenth
    low = max(low, min(_ZERO, min(levels)))
    high = max(levels)
    inside = tuple((r.floor, r.name) for r in page.ladder if r.floor is not None and low < r.floor < high)
    return Window(low, high if high > low else low + 1, inside)


def fall(view: Window, before: Fraction, after: Fraction, kind: str) -> Markup:
    """One step of the waterfall: from which points to which; grades that begin on the way are dashed lines."""
    parts = [
        tag("line", x1=percent(view.at(floor)), x2=percent(view.at(floor)), y1="0", y2="100%", class_="floor")
        for floor, _ in view.grades
    ]
    first, last = sorted((view.at(before), view.at(after)))
    parts.append(tag("rect", x=percent(first), width=percent(last - first), y="4", height="14", class_=kind))
    edge = percent(view.at(after))
    parts.append(tag("line", x1=edge, x2=edge, y1="0", y2="100%", class_="level"))
    return tag("svg", *parts, class_="fall", width="100%", height="22", aria_hidden="true")


def scale(view: Window) -> Markup:
    """The scale above the waterfall: its ends, and the grades that begin between them."""
    starts = [(view.at(floor), word("grade-from", name=name, points=_number(floor))) for floor, name in view.grades]
    labels = [Label(at, said, 0, 12) for at, said in starts]
    labels += [Label(_ZERO, _number(view.low), 1, 12), Label(_ONE, _number(view.high), 1, 12)]
    return tag("svg", *laid_out(labels), class_="fall", width="100%", height="16", aria_hidden="true")
