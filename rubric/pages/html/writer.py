"""From the dossiers of one scorecard to its web page: one file, no network, strict about what may run in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from engine.number import plain
from rubric.messages.wording import Language
from rubric.pages.dossier import Dossier, Paragraph
from rubric.pages.html import figures
from rubric.pages.html.both import Both, paired, word

_PLACE = re.compile(r"([^/\\]+):(\d+):\d+$")
_CHINESE = re.compile("[\u3400-\u9fff]")
# What an indicator may be asked for by: these are the values of the filter.
_KINDS = ("all", "lost", "differs", "open")


def html_page(dossiers: Mapping[Language, Dossier], language: Language, seal: str = "") -> str:
    """The page of a scorecard from its dossiers in both languages; it opens in the one asked for.

    `seal` is a JSON text that the page carries, so that its points can be proved against it.
    """
    css, js = _part("page.css"), _part("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            **_View(dossiers["zh"], dossiers["en"]).told(),
            language=language,
            css=Markup(css),
            js=Markup(js),
            policy=_policy(css, js),
            # In JSON a less-than sign may be written otherwise: nothing in it can end the element.
            seal=Markup(seal.replace("<", "\\u003c")),
        )
    )


def _policy(css: str, js: str) -> str:
    """What may run and load: this script and this style sheet, and nothing else."""
    style, script = (b64encode(sha256(each.encode()).digest()).decode() for each in (css, js))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _part(name: str) -> str:
    return files("rubric.pages.html").joinpath(name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_part), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(word=word, figures=figures, amount=plain, share=_share, short=_short)
    return environment


def _short(place: Both) -> Both:
    """A place by its file's name and line."""
    return Both(*(_PLACE.sub(r"\1:\2", each.rpartition("/")[2]) for each in (place.zh, place.en)))


def _share(level: Any) -> str:
    """How much of its full marks a level earns, to a tenth of a percent."""
    if not level.points.settled or level.full.high <= 0:
        return ""
    tenths = (level.points.low / level.full.high * 1000 + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10}%".replace(".0%", "%")


