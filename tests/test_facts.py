"""Facts files: read exactly, bound to a rubric, refused with a sentence."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from facts_rubric import RUBRIC
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from engine.diagnostic import is_error
from engine.facts import (
    Basis,
    Contradictory,
    Facts,
    Missing,
    NotApplicableFact,
    Present,
    Provenance,
    Value,
)
from engine.rules import Amount, FactDeclaration, Levels, Name, Period, Rubric
from engine.unit import ONE, UNITS, Quantity
from rubric.messages.facts import FACT_FINDINGS
from rubric.messages.frame import render
from rubric.messages.rules import RULE_FINDINGS
from rubric.messages.scoring import SCORING_NOTES
from rubric.readers.exact_yaml import Mapping, Node, Scalar, Sequence, read_tree
from rubric.readers.facts import FactsFile, bind, facts_for, load_facts, read_facts
from rubric.readers.model import PROSE
from rubric.readers.values import value

HERE = Path(__file__).parent
BAOJING = HERE / "reports" / "baojing-gov-office-2017.yaml"
FRAMES = ["fullwidth-colon", "many-mistakes-at-once", "adjustment-wrong", "quote-without-figure", "key-misspelt"]

PERSON, WAN_YUAN, PERCENT = UNITS["person"], UNITS["wan_yuan"], UNITS["percent"]


def read(text: str) -> FactsFile:
    facts, findings = read_facts(text, "facts.yaml")
    assert facts is not None, findings
    return facts


def bound(text: str) -> Facts:
    facts, findings = facts_for(RUBRIC, text, "facts.yaml")
    assert facts is not None, findings
    return facts


def codes(text: str) -> list[str]:
    return [finding.code for finding in facts_for(RUBRIC, text, "facts.yaml")[1]]


def only(value: str) -> str:
    return f"部门: 县政府办\n年度: 2017\n事实:\n  {value}\n"


# ------------------------------------------------------------------------------------ values, undamaged

VALUES: list[tuple[str, Value]] = [
    ("71 人", Quantity(Fraction(71), PERSON)),
    ("71人", Quantity(Fraction(71), PERSON)),
    ("７１ 人", Quantity(Fraction(71), PERSON)),
    ("71 people", Quantity(Fraction(71), PERSON)),
    ("1154.2万元", Quantity(Fraction(11542, 10), WAN_YUAN)),
    ("1,154.20 万元", Quantity(Fraction(11542, 10), WAN_YUAN)),
    ("1，154．20 万元", Quantity(Fraction(11542, 10), WAN_YUAN)),
    ("1154.2 ten thousand yuan", Quantity(Fraction(11542, 10), WAN_YUAN)),
    ("-30.53%", Quantity(Fraction(-3053, 100), PERCENT)),
    ("−30.53％", Quantity(Fraction(-3053, 100), PERCENT)),
    ("0.1", Quantity(Fraction(1, 10), ONE)),
    ("012", Quantity(Fraction(12), ONE)),
    ("1:30", "1:30"),
    ("1_000", "1_000"),
    ("1e3", "1e3"),
    ("0x10", "0x10"),
    (".5", ".5"),
    ("1,15.2 万元", "1,15.2 万元"),
    ("是", True),
    ("有", True),
    ("Yes", True),
    ("否", False),
    ("无", False),
    ("no", False),
    ("一等", "一等"),
    ("2级", "2级"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_a_value_is_read_as_written(text: str, expected: Value) -> None:
    assert value(text) == expected
    facts = read(only(f"甲: {text}"))
    assert facts.facts["甲"] == Present(expected)


def test_an_unquoted_word_is_not_converted() -> None:
    facts = read(only("甲: {值: on, 位置: 012, 原文: 1:30, 理由: 108.50}"))
    fact = facts.facts["甲"]
    assert isinstance(fact, Present)
    assert (fact.value, fact.provenance.section) == ("on", "012")
    assert (fact.provenance.quote, fact.provenance.reason) == ("1:30", "108.50")


def test_a_sentence_may_go_on_over_lines() -> None:
    text = only("甲:\n    值: 71 人\n    原文: |\n      实有：71人\n      编制: 74个\n    理由: 如下：\n      见附表")
    fact = read(text).facts["甲"]
    assert isinstance(fact, Present)
    assert fact.provenance.quote == "实有：71人\n编制: 74个"
    assert fact.provenance.reason == "如下： 见附表"


# ------------------------------------------------------------------------------------------ four states


def test_the_four_states_are_kept_apart() -> None:
    facts = read(
        "部门: 县政府办\n事实:\n"
        "  甲: {值: 71 人, 依据: 数据, 位置: 二, 原文: 实有71人}\n"
        "  乙: {状态: 缺失, 理由: 报告没有写}\n"
        "  丙: {状态: 不适用, 理由: 没有这项业务}\n"
        "  丁: {读数: [{值: 196 次}, {值: 186 次}]}\n"
    ).facts
    assert facts["甲"] == Present(Quantity(Fraction(71), PERSON), Provenance(Basis.FIGURE, "", "二", "实有71人"))
    assert facts["乙"] == Missing(Provenance(reason="报告没有写"))
    assert facts["丙"] == NotApplicableFact(Provenance(reason="没有这项业务"))
    first, second = (Present(Quantity(Fraction(number), UNITS["time"])) for number in (196, 186))
    assert facts["丁"] == Contradictory((first, second))
    assert read("部门: 县政府办\n事实:").get("戊") == Missing()


def test_a_value_remembers_its_place() -> None:
    fact = read(only("甲: {值: 71 人, 依据: 数据}")).facts["甲"]
    assert isinstance(fact, Present)
    assert fact.provenance.span == ("facts.yaml", 4, 10, 4, 14, "")


# ---------------------------------------------------------------------------------------- two languages

CHINESE = """
部门: 县政府办
年度: 2017
资料: {报告: 自评报告}
事实:
  在职人员数: {值: 71 人, 依据: 数据, 资料: 报告, 位置: 四, 原文: 实有71人}
  年初预算: 1154.2 万元
  是否新建楼堂馆所: {值: 否, 依据: 推定, 理由: 没有写到}
  行政效能: {值: 好, 依据: 评判, 理由: 查阅了台账}
  满意度: {状态: 缺失, 理由: 没有写到}
  违规事项: {读数: [0 例, 1 例]}
