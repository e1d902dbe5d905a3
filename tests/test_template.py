"""Workbooks that a department fills in: written from a rubric, and read back as if they were facts files."""

from __future__ import annotations

import builtins
import json
import zipfile
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from engine.facts import Basis, Contradictory, Facts, Present, Provenance
from engine.rules import Rubric
from engine.score import assess
from engine.source import NOWHERE
from engine.unit import UNITS, Quantity
from rubric import cli
from rubric.case import facts_files, load_case, load_facts
from rubric.forms.from_workbook import read_workbook
from rubric.forms.to_workbook import workbook
from rubric.forms.to_yaml import yaml_text
from rubric.language.read import read_rubric
from rubric.messages.catalogue import say
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.exact_yaml import Mapping
from rubric.readers.facts import facts_for, tree_for
from rubric.readers.given import FactsFile

ROOT = Path(__file__).parents[1]
BAOJING = ROOT / "rules" / "hunan" / "baojing-2017.rubric"
REPORT = ROOT / "tests" / "reports" / "baojing-gov-office-2017.yaml"
CASES = sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/facts.yaml"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RUBRIC_CACHE", "off")


def rules_of(folder: Path) -> Path:
    named = folder / "rules.txt"
    return Path(named.read_text("utf-8").strip()) if named.exists() else folder / "rules.rubric"


def alike(facts: Facts) -> Facts:
    """Facts without what is of the file alone, and claims in one order."""
    claims = facts.claims and replace(
        facts.claims,
        indicators=tuple(sorted(facts.claims.indicators, key=lambda each: each.indicator)),
        subtotals=tuple(sorted((name, points, NOWHERE) for name, points, _ in facts.claims.subtotals)),
    )
    return replace(facts, digest="", file="", claims=claims)


def same(rules: Path, facts: Path, language: Language, folder: Path) -> None:
    """What the YAML gives, the workbook gives, and the YAML that is made of the workbook."""
    case = load_case(rules, facts)
    given_facts, _, _ = load_facts(facts)
    assert case.rubric is not None
    assert case.facts is not None
    assert given_facts is not None
    form, again = folder / "form.xlsx", folder / "again.yaml"
    form.write_bytes(workbook(case.rubric, language, given_facts))
    read = load_case(rules, form)
    assert read.facts is not None, render(read.findings, {}, "zh")
    assert alike(read.facts) == alike(case.facts)
    assert {each.code for each in read.findings} == {each.code for each in case.findings}
    other = load_facts(form)[0]
    assert other is not None
    assert dict(other.others) == dict(given_facts.others)
    assert dict(other.documents) == dict(given_facts.documents)
    assert earned(case.rubric, read.facts) == earned(case.rubric, case.facts)
    assert cli.run(["facts", str(form), "-o", str(again)]) == cli.CLEAN
    third = load_case(rules, again)
    assert third.facts is not None, render(third.findings, third.texts, "zh")
    assert alike(third.facts) == alike(case.facts)


