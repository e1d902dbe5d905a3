"""`python -m tests.benchmarks [scoring] [start] [rules] [exactness] [cases] [papers]`: ratios measured side by side.

Every comparison takes turns, A B A B …, and prints the median of the ratios round by round, so that a machine whose
speed drifts does not favour either side. Absolute times are for orientation only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path
from statistics import median
from time import perf_counter

from engine.compiled import CompiledRubric, compile_rubric
from engine.evaluate import score_indicators
from rubric import cli
from rubric.case import Case, load_case, load_rules, with_facts

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules/hunan/baojing-2017.rubric"
FACTS = ROOT / "tests/reports/baojing-gov-office-2017.yaml"

Work = Callable[[], object]


def seconds(work: Work, times: int) -> float:
    """How long one call takes, over so many."""
    start = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - start) / times


def taking_turns(works: dict[str, Work], times: int, rounds: int) -> dict[str, list[float]]:
    """The time of each work in each round, the works taking turns."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        seconds(work, max(1, times // 10))
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(seconds(work, times))
    return found


def show(times: dict[str, list[float]], unit: str, against: tuple[str, ...]) -> None:
    """A row for each work: its median, and how many times each yardstick's time it takes."""
    scale = {"µs": 1e6, "ms": 1e3}[unit]
    for name, rounds in times.items():
        cells = [f"{median(rounds) * scale:10.1f} {unit}"]
        for other in against:
            ratio = median(a / b for a, b in zip(rounds, times[other], strict=True))
            cells.append(f"{ratio:8.3f} × {other}")
        print(f"  {name:<52}" + "   ".join(cells))
    print()


# ------------------------------------------------------------------------------------------- scoring


def scoring() -> None:
    """One department: the explained score and the points alone, against zen-engine's decision graph."""
    case = load_case(RULES, FACTS)
    assert case.rubric is not None
    assert case.facts is not None
    compiled = compile_rubric(case.rubric)
    print("Scoring one department (Baojing, 18 indicators)")
    trace, plain = _zen()
    works: dict[str, Work] = {**trace, **_explained(compiled, case)}
    show(taking_turns(works, 300, 15), "µs", tuple(trace))
    works = {**plain, **_points(compiled, case)}
    show(taking_turns(works, 1000, 15), "µs", tuple(plain))


def _explained(compiled: CompiledRubric, case: Case) -> dict[str, Work]:
    facts = case.facts
    assert facts is not None
    prepared = compiled.prepare(facts)

    def ledger() -> object:
        return [score.entries for score in compiled.score(compiled.prepare(facts)).scores]

    return {
        "explained score, facts laid out before": lambda: compiled.score(prepared),
        "explained score": lambda: compiled.score(compiled.prepare(facts)),
        "explained score, every ledger entry read off": ledger,
        "plain interpreter": lambda: score_indicators(compiled.plans, facts),
    }


def _points(compiled: CompiledRubric, case: Case) -> dict[str, Work]:
    facts = case.facts
    assert facts is not None
    prepared = compiled.prepare(facts)
    return {
        "points alone, facts laid out before": lambda: compiled.points(prepared),
        "points alone": lambda: compiled.points(compiled.prepare(facts)),
    }


def _zen() -> tuple[dict[str, Work], dict[str, Work]]:
    """zen-engine in its fastest use and in that of its quick start, with and without trace."""
    try:
        import zen
    except ImportError:
        print('  zen-engine is not installed: pip install "jixiao-rubric[bench]" sets it beside ours.')
        return {}, {}
    from tests.benchmarks.zen_baojing import BAOJING_FACTS, ZenBaojing, baojing_graph

    fast = ZenBaojing()
    decision = zen.ZenEngine().create_decision(json.dumps(baojing_graph()))
    trace: dict[str, Work] = {
        "zen trace (cached graph)": lambda: fast.score_with_trace(BAOJING_FACTS),
        "zen trace (quick start)": lambda: decision.evaluate(BAOJING_FACTS, {"trace": True}),
    }
    plain: dict[str, Work] = {
        "zen (cached graph)": lambda: fast.score(BAOJING_FACTS),
        "zen (quick start)": lambda: decision.evaluate(BAOJING_FACTS),
    }
    return trace, plain


# --------------------------------------------------------------------------------------------- start


def start() -> None:
    """The whole command from nothing, against an empty Python and against importing pydantic."""
    print("Cold start of `rubric score`")
    with tempfile.TemporaryDirectory() as folder:
        works: dict[str, Work] = {
            "python -c pass": _process("-c", "pass"),
            "import pydantic": _process("-c", "from pydantic import BaseModel"),
            "files unchanged": _score(Path(folder) / "kept"),
            "rule file never seen": _never_seen(Path(folder) / "new", RULES),
            "rule and facts file never seen": _never_seen(Path(folder) / "newer", RULES, FACTS),
        }
        show(taking_turns(works, 1, 15), "ms", ("python -c pass", "import pydantic"))


