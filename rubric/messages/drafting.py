"""What is said while a scoring table is drafted into rules: refusals, what is left to a person, and the summary."""

from rubric.messages.wording import Wording

# Why a file cannot be read as a table.
TABLE_REFUSALS: dict[str, Wording] = {
    "extra-missing": Wording(
        "reading and writing {what} files needs an extra: pip install 'jixiao-rubric[{extra}]'",
        "读写 {what} 文件需要另装组件：pip install 'jixiao-rubric[{extra}]'",
    ),
    "table-damaged": Wording(
        "the file is damaged; open it in Excel or Word, save it anew, and try again",
        "文件已损坏，请用 Excel 或 Word 打开，另存一份后再试",
    ),
    "table-not-office": Wording(
        "this is neither an Excel workbook (.xlsx) nor a Word document (.docx)",
        "这既不是 Excel 工作簿（.xlsx），也不是 Word 文档（.docx）",
    ),
    "table-unpacks-too-large": Wording(
        "unpacked, the file is larger than {limit} MB, which no scoring table is",
        "文件解压后超过 {limit} MB，不像评分表；请只保留评分表，另存一份",
    ),
    "table-with-entities": Wording(
        "the file holds a document type declaration, which no Office program writes; it is not opened",
        "文件中有文档类型声明，办公软件不会写出这种内容，未予打开",
    ),
    "table-too-large": Wording(
        "the table has more than {rows} rows or {columns} columns; keep the scoring table alone and delete what lies "
        "beside it",
        "表格超过 {rows} 行或 {columns} 列，请只保留评分表，删去旁边的内容",
    ),
    "table-text-too-long": Wording(
        "the tables hold more than {limit} characters; keep the scoring table alone",
        "表格文字超过 {limit} 字，请只保留评分表",
    ),
    "old-office-file": Wording(
        "this is a .doc or .xls file of an older Office, or a protected one; save it as .docx or .xlsx, no password",
        "这是旧版的 .doc、.xls 文件，或有密码的文件，请另存为不带密码的 .docx 或 .xlsx",
    ),
    "no-scoring-table": Wording(
        "no scoring table was found: a row of headings is looked for that names indicators and points or criteria",
        "没有找到评分表：表头应有指标名称（如“三级指标”），并有“分值”或“评分标准”",
    ),
    "no-such-sheet": Wording(
        "no scoring table is called “{name}”; there are: {names}", "没有名为「{name}」的评分表，有：{names}"
    ),
    "draft-too-large": Wording(
        "the table is too large for one rule file: {reason}", "这张表写成一份规则文件过大：{reason}"
    ),
}

# What is missing, and must be filled in.
_FILL: dict[str, Wording] = {
    "fill-name": Wording("the name of the indicator", "指标名称"),
    "fill-marks": Wording("full marks; the table gives none", "分值，表中没有"),
    "fill-marks-unread": Wording("full marks; the table says “{text}”", "分值，表中写的是“{text}”"),
    "fill-marks-shared": Wording(
        "full marks; one cell holds those of {names} together", "分值，{names}合用一格，各占多少请分开写"
    ),
    "fill-level-marks": Wording("full marks of the level", "本级的分值"),
    "fill-grades": Wording(
        "grades, such as: grades: excellent ≥ 90 points; good ≥ 80 points; otherwise poor; leave them out if there are "
        "none",
        "等级，例如“等级：优 ≥ 90 分；良 ≥ 80 分；中 ≥ 60 分；其余为差”；不评等级的，删去本行",
    ),
    "fill-formula": Wording("the formula; the table gives none", "公式，表中没有写明怎样计算"),
    "fill-formula-unread": Wording(
        "the formula; what the table says is not one as it stands: {text} ({reason})",
        "公式，表中的写法不能直接作为公式：{text}（{reason}）",
    ),
    "fill-scoring": Wording(
        "the criterion; the official text is no rule as it stands: {reason}", "评分标准，原文不能直接作为规则：{reason}"
    ),
    "fill-scoring-absent": Wording("the criterion; the table gives none", "评分标准，表中没有"),
    "fill-scoring-marks": Wording("the criterion, once the full marks are known", "评分标准，先定分值，再写评分"),
    "fill-unit": Wording(
        "the unit of {names}: put it in place of “？”, such as wan yuan, people or %",
        "{names}的单位：把“？”改成单位，如 万元、人、%",
    ),
    "fill-levels": Wording(
        "all levels of {name}, best first, in place of “？”; named so far: {levels}",
        "{name}的全部档次：把“？”改成各档名称，从好到差，用“／”隔开；原文提到的有：{levels}",
    ),
}

