"""`rubric verify`: whether a score can be derived again as certified."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.number import plain
from rubric.case import load_rules
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Command, Output, as_json, json_option, make, say
from rubric.messages.wording import Language
from rubric.readers.text import read_bytes
from rubric.version import __version__

if TYPE_CHECKING:
    from rubric.report.verifying import Difference, Verified

# As many differences are shown; the rest is counted.
_MOST_SHOWN = 50


def command(language: Language) -> Command:
    """The command with its help in one language."""
    path = click.Path(path_type=Path)
    params: list[click.Parameter] = [
        click.Argument(["file"], type=path),
        click.Option(["--rules"], type=path, help=say("option-verify-rules", language)),
        click.Option(["--facts"], type=path, help=say("option-verify-facts", language)),
        click.Option(["--certificate"], type=path, help=say("option-verify-certificate", language)),
        json_option(language),
    ]
    return make("verify", language, verify, params)


def verify(
    output: Output, file: Path, rules: Path | None, facts: Path | None, certificate: Path | None, as_json: bool
) -> int:
    """Verify a certificate, or a document that carries a seal."""
    from rubric.report.verifying import MAX_BYTES, RefusedError
    from rubric.report.verifying import verify as verified

    data = _read(file, MAX_BYTES, output)
    if data is None:
        return USAGE
    if certificate is not None or not _is_certificate(data):
        from rubric.commands.sealing import verify_document

        held = None if certificate is None else _read(certificate, MAX_BYTES, output)
        return USAGE if certificate is not None and held is None else verify_document(output, file, data, held, as_json)
    try:
        found = verified(data, __version__)
    except RefusedError as refused:
        click.echo(f"{file}: {refused.why.of(output.language)}", err=True)
        return USAGE
    differences = list(found.differences)
    for path, whole in ((rules, True), (facts, False)):
        if path is None:
            continue
        other = _on_disk(found, path, whole, output)
        if other is None:
            return USAGE
        differences += other
    if as_json:
        click.echo(_document(found, differences, output))
    else:
        _tell(found, differences, output)
    return FINDINGS if differences else CLEAN


def _is_certificate(data: bytes) -> bool:
    """Whether a file is to be read as a certificate: web pages and Office files begin with other signs."""
    return not (data.startswith(b"PK\x03\x04") or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<")


def _read(path: Path, limit: int, output: Output) -> bytes | None:
    from rubric.messages.frame import render

    data, findings = read_bytes(path, limit)
    if data is None:
        click.echo(render(findings, {}, output.language), err=True)
    return data


def _on_disk(found: Verified, path: Path, rules: bool, output: Output) -> list[Difference] | None:
    """Whether a file on disk is the one that was certified; None where it cannot be read."""
    from rubric.case import MAX_FACTS
    from rubric.report.verifying import Difference, said

    if rules:
        case = load_rules(path)
        now, certified = case.rules_digest, found.certificate.rules.digest
        if not now:
            return None if _read(path, MAX_FACTS, output) is None else []
    else:
        data = _read(path, MAX_FACTS, output)
        if data is None:
            return None
        book, file = found.certificate.facts.workbook, found.certificate.facts.file
        now, certified = hashlib.sha256(data).hexdigest(), file.sha256 if book is None else book.sha256
    if now == certified:
        return []
    return [Difference(said("file-differs", path=path, found=now, certified=certified), str(path.name), certified, now)]


def _tell(found: Verified, differences: list[Difference], output: Output) -> None:
    from rubric.report.verifying import said

    certificate, language = found.certificate, output.language
    spread = certificate.total.range
    total = "-".join(dict.fromkeys(plain(Fraction(each)) for each in (spread.low, spread.high)))
    lines = [
        said("of", id=certificate.id),
        said(
            "about",
            department=certificate.department,
            title=certificate.title,
            total=total,
            grade="、".join(certificate.total.grades),
        ),
        said("digests", rules=certificate.rules.digest[:16], facts=certificate.facts.digest[:16]),
    ]
    if certificate.engine_version != found.version:
        lines.append(said("engine-differs", certified=certificate.engine_version, now=found.version))
    lines.append(said("found", count=len(differences)) if differences else said("verified"))
    for line in lines:
        click.echo(line.of(language))
    for number, each in enumerate(differences[:_MOST_SHOWN], 1):
        click.echo(f"  {number:>3}  {each.what.of(language)}")
    if len(differences) > _MOST_SHOWN:
        click.echo(f"       {said('more', count=len(differences) - _MOST_SHOWN).of(language)}")


def _document(found: Verified, differences: list[Difference], output: Output) -> str:
    return as_json(
        {
            "certificate": found.certificate.id,
            "engine_version": {"certified": found.certificate.engine_version, "now": found.version},
            "verified": not differences,
            "differences": [
                {"sentence": e.what.of(output.language), "path": e.path, "certified": e.certified, "now": e.now}
                for e in differences
            ],
        }
    )
