"""The whole Baojing 2017 rubric (18 indicators, 100 points) as a zen-engine decision graph.

This is the other side of the comparison: the same rules, modelled the way zen's own examples model theirs. Rates and
steps are expressions, bands and judgement levels are decision tables, and one node adds everything up. Fields are
ASCII, because zen rejects a bare Chinese name in an expression and, in a decision table, silently matches only the
rows that leave that column empty; values and node names may be Chinese.

Run as a script it checks its answers against the report and times every way of calling zen. zen-engine is needed for
this benchmark only: ``pip install "jixiao-rubric[bench]"``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from types import ModuleType
from typing import Any

Facts = dict[str, Any]
Graph = dict[str, list[dict[str, Any]]]

BAOJING_FACTS: Facts = {
    # The conditions are those that the report says were met; it names none that were not.
    "goal_conditions": [True, True, True],
    "target_conditions": [True, True, True],
    "staff": 71.0,
    "posts": 74.0,
    "hospitality_budget": 91.0,
    "hospitality_budget_last_year": 131.0,
    "hospitality_spent": 33.14,
    "carried_in": 374.59,
    "initial_budget": 1154.2,
    "added": 310.71,
    "carried_out": 49.06,
    "facilities_built": False,
    "built_area": 0.0,
    "approved_area": 0.0,
    "invested": 0.0,
    "approved_investment": 0.0,
    "office_budget": 117.0,
    "office_spent": 339.21,
    "procurement_budget": 68.0,
    "procured": 67.8,
    "system_conditions": [True, True, True, True],
    "breaches": 0.0,
    "disclosure_conditions": [True, True, True, True, True],
    # The report gives a grade but no outside score, and a level but no satisfaction percentage.
    "county_grade": "一等",
    "outside_score": None,
    "outside_full_marks": None,
    "economic_social": "好",
    "efficiency": "好",
    "satisfaction_level": "满意",
    "satisfaction_rate": None,
}

INPUT = {
    "goal_soundness": ("绩效目标合理性", 3.0),
    "target_clarity": ("绩效指标明确性", 3.0),
    "staff_control": ("在职人员控制率", 3.0),
    "hospitality_change": ("“三公经费”变动率", 4.0),
}
PROCESS = {
    "budget_completion": ("预算完成率", 5.0),
    "budget_control": ("预算控制率", 2.0),
    "area_control": ("新建楼堂馆所面积控制率", 5.0),
    "investment_control": ("新建楼堂馆所投资概算控制率", 5.0),
    "office_control": ("公用经费控制率", 0.0),
    "hospitality_control": ("“三公经费”控制率", 8.0),
    "procurement": ("政府采购执行率", 6.0),
    "systems": ("管理制度健全性", 8.0),
    "compliance": ("资金使用合规性", 6.0),
    "disclosure": ("预决算信息公开性", 5.0),
}
OUTPUT = {
    "duties": ("职责履行", 8.0),
    "economic_social": ("经济效益、社会效益", 6.0),
    "efficiency": ("行政效能", 6.0),
    "satisfaction": ("社会公众或服务对象满意度", 6.0),
}

INDICATORS: dict[str, str] = {key: name for key, (name, _) in (INPUT | PROCESS | OUTPUT).items()}
BAOJING_POINTS: dict[str, float] = {key: points for key, (_, points) in (INPUT | PROCESS | OUTPUT).items()}
BAOJING_SUBTOTALS: dict[str, float] = {"input": 13.0, "process": 50.0, "output": 26.0}
BAOJING_TOTAL = 89.0

KEY = "baojing"

BUILT: Facts = {
    "facilities_built": True,
    "built_area": 1000.0,
    "approved_area": 1000.0,
    "invested": 300.0,
    "approved_investment": 300.0,
}

CHANGES: list[tuple[str, Facts, float]] = [
    ("goal_soundness", {"goal_conditions": [True, False, True]}, 2),
    ("target_clarity", {"target_conditions": [False, False, True]}, 1),
    ("staff_control", {"staff": 103.99, "posts": 100.0}, 1.5),
    ("staff_control", {"staff": 104.0, "posts": 100.0}, 1),
    ("staff_control", {"staff": 148.0}, 0),
    ("hospitality_change", {"hospitality_budget": 135.0}, 2.8),
    ("budget_completion", {"carried_out": 1839.5 * 0.05}, 3),
    ("budget_completion", {"carried_out": 1839.5 * 0.30}, 0),
    ("budget_control", {"added": 0.0}, 5),
    ("budget_control", {"added": 115.42}, 4),
    ("budget_control", {"added": 115.43}, 3),
    ("budget_control", {"added": 346.26}, 2),
    ("budget_control", {"added": 346.27}, 0),
    ("area_control", BUILT, 5),
    ("area_control", BUILT | {"built_area": 1049.99}, 5),
    ("area_control", BUILT | {"built_area": 1050.0}, 3),
    ("investment_control", BUILT | {"invested": 345.0}, 0),
    ("office_control", {"office_spent": 120.51}, 5),
    ("office_control", {"office_spent": 120.5}, 6),
    ("hospitality_control", {"hospitality_spent": 96.46}, 2),
    ("procurement", {"procured": 65.96}, 3),
    ("procurement", {"procured": 70.04}, 3),
    ("systems", {"system_conditions": [True, False, False, True]}, 4),
    ("compliance", {"breaches": 2.0}, 4),
    ("compliance", {"breaches": 7.0}, 0),
    ("disclosure", {"disclosure_conditions": [True, True, False, True, True]}, 4),
    ("duties", {"county_grade": "二等", "outside_score": 90.0, "outside_full_marks": 120.0}, 6),
    ("economic_social", {"economic_social": "一般"}, 3),
    ("efficiency", {"efficiency": "差"}, 0),
    ("satisfaction", {"satisfaction_level": "基本满意"}, 4),
    ("satisfaction", {"satisfaction_level": None, "satisfaction_rate": 0.9}, 6),
    ("satisfaction", {"satisfaction_level": None, "satisfaction_rate": 0.8}, 4),
    ("satisfaction", {"satisfaction_level": None, "satisfaction_rate": 0.7999}, 2),
    ("satisfaction", {"satisfaction_level": None, "satisfaction_rate": 0.69}, 0),
]

RATES = {
    "staff_rate": "staff / posts",
    "hospitality_change_rate": "(hospitality_budget - hospitality_budget_last_year) / hospitality_budget_last_year",
    "completion_rate": "(carried_in + initial_budget + added - carried_out) / (carried_in + initial_budget + added)",
    "control_rate": "added / initial_budget",
    # Carried along because zen answers null for x / 0: a null rate alone must not read as "nothing built".
    "facilities_built": "facilities_built",
    "area_rate": "facilities_built ? built_area / approved_area : null",
    "investment_rate": "facilities_built ? invested / approved_investment : null",
    "office_rate": "office_spent / office_budget",
    "hospitality_rate": "hospitality_spent / hospitality_budget",
    "procurement_rate": "procured / procurement_budget",
}


def steps(distance: str, full: float, cost: float, each: int = 1) -> str:
    """Return points that fall by ``cost`` for every whole ``each`` percentage points of ``distance``, down to 0."""
    points_away = f"({distance}) * 100" if each == 1 else f"({distance}) * 100 / {each}"
    return f"max([0, {full} - {cost} * max([0, floor({points_away})])])"


STEPS = {
    "points.staff_control": steps("staff_rate - 1", 3, 0.5),
    "points.hospitality_change": steps("hospitality_change_rate", 4, 0.4),
    "points.budget_completion": steps("1 - completion_rate", 5, 2, each=5),
    "points.area_control": f"facilities_built ? {steps('area_rate - 1', 5, 2, each=5)} : 5",
    "points.investment_control": f"facilities_built ? {steps('investment_rate - 1', 5, 2, each=5)} : 5",
    "points.office_control": steps("office_rate - 1", 8, 1),
    "points.hospitality_control": steps("hospitality_rate - 1", 8, 1),
    "points.procurement": steps("abs(procurement_rate - 1)", 6, 1),
}

CHECKLISTS = {
    "points.goal_soundness": "count(goal_conditions, #)",
    "points.target_clarity": "count(target_conditions, #)",
    "points.systems": "2 * count(system_conditions, #)",
    "points.disclosure": "count(disclosure_conditions, #)",
    "points.compliance": "max([0, 6 - breaches])",
}

LEVELS = [("'好'", "6"), ("'一般'", "3"), ("'差'", "0")]
BUDGET_CONTROL = [("0", "5"), ("(0..0.1]", "4"), ("(0.1..0.2]", "3"), ("(0.2..0.3]", "2"), ("> 0.3", "0")]
SATISFACTION = [
    ("'满意'", "", "6"),
    ("'基本满意'", "", "4"),
    ("'不满意'", "", "0"),
    ("null", ">= 0.9", "6"),
    ("null", "[0.8..0.9)", "4"),
    ("null", "[0.7..0.8)", "2"),
    ("null", "< 0.7", "0"),
]
DUTIES = [("'一等'", "8"), ("", "outside_score / outside_full_marks * 8")]
GRADES = [(">= 90", "'优'"), (">= 80", "'良'"), (">= 60", "'中'"), ("< 60", "'差'")]


def subtotal(keys: Sequence[str]) -> str:
    """Return the expression that adds the points of ``keys``."""
    return f"sum([{', '.join(f'points.{key}' for key in keys)}])"


TOTALS = {
    "points": "points",
    "subtotals.input": subtotal(list(INPUT)),
    "subtotals.process": subtotal(list(PROCESS)),
    "subtotals.output": subtotal(list(OUTPUT)),
    "total": "$.subtotals.input + $.subtotals.process + $.subtotals.output",
}


def node(kind: str, key: str, name: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return one graph node; the key is its id, the name is what a trace shows."""
    placed = {"id": key, "type": kind, "name": name, "position": {"x": 0, "y": 0}}
    return placed if content is None else placed | {"content": content}


