"""Workbooks worked out anew by LibreOffice, which is told to trust no value that is kept in a cell."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from rubric.report.workbook.desk import Desk
from rubric.report.workbook.formula import Formula
from rubric.report.workbook.model import Model
from rubric.report.workbook.names import CellNames

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed (libreoffice-calc-nogui)")

# Recalculate on loading, always.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
WRONG = "-77"


def spoiled(data: bytes) -> bytes:
    """The workbook with a wrong value kept in every cell that holds a formula."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            text = old.read(each)
            if each.filename.startswith("xl/worksheets/sheet"):
                kept = re.sub(r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(?: t="[a-z]+")?><f>', r"\1><f>", text.decode())
                text = re.sub("(</f>)<v>[^<]*</v>", rf"\1<v>{WRONG}</v>", kept).encode()
            new.writestr(each, text)
    return out.getvalue()


def recalculated(data: bytes, folder: Path) -> Any:
    """The workbook as LibreOffice works it out, opened for its values."""
    source, out, profile = folder / "book.xlsx", folder / "out", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return openpyxl.load_workbook(out / "book.xlsx", data_only=True)


def named_values(book: Any) -> dict[str, object]:
    """Every named cell of a workbook with its value."""
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    found = {}
    for name, defined in book.defined_names.items():
        sheet, place = defined.attr_text.replace("'", "").split("!")
        match = re.fullmatch(r"\$([A-Z]+)\$([0-9]+)", place)
        if match:
            rows = sheets[sheet]
            row, column = int(match[2]) - 1, openpyxl.utils.column_index_from_string(match[1]) - 1
            found[name] = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
    return found


class Pile:
    """Many scorecards in one workbook, without any of the looks: facts, working and results on three sheets."""

    def __init__(self) -> None:
        self.names = CellNames()
        self.models: list[Model] = []
        self.lines = 0

    def add(self, assessment: Any) -> Model:
        """One more scorecard."""
        desk = Desk("计算", self.names, self.lines + 1)
        model = Model(assessment, "zh", {}, self.names, desk)
        self.lines += len(desk.lines)
        self.models.append(model)
        return model

    def workbook(self) -> bytes:
        """All of them, with a wrong value kept in every formula."""
        stream = BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            given, working, results = (book.add_worksheet(name) for name in ("事实", "计算", "结果"))
            for row, fact in enumerate(each for model in self.models for each in model.facts):
                if fact.value is not None:
                    kept = float(fact.value) if isinstance(fact.value, Fraction) else fact.value
                    given.write(row, 0, kept)
                assert book.define_name(fact.name, f"=事实!$A${row + 1}") != -1, fact.name
            for row, line in enumerate(each for model in self.models for each in model.desk.lines):
                self._write(working, row, line.formula)
                if line.name:
                    assert book.define_name(line.name, f"=计算!$A${row + 1}") != -1, line.name
            for row, (name, formula) in enumerate(each for model in self.models for each in model.cells()):
                self._write(results, row, formula)
                assert book.define_name(name, f"=结果!$A${row + 1}") != -1, name
        return stream.getvalue()

    def _write(self, sheet: Any, row: int, formula: Formula) -> None:
        sheet.write_formula(row, 0, f"={formula.text}", None, float(WRONG))

    def disagreements(self, folder: Path) -> list[str]:
        """Every result that LibreOffice works out otherwise than it is kept."""
        shown = named_values(recalculated(self.workbook(), folder))
        expected = ((name, formula) for model in self.models for name, formula in model.cells())
        return [
            f"{name}: {shown[name]!r} and not {formula.value}: {formula.text}"
            for name, formula in expected
            if not same(shown[name], formula.value)
        ]


def same(shown: object, value: object) -> bool:
    """Whether a spreadsheet's value is the exact one, but for what binary fractions leave."""
    if isinstance(value, Fraction):
        close = isinstance(shown, int | float) and not isinstance(shown, bool)
        return close and abs(float(shown) - float(value)) <= 1e-9 * max(1.0, abs(float(value)))  # type: ignore[arg-type]
    return (shown or "") == (value or "")


def piled(assessments: Iterable[Any]) -> Pile:
    """Several scorecards in one pile."""
    pile = Pile()
    for each in assessments:
        pile.add(each)
    return pile
