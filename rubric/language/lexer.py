"""From text to tokens: where names end, where words begin.

Chinese has no spaces, so a rule decides what belongs to a name:

1. What begins a block or a field stands at the start of a line. A block word (指标, 事实 …) is followed by
   a space, a field word (公式, 评分 …) by a colon.
2. Where a name is *declared* (in 事实, 定义, or after 指标) it runs up to the next punctuation mark; words of
   the language may stand inside it.
3. Everywhere else a declared name is known as a whole wherever it stands, with or without spaces around
   it; the longest one wins, over other names and over words of the language.
4. What is neither a declared name nor a word runs up to the next punctuation mark or word, and is one
   unknown name.

Full-width and half-width forms are mapped one character to one, so that columns stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from lark import Token

from engine.diagnostic import Diagnostic, Word, error, note
from engine.source import Span
from rubric.language.nearest import nearest
from rubric.language.numerals import CHINESE_DIGITS, chinese_number
from rubric.messages.vocabulary import FIELDS, HEADER_FIELDS, HEADS, INDICATOR_FIELDS, KEYWORDS, SYMBOLS, UNIT_WORDS

# What a stranger's file may hold at most; more is refused with a sentence.
MAX_LINE = 4_000
MAX_LINES = 20_000
MAX_DIGITS = 30
MAX_DEPTH = 32
MAX_TOKENS = 600

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = {"\u3000": " ", "\t": " ", "\xa0": " ", "≦": "≤", "≧": "≥", "−": "-", "–": "-", "—": "-", "～": "-", "~": "-"}
_SAME |= {"﹪": "%", "∶": ":", "﹤": "<", "﹥": ">", "\ufeff": " ", "\u200b": " ", "\r": " "}
NORMAL_FORM = str.maketrans({**{chr(k): chr(v) for k, v in _FULL_WIDTH.items()}, **_SAME})


def normalise(text: str) -> str:
    """The text with every full-width or look-alike character as its plain form, at the same place."""
    return text.translate(NORMAL_FORM)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one line that belongs to a field: its number, first column, and normalised text."""

    number: int
    column: int
    text: str
    original: str


@dataclass(slots=True)
class Field:
    """The head of a block or one field in it: the terminal that begins it and the lines after that."""

    terminal: str
    start: str
    opening: Token
    lines: list[Line]


