"""A text in both languages, and two dossiers of one scorecard walked as one."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from rubric.messages.dossier import DOSSIER
from rubric.messages.wording import Language

# What names a part, and is not read: the same in both languages.
_KEYS = frozenset({"key", "about", "code", "standing", "facts", "used_by", "language", "rules", "engine"})
_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{3}")


class Both:
    """One text in Chinese and in English, of which a page shows the one that the reader chose.

    In a template it writes itself: a text that differs stands twice, marked `zh` and `en`, and the style sheet hides
    one of them; what there is in one language only is marked as Chinese (`zh-CN`) or English (`en-GB`), and shown.
    """

    __slots__ = ("en", "zh")

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en

    def __html__(self) -> str:
        return str(self.inside("span"))

    def inside(self, tag: str, attributes: str = "") -> Markup:
        """The text in elements of that name: of SVG, or where each language needs one of its own."""
        put = Markup(f"<{tag}{{}}{attributes}>{{}}</{tag}>")
        if self.zh != self.en:
            return put.format(Markup(' lang="zh"'), self.zh) + put.format(Markup(' lang="en"'), self.en)
        language = "zh-CN" if _CHINESE.search(self.zh) else "en-GB" if _WORD.search(self.zh) else ""
        if not language and tag == "span":
            return escape(self.zh)
        return put.format(Markup(f' lang="{language}"') if language else "", self.zh)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def of(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


def word(code: str, **arguments: object) -> Both:
    """What the page itself says, with what stands inside it in either language."""
    wording = DOSSIER[code]
    return Both(
        wording.zh.format(**{name: of(value, "zh") for name, value in arguments.items()}),
        wording.en.format(**{name: of(value, "en") for name, value in arguments.items()}),
    )


def of(value: object, language: Language) -> str:
    """A value as text in one language."""
    return value.of(language) if isinstance(value, Both) else str(value)


def paired(zh: object, en: object, key: bool = False) -> Any:
    """Two values of the same shape as one, with every text that is read in both languages."""
    if isinstance(zh, str):
        return zh if key else Both(zh, str(en))
    names = [each.name for each in fields(zh)] if is_dataclass(zh) else list(getattr(zh, "_fields", ()))
    if names:
        told = {name: paired(getattr(zh, name), getattr(en, name), name in _KEYS) for name in names}
        return SimpleNamespace(**told)
    if isinstance(zh, tuple) and isinstance(en, tuple):
        # What is told in one language only is told in it.
        both = zip_longest(zh, en)
        return [paired(one if one is not None else two, two if two is not None else one, key) for one, two in both]
    return zh
