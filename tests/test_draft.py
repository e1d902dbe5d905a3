"""Scoring tables drafted into rules: nothing goes in silently, nothing is lost, nothing breaks the command."""

from __future__ import annotations

import builtins
import json
import os
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from engine.diagnostic import is_error
from engine.rules import Rubric
from rubric import cli
from rubric.language.read import read_rubric
from rubric.messages.drafting import TABLE_REFUSALS
from rubric.messages.headings import SUBTOTAL, TOTAL
from rubric.messages.wording import LANGUAGES
from rubric.sheets import archive, opening
from rubric.sheets.body import layouts
from rubric.sheets.choice import chosen
from rubric.sheets.draft import Draft, draft
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid
from rubric.sheets.opening import open_table
from rubric.sheets.pieces import one_line
from rubric.sheets.summary import Summary
from rubric.sheets.wording import joined, name_and_points, plain, points_of, without_note
from tests.scoring_tables import TABLES, comma_separated, excel, saved, word, word_table, written


def drafted(path: Path) -> Draft:
    grids, findings = open_table(path)
    assert not any(map(is_error, findings))
    return draft(chosen(grids, None), path.name, "zh")


def from_rows(rows: Sequence[Sequence[object]], folder: Path) -> Draft:
    path = folder / "表.csv"
    path.write_bytes(comma_separated(rows))
    return drafted(path)


def rubric_of(text: str) -> Rubric:
    rubric = read_rubric(text).rubric
    assert rubric is not None
    return rubric


# ------------------------------------------------------------------------------------------- whole tables


