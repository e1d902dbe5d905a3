"""Whether a formula and a criterion can be the rule as they stand: the reader of rule files itself is asked.

A small rule file is built around them and read. The names that it does not know are declared by what they are used
for, and it is read again, until nothing is unknown or nothing more can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from engine.diagnostic import Diagnostic, is_error
from engine.rules import (
    Amount,
    AnyOf,
    Band,
    Clause,
    Condition,
    Expression,
    Indicator,
    Is,
    Item,
    Kind,
    Levels,
    Name,
    Reference,
    Step,
    Truth,
    Within,
    references,
)
from engine.unit import ONE, PERCENT, SCORE, UNITS, Unit
from rubric.language.phrases import exact
from rubric.language.read import RESERVED, Reading, read_rubric
from rubric.language.text import MAX_NAME, normalise
from rubric.language.trees import bilingual
from rubric.messages.headings import COUNTING_ENDS, MEASURED_AS_NAMED, UNITS_BY_NAME, UNITS_OF_WHOLE_NAMES
from rubric.messages.vocabulary import ALL_WORDS, NO, PURE_NUMBER, YES
from rubric.messages.words import unit_word

# How often a file is read again with what was learned of its names.
_ROUNDS = 6
# Findings that ask for what a table seldom says; everything else is a reason not to take the sentence over.
OPEN = frozenset(
    {
        *("unstated-reading", "unstated-edge", "ambiguous-percent", "percent-of-nothing", "unstated-combination"),
        *("unstated-rounding", "no-formula", "no-grades", "unknown-unit"),
    }
)
# A fact whose unit is not known is declared with this in its brackets; the reader asks for it by name.
UNTOLD = "？"

_LABEL = re.compile(r"[^()、,:/;\"「」=#\s][^()、,:/;\"「」=#]*")
_OPERATORS = re.compile(r"[()+\-*/×÷]|除以|乘以")
_NUMBER = re.compile(r"[0-9.]+\s*[%‰分]?")
_RUN_ON = ("的部门", "的单位", "的", "时")
_SHORT_ENDS = frozenset("人天次户")

# The facts that a rule file asks for: None where the unit or the levels cannot be told.
Facts = dict[str, Kind | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What an indicator of a rule file would say; the texts stand as they are in the table."""

    name: str
    full: Fraction
    formula: str = ""
    scoring: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    reading: str = ""


@dataclass(slots=True)
class Trial:
    """What the reader makes of it: the indicator, the facts that it needs, and what it finds."""

    frame: Frame
    indicator: Indicator
    facts: Facts
    findings: tuple[Diagnostic, ...]
    # For each fact of which some levels are named and others may be missing, those that are.
    some_levels: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def line(self, number: int) -> str:
        """A line of the small rule file that was read."""
        return [*_lines(self.frame, self.facts)][number - 1]

    @property
    def fits(self) -> bool:
        """Whether the texts are a rule as they stand, but for what the table leaves open."""
        whole = bool(self.indicator.clauses) or not self.frame.scoring
        return whole and not self.against and bool(self.indicator.measure or not self.frame.formula)

    @property
    def against(self) -> tuple[Diagnostic, ...]:
        """The findings that speak against taking the texts over."""
        ignored = set() if self.frame.scoring else {"no-scoring"}
        return tuple(each for each in self.findings if is_error(each) and each.code not in OPEN | ignored)


