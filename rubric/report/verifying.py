"""Verifies a certificate: it is read, scored again from its own texts, and held step by step against what comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, NoReturn

from pydantic import ValidationError

from engine.diagnostic import is_error
from rubric.messages.certificate import CERTIFICATE, PARTS
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language
from rubric.report.certificate import CertificateModel, TextModel, identity, rules_digest
from rubric.report.certifying import Sources, certificate, derive

# A certificate holds its texts and some hundred lines for each indicator; a larger file is something else.
MAX_BYTES = 64_000_000
# The least and the most of what a difference shows of a value.
_SHOWN = 60


class Said(NamedTuple):
    """Something to say of a certificate or a seal, in whichever language: its code and what it names."""

    code: str
    arguments: Mapping[str, Any] = {}

    def of(self, language: Language) -> str:
        """The sentence."""
        named = {key: each.of(language) if hasattr(each, "of") else each for key, each in self.arguments.items()}
        return CERTIFICATE[self.code].of(language).format(**named)


def said(code: str, **arguments: Any) -> Said:
    """Something to say."""
    return Said(code, arguments)


class Where(NamedTuple):
    """A place in a certificate, from the outside in."""

    steps: tuple[str | int | Said, ...]

    def of(self, language: Language) -> str:
        """The place as people say it."""
        words: list[str] = []
        for step in self.steps:
            match step:
                case int():
                    name = words.pop() if words else ""
                    words.append(CERTIFICATE["nth"].of(language).format(name=name, number=step + 1))
                case Said():
                    words.append(step.of(language))
                case _:
                    words.append(PARTS[step].of(language) if step in PARTS else step)
        return (" › " if language == "en" else " ").join(words)


class RefusedError(Exception):
    """A file that is no certificate that can be read, with the reason."""

    def __init__(self, why: Said) -> None:
        super().__init__(why.code)
        self.why = why


class Difference(NamedTuple):
    """One thing that is not as certified; of what was found about the file as a whole there is no place."""

    what: Said
    path: str = ""
    certified: str | None = None
    now: str | None = None


# ----------------------------------------------------------------------------------------------- reading


def read_json(data: bytes, most: int = MAX_BYTES) -> Any:
    """The JSON of a file from a stranger; RefusedError with a sentence where it cannot be read."""
    if len(data) > most:
        raise RefusedError(said("too-large", limit=most // 1_000_000))
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_once, parse_float=_not_whole, parse_constant=_not_whole)
    except UnicodeDecodeError as problem:
        raise RefusedError(said("not-text")) from problem
    except json.JSONDecodeError as problem:
        raise RefusedError(said("not-json", line=problem.lineno, column=problem.colno)) from problem
    except RecursionError as problem:
        raise RefusedError(said("not-plain", what=said("too-deep"))) from problem
    except ValueError as problem:
        raise RefusedError(said("not-plain", what=said("long-number"))) from problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise RefusedError(said("not-plain", what=said("named-twice", name=name[:_SHOWN])))
        found[name] = value
    return found


def _not_whole(number: str) -> NoReturn:
    raise RefusedError(said("not-plain", what=said("not-whole-number", number=number[:_SHOWN])))


def read_certificate(data: bytes) -> tuple[CertificateModel, dict[str, Any]]:
    """The certificate of a file, and its JSON as it stands; RefusedError with a sentence where it is none."""
    document = read_json(data)
    if not isinstance(document, dict) or document.get("kind") != "rubric-certificate":
        raise RefusedError(said("not-a-certificate"))
    if document.get("schema_version") != "1":
        version, engine = (str(document.get(key, "?"))[:_SHOWN] for key in ("schema_version", "engine_version"))
        raise RefusedError(said("other-schema", version=version, engine=engine))
    try:
        # Validated from JSON again, as strictness means something else there.
        return CertificateModel.model_validate_json(json.dumps(document)), document
    except RecursionError as problem:
        raise RefusedError(said("not-plain", what=said("too-deep"))) from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False, include_input=False)[0]
        found = {"missing": "lacking", "extra_forbidden": "too-much"}.get(first["type"], "wrong-value")
        raise RefusedError(said("misshapen", where=_place(document, first["loc"]), found=said(found))) from problem


# Names that pydantic puts into a place to say which of several models it tried.
_TAGS = frozenset({"group", "indicator", "number", "fact", "operation", "points", "choice", "lies", "level", "any"})


def _place(document: Any, steps: tuple[str | int, ...]) -> Where:
    """A place that pydantic names, in words."""
    here, found = document, []
    for step in steps:
        if isinstance(here, dict) and step in _TAGS and step not in here:
            continue
        found.append(step)
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
    return _named(document, tuple(found))


def _named(document: Any, steps: tuple[str | int, ...]) -> Where:
    """A place with the names of what stands on the way to it."""
    here, words = document, list[str | int | Said]()
    for step in steps:
        kind = words[-1] if words else ""
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        key = here.get("key", here.get("name")) if isinstance(here, dict) else None
        if isinstance(step, int) and isinstance(key, str):
            of = {"values": "fact-of", "indicators": "claim-of", "subtotals": "claim-of", "files": "file-of"}
            sort = here.get("kind") if isinstance(here, dict) else None
            code = of.get(str(kind), "indicator-of" if sort == "indicator" else "group-of")
            words[-1:] = [] if kind in ("members", *of) else [kind]
            words.append(said(code, name=key[:_SHOWN]))
        else:
            words.append(step)
    return Where(tuple(words))


# --------------------------------------------------------------------------------------------- verifying


class Verified(NamedTuple):
    """A certificate, and everything in it that is not as it is now."""

    certificate: CertificateModel
    differences: tuple[Difference, ...]
    version: str


def verify(data: bytes, version: str) -> Verified:
    """Score a certificate's texts again and hold every step against it; RefusedError where it cannot be read."""
    found, document = read_certificate(data)
    return Verified(found, tuple(_differences(found, document, version)), version)


