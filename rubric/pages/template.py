"""A bureau's own Word template, filled in from a dossier: values by Chinese and English names, mistakes told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import BytesIO
from typing import Any

from rubric.messages.template import MEANINGS, NAMES, say
from rubric.messages.wording import Language
from rubric.pages.dossier import Branch, Dossier, FormalLeaf, Leaf
from rubric.pages.official import TEXT_WIDTH, Cell, Paper, Row
from rubric.pages.package import archive, clean
from rubric.pages.phrases import ended, grades, listed, shown, subject
from rubric.pages.word import kind

# A template is some hundred kilobytes.
MAX_TEMPLATE = 16_000_000


class TemplateError(Exception):
    """A template that cannot be filled in: what was found, what is expected, and what to do."""

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code, self.arguments = code, arguments

    def said(self, language: Language, path: str) -> str:
        """The mistake in one or two sentences, with the file in which it is."""
        return say(self.code, language, path=path, **self.arguments)


def filled(template: bytes, dossier: Dossier) -> bytes:
    """The template with the dossier's values put in; TemplateError where that cannot be done."""
    try:
        import docxtpl
        import jinja2
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as missing:
        raise TemplateError("template-needs-extra") from missing
    _look(template)
    # Values are text and never markup: without this, `a<b` would end a document in the middle.
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    values = context(dossier)
    document = docxtpl.DocxTemplate(BytesIO(template))
    try:
        asked = document.get_undeclared_template_variables(environment)
        for name in sorted(asked - set(values)):
            raise TemplateError("template-name", name=name, **_nearest(name, values))
        document.render(values, environment, autoescape=True)
    except jinja2.TemplateSyntaxError as wrong:
        raise TemplateError("template-syntax", what=_plain(str(wrong.message))) from wrong
    except jinja2.UndefinedError as wrong:
        name = _NAME.findall(str(wrong))[-1:]
        if not name:
            raise TemplateError("template-value", what=_plain(str(wrong))) from wrong
        raise TemplateError("template-name", name=name[0], **_nearest(name[0], _inner())) from wrong
    except (jinja2.TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as wrong:
        raise TemplateError("template-value", what=_plain(str(wrong))) from wrong
    stream = BytesIO()
    document.save(stream)
    return _steady(stream.getvalue())


def _look(template: bytes) -> None:
    """Refuse what is no Word document, or unpacks to more than a template holds."""
    try:
        with zipfile.ZipFile(BytesIO(template)) as file:
            names = set(file.namelist())
            size = sum(each.file_size for each in file.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as wrong:
        raise TemplateError("template-not-word") from wrong
    if "word/document.xml" not in names:
        raise TemplateError("template-not-word")
    if size > MAX_TEMPLATE:
        raise TemplateError("template-too-large")


_NAME = re.compile(r"'([^']+)'")


def _nearest(name: str, known: Sequence[str] | Mapping[str, object]) -> dict[str, str]:
    """The name that is most like a mistaken one, or those that there are."""
    close = get_close_matches(name, list(known), 1, 0.4)
    return {"nearest": close[0] if close else listed(list(known)[:12], "zh")}


def _inner() -> list[str]:
    """The names that stand behind a dot."""
    return [form for code in NAMES for form in NAMES[code]]


def _plain(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".")


def _steady(data: bytes) -> bytes:
    """The same file with nothing in it that tells the time of writing."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return archive(parts)


# ------------------------------------------------------------------------------------------------- values


def context(dossier: Dossier) -> dict[str, Any]:
    """Every value that a template may use, under its Chinese and its English name."""
    language, formal = dossier.language, dossier.formal
    indicators = list(_indicators(dossier.members, dossier, ()))
    return _named(
        {
            "department": dossier.department,
            "year": formal.year,
            "title": dossier.title,
            "subject": subject(dossier),
            "place": dossier.place,
            "basis": listed(dossier.basis, language),
            "points": shown(dossier.points.text, language),
            "full": dossier.full.text,
            "grade": dossier.grade,
            "grades": grades(dossier),
            "claimed": dossier.claimed,
            "claimed_grade": dossier.claimed_grade,
            "difference": dossier.difference,
            "indicators": indicators,
            "levels": [_level(each, dossier) for each in dossier.members if isinstance(each, Branch)],
            "adjustments": [
                _named({"said": each.said, "points": each.amount})
                for several in formal.shifts.values()
                for each in several
            ],
            "vetoes": [_text(each) for each in formal.vetoes],
            "consequences": [_text(each) for each in formal.consequences],
            "findings": [
                _named(
                    {
                        "said": each.said,
                        "points": each.points,
                        "ask": each.ask,
                        "quotes": listed((words for _, words in each.quotes), language, True),
                    }
                )
                for each in formal.findings
            ],
            "missing": [_named({"name": name, "points": points}) for name, points in formal.missing],
            "rules_digest": dossier.digests.rules,
            "facts_digest": dossier.digests.facts,
            "engine": dossier.digests.engine,
        }
    )


def _level(branch: Branch, dossier: Dossier) -> dict[str, Any]:
    """A level with its indicators, and with the levels below it."""
    return _named(
        {
            "number": branch.number,
            "name": branch.name,
            "full": branch.full.text,
            "points": shown(branch.points.text, dossier.language),
            "claimed": branch.claimed,
            "levels": [_level(each, dossier) for each in branch.members if isinstance(each, Branch)],
            "indicators": list(_indicators(branch.members, dossier, ())),
        }
    )


def _indicators(members: Sequence[Branch | Leaf], dossier: Dossier, above: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every indicator below these, with the names of its levels."""
    for member in members:
        if isinstance(member, Branch):
            yield from _indicators(member.members, dossier, (*above, member.name))
            continue
        words = dossier.formal.leaves.get(member.key) or FormalLeaf(member.said, member.said, member.criterion)
        first, second = (*member.path, "", "")[:2]
        yield _named(
            {
                "number": member.number,
                "name": member.name,
                "level1": first,
                "level2": second,
                "full": member.full.text,
                "points": shown(member.points.text, dossier.language),
                "standard": words.standard,
                "note": words.note,
                "reason": ended(words.prose, dossier.language),
                "claimed": "" if member.claim is None else member.claim.points,
                "difference": words.difference,
                "kind": kind(dossier, member),
            }
        )


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values under both their names, without what no document may hold."""
    told: dict[str, Any] = {}
    for code, value in values.items():
        for form in NAMES[code]:
            told[form] = _text(value) if isinstance(value, str) else value
    return told


def _text(text: str) -> str:
    return clean(text)


# ------------------------------------------------------------------------------------------------- a sample


def sample_template(language: Language) -> bytes:
    """A template to begin from: the score sheet of any department, and what each name means."""
    paper, place = Paper(language), 0 if language == "zh" else 1

    def put(code: str, of: str = "") -> str:
        return f"{{{{ {of}{NAMES[code][place]} }}}}"

    told = {code: put(code) for code in ("department", "year", "subject", "basis", "points", "full", "grade")}
    paper.paragraph(say("sample-title", language, **told), "Title")
    paper.paragraph(say("sample-opening", language, **told))
    columns = ("level1", "level2", "name", "full", "standard", "points", "note")
    widths = [share * TEXT_WIDTH // 156 for share in (17, 18, 25, 10, 42, 11, 33)]
    across = (None,) * (len(columns) - 1)
    start = f"{{%tr for i in {NAMES['indicators'][place]} %}}"
    rows: list[Row] = [
        (Cell(start, columns=len(columns)), *across),
        [Cell(put(code, "i."), align="left" if code in ("standard", "note") else "center") for code in columns],
        (Cell("{%tr endfor %}", columns=len(columns)), *across),
    ]
    paper.table(widths, [Cell(MEANINGS[code].of(language), True) for code in columns], rows)
    paper.paragraph(say("sample-names", language), "Small")
    for code, forms in NAMES.items():
        paper.paragraph(f"{forms[0]}　{forms[1]}　{MEANINGS[code].of(language)}", "Small")
    return paper.file(say("sample", language), {})
