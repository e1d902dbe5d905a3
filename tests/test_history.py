"""Cases held against what was accepted: what differs is shown by points, entry and clause; what is the same is not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from engine.claims import Verdict
from engine.history import Beside, ClaimOf, Held, Points, Record, Result, differences, exact, record
from engine.number import Printed
from engine.score import assess
from engine.scores import Status
from engine.source import Span
from rubric import cli
from rubric.commands.cases import outcome_text
from rubric.commands.progress import EVERY, counted
from rubric.commands.shape import Output
from rubric.history import Outcome, Scoring, State, accept, plain_reason
from rubric.messages.history import CARD_KEYS, CARD_WORDS
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.accepted import Accepted, CardError, card_text, parse_card, read_card
from rubric.report.shifts import shift_span
from tests.strategies import Case, cases, composed_rubrics

pytest_plugins = ["pytester"]

DAY = date(2026, 1, 5)

RULES = """评分表「例表」
  年度：2020
  满分：30 分
  零头：不足一档不计
  等级：优 ≥ 27 分；良 ≥ 21 分；其余为差

事实
  支出、预算、追加（万元）
  在职人数 「staff」、编制数 「posts」（人）
  有计划、有制度、已公开（是／否）
  满意度（%）
  重大违纪（是／否）

指标 预算控制率 「budget control」（10 分）
  公式：追加 ÷ 预算
  评分：= 0，计 10 分；0–10%（含），计 8 分；10–20%（含），计 6 分；20–30%（含），计 4 分；大于 30%，不得分。

指标 人员控制率（8 分）
  公式：在职人数 ÷ 编制数
  评分：≤ 100%，计 8 分；每超过 5 个百分点扣 2 分，扣完为止。

指标 制度（6 分）
  评分：①有计划，2 分；②有制度，2 分；③已公开，2 分。

指标 满意度情况（6 分）
  公式：满意度
  评分：≥ 90%，计 6 分；80%（含）至 90%，计 4 分；< 80%，不得分。

总评
  否决：重大违纪，等级为差
"""
# 8 less 1 whole step of 2 = 6; 4 + 6 + 4 + 4 = 18. Without 100 wan yuan of supplements 15% are left: 6 for 4, 20.
CLAIMED = """调整:
  - {事实: 追加, 金额: 100 万元, 理由: 上级追加, 认可: 部门自行}
自评:
  指标:
    预算控制率: {得分: 6, 比率: 25%}
    人员控制率: {得分: 6, 比率: 107.0%}
    制度: {得分: 4}
    满意度情况: {得分: 未叙述}
  总分: 22
  等级: 良
"""
FACTS = """部门: 某局
年度: 2020
事实:
  预算: 1000 万元
  追加: 250 万元
  在职人数: 107 人
  编制数: 100 人
  有计划: 是
  有制度: 否
  已公开: 是
  满意度: 85%
  重大违纪: 否
