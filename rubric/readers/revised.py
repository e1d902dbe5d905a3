"""A facts file's text with one entry changed: everything else stays as it is, byte for byte.

What changes is found by its place in the tree and written over in the text; nothing is laid out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Fields
from itertools import accumulate

from pydantic import BaseModel

from rubric.messages.wording import Language
from rubric.readers.exact_yaml import Entry, Mapping, Node, Sequence, empty, read_tree
from rubric.readers.given import Location, Scalar
from rubric.readers.model import PROSE, ClaimModel, ClaimsModel, FactModel, FactsModel, spellings
from rubric.readers.yaml_text import mapping, yaml_scalar

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*")
# The short form of an entry is this field alone.
_SHORT: dict[type[BaseModel], str] = {FactModel: "value", ClaimModel: "points"}


class UnchangeableError(Exception):
    """An entry is written in a way that cannot be changed here; a person has to."""


class FactsText:
    """The text of a facts file that can be read, and where its entries stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._root = read_tree(text, "", PROSE).root
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._newline = "\r\n" if "\r\n" in text else "\n"

    @property
    def language(self) -> Language:
        """The language of its headings."""
        return "zh" if self._entry(self._root, FactsModel, "department", "zh") else "en"

    def key(self, model: type[BaseModel], name: str) -> str:
        """The key of a field in the language of the file."""
        return spellings(model, name)[0 if self.language == "zh" else 1]

    # ------------------------------------------------------------------------------------------- entries

    def line(self, location: Location) -> int:
        """The line of the entry at a location; 0 where there is none."""
        entry = self._find(location)
        return entry.key.span.line if entry else 0

    def _find(self, location: Location) -> Entry | None:
        """The entry at a location: ("facts", name), ("claims",), ("claims", "indicators", name)."""
        node, entry = self._root, None
        model: type[BaseModel] | None = FactsModel
        for part in location:
            name = str(part)
            if node is None:
                return None
            if model is not None and name in model.model_fields:
                entry = self._entry(node, model, name)
                model = ClaimsModel if name == "claims" else None
            else:
                entry = node.entry(name) if isinstance(node, Mapping) else None
                model = None
            node = entry.value if entry else None
        return entry

    @staticmethod
    def _entry(node: Node | None, model: type[BaseModel], name: str, language: str = "") -> Entry | None:
        forms = spellings(model, name)[:1] if language == "zh" else spellings(model, name)
        if not isinstance(node, Mapping):
            return None
        return next((each for each in node.entries if each.key.text in forms), None)

    # ------------------------------------------------------------------------------------------- changes

    def with_field(self, location: Location, model: type[BaseModel], name: str, value: str) -> str:
        """The text with one field of an entry given a value; the rest of the entry stays as it is."""
        entry = self._find(location)
        if entry is None:
            raise UnchangeableError
        match entry.value:
            case Mapping():
                there = self._entry(entry.value, model, name)
                if there is not None:
                    return self._over_value(there, yaml_scalar(value))
                return self._added(entry.value, f"{self.key(model, name)}: {yaml_scalar(value)}")
            case Scalar() if model in _SHORT:
                start, end = self._bounds(entry.value)
                as_it_stands = self.text[start:end]
                quoted = as_it_stands[:1] in ("'", '"') and "\n" not in as_it_stands
                written = as_it_stands if quoted else yaml_scalar(entry.value.text)
                fields = [(_SHORT[model], written), (name, yaml_scalar(value))]
                return self._over_value(entry, mapping((self.key(model, key), each) for key, each in fields))
        raise UnchangeableError

    def with_entry(self, location: Location, model: type[BaseModel], fields: Fields[str, str]) -> str:
        """The text with an entry that says these fields and nothing else; comments in it are kept below it."""
        written = mapping((self.key(model, name), yaml_scalar(value)) for name, value in fields.items())
        entry = self._find(location)
        if entry is not None:
            return self._over_value(entry, written)
        return self._new_entry(location, written)

    def with_value(self, location: Location, value: str) -> str:
        """The text with another value at a location."""
        entry = self._find(location)
        if entry is None:
            raise UnchangeableError
        return self._over_value(entry, yaml_scalar(value))

    # ----------------------------------------------------------------------------------- how they are made

    def _over_value(self, entry: Entry, written: str) -> str:
        key_end = self._offset(entry.key.span.end_line, entry.key.span.end_column)
        start, end = self._bounds(entry.value)
        comments = list(self._comments(entry, key_end, end))
        if not comments and "\n" not in self.text[key_end:start]:
            gap = "" if self.text[start - 1 : start] == " " else " "
            return self._spliced(start, end, gap + written)
        below = self._newline + " " * (entry.key.span.column + 1)
        return self._spliced(key_end, end, ": " + written + "".join(below + each for each in comments))

    def _added(self, mapping: Mapping, written: str) -> str:
        """A further entry of a mapping: behind its last one in braces, below its first one elsewhere."""
        first, last = mapping.entries[0], mapping.entries[-1]
        at_key = self._offset(first.key.span.line, first.key.span.column)
        if self.text[self._start(mapping)] == "{":
            if isinstance(last.value, Scalar) and not self._source(last.value):
                return self._spliced(at_key, at_key, f"{written}, ")
            end = self._bounds(last.value)[1]
            return self._spliced(end, end, f", {written}")
        start, end = self._bounds(first.value)
        indent = " " * (first.key.span.column - 1)
        block = self.text[start : start + 1] in ("|", ">")
        on_the_line = self._line_of(at_key) == self._line_of(max(end - 1, at_key))
        if isinstance(first.value, Scalar) and on_the_line and not block:
            line_end = self.text.find("\n", end)
            line_end = len(self.text) if line_end < 0 else line_end
            at = line_end - 1 if self.text[line_end - 1 : line_end] == "\r" else line_end
            return self._spliced(at, at, f"{self._newline}{indent}{written}")
        return self._spliced(at_key, at_key, f"{written}{self._newline}{indent}")

    def _new_entry(self, location: Location, written: str) -> str:
        """An entry that the file does not hold, behind the last one of its section."""
        *section, name = location
        line = f"{yaml_scalar(str(name))}: {written}"
        of = self._find(tuple(section))
        if of is None or not isinstance(of.value, Mapping) or not of.value.entries:
            if of is None or (isinstance(of.value, Scalar) and not empty(of.value)):
                raise UnchangeableError
            return self._over_value(of, mapping([(yaml_scalar(str(name)), written)]))
        last = of.value.entries[-1]
        end = self._bounds(last.value)[1]
        if self.text[self._start(of.value)] == "{":
            return self._spliced(end, end, f", {line}")
        line_end = self.text.find("\n", end)
        at = len(self.text) if line_end < 0 else line_end - (self.text[line_end - 1] == "\r")
        return self._spliced(at, at, self._newline + " " * (last.key.span.column - 1) + line)

    def _spliced(self, start: int, end: int, written: str) -> str:
        return self.text[:start] + written + self.text[end:]

    # -------------------------------------------------------------------------------------------- places

    def _offset(self, line: int, column: int) -> int:
        return min(self._starts[min(line, len(self._starts)) - 1] + column - 1, len(self.text))

    def _line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset)

    def _start(self, node: Node) -> int:
        return self._offset(node.span.line, node.span.column)

    def _source(self, scalar: Scalar) -> str:
        return self.text[slice(*self._bounds(scalar))]

    def _bounds(self, node: Node) -> tuple[int, int]:
        """Where a value begins and ends, without what only stands behind it."""
        start = self._start(node)
        last: Node | None = None
        if isinstance(node, Mapping) and self.text[start : start + 1] != "{" and node.entries:
            last = node.entries[-1].value
        elif isinstance(node, Sequence) and self.text[start : start + 1] != "[" and node.items:
            last = node.items[-1]
        if last is not None:
            return start, self._bounds(last)[1]
        end = self._offset(node.span.end_line, node.span.end_column)
        kept = len(self.text[start:end].rstrip())
        return start, start + kept

    def _comments(self, entry: Entry, start: int, end: int) -> Iterator[str]:
        """The comments between the words of an entry."""
        position = start
        for scalar in _words(entry.value):
            first, last = self._bounds(scalar)
            for found in _COMMENT.finditer(self.text, position, max(first, position)):
                yield found[0].rstrip()
            position = max(last, position)
        for found in _COMMENT.finditer(self.text, position, end):
            yield found[0].rstrip()


def _words(node: Node) -> Iterator[Scalar]:
    """Every key and value, in the order of the text."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from _words(item)
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from _words(entry.value)
