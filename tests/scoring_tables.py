"""Scoring tables in the shapes that published ones have, built as files: merged levels, broken lines, misread digits.

The sentences are those of published tables or of the same kind; departments and figures are made up.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

Row = Sequence[object]


def excel(rows: Sequence[Row], merged: Sequence[str] = (), name: str = "指标表") -> Workbook:
    """A workbook of one sheet; `merged` are ranges such as A5:A8."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for each in merged:
        sheet.merge_cells(each)
    return book


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def merged_levels() -> bytes:
    """Three levels in merged cells, lines broken inside words, marks in names and in their own column."""
    rows: list[Row] = [
        ["附件2"],
        ["2017年度部门整体支出绩效评价指标评分表"],
        ["单位：某县财政局（盖章）"],
        ["一级指标", "二级指标", "三级指标", "分值", "指标解释", "评分标准", "得分", "备注"],
        [
            "投入\n（13分）",
            "目标设定\n（6分）",
            "绩效目标合理性",
            3,
            "部门所设立的整体绩效目标依据是否充分，是否符合客观实际。",
            "①目标合法合规，1分；\n②目标符合职责，1分；\n③目标符合中长期规划，1分。",
        ],
        [
            None,
            None,
            "绩效指标明确性",
            3,
            "部门依据整体绩效目标所设定的绩效指标是否清晰、细化、可衡量等。",
            "①指标细化量化，1分；②指标与任务数对应，1分；③指标与预算匹配，1分。",
        ],
        [
            None,
            "预算配置\n（7分）",
            "在职人员控\n制率",
            3,
            "在职人员控制率=（在职人员数/编制数）×100%。\n在职人员数：部门（单位）实际在职人数，以财政部门批复的部门决算"
            "编制口径为准。\n编制数：机构编制部门核定批复的部门（单位）的人员编制数。",
            "以100%为标准。在职人员控制率≦100%，计３分；每超过一个百分\n点扣0.5分，扣完为止。",
        ],
        [
            None,
            None,
            "“三公经费”变动率",
            4,
            "“三公经费”变动率=[（本年度“三公经费”总额-上年度“三公经费”总额）/上年度“三公经费”总额]×100%。",
            "“三公经费”变动率≦0,计4分；“三公经费”变动率>0,每超过一个百分点扣0.4分，扣完为止。",
        ],
        [
            "过程\n（61分）",
            "预算执行\n（20分）",
            "预算控制率",
            5,
            "预算控制率=（本年追加预算/年初预算）×100%。",
            "预算控制率=0，计5分；0-10%（含），计4分；10-20%（含），计3分；20-30%（含），计2分；大于30%不得分。",
        ],
        [
            None,
            None,
            "新建楼堂馆所面积控制率",
            5,
            "楼堂馆所面积控制率=实际建设面积/批准建设面积×100%。",
            "100%以下（含）计5分，每超出5%扣2分，扣完为止。没有楼堂馆所项目的部门按满分计算。",
            None,
            "以2017年完工的新建楼堂馆所为评价内容。",
        ],
        [None, None, "支付进度", 10, None, "90%-100%，得10分；80%-90%，得5分；80%以下不得分"],
        [
            None,
            "预算管理\n（41分）",
            "管理制度健全性",
            8,
            "部门为加强预算管理、规范财务行为而制定的管理制度是否健全完整。",
            "①有内部财务管理制度、会计核算制度等管理制度，2分；②相关管理制度合法、合规、完整，3分；"
            "③相关管理制度得到有效执行，3分。",
        ],
        [
            None,
            None,
            "公用经费控制率",
            33,
            "公用经费控制率=（实际支出公用经费总额/预算安排公用经费总额）×100%。",
            "公用经费控制率W100%，计33分；每超过—个百分点扣1分，扣完为止。",
        ],
        [
            "产出及效率（26分）",
            "履职效益（26分）",
            "经济效益",
            12,
            "此三项指标可根据部门实际情况有选择地进行设置。",
            "好，计12分；一般，计6分；差，不得分。",
        ],
        [None, None, "社会效益"],
        [
            None,
            None,
            "社会公众或服务对象满意度",
            14,
            None,
            "90%（含）以上计14分；80%（含）-90%，计8分；70%（含）-80%，计4分；低于70%计0分。",
        ],
        ["合计", None, None, 100],
        ["注：评价等级：90分以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。"],
    ]
    merged = (
        *("A2:H2", "A3:H3", "A5:A8", "B5:B6", "B7:B8", "A9:A13", "B9:B11", "B12:B13", "A14:A16", "B14:B16"),
        *("D14:D15", "E14:E15", "F14:F15", "A17:C17", "A18:H18"),
    )
    return saved(excel(rows, merged))