@dataclass(slots=True)
class Block:
    """A stretch of the file that begins with a block word, with its fields in order."""

    start: str
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that the file declares: how each may be written, its key, and whether it is a level."""

    names: dict[str, str]
    levels: dict[str, str]
    pattern: re.Pattern[str] | None

    @staticmethod
    def of(names: dict[str, str], levels: dict[str, str]) -> Vocabulary:
        """The vocabulary of these written forms and their keys."""
        forms = sorted({*names, *levels}, key=len, reverse=True)
        pattern = re.compile("|".join(_bounded(form) for form in forms)) if forms else None
        return Vocabulary(names, levels, pattern)


def _bounded(form: str) -> str:
    """A literal as a pattern; at a Latin letter or digit it ends at a word boundary."""
    left = r"(?<![A-Za-z0-9_])" if re.match(r"[A-Za-z0-9_]", form) else ""
    right = r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9_]$", form) else ""
    return left + re.escape(form).replace(r"\ ", r"\s+") + right


# ------------------------------------------------------------------------------------ blocks and fields

_BLOCK_STARTS = {
    "RUBRIC": "rubric",
    "FACTS": "facts",
    "DEFINITIONS": "definitions",
    "LEVEL_1": "level",
    "LEVEL_2": "level",
    "INDICATOR": "indicator",
}


def _table(words: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {normalise(form).lower(): terminal for terminal, forms in words for form in forms}


_HEAD_TABLE = _table((terminal, (*spellings.zh, *spellings.en)) for terminal, spellings in HEADS.items())
_FIELD_TABLE = _table((terminal, (*spellings.zh, *spellings.en)) for terminal, spellings in FIELDS.items())
_OF_HEADER = {form for terminal in HEADER_FIELDS for form, t in _FIELD_TABLE.items() if t == terminal}
_OF_INDICATOR = {form for terminal in INDICATOR_FIELDS for form, t in _FIELD_TABLE.items() if t == terminal}
_OF_LEVEL = {form for form, terminal in _FIELD_TABLE.items() if terminal == "NOTE"}


def _either(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


_HEAD = re.compile(rf"\s*({_either(_HEAD_TABLE)})(?=[\s:「\"]|$)\s*:?\s*", re.IGNORECASE)
_FIELD = re.compile(rf"\s*({_either(_FIELD_TABLE)})\s*:\s*", re.IGNORECASE)
_MARKS = r"\(\s*[\d.零一二两三四五六七八九十]+\s*(?:分|points?|pts)\s*\)"
_GLUED_HEAD = re.compile(rf"\s*({_either(f for f in _HEAD_TABLE if not f.isascii())})(?=\S.*{_MARKS}\s*$)")
_UNKNOWN_HEAD = re.compile(rf"\s*([^\s:,;。()]{{2,12}})\s+\S.*{_MARKS}\s*$")
_UNKNOWN_FIELD = re.compile(r"\s*([^\s:,;。()=≤≥<>\d][^:,;。()=≤≥<>]{0,15}?)\s*:")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")
_TEXT_FIELDS = {"PLACE", "BASIS", "NOTE", "OFFICIAL"}


class Splitter:
    """Cuts a file into blocks and fields, line by line; a broken line does not hide the next."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.findings: list[Diagnostic] = []

    def split(self, text: str) -> list[Block]:
        """The blocks of the text, in order."""
        for number, original in enumerate(text.split("\n"), 1):
            self._line(number, original)
        return self.blocks

    def _line(self, number: int, original: str) -> None:
        original = original.rstrip("\r")
        if len(original) > MAX_LINE:
            place = Span(self.file, number, MAX_LINE + 1, number, MAX_LINE + 2)
            self.findings.append(error(note("line-too-long", length=len(original), limit=MAX_LINE), place))
            return
        line = _COMMENT.sub("", normalise(original)).rstrip()
        if not line.strip():
            return
        found = _HEAD.match(line)
        if found:
            self._open_block(_HEAD_TABLE[found[1].lower()], number, found, line, original)
        elif not self._mistaken_head(number, line, original):
            self._inside(number, line, original)

    def _open_block(self, terminal: str, number: int, found: re.Match[str], line: str, original: str) -> None:
        block = Block(_BLOCK_STARTS[terminal])
        self.blocks.append(block)
        self._open_field(terminal, block.start, number, found, line, original)

    def _open_field(
        self, terminal: str, start: str, number: int, found: re.Match[str], line: str, original: str
    ) -> None:
        begin, end = found.start(1), found.end()
        opening = Token(terminal, found[1], begin, number, begin + 1, number, found.end(1) + 1, found.end(1))
        lines = [Line(number, end + 1, line[end:], original[end : len(line)])] if line[end:].strip() else []
        self.blocks[-1].fields.append(Field(terminal, start, opening, lines))

    def _mistaken_head(self, number: int, line: str, original: str) -> bool:
        """A line that would begin a block but for its spelling; the block is opened all the same."""
        glued = _GLUED_HEAD.match(line)
        if glued:
            place = self._place(number, glued.start(1), glued.end(1))
            fix = f"{glued[1]} {line[glued.end(1) :].strip()}"
            self.findings.append(error(note("keyword-needs-space", word=glued[1]), place, note("write", text=fix)))
            self._open_block(_HEAD_TABLE[glued[1].lower()], number, glued, line, original)
            return True
        inside_text = self.blocks and self.blocks[-1].fields[-1].terminal in _TEXT_FIELDS
        unknown = None if inside_text else _UNKNOWN_HEAD.match(line)
        right = nearest(unknown[1], _HEAD_TABLE) if unknown else None
        if unknown is None or right is None:
            return False
        place = self._place(number, unknown.start(1), unknown.end(1))
        self.findings.append(error(note("unknown-keyword", word=unknown[1]), place, note("nearest", name=right)))
        self._open_block(_HEAD_TABLE[right], number, unknown, line, original)
        block = self.blocks[-1]
        end = unknown.end(1)
        block.fields[-1].lines = [Line(number, end + 1, line[end:], original[end : len(line)])]
        return True

    def _inside(self, number: int, line: str, original: str) -> None:
        if not self.blocks:
            first = len(line) - len(line.lstrip())
            place = self._place(number, first, len(line))
            self.findings.append(error(note("before-title"), place, note("begin-with-title")))
            self.blocks.append(Block("rubric", [Field("NOTE", "note", Token("NOTE", ""), [])]))
            return
        block = self.blocks[-1]
        match block.start:
            case "facts":
                self._declaration(block, "FACT", "fact", number, line, original, line.rstrip().endswith(("、", ",")))
            case "definitions":
                self._declaration(block, "DEFINITION", "definition", number, line, original, "=" not in line)
            case _:
                self._field_or_more(block, number, line, original)

    def _declaration(
        self, block: Block, terminal: str, start: str, number: int, line: str, original: str, goes_on: bool
    ) -> None:
        """A line in a block of declarations: one of its own, or more of the one before."""
        indent = len(line) - len(line.lstrip())
        piece = Line(number, indent + 1, line[indent:], original[indent : len(line)])
        last = block.fields[-1]
        continues = last.start == start and bool(last.lines)
        if start == "definition":
            continues = continues and goes_on
        else:
            continues = continues and last.lines[-1].text.rstrip().endswith(("、", ","))
        if continues:
            last.lines.append(piece)
        else:
            block.fields.append(Field(terminal, start, Token(terminal, ""), [piece]))

    def _field_or_more(self, block: Block, number: int, line: str, original: str) -> None:
        allowed = {"rubric": _OF_HEADER, "indicator": _OF_INDICATOR}.get(block.start, _OF_LEVEL)
        found = _FIELD.match(line)
        if found and found[1].lower() in allowed:
            terminal = _FIELD_TABLE[found[1].lower()]
            self._open_field(terminal, terminal.lower(), number, found, line, original)
            return
        unknown = _UNKNOWN_FIELD.match(line)
        in_text = block.fields[-1].terminal in _TEXT_FIELDS
        if found or unknown:
            label = (found or unknown)[1]  # type: ignore[index]
            right = nearest(label, allowed)
            if found or right or not in_text:
                self._unknown_field(number, found or unknown, label, right, allowed)  # type: ignore[arg-type]
                return
        indent = len(line) - len(line.lstrip())
        block.fields[-1].lines.append(Line(number, indent + 1, line[indent:], original[indent : len(line)]))

    def _unknown_field(
        self, number: int, found: re.Match[str], label: str, right: str | None, allowed: set[str]
    ) -> None:
        place = self._place(number, found.start(1), found.end(1))
        chinese = any(not character.isascii() for character in label)
        known = tuple(sorted({form for form in allowed if form.isascii() != chinese}))
        helps = (note("nearest", name=right),) if right else (note("fields-here", names=known),)
        self.findings.append(error(note("unknown-field", word=label), place, *helps))
        # The lines that belong to the field that could not be told are passed over with it.
        self.blocks[-1].fields.append(Field("NOTE", "unknown", Token("NOTE", label), []))

    def _place(self, number: int, start: int, end: int) -> Span:
        return Span(self.file, number, start + 1, number, end + 1)


