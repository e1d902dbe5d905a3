"""Rule files that are based on others: what they say takes its place, and all else stays."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from engine.rules import Group, Indicator, Rubric
from engine.source import Span
from rubric.case import load_base, load_case, load_rules
from rubric.language.changes import quoted
from rubric.language.format import format_rules
from rubric.language.read import Reading, read_rubric
from rubric.language.write import write

ROOT = Path(__file__).parents[1]

BASE = """评分表「部门整体支出绩效评价」
  年度：2017
  依据：财预〔2011〕85号
  满分：16 分
  零头：不足一档不计
  等级：优 ≥ 10 分；其余为差

事实
  在职人员数「staff」、编制数「posts」（人，大于 0）：年末实有；核定
  年初预算（万元，大于 0）
  本年追加（万元）
  制度健全、制度合规、目标明确（是／否）

定义
  追加率 = 本年追加 ÷ 年初预算

一级指标 投入「input」（7 分）

指标 在职人员控制率「staff control rate」（3 分）
  公式：在职人员数 ÷ 编制数
  评分：≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。
  示例：在职人员数 71 人，编制数 74 人：3 分
  原文：控制率≤100%，计3分；每超过一个百分点扣0.5分，扣完为止。

指标 “三公经费”变动率、控制率（4 分）
  公式：追加率
  评分：= 0，计 4 分；0-10%（含），计 3 分；10-20%（含），计 2 分；> 20%，不得分。
  注：可靠。

一级指标 过程（9 分）

二级指标 管理（5 分）

指标 制度（5 分）
  评分：①制度健全，3 分；②制度合规，2 分。

二级指标 目标（4 分）

指标 目标明确（4 分）
  评分：目标明确为是，计 4 分；其余不得分。
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "base.rubric").write_text(BASE, "utf-8")
    return tmp_path


def read(folder: Path, text: str, name: str = "county.rubric") -> Reading:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_rubric(text, str(path), load=load_base)


def whole(folder: Path, text: str, name: str = "county.rubric") -> Rubric:
    reading = read(folder, text, name)
    assert reading.findings == (), reading.findings
    assert reading.rubric is not None
    return reading.rubric


def indicator(rubric: Rubric, key: str) -> Indicator:
    return next(each for each in rubric.indicators() if each.key == key)


def outline(rubric: Rubric) -> list[object]:
    def of(member: Group | Indicator) -> object:
        inside = [of(each) for each in member.members] if isinstance(member, Group) else []
        return [member.key, member.full, *inside]

    return [of(member) for member in rubric.members]


HEAD = "评分表「某县」\n  修订自：base.rubric\n"
NEW = "\n指标 新（2 分）\n  评分：目标明确为是，计 2 分；其余不得分。\n"


def test_what_is_not_said_stays(files: Path) -> None:
    base = read_rubric(BASE).rubric
    assert base is not None
    found = whole(files, HEAD)
    assert found.title == "某县"
    assert (found.period, found.basis, found.grades, found.members) == (
        base.period,
        base.basis,
        base.grades,
        base.members,
    )
    assert whole(files, "评分表\n  修订自：base.rubric\n").title == base.title


def test_full_marks_alone_are_changed(files: Path) -> None:
    text = HEAD + "  满分：18 分\n\n一级指标 投入（9 分）\n\n指标 “三公经费”变动率、控制率（6 分）\n"
    text += "  评分：= 0，计 6 分；其余不得分。\n"
    found = whole(files, text)
    assert found.full == 18
    assert outline(found)[0] == ["投入", 9, ["在职人员控制率", 3], ["“三公经费”变动率、控制率", 6]]
    changed = indicator(found, "“三公经费”变动率、控制率")
    assert len(changed.clauses) == 2
    assert changed.notes == ("可靠。",)


def test_a_name_keeps_the_form_that_the_amendment_leaves_out(files: Path) -> None:
    text = HEAD + "  满分：18 分\n\n一级指标 投入（9 分）\n\n指标 在职人员控制率（5 分）\n"
    text += "  评分：≤ 100%，计 5 分；每超过 1 个百分点扣 1 分，扣完为止。\n"
    found = indicator(whole(files, text), "在职人员控制率")
    assert found.name.en == "staff control rate"
    # Its example and its official sentence are those of the other criterion.
    assert (found.full, found.examples, found.official) == (5, (), "")