"""

# Each change of the rules (or of the facts), as texts that are replaced.
PLANTED = {
    "limit": ("rules", ("20–30%（含），计 4 分", "20–24%（含），计 4 分"), ("大于 30%", "大于 24%")),
    "points": ("rules", ("20–30%（含），计 4 分", "20–30%（含），计 5 分")),
    "reading": ("rules", ("零头：不足一档不计", "零头：不足一档按一档计")),
    "full-marks": ("rules", ("满意度情况（6 分）", "满意度情况（7 分）"), ("满分：30 分", "满分：31 分")),
    "dropped": (
        "rules",
        ("指标 制度（6 分）\n  评分：①有计划，2 分；②有制度，2 分；③已公开，2 分。\n\n", ""),
        ("满分：30 分", "满分：24 分"),
    ),
    "added": (
        "rules",
        (
            "指标 满意度情况",
            "指标 违纪（2 分）\n  评分：重大违纪为否，计 2 分；重大违纪为是，不得分。\n\n指标 满意度情况",
        ),
        ("满分：30 分", "满分：32 分"),
    ),
    "item": ("rules", ("②有制度，2 分；③已公开，2 分", "②有制度，1 分；③已公开，3 分")),
    "grade": ("rules", ("良 ≥ 21 分", "良 ≥ 18 分")),
    "fact": ("facts", ("追加: 250 万元", "追加: 150 万元")),
    "fact-missing": ("facts", ("  追加: 250 万元\n", "")),
    "fact-contradictory": ("facts", ("满意度: 85%", "满意度: {读数: [{值: 85%}, {值: 95%}]}")),
    "veto": ("facts", ("重大违纪: 否", "重大违纪: 是")),
}


def folder_of(at: Path, rules: str = RULES, facts: str = FACTS) -> Path:
    """A case folder with these files; what is there already is written over, but for the card."""
    at.mkdir(parents=True, exist_ok=True)
    (at / "rules.rubric").write_text(rules, "utf-8")
    (at / "facts.yaml").write_text(facts, "utf-8")
    return at


@pytest.fixture
def accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case that is accepted, by a path that is the same everywhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUBRIC_CACHE", "off")
    found = Scoring().outcome(folder_of(Path("甲")))
    assert found.state is State.NEW, outcome_text(found, "zh")
    assert accept(found, "首次确认", "zh", DAY)
    return found.folder


def planted(folder: Path, name: str) -> Outcome:
    which, *changes = PLANTED[name]
    texts = {"rules": RULES, "facts": FACTS}
    for old, new in changes:
        assert old in texts[str(which)]
        texts[str(which)] = texts[str(which)].replace(old, new)
    return Scoring().outcome(folder_of(folder, texts["rules"], texts["facts"]))


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_is_shown(accepted: Path, name: str, file_regression: FileRegressionFixture) -> None:
    found = planted(accepted, name)
    assert found.state is State.DIFFERENT, outcome_text(found, "zh")
    shown = "\n\n".join(outcome_text(found, language) for language in LANGUAGES)
    file_regression.check(shown + "\n", encoding="utf-8", basename=f"planted-{name}")


def test_the_card_is_for_people(accepted: Path, file_regression: FileRegressionFixture) -> None:
    accept(Scoring().outcome(folder_of(accepted, facts=FACTS + CLAIMED)), "自评报来", "zh", DAY)
    file_regression.check((accepted / "accepted.yaml").read_text("utf-8"), encoding="utf-8", extension=".yaml")


# Each change of what stands beside the score, as texts that are replaced in the rules or the facts.
BESIDE = {
    "claim": ("facts", ("预算控制率: {得分: 6", "预算控制率: {得分: 4")),
    "claim-gone": ("facts", ("    制度: {得分: 4}\n", "")),
    "claim-new": ("facts", ("满意度情况: {得分: 未叙述}", "满意度情况: {得分: 6}")),
    "claim-borne-out": ("rules", ("20–30%（含），计 4 分", "20–30%（含），计 6 分")),
    "rate": ("facts", ("比率: 107.0%", "比率: 106.9%")),
    "total": ("facts", ("总分: 22", "总分: 20")),
    "grade": ("facts", ("等级: 良", "等级: 优")),
    "adjustment": ("facts", ("金额: 100 万元", "金额: 200 万元")),
    "no-claims": ("facts", (CLAIMED, "")),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_change_beside_the_score_is_shown(accepted: Path, name: str, file_regression: FileRegressionFixture) -> None:
    assert accept(Scoring().outcome(folder_of(accepted, facts=FACTS + CLAIMED)), "自评报来", "zh", DAY)
    assert Scoring().outcome(accepted).state is State.SAME
    which, change = BESIDE[name]
    texts = {"rules": RULES, "facts": FACTS + CLAIMED}
    assert change[0] in texts[which]
    texts[which] = texts[which].replace(*change)
    found = Scoring().outcome(folder_of(accepted, texts["rules"], texts["facts"]))
    assert found.state is State.DIFFERENT, outcome_text(found, "zh")
    shown = "\n\n".join(outcome_text(found, language) for language in LANGUAGES)
    file_regression.check(shown + "\n", encoding="utf-8", basename=f"beside-{name}")


def test_a_card_of_an_earlier_day_reads_and_is_said_once(accepted: Path, run: Run) -> None:
    """It lacks what is kept now: that is not compared, and no difference."""
    folder_of(accepted, facts=FACTS + CLAIMED)
    assert run("test", str(accepted), "--accept", "--reason", "自评报来").returncode == 0
    card = accepted / "accepted.yaml"
    text = card.read_text("utf-8")
    head, rest = text.split("自评核对:", 1)
    card.write_text(head + rest[rest.index("确认记录:") :], "utf-8")
    done = run("test", str(accepted), str(accepted))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("自评核对") == 1
    assert json.loads(run("test", str(accepted), "--json").stdout)["cases"][0]["uncompared"] is True
    assert run("test", str(accepted), "--accept", "--reason", "补记自评").returncode == 0
    assert "自评核对" not in run("test", str(accepted)).stderr
    assert text.split("确认记录:", 1)[0] == card.read_text("utf-8").split("确认记录:", 1)[0]


# ------------------------------------------------------------------------------------------- reports

SOURCES = """
数据来源
  有计划：制定了计划 → 是；没有计划 → 否
  有制度：建立了制度 → 是；没有制度 → 否
  已公开：已经公开 → 是
  重大违纪：没有重大违纪 → 否
