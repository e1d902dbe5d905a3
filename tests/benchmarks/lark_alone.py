"""Lark by itself on the same rule file: our grammar, with lark's own contextual lexer in place of ours.

The terminals are made from the same word tables, and names from those that the file declares. It builds the parse
tree and nothing else: no rule objects, no checking, no findings. That is the yardstick for reading a rule file.
"""

from __future__ import annotations

import re

from lark import Lark

from rubric.language.lexer import normalise
from rubric.language.syntax import grammar_text
from rubric.messages.vocabulary import FIELDS, HEADS, KEYWORDS

_SHAPES = r"""
start: (rubric | facts | table | definitions | level | indicator | overall)*
NUMBER.4: /(\d+(\.\d+)?|[一二两三四五六七八九十]+(?=[个例项次分]))/
UNIT.5: /(%|个百分点|万元|人|例|平方米|年)/
POINTS.5: "分"
TEXT.1: /[^\n]+/
LABEL.1: /[^\s(),、:;\/="「」]+/
ALIAS.2: /「[^」]*」/
COLON.3: ":"
COMMA.3: "、"
SLASH.3: "/"
PLUS.3: "+"
MINUS.3: "-"
LPAR.3: "("
RPAR.3: ")"
LSQB.3: "["
RSQB.3: "]"
INCLUSIVE.6: "(含)"
EXCLUSIVE.6: "(不含)"
KEEP_PLACES.6: /保留[一二两三四]位小数/
STOP.1: "\n\n\n"
QUOTED.2: /“[^”]*”/
WORD.1: /[A-Za-z_一-龥]+/
%ignore /[\s;。,]+|[①-⑳]/
"""


def yardstick(names: list[str], levels: list[str]) -> Lark:
    """Lark's own parser for rule files that use these names."""
    rules = [line for line in grammar_text().splitlines() if not line.startswith("%declare")]
    words = [f"{terminal}.7: /{_either(s.zh)}:?/" for terminal, s in {**HEADS, **FIELDS}.items()]
    signs = {"TIMES": ("×", "*"), "OVER": ("÷", "/")}
    words += [
        f"{terminal}.4: /{_either((*(s.zh or s.en), *signs.get(terminal, ())))}/" for terminal, s in KEYWORDS.items()
    ]
    words.append(f"NAME.5: /{_either(tuple(names))}/")
    words.append(f"LEVEL.5: /{_either(tuple(levels))}/")
    # Words that our lexer knows by what stands around them have no spelling of their own: none is in the text.
    known = {line.split(".")[0].split(":")[0] for line in (*words, *_SHAPES.splitlines())}
    declared = re.findall(r"[A-Z_0-9]+", "\n".join(re.findall(r"^%declare (.+)$", grammar_text(), re.MULTILINE)))
    words += [f'{terminal}.1: "<{terminal}>"' for terminal in declared if terminal not in known]
    return Lark("\n".join([*rules, *words, _SHAPES]), parser="lalr", lexer="contextual", maybe_placeholders=False)


def plain(text: str) -> str:
    """The text as lark's lexer can take it: half-width, the title without its brackets."""
    return normalise(text).replace("「", "").replace("」", "")


def _either(forms: tuple[str, ...]) -> str:
    ordered = sorted({normalise(form) for form in forms}, key=len, reverse=True)
    return "(" + "|".join(re.escape(form).replace("/", r"\/") for form in ordered) + ")"
