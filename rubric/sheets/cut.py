"""Cuts the texts of an indicator into what they are: explanations, formulas, criteria, and when it does not apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rubric.language.text import normalise
from rubric.messages.headings import PARTS, SCORING_WORDS
from rubric.sheets.layout import Entry
from rubric.sheets.trial import operands
from rubric.sheets.wording import first_of, joined, sentence

_SENTENCE = re.compile(r"[^。\n]*(?:。|\n|$)")
_FORMULA = re.compile(r"(?P<left>[^=,;。:、()]{1,60})=(?P<right>[^=]+)$")
_OPERATOR = re.compile(r"[/÷×*+\-]|除以|乘以")
# Square brackets set a formula and mean the same as round ones.
_BRACKETS = str.maketrans("[]{}【】［］｛｝〔〕", "（）（）（）（）（）（）")
_EXEMPTS = re.compile(
    r"(?=.*(?:满分|不扣分|不减分|不考核|平均分|full marks|no deduction))(?=.*(?:没有|无|不适用|未|\bno\b))"
)
_AROUND = " 　。；;."
_SCORES = re.compile(
    r"[扣得计加减]\s*[0-9.]*\s*分(?!值|类|数|别|析|解|配|布|工|管|项|标)|[计得按]满分|不得分|不扣分|不计分|否决|不适用|酌情"
    r"|\bpoints?\b|\bdeduct",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_MEANING = re.compile(r"\s*(?P<name>[^:,;。()=]{2,40}?)\s*(?::|是指|系指|指)\s*(?P<meaning>[^。；;]{2,200})")
_POINTS_NAMES = ("得分", "points", "score")


class Formula(NamedTuple):
    """What a text says something is made of: the name, the expression behind the equals sign, and the whole."""

    left: str
    right: str
    text: str


@dataclass(slots=True)
class Cut:
    """The texts of an indicator by what they are; fields of a rule file go by the word that opens them."""

    formulas: list[Formula] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)
    # Formulas that stand among the sentences of the criterion.
    inside: list[Formula] = field(default_factory=list)
    explanations: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    # The criterion as the table prints it; what a cell itself calls the official text goes before the cell.
    official: str = ""

    @property
    def criterion(self) -> str:
        """The criterion on one line."""
        return sentence("\n".join(self.criteria))


# Labels that open a field of the rule file as they stand.
_FIELDS = ("NOT_APPLICABLE", "VETO", "ROUNDING", "PROVIDED")


def cut(entry: Entry) -> Cut:
    """Cut what the columns say of an indicator."""
    found = Cut()
    for said in entry.texts("FORMULA"):
        line = sentence(said.text)
        formulas = list(formulas_in(line))
        found.formulas += formulas or [Formula("", brackets(line).strip(_AROUND), line)]
    for said in entry.texts("EXPLANATION"):
        for part in sentences(said.text):
            found.formulas += formulas_in(part)
            found.explanations.append(part)
    for said in entry.texts("MIXED"):
        _parts(said.text, found, mixed=True)
    for said in entry.texts("CRITERION"):
        _parts(said.text, found, mixed=False)
    found.inside = [formula for part in sentences("\n".join(found.criteria)) for formula in formulas_in(part)]
    if not found.official:
        found.official = joined("\n".join(said.text for said in entry.texts("CRITERION", "MIXED")))
    return found


def _parts(text: str, found: Cut, mixed: bool) -> None:
    """A cell that may hold several things: labels tell its parts; in a mixed one, whether a sentence is of points."""
    lines = text.split("\n")
    starts = [index for index, line in enumerate(lines) if first_of(PARTS, line)]
    for first, last in zip([0, *starts], [*starts, len(lines)], strict=True):
        part = "\n".join(lines[first:last])
        labelled = first_of(PARTS, part)
        kind, rest = labelled or ("", part)
        if kind in _FIELDS:
            found.fields[kind] = found.fields.get(kind, "") + sentence(rest)
        elif kind == "OFFICIAL":
            found.official += joined(rest)
        elif not rest.strip():
            continue
        elif kind == "CRITERION" or not (mixed or kind):
            found.criteria.append(rest)
        else:
            _explained(rest, found, kind)


def _explained(text: str, found: Cut, kind: str) -> None:
    """The sentences of a part that explains, or that may do both."""
    scores = False
    for part in sentences(text):
        labelled = first_of(PARTS, part)
        if labelled:
            (kind, part), scores = labelled, False
        formulas = [] if kind == "CRITERION" else list(formulas_in(part))
        found.formulas += formulas
        scores |= kind == "CRITERION" or (not kind and not formulas and speaks_of_points(part))
        (found.criteria if scores and not formulas else found.explanations).append(part)


def sentences(text: str) -> list[str]:
    """The sentences of a cell; a line that ends in the middle of one goes on with the next."""
    found: list[str] = []
    for line in text.split("\n"):
        pieces = [match[0] for match in _SENTENCE.finditer(line) if match[0].strip()]
        goes_on = bool(found) and not _ended(found[-1]) and first_of(PARTS, line) is None
        if goes_on and pieces:
            found[-1] += "\n" + pieces.pop(0)
        found += pieces
    return [sentence(each) for each in found]


def _ended(text: str) -> bool:
    return normalise(text).rstrip().endswith(("。", ";", "；", ".", "!", ":"))


def speaks_of_points(text: str) -> bool:
    """Whether a sentence may say what earns points; one without digits or such words only explains."""
    normal = normalise(text).lower()
    return bool(_DIGIT.search(normal)) or any(word in normal for word in SCORING_WORDS)


def scores_in(text: str) -> str:
    """The first sentence of a note that says something of points, as only a criterion should."""
    return next((part for part in sentences(text) if _SCORES.search(normalise(part))), "")


def exempts(text: str) -> bool:
    """Whether a sentence says what is earned where an indicator does not apply."""
    normal = normalise(text)
    return bool(_EXEMPTS.search(normal)) and not _DIGIT.search(normal)


# ----------------------------------------------------------------------------------------------- formulas


def formulas_in(text: str) -> Iterator[Formula]:
    """The formulas of a sentence: a name, an equals sign, and an expression with names in it."""
    for part in re.split(r"[。；;\n]", text):
        labelled = first_of(PARTS, part)
        written = brackets(labelled[1] if labelled else part)
        found = _FORMULA.search(normalise(written))
        if found is None:
            continue
        end = found.start("right") + len(_before_comma(found["right"]))
        left, right = written[slice(*found.span("left"))].strip(), written[found.start("right") : end].strip(_AROUND)
        known = _OPERATOR.search(normalise(right)) and operands(right)
        if known and not left.endswith(_POINTS_NAMES) and not _OPERATOR.search(normalise(left)):
            yield Formula(left, right, written[found.start("left") : end].strip(_AROUND))


def brackets(text: str) -> str:
    """A formula with round brackets alone."""
    return text.translate(_BRACKETS)


def _before_comma(text: str) -> str:
    """An expression up to the comma that ends it: what follows explains."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character in ",;" and depth <= 0:
            return text[:index]
    return text


