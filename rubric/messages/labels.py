"""Short labels that stand inside sentences and as headings."""

from rubric.messages.wording import Wording

LABELS: dict[str, Wording] = {
    "error": Wording("error", "错误"),
    "warning": Wording("warning", "提醒"),
    "hint": Wording("hint", "提示"),
    "help": Wording("help", "建议"),
    "yes": Wording("yes", "是"),
    "no": Wording("no", "否"),
    "less": Wording("less", "少"),
    "more": Wording("more", "多"),
    # What a value rests on.
    "figure": Wording("figures", "数据"),
    "statement": Wording("statements", "陈述"),
    "judgement": Wording("judgements", "评判"),
    "inference": Wording("inferences", "推定"),
    "unstated": Wording("not stated", "未注明"),
    # States of a fact.
    "present": Wording("present", "已有"),
    "missing": Wording("missing", "缺失"),
    "not-applicable": Wording("not applicable", "不适用"),
    "contradictory": Wording("contradictory", "前后不一"),
    # How a printed rate stands to the exact one.
    "exact": Wording("exact", "精确"),
    "rounded": Wording("rounded", "四舍五入"),
    "truncated": Wording("cut off", "截尾"),
    "wrong": Wording("wrong", "有误"),
    # Headings of a scorecard.
    "score": Wording("Score", "得分"),
    "claimed": Wording("claimed", "自评"),
    "difference": Wording("difference", "相差"),
    "rests-on": Wording("Rests on", "依据"),
    "with-adjustments": Wording("With adjustments", "剔除后"),
    "to-look-at": Wording("To look at", "需要核对的事项"),
    "missing-facts": Wording(
        "Facts missing or contradictory, by the points that hang on them", "缺少或前后不一的事实，按影响的分数排列"
    ),
    "for-year": Wording("{year}", "{year} 年度"),
    "facts": Wording("Facts", "事实"),
    "clause": Wording("Clause", "条款"),
    "ledger": Wording("Ledger", "明细"),
    "formula": Wording("Formula", "公式"),
    "readings": Wording("Readings of a fraction of a step", "零头的不同算法"),
    "change": Wording("To win back points", "得更多分的条件"),
    "claim": Wording("Claim", "自评"),
    "printed-rate": Wording("Printed rate", "报告所列比率"),
    "adjusted": Wording("With adjustments", "剔除后"),
    "notes": Wording("Notes", "备注"),
    "exact-value": Wording("Exact", "精确值"),
    "total": Wording("Total", "总分"),
    "incomplete": Wording("not settled", "未能定分"),
    "until": Wording(" to ", "至"),
    "alternatively": Wording(" or ", "或"),
    "rules-file": Wording("Rules", "规则"),
    "facts-file": Wording("Facts", "事实"),
}
