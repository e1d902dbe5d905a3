"""What is said of a report while it is read: why it cannot be, and what a reader should know of how it was."""

from rubric.messages.wording import Wording

_REFUSALS = {
    "document-too-large": Wording(
        "the file is larger than {limit} MB; make its pictures smaller or take them out, and save it anew",
        "文件超过 {limit} MB，请压缩或删去其中的图片，另存一份后再试",
    ),
    "document-too-long": Wording(
        "the file holds more than {limit} characters or paragraphs of text, which no self-evaluation report does; "
        "keep the report alone",
        "文件的文字或段落过多（上限 {limit}），不像一份自评报告；请只保留报告，另存一份",
    ),
    "document-damaged": Wording(
        "the file is damaged or incomplete; ask for it again, or open it in its program, save it anew, and try again",
        "文件已损坏或不完整，请重新索取，或用原软件打开、另存一份后再试",
    ),
    "document-not-office": Wording(
        "this archive holds neither a Word document nor an Excel workbook; give the report itself",
        "这个压缩文件既不是 Word 文档，也不是 Excel 工作簿，请解压后指明报告本身",
    ),
    "document-unpacks-too-large": Wording(
        "unpacked, the file is far larger than any report (limit {limit} MB); it is not opened",
        "文件解压后过大（上限 {limit} MB），不像一份报告，未予打开",
    ),
    "document-with-entities": Wording(
        "the file holds a document type declaration, which no office program writes; it is not opened",
        "文件中有文档类型声明，办公软件不会写出这种内容，未予打开；请向报送单位核实",
    ),
    "document-nested-too-deep": Wording(
        "the content is nested more than {limit} deep, which no report is; save it anew and try again",
        "文件内容嵌套超过 {limit} 层，不像一份报告；请另存一份后再试",
    ),
    "document-table-too-large": Wording(
        "the table has more than {rows} rows or {columns} columns; keep the score sheet alone",
        "表格超过 {rows} 行或 {columns} 列，请只保留评分表，另存一份",
    ),
    "document-kind-unknown": Wording(
        "this kind of file cannot be read; give a Word, PDF, HTML, text, Excel or CSV file",
        "无法识别这种文件，请提供 Word、PDF、网页、纯文本、Excel 或 CSV 文件",
    ),
    "document-not-as-named": Wording(
        "the name ends in {ending}, but this is no such file; open it in its program and save it as {ending} anew",
        "文件名以 {ending} 结尾，内容却不是这种文件；请用原软件打开，另存为 {ending} 后再试",
    ),
    "document-is-picture": Wording(
        "this is a picture ({kind}), it holds no text; turn it into text with recognition software first",
        "这是图片（{kind}），没有文字，无法读取；请用文字识别软件转换后再读",
    ),
    "document-has-password": Wording(
        "the file is protected by a password; save it without one and try again",
        "文件设有密码，请取消密码、另存一份后再试",
    ),
    "document-without-text": Wording(
        "there is no text in the file; check that it is the right one",
        "文件中没有文字，请核对是否选对了文件",
    ),
    "office-missing": Wording(
        "an older Office file (.doc, .wps, .xls) is read through LibreOffice, which is not installed; install it, or "
        "save the file as {ending}",
        "读取旧版文件（.doc、.wps、.xls）需要 LibreOffice，本机没有安装；请安装，或将文件另存为 {ending} 后再试",
    ),
    "office-failed": Wording(
        "LibreOffice could not read the file, which may be damaged or protected; save it as {ending} and try again",
        "LibreOffice 无法读取这个文件，可能已损坏或设有密码；请另存为 {ending} 后再试",
    ),
    "office-too-slow": Wording(
        "LibreOffice did not finish within {seconds} seconds; save the file as {ending} and try again",
        "LibreOffice 在 {seconds} 秒内没有读完，请将文件另存为 {ending} 后再试",
    ),
    "pdf-scanned": Wording(
        "this PDF is a scan, it holds no text and cannot be read; turn it into text with recognition software first",
        "这份 PDF 是扫描件，没有文字，无法读取；请用文字识别软件转换后再读",
    ),
    "pdf-too-many-pages": Wording(
        "the PDF has more than {limit} pages; keep the report alone",
        "这份 PDF 超过 {limit} 页，请只保留自评报告，另存一份",
    ),
    "pdf-too-costly": Wording(
        "reading the PDF takes more time or memory than a report should ({seconds} seconds); save it anew from its "
        "program, or give the Word file",
        "读取这份 PDF 所需的时间（超过 {seconds} 秒）或内存过多，请用原软件重新导出，或改用 Word 文件",
    ),
}

