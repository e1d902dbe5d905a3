"""Rubrics and facts for property tests: every family of criterion, and values that lie on its edges.

The facts come from a small pool, so that several indicators read the same ones; the values are drawn
where a rule may slip: exactly on an edge or a step, a hair to either side, and nothing to divide by.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.compose import facts_of_composition
from engine.core import term_facts
from engine.facts import (
    MISSING,
    Adjustment,
    Basis,
    Contradictory,
    Fact,
    Facts,
    NotApplicableFact,
    Present,
    Provenance,
    Value,
)
from engine.lowering import lower
from engine.number import Mode
from engine.pieces import edges
from engine.ratio import ratio
from engine.rules import (
    Amount,
    AndSoOn,
    AnyOf,
    Award,
    Band,
    ByLevel,
    Cap,
    Chosen,
    Clause,
    Combination,
    Computed,
    Condition,
    Consequence,
    Definition,
    Edge,
    Effect,
    Example,
    Expression,
    Extreme,
    FactDeclaration,
    Forfeit,
    FullMarks,
    Grade,
    Group,
    Indicator,
    InProportion,
    Interpolated,
    Is,
    Item,
    LeftOut,
    Less,
    Levels,
    Magnitude,
    Name,
    NotApplicable,
    Number,
    Operation,
    Operator,
    Overall,
    OwnMarks,
    Period,
    Phrase,
    Points,
    PointsOf,
    Provided,
    Reading,
    Reference,
    Role,
    Rounding,
    Rubric,
    Scaled,
    Side,
    Step,
    Truth,
    Veto,
    Within,
)
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, SCORE, UNITS, WHOLE, Quantity, Unit
from rubric.language.write import write

Draw = st.DrawFn

# The same examples on every run; HYPOTHESIS_PROFILE=search looks for new ones, and longer.
_COMMON = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("steady", derandomize=True, max_examples=100, **_COMMON)
settings.register_profile("search", max_examples=2000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

HAIR = Fraction(1, 10**9)


def f(number: int | str) -> Fraction:
    """An exact number from a decimal."""
    return Fraction(number)


# ------------------------------------------------------------------------------------------------ names

_MONEY = [
    ("年初预算", "opening budget", "wan_yuan", False),
    ("本年追加", "additions", "wan_yuan", False),
    ("“三公经费”支出", "hospitality", "yuan", False),
    ("预算调整额", "revision", "wan_yuan", True),
]
_PEOPLE = [("在职人员数", "staff", "person", False), ("编制数", "posts", "person", False)]
_PLAIN = [
    ("满意率", "satisfaction", "percent", False),
    ("完成系数", "coefficient", "one", False),
    ("增长幅度", "growth", "percent", True),
    ("建设面积", "built area", "square_metre", False),
    ("违规事项", "breaches", "case", False),
    ("培训次数", "trainings", "time", False),
]
_TRUTHS = [("新建楼堂馆所", "new buildings"), ("已公开预算", "budget published"), ("制度健全", "rules sound")]
_TRUTHS += [("资料完整", "records complete")]
_LEVELS = [
    ("地区类别", "region", (("中部", "central"), ("西部", "west"), ("东部", "east"))),
    ("行政效能", "administration", (("好", "good"), ("一般", "fair"), ("差", "poor"))),
    ("考核等次", "assessment", (("一等", "first"), ("二等", "second"), ("三等", "third"))),
]
_INDICATORS = [
    ("人员控制率", "staff control rate"),
    ("预算变动率", "budget change"),
    ("任务完成率", "tasks done"),
    ("资金合规性", "compliance"),
    ("信息公开性", "openness"),
    ("履职情况", "duties"),
    ("经济效益、社会效益", "benefits"),
]
_GROUPS = [
    ("投入", "input"),
    ("过程", "process"),
    ("产出及效率", "output"),
    ("配置", "allocation"),
    ("管理", "control"),
]


@st.composite
def names(draw: Draw, zh: str, en: str) -> Name:
    """A name in Chinese, in English, or in both."""
    return draw(st.sampled_from([Name(zh, en), Name(zh, en), Name(zh), Name(None, en)]))


@dataclass(frozen=True)
class Ground:
    """What the indicators of one rubric may ask for."""

    facts: tuple[FactDeclaration, ...]
    definitions: tuple[Definition, ...]

    def amounts(self, *codes: str) -> list[FactDeclaration]:
        return [each for each in self.facts if isinstance(each.kind, Amount) and each.kind.unit.code in codes]

    def truths(self) -> list[FactDeclaration]:
        return [each for each in self.facts if isinstance(each.kind, Truth)]

    def levels(self) -> list[FactDeclaration]:
        return [each for each in self.facts if isinstance(each.kind, Levels)]


@st.composite
def grounds(draw: Draw) -> Ground:
    """Declared facts and derived quantities."""
    declared = []
    for zh, en, code, signed in _MONEY + _PEOPLE + _PLAIN:
        meaning = draw(st.sampled_from(["", "", "财政部门批复的数，含（追加）。"]))
        positive = not signed and draw(st.integers(0, 4)) == 0
        declared.append(FactDeclaration(draw(names(zh, en)), Amount(UNITS[code]), meaning, signed, positive))
    for zh, en in _TRUTHS:
        declared.append(FactDeclaration(draw(names(zh, en)), Truth()))
    for zh, en, levels in _LEVELS:
        kind = Levels(tuple(draw(names(*level)) for level in levels))
        declared.append(FactDeclaration(draw(names(zh, en)), kind))
    money = [Reference(each.name.key) for each in declared[:3]]
    sums = [
        Operation(Operator.ADD, money[0], money[1]),
        Operation(Operator.SUBTRACT, Operation(Operator.ADD, money[0], money[1]), money[2]),
    ]
    definition = Definition(draw(names("可用预算", "budget available")), draw(st.sampled_from(sums)))
    region = next(each for each in declared if "地区类别" in each.name.forms or "region" in each.name.forms)
    threshold = Definition(draw(names("门槛", "threshold")), draw(thresholds(region)))
    return Ground(tuple(declared), (definition, threshold))


@st.composite
def thresholds(draw: Draw, region: FactDeclaration) -> Expression:
    """A rate by class of department."""
    assert isinstance(region.kind, Levels)
    keys = [level.key for level in region.kind.levels]
    rates_of = [Number(Quantity(f(draw(st.sampled_from(["40", "80", "100"]))), PERCENT)) for _ in keys]
    if draw(st.booleans()):
        return ByLevel(region.name.key, tuple(zip(keys, rates_of, strict=True)))
    return ByLevel(region.name.key, ((keys[0], rates_of[0]),), rates_of[1])


# --------------------------------------------------------------------------------------------- measures


@dataclass(frozen=True)
class Measured:
    """What an indicator measures, and the unit in which its edges are written."""

    expression: Expression
    unit: Unit


@st.composite
def rates(draw: Draw, ground: Ground) -> Measured:
    """A rate of money or of people; several shapes, all of them quotients of sums."""
    if draw(st.integers(0, 3)) == 0:
        pool: list[Expression] = [Reference(each.name.key) for each in ground.amounts("person")]
    else:
        pool = [Reference(each.name.key) for each in ground.amounts("wan_yuan", "yuan")]
        pool.append(Reference(ground.definitions[0].name.key))
    a, b = draw(st.permutations(pool))[:2]
    minus, plus, over = Operator.SUBTRACT, Operator.ADD, Operator.DIVIDE
    shapes = [
        Operation(over, a, b),
        Operation(over, Operation(minus, a, b), b),
        Operation(over, Operation(minus, b, a), b),
        Operation(over, a, Operation(plus, a, b)),
        Operation(minus, Operation(over, a, b), Number(Quantity(f(1), ONE))),
        Operation(over, Operation(Operator.MULTIPLY, Number(Quantity(f("0.5"), ONE)), a), b),
        Operation(over, a, Operation(minus, Operation(plus, a, b), Operation(minus, b, a))),
        Operation(over, Extreme(draw(st.booleans()), (a, Operation(Operator.SUBTRACT, b, a))), b),
        Operation(over, Magnitude(Operation(minus, a, b)), b),
        Operation(over, a, Operation(Operator.MULTIPLY, b, Reference(ground.definitions[1].name.key))),
    ]
    return Measured(draw(st.sampled_from([shapes[0], shapes[0], *shapes])), PERCENT)


@st.composite
def measures(draw: Draw, ground: Ground) -> Measured:
    """A rate, or a fact as it stands."""
    if draw(st.integers(0, 2)):
        return draw(rates(ground))
    plain = draw(st.sampled_from(ground.amounts("percent", "one", "square_metre", "wan_yuan", "case", "time")))
    assert isinstance(plain.kind, Amount)
    unit = plain.kind.unit
    return Measured(Reference(plain.name.key), PERCENT if unit == ONE else unit)


_RATES = [f(x) for x in ("0", "5", "10", "20", "50", "80", "90", "97.5", "100", "101", "110", "150")]
_COUNTS = [f(x) for x in range(6)]
_SIZES = [f(x) for x in ("0", "10", "50.5", "100", "1154.2")]


def _values(unit: Unit) -> list[Fraction]:
    return _RATES if unit == PERCENT else _COUNTS if unit.code in WHOLE else _SIZES


@st.composite
def quantities(draw: Draw, unit: Unit) -> Quantity:
    """An edge in that unit; a rate may be negative."""
    number = draw(st.sampled_from(_values(unit)))
    return Quantity(-number if unit == PERCENT and draw(st.integers(0, 9)) == 0 else number, unit)


# --------------------------------------------------------------------------------------------- criteria


@st.composite
def awards(draw: Draw, full: Fraction, rate: bool) -> Award:
    """Points up to full marks; in proportion where a rate is measured; a share of full marks, or so many less."""
    points = st.integers(0, int(full * 2)).map(lambda halves: Points(Fraction(halves, 2)))
    if draw(st.integers(0, 5)) == 0:
        shares = st.sampled_from([Points(f("0.8"), True), Points(f("0.25"), True)])
        return draw(st.one_of(shares, points.map(Less)))
    return draw(st.one_of(points, points, st.just(FullMarks()), st.just(InProportion()) if rate else points))


@st.composite
def plain_awards(draw: Draw, full: Fraction) -> Award:
    """Points, or full marks."""
    points = st.integers(0, int(full * 2)).map(lambda halves: Points(Fraction(halves, 2)))
    return draw(st.one_of(points, st.just(FullMarks())))


@st.composite
def side_conditions(draw: Draw, ground: Ground, measure: Expression) -> Condition:
    """A condition on another fact than the measured one: its level, whether it holds, or where it lies."""
    kind = draw(st.integers(0, 2))
    if kind == 0:
        fact = draw(st.sampled_from(ground.levels()))
        assert isinstance(fact.kind, Levels)
        return Is(draw(st.sampled_from(fact.kind.levels)).key, fact.name.key)
    if kind == 1:
        return Is(draw(st.booleans()), draw(st.sampled_from(ground.truths())).name.key)
    fact = draw(st.sampled_from(ground.amounts("percent", "wan_yuan", "case")))
    if measure == Reference(fact.name.key):
        fact = next(each for each in ground.amounts("percent", "case") if each != fact)
    assert isinstance(fact.kind, Amount)
    edge = Edge(draw(quantities(fact.kind.unit)), draw(st.booleans()))
    about = Reference(fact.name.key)
    return Within(edge, None, about) if draw(st.booleans()) else Within(None, edge, about)


@st.composite
def banded(draw: Draw, ground: Ground, full: Fraction) -> tuple[Measured, tuple[Clause, ...]]:
    """Bands over a measured value: inclusive or not, single values, gaps, further conditions, and otherwise."""
    measured = draw(measures(ground))
    unit, rate = measured.unit, measured.unit == PERCENT
    found = draw(st.lists(quantities(unit), min_size=1, max_size=3, unique_by=lambda each: each.number))
    ends = sorted(found, key=lambda each: each.number)
    bands: list[Band] = []
    low: Edge | None = None
    for end in ends:
        inclusive = draw(st.booleans())
        bands.append(Band((Within(low, Edge(end, inclusive)),), draw(awards(full, rate))))
        low = Edge(end, not inclusive if draw(st.integers(0, 5)) else inclusive)
    bands.append(Band((Within(low, None),), draw(awards(full, rate))))
    if draw(st.integers(0, 3)) == 0:
        single = Edge(draw(st.sampled_from(ends)), True)
        bands.insert(0, Band((Within(single, single),), draw(awards(full, rate))))
    if draw(st.booleans()):
        bands.reverse()
    if draw(st.integers(0, 3)) == 0:
        position = draw(st.integers(0, len(bands) - 1))
        more = draw(side_conditions(ground, measured.expression))
        band = bands[position]
        both = (*band.conditions, more) if draw(st.booleans()) else (more, *band.conditions)
        bands[position] = Band(both, band.award)
    if draw(st.integers(0, 2)) == 0:
        del bands[draw(st.integers(0, len(bands) - 1))]
        bands.append(Band((), draw(awards(full, rate))))
    return measured, tuple(bands)


@st.composite
def stepped(draw: Draw, ground: Ground, full: Fraction, stated: bool) -> tuple[Measured, tuple[Clause, ...]]:
    """Steps above, below or to either side, after a band or from a stated reference."""
    measured = draw(measures(ground))
    unit = measured.unit
    reference = draw(quantities(unit))
    side = draw(st.sampled_from(Side))
    before: list[Clause] = []
    earns = draw(st.sampled_from([-1, -1, 1]))
    base: Award = FullMarks() if earns < 0 else Points(f(0))
    if draw(st.integers(0, 2)):
        edge = Edge(reference, True)
        base = draw(st.sampled_from([FullMarks(), Points(full), Points(full / 2)]))
        low, high = {Side.ABOVE: (None, edge), Side.BELOW: (edge, None), Side.EITHER: (edge, edge)}[side]
        before = [Band((Within(low, high),), base)]
    step = Step(
        side=side,
        reference=reference,
        size=draw(step_sizes(reference, unit)),
        amount=earns * min(full, draw(st.sampled_from([f("0.25"), f("0.5"), f(1), f(2)]))),
        base=base,
        reading=draw(readings(stated)),
        limit=draw(st.sampled_from([None, None, full / 2, full])),
    )
    after = [Band((), Points(f(draw(st.integers(0, int(full))))))] if draw(st.booleans()) else []
    return measured, (*before, step, *after)


@st.composite
def step_sizes(draw: Draw, reference: Quantity, unit: Unit) -> Quantity:
    """Percentage points for a rate; else the unit itself or a share of the reference."""
    number = draw(st.sampled_from([f(1), f(5), f("2.5"), f(10)]))
    if unit == PERCENT:
        whole = reference.exact == 1 and draw(st.booleans())
        return Quantity(number, PERCENT if whole else PERCENTAGE_POINT)
    return Quantity(number, PERCENT if reference.number > 0 and draw(st.booleans()) else unit)


def readings(stated: bool) -> st.SearchStrategy[Reading | None]:
    """A reading of its own, or the rubric's where that is stated."""
    own: st.SearchStrategy[Reading | None] = st.sampled_from(Reading)
    return st.one_of(st.none(), own) if stated else own