# What can be read in two ways, or contradicts itself, and must be settled.
_SETTLE: dict[str, Wording] = {
    "settle-fraction": Wording(
        "what a fraction of a step counts as, in: {names}; write one line “fraction: whole steps only” (or: started "
        "steps count in full; counted in proportion)",
        "不足一档的零头怎样计，涉及：{names}；请写一行“零头：不足一档不计”（或“不足一档按一档计”“不足一档按比例计”）",
    ),
    "settle-edge": Wording(
        "which end belongs to the range “{text}”; write (inclusive) behind it",
        "“{text}”的哪一端含在内，请在含的一端后写“（含）”",
    ),
    "settle-percent": Wording(
        "“{number}%” may be {number} percentage points, or {number}% of the reference; write pp if points are meant",
        "“{number}%”是 {number} 个百分点，还是标准值的 {number}%；是百分点的，改写为“{number} 个百分点”",
    ),
    "settle-two-bands": Wording(
        "{where} lies in two bands, {one} and {other}; say to which it belongs, then delete the “#” below",
        "{where} 同时落在“{one}”和“{other}”两档，请改明归哪一档，再删去评分前的“#”",
    ),
    "settle-below-full": Wording(
        "the criterion gives at most {most} points, full marks are {full}; correct one of them, then delete the “#”",
        "评分标准最多得 {most} 分，分值却是 {full} 分，请核对改正，再删去评分前的“#”",
    ),
    "settle-misread": Wording(
        "“{found}” may be misread for “{meant}”, as is written below; compare with the original, then delete the “#”",
        "“{found}”疑为“{meant}”之误，下面按后者写出；请对照原件，无误后删去行首的“#”",
    ),
    "settle-misread-alone": Wording(
        "“{found}” may be misread for “{meant}”; compare with the original", "“{found}”疑为“{meant}”之误，请对照原件"
    ),
    "settle-unreadable": Wording(
        "“{found}” is hardly what is printed; compare with the original", "“{found}”疑有误字，请对照原件改正"
    ),
    "settle-lost-percent": Wording(
        "“{number}” stands without a unit where “{number}%” may be meant; correct what follows, then delete the “#”",
        "“{number}”没有单位，疑漏“%”，请对照原件改正，再删去行首的“#”",
    ),
    "settle-broken-number": Wording(
        "a line of the cell ends in a digit and the next begins with one, which makes “{number}”; say if it is one "
        "number or two, then delete the “#”",
        "单元格换行处两个数字相接，成了“{number}”，请对照原件看是一个数还是两个数，再删去评分前的“#”",
    ),
    "settle-reader": Wording(
        "{reason}; correct what follows, then delete the “#”", "{reason}；请改正下面的内容，再删去行首的“#”"
    ),
    "settle-asked": Wording("{reason}", "{reason}"),
    "settle-otherwise": Wording(
        "beside the rest of the table this reads otherwise than alone; check the names in it, then delete the “#”",
        "与表中其他内容放在一起，这句话的读法与单独读时不同，请核对其中的名称，再删去行首的“#”",
    ),
    "settle-sentences": Wording(
        "this is in no rule yet: “{text}”; write it into the criterion or leave it out, then delete the “#”",
        "这一句还没有写进规则：“{text}”；请写进评分标准，或确认不用，再删去评分前的“#”",
    ),
    "settle-formulas": Wording(
        "several formulas, of which one is measured: {found}", "有几个算式，请定按哪一个评分：{found}"
    ),
    "settle-meaning": Wording(
        "“{name}” means one thing here and another in “{other}”: {one}; {two}; give one of them a name of its own",
        "“{name}”的含义与“{other}”中的不同：{one}；{two}；请分别取名",
    ),
    "settle-shared-criterion": Wording(
        "one criterion stands for {names} together; write to each what concerns it",
        "一格评分标准管{names}几个指标，请分别写明",
    ),
    "settle-marks": Wording("full marks, for which the table gives {found}", "分值，表中有几个数：{found}"),
    "settle-level-sum": Wording(
        "the table gives “{name}” {stated} points, its indicators add up to {sum}",
        "表中“{name}”为 {stated} 分，其下各指标合计 {sum} 分",
    ),
    "settle-total": Wording(
        "the table says {stated} points in all, its parts add up to {sum}",
        "表中合计 {stated} 分，各部分相加为 {sum} 分",
    ),
}