# ---------------------------------------------------------------------------------------------- tokens

_PAUSE = re.compile(r"[\s,;。、:.·•!]+|[①-⑳]|[❶-❿]")
_ONE_FOLLOWS = rf"(?=\s*(?:\d|[{CHINESE_DIGITS}]))"
_AFTER = {
    **dict.fromkeys(("计", "得", "给", "记", "扣", "减", "加", "以"), _ONE_FOLLOWS),
    **dict.fromkeys(("至", "到"), r"(?=\s*(?:-?\d))"),
    "的": r"(?=\s*(?:[,;。、:]|计|得|不|按|$))",
}
_STEP = rf"不足(?:一档|一步|部分|零头|(?:[\d.]+|[{CHINESE_DIGITS}]+)\s*(?:个百分点|百分点|%|档|人|例|次|天|个))(?:的部分|的|部分)?\s*,?\s*"
_PHRASES = {
    "PROPORTIONAL": _STEP + r"按比例(?:计算|扣分|计分|计|扣)?",
    "STARTED": _STEP
    + r"(?:也|均)?按(?:一档|一步|(?:[\d.]+|[一1])\s*(?:个百分点|百分点|%|档|人|例|次|天|个))(?:计算|计|扣分|扣|算)",
    "WHOLE": _STEP + r"(?:不予计算|不计算|不计|不扣|舍去)",
    "INCLUSIVE": r"\(\s*(?:含|包含|包括|inclusive|incl\.?)[^()]{0,12}\)",
    "EXCLUSIVE": r"\(\s*(?:不含|不包含|不包括|exclusive|excl\.?)[^()]{0,12}\)",
}


