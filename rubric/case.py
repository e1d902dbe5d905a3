"""A rule file and a facts file as they lie on disk: read, checked, bound to one another, and kept by content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from engine.diagnostic import Diagnostic, is_error
from engine.facts import Facts
from engine.rules import Rubric
from rubric import cache

# A rule file larger than this is not a rule file.
MAX_RULES = 1_000_000


@dataclass(slots=True)
class Case:
    """What the files gave: the rubric and facts where they can be used, every finding, and the texts for showing them."""

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


def load_rules(path: Path) -> Case:
    """Read and check one rule file."""
    data = _bytes(path)
    if data is not None:
        kept = cache.get(cache.key(b"rules", str(path).encode(), data))
        if isinstance(kept, Rubric):
            return Case(kept, None, (), {str(path): _text(data)}, _digest(data))
    return _read_rules(path, data)


def _read_rules(path: Path, data: bytes | None) -> Case:
    from rubric.language.read import read_rubric
    from rubric.readers.text import read_text

    text, findings = read_text(path, MAX_RULES)
    if text is None:
        return Case(findings=findings, readable=False)
    reading = read_rubric(text, str(path))
    found = findings + reading.findings
    digest = _digest(data or b"")
    if not found and reading.rubric is not None and data is not None:
        cache.put(cache.key(b"rules", str(path).encode(), data), reading.rubric)
    return Case(reading.rubric, None, found, {str(path): text}, digest)


def load_case(rules: Path, facts: Path) -> Case:
    """Read a rule file and a facts file, and hold the one against the other."""
    case = load_rules(rules)
    data, facts_data = _bytes(rules), _bytes(facts)
    if case.rubric is None or data is None:
        # Without rules, the facts are still read for what can be said of them alone.
        return _facts_alone(case, facts)
    name = cache.key(b"facts", str(rules).encode(), data, str(facts).encode(), facts_data or b"")
    if facts_data is not None and not case.findings:
        kept = cache.get(name)
        if isinstance(kept, Facts):
            case.facts = kept
            case.texts[str(facts)] = _text(facts_data)
            return case
    return _bind(case, facts, name)


def _bind(case: Case, path: Path, name: str) -> Case:
    from rubric.readers.facts import bind, load_facts

    assert case.rubric is not None
    facts, findings, text = load_facts(path)
    case.texts[str(path)] = text
    case.readable = case.readable and bool(text)
    if facts is None or any(map(is_error, case.findings)):
        case.findings += findings
        return case
    bound, more = bind(facts, case.rubric)
    findings += more
    if not findings and not case.findings:
        cache.put(name, bound)
    case.facts = bound
    case.findings += findings
    return case


def _facts_alone(case: Case, path: Path) -> Case:
    from rubric.readers.facts import load_facts

    _, findings, text = load_facts(path)
    case.texts[str(path)] = text
    case.findings += findings
    return case


def _bytes(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > 4 * MAX_RULES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
