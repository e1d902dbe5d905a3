"""What is said of a facts file: first what is, then what to do."""

from rubric.messages.wording import Wording

_FILES = {
    "no-such-file": Wording(
        "there is no such file; check its name and folder",
        "没有这个文件，请核对文件名和所在文件夹",
    ),
    "is-a-directory": Wording(
        "this is a folder; name a file inside it",
        "这是一个文件夹，请指明其中的一个文件",
    ),
    "not-a-file": Wording(
        "this is not an ordinary file",
        "这不是普通文件，无法读取",
    ),
    "no-permission": Wording(
        "the file may not be read; ask for permission to read it",
        "没有读取这个文件的权限，请先取得权限",
    ),
    "cannot-read": Wording(
        "the file could not be read; check the disk or the network drive",
        "文件读取失败，请检查磁盘或网络驱动器",
    ),
    "file-too-large": Wording(
        "the file is larger than {limit}; keep one department and one year in one file",
        "文件超过 {limit}，请一个部门、一个年度存一个文件",
    ),
    "nothing-in-file": Wording(
        "the file is empty",
        "文件是空的，没有可读的内容",
    ),
    "not-a-text-file": Wording(
        "this is a {kind} file; save its content as plain text (UTF-8)",
        "这是 {kind} 文件，请把内容另存为纯文本（UTF-8 编码）",
    ),
    "wrong-encoding": Wording(
        "the characters cannot be read; save the file as UTF-8",
        "文字编码无法识别，请将文件另存为 UTF-8 编码",
    ),
    "read-as-gb18030": Wording(
        "the file is not UTF-8 and was read as GB18030; look for wrong characters, then save it as UTF-8",
        "文件不是 UTF-8 编码，已按 GB18030 读取；请核对有无乱码，并另存为 UTF-8 编码",
    ),
    "control-character": Wording(
        "there is an invisible control character ({character}) here; delete it",
        "此处有一个不可见的控制字符（{character}），请删除",
    ),
}

_SLIPS = {
    "fullwidth-colon": Wording(
        "the colon after the name is full-width; write a half-width colon and a space",
        "名称后面用的是全角冒号“：”，请改为半角冒号“:”加一个空格",
    ),
    "missing-space": Wording(
        "there is no space after the colon; put one between the colon and the value",
        "冒号后面没有空格，请在冒号与值之间加一个半角空格",
    ),
    "missing-colon": Wording(
        "this line has no colon; write it as `name: value`",
        "这一行没有冒号，请写成“名称: 值”的形式",
    ),
    "second-colon": Wording(
        "there is a second colon in this value; put the whole value in quotation marks",
        "值里又有一个冒号加空格，请用引号把整个值括起来",
    ),
    "fullwidth-comma": Wording(
        "the mark between two entries is full-width; write a half-width comma",
        "花括号内各项之间用的是全角标点，请改为半角逗号“,”",
    ),
    "fullwidth-bracket": Wording(
        "the bracket is full-width; write half-width {{ }}",
        "用的是全角括号，请改为半角括号 {{ }}",
    ),
    "split-number": Wording(
        "inside {{ }} this comma cuts the number in two; leave it out, or put the value in quotation marks",
        "花括号内这个逗号会把数字断成两截，请删去逗号，或用引号把值括起来",
    ),
    "text-after-quote": Wording(
        "there is text after the closing quotation mark; put single quotation marks round the whole, "
        "or use “ ” inside the name",
        "引号后面还有文字；请用单引号把整个内容括起来，或将其中的引号改为中文引号“ ”",
    ),
    "unclosed-quote": Wording(
        "the quotation mark that opens here is not closed",
        "此处的引号没有配对，请补上后一个引号",
    ),
    "unclosed-bracket": Wording(
        "the bracket that opens here is not closed",
        "此处的括号没有配对，请补上后一个括号",
    ),
    "unopened-bracket": Wording(
        "the bracket that closes here was never opened; write {{ before the first entry",
        "此处的右括号没有对应的左括号，请在第一项前面补上 {{",
    ),
    "indent-not-spaces": Wording(
        "the indentation has a tab or a full-width space; indent with half-width spaces",
        "行首缩进用了制表符或全角空格，请改用半角空格",
    ),
    "bad-indent": Wording(
        "the indentation fits none of the lines above; align the line with its neighbours",
        "这一行的缩进与上文不齐，请与同级各行对齐",
    ),
    "not-a-facts-file": Wording(
        "most of this text is not written as `name: value`; check that it is the right file",
        "这份文本大多不是“名称: 值”的写法，请核对是否选对了文件",
    ),
}

