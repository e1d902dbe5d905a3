"""Every sentence that a finding may be, by its code, in both languages side by side."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from engine.diagnostic import Argument, Note, Word
from engine.number import plain
from rubric.messages.labels import LABELS
from rubric.messages.scoring import SCORING_NOTES
from rubric.messages.wording import Language, Wording
from rubric.messages.words import dimension_word, unit_word


@cache
def messages() -> dict[str, Wording]:
    """Every sentence by its code. A score without findings never asks for those of the findings."""
    from rubric.messages.drafting import DRAFTING
    from rubric.messages.facts import FACT_FINDINGS
    from rubric.messages.rules import RULE_FINDINGS

    return {**RULE_FINDINGS, **FACT_FINDINGS, **SCORING_NOTES, **DRAFTING}


def say(note: Note, language: Language) -> str:
    """The sentence of a note in that language."""
    parts = {name: argument_text(argument, language) for name, argument in note.arguments}
    wording = SCORING_NOTES.get(note.code) or messages()[note.code]
    return tidy(wording.of(language).format_map(parts))


def tidy(sentence: str) -> str:
    """No space stands beside a full-width mark."""
    return _BESIDE_MARKS.sub(r"\1\2", sentence)


_BESIDE_MARKS = re.compile(r" +([，。；：、）”」])|([，。；：、（）「」]) +")


def argument_text(argument: Argument, language: Language) -> str:
    """One argument of a note as it stands in a sentence."""
    match argument:
        case Word(kind, code):
            return _word(kind, code, language)
        case Fraction():
            return plain(argument)
        case tuple():
            return ("、" if language == "zh" else ", ").join(argument_text(each, language) for each in argument)
        case _:
            return str(argument)


def _word(kind: str, code: str, language: Language) -> str:
    match kind:
        case "unit":
            return unit_word(code, language)
        case "dimension":
            return dimension_word(_dimension(code), language)
        case "terminal":
            from rubric.messages.vocabulary import terminal_word

            return terminal_word(code, language)
        case _:
            return LABELS[code].of(language)


def _dimension(code: str) -> tuple[tuple[str, int], ...]:
    """A dimension from its code `money:1,person:-1`."""
    pairs = (part.split(":") for part in code.split(",") if part)
    return tuple((base, int(power)) for base, power in pairs)
