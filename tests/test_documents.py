"""Reports are read as they are shown, and a file that cannot be read is answered in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from engine.diagnostic import is_error
from rubric.documents import from_office, from_pdf, opening
from rubric.documents.document import Document
from rubric.documents.from_sheet import in_format
from rubric.documents.opening import read_document
from rubric.messages.catalogue import say
from tests.report_files import docx, locked_pdf, para, pdf, run


def opened(data: bytes, name: str, folder: Path) -> Document:
    path = folder / name
    path.write_bytes(data)
    found = read_document(path)
    for each in found.findings:
        assert say(each.headline, "zh")
        assert say(each.headline, "en")
    return found


def texts(found: Document) -> list[str]:
    return [each.text for each in found.passages]


def codes(found: Document) -> list[str]:
    return [each.code for each in found.findings]


def test_tracked_changes_and_hidden_text(tmp_path: Path) -> None:
    changed = f"<w:del><w:r><w:delText>90</w:delText></w:r></w:del><w:ins>{run('108.5')}</w:ins>"
    removed = para("<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>")
    body = para(run("支出"), changed, run("万元")) + removed + para(run("甲"), run("密", "<w:vanish/>"))
    body += para(f"<w:ins>{run('新')}</w:ins>") + para(run("乙"), "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")
    found = opened(docx(body), "a.docx", tmp_path)
    assert texts(found) == ["支出108.5万元", "甲", "新", "乙"]
    assert codes(found) == ["change-both", "change-removed", "text-hidden", "change-inserted", "change-deleted"]
    assert "第 1 段有修订：插入“108.5”，已读入；删除“90”" in say(found.findings[0].headline, "zh")


def test_numbers_boxes_notes_and_tables(tmp_path: Path) -> None:
    def level(at: int, kind: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'

    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "（%2）") + level(2, "hebrew1", "%3")
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'

    def at(depth: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'

    box = f"<w:r><w:pict><w:txbxContent>{para(run('框'))}</w:txbxContent></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    merged = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    start = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para(run("投入"))}</w:tc>'
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{para(run("5"))}</w:tc>'
    table = f"<w:tbl><w:tr>{start}{cell}</w:tr><w:tr>{merged}{cell}</w:tr></w:tbl>"
    body = para(run("概况"), properties=at(0)) + para(run("职能"), properties=at(1)) + para(run("次"), properties=at(0))
    body += para(run("怪"), properties=at(2)) + para(run("上"), "<w:r><w:br/></w:r>", run("下"), box, note) + table
    notes = f'<w:footnote w:id="2">{para(run("注"))}</w:footnote>'
    found = opened(docx(body, numbering=lists, footnotes=notes, comments='<w:comment w:id="1"/>'), "a.docx", tmp_path)
    assert texts(found) == ["一、概况", "（1）职能", "二、次", "怪", "上\n下", "框", "注", "投入\t5\t", "\t5\t"]
    assert found.passages[-1].cells == ("", "5", "")
    assert codes(found) == ["numbering-unread", "text-box", "document-comments"]


def test_a_page_and_texts(tmp_path: Path) -> None:
    page = (
        "<p>一<script>x</script></p><p hidden>密</p><table><tr><td rowspan=2>甲<td>1<tr><td>2</table>" + "<div>" * 9999
    )
    found = opened(page.encode(), "a.html", tmp_path)
    assert texts(found) == ["一", "甲\t1", "\t2"]
    assert codes(found) == ["text-hidden"]
    assert texts(opened("得分：９５％\n\n满分".encode("gb18030"), "a.txt", tmp_path)) == ["得分：９５％", "满分"]
    assert texts(opened("\ufeff指标,得分\n甲,5".encode(), "a.csv", tmp_path)) == ["指标\t得分", "甲\t5"]


def test_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["率", 0.953, "=1+1"])
    sheet["B1"].number_format = "0.0%"
    sheet.append(["藏"])
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    found = read_document(tmp_path / "a.xlsx")
    assert found.passages[0].cells[:2] == ("率", "95.3%")
    assert sorted(codes(found)) == ["cells-hidden", "formula-without-value"]
    assert in_format("1234.5", "#,##0.00") == "1,234.50"


def with_other_name(data: bytes) -> bytes:
    return data.replace(b"word/document.xml", b"word/different.xm")


REFUSED = {
    "cut.docx": ("document-damaged", docx(para(run("甲")))[:200]),
    "not.docx": ("document-not-as-named", "这不是文档".encode()),
    "deep.docx": ("document-nested-too-deep", docx("<w:p>" * 400 + "</w:p>" * 400)),
    "entities.docx": ("document-with-entities", docx(para(run("<!DOCTYPE x>")))),
    "bomb.docx": ("document-unpacks-too-large", docx(" " * 16_000_001)),
    "none.docx": ("document-without-text", docx("<w:p/>")),
    "empty.pdf": ("nothing-in-file", b""),
    "scan.pdf": ("pdf-scanned", pdf()),
    "locked.pdf": ("document-has-password", locked_pdf()),
    "cut.pdf": ("document-damaged", pdf()[:60]),
    "long.pdf": ("pdf-too-many-pages", pdf(301)),
    "a.xyz": ("document-kind-unknown", b"text"),
    "a.doc": ("document-damaged", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "locked.doc": ("document-has-password", b"\xd0\xcf\x11\xe0" + "EncryptedPackage\0".encode("utf-16-le")),
    "other.docx": ("document-not-office", with_other_name(docx(""))),
    "a.jpg": ("document-is-picture", b"\xff\xd8\xff\xe0"),
    "wide.csv": ("document-table-too-large", b"a," * 99),
    "long.txt": ("document-too-long", b"a\n" * 20_001),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    code, data = REFUSED[name]
    found = opened(data, name, tmp_path)
    assert (codes(found), found.passages) == ([code], ())
    assert is_error(found.findings[0])


def test_a_folder_and_a_missing_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(read_document(tmp_path)) == ["is-a-directory"]
    monkeypatch.setattr(from_office, "program", lambda: None)
    assert codes(opened(b"{\\rtf1 a}", "a.doc", tmp_path)) == ["office-missing"]


def test_a_name_that_promises_something_else(tmp_path: Path) -> None:
    assert codes(opened(docx(para(run("甲"))), "a.pdf", tmp_path)) == ["document-other-kind"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_older_file_is_converted(tmp_path: Path) -> None:
    assert texts(opened(b"{\\rtf1 report}", "a.doc", tmp_path)) == ["report"]


def test_limits_of_size_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_pdf, "MAX_SECONDS", 0)
    assert codes(opened(pdf(), "a.pdf", tmp_path)) == ["pdf-too-costly"]
    monkeypatch.setattr(opening, "MAX_BYTES", 10)
    assert codes(opened(b"a" * 11, "a.txt", tmp_path)) == ["document-too-large"]


def test_a_converter_that_fails_or_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_office, "program", lambda: shutil.which("true"))
    assert codes(opened(b"{\\rtf1 a}", "a.doc", tmp_path)) == ["office-failed"]
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 20\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(from_office, "program", lambda: str(slow))
    monkeypatch.setattr(from_office, "MAX_SECONDS", 0.2)
    assert codes(opened(b"{\\rtf1 a}", "a.doc", tmp_path)) == ["office-too-slow"]


def test_pages_of_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def line(text: str, top: float, left: float = 100, right: float = 500) -> dict[str, object]:
        return {"text": text, "left": left, "right": right, "top": top, "bottom": top + 16, "size": 16}

    lines = [
        line("甲（cid", 200, 132),
        line("(cid:7)乙", 220, right=300),
        line("（一）丙", 240),
        line("- 1 -", 800, 280, 310),
    ]
    pages = [
        {"height": 842, "characters": 9, "pictures": 0, "items": lines},
        {"height": 842, "characters": 0, "pictures": 1, "items": []},
    ]
    monkeypatch.setattr(from_pdf, "_pages", lambda _: pages)
    found = opened(b"%PDF-1.4", "a.pdf", tmp_path)
    assert texts(found) == ["甲（cid□乙", "（一）丙"]
    assert codes(found) == ["pdf-pages-without-text", "pdf-unreadable-characters"]


def test_many_remarks_are_counted(tmp_path: Path) -> None:
    found = opened(docx(para(f"<w:ins>{run('甲')}</w:ins>") * 33), "a.docx", tmp_path)
    assert codes(found).count("change-inserted") == 30
    assert codes(found)[-1] == "document-more"
