import os
import pwd
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from finder.embedded_postgres.account import Account, EmbeddedPostgresError
from finder.embedded_postgres.server import address
from finder.embedded_postgres.sharing import SharedServer

STRANGER = "daemon"


def connect_as_stranger(server: SharedServer) -> subprocess.CompletedProcess[str]:
    place = server.join()
    host = address(place)["host"]
    stranger = Account.of_uid(pwd.getpwnam(STRANGER).pw_uid)
    return stranger.run(place.program("psql"), "-h", host, "-U", "finder", "-c", "SELECT 1", "finder")


def test_data_of_another_version_is_refused_and_kept(server: SharedServer) -> None:
    place = server.join()
    server.leave()
    (place.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="was made by PostgreSQL 15 and this is PostgreSQL 18"):
        server.join()
    assert (place.data / "base").is_dir()
    assert not place.sockets.exists()


def test_a_failed_start_says_why_and_where_the_log_is(server: SharedServer) -> None:
    place = server.join()
    server.leave()
    (place.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(EmbeddedPostgresError, match=r"did not start: .*postgresql.conf.* \(log: .*log\)"):
        server.join()


def test_the_server_listens_on_its_socket_only(running: SharedServer) -> None:
    with psycopg.connect(**address(running.join()), dbname="finder") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_writes_reach_the_disk_before_they_count(running: SharedServer) -> None:
    with psycopg.connect(**address(running.join()), dbname="finder") as connection:
        settings = connection.execute("SELECT current_setting('fsync'), current_setting('data_checksums')")
        assert settings.fetchone() == ("on", "on")


def test_the_log_never_holds_what_was_searched_for(running: SharedServer) -> None:
    place = running.join()
    with psycopg.connect(**address(place), dbname="finder") as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT 'fentanyl in Asheville'::int")
    assert "fentanyl" not in place.log.read_text()


@pytest.mark.usefixtures("as_root")
def test_another_user_cannot_reach_the_socket(running: SharedServer) -> None:
    refused = connect_as_stranger(running)
    assert refused.returncode != 0
    assert "Permission denied" in refused.stderr


@pytest.mark.usefixtures("as_root")
def test_another_user_at_the_socket_is_refused_by_name(server: SharedServer) -> None:
    place = server.join()
    place.sockets.chmod(0o755)
    (place.sockets / ".s.PGSQL.5432").chmod(0o777)
    refused = connect_as_stranger(server)
    assert refused.returncode != 0
    assert "Peer authentication failed" in refused.stderr


@pytest.mark.usefixtures("as_root")
def test_root_runs_it_as_an_unprivileged_account(running: SharedServer) -> None:
    place = running.join()
    pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
    assert os.stat(f"/proc/{pid}").st_uid == place.account.uid != 0


def test_only_its_account_can_read_data_and_log(running: SharedServer) -> None:
    place = running.join()
    assert stat.S_IMODE(place.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.log.stat().st_mode) == 0o600


def test_no_folder_above_changes_its_permissions(server: SharedServer, var: Path) -> None:
    above = [*var.parents]
    before = [(folder.stat().st_mode, folder.stat().st_uid) for folder in above]
    server.join()
    assert [(folder.stat().st_mode, folder.stat().st_uid) for folder in above] == before
