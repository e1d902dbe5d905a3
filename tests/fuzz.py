"""Feeds mutated rule files and facts files to the readers: none may fail, and none may take long.

    python tests/fuzz.py --seconds 300 --what rules

An input that raises or takes more than two seconds is saved, and its path printed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubric.case import load_base
from rubric.language.format import UnlikeError, format_rules
from rubric.language.read import read_rubric
from rubric.language.text import MAX_LINE
from rubric.messages.frame import render
from rubric.messages.vocabulary import ALL_WORDS, SYMBOLS, UNIT_WORDS
from rubric.messages.wording import LANGUAGES
from rubric.readers.facts import read_facts

ROOT = Path(__file__).parent.parent
SECONDS = 2.0
# After so many failures there is something to mend before it is worth going on.
ENOUGH = 20

WORDS = sorted({form for words in (ALL_WORDS, UNIT_WORDS) for each in words.values() for form in (*each.zh, *each.en)})
PIECES = (
    *WORDS,
    *SYMBOLS,
    *(
        "：",
        ":",
        "，",
        "；",
        "。",
        "、",
        "（",
        "）",
        "「",
        "」",
        '"',
        "“",
        "”",
        "\n",
        "\n  ",
        " ",
        "\u3000",
        "\t",
        "#",
        "①",
        "%",
    ),
    *(
        "0",
        "1",
        "100",
        "0.5",
        "1,000",
        "1.",
        ".5",
        "-",
        "一",
        "两",
        "百分之五",
        "五成",
        "9" * 31,
        "1e9",
        "０",
        "٣",
        "½",
    ),
    *("- ", "? ", "| ", "> ", "&a ", "*a ", "!!python ", "{", "[", "---", "...", "'", "null", "~", "yes", "2017-01-01"),
    *("\x00", "\r", "\u2028", "\ufeff", "\u202e", "\ud7ff", "é", "e\u0301", "👩‍👩‍👧", "𠮷", "İ", "ß", "\uffff"),
)


def corpus(kind: str) -> list[str]:
    """Real files of a kind: good ones and broken ones."""
    patterns = {
        "rules": ("rules/**/*.rubric", "tests/broken/rules/*.rubric", "tests/criteria/*.rubric"),
        "facts": ("tests/**/*.yaml", "rules/**/*.yaml"),
    }
    paths = [path for pattern in patterns[kind] for path in sorted(ROOT.glob(pattern))]
    return [path.read_text("utf-8") for path in paths]


# ----------------------------------------------------------------------------------------------- mutations


def insert(text: str, chance: random.Random, _others: list[str]) -> str:
    """A piece of the vocabulary in a place where it does not belong."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(PIECES) + text[at:]


