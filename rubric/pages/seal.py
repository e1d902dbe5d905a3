"""The seal of a document: the numbers that it was written with, and what they rest on, in a form that it carries.

A document that is written carries its seal where a reader does not see it, and shows every sealed number in a place
that bears the key of the number:

- a web page: `<script type="application/json" id="rubric-seal">`, and elements with `data-seal="KEY"`;
- a Word document: a custom XML part of the namespace `urn:jixiao-rubric:seal`, and content controls tagged `KEY`;
- a workbook: a very hidden sheet `rubric-seal`, and the cells that the seal itself names.

KEY is `total`, or the key of an indicator. The digest at its end tells whether the seal itself was changed; one who
makes both anew is found by the certificate, which has an id of its own that somebody wrote down.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rubric.pages.dossier import Dossier

TOTAL = "total"


class SealModel(BaseModel):
    """What a document is to show, and of which certificate, rules and facts it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["rubric-seal"] = "rubric-seal"
    schema_version: Literal["1"] = "1"
    engine_version: str
    certificate: str = Field(default="", description="the id of the certificate, where one was written")
    rules: str = Field(description="sha256 of the rule files")
    facts: str = Field(description="sha256 of the facts")
    numbers: dict[str, str] = Field(description="each number by its key: as it is shown, of a workbook exactly")
    cells: dict[str, str] = Field(default={}, description="of a workbook: the cell of each number")
    digest: str = Field(default="", description="sha256 of all the rest")

    def sealed(self) -> SealModel:
        """The same with its digest."""
        return self.model_copy(update={"digest": self.own_digest})

    @property
    def own_digest(self) -> str:
        """The digest of everything but the digest."""
        text = json.dumps(
            self.model_dump(exclude={"digest"}), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def seal_of(dossier: Dossier, certificate: str = "", cells: Mapping[str, str] | None = None) -> str:
    """The seal of a document that is written from a dossier."""
    points = {leaf.key: leaf.points for leaf in dossier.leaves} | {TOTAL: dossier.points}
    if cells is None:
        numbers = {key: each.text for key, each in points.items()}
    else:
        # A cell holds a number, and words where the points are not settled.
        cells = {key: place for key, place in cells.items() if key in points and points[key].settled}
        numbers = {key: str(points[key].low) for key in cells}
    model = SealModel(
        engine_version=dossier.digests.engine,
        certificate=certificate,
        rules=dossier.digests.rules,
        facts=dossier.digests.facts,
        numbers=numbers,
        cells=dict(cells or {}),
    )
    return model.sealed().model_dump_json(exclude_defaults=False)


def read_seal(text: str) -> SealModel | None:
    """A seal from its text; None where it is none."""
    try:
        return SealModel.model_validate_json(text)
    except ValidationError:
        return None
