"""From text to tokens: where names end, where words begin.

Chinese has no spaces, so a rule decides what belongs to a name in a formula or a criterion:

1. A declared name is known as a whole wherever it stands, with or without spaces around it; the longest
   one wins, over other names and over words of the language.
2. What is neither a declared name nor a word runs up to the next punctuation mark or word, and is one
   unknown name. A declared name that goes on into such a word is a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from lark import Token

from engine.diagnostic import Diagnostic, error, note
from rubric.language.names import Found, Vocabulary, inside_latin
from rubric.language.numerals import CHINESE_DIGITS, chinese_number
from rubric.language.text import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_LINE,
    MAX_LINES,
    MAX_TOKENS,
    Line,
    bounded,
    normalise,
    span_of,
    table,
    token,
)
from rubric.messages.vocabulary import KEYWORDS, SYMBOLS, UNIT_WORDS

# -------------------------------------------------------------------------------------------- the words

# A dot before a digit is a part of a number, or a slip of the pen, and never a pause.
_PAUSE = re.compile(r"(?:[\s,;。、:·•]|\.(?![0-9]))+|[①-⑳❶-❿]")
_AT_PAUSE = re.compile(r"\s*(?:[,;。、:]|$)")
_SENTENCE_END = re.compile(r"[;。]|\.(?![0-9])")
# The number of an item in a list: （1）, 1、, 1.
_ENUMERATOR = re.compile(r"\s*(?:[0-9]{1,2}、(?=\s*\S)|(?:\([0-9]{1,2}\)|[0-9]{1,2}\.)(?=\s*[^\s0-9+\-*/×÷,;。]))")

_AMOUNT = rf"(?:[0-9.]+|[{CHINESE_DIGITS}]+)\s*(?:个百分点|百分点|%|档|人|例|次|天|个)"
_END = r"(?=\s*(?:[,;。、:]|$))"
_BROKEN_STEP = rf"不足\s*(?:一档|一步|部分|零头|{_AMOUNT})(?:的部分|的|部分)?\s*,?\s*"
# A 占 B 之比, A 占 B 的比例: the two ends of a quotient stand in one breath.
_SHARE_FOLLOWS = r"(?=[^,;。()]{1,40}?(?:之比|的比例|的比重|的百分比|的比率))"
_NUMBER_FOLLOWS = rf"(?=\s*(?:[0-9]|[{CHINESE_DIGITS}]))"
_AFTER = {
    **dict.fromkeys(("计", "得", "给", "记", "扣", "减", "加", "达", "完成"), _NUMBER_FOLLOWS),
    "以": rf"(?=\s*(?:[0-9]|[{CHINESE_DIGITS}]|[^,;。()]{{1,30}}?为(?:标准|基准)))",
    **dict.fromkeys(("得分", "得分为", "得分是"), _NUMBER_FOLLOWS),
    **dict.fromkeys(("至", "到", "基准", "基准值", "标准值"), rf"(?=\s*(?:-|±|正负)?\s*[0-9{CHINESE_DIGITS}])"),
    **dict.fromkeys(("的", "时"), r"(?=\s*(?:[,;。、:]|计|得|给|记|扣|加|不|按|每|满|酌|由|[0-9]|$))"),
    **dict.fromkeys(("部门", "单位", "本部门", "本单位"), r"(?=\s*(?:没有|无))"),
    "乘": r"(?![车坐客船机])",
    "占": _SHARE_FOLLOWS,
    **dict.fromkeys(("每项", "各项"), rf"(?=\s*,?\s*(?:得|计|给|记|[0-9]|[{CHINESE_DIGITS}]+\s*分))"),
    # 即不合格: what follows is the grade, up to the next pause.
    "即": r"(?=[^,;。、:()0-9]{0,4}[格等级差秀]\s*(?:[,;。]|$))",
    "reference": r"(?=\s*-?[0-9])",
    "起": r"(?=\s*$)",
    # What follows is a name and a bracket: 按地区类别（中部 40%，…）.
    "按": r"(?=[^,;。()]{1,30}\()",
    "by": r"(?=\s+[^,;。()]{1,60}\()",
}
_ON_A_LINE = r"按(?:比例|插值法|直线插值法?|线性插值法?)(?:计分|给分|得分)"
_ROUNDED = r"(?=\s*(?:四舍|保留|取整|舍去|截尾|去尾|进一|进位|奇进|half|cut|rounded|to\s))"
_COMPARED = r"(?=\s*(?:[<>≤≥]|低于|高于|不低于|不高于|不足|不到|达到|大于|小于|不超过))"
# 按 X 打分, 以 X 为分: what closes the bracket that 按 or 以 opens, before a pause or a step.
_SCORED = r"(?<!不)(?:打分|评分|给分|计分|记分|得分|为分|减分|扣分)(?=\s*(?:[,;。、:]|每|$))"
# Fixed words that begin as if they opened it.
_FIXED = "|".join(
    re.escape(form) for spellings in KEYWORDS.values() for form in spellings.zh if len(form) > 1 and form[0] in "按以"
)
_TIERS = rf"(?:[0-9]+|[{CHINESE_DIGITS}]+)\s*个?(?:档次|等次|等级|档|等|级|类)(?=\s*,?\s*(?:分别|各|依次))"
_DONE = rf"(?=\s*,?\s*的?\s*,?\s*(?:计|得|给|记|满分|[0-9]|[{CHINESE_DIGITS}]+\s*分))"
# Words with a number or free wording inside them, by the characters that they may begin with.
_PHRASES: tuple[tuple[str, str, str], ...] = (
    ("不", "PROPORTIONAL", _BROKEN_STEP + r"按比例(?:计算|扣分|计分|计|扣)?"),
    (
        "不",
        "STARTED",
        rf"{_BROKEN_STEP}(?:也|均)?按\s*(?:一档|一步|{_AMOUNT})\s*(?:计算|计|扣分|扣|算)",
    ),
    ("不", "WHOLE", _BROKEN_STEP + r"(?:不予计算|不计算|不计|不扣|舍去)"),
    ("(", "INCLUSIVE", r"\(\s*(?:含|包含|包括|inclusive|incl\.?)[^()]{0,12}\)"),
    ("(", "EXCLUSIVE", r"\(\s*(?:不含|不包含|不包括|exclusive|excl\.?)[^()]{0,12}\)"),
    ("扣减", "UNTIL_NONE", r"[扣减]\s*[到至]\s*[0零]\s*分?\s*(?:为止|止)"),
    # 的 before a share belongs to the limit (目标值的 95%), elsewhere to the condition (≥ 90% 的).
    ("的", "OF", r"的(?=\s*[0-9.]+\s*[%‰])"),
    ("在介", "INTERPOLATED", rf"(?:在|介于)(?:上下(?:限|门槛|标准)|两者|二者|其)之间的?{_ON_A_LINE}"),
    ("按", "LINE", r"按比例(?:计|得|给|记)(?=\s*[0-9])"),
    (
        "得",
        "WITHIN_MARKS",
        rf"得分不得?(?:超过|突破|高于)(?:本项|该项)?(?:权重总额|权重分值|权重|分值|满分){_END}",
    ),
    ("得", "SCORE_OF", "得分" + _COMPARED),
    ("得", "ROUND_POINTS", "得分" + _ROUNDED),
    ("分", "ROUND_POINTS", "分数" + _ROUNDED),
    ("p", "ROUND_POINTS", r"points\b" + _ROUNDED),
    ("计", "ROUND_MEASURE", "计算结果" + _ROUNDED),
    ("比", "ROUND_MEASURE", "比率" + _ROUNDED),
    ("t", "ROUND_MEASURE", r"the\s+measure\b" + _ROUNDED),
    ("保", "KEEP_PLACES", rf"保留\s*[0-9{CHINESE_DIGITS}]+\s*位小数"),
    ("t", "KEEP_PLACES", r"to\s+[0-9]+\s+decimals?\b"),
    # Nothing hangs on these: they say again that this is the criterion of this indicator.
    ("根按依", "FILLER", r"(?:根据|按照?|依据|依照)(?:上述|本)?评分(?:标准|办法|细则)"),
    ("该此本", "FILLER", r"[该此本](?:项|指标)(?=\s*(?:得|计|给|记|不得分|不计分|扣|减|加|满分|均))"),
    ("看", "FILLER", r"看(?=\s*(?:是否|有无))"),
    ("在", "FILLER", r"在(?=[^,;。、]{1,30}中(?:被评|获评))"),
    (
        "直按以依",
        "SCORED_BY",
        rf"(?!{_FIXED})(?:直接)?(?:按照?|依照|以(?![下上内外后前及]))(?=[^,;。()]{{1,40}}?{_SCORED})",
    ),
    ("0123456789" + CHINESE_DIGITS, "TIERS", _TIERS),
    ("完全", "FULLY", rf"(?:完成(?:年度|全年|全部)?(?:目标|任务|计划)?|全部完成|全面完成|完全符合){_DONE}"),
    ("占", "WEIGHS", rf"占(?=\s*(?:[0-9.]+\s*%|[{CHINESE_DIGITS}]+成|百分之))"),
    ("与", "VERSUS", r"与(?=[^,;。、()]{1,30}?每(?:相?差|偏离|偏差))"),
    ("在", "OF_MARKS", r"在(?:本项|该项)?(?:分值|权重|满分)的(?=\s*[0-9])"),
    ("/", "PER_CASE", r"(?<=分)/\s*(?:人次|次|例|项|起|件|个|人|处|条)"),
    # 发现违纪 1 例扣 3 分 is the same as 每发现一例违纪扣 3 分.
    ("发出", "EACH_CASE", rf"(?:发现|发生|出现)(?=[^,;。、]{{1,12}}?{_AMOUNT}\s*[扣减加得])"),
)
# Words that are known by what follows them alone.
ONLY_PHRASES = frozenset({"ROUND_POINTS", "ROUND_MEASURE", "SIGNED", "POSITIVE"})
# Words that are known by what follows them, and may be the name of a fact all the same; a criterion that says
# 得分 5 分 or 完成 90% means the word.
LENT = frozenset({"基准", "基准值", "标准值", "reference", "得分", "完成"})
_OWN_IN_CRITERIA = frozenset({"得分", "完成"})
# A sentence beside the rule, kept as a note: that a reason is asked for (低于 90% 须说明原因), where to look
# (看近两年资料), by when something is due (六月底前全部下达). None speaks of points, nor a date of whether it is met.
_REMARK = re.compile(
    r"(?:[^,;。]*?(?:须|需|应当|应|必须|要)(?:书面|另行)?(?:说明|解释|分析)(?:原因|理由|情况)"
    r"|(?:查看|查阅|核查|看|以|依据|参考|参照)[^,;。%0-9]*?(?:资料|材料|台账|凭证|记录)(?:为准|为依据)?"
    r"|(?![^,;。]*(?:未|不|没|低于|高于|超|达到|以上|以下|以内|[<>≤≥]))"
    r"[^,;。]{1,12}[底末初节日月年度]前[^,;。]{0,6}(?:下达|拨付|上报|报送)[^,;。的]{0,12})"
    r"(?=\s*(?:[,;。]|$))"
)
_MAY_REMARK = re.compile("说明|解释|分析|资料|材料|台账|凭证|记录|前")
_OF_POINTS = re.compile("分(?!析)|扣|得")
# Words behind which a bracket holds operands, told apart by commas.
_FUNCTIONS = frozenset(
    {
        *("LOWER_OF", "HIGHER_OF", "BY_LEVEL", "ROW_SUM", "ROW_MEAN", "ROW_COUNT", "ROW_HIGHEST", "ROW_LOWEST"),
        *("GROUP_MEAN", "GROUP_HIGHEST", "GROUP_LOWEST", "GROUP_RANK", "GROUP_RANK_UP", "GROUP_SHARE"),
        *("GROUP_PERCENTILE", "GROUP_COUNT"),
    }
)
# Words that are too short or too common to end an unknown name.
_WEAK = {
    *("为", "是", "有", "无", "否", "且", "其他", "其它", "no", "is", "to", "and", "yes", "止", "存在", "达", "时"),
    *("与", "和", "或", "按", "起", "乘", "其中", "总分", "总得分", "综合得分", "of", "or", "by", "among", "times"),
    *("进一", "进位", "全组平均分", "绝对值", "行数", "评为", "定为"),
    *("占", "都", "均", "即", "完成", "分别", "分为", "分成", "得分", "除外", "各项", "每项", "出现任一", "出现任何"),
}

_KEYWORDS = table((code, spellings) for code, spellings in KEYWORDS.items() if code not in ONLY_PHRASES)
_UNITS = table(UNIT_WORDS.items())


def _keyword(form: str) -> str:
    return bounded(form) + _AFTER.get(form, "")


def _by_first(forms: Iterable[str]) -> dict[str, str]:
    """Patterns for words, by the character that they begin with: most characters begin none."""
    words: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        words.setdefault(form[0], []).append(_keyword(form))
    return {first: "|".join(patterns) for first, patterns in words.items()}


def _dispatch(words: Mapping[str, str]) -> dict[str, str]:
    """One pattern for each first character: the phrases before the plain words."""
    patterns = {}
    for first in {*words, *(each for firsts, _, _ in _PHRASES for each in firsts)}:
        phrases = [f"(?P<{name}>{pattern})" for firsts, name, pattern in _PHRASES if first in firsts]
        patterns[first] = "|".join([*phrases, *([words[first]] if first in words else [])])
    return patterns


class _Patterns(dict[str, "re.Pattern[str] | None"]):
    """Patterns by first character, in either case; each is compiled when a text first asks for it."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        super().__init__()
        self.patterns = patterns

    def __missing__(self, first: str) -> re.Pattern[str] | None:
        pattern = self.patterns.get(first.lower())
        self[first] = found = None if pattern is None else re.compile(pattern, re.IGNORECASE)
        return found


