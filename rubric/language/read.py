"""Reads a rule file: text → tokens → trees → rules, with every finding of the file in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from lark import Token

from engine.check import Unsettled, check
from engine.diagnostic import Diagnostic, error, is_error, note, warning
from engine.examples import check_examples
from engine.rules import Definition, FactDeclaration, Group, Indicator, Levels, Name, Rubric
from engine.source import NOWHERE, Span
from rubric.language import syntax
from rubric.language.build import Builder, Head, Header
from rubric.language.declarations import (
    definition_labels,
    definition_tokens,
    fact_tokens,
    head_labels,
    head_tokens,
    text_tokens,
    title_tokens,
)
from rubric.language.lexer import BodyLexer
from rubric.language.names import Vocabulary
from rubric.language.refusal import Refusal
from rubric.language.splitter import Block, Field, Splitter
from rubric.language.text import MAX_FINDINGS, MAX_LINES, MAX_NAME, MAX_TOKENS, MAX_WORDS, normalise, span_of
from rubric.language.trees import Node, bilingual, text_of
from rubric.messages.vocabulary import KEYWORDS

_NAMED = ("LABEL", "ALIAS")
_NO_NAMES = Vocabulary({}, {})


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
    if rubric is not None and len(found) <= MAX_FINDINGS:
        found.extend(islice(check(rubric, reader.unsettled()), MAX_FINDINGS + 1))
    if rubric is not None and not any(map(is_error, found)):
        found.extend(islice(check_examples(rubric), MAX_FINDINGS + 1))
    return Reading(rubric, _in_order(found), text)


def _in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings as they stand in the text; a file with very many is cut short, and says so."""
    ordered = sorted(found, key=lambda each: (each.span.line, each.span.column))
    if len(ordered) <= MAX_FINDINGS:
        return tuple(ordered)
    kept = ordered[:MAX_FINDINGS]
    return (*kept, warning(note("findings-left-out", limit=MAX_FINDINGS), kept[-1].span))


