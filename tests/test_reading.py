"""Reports read into facts: what they say is found with its sentence, and what they do not say is not filled in."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import f

from engine.diagnostic import is_error
from engine.facts import Contradictory, Missing, Present
from engine.rules import Rubric
from engine.unit import UNITS, Quantity
from rubric import cli
from rubric.case import load_rules
from rubric.documents.document import Document, Passage, Place
from rubric.documents.opening import read_document
from rubric.language.read import read_rubric
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.facts import facts_for
from rubric.reading.filled import Filled
from rubric.reading.report import Report, read_report

ROOT = Path(__file__).parent.parent
REPORT = ROOT.parent / "shared" / "domain" / "reports" / "baojing-gov-office-2017.txt"
TRANSCRIBED = ROOT / "tests" / "reports" / "baojing-gov-office-2017.yaml"

RULES = """评分表「部门整体支出绩效评价」
  年度：2017
  依据：财预〔2011〕85号
  满分：20 分
  零头：不足一档不计
  等级：优 ≥ 18 分；良 ≥ 16 分；其余为差
事实
  在职人员数、编制数（人，大于 0）
  年初预算、本年追加（万元，大于 0）
  三公经费预算、三公经费支出（万元，大于 0）
  满意率（%）
  制度有效执行（是／否）
  考核等次（一等／二等／三等）
  违规事项（例）
数据来源
  在职人员数：实有在职人员
  编制数：核定编制（值）个
  三公经费支出：“三公经费”控制率…本年度支出数
  制度有效执行：得到了有效执行 → 是；没有执行 → 否
  考核等次：被评为（值）单位
  违规事项：无截留、挤占、挪用 → 0 例
  制度执行：制定了管理制度
一级指标 投入（10 分）
指标 在职人员控制率（5 分）
  公式：在职人员数 ÷ 编制数
  评分：≤ 100%，计 5 分；每超过 1 个百分点扣 1 分，扣完为止。
指标 预算控制率（5 分）
  公式：本年追加 ÷ 年初预算
  评分：≤ 10%，计 5 分；其余不得分。
一级指标 过程（10 分）
指标 “三公经费”控制率（3 分）
  公式：三公经费支出 ÷ 三公经费预算
  评分：≤ 100%，计 3 分；其余不得分。
指标 制度执行（2 分）
  评分：制度有效执行为是，计 2 分；其余不得分。
指标 满意度（2 分）
  公式：满意率
  评分：≥ 90%，计 2 分；其余不得分。
指标 考核等次（1 分）
  评分：一等，计 1 分；其余不得分。
指标 合规性（2 分）
  公式：违规事项
  评分：每出现一例扣 1 分，扣完为止。