@st.composite
def two_sided(draw: Draw, ground: Ground, full: Fraction) -> tuple[Measured, tuple[Clause, ...]]:
    """Full marks at one value, and other steps above than below it."""
    measured = draw(rates(ground))
    edge = Edge(draw(quantities(PERCENT)), True)
    clauses: list[Clause] = [Band((Within(edge, edge),), FullMarks())]
    for side in (Side.ABOVE, Side.BELOW):
        size = Quantity(f(draw(st.integers(1, 3))), PERCENTAGE_POINT)
        amount = -min(full, draw(st.sampled_from([f("0.5"), f(1)])))
        clauses.append(Step(side, edge.quantity, size, amount, FullMarks(), draw(readings(False))))
    return measured, tuple(clauses)


@st.composite
def counted(draw: Draw, ground: Ground, full: Fraction) -> tuple[Measured, tuple[Clause, ...]]:
    """Each occurrence costs or earns, from none or from a free allowance, up to a limit or until nothing is left."""
    fact = draw(st.sampled_from(ground.amounts("case", "time")))
    assert isinstance(fact.kind, Amount)
    unit = fact.kind.unit
    size = Quantity(f(draw(st.integers(1, 2))), draw(st.sampled_from([unit, ONE])))
    amount = min(full, draw(st.sampled_from([f("0.5"), f(1), f(2)])))
    limit = draw(st.sampled_from([None, full, full / 2]))
    measured = Measured(Reference(fact.name.key), unit)
    if draw(st.booleans()):
        earns = draw(st.booleans())
        base: Award = Points(f(0)) if earns else FullMarks()
        step = Step(Side.ABOVE, Quantity(f(0), ONE), size, amount if earns else -amount, base, None, limit, True)
        return measured, (step,)
    allowed = Edge(Quantity(f(draw(st.integers(0, 2))), unit), True)
    step = Step(Side.ABOVE, allowed.quantity, size, -amount, FullMarks(), None, limit, True)
    return measured, (Band((Within(None, allowed),), FullMarks()), step)


