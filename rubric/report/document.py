"""The scorecard as JSON: pydantic models with a published schema, numbers as strings with their exact fraction."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.bounds import Bounds
from engine.change import Change
from engine.claims import ClaimCheck, Review
from engine.compose import GroupScore, Member, Shift
from engine.core import Start
from engine.evaluate import measured
from engine.facts import Contradictory, Fact, Missing, NotApplicableFact, Present, Provenance, Value
from engine.margin import Limit, Margin, Margins
from engine.number import plain
from engine.pairs import Pair
from engine.recovery import Recovery
from engine.rounding import Rounded, roundings
from engine.rules import Band, Forfeit, Item, Step
from engine.score import Assessment
from engine.scores import Entry, IndicatorScore, Kept, Range
from engine.source import Span
from engine.unit import Quantity
from rubric.messages.wording import Language
from rubric.report.recovery import RecoveryWords
from rubric.report.remarks import Remarks
from rubric.report.sentences import Sentences
from rubric.report.shifts import shift_span
from rubric.report.terminal import Texts, quote
from rubric.report.values import FormulaWriter, edges_of, name_text, scale_of


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NumberModel(_Model):
    """A number as it is shown, and exactly."""

    text: str = Field(description="decimal, exact where its decimals end, else rounded half up to two places")
    exact: str = Field(description="the exact rational number, such as 13/2", pattern=r"^-?\d+(/\d+)?$")


class RangeModel(_Model):
    """The least and the most points that are possible; equal where the points are settled."""

    low: NumberModel
    high: NumberModel
    low_reached: bool = Field(description="whether some completion of the facts scores exactly the low end")
    high_reached: bool = Field(description="whether some completion of the facts scores exactly the high end")


class PlaceModel(_Model):
    """A stretch of a file; lines and columns count from 1, in characters, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    sheet: str = Field(default="", description="of a workbook: the sheet whose row and column these are")


class SourceModel(_Model):
    """Where a value was read and what it rests on."""

    basis: Literal["figure", "statement", "judgement", "inference", "unstated"]
    document: str = ""
    section: str = ""
    quote: str = ""
    reason: str = ""
    place: PlaceModel | None = None


class ValueModel(_Model):
    """A value: an amount with its unit, a level, or yes / no."""

    number: NumberModel | None = None
    unit: str | None = Field(default=None, description="the code of the unit: wan_yuan, percent, person, …")
    level: str | None = None
    truth: bool | None = None


class ReadingModel(_Model):
    """One value of a fact with its source."""

    value: ValueModel
    source: SourceModel


class FactModel(_Model):
    """A fact in one of its four states; a contradictory one has several readings."""

    name: str
    state: Literal["present", "missing", "not-applicable", "contradictory"]
    readings: list[ReadingModel] = []
    source: SourceModel | None = None


class StepReadingModel(_Model):
    """The points under one reading of a fraction of a step."""

    reading: Literal["whole", "started", "proportional"]
    points: NumberModel
    declared: bool


class EntryModel(_Model):
    """One line of the ledger; awarded and lost add up to the full marks of its part."""

    role: Literal["band", "step", "item", "not-applicable", "veto", "start", "kept"]
    awarded: NumberModel
    lost: NumberModel
    measured: NumberModel | None
    steps: NumberModel | None
    readings: list[StepReadingModel]
    clause: str = Field(description="the words of the rule file")
    place: PlaceModel
    facts: list[str]
    basis: str


class MovedModel(_Model):
    """An indicator whose points a change of facts moves."""

    indicator: str
    before: RangeModel
    after: RangeModel


class WholeModel(_Model):
    """What the whole comes to after a change of facts, by scoring again; figures of the group stand as they are."""

    before: RangeModel
    after: RangeModel
    grades_before: list[str]
    grades: list[str]
    moved: list[MovedModel]


class SettingModel(_Model):
    """One fact taken to another value."""

    fact: str
    value: ValueModel
    direction: Literal["up", "down", "to"]
    reached: bool = Field(description="whether the value itself is enough, or only what lies beyond it")
    tried: ValueModel = Field(description="the value with which it was scored: the value, or a plain one beyond it")


class ChangeModel(SettingModel):
    """The change of a single fact from which points come back, verified by scoring again."""

    points: NumberModel
    whole: WholeModel
    sentence: str


