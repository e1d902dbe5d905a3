"""The words of a workbook that a department fills in: sheets, headings, and how to fill it in."""

from rubric.messages.wording import Wording

# The sheets, by what they hold; each says so in its first cell, so that it is known under another name as well.
SHEETS: dict[str, Wording] = {
    "guide": Wording("How to fill this in", "填表说明"),
    "unit": Wording("Department", "基本情况"),
    "facts": Wording("Facts", "事实"),
    "others": Wording("Other figures", "其他数据"),
    "adjustments": Wording("Adjustments", "调整"),
    "claims": Wording("Claims", "自评"),
    "options": Wording("Options", "选项"),
}
TABLE_SHEET = Wording("Table: ", "表：")

# The headings of the columns, by what stands below them.
COLUMNS: dict[str, Wording] = {
    "name": Wording("Name", "名称"),
    "unit": Wording("Unit or levels", "单位或档次"),
    "meaning": Wording("Meaning", "含义"),
    "value": Wording("Value", "值"),
    "state": Wording("State", "状态"),
    "basis": Wording("Basis", "依据"),
    "document": Wording("Document", "资料"),
    "section": Wording("Place", "位置"),
    "quote": Wording("Quote", "原文"),
    "reason": Wording("Reason", "理由"),
    # Adjustments.
    "fact": Wording("Fact", "事实"),
    "amount": Wording("Amount", "金额"),
    "ground": Wording("Ground", "理由"),
    "evidence": Wording("Evidence", "佐证"),
    "allowed_by": Wording("Allowed by", "认可"),
    # Claims.
    "kind": Wording("Kind", "类别"),
    "full": Wording("Full marks", "满分"),
    "points": Wording("Claimed", "自评得分"),
    "rate": Wording("Printed rate", "比率"),
}

# The rows of the sheet about the department, and of the list of documents below.
DEPARTMENT = Wording("Department", "部门")
YEAR = Wording("Year", "年度")
SHORT_NAME = Wording("Document: short name", "资料简称")
FULL_NAME = Wording("Document: full name", "资料全称")

# The first column of a table: what the row is.
ROW_OF_COLUMNS = Wording("Column", "列名")
ROW_OF_UNITS = Wording("Unit or levels", "单位或档次")
CONTINUED = Wording("again", "续")

# What a line of the claims is about.
CLAIM_KINDS: dict[str, Wording] = {
    "indicators": Wording("Indicator", "指标"),
    "subtotals": Wording("Subtotal", "小计"),
    "total": Wording("Total", "总分"),
    "grade": Wording("Grade", "等级"),
}

# The columns of a table of departments, a row each: how a claim is headed, before the name of what it is for.
CLAIMED: dict[str, Wording] = {
    "indicators": Wording("Claim: ", "自评："),
    "subtotals": Wording("Claimed subtotal: ", "自评小计："),
    "total": Wording("Claimed total", "自评总分"),
    "grade": Wording("Claimed grade", "自评等级"),
}
# How the column of the departments may be headed as well.
DEPARTMENTS = ("部门名称", "单位", "单位名称", "预算部门", "预算单位", "Department name", "Unit")

NUMBER = Wording("number", "数")
TEXT = Wording("text", "文字")
SIGNED = Wording("may be below 0", "可以为负")
POSITIVE = Wording("must be above 0", "须大于 0")
CHOSEN = Wording("given by the evaluator, with a reason", "由评价人员评定，须写理由")
UNCLAIMED = Wording("not narrated", "未叙述")

NO_LESS = Wording("a number not below 0", "请填不小于 0 的数字")
MORE_THAN = Wording("a number above 0", "请填大于 0 的数字")
ANY_NUMBER = Wording("a number", "请填数字")
CHOOSE = Wording("choose one of the list", "请从下拉列表中选择")

