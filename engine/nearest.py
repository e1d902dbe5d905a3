"""The nearest right name for a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice

# Longer words, or longer lists, are not worth a guess (and would cost time on a hostile file).
_LONGEST = 40
_MOST = 1_000
# One wrong character in its place is likelier than one left out (in per cent of likeness).
_ONE_CHARACTER = 90


def nearest(word: str, names: Iterable[str], least: int = 50) -> str | None:
    """The name most like the word, if any is more like it than `least` per cent; ties go to the first."""
    if not word or len(word) > _LONGEST:
        return None
    word = word.lower()
    best, likeness = None, least
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    for name in islice(names, _MOST):
        found = _likeness(matcher, word, name.lower(), likeness)
        if found > likeness:
            best, likeness = name, found
    return best


def _likeness(matcher: SequenceMatcher[str], word: str, name: str, least: int) -> int:
    """How like a name is, where it can be more than `least`."""
    if _one_wrong(word, name):
        return _ONE_CHARACTER
    matcher.set_seq1(name)
    if 100 * matcher.real_quick_ratio() > least and 100 * matcher.quick_ratio() > least:
        return int(100 * matcher.ratio())
    return 0


def _one_wrong(word: str, name: str) -> bool:
    """Whether just one of at least three characters is another one."""
    if len(word) != len(name) or len(word) < 3:
        return False
    return sum(one != other for one, other in zip(word, name, strict=True)) == 1
