import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from finder.embedded_postgres.server import address, is_answering
from finder.embedded_postgres.sharing import SharedServer

JOIN_AND_WAIT = """
import sys, pathlib
from finder.embedded_postgres.place import tempfile
tempfile.tempdir = sys.argv[2]
from finder.embedded_postgres.sharing import shared_server
place = shared_server(pathlib.Path(sys.argv[1])).join()
print((place.data / "postmaster.pid").read_text().splitlines()[0], flush=True)
sys.stdin.read()
"""

JOIN_AND_FORK = """
import os, sys, pathlib
from finder.embedded_postgres.place import tempfile
tempfile.tempdir = sys.argv[2]
from finder.embedded_postgres.server import is_answering
from finder.embedded_postgres.sharing import shared_server
place = shared_server(pathlib.Path(sys.argv[1])).join()
if not os.fork():
    sys.exit()
print(os.wait()[1], is_answering(place))
"""


class Neighbor:
    """Another process that uses the same server."""

    def __init__(self, var: Path, sockets: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", JOIN_AND_WAIT, str(var), str(sockets)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def joined(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate("", timeout=20)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def postmaster(server: SharedServer) -> int:
    return int((server.join().data / "postmaster.pid").read_text().splitlines()[0])


def query(server: SharedServer, statement: str) -> object:
    with psycopg.connect(**address(server.join()), dbname="finder") as connection:
        row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
    return row and row[0]


def await_death(child: int) -> None:
    """It stays for its parent to notice."""
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)


def test_the_first_to_join_makes_a_database_that_the_role_owns(running: SharedServer) -> None:
    assert (
        query(running, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname='finder'") == "finder"
    )


def test_the_role_is_no_superuser_and_can_make_test_databases(running: SharedServer) -> None:
    assert (
        query(running, "SELECT rolcreatedb AND NOT rolsuper FROM pg_roles WHERE rolname = 'finder'") is True
    )


def test_letters_of_every_language_are_lowered(running: SharedServer) -> None:
    assert query(running, "SELECT lower('ÁÑÜ')") == "áñü"


def test_the_server_stays_while_another_process_uses_it(
    server: SharedServer, var: Path, sockets: Path
) -> None:
    neighbor = Neighbor(var, sockets)
    pid = neighbor.joined()
    assert postmaster(server) == pid
    neighbor.leave()
    assert query(server, "SELECT 1") == 1


def test_the_last_to_leave_stops_the_server(server: SharedServer, var: Path, sockets: Path) -> None:
    place = server.join()
    neighbor = Neighbor(var, sockets)
    neighbor.joined()
    server.leave()
    assert is_answering(place)
    neighbor.leave()
    assert not is_answering(place)
    assert not (place.data / "postmaster.pid").exists()
    assert not place.sockets.exists()


def test_processes_that_start_at_once_share_one_server(
    server: SharedServer, var: Path, sockets: Path
) -> None:
    neighbors = [Neighbor(var, sockets) for _ in range(3)]
    pids = {neighbor.joined() for neighbor in neighbors}
    for neighbor in neighbors:
        neighbor.leave()
    assert len(pids) == 1


def test_joining_and_leaving_in_turn_never_meets_a_stopped_server(
    server: SharedServer, var: Path, sockets: Path
) -> None:
    server.join()
    leaving, coming = Neighbor(var, sockets), Neighbor(var, sockets)
    leaving.joined()
    coming.joined()
    server.leave()
    leaving.leave()
    assert query(server, "SELECT 1") == 1
    coming.leave()


def test_after_a_process_is_killed_its_server_is_found_and_stopped_by_the_next(
    server: SharedServer, var: Path, sockets: Path
) -> None:
    neighbor = Neighbor(var, sockets)
    pid = neighbor.joined()
    neighbor.kill()
    assert postmaster(server) == pid
    place = server.join()
    server.leave()
    assert not is_answering(place)


def test_a_killed_server_is_started_again_with_its_data(server: SharedServer) -> None:
    with psycopg.connect(**address(server.join()), dbname="finder") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    pid = postmaster(server)
    os.kill(pid, signal.SIGKILL)
    await_death(pid)
    assert server.revive()
    assert query(server, "SELECT number FROM kept") == 42


def test_nothing_is_started_again_while_the_server_answers(running: SharedServer) -> None:
    running.join()
    assert not running.revive()


def test_a_process_number_left_in_the_lock_file_does_not_keep_the_server_out(server: SharedServer) -> None:
    place = server.join()
    server.leave()
    (place.data / "postmaster.pid").write_text(f"{os.getppid()}\n{place.data}\n1\n5432\n\n\n\n\n")
    place.account.give(place.data / "postmaster.pid")
    assert query(server, "SELECT 1") == 1


def test_a_start_cut_short_leaves_nothing_half_made(server: SharedServer, var: Path) -> None:
    place = server.join()
    server.leave()
    place.data.rename(place.home / "data-unfinished")
    (place.home / "data-unfinished" / "PG_VERSION").unlink()
    assert query(server, "SELECT 1") == 1


def test_a_forked_child_leaves_the_server_to_its_parent(var: Path, sockets: Path) -> None:
    """In a process of its own: one that has threads, as the tests' may have, should not fork."""
    command = [sys.executable, "-c", JOIN_AND_FORK, str(var), str(sockets)]
    forked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert forked.stdout == "0 True\n"