"""
REPORTING = RULES.replace("\n指标 预算控制率", f"{SOURCES}\n指标 预算控制率", 1)
REPORT = """某局2020年整体支出绩效自评报告
一、预算
预算1000万元，追加250万元。预算控制率为25%，该项得分6分。
二、人员
在职人数107人，编制数100人。人员控制率为107%，该项得分6分。
三、管理
我局制定了计划，没有制度，预算已经公开，没有重大违纪。
问卷表明，满意度85%。
总得分22分，评价等级为“良”。
"""


def reported(at: Path, report: str = REPORT) -> Path:
    """A case folder whose facts are those of a report."""
    folder_of(at, REPORTING)
    (at / "facts.yaml").unlink()
    (at / "report.txt").write_text(report, "utf-8")
    return at


def test_a_case_may_be_a_report(tmp_path: Path, run: Run) -> None:
    """It scores what its facts file would, and its claims are held against the rule."""
    reported(tmp_path / "cases/甲")
    new = run("test", "cases")
    assert (new.returncode, "现为 18 分" in new.stdout) == (1, True), new
    assert run("test", "cases", "--accept", "--reason", "首次确认").returncode == 0
    card = read_card(tmp_path / "cases/甲/accepted.yaml").record
    assert card.told is not None
    assert dict(card.told)["追加"] == "250 wan_yuan"
    assert card.beside is not None
    assert [each.claimed for each in card.beside.claims] == ["6", "6", "22", "良"]
    assert run("test", "cases").returncode == 0
    assert run("test", "cases/甲").returncode == 0
    reported(tmp_path / "cases/甲", REPORT.replace("追加250万元", "追加150万元"))
    different = run("test", "cases")
    assert different.returncode == 1
    assert "预算控制率：4 分 → 6 分" in different.stdout
    assert "事实有改动" in different.stdout
    assert "报告所述的“追加”与确认时不同：250 万元 → 150 万元" in different.stdout


def test_facts_decide_and_the_report_beside_them_is_read_as_well(tmp_path: Path, run: Run) -> None:
    folder = reported(tmp_path / "甲", REPORT.replace("追加250万元", "追加150万元"))
    (folder / "facts.yaml").write_text(FACTS, "utf-8")
    assert run("test", "甲", "--accept", "--reason", "首次确认").returncode == 0
    card = read_card(folder / "accepted.yaml").record
    assert card.points == (18, 18)
    assert card.told is not None
    assert dict(card.told)["追加"] == "150 wan_yuan"
    assert run("test", "甲").returncode == 0
    # The rule comes to read the report otherwise: the score is the same, and the difference is told.
    rules = REPORTING.replace("没有制度 → 否", "没有制度 → 是").replace("  已公开：已经公开 → 是\n", "")
    (folder / "rules.rubric").write_text(rules, "utf-8")
    different = run("test", "甲")
    assert different.returncode == 1
    assert "总分 18 分，没有变" in different.stdout
    assert "报告所述的“有制度”与确认时不同：否 → 是" in different.stdout
    assert "报告所述的“已公开”与确认时不同：是 → 没有说到" in different.stdout
    (told,) = [each["differences"]["told"] for each in json.loads(run("test", "甲", "--json").stdout)["cases"]]
    assert {"key": "有制度", "before": "no", "after": "yes"} in told
    (folder / "report.txt").unlink()
    assert "“追加”与确认时不同：150 万元 → 没有说到" in run("test", "甲").stdout


def test_facts_may_lie_elsewhere(tmp_path: Path, run: Run) -> None:
    """One facts file may be scored by several rule files."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/某局.yaml").write_text(FACTS, "utf-8")
    for name, rules in (("甲", RULES), ("乙", RULES.replace("20–30%（含），计 4 分", "20–30%（含），计 5 分"))):
        folder = folder_of(tmp_path / "cases" / name, rules)
        (folder / "facts.yaml").unlink()
        (folder / "facts.txt").write_text("facts/某局.yaml\n", "utf-8")
    scores = {
        each["case"]: each["points"]["low"] for each in json.loads(run("test", "cases", "--json").stdout)["cases"]
    }
    assert scores == {"cases/甲": "18", "cases/乙": "19"}
    (tmp_path / "facts/某局.yaml").unlink()
    missing = run("test", "cases")
    assert missing.returncode == 2
    assert "找不到 facts.txt 写的事实文件“facts/某局.yaml”" in missing.stderr