def try_out(frame: Frame, known: Mapping[str, Kind | None]) -> Trial:
    """Read the texts with the facts that are known and those that they themselves call for."""
    facts: Facts = {}
    for name in (*operands(frame.formula), *(each for _, text in frame.definitions for each in operands(text))):
        if name not in (each for each, _ in frame.definitions):
            facts.setdefault(name, known.get(name, kind_by_name(name)))
    some_levels: dict[str, tuple[str, ...]] = {}
    if "%" in normalise(frame.formula):
        _spread(facts)
    trial = _read(frame, facts)
    for _ in range(_ROUNDS):
        wanted = _wanted(trial, known, some_levels)
        new = {name: kind for name, kind in wanted.items() if name not in facts and can_be_declared(name)}
        measured = _reference(trial.indicator.measure)
        if measured is not None and facts.get(measured, measured) is None:
            # A name that says nothing of its unit may be told by what it is counted in.
            kind = _kind_of_use(measured, trial.indicator)
            new |= {measured: kind} if kind is not None else {}
        if not new:
            break
        facts = {**facts, **new}
        own = fact_name(frame.name)
        if not frame.formula and own in new and own != normalise(frame.name):
            frame = replace(frame, formula=own)
        trial = _read(frame, facts)
    if any(each.code == "mixed-units" for each in trial.findings):
        # The names mislead: a person says what the units are.
        untold: Facts = {name: kind if name in known else None for name, kind in facts.items()}
        trial = _read(frame, untold)
    return replace(trial, some_levels=some_levels)


def _read(frame: Frame, facts: Facts) -> Trial:
    reading = read_rubric("\n".join(_lines(frame, facts)))
    indicators = [] if reading.rubric is None else list(reading.rubric.indicators())
    indicator = indicators[0] if indicators else Indicator(Name(frame.name), frame.full, None, ())
    return Trial(frame, indicator, facts, _findings(reading))


def _findings(reading: Reading) -> tuple[Diagnostic, ...]:
    return tuple(each for each in reading.findings if each.code != "no-grades")


def _lines(frame: Frame, facts: Facts) -> Iterable[str]:
    yield "评分表「试」"
    if frame.reading:
        yield f"  零头：{frame.reading}"
    if facts:
        yield "事实"
    for name, kind in facts.items():
        yield f"  {name}（{kind_text(kind)}）"
    if frame.definitions:
        yield "定义"
    for name, text in frame.definitions:
        yield f"  {name} = {text}"
    yield f"指标 {frame.name}（{exact(frame.full)} 分）"
    fields = ((ALL_WORDS[terminal].first("zh"), text) for terminal, text in frame.fields)
    for word, text in (("公式", frame.formula), ("评分", frame.scoring), *fields):
        if text:
            yield f"  {word}：{text}"


def kind_text(kind: Kind | None) -> str:
    """What stands in the brackets behind a fact, in Chinese."""
    match kind:
        case Amount(unit):
            return unit_word(unit.code, "zh") or PURE_NUMBER.first("zh")
        case Truth():
            return f"{YES.first('zh')}／{NO.first('zh')}"
        case Levels(levels):
            return "／".join(level.key for level in levels)
        case _:
            return UNTOLD


# ---------------------------------------------------------------------------------------- names and units


def operands(formula: str) -> tuple[str, ...]:
    """The names in a formula: what stands between its operators, without the name of the rate before the sign."""
    right = normalise(formula).rpartition("=")[2]
    parts = (part.strip(" 。;,，；") for part in _OPERATORS.split(right))
    return tuple(dict.fromkeys(part for part in parts if part and not _NUMBER.fullmatch(part)))


def can_be_declared(name: str) -> bool:
    """Whether a rule file can declare a fact of this name; one that ends in 的部门 has run on into the sentence."""
    normal = normalise(name)
    whole = bool(_LABEL.fullmatch(normal)) and not normal.endswith(_RUN_ON)
    return len(normal) <= MAX_NAME and whole and normal.lower() not in RESERVED


def fact_name(indicator: str) -> str:
    """What an indicator measures, called like the indicator as far as a fact can be: 经济效益、社会效益 by 和."""
    return re.sub(r"[(),:/;\"「」=#\s]", "", normalise(indicator).replace("、", "和"))[:MAX_NAME]


