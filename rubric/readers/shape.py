"""The tree of a facts file held against its models: every misfit is told on its line, the rest is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.diagnostic import Diagnostic, Note, error, note
from engine.source import NOWHERE, Span
from rubric.readers.exact_yaml import Entry, Mapping, Node, Sequence
from rubric.readers.given import Location, Scalar
from rubric.readers.model import ClaimsModel, FactsModel, field_of, model_of, spellings
from rubric.readers.names import Names, short


class Place(NamedTuple):
    """Where a location of the model stands in the file: its key, and its value."""

    key: Span
    value: Span


class Shape(NamedTuple):
    """The file as a model (None where nothing of it can be used) and what is wrong with its shape."""

    model: FactsModel | None
    findings: tuple[Diagnostic, ...]


def check_shape(root: Node) -> Shape:
    """Hold the tree against the models; what is wrong is told and left out, the rest is kept."""
    data = _plain(root)
    if isinstance(data, dict) and not any(name in data for name in _FACTS) and any(map(data.get, _TABLES)):
        # A rubric may ask for tables alone.
        data.setdefault(_FACTS[0], {})
    findings: list[Diagnostic] = []
    for attempt in range(4):
        try:
            return Shape(FactsModel.model_validate(data), tuple(findings))
        except ValidationError as problem:
            details = problem.errors(include_url=False)
        if attempt == 0:
            findings.extend(_finding(detail, root) for detail in details[:_MOST])
        if not isinstance(data, dict):
            break
        _leave_out(data, details)
    return Shape(None, tuple(findings))


def locate(root: Node, location: Location) -> Place:
    """The place of a location; where the file has a short form, the place of that."""
    place = Place(root.span, root.span)
    node: Node = root
    for part in location:
        match node:
            case Mapping():
                entry = node.entry(str(part))
                if entry is None:
                    return place
                node, place = entry.value, Place(entry.key.span, entry.value.span)
            case Sequence() if isinstance(part, int) and part < len(node.items):
                node = node.items[part]
                place = Place(node.span, node.span)
            case _:
                return place
    return place


_FACTS, _TABLES = spellings(FactsModel, "facts"), spellings(FactsModel, "tables")

# Sections whose keys are names, and what a value alone stands for there.
_NAMED = {"facts": "value", "others": "value", "documents": "value", "indicators": "points", "subtotals": "points"}


def written(root: Node) -> Iterator[tuple[Location, Scalar]]:
    """Every value by its location in the model's own words, and every name by the location of its entry."""
    yield from _values(root, FactsModel, ())


def _values(node: Node, model: type[BaseModel] | None, location: Location) -> Iterator[tuple[Location, Scalar]]:
    match node:
        case Scalar():
            yield location, node
        case Sequence():
            for count, item in enumerate(node.items):
                yield from _values(item, model, (*location, count))
        case Mapping():
            for entry in node.entries:
                yield from _entry_values(entry, model, location)


def _entry_values(entry: Entry, model: type[BaseModel] | None, location: Location) -> Iterator[tuple[Location, Scalar]]:
    name = field_of(model, entry.key.text) if model else None
    if model is None or name is None:
        return
    here, inner = (*location, name), model_of(model, name)
    if name == "tables" and isinstance(entry.value, Mapping):
        yield from _table_values(entry.value, inner, here)
        return
    if name not in _NAMED or not isinstance(entry.value, Mapping):
        yield here, entry.key
        yield from _values(entry.value, inner, here)
        return
    for each in entry.value.entries:
        yield (*here, each.key.text), each.key
        short = (_NAMED[name],) if isinstance(each.value, Scalar) else ()
        yield from _values(each.value, inner, (*here, each.key.text, *short))


def _table_values(tables: Mapping, model: type[BaseModel] | None, here: Location) -> Iterator[tuple[Location, Scalar]]:
    """The cells of every table: by the name of the table, the row, and the column."""
    for table in tables.entries:
        yield (*here, table.key.text), table.key
        rows = table.value.items if isinstance(table.value, Sequence) else ()
        for index, row in enumerate(rows):
            for cell in row.entries if isinstance(row, Mapping) else ():
                place = (*here, table.key.text, index, cell.key.text)
                yield place, cell.key
                short = ("value",) if isinstance(cell.value, Scalar) else ()
                yield from _values(cell.value, model, (*place, *short))


