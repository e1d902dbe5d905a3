"""The words of a facts file that was read from a report, of the summary beside it, and of an audit."""

from __future__ import annotations

from rubric.messages.wording import Language, Wording

READING: dict[str, Wording] = {
    "read-from": Wording(
        "Read from “{file}” under “{rubric}”. Check every line against its sentence before it is used.",
        "由「{file}」读出，所用评分表为「{rubric}」。请逐条与原文核对后使用。",
    ),
    "read-department": Wording("to be filled in", "待填"),
    "read-not-found": Wording("not found in the report", "报告中没有找到"),
    "read-contradictory": Wording("the report gives different values", "报告前后不一"),
    "read-of-nothing": Wording(
        "points that name no indicator: {points}, “{quote}”", "没有写明是哪个指标的得分：{points} 分，“{quote}”"
    ),
    "read-again": Wording(
        "claimed a second time for {name}: {points}, “{quote}”", "「{name}」又一次自评：{points} 分，“{quote}”"
    ),
    "read-above-full": Wording(
        "more points than {name} has: {points}, “{quote}”", "「{name}」自评超过分值：{points} 分，“{quote}”"
    ),
    "read-unknown": Wording(
        "the rubric has no indicator {name}: {points} claimed, “{quote}”",
        "评分表没有「{name}」这个指标：自评 {points} 分，“{quote}”",
    ),
    "read-row": Wording(
        "an indicator of the department's own, to be filled in under its table with its claim of {points}: “{quote}”",
        "单位自行设定的指标，请填入表内，并写明自评 {points} 分：“{quote}”",
    ),
    "read-left-out": Wording(
        "{name}: the report wants something left out, and nothing was adjusted; what is allowed belongs under "
        "“adjustments”: “{quote}”",
        "「{name}」报告提出剔除，没有据此调整；认可的，写在「调整」下：“{quote}”",
    ),
    "read-facts": Wording(
        "facts: {found} found, {contradictory} of them with different values; {missing} not found; "
        "{others} other figures",
        "事实　找到 {found} 项，其中前后不一 {contradictory} 项；没有找到 {missing} 项；其他数据 {others} 项",
    ),
    "read-rows": Wording("rows of {table}: {count}", "表　{table} {count} 行"),
    "read-claims": Wording(
        "claims: {indicators} indicators, {subtotals} subtotals, total {total}, grade {grade}",
        "自评　指标 {indicators} 项，小计 {subtotals} 项，总分 {total}，等级 {grade}",
    ),
    "read-others": Wording(
        "no fact asks for these; kept for the record, and to complete a fact that was not found",
        "评分不直接使用，照录备查；没有找到的事实可从中补充",
    ),
    "read-missing": Wording("not found: {names}", "没有找到　{names}"),
    "read-two-values": Wording("{name}: {values}", "{name}　{values}"),
    "read-none": Wording("none", "无"),
    "read-report": Wording("report", "报告"),
    # The headings of a facts file.
    "key-department": Wording("department", "部门"),
    "key-year": Wording("year", "年度"),
    "key-documents": Wording("documents", "资料"),
    "key-facts": Wording("facts", "事实"),
    "key-tables": Wording("tables", "表"),
    "key-others": Wording("other figures", "其他数据"),
    "key-value": Wording("value", "值"),
    "key-basis": Wording("basis", "依据"),
    "key-figure": Wording("figure", "数据"),
    "key-statement": Wording("statement", "陈述"),
    "key-document": Wording("document", "资料"),
    "key-section": Wording("section", "位置"),
    "key-quote": Wording("quote", "原文"),
    "key-readings": Wording("readings", "读数"),
    "key-state": Wording("state", "状态"),
    "key-missing": Wording("missing", "缺失"),
    "key-reason": Wording("reason", "理由"),
    "key-claims": Wording("claims", "自评"),
    "key-indicators": Wording("indicators", "指标"),
    "key-points": Wording("points", "得分"),
    "key-not-narrated": Wording("not narrated", "未叙述"),
    "key-rate": Wording("rate", "比率"),
    "key-subtotals": Wording("subtotals", "小计"),
    "key-total": Wording("total", "总分"),
    "key-grade": Wording("grade", "等级"),
}

