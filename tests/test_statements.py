"""What a text states about numbers, recomputed: every expected verdict has its arithmetic beside it."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.number import Printed, cut, decimal, half_up
from rubric.reading.arithmetic import Calculation, Comparison, statements_of_arithmetic
from rubric.reading.numbers import Sense, figures

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
    # 898.42 + 255.78 = 1154.20
    Formula("收入898.42+255.78=1154.2万元", "收入898.42+255.78=1154.2万元", "", EXACT, "1154.2"),
    Formula("11.5万元+3000元=11.8万元", "11.5万元+3000元=11.8万元", "", EXACT, "11.8"),  # 3000元 is 0.3万元
    Formula("125000元/74人=0.17万元", "125000元/74人=0.17万元", "", ROUNDED, "0.17"),  # 1689.19元
    Formula("10×98%=9.8分", "10×98%=9.8分", "", EXACT, "9.8"),
    Formula("71/74=0.96", "71/74=0.96", "", ROUNDED, "0.96"),
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
    "71)/74=1",
    "得(5-3)分=2",
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


HOSTILE = ["1+", "(1", "=1+1", "字1=", "(", "1=", "1字+", "1,", "一", "百分之", "1.1", " ", "2017年", "第一"]
READERS = [figures, statements_of_arithmetic]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_long_passage_takes_little_time(read: object, piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    read(text)  # type: ignore[operator]
    assert time.process_time() - started < 2  # about a fifth of a second on an idle machine
