"""Rule files shown: as one canonical text, and as the table that a bureau proof-reads."""

from __future__ import annotations

import builtins
import csv
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pytest_regressions.file_regression import FileRegressionFixture

from engine.rules import Group, Indicator, Rubric
from rubric import cli
from rubric.case import load_base, load_rules
from rubric.language.read import read_rubric
from rubric.language.write import write
from rubric.messages.wording import LANGUAGES, Language
from rubric.sheets.choice import chosen
from rubric.sheets.draft import Draft, draft
from rubric.sheets.opening import open_table
from rubric.sheets.table import table_of
from rubric.sheets.to_csv import csv_file
from rubric.sheets.to_excel import excel_file
from rubric.sheets.to_word import word_file
from tests.test_amend import BASE

ROOT = Path(__file__).parents[1]
BAOJING = ROOT / "rules" / "hunan" / "baojing-2017.rubric"
RULES = sorted((ROOT / "rules").rglob("*.rubric"))
FORMATS = ("xlsx", "docx", "csv")

EVERYTHING = """评分表「各种写法」
  年度：2018-2020
  依据：试验〔2018〕1号
  满分：40 分
  零头：不足一档不计
  等级：优 ≥ 36 分；其余为差
  不适用：不考核，其余折算
  注：第一行注。

事实
  地区类别（中部／西部）
  执行数、预算数（万元，大于 0）
  差错（例）
  虚报（是／否）

表 绩效指标：单位自行填报
  指标名称（文字）
  类别（产出／效益）
  目标值、实际值（数）
  行分值（分）

定义
  执行率 = 执行数 ÷ 预算数

一级指标 投入（20 分）
  注：本级的注。

指标 执行（20 分）
  公式：执行率
  评分：≥ 90%，计 20 分；每低于 1 个百分点扣 0.5 分，扣完为止。
  取整：得分四舍五入保留一位小数。
  否决：虚报为是，不得分。
  原文：达到90%得满分，每低一个点扣0.5分。
  注：=1+1 不是公式

一级指标 产出（20 分）

逐行指标 产出（20 分）
  取自：绩效指标，类别为产出
  评分：得分 = 本项分值 × 实际值 ÷ 目标值。

加分项 创新（最多 2.5 分）
  评分：虚报为否，计 2.5 分；其余不得分。

扣分项 违规（最多 10 分）
  评分：每出现一例差错扣 2 分，扣完为止。

总评
  上限：执行率 < 60%，总分不超过 30 分。
"""

AMENDMENT = """评分表「某县」
  修订自：base.rubric
  满分：12 分
  删去：“三公经费”变动率、控制率

一级指标 投入（3 分）

指标 制度
  修改：“3 分”改为“4 分”
  修改：“2 分”改为“1 分”
"""


def rubric_at(path: Path) -> Rubric:
    case = load_rules(path)
    assert case.rubric is not None
    return case.rubric


def everything() -> Rubric:
    reading = read_rubric(EVERYTHING)
    assert reading.findings == (), reading.findings
    assert reading.rubric is not None
    return reading.rubric


def file_of(rubric: Rubric, kind: str, language: Language = "zh") -> bytes:
    parts = table_of(rubric, language)
    match kind:
        case "xlsx":
            return excel_file(parts, language)
        case "docx":
            return word_file(parts, language)
        case _:
            return csv_file(parts)


def drafted(data: bytes, folder: Path, language: Language = "zh") -> Draft:
    path = folder / "table"
    path.write_bytes(data)
    grids, findings = open_table(path)
    assert findings == ()
    return draft(chosen(grids, None), "table", language)