@st.composite
def checklist(draw: Draw, ground: Ground, full: Fraction) -> tuple[None, tuple[Clause, ...]]:
    """Items whose points add up to full marks."""
    facts = draw(st.permutations(ground.truths()))[: draw(st.integers(2, 4))]
    share = full / len(facts)
    share = Fraction(int(share * 4), 4)
    points = [share] * (len(facts) - 1)
    points.append(full - sum(points))
    return None, tuple(Item(fact.name.key, each) for fact, each in zip(facts, points, strict=True))


@st.composite
def levelled(draw: Draw, ground: Ground, full: Fraction) -> tuple[Measured, tuple[Clause, ...]]:
    """Points by a level that an evaluator chooses."""
    fact = draw(st.sampled_from(ground.levels()))
    assert isinstance(fact.kind, Levels)
    bands = [Band((Is(level.key),), draw(awards(full, False))) for level in fact.kind.levels]
    if draw(st.booleans()):
        bands[-1] = Band((), draw(awards(full, False)))
    return Measured(Reference(fact.name.key), ONE), tuple(bands)


@st.composite
def conditional(draw: Draw, ground: Ground, full: Fraction) -> tuple[Measured, tuple[Clause, ...]]:
    """Points by another fact, else in proportion to the rate."""
    measured = draw(rates(ground))
    first = Band((draw(side_conditions(ground, measured.expression)),), draw(awards(full, True)))
    return measured, (first, Band((), InProportion()))


# Two of a kind, so that the common families come up more often.
Family = tuple[Measured | None, tuple[Clause, ...]]


