"""Reads a rule file: text → tokens → trees → rules, with every finding of the file in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from lark import Token

from engine.check import Unsettled, check
from engine.diagnostic import Diagnostic, error, is_error, note, warning
from engine.examples import check_examples
from engine.followed import Followed, follow
from engine.rules import (
    Definition,
    FactDeclaration,
    Group,
    Indicator,
    Levels,
    Name,
    Overall,
    Phrase,
    Role,
    Rubric,
    Table,
    indicators_of,
)
from engine.source import NOWHERE, Span
from engine.unused import names_used
from rubric.language import syntax
from rubric.language.amend import Load, read_whole
from rubric.language.build import Builder, Head, Header, LevelFields
from rubric.language.declarations import (
    definition_labels,
    definition_tokens,
    fact_tokens,
    head_labels,
    head_tokens,
    table_tokens,
    text_tokens,
    title_tokens,
)
from rubric.language.formulas import Names
from rubric.language.lexer import LENT, ONLY_PHRASES, BodyLexer
from rubric.language.names import Vocabulary
from rubric.language.refusal import Refusal
from rubric.language.sources import Sources
from rubric.language.splitter import Block, Field, Splitter
from rubric.language.suppress import about_suppressions, left_in, suppressions
from rubric.language.text import MAX_FINDINGS, MAX_LINES, MAX_NAME, MAX_TOKENS, MAX_WORDS, normalise, span_of
from rubric.language.trees import Node, bilingual
from rubric.language.whole import overall_of
from rubric.messages.vocabulary import KEYWORDS

_NAMED = ("LABEL", "ALIAS")
_NO_NAMES = Vocabulary({}, {})


@dataclass(slots=True)
class Reading:
    """What reading a rule file gave: the rubric where it can be used, every finding, and every text that was read."""

    rubric: Rubric | None
    findings: tuple[Diagnostic, ...]
    text: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether the rubric can be scored with."""
        return self.rubric is not None and not any(map(is_error, self.findings))


# The points that an evaluator gives, asked for by a criterion: the table that they belong to, and their declaration.
Asked = tuple[str, FactDeclaration]


def read_rubric(text: str, file: str = "", closely: bool = False, load: Load | None = None) -> Reading:
    """Read and check a rule file; `closely` also tells what is no error and deserves a look.

    `load` reads a file that this one is based on.
    """
    if text.count("\n") >= MAX_LINES:
        place = Span(file, MAX_LINES + 1, 1, MAX_LINES + 1, 2)
        return Reading(None, (error(note("too-many-lines", limit=MAX_LINES), place),), text)
    reader = _Reader(text, file, load)
    rubric = reader.read()
    found = reader.findings
    if rubric is not None and len(found) <= MAX_FINDINGS:
        found.extend(islice(check(rubric, reader.unsettled()), MAX_FINDINGS + 1))
    followed: list[Followed] = []
    if rubric is not None and not any(map(is_error, found)):
        followed, beyond = follow(rubric)
        found.extend(beyond)
    if rubric is not None and not any(map(is_error, found)):
        found.extend(islice(check_examples(rubric), MAX_FINDINGS + 1))
    if closely and rubric is not None and not any(map(is_error, found)):
        found.extend(islice(reader.closer(rubric, followed), MAX_FINDINGS + 1))
    texts = {source.file: source.text for source in reader.sources}
    return Reading(rubric, _in_order(reader.left_in(found, closely), list(texts)), text, texts)


def parse_rubric(text: str, file: str = "", load: Load | None = None, before: Parsed | None = None) -> Parsed:
    """The rubric of a file as it stands, without a check.

    `before` lends its indicators: a block that says the same with the same names around it is not read twice.
    """
    if text.count("\n") >= MAX_LINES:
        return Parsed(None, [], Kept())
    reader = _Reader(text, file, load, None if before is None else before.kept)
    rubric = reader.read()
    return Parsed(rubric, reader.splitters, reader.kept)


def _in_order(found: list[Diagnostic], files: list[str]) -> tuple[Diagnostic, ...]:
    """The findings as they stand in the text, then those in what it is based on.

    A file with very many is cut short, and says so.
    """
    order = {file: index for index, file in enumerate(files)}
    ordered = sorted(found, key=lambda each: (order.get(each.span.file, 0), each.span.line, each.span.column))
    if len(ordered) <= MAX_FINDINGS:
        return tuple(ordered)
    kept = ordered[:MAX_FINDINGS]
    return (*kept, warning(note("findings-left-out", limit=MAX_FINDINGS), kept[-1].span))


