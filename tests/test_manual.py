"""The manual is tested: each example reads as it says, and each word and each finding code stands in it.

A fence says what it holds: ```rubric is a whole file; `header`, `facts`, `indicator` and `scoring` are parts, put
into a small rubric here with the facts that the manual itself declares (`prelude`). `wrong=code` expects exactly that
finding, `same=name` expects equal rules in every fence of that name, `points=3` gives the indicator its full marks,
`nofraction` leaves the header's reading out, `closely` looks at it as `rubric check` does, and `file=name` gives it a
name that another one may amend. ```yaml facts is a facts file; `small` holds it against the manual's own
whole rubric, `of=name` against the example of that name, and `total=89` says what it then earns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from pydantic import BaseModel

from engine import rules
from engine.diagnostic import Diagnostic
from engine.facts import Claims, Contradictory, Fact, Facts, Present, Value
from engine.rules import Group, Indicator, Rubric, Text
from engine.score import assess
from rubric.language.read import Reading, read_rubric
from rubric.messages.facts import FACT_FINDINGS
from rubric.messages.rules import RULE_ADVICE, RULE_FINDINGS
from rubric.messages.vocabulary import FIELDS, HEADS, KEYWORDS
from rubric.messages.words import NO, UNIT_WORDS, YES
from rubric.readers.facts import facts_for, read_facts
from rubric.readers.model import BASES, FactsModel, spellings

MANUAL = Path(__file__).parent.parent / "rules" / "README.md"
TEXT = MANUAL.read_text("utf-8")
PARTS = ("header", "facts", "indicator", "scoring")

# Codes that stand behind a finding as advice, and never alone: they need no row of their own.
ADVICE = RULE_ADVICE | {
    *("first-on-line", "nearest-name", "keys-here", "quote-special-marks", "names-known", "name-the-fact"),
    *("write-amount", "write-rate", "write-unit-like", "why-not-zero", "row-marks-help", "any-year"),
    *("in-row", "in-this-row", "why-not-zero-in-cell", "reason-in-cell", "empty-the-column", "workbook-carries"),
}


class Fence(NamedTuple):
    """One code block: the words behind its opening marks, and what it holds."""

    line: int
    words: tuple[str, ...]
    options: dict[str, str]
    text: str

    @property
    def part(self) -> str:
        return next((word for word in self.words if word in PARTS), "")

    @property
    def wrong(self) -> list[str]:
        return sorted(filter(None, self.options.get("wrong", "").split(",")))

    def __str__(self) -> str:
        return f"line {self.line}"


def fences() -> Iterator[Fence]:
    for found in re.finditer(r"^```(\S.*)\n((?:.*\n)*?)```$", TEXT, re.MULTILINE):
        words = found[1].split()
        options = dict(word.split("=", 1) for word in words if "=" in word)
        line = TEXT.count("\n", 0, found.start()) + 1
        yield Fence(line, tuple(word for word in words if "=" not in word), options, found[2])


FENCES = list(fences())
RULES = [fence for fence in FENCES if fence.words[0] == "rubric"]
FACTS = [fence for fence in FENCES if fence.words[0] == "yaml"]
PRELUDE = "".join(fence.text for fence in RULES if "prelude" in fence.words)
SMALL = next(fence.text for fence in RULES if fence.options.get("same") == "small")
SAME = sorted({fence.options["same"] for fence in FENCES if "same" in fence.options})


# ------------------------------------------------------------------------------------------------ rule files


def whole(fence: Fence) -> str:
    """The fence as a rule file: a part is put into a small rubric."""
    full = fence.options.get("points", "100" if fence.part in ("header", "facts") else "5")
    reading = "" if "nofraction" in fence.words else "  零头：不足一档不计\n"
    header = f"  满分：{full} 分\n{reading}  等级：优 ≥ 90 分；其余为差\n"
    filler = f"指标 示例 ({full} 分)\n  评分：≥ 1，计满分；其余不得分。\n  公式：示例数\n"
    count = "事实\n  示例数（数）\n"
    match fence.part:
        case "header":
            return f"评分表「例」\n{fence.text}{count}{filler}"
        case "facts":
            known = "" if "prelude" in fence.words or fence.text.startswith(("事实", "facts")) else PRELUDE
            known = PRELUDE.partition("定义")[0] if fence.options.get("same") == "definitions" else known
            return f"评分表「例」\n{header}{known}{fence.text}{count}{filler}"
        case "indicator":
            return f"评分表「例」\n{header}{PRELUDE}{fence.text}"
        case "scoring":
            return f"评分表「例」\n{header}{PRELUDE}指标 示例指标 ({full} 分)\n{fence.text}"
        case _:
            return fence.text


def read(fence: Fence) -> Reading:
    return read_rubric(whole(fence), closely="closely" in fence.words, load=base)


def base(name: str, _file: str) -> tuple[str, str] | None:
    """The example that another one amends."""
    return next(((fence.text, name) for fence in RULES if fence.options.get("file") == name), None)


def codes(findings: tuple[Diagnostic, ...]) -> list[str]:
    return sorted(finding.code for finding in findings)


@pytest.mark.parametrize("fence", RULES, ids=str)
def test_an_example_reads_as_it_says(fence: Fence) -> None:
    assert codes(read(fence).findings) == fence.wrong


@pytest.mark.parametrize("fence", [fence for fence in RULES if not fence.wrong], ids=str)
def test_an_example_earns_what_it_says(fence: Fence) -> None:
    rubric = read(fence).rubric
    assert rubric is not None
    for indicator in rubric.indicators():
        # An example of an indicator that is scored by rows is one row, and no department.
        for example in () if indicator.rows else indicator.examples:
            facts = Facts(
                "",
                rubric.period.first if rubric.period else None,
                {key: Present(value) for key, value in example.values},
            )
            score = assess(rubric, facts).card.of(indicator.name.key)
            assert score is not None
            assert score.points == example.points, example


@pytest.mark.parametrize("name", SAME)
def test_what_says_the_same_is_the_same(name: str) -> None:
    group = [fence for fence in FENCES if fence.options.get("same") == name]
    first, *others = [meaning(fence) for fence in group]
    assert others, "nothing to compare it with"
    assert all(other == first for other in others)


def meaning(fence: Fence) -> object:
    if fence.words[0] == "yaml":
        return values(bound(fence), asked(fence))
    rubric = read(fence).rubric
    assert rubric is not None
    return bare(rubric)


def bare(rubric: Rubric) -> Rubric:
    """A rubric without what is plain text in one language."""
    facts = tuple(replace(fact, meaning="") for fact in rubric.facts)
    tables = tuple(replace(table, meaning="") for table in rubric.tables)
    members = tuple(map(bare_member, rubric.members))
    return replace(rubric, title="", place="", basis=(), notes=(), facts=facts, tables=tables, members=members)


def bare_member(member: Group | Indicator) -> Group | Indicator:
    if isinstance(member, Indicator):
        return replace(member, notes=(), official="")
    return replace(member, notes=(), members=tuple(map(bare_member, member.members)))


# ----------------------------------------------------------------------------------------------- facts files


def small() -> Rubric:
    rubric = read_rubric(SMALL).rubric
    assert rubric is not None
    return rubric


def asked(fence: Fence) -> Rubric:
    """The rubric that a facts file is held against."""
    of = fence.options.get("of")
    rubric = read(next(each for each in RULES if each.options.get("same") == of)).rubric if of else small()
    assert rubric is not None
    return rubric


def bound(fence: Fence) -> Facts:
    facts, findings = facts_for(asked(fence), fence.text, "facts.yaml")
    assert facts is not None, codes(findings)
    return facts


@pytest.mark.parametrize("fence", FACTS, ids=str)
def test_a_facts_file_reads_as_it_says(fence: Fence) -> None:
    if "small" in fence.words or "of" in fence.options:
        _, findings = facts_for(asked(fence), fence.text, "facts.yaml")
    else:
        _, findings = read_facts(fence.text, "facts.yaml")
    assert codes(findings) == fence.wrong


@pytest.mark.parametrize("fence", [fence for fence in FACTS if "total" in fence.options], ids=str)
def test_a_department_earns_what_is_said(fence: Fence) -> None:
    assert assess(asked(fence), bound(fence)).total == Fraction(fence.options["total"])


def values(facts: Facts, rubric: Rubric) -> object:
    """What two files in two languages have in common: everything but names, sentences and places."""
    words = {column.key for table in rubric.tables for column in table.columns if isinstance(column.kind, Text)}
    claims = facts.claims or Claims()
    return (
        {key: answer(fact) for key, fact in facts.facts.items()},
        {
            key: [{name: answer(cell) for name, cell in row.items() if name not in words} for row in table]
            for key, table in facts.tables.items()
        },
        [(each.fact, each.amount) for each in facts.adjustments],
        [(each.indicator, each.points, each.rate and each.rate.value) for each in claims.indicators],
        [(name, points) for name, points, _ in claims.subtotals],
        (claims.total, claims.grade),
    )


def answer(fact: Fact) -> list[tuple[Value, str]] | str:
    match fact:
        case Present():
            return [(fact.value, fact.provenance.basis.value)]
        case Contradictory(readings):
            return [(each.value, each.provenance.basis.value) for each in readings]
        case _:
            return type(fact).__name__


# ---------------------------------------------------------------------------------------- nothing is left out


def section(number: int) -> str:
    """One section of the manual."""
    after = TEXT.split(f"\n## {number} ", 1)[1]
    return after.split("\n## ", 1)[0]


def missing(words: set[str], text: str) -> list[str]:
    """The words that do not stand between backticks."""
    return sorted(words - set(re.findall(r"`([^`\n]+)`", text)))


def test_every_word_is_in_the_manual() -> None:
    words = {form for row in (*HEADS.values(), *FIELDS.values(), *KEYWORDS.values(), YES, NO) for form in _forms(row)}
    assert missing(words, section(11)) == []
    rows = re.findall(r"^\|(.+\|.+)\|.*\|$", section(11), re.MULTILINE)
    listed = {form for row in rows for form in re.findall(r"`([^`]+)`", row)}
    assert sorted(listed - words) == []


def test_every_unit_is_in_the_manual() -> None:
    assert missing({form for row in UNIT_WORDS.values() for form in _forms(row)}, section(10)) == []


def _forms(row: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    return (*row[0], *row[1])


def test_every_heading_of_a_facts_file_is_in_the_manual() -> None:
    keys = {form for model in models(FactsModel) for name in model.model_fields for form in spellings(model, name)}
    keys |= {form for forms in BASES.values() for form in forms}
    assert missing(keys, section(12)) == []


def models(kind: Any) -> Iterator[type[BaseModel]]:
    """Every model inside a type, whatever it is wrapped in."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for part in get_args(kind):
        yield from models(part)