@st.composite
def interpolated(draw: Draw, ground: Ground, full: Fraction) -> Family:
    """Points on a line between two edges, with or without what lies beyond them."""
    measured = draw(rates(ground))
    low, high = sorted(draw(st.lists(st.sampled_from(_RATES), min_size=2, max_size=2, unique=True)))
    ends = draw(
        st.lists(st.integers(0, int(full * 2)).map(lambda halves: Points(Fraction(halves, 2))), min_size=2, max_size=2)
    )
    edges_of_line = [Edge(Quantity(end, PERCENT), True) for end in (low, high)]
    line = Band((Within(*edges_of_line),), Interpolated(*ends))
    below = Band((Within(None, edges_of_line[0]),), ends[0])
    above = Band((Within(edges_of_line[1], None),), ends[1])
    return measured, draw(
        st.sampled_from([(line,), (below, above, line), (line, above), (above, line, Band((), Points(f(0))))])
    )


@st.composite
def symmetric(draw: Draw, ground: Ground, full: Fraction) -> Family:
    """Bands on how large a change is, whatever its sign."""
    measured = draw(rates(ground))
    ends = sorted(draw(st.lists(st.sampled_from(_RATES[1:]), min_size=2, max_size=3, unique=True)))
    bands = [Band((Within(None, Edge(Quantity(ends[0], PERCENT), draw(st.booleans())), magnitude=True),), FullMarks())]
    for low, high in pairwise(ends):
        within = Within(Edge(Quantity(low, PERCENT), False), Edge(Quantity(high, PERCENT), True), magnitude=True)
        bands.append(Band((within,), draw(awards(full, False))))
    if draw(st.booleans()):
        bands.append(Band((Within(Edge(Quantity(ends[-1], PERCENT), False), None, magnitude=True),), Points(f(0))))
    else:
        bands.append(Band((), draw(awards(full, False))))
    return measured, tuple(bands)


@st.composite
def against_quantities(draw: Draw, ground: Ground, full: Fraction, stated: bool) -> Family:
    """A rate held against a threshold by class, or money against money, with steps from there."""
    if draw(st.booleans()):
        measured = draw(rates(ground))
        of: Expression = Reference(ground.definitions[1].name.key)
        size = Quantity(f(draw(st.sampled_from([1, 5]))), PERCENTAGE_POINT)
    else:
        money = [Reference(each.name.key) for each in ground.amounts("wan_yuan")]
        one, of = draw(st.permutations(money))[:2]
        measured = Measured(one, UNITS["wan_yuan"])
        size = draw(st.sampled_from([Quantity(f(10), UNITS["wan_yuan"]), Quantity(f(5), PERCENT)]))
    share = draw(st.sampled_from([Quantity(f(1), ONE), Quantity(f(1), ONE), Quantity(f(95), PERCENT)]))
    side = draw(st.sampled_from([Side.ABOVE, Side.BELOW]))
    edge = Edge(share, True, of)
    base = draw(st.sampled_from([FullMarks(), Points(full / 2)]))
    met = Band((Within(None, edge) if side is Side.ABOVE else Within(edge, None),), base)
    step = Step(
        side,
        share,
        size,
        -min(full, draw(st.sampled_from([f("0.5"), f(1)]))),
        base,
        draw(readings(stated)),
        None,
        of=of,
    )
    after: list[Clause] = [step] if draw(st.booleans()) else [Band((), draw(awards(full, False)))]
    return measured, (met, *after)


@st.composite
def series(draw: Draw, ground: Ground, full: Fraction) -> Family:
    """Two bands that go on by the same stride."""
    measured = draw(rates(ground))
    fewer = full / draw(st.sampled_from([2, 4, 5]))
    inclusive = draw(st.booleans())
    first, second = (
        Band((Within(Edge(Quantity(f(end), PERCENT), inclusive), None),), Points(points))
        for end, points in ((100, full), (90, full - fewer))
    )
    rest = [Band((), Points(f(0)))] if draw(st.booleans()) else []
    return measured, (first, second, AndSoOn(), *rest)


@st.composite
def chosen(draw: Draw, ground: Ground, full: Fraction, name: Name) -> Family:
    """Points that an evaluator gives within the range of a level."""
    fact = draw(st.sampled_from(ground.levels()))
    assert isinstance(fact.kind, Levels)
    share = draw(st.booleans())
    given = given_points(name).key
    ends = [f(1), f("0.75"), f("0.5"), f(0)]
    if not share:
        ends = [end * full for end in ends]
    bands = [
        Band((Is(level.key),), Chosen(Points(low, share), Points(high, share), given, True, high == ends[0]))
        for level, (high, low) in zip(fact.kind.levels, pairwise(ends), strict=True)
    ]
    return Measured(Reference(fact.name.key), ONE), tuple(bands)


def given_points(name: Name) -> Name:
    """What the fact is called in which an evaluator gives an indicator's points."""
    return Name(name.zh and f"{name.zh}评定得分", name.en and f"{name.en} points given")


@st.composite
def computed(draw: Draw, ground: Ground, full: Fraction) -> Family:
    """Points by a formula, everywhere or where a fact says so."""
    rate = draw(rates(ground)).expression
    less = Operation(Operator.SUBTRACT, Number(Quantity(f(1), ONE)), rate)
    shape = draw(st.sampled_from([rate, less]))
    award = Computed(Operation(Operator.MULTIPLY, OwnMarks(), shape))
    if draw(st.booleans()):
        return None, (Band((), award),)
    truth = Is(draw(st.booleans()), draw(st.sampled_from(ground.truths())).name.key)
    return None, (Band((truth,), award), Band((), draw(awards(full, False))))


@st.composite
def either_way(draw: Draw, ground: Ground, full: Fraction) -> Family:
    """Several lots of conditions of which one must hold: a decision table."""
    one, other = draw(st.permutations(ground.truths()))[:2]
    both_hold = (Is(True, one.name.key), Is(True, other.name.key))
    choice = AnyOf(((Is(True, one.name.key),), (Is(False, other.name.key), draw(side_conditions(ground, OwnMarks())))))
    bands = [Band(both_hold, FullMarks()), Band((choice,), draw(awards(full, False))), Band((), Points(f(0)))]
    return None, tuple(bands)