_WORDS = _Patterns(_dispatch(_by_first(_KEYWORDS)))
_STRONG = _Patterns(_by_first(form for form in _KEYWORDS if form not in _WEAK))
_STOPS = re.compile(r"[\s,;。、:()\[\]+\-*/×÷<>=≤≥\"「」%]")
_UNIT = _Patterns(_by_first(_UNITS))

# A thousands comma stands before exactly three digits, and a point before at least one.
_NUMBER = re.compile(r"(?>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?>\.[0-9]+)?")
_UNIT_AHEAD = rf"(?=\s*(?:{'|'.join(re.escape(form) for form in sorted(_UNITS, key=len, reverse=True))}))"
_CHINESE_NUMBER = re.compile(
    rf"百分之[{CHINESE_DIGITS}]+|(?!百分)[{CHINESE_DIGITS}]+(?:成(?![员果本功立就为交绩效品])|{_UNIT_AHEAD})"
)
_LATIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ALIAS = re.compile(r"\"([^\"]*)\"|「([^」]*)」")
_QUOTED = re.compile(r"\"([^\"]*)\"|「([^」]*)」|“([^”]*)”")


def keyword_at(text: str, position: int) -> tuple[str, int] | None:
    """The word of the language at a position: its terminal and where it ends."""
    pattern = _WORDS[text[position]]
    found = pattern.match(text, position) if pattern else None
    if found is None:
        return None
    terminal = found.lastgroup or _KEYWORDS[" ".join(found[0].lower().split())]
    # 是 before a pause is an answer (yes), and elsewhere joins a name to its level.
    return "HAVE" if terminal == "IS" and _AT_PAUSE.match(text, found.end()) else terminal, found.end()


