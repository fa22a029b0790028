"""What things are called, what stands where, and what must not stand anywhere."""

import re
from itertools import chain
from pathlib import Path

from tests.habits.repository import FINDER, ROOT, TESTS, matches, place, python_files, said, text

SAYS_NOTHING = r"(.*_)?(utils?|helpers?|common|misc|services?|managers?|v\d+|new|old)"
MIRROR_NO_PACKAGE = {"habits": "the repository itself", "browser": "pages as a browser shows them"}
WRITTEN_BY_HAND = ("finder", "tests", "templates", "static", "script", "docs")
TEXT_FILES = {".py", ".html", ".css", ".js", ".md", ".sh", ".toml", ""}


def test_every_module_is_named_after_what_it_does() -> None:
    faults = [
        place(path)
        for path in chain(python_files(FINDER), python_files(TESTS))
        if re.fullmatch(SAYS_NOTHING, path.stem) or re.fullmatch(SAYS_NOTHING, path.parent.name)
    ]
    assert not faults, said(faults)


def test_every_folder_of_tests_mirrors_a_package() -> None:
    faults = [
        place(path)
        for path in python_files(TESTS)
        if path.parent != TESTS
        and path.relative_to(TESTS).parts[0] not in MIRROR_NO_PACKAGE
        and not (FINDER / path.parent.relative_to(TESTS)).is_dir()
    ]
    assert not faults, said(faults)


def test_nothing_is_left_for_later_in_a_comment() -> None:
    """What is open stands in the tracker, where someone sees it."""
    marks = r"(?:#|//|/\*|\{#|<!--)[^\n]*\b(" + "TO" + "DO|FIX" + "ME|HA" + "CK)\b"
    faults = [place(path, line) for path in handwritten() for line, _ in matches(path, marks)]
    assert not faults, said(faults)


def test_nothing_names_one_machine() -> None:
    homes = r"(?<![\w.:/])/(home|Users|work|root)/\w"
    faults = [
        f"{place(path, line)}: {found[0]}" for path in handwritten() for line, found in matches(path, homes)
    ]
    assert not faults, said(faults)


def handwritten() -> list[Path]:
    found = (path for folder in WRITTEN_BY_HAND for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.is_file() and path.suffix in TEXT_FILES)


def test_every_requirement_is_pinned() -> None:
    faults = []
    for path in sorted(ROOT.glob("requirements*.txt")):
        for number, line in enumerate(text(path).splitlines(), start=1):
            is_pinned = re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+", line)
            if line and not line.startswith(("#", "-r ")) and not is_pinned:
                faults.append(f"{place(path, number)}: {line}")
    assert not faults, said(faults)


def test_every_variable_of_the_environment_is_in_the_example() -> None:
    settings = FINDER / "settings.py"
    read = r'(?:environ\.get|flag|words|number)\("([A-Z_]+)"'
    example = text(ROOT / ".env.example")
    faults = [
        f"{place(settings, line)}: {found[1]} is not in .env.example"
        for line, found in matches(settings, read)
        if not re.search(rf"^#?\s*{found[1]}=", example, re.MULTILINE)
    ]
    assert not faults, said(faults)
