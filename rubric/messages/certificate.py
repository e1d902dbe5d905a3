"""What is said of certificates and seals: what was found, where, and what to do."""

from rubric.messages.wording import Wording

CERTIFICATE: dict[str, Wording] = {
    # ------------------------------------------------------------------------------------ it cannot be read
    "too-large": Wording(
        "the file is larger than {limit} MB, which no certificate is; name the .cert.json file that `rubric score "
        "--certificate` wrote",
        "文件超过 {limit} MB，不是得分证书；请给出 rubric score --certificate 写出的 .cert.json 文件",
    ),
    "not-text": Wording(
        "the file is not text in UTF-8; name the .cert.json file that `rubric score --certificate` wrote",
        "文件不是 UTF-8 文本；请给出 rubric score --certificate 写出的 .cert.json 文件",
    ),
    "not-json": Wording(
        "the file is not JSON: line {line}, column {column} is broken; it was cut off or changed by hand: ask for the "
        "original file",
        "文件不是完整的 JSON，第 {line} 行第 {column} 列读不下去：可能被截断或手工改动过，请索取原文件",
    ),
    "not-plain": Wording(
        "the file has {what}, which no certificate has; ask for the original file",
        "文件中有{what}，得分证书里不会有；请索取原文件",
    ),
    "too-deep": Wording("brackets nested too deeply", "层层嵌套过深的括号"),
    "named-twice": Wording("the name “{name}” twice in one place", "同一处重复的名称「{name}」"),
    "not-whole-number": Wording("the number {number}, which is not a whole one", "不是整数的数字 {number}"),
    "long-number": Wording("a number of very many digits", "位数过多的数字"),
    "not-a-certificate": Wording(
        "the file is JSON, but no certificate; name the file that `rubric score --certificate` wrote",
        "文件是 JSON，但不是得分证书；请给出 rubric score --certificate 写出的文件",
    ),
    "other-schema": Wording(
        "the certificate has the layout “{version}”, this program reads layout 1; verify it with the version of the "
        "program that wrote it ({engine})",
        "证书的格式版本为「{version}」，本程序只读版本 1；请用写出它的程序版本（{engine}）核对",
    ),
    "misshapen": Wording(
        "the certificate is damaged at {where}: {found}; ask for the original file",
        "证书在「{where}」处已损坏：{found}。请索取原文件",
    ),
    "lacking": Wording("something is missing", "缺少内容"),
    "too-much": Wording("something stands there that does not belong", "多出了不该有的内容"),
    "wrong-value": Wording("the value is not one that may stand there", "值不是这里可以有的"),
    # ------------------------------------------------------------------------------------- what is wrong with it
    "id-differs": Wording(
        "the content was changed after the certificate was written: its id no longer fits it",
        "证书写出后内容被改动过：编号与内容不符",
    ),
    "text-differs": Wording(
        "the text of {name} was changed: it does not have the digest that the certificate states",
        "{name} 的正文被改动过：与证书所记的摘要不符",
    ),
    "rules-digest-differs": Wording("the digest of the rules does not fit their texts", "规则的摘要与规则正文不符"),
    "facts-digest-differs": Wording("the digest of the facts does not fit their text", "事实的摘要与事实正文不符"),
    "file-differs": Wording(
        "{path} is not the file that was certified: its digest is {found}, the certificate states {certified}",
        "{path} 不是证书所据的文件：其摘要为 {found}，证书所记为 {certified}",
    ),
    "texts-unusable": Wording(
        "the texts in the certificate no longer give a score; the first reason: {found}",
        "按证书中的正文已不能打分，首先是：{found}",
    ),
    "differs": Wording("{where}: certified {certified}, now {now}", "{where}：证书为 {certified}，现在为 {now}"),
    "dropped": Wording("{where}: not in the certificate, now {now}", "{where}：证书中没有，现在为 {now}"),
    "added": Wording("{where}: certified {certified}, now there is none", "{where}：证书为 {certified}，现在没有"),
    "more": Wording("and {count} more", "还有 {count} 处"),
    # ------------------------------------------------------------------------------------------ what is told
    "of": Wording("Certificate {id}", "得分证书 {id}"),
    "about": Wording("  {department}  {title}  {total}  {grade}", "  {department}　{title}　{total} 分　{grade}"),
    "digests": Wording("  rules {rules}…  facts {facts}…", "  规则摘要 {rules}…　事实摘要 {facts}…"),
    "engine-differs": Wording(
        "  written by version {certified} of the program; verified with version {now}",
        "  由 {certified} 版程序写出，现用 {now} 版核对",
    ),
    "verified": Wording(
        "Verified: scored again from the texts, every step is as certified.",
        "核对无误：按证书中的正文重新打分，每一步都与证书相符。",
    ),
    "found": Wording("Not as certified, {count}:", "与证书不符，共 {count} 处："),
    "nothing": Wording("none", "无"),
    "yes": Wording("yes", "是"),
    "no": Wording("no", "否"),
    "several": Wording("{count} in all", "共 {count} 项"),
    # ------------------------------------------------------------------------------------------------- seals
    "no-seal": Wording(
        "the document carries no seal; only documents that Rubric wrote with one can be verified: verify the "
        "certificate itself, or write the document again",
        "文件中没有封记，只能核对由本程序写出并带封记的文件；请直接核对得分证书，或重新输出该文件",
    ),
    "seal-misshapen": Wording(
        "the seal in the document is damaged ({found}); write the document again",
        "文件中的封记已损坏（{found}），请重新输出该文件",
    ),
    "seals-differ": Wording(
        "the document carries several seals that are not the same; write it again",
        "文件中有几个互不相同的封记，请重新输出该文件",
    ),
    "seal-changed": Wording("the seal itself was changed after it was written", "封记本身在写出后被改动过"),
    "seal-of-another": Wording(
        "the seal belongs to another certificate: {found}, not {certified}",
        "封记属于另一份证书：{found}，不是 {certified}",
    ),
    "seal-number-differs": Wording(
        "{name}: the seal says {found}, the certificate {certified}",
        "{name}：封记为 {found}，证书为 {certified}",
    ),
    "number-edited": Wording(
        "{name}: certified {certified}, the document shows {found}", "{name}：应为 {certified}，文件中写的是 {found}"
    ),
    "number-not-shown": Wording(
        "{name}: certified {certified}, the document shows it nowhere", "{name}：应为 {certified}，文件中没有显示"
    ),
    "number-unknown": Wording(
        "the document marks “{key}” as certified ({found}), which the seal does not hold",
        "文件把「{key}」标为经封记的数（{found}），封记里没有这一项",
    ),
    "number-without-value": Wording("nothing, or a formula without its result", "空白，或没有结果的公式"),
    "sealed": Wording(
        "Verified: all {count} sealed numbers are shown as certified.", "核对无误：{count} 个经封记的数都与证书一致。"
    ),
    "seal-without-certificate": Wording(
        "The seal is of a score that was written without a certificate", "封记所属的打分没有写出得分证书"
    ),
    "found-in-document": Wording("Not as sealed, {count}:", "与封记不符，共 {count} 处："),
    "seal-of": Wording("Seal of certificate {id}", "得分证书 {id} 的封记"),
    "document-damaged": Wording(
        "the document cannot be opened: it is damaged, not of the kind that its name says, or unpacks to too much; "
        "ask for the original file",
        "文件打不开：已损坏，或与扩展名不符，或展开后过大；请索取原文件",
    ),
    "total": Wording("total", "总分"),
    "grade": Wording("grade", "等级"),
    # --------------------------------------------------------------------------------------- one of a list
    "indicator-of": Wording("indicator “{name}”", "指标「{name}」"),
    "group-of": Wording("level “{name}”", "「{name}」"),
    "fact-of": Wording("fact “{name}”", "事实「{name}」"),
    "claim-of": Wording("claim for “{name}”", "自评「{name}」"),
    "file-of": Wording("file {name}", "文件 {name}"),
    "nth": Wording("{name} {number}", "{name}第 {number} 项"),
}