def options(pass_through: bool) -> dict[str, Any]:
    """Return the settings that expression and table nodes share."""
    return {"passThrough": pass_through, "inputField": None, "outputPath": None, "executionMode": "single"}


def expressions(key: str, name: str, values: dict[str, str]) -> dict[str, Any]:
    """Return an expression node that hands on its own fields only, which keeps contexts and traces small."""
    rows = [{"id": f"{key}-{i}", "key": field, "value": value} for i, (field, value) in enumerate(values.items())]
    return node("expressionNode", key, name, {"expressions": rows} | options(pass_through=False))


def table(
    key: str, name: str, fields: list[str], output: str, rows: Sequence[Sequence[str]], pass_through: bool = False
) -> dict[str, Any]:
    """Return a first-hit decision table; the last cell of each row is the output."""
    columns = [f"in{i}" for i in range(len(fields))]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": c, "name": f, "field": f} for c, f in zip(columns, fields, strict=True)],
        "outputs": [{"id": "out", "name": output, "field": output}],
        "rules": [
            {"_id": f"{key}-{i}", **dict(zip([*columns, "out"], row, strict=True))} for i, row in enumerate(rows)
        ],
    }
    return node("decisionTableNode", key, name, content | options(pass_through))


def scoring_nodes() -> list[dict[str, Any]]:
    """Return the nodes that give points, each keyed by its indicator or its family."""
    return [
        expressions("steps", "控制率与执行率", STEPS),
        expressions("checklists", "条件与违规", CHECKLISTS),
        table("budget_control", "预算控制率", ["control_rate"], "points.budget_control", BUDGET_CONTROL),
        table("duties", "职责履行", ["county_grade"], "points.duties", DUTIES),
        table("economic_social", "经济效益、社会效益", ["economic_social"], "points.economic_social", LEVELS),
        table("efficiency", "行政效能", ["efficiency"], "points.efficiency", LEVELS),
        table(
            "satisfaction",
            "满意度",
            ["satisfaction_level", "satisfaction_rate"],
            "points.satisfaction",
            SATISFACTION,
        ),
    ]


