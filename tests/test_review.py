"""Facts files reviewed by a person: every answer is kept at once, and what nobody touched stays as it was."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from engine.facts import Basis, Contradictory, NotApplicableFact, Present
from engine.rules import Rubric
from rubric import cli
from rubric.commands.reports import Named
from rubric.commands.reviewing import review
from rubric.commands.shape import Output
from rubric.language.read import read_rubric
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.facts import facts_for
from rubric.reading.review import Review

ROOT = Path(__file__).parent.parent
COMPOSED = sorted((ROOT / "tests" / "reports" / "composed").glob("*.txt"))
BAOJING = str(ROOT / "rules" / "hunan" / "baojing-2017.rubric")

RULES = """评分表「部门整体支出绩效评价」
  年度：2017
  依据：财预〔2011〕85号
  满分：15 分
  零头：不足一档不计
  等级：优 ≥ 13 分；良 ≥ 11 分；其余为差
事实
  在职人员数（人）：年末实有在职人员
  编制数（人，大于 0）
  年初预算、本年追加（万元，大于 0）
  满意率（%）
  制度有效执行（是／否）
  考核等次（一等／二等／三等）
数据来源
  在职人员数：实有在职人员
  编制数：核定编制（值）个
  制度有效执行：得到了有效执行 → 是
一级指标 投入（10 分）
指标 在职人员控制率（5 分）
  公式：在职人员数 ÷ 编制数
  评分：≤ 100%，计 5 分；每超过 1 个百分点扣 1 分，扣完为止。
指标 预算控制率（5 分）
  公式：本年追加 ÷ 年初预算
  评分：≤ 10%，计 5 分；其余不得分。
一级指标 过程（5 分）
指标 制度执行（2 分）
  评分：制度有效执行为是，计 2 分；其余不得分。
指标 满意度（2 分）
  公式：满意率
  评分：≥ 90%，计 2 分；其余不得分。
指标 考核等次（1 分）
  评分：一等，计 1 分；其余不得分。
