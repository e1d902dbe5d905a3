"""The web page in a browser: from the total to a point, a fact and its sentence, by mouse and by keys, for everyone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rubric.messages.wording import Language
from rubric.pages.dossier import Dossier
from rubric.pages.html.writer import html_page
from tests.test_page import BAOJING, FACTS, REPORT, ROOT, case_rules, dossiers

playwright = pytest.importorskip("playwright.sync_api", reason="the page is not opened: playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.base", reason="the page is not checked: axe is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("the page is not opened: there is no chromium", allow_module_level=True)

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
AXE = axe.AXE_FILE_PATH.read_text("utf-8")
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        arguments = ["--no-sandbox", "--no-first-run", *QUIET]
        browser = running.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def written(folder: Path, name: str, told: dict[Language, Dossier], language: Language = "zh") -> Path:
    path = folder / f"{name}.html"
    path.write_text(html_page(told, language), "utf-8")
    return path


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages that are opened: one with a report, one with everything that a case can lack, one of a project form."""
    folder = tmp_path_factory.mktemp("pages")
    report = folder / "report.txt"
    report.write_text(REPORT, "utf-8")
    told = dossiers(BAOJING, FACTS, report)
    found = {"report": written(folder, "report", told), "english": written(folder, "english", told, "en")}
    for name in ("missing-facts", "project-form-rows", "claims-in-every-direction"):
        case = ROOT / "tests" / "cases" / name
        found[name] = written(folder, name, dossiers(case_rules(case), case / "facts.yaml"))
    return found