def baojing_graph() -> Graph:
    """Return the rubric as JDM: the request fans out to the scoring nodes, and the totals gather their points."""
    scoring = scoring_nodes()
    nodes = [
        node("inputNode", "request", "事实"),
        expressions("rates", "比率", RATES),
        *scoring,
        expressions("totals", "合计", TOTALS),
        table("grade", "等级", ["total"], "grade", GRADES, pass_through=True),
        node("outputNode", "response", "得分"),
    ]
    from_rates = {"steps", "budget_control"}
    links = [("request", "rates"), ("totals", "grade"), ("grade", "response")]
    links += [("rates" if n["id"] in from_rates else "request", n["id"]) for n in scoring]
    links += [(n["id"], "totals") for n in scoring]
    edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in links]
    return {"nodes": nodes, "edges": edges}


def load_zen() -> ModuleType:
    """Return the zen module, or end with exit code 2 and one sentence where it is not installed."""
    try:
        import zen
    except ImportError:
        print('This benchmark needs zen-engine: pip install "jixiao-rubric[bench]".', file=sys.stderr)
        raise SystemExit(2) from None
    return zen


class ZenBaojing:
    """The Baojing rubric, compiled once by zen and called the way that measured fastest."""

    def __init__(self) -> None:
        # By key through a static loader the graph is compiled once; a ZenDecision's own evaluate measured four times
        # slower or more, however its content was made. The self-check below times all of them.
        self.engine = load_zen().ZenEngine({"loader": {"type": "static", "content": {KEY: baojing_graph()}}})

    def score(self, facts: Facts) -> dict[str, Any]:
        """Return total, grade, subtotals and points per indicator, without a trace."""
        result: dict[str, Any] = self.engine.evaluate(KEY, facts)["result"]
        return result

    def score_with_trace(self, facts: Facts) -> dict[str, Any]:
        """Return zen's whole answer: the result, and every node's input, output and matched row."""
        answer: dict[str, Any] = self.engine.evaluate(KEY, facts, {"trace": True})
        return answer


