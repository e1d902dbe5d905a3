"""Writes the tree of a facts file as YAML that reads as the same tree again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubric.readers.exact_yaml import Mapping, Node, Sequence
from rubric.readers.given import Scalar

# A text of these alone needs no quotation marks anywhere.
_PLAIN = re.compile(
    r"[\w\u3400-\u9fff（）〔〕《》“”、。％．+][\w\u3400-\u9fff（）〔〕《》“”、。％%．+./ -]*", re.UNICODE
)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
# An entry that is no longer than this stands on one line.
_LINE = 110


def yaml_text(root: Mapping) -> str:
    """The text of a facts file."""
    parts = ["\n".join(_entry(entry.key.text, entry.value, 0)) for entry in root.entries]
    return "\n".join(parts) + "\n"


def _entry(name: str, node: Node, depth: int) -> Iterator[str]:
    pad = "  " * depth
    flow = _flow(node)
    if depth and flow is not None and len(pad) + len(name) + len(flow) <= _LINE:
        yield f"{pad}{_text(name)}: {flow}"
        return
    match node:
        case Scalar(text):
            yield f"{pad}{_text(name)}: {_text(text)}"
        case Mapping(entries):
            yield f"{pad}{_text(name)}:" + ("" if entries else " {}")
            for entry in entries:
                yield from _entry(entry.key.text, entry.value, depth + 1)
        case Sequence(items):
            yield f"{pad}{_text(name)}:" + ("" if items else " []")
            for item in items:
                yield from _item(item, depth + 1)


def _item(node: Node, depth: int) -> Iterator[str]:
    pad = "  " * depth
    flow = _flow(node)
    if not isinstance(node, Mapping) or (flow is not None and len(pad) + len(flow) <= _LINE):
        yield f"{pad}- {flow}"
        return
    lines = [line for entry in node.entries for line in _entry(entry.key.text, entry.value, depth + 1)]
    yield f"{pad}- {lines[0].strip()}"
    yield from lines[1:]


def _flow(node: Node) -> str | None:
    """A node on one line; one that is nested deeper than a row of a table is none."""
    match node:
        case Scalar(text):
            return _text(text)
        case Mapping(entries):
            inner = [(each.key.text, _flow(each.value)) for each in entries]
            if any(value is None for _, value in inner):
                return None
            return "{" + ", ".join(f"{_text(name)}: {value}" for name, value in inner) + "}"
        case Sequence(items):
            return (
                None
                if any(isinstance(item, Mapping) for item in items)
                else ("[" + ", ".join(str(_flow(item)) for item in items) + "]")
            )


def _text(text: str) -> str:
    """A text as it stands where that is safe, else in quotation marks."""
    if text not in _NOTHING and _PLAIN.fullmatch(text) and not text.endswith((" ", "-")) and not text.startswith("---"):
        return text
    if "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
