"""A rule file that is based on another: what it says takes the place of what the other one says.

An amendment is put together block by block and field by field, before anything of it is read, so that names, findings
and places are those of one whole file. A block of the same kind and name is amended: a field of it takes the place of
the same field, what is not said stays. Every other block is new. What comes from another file keeps its place there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.diagnostic import Diagnostic, Note, error, note
from engine.nearest import nearest
from engine.source import Span
from rubric.language.changes import CHANGE
from rubric.language.declarations import definition_labels, head_labels
from rubric.language.splitter import Block, Field, Splitter
from rubric.language.text import Line, normalise, span_of

# A chain of amendments is not longer than this.
MOST_BASES = 8

# Reads the file that an amendment is based on: its text and its name, or None.
Load = Callable[[str, str], "tuple[str, str] | None"]

# Fields that show what a criterion earns or what it is taken from: they go with the criterion that they are about.
_ABOUT_CRITERION = frozenset({"EXAMPLE", "OFFICIAL"})
_CRITERION = frozenset({"FORMULA", "SCORING", "NOT_APPLICABLE", "VETO", "ROUNDING", "ROWS", "CHANGE", "TOGETHER"})
# Fields of an amendment that are no field of the whole.
_OF_AMENDMENT = frozenset({"CHANGE", "AFTER"})
_LEVELS = {"LEVEL_1": 1, "LEVEL_2": 2}

_SIDE = re.compile(r"\s*之?\s*(前|后)\s*面?\s*[。.]?\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a chain: its name and its text."""

    file: str
    text: str


@dataclass(slots=True)
class Whole:
    """A file with everything that it is based on: the blocks of the whole, and what each file itself holds."""

    blocks: list[Block]
    splitters: list[Splitter]
    sources: list[Source]


def read_whole(text: str, file: str, load: Load | None, findings: list[Diagnostic], depth: int = 0) -> Whole:
    """The blocks of a file, put together with those that it is based on."""
    splitter = Splitter(file, placed=depth > 0)
    own = splitter.split(text)
    findings.extend(splitter.findings)
    splitter.findings = findings
    source = Source(file, text)
    field = next((each for each in _header_fields(own) if each.terminal == "AMENDS"), None)
    if field is None:
        return Whole(own, [splitter], [source])
    found = _base_of(field, file, load, findings, depth)
    if found is None:
        return Whole(own, [splitter], [source])
    base = read_whole(found[0], found[1], load, findings, depth + 1)
    amended = _Amendment(base.blocks, own, file, findings).blocks()
    return Whole(amended, [splitter, *base.splitters], [source, *base.sources])


def _base_of(
    field: Field, file: str, load: Load | None, findings: list[Diagnostic], depth: int
) -> tuple[str, str] | None:
    name = "".join(line.original.strip() for line in field.lines).strip(' 。“”"「」')
    place = _place(field, file)
    if depth >= MOST_BASES:
        findings.append(error(note("too-many-bases", limit=MOST_BASES), place, note("base-form")))
        return None
    found = load(name, file) if load is not None and name else None
    if found is None:
        findings.append(error(note("no-base", name=name), place, note("base-form")))
    return found


def _header_fields(blocks: Iterable[Block]) -> Iterable[Field]:
    return (each for block in blocks if block.start == "rubric" for each in block.fields)


def _place(field: Field, file: str) -> Span:
    """The whole of a field."""
    start = span_of(field.opening, file) if field.opening.line else None
    if not field.lines:
        return start or Span(file, 1, 1, 1, 2)
    first, last = field.lines[0], field.lines[-1]
    begin = start or Span(file, first.number, first.column, first.number, first.column + 1)
    return Span(begin.file, begin.line, begin.column, last.number, last.column + len(last.text))


# What may stand around the names of a list.
_AROUND = ' 、,;。."「」'


