"""The shape of a facts file: pydantic models at the border, each key in Chinese and in English.

A validator answers with one of our own codes; `shape` puts each answer on its line.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from engine.facts import Basis
from rubric.readers.exact_yaml import empty
from rubric.readers.given import Scalar
from rubric.readers.names import Names, loose, short
from rubric.readers.values import MAX_DIGITS, figure, too_many_digits, unit

T = TypeVar("T")

BASES = {
    Basis.FIGURE: ("数据", "figure"),
    Basis.STATEMENT: ("陈述", "statement"),
    Basis.JUDGEMENT: ("评判", "judgement", "judgment"),
    Basis.INFERENCE: ("推定", "inference"),
}
MISSING, NOT_APPLICABLE = "missing", "not applicable"
STATES = {MISSING: ("缺失", "missing"), NOT_APPLICABLE: ("不适用", "not applicable")}
# The word in each language for points that are not claimed; others mean the same.
UNCLAIMED = ("未叙述", "not narrated")
_UNCLAIMED = {loose(word) for word in (*UNCLAIMED, "未自评", "无", "not claimed", "none")}

# Keys whose value is a sentence, which may go on over several lines.
PROSE = frozenset(
    {"原文", "理由", "事由", "位置", "佐证", "认可", "值", "部门", "核对"}
    | {"quote", "reason", "ground", "section", "evidence", "allowed by", "value", "department", "checked"}
)


# ------------------------------------------------------------------------------------ what a value may be


def _refuse(code: str, **arguments: Any) -> PydanticCustomError:
    return PydanticCustomError(code, code, arguments)


def _scalar(node: Any) -> Scalar:
    if not isinstance(node, Scalar):
        raise _refuse("expected-text")
    return node


def _written(node: Any) -> Scalar:
    scalar = _scalar(node)
    if empty(scalar):
        raise _refuse("empty-value")
    if too_many_digits(scalar.text):
        raise _refuse("too-many-digits", limit=MAX_DIGITS)
    return scalar


def _one_of(words: dict[T, tuple[str, ...]], code: str) -> Callable[[Any], T]:
    names = Names((word, meaning) for meaning, forms in words.items() for word in forms)

    def read(node: Any) -> T:
        scalar = _written(node)
        meaning = names.get(scalar.text)
        if meaning is None:
            raise _refuse(code, found=short(scalar.text))
        return meaning

    return read


def _year(node: Any) -> int:
    scalar = _written(node)
    written = figure(scalar.text)
    plain = written and written.rest in ("", "年", "年度") and written.places == 0
    if not written or not plain or not 1949 <= written.number <= 2100:
        raise _refuse("unreadable-year", found=short(scalar.text))
    return int(written.number)


def _points(node: Any) -> Fraction:
    scalar = _written(node)
    written = figure(scalar.text)
    of = unit(written.rest) if written and written.rest else None
    if not written or (written.rest and (of is None or of.code != "score")):
        raise _refuse("not-points", found=short(scalar.text))
    return written.number


def _claimed_points(node: Any) -> Fraction | None:
    return None if loose(_written(node).text) in _UNCLAIMED else _points(node)


def _rate(node: Any) -> Scalar:
    scalar = _written(node)
    written = figure(scalar.text)
    if not written or written.rest not in ("", "%"):
        raise _refuse("not-a-rate", found=short(scalar.text))
    return scalar


_Bare = Annotated[Any, WithJsonSchema({"type": ["string", "number", "boolean"]})]


def _read(reader: Callable[[Any], Any]) -> PlainValidator:
    # YAML's own reading of a bare 3 or yes is for the editor that follows the schema; here it stays text.
    return PlainValidator(reader, json_schema_input_type=_Bare)


Text = Annotated[Scalar, _read(_scalar)]
Written = Annotated[Scalar, _read(_written)]
Rate = Annotated[Scalar, _read(_rate)]
Year = Annotated[int, _read(_year)]
Points = Annotated[Fraction, _read(_points)]
ClaimedPoints = Annotated[Fraction | None, _read(_claimed_points)]
RestsOn = Annotated[Basis, _read(_one_of(BASES, "unknown-basis"))]
State = Annotated[str, _read(_one_of(STATES, "unknown-state"))]


def _short_for(key: str) -> BeforeValidator:
    """A value alone stands for an entry that has this key only."""
    return BeforeValidator(lambda node: {key: node} if isinstance(node, Scalar) else node)


_SECTION = BeforeValidator(lambda node: {} if isinstance(node, Scalar) and empty(node) else node)
_LIST = BeforeValidator(lambda node: [] if isinstance(node, Scalar) and empty(node) else node)


# ------------------------------------------------------------------------------------------- the models


def key(*spellings: str, **options: Any) -> Any:
    """A key of the file in each of its spellings, the one that we write first."""
    return Field(validation_alias=AliasChoices(*spellings), **options)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingModel(_Section):
    """A value and where it was read."""

    value: Written | None = key("值", "value", default=None)
    basis: RestsOn = key("依据", "basis", default=Basis.UNSTATED)
    document: Text | None = key("资料", "document", default=None)
    section: Text | None = key("位置", "section", default=None)
    quote: Text | None = key("原文", "quote", default=None)
    reason: Text | None = key("理由", "reason", "事由", default=None)

    @property
    def reasoned(self) -> bool:
        """Whether a reason is given."""
        return self.reason is not None and not empty(self.reason)


class OneReadingModel(ReadingModel):
    """One of several readings of a fact."""

    value: Written = key("值", "value")

    @model_validator(mode="after")
    def _judged_with_reason(self) -> OneReadingModel:
        return _with_reason(self)


class FactModel(ReadingModel):
    """A fact: a value, or a state, or several readings; `checked` says that a person held it against its document."""

    state: State | None = key("状态", "state", default=None)
    readings: Annotated[list[Annotated[OneReadingModel, _short_for("值")]], _LIST] | None = key(
        "读数", "readings", default=None
    )
    checked: Text | None = key("核对", "checked", default=None)

    @model_validator(mode="after")
    def _one_answer(self) -> FactModel:
        answers = [name for name in ("value", "state", "readings") if getattr(self, name) is not None]
        if not answers:
            raise _refuse("no-answer")
        if len(answers) > 1:
            raise _refuse("several-answers", at=answers[-1])
        if self.readings is not None and len(self.readings) < 2:
            raise _refuse("one-reading", at="readings")
        if self.state == NOT_APPLICABLE and not self.reasoned:
            raise _refuse("not-applicable-without-reason", at="state")
        return _with_reason(self)


M = TypeVar("M", bound=ReadingModel)


def _with_reason(reading: M) -> M:
    if reading.basis is Basis.JUDGEMENT and not reading.reasoned:
        raise _refuse("judgement-without-reason", at="basis")
    return reading


class AdjustmentModel(_Section):
    """An amount taken out of a fact."""

    fact: Written = key("事实", "fact")
    amount: Written = key("金额", "amount")
    ground: Written = key("理由", "ground", "事由", "reason")
    evidence: Text | None = key("佐证", "evidence", default=None)
    allowed_by: Text | None = key("认可", "allowed by", "allowed_by", default=None)


class ClaimModel(_Section):
    """What is claimed for one indicator."""

    points: ClaimedPoints = key("得分", "points", default=None)
    rate: Rate | None = key("比率", "rate", default=None)
    section: Text | None = key("位置", "section", default=None)
    quote: Text | None = key("原文", "quote", default=None)
    checked: Text | None = key("核对", "checked", default=None)


class ClaimsModel(_Section):
    """Everything that the department claims."""

    indicators: Annotated[dict[str, Annotated[ClaimModel, _short_for("得分")]], _SECTION] = key(
        "指标", "indicators", default_factory=dict
    )
    subtotals: Annotated[dict[str, Points], _SECTION] = key("小计", "subtotals", default_factory=dict)
    total: Points | None = key("总分", "total", default=None)
    grade: Written | None = key("等级", "grade", default=None)
    checked: Text | None = key("核对", "checked", default=None)


_Facts = Annotated[dict[str, Annotated[FactModel, _short_for("值")]], _SECTION]
_Rows = Annotated[list[dict[str, Annotated[FactModel, _short_for("值")]]], _LIST]


class FactsModel(_Section):
    """A whole facts file."""

    department: Written = key("部门", "department")
    year: Year | None = key("年度", "year", default=None)
    documents: Annotated[dict[str, Text], _SECTION] = key("资料", "documents", default_factory=dict)
    facts: _Facts = key("事实", "facts")
    others: _Facts = key("其他数据", "other figures", "其他", "other", default_factory=dict)
    tables: Annotated[dict[str, _Rows], _SECTION] = key("表", "tables", default_factory=dict)
    adjustments: Annotated[list[AdjustmentModel], _LIST] = key("调整", "adjustments", default_factory=list)
    claims: Annotated[ClaimsModel, _SECTION] | None = key("自评", "claims", default=None)


def spellings(model: type[BaseModel], name: str) -> tuple[str, ...]:
    """How the key of a field may be spelt."""
    choices = model.model_fields[name].validation_alias
    return tuple(str(choice) for choice in choices.choices) if isinstance(choices, AliasChoices) else (name,)


def field_of(model: type[BaseModel], key: str) -> str | None:
    """The field that a key of the file belongs to."""
    return next((name for name in model.model_fields if key in spellings(model, name)), None)


def model_of(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of what a field holds, if that has one."""
    of = model.model_fields[name]
    return _inner_model((of.annotation, *of.metadata))


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = annotation if isinstance(annotation, tuple) else get_args(annotation)
    return next((found for found in map(_inner_model, parts) if found), None)