调整:
  - {事实: 年末结转, 金额: 49.06 万元, 理由: 内网建设资金, 佐证: 无, 认可: 部门自行}
自评:
  指标:
    在职人员控制率: {得分: 3, 比率: 95.94%, 位置: 四, 原文: 该项得分3分}
    “三公经费”变动率: {得分: 未叙述}
  小计: {投入: 13}
  总分: 91
  等级: 优
"""

ENGLISH = """
department: 县政府办
year: 2017
documents: {报告: 自评报告}
facts:
  staff: {value: 71 people, basis: figure, document: 报告, section: 四, quote: 实有71人}
  Opening Budget: 11542000 yuan
  new buildings: {value: no, basis: inference, reason: 没有写到}
  administration: {value: good, basis: judgement, reason: 查阅了台账}
  satisfaction: {state: missing, reason: 没有写到}
  breaches: {readings: [0 cases, 1 case]}
adjustments:
  - {fact: carried over, amount: 49.06 wan yuan, ground: 内网建设资金, evidence: 无, allowed by: 部门自行}
claims:
  indicators:
    staff control rate: {points: 3, rate: 95.94%, section: 四, quote: 该项得分3分}
    hospitality change: {points: not narrated}
  subtotals: {input: 13 points}
  total: 91
  grade: excellent
