"""The scorecard as a web page: one sound file that needs nothing else, in both languages, whatever the facts say."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import fields, is_dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from engine.score import assess
from rubric import cli
from rubric.case import load_case
from rubric.documents.opening import read_document
from rubric.messages.dossier import DOSSIER
from rubric.messages.wording import LANGUAGES, Language
from rubric.pages.dossier import Digests, Dossier
from rubric.pages.html.both import Both, paired
from rubric.pages.html.writer import html_page
from rubric.pages.opening import dossier
from rubric.reading.report import read_report

ROOT = Path(__file__).parents[1]
BAOJING = ROOT / "rules" / "hunan" / "baojing-2017.rubric"
FACTS = ROOT / "tests" / "reports" / "baojing-gov-office-2017.yaml"
CASES = sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/facts.yaml"))
DIGESTS = Digests("a" * 64, "b" * 64, "0.0.0")

BLOCKS = {
    *("title", "p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "td", "caption"),
    *("blockquote", "button", "cite", "pre", "label", "div"),
}
VOID = {"meta", "link", "input", "br", "hr", "img"}
LIMIT = 300_000

# A report that holds sentences of the facts and claims of the real one, with words between them.
REPORT = """保靖县人民政府办公室2017年部门整体支出绩效自评报告

四、部门整体支出绩效情况

（1）本部门设立了整体绩效目标，此目标符合国家法律法规、国民经济和社会发展总体规划，符合部门“三定”方案确定的职责。

（2）2017年末实有在职人员71人，编办核定编制74个，在职人员控制率为71/74×100%=95.94%≤100%，根据评分标准该项得分3分；

（3）本年追加310.71万元，年初预算1154.2万元，预算控制率310.71/1154.2×100%=26.92%，所以根据评分标准该项得分4分。

