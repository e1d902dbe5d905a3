"""Slips of the hand in YAML, found line by line, so that each is named on the line that has it.

A YAML parser stops at the first thing that it cannot read, often lines after its cause. This scan
knows just enough of YAML (quotes, brackets, block texts, comments, indentation) to tell a full-width
colon between a key and its value from one inside a sentence. Each slip is mended in a copy of the
text, so that whatever else is wrong with the file can be told in the same go; a map from the copy's
columns back to the file's keeps every place right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_SLIPS = 20

_QUOTED = {'"': re.compile(r'(?:[^"\\]|\\.)*+"'), "'": re.compile(r"(?:[^']|'')*+'")}
_PLAIN_END = re.compile(r":(?=[ \t]|$)|[ \t]#")
_FLOW_PLAIN_END = re.compile(r":(?=[ \t,\[\]{}]|$)|[,\[\]{}]|[ \t]#")
_BLANKS = " \t\u3000\xa0\u200b"
_DASHES = re.compile(r"(?:-(?: +|$))+")
_COLON = re.compile("[:：]")
_SEPARATOR = re.compile(r":(?: |$)")
_COMMENT = re.compile(r"[ \t]#")
_UNOPENED = re.compile(r"""([^:{]*: +)[^\s"'{\[][^{]*: [^{]*\}$""")
_WIDE_VALUE = re.compile(r":[ \t]+([｛［])")
_KEY_LINE = re.compile(r"""[^\s"'{}\[\],#][^"'{}\[\],#:：]*(?::(?: |$)|：)""")
_DEEPER_KEY = re.compile(r"""[^\s"'{}\[\],#][^"'{}\[\],#:：]*:(?: |$)""")
_NOT_PLAIN = "\"'{}[]#&*!|>%@`?,"
_WIDE_BRACKETS = str.maketrans("｛｝［］", "{}[]")
_CLOSING = {"{": "}", "[": "]"}


class Slip(NamedTuple):
    """One slip: its code and where it is (lines and columns from 0)."""

    code: str
    line: int
    start: int
    end: int


class Token(NamedTuple):
    """A piece of an entry: a plain or quoted text, a nested bracket, or the colon between key and value."""

    kind: str
    line: int
    start: int
    end: int


@dataclass(slots=True)
class _Opened:
    """A quote or bracket that is open, and what has been read of the entry inside it."""

    character: str
    line: int
    column: int
    indent: int
    leads: bool
    entry: list[Token] = field(default_factory=list)
    comma: Token | None = None
    before_comma: Token | None = None


class Scan:
    """The slips of a text and the text without them."""

    def __init__(self, text: str, prose: frozenset[str], broken: bool) -> None:
        self._lines = text.replace("\r\n", "\n").split("\n")
        self._prose = prose
        self._broken = broken
        self._columns: dict[int, list[int]] = {}
        self._quote: _Opened | None = None
        self._brackets: list[_Opened] = []
        self._entry: list[Token] = []
        self._indent = 0
        self._block_text: int | None = None
        self._continues: int | None = None
        self._waits: int | None = None
        self._leads: dict[str, int] = {}
        self._deeper: tuple[int, int] | None = None
        self._last = 0
        self.slips: list[Slip] = []
        for number in range(len(self._lines)):
            if self.full:
                break
            self._line(number)
        self._unclosed()

    @property
    def full(self) -> bool:
        """Whether there are more slips than are worth telling: the text is something else than YAML."""
        return len(self.slips) > MAX_SLIPS

    @property
    def mended(self) -> str:
        """The text with every slip mended."""
        return "\n".join(self._lines)

    def column(self, line: int, column: int) -> int:
        """The column in the file of a column in the mended text, both from 0."""
        columns = self._columns.get(line)
        return columns[min(column, len(columns) - 1)] if columns else column

    # ------------------------------------------------------------------------------------------- lines

    def _line(self, number: int) -> None:
        line = self._lines[number]
        content = line.lstrip(_BLANKS)
        if not content.strip():
            return
        spaces = len(line) - len(line.lstrip(" "))
        if self._block_text is not None:
            if spaces > self._block_text:
                return
            self._block_text = None
        if self._broken and self._opener() and self._begins_entry(content, spaces):
            self._unclosed()
        if not self._opener():
            self._block_line(number, line, content, spaces)
        else:
            self._walk(number, 0)
        self._last = number

    def _block_line(self, number: int, line: str, content: str, spaces: int) -> None:
        if content[0] == "#" or content.startswith(("---", "...")):
            return
        if self._continues is not None and spaces > self._continues:
            self._over_indented(number, spaces)
            return
        self._continues = None
        lead = len(line) - len(content)
        if line[:lead].strip(" "):
            lead = self._respace(number, lead)
        dashes = _DASHES.match(self._lines[number], lead)
        self._indent = start = dashes.end() if dashes else lead
        self._entry = []
        if start < len(self._lines[number]):
            self._mend_head(number, start, bool(dashes))
            self._walk(number, start)
            self._continuation()

    def _over_indented(self, number: int, spaces: int) -> None:
        """A deeper line after a key that has its value already continues that value, and cannot hold a key."""
        line, target = self._lines[number], self._continues
        if self._broken and target is not None and _DEEPER_KEY.match(line, spaces):
            if self._deeper != (spaces, target):
                self._slip("bad-indent", number, 0, spaces)
            # The lines after it that stand as deep have the same one cause.
            self._deeper = (spaces, target)
            self._edit(number, 0, spaces, " " * target)
            self._continues = None
            self._line(number)

    def _respace(self, number: int, lead: int) -> int:
        """Mend an indentation of tabs or full-width spaces."""
        blanks = self._lines[number][:lead]
        self._slip("indent-not-spaces", number, 0, lead)
        if blanks not in self._leads:
            self._leads[blanks] = self._meant(number)
        self._edit(number, 0, lead, " " * self._leads[blanks])
        return self._leads[blanks]

    def _meant(self, number: int) -> int:
        """How many spaces were meant: as many as the neighbours have."""
        if self._waits is None:
            return self._indent
        following = next((line for line in self._lines[number + 1 :] if line.strip(_BLANKS)), "")
        spaces = len(following) - len(following.lstrip(" "))
        return spaces if spaces > self._waits else self._waits + 2

    def _continuation(self) -> None:
        """Remember where a text would go on, or begin, if the next lines stand deeper than this key."""
        kinds = [token.kind for token in self._entry]
        prose = kinds == ["plain", "sep"] and self._text(self._entry[0]) in self._prose
        if kinds == ["plain"] and self._waits is not None:
            self._continues = self._waits
        elif kinds[1:3] == ["sep", "plain"] or kinds == ["plain"] or prose:
            self._continues = self._indent
        self._waits = self._indent if kinds[1:] == ["sep"] else None

    # -------------------------------------------------------------------------------- the head of a line

    def _mend_head(self, number: int, start: int, listed: bool) -> None:
        """Mend what stands between a key and its value."""
        line = self._lines[number]
        after_key = start
        if line[start] in _QUOTED:
            closed = _QUOTED[line[start]].match(line, start + 1)
            if closed is None:
                return
            after_key = closed.end()
            if self._quoted_in_part(number, start, after_key):
                return
        elif line[start] in _NOT_PLAIN:
            return
        colon = _COLON.search(line, after_key)
        comment = _COMMENT.search(line, start)
        brace = line.find("{", after_key, colon.start() if colon else 0)
        if colon is None or (comment and comment.start() < colon.start()):
            if after_key == start and (not listed or self._item_goes_on(number)):
                self._no_colon(number, start, self._end_of_content(number))
        elif brace > start:
            self._slip("missing-colon", number, start, brace)
            self._edit(number, brace, brace, ": ")
        else:
            self._mend_colon(number, colon.start())
            self._mend_brackets(number, start)

    def _quoted_in_part(self, number: int, start: int, end: int) -> bool:
        """`"三公经费"变动率: 3` is no key: the quotation marks have to go round the whole name."""
        line = self._lines[number]
        rest = line[end:].lstrip()
        separator = _SEPARATOR.search(line, end)
        if not rest or rest[0] in ":：#" or separator is None or "'" in line[start : separator.start()]:
            return False
        self._slip("text-after-quote", number, start, separator.start())
        self._edit(number, separator.start(), separator.start(), "'")
        self._edit(number, start, start, "'")
        return True

    def _item_goes_on(self, number: int) -> bool:
        """Whether the item of a list that begins on this line has an entry on the next one."""
        following = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        spaces = len(following) - len(following.lstrip(" "))
        return self._broken and spaces == self._indent and _DEEPER_KEY.match(following, spaces) is not None

    def _no_colon(self, number: int, start: int, end: int) -> None:
        if not self._broken and self._waits is not None and start > self._waits:
            return  # the value of the key on the line before
        self._slip("missing-colon", number, start, end)
        deeper = next((line for line in self._lines[number + 1 :] if line.strip(_BLANKS)), "")
        holds_lines = len(deeper) - len(deeper.lstrip(" ")) > self._indent
        gap = self._lines[number].find(" ", start, end)
        if holds_lines:
            self._edit(number, end, end, ":")
        elif gap > 0:
            self._edit(number, gap, gap, ":")
        else:
            self._edit(number, start, start, "#")

    def _mend_colon(self, number: int, colon: int) -> None:
        """A full-width colon, or one without a space, that separates a key from its value."""
        line = self._lines[number]
        after = line[colon + 1 :]
        if line[colon] == ":" and (not after or after[0] in " \t"):
            return
        later = _PLAIN_END.search(line, colon + 1)
        if later and line[later.start()] == ":" and after.lstrip(_BLANKS)[:1] not in tuple("{[\"'"):
            return
        self._slip("fullwidth-colon" if line[colon] == "：" else "missing-space", number, colon, colon + 1)
        self._edit(number, colon, colon + 1, ":" if after[:1] == " " else ": ")

    def _mend_brackets(self, number: int, start: int) -> None:
        line, end = self._lines[number], self._end_of_content(number)
        wide = _WIDE_VALUE.search(line, start)
        unopened = _UNOPENED.match(line, start, end)
        if wide:
            self._slip("fullwidth-bracket", number, wide.start(1), wide.end(1))
            self._lines[number] = line[: wide.start(1)] + line[wide.start(1) :].translate(_WIDE_BRACKETS)
        elif unopened:
            self._slip("unopened-bracket", number, end - 1, end)
            self._edit(number, unopened.end(1), unopened.end(1), "{")

    # ------------------------------------------------------------------------------- along a line

    def _walk(self, number: int, position: int) -> None:
        """Follow the line from this position, keeping count of quotes and brackets."""
        if self._quote:
            closed = _QUOTED[self._quote.character].match(self._lines[number], position)
            if closed is None:
                return
            self._inside().append(Token("quoted", self._quote.line, self._quote.column, closed.end()))
            self._quote, position = None, closed.end()
        while position < len(self._lines[number]) and not self.full:
            position = self._next(number, position)

    def _next(self, number: int, position: int) -> int:
        """Read one piece of the line; the position after it, or the end of the line."""
        line, end_of_line = self._lines[number], len(self._lines[number])
        character = line[position]
        entry = self._inside()
        fresh = not entry or entry[-1].kind == "sep"
        if character in " \t":
            return position + 1
        if character == "#" and (position == 0 or line[position - 1] in " \t"):
            return end_of_line
        if character in _QUOTED and fresh:
            return self._quoted(number, position)
        if character in "{[" and (fresh or self._brackets):
            self._open(number, position)
            return position + 1
        if self._brackets and character in "}],":
            return self._end_of_entry(number, position, character)
        if character == ":" and self._separates(line, position, entry):
            return self._separator(number, position)
        if character in "|>" and fresh and entry and not self._brackets:
            self._block_text = self._indent
            return end_of_line
        return self._plain(number, position)

    def _quoted(self, number: int, position: int) -> int:
        line = self._lines[number]
        closed = _QUOTED[line[position]].match(line, position + 1)
        if closed is None:
            self._quote = self._opened(number, position)
            return len(line)
        self._inside().append(Token("quoted", number, position, closed.end()))
        return closed.end()

    def _open(self, number: int, position: int) -> None:
        opened = self._opened(number, position)
        self._inside().append(Token("nested", number, position, position + 1))
        self._brackets.append(opened)

    def _opened(self, number: int, position: int) -> _Opened:
        line = self._lines[number]
        leads = line[position] in _CLOSING and not line[:position].strip()
        return _Opened(line[position], number, position, len(line) - len(line.lstrip(" ")), leads)

    def _end_of_entry(self, number: int, position: int, character: str) -> int:
        bracket = self._brackets[-1]
        grown = self._finish_entry(bracket, number)
        position += grown
        if character == ",":
            bracket.before_comma = bracket.entry[-1] if bracket.entry else None
            bracket.comma = Token("comma", number, position, position + 1)
            bracket.entry = []
        else:
            self._brackets.pop()
        return position + 1

    def _separates(self, line: str, position: int, entry: list[Token]) -> bool:
        following = line[position + 1 : position + 2]
        if following in ("", " ", "\t"):
            return True
        return bool(self._brackets) and (following in ",[]{}" or bool(entry and entry[-1].kind == "quoted"))

    def _separator(self, number: int, position: int) -> int:
        entry = self._inside()
        kinds = [token.kind for token in entry]
        if "sep" in kinds:
            return self._second_separator(number, position, entry)
        entry.append(Token("sep", number, position, position + 1))
        return position + 1

    def _second_separator(self, number: int, position: int, entry: list[Token]) -> int:
        """A second colon in one entry: after a full-width comma it begins the next, else it is one too many."""
        last = entry[-1]
        text = self._text(last) if last.kind == "plain" and last.line == number else ""
        comma = max(text.rfind(mark) for mark in "，；、")
        if self._brackets and comma >= 0:
            place = last.start + comma
            self._slip("fullwidth-comma", number, place, place + 1)
            self._edit(number, place, place + 1, ",")
            entry[:] = [Token("plain", number, place + 1, last.end), Token("sep", number, position, position + 1)]
            return position + 1
        if not self.slips or (self.slips[-1].code, self.slips[-1].line) != ("second-colon", number):
            self._slip("second-colon", number, position, position + 1)
        self._edit(number, position, position + 1, "：")
        return position + 1

    def _plain(self, number: int, position: int) -> int:
        line = self._lines[number]
        found = (_FLOW_PLAIN_END if self._brackets else _PLAIN_END).search(line, position)
        end = max(found.start() if found else len(line), position + 1)
        entry = self._inside()
        if entry and entry[-1].kind == "quoted" and [token.kind for token in entry].count("sep") == 1:
            self._slip("text-after-quote", number, position, position + len(line[position:end].rstrip()))
            self._edit(number, position, end, " " * (end - position))
        elif entry and entry[-1].kind == "plain" and entry[-1].line == number:
            entry[-1] = entry[-1]._replace(end=end)
        else:
            entry.append(Token("plain", number, position, position + len(line[position:end].rstrip())))
        return end

    # ---------------------------------------------------------------------------- entries inside brackets

    def _finish_entry(self, bracket: _Opened, number: int) -> int:
        """Mend an entry that has a key but no value; how much longer the line became."""
        entry = bracket.entry
        if bracket.character != "{" or len(entry) != 1 or entry[0].kind != "plain" or entry[0].line != number:
            return 0
        text, start = self._text(entry[0]), entry[0].start
        colon = _COLON.search(text)
        before = len(self._lines[number])
        if colon and colon.start() > 0:
            place = start + colon.start()
            self._slip("fullwidth-colon" if colon[0] == "：" else "missing-space", number, place, place + 1)
            self._edit(number, place, place + 1, ":" if text[colon.end() : colon.end() + 1] == " " else ": ")
        elif bracket.comma and bracket.comma.line == number and self._splits_number(bracket, text):
            self._slip("split-number", number, bracket.comma.start, bracket.comma.end)
            self._edit(number, bracket.comma.start, bracket.comma.end, "，")
        return len(self._lines[number]) - before

    def _splits_number(self, bracket: _Opened, text: str) -> bool:
        """Whether the last comma stands inside a number: 1,154.20."""
        before = bracket.before_comma
        if before is None or before.kind != "plain" or bracket.comma is None or before.line != bracket.comma.line:
            return False
        return re.match(r"\d{3}(?!\d)", text) is not None and re.search(r"\d$", self._text(before)) is not None

    # ------------------------------------------------------------------------------------ what is left open

    def _begins_entry(self, content: str, spaces: int) -> bool:
        """Whether the line begins an entry outside of what is open."""
        opener = self._opener()
        if opener is None or opener.leads or spaces > opener.indent:
            return False
        return _KEY_LINE.match(content) is not None or content.startswith("- ")

    def _unclosed(self) -> None:
        """Close at the end of the last line what is open."""
        opener = self._opener()
        if opener is None or not self._broken:
            return
        code = "unclosed-quote" if opener is self._quote else "unclosed-bracket"
        self._slip(code, opener.line, opener.column, opener.column + 1)
        closing = self._quote.character if self._quote else ""
        closing += "".join(_CLOSING[bracket.character] for bracket in reversed(self._brackets))
        end = len(self._lines[self._last]) if self._quote else self._end_of_content(self._last)
        self._edit(self._last, end, end, closing)
        self._quote, self._brackets, self._continues = None, [], None

    def _end_of_content(self, number: int) -> int:
        line = self._lines[number]
        comment = _COMMENT.search(line)
        return len(line[: comment.start() if comment else len(line)].rstrip())

    # ------------------------------------------------------------------------------------------------ tools

    def _opener(self) -> _Opened | None:
        return self._quote or (self._brackets[-1] if self._brackets else None)

    def _inside(self) -> list[Token]:
        return self._brackets[-1].entry if self._brackets else self._entry

    def _text(self, token: Token) -> str:
        return self._lines[token.line][token.start : token.end]

    def _slip(self, code: str, line: int, start: int, end: int) -> None:
        self.slips.append(Slip(code, line, self.column(line, start), self.column(line, end)))

    def _edit(self, number: int, start: int, end: int, new: str) -> None:
        """Write over a stretch of a line, keeping the map of its columns."""
        line = self._lines[number]
        columns = self._columns.get(number) or list(range(len(line) + 1))
        self._columns[number] = columns[:start] + [columns[start]] * len(new) + columns[end:]
        self._lines[number] = line[:start] + new + line[end:]
