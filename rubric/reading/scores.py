"""What a report says of its own points: those that it claims one by one, its subtotals, its total and its grade.

Sentences of a scoring table (每次扣0.5分, 达到95%得3分, 0.5分/次) are rules and no claims.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from rubric.reading.clauses import Clause, Sentence, Text
from rubric.reading.numbers import Figure, Sense, Stretch, plain_form, spelt_points


class Claimed(Enum):
    """What points are claimed for."""

    ITEM = "item"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class ScoreClaim:
    """Points or a grade that a report gives itself; `name` is what a subtotal is of, where it is told."""

    stretch: Stretch
    claimed: Claimed
    name: str = ""
    points: Fraction | None = None
    grade: str = ""


# Words that only a claim has, and words that rules have too.
_CLAIM = re.compile(
    r"(?:(?:该项|本项|此项|该指标|本指标|此指标|自评|自评价|实际|实得|扣后|综合|故|因此|最终)"
    r"(?:指标)?(?:评价|评定)?(?:得分|得|计分|计|评分|评为|打分|评)"
    r"|根据评分标准[^，,。]{0,12}(?:得分?|计)|自评)(?:为|是|:)?\s?$"
)
_WEAK = re.compile(r"(?:得分|得)(?:为|是|:)?\s?$")
_TOTAL = re.compile(
    r"(?:总得分|总评分|总分|总计得分|合计得分|合计|综合得分|综合评分|最终得分|自评总得?分|自评得分合计|评价得分"
    r"|考核得分)[^，,。;]{0,4}?(?:为|是|:)?\s?$"
)
_SUBTOTAL = re.compile(r"小计(?:得分|得|为|:)?\s?$")
_GIVEN = re.compile(r"(?:为|得分?|计|是|:|自评)\s?$")

# A sentence with one of these is a rule, unless it says in so many words that the points are claimed.
_RULE = re.compile(
    r"每|扣|不得分|否则|满分|分值|依次类推|得满|的得|的计|如果|若|如(?=[未无有出发不])|最[多高]|以[上下]|之间|达到\d"
    r"|高于|低于|不足\d|时得|由高到低|[一1]次得|符合得"
)
_RATHER = re.compile(r"共计|累计|信息|考试|平均|测评|比赛")
_FULL_MARKS = 100
_BEHIND = re.compile(r"\s*(?:/|每|以[上下]|制|值|档|为|及|的|[~-])")

_GRADE = re.compile(
    r"(?:评价|评定|自评|绩效|考核|综合|评估)?"
    r"(?:等级|等次|档次|评价等|评定等|评价结果|评定结果|评价结论|自评结果|自评结论)"
    r"(?:评定|确定|定)?(?:为|是|:)\s?[“\"「『]?"
    r"(?P<grade>优秀|优良|优|良好|良|中等|中|合格|不合格|一般|较差|差|[ABCD](?![A-Za-z类]))"
    r"[”\"」』]?\s?(?:等级|等次|等|档)?\s?(?=[。，,;；、!)\s]|$)"
)


# The name of a grade in a cell of its own.
_GRADE_NAME = re.compile(
    r"(?:综合|自评|评价|评定|绩效|考核|评估)*(?:等级|等次|档次|评价结果|评定结果|评价结论|自评结果|自评结论):?"
)


def grade_beside(cells: Sequence[str]) -> tuple[int, str] | None:
    """The place of a cell that names a grade, and the grade in the next cell that holds anything."""
    filled = [(place, cell.strip()) for place, cell in enumerate(cells) if cell.strip()]
    for (place, name), (_, grade) in pairwise(filled):
        if _GRADE_NAME.fullmatch(plain_form(name)):
            return place, grade
    return None


def score_claims(text: str, passage: int = 1) -> tuple[ScoreClaim, ...]:
    """Every claim of points or of a grade in a text."""
    return tuple(score_claims_of(Text(text), passage))


def score_claims_of(text: Text, passage: int) -> Iterator[ScoreClaim]:
    """Every claim of points or of a grade, in a text that is cut into clauses."""
    spelt = tuple(spelt_points(text.plain))
    found: list[ScoreClaim] = []
    for sentence in text.sentences:
        if sentence:
            found += _Points(text, sentence, passage, spelt).claims()
    found += _grades(text, passage)
    yield from sorted(found, key=lambda claim: claim.stretch)


class _Sure(Enum):
    """How sure it is that points are claimed: said so, if it is the only such one, or if a total follows."""

    SAID = "said"
    ALONE = "alone"
    SUMMED = "summed"


# What the name of an indicator ends with.
_INDICATOR = re.compile(r"[\u4e00-\u9fff”\"]{3,}(?:率|性|度|数|量|额|费|情况|效益|指标|管理)$")


class _Points:
    """The points of one sentence."""

    def __init__(self, text: Text, sentence: Sentence, passage: int, spelt: tuple[Figure, ...]) -> None:
        self.text, self.sentence, self.passage, self.spelt = text, sentence, passage, spelt
        self.is_rule = _RULE.search(text.plain, sentence[0].start, sentence[-1].end) is not None

    def claims(self) -> Iterator[ScoreClaim]:
        """The claims of the sentence; the points before a total are its subtotals."""
        found: list[tuple[ScoreClaim, _Sure]] = []
        run = 0
        for clause in self._clauses(self.sentence):
            figure = self._points(clause)
            told = self._claim(clause, figure) if figure is not None else None
            if told is not None and told[0].claimed is Claimed.TOTAL:
                found[run:] = [(_as_subtotal(claim), _Sure.SAID) for claim, _ in found[run:]]
            if told is not None:
                found.append(told)
            # A number of another kind comes between points and a total of others.
            if (figure is None and clause.figures) or (told is not None and told[0].claimed is Claimed.TOTAL):
                run = len(found)
        # A criterion gives points for this and for that, a report once.
        once = sum(sure is _Sure.ALONE for _, sure in found) == 1
        for claim, sure in found:
            if sure is _Sure.SAID or (once and sure is _Sure.ALONE):
                yield claim

    def _clauses(self, clauses: Sentence) -> Iterator[Clause]:
        for clause in clauses:
            yield clause
            for group in clause.groups:
                yield from self._clauses(group.clauses)

    def _points(self, clause: Clause) -> Figure | None:
        """The last number of a clause, if it is of points that are meant as they stand."""
        place = bisect_left(self.spelt, clause.end, key=lambda each: each.start)
        spelt = self.spelt[place - 1] if place and self.spelt[place - 1].start >= clause.start else None
        figure = spelt or (clause.figures[-1] if clause.figures else None)
        if figure is None or figure.unit != "score" or figure.sense is not Sense.STATED or figure.value < 0:
            return None
        return None if _BEHIND.match(self.text.plain, figure.end) else figure

    def _claim(self, clause: Clause, figure: Figure) -> tuple[ScoreClaim, _Sure] | None:
        """What the points of a clause are claimed for, and how sure that is."""
        named = self.text.named(clause, figure)
        begin = named.start
        if begin == figure.start and (colon := _LED.search(self.text.plain, max(begin - 24, 0), begin)):
            begin = colon.start()
        before = self.text.plain[begin : figure.start]

        def found(claimed: Claimed, name: str, words: re.Match[str] | None) -> ScoreClaim:
            start = begin + (words.start() if words and not name else 0)
            return ScoreClaim(Stretch(self.passage, start, figure.end), claimed, name, figure.value)

        words = _TOTAL.search(before)
        # 总分100分 tells the full marks; 综合得分 is of a report even where the full marks stand beside it.
        full = words is not None and figure.value == _FULL_MARKS and "得分" not in words[0]
        if words and not full and (not self.is_rule or re.search("(?:总|综合|最终)[得评]分", words[0])):
            return found(Claimed.TOTAL, "", words), _Sure.SAID
        if words := _CLAIM.search(before):
            graded = "自评" in words[0] and _GRADE.search(self.text.plain, figure.end, self.sentence[-1].end + 1)
            return found(Claimed.TOTAL if graded else Claimed.ITEM, "", words), _Sure.SAID
        if self.is_rule or figure.value > _FULL_MARKS or _RATHER.search(before):
            return None
        if words := _SUBTOTAL.search(before):
            return found(Claimed.SUBTOTAL, _name(before[: words.start()]), None), _Sure.SAID
        if words := _WEAK.search(before):
            name = _name(before[: words.start()])
            sure = _Sure.SAID if _INDICATOR.search(name) else _Sure.ALONE
            return found(Claimed.ITEM, name, words), sure
        if _GIVEN.search(before) or before.endswith(_LEVELS):
            return found(Claimed.SUBTOTAL, _name(before), None), _Sure.SUMMED
        return None


# A number with nothing before it in its clause is named before the colon: 得分：4分.
_LED = re.compile(r"[^，,。;、:()!?\n\t]{0,20}:\s?$")

_LEVELS = ("绩效", "投入", "过程", "产出", "效果", "效率", "效益", "管理")


def _as_subtotal(claim: ScoreClaim) -> ScoreClaim:
    return ScoreClaim(claim.stretch, Claimed.SUBTOTAL, claim.name, claim.points) if claim.name else claim


def _name(words: str) -> str:
    """What points are of, without the words that only lead to the number."""
    name = _LEADING.sub("", words.strip()).strip()
    return name if re.search("[\u4e00-\u9fff]", name) else ""


_LEADING = re.compile(r"(?:指标|部分|方面|绩效)?(?:评价|考核)?(?:自评)?(?:得分|得|计|分值)?(?:为|是|:)?$")


def _grades(text: Text, passage: int) -> Iterator[ScoreClaim]:
    for match in _GRADE.finditer(text.plain):
        yield ScoreClaim(Stretch(passage, *match.span()), Claimed.GRADE, grade=match["grade"])