def earned(rubric: Rubric, facts: Facts) -> object:
    card = assess(rubric, facts).card
    return card.points, card.bounds, [(each.points, each.bounds) for each in card.scores]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_case_is_the_same_by_every_way(folder: Path, language: Language, tmp_path: Path) -> None:
    same(rules_of(folder), folder / "facts.yaml", language, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_baojing_report_is_the_same_by_every_way(language: Language, tmp_path: Path) -> None:
    same(BAOJING, REPORT, language, tmp_path)


# ------------------------------------------------------------------------------------------- cell by cell

RULES = """评分表「例」
  年度：2020
  满分：10 分
  零头：不足一档不计
  等级：优 ≥ 9 分；其余为差

事实
  预算、支出（万元）
  结余（万元，可为负）
  人数（人，大于 0）
  满意度（%）
  系数（数）
  是否公开（是／否）
  效果（好／一般／差）

表 明细
  名称（文字）
  金额（万元）
  类别（甲／乙）

指标 执行率（10 分）
  公式：支出 ÷ 预算
  评分：≥ 90%，计 10 分；其余不得分。
"""


def example() -> Rubric:
    reading = read_rubric(RULES)
    assert reading.rubric is not None, reading.findings
    return reading.rubric


EXAMPLE = example()
ROWS = {"预算": 4, "支出": 5, "结余": 6, "人数": 7, "满意度": 8, "系数": 9, "是否公开": 10, "效果": 11}
UNIT, VALUE, STATE, BASIS, DOCUMENT, REASON = "BDEFGJ"


def empty() -> Any:
    book = load_workbook(BytesIO(workbook(EXAMPLE, "zh")))
    book["基本情况"]["B3"] = "某局"
    book["基本情况"]["B4"] = 2020
    return book


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(book: Any) -> tuple[Facts | None, list[tuple[str, str]]]:
    """The bound facts, and each finding with its cell."""
    facts, findings = tree_for(EXAMPLE, read_workbook(saved(book), "form.xlsx"), "form.xlsx", "")
    for finding in findings:
        assert say(finding.headline, "zh") != say(finding.headline, "en")
    return facts, [(finding.code, finding.span.cell) for finding in findings]


def read_value(name: str, value: object, shown: str = "General", unit: str | None = None) -> Any:
    book = empty()
    cell = book["事实"][f"{VALUE}{ROWS[name]}"]
    cell.value = value
    cell.number_format = shown
    if unit is not None:
        book["事实"][f"{UNIT}{ROWS[name]}"] = unit
    facts, found = read(book)
    if facts is None:
        return found
    fact = facts.facts[name]
    assert isinstance(fact, Present)
    return fact.value.number if isinstance(fact.value, Quantity) else fact.value


@pytest.mark.parametrize(
    ("name", "value", "shown", "unit", "expected"),
    [
        ("预算", 1154.2, "General", None, "1154.2"),
        ("预算", 0.1, "0", None, "0.1"),
        ("预算", "１００", "@", None, "100"),
        ("预算", " 1,234.50 ", "@", None, "1234.5"),
        ("预算", "71 万元", "@", None, "71"),
        ("预算", 3000, "General", "元", "3/10"),
        ("预算", 3000, '#,##0"元"', "", "3/10"),
        ("预算", 1234567, "#,##0.00", None, "1234567"),
        ("结余", -3.5, "General", None, "-3.5"),
        # 95.3% is stored as a share; as Excel writes it, with 17 digits.
        ("满意度", 0.953, "0.0%", None, "95.3"),
        ("满意度", 0.95299999999999996, "0%", None, "95.3"),
        ("满意度", 95.3, "General", None, "95.3"),
        ("满意度", "95.3%", "@", None, "95.3"),
        ("系数", 0.5, "General", None, "0.5"),
    ],
)
def test_a_number_is_what_the_cell_shows(name: str, value: object, shown: str, unit: str | None, expected: str) -> None:
    assert read_value(name, value, shown, unit) == Fraction(expected)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("是否公开", "是", True), ("是否公开", True, True), ("是否公开", "无", False), ("效果", " 好 ", "好")],
)
def test_words_are_what_the_cell_shows(name: str, value: object, expected: object) -> None:
    assert read_value(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value", "shown", "unit", "code"),
    [
        ("预算", "=1+1", "General", None, "cell-formula"),
        ("预算", "#N/A", "General", None, "cell-error"),
        ("预算", datetime(2017, 1, 5), "yyyy-mm-dd", None, "cell-date"),
        ("预算", 43000, "yyyy-mm-dd", None, "cell-date"),
        ("预算", 12345, "0.0,", None, "cell-scaled-format"),
        ("预算", 12345, "0\\.0,", None, "cell-scaled-format"),
        ("预算", 12345, "0\\.0000", None, "cell-scaled-format"),
        ("预算", "310 元", "@", None, "cell-two-units"),
        ("预算", 310, '0"元"', None, "cell-two-units"),
        ("预算", 0.5, "0%", None, "cell-two-units"),
        ("预算", "七十一", "@", None, "expected-amount"),
        ("预算", "1,15.2", "@", None, "unreadable-number"),
        ("预算", 310, "General", "万圆", "unreadable-unit"),
        ("预算", 310, "General", "", "unit-missing"),
        ("预算", 310, "General", "人", "different-unit"),
        ("预算", -1, "General", None, "below-zero"),
        ("人数", 0, "General", None, "not-above-zero"),
        ("是否公开", "大概", "@", None, "expected-yes-no"),
        ("效果", "较好", "@", None, "no-such-level"),
        ("预算", "1\u2028", "@", None, "control-character"),
        ("预算", "1" * 20_001, "@", None, "text-too-long"),
    ],
)
def test_what_cannot_be_read_exactly_is_told_by_its_cell(
    name: str, value: object, shown: str, unit: str | None, code: str
) -> None:
    assert read_value(name, value, shown, unit) == [(code, f"事实!{VALUE}{ROWS[name]}")]


