"""Reads the rows of a scoring table: which cell names a level or an indicator, and which text is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.diagnostic import note
from engine.rules import Role
from rubric.language.phrases import exact
from rubric.language.text import normalise
from rubric.messages.headings import BELOW, BONUS, NOTES, PENALTY, SUBTOTAL, TOTAL
from rubric.sheets.grid import Cell, Grid, Place
from rubric.sheets.header import Column, Header, find_header
from rubric.sheets.layout import SAID, Entry, Layout, Left, Marks, Node, Said
from rubric.sheets.marks import settle_marks
from rubric.sheets.questions import Question, fill, look, settle
from rubric.sheets.wording import (
    begins_with,
    first_of,
    is_numbered,
    joined,
    name_and_points,
    plain,
    points_of,
    section_of,
)

_CRITERIA = ("CRITERION", "MIXED")
# A line that is read as the heading of a section is short.
_LONGEST_SECTION = 30
# How many levels a rule file has above its indicators.
_LEVELS = 2
# What may stand behind 合计 in the cell of a row that adds up.
_ONLY_POINTS = re.compile(r"[()0-9.%分值得:]*")
# How a note goes on behind its first word.
_NOTE_GOES_ON = re.compile(r"(?:[:1一(、.]|.{15}|$)")


@dataclass(slots=True)
class _Open:
    """The name that stands at a level where the rows have come to."""

    cell: Cell
    text: str
    node: Node | Entry | None


def layouts(grids: Sequence[Grid]) -> list[Layout]:
    """The scoring tables of a file; a table that goes on over several pages or sheets is one."""
    found: list[_Body] = []
    for index, grid in enumerate(grids):
        header = find_header(grid)
        before = found[-1] if found and grids[index - 1] is found[-1].layout.grids[-1] else None
        if before is not None and before.goes_on(grid, header):
            before.feed(grid, header)
        elif header is not None:
            found.append(_Body())
            found[-1].feed(grid, header)
    return [body.finished() for body in found]


class _Body:
    """Reads the rows of one scoring table."""

    def __init__(self) -> None:
        self.layout = Layout([], [], Node("", 0, Place("csv", "", 0, 0, 0)))
        self.root = self.layout.root
        self.header = Header(0, 0, (), ())
        self.grid = Grid("csv", "", 0, ())
        self.open: list[_Open | None] = []
        self.last: Entry | None = None
        # Which indicators a cell says something of, by its place.
        self.users: dict[tuple[str, Place], list[Entry]] = {}
        self.cells: dict[tuple[str, Place], Said] = {}
        self.used: set[Cell] = set()
        self.added_up = False
        self.sections = 0

    def goes_on(self, grid: Grid, header: Header | None) -> bool:
        """Whether a table that follows is more of this one: the same headings again, or none and the same columns."""
        if self.added_up or grid.format != "word" or any("表" in line for line in grid.above):
            return False
        if header is None:
            return grid.width == self.grid.width and not grid.above
        return header.headings == self.header.headings

    # ---------------------------------------------------------------------------------------- the rows

    def feed(self, grid: Grid, header: Header | None) -> None:
        """Read a table, or more of it; without headings the columns are those of the page before."""
        first = not self.layout.grids
        self.layout.grids.append(grid)
        hidden = [cell for cell in grid.texts() if cell.hidden]
        self.grid, self.used = replace(grid, cells=tuple(c for c in grid.cells if not c.hidden)), set(hidden)
        self.layout.left += [Left(cell.text, grid.place(cell), "hidden") for cell in hidden]
        if hidden:
            self._ask(look(note("look-hidden", count=len(hidden)), *map(grid.place, hidden)))
        if header is None:
            self._ask(look(note("look-goes-on", table=grid.number)))
            start = 0
        else:
            self.header = header
            self.layout.headers.append(header)
            self.used.update(header.cells)
            start = header.bottom + 1
            self._above(header.top)
        if first:
            self.open = [None] * max(1, len(self.header.names))
        for row in range(start, self.grid.height):
            self._row(row)
        self._below()
        for cell in self.grid.texts():
            if cell not in self.used:
                self.layout.left.append(Left(cell.text, self.grid.place(cell), "unplaced"))

    def _ask(self, question: Question) -> None:
        self.layout.questions.append(question)

    def _above(self, top: int) -> None:
        """The lines above the headings: title, unit, who fills it in."""
        for text in self.grid.above:
            self.layout.above.append(Said("", text, Place(self.grid.format, self.grid.name, self.grid.number, 0, 0)))
        for row in range(top):
            for cell in self.grid.row(row):
                if cell.text and cell not in self.used:
                    self.used.add(cell)
                    self.layout.above.append(Said("", cell.text, self.grid.place(cell)))

    def _below(self) -> None:
        """The lines right below a Word table that are its notes: the first says so, numbered ones go on with it."""
        place = Place(self.grid.format, self.grid.name, self.grid.number, 0, 0)
        for text in self.grid.below:
            starts = first_of(BELOW, text) is not None or _is_note(text)
            goes_on = bool(self.layout.notes) and (is_numbered(text) or "=" in normalise(text))
            if not (starts or goes_on):
                break
            self.layout.notes.append(Said("", text, place))

    def _row(self, row: int) -> None:
        cells = [cell for cell in self.grid.row(row) if cell.text]
        own = [cell for cell in cells if cell.row == row and cell not in self.used]
        if not own:
            return
        if self._is_heading_again(own):
            self.used.update(own)
        elif self._sum(own) or self._line(own):
            pass
        elif self.added_up and not self._says(own):
            self._note(own)
        else:
            self._entry(row, own)

    def _is_heading_again(self, own: list[Cell]) -> bool:
        """Whether a row repeats the headings, as a new page does."""
        headings = {plain(cell.text) for cell in self.header.cells}
        return len(own) > 1 and all(plain(cell.text) in headings for cell in own)

    def _says(self, own: list[Cell]) -> bool:
        """Whether a row holds points or a criterion."""
        columns = [self._column_of(cell) for cell in own]
        return any(column is not None and column.role in ("MARKS", *_CRITERIA) for column in columns)

    def _column_of(self, cell: Cell) -> Column | None:
        """The column that a cell belongs to: the one that it covers most of, the left one of equals."""
        best, most = None, 0
        for column in self.header.columns:
            covered = min(cell.right, column.last) - max(cell.column, column.first)
            if covered > most:
                best, most = column, covered
        return best

    # -------------------------------------------------------------------------------- sums, notes, sections

    def _sum(self, own: list[Cell]) -> bool:
        """A row that adds up everything, or a part."""
        words = plain(own[0].text)
        total, partial = begins_with(own[0].text, TOTAL), begins_with(own[0].text, SUBTOTAL)
        rest = partial if total is None else total
        if rest is None or not _ONLY_POINTS.fullmatch(rest):
            return False
        kind = "subtotal" if total is None else "total"
        found = [(cell, points_of(cell.text)) for cell in own[1:] if self._is_marks(cell)]
        if not found and re.search(r"[0-9]", words):
            found = [(own[0], points_of(re.sub(r"[^0-9.%]", "", words)))]
        self.used.update(own)
        for cell in own:
            counted = any(each is cell and points is not None for each, points in found)
            if not counted and not (cell is own[0] and not rest):
                self.layout.left.append(Left(cell.text, self.grid.place(cell), kind))
        for cell, points in found:
            if points is None:
                continue
            marks = Marks(points, self.grid.place(cell))
            if kind == "total":
                self.layout.totals.append(marks)
            else:
                self._subtotal(marks)
        self.added_up |= kind == "total"
        return True

    def _is_marks(self, cell: Cell) -> bool:
        column = self._column_of(cell)
        return column is not None and column.role == "MARKS"

    def _subtotal(self, marks: Marks) -> None:
        """Points that are said to be the sum of the level that is open."""
        levels = [each.node for each in self.open if each is not None and isinstance(each.node, Node)]
        if levels:
            levels[0].marks.append(marks)
        else:
            self.layout.left.append(Left(exact(marks.points.number), marks.place, "subtotal"))

    def _line(self, own: list[Cell]) -> bool:
        """A line across the table: a note, or the heading of a section."""
        cell = own[0]
        wide = cell.columns > 1 and 2 * cell.columns >= self.grid.width
        if len(own) > 1 or not (wide or self._stands_alone(cell)):
            return False
        if _is_note(cell.text) or (self.added_up and len(plain(cell.text)) > _LONGEST_SECTION):
            self._note(own)
            return True
        level = section_of(cell.text)
        names = len(self.header.names)
        if (wide or level) and len(plain(cell.text)) <= _LONGEST_SECTION and not self.added_up:
            return self._section(cell, level or 1, names)
        if wide:
            self._note(own)
            return True
        return False

    def _stands_alone(self, cell: Cell) -> bool:
        """Whether the only text of a row stands in the first columns, where a note of a CSV file stands too."""
        first = self.header.names[0].first if self.header.names else 0
        numbered = section_of(cell.text) > 0 and len(self.header.names) == 1
        return cell.column <= first and (_is_note(cell.text) or numbered)

    def _note(self, own: list[Cell]) -> None:
        self.used.update(own)
        self.layout.notes += [Said("", cell.text, self.grid.place(cell)) for cell in own]

    def _section(self, cell: Cell, level: int, names: int) -> bool:
        """A heading across the table opens a level above the columns of names, where there is room for one."""
        if names > 2:
            self._note([cell])
            self._ask(look(note("look-section", text=joined(cell.text)), self.grid.place(cell)))
            return True
        level = min(level, 3 - names)
        self.used.add(cell)
        node = self._node(cell, level)
        self.sections = max(self.sections, level)
        parents = [self.root, *[each for each in self._section_nodes() if each.level < level]]
        parents[-1].members.append(node)
        self.open = [None] * len(self.open)
        self.last = None
        return True

    def _section_nodes(self) -> list[Node]:
        """The sections that are open, from the widest."""
        found: list[Node] = []
        members = self.root.members
        while members and isinstance(members[-1], Node) and members[-1].level <= self.sections:
            found.append(members[-1])
            members = members[-1].members
        return found

    # ------------------------------------------------------------------------------------------ entries

    def _entry(self, row: int, own: list[Cell]) -> None:
        """A row of the body: it opens levels and indicators, or says more of the one before."""
        lowest = len(self.open) - 1
        names, crossing = self._names(row)
        lowest_cell, opened = names[lowest], self.open[lowest]
        if opened is not None and opened.cell is lowest_cell and isinstance(opened.node, Entry):
            if self._widest_change(names) < lowest:
                self._ask(look(note("look-across-rows", name=opened.node.name), opened.node.place))
            self._say(row, opened.node)
            return
        changed = self._widest_change(names)
        if lowest in crossing and changed == lowest:
            # A name that reaches from a wider level down to the indicators ends what was open at that level.
            changed = min(crossing)
        if changed > lowest:
            self._say(row, self.last or self._nameless(own[0]))
            return
        # A name that is printed once more where its level goes on says nothing new.
        self.used.update(cell for cell in names[:changed] if cell is not None)
        for level in range(changed, lowest + 1):
            self.open[level] = None
        for level in range(changed, lowest):
            cell = names[level]
            if cell is not None:
                self._open_level(level, cell, row, level in crossing)
        self._open_entry(row, own, names[lowest])

    def _names(self, row: int) -> tuple[list[Cell | None], set[int]]:
        """The name of each level in a row, and the levels whose name reaches over more than one of them."""
        names: list[Cell | None] = []
        crossing: set[int] = set()
        for column in self.header.names:
            cell = self.grid.at(row, column.first)
            if cell is not None and not cell.text:
                cell = None
            if cell is not None and names and cell in names:
                crossing.update((names.index(cell), len(names)))
                cell = None
            names.append(cell)
        lowest = len(names) - 1
        if lowest in crossing and names[lowest] is None:
            # A name that reaches as far as the indicators is the name of one.
            first = max(level for level in range(lowest) if names[level] is not None)
            names[lowest], names[first] = names[first], None
        return names or [None], crossing

    def _widest_change(self, names: Sequence[Cell | None]) -> int:
        """The widest level at which a new name stands; behind the last one where none does."""
        for level, cell in enumerate(names):
            if cell is not None and not self._same(level, cell):
                return level
        return len(names)

    def _same(self, level: int, cell: Cell) -> bool:
        """Whether the name that is open at a level goes on: the same cell, or the same words once more."""
        opened = self.open[level]
        return opened is not None and (opened.cell is cell or opened.text == plain(cell.text))

    def _open_level(self, level: int, cell: Cell, row: int, crossing: bool) -> None:
        if level + self.sections >= _LEVELS:
            # A rule file has no level below the second but the indicators: the name goes with each of them.
            self.open[level] = _Open(cell, plain(cell.text), None)
            self.used.add(cell)
            return
        node = self._node(cell, level + 1 + self.sections)
        if crossing:
            node.questions.append(look(note("look-across-levels", name=node.name), node.place))
        self._parent(level).members.append(node)
        self.open[level] = _Open(cell, plain(cell.text), node)
        self.used.add(cell)
        self._level_marks(row)

    def _node(self, cell: Cell, level: int) -> Node:
        name, points = name_and_points(cell.text)
        place = self.grid.place(cell)
        node = Node(name, level, place)
        if points is not None:
            node.marks.append(Marks(points, place))
        if level == 1:
            node.role, node.name = _role(name), _without_role(name)
        return node

    def _level_marks(self, row: int) -> None:
        """Full marks that stand in a column of their own for a level."""
        for column in self.header.of("MARKS"):
            opened = self.open[column.level - 1] if 0 < column.level <= len(self.open) else None
            if opened is None or column.level == len(self.open) or not isinstance(opened.node, Node):
                continue
            for cell in self._in(row, column):
                points = points_of(cell.text)
                if cell not in self.used and points is not None:
                    self.used.add(cell)
                    opened.node.marks.append(Marks(points, self.grid.place(cell)))

    def _parent(self, level: int) -> Node:
        """The level that something at a level belongs to."""
        for opened in reversed(self.open[:level]):
            if opened is not None and isinstance(opened.node, Node):
                return opened.node
        sections = self._section_nodes()
        return sections[-1] if sections else self.root

    def _open_entry(self, row: int, own: list[Cell], cell: Cell | None) -> None:
        """An indicator begins; without a name at its own level it bears that of the level above it."""
        lowest = len(self.open) - 1
        if cell is None:
            cell = self._promoted(own)
            if cell is None:
                self._level_marks(row)
                self._leftovers(row)
                return
        name, points = name_and_points(cell.text)
        place = self.grid.place(cell)
        entry = Entry(name, place)
        if self._parent(lowest) is self.root:
            entry.role, entry.name = _role(name), _without_role(name)
        if points is not None:
            entry.marks.append(Marks(points, place))
        extra = [each for each in self.open[:lowest] if each is not None and each.node is None]
        entry.beyond = [joined(each.cell.text) for each in extra]
        self._beside_levels(self._parent(lowest), entry).members.append(entry)
        self.open[lowest] = _Open(cell, plain(cell.text), entry)
        self.used.add(cell)
        self.last = entry
        self._level_marks(row)
        self._say(row, entry)

    def _promoted(self, own: list[Cell]) -> Cell | None:
        """The name of a level that has no indicator of another name but says how it is scored: it is one itself."""
        opened = [(level, each) for level, each in enumerate(self.open) if each is not None]
        if not self._says(own) or not any(self._column_role(cell) in _CRITERIA for cell in own) or not opened:
            return None
        level, last = opened[-1]
        if not isinstance(last.node, Node) or last.node.members:
            return None
        self._parent(level).members.remove(last.node)
        self.open[level] = None
        return last.cell

    def _column_role(self, cell: Cell) -> str:
        column = self._column_of(cell)
        return "" if column is None else column.role

    def _beside_levels(self, parent: Node, entry: Entry) -> Node:
        """An indicator beside levels would belong to the last of them in a rule file: it gets a level of its own."""
        beside = any(isinstance(each, Node) for each in parent.members)
        if not beside or parent.level >= _LEVELS or entry.role is not Role.ORDINARY:
            return parent
        node = Node(entry.name, parent.level + 1, entry.place)
        node.questions.append(look(note("look-own-level", name=entry.name), entry.place))
        parent.members.append(node)
        return node

    def _nameless(self, cell: Cell) -> Entry:
        """What is said of an indicator before any name has come."""
        entry = Entry("", self.grid.place(cell))
        entry.questions.append(fill(note("fill-name"), entry.place))
        self._parent(len(self.open) - 1).members.append(entry)
        self.last = entry
        return entry

    def _leftovers(self, row: int) -> None:
        """What stands beside the heading of a level and is neither its name nor its points."""
        lowest = len(self.open)
        for cell in self.grid.row(row):
            if cell.text and cell not in self.used:
                opened = next((each for each in reversed(self.open) if each is not None), None)
                points = points_of(cell.text) if self._is_marks(cell) else None
                self.used.add(cell)
                if points is not None and opened is not None and isinstance(opened.node, Node) and lowest:
                    opened.node.marks.append(Marks(points, self.grid.place(cell)))
                else:
                    self.layout.left.append(Left(cell.text, self.grid.place(cell), "beside-level"))

    def _in(self, row: int, column: Column) -> list[Cell]:
        """The cells of a row that belong to a column."""
        return [cell for cell in self.grid.row(row) if cell.text and self._column_of(cell) is column]

    def _say(self, row: int, entry: Entry) -> None:
        """Take over what a row says of an indicator."""
        for column in self.header.columns:
            for cell in self._in(row, column):
                if column.role == "MARKS" and column.level in (0, len(self.open)):
                    self._marks(cell, entry)
                elif column.role in SAID or (column.role == "NUMBER" and not _is_number(cell.text)):
                    self._text(column, cell, entry)
                elif column.role in ("SCORE", "NUMBER") and cell not in self.used:
                    self.used.add(cell)
                    why = "score" if column.role == "SCORE" else "number"
                    self.layout.left.append(Left(cell.text, self.grid.place(cell), why))

    def _marks(self, cell: Cell, entry: Entry) -> None:
        place = self.grid.place(cell)
        users = self.users.setdefault(("MARKS", place), [])
        if entry in users:
            return
        users.append(entry)
        self.used.add(cell)
        points = points_of(cell.text)
        if points is None:
            entry.questions.append(
                fill(note("fill-marks-unread", text=joined(cell.text)), place, asked_as="unknown-word")
            )
        else:
            entry.marks.append(Marks(points, place))

    def _text(self, column: Column, cell: Cell, entry: Entry) -> None:
        role = column.role if column.role in SAID else "OTHER"
        said = Said(column.heading, cell.text, self.grid.place(cell))
        users = self.users.setdefault((role, said.place), [])
        if entry in users:
            return
        users.append(entry)
        self.cells[role, said.place] = said
        self.used.add(cell)
        entry.said.setdefault(role, []).append(said)

    # ------------------------------------------------------------------------------------ what is shared

    def finished(self) -> Layout:
        """The layout, once every row has been read."""
        self._shared()
        between = [each.place for each in self.root.entries() if each.beyond]
        if between:
            self._ask(look(note("look-other-levels"), *between))
        settle_marks(self.layout, self.header)
        return self.layout

    def _shared(self) -> None:
        """Cells that say something of several indicators at once."""
        for (role, place), users in list(self.users.items()):
            if len(users) < 2 or role not in ("MARKS", *_CRITERIA):
                continue
            if role == "MARKS":
                self._shared_marks(place, users)
            elif not self._together(users):
                names = tuple(each.name for each in users)
                for each in users:
                    each.questions.append(settle(note("settle-shared-criterion", names=names), place))

    def _together(self, users: list[Entry]) -> bool:
        """Whether the same indicators also share their points, so that they are one."""
        return any(role == "MARKS" and same == users for (role, _), same in self.users.items())

    def _shared_marks(self, place: Place, users: list[Entry]) -> None:
        criteria = [same for (role, _), same in self.users.items() if role in _CRITERIA]
        whole = users in criteria and all(same == users or not set(same) & set(users) for same in criteria)
        if whole and len({id(self._holder(each)) for each in users}) == 1:
            self._join(users, place)
            return
        for each in users:
            each.marks = [marks for marks in each.marks if marks.place != place]
            names = tuple(user.name for user in users)
            each.questions.append(fill(note("fill-marks-shared", names=names), place, asked_as="unknown-word"))

    def _holder(self, entry: Entry) -> Node:
        return next(node for node in (self.root, *self.root.nodes()) if entry in node.members)

    def _join(self, users: list[Entry], place: Place) -> None:
        """Indicators with one criterion and one number of points are scored as one."""
        first, *others = users
        alike = set(users)
        names = tuple(each.name for each in users)
        holder = self._holder(first)
        for other in others:
            for role, said in other.said.items():
                known = first.said.setdefault(role, [])
                known += [each for each in said if each not in known]
            first.questions += other.questions
            holder.members.remove(other)
        first.name = "、".join(names)
        first.questions.append(look(note("look-joined", names=names), place))
        for same in self.users.values():
            if not alike.isdisjoint(same):
                same[:] = [first, *(each for each in same if each not in alike)]


def _is_note(text: str) -> bool:
    rest = begins_with(text, NOTES)
    return rest is not None and _NOTE_GOES_ON.match(rest) is not None


def _role(name: str) -> Role:
    if begins_with(name, BONUS) is not None:
        return Role.BONUS
    return Role.PENALTY if begins_with(name, PENALTY) is not None else Role.ORDINARY


def _without_role(name: str) -> str:
    """A name without the word that says what it is: 加分项：创新."""
    labelled = first_of({"BONUS": BONUS, "PENALTY": PENALTY}, name)
    return labelled[1] if labelled and labelled[1] else name


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[\s0-9.、()一二三四五六七八九十-]*", normalise(text)) is not None