def _keyword_pattern(form: str) -> str:
    if form in _AFTER:
        return re.escape(form) + _AFTER[form]
    return _bounded(form) if re.search(r"[A-Za-z]", form) else re.escape(form)


_KEYWORD_TABLE: dict[str, str] = _table((t, (*s.zh, *s.en)) for t, s in KEYWORDS.items())
_WEAK = {"为", "是", "有", "无", "否", "且", "其他", "其它", "no", "is", "to", "and", "yes", "止", "存在"}


@cache
def _keywords(strong: bool) -> re.Pattern[str]:
    forms = sorted((form for form in _KEYWORD_TABLE if not (strong and form in _WEAK)), key=len, reverse=True)
    phrases = "|".join(f"(?P<{terminal}>{pattern})" for terminal, pattern in _PHRASES.items())
    return re.compile(f"{phrases}|(?P<keyword>{'|'.join(map(_keyword_pattern, forms))})", re.IGNORECASE)


_UNIT_TABLE = {normalise(form).lower(): code for code, words in UNIT_WORDS.items() for form in (*words.zh, *words.en)}
_UNITS = re.compile(r"\s*(" + "|".join(_bounded(f) for f in sorted(_UNIT_TABLE, key=len, reverse=True)) + ")", re.I)
_UNIT_AHEAD = r"(?=\s*(?:" + "|".join(re.escape(f) for f in sorted(_UNIT_TABLE, key=len, reverse=True)) + "))"
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![A-Za-z_])")
_CHINESE_NUMBER = re.compile(rf"百分之[{CHINESE_DIGITS}]+|[{CHINESE_DIGITS}]+{_UNIT_AHEAD}")
_LATIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STOP = re.compile(r"[\s,;。、:()\[\]+\-*/×÷<>=≤≥\"「」%]")


