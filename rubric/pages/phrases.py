"""What the scoring section and the review opinion both say of a dossier: titles, points, numbers of headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from engine.number import plain
from rubric.messages.official import say
from rubric.messages.wording import Language
from rubric.pages.dossier import Branch, Dossier, Leaf, Points, ShiftShown

_DIGITS = "〇一二三四五六七八九"
# A range as it is printed: 0～4.
_RANGE = re.compile(r"(?<=\d)[-~](?=-?\d)")
# Names of tables end in what a document about them does not say again.
_TABLE = re.compile(r"(?:评分(?:标准|细则)?表?|指标(?:体系)?表?|表)$")


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def heading_number(depth: int, place: int, number: str, language: Language) -> str:
    """The number of a heading (GB/T 9704—2012, 7.3.3): 一、（一）1.（1）; in English 1, 1.1."""
    if language == "en":
        return f"{number} "
    return (f"{chinese_number(place)}、", f"（{chinese_number(place)}）", f"{place}.", f"（{place}）")[min(depth, 3)]


def department(dossier: Dossier) -> str:
    """The department, or that it is not named."""
    return dossier.department.strip() or say("no-department", dossier.language)


def year(dossier: Dossier) -> str:
    """The year that is evaluated: 2017年度; nothing where it is not known."""
    told = dossier.formal.year
    return say("year", dossier.language, year=told) if told else ""


def subject(dossier: Dossier) -> str:
    """What is evaluated, by the title of the table: 部门整体支出绩效评价."""
    told = dossier.title.strip()
    return (_TABLE.sub("", told) or told) if dossier.language == "zh" else told


def title_lines(code: str, dossier: Dossier) -> str:
    """A title, broken between the department's and the evaluation's name where one line does not hold it."""
    told = {"department": department(dossier), "year": year(dossier), "subject": subject(dossier)}
    whole = say(code, dossier.language, **told)
    if dossier.language == "en":
        return whole.replace(", :", ":")
    start = f"{told['department']}{told['year']}"
    # 二号 sets 20 characters on a line.
    return f"{start}\n{whole[len(start) :]}" if len(whole) > 20 and whole.startswith(start) else whole


def title(code: str, dossier: Dossier) -> str:
    """A title on one line."""
    return title_lines(code, dossier).replace("\n", "" if dossier.language == "zh" else "; ")


def shown(points: str, language: Language) -> str:
    """Points as a document prints them: a range with the mark between numbers."""
    return _RANGE.sub("～" if language == "zh" else "–", points)


def ends(points: Points) -> dict[str, str]:
    """The points, and their ends, to be put into a sentence."""
    return {"points": points.text, "low": plain(points.low), "high": plain(points.high)}


def amount(shift: ShiftShown, language: Language) -> str:
    """What a shift gives or takes, in words: 减9.999分."""
    if shift.exact is None:
        return say("becomes", language, points=shown(shift.amount, language))
    return say("adds" if shift.exact > 0 else "takes", language, points=plain(abs(shift.exact)))


def sized(text: str) -> str:
    """Full marks without the sign that those of a penalty have."""
    return text.removeprefix("-")


def member_points(member: Branch | Leaf, part: str) -> dict[str, str]:
    """The points of a member as a sentence tells them; of a penalty, those that it takes, from the least."""
    low, high = member.points.low, member.points.high
    if part == "penalty":
        text = shown(member.points.text.replace("-", "").replace("~", "～"), "zh")
        parts = sorted(Fraction(each) for each in text.split("～"))
        return {"points": plain(parts[-1]), "low": plain(parts[0]), "high": plain(parts[-1])}
    return {"points": member.points.text, "low": plain(low), "high": plain(high)}


def listed(parts: Iterable[str], language: Language, strong: bool = False) -> str:
    """Several things in a sentence."""
    mark = ("；" if strong else "、") if language == "zh" else ("; " if strong else ", ")
    return mark.join(parts)


def grades(dossier: Dossier) -> str:
    """The grades with their floors: 优≥90分；良≥80分；其余为差."""
    language = dossier.language
    unit = "分" if language == "zh" else ""
    told = [
        f"{name}{floor.replace(' ', '')}{unit}" if floor else say("grade-rest", language, name=name)
        for name, floor in dossier.grades
    ]
    if language == "en":
        told = [f"{name} {floor}" if floor else say("grade-rest", "en", name=name) for name, floor in dossier.grades]
    return say("grades", language, grades=listed(told, language, strong=True)) if told else ""


def ended(text: str, language: Language) -> str:
    """A sentence with its full stop, once."""
    stop = "。" if language == "zh" else "."
    return text if text.rstrip('”"）)').endswith(("。", ".", "！", "？", "；")) else text + stop
