"""Tokens of what is declared: names with their other form, units and levels, full marks, titles and free text.

Where a name is declared it runs up to the next punctuation mark; words of the language may stand inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lark import Token

from rubric.language.lexer import BodyLexer
from rubric.language.splitter import MARKS, TAKES, Field
from rubric.language.text import MAX_TOKENS, Line, either, token
from rubric.messages.vocabulary import KEYWORDS

_QUOTED = r"(?:\"([^\"]*)\"|「([^」]*)」)"
_ALIAS = re.compile(rf"\s*{_QUOTED}")
_ALIAS_AT_END = re.compile(rf"{_QUOTED}\s*$")
_GAP = re.compile(r"(?<=\S)\s")
_FACT_LABEL = re.compile(r"[^(),、:/;\"「=]+")
_HEAD_MARKS = re.compile(rf"({MARKS}|\([^()]*\)?)\s*$")
_PUNCTUATION = {"、": "COMMA", ",": "COMMA", "(": "LPAR", ")": "RPAR", "/": "SLASH"}
_FLAGS = {code: re.compile(either((*KEYWORDS[code].zh, *KEYWORDS[code].en))) for code in ("SIGNED", "POSITIVE")}


def label_tokens(line: Line, start: int, end: int) -> Iterator[Token]:
    """The name in a stretch of a line, and its other form in quotation marks."""
    stretch = line.text[start:end]
    alias = _ALIAS_AT_END.search(stretch)
    name = stretch[: alias.start()] if alias else stretch
    if name.strip():
        first = start + len(name) - len(name.lstrip())
        yield token("LABEL", name.strip(), line, first, first + len(name.strip()))
    if alias:
        kind = "ALIAS" if name.strip() else "LABEL"
        yield token(kind, _inner(alias), line, start + alias.start(), start + alias.end())


def _inner(alias: re.Match[str]) -> str:
    return (alias[1] or alias[2] or "").strip()


def head_labels(field: Field) -> list[Token]:
    """The name behind the word that begins a block, and its other form."""
    return [token for line in field.lines[:1] for token in label_tokens(line, 0, _marks_start(line))]


def head_tokens(field: Field, body: BodyLexer) -> list[Token]:
    """The name and full marks behind the word that begins a block."""
    marks = [line.rest(_marks_start(line)) for line in field.lines[:1]]
    return [field.opening, *head_labels(field), *body.tokens([*marks, *field.lines[1:]])]


def _marks_start(line: Line) -> int:
    marks = _HEAD_MARKS.search(line.text)
    return marks.start() if marks else len(line.text)


def title_tokens(field: Field) -> list[Token]:
    """The title behind the word that begins a rubric."""
    found = [field.opening]
    for line in field.lines[:1]:
        stripped = line.original.strip().strip('「」"《》')
        if stripped:
            found.append(token("LABEL", stripped, line, 0, len(line.text)))
    for line in field.lines[1:]:
        found.append(token("TEXT", line.original.strip(), line, 0, len(line.text)))
    return found


def text_tokens(field: Field) -> list[Token]:
    """The free text of a field, its lines joined as the author wrote them."""
    if not field.lines:
        return [field.opening]
    first, last = field.lines[0], field.lines[-1]
    text = _join(line.original.strip() for line in field.lines)
    end = last.column + len(last.text)
    return [field.opening, Token("TEXT", text, 0, first.number, first.column, last.number, end, len(text))]


def _join(lines: Iterable[str]) -> str:
    """Lines as one text: a space where two Latin words meet, nothing between Chinese characters."""
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1][-1:].isascii() and line[:1].isascii():
            joined.append(" ")
        joined.append(line)
    return "".join(joined)


def table_tokens(field: Field) -> list[Token]:
    """The name of a table and what it is."""
    found: list[Token] = [field.opening]
    for line in field.lines[:1]:
        _declared(line, found)
    return found


def definition_labels(field: Field) -> list[Token]:
    """The name of a derived quantity, and its other form."""
    first = field.lines[0]
    end = _equals(first)
    if end < 0:
        # Without a sign the name is taken to end at the first space.
        gap = _GAP.search(first.text)
        end = gap.start() if gap else len(first.text)
    return list(label_tokens(first, 0, end))


def _equals(line: Line) -> int:
    """Where the name of a derived quantity ends: at “=”, or at 取 in 取甲与乙中较低的."""
    equals = line.text.find("=")
    taken = TAKES.search(line.text) if equals < 0 else None
    return taken.start() if taken else equals


def definition_tokens(field: Field, body: BodyLexer) -> list[Token]:
    """A derived quantity: its name, the equals sign, its expression."""
    first = field.lines[0]
    equals = _equals(first)
    labels = definition_labels(field)
    if equals < 0:
        return labels
    sign = token("EQUAL", first.text[equals], first, equals, equals + 1)
    return [*labels, sign, *body.tokens([first.rest(equals + 1), *field.lines[1:]])]


def fact_tokens(field: Field) -> list[Token]:
    """One declaration: names, unit or levels in brackets, meaning."""
    found: list[Token] = []
    for line in field.lines:
        if len(found) <= MAX_TOKENS:
            _declared(line, found)
    return found


def _declared(line: Line, found: list[Token]) -> None:
    text, position = line.text, 0
    while position < len(text):
        character = text[position]
        if character.isspace():
            position += 1
        elif character == ":":
            found.append(token("COLON", ":", line, position, position + 1))
            meaning = line.original[position + 1 :].strip()
            if meaning:
                found.append(token("TEXT", meaning, line, position + 1, len(text)))
            return
        elif character in _PUNCTUATION:
            found.append(token(_PUNCTUATION[character], character, line, position, position + 1))
            position += 1
        else:
            position = _declared_label(line, found, position)


def _declared_label(line: Line, found: list[Token], position: int) -> int:
    text = line.text
    for code, pattern in _FLAGS.items():
        flag = pattern.match(text, position)
        if flag:
            found.append(token(code, flag[0], line, position, flag.end()))
            return flag.end()
    alias = _ALIAS.match(text, position)
    if alias:
        # The form in the other language; where no name stands before it, a name that has marks in it.
        kind = "ALIAS" if found and found[-1].type == "LABEL" else "LABEL"
        found.append(token(kind, _inner(alias), line, position, alias.end()))
        return alias.end()
    label = _FACT_LABEL.match(text, position)
    if label is None:
        found.append(token("WORD", text[position], line, position, position + 1))
        return position + 1
    bare = label[0].rstrip()
    found.append(token("LABEL", bare, line, position, position + len(bare)))
    return label.end()
