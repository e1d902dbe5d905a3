"""YAML as a plain tree with places, read without damage.

Every value stays the text that was written: no float, no octal, no `no` turned into false. Anchors,
aliases, merge keys, tags and further documents are refused with a sentence; so is whatever is too
large or too deep. The tree is built from the parser's events without recursion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Union

import yaml

from engine.diagnostic import Argument, Diagnostic, error, note
from engine.source import Span
from rubric.readers.given import Scalar
from rubric.readers.names import short
from rubric.readers.slips import MAX_SLIPS, Scan
from rubric.readers.text import control_character, whole

MAX_DEPTH = 20
MAX_NODES = 10_000
MAX_SCALAR = 20_000
# A longer text, or one with a longer line, is not searched for slips of the hand: nobody's hand wrote it, and mending
# takes time that grows with the square of a line. Its first error is told all the same.
MAX_SCANNED = 300_000
MAX_SCANNED_LINE = 2_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = ("", "~", "null", "Null", "NULL")


class Entry(NamedTuple):
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the text, each key once."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False)

    def entry(self, key: str) -> Entry | None:
        """The entry of that key."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Values in the order of the text."""

    items: tuple[Node, ...]
    span: Span = field(compare=False)


Node = Union[Scalar, Mapping, Sequence]


class Tree(NamedTuple):
    """What a text came to: its tree, unless it could not be read, and every finding."""

    root: Node | None
    findings: tuple[Diagnostic, ...]


class _RefusedError(Exception):
    """The text cannot be read any further, for this reason."""

    def __init__(self, finding: Diagnostic) -> None:
        self.finding = finding


def read_tree(text: str, file: str, prose: frozenset[str] = frozenset()) -> Tree:
    """The tree of a YAML text; the keys in `prose` hold free text, which may go on over several lines."""
    broken = control_character(text, file)
    if broken:
        return Tree(None, (broken,))
    tree = _parsed(text, file)
    if len(text) > MAX_SCANNED or max(map(len, text.split("\n"))) > MAX_SCANNED_LINE:
        return tree
    scan = Scan(text, prose, broken=tree.root is None)
    if not scan.slips:
        return tree
    slips = tuple(_slip_findings(scan, file))
    if scan.full:
        return Tree(None, slips)
    mended = _parsed(scan.mended, file)
    # What stays unreadable after mending may well come of the mending: the slips alone are told.
    rest = tuple(_moved(finding, scan) for finding in mended.findings if finding.code not in _FOLLOW_ON)
    return Tree(_moved_node(mended.root, scan) if mended.root else None, slips + rest)


def empty(scalar: Scalar) -> bool:
    """Whether nothing was written."""
    return scalar.text.strip() in _EMPTY


# ------------------------------------------------------------------------------------------- parsing

