"""Real criteria as rules: which of them stand as they are, and that each earns what it should.

`criteria/index.yaml` has every text with its class; a rule file of the same name holds the rule, with examples in it or
in a YAML file beside it. A text that is called verbatim must be the whole lines of its field, compared as the lexer
reads them; one that is called anything else must not pass as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_regressions.file_regression import FileRegressionFixture

from engine.cohort import assess_together
from engine.diagnostic import Diagnostic, is_error
from engine.facts import Facts
from engine.rules import Rubric
from engine.score import Assessment
from rubric.language.read import read_rubric
from rubric.language.splitter import Field, Splitter
from rubric.language.text import normalise
from rubric.language.write import write
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.facts import facts_for

FOLDER = Path(__file__).parent / "criteria"
CLASSES = ("verbatim", "small change", "rewritten", "not a criterion")
# Where a text may stand: the fields of a rule file, by the blocks that have them.
FIELDS = {
    "scoring": ("indicator", "SCORING"),
    "formula": ("indicator", "FORMULA"),
    "not applicable": ("indicator", "NOT_APPLICABLE"),
    "grades": ("rubric", "GRADES"),
    "together": ("overall", "TOGETHER"),
    "veto": ("overall", "VETO"),
    "definition": ("definitions", "DEFINITION"),
}
# What an indicator earns where facts do not apply may be said of the whole rubric as well.
ELSEWHERE = {"not applicable": ("rubric", "NOT_APPLICABLE")}
NOT_SAID = "not said"
REFUSED = "refused as "


@dataclass(frozen=True)
class Criterion:
    """One text, its class, and what is said of it."""

    id: str
    text: str
    kind: str
    field: str = "scoring"
    needs: str = ""
    what: str = ""
    reason: str = ""
    change: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.id}.rubric"

    @property
    def written(self) -> str:
        """The text as it stands in its rule file."""
        text = self.text
        for old, new in self.change:
            assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {self.id}"
            text = text.replace(old, new)
        return text


def read_index() -> Iterator[Criterion]:
    for row in yaml.safe_load((FOLDER / "index.yaml").read_text("utf-8")):
        change = tuple((each["from"], each["to"]) for each in row.pop("change", ()))
        yield Criterion(kind=row.pop("class"), change=change, **row)


CRITERIA = list(read_index())
AS_RULES = [each for each in CRITERIA if each.kind != "not a criterion"]
PASTED = [each for each in CRITERIA if each.kind in ("verbatim", "small change")]
CHANGED = [each for each in AS_RULES if each.kind != "verbatim"]


def of(kind: str) -> list[Criterion]:
    return [each for each in CRITERIA if each.kind == kind]


def ids(criterion: Criterion) -> str:
    return criterion.id


# ------------------------------------------------------------------------------------------------ the index


def test_each_text_has_one_class_and_says_why() -> None:
    assert Counter(each.id for each in CRITERIA).most_common(1)[0][1] == 1
    assert {each.kind for each in CRITERIA} == set(CLASSES)
    for each in CRITERIA:
        assert each.field in FIELDS, each.id
        assert bool(each.change) == bool(each.what) == (each.kind == "small change"), each.id
        assert bool(each.reason) == (each.kind in ("rewritten", "not a criterion")), each.id


def test_each_file_belongs_to_a_text() -> None:
    named = {each.id for each in AS_RULES}
    assert {path.stem for path in FOLDER.glob("*.rubric")} == named
    assert {path.stem for path in FOLDER.glob("*.yaml")} - {"index"} <= named


def test_counts(file_regression: FileRegressionFixture) -> None:
    """How many of the texts pass as they stand is seen in review whenever it changes."""
    lines = [f"{len(CRITERIA)} texts", ""]
    for kind in CLASSES:
        found = of(kind)
        lines.append(f"{kind}: {len(found)}")
        if kind == "verbatim":
            places = Counter(each.field for each in found)
            lines.append("  " + ", ".join(f"{place} {places[place]}" for place in FIELDS if places[place]))
        lines += [f"  {each.id}" for each in found]
        lines.append("")
    file_regression.check("\n".join(lines), encoding="utf-8", fullpath=FOLDER / "counts.txt")


# ------------------------------------------------------------------------------- the text in its rule file


@dataclass(frozen=True)
class Place:
    """A field of a rule file: the numbers of its lines, and what the lexer reads in each."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]


def places(text: str, name: str) -> Iterator[Place]:
    """The fields of that name, in a whole rule file."""
    splitter = Splitter("")
    kinds = {FIELDS[name], ELSEWHERE.get(name, FIELDS[name])}
    for block in splitter.split(text):
        for each in block.fields:
            if (block.start, each.terminal) in kinds:
                yield place_of(each)


def place_of(each: Field) -> Place:
    return Place(
        tuple(line.number for line in each.lines),
        tuple(line.text.strip() for line in each.lines),
    )


def stretches(place: Place) -> Iterator[tuple[int, int, str]]:
    """Every run of whole lines of a field, as one text."""
    for start in range(len(place.lines)):
        for count, text in enumerate(accumulate(place.lines[start:]), 1):
            yield start, start + count, text


def found_in(criterion: Criterion, text: str) -> tuple[Place, int, int] | None:
    """Where the text of a criterion stands, as whole lines of its field."""
    wanted = normalise(criterion.written)
    for place in places(text, criterion.field):
        for start, end, stretch in stretches(place):
            if stretch == wanted:
                return place, start, end
    return None