@pytest.mark.parametrize("name", TABLES)
def test_a_published_table(
    name: str, tmp_path: Path, file_regression: FileRegressionFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rule file and the summary, as they are recorded and were read."""
    path = written(name, tmp_path)
    language = "en" if name == "english" else "zh"
    code = cli.run(["draft", str(path), "--lang", language])
    done = capsys.readouterr()
    assert code == cli.FINDINGS
    summary = done.err.replace(str(path), path.name)
    file_regression.check(f"{done.out}\n{'-' * 80}\n{summary}", encoding="utf-8", extension=f".{language}.txt")


@pytest.mark.parametrize("name", TABLES)
def test_what_is_left_open_is_all_that_the_reader_asks(name: str, tmp_path: Path) -> None:
    """Every draft reads; what the reader refuses stands in the lines of an indicator that has a mark."""
    found = drafted(written(name, tmp_path))
    reading = read_rubric(found.text)
    assert reading.rubric is not None
    assert len(list(reading.rubric.indicators())) == len(found.drafted)
    asked = list(found.questions())
    of_the_whole = {code for question, piece in asked if piece.entry is None for code in question.asked_as}
    marked = {id(piece) for _, piece in asked} | {id(piece.entry) for _, piece in asked if piece.entry is not None}
    for finding in filter(is_error, reading.findings):
        piece = found.written.pieces[finding.span.line]
        assert finding.code in of_the_whole or {id(piece), id(piece.entry)} & marked, finding.headline


@pytest.mark.parametrize("name", TABLES)
def test_full_marks_of_every_indicator_are_those_of_the_table(name: str, tmp_path: Path) -> None:
    found = drafted(written(name, tmp_path))
    rubric = rubric_of(found.text)
    known = {each.name: each.entry.full for each in found.drafted if each.entry.full is not None}
    read = {each.name.key: each.full for each in rubric.indicators()}
    assert {name: read[name] for name in known} == known


@pytest.mark.parametrize("name", TABLES)
def test_a_criterion_that_waits_does_not_score(name: str, tmp_path: Path) -> None:
    """Behind a `#`, or refused by the reader itself: either way the rule file has an error until it is settled."""
    found = drafted(written(name, tmp_path))
    rules = {each.name.key: each for each in rubric_of(found.text).indicators()}
    refused = {finding.span.line for finding in read_rubric(found.text).findings if is_error(finding)}
    owners = {id(found.written.pieces[line].entry) for line in refused if line in found.written.pieces}
    for each in found.drafted:
        if not each.stands:
            assert not rules[each.name].clauses or id(each.entry) in owners, each.name


def test_the_same_in_english_asks_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A Chinese table drafted for an English reader: the words of the file are English, the sentences stay."""
    path = written("merged-levels", tmp_path)
    target = tmp_path / "out.rubric"
    counts = {}
    for language in LANGUAGES:
        assert cli.run(["draft", str(path), "-o", str(target), "--force", "--json", "--lang", language]) == cli.FINDINGS
        counts[language] = json.loads(capsys.readouterr().out)["counts"]
    assert counts["en"]["indicators"] == counts["zh"]["indicators"] == 11
    assert counts["en"]["criteria_rules"] == counts["zh"]["criteria_rules"]
    assert read_rubric(target.read_text("utf-8")).rubric is not None


# ------------------------------------------------------------------------------------- what is ambiguous


HEADINGS = ["指标", "分值", "公式", "评分标准"]


def only(folder: Path, criterion: str, marks: object = 5, formula: str = "实际支出/年初预算") -> Draft:
    """The draft of one indicator."""
    return from_rows([["评分表"], HEADINGS, ["执行率", marks, formula, criterion]], folder)


def codes(found: Draft) -> list[str]:
    return [question.note.code for question, _ in found.questions() if question.note.code != "fill-grades"]


@pytest.mark.parametrize(
    ("criterion", "asked"),
    [
        ("≤100%，计5分；每超过1个百分点扣1分，扣完为止", ["settle-fraction"]),
        ("90%-100%，计5分；低于90%不得分", ["settle-edge"]),
        ("≥90%，计5分；80%（含）-90%（含），计3分；其余不得分", ["settle-two-bands"]),
        ("≥90%，计4分；其余不得分", ["settle-below-full"]),
        ("≥90%计5分；每低于1%扣1分，扣完为止", ["settle-fraction", "settle-percent"]),
        ("W100%，计5分；其余不得分", ["settle-misread"]),
        ("≥9O%，计5分；其余不得分", ["settle-misread"]),
        ("≥90%，计5分；＜90%，酌情。", ["fill-scoring"]),
        ("≥90%，计5分；其余不得分。特殊情况另行研究。", ["settle-sentences"]),
        ("看着办", ["fill-scoring"]),
        ("", ["fill-scoring-absent"]),
        ("≥90%，计5分；其余不得分", []),
    ],
)
def test_what_is_asked(criterion: str, asked: list[str], tmp_path: Path) -> None:
    found = only(tmp_path, criterion)
    assert set(codes(found)) >= set(asked), codes(found)
    assert bool(asked) != found.drafted[0].stands or asked == ["settle-fraction"]


def test_full_marks_that_contradict_one_another(tmp_path: Path) -> None:
    found = from_rows([["评分表"], ["指标", "分值", "评分标准"], ["合规（5分）", 6, "按比例计分"]], tmp_path)
    assert "settle-marks" in codes(found)
    assert found.drafted[0].entry.full is None


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("年度：2018", "年度：2018"),
        ("年度：2018-2020", "年度：2018-2020"),
        ("年度：2020 年起", "年度：2020年起"),
        ("2019年度绩效评价", "年度：2019"),
        ("2018-2020年绩效评价", "核对：未写年度，表中写的是：2018、2020"),
        ("年度：2018年度", "年度：2018\n"),
        ("年度：2018年以前", "核对：未写年度，表中写的是：2018年以前"),
    ],
)
def test_the_years_are_those_of_the_table(line: str, year: str, tmp_path: Path) -> None:
    assert year in from_rows([[line], HEADINGS, ["甲", 5, "", "按比例计分"]], tmp_path).text


@pytest.mark.parametrize(
    ("total", "asked"),
    [("10", False), ("12", True)],  # 4 + 6 = 10
)
def test_a_sum_is_held_against_the_table(total: str, asked: bool, tmp_path: Path) -> None:
    rows = [["评分表"], ["指标", "分值", "评分标准"], ["甲", 4, "按比例计分"], ["乙", 6, "按比例计分"], ["合计", total]]
    found = from_rows(rows, tmp_path)
    assert (found.total, found.stated) == (10, Fraction(total))
    assert ("settle-total" in codes(found)) is asked