@pytest.mark.parametrize(
    ("change", "points"),
    [
        # 75 ÷ 74 = 101.35 %: one whole step.
        ("  修改：“扣 0.5 分”改为“扣 0.4 分”\n", "2.6"),
        ("  修改：“每超过1个百分点扣0.5分”改为“每超过 1 个百分点扣 3 分”\n", "0"),
        ("  修改：“≤ 100%，计 3 分；”改为“≤ 102%，计 3 分；”\n", "3"),
        ("  修改：“在职人员数 ÷ 编制数”改为“编制数 ÷ 在职人员数”\n", "3"),
    ],
)
def test_one_band_is_changed(files: Path, change: str, points: str) -> None:
    from engine.facts import Facts, Present
    from engine.score import assess
    from engine.unit import UNITS, Quantity

    found = whole(files, HEAD + "\n指标 在职人员控制率\n" + change)
    people = {"在职人员数": 75, "编制数": 74}
    facts = {key: Present(Quantity(Fraction(value), UNITS["person"])) for key, value in people.items()}
    score = assess(found, Facts("", 2017, dict(facts))).card.of("在职人员控制率")
    assert score is not None
    assert score.points == Fraction(points)


def test_an_indicator_is_dropped_with_what_it_alone_asked_for(files: Path) -> None:
    found = whole(files, HEAD + "  满分：12 分\n  删去：“三公经费”变动率、控制率\n\n一级指标 投入（3 分）\n")
    assert [each.key for each in found.indicators()] == ["在职人员控制率", "制度", "目标明确"]
    assert [fact.key for fact in found.facts] == ["在职人员数", "编制数", "制度健全", "制度合规", "目标明确"]
    assert found.definitions == ()


def test_a_level_is_dropped_with_everything_in_it(files: Path) -> None:
    found = whole(files, HEAD + "  满分：11 分\n  删去：管理\n\n一级指标 过程（4 分）\n")
    assert outline(found)[1] == ["过程", 4, ["目标", 4, ["目标明确", 4]]]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("  位置：在在职人员控制率之后\n", ["在职人员控制率", "新", "“三公经费”变动率、控制率"]),
        ("  位置：在职人员控制率之前\n", ["新", "在职人员控制率", "“三公经费”变动率、控制率"]),
        ("  位置：“三公经费”变动率、控制率之后\n", ["在职人员控制率", "“三公经费”变动率、控制率", "新"]),
        ("  位置：after staff control rate\n", ["在职人员控制率", "新", "“三公经费”变动率、控制率"]),
    ],
)
def test_a_new_indicator_stands_where_it_says(files: Path, place: str, expected: list[str]) -> None:
    text = (
        HEAD
        + "  满分：18 分\n\n一级指标 投入（9 分）\n\n指标 新（2 分）\n  评分：目标明确为是，计 2 分；其余不得分。\n"
    )
    found = whole(files, text + place)
    assert [member.key for member in found.members[0].members] == expected  # type: ignore[union-attr]


def test_a_new_indicator_stands_at_the_end_of_the_level_that_it_is_written_under(files: Path) -> None:
    found = whole(files, HEAD + "  满分：18 分\n\n一级指标 过程（11 分）\n\n二级指标 管理（7 分）\n" + NEW)
    assert outline(found)[1] == ["过程", 11, ["管理", 7, ["制度", 5], ["新", 2]], ["目标", 4, ["目标明确", 4]]]


def test_a_new_level_stands_behind_the_others(files: Path) -> None:
    text = (
        HEAD
        + "  满分：18 分\n\n一级指标 效果（2 分）\n\n指标 新（2 分）\n  评分：目标明确为是，计 2 分；其余不得分。\n"
    )
    assert outline(whole(files, text))[2] == ["效果", 2, ["新", 2]]


