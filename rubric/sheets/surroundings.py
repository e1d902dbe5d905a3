"""What the lines around a table say of the whole: its title, year and documents, its grades, the fraction of a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from rubric.language.read import read_rubric
from rubric.language.text import normalise
from rubric.messages.headings import ABOVE
from rubric.sheets.wording import first_of, joined

_TITLE = re.compile(
    r"表|指标|体系|评价|考核|绩效|rubric|table|scor|evaluation|assessment|appraisal|expenditure|performance",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"\s*(?:附件|附表|附录|附\s*[0-9]|填报|编号|日期|annex)|[^:]{1,12}:|.*盖章", re.IGNORECASE)
# A title may stand behind the number of an annex: 附件2：评分表.
_ANNEX = re.compile(r"\s*(?:附件|附表|附录|附|annex)\s*[0-9一二三四五六七八九十]{0,3}\s*[:：]\s*", re.IGNORECASE)
_LONGEST_TITLE = 60
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s*(?:年|[-]|\b))")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{2,10}\s*[〔\[(（]\s*(?:19|20)[0-9]{2}\s*[〕\])）]\s*[0-9]+\s*号")
_STATED = re.compile(
    r"(?:总分|满分|共计|合计|总计)[值为是:]*\s*([0-9]{1,4}(?:\.[0-9]+)?)\s*分?|\(\s*([0-9]{2,4})\s*分\s*\)"
)
# A passage that may say what a fraction of a step counts as.
_FRACTION = re.compile(r"不足|steps?\b|proportion", re.IGNORECASE)
_SENTENCES = re.compile(r"[^。\n]+")
_LETTERED = re.compile(r"\s*(?:注|备注|说明)?\s*[:：]?\s*(?:[0-9]{1,2}\s*[.、]|[(（][0-9一二三四五]{1,2}[)）])?\s*")


def title_of(lines: Iterable[str], inside: Iterable[str] = ()) -> str:
    """The line that is the title: the last one above the table that speaks of one and is no form to be filled in.

    Where none does, it is the first of the lines inside the table, above its headings.
    """
    titles = [text for text in map(bare_title, lines) if _TITLE.search(text) and _may_be_title(text)]
    return titles[-1] if titles else next(filter(_may_be_title, map(bare_title, inside)), "")


def bare_title(line: str) -> str:
    """A line without the number of an annex before it and the marks around it."""
    return _ANNEX.sub("", joined(line), count=1).strip('《》「」"')


def _may_be_title(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST_TITLE and first_of(ABOVE, text) is None and _NO_TITLE.match(normalise(text)) is None
    )


def said_above(lines: Iterable[str], terminal: str) -> list[str]:
    """What the lines above the table say behind a word of the header: 依据：财预〔2011〕85号."""
    labelled = (first_of(ABOVE, joined(line)) for line in lines)
    return [each[1].strip() for each in labelled if each is not None and each[0] == terminal and each[1].strip()]


def years_in(text: str) -> list[str]:
    """The years that a title names."""
    return list(dict.fromkeys(match[0] for match in _YEAR.finditer(normalise(text))))


def documents_in(lines: Iterable[str]) -> list[str]:
    """The documents that are named by their number: 财预〔2011〕85号."""
    return list(dict.fromkeys(re.sub(r"\s", "", found[0]) for line in lines for found in _DOCUMENT.finditer(line)))


def total_in(lines: Iterable[str]) -> Fraction | None:
    """The full marks that a title or a heading names."""
    for line in lines:
        found = _STATED.search(normalise(joined(line)))
        if found:
            return Fraction(found[1] or found[2])
    return None


def grades_in(notes: Iterable[str]) -> str:
    """The first passage of the notes that reads as grades."""
    return next(filter(None, (_read(part, "等级") for part in _passages(notes))), "")


def reading_in(notes: Iterable[str]) -> str:
    """The first passage of the notes that says what a fraction of a step counts as."""
    return next(filter(None, (_read(part, "零头") for part in _passages(notes) if _FRACTION.search(part))), "")


def period_in(said: Iterable[str]) -> str:
    """The first of the lines that reads as the years in which a rubric is in force: 2018, 2018-2020, 2020 年起."""
    return next(filter(None, (_read(text, "年度") for text in said)), "")


def is_year_alone(text: str) -> bool:
    """Whether a text is one year and nothing else: 2018, 2018年度."""
    return re.fullmatch(r"\s*[0-9]{4}\s*(?:年度?)?\s*", normalise(text)) is not None


def _passages(notes: Iterable[str]) -> Iterator[str]:
    """The sentences of the notes, and what stands behind a colon in them."""
    for text in notes:
        for found in _SENTENCES.finditer(joined(text)):
            bare = _LETTERED.sub("", found[0], count=1)
            yield bare
            for separator in ("：", ":", "，"):
                yield bare.partition(separator)[2]


def _read(text: str, word: str) -> str:
    """The text where a header takes it as it stands behind the word, and nothing where it does not."""
    text = text.strip(" 。；;")
    if not text:
        return ""
    reading = read_rubric(f"评分表「试」\n  {word}：{text}\n指标 某项（1 分）\n  评分：按比例计分")
    rubric = reading.rubric
    if rubric is None or any(finding.span.line == 2 for finding in reading.findings):
        return ""
    found = {"等级": rubric.grades, "零头": rubric.reading, "年度": rubric.period}
    return text if found[word] else ""
