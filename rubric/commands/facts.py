"""`rubric facts`: a workbook that was filled in, as a facts file; a table of departments, as one for each row."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.diagnostic import Diagnostic, is_error
from rubric.case import is_form, is_table, read_form, read_table
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make
from rubric.messages.wording import Language
from rubric.paths import exists, is_dir

# What no file name may have on one system or another, and the names that mean a device.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\s\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$", re.IGNORECASE)
_LONGEST = 60


def command(language: Language) -> Command:
    """The command with its help in one language."""
    form = click.Argument(["form"], type=click.Path(path_type=Path))
    return make("facts", language, facts, [form, output_option(language), force_option(language)])


def facts(output: Output, form: Path, target: Path | None, force: bool) -> int:
    """Turn a workbook or a table into facts files; what has errors is not turned into anything."""
    if is_table(form):
        return _several(output, form, target, force)
    if not is_form(form):
        click.echo(output.say("not-a-workbook", name=form.name), err=True)
        return USAGE
    if target is not None and not may_write(target, force, output):
        return USAGE
    tree, digest = read_form(form)
    from rubric.readers.exact_yaml import Mapping
    from rubric.readers.facts import facts_of_tree

    _, findings = facts_of_tree(tree, str(form), digest)
    _show(findings, output)
    if not isinstance(tree.root, Mapping):
        return USAGE
    if any(map(is_error, findings)):
        return FINDINGS
    from rubric.forms.to_yaml import yaml_text

    text = yaml_text(tree.root)
    if target is None:
        click.echo(text, nl=False)
    elif not write(target, text.encode(), output):
        return USAGE
    else:
        click.echo(output.say("written", path=target), err=True)
    return CLEAN


def _several(output: Output, form: Path, folder: Path | None, force: bool) -> int:
    """A facts file for each department of a table that has no error, each under a name that every system takes."""
    from rubric.forms.to_yaml import yaml_text
    from rubric.readers.exact_yaml import Mapping
    from rubric.readers.facts import facts_of_tree, in_order

    found, digest = read_table(form)
    texts: dict[str, str] = {}
    told: list[Diagnostic] = [*found.findings]
    for row in found.rows:
        _, findings = facts_of_tree(row.tree, str(form), digest)
        told.extend(found.placed(row, findings))
        if isinstance(row.tree.root, Mapping) and not any(map(is_error, findings)):
            texts[_free(row.department, row.year, texts)] = yaml_text(row.tree.root)
    _show(in_order(tuple(told)), output)
    if not found.rows:
        return FINDINGS if found.headings else USAGE
    if any(map(is_error, found.findings)):
        return FINDINGS
    if folder is None and len(found.rows) > 1:
        click.echo(output.say("facts-needs-folder", count=len(found.rows)), err=True)
        return USAGE
    if folder is None:
        click.echo("".join(texts.values()), nl=False)
    elif texts and not _write(texts, folder, force, output):
        return USAGE
    else:
        left = len(found.rows) - len(texts)
        click.echo(output.say("written-several", count=len(texts), path=folder, left=left), err=True)
    return FINDINGS if any(map(is_error, told)) else CLEAN


def _write(texts: dict[str, str], folder: Path, force: bool, output: Output) -> bool:
    """Write the files, all or, where one is there already, none."""
    if exists(folder) and not is_dir(folder):
        click.echo(output.say("not-a-folder", path=folder), err=True)
        return False
    # Each file that is there is named.
    free = [may_write(folder / name, force, output) for name in texts]
    if not all(free):
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        click.echo(output.say("cannot-write", path=folder, why=problem.strerror or problem), err=True)
        return False
    return all(write(folder / name, text.encode(), output) for name, text in texts.items())


def _free(department: str, year: str, taken: dict[str, str]) -> str:
    """A file name for a department that no other one has, whatever its letters' case."""
    plain = _NOT_IN_NAMES.sub("-", department).strip(".-~")[:_LONGEST].rstrip(".-") or "department"
    plain = f"{plain}-" if _DEVICES.match(plain) else plain
    used = {name.casefold() for name in taken}
    tried = [
        plain,
        f"{plain}-{_NOT_IN_NAMES.sub('-', year)[:10]}",
        *(f"{plain}-{number}" for number in range(2, len(taken) + 3)),
    ]
    return next(f"{each}.yaml" for each in tried if f"{each}.yaml".casefold() not in used)


def _show(findings: Sequence[Diagnostic], output: Output) -> None:
    if findings:
        click.echo(shown.as_text(findings, {}, output, sys.stderr), err=True, color=True)