class BodyLexer:
    """Reads formulas and criteria into tokens, with the names that the file declares."""

    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.findings: list[Diagnostic] = []

    def tokens(self, lines: Iterable[Line], unknown: str = "WORD") -> list[Token]:
        """The tokens of a field; a word that is not known becomes a token of the given type."""
        found: list[Token] = []
        for line in lines:
            self._read(line, found, unknown)
            if len(found) > MAX_TOKENS:
                place = Span(self.file, line.number, line.column, line.number, line.column + 1)
                self.findings.append(error(note("field-too-long", limit=MAX_TOKENS), place))
                return []
        if _too_deep(found):
            deep = next(token for token in found if token.type in ("LPAR", "LSQB"))
            self.findings.append(error(note("too-deep", limit=MAX_DEPTH), span_of(deep, self.file)))
            return []
        return found

    def _read(self, line: Line, found: list[Token], unknown: str) -> None:
        text, position, end = line.text, 0, len(line.text)
        keywords, names = _keywords(False), self.vocabulary.pattern
        while position < end:
            pause = _PAUSE.match(text, position)
            if pause:
                position = pause.end()
                continue
            name = names.match(text, position) if names else None
            word = keywords.match(text, position)
            if name and (word is None or name.end() > word.end()):
                position = self._name(line, found, name, unknown)
            elif word:
                terminal = word.lastgroup or ""
                if terminal == "keyword":
                    terminal = _KEYWORD_TABLE[re.sub(r"\s+", " ", word[0]).lower()]
                found.append(token(terminal, word[0], line, position, word.end()))
                position = word.end()
            else:
                position = self._other(line, found, position, unknown)

    def _name(self, line: Line, found: list[Token], name: re.Match[str], unknown: str) -> int:
        """A declared name, unless it is only a part of a longer word that is not declared."""
        start, end = name.span()
        longer = end
        if not name[0][-1].isascii():
            longer = self._word_end(line.text, end) if self._goes_on(line.text, end) else end
        last = found[-1] if found else None
        glued = last is not None and last.type == unknown and last.end_pos == start and last.line == line.number
        if longer > end or glued:
            return self._word(line, found, start, longer, unknown)
        form = re.sub(r"\s+", " ", name[0])
        if form in self.vocabulary.names:
            found.append(token("NAME", self.vocabulary.names[form], line, start, end))
        else:
            found.append(token("LEVEL", self.vocabulary.levels[form], line, start, end))
        return end

    def _goes_on(self, text: str, position: int) -> bool:
        """Whether a word goes on here that is neither a name, nor a keyword, nor a mark."""
        if position >= len(text) or _STOP.match(text, position) or text[position].isdigit():
            return False
        if _keywords(False).match(text, position) or _CHINESE_NUMBER.match(text, position):
            return False
        return not (self.vocabulary.pattern and self.vocabulary.pattern.match(text, position))

    def _word_end(self, text: str, position: int) -> int:
        strong = _keywords(True)
        position += 1
        while position < len(text) and not _STOP.match(text, position) and not strong.match(text, position):
            position += 1
        return position

    def _other(self, line: Line, found: list[Token], position: int, unknown: str) -> int:
        text = line.text
        number = _NUMBER.match(text, position)
        if number:
            return self._number(line, found, number, number[0].replace(",", ""))
        chinese = _CHINESE_NUMBER.match(text, position)
        if chinese:
            return self._chinese(line, found, chinese)
        symbol = SYMBOLS.get(text[position])
        if symbol:
            found.append(token(symbol, text[position], line, position, position + 1))
            return position + 1
        if text[position] == "%" or text[position] in '"「」':
            found.append(
                token("UNIT" if text[position] == "%" else unknown, text[position], line, position, position + 1)
            )
            return position + 1
        latin = _LATIN.match(text, position)
        end = latin.end() if latin else self._word_end(text, position)
        return self._word(line, found, position, end, unknown)

    def _word(self, line: Line, found: list[Token], start: int, end: int, unknown: str) -> int:
        """An unknown word; it swallows what stands directly before it, and a Latin one its neighbour."""
        last = found[-1] if found else None
        if last is not None and last.type == unknown and last.line == line.number:
            begin = (last.column or 0) - line.column
            between = line.text[last.end_pos or 0 : start]
            latin = last[-1].isascii() and line.text[start].isascii()
            if between == "" or (between.isspace() and latin):
                found[-1] = token(unknown, line.text[begin:end], line, begin, end)
                return end
        found.append(token(unknown, line.text[start:end], line, start, end))
        return end

    def _number(self, line: Line, found: list[Token], number: re.Match[str], digits: str) -> int:
        start, end = number.span()
        if len(digits) > MAX_DIGITS:
            place = Span(self.file, line.number, line.column + start, line.number, line.column + end)
            self.findings.append(error(note("number-too-long", limit=MAX_DIGITS), place))
            digits = "0"
        found.append(token("NUMBER", digits, line, start, end))
        return self._unit(line, found, end)

    def _chinese(self, line: Line, found: list[Token], number: re.Match[str]) -> int:
        start, end = number.span()
        percent = number[0].startswith("百分之")
        value = chinese_number(number[0].removeprefix("百分之")) if percent else chinese_number(number[0])
        if value is None:
            return self._word(line, found, start, end, "WORD")
        found.append(token("NUMBER", _digits(value), line, start, end))
        if percent:
            found.append(token("UNIT", "percent", line, start, end))
            return end
        return self._unit(line, found, end)

    def _unit(self, line: Line, found: list[Token], position: int) -> int:
        unit = _UNITS.match(line.text, position)
        if unit is None:
            return position
        code = _UNIT_TABLE[unit[1].lower()]
        kind = "POINTS" if code == "score" else "UNIT"
        found.append(token(kind, code, line, unit.start(1), unit.end(1)))
        return unit.end(1)


