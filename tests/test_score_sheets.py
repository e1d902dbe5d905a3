"""Score sheets in reports: what each row claims, whatever form the table has, and what stands beside a name."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument
from openpyxl import Workbook

from engine.diagnostic import is_error
from engine.facts import Present
from engine.rules import Rubric
from engine.score import assess
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
from tests.strategies import f

RULES = """评分表「部门整体支出绩效评价」
  年度：2017
  依据：财预〔2011〕85号
  满分：20 分
  零头：不足一档不计
  等级：优 ≥ 18 分；良 ≥ 16 分；其余为差
事实
  在职人员数、编制数（人，大于 0）
  年初预算、本年追加（万元，大于 0）
  制度有效执行（是／否）
  满意率（%）
数据来源
  编制数：核定编制
  制度有效执行：有效执行 → 是
一级指标 投入（10 分）
二级指标 预算配置（10 分）
指标 在职人员控制率（5 分）
  公式：在职人员数 ÷ 编制数
  评分：≤ 100%，计 5 分；每超过 1 个百分点扣 1 分，扣完为止。
指标 “三公经费”变动率（5 分）
  公式：本年追加 ÷ 年初预算
  评分：≤ 10%，计 5 分；其余不得分。
一级指标 过程（10 分）
指标 制度执行（4 分）
  评分：制度有效执行为是，计 4 分；其余不得分。
指标 满意度（6 分）
  公式：满意率
  评分：≥ 90%，计 6 分；其余不得分。
