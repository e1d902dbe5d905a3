"""Keeps what was read and checked, by content, in the user's cache folder: an unchanged file is not read twice.

What is kept is plain JSON that can only become rules, facts and parse tables. A file that is not what was written,
or cannot be written, is as if it were not there. `RUBRIC_CACHE=off` keeps nothing; a folder may be named instead.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from rubric.version import __version__

# Raised when the language or what is found changes within a version.
FORMAT = "5"


def folder() -> Path | None:
    """Where things are kept, or None where nothing is to be."""
    chosen = os.environ.get("RUBRIC_CACHE", "")
    if chosen.lower() in ("off", "0", "no"):
        return None
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "jixiao-rubric"


def key(*parts: bytes) -> str:
    """The name under which something is kept: a digest of everything that it was made from."""
    digest = hashlib.sha256(f"{__version__}\0{FORMAT}".encode())
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def get(name: str) -> str | None:
    """The text that was kept under a name, or None."""
    try:
        where = folder()
        if where is None:
            return None
        digest, _, text = (where / f"{name}.json").read_text("utf-8").partition("\n")
        return text if hashlib.sha256(text.encode("utf-8")).hexdigest() == digest else None
    except (OSError, ValueError, RuntimeError):
        return None


def put(name: str, text: str) -> None:
    """Keep a text under a name; a folder that cannot be written to is no fault."""
    try:
        where = folder()
        if where is None:
            return
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        draft = where / f"{name}.{os.getpid()}.tmp"
        draft.write_text(f"{digest}\n{text}", "utf-8")
        draft.replace(where / f"{name}.json")
    except (OSError, ValueError, RuntimeError):
        return
