"""The words of a facts file that was read from a report, and of the summary beside it."""

from __future__ import annotations

from rubric.messages.wording import Wording

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
    "read-facts": Wording(
        "facts: {found} found, {contradictory} of them with different values; {missing} not found",
        "事实　找到 {found} 项，其中前后不一 {contradictory} 项；没有找到 {missing} 项",
    ),
    "read-claims": Wording(
        "claims: {indicators} indicators, {subtotals} subtotals, total {total}, grade {grade}",
        "自评　指标 {indicators} 项，小计 {subtotals} 项，总分 {total}，等级 {grade}",
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