_YAML = {
    "yaml-syntax": Wording(
        "the text cannot be read from here on; look at this line and the one above",
        "从这里起无法读懂，请检查这一行和上一行的写法",
    ),
    "quote-special-marks": Wording(
        "a value that has any of : # [ ] {{ }} , & * in it, or begins with - ? | > @, goes in quotation marks",
        "值里有 : # [ ] {{ }} , & * 等符号，或以 - ? | > @ 开头的，请用引号括起来",
    ),
    "duplicate-key": Wording(
        "“{name}” is given twice; keep one of them",
        "「{name}」重复，请只保留一处",
    ),
    "first-on-line": Wording(
        "the first one is on line {line}",
        "前一处在第 {line} 行",
    ),
    "yaml-alias": Wording(
        "there is a reference (*{name}) here; write the value out, or put a text that begins with * in quotation marks",
        "这里用了引用“*{name}”，请直接写出内容；如果文字本身以 * 开头，请用引号括起来",
    ),
    "yaml-anchor": Wording(
        "there is an anchor (&{name}) here; leave it out, or put a text that begins with & in quotation marks",
        "这里用了锚点“&{name}”，请删去；如果文字本身以 & 开头，请用引号括起来",
    ),
    "yaml-merge": Wording(
        "there is a merge key (<<) here; write the entries out",
        "这里用了合并键“<<”，请把各项直接写出来",
    ),
    "yaml-tag": Wording(
        "there is a type tag (!{name}) here; leave it out, or put a text that begins with ! in quotation marks",
        "这里用了类型标记“!{name}”，请删去；如果文字本身以 ! 开头，请用引号括起来",
    ),
    "second-document": Wording(
        "a second document begins here (---); keep one department in one file",
        "此处（---）开始了第二份内容，请一个部门存一个文件",
    ),
    "key-not-text": Wording(
        "the name before the colon is itself a list or a group; write a plain name",
        "冒号前面的名称是一组内容，请改为一个普通的名称",
    ),
    "nested-too-deep": Wording(
        "the entries are nested more than {limit} deep",
        "层次超过 {limit} 层，请检查括号和缩进",
    ),
    "text-too-long": Wording(
        "the text is longer than {limit} characters; quote only the sentence that the value rests on",
        "文字超过 {limit} 字，请只摘录作为依据的句子",
    ),
    "too-many-entries": Wording(
        "there are more than {limit} entries; keep one department and one year in one file",
        "条目超过 {limit} 个，请一个部门、一个年度存一个文件",
    ),
    "more-findings": Wording(
        "and {count} more; correct the ones above first",
        "另有 {count} 处未列出，请先改正以上各处",
    ),
}