AUDIT: dict[str, Wording] = {
    "claim-unproved": Wording(
        "{name}: {claimed} claimed; the report does not say {names}; no more than {low} is certain",
        "{name}：自评 {claimed} 分，报告没有写明{names}，能确定的只有 {low} 分",
    ),
    "claim-above-full": Wording(
        "{name}: {points} claimed, more than its full marks", "{name}：自评 {points} 分，超过分值"
    ),
    "the-total": Wording("the total", "总分"),
    "claim-again": Wording("{name} is claimed a second time: {points}", "{name}前后两次自评不同，又写作 {points} 分"),
    "claim-of-nothing": Wording(
        "{points} points are claimed, and it is not said for which indicator", "自评 {points} 分，没有写明是哪个指标"
    ),
    "claim-of-unknown": Wording(
        "the report claims {points} for {name}, which the rubric does not have",
        "报告给「{name}」自评 {points} 分，评分表没有这个指标",
    ),
    "marks-differ": Wording(
        "{name}: the report's score sheet gives it {told} full marks, the rubric {full}",
        "{name}：报告的评分表写作满分 {told} 分，规则为 {full} 分",
    ),
    "left-out": Wording(
        "{name}: the report wants something left out, for which the rubric has no rule; {effect}",
        "{name}：报告提出剔除，评分标准没有这样的规定；{effect}",
    ),
    "left-out-allowed": Wording(
        "{name}: the report wants something left out; hold it against what the rubric says of it: “{rule}”; {effect}",
        "{name}：报告提出剔除，请对照评分标准的规定“{rule}”；{effect}",
    ),
    "left-out-needed": Wording(
        "{claimed} claimed, {points} without leaving anything out", "自评 {claimed} 分，不剔除得 {points} 分"
    ),
    "left-out-idle": Wording("without leaving anything out it earns {points} as well", "不剔除也得 {points} 分"),
    "left-out-unclaimed": Wording("without leaving anything out it earns {points}", "不剔除得 {points} 分"),
    "scopes-mixed": Wording(
        "{subject}: {opening} + {received} - {spent} = {closing} are one account; the formula takes {opening} of it "
        "and {instead} instead of {closing}",
        "{subject}：{opening} + {received} - {spent} = {closing} 是同一口径，"
        "算式取其中的 {opening}，年末数却用 {instead}，口径不一致",
    ),
    "rate-told-otherwise": Wording(
        "{name} is told as {told}; from the facts it is {rounded}", "{name}写作 {told}，按报告的数据应为 {rounded}"
    ),
    "words-make-small": Wording(
        "the words make little of {name}, which is {rounded}", "{name}为 {rounded}，与文中的说法不符"
    ),
    "stated-cut": Wording(
        "{subject}: {printed} is printed, cut off; rounded it is {due}",
        "{subject}：印作 {printed}，是截去尾数所得，四舍五入应为 {due}",
    ),
    "stated-wrong": Wording("{subject}: {printed} is printed, it is {due}", "{subject}：印作 {printed}，应为 {due}"),
    "stated-share": Wording("{part} of {whole}", "{part}占 {whole} 的比例"),
    "stated-untrue": Wording("what is written does not hold: {words}", "所写的比较不成立：{words}"),
    "stated-sum": Wording(
        "{whole} is {printed}; its parts {parts} come to {total}, {difference} off",
        "{whole}写作 {printed}，各部分 {parts} 合计 {total}，相差 {difference}",
    ),
    "stated-twice": Wording("{name} is told as {one} and as {two}", "{name}先后写作 {one}、{two}"),
    "ask-number": Wording("which number is right, and for the corrected text", "请核对算式和数字，更正其一"),
    "ask-words": Wording("for words that fit the figures", "请按数据更正文字"),
    "ask-indicator": Wording("for which indicator the points are claimed", "请写明是哪个指标的得分"),
    "ask-sheet": Wording("whether the right year's score sheet was used", "请核对所用的评分表是否为本年度的"),
    "ask-which": Wording("which of the claims is meant", "请写明以哪一次自评为准"),
    "fact-contradictory": Wording("{name} has different values in the report", "{name}在报告中前后不一"),
    "ask-claim": Wording(
        "on what ground {name} claims these points; or correct the claim",
        "请说明「{name}」自评得分的依据，或更正自评得分",
    ),
    "ask-evidence": Wording("for {names}, with evidence", "请补充{names}的情况和佐证材料"),
    "ask-sum": Wording(
        "for the points and grounds of the indicators that are not told of", "请补充没有写到的指标的得分和依据"
    ),
    "ask-sum-plain": Wording("which is right, the subtotal or the items", "请核对小计与各项得分，更正其一"),
    "ask-grade": Wording("for a corrected grade", "请更正评价等级"),
    "ask-total": Wording("for a total, subtotals and a grade that agree", "请核对总分、小计和等级，更正不一致之处"),
    "ask-rate-wrong": Wording("for the rate worked out again from its figures", "请按原始数据重新计算，更正比率"),
    "ask-rate": Wording("for rates rounded half up throughout", "请统一四舍五入，更正比率"),
    "ask-fact": Wording("which value of {name} is right, with evidence", "请核实{name}，说明以哪个为准并附佐证材料"),
    "ask-adjustment": Wording(
        "for the document that allows it to be taken out, and evidence", "请提供可以剔除的文件依据和佐证材料"
    ),
    "ask-scope": Wording("for all figures of the formula in one scope", "请按同一口径填列算式中的各数"),
    "audit-title": Wording("{department}  {year}  audit of claims", "{department}　{year}自评审核"),
    "audit-year": Wording("{year}", "{year} 年度"),
    "audit-score": Wording(
        "claimed {claimed}, {grade}; under the rule {score}, {due}",
        "自评 {claimed} 分，{grade}；按规则 {score} 分，{due}",
    ),
    "audit-no-total": Wording(
        "no total is claimed; under the rule {score}, {due}", "没有自评总分；按规则 {score} 分，{due}"
    ),
    "audit-no-grade": Wording("no grade", "未评等级"),
    "audit-points": Wording("{points} points", "{points} 分"),
    "audit-point": Wording("1 point", "1 分"),
    "audit-quote": Wording("report", "原文"),
    "audit-ask": Wording("ask", "核实"),
    "audit-none": Wording("nothing to settle", "没有需要核实的事项"),
    "audit-no-claims": Wording("the facts hold no claims", "事实文件没有自评"),
}


def say(code: str, language: Language, **arguments: object) -> str:
    """A word or a sentence in a language."""
    return _WORDS[code].of(language).format(**arguments)


_WORDS = {**READING, **AUDIT}
