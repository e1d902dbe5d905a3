"""One cell of a workbook as text: exactly what it holds, or a finding that says why that cannot be known."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from engine.diagnostic import Diagnostic, Note, error, note, warning
from engine.source import Span
from rubric.language.phrases import exact
from rubric.readers.exact_yaml import MAX_SCALAR
from rubric.readers.names import half_width, short
from rubric.readers.text import control_character
from rubric.readers.values import figure, unit
from rubric.sheets.grid import SHOWN_DIGITS

_BREAK = re.compile(r"\r\n?|_x000[dD]_\n?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([\u3400-\u9fff]+)')
_PLACES = re.compile(r"[0#?]\.([0#?]*)")
# A comma behind the last digit shows thousands; an escaped point is drawn inside the number.
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_DRAWN_POINT = re.compile(r'\\\.|"\."')


class Read(NamedTuple):
    """A cell as it was read: its text, whether it is a number, the unit its format shows, and its decimals.

    A broken one could not be read, and that has been told.
    """

    text: str
    span: Span
    number: bool = False
    shown_unit: str = ""
    places: int = 0
    broken: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.text.strip()


class Told(NamedTuple):
    """What a cell came to, and what is said of it."""

    read: Read
    findings: tuple[Diagnostic, ...] = ()


def read_cell(cell: Any, span: Span) -> Told:
    """The cell as text; one that cannot be read exactly comes out empty, with the reason."""
    value = cell.value
    if value is None:
        return Told(Read("", span))
    if cell.data_type == "f":
        return _refused(note("cell-formula"), span)
    if cell.data_type == "e":
        return _refused(note("cell-error", found=str(value)), span)
    match value:
        case bool():
            return Told(Read("TRUE" if value else "FALSE", span))
        case int() | float():
            return _number(value, str(cell.number_format or ""), span)
        case datetime() | date() | time() | timedelta():
            return _refused(note("cell-date", found=_date(value)), span)
        case _:
            return text_cell(str(value), span)


def _refused(reason: Note, span: Span) -> Told:
    return Told(Read("", span, broken=True), (error(reason, span),))


def _date(value: datetime | date | time | timedelta) -> str:
    midnight = isinstance(value, datetime) and value.time() == time()
    return str(value.date() if isinstance(value, datetime) and midnight else value)


def text_cell(text: str, span: Span) -> Told:
    """A cell that holds a text, every break in it a line feed; one that no text has comes out empty."""
    text = _BREAK.sub("\n", text)
    if len(text) > MAX_SCALAR:
        return _refused(note("text-too-long", limit=MAX_SCALAR), span)
    broken = control_character(text, "")
    return _refused(broken.headline, span) if broken else Told(Read(text, span))


def _number(value: int | float, shown: str, span: Span) -> Told:
    """A number by its shortest decimal text; one that a format shows otherwise than it is, is not guessed at."""
    text = repr(value)
    if not any(character.isdigit() for character in text):
        return _refused(note("cell-error", found=text), span)
    number = Fraction(text)
    literal, bare = _format(shown)
    if _SCALED.search(bare) or _DRAWN_POINT.search(shown):
        return _refused(note("cell-scaled-format", found=exact(number)), span)
    percent = "%" in bare
    places = len(found[1]) if (found := _PLACES.search(bare)) else 0
    shown_number = exact(number * 100 if percent else number)
    of = "%" if percent else literal if unit(literal) else ""
    findings: tuple[Diagnostic, ...] = ()
    if len(Decimal(text).normalize().as_tuple().digits) > SHOWN_DIGITS:
        findings = (warning(note("digits-beyond-shown", found=short(shown_number + of)), span),)
    return Told(Read(shown_number, span, True, of, places), findings)


def _format(shown: str) -> tuple[str, str]:
    """What a number format writes beside the number, and the format without it."""
    first = shown.split(";", 1)[0]
    literal = "".join(part for found in _LITERAL.findall(first) for part in found).strip()
    return literal, _LITERAL.sub("", first)


# ------------------------------------------------------------------------------------- with a unit beside it


def with_unit(read: Read, beside: str) -> Told:
    """A value with the unit that stands beside it; a unit in the cell itself must be the same."""
    found = None if read.number else figure(read.text)
    if read.empty or (not read.number and found is None):
        return Told(read)
    own = read.shown_unit if read.number else (found.rest if found else "")
    if own:
        return _own_unit(read, own, beside)
    if not beside:
        return Told(read)
    space = "" if beside in ("%", "‰") else " "
    text = f"{read.text.strip()}{space}{beside}"
    return Told(read._replace(text=text), _like_share(read, text, beside))


def _own_unit(read: Read, own: str, beside: str) -> Told:
    space = "" if own in ("%", "‰") else " "
    text = f"{read.text}{space}{own}" if read.number else read.text
    one, other = unit(own), unit(beside) if beside else None
    if one is not None and other is not None and one != other:
        return _refused(note("cell-two-units", found=short(text), unit=beside), read.span)
    return Told(read._replace(text=text))


def _like_share(read: Read, text: str, beside: str) -> tuple[Diagnostic, ...]:
    """A bare 0.953 where per cent are asked for may be a share; what it was read as is told."""
    written = figure(read.text)
    if half_width(beside) != "%" or written is None or not 0 < abs(written.number) < 1:
        return ()
    share = exact(written.number * 100) + "%"
    return (warning(note("rate-like-share", unit=beside, found=short(text), other=share), read.span),)


def as_printed(read: Read) -> str:
    """A rate with at least the decimals that the cell shows."""
    if not read.number:
        return read.text
    whole, _, decimals = read.text.partition(".")
    decimals = decimals.ljust(read.places, "0")
    return (f"{whole}.{decimals}" if decimals else whole) + (read.shown_unit if read.shown_unit == "%" else "")
