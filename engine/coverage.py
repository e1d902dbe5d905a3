"""What a criterion leaves out: values that no clause covers, clauses that no value reaches, points that turn back.

Every finding here has a witness: facts that a department may have. What cannot be shown by one is not said.
All this is looked at for rules that are otherwise sound, and none of it keeps them from being used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise

from engine.alternatives import intervals_of
from engine.core import EVERYWHERE, FactTerm, Interval, Part, Plan, Term, evaluate_term, term_facts
from engine.diagnostic import Argument, Diagnostic, Note, Pair, Shown, Word, hint, note, warning
from engine.followed import Followed, place_of
from engine.lowering import Lowering
from engine.numberline import Segment, laid_out, number_line
from engine.pieces import Piece, TooManyRegionsError, pieces, pieces_and_gaps
from engine.possible import possible
from engine.rules import (
    Amount,
    Band,
    Chosen,
    Clause,
    Combination,
    Is,
    Levels,
    Reading,
    Reference,
    Role,
    Step,
    Within,
)
from engine.source import Span
from engine.unit import Unit
from engine.witness import Looking, Witness, round_value

# The level of a fact that does not apply.
_NOT_APPLICABLE = "\0not applicable"

# So many witnesses of the same kind are shown.
MOST_SHOWN = 3


def coverage(followed: Iterable[Followed]) -> Iterator[Diagnostic]:
    """What the criteria of a sound rubric leave out."""
    for plan, lowering in followed:
        yield from _OneIndicator(lowering, plan).findings()


class _OneIndicator:
    """Looks at one indicator."""

    def __init__(self, lowering: Lowering, plan: Plan) -> None:
        self.lowering = lowering
        self.plan = plan
        self.indicator = plan.indicator
        self.name = plan.indicator.name.key
        self.unit = lowering.shown_in(plan.indicator)
        facts = possible((lowering.declared[key] for key in plan.needs if key in lowering.declared), (plan,))
        self.choices = facts.choices
        self.looking = Looking(facts)
        # Whether a piece is empty, by the identity of the piece: they live as long as this.
        self._looked_at: dict[int, bool] = {}

    def findings(self) -> Iterator[Diagnostic]:
        """Everything that is left out, or turns the wrong way."""
        try:
            yield from self._left_over()
            yield from self._never_reached()
        except TooManyRegionsError:
            yield hint(note("coverage-not-told", name=self.name), place_of(self.indicator), note("divide-indicator"))
            return
        yield from self._overlaps()
        yield from self._turning_back()
        yield from self._out_of_reach()
        yield from self._cut_short()

    # ------------------------------------------------------------------------------------------- pieces

    def _whole(self, part: Part) -> Part:
        """A part with what is looked at before it."""
        return part._replace(cases=(*self.plan.first, *part.cases))

    @cached_property
    def _divided(self) -> list[tuple[list[Piece], list[Piece]]]:
        """The pieces of each part, and its gaps."""
        return [pieces_and_gaps(self._whole(part), self.choices) for part in self.plan.parts]

    @cached_property
    def _pieces(self) -> list[list[Piece]]:
        """The pieces of each part."""
        return [found for found, _ in self._divided]

    def _empty(self, piece: Piece) -> bool:
        """Whether no facts lie in one of these pieces."""
        known = self._looked_at.get(id(piece))
        if known is None:
            known = self._looked_at[id(piece)] = self.looking.empty(piece)
        return known

    # -------------------------------------------------------------------------------------------- gaps

    def _left_over(self) -> Iterator[Diagnostic]:
        """Values for which no clause says anything, and divisions by nothing for which none does."""
        divisors: set[Term] = set()
        for index, part in enumerate(self.plan.parts):
            gaps = [each for each in self._divided[index][1] if not self._chosen_outside(each)]
            yield from self._gaps(index, part, [each for each in gaps if not each.undefined])
            for each in gaps:
                if each.undefined and each.undefined[0] not in divisors:
                    found = self._witness(each)
                    if found is not None:
                        divisors.add(each.undefined[0])
                        yield self._zero_denominator(each, found)

    def _gaps(self, index: int, part: Part, gaps: list[Piece]) -> Iterator[Diagnostic]:
        seen = [(each, found) for each in gaps if (found := self._witness(each)) is not None]
        if not seen:
            return
        place = self._span_of(part)
        found = seen[0][1]
        cases = tuple(self._case(each, one) for each, one in seen[:MOST_SHOWN])
        headline = note("gap", name=self.name, cases=cases)
        more = () if len(seen) <= MOST_SHOWN else (note("gaps-more", count=len(seen) - MOST_SHOWN),)
        yield warning(headline, place, *more, *self._line(index, part, found), note("cover-gap"))

    def _chosen_outside(self, piece: Piece) -> bool:
        """Whether a piece is about points that an evaluator gives outside what the rule allows: they are refused."""
        given = (term.fact for term, _ in piece.where if isinstance(term, FactTerm))
        return any(fact in self.lowering.declared and self.lowering.declared[fact].chosen for fact in given)

    def _zero_denominator(self, piece: Piece, found: Witness) -> Diagnostic:
        zero = tuple(Pair(name, self._amount(name, value)) for name, value in found.amounts.items() if not value)
        place = self.indicator.measure.span if self.indicator.measure is not None else self.indicator.head
        headline = note("zero-denominator", name=self.name, case=zero or self._case(piece, found))
        names = tuple(pair.name for pair in zero) or tuple(found.amounts)
        return warning(headline, place, note("say-of-zero", names=names))

    def _witness(self, piece: Piece) -> Witness | None:
        return self.looking.witness(piece, self.unit.size)

    def _span_of(self, part: Part) -> Span:
        """The clauses of a part."""
        spans = [case.clause.span for case in part.cases if case.clause.span.line]
        if not spans:
            return self.indicator.head
        first = min(spans, key=lambda span: (span.line, span.column))
        last = max(spans, key=lambda span: (span.end_line, span.end_column))
        return first.to(last)

    # ------------------------------------------------------------------------------------------ values

    def _case(self, piece: Piece, found: Witness) -> Argument:
        """The values that make a case: what is measured, or the facts."""
        pairs: list[Argument] = [Pair(name, _label(value)) for name, value in found.labels.items()]
        rest: dict[str, Fraction] = {}
        for term, _ in piece.where:
            value = evaluate_term(term, found.amounts)
            if isinstance(term, FactTerm):
                rest[term.fact] = found.amounts[term.fact]
            elif self._is_measure(term) and value is not None:
                pairs.append(Pair(Word("label", "measured"), self._shown(value)))
            else:
                rest.update({fact: found.amounts[fact] for fact in term_facts(term)})
        pairs.extend(Pair(name, self._amount(name, value)) for name, value in rest.items())
        only = pairs[0] if len(pairs) == 1 else None
        return only.value if isinstance(only, Pair) and isinstance(only.name, Word) else tuple(pairs)

    def _is_measure(self, term: Term) -> bool:
        return any(term == measured for _, measured in self.plan.formula)

    def _shown(self, value: Fraction) -> Shown:
        """A measured value in the unit of the limits."""
        return Shown(value / self.unit.size, self.unit.code)

    def _amount(self, name: str, value: Fraction) -> Shown:
        unit = self._unit_of(Reference(name))
        return Shown(value / unit.size, unit.code)

    # ------------------------------------------------------------------------------------- number line

    def _line(self, index: int, part: Part, found: Witness) -> Iterator[Note]:
        """The number line of what is measured, everything else as in the witness."""
        term = part.measure or next((case.measure for case in part.cases if case.measure is not None), None)
        if term is None:
            return
        segments = []
        for piece in self._pieces[index]:
            interval = self._along(piece, term, found)
            if interval is not None:
                points = (piece.low, piece.high)
                segments.append(Segment(interval, points, piece.case.clause.span if piece.case else None))
        line = number_line([laid_out(segments, self._reach(term))], self.unit)
        if line is not None:
            yield line

    def _along(self, piece: Piece, term: Term, found: Witness) -> Interval | None:
        """Where a piece lies on the line of a term, if it holds of the witness in everything else."""
        if piece.undefined:
            return None
        for fact, levels in piece.labels:
            if found.labels.get(fact, next(iter(levels))) not in levels:
                return None
        for other, interval in piece.where:
            if other != term and not set(term_facts(other)) & set(term_facts(term)):
                names = set(term_facts(other))
                if names <= found.amounts.keys():
                    value = evaluate_term(other, found.amounts)
                    if value is None or not interval.holds(value):
                        return None
        return piece.interval(term)

    def _reach(self, term: Term) -> Interval:
        """Where a term may lie at all, as far as its sign goes."""
        reach = self.looking.reach(term)
        if reach is not None:
            return reach
        below = Piece((), ((term, Interval(high=Fraction(0))),), Fraction(0), Fraction(0), None)
        return Interval(low=Fraction(0), low_in=True) if self.looking.empty(below) else EVERYWHERE

    # ------------------------------------------------------------------------------------ never reached

    def _never_reached(self) -> Iterator[Diagnostic]:
        """Clauses that no facts can reach, whether or not an earlier one stands before them."""
        reached: dict[Span, bool] = {}
        for index, part in enumerate(self.plan.parts):
            by_clause: dict[Span, list[Piece]] = {case.clause.span: [] for case in part.cases if case.clause.span.line}
            for piece in self._pieces[index]:
                if piece.case is not None and piece.case.clause.span in by_clause:
                    by_clause[piece.case.clause.span].append(piece)
            for span, found in by_clause.items():
                if not reached.get(span):
                    reached[span] = not all(map(self._empty, found)) or self._where_not_applicable(part, span)
        for span, is_reached in reached.items():
            if not is_reached:
                yield warning(note("never-reached", name=self.name), span, note("check-clause"))

    def _where_not_applicable(self, part: Part, span: Span) -> bool:
        """Whether a clause is reached where levels do not apply: then no condition on them is met."""
        choices = {fact: (*levels, _NOT_APPLICABLE) for fact, levels in self.choices.items()}
        found = pieces(self._whole(part), choices, {})
        own = (piece for piece in found if piece.case is not None and piece.case.clause.span == span)
        return not all(map(self.looking.empty, own))

    # ------------------------------------------------------------------------------------------ overlaps

    def _overlaps(self) -> Iterator[Diagnostic]:
        """Bands about the same thing of which neither holds the other, and that give a value different points."""
        if self.indicator.combination is not Combination.FIRST:
            return
        bands = [clause for clause in self.indicator.clauses if isinstance(clause, Band) and _one_stretch(clause)]
        for one, other in combinations(bands[:40], 2):
            if _beside(one) == _beside(other):
                finding = self._overlap(one, other)
                if finding is not None:
                    yield finding
                    return

    def _overlap(self, one: Band, other: Band) -> Diagnostic | None:
        stretches = [intervals_of(_stretch(band)) for band in (one, other)]
        for first in stretches[0]:
            for second in stretches[1]:
                both = first.meet(second)
                if both.empty or first.covers(second) or second.covers(first):
                    continue
                value = both.low if both.low == both.high else round_value(both, self.unit.size)
                assert value is not None
                points = [self._points_at(band, value) for band in (one, other)]
                if None in points or points[0] == points[1]:
                    continue
                shown_in = self._unit_of(_stretch(one).subject)
                shown = Shown(value / shown_in.size, shown_in.code)
                headline = note("overlap", name=self.name, value=shown, first=points[0] or 0, second=points[1] or 0)
                rows = [
                    [Segment(each, (given, given))]
                    for each, given in zip((first, second), points, strict=True)
                    if given is not None
                ]
                line = number_line(rows, shown_in)
                helps = () if line is None else (line,)
                return warning(headline, other.span, *helps, note("part-bands"))
        return None

    def _points_at(self, band: Band, value: Fraction) -> Fraction | None:
        """What a band gives at a value that lies in it; None where that is not told by the value alone."""
        cases = [case for part in self.plan.parts for case in part.cases if case.clause is band]
        if not cases or isinstance(band.award, Chosen):
            return None
        function = cases[0].function
        return function.base if function.flat else function.at(value)

    def _unit_of(self, subject: object) -> Unit:
        """The unit in which what a band is about is shown."""
        declared = self.lowering.declared.get(subject.name) if isinstance(subject, Reference) else None
        return declared.kind.unit if declared is not None and isinstance(declared.kind, Amount) else self.unit

    # --------------------------------------------------------------------------------------- turning back

    def _turning_back(self) -> Iterator[Diagnostic]:
        """Points that go down and up again along the measured value, or are more for a worse level."""
        for index, part in enumerate(self.plan.parts):
            if part.measure is not None:
                yield from self._valley(index, part.measure)
        yield from self._levels_turned()

    def _valley(self, index: int, term: Term) -> Iterator[Diagnostic]:
        found = self._pieces[index]
        turned = self._turning(found, term)
        if turned is not None and isinstance(term, FactTerm) and term.fact in self.looking.space.whole:
            # Between two whole numbers of what is counted nobody can be.
            turned = self._turning([piece for piece in found if self._witness(piece) is not None], term)
        if turned is not None:
            yield turned

    def _turning(self, found: Sequence[Piece], term: Term) -> Diagnostic | None:
        """The first place along a term where points go down and up again."""
        if any(piece.labels or any(other != term for other, _ in piece.where) for piece in found):
            return None
        along = sorted(
            ((piece.interval(term), piece) for piece in found if not piece.undefined),
            key=lambda each: _from_low(each[0]),
        )
        peak: tuple[Fraction, Interval] | None = None
        bottom: tuple[Fraction, Interval] | None = None
        for interval, piece in along:
            for points in _in_order(piece):
                if bottom is not None and peak is not None and points > bottom[0]:
                    return self._turned(piece, [(*peak,), (*bottom,), (points, interval)])
                if peak is None or points >= peak[0]:
                    peak, bottom = (points, interval), None
                elif bottom is None or points < bottom[0]:
                    bottom = (points, interval)
        return None

    def _turned(self, piece: Piece, places: Sequence[tuple[Fraction, Interval]]) -> Diagnostic:
        values = [self._shown(round_value(interval, self.unit.size)) for _, interval in places]
        earned = [points for points, _ in places]
        assert piece.case is not None
        headline = note(
            "points-turn-back",
            name=self.name,
            one=values[0],
            more=earned[0],
            two=values[1],
            less=earned[1],
            three=values[2],
            again=earned[2],
        )
        return warning(headline, piece.case.clause.span, note("check-order"))

    def _levels_turned(self) -> Iterator[Diagnostic]:
        """A level that earns more than a better one."""
        measure = self.indicator.measure
        declared = self.lowering.declared.get(measure.name) if isinstance(measure, Reference) else None
        if declared is None or not isinstance(declared.kind, Levels) or len(self.plan.parts) != 1:
            return
        earned: dict[str | bool, tuple[Fraction, Clause]] = {}
        for clause in self.indicator.clauses:
            match clause:
                case Band((Is(value, None),)):
                    points = self._most(clause)
                    if points is not None:
                        earned.setdefault(value, (points, clause))
        ordered = [(level.key, *earned[level.key]) for level in declared.kind.levels if level.key in earned]
        for (better, less, _), (worse, more, clause) in pairwise(ordered):
            if more > less:
                headline = note(
                    "worse-level-earns-more", name=self.name, better=better, less=less, worse=worse, more=more
                )
                yield warning(headline, clause.span, note("check-levels"))

    def _most(self, band: Band) -> Fraction | None:
        cases = [case for part in self.plan.parts for case in part.cases if case.clause is band]
        return max((case.function.ceiling for case in cases), default=None)

    # ------------------------------------------------------------------------------------------- marks

    def _out_of_reach(self) -> Iterator[Diagnostic]:
        """Full marks that no facts can earn."""
        if self.indicator.role is not Role.ORDINARY or self.plan.combination is Combination.LOWEST:
            return
        highest = []
        first = {id(case) for case in self.plan.first}
        for found in self._pieces:
            own = sorted((piece for piece in found if id(piece.case) not in first), key=lambda each: -each.high)
            most = next((piece.high for piece in own if not self._empty(piece)), None)
            if most is None:
                return
            highest.append(most)
        if not highest:
            return
        reached = self.plan.together(highest)
        if reached < self.plan.full:
            headline = note("full-marks-out-of-reach", name=self.name, most=reached, full=self.plan.full)
            yield warning(headline, self.indicator.head, note("check-marks"))

    def _cut_short(self) -> Iterator[Diagnostic]:
        """Steps whose points do not divide what there is to lose or to win: the last one counts for less."""
        seen: set[Span] = set()
        for case in (case for part in self.plan.parts for case in part.cases):
            step, function = case.clause, case.function
            if not isinstance(step, Step) or function.flat or step.span in seen:
                continue
            seen.add(step.span)
            if function.reading is Reading.PROPORTIONAL:
                continue
            room = function.base - function.floor if function.amount < 0 else function.ceiling - function.base
            amount = abs(function.amount)
            rest = room - (room / amount).__floor__() * amount
            if rest and amount < room:
                headline = note("last-step-cut", name=self.name, room=room, amount=amount, rest=rest)
                yield hint(headline, step.span, note("last-step-cut-help"))


def _label(value: str | bool) -> Argument:
    if isinstance(value, bool):
        return Word("label", "yes" if value else "no")
    return value


def _one_stretch(band: Band) -> bool:
    """Whether a band asks for one stretch of numbers, beside other conditions."""
    stretches = [each for each in band.conditions if isinstance(each, Within)]
    return len(stretches) == 1 and all(
        edge is None or edge.of is None for each in stretches for edge in (each.low, each.high)
    )


def _stretch(band: Band) -> Within:
    return next(each for each in band.conditions if isinstance(each, Within))


def _beside(band: Band) -> object:
    """What a band asks for beside its stretch, and of what that is."""
    rest = frozenset(each for each in band.conditions if not isinstance(each, Within))
    return _stretch(band).subject, rest


def _from_low(interval: Interval) -> tuple[bool, Fraction, bool]:
    low = interval.low
    return (low is not None, low or Fraction(0), not interval.low_in)


def _in_order(piece: Piece) -> Iterable[Fraction]:
    """The points of a piece along its stretch: both ends of a slope, in the order of the values."""
    if piece.flat:
        return (piece.low,)
    if piece.line is None:
        return ()
    return (piece.low, piece.high) if piece.line.slope > 0 else (piece.high, piece.low)
