"""Reads a rule file: text → tokens → trees → rules, with every finding of the file in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from lark import Token, Tree, UnexpectedToken

from engine.check import check
from engine.diagnostic import Diagnostic, error, is_error, note
from engine.rules import Definition, FactDeclaration, Group, Indicator, Levels, Name, Rubric
from engine.source import Span
from rubric.language import syntax
from rubric.language.build import Builder, Head, Header, bilingual
from rubric.language.lexer import (
    MAX_LINES,
    Block,
    BodyLexer,
    Field,
    Splitter,
    Vocabulary,
    definition_tokens,
    fact_tokens,
    head_tokens,
    normalise,
    span_of,
    text_tokens,
    title_tokens,
)
from rubric.messages.vocabulary import KEYWORDS

# A file with more mistakes than these is the wrong file.
MAX_FINDINGS = 200

_TEXT = {"place", "basis", "note", "official"}
_EMPTY = Vocabulary.of({}, {})


@dataclass(slots=True)
class Reading:
    """What reading a rule file gave: the rubric where it can be used, and every finding."""

    rubric: Rubric | None
    findings: tuple[Diagnostic, ...]
    text: str = ""

    @property
    def usable(self) -> bool:
        """Whether the rubric can be scored with."""
        return self.rubric is not None and not any(map(is_error, self.findings))


def read_rubric(text: str, file: str = "") -> Reading:
    """Read and check a rule file."""
    if text.count("\n") >= MAX_LINES:
        place = Span(file, MAX_LINES + 1, 1, MAX_LINES + 1, 2)
        return Reading(None, (error(note("too-many-lines", limit=MAX_LINES), place),), text)
    reader = _Reader(text, file)
    rubric = reader.read()
    found = reader.findings
    if rubric is not None:
        found = [*found, *check(rubric, frozenset(reader.unsettled), reader.heads_settled)]
    found.sort(key=lambda each: (each.span.line, each.span.column))
    return Reading(rubric, tuple(found[:MAX_FINDINGS]), text)


@dataclass(slots=True)
class _Shelf:
    """A level whose members are still coming."""

    level: int
    head: Head
    notes: list[str] = field(default_factory=list)
    members: list[Group | Indicator] = field(default_factory=list)

    def group(self) -> Group:
        return Group(self.head.name, self.level, self.head.full, tuple(self.members), tuple(self.notes), self.head.span)


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        splitter = Splitter(file)
        self.blocks = splitter.split(text)
        self.builder = Builder(file)
        # The findings of every stage land in one list.
        self.builder.findings = splitter.findings
        self.findings = splitter.findings
        self.unsettled: set[str] = set()
        self.heads_settled = not splitter.findings
        self.header = Header()
        self.facts: list[FactDeclaration] = []
        self.definitions: list[Definition] = []
        self.plain = self._lexer(_EMPTY)

    def read(self) -> Rubric | None:
        """The rubric, as far as it could be told."""
        if not any(block.start == "rubric" for block in self.blocks) and not self.blocks:
            self.findings.append(error(note("empty-file"), Span(self.file, 1, 1, 1, 2), note("begin-with-title")))
            return None
        self._declare_facts()
        vocabulary = self._vocabulary()
        self.body = self._lexer(vocabulary)
        self._define()
        self.declared = {fact.name.key for fact in self.facts} | {each.name.key for each in self.definitions}
        self._read_header()
        members = self._members()
        header = self.header
        return Rubric(
            title=header.title,
            year=header.year,
            place=header.place,
            basis=header.basis,
            full=header.full if header.full is not None else sum((m.full for m in members), Fraction(0)),
            reading=header.reading,
            grades=header.grades,
            facts=tuple(self.facts),
            definitions=tuple(self.definitions),
            members=members,
            notes=header.notes,
            span=header.span if header.span.line else Span(self.file, 1, 1, 1, 2),
        )

    def _lexer(self, vocabulary: Vocabulary) -> BodyLexer:
        lexer = BodyLexer(self.file, vocabulary)
        lexer.findings = self.findings
        return lexer

    def _blocks(self, *starts: str) -> Iterator[Block]:
        return (block for block in self.blocks if block.start in starts)

    # -------------------------------------------------------------------------------------- declarations

    def _declare_facts(self) -> None:
        for block in self._blocks("facts"):
            opening = block.fields[0]
            extra = [Field("FACT", "fact", opening.opening, opening.lines)] if opening.lines else []
            for each in (*extra, *block.fields[1:]):
                self._fact(each)

    def _fact(self, each: Field) -> None:
        tokens = fact_tokens(each)
        before = len(self.findings)
        tree = self._parse(tokens, "fact")
        if tree is not None:
            self.facts.extend(self.builder.facts(tree))
        if tree is None or len(self.findings) > before:
            self.unsettled.update(str(token) for token in tokens if token.type in ("LABEL", "ALIAS"))

    def _vocabulary(self) -> Vocabulary:
        """Every name that the file declares, and every level."""
        names: dict[str, str] = {word: word for word in self.unsettled}
        levels: dict[str, str] = {}
        for fact in self.facts:
            self._learn(names, fact.name, fact.span)
            if isinstance(fact.kind, Levels):
                for level in fact.kind.levels:
                    levels.update(dict.fromkeys(level.forms, level.key))
        for name, place in self._announced():
            self._learn(names, name, place)
        return Vocabulary.of(names, {form: key for form, key in levels.items() if form not in names})

    def _announced(self) -> Iterator[tuple[Name, Span]]:
        """The names of derived quantities and of indicators, before these are read themselves."""
        for block in self._blocks("definitions"):
            for each in block.fields[1:]:
                tokens = definition_tokens(each, self._scratch())
                forms = [str(token) for token in tokens if token.type in ("LABEL", "ALIAS")]
                if forms:
                    yield bilingual(*forms[:2]), span_of(tokens[0], self.file)
        for block in self._blocks("indicator"):
            forms = [str(t) for t in head_tokens(block.fields[0], self._scratch()) if t.type in ("LABEL", "ALIAS")]
            if forms:
                yield bilingual(*forms[:2]), Span(self.file, 0, 0, 0, 0)

    def _scratch(self) -> BodyLexer:
        """A lexer whose findings are not kept: the same text is read again for good."""
        return BodyLexer(self.file, _EMPTY)

    def _learn(self, names: dict[str, str], name: Name, place: Span) -> None:
        for form in name.forms:
            if normalise(form).lower() in _RESERVED and place.line:
                self.findings.append(error(note("name-is-keyword", name=form), place, note("rename")))
                self.unsettled.add(form)
            names.setdefault(normalise(form), name.key)

    def _define(self) -> None:
        for block in self._blocks("definitions"):
            for each in block.fields[1:]:
                tokens = definition_tokens(each, self.body)
                tree = self._parse(tokens, "definition")
                if tree is None:
                    self.unsettled.update(str(token) for token in tokens[:2] if token.type in ("LABEL", "ALIAS"))
                else:
                    self.definitions.append(self.builder.definition(tree))

    # ------------------------------------------------------------------------------------------- header

    def _read_header(self) -> None:
        for block in self._blocks("rubric"):
            for each in block.fields:
                tree = self._parse(self._tokens(each), each.start)
                if tree is not None:
                    self.builder.header(self.header, tree)
                elif each.start == "fraction":
                    self.unsettled.add("零头")

    def _tokens(self, each: Field) -> list[Token]:
        """The tokens of one field, by what kind of field it is."""
        if each.start == "rubric":
            return title_tokens(each)
        if each.start in ("indicator", "level"):
            return head_tokens(each, self.plain)
        if each.start in _TEXT or each.start == "unknown":
            return text_tokens(each)
        if each.start == "grades":
            return [each.opening, *map(_total, self.plain.tokens(each.lines, "LABEL"))]
        lexer = self.plain if each.start in ("year", "full", "fraction") else self.body
        before = len(self.findings)
        tokens = lexer.tokens(each.lines)
        if not tokens and len(self.findings) > before:
            return []
        return [each.opening, *tokens]

    # ---------------------------------------------------------------------------------------- indicators

    def _members(self) -> tuple[Group | Indicator, ...]:
        """The indicators in their levels: each belongs to the level that was opened last."""
        root = _Shelf(0, Head(Name(), Fraction(0), Span(self.file, 0, 0, 0, 0)))
        open_levels = [root]
        for block in self._blocks("level", "indicator"):
            head = self._head(block)
            if block.start == "indicator":
                open_levels[-1].members.append(self._indicator(block, head))
                continue
            level = 1 if block.fields[0].terminal == "LEVEL_1" else 2
            while open_levels[-1].level >= level:
                _close(open_levels)
            open_levels.append(_Shelf(level, head, self._notes(block)))
        while len(open_levels) > 1:
            _close(open_levels)
        return tuple(root.members)

    def _head(self, block: Block) -> Head:
        before = len(self.findings)
        tree = self._parse(self._tokens(block.fields[0]), block.start)
        if tree is None or len(self.findings) > before:
            self.heads_settled = False
        if tree is not None:
            return self.builder.head(tree)
        opening = block.fields[0].opening
        labels = [str(t) for t in head_tokens(block.fields[0], self._scratch()) if t.type in ("LABEL", "ALIAS")]
        name = bilingual(*labels[:2]) if labels else Name(str(opening))
        self.unsettled.add(name.key)
        return Head(name, Fraction(0), span_of(opening, self.file))

    def _notes(self, block: Block) -> list[str]:
        trees = self._fields(block, Name())
        return [str(tree.children[1]) for tree in trees if tree.data == "note"]

    def _indicator(self, block: Block, head: Head) -> Indicator:
        trees = self._fields(block, head.name)
        own_fact = head.name.key in self.declared
        before = len(self.findings)
        indicator = self.builder.indicator(head, trees, own_fact)
        if len(self.findings) > before:
            self.unsettled.add(head.name.key)
        return indicator

    def _fields(self, block: Block, name: Name) -> list[Tree[Token]]:
        """The trees of a block's fields; a broken field is a finding and its indicator unsettled."""
        trees = []
        for each in block.fields[1:]:
            before = len(self.findings)
            if each.start == "unknown":
                self.unsettled.add(name.key)
                continue
            tree = self._parse(self._tokens(each), each.start)
            if tree is None or len(self.findings) > before:
                self.unsettled.add(name.key)
            if tree is not None:
                trees.append(tree)
        return trees

    def _parse(self, tokens: list[Token], start: str) -> Tree[Token] | None:
        if not tokens:
            return None
        try:
            return syntax.parse(tokens, start)
        except UnexpectedToken as problem:
            self.findings.append(syntax.finding(problem, tokens, self.file, self.lines))
            return None


def _total(token: Token) -> Token:
    """Points in a grade are a total that is held against a limit, not an award."""
    return token.update(type="UNIT") if token.type == "POINTS" else token


def _close(open_levels: list[_Shelf]) -> None:
    shelf = open_levels.pop()
    open_levels[-1].members.append(shelf.group())


def _reserved() -> Iterable[str]:
    for spellings in KEYWORDS.values():
        for form in (*spellings.zh, *spellings.en):
            yield normalise(form).lower()


_RESERVED = frozenset(_reserved())
