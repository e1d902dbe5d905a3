"""What lies at a path; where no file can have such a name (too long, an odd character), nothing does."""

from __future__ import annotations

# pathlib raises for a name that the system refuses; os.path says that there is no such file, as is true.
import os.path
from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether a file has this name."""
    return os.path.isfile(path)


def is_dir(path: Path) -> bool:
    """Whether a folder has this name."""
    return os.path.isdir(path)


def exists(path: Path) -> bool:
    """Whether anything has this name."""
    return os.path.exists(path)