def test_a_table_of_four_levels(tmp_path: Path) -> None:
    """A rule file has two levels above its indicators: the third goes with each of them, and is asked about."""
    headings = ["一级指标", "二级指标", "三级指标", "四级指标", "分值", "评分标准"]
    rows = [
        ["评分表"],
        headings,
        ["产出", "数量", "完成", "办结率", 5, "按比例计分"],
        ["", "", "", "到位率", 5, "按比例计分"],
    ]
    found = from_rows(rows, tmp_path)
    assert [each.entry.full for each in found.drafted] == [5, 5]
    assert found.text.count("注：所属中间一级指标：完成") == 2
    assert "look-other-levels" in codes(found)


def test_a_table_without_anything_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["2020年评分表"],
        HEADINGS,
        ["执行率", 100, "实际支出/年初预算", "≥90%，计100分；其余不得分"],
        ["合计", 100],
        ["注：90分以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。"],
    ]
    path = tmp_path / "表.csv"
    path.write_bytes(comma_separated(rows))
    target = tmp_path / "规则.rubric"
    assert cli.run(["draft", str(path), "-o", str(target)]) == cli.CLEAN
    assert "没有需要人工处理的事项" in capsys.readouterr().err
    assert read_rubric(target.read_text("utf-8")).findings == ()


# ------------------------------------------------------------------------------------------- the command


def test_nothing_is_overwritten_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = written("english", tmp_path), tmp_path / "rules.rubric"
    target.write_text("mine", "utf-8")
    assert cli.run(["draft", str(path), "-o", str(target)]) == cli.USAGE
    assert target.read_text("utf-8") == "mine"
    assert "--force" in capsys.readouterr().err
    assert cli.run(["draft", str(path), "-o", str(target), "--force"]) == cli.FINDINGS
    assert target.read_text("utf-8") != "mine"
    assert cli.run(["draft", str(path), "-o", str(tmp_path), "--force"]) == cli.USAGE
    assert cli.run(["draft", str(path), "-o", str(tmp_path / "none" / "x.rubric")]) == cli.USAGE


def test_the_summary_as_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = written("two-heading-rows", tmp_path), tmp_path / "rules.rubric"
    assert cli.run(["draft", str(path), "--json"]) == cli.USAGE  # two documents on one stream
    capsys.readouterr()
    assert cli.run(["draft", str(path), "--json", "-o", str(target)]) == cli.FINDINGS
    document = json.loads(capsys.readouterr().out)
    counts = document["counts"]
    assert document["marks"]["sum"] == "95"  # 20 + 20 + 15 + 20 + 20
    assert counts["to_fill_in"] + counts["to_settle"] + counts["to_look_at"] == len(document["questions"])
    lines = target.read_text("utf-8").splitlines()
    for question in document["questions"]:
        assert question["message"] in lines[question["line"] - 1]
    assert {each["cell"] for each in document["left"] if each["why"] == "hidden"} == {"A7", "D7", "E7", "F7"}


def test_another_sheet_is_drafted_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written("weights", tmp_path)
    cli.run(["draft", str(path), "--sheet", "部门评分"])
    assert "指标 完成率（100 分）" in capsys.readouterr().out
    assert cli.run(["draft", str(path), "--sheet", "没有的"]) == cli.USAGE
    assert "部门评分" in capsys.readouterr().err


def test_the_rules_go_to_one_stream_and_the_summary_to_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["draft", str(written("scanned", tmp_path))])
    done = capsys.readouterr()
    assert read_rubric(done.out).rubric is not None
    assert "待填" in done.err


