"""What is said of a rule file: what is, then what to do."""

from rubric.messages.wording import Wording

RULE_FINDINGS: dict[str, Wording] = {
    # The text as a whole.
    "too-many-lines": Wording("the file has more than {limit} lines", "文件超过 {limit} 行"),
    "line-too-long": Wording(
        "the line has {length} characters; a line may have {limit}", "本行有 {length} 个字符，每行最多 {limit} 个字符"
    ),
    "field-too-long": Wording(
        "the field has more than {limit} words and marks", "这一项超过 {limit} 个词和符号，请拆成几项"
    ),
    "too-deep": Wording("brackets are nested more than {limit} deep", "括号嵌套超过 {limit} 层"),
    "number-too-long": Wording("the number has more than {limit} digits", "数字超过 {limit} 位"),
    "empty-file": Wording("the file holds no rubric", "文件中没有评分表"),
    "before-title": Wording("text before the rubric’s first line", "评分表开头之前有文字"),
    "begin-with-title": Wording("begin with: rubric “title”", "第一行写：评分表「名称」"),
    # Words.
    "keyword-needs-space": Wording(
        "“{word}” is glued to the name that follows it", "“{word}”与后面的名称连写，分不清名称从哪里开始"
    ),
    "write": Wording("write: {text}", "写作：{text}"),
    "unknown-keyword": Wording("“{word}” is not a word of the language", "没有“{word}”这个关键词"),
    "unknown-field": Wording("“{word}” is no field here", "这里没有名为“{word}”的项"),
    "fields-here": Wording("the fields here are: {names}", "这里可以写：{names}"),
    "unknown-word": Wording(
        "“{word}” is neither a declared name nor a word of the language", "“{word}”既不是已声明的名称，也不是关键词"
    ),
    "nearest": Wording("the nearest right one is: {name}", "最接近的是：{name}"),
    "expected-here": Wording("expected here: {expected}", "这里应为：{expected}"),
    "unexpected": Wording("“{found}” does not fit here; expected: {expected}", "这里不应是“{found}”，应为：{expected}"),
    "unfinished": Wording(
        "the field ends too early; expected next: {expected}", "这一项没有写完，后面还应有：{expected}"
    ),
    "field-twice": Wording("“{word}” stands twice in one indicator", "同一指标中“{word}”写了两次"),
    "name-is-keyword": Wording(
        "“{name}” is a word of the language and cannot be a name", "“{name}”是关键词，不能作名称"
    ),
    "rename": Wording("take a longer name, such as one that says whose or which it is", "请换一个更具体的名称"),
    # Names.
    "unknown-name": Wording("no fact or definition is called “{name}”", "没有名为“{name}”的事实或定义"),
    "declare": Wording("declare it under facts: {name} (unit): meaning", "在“事实”中声明：{name}（单位）：含义"),
    "declared-twice": Wording(
        "“{name}” is declared twice; first on line {line}", "“{name}”重复声明，前一次在第 {line} 行"
    ),
    "circular-definition": Wording("“{name}” is defined by itself: {path}", "“{name}”的定义绕回自身：{path}"),
    "unknown-level": Wording("“{name}” has no level “{value}”", "“{name}”没有“{value}”这一档"),
    "levels-are": Wording("its levels are: {levels}", "可选的档次：{levels}"),
    "level-twice": Wording("a level stands twice in the list", "同一档次列了两次"),
    # Header.
    "not-a-year": Wording("“{found}” is not a year", "“{found}”不是年度"),
    "grade-without-floor": Wording("the grade “{name}” has no lowest total", "等级“{name}”没有写明最低分"),
    "grades-out-of-order": Wording(
        "the grade “{name}” does not lie below the one before it", "等级“{name}”的分数线不低于前一等级"
    ),
    "no-lowest-grade": Wording("totals below “{name}” have no grade", "低于“{name}”的总分没有等级"),
    "no-grades": Wording("the rubric has no grades", "没有写等级"),
    "grades-form": Wording(
        "for example: grades: excellent ≥ 90; good ≥ 80; fair ≥ 60; otherwise poor",
        "例如：等级：优 ≥ 90 分；良 ≥ 80 分；中 ≥ 60 分；其余为差",
    ),
    "no-indicators": Wording("the rubric has no indicators", "没有指标"),
    "indicator-form": Wording("for example: indicator staff_rate (3 points)", "例如：指标 在职人员控制率（3 分）"),
    # Facts.
    "fact-without-unit": Wording("“{name}” has neither a unit nor levels", "“{name}”没有写单位或档次"),
    "unknown-unit": Wording("“{unit}” is not a unit", "没有“{unit}”这个单位"),
    "units-known": Wording(
        "units: 元 yuan, 万元 wan yuan, %, pp, people, items, times …; yes / no; or levels: good / fair / poor",
        "单位如：元、万元、亿元、%、个百分点、人、个、次、例；判断写：是／否；档次写：好／一般／差",
    ),
    # Units.
    "mixed-units": Wording(
        "{left} and {right} cannot be added, subtracted or compared", "单位不一致：{left}与{right}不能相加、相减或比较"
    ),
    "points-are-differences": Wording(
        "a percentage point is a difference of two rates, a per cent a share; write the one that is meant",
        "“%”是比率，“个百分点”是两个比率之差，请写明是哪一种",
    ),
    "unit-of-edge": Wording(
        "the formula gives {measured}, the limit is in {edge}", "公式结果是{measured}，界限写的是{edge}"
    ),
    "write-unit": Wording("write the unit behind the number", "在数字后写明单位"),
    "use-percent": Wording("for a rate write {number}%", "比率请写“{number}%”"),
    "unit-of-step": Wording(
        "the formula gives {measured}, the step is in {size}", "公式结果是{measured}，每一档写的是{size}"
    ),
    "use-percentage-points": Wording(
        "for a difference of rates write percentage points: each 1 pp",
        "比率相差多少请写“个百分点”，如：每超过 1 个百分点",
    ),
    "ambiguous-percent": Wording(
        "“{number}%” may be {number} percentage points or {number}% of the reference, which is {points} percentage points",
        "“{number}%”有两种理解：{number} 个百分点，或标准值的 {number}%（即 {points} 个百分点）",
    ),
    "percent-of-nothing": Wording(
        "the reference is 0, and {number}% of it is nothing", "标准值是 0，它的 {number}% 没有意义"
    ),
    # Criteria.
    "no-scoring": Wording("“{name}” does not say how it is scored", "“{name}”没有写评分标准"),
    "scoring-form": Wording(
        "for example: scoring: ≤ 100% → 3 points; each 1 pp above deducts 0.5 points, down to 0",
        "例如：评分：≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。",
    ),
    "no-formula": Wording("“{name}” does not say what is measured", "“{name}”没有写按什么数评分"),
    "formula-form": Wording("for example: formula: staff / posts", "例如：公式：在职人员数 ÷ 编制数"),
    "condition-on-nothing": Wording("the condition does not say which fact it is about", "条件没有写明针对哪一项事实"),
    "not-a-number": Wording("“{name}” is not a number and cannot stand in a formula", "“{name}”不是数值，不能参加计算"),
    "levels-are-for-bands": Wording(
        "hold it against its levels in a condition: “name is level → points”", "请在评分条件中使用：“名称为某档，计…分”"
    ),
    "level-held-against-number": Wording(
        "“{name}” is not a number and cannot be held against one", "“{name}”不是数值，不能与数字比较"
    ),
    "number-held-against-level": Wording(
        "a number is measured here and cannot be “{value}”", "这里评的是数值，不能为“{value}”"
    ),
    "not-yes-no": Wording("“{name}” is not a yes / no fact", "“{name}”不是“是／否”事实"),
    "not-a-level-fact": Wording("“{name}” has no levels, so it cannot be “{value}”", "“{name}”不分档，不能为“{value}”"),
    "item-not-yes-no": Wording("the checklist item “{name}” is not a yes / no fact", "要点“{name}”不是“是／否”事实"),
    "declare-yes-no": Wording("declare it: {name} (yes / no)", "在“事实”中声明：{name}（是／否）"),
    "item-without-points": Wording("a checklist item needs a number of points", "要点必须写明分数"),
    "item-twice": Wording("the checklist item “{name}” is counted twice", "要点“{name}”重复计分"),
    "items-and-bands": Wording("a checklist is mixed with other clauses", "逐项计分与其他计分方式混在一起"),
    "items-alone": Wording("give the checklist an indicator of its own", "请把逐项计分单列一个指标"),
    "items-do-not-add-up": Wording(
        "the items of “{name}” add up to {sum} points, its full marks are {full}",
        "“{name}”各要点合计 {sum} 分，满分 {full} 分",
    ),
    "points-above-full": Wording(
        "{points} points, but the full marks of “{name}” are {full}", "计 {points} 分，超过“{name}”的满分 {full} 分"
    ),
    "proportion-needs-rate": Wording(
        "points in proportion need a rate; the formula of “{name}” gives none",
        "按比例计分要求公式结果是比率，“{name}”不是",
    ),
    "unstated-edge": Wording("the range does not say which of its ends belong to it", "没有写明区间的哪一端含在内"),
    "edge-forms": Wording(
        "write 10–20% (inclusive) when the upper end belongs to it, 80% (inclusive) – 90% when the lower one does",
        "含上限写“10-20%（含）”，含下限写“80%（含）至90%”",
    ),
    "empty-interval": Wording("no value lies in this range", "没有数值落在这个区间"),
    "low-first": Wording("write the smaller end first", "小的一端写在前面"),
    "step-without-reference": Wording("the step does not say from where it counts", "没有写明从哪个数起算"),
    "state-reference": Wording(
        "put a band before it (≤ 100% → 3 points), or say it: each 5 pp below 100%",
        "在前面写出得满分的界限（≤ 100%，计 3 分），或直接写明：每低于 100% 5 个百分点",
    ),
    "unstated-reading": Wording("it is not said what a fraction of a step counts as", "没有写明不足一档的零头如何计算"),
    "reading-forms": Wording(
        "in the header: fraction: whole steps only | started steps count | counted in proportion; or behind the step",
        "在表头写“零头：不足一档不计”（或“按一档计”“按比例计”），或写在本条之后",
    ),
    "step-size-zero": Wording("the step has no size", "每一档的大小是 0"),
    "step-of-nothing": Wording("the step moves no points", "每一档的分数是 0"),
    "step-above-full": Wording(
        "one step moves {points} points, more than the full marks {full} of “{name}”",
        "每一档 {points} 分，超过“{name}”的满分 {full} 分",
    ),
    "too-many-steps": Wording("the criterion has more than {limit} steps", "分档超过 {limit} 档"),
    # Marks.
    "no-marks": Wording("“{name}” has no points", "“{name}”的分值是 0"),
    "empty-level": Wording("no indicator belongs to “{name}”", "“{name}”之下没有指标"),
    "level-marks": Wording(
        "the indicators of “{name}” add up to {sum} points, {difference} {way} than its {full}",
        "“{name}”之下各指标合计 {sum} 分，比 {full} 分{way} {difference} 分",
    ),
    "rubric-marks": Wording(
        "the levels add up to {sum} points, {difference} {way} than the {full} of “{name}”",
        "各一级指标合计 {sum} 分，比“{name}”的满分 {full} 分{way} {difference} 分",
    ),
    # Examples.
    "example-differs": Wording(
        "the example says {expected} points, the rule gives {points}", "示例写 {expected} 分，按规则得 {points} 分"
    ),
    "example-incomplete": Wording("the example leaves facts out: {names}", "示例缺少事实：{names}"),
}
