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
    "option-least-change": Wording(
        "of each indicator that lost points: what wins them back, exactly, and what that does to the total",
        "逐个列出失分的指标：哪项事实改到多少可以得回分数，总分、等级怎样变化",
    ),
    "option-every-step": Wording(
        "with --least-change: each step on the way, not the nearest and the most alone",
        "与 --least-change 同用：列出途中每一档，不只列最近的和最多的",
    ),
    "all-needs-least-change": Wording("--all belongs to --least-change", "--all 要与 --least-change 一起用"),
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
    "option-review": Wording(
        "go through the facts one after another and check them; with a report (and -o) or a facts file",
        "逐项核对事实：给出报告（须加 -o）或事实文件",
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
        "there is no case folder to accept (facts.yaml or a report beside rules.rubric or rules.txt)",
        "没有可以确认的案例文件夹（facts.yaml 或报告 report.*，及 rules.rubric 或 rules.txt）",
    ),
    "no-rules-or-cases": Wording(
        "neither rule files (*.rubric) nor case folders (facts.yaml or report.*, with rules.rubric or .txt): {path}",
        "没有找到规则文件（*.rubric），也没有案例文件夹（facts.yaml 或 report.*，"
        "及 rules.rubric 或 rules.txt）：{path}",
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
        "Write the workbook (.xlsx) that a department fills in for RULES, or a table of departments, one a row (.csv); "
        "with FACTS, what those say is filled in.",
        "按规则文件 RULES 生成供部门填报的工作簿（.xlsx），或一行一个部门的表（.csv）；"
        "给出事实文件 FACTS 的，填入已有内容。",
    ),
    "template-example": Wording(
        "Example: rubric template rules/hunan/baojing-2017.rubric -o form.xlsx",
        "例：rubric template rules/hunan/baojing-2017.rubric -o 填报表.xlsx",
    ),
    "facts": Wording(
        "Turn a workbook that was filled in (.xlsx) into a facts file (.yaml), a table (.csv) into one for each row.",
        "把填好的工作簿（.xlsx）转成事实文件（.yaml）；多部门的表（.csv），每行转成一个。",
    ),
    "facts-example": Wording(
        "Example: rubric facts form.xlsx -o office.yaml", "例：rubric facts 填报表.xlsx -o 办公室.yaml"
    ),
    "option-template-output": Wording(
        "the workbook (.xlsx) or table of departments (.csv) to write", "写入哪个工作簿（.xlsx）或多部门的表（.csv）"
    ),
    "option-department": Wording(
        "which department, where the file is a table of several (.csv)", "文件是多部门的表（.csv）时，指明哪个部门"
    ),
    "department-of-one-file": Wording(
        "--department chooses from one file; name one", "--department 用于从一个文件中选部门，请只给出一个文件"
    ),
    "template-one-department": Wording(
        "a workbook is for one department; give one facts file, or write a table (-o form.csv)",
        "一个工作簿填一个部门，请只给出一个部门的事实文件；多个部门请用 -o 填报.csv",
    ),
    "headings-first": Wording(
        "the headings have errors; no row is scored until they are corrected", "表头有错，改正以前各行都不评分"
    ),
    "rows-left-out": Wording(
        "{count} departments have errors and are not scored: {names}", "{count} 个部门有错，没有评分：{names}"
    ),
    "option-facts-rules": Wording(
        "of a table (.csv): the rule file that its headings are held against",
        "多部门的表（.csv）的表头按哪份规则文件核对",
    ),
    "facts-needs-folder": Wording(
        "the table holds {count} departments; give a folder for their files: -o FOLDER",
        "表中有 {count} 个部门，请用 -o 指定存放各部门文件的文件夹",
    ),
    "not-a-folder": Wording("this is a file, not a folder: {path}", "这是文件，不是文件夹：{path}"),
    "written-several": Wording(
        "{count} facts files written to {path}; {left} departments left out",
        "已写入 {count} 个事实文件：{path}；{left} 个部门没有写",
    ),
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
    "option-verify-certificate": Wording(
        "of a document with a seal: the certificate whose numbers it is to show", "核对带封记的文件时，对照这份得分证书"
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
    "option-html": Wording(
        "write the scorecard as a web page: one file that needs no network", "把得分单写成网页：一个文件，不用联网"
    ),
    "option-report": Wording(
        "the department's report, to stand beside the scorecard with its sentences marked",
        "部门的自评报告，列在得分单旁边，标出原句",
    ),
    "report-for-page": Wording(
        "--report stands beside the scorecard: give --html scorecard.html too, or --opinion opinion.docx",
        "--report 列在得分单旁边：请同时用 --html 指定网页，如 --html 评分.html，或用 --opinion 指定复核意见书",
    ),
    "option-docx": Wording(
        "write the scoring section and the score sheet as a Word document, in the form of official documents",
        "把评分情况和评分表写成 Word 文件，格式按党政机关公文格式",
    ),
    "option-opinion": Wording(
        "write the review opinion as a Word document: claims beside findings, and what to supply or correct",
        "写出复核意见书（Word 文件）：自评与复核对照，列出问题和整改要求",
    ),
    "option-pdf": Wording("write the scorecard as a PDF, with its fonts embedded", "把得分单写成 PDF，字体嵌入"),
    "option-template": Wording(
        "write --docx by the bureau's own Word template", "按本单位自己的 Word 模板写出 --docx 的文件"
    ),
    "template-for-docx": Wording(
        "--template fills in a document: give --docx out.docx too",
        "--template 用来填写文件：请同时用 --docx 指定写到哪里，如 --docx 评分.docx",
    ),
    "papers-one-department": Wording("--{option} is for one department", "--{option} 只用于给一个部门打分"),
    "paper-ending": Wording("“{name}” should end with {ending}", "文件名「{name}」应以 {ending} 结尾"),
    "papers-same": Wording("two of the files have the same name", "要写的文件有两个同名，请换一个文件名"),
    "template-unreadable": Wording("the template cannot be read: {path} ({why})", "模板读不了：{path}（{why}）"),
    "pdf-needs-browser": Wording(
        "a PDF is printed by a browser, and none was found: install Chromium, Chrome or Edge, or name one in "
        "RUBRIC_BROWSER; or write --html and print it yourself",
        "PDF 由浏览器打印，没有找到浏览器：请安装 Chromium、Chrome 或 Edge，或用环境变量 RUBRIC_BROWSER 指定；"
        "也可以用 --html 写成网页，自行打印",
    ),
    "pdf-not-printed": Wording(
        "the browser did not print the page; write --html and print it yourself",
        "浏览器没有打印成功；请用 --html 写成网页，自行打印",
    ),
    "option-xlsx": Wording(
        "write the scorecard as an Excel workbook whose formulas calculate from the facts",
        "把得分单另存为 Excel 工作簿，得分由事实按公式算出",
    ),
    "template-needs-output": Wording(
        "give the file to write: -o form.xlsx, or -o form.csv", "请用 -o 指定文件，如 -o 填报表.xlsx 或 -o 填报.csv"
    ),
    "not-a-workbook": Wording(
        "the name ends with .xlsx (a workbook) or .csv (a table of departments), not “{name}”",
        "文件名应以 .xlsx（工作簿）或 .csv（多部门的表）结尾，不能是「{name}」",
    ),
    "mark-one-workbook": Wording(
        "--mark is for one workbook (.xlsx) that is scored", "--mark 只用于给一个工作簿（.xlsx）打分"
    ),
    "nothing-to-mark": Wording("nothing was found in the workbook; no copy was written", "工作簿没有问题，未另存标注"),
    "what-if": Wording(
        "Show what another value of some facts would do to the score; the facts file stays as it is.",
        "假设某些事实为另外的值，看得分怎样变化；事实文件不改动。",
    ),
    "what-if-example": Wording(
        "Example: rubric what-if rules/hunan/baojing-2017.rubric office.yaml 公用经费支出=120万元",
        "例：rubric what-if rules/hunan/baojing-2017.rubric 办公室.yaml 公用经费支出=120万元 在职人员数=75人",
    ),
    "command-line": Wording("command line", "命令行"),
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