"""


def test_both_languages_say_the_same() -> None:
    chinese, english = bound(CHINESE), bound(ENGLISH)
    assert chinese.facts == english.facts
    assert chinese.adjustments == english.adjustments
    assert chinese.claims is not None
    assert english.claims is not None
    assert chinese.claims.indicators == english.claims.indicators
    assert [pair[:2] for pair in chinese.claims.subtotals] == [pair[:2] for pair in english.claims.subtotals]
    assert (chinese.claims.total, chinese.claims.grade) == (english.claims.total, english.claims.grade) == (91, "优")


def test_binding_gives_the_rubrics_own_keys_units_and_levels() -> None:
    facts = bound(ENGLISH).facts
    assert facts["年初预算"] == Present(Quantity(Fraction(11542, 10), WAN_YUAN))
    assert isinstance(facts["行政效能"], Present)
    assert facts["行政效能"].value == "好"
    assert isinstance(facts["是否新建楼堂馆所"], Present)
    assert facts["是否新建楼堂馆所"].value is False


@pytest.mark.parametrize("name", ["“三公经费”变动率", "三公经费变动率", "'\"三公经费\"变动率'", "「三公经费」变动率"])
def test_quotation_marks_do_not_tell_names_apart(name: str) -> None:
    claims = bound(f"部门: 甲\n年度: 2017\n事实: {{}}\n自评: {{指标: {{{name}: 4}}}}\n").claims
    assert claims is not None
    assert [claim.indicator for claim in claims.indicators] == ["“三公经费”变动率"]


def test_units_convert_exactly() -> None:
    for text in ("1154.2 万元", "11542000 元", "0.11542 亿元", "11,542 千元"):
        fact = bound(only(f"年初预算: {text}")).facts["年初预算"]
        assert fact == Present(Quantity(Fraction(11542, 10), WAN_YUAN))


def test_a_level_may_be_called_yes() -> None:
    levels = FactDeclaration(Name("内控制度"), Levels((Name("有"), Name("无"))))
    facts, _ = facts_for(replace(RUBRIC, facts=(levels,)), only("内控制度: 有"), "facts.yaml")
    assert facts is not None
    assert facts.facts["内控制度"] == Present("有")


def test_facts_that_come_from_no_file_are_bound_too() -> None:
    facts = Facts("县政府办", 2017, {"staff": Present(Quantity(Fraction(71), PERSON)), "编制": Missing()})
    result, findings = bind(facts, RUBRIC)
    assert result.facts == {"在职人员数": Present(Quantity(Fraction(71), PERSON))}
    assert [(finding.code, finding.span.line) for finding in findings] == [("unknown-fact", 0)]


def test_readings_are_bound_one_by_one() -> None:
    assert codes(only("年初预算: {读数: [1154.2 万元, 3 人]}")) == ["different-unit"]


def test_a_rate_keeps_its_printed_decimals() -> None:
    claims = bound(CHINESE).claims
    assert claims is not None
    rate = claims.indicators[0].rate
    assert rate is not None
    assert (rate.text, rate.value, rate.places, rate.percent) == ("95.94%", Fraction(9594, 10000), 2, True)


# --------------------------------------------------------------------------------------- a whole report


def test_the_baojing_report() -> None:
    facts, findings, text = load_facts(BAOJING)
    assert findings == ()
    assert facts is not None
    assert facts.digest == hashlib.sha256(BAOJING.read_bytes()).hexdigest() == hashlib.sha256(text.encode()).hexdigest()
    assert (len(facts.facts), len(facts.others)) == (41, 43)
    assert facts.claims is not None
    narrated = [claim.points for claim in facts.claims.indicators if claim.points is not None]
    assert (len(narrated), sum(narrated)) == (15, 75)  # 13 + 42 + 20
    assert sum(points for _, points, _ in facts.claims.subtotals) == facts.claims.total == 91
    assert sum(claim.rate is not None for claim in facts.claims.indicators) == 7


def test_the_figures_of_the_baojing_report_stand_in_their_sentences() -> None:
    facts, _, _ = load_facts(BAOJING)
    assert facts is not None
    amounts = {name: fact for name, fact in facts.facts.items() if isinstance(fact, Present)}
    declared = tuple(
        FactDeclaration(Name(name), Amount(fact.value.unit))
        for name, fact in amounts.items()
        if isinstance(fact.value, Quantity)
    )
    rubric = Rubric("", Period(2017, 2017), "", (), Fraction(100), None, (), declared, (), ())
    _, findings = bind(facts, rubric)
    assert not [finding for finding in findings if finding.code == "quote-without-figure"]


# -------------------------------------------------------------------------------------------- sentences


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", FRAMES)
def test_findings_as_they_are_shown(case: str, language: str, file_regression: FileRegressionFixture) -> None:
    file = f"{case}.yaml"
    text = (HERE / "broken" / "facts" / file).read_text("utf-8")
    _, findings = facts_for(RUBRIC, text, file)
    shown = render(findings, {file: text}, "zh" if language == "zh" else "en")
    file_regression.check(shown, encoding="utf-8", fullpath=HERE / "broken" / "facts" / f"{case}.{language}.txt")


def test_codes_are_used_once() -> None:
    """A code that two tables share would have the sentence of the later table."""
    both = [code for code in FACT_FINDINGS if code in RULE_FINDINGS or code in SCORING_NOTES]
    assert not both


def test_names_and_places_of_files(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path, code in ((tmp_path / "none.yaml", "no-such-file"), (tmp_path / "folder", "is-a-directory")):
        facts, findings, text = load_facts(path)
        assert (facts, [finding.code for finding in findings], text) == (None, [code], "")


def test_columns_count_characters() -> None:
    _, findings = facts_for(RUBRIC, only("𠀀甲乙: 71 人"), "facts.yaml")
    assert [finding.span[1:5] for finding in findings] == [(4, 3, 4, 6)]


# ------------------------------------------------------------------------- one mistake, one finding

LINES = BAOJING.read_text("utf-8").split("\n")


def change(pattern: str, new: str) -> Callable[[str], str]:
    """The first place of a pattern in a line, written otherwise; comments are left alone."""
    return lambda line: line if line.lstrip().startswith("#") else re.sub(pattern, new, line, count=1)


SLIPS = {
    "fullwidth-colon": change(": ", "："),
    "missing-space": change("值: ", "值:"),
    "fullwidth-comma": change(", ", "，"),
    "unclosed-bracket": change("}$", ""),
    "unopened-bracket": change(r"\{", ""),
    "unclosed-quote": change(": ", ': "'),
    "unknown-key": change("依据", "衣据"),
}


@pytest.mark.parametrize("code", SLIPS)
def test_one_mistake_one_finding(code: str) -> None:
    """Whichever line of the report has the slip, that line is told, and nothing else."""
    tried = 0
    for number, line in list(enumerate(LINES))[::3]:
        slipped = SLIPS[code](line)
        if slipped == line or (code == "unopened-bracket" and " - {" in line) or "小计" in line:
            continue
        tried += 1
        _, findings = read_facts("\n".join([*LINES[:number], slipped, *LINES[number + 1 :]]), "facts.yaml")
        assert [(finding.span.line, finding.code) for finding in findings] == [(number + 1, code)]
    assert tried > 20


SCRAPS = "实有71人·：·:·: ·，·, ·“三公”·'·\"·#· #·[·]·{·}·- ·\n· ·　·\t·；·值·|·>·&a·*b·!x·%·①·1,154.20·1:30·a://b"
TEXTS = st.lists(
    st.sampled_from(SCRAPS.split("·")),
    max_size=8,
).map("".join)
ENTRIES = st.dictionaries(st.sampled_from(["值", "原文", "理由", "位置", "佐证"]), TEXTS, min_size=1)


NAMES = st.sampled_from(["在职人员数", "“三公”经费", "预算（年初）", "其中：拨款", "A b"])


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(NAMES, ENTRIES | TEXTS, min_size=1),
    st.lists(ENTRIES, min_size=1, max_size=3),
    st.sampled_from([True, False, None]),
    st.sampled_from([10, 30, 1000]),
    st.sampled_from([None, "'", '"', "|", ">"]),
)
def test_sound_yaml_is_read_as_it_is(facts: object, items: object, flow: bool, width: int, style: str) -> None:
    """Nothing that a YAML writer may write is taken for a slip of the hand."""
    data = {"事实": facts, "调整": items}
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=width, default_style=style)
    tree = read_tree(text, "facts.yaml", PROSE)
    assert tree.root is not None
    assert (plain(tree.root), tree.findings) == (yaml.load(text, yaml.BaseLoader), ())


def plain(node: Node) -> object:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}


# ------------------------------------------------------------------------------------ hostile and broken

WORDS = "部门·年度·事实·自评·指标·值·读数·状态·调整·在职人员数·71 人·2017·缺失·是"
MARKS = ": ·：·:·\n·\n  ·\n    ·- ·{·}·[·]·, ·，·\"·'·“·#· #·|·>·&a·*a·!!int ·<<·---·...·?·%·\t·　·\r\n·~·@·`·\\·0·-·｛"
PIECES = st.sampled_from([*WORDS.split("·"), *MARKS.split("·")])


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_looks_like_yaml_is_answered(text: str) -> None:
    assert_answered(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_whatever_is_text_is_answered(text: str) -> None:
    assert_answered(text)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 200), st.lists(PIECES, max_size=4).map("".join))
def test_a_damaged_report_is_answered(start: int, length: int, patch: str) -> None:
    text = CHINESE
    assert_answered(text[:start] + patch + text[start + length :])


def assert_answered(text: str) -> None:
    facts, findings = facts_for(RUBRIC, text, "facts.yaml")
    assert (facts is None) == any(map(is_error, findings))
    lines = text.split("\n")
    for finding in findings:
        assert 0 <= finding.span.line <= len(lines) + 1
        assert finding.span.column >= (1 if finding.span.line else 0)
    for language in ("zh", "en"):
        render(findings, {"facts.yaml": text}, "zh" if language == "zh" else "en")


HOSTILE = {
    "brackets": "[" * 500_000,
    "braces": "{a: " * 300_000,
    "quotes": '"' + "\\" * 1_000_000,
    "one-line": "部门: " + "a: b, " * 100_000,
    "colons": "：" * 299_000,
    "keys-in-braces": "{" + "甲：乙, " * 40_000,
    "commas": "a: {" + "1,154," * 49_000 + "}",
    "unknown-facts": "部门: 甲\n事实:\n" + "".join(f"  事项{n}: 1 人\n" for n in range(4_500)),
    "unknown-keys": "部门: 甲\n事实: {}\n" + "".join(f"事项{n}: 1 人\n" for n in range(4_500)),
    "bad-entries": "部门: 甲\n事实:\n" + "".join(f"  事项{n}: [1]\n" for n in range(3_000)),
    "adjustments": "部门: 甲\n事实: {}\n调整:\n" + "- {事实: 年末结转, 金额: 1 人, 理由: 无}\n" * 1_400,
    "figures": "部门: 甲\n事实:\n  年初预算: {值: 3 万元, 依据: 数据, 原文: '" + "7 元 " * 4_900 + "'}\n",
    "readings": "部门: 甲\n事实:\n  年初预算:\n    读数: [" + "1 万元, " * 9_000 + "1 元]\n",
    "tabs": "部门: 甲\n事实:\n" + "\t\t甲: 1\n" * 30_000,
    "open-quotes": "部门: 甲\n事实:\n" + "  甲: '1\n" * 20_000,
    "long-number": "部门: 甲\n事实: {甲: " + "9" * 19_000 + "}\n",
    "anchors": "- &a " * 200_000,
    "blank-lines": "\n" * 1_900_000,
    "questions": "? " * 900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_answered_in_time(name: str) -> None:
    began = time.perf_counter()
    facts, findings = facts_for(RUBRIC, HOSTILE[name], "facts.yaml")
    # A guard against hanging, not a measurement.
    assert time.perf_counter() - began < 30
    assert len(findings) <= 101
    assert facts is None or not any(map(is_error, findings))
