"""A small rubric with a declaration of each kind, for binding facts against."""

from __future__ import annotations

from fractions import Fraction

from engine.rules import Amount, FactDeclaration, Grade, Group, Indicator, Kind, Levels, Name, Period, Rubric, Truth
from engine.unit import ONE, UNITS


def fact(zh: str, en: str, kind: Kind, signed: bool = False) -> FactDeclaration:
    return FactDeclaration(Name(zh, en), kind, signed=signed)


def levels(*pairs: tuple[str, str]) -> Levels:
    return Levels(tuple(Name(zh, en) for zh, en in pairs))


def indicator(zh: str, en: str, full: int) -> Indicator:
    return Indicator(Name(zh, en), Fraction(full), None, ())


FACTS = (
    fact("在职人员数", "staff", Amount(UNITS["person"])),
    fact("编制数", "posts", Amount(UNITS["person"])),
    fact("年初预算", "opening budget", Amount(UNITS["wan_yuan"])),
    fact("年末结转", "carried over", Amount(UNITS["wan_yuan"])),
    fact("预算调整", "revision", Amount(UNITS["wan_yuan"]), signed=True),
    fact("满意度", "satisfaction", Amount(UNITS["percent"])),
    fact("系数", "coefficient", Amount(ONE)),
    fact("违规事项", "breaches", Amount(UNITS["case"])),
    fact("是否新建楼堂馆所", "new buildings", Truth()),
    fact("已制定管理制度", "rules made", Truth()),
    fact("行政效能", "administration", levels(("好", "good"), ("一般", "fair"), ("差", "poor"))),
    fact("绩效考核等次", "assessment", levels(("一等", "first"), ("二等", "second"), ("三等", "third"))),
)

INPUT = Group(
    Name("投入", "input"),
    1,
    Fraction(13),
    (indicator("在职人员控制率", "staff control rate", 3), indicator("“三公经费”变动率", "hospitality change", 4)),
)
PROCESS = Group(Name("过程", "process"), 1, Fraction(61), (indicator("预算控制率", "budget control rate", 5),))

RUBRIC = Rubric(
    title="部门整体支出绩效评价",
    period=Period(2017, 2017),
    place="",
    basis=(),
    full=Fraction(100),
    reading=None,
    grades=tuple(Grade(Name(zh, en), None) for zh, en in (("优", "excellent"), ("良", "good"), ("差", "poor"))),
    facts=FACTS,
    definitions=(),
    members=(INPUT, PROCESS),
)