@pytest.mark.parametrize("criterion", PASTED, ids=ids)
def test_the_text_is_in_its_rule_file(criterion: Criterion) -> None:
    text = criterion.path.read_text("utf-8")
    assert found_in(criterion, text) is not None, f"{criterion.written} is not in {criterion.path.name}"


def with_field(text: str, place: Place, new: str) -> str:
    """The rule file with a field that says something else, and without its examples."""
    lines = text.split("\n")
    first, *others = place.numbers
    head = lines[first - 1]
    start = head.find("：") + 1 if "：" in head else len(head) - len(head.lstrip())
    lines[first - 1] = head[:start] + new
    kept = [line for number, line in enumerate(lines, 1) if number not in others]
    return "\n".join(line for line in kept if not line.strip().startswith("示例"))


def errors(text: str) -> list[Diagnostic]:
    return [finding for finding in read_rubric(text).findings if is_error(finding)]


@pytest.mark.parametrize("criterion", of("verbatim"), ids=ids)
def test_the_text_alone_passes(criterion: Criterion) -> None:
    """Nothing but the text in its field: only those whose entry says why need what stands beside it."""
    text = criterion.path.read_text("utf-8")
    found = found_in(criterion, text)
    assert found is not None
    alone = with_field(text, found[0], criterion.text)
    assert bool(errors(alone)) == bool(criterion.needs), render(tuple(errors(alone)), {"": alone}, "en")


@pytest.mark.parametrize("criterion", CHANGED, ids=ids)
def test_what_is_not_verbatim_does_not_pass_as_it_stands(criterion: Criterion) -> None:
    text = criterion.path.read_text("utf-8")
    place = next(places(text, criterion.field))
    assert errors(with_field(text, place, criterion.text))


# ------------------------------------------------------------------------------------- what the rules earn


def rubric_of(criterion: Criterion) -> Rubric:
    text = criterion.path.read_text("utf-8")
    read = read_rubric(text, criterion.path.name)
    # Not every criterion is a whole table with grades.
    findings = tuple(each for each in read.findings if each.code != "no-grades")
    assert not findings, "\n" + render(findings, {criterion.path.name: text}, "en")
    assert read.rubric is not None
    return read.rubric


def pairs(criterion: Criterion) -> list[dict[str, Any]]:
    path = criterion.path.with_suffix(".yaml")
    if not path.exists():
        return []
    found: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return found


@pytest.mark.parametrize("criterion", AS_RULES, ids=ids)
def test_each_rule_has_examples_with_their_arithmetic(criterion: Criterion) -> None:
    """The examples in a rule file are held against it when it is read."""
    rubric = rubric_of(criterion)
    lines = criterion.path.read_text("utf-8").split("\n")
    examples = [each for indicator in rubric.indicators() for each in indicator.examples]
    for each in examples:
        assert lines[each.span.line - 1].partition(" # ")[2].strip(), lines[each.span.line - 1]
    assert all(each["why"] for each in pairs(criterion))
    beside = sum(len(each.get("together", [each])) for each in pairs(criterion))
    assert len(examples) + beside >= 3
    assert len({each.points for each in examples} | set(map(str, earned(criterion)))) >= 2


def earned(criterion: Criterion) -> Iterator[str]:
    for each in pairs(criterion):
        for one in each.get("together", [each]):
            yield one["points"]


BESIDE = [pytest.param(each, pair, id=f"{each.id}: {pair['why']}") for each in AS_RULES for pair in pairs(each)]


@pytest.mark.parametrize(("criterion", "pair"), BESIDE)
def test_the_examples_beside_a_rule(criterion: Criterion, pair: dict[str, Any]) -> None:
    rubric = rubric_of(criterion)
    several = pair.get("together", [pair])
    if pair.get("points", "").startswith(REFUSED):
        _, findings = bound(rubric, pair)
        assert [each.code for each in findings if is_error(each)] == [pair["points"].removeprefix(REFUSED)]
        return
    assessments = assess_together(rubric, [facts_of(rubric, each) for each in several])
    for expected, assessment in zip(several, assessments, strict=True):
        held_against(expected, assessment)


def bound(rubric: Rubric, pair: dict[str, Any]) -> tuple[Facts | None, tuple[Diagnostic, ...]]:
    document = {"部门": "某单位", "事实": pair.get("facts", {}), "表": pair.get("tables", {})}
    text = yaml.safe_dump({key: value for key, value in document.items() if value}, allow_unicode=True)
    if "facts" not in pair:
        text += "事实: {}\n"
    return facts_for(rubric, text, "facts.yaml")


def facts_of(rubric: Rubric, pair: dict[str, Any]) -> Facts:
    facts, findings = bound(rubric, pair)
    assert facts is not None, render(findings, {"facts.yaml": ""}, "en")
    return facts


def held_against(expected: dict[str, Any], assessment: Assessment) -> None:
    if expected["points"] == NOT_SAID:
        assert assessment.total is None
        return
    assert assessment.total == Fraction(expected["points"])
    if "grade" in expected:
        assert [grade.name.key for grade in assessment.card.grades] == [expected["grade"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("criterion", AS_RULES, ids=ids)
def test_each_rule_reads_the_same_when_it_is_written(criterion: Criterion, language: Language) -> None:
    rubric = rubric_of(criterion)
    assert read_rubric(write(rubric, language)).rubric == rubric
