"""Facts files: what one department reports for one year, each value with the sentence behind it.

`read_facts` knows the shape of the file but no rubric; `bind` holds what was read against a rubric.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from engine.diagnostic import Diagnostic, Severity, is_error, note, warning
from engine.facts import (
    Adjustment,
    Claim,
    Claims,
    Contradictory,
    Fact,
    Facts,
    Missing,
    NotApplicableFact,
    Present,
    Provenance,
)
from engine.rules import Rubric
from engine.source import Span
from rubric.readers.binding import amount_problem, bind_facts
from rubric.readers.exact_yaml import Node, Tree, read_tree
from rubric.readers.given import FactsFile, Location, Scalar
from rubric.readers.model import NOT_APPLICABLE, PROSE, ClaimModel, ClaimsModel, FactModel, FactsModel, ReadingModel
from rubric.readers.names import Names, short
from rubric.readers.shape import check_shape, written
from rubric.readers.text import read_text, whole
from rubric.readers.values import printed_rate, quantity, value

Findings = tuple[Diagnostic, ...]

MAX_BYTES = 2_000_000
MAX_FINDINGS = 100


class _Reading(NamedTuple):
    """What a text came to: the facts as far as they can be used, and every finding."""

    facts: FactsFile | None
    findings: Findings


def read_facts(text: str, file: str) -> tuple[FactsFile | None, Findings]:
    """The facts of a text, unless it has an error, and every finding in the order of the text."""
    facts, findings = _read(text, file)
    return (None if any(map(is_error, findings)) else facts), in_order(findings)


def load_facts(path: Path) -> tuple[FactsFile | None, Findings, str]:
    """The facts of the file at a path, every finding, and the text for showing them."""
    text, findings = read_text(path, MAX_BYTES)
    if text is None:
        return None, findings, ""
    facts, more = read_facts(text, str(path))
    return facts, findings + more, text


def bind(facts: Facts, rubric: Rubric, any_year: bool = False) -> tuple[Facts, Findings]:
    """The facts under the rubric's own keys, units and levels, without those that have an error."""
    written = facts.written if isinstance(facts, FactsFile) else {}
    bound, findings = bind_facts(facts, rubric, written, any_year)
    return bound, in_order(findings)


def facts_for(rubric: Rubric, text: str, file: str, any_year: bool = False) -> tuple[Facts | None, Findings]:
    """Read a text and bind it in one go, so that the findings of both are told together."""
    return _bound(rubric, _read(text, file), any_year)


def _bound(rubric: Rubric, reading: _Reading, any_year: bool) -> tuple[Facts | None, Findings]:
    facts, findings = reading
    if facts is None:
        return None, in_order(findings)
    bound, more = bind(facts, rubric, any_year)
    together = in_order(findings + more)
    return (None if any(map(is_error, together)) else bound), together


def facts_of_tree(tree: Tree, file: str, digest: str) -> tuple[FactsFile | None, Findings]:
    """The facts of a tree that was read from something else than a YAML text."""
    facts, findings = _read_tree(tree, file, digest)
    return (None if any(map(is_error, findings)) else facts), in_order(findings)


def tree_for(
    rubric: Rubric, tree: Tree, file: str, digest: str, any_year: bool = False
) -> tuple[Facts | None, Findings]:
    """The facts of such a tree, bound in one go, so that all findings are told together."""
    return _bound(rubric, _read_tree(tree, file, digest), any_year)


# Where one of these stands, what the rest of its line says is a guess.
_UNSURE = frozenset({"unclosed-quote", "second-colon", "text-after-quote", "missing-colon", "split-number"})


def in_order(findings: Findings) -> Findings:
    """Every finding in the order of the text, without what only follows from another, up to a readable number."""
    sheets = {name: number for number, name in enumerate(dict.fromkeys(finding.span.sheet for finding in findings))}
    unsure = {finding.span.line for finding in findings if finding.code in _UNSURE}
    told = (each for each in findings if each.code in _UNSURE or each.span.line not in unsure)
    ordered = sorted(told, key=lambda finding: (sheets[finding.span.sheet], *finding.span[1:3]))
    if len(ordered) <= MAX_FINDINGS:
        return tuple(ordered)
    rest = ordered[MAX_FINDINGS:]
    severity = Severity.ERROR if any(map(is_error, rest)) else Severity.WARNING
    more = Diagnostic(severity, note("more-findings", count=len(rest)), whole(ordered[0].span.file))
    return (*ordered[:MAX_FINDINGS], more)


# ------------------------------------------------------------------------------- from the model to the facts


