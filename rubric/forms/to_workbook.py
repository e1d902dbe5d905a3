"""Writes the workbook that a department fills in: what a rubric asks for, and what a facts file already says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from math import ceil
from typing import Any

from engine.diagnostic import note
from engine.facts import (
    Basis,
    Claims,
    Contradictory,
    Fact,
    Missing,
    NotApplicableFact,
    Present,
    Provenance,
)
from engine.number import plain
from engine.rules import Amount, FactDeclaration, Group, Indicator, Levels, Name, Rubric, Table, Truth
from engine.unit import ONE, PERCENT, Quantity, Unit
from rubric.forms.kept import Rate, kept, kept_points
from rubric.forms.words import (
    ADJUSTMENT_COLUMNS,
    CLAIM_COLUMNS,
    FACT_COLUMNS,
    PRESET,
    PROVENANCE,
    named,
    unit_text,
)
from rubric.messages import forms as say
from rubric.messages.labels import LABELS
from rubric.messages.wording import Language, Wording
from rubric.messages.words import unit_word
from rubric.readers.given import FactsFile, Location
from rubric.readers.model import BASES, MISSING, NOT_APPLICABLE
from rubric.readers.names import Names, loose
from rubric.sheets.grid import SHOWN_DIGITS, RefusedError
from rubric.sheets.printed import printed_width

_FONT, _BOLD = "宋体", "黑体"
_TITLE_ROW, _HINT_ROW, _HEADING_ROW = 1, 2, 3
_WIDTHS = dict(
    {"name": 24, "unit": 14, "meaning": 28, "value": 15, "state": 9, "basis": 8, "document": 12, "section": 15},
    quote=36,
    reason=24,
    fact=24,
    amount=14,
    ground=36,
    evidence=20,
    allowed_by=14,
    kind=9,
    full=9,
    points=11,
    rate=12,
)
# How many empty rows are laid out where the department adds its own.
_EMPTY_DOCUMENTS, _EMPTY_ROWS, _EMPTY_TABLE = 8, 10, 20
# A list of choices that is longer, or has a comma in it, is kept on a hidden sheet.
_LONGEST_LIST = 255
_SENTENCES = frozenset({"quote", "reason", "ground", "meaning", "evidence"})


def workbook(rubric: Rubric, language: Language, given: FactsFile | None = None) -> bytes:
    """The workbook for a rubric, with what a facts file says filled in."""
    try:
        from openpyxl import Workbook
    except ImportError as missing:
        raise RefusedError(note("extra-missing", what="Excel", extra="excel")) from missing
    book = Workbook()
    book.remove(book.active)
    _Form(book, rubric, language, given or FactsFile("", None, {})).write()
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


_LINE, _LEAST = 14.0, 20.0
_UNSAID = Provenance()


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a fact: its value with its unit, the same as it was written, and what is said of it."""

    value: object = None
    text: str = ""
    unit: str | None = None
    state: str = ""
    provenance: Provenance = _UNSAID


