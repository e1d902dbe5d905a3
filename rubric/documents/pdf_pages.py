"""Takes the lines and the tables out of a PDF, in a process of its own whose time and memory are bounded.

Run as a module it reads a PDF from its input and writes what it found as JSON; a file made to do harm can then cost
no more than this process is allowed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MAX_PAGES = 300
MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 120


def pages(data: bytes) -> Iterator[dict[str, Any]]:
    """The pages of a PDF: their lines and the rows of their tables, from top to bottom."""
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise OverflowError
        for page in pdf.pages:
            yield _page(page)
            page.close()


def _page(page: Any) -> dict[str, Any]:
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda thing: not any(_within(thing, box) for box in boxes)) if boxes else page
    items = [_line(line) for line in outside.extract_text_lines(x_tolerance_ratio=0.9, y_tolerance=4)]
    items += [
        {"top": table.bbox[1], "rows": [[cell or "" for cell in row] for row in table.extract(x_tolerance_ratio=0.9)]}
        for table in tables
    ]
    return {
        "height": float(page.height),
        "characters": len(page.chars),
        "pictures": len(page.images),
        "items": sorted(items, key=lambda item: float(item["top"])),
    }


def _within(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a thing lies in a box."""
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _line(line: dict[str, Any]) -> dict[str, Any]:
    sizes = sorted(float(each["size"]) for each in line["chars"])
    return {
        "text": line["text"],
        "left": float(line["x0"]),
        "right": float(line["x1"]),
        "top": float(line["top"]),
        "bottom": float(line["bottom"]),
        "size": sizes[len(sizes) // 2],
    }


def main() -> None:
    """Read a PDF from the input and write its pages, or why there are none."""
    logging.disable(logging.CRITICAL)
    with contextlib.suppress(ImportError, ValueError, OSError):
        # Not every system can bound the memory of a process; the time is bounded by the one that waits.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    said: dict[str, Any]
    try:
        said = {"pages": list(pages(sys.stdin.buffer.read()))}
    except ImportError:
        said = {"refused": "missing"}
    except OverflowError:
        said = {"refused": "pages"}
    except MemoryError:
        said = {"refused": "costly"}
    except Exception as broken:
        # The library wraps what its parser raises; whatever it is, the file is protected or broken.
        names = {type(each).__name__ for each in (broken, *broken.args)}
        said = {"refused": "password" if names & {"PDFPasswordIncorrect", "PDFEncryptionError"} else "damaged"}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
