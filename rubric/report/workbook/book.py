"""Writes the scorecard as a workbook: the score sheet, the facts, the working, and how to read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from engine.compose import GroupScore, Member
from engine.facts import Contradictory, Fact, Missing, NotApplicableFact, Present, Provenance
from engine.number import plain, terminates
from engine.rules import Amount, Role
from engine.score import Assessment
from engine.scores import IndicatorScore, Range
from rubric.messages import workbook as say
from rubric.messages.frame import width
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language, Wording
from rubric.messages.words import unit_word
from rubric.report.sentences import Sentences, grades_text, range_text
from rubric.report.values import FormulaWriter, name_text, scale_of, value_text
from rubric.report.workbook.desk import Desk, Line
from rubric.report.workbook.formula import Formula, Value
from rubric.report.workbook.model import FactCell, IndicatorCells, Model, ScoreCell
from rubric.report.workbook.names import CellNames

_SONG, _FANG, _HEI = "宋体", "仿宋", "黑体"
_LINE, _LEAST = 14.0, 22.0
_TITLE_ROW, _HINT_ROW, _HEADING_ROW = 0, 1, 2
_FIRST_ROW = 3
# A cell holds no more characters than these.
_LONGEST_CELL = 32_000
_LONGEST_LIST = 255
SEAL_SHEET = "rubric-seal"

_WIDTHS = {
    "level-1": 9.0,
    "level-2": 10.0,
    "indicator": 15.0,
    "full": 6.5,
    "formula": 27.0,
    "rate": 10.5,
    "points": 9.0,
    "engine": 9.5,
    "check": 11.0,
    "claimed": 8.0,
    "difference": 8.0,
    "why": 46.0,
}
_FACT_WIDTHS = {
    "name": 22.0,
    "value": 12.0,
    "unit": 13.0,
    "basis": 8.0,
    "document": 14.0,
    "section": 15.0,
    "quote": 48.0,
    "cell": 22.0,
}


class PointsCell(NamedTuple):
    """A cell that shows points or the grade: of what (an indicator, a level, the total, the grade), and where."""

    kind: str
    key: str
    name: str
    place: str


# Makes the text of the seal from the cells that it vouches for.
Seal = Callable[[Sequence[PointsCell]], str]


def score_workbook(
    assessment: Assessment,
    language: Language,
    texts: Mapping[str, str],
    rules_digest: str,
    version: str,
    seal: Seal | None = None,
) -> bytes:
    """The workbook of one assessment; `seal` gives the text of its very hidden sheet, if there is to be one."""
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        # The same score gives the same bytes.
        book.set_properties({"created": datetime(2000, 1, 1)})
        _Book(book, assessment, language, texts, rules_digest, version).write(seal)
    return stream.getvalue()


class _Book:
    """The whole workbook."""

    def __init__(
        self,
        book: Any,
        assessment: Assessment,
        language: Language,
        texts: Mapping[str, str],
        rules_digest: str,
        version: str,
    ) -> None:
        self.book = book
        self.assessment = assessment
        self.card = assessment.card
        self.rubric = assessment.rubric
        self.language = language
        self.rules_digest = rules_digest
        self.version = version
        self.words = Sentences(assessment, language)
        names = CellNames()
        working = say.SHEETS["working"].of(language)
        self.model = Model(assessment, language, texts, names, Desk(working, names, _FIRST_ROW + 1, "D"))
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.points_cells: list[PointsCell] = []
        self.levels = [
            f"level-{level}" for level in (1, 2) if any(group.level == level for group in self.rubric.groups())
        ]
        claimed = ("claimed", "difference") if assessment.facts.claims is not None else ()
        self.columns = (
            *self.levels,
            "indicator",
            "full",
            "formula",
            "rate",
            "points",
            "engine",
            "check",
            *claimed,
            "why",
        )

    def say(self, wording: Wording, **arguments: object) -> str:
        """A word of the workbook."""
        return wording.of(self.language).format(**arguments)

    def write(self, seal: Seal | None) -> None:
        """Every sheet."""
        sheets = {code: self.book.add_worksheet(self.say(each)) for code, each in say.SHEETS.items()}
        self._score(sheets["score"])
        self._facts(sheets["facts"])
        self._working(sheets["working"])
        self._guide(sheets["guide"])
        if seal is not None:
            self._seal(seal(self.points_cells))

    # ----------------------------------------------------------------------------------------- formats

    def _format(self, **wanted: object) -> Any:
        """A format, made once."""
        found = {"font_name": _SONG, "font_size": 10, "valign": "vcenter", "text_wrap": True, **wanted}
        key = tuple(sorted(found.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(found)
        return self.formats[key]

    def _cell(self, **wanted: object) -> Any:
        """A format with lines around it."""
        return self._format(**{"border": 1, "border_color": "#808080", **wanted})

    # ------------------------------------------------------------------------------------------- sheet

    def _open(
        self, sheet: Any, title: Wording, widths: Sequence[float], headings: Sequence[Wording], frozen: int
    ) -> None:
        """A sheet with its title and headings, set for A4 across."""
        for column, wide in enumerate(widths):
            sheet.set_column(column, column, wide)
        last = len(widths) - 1
        shown = self.say(title, title=self.rubric.title)
        sheet.merge_range(
            _TITLE_ROW, 0, _TITLE_ROW, last, shown, self._format(font_name=_HEI, font_size=16, align="center")
        )
        sheet.set_row(_TITLE_ROW, 30)
        head = self._cell(font_name=_HEI, align="center", bg_color="#E7EBF0")
        for column, heading in enumerate(headings):
            sheet.write_string(_HEADING_ROW, column, self.say(heading), head)
        sheet.set_row(_HEADING_ROW, 26)
        sheet.freeze_panes(_FIRST_ROW, frozen)
        sheet.repeat_rows(_HEADING_ROW)
        self._paper(sheet)

    def _paper(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.set_footer(f'&C&"{_SONG}"&9{self.say(say.PAGE)}')
        sheet.hide_gridlines(2)

    def _put(self, sheet: Any, row: int, column: int, formula: Formula, form: Any) -> None:
        """A formula with its value, or a plain value where it reads nothing."""
        value = _kept(formula.value)
        if formula.text.startswith('"'):
            sheet.write_string(row, column, value, form)
        elif _is_plain(formula):
            sheet.write_number(row, column, value, form)
        else:
            sheet.write_formula(row, column, f"={formula.text}", form, "" if value is None else value)

    def _name(self, name: str, sheet: str, row: int, column: int) -> str:
        """Name a cell, and give its place."""
        place = f"{sheet}!{_place(row, column)}"
        self.book.define_name(name, f"={place}")
        return place

    # ------------------------------------------------------------------------------------- score sheet

    def _score(self, sheet: Any) -> None:
        at = {code: index for index, code in enumerate(self.columns)}
        self.at = at
        self._open(
            sheet,
            say.SCORE_TITLE,
            [_WIDTHS[code] for code in self.columns],
            [say.SCORE_COLUMNS[code] for code in self.columns],
            at["indicator"] + 1,
        )
        self._hint(sheet)
        self.row = _FIRST_ROW
        for member in self.card.members:
            self._member(sheet, member)
        self._total(sheet)
        self._marks(sheet)
        sheet.print_area(0, 0, self.row - 1, len(self.columns) - 1)

    def _hint(self, sheet: Any) -> None:
        """Whose score it is, of which year, by which rules."""
        facts = self.card.facts
        year = facts.year or (self.rubric.period.first if self.rubric.period else None)
        said = [self.say(say.DEPARTMENT, name=facts.department)] if facts.department else []
        if year:
            said.append(self.say(say.YEAR, year=year))
        if self.rubric.basis:
            said.append(self.say(say.BASIS, basis=self.words.comma.join(self.rubric.basis)))
        last = len(self.columns) - 1
        sheet.merge_range(_HINT_ROW, 0, _HINT_ROW, last - 1, "　　".join(said), self._format(align="left"))
        sheet.write_string(_HINT_ROW, last, self.say(say.IN_POINTS), self._format(align="right"))
        sheet.set_row(_HINT_ROW, 20)

    def _member(self, sheet: Any, member: Member) -> None:
        if isinstance(member, IndicatorScore):
            self._indicator(sheet, member)
            return
        first = self.row
        for each in member.members:
            self._member(sheet, each)
        cells = self.model.groups[member.group.key]
        if member.group.level > 1 and self._is_plain_level(member):
            self.model.desk.lines.append(
                Line(name_text(member.group.name, self.language), self.say(say.SUBTOTAL), cells.points, cells.name)
            )
        else:
            self._level_row(sheet, member, cells)
        self._level_name(sheet, member, first)

    def _is_plain_level(self, member: GroupScore) -> bool:
        """Whether a level is one indicator and no more."""
        claims = self.assessment.facts.claims
        claimed = claims is not None and any(name in member.group.name.forms for name, _, _ in claims.subtotals)
        return len(member.members) == 1 and not member.shifts and not claimed

    def _level_name(self, sheet: Any, member: GroupScore, first: int) -> None:
        """The name of a level beside all that belongs to it."""
        form = self._cell(font_name=_HEI, align="center")
        column = self.at[f"level-{member.group.level}"]
        text = self._title(member)
        last = self.row - 1
        if last > first:
            sheet.merge_range(first, column, last, column, text, form)
        else:
            sheet.write_string(first, column, text, form)

    def _title(self, member: GroupScore) -> str:
        title = name_text(member.group.name, self.language)
        return f"{title}\n（{plain(member.full)}）" if self.language == "zh" else f"{title}\n({plain(member.full)})"

    def _level_row(self, sheet: Any, member: GroupScore, cells: ScoreCell) -> None:
        """The points of a level, below its members."""
        shade = "#F3F5F8" if member.group.level == 1 else "#FAFBFC"
        form = self._cell(bold=True, align="center", bg_color=shade)
        level = self.at[f"level-{member.group.level}"]
        columns = [code for code in self.columns if self.at[code] > level and code in (*self.levels, "indicator")]
        label = self.say(say.SUBTOTAL)
        if member.role is not Role.ORDINARY:
            label = self.words.label(member.role.value)
        self._across(sheet, self.row, self.at[columns[0]], self.at[columns[-1]], label, form)
        claims = self.assessment.facts.claims
        claimed = None
        if claims is not None:
            claimed = next((p for name, p, _ in claims.subtotals if name in member.group.name.forms), None)
        why = self.words.semicolon.join(self.words.shift(shift) for shift in member.shifts)
        self._points_row(
            sheet, ("level", member.group.key), member.full, cells, member.points, member.bounds, claimed, why, shade
        )

    def _across(self, sheet: Any, row: int, first: int, last: int, text: str, form: Any) -> None:
        if last > first:
            sheet.merge_range(row, first, row, last, text, form)
        else:
            sheet.write_string(row, first, text, form)

    def _indicator(self, sheet: Any, score: IndicatorScore) -> None:
        cells = self.model.indicators[score.indicator.key]
        row = self.row
        for code in self.levels:
            sheet.write_blank(row, self.at[code], None, self._cell())
        title = name_text(score.indicator.name, self.language)
        if score.indicator.role is not Role.ORDINARY:
            label = self.words.label(score.indicator.role.value)
            title += f"（{label}）" if self.language == "zh" else f" ({label})"
        sheet.write_string(row, self.at["indicator"], title, self._cell(align="left"))
        measure = score.indicator.measure
        formula = "" if measure is None else FormulaWriter(self.rubric, score.facts, self.language).names(measure)
        sheet.write_string(row, self.at["formula"], formula, self._cell(font_name=_FANG, align="left"))
        self._rate(sheet, cells)
        claim = None if self.assessment.facts.claims is None else self.assessment.facts.claims.of(score.indicator.key)
        claimed = None if claim is None else claim.points
        why = self.words.line(score)
        texts = [("indicator", title), ("formula", formula), ("why", why)]
        self._points_row(
            sheet,
            ("indicator", score.indicator.key),
            score.full,
            cells.points,
            score.points,
            score.bounds,
            claimed,
            why,
            "",
            texts,
        )

    def _rate(self, sheet: Any, cells: IndicatorCells) -> None:
        row, column = self.row, self.at["rate"]
        unit = scale_of(self.rubric, cells.score.indicator).unit
        word = unit_word(unit.code, self.language)
        shown = "0.00%" if unit.code == "percent" else "General" if not word else f'General" {word}"'
        form = self._cell(align="center", num_format=shown)
        if cells.rate is None:
            sheet.write_string(row, column, "" if cells.score.indicator.measure is None else "—", form)
        else:
            self._put(sheet, row, column, cells.rate, form)
        if cells.rate_name:
            self._name(cells.rate_name, self.say(say.SHEETS["score"]), row, column)

    def _points_row(
        self,
        sheet: Any,
        of: tuple[str, str],
        full: Fraction,
        cells: ScoreCell,
        points: Fraction | None,
        bounds: Range,
        claimed: Fraction | None,
        why: str,
        shade: str,
        texts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Full marks, live points, the engine's points, their check, the claim and the reason: one row."""
        row, at, paint = self.row, self.at, {"bg_color": shade, "bold": True} if shade else {}
        form = self._cell(align="center", **paint)
        sheet.write_number(row, at["full"], float(full), form)
        if shade:
            for code in ("formula", "rate"):
                sheet.write_blank(row, at[code], None, form)
        self._put(
            sheet,
            row,
            at["points"],
            cells.points,
            self._cell(
                align="center", bold=True, num_format=_points_format(points), **({"bg_color": shade} if shade else {})
            ),
        )
        place = self._name(cells.name, self.say(say.SHEETS["score"]), row, at["points"])
        self.points_cells.append(PointsCell(*of, cells.name, place))
        if points is None:
            sheet.write_string(row, at["engine"], range_text(bounds.low, bounds.high), form)
        else:
            sheet.write_number(
                row, at["engine"], float(points), self._cell(align="center", num_format=_points_format(points), **paint)
            )
        self._check(sheet, cells, points, form)
        if "claimed" in at:
            self._claim(sheet, claimed, points, form)
        sheet.write_string(
            row, at["why"], why, self._cell(font_name=_FANG, align="left", **({"bg_color": shade} if shade else {}))
        )
        wanted = [*texts, ("why", why)]
        sheet.set_row(row, _height((text, _WIDTHS[code]) for code, text in wanted))
        self.row += 1

    def _check(self, sheet: Any, cells: ScoreCell, points: Fraction | None, form: Any) -> None:
        """Whether the live value is the engine's."""
        row, column = self.row, self.at["check"]
        agrees, differs = self.say(say.AGREES), self.say(say.DIFFERS)
        if cells.carried:
            sheet.write_string(row, column, self.say(say.BY_ENGINE), form)
            return
        live, engine = (_here(row, self.at[code]) for code in ("points", "engine"))
        open_ = self.say(say.STATES["open"])
        formula = (
            f'=IF(AND(ISNUMBER({live}),ISNUMBER({engine})),IF(ABS({live}-{engine})<0.000000001,"{agrees}","{differs}"),'
            f'IF(AND(ISTEXT({live}),ISTEXT({engine})),"{open_}","{differs}"))'
        )
        value = cells.points.value
        shown = open_ if points is None and isinstance(value, str) else agrees if points == value else differs
        sheet.write_formula(row, column, formula, form, shown)

    def _claim(self, sheet: Any, claimed: Fraction | None, points: Fraction | None, form: Any) -> None:
        row, at = self.row, self.at
        if claimed is None:
            sheet.write_blank(row, at["claimed"], None, form)
        else:
            sheet.write_number(row, at["claimed"], float(claimed), form)
        live, own = (_here(row, at[code]) for code in ("points", "claimed"))
        formula = f'=IF(AND(ISNUMBER({live}),ISNUMBER({own})),ROUND({live}-{own},9),"")'
        value: object = "" if claimed is None or points is None else float(points - claimed)
        sheet.write_formula(row, at["difference"], formula, form, value)

    def _total(self, sheet: Any) -> None:
        """The total and the grade, and what is said of both."""
        card, claims = self.card, self.assessment.facts.claims
        shade = "#E7EBF0"
        form = self._cell(font_name=_HEI, align="center", bg_color=shade)
        last = self.at["indicator"]
        self._across(sheet, self.row, 0, last, self.say(say.TOTAL), form)
        why = self.words.semicolon.join(self.words.shift(shift) for shift in card.whole.shifts)
        claimed = None if claims is None else claims.total
        self._points_row(
            sheet, ("total", ""), self.rubric.full, self.model.total, card.points, card.bounds, claimed, why, shade
        )
        if self.model.grade is not None:
            self._grade(sheet, self.model.grade, shade)

    def _grade(self, sheet: Any, grade: ScoreCell, shade: str) -> None:
        row, at = self.row, self.at
        form = self._cell(font_name=_HEI, align="center", bg_color=shade)
        self._across(sheet, row, 0, at["indicator"], self.say(say.GRADE), form)
        for code in self.columns[at["full"] :]:
            sheet.write_blank(row, at[code], None, form)
        self._put(sheet, row, at["points"], grade.points, form)
        place = self._name(grade.name, self.say(say.SHEETS["score"]), row, at["points"])
        self.points_cells.append(PointsCell("grade", "", grade.name, place))
        engine = grades_text(self.card.grades, self.language)
        sheet.write_string(row, at["engine"], engine, form)
        self._grade_check(sheet, grade, engine, form)
        claims = self.assessment.facts.claims
        if claims is not None and claims.grade:
            sheet.write_string(row, at["claimed"], claims.grade, form)
        why = self.words.semicolon.join([*self.words.vetoes(self.card), *self.words.consequences(self.card)])
        sheet.write_string(row, at["why"], why, self._cell(font_name=_FANG, align="left", bg_color=shade))
        sheet.set_row(row, _height([(why, _WIDTHS["why"])]))
        self.row += 1

    def _grade_check(self, sheet: Any, grade: ScoreCell, engine: str, form: Any) -> None:
        row, column = self.row, self.at["check"]
        if grade.carried:
            sheet.write_string(row, column, self.say(say.BY_ENGINE), form)
            return
        live, other = (_here(row, self.at[code]) for code in ("points", "engine"))
        open_, agrees, differs = self.say(say.STATES["open"]), self.say(say.AGREES), self.say(say.DIFFERS)
        value = grade.points.value
        shown = agrees if value == engine else open_ if value == open_ else differs
        formula = f'=IF({live}={other},"{agrees}",IF({live}="{open_}","{open_}","{differs}"))'
        sheet.write_formula(row, column, formula, form, shown)

    def _marks(self, sheet: Any) -> None:
        """What needs a look stands out."""
        red = self.book.add_format({"font_color": "#C00000", "bold": True})
        for code in ("check", "difference"):
            if code not in self.at:
                continue
            column = self.at[code]
            where = (_FIRST_ROW, column, self.row - 1, column)
            if code == "check":
                rule = {"type": "cell", "criteria": "==", "value": f'"{self.say(say.DIFFERS)}"', "format": red}
            else:
                here = _here(_FIRST_ROW, column)
                rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({here}),{here}<>0)", "format": red}
            sheet.conditional_format(*where, rule)

    # ------------------------------------------------------------------------------------------- facts

    def _facts(self, sheet: Any) -> None:
        codes = list(say.FACT_COLUMNS)
        self._open(sheet, say.FACTS_TITLE, [_FACT_WIDTHS[c] for c in codes], list(say.FACT_COLUMNS.values()), 1)
        for row, each in enumerate(self.model.facts, _FIRST_ROW):
            self._fact(sheet, row, each, codes)

    def _fact(self, sheet: Any, row: int, each: FactCell, codes: Sequence[str]) -> None:
        fact = self.card.facts.get(each.declaration.key)
        left, centre = self._cell(align="left"), self._cell(align="center")
        live = self._cell(align="center", bg_color="#FFF8DC", font_color="#1F3864", num_format="General")
        said = self._said(fact)
        unit = each.declaration.kind
        texts = {
            "name": each.label,
            "unit": unit_word(unit.unit.code, self.language) if isinstance(unit, Amount) else "／".join(each.levels),
            "cell": each.name,
            **said,
        }
        for column, code in enumerate(codes):
            if code == "value":
                value = _kept(each.value)
                if value is None:
                    sheet.write_blank(row, column, None, live)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, live)
                else:
                    sheet.write_number(row, column, value, live)
                self._name(each.name, self.say(say.SHEETS["facts"]), row, column)
                self._choices(sheet, row, column, each)
            else:
                form = (
                    self._cell(font_name=_FANG, align="left")
                    if code == "quote"
                    else left
                    if code in ("name", "section", "document", "cell")
                    else centre
                )
                sheet.write_string(row, column, texts[code], form)
        sheet.set_row(row, _height((text, _FACT_WIDTHS[code]) for code, text in texts.items()))

    def _choices(self, sheet: Any, row: int, column: int, each: FactCell) -> None:
        """The levels that a fact may have, as a list to choose from."""
        choices = [*each.levels, self.say(say.STATES["not-applicable"])] if each.levels else []
        if choices and len(",".join(choices)) < _LONGEST_LIST and not any("," in choice for choice in choices):
            sheet.data_validation(row, column, row, column, {"validate": "list", "source": choices})

    def _said(self, fact: Fact) -> dict[str, str]:
        match fact:
            case Contradictory(readings):
                joined = self.words.semicolon.join(self._reading(each) for each in readings)
                return {"basis": "", "document": "", "section": "", "quote": joined}
            case Present(_, provenance) | Missing(provenance) | NotApplicableFact(provenance):
                return self._provenance(provenance)
        return self._provenance(Provenance())

    def _reading(self, present: Present) -> str:
        value, of = value_text(present.value, self.language), present.provenance
        where = " ".join(part for part in (of.document, of.section) if part)
        return f"{value}（{where}）{of.quote}" if self.language == "zh" else f"{value} ({where}) {of.quote}"

    def _provenance(self, of: Provenance) -> dict[str, str]:
        quote = of.quote or of.reason
        basis = "" if of.basis.value == "unstated" else LABELS[of.basis.value].of(self.language)
        return {"basis": basis, "document": of.document, "section": of.section, "quote": quote}

    # ----------------------------------------------------------------------------------------- working

    def _working(self, sheet: Any) -> None:
        widths = (30.0, 70.0, 40.0, 18.0)
        self._open(sheet, say.WORKING_TITLE, widths, list(say.WORKING_COLUMNS.values()), 0)
        left, value = self._cell(align="left"), self._cell(align="center", num_format="General")
        for row, line in enumerate(self.model.desk.lines, _FIRST_ROW):
            for column, text in enumerate((line.about, line.label, line.name)):
                sheet.write_string(row, column, text, left)
            self._put(sheet, row, 3, line.formula, value)
            if line.name:
                self._name(line.name, self.say(say.SHEETS["working"]), row, 3)
            sheet.set_row(row, _height(zip((line.about, line.label, line.name), widths, strict=False)))

    # ------------------------------------------------------------------------------------------- guide

    def _guide(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 80)
        title = self.say(say.GUIDE_TITLE, title=self.rubric.title)
        sheet.merge_range(0, 0, 0, 1, title, self._format(font_name=_HEI, font_size=16, align="center"))
        sheet.set_row(0, 30)
        row = 2
        for line in self._guide_lines():
            sheet.merge_range(row, 0, row, 1, line, self._format(font_size=11, align="left"))
            sheet.set_row(row, _height([(line, 108.0)], 16.0))
            row += 1
        row = self._listed(sheet, row + 1, say.CARRIED_HEADING, list(self._not_carried()))
        self._renamed(sheet, row)
        self._paper(sheet)

    def _guide_lines(self) -> list[str]:
        lines = [self.say(each) for each in say.GUIDE]
        if self.assessment.facts.adjustments:
            lines.append(self.say(say.ADJUSTMENTS))
        nothing = self.say(say.NO_REFERENCE)
        return [
            *lines,
            "",
            self.say(say.RUBRIC, title=self.rubric.title),
            self.say(say.RULES_DIGEST, digest=self.rules_digest or nothing),
            self.say(say.FACTS_DIGEST, digest=self.card.facts.digest or nothing),
            self.say(say.ENGINE, version=self.version),
        ]

    def _not_carried(self) -> list[str]:
        found = []
        for each in self.model.indicators.values():
            found.append((name_text(each.score.indicator.name, self.language), each.points.carried))
        for group in self.rubric.groups():
            found.append((name_text(group.name, self.language), self.model.groups[group.key].carried))
        found.append((self.say(say.TOTAL), self.model.total.carried))
        return [
            self.say(say.CARRIED_LINE, name=name, why=self.say(say.NOT_CARRIED[code])) for name, code in found if code
        ]

    def _listed(self, sheet: Any, row: int, heading: Wording, lines: Sequence[str]) -> int:
        if not lines:
            return row
        sheet.merge_range(row, 0, row, 1, self.say(heading), self._format(font_name=_HEI, font_size=11, align="left"))
        for each in lines:
            row += 1
            sheet.merge_range(row, 0, row, 1, each, self._format(font_size=11, align="left"))
            sheet.set_row(row, _height([(each, 108.0)], 16.0))
        return row + 2

    def _renamed(self, sheet: Any, row: int) -> None:
        """The names that had to be changed."""
        named = [(each.label, each.name) for each in self.model.facts]
        named += [
            (name_text(each.score.indicator.name, self.language), each.rate_name)
            for each in self.model.indicators.values()
            if each.rate_name
        ]
        changed = [(one, other) for one, other in named if one != other]
        if not changed:
            return
        sheet.merge_range(
            row, 0, row, 1, self.say(say.NAMES_HEADING), self._format(font_name=_HEI, font_size=11, align="left")
        )
        head = self._cell(font_name=_HEI, align="center", bg_color="#E7EBF0")
        for column, heading in enumerate(say.NAME_COLUMNS.values()):
            sheet.write_string(row + 1, column, self.say(heading), head)
        for number, pair in enumerate(changed, row + 2):
            for column, text in enumerate(pair):
                sheet.write_string(number, column, text, self._cell(align="left"))

    # -------------------------------------------------------------------------------------------- seal

    def _seal(self, text: str) -> None:
        """A sheet that nobody sees, with the text of the seal; a long one goes on in the cells below."""
        sheet = self.book.add_worksheet(SEAL_SHEET)
        for row, start in enumerate(range(0, len(text), _LONGEST_CELL)):
            sheet.write_string(row, 0, text[start : start + _LONGEST_CELL])
        sheet.very_hidden()


def _kept(value: Value) -> Any:
    """A value as a spreadsheet keeps it; the nearest binary fraction stands for a number."""
    return float(value) if isinstance(value, Fraction) else value


def _is_plain(formula: Formula) -> bool:
    return isinstance(formula.value, Fraction) and not any(each.isalpha() or each == "!" for each in formula.text)


def _points_format(points: Fraction | None) -> str:
    return "General" if points is None or (terminates(points) and plain(points) == plain(points, 2)) else "0.00"


def _place(row: int, column: int) -> str:
    return f"${_letter(column)}${row + 1}"


def _here(row: int, column: int) -> str:
    return f"{_letter(column)}{row + 1}"


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _height(texts: Any, line: float = _LINE) -> float:
    """How high a row must be for its texts to be read."""
    lines = max(
        (sum(max(1, ceil(width(part) / (wide - 1))) for part in text.split("\n")) for text, wide in texts), default=1
    )
    return max(_LEAST, lines * line + 6)
