"""Files that commands write: never over one that is there, unless it is said."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from rubric.commands.shape import Output, say
from rubric.messages.wording import Language
from rubric.paths import exists, is_file


def output_option(language: Language) -> click.Option:
    """The option for a file to write to."""
    path = click.Path(path_type=Path)
    return click.Option(["-o", "--output", "target"], type=path, help=say("option-output", language))


def force_option(language: Language) -> click.Option:
    """The option to overwrite."""
    return click.Option(["--force"], is_flag=True, help=say("option-force", language))


def may_write(path: Path, force: bool, output: Output) -> bool:
    """Whether a file may be written; where not, it is said why."""
    if exists(path) and not (force and is_file(path)):
        click.echo(output.say("file-is-there", path=path), err=True)
        return False
    return True


def write(path: Path, data: bytes, output: Output) -> bool:
    """Write a file; where that fails, it is said why."""
    try:
        path.write_bytes(data)
    except OSError as problem:
        click.echo(output.say("cannot-write", path=path, why=problem.strerror or problem), err=True)
        return False
    return True


def write_over(path: Path, data: bytes, output: Output) -> bool:
    """Write a file in one go: it has the old content or the new, whatever happens; where that fails, it is said why."""
    target = path.resolve()
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as problem:
        with suppress(OSError):
            os.unlink(temporary)
        click.echo(output.say("cannot-write", path=path, why=problem.strerror or problem), err=True)
        return False
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    return True
