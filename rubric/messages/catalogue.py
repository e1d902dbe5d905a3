"""Every sentence that a finding may be, by its code, in both languages side by side."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any

from engine.diagnostic import Argument, Note, Pair, Shown, Word
from engine.number import plain
from rubric.messages.labels import LABELS
from rubric.messages.scoring import SCORING_NOTES
from rubric.messages.wording import Language, Wording
from rubric.messages.words import dimension_word, quantity_text, unit_word


@cache
def messages() -> dict[str, Wording]:
    """Every sentence by its code. A score without findings never asks for those of the findings."""
    from rubric.messages.documents import DOCUMENT_FINDINGS
    from rubric.messages.drafting import DRAFTING
    from rubric.messages.facts import FACT_FINDINGS
    from rubric.messages.rules import RULE_FINDINGS

    return {**RULE_FINDINGS, **FACT_FINDINGS, **SCORING_NOTES, **DRAFTING, **DOCUMENT_FINDINGS}


def say(note: Note, language: Language) -> str:
    """The sentence of a note in that language."""
    if note.code == "number-line":
        return _drawn(note, language)
    parts = {name: argument_text(argument, language) for name, argument in note.arguments}
    told = SCORING_NOTES.get(note.code)
    if told is not None:
        return tidy(told.of(language).format_map(parts))
    # A finding may show a line of a rule file, whose spaces tell its words apart.
    return _BESIDE_MARKS.sub(r"\1\2", messages()[note.code].of(language).format_map(parts))


def _drawn(note: Note, language: Language) -> str:
    """A number line: it has rows, and no words beside its labels."""
    from rubric.messages.numberline import number_line

    given: dict[str, Any] = dict(note.arguments)
    return number_line(given["rows"], given["unit"], language)


def tidy(sentence: str) -> str:
    """No space stands beside a full-width mark, nor between two Chinese characters."""
    return _BETWEEN.sub("", _BESIDE_MARKS.sub(r"\1\2", sentence))


_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_BESIDE_MARKS = re.compile(r" +([，。；：、）”」])|([，。；：、（）「」]) +")


def argument_text(argument: Argument, language: Language) -> str:
    """One argument of a note as it stands in a sentence."""
    match argument:
        case Word(kind, code):
            return _word(kind, code, language)
        case Fraction():
            return plain(argument)
        case Shown(number, unit):
            return quantity_text(plain(number, 4), unit, language)
        case Pair(name, value):
            said = argument_text(name, language), argument_text(value, language)
            if language == "en":
                return f"{said[0]} is {said[1]}"
            return f"{said[0]}为 {said[1]}" if isinstance(value, Shown) else f"{said[0]}为{said[1]}"
        case tuple():
            return _listed(argument, language)
        case _:
            return str(argument)


def _listed(several: tuple[Argument, ...], language: Language) -> str:
    """Several things in a sentence; lots of them are parted more strongly."""
    lots = any(type(each) is tuple for each in several)
    mark = ("；" if lots else "、") if language == "zh" else ("; " if lots else ", ")
    return mark.join(argument_text(each, language) for each in several)


def _word(kind: str, code: str, language: Language) -> str:
    match kind:
        case "unit":
            return unit_word(code, language)
        case "dimension":
            return dimension_word(_dimension(code), language)
        case "reading":
            return SCORING_NOTES[f"reading-{code}"].of(language)
        case "terminal":
            from rubric.messages.vocabulary import terminal_word

            return terminal_word(code, language)
        case _:
            return LABELS[code].of(language)


def _dimension(code: str) -> tuple[tuple[str, int], ...]:
    """A dimension from its code `money:1,person:-1`."""
    pairs = (part.split(":") for part in code.split(",") if part)
    return tuple((base, int(power)) for base, power in pairs)
