"""The full marks of a table: said once and without doubt, in points, and held against the sums that it gives."""

from __future__ import annotations

from fractions import Fraction

from engine.diagnostic import note
from engine.rules import Role
from rubric.language.phrases import exact
from rubric.sheets.header import Header
from rubric.sheets.layout import Entry, Layout, Marks, Node
from rubric.sheets.questions import fill, look, settle


def settle_marks(layout: Layout, header: Header) -> None:
    """Say the full marks of everything in points, and hold sums against what the table says."""
    entries = list(layout.root.entries())
    scale = _scale(layout, entries, header)
    for entry in entries:
        _settle_entry(entry, scale)
    for node in layout.root.nodes():
        _settle_node(node, scale)


def _scale(layout: Layout, entries: list[Entry], header: Header) -> Fraction | None:
    """What weights are multiplied by to be points of 100; nothing where the table has points."""
    numbers = [each.marks[0].points for each in entries if each.marks]
    total = sum((each.number for each in numbers), Fraction(0))
    weighted = any("权重" in column.heading or "weight" in column.heading.lower() for column in header.of("MARKS"))
    if numbers and all(each.percent for each in numbers) and total == 100:
        layout.questions.append(look(note("look-weights", total=exact(total) + "%")))
        return Fraction(1)
    if numbers and weighted and total == 1 and len(numbers) > 1:
        layout.questions.append(look(note("look-weights", total="1")))
        return Fraction(100)
    return None


def _in_points(marks: Marks, scale: Fraction | None) -> Fraction | None:
    """Full marks in points; a share of the whole where the table has no scale for it is none."""
    if scale is not None:
        return marks.points.number * scale
    return None if marks.points.percent else marks.points.number


def _settle_entry(entry: Entry, scale: Fraction | None) -> None:
    """The full marks of an indicator, where the table gives them once and without doubt."""
    found = [(_in_points(marks, scale), marks) for marks in entry.marks]
    values = {value for value, _ in found}
    if len(values) == 1 and None not in values:
        entry.full = values.pop()
        return
    places = [marks.place for _, marks in found]
    if any(each.asked_as == {"unknown-word"} for each in entry.questions):
        return
    if not found:
        entry.questions.append(fill(note("fill-marks"), entry.place, asked_as="unknown-word"))
    else:
        said = tuple(exact(marks.points.number) + ("%" if marks.points.percent else "") for _, marks in found)
        entry.questions.append(settle(note("settle-marks", found=said), *places, asked_as="unknown-word"))


def _settle_node(node: Node, scale: Fraction | None) -> None:
    """The full marks that the table says a level has."""
    said = [(value, marks) for marks in node.marks if (value := _in_points(marks, scale)) is not None]
    total = node.total
    # A bare number in brackets behind a name may be anything; it is the points where these add up to it.
    sure = [(value, marks) for value, marks in said if marks.points.said or marks.place != node.place or value == total]
    for value, marks in said:
        if (value, marks) not in sure:
            question = look(note("look-number-in-name", name=node.name, number=exact(value)), marks.place)
            node.questions.append(question)
    if sure:
        node.stated = sure[0][0]
    if len({value for value, _ in sure}) > 1:
        found = tuple(exact(value) for value, _ in sure)
        places = [marks.place for _, marks in sure]
        node.questions.append(look(note("look-level-twice", name=node.name, found=found), *places))
    # What stands beside full marks may be limited to less than its parts.
    limited = node.role is not Role.ORDINARY and node.stated is not None and total is not None and node.stated < total
    if node.stated is not None and total is not None and node.stated != total and not limited:
        differs = note("settle-level-sum", name=node.name, stated=node.stated, sum=total)
        node.questions.append(settle(differs, sure[0][1].place, asked_as="level-marks"))
