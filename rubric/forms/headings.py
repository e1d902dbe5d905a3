"""The columns of a table of departments by their headings: written from a rubric, and known again without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.facts import Facts
from engine.rows import with_rows
from engine.rules import FactDeclaration, Group, Indicator, Rubric
from rubric.forms.words import LEVELS, named, unit_text
from rubric.messages.forms import CLAIMED, DEPARTMENT, DEPARTMENTS, NUMBER, TEXT, YEAR
from rubric.messages.wording import Language
from rubric.readers.binding import declared_names
from rubric.readers.names import Names, half_width, loose
from rubric.readers.values import unit

_BRACKETS = {"zh": ("（", "）"), "en": (" (", ")")}
_NO_UNITS = frozenset(loose(form) for word in (NUMBER, TEXT) for form in word)
_SINGLE = Names(
    [
        *((form, "department") for form in (*DEPARTMENT, *DEPARTMENTS)),
        *((form, "year") for form in YEAR),
        *((form, kind) for kind in ("total", "grade") for form in CLAIMED[kind]),
    ]
)
_CLAIMS = tuple((loose(form), kind) for kind in ("indicators", "subtotals") for form in CLAIMED[kind])


class Column(NamedTuple):
    """What a column holds: a fact or a claim by its name, or one of the single things; and the unit of its heading."""

    kind: str
    name: str = ""
    unit: str = ""


def columns(rubric: Rubric) -> Iterator[Column]:
    """The columns that a rubric asks for, by the keys of what they hold; two things of one name have one column."""
    yield Column("department")
    yield Column("year")
    yield from (Column("facts", each.key) for each in rubric.facts)
    yield from dict.fromkeys(_claims(rubric.members))
    yield Column("total")
    if rubric.grades:
        yield Column("grade")


def _claims(members: Iterable[Group | Indicator]) -> Iterator[Column]:
    for member in members:
        if isinstance(member, Indicator) and member.rows is None:
            yield Column("indicators", member.name.key)
        else:
            yield Column("subtotals", member.name.key)
        if isinstance(member, Group):
            yield from _claims(member.members)


def heading(column: Column, rubric: Rubric, language: Language) -> str:
    """What stands above a column."""
    match column.kind:
        case "department":
            return DEPARTMENT.of(language)
        case "year":
            return YEAR.of(language)
        case "facts":
            declaration = next(each for each in rubric.facts if each.key == column.name)
            before, behind = _BRACKETS[language]
            return f"{named(declaration.name, language)}{before}{unit_text(declaration.kind, language)}{behind}"
        case kind:
            return CLAIMED[kind].of(language) + (_named(column.name, rubric, language) if column.name else "")


def _named(key: str, rubric: Rubric, language: Language) -> str:
    names = (*(each.name for each in rubric.groups()), *(each.name for each in rubric.indicators()))
    return named(next(each for each in names if each.key == key), language)


def column(text: str) -> Column:
    """What a heading says by itself: whatever is neither of the department nor a claim is a fact."""
    single = _SINGLE.get(text)
    if single is not None:
        return Column(single)
    claim = _claim(text)
    if claim is not None:
        return claim
    name, beside = parted(text)
    return Column("facts", name, beside) if is_unit(beside) else Column("facts", text.strip())


def _claim(text: str) -> Column | None:
    """A claim by its first words: 自评：在职人员控制率."""
    first, colon, rest = text.replace("：", ":").partition(":")
    if not colon or not rest.strip():
        return None
    kind = next((kind for form, kind in _CLAIMS if form == loose(first + colon)), None)
    return Column(kind, text[len(first) + 1 :].strip()) if kind else None


def parted(text: str) -> tuple[str, str]:
    """The name of a heading, and what stands in the last brackets behind it: 编制数（人）."""
    said = half_width(text).rstrip()
    if not said.endswith(")"):
        return text.strip(), ""
    depth = 0
    for place in range(len(said) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(said[place], 0)
        if depth == 0:
            return text[:place].strip(), text[place + 1 : len(said) - 1].strip()
    return text.strip(), ""


def is_unit(text: str) -> bool:
    """Whether the words in the brackets of a heading say how a value is given: in a unit, a level, a number, a text."""
    return unit(text) is not None or loose(text) in _NO_UNITS or bool(levels(text))


def levels(text: str) -> tuple[str, ...]:
    """The levels that a heading lists: 好／一般／差."""
    marked = text.replace("/", LEVELS)
    found = tuple(each.strip() for each in marked.split(LEVELS))
    return found if len(found) > 1 and unit(text) is None else ()


class Asked:
    """What a rubric asks for, by every name that a heading may have for it."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        scored, _ = with_rows(rubric, Facts("", None, {}))
        self.facts: Names[FactDeclaration] = Names(declared_names(rubric))
        self.indicators: Names[Indicator] = Names(
            (form, each) for each in scored.indicators() for form in each.name.forms
        )
        self.subtotals: Names[Group] = Names((form, each) for each in scored.groups() for form in each.name.forms)

    def declared(self) -> Iterator[str]:
        """The facts, by their keys."""
        return (each.key for each in self._rubric.facts)

    def column(self, text: str) -> Column:
        """What a heading says, where a name with brackets of its own is known as such."""
        for name, beside in ((text.strip(), ""), parted(text)):
            if _SINGLE.get(text) is None and self.facts.get(name) is not None:
                return Column("facts", name, beside)
        return column(text)

    def key(self, column: Column) -> str | None:
        """The one key of what a column holds, if the rubric asks for it."""
        match column.kind:
            case "facts":
                declaration = self.facts.get(column.name)
                return None if declaration is None else declaration.key
            case "indicators":
                indicator = self.indicators.get(column.name)
                return None if indicator is None else indicator.name.key
            case "subtotals":
                group = self.subtotals.get(column.name)
                return None if group is None else group.name.key
            case _:
                return column.kind

    def nearest(self, column: Column) -> str | None:
        """The name most like a wrong one."""
        names: dict[str, Names[FactDeclaration] | Names[Indicator] | Names[Group]] = {
            "facts": self.facts,
            "indicators": self.indicators,
            "subtotals": self.subtotals,
        }
        return names[column.kind].nearest(column.name)
