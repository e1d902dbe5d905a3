"""The words of the language: a row is a word, with its spellings in Chinese and in English.

The grammar names the rows and never spells them. In each language the first spelling is the one that
the writer uses; a Latin spelling ends at a word boundary, a Chinese one does not, as Chinese is written
without spaces. Which characters a name takes is told in `lexer.py`.
"""

from __future__ import annotations

from rubric.messages.wording import Language
from rubric.messages.words import NO, UNIT_WORDS, YES, Spellings

# Words that begin a block. They stand at the start of a line and are followed by a space or a colon.
HEADS: dict[str, Spellings] = {
    "RUBRIC": Spellings(("评分表",), ("rubric",)),
    "FACTS": Spellings(("事实", "基础数据"), ("facts",)),
    "TABLE": Spellings(("表",), ("table",)),
    "DEFINITIONS": Spellings(("定义",), ("definitions",)),
    "SOURCES": Spellings(("数据来源",), ("sources",)),
    "LEVEL_1": Spellings(("一级指标",), ("level 1",)),
    "LEVEL_2": Spellings(("二级指标",), ("level 2",)),
    "INDICATOR": Spellings(("指标", "三级指标"), ("indicator",)),
    "ROW_INDICATOR": Spellings(("逐行指标",), ("row indicator",)),
    "BONUS": Spellings(("加分项", "加分指标"), ("bonus",)),
    "PENALTY": Spellings(("扣分项", "扣分指标"), ("penalty",)),
    "OVERALL": Spellings(("总评",), ("overall",)),
}

# Words that begin a field. They stand at the start of a line and are followed by a colon.
HEADER_FIELDS: dict[str, Spellings] = {
    "AMENDS": Spellings(("修订自",), ("amends",)),
    "DROP": Spellings(("删去", "删除"), ("drop",)),
    "YEAR": Spellings(("年度",), ("year",)),
    "PLACE": Spellings(("地区",), ("place",)),
    "BASIS": Spellings(("依据",), ("basis",)),
    "FULL": Spellings(("满分",), ("full marks",)),
    "FRACTION": Spellings(("零头",), ("fraction",)),
    "ENDS": Spellings(("端点",), ("ends",)),
    "PERCENTS": Spellings(("百分数",), ("per cent",)),
    "GRADES": Spellings(("等级",), ("grades",)),
    "NOT_APPLICABLE": Spellings(("不适用",), ("not applicable",)),
    "NOTE": Spellings(("注", "备注", "说明"), ("note",)),
}
INDICATOR_FIELDS: dict[str, Spellings] = {
    "FORMULA": Spellings(("公式", "计算公式"), ("formula",)),
    "SCORING": Spellings(("评分", "评分标准", "计分"), ("scoring",)),
    "NOT_APPLICABLE": HEADER_FIELDS["NOT_APPLICABLE"],
    "VETO": Spellings(("否决", "一票否决"), ("veto",)),
    "ROUNDING": Spellings(("取整", "修约"), ("rounding",)),
    "ROWS": Spellings(("取自",), ("rows of",)),
    "PROVIDED": Spellings(("前提",), ("provided",)),
    "CHANGE": Spellings(("修改",), ("change",)),
    "AFTER": Spellings(("位置",), ("after",)),
    "EXAMPLE": Spellings(("示例",), ("example",)),
    "OFFICIAL": Spellings(("原文",), ("official text",)),
    "NOTE": HEADER_FIELDS["NOTE"],
}
LEVEL_FIELDS: dict[str, Spellings] = {
    "TOGETHER": Spellings(("合成",), ("together",)),
    "PROVIDED": INDICATOR_FIELDS["PROVIDED"],
    "AFTER": INDICATOR_FIELDS["AFTER"],
    "NOTE": HEADER_FIELDS["NOTE"],
}
OVERALL_FIELDS: dict[str, Spellings] = {
    "TOGETHER": LEVEL_FIELDS["TOGETHER"],
    "CAP": Spellings(("上限", "封顶"), ("cap",)),
    "VETO": INDICATOR_FIELDS["VETO"],
    "ROUNDING": INDICATOR_FIELDS["ROUNDING"],
    "CONSEQUENCE": Spellings(("结果应用",), ("consequence",)),
}
FIELDS = {**HEADER_FIELDS, **INDICATOR_FIELDS, **LEVEL_FIELDS, **OVERALL_FIELDS}

