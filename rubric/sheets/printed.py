"""How wide texts are in print."""

from __future__ import annotations

from unicodedata import east_asian_width


def printed_width(text: str) -> int:
    """How wide a text is in print: Chinese fonts draw “ ” ≤ ÷ as wide as a Chinese character."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
