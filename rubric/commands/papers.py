"""What `rubric score` writes on paper: the scoring section and the review opinion in Word, the scorecard as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from engine.score import Assessment
from rubric.case import Case
from rubric.commands.files import may_write, write
from rubric.commands.pages import dossier_of
from rubric.commands.shape import Output, say
from rubric.messages.wording import LANGUAGES, Language
from rubric.reading.report import Report


class Papers(NamedTuple):
    """The files that are asked for, and the template by which the first is written."""

    docx: Path | None = None
    opinion: Path | None = None
    pdf: Path | None = None
    template: Path | None = None

    @property
    def targets(self) -> list[tuple[Path, str]]:
        """Each file to write with how its name must end."""
        told = ((self.docx, ".docx"), (self.opinion, ".docx"), (self.pdf, ".pdf"))
        return [(path, ending) for path, ending in told if path is not None]


def paper_options(language: Language) -> list[click.Parameter]:
    """The options for what is written on paper."""
    return [
        click.Option([f"--{name}"], type=click.Path(path_type=Path), help=say(f"option-{name}", language))
        for name in Papers._fields
    ]


def papers_may(output: Output, papers: Papers, several: bool, force: bool) -> bool:
    """Whether the files may be written; where not, it is said why."""
    if papers.template is not None and papers.docx is None:
        click.echo(output.say("template-for-docx"), err=True)
        return False
    if papers.targets and several:
        click.echo(output.say("papers-one-department"), err=True)
        return False
    for path, ending in papers.targets:
        if path.suffix.lower() != ending:
            click.echo(output.say("paper-ending", name=path.name, ending=ending), err=True)
            return False
    targets = [path for path, _ in papers.targets]
    if len({path.resolve() for path in targets}) < len(targets):
        click.echo(output.say("papers-same"), err=True)
        return False
    return all(may_write(path, force, output) for path in targets)


def write_papers(output: Output, case: Case, assessment: Assessment, report: Report | None, papers: Papers) -> bool:
    """Write every file that is asked for; whether that went well."""
    made: list[tuple[Path, bytes]] = []
    if papers.docx is not None or papers.opinion is not None:
        dossier = dossier_of(case, assessment, output.language, report, official=True)
        if papers.template is not None and papers.docx is not None:
            from rubric.pages.template import TemplateError, filled

            try:
                made.append((papers.docx, filled(papers.template.read_bytes(), dossier)))
            except OSError as problem:
                why = problem.strerror or problem
                click.echo(output.say("template-unreadable", path=papers.template, why=why), err=True)
                return False
            except TemplateError as problem:
                click.echo(problem.said(output.language, str(papers.template)), err=True)
                return False
        elif papers.docx is not None:
            from rubric.pages.word import word_file

            made.append((papers.docx, word_file(dossier)))
        if papers.opinion is not None:
            from rubric.pages.opinion import opinion_file

            made.append((papers.opinion, opinion_file(dossier)))
    if papers.pdf is not None:
        printed = _printed(output, case, assessment, report)
        if printed is None:
            return False
        made.append((papers.pdf, printed))
    for path, data in made:
        if not write(path, data, output):
            return False
        click.echo(output.say("written", path=path), err=True)
    return True


def _printed(output: Output, case: Case, assessment: Assessment, report: Report | None) -> bytes | None:
    """The web page as a PDF; None where something that printing needs is missing, and it is said what."""
    from rubric.pages.html.writer import html_page
    from rubric.pages.pdf import PrintingError, pdf_of

    dossiers = {language: dossier_of(case, assessment, language, report) for language in LANGUAGES}
    try:
        return pdf_of(html_page(dossiers, output.language))
    except PrintingError as missing:
        click.echo(output.say(missing.code), err=True)
        return None
