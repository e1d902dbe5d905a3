"""A document with a seal, verified: whether it shows the sealed numbers, and these are those of a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import click

from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Output
from rubric.commands.shape import as_json as json_text
from rubric.documents.sealed import Carried, carried
from rubric.messages.catalogue import say as sentence
from rubric.pages.seal import TOTAL, SealModel, read_seal
from rubric.report.certificate import CertificateModel
from rubric.report.sentences import range_text
from rubric.report.verifying import Difference, RefusedError, Said, read_certificate, said
from rubric.sheets.grid import RefusedError as CannotOpenError

# A cell keeps the nearest binary fraction of a number.
_NEAR = Fraction(1, 10**9)


def verify_document(output: Output, file: Path, data: bytes, certificate: bytes | None, as_json: bool) -> int:
    """Tell whether a document shows the numbers of its seal, and whether these are those of the certificate."""
    language = output.language
    try:
        found = carried(data)
    except CannotOpenError as refused:
        told = sentence(refused.note, language) if refused.note.code == "extra-missing" else None
        click.echo(f"{file}: {told or said('document-damaged').of(language)}", err=True)
        return USAGE
    refusal, seal = _seal(found)
    if seal is None:
        click.echo(f"{file}: {refusal.of(language)}", err=True)
        return USAGE
    differences = list(_edited(seal, found))
    if certificate is not None:
        try:
            differences += _against(seal, read_certificate(certificate)[0])
        except RefusedError as wrong:
            click.echo(wrong.why.of(language), err=True)
            return USAGE
    if as_json:
        rows = [
            {"sentence": each.what.of(language), "key": each.path, "certified": each.certified, "now": each.now}
            for each in differences
        ]
        click.echo(json_text({"certificate": seal.certificate, "verified": not differences, "differences": rows}))
    else:
        lines = [said("seal-of", id=seal.certificate) if seal.certificate else said("seal-without-certificate")]
        lines.append(said("digests", rules=seal.rules[:16], facts=seal.facts[:16]))
        lines.append(said("found-in-document", count=len(differences)) if differences else _sealed(seal))
        for line in lines:
            click.echo(line.of(language))
        for number, each in enumerate(differences, 1):
            click.echo(f"  {number:>3}  {each.what.of(language)}")
    return FINDINGS if differences else CLEAN


def _sealed(seal: SealModel) -> Said:
    return said("sealed", count=len(seal.numbers))


def _seal(found: Carried) -> tuple[Said, SealModel | None]:
    """The one seal of a document, or why there is none."""
    texts = list(dict.fromkeys(found.seals))
    if not texts:
        return said("no-seal"), None
    if len(texts) > 1:
        return said("seals-differ"), None
    seal = read_seal(texts[0])
    return said("seal-misshapen", found=texts[0][:60]), seal


def _name(key: str) -> Said:
    return said("total") if key == TOTAL else said("indicator-of", name=key)


def _edited(seal: SealModel, found: Carried) -> Iterator[Difference]:
    """Where the seal was changed, or the document shows another number than its seal."""
    if seal.digest != seal.own_digest:
        yield Difference(said("seal-changed"), "", seal.digest, seal.own_digest)
    for key, certified in seal.numbers.items():
        place = seal.cells.get(key)
        held = found.cell(place) if place is not None else None
        shown = found.shown.get(key, []) if place is None else [] if held is None else [held]
        if not shown:
            told = said("number-not-shown", name=_name(key), certified=certified)
            yield Difference(told, key, certified, "")
        for each in dict.fromkeys(shown):
            if not _same(certified, each, place is not None):
                told = said("number-edited", name=_name(key), certified=certified, found=each)
                yield Difference(told, key, certified, each)
    for key, texts in found.shown.items():
        if key not in seal.numbers:
            yield Difference(said("number-unknown", key=key, found=texts[0]), key, "", texts[0])


def _same(certified: str, shown: str, in_cell: bool) -> bool:
    """Whether a document shows a number; a cell may keep it as a binary fraction."""
    if not in_cell:
        return certified == shown
    try:
        return abs(Fraction(certified) - Fraction(shown)) <= _NEAR
    except (ValueError, ZeroDivisionError):
        return False


def _against(seal: SealModel, certificate: CertificateModel) -> Iterator[Difference]:
    """Where the seal is not that of the certificate."""
    if seal.certificate != certificate.id:
        told = said("seal-of-another", found=seal.certificate or "-", certified=certificate.id)
        yield Difference(told, "", certificate.id, seal.certificate)
    due = dict(_points(certificate, bool(seal.cells)))
    for key, text in seal.numbers.items():
        if key in due and due[key] != text:
            told = said("seal-number-differs", name=_name(key), found=text, certified=due[key])
            yield Difference(told, key, due[key], text)


def _points(certificate: CertificateModel, exactly: bool) -> Iterator[tuple[str, str]]:
    """The points of a certificate by their keys, as a seal has them."""

    def text(low: str, high: str) -> str:
        return str(Fraction(low)) if exactly else range_text(Fraction(low), Fraction(high))

    def each(members: object) -> Iterator[tuple[str, str]]:
        for member in members if isinstance(members, list | tuple) else ():
            if hasattr(member, "members"):
                yield from each(member.members)
            else:
                yield member.key, text(member.range.low, member.range.high)

    yield from each(certificate.members)
    yield TOTAL, text(certificate.total.range.low, certificate.total.range.high)
