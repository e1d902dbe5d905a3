"""What lies in a case folder: facts, rules, a report, the facts of others, each in the folder or named there.

A folder holds `facts.yaml` (or `facts.txt` that names a facts file) and its rules (`rules.rubric`, or `rules.txt` that
names a rule file). The department's report may lie there as `report.txt`, `report.docx` and so on. Departments that are
scored together with this one lie in a folder `together`, or `together.txt` names their facts files, or folders of
them, one a line.
"""

from __future__ import annotations

from pathlib import Path

from rubric.case import CARD, facts_files, shipped
from rubric.paths import is_dir, is_file

FACTS, FACTS_NAMED = "facts.yaml", "facts.txt"
RULES, NAMED = "rules.rubric", "rules.txt"
REPORT, TOGETHER = "report", "together"

# The endings of a report's name that reading knows; what it is beside them is told by what is in it.
_REPORTS = ("txt", "md", "docx", "doc", "wps", "rtf", "pdf", "html", "htm", "xlsx", "xls", "et", "csv")

# Why a case cannot be scored, where no finding says it: a code and what it is filled in with.
Problem = tuple[str, dict[str, object]]


def report_of(folder: Path) -> Path | None:
    """The report that lies in a case folder."""
    return next((path for ending in _REPORTS if is_file(path := folder / f"{REPORT}.{ending}")), None)


def subject_of(folder: Path) -> Path | None:
    """The file of a folder that says what is scored: its facts, where they are, or else its report."""
    named = (folder / name for name in (FACTS, FACTS_NAMED))
    return next(filter(is_file, named), None) or report_of(folder)


def is_case(folder: Path) -> bool:
    """Whether a folder is a case: facts, or a report, beside rules or an accepted card."""
    return subject_of(folder) is not None and any(is_file(folder / name) for name in (RULES, NAMED, CARD))


def facts_of(folder: Path) -> Path | None:
    """The facts file of a case, in its folder or named there; None where there is none, or none of that name."""
    if is_file(folder / FACTS):
        return folder / FACTS
    name = next(iter(_lines(folder / FACTS_NAMED)), "")
    return _named(folder, name) if name else None


def facts_problem(folder: Path) -> Problem | None:
    """That a case names a facts file that is not there."""
    if not is_file(folder / FACTS_NAMED) or facts_of(folder) is not None:
        return None
    return "case-facts-not-found", {"path": folder, "name": next(iter(_lines(folder / FACTS_NAMED)), "")}


def case_folders(path: Path) -> list[Path]:
    """The case folders at a path: itself, or those below it."""
    if not is_dir(path):
        return []
    if is_file(path / FACTS) or is_case(path):
        return [path]
    named = {each.parent for pattern in (FACTS, FACTS_NAMED, f"{REPORT}.*") for each in path.rglob(pattern)}
    return sorted(filter(is_case, named))


def together_of(folder: Path) -> list[Path]:
    """The facts files of the departments that a case is scored together with."""
    beside = folder / TOGETHER
    named = [beside] if is_dir(beside) else [folder / line for line in _lines(beside.with_suffix(".txt"))]
    own = (facts_of(folder) or beside).resolve()
    # A folder of cases holds the facts of this one as well, and an empty folder holds nobody's.
    return [path for path in facts_files(named) if path != beside and path.resolve() != own]


def rules_of(folder: Path) -> tuple[Path | None, Problem | None]:
    """The rule file of a case, or why there is none."""
    if is_file(folder / RULES):
        return folder / RULES, None
    name = next(iter(_lines(folder / NAMED)), "")
    if not name:
        return None, ("case-no-rules", {"path": folder})
    found = _named(folder, name) or _if_file(shipped(Path(name)))
    return found, None if found is not None else ("case-rules-not-found", {"path": folder, "name": name})


def _named(folder: Path, name: str) -> Path | None:
    """A file by its name: from the folder or one above it, or from where the command runs."""
    above = (*(each / name for each in (folder, *folder.parents)), *(each / name for each in folder.resolve().parents))
    return next(filter(is_file, (*above, Path(name))), None)


def _if_file(path: Path) -> Path | None:
    return path if is_file(path) else None


def _lines(path: Path) -> list[str]:
    """The lines of a file that names others; none where it is not there or is no text."""
    try:
        text = path.read_text("utf-8-sig") if is_file(path) else ""
    except (OSError, ValueError):
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]
