"""Older Office files (.doc, .wps, .rtf, .xls, .et), converted by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.diagnostic import note
from rubric.sheets.grid import RefusedError

# A report takes some two seconds; the first start of LibreOffice on a slow machine many more.
MAX_SECONDS = 90
_MAX_CONVERTED = 64_000_000

# The streams of an Office file are named in two-byte characters.
_STREAMS = {"EncryptedPackage": "", "WordDocument": "Word", "Workbook": "Excel", "Book": "Excel"}
_ENDINGS = {"Word": "docx", "Excel": "xlsx"}


def kind_of(data: bytes) -> str:
    """Whether an older file is of Word or Excel, by the streams that it holds."""
    if data.lstrip().startswith(b"{\\rtf"):
        return "Word"
    for name, kind in _STREAMS.items():
        if f"{name}\0".encode("utf-16-le") in data:
            if not kind:
                raise RefusedError(note("document-has-password"))
            return kind
    raise RefusedError(note("document-damaged"))


def program() -> str | None:
    """Where LibreOffice stands, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, kind: str) -> bytes:
    """The file as LibreOffice writes it anew."""
    ending = _ENDINGS[kind]
    office = program()
    if office is None:
        raise RefusedError(note("office-missing", ending=f".{ending}"))
    # Two conversions on one profile disturb one another, and one of them ends without a word.
    with TemporaryDirectory(prefix="rubric-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.rtf" if data.lstrip().startswith(b"{") else f"report.{ending[:-1]}")
        source.write_bytes(data)
        profile, out = Path(folder, "profile"), Path(folder, "out")
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        _run([*command, "--convert-to", ending, "--outdir", str(out), str(source)], ending)
        made = out / f"report.{ending}"
        # LibreOffice ends well whatever happened; only what it wrote tells.
        if not made.is_file() or not 0 < made.stat().st_size <= _MAX_CONVERTED:
            raise RefusedError(note("office-failed", ending=f".{ending}"))
        return made.read_bytes()


def _run(command: list[str], ending: str) -> None:
    """Run a conversion within its time, and end all of it when the time is over."""
    quiet = subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
            try:
                process.wait(MAX_SECONDS)
            except subprocess.TimeoutExpired:
                _end(process)
                raise RefusedError(note("office-too-slow", seconds=MAX_SECONDS, ending=f".{ending}")) from None
            except BaseException:
                _end(process)
                raise
    except OSError as failed:
        raise RefusedError(note("office-failed", ending=f".{ending}")) from failed


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with those that it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