def test_an_indicator_is_moved(files: Path) -> None:
    found = whole(files, HEAD + "\n指标 在职人员控制率\n  位置：在“三公经费”变动率、控制率之后\n")
    assert outline(found)[0] == ["投入", 7, ["“三公经费”变动率、控制率", 4], ["在职人员控制率", 3]]


def test_facts_and_definitions_are_declared_anew(files: Path) -> None:
    text = HEAD + "\n事实\n  编制数（人，大于 0）：县委编办核定\n\n定义\n  追加率 = 本年追加 ÷（年初预算 + 本年追加）\n"
    found = whole(files, text)
    posts = found.fact("编制数")
    assert posts is not None
    assert posts.meaning == "县委编办核定"
    assert [fact.key for fact in found.facts][:2] == ["在职人员数", "编制数"]
    assert len(found.definitions) == 1
    assert "年初预算 + 本年追加" in write(found, "zh")


def test_what_is_said_of_the_whole_is_amended_field_by_field(files: Path) -> None:
    (files / "base.rubric").write_text(
        BASE + "\n总评\n  上限：总分不超过 15 分\n  取整：总分四舍五入保留整数\n", "utf-8"
    )
    found = whole(files, HEAD + "\n总评\n  上限：总分不超过 14 分\n")
    assert [cap.points for cap in found.overall.caps] == [14]
    assert found.overall.rounding is not None


def test_an_amendment_is_amended(files: Path) -> None:
    (files / "province.rubric").write_text(HEAD.replace("某县", "某省") + "  年度：2018\n", "utf-8")
    found = whole(
        files, "评分表「某市」\n  修订自：province.rubric\n  删去：管理\n  满分：11 分\n\n一级指标 过程（4 分）\n"
    )
    assert found.period is not None
    assert found.period.first == 2018
    assert len(list(found.indicators())) == 3


def test_a_finding_stands_in_the_file_that_causes_it(files: Path) -> None:
    (files / "base.rubric").write_text(BASE.replace("在职人员数 ÷ 编制数", "在职人员数 ÷ 编制"), "utf-8")
    (finding,) = read(files, HEAD).findings
    assert finding.code == "unknown-name"
    assert Path(finding.span.file).name == "base.rubric"
    (files / "base.rubric").write_text(BASE, "utf-8")
    (finding,) = read(files, HEAD + "\n指标 在职人员控制率\n  修改：“编制数”改为“编制”\n").findings
    assert Path(finding.span.file).name == "county.rubric"
    assert finding.span[1:5] == (5, 14, 5, 16)


BROKEN = [
    ("评分表「某县」\n  修订自：nowhere.rubric\n", "no-base", 2),
    (HEAD + "  删去：没有的指标\n", "not-in-base", 3),
    (HEAD + NEW, "no-place", 4),
    (HEAD + "\n指标 制度\n  位置：在没有的指标之后\n", "not-in-base", 5),
    (HEAD + "\n指标 制度\n  修改：把 3 分改为 2 分\n", "change-unreadable", 5),
    (HEAD + "\n指标 制度\n  修改：“4 分”改为“2 分”\n", "change-not-found", 5),
    (HEAD + "\n指标 制度\n  修改：“分”改为“点”\n", "change-in-many-places", 5),
]


@pytest.mark.parametrize(("text", "code", "line"), BROKEN, ids=[code for _, code, _ in BROKEN])
def test_what_cannot_be_amended_is_said_where_it_stands(files: Path, text: str, code: str, line: int) -> None:
    found = [each for each in read(files, text).findings if each.code == code]
    assert [each.span.line for each in found] == [line]


def test_files_that_are_based_on_one_another_in_a_circle_are_refused(files: Path) -> None:
    (files / "one.rubric").write_text("评分表\n  修订自：two.rubric\n", "utf-8")
    (files / "two.rubric").write_text("评分表\n  修订自：one.rubric\n", "utf-8")
    found = load_rules(files / "one.rubric").findings
    assert [each.code for each in found if each.code == "too-many-bases"] == ["too-many-bases"]


