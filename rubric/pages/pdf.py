"""A page as a PDF: the HTML's print form, fonts embedded, the same bytes each time, nothing loaded from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from typing import Any

_CHINESE = re.compile("[\u3400-\u9fff]")

# What a page that says nothing of paper is printed with; its own rules go before these.
_PAPER = """
@page {
  size: A4; margin: 25mm 22mm 22mm;
  @bottom-center { content: "— " counter(page) " —"; font: 10.5pt "Noto Serif CJK SC", "SimSun", serif; }
}
html { font-family: "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", serif; }
"""


class PrintingError(Exception):
    """Something that printing needs is not there; the code says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pdf_of(html: str) -> bytes:
    """The page as a PDF; PrintingError where what that needs is not installed."""
    if _CHINESE.search(html) and not chinese_fonts():
        raise PrintingError("pdf-needs-fonts")
    weasyprint = _weasyprint()
    page = weasyprint.HTML(string=html, url_fetcher=_only_from_within, media_type="print")
    written = page.write_pdf(
        stylesheets=[weasyprint.CSS(string=_PAPER)], pdf_identifier=b"rubric", uncompressed_pdf=False
    )
    assert isinstance(written, bytes)
    return written


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as missing:
        raise PrintingError("pdf-needs-extra") from missing
    except OSError as missing:
        # Pango is loaded when it is imported, and is no Python package.
        raise PrintingError("pdf-needs-libraries") from missing
    return weasyprint


def _only_from_within(url: str, *_arguments: Any, **_options: Any) -> Any:
    """What the page itself holds; nothing is fetched from a file or a network."""
    if not url.startswith("data:"):
        raise ValueError("a page that is printed holds all that it needs")
    from weasyprint import default_url_fetcher

    return default_url_fetcher(url)


@cache
def chinese_fonts() -> bool:
    """Whether a font with Chinese characters is installed; so it is taken where that cannot be told."""
    tool = shutil.which("fc-list")
    if tool is None:
        return True
    found = subprocess.run([tool, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False)
    return found.returncode != 0 or bool(found.stdout.strip())