def main_formula(name: str, formulas: Iterable[Formula]) -> tuple[Formula | None, list[Formula]]:
    """The formula of the indicator and those that it rests on; none where several could be it."""
    several = list(dict.fromkeys(formulas))
    own = [each for each in several if not each.left or _alike(name, each.left)]
    rests = {operand for each in several for operand in operands(each.right)}
    tops = own or [each for each in several if each.left not in rests]
    if len({each.right for each in tops}) != 1:
        return None, several
    main = tops[0]
    return main, [each for each in several if each.left in rests and each.right != main.right]


def _alike(name: str, left: str) -> bool:
    """Whether the name before an equals sign is that of the indicator, or its end, or the other way round."""
    one, other = (re.sub(r"[\s“”\"'()]", "", normalise(each)) for each in (name, left))
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


# ----------------------------------------------------------------------------------------------- meanings


def meanings(explanations: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """What an explanation says that names mean: 编制数：机构编制部门核定的人员编制数."""
    wanted = {re.sub(r"[\s“”\"]", "", normalise(name)): name for name in names}
    found: dict[str, str] = {}
    for text in explanations:
        for part in re.split(r"[。；;\n]", text):
            match = _MEANING.match(normalise(part))
            name = wanted.get(re.sub(r"[\s“”\"]", "", match["name"])) if match else None
            if match and name is not None:
                found.setdefault(name, part[match.start("meaning") : match.end("meaning")].strip())
    return found
