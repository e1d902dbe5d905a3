"""From a path to the document that stands there, by what the file is and not by what it is called."""

from __future__ import annotations

import re
from pathlib import Path

from engine.diagnostic import Note, error, note
from rubric.documents import from_html, from_office, from_pdf, from_sheet, from_text, from_word
from rubric.documents.document import Document
from rubric.documents.gathering import Gathered
from rubric.readers.text import decoded, read_bytes, whole
from rubric.sheets import from_csv, from_excel
from rubric.sheets.archive import kind_of
from rubric.sheets.grid import RefusedError

# A report with the photographs of its projects may be large; what is larger is another thing.
MAX_BYTES = 64_000_000
MAX_TEXT = 8_000_000
MAX_UNPACKED = 256_000_000

_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF-"
_RTF = b"{\\rtf"
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"BM": "BMP",
}
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.I | re.S)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(gb[a-z0-9_-]*)", re.IGNORECASE)

# What a name promises, by its ending.
_ENDINGS = {
    ".docx": "Word",
    ".docm": "Word",
    ".doc": "Word",
    ".wps": "Word",
    ".rtf": "Word",
    ".xlsx": "Excel",
    ".xlsm": "Excel",
    ".xls": "Excel",
    ".et": "Excel",
    ".pdf": "PDF",
    ".html": "HTML",
    ".htm": "HTML",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".csv": "CSV",
    ".tsv": "CSV",
}
_TEXTS = ("HTML", "text", "CSV")

# How the refusals of the archive and of tables are said of a report.
_SAID = {
    "table-damaged": "document-damaged",
    "table-not-office": "document-not-office",
    "table-unpacks-too-large": "document-unpacks-too-large",
    "table-with-entities": "document-with-entities",
    "table-too-large": "document-table-too-large",
}


def read_document(path: Path) -> Document:
    """The document at the path; where it cannot be read, it has no passages and one error says why."""
    file = str(path)
    data, findings = read_bytes(path, MAX_BYTES)
    if data is None:
        return Document(file, (), findings)
    gathered = Gathered(file)
    try:
        if len(data) > MAX_BYTES:
            raise RefusedError(note("document-too-large", limit=MAX_BYTES // 1_000_000))
        _read(data, path.suffix.lower(), gathered)
        return gathered.document()
    except RefusedError as refused:
        said = Note(_SAID.get(refused.note.code, refused.note.code), refused.note.arguments)
        return Document(file, (), (error(said, whole(file)),))


def _read(data: bytes, ending: str, gathered: Gathered) -> None:
    """Gather the passages of a file by its first bytes; its ending decides only what kind of text it is."""
    if not data.strip():
        raise RefusedError(note("nothing-in-file"))
    if data.startswith(_ARCHIVE):
        _archive(data, ending, gathered)
    elif data.startswith(_OLD_OFFICE) or data.lstrip().startswith(_RTF):
        kind = from_office.kind_of(data)
        _note_other(ending, kind, gathered)
        _office(from_office.converted(data, kind), kind, gathered)
    elif _PDF in data[:1024]:
        _note_other(ending, "PDF", gathered)
        from_pdf.read(data, gathered)
    else:
        _text(data, ending, gathered)


def _archive(data: bytes, ending: str, gathered: Gathered) -> None:
    kind = "Excel" if kind_of(data, MAX_UNPACKED) == "excel" else "Word"
    _note_other(ending, kind, gathered)
    _office(data, kind, gathered, measured=True)


def _office(data: bytes, kind: str, gathered: Gathered, measured: bool = False) -> None:
    """An Office archive; one that was converted is measured like any other."""
    if not measured:
        kind_of(data, MAX_UNPACKED)
    if kind == "Word":
        from_word.read(data, gathered)
    else:
        from_sheet.take(from_excel.grids(data, from_sheet.shown), gathered)


def _text(data: bytes, ending: str, gathered: Gathered) -> None:
    for start, kind in _PICTURES.items():
        if data.startswith(start):
            raise RefusedError(note("document-is-picture", kind=kind))
    promised = _ENDINGS.get(ending)
    looks = "HTML" if _HTML.match(data.removeprefix(b"\xef\xbb\xbf"), 0, 4096) else ""
    if promised not in _TEXTS and looks != "HTML":
        if promised is None:
            raise RefusedError(note("document-kind-unknown"))
        raise RefusedError(note("document-not-as-named", ending=ending))
    if len(data) > MAX_TEXT:
        raise RefusedError(note("document-too-large", limit=MAX_TEXT // 1_000_000))
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(note("document-damaged"))
    text, findings = decoded(data.replace(b"\x0c", b"\n"), gathered.file)
    if text is None:
        raise RefusedError(note("wrong-encoding"))
    kind = looks or str(promised)
    _note_other(ending, kind, gathered)
    if not (kind == "HTML" and _CHARSET.search(data[:4096])):
        # A page that says itself that it is GB18030 leaves nothing to doubt.
        gathered.take(findings)
    if kind == "HTML":
        from_html.read(text, gathered)
    elif kind == "CSV":
        from_sheet.take(from_csv.grids(text, Path(gathered.file).stem), gathered)
    else:
        from_text.read(text, gathered)


def _note_other(ending: str, found: str, gathered: Gathered) -> None:
    """Say so where a name promises something else; an ending that is not known promises nothing."""
    promised = _ENDINGS.get(ending)
    if promised is not None and promised != found and not (promised in _TEXTS and found in _TEXTS):
        gathered.hint(note("document-other-kind", ending=ending, found=found))
