"""What is said of a rule file: what is, then what to do."""

from rubric.messages.wording import Wording

RULE_FINDINGS: dict[str, Wording] = {
    # The text as a whole.
    "too-many-lines": Wording("the file has more than {limit} lines", "文件超过 {limit} 行"),
    "too-many-words": Wording("the file has more than {limit} words and marks", "文件超过 {limit} 个词和符号"),
    "split-file": Wording("split it into several rubrics", "请拆成几张评分表"),
    "line-too-long": Wording(
        "the line has {length} characters; a line may have {limit}", "本行有 {length} 个字符，每行最多 {limit} 个字符"
    ),
    "field-too-long": Wording(
        "the field has more than {limit} words and marks; split it into several",
        "这一项超过 {limit} 个词和符号，请拆成几项",
    ),
    "too-deep": Wording("brackets are nested more than {limit} deep", "括号嵌套超过 {limit} 层"),
    "number-too-long": Wording("the number has more than {limit} digits", "数字超过 {limit} 位"),
    "name-too-long": Wording("the name has more than {limit} characters", "名称超过 {limit} 个字"),
    "meaning-behind-colon": Wording(
        "take a short name and put what it means behind a colon", "名称请写短，具体含义写在冒号之后"
    ),
    "formula-too-large": Wording(
        "the formula, with the definitions it uses, has more than {limit} names and numbers",
        "公式连同所用的定义超过 {limit} 个名称和数字",
    ),
    "empty-file": Wording("the file holds no rubric", "文件中没有评分表"),
    "before-title": Wording("text before the rubric’s first line", "评分表开头之前有文字"),
    "begin-with-title": Wording("begin with: rubric “title”", "第一行写：评分表「名称」"),
    "findings-left-out": Wording(
        "more than {limit} findings; correct the ones above first", "问题超过 {limit} 处，其余未列出，请先改正以上各处"
    ),
    # Words.
    "keyword-needs-space": Wording(
        "“{word}” is joined to the name behind it", "「{word}」与后面的名称连写，分不清名称从哪里开始"
    ),
    "field-needs-colon": Wording("there is no colon behind “{word}”", "「{word}」后面缺少冒号"),
    "write": Wording("write: {text}", "写作：{text}"),
    "unknown-keyword": Wording("no line begins with the word “{word}”", "没有以「{word}」开头的写法"),
    "unknown-field": Wording("there is no field “{word}” here", "这里没有「{word}」这一项"),
    "fields-here": Wording("the fields here are: {names}", "这里可以写：{names}"),
    "unknown-word": Wording(
        "“{word}” is neither a declared name nor a word of the language", "「{word}」既不是已声明的名称，也不是评分用语"
    ),
    "nearest": Wording("the nearest right one is: {name}", "最接近的写法是：{name}"),
    "expected-here": Wording("expected here: {expected}", "这里应写：{expected}"),
    "unexpected": Wording("“{found}” cannot stand behind “{before}”", "「{before}」后面不能接「{found}」"),
    "unexpected-first": Wording("it cannot begin with “{found}”", "开头不能是「{found}」"),
    "unfinished": Wording("something is missing behind “{before}”", "「{before}」后面没有写完"),
    "empty-field": Wording("nothing stands behind “{word}”", "「{word}」后面没有内容"),
    "left-bracket-alone": Wording("this “(” has no “)”", "这个“（”没有与之对应的“）”"),
    "right-bracket": Wording("put “)” where the bracket ends, or leave “(” out", "请补上“）”，或删去“（”"),
    "right-bracket-alone": Wording("this “)” has no “(”", "这个“）”没有与之对应的“（”"),
    "left-bracket": Wording("put “(” where the bracket begins, or leave “)” out", "请补上“（”，或删去“）”"),
    "equals-missing": Wording("the definition has no “=”", "定义中没有“=”"),
    "definition-form": Wording("for example: available = opening + added", "例如：可用预算 = 上年结转 + 年初预算"),
    "points-left-out": Wording("“{word}” does not say how many points", "「{word}」没有写明几分"),
    "marks-missing": Wording("“{name}” does not say its full marks", "「{name}」没有写明分值"),
    "field-twice": Wording("“{word}” stands here a second time", "「{word}」写了两次"),
    "join-fields": Wording("keep one, or join the two", "请保留一处，或合并为一处"),
    "name-is-keyword": Wording(
        "“{name}” is a word of the language and cannot be a name", "「{name}」是评分用语，不能用作名称"
    ),
    "rename": Wording(
        "take a longer name, such as one that says whose or which it is", "请换一个更具体的名称，例如写明是谁的、哪一项"
    ),
    # Names.
    "unknown-name": Wording("no fact or definition is called “{name}”", "“事实”和“定义”中没有「{name}」"),
    "declare": Wording("declare it under facts: {name} (unit): meaning", "请在“事实”中写明：{name}（单位）：含义"),
    "declared-twice": Wording("“{name}” is declared twice; first on line {line}", "「{name}」与第 {line} 行重名"),
    "remove-one": Wording("leave one of the two out, or give it a name of its own", "请删去一处，或改用不同的名称"),
    "circular-definition": Wording("“{name}” is defined by itself: {path}", "「{name}」的定义绕回自身：{path}"),
    "rest-on-facts": Wording("let it rest on facts alone", "定义最终应由“事实”中的名称算出"),
    "make-it-a-fact": Wording(
        "have a part of it reported as a fact of its own", "请把其中一部分改为“事实”，由部门直接填报"
    ),
    "unknown-level": Wording("“{name}” has no level “{value}”", "「{name}」没有「{value}」这一档"),
    "levels-are": Wording("its levels are: {levels}", "可选的档次：{levels}"),
    "level-twice": Wording("the level “{name}” stands twice in the list", "档次「{name}」列了两次"),
    # Header.
    "not-a-year": Wording("“{found}” is not a year", "「{found}」不是年度"),
    "year-form": Wording("for example: year: 2017", "例如：年度：2017"),
    "grade-without-floor": Wording("the grade “{name}” has no lowest total", "等级「{name}」没有写明最低分"),
    "grades-out-of-order": Wording(
        "the grade “{name}” does not lie below the one before it", "等级「{name}」的分数线不低于前一等级"
    ),
    "grades-do-not-meet": Wording(
        "the grades “{above}” and “{name}” do not meet: some totals have no grade, or two",
        "等级「{above}」与「{name}」的分数线不相接，有的总分没有等级或有两个等级",
    ),
    "grades-meet": Wording(
        "for example: excellent 90 (inclusive) and above; good 80 (inclusive) to 90; otherwise poor",
        "例如：90（含）以上优；80（含）至 90 良；其余为差",
    ),
    "no-lowest-grade": Wording("totals below “{name}” have no grade", "低于「{name}」的总分没有等级"),
    "no-grades": Wording("the rubric has no grades", "没有写等级"),
    "grades-form": Wording(
        "for example: grades: excellent ≥ 90; good ≥ 80; fair ≥ 60; otherwise poor",
        "例如：等级：优 ≥ 90 分；良 ≥ 80 分；中 ≥ 60 分；其余为差",
    ),
    "no-indicators": Wording("the rubric has no indicators", "没有指标"),
    "indicator-form": Wording("for example: indicator staff_rate (3 points)", "例如：指标 在职人员控制率（3 分）"),
    # Facts.
    "fact-without-unit": Wording("“{name}” has neither a unit nor levels", "「{name}」没有写单位或档次"),
    "fact-form": Wording(
        "for example: {name} (people), {name} (yes / no) or {name} (good / fair / poor)",
        "例如：{name}（人）、{name}（是／否）或{name}（好／一般／差）",
    ),
    "unknown-unit": Wording("“{unit}” is not a unit", "没有「{unit}」这个单位"),
    "units-known": Wording(
        "units: 元 yuan, 万元 wan yuan, %, pp, people, items, times …; yes / no; or levels: good / fair / poor",
        "单位如：元、万元、亿元、%、个百分点、人、个、次、例；判断写：是／否；档次写：好／一般／差",
    ),
    # Sources.
    "source-form": Wording(
        "for example: staff: people in post; posts: authorised (value) posts; rules made: has made rules → yes",
        "例如：在职人员数：实有在职人员；编制数：核定编制（值）个；已制定管理制度：制定了管理制度 → 是",
    ),
    "source-words": Wording(
        "the words of the report are missing here, or the value stands in them twice",
        "这里没有写报告里的话，或者一句话里写了两个取值",
    ),
    "source-value": Wording(
        "this value is none that the fact can have, or it cannot be said in this way",
        "取值不是这项事实能有的值，或者不能这样写：数带单位，是／否用“→”，指标不写取值",
    ),
    "source-without-value": Wording(
        "“{name}” is no number: say what these words mean", "「{name}」不是数，没有写明这句话是什么意思"
    ),
    # Units.
    "mixed-units": Wording(
        "{left} and {right} cannot be added, subtracted or compared",
        "单位不一致：一边是{left}，另一边是{right}，不能相加减",
    ),
    "number-without-unit": Wording(
        "the number {number} has no unit and cannot be added to or taken from {other}",
        "数字 {number} 没有单位，不能与{other}相加减",
    ),
    "check-units": Wording(
        "correct the unit here, or where the name is declared", "请改正这里的单位，或“事实”中声明的单位"
    ),
    "points-are-differences": Wording(
        "a percentage point is a difference of two rates, a per cent a share; write the one that is meant",
        "“%”是比率，“个百分点”是两个比率之差，请写明是哪一种",
    ),
    "unit-of-edge": Wording(
        "what is measured is in {measured}, the limit in {edge}", "这里评的是{measured}，界限写的却是{edge}"
    ),
    "edge-without-unit": Wording(
        "the limit {number} has no unit; what is measured is in {measured}",
        "界限 {number} 没有单位，这里评的是{measured}",
    ),
    "step-without-unit": Wording(
        "the step of {number} has no unit; what is measured is in {measured}",
        "每一档 {number} 没有单位，这里评的是{measured}",
    ),
    "write-unit": Wording("write the unit behind the number", "请在数字后写明单位"),
    "use-percent": Wording("for a rate write {number}%", "比率请写“{number}%”"),
    "unit-of-step": Wording(
        "what is measured is in {measured}, the step in {size}", "这里评的是{measured}，每一档写的却是{size}"
    ),
    "use-percentage-points": Wording(
        "for a difference of rates write percentage points: each 1 pp",
        "比率相差多少请写“个百分点”，例如：每超过 1 个百分点",
    ),
    "ambiguous-percent": Wording(
        "“{number}%” may be {number} percentage points or {number}% of the reference ({points} percentage points)",
        "“{number}%”有两种理解：{number} 个百分点，或标准值的 {number}%（即 {points} 个百分点）",
    ),
    "write-points-of-rate": Wording(
        "write “{number} pp” or “{points} pp”", "请写“{number} 个百分点”或“{points} 个百分点”"
    ),
    "percent-of-nothing": Wording(
        "the reference is not above 0, and {number}% of it is not a step",
        "标准值不大于 0，按它的 {number}% 分档没有意义",
    ),
    # Criteria.
    "no-scoring": Wording("“{name}” does not say how it is scored", "「{name}」没有写评分标准"),
    "scoring-form": Wording(
        "for example: scoring: ≤ 100% → 3 points; each 1 pp above deducts 0.5 points, down to 0",
        "例如：评分：≤ 100%，计 3 分；每超过 1 个百分点扣 0.5 分，扣完为止。",
    ),
    "no-formula": Wording("“{name}” does not say what is measured", "「{name}」没有写按什么数评分"),
    "formula-form": Wording("for example: formula: staff / posts", "例如：公式：在职人员数 ÷ 编制数"),
    "not-a-number": Wording(
        "“{name}” is not a number and cannot stand in a formula", "「{name}」不是数值，不能参加计算"
    ),
    "levels-are-for-bands": Wording(
        "hold it against its levels in a condition: “name is level → points”", "请写在评分条件中：“名称为某档，计…分”"
    ),
    "level-held-against-number": Wording(
        "“{name}” is not a number and cannot be held against one", "「{name}」不是数值，不能与数字比较"
    ),
    "number-held-against-level": Wording(
        "a number is measured here; it cannot be “{value}”", "这里评的是数值，不能写「{value}」"
    ),
    "limit-form": Wording("write a limit, such as: ≥ 90%", "请写界限，例如：≥ 90%"),
    "not-yes-no": Wording("“{name}” is not a yes / no fact", "「{name}」不是“是／否”事实"),
    "not-a-level-fact": Wording(
        "“{name}” has no levels, so it cannot be “{value}”", "「{name}」不分档，不能为「{value}」"
    ),
    "yes-no-form": Wording("write “{name} is yes” or “{name} is no”", "请写“{name}为是”或“{name}为否”"),
    "item-not-yes-no": Wording("the checklist item “{name}” is not a yes / no fact", "要点「{name}」不是“是／否”事实"),
    "declare-yes-no": Wording("declare it under facts: {name} (yes / no)", "请在“事实”中写明：{name}（是／否）"),
    "item-without-points": Wording("the checklist item does not say how many points it earns", "要点没有写明分数"),
    "write-points": Wording("write the number of points, such as: 1 point", "请写明分数，例如：计 1 分、扣 1 分"),
    "item-twice": Wording("the checklist item “{name}” is counted twice", "要点「{name}」重复计分"),
    "items-and-bands": Wording("a checklist is mixed with other clauses", "逐项计分与其他计分方式混在一起"),
    "items-alone": Wording("give the checklist an indicator of its own", "请把逐项计分的要点单列一个指标"),
    "items-do-not-add-up": Wording(
        "the items of “{name}” add up to {sum} points, its full marks are {full}",
        "「{name}」各要点合计 {sum} 分，满分却是 {full} 分",
    ),
    "check-marks": Wording("correct the points here or the full marks", "请核对这里的分数与满分，改正其中一处"),
    "points-above-full": Wording(
        "{points} points, but the full marks of “{name}” are {full}", "计 {points} 分，超过「{name}」的满分 {full} 分"
    ),
    "proportion-needs-rate": Wording(
        "points in proportion need a rate; what “{name}” measures is none",
        "按比例计分要求评的是比率，「{name}」评的不是比率",
    ),
    "rate-form": Wording(
        "write what is divided by what: formula: done / planned", "请写明谁除以谁，例如：公式：完成数 ÷ 计划数"
    ),
    "unstated-edge": Wording("the range does not say which of its ends belong to it", "没有写明区间的哪一端含在内"),
    "edge-forms": Wording(
        "write 10–20% (inclusive) when the upper end belongs to it, 80% (inclusive) – 90% when the lower one does",
        "含上限写“10-20%（含）”，含下限写“80%（含）至90%”",
    ),
    "empty-interval": Wording("no value lies in this range", "没有数值落在这个区间"),
    "low-first": Wording("write the smaller end first", "请把小的一端写在前面"),
    "band-hidden": Wording(
        "this band is never reached: an earlier one already holds all of it", "这一档用不上：前面的一档已经把它包括在内"
    ),
    "stricter-first": Wording(
        "the first band that holds counts; put the stricter one first",
        "各档从前往后看，先符合的先用，请把要求高的写在前面",
    ),
    "band-without-points": Wording("it is not said what this condition earns", "没有写明符合这个条件得多少分"),
    "step-hidden": Wording(
        "this step is never reached: a band already holds all of it", "“每…”这一条用不上：前面的分档已经包括这些数值"
    ),
    "check-side": Wording("see whether “above” or “below” is meant", "请核对应写“超过”还是“低于”"),
    "two-numbers": Wording("two numbers stand here, the first without a unit", "这里有两个数，前一个没有单位"),
    "thousands": Wording(
        "write thousands as 1,000; write the unit of the number from which the step counts",
        "千位分隔请用半角逗号（1,000）；如前一个是起算的数，请写明单位",
    ),
    "two-references": Wording(
        "the standard and the limit before the step are two different numbers to count from",
        "标准与前面的界限不同，不知道从哪个数起算",
    ),
    "limit-without-number": Wording("“{word}” does not say what to hold against", "「{word}」没有写明与什么数比较"),
    "state-standard": Wording(
        "write the number behind it, or say before it: reference 100%", "请在后面写明数字，或先写“以 100% 为标准”"
    ),
    "step-without-reference": Wording("the step does not say from where it counts", "没有写明从哪个数起算"),
    "state-reference": Wording(
        "put a band before it (≤ 100% → 3 points), or say it: each 5 pp below 100%",
        "请在前面写明得满分的界限（≤ 100%，计 3 分），或直接写：每低于 100% 5 个百分点",
    ),
    "step-behind-condition": Wording(
        "the condition before the step is not the limit from which it counts", "“每…”之前的条件不是起算的界限"
    ),
    "step-of-another-fact": Wording(
        "the step counts “{name}”, the formula measures something else", "本条数的是「{name}」，公式评的是另一项"
    ),
    "one-measure": Wording("name the same fact in both, or leave it out here", "请两处写同一项事实，或在这里省去名称"),
    "another-measure": Wording("this measures something else than the formula", "这里评的与公式评的不是同一个数"),
    "one-formula": Wording("write the same in both, or leave the formula out", "请两处写成一样，或删去公式一项"),
    "all-of-nothing": Wording("“{word}” does not say which facts", "「{word}」没有写明是哪几项"),
    "name-them": Wording("name the facts: both plan and total are met", "请先写明是哪几项，例如：年度与累计都达标"),
    "reduced-from-nothing": Wording(
        "it is not said below which limit the points are reduced in proportion", "没有写明低于什么数按比例减分"
    ),
    "reduced-form": Wording(
        "for example: formula: growth; scoring: ≥ 5% → full marks; below it in proportion",
        "例如：公式写所评的数，评分写：不低于 5%，得满分；低于的按比例减分",
    ),
    "levels-and-points": Wording(
        "{levels} levels stand here and {points} numbers of points", "这里列了 {levels} 档、{points} 个分数，对不上"
    ),
    "one-each": Wording(
        "give each level its points, in the same order", "请按同样的次序，每一档写一个分数；写了“几档”的，与档数一致"
    ),
    "rank-beside-others": Wording("points by rank stand beside other clauses", "按名次计分与其他计分方式写在一起"),
    "rank-alone": Wording(
        "give the rank an indicator of its own, or measure it: formula: group rank (rate)",
        "请把按名次计分的单列一个指标，或在公式中写：全组名次（某数）",
    ),
    "said-otherwise": Wording(
        "“{name}” earns {points} points, but {lost} are taken for what is missing",
        "「{name}」写的是 {points} 分，缺一项却扣 {lost} 分",
    ),
    "say-once": Wording(
        "let both be the same, or leave what is taken out: an item that is missing earns nothing",
        "请改成一致，或删去后一句：缺的一项本来就不得分",
    ),
    "unstated-reading": Wording("it is not said what a fraction of a step counts as", "没有写明不足一档的零头如何计算"),
    "reading-forms": Wording(
        "write “fraction: whole steps only” in the header (or: started steps count, counted in proportion)",
        "请在表头写“零头：不足一档不计”（或“按一档计”“按比例计”）",
    ),
    "step-size-zero": Wording("the step has no size", "每一档的大小不大于 0"),
    "step-of-nothing": Wording("the step moves no points", "每一档的分数是 0"),
    "more-than-nothing": Wording("write a number above 0", "请写大于 0 的数"),
    "step-above-full": Wording(
        "one step moves {points} points, more than the full marks {full} of “{name}”",
        "每一档 {points} 分，超过「{name}」的满分 {full} 分",
    ),
    "too-many-steps": Wording("the criterion has more than {limit} steps", "分档超过 {limit} 档"),
    # Quantities that are more than the four operations.
    "levels-asked-of-number": Wording("“{name}” has no levels to go by", "「{name}」不分档次，不能按它取值"),
    "declare-levels": Wording(
        "declare it with its levels under facts: {name} (central / west / east)",
        "请在“事实”中写明它的档次，例如：{name}（中部／西部／东部）",
    ),
    "levels-without-value": Wording(
        "no value is given for: {levels} of “{name}”", "「{name}」的这些档次没有取值：{levels}"
    ),
    "value-for-each-level": Wording(
        "give each level a value, or write otherwise and a value", "请写全各档的取值，或写“其余”和取值"
    ),
    "marks-outside-scoring": Wording(
        "the full marks of an indicator mean something in its own formula and criterion only",
        "“本项分值”只能写在指标的公式或评分中",
    ),
    "marks-in-scoring": Wording("write the number of points here", "这里请直接写分数"),
    "points-outside-overall": Wording(
        "the points of an indicator are not known before everything is scored",
        "指标的得分要在全部评完之后才有，这里不能用",
    ),
    "points-in-overall": Wording(
        "use the points of an indicator under overall; here, name the fact or the rate",
        "指标得分请写在“总评”中；这里请写事实或比率的名称",
    ),
    "percentile-share": Wording(
        "a percentile, and no other figure of the group, says which share lies below",
        "全组分位值须写明百分之几，其他全组数不写",
    ),
    "percentile-form": Wording("for example: group percentile (rate, 20%)", "例如：全组分位值（完成率，20%）"),
    # Tables.
    "unknown-table": Wording("no table is called “{name}”", "没有名为「{name}」的表"),
    "table-form": Wording(
        "declare it: table targets, then a line for each column: target (number)",
        "请先声明：表 绩效指标，下面逐行写各列，例如：目标值（数）",
    ),
    "rows-of-no-table": Wording("it is not said which table the rows are of", "没有写明是哪个表的各行"),
    "rows-form": Wording(
        "name a column of the table, as in: row sum (amount); or score the rows with “row indicator”",
        "请写表中某一列的名称，例如：各行合计（金额）；逐行打分的，用“逐行指标”",
    ),
    "column-outside": Wording(
        "“{name}” is a column of “{table}”: each row has one of its own",
        "「{name}」是表「{table}」的一列，各行各有一个数",
    ),
    "rows-without-name": Wording("no column of “{name}” names its rows", "表「{name}」没有写各行名称的一列"),
    "name-column": Wording("add a column of text, such as: name (text)", "请加一列文字，例如：指标名称（文字）"),
    "rows-without-marks": Wording("the rows of “{name}” have no full marks", "表「{name}」没有各行分值的一列"),
    "marks-column": Wording(
        "add a column in points, such as: marks (points)", "请加一列以分为单位的数，例如：行分值（分）"
    ),
    # How clauses count.
    "gives-and-takes": Wording(
        "some clauses give points and some take them; the highest or lowest of them cannot be told",
        "有的计分，有的扣分，无法比较取高取低",
    ),
    "give-or-take": Wording("let all of them give points, or all take them", "请都写成计分，或都写成扣分"),
    "unstated-combination": Wording(
        "several clauses take points for different things; it is not said if they add up",
        "几条扣分针对不同的事项，没有写明是累计扣分还是只扣一项",
    ),
    "combination-forms": Wording(
        "write before them: each counts; or: the lowest counts", "请在前面写“分别计分”；只扣最多的一项的，写“取最低”"
    ),
    "series-without-stride": Wording(
        "“and so on” does not follow two bands at an even stride", "“依次类推”之前没有间隔相等的两档"
    ),
    "series-form": Wording(
        "for example: ≥ 100% → 10 points; ≥ 90% → 9 points; and so on",
        "例如：≥ 100%，计 10 分；≥ 90%，计 9 分；依次类推",
    ),
    "nothing-to-scale": Wording("nothing is deducted that could count less", "没有扣分的条款，减半扣分用不上"),
    "scale-what": Wording("write “points count half” if what is earned counts half", "如指得分减半，请写“减半计分”"),
    "empty-choice": Wording("no number of points lies in this range", "没有分数落在这个范围"),
    "line-without-ends": Wording(
        "it is not said between which two numbers the points lie on a line", "没有写明在哪两个数之间按插值计分"
    ),
    "line-form": Wording(
        "for example: ≤ 60% → no points; ≥ 90% → 5 points; interpolated; or: [60%, 90%] on a line from 0 to 5 points",
        "例如：≤ 60%，不得分；≥ 90%，计 5 分；之间按比例计分；或：60% 至 90%，按插值法计 0 至 5 分",
    ),
    "points-of-another-unit": Wording("the formula gives {unit}, not points", "这个算式得出的是{unit}，不是分数"),
    "points-form": Wording(
        "multiply a rate by the full marks: points = done / planned × own marks",
        "比率要乘以分值，例如：得分 = 完成数 ÷ 计划数 × 分值",
    ),
    "unstated-rounding": Wording("it is not said how it is rounded", "没有写明怎样取舍"),
    "rounding-form": Wording(
        "for example: points half up to 1 decimal (or: half even, cut off, rounded up)",
        "例如：得分四舍五入保留一位小数（或“舍去尾数”“进一”“四舍六入五成双”）",
    ),
    "rounded-against-quantity": Wording(
        "a rounded value is held against a quantity, and not against a number",
        "取整后的数与另一项数量比较，无法直接判断",
    ),
    "define-rate": Wording(
        "measure the rate of the two, and hold it against a number", "请改评两者之比，再与一个数比较"
    ),
    "too-many-cases": Wording(
        "“{name}” comes apart into more cases than can be followed", "「{name}」分出的情形过多，无法逐一核对"
    ),
    "divide-indicator": Wording(
        "divide the indicator, or let fewer things decide at once", "请拆成几个指标，或减少同时起作用的条件"
    ),
    # What criteria leave out.
    "gap": Wording("“{name}”: no clause says what this earns: {cases}", "「{name}」没有规定这种情形如何计分：{cases}"),
    "gaps-more": Wording("{count} more cases like this", "类似的情形还有 {count} 种"),
    "cover-gap": Wording(
        "move an edge, add a band, or end with: otherwise → … points", "请调整界限、补写一档，或在最后写“其余……”"
    ),
    "zero-denominator": Wording(
        "“{name}” divides by 0 where {case}; nothing says what then holds",
        "{case}时，「{name}」的公式以 0 作除数，没有规定如何计分",
    ),
    "say-of-zero": Wording(
        "if that cannot be, declare it above 0: {names}; if it can, say what it earns: not applicable: … = 0 → …",
        "如不会出现，请在“事实”中写明“大于 0”：{names}；如会出现，请用“不适用”写明如何计分",
    ),
    "overlap": Wording(
        "two bands of “{name}” hold {value}: one gives {first} points, the other {second}; the first counts",
        "「{name}」有两档都包括 {value}：一档计 {first} 分，一档计 {second} 分，按先写的一档计",
    ),
    "part-bands": Wording(
        "say to which band the edge belongs: (inclusive), (exclusive)", "请写明界限归哪一档：（含）、（不含）"
    ),
    "never-reached": Wording("no facts ever reach this clause of “{name}”", "「{name}」的这一条任何情形都用不上"),
    "check-clause": Wording("correct its conditions, or leave it out", "请核对这一条的条件，或删去"),
    "points-turn-back": Wording(
        "the points of “{name}” go down and up again: {one} earns {more}, {two} earns {less}, {three} earns {again}",
        "「{name}」的分数先降后升：{one} 计 {more} 分，{two} 计 {less} 分，{three} 又计 {again} 分",
    ),
    "check-order": Wording("see whether the points of two bands are exchanged", "请核对各档的分数有没有写颠倒"),
    "worse-level-earns-more": Wording(
        "a worse level of “{name}” earns more: {better} {less} points, {worse} {more} points",
        "「{name}」较差的一档得分反而多：{better}计 {less} 分，{worse}计 {more} 分",
    ),
    "check-levels": Wording(
        "correct the points, or list the levels from the best to the worst",
        "请核对分数；“事实”中的档次应从好到差排列",
    ),
    "full-marks-out-of-reach": Wording(
        "“{name}” has {full} points, and no facts earn more than {most}",
        "「{name}」满分 {full} 分，最多只能得 {most} 分",
    ),
    "last-step-cut": Wording(
        "“{name}”: steps of {amount} do not divide {room} points; the last one counts {rest}",
        "「{name}」每档 {amount} 分除不尽 {room} 分，最后一档只计 {rest} 分",
    ),
    "last-step-cut-help": Wording(
        "if it is meant so, leave it; else correct the step or the full marks",
        "如原意如此，不必改动；否则请核对每档的分数或满分",
    ),
    "coverage-not-told": Wording(
        "“{name}” comes apart into too many cases to be looked at for gaps",
        "「{name}」的情形过多，没有逐一检查有无遗漏",
    ),
    "unused-fact": Wording("no rule uses the fact “{name}”", "没有规则用到事实「{name}」"),
    "unused-definition": Wording("no rule uses the definition “{name}”", "没有规则用到定义「{name}」"),
    "unused-table": Wording("no rule uses the table “{name}”", "没有规则用到表「{name}」"),
    "unused-column": Wording(
        "no rule uses the column “{name}” of “{table}”", "没有规则用到表「{table}」的「{name}」一列"
    ),
    "use-or-remove": Wording(
        "use it, or leave it out, so that nobody is asked for it in vain", "请在规则中使用，或删去，免得部门白填"
    ),
    "no-basis": Wording("the rubric does not say what it is based on", "没有写评分表的依据"),
    "basis-form": Wording("for example: basis: Caiyu 〔2011〕 85", "例如：依据：财预〔2011〕85号"),
    "year-differs": Wording(
        "the text speaks of {year}, the rubric is for {period}", "文字里写的是 {year} 年，评分表是 {period} 年度的"
    ),
    "check-year": Wording("correct the year here or in the header", "请核对这里和表头的年度，改正其中一处"),
    # Amendments.
    "no-base": Wording("there is no rule file “{name}” to be based on", "没有可供修订的规则文件「{name}」"),
    "too-many-bases": Wording("more than {limit} files are based on one another", "层层修订超过 {limit} 层"),
    "base-form": Wording(
        "name a rule file beside this one, or one that comes with the program: amends: hunan/base.rubric",
        "请写同一文件夹中的规则文件，或随程序提供的规则文件，例如：修订自：hunan/base.rubric",
    ),
    "not-in-base": Wording("no level or indicator of the base is called “{name}”", "原评分表中没有指标「{name}」"),
    "name-of-base": Wording("write a name as the base has it", "请照原评分表写指标名称"),
    "no-place": Wording("it is not said where the new indicator stands", "没有写明新增的指标放在哪里"),
    "place-form": Wording(
        "write it below its level, or say: after: name of an indicator",
        "请写在所属的一级、二级指标之下，或写明“位置：在某指标之后”",
    ),
    "change-unreadable": Wording("it is not said which words are changed", "没有写明把什么改为什么"),
    "change-not-found": Wording("the base does not say “{text}” here", "原评分表这一项中没有“{text}”"),
    "change-in-many-places": Wording(
        "the base says “{text}” here {places} times", "原评分表这一项中有 {places} 处“{text}”"
    ),
    "change-form": Wording(
        'copy the words as they stand in the base: change: "0.5 points" to "0.4 points"',
        "请照抄原文：修改：“扣 0.5 分”改为“扣 0.4 分”；不止一处的，多抄几个字",
    ),
    # The official text.
    "official-differs": Wording(
        "“{name}”: the official text and the rule give different points where {case}: {official} there, {rule} here",
        "「{name}」的原文与规则不一致：{case}时，原文为 {official}，规则为 {rule}",
    ),
    "official-number": Wording(
        "the official text says {official}, the rule {rule}", "原文说 {official}，规则写 {rule}"
    ),
    "official-number-missing": Wording(
        "the official text says {number}, the rule does not", "原文有 {number}，规则没有"
    ),
    "rule-number-added": Wording("the rule says {number}, the official text does not", "规则有 {number}，原文没有"),
    "official-edge": Wording(
        "the official text says {official} {number}, the rule {rule} {number}",
        "原文说 {official} {number}，规则写 {rule} {number}",
    ),
    "check-official": Wording("correct the rule, or the official text if it is copied wrongly", "请核对规则与原文"),
    # Suppression.
    "suppression-without-reason": Wording("“{finding}” is ignored without a reason", "忽略「{finding}」没有写明理由"),
    "suppression-form": Wording("write: # ignore {finding}: why", "写作：# 忽略 {finding}：理由"),
    "unused-suppression": Wording("nothing here has the finding “{finding}”", "这里没有「{finding}」这个问题"),
    "remove-suppression": Wording("leave the comment out", "请删去这条批注"),
    "error-not-ignored": Wording("“{finding}” is an error and cannot be ignored", "「{finding}」是错误，不能忽略"),
    "correct-error": Wording("correct it", "请改正"),
    # The whole.
    "years-turned-round": Wording("the last year lies before the first", "截止年度早于起始年度"),
    "choice-marks": Wording(
        "“{name}” has {full} points; where one of several counts, each has the {of} of “{group}”",
        "「{name}」为 {full} 分；各项择一的，每项都应是「{group}」的 {of} 分",
    ),
    "same-marks": Wording("give each of them the points of the level", "请把每一项的分值写成与上一级相同"),
    "unknown-scored": Wording("no indicator or level is called “{name}”", "没有名为「{name}」的指标"),
    "name-indicator": Wording("write the name of an indicator or of a level", "请写指标的名称"),
    "points-of-elsewhere": Wording("“{name}” does not belong to “{group}”", "「{name}」不在「{group}」之下"),
    "name-below": Wording("use what belongs to this level", "请用本级之下的指标"),
    "total-of-another-unit": Wording("the formula does not come to points", "合成公式得出的不是分数"),
    "total-form": Wording(
        "for example: together: work × 70% + review × 30%", "例如：合成：工作考核 × 70% + 专业评价 × 30%"
    ),
    "total-combined": Wording(
        "the total is a sum or a formula; the highest or lowest is for a level",
        "总分只能是合计或算式；取高、取低请写在一级、二级指标下",
    ),
    "total-forgets": Wording("“{name}” has no part in the total", "总分的合成公式没有用到「{name}」"),
    "name-in-total": Wording("name it in the formula, or leave it out of the rubric", "请写进公式，或从评分表中删去"),
    "provided-ordinary": Wording("only a bonus or a penalty can hang on a condition", "只有加分项、扣分项可以写“前提”"),
    "provided-bonus": Wording(
        "begin the indicator with “bonus”, or write “not applicable”", "请改为加分项，或改写“不适用”"
    ),
    "no-cap": Wording("it is not said what may not be passed", "没有写明不得超过多少分"),
    "cap-form": Wording(
        "for example: cap: execution rate < 60%, the total ≤ 79 points", "例如：上限：执行率 < 60%，总分不超过 79 分"
    ),
    "cap-above-full": Wording(
        "a cap at {points} points changes nothing, full marks are {full}",
        "上限 {points} 分高于满分 {full} 分，不起作用",
    ),
    "no-such-grade": Wording("the rubric has no grade “{name}”", "等级中没有「{name}」"),
    "grades-are": Wording("its grades are: {grades}", "已有的等级：{grades}"),
    "lowest-grade-barred": Wording(
        "“{name}” is the lowest grade; nothing is left if it is barred", "「{name}」是最低的等级，不能再往下定"
    ),
    "bar-a-higher": Wording("bar a higher grade, or fix the grade", "请写更高的等级，或写“等级为……”"),
    # Marks.
    "no-marks": Wording("“{name}” has no points", "「{name}」的分值是 0"),
    "empty-level": Wording("no indicator belongs to “{name}”", "「{name}」之下没有指标"),
    "level-marks": Wording(
        "the indicators of “{name}” add up to {sum} points, {difference} {way} than its {full}",
        "「{name}」之下各指标合计 {sum} 分，比 {full} 分{way} {difference} 分",
    ),
    "rubric-marks": Wording(
        "the levels add up to {sum} points, {difference} {way} than the {full} of “{name}”",
        "各一级指标合计 {sum} 分，比「{name}」的满分 {full} 分{way} {difference} 分",
    ),
    # Examples.
    "example-differs": Wording(
        "the example says {expected} points, the rule gives {points}", "示例写 {expected} 分，按规则得 {points} 分"
    ),
    "check-example": Wording("correct the example or the rule", "请核对示例与规则，改正其中一处"),
    "example-incomplete": Wording("the example leaves facts out: {names}", "示例缺少事实：{names}"),
    "complete-example": Wording("give the example a value for each", "请在示例中补上"),
    "example-undefined": Wording("the example divides by 0", "示例中除数为 0"),
    "example-uncovered": Wording("no clause says what the example earns", "示例的情形没有一条评分标准可用"),
    "cover-example": Wording("change the example, or say what such a case earns", "请改示例，或补写这种情形如何计分"),
    "example-unit": Wording(
        "“{name}” is declared in {declared}; the example gives {written}",
        "「{name}」的单位是{declared}，示例写的却是{written}",
    ),
    "example-without-unit": Wording(
        "“{name}” is declared in {declared}; the example gives no unit", "「{name}」的单位是{declared}，示例没有写单位"
    ),
    "example-needs-number": Wording(
        "“{name}” is a number; the example gives none", "「{name}」是数值，示例写的不是数值"
    ),
    "example-needs-level": Wording("“{name}” has levels; the example gives none", "「{name}」分档次，示例写的不是档次"),
    "example-needs-yes-no": Wording(
        "“{name}” is a yes / no fact; the example says neither", "「{name}」是“是／否”事实，示例写的不是“是”或“否”"
    ),
    "fact-kinds": Wording(
        "write, for example: staff 71 people, effect good, new_building no",
        "例如：在职人员数 71 人，行政效能 好，新建楼堂馆所 否",
    ),
}