HINTS: dict[str, Wording] = {
    "unit": Wording("Fill in the yellow cells.", "请填写黄色单元格。"),
    "facts": Wording(
        "One row a fact. A fact that the documents give differently: one row for each value, under the same name.",
        "一行一项。同一项在资料中前后不一的，插入一行，写同一名称，各填一个值。",
    ),
    "others": Wording(
        "Figures kept for the record, which are not scored.", "评分不用、留存备查的数，名称、单位自行填写。"
    ),
    "adjustments": Wording(
        "Amounts to be taken out of a fact, one in a row; an amount below 0 is added to it.",
        "要求从某项事实中剔除的数，一行一笔；要求加回的，金额写负数。",
    ),
    "claims": Wording(
        "What the department claims. Printed rates are copied from the report as they stand (95.94%).",
        "填本部门自评的分数。比率照报告原文抄录，如 95.94%，不要重新计算。",
    ),
    "table": Wording(
        "One row an item. A cell with a second, differing value: a row below that begins with “again”.",
        "一行一项，行数不够可以插入。同一格在资料中前后不一的，在下面插入一行，首列写“续”，只填不一致的那一格。",
    ),
}

GUIDE: tuple[Wording, ...] = (
    Wording(
        "This workbook is for one department and one year. Fill in the yellow cells; the grey ones say what is asked "
        "for. Rows may be added. Do not rename the headings.",
        "本工作簿供一个部门填报一个年度的数据。请填写黄色单元格；灰色单元格是填报要求，请勿改动。行数不够的可以插入行。",
    ),
    Wording(
        "1. Department: the name of the department, the year, and the documents that the figures come from, each with "
        "a short name.",
        "一、“基本情况”：填写部门名称、年度和数据所依据的资料。每份资料起一个简称，其他工作表中引用简称。",
    ),
    Wording(
        "2. Facts: the value is a number in the unit of its row, or one of the levels. If your figure is in another "
        "unit, change the unit of the row as well.",
        "二、“事实”：“值”按该行单位填写数字，或者从下拉列表中选择。手头的数用的是别的单位的，把该行的单位一并改过来。",
    ),
    Wording(
        "3. A rate is written with its per cent sign: 95.3%. In a row whose unit is % the number alone counts as per "
        "cent: 95.3 is 95.3%.",
        "三、比率连同百分号一起填写，如 95.3%。单位为 % 的行，只写 95.3 也按 95.3% 计。",
    ),
    Wording(
        "4. Where there is no value, choose a state: “missing” (the figure exists, nobody has it) or “not applicable” "
        "(the department has no such thing; a reason is required). An empty row counts as missing, never as 0. Zero "
        "is written as 0.",
        "四、没有值的，在“状态”中选择：应有而查不到的选“缺失”；本部门没有这项业务的选“不适用”，并写明理由。整行不填的按缺失处理，"
        "不当作 0；确实是 0 的，请填 0。",
    ),
    Wording(
        "5. Basis: figure (the document has the number), statement (the document says so without a number), judgement "
        "(an evaluator's; a reason is required), inference (worked out from something else; say how).",
        "五、“依据”分四种：数据（资料中写明该数）、陈述（资料中有这句话，没有可核对的数）、评判（评价人员评定，须写理由）、"
        "推定（从其他内容推出，请写明怎样推出）。",
    ),
    Wording(
        "6. Quote the sentence of the document word for word; a figure should stand in the sentence quoted for it.",
        "六、“原文”请照录资料中的原句，所填的数应当出现在原句中；“位置”写第几页或第几部分。",
    ),
    Wording(
        "7. Fill in values, not formulas: formulas are not worked out. Do not merge cells. Figures are not written as "
        "dates.",
        "七、请直接填写数值，不要写公式（公式一律不予计算）；不要合并单元格；数字不要设成日期格式。"
        "由其他表格复制过来的，请用“选择性粘贴—数值”。",
    ),
    Wording(
        "8. Claims are held against the score and take no part in it.",
        "八、“自评”只与计算结果对照，不参与计分；报告中没有写分数的指标，填“未叙述”或留空。",
    ),
)
