"""What `rubric score` writes for people to open: the web page, the documents in Word, the PDF, the workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from engine.diagnostic import error, note
from engine.score import Assessment
from rubric.case import Case
from rubric.commands import findings
from rubric.commands.files import may_write, write
from rubric.commands.pages import dossier_of
from rubric.commands.shape import Output, say
from rubric.messages.wording import LANGUAGES, Language
from rubric.readers.text import whole
from rubric.reading.report import Report
from rubric.version import __version__

if TYPE_CHECKING:
    from rubric.report.workbook.book import PointsCell

# The cells of a workbook that its seal vouches for.
_SEALED = ("indicator", "total")
# How the name of each file must end.
_ENDINGS = {
    "html": (".html", ".htm"),
    "docx": (".docx",),
    "opinion": (".docx",),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
}


class Papers(NamedTuple):
    """The files that are asked for, and the template by which the Word document is written."""

    html: Path | None = None
    docx: Path | None = None
    opinion: Path | None = None
    pdf: Path | None = None
    xlsx: Path | None = None
    template: Path | None = None

    @property
    def targets(self) -> dict[str, Path]:
        """Each file to write, by what it is."""
        return {kind: path for kind, path in self._asdict().items() if path is not None and kind in _ENDINGS}


class Written(NamedTuple):
    """What the files are written from; the id of the certificate goes into their seals, where there is one."""

    case: Case
    assessment: Assessment
    report: Report | None
    template: Path | None
    certificate: str = ""


def paper_options(language: Language) -> list[click.Parameter]:
    """The options for what is written."""
    return [
        click.Option([f"--{name}"], type=click.Path(path_type=Path), help=say(f"option-{name}", language))
        for name in Papers._fields
    ]


def papers_may(output: Output, papers: Papers, several: bool, force: bool) -> bool:
    """Whether the files may be written; where not, it is said why."""
    targets = papers.targets
    if papers.template is not None and papers.docx is None:
        return _refused(output, "template-for-docx")
    if targets and several:
        return _refused(output, "papers-one-department", option=next(iter(targets)))
    for kind, path in targets.items():
        if path.suffix.lower() not in _ENDINGS[kind]:
            return _refused(output, "paper-ending", name=path.name, ending=_ENDINGS[kind][0])
    if len({path.resolve() for path in targets.values()}) < len(targets):
        return _refused(output, "papers-same")
    return all(may_write(path, force, output) for path in targets.values())


def _refused(output: Output, code: str, **arguments: object) -> bool:
    click.echo(output.say(code, **arguments), err=True)
    return False


class _CannotWriteError(Exception):
    """A file cannot be made, and why is said already."""


def write_papers(output: Output, told: Written, papers: Papers) -> bool:
    """Write every file that is asked for; whether that went well. Where one cannot be made none is written."""
    try:
        made = [(path, _MAKERS[kind](output, told)) for kind, path in papers.targets.items()]
    except _CannotWriteError:
        return False
    for path, data in made:
        if not write(path, data, output):
            return False
        click.echo(output.say("written", path=path), err=True)
    return True


def _html(output: Output, told: Written) -> bytes:
    from rubric.pages.html.writer import html_page
    from rubric.pages.seal import seal_of

    dossiers = {language: dossier_of(*told[:2], language, told.report) for language in LANGUAGES}
    return html_page(dossiers, output.language, seal_of(dossiers[output.language], told.certificate)).encode()


def _docx(output: Output, told: Written) -> bytes:
    dossier = dossier_of(*told[:2], output.language, told.report, official=True)
    if told.template is None:
        from rubric.pages.seal import seal_of
        from rubric.pages.word import word_file

        return word_file(dossier, seal_of(dossier, told.certificate))
    from rubric.pages.template import TemplateError, filled

    try:
        return filled(told.template.read_bytes(), dossier)
    except OSError as problem:
        _refused(output, "template-unreadable", path=told.template, why=problem.strerror or problem)
    except TemplateError as problem:
        click.echo(problem.said(output.language, str(told.template)), err=True)
    raise _CannotWriteError


def _opinion(output: Output, told: Written) -> bytes:
    from rubric.pages.opinion import opinion_file
    from rubric.pages.seal import seal_of

    dossier = dossier_of(*told[:2], output.language, told.report, official=True)
    return opinion_file(dossier, seal_of(dossier, told.certificate))


def _pdf(output: Output, told: Written) -> bytes:
    from rubric.pages.pdf import PrintingError, pdf_of

    try:
        return pdf_of(_html(output, told).decode())
    except PrintingError as missing:
        _refused(output, missing.code)
        raise _CannotWriteError from None


def _xlsx(output: Output, told: Written) -> bytes:
    from rubric.pages.seal import TOTAL, seal_of
    from rubric.report.workbook.book import score_workbook

    case, assessment = told[:2]

    def seal(cells: Sequence[PointsCell]) -> str:
        """The seal of the cells that hold settled points."""
        places = {TOTAL if each.kind == "total" else each.key: each.place for each in cells if each.kind in _SEALED}
        return seal_of(dossier_of(case, assessment, output.language, None), told.certificate, places)

    try:
        return score_workbook(assessment, output.language, case.texts, case.rules_digest, __version__, seal)
    except ModuleNotFoundError as missing:
        if missing.name != "xlsxwriter":
            raise
        refusal = error(note("extra-missing", what="Excel", extra="excel"), whole("--xlsx"))
        click.echo(findings.as_text((refusal,), {}, output, sys.stderr), err=True, color=True)
        raise _CannotWriteError from None


_MAKERS: dict[str, Callable[[Output, Written], bytes]] = {
    "html": _html,
    "docx": _docx,
    "opinion": _opinion,
    "pdf": _pdf,
    "xlsx": _xlsx,
}