def delete(text: str, chance: random.Random, _others: list[str]) -> str:
    """A stretch left out, mostly a short one."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + int(chance.paretovariate(1)) :]


def duplicate(text: str, chance: random.Random, _others: list[str]) -> str:
    """A stretch said twice."""
    at = chance.randrange(len(text) + 1)
    end = at + int(chance.paretovariate(0.7))
    return text[:end] + text[at:]


def swap(text: str, chance: random.Random, _others: list[str]) -> str:
    """Two neighbouring stretches the other way round."""
    at = chance.randrange(len(text) + 1)
    one, two = at + chance.randrange(1, 8), at + chance.randrange(8, 16)
    return text[:at] + text[one:two] + text[at:one] + text[two:]


def swap_lines(text: str, chance: random.Random, _others: list[str]) -> str:
    """Two lines the other way round."""
    lines = text.split("\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def repeat(text: str, chance: random.Random, _others: list[str]) -> str:
    """One piece or stretch very many times over."""
    at = chance.randrange(len(text) + 1)
    piece = chance.choice((chance.choice(PIECES), text[at : at + chance.randrange(1, 40)]))
    return text[:at] + piece * chance.choice((10, 100, 1_000, 20_000)) + text[at:]


def nest(text: str, chance: random.Random, _others: list[str]) -> str:
    """Brackets around a stretch, many deep."""
    at = chance.randrange(len(text) + 1)
    end = at + chance.randrange(1, 20)
    opening, closing = chance.choice(("()", "（）", "[]", "{}", "「」", "“”"))
    depth = chance.choice((1, 5, 31, 33, 500, 3_000))
    return text[:at] + opening * depth + text[at:end] + closing * depth + text[end:]


def noise(text: str, chance: random.Random, _others: list[str]) -> str:
    """Characters from anywhere in Unicode."""
    at = chance.randrange(len(text) + 1)
    codes = (chance.randrange(0x110000) for _ in range(chance.randrange(1, 12)))
    return text[:at] + "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000) + text[at:]


def splice(text: str, chance: random.Random, others: list[str]) -> str:
    """The beginning of one file and the end of another."""
    other = chance.choice(others)
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


MUTATIONS = (insert, insert, insert, delete, delete, duplicate, swap, swap, swap_lines, repeat, nest, noise, splice)


def mutated(chance: random.Random, texts: list[str]) -> str:
    """A real file after a few mutations."""
    text = chance.choice(texts)
    for _ in range(min(int(chance.paretovariate(0.8)), 40)):
        text = chance.choice(MUTATIONS)(text, chance, texts)
        if len(text) > 400_000:
            break
    return text


# ------------------------------------------------------------------------------------------------- the run


@dataclass
class Run:
    """How many inputs were tried, how long the slowest took, and what was found."""

    tried: int = 0
    slowest: float = 0.0
    found: list[str] = field(default_factory=list)


def read_rules(text: str) -> None:
    """Read a rule file closely, word what is found, and lay out what can be used."""
    path = str(ROOT / "rules/hunan/fuzzed.rubric")
    reading = read_rubric(text, path, closely=True, load=load_base)
    for language in LANGUAGES:
        render(reading.findings[:20], {path: text, **reading.texts}, language)
        if reading.usable:
            try:
                format_rules(text, language, path, load_base)
            except UnlikeError:
                # A line that is as long as a line may be does not stay so when it is indented; it is refused as well.
                if all(len(line) < MAX_LINE - 50 for line in text.split("\n")):
                    raise
            except ValueError:
                # There are rubrics that no rule file can say in this language; the command says so.
                pass


def read_both(text: str) -> None:
    """Read a facts file."""
    read_facts(text, "facts.yaml")


READERS: dict[str, Callable[[str], None]] = {"rules": read_rules, "facts": read_both}


def inputs(what: str, seed: int) -> Iterator[tuple[str, str]]:
    """Mutated files without end, with the reader that each is for."""
    chance = random.Random(seed)
    kinds = ("rules", "facts") if what == "both" else (what,)
    texts = {kind: corpus(kind) for kind in kinds}
    while True:
        kind = chance.choice(kinds)
        yield kind, mutated(chance, texts[kind])


def run(seconds: float, what: str = "both", seed: int = 0, keep: Path | None = None) -> Run:
    """Try inputs for so many seconds."""
    result = Run()
    end = time.monotonic() + seconds
    for kind, text in inputs(what, seed):
        if time.monotonic() > end or len(result.found) >= ENOUGH:
            return result
        trouble, took = _tried(kind, text)
        result.tried += 1
        result.slowest = max(result.slowest, took)
        if trouble:
            result.found.append(f"{_saved(text, kind, result, keep)}: {trouble}")
    return result


def _tried(kind: str, text: str) -> tuple[str, float]:
    """What is wrong with the reading of one input, if anything, and how long it took."""
    start = time.perf_counter()
    try:
        READERS[kind](text)
    except Exception:
        return traceback.format_exc(), time.perf_counter() - start
    took = time.perf_counter() - start
    return (f"took {took:.1f} s" if took > SECONDS else ""), took


def _saved(text: str, kind: str, result: Run, keep: Path | None) -> Path:
    folder = keep or Path(tempfile.gettempdir()) / "rubric-fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}-{result.tried}.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--what", choices=("rules", "facts", "both"), default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path, help="where inputs that fail are saved")
    options = parser.parse_args()
    result = run(options.seconds, options.what, options.seed, options.keep)
    for trouble in result.found:
        print(trouble)
    print(f"seed {options.seed}: {result.tried} inputs, slowest {result.slowest:.2f} s, {len(result.found)} failed")
    return 1 if result.found else 0


if __name__ == "__main__":
    sys.exit(main())
