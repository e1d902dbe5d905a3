"""A page as a PDF, printed by a browser of the machine: the page's own print form, fonts embedded.

The page needs no network, and the browser is given none: it runs without a window, in a profile of its own that is
thrown away, and for no longer than it may.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

MAX_SECONDS = 120

# The browsers that print alike, by the names of their commands, and where they lie without one.
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
# A variable of the environment that names another one.
BROWSER = "RUBRIC_BROWSER"

_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
# When a file was made; the same file is to be made again tomorrow.
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)[0-9]{14}")


class PrintingError(Exception):
    """Something that printing needs is not there; the code says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def browser() -> str | None:
    """The browser that prints: the one that the environment names, or one that is installed."""
    named = os.environ.get(BROWSER)
    if named:
        return shutil.which(named)
    return next((found for each in (*_COMMANDS, *_PLACES) if (found := shutil.which(each))), None)


def pdf_of(html: str) -> bytes:
    """The page as a PDF; PrintingError where there is no browser, or it does not print."""
    command = browser()
    if command is None:
        raise PrintingError("pdf-needs-browser")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, "utf-8", newline="\n")
        asked = [command, *_QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", page.as_uri()]
        try:
            subprocess.run(asked, capture_output=True, timeout=MAX_SECONDS, check=False)
            data = target.read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise PrintingError("pdf-not-printed") from None
    if not data.startswith(b"%PDF-"):
        raise PrintingError("pdf-not-printed")
    return _DATE.sub(rb"\g<1>20000101000000", data)
