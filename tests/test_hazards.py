"""The list of hazards names tests that are there, and says plainly what is open."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROWS = [
    line
    for line in (ROOT / "docs/safety/hazards.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| hazard |")
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_the_list_is_not_empty() -> None:
    assert len(ROWS) > 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:50])
def test_each_hazard_has_a_test_or_is_open(row: str) -> None:
    held_by = row.rstrip("| ").split(" | ")[-1]
    assert NAMED.search(held_by) or "**open**" in held_by


def test_each_test_that_is_named_is_there() -> None:
    named = {found for row in ROWS for found in NAMED.findall(row)}
    lost = [f"{path}::{name}" for path, name in sorted(named) if not is_there(path, name)]
    assert lost == []


def is_there(path: str, name: str) -> bool:
    file = ROOT / path
    return file.exists() and f"def {name}(" in file.read_text()
