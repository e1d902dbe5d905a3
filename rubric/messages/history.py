"""What is said of a case that is scored again: the headings of its accepted card, and how it differs from it."""

from rubric.messages.wording import Wording

# Headings of an accepted card: written in one language, read in both.
CARD_KEYS: dict[str, Wording] = {
    "rules-digest": Wording("rules digest", "规则摘要"),
    "facts-digest": Wording("facts digest", "事实摘要"),
    "version": Wording("version", "程序版本"),
    "full": Wording("full marks", "满分"),
    "total": Wording("total", "总分"),
    "grade": Wording("grade", "等级"),
    "vetoes": Wording("vetoes", "否决"),
    "follows": Wording("what follows", "结果应用"),
    "indicators": Wording("indicators", "指标"),
    "name": Wording("name", "名称"),
    "points": Wording("points", "得分"),
    "status": Wording("status", "状态"),
    "measured": Wording("measured", "所评的数"),
    "facts": Wording("facts", "事实"),
    "ledger": Wording("ledger", "明细"),
    "awarded": Wording("awarded", "得"),
    "lost": Wording("lost", "失"),
    "reading": Wording("fraction", "零头"),
    "clause": Wording("clause", "条款"),
    "origin": Wording("origin", "来由"),
    "moves": Wording("put together", "合成"),
    "level": Wording("level", "层级"),
    "why": Wording("why", "缘由"),
    "amount": Wording("amount", "分数"),
    "claims": Wording("claims", "自评核对"),
    "claim-of": Wording("claim", "自评项"),
    "claimed": Wording("claimed", "自评"),
    "due": Wording("due", "应为"),
    "own": Wording("by the other claims", "据自评"),
    "verdict": Wording("verdict", "结论"),
    "adjusted": Wording("total after the adjustments", "调整后总分"),
    "told": Wording("told by the report", "报告所述"),
    "history": Wording("accepted", "确认记录"),
    "date": Wording("date", "日期"),
    "reason": Wording("reason", "理由"),
}

# Words that stand for a code in an accepted card and in what is said of a difference.
CARD_WORDS: dict[str, Wording] = {
    # The status of an indicator.
    "scored": Wording("scored", "已评分"),
    "exempt": Wording("does not apply", "按不适用处理"),
    "left-out": Wording("left out", "不考核"),
    "forfeited": Wording("forfeited", "被否决"),
    "missing": Wording("missing", "缺失"),
    "contradictory": Wording("contradictory", "前后不一"),
    "not-applicable": Wording("not applicable, no provision", "不适用而无规定"),
    "undefined": Wording("cannot be computed", "无法计算"),
    "uncovered": Wording("not covered by the rule", "规则没有规定"),
    # What an entry comes from that is no clause.
    "start": Wording("to begin with", "基础分"),
    "kept": Wording("kept within bounds", "以上下限为限"),
    # Readings of a fraction of a step.
    "whole": Wording("whole steps only", "不足一档不计"),
    "started": Wording("started steps count", "不足一档按一档计"),
    "proportional": Wording("in proportion", "按比例计"),
    # What moves the points of a level.
    "not-counted": Wording("not counted", "不计入"),
    "formula": Wording("by the formula", "按合成公式"),
    "provided": Wording("what it asks for does not hold", "未达到前提条件"),
    "scaled-up": Wording("scaled up", "其余得分折算"),
    "penalty": Wording("deducted", "扣除"),
    "cap": Wording("cap", "封顶"),
    "veto": Wording("veto", "否决"),
    "rounded": Wording("rounded", "取整"),
    # Facts.
    "inapplicable": Wording("not applicable", "不适用"),
    "yes": Wording("yes", "是"),
    "no": Wording("no", "否"),
    "either": Wording(" or ", "或"),
    "open": Wording("not settled", "未定"),
    # What a claim is made for.
    "claim-indicator": Wording("indicator", "指标"),
    "claim-rate": Wording("rate", "比率"),
    "claim-subtotal": Wording("subtotal", "小计"),
    "claim-total": Wording("total", "总分"),
    "claim-grade": Wording("grade", "等级"),
    # What came of a claim.
    "verdict-agrees": Wording("as due", "相符"),
    "verdict-too-high": Wording("too high", "偏高"),
    "verdict-too-low": Wording("too low", "偏低"),
    "verdict-within": Wording("possible", "在可能范围内"),
    "verdict-outside": Wording("not possible", "不在可能范围内"),
    "verdict-unclaimed": Wording("not claimed", "未自评"),
    "verdict-exact": Wording("exact", "准确"),
    "verdict-rounded": Wording("rounded off", "四舍五入"),
    "verdict-truncated": Wording("cut off", "截去尾数"),
    "verdict-wrong": Wording("wrong", "算错"),
}