def check_report(zen_baojing: ZenBaojing) -> None:
    """Assert the report's total, 89 = 13 + 50 + 26, and its points for every indicator, with and without trace."""
    result = zen_baojing.score(BAOJING_FACTS)
    assert result["points"] == BAOJING_POINTS, result["points"]
    assert result["subtotals"] == BAOJING_SUBTOTALS, result["subtotals"]
    assert (result["total"], result["grade"]) == (BAOJING_TOTAL, "良"), result
    assert zen_baojing.score_with_trace(BAOJING_FACTS)["result"] == result


def check_changes(zen_baojing: ZenBaojing) -> None:
    """Assert the points of one indicator for each change of the facts in ``CHANGES``."""
    for indicator, change, expected in CHANGES:
        points = zen_baojing.score(BAOJING_FACTS | change)["points"][indicator]
        assert points == expected, (indicator, change, points, expected)


def check_boundaries(zen_baojing: ZenBaojing, count: int = 9000, seed: int = 2017) -> int:
    """Return how many rows at or beside a step boundary zen scores differently from exact arithmetic."""
    from float_boundary import boundary_rows, exact_points

    def office_points(spent: float, budget: float) -> float:
        points = zen_baojing.score(BAOJING_FACTS | {"office_spent": spent, "office_budget": budget})["points"]
        return float(points["office_control"])

    return sum(office_points(float(a), float(b)) != exact_points(a, b) for a, b in boundary_rows(count, seed))


def microseconds(call: Callable[[], object], repeats: int = 2000, rounds: int = 9) -> float:
    """Return the median over rounds of the mean time of one call, after one call to warm up."""
    call()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(repeats):
            call()
        times.append((perf_counter() - start) / repeats)
    return median(times) * 1e6


def routes(zen: ModuleType) -> dict[str, Callable[[], object]]:
    """Return every synchronous way of asking zen for one score, by name."""
    graph, facts = baojing_graph(), BAOJING_FACTS
    text = json.dumps(graph)
    content = zen.ZenDecisionContent(text)
    static = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph}}})
    compiled = zen.ZenEngine({"loader": lambda _: content})
    parsing = zen.ZenEngine({"loader": lambda _: text})
    from_content, from_text = zen.ZenEngine().create_decision(content), zen.ZenEngine().create_decision(text)
    looked_up = static.get_decision(KEY)
    ready = json.dumps(facts).encode()
    return {
        "engine.evaluate, static loader": lambda: static.evaluate(KEY, facts),
        "engine.evaluate, static loader, facts as JSON bytes made beforehand": lambda: static.evaluate(KEY, ready),
        "engine.evaluate, static loader, json.dumps each time": lambda: static.evaluate(KEY, json.dumps(facts)),
        "engine.evaluate, loader function that returns ZenDecisionContent": lambda: compiled.evaluate(KEY, facts),
        "engine.evaluate, loader function that returns text": lambda: parsing.evaluate(KEY, facts),
        "decision.evaluate, create_decision(ZenDecisionContent)": lambda: from_content.evaluate(facts),
        "decision.evaluate, create_decision(text)": lambda: from_text.evaluate(facts),
        "decision.evaluate, get_decision from the static loader": lambda: looked_up.evaluate(facts),
    }


def many_at_once(engine: Any, count: int = 1000) -> dict[str, float]:
    """Return the microseconds per score of zen's two ways of scoring many departments in one go."""
    requests = [{"key": KEY, "context": BAOJING_FACTS}] * count

    async def gather() -> None:
        await asyncio.gather(*(engine.async_evaluate(KEY, BAOJING_FACTS) for _ in range(count)))

    return {
        f"engine.evaluate_batch of {count}": microseconds(lambda: engine.evaluate_batch(requests), 1) / count,
        f"gather of {count} engine.async_evaluate": microseconds(lambda: asyncio.run(gather()), 1) / count,
    }


def main() -> None:
    """Check the answers, then print the medians: the two that count first, every other route after them."""
    zen, zen_baojing = load_zen(), ZenBaojing()
    check_report(zen_baojing)
    check_changes(zen_baojing)
    print(f"The report scores {BAOJING_TOTAL:g} = 13 + 50 + 26; {len(CHANGES)} changed facts score as the rubric says.")
    print(f"Rows at or beside a step boundary scored wrongly: {check_boundaries(zen_baojing)} of 9000.")
    print(f"{microseconds(lambda: zen_baojing.score(BAOJING_FACTS)):8.1f} µs  score")
    print(f"{microseconds(lambda: zen_baojing.score_with_trace(BAOJING_FACTS)):8.1f} µs  score_with_trace")
    print("Every route, without trace:")
    times = {name: microseconds(call) for name, call in routes(zen).items()} | many_at_once(zen_baojing.engine)
    for name, time in sorted(times.items(), key=lambda item: item[1]):
        print(f"{time:8.1f} µs  {name}")


if __name__ == "__main__":
    main()
