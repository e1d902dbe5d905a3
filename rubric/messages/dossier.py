"""The words of a scorecard that is written as a document: web page, Word, PDF."""

from __future__ import annotations

from rubric.messages.wording import Language, Wording

DOSSIER: dict[str, Wording] = {
    "line-said": Wording(
        "Measured: {value}, in {here}. The bands: {stretches}.", "实际为 {value}，在 {here}。各档：{stretches}。"
    ),
    "line-stretch": Wording("{name}: {points} points", "{name} 计 {points} 分"),
    "and": Wording(", ", "、"),
    # The web page.
    "skip": Wording("Skip to the score", "跳到得分"),
    "contents": Wording("Contents", "目录"),
    "basis": Wording("Under", "依据"),
    "look": Wording("Worth a look", "需要核对的事项"),
    "where": Wording("Where the points went", "分数去向"),
    "indicators": Wording("Indicators", "各项指标"),
    "facts": Wording("Facts", "事实"),
    "report": Wording("Report", "自评报告"),
    "dark": Wording("Dark", "深色"),
    "print": Wording("Print", "打印"),
    "verdict": Wording("The score", "评价结论"),
    "score": Wording("Score", "得分"),
    "grade": Wording("Grade", "等级"),
    "grades": Wording("Grades", "等级"),
    "rung": Wording("{name} {floor}", "{name} {floor}"),
    "unsettled": Wording("not settled", "未能定分"),
    "claimed": Wording("Claimed", "自评"),
    "difference": Wording("Difference", "相差"),
    "with-adjustments": Wording("With adjustments", "剔除后"),
    "rests-on": Wording("What the points rest on", "得分依据"),
    "vetoes": Wording("Vetoes", "否决"),
    "consequences": Wording("What follows", "结果应用"),
    "flag-score": Wording("score {points}", "得分 {points}"),
    "flag-claimed": Wording("claimed {points}", "自评 {points}"),
    "grade-from": Wording("{name} {points}", "{name} {points}"),
    "stake": Wording("{points} points", "{points} 分"),
    "see": Wording("see {number}", "见 {number}"),
    "ask": Wording("Ask {what}", "请部门核实：{what}"),
    "sentences": Wording("What is written ({n})", "原文 {n} 处"),
    "without-points": Wording("{n} more that move no points", "另有 {n} 项不影响得分"),
    "missing": Wording(
        "Facts missing or contradictory, by the points that hang on them", "缺少或前后不一的事实，按影响的分数排列"
    ),
    "falls-said": Wording("From full marks, {full}, down to the score, {points}", "从满分 {full} 分到得分 {points} 分"),
    "indicator": Wording("Indicator", "指标"),
    "from-to": Wording("From and to", "从多少分到多少分"),
    "moved": Wording("Points", "得失"),
    "left": Wording("Leaves", "余"),
    "full-marks": Wording("Full marks", "满分"),
    "nothing-lost": Wording("No points were lost.", "没有失分。"),
    "profile-said": Wording(
        "By level: the length of a bar is its full marks, the filled part what was earned",
        "各级得分：横条长短为满分，实心部分为得分",
    ),
    "level": Wording("Level", "层级"),
    "points-of-full": Wording("Points of full marks", "得分占满分"),
    "rate": Wording("Share", "得分率"),
    "differs": Wording("differs", "不一致"),
    "show": Wording("Show", "显示"),
    "show-all": Wording("All", "全部"),
    "show-lost": Wording("Points lost", "有失分"),
    "show-differs": Wording("Differing", "与自评不一致"),
    "show-open": Wording("Not settled", "未定"),
    "find": Wording("Find", "查找"),
    "open-all": Wording("Open or close all", "全部展开或收起"),
    "none-found": Wording("No indicator is like that.", "没有这样的指标。"),
    "why": Wording("Why", "理由"),
    "put-together": Wording("Put together", "合成"),
    "standing-full": Wording("full marks", "满分"),
    "standing-lost": Wording("points lost", "有失分"),
    "standing-differs": Wording("claimed otherwise", "与自评不一致"),
    "standing-open": Wording("not settled", "未定"),
    "formula": Wording("Formula", "公式"),
    "bands": Wording("Bands", "分档"),
    "ledger": Wording("Ledger", "得失明细"),
    "claim": Wording("Claim", "自评"),
    "claim-agrees": Wording("{points} claimed, as the rule gives", "自评 {points} 分，与规则一致"),
    "claim-points": Wording("{points} claimed", "自评 {points} 分"),
    "printed": Wording("Printed rate {rate}: {verdict}", "报告所列比率 {rate}，{verdict}"),
    "readings": Wording("Fraction of a step", "零头的算法"),
    "n-points": Wording("{n} points", "{n} 分"),
    "declared": Wording("as the rule declares", "规则采用"),
    "changes": Wording("To win back points", "得更多分的条件"),
    "rule": Wording("Rule", "规则"),
    "official": Wording("Official text", "原文"),
    "note": Wording("Note: {said}", "备注：{said}"),
    "facts-said": Wording(
        "Every fact that the score rests on, with its sentence and the indicators that use it.",
        "得分所依据的每一项事实、原文，以及用到它的指标。",
    ),
    "used-by": Wording("Used by", "用于"),
    "report-said": Wording(
        "Sentences that tell a fact or a claim are underlined; each leads to what it tells.",
        "划线的是写有事实或自评的句子，点击可到相应的指标。",
    ),
    "made-from": Wording("What the score was made from", "得分的由来"),
    "digest-rules": Wording("Rules, SHA-256", "规则摘要（SHA-256）"),
    "digest-facts": Wording("Facts, SHA-256", "事实摘要（SHA-256）"),
    "engine": Wording("Made by", "评分程序"),
    "keys": Wording(
        "Keys: / to find, ↑ ↓ from line to line, Enter to open, Esc to close.",
        "快捷键：/ 查找，↑ ↓ 逐项移动，回车展开，Esc 收起。",
    ),
}


def say(code: str, language: Language, **arguments: object) -> str:
    """A word or a sentence in a language."""
    return DOSSIER[code].of(language).format(**arguments)