def test_a_report_that_cannot_be_read(tmp_path: Path, run: Run) -> None:
    folder = reported(tmp_path / "甲")
    (folder / "report.txt").write_bytes(b"")
    assert run("test", "甲").returncode == 2
    (folder / "facts.yaml").write_text(FACTS, "utf-8")
    assert run("test", "甲", "--accept", "--reason", "改").returncode == 2
    assert not (folder / "accepted.yaml").exists()


# ------------------------------------------------------------------------------------------- groups

RANKED = """评分表「例表」
  年度：2020
  满分：10 分
  等级：优 ≥ 9 分；其余为差

事实
  执行率（%）

指标 执行率（10 分）
  公式：全组名次（执行率）
  评分：≤ 1，计 10 分；≤ 2，计 6 分；其余计 2 分。
"""


def rated(rate: int) -> str:
    return f"部门: 某局{rate}\n年度: 2020\n事实:\n  执行率: {rate}%\n"


def test_a_case_is_scored_within_its_group(tmp_path: Path, run: Run) -> None:
    """The others lie in `together`, or `together.txt` names them; whoever changes among them, the case differs."""
    folder = folder_of(tmp_path / "cases/甲", RANKED, rated(80))
    assert "现为 2-10 分" in run("test", "cases").stdout
    others = folder / "together"
    others.mkdir()
    (others / "facts.yaml").write_text(rated(70), "utf-8")
    (others / "c.yaml").write_text(rated(90), "utf-8")
    assert run("test", "cases", "--accept", "--reason", "首次确认").returncode == 0
    assert read_card(folder / "accepted.yaml").record.points == (6, 6)
    (others / "c.yaml").write_text(rated(60), "utf-8")
    different = run("test", "cases")
    assert "总分 6 分 → 10 分" in different.stdout
    assert "事实有改动" in different.stdout
    (others / "c.yaml").write_text("年度: 2020\n事实: {执行率: 90}\n", "utf-8")
    broken = run("test", "cases")
    assert broken.returncode == 1
    assert "c.yaml" in broken.stderr


