"""The words of the scorecard as a workbook: sheets, headings, states, and how it is to be read."""

from rubric.messages.wording import Wording

SHEETS: dict[str, Wording] = {
    "score": Wording("Score", "评分表"),
    "facts": Wording("Facts", "事实"),
    "working": Wording("Working", "计算"),
    "guide": Wording("Notes", "说明"),
}

# What stands where there is no number of points.
STATES: dict[str, Wording] = {
    "usable": Wording("ok", "可算"),
    "not-applicable": Wording("n/a", "不适用"),
    "missing": Wording("missing", "缺"),
    "contradictory": Wording("conflict", "前后不一"),
    "beyond": Wording("out of range", "超出精度"),
    "undefined": Wording("divides by 0", "分母为零"),
    "uncovered": Wording("not covered", "未规定"),
    "open": Wording("open", "未定"),
}
# What keeps a fact from being used, by its number from 1 on: the higher, the graver.
HINDRANCES = ("not-applicable", "missing", "contradictory", "beyond")

COLON = Wording(": ", "：")

# The lines of the working.
WORKING: dict[str, Wording] = {
    "units": Wording("as a whole number", "整数"),
    "hindrance-of-fact": Wording("usable (0) or not", "可用（0）与否"),
    "above": Wording("above", "分子"),
    "below": Wording("below", "分母"),
    "state": Wording("state", "状态"),
    "rounded": Wording("rounded", "取整"),
    "steps": Wording("steps", "档数"),
    "distance": Wording("distance", "差距"),
    "stride": Wording("step", "一档"),
    "points-above": Wording("points in whole numbers", "得分的整数"),
    "dividend": Wording("dividend", "被除数"),
    "divisor": Wording("divisor", "除数"),
    "nearest": Wording("nearest", "就近取整"),
    "part": Wording("points", "得分"),
    "exempt": Wording("does not apply", "不适用"),
    "condition": Wording("holds (1), does not (0)", "成立（1）与否（0）"),
    "award": Wording("would earn", "应得"),
    "hindrance": Wording("facts in the way", "所缺事实"),
    "left-out": Wording("marks left out", "不计的满分"),
    "level": Wording("points of the level", "小计"),
    "veto": Wording("veto", "否决"),
    "total": Wording("total", "总分"),
    "grade": Wording("grade", "等级序号"),
}

# What the names of cells end in, or are.
POINTS = Wording("points", "得分")
TOTAL_NAME = Wording("total", "总分")
GRADE_NAME = Wording("grade", "等级")

# Headings of the score sheet, by column.
SCORE_COLUMNS: dict[str, Wording] = {
    "level-1": Wording("Level 1", "一级指标"),
    "level-2": Wording("Level 2", "二级指标"),
    "indicator": Wording("Indicator", "指标"),
    "full": Wording("Marks", "分值"),
    "formula": Wording("Formula", "计算公式"),
    "rate": Wording("Value", "实际值"),
    "points": Wording("Points", "得分"),
    "engine": Wording("By the engine", "引擎得分"),
    "check": Wording("Check", "核对"),
    "claimed": Wording("Claimed", "自评"),
    "difference": Wording("Difference", "差额"),
    "why": Wording("Why", "评分依据"),
}
FACT_COLUMNS: dict[str, Wording] = {
    "name": Wording("Name", "名称"),
    "value": Wording("Value", "数值"),
    "unit": Wording("Unit or levels", "单位或档次"),
    "basis": Wording("Basis", "依据"),
    "document": Wording("Document", "资料"),
    "section": Wording("Place", "位置"),
    "quote": Wording("Sentence", "原文"),
    "cell": Wording("In formulas", "公式中的名称"),
}
WORKING_COLUMNS: dict[str, Wording] = {
    "about": Wording("About", "对象"),
    "label": Wording("Step", "步骤"),
    "name": Wording("In formulas", "公式中的名称"),
    "value": Wording("Value", "值"),
}
NAME_COLUMNS: dict[str, Wording] = {
    "name": Wording("Name", "名称"),
    "cell": Wording("In formulas", "公式中的名称"),
}

