"""Habits of the templates: a partial says its arguments, and gets nothing else."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").glob("*.html"))
PARTIALS = [path for path in TEMPLATES if path.name.startswith("_")]


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", PARTIALS, ids=named)
def test_a_partial_says_its_arguments_first(path: Path) -> None:
    assert re.match(r"\{# (Arguments: |No arguments\.)", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_includes_hand_over_only_what_they_name(path: Path) -> None:
    includes = re.findall(r"\{% include ([^%]+) %\}", path.read_text())
    assert [each for each in includes if not each.endswith(" only")] == []


@pytest.mark.parametrize("path", PARTIALS, ids=named)
def test_every_partial_is_used(path: Path) -> None:
    assert any(f'"{path.name}"' in other.read_text() for other in TEMPLATES)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_read_in_one_go(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 200