_REMARKS = {
    "document-other-kind": Wording(
        "the name ends in {ending}, but the file is {found}; it is read as that",
        "文件名以 {ending} 结尾，实际是 {found} 文件，已按后者读取",
    ),
    "change-both": Wording(
        "passage {passage} has tracked changes: “{inserted}” is inserted and read, “{deleted}” is deleted and left "
        "out; ask the department which text is final",
        "第 {passage} 段有修订：插入“{inserted}”，已读入；删除“{deleted}”，未读入；请与报送单位核对以何者为准",
    ),
    "change-inserted": Wording(
        "passage {passage} has a tracked change: “{inserted}” is inserted and read; ask the department whether it is "
        "final",
        "第 {passage} 段有修订：插入“{inserted}”，已读入；请与报送单位核对是否定稿",
    ),
    "change-deleted": Wording(
        "passage {passage} has a tracked change: “{deleted}” is deleted and left out; ask the department whether that "
        "is final",
        "第 {passage} 段有修订：删除“{deleted}”，未读入；请与报送单位核对是否定稿",
    ),
    "change-removed": Wording(
        "behind passage {passage} a whole passage is deleted under tracked changes and left out: “{deleted}”; ask the "
        "department whether that is final",
        "第 {passage} 段之后有整段修订删除，未读入：“{deleted}”；请与报送单位核对是否定稿",
    ),
    "text-hidden": Wording(
        "at passage {passage} there is hidden text, which is not read: “{text}”",
        "第 {passage} 段处有隐藏文字，未读入：“{text}”",
    ),
    "text-box": Wording(
        "passage {passage} stands in a text box; its place in the order may not be the one on the page",
        "第 {passage} 段在文本框中，已单独读入，先后位置可能与版面不同",
    ),
    "numbering-unread": Wording(
        "the automatic number of passage {passage} is of a kind that is not read ({kind}); the text begins without it",
        "第 {passage} 段的自动编号（{kind}）无法读出，段首没有编号",
    ),
    "document-comments": Wording("{count} comments in the document are not read", "文档中有 {count} 条批注，没有读入"),
    "cells-hidden": Wording(
        "{count} cells in hidden rows or columns of “{sheet}” are not read",
        "工作表「{sheet}」隐藏的行或列中有 {count} 个单元格，没有读入",
    ),
    "document-more": Wording(
        "and {count} more remarks of this kind; look through the document itself",
        "另有 {count} 处类似情况未列出，请查看文件本身",
    ),
    "pdf-pages-without-text": Wording(
        "these pages hold no text and may be scans: {pages}; look at them, and recognise their text if need be",
        "以下各页没有文字，可能是扫描页：第 {pages} 页；请查看，必要时用文字识别软件转换后再读",
    ),
    "pdf-unreadable-characters": Wording(
        "{count} characters could not be read because the PDF does not say what its glyphs mean; compare with the "
        "original, or give the Word file",
        "有 {count} 个字因 PDF 未带字符编码而无法读出，请对照原件，或改用 Word 文件",
    ),
}

DOCUMENT_FINDINGS: dict[str, Wording] = {**_REFUSALS, **_REMARKS}
