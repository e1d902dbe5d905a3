"""From trees to rule objects; what only pleases the reader ends here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from lark import Token, Tree

from engine.diagnostic import Diagnostic, error, note
from engine.rules import (
    Amount,
    Award,
    Band,
    Clause,
    Condition,
    Definition,
    Edge,
    Example,
    Expression,
    FactDeclaration,
    FullMarks,
    Grade,
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
    Side,
    Step,
    Truth,
    Within,
)
from engine.source import NOWHERE, Span
from engine.unit import ONE, SCORE, UNITS, Quantity, Unit
from rubric.language.lexer import normalise, span_of
from rubric.language.nearest import nearest
from rubric.messages.vocabulary import NO, UNIT_WORDS, YES

Node = Tree[Token]

READINGS = {
    "WHOLE": Reading.WHOLE,
    "STARTED": Reading.STARTED,
    "PROPORTIONAL": Reading.PROPORTIONAL,
}
_OPERATORS = {
    "PLUS": Operator.ADD,
    "MINUS": Operator.SUBTRACT,
    "TIMES": Operator.MULTIPLY,
    "OVER": Operator.DIVIDE,
}
_UNIT_FORMS = {normalise(form).lower(): code for code, words in UNIT_WORDS.items() for form in (*words.zh, *words.en)}
_PURE = {"数", "比率", "number", "ratio"}


def bilingual(first: str, second: str | None = None) -> Name:
    """A name from its forms, told apart by their characters."""
    zh = en = None
    for form in (first, second):
        if form and form.isascii():
            en = en or form
        elif form:
            zh = zh or form
    return Name(zh, en)


@dataclass(slots=True)
class Head:
    """The head of a level or an indicator, before its members are known."""

    name: Name
    full: Fraction
    span: Span


@dataclass(slots=True)
class Header:
    """What stands before the first indicator and holds for the whole rubric."""

    title: str = ""
    year: int | None = None
    place: str = ""
    basis: tuple[str, ...] = ()
    full: Fraction | None = None
    reading: Reading | None = None
    grades: tuple[Grade, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = NOWHERE


class Builder:
    """Makes rule objects from the trees of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Diagnostic] = []
        self._indicator = Name()
        self._measure: Expression | None = None

    # ------------------------------------------------------------------------------------------ places

    def _span(self, node: Node | Token) -> Span:
        if isinstance(node, Token):
            return span_of(node, self.file)
        tokens = list(node.scan_values(lambda each: isinstance(each, Token) and each.line is not None))
        if not tokens:
            return NOWHERE
        return self._span(tokens[0]).to(self._span(tokens[-1]))

    def _error(self, place: Span, code: str, *helps: Any, **arguments: Any) -> None:
        self.findings.append(error(note(code, **arguments), place, *helps))

    # ------------------------------------------------------------------------------------------ header

    def header(self, header: Header, node: Node) -> None:
        """Take one field of the header over."""
        children = cast(list[Any], node.children)
        match node.data:
            case "rubric":
                labels = [child for child in children if isinstance(child, Tree) and child.data == "label"]
                if labels:
                    header.title = str(labels[0].children[0])
                header.span = self._span(node)
                for child in children:
                    if isinstance(child, Tree) and child.data != "label":
                        self.header(header, child)
            case "year":
                header.year = self._year(children[1])
            case "place":
                header.place = str(children[1])
            case "basis":
                parts = str(children[1]).replace("；", ";").split(";")
                header.basis += tuple(part.strip() for part in parts if part.strip())
            case "full":
                header.full = number(children[1])
            case "fraction":
                header.reading = READINGS[_first_token(children[1]).type]
            case "grades":
                header.grades += tuple(self._grade(child) for child in children[1:])
            case "note":
                header.notes += (str(children[1]),)

    def _year(self, token: Token) -> int | None:
        value = number(token)
        if value.denominator == 1 and 1900 <= value <= 2200:
            return int(value)
        self._error(self._span(token), "not-a-year", found=str(token))
        return None

    def _grade(self, node: Node) -> Grade:
        label = next(child for child in node.children if isinstance(child, Tree) and child.data == "label")
        name = self._name(label)
        if node.data == "grade_rest":
            return Grade(name, None, self._span(node))
        interval = next(child for child in node.children if isinstance(child, Tree) and child.data != "label")
        low, _high = self._interval(interval)
        if low is None:
            self._error(self._span(node), "grade-without-floor", name=name.key)
            return Grade(name, None, self._span(node))
        if low.quantity.unit == ONE:
            low = Edge(Quantity(low.quantity.number, SCORE), low.inclusive, low.span)
        return Grade(name, low, self._span(node))

    def _name(self, label: Node) -> Name:
        forms = [str(child) for child in label.children]
        return bilingual(forms[0], forms[1] if len(forms) > 1 else None)

    # ------------------------------------------------------------------------------------ declarations

    def facts(self, node: Node) -> list[FactDeclaration]:
        """The declarations of one line: several names may share a unit and a meaning."""
        labels = [c for c in node.children if isinstance(c, Tree) and c.data == "label"]
        kinds = [c for c in node.children if isinstance(c, Tree) and c.data == "kind"]
        texts = [c for c in node.children if isinstance(c, Token) and c.type == "TEXT"]
        meaning = str(texts[0]) if texts else ""
        if kinds:
            kind = self._kind(kinds[0])
            signed = any(isinstance(c, Token) and c.type == "SIGNED" for c in kinds[0].children)
        else:
            kind, signed = None, False
            self._error(self._span(labels[-1]), "fact-without-unit", name=self._name(labels[-1]).key)
        if kind is None:
            return []
        return [FactDeclaration(self._name(label), kind, meaning, signed, self._span(label)) for label in labels]

    def _kind(self, node: Node) -> Kind | None:
        names = [self._name(child) for child in node.children if isinstance(child, Tree)]
        forms = [_lower(name.forms[0]) for name in names]
        if len(names) == 1:
            return self._amount(names[0], forms[0], self._span(node))
        if len(names) == 2 and forms[0] in _forms(YES) and forms[1] in _forms(NO):
            return Truth()
        if len({name.key for name in names}) < len(names):
            self._error(self._span(node), "level-twice")
            return None
        return Levels(tuple(names))

    def _amount(self, name: Name, form: str, place: Span) -> Kind | None:
        if form in _PURE:
            return Amount(ONE)
        code = _UNIT_FORMS.get(form)
        if code is not None:
            return Amount(UNITS[code])
        right = nearest(form, _UNIT_FORMS, 0.4)
        helps = (note("nearest", name=right),) if right else (note("units-known"),)
        self._error(place, "unknown-unit", *helps, unit=name.forms[0])
        return None

    def definition(self, node: Node) -> Definition:
        """A derived quantity."""
        label, _equals, expression = node.children
        return Definition(self._name(cast(Node, label)), self.expression(cast(Node, expression)), self._span(node))

    # ------------------------------------------------------------------------------------- expressions

    def expression(self, node: Node | Token) -> Expression:
        """A formula."""
        assert isinstance(node, Tree)
        match node.data:
            case "number":
                return Number(self._quantity(node.children), self._span(node))
            case "reference":
                return Reference(str(node.children[0]), self._span(node))
            case "negative":
                zero = Number(Quantity(Fraction(0), ONE), self._span(node))
                return Operation(Operator.SUBTRACT, zero, self.expression(node.children[-1]), self._span(node))
            case "sum" | "product":
                return self._chain(node)
            case _:
                return self.expression(next(child for child in node.children if isinstance(child, Tree)))

    def _chain(self, node: Node) -> Expression:
        result = self.expression(node.children[0])
        for operator, operand in zip(node.children[1::2], node.children[2::2], strict=True):
            right = self.expression(operand)
            operation = _OPERATORS[cast(Token, operator).type]
            result = Operation(operation, result, right, _place(result).to(_place(right)))
        return result

    def _quantity(self, parts: Iterable[Any]) -> Quantity:
        negative, value, unit = False, Fraction(0), ONE
        for part in parts:
            match part.type:
                case "MINUS":
                    negative = True
                case "NUMBER":
                    value = number(part)
                case "UNIT" | "POINTS":
                    unit = _unit(part)
        return Quantity(-value if negative else value, unit)

    # ---------------------------------------------------------------------------------------- criteria

    def head(self, node: Node) -> Head:
        """The name and full marks of a level or indicator."""
        label = next(c for c in node.children if isinstance(c, Tree) and c.data == "label")
        marks = next((c for c in node.children if isinstance(c, Tree) and c.data == "marks"), None)
        opening = cast(Token, node.children[0])
        place = self._span(opening).to(self._span(marks if marks is not None else label))
        full = Fraction(0)
        if marks is not None:
            full = number(next(c for c in marks.children if isinstance(c, Token) and c.type == "NUMBER"))
        return Head(self._name(label), full, place)

    def indicator(self, head: Head, fields: Iterable[Node], own_fact: bool) -> Indicator:
        """An indicator from its head and its fields; without a formula it measures the fact of its own name."""
        trees = list(fields)
        self._indicator = head.name
        measure: Expression | None = None
        for node in self._only(trees, "formula"):
            measure = self.expression(node.children[-1])
        if measure is None and own_fact:
            measure = Reference(head.name.key, head.span)
        self._measure = measure
        clauses: tuple[Clause, ...] = ()
        for node in self._only(trees, "scoring"):
            clauses += self._clauses(node)
        exempt = [self._exemption(node) for node in self._only(trees, "not_applicable")]
        examples = [self._example(node) for node in trees if node.data == "example"]
        return Indicator(
            name=head.name,
            full=head.full,
            measure=measure,
            clauses=clauses,
            not_applicable=exempt[0] if exempt else None,
            notes=tuple(str(node.children[1]) for node in trees if node.data == "note"),
            official="".join(str(node.children[1]) for node in trees if node.data == "official"),
            examples=tuple(examples),
            span=head.span,
            head=head.span,
        )

    def _only(self, trees: list[Node], data: str) -> list[Node]:
        """The fields of a kind of which one is enough; a second one is a finding."""
        found = [node for node in trees if node.data == data]
        for extra in found[1:]:
            self._error(self._span(cast(Token, extra.children[0])), "field-twice", word=str(extra.children[0]))
        return found[:1]

    def _clauses(self, node: Node) -> tuple[Clause, ...]:
        found: list[Clause] = []
        standard: Quantity | None = None
        for child in node.children[1:]:
            assert isinstance(child, Tree)
            match child.data:
                case "standard":
                    standard = self._amount_of(child.children[1])
                case "step":
                    step = self._step(child, found, standard)
                    if step is not None:
                        found.append(step)
                case _:
                    found.append(self._band(child))
        return tuple(found)

    def _band(self, node: Node) -> Band | Item:
        place = self._span(node)
        children = [child for child in node.children if not (isinstance(child, Token) and child.type == "AND")]
        match node.data:
            case "item":
                subject = cast(Node, children[0])
                award = self._award(children[1])
                points = award.points if isinstance(award, Points) else Fraction(-1)
                if points < 0:
                    self._error(place, "item-without-points")
                return Item(str(subject.children[0]), points, place)
            case "otherwise":
                return Band((), self._award(children[1]), place)
            case "proportion":
                return Band((), InProportion(), place)
        conditions = tuple(self._condition(child) for child in children[:-1])
        return Band(conditions, self._award(children[-1]), place)

    def _condition(self, node: Any) -> Condition:
        place = self._span(node)
        subject: str | None = None
        children = list(node.children)
        if children and isinstance(children[0], Tree) and children[0].data == "subject":
            subject = self._subject(str(children[0].children[0]))
        match node.data:
            case "within":
                low, high = self._interval(children[-1])
                return Within(low, high, subject, place)
            case "is_true" | "is_present":
                return Is(True, subject or self._named(children), place)
            case "is_false" | "is_absent":
                return Is(False, subject or self._named(children), place)
            case _:
                value = next(c for c in reversed(children) if isinstance(c, Token) and c.type in ("LEVEL", "WORD"))
                return Is(str(value), subject, place)

    def _named(self, children: list[Any]) -> str | None:
        return next((str(c) for c in children if isinstance(c, Token) and c.type in ("NAME", "WORD")), None)

    def _subject(self, name: str) -> str | None:
        """The name before a condition; the indicator's own name, or its end, stands for what it measures."""
        own = any(form == name or form.endswith(name) for form in self._indicator.forms)
        return None if own and self._measure != Reference(name) else name

    # --------------------------------------------------------------------------------------- intervals

    def _interval(self, node: Any) -> tuple[Edge | None, Edge | None]:
        quantities = [
            child for child in node.children if isinstance(child, Tree) and child.data in ("quantity", "scored")
        ]
        match node.data:
            case "limit":
                return self._limit(node, self._amount_of(quantities[0]))
            case "exactly":
                edge = Edge(self._amount_of(quantities[0]), True, self._span(node))
                return edge, edge
            case "outward":
                return self._outward(node, self._amount_of(quantities[0]))
            case "bracketed":
                return self._bracketed(node, quantities)
            case _:
                return self._range(node, quantities)

    def _limit(self, node: Node, value: Quantity) -> tuple[Edge | None, Edge | None]:
        place = self._span(node)
        comparison = cast(Token, node.children[0]).type
        mark = _mark(node.children)
        if comparison == "EQUAL":
            return Edge(value, True, place), Edge(value, True, place)
        inclusive = comparison in ("AT_MOST", "AT_LEAST") if mark is None else mark
        edge = Edge(value, inclusive, place)
        return (None, edge) if comparison in ("AT_MOST", "BELOW") else (edge, None)

    def _outward(self, node: Node, value: Quantity) -> tuple[Edge | None, Edge | None]:
        """以上 and 以下: the number belongs to them unless it is said that it does not."""
        mark = _mark(node.children)
        edge = Edge(value, mark is not False, self._span(node))
        upward = any(isinstance(child, Token) and child.type == "UPWARD" for child in node.children)
        return (edge, None) if upward else (None, edge)

    def _bracketed(self, node: Node, quantities: list[Node]) -> tuple[Edge | None, Edge | None]:
        low, high = self._pair(quantities)
        opening, closing = cast(Token, node.children[0]), cast(Token, node.children[-1])
        return (
            Edge(low, opening.type == "LSQB", self._span(quantities[0])),
            Edge(high, closing.type == "RSQB", self._span(quantities[1])),
        )

    def _range(self, node: Node, quantities: list[Node]) -> tuple[Edge | None, Edge | None]:
        low, high = self._pair(quantities)
        marks: list[bool | None] = [None, None]
        index = -1
        for child in node.children:
            if isinstance(child, Tree) and child.data == "quantity":
                index += 1
            elif isinstance(child, Tree) and child.data == "mark":
                marks[index] = _mark([child])
        if marks == [None, None]:
            self._error(self._span(node), "unstated-edge", note("edge-forms"))
        lower = marks[0] if marks[0] is not None else False
        upper = marks[1] if marks[1] is not None else False
        if marks[0] is False and marks[1] is None:
            upper = True
        if marks[1] is False and marks[0] is None:
            lower = True
        return Edge(low, lower, self._span(quantities[0])), Edge(high, upper, self._span(quantities[1]))

    def _pair(self, quantities: list[Node]) -> tuple[Quantity, Quantity]:
        """Two ends of a range; the first may leave its unit to the second (0–10%)."""
        low, high = self._amount_of(quantities[0]), self._amount_of(quantities[1])
        if low.unit == ONE and high.unit != ONE:
            low = Quantity(low.number, high.unit)
        return low, high

    def _amount_of(self, node: Any) -> Quantity:
        return self._quantity(node.children)

    # ---------------------------------------------------------------------------------- awards and steps

    def _award(self, node: Any) -> Award:
        match node.data:
            case "points":
                return Points(number(next(c for c in node.children if isinstance(c, Token) and c.type == "NUMBER")))
            case "full_marks":
                return FullMarks()
            case "no_points":
                return Points(Fraction(0))
            case _:
                return InProportion()

    def _step(self, node: Node, before: list[Clause], standard: Quantity | None) -> Step | None:
        each = cast(Node, node.children[0])
        place = self._span(node)
        occurrence = each.data == "each_case"
        quantities = [self._amount_of(c) for c in each.children if isinstance(c, Tree) and c.data == "quantity"]
        side = _side(each)
        stated = None
        if len(quantities) == 2:
            # Chinese puts the reference first (每低于 100% 5 个百分点), English last (each 5 pp below 100%).
            stated, size = (quantities[1], quantities[0]) if each.data == "each_side" else quantities
        else:
            size = quantities[0] if quantities else Quantity(Fraction(1), ONE)
        sign = -1 if cast(Token, node.children[1]).type == "DEDUCT" else 1
        amount = sign * number(cast(Token, node.children[2]))
        base, reference = self._origin(before, side, stated or standard, occurrence, sign)
        if reference is None or base is None:
            self._error(place, "step-without-reference", note("state-reference"))
            return None
        reading, limit = self._modifiers(node)
        return Step(side, reference, size, amount, base, reading, limit, occurrence, place)

    def _origin(
        self, before: list[Clause], side: Side, stated: Quantity | None, occurrence: bool, sign: int
    ) -> tuple[Award | None, Quantity | None]:
        """What the steps start from: the stated reference, or the edge of the band before them."""
        band = next((clause for clause in reversed(before) if isinstance(clause, Band) and clause.conditions), None)
        base: Award = FullMarks() if sign < 0 else Points(Fraction(0))
        reference = stated
        if band is not None:
            base = band.award
            edge = _edge_towards(band, side)
            reference = reference or (edge.quantity if edge else None)
        if reference is None and occurrence:
            reference = Quantity(Fraction(0), ONE)
        return base, reference

    def _modifiers(self, node: Node) -> tuple[Reading | None, Fraction | None]:
        reading: Reading | None = None
        limit: Fraction | None = None
        for child in node.children[4:]:
            assert isinstance(child, Tree)
            match child.data:
                case "own_reading":
                    reading = READINGS[_first_token(child).type]
                case "limit_points":
                    limit = number(next(c for c in child.children if isinstance(c, Token) and c.type == "NUMBER"))
        return reading, limit

    def _exemption(self, node: Node) -> NotApplicable:
        children = [c for c in node.children[1:] if isinstance(c, Tree)]
        conditions = tuple(self._condition(child) for child in children[:-1])
        return NotApplicable(conditions, self._award(children[-1]), self._span(node))

    def _example(self, node: Node) -> Example:
        pairs = [c for c in node.children if isinstance(c, Tree)]
        points = next(c for c in reversed(node.children) if isinstance(c, Token) and c.type == "NUMBER")
        return Example(tuple(self._pair_of(pair) for pair in pairs), number(points), self._span(node))

    def _pair_of(self, node: Node) -> tuple[str, Quantity | str | bool]:
        name = str(node.children[0])
        match node.data:
            case "pair_amount":
                return name, self._quantity(cast(Any, node.children[1:]))
            case "pair_true":
                return name, True
            case "pair_false":
                return name, False
            case _:
                return name, str(node.children[-1])


