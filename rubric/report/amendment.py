"""What an amendment makes of the rule file that it is based on: the whole, with what is new, changed or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.number import plain
from engine.rules import Group, Indicator, Rubric
from rubric.messages.catalogue import tidy
from rubric.messages.frame import width
from rubric.messages.labels import LABELS
from rubric.messages.vocabulary import ALL_WORDS
from rubric.messages.wording import Language
from rubric.report.values import name_text

Member = Group | Indicator
Paint = Callable[[str, str], str]

# What an indicator says of its score, and the word of the field that says it.
_FIELDS: tuple[tuple[str, Callable[[Indicator], object]], ...] = (
    ("FORMULA", lambda each: each.measure),
    ("SCORING", lambda each: (each.clauses, each.combination)),
    ("ROUNDING", lambda each: (each.round_measure, each.round_points)),
    ("NOT_APPLICABLE", lambda each: each.not_applicable),
    ("VETO", lambda each: each.forfeit),
    ("ROWS", lambda each: each.rows),
    ("PROVIDED", lambda each: each.provided),
)


def outline(base: Rubric, whole: Rubric, language: Language, paint: Paint) -> str:
    """The levels and indicators of the whole, a line each, and what of the base is left out."""
    return "\n".join(_Outline(base, whole, language, paint).lines()) + "\n"


class _Outline:
    def __init__(self, base: Rubric, whole: Rubric, language: Language, paint: Paint) -> None:
        self.base = base
        self.whole = whole
        self.language = language
        self.paint = paint
        before: list[Member] = [*base.groups(), *base.indicators()]
        every: list[Member] = [*whole.groups(), *whole.indicators()]
        self.before = {each.key: each for each in before}
        self.after = {each.key for each in every}
        shown = [*every, *self._gone(base.members)]
        self.names = max((width(name_text(each.name, language)) for each in shown), default=0) + 6

    def lines(self) -> Iterator[str]:
        """The outline."""
        yield self.paint(f"  {self.whole.title}  {self._marks(self.whole.full, self.base.full)}", "strong")
        yield from self._members(self.whole.members, 1)
        for each in self._gone(self.base.members):
            name = name_text(each.name, self.language)
            yield self._line("  " + name, self._points(each), self.paint(self._label("left-out-of-whole"), "bad"))

    def _gone(self, members: tuple[Member, ...]) -> Iterator[Member]:
        """What of the base is left out; of a level that is left out as a whole, the level alone."""
        for member in members:
            inside = tuple(self._gone(member.members)) if isinstance(member, Group) else ()
            if member.key not in self.after and (not isinstance(member, Group) or self._all_gone(member)):
                yield member
            else:
                yield from inside

    def _all_gone(self, group: Group) -> bool:
        return all(
            each.key not in self.after and (not isinstance(each, Group) or self._all_gone(each))
            for each in group.members
        )

    def _members(self, members: tuple[Member, ...], depth: int) -> Iterator[str]:
        for member in members:
            other = self.before.get(member.key)
            marks = self._marks(member.full, None if other is None else other.full)
            said = self._said(member, other)
            yield self._line("  " * depth + "  " + name_text(member.name, self.language), marks, said)
            if isinstance(member, Group):
                yield from self._members(member.members, depth + 1)

    def _line(self, name: str, marks: str, said: str) -> str:
        return f"{name}{' ' * max(2, self.names + 4 - width(name))}{marks}{'  ' if said else ''}{said}".rstrip()

    def _points(self, member: Member) -> str:
        return plain(member.full)

    def _marks(self, full: object, before: object) -> str:
        now = plain(full)  # type: ignore[arg-type]
        if before is None or before == full:
            return now
        was = self._label("formerly").format(points=plain(before))  # type: ignore[arg-type]
        return f"{now}{was}"

    def _said(self, member: Member, other: Member | None) -> str:
        if other is None:
            return self.paint(self._label("new"), "good")
        changed = []
        if isinstance(member, Indicator) and isinstance(other, Indicator):
            changed = [code for code, get in _FIELDS if get(member) != get(other)]
        elif isinstance(member, Group) and isinstance(other, Group):
            together = (member.combination, member.formula) != (other.combination, other.formula)
            changed = ["TOGETHER"] if together else []
        if not changed:
            return ""
        words = ("、" if self.language == "zh" else ", ").join(ALL_WORDS[code].first(self.language) for code in changed)
        return tidy(self._label("changed").format(fields=words))

    def _label(self, code: str) -> str:
        return LABELS[code].of(self.language)
