"""What is wrong with the numbers that a report states, in words: formulas, comparisons, shares, sums, two numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.number import Printed, decimal, plain
from rubric.messages.reading import say
from rubric.messages.wording import Language
from rubric.reading.arithmetic import Calculation, Comparison
from rubric.reading.clauses import Named
from rubric.reading.numbers import Figure, Stretch
from rubric.reading.passages import Searched
from rubric.reading.report import Report
from rubric.reading.shares import Share
from rubric.reading.statements import Statement
from rubric.reading.sums import Repeated, Sum


class Stated:
    """The statements of one report that a reader should look at, worded in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        self.language = language
        self.places: Mapping[int, Searched] = {place.passage.place.passage: place for place in report.passages}
        self.doubtful = report.stated.doubtful

    def remarks(self) -> Iterator[tuple[str, str, Searched, Stretch]]:
        """For each: a code, what is wrong, and where it stands."""
        for each in self.doubtful:
            code, said = self._worded(each)
            yield code, said, self.places[each.stretch.passage], each.stretch

    def _say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    def _worded(self, each: Statement) -> tuple[str, str]:
        place = self.places[each.stretch.passage]
        match each:
            case Calculation() | Share():
                cut = each.verdict is Printed.TRUNCATED
                code = "stated-cut" if cut else "stated-wrong"
                figure = each.printed if isinstance(each, Calculation) else each.printed.figure
                printed, due = self._figure(place, figure), decimal(each.expected, figure.places) + figure.word
                subject = each.subject if isinstance(each, Calculation) else self._share(each, place)
                return code, self._say(code, subject=subject, printed=printed, due=due)
            case Comparison():
                words = place.passage.text[each.stretch.start : each.stretch.end]
                return "stated-untrue", self._say("stated-untrue", words=words)
            case Sum():
                whole = each.whole
                word = whole.figure.word
                return "stated-sum", self._say(
                    "stated-sum",
                    whole=whole.words,
                    printed=self._figure(place, whole.figure),
                    parts=" + ".join(self._figure(place, part.figure) for part in each.parts),
                    total=plain(each.total) + word,
                    difference=plain(abs(each.difference)) + word,
                )
            case Repeated():
                one, two = (self._figure(place, named.figure) for named in (each.first, each.second))
                return "stated-twice", self._say("stated-twice", name=each.first.words, one=one, two=two)
        raise AssertionError(each)

    def _share(self, share: Share, place: Searched) -> str:
        part = self._named(share.part, place)
        if share.whole is None:
            return part
        return self._say("stated-share", part=part, whole=self._figure(place, share.whole.figure))

    def _named(self, named: Named, place: Searched) -> str:
        return f"{named.words}{self._figure(place, named.figure)}"

    def _figure(self, place: Searched, figure: Figure) -> str:
        """A number as the report prints it."""
        return place.passage.text[figure.start : figure.end]