# How a fact is declared that has no unit: a rate, an index.
PURE_NUMBER = Spellings(("数", "比率"), ("number", "ratio"))

# A column of a table that holds words: the name of the row.
TEXT_KIND = Spellings(("文字", "文本"), ("text",))

# Words inside formulas and criteria.
KEYWORDS: dict[str, Spellings] = {
    "AT_MOST": Spellings(
        ("≤", "<=", "=<", "⩽", "不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于", "至多"),
        ("≤", "at most", "not above", "no more than"),
    ),
    "AT_LEAST": Spellings(
        (
            *("≥", ">=", "=>=", "⩾", "不低于", "不小于", "不少于", "大于等于", "大于或等于"),
            *("达到", "达", "至少", "完成"),
        ),
        ("≥", "at least", "not below", "no less than"),
    ),
    "ABOVE": Spellings(
        (">", "大于", "高于", "超过", "超出", "多于"), (">", "above", "over", "more than", "greater than")
    ),
    "BELOW": Spellings(("<", "小于", "低于", "少于", "不足", "不到"), ("<", "below", "under", "less than")),
    "EQUAL": Spellings(("=", "==", "等于"), ("=", "equals", "equal to")),
    "EITHER_SIDE": Spellings(("高于或低于",), ("either side", "above or below", "away from", "away")),
    "TO": Spellings(("至", "到"), ("to",)),
    "UPWARD": Spellings(("以上", "及以上"), ("and above", "or more")),
    "DOWNWARD": Spellings(("以下", "及以下", "以内"), ("and below", "or less")),
    "BETWEEN": Spellings(("之间",), ()),
    "EACH": Spellings((), ("each", "every", "for each", "for every")),
    "EACH_ABOVE": Spellings(
        (
            *("每超过", "每超出", "每高于", "每高出", "每大于", "每多于", "每增加", "每上升"),
            *("每超", "每高", "每多", "每再高"),
        ),
        (),
    ),
    "EACH_BELOW": Spellings(
        (
            *("每低于", "每少于", "每小于", "每降低", "每减少", "每下降", "每不足", "每短缺"),
            *("每低", "每少", "每短", "每缺少", "每缺", "每降", "每再低"),
        ),
        (),
    ),
    "EACH_AWAY": Spellings(
        (
            *("每高于或低于", "每低于或高于", "每超过或低于", "每超过(降低)", "每超过(低于)"),
            *("每高或低", "每相差", "每偏离", "每偏差", "每差"),
        ),
        (),
    ),
    "EACH_CASE": Spellings(
        ("每出现", "每发生", "每发现", "每存在", "每有"),
        ("each occurrence", "each case", "for each occurrence"),
    ),
    "AWARD": Spellings(
        ("计", "得", "给", "记", "得分", "得分为", "得分是", "→", "⇒", "->", "=>"),
        ("→", "->", "=>", "⇒", "earns", "scores"),
    ),
    "FULL_MARKS": Spellings(
        ("计满分", "得满分", "满分", "按满分计算", "按满分计", "按满分", "计全分", "得全分"), ("full marks",)
    ),
    "NO_POINTS": Spellings(("不得分", "不计分", "计零分", "得零分"), ("no points",)),
    "NO_DEDUCTION": Spellings(("不扣分", "不减分"), ("no deduction",)),
    "CHOOSE": Spellings(("酌情计", "酌情得", "酌情给", "酌情记"), ("at discretion",)),
    "LINE": Spellings(("按插值法计", "按直线插值计", "按线性插值计"), ("on a line from",)),
    "INTERPOLATED": Spellings(
        (
            *("按插值法计分", "按线性插值计分", "按直线插值计分", "按线性插值法计分", "按直线插值法计分"),
            *("之间按比例计分", "之间按比例给分", "之间的按比例计分", "之间的按比例给分"),
        ),
        ("interpolated",),
    ),
    "POINTS_ARE": Spellings(("得分 =", "得分="), ("points =", "points=")),
    "IN_PROPORTION": Spellings(
        ("按比例计分", "按比例得分", "按比例给分", "按完成比例计分", "按完成比例给分", "按完成比例得分", "按比例折算"),
        ("in proportion",),
    ),
    # Below a limit: full marks by how much of it is reached.
    "LESS_IN_PROPORTION": Spellings(("按比例减分", "按比例减", "按比例扣减"), ()),
    "DEDUCT": Spellings(("扣", "减", "扣减", "扣除"), ("deducts", "deduct", "costs", "loses")),
    "ADD": Spellings(("加", "增加"), ("adds", "add")),
    "UNTIL_NONE": Spellings(
        (
            *("扣完为止", "减完为止", "直至扣完", "直至减完", "扣完止", "减完止"),
            *("扣到0分为止", "扣至0分为止", "扣到0为止", "减到0分为止", "减到0为止", "减到0止"),
        ),
        ("down to 0 points", "down to 0", "until nothing is left"),
    ),
    "UNTIL_FULL": Spellings(("满分为止", "加满为止", "计满为止", "加到满分为止"), ("up to full marks",)),
    "LIMIT": Spellings(
        (
            *("最多扣", "最多减", "最多加", "最多得", "最多计", "最多", "最高扣", "最高减", "最高加", "最高得", "最高"),
            *("累计扣分不超过", "扣分不超过", "累计加分不超过", "加分不超过"),
        ),
        ("up to", "at most in all"),
    ),
    "SPENT": Spellings(("扣满", "减满", "加满"), ()),
    "UNTIL": Spellings(("为止", "止"), ()),
    "WHOLE": Spellings(
        ("不足一档不计", "不足部分不计", "零头不计", "不计"),
        ("whole steps only", "fractions not counted", "not counted"),
    ),
    "STARTED": Spellings(
        ("不足一档按一档计", "按一档计", "进一档"),
        ("started steps count in full", "counted in full", "started steps count"),
    ),
    "PROPORTIONAL": Spellings(
        ("不足一档按比例计", "按比例扣分", "按比例计算", "按比例计", "按比例"),
        ("counted in proportion", "steps in proportion"),
    ),
    # Several levels, items or ranks at once.
    "DIVIDED": Spellings(("分为", "分成", "划分为"), ()),
    "RESPECTIVELY": Spellings(("分别", "依次"), ()),
    "SETTLED": Spellings(("定分", "确定分值", "确定得分", "合理确定分值"), ()),
    "RANK_UP": Spellings(("由低到高", "从低到高", "按由低到高", "按从低到高"), ()),
    "RANK_DOWN": Spellings(("由高到低", "从高到低", "按由高到低", "按从高到低"), ()),
    "EACH_ITEM": Spellings(
        (
            *("每符合一项", "符合一项", "每满足一项", "满足一项", "每具备一项", "具备一项", "每做到一项", "做到一项"),
            *("每达到一项", "达到一项", "每项", "各项"),
        ),
        (),
    ),
    "ALL": Spellings(("都", "均", "全都"), ()),
    # Where it holds, nothing is deducted.
    "EXCEPTED": Spellings(("除外", "的除外", "不在此限"), ()),
    # How ranges and steps are meant whose text leaves it open.
    "LOWER_END": Spellings(("含下限",), ("lower ends belong",)),
    "UPPER_END": Spellings(("含上限",), ("upper ends belong",)),
    "BOTH_ENDS": Spellings(("两端都含", "上下限都含"), ("both ends belong",)),
    "AS_POINTS": Spellings(("指百分点",), ("means percentage points",)),
    "AS_SHARE": Spellings(("指标准的百分之几", "指标准值的百分之几"), ("means a share of the reference",)),
    "HALF_DEDUCTION": Spellings(("减半扣分", "扣分减半", "折半扣分"), ("deductions count half",)),
    "HALF_POINTS": Spellings(("减半计分", "减半计算", "折半计分", "折半计算", "得分减半"), ("points count half",)),
    "SCALE_DEDUCTION": Spellings(("扣分乘以",), ("deductions count by",)),
    "SCALE_POINTS": Spellings(("得分乘以",), ("points count by",)),
    "AND_SO_ON": Spellings(("依次类推", "以此类推", "依此类推"), ("and so on",)),
    "EACH_COUNTS": Spellings(("分别计分", "逐项计分", "各项分别计分", "每项分别计分"), ("each counts",)),
    "HIGHEST": Spellings(
        ("取最高的一项", "取最高一项", "取最高", "择优计分", "不重复计分", "二者择其一", "二者选一"),
        ("the highest counts",),
    ),
    "LOWEST": Spellings(("取最低的一项", "取最低一项", "取最低"), ("the lowest counts",)),
    "ONCE": Spellings(("不重复扣分",), ("no loss counts twice",)),
    "OTHERWISE": Spellings(("其余", "其他", "其它", "否则", "其余情况", "其他情况"), ("otherwise", "else")),
    "IS": Spellings(("为", "是", "被评为", "中被评为", "被评定为", "中被评定为", "获评", "中获评"), ("is",)),
    "AND": Spellings(("且", "并且", "同时"), ("and",)),
    "OR": Spellings(("或", "或者"), ("or",)),
    "NONE": Spellings(("没有", "无", "否", "不存在"), ("no", "without", "none")),
    "HAVE": Spellings(("有", "存在", "出现任一", "出现任何", "有任一", "有任何", "存在任一"), ("yes",)),
    # What stands between a condition and its points: ≤100% 的，计 3 分.
    "DE": Spellings(("的", "时"), ()),
    "OWNER": Spellings(("部门", "单位", "本部门", "本单位"), ()),
    "BY": Spellings(("以",), ()),
    "AS_STANDARD": Spellings(("为标准", "为基准"), ()),
    "STANDARD": Spellings(("基准", "基准值", "标准值"), ("reference",)),
    "SIGNED": Spellings(("可为负",), ("may be negative",)),
    "POSITIVE": Spellings(("大于 0", "大于0"), ("above 0",)),
    "ONWARD": Spellings(("起", "以后", "及以后"), ("onward", "and later")),
    "PLUS_MINUS": Spellings(("±", "正负"), ("±", "plus or minus")),
    "OF": Spellings((), ("of",)),
    # Quantities that are more than the four operations.
    "TIMES": Spellings(("乘以", "乘"), ("times",)),
    "OVER": Spellings(("除以",), ("divided by",)),
    # A 占 B 之比, A 与 B 之比.
    "OUT_OF": Spellings(("占",), ()),
    "RATIO": Spellings(("之比", "的比例", "的比重", "的百分比", "的比率"), ()),
    "WITH": Spellings(("与", "和"), ()),
    "LOWER_OF": Spellings(("较低值",), ("the lower of",)),
    "HIGHER_OF": Spellings(("较高值",), ("the higher of",)),
    "LOWER_OF_THEM": Spellings(("中较低的", "中较低者", "中较低值", "中的较低值", "两者中较低的"), ()),
    "HIGHER_OF_THEM": Spellings(("中较高的", "中较高者", "中较高值", "中的较高值", "两者中较高的"), ()),
    "SIZE_OF": Spellings(("绝对值",), ("the size of",)),
    "SIZE_OF_IT": Spellings(("的绝对值",), ()),
    "BY_LEVEL": Spellings(("按",), ("by",)),
    "OWN_MARKS": Spellings(("本项分值", "该项分值"), ("own marks",)),
    "SCORE_OF": Spellings(("的得分", "得分之和", "的得分之和"), ()),
    "POINTS_OF": Spellings((), ("points of",)),
    "TOTAL": Spellings(("总分", "总得分", "综合得分"), ("the total",)),
    # The departments that are scored together.
    "GROUP_MEAN": Spellings(("全组平均",), ("group mean",)),
    "GROUP_HIGHEST": Spellings(("全组最高",), ("group highest",)),
    "GROUP_LOWEST": Spellings(("全组最低",), ("group lowest",)),
    "GROUP_RANK": Spellings(("全组名次", "全组排名"), ("group rank",)),
    "GROUP_RANK_UP": Spellings(("全组倒序名次", "全组倒序排名"), ("group rank from lowest",)),
    "GROUP_SHARE": Spellings(("全组百分位",), ("group percent rank",)),
    "GROUP_PERCENTILE": Spellings(("全组分位值",), ("group percentile",)),
    "GROUP_COUNT": Spellings(("全组家数",), ("group count",)),
    # The rows of a table.
    "ROW_SUM": Spellings(("各行合计",), ("row sum",)),
    "ROW_MEAN": Spellings(("各行平均",), ("row mean",)),
    "ROW_COUNT": Spellings(("行数",), ("row count",)),
    "ROW_HIGHEST": Spellings(("各行最高",), ("row highest",)),
    "ROW_LOWEST": Spellings(("各行最低",), ("row lowest",)),
    "EVERY_ROW": Spellings(("各行均", "每行均"), ("every row",)),
    "SOME_ROW": Spellings(("有一行", "任一行"), ("some row",)),
    "AMONG": Spellings(("其中",), ("among",)),
    # What is said of the whole.
    "LEFT_OUT": Spellings(
        ("不考核", "不计入总分", "不参与评分", "不适用的指标不考核", "不适用指标不考核"), ("left out",)
    ),
    "SCALED_UP": Spellings(
        (
            *("其余折算", "其余指标折算", "其余得分折算", "并折算", "折算成百分制", "其余折算成百分制"),
            "用适用指标得分合计折算成百分制",
        ),
        ("the rest scaled up",),
    ),
    "MEAN_POINTS": Spellings(
        ("按全组平均分计", "按全组平均分", "按平均分计", "按平均分计算", "按平均分", "全组平均分"),
        ("the mean of the group",),
    ),
    "GRADE_IS": Spellings(
        ("等级为", "评为", "定为", "等级定为", "即评为", "即定为", "即为", "直接评为", "一律评为", "即"), ("grade is",)
    ),
    "GRADE_NOT": Spellings(("不得评为", "不能评为", "等级不得为", "不得定为"), ("grade may not be",)),
    "STOP_SCORING": Spellings(("停止评分", "不再评分", "不再对其他指标评分", "不再评其他指标"), ("scoring stops",)),
    # Rounding.
    "ROUND_MEASURE": Spellings(("计算结果", "比率"), ("the measure",)),
    "ROUND_POINTS": Spellings(("得分", "分数"), ("points",)),
    "HALF_UP": Spellings(("四舍五入",), ("half up",)),
    "HALF_EVEN": Spellings(("四舍六入五成双", "奇进偶舍"), ("half even",)),
    "CUT_OFF": Spellings(("舍去尾数", "截尾", "去尾"), ("cut off",)),
    "ROUND_UP": Spellings(("进一", "进位"), ("rounded up",)),
    "KEEP_WHOLE": Spellings(("保留整数", "取整数"), ("to whole numbers",)),
}

