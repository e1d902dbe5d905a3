"""The one layout of a rule file: comments stay, nothing else moves, and either language gives the other back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st

from engine.rules import Rubric
from rubric.case import load_base
from rubric.language.format import format_rules, language_of
from rubric.language.read import read_rubric
from rubric.language.write import write

ROOT = Path(__file__).parents[1]
# Every rule file of the repository that can be used.
FILES = [
    path
    for path in sorted(ROOT.rglob("*.rubric"))
    if "broken" not in path.parts and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
]
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def comments(text: str) -> list[str]:
    return sorted(
        line.split("#", 1)[1].strip() for line in text.splitlines() if line.lstrip().startswith("#") or " #" in line
    )


@each_file
def test_chinese_to_english_and_back_gives_the_same_bytes(path: Path) -> None:
    text = path.read_text("utf-8")
    own = language_of(text)
    other = "en" if own == "zh" else "zh"
    laid = format_rules(text, own, str(path), load_base)
    turned = format_rules(laid, other, str(path), load_base)
    assert language_of(turned) == other
    assert format_rules(turned, own, str(path), load_base) == laid


@pytest.mark.parametrize("path", [path for path in FILES if "rules" in path.relative_to(ROOT).parts[:1]], ids=str)
def test_the_rule_files_that_come_with_the_package_are_laid_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert format_rules(text, None, str(path), load_base) == text


@st.composite
def commented(draw: some.Draw) -> str:
    """A rule file with comments everywhere and another layout."""
    text = write(draw(some.rubrics(most=3)), draw(st.sampled_from(["zh", "en"])))
    lines: list[str] = []
    count = 0
    for line in text.splitlines():
        if draw(st.integers(0, 5)) == 0:
            count += 1
            lines.append(f"{' ' * draw(st.integers(0, 4))}# 批注 {count}")
        if draw(st.integers(0, 9)) == 0 and not line.startswith((" ", "\t")):
            lines.append("")
        ends = ""
        if line.strip() and draw(st.integers(0, 5)) == 0:
            count += 1
            ends = f" # comment {count}"
        lines.append(line + ends)
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n# 末尾\n"]))


@given(commented())
def test_nothing_is_lost_and_laying_out_again_changes_nothing(text: str) -> None:
    laid = format_rules(text)
    assert comments(laid) == comments(text)
    assert read_rubric(laid).rubric == read_rubric(text).rubric
    assert format_rules(laid) == laid


@given(some.rubrics(most=2))
def test_what_is_written_is_already_laid_out(rubric: Rubric) -> None:
    for language in ("zh", "en"):
        text = write(rubric, language)
        assert format_rules(text) == text


# -------------------------------------------------------------------------------------------- by hand

MESSY = """# 由县财政局绩效股维护

评分表「示例」   #标题
  满分:3 分
  零头：按比例计
  注：甲
  # 表头末尾

事实
  # 人数
  在职人员数(人)
  编制数（人，大于0）
# 忽略 unused-fact：留作他用
  备用（人）

# 第一项
指标 控制率(3分)
  注：放在前面的注  # 注的批注
  # 公式的批注
  公式：在职人员数÷编制数
  评分：≤100%，计3分;
    # 中间
    每超过一个百分点，扣0.5分，扣完为止
# 末尾
"""

LAID = """# 由县财政局绩效股维护

评分表「示例」  # 标题
  满分：3 分
  零头：不足一档按比例计
  注：甲
  # 表头末尾

事实
  # 人数
  在职人员数（人）
  编制数（人，大于 0）
  # 忽略 unused-fact：留作他用
  备用（人）

# 第一项
指标 控制率（3 分）
  # 公式的批注
  公式：在职人员数 ÷ 编制数
  # 中间
  评分：≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。
  注：放在前面的注  # 注的批注
  # 末尾
"""

ENGLISH = """# 由县财政局绩效股维护

rubric "示例"  # 标题
  full marks: 3 points
  fraction: counted in proportion
  note: 甲
  # 表头末尾

facts
  # 人数
  在职人员数 (people)
  编制数 (people, above 0)
  # ignore unused-fact: 留作他用
  备用 (people)

# 第一项
indicator 控制率 (3 points)
  # 公式的批注
  formula: 在职人员数 / 编制数
  # 中间
  scoring: ≤ 100% → 3 points; each 1 pp above deducts 0.5 points, down to 0 points
  note: 放在前面的注  # 注的批注
  # 末尾
"""


def test_comments_stay_beside_what_they_stood_beside() -> None:
    assert format_rules(MESSY) == LAID
    assert format_rules(MESSY.replace("\n", "\r\n")) == LAID
    assert format_rules(LAID, "en") == ENGLISH
    assert format_rules(ENGLISH, "zh") == LAID


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {"RUBRIC_CACHE": "off", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "rubric", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_command_writes_only_where_it_is_asked_to(tmp_path: Path) -> None:
    file = tmp_path / "rules.rubric"
    file.write_text(MESSY, "utf-8")
    checked = run("fmt", "--check", str(file))
    assert checked.returncode == 1
    assert "rules.rubric" in checked.stderr
    shown = run("fmt", "--diff", str(file))
    assert shown.returncode == 0
    assert "\n-  满分:3 分\n" in shown.stdout
    assert "\n+  满分：3 分\n" in shown.stdout
    assert file.read_text("utf-8") == MESSY
    assert run("fmt", str(file)).returncode == 0
    assert file.read_text("utf-8") == LAID
    assert run("fmt", "--check", str(file)).returncode == 0
    assert run("fmt", "--lang", "en", str(file)).returncode == 0
    assert file.read_text("utf-8") == ENGLISH


def test_a_file_with_an_error_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "rules.rubric"
    broken = MESSY.replace("公式：在职人员数", "公式：在职人员")
    file.write_text(broken, "utf-8")
    done = run("fmt", str(file))
    assert done.returncode == 1
    assert "unknown-name" in done.stderr
    assert file.read_text("utf-8") == broken
