from pathlib import Path
from typing import Any

import pytest

from finder.management import static_files


@pytest.fixture
def collected(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were called to collect."""
    calls: list[str] = []

    def collect(name: str, **_: object) -> None:
        calls.append(name)
        settings.STATIC_ROOT.mkdir(exist_ok=True)

    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("a {}")
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    monkeypatch.setattr(static_files, "_sources", lambda: iter(path.read_text() for path in source.iterdir()))
    monkeypatch.setattr(static_files, "call_command", collect)
    return calls


def test_files_are_collected_once(collected: list[str]) -> None:
    static_files.collect_static_files()
    static_files.collect_static_files()
    assert collected == ["collectstatic"]


def test_files_are_collected_again_when_one_changed(collected: list[str], tmp_path: Path) -> None:
    static_files.collect_static_files()
    (tmp_path / "source" / "site.css").write_text("b {}")
    static_files.collect_static_files()
    assert len(collected) == 2


def test_files_are_collected_again_when_they_were_removed(collected: list[str], tmp_path: Path) -> None:
    static_files.collect_static_files()
    (tmp_path / "static").rmdir()
    static_files.collect_static_files()
    assert len(collected) == 2