_SHAPE = {
    "unknown-key": Wording(
        "“{name}” is no heading that a facts file has in this place",
        "此处没有名为「{name}」的栏目",
    ),
    "nearest-name": Wording(
        "the nearest is “{name}”",
        "最相近的是「{name}」",
    ),
    "keys-here": Wording(
        "here stand: {en}",
        "此处可用：{zh}",
    ),
    "missing-key": Wording(
        "“{en}” is missing",
        "缺少「{zh}」，请补上",
    ),
    "expected-headings": Wording(
        "a facts file begins with headings: department, year, facts",
        "事实文件应由「部门」「年度」「事实」等栏目组成",
    ),
    "expected-entries": Wording(
        "below “{name}” there should be lines of the form `name: value`",
        "「{name}」下面应为“名称: 值”形式的各行",
    ),
    "expected-list": Wording(
        "below “{name}” there should be a list, each item on a line that begins with `- `",
        "「{name}」下面应逐条列出，每条以减号“-”加一个空格开头",
    ),
    "expected-text": Wording(
        "a single value is expected here, not a group of entries",
        "此处应为一个值，而不是一组内容",
    ),
    "empty-value": Wording(
        "there is no value here; write it, or say that it is missing: {{state: missing, reason: …}}",
        "此处没有写值；请补上，确实没有的请写 {{状态: 缺失, 理由: …}}",
    ),
    "no-answer": Wording(
        "this fact has neither a value nor a state nor readings; give one of them",
        "这项事实既没有「值」，也没有「状态」或「读数」，请写明其中一项",
    ),
    "several-answers": Wording(
        "this fact has more than one of value, state and readings; keep one of them",
        "「值」「状态」「读数」只能写一项，请保留其中一项",
    ),
    "one-reading": Wording(
        "there are fewer than two readings; give a single one as the value",
        "「读数」不足两个；只有一个的，请直接写在「值」里",
    ),
    "not-applicable-without-reason": Wording(
        "the fact is said not to apply, without a reason; give the reason",
        "标为「不适用」的，须写明「理由」",
    ),
    "judgement-without-reason": Wording(
        "the value rests on an evaluator's judgement, without a reason; give the reason",
        "依据为「评判」的，须写明「理由」",
    ),
    "unknown-basis": Wording(
        "“{found}” is no basis; write figure, statement, judgement or inference",
        "「{found}」不是可用的依据，请写「数据」「陈述」「评判」或「推定」",
    ),
    "unknown-state": Wording(
        "“{found}” is no state; write missing or not applicable",
        "「{found}」不是可用的状态，请写「缺失」或「不适用」",
    ),
    "unreadable-year": Wording(
        "“{found}” is not a year; write it like 2017",
        "「{found}」不是年度，请写成 2017 这样的年份",
    ),
    "not-points": Wording(
        "“{found}” is not a number of points; write it like 3 or 2.5",
        "「{found}」不是分数，请写成 3 或 2.5 这样的数字",
    ),
    "not-a-rate": Wording(
        "“{found}” is not a rate; write it as printed, like 95.94%",
        "「{found}」不是比率，请照原文写成 95.94% 这样的形式",
    ),
    "too-many-digits": Wording(
        "the number has more than {limit} digits",
        "数字超过 {limit} 位，请核对",
    ),
    "unknown-document": Wording(
        "“{name}” is not among the documents listed in this file",
        "「{name}」不在本文件「资料」所列之中",
    ),
}