"""

# The criterion of the third row quotes the rule: 有效执行 there says nothing of the department.
HEAD = ("一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分", "备注")
SHEET = (
    ("投入（10分）", "预算配置", "在职人员控制率（%）", "5", "≤100%得5分", "5", ""),
    ("", "", "三公经费变动率", "5", "≤10%得5分", "3.5分", "略超"),
    ("过程", "", "3.制度执行", "4", "有效执行得4分，否则不得分", "4", ""),
    ("", "", "满意度", "6", "", "—", ""),
    ("合计", "", "", "20", "", "12.5", ""),
    ("评价等级", "优", "", "", "", "", ""),
)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    found = read_rubric(RULES)
    assert found.findings == ()
    assert found.rubric is not None
    return found.rubric


def rows(*cells: tuple[str, ...], table: int = 1, first: int = 1) -> list[Passage]:
    return [
        Passage("\t".join(row), Place(number, table=table, row=number), row) for number, row in enumerate(cells, first)
    ]


def read(rubric: Rubric, passages: list[Passage]) -> Report:
    return read_report(Document("report.docx", tuple(passages)), rubric)


def points(report: Report) -> dict[str, str]:
    return {name: claim.points for name, claim in report.claimed.indicators.items()}


CLAIMED = {"在职人员控制率": "5", "“三公经费”变动率": "3.5", "制度执行": "4"}


def test_each_row_claims_its_points(rubric: Rubric) -> None:
    report = read(rubric, rows(HEAD, *SHEET))
    assert points(report) == CLAIMED
    assert report.claimed.total is not None
    assert report.claimed.total.points == "12.5"
    assert report.claimed.grade is not None
    assert report.claimed.grade.of == "优"
    assert report.claimed.indicators["制度执行"].place.section == "表1第4行"
    assert report.finds == {}


def word(path: Path) -> None:
    document = WordDocument()
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in (("评价指标", "", "", *HEAD[3:]), *SHEET):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
        if row[0] in ("评价指标", "合计"):
            cells[0].merge(cells[2])
    document.save(str(path))


def excel(path: Path) -> None:
    book, stream = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *SHEET):
        sheet.append([float(text) if text in ("5", "4", "12.5") else text for text in row])
    sheet.merge_cells("A2:A3")
    book.save(stream)
    path.write_bytes(stream.getvalue())


def page(path: Path) -> None:
    head = "<tr><th colspan=3>评价指标</th>" + "".join(f"<th>{each}</th>" for each in HEAD[3:]) + "</tr>"
    body = []
    for at, row in enumerate(SHEET):
        # The first cell of the first row reaches over the second.
        cells = [f"<td{' rowspan=2' if at == 0 and place == 0 else ''}>{text}</td>" for place, text in enumerate(row)]
        body.append(f"<tr>{''.join(cells[1:] if at == 1 else cells)}</tr>")
    path.write_text(f"<html><body><table>{head}{''.join(body)}</table></body></html>", "utf-8")


@pytest.mark.parametrize(("ending", "write"), [("docx", word), ("xlsx", excel), ("html", page)])
def test_a_sheet_of_every_form_claims_the_same(rubric: Rubric, ending: str, write: object, tmp_path: Path) -> None:
    path = tmp_path / f"sheet.{ending}"
    assert callable(write)
    write(path)
    report = read_report(read_document(path), rubric)
    assert points(report) == CLAIMED
    assert report.claimed.total is not None
    assert report.claimed.total.points == "12.5"
    assert report.claimed.grade is not None
    assert report.claimed.unknown == []


def test_levels_have_subtotals(rubric: Rubric) -> None:
    head = ("指标", "分值", "得分")
    sheet = (("投入", "10", "9"), ("在职人员控制率", "5", "5"), ("三公经费变动率", "5", "4"), ("过程小计", "10", "8"))
    report = read(rubric, rows(head, *sheet))
    assert points(report) == {"在职人员控制率": "5", "“三公经费”变动率": "4"}
    assert {name: claim.points for name, claim in report.claimed.subtotals.items()} == {"投入": "9", "过程": "8"}


def test_what_the_rubric_does_not_have_is_told(rubric: Rubric) -> None:
    sheet = (("内部控制建设", "5", "5"), ("在职人员控制率", "8", "4"), ("满意度", "6", "7"))
    report = read(rubric, rows(("指标", "分值", "得分"), *sheet))
    assert [(claim.of, claim.points) for claim in report.claimed.unknown] == [("内部控制建设", "5")]
    assert [(claim.of, full) for claim, full in report.claimed.marks] == [("在职人员控制率", 8)]
    assert [claim.of for claim in report.claimed.above_full] == ["满意度"]


def test_the_rows_of_a_project_form_are_the_units_own() -> None:
    """Where the rubric has a table for indicators of the unit's own, a name that it does not know is one of these."""
    case = load_rules(Path(__file__).parents[1] / "rules" / "national" / "project-2020.rubric")
    assert case.rubric is not None
    sheet = (("预算执行率", "10", "9.5"), ("学生受资助人数", "10", "10"))
    report = read(case.rubric, rows(("三级指标", "分值", "得分"), *sheet))
    assert points(report) == {"预算执行率": "9.5"}
    assert [(claim.of, claim.points) for claim in report.claimed.rows] == [("学生受资助人数", "10")]
    assert report.claimed.unknown == []
    text = Filled(report, case.rubric, "form.docx", "zh").text()
    # What kind of indicator it is, and how it is measured, the sheet does not say: that is for a person.
    missing = "{状态: 缺失, 理由: 报告中没有找到}"
    assert f"- {{指标名称: 学生受资助人数, 指标分值: 10 分, 指标类别: {missing}}}\n" in text
    # A sheet without marks has claims, and no rows that could hold them.
    bare = read(case.rubric, rows(("三级指标", "得分"), ("学生受资助人数", "10")))
    text = Filled(bare, case.rubric, "form.docx", "zh").text()
    assert "# 单位自行设定的指标，请填入表内，并写明自评 10 分：“学生受资助人数 10”\n" in text


