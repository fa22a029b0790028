"""A partial starts with `_`, says its arguments first and is included with `only`; none lies idle."""

import re
from pathlib import Path

from tests.habits.repository import (
    FINDER,
    STATIC,
    TEMPLATES,
    matches,
    place,
    python_files,
    said,
    template_files,
    template_name,
    text,
)

INCLUDE = r"\{% include \"([^\"]+)\"(.*?)%\}"
INCLUDE_OF_A_VARIABLE = r"\{% include (?!\")"
FIRST_LINE = re.compile(r"\{# (?:No arguments\.|Arguments: (?P<arguments>.+?)\.(?=\s)).*#\}")
RESOURCE = (
    r"<(?!a\b)[a-z]+\b[^>]*?\s(?:src|srcset|href|poster|data|action)"
    r"\s*=\s*[\"']?\s*((?:https?:)?//[^\s\"'>]+)"
)
ELSEWHERE = r"(?:url\(|@import|fetch\(|import\(|open\(|new \w+\()\s*[\"']?\s*((?:https?:)?//[^\s\"')]+)"
DJANGOS_OWN = {"admin/app_list.html"}


def partials() -> list[Path]:
    return [path for path in template_files() if path.name.startswith("_")]


def arguments(path: Path) -> set[str] | None:
    """None where the first line does not say them."""
    said_first = FIRST_LINE.fullmatch(text(path).split("\n", 1)[0])
    if said_first is None:
        return None
    without_remarks = re.sub(r"\([^()]*\)", "", said_first["arguments"] or "")
    return {name.strip() for name in without_remarks.split(",") if name.strip()}


def test_every_partial_says_its_arguments_first() -> None:
    faults = [place(path) for path in partials() if arguments(path) is None]
    assert len(partials()) > 10
    assert not faults, said(faults)


def test_every_include_is_closed_and_names_a_partial() -> None:
    faults = []
    for path in template_files():
        for line, found in matches(path, INCLUDE):
            is_partial = Path(found[1]).name.startswith("_") or found[1] in DJANGOS_OWN
            if not is_partial or not found[2].rstrip().endswith("only"):
                faults.append(f"{place(path, line)}: {found[0]}")
        faults += [place(path, line) for line, _ in matches(path, INCLUDE_OF_A_VARIABLE)]
    assert not faults, said(faults)


def test_every_include_gives_the_arguments_that_the_partial_asks_for() -> None:
    faults = []
    for path in template_files():
        for line, found in matches(path, INCLUDE):
            given = set(re.findall(r"(\w+)=", found[2]))
            if found[1] in DJANGOS_OWN:
                continue
            asked = arguments(TEMPLATES / found[1]) or set()
            if given != asked:
                faults.append(f"{place(path, line)}: {found[1]} asks for {asked}, is given {given}")
    assert not faults, said(faults)


def test_only_partials_are_included_and_only_pages_extended() -> None:
    faults = [
        place(path, line)
        for path in template_files()
        for line, found in matches(path, r"\{% extends \"([^\"]+)\"")
        if path.name.startswith("_") or Path(found[1]).name.startswith("_")
    ]
    assert not faults, said(faults)


def test_every_template_is_used() -> None:
    named = {name for path in python_files(FINDER) for _, (name,) in _names(path, r"\"([\w/]+\.html)\"")}
    reached: set[str] = set()
    while named - reached:
        reached |= named
        known = [path for path in template_files() if template_name(path) in reached]
        named = {name for path in known for _, (name,) in _names(path, r"(?:include|extends) \"([^\"]+)\"")}
    faults = [
        place(path)
        for path in template_files()
        if template_name(path) not in reached and not _stands_for_one_of_django(path)
    ]
    assert not faults, said(faults)


def _names(path: Path, pattern: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(line, found.groups()) for line, found in matches(path, pattern)]


def _stands_for_one_of_django(path: Path) -> bool:
    return template_name(path).startswith(("admin/", "registration/"))


def test_no_template_loads_anything_from_elsewhere() -> None:
    faults = [
        f"{place(path, line)}: {found[1]}"
        for path in template_files()
        for pattern in (RESOURCE, ELSEWHERE)
        for line, found in matches(path, pattern)
    ]
    assert not faults, said(faults)


def test_no_static_file_loads_anything_from_elsewhere() -> None:
    files = [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".css", ".js", ".svg", ".html"}]
    faults = [
        f"{place(path, line)}: {found[1]}"
        for path in files
        for pattern in (RESOURCE, ELSEWHERE)
        for line, found in matches(path, pattern)
    ]
    assert files
    assert not faults, said(faults)


def test_no_template_holds_a_script_or_style_of_its_own() -> None:
    """The content security policy would stop them."""
    inline = r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:"
    faults = [place(path, line) for path in template_files() for line, _ in matches(path, inline)]
    assert not faults, said(faults)


MARKED_SAFE = {
    "exporters/json_ld.py": "a script element takes no HTML escapes; it escapes as json_script does",
    "views/markdown.py": "Markdown's renderer has escaped every text, and raw HTML is switched off",
}


def test_nothing_is_marked_safe() -> None:
    unescaped = r"\|safe\b|\|safeseq\b|\{% autoescape off"
    faults = [place(path, line) for path in template_files() for line, _ in matches(path, unescaped)]
    escaping = [path for path in python_files(FINDER) if str(path.relative_to(FINDER)) not in MARKED_SAFE]
    for path in escaping:
        faults += [place(path, line) for line, _ in matches(path, r"\bmark_safe\(|\bSafeString\(")]
    assert not faults, said(faults)