@dataclass(slots=True)
class _Shelf:
    """A level whose members are still coming."""

    level: int
    head: Head
    notes: tuple[str, ...] = ()
    members: list[Group | Indicator] = field(default_factory=list)

    def group(self) -> Group:
        return Group(self.head.name, self.level, self.head.full, tuple(self.members), self.notes, self.head.span)


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.refusal = Refusal(file, text.split("\n"))
        splitter = Splitter(file)
        self.blocks = splitter.split(text)
        # The findings of every stage land in one list.
        self.findings = splitter.findings
        self.builder = Builder(file, self.findings)
        self.heads_settled = splitter.heads_settled
        self.words = 0
        self.reading_settled = True
        self.grades_settled = True
        # Names whose own declaration has a finding, and fields (by the line of their indicator's head) that could
        # not be read: nothing more is said of them.
        self.broken_names: set[str] = set()
        self.broken_fields: set[tuple[int, str]] = set()
        self.header = Header()
        self.facts: list[FactDeclaration] = []
        self.definitions: list[Definition] = []
        self.plain = self._lexer(_NO_NAMES)
        self.body = self.plain

    def read(self) -> Rubric | None:
        """The rubric, as far as it could be told."""
        if not self.blocks:
            self.findings.append(error(note("empty-file"), Span(self.file, 1, 1, 1, 2), note("begin-with-title")))
            return None
        self._declare_facts()
        vocabulary = self._vocabulary()
        self.body = self._lexer(vocabulary)
        self.refusal.vocabulary = vocabulary
        self._define()
        self.builder.declared = frozenset(
            (*(each.name.key for each in self.facts), *(each.name.key for each in self.definitions), *self.broken_names)
        )
        self._read_header()
        members = self._members()
        if self.words > MAX_WORDS:
            return None
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

    def unsettled(self) -> Unsettled:
        """What already has a finding of its own, so that one mistake stays one finding."""
        return Unsettled(
            names=frozenset(self.broken_names),
            fields=frozenset(self.broken_fields),
            marks=not self.heads_settled,
            reading=not self.reading_settled,
            grades=not self.grades_settled,
        )

    def _lexer(self, vocabulary: Vocabulary) -> BodyLexer:
        lexer = BodyLexer(self.file, vocabulary)
        lexer.findings = self.findings
        return lexer

    @property
    def _enough(self) -> bool:
        """Whether there are more findings, or more words, than anybody reads."""
        return len(self.findings) > MAX_FINDINGS or self.words > MAX_WORDS

    def _blocks(self, *starts: str) -> Iterator[Block]:
        """The blocks of some kinds, as long as it is worth reading on."""
        for block in self.blocks:
            if self._enough:
                return
            if block.start in starts:
                yield block

    # -------------------------------------------------------------------------------------- declarations

    def _declare_facts(self) -> None:
        for block in self._blocks("facts"):
            opening = block.fields[0]
            extra = [Field("fact", opening.opening, opening.lines)] if opening.lines else []
            for each in (*extra, *block.fields[1:]):
                if not self._enough:
                    self._fact(each)

    def _fact(self, each: Field) -> None:
        tokens = fact_tokens(each)
        before = len(self.findings)
        tree = None
        if len(tokens) > MAX_TOKENS:
            self.findings.append(error(note("field-too-long", limit=MAX_TOKENS), span_of(tokens[0], self.file)))
        else:
            tree = self._parse(tokens, "fact")
        if tree is not None:
            self.facts.extend(self.builder.facts(tree))
        if len(self.findings) > before:
            self._distrust(tokens)

    def _distrust(self, tokens: Iterable[Token]) -> None:
        self.broken_names.update(str(token) for token in tokens if token.type in _NAMED)

    def _vocabulary(self) -> Vocabulary:
        """Every name that the file declares, and every level."""
        names: dict[str, str] = {normalise(word): word for word in self.broken_names}
        levels: dict[str, str] = {}
        for fact in self.facts:
            self._learn(names, fact.name, fact.span)
            if isinstance(fact.kind, Levels):
                for level in fact.kind.levels:
                    levels.update({normalise(form): level.key for form in level.forms})
        for name, place, indicator in self._announced():
            self._learn(names, name, place, indicator)
        return Vocabulary(names, levels)

    def _announced(self) -> Iterator[tuple[Name, Span, bool]]:
        """The names of derived quantities and of indicators, before these are read themselves."""
        for block in self._blocks("definitions", "indicator"):
            indicator = block.start == "indicator"
            labels = head_labels if indicator else definition_labels
            for each in block.fields[:1] if indicator else block.fields[1:]:
                forms = labels(each)
                if forms:
                    yield bilingual(*map(str, forms[:2])), span_of(forms[0], self.file), indicator

    def _learn(self, names: dict[str, str], name: Name, place: Span, indicator: bool = False) -> None:
        """Take a name into the vocabulary; one that could not be told from a word of the language is refused.

        An indicator may be called as it likes: where its name is a word, the word is meant.
        """
        for form in name.forms:
            plain = normalise(form)
            finding = None
            if plain.lower() in _RESERVED and not indicator:
                finding = error(note("name-is-keyword", name=form), place, note("rename"))
            elif len(plain) > MAX_NAME:
                finding = error(note("name-too-long", limit=MAX_NAME), place, note("meaning-behind-colon"))
            if finding and form not in self.broken_names:
                self.findings.append(finding)
                self.broken_names.add(form)
            names.setdefault(plain, name.key)

    def _define(self) -> None:
        for block in self._blocks("definitions"):
            for each in block.fields[1:]:
                before = len(self.findings)
                tokens = definition_tokens(each, self.body)
                tree = self._parse(tokens, "definition") if len(self.findings) == before else None
                if tree is None:
                    self._distrust(definition_labels(each))
                else:
                    self.definitions.append(self.builder.definition(tree))

    # ------------------------------------------------------------------------------------------- header

    def _read_header(self) -> None:
        seen: set[str] = set()
        for block in self._blocks("rubric"):
            for each in block.fields:
                self._header_field(each, seen)

    def _header_field(self, each: Field, seen: set[str]) -> None:
        before = len(self.findings)
        if each.start in seen and each.start not in ("basis", "note", "unknown"):
            place = span_of(each.opening, self.file)
            self.findings.append(error(note("field-twice", word=str(each.opening)), place, note("join-fields")))
            return
        seen.add(each.start)
        tree = None if each.start == "unknown" else self._parse(self._tokens(each), each.start)
        if tree is not None:
            self.builder.header(self.header, tree)
        if each.start == "fraction" and tree is None:
            self.reading_settled = False
        elif each.start == "full" and tree is None:
            self.heads_settled = False
        elif each.start == "unknown":
            self.reading_settled = self.grades_settled = False
        elif each.start == "grades" and len(self.findings) > before:
            self.grades_settled = False

    def _tokens(self, each: Field) -> list[Token]:
        """The tokens of one field; none where the lexer refuses it."""
        before = len(self.findings)
        tokens = self._lexed(each)
        return [] if len(self.findings) > before else tokens

    def _lexed(self, each: Field) -> list[Token]:
        """The tokens of one field, by what kind of field it is."""
        match each.start:
            case "rubric":
                return title_tokens(each)
            case "indicator" | "level":
                return head_tokens(each, self.plain)
            case "place" | "basis" | "note" | "official":
                return text_tokens(each)
            case "grades":
                return [each.opening, *map(_total, self.plain.tokens(each.lines, "LABEL"))]
            case "year" | "full" | "fraction":
                return [each.opening, *self.plain.tokens(each.lines)]
            case _:
                return [each.opening, *self.body.tokens(each.lines, enumerated=each.start == "scoring")]

    # ---------------------------------------------------------------------------------------- indicators

    def _members(self) -> tuple[Group | Indicator, ...]:
        """The indicators in their levels: each belongs to the level that was opened last."""
        root = _Shelf(0, Head(Name(), Fraction(0), NOWHERE))
        open_levels = [root]
        for block in self._blocks("level", "indicator"):
            head = self._head(block)
            if block.start == "indicator":
                open_levels[-1].members.append(self._indicator(block, head))
                continue
            level = 1 if block.fields[0].terminal == "LEVEL_1" else 2
            while open_levels[-1].level >= level:
                _close(open_levels)
            notes = tuple(text_of(tree) for tree in self._fields(block) if tree.data == "note")
            open_levels.append(_Shelf(level, head, notes))
        while len(open_levels) > 1:
            _close(open_levels)
        return tuple(root.members)

    def _head(self, block: Block) -> Head:
        """The head of a level or indicator; where it is broken, what can be told of it."""
        opening = block.fields[0]
        before = len(self.findings)
        tree = self._parse(self._tokens(opening), block.start)
        if tree is not None and len(self.findings) == before:
            return self.builder.head(tree)
        self.heads_settled = False
        labels = head_labels(opening)
        name = bilingual(*map(str, labels[:2])) if labels else Name(str(opening.opening))
        self.broken_fields.add((opening.opening.line or 0, "head"))
        return Head(name, Fraction(0), span_of(opening.opening, self.file))

    def _indicator(self, block: Block, head: Head) -> Indicator:
        indicator, whole = self.builder.indicator(head, self._fields(block))
        if not whole:
            self.broken_fields.add((head.span.line, "clause"))
        return indicator

    def _fields(self, block: Block) -> list[Node]:
        """The trees of a block's fields; a broken field is a finding of its own."""
        trees = []
        line = block.fields[0].opening.line or 0
        for each in block.fields[1:]:
            tree = None if each.start == "unknown" else self._parse(self._tokens(each), each.start)
            if tree is None:
                self.broken_fields.add((line, each.start))
            else:
                trees.append(tree)
        return trees

    def _parse(self, tokens: list[Token], start: str) -> Node | None:
        """The tree of a field; where it has none, what is wrong with it has been said."""
        if not tokens or self._enough:
            return None
        self.words += len(tokens)
        if self.words > MAX_WORDS:
            place = span_of(tokens[-1], self.file)
            self.findings.append(error(note("too-many-words", limit=MAX_WORDS), place, note("split-file")))
            return None
        found = syntax.parse(tokens, start, self.refusal)
        if isinstance(found, list):
            self.findings.extend(found)
            return None
        return found


def _total(token: Token) -> Token:
    """Points in a grade are a total that is held against a limit, not an award."""
    return token.update(type="UNIT") if token.type == "POINTS" else token


def _close(open_levels: list[_Shelf]) -> None:
    shelf = open_levels.pop()
    open_levels[-1].members.append(shelf.group())


_RESERVED = frozenset(
    normalise(form).lower() for spellings in KEYWORDS.values() for form in (*spellings.zh, *spellings.en)
)
