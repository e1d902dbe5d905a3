"""A rule file and a facts file as they lie on disk: read, checked, bound to one another, and kept by content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from engine.diagnostic import Diagnostic, is_error
from engine.facts import Facts
from engine.rules import Rubric
from rubric import cache, codec
from rubric.readers.given import FactsFile

# A rule file, and a facts file, larger than this is something else.
MAX_RULES = 1_000_000
MAX_FACTS = 2_000_000


@dataclass(slots=True)
class Case:
    """What the files gave: rubric and facts where they can be used, every finding, and the texts for showing them."""

    rubric: Rubric | None = None
    facts: Facts | None = None
    findings: tuple[Diagnostic, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    rules_digest: str = ""
    readable: bool = True

    @property
    def usable(self) -> bool:
        """Whether there is something to score."""
        return self.rubric is not None and self.facts is not None and not any(map(is_error, self.findings))


def shipped(path: Path) -> Path:
    """The path itself, or the rule file of that name that comes with the package (hunan/baojing-2017)."""
    if path.exists() or path.is_absolute() or not path.name or ".." in path.parts:
        return path
    from importlib.resources import files

    inner = path.relative_to("rules") if path.parts[:1] == ("rules",) else path
    if not inner.name:
        return path
    for name in (inner, inner.with_name(inner.name + ".rubric")):
        found = Path(str(files("rules").joinpath(name.as_posix())))
        if found.is_file():
            return found
    return path


def load_rules(path: Path, closely: bool = False) -> Case:
    """Read and check one rule file; an unchanged one without findings is not read again.

    `closely` also tells what is no error and deserves a look.
    """
    path = shipped(path)
    data = _bytes(path, MAX_RULES)
    name = cache.key(b"closely" if closely else b"rules", str(path).encode(), data or b"")
    kept = _kept(name) if data is not None else None
    if data is not None and isinstance(kept, Rubric):
        return Case(kept, texts={str(path): _text(data)}, rules_digest=_digest(data))
    case = _read_rules(path, closely)
    if data is not None:
        case.rules_digest = _digest(data)
        if case.rubric is not None and not case.findings:
            cache.put(name, codec.dumps(case.rubric))
    return case


def _read_rules(path: Path, closely: bool) -> Case:
    from rubric.language.read import read_rubric
    from rubric.readers.text import read_text

    text, findings = read_text(path, MAX_RULES)
    if text is None:
        return Case(findings=findings, readable=False)
    reading = read_rubric(text, str(path), closely)
    return Case(reading.rubric, findings=findings + reading.findings, texts={str(path): text})


def load_case(rules: Path, facts: Path) -> Case:
    """Read a rule file and a facts file, and hold the one against the other."""
    case = load_rules(rules)
    data = _bytes(facts, MAX_FACTS)
    bound = cache.key(b"bound", case.rules_digest.encode(), str(facts).encode(), data or b"")
    if data is not None and case.rubric is not None and not case.findings:
        kept = _kept(bound)
        if isinstance(kept, Facts):
            case.facts, case.texts[str(facts)] = kept, _text(data)
            return case
    _load_facts(case, facts, data)
    if case.facts is not None and not case.findings:
        cache.put(bound, codec.dumps(case.facts))
    return case


def _load_facts(case: Case, facts: Path, data: bytes | None) -> None:
    """Read the facts, or take them as they were kept, and bind them to the rubric."""
    name = cache.key(b"facts", str(facts).encode(), data or b"")
    kept = _kept(name) if data is not None else None
    sound = case.rubric is not None and not any(map(is_error, case.findings))
    if data is not None and isinstance(kept, FactsFile) and case.rubric is not None and sound:
        from rubric.readers.binding import bind_facts

        case.texts[str(facts)] = _text(data)
        case.facts, found = bind_facts(kept, case.rubric, kept.written)
        case.findings += found
        return
    _read_facts(case, facts, case.rubric if sound else None, name)


def _read_facts(case: Case, path: Path, rubric: Rubric | None, name: str) -> None:
    """Read the facts; without a sound rubric they are still read for what can be said of them alone."""
    from rubric.readers.facts import bind, facts_for, read_facts
    from rubric.readers.text import read_text

    text, findings = read_text(path, MAX_FACTS)
    if text is None:
        case.readable = False
        case.findings += findings
        return
    case.texts[str(path)] = text
    read, alone = read_facts(text, str(path))
    if read is not None and not alone and not findings:
        cache.put(name, codec.dumps(read))
    if rubric is None:
        case.findings += findings + alone
        return
    if read is not None and not alone:
        case.facts, found = bind(read, rubric)
    else:
        # What is wrong with the shape and what does not fit the rubric are told together, in the order of the text.
        case.facts, found = facts_for(rubric, text, str(path))
    case.findings += findings + found


def _kept(name: str) -> object:
    """What was kept under a name: a rubric or facts, or None."""
    text = cache.get(name)
    try:
        return None if text is None else codec.loads(text)
    except ValueError:
        return None


def _bytes(path: Path, limit: int) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= limit else None
    except OSError:
        return None


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
