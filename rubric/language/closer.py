"""A closer look at a rule file that can be used: what its criteria leave out, its years, and its official texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.criterion import CriterionCheck
from engine.diagnostic import Diagnostic, is_error
from engine.dimension import Dimensions
from engine.examine import examine
from engine.followed import Followed
from engine.rules import Clause, Combination, Indicator, Rubric
from rubric.language import syntax
from rubric.language.build import Builder
from rubric.language.criteria import Criteria
from rubric.language.lexer import BodyLexer
from rubric.language.names import Vocabulary
from rubric.language.official import against_official
from rubric.language.refusal import Refusal
from rubric.language.splitter import Block
from rubric.language.text import Line, span_of
from rubric.language.write import criterion_text
from rubric.language.years import years_that_differ


class Closer:
    """Looks closer at one file, with what was learnt while it was read."""

    def __init__(
        self,
        rubric: Rubric,
        blocks: Sequence[Block],
        vocabulary: Vocabulary,
        builder: Builder,
        refusal: Refusal,
        followed: Sequence[Followed],
    ) -> None:
        self.rubric = rubric
        self.followed = followed
        self.file = refusal.file
        self.blocks = blocks
        self.vocabulary = vocabulary
        self.builder = builder
        self.refusal = refusal

    def findings(self) -> Iterator[Diagnostic]:
        """Everything that deserves a look."""
        yield from examine(self.rubric, self.followed)
        if self.rubric.period is not None:
            yield from years_that_differ(self.blocks, self.rubric.period, self.file)
        texts = dict(self._official_texts())
        for indicator in self.rubric.indicators():
            head = indicator.head
            lines = texts.get((head.file, head.line)) if indicator.official else None
            if lines:
                rule = criterion_text(self.rubric, indicator)
                yield from against_official(self.rubric, indicator, lines, self._as_criterion, rule, self.file)

    def _official_texts(self) -> Iterator[tuple[tuple[str, int], list[Line]]]:
        """The lines of every official text, by the place of the indicator's head."""
        for block in self.blocks:
            lines = [line for each in block.fields if each.terminal == "OFFICIAL" for line in each.lines]
            if lines:
                head = span_of(block.fields[0].opening, self.file)
                yield (head.file, head.line), lines

    def _as_criterion(
        self, indicator: Indicator, lines: Sequence[Line]
    ) -> tuple[tuple[Clause, ...], Combination] | None:
        """The clauses of an official text, where it can be read as a criterion without a finding."""
        lexer = BodyLexer(self.file, self.vocabulary)
        tokens = lexer.tokens(lines, criterion=True)
        if lexer.findings or not tokens:
            return None
        opening = tokens[0].update(type="SCORING", value="")
        tree = syntax.parse([opening, *tokens], "scoring", self.refusal)
        if isinstance(tree, list):
            return None
        found: list[Diagnostic] = []
        table = "" if indicator.rows is None else indicator.rows.table
        criteria = Criteria(
            self.file, found, self.builder.names, indicator.name, indicator.name.forms, indicator.measure, table
        )
        criteria.ends, criteria.percents = self.builder.ends, self.builder.percents
        clauses = criteria.clauses(tree)
        if found or not criteria.whole or criteria.measure != indicator.measure:
            return None
        return (clauses, criteria.combination) if self._sound(indicator, clauses, criteria.combination) else None

    def _sound(self, indicator: Indicator, clauses: tuple[Clause, ...], combination: Combination) -> bool:
        official = replace(indicator, clauses=clauses, combination=combination)
        check = CriterionCheck(official, Dimensions(self.rubric, frozenset()), frozenset(), reading_stated=True)
        return not any(map(is_error, check.findings()))
