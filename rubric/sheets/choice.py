"""Which scoring table of a file is drafted: the one that is asked for, or the first, with word of the others."""

from __future__ import annotations

from collections.abc import Sequence

from engine.diagnostic import note
from rubric.sheets.body import layouts
from rubric.sheets.grid import Grid, RefusedError
from rubric.sheets.layout import Layout
from rubric.sheets.questions import look


def chosen(grids: Sequence[Grid], wanted: str | None) -> Layout:
    """The scoring table of that name or number, or the first one."""
    found = [layout for layout in layouts(grids) if any(layout.root.entries())]
    if not found:
        raise RefusedError(note("no-scoring-table"))
    if wanted is None:
        first, *others = found
        for other in others:
            grid = other.grids[0]
            sheet = grid.name or str(grid.number)
            first.questions.append(look(note("look-other-table", name=sheet, sheet=sheet)))
        return first
    for layout in found:
        if any(wanted in (grid.name, str(grid.number)) for grid in layout.grids):
            return layout
    names = tuple(layout.grids[0].name or str(layout.grids[0].number) for layout in found)
    raise RefusedError(note("no-such-sheet", name=wanted, names=names))