def two_heading_rows() -> bytes:
    """Two heading rows, criteria mixed with explanations, a hidden row, a blank row, sums that do not add up."""
    rows: list[Row] = [
        ["某市2019年部门整体支出绩效评价评分表（总分100分）"],
        ["序号", "评价指标", None, None, "分值", "指标说明及评分标准", "评价得分", None],
        [None, "一级指标", "二级指标", "三级指标", None, None, "自评", "复核"],
        [
            1,
            "一、预算管理（60分）",
            "（一）预算执行（40分）",
            "1.预算执行率",
            "20分",
            "反映部门预算执行情况。预算执行率=预算执行数/预算数×100%。\n"
            "评分标准：预算执行率≥100%，计20分；每低于1个百分点扣1分，扣完为止。",
            19,
            18.5,
        ],
        [
            2,
            None,
            None,
            "2.结转结余率",
            "20分",
            "结转结余率=结转结余总额/支出预算数×100%，用以反映部门对存量资金的控制程度。\n"
            "评分标准：结转结余率≤10%得20分；结转结余率在10%-20%之间的得10分；高于20%不得分。",
        ],
        [
            3,
            None,
            "（二）采购管理（20分）",
            "3.政府采购执行率",
            "15分",
            "政府采购执行率=（实际政府采购金额/政府采购预算数）×100%。政府采购执行率≥95%得15分；"
            "90%（含）-95%（含）得10分；85%（含）-90%（不含）得5分；低于85%不得分。",
        ],
        [4, None, None, "4.旧指标（停用）", "5分", "本行停用。"],
        [],
        [
            5,
            "二、履职效果（40分）",
            "（三）履职效益（40分）",
            "5.服务对象满意度",
            "20分",
            "评分标准：满意度≥90%计20分；每低于1%扣1分，扣完为止。",
        ],
        [
            6,
            None,
            None,
            "6.违规违纪情况",
            "20分",
            "考核部门遵守财经纪律情况。发现违规问题1例扣2分，扣完为止；情节严重的，酌情扣分。",
        ],
        ["合计", None, None, None, "95分"],
    ]
    merged = ("A1:H1", "B2:D2", "A2:A3", "E2:E3", "F2:F3", "G2:H2", "B4:B7", "C4:C5", "C6:C7", "B9:B10", "C9:C10")
    book = excel(rows, merged, "评分表")
    book.active.row_dimensions[7].hidden = True
    return saved(book)


def weights() -> bytes:
    """Two levels, weights in per cent, a second scoring table on another sheet, a name over two levels."""
    rows: list[Row] = [
        ["项目支出绩效评价指标体系"],
        ["一级指标", "二级指标", "权重", "评价标准"],
        ["决策", "立项依据", 0.1, "立项依据充分，得满分；立项依据不充分，不得分。"],
        [None, "目标明确", 0.1, "目标明确，5分；指标量化，5分。"],
        ["过程", "资金到位率", 0.2, "资金到位率=到位资金/计划资金×100%。按比例计分。"],
        [None, "预算执行率", 0.2, "得分=预算执行率×分值"],
        ["效果", None, 0.4, "效果显著得满分；效果一般得满分的60%；没有效果不得分"],
    ]
    book = excel(rows, ("A1:D1", "A3:A4", "A5:A6", "A7:B7"), "项目评分")
    for row in range(3, 8):
        book.active.cell(row, 3).number_format = "0%"
    second = book.create_sheet("部门评分")
    second.append(["指标", "分值", "评分标准"])
    second.append(["完成率", 100, "≥100%，计100分；其余不得分"])
    return saved(book)


