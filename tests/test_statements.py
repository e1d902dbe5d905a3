"""What a text states about numbers, recomputed: every expected verdict has its arithmetic beside it."""

from __future__ import annotations

import time
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.number import Printed, cut, decimal, half_up
from rubric.documents.document import Passage, Place
from rubric.reading.arithmetic import Calculation, Comparison, statements_of_arithmetic
from rubric.reading.numbers import Sense, figures
from rubric.reading.scores import Claimed, ScoreClaim, score_claims
from rubric.reading.shares import Whole, shares
from rubric.reading.statements import Statement, statements
from rubric.reading.sums import Adding, Listing, Repeated, Sum, sums

EXACT, ROUNDED, CUT, WRONG = Printed.EXACT, Printed.ROUNDED, Printed.TRUNCATED, Printed.WRONG


class Number(NamedTuple):
    """A number as it should be read: its text, value, decimals, unit and amount in the base unit."""

    text: str
    value: str
    places: int
    unit: str
    amount: str


NUMBERS = [
    Number("1,154.20", "1154.2", 2, "", "1154.2"),
    Number("１０００元", "1000", 0, "yuan", "1000"),
    Number("百分之九十五", "95", 0, "percent", "0.95"),
    Number("百分之一点五", "1.5", 1, "percent", "0.015"),
    Number("千分之三", "3", 0, "permille", "0.003"),
    Number("三千二百万元", "3200", 0, "wan_yuan", "32000000"),  # 3200 × 10000
    Number("91万元", "91", 0, "wan_yuan", "910000"),
    Number("3.2亿元", "3.2", 1, "yi_yuan", "320000000"),
    Number("2万亿元", "2", 0, "yuan", "2000000000000"),
    Number("3百万元", "3", 0, "yuan", "3000000"),
    Number("15千元", "15", 0, "qian_yuan", "15000"),
    Number("100％", "100", 0, "percent", "1"),
    Number("8.5个百分点", "8.5", 1, "percentage_point", "0.085"),
    Number("48小项", "48", 0, "project", "48"),
    Number("5万人次", "5", 0, "person_time", "50000"),
    Number("9128平方米", "9128", 0, "square_metre", "9128"),
    Number("1.5公里", "1.5", 1, "kilometre", "1500"),
    Number("两次", "2", 0, "time", "2"),
    Number("30场", "30", 0, "", "30"),
    Number("4 分", "4", 0, "score", "4"),
    Number("0万元", "0", 0, "wan_yuan", "0"),
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.text)
@pytest.mark.parametrize("around", ["{}", "其中{}，", "（{}）", "共计{}。"])
def test_a_number_is_read_with_its_unit_and_its_place(number: Number, around: str) -> None:
    text = around.format(number.text)
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == number.text
    assert (figure.value, figure.places) == (Fraction(number.value), number.places)
    assert (figure.unit, figure.amount) == (number.unit, Fraction(number.amount))