def ends_sentence(text: str) -> bool:
    """Whether what stands between two tokens ends a sentence."""
    return bool(_SENTENCE_END.search(normalise(text)))


# -------------------------------------------------------------------------------------------- the lexer


class BodyLexer:
    """Reads formulas and criteria into tokens, with the names that the file declares."""

    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.findings: list[Diagnostic] = []
        self._found: list[Token] = []
        self._unknown = "WORD"
        self._sentences = False
        self._criterion = False
        self._sums = False
        # Where 打分 stands that closes what 按 has opened, in its line.
        self._closing: tuple[int, int] | None = None
        # For every bracket that is open, whether it holds the operands of a function.
        self._brackets: list[bool] = []

    def tokens(
        self,
        lines: Iterable[Line],
        unknown: str = "WORD",
        criterion: bool = False,
        sentences: bool = False,
        sums: bool = False,
    ) -> list[Token]:
        """The tokens of a field, none where it breaks a limit; a word that is not known gets the given type.

        In a `criterion` a number may stand before each item of a list, a remark beside the rule, and the end of a
        formula is a token. Where `sentences` are told apart the end of each is one, and what stands in quotation marks
        is a text. In `sums` 加 and 减 join what is added up.
        """
        self._found, self._unknown, self._sentences, self._brackets = [], unknown, sentences, []
        self._criterion, self._sums, self._closing = criterion, sums, None
        before = len(self.findings)
        line = None
        for line in lines:
            self._read(line)
            if len(self._found) > MAX_TOKENS:
                place = line.span(self.file, 0, 1)
                self.findings.append(error(note("field-too-long", limit=MAX_TOKENS), place))
                return []
        if line is not None:
            self._end_formula(line, len(line.text))
        if _too_deep(self._found):
            deep = next(each for each in self._found if each.type in ("LPAR", "LSQB"))
            self.findings.append(error(note("too-deep", limit=MAX_DEPTH), span_of(deep, self.file)))
        return [] if len(self.findings) > before else self._found

    def _read(self, line: Line) -> None:
        text, position, end = line.text, 0, len(line.text)
        if self._criterion:
            position = self._begin(line, position, listed=True)
        while position < end:
            pause = _PAUSE.match(text, position)
            if pause:
                self._pause(line, pause)
                position = pause.end()
                if self._criterion:
                    position = self._begin(line, position, _SENTENCE_END.search(pause[0]) is not None)
            else:
                position = self._next(line, position)

    def _begin(self, line: Line, position: int, listed: bool) -> int:
        """Pass over the number of an item where a list may go on; a remark beside the rule is one token."""
        if listed:
            position = _past_enumerator(line.text, position)
        if not _MAY_REMARK.search(line.text, position):
            return position
        remark = _REMARK.match(line.text, position)
        if remark is None or not remark[0].strip() or _OF_POINTS.search(remark[0]):
            return position
        if self.vocabulary.at(line.text, position + len(remark[0]) - len(remark[0].lstrip())):
            return position
        text = line.original[position : remark.end()].strip()
        self._found.append(token("REMARK", text, line, position, remark.end()))
        return remark.end()

    def _pause(self, line: Line, pause: re.Match[str]) -> None:
        """A pause that means something: between the operands of a function, or at the end of a sentence."""
        if not self._brackets and pause[0].strip():
            self._end_formula(line, pause.start())
        inside = self._brackets[-1] if self._brackets else False
        if inside and any(mark in pause[0] for mark in ",、;"):
            self._found.append(token("COMMA", ",", line, *pause.span()))
        elif self._sentences and _SENTENCE_END.search(pause[0]):
            self._found.append(token("STOP", ";", line, *pause.span()))

    def _end_formula(self, line: Line, position: int) -> None:
        """In a criterion, the end of a formula: what follows the pause is a clause of its own."""
        if not self._criterion or not self._found or self._found[-1].type not in _OPERANDS:
            return
        for each in reversed(self._found):
            if each.type in ("TIMES", "OVER"):
                self._found.append(token("STOP", ";", line, position, position))
                return
            if each.type not in _IN_FORMULAS:
                return

    def _next(self, line: Line, position: int) -> int:
        """Read one token; a name wins over a word that is no longer than it."""
        text = line.text
        if self._closing == (line.number, position):
            closing = _CLOSING.match(text, position)
            assert closing is not None, "what opens a bracket of words has looked for its end"
            self._closing = None
            self._found.append(token("SCORED", closing[0], line, position, closing.end()))
            return closing.end()
        looked_for = bool(self._found) and self._found[-1].type == "IS"
        name = self.vocabulary.at(text, position, level=looked_for)
        word = keyword_at(text, position)
        if name and (word is None or name.end > word[1] or self._name_alone(name, word, text, position)):
            return self._name(line, position, name)
        if word:
            return self._keyword(line, position, word)
        if self._sums and text[position] in _SIGNS:
            self._found.append(token(_SIGNS[text[position]], text[position], line, position, position + 1))
            return position + 1
        return self._other(line, position)

    def _keyword(self, line: Line, start: int, word: tuple[str, int]) -> int:
        """A word of the language, unless it is one that only fills."""
        terminal, end = word
        if terminal == "FILLER":
            return end
        if terminal == "SCORED_BY":
            closing = _CLOSING.search(line.text, end)
            self._closing = None if closing is None else (line.number, closing.start())
        self._found.append(token(terminal, line.text[start:end], line, start, end))
        return end

    def _name_alone(self, name: Found, word: tuple[str, int], text: str, start: int) -> bool:
        """Whether a level that is spelled like a word (无), or a fact that is called 基准, stands for itself here."""
        if name.end != word[1] or word[0] in ONLY_PHRASES:
            return False
        if name.kind != "LEVEL":
            spelled = text[start : name.end].lower()
            return spelled in LENT and not (self._criterion and spelled in _OWN_IN_CRITERIA)
        return not self._goes_on(text, name.end) and not (name.end < len(text) and self.vocabulary.at(text, name.end))

    def _name(self, line: Line, start: int, name: Found) -> int:
        """A declared name, unless it is only a part of a longer word that is not declared."""
        end = name.end
        if not line.text[end - 1].isascii() and self._goes_on(line.text, end):
            return self._word(line, start, _word_end(line.text, end))
        if self._glued(line, start):
            return self._word(line, start, end)
        self._found.append(token(name.kind, name.key, line, start, end))
        return end

    def _glued(self, line: Line, start: int) -> bool:
        """Whether an unknown word ends right here."""
        last = self._found[-1] if self._found else None
        return last is not None and last.type == self._unknown and (last.line, last.end_pos) == (line.number, start)

    def _goes_on(self, text: str, position: int) -> bool:
        """Whether a word goes on here that is neither a name, nor a keyword, nor a mark."""
        if position >= len(text) or _STOPS.match(text, position) or text[position] in "0123456789":
            return False
        if self._closing is not None and self._closing[1] == position:
            return False
        if keyword_at(text, position) or _CHINESE_NUMBER.match(text, position) or _PAUSE.match(text, position):
            return False
        return self.vocabulary.at(text, position) is None

    def _other(self, line: Line, position: int) -> int:
        text = line.text
        number = _NUMBER.match(text, position)
        if number:
            return self._number(line, position, _one_number(number, line))
        chinese = _CHINESE_NUMBER.match(text, position)
        if chinese:
            return self._chinese(line, chinese)
        if self._sentences:
            quoted = _QUOTED.match(text, position)
            if quoted:
                inner = line.original[position + 1 : quoted.end() - 1].strip()
                self._found.append(token("QUOTED", inner, line, position, quoted.end()))
                return quoted.end()
        alias = _ALIAS.match(text, position) if self._unknown == "LABEL" else None
        if alias and self._found and self._found[-1].type == "LABEL":
            self._found.append(token("ALIAS", (alias[1] or alias[2] or "").strip(), line, position, alias.end()))
            return alias.end()
        symbol = SYMBOLS.get(text[position])
        if symbol and not inside_latin(text, position + 1):
            self._bracket(symbol)
            self._found.append(token(symbol, text[position], line, position, position + 1))
            return position + 1
        if text[position] == "%":
            self._found.append(token("UNIT", "percent", line, position, position + 1))
            return position + 1
        latin = _LATIN.match(text, position)
        end = latin.end() if latin else _word_end(text, position + 1)
        if self._closing is not None and position < self._closing[1]:
            end = min(end, self._closing[1])
        return self._word(line, position, end)

    def _lists_points(self) -> bool:
        """Whether the points of several levels or ranks are being listed."""
        for each in reversed(self._found):
            if each.type in ("RESPECTIVELY", "RANK_UP", "RANK_DOWN"):
                return True
            if each.type not in ("NUMBER", "AWARD"):
                return False
        return False

    def _bracket(self, symbol: str) -> None:
        """Keep in mind what each open bracket holds."""
        if symbol in ("LPAR", "LSQB"):
            before = [each.type for each in self._found[-2:]]
            self._brackets.append(before[-1:] != [] and (before[-1] in _FUNCTIONS or before[0] == "BY_LEVEL"))
        elif symbol in ("RPAR", "RSQB") and self._brackets:
            self._brackets.pop()

    def _word(self, line: Line, start: int, end: int) -> int:
        """An unknown word; it swallows what stands directly before it, and a Latin one its neighbour."""
        last = self._found[-1] if self._found else None
        if last is not None and last.type == self._unknown and last.line == line.number:
            between = line.text[last.end_pos or 0 : start]
            latin = last[-1].isascii() and line.text[start].isascii()
            if between == "" or (between.isspace() and latin):
                begin = (last.column or 0) - line.column
                self._found[-1] = token(self._unknown, line.text[begin:end], line, begin, end)
                return end
        self._found.append(token(self._unknown, line.text[start:end], line, start, end))
        return end

    def _number(self, line: Line, start: int, end: int) -> int:
        digits = line.text[start:end].replace(",", "")
        if len(digits.replace(".", "")) > MAX_DIGITS:
            place = line.span(self.file, start, end)
            self.findings.append(error(note("number-too-long", limit=MAX_DIGITS), place))
        before = self._found[-1] if self._found else None
        self._found.append(token("NUMBER", digits, line, start, end))
        after = self._unit(line, end)
        if after == end and before is not None and self._bare_points(before, line, start, end):
            self._found.append(token("POINTS", "score", line, end, end))
        return after

    def _bare_points(self, before: Token, line: Line, start: int, end: int) -> bool:
        """Whether a number without a unit is points all the same: 得 50, 满意 8, but not the first of several."""
        given = before.type == "AWARD" and before in _GIVEN
        level = before.type == "LEVEL" and (before.line, before.end_pos) == (line.number, start)
        return (given or level) and _AT_PAUSE.match(line.text, end) is not None and not _LISTED.match(line.text, end)

    def _chinese(self, line: Line, number: re.Match[str]) -> int:
        """A Chinese numeral with its unit; 百分之五 and 五成 carry theirs in themselves."""
        start, end = number.span()
        percent, tenths = number[0].startswith("百分之"), number[0].endswith("成")
        value = chinese_number(number[0].removeprefix("百分之").removesuffix("成"))
        if value is None or end - start > MAX_DIGITS:
            return self._word(line, start, end)
        self._found.append(token("NUMBER", _digits(value * 10 if tenths else value), line, start, end))
        if percent or tenths:
            self._found.append(token("UNIT", "percent", line, start, end))
            return end
        return self._unit(line, end)

    def _unit(self, line: Line, position: int) -> int:
        text, start = line.text, position
        while start < len(text) and text[start] == " ":
            start += 1
        pattern = _UNIT[text[start]] if start < len(text) else None
        unit = pattern.match(text, start) if pattern else None
        if unit is None:
            return position
        code = _UNITS[" ".join(unit[0].lower().split())]
        kind = "POINTS" if code == "score" else "UNIT"
        if kind == "POINTS" and _LISTED.match(text, unit.end()) and self._lists_points():
            # 分别得 10 分、8 分、6 分: the unit is said once, behind the last.
            return unit.end()
        self._found.append(token(kind, code, line, start, unit.end()))
        return unit.end()


