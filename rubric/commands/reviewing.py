"""The review of a facts file on a terminal: item after item, a question and an answer on a line each.

Every answer is in the file before the next question is asked, so that a review can be left at any time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from engine.diagnostic import Diagnostic, is_error
from engine.facts import Contradictory, Missing, NotApplicableFact, Present
from engine.rules import Rubric
from rubric.commands import findings as shown
from rubric.commands.files import write_over
from rubric.commands.reports import Named
from rubric.commands.shape import CLEAN, FINDINGS, USAGE, Output
from rubric.language.phrases import exact
from rubric.messages.catalogue import say as say_note
from rubric.messages.frame import width
from rubric.messages.review import say
from rubric.messages.words import quantity_text
from rubric.readers.names import half_width
from rubric.readers.revised import UnchangeableError
from rubric.readers.text import decode, read_bytes
from rubric.readers.yaml_text import one_line
from rubric.reading.review import About, Item, Review, Told, Typed, value_in
from rubric.report.terminal import pad, wrap
from rubric.report.values import name_text

if TYPE_CHECKING:
    from rubric.reading.report import Report

MAX_FACTS = 2_000_000
_BOM = b"\xef\xbb\xbf"

# What an answer may be typed as, beside the letter itself.
_KEYS = {
    "": "y",
    **dict.fromkeys(("y", "yes", "是", "采用", "无误"), "y"),
    **dict.fromkeys(("c", "更正", "改", "填写"), "c"),
    **dict.fromkeys(("m", "缺失", "未叙述"), "m"),
    **dict.fromkeys(("n", "不适用"), "n"),
    **dict.fromkeys(("s", "跳过"), "s"),
    **dict.fromkeys(("b", "上一项", "返回"), "b"),
    **dict.fromkeys(("q", "退出"), "q"),
    **dict.fromkeys(("?", "h", "help", "帮助"), "?"),
}

# Where the value stands in its sentence, until it is known how that is shown; no text that is read holds these.
_OPEN, _CLOSE = "\ue000", "\ue001"


class _QuitError(Exception):
    """The person stops here."""


class _StoppedError(Exception):
    """The file cannot be written; it has been said why."""


class Kept:
    """A facts file on disk: its text, and the bytes as they were when it was last read or written."""

    def __init__(self, path: Path, output: Output) -> None:
        self.path = path
        self.output = output
        self.data, self.findings = read_bytes(path, MAX_FACTS)
        self.text: str | None = None
        if self.data is not None:
            self.text, self.findings = decode(self.data, str(path), MAX_FACTS)
        self._encoding = "gb18030" if self.findings else "utf-8"

    @property
    def faithful(self) -> bool:
        """Whether the text goes back to the very same bytes."""
        return self.text is not None and self._bytes(self.text) == self.data

    def _bytes(self, text: str) -> bytes:
        mark = _BOM if self.data is not None and self.data.startswith(_BOM) else b""
        return mark + text.encode(self._encoding)

    def keep(self, text: str) -> None:
        """Write the text, unless somebody else has changed the file."""
        data = self._bytes(text)
        if data == self.data:
            return
        now, _ = read_bytes(self.path, MAX_FACTS)
        if now != self.data:
            click.echo(say("changed-meanwhile", self.output.language, path=self.path), err=True)
            raise _StoppedError
        if not write_over(self.path, data, self.output):
            raise _StoppedError
        self.data = data


def review(output: Output, named: Named, rubric: Rubric, report: Report | None) -> int:
    """Review a facts file under its rules, with the report at hand or without."""
    path = named.facts
    kept = Kept(path, output)
    if kept.text is None:
        click.echo(shown.as_text(kept.findings, {}, output, sys.stderr), err=True, color=True)
        return USAGE
    if not kept.faithful:
        click.echo(say("unlike-bytes", output.language, path=path), err=True)
        return USAGE
    about = Review(kept.text, str(path), rubric, report)
    if about.findings:
        texts = {str(path): kept.text}
        click.echo(shown.as_text(about.findings, texts, output, sys.stderr), err=True, color=True)
    if about.facts is None:
        click.echo(say("has-errors", output.language), err=True)
        return FINDINGS
    return _Session(about, kept, output).run(named)


class _Done(NamedTuple):
    """What became of an item: how its answer counts, and whether the next one follows."""

    counts: str = ""
    step: int = 1


class _Session:
    """One sitting: where it stands among the items, and what was answered so far."""

    def __init__(self, about: Review, kept: Kept, output: Output) -> None:
        self.about = about
        self.kept = kept
        self.output = output
        self.language = output.language
        self.paint = output.paint(sys.stdout)
        self.counts: dict[int, str] = {}
        if sys.stdin.isatty():
            # With it, what is typed can be edited; not every system has it.
            with suppress(ImportError):
                import readline

                readline.set_auto_history(False)

    def say(self, code: str, **arguments: object) -> str:
        return say(code, self.language, **arguments)

    def echo(self, text: str = "") -> None:
        click.echo(text.rstrip(), color=True)

    def run(self, named: Named) -> int:
        """Go through everything that is not yet checked; the exit code says whether anything is left."""
        about = self.about
        left = about.left()
        said = [self.say("begin", file=self.kept.path.name, count=len(about.items), left=len(left))]
        if about.facts is not None and about.facts.tables:
            said.append(self.say("tables"))
        for line in (line for each in said for line in wrap(each, self.columns)):
            self.echo(line)
        try:
            self._walk(left)
        except _QuitError:
            pass
        except _StoppedError:
            return USAGE
        wrong = [finding for finding in about.findings if is_error(finding)]
        self._summary(named, wrong)
        return FINDINGS if wrong or about.left() else CLEAN

    @property
    def columns(self) -> int:
        """How wide a line may be; a longer one is hard to read."""
        return min(self.output.columns(), 100) - 2

    def _walk(self, left: Sequence[int]) -> None:
        number = left[0] if left else len(self.about.items)
        while number < len(self.about.items):
            self.echo()
            item = self.about.items[number]
            for line in self._shown(item, number):
                self.echo(line)
            done = self._answered(item)
            if done.counts:
                self.counts[number] = done.counts
            if done.step > 0:
                number = next((each for each in self.about.left() if each > number), len(self.about.items))
            else:
                number = max(number + done.step, 0)

    def _summary(self, named: Named, wrong: Sequence[Diagnostic]) -> None:
        """How many there were of each, and what comes next."""
        given = list(self.counts.values())
        left = len(self.about.left())
        self.echo()
        self.echo(
            self.say(
                "summary",
                accepted=given.count("accepted"),
                corrected=given.count("corrected"),
                states=given.count("states"),
                left=left,
            )
        )
        if left:
            self.echo(self.say("next-review", command=named.again()))
            return
        if wrong:
            self.echo(self.say("still-wrong"))
            self._refuse(wrong)
            return
        self.echo(self.say("next", command=named.score()))
        if self.about.facts is not None and self.about.facts.claims is not None:
            self.echo(self.say("next", command=named.audit()))

    # ------------------------------------------------------------------------------------------- showing

    def _shown(self, item: Item, number: int) -> Iterator[str]:
        """Everything that a person needs to judge an item."""
        count = f"{number + 1}/{len(self.about.items)}"
        yield f"{self.paint(count, 'faint')}  {self.paint(self._title(item), 'strong')}"
        declaration = self.about.declaration(item) if item.about is About.FACT else None
        if declaration is not None and declaration.meaning:
            yield from (f"  {line}" for line in wrap(declaration.meaning, self.columns))
        if item.about is About.FACT:
            used = self._used(item)
            yield from self._labelled("label-used", self.say("list").join(used) or self.say("no-indicator"))
        match item.about:
            case About.FACT:
                yield from self._fact(item)
            case About.CLAIM:
                yield from self._claim(item)
            case About.WHOLE:
                yield from self._whole()
        checked = self.about.checked(item)
        if checked:
            yield from self._labelled("label-checked", checked)

    def _used(self, item: Item) -> list[str]:
        """The indicators of an item with the full marks that hang on it."""
        return [
            self.say("full-marks", name=name, full=self._points(full))
            for name, full in self.about.used_by(item, self.language)
        ]

    def _points(self, points: Fraction) -> str:
        return quantity_text(exact(points), "score", self.language)

    def _title(self, item: Item) -> str:
        if item.about is About.WHOLE:
            return self.say("whole-claim")
        if item.about is About.CLAIM:
            named = self._used(item)
            return self.say("claim-of", name=named[0] if named else item.name)
        declaration = self.about.declaration(item)
        name = name_text(declaration.name, self.language) if declaration else item.name
        return name + self._kind(item)

    def _kind(self, item: Item) -> str:
        kind = self.about.kind(item, self.language)
        return self.say("in-parts", what=kind) if kind else ""

    def _fact(self, item: Item) -> Iterator[str]:
        fact = self.about.fact(item)
        match fact:
            case Missing() | NotApplicableFact():
                state = "missing" if isinstance(fact, Missing) else "state-not-applicable"
                reason = fact.provenance.reason
                yield from self._labelled(
                    "label-state", self.say(state) + (self.say("colon") + reason if reason else "")
                )
            case Present():
                yield from self._one(item, self.about.told(item)[0], "")
            case Contradictory(readings):
                yield from self._labelled("label-state", self.say("differ", count=len(readings)))
                for number, told in enumerate(self.about.told(item), 1):
                    yield from self._one(item, told, f"{number}  ")

    def _one(self, item: Item, told: Told, number: str) -> Iterator[str]:
        basis = self.say("in-parts", what=told.basis) if told.basis else ""
        yield from self._labelled("label-value", number + self.paint(one_line(told.value), "strong") + basis)
        if told.reason:
            yield from self._labelled("label-reason", told.reason)
        yield from self._sentence(told, self.about.given(item, told.value))

    def _claim(self, item: Item) -> Iterator[str]:
        if not self.about.points_claimed(item):
            yield from self._labelled("label-claimed", self.say("not-claimed"))
            return
        told = self.about.told(item)[0]
        rate = self.about.claimed_rate(item)
        points = self._points(self.about.points(item))
        yield from self._labelled(
            "label-claimed", self.paint(points, "strong") + (self.say("rate", rate=rate) if rate else "")
        )
        yield from self._sentence(told, self.about.given(item, told.value))

    def _whole(self) -> Iterator[str]:
        gap = "　" if self.language == "zh" else "  "
        said = gap.join(f"{self._whole_name(name)} {value}" for _, name, value in self.about.whole())
        yield from self._labelled("label-claimed", said)
        claimed = self.about.report.claimed if self.about.report else None
        if claimed is None:
            return
        told = [*claimed.subtotals.values(), *filter(None, (claimed.total, claimed.grade))]
        for quote in dict.fromkeys(claim.quote for claim in told):
            yield from self._labelled("label-quote", quote)

    def _whole_name(self, name: str) -> str:
        return self.say(f"claim-{name}") if name in ("total", "grade") else name

    def _sentence(self, told: Told, value: object) -> Iterator[str]:
        """The sentence with the value marked in it, and about a line of what stands around it."""
        place = " ".join(filter(None, (told.document, told.section)))
        if place:
            yield from self._labelled("label-place", place)
        if not told.quote:
            if not told.reason:
                yield from self._labelled("label-quote", self.paint(self.say("not-quoted"), "faint"))
            return
        within = self.about.within(told.section, told.quote)
        quote = one_line(within.quote if within else told.quote)
        # The value stands at the end of what is quoted, as a rule.
        start, end = value_in(quote, value) or (0, len(quote))
        marked = f"{quote[:start]}{_OPEN}{quote[start:end]}{_CLOSE}{quote[end:]}"
        if within:
            line = self.columns - 10
            marked = _clipped(one_line(within.before), line, end=True) + marked + _clipped(one_line(within.after), line)
            above, below = (_clipped(one_line(each), line) for each in (within.above, within.below))
            marked = "\n".join(filter(None, (above, marked, below)))
        yield from self._labelled("label-quote", marked)

    def _labelled(self, label: str, text: str) -> Iterator[str]:
        """A text behind its label, further lines below its first; what is marked in it is shown so."""
        head = pad(self.say(label), 4 if self.language == "zh" else 7)
        room = self.columns - width(head) - 4
        marked = False
        lines = [line for paragraph in text.split("\n") for line in wrap(paragraph, room)]
        for number, line in enumerate(lines):
            painted, marked = self._painted(line, marked)
            yield f"  {head if number == 0 else ' ' * width(head)}  {painted}"

    def _painted(self, line: str, inside: bool) -> tuple[str, bool]:
        """A line with what is marked in it: in its colour, or between brackets where there is none."""
        if self.paint("x", "mark") == "x":
            return line.replace(_OPEN, "【").replace(_CLOSE, "】"), inside
        parts = []
        for piece in line.replace(_OPEN, f"\n{_OPEN}").replace(_CLOSE, f"\n{_CLOSE}").split("\n"):
            inside = piece[:1] == _OPEN or (inside and piece[:1] != _CLOSE)
            bare = piece.lstrip(_OPEN + _CLOSE)
            parts.append(self.paint(bare, "mark") if inside and bare else bare)
        return "".join(parts), inside

    # ------------------------------------------------------------------------------------------- asking

    def _ask(self, prompt: str) -> str:
        """One line of an answer; the end of the input, and Ctrl-C, are a wish to stop."""
        while True:
            try:
                answer = str(click.prompt(prompt.rstrip(), default="", show_default=False, prompt_suffix=" "))
            except (click.Abort, EOFError):
                self.echo()
                raise _QuitError from None
            if not sys.stdin.isatty():
                # Nobody's typing is on the screen.
                self.echo(answer)
            # A character that could not be read, or an arrow key where there is no line to edit.
            if "\ufffd" not in answer and all(each.isprintable() or each.isspace() for each in answer):
                return one_line(answer)
            self.echo("  " + self.say("unreadable"))

    def _answered(self, item: Item) -> _Done:
        """Ask what is to be done with an item until it is done."""
        count = len(self.about.told(item)) if isinstance(self._state(item), Contradictory) else 0
        while True:
            typed = self._ask("  ".join(self._keys(item, count)) + " >")
            key = _KEYS.get(half_width(typed).strip().casefold(), half_width(typed).strip())
            try:
                done = self._done(item, key, count)
            except UnchangeableError:
                self.echo("  " + self.say("unchangeable", line=self.about.line(item)))
                done = _Done()
            if done is not None:
                self.kept.keep(self.about.text)
                return done

    def _state(self, item: Item) -> object:
        return self.about.fact(item) if item.about is About.FACT else None

    def _keys(self, item: Item, count: int) -> Iterator[str]:
        """The keys that an item takes."""
        state = self._state(item)
        unclaimed = item.about is About.CLAIM and not self.about.points_claimed(item)
        if count:
            yield self.say("key-choose", count=count)
        elif isinstance(state, Missing):
            yield self.say("key-accept-missing")
        else:
            yield self.say("key-accept-unclaimed" if unclaimed else "key-accept")
        yield self.say("key-fill" if unclaimed or isinstance(state, Missing) else "key-correct")
        if item.about is About.FACT:
            yield self.say("key-why-missing" if isinstance(state, Missing) else "key-missing")
            yield self.say("key-not-applicable")
        elif item.about is About.CLAIM and not unclaimed:
            yield self.say("key-unclaimed")
        yield from (self.say("key-skip"), self.say("key-back"), self.say("key-quit"))

    def _done(self, item: Item, key: str, count: int) -> _Done | None:
        """Do what a key asks for; None where the item is to be asked for again."""
        about = self.about
        match key:
            case "s":
                return _Done()
            case "b":
                return _Done(step=-1)
            case "q":
                raise _QuitError
            case "?":
                for line in self.say("help").split("\n"):
                    self.echo(f"  {line}")
                return None
            case "y" if about.checked(item):
                return _Done()
            case "y" if not count:
                without = isinstance(self._state(item), Missing | NotApplicableFact)
                return self._taken(about.accept(item), "states" if without else "accepted")
            case "y":
                self.echo("  " + self.say("must-choose", count=count))
                return None
            case "c":
                return self._corrected(item)
            case "m" if item.about is About.CLAIM and not about.points_claimed(item):
                return self._taken(about.accept(item), "accepted")
            case "m" if item.about is About.CLAIM:
                return self._taken(about.correct_claim(item, "", "", "", ""), "corrected")
            case "m" | "n" if item.about is About.FACT:
                return self._stated(item, key)
        if key.isascii() and key.isdigit() and 1 <= int(key[:4]) <= count:
            return self._taken(about.choose(item, int(key) - 1), "accepted")
        self.echo("  " + self.say("no-key", key=key[:20]))
        return None

    def _taken(self, findings: Sequence[Diagnostic], counts: str, said: str = "") -> _Done | None:
        """An answer that was taken, or what is wrong with it."""
        if findings:
            self._refuse(findings)
            return None
        if said:
            self.echo("  " + said)
        return _Done(counts)

    def _refuse(self, findings: Sequence[Diagnostic]) -> None:
        for finding in findings:
            label = self.paint("×", "error" if is_error(finding) else "warning")
            told = [say_note(each, self.language) for each in (finding.headline, *finding.helps)]
            for number, line in enumerate(line for each in told for line in wrap(each, self.columns - 4)):
                self.echo(f"  {label if number == 0 else ' '} {line}")

    def _stated(self, item: Item, key: str) -> _Done | None:
        """The fact is missing, or not applicable, for a reason."""
        fact = self.about.fact(item)
        same = isinstance(fact, Missing if key == "m" else NotApplicableFact)
        there = fact.provenance.reason if same and not isinstance(fact, Contradictory) else ""
        asked = self.say("ask-reason-kept", reason=there) if there else self.say("ask-reason")
        reason = self._ask("  " + asked) or there
        if not reason:
            return None
        change = self.about.missing if key == "m" else self.about.not_applicable
        word = self.say("missing" if key == "m" else "state-not-applicable")
        return self._taken(change(item, reason), "states", self.say("done-state", state=word))

    def _corrected(self, item: Item) -> _Done | None:
        """Another value than was read."""
        match item.about:
            case About.CLAIM:
                return self._other_claim(item)
            case About.WHOLE:
                return self._other_whole(item)
        value = self._checked_value(item, self.say("ask-value", kind=self._kind(item)))
        typed = self._sourced(item, value) if value else None
        if typed is None:
            return None
        said = self.say("done-corrected", value=typed.value)
        return self._taken(self.about.correct(item, typed), "corrected", said)

    def _checked_value(self, item: Item, asked: str) -> str:
        """A value that can be taken as it is; what is wrong with it is told at once."""
        while value := self._ask("  " + asked):
            findings = self.about.try_value(item, value)
            if not findings:
                return value
            self._refuse(findings)
        return ""

    def _sourced(self, item: Item, value: str) -> Typed | None:
        """The sentence and the place of a value, or the reason for it."""
        quote = self._ask("  " + self.say("ask-quote"))
        if not quote:
            reason = self._ask("  " + self.say("ask-reason"))
            return Typed(value, reason=reason) if reason else None
        typed = Typed(value, quote)
        within = self.about.within("", quote)
        if within is not None:
            typed = typed._replace(document=self.about.report_name(item), section=within.place.section)
            place = " ".join(filter(None, (typed.document, typed.section)))
            if place:
                self.echo("  " + self.say("kept-place", place=place))
        elif self.about.report is not None:
            section = self._ask("  " + self.say("ask-source"))
            if not section:
                return None
            typed = typed._replace(section=section)
        else:
            typed = self._placed(item, typed)
        given = self.about.given(item, value)
        if not isinstance(given, (str, bool)) and not self.about.in_quote(item, typed):
            self.echo("  " + self.say("no-figure"))
        return typed

    def _placed(self, item: Item, typed: Typed) -> Typed:
        """Where a sentence stands, when there is no report to look it up in: where the value stood, or as typed."""
        told = self.about.told(item)
        of = told[0] if len(told) == 1 else None
        place = " ".join(filter(None, (of.document, of.section))) if of else ""
        section = self._ask("  " + (self.say("ask-place-kept", place=place) if place else self.say("ask-place")))
        if section or of is None:
            return typed._replace(section=section)
        return typed._replace(document=of.document, section=of.section)

    def _other_claim(self, item: Item) -> _Done | None:
        points = self._checked_value(item, self.say("ask-points"))
        if not points:
            return None
        told = self.about.told(item)[0]
        was = self.about.claimed_rate(item)
        rate = self._ask("  " + self.say("ask-rate", rate=was or self.say("none"))) or was
        quote, section = told.quote, told.section
        if not quote:
            quote = self._ask("  " + self.say("ask-claim-quote"))
            within = self.about.within("", quote)
            section = within.place.section if within else ""
        said = self.say("done-corrected", value=points)
        return self._taken(self.about.correct_claim(item, points, rate, quote, section), "corrected", said)

    def _other_whole(self, item: Item) -> _Done | None:
        values = []
        for _, name, value in self.about.whole():
            values.append(self._ask("  " + self.say("ask-whole", name=self._whole_name(name), value=value)) or value)
        return self._taken(self.about.correct_whole(item, values), "corrected")


def _clipped(text: str, columns: int, end: bool = False) -> str:
    """About a line of a text, from its beginning or its end."""
    kept = ""
    for character in reversed(text) if end else text:
        if width(kept) + width(character) > columns:
            return f"…{kept[::-1]}" if end else f"{kept}…"
        kept += character
    return text
