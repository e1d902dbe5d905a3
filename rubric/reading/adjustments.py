"""What a report wants left out of the count: 结转的资金…不能计算在内. Whether it may be is for a person to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rubric.reading.facts import Finder
from rubric.reading.numbers import figures
from rubric.reading.passages import Searched

_LEFT_OUT = re.compile(
    r"不(?:能|应当?|宜|予|再|得)?(?:计算在内|计入|列入计算|纳入(?:计算|考核|统计|评价))"
    r"|(?:予以|应予|应当?|可以?|需|建议|申请)(?:剔除|扣除|核减|调减)|剔除[^，,。;]{1,20}(?:后|因素|影响)"
    r"|不(?:应当?|宜|予)扣分|免[于予](?:扣分|考核)"
)
_CLAUSE_ENDS = re.compile(r"[，,。;\n\t]|$")
_MARKS = " ，,、;:：；"


class LeftOut(NamedTuple):
    """A place where a report wants something left out, the indicator that it is said of, and the words."""

    indicator: str
    place: Searched
    start: int
    end: int

    @property
    def quote(self) -> str:
        """What the report says, from the rate before it on."""
        return " ".join(self.place.passage.text[self.start : self.end].strip(_MARKS).split())


def left_out(passages: Iterable[Searched], finder: Finder) -> Iterator[LeftOut]:
    """Every such place in a passage that names an indicator before it; one for each sentence."""
    for place in passages:
        about = finder.about(place.plain) if _LEFT_OUT.search(place.plain) else []
        for start, end in place.sentences() if about else ():
            found = _LEFT_OUT.search(place.plain, start, end)
            named = [key for first, _, key in about if found is not None and first < found.start()]
            if found is not None and named:
                told = [each.end for each in figures(place.plain[start : found.start()]) if each.percent]
                last = _CLAUSE_ENDS.search(place.plain, found.end())
                yield LeftOut(named[-1], place, start + max(told, default=0), last.start() if last else end)
