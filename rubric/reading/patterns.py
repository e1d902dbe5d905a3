"""Patterns for words as reports write them: quotation marks and spaces between them, and what leads up to a number."""

from __future__ import annotations

import re

from rubric.language.text import normalise

# Between the words of one phrase stand no more than so many others.
FAR = 80
# What may stand between a name and its number.
TO_NUMBER = (
    r"(?:(?:总额|总数|金额|资金|数额|数|额)?(?:共计|合计|总计|达到|共有|分别为|为|是|共|计|达|约|有|=|:)?\s{0,2}){0,2}"
)


def bare(name: str) -> str:
    """A name for comparing: without quotation marks and spaces."""
    return re.sub(r"[“”\"'\s]", "", normalise(name))


def words(text: str) -> str:
    """A pattern for words: quotation marks and spaces may stand between them, and anything where the phrase has …."""
    parts = re.split("…+", normalise(text))
    return rf"[^。\n]{{0,{FAR}}}?".join(
        r"[“”\"\s]{0,2}".join(re.escape(character) for character in part if character not in '“”" ') for part in parts
    )