_VALUES = {
    "unknown-fact": Wording(
        "the rubric asks for no fact called “{name}”",
        "评分表中没有名为「{name}」的事实",
    ),
    "named-twice": Wording(
        "“{name}” and “{first}” are the same thing; keep one of them",
        "「{name}」与「{first}」是同一项，请只保留一处",
    ),
    "unit-missing": Wording(
        "“{name}” is given as {found}, without a unit",
        "「{name}」只写了 {found}，没有写单位",
    ),
    "write-amount": Wording(
        "write {number} {unit}",
        "请写成 {number} {unit}",
    ),
    "write-rate": Wording(
        "write {number}{unit}",
        "请写成 {number}{unit}",
    ),
    "write-unit-like": Wording(
        "write a number and its unit, {unit}",
        "请写数字和单位（{unit}）",
    ),
    "different-unit": Wording(
        "“{name}” is given as {found}; the rubric asks for it in {unit}",
        "「{name}」写的是 {found}，评分表要求的单位是「{unit}」，两者不能换算",
    ),
    "number-without-unit-expected": Wording(
        "“{name}” is given as {found}; the rubric asks for a number without a unit",
        "「{name}」写的是 {found}，评分表要求的是不带单位的数",
    ),
    "unreadable-unit": Wording(
        "there is no unit “{found}”",
        "没有「{found}」这个单位",
    ),
    "unreadable-number": Wording(
        "“{found}” is not a number; write it like 1154.2 or 1,154.20",
        "「{found}」不是规范的数字，请写成 1154.2 或 1,154.20 的形式",
    ),
    "expected-amount": Wording(
        "a number is expected here; “{found}” is none",
        "此处应为数字，「{found}」不是数字",
    ),
    "expected-yes-no": Wording(
        "“{name}” is yes or no; “{found}” is neither",
        "「{name}」只能写“是”或“否”，现在写的是「{found}」",
    ),
    "no-such-level": Wording(
        "“{found}” is no level of “{name}”",
        "「{name}」没有「{found}」这一档",
    ),
    "names-known": Wording(
        "there are: {names}",
        "可用的有：{names}",
    ),
    "below-zero": Wording(
        "“{name}” cannot be below 0; it is given as {found}",
        "「{name}」不能小于 0，现在写的是 {found}",
    ),
    "not-above-zero": Wording("“{name}” must be above 0", "「{name}」必须大于 0"),
    "why-not-zero": Wording(
        "the rules divide by it; where there is none, write {{state: not applicable, reason: …}}",
        "规则用它作除数；没有这项的，写{{状态: 不适用, 理由: …}}",
    ),
    "fraction-of-whole": Wording(
        "“{name}” counts whole things ({unit}) and is given as {found}; check the figure",
        "「{name}」按整数（{unit}）计，现在写的是 {found}，请核对",
    ),
    "readings-agree": Wording(
        "the readings of “{name}” are all the same; give the value once",
        "「{name}」的各个读数相同，并无矛盾，请只写一个「值」",
    ),
    "quote-without-figure": Wording(
        "the figure {found} is not in the sentence quoted for it; check the figure and the quote",
        "所引原文中没有 {found}这个数，请核对数字与原文",
    ),
    "other-year": Wording(
        "the facts are of {given}, the rubric is for {wanted}; use the rubric of the same year",
        "事实是 {given} 年度的，评分表是 {wanted} 年度的，请使用同一年度的评分表",
    ),
    "no-such-table": Wording("the rubric asks for no table “{name}”", "评分表没有要求填报「{name}」这个表"),
    "no-such-column": Wording("the table “{table}” has no column “{name}”", "表「{table}」没有「{name}」这一列"),
    "row-without": Wording(
        "row {row} of “{table}” does not say its “{name}”", "表「{table}」第 {row} 行没有填写「{name}」"
    ),
    "row-mixes-percent": Wording(
        "row {row} of “{table}” gives one number with a per cent sign and one without; give both alike",
        "表「{table}」第 {row} 行有的数带百分号，有的不带，请统一",
    ),
    "claim-of-several": Wording(
        "several rows are called “{name}”; the claim is held against the first, so give each a name of its own",
        "名为「{name}」的不止一行，自评只与第一行核对，请给各行不同的名称",
    ),
    "row-marks": Wording(
        "the {rows} rows of “{name}” add up to {sum} points, the rubric gives it {full}",
        "「{name}」的 {rows} 行合计 {sum} 分，评分表规定 {full} 分",
    ),
    "row-marks-help": Wording(
        "correct the marks of the rows, or add the rows that are missing", "请核对各行分值，或补上缺少的行"
    ),
    "points-outside": Wording(
        "“{name}” is given {given} points; the rule allows {low}{low_mark} to {high}{high_mark}",
        "「{name}」评定 {given} 分，按规则应在 {low}{low_mark} 至 {high}{high_mark} 分之间评定",
    ),
    # Values that are supposed on a command line.
    "supposed-without-value": Wording(
        "“{found}” says no value; write the name of a fact, an equals sign and the value",
        "「{found}」没有写值，请写成“事实名称=值”",
    ),
    "supposed-twice": Wording("“{name}” is given twice; keep one of them", "「{name}」写了两次，请只保留一处"),
    "supposed-no-row": Wording(
        "the table “{table}” has {count} rows, and no row {row}", "表「{table}」共 {count} 行，没有第 {row} 行"
    ),
    "any-year": Wording("to score with it all the same, add --any-year", "确要用这张评分表打分的，加上 --any-year"),
    "no-year": Wording(
        "the facts do not say their year; the rubric is for {year}",
        "没有写明年度，评分表是 {year} 年度的，请补上「年度」",
    ),
}

_CLAIMS = {
    "adjustment-not-amount": Wording(
        "“{name}” is not an amount; nothing can be taken out of it",
        "「{name}」不是金额或数量，不能从中调整",
    ),
    "adjustment-too-large": Wording(
        "{taken} {unit} in all are taken out of “{name}”, which holds {held} {unit}; check the amount",
        "从「{name}」中共调出 {taken} {unit}，而该项只有 {held} {unit}，请核对金额",
    ),
    "unknown-indicator": Wording(
        "the rubric has no indicator called “{name}”",
        "评分表中没有名为「{name}」的指标",
    ),
    "unknown-group": Wording(
        "the rubric has no group of indicators called “{name}”",
        "评分表中没有名为「{name}」的一级或二级指标",
    ),
    "unknown-grade": Wording(
        "the rubric has no grade “{name}”",
        "评分表中没有「{name}」这一等级",
    ),
    "claim-above-full": Wording(
        "{points} points are claimed for “{name}”, more than its full marks of {full}; check the figure",
        "「{name}」自评 {points} 分，超过满分 {full} 分，请核对",
    ),
    "total-above-full": Wording(
        "a total of {points} points is claimed, more than the {full} that there are; check the figure",
        "自评总分 {points} 分，超过最多可得的 {full} 分，请核对",
    ),
    "total-below-zero": Wording(
        "a total of {points} points is claimed; points cannot be below 0",
        "自评总分 {points} 分，得分不能小于 0，请核对",
    ),
    "claim-below-zero": Wording(
        "{points} points are claimed for “{name}”; points cannot be below 0",
        "「{name}」自评 {points} 分，得分不能小于 0，请核对",
    ),
}

