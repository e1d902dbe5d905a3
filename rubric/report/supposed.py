"""Words what another value of some facts would do: what is supposed, and the score before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from engine.facts import Fact
from engine.history import Differences, differences, record, spelt
from engine.score import Assessment
from engine.source import Span
from rubric.messages.wording import Language
from rubric.readers.accepted import fact_text
from rubric.report.history import DifferenceWords, result_data
from rubric.report.sentences import Sentences
from rubric.report.shifts import shift_span
from rubric.report.terminal import Texts
from rubric.report.values import fact_name, name_text

# Of the differences of a case, those that a supposed value may make.
_SHOWN = ("before", "after", "indicators", "moves")


class Set(NamedTuple):
    """A fact by its key, as it was and as it is supposed to be."""

    key: str
    before: Fact
    after: Fact


class SupposedWords:
    """A score with some facts otherwise, beside the score as it is."""

    def __init__(self, before: Assessment, after: Assessment, supposed: Sequence[Set], texts: Texts) -> None:
        self.before = before
        self.after = after
        self.supposed = supposed
        lines = {file: text.split("\n") for file, text in texts.items()}

        def quoted(span: Span) -> str:
            return " ".join(span.quoted(lines.get(span.file, [])).split())

        # Claims rest on the report, and not on what is supposed: what stands beside the score is left out.
        was, now = (record(each, quoted, shift_span)._replace(beside=None) for each in (before, after))
        # It is the same rule: another clause that decides stands in it as it did.
        self.found: Differences = differences(was, now, lambda _key, _clause: True)

    def lines(self, language: Language) -> Iterator[str]:
        """What is supposed, the total and the grade before and after, and everything below that differs."""
        rubric = self.after.rubric
        words = DifferenceWords(rubric, language)
        yield words.head(self.found, self.after.facts.department)
        for key, before, after in self.supposed:
            shown = {"before": fact_text(spelt(before), language), "after": fact_text(spelt(after), language)}
            yield "  " + words.say("supposed", name=fact_name(rubric, key, language), **shown)
        if not self.found:
            yield "  " + words.say("nothing-differs")
        yield from words.body(self.found)
        yield from self._unsettled(language)

    def _unsettled(self, language: Language) -> Iterator[str]:
        """Why an indicator that differs cannot be scored, where no fact is lacking."""
        differing = {each.key for each in self.found.results}
        sentences = Sentences(self.after, language)
        for score in self.after.card.scores:
            if score.indicator.key in differing and not score.status.settled and not score.lacking:
                name = name_text(score.indicator.name, language)
                yield "  " + sentences.say("look-unsettled", name=name, reason=sentences.unsettled(score))

    def data(self) -> Mapping[str, Any]:
        """The same for other programs: exact numbers as texts, codes in place of words."""
        found = self.found
        return {
            "department": self.after.facts.department,
            "supposed": [
                {"fact": key, "before": spelt(before), "after": spelt(after)} for key, before, after in self.supposed
            ],
            **{name: each for name, each in result_data(found).items() if name in _SHOWN},
            "vetoes": {"before": list(found.before.overruling), "after": list(found.after.overruling)},
            "consequences": {"before": list(found.before.follows), "after": list(found.after.follows)},
        }
