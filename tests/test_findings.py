"""The page of each finding: what it shows is found as it says, what just has not the finding has none at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import rules
from engine.diagnostic import Diagnostic
from rubric.commands.formats import as_sarif
from rubric.language.read import Load, read_rubric
from rubric.messages.catalogue import say
from rubric.messages.frame import render
from rubric.messages.pages import Page, page_of, read_page
from rubric.messages.rules import RULE_ADVICE, RULE_FINDINGS
from rubric.messages.wording import LANGUAGES
from tests.test_broken_rules import CASES, TEXTS, expected, seen

FOLDER = Path(rules.__path__[0]) / "findings"
PAGES = {path.stem: read_page(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.md"))}
BLANK = re.compile(r"\{[a-z_]+\}")
HAS, HAS_NOT = "Triggers", "Does not trigger"


def beside(page: Page) -> Load:
    """The rule files that a page shows with their names."""
    named = {part.file: part.rules for part in page.parts if part.file}
    return lambda name, _: (named[name], name) if name in named else None


@pytest.mark.parametrize("code", PAGES)
def test_shown_rule_files(code: str) -> None:
    page = PAGES[code]
    assert page.code == code
    shown = {part.heading.en: part for part in page.parts if not part.file}
    assert set(shown) == {HAS, HAS_NOT}
    for heading, part in shown.items():
        if part.said is not None:
            assert code in LARGE
            continue
        findings = read_rubric(part.rules, "rules.rubric", closely=True, load=beside(page)).findings
        assert seen(findings) == expected(part.rules)
        assert ((page.severity, code) in {(severity, each) for _, severity, each in seen(findings)}) == (heading == HAS)
        assert heading == HAS or not findings
        for language in LANGUAGES:
            assert not BLANK.search(render(findings, {"rules.rubric": part.rules}, language))


def test_each_finding_has_a_page() -> None:
    assert set(PAGES) == set(RULE_FINDINGS) - RULE_ADVICE


@pytest.mark.parametrize("code", PAGES)
def test_pages_are_read_in_either_language(code: str) -> None:
    page = page_of(code)
    assert page is not None
    zh, en = page.text("zh"), page.text("en")
    assert zh != en
    assert zh.startswith(code)
    assert en.startswith(code)
    # What is said stands in the language of the page; words of rule files may be quoted in either.
    assert re.search("[\u4e00-\u9fff]", page.meaning.zh)
    assert re.match("[A-Z“]", page.meaning.en)
    assert page.meaning.en.endswith((".", "”"))


def test_there_is_no_page_for_what_is_no_code() -> None:
    for name in ("", "none-such", "../findings/gap", "gap.md", "GAP", "长" * 300):
        assert page_of(name) is None


# ------------------------------------------------------------------- what is too large or too deep to be shown

HEAD = "评分表「示例」\n  依据：财预〔2020〕10号\n  零头：不足一档不计\n  等级：优 ≥ 4 分；其余为差\n"
RATE = "事实\n  满意度（%）\n"
SCORING = "  评分：≥ 90%，计 5 分；其余不得分。\n"
INDICATOR = "指标 满意度（5 分）\n" + SCORING
SOUND = HEAD + RATE + INDICATOR


def formula(text: str, names: int = 0) -> str:
    """A rubric whose one indicator has this formula, with names 甲1 to 甲`names` declared ten on a line."""
    numbered = [f"甲{number}" for number in range(1, names + 1)]
    declared = "".join(f"  {'、'.join(numbered[at : at + 10])}（%）\n" for at in range(0, names, 10))
    return f"{HEAD}{RATE}{declared}指标 乙（5 分）\n  公式：{text}\n{SCORING}"


def names_on_one_line(count: int) -> str:
    names = "、".join(f"甲{number}" for number in range(count))
    total = " + ".join(f"甲{number}" for number in range(100))
    return f"{HEAD}事实\n  {names}（%）\n指标 乙（5 分）\n  公式：{total}\n{SCORING}"


def lowest_of(first: int, second: int) -> str:
    def lowest(start: int, count: int) -> str:
        return f"较低值（{'、'.join(f'甲{number}' for number in range(start, start + count))}）"

    return formula(f"{lowest(1, first)} + {lowest(first + 1, second)}", first + second)


def words(count: int) -> str:
    """A rubric with so many words and marks in its lines of facts that the whole has `count`."""
    # `名1、…、名200（%）` is 200 names, 199 marks and a unit in brackets.
    line = 402
    full, left = divmod(count, line)
    lines = [f"  {'、'.join(f'名{number}x{at}' for at in range(200))}（%）" for number in range(full)]
    lines += [f"  {'、'.join(f'末{at}' for at in range((left - 2) // 2))}（%）"] if left > 4 else []
    return HEAD + RATE + "\n".join(lines) + "\n" + INDICATOR


def amended(depth: int) -> tuple[str, Load]:
    """A rubric that amends one that amends another, and so on, `depth` deep."""
    texts = {
        f"{number}.rubric": f"评分表「县{number}」\n  修订自：{number - 1}.rubric\n" for number in range(1, depth + 1)
    }
    texts["0.rubric"] = SOUND
    return texts[f"{depth}.rubric"], lambda name, _: (texts[name], name)


def alone(text: str) -> tuple[str, Load | None]:
    return text, None


# For each: what has the finding and what just has not, in the sizes that its page names.
LARGE: dict[str, tuple[Callable[[], tuple[str, Load | None]], Callable[[], tuple[str, Load | None]]]] = {
    "field-too-long": (lambda: alone(names_on_one_line(301)), lambda: alone(names_on_one_line(298))),
    "findings-left-out": (
        lambda: alone(HEAD + "事实\n" + "".join(f"  甲{number}\n" for number in range(201)) + INDICATOR),
        lambda: alone(SOUND),
    ),
    "formula-too-large": (
        lambda: alone(formula(" + ".join(f"甲{number}" for number in range(1, 202)), 210)),
        lambda: alone(formula(" + ".join(f"甲{number}" for number in range(1, 201)), 200)),
    ),
    "line-too-long": (
        lambda: alone(SOUND + "# " + "注" * 3_999 + "\n"),
        lambda: alone(SOUND + "# " + "注" * 3_998 + "\n"),
    ),
    "name-too-long": (
        lambda: alone(SOUND.replace("指标 满意度", "指标 " + "甲" * 61).replace("  评分", "  公式：满意度\n  评分")),
        lambda: alone(SOUND.replace("指标 满意度", "指标 " + "甲" * 60).replace("  评分", "  公式：满意度\n  评分")),
    ),
    "number-too-long": (  # with the 0 in front
        lambda: alone(formula("满意度 × 0." + "0" * 29 + "1")),
        lambda: alone(formula("满意度 × 0." + "0" * 28 + "1")),
    ),
    "too-deep": (
        lambda: alone(formula("（" * 33 + "满意度" + "）" * 33)),
        lambda: alone(formula("（" * 32 + "满意度" + "）" * 32)),
    ),
    "too-many-bases": (lambda: amended(9), lambda: amended(8)),
    "too-many-cases": (lambda: alone(lowest_of(10, 21)), lambda: alone(lowest_of(10, 20))),
    "too-many-lines": (
        lambda: alone(SOUND + "\n" * (20_001 - SOUND.count("\n") - 1)),
        lambda: alone(SOUND + "\n" * (20_000 - SOUND.count("\n") - 1)),
    ),
    "too-many-words": (lambda: alone(words(80_000)), lambda: alone(words(79_000))),
}


@pytest.mark.parametrize("code", LARGE)
def test_large_rule_files(code: str) -> None:
    has, just_has_not = LARGE[code]
    for make, wanted in ((has, True), (just_has_not, False)):
        text, load = make()
        findings = read_rubric(text, "rules.rubric", load=load).findings
        assert (code in {finding.code for finding in findings}) == wanted
        assert wanted or not any(finding.severity == "error" for finding in findings)


def test_what_is_not_shown_is_large() -> None:
    assert {code for code, page in PAGES.items() if any(part.said for part in page.parts)} == set(LARGE)


# ------------------------------------------------------------------------------------------- where they are used


def test_findings_of_pages_are_worded() -> None:
    """Nothing is left blank in a sentence."""
    for page in PAGES.values():
        for finding in _of(page):
            for sentence in (finding.headline, *finding.helps):
                for language in LANGUAGES:
                    assert not BLANK.search(say(sentence, language))


def _of(page: Page) -> tuple[Diagnostic, ...]:
    shown = next(part for part in page.parts if part.heading.en == HAS)
    return read_rubric(shown.rules, "rules.rubric", closely=True, load=beside(page)).findings if shown.rules else ()


def test_every_code_is_triggered() -> None:
    """No sentence is kept for a finding that cannot happen, nor advice that nothing gives."""
    found = [read_rubric(case.read_text("utf-8"), case.name, closely=True).findings for case in CASES]
    found += [read_rubric(make(), "text.rubric").findings for make, _ in TEXTS.values()]
    found += [_of(page) for page in PAGES.values()]
    for has, _ in LARGE.values():
        text, load = has()
        found.append(read_rubric(text, "rules.rubric", load=load).findings)
    assert {finding.code for findings in found for finding in findings} == set(RULE_FINDINGS) - RULE_ADVICE
    assert {advice.code for findings in found for finding in findings for advice in finding.helps} >= RULE_ADVICE


def test_sarif_says_what_a_finding_means() -> None:
    driver = json.loads(as_sarif(_of(PAGES["gap"]), "en"))["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["gap"]
    assert driver["rules"][0]["help"]["text"] == PAGES["gap"].text("en")