def test_what_deserves_a_look_is_told_and_read_all_the_same() -> None:
    book = empty()
    book["事实"]["D8"], book["事实"]["D4"] = 0.953, 0.1234567890123456
    book["事实"]["D8"].number_format = "General"
    facts, found = read(book)
    assert found == [("digits-beyond-shown", "事实!D4"), ("rate-like-share", "事实!D8")]
    assert facts is not None
    assert facts.facts["满意度"].value.number == Fraction("0.953")  # type: ignore[union-attr]
    assert facts.facts["预算"].value.number == Fraction("0.1234567890123456")  # type: ignore[union-attr]


def test_what_the_shape_says_is_told_by_its_cell() -> None:
    book = empty()
    sheet = book["事实"]
    sheet["E4"] = "不适用"
    sheet["D5"], sheet["E5"] = 3, "缺失"
    sheet["F6"] = "数据"
    sheet["D7"], sheet["F7"] = 3, "猜测"
    sheet["D8"], sheet["F8"] = 90, "评判"
    sheet["A20"], sheet["D20"] = "预祘", "3 万元"
    sheet["D21"] = 5
    book["基本情况"]["B3"] = None
    assert sorted(read(book)[1]) == sorted(
        [
            ("missing-key", "基本情况!B3"),
            ("not-applicable-without-reason", "事实!E4"),
            ("several-answers", "事实!E5"),
            ("no-answer", "事实!A6"),
            ("unknown-basis", "事实!F7"),
            ("judgement-without-reason", "事实!F8"),
            ("unknown-fact", "事实!A20"),
            ("row-without-name", "事实!A21"),
        ]
    )


def test_an_empty_form_gives_no_facts() -> None:
    facts, found = read(empty())
    assert found == []
    assert facts is not None
    assert (facts.department, facts.year, facts.facts, facts.tables, facts.claims) == ("某局", 2020, {}, {}, None)


# ----------------------------------------------------------------------------------------- changed by hand


def test_sheets_are_known_by_what_they_say_and_columns_by_their_headings() -> None:
    book = empty()
    sheet = book["事实"]
    sheet["D4"], sheet["D5"], sheet["J5"] = 10, 9, "按决算"
    sheet.title = "Sheet1"
    sheet.delete_cols(3)
    sheet.insert_cols(1)
    book.move_sheet(sheet, 3)
    facts, found = read(book)
    assert found == []
    assert facts is not None
    assert isinstance(facts.facts["支出"], Present)
    assert facts.facts["支出"].provenance.reason == "按决算"