@st.composite
def halved(draw: Draw, ground: Ground, full: Fraction, stated: bool) -> Family:
    """Steps, or points, that count by half or less where a fact says so."""
    measured, clauses = draw(stepped(ground, full, stated))
    truth = Is(draw(st.booleans()), draw(st.sampled_from(ground.truths())).name.key)
    deduction = any(isinstance(each, Step) and each.amount < 0 for each in clauses)
    factor = draw(st.sampled_from([f("0.5"), f("0.8")]))
    return measured, (*clauses, Scaled((truth,), factor, deduction and draw(st.booleans())))


@st.composite
def together(draw: Draw, ground: Ground, full: Fraction) -> tuple[Combination, Family]:
    """Clauses that count apart: added up, or the highest or lowest of them."""
    combination = draw(st.sampled_from([Combination.SUM, Combination.SUM, Combination.HIGHEST, Combination.LOWEST]))
    taking = draw(st.booleans())
    truths = draw(st.permutations(ground.truths()))
    clauses: list[Clause] = []
    for truth in truths[: draw(st.integers(1, 3))]:
        points = full / draw(st.sampled_from([2, 4]))
        if taking:
            clauses.append(Band((Is(True, truth.name.key),), Less(Points(points))))
        else:
            clauses.append(Item(truth.name.key, points))
    counts = draw(st.permutations(ground.amounts("case", "time")))[: draw(st.integers(0, 2))]
    for fact in counts:
        assert isinstance(fact.kind, Amount)
        amount = min(full, draw(st.sampled_from([f("0.5"), f(1)])))
        limit = draw(st.sampled_from([None, full / 2]))
        size = Quantity(f(1), draw(st.sampled_from([fact.kind.unit, ONE])))
        base: Award = FullMarks() if taking else Points(f(0))
        signed = -amount if taking else amount
        from_none = Quantity(f(0), ONE)
        clauses.append(Step(Side.ABOVE, from_none, size, signed, base, None, limit, True, subject=fact.name.key))
    if not taking and draw(st.booleans()):
        fact = draw(st.sampled_from(ground.amounts("percent")))
        about = Reference(fact.name.key)
        clauses.append(Band((Within(Edge(Quantity(f(90), PERCENT), True), None, about),), Points(full / 2)))
        clauses.append(Band((Within(Edge(Quantity(f(80), PERCENT), True), None, about),), Points(full / 4)))
    if draw(st.integers(0, 3)) == 0:
        clauses.append(Scaled((Is(True, truths[-1].name.key),), f("0.5"), taking and draw(st.booleans())))
    return combination, (None, tuple(clauses))


def _roundings(measured: Measured | None, clauses: tuple[Clause, ...], apart: bool) -> st.SearchStrategy[Any]:
    """Where an indicator rounds: nothing, its points, or what it measures."""
    rounding = st.builds(Rounding, st.sampled_from(Mode), st.integers(0, 1))
    named = any(isinstance(each, Step) and each.of is not None for each in clauses) or any(
        isinstance(c, Within) and any(edge is not None and edge.of is not None for edge in (c.low, c.high))
        for each in clauses
        if isinstance(each, Band)
        for c in each.conditions
    )
    number = measured is not None and measured.unit != ONE and not named and not apart
    return st.tuples(
        st.one_of(st.none(), st.none(), rounding) if number else st.none(), st.one_of(st.none(), st.none(), rounding)
    )


@st.composite
def indicators(draw: Draw, ground: Ground, name: Name, stated: bool, marks: Fraction | None = None) -> Indicator:
    """An indicator of any family."""
    full = marks or f(draw(st.integers(1, 8)))
    families = [
        banded(ground, full),
        stepped(ground, full, stated),
        two_sided(ground, full),
        counted(ground, full),
        checklist(ground, full),
        levelled(ground, full),
        conditional(ground, full),
        interpolated(ground, full),
        symmetric(ground, full),
        against_quantities(ground, full, stated),
        series(ground, full),
        chosen(ground, full, name),
        computed(ground, full),
        either_way(ground, full),
        halved(ground, full, stated),
    ]
    combination = Combination.FIRST
    if draw(st.integers(0, 6)) == 0:
        combination, (measured, clauses) = draw(together(ground, full))
    else:
        measured, clauses = draw(st.one_of(families[0], families[1], *families))
    apart = combination is not Combination.FIRST
    round_measure, round_points = (
        draw(_roundings(measured, clauses, apart)) if draw(st.integers(0, 3)) == 0 else (None, None)
    )
    forfeit = None
    if draw(st.integers(0, 7)) == 0:
        forfeit = Forfeit((Is(True, draw(st.sampled_from(ground.truths())).name.key),))
    exempt = None
    if draw(st.integers(0, 4)) == 0:
        truth = Is(draw(st.booleans()), draw(st.sampled_from(ground.truths())).name.key)
        measure = None if measured is None else measured.expression
        fact = draw(st.sampled_from([each for each in ground.levels() if Reference(each.name.key) != measure]))
        assert isinstance(fact.kind, Levels)
        level = Is(draw(st.sampled_from(fact.kind.levels)).key, fact.name.key)
        conditions = draw(st.sampled_from([(truth,), (level,), (truth, level)]))
        exempt = NotApplicable(conditions, draw(plain_awards(full)))
    return Indicator(
        name=name,
        full=full,
        measure=None if measured is None else measured.expression,
        clauses=clauses,
        not_applicable=exempt,
        notes=draw(st.sampled_from([(), (), ("通行写法：每档 0.5 分。",), ("可靠。", "see the circular, part 2")])),
        official=draw(st.sampled_from(["", "", "控制率≤100%，计3分；每超过一个百分点扣0.5分。"])),
        examples=draw(st.one_of(st.just(()), st.just(()), examples(ground, full))),
        combination=combination,
        forfeit=forfeit,
        round_measure=round_measure,
        round_points=round_points,
    )


@st.composite
def examples(draw: Draw, ground: Ground, full: Fraction) -> tuple[Example, ...]:
    """Facts of every kind and points, whether or not they earn them."""
    asked = draw(st.permutations(ground.facts))[: draw(st.integers(1, 3))]
    values = tuple((fact.name.key, draw(_plain_values(fact))) for fact in asked)
    return (Example(values, Fraction(draw(st.integers(0, int(full * 2))), 2)),)


