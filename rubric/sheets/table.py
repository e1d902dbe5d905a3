"""A rubric as the scoring table that a bureau would print: boxes of text that every format writes in its own way.

What a box says is taken from the canonical rule file (`write`), so that table and rules cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from engine.rules import Group, Indicator, Role, Rubric
from rubric.language.phrases import exact
from rubric.language.write import pieces
from rubric.messages.tables import TABLE
from rubric.messages.vocabulary import FIELDS, HEADS
from rubric.messages.wording import Language
from rubric.messages.words import Spellings

Kind = Literal["heading", "level", "name", "points", "text", "total"]

# What stands above the table and what below it; full marks are its last row.
_ABOVE = ("YEAR", "PLACE", "BASIS")
_BELOW = ("FRACTION", "NOT_APPLICABLE", "GRADES", "NOTE")
_IN_CRITERION = ("ROUNDING", "NOT_APPLICABLE", "VETO", "PROVIDED", "OFFICIAL")
_IN_NOTES = ("NOTE", "EXAMPLE")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as it is to be written: its text, how far it reaches, and its number where it is one.

    A total adds up the rows that it names.
    """

    text: str
    kind: Kind = "text"
    rows: int = 1
    columns: int = 1
    number: Fraction | None = None
    adds: tuple[int, ...] = ()