NO_NUMBERS = [
    "（保财绩〔2018〕2号）",
    "保财函[2017]94号和保财函[2017]66号",
    "2017年以来",
    "2017-2019年",
    "2017年至2019年度",
    "截至12月20日",
    "2018年3月29日",
    "2018-03-29",
    "2018.3.29",
    "2018/3/29",
    "（2018）2号",
    "第三季度",
    "第30期",
    "十九大",
    "（1）州对县",
    "1、预算配置",
    "(1)收入",
    "四（二）",
    "三、年度预算",
    "12.主管金融监管工作。",
    "电话：0743-7722222",
    "联系人13807431234",
    "编码088001",
    "十分重视",
    "“三公”经费",
    "三月综治",
    "上午8:30",
    "见附件1.2.3",
    "G20峰会",
    "见http://www.example.gov.cn/content_1560779.html?id=12",
    "引进资金过亿元",
    "一起努力",
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert figures(text) == ()


SENSES = [
    ("项目资金约500万元", Sense.ABOUT),
    ("资料500多份", Sense.ABOUT),
    ("A类件达到60%以上", Sense.ABOUT),
    ("每村不低于4万元", Sense.ABOUT),
    ("增长10-20%", Sense.RANGE),
    ("1万元至3万元", Sense.RANGE),
    ("奖金50万元", Sense.STATED),
]


@pytest.mark.parametrize(("text", "sense"), SENSES)
def test_how_firmly_a_number_is_meant(text: str, sense: Sense) -> None:
    assert {figure.sense for figure in figures(text)} == {sense}


def test_a_range_shares_its_unit() -> None:
    assert [figure.amount for figure in figures("10-20%")] == [Fraction(1, 10), Fraction(1, 5)]


def test_a_minus_is_a_sign_only_where_nothing_is_taken_from() -> None:
    assert [figure.value for figure in figures("变动率为-3%")] == [-3]
    assert [figure.value for figure in figures("374.59-49.06=325.53")] == [
        Fraction("374.59"),
        Fraction("49.06"),
        Fraction("325.53"),
    ]


class Formula(NamedTuple):
    """A text with one formula: its place in it, what it is called, and what is said of its result."""

    text: str
    stretch: str
    subject: str
    verdict: Printed
    expected: str


FORMULAS = [
    # 71 ÷ 74 = 0.959459…
    Formula("在职人员控制率为71/74×100%=95.94%，", "71/74×100%=95.94%", "在职人员控制率", CUT, "95.95"),
    Formula("在职人员控制率为71/74×100%=95.95%", "71/74×100%=95.95%", "在职人员控制率", ROUNDED, "95.95"),
    Formula("控制率=在职÷编制×100%=71÷74×100%=95.9%", "71÷74×100%=95.9%", "控制率", ROUNDED, "95.9"),
    Formula("（控制率＝71／74＊100％＝95.96％）", "71／74＊100％＝95.96％", "控制率", WRONG, "95.95"),
    Formula("(2)控制率71/74*100=95.95%。", "71/74*100=95.95%", "控制率", ROUNDED, "95.95"),
    Formula("71/74X100%=95.95%", "71/74X100%=95.95%", "", ROUNDED, "95.95"),
    Formula("控制率 = 71 / 74 x 100 % = 95.95 %", "71 / 74 x 100 % = 95.95 %", "控制率", ROUNDED, "95.95"),
    Formula("1900.00/0.01=190000", "1900.00/0.01=190000", "", EXACT, "190000"),  # no date
    Formula("71/74×100%≈96%", "71/74×100%≈96%", "", ROUNDED, "96"),
    Formula("71/74×100%=95.95%（四舍五入）", "71/74×100%=95.95%", "", ROUNDED, "95.95"),
    # (374.59 + 1464.91 - 49.06) ÷ (374.59 + 1464.91) = 1790.44 ÷ 1839.5 = 0.973329…
    Formula(
        "预算完成率为（374.59+1464.91-49.06）/（374.59+1464.91）×100%=97.33%，结转",
        "（374.59+1464.91-49.06）/（374.59+1464.91）×100%=97.33%",
        "预算完成率",
        ROUNDED,
        "97.33",
    ),
    # (91 - 131) ÷ 131 = -0.305343…
    Formula(
        "“三公经费”变动率为=(本年度预算数91-上年度预算数131）÷上年度预算数131×100％=-30.53％，根据",
        "(本年度预算数91-上年度预算数131）÷上年度预算数131×100％=-30.53％",
        "“三公经费”变动率",
        ROUNDED,
        "-30.53",
    ),
    Formula("(91-131)/131×100%=-40/131×100%=-30.5%", "(91-131)/131×100%=-40/131×100%=-30.5%", "", ROUNDED, "-30.5"),
    Formula("率=(91-131)/131×100%=30.53%", "(91-131)/131×100%=30.53%", "率", WRONG, "-30.53"),
    Formula("71/74=0.96×100%=96%", "71/74=0.96×100%=96%", "", ROUNDED, "96"),
    Formula("71/74=0.9594×100%=95.94%", "71/74=0.9594×100%=95.94%", "", CUT, "95.95"),
    Formula("71/74=0.95×100%=95%", "71/74=0.95×100%=95%", "", CUT, "96"),
    # -40 ÷ 130 would be -0.307692…, but the formula is over 131.
    Formula("(91-131)/131=-40/130×100%=-30.77%", "(91-131)/131=-40/130×100%=-30.77%", "", WRONG, "-30.53"),
    # 898.42 + 255.78 = 1154.20
    Formula("收入898.42+255.78=1154.2万元", "收入898.42+255.78=1154.2万元", "", EXACT, "1154.2"),
    Formula("11.5万元+3000元=11.8万元", "11.5万元+3000元=11.8万元", "", EXACT, "11.8"),  # 3000元 is 0.3万元
    Formula("125000元/74人=0.17万元", "125000元/74人=0.17万元", "", ROUNDED, "0.17"),  # 1689.19元
    Formula("10×98%=9.8分", "10×98%=9.8分", "", EXACT, "9.8"),
    Formula("71/74=0.96", "71/74=0.96", "", ROUNDED, "0.96"),
    # (100 - 97.33) ÷ 5 × 2 = 1.068
    Formula("得分=20-(100-97.33)/5×2=18.93分", "20-(100-97.33)/5×2=18.93分", "得分", ROUNDED, "18.93"),
    # (67.79 - 374.59) ÷ 374.59 = -0.819028…
    Formula(
        "率＝［（67.79－374.59）/374.59］×100%=-81.90%",
        "［（67.79－374.59）/374.59］×100%=-81.90%",
        "率",
        ROUNDED,
        "-81.9",
    ),
    Formula("1+2×3=9", "1+2×3=9", "", WRONG, "7"),
    Formula("8-3-2=3", "8-3-2=3", "", EXACT, "3"),
]


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.text)
def test_a_formula_is_recomputed(formula: Formula) -> None:
    (found,) = statements_of_arithmetic(formula.text, 7)
    assert isinstance(found, Calculation)
    assert formula.text[found.stretch.start : found.stretch.end] == formula.stretch
    assert found.stretch.passage == 7
    assert (found.subject, found.verdict) == (formula.subject, formula.verdict)
    assert found.expected == Fraction(formula.expected)


