"""How points become a total, as formulas: levels, bonus and penalty, caps, vetoes, rounding and the grade."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from engine.alternatives import NOTHING_MEASURED, Terms, interval_of
from engine.compose import most as most_points
from engine.core import Guard, Interval, Lies, Quantum, Term
from engine.rules import (
    AnyOf,
    Combination,
    Condition,
    Effect,
    Expression,
    Group,
    Indicator,
    Is,
    Number,
    Operation,
    Operator,
    PointsOf,
    Role,
    RowsHold,
    Rubric,
    Veto,
    Within,
    walk,
)
from rubric.messages.wording import Language
from rubric.report.workbook.desk import Desk
from rubric.report.workbook.formula import (
    Formula,
    are_numbers,
    choice,
    chosen,
    compared,
    every,
    is_number,
    is_text,
    least,
    minus,
    most,
    number,
    over,
    plus,
    rounded,
    some,
    text,
    times,
)
from rubric.report.workbook.plans import (
    MOST_NESTED,
    ONE,
    POINT_PLACES,
    ZERO,
    FormulaWriter,
    Given,
    Levels,
    NotCarriedError,
    Reach,
    Written,
    widen,
)

_OPEN = number(Fraction(1, 2))
# More points than there are.
_FAR = Fraction(10**9)


class WholeWriter(FormulaWriter):
    """Writes how the points of one rubric are put together."""

    def __init__(
        self,
        rubric: Rubric,
        desk: Desk,
        facts: Mapping[str, Given],
        language: Language,
        levels: Levels,
        scores: Mapping[str, Written],
    ) -> None:
        super().__init__(desk, facts, language, levels)
        self.rubric = rubric
        self.scores = scores
        self.lowering = Terms(rubric)
        self.outs: dict[str, Formula] = {}
        # Levels whose points no formula carries; how much of them is left out is not known either.
        self.uncarried: set[str] = set()
        self.vetoes: list[tuple[Veto, Formula]] = []
        self.earned: dict[str | None, Formula] = {key: each.points for key, each in scores.items()}

    # ------------------------------------------------------------------------------------------ levels

    def level(self, group: Group) -> Formula:
        """The points of a level, whose members are written already."""
        members = [self.earned[each.key] for each in group.members]
        self.about = group.key
        self.uncarried.add(group.key)
        outs = [self._out(each) for each in group.members]
        if group.formula is not None or self.rubric.overall.formula is not None:
            self._plain(outs)
        if group.formula is not None:
            found = self._value(group.formula)
        elif group.combination is Combination.SUM:
            found = self._settled(members, plus(*members))
        else:
            found = self._settled(members, self._combined(group, members, outs))
        if _takes(group):
            spare = plus(number(group.full - sum((each.full for each in group.members), Fraction(0))), *_some(outs))
            found = self._line("level", found)
            found = choice(is_text(found), found, most(ZERO, plus(found, spare)))
        elif group.role is not Role.ORDINARY or group.formula is not None:
            found = self._kept(found, group.full)
        found = self._caps(group.key, found)
        self.uncarried.discard(group.key)
        return found

    def _combined(self, group: Group, members: list[Formula], outs: list[Formula]) -> Formula:
        fulls = [each.full for each in group.members]
        left = [
            compared(out, "=", number(full)) if out.text != "0" and full else None
            for out, full in zip(outs, fulls, strict=True)
        ]
        match group.combination:
            case Combination.HIGHEST:
                # What is left out has no points, and is the highest of nothing but others that have none.
                return most(*members)
            case Combination.LOWEST:
                counted = [
                    each if out is None else choice(out, number(_FAR), each)
                    for each, out in zip(members, left, strict=True)
                ]
                found = least(*counted)
                return self._unless_all_out(left, ZERO, found)
            case _:
                # Only the largest loss counts.
                losses, marks = [], []
                for full, each, out in zip(fulls, members, left, strict=True):
                    loss = minus(number(full), each)
                    losses.append(loss if out is None else choice(out, ZERO, loss))
                    marks.append(number(full) if out is None else choice(out, ZERO, number(full)))
                known = sum((full for full, out in zip(fulls, left, strict=True) if out is None), Fraction(0))
                open_ones = [mark for mark, out in zip(marks, left, strict=True) if out is not None]
                found = minus(plus(number(known), *open_ones), most(*losses))
                return self._unless_all_out(left, number(sum(fulls, Fraction(0)) - max(fulls)), found)

    def _unless_all_out(self, left: Sequence[Formula | None], all_out: Formula, found: Formula) -> Formula:
        flags = [each for each in left if each is not None]
        return choice(every(*flags), all_out, found) if flags and len(flags) == len(left) else found

    def _out(self, member: Group | Indicator) -> Formula:
        """The full marks that are left out of a member."""
        if isinstance(member, Indicator):
            return self.scores[member.key].left_out
        if member.key in self.uncarried:
            raise NotCarriedError("left-out")
        if member.key not in self.outs:
            self.outs[member.key] = self._out_of_level(member)
        return self.outs[member.key]

    def _out_of_level(self, group: Group) -> Formula:
        outs = [self._out(each) for each in group.members]
        if _takes(group):
            return ZERO
        if group.combination in (Combination.HIGHEST, Combination.LOWEST) or group.formula is not None:
            if any(out.text == "0" or not each.full for out, each in zip(outs, group.members, strict=True)):
                return ZERO
            all_out = [compared(out, "=", number(each.full)) for out, each in zip(outs, group.members, strict=True)]
            return self._line("left-out", choice(every(*all_out), number(group.full), ZERO))
        found = _some(outs)
        return plus(*found) if found else ZERO

    def _plain(self, outs: Iterable[Formula]) -> None:
        """Nothing may be left out where more is done with points than adding them up."""
        if _some(outs):
            raise NotCarriedError("left-out")

    def _settled(self, several: Sequence[Formula], found: Formula) -> Formula:
        """A formula over points, where all of them are settled."""
        return choice(are_numbers(several), found, self.words["open"]) if several else ZERO

    def _kept(self, found: Formula, ceiling: Fraction) -> Formula:
        found = self._line("level", found)
        return choice(is_text(found), found, least(number(ceiling), most(ZERO, found)))

    def _caps(self, target: str | None, found: Formula) -> Formula:
        for cap in self.rubric.overall.caps:
            if cap.target == target:
                found = self._cut(found, cap.points, self._all_hold(cap.conditions))
        return found

    def _cut(self, found: Formula, ceiling: Fraction, holds: Formula) -> Formula:
        found = self._line("level", found)
        above = compared(rounded(found, POINT_PLACES), ">", number(ceiling))
        cut = choice(compared(holds, "=", ONE), least(found, number(ceiling)), choice(above, self.words["open"], found))
        return choice(some(is_text(found), compared(holds, "=", ZERO)), found, cut)

    # ------------------------------------------------------------------------------------------- total

    def total(self) -> Formula:
        """The total, whose members are written already."""
        overall = self.rubric.overall
        self.about = ""
        ordinary = [each for each in self.rubric.members if each.role is Role.ORDINARY]
        beside = [each for each in self.rubric.members if each.role is not Role.ORDINARY]
        outs = _some(map(self._out, ordinary))
        if overall.formula is not None:
            self._plain([*outs, *map(self._out, beside)])
        members = [self.earned[each.key] for each in ordinary]
        found = self._settled(members, plus(*members))
        if outs:
            found = self._scaled_up(found, outs)
        instead = overall.formula is not None and PointsOf(None) not in walk(overall.formula)
        simple = not beside and overall.formula is None and not self._ceiling_matters(ordinary)
        if not instead:
            if any(member.provided is not None for member in beside):
                found = self.earned[None] = self._line("total", found)
            for member in beside:
                found = self._beside(member, found)
            self.earned[None] = self._line("total", found) if overall.formula is not None else found
        if overall.formula is not None:
            found = self._value(overall.formula)
        if not simple:
            found = self._kept(found, most_points(self.rubric))
        if overall.caps or overall.vetoes:
            found = self.earned[None] = self._line("total", found)
        found = self._caps(None, found)
        if overall.vetoes:
            found = self.earned[None] = self._line("total", found)
        self.vetoes = [(veto, self._all_hold(veto.conditions)) for veto in overall.vetoes]
        self.vetoes = [(veto, self._line("veto", holds)) for veto, holds in self.vetoes]
        for veto, holds in self.vetoes:
            if veto.effect in (Effect.NOTHING, Effect.STOP):
                found = self._cut(found, Fraction(0), holds)
        if overall.rounding is not None:
            found = self._line("total", found)
            quantum = Quantum(overall.rounding.mode, Fraction(1, 10**overall.rounding.places))
            found = choice(is_text(found), found, self.to_multiple(found, quantum))
        return found

    def _ceiling_matters(self, ordinary: Sequence[Group | Indicator]) -> bool:
        """Whether the members may come to more than there is, so that the total must be kept within it."""
        return sum((each.full for each in ordinary), Fraction(0)) > most_points(self.rubric)

    def _scaled_up(self, found: Formula, outs: Sequence[Formula]) -> Formula:
        """What counts, as points out of full marks; where nothing counts, there are none."""
        full = number(self.rubric.full)
        found = self._line("total", found)
        out = self._line("left-out", plus(*outs))
        counted = minus(full, out)
        scaled = choice(compared(counted, ">", ZERO), over(times(found, full), counted), ZERO)
        return choice(some(is_text(found), compared(out, "=", ZERO)), found, scaled)

    def _beside(self, member: Group | Indicator, found: Formula) -> Formula:
        """What a bonus adds or a penalty takes, if what it asks for first holds."""
        own = self.earned[member.key]
        both = (found, own) if "(" not in found.text else (self._line("total", found), own)
        added = plus(*both)
        if member.role is Role.PENALTY:
            added = plus(minus(added, number(member.full)), *_some([self._out(member)]))
        result = self._settled(both, added)
        if member.provided is None:
            return result
        holds = self._line("condition", self._all_hold(member.provided.conditions))
        without = choice(is_number(own), both[0], self.words["open"])
        if member.role is Role.PENALTY:
            raise NotCarriedError("too-long")
        return choice(
            compared(holds, "=", ONE), result, choice(compared(holds, "=", ZERO), without, self.words["open"])
        )

    # ------------------------------------------------------------------------------------------- grade

    def grade(self, name: Callable[[int], str]) -> Formula:
        """The grade of the total, and what vetoes make of it; `name` words the grades by their place."""
        grades = self.rubric.grades
        if len(grades) > MOST_NESTED:
            raise NotCarriedError("too-long")
        total = self.earned[None]
        shown = rounded(total, POINT_PLACES)
        found = ZERO
        for index in range(len(grades) - 1, -1, -1):
            floor = grades[index].floor
            place = number(index + 1)
            if floor is None:
                found = place
                continue
            reached = compared(shown, ">=" if floor.inclusive else ">", number(floor.quantity.number))
            found = choice(reached, place, found)
        found = choice(is_text(total), self.words["open"], found)
        for veto, holds in self.vetoes:
            if veto.effect in (Effect.GRADE, Effect.BARRED, Effect.STOP):
                found = self._overruled(veto, holds, self._line("grade", found))
        if not self.vetoes and all(grade.floor is not None for grade in grades[:-1]):
            return self._graded(total, shown, name)
        found = self._line("grade", found)
        named = chosen(found, *(text(name(index)) for index in range(len(grades))))
        return choice(is_text(found), found, choice(compared(found, "=", ZERO), text(""), named))

    def _graded(self, total: Formula, shown: Formula, name: Callable[[int], str]) -> Formula:
        """The grade where nothing overrules it, in one formula."""
        found = text("")
        for index in range(len(self.rubric.grades) - 1, -1, -1):
            floor = self.rubric.grades[index].floor
            if floor is None:
                found = text(name(index))
                continue
            reached = compared(shown, ">=" if floor.inclusive else ">", number(floor.quantity.number))
            found = choice(reached, text(name(index)), found)
        return choice(is_text(total), self.words["open"], found)

    def _overruled(self, veto: Veto, holds: Formula, found: Formula) -> Formula:
        grades = self.rubric.grades
        named = next((index for index, each in enumerate(grades) if veto.grade in each.name.forms), None)
        if named is None:
            return found
        if veto.effect is Effect.BARRED:
            instead = least(number(len(grades)), most(found, number(named + 2)))
            instead = choice(is_text(found), found, instead)
        else:
            instead = number(named + 1)
        open_ = choice(compared(instead, "=", found), found, self.words["open"])
        return choice(compared(holds, "=", ONE), instead, choice(compared(holds, "=", ZERO), found, open_))

    # -------------------------------------------------------------------------------------- conditions

    def _all_hold(self, conditions: Sequence[Condition]) -> Formula:
        """1 where all conditions hold, 0 where one fails, between them where that cannot be told."""
        return least(*map(self._holds, conditions)) if conditions else ONE

    def _holds(self, condition: Condition) -> Formula:
        match condition:
            case AnyOf(alternatives):
                return most(*map(self._all_hold, alternatives))
            case Within(subject=PointsOf(name)):
                points = self.earned[name]
                lies = self._points_lie(interval_of(condition), points)
                return choice(is_number(points), choice(lies, ONE, ZERO), _OPEN)
            case Within() | Is() | RowsHold():
                lots = self.lowering.conditions((condition,), NOTHING_MEASURED)
                return most(*(self._lot(lot) for lot in lots)) if lots else ZERO
        raise AssertionError(condition)

    def _points_lie(self, interval: Interval, points: Formula) -> Formula:
        """That points lie in an interval; what binary fractions leave is rounded off first."""
        shown = rounded(points, POINT_PLACES)
        tests = []
        if interval.low is not None:
            tests.append(compared(shown, ">=" if interval.low_in else ">", number(interval.low)))
        if interval.high is not None:
            tests.append(compared(shown, "<=" if interval.high_in else "<", number(interval.high)))
        return every(*tests) if tests else compared(ONE, "=", ONE)

    def _lot(self, guards: Sequence[Guard]) -> Formula:
        reaches: dict[Term, Reach] = {}
        for guard in guards:
            if isinstance(guard, Lies) and guard.term is not None:
                widen(reaches.setdefault(guard.term, Reach()), guard.interval)
        terms = {term: self.reckon(term, reach) for term, reach in reaches.items()}
        return self.guards(guards, None, terms)

    # ------------------------------------------------------------------------------------------ values

    def _value(self, formula: Expression) -> Formula:
        """What a formula over points and facts comes to."""
        read: list[Formula] = []
        found = self._expression(formula, read)
        if list(_divisors(formula)):
            raise NotCarriedError("too-long")
        read = list(dict.fromkeys(read))
        return self._settled(read, found) if read else found

    def _expression(self, expression: Expression, read: list[Formula]) -> Formula:
        match expression:
            case PointsOf(name):
                read.append(self.earned[name])
                return self.earned[name]
            case Number(quantity):
                return number(quantity.exact)
            case Operation(operator, left, right):
                one, other = self._expression(left, read), self._expression(right, read)
                return _OPERATIONS[operator](one, other)
            case _:
                return self._fact_value(expression, read)

    def _fact_value(self, expression: Expression, read: list[Formula]) -> Formula:
        found = self.words["open"]
        for guards, term in reversed(self.lowering.alternatives(expression)):
            reckoned = self.reckon(term, Reach())
            value = choice(self.usable(reckoned), over(reckoned.above, reckoned.below), self.words["open"])
            holds = self._lot(guards)
            found = choice(
                compared(holds, "=", ONE), value, choice(compared(holds, "=", ZERO), found, self.words["open"])
            )
        found = self._line("above", found)
        read.append(found)
        return found


_OPERATIONS: dict[Operator, Callable[[Formula, Formula], Formula]] = {
    Operator.ADD: lambda one, other: plus(one, other),
    Operator.SUBTRACT: minus,
    Operator.MULTIPLY: times,
    Operator.DIVIDE: over,
}


def _divisors(formula: Expression) -> Iterator[Expression]:
    """What a formula divides by, beside numbers."""
    for each in walk(formula):
        if isinstance(each, Operation) and each.operator is Operator.DIVIDE:
            right = each.right
            if not isinstance(right, Number) or not right.quantity.exact:
                yield right


def _some(outs: Iterable[Formula]) -> list[Formula]:
    """The marks that may be left out."""
    return [out for out in outs if out.text != "0"]


def _takes(group: Group) -> bool:
    """Whether a level is a penalty that takes what its members take together."""
    added = group.combination in (Combination.SUM, Combination.ONCE)
    return group.role is Role.PENALTY and group.formula is None and added
