"""From trees to rule objects; what only pleases the reader ends here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Token

from engine.diagnostic import Diagnostic, Note, note
from engine.nearest import nearest
from engine.rules import (
    Amount,
    Clause,
    Definition,
    Edge,
    Expression,
    FactDeclaration,
    Grade,
    Indicator,
    Kind,
    Levels,
    Name,
    Number,
    Operation,
    Operator,
    Reading,
    Reference,
    Truth,
)
from engine.source import NOWHERE, Span
from engine.unit import ONE, SCORE, UNITS, Quantity
from rubric.language.criteria import READINGS, Criteria, Intervals
from rubric.language.text import normalise, table
from rubric.language.trees import Node, bilingual, first_token, name_of, number, quantity, subtrees, text_of, tokens
from rubric.messages.vocabulary import NO, PURE_NUMBER, UNIT_WORDS, YES

_OPERATORS = {
    "PLUS": Operator.ADD,
    "MINUS": Operator.SUBTRACT,
    "TIMES": Operator.MULTIPLY,
    "OVER": Operator.DIVIDE,
}
_UNITS = table((*UNIT_WORDS.items(), ("one", PURE_NUMBER)))
_YES, _NO = {*YES.zh, *YES.en}, {*NO.zh, *NO.en}


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


class Builder(Intervals):
    """Makes rule objects from the trees of one file."""

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        super().__init__(file, findings)
        # The facts and derived quantities that may be named in a criterion.
        self.declared: frozenset[str] = frozenset()

    # ------------------------------------------------------------------------------------------ header

    def header(self, header: Header, node: Node) -> None:
        """Take one field of the header over."""
        match node.data:
            case "rubric":
                label = next(subtrees(node, "label"), None)
                header.title = str(first_token(label)) if label else header.title
                header.span = self.span(node)
            case "year":
                header.year = self._year(next(tokens(node, "NUMBER")))
            case "place":
                header.place = text_of(node)
            case "basis":
                parts = text_of(node).replace("；", ";").split(";")
                header.basis += tuple(part.strip() for part in parts if part.strip())
            case "full":
                header.full = number(next(tokens(node, "NUMBER")))
            case "fraction":
                header.reading = READINGS[first_token(next(subtrees(node))).type]
            case "grades":
                header.grades = self._grades(list(subtrees(node)))
            case "note":
                header.notes += (text_of(node),)

    def _year(self, token: Token) -> int | None:
        value = number(token)
        if value.denominator == 1 and 1900 <= value <= 2200:
            return int(value)
        self.error(self.span(token), "not-a-year", note("year-form"), found=str(token))
        return None

    def _grades(self, nodes: list[Node]) -> tuple[Grade, ...]:
        """The grades from the best down; one that also says where it ends must meet the one above it."""
        grades: list[Grade] = []
        for node in nodes:
            name, place = name_of(next(subtrees(node, "label"))), self.span(node)
            low, high = (None, None) if node.data == "grade_rest" else self.interval(_interval_of(node))
            last_open = low is None and (node.data == "grade_rest" or (high is not None and node is nodes[-1]))
            if low is None and not last_open:
                self.error(place, "grade-without-floor", note("grades-form"), name=name.key)
            elif high is not None and grades and not _meets(high, grades[-1].floor):
                self.error(place, "grades-do-not-meet", note("grades-meet"), name=name.key, above=grades[-1].name.key)
            grades.append(Grade(name, None if low is None else _in_points(low), place))
        return tuple(grades)

    # ------------------------------------------------------------------------------------ declarations

    def facts(self, node: Node) -> list[FactDeclaration]:
        """The declarations of one line: several names may share a unit and a meaning."""
        labels = list(subtrees(node, "label"))
        kinds = list(subtrees(node, "kind"))
        meaning = next((str(text) for text in tokens(node, "TEXT")), "")
        if not kinds:
            name = name_of(labels[-1])
            self.error(self.span(labels[-1]), "fact-without-unit", note("fact-form", name=name.key), name=name.key)
            return []
        kind = self._kind(kinds[0])
        if kind is None:
            return []
        signed = any(tokens(kinds[0], "SIGNED"))
        return [FactDeclaration(name_of(label), kind, meaning, signed, self.span(label)) for label in labels]

    def _kind(self, node: Node) -> Kind | None:
        names = [name_of(child) for child in subtrees(node)]
        forms = [normalise(name.forms[0]).lower() for name in names]
        if len(names) == 1:
            return self._amount(names[0], forms[0], self.span(node))
        if len(names) == 2 and forms[0] in _YES and forms[1] in _NO:
            return Truth()
        twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if twice is not None:
            self.error(self.span(node), "level-twice", note("remove-one"), name=twice.key)
            return None
        return Levels(tuple(names))

    def _amount(self, name: Name, form: str, place: Span) -> Kind | None:
        code = _UNITS.get(" ".join(form.split()))
        if code is not None:
            return Amount(UNITS[code])
        right = nearest(form, _UNITS, 40)
        help_note: Note = note("nearest", name=right) if right else note("units-known")
        self.error(place, "unknown-unit", help_note, unit=name.forms[0])
        return None

    def definition(self, node: Node) -> Definition:
        """A derived quantity."""
        label, _equals, expression = node.children
        return Definition(name_of(cast(Node, label)), self.expression(cast(Node, expression)), self.span(node))

    # ------------------------------------------------------------------------------------- expressions

    def expression(self, node: Node) -> Expression:
        """A formula."""
        match node.data:
            case "number":
                return Number(quantity(node.children), self.span(node))
            case "reference":
                return Reference(str(node.children[0]), self.span(node))
            case "negative":
                zero = Number(Quantity(Fraction(0), ONE), self.span(node))
                return Operation(Operator.SUBTRACT, zero, self.expression(next(subtrees(node))), self.span(node))
            case "sum" | "product":
                return self._chain(node)
            case _:
                return self.expression(next(subtrees(node)))

    def _chain(self, node: Node) -> Expression:
        operands = [self.expression(child) for child in subtrees(node)]
        result = operands[0]
        for operator, right in zip(tokens(node), operands[1:], strict=True):
            result = Operation(_OPERATORS[operator.type], result, right, result.span.to(right.span))
        return result

    # -------------------------------------------------------------------------------------- indicators

    def head(self, node: Node) -> Head:
        """The name and full marks of a level or indicator."""
        label = next(subtrees(node, "label"))
        marks = next(subtrees(node, "marks"))
        place = self.span(first_token(node)).to(self.span(marks))
        return Head(name_of(label), number(next(tokens(marks, "NUMBER"))), place)

    def indicator(self, head: Head, fields: Iterable[Node]) -> tuple[Indicator, bool]:
        """An indicator from its head and its fields, and whether each clause of its criterion could be told.

        Without a formula it measures the fact of its own name.
        """
        trees = list(fields)
        measure, names = self._measure(head, self._only(trees, "formula"))
        criteria = Criteria(self.file, self.findings, names, measure, self.declared)
        scoring = self._only(trees, "scoring")
        clauses: tuple[Clause, ...] = criteria.clauses(scoring) if scoring else ()
        exemption = self._only(trees, "not_applicable")
        indicator = Indicator(
            name=head.name,
            full=head.full,
            measure=criteria.measure,
            clauses=clauses,
            not_applicable=criteria.exemption(exemption) if exemption else None,
            notes=tuple(text_of(node) for node in trees if node.data == "note"),
            official="".join(text_of(node) for node in trees if node.data == "official"),
            examples=tuple(criteria.example(node) for node in trees if node.data == "example"),
            span=head.span,
            head=head.span,
        )
        return indicator, criteria.whole

    def _measure(self, head: Head, formula: Node | None) -> tuple[Expression | None, list[str]]:
        """What is measured, and the names that stand for it: those of the indicator, and of the rate in its formula."""
        names = list(head.name.forms)
        if formula is None:
            own = head.name.key in self.declared
            return (Reference(head.name.key, head.span) if own else None), names
        names.extend(str(rate) for rate in tokens(formula, "NAME", "WORD"))
        return self.expression(next(subtrees(formula))), names

    def _only(self, trees: list[Node], data: str) -> Node | None:
        """The one field of a kind; a second one is a finding."""
        found = [node for node in trees if node.data == data]
        for extra in found[1:]:
            word = first_token(extra)
            self.error(self.span(word), "field-twice", note("join-fields"), word=str(word))
        return found[0] if found else None


def _interval_of(grade: Node) -> Node:
    return next(child for child in subtrees(grade) if child.data != "label")


def _in_points(floor: Edge) -> Edge:
    if floor.quantity.unit != ONE:
        return floor
    return Edge(Quantity(floor.quantity.number, SCORE), floor.inclusive, floor.span)


def _meets(high: Edge, floor: Edge | None) -> bool:
    """Whether a grade that ends here leaves no gap to the one above; 60 以下 leaves 60 to it."""
    return floor is None or high.quantity.number == floor.quantity.number


__all__ = ["Builder", "Head", "Header", "bilingual"]
