"""A rule file and a facts file as they lie on disk: read, checked, bound to one another, and kept by content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.diagnostic import Diagnostic, is_error
from engine.facts import Facts
from engine.rules import Rubric
from rubric import cache, codec
from rubric.paths import exists, is_dir, is_file
from rubric.readers.given import FactsFile
from rubric.readers.text import read_bytes, read_text, too_large

if TYPE_CHECKING:
    from rubric.readers.exact_yaml import Tree

# A chain of rule files that are based on one another is not longer than this.
MOST_BASES = 8

# A rule file, and a facts file, larger than this is something else.
MAX_RULES = 1_000_000
MAX_FACTS = 2_000_000

# The accepted card of a case, which lies beside its facts and holds none.
CARD = "accepted.yaml"

# Facts in a file of one of these names are a workbook that was filled in.
FORMS = (".xlsx", ".xlsm")


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
    if exists(path) or path.is_absolute() or not path.name or ".." in path.parts:
        return path
    from importlib.resources import files

    inner = path.relative_to("rules") if path.parts[:1] == ("rules",) else path
    if not inner.name:
        return path
    for name in (inner, inner.with_name(inner.name + ".rubric")):
        found = Path(str(files("rules").joinpath(name.as_posix())))
        if is_file(found):
            return found
    return path


def load_rules(path: Path, closely: bool = False) -> Case:
    """Read and check one rule file; an unchanged one without findings is not read again.

    `closely` also tells what is no error and deserves a look.
    """
    path = shipped(path)
    sources = _chain(path)
    name = cache.key(
        b"closely" if closely else b"rules", codec.LAYOUT, *(part for file, data in sources for part in (file, data))
    )
    kept = _kept(name) if sources else None
    if isinstance(kept, Rubric):
        texts = {file.decode(): _text(data) for file, data in sources}
        return Case(kept, texts=texts, rules_digest=_digest_of(sources))
    case = _read_rules(path, closely)
    if sources:
        case.rules_digest = _digest_of(sources)
        if case.rubric is not None and not case.findings:
            cache.put(name, codec.dumps(case.rubric))
    return case


_AMENDS = re.compile(r"^\s*(?:修订自|amends)\s*[:：]\s*(.+?)\s*(?:\s#.*)?$", re.MULTILINE | re.IGNORECASE)


def _chain(path: Path) -> list[tuple[bytes, bytes]]:
    """A rule file and every one that it is based on, by a glance at what it says of its base: names and contents."""
    found: list[tuple[bytes, bytes]] = []
    following: Path | None = path
    while following is not None and len(found) <= MOST_BASES:
        data = _bytes(following, MAX_RULES)
        if data is None:
            break
        found.append((str(following).encode(), data))
        base = _AMENDS.search(data.decode("utf-8", "replace"))
        following = base_of(base[1], str(following)) if base else None
    return found


def base_of(name: str, file: str) -> Path | None:
    """The rule file of that name beside another one, or the one that comes with the package."""
    plain = name.strip(' 。“”"「」')
    if not plain or Path(plain).is_absolute() or ".." in Path(plain).parts:
        return None
    places = (*(Path(file).parent / tried for tried in (plain, f"{plain}.rubric")), shipped(Path(plain)))
    return next((place for place in places if is_file(place)), None)


def load_base(name: str, file: str) -> tuple[str, str] | None:
    """The text of the rule file that another one is based on, and its name."""
    path = base_of(name, file)
    text, _ = (None, ()) if path is None else read_text(path, MAX_RULES)
    return None if text is None or path is None else (text, str(path))


def read_rules(path: Path) -> str | None:
    """The text of a rule file, or None where it cannot be read."""
    return read_text(path, MAX_RULES)[0]


def _read_rules(path: Path, closely: bool) -> Case:
    from rubric.language.read import read_rubric

    text, findings = read_text(path, MAX_RULES)
    if text is None:
        return Case(findings=findings, readable=False)
    reading = read_rubric(text, str(path), closely, load_base)
    return Case(reading.rubric, findings=findings + reading.findings, texts=reading.texts or {str(path): text})


def load_case(rules: Path, facts: Path, any_year: bool = False) -> Case:
    """Read a rule file and a facts file, and hold the one against the other.

    Facts of a year in which the rubric is not in force are refused, unless `any_year` is asked for.
    """
    return with_facts(load_rules(rules), facts, any_year)


def with_facts(case: Case, facts: Path, any_year: bool = False) -> Case:
    """A rule file that has been read, with a facts file held against it: the case itself, filled in."""
    if is_form(facts):
        _load_form(case, facts, any_year)
        return case
    data = _bytes(facts, MAX_FACTS)
    bound = cache.key(
        b"bound", codec.LAYOUT, bytes([any_year]), case.rules_digest.encode(), str(facts).encode(), data or b""
    )
    if data is not None and case.rubric is not None and not case.findings:
        kept = _kept(bound)
        if isinstance(kept, Facts):
            case.facts, case.texts[str(facts)] = kept, _text(data)
            return case
    _load_facts(case, facts, data, any_year)
    if case.facts is not None and not case.findings:
        cache.put(bound, codec.dumps(case.facts))
    return case


def with_report(case: Case, report: Path, any_year: bool = False) -> Case:
    """A rule file that has been read, with the facts that a department's report tells: the case itself, filled in."""
    from rubric.documents.opening import read_document
    from rubric.reading.filled import Filled
    from rubric.reading.report import read_report
    from rubric.reading.told import facts_told

    document = read_document(report)
    case.findings += document.findings
    if not document.passages:
        case.readable = False
        return case
    if case.rubric is None or any(map(is_error, case.findings)):
        return case
    filled = Filled(read_report(document, case.rubric), case.rubric, report.name, "zh")
    facts, found = facts_told(filled, case.rubric, report, any_year)
    case.findings += found
    if facts is not None:
        # What was found is a matter of the report and of the program: the digest is that of the report.
        case.facts = replace(facts, digest=hashlib.sha256(report.read_bytes()).hexdigest())
    return case


