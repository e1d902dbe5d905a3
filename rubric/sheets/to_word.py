"""Writes a scoring table as a Word document, set for A4 across: merged levels, borders, headings on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from engine.diagnostic import note
from rubric.messages.tables import TABLE
from rubric.messages.wording import Language
from rubric.sheets.grid import RefusedError
from rubric.sheets.table import Box, Part

# Sizes in twentieths of a point: A4 across, and what its margins leave.
_LONG, _SHORT = 16838, 11906
_MARGIN = 850
# Sizes of type: 小五 in the table, where room is short, and around it.
_SMALL, _AROUND = 9, 10.5
_WIDTH = _LONG - 2 * _MARGIN
_TITLE_FONT, _HEADING_FONT, _TEXT_FONT, _LATIN_FONT = "黑体", "黑体", "宋体", "Times New Roman"
# Where a font is not installed, one of these is like it.
_ALIKE = {"宋体": "SimSun;Noto Serif CJK SC", "黑体": "SimHei;Noto Sans CJK SC"}


def word_file(parts: Sequence[Part], language: Language) -> bytes:
    """A document with every part, each on a page of its own."""
    try:
        from docx import Document
    except ImportError as missing:
        raise RefusedError(note("extra-missing", what="Word", extra="word")) from missing
    document = Document()
    _Document(document, language).write(parts)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


class _Document:
    def __init__(self, document: Any, language: Language) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.document = document
        self.language = language
        self.element = OxmlElement
        self.qn = qn

    def write(self, parts: Sequence[Part]) -> None:
        """The whole document."""
        self._page()
        self._style()
        for number, part in enumerate(parts):
            self._paragraph(part.title, _TITLE_FONT, 16, "center", break_before=number > 0, after=6)
            for text in part.above:
                self._paragraph(text, _TEXT_FONT, _AROUND)
            self._table(part)
            for index, text in enumerate(part.below):
                self._paragraph(text, _TEXT_FONT, _SMALL, before=0 if index else 6)
        self._footer()

    # ------------------------------------------------------------------------------------------- the page

    def _page(self) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Twips

        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Twips(_LONG), Twips(_SHORT)
        section.left_margin = section.right_margin = Twips(_MARGIN)
        section.top_margin = section.bottom_margin = Twips(_MARGIN)
        section.header_distance = section.footer_distance = Twips(_MARGIN // 2)

    def _style(self) -> None:
        """The fonts and the language of the whole document: without them Chinese marks are set as elsewhere."""
        from docx.shared import Pt

        style = self.document.styles["Normal"]
        style.font.name, style.font.size = _LATIN_FONT, Pt(_SMALL)
        properties = style.element.get_or_add_rPr()
        properties.rFonts.set(self.qn("w:eastAsia"), _TEXT_FONT)
        lang = self.element("w:lang")
        lang.set(self.qn("w:val"), "en-US")
        lang.set(self.qn("w:eastAsia"), "zh-CN")
        properties.append(lang)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.space_before = Pt(0)
        self._font_table()

    def _font_table(self) -> None:
        """Name fonts that may stand in for those that are not installed."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        for relation in self.document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
                fonts = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{alike}"/><w:charset w:val="86"/></w:font>'
                    for name, alike in _ALIKE.items()
                )
                part = relation.target_part
                part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")

    def _footer(self) -> None:
        """The number of the page, counted by Word itself."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        self._align(paragraph, "center")
        said = TABLE["page"].of(self.language).format(page="\0PAGE\0", pages="\0NUMPAGES\0")
        for index, piece in enumerate(said.split("\0")):
            if index % 2:
                self._field(paragraph, piece)
            else:
                self._run(paragraph, piece, _TEXT_FONT, _SMALL)

    def _field(self, paragraph: Any, instruction: str) -> None:
        field = self.element("w:fldSimple")
        field.set(self.qn("w:instr"), instruction)
        paragraph._p.append(field)
        run = self._run(paragraph, "1", _TEXT_FONT, _SMALL)
        field.append(run._r)

    # --------------------------------------------------------------------------------------------- the text

    def _paragraph(
        self,
        text: str,
        font: str,
        size: float,
        align: str = "left",
        break_before: bool = False,
        before: float = 0,
        after: float = 2,
    ) -> None:
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        self._align(paragraph, align)
        paragraph.paragraph_format.page_break_before = break_before
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        self._run(paragraph, text, font, size)

    def _align(self, paragraph: Any, align: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if align == "center" else WD_ALIGN_PARAGRAPH.LEFT

    def _run(self, paragraph: Any, text: str, font: str, size: float) -> Any:
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.name, run.font.size = _LATIN_FONT, Pt(size)
        run._r.get_or_add_rPr().rFonts.set(self.qn("w:eastAsia"), font)
        return run

    # -------------------------------------------------------------------------------------------- the table

    def _table(self, part: Part) -> None:
        widths = [share * _WIDTH // 100 for share in part.shares]
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.set(self.qn("w:w"), str(width))
        margins = self.element("w:tblCellMar")
        for side, size in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
            self._property(margins, f"w:{side}", w=size, type="dxa")
        table._tbl.tblPr.append(margins)
        headings = tuple(Box(text, "heading") for text in part.headings)
        heading = self._row(table, headings, widths, {})
        mark = self.element("w:tblHeader")
        heading.get_or_add_trPr().append(mark)
        reaching: dict[int, int] = {}
        for row in part.rows:
            self._row(table, row, widths, reaching)

    def _row(self, table: Any, row: Sequence[Box | None], widths: list[int], reaching: dict[int, int]) -> Any:
        """One row; `reaching` counts, for each column, the rows that a box above still takes."""
        element = self.element("w:tr")
        table._tbl.append(element)
        whole = self.element("w:cantSplit")
        element.get_or_add_trPr().append(whole)
        for column, box, columns in _cells(row):
            merge = ""
            if box is None:
                merge = "continue" if reaching.get(column, 0) else ""
                reaching[column] = max(0, reaching.get(column, 0) - 1)
            elif box.rows > 1:
                merge, reaching[column] = "restart", box.rows - 1
            element.append(self._cell(box, sum(widths[column : column + columns]), columns, merge))
        return element

    def _cell(self, box: Box | None, width: int, columns: int, merge: str) -> Any:
        cell = self.element("w:tc")
        properties = self.element("w:tcPr")
        cell.append(properties)
        self._property(properties, "w:tcW", w=width, type="dxa")
        if columns > 1:
            self._property(properties, "w:gridSpan", val=columns)
        if merge:
            self._property(properties, "w:vMerge", val=merge)
        if box is not None and box.kind == "heading":
            self._property(properties, "w:shd", val="clear", color="auto", fill="EDEDED")
        self._property(properties, "w:vAlign", val="center")
        self._text(cell, box)
        return cell

    def _property(self, properties: Any, name: str, **values: object) -> None:
        element = self.element(name)
        for key, value in values.items():
            element.set(self.qn(f"w:{key}"), str(value))
        properties.append(element)

    def _text(self, cell: Any, box: Box | None) -> None:
        from docx.text.paragraph import Paragraph

        lines = [""] if box is None else box.text.split("\n")
        for line in lines:
            element = self.element("w:p")
            cell.append(element)
            paragraph = Paragraph(element, self.document._body)
            if box is not None:
                self._align(paragraph, "left" if box.kind == "text" else "center")
                strong = box.kind in ("heading", "level", "total")
                self._run(paragraph, line, _HEADING_FONT if strong else _TEXT_FONT, _SMALL)


def _cells(row: Sequence[Box | None]) -> Iterator[tuple[int, Box | None, int]]:
    """The cells of a row with their column and how many columns they take; what a box covers is passed over."""
    column = 0
    while column < len(row):
        box = row[column]
        columns = 1 if box is None else box.columns
        yield column, box, columns
        column += columns