def test_what_is_no_part_of_the_form_is_told_and_not_read() -> None:
    book = empty()
    book.create_sheet("草稿")["A1"] = "随手记"
    book.create_sheet("空白")
    sheet = book["事实"]
    sheet["K3"], sheet["K4"], sheet["L5"] = "备注", "见附件", "x"
    assert read(book)[1] == [
        ("sheet-not-read", "草稿!A1"),
        ("column-not-read", "事实!K3"),
        ("column-not-read", "事实!L5"),
    ]


def test_what_the_form_needs_is_missed() -> None:
    book = empty()
    book["事实"].delete_cols(4)
    assert read(book)[1] == [("column-missing", "事实!A3")]
    book = empty()
    book["事实"].delete_rows(3)
    assert read(book)[1] == [("sheet-without-headings", "事实!A1")]
    book = empty()
    book.copy_worksheet(book["事实"])
    assert read(book)[1] == [("sheet-twice", "事实 Copy!A1")]
    book = empty()
    del book["事实"]
    assert [code for code, _ in read(book)[1]] == ["missing-key"]
    book = empty()
    book["事实"]["E3"] = "值"
    assert read(book)[1] == [("duplicate-key", "事实!E3")]


def test_merged_cells_are_told() -> None:
    book = empty()
    book["事实"]["D4"] = 3
    book["事实"].merge_cells("D4:D5")
    assert read(book)[1] == [("cells-merged", "事实!D4")]


def test_rows_of_one_name_are_readings() -> None:
    book = empty()
    sheet = book["事实"]
    sheet["D4"] = 10
    sheet["A30"], sheet["B30"], sheet["D30"], sheet["I30"] = "预算", "元", 110_000, "追加后 11 万元"
    facts, found = read(book)
    assert found == []
    assert facts is not None
    fact = facts.facts["预算"]
    assert isinstance(fact, Contradictory)
    assert [each.value.number for each in fact.readings] == [10, 11]  # type: ignore[union-attr]


def test_a_table_has_typed_columns_and_rows_that_go_on() -> None:
    book = empty()
    sheet = book["明细"]
    assert [sheet.cell(4, column).value for column in range(1, 5)] == ["单位或档次", "文字", "万元", "甲／乙"]
    sheet["B5"], sheet["C5"], sheet["D5"] = "1月", 3.5, "甲"
    sheet["A6"], sheet["C6"] = "续", 4.5
    sheet["B9"], sheet["E3"], sheet["E9"] = "二", "金额：理由", "未列"
    sheet["C9"] = 2
    facts, found = read(book)
    assert found == []
    assert facts is not None
    first, second = facts.tables["明细"]
    assert first["名称"].value == "1月"  # type: ignore[union-attr]
    assert isinstance(first["金额"], Contradictory)
    assert second["金额"].provenance.reason == "未列"  # type: ignore[union-attr]
    sheet["A5"], sheet["F3"], sheet["F9"] = "续", "颜色", "红"
    continued = [("nothing-to-continue", "明细!A5"), ("nothing-to-continue", "明细!A6")]
    assert read(book)[1] == [*continued, ("no-such-column", "明细!F9")]


def test_claims_are_told_by_their_cell() -> None:
    book = empty()
    sheet = book["自评"]
    assert [sheet.cell(row, 1).value for row in range(4, 7)] == ["指标", "总分", "等级"]
    sheet["D4"], sheet["E4"], sheet["D5"], sheet["D6"] = 11, 0.9594, 8, "特优"
    sheet["E4"].number_format = "0.000%"
    sheet["G5"] = "共 8 分"
    sheet["A7"], sheet["B7"], sheet["D7"] = "其他", "执行率", 3
    sheet["A8"], sheet["D8"] = "指标", 3
    sheet["A9"], sheet["B9"], sheet["D9"] = "指标", "执行率", "三分"
    assert sorted(read(book)[1]) == sorted(
        [
            ("claim-above-full", "自评!D4"),
            ("cell-not-read", "自评!G5"),
            ("unknown-grade", "自评!D6"),
            ("unknown-claim-kind", "自评!A7"),
            ("row-without-name", "自评!B8"),
            ("duplicate-key", "自评!B9"),
        ]
    )
    for place in ("A7", "B7", "D7", "A8", "D8", "A9", "B9", "D9", "G5", "D6"):
        sheet[place] = None
    sheet["D4"] = 9.5
    facts, found = read(book)
    assert found == []
    assert facts is not None
    assert facts.claims is not None
    assert facts.claims.indicators[0].rate is not None
    assert facts.claims.indicators[0].rate.text == "95.940%"


