"""What `rubric score` writes for people to open: the scorecard as a page, with the department's report beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.score import Assessment
from rubric.case import Case
from rubric.commands import findings as shown
from rubric.commands.shape import Output, say
from rubric.messages.wording import Language
from rubric.version import __version__

if TYPE_CHECKING:
    from rubric.pages.dossier import Dossier
    from rubric.reading.report import Report


def report_option(language: Language) -> click.Option:
    """The option for the report that stands beside the scorecard."""
    return click.Option(["--report"], type=click.Path(path_type=Path), help=say("option-report", language))


def read_beside(output: Output, case: Case, path: Path) -> Report | None:
    """The department's report, read by the words of the rubric; None where it cannot be read, and it is said why."""
    from rubric.documents.opening import read_document
    from rubric.reading.report import read_report

    document = read_document(path)
    if document.findings:
        click.echo(shown.as_text(document.findings, {}, output, sys.stderr), err=True, color=True)
    if not document.passages or case.rubric is None:
        return None
    return read_report(document, case.rubric)


def dossier_of(
    case: Case, assessment: Assessment, language: Language, report: Report | None, official: bool = False
) -> Dossier:
    """The scorecard as a document in one language; with what official documents are written from, where asked."""
    from rubric.pages.dossier import Digests
    from rubric.pages.opening import dossier

    digests = Digests(case.rules_digest, assessment.facts.digest, __version__)
    return dossier(assessment, language, case.texts, digests, report, official)
