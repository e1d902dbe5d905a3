"""Documents that carry a seal: the numbers that they show are the certified ones, and one that was edited is named."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from rubric import cli
from rubric.documents.sealed import carried
from rubric.messages.wording import LANGUAGES
from rubric.pages.seal import SealModel, read_seal

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "tests" / "reports" / "baojing-gov-office-2017.yaml"
BAOJING = ROOT / "rules" / "hunan" / "baojing-2017.rubric"
WRITTEN = {"--html": "a.html", "--docx": "a.docx", "--opinion": "o.docx", "--xlsx": "a.xlsx"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate, and every document that is written with it."""
    found = tmp_path_factory.mktemp("sealed")
    asked = [word for option, name in WRITTEN.items() for word in (option, str(found / name))]
    code = cli.run(["score", str(BAOJING), str(REPORT), "--certificate", str(found / "c.json"), *asked])
    assert code == cli.FINDINGS
    return found


def verify(*asked: str) -> int:
    return cli.run(["verify", *asked])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITTEN.values())
def test_a_document_shows_the_certified_numbers(
    folder: Path, name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(folder / name), "--certificate", str(folder / "c.json"), "--lang", language]
    assert verify(*asked) == cli.CLEAN
    # 18 indicators and the total.
    assert "19" in capsys.readouterr().out


def repacked(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """An Office file with its parts changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            part = old.read(each)
            new.writestr(each, change(each, part.decode()).encode() if each.endswith(".xml") else part)
    return out.getvalue()


def in_page(data: bytes) -> bytes:
    """预算控制率 earns 4 instead of 2, where the page shows it first."""
    text, count = re.subn(r'(data-seal="预算控制率"[^>]*>)2(<)', r"\g<1>4\2", data.decode(), count=1)
    assert count == 1
    return text.encode()


def in_word(data: bytes) -> bytes:
    def change(name: str, part: str) -> str:
        if name != "word/document.xml":
            return part
        found = re.search(r'<w:tag w:val="预算控制率"/>.*?<w:t[^>]*>2</w:t>', part, re.DOTALL)
        assert found is not None
        return part.replace(found[0], found[0].replace(">2</w:t>", ">4</w:t>"))

    return repacked(data, change)


def in_book(data: bytes) -> bytes:
    seal = read_seal(carried(data).seals[0])
    assert seal is not None
    place = seal.cells["预算控制率"].rpartition("!")[2].replace("$", "")

    def change(name: str, part: str) -> str:
        if name != "xl/worksheets/sheet1.xml":
            return part
        text, count = re.subn(rf'(<c r="{place}"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>)2(?:\.0)?(</v>)', r"\g<1>4\2", part)
        assert count == 1
        return text

    return repacked(data, change)


EDITED = {"a.html": in_page, "a.docx": in_word, "o.docx": in_word, "a.xlsx": in_book}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EDITED)
def test_a_number_that_was_edited_is_named(
    folder: Path, name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(EDITED[name]((folder / name).read_bytes()))
    assert verify(str(path), "--json", "--lang", language) == cli.FINDINGS
    told = json.loads(capsys.readouterr().out)
    assert [(each["key"], each["certified"], each["now"]) for each in told["differences"]] == [("预算控制率", "2", "4")]
    assert "预算控制率" in told["differences"][0]["sentence"]


def test_a_seal_that_was_made_anew_is_found_by_the_certificate(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page shows 91, and its seal says so; the certificate says 89."""
    text = (folder / "a.html").read_text("utf-8")
    seal = read_seal(carried(text.encode()).seals[0])
    assert seal is not None
    forged = seal.model_copy(update={"numbers": seal.numbers | {"total": "91"}}).sealed()
    assert forged.digest == forged.own_digest
    text = re.sub(r'(<script[^>]*id="rubric-seal"[^>]*>).*?(</script>)', rf"\g<1>{forged.model_dump_json()}\2", text)
    text = re.sub(r'(data-seal="total"[^>]*>)89(<)', r"\g<1>91\2", text)
    path = tmp_path / "a.html"
    path.write_text(text, "utf-8")
    assert verify(str(path)) == cli.CLEAN
    capsys.readouterr()
    assert verify(str(path), "--certificate", str(folder / "c.json"), "--json") == cli.FINDINGS
    told = json.loads(capsys.readouterr().out)
    assert [(each["key"], each["certified"], each["now"]) for each in told["differences"]] == [("total", "89", "91")]


def test_a_seal_that_was_changed_says_so(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (folder / "a.html").read_text("utf-8").replace('"engine_version":"', '"engine_version":"9')
    (tmp_path / "a.html").write_text(text, "utf-8")
    assert verify(str(tmp_path / "a.html"), "--lang", "en") == cli.FINDINGS
    assert "the seal itself was changed" in capsys.readouterr().out


def test_a_score_without_a_certificate_has_a_seal_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert cli.run(["score", str(BAOJING), str(REPORT), "--html", str(tmp_path / "a.html")]) == cli.FINDINGS
    assert verify(str(tmp_path / "a.html")) == cli.CLEAN
    assert verify(str(tmp_path / "a.html"), "--certificate", str(folder / "c.json")) == cli.FINDINGS
    assert "封记属于另一份证书" in capsys.readouterr().out


@pytest.mark.parametrize("case", ["missing-facts", "steps-on-and-off-their-edges", "office-veto-and-counted-once"])
@pytest.mark.parametrize("name", WRITTEN.values())
def test_the_documents_of_other_cases(case: str, name: str, tmp_path: Path) -> None:
    """Ranges, fractions and penalties are shown as they are sealed."""
    place = ROOT / "tests" / "cases" / case
    option = next(each for each, written in WRITTEN.items() if written == name)
    rules = place / "rules.rubric"
    if not rules.exists():
        rules = ROOT / (place / "rules.txt").read_text("utf-8").strip()
    assert cli.run(["score", str(rules), str(place / "facts.yaml"), option, str(tmp_path / name)]) != cli.USAGE
    assert verify(str(tmp_path / name)) == cli.CLEAN


BROKEN = {
    "a page without a seal": ("a.html", b"<html><p>89</p></html>"),
    "a damaged archive": ("a.docx", b"PK\x03\x04 damaged"),
    "a seal that is none": ("a.html", b'<html><script type="application/json" id="rubric-seal">{}</script></html>'),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_verified_gets_a_sentence(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, data = BROKEN[name]
    (tmp_path / file).write_bytes(data)
    assert verify(str(tmp_path / file), "--lang", language) == cli.USAGE
    said = capsys.readouterr().err
    assert file in said
    assert "{" not in said.replace("{}", "")


def test_a_seal_holds_its_digest() -> None:
    seal = SealModel(engine_version="1", rules="a", facts="b", numbers={"total": "89"}).sealed()
    assert seal.digest == seal.own_digest
    assert seal.model_copy(update={"numbers": {"total": "90"}}).own_digest != seal.digest
