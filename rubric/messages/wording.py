"""One thing said in every language."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Wording(NamedTuple):
    """One thing said in every language: leave one out and it does not type-check."""

    en: str
    zh: str

    def of(self, language: Language) -> str:
        """The wording in that language."""
        return self.zh if language == "zh" else self.en