_FOLLOW_ON = frozenset({"yaml-syntax", "bad-indent", "nothing-in-file"})


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet."""

    event: yaml.Event
    items: list[Node] = field(default_factory=list)
    keys: dict[str, Span] = field(default_factory=dict)
    repeated: bool = False


class _Builder:
    """Builds one tree from events; findings that leave the tree readable are collected."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._stack: list[_Open] = []
        self._nodes = 0
        self.findings: list[Diagnostic] = []
        self.root: Node | None = None

    def read(self, event: yaml.Event) -> None:
        """Take in the next event."""
        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                raise _RefusedError(self._error("second-document", event))
            case yaml.AliasEvent():
                raise _RefusedError(self._error("yaml-alias", event, name=short(event.anchor or "")))
            case yaml.ScalarEvent():
                self._check(event, event.tag)
                self._add(self._scalar(event))
            case yaml.CollectionStartEvent():
                self._check(event, event.tag)
                if len(self._stack) == MAX_DEPTH:
                    raise _RefusedError(self._error("nested-too-deep", event, limit=MAX_DEPTH))
                self._stack.append(_Open(event))
            case yaml.CollectionEndEvent():
                self._close(self._stack.pop(), event)

    def _check(self, event: yaml.NodeEvent, tag: str | None) -> None:
        """Refuse what is more than a plain tree."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _RefusedError(self._error("too-many-entries", event, limit=MAX_NODES))
        if event.anchor is not None:
            raise _RefusedError(self._error("yaml-anchor", event, name=event.anchor))
        if tag is not None:
            raise _RefusedError(self._error("yaml-tag", event, name=tag.rpartition(":")[2]))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if len(event.value) > MAX_SCALAR:
            self.findings.append(self._error("text-too-long", event, limit=MAX_SCALAR))
            return Scalar(event.value[:MAX_SCALAR], self._span(event))
        # A quoted ~ or null is a text like any other; an unquoted one says that nothing is there.
        text = "" if event.style is None and event.value in _EMPTY else event.value
        return Scalar(text, self._span(event))

    def _close(self, opened: _Open, end: yaml.Event) -> None:
        span = self._span(opened.event).to(self._span(end))
        if isinstance(opened.event, yaml.SequenceStartEvent):
            self._add(Sequence(tuple(opened.items), span))
        else:
            self._add(Mapping(tuple(self._entries(opened)), span))

    def _entries(self, opened: _Open) -> Iterator[Entry]:
        for key, value in zip(opened.items[::2], opened.items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.findings.append(error(note("key-not-text"), _first_line(key.span)))
            elif key.text == "<<":
                self.findings.append(error(note("yaml-merge"), key.span))
            elif key.text in opened.keys:
                first = note("first-on-line", line=opened.keys[key.text].line)
                self.findings.append(error(note("duplicate-key", name=short(key.text)), key.span, first))
            else:
                opened.keys[key.text] = key.span
                yield Entry(key, value)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].items.append(node)
        else:
            self.root = node

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return whole(self._file)
        return Span(self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _error(self, code: str, event: yaml.Event, **arguments: Argument) -> Diagnostic:
        return error(note(code, **arguments), _first_line(self._span(event)))


def _parsed(text: str, file: str) -> Tree:
    """The tree of the text as the parser sees it, with at most one finding of bad syntax."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.read(event)
    except _RefusedError as refusal:
        return Tree(None, (*builder.findings, refusal.finding))
    except yaml.MarkedYAMLError as problem:
        return Tree(None, (*builder.findings, _syntax(problem, text, file)))
    except yaml.YAMLError:
        return Tree(None, (*builder.findings, error(note("yaml-syntax"), whole(file))))
    if builder.root is None or (isinstance(builder.root, Scalar) and empty(builder.root)):
        return Tree(None, (error(note("nothing-in-file"), whole(file)),))
    return Tree(builder.root, tuple(builder.findings))


def _syntax(problem: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    """The parser's complaint at its place: an indentation that fits nothing, or any other."""
    mark = problem.problem_mark or problem.context_mark
    if mark is None:
        return error(note("yaml-syntax"), whole(file))
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    while number > 0 and not lines[number].strip():
        number -= 1
    line = lines[number]
    column = min(mark.column, len(line)) if number == mark.line else len(line.rstrip())
    at_start = not line[:column].strip() and line.strip()[:1] not in tuple("}]\"',@`%")
    place = Span(file, number + 1, column + 1, number + 1, column + 2)
    if "nesting depth" in (problem.problem or ""):
        # Newer parsers look ahead and stop at a depth of their own, before the events get here.
        return error(note("nested-too-deep", limit=MAX_DEPTH), place)
    if at_start and ("block" in (problem.context or "") or "document start" in (problem.problem or "")):
        return error(note("bad-indent"), place)
    return error(note("yaml-syntax"), place, note("quote-special-marks"))


def _first_line(span: Span) -> Span:
    return span if span.line == span.end_line else span._replace(end_line=span.line, end_column=span.column + 1)


# --------------------------------------------------------------------------------------------- slips


def _slip_findings(scan: Scan, file: str) -> Iterator[Diagnostic]:
    for slip in sorted(scan.slips, key=lambda slip: slip[1:])[:MAX_SLIPS]:
        place = Span(file, slip.line + 1, slip.start + 1, slip.line + 1, max(slip.end, slip.start + 1) + 1)
        yield error(note(slip.code), place)
    if scan.full:
        yield error(note("not-a-facts-file"), whole(file))


def _moved(finding: Diagnostic, scan: Scan) -> Diagnostic:
    return replace(finding, span=_moved_span(finding.span, scan))


def _moved_node(node: Node, scan: Scan) -> Node:
    """The tree of the mended text with the places of the text itself; depth is bounded by the parser."""
    span = _moved_span(node.span, scan)
    match node:
        case Scalar():
            return Scalar(node.text, span)
        case Sequence():
            return Sequence(tuple(_moved_node(item, scan) for item in node.items), span)
        case Mapping():
            entries = ((_moved_node(key, scan), _moved_node(value, scan)) for key, value in node.entries)
            return Mapping(tuple(Entry(key, value) for key, value in entries if isinstance(key, Scalar)), span)


def _moved_span(span: Span, scan: Scan) -> Span:
    column = scan.column(span.line - 1, span.column - 1) + 1
    return span._replace(column=column, end_column=scan.column(span.end_line - 1, span.end_column - 1) + 1)
