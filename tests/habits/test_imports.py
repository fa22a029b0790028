"""Low to high, as docs/decisions and the design have it; a lower row never imports a higher one."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.habits.repository import FINDER, place, python_files, said, tree

ROWS = (
    {"made_once", "private_log", "embedded_postgres", "mail_server"},
    {"settings", "apps", "wsgi"},
    {
        "enums",
        "facilities",
        "geography",
        "meetings",
        "plans",
        "referral",
        "schedules",
        "text",
        "upkeep",
        "wording",
    },
    {"models"},
    {"permissions", "search", "letters"},
    {"actions"},
    {"filters", "forms", "importers", "exporters", "plan_filters"},
    {"views", "admin", "api", "management", "templatetags", "context_processors"},
    {"urls"},
)
ROW_OF = {name: number for number, row in enumerate(ROWS) for name in row}


def part_of(path: Path) -> str:
    return path.relative_to(FINDER).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of `finder`, inside of functions too."""
    for node in ast.walk(tree(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"finder.{alias.name}" for alias in node.names]
            names = inside if node.module == "finder" else [node.module]
        for name in names:
            if name.startswith("finder."):
                yield node.lineno, name.split(".")[1]


def test_every_part_has_its_row() -> None:
    unplaced = {part_of(path) for path in python_files(FINDER)} - {*ROW_OF, "__init__"}
    assert not unplaced, f"Give these parts of finder/ a row in {__name__}: {sorted(unplaced)}"


def test_no_part_imports_a_higher_one() -> None:
    faults = [
        f"{place(path, line)}: {part_of(path)} imports {imported}, which stands above it"
        for path in python_files(FINDER)
        for line, imported in imports(path)
        if ROW_OF[imported] > ROW_OF[part_of(path)]
    ]
    assert not faults, said(faults)


def test_pure_rules_touch_no_rows() -> None:
    """The lowest rows may use Django's expressions, never its models' managers."""
    pure = [path for path in python_files(FINDER) if part_of(path) in ROWS[2]]
    faults = [
        place(path, node.lineno)
        for path in pure
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert not faults, said(faults)


def test_the_product_imports_no_test() -> None:
    faults = [
        place(path, node.lineno)
        for path in python_files(FINDER)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tests"
    ]
    assert not faults, said(faults)