def test_every_finding_is_in_the_manual() -> None:
    of_rules, of_facts = section(13).split("\n### 事实文件 ")
    linked = re.findall(r"^\| \[`([a-z0-9-]+)`\]\(findings/([a-z0-9-]+)\.md\) \|", of_rules, re.MULTILINE)
    assert [code for code, page in linked if page != code] == []
    assert sorted(code for code, _ in linked) == sorted(RULE_FINDINGS.keys() - ADVICE)
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", of_facts, re.MULTILINE)
    assert sorted(listed) == sorted(FACT_FINDINGS.keys() - ADVICE)


def test_every_rule_object_is_in_the_manual() -> None:
    kinds = {name for name, kind in vars(rules).items() if is_dataclass(kind) and kind.__module__ == rules.__name__}
    listed = re.findall(r"^\| `([A-Za-z]+)` \|", section(20), re.MULTILINE)
    assert sorted(listed) == sorted(kinds)


def test_every_link_inside_the_manual_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", TEXT) if link not in anchors] == []


# Each table whose rows say one thing in several ways, by its heading and the criterion that a snippet is put into.
TABLES = {
    "8.1": ("评分：{}，计 3 分；其余不得分。", "scoring: {} → 3 points; otherwise no points"),
    "8.3": (
        "评分：≤ 100%，计 5 分；每超过 1 个百分点扣 1 分，{}。",
        "scoring: ≤ 100% → 5 points; each 1 pp above deducts 1 point, {}",
    ),
    "8.4": ("评分：= 100%，计 5 分；{}扣 1 分。", "scoring: = 100% → 5 points; {} deducts 1 point"),
    "8.10": (
        "评分：≥ 90%，计 5 分；其余不得分。\n  不适用：{}",
        "scoring: ≥ 90% → 5 points; otherwise no points\n  not applicable: {}",
    ),
    "8.17": (
        "评分：{}：< 90%，扣 3 分；行政效能为差，扣 2 分。",
        "scoring: {}: < 90%, deducts 3 points; administration is poor, deducts 2 points",
    ),
}


def rows() -> Iterator[tuple[str, str, str]]:
    for heading in TABLES:
        table = TEXT.split(f"\n### {heading} ", 1)[1].split("\n### ", 1)[0]
        for row in re.findall(r"^\| .*`.*$", table, re.MULTILINE):
            cells = [cell for cell in row.split("|") if "`" in cell]
            yield heading, cells[0], cells[1]


@pytest.mark.parametrize(("heading", "chinese", "english"), list(rows()))
def test_one_row_says_one_thing(heading: str, chinese: str, english: str) -> None:
    criteria = [
        f"  公式：满意度\n  {form.format(snippet)}\n"
        for form, cell in zip(TABLES[heading], (chinese, english), strict=True)
        for snippet in re.findall(r"`([^`]+)`", cell)
    ]
    readings = [read_rubric(whole(Fence(0, ("rubric", "scoring"), {}, text))) for text in criteria]
    assert [codes(reading.findings) for reading in readings] == [[]] * len(readings)
    first, *others = [bare(reading.rubric) for reading in readings if reading.rubric]
    assert all(other == first for other in others)