_OPERANDS = frozenset({"NAME", "WORD", "NUMBER", "UNIT", "POINTS", "RPAR", "OWN_MARKS"})
_IN_FORMULAS = (
    _OPERANDS | _FUNCTIONS | {"PLUS", "MINUS", "LPAR", "COMMA", "LEVEL", "POINTS_ARE", "SIZE_OF", "SIZE_OF_IT"}
)
# Where points are put together: 加奖励分，减考核扣分.
_SIGNS = {"加": "PLUS", "减": "MINUS"}
_CLOSING = re.compile(_SCORED)
_LISTED = re.compile(rf"\s*、\s*(?:[0-9]|[{CHINESE_DIGITS}])")
_GIVEN = frozenset({"计", "得", "给", "记", "得分", "得分为", "得分是"})


def _past_enumerator(text: str, position: int) -> int:
    number = _ENUMERATOR.match(text, position)
    return number.end() if number else position


def _word_end(text: str, position: int) -> int:
    """Where an unknown word ends: at the next mark or word of the language."""
    while position < len(text) and not _STOPS.match(text, position):
        strong = _STRONG[text[position]]
        if strong is not None and strong.match(text, position):
            break
        position += 1
    return position


def _one_number(number: re.Match[str], line: Line) -> int:
    """Where the number ends; a full-width comma, or the comma of an interval (20,100], parts two numbers."""
    comma = number[0].find(",")
    if comma < 0:
        return number.end()
    start = number.start()
    full_width = "，" in line.original[start : number.end()]
    bracketed = line.text[:start].rstrip()[-1:] in ("(", "[") and line.text[number.end() :].lstrip()[:1] in (")", "]")
    return start + comma if full_width or bracketed else number.end()


def _digits(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _too_deep(tokens: Iterable[Token]) -> bool:
    depth = 0
    for each in tokens:
        depth += (each.type in ("LPAR", "LSQB")) - (each.type in ("RPAR", "RSQB"))
        if depth > MAX_DEPTH:
            return True
    return False


__all__ = ["MAX_DEPTH", "MAX_DIGITS", "MAX_LINE", "MAX_LINES", "MAX_TOKENS", "BodyLexer", "ends_sentence", "normalise"]
