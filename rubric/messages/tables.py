"""The words of a scoring table that is written: headings, and what stands above and below it."""

from rubric.messages.wording import Wording

TABLE: dict[str, Wording] = {
    "level-1": Wording("Level 1", "一级指标"),
    "level-2": Wording("Level 2", "二级指标"),
    "indicator": Wording("Indicator", "三级指标"),
    "indicator-alone": Wording("Indicator", "指标"),
    "points": Wording("Points", "分值"),
    "formula": Wording("Formula", "计算公式"),
    "criterion": Wording("Criterion", "评分标准"),
    "notes": Wording("Notes", "备注"),
    "sum": Wording("Total", "合计"),
    "title": Wording("Scoring table", "评分表"),
    "facts-title": Wording("Facts", "基础数据"),
    "fact": Wording("Name", "名称"),
    "unit": Wording("Unit or levels", "单位或档次"),
    "meaning": Wording("Meaning", "含义"),
    "of-table": Wording("{name} (column of “{table}”)", "{name}（“{table}”的一列）"),
    "rows": Wording("{fields}, each row of the table by itself", "{fields}，按表逐行评分"),
    "below": Wording("{label} ({name})", "{label}（{name}）"),
    "draft": Wording("(draft: {count} findings are open)", "（草稿，尚有 {count} 处待处理）"),
    "page": Wording("Page {page} of {pages}", "第 {page} 页　共 {pages} 页"),
}