HISTORY: dict[str, Wording] = {
    "card-note": Wording(
        "Written by rubric test --accept: points, clauses, and why they were accepted. Not for editing by hand.",
        "由 rubric test --accept 写入：得分、条款和确认的理由。不要手工改动。",
    ),
    "card-syntax": Wording("it is not YAML as it was written, line {line}", "第 {line} 行不合 YAML 的写法"),
    "card-lacks": Wording("“{key}” is missing or not as it was written", "缺少“{key}”，或写法不对"),
    # A case as a whole.
    "case-total": Wording("{path}: total {before} → {after}", "{path}：总分 {before} 分 → {after} 分"),
    "case-same-total": Wording("{path}: total {after} as before", "{path}：总分 {after} 分，没有变"),
    "case-full": Wording("full marks {before} → {after}", "满分 {before} 分 → {after} 分"),
    "case-grade": Wording("grade {before} → {after}", "等级由{before}变为{after}"),
    "case-new": Wording(
        '{path}: not accepted yet, nothing guards it; {points}; rubric test {path} --accept --reason "…" accepts it',
        '{path}：还没有确认过得分，有变动也看不出来；现为 {points}。确认用 rubric test {path} --accept --reason "…"',
    ),
    "case-scores": Wording("it scores {points}", "{points} 分"),
    "case-accepted": Wording("{path}: accepted, {points}", "{path}：已确认，{points} 分"),
    "case-unreadable": Wording(
        "{path}: the accepted card cannot be read: {what}", "{path}：确认过的得分单读不出来：{what}"
    ),
    "case-refused": Wording("{path}: not accepted, as it cannot be scored", "{path}：不能计分，没有确认"),
    "case-not-scored": Wording("{path}: cannot be scored", "{path}：不能计分"),
    "case-no-rules": Wording(
        "{path}: neither rules.rubric nor rules.txt, which names a rule file, is in the folder",
        "{path}：文件夹里没有 rules.rubric，也没有写明规则文件的 rules.txt",
    ),
    "case-rules-not-found": Wording(
        "{path}: there is no rule file “{name}”, as rules.txt names it", "{path}：找不到 rules.txt 写的规则文件“{name}”"
    ),
    "case-facts-not-found": Wording(
        "{path}: there is no facts file “{name}”, as facts.txt names it",
        "{path}：找不到 facts.txt 写的事实文件“{name}”",
    ),
    # Why.
    "why-rules": Wording("the rules changed ({before} → {after})", "规则有改动（摘要 {before} → {after}）"),
    "why-facts": Wording("the facts changed ({before} → {after})", "事实有改动（摘要 {before} → {after}）"),
    "why-both": Wording(
        "the rules changed ({rules_before} → {rules_after}), and so did the facts ({facts_before} → {facts_after})",
        "规则有改动（摘要 {rules_before} → {rules_after}），事实也有改动（摘要 {facts_before} → {facts_after}）",
    ),
    "why-engine": Wording(
        "neither rules nor facts changed: the program did (version {before} → {after})",
        "规则和事实都没有改动，是程序变了（版本 {before} → {after}）",
    ),
    "why-engine-same": Wording(
        "neither rules nor facts changed: the program did (version {after} in both)",
        "规则和事实都没有改动，是程序变了（版本号同为 {after}）",
    ),
    "because": Wording("Why: {why}", "原因：{why}"),
    # An indicator.
    "points": Wording("{points}", "{points} 分"),
    "taken": Wording("{points} deducted", "扣 {points} 分"),
    "points-changed": Wording("{name}: {before} → {after}", "{name}：{before} → {after}"),
    "points-same": Wording("{name}: {after} as before", "{name}：{after}，没有变"),
    "indicator-new": Wording("{name}: new, {after} of {full}", "{name}：新增的指标，{after}（满分 {full} 分）"),
    "indicator-gone": Wording(
        "{name}: no longer in the rules, was {before} of {full}",
        "{name}：规则中已没有这个指标，原为 {before}（满分 {full} 分）",
    ),
    "full-changed": Wording("full marks {before} → {after}", "满分 {before} 分 → {after} 分"),
    "status-changed": Wording("status: {before} → {after}", "状态：{before} → {after}"),
    "clause-changed": Wording("was “{before}”, now “{after}”", "原用“{before}”，现用“{after}”"),
    "clause-same": Wording("by the same clause “{clause}”", "条款相同：“{clause}”"),
    "line-changed": Wording("“{clause}”: {before} → {after}", "“{clause}”：{before} → {after}"),
    "line-both": Wording(
        "was “{first}”: {before}; now “{second}”: {after}", "原用“{first}”，{before}；现用“{second}”，{after}"
    ),
    "line-gone": Wording("no longer: “{clause}”, {before}", "不再计：“{clause}”，原{before}"),
    "line-new": Wording("now also: “{clause}”, {after}", "现增计：“{clause}”，{after}"),
    "line-awarded": Wording("{points}", "得 {points} 分"),
    "line-withheld": Wording("0 of {points}", "得 0 分，失 {points} 分"),
    "line-less": Wording("{points}, {lost} lost", "得 {points} 分，失 {lost} 分"),
    "line-taken": Wording("-{points}", "扣 {points} 分"),
    "reading-changed": Wording("fraction of a step: {before} → {after}", "零头：{before} → {after}"),
    "measured-changed": Wording("measured: {before} → {after}", "所评的数：{before} → {after}"),
    "fact-changed": Wording("fact {name}: {before} → {after}", "事实“{name}”：{before} → {after}"),
    "fact-lacking": Wording("fact {name}: {after}", "事实“{name}”：{after}"),
    # What is done to a level or to the whole.
    "move-changed": Wording("{where}, {why}: {before} → {after}", "{where}，{why}：{before} → {after}"),
    "move-new": Wording("{where}, {why}: now {after}", "{where}，{why}：现为 {after}"),
    "move-gone": Wording("{where}, {why}: no longer, was {before}", "{where}，{why}：不再有，原为 {before}"),
    "move-clause": Wording("{why} “{clause}”", "{why}“{clause}”"),
    "the-whole": Wording("total", "总分"),
    "overruled-changed": Wording("vetoes: {before} → {after}", "否决：{before} → {after}"),
    "follows-changed": Wording("what follows: {before} → {after}", "结果应用：{before} → {after}"),
    # The claims held against it, and the report.
    "claim-name": Wording("claim for {name}", "{name}的自评"),
    "rate-name": Wording("printed rate of {name}", "{name}所印比率"),
    "subtotal-name": Wording("claimed subtotal of {name}", "{name}的自评小计"),
    "total-name": Wording("claimed total", "自评总分"),
    "grade-name": Wording("claimed grade", "自评等级"),
    "claim-was": Wording("{before} → {after}", "{before} → {after}"),
    "own-changed": Wording("by the other claims {before} → {after}", "据自评应为 {before} → {after}"),
    "verdict-changed": Wording("{before} → {after}, {due} due", "由{before}变为{after}，应为 {due}"),
    "verdict-same": Wording("still {after}, {due} due", "仍{after}，应为 {due}"),
    "claim-changed": Wording("{name}: {changes}", "{name}：{changes}"),
    "claim-gone": Wording("{name}: no longer, was {before}", "{name}：不再有，原为 {before}"),
    "claim-new": Wording("{name}: now {after}", "{name}：现为 {after}"),
    "claim-new-verdict": Wording("{after}, {verdict}", "{after}，{verdict}"),
    "adjusted-changed": Wording("total after the adjustments: {before} → {after}", "调整后总分：{before} → {after}"),
    "told-changed": Wording(
        "the report tells {name} otherwise than when it was accepted: {before} → {after}",
        "报告所述的“{name}”与确认时不同：{before} → {after}",
    ),
    "not-told": Wording("not told", "没有说到"),
    "none": Wording("none", "无"),
    # All of them.
    "cases-compared": Wording(
        "{count} cases: {same} as accepted, {different} different, {new} not accepted yet, {failed} not scored",
        "案例 {count} 个：与确认的相符 {same} 个，有出入 {different} 个，未确认 {new} 个，不能计分 {failed} 个",
    ),
    "cases-uncompared": Wording(
        "{count} accepted cards lack part of what is kept now, which was not compared: the claims, the total after the"
        ' adjustments, or what the report tells; --accept --reason "…" adds it',
        "{count} 份确认过的得分单缺少现在要记的内容（自评核对、调整后总分或报告所述），这些没有对照；"
        '用 --accept --reason "…" 补记',
    ),
    "cases-accepted": Wording(
        "{count} cases: {accepted} accepted, {same} as they were, {failed} not accepted",
        "案例 {count} 个：确认 {accepted} 个，原样未动 {same} 个，没有确认 {failed} 个",
    ),
}