_SAID = (
    *("实有在职人员", "“三公经费”控制率…本年度支出数", "核定编制", "被评为", "没有新建"),
    *("the budget as approved", "x"),
)


@st.composite
def phrases(draw: Draw, ground: Ground, indicators: Sequence[Name]) -> tuple[Phrase, ...]:
    """The words by which reports tell some facts, and are about some indicators."""
    found: list[Phrase] = []
    for fact in draw(st.permutations(ground.facts))[: draw(st.integers(0, 2))]:
        for words in draw(st.permutations(_SAID))[: draw(st.integers(1, 3))]:
            takes = draw(st.booleans()) and not isinstance(fact.kind, Truth)
            behind = draw(st.sampled_from(["", "个", "单位", "in all"])) if takes else ""
            number = isinstance(fact.kind, Amount)
            means = None if takes or (number and draw(st.booleans())) else draw(_plain_values(fact))
            found.append(Phrase(fact.name.key, words, behind, takes, means))
    facts = {form for fact in ground.facts for form in fact.name.forms}
    for name in indicators:
        if draw(st.booleans()) and draw(st.booleans()) and not facts.intersection(name.forms):
            found.append(Phrase(name.key, draw(st.sampled_from(_SAID))))
    return tuple(found)


# ------------------------------------------------------------------------------------------- the rubric


@st.composite
def rubrics(draw: Draw, most: int = 5) -> Rubric:
    """A rubric of one to three levels whose full marks add up."""
    ground = draw(grounds())
    reading = draw(st.sampled_from([None, *Reading]))
    wanted = draw(st.permutations(_INDICATORS))[: draw(st.integers(1, min(most, len(_INDICATORS))))]
    found = [draw(indicators(ground, draw(names(*forms)), reading is not None)) for forms in wanted]
    members = draw(_nested(found))
    full = sum((member.full for member in members), Fraction(0))
    return Rubric(
        title=draw(st.sampled_from(["部门整体支出绩效评价", "Scoring table", ""])),
        period=draw(st.sampled_from([None, Period(2017, 2017), Period(2016, 2019), Period(2018, None)])),
        place=draw(st.sampled_from(["", "湖南省保靖县"])),
        basis=draw(st.sampled_from([(), ("保财绩〔2018〕2号",), ("财预〔2011〕85号", "湘政发〔2012〕33号")])),
        full=full,
        reading=reading,
        grades=draw(_grades(full)),
        facts=(*ground.facts, *_asked_for(found)),
        definitions=ground.definitions,
        members=members,
        notes=draw(st.sampled_from([(), ("分值由报告小计推定。",)])),
        phrases=draw(phrases(ground, [each.name for each in found])),
    )


def _asked_for(found: list[Indicator]) -> Iterator[FactDeclaration]:
    """The facts in which evaluators give points, which nobody declares."""
    for indicator in found:
        awards_given = (clause.award for clause in indicator.clauses if isinstance(clause, Band))
        if any(isinstance(award, Chosen) for award in awards_given):
            yield FactDeclaration(given_points(indicator.name), Amount(SCORE), chosen=True)


# -------------------------------------------------------------------------- how points are put together


@st.composite
def composed_rubrics(draw: Draw, most: int = 4) -> Rubric:
    """A rubric whose total is more than a sum: levels, bonus and penalty, what is left out, caps, vetoes, rounding."""
    ground = draw(grounds())
    wanted = draw(st.permutations(_INDICATORS))[: draw(st.integers(2, most))]
    called = iter([draw(names(*forms)) for forms in wanted])
    titles = iter(draw(st.permutations(_GROUPS)))
    members: list[Group | Indicator] = []
    count = len(wanted)
    while count:
        size = draw(st.integers(1, min(count, 3)))
        count -= size
        title, inside = draw(names(*next(titles))), [next(called) for _ in range(size)]
        role = draw(st.sampled_from([Role.ORDINARY, *Role])) if members else Role.ORDINARY
        members.append(draw(_level(ground, title, inside, role)))
    ordinary = [member for member in members if member.role is Role.ORDINARY]
    full = sum((member.full for member in ordinary), Fraction(0))
    members = [
        _with_proviso(member, draw(_proviso(ground, members, full))) if member.role is not Role.ORDINARY else member
        for member in sorted(members, key=lambda each: (each.role is not Role.ORDINARY, isinstance(each, Group)))
    ]
    found = [each for member in members for each in ([member] if isinstance(member, Indicator) else member.members)]
    return Rubric(
        title="部门整体支出绩效评价",
        period=None,
        place="",
        basis=(),
        full=full,
        reading=Reading.WHOLE,
        grades=draw(_grades(full)),
        facts=(*ground.facts, *_asked_for([each for each in found if isinstance(each, Indicator)])),
        definitions=ground.definitions,
        members=tuple(members),
        overall=draw(_overalls(ground, members, full)),
    )


@st.composite
def _level(draw: Draw, ground: Ground, title: Name, inside: list[Name], role: Role) -> Group | Indicator:
    """A level put together in some way, or an indicator that stands alone."""
    ways = [Combination.SUM, Combination.HIGHEST, Combination.LOWEST, Combination.ONCE, None]
    way = draw(st.sampled_from(ways)) if role is Role.ORDINARY else Combination.SUM
    same = f(draw(st.integers(1, 8))) if way in (Combination.HIGHEST, Combination.LOWEST) else None
    members = []
    for name in inside:
        indicator = draw(indicators(ground, name, True, same))
        if draw(st.integers(0, 3)) == 0:
            truth = Is(True, draw(st.sampled_from(ground.truths())).name.key)
            indicator = replace(indicator, not_applicable=NotApplicable((truth,), LeftOut()))
        members.append(replace(indicator, role=role))
    if len(members) == 1 and draw(st.booleans()):
        return members[0]
    full = same or sum((each.full for each in members), Fraction(0))
    if role is not Role.ORDINARY:
        full = draw(st.sampled_from([full, full / 2]))
    formula = None
    if way is None:
        terms: list[Expression] = [
            Operation(Operator.MULTIPLY, PointsOf(each.key), Number(Quantity(draw(st.sampled_from(_WEIGHTS)), ONE)))
            for each in members
        ]
        formula = _sum_of(terms)
    return Group(title, 1, full, tuple(members), (), way or Combination.SUM, role, formula)