"""

REPORT = """某局2017年整体支出绩效自评报告
一、概况
（一）人员。我局内设8个股室，核定编制60个，年末实有在职人员58人。
二、预算
年初预算1154.2万元，本年追加31.71万元，均已拨付到位。
（1）在职人员控制率为58/60×100%=96.67%，该项得分5分。
（2）预算控制率为31.71/1154×100%=2.75%，该项得分4分。
三、管理
各项制度得到了有效执行，该项得分2分，年初预算为1154万元。
投入绩效为9分，总得分12分，评价等级为“良”。
"""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return rules()


def rules() -> Rubric:
    found = read_rubric(RULES)
    assert found.findings == ()
    assert found.rubric is not None
    return found.rubric


def nothing(_number: int) -> None:
    """Before a line is read, nothing is done."""


class Typing(io.StringIO):
    """Standard input from a list of lines, which tells when each of them is read."""

    def __init__(self, lines: list[str], before: Callable[[int], None] = nothing) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.number = 0
        self.before = before

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        self.before(self.number)
        self.number += 1
        return super().readline(-1 if size is None else size)


@pytest.fixture
def sit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the command in a folder with the rules and the report, and type these lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("rules.rubric").write_text(RULES, "utf-8")
    Path("report.txt").write_text(REPORT, "utf-8")

    def run(*arguments: str, lines: list[str], before: Callable[[int], None] = nothing) -> int:
        monkeypatch.setattr(sys, "stdin", Typing(lines, before))
        return cli.run([*arguments, "--rules", "rules.rubric"])

    return run


READ = ("read", "report.txt", "-o", "facts.yaml", "--review")
ALONE = ("read", "--review", "facts.yaml")


# ---------------------------------------------------------------------------------------------- sittings

# What a person types on the way through the whole report; the words that differ are by language.
SITTING = [
    ("y", "y"),
    # A wrong unit is told at once; a sentence of the report gives its own place.
    *[("c", "c"), ("60 万元", "60 wan yuan"), ("60", "60"), ("61 人", "61 people"), ("核定编制60个", "核定编制60个")],
    # Back to it: a reason in place of a sentence.
    *[("b", "b"), ("c", "c"), ("61 人", "61 people"), ("", ""), ("按编制批复", "by the authorisation")],
    # Two values: Enter does not choose.
    *[("", ""), ("3", "3"), ("1", "1")],
    ("s", "s"),
    # Not found: a sentence of another document, and a place for it.
    *[("c", "c"), ("95.3%", "95.3%"), ("满意的占95.3%", "95.3% are content"), ("问卷汇总表", "survey, table 1")],
    *[("?", "?"), ("x", "x"), ("", "")],
    *[("n", "n"), ("", ""), ("n", "n"), ("当年没有考核", "there was no assessment")],
    # Claims.
    ("", ""),
    *[("c", "c"), ("6", "6"), ("5", "5"), ("", "")],
    ("m", "m"),
    ("y", "y"),
    *[("c", "c"), ("1", "1"), ("", ""), ("", "")],
    *[("c", "c"), ("10", "10"), ("", ""), ("优", "优")],
]
REST = [("b", "b"), ("s", "s"), ("m", "m"), ("报告没有单列", "not told apart")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sitting(
    language: Language,
    sit: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    file_regression: FileRegressionFixture,
) -> None:
    at = 0 if language == "zh" else 1
    assert sit("--lang", language, *READ, lines=[each[at] for each in SITTING]) == cli.FINDINGS
    first = capsys.readouterr()
    assert sit("--lang", language, *ALONE, lines=[each[at] for each in REST]) == cli.CLEAN
    second = capsys.readouterr()
    text = Path("facts.yaml").read_text("utf-8")
    shown = f"{first.err}{first.out}{'-' * 79}\n{second.err}{second.out}{'-' * 79}\n{text}"
    file_regression.check(shown, encoding="utf-8", basename=f"a-sitting.{language}")
    facts, findings = facts_for(rules(), text, "facts.yaml")
    assert findings == ()
    assert facts is not None


def test_every_answer_is_kept_before_the_next_question(sit: Callable[..., int]) -> None:
    seen: list[int] = []

    def look(_number: int) -> None:
        seen.append(Path("facts.yaml").read_text("utf-8").count("核对: 无误"))

    assert sit(*READ, lines=["y"] * 2, before=look) == cli.FINDINGS
    assert seen == [0, 1, 2]
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_a_second_sitting_goes_on(sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    sit(*READ, lines=["y", "y", "q"])
    assert "待核对 11 项" in capsys.readouterr().out
    sit(*READ, lines=[])
    assert "\n3/13  年初预算" in capsys.readouterr().out
    Path("facts.yaml").write_bytes(Path("facts.yaml").read_bytes().replace("核对: 无误".encode(), "核对: ".encode(), 1))
    sit(*ALONE, lines=[])
    assert "\n1/13  在职人员数" in capsys.readouterr().out


def test_a_plain_read_tells_how_to_review(sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    sit("read", "report.txt", "-o", "my facts.yaml", lines=[])
    told = capsys.readouterr().err.rstrip().splitlines()[-1]
    assert told == "下一步：rubric read --review report.txt --rules rules.rubric -o 'my facts.yaml'"


def test_force_reads_anew(sit: Callable[..., int]) -> None:
    sit(*READ, lines=["y"])
    assert "核对" in Path("facts.yaml").read_text("utf-8")
    sit(*READ, "--force", lines=[])
    assert "核对" not in Path("facts.yaml").read_text("utf-8").partition("\n")[2]


def test_interrupted(sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    assert sit(*READ, lines=["y", "c", "5 人"], before=interrupt) == cli.FINDINGS
    assert Path("facts.yaml").read_text("utf-8").count("核对: 无误") == 1
    assert "采用 1 项" in capsys.readouterr().out


def test_a_file_that_somebody_else_changes_is_left_alone(
    sit: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    def change(number: int) -> None:
        if number == 1:
            Path("facts.yaml").write_text("部门: 别人的\n", "utf-8")

    assert sit(*READ, lines=["y", "y"], before=change) == cli.USAGE
    assert Path("facts.yaml").read_text("utf-8") == "部门: 别人的\n"
    assert "已被别的程序改动" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    sit(*READ, lines=[])
    Path().chmod(0o555)
    try:
        assert sit(*ALONE, lines=["y"]) == cli.USAGE
    finally:
        Path().chmod(0o755)
    assert "facts.yaml" in capsys.readouterr().err


REFUSED = {
    "no file for the answers": (("read", "report.txt", "--review"), "-o"),
    "facts and an output": (("read", "--review", "facts.yaml", "-o", "other.yaml"), "-o"),
    "a workbook": (("read", "--review", "form.xlsx"), "rubric facts form.xlsx"),
    "no such facts": (("read", "--review", "none.yaml"), "no-such-file"),
    "no such report": (("read", "--review", "none.txt", "-o", "facts.yaml"), "no-such-file"),
    "no facts file": (("read", "--review", "broken.yaml"), "fullwidth-colon"),
    "a folder": (("read", "--review", "report.txt", "-o", "."), "is-a-directory"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.yaml").write_text("部门：某局\n", "utf-8")
    Path("facts.yaml").write_text("部门: 某局\n年度: 2017\n事实:\n  编制数: 60 人\n", "utf-8")
    arguments, told = REFUSED[name]
    assert sit(*arguments, lines=["y"]) in (cli.USAGE, cli.FINDINGS)
    assert told in capsys.readouterr().err
    assert not Path("other.yaml").exists()


def test_what_is_typed_in_any_way(sit: Callable[..., int]) -> None:
    sit(*READ, lines=["Ｙ", " 采用 ", "２", "更正", "31.71 万元", "本年追加 31.71 万元", "b", "C", "", "退出"])
    text = Path("facts.yaml").read_text("utf-8")
    assert text.count("核对: 无误") == 2
    assert "核对: 选定，另有读数 1154.2 万元（二“年初预算1154.2万元”）" in text
    assert "核对: 更正，原为 31.71 万元（二“本年追加31.71万元”）" in text


def test_characters_that_cannot_be_read_are_asked_for_again(
    sit: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    sit(*READ, lines=["\x1b[D", "\ufffd", "y"])
    assert capsys.readouterr().out.count("无法识别") == 2
    assert "\x1b" not in Path("facts.yaml").read_text("utf-8")


# ------------------------------------------------------------------------------------------ the text

HEAD = "部门: 某局\n年度: 2017\n资料: {报告: 自评报告}\n事实:\n"

# What stands in the file for 编制数, and what becomes of it when it is accepted.
ACCEPTED = {
    "in braces": ("  编制数: {值: 60 人, 依据: 数据}\n", "  编制数: {值: 60 人, 依据: 数据, 核对: 无误}\n"),
    "a value alone": ("  编制数: 60 人  # 批复\n", "  编制数: {值: 60 人, 核对: 无误}  # 批复\n"),
    "a value in quotes": ("  编制数: '60 人'\n", "  编制数: {值: '60 人', 核对: 无误}\n"),
    "thousands": ("  编制数: 1,060 人\n", '  编制数: {值: "1,060 人", 核对: 无误}\n'),
    "on several lines": (
        "  编制数:  # 甲\n    值: 60 人  # 乙\n    依据: 数据\n    # 丙\n",
        "  编制数:  # 甲\n    值: 60 人  # 乙\n    核对: 无误\n    依据: 数据\n    # 丙\n",
    ),
    "a long text first": (
        "  编制数:\n    原文: >\n      核定编制\n      60 人\n    值: 60 人\n",
        "  编制数:\n    核对: 无误\n    原文: >\n      核定编制\n      60 人\n    值: 60 人\n",
    ),
    "braces on several lines": (
        "  编制数: {值: 60 人,  # 甲\n    依据: 数据,\n    }\n",
        "  编制数: {值: 60 人,  # 甲\n    依据: 数据, 核对: 无误,\n    }\n",
    ),
    "nothing in the end": ("  编制数: {值: 60 人, 理由: }\n", "  编制数: {核对: 无误, 值: 60 人, 理由: }\n"),
    "an empty check": ("  编制数: {值: 60 人, 核对: }\n", "  编制数: {值: 60 人, 核对: 无误}\n"),
    "an empty check behind": ("  编制数: {核对: , 值: 60 人}\n", "  编制数: {核对: 无误, 值: 60 人}\n"),
    "an empty check on a line": ("  编制数:\n    核对:\n    值: 60 人\n", "  编制数:\n    核对: 无误\n    值: 60 人\n"),
    "a name in quotes": ('  "编制数" : 60 人\n', '  "编制数" : {值: 60 人, 核对: 无误}\n'),
    "everything in braces": ("  {编制数: {值: 60 人}}\n", "  {编制数: {值: 60 人, 核对: 无误}}\n"),
    "without a line's end": ("  编制数: 60 人", "  编制数: {值: 60 人, 核对: 无误}"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(rubric: Rubric, name: str, newline: str) -> None:
    before, after = (f"# 说明\n{HEAD}{each}".replace("\n", newline) for each in ACCEPTED[name])
    about = Review(before, "facts.yaml", rubric)
    assert about.findings == ()
    assert about.accept(about.items[0]) == ()
    assert about.text == after
    assert 0 not in about.left()
    assert about.accept(about.items[0]) == ()
    assert about.text == after


STATED = {
    "in braces": (
        "  编制数: {值: 60 人, 依据: 数据}  # 甲\n",
        "  编制数: {状态: 缺失, 理由: 无, 核对: 更正，原为 60 人}  # 甲\n",
    ),
    "a value alone": ("  编制数: 60 人\n", "  编制数: {状态: 缺失, 理由: 无, 核对: 更正，原为 60 人}\n"),
    "on several lines": (
        "  编制数:\n    # 甲\n    值: 60 人 # 乙\n    依据: 数据 # 丙\n  年初预算: 5 万元\n",
        "  编制数: {状态: 缺失, 理由: 无, 核对: 更正，原为 60 人}\n    # 甲\n    # 乙 # 丙\n  年初预算: 5 万元\n",
    ),
    "two values": (
        "  编制数: {读数: [60 人, 61 人]}\n",
        "  编制数: {状态: 缺失, 理由: 无, 核对: 更正，原为 60 人、61 人}\n",
    ),
    "not there": ("  年初预算: 5 万元\n", "  年初预算: 5 万元\n  编制数: {状态: 缺失, 理由: 无, 核对: 无误}\n"),
    "not there, behind several lines": (
        "  年初预算:\n    值: 5 万元  # 甲\n\n# 乙\n",
        "  年初预算:\n    值: 5 万元  # 甲\n  编制数: {状态: 缺失, 理由: 无, 核对: 无误}\n\n# 乙\n",
    ),
    "not there, in braces": (
        "  {年初预算: 5 万元}\n",
        "  {年初预算: 5 万元, 编制数: {状态: 缺失, 理由: 无, 核对: 无误}}\n",
    ),
}


@pytest.mark.parametrize("name", STATED)
def test_missing(rubric: Rubric, name: str) -> None:
    before, after = (HEAD + each for each in STATED[name])
    about = Review(before, "facts.yaml", rubric)
    item = next(each for each in about.items if each.name == "编制数")
    assert about.missing(item, "无") == ()
    assert about.text == after


@pytest.mark.parametrize("facts", ["事实:\n", "事实: {}\n", "事实: # 待填\n"])
def test_the_first_fact_of_a_file(rubric: Rubric, facts: str) -> None:
    about = Review(f"部门: 某局\n年度: 2017\n{facts}", "facts.yaml", rubric)
    assert about.accept(about.items[0]) == ()
    assert len(about.left()) == len(about.items) - 1
    assert facts.partition("#")[2] in about.text


def test_a_file_keeps_its_encoding_and_its_mark(sit: Callable[..., int]) -> None:
    text = f"{HEAD}  编制数: 60 人\n"
    for data, encoding in ((text.encode("gb18030"), "gb18030"), (b"\xef\xbb\xbf" + text.encode(), "utf-8-sig")):
        Path("facts.yaml").write_bytes(data)
        sit(*ALONE, lines=["y"])
        assert Path("facts.yaml").read_bytes().decode(encoding) == f"{HEAD}  编制数: {{值: 60 人, 核对: 无误}}\n"
    assert Path("facts.yaml").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_link_stays_a_link(sit: Callable[..., int]) -> None:
    Path("there.yaml").write_text(f"{HEAD}  编制数: 60 人\n", "utf-8")
    Path("there.yaml").chmod(0o640)
    Path("facts.yaml").symlink_to("there.yaml")
    sit(*ALONE, lines=["y"])
    assert Path("facts.yaml").is_symlink()
    assert "核对" in Path("there.yaml").read_text("utf-8")
    assert Path("there.yaml").stat().st_mode & 0o777 == 0o640


def test_an_odd_way_of_writing_is_left_to_a_person(sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{HEAD}  ? 编制数\n  : 60 人\n"
    Path("facts.yaml").write_text(text, "utf-8")
    assert sit(*ALONE, lines=["m", "无"]) == cli.FINDINGS
    assert Path("facts.yaml").read_text("utf-8") == text
    assert "第 5 行" in capsys.readouterr().out


def test_what_a_value_rests_on(rubric: Rubric, sit: Callable[..., int]) -> None:
    typed = ["c", "59 人", "年末实有59人", "台账", "c", "61 人", "编制册", "第2页", "q"]
    Path("facts.yaml").write_text(
        f"{HEAD}  在职人员数: 58 人\n  编制数: 60 人\n  考核等次: 一等\n  满意率: 5%\n", "utf-8"
    )
    sit(*ALONE, lines=[*typed[:-1], "c", "二等", "", "复核", "c", "6%", "", "推算", "q"])
    facts, findings = facts_for(rubric, Path("facts.yaml").read_text("utf-8"), "facts.yaml")
    assert findings == ()
    assert facts is not None
    rests = {name: fact.provenance.basis for name, fact in facts.facts.items() if isinstance(fact, Present)}
    assert rests == {
        "在职人员数": Basis.FIGURE,
        "编制数": Basis.STATEMENT,
        "考核等次": Basis.JUDGEMENT,
        "满意率": Basis.INFERENCE,
    }


def test_a_claim_above_its_full_marks_can_be_mended(
    sit: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("facts.yaml").write_text(f"{HEAD}  编制数: 60 人\n自评: {{总分: 99}}\n", "utf-8")
    lines = [*["y"] * 7, "y"]
    assert sit(*ALONE, lines=lines) == cli.FINDINGS
    assert "尚有错误" in capsys.readouterr().out
    Path("facts.yaml").write_text(f"{HEAD}  编制数: 60 人\n自评: {{总分: 99}}\n", "utf-8")
    assert sit(*ALONE, lines=[*["y"] * 7, "c", "98", "c", "15"]) == cli.CLEAN
    assert Path("facts.yaml").read_text("utf-8").endswith("自评: {总分: 15, 核对: 更正，总分原为 99}\n")


TABLE = """评分表「例」
  年度：2017
  满分：10 分
  零头：不足一档不计
  等级：优 ≥ 9 分；其余为差
