"""The nearest right name for a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

# Longer words, or longer lists, are not worth a guess (and would cost time on a hostile file).
_LONGEST = 40
_MOST = 2_000


def nearest(word: str, names: Iterable[str], least: float = 0.5) -> str | None:
    """The name most like the word, if any is like enough; ties go to the first."""
    if not word or len(word) > _LONGEST:
        return None
    best, best_ratio = None, least
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word.lower())
    for count, name in enumerate(names):
        if count > _MOST:
            break
        matcher.set_seq1(name.lower())
        if matcher.real_quick_ratio() > best_ratio and matcher.quick_ratio() > best_ratio:
            ratio = matcher.ratio()
            if ratio > best_ratio:
                best, best_ratio = name, ratio
    return best