def test_cases_that_are_each_others_group(tmp_path: Path, run: Run) -> None:
    for name, rate in (("甲", 80), ("乙", 90), ("丙", 70)):
        folder = folder_of(tmp_path / "cases" / name, RANKED, rated(rate))
        (folder / "together.txt").write_text("..\n", "utf-8")
    scores = {
        each["case"]: each["points"]["low"] for each in json.loads(run("test", "cases", "--json").stdout)["cases"]
    }
    assert scores == {"cases/甲": "6", "cases/乙": "10", "cases/丙": "2"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  注：", "  注："),
        ("20–30%（含），计 4 分；大于 30%，不得分", "20–40%（含），计 4 分；大于 40%，不得分"),
        ("评分：≤ 100%，计 8 分", "评分：不超过 100%，计 8 分"),
        ("  满分：30 分\n", "  满分：30 分\n  注：今年没有改动。\n"),
        ("0–10%（含），计 8 分", "0–10%（含），计 9 分"),
    ],
)
def test_a_change_of_no_outcome_is_none(accepted: Path, old: str, new: str) -> None:
    found = Scoring().outcome(folder_of(accepted, RULES.replace(old, new)))
    assert found.state is State.SAME, outcome_text(found, "zh")


def test_another_clause_of_the_same_points_is_shown(accepted: Path) -> None:
    """A clause that still stands and does not decide any more is a difference, though the points are the same."""
    rules = RULES.replace("10–20%（含），计 6 分", "10–20%（含），计 4 分")
    accept(Scoring().outcome(folder_of(accepted, rules)), "改", "zh", DAY)
    found = Scoring().outcome(folder_of(accepted, rules, FACTS.replace("250 万元", "150 万元")))
    assert found.state is State.DIFFERENT
    assert "预算控制率：4 分，没有变；原用“20–30%（含），计 4 分”，现用“10–20%（含），计 4 分”" in outcome_text(
        found, "zh"
    )


def test_the_program_alone_may_have_changed(accepted: Path) -> None:
    card = accepted / "accepted.yaml"
    card.write_text(
        card.read_text("utf-8").replace("得分: 4\n", "得分: 3\n").replace("得: 4, 失: 6", "得: 3, 失: 7"), "utf-8"
    )
    found = Scoring().outcome(accepted)
    assert found.state is State.DIFFERENT
    assert "规则和事实都没有改动，是程序变了" in outcome_text(found, "zh")


# ------------------------------------------------------------------------------------------- accepting


def test_older_reasons_stay(accepted: Path) -> None:
    found = planted(accepted, "points")
    assert accept(found, "县财政局 2021 年改定", "en", date(2026, 2, 1))
    history = read_card(accepted / "accepted.yaml").history
    assert [(each.date, each.total, each.reason) for each in history] == [
        ("2026-01-05", "18", "首次确认"),
        ("2026-02-01", "19", "县财政局 2021 年改定"),
    ]
    again = Scoring().outcome(accepted)
    assert again.state is State.SAME
    assert not accept(again, "again", "en", DAY), "what is as it was accepted is left as it is"


def test_a_reason_is_one_line() -> None:
    assert plain_reason(" 第一行\n第二行\u2028\x00\x7f ") == "第一行 第二行"


