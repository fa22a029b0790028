"""The repository's own files, for the tests that read them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FINDER, TESTS = ROOT / "finder", ROOT / "tests"
TEMPLATES, STATIC, LOCALE = ROOT / "templates", ROOT / "static", ROOT / "locale"


def python_files(folder: Path) -> list[Path]:
    """Without migrations: those are generated."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def template_files() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def template_name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def matches(path: Path, pattern: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each match and the number of the line that it begins in."""
    for found in re.finditer(pattern, text(path), re.DOTALL):
        yield text(path).count("\n", 0, found.start()) + 1, found


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Calls of a method by one of these names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def said(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)
