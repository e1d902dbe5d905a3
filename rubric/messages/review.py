"""The words of a review of a facts file: what it shows and asks, and what it leaves in the file."""

from __future__ import annotations

from rubric.messages.wording import Language, Wording

REVIEW: dict[str, Wording] = {
    # What stands in the file.
    "confirmed": Wording("confirmed", "无误"),
    "corrected": Wording("corrected; it was {was}", "更正，原为 {was}"),
    "corrected-whole": Wording("corrected; {were}", "更正，{were}"),
    "was": Wording("{name} was {value}", "{name}原为 {value}"),
    "filled-in": Wording("filled in; it was not found", "补填，原未找到"),
    "chosen": Wording("chosen; it was also told as {others}", "选定，另有读数 {others}"),
    "with-sentence": Wording("{value} ({section} “{quote}”)", "{value}（{section}“{quote}”）"),
    "not-found": Wording("not found in the report", "报告中没有找到"),
    "comma": Wording(", ", "、"),
    "semicolon": Wording("; ", "；"),
    "claim-total": Wording("total", "总分"),
    "claim-grade": Wording("grade", "等级"),
    # What is shown.
    "begin": Wording(
        "Review of {file}: {count} items, {left} not yet checked. Every answer is kept at once; ? explains the keys.",
        "核对 {file}：共 {count} 项，待核对 {left} 项。每答一项即存盘；输入 ? 查看各键用法。",
    ),
    "tables": Wording(
        "The rows of tables are not gone through here; check them in the file.",
        "表中各行不在这里逐项核对，请直接在文件中对照原文。",
    ),
    "in-parts": Wording(" ({what})", "（{what}）"),
    "colon": Wording(": ", "："),
    "claim-of": Wording("claim: {name}", "自评　{name}"),
    "whole-claim": Wording("claims: subtotals, total, grade", "自评　小计、总分、等级"),
    "label-used": Wording("for", "用于"),
    "label-value": Wording("value", "取值"),
    "label-claimed": Wording("claimed", "得分"),
    "label-place": Wording("place", "位置"),
    "label-quote": Wording("quote", "原文"),
    "label-reason": Wording("reason", "理由"),
    "label-state": Wording("state", "状态"),
    "label-checked": Wording("checked", "核对"),
    "full-marks": Wording("{name} ({full})", "{name}（{full}）"),
    "no-indicator": Wording("no indicator asks for it by itself", "没有指标直接用到"),
    "list": Wording(", ", "、"),
    "missing": Wording("missing", "缺失"),
    "state-not-applicable": Wording("not applicable", "不适用"),
    "differ": Wording("the report gives {count} different values", "报告前后不一，有 {count} 个读数"),
    "rate": Wording(", rate {rate}", "，比率 {rate}"),
    "not-claimed": Wording("not narrated", "未叙述"),
    "not-quoted": Wording("no sentence is given", "未注明"),
    # The keys.
    "key-accept": Wording("Enter accept", "回车 采用"),
    "key-accept-missing": Wording("Enter still missing", "回车 确认缺失"),
    "key-accept-unclaimed": Wording("Enter confirm", "回车 确认未叙述"),
    "key-choose": Wording("1-{count} choose", "1-{count} 选定"),
    "key-correct": Wording("c correct", "c 更正"),
    "key-fill": Wording("c fill in", "c 填写"),
    "key-missing": Wording("m missing", "m 缺失"),
    "key-why-missing": Wording("m give reason", "m 改写理由"),
    "key-unclaimed": Wording("m not narrated", "m 未叙述"),
    "key-not-applicable": Wording("n n/a", "n 不适用"),
    "key-skip": Wording("s skip", "s 跳过"),
    "key-back": Wording("b back", "b 上一项"),
    "key-quit": Wording("q quit", "q 退出"),
    "help": Wording(
        "Enter or y  it is as the report says\n"
        "1, 2 …      of different values, this one is right\n"
        "c           type the right value, with its sentence or the reason for it\n"
        "m           the report does not say it (of a claim: no points are told)\n"
        "n           it does not concern the department; a reason is asked for\n"
        "s           leave it for later\n"
        "b           the item before\n"
        "q           stop here; everything answered is in the file\n"
        "An empty answer to a further question goes back to the item.",
        "回车或 y  与报告相符，采用\n"
        "1、2 …    读数不一的，选定其中一个\n"
        "c         填写正确的值，附原文；资料没有写的，写明理由\n"
        "m         报告没有写，记为缺失（自评没有写明得分的，记为未叙述）\n"
        "n         部门没有这项内容，记为不适用，须写理由\n"
        "s         先跳过，以后再核对\n"
        "b         回到上一项\n"
        "q         退出；已核对的都已存盘\n"
        "接着问到的内容直接回车，即回到本项。",
    ),
    "no-key": Wording("“{key}” is none of the keys; ? explains them", "没有「{key}」这个键，输入 ? 查看各键用法"),
    "must-choose": Wording("choose one of the values, 1-{count}", "请选定一个读数（1-{count}）"),
    "unreadable": Wording("the answer holds characters that cannot be read", "输入中有无法识别的字符，请重新输入"),
    # The questions.
    "ask-value": Wording("value{kind}: ", "值{kind}："),
    "ask-quote": Wording(
        "its sentence in the document (Enter: no document says it): ", "原文（资料没有写的，直接回车）："
    ),
    "ask-source": Wording(
        "the report does not hold it; document and place: ", "报告中没有这句话，请写明出处（资料、位置）："
    ),
    "ask-place": Wording("document and place: ", "出处（资料、位置）："),
    "ask-place-kept": Wording("document and place (Enter: {place}): ", "出处（资料、位置；回车为 {place}）："),
    "ask-reason": Wording("reason: ", "理由："),
    "ask-reason-kept": Wording("reason (Enter: {reason}): ", "理由（回车为「{reason}」）："),
    "ask-points": Wording("points: ", "得分："),
    "ask-rate": Wording("rate as printed (Enter: {rate}): ", "比率，照印出的写（回车为 {rate}）："),
    "ask-claim-quote": Wording("its sentence in the report (Enter: none): ", "原文（没有的直接回车）："),
    "ask-whole": Wording("{name} (Enter: {value}): ", "{name}（回车为 {value}）："),
    "none": Wording("none", "无"),
    # What follows an answer.
    "kept-place": Wording("place: {place}", "位置　{place}"),
    "no-figure": Wording(
        "the sentence does not hold the number; the basis is a statement", "所引原文中没有这个数，依据记为陈述"
    ),
    "done-corrected": Wording("noted: {value}", "已记为 {value}"),
    "done-state": Wording("noted: {state}", "已记为{state}"),
    "unchangeable": Wording(
        "line {line} cannot be changed here; change it in an editor",
        "第 {line} 行的写法不便在此改动，请直接在文件中修改",
    ),
    # The end.
    "summary": Wording(
        "{accepted} accepted, {corrected} corrected or filled in, {states} missing or not applicable; {left} left",
        "采用 {accepted} 项，更正或填写 {corrected} 项，缺失或不适用 {states} 项；待核对 {left} 项",
    ),
    "next-review": Wording("Go on with: {command}", "继续核对：{command}"),
    "next": Wording("Next: {command}", "下一步：{command}"),
    # What cannot be reviewed.
    "needs-output": Wording(
        "--review needs a facts file to keep the answers in: -o FILE",
        "--review 要把核对结果存入事实文件，请用 -o 指定文件名",
    ),
    "output-of-facts": Wording("a facts file is reviewed in place, without -o", "核对事实文件是就地修改，不用 -o"),
    "a-workbook": Wording(
        "a workbook cannot be reviewed; turn it into a facts file first: rubric facts {name} -o FILE",
        "工作簿不能直接核对，请先转成事实文件：rubric facts {name} -o 文件",
    ),
    "has-errors": Wording(
        "the facts file cannot be read as it is; mend it, then review it", "事实文件写法有误，请先改正，再作核对"
    ),
    "still-wrong": Wording("Errors are left that no answer has mended:", "尚有错误，请直接在文件中改正："),
    "changed-meanwhile": Wording(
        "{path} was changed by another program; the last answer is not kept. Start the review again",
        "{path} 已被别的程序改动，最后一项没有存入。请重新开始核对",
    ),
    "unlike-bytes": Wording(
        "{path} cannot be written back as it was; save it as UTF-8 first", "{path} 的编码无法原样存回，请先另存为 UTF-8"
    ),
}


def say(code: str, language: Language, **arguments: object) -> str:
    """A word or a sentence in a language."""
    return REVIEW[code].of(language).format(**arguments)
