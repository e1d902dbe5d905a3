"""From a path to the grids of a file, by what the file is and not by what it is called."""

from __future__ import annotations

from pathlib import Path

from engine.diagnostic import error, note
from rubric.readers.text import Findings, decode, read_bytes, whole
from rubric.sheets import from_csv, from_excel, from_word
from rubric.sheets.archive import kind_of
from rubric.sheets.grid import MAX_CHARACTERS, Grid, RefusedError

# A file larger than this is no scoring table.
MAX_BYTES = 20_000_000

_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def open_table(path: Path) -> tuple[list[Grid], Findings]:
    """The grids of a file that hold text, or the one reason why there are none."""
    file = str(path)
    data, findings = read_bytes(path, MAX_BYTES)
    if data is None:
        return [], findings
    try:
        grids, findings = _grids(data, file)
    except RefusedError as refused:
        return [], (error(refused.note, whole(file)),)
    if not grids and not findings:
        return [], (error(note("nothing-in-file"), whole(file)),)
    return grids, findings


def _grids(data: bytes, file: str) -> tuple[list[Grid], Findings]:
    findings: Findings = ()
    if len(data) > MAX_BYTES:
        raise RefusedError(note("file-too-large", limit=f"{MAX_BYTES // 1_000_000} MB"))
    if data.startswith(_OLD_OFFICE):
        raise RefusedError(note("old-office-file"))
    if data.startswith(_ARCHIVE):
        found = from_excel.grids(data) if kind_of(data) == "excel" else from_word.grids(data)
    else:
        text, findings = decode(data, file, MAX_BYTES)
        found = [] if text is None else from_csv.grids(text, Path(file).stem)
    filled = [grid for grid in found if any(grid.texts())]
    if sum(len(cell.text) for grid in filled for cell in grid.cells) > MAX_CHARACTERS:
        raise RefusedError(note("table-text-too-long", limit=MAX_CHARACTERS))
    return filled, findings