class PairModel(_Model):
    """The cheapest change of two facts from which points come back, where no single fact wins them."""

    first: SettingModel
    second: SettingModel
    points: NumberModel
    cost: NumberModel = Field(description="the sum of both relative changes; that of a level counts as 1")
    whole: WholeModel
    sentence: str


class LimitModel(_Model):
    """The nearest value on one side from which the points are others."""

    value: ValueModel
    kept: bool = Field(description="whether the value itself still earns the same, and only what lies beyond it not")
    points: NumberModel | None = Field(description="null where the rule gives none there, or where they slope")
    sloping: bool
    measured: NumberModel | None = Field(description="what the indicator measures at that value")


class MarginModel(_Model):
    """Between which values the points stay as they are; null where they do so however far it goes."""

    now: ValueModel
    low: LimitModel | None
    high: LimitModel | None


class MarginsModel(_Model):
    """How near an indicator is to the next edge: by what it measures, and by each fact."""

    measured: MarginModel | None
    facts: dict[str, MarginModel]


class ClaimModel(_Model):
    """What the department claims for the indicator, held against the rule."""

    points: NumberModel | None
    verdict: Literal["agrees", "too-high", "too-low", "within", "outside", "unclaimed"]
    difference: NumberModel | None
    explanation: str | None
    printed_rate: str | None
    printed_rate_verdict: Literal["exact", "rounded", "truncated", "wrong"] | None
    quote: str = ""


class RoundingModel(_Model):
    """A rounding that the rule asks for, and the points that the other ways to round would give."""

    what: Literal["measure", "points"]
    mode: Literal["half-up", "half-even", "cut", "up"]
    places: int
    before: NumberModel
    after: NumberModel
    others: dict[str, NumberModel | None]


class ShiftModel(_Model):
    """What moves the points of a level, or of the whole, away from the sum of its members."""

    why: Literal["not-counted", "formula", "kept", "provided", "scaled-up", "penalty", "cap", "veto", "rounded"]
    amount: NumberModel | None = Field(description="null where it is not settled")
    before: RangeModel
    after: RangeModel
    sentence: str
    clause: str = Field(description="the words of the rule file")
    place: PlaceModel | None