def test_a_row_of_a_table_is_read_cell_by_cell() -> None:
    found = statements([Passage("在职人员控制率\t71/74×100%=95.94%\t该项得3分\t其中2件", Place(4, table=1, row=2))])
    assert [type(each) for each in found] == [Calculation, ScoreClaim]
    assert [each.stretch.passage for each in found] == [4, 4]


def test_the_numbers_of_a_formula_keep_their_words() -> None:
    text = "变动率=(本年度“三公经费”预算数91-上年度预算数131)÷上年度预算数131×100%=-30.53%"
    (found,) = statements_of_arithmetic(text)
    assert isinstance(found, Calculation)
    assert [(operand.words, operand.figure.value) for operand in found.operands] == [
        ("本年度“三公经费”预算数", 91),
        ("上年度预算数", 131),
        ("上年度预算数", 131),
        ("", 100),
    ]


COMPARISONS = [
    ("71/74×100%=95.94%≤100%", True),  # 0.9594… ≤ 1
    ("率=101/100×100%=101%≤100%，", False),
    ("97.33%≥95%", True),
    ("变动率-30.53%≤0", True),
    ("33.14万元>91万元", False),
    ("3000元<0.2万元", False),  # 0.2万元 is 2000元
]


@pytest.mark.parametrize(("text", "holds"), COMPARISONS)
def test_a_comparison_is_held_to_its_word(text: str, holds: bool) -> None:
    (found,) = [each for each in statements_of_arithmetic(text) if isinstance(each, Comparison)]
    assert found.holds is holds


NO_FORMULAS = [
    "预算完成率=（上年结转+本年预算）/（年初结转+本年预算）×100%",
    "执行数/1000×100%=95%",  # the 执行数 is not given
    "工作人员71(含借调3)/74×100%=95%",
    "在职人员控制率=71/74×100%=96%左右",
    "1/0=0",
    "优≥90分；80≤x<90；60分≤得分<80分",
    "10%<变动率≤20%",
    "互联网+，2017年=",
    "分值=10，得分=8",
    "2017=2018-1年",
    "3:2=1.5",
    "36.42%<100",
    "| 变动率 | 4 | ≤ 0 |",
    "71)/74=1",
    "得(5-3)分=2",
    "http://www.example.gov.cn/a?id=1&b=2/3=4",
    "P<0.05，PM2.5≤35",
    "目标值≥95%\t实际完成98%\t得分10分",
]


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_what_cannot_be_reckoned_says_nothing(text: str) -> None:
    assert statements_of_arithmetic(text) == ()


amounts = st.integers(1, 10**7).map(lambda cents: Fraction(cents, 100))
places = st.integers(0, 4)


def _rate(part: Fraction, whole: Fraction, printed: str) -> Calculation:
    (found,) = statements_of_arithmetic(f"完成率为{decimal(part, 2)}/{decimal(whole, 2)}×100%={printed}%，")
    assert isinstance(found, Calculation)
    return found


@given(amounts, amounts, places)
def test_a_rate_that_is_rounded_is_right(part: Fraction, whole: Fraction, count: int) -> None:
    exact = part / whole * 100
    found = _rate(part, whole, decimal(exact, count))
    assert found.exact == exact
    assert found.verdict is (EXACT if half_up(exact, count) == exact else ROUNDED)


