"""Writes a scoring table as an Excel workbook, set for A4 across: merged levels, borders, headings on every page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from engine.diagnostic import note
from rubric.messages.tables import TABLE
from rubric.messages.wording import Language
from rubric.sheets.grid import RefusedError
from rubric.sheets.printed import printed_width
from rubric.sheets.table import Box, Part

# How many characters of the small font fit across the page, and how high a line of it is.
_CHARACTERS = 148
_LINE, _LEAST = 13.5, 18.0
_TITLE_FONT, _HEADING_FONT, _TEXT_FONT = "黑体", "黑体", "宋体"
_MARGIN, _FOOT = 0.55, 0.3


def excel_file(parts: Sequence[Part], language: Language) -> bytes:
    """A workbook with a sheet for each part."""
    try:
        from openpyxl import Workbook
    except ImportError as missing:
        raise RefusedError(note("extra-missing", what="Excel", extra="excel")) from missing
    book = Workbook()
    book.remove(book.active)
    sums: dict[str, dict[str, str]] = {}
    for number, part in enumerate(parts, 1):
        sheet = _Sheet(book.create_sheet(_sheet_name(part.title)), part, language)
        sheet.write()
        sums[f"xl/worksheets/sheet{number}.xml"] = sheet.sums
    stream = BytesIO()
    book.save(stream)
    return _with_values(stream.getvalue(), sums)


def _with_values(data: bytes, sums: Mapping[str, Mapping[str, str]]) -> bytes:
    """Put the value of each sum beside its formula: what only shows a file does not work it out."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as written, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in written.infolist():
            content = written.read(part)
            for cell, value in sums.get(part.filename, {}).items():
                formula = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)'
                content = re.sub(formula.encode(), rf"\g<1><v>{value}</v>".encode(), content)
            archive.writestr(part, content)
    return stream.getvalue()


def _sheet_name(title: str) -> str:
    """A title as the name of a sheet: short, and without the marks that none may have."""
    return "".join(character for character in title if character not in "[]:*?/\\'")[:31] or "1"


class _Sheet:
    def __init__(self, sheet: Any, part: Part, language: Language) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.sheet = sheet
        self.part = part
        self.language = language
        thin = Side(style="thin", color="000000")
        self.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self.fill = PatternFill("solid", fgColor="EDEDED")
        self.centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.left = Alignment(horizontal="left", vertical="center", wrap_text=True)
        self.font = Font(name=_TEXT_FONT, size=10)
        self.bold = Font(name=_HEADING_FONT, size=10.5)
        self.title = Font(name=_TITLE_FONT, size=16)
        self.first = 0
        # What each formula comes to, by its cell.
        self.sums: dict[str, str] = {}

    def write(self) -> None:
        """The whole sheet."""
        part = self.part
        self._line(1, part.title, self.title, 26.0, self.centre)
        for number, text in enumerate(part.above, 2):
            self._line(number, text, self.font)
        heading = len(part.above) + 2
        for column, text in enumerate(part.headings, 1):
            self._put(heading, column, text, self.bold, self.centre).fill = self.fill
        self.sheet.row_dimensions[heading].height = 24
        self.first = heading + 1
        for number, row in enumerate(part.rows):
            for column, box in enumerate(row, 1):
                self._box(self.first + number, column, box)
        for number, height in enumerate(self._heights()):
            self.sheet.row_dimensions[self.first + number].height = height
        for number, text in enumerate(part.below, self.first + len(part.rows)):
            self._line(number, text, self.font)
        self._page(heading)

    def _put(self, row: int, column: int, text: str, font: Any, alignment: Any) -> Any:
        """A bordered cell of text; one that begins with an equals sign is text as well."""
        cell = self.sheet.cell(row, column)
        cell.value = text or None
        if text:
            cell.data_type = "s"
        cell.font, cell.alignment, cell.border = font, alignment, self.border
        return cell

    def _box(self, row: int, column: int, box: Box | None) -> None:
        if box is None:
            self.sheet.cell(row, column).border = self.border
            return
        centred = box.kind != "text"
        font = self.bold if box.kind in ("level", "total") else self.font
        cell = self._put(row, column, box.text, font, self.centre if centred else self.left)
        if box.adds:
            cell.value = f"=SUM({self._added(column, box.adds)})"
            self.sums[cell.coordinate] = box.text
        elif box.number is not None:
            cell.value = Decimal(box.text)
        if box.rows > 1 or box.columns > 1:
            self.sheet.merge_cells(None, row, column, row + box.rows - 1, column + box.columns - 1)

    def _heights(self) -> list[float]:
        """How high each row must be, reckoned from its texts: not every program works it out by itself."""
        heights = [_LEAST] * len(self.part.rows)
        boxes = [
            (number, box, sum(self.part.shares[column : column + box.columns]))
            for number, row in enumerate(self.part.rows)
            for column, box in enumerate(row)
            if box is not None
        ]
        for number, box, share in sorted(boxes, key=lambda each: each[1].rows):
            fits = max(1.0, share * _CHARACTERS / 100 - 1.5)
            lines = sum(max(1, ceil(printed_width(line) / fits)) for line in box.text.split("\n"))
            rows = range(number, number + box.rows)
            missing = lines * _LINE + 4 - sum(heights[row] for row in rows)
            for row in rows if missing > 0 else ():
                heights[row] += missing / box.rows
        return heights

    def _added(self, column: int, rows: Sequence[int]) -> str:
        """The ranges of a column that are added up."""
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(column)
        runs: list[list[int]] = []
        for row in rows:
            if runs and runs[-1][1] == row - 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        return ",".join(f"{letter}{self.first + one}:{letter}{self.first + other}" for one, other in runs)

    def _line(self, row: int, text: str, font: Any, height: float = 0, alignment: Any = None) -> None:
        """A line across the table; a merged cell does not grow by itself, so its height is reckoned."""
        cell = self.sheet.cell(row, 1)
        cell.value = text or None
        if text:
            cell.data_type = "s"
        cell.font, cell.alignment = font, alignment or self.left
        self.sheet.merge_cells(None, row, 1, row, len(self.part.headings))
        self.sheet.row_dimensions[row].height = height or _LINE * max(1, ceil(printed_width(text) / _CHARACTERS)) + 4

    def _page(self, heading: int) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = self.sheet
        for column, share in enumerate(self.part.shares, 1):
            sheet.column_dimensions[get_column_letter(column)].width = share * _CHARACTERS / 100
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = _MARGIN
        sheet.page_margins.top, sheet.page_margins.bottom = _MARGIN, _MARGIN + 0.1
        sheet.page_margins.footer = sheet.page_margins.header = _FOOT
        sheet.oddFooter.center.text = TABLE["page"].of(self.language).format(page="&P", pages="&N")
        sheet.print_title_rows = f"{heading}:{heading}"
        sheet.freeze_panes = sheet.cell(heading + 1, 1)
