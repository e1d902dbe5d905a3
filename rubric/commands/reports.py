"""From a department's report to what it tells a rubric, and every finding on the way: shared by read and audit."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from engine.diagnostic import is_error
from rubric.case import Case, load_rules
from rubric.commands import findings as shown
from rubric.commands.shape import Output, say
from rubric.messages.wording import Language

if TYPE_CHECKING:
    from rubric.reading.filled import Filled
    from rubric.reading.report import Report


class Named(NamedTuple):
    """The files of a review as the person named them: the facts, the rules, and the report where it is at hand."""

    facts: Path
    rules: Path
    report: Path | None = None

    def again(self) -> str:
        """The command that goes on with the review."""
        facts, rules = shlex.quote(str(self.facts)), shlex.quote(str(self.rules))
        if self.report is None:
            return f"rubric read --review {facts} --rules {rules}"
        return f"rubric read --review {shlex.quote(str(self.report))} --rules {rules} -o {facts}"

    def score(self) -> str:
        """The command that scores the department."""
        return f"rubric score {shlex.quote(str(self.rules))} {shlex.quote(str(self.facts))}"

    def audit(self) -> str:
        """The command that audits its claims."""
        return f"rubric audit {shlex.quote(str(self.facts))} --rules {shlex.quote(str(self.rules))}"


def rules_option(language: Language) -> click.Option:
    """The option that names the rule file under which a report is read."""
    return click.Option(["--rules"], required=True, type=click.Path(path_type=Path), help=say("option-rules", language))


def told(output: Output, rules: Path, path: Path) -> tuple[Case, Report | None, Filled | None]:
    """The rules, what a report tells them, and the facts file that it fills in; what was found in the report is shown.

    There is neither report nor facts file where the rules or the report cannot be used.
    """
    case = load_rules(rules)
    if case.rubric is None or any(map(is_error, case.findings)):
        return case, None, None
    from rubric.documents.opening import read_document
    from rubric.reading.filled import Filled
    from rubric.reading.report import read_report

    document = read_document(path)
    if document.findings:
        click.echo(shown.as_text(document.findings, {}, output, sys.stderr), err=True, color=True)
    if not document.passages:
        case.readable = False
        return case, None, None
    report = read_report(document, case.rubric)
    return case, report, Filled(report, case.rubric, path.name, output.language)
