"""Writes the tree of a facts file as YAML that reads as the same tree again."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.readers.exact_yaml import Mapping, Node, Sequence
from rubric.readers.given import Scalar
from rubric.readers.yaml_text import yaml_scalar

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
        yield f"{pad}{yaml_scalar(name)}: {flow}"
        return
    match node:
        case Scalar(text):
            yield f"{pad}{yaml_scalar(name)}: {yaml_scalar(text)}"
        case Mapping(entries):
            yield f"{pad}{yaml_scalar(name)}:" + ("" if entries else " {}")
            for entry in entries:
                yield from _entry(entry.key.text, entry.value, depth + 1)
        case Sequence(items):
            yield f"{pad}{yaml_scalar(name)}:" + ("" if items else " []")
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
            return yaml_scalar(text)
        case Mapping(entries):
            inner = [(each.key.text, _flow(each.value)) for each in entries]
            if any(value is None for _, value in inner):
                return None
            return "{" + ", ".join(f"{yaml_scalar(name)}: {value}" for name, value in inner) + "}"
        case Sequence(items):
            return (
                None
                if any(isinstance(item, Mapping) for item in items)
                else ("[" + ", ".join(str(_flow(item)) for item in items) + "]")
            )