_WEIGHTS = [f("0.5"), f("0.3"), f(1)]


def _sum_of(terms: list[Expression]) -> Expression:
    return reduce(lambda left, right: Operation(Operator.ADD, left, right), terms)


def _with_proviso(member: Group | Indicator, proviso: Provided | None) -> Group | Indicator:
    return replace(member, provided=proviso)


@st.composite
def _proviso(draw: Draw, ground: Ground, members: list[Group | Indicator], full: Fraction) -> Provided | None:
    return draw(st.one_of(st.none(), st.builds(Provided, st.tuples(_about_points(ground, members, full)))))


@st.composite
def _about_points(draw: Draw, ground: Ground, members: list[Group | Indicator], full: Fraction) -> Condition:
    """A condition on the total, on a member's points, or on a fact."""
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return draw(side_conditions(ground, OwnMarks()))
    member = None if kind == 1 else draw(st.sampled_from([m for m in members if m.role is Role.ORDINARY]))
    most = full if member is None else member.full
    edge = Edge(Quantity(most * draw(st.sampled_from([f("0.5"), f("0.8"), f(1)])), SCORE), draw(st.booleans()))
    about = PointsOf(None if member is None else member.key)
    return Within(edge, None, about) if draw(st.booleans()) else Within(None, edge, about)


@st.composite
def _overalls(draw: Draw, ground: Ground, members: list[Group | Indicator], full: Fraction) -> Overall:
    """What is said of the whole."""
    about = _about_points(ground, members, full)
    formula = None
    if draw(st.integers(0, 4)) == 0:
        formula = _sum_of(
            [
                Operation(Operator.MULTIPLY, PointsOf(each.key), Number(Quantity(draw(st.sampled_from(_WEIGHTS)), ONE)))
                for each in members
            ]
        )
    targets = [None, *(each.key for each in members if isinstance(each, Group))]
    caps = st.builds(
        Cap,
        st.tuples(about),
        st.sampled_from([f("0.5"), f("0.8")]).map(lambda share: full * share),
        st.sampled_from(targets),
    )
    # What an indicator or level is kept to cannot hang on points that are reckoned later: only on facts.
    facts_only = st.builds(
        Cap, st.tuples(side_conditions(ground, OwnMarks())), st.just(full / 2), st.sampled_from(targets)
    )
    vetoes = st.builds(Veto, st.tuples(about), st.sampled_from([Effect.NOTHING, Effect.STOP]))
    rounding = st.builds(Rounding, st.sampled_from(Mode), st.integers(0, 1))
    return Overall(
        formula=formula,
        caps=tuple(cap if cap.target is None else draw(facts_only) for cap in draw(st.lists(caps, max_size=2))),
        vetoes=tuple(draw(st.lists(vetoes, max_size=1))),
        rounding=draw(st.one_of(st.none(), rounding)),
        consequences=tuple(draw(st.lists(st.builds(Consequence, st.tuples(about), st.just("通报批评")), max_size=1))),
    )


@st.composite
def _nested(draw: Draw, found: list[Indicator]) -> tuple[Group | Indicator, ...]:
    """One level, two, or three."""
    depth = draw(st.integers(1, 3))
    if depth == 1:
        return tuple(found)
    cut = draw(st.integers(0, len(found) - 1))
    halves = [half for half in (found[:cut], found[cut:]) if half]
    titles = iter(_GROUPS)
    groups = []
    for half in halves:
        inner = tuple(half)
        if depth == 3:
            inner = (_group(draw(names(*next(titles))), 2, tuple(half), ()),)
        groups.append(_group(draw(names(*next(titles))), 1, inner, draw(st.sampled_from([(), ("满分推定。",)]))))
    return tuple(groups)


def _group(name: Name, level: int, members: tuple[Group | Indicator, ...], notes: tuple[str, ...]) -> Group:
    return Group(name, level, sum((each.full for each in members), Fraction(0)), members, notes)


@st.composite
def _grades(draw: Draw, full: Fraction) -> tuple[Grade, ...]:
    if draw(st.booleans()):
        return ()
    inclusive = draw(st.booleans())
    floors = [Edge(Quantity(full * tenths / 10, SCORE), inclusive) for tenths in (9, 6)]
    forms = (("优", "excellent"), ("中", "fair"), ("差", "poor"))
    return tuple(Grade(draw(names(*form)), floor) for form, floor in zip(forms, [*floors, None], strict=True))


# ------------------------------------------------------------------------------------------------ facts


@st.composite
def _plain_values(draw: Draw, fact: FactDeclaration) -> Value:
    """A value of the right kind, from few enough that they meet."""
    match fact.kind:
        case Amount(unit):
            numbers = [f(x) for x in (0, 1, 2, 3, 5, 70, 71, 74, 100)] if unit.code in WHOLE else [*_RATES, *_SIZES]
            number = draw(st.sampled_from([each for each in numbers if each or not fact.positive]))
            return Quantity(-number if fact.signed and draw(st.booleans()) else number, unit)
        case Truth():
            return draw(st.booleans())
        case Levels(levels):
            return draw(st.sampled_from(levels)).key


@st.composite
def values(draw: Draw, rubric: Rubric) -> dict[str, Value]:
    """A value for every fact; some are chosen so that a measured value lies on an edge or a hair beside it."""
    found = {fact.name.key: draw(_plain_values(fact)) for fact in rubric.facts}
    for _ in range(draw(st.integers(0, 4))):
        _put_on_edge(draw, rubric, found)
    return found


def _put_on_edge(draw: Draw, rubric: Rubric, found: dict[str, Value]) -> None:
    plans = lower(rubric)
    looked_at = [pair for plan in plans for part in plan.parts for pair in edges(part) if pair[1]]
    if not looked_at:
        return
    term, ends = draw(st.sampled_from(looked_at))
    end = draw(st.sampled_from(ends))
    key = draw(st.sampled_from(list(term_facts(term)) or [""]))
    declared = rubric.fact(key)
    if declared is None or not isinstance(declared.kind, Amount):
        return
    numbers = {k: value.exact for k, value in found.items() if isinstance(value, Quantity) and k != key}
    form = ratio(term, numbers)
    line = None if form is None else form.above.plus(form.below, -end)
    if line is None or not line.weights.get(key):
        return
    value = -line.constant / line.weights[key] + draw(st.sampled_from([f(0), f(0), HAIR, -HAIR]))
    unit = declared.kind.unit
    allowed = value > 0 or declared.signed or (value == 0 and not declared.positive)
    if allowed and (unit.code not in WHOLE or value.denominator == 1):
        found[key] = Quantity(value / unit.size, unit)


