"""The words of the documents that a score is written as: the scoring section, the score sheet, the review opinion."""

from __future__ import annotations

from rubric.messages.wording import Language, Wording

OFFICIAL: dict[str, Wording] = {
    # What the builder of a dossier says.
    "scoring": Wording("scoring", "评分"),
    "formula": Wording("formula", "公式"),
    "adjustment": Wording(
        "The department takes {amount} out of {fact} on the ground: {ground} (allowed by: {allowed})",
        "该单位提出从{fact}中剔除{amount}，理由为“{ground}”（认可情况：{allowed}）",
    ),
    "adjusted-points": Wording(
        "with that it would earn {points} points; this score does not take it out",
        "剔除后该项得{points}分，本次评分未作剔除",
    ),
    "nobody": Wording("nobody", "无"),
    "ask-unsettled": Wording(
        "The body that issued the criterion is asked how this case is scored.",
        "请评分标准的制定部门明确此种情形的计分办法",
    ),
    # The scoring section.
    "section-title": Wording("{subject}\n{department}, {year}: scoring", "{department}{year}{subject}评分情况"),
    "sheet-title": Wording("{subject}\n{department}, {year}: score sheet", "{department}{year}{subject}评分表"),
    "year": Wording("{year}", "{year}年度"),
    "opening": Wording(
        "{department} was scored {basis}. The total score is {points} out of {full}, the grade {grade}.",
        "{basis}，对{department}{year}{subject}各项指标逐项评分，总得分{points}分（满分{full}分），评价等级为“{grade}”。",
    ),
    "opening-plain": Wording(
        "{department} was scored {basis}. The total score is {points} out of {full}.",
        "{basis}，对{department}{year}{subject}各项指标逐项评分，总得分{points}分（满分{full}分）。",
    ),
    "opening-open": Wording(
        "{department} was scored {basis}. As some facts are missing, the total score lies between {low} and {high} out "
        "of {full}; the grade ({grade}) is not settled.",
        "{basis}，对{department}{year}{subject}各项指标逐项评分。因部分数据尚缺或有待核实，总得分在{low}至{high}分之间（满分{full}分），"
        "评价等级（{grade}）待补齐数据后确定。",
    ),
    "opening-open-sure": Wording(
        "{department} was scored {basis}. As some facts are missing, the total score lies between {low} and {high} out "
        "of {full}; the grade is {grade} in any case.",
        "{basis}，对{department}{year}{subject}各项指标逐项评分。因部分数据尚缺或有待核实，总得分在{low}至{high}分之间（满分{full}分），"
        "无论数值多少，评价等级均为“{grade}”。",
    ),
    "basis": Wording("under {basis}", "根据{basis}"),
    "basis-none": Wording("under its scoring table", "根据评分标准"),
    "levels": Wording("By parts: {parts}.", "其中：{parts}。"),
    "level-part": Wording("{name} {points} of {full}", "{name}{points}分（满分{full}分）"),
    "level-part-open": Wording("{name} {low} to {high} of {full}", "{name}{low}至{high}分（满分{full}分）"),
    "level-bonus": Wording("{name} +{points}", "{name}加{points}分"),
    "level-penalty": Wording("{name} -{points}", "{name}扣{points}分"),
    "shares": Wording("The points rest on: {shares}.", "得分所依据的材料：{shares}。"),
    "share": Wording("{name} {points}", "{name}{points}分"),
    "with-adjusted": Wording(
        "With the amounts taken out that the department names, the total would be {points}.",
        "如按该单位提出的事项予以剔除，总得分为{points}分。",
    ),
    "missing": Wording(
        "Facts that are missing or differ, by the points that hang on them: {facts}.",
        "尚缺或有待核实的数据，按影响的分值由高到低为：{facts}。",
    ),
    "missing-fact": Wording("{name} ({points})", "{name}（{points}分）"),
    "head-branch": Wording("{name} ({points} of {full} points)", "{name}（满分{full}分，得{points}分）"),
    "head-branch-open": Wording(
        "{name} ({low} to {high} of {full} points)", "{name}（满分{full}分，得分在{low}至{high}分之间）"
    ),
    "head-bonus": Wording(
        "{name} (bonus of up to {full}; {points} points)", "{name}（加分项，最多加{full}分，加{points}分）"
    ),
    "head-bonus-open": Wording(
        "{name} (bonus of up to {full}; {low} to {high} points)",
        "{name}（加分项，最多加{full}分，加分在{low}至{high}分之间）",
    ),
    "head-penalty": Wording(
        "{name} (penalty of up to {full}; {points} deducted)", "{name}（扣分项，最多扣{full}分，扣{points}分）"
    ),
    "head-penalty-open": Wording(
        "{name} (penalty of up to {full}; {low} to {high} deducted)",
        "{name}（扣分项，最多扣{full}分，扣分在{low}至{high}分之间）",
    ),
    "item": Wording("{number} {name} ({full} points). {said}", "{number}{name}（{full}分）。{said}"),
    "item-bonus": Wording(
        "{number} {name} (bonus of up to {full}). {said}", "{number}{name}（最多加{full}分）。{said}"
    ),
    "item-penalty": Wording(
        "{number} {name} (penalty of up to {full}). {said}", "{number}{name}（最多扣{full}分）。{said}"
    ),
    "shift": Wording("Adjustment: {said} ({amount}).", "{said}，{amount}。"),
    "adds": Wording("+{points}", "加{points}分"),
    "takes": Wording("-{points}", "减{points}分"),
    "becomes": Wording("between {points}", "得分在{points}分之间"),
    "result": Wording("Result", "评分结果"),
    "result-text": Wording(
        "The total score is {points} out of {full}{grade}.", "综合以上各项，总得分{points}分（满分{full}分）{grade}。"
    ),
    "result-open": Wording(
        "The total score lies between {low} and {high} out of {full}{grade}.",
        "综合以上各项，总得分在{low}至{high}分之间（满分{full}分）{grade}。",
    ),
    "result-grade": Wording(", the grade {grade}", "，评价等级为“{grade}”"),
    "result-grade-open": Wording(", the grade {grade}", "，评价等级为{grade}，待补齐数据后确定"),
    "grades": Wording("Grades: {grades}.", "等级标准：{grades}。"),
    "grade-rest": Wording("{name} otherwise", "其余为{name}"),
    "result-shifts": Wording("The parts come to more or less than the total: {shifts}.", "总分计算中：{shifts}。"),
    "vetoes": Wording("Vetoes: {said}.", "否决事项：{said}。"),
    "consequences": Wording("What follows: {said}.", "结果应用：{said}。"),
    "appendix": Wording("Appendix", "附件"),
    "appendix-list": Wording("Appendix: {name}", "附件：{name}"),
    # The score sheet.
    "level-1": Wording("Level 1", "一级指标"),
    "level-2": Wording("Level 2", "二级指标"),
    "level-3": Wording("Indicator", "三级指标"),
    "indicator": Wording("Indicator", "指标"),
    "full": Wording("Full", "分值"),
    "standard": Wording("Criterion", "评分标准"),
    "points": Wording("Points", "得分"),
    "reason": Wording("Points lost, and why", "扣分原因及说明"),
    "reason-rows": Wording("Points lost, and why", "扣分原因及说明"),
    "level-cell": Wording("{name}\n({full})", "{name}\n（{full}分）"),
    "level-cell-bonus": Wording("{name}\n(bonus, up to {full})", "{name}\n（加分，最多{full}分）"),
    "level-cell-penalty": Wording("{name}\n(penalty, up to {full})", "{name}\n（扣分，最多{full}分）"),
    "shift-row": Wording("Adjustment", "调整"),
    "total": Wording("Total", "合计"),
    "grade": Wording("Grade", "评价等级"),
    "remark": Wording("Note", "备注"),
    "department-line": Wording(
        "Department: {department}    Year: {year}", "单位名称：{department}　　评价年度：{year}"
    ),
    "digests": Wording(
        "Scored from: rule file sha256 {rules}…, facts file sha256 {facts}…, engine {engine}.",
        "评分依据：规则文件sha256 {rules}…，事实文件sha256 {facts}…，评分程序{engine}。",
    ),
    "no-department": Wording("The department", "被评价单位"),
    # The review opinion.
    "opinion-title": Wording("Review opinion on the self-evaluation", "绩效自评复核意见书"),
    "opinion-department": Wording("Department evaluated: {department}", "被评价单位：{department}"),
    "opinion-year": Wording("Year: {year}", "评价年度：{year}"),
    "opinion-subject": Wording("Subject: {subject}", "评价事项：{subject}"),
    "opinion-basis": Wording("Under: {basis}", "评价依据：{basis}"),
    "opinion-documents": Wording("Documents reviewed: {documents}", "复核资料：{documents}"),
    "opinion-1": Wording("Conclusion", "复核结论"),
    "opinion-2": Wording("Indicators", "指标复核情况"),
    "opinion-3": Wording("Findings, and what to supply or correct", "复核发现的问题及整改要求"),
    "opinion-4": Wording("How fractions of a step were counted", "计分口径说明"),
    "opinion-5": Wording("Reply", "反馈意见"),
    "conclusion": Wording(
        "Claimed: {claimed}{claimed_grade}. On review: {points} out of {full}{grade}. Difference: {difference}.",
        "经复核，该单位自评得分{claimed}分{claimed_grade}；复核得分{points}分（满分{full}分）{grade}，{difference}。",
    ),
    "conclusion-open": Wording(
        "Claimed: {claimed}{claimed_grade}. On review, the score lies between {low} and {high} out of {full}"
        "{grade}, as some facts are missing.",
        "经复核，该单位自评得分{claimed}分{claimed_grade}；因部分数据尚缺或有待核实，复核得分在{low}至{high}分之间（满分{full}分）"
        "{grade}。",
    ),
    "conclusion-unclaimed": Wording(
        "No total is claimed. On review: {points} out of {full}{grade}.",
        "该单位未报自评总分。经复核，得分{points}分（满分{full}分）{grade}。",
    ),
    "conclusion-unclaimed-open": Wording(
        "No total is claimed. On review, the score lies between {low} and {high} out of {full}{grade}, as some facts "
        "are missing.",
        "该单位未报自评总分。因部分数据尚缺或有待核实，复核得分在{low}至{high}分之间（满分{full}分）{grade}。",
    ),
    "conclusion-grade": Wording(" ({grade})", "，评价等级为“{grade}”"),
    "conclusion-grade-open": Wording(" (grade: {grade})", "，评价等级（{grade}）待补齐数据后确定"),
    "lowered": Wording("{points}", "核减{points}分"),
    "raised": Wording("{points}", "核增{points}分"),
    "as-claimed": Wording("none", "与自评得分一致"),
    "counts": Wording(
        "Of {count} indicators: {parts}.",
        "{count}项指标中，{parts}。",
    ),
    "count-agree": Wording("as claimed {count}", "自评得分与复核得分一致的{count}项"),
    "count-differ": Wording("different {count}", "不一致的{count}项"),
    "count-open": Wording("in need of evidence or facts {count}", "需补充数据或佐证材料的{count}项"),
    "table-unclaimed": Wording(
        "The points of the indicators are not claimed; those on review stand in the appendix.",
        "该单位未报各项指标的自评得分，复核得分见附件。",
    ),
    "table-said-open": Wording(
        "The indicators that need evidence or facts are these:", "需补充数据或佐证材料的指标如下："
    ),
    "table-said": Wording(
        "The indicators that differ, or that need evidence or facts, are these:",
        "自评得分与复核得分不一致以及需补充数据或佐证材料的指标如下：",
    ),
    "table-none": Wording(
        "No indicator differs from what is claimed.", "各项指标的自评得分与复核得分一致，未发现需补充佐证材料的指标。"
    ),
    "table-rest": Wording(
        "All other indicators are as claimed ({agree}).", "其余{agree}项指标自评得分与复核得分一致，予以认可。"
    ),
    "number": Wording("No.", "序号"),
    "claimed": Wording("Claimed", "自评得分"),
    "reviewed": Wording("On review", "复核得分"),
    "difference": Wording("Difference", "差额"),
    "opinion": Wording("Opinion", "复核意见"),
    "unclaimed": Wording("none", "未列"),
    "nothing": Wording("-", "—"),
    "opinion-lower": Wording(
        "{note}; {points} due, {moved} less than claimed", "{note}；应得{points}分，核减{moved}分。"
    ),
    "opinion-higher": Wording(
        "{note}; {points} due, {moved} more than claimed", "{note}；应得{points}分，核增{moved}分。"
    ),
    "opinion-open": Wording("{note}", "{note}，请补充。"),
    "opinion-unsettled": Wording("{note}", "{note}。"),
    "opinion-unclaimed": Wording(
        "Not told of in the report. {note}", "自评报告未写明该项得分和依据。{note}，请补充佐证材料。"
    ),
    "opinion-finding": Wording("{note}; see part 3", "{note}；得分予以认可，有关问题见第三部分。"),
    "total-row": Wording("Total", "总分"),
    "finding": Wording("{number} {title}", "{number}{title}"),
    "finding-points": Wording("{said} (points at stake: {points})", "{said}（涉及{points}分）。"),
    "finding-plain": Wording("{said}", "{said}。"),
    "finding-quotes": Wording("The report says: {quotes}", "报告原文：{quotes}。"),
    "finding-quote": Wording("{words} (under {section})", "{words}（见报告{section}）"),
    "quoted": Wording("“{words}”", "“{words}”"),
    "finding-ask": Wording("The department is asked: {ask}.", "整改要求：{ask}。"),
    "title-claim-differs": Wording("{name}: the claim does not follow from the rule", "“{name}”自评得分与评分标准不符"),
    "title-claim-unproved": Wording("{name}: the claim is not borne out", "“{name}”自评得分缺少依据"),
    "title-claim-above-full": Wording("A claim above full marks", "自评得分超过分值"),
    "title-claim-again": Wording("Claims that differ", "同一指标前后自评不一致"),
    "title-claim-of-nothing": Wording("Points without an indicator", "自评得分未写明所属指标"),
    "title-claim-of-unknown": Wording("An indicator that is not in the table", "自评指标不在评分表内"),
    "title-marks-differ": Wording("{name}: full marks differ", "“{name}”所列分值与评分表不符"),
    "title-sum-differs": Wording(
        "{name}: the subtotal is not what its indicators come to", "“{name}”自评小计与各项得分不符"
    ),
    "title-grade-differs": Wording("The grade", "评价等级与得分不符"),
    "title-total-differs": Wording("The total", "自评总分或等级前后不一致"),
    "title-fact-contradictory": Wording("A fact with different values", "数据前后不一致"),
    "title-adjustment": Wording("Amounts taken out", "剔除事项缺少依据"),
    "title-left-out": Wording("{name}: something left out", "“{name}”提出的剔除事项缺少依据"),
    "title-scopes-mixed": Wording("Figures of two accounts in one formula", "算式口径不一致"),
    "title-rate-differs": Wording("{name}: the printed rate", "“{name}”所列比率有误"),
    "title-unsettled": Wording("{name}: a case that the rule does not cover", "“{name}”评分标准未作规定"),
    "title-other": Wording("The text and its figures", "文字与数据不一致"),
    "grade-now": Wording("Grade: {grade}", "评价等级：{grade}"),
    "grade-change": Wording("Grade: {claimed} claimed, {grade} on review", "自评等级“{claimed}”，复核等级“{grade}”"),
    "findings-none": Wording("Nothing was found.", "未发现需补充或更正的事项。"),
    "missing-ask": Wording(
        "Facts to supply, with evidence, by the points that hang on them: {facts}.",
        "请补充下列数据并附佐证材料（括号内为影响的分值）：{facts}。",
    ),
    "missing-title": Wording("Missing facts", "数据尚缺或有待核实"),
    "readings-said": Wording(
        "For these the rule's way of counting a fraction of a step decides points:",
        "下列指标的得分与不足一档的零头如何计算有关，本次复核按评分标准规定的办法计算：",
    ),
    "reply": Wording(
        "Objections are to be sent in writing, with evidence, within {days} working days of receipt; without them this "
        "opinion stands.",
        "你单位如有异议，请自收到本意见书之日起{days}个工作日内书面反馈并附佐证材料；逾期未反馈的，视为无异议。",
    ),
    "signed": Wording("Evaluated by (seal): {blank}", "评价机构（盖章）：{blank}"),
    "reviewer": Wording("Reviewed by: {blank}", "复核人员：{blank}"),
    "date": Wording("Date: {blank}", "{blank}年　月　日"),
    "appendix-report": Wording("The department's self-evaluation report", "{department}{year}绩效自评报告"),
}


def say(code: str, language: Language, **arguments: object) -> str:
    """A word or a sentence of an official document."""
    return OFFICIAL[code].of(language).format(**arguments)