# The parts of a certificate, as people say them.
PARTS: dict[str, Wording] = {
    "rules": Wording("rules", "规则"),
    "facts": Wording("facts", "事实"),
    "files": Wording("files", "文件"),
    "file": Wording("file", "文件"),
    "together": Wording("departments scored together", "一并评价的部门"),
    "workbook": Wording("workbook", "工作簿"),
    "digest": Wording("digest", "摘要"),
    "title": Wording("title", "评分表名称"),
    "department": Wording("department", "部门"),
    "year": Wording("year", "年度"),
    "values": Wording("values of facts", "事实的值"),
    "adjustments": Wording("adjustments", "调整"),
    "members": Wording("levels", "指标体系"),
    "total": Wording("total", "总分"),
    "claims": Wording("claims", "自评"),
    "indicators": Wording("indicators", "各项"),
    "subtotals": Wording("subtotals", "小计"),
    "key": Wording("name", "名称"),
    "name": Wording("name", "名称"),
    "role": Wording("kind", "类别"),
    "full": Wording("full marks", "满分"),
    "most": Wording("most points", "最高分"),
    "place": Wording("place", "位置"),
    "quote": Wording("words", "原文"),
    "line": Wording("line", "行"),
    "column": Wording("column", "列"),
    "clause": Wording("clause", "条款"),
    "combination": Wording("how it is put together", "合成方式"),
    "terms": Wording("steps of the calculation", "计算步骤"),
    "formula": Wording("formula", "公式"),
    "measured": Wording("measured value", "测得的值"),
    "first": Wording("clauses looked at first", "先看的条款"),
    "exempt": Wording("clause where it does not apply", "不适用条款"),
    "parts": Wording("parts", "部分"),
    "cases": Wording("cases", "情形"),
    "case": Wording("case that counted", "所适用的情形"),
    "guards": Wording("conditions", "条件"),
    "conditions": Wording("conditions", "条件"),
    "all": Wording("conditions", "条件"),
    "holds": Wording("whether it holds", "是否成立"),
    "low": Wording("low end", "下限"),
    "high": Wording("high end", "上限"),
    "low_in": Wording("low end included", "含下限"),
    "high_in": Wording("high end included", "含上限"),
    "function": Wording("points", "计分"),
    "base": Wording("start", "起点分"),
    "floor": Wording("least", "最低"),
    "ceiling": Wording("most", "最高"),
    "amount": Wording("amount", "数额"),
    "reference": Wording("reference", "基准"),
    "size": Wording("size", "步长"),
    "side": Wording("side", "方向"),
    "reading": Wording("fractions of a step", "零头算法"),
    "readings": Wording("readings", "各种读数"),
    "before": Wording("before", "之前"),
    "after": Wording("after", "之后"),
    "outcome": Wording("result", "结果"),
    "settled": Wording("result of the whole", "整项结果"),
    "settled_by": Wording("what settles it", "由什么决定"),
    "work": Wording("working", "计算过程"),
    "distance": Wording("distance", "偏离"),
    "steps": Wording("steps", "档数"),
    "reached": Wording("before its limits", "限额之前"),
    "rounded": Wording("rounded", "取整后"),
    "points": Wording("points", "得分"),
    "lost": Wording("lost", "失分"),
    "awarded": Wording("awarded", "得分"),
    "entries": Wording("ledger", "台账"),
    "status": Wording("status", "状态"),
    "range": Wording("range", "得分区间"),
    "left_out": Wording("not counted", "不计的满分"),
    "lacking": Wording("lacking facts", "所缺事实"),
    "sum": Wording("sum", "合计"),
    "added": Wording("sum", "合计"),
    "shifts": Wording("shifts", "调整"),
    "caps": Wording("caps", "封顶"),
    "vetoes": Wording("vetoes", "否决"),
    "rounding": Wording("rounding", "取整"),
    "witnesses": Wording("values that reach the ends", "达到两端的取值"),
    "scale": Wording("grades", "等级划分"),
    "grades": Wording("grade", "等级"),
    "grade": Wording("grade", "等级"),
    "consequences": Wording("consequences", "结果应用"),
    "adjusted": Wording("with adjustments", "调整后"),
    "verdict": Wording("verdict", "结论"),
    "difference": Wording("difference", "相差"),
    "rate": Wording("printed rate", "比率"),
    "narrated": Wording("sum of what is told", "所述合计"),
    "printed": Wording("printed", "印出"),
    "unclaimed": Wording("not told of", "未述"),
    "value": Wording("value", "值"),
    "number": Wording("number", "数值"),
    "unit": Wording("unit", "单位"),
    "level": Wording("level", "档次"),
    "truth": Wording("yes or no", "是否"),
    "state": Wording("state", "状态"),
    "fact": Wording("fact", "事实"),
    "text": Wording("text", "正文"),
    "why": Wording("reason", "原因"),
}
