"""The words of published scoring tables: column headings, sums rows, notes, and what names say of their unit.

A heading is held against these in plain form: without spaces, without what stands in brackets. One that joins two of
them (指标解释及评分标准) is both.
"""

from __future__ import annotations

from rubric.messages.vocabulary import HEADER_FIELDS, INDICATOR_FIELDS
from rubric.messages.words import Spellings

# What a column may hold, by its heading.
COLUMNS: dict[str, Spellings] = {
    "LEVEL_1": Spellings(
        ("一级指标", "一级", "1级指标", "一级指标名称", "一级指标内容", "一级评价指标", "一级目录", "第一级"),
        ("level1", "level1indicator", "level-1indicator", "firstlevel"),
    ),
    "LEVEL_2": Spellings(
        ("二级指标", "二级", "2级指标", "二级指标名称", "二级指标内容", "二级评价指标", "二级目录", "第二级"),
        ("level2", "level2indicator", "level-2indicator", "secondlevel"),
    ),
    "LEVEL_3": Spellings(
        ("三级指标", "三级", "3级指标", "三级指标名称", "三级指标内容", "三级评价指标", "三级目录", "第三级"),
        ("level3", "level3indicator", "level-3indicator", "thirdlevel"),
    ),
    "LEVEL_4": Spellings(
        ("四级指标", "四级", "4级指标", "四级指标名称", "四级指标内容", "四级评价指标"), ("level4", "level4indicator")
    ),
    # Before a column of indicators these are levels; alone they are the indicators.
    "CATEGORY": Spellings(
        (
            *(
                "类别",
                "指标类别",
                "类型",
                "指标类型",
                "项目",
                "评价项目",
                "考核项目",
                "考评项目",
                "评价内容",
                "考核内容",
            ),
            *("考评内容", "评价维度", "维度", "大类", "内容"),
        ),
        ("category", "area", "dimension", "group"),
    ),
    "INDICATOR": Spellings(
        (
            *(
                "指标",
                "指标名称",
                "评价指标",
                "考核指标",
                "绩效指标",
                "考评指标",
                "具体指标",
                "评价指标名称",
                "指标体系",
            ),
            *("指标内容", "考核指标名称", "绩效评价指标", "绩效指标名称", "评分指标", "评分项目", "评价要素"),
        ),
        ("indicator", "indicators", "name", "measure"),
    ),
    "MARKS": Spellings(
        (
            *(
                "分值",
                "标准分",
                "标准分值",
                "满分",
                "满分值",
                "分数",
                "权重",
                "权重分",
                "权重分值",
                "分值权重",
                "指标分值",
            ),
            *("指标权重", "权数", "配分", "基准分", "基本分", "考核分值", "评价分值", "应得分", "标准分数"),
        ),
        ("points", "fullmarks", "marks", "weight", "maximum"),
    ),
    "EXPLANATION": Spellings(
        (
            *("指标解释", "指标说明", "指标内涵", "指标定义", "指标释义", "指标含义", "解释", "说明", "内涵", "释义"),
            *("解释说明", "内容说明", "评价要点", "考核要点", "要点", "指标解释说明", "三级指标解释", "三级指标说明"),
            *("指标要点", "评价内容说明"),
        ),
        ("explanation", "meaning", "description", "definition"),
    ),
    "FORMULA": Spellings(("公式", "计算公式", "计算方法", "指标公式"), ("formula", "calculation")),
    "CRITERION": Spellings(
        (
            *(
                "评分标准",
                "评价标准",
                "评分细则",
                "计分标准",
                "评分办法",
                "计分办法",
                "评分方法",
                "计分方法",
                "评分规则",
            ),
            *(
                "考核标准",
                "考核办法",
                "考评标准",
                "打分标准",
                "赋分标准",
                "扣分标准",
                "得分标准",
                "评价方法",
                "评定标准",
            ),
            *(
                "评价细则",
                "计分规则",
                "评分说明",
                "计分说明",
                "考核细则",
                "评价办法",
                "标准",
                "评分要点",
                "评价评分标准",
            ),
            *("计分细则", "赋分规则", "评分标准说明"),
        ),
        ("criterion", "criteria", "scoring", "scoringcriterion", "scoringcriteria", "howitisscored"),
    ),
    "SCORE": Spellings(
        (
            *("得分", "自评得分", "自评分", "自评", "实得分", "评价得分", "复核得分", "评分", "考核得分", "实际得分"),
            *("自评分数", "初评得分", "终评得分", "打分", "扣分", "单位自评", "财政评价", "复评得分", "评价分"),
        ),
        ("score", "scored", "claimed", "deducted"),
    ),
    "REMARK": Spellings(
        (
            *(
                "备注",
                "数据来源",
                "资料来源",
                "佐证材料",
                "佐证资料",
                "评价依据",
                "评分依据",
                "依据",
                "扣分原因",
                "扣分说明",
            ),
            *("责任单位", "责任部门", "责任科室", "目标值", "年度指标值", "指标值", "年初目标值", "标杆值", "证明材料"),
            *("实际完成值", "完成值", "完成情况", "实际完成情况", "偏差原因分析及改进措施", "偏差原因分析", "改进措施"),
            *("评价证据", "证据来源", "取数来源", "考核单位", "牵头单位", "适用范围"),
        ),
        ("notes", "note", "remarks", "source", "evidence", "target"),
    ),
    "NUMBER": Spellings(("序号", "编号", "编码", "指标编号", "序"), ("no", "number", "#")),
}