@given(amounts, amounts, places)
def test_a_rate_that_is_cut_is_told_from_one_that_is_rounded(part: Fraction, whole: Fraction, count: int) -> None:
    exact = part / whole * 100
    assume(cut(exact, count) != half_up(exact, count))
    assert _rate(part, whole, decimal(cut(exact, count), count)).verdict is CUT


@given(amounts, amounts, places, st.sampled_from([-2, -1, 1, 2]))
def test_another_last_digit_is_wrong(part: Fraction, whole: Fraction, count: int, off: int) -> None:
    exact = part / whole * 100
    printed = half_up(exact, count) + Fraction(off, 10**count)
    assume(printed >= 0 and printed not in (cut(exact, count), half_up(exact, count), exact))
    found = _rate(part, whole, decimal(printed, count))
    assert (found.verdict, found.expected) == (WRONG, half_up(exact, count))


@given(st.integers(0, 999), places)
def test_exactly_half_goes_up(number: int, count: int) -> None:
    """So many and a half of the last place, over one: up is rounded, down is cut."""
    exact = Fraction(2 * number + 1, 2 * 10**count)
    text = f"{decimal(exact, count + 1)}+0={{}}"
    for printed, verdict in ((half_up(exact, count), ROUNDED), (cut(exact, count), CUT)):
        (found,) = statements_of_arithmetic(text.format(decimal(printed, count)))
        assert isinstance(found, Calculation)
        assert found.verdict is verdict


class Shared(NamedTuple):
    """A printed share: its part and whole in base units, how the whole is known, and what is said of it."""

    part: str
    whole: str
    known: Whole
    verdict: Printed
    expected: str


SHARES: list[tuple[str, list[Shared]]] = [
    # 1 ÷ 156 = 0.641…%, 32 ÷ 156 = 20.512…%, 18 ÷ 156 = 11.538…%
    (
        "办理人大代表建议156件。其中，甲、乙类1件，占0.6%；丙类32件，占20.5%；丁类18件，占11.6%。",
        [
            Shared("1", "156", Whole.LISTED, ROUNDED, "0.6"),
            Shared("32", "156", Whole.LISTED, ROUNDED, "20.5"),
            Shared("18", "156", Whole.LISTED, WRONG, "11.5"),
        ],
    ),
    ("办理156件，其中丁类18件，占比为11.53%", [Shared("18", "156", Whole.LISTED, CUT, "11.54")]),
    ("共办理提案93件，A类46件，占总数的49.5%", [Shared("46", "93", Whole.LISTED, ROUNDED, "49.5")]),  # 49.462…
    ("A类18件，占总数156件的11.6%", [Shared("18", "156", Whole.TOLD, WRONG, "11.5")]),
    # 718 ÷ 200 = 359%, 1026 ÷ 320 = 320.625%
    (
        "上报信息718条，完成州定上报200条任务的359%，被采用379条，共计得分1026分，完成州定任务320分的320%。",
        [Shared("718", "200", Whole.TASK, EXACT, "359"), Shared("1026", "320", Whole.TASK, CUT, "321")],
    ),
    # 46 ÷ 93 = 49.462…%, 35 ÷ 93 = 37.634…%, 12 ÷ 93 = 12.903…%
    (
        "提案93件，A类46件、B类35、C类12件，分别占办理总数的49.5%、37.6%、12.9%；",
        [
            Shared("46", "93", Whole.LISTED, ROUNDED, "49.5"),
            Shared("35", "93", Whole.LISTED, ROUNDED, "37.6"),
            Shared("12", "93", Whole.LISTED, ROUNDED, "12.9"),
        ],
    ),
    (
        "办理结果为：A类5件，B类3件，分别占办理总数的62.5%、37.5%。",  # of 5 + 3 = 8
        [Shared("5", "8", Whole.TOGETHER, EXACT, "62.5"), Shared("3", "8", Whole.TOGETHER, EXACT, "37.5")],
    ),
    (
        "共20个，总签约金额197325万元，到位金额75015万元，资金到位率38%；已履约项目数14个，项目履约率70%。",
        # 75015 ÷ 197325 = 38.015…%, 14 ÷ 20 = 70%
        [Shared("750150000", "1973250000", Whole.RATE, ROUNDED, "38"), Shared("14", "20", Whole.RATE, EXACT, "70")],
    ),
    # A comparison with last year stands between the whole and its part: 4.5 ÷ 12.5 = 36%
    (
        "“三公”经费支出12.5万元，比上年减少2.5万元，下降16.67%。其中：公务接待费4.5万元，占36%；",
        [Shared("45000", "125000", Whole.LISTED, EXACT, "36")],
    ),
    ("计划50个，完成48个，完成率95%", [Shared("48", "50", Whole.RATE, WRONG, "96")]),
    ("总额2亿元，到位5000万元，到位率25%", [Shared("50000000", "200000000", Whole.RATE, EXACT, "25")]),
]


