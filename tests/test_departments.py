"""Tables of departments, one a row: written from a rubric as CSV, and read back as if each row were a facts file."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from engine.facts import (
    Claim,
    Claims,
    Contradictory,
    Fact,
    Facts,
    Missing,
    NotApplicableFact,
    Present,
    Provenance,
)
from engine.score import assess
from engine.source import NOWHERE
from engine.unit import UNITS, Quantity
from rubric import cli
from rubric.case import facts_files, load_case, load_each, load_facts, load_rules, load_table
from rubric.forms.from_csv import MAX_BYTES, MAX_COLUMNS, MAX_DEPARTMENTS, read_departments
from rubric.forms.guarded import guarded, unguarded
from rubric.forms.headings import Column, column
from rubric.forms.to_csv import table
from rubric.forms.to_yaml import yaml_text
from rubric.messages.catalogue import say
from rubric.messages.frame import render
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.exact_yaml import Mapping
from rubric.readers.facts import facts_for, tree_for
from rubric.readers.given import FactsFile

ROOT = Path(__file__).parents[1]
FOLDER = Path("tests/departments")
RULES = FOLDER / "rules.rubric"
BAOJING = Path("rules/hunan/baojing-2017.rubric")
REPORT = Path("tests/reports/baojing-gov-office-2017.yaml")
TABLES = sorted(path.name for path in (ROOT / FOLDER).iterdir() if path.suffix in (".csv", ".tsv"))
CASES = sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/facts.yaml"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RUBRIC_CACHE", "off")
    monkeypatch.setenv("COLUMNS", "100")


# ---------------------------------------------------------------------------------- tables with mistakes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_scored_and_its_mistakes_are_told(
    name: str, language: Language, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    code = cli.run(["score", str(RULES), str(FOLDER / name), "--lang", language])
    done = capsys.readouterr()
    text = f"{done.err}\n{done.out}\nexit {code}\n"
    file_regression.check(text, encoding="utf-8", basename=f"{name}.{language}")


def found(text: str | bytes, file: str = "form.csv") -> list[tuple[str, str]]:
    """The code and the cell of everything that is said of a table held against the small rubric."""
    data = text.encode() if isinstance(text, str) else text
    rubric = load_rules(RULES).rubric
    assert rubric is not None
    departments = read_departments(data, file, rubric)
    told = [*departments.findings]
    for row in departments.rows:
        told += departments.placed(row, tree_for(rubric, row.tree, file, "")[1])
    for finding in told:
        for note in (finding.headline, *finding.helps):
            assert say(note, "zh") != say(note, "en")
    return [(each.code, each.span.cell) for each in told if each.code != "columns-missing"]


HEAD = "部门,年度,预算（万元）,支出（万元）,效果（好／一般／差）,说明（文字）\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("甲局,2020,100,95,好,文字", []),
        ("甲局,2020年,100万元,９５ 万元,good,", []),
        ("甲局,2020,缺失,missing,不适用：没有,不适用: 没有", []),
        ("甲局,2020,缺失：还没有决算,,,", []),
        ("甲局,2020,Not Applicable: none,,,", []),
        ("甲局,2020,,,,", [("row-without-facts", "A2")]),
        ("甲局,2020", [("row-without-facts", "A2")]),
        ('甲局,2020,"1,234.5",95,,', []),
        ("甲局,2020,1,234.5,95,,", [("row-too-long", "G2")]),
        ("甲局,2020,100 元,,,", [("cell-two-units", "C2")]),
        ("甲局,2020,100 人,,,", [("cell-two-units", "C2")]),
        ("甲局,2020,-1,,,", [("below-zero", "C2")]),
        ("甲局,2020,#REF!,,,", [("expected-amount", "C2")]),
        ("甲局,2020,=A1,,,", [("expected-amount", "C2")]),
        ("甲局,2020,不适用,缺失,,", [("not-applicable-without-reason", "C2")]),
        ("甲局,2020,1,2,较好,", [("no-such-level", "E2")]),
        ("甲局,2019,1,2,,", [("other-year", "B2")]),
        ("甲局,去年,1,2,,", [("unreadable-year", "B2")]),
        (",2020,1,2,,", [("missing-key", "A2")]),
        ("甲局,2020,1\0,2,,", [("control-character", "C2")]),
        ("甲局,2020,1,2,,\u2028", [("control-character", "F2")]),
        (f"甲局,2020,1,2,,{'长' * 20_001}", [("text-too-long", "F2")]),
        (f"甲局,2020,{'1' * 41},2,,", [("too-many-digits", "C2")]),
        ("甲局,2020,1,2,,\n甲 局,2020年,3,4,,", []),
        ("甲局,2020,1,2,,\n甲 局,2020,3,4,,", [("department-twice", "A2"), ("department-twice", "A3")]),
        ("甲局,2020,1,2,,\n\n,,,\n乙局,2020,x,2,,", [("expected-amount", "C5")]),
    ],
)
def test_a_cell_is_read_or_told_by_its_place(row: str, expected: list[tuple[str, str]]) -> None:
    assert found(HEAD + row + "\n") == expected


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("编制数（人）", Column("facts", "编制数", "人")),
        (" 编制数 (people) ", Column("facts", "编制数", "people")),
        ("编制数", Column("facts", "编制数")),
        ("经费（本年）（万元）", Column("facts", "经费（本年）", "万元")),
        ("经费（本年）", Column("facts", "经费（本年）")),
        ("效果（好／一般（含）／差）", Column("facts", "效果", "好／一般（含）／差")),
        ("效果(好/差)", Column("facts", "效果", "好/差")),
        ("自评：执行率", Column("indicators", "执行率")),
        ("Claim: 执行率", Column("indicators", "执行率")),
        ("自评小计:投入：一", Column("subtotals", "投入：一")),
        ("claimed  TOTAL", Column("total")),
        ("自评等级", Column("grade")),
        ("单位名称", Column("department")),
        ("单位（个）", Column("facts", "单位", "个")),
        ("年度", Column("year")),
        ("）（", Column("facts", "）（")),
        ("自评：", Column("facts", "自评：")),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: str, meant: Column) -> None:
    assert column(heading) == meant


# -------------------------------------------------------------------------------------- files as they come


TEXT = HEAD + '甲局,2020,100,95,好,"两\n行"\n'


@pytest.mark.parametrize("separator", ",;\t", ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_encoding_separator_and_line_end_reads_the_same(separator: str, encoding: str, end: str) -> None:
    data = TEXT.replace(",", separator).replace("\n", end).encode(encoding)
    departments = read_departments(data, "form.csv")
    assert [each.code for each in departments.findings] == ["read-as-gb18030"] * (encoding == "gb18030")
    (row,) = departments.rows
    assert row.tree == read_departments(TEXT.encode(), "form.csv").rows[0].tree


STRANGE: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", ["nothing-in-file"]),
    "blank": (b"\xef\xbb\xbf\n\n", ["nothing-in-file"]),
    "office": (b"PK\x03\x04", ["not-a-text-file"]),
    "utf-16": (HEAD.encode("utf-16"), ["wrong-encoding"]),
    "no-encoding": (HEAD.encode() + b"\xff\xff\xff", ["wrong-encoding"]),
    "large": (b"x" * (MAX_BYTES + 1), ["departments-too-large"]),
    "rows": ((HEAD + "甲局,2020,1,2\n" * 100_000).encode(), ["departments-too-large"]),
    "columns": ((HEAD.strip() + "," * MAX_COLUMNS).encode(), ["departments-too-large"]),
    "cell": ((HEAD + f'甲局,2020,"{"9" * 5_000_000}",1\n').encode(), ["text-too-long"]),
    "unclosed": ((HEAD + '甲局,2020,"100,95\n乙局,2020,1,2\n').encode(), ["quotes-unpaired"]),
    "behind-quotes": ((HEAD + '甲局,2020,"100"万元,95\n').encode(), ["quotes-unpaired"]),
    "quotes": (b'"' * 3_000_000, ["table-without-headings"]),
    "commas": (b"," * 3_000_000, ["table-without-headings"]),
    "brackets": (("部门," + "（" * 90_000 + "）\n甲局,2020,1\n").encode(), ["column-not-read", "row-too-long"]),
    "headings-alone": (HEAD.encode(), ["no-departments"]),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_is_refused(name: str) -> None:
    data, expected = STRANGE[name]
    assert [code for code, _ in found(data)] == expected


def test_the_headings_are_the_row_that_says_the_most_of_them() -> None:
    """A line above that names the unit of the amounts is none."""
    assert found("单位,万元,,\n部门,年度,预算（万元）,支出（万元）\n甲局,2020,1,2\n") == []


WORDS = tuple(map(str.encode, ("（", "：", "不适用：")))
PIECES = (b",", b";", b"\t", b'"', b"\n", b"\r", b"'=", b"\0", b"\xff", b",,,", *WORDS)


@settings(deadline=None)
@given(st.sampled_from(TABLES), st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(PIECES), st.integers(0, 9))))
def test_no_damaged_table_breaks_the_reader(name: str, changes: list[tuple[int, bytes, int]]) -> None:
    data = bytearray((ROOT / FOLDER / name).read_bytes())
    for at, piece, length in changes:
        place = at % (len(data) + 1)
        data[place : place + length] = piece
    found(bytes(data))


def test_so_many_departments_are_read() -> None:
    rows = "".join(f"局{number},2020,1,2,,\n" for number in range(MAX_DEPARTMENTS))
    assert len(read_departments((HEAD + rows).encode(), "form.csv").rows) == MAX_DEPARTMENTS


# ------------------------------------------------------------------------------------------- round trips


def written(rules: Path, facts: Path, language: Language) -> tuple[bytes, list[str]]:
    rubric, given_facts = load_rules(rules).rubric, load_facts(facts)[0]
    assert rubric is not None
    assert given_facts is not None
    data, findings = table(rubric, language, [given_facts])
    return data, [each.code for each in findings]


def bare(fact: Fact) -> Fact:
    """A fact without what a row has no place for."""
    match fact:
        case Present(value):
            return Present(value)
        case NotApplicableFact(provenance):
            return NotApplicableFact(Provenance(reason=provenance.reason))
        case Missing(provenance):
            return Missing(Provenance(reason=provenance.reason))
        case Contradictory():
            return Missing()


def carried(facts: Facts) -> Facts:
    """What a row carries of facts, in one order."""
    claims = facts.claims and Claims(
        tuple(sorted((Claim(each.indicator, each.points) for each in facts.claims.indicators), key=str)),
        tuple(sorted((name, points, NOWHERE) for name, points, _ in facts.claims.subtotals)),
        facts.claims.total,
        facts.claims.grade,
    )
    empty = claims is None or claims == Claims()
    return Facts(
        facts.department,
        facts.year,
        {name: bare(fact) for name, fact in facts.facts.items()},
        claims=None if empty else claims,
    )


def rules_of(folder: Path) -> Path:
    named = folder / "rules.txt"
    return Path(named.read_text("utf-8").strip()) if named.exists() else folder / "rules.rubric"


WHOLE = {"row-without-tables", "row-without-readings", "row-without-value"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_case_scores_the_same_by_its_row(folder: Path, language: Language, tmp_path: Path) -> None:
    """As far as a row can carry it; what it cannot is told."""
    rules, path = rules_of(folder), tmp_path / "form.csv"
    data, left = written(rules, folder / "facts.yaml", language)
    path.write_bytes(data)
    by_row, by_file = load_case(rules, path), load_case(rules, folder / "facts.yaml")
    assert by_row.facts is not None, render(by_row.findings, {}, "zh")
    assert by_file.facts is not None
    assert by_file.rubric is not None
    one, other = carried(by_row.facts), carried(by_file.facts)
    contradictory = {name for name, fact in by_file.facts.facts.items() if isinstance(fact, Contradictory)}
    assert {name: fact for name, fact in one.facts.items() if name not in contradictory} == {
        name: fact for name, fact in other.facts.items() if name not in contradictory
    }
    assert all(isinstance(one.facts[name], Missing) for name in contradictory)
    assert (one.department, one.year) == (other.department, other.year)
    assert bool(contradictory) == ("row-without-readings" in left)
    assert bool(by_file.rubric.tables) == ("row-without-tables" in left)
    if WHOLE.isdisjoint(left):
        assert one.claims == other.claims
        cards = [assess(by_file.rubric, replace(each, adjustments=())).card for each in (by_row.facts, by_file.facts)]
        assert cards[0].bounds == cards[1].bounds
        assert [each.points for each in cards[0].scores] == [each.points for each in cards[1].scores]
        assert [each.bounds for each in cards[0].scores] == [each.bounds for each in cards[1].scores]


def test_most_cases_can_be_carried_by_a_row() -> None:
    able = [folder for folder in CASES if WHOLE.isdisjoint(written(rules_of(folder), folder / "facts.yaml", "zh")[1])]
    assert len(able) > len(CASES) / 2


SHIPPED = sorted(path.relative_to(ROOT) for path in (ROOT / "rules").rglob("*.rubric"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_table_of_every_rule_file_is_known_again(path: Path) -> None:
    rubric = load_rules(path).rubric
    assert rubric is not None
    for language in LANGUAGES:
        data, _ = table(rubric, language, [FactsFile("甲局", None, {})])
        departments = read_departments(data, "form.csv", rubric)
        assert departments.findings == ()
        assert [each.code for each in departments.rows[0].tree.findings] == ["row-without-facts"]


TEXTS = st.text(st.sampled_from("=+-@＝'\"“”：:、,，;。#%|/／()（） 缺失不适用1a\n\t"), max_size=12).filter(str.strip)
REASONS = TEXTS.map(str.strip)
AMOUNTS = st.fractions(0, 10**12, max_denominator=1).flatmap(
    lambda number: st.integers(0, 10**6).map(lambda rest: number + Fraction(rest, 10**6))
)
VALUES: dict[str, st.SearchStrategy[object]] = {
    "预算": AMOUNTS.map(lambda number: Quantity(number, UNITS["wan_yuan"])),
    "结余": AMOUNTS.map(lambda number: Quantity(-number, UNITS["wan_yuan"])),
    "满意度": AMOUNTS.map(lambda number: Quantity(number, UNITS["percent"])),
    "系数": AMOUNTS.map(lambda number: Quantity(number, UNITS["one"])),
    "是否公开": st.booleans(),
    "效果": st.sampled_from(["好", "一般", "差"]),
    "说明": st.one_of(TEXTS, st.sampled_from(["缺失", "不适用：没有", "'=1", "''缺失", "-5", "“missing”"])),
}
STATES = st.one_of(
    st.builds(Missing, st.builds(Provenance, reason=st.one_of(st.just(""), REASONS))),
    st.builds(NotApplicableFact, st.builds(Provenance, reason=REASONS)),
)
FACTS = st.fixed_dictionaries(
    {}, optional={name: st.one_of(st.builds(Present, values), STATES) for name, values in VALUES.items()}
)
POINTS = st.one_of(st.none(), st.fractions(0, 10, max_denominator=1))
CLAIMS = st.builds(
    Claims,
    POINTS.map(lambda points: (Claim("执行率", points),)),
    st.sampled_from([(), (("全部", Fraction(5, 2), NOWHERE),)]),
    st.one_of(st.none(), st.just(Fraction(19, 2))),
    st.sampled_from([None, "优", "差"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(FACTS, st.one_of(st.none(), CLAIMS)), min_size=1, max_size=3), st.sampled_from(LANGUAGES))
def test_every_row_comes_back(rows: list[tuple[dict[str, Fact], Claims | None]], language: Language) -> None:
    """Through a table, and through the YAML that is made of its rows."""
    rubric = load_rules(RULES).rubric
    assert rubric is not None
    files = [FactsFile(f"={number}局", 2020, facts, claims=claims) for number, (facts, claims) in enumerate(rows)]
    data, left = table(rubric, language, files)
    assert left == ()
    assert_harmless(data)
    departments = read_departments(data, "form.csv", rubric)
    assert departments.findings == ()
    assert len(departments.rows) == len(files)
    for file, row in zip(files, departments.rows, strict=True):
        bound, findings = tree_for(rubric, row.tree, "form.csv", "")
        assert bound is not None, render(findings, {}, "zh")
        assert carried(bound) == carried(file)
        assert isinstance(row.tree.root, Mapping)
        text = yaml_text(row.tree.root)
        again, findings = facts_for(rubric, text, "facts.yaml")
        assert again is not None, render(findings, {"facts.yaml": text}, "zh")
        assert carried(again) == carried(file)


def assert_harmless(data: bytes) -> None:
    """No cell begins like a formula, unless it is a number."""
    for row in csv.reader(StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert cell.lstrip()[:1] not in "=+-@＝＋－＠" or not cell or is_number(cell), cell


def is_number(cell: str) -> bool:
    try:
        return bool(float(cell.removesuffix("%")) + 1) or True
    except ValueError:
        return False


@given(TEXTS)
def test_a_mark_before_a_text_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded(guarded(text))) in (text, guarded(text))


def test_a_number_that_a_spreadsheet_would_cut_stands_beside_its_unit() -> None:
    rubric = load_rules(RULES).rubric
    assert rubric is not None
    amount = Quantity(Fraction("-1234567890.12345678"), UNITS["wan_yuan"])
    data, _ = table(rubric, "zh", [FactsFile("甲局", 2020, {"结余": Present(amount)})])
    assert "'-1234567890.12345678 万元" in data.decode()
    assert read_departments(data, "form.csv").findings == ()


def test_what_a_row_cannot_carry_is_told() -> None:
    data, left = written(BAOJING, REPORT, "zh")
    assert left == ["row-without-sections"]
    rubric = load_rules(RULES).rubric
    assert rubric is not None
    yuan = Quantity(Fraction(5), UNITS["yuan"])
    people = Quantity(Fraction(5), UNITS["person"])
    facts: dict[str, Fact] = {
        "预算": Contradictory((Present(yuan), Present(people))),
        "支出": Present(people),
        "人数": Present(Quantity(Fraction(5), UNITS["one"])),
        "结余": Present(yuan),
        "没有要": Present("x"),
    }
    data, findings = table(rubric, "zh", [FactsFile("甲局", 2020, facts, file="facts.yaml")])
    codes = [each.code for each in findings]
    assert sorted(codes) == ["row-without-readings", "row-without-these", "row-without-value", "row-without-value"]
    row = next(iter(csv.DictReader(StringIO(data.decode("utf-8-sig")))))
    assert (row["支出（万元）"], row["人数（人）"], row["结余（万元）"]) == ("", "", "0.0005")
    assert row["预算（万元）"].startswith("缺失：前后不一")


# -------------------------------------------------------------------------------------------- the command


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.run([str(each) for each in arguments])
    done = capsys.readouterr()
    assert "Traceback" not in done.err
    return code, done.out, done.err


def good(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "填报.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return path


def test_rows_are_scored_like_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = good(tmp_path, "甲局,2020,100,95", "乙局,2020,100,很多", "丙局,2020,100,80")
    code, out, err = run(capsys, "score", RULES, form)
    assert (code, "expected-amount" in err) == (cli.FINDINGS, True)
    assert [line.split() for line in out.splitlines()[3:]] == [["1", "甲局", "10", "优"], ["2", "丙局", "0", "差"]]
    assert "没有评分：乙局" in err
    folder = tmp_path / "files"
    assert run(capsys, "facts", form, "-o", folder)[0] == cli.CLEAN
    code, files, _ = run(capsys, "score", RULES, folder / "甲局.yaml", folder / "丙局.yaml")
    assert (code, files) == (cli.CLEAN, out)


def test_a_document_of_each_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = good(tmp_path, "甲局,2020,100,95", "乙局,2020,100,很多", "丙局,2020,100,80")
    code, out, _ = run(capsys, "score", RULES, form, "--json")
    assert code == cli.FINDINGS
    assert [each["department"] for each in json.loads(out)] == ["甲局", "丙局"]
    form = good(tmp_path, "乙局,2020,100,很多")
    code, out, _ = run(capsys, "score", RULES, form, "--json")
    (finding,) = [each for each in json.loads(out)["findings"] if each["severity"] == "error"]
    assert (finding["cell"], finding["line"], "sheet" in finding) == ("D2", 2, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_department_is_chosen_by_its_name(
    language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = good(tmp_path, "甲局,2020,100,95", "甲局,2021,100,95", "乙局,2020,100,很多")
    for command in (("explain", RULES, form), ("audit", form, "--rules", RULES)):
        code, out, err = run(capsys, *command, "--lang", language)
        assert (code, out, "甲局 2020" in err) == (cli.USAGE, "", True)
        assert run(capsys, *command, "--department", "甲局 2020")[0] == cli.CLEAN
        code, out, err = run(capsys, *command, "--department", "甲局", "--lang", language)
        assert (code, "no-such-department" in err) == (cli.USAGE, True)
        code, out, err = run(capsys, *command, "--department", "乙局", "--lang", language)
        assert (code, "expected-amount" in err, "other-year" in err) == (cli.FINDINGS, True, False)
    assert run(capsys, "score", RULES, form, "--department", "甲局 2020")[0] == cli.CLEAN
    assert run(capsys, "score", RULES, form, REPORT, "--department", "甲局 2020")[0] == cli.USAGE
    only = good(tmp_path, "甲局,2020,100,95")
    assert run(capsys, "explain", RULES, only)[0] == cli.CLEAN
    assert run(capsys, "audit", only, "--rules", RULES)[0] == cli.CLEAN


GROUP = """评分表「比」
  满分：10 分
  等级：优 ≥ 9 分；其余为差

