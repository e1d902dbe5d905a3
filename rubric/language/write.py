"""Writes a rubric as a rule file in Chinese or English: one way for each thing that can be said.

It is `read_rubric` backwards: what is written reads as the same rubric again, in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, groupby
from unicodedata import east_asian_width

from engine.number import decimal, terminates
from engine.rules import (
    Amount,
    Award,
    Band,
    Clause,
    Condition,
    Definition,
    Example,
    Expression,
    FactDeclaration,
    FullMarks,
    Grade,
    Group,
    Indicator,
    InProportion,
    Is,
    Item,
    Kind,
    Levels,
    Name,
    NotApplicable,
    Number,
    Operation,
    Operator,
    Points,
    Reading,
    Reference,
    Rubric,
    Side,
    Step,
    Truth,
    Within,
)
from engine.unit import ONE, SCORE, Quantity
from rubric.language.criteria import edge_towards
from rubric.messages.vocabulary import ALL_WORDS, NO, PURE_NUMBER, YES
from rubric.messages.wording import Language, Wording
from rubric.messages.words import quantity_text, unit_word

# A criterion is broken into lines of about this width; a Chinese character is two columns wide.
WIDTH = 110

_MARKS = {
    "colon": Wording(": ", "："),
    "comma": Wording(", ", "，"),
    "list": Wording(", ", "、"),
    "semicolon": Wording("; ", "；"),
    "stop": Wording("", "。"),
    "slash": Wording(" / ", "／"),
    "open": Wording(" (", "（"),
    "close": Wording(")", "）"),
}
_SIGNS = {Operator.ADD: "+", Operator.SUBTRACT: "-", Operator.MULTIPLY: "×"}
_OVER = Wording("/", "÷")
_BULLETS = [chr(code) for code in range(ord("①"), ord("⑳") + 1)]
_READINGS = {Reading.WHOLE: "WHOLE", Reading.STARTED: "STARTED", Reading.PROPORTIONAL: "PROPORTIONAL"}
_EACH = {Side.ABOVE: "EACH_ABOVE", Side.BELOW: "EACH_BELOW", Side.EITHER: "EACH_AWAY"}
_SIDES = {Side.ABOVE: "above", Side.BELOW: "below", Side.EITHER: "above or below"}
_INCLUSIVE, _EXCLUSIVE = "（含）", "（不含）"
# After 没有 stands what a department may have; a fact that is a question or a sentence is denied as one.
_SENTENCES = ("是否", "有无", "已", "未", "有", "无", "没有")


def write(rubric: Rubric, language: Language) -> str:
    """A rubric as a rule file; ValueError where it holds what no rule file can say."""
    return _Writer(rubric, language).text()


def label(name: Name, language: Language) -> str:
    """A name where it is declared, with its form in the other language behind it."""
    first, *others = name.forms if language == "zh" else reversed(name.forms)
    return first + "".join(f"「{other}」" for other in others)


class _Writer:
    def __init__(self, rubric: Rubric, language: Language) -> None:
        self.rubric = rubric
        self.language = language
        declared = [*(fact.name for fact in rubric.facts), *(each.name for each in rubric.definitions)]
        self.names = {name.key: name for name in declared}
        kinds = [fact.kind for fact in rubric.facts]
        self.levels = {level.key: level for kind in kinds if isinstance(kind, Levels) for level in kind.levels}

    def text(self) -> str:
        """The whole file."""
        blocks = [self._header(), self._facts(), self._definitions(), *self._members(self.rubric.members)]
        return "\n\n".join(block for block in blocks if block) + "\n"

    # ------------------------------------------------------------------------------------- small things

    def word(self, terminal: str) -> str:
        """A word of the language, in its first spelling."""
        return ALL_WORDS[terminal].first(self.language)

    def mark(self, name: str) -> str:
        """A punctuation mark."""
        return _MARKS[name].of(self.language)

    def name(self, key: str) -> str:
        """A declared name where it is used."""
        return self._form(self.names.get(key, Name(key)))

    def level(self, key: str) -> str:
        """A level where it is used."""
        return self._form(self.levels.get(key, Name(key)))

    def _form(self, name: Name) -> str:
        return (name.zh or name.en or "") if self.language == "zh" else (name.en or name.zh or "")

    def quantity(self, quantity: Quantity) -> str:
        """A number with its unit."""
        return quantity_text(_exact(quantity.number), quantity.unit.code, self.language)

    def points(self, points: Fraction) -> str:
        """So many points."""
        return self.quantity(Quantity(points, SCORE))

    def beside(self, left: str, right: str) -> str:
        """Two words in a row: a space between them, unless both are Chinese."""
        tight = self.language == "zh" and not (left[-1:].isascii() or right[:1].isascii())
        return left + right if tight else f"{left} {right}"

    def _field(self, terminal: str, text: str) -> str:
        return f"  {self.word(terminal)}{self.mark('colon')}{text}"

    def _bracketed(self, text: str) -> str:
        return self.mark("open") + text + self.mark("close")

    def _head(self, terminal: str, name: Name, full: Fraction) -> str:
        return f"{self.word(terminal)} {label(name, self.language)}{self._bracketed(self.points(full))}"

    def _sentence(self, parts: Iterable[str]) -> str:
        return self.mark("semicolon").join(parts) + self.mark("stop")

    # -------------------------------------------------------------------------------------- what is first

    def _header(self) -> str:
        return "\n".join(self._header_lines())

    def _header_lines(self) -> Iterator[str]:
        rubric = self.rubric
        title = f"「{rubric.title}」" if self.language == "zh" else f' "{rubric.title}"'
        yield self.word("RUBRIC") + (title if rubric.title else "")
        if rubric.year is not None:
            yield self._field("YEAR", str(rubric.year))
        if rubric.place:
            yield self._field("PLACE", rubric.place)
        if rubric.basis:
            yield self._field("BASIS", self.mark("semicolon").join(rubric.basis))
        yield self._field("FULL", self.points(rubric.full))
        if rubric.reading is not None:
            yield self._field("FRACTION", self.word(_READINGS[rubric.reading]))
        if rubric.grades:
            yield self._field("GRADES", self.mark("semicolon").join(map(self._grade, rubric.grades)))
        yield from self._notes(rubric.notes)

    def _grade(self, grade: Grade) -> str:
        name = label(grade.name, self.language)
        if grade.floor is None:
            return self.beside(self.beside(self.word("OTHERWISE"), self.word("IS")), name)
        sign = self.word("AT_LEAST" if grade.floor.inclusive else "ABOVE")
        return f"{name} {sign} {self.quantity(grade.floor.quantity)}"

    def _notes(self, notes: Iterable[str]) -> Iterator[str]:
        return (self._field("NOTE", note) for note in notes)

    def _facts(self) -> str:
        if not self.rubric.facts:
            return ""
        runs = groupby(self.rubric.facts, key=lambda fact: (fact.kind, fact.meaning, fact.signed))
        lines = [f"  {self._declared(line)}" for _, run in runs for line in self._cut(list(run))]
        return "\n".join([self.word("FACTS"), *lines])

    def _cut(self, facts: list[FactDeclaration]) -> Iterator[list[FactDeclaration]]:
        """Facts that share their kind and meaning, as many as go on one line."""
        line: list[FactDeclaration] = []
        for fact in facts:
            if line and _width(self.mark("list").join(label(each.name, self.language) for each in [*line, fact])) > 80:
                yield line
                line = []
            line.append(fact)
        yield line

    def _declared(self, facts: list[FactDeclaration]) -> str:
        first = facts[0]
        kind = self._kind(first.kind)
        if first.signed:
            kind += self.mark("comma") + self.word("SIGNED")
        names = self.mark("list").join(label(fact.name, self.language) for fact in facts)
        meaning = self.mark("colon") + first.meaning if first.meaning else ""
        return names + self._bracketed(kind) + meaning

    def _kind(self, kind: Kind) -> str:
        match kind:
            case Amount(unit):
                return unit_word(unit.code, self.language) or PURE_NUMBER.first(self.language)
            case Truth():
                return self.mark("slash").join((YES.first(self.language), NO.first(self.language)))
            case Levels(levels):
                return self.mark("slash").join(label(level, self.language) for level in levels)

    def _definitions(self) -> str:
        lines = [f"  {self._definition(each)}" for each in self.rubric.definitions]
        return "\n".join([self.word("DEFINITIONS"), *lines]) if lines else ""

    def _definition(self, definition: Definition) -> str:
        return f"{label(definition.name, self.language)} = {self.expression(definition.expression)}"

    # --------------------------------------------------------------------------------------- expressions

    def expression(self, expression: Expression) -> str:
        """A formula, with no more brackets than it needs."""
        match expression:
            case Number(quantity):
                return self.quantity(quantity)
            case Reference(name):
                return self.name(name)
            case Operation(operator, left, right):
                rank = _rank(expression)
                first = self._operand(left, _rank(left) < rank)
                second = self._operand(right, _rank(right) <= rank)
                text = f"{first} {_SIGNS.get(operator) or _OVER.of(self.language)} {second}"
                return text.replace("） ", "）").replace(" （", "（")

    def _operand(self, expression: Expression, bracketed: bool) -> str:
        text = self.expression(expression)
        return self._bracketed(text).strip() if bracketed else text

    # ------------------------------------------------------------------------------------ the indicators

    def _members(self, members: Iterable[Group | Indicator]) -> Iterator[str]:
        for member in members:
            if isinstance(member, Indicator):
                yield "\n".join(self._indicator(member))
            else:
                yield from self._level(member)

    def _level(self, group: Group) -> Iterator[str]:
        """A level and what belongs to it; it stands right above the level that it begins with."""
        terminal = "LEVEL_1" if group.level == 1 else "LEVEL_2"
        head = "\n".join([self._head(terminal, group.name, group.full), *self._notes(group.notes)])
        blocks = list(self._members(group.members))
        if blocks and isinstance(group.members[0], Group):
            blocks[0] = f"{head}\n{blocks[0]}"
            yield from blocks
        else:
            yield from (head, *blocks)

    def _indicator(self, indicator: Indicator) -> Iterator[str]:
        yield self._head("INDICATOR", indicator.name, indicator.full)
        measure = indicator.measure
        if measure is not None and measure != Reference(indicator.name.key):
            yield self._field("FORMULA", self.expression(measure))
        if indicator.clauses:
            clauses = list(_Criterion(self, indicator).clauses())
            yield from self._broken(self._field("SCORING", self._sentence(clauses)))
        if indicator.not_applicable is not None:
            yield self._field("NOT_APPLICABLE", self._exemption(indicator.not_applicable))
        for example in indicator.examples:
            yield self._field("EXAMPLE", self._example(example))
        if indicator.official:
            yield self._field("OFFICIAL", indicator.official)
        yield from self._notes(indicator.notes)

    def _broken(self, text: str) -> Iterator[str]:
        """A long criterion on several lines, broken between its clauses."""
        line = ""
        for clause in text.split(self.mark("semicolon")):
            longer = line + self.mark("semicolon") + clause if line else clause
            if line and _width(longer) > WIDTH:
                yield (line + self.mark("semicolon")).rstrip()
                longer = "    " + clause
            line = longer
        yield line

    def _exemption(self, exemption: NotApplicable) -> str:
        situations = [self._situation(each) for each in exemption.conditions]
        text = self._all(situations)
        if self.language == "zh":
            text += "的"
        return self._giving(text, exemption.award) + self.mark("stop")

    def _situation(self, condition: Condition) -> str:
        """What the department has, has not, or is."""
        if isinstance(condition, Is) and isinstance(condition.value, bool) and condition.subject is not None:
            name = self.name(condition.subject)
            if not condition.value and not name.startswith(_SENTENCES):
                return self.beside(self.word("NONE"), name)
        return self.condition(condition)

    def _example(self, example: Example) -> str:
        pairs = self.mark("comma").join(self._pair(name, value) for name, value in example.values)
        arrow = "：" if self.language == "zh" else f" {self.word('AWARD')} "
        return pairs + arrow + self.points(example.points)

    def _pair(self, name: str, value: Quantity | str | bool) -> str:
        match value:
            case Quantity():
                return f"{self.name(name)} {self.quantity(value)}"
            case _:
                return self.condition(Is(value, name))

    # -------------------------------------------------------------------------------- conditions, awards

    def condition(self, condition: Condition) -> str:
        """What must hold."""
        subject = "" if condition.subject is None else self.name(condition.subject)
        if isinstance(condition, Within):
            interval = self._interval(condition)
            return f"{subject} {interval}" if subject else interval
        if isinstance(condition.value, bool):
            value = (YES if condition.value else NO).first(self.language)
        else:
            value = self.level(condition.value)
        return self.beside(self.beside(subject, self.word("IS")), value) if subject else value

    def _interval(self, condition: Within) -> str:
        low, high = condition.low, condition.high
        if low is not None and low == high:
            return f"{self.word('EQUAL')} {self.quantity(low.quantity)}"
        if high is None and low is not None:
            return f"{self.word('AT_LEAST' if low.inclusive else 'ABOVE')} {self.quantity(low.quantity)}"
        if low is None and high is not None:
            return f"{self.word('AT_MOST' if high.inclusive else 'BELOW')} {self.quantity(high.quantity)}"
        if low is None or high is None:
            raise ValueError("an interval without an end")
        edges = (low.inclusive, high.inclusive)
        if self.language == "zh":
            return self._range(low.quantity, high.quantity, edges)
        opening, closing = "[" if edges[0] else "(", "]" if edges[1] else ")"
        return f"{opening}{self.quantity(low.quantity)}, {self.quantity(high.quantity)}{closing}"

    def _range(self, low: Quantity, high: Quantity, edges: tuple[bool, bool]) -> str:
        """20-30%（含）, 80%（含）至 90%: one edge that is marked says how the other is meant."""
        if edges == (False, True) and low.unit == high.unit and low.number >= 0:
            return f"{_exact(low.number)}-{self.quantity(high)}{_INCLUSIVE}"
        marks = {
            (False, True): ("", _INCLUSIVE),
            (True, False): (_INCLUSIVE, ""),
            (True, True): (_INCLUSIVE, _INCLUSIVE),
            (False, False): (_EXCLUSIVE, _EXCLUSIVE),
        }[edges]
        left, right = self.quantity(low) + marks[0], self.quantity(high) + marks[1]
        return f"{self.beside(left, self.word('TO'))} {right}"

    def _all(self, conditions: Iterable[str]) -> str:
        conjunction = f"，{self.word('AND')}" if self.language == "zh" else f" {self.word('AND')} "
        return conjunction.join(conditions)

    def _giving(self, conditions: str, award: Award) -> str:
        """Where the conditions hold, this award."""
        if self.language == "zh":
            return f"{conditions}，{self.award(award)}"
        return f"{conditions} {self.word('AWARD')} {self.award(award)}"

    def award(self, award: Award) -> str:
        """What is given; in Chinese with its verb."""
        match award:
            case Points(points) if points:
                verb = self.word("AWARD") + " " if self.language == "zh" else ""
                return verb + self.points(points)
            case Points():
                return self.word("NO_POINTS")
            case FullMarks():
                return self.word("FULL_MARKS")
            case InProportion():
                return self.word("IN_PROPORTION")


class _Criterion:
    """Writes the clauses of one criterion; a step leaves unsaid what the clauses before it say."""

    def __init__(self, writer: _Writer, indicator: Indicator) -> None:
        self.writer = writer
        self.indicator = indicator
        self.standard: Quantity | None = None
        self.band: Band | None = None

    def clauses(self) -> Iterator[str]:
        """Each clause in turn."""
        for number, clause in enumerate(self.indicator.clauses):
            yield self._clause(number, clause)
            if isinstance(clause, Band) and clause.conditions:
                self.band = clause

    def _clause(self, number: int, clause: Clause) -> str:
        writer = self.writer
        match clause:
            case Item(fact, points) if writer.language == "zh":
                bullet = _BULLETS[number] if number < len(_BULLETS) else ""
                return f"{bullet}{writer.name(fact)}，{writer.points(points)}"
            case Item(fact, points):
                return f"{writer.name(fact)} {writer.word('AWARD')} {writer.points(points)}"
            case Step():
                return self._step(clause)
            case Band((), award):
                return self._otherwise(award)
            case Band(conditions, award):
                return writer._giving(writer._all(map(writer.condition, conditions)), award)

    def _otherwise(self, award: Award) -> str:
        writer = self.writer
        if isinstance(award, InProportion) and len(self.indicator.clauses) == 1:
            return writer.award(award)
        if writer.language == "zh":
            return writer.word("OTHERWISE") + writer.award(award)
        return f"{writer.word('OTHERWISE')} {writer.word('AWARD')} {writer.award(award)}"

    # -------------------------------------------------------------------------------------------- steps

    def _step(self, step: Step) -> str:
        writer, earns = self.writer, step.amount > 0
        base: Award = Points(Fraction(0)) if earns else FullMarks()
        if step.base != (base if self.band is None else self.band.award):
            raise ValueError("a step starts from the points of the band before it")
        standard, reference = self._reference(step)
        verb = writer.word("ADD" if earns else "DEDUCT")
        amount = writer.points(abs(step.amount))
        each = self._each_zh(step, reference) if writer.language == "zh" else self._each_en(step, reference)
        moved = f"{each}{verb} {amount}" if writer.language == "zh" else f"{each} {verb} {amount}"
        return standard + writer.mark("comma").join([moved, *self._modifiers(step, earns)])

    def _modifiers(self, step: Step, earns: bool) -> Iterator[str]:
        writer = self.writer
        if step.reading is not None:
            yield writer.word(_READINGS[step.reading])
        if step.limit is None:
            yield writer.word("UNTIL_FULL" if earns else "UNTIL_NONE")
        elif writer.language == "zh":
            yield f"{'最多加' if earns else '最多扣'} {writer.points(step.limit)}"
        else:
            yield f"{writer.word('LIMIT')} {writer.points(step.limit)}"

    def _reference(self, step: Step) -> tuple[str, Quantity | None]:
        """What says where the steps start: a standard before them, a number inside, or nothing where it is known."""
        edge = edge_towards(self.band, step.side) if self.band is not None else None
        known = edge.quantity if edge is not None else None
        if self.standard is not None:
            known = self.standard if known is None or known.exact == self.standard.exact else None
        elif known is None and step.occurrence:
            known = Quantity(Fraction(0), ONE)
        if known == step.reference:
            return "", None
        if self.writer.language == "zh" and (edge is None or step.occurrence):
            self.standard = step.reference
            return self._standard(step.reference), None
        if step.occurrence:
            raise ValueError("a count starts from the band before it")
        return "", step.reference

    def _standard(self, reference: Quantity) -> str:
        writer, text = self.writer, self.writer.quantity(reference)
        if reference.number < 0:
            return f"{writer.word('STANDARD')} {text}，"
        return f"{writer.word('BY')} {text} {writer.word('AS_STANDARD')}，"

    def _each_zh(self, step: Step, reference: Quantity | None) -> str:
        size = self.writer.quantity(step.size)
        if step.occurrence:
            return self.writer.word("EACH_CASE") + self._case_zh(step.size)
        stated = "" if reference is None else f" {self.writer.quantity(reference)}"
        return f"{self.writer.word(_EACH[step.side])}{stated} {size}"

    def _case_zh(self, size: Quantity) -> str:
        """每出现一例, 每出现 2 例, or 每出现 alone."""
        if size.number != 1:
            return f" {self.writer.quantity(size)} "
        return "" if size.unit == ONE else "一" + unit_word(size.unit.code, "zh")

    def _each_en(self, step: Step, reference: Quantity | None) -> str:
        writer, size = self.writer, self.writer.quantity(step.size)
        if step.occurrence:
            return writer.word("EACH_CASE") + ("" if step.size == Quantity(Fraction(1), ONE) else f", {size},")
        stated = "" if reference is None else f" {writer.quantity(reference)}"
        return f"{writer.word('EACH')} {size} {_SIDES[step.side]}{stated}"


def _rank(expression: Expression) -> int:
    """How tightly an expression holds together: sums least, then products, then single things."""
    if not isinstance(expression, Operation):
        return 3
    return 1 if expression.operator in (Operator.ADD, Operator.SUBTRACT) else 2


def _exact(number: Fraction) -> str:
    """A number with all its decimals."""
    if not terminates(number):
        raise ValueError(f"a number without an end: {number}")
    places = next(places for places in count() if (number * 10**places).denominator == 1)
    return decimal(number, places)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
