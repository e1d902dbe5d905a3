"""From the files of a score to its certificate: shared by the commands that write one or verify one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rubric.case import MAX_FACTS, MAX_RULES, Case, facts_files, is_form, read_form
from rubric.commands.files import write
from rubric.commands.shape import Output
from rubric.readers.text import read_bytes
from rubric.version import __version__

if TYPE_CHECKING:
    from rubric.report.certificate import TextModel
    from rubric.report.certifying import Sources


def write_certificate(
    target: Path, case: Case, facts: Path, together: Sequence[Path], any_year: bool, output: Output
) -> str:
    """Write the certificate of a score, and give its id; nothing where that did not go well."""
    from rubric.report.certifying import certificate, derive

    sources = sources_of(case, facts, together, any_year)
    derived = None if sources is None else derive(sources)
    if derived is None or derived.assessment is None:
        click.echo(output.say("files-changed-meanwhile"), err=True)
        return ""
    document = certificate(derived, __version__)
    if not write(target, (document.model_dump_json(indent=1) + "\n").encode(), output):
        return ""
    click.echo(output.say("certificate-written", path=target, id=document.id), err=True)
    return document.id


def sources_of(case: Case, facts: Path, together: Sequence[Path], any_year: bool) -> Sources | None:
    """The texts of a score as its files hold them; None where one of them cannot be read any more."""
    from rubric.report.certificate import WorkbookModel
    from rubric.report.certifying import Sources

    rules = [_text(Path(name), MAX_RULES) for name in case.texts if name != str(facts)]
    own = _facts(facts)
    others = [_facts(path) for path in facts_files(together) if path.resolve() != facts.resolve()]
    found = [each for each in (*rules, own, *others) if each is not None]
    if own is None or len(found) < len(rules) + 1 + len(others):
        return None
    workbook = None
    if is_form(facts):
        data = facts.read_bytes()
        workbook = WorkbookModel(name=facts.name, sha256=hashlib.sha256(data).hexdigest())
    after = len(rules) + 1
    return Sources(tuple(found[: len(rules)]), own, tuple(found[after:]), any_year, workbook)


def _facts(path: Path) -> TextModel | None:
    """A facts file, or the facts text that a workbook amounts to."""
    if not is_form(path):
        return _text(path, MAX_FACTS)
    from rubric.forms.to_yaml import yaml_text
    from rubric.readers.exact_yaml import Mapping
    from rubric.report.certifying import text_of

    root = read_form(path)[0].root
    return text_of(f"{path.stem}.yaml", yaml_text(root).encode()) if isinstance(root, Mapping) else None


def _text(path: Path, limit: int) -> TextModel | None:
    from rubric.report.certifying import text_of

    data, _ = read_bytes(path, limit)
    return None if data is None else text_of(path.name, data)