_CELLS = {
    "sheet-not-read": Wording(
        "the sheet “{name}” is none of this form and was not read; its first cell says what a sheet holds",
        "工作表「{name}」不是本表的内容，没有读取；首格（A1）写明的才是表内各页",
    ),
    "sheet-twice": Wording(
        "there are two sheets “{name}”; keep one of them",
        "「{name}」有两张工作表，请只保留一张",
    ),
    "sheet-without-headings": Wording(
        "the headings of this sheet are not there ({names}); put them back, or copy the sheet from a new template",
        "这张工作表没有表头（{names}），请恢复表头，或从新的填报表中复制",
    ),
    "column-missing": Wording(
        "the column “{name}” is not there; put it back, or copy the sheet from a new template",
        "缺少「{name}」这一列，请恢复，或从新的填报表中复制",
    ),
    "column-not-read": Wording(
        "the column {name} is none of this form; what it holds was not read",
        "「{name}」这一列不是本表的内容，没有读取",
    ),
    "row-without-name": Wording(
        "this row is filled in and says nothing of what; write the name, or empty the row",
        "这一行填了内容，没有写名称，请补上名称，或清空这一行",
    ),
    "cell-not-read": Wording(
        "only points are claimed in this row; what stands here was not read",
        "这一行只填自评得分，此格的内容没有读取",
    ),
    "unknown-claim-kind": Wording(
        "“{found}” is no kind of claim; write indicator, subtotal, total or grade",
        "「{found}」不是可用的类别，请写「指标」「小计」「总分」或「等级」",
    ),
    "nothing-to-continue": Wording(
        "there is no row above that this one could go on with; leave the first cell empty",
        "上面没有可以接续的行，请清空首列的“续”字",
    ),
    "cells-merged": Wording(
        "the cells {cells} are merged; take them apart and fill in each",
        "单元格 {cells} 合并在一起，请取消合并，逐格填写",
    ),
    "cell-formula": Wording(
        "there is a formula here, and formulas are not worked out; copy the cell and paste it as a value",
        "这里是公式，公式不予计算；请复制这一格，再“选择性粘贴”为数值",
    ),
    "cell-error": Wording(
        "the cell shows {found}; write the value itself",
        "单元格显示的是 {found}，请改填实际的值",
    ),
    "cell-date": Wording(
        "the cell holds a date ({found}), not a number or a text; set its format to general or text and write it again",
        "单元格里存的是日期（{found}），不是数字或文字；请把格式改为“常规”或“文本”后重填",
    ),
    "cell-scaled-format": Wording(
        "the cell holds {found}, and its number format shows another number; set the format to general and check it",
        "单元格里存的是 {found}，数字格式使显示的数与此不同；请把格式改为“常规”，核对后重填",
    ),
    "cell-two-units": Wording(
        "the cell says “{found}”, and the unit beside or above it is “{unit}”; make the two agree",
        "单元格写的是「{found}」，单位栏或表头写的是「{unit}」，两者不一致，请核对后统一",
    ),
    "digits-beyond-shown": Wording(
        "the cell holds {found}, more digits than a spreadsheet shows; it was read in full, check it",
        "单元格里存的是 {found}，位数超出表格软件所能显示的范围，已按全部位数读取，请核对",
    ),
    "rate-like-share": Wording(
        "the unit is {unit}, so this was read as {found}; if {other} is meant, write it with its sign",
        "单位是 {unit}，已按 {found} 读取；如果应为 {other}，请连同百分号填写",
    ),
}