def test_an_adjustment_takes_its_unit_from_beside() -> None:
    book = empty()
    book["事实"]["D4"] = 10
    sheet = book["调整"]
    sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = "预算", 20_000, "元", "代管资金"
    sheet["A6"] = "支出"
    facts, found = read(book)
    assert {place for _, place in found} == {"调整!A6"}
    for column in "A":
        sheet[f"{column}6"] = None
    facts, found = read(book)
    assert found == []
    assert facts is not None
    assert facts.adjustments[0].amount.number == 2


# ------------------------------------------------------------------------------------------------ hostile


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * 20_000_000 + b"</a>")
    return stream.getvalue()


def entities() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')
    return stream.getvalue()


def far() -> bytes:
    book = empty()
    book["事实"]["XFD1048576"] = 1
    return saved(book)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table-damaged"),
        (b"PK\x03\x04", "table-damaged"),
        (b"\xd0\xcf\x11\xe0old", "table-damaged"),
        (bomb(), "table-unpacks-too-large"),
        (entities(), "table-with-entities"),
        (far(), "table-too-large"),
        (saved(empty())[:-200], "table-damaged"),
    ],
    ids=["empty", "cut", "xls", "bomb", "entities", "far", "truncated"],
)
def test_a_strange_workbook_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(data)
    case = load_case(BAOJING, path)
    assert [finding.code for finding in case.findings] == [code]
    assert not case.readable


