"""`rubric facts`: a workbook that was filled in, as a facts file; a table of departments, as one for each row."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.diagnostic import Diagnostic, is_error
from rubric.case import Case, is_form, is_table, load_rules, read_form, read_table
from rubric.commands import findings as shown
from rubric.commands.files import force_option, may_write, output_option, write
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, make, say
from rubric.messages.wording import Language
from rubric.paths import exists, is_dir

if TYPE_CHECKING:
    from rubric.forms.from_csv import Departments

# What no file name may have on one system or another, and the names that mean a device.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\s\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$", re.IGNORECASE)
_LONGEST = 50


def command(language: Language) -> Command:
    """The command with its help in one language."""
    form = click.Argument(["form"], type=click.Path(path_type=Path))
    path = click.Path(path_type=Path)
    rules = click.Option(["--rules"], type=path, help=say("option-facts-rules", language))
    return make("facts", language, facts, [form, rules, output_option(language), force_option(language)])


def facts(output: Output, form: Path, rules: Path | None, target: Path | None, force: bool) -> int:
    """Turn a workbook or a table into facts files; what has errors is not turned into anything."""
    if is_table(form):
        return _several(output, form, rules, target, force)
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


def _several(output: Output, form: Path, rules: Path | None, target: Path | None, force: bool) -> int:
    """A facts file for each department of a table that has no error, each under a name that every system takes.

    With rules, the headings are held against what those ask for.
    """
    from rubric.readers.facts import in_order

    case = Case() if rules is None else load_rules(rules)
    if any(map(is_error, case.findings)):
        click.echo(shown.as_text(case.findings, case.texts, output, sys.stderr), err=True, color=True)
        return FINDINGS if case.readable else USAGE
    found, digest = read_table(form, case.rubric)
    texts, told = _texts(found, form, digest)
    _show(in_order(told), output)
    if not found.rows:
        return FINDINGS if found.headings else USAGE
    if any(map(is_error, found.findings)):
        return FINDINGS
    single = target is not None and target.suffix in (".yaml", ".yml")
    if (target is None or single) and len(found.rows) > 1:
        click.echo(output.say("facts-needs-folder", count=len(found.rows)), err=True)
        return USAGE
    if target is not None and single:
        texts = dict(zip((target.name,), texts.values(), strict=False))
        target = target.parent
    if target is None:
        click.echo("".join(texts.values()), nl=False)
    elif texts and not _write(texts, target, force, output):
        return USAGE
    else:
        left = len(found.rows) - len(texts)
        click.echo(output.say("written-several", count=len(texts), path=target, left=left), err=True)
    return FINDINGS if any(map(is_error, told)) else CLEAN


def _texts(found: Departments, form: Path, digest: str) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The facts file of every row that has no error, by its name, and all that is told of the table."""
    from rubric.forms.to_yaml import yaml_text
    from rubric.readers.exact_yaml import Mapping
    from rubric.readers.facts import facts_of_tree

    texts: dict[str, str] = {}
    told: list[Diagnostic] = [*found.findings]
    for row in found.rows:
        _, findings = facts_of_tree(row.tree, str(form), digest)
        told.extend(found.placed(row, findings))
        if isinstance(row.tree.root, Mapping) and not any(map(is_error, findings)):
            texts[_free(row.department, row.year, texts)] = yaml_text(row.tree.root)
    return texts, tuple(told)


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
