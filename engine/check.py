"""Does a rubric mean something? Names, units, marks and readings, each finding at its place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction

from engine.diagnostic import Diagnostic, Note, Word, error, note, warning
from engine.rules import (
    Amount,
    Award,
    Band,
    Condition,
    Edge,
    Expression,
    FactDeclaration,
    FullMarks,
    Group,
    Indicator,
    InProportion,
    Is,
    Item,
    Levels,
    Name,
    Number,
    Operation,
    Operator,
    Points,
    Reference,
    Rubric,
    Step,
    Truth,
    Within,
    references,
)
from engine.source import Span
from engine.unit import ONE, PERCENT, PERCENTAGE_POINT, PURE, SCORE, Dimension, Quantity, multiply

# A staircase with more steps than these is a slip of the pen.
MAX_STEPS = 2_000

_POINT = PERCENTAGE_POINT.dimension


def check(
    rubric: Rubric, unsettled: frozenset[str] = frozenset(), heads_settled: bool = True
) -> tuple[Diagnostic, ...]:
    """Every finding on a rubric, in the order of the text.

    `unsettled` names what already has a finding of its own, so that one mistake stays one finding;
    `heads_settled` is False where full marks could not be read and sums would mislead.
    """
    checker = _Checker(rubric, unsettled)
    found = [*checker.declarations(), *checker.definitions()]
    if heads_settled:
        found.extend(checker.marks())
    for indicator in rubric.indicators():
        if indicator.name.key not in unsettled:
            found.extend(checker.indicator(indicator))
    found.extend(checker.header())
    return tuple(found)


def dimension_code(dimension: Dimension) -> Word:
    """A dimension as an argument of a message."""
    return Word("dimension", ",".join(f"{base}:{power}" for base, power in dimension))


class _Checker:
    def __init__(self, rubric: Rubric, unsettled: frozenset[str]) -> None:
        self.rubric = rubric
        self.unsettled = unsettled
        self.facts: dict[str, FactDeclaration] = {fact.name.key: fact for fact in rubric.facts}
        self.derived: dict[str, Expression] = {each.name.key: each.expression for each in rubric.definitions}
        self.dimensions: dict[str, Dimension | None] = {}
        # What a sound definition comes to; a broken one comes to None, and its users are not blamed.
        self._busy: set[str] = set()

    # -------------------------------------------------------------------------------- declarations

    def declarations(self) -> Iterator[Diagnostic]:
        """Names that are declared twice."""
        seen: dict[str, Span] = {}
        for fact in self.rubric.facts:
            yield from _again(fact.name, fact.span, seen)
        for definition in self.rubric.definitions:
            yield from _again(definition.name, definition.span, seen)
        indicators: dict[str, Span] = {}
        for indicator in self.rubric.indicators():
            yield from _again(indicator.name, indicator.head, indicators)

    def definitions(self) -> Iterator[Diagnostic]:
        """Derived quantities whose expression does not hold together."""
        for each in self.rubric.definitions:
            if each.name.key in self.unsettled:
                continue
            circle = self._circle(each.name.key)
            if circle:
                self.dimensions[each.name.key] = None
                yield error(note("circular-definition", name=each.name.key, path=" → ".join(circle)), each.span)
                continue
            found: list[Diagnostic] = []
            self.dimensions[each.name.key] = self._dimension(each.expression, found)
            yield from found

    def _circle(self, name: str) -> tuple[str, ...]:
        """The way from a derived quantity back to itself, if there is one."""
        stack: list[tuple[str, tuple[str, ...]]] = [(name, (name,))]
        seen: set[str] = set()
        while stack:
            here, path = stack.pop()
            for reference in references(self.derived[here]):
                if reference.name == name:
                    return (*path, name)
                if reference.name in self.derived and reference.name not in seen:
                    seen.add(reference.name)
                    stack.append((reference.name, (*path, reference.name)))
        return ()

    # ---------------------------------------------------------------------------------- expressions

    def _dimension(self, expression: Expression, found: list[Diagnostic]) -> Dimension | None:
        """The dimension of an expression; None where a finding says why there is none."""
        match expression:
            case Number(quantity):
                return quantity.unit.dimension
            case Reference(name, span):
                return self._named_dimension(name, span, found)
            case Operation(operator, left, right, span):
                first = self._dimension(left, found)
                second = self._dimension(right, found)
                if first is None or second is None:
                    return None
                if operator is Operator.MULTIPLY:
                    return multiply(first, second)
                if operator is Operator.DIVIDE:
                    return multiply(first, second, -1)
                return self._same(first, second, left, right, span, found)

    def _same(
        self,
        first: Dimension,
        second: Dimension,
        left: Expression,
        right: Expression,
        span: Span,
        found: list[Diagnostic],
    ) -> Dimension | None:
        if first == second or _is_zero(right):
            return first
        if _is_zero(left):
            return second
        found.append(
            error(
                note("mixed-units", left=dimension_code(first), right=dimension_code(second)),
                span,
                *_mixed(first, second),
            )
        )
        return None

    def _named_dimension(self, name: str, span: Span, found: list[Diagnostic]) -> Dimension | None:
        if name in self.unsettled:
            return None
        fact = self.facts.get(name)
        if fact is not None:
            if isinstance(fact.kind, Amount):
                return fact.kind.unit.dimension
            found.append(error(note("not-a-number", name=name), span, note("levels-are-for-bands")))
            return None
        if name in self.derived:
            if name not in self.dimensions and name not in self._busy:
                self._busy.add(name)
                self.dimensions[name] = self._dimension(self.derived[name], [])
            return self.dimensions.get(name)
        found.append(self._unknown(name, span))
        return None

    def _unknown(self, name: str, span: Span) -> Diagnostic:
        forms = [form for fact in self.rubric.facts for form in fact.name.forms]
        forms += [form for each in self.rubric.definitions for form in each.name.forms]
        return error(note("unknown-name", name=name), span, *_nearest(name, forms, note("declare", name=name)))

    # ------------------------------------------------------------------------------------ indicators

    def indicator(self, indicator: Indicator) -> Iterator[Diagnostic]:
        """Everything wrong with one indicator."""
        found: list[Diagnostic] = []
        if not indicator.clauses:
            found.append(error(note("no-scoring", name=indicator.name.key), indicator.head, note("scoring-form")))
        kind = self._measured(indicator, found)
        items = [clause for clause in indicator.clauses if isinstance(clause, Item)]
        if items and len(items) < len(indicator.clauses):
            other = next(clause for clause in indicator.clauses if not isinstance(clause, Item))
            found.append(error(note("items-and-bands"), other.span, note("items-alone")))
        elif items:
            self._items(indicator, items, found)
        else:
            for clause in indicator.clauses:
                if isinstance(clause, Band):
                    self._band(clause, indicator, kind, found)
                elif isinstance(clause, Step):
                    self._step(clause, indicator, kind, found)
        if indicator.not_applicable is not None:
            for condition in indicator.not_applicable.conditions:
                self._condition(condition, "unmeasured", found)
            self._award(indicator.not_applicable.award, indicator, "unmeasured", indicator.not_applicable.span, found)
        yield from found

    def _measured(self, indicator: Indicator, found: list[Diagnostic]) -> Measured:
        """What the indicator measures: a dimension, the levels of a fact, or nothing."""
        measure = indicator.measure
        if measure is None:
            needs = any(_needs_measure(clause) for clause in indicator.clauses)
            if needs:
                place = next(clause.span for clause in indicator.clauses if _needs_measure(clause))
                found.append(error(note("no-formula", name=indicator.name.key), place, note("formula-form")))
                return "broken"
            return "unmeasured"
        if isinstance(measure, Reference) and measure.name in self.facts:
            fact = self.facts[measure.name]
            if not isinstance(fact.kind, Amount):
                return fact
        dimension = self._dimension(measure, found)
        return "broken" if dimension is None else dimension

    def _items(self, indicator: Indicator, items: list[Item], found: list[Diagnostic]) -> None:
        for item in items:
            fact = self.facts.get(item.fact)
            if fact is None and item.fact not in self.unsettled:
                found.append(self._unknown(item.fact, item.span))
            elif fact is not None and not isinstance(fact.kind, Truth):
                found.append(
                    error(note("item-not-yes-no", name=item.fact), item.span, note("declare-yes-no", name=item.fact))
                )
        total = sum((item.points for item in items), Fraction(0))
        if total != indicator.full:
            place = items[0].span.to(items[-1].span)
            found.append(
                error(note("items-do-not-add-up", name=indicator.name.key, sum=total, full=indicator.full), place)
            )
        for again in {item.fact for item in items if sum(other.fact == item.fact for other in items) > 1}:
            last = [item for item in items if item.fact == again][-1]
            found.append(error(note("item-twice", name=again), last.span))

    def _band(self, band: Band, indicator: Indicator, kind: Measured, found: list[Diagnostic]) -> None:
        before = len(found)
        for condition in band.conditions:
            self._condition(condition, kind, found)
        if len(found) == before:
            self._award(band.award, indicator, kind, band.span, found)

    def _award(self, award: Award, indicator: Indicator, kind: Measured, span: Span, found: list[Diagnostic]) -> None:
        match award:
            case Points(points):
                if points > indicator.full:
                    found.append(
                        error(
                            note("points-above-full", points=points, full=indicator.full, name=indicator.name.key), span
                        )
                    )
            case InProportion():
                if kind not in ("broken", PURE):
                    found.append(error(note("proportion-needs-rate", name=indicator.name.key), span))
            case FullMarks():
                pass

    def _condition(self, condition: Condition, kind: Measured, found: list[Diagnostic]) -> None:
        subject = condition.subject
        if subject is not None:
            kind = self._subject(subject, condition.span, found)
        if kind == "broken":
            return
        if kind == "unmeasured":
            found.append(error(note("condition-on-nothing"), condition.span, note("formula-form")))
        elif isinstance(condition, Within):
            self._within(condition, kind, found)
        else:
            self._is(condition, kind, found)

    def _subject(self, name: str, span: Span, found: list[Diagnostic]) -> Measured:
        if name in self.unsettled:
            return "broken"
        fact = self.facts.get(name)
        if fact is not None and not isinstance(fact.kind, Amount):
            return fact
        dimension = self._named_dimension(name, span, found)
        return "broken" if dimension is None else dimension

    def _within(self, condition: Within, kind: Measured, found: list[Diagnostic]) -> None:
        if isinstance(kind, FactDeclaration):
            found.append(error(note("level-held-against-number", name=kind.name.key), condition.span))
            return
        assert not isinstance(kind, str)
        edges = [edge for edge in (condition.low, condition.high) if edge is not None]
        for edge in edges[:1] if len({edge.span for edge in edges}) == 1 else edges:
            if not _fits(edge.quantity, kind):
                found.append(_unit_of_edge(edge, kind))
                return
        low, high = condition.low, condition.high
        if low is not None and high is not None:
            empty = low.quantity.exact > high.quantity.exact
            point = low.quantity.exact == high.quantity.exact and not (low.inclusive and high.inclusive)
            if empty or point:
                found.append(error(note("empty-interval"), condition.span, note("low-first")))

    def _is(self, condition: Is, kind: Measured, found: list[Diagnostic]) -> None:
        if not isinstance(kind, FactDeclaration):
            found.append(error(note("number-held-against-level", value=_said(condition.value)), condition.span))
            return
        name = kind.name.key
        if isinstance(condition.value, bool):
            if not isinstance(kind.kind, Truth):
                found.append(error(note("not-yes-no", name=name), condition.span))
            return
        if not isinstance(kind.kind, Levels):
            found.append(error(note("not-a-level-fact", name=name, value=condition.value), condition.span))
            return
        keys = [level.key for level in kind.kind.levels]
        if condition.value not in keys:
            helps = _nearest(condition.value, keys, note("levels-are", levels=tuple(keys)))
            found.append(error(note("unknown-level", name=name, value=condition.value), condition.span, *helps))

    # ----------------------------------------------------------------------------------------- steps

    def _step(self, step: Step, indicator: Indicator, kind: Measured, found: list[Diagnostic]) -> None:
        if kind == "broken" or kind == "unmeasured":
            return
        if isinstance(kind, FactDeclaration):
            found.append(error(note("level-held-against-number", name=kind.name.key), step.span))
            return
        assert not isinstance(kind, str)
        if not _fits(step.reference, kind):
            found.append(
                error(
                    note(
                        "unit-of-edge",
                        edge=dimension_code(step.reference.unit.dimension),
                        measured=dimension_code(kind),
                    ),
                    step.span,
                )
            )
            return
        if self._size_fits(step, kind, found):
            self._staircase(step, indicator, found)
        if (
            step.reading is None
            and self.rubric.reading is None
            and not step.occurrence
            and "零头" not in self.unsettled
        ):
            found.append(error(note("unstated-reading"), step.span, note("reading-forms")))

    def _size_fits(self, step: Step, kind: Dimension, found: list[Diagnostic]) -> bool:
        size = step.size
        if size.number <= 0:
            found.append(error(note("step-size-zero"), step.span))
            return False
        if kind == PURE:
            if size.unit.dimension == _POINT:
                return True
            if size.unit == PERCENT and step.reference.exact == 1:
                return True
            if size.unit == PERCENT:
                found.append(_ambiguous_percent(step))
                return False
        elif (
            (size.unit == PERCENT and step.reference.exact > 0)
            or size.unit.dimension == kind
            or (size.unit == ONE and step.occurrence)
        ):
            return True
        found.append(
            error(
                note("unit-of-step", size=dimension_code(size.unit.dimension), measured=dimension_code(kind)),
                step.span,
                *((note("use-percentage-points"),) if kind == PURE else ()),
            )
        )
        return False

    def _staircase(self, step: Step, indicator: Indicator, found: list[Diagnostic]) -> None:
        if step.amount == 0:
            found.append(error(note("step-of-nothing"), step.span))
        elif indicator.full / abs(step.amount) > MAX_STEPS:
            found.append(error(note("too-many-steps", limit=MAX_STEPS), step.span))
        elif abs(step.amount) > indicator.full:
            found.append(
                error(
                    note("step-above-full", points=abs(step.amount), full=indicator.full, name=indicator.name.key),
                    step.span,
                )
            )

    # ----------------------------------------------------------------------------------------- marks

    def marks(self) -> Iterator[Diagnostic]:
        """Full marks that do not add up, at any level."""
        members = self.rubric.members
        total = sum((member.full for member in members), Fraction(0))
        if members and total != self.rubric.full:
            yield error(_sum("rubric-marks", self.rubric.title, self.rubric.full, total), self.rubric.span)
        for member in members:
            yield from self._group_marks(member)

    def _group_marks(self, member: Group | Indicator) -> Iterator[Diagnostic]:
        if isinstance(member, Indicator):
            if member.full <= 0:
                yield error(note("no-marks", name=member.name.key), member.head)
            return
        total = sum((each.full for each in member.members), Fraction(0))
        if not member.members:
            yield error(note("empty-level", name=member.name.key), member.head)
        elif total != member.full:
            yield error(_sum("level-marks", member.name.key, member.full, total), member.head)
        for each in member.members:
            yield from self._group_marks(each)

    def header(self) -> Iterator[Diagnostic]:
        """What the header leaves out or says twice."""
        rubric = self.rubric
        if not rubric.members:
            yield error(note("no-indicators"), rubric.span, note("indicator-form"))
        floors = [grade.floor for grade in rubric.grades]
        if not rubric.grades:
            yield warning(note("no-grades"), rubric.span, note("grades-form"))
            return
        for before, after, grade in zip(floors, floors[1:], rubric.grades[1:], strict=False):
            if before is None or (after is not None and after.quantity.exact >= before.quantity.exact):
                yield error(note("grades-out-of-order", name=grade.name.key), grade.span, note("grades-form"))
        last = rubric.grades[-1]
        if last.floor is not None and last.floor.quantity.exact > 0:
            yield error(note("no-lowest-grade", name=last.name.key), last.span, note("grades-form"))


# What an indicator or a condition measures: a dimension, a fact with levels, nothing, or something broken.
Measured = Dimension | FactDeclaration | str


def _needs_measure(clause: object) -> bool:
    match clause:
        case Band(conditions, award):
            return isinstance(award, InProportion) or any(condition.subject is None for condition in conditions)
        case Step():
            return True
        case _:
            return False


def _again(name: Name, span: Span, seen: dict[str, Span]) -> Iterator[Diagnostic]:
    twice = next((form for form in name.forms if form in seen), None)
    if twice is not None:
        yield error(note("declared-twice", name=twice, line=seen[twice].line), span)
    for form in name.forms:
        seen.setdefault(form, span)


def _nearest(name: str, names: list[str], otherwise: Note) -> tuple[Note, ...]:
    if len(name) > 40:
        return (otherwise,)
    close = get_close_matches(name, names[:MAX_STEPS], 1, 0.5)
    return (note("nearest", name=close[0]),) if close else (otherwise,)


def _is_zero(expression: Expression) -> bool:
    return isinstance(expression, Number) and expression.quantity.number == 0 and expression.quantity.unit == ONE


def _fits(quantity: Quantity, dimension: Dimension) -> bool:
    """Whether a written quantity can be held against a measure; a bare 0 fits every measure."""
    if quantity.unit.dimension == dimension or (quantity.number == 0 and quantity.unit == ONE):
        return True
    # An occurrence needs no unit (每出现一例 … 0), and so does a score in points.
    return quantity.unit == ONE and dimension in (SCORE.dimension,)


def _unit_of_edge(edge: Edge, measured: Dimension) -> Diagnostic:
    codes = {"edge": dimension_code(edge.quantity.unit.dimension), "measured": dimension_code(measured)}
    helps: tuple[Note, ...] = ()
    if edge.quantity.unit.dimension == _POINT and measured == PURE:
        helps = (note("use-percent", number=edge.quantity.number),)
    elif edge.quantity.unit == ONE:
        helps = (note("write-unit"),)
    return error(note("unit-of-edge", **codes), edge.span, *helps)


def _mixed(first: Dimension, second: Dimension) -> tuple[Note, ...]:
    return (note("points-are-differences"),) if {first, second} == {PURE, _POINT} else ()


def _ambiguous_percent(step: Step) -> Diagnostic:
    number = step.size.number
    relative = Quantity(number * step.reference.exact, PERCENTAGE_POINT)
    if step.reference.exact == 0:
        return error(note("percent-of-nothing", number=number), step.span, note("use-percentage-points"))
    return error(
        note("ambiguous-percent", number=number, points=relative.number), step.span, note("use-percentage-points")
    )


def _said(value: str | bool) -> str | Word:
    return value if isinstance(value, str) else Word("label", "yes" if value else "no")


def _sum(code: str, name: str, full: Fraction, total: Fraction) -> Note:
    return note(
        code,
        name=name,
        full=full,
        sum=total,
        difference=abs(full - total),
        way=Word("label", "less" if total < full else "more"),
    )