def _process(*arguments: str, cache: Path | None = None) -> Work:
    # Byte code is written as an installed package has it, and to a folder of its own.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "rubric-benchmark-bytecode")
    environment["RUBRIC_CACHE"] = str(cache) if cache else "off"

    def run() -> object:
        done = subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()
        return done

    return run


def _score(cache: Path, rules: Path = RULES, facts: Path = FACTS) -> Work:
    return _process("-m", "rubric", "score", str(rules), str(facts), cache=cache)


def _never_seen(folder: Path, *changing: Path) -> Work:
    """Each run gets files with a comment of their own, so that none was kept."""
    folder.mkdir(parents=True)
    _score(folder / "cache")()
    count = 0

    def run() -> object:
        nonlocal count
        count += 1
        given = {RULES: RULES, FACTS: FACTS}
        for path in changing:
            given[path] = folder / path.name
            given[path].write_text(f"{path.read_text('utf-8')}\n# {count}\n", "utf-8")
        return _score(folder / "cache", given[RULES], given[FACTS])()

    return run


# --------------------------------------------------------------------------------------------- rules


def generated_rules(lines: int) -> str:
    """A rule file of about so many lines, with every family of criterion over and over."""
    count = max(1, (lines - 10) // 24)
    facts, body = [], []
    for n in range(count):
        facts += [f"  支出{n}号、预算{n}号（万元）：第 {n} 组的支出和预算", f"  要点甲{n}号、要点乙{n}号（是／否）"]
        facts += [f"  违规{n}号（例）", f"  评定{n}号（好／一般／差）"]
        body += [_GROUP.format(n=n)]
    head = f"评分表「生成的评分表」\n  年度：2020\n  依据：试验\n  满分：{count * 21} 分\n  零头：不足一档不计\n"
    head += f"  等级：优 ≥ {count * 18} 分；其余为中\n\n事实\n"
    return head + "\n".join(facts) + "\n\n" + "\n".join(body)


_GROUP = """指标 完成率{n}号（5 分）
  公式：支出{n}号 ÷ 预算{n}号
  评分：≥ 100%，计 5 分；每低于 5 个百分点扣 2 分，扣完为止。

指标 控制率{n}号（5 分）
  公式：（支出{n}号 - 预算{n}号）÷ 预算{n}号
  评分：≤ 0，计 5 分；0-10%（含），计 4 分；10-20%（含），计 3 分；大于 20%，不得分。
  注：第 {n} 组。

指标 要点{n}号（2 分）
  评分：①要点甲{n}号，1 分；②要点乙{n}号，1 分。

指标 合规{n}号（4 分）
  公式：违规{n}号
  评分：每出现一例扣 1 分，扣完为止。

指标 效能{n}号（5 分）
  公式：评定{n}号
  评分：好，计 5 分；一般，计 3 分；差，不得分。
"""


def rules() -> None:
    """Reading, checking and laying out a rule file of 1,000 lines, against lark alone on the same text."""
    from rubric.language.format import format_rules
    from rubric.language.read import read_rubric
    from tests.benchmarks.lark_alone import plain, yardstick

    text = generated_rules(1000)
    read = read_rubric(text, "generated.rubric")
    assert read.rubric is not None
    assert not read.findings, read.findings[:3]
    print(f"Reading a rule file of {text.count(chr(10)) + 1:,} lines")
    names = [form for fact in read.rubric.facts for form in fact.name.forms]
    lark = yardstick(names, ["好", "一般", "差"])
    given = plain(text)
    works: dict[str, Work] = {
        "lark alone (tree)": lambda: lark.parse(given),
        "read and check (rules, every finding)": lambda: read_rubric(text, "generated.rubric"),
        "rubric check (and what deserves a look)": lambda: read_rubric(text, "generated.rubric", closely=True),
        "rubric fmt (laid out, read again, compared)": lambda: format_rules(text),
    }
    show(taking_turns(works, 1, 11), "ms", ("lark alone (tree)",))


# ----------------------------------------------------------------------------------------- exactness


def exactness() -> None:
    """What exactness buys: the rows on and beside step boundaries that doubles get wrong."""
    from tests.benchmarks.float_boundary import FORMULAS, boundary_rows, on_boundary, wrong_rows

    count = 60_000
    rows = boundary_rows(count, 2017)
    exactly = [row for row in rows if on_boundary(*row)]
    print(f"Points that doubles get wrong, of {count:,} rows on a step boundary and a cent to either side")
    for name, formula in FORMULAS.items():
        wrong = len(wrong_rows(rows, formula))
        share = len(wrong_rows(exactly, formula)) / len(exactly)
        print(f"  {name:<20}{wrong:>8,} rows  {wrong / count:7.2%} of all  {share:7.2%} of those on a boundary")
    print(f"  {'exact integers':<20}{_wrong_by_ours(rows):>8,} rows")
    print()


def _wrong_by_ours(rows: list[tuple[Decimal, Decimal]]) -> int:
    """How many rows the compiled rule scores otherwise than plain fractions do."""
    from engine.facts import Facts, Present
    from engine.unit import UNITS, Quantity
    from rubric.language.read import read_rubric
    from tests.benchmarks.float_boundary import exact_points

    reading = read_rubric(_CONTROL)
    assert reading.rubric is not None
    compiled = compile_rubric(reading.rubric)
    unit = UNITS["wan_yuan"]

    def points(spent: Decimal, budget: Decimal) -> Fraction | None:
        values = {"支出": spent, "预算": budget}
        facts = {key: Present(Quantity(Fraction(value), unit)) for key, value in values.items()}
        return compiled.points(compiled.prepare(Facts("", None, facts)))

    return sum(points(*row) != exact_points(*row) for row in rows)


_CONTROL = """评分表「控制率」
  满分：8 分
  零头：不足一档不计
  等级：优 ≥ 7 分；其余为中
事实
  支出、预算（万元）
指标 公用经费控制率（8 分）
  公式：支出 ÷ 预算
  评分：≤ 100%，计 8 分；每超过 1 个百分点扣 1 分，扣完为止。
"""

# --------------------------------------------------------------------------------------------- cases


MANY = 500


def cases() -> None:
    """500 case folders scored again and held against their accepted cards, against scoring their facts in a loop."""
    from engine.score import assess
    from rubric.history import State, accept, outcomes

    print(f"{MANY} case folders (Baojing, 18 indicators each)")
    with tempfile.TemporaryDirectory() as folder:
        folders = _generated_cases(Path(folder))
        os.environ["RUBRIC_CACHE"] = "off"
        for found in outcomes(folders):
            accept(found, "generated", "zh")
        rules = load_rules(RULES)
        known = [with_facts(replace(rules, texts={}), each / "facts.yaml") for each in folders]

        def again() -> None:
            assert all(found.state is State.SAME for found in outcomes(folders))

        def loop() -> None:
            for case in known:
                assert case.rubric is not None
                assert case.facts is not None
                assert assess(case.rubric, case.facts).card.points is not None

        works: dict[str, Work] = {
            "facts in memory, scored in a loop": loop,
            "read, scored, held against the accepted card": again,
            "rubric test CASES (the whole command)": _process("-m", "rubric", "test", folder),
        }
        show(taking_turns(works, 1, 3), "ms", ("facts in memory, scored in a loop",))


def _generated_cases(root: Path) -> list[Path]:
    """Cases that differ in some of their figures."""
    text = FACTS.read_text("utf-8")
    found = []
    for number in range(MANY):
        folder = root / f"case-{number:03}"
        folder.mkdir()
        changed = text.replace("值: 71 人", f"值: {60 + number % 30} 人")
        changed = changed.replace("值: 310.71 万元", f"值: {number}.71 万元")
        (folder / "facts.yaml").write_text(changed, "utf-8")
        (folder / "rules.txt").write_text(f"{RULES}\n", "utf-8")
        found.append(folder)
    return found


# -------------------------------------------------------------------------------------------- papers


def papers() -> None:
    """What each form of the Baojing scorecard costs to write, beside its text, and how large it is."""
    print("\nThe Baojing scorecard in every form, in this process")
    with tempfile.TemporaryDirectory() as folder:
        targets = {f"--{kind}": Path(folder, f"a.{kind}") for kind in ("html", "docx", "xlsx", "pdf")}
        targets |= {"--opinion": Path(folder, "o.docx"), "--certificate": Path(folder, "c.json")}
        works = {"text": _written()} | {option: _written(option, path) for option, path in targets.items()}
        show(taking_turns(works, 1, 3), "ms", ("text",))
        for option, path in targets.items():
            size = f"{path.stat().st_size / 1000:.0f} kB" if path.exists() else "not written"
            print(f"  {option:<14} {size}")


def _written(option: str = "", path: Path | None = None) -> Work:
    """The scorecard, written as what an option asks for."""
    asked = ["score", str(RULES), str(FACTS)] + ([option, str(path), "--force"] if path is not None else [])

    def work() -> None:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            cli.run(asked)

    return work


PARTS: dict[str, Callable[[], None]] = {
    "scoring": scoring,
    "start": start,
    "rules": rules,
    "exactness": exactness,
    "cases": cases,
    "papers": papers,
}


def main(arguments: list[str]) -> int:
    """Run the parts that are named, or all."""
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; one of: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in arguments or PARTS:
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
