"""The names under which a Word template finds the values of a score, what they mean, and mistakes in templates."""

from __future__ import annotations

from rubric.messages.wording import Language, Wording

# In Chinese and in English.
NAMES: dict[str, tuple[str, str]] = {
    "department": ("单位", "department"),
    "year": ("年度", "year"),
    "title": ("评分表名称", "title"),
    "subject": ("评价事项", "subject"),
    "place": ("地区", "place"),
    "basis": ("依据", "basis"),
    "points": ("得分", "points"),
    "full": ("分值", "full"),
    "grade": ("等级", "grade"),
    "grades": ("等级标准", "grades"),
    "claimed": ("自评得分", "claimed"),
    "claimed_grade": ("自评等级", "claimed_grade"),
    "difference": ("差额", "difference"),
    "indicators": ("指标", "indicators"),
    "levels": ("层级", "levels"),
    "number": ("序号", "number"),
    "name": ("名称", "name"),
    "level1": ("一级指标", "level1"),
    "level2": ("二级指标", "level2"),
    "standard": ("评分标准", "standard"),
    "note": ("说明", "note"),
    "reason": ("理由", "reason"),
    "kind": ("类别", "kind"),
    "adjustments": ("调整", "adjustments"),
    "vetoes": ("否决", "vetoes"),
    "consequences": ("结果应用", "consequences"),
    "findings": ("问题", "findings"),
    "said": ("内容", "said"),
    "ask": ("整改要求", "ask"),
    "quotes": ("原文", "quotes"),
    "missing": ("尚缺", "missing"),
    "rules_digest": ("规则摘要", "rules_digest"),
    "facts_digest": ("事实摘要", "facts_digest"),
    "engine": ("程序版本", "engine"),
}

MEANINGS: dict[str, Wording] = {
    "department": Wording("the department", "被评价单位"),
    "year": Wording("the year", "评价年度（四位数字）"),
    "title": Wording("the name of the scoring table", "评分表名称"),
    "subject": Wording("what is evaluated", "评价事项，即评分表名称去掉“表”字"),
    "place": Wording("the place of the table", "评分表的地区"),
    "basis": Wording("the documents that the table rests on", "评价依据的文号"),
    "points": Wording("Points", "得分"),
    "full": Wording("Full", "分值"),
    "grade": Wording("the grade", "评价等级"),
    "grades": Wording("the grades with their floors", "等级标准"),
    "claimed": Wording("the points that are claimed", "自评得分"),
    "claimed_grade": Wording("the grade that is claimed", "自评等级"),
    "difference": Wording("points less those claimed", "得分减自评得分"),
    "indicators": Wording(
        "all indicators, in order; of a level, those below it", "全部指标，按顺序；层级的指标只含其下的"
    ),
    "levels": Wording("the levels; of a level, those below it", "各层级；层级之下还有层级"),
    "number": Wording("the number of an indicator or a level", "指标、层级的序号"),
    "name": Wording("Indicator", "三级指标"),
    "level1": Wording("Level 1", "一级指标"),
    "level2": Wording("Level 2", "二级指标"),
    "standard": Wording("Criterion", "评分标准"),
    "note": Wording("Points lost, and why", "扣分原因及说明"),
    "reason": Wording("the whole sentence that justifies the points", "说明得分理由的整句"),
    "kind": Wording("ordinary, bonus or penalty", "类别：ordinary 一般，bonus 加分，penalty 扣分"),
    "adjustments": Wording("what moves the total away from the sum", "使总分不等于各项之和的调整"),
    "vetoes": Wording("vetoes", "否决事项"),
    "consequences": Wording("what follows from the score", "结果应用"),
    "findings": Wording("the findings of a review", "复核发现的问题"),
    "said": Wording("what a finding or an adjustment says", "问题、调整的内容"),
    "ask": Wording("what to supply or to correct", "整改要求"),
    "quotes": Wording("the sentences of the report", "报告原文"),
    "missing": Wording("facts that are missing or differ, with points", "尚缺或有待核实的数据，及其影响的分值"),
    "rules_digest": Wording("sha256 of the rule file", "规则文件的 sha256"),
    "facts_digest": Wording("sha256 of the facts file", "事实文件的 sha256"),
    "engine": Wording("the version of the program", "程序版本"),
}

TEMPLATE: dict[str, Wording] = {
    "template-needs-extra": Wording(
        "filling in templates needs an extra: pip install 'jixiao-rubric[template]'",
        "填写模板需要另装组件：pip install 'jixiao-rubric[template]'",
    ),
    "template-not-word": Wording(
        "{path} is no Word document (.docx); open it in Word and save it as .docx",
        "{path} 不是 Word 文件（.docx）；请用 Word 打开，另存为 .docx",
    ),
    "template-too-large": Wording(
        "{path} unpacks to more than a template holds; take its pictures out", "{path} 展开后过大；请去掉其中的图片"
    ),
    "template-name": Wording(
        "{path} asks for “{name}”, which there is not; did you mean: {nearest}. rules/README.md lists every name",
        "{path} 中的「{name}」没有这个名称，是不是：{nearest}。全部名称见 rules/README.md",
    ),
    "template-syntax": Wording(
        "{path}: a mark cannot be read ({what}). Expected: a name between {{{{ and }}}}, a "
        "loop between {{% for … %}} and {{% endfor %}}, each typed in one go",
        "{path} 中有标记读不懂（{what}）。应为 {{{{ 名称 }}}}，或 {{% for … %}} 与 "
        "{{% endfor %}} 成对；请把这个标记删掉重新输入",
    ),
    "template-value": Wording(
        "{path}: a mark cannot be filled in ({what}). Values are texts and lists: print a text, loop over a list",
        "{path} 中有标记填不出（{what}）。值只有文字和列表两种：文字直接写出，列表用 for 逐项写出",
    ),
    "sample": Wording("Template", "模板"),
    "sample-title": Wording("{department}: {subject}, {year}. Score sheet", "{department}{year}年度{subject}评分表"),
    "sample-opening": Wording(
        "Scored under {basis}: {points} out of {full}, grade {grade}.",
        "根据{basis}评分，总得分{points}分（满分{full}分），评价等级为“{grade}”。",
    ),
    "sample-names": Wording(
        "These names may stand between double braces (delete this list in your own template):",
        "下列名称可以写在双花括号内（自己的模板请删去本表）：",
    ),
}


def say(code: str, language: Language, **arguments: object) -> str:
    """A sentence about a template."""
    return TEMPLATE[code].of(language).format(**arguments)
