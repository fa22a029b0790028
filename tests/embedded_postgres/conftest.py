import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from finder.embedded_postgres import place
from finder.embedded_postgres.sharing import SharedServer


@contextmanager
def new_folder() -> Iterator[Path]:
    """With a space in its name, and open to every account, as a project's usually is."""
    folder = Path(tempfile.mkdtemp(prefix="recovery finder "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with new_folder() as folder:
        yield folder


@pytest.fixture
def sockets(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files of the test in a folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="s", dir=open_folder))
    folder.chmod(0o1777)
    monkeypatch.setattr(place.tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def var(open_folder: Path, sockets: Path) -> Path:
    return open_folder / "var"


@pytest.fixture
def server(var: Path) -> Iterator[SharedServer]:
    shared = SharedServer(var)
    yield shared
    shared.leave()


@pytest.fixture(scope="session")
def running() -> Iterator[SharedServer]:
    """For tests that only ask: making a database takes a second."""
    with new_folder() as folder:
        shared = SharedServer(folder / "var")
        yield shared
        shared.leave()


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can act for another user")