def _plain(node: Node) -> Any:
    match node:
        case Scalar():
            return node
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: _plain(entry.value) for entry in node.entries}


# ---------------------------------------------------------------------------------------------- findings

# More are not told; whoever reads them has enough to do.
_MOST = 200
_KINDS = {"dict_type": "expected-entries", "model_type": "expected-entries", "list_type": "expected-list"}


def _finding(detail: ErrorDetails, root: Node) -> Diagnostic:
    location = detail["loc"]
    place = locate(root, location)
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(location, root, place)
        case "missing":
            zh, en, *_ = next(forms for forms in _forms(_model_at(location[:-1])) if location[-1] in forms)
            owner = locate(root, location[:-1])
            span = owner.key if len(location) > 1 else _start(root)
            return error(note("missing-key", zh=zh, en=en), _one_line(span))
        case code if code in _KINDS:
            name = next((part for part in reversed(location) if isinstance(part, str)), "")
            heading = note(_KINDS[code], name=short(name)) if name else note("expected-headings")
            return error(heading, _one_line(place.value))
        case code:
            return _own(code, dict(detail.get("ctx", {})), location, root)


def _own(code: str, arguments: dict[str, Any], location: Location, root: Node) -> Diagnostic:
    """A finding of one of our own validators; `at` names the key that it is about."""
    at = arguments.pop("at", None)
    place = locate(root, location)
    span = place.value
    if at is not None:
        forms = spellings(_model_at(location), at)
        places = [locate(root, (*location, form)) for form in forms]
        span = next((found.key for found in places if found != place), place.key)
    elif code in ("no-answer", "empty-value"):
        span = place.key
    return error(note(code, **arguments), _one_line(span))


def _unknown_key(location: Location, root: Node, place: Place) -> Diagnostic:
    name = str(location[-1])
    forms = list(_forms(_model_at(location[:-1])))
    same = next((each for each in forms if name in each), None)
    if same:
        given = [locate(root, (*location[:-1], form)) for form in same if form != name]
        first = min((found.key.line for found in given if found.key != locate(root, location[:-1]).key), default=0)
        return error(note("duplicate-key", name=short(name)), place.key, note("first-on-line", line=first))
    right = Names((form, form) for each in forms for form in each).nearest(name)
    zh, en = ("、".join(each[0] for each in forms), ", ".join(each[1] for each in forms))
    helps: Note = note("nearest-name", name=right) if right else note("keys-here", zh=zh, en=en)
    return error(note("unknown-key", name=short(name)), place.key, helps)


def _forms(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    return (spellings(model, name) for name in model.model_fields)


def _model_at(location: Location) -> type[BaseModel]:
    """The model that describes what stands at a location."""
    model: type[BaseModel] = FactsModel
    named = False
    for part in location:
        name = None if named else field_of(model, str(part))
        inner = model_of(model, name) if name else None
        # After a section of names or a list comes a name or a number, which is no key.
        named = inner is not None and inner is not ClaimsModel
        model = inner or model
    return model


_NO_DEPARTMENT = Scalar("?", NOWHERE)


def _leave_out(data: dict[str, Any], details: list[ErrorDetails]) -> None:
    """Take out of the data the least that is wrong; the last item of a list first."""
    for location in sorted({_wrong_part(detail) for detail in details}, key=_list_order, reverse=True):
        if location[0] in spellings(FactsModel, "department"):
            data[str(location[0])] = _NO_DEPARTMENT
        elif location in (("事实",), ("facts",)):
            data[str(location[0])] = {}
        else:
            _delete(data, location)


def _wrong_part(detail: ErrorDetails) -> Location:
    location = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return location
    return location[: 3 if location[0] in spellings(FactsModel, "claims") else 2]


def _list_order(location: Location) -> tuple[int, ...]:
    return tuple(part for part in location if isinstance(part, int))


def _delete(data: Any, location: Location) -> None:
    for part in location[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict):
        data.pop(location[-1], None)
    elif isinstance(data, list) and isinstance(location[-1], int):
        del data[location[-1]]


def _start(root: Node) -> Span:
    span = root.span
    return span._replace(end_line=span.line, end_column=span.column + 1)


def _one_line(span: Span) -> Span:
    """The first line of a place, so that what is marked is on the line that is named."""
    if span.line == span.end_line:
        return span
    return span._replace(end_line=span.line, end_column=span.column + 1)