# ---------------------------------------------------------------------------------------------------- Word


def word(build: Callable[[Any], None]) -> bytes:
    document = Document()
    build(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_table(
    document: Any, rows: Sequence[Sequence[str | None]], merged: Sequence[tuple[int, int, int, int]] = ()
) -> Any:
    """A table; `merged` are first row, first column, last row, last column, from 0."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text is not None:
                table.cell(number, column).text = text
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))
    return table


HEADINGS = ("一级指标", "二级指标", "三级指标", "分值", "指标说明", "评分标准")


def split_over_pages() -> bytes:
    """One table on two pages with its headings again, a level going on, a tracked change, an equation, other tables."""

    def build(document: Any) -> None:
        document.add_paragraph("某县部门整体支出绩效自评报告")
        word_table(document, [("项目", "金额"), ("年初预算", "100")])
        document.add_paragraph("附件：2018年度部门整体支出绩效评价评分表")
        first = word_table(
            document,
            [
                HEADINGS,
                (
                    "投入",
                    "预算配置",
                    "在职人员控制率",
                    "5",
                    "在职人员控制率=在职人员数/编制数×100%",
                    "基准100%，在职人员控制率不高于100%得5分，每高1个百分点减0.5分，减到0止",
                ),
                ("过程", "预算执行", "预算完成率", "8", "", "100%得满分，每短5%减2分，减到0止"),
                (None, None, "资金结余", "3", "资金结余情况", "没有结余得3分，结余不高于上年得2分，高于上年不得分"),
            ],
            [(2, 0, 3, 0), (2, 1, 3, 1)],
        )
        _equation(first.cell(2, 4).paragraphs[0])
        second = word_table(
            document,
            [
                HEADINGS,
                ("过程", "预算执行", "支付进度", "4", "", "每有一个专项没按进度下达减0.5分，减到0止"),
                (
                    None,
                    "预算管理",
                    "资金使用合规性",
                    "80",
                    "是否符合国家财经法规和财务管理制度规定。",
                    "每有一例不符减1分，减到0止",
                ),
                ("合计", None, None, "100", "", ""),
            ],
            [(1, 0, 2, 0), (3, 0, 3, 2)],
        )
        _tracked(second.cell(1, 5).paragraphs[0])
        document.add_paragraph("注：1.不足1个百分点的按1个百分点计算。")
        document.add_paragraph("2.总分90（含）以上优；80（含）至90良；60（含）至80中；60以下差。")
        document.add_paragraph("以下为正文。")

    return word(build)


def _equation(paragraph: Any) -> None:
    """预算完成率=（a/b）×100% as Word's own equation."""

    def text(parent: Any, words: str) -> None:
        run, inner = OxmlElement("m:r"), OxmlElement("m:t")
        inner.text = words
        run.append(inner)
        parent.append(run)

    equation, fraction = OxmlElement("m:oMath"), OxmlElement("m:f")
    for name, words in (("m:num", "预算完成数"), ("m:den", "预算数")):
        part = OxmlElement(name)
        text(part, words)
        fraction.append(part)
    text(equation, "预算完成率=")
    equation.append(fraction)
    text(equation, "×100%")
    paragraph._p.append(equation)


def _tracked(paragraph: Any) -> None:
    """减0.5分 where 减1分 stood before, under tracked changes."""
    run = paragraph.runs[0]
    before, _, after = run.text.partition("0.5分")
    run.text = before
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    for change, tag, words in ((deleted, "w:delText", "1分"), (inserted, "w:t", "0.5分")):
        change.set(qn("w:author"), "甲")
        inner, piece = OxmlElement("w:r"), OxmlElement(tag)
        piece.text = words
        inner.append(piece)
        change.append(inner)
        paragraph._p.append(change)
    paragraph.add_run(after)


def scanned() -> bytes:
    """A scanned table: digits and signs misread, a percent sign lost, numbers that meet where a line breaks."""

    def build(document: Any) -> None:
        document.add_paragraph("部门整体支出绩效评价评分标准")
        word_table(
            document,
            [
                ("指标", "分值", "评分标准"),
                ("预算控制率（5分）", "", "O，计5分；OTo%（含），计4分；10-20%（含），计3分；大于20%，不得分"),
                ("公用经费控制率", "1O", "1OO%以下计10分"),
                ("“三公经费”控制率", "8", "“三公经费”控制率W100%，计8分；每超过—个百分点扣l分，扣完为止"),
                ("重点支出安排率", "5", "N90%计5分；80%（含）-90%计4分；低于80%计0分"),
                ("结余变动率", "4", "结余变动率≤5，计4分；高于5%不得分"),
                ("完成及时性", "5", "按期完成得5\n10天以内完成得3分"),
                ("会议压减", "3", "每减少一次会议加05分，最多加3分"),
            ],
        )

    return word(build)


# ----------------------------------------------------------------------------------------------------- CSV


def comma_separated(rows: Sequence[Row], encoding: str = "utf-8-sig") -> bytes:
    stream = StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def unmerged() -> bytes:
    """What is left of merged cells when a sheet is saved as CSV in the encoding of an older Windows."""
    return comma_separated(
        [
            ["2020年度单位整体支出绩效评价指标体系及评分标准"],
            ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "解释", "计分标准", "数据来源"],
            [
                "履职完成情况",
                "50",
                "履职产出",
                "30",
                "重点工作办结率",
                "30",
                "重点工作办结率=重点工作实际完成数/交办或下达数×100%",
                "得分=重点工作办结率×分值",
                "督查室",
            ],
            ["", "", "履职质量", "20", "质量达标率", "20", "", "≥95%，计20分；80%（含）-95%，计10分；其余不得分", ""],
            [
                "履职效果",
                "50",
                "满意度",
                "20",
                "满意度",
                "20",
                "问卷调查",
                "按满意度分档：很满意20分；满意10分；不满意0分",
                "",
            ],
            ["", "", "其他", "30", "满意度", "20", "上级评价", "优，计20分；良，计15分；其余不得分", "考核办"],
            ["", "", "", "", "信息报送", "10", "", "每少报一条扣1分，扣完为止", "办公室"],
            ["加分项", "5", "", "", "改革创新", "5", "", "每有一项新技术加1分，最多加5分", ""],
            ["总分", "100"],
            ["说明：本表由财政局负责解释。"],
        ],
        "gb18030",
    )


