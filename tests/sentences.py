"""Official sentences, as they stand in published scoring tables, and what they earn.

A row is a sentence with the facts and the formula of a suitable indicator, and examples that the rule
file itself verifies. `source` names the criterion that the sentence is taken from, or what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

RATE = "数值（%，可为负）"


@dataclass(frozen=True)
class Sentence:
    """One sentence as the scoring of an indicator, and examples of what it earns."""

    source: str
    full: str
    text: str
    examples: tuple[str, ...]
    facts: tuple[str, ...] = (RATE,)
    formula: str = "数值"
    indicator: str = "某项指标"

    def rubric(self) -> str:
        """A rule file with this sentence as it stands."""
        return "\n".join(
            [
                "评分表「句子」",
                "  零头：不足一档不计",
                "  等级：优 ≥ 90 分；其余为差",
                "事实",
                *(f"  {fact}" for fact in self.facts),
                f"指标 {self.indicator}（{self.full} 分）",
                *([f"  公式：{self.formula}"] if self.formula else []),
                f"  评分：{self.text}",
                *(f"  示例：{example}" for example in self.examples),
            ]
        )


def rates(*pairs: str) -> tuple[str, ...]:
    """Examples of one rate: `97%：5`."""
    return tuple(f"数值 {pair} 分" for pair in pairs)


STEPS = (
    Sentence(
        "HN-YH-05",
        "5",
        "不超过100%(含)得满分，每超5%减2分，减到0止",
        rates("100%：5", "104.9%：5", "105%：3", "120%：0"),
    ),
    Sentence("HN-TPL-02", "8", "不高于100%得8分，每超1%减1分，减到0止", rates("100%：8", "101.5%：7", "110%：0")),
    Sentence(
        "HN-16-01", "8", "基准100%，不高于得8分，每高1个百分点减0.5分，减到0止", rates("95%：8", "102%：7", "130%：0")
    ),
    Sentence("HN-16-03", "8", "100%得满分，每短5%减2分，减到0止", rates("100%：8", "97.33%：8", "95%：6", "80%：0")),
    Sentence(
        "HN-YY-01",
        "5",
        "基准100%，在职人员控制率不高于100%得5分，每高1个百分点减0.5分，减到0止",
        ("在职人员 100 人，编制 100 人：5 分", "在职人员 102 人，编制 100 人：4 分"),
        facts=("在职人员、编制（人）",),
        formula="在职人员控制率 = 在职人员 ÷ 编制",
        indicator="财政供养人员控制率",
    ),
    Sentence(
        "HN-YY-02",
        "5",
        "不大于0得5分；大于0每高1个百分点减0.5分，减到0止",
        rates("-30%：5", "0%：5", "2%：4", "50%：0"),
    ),
    Sentence("HN-P19-02", "3", "不大于0得3分，大于0每高1个百分点减0.3分，减到0止", rates("0%：3", "1%：2.7")),
    Sentence("HN-P19-04", "2", "不大于0得2分，大于0每高1个百分点减0.2分，减到0止", rates("0%：2", "1%：1.8")),
    Sentence("HN-P19-05", "2", "不大于0得2分，大于0每高1个百分点减0.2分，减到0止", rates("-1%：2", "10%：0")),
    Sentence("design", "3", "≤100%，计3分；每超过一个百分点扣0.5分，扣完为止。", rates("100%：3", "101%：2.5")),
    Sentence(
        "standard", "8", "以100%为标准。≤100%计8分，每超过一个百分点扣0.5分，扣完为止。", rates("99%：8", "103%：6.5")
    ),
    Sentence(
        "either side", "6", "= 100%，计6分；每高于或低于1个百分点扣1分，扣完为止", rates("100%：6", "99%：5", "102%：4")
    ),
    Sentence("either side, glued", "6", "等于100%得6分，每超过(降低)1%扣1分，扣完为止", rates("100%：6", "98%：4")),
    Sentence("the step of", "4", "≤0的，得4分；大于0的，每超过一个百分点扣0.4分，扣完为止。", rates("0%：4", "5%：2")),
    Sentence("spent", "15", "≥100%，计15分；每低于3个百分点减1分，减满9分为止", rates("100%：15", "97%：14", "10%：6")),
    Sentence("at most", "5", "≥100%，计5分；每低于1个百分点扣1分，最多扣2分", rates("99%：4", "50%：3")),
    Sentence(
        "own reading",
        "5",
        "≥100%，计5分；每低于5个百分点扣2分，不足5个百分点按5个百分点计算，扣完为止。",
        rates("99%：3"),
    ),
    Sentence(
        "own reading, share", "5", "≥100%，计5分；每低于5个百分点扣2分，不足5个百分点的按比例计算。", rates("97.5%：4")
    ),
    Sentence("reference in the step", "5", "每低于100%5个百分点扣2分，扣完为止；其余计5分", rates("100%：5", "90%：1")),
    Sentence(
        "Chinese numerals", "5", "不低于百分之百得满分，每低于五个百分点扣两分，扣完为止", rates("100%：5", "95%：3")
    ),
    Sentence(
        "full width", "3", "≦１００％，计３分；每超过１个百分点扣０．５分，扣完为止。", rates("100%：3", "101%：2.5")
    ),
    Sentence("no spaces", "3", "数值≤100%计3分每超过1个百分点扣0.5分扣完为止", rates("100%：3", "101%：2.5")),
)

BANDS = (
    Sentence(
        "HN-16-04",
        "8",
        "0得8分；0至10%(含)6分；10至20%(含)4分；20至30%(含)2分；高于30%得0分",
        rates("0%：8", "0.1%：6", "10%：6", "26.92%：2", "30.01%：0"),
    ),
    Sentence(
        "HN-YY-03",
        "5",
        "不低于90%得5分；80%(含)至90%得4分；70%(含)至80%得3分；60%(含)至70%得2分；低于60%得0分",
        rates("90%：5", "80%：4", "79.99%：3", "60%：2", "59%：0"),
    ),
    Sentence("SC-20-06", "10", "调剂比例高于0.1时得0分", rates("11%：0"), indicator="调剂比例"),
    Sentence(
        "SC-23-02",
        "22.5",
        "不超过10次得满分",
        ("调整次数 10 次：22.5 分",),
        facts=("调整次数（次）",),
        formula="调整次数",
    ),
    Sentence(
        "inclusive above",
        "6",
        "90%以上（含）计6分，80%（含）-90%计4分，其余不得分",
        rates("90%：6", "80%：4", "79%：0"),
    ),
    Sentence("inclusive with number", "6", "90%以上（含90%）计6分；90%以下不得分", rates("90%：6", "89.9%：0")),
    Sentence("brackets", "5", "[0, 20%]计5分；(20%, 30%]计2分；其余不得分", rates("20%：5", "30%：2", "30.1%：0")),
    Sentence(
        "two comparisons",
        "6",
        "满意度≥95%计6分；90%≤满意度＜95%计4分；满意度<90%不得分",
        rates("95%：6", "94.9%：4", "89%：0"),
        indicator="服务对象满意度",
    ),
    Sentence(
        "reached",
        "3",
        "达15%以上得3分；达10%得2分；达到5%得1分；不足5%不得分",
        rates("15%：3", "10%：2", "7%：1", "4%：0"),
    ),
    Sentence(
        "condition with 的",
        "3",
        "完成率达到100%的，得3分；低于60%的得0分；其他的得1分",
        rates("100%：3", "60%：1", "59%：0"),
        indicator="任务完成率",
    ),
    Sentence(
        "between",
        "3",
        "95%以上的计3分；90%（含）到95%之间的计2分；低于90%的不计分",
        rates("95%：3", "90%：2", "89%：0"),
    ),
    Sentence("tenths", "10", "≥十成计10分；九成（含）至十成计9分；其余不得分", rates("100%：10", "90%：9")),
    Sentence(
        "list of numbers",
        "3",
        "1、≥90%，计3分；2、80%（含）至90%，计2分；3、其余不得分。",
        rates("90%：3", "85%：2", "1%：0"),
    ),
)

COUNTS = (
    Sentence(
        "HN-TPL-06, second half",
        "6",
        "每有一例不符减1分，减到0止",
        ("不符 0 例：6 分", "不符 2 例：4 分", "不符 9 例：0 分"),
        facts=("不符（例）",),
        formula="",
    ),
    Sentence(
        "HN-YY-05, second half",
        "3",
        "每有一个专项没按进度下达减0.5分，减到0止",
        ("专项没按进度下达 1 个：2.5 分",),
        facts=("专项没按进度下达（个）",),
        formula="",
    ),
    Sentence(
        "EN-1-04",
        "2",
        "每有一次会议纪要得1分，最多2分",
        ("会议纪要 0 次：0 分", "会议纪要 1 次：1 分", "会议纪要 5 次：2 分"),
        facts=("会议纪要（次）",),
        formula="",
    ),
    Sentence(
        "short of a stated number",
        "18",
        "≥8项，计18分；每缺1项减1.8分，减完为止",
        ("已有制度 8 项：18 分", "已有制度 6 项：14.4 分"),
        facts=("已有制度（项）",),
        formula="已有制度",
    ),
    Sentence(
        "brief",
        "6",
        "每出现一例扣1分，扣完为止",
        ("违规事项 0 例：6 分", "违规事项 7 例：0 分"),
        facts=("违规事项（例）",),
        formula="违规事项",
    ),
)

CHECKLISTS = (
    Sentence(
        "HN-TPL-07",
        "5",
        "按规定内容公开1分；按规定时限公开1分；基础数据和会计资料真实1分、完整1分、准确1分",
        ("按规定内容公开 是，按规定时限公开 是，基础数据和会计资料真实 是，完整 否，准确 是：4 分",),
        facts=("按规定内容公开、按规定时限公开、基础数据和会计资料真实、完整、准确（是／否）",),
        formula="",
    ),
    Sentence(
        "EN-2-03",
        "20",
        "三产比重上升4分；高技术比重上升4分；能评审查4分；淘汰落后目标8分",
        ("三产比重上升 是，高技术比重上升 否，能评审查 是，淘汰落后目标 是：16 分",),
        facts=("三产比重上升、高技术比重上升、能评审查、淘汰落后目标（是／否）",),
        formula="",
    ),
    Sentence(
        "EN-2-04",
        "10",
        "设专项资金3分；占财政收入比重逐年增加4分；实施重点工程3分",
        ("设专项资金 有，占财政收入比重逐年增加 否，实施重点工程 有：6 分",),
        facts=("设专项资金、占财政收入比重逐年增加、实施重点工程（是／否）",),
        formula="",
    ),
    Sentence(
        "circled numbers",
        "3",
        "①目标合法合规，1 分；②目标符合职责，计1分；③符合规划得1分。",
        ("目标合法合规 是，目标符合职责 是，符合规划 否：2 分",),
        facts=("目标合法合规、目标符合职责、符合规划（是／否）",),
        formula="",
    ),
    Sentence(
        "numbers in brackets",
        "2",
        "（1）已制定管理制度，1分；（2）制度有效执行，1分。",
        ("已制定管理制度 是，制度有效执行 否：1 分",),
        facts=("已制定管理制度、制度有效执行（是／否）",),
        formula="",
    ),
)

JUDGEMENTS = (
    Sentence(
        "HN-TPL-10",
        "6",
        "效果较好6分；一般3分；没有效果或不明显0分",
        ("行政效能 一般：3 分", "行政效能 没有效果或不明显：0 分"),
        facts=("行政效能（效果较好／一般／没有效果或不明显）",),
        formula="行政效能",
    ),
    Sentence(
        "XX-POL-03",
        "4",
        "相符程度高4分；基本相符2分；不符0分",
        ("规划相符性 基本相符：2 分", "规划相符性 不符：0 分"),
        facts=("规划相符性（相符程度高／基本相符／不符）",),
        formula="",
        indicator="规划相符性",
    ),
    Sentence(
        "yes or no",
        "3",
        "是，计3分；否，不得分。",
        ("已公开 是：3 分", "已公开 否：0 分"),
        facts=("已公开（是／否）",),
        formula="已公开",
    ),
    Sentence(
        "levels spelled like words",
        "3",
        "有，计3分；部分有，计1分；无，不得分。",
        ("佐证材料 部分有：1 分", "佐证材料 无：0 分"),
        facts=("佐证材料（有／部分有／无）",),
        formula="佐证材料",
    ),
    Sentence(
        "named level",
        "8",
        "绩效考核等次为一等，计8分；其余按比例计分。",
        ("绩效考核等次 一等，数值 50%：8 分", "绩效考核等次 二等，数值 50%：4 分"),
        facts=("绩效考核等次（一等／二等／三等）", RATE),
    ),
)

PROPORTIONAL = (
    Sentence("in proportion", "10", "按完成比例计分", rates("50%：5", "120%：10")),
    Sentence("in proportion below", "10", "≥100%，计10分；其余按比例计分", rates("100%：10", "97.5%：9.75")),
)

NAMES = (
    Sentence(
        "quotation marks in a name",
        "4",
        "“三公经费”变动率≤0，计4分；每超过1个百分点扣0.4分，扣完为止",
        ("本年“三公经费”预算 91 万元，上年“三公经费”预算 131 万元：4 分",),
        facts=("本年“三公经费”预算、上年“三公经费”预算（万元）",),
        formula="（本年“三公经费”预算-上年“三公经费”预算）÷上年“三公经费”预算×100%",
        indicator="“三公经费”变动率",
    ),
    Sentence(
        "a name that holds a keyword",
        "5",
        "≥100%，计5分；每低于5个百分点扣2分，扣完为止",
        ("超过一年未结转资金 3 万元，不得列支资金 3 万元：5 分",),
        facts=("超过一年未结转资金、不得列支资金（万元）",),
        formula="超过一年未结转资金÷不得列支资金",
    ),
    Sentence(
        "the longest name wins",
        "5",
        "≥100%，计5分；其余不得分",
        ("预算收入 1 万元，预算 9 万元，预算收入合计 2 万元：5 分",),
        facts=("预算、预算收入、预算收入合计（万元）",),
        formula="预算收入合计÷预算收入",
    ),
    Sentence(
        "names beside keywords",
        "5",
        "年初预算不低于100万元得5分；年初预算低于100万元不得分",
        ("年初预算 100 万元：5 分", "年初预算 99 万元：0 分"),
        facts=("年初预算（万元）",),
        formula="年初预算",
    ),
)

SENTENCES = (*STEPS, *BANDS, *COUNTS, *CHECKLISTS, *JUDGEMENTS, *PROPORTIONAL, *NAMES)

# When an indicator does not apply, as official tables say it.
EXEMPTIONS = {
    "HN-YH-06": ("楼堂馆所项目（是／否）", "部门没有楼堂馆所项目的按满分计"),
    "EN-4-03": ("新改扩建项目（是／否）", "没有新改扩建项目的不减分"),
    "design": ("新建楼堂馆所（是／否）", "没有新建楼堂馆所的，计满分。"),
    "level": ("项目类别（修缮／会议）", "项目类别为会议的，得满分"),
}

# Grades as official tables say them.
GRADES = {
    "GRADE-R-01": "90(含)以上优；80(含)至90良；60(含)至80中；60以下差",
    "design": "优 ≥ 90 分；良 ≥ 80 分；中 ≥ 60 分；其余为差",
    "the word between": "90分（含）以上为优；80（含）至90分为良；60（含）至80分为中；60分以下为差",
}
