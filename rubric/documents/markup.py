"""The markup of an Office part as a tree whose depth and size are bounded, and small things to read it by."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from engine.diagnostic import note
from rubric.sheets.grid import RefusedError

# Word nests some ten elements for each table inside a table; what is read recursively must end early.
MAX_DEPTH = 160
MAX_ELEMENTS = 1_000_000


class _Bounded(TreeBuilder):
    """Builds a tree and refuses one that is too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise RefusedError(note("document-nested-too-deep", limit=MAX_DEPTH))
        if self._elements > MAX_ELEMENTS:
            raise RefusedError(note("document-too-long", limit=MAX_ELEMENTS))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def tree(part: bytes) -> Element:
    """The tree of a part; a broken one is refused."""
    parser = XMLParser(target=_Bounded())
    try:
        parser.feed(part)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as broken:
        raise RefusedError(note("document-damaged")) from broken
    return root


def tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """An attribute, whatever its namespace; nothing where there is none."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, or the one further down along the names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (each for each in (() if element is None else element) if tag(each) == name)


def is_on(element: Element | None) -> bool:
    """Whether a switch stands there and is on: without a value it is."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def number(element: Element | None, least: int, most: int) -> int:
    """The number that an element gives, held between two; the least where it gives none."""
    text = value(element)
    return max(least, min(int(text), most)) if text.isdecimal() and len(text) < 9 else least