def sources_of(found: CertificateModel) -> Sources:
    """The texts in a certificate."""
    facts = found.facts
    return Sources(tuple(found.rules.files), facts.file, tuple(facts.together), facts.any_year, facts.workbook)


def _differences(found: CertificateModel, document: dict[str, Any], version: str) -> Iterator[Difference]:
    if identity(document) != found.id:
        yield Difference(said("id-differs"), "id", found.id, identity(document))
    for each in (*found.rules.files, found.facts.file, *found.facts.together):
        now = _digest(each)
        if now != each.sha256:
            yield Difference(said("text-differs", name=each.name), each.name, each.sha256, now)
    if rules_digest(found.rules.files) != found.rules.digest:
        yield Difference(
            said("rules-digest-differs"), "rules.digest", found.rules.digest, rules_digest(found.rules.files)
        )
    facts_digest = hashlib.sha256(found.facts.file.text.encode("utf-8", "surrogatepass")).hexdigest()
    if facts_digest != found.facts.digest:
        yield Difference(said("facts-digest-differs"), "facts.digest", found.facts.digest, facts_digest)
    derived = derive(sources_of(found))
    if derived.assessment is None:
        first = next((each for each in derived.findings if is_error(each)), None)
        shown = {language: "" if first is None else _first(render((first,), {}, language)) for language in LANGUAGES}
        yield Difference(said("texts-unusable", found=_InTongues(shown)))
        return
    now_document = certificate(derived, version).model_dump(mode="json")
    left_aside = {"id", "engine_version", "rules", "facts"}
    before = {key: value for key, value in document.items() if key not in left_aside}
    after = {key: value for key, value in now_document.items() if key not in left_aside}
    yield from _compared(before, after, (), document, now_document)
    # What no file is based on was not read; it has no place in a certificate.
    if len(now_document["rules"]["files"]) != len(found.rules.files):
        yield _difference(("rules", "files"), document, len(found.rules.files), len(now_document["rules"]["files"]))


class _InTongues(NamedTuple):
    """A text that was worded in each language already."""

    shown: Mapping[Language, str]

    def of(self, language: Language) -> str:
        """The text."""
        return self.shown[language]


def _first(text: str) -> str:
    return " ".join(text.split("\n")[0].split())


def _digest(file: TextModel) -> str:
    try:
        return hashlib.sha256(file.text.encode(file.encoding)).hexdigest()
    except UnicodeError:
        return ""


def _compared(before: Any, after: Any, path: tuple[str | int, ...], document: Any, now: Any) -> Iterator[Difference]:
    """Everything in which two documents differ, as deep as it can be told."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**after, **before}:
            if key not in before:
                yield _difference((*path, key), now, None, after[key], "dropped")
            elif key not in after:
                yield _difference((*path, key), document, before[key], None, "added")
            else:
                yield from _compared(before[key], after[key], (*path, key), document, now)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _listed(before, after, path, document, now)
    elif type(before) is not type(after) or before != after:
        yield _difference(path, document, before, after)


def _listed(
    before: list[Any], after: list[Any], path: tuple[str | int, ...], document: Any, now: Any
) -> Iterator[Difference]:
    """Lists whose things have names are held against one another by name, others by place."""
    names, new_names = _keys(before), _keys(after)
    if names is None or new_names is None:
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from _compared(one, other, (*path, index), document, now)
        for index in range(len(after), len(before)):
            yield _difference((*path, index), document, before[index], None, "added")
        for index in range(len(before), len(after)):
            yield _difference((*path, index), now, None, after[index], "dropped")
        return
    places = {name: index for index, name in enumerate(names)}
    for index, name in enumerate(new_names):
        if name in places:
            # Places of the one that is certified are named, as it is what the reader has before him.
            yield from _compared(before[places[name]], after[index], (*path, places[name]), document, now)
        else:
            yield _difference((*path, index), now, None, after[index], "dropped")
    for index, name in enumerate(names):
        if name not in new_names or places[name] != index:
            yield _difference((*path, index), document, before[index], None, "added")
    common, new_common = [n for n in names if n in new_names], [n for n in new_names if n in places]
    if common != new_common and len(set(names)) == len(names):
        yield _difference(path, document, "、".join(common), "、".join(new_common))


def _keys(items: list[Any]) -> list[str] | None:
    """The names of the things in a list, if they have names of their own."""
    keys = [each.get("key") if isinstance(each, dict) else None for each in items]
    named = [key for key in keys if isinstance(key, str)]
    return named if len(named) == len(keys) else None


def _difference(
    path: tuple[str | int, ...], document: Any, before: Any, after: Any, code: str = "differs"
) -> Difference:
    where = _named(document, path)
    what = said(code, where=where, certified=_Value(before), now=_Value(after))
    return Difference(what, "/".join(map(str, path)), _plain(before), _plain(after))


class _Value(NamedTuple):
    """A value of a certificate as a difference shows it."""

    value: Any

    def of(self, language: Language) -> str:
        """The value in words."""
        match self.value:
            case None:
                return CERTIFICATE["nothing"].of(language)
            case bool():
                return CERTIFICATE["yes" if self.value else "no"].of(language)
            case dict() if isinstance(self.value.get("key"), str):
                return f"「{self.value['key'][:_SHOWN]}」"
            case dict() | list():
                return _short(json.dumps(self.value, ensure_ascii=False))
            case _:
                return _short(str(self.value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _plain(value: Any) -> str | None:
    return None if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