class _View:
    """What the templates are given: both dossiers as one, with the ids by which its parts find one another."""

    def __init__(self, zh: Dossier, en: Dossier) -> None:
        self.page = paired(zh, en)
        self.report = zh.report
        self.leaves = list(_leaves(self.page.members))
        self.by_key = {each.key: each for each in self.leaves}
        self.facts = {each.key: each for each in self.page.facts}
        self.marks: dict[str, str] = {}

    def told(self) -> dict[str, object]:
        """Every value that the page asks for."""
        page = self.page
        _settle(page.points)
        self._name_parts()
        report = list(self._paragraphs())
        self._link_leaves()
        self._link_facts()
        for each in (*page.remarks, *page.missing):
            self._link(each, each.about)
            each.quotes = [vars(told).values() if isinstance(told, SimpleNamespace) else told for told in each.quotes]
        for each in page.falls:
            self._link(each, each.key)
        levels = list(_levels(page.members))
        return {
            "page": page,
            "title": self._title(),
            "grades_said": self._grades(),
            "weighty": [each for each in page.remarks if each.exact],
            "light": [each for each in page.remarks if not each.exact],
            "view": figures.window(page),
            "levels": levels,
            "levels_claimed": any(each.claimed for each in levels),
            "most": max((each.full.high for each in levels), default=Fraction(1)),
            "kinds": self._kinds(),
            "report": report,
            "report_language": "zh-CN"
            if any(_CHINESE.search(s) for p in self.report for s, _ in p.pieces)
            else "en-GB",
        }

    def _title(self) -> Both:
        parts = [each for each in (self.page.department, self.page.title, self.page.year) if each]
        return Both("　".join(each.zh for each in parts), " · ".join(each.en for each in parts))

    def _grades(self) -> Both:
        """The ladder in words."""
        rungs = [word("rung", name=each.name, floor=each.text) for each in self.page.ladder]
        return Both("；".join(each.zh.strip() for each in rungs), "; ".join(each.en.strip() for each in rungs))

    def _report_language(self) -> str:
        chinese = any(_CHINESE.search(said) for each in self.report for said, _ in each.pieces)
        return "zh-CN" if chinese else "en-GB"

    def _kinds(self) -> list[tuple[str, int]]:
        """The values of the filter that some indicator has, with how many have it."""
        numbers = [(kind, sum(kind in each.kinds for each in self.leaves)) for kind in _KINDS]
        return [(kind, number) for kind, number in numbers if number]

    def _name_parts(self) -> None:
        for branch in _branches(self.page.members):
            branch.id = f"l-{branch.number.zh.replace('.', '-')}"
            _settle(branch.points)
        for leaf in self.leaves:
            leaf.id = f"i-{leaf.number.zh.replace('.', '-')}"
            _settle(leaf.points)
            below = leaf.points.high < leaf.full.high
            held = {"all": True, "lost": below, "differs": leaf.standing == "differs", "open": leaf.standing == "open"}
            leaf.kinds = [kind for kind in _KINDS if held[kind]]
        for number, fact in enumerate(self.page.facts, 1):
            fact.id = f"f{number}"

    def _link(self, part: SimpleNamespace, key: str) -> None:
        """Let a part lead to the indicator that it is about."""
        leaf = self.by_key.get(key)
        part.href = "" if leaf is None else leaf.id
        if leaf is not None:
            part.number, part.name = leaf.number, leaf.name

    def _link_leaves(self) -> None:
        for leaf in self.leaves:
            leaf.shown = [self.facts[key] for key in leaf.facts if key in self.facts]
            leaf.mark_id = self.marks.get(f"claim:{leaf.key}", "")

    def _link_facts(self) -> None:
        """Let facts lead to their sentences and users; of those with the same name the user tells which it is."""
        names = [each.name.zh for each in self.page.facts]
        for fact in self.page.facts:
            fact.mark = self.marks.get(f"fact:{fact.key}", "")
            fact.users = [self.by_key[key] for key in fact.used_by if key in self.by_key]
            fact.of = fact.users[0].name if names.count(fact.name.zh) > 1 and fact.users else None

    def _paragraphs(self) -> Iterator[SimpleNamespace]:
        """The report, each marked piece with the ids of what it tells, and with one of its own where these are new."""
        for each in self.report:
            yield SimpleNamespace(heading=each.heading, cells=each.cells, pieces=list(self._pieces(each)))

    def _pieces(self, paragraph: Paragraph) -> Iterator[tuple[str, str, list[str]]]:
        for said, keys in paragraph.pieces:
            ids = [found for key in keys.split("\t") if key for found in self._ids(key)]
            new = [key for key in keys.split("\t") if key and key not in self.marks]
            mark = f"m{len(set(self.marks.values())) + 1}" if ids and new else ""
            self.marks.update(dict.fromkeys(new, mark) if mark else {})
            yield said, mark, ids

    def _ids(self, key: str) -> Iterator[str]:
        kind, _, name = key.partition(":")
        part = (self.facts if kind == "fact" else self.by_key).get(name)
        if part is not None:
            yield part.id


def _settle(points: SimpleNamespace) -> None:
    points.settled = points.low == points.high


def _branches(members: Iterable[Any]) -> Iterator[Any]:
    for member in members:
        if hasattr(member, "members"):
            yield member
            yield from _branches(member.members)


def _levels(members: Iterable[Any]) -> Iterator[Any]:
    """The levels, and the indicators that stand beside the highest of them."""
    for member in members:
        if hasattr(member, "members"):
            yield member
            yield from (each for each in _levels(member.members) if hasattr(each, "members"))
        else:
            member.claimed = member.claim.points if member.claim else None
            yield member


def _leaves(members: Iterable[Any]) -> Iterator[Any]:
    for member in members:
        if hasattr(member, "members"):
            yield from _leaves(member.members)
        else:
            yield member