def number(token: Token) -> Fraction:
    """The exact number of a NUMBER token."""
    return Fraction(str(token))


def _unit(token: Token) -> Unit:
    code = _UNIT_FORMS["%"] if token == "%" else str(token)
    return UNITS[code]


def _lower(text: str) -> str:
    return normalise(text).lower()


def _forms(spellings: Any) -> set[str]:
    return {*spellings.zh, *spellings.en}


def _place(expression: Expression) -> Span:
    return expression.span


def _first_token(node: Any) -> Token:
    return cast(Token, next(node.scan_values(lambda each: isinstance(each, Token))))


def _mark(children: Iterable[Any]) -> bool | None:
    """Whether an edge is marked as belonging (True), as not belonging (False), or not marked."""
    for child in children:
        if isinstance(child, Tree) and child.data == "mark":
            return _first_token(child).type == "INCLUSIVE"
    return None


_SIDES: dict[str, Side] = {
    "each_above": Side.ABOVE,
    "each_below": Side.BELOW,
    "each_away": Side.EITHER,
    "each_case": Side.ABOVE,
}
_SIDE_WORDS = {"ABOVE": Side.ABOVE, "BELOW": Side.BELOW, "EITHER_SIDE": Side.EITHER}


def _side(each: Node) -> Side:
    if each.data != "each_side":
        return _SIDES[str(each.data)]
    word = next(c for c in each.children if isinstance(c, Token) and c.type in _SIDE_WORDS)
    return _SIDE_WORDS[word.type]


def _edge_towards(band: Band, side: Side) -> Edge | None:
    """The edge of a band from which steps to that side begin."""
    interval = next((c for c in band.conditions if isinstance(c, Within)), None)
    if interval is None:
        return None
    if side is Side.ABOVE:
        return interval.high or interval.low
    return interval.low or interval.high


__all__ = ["Builder", "Head", "Header", "bilingual"]
