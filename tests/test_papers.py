"""What a scorecard is written as on paper: the scoring section, the review opinion, a bureau's template, the PDF."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.shared import Mm
from pytest_regressions.file_regression import FileRegressionFixture

from engine.score import assess
from rubric import cli
from rubric.case import load_case
from rubric.messages.wording import LANGUAGES, Language
from rubric.pages import pdf
from rubric.pages.dossier import Digests, Dossier
from rubric.pages.opening import dossier
from rubric.pages.opinion import opinion_file
from rubric.pages.template import TemplateError, filled, sample_template
from rubric.pages.word import word_file

ROOT = Path(__file__).parents[1]
BAOJING = ROOT / "rules" / "hunan" / "baojing-2017.rubric"
FACTS = ROOT / "tests" / "reports" / "baojing-gov-office-2017.yaml"
CASES = sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/facts.yaml"))
DIGESTS = Digests("a" * 64, "b" * 64, "0.0.0")
WRITERS = {"section": word_file, "opinion": opinion_file}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def told(rules: Path, facts: Path, language: Language) -> Dossier:
    case = load_case(rules, facts, any_year=True)
    assert case.rubric is not None
    assert case.facts is not None, case.findings
    return dossier(assess(case.rubric, case.facts), language, case.texts, DIGESTS, official=True)


def of_case(folder: Path, language: Language) -> Dossier:
    own = folder / "rules.rubric"
    rules = own if own.exists() else ROOT / (folder / "rules.txt").read_text("utf-8").strip()
    return told(rules, folder / "facts.yaml", language)


def text_of(data: bytes) -> str:
    """Every paragraph of a document in its order, the cells of a row with bars between them."""
    document = Document(BytesIO(data))
    lines: list[str] = []
    for block in document.element.body:
        if block.tag == f"{_W}p":
            lines.append(_text(block))
        elif block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                cells = ([_text(each) for each in cell.iter(f"{_W}p")] for cell in row.iter(f"{_W}tc"))
                lines.append(" | ".join(" / ".join(filter(None, cell)) for cell in cells))
    return "\n".join(lines) + "\n"


def _text(element: object) -> str:
    assert hasattr(element, "iter")
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITERS)
def test_the_documents_of_baojing(name: str, language: Language, file_regression: FileRegressionFixture) -> None:
    said = text_of(WRITERS[name](told(BAOJING, FACTS, language)))
    file_regression.check(said, encoding="utf-8", basename=f"baojing_{name}", extension=f".{language}.txt")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_documents_of_every_case(folder: Path, language: Language) -> None:
    dossier = of_case(folder, language)
    said = text_of(word_file(dossier))
    for leaf in dossier.leaves:
        assert leaf.name.partition("（")[0] in said
        assert leaf.points.text in said
    assert dossier.points.text in said
    assert dossier.points.text in text_of(opinion_file(dossier))
    # No word of a program is left in a document.
    assert not re.search(r"[{}]|None|Fraction", said)


@pytest.mark.parametrize("name", WRITERS)
def test_the_page_is_that_of_official_documents(name: str) -> None:
    """GB/T 9704-2012: A4, 37 mm above, 28 mm at the binding, a type area of 156 by 225 mm."""
    data = WRITERS[name](told(BAOJING, FACTS, "zh"))
    page = Document(BytesIO(data)).sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert page.top_margin == pytest.approx(Mm(37), abs=Mm(0.1))
    assert page.left_margin == pytest.approx(Mm(28), abs=Mm(0.1))
    assert page.left_margin is not None
    assert page.right_margin is not None
    assert round((page.page_width - page.left_margin - page.right_margin) / Mm(1)) == 156
    with zipfile.ZipFile(BytesIO(data)) as file:
        styles = file.read("word/styles.xml").decode()
    for font in ("仿宋", "黑体", "楷体", "小标宋"):
        assert font in styles
    assert 'w:eastAsia="zh-CN"' in styles


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_score_is_the_same_file(name: str) -> None:
    first, again = (WRITERS[name](told(BAOJING, FACTS, "zh")) for _ in range(2))
    assert first == again


def test_a_seal_and_the_numbers_that_it_is_of() -> None:
    """Every number of the score sheet stands in a content control whose tag is the key of the indicator."""
    dossier = told(BAOJING, FACTS, "zh")
    data = word_file(dossier, '{"id": "1"}')
    with zipfile.ZipFile(BytesIO(data)) as file:
        body = ElementTree.fromstring(file.read("word/document.xml"))
        parts = {name: file.read(name) for name in file.namelist()}
    tags = {}
    for control in body.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        assert tag is not None
        tags[tag.get(f"{_W}val")] = _text(control)
    assert tags == {leaf.key: leaf.points.text for leaf in dossier.leaves} | {"total": "89"}
    assert any(b"&quot;id&quot;" in part or b'{"id": "1"}' in part for part in parts.values())


@pytest.mark.parametrize("name", WRITERS)
def test_whatever_a_fact_says_is_text(name: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    text = FACTS.read_text("utf-8").replace("保靖县人民政府办公室", "<b>&amp;办公室")
    facts.write_text(text, "utf-8")
    said = text_of(WRITERS[name](told(BAOJING, facts, "zh")))
    assert "<b>&amp;办公室" in said


# ------------------------------------------------------------------------------------------- a template


def template(*paragraphs: str) -> bytes:
    document, stream = Document(), BytesIO()
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_template_can_be_filled_in(language: Language) -> None:
    said = text_of(filled(sample_template(language), told(BAOJING, FACTS, language)))
    assert "89" in said
    assert "{{" not in said
    for leaf in told(BAOJING, FACTS, language).leaves:
        assert leaf.name in said


WRONG = {
    "a mistaken name": (template("{{ 总分数 }}"), "template-name"),
    "a bracket that is open": (template("{{ 总分 "), "template-syntax"),
    "a program": (template("{{ ''.__class__.__mro__ }}"), "template-value"),
    "no document": (b"text", "template-not-word"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_template_with_a_mistake_is_told(name: str) -> None:
    data, code = WRONG[name]
    with pytest.raises(TemplateError) as found:
        filled(data, told(BAOJING, FACTS, "zh"))
    assert found.value.code == code
    for language in LANGUAGES:
        said = found.value.said(language, "模板.docx")
        assert said.startswith("模板.docx")
        assert not re.search(r"\{[a-z]+\}", said)


# ------------------------------------------------------------------------------------------- the command


def score(*asked: str) -> int:
    return cli.run(["score", str(BAOJING), str(FACTS), *asked])


def test_the_command_writes_what_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets = {"--docx": tmp_path / "a.docx", "--opinion": tmp_path / "b.docx", "--html": tmp_path / "a.html"}
    asked = [word for option, path in targets.items() for word in (option, str(path))]
    # The claims differ from the score.
    assert score(*asked) == cli.FINDINGS
    assert all(path.stat().st_size for path in targets.values())
    assert score(*asked) == cli.USAGE
    assert "--force" in capsys.readouterr().err


REFUSED = {
    "another ending": ("--docx", "a.doc"),
    "the same file twice": ("--docx", "a.docx", "--opinion", "a.docx"),
    "a template without a document": ("--template", "a.docx"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [str(tmp_path / word) if "." in word else word for word in REFUSED[name]]
    assert score(*asked) == cli.USAGE
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_browser_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pdf.BROWSER, "no-such-browser")
    assert score("--pdf", str(tmp_path / "a.pdf"), "--html", str(tmp_path / "a.html")) == cli.USAGE
    assert "RUBRIC_BROWSER" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(pdf.browser() is None, reason="no browser that prints is installed")
def test_the_pdf_has_its_fonts_and_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert score("--pdf", str(tmp_path / name)) == cli.FINDINGS
    data = (tmp_path / "a.pdf").read_bytes()
    assert data == (tmp_path / "b.pdf").read_bytes()
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as file:
        assert len(file.pages) > 1
        page = file.pages[0]
        assert (round(float(page.width)), round(float(page.height))) == (595, 842)
        assert "预算控制率" in "".join(each.extract_text() for each in file.pages)