# What may stand behind 每有一例 where what is counted was named before it: 五项要求，每有一例不符.
FAILING = Spellings(("不符", "不符合", "不符合要求", "不符合规定", "不合规", "不达标", "未达到", "未做到"), ())

# Punctuation and operators that stand for themselves; TIMES and OVER have more than one form.
SYMBOLS = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "×": "TIMES",
    "x": "TIMES",
    "/": "OVER",
    "÷": "OVER",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
}

# What a message calls a terminal that is not one word.
SHAPES: dict[str, Spellings] = {
    "NUMBER": Spellings(("数字",), ("a number",)),
    "NAME": Spellings(("事实或定义的名称",), ("the name of a fact or definition",)),
    "WORD": Spellings(("名称",), ("a name",)),
    "LEVEL": Spellings(("档次（如“好”）",), ("a level (such as “good”)",)),
    "UNIT": Spellings(("单位（如“%”“万元”“个百分点”）",), ("a unit (such as %, pp, people)",)),
    "POINTS": Spellings(("“分”",), ("“points”",)),
    "PLUS": Spellings(("“+”",), ("“+”",)),
    "MINUS": Spellings(("“-”",), ("“-”",)),
    "TIMES": Spellings(("“×”",), ("“×”",)),
    "OVER": Spellings(("“÷”",), ("“÷”",)),
    "LPAR": Spellings(("“（”",), ("“(”",)),
    "RPAR": Spellings(("“）”",), ("“)”",)),
    "LSQB": Spellings(("“[”",), ("“[”",)),
    "RSQB": Spellings(("“]”",), ("“]”",)),
    "TEXT": Spellings(("文字",), ("text",)),
    "LABEL": Spellings(("名称",), ("a name",)),
    "ALIAS": Spellings(("引号内的另一名称",), ("the other name in quotation marks",)),
    "COLON": Spellings(("“：”",), ("“:”",)),
    "COMMA": Spellings(("“、”",), ("“,”",)),
    "SLASH": Spellings(("“／”",), ("“/”",)),
    "INCLUSIVE": Spellings(("“（含）”",), ("“(inclusive)”",)),
    "EXCLUSIVE": Spellings(("“（不含）”",), ("“(exclusive)”",)),
    "STOP": Spellings(("“；”",), ("“;”",)),
    "QUOTED": Spellings(("引号内的文字",), ("text in quotation marks",)),
    "TIERS": Spellings(("“三档”",), ("“三档”",)),
    "FULLY": Spellings(("“完成目标”",), ("“完成目标”",)),
    "VERSUS": Spellings(("“与”",), ("“与”",)),
    "SCORED_BY": Spellings(("“按…打分”",), ("“按…打分”",)),
    "SCORED": Spellings(("“打分”",), ("“打分”",)),
    "OF_MARKS": Spellings(("“在分值的…之间”",), ("“在分值的…之间”",)),
    "PER_CASE": Spellings(("“／次”",), ("“／次”",)),
    "WITHIN_MARKS": Spellings(("“得分不超过满分”",), ("“得分不超过满分”",)),
    "REMARK": Spellings(("“须说明原因”",), ("“须说明原因”",)),
    "WEIGHS": Spellings(("“占”",), ("“占”",)),
    "KEEP_PLACES": Spellings(("“保留两位小数”",), ("“to 2 decimals”",)),
    "$END": Spellings(("本项结束",), ("the end of the field",)),
}