事实
  编制数（人）
表 绩效目标：按项目填报
  名称（文字）
  完成值（数）
指标 编制（10 分）
  公式：编制数
  评分：≤ 5 人，计 10 分；其余不得分。
"""


def test_rows_of_tables_are_left_to_the_file(sit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.rubric").write_text(TABLE, "utf-8")
    rows = "表:\n  绩效目标:\n    - {名称: 甲, 完成值: 3}\n"
    Path("facts.yaml").write_text(f"{HEAD}  编制数: 60 人\n{rows}", "utf-8")
    assert sit(*ALONE, lines=["y"]) == cli.CLEAN
    assert "表中各行" in capsys.readouterr().out
    assert Path("facts.yaml").read_text("utf-8") == f"{HEAD}  编制数: {{值: 60 人, 核对: 无误}}\n{rows}"


# ------------------------------------------------------------------------------------------ what holds always


@pytest.mark.parametrize("report", COMPOSED, ids=lambda path: path.stem)
def test_to_accept_everything_only_adds_that_it_was_checked(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "facts.yaml"
    arguments = ["read", str(report), "--rules", BAOJING, "-o", str(target)]
    cli.run(arguments)
    before = target.read_text("utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 200))
    code = cli.run([*arguments, "--review"])
    after = target.read_text("utf-8")
    assert (code == cli.CLEAN) == ("读数" not in before)
    assert after != before
    assert after.replace(", 核对: 无误}", "}").replace("\n  核对: 无误\n", "\n") == before


WRITTEN = """# 某局
部门: 某局
年度: 2017
资料:
  报告: 自评报告   # 正式稿