# What was read in the likelier way, and is said so that somebody sees it.
_LOOK: dict[str, Wording] = {
    "look-hidden": Wording(
        "{count} cells in hidden rows or columns are not read", "隐藏的行、列中有 {count} 格内容，没有读入"
    ),
    "look-goes-on": Wording(
        "table {table} has no headings and is read as more of the one before",
        "第 {table} 个表没有表头，按上一个表的续表读入",
    ),
    "look-section": Wording("the line across the table is kept as a note: {text}", "横贯全表的一行按备注处理：{text}"),
    "look-across-levels": Wording(
        "the cell of “{name}” reaches over two levels; it is read as the upper one",
        "“{name}”一格横跨两级，按上一级读入",
    ),
    "look-across-rows": Wording(
        "the cell of “{name}” reaches over two cells of the level above; it is read as belonging to the first",
        "“{name}”一格竖跨上一级的两格，按属于前一格读入",
    ),
    "look-own-level": Wording(
        "“{name}” stands beside levels without one of its own; a level of the same name is written above it",
        "“{name}”没有上一级指标，而同级的有，故写了一个同名的上一级",
    ),
    "look-joined": Wording(
        "{names} share one cell of points and one criterion, and are written as one indicator",
        "{names}合用一格分值和一格评分标准，写成一个指标",
    ),
    "look-renamed": Wording(
        "another indicator is called “{name}” as well; here it is written “{new}”",
        "另有指标也叫“{name}”，这里写作“{new}”",
    ),
    "look-name-changed": Wording("the name could not be written as it stands: {name}", "名称不能照写，原样为：{name}"),
    "look-number-in-name": Wording(
        "“{name}” has the number {number} in brackets, which is not the sum of its points",
        "“{name}”后括号里的 {number} 与其下分值合计不符，未作分值",
    ),
    "look-level-twice": Wording(
        "the table gives “{name}” several numbers of points: {found}; the first is written",
        "表中“{name}”的分值有几个：{found}，按第一个写",
    ),
    "look-weights": Wording(
        "weights that add up to {total} are written as points of 100", "权重合计 {total}，按满分 100 分折成分值"
    ),
    "look-total-with-bonus": Wording(
        "the total of {stated} points holds the bonus; full marks are written without it",
        "合计 {stated} 分含加分，满分按不含加分写",
    ),
    "look-totals": Wording(
        "the table gives several totals: {found}; the first is written", "表中合计有几个数：{found}，按第一个写"
    ),
    "look-uncovered": Wording("nothing is said of {where}", "{where} 的情形没有写明得几分"),
    "look-note-scores": Wording(
        "what is kept as a note speaks of points: “{text}”; see whether it belongs into the criterion",
        "写在备注里的这句话涉及计分：“{text}”，请看是否应写进评分标准",
    ),
    "look-years": Wording("the year is not written; the table says: {found}", "未写年度，表中写的是：{found}"),
    "look-other-levels": Wording(
        "a rule file has two levels above its indicators; what lies between is kept as a note",
        "规则文件在指标之上只有两级，其间的一级写在备注里",
    ),
    "look-other-table": Wording(
        "another scoring table is not drafted: {name}; draft it with --sheet {sheet}",
        "还有一张评分表没有起草：{name}；要起草它，加 --sheet {sheet}",
    ),
    "hidden-sheet": Wording("the hidden sheet “{name}” is not read", "隐藏的工作表“{name}”没有读入"),
    "formula-without-value": Wording(
        "{place} holds a formula that was never worked out; open the file in Excel and save it",
        "{place} 是没有算出结果的公式，请用 Excel 打开文件并保存",
    ),
    "comments-not-read": Wording("{count} comments on cells are not read", "{count} 条单元格批注没有读入"),
    "tracked-changes": Wording(
        "table {table} has {count} tracked changes: what was inserted is read, what was deleted is not",
        "第 {table} 个表有 {count} 处修订标记：插入的读入，删除的不读",
    ),
    "numbers-not-read": Wording(
        "table {table} has {count} lines with automatic numbers, which are not read",
        "第 {table} 个表有 {count} 行自动编号，编号没有读入",
    ),
    "table-inside": Wording(
        "in table {table} there is a table inside a cell; it is read as text",
        "第 {table} 个表的单元格里还有表格，按文字读入",
    ),
}

QUESTIONS: dict[str, Wording] = {**_FILL, **_SETTLE, **_LOOK}

# How a comment in the rule file begins, by the weight of the question.
MARKERS: dict[str, Wording] = {
    "to-fill-in": Wording("to fill in", "待填"),
    "to-settle": Wording("to settle", "待定"),
    "to-look-at": Wording("to look at", "核对"),
}