# What joins two headings into one.
JOINED = ("以及", "及其", "及", "和", "与", "、", "/", "或", "and", "&")

# A row that adds up, by how it begins; the second kind adds up a part.
TOTAL = Spellings(("合计", "总计", "总分", "总得分", "共计", "合计得分", "总分合计", "满分合计"), ("total", "sum"))
SUBTOTAL = Spellings(("小计", "分项小计", "本页小计"), ("subtotal",))

# A line that is a note, by how it begins.
NOTES = Spellings(("注", "备注", "说明", "附注", "填表说明", "评分说明", "有关说明"), ("note", "notes"))

# A line below a table belongs to it if it begins with one of these as well.
BELOW = {terminal: HEADER_FIELDS[terminal] for terminal in ("FRACTION", "GRADES", "NOTE", "NOT_APPLICABLE")}

# A level-1 name that begins like this stands beside full marks.
BONUS = Spellings(("加分项", "加分指标", "加分因素", "加分", "奖励分", "附加分"), ("bonus",))
PENALTY = Spellings(("扣分项", "扣分指标", "减分项", "减分指标", "扣分因素", "倒扣分"), ("penalty",))

# What stands in front of a part of a cell that holds several things. The last ones are fields of a rule file.
PARTS: dict[str, Spellings] = {
    "EXPLANATION": Spellings(
        ("指标解释", "指标说明", "指标内涵", "指标定义", "解释", "说明", "内涵", "评价要点", "考核要点"),
        ("explanation", "meaning"),
    ),
    "FORMULA": Spellings(("计算公式", "公式", "计算方法", "指标公式", "指标计算公式"), ("formula",)),
    "CRITERION": Spellings(
        (
            *(
                "评分标准",
                "评价标准",
                "评分细则",
                "计分标准",
                "评分办法",
                "计分办法",
                "评分方法",
                "计分方法",
                "评分规则",
            ),
            *("评分", "计分", "考核标准", "扣分标准", "得分标准"),
        ),
        ("criterion", "scoring"),
    ),
    "OFFICIAL": INDICATOR_FIELDS["OFFICIAL"],
    "NOT_APPLICABLE": INDICATOR_FIELDS["NOT_APPLICABLE"],
    "VETO": INDICATOR_FIELDS["VETO"],
    "ROUNDING": INDICATOR_FIELDS["ROUNDING"],
    "PROVIDED": INDICATOR_FIELDS["PROVIDED"],
}

# What stands in front of a line above the table that is a field of the header of a rule file.
ABOVE = {terminal: HEADER_FIELDS[terminal] for terminal in ("YEAR", "PLACE", "BASIS")}

# A sentence with none of these gives no points, and says when or how much in no other way.
SCORING_WORDS = (
    *(
        "分",
        "扣",
        "得",
        "计",
        "加",
        "减",
        "满分",
        "比例",
        "不适用",
        "以上",
        "以下",
        "以内",
        "不超过",
        "不低于",
        "不高于",
    ),
    *("超过", "低于", "高于", "达到", "不足", "每", "否决", "酌情", "除外", "不考核", "只评价", "仅评价", "不计入"),
    *("point", "deduct", "award", "full marks", "at least", "at most", "above", "below", "each", "only"),
)

# What the end of a name says of the unit, once what counts or sums is taken off (预算数, 经费总额). Money, people,
# areas and rates are known by it, other things are not.
COUNTING_ENDS = ("总额", "数额", "总数", "数", "额", "总量")
UNITS_BY_NAME: dict[str, tuple[str, ...]] = {
    "person": ("人", "人员", "在职人员", "职工", "学生", "教师", "人员编制"),
    "wan_yuan": (
        *("金", "经费", "资金", "支出", "收入", "预算", "决算", "概算", "投资", "成本", "费用", "结转", "结余", "造价"),
        *("资产", "款项", "追加", "余额", "金额", "总额"),
    ),
    "score": ("得分", "总分", "分数"),
    "square_metre": ("面积",),
    "percent": ("率", "比例", "比重", "占比", "百分比", "满意度", "增幅", "增速"),
    "day": ("天",),
    "time": ("次",),
    "person_time": ("人次",),
    "household": ("户",),
}
# These are the whole name or nothing: 预算编制 is no number of posts.
UNITS_OF_WHOLE_NAMES = {"编制数": "person", "编制人数": "person", "编制": "person", "核定编制数": "person"}

# An indicator of this kind is told by its own name: what it measures is asked for as it stands.
MEASURED_AS_NAMED = ("满意度", "满意率")
