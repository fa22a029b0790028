"""What the documents say is there is there, and what is there is documented."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from finder.filters import SearchFilterSet

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
READ_FROM_ENVIRONMENT = re.compile(
    r"""(?:environ\.get\(|environ\[|flag\(|words\(|number\()\s*["']([A-Z][A-Z0-9_]+)["']"""
)
READ_BY_SCRIPT = re.compile(r"\$\{([A-Z][A-Z_]+):-")
LOCAL_PROGRAM = re.compile(r"(?:\.venv/|\./)?(?:[\w.-]+/)*[\w.-]+")
AWAITED = {
    DOCS / name for name in ("guides/deploy.md", "guides/editing-listings.md", "reference/performance.md")
}
"""Pages that are being written: a link may lead there already."""

MOST_README_LINES = 90
MOST_DECISION_LINES = 50

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def prose(document: Path) -> str:
    return FENCE.sub("", document.read_text())


def anchors(document: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = HEADING.findall(prose(document))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def relative_links(document: Path) -> Iterator[tuple[Path, str]]:
    for link in LINK.findall(prose(document)):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            yield (document.parent / path).resolve() if path else document, anchor


def shell_commands(document: Path) -> Iterator[list[str]]:
    for language, body in FENCE.findall(document.read_text()):
        if language == "sh":
            lines = body.replace("\\\n", " ").splitlines()
            yield from (words for line in lines if (words := shlex.split(line, comments=True)))


def table_rows(document: Path) -> set[str]:
    """What the first cells of its tables name."""
    first_cells = re.findall(r"^\| (`[^|]+) \|", document.read_text(), re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)}


def variables_read() -> set[str]:
    sources = [path.read_text() for path in (ROOT / "finder").rglob("*.py")]
    return {name for source in sources for name in READ_FROM_ENVIRONMENT.findall(source)}


def commands() -> list[str]:
    return sorted(path.stem for path in (ROOT / "finder/management/commands").glob("[a-z]*.py"))


@every_document
def test_every_relative_link_leads_somewhere(document):
    lost = [
        f"{path}#{anchor}" if anchor else str(path)
        for path, anchor in relative_links(document)
        if (not path.exists() and path not in AWAITED) or (anchor and anchor not in anchors(path))
    ]
    assert lost == []


@every_document
def test_a_shell_command_names_programs_and_folders_that_exist(document):
    for words in shell_commands(document):
        named = [
            word
            for word in words
            if LOCAL_PROGRAM.fullmatch(word)
            and (word.startswith(("script/", "tests/", "fixtures/", "docs/")) or word.endswith(".py"))
        ]
        assert [word for word in named if not (ROOT / word).exists()] == [], " ".join(words)


@every_document
def test_a_shell_command_of_manage_py_is_one_that_exists(document):
    for words in shell_commands(document):
        if "manage.py" in words:
            command = words[words.index("manage.py") + 1]
            assert command in {*commands(), "loaddata", "createsuperuser", "dbshell", "migrate", "check"}, (
                command
            )


def test_the_map_names_every_page():
    listed = {path for path, _ in relative_links(DOCS / "README.md")}
    assert {path for path in DOCUMENTS if DOCS in path.parents} - {DOCS / "README.md"} <= listed


def test_every_variable_is_in_the_example_and_the_reference():
    wanted = variables_read() | set(READ_BY_SCRIPT.findall((ROOT / "script/test").read_text()))
    in_example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    in_reference = table_rows(DOCS / "reference/settings.md")
    assert variables_read() >= {"DATABASE_URL", "HOST", "WEB_CONCURRENCY", "BEHIND_TLS", "ALLOWED_HOSTS"}
    assert variables_read() - in_example == set()
    assert wanted - in_reference == set()


def test_no_variable_is_described_that_nobody_reads():
    read = variables_read() | set(READ_BY_SCRIPT.findall((ROOT / "script/test").read_text()))
    described = {name for name in table_rows(DOCS / "reference/settings.md") if name.isupper()}
    assert described - read == set()


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_reference(command):
    assert f"\n### {command}\n" in (DOCS / "reference/commands.md").read_text()


@pytest.mark.parametrize("parameter", list(SearchFilterSet.base_filters))
def test_every_search_parameter_is_in_the_reference(parameter):
    assert parameter in table_rows(DOCS / "reference/api.md")


def test_the_api_error_names_the_parameters_that_are():
    accepted = f"Accepted are: {', '.join(SearchFilterSet.base_filters)}."
    for name in ("reference/api.md", "tutorial/first-hour.md"):
        assert accepted in (DOCS / name).read_text(), name


def test_the_front_page_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < MOST_README_LINES


def test_decisions_are_dated_short_and_numbered_without_gaps():
    records = sorted((DOCS / "decisions").glob("*.md"))
    for number, record in enumerate(records, start=1):
        text = record.read_text()
        assert record.name.startswith(f"{number:04}-"), record.name
        assert text.startswith(f"# {number}. "), record.name
        assert re.search(r"^20\d\d-\d\d-\d\d$", text, re.MULTILINE), record.name
        assert HEADING.findall(text)[1:] == ["Context", "Decision", "Consequences"], record.name
        assert len(text.splitlines()) < MOST_DECISION_LINES, record.name
