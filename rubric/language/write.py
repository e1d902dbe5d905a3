"""Writes a rubric as a rule file in Chinese or English: one way for each thing that can be said.

It is `read_rubric` backwards: what is written reads as the same rubric again, in either language. Each
piece of the file knows the place that it came from, so that comments can be put back beside it (`format`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from engine.number import half_up, terminates
from engine.rows import with_columns
from engine.rules import (
    Amount,
    Combination,
    Condition,
    Example,
    FactDeclaration,
    Grade,
    Group,
    Indicator,
    Is,
    Kind,
    Levels,
    Name,
    NotApplicable,
    Overall,
    Period,
    Reference,
    Role,
    Rubric,
    Table,
    Text,
    Truth,
)
from engine.source import NOWHERE, Span
from engine.unit import Quantity
from engine.witness import Witness
from rubric.language.clauses import READINGS, Criterion
from rubric.language.phrases import SENTENCES, Phrases, declared, label
from rubric.language.sources import phrase_text
from rubric.messages.frame import width
from rubric.messages.vocabulary import NO, PURE_NUMBER, TEXT_KIND, YES
from rubric.messages.wording import Language
from rubric.messages.words import unit_word

# A line is broken at about this width; a Chinese character is two columns wide.
WIDTH = 110

_TOGETHER = {Combination.HIGHEST: "HIGHEST", Combination.LOWEST: "LOWEST", Combination.ONCE: "ONCE"}
_ROLES = {Role.BONUS: "BONUS", Role.PENALTY: "PENALTY"}


class Piece(NamedTuple):
    """Some lines of the file that belong together: where they came from, whether a blank line stands before, and the
    word that they begin with.
    """

    lines: tuple[str, ...]
    origin: Span = NOWHERE
    gap: bool = False
    terminal: str = ""


def write(rubric: Rubric, language: Language) -> str:
    """A rubric as a rule file; ValueError where it holds what no rule file can say."""
    lines: list[str] = []
    for piece in pieces(rubric, language):
        if piece.gap and lines:
            lines.append("")
        lines.extend(piece.lines)
    return "\n".join(lines) + "\n"


def pieces(rubric: Rubric, language: Language) -> Iterator[Piece]:
    """The pieces of a rule file in their order."""
    yield from _Writer(rubric, language).pieces()


# The fields that say how an indicator is scored.
_CRITERION = frozenset({"FORMULA", "SCORING", "ROUNDING", "NOT_APPLICABLE", "VETO", "PROVIDED"})


def criterion_text(rubric: Rubric, indicator: Indicator, language: Language = "zh") -> str:
    """What an indicator says of how it is scored, as it is written; nothing where no rule file can say it."""
    try:
        written = [piece for piece in _Writer(rubric, language).indicator(indicator) if piece.terminal in _CRITERION]
    except ValueError:
        return ""
    return "\n".join(line for piece in written for line in piece.lines)


def example_text(
    rubric: Rubric, indicator: Indicator, witness: Witness, points: Fraction | None, language: Language
) -> str:
    """An example line for facts in base units; nothing where no rule file can say them or they earn no points."""
    table = "" if indicator.rows is None else indicator.rows.table
    frame = with_columns(rubric, table)
    values: list[tuple[str, Quantity | str | bool]] = list(witness.labels.items())
    for key, amount in witness.amounts.items():
        declared = frame.fact(key)
        if declared is None or not isinstance(declared.kind, Amount):
            return ""
        values.append((key, Quantity(amount / declared.kind.unit.size, declared.kind.unit)))
    if points is None:
        return ""
    shown = points if terminates(points) else half_up(points, 2)
    try:
        return _Writer(frame, language).example(Example(tuple(values), shown))
    except ValueError:
        return ""


class _Writer:
    def __init__(self, rubric: Rubric, language: Language) -> None:
        self.rubric = rubric
        self.language = language
        self.phrases = Phrases(rubric, language)
        self.word = self.phrases.word
        self.mark = self.phrases.mark

    def pieces(self) -> Iterator[Piece]:
        """The whole file."""
        yield from self._header()
        yield from self._facts()
        for table in self.rubric.tables:
            yield from self._table(table)
        yield from self._sources()
        yield from self._definitions()
        yield from self._members(self.rubric.members)
        yield from self._overall(self.rubric.overall)

    # ------------------------------------------------------------------------------------- small things

    def _field(self, terminal: str, text: str, origin: Span = NOWHERE) -> Piece:
        return Piece((f"  {self.word(terminal)}{self.mark('colon')}{text}",), origin, terminal=terminal)

    def _long(self, terminal: str, text: str, origin: Span = NOWHERE) -> Piece:
        """A field that is broken between its sentences where it is long."""
        parts = f"  {self.word(terminal)}{self.mark('colon')}{text}".split(self.mark("semicolon"))
        return Piece(tuple(self._broken(parts, self.mark("semicolon"))), origin, terminal=terminal)

    def _head(self, terminal: str, name: Name, points: str) -> str:
        return f"{self.word(terminal)} {label(name, self.language)}{self.phrases.bracketed(points)}"

    def _sentence(self, parts: Iterable[str]) -> str:
        return self.mark("semicolon").join(parts) + self.mark("stop")

    def _broken(self, parts: Iterable[str], separator: str) -> Iterator[str]:
        """A long text on several lines, broken between its parts."""
        line = ""
        for part in parts:
            longer = line + separator + part if line else part
            if line and width(longer) > WIDTH:
                yield (line + separator).rstrip()
                longer = "    " + part
            line = longer
        yield line

    # -------------------------------------------------------------------------------------- what is first

    def _header(self) -> Iterator[Piece]:
        rubric = self.rubric
        title = f"「{rubric.title}」" if self.language == "zh" else f' "{rubric.title}"'
        yield Piece((self.word("RUBRIC") + (title if rubric.title else ""),), rubric.span, terminal="RUBRIC")
        if rubric.period is not None:
            yield self._field("YEAR", self._period(rubric.period))
        if rubric.place:
            yield self._field("PLACE", rubric.place)
        if rubric.basis:
            yield self._field("BASIS", self.mark("semicolon").join(rubric.basis))
        yield self._field("FULL", self.phrases.points(rubric.full))
        if rubric.reading is not None:
            yield self._field("FRACTION", self.word(READINGS[rubric.reading]))
        if rubric.grades:
            origin = rubric.grades[0].span
            yield self._long("GRADES", self.mark("semicolon").join(map(self._grade, rubric.grades)), origin)
        if rubric.not_applicable is not None:
            yield self._field("NOT_APPLICABLE", self.phrases.award(rubric.not_applicable))
        yield from self._notes(rubric.notes)

    def _period(self, period: Period) -> str:
        if period.last is None:
            return f"{period.first} 年起" if self.language == "zh" else f"{period.first} onward"
        return str(period.first) if period.first == period.last else f"{period.first}-{period.last}"

    def _grade(self, grade: Grade) -> str:
        name = label(grade.name, self.language)
        if grade.floor is None:
            beside = self.phrases.beside
            return beside(beside(self.word("OTHERWISE"), self.word("IS")), name)
        sign = self.word("AT_LEAST" if grade.floor.inclusive else "ABOVE")
        return f"{name} {sign} {self.phrases.quantity(grade.floor.quantity)}"

    def _notes(self, notes: Iterable[str]) -> Iterator[Piece]:
        return (self._field("NOTE", note) for note in notes)

    # ---------------------------------------------------------------------------------- what is declared

    def _facts(self) -> Iterator[Piece]:
        facts = [fact for fact in self.rubric.facts if not fact.chosen]
        if facts:
            yield Piece((self.word("FACTS"),), gap=True, terminal="FACTS")
            yield from self._declared(facts)

    def _table(self, table: Table) -> Iterator[Piece]:
        meaning = self.mark("colon") + table.meaning if table.meaning else ""
        head = f"{self.word('TABLE')} {label(table.name, self.language)}{meaning}"
        yield Piece((head,), table.span, gap=True, terminal="TABLE")
        yield from self._declared([column for column in table.columns if not column.chosen])

    def _declared(self, facts: list[FactDeclaration]) -> Iterator[Piece]:
        """One piece for each line that declares; those that came from no file stand together where they are alike."""
        for _, run in groupby(facts, key=_declared_together):
            several = list(run)
            yield Piece(tuple(self._declaration(several)), several[0].declaration, terminal="FACT")

    def _declaration(self, facts: list[FactDeclaration]) -> Iterator[str]:
        """The names, broken into lines where they are many, then what they have in common."""
        first = facts[0]
        kind = self._kind(first.kind)
        for flag, terminal in ((first.signed, "SIGNED"), (first.positive, "POSITIVE")):
            if flag:
                kind += self.mark("comma") + self.word(terminal)
        head, *tail = (declared(fact.name, self.language) for fact in facts)
        meaning = self.mark("colon") + first.meaning if first.meaning else ""
        *lines, last = self._broken([f"  {head}", *tail], self.mark("list"))
        yield from lines
        yield last + self.phrases.bracketed(kind) + meaning

    def _kind(self, kind: Kind) -> str:
        match kind:
            case Amount(unit):
                return unit_word(unit.code, self.language) or PURE_NUMBER.first(self.language)
            case Truth():
                return self.mark("slash").join((YES.first(self.language), NO.first(self.language)))
            case Levels(levels):
                return self.mark("slash").join(declared(level, self.language) for level in levels)
            case Text():
                return TEXT_KIND.first(self.language)

    def _sources(self) -> Iterator[Piece]:
        if self.rubric.phrases:
            yield Piece((self.word("SOURCES"),), gap=True, terminal="SOURCES")
        for (of, _, _), run in groupby(self.rubric.phrases, key=lambda each: (each.of, each.span.file, each.span.line)):
            several = list(run)
            texts = (phrase_text(each, self.phrases, self.language) for each in several)
            yield self._broken_piece(of, list(texts), several[0].span)

    def _broken_piece(self, of: str, texts: list[str], origin: Span) -> Piece:
        """One line of phrases; broken between them where it is long."""
        head = f"  {self.phrases.name(of)}{self.mark('colon')}{texts[0]}"
        return Piece(tuple(self._broken([head, *texts[1:]], self.mark("semicolon"))), origin, terminal="SOURCE")

    def _definitions(self) -> Iterator[Piece]:
        if self.rubric.definitions:
            yield Piece((self.word("DEFINITIONS"),), gap=True, terminal="DEFINITIONS")
        for each in self.rubric.definitions:
            text = f"  {label(each.name, self.language)} = {self.phrases.expression(each.expression)}"
            yield Piece((text,), each.span, terminal="DEFINITION")

    # ------------------------------------------------------------------------------------ the indicators

    def _members(self, members: Iterable[Group | Indicator], first: bool = True) -> Iterator[Piece]:
        open_level = False
        for member in members:
            if isinstance(member, Indicator):
                if open_level and member.role is Role.ORDINARY:
                    raise ValueError("an indicator beside levels, behind them")
                yield from self.indicator(member)
            else:
                yield from self._level(member, first)
                open_level = True
            first = True

    def _level(self, group: Group, gap: bool) -> Iterator[Piece]:
        """A level and what belongs to it; it stands right above the level that it begins with."""
        terminal = _ROLES.get(group.role, "LEVEL_1") if group.level == 1 else "LEVEL_2"
        head = self._head(terminal, group.name, self._marks(group, terminal))
        yield Piece((head,), group.head, gap=gap, terminal=terminal)
        if group.combination is not Combination.SUM:
            yield self._field("TOGETHER", self.word(_TOGETHER[group.combination]))
        if group.formula is not None:
            yield self._field("TOGETHER", self.phrases.total(group.formula), group.formula.span)
        yield from self._provided(group)
        yield from self._notes(group.notes)
        yield from self._members(group.members, first=not (group.members and isinstance(group.members[0], Group)))

    def _marks(self, member: Group | Indicator, terminal: str) -> str:
        points = self.phrases.points(member.full)
        if terminal not in _ROLES.values():
            return points
        return f"最多 {points}" if self.language == "zh" else f"{self.word('LIMIT')} {points}"

    def _provided(self, member: Group | Indicator) -> Iterator[Piece]:
        if member.provided is not None:
            yield self._field("PROVIDED", self.phrases.all(member.provided.conditions), member.provided.span)

    def indicator(self, indicator: Indicator) -> Iterator[Piece]:
        """One indicator with its fields."""
        inside = any(group.role is indicator.role and indicator in group.members for group in self.rubric.groups())
        terminal = "INDICATOR" if inside else _ROLES.get(indicator.role, "INDICATOR")
        if indicator.rows is not None:
            terminal = "ROW_INDICATOR"
        marks = self._marks(indicator, terminal)
        yield Piece((self._head(terminal, indicator.name, marks),), indicator.head, gap=True, terminal=terminal)
        if indicator.rows is not None:
            said = [self.phrases.name(indicator.rows.table), *map(self.phrases.condition, indicator.rows.conditions)]
            yield self._field("ROWS", self.mark("comma").join(said), indicator.rows.span)
        measure = indicator.measure
        if measure is not None and measure != Reference(indicator.name.key):
            yield self._field("FORMULA", self.phrases.expression(measure), measure.span)
        if indicator.clauses:
            origin = indicator.clauses[0].span
            yield self._long("SCORING", Criterion(self.phrases, indicator).text(), origin)
        yield from self._roundings(indicator)
        if indicator.not_applicable is not None:
            exemption = indicator.not_applicable
            yield self._field("NOT_APPLICABLE", self._exemption(exemption), exemption.span)
        if indicator.forfeit is not None:
            given = self.phrases.arrow(self.phrases.all(indicator.forfeit.conditions), self.word("NO_POINTS"))
            yield self._field("VETO", given + self.mark("stop"), indicator.forfeit.span)
        yield from self._provided(indicator)
        for example in indicator.examples:
            yield self._field("EXAMPLE", self.example(example), example.span)
        if indicator.official:
            yield self._field("OFFICIAL", indicator.official, indicator.official_span)
        yield from self._notes(indicator.notes)

    def _roundings(self, indicator: Indicator) -> Iterator[Piece]:
        said = [
            self.phrases.rounding(terminal, rounding)
            for terminal, rounding in (
                ("ROUND_MEASURE", indicator.round_measure),
                ("ROUND_POINTS", indicator.round_points),
            )
            if rounding is not None
        ]
        if said:
            first = indicator.round_measure or indicator.round_points
            yield self._field("ROUNDING", self._sentence(said), NOWHERE if first is None else first.span)

    def _exemption(self, exemption: NotApplicable) -> str:
        given = self.phrases.award(exemption.award)
        if not exemption.conditions:
            return given + self.mark("stop")
        conjunction = f"，{self.word('AND')}" if self.language == "zh" else f" {self.word('AND')} "
        text = conjunction.join(map(self._situation, exemption.conditions))
        if self.language == "zh":
            text += "的"
        return self.phrases.giving(text, exemption.award) + self.mark("stop")

    def _situation(self, condition: Condition) -> str:
        """What the department has, has not, or is."""
        match condition:
            case Is(False, str(subject)):
                name = self.phrases.name(subject)
                if not name.startswith(SENTENCES):
                    return self.phrases.beside(self.word("NONE"), name)
        return self.phrases.condition(condition)

    def example(self, example: Example) -> str:
        """Facts and the points that they should earn."""
        pairs = self.mark("comma").join(self._pair(name, value) for name, value in example.values)
        arrow = "：" if self.language == "zh" else f" {self.word('AWARD')} "
        return pairs + arrow + self.phrases.points(example.points)

    def _pair(self, name: str, value: Quantity | str | bool) -> str:
        match value:
            case Quantity():
                return f"{self.phrases.name(name)} {self.phrases.quantity(value)}"
            case _:
                return self.phrases.condition(Is(value, name))

    # -------------------------------------------------------------------------------------------- the whole

    def _overall(self, overall: Overall) -> Iterator[Piece]:
        if overall == Overall():
            return
        phrases = self.phrases
        yield Piece((self.word("OVERALL"),), gap=True, terminal="OVERALL")
        if overall.formula is not None:
            yield self._field("TOGETHER", phrases.total(overall.formula), overall.formula.span)
        if overall.caps:
            caps = (self._cap(cap.conditions, cap.target, phrases.points(cap.points)) for cap in overall.caps)
            yield self._long("CAP", self._sentence(caps), overall.caps[0].span)
        if overall.vetoes:
            vetoes = (
                phrases.arrow(phrases.all(veto.conditions), self._effect(veto.effect.name, veto.grade))
                for veto in overall.vetoes
            )
            yield self._long("VETO", self._sentence(vetoes), overall.vetoes[0].span)
        if overall.rounding is not None:
            said = phrases.rounding("TOTAL", overall.rounding)
            yield self._field("ROUNDING", said + self.mark("stop"), overall.rounding.span)
        if overall.consequences:
            follows = (
                phrases.arrow(
                    phrases.all(each.conditions), f"“{each.text}”" if self.language == "zh" else f'"{each.text}"'
                )
                for each in overall.consequences
            )
            yield self._long("CONSEQUENCE", self._sentence(follows), overall.consequences[0].span)

    def _cap(self, conditions: Iterable[Condition], target: str | None, points: str) -> str:
        phrases = self.phrases
        name = self.word("TOTAL") if target is None else phrases.name(target)
        if target is not None:
            name = name + self.word("SCORE_OF") if self.language == "zh" else f"{self.word('POINTS_OF')} {name}"
        capped = f"{name}不超过 {points}" if self.language == "zh" else f"{name} {self.word('AT_MOST')} {points}"
        said = phrases.all(conditions)
        return said + self.mark("comma") + capped if said else capped

    def _effect(self, effect: str, grade: str | None) -> str:
        named = "" if grade is None else grade
        beside = self.phrases.beside
        match effect:
            case "GRADE":
                return beside(self.word("GRADE_IS"), named)
            case "BARRED":
                return beside(self.word("GRADE_NOT"), named)
            case "STOP":
                stopped = self.word("STOP_SCORING")
                return stopped if grade is None else stopped + self.mark("comma") + beside(self.word("GRADE_IS"), named)
            case _:
                return self.word("NO_POINTS")


def _declared_together(fact: FactDeclaration) -> object:
    """What keeps facts on one line: the line that declared them, or else their kind and meaning."""
    if fact.declaration.line:
        return fact.declaration
    return fact.kind, fact.meaning, fact.signed, fact.positive