def kind_by_name(name: str) -> Kind | None:
    """What the end of a name says of the unit: 在职人员数 are people, 年初预算 is money; nothing for others."""
    bare = normalise(name).strip(" “”\"'")
    if bare in UNITS_OF_WHOLE_NAMES:
        return Amount(UNITS[UNITS_OF_WHOLE_NAMES[bare]])
    tail = next((end for end in COUNTING_ENDS if bare.endswith(end) and bare != end), "")
    stem = bare.removesuffix(tail).rstrip("“”\"' ")
    found = [
        (len(end), code)
        for code, ends in UNITS_BY_NAME.items()
        for end in ends
        for text in (bare, stem)
        if text.endswith(end) and (end not in _SHORT_ENDS or (tail and text == stem))
    ]
    return Amount(UNITS[max(found)[1]]) if found else None


def _spread(facts: Facts) -> None:
    """A rate is made of things of one kind: where some are known, the others are of their kind as well."""
    units = {kind.unit for kind in facts.values() if isinstance(kind, Amount)}
    if len(units) == 1:
        unit = units.pop()
        for name, kind in facts.items():
            if kind is None and unit != PERCENT:
                facts[name] = Amount(unit)


# ------------------------------------------------------------------------------------ what names stand for


def _wanted(trial: Trial, known: Mapping[str, Kind | None], some_levels: dict[str, tuple[str, ...]]) -> Facts:
    """The names that the reader does not know, with what they are used as."""
    indicator = trial.indicator
    unknown = {str(dict(each.headline.arguments)["name"]) for each in trial.findings if each.code == "unknown-name"}
    wanted: Facts = {}
    for name in _in_order(indicator, unknown):
        wanted[name] = known[name] if name in known else _kind_of_use(name, indicator)
    items = [clause for clause in indicator.clauses if isinstance(clause, Item) and clause.fact not in trial.facts]
    if items and not _is_checklist(items, indicator):
        for item in items:
            wanted.pop(item.fact, None)
        wanted.update(_judged(items, indicator, trial.facts, known, some_levels))
    if any(each.code == "no-formula" for each in trial.findings) and not trial.frame.formula:
        wanted.update(_measured_as_named(indicator, known))
    return wanted


def _in_order(indicator: Indicator, names: set[str]) -> list[str]:
    """The names in the order in which the criterion uses them."""
    used = [name for clause in indicator.clauses for name in _names(clause)]
    if indicator.measure is not None:
        used += [each.name for each in references(indicator.measure)]
    return [*dict.fromkeys(name for name in used if name in names), *sorted(names.difference(used))]


def _names(clause: Clause) -> list[str]:
    match clause:
        case Item(fact):
            return [fact]
        case Step(subject=subject, conditions=conditions):
            return [*([] if subject is None else [subject]), *(n for c in conditions for n in _in_condition(c))]
        case Band(conditions):
            return [name for condition in conditions for name in _in_condition(condition)]
        case _:
            return []


def _in_condition(condition: Condition) -> list[str]:
    match condition:
        case Within(subject=Reference(name)) | Is(subject=str(name)):
            return [name]
        case AnyOf(alternatives):
            return [name for lot in alternatives for each in lot for name in _in_condition(each)]
        case _:
            return []


def _kind_of_use(name: str, indicator: Indicator) -> Kind | None:
    """What a name must be for the criterion to make sense of it."""
    levels: list[str] = []
    exemption = indicator.not_applicable
    if exemption is not None and any(name in _in_condition(condition) for condition in exemption.conditions):
        return Truth()
    for clause in indicator.clauses:
        match clause:
            case Item(fact) if fact == name:
                return Truth()
            case Step(occurrence=True, size=size) if name in (clause.subject, _reference(indicator.measure)):
                return None if size.unit == ONE else Amount(size.unit)
            case Band(conditions) | Step(conditions=conditions):
                for condition in conditions:
                    match condition:
                        case Is(bool(), subject) if subject == name:
                            return Truth()
                        case Is(str(level), subject) if subject == name:
                            levels.append(level)
                        case Within(subject=Reference(subject)) if subject == name:
                            return _unit_of(condition)
    if isinstance(indicator.measure, Reference) and indicator.measure.name == name:
        return _unit_of_measure(indicator) or kind_by_name(name)
    return kind_by_name(name) if not levels else None