def _read(text: str, file: str) -> _Reading:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _read_tree(read_tree(text, file, PROSE), file, digest)


def _read_tree(tree: Tree, file: str, digest: str) -> _Reading:
    root, findings = tree
    if root is None:
        return _Reading(None, findings)
    model, more = check_shape(root)
    if model is None:
        return _Reading(None, findings + more)
    read = _Reader(model, root, file)
    facts = read.facts(digest)
    return _Reading(facts, (*findings, *more, *read.findings))


class _Reader:
    """Turns the model of one file into facts, with the place of each."""

    def __init__(self, model: FactsModel, root: Node, file: str) -> None:
        self._model = model
        self._file = file
        self._written = dict(written(root))
        self._documents = Names((name, name) for name in model.documents)
        self.findings: list[Diagnostic] = []

    def facts(self, digest: str) -> FactsFile:
        """Everything that the file gives."""
        model = self._model
        return FactsFile(
            department=model.department.text.strip(),
            year=model.year,
            facts=self._section("facts", model.facts),
            adjustments=tuple(self._adjustments()),
            claims=self._claims(model.claims) if model.claims else None,
            tables={name: self._rows(name, rows) for name, rows in model.tables.items()},
            digest=digest,
            file=self._file,
            documents={name: title.text for name, title in model.documents.items()},
            others=self._section("others", model.others),
            written=self._written,
        )

    def _section(self, kind: str, models: Mapping[str, FactModel]) -> dict[str, Fact]:
        return {name: self._fact(each, (kind, name)) for name, each in models.items()}

    def _rows(self, table: str, rows: list[dict[str, FactModel]]) -> tuple[dict[str, Fact], ...]:
        return tuple(
            {column: self._fact(cell, ("tables", table, index, column)) for column, cell in row.items()}
            for index, row in enumerate(rows)
        )

    def _fact(self, model: FactModel, location: Location) -> Fact:
        if model.readings:
            return Contradictory(tuple(self._present(reading) for reading in model.readings))
        if model.value is not None:
            return self._present(model)
        provenance = self._provenance(model, self._place(*location, "state"))
        return NotApplicableFact(provenance) if model.state == NOT_APPLICABLE else Missing(provenance)

    def _present(self, model: ReadingModel) -> Present:
        written = model.value or Scalar("", whole(self._file))
        return Present(value(written.text), self._provenance(model, written.span))

    def _provenance(self, model: ReadingModel, span: Span) -> Provenance:
        return Provenance(
            basis=model.basis,
            document=self._document(model.document),
            section=_text(model.section),
            quote=_text(model.quote),
            reason=_text(model.reason),
            span=span,
        )

    def _document(self, scalar: Scalar | None) -> str:
        name = _text(scalar)
        if scalar is not None and name and self._model.documents and self._documents.get(name) is None:
            right = self._documents.nearest(name) or self._documents.shown()[0]
            self.findings.append(
                warning(note("unknown-document", name=short(name)), scalar.span, note("nearest-name", name=right))
            )
        return name

    # ---------------------------------------------------------------------------- adjustments and claims

    def _adjustments(self) -> Iterator[Adjustment]:
        for each in self._model.adjustments:
            amount = quantity(each.amount.text)
            if amount is None:
                self.findings.append(amount_problem(each.amount, None))
                continue
            yield Adjustment(
                fact=_text(each.fact),
                amount=amount,
                ground=_text(each.ground),
                evidence=_text(each.evidence),
                allowed_by=_text(each.allowed_by),
                span=each.amount.span,
            )

    def _claims(self, model: ClaimsModel) -> Claims:
        subtotals = (
            (name, points, self._place("claims", "subtotals", name, "points"))
            for name, points in model.subtotals.items()
        )
        return Claims(
            indicators=tuple(self._claim(name, each) for name, each in model.indicators.items()),
            subtotals=tuple(subtotals),
            total=model.total,
            grade=_text(model.grade) or None,
            span=self._place("claims"),
        )

    def _claim(self, name: str, model: ClaimModel) -> Claim:
        return Claim(
            indicator=name,
            points=model.points,
            rate=printed_rate(model.rate.text, model.rate.span) if model.rate else None,
            quote=_text(model.quote),
            section=_text(model.section),
            span=self._place("claims", "indicators", name),
        )

    def _place(self, *location: str | int) -> Span:
        scalar = self._written.get(location)
        return scalar.span if scalar else whole(self._file)


def _text(scalar: Scalar | None) -> str:
    return scalar.text.strip() if scalar else ""
