import os
import stat
from pathlib import Path

import pytest

from finder.embedded_postgres import place as place_module
from finder.embedded_postgres.account import EmbeddedPostgresError
from finder.embedded_postgres.place import (
    RECORD,
    SOCKET_NAME,
    SOCKET_PATH_LIMIT,
    Place,
    claim_sockets,
    find_place,
)
from finder.embedded_postgres.sharing import SharedServer


@pytest.fixture
def closed_var(open_folder: Path, sockets: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder that only root can enter."""
    far = open_folder / "far"
    far.mkdir()
    monkeypatch.setattr(place_module, "FAR_HOMES", (far, far))
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    return closed / "var"


def claimed(var: Path) -> Place:
    place = find_place(var)
    claim_sockets(place)
    return place


def test_the_data_lies_in_the_project(var: Path) -> None:
    assert find_place(var).data == var / "postgres" / "data"


def test_the_socket_folder_belongs_to_the_server_alone(var: Path) -> None:
    place = claimed(var)
    found = place.sockets.stat()
    assert (stat.S_IMODE(found.st_mode), found.st_uid) == (0o700, place.account.uid)


def test_a_socket_folder_left_open_is_closed(var: Path) -> None:
    place = claimed(var)
    place.sockets.chmod(0o777)
    claim_sockets(place)
    assert stat.S_IMODE(place.sockets.stat().st_mode) == 0o700


def test_a_link_in_place_of_the_socket_folder_is_refused(var: Path, tmp_path: Path) -> None:
    place = find_place(var)
    place.sockets.symlink_to(tmp_path)
    with pytest.raises(EmbeddedPostgresError, match="belongs to another user or is not a folder"):
        claim_sockets(place)


@pytest.mark.usefixtures("as_root")
def test_a_socket_folder_of_somebody_else_is_refused(var: Path) -> None:
    place = claimed(var)
    os.chown(place.sockets, 1, 1)
    with pytest.raises(EmbeddedPostgresError, match="belongs to another user"):
        claim_sockets(place)


def test_a_long_temporary_folder_is_passed_over(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = var.parent / ("long" * 25)
    long.mkdir()
    monkeypatch.setattr(place_module.tempfile, "tempdir", str(long))
    sockets = find_place(var).sockets
    assert len(os.fsencode(sockets / SOCKET_NAME)) <= SOCKET_PATH_LIMIT


@pytest.mark.usefixtures("as_root")
def test_a_project_that_the_account_cannot_enter_keeps_its_data_elsewhere(closed_var: Path) -> None:
    place = find_place(closed_var)
    assert closed_var not in place.data.parents
    assert (closed_var / RECORD).read_text() == f"{place.home}\n"
    assert find_place(closed_var) == place


@pytest.mark.usefixtures("as_root")
def test_a_project_that_the_account_cannot_enter_stays_closed(closed_var: Path) -> None:
    find_place(closed_var)
    assert stat.S_IMODE(closed_var.parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("as_root")
def test_programs_that_the_account_cannot_run_are_copied_whole(
    closed_var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_module.Account, "can_execute", lambda *_: False)
    server = SharedServer(closed_var)
    place = server.join()
    server.leave()
    assert place.programs.is_relative_to(place.home)


@pytest.mark.usefixtures("as_root")
def test_data_that_an_ordinary_user_made_stays_that_users(var: Path) -> None:
    data = find_place(var).data
    data.mkdir()
    os.chown(data, 1, 1)
    assert find_place(var).account.uid == 1


@pytest.mark.usefixtures("as_root")
def test_a_copy_of_the_programs_cut_short_is_made_anew(
    closed_var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_module.Account, "can_execute", lambda *_: False)
    home = find_place(closed_var).home
    next(home.glob("programs-*")).rename(home / "programs-unfinished")
    assert find_place(closed_var).program("postgres").exists()
    assert not (home / "programs-unfinished").exists()
