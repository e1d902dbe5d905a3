"""Certificates: derived again by the program, and by a checker that shares no code with it; no corruption passes."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import certificate_checker as checker
import pytest

from rubric import cli
from rubric.messages.wording import LANGUAGES
from rubric.report.certificate import identity
from rubric.report.verifying import RefusedError, verify
from rubric.version import __version__

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "tests" / "reports" / "baojing-gov-office-2017.yaml"
BAOJING = ROOT / "rules" / "hunan" / "baojing-2017.rubric"
CASES = sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/facts.yaml"))
# So many corruptions are tried of each of these certificates: 6 × 200 = 1,200.
CORRUPTED = (
    *("yongde-nutrition-2022", "integrated-total-capped", "steps-on-and-off-their-edges"),
    *("office-veto-and-counted-once", "missing-facts"),
)
TRIED = 200
# And so many of which the id is made anew.
FORGED = 20


def certified(rules: Path, facts: Path, folder: Path) -> dict[str, Any]:
    target = folder / "score.cert.json"
    assert cli.run(["score", str(rules), str(facts), "--certificate", str(target)]) in (0, 1, 4)
    found = json.loads(target.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def of_case(folder: Path, target: Path) -> dict[str, Any]:
    own = folder / "rules.rubric"
    rules = own if own.exists() else ROOT / (folder / "rules.txt").read_text("utf-8").strip()
    return certified(rules, folder / "facts.yaml", target)


def wrong(document: dict[str, Any]) -> list[str]:
    """What the independent checker finds."""
    return list(checker.check(json.dumps(document, ensure_ascii=False).encode()))


def differences(document: dict[str, Any]) -> list[str]:
    """What the program finds."""
    try:
        found = verify(json.dumps(document, ensure_ascii=False).encode(), __version__)
    except RefusedError as refused:
        return [refused.why.of("zh")]
    return [each.what.of("zh") for each in found.differences]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_certificate_of_every_case_is_derived_again(folder: Path, tmp_path: Path) -> None:
    document = of_case(folder, tmp_path)
    assert wrong(document) == []
    assert differences(document) == []


def test_the_checker_runs_by_itself(tmp_path: Path) -> None:
    certified(BAOJING, REPORT, tmp_path)
    asked = [
        sys.executable,
        "-I",
        "-S",
        str(ROOT / "tests" / "certificate_checker.py"),
        str(tmp_path / "score.cert.json"),
    ]
    assert subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode == 0


# ------------------------------------------------------------------------------------------ corruptions


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key)
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield (*path, index)
            yield from places(each, (*path, index))


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def corrupted(document: dict[str, Any], random_: random.Random) -> tuple[str, dict[str, Any]]:
    """A document with one thing changed, and what was done to it."""
    changed = copy.deepcopy(document)
    paths = [path for path in places(changed) if path[0] not in ("id", "engine_version")]
    while True:
        path = random_.choice(paths)
        above, last, value = at(changed, path[:-1]), path[-1], at(changed, path)
        match value:
            case str() if any(each.isdigit() for each in value):
                digits = [index for index, each in enumerate(value) if each.isdigit()]
                index = random_.choice(digits)
                above[last] = value[:index] + str((int(value[index]) + 1) % 10) + value[index + 1 :]
                done = "a digit"
            case bool():
                above[last] = not value
                done = "a flag"
            case int():
                above[last] = value + 1
                done = "a number"
            case list() if len(value) > 1 and random_.random() < 0.5:
                one, other = random_.sample(range(len(value)), 2)
                value[one], value[other] = value[other], value[one]
                done = "two swapped"
            case list() if value:
                del value[random_.randrange(len(value))]
                done = "one dropped"
            case dict() if isinstance(last, int):
                above.insert(last, copy.deepcopy(value))
                done = "one doubled"
            case _:
                continue
        if changed != document:
            return done, changed
        changed = copy.deepcopy(document)


def sealed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the id that belongs to what it holds."""
    return document | {"id": identity(document)}


@pytest.mark.parametrize("name", [*CORRUPTED, "baojing"])
def test_no_corruption_passes(name: str, tmp_path: Path) -> None:
    """Whatever is changed, the checker finds it: the id is a digest of all that the certificate holds."""
    document = _document(name, tmp_path)
    random_ = random.Random(name)
    passed = Counter(done for done, forged in (corrupted(document, random_) for _ in range(TRIED)) if not wrong(forged))
    assert passed == Counter()


@pytest.mark.parametrize("name", [*CORRUPTED, "baojing"])
def test_no_forgery_with_an_id_of_its_own_passes(name: str, tmp_path: Path) -> None:
    """One who makes the id anew as well is found by the program, as it scores the texts again.

    The checker, which reads no rule language, finds four in five of these by the arithmetic alone; the others change
    what it does not claim to check. Who holds the id that was written down is not deceived either way.
    """
    document = _document(name, tmp_path)
    random_ = random.Random(name)
    forged = [(done, sealed(each)) for done, each in (corrupted(document, random_) for _ in range(FORGED))]
    assert Counter(done for done, each in forged if not differences(each)) == Counter()
    told = json.dumps(forged[0][1], ensure_ascii=False).encode()
    assert checker.check(told, document["id"])
    assert sum(bool(wrong(each)) for _, each in forged) > FORGED / 2


def _document(name: str, tmp_path: Path) -> dict[str, Any]:
    if name == "baojing":
        return certified(BAOJING, REPORT, tmp_path)
    return of_case(ROOT / "tests" / "cases" / name, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_changed_is_named(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = certified(BAOJING, REPORT, tmp_path)
    indicator = next(each for each in _indicators(document["members"]) if each["key"] == "预算控制率")
    assert indicator["points"] == "2"
    indicator["points"] = "4"
    (tmp_path / "forged.cert.json").write_text(json.dumps(sealed(document), ensure_ascii=False), "utf-8")
    capsys.readouterr()
    assert cli.run(["verify", str(tmp_path / "forged.cert.json"), "--lang", language]) == cli.FINDINGS
    assert "预算控制率" in capsys.readouterr().out
    assert cli.run(["verify", str(tmp_path / "score.cert.json"), "--lang", language]) == cli.CLEAN


def _indicators(members: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in members:
        yield from _indicators(each["members"]) if "members" in each else [each]


def test_the_files_on_disk_are_those_that_were_certified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    certified(BAOJING, REPORT, tmp_path)
    target = str(tmp_path / "score.cert.json")
    assert cli.run(["verify", target, "--rules", str(BAOJING), "--facts", str(REPORT)]) == cli.CLEAN
    other = tmp_path / "facts.yaml"
    other.write_text(REPORT.read_text("utf-8") + "\n", "utf-8")
    assert cli.run(["verify", target, "--facts", str(other)]) == cli.FINDINGS
    assert "facts.yaml" in capsys.readouterr().out


BROKEN = {
    "no JSON": b"{",
    "another JSON": b"[]",
    "nothing": b"",
    "too deep": b"[" * 100_000,
    "a digit that is none": b'{"kind": "\xff"}',
    "an endless number": b'{"schema_version": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_certificate_gets_a_sentence(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "score.cert.json"
    path.write_bytes(BROKEN[name])
    assert cli.run(["verify", str(path)]) == cli.USAGE
    said = capsys.readouterr().err
    assert path.name in said
    assert "Traceback" not in said