class _Amendment:
    """Puts the blocks of an amendment into those of its base."""

    def __init__(self, base: Sequence[Block], own: Sequence[Block], file: str, findings: list[Diagnostic]) -> None:
        self.base = list(base)
        self.own = own
        self.file = file
        self.findings = findings

    def blocks(self) -> list[Block]:
        """The whole."""
        self._drop()
        context: list[Block] = []
        for block in self.own:
            match block.start:
                case "rubric":
                    self._header(block)
                case "facts" | "table" | "sources":
                    self._declarations(block)
                case "definitions":
                    self._definitions(block)
                case "overall":
                    self._overall(block)
                case _:
                    self._member(block, context)
        return self.base

    def _error(self, place: Span, headline: Note, *helps: Note) -> None:
        self.findings.append(error(headline, place, *helps))

    # ------------------------------------------------------------------------------------------ header

    def _header(self, block: Block) -> None:
        """The header: what is said takes the place of the same field; notes are added."""
        base = next((each for each in self.base if each.start == "rubric"), None)
        if base is None:
            self.base.insert(0, block)
            return
        said = {each.terminal for each in block.fields if each.terminal != "NOTE"}
        if not block.fields[0].lines:
            # Without a title of its own it has that of its base.
            said.discard("RUBRIC")
        kept = [each for each in base.fields if each.terminal not in said and each.terminal not in ("AMENDS", "DROP")]
        own = [each for each in block.fields if each.terminal in said or each.terminal == "NOTE"]
        title = [each for each in (*own, *kept) if each.terminal == "RUBRIC"]
        rest = [each for each in (*own, *kept) if each.terminal != "RUBRIC"]
        base.fields = [*title, *rest]

    # -------------------------------------------------------------------------------------- what is declared

    def _declarations(self, block: Block) -> None:
        """Facts and columns stand behind those of the base; which ones are declared anew is told when they are read."""
        last = max((i for i, each in enumerate(self.base) if each.start in ("facts", "table")), default=0)
        self.base.insert(last + 1, block)

    def _definitions(self, block: Block) -> None:
        """A definition of the same name takes the place of the other."""
        names = {str(label) for each in block.fields[1:] for label in definition_labels(each)}
        for other in self.base:
            if other.start == "definitions":
                other.fields[1:] = [
                    each for each in other.fields[1:] if not names.intersection(map(str, definition_labels(each)))
                ]
        before = max(
            (i for i, each in enumerate(self.base) if each.start in ("facts", "table", "definitions")), default=0
        )
        self.base.insert(before + 1, block)

    def _overall(self, block: Block) -> None:
        base = next((each for each in self.base if each.start == "overall"), None)
        if base is None:
            self.base.append(block)
            return
        said = {each.terminal for each in block.fields}
        base.fields = [base.fields[0], *(f for f in base.fields[1:] if f.terminal not in said), *block.fields[1:]]

    # ------------------------------------------------------------------------------------------ members

    def _drop(self) -> None:
        """Leave out what the header names: an indicator, or a level with everything in it."""
        for field in _header_fields(self.own):
            if field.terminal != "DROP":
                continue
            for name in self._dropped("".join(line.original for line in field.lines)):
                index = self._find(name)
                if index is None:
                    self._unknown(name, field)
                else:
                    del self.base[index : self._end(index)]

    def _dropped(self, text: str) -> Iterator[str]:
        """The names of a list; a name may hold the mark that parts them."""
        known = sorted((form for block in self.base for form in _names(block)), key=len, reverse=True)
        rest = normalise(text).strip(_AROUND)
        while rest:
            rest = rest.removeprefix("指标").lstrip(_AROUND)
            name = next((form for form in known if rest.startswith(normalise(form))), None)
            name = re.split("[、,;。]", rest)[0] if name is None else name
            yield name.strip(_AROUND)
            rest = rest[len(name) :].lstrip(_AROUND) if name else ""

    def _unknown(self, name: str, field: Field) -> None:
        forms = [form for block in self.base for form in _names(block)]
        right = nearest(name, forms)
        help_note = note("nearest", name=right) if right else note("name-of-base")
        self._error(_place(field, self.file), note("not-in-base", name=name), help_note)

    def _find(self, name: str, kinds: tuple[str, ...] = ("level", "indicator")) -> int | None:
        wanted = normalise(name).strip()
        for index, block in enumerate(self.base):
            if block.start in kinds and wanted in _names(block):
                return index
        return None

    def _end(self, index: int) -> int:
        """Where what belongs to a block ends: a level goes on to the next one that is not below it."""
        level = _level(self.base[index])
        end = index + 1
        if level is None:
            return end
        while end < len(self.base) and not self._ends_level(self.base[end], level):
            end += 1
        return end

    def _ends_level(self, block: Block, level: int) -> bool:
        if block.start not in ("level", "indicator"):
            return True
        other = _level(block)
        beside = block.fields[0].terminal in ("BONUS", "PENALTY")
        return beside or (other is not None and other <= level)

    def _member(self, block: Block, context: list[Block]) -> None:
        """Amend the block of that name, or put a new one where it is said to stand."""
        names = _names(block)
        index = next((found for name in names if (found := self._find(name, (block.start,))) is not None), None)
        if index is not None:
            self._amend(self.base[index], block)
            standing = self.base[index]
        else:
            standing = self._insert(block, context)
        level = _level(block)
        if level is not None:
            context[:] = [each for each in context if (_level(each) or 0) < level]
            context.append(standing)

    def _amend(self, base: Block, own: Block) -> None:
        """The fields of a block, in the place of those of its base."""
        head = own.fields[0]
        marked = _has_marks(head)
        said = {each.terminal for each in own.fields[1:]} - _OF_AMENDMENT
        fields = [each for each in base.fields[1:] if each.terminal not in said]
        if marked or said & _CRITERION or any(each.terminal == "CHANGE" for each in own.fields):
            fields = [each for each in fields if each.terminal not in _ABOUT_CRITERION]
        for each in own.fields[1:]:
            if each.terminal == "CHANGE":
                self._change(each, fields)
        if marked:
            base.amended = base.amended or base.fields[0]
        kept = [each for each in own.fields[1:] if each.terminal not in _OF_AMENDMENT]
        base.fields = [head if marked else base.fields[0], *fields, *kept]
        if any(each.terminal == "AFTER" for each in own.fields):
            self._move(base, next(each for each in own.fields if each.terminal == "AFTER"))

    def _move(self, block: Block, after: Field) -> None:
        start = self.base.index(block)
        end = self._end(start)
        moved = self.base[start:end]
        del self.base[start:end]
        place = self._said_place(after)
        self.base[(start if place is None else place) : (start if place is None else place)] = moved

    def _insert(self, block: Block, context: Sequence[Block]) -> Block:
        """A new block: where it says, or at the end of the level that it is written under."""
        after = next((each for each in block.fields if each.terminal == "AFTER"), None)
        block.fields = [each for each in block.fields if each.terminal not in _OF_AMENDMENT]
        place = self._said_place(after) if after is not None else self._end_of_level(block, context)
        self.base.insert(self._last_member() if place is None else place, block)
        return block

    def _said_place(self, after: Field) -> int | None:
        text = normalise("".join(line.original for line in after.lines)).strip()
        side = _SIDE.search(text)
        body = text[: side.start()] if side else text
        english = re.match(r"(after|before)\s+", body, re.IGNORECASE)
        before = side[1] == "前" if side else english is not None and english[1].lower() == "before"
        name = body[english.end() :] if english else body
        # 在职人员控制率 begins with the word for "at" as well.
        tried = (name, name.removeprefix("在"), *(each.strip('“”"「」') for each in (name, name.removeprefix("在"))))
        index = next((found for each in tried if (found := self._find(each)) is not None), None)
        if index is None:
            self._unknown(name, after)
            return None
        return index if before else self._end(index)

    def _end_of_level(self, block: Block, context: Sequence[Block]) -> int | None:
        level = _level(block)
        above = [each for each in context if level is None or (_level(each) or 0) < level]
        if not above:
            levels = any(_level(each) is not None for each in self.base)
            beside = block.fields[0].terminal in ("BONUS", "PENALTY")
            if level is None and levels and not beside:
                self._error(_place(block.fields[0], self.file), note("no-place"), note("place-form"))
            return None
        return self._end(self.base.index(above[-1]))

    def _last_member(self) -> int:
        """Behind the last level or indicator."""
        return 1 + max(
            (i for i, each in enumerate(self.base) if each.start in ("level", "indicator")), default=len(self.base) - 1
        )

    # ------------------------------------------------------------------------------------------- changes

    def _change(self, change: Field, fields: list[Field]) -> None:
        """Words of a field in the place of others."""
        found = False
        for line in change.lines:
            for each in CHANGE.finditer(line.original):
                found = True
                self._replace(each, line, fields)
        if not found:
            self._error(_place(change, self.file), note("change-unreadable"), note("change-form"))

    def _replace(self, change: re.Match[str], line: Line, fields: list[Field]) -> None:
        (start, end), words = _part(change, "old")
        old = _squeezed(words)
        span = Span(self.file, line.number, line.column + start, line.number, line.column + end)
        hits = [index for index, each in enumerate(fields) if old in _squeezed(_text(each)) and each.opening.line]
        places = sum(_squeezed(_text(fields[index])).count(old) for index in hits)
        if places != 1:
            code = "change-not-found" if not places else "change-in-many-places"
            self._error(span, note(code, text=words.strip(), places=places), note("change-form"))
            return
        index = hits[0]
        fields[index] = _changed(fields[index], change, line)


