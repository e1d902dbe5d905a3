"""The form of an official document in Word, after GB/T 9704—2012 (党政机关公文格式), written part by part.

A4; 37 mm above and 28 mm at the binding edge, so that the text takes 156 × 225 mm; 22 lines a page of 28 characters;
the title in 二号小标宋, 一、 in 三号黑体, （一） in 三号楷体, the text in 三号仿宋, the page number — 1 — in 四号宋体
outside. Letters and digits are in Times New Roman. The same text gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from rubric.messages.wording import Language
from rubric.pages.package import EVEN, MAIN, ODD, RELATIONS, clean, package

# Sizes are in twentieths of a point. The page, its margins (天头, 订口, and what is left), and 225 mm in 22 lines.
PAGE = (11906, 16838)
TOP, LEFT, RIGHT, BOTTOM = 2098, 1587, 1474, 1984
TEXT_WIDTH = PAGE[0] - LEFT - RIGHT
LINE = 579
# Across, the page is the same one turned: its head stands at the binding edge.
WIDE_WIDTH = PAGE[1] - TOP - BOTTOM
# 28 characters of 三号 (16 points) in 156 mm stand a little closer than they are wide.
_CLOSER = -5
# The page number stands 7 mm below the text.
_FOOTER = 1417

Align = Literal["left", "center", "right", "both"]
Style = Literal["Normal", "BodyText", "Title", "Heading1", "Heading2", "Item", "Appendix", "Small"]

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
# Where a font is not installed, one of these is like it.
_ALIKE = {
    FANG: "仿宋;FangSong;Noto Serif CJK SC",
    KAI: "楷体;KaiTi;Noto Serif CJK SC",
    TITLE: "方正小标宋_GBK;FZXiaoBiaoSong-B05S;华文中宋;STZhongsong;Noto Serif CJK SC",
    HEI: "SimHei;Noto Sans CJK SC",
    SONG: "SimSun;Noto Serif CJK SC",
}

# Marks that Word sets narrow unless it is told that they are Chinese.
_WIDE = re.compile(r"[“”‘’…—·×÷≥≤≠±～]")
# A formula that some programs do not break; a line before it that is filled up would be torn apart.
_UNBROKEN = re.compile(r"[0-9A-Za-z.+×÷=%≤≥<>-]{14,}")

_SPACES = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text line by line, how far it reaches, and the key of the number that it shows."""

    text: str
    head: bool = False
    align: Align = "center"
    columns: int = 1
    rows: int = 1
    key: str = ""


# Where a cell above or before it reaches over, there is none.
Row = Sequence[Cell | None]