_ROWS = {
    "in-row": Wording(
        "look at row {row} ({name}), column “{column}”",
        "请看第 {row} 行（{name}）「{column}」列",
    ),
    "in-this-row": Wording("look at row {row} ({name})", "请看第 {row} 行（{name}）"),
    "why-not-zero-in-cell": Wording(
        "the rules divide by it; where there is none, write it like: not applicable: no such staff",
        "规则用它作除数；没有这项的，请写成“不适用：理由”",
    ),
    "departments-too-large": Wording(
        "the table is larger than {size}, or has more than {rows} departments or {columns} columns; divide it into "
        "several files",
        "表格超过 {size}，或超过 {rows} 个部门、{columns} 列，请分成几个文件",
    ),
    "table-without-headings": Wording(
        "there are no headings: one column is headed “Department”, the others by facts with their units, like “staff "
        "(people)”; rubric template RULES -o form.csv writes them",
        "没有找到表头：一列写「部门」，其余各列写事实和单位，如「编制数（人）」；"
        "rubric template 规则文件 -o 填报.csv 可生成带表头的表",
    ),
    "quotes-unpaired": Wording(
        "from this row on the quotation marks do not pair: a cell that begins with one ends with one, and one "
        "inside it is written twice",
        "从这一行起，英文双引号不成对：以双引号开头的一格须以双引号结尾，格内的双引号要写两遍",
    ),
    "row-too-long": Wording(
        "the row has {found} cells, and there are {wanted} headings; a number with a comma in it stands in quotation "
        "marks, or is written without the comma",
        "这一行有 {found} 格，表头只有 {wanted} 列；数字里有千分位逗号的，请去掉逗号，或用英文双引号括起来",
    ),
    "row-without-facts": Wording(
        "the row names a department and nothing else; all its facts are missing",
        "这一行只有部门名称，没有填写事实，各项均按缺失处理",
    ),
    "columns-missing": Wording(
        "{count} facts have no column, and are missing for every department: {names}",
        "表中缺 {count} 项事实的列，各部门均按缺失处理：{names}",
    ),
    "department-twice": Wording(
        "“{name}” is given twice for the same year, in row {row} as well; keep one of the rows",
        "「{name}」同一年度有两行，另一行是第 {row} 行，请只保留一行",
    ),
    "empty-the-column": Wording(
        "correct the heading, or delete the column",
        "请改正表头，或删去这一列",
    ),
    "reason-in-cell": Wording(
        "write it like: not applicable: no new buildings",
        "请写成“不适用：理由”，如“不适用：没有新建楼堂馆所”",
    ),
    "choose-department": Wording(
        "the file holds {count} departments; choose one with --department: {names}",
        "文件中有 {count} 个部门，请用 --department 指明一个：{names}",
    ),
    "no-such-department": Wording(
        "the file holds no department “{name}”",
        "文件中没有名为「{name}」的部门",
    ),
    "no-departments": Wording(
        "below the headings there is no department; write each in a row of its own",
        "表头下面没有部门，请一个部门填一行",
    ),
    "row-without-tables": Wording(
        "the rubric asks for tables, which a row cannot carry: {names}",
        "评分表还要填报一行写不下的表：{names}",
    ),
    "row-without-these": Wording(
        "the rubric does not ask for these, and they were not written: {names}",
        "评分表没有要求，没有写入：{names}",
    ),
    "row-without-value": Wording(
        "“{name}” is given as {found}, which cannot be written as a number of {unit}; the cell was left empty",
        "「{name}」写的是 {found}，不能写成以「{unit}」为单位的数，这一格留空",
    ),
    "row-without-readings": Wording(
        "the readings of these contradict one another, and were written as missing, with the readings as the reason: "
        "{names}",
        "前后不一的事实写作缺失，各个读数记在理由里：{names}",
    ),
    "row-without-sections": Wording(
        "a row has no place for these, and they were not written: {names}",
        "一行写不下，没有写入：{names}",
    ),
    "workbook-carries": Wording(
        "a workbook (-o form.xlsx) carries all of it",
        "要全部保留的，请生成工作簿（-o 填报表.xlsx）",
    ),
}

FACT_FINDINGS: dict[str, Wording] = {**_FILES, **_SLIPS, **_YAML, **_SHAPE, **_VALUES, **_CLAIMS, **_CELLS, **_ROWS}