def test_no_workbook_at_all_is_told(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.xlsx", "no-such-file"), (tmp_path, "not-a-text-file")):
        if path.suffix:
            assert [finding.code for finding in load_case(BAOJING, path).findings] == [code]


# ---------------------------------------------------------------------------------------------- properties

CELL_TEXTS = st.text(
    st.sampled_from("=+-@'\"“”：:、,，。#%{}[]()（）&*|>!~?/\\ 报告第1页是否一\n\tａＡ７"), max_size=30
)
AMOUNTS = st.fractions(0, 10**9, max_denominator=1).flatmap(
    lambda whole: st.integers(0, 10**6).map(lambda rest: whole + Fraction(rest, 10**6))
)
PROVENANCES = st.builds(
    Provenance,
    basis=st.sampled_from([each for each in Basis if each is not Basis.JUDGEMENT]),
    document=CELL_TEXTS.map(str.strip),
    section=CELL_TEXTS.map(str.strip),
    quote=CELL_TEXTS.map(str.strip),
    reason=CELL_TEXTS.map(str.strip),
)
VALUES = {
    "预算": AMOUNTS.map(lambda number: Quantity(number, UNITS["wan_yuan"])),
    "结余": AMOUNTS.map(lambda number: Quantity(-number, UNITS["wan_yuan"])),
    "满意度": AMOUNTS.map(lambda number: Quantity(number, UNITS["percent"])),
    "系数": AMOUNTS.map(lambda number: Quantity(number, UNITS["one"])),
    "是否公开": st.booleans(),
    "效果": st.sampled_from(["好", "一般", "差"]),
}
FACTS = st.fixed_dictionaries(
    {}, optional={name: st.builds(Present, values, PROVENANCES) for name, values in VALUES.items()}
)


@settings(max_examples=30, deadline=None)
@given(FACTS)
def test_every_value_comes_back(facts: dict[str, Present]) -> None:
    """Through a workbook and through the YAML that is made of it."""
    whole = FactsFile("某局", 2020, facts)
    data = workbook(EXAMPLE, "zh", whole)
    for row in load_workbook(BytesIO(data)).worksheets:
        assert not [cell.coordinate for cells in row.iter_rows() for cell in cells if cell.data_type == "f"]
    tree = read_workbook(data, "form.xlsx")
    bound, findings = tree_for(EXAMPLE, tree, "form.xlsx", "")
    assert bound is not None, render(findings, {}, "zh")
    assert bound.facts == facts
    assert isinstance(tree.root, Mapping)
    text = yaml_text(tree.root)
    again, findings = facts_for(EXAMPLE, text, "facts.yaml")
    assert again is not None, render(findings, {"facts.yaml": text}, "zh")
    assert again.facts == facts


# --------------------------------------------------------------------------------------------- the command


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_shown_by_cell_and_marked(
    language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, target = tmp_path / "form.xlsx", tmp_path / "marked.xlsx"
    assert cli.run(["template", str(BAOJING), str(REPORT), "-o", str(form), "--lang", language]) == cli.CLEAN
    book = load_workbook(form)
    sheet = book["事实" if language == "zh" else "Facts"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "年初预算")
    sheet.cell(row, 4).value = "很多"
    book.save(form)
    capsys.readouterr()
    arguments = ["score", str(BAOJING), str(form), "--mark", str(target), "--lang", language]
    assert cli.run(arguments) == cli.FINDINGS
    done = capsys.readouterr()
    place = f"{sheet.title}!D{row}"
    assert f"{form}  {place}" in done.err
    comment = load_workbook(target)[sheet.title].cell(row, 4).comment
    assert comment is not None
    assert "很多" in comment.text
    assert cli.run(arguments) == cli.USAGE
    assert cli.run([*arguments, "--force", "--json"]) == cli.FINDINGS
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["file"], found["sheet"], found["cell"], found["line"]) == (str(form), sheet.title, place, row)


@pytest.mark.parametrize(
    "arguments",
    [
        ("template", "{rules}"),
        ("template", "{rules}", "-o", "{folder}/form.xls"),
        ("template", "none.rubric", "-o", "{folder}/form.xlsx"),
        ("template", "{rules}", "none.yaml", "-o", "{folder}/form.xlsx"),
        ("facts", "{facts}"),
        ("facts", "none.xlsx"),
        ("score", "{rules}", "{facts}", "--mark", "{folder}/marked.xlsx"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given_words = [each.format(rules=BAOJING, facts=REPORT, folder=tmp_path) for each in arguments]
    assert cli.run([*given_words, "--lang", language]) == cli.USAGE
    done = capsys.readouterr()
    assert done.out == ""
    assert done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("arguments", [("template", "{rules}", "-o", "{folder}/new.xlsx"), ("facts", "{form}")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_extra_is_named(
    arguments: tuple[str, ...],
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(saved(empty()))
    whole = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "openpyxl":
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    words = [each.format(rules=BAOJING, form=form, folder=tmp_path) for each in arguments]
    assert cli.run([*words, "--lang", language]) == cli.USAGE
    assert "pip install 'jixiao-rubric[excel]'" in capsys.readouterr().err


def test_a_folder_of_workbooks_is_scored_without_what_an_open_one_leaves(tmp_path: Path) -> None:
    given_facts, _, _ = load_facts(REPORT)
    rubric = load_case(BAOJING, REPORT).rubric
    assert rubric is not None
    for name in ("one.xlsx", "two.xlsx"):
        (tmp_path / name).write_bytes(workbook(rubric, "zh", given_facts))
    (tmp_path / "~$one.xlsx").write_bytes(b"lock")
    assert [path.name for path in facts_files([tmp_path])] == ["one.xlsx", "two.xlsx"]
    assert cli.run(["score", str(BAOJING), str(tmp_path)]) == cli.FINDINGS
