"""The parse table of the grammar: worked out once by lark, then kept, as working it out takes longer than a score."""

from __future__ import annotations

import json
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef

from rubric import cache


def parser_of(grammar: str, lexer: type[Lexer], starts: list[str]) -> Lark:
    """The parser of a grammar, from the kept table where there is one."""
    name = cache.key(b"table", lark.__version__.encode(), grammar.encode(), " ".join(starts).encode())
    text = cache.get(name)
    if text is not None:
        try:
            return _restored(json.loads(text), lexer)
        except (KeyError, TypeError, ValueError, AttributeError):
            # A table that this lark cannot read is worked out anew.
            pass
    made = Lark(grammar, parser="lalr", lexer=lexer, start=starts, maybe_placeholders=False)
    cache.put(name, json.dumps(_kept(made)))
    return made


def _kept(made: Lark) -> dict[str, Any]:
    data, memo = made.memo_serialize([TerminalDef, Rule])
    # The lexer is a class of ours: it is set again when the table is restored.
    data["options"]["lexer"] = None
    data["parser"]["lexer_conf"]["lexer_type"] = None
    return {"data": data, "memo": memo}


def _restored(kept: dict[str, Any], lexer: type[Lexer]) -> Lark:
    data, memo = kept["data"], _by_number(kept["memo"])
    data["options"]["lexer"] = lexer
    data["parser"]["lexer_conf"]["lexer_type"] = lexer
    table = data["parser"]["parser"]
    table["tokens"] = _by_number(table["tokens"])
    table["states"] = {int(state): _by_number(actions) for state, actions in table["states"].items()}
    load: Any = Lark._load_from_dict
    parser: Lark = load(data, memo)
    return parser


def _by_number(mapping: dict[str, Any]) -> dict[int, Any]:
    """A mapping whose keys are numbers, which JSON has turned into text."""
    return {int(key): value for key, value in mapping.items()}