"""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    found = read_rubric(RULES)
    assert found.findings == ()
    assert found.rubric is not None
    return found.rubric


def read(rubric: Rubric, *paragraphs: str) -> Report:
    passages = tuple(Passage(text, Place(number)) for number, text in enumerate(paragraphs, 1))
    return read_report(Document("report.txt", passages), rubric)


def told(report: Report, fact: str) -> list[object]:
    return [find.value for find in report.finds.get(fact, [])]


def amount(number: str, unit: str) -> Quantity:
    return Quantity(f(number), UNITS[unit])


# ------------------------------------------------------------------------------------------- what is found

FOUND = {
    "a name with a number behind it": ("年初预算1154.2万元。", "年初预算", amount("1154.2", "wan_yuan")),
    "words between": ("本年追加资金共计为310.71万元。", "本年追加", amount("310.71", "wan_yuan")),
    "full width": ("年初预算１，１５４．２０万元", "年初预算", amount("1154.2", "wan_yuan")),
    "another size": ("本年追加0.031亿元", "本年追加", amount("0.031", "yi_yuan")),
    "quotation marks inside": ("“三公经费”支出数为33.14万元", "三公经费支出", amount("33.14", "wan_yuan")),
    "quotation marks inside the name": ("三公“经费”预算为91万元", "三公经费预算", amount("91", "wan_yuan")),
    "after the year": ("2017年年初预算为5万元", "年初预算", amount("5", "wan_yuan")),
    "other words": ("2017年末实有在职人员71人，", "在职人员数", amount("71", "person")),
    "the unit of the report": ("编办核定编制74个，", "编制数", amount("74", "person")),
    "words that go on": (
        "“三公经费”控制率：上年较高，本年度支出数为33.14万元",
        "三公经费支出",
        amount("33.14", "wan_yuan"),
    ),
    "what words mean": ("各项制度并得到了有效执行", "制度有效执行", True),
    "what other words mean": ("有的制度没有执行", "制度有效执行", False),
    "none": ("无截留、挤占、挪用等现象", "违规事项", amount("0", "case")),
    "a level": ("考核中被评为一等单位", "考核等次", "一等"),
    "a level behind its name": ("考核等次为二等", "考核等次", "二等"),
    "per cent": ("满意率达到95.3％", "满意率", amount("95.3", "percent")),
}


@pytest.mark.parametrize("name", FOUND)
def test_found(rubric: Rubric, name: str) -> None:
    text, fact, value = FOUND[name]
    report = read(rubric, text)
    assert told(report, fact) == [value]
    (find,) = report.finds[fact]
    assert find.quote in text


NOT_FOUND = {
    "another name": "年初预算总收入1154.2万元",
    "a longer name": "公用经费年初预算117万元",
    "no number": "公用经费支出比年初预算略有增加",
    "another unit": "年初预算71人",
    "no unit": "预算控制率为310.71÷年初预算1154.2×100%",
    "a number further on": "年初预算执行情况较好，全年支出1200万元",
    "denied": "制度尚未得到了有效执行",
    "another level": "被评为先进单位",
    "a clause number": "年初预算：（1）概况",
}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_not_found(rubric: Rubric, name: str) -> None:
    assert read(rubric, NOT_FOUND[name]).finds == {}


def test_a_passage_about_an_indicator_is_about_its_facts(rubric: Rubric) -> None:
    """The opening budget in a passage on the control of receptions is that of receptions."""
    report = read(rubric, "“三公经费”控制率：本年度支出数为33.14万元，年初预算为91万元。", "年初预算1154.2万元。")
    assert told(report, "年初预算") == [amount("1154.2", "wan_yuan")]


def test_different_values_stand_side_by_side(rubric: Rubric) -> None:
    report = read(rubric, "年初预算1154.2万元。", "年初预算为11542000元。", "年初预算1154万元。")
    # 11542000 yuan are 1154.2 wan yuan: the same value, said twice.
    assert [find.quote for find in report.finds["年初预算"]] == ["年初预算1154.2万元", "年初预算1154万元"]
    facts, findings = facts_for(rubric, Filled(report, rubric, "report.txt", "zh").text(), "facts.yaml")
    assert not any(map(is_error, findings))
    assert facts is not None
    assert isinstance(facts.facts.get("年初预算"), Contradictory)


def test_what_is_not_said_is_missing(rubric: Rubric) -> None:
    report = read(rubric, "年初预算1154.2万元。")
    assert set(report.missing) == {fact.key for fact in rubric.facts} - {"年初预算"}
    facts, findings = facts_for(rubric, Filled(report, rubric, "report.txt", "zh").text(), "facts.yaml")
    assert facts is not None
    assert not any(map(is_error, findings))
    assert isinstance(facts.facts.get("本年追加"), Missing)


# Only a protection against hanging.
HANGS = 10.0

LONG = {
    "prose": "年初预算的编制不精细，" * 10_000,
    "digits": "1" * 100_000,
    "a name again and again": "年初预算" * 25_000,
    "a phrase again and again": "“三公经费”控制率" * 10_000,
    "claims": "该项得分4分，" * 15_000,
    "spaces behind a name": "年初预算" + " " * 100_000,
    "quotation marks": "“" * 100_000,
    "commas": "年初预算" + "1," * 50_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_passage_is_read_in_bounded_time(rubric: Rubric, name: str) -> None:
    start = time.perf_counter()
    assert read(rubric, LONG[name]).finds == {}
    assert time.perf_counter() - start < HANGS


# ---------------------------------------------------------------------------------------------- claims


def test_claims(rubric: Rubric) -> None:
    report = read(
        rubric,
        "某局2017年整体支出绩效自评报告",
        "（一）投入",
        "1．在职人员控制率为71/74×100%=95.94%≤100%，根据评分标准该项得分5分。预算控制率26.92%，该项得3分；",
        "本单位制定了管理制度，自评得分2分。全年信息共计得分1026分。",
        "另有加分，该项得分1分。",
        "投入绩效为8分，过程绩效为10分，总得分18分。评价等级为“优”。",
    )
    claimed = report.claimed
    assert {name: (claim.points, claim.rate) for name, claim in claimed.indicators.items()} == {
        "在职人员控制率": ("5", "95.94%"),
        "预算控制率": ("3", ""),
        "制度执行": ("2", ""),
    }
    # More than the whole rubric has belongs to some other competition; 1 point names no indicator.
    assert [claim.points for claim in claimed.of_nothing] == ["1"]
    assert {name: claim.points for name, claim in claimed.subtotals.items()} == {"投入": "8", "过程": "10"}
    assert claimed.total is not None
    assert claimed.total.points == "18"
    assert claimed.grade is not None
    assert claimed.grade.of == "优"
    assert (report.department, report.year) == ("某局", 2017)
    assert claimed.indicators["在职人员控制率"].place.section == "（一）1"


def test_the_total_is_not_that_of_another_assessment(rubric: Rubric) -> None:
    claimed = read(rubric, "考核等次：县考核得分96分，考核总分100分。", "总得分18分。").claimed
    assert claimed.total is not None
    assert claimed.total.points == "18"
    assert claimed.again == []


def test_two_totals_are_told(rubric: Rubric) -> None:
    claimed = read(rubric, "综上，总得分18分。", "评价结论：总得分17分。").claimed
    assert claimed.total is not None
    assert claimed.total.points == "18"
    assert [(claim.of, claim.points) for claim in claimed.again] == [("", "17")]


def test_more_points_than_there_are_are_kept_apart(rubric: Rubric) -> None:
    claimed = read(rubric, "预算控制率为5%，该项得分6分。", "投入绩效为11分，总得分15分。").claimed
    assert [(claim.of, claim.points) for claim in claimed.above_full] == [("预算控制率", "6"), ("投入", "11")]
    assert claimed.indicators == {}
    assert claimed.subtotals == {}


def test_a_second_claim_is_kept_apart(rubric: Rubric) -> None:
    claimed = read(rubric, "预算控制率为5%，该项得分5分。", "预算控制率：该项得分4分。").claimed
    assert claimed.indicators["预算控制率"].points == "5"
    assert [claim.points for claim in claimed.again] == ["4"]


# ------------------------------------------------------------------------------------------- facts files


@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from(LANGUAGES))
def test_whatever_a_report_holds_the_facts_file_can_be_read(noise: list[str], language: str) -> None:
    rubric = read_rubric(RULES).rubric
    assert rubric is not None
    texts = [f"{each}，年初预算{number}.5万元{each}" for number, each in enumerate(noise, 1)]
    report = read(rubric, *noise, *texts, *(f"预算控制率{each}该项得分{len(each) % 6}分" for each in noise))
    text = Filled(report, rubric, "report: [a] #1.txt", "en" if language == "en" else "zh").text()
    facts, findings = facts_for(rubric, text, "facts.yaml")
    assert facts is not None, (text, findings)
    assert not [finding for finding in findings if is_error(finding)], text
    values = {find.value for find in report.finds.get("年初预算", [])}
    assert (len(values) == 0) == isinstance(facts.facts.get("年初预算"), Missing)


# ------------------------------------------------------------------------------------ the report of 2017


@pytest.mark.skipif(not REPORT.is_file(), reason=f"the text of the report is not at {REPORT.name}")
def test_the_report_of_baojing() -> None:
    case = load_rules(ROOT / "rules" / "hunan" / "baojing-2017.rubric")
    assert case.rubric is not None
    document = read_document(REPORT)
    report = read_report(document, case.rubric)
    right, findings = facts_for(case.rubric, TRANSCRIBED.read_text("utf-8"), "facts.yaml")
    assert right is not None, findings
    wrong = {
        fact: (find.value, right.facts.get(fact))
        for fact, (find, *_) in report.finds.items()
        if not (isinstance(known := right.facts.get(fact), Present) and known.value == find.value)
    }
    assert wrong == {}
    assert all(len(finds) == 1 for finds in report.finds.values())
    told = {key for key, fact in right.facts.items() if isinstance(fact, Present)}
    # Not told: what the transcription infers, and what the report says in other words than its rubric.
    assert told - report.finds.keys() == {
        *("新建楼堂馆所", "经济社会效益", "行政效能", "制度完整"),
        *("基础数据真实", "基础数据完整", "会计资料准确"),
    }
    claims = right.claims
    assert claims is not None
    assert {each.indicator: each.points for each in claims.indicators if each.points is not None} == {
        name: f(claim.points) for name, claim in report.claimed.indicators.items()
    }
    assert len(report.claimed.indicators) == 15
    assert {name: points for name, points, _ in claims.subtotals} == {
        name: f(claim.points) for name, claim in report.claimed.subtotals.items()
    }
    assert report.claimed.total is not None
    assert report.claimed.grade is not None
    assert (f(report.claimed.total.points), report.claimed.grade.of) == (claims.total, claims.grade)
    assert (report.department, report.year) == ("保靖县政府办", 2017)
    assert report.claimed.of_nothing == []
    for finds in report.finds.values():
        assert finds[0].quote in finds[0].place.passage.text


FIGURES = REPORT.with_suffix(".yaml")


@pytest.mark.skipif(not FIGURES.is_file(), reason=f"the figures of the report are not at {FIGURES.name}")
def test_the_figures_of_baojing() -> None:
    """Every figure of the transcription, with its unit and its sentence, whether a fact asks for it or not."""
    case = load_rules(ROOT / "rules" / "hunan" / "baojing-2017.rubric")
    assert case.rubric is not None
    report = read_report(read_document(REPORT), case.rubric)
    told = [*(find for finds in report.finds.values() for find in finds), *report.others]
    found = {
        (value.exact, value.unit.dimension, each.quote) for each in told if isinstance(value := each.value, Quantity)
    }
    units = {"万元": "wan_yuan", "人": "person", "个": "person", "台": "device"}
    figures = [each for each in yaml.safe_load(FIGURES.read_text("utf-8"))["facts"] if each["unit"] in units]
    assert len(figures) == 38
    missed = []
    for each in figures:
        due = amount(each["value"], units[each["unit"]])
        if not any(_fits(due, each["quote"], *one) for one in found):
            missed.append(each["name"])
    # The rubric asks for nothing that is counted in 台.
    assert missed == ["一般公务用车"]


def _fits(due: Quantity, words: str, exact: Fraction, dimension: object, quote: str) -> bool:
    """Whether a figure is the one that a sentence of the transcription tells."""
    return (exact, dimension) == (due.exact, due.unit.dimension) and (words in quote or quote in words)


def test_figures_that_no_fact_asks_for(rubric: Rubric) -> None:
    report = read(
        rubric,
        "年初预算1154.2万元，其中基本支出1055.65万元，比上年增加20万元；项目支出约98.55万元。会议费3万元，会议费3万元。",
        "公务接待费12.96万元，面积9128平方米，接待320批次。",
    )
    # A change, what is about so much, what is told again, and what the rubric has no unit for are left out.
    assert [(each.name, each.value) for each in report.others] == [
        ("基本支出", amount("1055.65", "wan_yuan")),
        ("会议费", amount("3", "wan_yuan")),
        ("公务接待费", amount("12.96", "wan_yuan")),
    ]
    assert [each.quote for each in report.others] == ["基本支出1055.65万元", "会议费3万元", "公务接待费12.96万元"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_figures_have_names_of_their_own(rubric: Rubric, language: Language) -> None:
    """One that is named like a fact, or like another figure, bears its place as well."""
    report = read(rubric, "一、概况", "总支出5万元。总支出6万元，总支出7万元。", "“三公经费”控制率：年初预算为91万元。")
    text = Filled(report, rubric, "report.txt", language).text()
    facts, findings = facts_for(rubric, text, "facts.yaml")
    assert facts is not None
    assert not any(map(is_error, findings))
    block = yaml.safe_load(text)["其他数据" if language == "zh" else "other figures"]
    assert list(block) == ["总支出", "总支出（一）", "总支出（一·2）", "年初预算（一）"]


# --------------------------------------------------------------------------------------------- the command


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules, report, target = tmp_path / "rules.rubric", tmp_path / "report.txt", tmp_path / "facts.yaml"
    rules.write_text(RULES, "utf-8")
    report.write_text("某局2017年整体支出绩效自评报告\n年初预算1154.2万元，本年追加310.71万元。\n", "utf-8")
    asked = ["read", str(report), "--rules", str(rules), "-o", str(target)]
    assert cli.run(asked) == cli.FINDINGS
    assert "没有找到" in capsys.readouterr().err
    assert cli.run(["score", str(rules), str(target)]) == cli.INCOMPLETE
    assert "310.71 ÷ 1154.2 = 26.92%" in capsys.readouterr().out
    assert cli.run(asked) == cli.USAGE
    assert target.name in capsys.readouterr().err
    assert cli.run(["read", str(tmp_path / "none.txt"), "--rules", str(rules)]) == cli.USAGE
    assert "no-such-file" in capsys.readouterr().err
