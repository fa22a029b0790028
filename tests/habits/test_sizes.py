"""Sizes that a reader can hold: 90 % well below the limit, nothing above it."""

from pathlib import Path

import pytest

from tests.habits.repository import FINDER, TESTS, functions, place, python_files, said, template_files, text

LONGEST_FUNCTION, USUAL_FUNCTION = 60, 30
LONGEST_MODULE, USUAL_MODULE = 400, 250
LONGEST_TEMPLATE = 200
USUAL_SHARE = 0.9

folders = pytest.mark.parametrize("folder", [FINDER, TESTS], ids=lambda folder: folder.name)


def function_lengths(folder: Path) -> dict[str, int]:
    return {
        f"{place(path, node.lineno)} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files(folder)
        for node in functions(path)
    }


def line_counts(paths: list[Path]) -> dict[str, int]:
    return {place(path): text(path).count("\n") for path in paths}


def too_long(lengths: dict[str, int], most: int) -> list[str]:
    return [f"{where}: {length} lines" for where, length in lengths.items() if length > most]


def usual_or_shorter(lengths: dict[str, int], usual: int) -> float:
    return sum(length < usual for length in lengths.values()) / len(lengths)


@folders
def test_no_function_is_too_long(folder: Path) -> None:
    faults = too_long(function_lengths(folder), LONGEST_FUNCTION)
    assert not faults, said(faults)


@folders
def test_most_functions_are_short(folder: Path) -> None:
    lengths = function_lengths(folder)
    assert usual_or_shorter(lengths, USUAL_FUNCTION) >= USUAL_SHARE, said(too_long(lengths, USUAL_FUNCTION))


@folders
def test_no_module_is_too_long(folder: Path) -> None:
    faults = too_long(line_counts(python_files(folder)), LONGEST_MODULE)
    assert not faults, said(faults)


def test_most_modules_of_the_product_are_short() -> None:
    lengths = line_counts(python_files(FINDER))
    assert usual_or_shorter(lengths, USUAL_MODULE) >= USUAL_SHARE, said(too_long(lengths, USUAL_MODULE))


def test_no_template_is_too_long() -> None:
    faults = too_long(line_counts(template_files()), LONGEST_TEMPLATE)
    assert not faults, said(faults)