@pytest.fixture
def opened(browser: Any, pages: dict[str, Path]) -> Iterator[Open]:
    """Opens a page; what the browser complains of, and what it would load, is nothing."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(name: str = "report", width: int = 1280, scheme: str = "light", scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if "file:" not in request.url else None)
        page.goto(pages[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def in_view(page: Any, choice: str) -> bool:
    return bool(
        page.evaluate(
            "c => { const r = document.querySelector(c).getBoundingClientRect();"
            " return r.height > 0 && r.bottom > 0 && r.top < innerHeight }",
            choice,
        )
    )


# ------------------------------------------------------------------------------------------------- the way through


def test_from_the_total_to_a_point_a_fact_and_its_sentence_and_back(opened: Open) -> None:
    page = opened()
    assert page.locator("b[data-seal=total]").inner_text() == "89"
    leaf = page.locator(".leaf", has=page.locator("[data-seal='预算控制率']"))
    assert not leaf.get_attribute("open")
    page.locator("#look li", has_text="预算控制率").get_by_role("link", name="见 2.1.2").click()
    assert leaf.get_attribute("open") is not None
    assert in_view(page, "#i-2-1-2")
    assert "预算控制率" in focused(page)
    leaf.locator(".uses").get_by_role("link", name="本年追加310.71万元").click()
    sentence = page.locator(".report .said", has_text="本年追加310.71万元")
    assert "lit" in sentence.get_attribute("class")
    assert focused(page) == "本年追加310.71万元"
    leaf.locator("summary").first.click()
    sentence.click()
    assert leaf.get_attribute("open") is not None
    fact = leaf.locator(".uses li", has_text="本年追加").first
    assert "lit" in fact.get_attribute("class")
    assert "310.71 万元" in focused(page)
    fact.get_by_role("link", name="本年追加", exact=True).click()
    assert page.locator(".fact.lit h3").inner_text() == "本年追加"
    page.locator(".fact.lit .used a", has_text="预算完成率").click()
    assert in_view(page, "#i-2-1-1")


def test_from_what_is_worth_a_look_to_its_sentence_and_back(opened: Open) -> None:
    page = opened()
    remark = page.locator("#look .remarks li", has_text="预算控制率：")
    remark.locator("summary").click()
    remark.get_by_role("link", name="年初预算1154.2万元").click()
    assert focused(page) == "年初预算1154.2万元"
    # The sentence tells a fact and is shown by a finding: it leads to both in turn.
    page.locator(".said:focus").click()
    assert in_view(page, ".uses li.lit")
    page.locator(".said", has_text="年初预算1154.2万元").click()
    assert in_view(page, ".remarks li.lit")


def test_the_same_by_keys_alone(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert focused(page) == "跳到得分Skip to the score"
    page.keyboard.press("/")
    page.keyboard.type("控制率")
    assert page.locator(".leaf:visible").count() == 6
    assert page.locator("#found").text_content() == "6 / 18"
    page.keyboard.press("ArrowDown")
    assert "在职人员控制率" in focused(page)
    page.keyboard.press("ArrowDown")
    assert "预算控制率" in focused(page)
    page.keyboard.press("Enter")
    assert page.locator("#i-2-1-2").is_visible()
    link = page.locator("#i-2-1-2 .uses a.to").first
    while not link.evaluate("each => each === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "本年追加310.71万元"
    assert in_view(page, ".said.lit")
    page.keyboard.press("Enter")
    assert "本年追加" in focused(page)
    page.keyboard.press("Escape")
    assert not page.locator("#i-2-1-2").is_visible()
    assert "预算控制率" in focused(page)
    page.keyboard.press("ArrowRight")
    assert page.locator("#i-2-1-2").is_visible()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert page.locator(".leaf:visible").count() == 18


def test_the_filters(opened: Open) -> None:
    page = opened()
    page.locator(".segments label", has_text="有失分").click()
    assert page.locator(".leaf:visible .name").all_inner_texts() == ["预算控制率", "公用经费控制率"]
    assert page.locator("section.level:visible").count() == 3
    page.locator(".segments label", has_text="与自评不一致").click()
    assert page.locator(".leaf:visible .name").all_inner_texts() == ["预算控制率"]
    page.get_by_label("查找").fill("没有的")
    assert page.get_by_text("没有这样的指标。").is_visible()
    # What a link leads to is shown, whatever the filter says.
    page.locator(".profile").get_by_role("link", name="履职效益").click()
    assert in_view(page, "#l-3-2")
    page.get_by_role("button", name="全部展开或收起").click()
    assert page.locator(".ledger:visible").count() == 18


def test_the_other_language_without_another_page(opened: Open) -> None:
    page = opened()
    page.locator(".leaf > summary").first.click()
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.title() == "保靖县人民政府办公室 · 部门整体支出绩效评价 · 2017"
    assert page.get_by_role("heading", name="Worth a look").is_visible()
    assert not page.get_by_text("需要核对的事项").first.is_visible()
    assert page.locator(".ledger:visible").count() == 1
    page.get_by_role("button", name="中文").click()
    assert page.get_by_role("heading", name="需要核对的事项").is_visible()


def test_without_scripts_everything_is_there(opened: Open) -> None:
    page = opened("english", scripts=False)
    assert page.get_by_role("heading", name="Worth a look").is_visible()
    assert not page.get_by_text("需要核对的事项").first.is_visible()
    assert not page.locator(".tools").is_visible()
    page.locator(".leaf > summary").first.click()
    assert page.locator(".ledger").first.is_visible()
    # A link opens what hides its end, by the browser alone.
    page.get_by_role("link", name="see 2.1.2").click()
    assert page.locator("#i-2-1-2").is_visible()


def test_light_and_dark(opened: Open) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    page = opened(scheme="dark")
    dark = page.evaluate(paper)
    button = page.get_by_role("button", name="深色")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.evaluate(paper) != dark
    assert button.get_attribute("aria-pressed") == "false"
    assert opened(scheme="light").evaluate(paper) == page.evaluate(paper)


def test_on_paper_everything_is_open_and_light(opened: Open) -> None:
    pdf = pytest.importorskip("pdfplumber", reason="what is printed is not read: pdfplumber is not installed")
    page = opened(scheme="dark")
    target = Path(page.url.removeprefix("file://")).with_suffix(".pdf")
    page.pdf(path=str(target), prefer_css_page_size=True)
    with pdf.open(target) as document:
        # What is looked for needs no font of Chinese.
        text = "".join(each.extract_text() for each in document.pages)
        assert (round(document.pages[0].width), round(document.pages[0].height)) == (595, 842)
    assert "71 ÷ 74" in text
    assert "base.rubric:86" in text
    assert page.locator(".ledger:visible").count() == 0
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert not page.locator(".report").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# ------------------------------------------------------------------------------------------------- for everyone


@pytest.mark.parametrize("name", ["report", "missing-facts", "project-form-rows"])
def test_nothing_has_to_be_scrolled_sideways(opened: Open, name: str) -> None:
    page = opened(name)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for _ in range(2):
        for width in (320, 390, 768, 1280, 3840):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelector('#to-lang').click()")


# Everything that the page can show, and how it is shown.
LOOKS = [("report", width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("name", "width", "scheme"), [*LOOKS, ("missing-facts", 390, "light")])
def test_axe_finds_nothing(opened: Open, name: str, width: int, scheme: str) -> None:
    page = opened(name, width, scheme)
    # Of indicators that are alike, every fifth is opened; what is not an indicator, all of it.
    page.evaluate("document.querySelectorAll('.leaf').forEach((each, at) => each.open = at % 5 === 0)")
    page.evaluate("document.querySelectorAll('details:not(.leaf)').forEach(each => each.open = true)")
    page.evaluate(AXE)
    for _ in range(2):
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == []
        page.locator("#to-lang").click()


def test_headings_stand_in_order(opened: Open) -> None:
    page = opened("project-form-rows")
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_texts_of_figures_do_not_touch(opened: Open) -> None:
    """At every width the texts of one figure that are seen stand apart."""
    for name in ("claims-in-every-direction", "project-form-rows"):
        page = opened(name)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for width in (320, 390, 600, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            boxes = page.evaluate(
                """[...document.querySelectorAll('svg')].filter(svg => !svg.parentElement.closest('svg')).map(svg =>
                [...svg.querySelectorAll('text')].map(t => [t.getBoundingClientRect(), t.textContent])
                .filter(([r]) => r.width).map(([r, t]) => [r.left, r.right, r.top, r.bottom, t]))"""
            )
            for texts in boxes:
                for number, one in enumerate(texts):
                    for other in texts[number + 1 :]:
                        apart = one[1] < other[0] or other[1] < one[0] or one[3] < other[2] + 3 or other[3] < one[2] + 3
                        assert apart, (name, width, one[4], other[4])


def test_the_font_of_chinese_is_named(opened: Open) -> None:
    page = opened()
    assert re.match(r'"?Noto Sans SC', page.evaluate("getComputedStyle(document.body).fontFamily"))
