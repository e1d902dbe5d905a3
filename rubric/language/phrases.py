"""Writes expressions, conditions and awards in Chinese or English: one way for each thing that can be said."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import count

from engine.number import Mode, decimal, terminates
from engine.rules import (
    Aggregate,
    AnyOf,
    Award,
    ByLevel,
    Chosen,
    Computed,
    Condition,
    Edge,
    Expression,
    Extreme,
    FullMarks,
    GroupMean,
    InProportion,
    Interpolated,
    Is,
    LeftOut,
    Less,
    Levels,
    Magnitude,
    Name,
    Number,
    OfGroup,
    OfRows,
    Operation,
    Operator,
    OwnMarks,
    Points,
    PointsOf,
    Reference,
    Rounding,
    RowsHold,
    Rubric,
    Statistic,
    Within,
)
from engine.unit import ONE, SCORE, Quantity
from rubric.messages.vocabulary import ALL_WORDS, NO, YES
from rubric.messages.wording import Language, Wording
from rubric.messages.words import quantity_text

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
STATISTIC_WORDS = {
    Statistic.MEAN: "GROUP_MEAN",
    Statistic.HIGHEST: "GROUP_HIGHEST",
    Statistic.LOWEST: "GROUP_LOWEST",
    Statistic.RANK: "GROUP_RANK",
    Statistic.RANK_FROM_LOWEST: "GROUP_RANK_UP",
    Statistic.PERCENT_RANK: "GROUP_SHARE",
    Statistic.PERCENTILE: "GROUP_PERCENTILE",
    Statistic.COUNT: "GROUP_COUNT",
}
AGGREGATE_WORDS = {
    Aggregate.SUM: "ROW_SUM",
    Aggregate.MEAN: "ROW_MEAN",
    Aggregate.COUNT: "ROW_COUNT",
    Aggregate.HIGHEST: "ROW_HIGHEST",
    Aggregate.LOWEST: "ROW_LOWEST",
}
_MODES = {Mode.HALF_UP: "HALF_UP", Mode.HALF_EVEN: "HALF_EVEN", Mode.CUT: "CUT_OFF", Mode.UP: "ROUND_UP"}
_INCLUSIVE, _EXCLUSIVE = "（含）", "（不含）"
_DIGITS = "零一两三四五六七八九"
# After 没有 stands what a department may have; a fact that is a question or a sentence is denied as one.
SENTENCES = ("是否", "有无", "已", "未", "有", "无", "没有")


def label(name: Name, language: Language) -> str:
    """A name where it is declared, with its form in the other language behind it."""
    first, *others = name.forms if language == "zh" else reversed(name.forms)
    return first + "".join(f"「{other}」" for other in others)


def declared(name: Name, language: Language) -> str:
    """A name in a declaration; one that has marks in it stands in quotation marks, so that it is seen to be one."""
    first, *others = name.forms if language == "zh" else reversed(name.forms)
    quoted = f"「{first}」" if any(mark in first for mark in _LISTING) else first
    return quoted + "".join(f"「{other}」" for other in others)


# What parts the names of a list.
_LISTING = "、,，/／"


class Phrases:
    """Writes the parts of a criterion of one rubric in one language; ValueError where no rule file can say it."""

    def __init__(self, rubric: Rubric, language: Language) -> None:
        self.language = language
        columns = [column for table in rubric.tables for column in table.columns]
        self.names = {fact.key: fact.name for fact in (*rubric.facts, *columns)}
        self.names.update((each.name.key, each.name) for each in rubric.definitions)
        self.names.update((table.name.key, table.name) for table in rubric.tables)
        self.scored = {each.key: each.name for each in rubric.groups()}
        self.scored.update((each.key, each.name) for each in rubric.indicators())
        kinds = [fact.kind for fact in (*rubric.facts, *columns)]
        self.levels = {level.key: level for kind in kinds if isinstance(kind, Levels) for level in kind.levels}
        # Whether names of indicators and levels stand for their points.
        self.points_by_name = False

    # ------------------------------------------------------------------------------------- small things

    def word(self, terminal: str) -> str:
        """A word of the language, in its first spelling."""
        return ALL_WORDS[terminal].first(self.language)

    def mark(self, name: str) -> str:
        """A punctuation mark."""
        return _MARKS[name].of(self.language)

    def name(self, key: str) -> str:
        """A declared name where it is used, or the name of an indicator that stands for what it measures."""
        return self.form(self.names.get(key) or self.scored.get(key) or Name(key))

    def level(self, key: str) -> str:
        """A level where it is used."""
        return self.form(self.levels.get(key, Name(key)))

    def form(self, name: Name) -> str:
        """The form of a name in this language, or the one that it has."""
        return (name.zh or name.en or "") if self.language == "zh" else (name.en or name.zh or "")

    def quantity(self, quantity: Quantity) -> str:
        """A number with its unit."""
        return quantity_text(exact(quantity.number), quantity.unit.code, self.language)

    def points(self, points: Fraction) -> str:
        """So many points."""
        return self.quantity(Quantity(points, SCORE))

    def beside(self, left: str, right: str) -> str:
        """Two words in a row: a space between them, unless both are Chinese."""
        tight = self.language == "zh" and not (left[-1:].isascii() or right[:1].isascii())
        return left + right if tight else f"{left} {right}"

    def bracketed(self, text: str) -> str:
        """A text in brackets."""
        return self.mark("open") + text + self.mark("close")

    def arrow(self, conditions: str, given: str) -> str:
        """Where conditions hold, this."""
        return f"{conditions}，{given}" if self.language == "zh" else f"{conditions} {self.word('AWARD')} {given}"

    # --------------------------------------------------------------------------------------- expressions

    def expression(self, expression: Expression) -> str:
        """A formula, with no more brackets than it needs."""
        match expression:
            case Number(quantity):
                return self.quantity(quantity)
            case Reference(name):
                return self.name(name)
            case OwnMarks():
                return self.word("OWN_MARKS")
            case PointsOf():
                return self._points_of(expression)
            case Operation(operator, left, right):
                rank = _rank(expression)
                first = self._operand(left, _rank(left) < rank)
                second = self._operand(right, _rank(right) <= rank)
                text = f"{first} {_SIGNS.get(operator) or _OVER.of(self.language)} {second}"
                return text.replace("） ", "）").replace(" （", "（")
            case Extreme(highest, operands):
                return self._function("HIGHER_OF" if highest else "LOWER_OF", map(self.expression, operands))
            case Magnitude(operand):
                return self._function("SIZE_OF", [self.expression(operand)])
            case ByLevel(fact, cases, otherwise):
                return self._by_level(fact, cases, otherwise)
            case OfGroup(statistic, operand, share):
                more = [] if share is None else [f"{exact(share * 100)}%"]
                return self._function(STATISTIC_WORDS[statistic], [self.expression(operand), *more])
            case OfRows(aggregate, table, operand, conditions):
                made_of = self.name(table) if operand is None else self.expression(operand)
                return self._function(AGGREGATE_WORDS[aggregate], [made_of, *map(self.condition, conditions)])

    def _function(self, terminal: str, operands: Iterable[str]) -> str:
        return f"{self.word(terminal)}{self.bracketed(self.mark('comma').join(operands))}"

    def _by_level(
        self, fact: str, cases: tuple[tuple[str | bool, Expression], ...], otherwise: Expression | None
    ) -> str:
        said = [f"{self._level_or_truth(level)} {self.expression(value)}" for level, value in cases]
        if otherwise is not None:
            said.append(f"{self.word('OTHERWISE')} {self.expression(otherwise)}")
        start = self.beside(self.word("BY_LEVEL"), self.name(fact))
        return start + self.bracketed(self.mark("comma").join(said))

    def _level_or_truth(self, level: str | bool) -> str:
        if isinstance(level, bool):
            return (YES if level else NO).first(self.language)
        return self.level(level)

    def _points_of(self, points: PointsOf) -> str:
        if points.name is None:
            return self.word("TOTAL")
        name = self.form(self.scored.get(points.name, Name(points.name)))
        if self.points_by_name:
            return name
        return name + self.word("SCORE_OF") if self.language == "zh" else f"{self.word('POINTS_OF')} {name}"

    def _operand(self, expression: Expression, bracketed: bool) -> str:
        text = self.expression(expression)
        return self.bracketed(text).strip() if bracketed else text

    def total(self, expression: Expression) -> str:
        """A formula in which indicators and levels stand for their points."""
        self.points_by_name = True
        text = self.expression(expression)
        self.points_by_name = False
        return text

    # ---------------------------------------------------------------------------------------- conditions

    def all(self, conditions: Iterable[Condition]) -> str:
        """Conditions that must all hold."""
        conjunction = f"，{self.word('AND')}" if self.language == "zh" else f" {self.word('AND')} "
        return conjunction.join(map(self.condition, conditions))

    def condition(self, condition: Condition) -> str:
        """What must hold."""
        match condition:
            case AnyOf(alternatives):
                return self._any_of(alternatives)
            case RowsHold():
                return self._rows_hold(condition)
            case Within(subject=subject):
                interval = self.interval(condition)
                return interval if subject is None else f"{self.expression(subject)} {interval}"
            case Is(value, subject):
                said = self._level_or_truth(value)
                if subject is None:
                    return said
                return self.beside(self.beside(self.name(subject), self.word("IS")), said)

    def _any_of(self, alternatives: tuple[tuple[Condition, ...], ...]) -> str:
        """Alternatives; a comma parts those that ask for several things: 甲且乙，或丙且丁."""
        both, either = self.word("AND"), self.word("OR")
        several = any(len(each) > 1 for each in alternatives)
        if self.language == "zh":
            both, either = f" {both} ", f"，{either}" if several else f" {either} "
        else:
            both, either = f" {both} ", f", {either} " if several else f" {either} "
        return either.join(both.join(map(self.condition, each)) for each in alternatives)

    def _rows_hold(self, rows: RowsHold) -> str:
        inside = self.mark("comma").join(map(self.condition, rows.conditions))
        if rows.among:
            among = self.mark("comma").join(map(self.condition, rows.among))
            inside += self.mark("comma") + self.beside(self.word("AMONG"), among)
        return self.word("EVERY_ROW" if rows.every else "SOME_ROW") + self.bracketed(inside)

    def interval(self, condition: Within) -> str:
        """Where a value lies."""
        low, high = condition.low, condition.high
        if condition.magnitude:
            return self._both_sides(condition)
        if low is not None and low == high:
            return f"{self.word('EQUAL')} {self.limit(low)}"
        if high is None and low is not None:
            return f"{self.word('AT_LEAST' if low.inclusive else 'ABOVE')} {self.limit(low)}"
        if low is None and high is not None:
            return f"{self.word('AT_MOST' if high.inclusive else 'BELOW')} {self.limit(high)}"
        if low is None or high is None:
            raise ValueError("an interval without an end")
        if low.of is not None or high.of is not None:
            raise ValueError("a range between quantities")
        return self._range(low, high)

    def limit(self, edge: Edge) -> str:
        """A limit: a number, a quantity, or so much of one."""
        if edge.of is None:
            return self.quantity(edge.quantity)
        if not isinstance(edge.of, Reference):
            raise ValueError("a limit that is a formula")
        if edge.quantity == Quantity(Fraction(1), ONE):
            return self.expression(edge.of)
        share = self.quantity(edge.quantity)
        if self.language == "zh":
            return f"{self.expression(edge.of)}的 {share}"
        return f"{share} {self.word('OF')} {self.expression(edge.of)}"

    def _both_sides(self, condition: Within) -> str:
        low, high = condition.low, condition.high
        if low is not None and high is not None:
            return self._range(low, high, "±")
        edge = low or high
        if edge is None or edge.of is not None:
            raise ValueError("a size that is held against a quantity")
        if self.language == "en":
            way, excluded = self.word("UPWARD" if high is None else "DOWNWARD"), " (exclusive)"
        else:
            way, excluded = "以上" if high is None else "以内", _EXCLUSIVE
        return f"±{self.quantity(edge.quantity)} {way}{'' if edge.inclusive else excluded}"

    def _range(self, low: Edge, high: Edge, sign: str = "") -> str:
        """20-30%（含）, 80%（含）至 90%: one edge that is marked says how the other is meant."""
        start, end = low.quantity, high.quantity
        if self.language == "en":
            opening, closing = "[" if low.inclusive else "(", "]" if high.inclusive else ")"
            return f"{opening}{sign}{self.quantity(start)}, {sign}{self.quantity(end)}{closing}"
        edges = (low.inclusive, high.inclusive)
        if edges == (False, True) and start.unit == end.unit and start.number >= 0 and not sign:
            return f"{exact(start.number)}-{self.quantity(end)}{_INCLUSIVE}"
        marks = {
            (False, True): ("", _INCLUSIVE),
            (True, False): (_INCLUSIVE, ""),
            (True, True): (_INCLUSIVE, _INCLUSIVE),
            (False, False): (_EXCLUSIVE, _EXCLUSIVE),
        }[edges]
        left, right = f"{sign}{self.quantity(start)}{marks[0]}", f"{sign}{self.quantity(end)}{marks[1]}"
        return f"{self.beside(left, self.word('TO'))} {right}"

    # -------------------------------------------------------------------------------------------- awards

    def giving(self, conditions: str, award: Award) -> str:
        """Where the conditions hold, this award."""
        if self.language == "en" and isinstance(award, Less | Computed):
            return f"{conditions}, {self.award(award)}"
        return self.arrow(conditions, self.award(award))

    def award(self, award: Award) -> str:
        """What is given; in Chinese with its verb."""
        chinese = self.language == "zh"
        match award:
            case Points(points, True):
                return self._share(points)
            case Points(points) if points:
                verb = self.word("AWARD") + " " if chinese else ""
                return verb + self.points(points)
            case Points():
                return self.word("NO_POINTS")
            case FullMarks():
                return self.word("FULL_MARKS")
            case Less(Points(points, False)):
                return f"{self.word('DEDUCT')} {self.points(points)}"
            case InProportion():
                return self.word("IN_PROPORTION")
            case Chosen():
                return self._chosen(award)
            case Interpolated(Points(low, False), Points(high, False)):
                return f"{self.word('LINE')} {exact(low)} {self.word('TO')} {self.points(high)}"
            case Computed(expression):
                return f"{self.word('POINTS_ARE')} {self.expression(expression)}"
            case LeftOut():
                return self.word("LEFT_OUT") + self.mark("comma") + self.word("SCALED_UP")
            case GroupMean():
                return self.word("MEAN_POINTS")
            case _:
                raise ValueError("a share of full marks that is deducted or lies on a line")

    def _share(self, share: Fraction) -> str:
        percent = f"{exact(share * 100)}%"
        if self.language == "zh":
            return f"{self.word('FULL_MARKS')}的 {percent}"
        return f"{percent} {self.word('OF')} {self.word('FULL_MARKS')}"

    def _chosen(self, chosen: Chosen) -> str:
        """The least and the most that an evaluator may give; an end that is not allowed is marked."""
        exclusive = _EXCLUSIVE if self.language == "zh" else " (exclusive)"
        low_mark = "" if chosen.low_in else exclusive
        high_mark = "" if chosen.high_in else exclusive
        if chosen.low.share:
            low, high = f"{exact(chosen.low.points * 100)}%", f"{exact(chosen.high.points * 100)}%"
        else:
            low, high = exact(chosen.low.points), self.points(chosen.high.points)
        space = "" if low_mark == _EXCLUSIVE else " "
        return f"{self.word('CHOOSE')} {low}{low_mark}{space}{self.word('TO')} {high}{high_mark}"

    # ------------------------------------------------------------------------------------------- rounding

    def rounding(self, terminal: str, rounding: Rounding) -> str:
        """How something is rounded, and to how many decimals."""
        mode = self.word(_MODES[rounding.mode])
        if rounding.places == 0:
            places = self.word("KEEP_WHOLE")
        elif self.language == "zh":
            places = f"保留{_DIGITS[rounding.places] if rounding.places < 10 else rounding.places}位小数"
        else:
            places = f"to {rounding.places} decimal{'s' if rounding.places > 1 else ''}"
        return self.beside(self.beside(self.word(terminal), mode), places)


def exact(number: Fraction) -> str:
    """A number with all its decimals."""
    if not terminates(number):
        raise ValueError(f"a number without an end: {number}")
    places = next(places for places in count() if (number * 10**places).denominator == 1)
    return decimal(number, places)


def _rank(expression: Expression) -> int:
    """How tightly an expression holds together: sums least, then products, then single things."""
    if not isinstance(expression, Operation):
        return 3
    return 1 if expression.operator in (Operator.ADD, Operator.SUBTRACT) else 2
