"""Case folders for `rubric test`: scored again, shown where they differ from what was accepted, and accepted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from rubric.commands import findings as shown
from rubric.commands.progress import counted
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Output
from rubric.history import Outcome, State, accept, outcomes
from rubric.messages.catalogue import tidy
from rubric.messages.history import HISTORY
from rubric.messages.wording import Language
from rubric.report.history import DifferenceWords, Made, difference_data
from rubric.report.sentences import range_text
from rubric.version import __version__


def run(output: Output, folders: Sequence[Path], reason: str | None, quiet: bool) -> tuple[int, list[dict[str, Any]]]:
    """Score every case again; with a reason, accept what it scores. The exit code, and every case as data.

    Where it is to be quiet, the data alone says what came of a case.
    """
    code, counts, data, uncompared = CLEAN, Counter[str](), [], 0
    for found in counted(outcomes(folders), len(folders), output):
        taken = reason is not None and found.record is not None and found.card_error is None
        accepted = taken and accept(found, reason or "", output.language)
        lines = accepted_text(found, output.language, bool(accepted)) if taken else outcome_text(found, output.language)
        counts["accepted" if accepted else "same" if taken else found.state.value] += 1
        uncompared += not taken and found.uncompared
        code = max(code, _code(found, taken))
        data.append(outcome_data(found, output.language, bool(accepted)))
        if not quiet:
            _show(found, lines, output)
        if reason is not None and not taken:
            click.echo(_say("case-refused", output.language, path=found.folder), err=True)
    _summary(counts, len(folders), reason is not None, output)
    if uncompared:
        click.echo(_say("cases-uncompared", output.language, count=uncompared), err=True)
    return code, data


def _code(found: Outcome, taken: bool) -> int:
    match found.state:
        case State.UNREADABLE:
            return USAGE
        case State.NOT_SCORED:
            return FINDINGS
        case State.DIFFERENT | State.NEW if not taken:
            return FINDINGS
        case _:
            return CLEAN


def _show(found: Outcome, lines: str, output: Output) -> None:
    if found.case.findings:
        click.echo(shown.as_text(found.case.findings, found.case.texts, output, sys.stderr), err=True, color=True)
    if lines:
        click.echo(lines, err=found.state in (State.NOT_SCORED, State.UNREADABLE))


def _summary(counts: Counter[str], count: int, accepting: bool, output: Output) -> None:
    failed = counts[State.NOT_SCORED.value] + counts[State.UNREADABLE.value]
    same = counts[State.SAME.value]
    if accepting:
        said = _say(
            "cases-accepted", output.language, count=count, accepted=counts["accepted"], same=same, failed=failed
        )
    else:
        different, new = counts[State.DIFFERENT.value], counts[State.NEW.value]
        said = _say(
            "cases-compared", output.language, count=count, same=same, different=different, new=new, failed=failed
        )
    click.echo(said, err=True)


# ------------------------------------------------------------------------------------------- one case


def _say(code: str, language: Language, **arguments: object) -> str:
    return tidy(HISTORY[code].of(language).format(**arguments))


def outcome_text(found: Outcome, language: Language) -> str:
    """What there is to say of a case: nothing where it is as it was accepted."""
    path = str(found.folder)
    if found.card_error is not None:
        return _say("case-unreadable", language, path=path, what=found.card_error.said(language))
    if found.problem is not None:
        code, arguments = found.problem
        return _say(code, language, **arguments)
    if found.record is None or found.assessment is None:
        return _say("case-not-scored", language, path=path)
    if found.accepted is None:
        points = _say("case-scores", language, points=_points(found))
        return _say("case-new", language, path=path, points=points)
    if not found.differences:
        return ""
    words = DifferenceWords(found.assessment.rubric, language)
    return "\n".join(words.lines(found.differences, path, *_made(found)))


def accepted_text(found: Outcome, language: Language, accepted: bool) -> str:
    """What is said of a case that is accepted: how it differs from what was accepted before, and that it is."""
    if not accepted:
        return ""
    said = _say("case-accepted", language, path=found.folder, points=_points(found))
    return f"{outcome_text(found, language)}\n{said}" if found.differences else said


def _points(found: Outcome) -> str:
    assert found.record is not None
    return range_text(*found.record.points)


def _made(found: Outcome) -> tuple[Made, Made]:
    """What the accepted card was made from, and what the score is made from now."""
    before = found.accepted
    assert before is not None
    now = Made(found.case.rules_digest, found.facts_digest, __version__)
    return Made(before.rules_digest, before.facts_digest, before.version), now


def outcome_data(found: Outcome, language: Language, accepted: bool) -> dict[str, Any]:
    """One case for other programs."""
    from rubric.commands.formats import as_rows

    data: dict[str, Any] = {"case": found.folder.as_posix(), "state": found.state.value, "accepted": accepted}
    if found.record is not None:
        low, high = found.record.points
        data["points"] = {"low": str(low), "high": str(high)}
    if found.case.findings:
        data["findings"] = as_rows(found.case.findings, language)
    if found.problem is not None or found.card_error is not None:
        data["problem"] = outcome_text(found, language)
    if found.uncompared:
        data["uncompared"] = True
    if found.differences:
        data["differences"] = difference_data(found.differences, *_made(found))
    return data