def _changed(field: Field, change: re.Match[str], line: Line) -> Field:
    """A field with new words in it; the new words stand where the amendment has them."""
    original = _text(field)
    begin, end = _found(original, _squeezed(_part(change, "old")[1]))
    (start, _), words = _part(change, "new")
    text = original[:begin] + words + original[end:]
    column = line.column + start - begin
    opening = field.opening.update(value=str(field.opening))
    opening.line = opening.end_line = line.number
    opening.column, opening.end_column = line.column, line.column + 1
    return replace(field, opening=opening, lines=[Line(line.number, column, normalise(text), text)])


def _part(change: re.Match[str], name: str) -> tuple[tuple[int, int], str]:
    """Where the old or the new words of a change stand, and what they are."""
    group = next(f"{name}{number}" for number in (1, 2, 3) if change[f"{name}{number}"] is not None)
    return change.span(group), change[group]


def _text(field: Field) -> str:
    """The text of a field as its author wrote it, on one line."""
    return " ".join(line.original.strip() for line in field.lines)


def _squeezed(text: str) -> str:
    """A text without spaces, in plain characters: how it is laid out does not matter."""
    return re.sub(r"\s+", "", normalise(text))


def _found(text: str, squeezed: str) -> tuple[int, int]:
    """Where a squeezed text stands in one that is not."""
    places = [index for index, character in enumerate(normalise(text)) if not character.isspace()]
    start = "".join(normalise(text)[index] for index in places).index(squeezed)
    return places[start], places[start + len(squeezed) - 1] + 1


def _names(block: Block) -> tuple[str, ...]:
    """The forms of the name that a block has."""
    if block.start not in ("level", "indicator"):
        return ()
    heads = [block.fields[0], *([block.amended] if block.amended else [])]
    return tuple(str(label) for head in heads for label in head_labels(head))


def _level(block: Block) -> int | None:
    """1 or 2 for a level, nothing for an indicator."""
    return _LEVELS.get(block.fields[0].terminal) if block.start == "level" else None


def _has_marks(head: Field) -> bool:
    """Whether a head says full marks."""
    return any("(" in line.text and any(c.isdigit() for c in line.text.rsplit("(", 1)[1]) for line in head.lines)