事实
  得票（人）

指标 名次（10 分）
  公式：全组名次（得票）
  评分：≤ 1，计 10 分；其余不得分。
"""


def test_the_rows_of_a_table_are_one_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = tmp_path / "group.rubric"
    rules.write_text(GROUP, "utf-8")
    form = tmp_path / "form.csv"
    form.write_text("部门,年度,得票（人）\n甲局,2020,3\n乙局,2020,5\n丙局,2020,很多\n丁局,2020,4\n", "utf-8")
    code, out, _ = run(capsys, "score", rules, form)
    assert [line.split()[:3] for line in out.splitlines()[3:]] == [
        ["1", "乙局", "10"],
        ["2", "甲局", "0"],
        ["2", "丁局", "0"],
    ]
    code, out, err = run(capsys, "explain", rules, form, "--department", "丁局")
    assert (code, "名次  0 / 10" in out, "expected-amount" in err) == (cli.CLEAN, True, True)
    one = tmp_path / "one.yaml"
    one.write_text("部门: 戊局\n年度: 2020\n事实: {得票: 6 人}\n", "utf-8")
    code, out, err = run(capsys, "score", rules, one, "--together", form)
    assert (code, "expected-amount" in err) == (cli.FINDINGS, True)
    form.write_text("部门,年度,得票（人）\n甲局,2020,3\n乙局,2020,5\n", "utf-8")
    code, out, err = run(capsys, "score", rules, one, "--together", form)
    assert (code, "10 / 10" in out) == (cli.CLEAN, True)


def test_a_file_for_each_department(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        "甲/局,2020,1,1",
        "甲:局,2020,2,2",
        "../../甲局,2020,3,3",
        "CON,2020,4,4",
        "con,2021,5,5",
        "乙局,2020,缺失：x,6",
    )
    form, folder = good(tmp_path, *rows, ",2020,1,1"), tmp_path / "files"
    code, out, err = run(capsys, "facts", form)
    assert (code, out, "7" in err) == (cli.USAGE, "", True)
    assert run(capsys, "facts", form, "-o", folder)[0] == cli.FINDINGS
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["CON-.yaml", "con--2021.yaml", "乙局.yaml", "甲-局-2020.yaml", "甲-局.yaml", "甲局.yaml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "填报.csv"]
    assert (folder / "乙局.yaml").read_text("utf-8") == (
        "部门: 乙局\n年度: 2020\n事实:\n  预算: {状态: 缺失, 理由: x}\n  支出: 6 万元\n"
    )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "甲局.yaml").unlink()
    code, _, err = run(capsys, "facts", form, "-o", folder)
    assert (code, err.count("--force")) == (cli.USAGE, 5)
    assert not (folder / "甲局.yaml").exists()
    assert run(capsys, "facts", form, "-o", folder, "--force")[0] == cli.FINDINGS
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run(capsys, "facts", form, "-o", form)[0] == cli.USAGE


def test_a_table_of_one_department_is_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, target = good(tmp_path, "甲局,2020,1,1"), tmp_path / "甲.yaml"
    code, out, _ = run(capsys, "facts", form)
    assert (code, out) == (cli.CLEAN, "部门: 甲局\n年度: 2020\n事实:\n  预算: 1 万元\n  支出: 1 万元\n")
    assert run(capsys, "facts", form, "-o", target)[0] == cli.CLEAN
    assert target.read_text("utf-8") == out
    assert (
        run(capsys, "facts", good(tmp_path, "甲局,2020,1,1", "乙局,2020,1,1"), "-o", target, "--force")[0] == cli.USAGE
    )


def test_headings_are_held_against_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.csv"
    form.write_text("部门,年度,预祘（万元）,备注\n甲局,2020,1,x\n", "utf-8")
    assert "备注: x" in run(capsys, "facts", form)[1]
    code, out, err = run(capsys, "facts", form, "--rules", RULES)
    assert (code, out, "unknown-fact" in err) == (cli.FINDINGS, "", True)
    form.write_text("部门,年度,预算（万元）,备注\n甲局,2020,1,x\n", "utf-8")
    code, out, err = run(capsys, "facts", form, "--rules", RULES)
    assert (code, "备注" in out, "column-not-read" in err) == (cli.CLEAN, False, True)


def test_only_tables_of_departments_are_looked_for_in_folders(tmp_path: Path) -> None:
    form = good(tmp_path, "甲局,2020,1,1")
    (tmp_path / "评分表.csv").write_text("指标,分值\n执行率,10\n", "utf-8")
    (tmp_path / ".~lock.csv").write_text(HEAD, "utf-8")
    assert facts_files([tmp_path]) == [form]


def test_two_rows_of_one_department_are_not_turned_into_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, folder = good(tmp_path, "甲局,2020,1,1", "乙局,2020,1,1", "甲局,2020,2,2"), tmp_path / "files"
    code, _, err = run(capsys, "facts", form, "-o", folder)
    assert (code, err.count("department-twice")) == (cli.FINDINGS, 2)
    assert [path.name for path in folder.iterdir()] == ["乙局.yaml"]


def test_a_table_is_filled_from_facts_files_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = good(tmp_path, "甲局,2020,100,95,good,=1", "乙局,2020,100,80")
    again, english = tmp_path / "again.csv", tmp_path / "english.csv"
    assert run(capsys, "template", RULES, form, "-o", again)[0] == cli.CLEAN
    assert run(capsys, "template", RULES, form, "-o", again)[0] == cli.USAGE
    assert run(capsys, "template", RULES, again, "-o", english, "--lang", "en")[0] == cli.CLEAN
    text = english.read_text("utf-8-sig")
    assert text.startswith("Department,Year,budget (wan yuan),")
    assert "good" in text
    assert "'=1" in text
    one, other = (
        [carried(row.facts) for row in load_table(RULES, path).rows if row.facts is not None]
        for path in (form, english)
    )
    assert one == other
    assert len(one) == 2
    assert run(capsys, "template", RULES, form, "-o", tmp_path / "form.xlsx")[0] == cli.USAGE
    assert [facts.department for facts, *_ in load_each(english) if facts] == ["甲局", "乙局"]


def test_a_sheet_of_scores_is_still_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.csv"
    path.write_text("指标,自评得分\n执行率,10\n单位,甲局\n", "utf-8")
    _, _, err = run(capsys, "audit", path, "--rules", RULES)
    assert "table-without-headings" not in err
