"""What the command says: help, usage and its own refusals."""

from rubric.messages.wording import Wording

COMMAND: dict[str, Wording] = {
    "about": Wording(
        "Score departments by rubrics: exact points, each with its reason.",
        "按评分表给部门打分：分数精确，每一分都有来由。",
    ),
    "score": Wording(
        "Score a department by the rule file RULES, its facts in FACTS; several are scored as one group.",
        "给部门打分：RULES 是规则文件，FACTS 是事实文件；给出几个的，一并评价。",
    ),
    "score-example": Wording(
        "Example: rubric score rules/hunan/baojing-2017.rubric office.yaml",
        "例：rubric score rules/hunan/baojing-2017.rubric 办公室.yaml",
    ),
    "explain": Wording(
        "Open a score to its ledger: clause, facts, arithmetic, readings. One INDICATOR (or a level), or all.",
        "逐条说明得分：条款、事实、计算过程、零头算法。可只看一个 INDICATOR（指标，或一级、二级指标）。",
    ),
    "explain-example": Wording(
        "Example: rubric explain rules/hunan/baojing-2017.rubric office.yaml 预算控制率",
        "例：rubric explain rules/hunan/baojing-2017.rubric 办公室.yaml 预算控制率",
    ),
    "check": Wording(
        "Check rule files; folders are searched for *.rubric.", "检查规则文件；给出文件夹时检查其中的 *.rubric。"
    ),
    "check-example": Wording("Example: rubric check rules", "例：rubric check rules"),
    "option-explain": Wording(
        "say what the finding of this code means, with two rule files: one that has it and one that just has not",
        "说明这个代号的问题是什么意思、怎样改，并举出有问题和没有问题的规则文件各一例",
    ),
    "no-code": Wording("no finding of rule files has the code “{name}”", "规则文件的检查结果中没有「{name}」这个代号"),
    "code-of-facts": Wording(
        "“{name}” is a finding of facts files; section 13 of rules/README.md says what to do",
        "「{name}」是事实文件的检查结果，怎样改见 rules/README.md 第 13 节",
    ),
    "audit": Wording(
        "Hold a department's claims against the rule: what does not follow, by points, and what to ask.",
        "审核自评：把自评得分与规则核对，按影响的分数列出出入、原文和需要核实的内容。",
    ),
    "audit-example": Wording(
        "Example: rubric audit report.txt --rules hunan/baojing-2017",
        "例：rubric audit 报告.txt --rules hunan/baojing-2017",
    ),
    "read": Wording(
        "Read a department's report into a facts file, each value with its sentence; what is not said stays missing.",
        "从自评报告读出事实文件，每个值附原文；报告没有写的列为缺失，不作推测。",
    ),
    "read-example": Wording(
        "Example: rubric read report.txt --rules hunan/baojing-2017 -o facts.yaml",
        "例：rubric read 报告.txt --rules hunan/baojing-2017 -o facts.yaml",
    ),
    "option-rules": Wording("the rule file under which the report is read", "按哪份规则文件读"),
    "fmt": Wording(
        "Lay rule files out in their one layout; comments stay, the meaning never changes.",
        "按统一格式整理规则文件：批注保留，含义不变。",
    ),
    "fmt-example": Wording("Example: rubric fmt --lang en my-rules.rubric", "例：rubric fmt --check rules"),
    "option-fmt-check": Wording(
        "write nothing; exit with 1 if a file would change", "不写文件；有文件需要整理时退出码为 1"
    ),
    "option-fmt-diff": Wording("write nothing; show what would change", "不写文件，只显示改动"),
    "option-fmt-lang": Wording("turn the file into this language", "把文件改写成这种语言"),
    "fmt-would-change": Wording("not in its layout: {path}", "需要整理：{path}"),
    "fmt-changed": Wording("laid out anew: {path}", "已整理：{path}"),
    "fmt-done": Wording("{changed} changed, {unchanged} as they were", "整理 {changed} 个，未动 {unchanged} 个"),
    "fmt-unlike": Wording(
        "left as it is, as it would not read the same again: {path}", "整理后的含义与原来不同，没有改动：{path}"
    ),
    "fmt-unwritten": Wording("left as it is, {what}: {path}", "没有改动（{what}）：{path}"),
    "test": Wording(
        "Run the examples of rule files; score case folders again and show every difference from what was accepted.",
        "逐条核对规则文件中的示例；案例文件夹重新打分，与确认过的得分逐项对照。",
    ),
    "test-example": Wording(
        "Example: rubric test rules/hunan/baojing-2017.rubric --coverage",
        "例：rubric test rules/hunan/baojing-2017.rubric --coverage",
    ),
    "option-test-facts": Wording(
        "facts that count as examples as well, or a folder of them; may be repeated",
        "也算作示例的事实文件或文件夹，可写多次",
    ),
    "option-coverage": Wording("show the clauses that nothing reaches", "列出示例没有用到的条款"),
    "option-mutate": Wording(
        "change one number at a time and show the changes that nothing notices", "逐个改动数字，列出示例发现不了的改动"
    ),
    "option-accept": Wording(
        "record what the cases score as what they are to score; --reason says why",
        "把案例现在的得分确认为应有的得分，理由用 --reason 写明",
    ),
    "option-reason": Wording("why the scores are accepted; it is kept in the card", "确认的理由，记在得分单里"),
    "accept-needs-reason": Wording(
        '--accept needs a reason: --reason "what changed, and who decided it"',
        "--accept 要写明理由：--reason “改了什么，依据什么”",
    ),
    "reason-needs-accept": Wording("--reason belongs to --accept", "--reason 要与 --accept 一起用"),
    "accept-needs-cases": Wording(
        "there is no case folder to accept (facts.yaml beside rules.rubric or rules.txt)",
        "没有可以确认的案例文件夹（facts.yaml，及 rules.rubric 或 rules.txt）",
    ),
    "no-rules-or-cases": Wording(
        "neither rule files (*.rubric) nor case folders (facts.yaml beside rules.rubric or rules.txt) in: {path}",
        "没有找到规则文件（*.rubric），也没有案例文件夹（facts.yaml，及 rules.rubric 或 rules.txt）：{path}",
    ),
    "progress": Wording("{done} of {count} cases scored", "已核对 {done}/{count} 个案例"),
    "tested": Wording(
        "{path}: {passed} examples pass, {failed} fail; {count} departments",
        "{path}：示例 {passed} 条相符，{failed} 条不符；事实文件 {count} 个",
    ),
    "clauses-reached": Wording(
        "{reached} of {count} clauses are reached; not reached:", "{count} 条中用到 {reached} 条，没有用到的："
    ),
    "mutants-noticed": Wording(
        "{noticed} of {count} changes of one number are noticed; not noticed:",
        "逐个改动 {count} 处数字，发现 {noticed} 处，没有发现的：",
    ),
    "mutants-more": Wording("  and {count} more", "  还有 {count} 处"),
    "would-notice": Wording("an example that would notice it: {example}", "可加示例：{example}"),
    "template": Wording(
        "Write the workbook (.xlsx) that a department fills in for RULES; with FACTS, what those say is filled in.",
        "按规则文件 RULES 生成供部门填报的工作簿（.xlsx）；给出 FACTS（事实文件）的，已有内容填入表中。",
    ),
    "template-example": Wording(
        "Example: rubric template rules/hunan/baojing-2017.rubric -o form.xlsx",
        "例：rubric template rules/hunan/baojing-2017.rubric -o 填报表.xlsx",
    ),
    "facts": Wording(
        "Turn a workbook that was filled in (.xlsx) into a facts file (.yaml).",
        "把填好的工作簿（.xlsx）转成事实文件（.yaml）。",
    ),
    "facts-example": Wording(
        "Example: rubric facts form.xlsx -o office.yaml", "例：rubric facts 填报表.xlsx -o 办公室.yaml"
    ),
    "option-template-output": Wording("the workbook to write (.xlsx)", "写入哪个工作簿（.xlsx）"),
    "verify": Wording(
        "Verify a certificate: score its texts again and name every step that differs; or, of a document with a seal, "
        "every number that is not the certified one.",
        "核对得分证书：按其中的正文重新打分，逐步对照，列出每一处不符；也可核对带封记的文件，列出被改动的数。",
    ),
    "verify-example": Wording("Example: rubric verify office.cert.json", "例：rubric verify 办公室.cert.json"),
    "option-verify-rules": Wording(
        "a rule file that is to be the certified one", "核对这份规则文件是不是证书所据的规则"
    ),
    "option-verify-facts": Wording(
        "a facts file or workbook that is to be the certified one", "核对这份事实文件或工作簿是不是证书所据的事实"
    ),
    "option-certificate": Wording(
        "also write a certificate: both texts with their digests, and every step as exact fractions",
        "另写一份得分证书：规则与事实的全文和摘要，以及每一步计算的精确分数",
    ),
    "certificate-of-one": Wording(
        "a certificate is about one department: name one facts file, and the rest of its group with --together",
        "得分证书一次只出一个部门：请只给一份事实文件，同组的其他部门用 --together 给出",
    ),
    "certificate-written": Wording("certificate {id} written: {path}", "得分证书已写入 {path}，编号 {id}"),
    "files-changed-meanwhile": Wording(
        "no certificate: the files changed while they were scored, or their bytes cannot be kept as text; save them "
        "as UTF-8 and score again",
        "没有写出得分证书：打分过程中文件有改动，或文件内容无法原样保存。请另存为 UTF-8 编码后重新打分",
    ),
    "option-mark": Wording(
        "write a copy of the workbook with every finding as a comment on its cell",
        "另存一份工作簿，把每个问题写成所在单元格的批注",
    ),
    "template-needs-output": Wording(
        "give the workbook to write: -o form.xlsx", "请用 -o 指定工作簿，如 -o 填报表.xlsx"
    ),
    "not-a-workbook": Wording(
        "a workbook has a name that ends with .xlsx, not “{name}”", "工作簿的文件名应以 .xlsx 结尾，不能是「{name}」"
    ),
    "mark-one-workbook": Wording(
        "--mark is for one workbook (.xlsx) that is scored", "--mark 只用于给一个工作簿（.xlsx）打分"
    ),
    "nothing-to-mark": Wording("nothing was found in the workbook; no copy was written", "工作簿没有问题，未另存标注"),
    "schema": Wording(
        "Print the JSON schema of a scorecard or of a facts file.", "输出得分单或事实文件的 JSON Schema。"
    ),
    "schema-example": Wording("Example: rubric schema facts", "例：rubric schema facts"),
    "draft": Wording(
        "Draft a rule file from a scoring TABLE (.xlsx, .docx, .csv); what is not certain is left to a person.",
        "由印发的评分表 TABLE（.xlsx、.docx、.csv）起草规则文件；拿不准的，标出来由人处理。",
    ),
    "draft-example": Wording(
        "Example: rubric draft table.xlsx -o county-2024.rubric", "例：rubric draft 评分表.xlsx -o 某县-2024.rubric"
    ),
    "show": Wording(
        "Print a rule file in its canonical form; or write it as a scoring table for proof-reading.",
        "按规范写法输出规则文件；或写成评分表，供校对。",
    ),
    "show-example": Wording(
        "Example: rubric show rules/hunan/baojing-2017.rubric --table table.docx",
        "例：rubric show rules/hunan/baojing-2017.rubric --table 评分表.docx",
    ),
    "option-output": Wording("write to this file instead of standard output", "写入这个文件，不写则输出到屏幕"),
    "option-force": Wording("overwrite a file that is there already", "文件已有的，覆盖"),
    "option-sheet": Wording(
        "which sheet, by name or number, or which table of a document", "哪个工作表（名称或序号），或第几个表"
    ),
    "option-table": Wording("write a scoring table: .xlsx, .docx or .csv", "写成评分表：.xlsx、.docx 或 .csv"),
    "option-summary-json": Wording(
        "with -o: the summary as one JSON document on standard output", "与 -o 同用：在标准输出给出摘要的 JSON"
    ),
    "option-lang": Wording("language of the output", "输出语言"),
    "option-json": Wording("one JSON document on standard output", "在标准输出给出一份 JSON"),
    "option-format": Wording(
        "how findings are shown; sarif and github are for code hosts", "检查结果的格式；sarif、github 供代码平台使用"
    ),
    "option-together": Wording(
        "facts of the departments scored together with it, or a folder of them; may be repeated",
        "一并评价的其他部门的事实文件或文件夹，可写多次",
    ),
    "option-any-year": Wording(
        "score although the rubric is not in force in the year of the facts", "事实的年度与评分表不符时仍然打分"
    ),
    "scored-alone": Wording(
        "the rubric compares departments; give the others with --together, or score several at once",
        "这张评分表要在部门之间比较，请用 --together 给出其他部门，或一次给出几个事实文件",
    ),
    "option-color": Wording("colour", "颜色"),
    "option-version": Wording("show the version", "显示版本"),
    "option-help": Wording("show this help", "显示本帮助"),
    "usage": Wording("Usage: ", "用法："),
    "options": Wording("Options", "选项"),
    "commands": Wording("Commands", "命令"),
    "exit-codes": Wording(
        "Exit: 0 nothing to report, 1 findings or differences, 2 usage or unreadable input, 3 internal error, "
        "4 facts missing.",
        "退出码：0 没有问题，1 有问题或分数有出入，2 用法不对或文件读不了，3 程序内部错误，4 事实不全。",
    ),
    # Refusals.
    "no-command": Wording("there is no command “{name}”", "没有名为「{name}」的命令"),
    "no-option": Wording("there is no option “{name}”", "没有「{name}」这个选项"),
    "did-you-mean": Wording("did you mean: {name}", "是不是：{name}"),
    "missing-argument": Wording("{name} is missing", "缺少 {name}"),
    "missing-value": Wording("nothing stands behind {name}", "{name} 后面没有内容"),
    "bad-value": Wording(
        "“{value}” is not allowed for {name}; one of: {choices}", "{name} 不能是「{value}」，可选：{choices}"
    ),
    "usage-error": Wording("the command line cannot be understood", "命令写法有误"),
    "see-help": Wording("see: {command} --help", "查看写法：{command} --help"),
    "no-indicator": Wording("there is no indicator “{name}”", "没有名为「{name}」的指标"),
    "no-rule-files": Wording("no rule files (*.rubric) in: {path}", "没有找到规则文件（*.rubric）：{path}"),
    "no-such-path": Wording("there is no such file or folder: {path}", "没有这个文件或文件夹：{path}"),
    "file-is-there": Wording(
        "the file is there already: {path}; name another, or give --force to overwrite it",
        "文件已经存在：{path}；请换一个文件名，或加 --force 覆盖",
    ),
    "cannot-write": Wording("the file cannot be written: {path} ({why})", "文件写不了：{path}（{why}）"),
    "json-needs-output": Wording(
        "--json gives the summary and needs -o FILE for the rules", "--json 输出摘要，规则文件请用 -o 指定文件名"
    ),
    "table-format": Wording(
        "a table is written as .xlsx, .docx or .csv, not as “{name}”",
        "评分表可以写成 .xlsx、.docx 或 .csv，不能写成「{name}」",
    ),
    "no-canonical-form": Wording(
        "the rules hold something that has no canonical form: {what}", "规则中有一处没有规范写法，无法输出：{what}"
    ),
    "written": Wording("written: {path}", "已写入：{path}"),
    "internal": Wording(
        "internal error: {what}. The files are as they were. Please report it with the two files; "
        "RUBRIC_DEBUG=1 shows where it happened.",
        "程序内部错误：{what}。文件没有改动。请把两个文件一并反馈；设 RUBRIC_DEBUG=1 可显示出错位置。",
    ),
    "checked": Wording("{count} rule files, no findings", "{count} 个规则文件，没有问题"),
    "counted": Wording(
        "{errors} errors, {warnings} warnings, {hints} hints", "错误 {errors} 处，提醒 {warnings} 处，提示 {hints} 处"
    ),
}
