"""Examples of rule files as tests of pytest.

A rule file that is named on the command line is collected, and so are those that the setting `rubric_files` names:

    [tool.pytest.ini_options]
    rubric_files = ["rules/**/*.rubric"]

Each file is one test that it reads without an error, and each of its examples (示例) is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from engine.diagnostic import Diagnostic
    from rubric.case import Case


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting that names rule files."""
    parser.addini("rubric_files", "rule files whose examples are run, as patterns", type="args", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RuleFile | None:
    """A rule file that is asked for."""
    if file_path.suffix != ".rubric":
        return None
    patterns = parent.config.getini("rubric_files")
    inside = file_path.relative_to(parent.config.rootpath) if file_path.is_relative_to(parent.config.rootpath) else None
    asked = inside is not None and any(fnmatch(inside.as_posix(), _flat(pattern)) for pattern in patterns)
    if asked or parent.session.isinitpath(file_path):
        return RuleFile.from_parent(parent, path=file_path)
    return None


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