（4）<script>alert("report")</script>
"""


def case_rules(folder: Path) -> Path:
    own = folder / "rules.rubric"
    return own if own.exists() else ROOT / (folder / "rules.txt").read_text("utf-8").strip()


def dossiers(rules: Path, facts: Path, report: Path | None = None) -> dict[Language, Dossier]:
    case = load_case(rules, facts)
    assert case.rubric is not None
    assert case.facts is not None
    assessment = assess(case.rubric, case.facts)
    told = None if report is None else read_report(read_document(report), case.rubric)
    return {language: dossier(assessment, language, case.texts, DIGESTS, told) for language in LANGUAGES}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


@pytest.fixture(scope="module")
def baojing(report: Path) -> dict[Language, Dossier]:
    return dossiers(BAOJING, FACTS, report)


class Page(HTMLParser):
    """A page read strictly: every element that is opened is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.seals: list[tuple[str, str]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        told = dict(attrs)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if told.get("href"):
            self.links.append(str(told["href"]))
        if tag not in VOID:
            self.open.append((tag, told))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open[-1][0] == tag, (tag, self.open[-3:])
        self.open.pop()
        if tag in BLOCKS:
            self.texts.append(((), "\n"))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in ("script", "style"):
            self.scripts.append((dict(self.open[-1][1]), data))
            return
        if self.open and self.open[-1][1].get("data-seal"):
            self.seals.append((str(self.open[-1][1]["data-seal"]), data))
        drawn = "drawn" if any(tag == "svg" for tag, _ in self.open) else ""
        self.texts.append(((drawn, *(str(told.get("lang") or "") for _, told in self.open)), data))

    def said(self, language: Language, drawn: bool = True) -> str:
        """What is read in one language, with or without the texts of figures."""
        without = {"en" if language == "zh" else "zh", "" if drawn else "drawn"}
        return "".join(text for marks, text in self.texts if not without - {""} & set(marks))


def sound(text: str) -> Page:
    """The page, with everything that holds of each of them."""
    page = Page(text)
    assert [name for name, number in Counter(page.ids).items() if number > 1] == []
    assert [link for link in page.links if not link.startswith("#") or link[1:] not in page.ids] == []
    assert [each for each in page.attributes if each[1].startswith("on") or each[1] in ("style", "src", "action")] == []
    pointers = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
    assert [v for _, name, v in page.attributes if name in pointers and v not in page.ids] == []
    assert not re.search(r"https?://|@import|url\((?!#)", text)
    languages = Counter(value for _, name, value in page.attributes if name == "lang")
    assert languages["zh"] == languages["en"] > 0
    return page


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_page_of_every_case(folder: Path) -> None:
    told = dossiers(case_rules(folder), folder / "facts.yaml")
    text = html_page(told, "zh")
    assert len(text.encode()) < LIMIT
    page = sound(text)
    keys = {leaf.key: leaf.points.text for leaf in told["zh"].leaves} | {"total": told["zh"].points.text}
    assert set(page.seals) == set(keys.items())
    for language in LANGUAGES:
        said = page.said(language)
        for leaf in told[language].leaves:
            assert leaf.said in said
            assert all(line.text in said for line in leaf.changes)
            assert all(line in said for line in leaf.margins)
        assert all(remark.said in said for remark in told[language].remarks)
        assert all(fact.name in said for fact in told[language].facts)


def test_the_page_with_the_report_beside_it(baojing: dict[Language, Dossier]) -> None:
    text = html_page(baojing, "en")
    page = sound(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB" data-lang="en"')
    marked = [value for _, name, value in page.attributes if name == "class" and value == "said"]
    assert len(marked) > 6
    assert "划线的句子写有事实" in page.said("zh")


def test_what_is_read_aloud(baojing: dict[Language, Dossier], file_regression: FileRegressionFixture) -> None:
    """The words of the page in the order in which they are read, without what is drawn."""
    for language in LANGUAGES:
        said = Page(html_page(baojing, language)).said(language, drawn=False)
        lines = (re.sub(r"\s+", " ", line).strip() for line in said.split("\n"))
        text = "\n".join(filter(None, lines)) + "\n"
        file_regression.check(text, encoding="utf-8", extension=f".{language}.txt")


def test_only_the_pages_own_script_and_style_may_run(baojing: dict[Language, Dossier]) -> None:
    page = Page(html_page(baojing, "zh"))
    (policy,) = (value or "" for _, name, value in page.attributes if name == "content" and "src" in (value or ""))
    style, script = (b64encode(sha256(text.encode()).digest()).decode() for _, text in page.scripts)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert len(page.scripts[1][1].encode()) < 12_000


def test_a_seal_is_carried_as_it_is(baojing: dict[Language, Dossier]) -> None:
    seal = json.dumps({"total": "89", "note": "</script><b>&amp;"})
    page = sound(html_page(baojing, "zh", seal))
    (carried,) = (text for told, text in page.scripts if told.get("id") == "rubric-seal")
    assert json.loads(carried) == json.loads(seal)
    assert ("total", "89") in page.seals
    assert sound(html_page(baojing, "zh")).ids.count("rubric-seal") == 0


HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}&amp;<!--"


def hostile(value: Any, name: str = "") -> Any:
    """The same value, every text of which tries to break out of the page."""
    if isinstance(value, str):
        return value if name in ("language", "standing", "code", "number", "mark") or not value else value + HOSTILE
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(*(hostile(getattr(value, each.name), each.name) for each in fields(value)))
    if isinstance(value, tuple):
        told = (hostile(each, field) for field, each in zip(getattr(value, "_fields", value), value, strict=True))
        return type(value)(*told) if hasattr(value, "_fields") else tuple(told)
    return value


def test_no_text_breaks_out_of_the_page(baojing: dict[Language, Dossier]) -> None:
    told = {language: hostile(each) for language, each in baojing.items()}
    page = sound(html_page(told, "zh"))
    assert len(page.scripts) == 2
    assert not [tag for tag, _, _ in page.attributes if tag in ("img", "iframe", "object")]
    assert page.said("zh").count("{{ 7 * 7 }}") > 100
    assert "49" not in re.sub(r"49\.06|0,49|49 ", "", page.said("zh"))


def test_what_is_told_in_one_language_only_is_not_lost() -> None:
    assert [(each.zh, each.en) for each in paired(("一", "二"), ("one",))] == [("一", "one"), ("二", "二")]
    assert Both("一", "one").__html__() == '<span lang="zh">一</span><span lang="en">one</span>'
    assert Both("一", "一").__html__() == '<span lang="zh-CN">一</span>'
    assert Both("staff", "staff").__html__() == '<span lang="en-GB">staff</span>'
    assert Both("< 5", "< 5").__html__() == "&lt; 5"


def test_every_word_of_the_page_is_said_in_both_languages() -> None:
    used = {
        code
        for name in ("page.html", "indicator.html")
        for code in re.findall(r'word\("([a-z-]+)"[,)]', (ROOT / "rubric/pages/html" / name).read_text("utf-8"))
    }
    assert len(used) > 40
    assert all(DOSSIER[code].zh and DOSSIER[code].en for code in used)


# ------------------------------------------------------------------------------------------------- the command


def test_the_command_writes_it(tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "评分.html"
    arguments = ["--lang", "en", "score", str(BAOJING), str(FACTS), "--html", str(page)]
    assert cli.run([*arguments, "--report", str(report)]) == cli.FINDINGS
    out, err = capsys.readouterr()
    assert "Score 89 / 100" in out
    assert err == f"written: {page}\n"
    assert 'data-lang="en"' in page.read_text("utf-8")
    assert "所以根据评分标准该项得分4分</a>" in page.read_text("utf-8")
    assert cli.run(arguments) == cli.USAGE
    assert "--force" in capsys.readouterr().err
    assert cli.run([*arguments, "--force"]) == cli.FINDINGS


def test_a_report_is_for_a_page_and_a_page_for_one_department(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = ["--lang", "en", "score", str(BAOJING), str(FACTS)]
    page = tmp_path / "page.html"
    assert cli.run([*plain, "--report", str(report)]) == cli.USAGE
    assert "give --html" in capsys.readouterr().err
    assert cli.run([*plain, str(CASES[0] / "facts.yaml"), "--html", str(page)]) == cli.USAGE
    assert "one department" in capsys.readouterr().err
    assert cli.run([*plain, "--html", str(page), "--report", str(tmp_path / "none.txt")]) == cli.USAGE
    assert not page.exists()
    assert cli.run([*plain, "--html", str(tmp_path / "no" / "page.html")]) == cli.USAGE