# Codes that stand behind a finding as advice, and never alone.
RULE_ADVICE = frozenset(
    {
        *("split-file", "meaning-behind-colon", "begin-with-title", "write", "fields-here", "nearest"),
        *("expected-here", "right-bracket", "left-bracket", "definition-form", "join-fields", "rename", "declare"),
        *("remove-one", "rest-on-facts", "make-it-a-fact", "levels-are", "year-form", "grades-meet", "grades-form"),
        *("indicator-form", "fact-form", "units-known", "check-units", "points-are-differences", "write-unit"),
        *("use-percent", "use-percentage-points", "write-points-of-rate", "scoring-form", "formula-form"),
        *("levels-are-for-bands", "limit-form", "yes-no-form", "declare-yes-no", "write-points", "items-alone"),
        *("check-marks", "rate-form", "edge-forms", "low-first", "stricter-first", "check-side", "thousands"),
        *("state-standard", "state-reference", "one-measure", "reading-forms", "more-than-nothing"),
        *("check-example", "complete-example", "cover-example", "fact-kinds"),
        *("declare-levels", "value-for-each-level", "marks-in-scoring", "points-in-overall", "percentile-form"),
        *("table-form", "rows-form", "name-column", "marks-column", "give-or-take", "combination-forms", "series-form"),
        *("scale-what", "line-form", "points-form", "rounding-form", "define-rate", "same-marks"),
        *("name-indicator", "name-below", "total-form", "name-in-total", "provided-bonus", "cap-form", "grades-are"),
        *("bar-a-higher", "divide-indicator", "gaps-more", "cover-gap", "say-of-zero", "part-bands", "check-clause"),
        *("check-order", "check-levels", "last-step-cut-help", "use-or-remove", "basis-form", "check-year"),
        *("source-form", "base-form", "name-of-base", "place-form", "change-form"),
        *("check-official", "suppression-form", "remove-suppression", "correct-error"),
        *("bar-a-higher", "one-formula", "name-them", "reduced-form", "one-each", "rank-alone", "say-once"),
    }
)
