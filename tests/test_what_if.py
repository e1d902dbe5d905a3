"""What another value of some facts would do: shown beside the score as it is, and the facts file stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from pytest_regressions.file_regression import FileRegressionFixture

from rubric import cli
from rubric.messages.wording import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
RULES = "rules/hunan/baojing-2017.rubric"
FACTS = "tests/reports/baojing-gov-office-2017.yaml"

SUPPOSED = {
    "spending": ["公用经费支出=120万元"],
    "spending-in-yuan-and-people": ["公用经费支出=1170000元", "在职人员数＝77 人"],
    "no-building-any-more": ["新建楼堂馆所=是", "实际建设面积=110平方米", "批准建设面积=100平方米", "实际投资=不适用"],
    "level": ["绩效考核等次=二等", "绩效考核得分=90分", "绩效考核总分=120分", "行政效能=一般"],
    "missing": ["本年追加=缺失"],
    "nothing-to-divide-by": ["公用经费预算=0万元"],
    "the-same": ["公用经费支出=339.21万元"],
}

REFUSED = {
    "unknown-name": ["公用经费支处=120万元", "在职人数=70人"],
    "wrong-units": ["公用经费支出=120", "公用经费支出=120人", "编制数=75万元", "年初预算=多少"],
    "no-value": ["公用经费支出", "公用经费支出="],
    "no-such-level": ["绩效考核等次=四等", "新建楼堂馆所=也许"],
    "twice": ["编制数=75人", "编制数=76人"],
    "not-allowed": ["年初预算=-1万元"],
}


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RUBRIC_CACHE", "off")


def shown(
    values: list[str], language: Language, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, str, str]:
    code = cli.run(["--lang", language, "what-if", RULES, FACTS, *values, *more])
    done = capsys.readouterr()
    return code, done.out, done.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_differs_is_shown_entry_by_entry(
    language: Language, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    before = (ROOT / FACTS).read_bytes()
    told = []
    for values in SUPPOSED.values():
        code, out, err = shown(values, language, capsys)
        assert err == ""
        told.append(f"$ rubric what-if {' '.join(values)}    ({code})\n{out}")
    file_regression.check("\n".join(told), encoding="utf-8", extension=f".{language}.txt", basename="differs")
    assert (ROOT / FACTS).read_bytes() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_said_with_what_was_expected(
    language: Language, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    told = []
    for values in REFUSED.values():
        code, out, err = shown(values, language, capsys)
        assert (code, out) == (cli.USAGE, "")
        assert "Traceback" not in err
        told.append(err)
    file_regression.check("\n".join(told), encoding="utf-8", extension=f".{language}.txt", basename="refused")


@pytest.mark.parametrize(
    ("values", "code"),
    [(SUPPOSED["spending"], cli.CLEAN), (SUPPOSED["missing"], cli.INCOMPLETE), (REFUSED["twice"], cli.USAGE)],
)
def test_the_exit_code(values: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(values, "zh", capsys)[0] == code


def test_files_that_cannot_be_used_are_told_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["what-if", RULES, "none.yaml", "编制数=75人"]) == cli.USAGE
    assert cli.run(["what-if", RULES, "tests/broken/facts/unit-missing.yaml", "编制数=75人"]) == cli.FINDINGS
    assert cli.run(["what-if", RULES, FACTS]) == cli.USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_as_data_numbers_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = shown(["公用经费支出=118.17万元", "本年追加=missing"], "en", capsys, "--json")
    document = json.loads(out)
    assert document["supposed"] == [
        {"fact": "公用经费支出", "before": "339.21 wan_yuan", "after": "118.17 wan_yuan"},
        {"fact": "本年追加", "before": "310.71 wan_yuan", "after": "missing"},
    ]
    # 8 - 1 for the one whole point above 100 %; the additions leave 0 to 5 open instead of 2.
    assert (document["before"]["points"], document["after"]["points"]) == (
        {"low": "89", "high": "89"},
        {"low": "94", "high": "99"},
    )
    assert (document["before"]["grades"], document["after"]["grades"]) == (["良"], ["优"])
    one = next(each for each in document["indicators"] if each["name"] == "公用经费控制率")
    assert (one["after"]["points"]["low"], one["after"]["measured"]) == ("7", "101/100")
    assert shown(REFUSED["twice"], "zh", capsys, "--json")[1].count("supposed-twice") == 1


def test_cells_of_a_table_are_named_by_row_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    files = ["rules/yunnan/yongde-2022.rubric", "tests/cases/yongde-nutrition-2022/facts.yaml"]
    # 政策知晓率 is the sixth row: 98 ÷ 100 × 10 = 9.8, and 9.5 at 95.
    assert cli.run(["what-if", *files, "绩效指标[6].实际完成值=95"]) == cli.CLEAN
    out = capsys.readouterr().out
    assert "总分 99.8 分 → 99.5 分" in out
    assert "政策知晓率：9.8 分 → 9.5 分" in out
    for wrong in (
        "绩效指标[60].实际完成值=95",
        "绩效指标[6].实际完成=95",
        "绩效指标[1].指标分值=11分",
        "绩效指标[5].评定得分=11分",
    ):
        assert cli.run(["what-if", *files, wrong]) == cli.USAGE, wrong
        done = capsys.readouterr()
        assert done.out == ""
        assert "错误[" in done.err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("公用", {"公用经费支出=", "公用经费预算="}),
        ("绩效考核等次=", {"绩效考核等次=一等", "绩效考核等次=二等", "绩效考核等次=三等"}),
        ("新建楼堂馆所=", {"新建楼堂馆所=是", "新建楼堂馆所=否", "新建楼堂馆所=yes", "新建楼堂馆所=no"}),
        ("编制数=7", set()),
    ],
)
def test_names_and_levels_are_completed(typed: str, offered: set[str]) -> None:
    complete = ShellComplete(cli.build("zh"), {}, "rubric", "_RUBRIC_COMPLETE")
    found = complete.get_completions(["what-if", RULES, FACTS], typed)
    assert {each.value for each in found} == offered