def english() -> bytes:
    """A table in English."""
    return comma_separated(
        [
            ["Overall departmental expenditure, 2023"],
            ["Level 1", "Indicator", "Points", "Formula", "Criterion", "Notes"],
            [
                "Input (5 points)",
                "Staff control rate",
                "5",
                "staff / posts",
                "≤ 100% → 5 points; each 1 pp above deducts 0.5 points, down to 0",
                "",
            ],
            [
                "Output (15 points)",
                "Effect",
                "10",
                "",
                "good → 10 points; fair → 5 points; poor → no points",
                "by the panel",
            ],
            ["", "Timeliness", "5", "", "as the panel sees fit", ""],
            ["Total", "", "20", "", "", ""],
        ]
    )


TABLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "merged-levels": ("评分表.xlsx", merged_levels),
    "two-heading-rows": ("评分表.xlsx", two_heading_rows),
    "weights": ("评分表.xlsx", weights),
    "split-over-pages": ("报告.docx", split_over_pages),
    "scanned": ("评分标准.docx", scanned),
    "unmerged": ("指标体系.csv", unmerged),
    "english": ("table.csv", english),
}


def written(name: str, folder: Path) -> Path:
    """One of the tables as a file in a folder."""
    file, build = TABLES[name]
    path = folder / file
    path.write_bytes(build())
    return path