@dataclass(slots=True)
class Kept:
    """Indicators by what their blocks say, with the points that they ask for, and what else they hang on."""

    around: tuple[object, ...] = ()
    indicators: dict[tuple[object, ...], tuple[Indicator, tuple[Asked, ...]]] = field(default_factory=dict)


class Parsed(NamedTuple):
    """A rubric that was read and not checked, the files that it comes from, and what reading it again may use."""

    rubric: Rubric | None
    splitters: list[Splitter]
    kept: Kept


@dataclass(slots=True)
class _Shelf:
    """A level whose members are still coming."""

    level: int
    head: Head
    fields: LevelFields = field(default_factory=LevelFields)
    members: list[Group | Indicator] = field(default_factory=list)

    def group(self) -> Group:
        head, fields = self.head, self.fields
        return Group(
            name=head.name,
            level=self.level,
            full=head.full,
            members=tuple(self.members),
            notes=fields.notes,
            combination=fields.combination,
            role=head.role,
            formula=fields.formula,
            provided=fields.provided,
            head=head.span,
        )


class _Reader:
    def __init__(self, text: str, file: str, load: Load | None = None, lent: Kept | None = None) -> None:
        self.file = file
        self.kept = Kept()
        self.lent = lent
        # The findings of every stage land in one list.
        self.findings: list[Diagnostic] = []
        whole = read_whole(text, file, load, self.findings)
        self.blocks, self.sources, self.splitters = whole.blocks, whole.sources, whole.splitters
        self.refusal = Refusal(file, {source.file: source.text for source in self.sources})
        self.builder = Builder(file, self.findings)
        self.heads_settled = all(splitter.heads_settled for splitter in self.splitters)
        self.words = 0
        self.reading_settled = True
        self.grades_settled = True
        # Names whose own declaration has a finding, and fields (by the line of their indicator's head) that could
        # not be read: nothing more is said of them.
        self.broken_names: set[str] = set()
        self.broken_fields: set[tuple[str, int, str]] = set()
        self.header = Header()
        self.facts: list[FactDeclaration] = []
        self.tables: list[Table] = []
        self.definitions: list[Definition] = []
        self.plain = self._lexer(_NO_NAMES)
        self.body = self.plain
        self.whole = self.plain

    def read(self) -> Rubric | None:
        """The rubric, as far as it could be told."""
        if not self.blocks:
            self.findings.append(error(note("empty-file"), Span(self.file, 1, 1, 1, 2), note("begin-with-title")))
            return None
        self._declare_facts()
        self._declare_tables()
        vocabulary = self._vocabulary()
        self.body = self._lexer(vocabulary)
        self.whole = self._lexer(self._with_levels(vocabulary))
        self.refusal.vocabulary = vocabulary
        self.builder.names = self._names(())
        self._define()
        self.builder.names = self._names(each.name.key for each in self.definitions)
        self._read_header()
        self._take_what_is_lent(vocabulary)
        members = self._members()
        overall = self._overall()
        phrases = self._phrases(members)
        self.builder.grades_settled(overall)
        self._ask_for_points()
        if self.words > MAX_WORDS:
            return None
        header = self.header
        if len(self.sources) > 1:
            self._leave_unused_out(members, overall)
            left = {*(fact.key for fact in self.facts), *(each.name.key for each in indicators_of(members))}
            phrases = tuple(each for each in phrases if each.of in left)
        return Rubric(
            title=header.title,
            period=header.period,
            place=header.place,
            basis=header.basis,
            full=header.full if header.full is not None else _marks(members),
            reading=header.reading,
            grades=header.grades,
            facts=tuple(self.facts),
            definitions=tuple(self.definitions),
            members=members,
            notes=header.notes,
            tables=tuple(self.tables),
            overall=overall,
            not_applicable=header.not_applicable,
            phrases=phrases,
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

    def closer(self, rubric: Rubric, followed: Sequence[Followed]) -> Iterator[Diagnostic]:
        """What deserves a look in a rubric that can be used."""
        from rubric.language.closer import Closer

        closer = Closer(rubric, self.blocks, self.refusal.vocabulary, self.builder, self.refusal, followed)
        return closer.findings()

    def left_in(self, found: list[Diagnostic], closely: bool) -> list[Diagnostic]:
        """The findings that no comment asks to leave out, and those on such comments."""
        asked = [each for splitter in self.splitters for each in suppressions(splitter)]
        if not asked:
            return found
        left = list(left_in(found, asked))
        if closely:
            # Those of a base are for whoever checks the base.
            own = [each for each in asked if each.span.file == self.splitters[0].file]
            left.extend(about_suppressions(own, filter(is_error, found)))
        return left

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

    def _names(self, defined: Iterable[str]) -> Names:
        """What names may stand for."""
        facts = (each.name.key for each in self.facts)
        return Names(
            declared=frozenset((*facts, *defined, *self.broken_names)),
            columns={column.name.key: table.name.key for table in self.tables for column in table.columns},
            tables=frozenset(table.name.key for table in self.tables),
            levels=self._levels(),
            scored={form: name.key for name, _, _ in self._announced("level", "indicator") for form in name.forms},
        )

    def _levels(self) -> dict[str, tuple[str, ...]]:
        """Every level, with the facts that may have it."""
        owners: dict[str, tuple[str, ...]] = {}
        for fact in self.facts:
            for level in fact.kind.levels if isinstance(fact.kind, Levels) else ():
                owners[level.key] = (*owners.get(level.key, ()), fact.name.key)
        return owners

    def _declare_tables(self) -> None:
        for block in self._blocks("table"):
            head = self._parse(table_tokens(block.fields[0]), "table")
            columns = [column for each in block.fields[1:] for column in self._columns(each)]
            if head is not None:
                self._take_table(self.builder.table(head, columns))
            else:
                self._distrust(table_tokens(block.fields[0]))

    def _take_table(self, table: Table) -> None:
        """Take a table over; columns of a table that the file is based on give way to those of the same name."""
        for index, other in enumerate(self.tables):
            if other.span.file != table.span.file and set(other.name.forms) & set(table.name.forms):
                own = {form for column in table.columns for form in column.name.forms}
                kept = [column for column in other.columns if not own.intersection(column.name.forms)]
                columns = (*kept, *table.columns)
                self.tables[index] = replace(table, columns=columns, meaning=table.meaning or other.meaning)
                return
        self.tables.append(table)

    def _columns(self, each: Field) -> list[FactDeclaration]:
        facts, self.facts = self.facts, []
        self._fact(each)
        columns, self.facts = self.facts, facts
        return columns

    def _ask_for_points(self) -> None:
        """Declare what criteria ask an evaluator for, where the file does not declare it itself."""
        declared = {form for fact in self.facts for form in fact.name.forms}
        for table_key, fact in self.builder.chosen:
            if not table_key:
                if not declared.intersection(fact.name.forms):
                    self.facts.append(fact)
                continue
            for index, table in enumerate(self.tables):
                if table.name.key == table_key and table.column(fact.name.key) is None:
                    self.tables[index] = replace(table, columns=(*table.columns, fact))

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
            self._declare(self.builder.facts(tree))
        if len(self.findings) > before:
            self._distrust(tokens)

    def _declare(self, facts: Iterable[FactDeclaration]) -> None:
        """Take facts over; one that the file is based on gives way to one of the same name."""
        if len(self.sources) == 1:
            self.facts.extend(facts)
            return
        for fact in facts:
            forms = set(fact.name.forms)
            same = (
                index
                for index, other in enumerate(self.facts)
                if other.span.file != fact.span.file and forms.intersection(other.name.forms)
            )
            index = next(same, None)
            if index is None:
                self.facts.append(fact)
            else:
                self.facts[index] = fact

    def _phrases(self, members: Sequence[Group | Indicator]) -> tuple[Phrase, ...]:
        """The words by which reports tell the facts."""
        blocks = list(self._blocks("sources"))
        if not blocks:
            return ()
        indicators = {form: each.name.key for each in indicators_of(members) for form in each.name.forms}
        # What is wrong with an indicator is told where it stands, and not of its name here.
        named = (str(form) for block in self._blocks("indicator") for form in head_labels(block.fields[0]))
        columns = (column for table in self.tables for column in table.columns)
        reader = Sources(self.file, self.facts, indicators, (*self.broken_names, *named), self.findings, columns)
        found: list[Phrase] = []
        for block in blocks:
            opening = block.fields[0]
            extra = [Field("source", opening.opening, opening.lines)] if opening.lines else []
            for each in (*extra, *block.fields[1:]):
                if not self._enough:
                    self.words += sum(len(line.text) for line in each.lines)
                    found.extend(reader.read(each))
        return tuple(found)

    def _leave_unused_out(self, members: tuple[Group | Indicator, ...], overall: Overall) -> None:
        """Leave out what only dropped indicators of the base have asked for."""
        asking = Rubric("", None, "", (), Fraction(0), None, (), (), tuple(self.definitions), members, overall=overall)
        used = names_used(asking)
        own = self.file
        self.definitions = [each for each in self.definitions if each.span.file == own or each.name.key in used]
        self.facts = [fact for fact in self.facts if fact.span.file == own or fact.name.key in used or fact.chosen]

    def _distrust(self, tokens: Iterable[Token]) -> None:
        self.broken_names.update(str(token) for token in tokens if token.type in _NAMED)

    def _vocabulary(self) -> Vocabulary:
        """Every name that the file declares, and every level."""
        names: dict[str, str] = {normalise(word): word for word in self.broken_names}
        levels: dict[str, str] = {}
        for table in self.tables:
            self._learn(names, table.name, table.span)
        for fact in (*self.facts, *(column for table in self.tables for column in table.columns)):
            self._learn(names, fact.name, fact.span)
            if isinstance(fact.kind, Levels):
                for level in fact.kind.levels:
                    levels.update({normalise(form): level.key for form in level.forms})
        for name, place, indicator in self._announced("definitions", "indicator"):
            self._learn(names, name, place, indicator)
        return Vocabulary(names, levels)

    def _with_levels(self, vocabulary: Vocabulary) -> Vocabulary:
        """The vocabulary where points are put together: the names of levels are names as well."""
        names = dict(vocabulary.names)
        for name, _, _ in self._announced("level"):
            for form in name.forms:
                names.setdefault(normalise(form), name.key)
        return Vocabulary(names, vocabulary.levels)

    def _announced(self, *starts: str) -> Iterator[tuple[Name, Span, bool]]:
        """The names of derived quantities, of indicators or of levels, before these are read themselves."""
        for block in self._blocks(*starts):
            indicator = block.start != "definitions"
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
            if plain.lower() in RESERVED and not indicator:
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
        if each.start in seen and each.start not in ("basis", "drop", "note", "unknown"):
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
            case "place" | "basis" | "note" | "official" | "amends" | "drop" | "change" | "after":
                return text_tokens(each)
            case "together":
                return [each.opening, *self.whole.tokens(each.lines, sums=True)]
            case "provided":
                return [each.opening, *self.whole.tokens(each.lines)]
            case "cap" | "veto" | "consequence":
                return [each.opening, *self.whole.tokens(each.lines, sentences=True)]
            case "grades":
                return [each.opening, *map(_total, self.plain.tokens(each.lines, "LABEL"))]
            case "year" | "full" | "fraction" | "ends" | "percents":
                return [each.opening, *self.plain.tokens(each.lines)]
            case _:
                return [each.opening, *self.body.tokens(each.lines, criterion=each.start == "scoring")]

    # ---------------------------------------------------------------------------------------- indicators

    def _members(self) -> tuple[Group | Indicator, ...]:
        """The indicators in their levels: each belongs to the level that was opened last."""
        root = _Shelf(0, Head(Name(), Fraction(0), NOWHERE))
        open_levels = [root]
        for block in self._blocks("level", "indicator"):
            beside = block.fields[0].terminal in ("BONUS", "PENALTY")
            if beside:
                while len(open_levels) > 1:
                    _close(open_levels)
            if block.start == "indicator" and not (beside and _is_level(block)):
                above = None if beside else open_levels[-1].head.role
                open_levels[-1].members.append(self._indicator(block, above))
                continue
            head = self._head(block)
            level = 2 if block.fields[0].terminal == "LEVEL_2" else 1
            while open_levels[-1].level >= level:
                _close(open_levels)
            head = replace_role(head, head.role if beside else open_levels[-1].head.role)
            open_levels.append(_Shelf(level, head, self.builder.level(self._fields(block))))
        while len(open_levels) > 1:
            _close(open_levels)
        return tuple(root.members)

    def _overall(self) -> Overall:
        """What is said of the whole."""
        trees = [tree for block in self._blocks("overall") for tree in self._fields(block)]
        return overall_of(self.builder, trees)

    def _head(self, block: Block) -> Head:
        """The head of a level or indicator; where it is broken, what can be told of it."""
        opening = block.fields[0]
        before = len(self.findings)
        tokens = self._tokens(opening)
        missing = self.refusal.marks_missing(tokens)
        if missing is not None:
            self.findings.append(missing)
        tree = self._parse(tokens, block.start) if missing is None else None
        if tree is not None and len(self.findings) == before:
            head = self.builder.head(tree)
            if block.amended is not None:
                head.name = _both_forms(head.name, head_labels(block.amended))
            return head
        self.heads_settled = False
        labels = head_labels(opening)
        name = bilingual(*map(str, labels[:2])) if labels else Name(str(opening.opening))
        place = span_of(opening.opening, self.file)
        self.broken_fields.add((place.file, place.line, "head"))
        return Head(name, Fraction(0), place)

    def _indicator(self, block: Block, above: Role | None) -> Indicator:
        """The indicator of a block, in the role of the level that it belongs to or in its own."""
        said = (
            above,
            *((each.start, str(each.opening), *(line.original for line in each.lines)) for each in block.fields),
        )
        lent = self.lent.indicators.get(said) if self.lent is not None else None
        if lent is not None:
            self.builder.chosen.extend(lent[1])
            return lent[0]
        findings, asked = len(self.findings), len(self.builder.chosen)
        head = self._head(block)
        head = head if above is None else replace_role(head, above)
        indicator, whole = self.builder.indicator(head, self._fields(block))
        if not whole:
            self.broken_fields.add((head.span.file, head.span.line, "clause"))
        if len(self.findings) == findings and block.amended is None:
            self.kept.indicators[said] = indicator, tuple(self.builder.chosen[asked:])
        return indicator

    def _fields(self, block: Block) -> list[Node]:
        """The trees of a block's fields; a broken field is a finding of its own."""
        trees = []
        head = span_of(block.fields[0].opening, self.file)
        for each in block.fields[1:]:
            tree = None if each.start == "unknown" else self._parse(self._tokens(each), each.start)
            if tree is None:
                self.broken_fields.add((head.file, head.line, each.start))
            else:
                trees.append(tree)
        return trees

    def _take_what_is_lent(self, vocabulary: Vocabulary) -> None:
        """Indicators that were read before are taken over only where all that they hang on is the same."""
        names = (vocabulary.names, vocabulary.levels)
        declared = (tuple(self.facts), tuple(self.tables), tuple(self.definitions))
        self.kept.around = (names, declared, self.builder.ends, self.builder.percents)
        if self.lent is not None and self.lent.around != self.kept.around:
            self.lent = None

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


def _marks(members: Iterable[Group | Indicator]) -> Fraction:
    """Full marks, where the header does not say them: what is not a bonus or a penalty."""
    return sum((member.full for member in members if member.role is Role.ORDINARY), Fraction(0))


def _is_level(block: Block) -> bool:
    """Whether a bonus or a penalty has indicators below it instead of a criterion of its own."""
    return not any(each.start in ("scoring", "formula") for each in block.fields)


def replace_role(head: Head, role: Role) -> Head:
    """A head with the role that its place gives it."""
    head.role = role
    return head


def _both_forms(name: Name, base: Iterable[Token]) -> Name:
    """The name of an amended block: what the amendment does not say of it, its base does."""
    other = bilingual(*map(str, base))
    return Name(name.zh or other.zh, name.en or other.en)


def _close(open_levels: list[_Shelf]) -> None:
    shelf = open_levels.pop()
    open_levels[-1].members.append(shelf.group())


# Words that stand for themselves and cannot be the name of a fact.
RESERVED = frozenset(
    normalise(form).lower()
    for code, spellings in KEYWORDS.items()
    if code not in ONLY_PHRASES
    for form in (*spellings.zh, *spellings.en)
    if form not in LENT
)
