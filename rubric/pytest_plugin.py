"""Examples of rule files, and case folders with their accepted cards, as tests of pytest.

A rule file that is named on the command line is collected, and so are those that the setting `rubric_files` names; a
case folder likewise, or the file in it that tells its facts, and those that `rubric_cases` names:

    [tool.pytest.ini_options]
    rubric_files = ["rules/**/*.rubric"]
    rubric_cases = ["cases/*"]

Each rule file is one test that it reads without an error, and each of its examples (示例) is one. A case is one test
that it still scores what was accepted; `--force-regen` and `--regen-all` of pytest-regressions accept what it scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rubric.messages.wording import Wording

if TYPE_CHECKING:
    from engine.diagnostic import Diagnostic
    from rubric.case import Case
    from rubric.history import Outcome, Scoring


# The reason that stands in an accepted card where pytest has written it.
RECORDED = Wording("re-recorded by pytest", "由 pytest 重新记录")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings that name rule files and case folders."""
    parser.addini("rubric_files", "rule files whose examples are run, as patterns", type="args", default=[])
    parser.addini("rubric_cases", "case folders that are scored again, as patterns", type="args", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """A rule file, or what tells the facts of a case, that is asked for."""
    if file_path.suffix == ".rubric":
        asked = _named(file_path, "rubric_files", parent) or parent.session.isinitpath(file_path)
        return RuleFile.from_parent(parent, path=file_path) if asked else None
    if file_path.stem not in ("facts", "report"):
        return None
    from rubric.folders import is_case, subject_of

    folder = file_path.parent
    if not is_case(folder) or subject_of(folder) != file_path:
        return None
    given = parent.session.isinitpath(file_path) or parent.session.isinitpath(folder)
    if given or _named(folder, "rubric_cases", parent):
        return CaseFolder.from_parent(parent, path=file_path)
    return None


def _named(path: Path, setting: str, parent: pytest.Collector) -> bool:
    """Whether a setting names a path."""
    config = parent.config
    if not path.is_relative_to(config.rootpath):
        return False
    inside = path.relative_to(config.rootpath).as_posix()
    return any(fnmatch(inside, _flat(pattern)) for pattern in config.getini(setting))


def _flat(pattern: str) -> str:
    """A pattern in which any number of folders is one star, as that matches a slash here."""
    return pattern.replace("**/", "*")


class RuleFile(pytest.File):
    """A rule file."""

    def collect(self) -> Iterator[pytest.Item]:
        """That it reads, then each example."""
        from engine.diagnostic import is_error
        from rubric.case import load_rules

        case = load_rules(self.path)
        wrong = [each for each in case.findings if is_error(each) and not each.code.startswith("example-")]
        yield Reads.from_parent(self, name="reads", case=case, findings=wrong)
        if case.rubric is not None and not wrong:
            from engine.proving import Proving

            for result in Proving(case.rubric).results:
                line = result.example.span.line
                name = f"{result.indicator.name.key}:{line}"
                yield Reads.from_parent(self, name=name, case=case, findings=list(result.findings), line=line)


class Reads(pytest.Item):
    """That a rule file, or one example of it, has no finding."""

    def __init__(self, *, case: Case, findings: list[Diagnostic], line: int = 1, **options: Any) -> None:
        super().__init__(**options)
        self.case = case
        self.findings = findings
        self.line = line

    def runtest(self) -> None:
        """Fail with what was found."""
        if self.findings:
            raise FoundError

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings as `rubric check` shows them."""
        if not isinstance(excinfo.value, FoundError):
            return super().repr_failure(excinfo, style)
        from rubric.commands.shape import chosen_language
        from rubric.messages.frame import render

        return render(self.findings, self.case.texts, chosen_language([]))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands."""
        return self.path, self.line - 1, f"{self.path.name}: {self.name}"


class FoundError(Exception):
    """Something was found in a rule file."""


class CaseFolder(pytest.File):
    """What tells the facts of a case, with its rules and its accepted card beside it."""

    def collect(self) -> Iterator[pytest.Item]:
        """That it scores what was accepted."""
        yield ScoresAsAccepted.from_parent(self, name="accepted")


_SCORING: pytest.StashKey[Scoring] = pytest.StashKey()


class ScoresAsAccepted(pytest.Item):
    """That a case still scores what a person accepted."""

    def runtest(self) -> None:
        """Fail with the differences; or accept them, where pytest-regressions is told to record."""
        from rubric.history import Scoring, State

        stash = self.session.stash
        if _SCORING not in stash:
            # Cases share rule files: each is read once.
            stash[_SCORING] = Scoring()
        found = stash[_SCORING].outcome(_shown_folder(self.path.parent))
        everything = bool(getattr(self.config.option, "regen_all", False))
        if everything or getattr(self.config.option, "force_regen", False):
            self._record(found)
        # As with pytest-regressions, --force-regen records and still fails; --regen-all only records.
        if found.state is not State.SAME and not (everything and _can_be_recorded(found)):
            raise DiffersError(found)

    def _record(self, found: Outcome) -> None:
        """Accept what the case scores."""
        from rubric.commands.shape import chosen_language
        from rubric.history import accept

        if _can_be_recorded(found):
            language = chosen_language([])
            accept(found, RECORDED.of(language), language)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The differences as `rubric test` shows them."""
        if not isinstance(excinfo.value, DiffersError):
            return super().repr_failure(excinfo, style)
        from rubric.commands.cases import outcome_text
        from rubric.commands.shape import chosen_language
        from rubric.messages.frame import render

        found, language = excinfo.value.found, chosen_language([])
        said = [render(found.case.findings, found.case.texts, language)] if found.case.findings else []
        return "\n".join([*said, outcome_text(found, language)])

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands."""
        return self.path, 0, f"{self.path.parent.name}: {self.name}"


def _can_be_recorded(found: Outcome) -> bool:
    return found.record is not None and found.card_error is None


def _shown_folder(folder: Path) -> Path:
    """The folder as a person at the working folder would name it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


class DiffersError(Exception):
    """A case does not score what was accepted, or cannot be held against it."""

    def __init__(self, found: Outcome) -> None:
        super().__init__(str(found.folder))
        self.found = found