事实:
  # 人员
  在职人员数: {值: 58 人, 依据: 数据, 资料: 报告, 位置: 一, 原文: 年末实有在职人员58人}  # 甲
  编制数: 60 人 # 乙
  年初预算:
    读数:
      - {值: "1,154.2 万元", 依据: 数据, 资料: 报告, 位置: 二, 原文: '年初预算1,154.2万元'}
      - 1154 万元
    理由: 待核实

  # 其他
  本年追加:
    值: 31.71 万元
    原文: |
      本年追加
      31.71万元
  满意率: {状态: 缺失, 理由: 报告中没有找到}
  制度有效执行: 是

其他数据:
  接待费: 20.18 万元

自评:
  指标:
    在职人员控制率: {得分: 5, 比率: 96.67%, 原文: 该项得分5分}   # 丙
    预算控制率: 4
    制度执行:
      得分: 2
    满意度: {得分: 未叙述}
  小计: {投入: 9}
  总分: 12 # 丁
  等级: 良
# 完
"""

# Where an answer is a word of the report, a value, a key, or anything at all.
SAID = st.sampled_from(
    [
        *("", "", "y", "c", "c", "c", "m", "n", "s", "b", "1", "2", "3", "?", "99"),
        *("60 人", "5 万元", "1,200.50万元", "95%", "是", "二等", "3", "3 分", "12.5", "优", "未叙述"),
        *("年末实有在职人员58人", "一、概况 #1: {x}", "~", "null", "- a", "'", '"', "a: b", "核对: 无误", "’；#"),
    ]
) | st.text(max_size=12).map(lambda text: text.replace("\n", " ").replace("\r", " "))


def part(text: str, name: str) -> str:
    """What the file says under a name: its line, and those below it that stand deeper."""
    found = re.search(rf"^( +){name}:.*\n(?:\1 +.*\n)*", text, re.MULTILINE)
    return found[0] if found else ""


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The file in order, in pieces: each entry by its name, and every other line by itself."""
    named = "在职人员数|编制数|年初预算|本年追加|满意率|制度有效执行|考核等次|在职人员控制率|预算控制率|制度执行|满意度"
    entry = re.compile(rf"^( +)({named}):.*\n(?:\1 +\S.*\n)*|^.*\n", re.MULTILINE)
    yield from ((found[2] or "", found[0]) for found in entry.finditer(text))