class Done(NamedTuple):
    """What a run of the command came to."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUBRIC_CACHE", "off")

    def done(*arguments: str) -> Done:
        capsys.readouterr()
        code = cli.run(list(arguments))
        return Done(code, *capsys.readouterr())

    return done


def test_the_command(tmp_path: Path, run: Run) -> None:
    for name in ("甲", "乙"):
        folder_of(tmp_path / "cases" / name)
    new = run("test", "cases")
    assert (new.returncode, new.stdout.count("还没有确认过得分")) == (1, 2)
    assert run("test", "cases", "--accept").returncode == 2
    assert run("test", "cases", "--accept", "--reason", " ").returncode == 2
    assert run("test", "cases", "--reason", "改").returncode == 2
    assert not list(tmp_path.rglob("accepted.yaml"))
    assert run("test", "cases", "--accept", "--reason", "首次确认").returncode == 0
    same = run("test", "cases/甲", "cases")
    assert (same.returncode, same.stdout) == (0, "")
    assert "相符 2 个" in same.stderr
    folder_of(tmp_path / "cases/甲", facts=FACTS.replace("250", "150"))
    different = run("test", "cases", "--lang", "en")
    assert different.returncode == 1
    assert "budget control: 4 → 6; was “20–30%（含），计 4 分”, now “10–20%（含），计 6 分”" in different.stdout
    data = json.loads(run("test", "cases", "--json").stdout)
    by_name = {each["case"]: each for each in data["cases"]}
    assert by_name["cases/乙"]["state"] == "same"
    (indicator,) = by_name["cases/甲"]["differences"]["indicators"]
    assert indicator["after"]["points"] == {"low": "6", "high": "6"}
    assert indicator["facts"] == [{"key": "追加", "before": "250 wan_yuan", "after": "150 wan_yuan"}]


def test_a_case_with_errors_is_never_accepted(tmp_path: Path, run: Run) -> None:
    folder_of(tmp_path / "坏", facts=FACTS.replace("250 万元", "250"))
    done = run("test", "坏", "--accept", "--reason", "改")
    assert done.returncode == 1
    assert "没有确认" in done.stderr
    assert not (tmp_path / "坏/accepted.yaml").exists()
    alone = tmp_path / "无"
    alone.mkdir()
    (alone / "facts.yaml").write_text(FACTS, "utf-8")
    (alone / "rules.txt").write_text("rules/no-such.rubric\n", "utf-8")
    missing = run("test", "无")
    assert missing.returncode == 2
    assert "找不到 rules.txt 写的规则文件“rules/no-such.rubric”" in missing.stderr


@pytest.mark.parametrize(
    "text",
    [
        *("", "[", "- a", "规则摘要: x", "a: &a [*a]", "满分: 1e9", "\x00", "? [a]\n: b", "指标: [1]"),
        *(
            "自评核对: 无",
            "自评核对: [{自评: 十分}]",
            "自评核对: [{自评: 1, 应为: 1~2~3}]",
            "自评核对: [{自评: 1, 结论: 好}]",
        ),
        *("自评核对: []\n调整后总分: 十", "报告所述: [1]", "报告所述: {甲: [乙]}"),
    ],
)
def test_a_broken_card_is_refused(text: str) -> None:
    with pytest.raises(CardError) as refused:
        parse_card(f"满分: 10\n总分: 1\n{text}" if ":" in text and not text.startswith(("满分", "?", "a:")) else text)
    for language in LANGUAGES:
        assert refused.value.said(language)


def test_a_broken_card_is_no_reason_to_write_over_it(accepted: Path, run: Run) -> None:
    (accepted / "accepted.yaml").write_text("满分: [", "utf-8")
    done = run("test", str(accepted), "--accept", "--reason", "改")
    assert done.returncode == 2
    assert "读不出来" in done.stderr
    assert (accepted / "accepted.yaml").read_text("utf-8") == "满分: ["


# ------------------------------------------------------------------------------------------- properties


def recorded(case: Case) -> tuple[Record, dict[str, str]]:
    return record(assess(case.rubric, case.facts), quoted, shift_span), {}


def quoted(span: Span) -> str:
    return f"第 {span.line} 行：“计 {span.column} 分”\\ # {{}}"


def stands(_key: str, _clause: str) -> bool:
    return True


@settings(deadline=None, max_examples=25)
@given(st.one_of(cases(), cases(of=composed_rubrics())), st.sampled_from(LANGUAGES))
def test_what_is_accepted_and_unchanged_has_no_differences(case: Case, language: Language) -> None:
    """Whatever the rules and facts are, what is written reads as it was, in either language."""
    before, _ = recorded(case)
    text = card_text(Accepted(before, "a", "b", "0", ()), "甲", language)
    assert parse_card(text).record == before
    assert not differences(before, recorded(case)[0], stands)


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
NUMBERS = st.fractions(min_value=0, max_value=100).map(exact)
VERDICTS = {of: st.sampled_from(Printed if of is ClaimOf.RATE else Verdict) for of in ClaimOf}
HELD = st.one_of(
    *(
        st.builds(
            Held,
            st.just(of),
            NAMES,
            NAMES if words else NUMBERS,
            NAMES if words else NUMBERS,
            VERDICTS[of],
            st.just(""),
        )
        for of in ClaimOf
        for words in [of is ClaimOf.GRADE]
    )
)
TOLD = st.none() | st.dictionaries(NAMES, st.sampled_from(["yes", "3 person", "“一等”", "1/3 wan_yuan"]))


@given(st.lists(HELD), st.none() | st.fractions(), TOLD, st.sampled_from(LANGUAGES))
def test_what_stands_beside_a_score_reads_as_it_was_written(
    claims: list[Held], adjusted: Fraction | None, told: dict[str, str] | None, language: Language
) -> None:
    beside = Beside(tuple(claims), None if adjusted is None else Points(adjusted, adjusted + 1))
    kept = Record(
        full=Fraction(10),
        points=Points(Fraction(0), Fraction(1)),
        grades=(),
        results=(Result("甲", Fraction(10), Status.SCORED, Points(Fraction(0), Fraction(1)), ()),),
        beside=beside,
        told=None if told is None else tuple(told.items()),
    )
    assert parse_card(card_text(Accepted(kept, "a", "b", "0", ()), "甲", language)).record == kept


@settings(deadline=None, max_examples=25)
@given(cases(), cases())
def test_no_difference_of_points_is_left_out(one: Case, other: Case) -> None:
    """Where the totals, grades or any indicator's points differ, a difference is found, and it is false otherwise."""
    before, after = recorded(one)[0], recorded(other)[0]
    found = differences(before, after, stands)
    points = [{each.key: (each.points, each.full, each.status) for each in which.results} for which in (before, after)]
    if points[0] != points[1] or before.points != after.points or before.grades != after.grades:
        assert found
    assert not differences(after, after, stands)


