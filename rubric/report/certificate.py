"""A certificate: a score with both texts and every step as exact rationals, so that anybody can work it out again.

It is written in the terms of the small core (`engine.core`), to which every family of criterion lowers: terms, guards,
cases, parts, plans. Whoever checks it needs to know those and how points are put together, and no rule language. Every
number is an exact rational in base units, such as 13/2. The terms of an indicator are a list in which each stands on
earlier ones by their places, with what it comes to: nothing is nested deeply, and every intermediate result is there.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Exact = Annotated[str, Field(pattern=r"^-?[0-9]{1,4000}(/[1-9][0-9]{0,3999})?$", description="an exact rational: 13/2")]
Place = Annotated[int, Field(ge=0, le=10_000_000)]
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Why = Literal["missing", "contradictory", "not-applicable", "undefined"]
Status = Literal[
    "scored",
    "exempt",
    "left-out",
    "forfeited",
    "missing",
    "contradictory",
    "not-applicable",
    "undefined",
    "uncovered",
]
Reading = Literal["whole", "started", "proportional"]
Role = Literal["ordinary", "bonus", "penalty"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


# ---------------------------------------------------------------------------------------------- texts


class TextModel(_Model):
    """A file as it was read; `sha256` is the digest of its text in its encoding, which is that of the file."""

    name: str = Field(description="the file's name, without its folder")
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"]
    sha256: Hex
    text: str


class RulesModel(_Model):
    """The rule file, and behind it each file that it is based on."""

    digest: Hex = Field(description="that of the one file; of several, that of their digests, one a line")
    files: list[TextModel] = Field(min_length=1, max_length=20)


class WorkbookModel(_Model):
    """The workbook that the facts were taken from; their text is what it amounts to."""

    name: str
    sha256: Hex


class FactsModel(_Model):
    """The facts file of the department, and those of the departments that were scored together with it."""

    digest: Hex = Field(description="that of the facts text in UTF-8")
    file: TextModel
    workbook: WorkbookModel | None
    together: list[TextModel]
    any_year: bool = Field(description="whether facts of a year in which the rules are not in force were let in")


class PlaceModel(_Model):
    """A stretch of a text and what stands there, on one line; lines and columns count from 1, the end is exclusive."""

    file: Place = Field(description="the place of the file in the list of files; of facts, always 0")
    line: Place
    column: Place
    end_line: Place
    end_column: Place
    quote: str


class RangeModel(_Model):
    """The least and the most points that are possible, and whether each end is reached."""

    low: Exact
    high: Exact
    low_reached: bool
    high_reached: bool


# ---------------------------------------------------------------------------------------------- facts


class ValueModel(_Model):
    """One value as it was read: an amount with its unit, a level, or yes / no."""

    number: Exact | None = None
    unit: str | None = None
    size: Exact | None = Field(default=None, description="the size of the unit in base units")
    value: Exact | None = Field(default=None, description="the amount in base units")
    level: str | None = None
    forms: list[str] = Field(default=[], description="of a level: every form in which it may be written")
    truth: bool | None = None
    place: PlaceModel | None = Field(default=None, description="where it stands in the facts text")


class FactModel(_Model):
    """A fact in one of its four states; a contradictory one has several readings."""

    key: str
    forms: list[str] = Field(description="every form in which its name may be written")
    origin: Literal["file", "group"] = Field(description="whether it was read, or is a figure of the group")
    state: Literal["present", "missing", "not-applicable", "contradictory"]
    readings: list[ValueModel]


class AdjustmentModel(_Model):
    """An amount taken out of a fact, beside it and never in it."""

    fact: str
    amount: Exact
    ground: str
    evidence: str
    allowed_by: str


# ------------------------------------------------------------------------------------- terms and guards


class NumberNode(_Model):
    """A number."""

    kind: Literal["number"] = "number"
    value: Exact


class FactNode(_Model):
    """The value of a fact."""

    kind: Literal["fact"] = "fact"
    fact: str
    value: Exact | None
    why: Why | None = Field(description="why there is no value")


class OperationNode(_Model):
    """Two earlier terms joined by an operation."""

    kind: Literal["operation"] = "operation"
    operator: Literal["+", "-", "*", "/"]
    left: Place
    right: Place
    value: Exact | None
    why: Why | None


class PointsNode(_Model):
    """The points of an indicator or a level, or of the whole; only where points are put together."""

    kind: Literal["points"] = "points"
    of: str | None
    value: Exact | None
    why: Why | None


class ChoiceNode(_Model):
    """The first of several terms whose guards hold; only where points are put together."""

    kind: Literal["choice"] = "choice"
    among: list[AlternativeModel]
    value: Exact | None
    why: Why | None


Node = Annotated[NumberNode | FactNode | OperationNode | PointsNode | ChoiceNode, Field(discriminator="kind")]


class LiesGuard(_Model):
    """A term lies in an interval, an absent end leaves it open; without a term, what the case measures."""

    kind: Literal["lies"] = "lies"
    term: Place | None
    low: Exact | None
    low_in: bool
    high: Exact | None
    high_in: bool
    holds: bool | None


class LevelGuard(_Model):
    """A fact has this level, or is true or false."""

    kind: Literal["level"] = "level"
    fact: str
    level: str | bool
    holds: bool | None


Guard = Annotated[LiesGuard | LevelGuard, Field(discriminator="kind")]


class AlternativeModel(_Model):
    """A term, and the guards under which it is the one that counts."""

    guards: list[Guard]
    term: Place


# ------------------------------------------------------------------------------------------------ cases


class QuantumModel(_Model):
    """A rounding to multiples of a size."""

    mode: Literal["half-up", "half-even", "cut", "up"]
    size: Exact


class FlatModel(_Model):
    """The same points, whatever is measured."""

    kind: Literal["flat"] = "flat"
    points: Exact


class StepsModel(_Model):
    """Points: base + amount × steps, kept between floor and ceiling; `before` rounds the measured value, `after` them.

    Steps are the distance from the reference, on the side that counts, in sizes; the reading says what a fraction of a
    step is. Rounded points are never above `most`.
    """

    kind: Literal["steps"] = "steps"
    base: Exact
    floor: Exact
    ceiling: Exact
    amount: Exact
    reference: Exact
    size: Exact
    side: Literal["above", "below", "either"]
    reading: Reading
    before: QuantumModel | None
    after: QuantumModel | None
    most: Exact | None


Function = Annotated[FlatModel | StepsModel, Field(discriminator="kind")]


class ClauseModel(_Model):
    """The words of the rule file behind a case, an entry or a shift."""

    role: Literal[
        "band",
        "step",
        "item",
        "not-applicable",
        "veto",
        "start",
        "kept",
        "level",
        "whole",
        "cap",
        "overruling",
        "rounding",
        "provided",
    ]
    place: PlaceModel | None


class CaseModel(_Model):
    """Where every guard holds, so many points of what is measured, by this clause."""

    clause: ClauseModel
    measure: Place | None
    guards: list[Guard]
    function: Function


class WorkModel(_Model):
    """How the points of a case that counts steps come about from what is measured."""

    measured: Exact
    rounded: Exact | None = Field(description="the measured value as the rule rounds it; null where it does not")
    distance: Exact
    steps: Exact
    reached: Exact = Field(description="base + amount × steps, before it is kept between floor and ceiling")
    points: Exact
    readings: dict[Reading, Exact] = Field(description="the points under each reading, where they are not all the same")


class OutcomeModel(_Model):
    """What came of a part, or of the whole indicator: the case that counted, and its points."""

    status: Status
    case: Place | None
    work: WorkModel | None = Field(description="null where the points do not depend on what is measured")
    points: Exact | None
    lost: Exact | None


class PartModel(_Model):
    """A share of full marks: the cases in the order in which they are tried.

    Of a settled part, those behind the case that counted are left away, unless an adjustment may lead to them.
    """

    full: Exact
    cases: list[CaseModel]
    outcome: OutcomeModel | None = Field(description="null where something settles the whole indicator before")


class EntryModel(_Model):
    """One line of the ledger: what a clause gave and took."""

    clause: ClauseModel
    part: Place | None = Field(description="the part that it is of; null where it is of the whole indicator")
    awarded: Exact
    lost: Exact


class IndicatorModel(_Model):
    """One indicator: its terms, what overrules its parts, the parts, and how they are put together."""

    kind: Literal["indicator"] = "indicator"
    key: str
    name: str
    role: Role
    full: Exact
    place: PlaceModel | None
    provided: ProvidedModel | None
    combination: Literal["sum", "highest", "lowest"]
    held: bool = Field(description="whether the sum of the parts is kept between nothing and full marks")
    after: QuantumModel | None
    terms: list[Node]
    formula: list[AlternativeModel]
    measured: Exact | None
    first: list[CaseModel] = Field(description="where it does not apply, then where it is forfeited")
    exempt: CaseModel | None = Field(description="what it earns where facts that it asks for do not apply")
    leaves_out: bool = Field(description="whether an indicator that does not apply is not counted at all")
    settled_by: Literal["first", "exempt"] | None
    settled: OutcomeModel | None
    parts: list[PartModel]
    status: Status
    points: Exact | None
    range: RangeModel
    left_out: Exact
    lacking: list[str]
    entries: list[EntryModel]


# ---------------------------------------------------------------------------------- how points are put together


class PointsCondition(_Model):
    """The points of an indicator, a level or the whole lie in an interval."""

    kind: Literal["points"] = "points"
    of: str | None
    low: Exact | None
    low_in: bool
    high: Exact | None
    high_in: bool
    seen: RangeModel
    holds: bool | None


class GuardsCondition(_Model):
    """Of several lots of guards one holds."""

    kind: Literal["guards"] = "guards"
    lots: list[list[Guard]]
    holds: bool | None


class AnyCondition(_Model):
    """Of several lots of conditions one holds."""

    kind: Literal["any"] = "any"
    among: list[list[Condition]]
    holds: bool | None


Condition = Annotated[PointsCondition | GuardsCondition | AnyCondition, Field(discriminator="kind")]


class ConditionsModel(_Model):
    """Conditions that must all hold, over terms of their own."""

    terms: list[Node]
    all: list[Condition]
    holds: bool | None


class ProvidedModel(_Model):
    """What must hold for points on top of full marks to be counted."""

    clause: ClauseModel
    conditions: ConditionsModel


class FormulaModel(_Model):
    """A formula over points; the last term is what it comes to."""

    terms: list[Node]
    value: Exact | None


class ShiftModel(_Model):
    """What moves points away from the sum of the members."""

    why: Literal["not-counted", "formula", "kept", "provided", "scaled-up", "penalty", "cap", "veto", "rounded"]
    clause: ClauseModel
    amount: Exact | None
    before: RangeModel
    after: RangeModel


class GroupModel(_Model):
    """A level: its members, and what moves its points away from their sum."""

    kind: Literal["group"] = "group"
    key: str
    name: str
    level: Place
    role: Role
    full: Exact
    place: PlaceModel | None
    combination: Literal["first", "sum", "highest", "lowest", "once"]
    formula: FormulaModel | None
    provided: ProvidedModel | None
    members: list[Member]
    sum: RangeModel
    shifts: list[ShiftModel]
    settled: bool
    range: RangeModel
    left_out: Exact


Member = Annotated[GroupModel | IndicatorModel, Field(discriminator="kind")]


class CapModel(_Model):
    """Where the conditions hold, the whole or the named level earns at most so many points."""

    clause: ClauseModel
    conditions: ConditionsModel
    points: Exact
    target: str | None


class VetoModel(_Model):
    """Where the conditions hold, one thing overrules the score."""

    clause: ClauseModel
    conditions: ConditionsModel
    effect: Literal["grade", "barred", "nothing", "stop"]
    grade: str | None


class RoundingModel(_Model):
    """How the total is rounded."""

    clause: ClauseModel
    mode: Literal["half-up", "half-even", "cut", "up"]
    places: Place


class ConsequenceModel(_Model):
    """What follows from the score, in words."""

    conditions: ConditionsModel
    text: str


class GradeModel(_Model):
    """A grade, and the total from which it is given; the last has no floor."""

    name: str
    forms: list[str]
    floor: Exact | None
    inclusive: bool


class WitnessModel(_Model):
    """Values for facts that are missing with which the total comes to an end of its range."""

    end: Literal["low", "high"]
    values: dict[str, Exact] = Field(description="amounts in base units")
    levels: dict[str, str | bool]


class TotalModel(_Model):
    """How the whole comes about: the sum, bonuses and penalties, the formula, caps, vetoes, the rounding."""

    full: Exact
    most: Exact = Field(description="full marks with every bonus")
    formula: FormulaModel | None
    caps: list[CapModel]
    vetoes: list[VetoModel]
    rounding: RoundingModel | None
    added: RangeModel = Field(description="the sum of what is ordinary")
    shifts: list[ShiftModel]
    settled: bool
    points: Exact | None
    range: RangeModel
    left_out: Exact
    witnesses: list[WitnessModel]
    scale: list[GradeModel]
    grades: list[str] = Field(description="the grade; every possible one, best first, where the total is a range")
    consequences: list[ConsequenceModel]
    adjusted: RangeModel | None = Field(description="the total with every adjustment taken out of its fact")


# ----------------------------------------------------------------------------------------------- claims


class RateModel(_Model):
    """A printed rate beside the exact one."""

    text: str
    value: Exact
    places: Place
    percent: bool
    exact: Exact
    verdict: Literal["exact", "rounded", "truncated", "wrong"]


class ClaimModel(_Model):
    """What the department claims for an indicator, held against the rule."""

    key: str
    points: Exact | None
    quote: str
    verdict: Literal["agrees", "too-high", "too-low", "within", "outside", "unclaimed"]
    difference: Exact | None = Field(description="the points of the rule less those claimed")
    rate: RateModel | None


class SubtotalModel(_Model):
    """A printed subtotal beside the claims told of one by one."""

    key: str
    printed: Exact
    narrated: Exact
    difference: Exact
    unclaimed: list[str]


class ClaimsModel(_Model):
    """Everything that the department claims, as told, held against the rule."""

    total: Exact | None
    grade: str | None
    narrated: Exact = Field(description="the sum of the points claimed one by one")
    indicators: list[ClaimModel]
    subtotals: list[SubtotalModel]


# -------------------------------------------------------------------------------------------- the whole


class CertificateModel(_Model):
    """A score with the texts that it rests on and every step of it; `id` is the digest of everything else."""

    kind: Literal["rubric-certificate"] = "rubric-certificate"
    schema_version: Literal["1"] = "1"
    id: Hex = Field(description="sha256 of the rest as JSON with sorted keys, without spaces, in UTF-8")
    engine_version: str
    title: str
    department: str
    year: int | None
    rules: RulesModel
    facts: FactsModel
    values: list[FactModel]
    adjustments: list[AdjustmentModel]
    members: list[Member]
    total: TotalModel
    claims: ClaimsModel | None


def identity(document: dict[str, Any]) -> str:
    """The digest of everything in a certificate but its own id."""
    return digest_of({key: value for key, value in document.items() if key != "id"})


def digest_of(value: object) -> str:
    """The digest of JSON: keys sorted, no spaces, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def rules_digest(files: list[TextModel]) -> str:
    """The digest of a rule file; of one that is based on others, that of all their digests."""
    digests = [each.sha256 for each in files]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