# Comments that stand in every draft, and the labels of what is kept as a note.
DRAFT: dict[str, Wording] = {
    "drafted-from": Wording(
        "Drafted from {source}. What is marked “to fill in” or “to settle” keeps the file from scoring; delete each "
        "mark once it is done.",
        "由 {source} 起草。标“待填”“待定”的处理完之前不能评分；处理完一处，删去该处批注。",
    ),
    "drafted-clean": Wording("Drafted from {source}.", "由 {source} 起草。"),
    "level-beyond": Wording("level between: {name}", "所属中间一级指标：{name}"),
}

# The summary.
SUMMARY: dict[str, Wording] = {
    "source": Wording("{file}: {parts}", "{file}　{parts}"),
    "part-excel": Wording("sheet “{name}”", "工作表“{name}”"),
    "part-word": Wording("table {number}", "第 {number} 个表"),
    "part-csv": Wording("the whole file", "整份文件"),
    "place-excel": Wording("{part}!{letters}{row}", "{part}!{letters}{row}"),
    "place-word": Wording("table {number} row {row} cell {column}", "表{number} 第{row}行第{column}格"),
    "place-beside": Wording("beside table {number}", "表{number} 之外"),
    "place-csv": Wording("row {row} column {column}", "第{row}行第{column}列"),
    "columns": Wording("Columns  {columns}", "列　　　{columns}"),
    "levels": Wording(
        "Levels   level 1: {first}, level 2: {second}, indicators: {indicators}",
        "层级　　一级指标 {first}，二级指标 {second}，指标 {indicators}",
    ),
    "marks-agree": Wording("Points   {sum}, as the table says", "分值　　合计 {sum} 分，与表中合计一致"),
    "marks-differ": Wording(
        "Points   {sum}; the table says {stated}", "分值　　合计 {sum} 分，表中合计 {stated} 分，不一致"
    ),
    "marks-alone": Wording("Points   {sum}; the table gives no total", "分值　　合计 {sum} 分，表中没有合计"),
    "marks-open": Wording(
        "Points   not known for {open} of {count} indicators", "分值　　{count} 个指标中有 {open} 个未定"
    ),
    "criteria": Wording(
        "Criteria {rules} of {count} are rules, {settle} wait to be settled, {text} are kept as text",
        "评分标准 {count} 条：写成规则 {rules} 条，待定 {settle} 条，留作原文 {text} 条",
    ),
    "formulas": Wording("Formulas {written} of {count} are written", "公式　　{count} 个：写成 {written} 个"),
    "facts": Wording(
        "Facts    {count}, {open} of them without a unit or levels", "事实　　{count} 项，其中 {open} 项待填单位或档次"
    ),
    "suspects": Wording("Misread  {count} places that may be", "误字　　疑点 {count} 处"),
    "questions": Wording(
        "Left to a person: {fill} to fill in, {settle} to settle, {look} to look at",
        "需要人工处理：待填 {fill} 处，待定 {settle} 处，核对 {look} 处",
    ),
    "nothing-left": Wording("Nothing is left to a person.", "没有需要人工处理的事项。"),
    "line": Wording("line {line}", "第 {line} 行"),
    "left": Wording("Not in the rule file", "没有写入规则文件的内容"),
    "why-total": Wording("sums row", "合计行"),
    "why-subtotal": Wording("sums row", "小计行"),
    "why-hidden": Wording("hidden", "隐藏"),
    "why-score": Wording("score", "得分列"),
    "why-number": Wording("number", "序号"),
    "why-above": Wording("above the table", "表头以上"),
    "why-beside-level": Wording("beside a level", "与上级指标同行"),
    "why-unplaced": Wording("in no column", "不属于任何一列"),
    "role-NAME": Wording("level or indicator", "指标名称"),
    "role-MARKS": Wording("points", "分值"),
    "role-EXPLANATION": Wording("explanation", "说明"),
    "role-FORMULA": Wording("formula", "公式"),
    "role-CRITERION": Wording("criterion", "评分标准"),
    "role-MIXED": Wording("explanation and criterion", "说明和评分标准"),
    "role-REMARK": Wording("note", "备注"),
    "role-SCORE": Wording("not read", "不读"),
    "role-NUMBER": Wording("not read", "不读"),
    "role-OTHER": Wording("kept as a note", "写入备注"),
}

DRAFTING: dict[str, Wording] = {**TABLE_REFUSALS, **QUESTIONS}