@given(st.lists(SAID, max_size=40), st.sampled_from(LANGUAGES), st.sampled_from(["\n", "\r\n"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_answered_the_rest_stays_as_it_is(
    tmp_path: Path, lines: list[str], language: Language, newline: str
) -> None:
    rubric, path = rules(), tmp_path / "facts.yaml"
    path.write_bytes(WRITTEN.replace("\n", newline).encode())
    stdin, sys.stdin = sys.stdin, Typing(lines)
    try:
        with redirect_stdout(io.StringIO()):
            code = review(Output(language, "never"), Named(path, Path("rules.rubric")), rubric, None)
    finally:
        sys.stdin = stdin
    assert code in (cli.CLEAN, cli.FINDINGS)
    text = path.read_bytes().decode()
    assert text.count("\n") == text.count(newline)
    # The file reads, and without a finding that was not there.
    after = Review(text, "facts.yaml", rubric)
    assert after.findings == Review(WRITTEN, "facts.yaml", rubric).findings == ()
    assert after.facts is not None
    # Every piece that nobody touched is there, at its place; of an entry that changed, its name is.
    old, new = list(pieces(WRITTEN)), list(pieces(text.replace(newline, "\n")))
    touched = {item.name for item in after.items if after.checked(item)}
    whole = re.compile(r"  (核对|小计|总分|等级):")
    kept_old = [each for name, each in old if name not in touched and not whole.match(each)]
    kept_new = [each for name, each in new if name not in touched and not whole.match(each)]
    assert kept_new == kept_old
    order = [name for name, _ in old if name]
    assert [name for name, _ in new if name in order] == order
    for mark in ("# 甲", "# 乙", "# 丙", "# 丁"):
        assert text.count(mark) == 1


def test_choosing_keeps_everything_that_was_read(rubric: Rubric) -> None:
    about = Review(WRITTEN, "facts.yaml", rubric)
    item = next(each for each in about.items if each.name == "年初预算")
    assert isinstance(about.fact(item), Contradictory)
    assert about.choose(item, 0) == ()
    assert part(about.text, "年初预算") == (
        '  年初预算: {值: "1,154.2 万元", 依据: 数据, 资料: 报告, 位置: 二, 原文: "年初预算1,154.2万元", '
        "核对: 选定，另有读数 1154 万元}\n"
    )


def test_a_correction_of_a_correction_keeps_both(rubric: Rubric) -> None:
    about = Review(WRITTEN, "facts.yaml", rubric)
    item = about.items[1]
    assert about.not_applicable(item, "无编制") == ()
    assert isinstance(about.fact(item), NotApplicableFact)
    assert about.missing(item, "没有写") == ()
    assert "核对: 更正，原为 不适用；更正，原为 60 人" in part(about.text, "编制数")
