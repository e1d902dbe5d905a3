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
    "DEFINITIONS": Spellings(("定义",), ("definitions",)),
    "LEVEL_1": Spellings(("一级指标",), ("level 1",)),
    "LEVEL_2": Spellings(("二级指标",), ("level 2",)),
    "INDICATOR": Spellings(("指标", "三级指标"), ("indicator",)),
}

# Words that begin a field. They stand at the start of a line and are followed by a colon.
HEADER_FIELDS: dict[str, Spellings] = {
    "YEAR": Spellings(("年度",), ("year",)),
    "PLACE": Spellings(("地区",), ("place",)),
    "BASIS": Spellings(("依据",), ("basis",)),
    "FULL": Spellings(("满分",), ("full marks",)),
    "FRACTION": Spellings(("零头",), ("fraction",)),
    "GRADES": Spellings(("等级",), ("grades",)),
    "NOTE": Spellings(("注", "备注", "说明"), ("note",)),
}
INDICATOR_FIELDS: dict[str, Spellings] = {
    "FORMULA": Spellings(("公式", "计算公式"), ("formula",)),
    "SCORING": Spellings(("评分", "评分标准", "计分"), ("scoring",)),
    "NOT_APPLICABLE": Spellings(("不适用",), ("not applicable",)),
    "EXAMPLE": Spellings(("示例",), ("example",)),
    "OFFICIAL": Spellings(("原文",), ("official text",)),
    "NOTE": HEADER_FIELDS["NOTE"],
}
FIELDS = {**HEADER_FIELDS, **INDICATOR_FIELDS}

# How a fact is declared that has no unit: a rate, an index.
PURE_NUMBER = Spellings(("数", "比率"), ("number", "ratio"))

# Words inside formulas and criteria.
KEYWORDS: dict[str, Spellings] = {
    "AT_MOST": Spellings(
        ("≤", "<=", "=<", "⩽", "不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于", "至多"),
        ("≤", "at most", "not above", "no more than"),
    ),
    "AT_LEAST": Spellings(
        (
            *("≥", ">=", "=>=", "⩾", "不低于", "不小于", "不少于", "大于等于", "大于或等于"),
            *("达到", "达", "至少"),
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
            *("每超", "每高", "每多"),
        ),
        (),
    ),
    "EACH_BELOW": Spellings(
        (
            *("每低于", "每少于", "每小于", "每降低", "每减少", "每下降", "每不足", "每短缺"),
            *("每低", "每少", "每短", "每缺少", "每缺"),
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
    "AWARD": Spellings(("计", "得", "给", "记", "→", "⇒", "->", "=>"), ("→", "->", "=>", "⇒", "earns", "scores")),
    "FULL_MARKS": Spellings(
        ("计满分", "得满分", "满分", "按满分计算", "按满分计", "按满分", "计全分", "得全分"), ("full marks",)
    ),
    "NO_POINTS": Spellings(("不得分", "不计分", "计零分", "得零分"), ("no points",)),
    "NO_DEDUCTION": Spellings(("不扣分", "不减分"), ("no deduction",)),
    "IN_PROPORTION": Spellings(
        ("按比例计分", "按比例得分", "按比例给分", "按完成比例计分", "按比例折算"), ("in proportion",)
    ),
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
    "OTHERWISE": Spellings(("其余", "其他", "其它", "否则", "其余情况", "其他情况"), ("otherwise", "else")),
    "IS": Spellings(("为", "是"), ("is",)),
    "AND": Spellings(("且", "并且", "同时"), ("and",)),
    "NONE": Spellings(("没有", "无", "否", "不存在"), ("no", "without", "none")),
    "HAVE": Spellings(("有", "存在"), ("yes",)),
    # What stands between a condition and its points: ≤100% 的，计 3 分.
    "DE": Spellings(("的", "时"), ()),
    "OWNER": Spellings(("部门", "单位", "本部门", "本单位"), ()),
    "BY": Spellings(("以",), ()),
    "AS_STANDARD": Spellings(("为标准", "为基准"), ()),
    "STANDARD": Spellings(("基准", "基准值", "标准值"), ("reference",)),
    "SIGNED": Spellings(("可为负",), ("may be negative",)),
}

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
    "FIELDS",
    "GROUPS",
    "HEADER_FIELDS",
    "HEADS",
    "INDICATOR_FIELDS",
    "KEYWORDS",
    "NO",
    "PURE_NUMBER",
]
__all__ += ["SHAPES", "SYMBOLS", "UNIT_WORDS", "YES", "Spellings", "terminal_word"]