Row = tuple[Box | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its title, the lines above and below it, its columns with their share of the width, its rows.

    Where a box reaches over several places, the others hold nothing.
    """

    title: str
    above: tuple[str, ...]
    headings: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[Row, ...]
    below: tuple[str, ...] = ()


@dataclass(slots=True)
class _Block:
    """One block of the rule file: what it is, its first line, and its fields by the word that opens each."""

    terminal: str
    head: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def all(self, *terminals: str) -> list[tuple[str, str]]:
        return [(terminal, text) for wanted in terminals for terminal, text in self.fields if terminal == wanted]

    def text(self, terminal: str) -> str:
        return next((text for _, text in self.all(terminal)), "")


def table_of(rubric: Rubric, language: Language, open_findings: int = 0) -> tuple[Part, ...]:
    """The scoring table, and the facts that it asks for; ValueError where the rubric has no canonical form."""
    return tuple(_Table(rubric, language, open_findings).parts())


class _Table:
    def __init__(self, rubric: Rubric, language: Language, open_findings: int) -> None:
        self.rubric = rubric
        self.language = language
        self.open_findings = open_findings
        self._colon = "：" if language == "zh" else ": "
        self.blocks = list(self._blocks())
        self.levels = [level for level in (1, 2) if any(group.level == level for group in rubric.groups())]

    def _say(self, code: str, **arguments: object) -> str:
        return TABLE[code].of(self.language).format(**arguments)

    # --------------------------------------------------------------------------------------- the rule file

    def _blocks(self) -> Iterator[_Block]:
        """The canonical rule file, block by block."""
        block: _Block | None = None
        for piece in pieces(self.rubric, self.language):
            first, *more = piece.lines
            if not first.startswith(" "):
                if block is not None:
                    yield block
                block = _Block(piece.terminal, first)
            elif block is not None:
                joint = "" if self.language == "zh" else " "
                line = joint.join([first.strip(), *(line.strip() for line in more)])
                block.fields.append((piece.terminal, self._said(piece.terminal, line)))
        if block is not None:
            yield block

    def _said(self, terminal: str, line: str) -> str:
        """What stands behind the word of a field; a line that declares something has no such word."""
        return line.partition(self._colon)[2] if terminal in FIELDS else line

    def _labelled(self, terminal: str, text: str) -> str:
        """A field with its word."""
        return self._label(FIELDS[terminal]) + self._colon + text

    def _label(self, word: Spellings) -> str:
        """A word as it begins a line."""
        return _capital(word.first(self.language))

    # ------------------------------------------------------------------------------------------- the parts

    def parts(self) -> Iterator[Part]:
        """The scoring table, then the facts."""
        header, *_ = self.blocks
        draft = [self._say("draft", count=self.open_findings)] if self.open_findings else []
        names = [self._say(f"level-{level}") for level in self.levels]
        indicator = self._say("indicator" if len(self.levels) > 1 else "indicator-alone")
        others = [self._say(code) for code in ("points", "formula", "criterion", "notes")]
        yield Part(
            title=self.rubric.title or self._say("title"),
            above=(*draft, *(self._labelled(*each) for each in header.all(*_ABOVE))),
            headings=(*names, indicator, *others),
            shares=_shares(len(self.levels)),
            rows=tuple(self._rows()),
            below=tuple(self._below(header)),
        )
        facts = tuple(self._facts())
        if facts:
            headings = tuple(self._say(code) for code in ("fact", "unit", "meaning"))
            yield Part(self._say("facts-title"), (), headings, (34, 18, 48), facts)

    def _members(self) -> list[tuple[Group | Indicator, _Block]]:
        """Every level and indicator with its block, in the order of the rule file."""
        members = [member for top in self.rubric.members for member in _all(top)]
        blocks = [block for block in self.blocks if block.terminal in _MEMBERS]
        return list(zip(members, blocks, strict=True))

    def _below(self, header: _Block) -> Iterator[str]:
        """What is said of the whole, and how levels and definitions come about."""
        yield from (self._labelled(*each) for each in header.all(*_BELOW))
        for block in self.blocks:
            match block.terminal:
                case "OVERALL":
                    yield from (self._labelled(*each) for each in block.fields)
                case "DEFINITIONS":
                    yield from (self._label(HEADS["DEFINITIONS"]) + self._colon + text for _, text in block.fields)
        for group, block in self._members():
            for terminal, text in block.fields if isinstance(group, Group) else ():
                named = self._say("below", label=self._label(FIELDS[terminal]), name=self._form(group))
                yield named + self._colon + text

    def _facts(self) -> Iterator[Row]:
        """The facts that are asked for, with their unit or levels and what they mean."""
        for block in self.blocks:
            if block.terminal not in ("FACTS", "TABLE"):
                continue
            head, _, said = block.head.partition(self._colon)
            if said:
                yield Box(_capital(head), "name"), Box(""), Box(said)
            for _, line in block.fields:
                names, kind, meaning = _declaration(line, self.language)
                if block.terminal == "TABLE":
                    table = head.removeprefix(HEADS["TABLE"].first(self.language)).strip()
                    names = self._say("of-table", name=names, table=table)
                yield Box(names, "name"), Box(kind), Box(meaning)

    # -------------------------------------------------------------------------------------------- the rows

    def _form(self, member: Group | Indicator) -> str:
        name = member.name
        return (name.zh or name.en or "") if self.language == "zh" else (name.en or name.zh or "")

    def _name(self, member: Group | Indicator, points: bool) -> str:
        """A name, with its points where the table has no column for them, and what stands beside full marks."""
        text = self._form(member)
        beside = {Role.BONUS: "BONUS", Role.PENALTY: "PENALTY"}
        if member.role in beside and member in self.rubric.members:
            text = self._label(HEADS[beside[member.role]]) + self._colon + text
        if not points:
            return text
        full = exact(member.full)
        if self.language == "zh":
            return f"{text}\n（{'最多' if member.role is not Role.ORDINARY else ''}{full}分）"
        return f"{text}\n({'up to ' if member.role is not Role.ORDINARY else ''}{full} point{'s' * (member.full != 1)})"

    def _rows(self) -> Iterator[Row]:
        ordinary: list[int] = []
        opened: list[Box | None] = [None] * len(self.levels)
        number = 0
        for member, block in self._members():
            if isinstance(member, Group):
                place = self.levels.index(member.level)
                rows = sum(isinstance(each, Indicator) for each in _all(member))
                opened[place] = Box(self._name(member, points=True), "level", rows)
                continue
            yield self._row(member, block, opened)
            if member.role is Role.ORDINARY:
                ordinary.append(number)
            number += 1
            opened = [None] * len(self.levels)
        total = Box(exact(self.rubric.full), "total", number=self.rubric.full, adds=tuple(ordinary))
        label = Box(self._say("sum"), "total", columns=len(self.levels) + 1)
        nothing = (None,) * len(self.levels)
        yield label, *nothing, total, Box("", "total"), Box("", "total"), Box("", "total")

    def _row(self, indicator: Indicator, block: _Block, opened: list[Box | None]) -> Row:
        """One indicator: the levels that begin with it, its name, and what is said of it."""
        depth = self._depth(indicator)
        name = Box(self._name(indicator, points=False), "name", columns=len(self.levels) + 1 - depth)
        covered = (None,) * (name.columns - 1)
        rows = [self._say("rows", fields=self._labelled(*each)) for each in block.all("ROWS")]
        criterion = [block.text("SCORING"), *rows, *(self._labelled(*each) for each in block.all(*_IN_CRITERION))]
        notes = [
            text if terminal == "NOTE" else self._labelled(terminal, text) for terminal, text in block.all(*_IN_NOTES)
        ]
        return (
            *opened[:depth],
            name,
            *covered,
            Box(exact(indicator.full), "points", number=indicator.full),
            Box(block.text("FORMULA")),
            Box("\n".join(filter(None, criterion))),
            Box("\n".join(notes)),
        )

    def _depth(self, indicator: Indicator) -> int:
        """How many columns of levels stand before an indicator."""
        above = [group for group in self.rubric.groups() if indicator in group.members]
        return self.levels.index(above[0].level) + 1 if above else 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_MEMBERS = ("LEVEL_1", "LEVEL_2", "INDICATOR", "ROW_INDICATOR", "BONUS", "PENALTY")


def _all(member: Group | Indicator) -> Iterator[Group | Indicator]:
    """A member and everything below it, in the order of the rule file."""
    yield member
    if isinstance(member, Group):
        for each in member.members:
            yield from _all(each)


def _shares(levels: int) -> tuple[int, ...]:
    """How wide the columns are, in hundredths."""
    names = {0: (15,), 1: (10, 13), 2: (8, 9, 12)}[levels]
    rest = 100 - sum(names) - 6
    formula, notes = rest * 26 // 100, rest * 28 // 100
    return (*names, 6, formula, rest - formula - notes, notes)


def _declaration(line: str, language: Language) -> tuple[str, str, str]:
    """The names, the unit or levels, and the meaning of a line that declares facts."""
    opening, closing, colon = ("（", "）", "：") if language == "zh" else (" (", ")", ": ")
    names, _, rest = line.partition(opening)
    kind, _, meaning = rest.partition(closing)
    return names, kind, meaning.removeprefix(colon).strip()