def _reference(measure: Expression | None) -> str | None:
    return measure.name if isinstance(measure, Reference) else None


def _unit_of(condition: Within) -> Kind | None:
    units = {edge.quantity.unit for edge in (condition.low, condition.high) if edge is not None and edge.of is None}
    return _kind(units)


def _kind(units: set[Unit]) -> Kind | None:
    units = units - {ONE}
    return Amount(units.pop()) if len(units) == 1 else None


def _unit_of_measure(indicator: Indicator) -> Kind | None:
    """The unit in which the limits on what is measured are given."""
    limits = [
        edge.quantity.unit
        for clause in indicator.clauses
        if isinstance(clause, Band)
        for condition in clause.conditions
        if isinstance(condition, Within) and condition.subject is None
        for edge in (condition.low, condition.high)
        if edge is not None and edge.of is None
    ]
    return _kind(set(limits))


# -------------------------------------------------------------------------------------------- judgements


def _is_checklist(items: list[Item], indicator: Indicator) -> bool:
    """Names with points are a checklist where they all stand alone and may add up; levels exclude one another."""
    if len(items) < len(indicator.clauses):
        return False
    return all(item.points > 0 for item in items) and sum(item.points for item in items) == indicator.full


def _judged(
    items: list[Item],
    indicator: Indicator,
    facts: Facts,
    known: Mapping[str, Kind | None],
    some_levels: dict[str, tuple[str, ...]],
) -> Facts:
    """Names with points as the levels of something: 好，计 6 分；差，不得分, or 考核等次为一等，计 8 分."""
    if all(item.points >= 0 for item in items):
        items = sorted(items, key=lambda item: -item.points)
    split = [item.fact.rpartition("为") for item in items]
    subjects = {subject for subject, _, level in split if subject and level}
    if len(subjects) == 1 and all(subject for subject, _, _ in split):
        subject, levels = subjects.pop(), [level for _, _, level in split]
    elif len(items) == len(indicator.clauses) and _excludes(items, indicator):
        subject = _reference(indicator.measure) or fact_name(indicator.name.key)
        levels = [item.fact for item in items]
    else:
        return {item.fact: Truth() for item in items}
    if subject in known:
        return {subject: known[subject]}
    if len(set(levels)) < 2 or (len(items) < len(indicator.clauses) and not _settles(indicator, items)):
        some_levels[subject] = tuple(levels)
        return {subject: None}
    facts.pop(subject, None)
    return {subject: Levels(tuple(bilingual(level) for level in levels))}


def _excludes(items: list[Item], indicator: Indicator) -> bool:
    """Whether names with points exclude one another: the best of them gives full marks, or they are said to."""
    return max(item.points for item in items) == indicator.full or any(item.points < 0 for item in items)


def _settles(indicator: Indicator, items: list[Item]) -> bool:
    """Whether the levels that are named are all there are: the lowest of them earns nothing."""
    return min(item.points for item in items) == 0 and not any(
        isinstance(clause, Band) and not clause.conditions for clause in indicator.clauses
    )


def _measured_as_named(indicator: Indicator, known: Mapping[str, Kind | None]) -> Facts:
    """An indicator without a formula that is a fact of its own name: a count, or a rate of satisfaction."""
    name = indicator.name.key
    kind = known.get(fact_name(name)) or _unit_of_measure(indicator)
    if not isinstance(kind, Amount) or kind.unit == SCORE:
        return {}
    if kind.unit.dimension == PERCENT.dimension and not name.endswith(MEASURED_AS_NAMED):
        return {}
    return {fact_name(name): kind}