# What a message calls several terminals that may stand at one place.
GROUPS: dict[str, Spellings] = {
    "OPERAND": Spellings(("名称或数字",), ("a name or a number",)),
    "OPERATOR": Spellings(("“+”“-”“×”或“÷”",), ("“+”, “-”, “×” or “÷”",)),
    "CLAUSE": Spellings(
        ("一条评分条件（如“≤ 100%，计 3 分”）",), ("a condition with its points (such as “≤ 100% → 3 points”)",)
    ),
    "SITUATION": Spellings(
        ("不适用的情形（如“没有新建楼堂馆所的”）",), ("when it does not apply (such as “no new_buildings”)",)
    ),
    "GIVES": Spellings(("分数（如“计 3 分”“不得分”）",), ("its points (such as “→ 3 points”)",)),
    "EARNS": Spellings(("示例的得分（如“：3 分”）",), ("what the example earns (such as “→ 3 points”)",)),
    "MOVES": Spellings(("“扣…分”或“加…分”",), ("“deducts … points” or “adds … points”",)),
    "LIMIT_FORM": Spellings(("界限（如“≥ 90 分”）",), ("a limit (such as “≥ 90”)",)),
    "COMPARISON": Spellings(("“≤”或“<”",), ("“≤” or “<”",)),
    "COMPARISON_DOWN": Spellings(("“≥”或“>”",), ("“≥” or “>”",)),
    "SIDE": Spellings(("“高于”或“低于”",), ("“above” or “below”",)),
    "READING": Spellings(
        ("“不足一档不计”“按一档计”或“按比例计”",),
        ("“whole steps only”, “started steps count” or “counted in proportion”",),
    ),
}

ALL_WORDS = {**HEADS, **FIELDS, **KEYWORDS}


def terminal_word(terminal: str, language: Language) -> str:
    """How a message names a terminal: the word itself in quotation marks, or what it is."""
    for shapes in (SHAPES, GROUPS):
        if terminal in shapes:
            return shapes[terminal].first(language)
    spellings = ALL_WORDS[terminal]
    forms = (spellings.zh or spellings.en) if language == "zh" else (spellings.en or spellings.zh)
    return f"“{forms[0]}”"


__all__ = [
    "ALL_WORDS",
    "FAILING",
    "FIELDS",
    "GROUPS",
    "HEADER_FIELDS",
    "HEADS",
    "INDICATOR_FIELDS",
    "KEYWORDS",
    "LEVEL_FIELDS",
    "NO",
    "OVERALL_FIELDS",
    "PURE_NUMBER",
    "TEXT_KIND",
]
__all__ += ["SHAPES", "SYMBOLS", "UNIT_WORDS", "YES", "Spellings", "terminal_word"]