@pytest.mark.parametrize(("text", "expected"), SHARES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_share_is_worked_out_from_what_the_text_tells(text: str, expected: list[Shared]) -> None:
    found = shares(text)
    assert [
        (share.part.figure.amount, share.amount, share.known, share.verdict, share.expected) for share in found
    ] == [(Fraction(e.part), Fraction(e.whole), e.known, e.verdict, Fraction(e.expected)) for e in expected]
    for share in found:
        assert text[share.stretch.start : share.stretch.end].endswith("%")


NO_SHARES = [
    "A类2件，占办理总数100%",  # no whole in sight
    "A类件达到60%以上",
    "收入100万元，其中项目支出28万元，占年度预算的35%",  # of another whole
    "比上年增长5万元，增长率10%",
    "预算55万元，比上年增长5万元，增长率10%",
    "回答来信72件，办结率100％",
    "制发公文405件，比去年同期减少了约5%",
    "办理156件，其中丁类约18件，占12%",
    "办理156件，其中丁类18人，占12%",  # people are no cases
    "完成200条任务的50%",
    "共50个，其他工作做得好，完成率95%",
    "办理156件。其中，丁类18件，占11-12%",
    "共20个，履约14个，履约率7%",  # so far off that the whole is doubted
    "A类46件、B类35件，分别占49.5%、37.6%、12.9%",  # three shares of two parts
    "A类46件、B类35件，分别占49.5%、37.6%",  # not all of the parts, and no whole
]


@pytest.mark.parametrize("text", NO_SHARES)
def test_a_share_of_an_unclear_whole_says_nothing(text: str) -> None:
    assert shares(text) == ()


def test_a_name_with_marks_of_its_own_is_kept_whole() -> None:
    (share,) = shares("办理156件。其中，农、林、牧、渔和水利类32件，占20.5%")
    assert share.part.words == "农、林、牧、渔和水利类"
    assert share.whole is not None
    assert share.whole.words == "办理"


@given(st.integers(1, 10**6), st.integers(1, 10**6), places)
def test_a_share_is_judged_at_its_own_decimals(part: int, whole: int, count: int) -> None:
    exact = Fraction(part, whole) * 100
    (share,) = shares(f"办理{whole}件，其中甲类{part}件，占{decimal(exact, count)}%。")
    assert share.verdict is (EXACT if half_up(exact, count) == exact else ROUNDED)
    off = half_up(exact, count) + Fraction(2, 10**count)
    (share,) = shares(f"办理{whole}件，其中甲类{part}件，占{decimal(off, count)}%。")
    assert (share.verdict, share.expected) == (WRONG, half_up(exact, count))


class Added(NamedTuple):
    """A whole, its parts, how they are listed, whether they add up, and by how much they do not."""

    whole: str
    parts: str
    listing: Listing
    verdict: Adding
    difference: str


UP, OFF, BY_ROUNDING = Adding.ADDS_UP, Adding.DIFFERS, Adding.ROUNDING
SUMS: list[tuple[str, list[Added]]] = [
    # 898.42 + 255.78 = 1154.20
    (
        "总收入1154.2万元，其中一般公共预算拨款898.42万元（含非税拨款收入0元），政府性基金预算拨款收入255.78万元。",
        [Added("1154.2", "898.42 255.78", Listing.WHICH, UP, "0")],
    ),
    # 1055.65 + 418.36 = 1474.01
    (
        "2017年财政拨款支出1474.02万元，其中基本支出1055.65万元；项目支出418.36万元。",
        [Added("1474.02", "1055.65 418.36", Listing.WHICH, BY_ROUNDING, "-0.01")],
    ),
    # 569.26 + 4.56 + 580.38 = 1154.20; 117 + 463.38 = 580.38
    (
        "总支出1154.2万元，其中工资569.26万元，补助4.56万元，商品580.38万元（公用117万元，专项463.38万元）。",
        [
            Added("1154.2", "569.26 4.56 580.38", Listing.WHICH, UP, "0"),
            Added("580.38", "117 463.38", Listing.BRACKETS, UP, "0"),
        ],
    ),
    ("州人大代表建议5件(主办2件，会办3件)", [Added("5", "2 3", Listing.BRACKETS, UP, "0")]),
    ("州人大代表建议5件(主办2件和会办2件)", [Added("5", "2 2", Listing.BRACKETS, OFF, "-1")]),
    # 12.96 + 20.18 + 0 = 33.14
    (
        "实际支出33.14万元，其中运行维护费12.96万元，接待费20.18万元，购置费0万元。",
        [Added("33.14", "12.96 20.18 0", Listing.WHICH, UP, "0")],
    ),
    # 7 + 15 + 164 = 186
    (
        "召开会议186次，其中全县性大会7次、常务会议15次、其他中小型会议164次，比去年同期减少了约5%。",
        [Added("186", "7 15 164", Listing.WHICH, UP, "0")],
    ),
    ("召开会议196次，其中大会7次、常务会议15次、其他会议164次。", [Added("196", "7 15 164", Listing.REST, OFF, "-10")]),
    ("人员71人：其中男40人，女30人。", [Added("71", "40 30", Listing.WHICH, OFF, "-1")]),  # 70 is near 71
    ("用车3辆（其中：一般用车1辆，执法用车1辆，其他用车2辆）", [Added("3", "1 1 2", Listing.REST, OFF, "1")]),
    # 800 + 300 + 90 = 1190
    (
        "资金1,200万元（省级800万元、市级300万元、县级90万元）",
        [Added("1200", "800 300 90", Listing.BRACKETS, OFF, "-10")],
    ),
    ("收入2万元，其中甲5000元，乙1.5万元。", [Added("2", "5000 1.5", Listing.WHICH, UP, "0")]),
    # What follows the parts that add up is told of something else.
    ("总收入100万元，其中甲60万元，乙40万元，丙支出90万元。", [Added("100", "60 40", Listing.WHICH, UP, "0")]),
    ("投入为13分，过程为52分，产出为26分，总得分91分。", [Added("91", "13 52 26", Listing.TOTAL, UP, "0")]),
    ("投入为13分，过程为52分，产出为26分，总得分92分。", [Added("92", "13 52 26", Listing.TOTAL, OFF, "-1")]),
    (
        "收入3456.78万元,较上年增加12.3%;其中:拨款3000万元,其他456.78万元。",
        [Added("3456.78", "3000 456.78", Listing.WHICH, UP, "0")],
    ),
    ("甲项目20万元、乙项目30万元，合计50万元。", [Added("50", "20 30", Listing.TOTAL, UP, "0")]),
]


@pytest.mark.parametrize(("text", "expected"), SUMS, ids=lambda value: value if isinstance(value, str) else "")
def test_parts_are_added_up(text: str, expected: list[Added]) -> None:
    found = [each for each in sums(text) if isinstance(each, Sum)]
    assert [
        (each.whole.figure.value, [part.figure.value for part in each.parts], each.listing, each.verdict)
        for each in found
    ] == [(Fraction(e.whole), [Fraction(p) for p in e.parts.split()], e.listing, e.verdict) for e in expected]
    assert [each.difference for each in found] == [Fraction(e.difference) for e in expected]


NO_SUMS = [
    "收入1464.91万元：其中一般公共服务收入1340.63万元；社会保障65.6万元；农林水30万元等。",
    "运行经费361.33万元：办公设备购置19.57万元，办公费用66.55万元，其他商品和服务支出14.25万元等等。",
    "2017年度收入1484.64万元：其中一般公共事务收入1359.36万元；政府性基金收入0万元。",
    "总支出1791.44万元：其中一般公共事务1368.74万元；政府性基金316.42万元。",
    "年末结转67.79万元（其中：基本支出结转49.06万元，项目支出结转0万元）。",
    "培训100人次，其中党员60人次，妇女50人次",
    "办理156件，其中甲类18件",
    "办理156件，主要有甲类100件，乙类55件",
    "收入100万元，其中主要是甲60万元，乙39万元",
    "收入约100万元，其中甲60万元，乙39万元",
    "在职人员控制率（3分）（优3分，良2分）",
    "在职71人，退休20人，编制74个",
    "增长10%，其中甲6%，乙3.9%",
]


@pytest.mark.parametrize("text", NO_SUMS)
def test_a_list_that_claims_nothing_is_not_added_up(text: str) -> None:
    assert sums(text) == ()


def test_a_quantity_told_twice_with_two_numbers_is_found() -> None:
    text = "组织参加会议39次，召开各类会议196次，召开各类会议186次，其中大会7次、其他会议179次。"
    (repeated,) = [each for each in sums(text) if isinstance(each, Repeated)]
    assert (repeated.first.figure.value, repeated.second.figure.value) == (196, 186)
    assert text[repeated.stretch.start : repeated.stretch.end] == "召开各类会议196次，召开各类会议186次"


@pytest.mark.parametrize(
    "text", ["召开会议19次，召开会议19次", "甲3次，乙4次", "召开会议约9次，召开会议8次", "共3件，共4人"]
)
def test_what_is_not_told_twice_is_not_found(text: str) -> None:
    assert sums(text) == ()


def _listed(cents: list[int], whole: Fraction) -> Sum:
    parts = "，".join(f"甲{'乙' * at}{decimal(Fraction(each, 100), 2)}万元" for at, each in enumerate(cents))
    (found,) = sums(f"支出{decimal(whole, 2)}万元（{parts}）")
    assert isinstance(found, Sum)
    return found


several = st.lists(st.integers(1, 10**6), min_size=2, max_size=8)


@given(several)
def test_parts_in_brackets_add_up(cents: list[int]) -> None:
    found = _listed(cents, Fraction(sum(cents), 100))
    assert (found.verdict, found.difference) == (UP, 0)


@given(several, st.sampled_from([-1, 1]))
def test_a_hundredth_may_be_rounding(cents: list[int], off: int) -> None:
    whole = Fraction(sum(cents) + off, 100)
    # The first parts may add up to a whole that is smaller.
    assume(all(sum(cents[:count]) != sum(cents) + off for count in range(2, len(cents))))
    found = _listed(cents, whole)
    assert (found.verdict, found.difference) == (BY_ROUNDING, Fraction(-off, 100))


@given(st.lists(st.integers(10, 10**4), min_size=2, max_size=8), st.sampled_from([-1, 1]))
def test_counted_things_are_never_rounded(counts: list[int], off: int) -> None:
    whole = sum(counts) + off
    assume(all(sum(counts[:count]) != whole for count in range(2, len(counts))))
    parts = "、".join(f"甲{'乙' * at}{each}件" for at, each in enumerate(counts))
    (found,) = sums(f"办理{whole}件，其中{parts}、其他0件。")
    assert isinstance(found, Sum)
    assert (found.verdict, found.difference) == (OFF, -off)


CLAIMS: list[tuple[str, list[tuple[Claimed, str, str]]]] = [
    ("具有可行性，根据评分标准该项得分4分；", [(Claimed.ITEM, "", "4")]),
    ("该项得4分", [(Claimed.ITEM, "", "4")]),
    ("自评得分4分", [(Claimed.ITEM, "", "4")]),
    ("得 4 分", [(Claimed.ITEM, "", "4")]),
    ("得分：4.5分", [(Claimed.ITEM, "", "4.5")]),
    ("自评得三分", [(Claimed.ITEM, "", "3")]),
    ("在职人员控制率得3分", [(Claimed.ITEM, "在职人员控制率", "3")]),
    (
        "人员控制率得3分；“三公经费”变动率得4分",
        [(Claimed.ITEM, "人员控制率", "3"), (Claimed.ITEM, "“三公经费”变动率", "4")],
    ),
    ("结余率50/1000×100%=5%<10%，得5分。", [(Claimed.ITEM, "", "5")]),
    ("扣2分，该项得3分", [(Claimed.ITEM, "", "3")]),
    ("根据评分标准该项得分0分", [(Claimed.ITEM, "", "0")]),
    (
        "评价得分是：投入绩效为13分，过程绩效为52分，产出及效率绩效为26分，总得分91分。评价等为“优”。",
        [
            (Claimed.SUBTOTAL, "投入", "13"),
            (Claimed.SUBTOTAL, "过程", "52"),
            (Claimed.SUBTOTAL, "产出及效率", "26"),
            (Claimed.TOTAL, "", "91"),
            (Claimed.GRADE, "", "优"),
        ],
    ),
    ("投入小计13分，过程小计52分", [(Claimed.SUBTOTAL, "投入", "13"), (Claimed.SUBTOTAL, "过程", "52")]),
    ("自评得分96分，评价等级为优", [(Claimed.TOTAL, "", "96"), (Claimed.GRADE, "", "优")]),
    (
        "自评综合得分为93.5分（满分100分），评价等级为“优”。",
        [(Claimed.TOTAL, "", "93.5"), (Claimed.GRADE, "", "优")],
    ),
    ("评定等次：良", [(Claimed.GRADE, "", "良")]),
    ("评价结果为“良好”等级。", [(Claimed.GRADE, "", "良好")]),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_report_claims_is_found(text: str, expected: list[tuple[Claimed, str, str]]) -> None:
    found = score_claims(text)
    assert [(each.claimed, each.name, each.points, each.grade) for each in found] == [
        (
            claimed,
            name,
            None if claimed is Claimed.GRADE else Fraction(value),
            value if claimed is Claimed.GRADE else "",
        )
        for claimed, name, value in expected
    ]
    assert all(text[each.stretch.start : each.stretch.end].strip() for each in found)


NO_CLAIMS = [
    "按0.5分/次扣除县政府目标管理分数",
    "≤100%，计3分；每超过1个百分点扣0.5分，扣完为止。",
    "达到95%以上得3分，否则不得分",
    "共计得分1026分，完成州定任务320分的320%",
    "绩效考核分在60分以下的，在全办通报批评",
    "等级为优（90分以上）",
    "该项不得分",
    "完全符合5分；90-100%得3分；70-90%得1分",
    "不高于年度目标得10分，高于得0分",
    "达5%得1分，达10%得2分，达15%得3分",
    "每有一次会议纪要得1分",
    "十分重视，充分发挥",
    "满分5分",
    "评价总分100分",
    "总得分90分以上为优",
    "分值为3分",
    "第三季度排名全县第一",
    "完成9128平方米",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_a_rule_is_no_claim(text: str) -> None:
    assert score_claims(text) == ()


REPORT = Path(__file__).parents[2] / "shared" / "domain" / "reports" / "baojing-gov-office-2017.txt"

# Every statement of the report that a reader should look at, with what is wrong with it.
DOUBTFUL = [
    "召开各类会议196次，召开各类会议186次",  # one quantity, two numbers
    "共计得分1026分，完成州定任务320分的320%",  # 320.625, cut
    "社会及公共事务类18件，占11.6%",  # 18 ÷ 156 = 11.538…: 11.5
    "2017年财政拨款支出1474.02万元，其中基本支出1055.65万元；项目支出418.36万元",  # 1474.01
    "71/74×100%=95.94%",  # 95.9459…, cut
]


@pytest.mark.skipif(not REPORT.exists(), reason="the whole text of the report is not beside the repository")
def test_the_report_of_a_county_office() -> None:
    lines = REPORT.read_text("utf-8").split("\n")
    found = statements([Passage(line, Place(number)) for number, line in enumerate(lines, 1)])

    def quoted(each: Statement) -> str:
        return lines[each.stretch.passage - 1][each.stretch.start : each.stretch.end]

    assert [quoted(each) for each in found.doubtful] == DOUBTFUL
    assert [each.verdict for each in found.calculations] == [CUT, *[ROUNDED] * 6]
    assert [each.holds for each in found.comparisons] == [True]
    assert Counter(each.verdict for each in found.shares) == {ROUNDED: 11, EXACT: 4, CUT: 1, WRONG: 1}
    assert Counter(each.verdict for each in found.sums) == {UP: 9, BY_ROUNDING: 1}
    points = [each.points for each in found.claims if each.claimed is Claimed.ITEM]
    assert points == [3, 3, 3, 4, 5, 4, 0, 8, 6, 8, 6, 5, 8, 6, 6]
    subtotals = [(each.name, each.points) for each in found.claims if each.claimed is Claimed.SUBTOTAL]
    assert subtotals == [("投入", 13), ("过程", 52), ("产出及效率", 26)]
    assert [each.points for each in found.claims if each.claimed is Claimed.TOTAL] == [91]
    assert [each.grade for each in found.claims if each.claimed is Claimed.GRADE] == ["优"]


@given(st.text(alphabet="其中共占分别率得总等为0129.,%万元件次（）()，。；：、-+×/=≤\t ", max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = statements([Passage(text, Place(3))])
    for each in found:
        passage, start, end = each.stretch
        assert passage == 3
        assert 0 <= start < end <= len(text)


HOSTILE = [
    "1+",
    "(1",
    "=1+1",
    "字1=",
    "((",
    "1,",
    "一百",
    "百分之",
    " ",
    "2017年",
    "分别占1%、",
    "得1分，",
    "1件，",
    "1件:",
]
HOSTILE += ["1件:", "其中1件，占1%；", "1件(其中", "合计1件，", "1件(1件，1件)", "1件，完成1件的1%，"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_passage_takes_little_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    statements([Passage(text, Place(1))])
    assert time.process_time() - started < 4  # all readers together; about one second where nothing else runs