# ------------------------------------------------------------------------------------- the published schema


def facts_schema() -> dict[str, Any]:
    """The JSON schema of a facts file for editors: every spelling of a key, and the short forms."""
    schema = FactsModel.model_json_schema()
    models = {each.__name__: each for each in (FactModel, OneReadingModel, AdjustmentModel, ClaimModel, ClaimsModel)}
    for name, definition in schema["$defs"].items():
        _spell_out(definition, models[name])
    _spell_out(schema, FactsModel)
    for name in ("FactModel", "OneReadingModel", "ClaimModel"):
        full = schema["$defs"].pop(name)
        schema["$defs"][name] = {"anyOf": [{"type": ["string", "number", "boolean"]}, full]}
    return schema


# What may stand in the place of a required key: a rubric may ask for tables alone.
_INSTEAD = {"facts": "tables"}


def _spell_out(definition: dict[str, Any], model: type[BaseModel]) -> None:
    """Give every spelling of a key its property; of a required one, any spelling will do."""
    properties, required = definition["properties"], definition.pop("required", [])
    for name in model.model_fields:
        first, *others = spellings(model, name)
        properties.update(dict.fromkeys(others, properties[first]))
        if first in required:
            instead = spellings(model, _INSTEAD[name]) if name in _INSTEAD else ()
            asked = [{"required": [each]} for each in (first, *others, *instead)]
            definition.setdefault("allOf", []).append({"anyOf": asked})