def test_a_level_that_moves_otherwise_is_a_difference(accepted: Path) -> None:
    rules = RULES.replace("总评\n", "总评\n  上限：重大违纪为是，总分不超过 10 分\n")
    found = Scoring().outcome(folder_of(accepted, rules, FACTS.replace("重大违纪: 否", "重大违纪: 是")))
    assert "总分，封顶" in outcome_text(found, "zh")


def test_the_words_of_a_card_are_told_apart() -> None:
    for table in (CARD_KEYS, CARD_WORDS):
        for language in LANGUAGES:
            words = [each.of(language) for each in table.values()]
            assert len(set(words)) == len(words)


# ------------------------------------------------------------------------------------------- progress


class Screen(io.StringIO):
    """A terminal that remembers what was written to it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("count", "stream", "said"), [(3, io.StringIO(), 0), (EVERY * 2 + 1, io.StringIO(), 2)])
def test_progress_is_a_line_every_so_often(count: int, stream: io.StringIO, said: int) -> None:
    assert list(counted(range(count), count, Output("zh", "auto"), stream)) == list(range(count))
    assert stream.getvalue().count("\n") == said


def test_progress_on_a_terminal_is_one_line_that_goes_away() -> None:
    screen = Screen()
    list(counted(range(200), 200, Output("zh", "auto"), screen))
    assert "\n" not in screen.getvalue()
    assert screen.getvalue().endswith("\r\033[K")


# ------------------------------------------------------------------------------------------- pytest


@pytest.fixture
def repository(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder as a bureau would have it: rules, cases and a setting."""
    monkeypatch.setenv("RUBRIC_CACHE", "off")
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\nrubric_cases = ["cases/*"]\n')
    for name in ("a", "b"):
        folder = folder_of(pytester.path / "cases" / name)
        (folder / "rules.rubric").unlink()
        (folder / "rules.txt").write_text("rules/county.rubric\n", "utf-8")
    (pytester.path / "rules").mkdir()
    (pytester.path / "rules/county.rubric").write_text(RULES, "utf-8")
    return pytester


