"""Does one indicator mean something? Its measure, its bands, steps and items, and what does not apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.alternatives import intervals_of
from engine.conditions import ConditionCheck, Measured, answers, unit_of_edge
from engine.core import Interval
from engine.diagnostic import Diagnostic, Note, Word, error, note
from engine.dimension import ANY_TABLE, MAX_TERMS, POINT, Dimensions, unit_word
from engine.lowering import deducts, stride_of
from engine.rules import (
    Amount,
    AndSoOn,
    AnyOf,
    Award,
    Band,
    Chosen,
    Clause,
    Combination,
    Computed,
    Condition,
    Edge,
    FactDeclaration,
    FullMarks,
    GroupMean,
    Indicator,
    InProportion,
    Interpolated,
    Is,
    Item,
    LeftOut,
    Less,
    Levels,
    Points,
    Reference,
    Role,
    Scaled,
    Side,
    Step,
    Truth,
    Within,
)
from engine.source import Span
from engine.unit import ONE, PERCENT, PURE, SCORE, Dimension, Quantity

# A staircase with more steps than these is a slip of the pen.
MAX_STEPS = 2_000

# Nobody writes more bands than these, and each is held against all before it.
MAX_BANDS = 40


class CriterionCheck:
    """Checks one indicator; of the fields that are `broken` nothing more is said."""

    def __init__(
        self, indicator: Indicator, dimensions: Dimensions, broken: frozenset[str], reading_stated: bool
    ) -> None:
        self.indicator = indicator
        self.dimensions = dimensions
        self.broken = broken
        self.reading_stated = reading_stated
        self.found: list[Diagnostic] = []
        # Without a head there are no full marks to hold points against; a row brings its own.
        self.full = None if "head" in broken or indicator.rows is not None else indicator.full
        forms = indicator.name.forms
        self.conditions = ConditionCheck(dimensions, self.found, indicator.name.key, forms, indicator.measure)

    def findings(self) -> Iterator[Diagnostic]:
        """Everything wrong with the indicator."""
        outside, self.dimensions.marks_known = self.dimensions.marks_known, True
        self.dimensions.table = self._table()
        kind = self._measured()
        if not self.broken & {"scoring", "unknown"}:
            self._clauses(kind)
        exemption, forfeit = self.indicator.not_applicable, self.indicator.forfeit
        if exemption is not None:
            self.conditions.all(exemption.conditions, kind)
            self._award(exemption.award, "unmeasured", exemption.span)
        if forfeit is not None:
            self.conditions.all(forfeit.conditions, kind)
        self._roundings()
        self.dimensions.marks_known, self.dimensions.table = outside, None
        yield from self.found

    def _error(self, code: str, span: Span, *helps: Note, **arguments: str | int | Fraction | Word) -> None:
        self.found.append(error(note(code, **arguments), span, *helps))

    def _table(self) -> str | None:
        """The table whose rows the indicator scores; its conditions must be about the rows."""
        rows = self.indicator.rows
        if self.broken & {"rows", "unknown"}:
            return ANY_TABLE
        if rows is None:
            return None
        table = self.dimensions.rubric.table(rows.table)
        if table is None:
            if rows.table not in self.dimensions.unsettled:
                self.found.append(self.dimensions.unknown_table(rows.table, rows.span))
            return ANY_TABLE
        self.dimensions.table = rows.table
        self.conditions.all(rows.conditions, "unmeasured")
        if not any(isinstance(c.kind, Amount) and c.kind.unit == SCORE for c in table.columns):
            self._error("rows-without-marks", rows.span, note("marks-column"), name=table.name.key)
        return rows.table

    # ---------------------------------------------------------------------------------------- measure

    def _measured(self) -> Measured:
        """What the indicator measures: a dimension, the levels of a fact, or nothing."""
        measure = self.indicator.measure
        if self.broken & {"formula", "unknown"}:
            return "broken"
        if measure is None:
            return self._without_measure()
        if isinstance(measure, Reference) and measure.name in self.dimensions.facts:
            fact = self.dimensions.facts[measure.name]
            if isinstance(fact.kind, Levels | Truth) and measure.name not in self.dimensions.unsettled:
                return fact if self.dimensions.reachable(measure.name, measure.span, self.found) else "broken"
        if self.dimensions.too_large(measure):
            self._error("formula-too-large", measure.span, note("make-it-a-fact"), limit=MAX_TERMS)
            return "broken"
        dimension = self.dimensions.of(measure, self.found)
        return "broken" if dimension is None else dimension

    def _without_measure(self) -> Measured:
        if self.broken & {"scoring", "clause", "head"}:
            return "broken"
        needing = next((clause for clause in self.indicator.clauses if _needs_measure(clause)), None)
        if needing is None:
            return "unmeasured"
        self._error("no-formula", needing.span, note("formula-form"), name=self.indicator.name.key)
        return "broken"

    # ---------------------------------------------------------------------------------------- clauses

    def _clauses(self, kind: Measured) -> None:
        clauses = self.indicator.clauses
        if not clauses and "clause" not in self.broken:
            self._error("no-scoring", self.indicator.head, note("scoring-form"), name=self.indicator.name.key)
        items = [clause for clause in clauses if isinstance(clause, Item)]
        others = [clause for clause in clauses if not isinstance(clause, Item)]
        apart = self.indicator.combination is not Combination.FIRST
        if items and others and not apart:
            self._mixed(items, others, kind)
        elif items:
            self._items(items, kind, whole=not others)
        for index, clause in enumerate(clauses):
            match clause:
                case Band():
                    self._band(clause, kind)
                case Step():
                    self._step(clause, kind)
                case AndSoOn(span):
                    self._series(clauses[:index], span)
                case Scaled():
                    self._scaled(clause, kind)
        if not items and not apart:
            self._hidden(others)
            self._losses(others)
        if apart:
            self._apart(clauses)

    def _mixed(self, items: list[Item], others: Sequence[Clause], kind: Measured) -> None:
        """A name with points beside other clauses: an unknown level or word, or a checklist in the wrong place."""
        strange = [item for item in items if self._level_or_unknown(item, kind)]
        if not strange:
            self._error("items-and-bands", others[0].span, note("items-alone"))

    def _level_or_unknown(self, item: Item, kind: Measured) -> bool:
        """Whether an item names nothing that is declared; on an indicator with levels it is taken for one."""
        name = item.fact
        if name in self.dimensions.unsettled:
            return True
        if name in self.dimensions.facts:
            return not self.dimensions.reachable(name, item.span, self.found)
        if isinstance(kind, FactDeclaration) and isinstance(kind.kind, Levels):
            self.conditions.level(name, kind, kind.kind, item.span)
        else:
            self.found.append(self.dimensions.unknown(name, item.span))
        return True

    def _items(self, items: list[Item], kind: Measured, whole: bool) -> None:
        settled = True
        for item in items:
            fact = self.dimensions.facts.get(item.fact)
            if item.points < 0 or self._level_or_unknown(item, kind):
                settled = False
            elif fact is not None and not isinstance(fact.kind, Truth):
                self._error("item-not-yes-no", item.span, note("declare-yes-no", name=item.fact), name=item.fact)
        counted = Counter(item.fact for item in items)
        for last in {item.fact: item for item in items if counted[item.fact] > 1}.values():
            self._error("item-twice", last.span, note("remove-one"), name=last.fact)
            settled = False
        total = sum((item.points for item in items), Fraction(0))
        added = self.indicator.combination in (Combination.FIRST, Combination.SUM)
        ordinary = whole and added and self.indicator.role is Role.ORDINARY
        if self.full is not None and ordinary and total != self.full and (settled or all(i.points >= 0 for i in items)):
            if max(counted.values()) > 1:
                return
            place = items[0].span.to(items[-1].span)
            name = self.indicator.name.key
            self._error("items-do-not-add-up", place, note("check-marks"), name=name, sum=total, full=self.full)

    def _losses(self, clauses: Sequence[Clause]) -> None:
        """Points taken for different things: it must be said if they add up or just one of them counts."""
        losing = [clause for clause in clauses if isinstance(clause, Band) and isinstance(clause.award, Less)]
        about = {_about(band) for band in losing if band.conditions}
        if len(about) > 1:
            self._error("unstated-combination", losing[1].span, note("combination-forms"))

    def _apart(self, clauses: Sequence[Clause]) -> None:
        """Clauses of which one alone counts must all give, or all take."""
        if self.indicator.combination is Combination.SUM:
            return
        counted = [clause for clause in clauses if not isinstance(clause, Scaled)]
        taking = [clause for clause in counted if deducts(clause)]
        if taking and len(taking) < len(counted):
            self._error("gives-and-takes", taking[0].span, note("give-or-take"))

    def _series(self, before: Sequence[Clause], span: Span) -> None:
        if stride_of(before, self.indicator.full) is None and "head" not in self.broken:
            self._error("series-without-stride", span, note("series-form"))

    def _scaled(self, scaled: Scaled, kind: Measured) -> None:
        self.conditions.all(scaled.conditions, kind)
        if scaled.deduction and not any(deducts(each) for each in self.indicator.clauses if each is not scaled):
            self._error("nothing-to-scale", scaled.span, note("scale-what"))

    # ------------------------------------------------------------------------------------------ bands

    def _band(self, band: Band, kind: Measured) -> None:
        before = len(self.found)
        self.conditions.all(band.conditions, kind)
        if len(self.found) == before:
            self._award(band.award, kind, band.span, band)

    def _hidden(self, clauses: Sequence[Clause]) -> None:
        """The first clause that an earlier band leaves nothing to, as the first that holds counts."""
        earlier: list[Interval] = []
        for clause in clauses[:MAX_BANDS]:
            intervals = _intervals(clause)
            # Steps that add are looked at before the band that they start from.
            adds = isinstance(clause, Step) and clause.amount > 0
            if not intervals or adds or any(interval.empty for interval in intervals):
                continue
            if all(any(one.covers(interval) for one in earlier) for interval in intervals):
                hidden, help_code = ("step", "check-side") if isinstance(clause, Step) else ("band", "stricter-first")
                self._error(f"{hidden}-hidden", clause.span, note(help_code))
                return
            if isinstance(clause, Band):
                earlier.extend(intervals)

    def _award(self, award: Award, kind: Measured, span: Span, band: Band | None = None) -> None:
        match award:
            case Points() | Less():
                self._points(award if isinstance(award, Points) else award.points, span)
            case InProportion():
                if kind not in ("broken", PURE):
                    self._error("proportion-needs-rate", span, note("rate-form"), name=self.indicator.name.key)
            case Chosen(low, high, _, low_in, high_in):
                self._points(high, span)
                if low == high and not (low_in and high_in):
                    self._error("empty-choice", span, note("low-first"))
            case Interpolated(low, high):
                self._points(max((low, high), key=lambda each: each.points), span)
                self._between_edges(band, span)
            case Computed(expression):
                self._computed(award)
                if self.dimensions.too_large(expression):
                    self._error("formula-too-large", expression.span, note("make-it-a-fact"), limit=MAX_TERMS)
            case FullMarks() | LeftOut() | GroupMean():
                pass

    def _points(self, points: Points, span: Span) -> None:
        full = Fraction(1) if points.share else self.full
        if full is not None and points.points > full:
            shown = points.points if not points.share else points.of(self.indicator.full)
            name = self.indicator.name.key
            self._error(
                "points-above-full", span, note("check-marks"), points=shown, full=self.indicator.full, name=name
            )

    def _between_edges(self, band: Band | None, span: Span) -> None:
        """Points on a line need the two ends of it: one stretch of what is measured, closed by two numbers."""
        stretches = [each for each in (band.conditions if band else ()) if isinstance(each, Within)]
        edges = [edge for each in stretches for edge in (each.low, each.high)]
        plain = all(edge is not None and edge.of is None for edge in edges)
        if len(stretches) != 1 or not plain or stretches[0].subject is not None or stretches[0].magnitude:
            self._error("line-without-ends", span, note("line-form"))

    def _computed(self, award: Computed) -> None:
        dimension = self.dimensions.of(award.expression, self.found)
        if dimension is not None and dimension != SCORE.dimension:
            word = self.dimensions.word(award.expression, dimension)
            self._error("points-of-another-unit", award.expression.span, note("points-form"), unit=word)

    # ------------------------------------------------------------------------------------------ steps

    def _step(self, step: Step, kind: Measured) -> None:
        self.conditions.all(step.conditions, kind)
        if step.subject is not None:
            kind = self.conditions.subject(step.subject, step.span)
        if isinstance(kind, FactDeclaration):
            self._error("level-held-against-number", step.span, *answers(kind), name=kind.name.key)
        elif not isinstance(kind, str) and self._reference_fits(step, kind) and self._size_fits(step, kind):
            self._staircase(step)
        if step.reading is None and not self.reading_stated and not step.occurrence:
            self._error("unstated-reading", step.span, note("reading-forms"))

    def _reference_fits(self, step: Step, kind: Dimension) -> bool:
        if step.of is not None:
            return self.conditions.edge_fits(Edge(step.reference, True, step.of, step.span), kind, None, True)
        if self.conditions.fits(step.reference, kind):
            return True
        # A band that is held against the wrong unit has said so already.
        if not any(each.code == "unit-of-edge" for each in self.found):
            edge = Edge(step.reference, True, span=step.span)
            self.found.append(unit_of_edge(edge, kind, self.conditions.word(None, kind)))
        return False

    def _size_fits(self, step: Step, kind: Dimension) -> bool:
        size, reference = step.size, step.reference.exact
        if size.number <= 0:
            self._error("step-size-zero", step.span, note("more-than-nothing"))
            return False
        if size.unit == PERCENT and step.of is not None and kind != PURE:
            return True
        if size.unit == PERCENT and (kind != PURE or reference != 1 or step.of is not None):
            return self._percent_fits(step, kind, reference)
        if kind == PURE:
            fits = size.unit.dimension == POINT or size.unit == PERCENT or self._plain_number(size)
        else:
            fits = size.unit.dimension == kind or (size.unit == ONE and step.occurrence)
        measured = self.conditions.word(None if step.subject is None else Reference(step.subject), kind)
        if not fits and size.unit == ONE:
            self._error("step-without-unit", step.span, note("write-unit"), number=size.number, measured=measured)
        elif not fits:
            help_note = note("use-percentage-points") if kind == PURE else note("check-units")
            self._error("unit-of-step", step.span, help_note, size=unit_word(size.unit), measured=measured)
        return fits

    def _plain_number(self, size: Quantity) -> bool:
        """Whether a step of a bare number counts something that is itself a bare number."""
        return size.unit == ONE and self.conditions.fits(Quantity(Fraction(2), ONE), PURE)

    def _percent_fits(self, step: Step, kind: Dimension, reference: Fraction) -> bool:
        """A per cent step is a share of the reference; on a rate it may also be meant as percentage points."""
        number = step.size.number
        if reference <= 0:
            self._error("percent-of-nothing", step.span, note("use-percentage-points"), number=number)
        elif kind == PURE:
            points = number * reference
            help_note = note("write-points-of-rate", number=number, points=points)
            self._error("ambiguous-percent", step.span, help_note, number=number, points=points)
        else:
            return True
        return False

    def _staircase(self, step: Step) -> None:
        amount = abs(step.amount)
        if amount == 0:
            self._error("step-of-nothing", step.span, note("more-than-nothing"))
        elif self.full is None:
            return
        elif self.full / amount > MAX_STEPS:
            self._error("too-many-steps", step.span, note("check-marks"), limit=MAX_STEPS)
        elif amount > self.full:
            name = self.indicator.name.key
            self._error("step-above-full", step.span, note("check-marks"), points=amount, full=self.full, name=name)

    # -------------------------------------------------------------------------------------- roundings

    def _roundings(self) -> None:
        """A rounded value cannot be held against a limit that is itself a quantity, as that is their difference."""
        rounding = self.indicator.round_measure
        if rounding is None:
            return
        for clause in self.indicator.clauses:
            conditions = clause.conditions if isinstance(clause, Band) else ()
            named = any(
                edge is not None and edge.of is not None
                for each in conditions
                if isinstance(each, Within) and each.subject is None
                for edge in (each.low, each.high)
            )
            if named or (isinstance(clause, Step) and clause.of is not None):
                self._error("rounded-against-quantity", clause.span, note("define-rate"))
                return


def _about(band: Band) -> object:
    """What the first condition of a band is about; what is measured is one thing."""
    match band.conditions[0]:
        case Within(subject=subject) | Is(subject=subject):
            return subject
        case condition:
            return condition


def _needs_measure(clause: Clause) -> bool:
    match clause:
        case Band(conditions, award):
            return isinstance(award, InProportion | Interpolated) or any(map(_names_nothing, conditions))
        case Step(subject=subject):
            return subject is None
        case Scaled(conditions):
            return any(map(_names_nothing, conditions))
        case Item() | AndSoOn():
            return False


def _names_nothing(condition: Condition) -> bool:
    """Whether a condition is about what the indicator measures."""
    match condition:
        case Within(subject=subject) | Is(subject=subject):
            return subject is None
        case AnyOf(alternatives):
            return any(_names_nothing(each) for lot in alternatives for each in lot)
        case _:
            return False


def _intervals(clause: Clause) -> tuple[Interval, ...]:
    """Where a step counts, or a band that has one condition, on the measured value; nowhere that can be told else."""
    match clause:
        case Step(Side.ABOVE, reference, of=None):
            return (Interval(low=reference.exact),)
        case Step(Side.BELOW, reference, of=None):
            return (Interval(high=reference.exact),)
        case Band((Within(low, high, None) as condition,)):
            plain = all(edge is None or edge.of is None for edge in (low, high))
            return intervals_of(condition) if plain else ()
        case _:
            return ()