SCORE_TITLE = Wording("{title}: score sheet", "{title}评分表")
FACTS_TITLE = Wording("{title}: facts", "{title}基础数据")
WORKING_TITLE = Wording("{title}: working", "{title}计算过程")
GUIDE_TITLE = Wording("{title}: notes", "{title}评分表说明")
DEPARTMENT = Wording("Department: {name}", "单位：{name}")
YEAR = Wording("Year: {year}", "年度：{year}")
BASIS = Wording("By: {basis}", "依据：{basis}")
IN_POINTS = Wording("In points", "计量：分")
SUBTOTAL = Wording("Subtotal", "小计")
TOTAL = Wording("Total", "总分")
GRADE = Wording("Grade", "等级")
PAGE = Wording("Page &P of &N", "第 &P 页，共 &N 页")

# What the column of checks says.
AGREES = Wording("agrees", "一致")
DIFFERS = Wording("differs", "不一致")
BY_ENGINE = Wording("by the engine", "由引擎计算")

# Why a formula does not carry something.
NOT_CARRIED: dict[str, Wording] = {
    "outside": Wording(
        "rests on the group or on the rows of a table, which this workbook does not hold",
        "以全组数据或填报表各行为据，本工作簿不含这些数据",
    ),
    "too-long": Wording("would take a formula longer than a spreadsheet allows", "公式超出电子表格的长度限制"),
    "beyond": Wording(
        "its numbers are too large, or have too many decimals, for a spreadsheet to be exact",
        "数值过大或小数位数过多，电子表格不能精确计算",
    ),
    "left-out": Wording(
        "members may be left out, and a formula weighs the rest anew", "有的指标可能不考核，合成公式随之折算"
    ),
}
CARRIED_HEADING = Wording("Plain numbers worked out by the engine", "由引擎计算、不随事实变动的得分")
CARRIED_LINE = Wording("{name}: {why}", "{name}：{why}")
NAMES_HEADING = Wording(
    "Names that are written differently in formulas", "公式中写法不同的名称（电子表格不允许引号、顿号、空格等）"
)

GUIDE: tuple[Wording, ...] = (
    Wording(
        "The sheet of facts holds what the score rests on, each value with its sentence. The score sheet works out "
        "rates, points, subtotals, total and grade from it by formulas: change a value there, and the score moves.",
        "“事实”页是评分所依据的数据，每个数附原文。“评分表”页的实际值、得分、小计、总分、等级都是由它算出的公式："
        "改动“事实”页的数值，得分随之变动。",
    ),
    Wording(
        "The column “By the engine” holds the points of the facts as they were read, and does not move. The column "
        "beside it compares the two. It says “differs” once a fact was changed that counts; if it does so before, the "
        "engine is right.",
        "“引擎得分”一列是按读入的事实算出的得分，不随改动变化；“核对”一列比较两者。改动了影响得分的事实，显示“不一致”；"
        "没有改动而显示“不一致”的，以引擎为准。",
    ),
    Wording(
        "A value that is missing is an empty cell, and is neither 0 nor full marks: the points then say “missing”, and "
        "the engine's column gives the least and the most that are possible. What does not apply is “n/a”.",
        "缺少的事实留空，既不按 0 也不按满分：得分显示“缺”，“引擎得分”一列给出可能的最低分和最高分。"
        "不适用的，填“不适用”。",
    ),
    Wording(
        "Limits are not compared as binary fractions. Each value is made a whole number (310.71 is 31071), and a rate "
        "is held against its limit by multiplying across; the sheet “Working” shows each step. Where numbers are too "
        "large for that, or have more decimals than are provided for, the cell says “out of range”.",
        "比率不按二进制小数比较：先把每个数化为整数（310.71 化为 31071），再交叉相乘与界限比较，“计算”页列出每一步。"
        "数值过大或小数位数过多、不能精确计算的，显示“超出精度”。",
    ),
    Wording(
        "Sums of points are rounded to nine decimals before they are held against a grade or a limit.",
        "得分合计与等级界限比较前，先四舍五入到九位小数。",
    ),
)
RUBRIC = Wording("Rules: {title}", "评分表：{title}")
RULES_DIGEST = Wording("Digest of the rules (sha256): {digest}", "规则文件摘要（sha256）：{digest}")
FACTS_DIGEST = Wording("Digest of the facts (sha256): {digest}", "事实文件摘要（sha256）：{digest}")
ENGINE = Wording("Engine version: {version}", "引擎版本：{version}")
ADJUSTMENTS = Wording(
    "Adjustments that the department asks for are not taken out here.", "部门要求剔除的数，本表没有剔除。"
)
NO_REFERENCE = Wording("nothing", "无")