class Paper:
    """A document that is written from top to bottom."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._body: list[str] = []
        self._marks = 0
        self._wide = False

    # -------------------------------------------------------------------------------------------- the text

    def paragraph(
        self,
        text: str,
        style: Style = "BodyText",
        align: Align | None = None,
        new_page: bool = False,
        hanging: tuple[int, int] | None = None,
        with_next: bool = False,
    ) -> None:
        """A paragraph; `hanging` are hundredths of characters before its lines and fewer before the first."""
        properties = [f'<w:pStyle w:val="{style}"/>' if style != "Normal" else ""]
        properties.append("<w:keepNext/>" if with_next else "")
        properties.append("<w:pageBreakBefore/>" if new_page else "")
        if hanging is not None:
            left, less = hanging
            properties.append(
                f'<w:ind w:leftChars="{left}" w:left="{left * 32 // 10}" w:hangingChars="{less}" '
                f'w:hanging="{less * 32 // 10}"/>'
            )
        if align is None and style in ("BodyText", "Item") and _UNBROKEN.search(text):
            align = "left"
        properties.append(f'<w:jc w:val="{align}"/>' if align else "")
        self._body.append(f"<w:p>{_within('w:pPr', ''.join(properties))}{runs(text)}</w:p>")

    def blanks(self, parts: Iterable[tuple[str, bool]], align: Align = "left", before: int = 0) -> None:
        """A line with places to fill in: each part with whether it is underlined."""
        inside = "".join(runs(text, underlined) for text, underlined in parts)
        indent = f'<w:ind w:firstLineChars="{before}" w:firstLine="{before * 32 // 10}"/>' if before else ""
        self._body.append(f'<w:p><w:pPr>{indent}<w:jc w:val="{align}"/></w:pPr>{inside}</w:p>')

    def space(self) -> None:
        """An empty line."""
        self._body.append("<w:p/>")

    # -------------------------------------------------------------------------------------------- the pages

    def turn(self, wide: bool) -> None:
        """What stands above is on pages of this kind; what follows begins a new one."""
        self._body.append(f"<w:p><w:pPr>{_section(wide, self.language)}</w:pPr></w:p>")

    # -------------------------------------------------------------------------------------------- a table

    def table(self, widths: Sequence[int], head: Row, rows: Iterable[Row], wide: bool = False) -> None:
        """A table with its head on every page, in larger type where there is room; no row is broken over two."""
        self._wide = wide
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        lines = [self._row(head, widths, {}, True)]
        reaching: dict[int, tuple[int, Cell]] = {}
        lines.extend(self._row(row, widths, reaching) for row in rows)
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        margins = "".join(
            f'<w:{side} w:w="{size}" w:type="dxa"/>'
            for side, size in (("top", 28), ("left", 57), ("bottom", 28), ("right", 57))
        )
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def _row(self, row: Row, widths: Sequence[int], reaching: dict[int, tuple[int, Cell]], head: bool = False) -> str:
        cells, column = [], 0
        while column < len(widths):
            cell = row[column] if column < len(row) else None
            left, above = reaching.get(column, (0, None))
            if cell is None and left and above is not None:
                reaching[column] = (left - 1, above)
                span = above.columns
                cells.append(self._cell(Cell("", columns=span), sum(widths[column : column + span]), "continue"))
            else:
                cell = cell or Cell("")
                span = cell.columns
                if cell.rows > 1:
                    reaching[column] = (cell.rows - 1, cell)
                merge = "restart" if cell.rows > 1 else ""
                cells.append(self._cell(cell, sum(widths[column : column + span]), merge))
            column += span
        marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
        return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, width: int, merge: str) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
        style = ("Wide" if self._wide else "") + ("CellHead" if cell.head else "Cell")
        lines = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{cell.align}"/></w:pPr>'
            f"{self._control(line, cell.key) if cell.key else runs(line)}</w:p>"
            for line in cell.text.split("\n")
        )
        return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'

    def _control(self, text: str, key: str) -> str:
        """A number in a content control that goes by a key."""
        self._marks += 1
        named = quoteattr(clean(key))
        properties = f'<w:alias w:val={named}/><w:tag w:val={named}/><w:id w:val="{self._marks}"/><w:text/>'
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{runs(text)}</w:sdtContent></w:sdt>"

    # -------------------------------------------------------------------------------------------- the file

    def file(self, title: str, properties: Mapping[str, str], seal: str = "", wide: bool = False) -> bytes:
        """The document as a file: its last pages across or not, with properties, and with a seal where one is given."""
        body = "".join(self._body) + _section(wide, self.language)
        parts = {
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": _styles(self.language),
            "word/settings.xml": _SETTINGS,
            "word/fontTable.xml": _fonts(),
            "word/footer1.xml": _footer(False, self.language),
            "word/footer2.xml": _footer(True, self.language),
        }
        return package(parts, title, properties, self.language, seal)


# ------------------------------------------------------------------------------------------------- pieces


def runs(text: str, underlined: bool = False) -> str:
    """Text as a run; a new line breaks it, and Chinese marks are set as Chinese."""
    properties = '<w:rFonts w:hint="eastAsia"/>' if _WIDE.search(text) else ""
    properties += '<w:u w:val="single"/>' if underlined else ""
    lines = clean(text).replace("\t", " ").split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{_within('w:rPr', properties)}{inside}</w:r>" if text else ""


def _within(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""


def _section(wide: bool, language: Language) -> str:
    width, height = (PAGE[1], PAGE[0]) if wide else PAGE
    # The page across is the upright one turned to the left: its right edge is the head of that.
    top, right, bottom, left = (LEFT, TOP, RIGHT, BOTTOM) if wide else (TOP, RIGHT, BOTTOM, LEFT)
    turned = ' w:orient="landscape"' if wide else ""
    grid = f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
    footer = 850 if wide else _FOOTER
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{ODD}"/><w:footerReference w:type="even" r:id="{EVEN}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850" '
        f'w:footer="{footer}" w:gutter="0"/>{grid if language == "zh" else ""}</w:sectPr>'
    )


def _footer(even: bool, language: Language) -> str:
    """— 1 —, one character from the outer edge (GB/T 9704—2012, 7.5)."""
    dash = "—" if language == "zh" else "–"
    side, indent = ("left", 'w:leftChars="100" w:left="280"') if even else ("right", 'w:rightChars="100" w:right="280"')
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'<w:ftr {_SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind {indent}/><w:jc w:val="{side}"/></w:pPr>'
        f"{runs(dash + ' ')}{page}{runs(' ' + dash)}</w:p></w:ftr>"
    )


# ------------------------------------------------------------------------------------------------- styles


class _Set(NamedTuple):
    """How a style sets its paragraphs: font, size in half points, spacing, alignment, level of a heading, and more."""

    font: str
    size: int
    spacing: str
    align: str = "both"
    indent: str = ""
    level: int | None = None
    bold: bool = False
    closer: int = 0
    kept: bool = False
    anywhere: bool = False

    def style(self, name: str, shown: str) -> str:
        """The style itself."""
        base = ' w:default="1"' if name == "Normal" else ""
        based = "" if base else '<w:basedOn w:val="Normal"/>'
        # In the order in which a paragraph's properties must stand.
        paragraph = [
            "<w:keepNext/><w:keepLines/>" if self.kept else "",
            # Formulas may break anywhere, or the line before them would be torn apart.
            '<w:wordWrap w:val="0"/>' if self.anywhere else "",
            self.spacing,
            self.indent,
            f'<w:jc w:val="{self.align}"/>',
            "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>',
        ]
        characters = [
            f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{self.font}" w:cs="{LATIN}"/>',
            "<w:b/>" if self.bold else "",
            f'<w:spacing w:val="{self.closer}"/>',
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>',
        ]
        return (
            f'<w:style w:type="paragraph"{base} w:styleId="{name}"><w:name w:val="{shown}"/>{based}<w:qFormat/>'
            f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{''.join(characters)}</w:rPr></w:style>"
        )


# What Word calls the styles.
_SHOWN = {
    "Normal": "Normal",
    "BodyText": "Body Text",
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Item": "List Paragraph",
    "Appendix": "Appendix",
    "Cell": "Table Text",
    "CellHead": "Table Heading",
    "WideCell": "Table Text Wide",
    "WideCellHead": "Table Heading Wide",
    "Small": "Closing Line",
    "Footer": "footer",
}


def _spacing(line: int, rule: str, before: int = 0, after: int = 0) -> str:
    snap = "" if rule == "exact" else '<w:snapToGrid w:val="0"/>'
    return f'{snap}<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


_SINGLE = _spacing(240, "auto")
_FIRST_LINE = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_EXACT = _spacing(LINE, "exact")
# 三号, 二号, 五号, 小五, 四号 in half points.
_3, _2, _5, _LESS_5, _4 = 32, 44, 21, 18, 28

_CHINESE: dict[str, _Set] = {
    "Normal": _Set(FANG, _3, _EXACT, closer=_CLOSER, anywhere=True),
    "BodyText": _Set(FANG, _3, _EXACT, indent=_FIRST_LINE, closer=_CLOSER, anywhere=True),
    "Title": _Set(TITLE, _2, _spacing(700, "exact"), "center", _NO_INDENT, kept=True),
    "Heading1": _Set(HEI, _3, _EXACT, indent=_FIRST_LINE, level=0, closer=_CLOSER, kept=True),
    "Heading2": _Set(KAI, _3, _EXACT, indent=_FIRST_LINE, level=1, closer=_CLOSER, kept=True),
    "Item": _Set(FANG, _3, _EXACT, indent=_FIRST_LINE, closer=_CLOSER, anywhere=True),
    "Appendix": _Set(HEI, _3, _EXACT, "left", _NO_INDENT, kept=True),
    "Cell": _Set(SONG, _LESS_5, _SINGLE, "left", anywhere=True),
    "CellHead": _Set(HEI, _LESS_5, _SINGLE, "center"),
    "WideCell": _Set(SONG, _5, _SINGLE, "left", anywhere=True),
    "WideCellHead": _Set(HEI, _5, _SINGLE, "center"),
    "Small": _Set(SONG, _LESS_5, _SINGLE, "left", anywhere=True),
    "Footer": _Set(SONG, _4, _SINGLE, "left"),
}
_LOOSE = _spacing(276, "auto", after=100)
_ENGLISH: dict[str, _Set] = {
    "Normal": _Set(SONG, 22, _LOOSE, "left"),
    "BodyText": _Set(SONG, 22, _LOOSE, "left"),
    "Title": _Set(HEI, 32, _spacing(264, "auto", after=120), "center", bold=True, kept=True),
    "Heading1": _Set(HEI, 26, _spacing(276, "auto", 200, 80), "left", level=0, bold=True, kept=True),
    "Heading2": _Set(HEI, 23, _spacing(276, "auto", 140, 60), "left", level=1, bold=True, kept=True),
    "Item": _Set(SONG, 22, _LOOSE, "left"),
    "Appendix": _Set(HEI, 22, _LOOSE, "left", bold=True, kept=True),
    "Cell": _Set(SONG, 17, _SINGLE, "left"),
    "CellHead": _Set(HEI, 17, _SINGLE, "center", bold=True),
    "WideCell": _Set(SONG, 19, _SINGLE, "left"),
    "WideCellHead": _Set(HEI, 19, _SINGLE, "center", bold=True),
    "Small": _Set(SONG, 16, _SINGLE, "left"),
    "Footer": _Set(SONG, 20, _SINGLE, "left"),
}


def _styles(language: Language) -> str:
    wanted = _CHINESE if language == "zh" else _ENGLISH
    styles = "".join(each.style(name, _SHOWN[name]) for name, each in wanted.items())
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{wanted["Normal"].font}" w:cs="{LATIN}"/>'
    lang = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = f"<w:rPrDefault><w:rPr>{fonts}{lang}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    return f"<w:styles {_SPACES}><w:docDefaults>{defaults}</w:docDefaults>{styles}</w:styles>"


def _fonts() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alike}"/><w:charset w:val="86"/></w:font>'
        for name, alike in _ALIKE.items()
    )
    return f'<w:fonts {_SPACES}><w:font w:name="{LATIN}"><w:charset w:val="00"/></w:font>{fonts}</w:fonts>'


_SETTINGS = (
    f'<w:settings {_SPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:balanceSingleByteDoubleByteWidth/>'
    '<w:doNotExpandShiftReturn/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
