"""A short run of the fuzzer, always the same one."""

from __future__ import annotations

from pathlib import Path

from fuzz import SECONDS, run


def test_no_mutated_file_breaks_the_readers(tmp_path: Path) -> None:
    result = run(5, "rules", seed=1, keep=tmp_path)
    failed = [trouble for trouble in result.found if not trouble.endswith(" s")]
    assert not failed, failed[0]
    assert result.tried > 20
    # Slow only where the machine is: the bound is held to when the fuzzer runs alone.
    assert result.slowest < 10 * SECONDS