# ------------------------------------------------------------------------------------------ hostile input


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to more than any table: 20 MB of markup."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        file.writestr("xl/worksheets/sheet1.xml", b" " * (archive.MAX_XML + 1))
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Any) -> bytes:
    """The archive with one part changed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for each in source.namelist():
            content = source.read(each)
            target.writestr(each, change(content) if each == name else content)
    return stream.getvalue()


def entities(data: bytes, name: str) -> bytes:
    def change(content: bytes) -> bytes:
        head, mark, rest = content.partition(b"?>")
        return head + mark + b'<!DOCTYPE x [<!ENTITY a "b">]>' + rest

    return with_part(data, name, change)


def merged_over_everything(data: bytes) -> bytes:
    """A merged range as large as a sheet can be, which would become a cell for each place."""
    mark = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return with_part(
        data, "xl/worksheets/sheet1.xml", lambda each: each.replace(b"<pageMargins", mark + b"<pageMargins")
    )


SMALL = [HEADINGS, ["甲", 5, "", "按比例计分"]]


def small_excel() -> bytes:
    return saved(excel(SMALL))


def small_word() -> bytes:
    rows = [[str(each) for each in row] for row in SMALL]
    return word(lambda document: word_table(document, rows))


def wide_word() -> bytes:
    """A cell that claims to reach over more columns than any table has."""
    claim = b'<w:tcPr><w:gridSpan w:val="99999"/>'
    return with_part(small_word(), "word/document.xml", lambda each: each.replace(b"<w:tcPr>", claim))


HOSTILE: dict[str, tuple[str, Any]] = {
    "zip-bomb": ("table-unpacks-too-large", bomb),
    "entities-in-a-workbook": ("table-with-entities", lambda: entities(small_excel(), "xl/workbook.xml")),
    "entities-in-a-document": ("table-with-entities", lambda: entities(small_word(), "word/document.xml")),
    "merged-over-everything": ("table-too-large", lambda: merged_over_everything(small_excel())),
    "too-many-rows": ("table-too-large", lambda: comma_separated([["甲"]] * (MAX_ROWS + 1))),
    "too-many-columns": ("table-too-large", lambda: comma_separated([["甲"] * (MAX_COLUMNS + 1)])),
    "too-wide-a-cell": ("table-too-large", wide_word),
    "cut-off": ("table-damaged", lambda: small_excel()[:400]),
    "parts-not-markup": ("table-damaged", lambda: with_part(small_excel(), "xl/workbook.xml", lambda _: b"\0\1\2")),
    "a-zip-of-something-else": ("table-not-office", lambda: zipped("a.txt")),
    "an-old-workbook": ("old-office-file", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "no-table-in-it": ("no-scoring-table", lambda: comma_separated([["姓名", "电话"], ["甲", "1"]])),
    "too-long-a-text": ("table-text-too-long", lambda: comma_separated([["甲" * 50_000] * 7])),
}


def zipped(name: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_refused_in_a_sentence(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, build = HOSTILE[name]
    path = tmp_path / "table.xlsx"
    path.write_bytes(build())
    assert cli.run(["draft", str(path), "--lang", language]) == cli.USAGE
    done = capsys.readouterr()
    assert done.out == ""
    assert f"[{code}]" in done.err
    wording = TABLE_REFUSALS[code]
    assert (wording.zh if language == "zh" else wording.en).split("{")[0] in done.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_that_cannot_be_read(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(opening.MAX_BYTES + 1)
    for path in (empty, large, tmp_path / "none.xlsx", tmp_path):
        assert cli.run(["draft", str(path), "--lang", language]) == cli.USAGE, path
        done = capsys.readouterr()
        assert done.out == ""
        assert str(path) in done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("library", "extra", "build"), [("openpyxl", "excel", small_excel), ("docx", "word", small_word)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_extra_is_named(
    library: str,
    extra: str,
    build: Any,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "table"
    path.write_bytes(build())
    whole = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert cli.run(["draft", str(path), "--lang", language]) == cli.USAGE
    assert f"pip install 'jixiao-rubric[{extra}]'" in capsys.readouterr().err


def test_formulas_are_not_worked_out_and_said_to_be_open(tmp_path: Path) -> None:
    book = excel([["评分表"], HEADINGS, ["甲", "=2+3", "", "按比例计分"]])
    path = tmp_path / "table.xlsx"
    path.write_bytes(saved(book))
    found = drafted(path)
    assert found.drafted[0].entry.full is None
    assert "formula-without-value" in codes(found)


# --------------------------------------------------------------------------------------------- small things


@pytest.mark.parametrize(
    ("text", "name", "points"),
    [
        ("预算配置（10分）", "预算配置", 10),
        ("投入13分", "投入", 13),
        ("（一）预算执行\n（20 分）", "预算执行", 20),
        ("3．产出[最多5分]", "产出", 5),
        ("２、结转结余率", "结转结余率", None),
        ("“三公经费”变动率", "“三公经费”变动率", None),
        ("A101 目标明确（8）", "目标明确", 8),
    ],
)
def test_a_name_and_its_points(text: str, name: str, points: int | None) -> None:
    found, given = name_and_points(text)
    assert found == name
    assert (given.number if given else None) == points


@pytest.mark.parametrize(
    ("text", "number"), [("5", 5), ("５分", 5), ("2.5", Fraction(5, 2)), ("10%", 10), ("1O", None), ("五", None)]
)
def test_points_in_a_cell_of_their_own(text: str, number: Fraction | None) -> None:
    found = points_of(text)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("每超过一个百分\n点扣0.5分", "每超过一个百分点扣0.5分"),
        ("staff control\nrate", "staff control rate"),
        ("≤ 100% → 3 points", "≤ 100% → 3 points"),
        ("计 3 分", "计3分"),
        ("预 算", "预算"),
    ],
)
def test_broken_lines_are_joined(text: str, line: str) -> None:
    assert joined(text) == line


# ---------------------------------------------------------------------------------------------- properties

_WORDS = st.sampled_from(
    [
        *(
            "一级指标",
            "二级指标",
            "指标",
            "分值",
            "评分标准",
            "公式",
            "备注",
            "得分",
            "序号",
            "合计",
            "小计",
            "注：说明",
        ),
        *(
            "5",
            "１０分",
            "10%",
            "1O",
            "100",
            "投入（13分）",
            "加分项",
            "一、过程",
            "（一）管理",
            "＃#",
            '"「」',
            "“三公经费”",
        ),
        *(
            "≤100%，计5分；每超过1个百分点扣1分，扣完为止",
            "优，计5分；其余不得分",
            "A=B/C×100%",
            "\n",
            "评分：x\n公式：y",
        ),
        *("total", "Indicator", "Points", "≥ 90% → 5 points", "_x000D_", "\x0b", "=1+1", "总分90分以上为优，其余为差"),
    ]
)
_TEXT = st.one_of(st.just(""), _WORDS, st.text(max_size=12))
_GRIDS = st.lists(st.lists(_TEXT, min_size=1, max_size=6), min_size=1, max_size=7)
_FIRST_ROWS = st.sampled_from(
    [
        ["一级指标", "指标", "分值", "评分标准"],
        ["指标", "分值", "指标说明"],
        ["类别", "指标", "权重", "公式", "评分标准", "备注"],
    ]
)
_RANDOM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_RANDOM
@given(_FIRST_ROWS, _GRIDS)
def test_nothing_is_lost(first: list[str], rows: list[list[str]]) -> None:
    """Whatever stands in a table: its text is in the rule file or in the summary, and the file can be read."""
    found = [
        Cell(row, column, each.strip()) for row, line in enumerate([first, *rows]) for column, each in enumerate(line)
    ]
    grid = Grid("csv", "表", 1, tuple(each for each in found if each.text))
    (layout,) = layouts([grid])
    result = draft(layout, "表.csv", "zh")
    assert read_rubric(result.text).rubric is not None
    document = Summary(result, "表.csv", "zh").document()
    left = " ".join(
        [
            result.text,
            *(each["text"] for each in document["left"]),
            *(each["message"] for each in document["questions"]),
        ]
    )
    known = _bare(left)
    headings = [cell.text for header in layout.headers for cell in header.cells]
    understood = {plain(each) for each in (*headings, *TOTAL.zh, *TOTAL.en, *SUBTOTAL.zh, *SUBTOTAL.en)}
    for cell in grid.texts():
        if plain(cell.text) not in understood and points_of(cell.text) is None:
            assert all(_bare(part) in known for part in _parts(cell.text)), (cell, result.text)


def _parts(text: str) -> list[str]:
    """What of a text must be found again: names lose their numbers and points, notes their first word."""
    name, _ = name_and_points(without_note(text))
    return [each for each in one_line(name).replace("#", "").replace("＃", "").split("\n") if each]


def _bare(text: str) -> str:
    return "".join(each for each in plain(text) if each.isalnum())


@_RANDOM
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes_are_answered(data: bytes, start: bytes) -> None:
    """No file makes the reader raise anything: grids, or a reason why there are none."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"rubric-any-bytes-{os.getpid()}"
    try:
        path.write_bytes(start + data)
        grids, findings = open_table(path)
        assert grids or findings
    finally:
        path.unlink(missing_ok=True)