class IndicatorModel(_Model):
    """One indicator's score with its whole ledger."""

    kind: Literal["indicator"] = "indicator"
    name: str
    full: NumberModel
    status: Literal[
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
    role: Literal["ordinary", "bonus", "penalty"]
    points: NumberModel | None
    range: RangeModel
    sentence: str
    formula: str | None
    formula_with_numbers: str | None
    measured: NumberModel | None
    measured_text: str | None
    ledger: list[EntryModel]
    roundings: list[RoundingModel]
    facts: list[FactModel]
    lacking: list[str]
    changes: list[ChangeModel]
    pairs: list[PairModel]
    won_back_by: Literal["nothing-lost", "one", "two", "neither", "not-told"] | None = Field(
        description="whether one fact, or two, win everything back; null where the points are not settled"
    )
    margins: MarginsModel
    claim: ClaimModel | None
    adjusted_points: RangeModel | None
    notes: list[str]
    place: PlaceModel


class GroupModel(_Model):
    """A level-1 or level-2 indicator: its members, and what else moves its points."""

    kind: Literal["group"] = "group"
    name: str
    level: int
    role: Literal["ordinary", "bonus", "penalty"]
    full: NumberModel
    points: NumberModel | None
    range: RangeModel
    shifts: list[ShiftModel]
    members: list[GroupModel | IndicatorModel]


class SumModel(_Model):
    """A printed subtotal beside the claims told of one by one."""

    name: str
    printed: NumberModel
    narrated: NumberModel
    difference: NumberModel
    unclaimed: list[str]


class MissingModel(_Model):
    """A missing fact and the points that hang on it."""

    fact: str
    points: NumberModel
    indicators: list[str]


class ClaimsModel(_Model):
    """The claimed total and grade, and the printed sums."""

    total: NumberModel | None
    grade: str | None
    subtotals_sum: NumberModel | None
    narrated_sum: NumberModel
    subtotals: list[SumModel]


class AdjustmentModel(_Model):
    """An amount taken out of a fact, beside it and never in it."""

    fact: str
    amount: ValueModel
    ground: str
    evidence: str
    allowed_by: str


class ScorecardModel(_Model):
    """A department's score by a rubric, with every reason."""

    schema_version: Literal["3"] = "3"
    engine_version: str
    language: Literal["zh", "en"]
    rubric: str
    department: str
    year: int | None
    rules_digest: str = Field(description="sha256 of the rule file's text")
    facts_digest: str = Field(description="sha256 of the facts file's text")
    full: NumberModel
    points: NumberModel | None
    range: RangeModel
    grades: list[str] = Field(description="the grade; every possible one, best first, where the total is a range")
    points_by_basis: dict[str, NumberModel] = Field(description="points of indicators, before anything moves the total")
    shifts: list[ShiftModel] = Field(description="what moves the total away from the sum of its members")
    vetoes: list[str] = Field(description="what overrules the score, or may")
    consequences: list[str] = Field(description="what follows from the score")
    members: list[GroupModel | IndicatorModel]
    missing: list[MissingModel]
    claims: ClaimsModel | None
    adjustments: list[AdjustmentModel]
    adjusted_range: RangeModel | None
    remarks: list[str]


# -------------------------------------------------------------------------------------------- building


def number(value: Fraction) -> NumberModel:
    """A number as text and exactly."""
    return NumberModel(text=plain(value), exact=str(value))


def _maybe(value: Fraction | None) -> NumberModel | None:
    return None if value is None else number(value)


def _range(spread: Range) -> RangeModel:
    return RangeModel(
        low=number(spread.low),
        high=number(spread.high),
        low_reached=spread.low_reached,
        high_reached=spread.high_reached,
    )


def _place(span: Span) -> PlaceModel:
    return PlaceModel(**span._asdict())


def _value(value: Value) -> ValueModel:
    match value:
        case bool():
            return ValueModel(truth=value)
        case Quantity(amount, unit):
            return ValueModel(number=number(amount), unit=unit.code)
        case _:
            return ValueModel(level=value)


def _source(provenance: Provenance) -> SourceModel:
    return SourceModel(
        basis=provenance.basis.value,
        document=provenance.document,
        section=provenance.section,
        quote=provenance.quote,
        reason=provenance.reason,
        place=_place(provenance.span) if provenance.span.line else None,
    )


class DocumentWriter:
    """Makes the JSON model of one assessment; its sentences are in one language."""

    def __init__(
        self, assessment: Assessment, language: Language, texts: Texts, rules_digest: str, version: str
    ) -> None:
        self.assessment = assessment
        self.language = language
        self.texts = texts
        self.rules_digest = rules_digest
        self.version = version
        self.words = Sentences(assessment, language)
        self.remarks = Remarks(self.words)
        self.recovery = RecoveryWords(self.words)
        self.formulas = FormulaWriter(assessment.rubric, assessment.facts, language)

    def document(self) -> ScorecardModel:
        """The whole scorecard."""
        card, facts, adjusted = self.assessment.card, self.assessment.facts, self.assessment.adjusted
        return ScorecardModel(
            engine_version=self.version,
            language=self.language,
            rubric=card.rubric.title,
            department=facts.department,
            year=facts.year or (card.rubric.period.first if card.rubric.period else None),
            rules_digest=self.rules_digest,
            facts_digest=facts.digest,
            full=number(card.rubric.full),
            points=_maybe(card.points),
            range=_range(card.bounds),
            grades=[name_text(grade.name, self.language) for grade in card.grades],
            points_by_basis={basis.value: number(points) for basis, points in card.by_basis.items()},
            shifts=[self._shift(shift) for shift in card.whole.shifts],
            vetoes=list(self.words.vetoes(card)),
            consequences=list(self.words.consequences(card)),
            members=[self._member(member) for member in card.members],
            missing=self._missing(self.assessment.bounds),
            claims=self._claims(self.assessment.review),
            adjustments=[
                AdjustmentModel(
                    fact=each.fact,
                    amount=_value(each.amount),
                    ground=each.ground,
                    evidence=each.evidence,
                    allowed_by=each.allowed_by,
                )
                for each in facts.adjustments
            ],
            adjusted_range=None if adjusted is None else _range(adjusted.card.bounds),
            remarks=list(self.remarks.all()),
        )

    def _member(self, member: Member) -> GroupModel | IndicatorModel:
        if isinstance(member, IndicatorScore):
            return self.indicator(member)
        assert isinstance(member, GroupScore)
        return GroupModel(
            name=name_text(member.group.name, self.language),
            level=member.group.level,
            role=member.role.value,
            full=number(member.full),
            points=_maybe(member.points),
            range=_range(member.bounds),
            shifts=[self._shift(shift) for shift in member.shifts],
            members=[self._member(each) for each in member.members],
        )

    def _shift(self, shift: Shift) -> ShiftModel:
        span = shift_span(shift)
        return ShiftModel(
            why=shift.why.value,
            amount=_maybe(shift.amount),
            before=_range(shift.before),
            after=_range(shift.after),
            sentence=self.words.shift(shift),
            clause=quote(self.texts, span),
            place=_place(span) if span.line else None,
        )

    def indicator(self, score: IndicatorScore, every: bool = False) -> IndicatorModel:
        """One indicator with its ledger; with `every`, each step of each fact that wins points back."""
        found = self.assessment.recovery(score, every)
        indicator = score.indicator
        value = measured(score)
        scale = scale_of(self.assessment.rubric, indicator)
        other = self._adjusted(score)
        return IndicatorModel(
            name=name_text(indicator.name, self.language),
            full=number(score.full),
            role=indicator.role.value,
            status=score.status.value,
            points=_maybe(score.points),
            range=_range(score.bounds),
            sentence=self.words.line(score),
            formula=None if indicator.measure is None else self.formulas.names(indicator.measure),
            formula_with_numbers=None if indicator.measure is None else self.formulas.numbers(indicator.measure),
            measured=_maybe(value),
            measured_text=None if value is None else scale.text(value, self.language, edges_of(indicator)),
            ledger=[self._entry(entry) for entry in score.entries],
            roundings=[_rounded(each) for each in roundings(self.assessment.rubric, score)],
            facts=self._facts(score),
            lacking=list(score.lacking),
            changes=[self._change(change, score) for change in found.changes],
            pairs=[self._pair(pair, score) for pair in found.pairs],
            won_back_by=_won_back_by(found),
            margins=_margins(self.assessment.margins(score)),
            claim=self._claim(score),
            adjusted_points=None if other is None else _range(other.bounds),
            notes=list(indicator.notes),
            place=_place(indicator.head),
        )

    def _change(self, change: Change, score: IndicatorScore) -> ChangeModel:
        return ChangeModel(
            **_setting(change),
            points=number(change.points),
            whole=self._whole(change),
            sentence=self.recovery.change(change, score),
        )

    def _pair(self, pair: Pair, score: IndicatorScore) -> PairModel:
        return PairModel(
            first=SettingModel(**_setting(pair.first)),
            second=SettingModel(**_setting(pair.second)),
            points=number(pair.points),
            cost=number(pair.cost),
            whole=self._whole(pair),
            sentence=self.recovery.pair(pair, score),
        )

    def _whole(self, change: Change | Pair) -> WholeModel:
        after = self.recovery.after(change)
        return WholeModel(
            before=_range(after.before),
            after=_range(after.after),
            grades_before=[name_text(grade.name, self.language) for grade in after.grades_before],
            grades=[name_text(grade.name, self.language) for grade in after.grades],
            moved=[
                MovedModel(indicator=each.indicator, before=_range(each.before), after=_range(each.after))
                for each in after.moved
            ],
        )

    def _adjusted(self, score: IndicatorScore) -> IndicatorScore | None:
        adjusted = self.assessment.adjusted
        touched = any(each.fact in score.plan.needs for each in self.assessment.facts.adjustments)
        return adjusted.card.of(score.indicator.key) if adjusted is not None and touched else None

    def _entry(self, entry: Entry) -> EntryModel:
        return EntryModel(
            role=_role(entry),
            awarded=number(entry.awarded),
            lost=number(entry.lost),
            measured=_maybe(entry.measured),
            steps=_maybe(entry.steps),
            readings=[
                StepReadingModel(reading=reading.value, points=number(points), declared=reading is entry.reading)
                for reading, points in entry.readings
            ],
            clause=quote(self.texts, entry.clause.span),
            place=_place(entry.clause.span),
            facts=list(entry.facts),
            basis=entry.basis.value,
        )

    def _facts(self, score: IndicatorScore) -> list[FactModel]:
        keys = dict.fromkeys((*(key for key, _ in score.used), *score.lacking))
        return [_fact(key, score.facts.get(key)) for key in keys]

    def _claim(self, score: IndicatorScore) -> ClaimModel | None:
        review = self.assessment.review
        check: ClaimCheck | None = None if review is None else review.of(score.indicator.key)
        if check is None:
            return None
        return ClaimModel(
            points=_maybe(check.claim.points) if check.claim else None,
            verdict=check.verdict.value,
            difference=_maybe(check.difference),
            explanation=self.remarks.claim(check),
            printed_rate=check.rate.printed.text if check.rate else None,
            printed_rate_verdict=check.rate.verdict.value if check.rate else None,
            quote=check.claim.quote if check.claim else "",
        )

    def _missing(self, found: Bounds | None) -> list[MissingModel]:
        if found is None:
            return []
        return [
            MissingModel(fact=each.fact, points=number(each.points), indicators=list(each.indicators))
            for each in found.missing
        ]

    def _claims(self, review: Review | None) -> ClaimsModel | None:
        if review is None:
            return None
        return ClaimsModel(
            total=_maybe(review.total.claimed),
            grade=review.total.grade,
            subtotals_sum=_maybe(review.total.subtotals),
            narrated_sum=number(review.total.narrated),
            subtotals=[
                SumModel(
                    name=name_text(check.group.group.name, self.language),
                    printed=number(check.printed),
                    narrated=number(check.narrated),
                    difference=number(check.difference),
                    unclaimed=list(check.unclaimed),
                )
                for check in review.sums
            ],
        )


def _rounded(rounding: Rounded) -> RoundingModel:
    return RoundingModel(
        what="measure" if rounding.measure else "points",
        mode=rounding.mode.value,
        places=rounding.places,
        before=number(rounding.before),
        after=number(rounding.after),
        others={mode.value: _maybe(points) for mode, points in rounding.others},
    )


def _role(entry: Entry) -> Literal["band", "step", "item", "not-applicable", "veto", "start", "kept"]:
    match entry.clause:
        case Start():
            return "start"
        case Kept():
            return "kept"
        case Forfeit():
            return "veto"
        case Band():
            return "band"
        case Step():
            return "step"
        case Item():
            return "item"
        case _:
            return "not-applicable"


def _setting(change: Change) -> dict[str, Any]:
    direction = "to" if not isinstance(change.value, Quantity) else "up" if change.upward else "down"
    return {
        "fact": change.fact,
        "value": _value(change.value),
        "direction": direction,
        "reached": change.reached,
        "tried": _value(change.tried),
    }


def _won_back_by(found: Recovery) -> Literal["nothing-lost", "one", "two", "neither", "not-told"] | None:
    if found.score.points is None:
        return None
    if not found.score.lost:
        return "nothing-lost"
    if any(each.points == found.score.full for each in found.changes):
        return "one"
    if found.complete:
        return "two"
    return "neither" if found.sure else "not-told"


def _margins(found: Margins) -> MarginsModel:
    measured = None if found.measured is None else _margin(found.measured)
    return MarginsModel(measured=measured, facts={fact: _margin(margin) for fact, margin in found.facts})


def _margin(margin: Margin) -> MarginModel:
    return MarginModel(now=_value(margin.now), low=_limit(margin.low), high=_limit(margin.high))


def _limit(limit: Limit | None) -> LimitModel | None:
    if limit is None:
        return None
    return LimitModel(
        value=_value(limit.value),
        kept=limit.kept,
        points=_maybe(limit.points),
        sloping=limit.sloping,
        measured=_maybe(limit.measured),
    )


def _fact(key: str, fact: Fact) -> FactModel:
    match fact:
        case Present(value, provenance):
            return FactModel(
                name=key, state="present", readings=[ReadingModel(value=_value(value), source=_source(provenance))]
            )
        case Contradictory(readings):
            found = [ReadingModel(value=_value(each.value), source=_source(each.provenance)) for each in readings]
            return FactModel(name=key, state="contradictory", readings=found)
        case NotApplicableFact(provenance):
            return FactModel(name=key, state="not-applicable", source=_source(provenance))
        case Missing(provenance):
            return FactModel(name=key, state="missing", source=_source(provenance))
