"""Rules and facts as plain JSON and back, for keeping what was read: only known classes, no code."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Any

from engine import facts, number, rules, source, unit
from rubric.readers import given

_MODULES = (rules, number, facts, unit, given)


def _classes() -> dict[str, type]:
    found: dict[str, type] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__:
                found[name] = value
    return found


_CLASSES = _classes()
_FIELDS = {
    name: tuple(each.name for each in dataclasses.fields(kind))
    for name, kind in _CLASSES.items()
    if dataclasses.is_dataclass(kind)
}

# What tells one shape of the classes from another: what was kept in another shape cannot be read in this one.
LAYOUT = repr(sorted(_FIELDS.items())).encode()


def dumps(value: Any) -> str:
    """A rubric or facts as JSON text."""
    return json.dumps(_encode(value), ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Any:
    """What `dumps` has written; ValueError for anything else."""
    try:
        return _decode(json.loads(text))
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as problem:
        raise ValueError(str(problem)) from problem


def _encode(value: Any) -> Any:
    match value:
        case None | bool() | str() | int():
            return value
        case Fraction():
            return {"q": str(value)}
        case source.Span():
            return {"s": list(value)}
        case unit.Unit():
            return {"u": value.code}
        case Enum():
            return {"e": [type(value).__name__, value.value]}
        case tuple():
            return [_encode(each) for each in value]
        case dict():
            return {"d": [[_encode(key), _encode(each)] for key, each in value.items()]}
    name = type(value).__name__
    return {"o": [name, *(_encode(getattr(value, each)) for each in _FIELDS[name])]}


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_decode(each) for each in value])
    if not isinstance(value, dict):
        return value
    ((tag, inner),) = value.items()
    return _DECODERS[tag](inner)


def _object(inner: list[Any]) -> Any:
    name, *values = inner
    if name not in _FIELDS:
        raise ValueError(name)
    return _CLASSES[name](*[_decode(each) for each in values])


def _enum(inner: list[Any]) -> Any:
    kind = _CLASSES[inner[0]]
    if not issubclass(kind, Enum):
        raise ValueError(inner[0])
    return kind(inner[1])


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "q": lambda inner: Fraction(inner),
    "s": lambda inner: source.Span(*inner),
    "u": lambda inner: unit.UNITS[inner],
    "e": _enum,
    "d": lambda inner: {_decode(key): _decode(each) for key, each in inner},
    "o": _object,
}
