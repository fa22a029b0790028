import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from finder.made_once import made_once


def test_the_first_text_stays(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"
    assert made_once(path, lambda: "first") == "first"
    assert made_once(path, lambda: "second") == "first"


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    made_once(tmp_path / "secret", lambda: "text")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_of_two_that_make_it_at_once_both_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert made_once(path, lambda: f"slow, after {made_once(path, lambda: 'fast')}") == "fast"


def test_no_draft_is_left_behind(tmp_path: Path) -> None:
    made_once(tmp_path / "secret", lambda: "text")
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="file"):
        made_once(tmp_path / "file" / "secret", lambda: "text")
