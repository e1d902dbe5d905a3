"""The words of a scorecard that is written as a document: web page, Word, PDF."""

from __future__ import annotations

from rubric.messages.wording import Language, Wording

DOSSIER: dict[str, Wording] = {
    "line-said": Wording(
        "Measured: {value}, in {here}. The bands: {stretches}.", "实际为 {value}，在 {here}。各档：{stretches}。"
    ),
    "line-stretch": Wording("{name}: {points} points", "{name} 计 {points} 分"),
    "and": Wording(", ", "、"),
}


def say(code: str, language: Language, **arguments: object) -> str:
    """A word or a sentence in a language."""
    return DOSSIER[code].of(language).format(**arguments)