@pytest.mark.parametrize("name", ["../base.rubric", "/etc/passwd", "..", ""])
def test_only_files_beside_or_below_are_read(files: Path, name: str) -> None:
    (files / "below").mkdir()
    assert (
        "no-base" in [each.code for each in read(files / "below", f"评分表\n  修订自：{name}\n").findings] or not name
    )


# ------------------------------------------------------------------------------------------- the command

COUNTY = """# 某县 2018 年评分表
评分表「某县」
  修订自：base.rubric  # 省里的表
  年度：2018
  满分：11 分
  删去：管理

一级指标 过程（4 分）

# 县里从严
指标 在职人员控制率
  修改：“扣 0.5 分”改为“扣 1 分”
  示例：在职人员数 75 人，编制数 74 人：2 分
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    chosen = {"RUBRIC_CACHE": "off", "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-m", "rubric", *arguments]
    return subprocess.run(command, cwd=ROOT, env=chosen, capture_output=True, encoding="utf-8", check=False)


def test_check_shows_the_whole(files: Path) -> None:
    (files / "county.rubric").write_text(COUNTY, "utf-8")
    done = run("check", str(files / "county.rubric"))
    assert [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()][-9:] == [
        "某县 11（原 16）",
        "投入 7",
        "在职人员控制率 3 修改：评分",
        "“三公经费”变动率、控制率 4",
        "过程 4（原 9）",
        "目标 4",
        "目标明确 4",
        "管理 5 删去",
    ]


def test_an_amendment_is_laid_out_as_an_amendment(files: Path) -> None:
    path = files / "county.rubric"
    path.write_text(COUNTY, "utf-8")
    assert format_rules(COUNTY, None, str(path), load_base) == COUNTY
    english = format_rules(COUNTY, "en", str(path), load_base)
    assert "  amends: base.rubric  # 省里的表\n" in english
    assert "  change: “扣 0.5 分”改为“扣 1 分”\n" in english
    assert "  example: staff 75 people, posts 74 people → 2 points\n" in english
    assert format_rules(english, "zh", str(path), load_base) == COUNTY


def test_a_change_of_the_base_is_seen_though_what_was_read_is_kept(
    files: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUBRIC_CACHE", str(tmp_path / "cache"))
    path = files / "county.rubric"
    path.write_text(COUNTY, "utf-8")
    first, again = load_rules(path), load_rules(path)
    assert first.rubric == again.rubric
    assert first.rules_digest == again.rules_digest
    assert list(again.texts) == [str(path), str(files / "base.rubric")]
    (files / "base.rubric").write_text(BASE.replace("0-10%（含），计 3 分", "0-10%（含），计 2.5 分"), "utf-8")
    changed = load_rules(path)
    assert changed.rubric != first.rubric
    assert changed.rules_digest != first.rules_digest


def test_facts_of_another_year_are_refused_unless_asked_for(files: Path) -> None:
    facts = files / "facts.yaml"
    facts.write_text("部门: 某局\n年度: 2016\n事实:\n  在职人员数: 71 人\n  编制数: 74 人\n", "utf-8")
    refused = load_case(files / "base.rubric", facts)
    assert [each.code for each in refused.findings] == ["other-year"]
    assert not refused.usable
    allowed = load_case(files / "base.rubric", facts, any_year=True)
    assert [each.severity.value for each in allowed.findings] == ["warning"]
    assert allowed.usable
    assert run("score", str(files / "base.rubric"), str(facts)).returncode == 1
    assert "得分" in run("score", "--any-year", str(files / "base.rubric"), str(facts)).stdout


def test_a_changed_clause_is_quoted_with_its_whole_change() -> None:
    """Its place in the amendment is that of the new words, and the words around them stand in the base."""
    lines = ["指标 甲", "  修改：“扣 0.5 分”改为“扣 1 分”；“≤ 100%”改为“≤ 102%”"]
    for start, end, wanted in ((6, 24, "「扣 0.5 分」改为「扣 1 分」"), (26, 40, "「≤ 100%」改为「≤ 102%」")):
        assert quoted(Span("a", 2, start, 2, end), lines) == wanted
    assert quoted(Span("a", 1, 1, 1, 3), lines) == "指标"
    assert quoted(Span("a", 9, 1, 9, 3), lines) == ""