def test_a_bureau_gets_regression_tests(repository: pytest.Pytester) -> None:
    new = repository.runpytest()
    new.assert_outcomes(failed=2)
    assert "还没有确认过得分" in new.stdout.str()
    repository.runpytest("--regen-all").assert_outcomes(passed=2)
    repository.runpytest().assert_outcomes(passed=2)
    history = read_card(repository.path / "cases/a/accepted.yaml").history
    assert [each.reason for each in history] == ["由 pytest 重新记录"]
    rules = repository.path / "rules/county.rubric"
    rules.write_text(RULES.replace("20–30%（含），计 4 分", "20–30%（含），计 5 分"), "utf-8")
    failed = repository.runpytest()
    failed.assert_outcomes(failed=2)
    assert "预算控制率：4 分 → 5 分；原用“20–30%（含），计 4 分”，现用“20–30%（含），计 5 分”" in failed.stdout.str()
    repository.runpytest("--force-regen", "cases/a").assert_outcomes(failed=1)
    repository.runpytest("cases/a/facts.yaml").assert_outcomes(passed=1)
    assert len(read_card(repository.path / "cases/a/accepted.yaml").history) == 2


def test_pytest_takes_a_report_for_the_facts_that_are_not_there(repository: pytest.Pytester) -> None:
    for folder in (repository.path / "cases/a", repository.path / "cases/b"):
        (folder / "rules.txt").unlink()
        (folder / "together").mkdir()
    reported(repository.path / "cases/a")
    reported(repository.path / "cases/b")
    (repository.path / "cases/b/facts.yaml").write_text(FACTS, "utf-8")
    # Facts of others are no case.
    (repository.path / "cases/b/together/facts.yaml").write_text(FACTS, "utf-8")
    repository.runpytest("--regen-all").assert_outcomes(passed=2)
    repository.runpytest().assert_outcomes(passed=2)
    reported(repository.path / "cases/a", REPORT.replace("追加250万元", "追加150万元"))
    done = repository.runpytest("cases/a")
    done.assert_outcomes(failed=1)
    assert "报告所述的“追加”与确认时不同：250 万元 → 150 万元" in done.stdout.str()


def test_a_case_that_pytest_cannot_score_is_not_recorded(repository: pytest.Pytester) -> None:
    (repository.path / "cases/a/facts.yaml").write_text(FACTS.replace("250 万元", "250"), "utf-8")
    done = repository.runpytest("--regen-all")
    done.assert_outcomes(passed=1, failed=1)
    assert "不能计分" in done.stdout.str()
    assert not (repository.path / "cases/a/accepted.yaml").exists()


def test_without_the_setting_nothing_is_collected(repository: pytest.Pytester) -> None:
    repository.makepyprojecttoml("[tool.pytest.ini_options]\n")
    assert "no tests ran" in repository.runpytest().stdout.str()


def test_the_record_of_another_rubric_names_what_it_knows(accepted: Path) -> None:
    """Indicators that are gone keep the name that the card has."""
    found = planted(accepted, "dropped")
    assert found.record is not None
    assert found.accepted is not None
    empty = replace(found.accepted, record=found.accepted.record._replace(results=()))
    assert differences(empty.record, found.record, stands)