def facts_files(paths: Sequence[Path]) -> list[Path]:
    """The facts files that are named, and those in folders that are."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(filter(_is_facts_file, path.rglob("*"))) if is_dir(path) else []
        found.extend(inside or [path])
    return found


def _is_facts_file(path: Path) -> bool:
    """Whether a file of a folder holds facts, unlike the card of a case and what stands beside an open workbook."""
    if path.name == CARD:
        return False
    return path.suffix in (".yaml", ".yml") or (is_form(path) and not path.name.startswith(("~$", ".")))


def is_form(path: Path) -> bool:
    """Whether the name is that of a workbook."""
    return path.suffix.lower() in FORMS


def read_form(path: Path) -> tuple[Tree, str]:
    """The tree of the workbook at a path, and the digest of the file."""
    from rubric.forms.from_workbook import read_workbook
    from rubric.readers.exact_yaml import Tree

    data, findings = read_bytes(path, MAX_FACTS)
    if data is None:
        return Tree(None, findings), ""
    refused = too_large(data, str(path), MAX_FACTS)
    if refused:
        return Tree(None, refused), ""
    return read_workbook(data, str(path)), hashlib.sha256(data).hexdigest()


def _load_form(case: Case, path: Path, any_year: bool) -> None:
    """Read a workbook as a facts file and bind it; where the rules have an error, what it says is told all the same."""
    from rubric.readers.facts import facts_of_tree, tree_for

    tree, digest = read_form(path)
    case.readable &= tree.root is not None
    if case.rubric is None or any(map(is_error, case.findings)):
        case.findings += facts_of_tree(tree, str(path), digest)[1]
        return
    case.facts, found = tree_for(case.rubric, tree, str(path), digest, any_year)
    case.findings += found


def load_facts(path: Path) -> tuple[FactsFile | None, tuple[Diagnostic, ...], dict[str, str]]:
    """The facts of a facts file or a workbook as it says them, every finding, and the text for showing them."""
    from rubric.readers import facts

    if not is_form(path):
        read, findings, text = facts.load_facts(path)
        return read, findings, {str(path): text}
    tree, digest = read_form(path)
    return *facts.facts_of_tree(tree, str(path), digest), {}


def _load_facts(case: Case, facts: Path, data: bytes | None, any_year: bool) -> None:
    """Read the facts, or take them as they were kept, and bind them to the rubric."""
    name = cache.key(b"facts", codec.LAYOUT, str(facts).encode(), data or b"")
    kept = _kept(name) if data is not None else None
    sound = case.rubric is not None and not any(map(is_error, case.findings))
    if data is not None and isinstance(kept, FactsFile) and case.rubric is not None and sound:
        from rubric.readers.binding import bind_facts

        case.texts[str(facts)] = _text(data)
        case.facts, found = bind_facts(kept, case.rubric, kept.written, any_year)
        case.findings += found
        return
    _read_facts(case, facts, case.rubric if sound else None, name, any_year)


def _read_facts(case: Case, path: Path, rubric: Rubric | None, name: str, any_year: bool) -> None:
    """Read the facts; without a sound rubric they are still read for what can be said of them alone."""
    from rubric.readers.facts import bind, facts_for, read_facts

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
        case.facts, found = bind(read, rubric, any_year)
    else:
        # What is wrong with the shape and what does not fit the rubric are told together, in the order of the text.
        case.facts, found = facts_for(rubric, text, str(path), any_year)
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
        return path.read_bytes() if is_file(path) and path.stat().st_size <= limit else None
    except OSError:
        return None


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _digest_of(sources: Sequence[tuple[bytes, bytes]]) -> str:
    """The digest of a rule file; of one that is based on others, that of all their digests."""
    digests = [hashlib.sha256(data).hexdigest() for _, data in sources]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