# --------------------------------------------------------------------------------------------------- text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_the_text_reads_as_the_same_rubric(path: Path, language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["show", str(path), "--lang", language]) == cli.CLEAN
    reading = read_rubric(capsys.readouterr().out)
    assert reading.findings == ()
    assert reading.rubric == rubric_at(path)


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    (tmp_path / "base.rubric").write_text(BASE, "utf-8")
    path = tmp_path / "county.rubric"
    path.write_text(AMENDMENT, "utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amendment_is_shown_as_one_whole_file(
    amended: Path, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """What comes out needs no other file: read alone, it is the rubric that the two files make together."""
    assert cli.run(["show", str(amended), "--lang", language]) == cli.CLEAN
    text = capsys.readouterr().out
    together = read_rubric(AMENDMENT, str(amended), load=load_base)
    alone = read_rubric(text)
    assert together.findings == alone.findings == ()
    assert alone.rubric == together.rubric
    assert "修订自" not in text
    assert "amends" not in text
    assert "“三公经费”变动率" not in text


def test_an_amendment_as_a_table(amended: Path, tmp_path: Path) -> None:
    """3 + 5 + 4 = 12 points; the changed points stand in the criterion."""
    target = tmp_path / "table.xlsx"
    assert cli.run(["show", str(amended), "--table", str(target)]) == cli.CLEAN
    found = drafted(target.read_bytes(), tmp_path)
    assert {each.name: each.entry.full for each in found.drafted} == {"在职人员控制率": 3, "制度": 5, "目标明确": 4}
    assert "①制度健全，4分；②制度合规，1分" in found.text
    assert (found.total, found.stated) == (12, 12)


# -------------------------------------------------------------------------------------------- the round trip


def outline(members: tuple[Group | Indicator, ...], language: Language) -> list[object]:
    return [
        (
            (each.name.zh if language == "zh" else each.name.en) or each.name.key,
            each.full,
            outline(each.members, language) if isinstance(each, Group) else None,
        )
        for each in members
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_drafted_again_gives_the_same_rules(kind: str, language: Language, tmp_path: Path) -> None:
    """Levels, marks, grades, the reading, formulas and, as each sentence is canonical, every clause."""
    rubric = rubric_at(BAOJING)
    found = drafted(file_of(rubric, kind, language), tmp_path, language)
    again = read_rubric(found.text).rubric
    assert again is not None
    assert outline(again.members, language) == outline(rubric.members, language)
    assert (again.full, again.grades, again.reading, again.period) == (
        rubric.full,
        rubric.grades,
        rubric.reading,
        rubric.period,
    )
    one, two = list(rubric.indicators()), list(again.indicators())
    assert [each.clauses for each in two] == [each.clauses for each in one]
    assert [each.measure for each in two] == [each.measure for each in one]
    assert found.total == found.stated == 100


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_file_keeps_its_levels_and_marks(path: Path, tmp_path: Path) -> None:
    rubric = rubric_at(path)
    for kind in FORMATS:
        again = read_rubric(drafted(file_of(rubric, kind), tmp_path).text).rubric
        assert again is not None
        assert outline(again.members, "zh") == outline(rubric.members, "zh")
        assert (again.full, again.period) == (rubric.full, rubric.period)


# ------------------------------------------------------------------------------------------- what they hold


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_everything(language: Language, file_regression: FileRegressionFixture) -> None:
    """The whole of it, box by box."""
    lines = []
    for part in table_of(everything(), language):
        lines += [f"# {part.title}", *part.above, " | ".join(part.headings)]
        lines += [" | ".join("·" if box is None else box.text.replace("\n", " ⏎ ") for box in row) for row in part.rows]
        lines += [*part.below, ""]
    file_regression.check("\n".join(lines), encoding="utf-8", extension=f".{language}.txt")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_word_of_the_rules_is_in_the_table(path: Path) -> None:
    """What the canonical text says of the whole, of levels and of indicators stands in a box or beside the table."""
    # By which words reports tell the facts is no part of a scoring table.
    rubric = replace(rubric_at(path), phrases=())
    said = "".join(
        text
        for part in table_of(rubric, "zh")
        for text in (part.title, *part.above, *part.below, *(box.text for row in part.rows for box in row if box))
    )
    squeezed = "".join(said.split())
    for line in write(rubric, "zh").splitlines():
        word, colon, text = line.partition("：")
        # Full marks are a number in the row of sums.
        if line.startswith("  ") and colon and word != "  满分":
            assert "".join(text.split()) in squeezed, line


def test_the_workbook_is_set_for_print_and_adds_up() -> None:
    rubric = everything()
    data = file_of(rubric, "xlsx")
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", int(sheet.PAPERSIZE_A4))
    heading = next(cell.row for cell in sheet["A"] if cell.value == "一级指标")
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert "&P" in sheet.oddFooter.center.text
    marks = {sheet.cell(row, 2).value: sheet.cell(row, 3).value for row in range(heading + 1, heading + 3)}
    assert marks == {"执行": 20, "产出": 20}
    bonus = next(row for row in range(heading, sheet.max_row) if sheet.cell(row, 1).value == "加分项：创新")
    assert Decimal(str(sheet.cell(bonus, 3).value)) == Decimal("2.5")
    total = next(row for row in range(heading, sheet.max_row) if sheet.cell(row, 1).value == "合计")
    # What stands beside full marks is not added: rows 1 and 2 of the body alone.
    assert sheet.cell(total, 3).value == f"=SUM(C{heading + 1}:C{heading + 2})"
    values = load_workbook(BytesIO(data), data_only=True).worksheets[0]
    assert values.cell(total, 3).value == 40  # 20 + 20
    assert sheet.cell(heading + 1, 1).border.left.style == "thin"


def test_merged_levels_are_merged() -> None:
    sheet = load_workbook(BytesIO(file_of(rubric_at(BAOJING), "xlsx"))).worksheets[0]
    heading = next(cell.row for cell in sheet["A"] if cell.value == "一级指标")
    spans = {str(each) for each in sheet.merged_cells.ranges}
    # 投入 holds 2 + 2 indicators, 过程 4 + 6, 产出及效率 1 + 3.
    first = heading + 1
    assert {f"A{first}:A{first + 3}", f"A{first + 4}:A{first + 13}", f"A{first + 14}:A{first + 17}"} <= spans


def test_no_text_becomes_a_formula() -> None:
    rubric = everything()
    sheet = load_workbook(BytesIO(file_of(rubric, "xlsx"))).worksheets[0]
    (note,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1 不是公式"]
    assert note.data_type == "s"
    rows = csv.reader(StringIO(file_of(rubric, "csv").decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_the_document_is_set_for_print() -> None:
    document = Document(BytesIO(file_of(everything(), "docx")))
    (section,) = document.sections
    assert section.page_width > section.page_height
    table = document.tables[0]
    first, *others = table._tbl.tr_lst
    assert first.xpath("./w:trPr/w:tblHeader")
    assert not any(row.xpath("./w:trPr/w:tblHeader") for row in others)
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in (first, *others))
    assert section.footer._element.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    assert "原文：达到90%得满分，每低一个点扣0.5分。" in table.cell(1, 4).text


# -------------------------------------------------------------------------------------------- the command


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_overwritten_without_force(kind: str, tmp_path: Path) -> None:
    target = tmp_path / f"table.{kind}"
    target.write_text("mine", "utf-8")
    assert cli.run(["show", str(BAOJING), "--table", str(target)]) == cli.USAGE
    assert target.read_text("utf-8") == "mine"
    assert cli.run(["show", str(BAOJING), "--table", str(target), "--force"]) == cli.CLEAN
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_shown_is_said(language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["none.rubric"],
        [str(tmp_path)],
        [str(BAOJING), "--table", str(tmp_path / "table.pdf")],
        [str(BAOJING), "--table", str(tmp_path / "none" / "table.csv")],
    ):
        assert cli.run(["show", *arguments, "--lang", language]) == cli.USAGE, arguments
        done = capsys.readouterr()
        assert done.out == ""
        assert done.err
        assert "Traceback" not in done.err


def test_rules_with_errors_are_shown_as_a_draft_and_have_no_canonical_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, target = tmp_path / "rules.rubric", tmp_path / "table.csv"
    rules.write_text(EVERYTHING.replace("  零头：不足一档不计\n", ""), "utf-8")
    assert cli.run(["show", str(rules)]) == cli.FINDINGS
    done = capsys.readouterr()
    assert done.out == ""
    assert "unstated-reading" in done.err
    assert cli.run(["show", str(rules), "--table", str(target)]) == cli.FINDINGS
    assert "草稿" in target.read_text("utf-8-sig").splitlines()[1]


@pytest.mark.parametrize(("library", "extra", "kind"), [("openpyxl", "excel", "xlsx"), ("docx", "word", "docx")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_extra_is_named(
    library: str,
    extra: str,
    kind: str,
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    target = tmp_path / f"table.{kind}"
    assert cli.run(["show", str(BAOJING), "--table", str(target), "--lang", language]) == cli.USAGE
    assert not target.exists()
    assert f"pip install 'jixiao-rubric[{extra}]'" in capsys.readouterr().err
