"""How far a long piece of work has come, on standard error; of a short one nothing is said."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

from rubric.commands.shape import Output

T = TypeVar("T")

# Fewer than these are done before anyone has read a line.
FEW = 50

# On a terminal one line is kept up to date; elsewhere a line is written every so many.
EVERY = 100
SECONDS_BETWEEN = 0.1


def counted(each: Iterable[T], count: int, output: Output, stream: TextIO | None = None) -> Iterator[T]:
    """The things themselves, while it is said how many of them are done."""
    to = sys.stderr if stream is None else stream
    if count < FEW:
        yield from each
        return
    live = to.isatty()
    said = monotonic()
    for done, one in enumerate(each, 1):
        yield one
        if live and (monotonic() - said >= SECONDS_BETWEEN or done == count):
            said = monotonic()
            # The line is written over, and gone once everything is done.
            to.write("\r" + (output.say("progress", done=done, count=count) if done < count else "") + "\033[K")
            to.flush()
        elif not live and done % EVERY == 0:
            to.write(output.say("progress", done=done, count=count) + "\n")
            to.flush()