NATIONAL = Path(__file__).parents[1] / "rules" / "national" / "project-2020.rubric"
# The form of 2020: what is spent above, the unit's own indicators below, the level-1 names over several rows.
FORM = (
    ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("", "年度资金总额", "0", "40", "38", "10", "95%", "9.5"),
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"),
    ("产出指标（50分）", "数量指标", "1.培训农户", "≥500人次", "450人次", "30", "27", ""),
    ("", "成本指标", "亩均成本", "≤240元", "250元", "20", "20", ""),
    ("效益指标", "社会效益", "农户认可", "有效", "有效", "30", "30", ""),
    ("满意度指标", "满意度", "农户满意度", "≥95%", "96%", "10", "10", ""),
    ("总分", "", "", "", "", "100", "96.5", ""),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_form_is_read_with_its_rows(language: Language) -> None:
    case = load_rules(NATIONAL)
    rubric = case.rubric
    assert rubric is not None
    report = read(rubric, [Passage("某站2020年度项目支出绩效自评表", Place(1)), *rows(*FORM, first=2)])
    assert {fact: find.value for fact, [find] in report.finds.items()} == {
        "全年预算数": Quantity(f("40"), UNITS["wan_yuan"]),
        "全年执行数": Quantity(f("38"), UNITS["wan_yuan"]),
    }
    assert report.finds["全年执行数"][0].quote == "年度资金总额 0 40 38"
    facts, findings = facts_for(rubric, Filled(report, rubric, "form.docx", language).text(), "facts.yaml")
    assert facts is not None, findings
    assert not any(map(is_error, findings)), findings
    read_back = [
        {key: fact.value for key, fact in row.items() if isinstance(fact, Present)} for row in facts.tables["绩效指标"]
    ]
    assert [(row["指标名称"], row["指标类别"], row["指标性质"]) for row in read_back] == [
        ("培训农户", "产出", "正向"),
        ("亩均成本", "产出", "反向"),
        ("农户认可", "效益", "定性"),
        ("农户满意度", "满意度", "正向"),
    ]
    assert facts.claims is not None
    claims = ((claim.indicator.rpartition(".")[2], claim.points) for claim in facts.claims.indicators)
    assert {name: points for name, points in claims if points is not None} == {
        "预算执行率": f("9.5"),
        **dict(zip(("培训农户", "亩均成本", "农户认可", "农户满意度"), map(f, ("27", "20", "30", "10")), strict=True)),
    }
    scored = {score.indicator.name.key: score.points for score in assess(rubric, facts).card.scores}
    # 38 ÷ 40 × 10 = 9.5; 30 × 450 ÷ 500 = 27; 20 × 240 ÷ 250 = 19.2; what is only 有效 is for an evaluator; 96 ≥ 95.
    assert scored == {
        "预算执行率": f("9.5"),
        "培训农户": 27,
        "亩均成本": f("19.2"),
        "农户认可": None,
        "农户满意度": 10,
    }


NO_ROWS = {
    "no heading": FORM[3:],
    "a heading without the names": (("一级指标", "年度指标值", "分值"), ("产出指标", "≥5", "10")),
    "no marks": (FORM[2], ("产出指标", "数量指标", "培训农户", "≥500人次", "450人次", "", "", "")),
    "no name": (FORM[2], ("产出指标", "数量指标", "", "≥500人次", "450人次", "10", "10", "")),
}


@pytest.mark.parametrize("name", NO_ROWS)
def test_what_is_no_row_of_the_form(name: str) -> None:
    case = load_rules(NATIONAL)
    assert case.rubric is not None
    assert read(case.rubric, rows(*NO_ROWS[name])).rows == {}


def test_the_own_claim_stands_beside_those_of_others(rubric: Rubric) -> None:
    head = ("指标", "分值", "扣分", "自评得分", "复核得分")
    report = read(rubric, rows(head, ("在职人员控制率", "5", "1", "4", "3")))
    assert points(report) == {"在职人员控制率": "4"}


def test_a_sheet_and_the_sentence_beside_it(rubric: Rubric) -> None:
    sentence = Passage("在职人员控制率为71/74×100%=95.95%，该项得分5分。", Place(9))
    report = read(rubric, [*rows(("指标", "得分"), ("在职人员控制率", "5")), sentence])
    claim = report.claimed.indicators["在职人员控制率"]
    assert (claim.points, claim.rate, report.claimed.again) == ("5", "95.95%", [])
    other = Passage("在职人员控制率该项得分4分。", Place(9))
    report = read(rubric, [*rows(("指标", "得分"), ("在职人员控制率", "5")), other])
    assert [claim.points for claim in report.claimed.again] == ["4"]


NO_CLAIMS = {
    "a table of data": (("指标", "2016年", "2017年"), ("在职人员控制率", "3", "5")),
    "a published table": (("指标", "分值", "评分标准"), ("在职人员控制率", "5", "≤100%得5分")),
    "points taken away": (("指标", "分值", "扣分"), ("在职人员控制率", "5", "1")),
    "words instead of points": (("指标", "得分"), ("在职人员控制率", "见附件")),
    "an empty cell": (("指标", "得分"), ("在职人员控制率", "")),
}


@pytest.mark.parametrize("name", NO_CLAIMS)
def test_what_claims_nothing(rubric: Rubric, name: str) -> None:
    report = read(rubric, rows(*NO_CLAIMS[name]))
    assert (points(report), report.claimed.unknown) == ({}, [])


# ------------------------------------------------------------------------------------- names beside values

LINE = Passage("单位：万元", Place(1))
BESIDE = {
    "the unit of the table": ([LINE, *rows(("年初预算", "1154.2"), first=2)], "年初预算", ("1154.2", "wan_yuan")),
    "the unit in the name": (rows(("年初预算（元）", "11,542")), "年初预算", ("11542", "yuan")),
    "the unit in the cell": ([LINE, *rows(("年初预算", "3 亿元"), first=2)], "年初预算", ("3", "yi_yuan")),
    "people need no unit": ([LINE, *rows(("编制数", "74", "备注", ""), first=2)], "编制数", ("74", "person")),
    "two pairs in a row": (rows(("在职人员数", "71", "核定编制", "74")), "编制数", ("74", "person")),
    "a number in front": (rows(("1.编制数", "", "74")), "编制数", ("74", "person")),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_value_beside_its_name(rubric: Rubric, name: str) -> None:
    passages, fact, (number, unit) = BESIDE[name]
    [find] = read(rubric, passages).finds[fact]
    assert find.value == Quantity(f(number), UNITS[unit])
    assert number in find.quote.replace(",", "")


NOT_BESIDE = {
    "no unit anywhere": rows(("年初预算", "1154.2")),
    "two values in a row": [LINE, *rows(("年初预算", "1154.2", "1200"), first=2)],
    "part of a longer name": [LINE, *rows(("年初预算收入", "1154.2"), first=2)],
    "words between": [LINE, *rows(("年初预算", "批复", "1154.2"), first=2)],
    "another unit": rows(("编制数（万元）", "74 平方米")),
}


@pytest.mark.parametrize("name", NOT_BESIDE)
def test_a_value_that_is_not_sure_is_missing(rubric: Rubric, name: str) -> None:
    assert read(rubric, NOT_BESIDE[name]).finds == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_that_is_no_form_is_audited_as_a_report(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    excel(tmp_path / "sheet.xlsx")
    (tmp_path / "rules.rubric").write_text(RULES, "utf-8")
    asked = ["audit", str(tmp_path / "sheet.xlsx"), "--rules", str(tmp_path / "rules.rubric"), "--lang", language]
    assert cli.run([*asked, "--json"]) == cli.FINDINGS
    items = json.loads(capsys.readouterr().out)
    # Nothing bears the claims of 5, 4 and 3.5 = 7/2; they come to 12.5, below the 16 of 良, and 优 is claimed.
    assert [(item["code"], item["points"]) for item in items] == [
        *[("claim-unproved", points) for points in ("5", "4", "7/2")],
        ("total-differs", "0"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_sheet_than_that_of_the_rules_is_told(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sheet.csv").write_text("指标,分值,得分\n内部控制建设,5,5\n在职人员控制率,8,4\n", "utf-8")
    (tmp_path / "rules.rubric").write_text(RULES, "utf-8")
    asked = ["audit", str(tmp_path / "sheet.csv"), "--rules", str(tmp_path / "rules.rubric"), "--lang", language]
    assert cli.run([*asked, "--json"]) == cli.FINDINGS
    items = {item["code"]: item for item in json.loads(capsys.readouterr().out)}
    assert items["claim-of-unknown"]["points"] == "5"
    assert "内部控制建设" in items["claim-of-unknown"]["said"]
    # 8 in the sheet, 5 in the rules.
    assert items["marks-differ"]["points"] == "3"
    assert items["marks-differ"]["quotes"] == [{"section": "sheet第3行", "quote": "在职人员控制率 8 4"}]
