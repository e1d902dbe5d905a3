"""From trees to rule objects: header, declarations and indicators; what only pleases the reader ends here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import cast

from lark import Token

from engine.diagnostic import Diagnostic, Note, note
from engine.nearest import nearest
from engine.rules import (
    Amount,
    Award,
    Clause,
    Combination,
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
    Overall,
    Period,
    Provided,
    Reading,
    Reference,
    Role,
    Rounding,
    RowsOf,
    Table,
    Text,
    Truth,
)
from engine.source import NOWHERE, Span
from engine.unit import ONE, SCORE, UNITS, Quantity
from rubric.language.criteria import READINGS, Criteria, roundings
from rubric.language.formulas import Formulas, Names
from rubric.language.intervals import Ends, edge_marks
from rubric.language.text import normalise, table
from rubric.language.trees import Node, bilingual, first_token, name_of, number, quantity, subtrees, text_of, tokens
from rubric.messages.vocabulary import NO, PURE_NUMBER, TEXT_KIND, UNIT_WORDS, YES

_UNITS = table((*UNIT_WORDS.items(), ("one", PURE_NUMBER)))
_YES, _NO = {*YES.zh, *YES.en}, {*NO.zh, *NO.en}
_TEXT = {*TEXT_KIND.zh, *TEXT_KIND.en}
_ENDS = {"LOWER_END": (True, False), "UPPER_END": (False, True), "BOTH_ENDS": (True, True)}
_ROLES = {"BONUS": Role.BONUS, "PENALTY": Role.PENALTY}


@dataclass(slots=True)
class Head:
    """The head of a level or an indicator, before its members are known."""

    name: Name
    full: Fraction
    span: Span
    role: Role = Role.ORDINARY
    marked: bool = True


@dataclass(slots=True)
class Header:
    """What stands before the first indicator and holds for the whole rubric."""

    title: str = ""
    period: Period | None = None
    place: str = ""
    basis: tuple[str, ...] = ()
    full: Fraction | None = None
    reading: Reading | None = None
    grades: tuple[Grade, ...] = ()
    notes: tuple[str, ...] = ()
    not_applicable: Award | None = None
    span: Span = NOWHERE


@dataclass(slots=True)
class LevelFields:
    """What the fields of a level say of it."""

    notes: tuple[str, ...] = ()
    combination: Combination = Combination.SUM
    formula: Expression | None = None
    provided: Provided | None = None


class Builder(Formulas):
    """Makes rule objects from the trees of one file."""

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        super().__init__(file, findings, Names())
        # The points that evaluators give within a range, asked for by criteria and declared by nobody.
        self.chosen: list[tuple[str, FactDeclaration]] = []
        # What the header says of steps in per cent.
        self.percents = ""
        # Grades between whole numbers, which meet only where the total is one.
        self.whole_grades: list[tuple[Span, Name, Name]] = []

    # ------------------------------------------------------------------------------------------ header

    def header(self, header: Header, node: Node) -> None:
        """Take one field of the header over."""
        match node.data:
            case "rubric":
                label = next(subtrees(node, "label"), None)
                header.title = str(first_token(label)) if label else header.title
                header.span = self.span(node)
            case "year":
                header.period = self._period(node)
            case "place":
                header.place = text_of(node)
            case "basis":
                parts = text_of(node).replace("；", ";").split(";")
                header.basis += tuple(part.strip() for part in parts if part.strip())
            case "full":
                header.full = number(next(tokens(node, "NUMBER")))
            case "fraction":
                header.reading = READINGS[first_token(next(subtrees(node))).type]
            case "ends":
                self.ends = _ENDS[[*tokens(node)][-1].type]
            case "percents":
                self.percents = [*tokens(node)][-1].type
            case "grades":
                header.grades = self._grades(list(subtrees(node)))
            case "header_exempt":
                criteria = Criteria(self.file, self.findings, self.names, Name(), (), None)
                header.not_applicable = criteria.award(next(subtrees(node)))
            case "note":
                header.notes += (text_of(node),)

    def _period(self, node: Node) -> Period | None:
        """One year, some years, or every year from one on."""
        years = [self._year(token) for token in tokens(node, "NUMBER")]
        first, last = years[0], years[-1]
        if first is None or last is None:
            return None
        if any(tokens(node, "ONWARD")):
            return Period(first, None)
        if last < first:
            self.error(self.span(node), "years-turned-round", note("year-form"))
            return None
        return Period(first, last)

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
            low, high = (None, None) if node.data == "grade_rest" else self._grade_interval(_interval_of(node))
            last_open = low is None and (node.data == "grade_rest" or (high is not None and node is nodes[-1]))
            if low is None and not last_open:
                self.error(place, "grade-without-floor", note("grades-form"), name=name.key)
            elif high is not None and grades and _one_apart(high, grades[-1].floor) and _unmarked(node):
                self.whole_grades.append((place, name, grades[-1].name))
            elif high is not None and grades and not _meets(high, grades[-1].floor):
                self.error(place, "grades-do-not-meet", note("grades-meet"), name=name.key, above=grades[-1].name.key)
            grades.append(Grade(name, None if low is None else _in_points(low), place))
        return tuple(grades)

    def _grade_interval(self, node: Node) -> Ends:
        """The range of a grade; one between whole numbers (80-89) has both of its ends."""
        outside, self.ends = self.ends, self.ends or (True, True)
        found = self.interval(node)
        self.ends = outside
        return found

    def grades_settled(self, overall: Overall) -> None:
        """Hold grades between whole numbers against the total: they leave gaps where it is not rounded to one."""
        if overall.rounding is not None and overall.rounding.places == 0:
            return
        for place, name, above in self.whole_grades:
            self.error(place, "grades-do-not-meet", note("grades-meet"), name=name.key, above=above.key)

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
        signed, positive = any(tokens(kinds[0], "SIGNED")), any(tokens(kinds[0], "POSITIVE"))
        line = self.span(node)
        return [
            FactDeclaration(name_of(label), kind, meaning, signed, positive, span=self.span(label), declaration=line)
            for label in labels
        ]

    def table(self, node: Node, columns: Iterable[FactDeclaration]) -> Table:
        """A table with its columns."""
        meaning = next((str(text) for text in tokens(node, "TEXT")), "")
        return Table(name_of(next(subtrees(node, "label"))), tuple(columns), meaning, self.span(node))

    def _kind(self, node: Node) -> Kind | None:
        names = [name_of(child) for child in subtrees(node)]
        forms = [normalise(name.forms[0]).lower() for name in names]
        if len(names) == 1:
            if forms[0] in _TEXT:
                return Text()
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

    # ---------------------------------------------------------------------------- levels and indicators

    def head(self, node: Node) -> Head:
        """The name and full marks of a level or indicator; an amendment may leave the marks as they were."""
        label = next(subtrees(node, "label"))
        marks = next(subtrees(node, "marks"), None)
        opening = first_token(node)
        place = self.span(opening).to(self.span(marks or label))
        name, role = name_of(label), _ROLES.get(opening.type, Role.ORDINARY)
        if marks is None:
            return Head(name, Fraction(0), place, role, marked=False)
        return Head(name, number(next(tokens(marks, "NUMBER"))), place, role)

    def level(self, trees: Iterable[Node]) -> LevelFields:
        """What the fields of a level say."""
        found = LevelFields()
        for node in trees:
            match node.data:
                case "note":
                    found.notes += (text_of(node),)
                case "combination" | "total_formula" | "weighed_total":
                    found.combination, found.formula = self.together(node)
                case "provided":
                    found.provided = self.provided(node)
        return found

    def together(self, node: Node) -> tuple[Combination, Expression | None]:
        """How the points of a level, or of everything, are put together."""
        if node.data == "combination":
            return Combination[next(token.type for token in tokens(node) if token.type != "TOGETHER")], None
        self.points_by_name = True
        expression = self._weighed(node) if node.data == "weighed_total" else self.expression(next(subtrees(node)))
        self.points_by_name = False
        return Combination.SUM, expression

    def _weighed(self, node: Node) -> Expression:
        """Points by weight: 工作考核占 70%，专业评价占 30%."""
        parts: list[Expression] = []
        for each in subtrees(node):
            name, share = next(tokens(each, "NAME", "WORD")), next(subtrees(each))
            weight = Number(quantity(share.children), self.span(share))
            points = self.reference(str(name), self.span(name))
            parts.append(Operation(Operator.MULTIPLY, points, weight, self.span(each)))
        return reduce(lambda one, other: Operation(Operator.ADD, one, other, one.span.to(other.span)), parts)

    def provided(self, node: Node) -> Provided:
        """What must hold for a bonus to count."""
        return Provided(self.conditions(next(subtrees(node))), self.span(node))

    def indicator(self, head: Head, fields: Iterable[Node]) -> tuple[Indicator, bool]:
        """An indicator from its head and its fields, and whether each clause of its criterion could be told.

        Without a formula it measures the fact of its own name.
        """
        trees = list(fields)
        rows = self._rows(self._only(trees, "rows"))
        measure, own = self._measure(head, self._only(trees, "formula"))
        criteria = Criteria(
            self.file, self.findings, self.names, head.name, own, measure, "" if rows is None else rows.table
        )
        criteria.ends, criteria.percents = self.ends, self.percents
        scoring = self._only(trees, "scoring")
        clauses: tuple[Clause, ...] = criteria.clauses(scoring) if scoring else ()
        exemption, forfeit = self._only(trees, "not_applicable"), self._only(trees, "forfeit")
        rounding, provided = self._only(trees, "rounding"), self._only(trees, "provided")
        rounded: Mapping[str, Rounding] = roundings(self, rounding) if rounding else {}
        official = [node for node in trees if node.data == "official"]
        indicator = Indicator(
            name=head.name,
            full=head.full,
            measure=criteria.measure,
            clauses=clauses,
            not_applicable=criteria.exemption(exemption) if exemption else None,
            notes=(*(text_of(node) for node in trees if node.data == "note"), *criteria.remarks),
            official="".join(map(text_of, official)),
            examples=tuple(criteria.example(node) for node in trees if node.data == "example"),
            combination=criteria.combination,
            role=head.role,
            forfeit=criteria.forfeit(forfeit) if forfeit else None,
            round_measure=rounded.get("ROUND_MEASURE"),
            round_points=rounded.get("ROUND_POINTS"),
            provided=self.provided(provided) if provided else None,
            rows=rows,
            span=head.span,
            head=head.span,
            official_span=self.span(official[0]) if official else NOWHERE,
        )
        if criteria.chosen is not None:
            self.chosen.append(("" if rows is None else rows.table, replace(criteria.chosen, span=head.span)))
        return indicator, criteria.whole

    def _rows(self, node: Node | None) -> RowsOf | None:
        if node is None:
            return None
        conditions = tuple(map(self.condition, subtrees(node)))
        return RowsOf(str(next(tokens(node, "NAME", "WORD"))), conditions, self.span(node))

    def _measure(self, head: Head, formula: Node | None) -> tuple[Expression | None, list[str]]:
        """What is measured, and the names that stand for it: those of the indicator, and of the rate in its formula."""
        names = list(head.name.forms)
        if formula is None:
            own = head.name.key in self.names.declared
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
    return replace(floor, quantity=Quantity(floor.quantity.number, SCORE))


def _unmarked(grade: Node) -> bool:
    interval = _interval_of(grade)
    return interval.data == "range" and edge_marks(interval) == (None, None)


def _one_apart(high: Edge, floor: Edge | None) -> bool:
    """Whether the next whole number above one grade begins the other: 80-89, 90-100."""
    return floor is not None and high.quantity.number + 1 == floor.quantity.number


def _meets(high: Edge, floor: Edge | None) -> bool:
    """Whether a grade that ends here leaves no gap to the one above; 60 以下 leaves 60 to it."""
    return floor is None or high.quantity.number == floor.quantity.number


__all__ = ["Builder", "Head", "Header", "LevelFields", "bilingual"]
