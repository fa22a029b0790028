"""Every sentence is said in Spanish, and what is shipped is what was translated."""

import ast
import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.habits.repository import FINDER, LOCALE, ROOT, TEMPLATES, place, python_files, said, tree

PO = LOCALE / "es" / "LC_MESSAGES" / "django.po"
TOOLS = ("xgettext", "msgfmt", "msgattrib", "msgmerge", "msguniq")

pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS),
    reason="!!! GNU gettext is missing: translations are NOT CHECKED (apt-get install gettext)",
)


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Without the settings: `makemessages` then takes the folder that it stands in."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    words = list(map(str, command))
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=True).stdout


def entries(po: str) -> list[str]:
    """With the line that each is used in, without the header."""
    return [entry for entry in po.split("\n\n")[1:] if "msgid" in entry]


def catalog(mo: Path) -> dict[object, str]:
    with mo.open("rb") as file:
        translations: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {message: words for message, words in translations.items() if message}


def test_every_sentence_is_translated() -> None:
    missing = entries(run("msgattrib", "--untranslated", "--no-obsolete", PO))
    assert not missing, "\n\n".join(missing)


def test_no_translation_is_a_guess() -> None:
    guessed = entries(run("msgattrib", "--only-fuzzy", "--no-obsolete", PO))
    assert not guessed, "\n\n".join(guessed)


def test_placeholders_are_the_same_in_both_languages(tmp_path: Path) -> None:
    checked = subprocess.run(
        ["msgfmt", "--check-format", "-o", str(tmp_path / "checked.mo"), str(PO)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_what_is_shipped_is_what_was_translated(tmp_path: Path) -> None:
    run("msgfmt", PO, "-o", tmp_path / "django.mo")
    assert catalog(PO.with_suffix(".mo")) == catalog(tmp_path / "django.mo"), "Run manage.py compilemessages."


@pytest.fixture(scope="module")
def read_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translation as `makemessages` would leave it; a copy, so that the repository stays as it is."""
    copy = tmp_path_factory.mktemp("translation")
    for folder in (FINDER, TEMPLATES, LOCALE):
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    run(sys.executable, "-m", "django", "makemessages", "--locale", "es", cwd=copy)
    return copy / PO.relative_to(ROOT)


def test_no_sentence_is_new_to_the_translation(read_anew: Path) -> None:
    new = entries(run("msgattrib", "--untranslated", read_anew))
    new += entries(run("msgattrib", "--only-fuzzy", "--no-obsolete", read_anew))
    assert not new, "Run manage.py makemessages and translate:\n" + "\n\n".join(new)


def test_no_translation_outlives_its_sentence(read_anew: Path, tmp_path: Path) -> None:
    run("msgattrib", "--no-obsolete", "--clear-fuzzy", read_anew, "-o", tmp_path / "said.po")
    run("msgfmt", tmp_path / "said.po", "-o", tmp_path / "said.mo")
    left_over = catalog(PO.with_suffix(".mo")).keys() - catalog(tmp_path / "said.mo").keys()
    assert not left_over, "\n".join(map(str, left_over))


def test_no_sentence_hides_from_the_tool_that_looks_for_them() -> None:
    """It knows Django's own names and `_`: under any other, a sentence would stay in English unseen."""
    renamed = [
        place(path, node.lineno)
        for path in python_files(FINDER)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and alias.asname not in {None, "_"}
    ]
    assert not renamed, said(renamed)