class _Form:
    """The whole workbook."""

    def __init__(self, book: Any, rubric: Rubric, language: Language, given: FactsFile) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.book = book
        self.rubric = rubric
        self.language = language
        self.given = given
        thin = Side(style="thin", color="A6A6A6")
        self.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self.asked = PatternFill("solid", fgColor="EDEDED")
        self.open = PatternFill("solid", fgColor="FFF8DC")
        self.head = PatternFill("solid", fgColor="D9E2EC")
        self.left = Alignment(horizontal="left", vertical="center", wrap_text=True)
        self.centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.along = Alignment(horizontal="left", vertical="center")
        self.top = Alignment(horizontal="left", vertical="top", wrap_text=True)
        self.font = Font(name=_FONT, size=10.5)
        self.bold = Font(name=_BOLD, size=10.5)
        self.title = Font(name=_BOLD, size=14)
        self.hint = Font(name=_FONT, size=10, color="7F6000")
        self.options: list[list[str]] = []
        self.lists: dict[tuple[str, tuple[str, ...]], Any] = {}

    # --------------------------------------------------------------------------------------- the sheets

    def write(self) -> None:
        """Every sheet."""
        self._guide()
        self._unit()
        self._facts()
        for table in self.rubric.tables:
            self._table(table)
        self._others()
        self._adjustments()
        self._claims()
        self._options()
        self.book.active = 1

    def say(self, wording: Wording) -> str:
        """A word of the form."""
        return wording.of(self.language)

    def _sheet(self, kind: str, title: str = "", first: str = "", hint: str = "") -> Any:
        title = title or self.say(say.SHEETS[kind])
        sheet = self.book.create_sheet(self._free(title))
        # A title runs on over the columns beside it.
        self._put(sheet, _TITLE_ROW, 1, first or title, self.title, None, bare=True).alignment = self.along
        sheet.row_dimensions[_TITLE_ROW].height = 24
        words = say.HINTS.get(hint or kind)
        if words is not None:
            cell = self._put(sheet, _HINT_ROW, 1, self.say(words), self.hint, None, bare=True)
            cell.alignment = self.along
        sheet.sheet_view.showGridLines = False
        return sheet

    def _free(self, title: str) -> str:
        """A name for a sheet that no other sheet has."""
        plain_title = "".join(each for each in title if each not in "[]:*?/\\'")[:28] or "1"
        taken = {sheet.title.casefold() for sheet in self.book.worksheets}
        named = plain_title
        number = 2
        while named.casefold() in taken:
            named, number = f"{plain_title} {number}", number + 1
        return named

    def _put(self, sheet: Any, row: int, column: int, value: object, font: Any, fill: Any, bare: bool = False) -> Any:
        """A cell; a text that begins like a formula is a text, and stays one when it is edited."""
        cell = sheet.cell(row, column)
        text = isinstance(value, str)
        cell.value = value if value != "" else None
        if text and value:
            cell.data_type = "s"
            if str(value)[0] in "=+-@'":
                cell.quotePrefix = True
        cell.font, cell.alignment = font, self.left
        if not bare:
            cell.border = self.border
        if fill is not None:
            cell.fill = fill
        return cell

    def _head(self, sheet: Any, row: int, texts: Sequence[str], start: int = 1) -> None:
        for column, text in enumerate(texts, start):
            self._put(sheet, row, column, text, self.bold, self.head).alignment = self.centre

    def _page(self, sheet: Any, widths: Sequence[int], heading: int, columns: int = 0) -> None:
        """Set a sheet for the screen and for A4 across."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        for row in range(_HEADING_ROW if heading else _HINT_ROW, sheet.max_row + 1):
            sheet.row_dimensions[row].height = max(_LEAST, *map(_height, sheet[row], widths))
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        if heading:
            sheet.print_title_rows = f"{heading}:{heading}"
            sheet.freeze_panes = sheet.cell(heading + 1, columns + 1)

    def _guide(self) -> None:
        sheet = self._sheet("guide")
        for row, line in enumerate((self.rubric.title, *map(self.say, say.GUIDE)), 2):
            text = self._put(sheet, row, 1, line, self.bold if row == 2 else self.font, None, bare=True)
            text.alignment = self.top
        self._page(sheet, (110,), 0)

    def _unit(self) -> None:
        sheet = self._sheet("unit")
        given = self.given
        rows = ((say.DEPARTMENT, given.department), (say.YEAR, "" if given.year is None else given.year))
        for row, (label, value) in enumerate(rows, 3):
            self._put(sheet, row, 1, self.say(label), self.bold, self.asked)
            self._put(sheet, row, 2, value, self.font, self.open)
        sheet.cell(3, 2).number_format = "@"
        documents = [*given.documents.items(), *[("", "")] * _EMPTY_DOCUMENTS]
        self._head(sheet, 6, (self.say(say.SHORT_NAME), self.say(say.FULL_NAME)))
        for row, pair in enumerate(documents, 7):
            for column, text in enumerate(pair, 1):
                self._put(sheet, row, column, text, self.font, self.open).number_format = "@"
        self._page(sheet, (24, 80), 0)

    # ----------------------------------------------------------------------------------------- facts

    def _facts(self) -> None:
        sheet = self._columns_of("facts", FACT_COLUMNS)
        declared = Names((form, each) for each in self.rubric.facts for form in each.name.forms)
        given = {self._key(declared, name): name for name in reversed(list(self.given.facts))}
        rows: list[tuple[str, FactDeclaration | None, str | None]] = []
        for each in self.rubric.facts:
            rows.append((self._named(each.name), each, given.pop(each.key, None)))
        rows += [(name, None, name) for name in self.given.facts if name in given.values()]
        row = _HEADING_ROW + 1
        for shown, declaration, name in rows:
            location: Location = ("facts", name or "")
            for line in self._lines(self.given.facts[name], location) if name is not None else [_Line()]:
                self._fact_row(sheet, row, name if declaration is None and name else shown, declaration, line)
                row += 1
        self._fact_page(sheet)

    def _key(self, declared: Names[FactDeclaration], name: str) -> str:
        found = declared.get(name)
        return name if found is None else found.key

    def _others(self) -> None:
        sheet = self._columns_of("others", FACT_COLUMNS)
        row = _HEADING_ROW + 1
        for name, fact in self.given.others.items():
            for line in self._lines(fact, ("others", name)):
                self._fact_row(sheet, row, name, None, line)
                row += 1
        for number in range(row, row + _EMPTY_ROWS):
            self._fact_row(sheet, number, "", None, _Line())
        for number in range(_HEADING_ROW + 1, row + _EMPTY_ROWS):
            for column in (1, 2, 3):
                sheet.cell(number, column).fill = self.open
        self._fact_page(sheet)

    def _fact_page(self, sheet: Any) -> None:
        self._page(sheet, [_WIDTHS[each] for each in FACT_COLUMNS], _HEADING_ROW, 1)

    def _columns_of(self, kind: str, columns: Sequence[str]) -> Any:
        sheet = self._sheet(kind)
        self._head(sheet, _HEADING_ROW, [self.say(say.COLUMNS[each]) for each in columns])
        return sheet

    def _named(self, name: Name) -> str:
        return named(name, self.language)

    def _fact_row(self, sheet: Any, row: int, name: str, declaration: FactDeclaration | None, line: _Line) -> None:
        asked = self._unit_text(declaration) if declaration else ""
        # What is no amount is said in words, even if it begins with a number.
        worded = declaration is not None and not isinstance(declaration.kind, Amount) and line.value is not None
        texts = {
            "name": name,
            "unit": asked if line.unit is None or worded else line.unit,
            "meaning": self._meaning(declaration) if declaration else "",
            **self._said(line),
        }
        for column, of in enumerate(FACT_COLUMNS, 1):
            if of == "value":
                self._value(sheet, row, column, line.text if worded else line.value, declaration)
                continue
            cell = self._put(sheet, row, column, texts[of], self.font, self.asked if of in PRESET else self.open)
            cell.number_format = "@"
            if of not in _SENTENCES and of not in PRESET:
                cell.alignment = self.centre
            self._choice(sheet, row, column, of)

    def _said(self, line: _Line) -> dict[str, str]:
        """What is said of a value, by column."""
        of = line.provenance
        at = 0 if self.language == "zh" else 1
        return {
            "state": line.state,
            "basis": "" if of.basis is Basis.UNSTATED else BASES[of.basis][at],
            "document": of.document,
            "section": of.section,
            "quote": of.quote,
            "reason": of.reason,
        }

    def _choice(self, sheet: Any, row: int, column: int, of: str) -> None:
        at = 0 if self.language == "zh" else 1
        if of == "state":
            states = ("缺失", "不适用") if self.language == "zh" else (MISSING, NOT_APPLICABLE)
            self._list(sheet, row, column, states)
        elif of == "basis":
            self._list(sheet, row, column, [forms[at] for forms in BASES.values()])

    def _lines(self, fact: Fact, location: Location) -> list[_Line]:
        """A row for each reading of a fact."""
        match fact:
            case Present():
                return [self._line(fact, (*location, "value"))]
            case Contradictory(readings):
                return [
                    self._line(each, (*location, "readings", number, "value")) for number, each in enumerate(readings)
                ]
            case NotApplicableFact(provenance):
                return [_Line(state=self.say(LABELS["not-applicable"]), provenance=provenance)]
            case Missing(provenance):
                return [_Line(state=self.say(LABELS["missing"]), provenance=provenance)]

    def _line(self, present: Present, location: Location) -> _Line:
        value, written = present.value, self.given.written.get(location)
        text = written.text.strip() if written else _words(value)
        if isinstance(value, Quantity):
            number = kept(value)
            if number is not None:
                unit = self.say(say.NUMBER) if value.unit == ONE else unit_word(value.unit.code, self.language)
                shown: object = Rate(number) if value.unit == PERCENT else number
                return _Line(shown, text, unit, provenance=present.provenance)
        return _Line(text, text, provenance=present.provenance)

    def _value(self, sheet: Any, row: int, column: int, value: object, declaration: FactDeclaration | None) -> None:
        """The cell of a value, with the choices or limits that its declaration sets."""
        rate = value if isinstance(value, Rate) else None
        shown = rate.share if rate else "" if value is None else value
        cell = self._put(sheet, row, column, shown, self.font, self.open)
        cell.alignment = self.centre
        kind = declaration.kind if declaration else None
        asked = kind.unit if isinstance(kind, Amount) else None
        if rate or (value is None and asked == PERCENT):
            places = len(plain(Fraction(repr(rate.percent)), SHOWN_DIGITS).partition(".")[2]) if rate else 2
            cell.number_format = f"0.{'0' * places}%" if places else "0%"
        elif isinstance(value, str):
            cell.number_format = "@"
        if declaration is not None:
            self._limit(sheet, row, column, declaration)

    def _limit(self, sheet: Any, row: int, column: int, declaration: FactDeclaration) -> None:
        match declaration.kind:
            case Levels(levels):
                self._list(sheet, row, column, [self._named(level) for level in levels])
            case Truth():
                self._list(sheet, row, column, [self.say(LABELS["yes"]), self.say(LABELS["no"])])
            case Amount():
                words = say.ANY_NUMBER if declaration.signed else say.MORE_THAN if declaration.positive else say.NO_LESS
                least = "-1E+15" if declaration.signed else "0"
                operator = "greaterThan" if declaration.positive else "greaterThanOrEqual"
                self._validate(sheet, row, column, ("decimal", operator, least), self.say(words))

    def _list(self, sheet: Any, row: int, column: int, choices: Iterable[str]) -> None:
        wanted = list(choices)
        inline = ",".join(wanted)
        if len(inline) <= _LONGEST_LIST - 2 and not any("," in each or '"' in each for each in wanted):
            source = f'"{inline}"'
        else:
            if wanted not in self.options:
                self.options.append(wanted)
            source = f"'{self.say(say.SHEETS['options'])}'!{_column(self.options.index(wanted) + 1, len(wanted))}"
        self._validate(sheet, row, column, ("list", "", source), self.say(say.CHOOSE))

    def _validate(self, sheet: Any, row: int, column: int, rule: tuple[str, str, str], words: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        known = self.lists.get((sheet.title, rule))
        if known is None:
            kind, operator, formula = rule
            known = DataValidation(type=kind, formula1=formula, allow_blank=True)
            if operator:
                known.operator = operator
            known.error, known.showErrorMessage = words, True
            self.lists[sheet.title, rule] = known
            sheet.add_data_validation(known)
        known.add(sheet.cell(row, column).coordinate)

    def _unit_text(self, declaration: FactDeclaration) -> str:
        return unit_text(declaration.kind, self.language)

    def _meaning(self, declaration: FactDeclaration) -> str:
        remarks = (
            declaration.meaning,
            self.say(say.CHOSEN) if declaration.chosen else "",
            self.say(say.SIGNED) if declaration.signed else "",
            self.say(say.POSITIVE) if declaration.positive else "",
        )
        return ("；" if self.language == "zh" else "; ").join(filter(None, remarks))

    # ----------------------------------------------------------------------------------------- tables

    def _table(self, table: Table) -> None:
        name = self._named(table.name)
        sheet = self._sheet("table", name, self.say(say.TABLE_SHEET) + name, "table")
        forms = Names((form, name) for name in self.given.tables for form in (name,))
        given = next((found for form in table.name.forms if (found := forms.get(form))), "")
        rows = self.given.tables.get(given, ())
        columns = self._table_columns(table, rows)
        heads = [say.ROW_OF_COLUMNS, say.ROW_OF_UNITS]
        self._head(sheet, _HEADING_ROW, [self.say(heads[0]), *(heading for heading, *_ in columns)])
        units = (self._unit_text(each) if each and of == "value" else "" for _, each, of, _ in columns)
        for column, text in enumerate((self.say(heads[1]), *units), 1):
            self._put(sheet, _HEADING_ROW + 1, column, text, self.font, self.asked).alignment = self.centre
        at = _HEADING_ROW + 2
        for number, cells in enumerate(rows):
            at = self._table_row(sheet, at, str(number + 1), columns, self._cells(given, number, cells))
        for number in range(len(rows), max(_EMPTY_TABLE, len(rows) + 5)):
            at = self._table_row(sheet, at, str(number + 1), columns, {})
        widths = [10, *(24 if of in ("quote", "reason") or _free_text(each) else 13 for _, each, of, _ in columns)]
        self._page(sheet, widths, _HEADING_ROW + 1, 1)
        sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW + 1}"

    def _cells(self, table: str, number: int, cells: Mapping[str, Fact]) -> dict[str, list[_Line]]:
        return {loose(name): self._lines(fact, ("tables", table, number, name)) for name, fact in cells.items()}

    def _table_columns(
        self, table: Table, rows: Sequence[Mapping[str, Fact]]
    ) -> list[tuple[str, FactDeclaration | None, str, frozenset[str]]]:
        """Heading, declaration, property, and the names under which a facts file gives each column."""
        used: dict[str, set[str]] = {}
        for row in rows:
            for name, fact in row.items():
                for line in self._lines(fact, ()):
                    said = {of for of, text in self._said(line).items() if text}
                    used.setdefault(loose(name), set()).update(said)
        found: list[tuple[str, FactDeclaration | None, str, frozenset[str]]] = []
        colon = "：" if self.language == "zh" else ": "
        strange = dict.fromkeys(name for row in rows for name in row)
        declared = [(self._named(each.name), each, frozenset(map(loose, each.name.forms))) for each in table.columns]
        known = {form for _, _, forms in declared for form in forms}
        others = [(name, None, frozenset({loose(name)})) for name in strange if loose(name) not in known]
        for name, declaration, forms in (*declared, *others):
            found.append((name, declaration, "value", forms))
            extra = set().union(*(used.get(form, set()) for form in forms))
            if declaration is not None and declaration.chosen:
                extra |= {"basis", "reason"}
            found += [
                (f"{name}{colon}{self.say(say.COLUMNS[of])}", declaration, of, forms)
                for of in PROVENANCE
                if of in extra
            ]
        return found

    def _table_row(
        self,
        sheet: Any,
        at: int,
        label: str,
        columns: Sequence[tuple[str, FactDeclaration | None, str, frozenset[str]]],
        cells: Mapping[str, Sequence[_Line]],
    ) -> int:
        """One row of a table, and a further one for each further reading of a cell; the row after them."""
        height = max((len(lines) for lines in cells.values()), default=1)
        for number in range(height):
            row = at + number
            first = label if number == 0 else self.say(say.CONTINUED)
            self._put(sheet, row, 1, first, self.font, self.asked).alignment = self.centre
            for column, (_, declaration, of, forms) in enumerate(columns, 2):
                lines = next((cells[form] for form in forms if form in cells), ())
                line = lines[number] if number < len(lines) else _Line()
                if of == "value":
                    self._value(sheet, row, column, self._in_column(line, declaration), declaration)
                else:
                    cell = self._put(sheet, row, column, self._said(line)[of], self.font, self.open)
                    cell.number_format = "@"
                    self._choice(sheet, row, column, of)
        return at + height

    def _in_column(self, line: _Line, declaration: FactDeclaration | None) -> object:
        """A value in the unit of its column; one that cannot be said in it keeps its own."""
        if line.value is None or line.unit is None:
            return line.value
        if declaration is None or not isinstance(declaration.kind, Amount):
            return line.text
        of = declaration.kind.unit
        if isinstance(line.value, Rate):
            return line.value
        asked = self.say(say.NUMBER) if of == ONE else unit_word(of.code, self.language)
        if line.unit == asked:
            return line.value
        return self._converted(line, of)

    def _converted(self, line: _Line, of: Unit) -> object:
        from rubric.readers.values import unit

        own = unit(line.unit or "")
        if own is None or own.dimension != of.dimension:
            return _with(line)
        exact = Fraction(str(line.value)) * own.size / of.size
        number = kept(Quantity(exact, of))
        return _with(line) if number is None else number

    # ------------------------------------------------------------------------- adjustments and claims

    def _adjustments(self) -> None:
        sheet = self._columns_of("adjustments", ADJUSTMENT_COLUMNS)
        row = _HEADING_ROW + 1
        for each in self.given.adjustments:
            number = kept(each.amount)
            unit = "" if each.amount.unit == ONE else unit_word(each.amount.unit.code, self.language)
            percent = number is not None and each.amount.unit == PERCENT
            amount: object = f"{plain(each.amount.number, 30)}" if number is None else number
            texts = {
                "fact": each.fact,
                "amount": Rate(number) if percent and number is not None else amount,
                "unit": unit,
                "ground": each.ground,
                "evidence": each.evidence,
                "allowed_by": each.allowed_by,
            }
            self._adjustment(sheet, row, texts)
            row += 1
        for number_ in range(row, row + _EMPTY_ROWS):
            self._adjustment(sheet, number_, {})
        self._page(sheet, [_WIDTHS[each] for each in ADJUSTMENT_COLUMNS], _HEADING_ROW)

    def _adjustment(self, sheet: Any, row: int, texts: Mapping[str, object]) -> None:
        amounts = [self._named(each.name) for each in self.rubric.facts if isinstance(each.kind, Amount)]
        for column, of in enumerate(ADJUSTMENT_COLUMNS, 1):
            if of == "amount":
                self._value(sheet, row, column, texts.get(of), None)
                continue
            cell = self._put(sheet, row, column, texts.get(of, ""), self.font, self.open)
            cell.number_format = "@"
            if of == "fact" and amounts:
                self._list(sheet, row, column, amounts)

    def _claims(self) -> None:
        sheet = self._columns_of("claims", CLAIM_COLUMNS)
        claims = self.given.claims or Claims()
        rows = list(self._claim_rows(claims))
        for row, (kind, name, full, points, said) in enumerate(rows, _HEADING_ROW + 1):
            preset: dict[str, object] = {"kind": self.say(say.CLAIM_KINDS[kind]), "name": name, "full": full}
            for column, of in enumerate(CLAIM_COLUMNS, 1):
                value = preset.get(of, points if of == "points" else said.get(of, ""))
                font = self.font if kind == "indicators" else self.bold
                asked = of in PRESET or (kind != "indicators" and of != "points")
                cell = self._put(sheet, row, column, value, font, self.asked if asked else self.open)
                if of not in ("name", "quote"):
                    cell.alignment = self.centre
                if of in ("rate", "section", "quote"):
                    cell.number_format = "@"
            if kind == "grade":
                self._list(sheet, row, 4, [self._named(each.name) for each in self.rubric.grades])
        self._page(sheet, [_WIDTHS[each] + (8 if each in ("name", "quote") else 0) for each in CLAIM_COLUMNS], 3, 2)

    def _claim_rows(self, claims: Claims) -> Iterable[tuple[str, str, object, object, dict[str, str]]]:
        """Every line of the claims: levels and indicators in their order, then what else is claimed, then the whole."""
        indicators = {loose(each.indicator): each for each in claims.indicators}
        subtotals = {loose(name): (name, points) for name, points, _ in claims.subtotals}
        for member in self._members(self.rubric.members):
            full = kept_points(member.full)
            forms = [loose(form) for form in member.name.forms]
            if isinstance(member, Group) or member.rows is not None:
                found = next((subtotals.pop(form) for form in forms if form in subtotals), None)
                yield "subtotals", self._named(member.name), full, "" if found is None else kept_points(found[1]), {}
            else:
                claim = next((indicators.pop(form) for form in forms if form in indicators), None)
                yield "indicators", self._named(member.name), full, *self._claimed(claim)
        for claim in indicators.values():
            yield "indicators", claim.indicator, "", *self._claimed(claim)
        for name, points in subtotals.values():
            yield "subtotals", name, "", kept_points(points), {}
        total = "" if claims.total is None else kept_points(claims.total)
        yield "total", "", kept_points(self.rubric.full), total, {}
        yield "grade", "", "", claims.grade or "", {}

    def _members(self, members: Iterable[Group | Indicator]) -> Iterable[Group | Indicator]:
        for member in members:
            yield member
            if isinstance(member, Group):
                yield from self._members(member.members)

    def _claimed(self, claim: Any) -> tuple[object, dict[str, str]]:
        if claim is None:
            return "", {}
        points = self.say(say.UNCLAIMED) if claim.points is None else kept_points(claim.points)
        rate = claim.rate.text if claim.rate else ""
        return points, {"rate": rate, "section": claim.section, "quote": claim.quote}

    def _options(self) -> None:
        """The lists that are too long to stand beside their cells."""
        if not self.options:
            return
        title = self.say(say.SHEETS["options"])
        sheet = self.book.create_sheet(title)
        sheet.cell(1, 1).value = title
        for column, choices in enumerate(self.options, 1):
            for row, choice in enumerate(choices, 2):
                self._put(sheet, row, column, choice, self.font, None, bare=True)
        sheet.sheet_state = "hidden"


def _with(line: _Line) -> str:
    return f"{line.value} {line.unit}" if line.unit else str(line.value)


def _words(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{plain(value.number, 30)}{'' if value.unit == ONE else unit_word(value.unit.code, 'zh')}"
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _height(cell: Any, width: int) -> float:
    """How high a cell must be for its text: not every program works that out by itself."""
    if cell.value is None or not cell.alignment.wrap_text:
        return 0
    fits = max(1.0, width * 0.86 - 1)
    lines = str(cell.value).split("\n")
    return sum(max(1, ceil(printed_width(each) / fits)) for each in lines) * _LINE + 6


def _free_text(declaration: FactDeclaration | None) -> bool:
    return declaration is None or not isinstance(declaration.kind, (Amount, Truth, Levels))


def _column(number: int, rows: int) -> str:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(number)
    return f"${letter}$2:${letter}${rows + 1}"
