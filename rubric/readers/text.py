"""From bytes to text: a file is read whole, within a limit, or refused with a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from engine.diagnostic import Diagnostic, Note, error, note, warning
from engine.source import Span
from rubric.paths import exists, is_dir, is_file

Findings = tuple[Diagnostic, ...]

# Files that are often given in place of a text, by the bytes that they begin with.
_DOCUMENTS = {
    b"PK\x03\x04": "Word / Excel",
    b"\xd0\xcf\x11\xe0": "Word / Excel",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"

# What no text has: control characters other than tab and line feed, a carriage return alone, halves of a pair.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)")


def whole(file: str) -> Span:
    """The place of a finding about a file as a whole."""
    return Span(file, 0, 0, 0, 0)


def decode(data: bytes, file: str, limit: int) -> tuple[str | None, Findings]:
    """The text of a file; UTF-8 with or without a mark, else GB18030 with a warning."""
    text, findings = any_text(data, file, limit)
    if text is None:
        return None, findings
    broken = control_character(text, file)
    return (None, (broken,)) if broken else (text, findings)


def any_text(data: bytes, file: str, limit: int) -> tuple[str | None, Findings]:
    """The text of a file, whatever characters stand in it."""
    refusal = _refusal(data, limit)
    return (None, (error(refusal, whole(file)),)) if refusal else decoded(data, file)


def read_text(path: Path, limit: int) -> tuple[str | None, Findings]:
    """The text of the file at the path, or the one reason why there is none."""
    data, findings = read_bytes(path, limit)
    return (None, findings) if data is None else decode(data, str(path), limit)


def read_bytes(path: Path, limit: int) -> tuple[bytes | None, Findings]:
    """What the file at the path holds, up to one byte more than the limit, or the one reason why it cannot be read."""
    file = str(path)
    try:
        if not is_file(path):
            code = "is-a-directory" if is_dir(path) else "not-a-file" if exists(path) else "no-such-file"
            return None, (error(note(code), whole(file)),)
        with path.open("rb") as stream:
            return stream.read(limit + 1), ()
    except PermissionError:
        return None, (error(note("no-permission"), whole(file)),)
    except (OSError, ValueError):
        return None, (error(note("cannot-read"), whole(file)),)


def control_character(text: str, file: str) -> Diagnostic | None:
    """The first character that no text has, as a finding."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    place = Span(file, line, column, line, column + 1)
    return error(note("control-character", character=f"U+{ord(found[0]):04X}"), place)


def too_large(data: bytes, file: str, limit: int) -> Findings:
    """The finding of a file that is larger than it may be, or none."""
    return (error(note("file-too-large", limit=_size(limit)), whole(file)),) if len(data) > limit else ()


def _refusal(data: bytes, limit: int) -> Note | None:
    if len(data) > limit:
        return note("file-too-large", limit=_size(limit))
    for start, kind in _DOCUMENTS.items():
        if data.startswith(start):
            return note("not-a-text-file", kind=kind)
    if data.startswith(_UTF_16):
        return note("wrong-encoding")
    if not data.removeprefix(_BOM).strip():
        return note("nothing-in-file")
    return None


def _size(limit: int) -> str:
    return f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} kB"


def decoded(data: bytes, file: str) -> tuple[str | None, Findings]:
    """The text of bytes that may be UTF-8 or GB18030, whatever characters it has."""
    try:
        return data.removeprefix(_BOM).decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030"), (warning(note("read-as-gb18030"), whole(file)),)
    except UnicodeDecodeError:
        return None, (error(note("wrong-encoding"), whole(file)),)
