"""Joins the lines of printed pages to paragraphs, as Chinese text is set: two characters in, then full lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# What begins a paragraph whatever stands before it: 一、 （二） （3） 4. 5、 第六章 ①
_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}(?:[、．)）]|[.](?!\d))"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部]|[①-⑳])"
)
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–－·\s]*$")
_ENDS = "。；：！？:;!?"
# How far, in characters, a line may stop before the margin and still be full, whatever follows.
_ROOM = 1.3
# What may not be parted at the end of a line: opening marks with what follows, a number, closing marks.
_UNPARTED = re.compile(r"[《〈“‘（〔【(\[]*(?:[!-'*-~×÷≤≥±＝％]+|.)[，。、；：！？》〉”’）〕】)\]％%]*")
_INDENT = 1.4
# A heading does not take up so much of the line.
_MOST = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a paragraph made of several: its text, where it stands, how large its letters are."""

    text: str
    left: float
    right: float
    top: float
    size: float
    page: int
    at_edge: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page."""

    rows: list[list[str]]
    page: int
    number: int = 0


def without_running(pages: Sequence[list[Line | Table]]) -> list[Line | Table]:
    """All that stands on the pages, without page numbers and without heads that run on from page to page."""
    edges = Counter(_pattern(line) for page in pages for line in _outer(page))
    found: list[Line | Table] = []
    for page in pages:
        outer = _outer(page)
        for item in page:
            if isinstance(item, Line) and item in outer:
                running = len(pages) >= 3 and edges[_pattern(item)] * 2 > len(pages)
                if running or _PAGE_NUMBER.match(item.text):
                    continue
            found.append(item)
    return found


def _outer(page: Sequence[Line | Table]) -> list[Line]:
    """The first and the last line of a page, where they stand at its edge."""
    ends = [page[0], page[-1]] if page else []
    return [each for each in ends if isinstance(each, Line) and each.at_edge]


def _pattern(line: Line) -> tuple[str, int]:
    """What is the same of a running head on every page."""
    return re.sub(r"\d+", "0", line.text), round(line.top / 4)


def paragraphs(items: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """The items with wrapped lines joined, and the tables numbered."""
    lines = [item for item in items if isinstance(item, Line)]
    left, right = _margins(lines)
    indented = sum(_is_indented(line, left) and line.right > right - _ROOM * line.size for line in lines)
    # Where paragraphs begin two characters in, a full stop at the end of a full line says nothing.
    by_indent = indented >= 3 or indented * 4 > len(lines)
    held: Line | None = None
    last: Line | None = None
    tables = 0
    for item in items:
        if isinstance(item, Table):
            if held is not None:
                yield held
            tables += 1
            held = last = None
            yield replace(item, number=tables)
        elif held is not None and last is not None and _goes_on(last, item, left, right, by_indent):
            held, last = replace(held, text=_join(held.text, item.text)), item
        else:
            if held is not None:
                yield held
            held = last = item
    if held is not None:
        yield held


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where lines begin and end when they are full: a few that stand out do not count."""
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    return lefts[len(lefts) // 20], rights[-1 - len(rights) // 50]


def _is_indented(line: Line, left: float) -> bool:
    return line.left > left + _INDENT * line.size


def _goes_on(last: Line, line: Line, left: float, right: float, by_indent: bool) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    room = max(_ROOM, _width(_UNPARTED.match(line.text)) + 0.3)
    ends = last.text.rstrip().endswith(tuple(_ENDS))
    # A long line that ends in no mark of its own is broken before its margin for the sake of what follows.
    broken = not ends and last.right > left + _MOST * (right - left) and not _NUMBER.match(line.text)
    if (
        (last.right <= right - room * last.size and not broken)
        or _is_indented(line, left)
        or abs(line.size - last.size) > 0.15 * last.size
    ):
        return False
    if by_indent:
        return not (ends and _NUMBER.match(line.text))
    return not ends and not _NUMBER.match(line.text)


def _width(token: re.Match[str] | None) -> float:
    """How wide a text is, in characters; a Latin one takes about half of a Chinese one."""
    return sum(0.6 if character.isascii() else 1.0 for character in token[0]) if token else 0.0


def _join(before: str, after: str) -> str:
    """Two lines as one; only between two Latin words is there a space."""
    latin = re.search(r"[A-Za-z,]$", before) and re.match(r"[A-Za-z]", after)
    return f"{before} {after}" if latin else before + after
