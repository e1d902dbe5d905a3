"""The house stays as it is drawn: imports run one way, the engine is exact, the command starts light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
ENGINE = sorted((ROOT / "engine").glob("*.py"))


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)


def test_imports_run_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == 0


def test_the_engine_needs_the_standard_library_only() -> None:
    modules = ", ".join(f"engine.{path.stem}" for path in ENGINE if path.stem != "__init__")
    done = _python("-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); import {modules}")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_no_float_stands_in_the_engine(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    floats = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    calls = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("float", "round")
    ]
    assert not floats
    assert not calls


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_words_nothing(path: Path) -> None:
    """No Chinese in the engine's strings: it emits codes and values (docstrings may name the field's terms)."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    worded = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and any("\u4e00" <= character <= "\u9fff" for character in node.value)
    ]
    assert not worded


HEAVY = ("lark", "pydantic", "yaml", "openpyxl", "docx", "pdfplumber", "jinja2")


def test_the_command_starts_without_the_heavy_libraries() -> None:
    done = _python("-c", f"import rubric.cli, sys; print([m for m in {HEAVY} if m in sys.modules])")
    assert done.stdout.strip() == "[]"
