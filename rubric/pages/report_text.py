"""The report beside its scorecard: its passages, with the sentences of facts and claims marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rubric.pages.dossier import FactShown, Leaf, Paragraph
from rubric.reading.passages import Searched
from rubric.reading.report import Report

# What may differ between a quotation and its report: spaces.
_SPACE = re.compile(r"\s+")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])")
_LONGEST_HEADING = 40


def paragraphs(report: Report, facts: Sequence[FactShown], shown: Sequence[Leaf]) -> tuple[Paragraph, ...]:
    """Every passage in pieces; a piece with a key is the sentence of the fact `fact:KEY` or of the claim `claim:KEY`.

    A sentence is marked where its section says that it stands, or else where it is first found.
    """
    wanted = [
        (f"fact:{fact.key}", source.quote, source.where) for fact in facts for source in fact.sources if source.quote
    ]
    wanted += [(f"claim:{leaf.key}", leaf.claim.quote, leaf.claim.where) for leaf in shown if leaf.claim]
    marks: dict[int, list[tuple[int, int, str]]] = {}
    for key, words, where in wanted:
        found = _find(report.passages, words, where)
        if found is not None:
            number, start, end = found
            marks.setdefault(number, []).append((start, end, key))
    return tuple(
        Paragraph(
            tuple(_pieces(place.passage.text, marks.get(number, []))), _is_heading(place), bool(place.passage.cells)
        )
        for number, place in enumerate(report.passages)
    )


def _find(passages: Sequence[Searched], words: str, where: str) -> tuple[int, int, int] | None:
    """The passage in which words stand, and from where to where."""
    bare = _SPACE.sub("", words)
    if not bare:
        return None
    places = sorted(range(len(passages)), key=lambda number: not where.endswith(passages[number].section))
    for number in places:
        text = passages[number].passage.text
        kept = [at for at, character in enumerate(text) if not character.isspace()]
        start = _SPACE.sub("", text).find(bare)
        if start >= 0:
            return number, kept[start], kept[start + len(bare) - 1] + 1
    return None


def _pieces(text: str, marks: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """A text cut at its marks; of marks that overlap each stretch bears the keys of all, with spaces between them."""
    cuts = sorted({0, len(text), *(end for mark in marks for end in mark[:2])})
    for start, end in pairwise(cuts):
        keys = [key for first, last, key in marks if first <= start and end <= last]
        yield text[start:end], "\t".join(keys)


def _is_heading(place: Searched) -> bool:
    text = place.passage.text
    return not place.passage.cells and len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None
