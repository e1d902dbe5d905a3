"""From trees to what is said of the whole: formula, caps, vetoes, rounding and consequences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.diagnostic import note
from engine.rules import Cap, Condition, Consequence, Effect, Overall, PointsOf, Reference, Veto, Within
from engine.source import NOWHERE
from engine.unit import ONE, SCORE
from rubric.language.build import Builder
from rubric.language.criteria import roundings
from rubric.language.trees import Node, subtrees, tokens

_EFFECTS = {
    "grade_is": Effect.GRADE,
    "grade_not": Effect.BARRED,
    "stop_scoring": Effect.STOP,
    "no_total": Effect.NOTHING,
}


def overall_of(builder: Builder, trees: Iterable[Node]) -> Overall:
    """What the fields of the block say."""
    found = Overall()
    for node in trees:
        if found.span == NOWHERE:
            found = replace(found, span=builder.span(node))
        match node.data:
            case "total_formula" | "weighed_total":
                found = replace(found, formula=builder.together(node)[1])
            case "combination":
                builder.error(builder.span(node), "total-combined", note("total-form"))
            case "cap":
                caps = (_cap(builder, each) for each in subtrees(node, "cap_sentence"))
                found = replace(found, caps=(*found.caps, *(cap for cap in caps if cap is not None)))
            case "veto":
                vetoes = (_veto(builder, each) for each in subtrees(node, "veto_sentence"))
                found = replace(found, vetoes=(*found.vetoes, *vetoes))
            case "consequence":
                follows = (_consequence(builder, each) for each in subtrees(node, "consequence_sentence"))
                found = replace(found, consequences=(*found.consequences, *follows))
            case "rounding":
                rounded = roundings(builder, node)
                found = replace(found, rounding=rounded.get("TOTAL") or rounded.get("ROUND_POINTS"))
    return found


def _cap(builder: Builder, node: Node) -> Cap | None:
    """The last condition of the sentence is the cap: 预算执行率低于 60%，总分不超过 69 分."""
    conditions: list[Condition] = []
    for child in subtrees(node):
        conditions.extend(builder.conditions(child))
    *before, last = conditions
    place = builder.span(node)
    match last:
        case Within(None, high, subject) if high is not None and high.of is None and high.inclusive:
            fits = high.quantity.unit in (ONE, SCORE)
            match subject:
                case PointsOf(name) if fits:
                    return Cap(tuple(before), high.quantity.number, name, place)
                case Reference(name) if fits and name in builder.names.scored:
                    return Cap(tuple(before), high.quantity.number, builder.names.scored[name], place)
    builder.error(last.span, "no-cap", note("cap-form"))
    return None


def _veto(builder: Builder, node: Node) -> Veto:
    conditions, effect = subtrees(node)
    grade = next((str(each) for each in tokens(effect, "WORD", "LEVEL", "NAME")), None)
    return Veto(builder.conditions(conditions), _EFFECTS[str(effect.data)], grade, builder.span(node))


def _consequence(builder: Builder, node: Node) -> Consequence:
    text = next(tokens(node, "QUOTED"))
    return Consequence(builder.conditions(next(subtrees(node))), str(text), builder.span(node))