def _digits(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _too_deep(tokens: Iterable[Token]) -> bool:
    depth = 0
    for each in tokens:
        depth += (each.type in ("LPAR", "LSQB")) - (each.type in ("RPAR", "RSQB"))
        if depth > MAX_DEPTH:
            return True
    return False


def token(kind: str, value: str, line: Line, start: int, end: int) -> Token:
    """A token at a stretch of a line; columns count in the whole line, positions in the stretch."""
    return Token(kind, value, start, line.number, line.column + start, line.number, line.column + end, end)


def span_of(place: Token, file: str) -> Span:
    """Where a token stands."""
    return Span(file, place.line or 0, place.column or 0, place.end_line or 0, place.end_column or 0)


# ------------------------------------------------------------------------------- declarations and labels

_ALIAS = re.compile(r"\s*(?:\"([^\"]*)\"|「([^」]*)」)")
_FACT_LABEL = re.compile(r"[^(),、:/;\"「=]+")
_HEAD_MARKS = re.compile(rf"\s*({_MARKS}|\([^()]*\)?)\s*$")


def label_tokens(line: Line, start: int, end: int) -> Iterator[Token]:
    """The name in a stretch of a line, and its other form in quotation marks."""
    alias = re.search(r"(?:\"([^\"]*)\"|「([^」]*)」)\s*$", line.text[start:end])
    name_end = start + alias.start() if alias else end
    name = line.text[start:name_end]
    bare = name.strip()
    if bare:
        first = start + len(name) - len(name.lstrip())
        yield token("LABEL", bare, line, first, first + len(bare))
        if alias:
            inner = alias[1] or alias[2] or ""
            yield token("ALIAS", inner.strip(), line, name_end, start + alias.end())
    elif alias:
        inner = (alias[1] or alias[2] or "").strip()
        yield token("LABEL", inner, line, name_end, start + alias.end())


def head_tokens(field: Field, body: BodyLexer) -> list[Token]:
    """The name and full marks behind the word that begins a block."""
    found = [field.opening]
    for line in field.lines[:1]:
        marks = _HEAD_MARKS.search(line.text)
        end = marks.start() if marks else len(line.text)
        found.extend(label_tokens(line, 0, end))
        if marks:
            inner = Line(line.number, line.column + end, line.text[end:], line.original[end:])
            found.extend(body.tokens([inner]))
    for line in field.lines[1:]:
        found.extend(body.tokens([line]))
    return found


def title_tokens(field: Field) -> list[Token]:
    """The title behind the word that begins a rubric."""
    found = [field.opening]
    for line in field.lines[:1]:
        stripped = line.original.strip().strip('「」"《》')
        if stripped:
            found.append(token("LABEL", stripped, line, 0, len(line.text)))
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
    joined = ""
    for line in lines:
        if joined and joined[-1].isascii() and line[:1].isascii():
            joined += " "
        joined += line
    return joined


def definition_tokens(field: Field, body: BodyLexer) -> list[Token]:
    """A derived quantity: its name, the equals sign, its expression."""
    first = field.lines[0]
    equals = first.text.find("=")
    if equals < 0:
        return list(label_tokens(first, 0, len(first.text)))
    found = [*label_tokens(first, 0, equals), token("EQUAL", "=", first, equals, equals + 1)]
    rest = Line(first.number, first.column + equals + 1, first.text[equals + 1 :], first.original[equals + 1 :])
    return found + body.tokens([rest, *field.lines[1:]])


def fact_tokens(field: Field) -> list[Token]:
    """One declaration: names, unit or levels in brackets, meaning."""
    found: list[Token] = []
    for line in field.lines:
        _declared(line, found)
    return found


_MARKS_OF_DECLARATION = {"、": "COMMA", ",": "COMMA", "(": "LPAR", ")": "RPAR", "/": "SLASH"}
_SIGNED = re.compile(_either((*KEYWORDS["SIGNED"].zh, *KEYWORDS["SIGNED"].en)))


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
        elif character in _MARKS_OF_DECLARATION:
            found.append(token(_MARKS_OF_DECLARATION[character], character, line, position, position + 1))
            position += 1
        else:
            position = _declared_label(line, found, position)


def _declared_label(line: Line, found: list[Token], position: int) -> int:
    text = line.text
    signed = _SIGNED.match(text, position)
    if signed:
        found.append(token("SIGNED", signed[0], line, position, signed.end()))
        return signed.end()
    alias = _ALIAS.match(text, position)
    if alias and found and found[-1].type == "LABEL":
        found.append(token("ALIAS", (alias[1] or alias[2] or "").strip(), line, position, alias.end()))
        return alias.end()
    label = _FACT_LABEL.match(text, position)
    if label is None:
        found.append(token("WORD", text[position], line, position, position + 1))
        return position + 1
    bare = label[0].rstrip()
    found.append(token("LABEL", bare, line, position, position + len(bare)))
    return label.end()


def field_word(terminal: str) -> Word:
    """A terminal as an argument of a message."""
    return Word("terminal", terminal)
