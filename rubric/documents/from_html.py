"""Reads a web page: paragraphs and rows of tables, without what a browser does not show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from engine.diagnostic import note
from rubric.documents.gathering import Gathered, quote
from rubric.sheets.grid import MAX_COLUMNS, MAX_ROWS, RefusedError

_UNSHOWN = {"script", "style", "head", "template", "noscript", "svg", "select", "iframe", "object"}
# fmt: off
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul",
}
# fmt: on
# What has no end, and cannot hold anything.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(text: str, gathered: Gathered) -> None:
    """Gather the passages of a page."""
    page = _Page(gathered)
    page.feed(text)
    page.close()
    page.end()


class _Page(HTMLParser):
    """Gathers passages while a page is parsed; nothing in it is recursive, however deep the page is."""

    def __init__(self, gathered: Gathered) -> None:
        super().__init__(convert_charrefs=True)
        self._gathered = gathered
        self._text: list[str] = []
        # The element that hides what follows, how often it is open, and the text that it hides.
        self._unshown, self._inside, self._hidden = "", 0, list[str]()
        self._deep = self._tables = self._row = self._kept = 0
        self._cells: list[str] | None = None
        self._span = 0, 0
        # The columns of rows to come that a cell above reaches into.
        self._below: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unshown:
            self._inside += tag == self._unshown
            return
        given = {name: text or "" for name, text in attrs}
        if tag not in _VOID and (tag in _UNSHOWN or "hidden" in given or _HIDDEN.search(given.get("style", ""))):
            self._unshown, self._inside, self._hidden = tag, 1, []
        elif tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self._break()
            self._deep += 1
            if self._deep == 1:
                self._tables += 1
                self._row = 0
                self._below = {}
        elif tag == "tr" and self._deep == 1:
            self._end_row()
            self._row += 1
            if self._row > MAX_ROWS:
                raise RefusedError(note("document-table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
            self._cells = []
        elif tag in ("td", "th") and self._deep == 1 and self._cells is not None:
            self._end_cell()
            self._fill()
            self._span = _span(given.get("colspan")), _span(given.get("rowspan"))
            self._text = []
        elif tag in _BLOCKS or (tag == "tr" and self._deep > 1):
            self._kept += tag == "pre"
            self._break()
        elif tag in ("td", "th"):
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._unshown:
            self._inside -= tag == self._unshown
            if not self._inside:
                if tag not in _UNSHOWN and (text := quote(self._hidden)):
                    self._gathered.warn(note("text-hidden", passage=max(self._gathered.next - 1, 1), text=text))
                self._unshown = ""
        elif tag == "table" and self._deep:
            if self._deep == 1:
                self._end_row()
            self._deep -= 1
            self._break()
        elif tag == "tr" and self._deep == 1:
            self._end_row()
        elif tag in ("td", "th") and self._deep == 1:
            self._end_cell()
        elif tag in _BLOCKS:
            self._kept -= tag == "pre" and self._kept > 0
            self._break()

    def handle_data(self, data: str) -> None:
        if self._unshown:
            self._hidden.append(data)
        elif self._kept and self._cells is None:
            # In text that is set line by line each line is a paragraph.
            first, *more = re.split(r"\r\n|\r|\n", data)
            self._text.append(first)
            for line in more:
                self._break()
                self._text.append(line)
        else:
            self._text.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def end(self) -> None:
        """The end of the page ends whatever is still open."""
        self._end_row()
        self._deep = 0
        self._break()

    def _break(self) -> None:
        """The end of a paragraph; inside a cell it is the end of a line."""
        if self._cells is not None:
            self._text.append("\n")
            return
        self._gathered.paragraph(_lines("".join(self._text)))
        self._text = []

    def _fill(self) -> None:
        """An empty cell for each column that a cell above reaches into."""
        if self._cells is not None:
            while self._below.get(len(self._cells), 0) > 0:
                self._below[len(self._cells)] -= 1
                self._cells.append("")

    def _end_cell(self) -> None:
        text = _lines("".join(self._text))
        self._text = []
        if self._cells is None or not self._span[0]:
            return
        if len(self._cells) >= MAX_COLUMNS:
            raise RefusedError(note("document-table-too-large", rows=MAX_ROWS, columns=MAX_COLUMNS))
        # What stands below a wide cell stands in the columns that it covers.
        wide, high = self._span
        first = len(self._cells)
        self._cells += [text, *[""] * (min(wide, MAX_COLUMNS - first) - 1)]
        if high > 1:
            self._below |= dict.fromkeys(range(first, len(self._cells)), high - 1)
        self._span = 0, 0

    def _end_row(self) -> None:
        if self._cells is None:
            return
        self._end_cell()
        self._fill()
        cells, self._cells = self._cells, None
        self._gathered.row(cells, self._tables, self._row)
        self._span = 0, 0


def _span(given: str | None) -> int:
    return min(int(given), MAX_ROWS) if given and given.isdecimal() and len(given) < 6 and int(given) else 1


def _lines(text: str) -> str:
    """The lines that hold something, without the spaces that only part the markup."""
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