def present(value: Value, basis: Basis = Basis.FIGURE) -> Present:
    """A value that was read somewhere."""
    return Present(value, Provenance(basis, document="报告", section="三（二）", quote="……"))


def facts_of(found: dict[str, Fact], adjustments: tuple[Adjustment, ...] = ()) -> Facts:
    """One department's facts."""
    return Facts("保靖县人民政府办公室", 2017, found, adjustments)


@st.composite
def known_facts(draw: Draw, rubric: Rubric) -> Facts:
    """Every fact present."""
    found = draw(values(rubric))
    bases = st.sampled_from(Basis)
    return facts_of({key: present(value, draw(bases)) for key, value in found.items()})


@st.composite
def facts_in_any_state(draw: Draw, rubric: Rubric) -> Facts:
    """Facts that are present, missing, not applicable or contradictory."""
    found: dict[str, Fact] = {}
    for key, value in draw(values(rubric)).items():
        state = draw(st.integers(0, 11))
        fact: Fact = present(value, draw(st.sampled_from(Basis)))
        if state == 0:
            fact = MISSING
        elif state == 1:
            fact = NotApplicableFact(Provenance(reason="没有这项业务"))
        elif state == 2:
            declared = rubric.fact(key)
            assert declared is not None
            fact = Contradictory((present(value), present(draw(_plain_values(declared)))))
        found[key] = fact
    return facts_of(found)


@dataclass(frozen=True, repr=False)
class Case:
    """A rubric and facts for it, shown as a rule file and a list when a test fails."""

    rubric: Rubric
    facts: Facts

    def __repr__(self) -> str:
        asked = [f"  {key}: {_shown(self.facts.get(key))}" for key in needed(self.rubric)]
        more = [f"  {each.fact} - {each.amount.number}" for each in self.facts.adjustments]
        return "\n".join(["", write(self.rubric, "zh"), *asked, *more])

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))


def _shown(fact: Fact) -> str:
    match fact:
        case Present(Quantity(number, unit)):
            return f"{number} {unit.code}"
        case Present(value):
            return str(value)
        case Contradictory(readings):
            return " or ".join(map(_shown, readings))
        case _:
            return type(fact).__name__


@st.composite
def known_cases(draw: Draw, of: st.SearchStrategy[Rubric] | None = None) -> Case:
    """A rubric, and facts for it that are all present."""
    rubric = draw(rubrics() if of is None else of)
    return Case(rubric, draw(known_facts(rubric)))


@st.composite
def cases(draw: Draw, of: st.SearchStrategy[Rubric] | None = None) -> Case:
    """A rubric, and facts for it in any state."""
    rubric = draw(rubrics() if of is None else of)
    return Case(rubric, draw(facts_in_any_state(rubric)))


def needed(rubric: Rubric) -> list[str]:
    """The facts that the indicators ask for, in their order."""
    return list(dict.fromkeys(key for plan in lower(rubric) for key in plan.needs))


@dataclass(frozen=True, repr=False)
class Gap(Case):
    """Facts with some missing or contradictory, and completions of them: the facts as they were, and others."""

    completions: tuple[Facts, ...]


@st.composite
def gaps(draw: Draw, most: int = 4, of: st.SearchStrategy[Rubric] | None = None) -> Gap:
    """A rubric, facts with one to four missing or contradictory, and some completions."""
    rubric = draw(rubrics() if of is None else of)
    whole = draw(values(rubric))
    asked = list(dict.fromkeys([*needed(rubric), *facts_of_composition(rubric)]))
    lost = draw(st.lists(st.sampled_from(asked), min_size=1, max_size=most, unique=True))
    options: dict[str, list[Value]] = {}
    found: dict[str, Fact] = {key: present(value) for key, value in whole.items()}
    for key in draw(st.lists(st.sampled_from(asked), max_size=1)):
        found[key] = NotApplicableFact(Provenance(reason="没有这项业务"))
    for key in lost:
        found[key] = MISSING
        if draw(st.integers(0, 3)) == 0:
            declared = rubric.fact(key)
            assert declared is not None
            options[key] = [whole[key], draw(_plain_values(declared))]
            found[key] = Contradictory(tuple(present(value) for value in options[key]))
    completions = [_completed(draw, found, lost, options, whole)]
    for _ in range(draw(st.integers(1, 3))):
        completions.append(_completed(draw, found, lost, options, draw(_beside(rubric, whole, lost))))
    return Gap(rubric, facts_of(found), tuple(completions))


@st.composite
def _beside(draw: Draw, rubric: Rubric, whole: dict[str, Value], lost: list[str]) -> dict[str, Value]:
    """Other values for the lost facts, chosen while the rest stay as they are."""
    found = dict(whole)
    for key in lost:
        declared = rubric.fact(key)
        assert declared is not None
        found[key] = draw(_plain_values(declared))
    for _ in range(draw(st.integers(0, 3))):
        tried = dict(found)
        _put_on_edge(draw, rubric, tried)
        found.update({key: tried[key] for key in lost})
    return found


def _completed(
    draw: Draw, found: dict[str, Fact], lost: list[str], options: dict[str, list[Value]], values: dict[str, Value]
) -> Facts:
    chosen = {key: draw(st.sampled_from(options[key])) if key in options else values[key] for key in lost}
    return facts_of({**found, **{key: present(value) for key, value in chosen.items()}})


@st.composite
def adjusted_cases(draw: Draw) -> Case:
    """Facts with amounts to be taken out of some of them."""
    rubric = draw(rubrics())
    facts = draw(known_facts(rubric))
    amounts = [fact for fact in rubric.facts if isinstance(fact.kind, Amount)]
    found = []
    for fact in draw(st.lists(st.sampled_from(amounts), min_size=1, max_size=3)):
        assert isinstance(fact.kind, Amount)
        amount = Quantity(draw(st.sampled_from([f(1), f("49.06"), f(-1)])), fact.kind.unit)
        found.append(Adjustment(fact.name.key, amount, "按建设进度拨付"))
    return Case(rubric, facts_of(dict(facts.facts), tuple(found)))
