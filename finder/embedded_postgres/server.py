"""Drives PostgreSQL's own programs. Every function is called under the lock that `sharing` holds."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from psycopg.pq import PGconn, Ping

from finder.embedded_postgres.account import EmbeddedPostgresError
from finder.embedded_postgres.place import Place, major_version

ROLE = DATABASE = "finder"
PORT = "5432"  # only part of the socket's name: the server listens on no network address
START_SECONDS = 300  # recovery after a crash replays what was written since the last checkpoint
LEAVE_SECONDS = 20
POLL_SECONDS = 0.02
LOG_BYTES = 1_000_000

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    # Sized for a laptop with two cores.
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    # A failing statement carries what a person searched for: it never reaches the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


def is_answering(place: Place) -> bool:
    return _ping(place) == Ping.OK


def start(place: Place) -> subprocess.Popen[bytes] | None:
    """Make the data folder when there is none; recover from whatever the last server left behind."""
    if not place.data.exists():
        _create_data(place)
    _refuse_other_version(place)
    if _ping(place) == Ping.REJECT and _await_answer(place, None):
        return None
    _clear_remains(place)
    _write_access_rules(place)
    with _open_log(place) as log:
        process = place.account.start(*_command(place), log=log)
    if not _await_answer(place, process):
        raise EmbeddedPostgresError(f"PostgreSQL did not start: {_last_word(place)} (log: {place.log}).")
    return process


def stop(place: Place) -> None:
    stopped = place.account.run(
        place.program("pg_ctl"), "stop", "-D", place.data, "-m", "fast", "-t", str(LEAVE_SECONDS)
    )
    if stopped.returncode != 0 and (place.data / "postmaster.pid").exists():
        raise EmbeddedPostgresError(f"PostgreSQL did not stop: see {place.log}.")
    clear_sockets(place)


def clear_sockets(place: Place) -> None:
    with suppress(OSError):  # absent, or in use
        place.sockets.rmdir()


def address(place: Place) -> dict[str, str]:
    """What libpq needs to know to connect."""
    return {"host": str(place.sockets), "port": PORT, "user": ROLE}


def _create_data(place: Place) -> None:
    """Under another name until it is whole, so that a start cut short leaves nothing half made."""
    unfinished = place.home / "data-unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    place.account.give(unfinished)
    _must_succeed(
        place,
        *("initdb", "-D", unfinished, "-U", "postgres", "--auth=peer", "--encoding=UTF8"),
        *("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )
    _must_succeed(
        place,
        *("postgres", "--single", "-D", unfinished, "-c", "exit_on_error=on", "postgres"),
        stdin=f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n",
    )
    unfinished.rename(place.data)


def _must_succeed(place: Place, name: str, *arguments: str | Path, stdin: str = "") -> None:
    ended = place.account.run(place.program(name), *arguments, stdin=stdin)
    if ended.returncode != 0:
        said = (ended.stderr.strip() or ended.stdout.strip() or "no message").splitlines()[-1]
        raise EmbeddedPostgresError(f"The database could not be made in {place.data}: {said}.")


def _refuse_other_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    if found != major_version():
        raise EmbeddedPostgresError(
            f"{place.data} was made by PostgreSQL {found} and this is PostgreSQL {major_version()}: "
            "export your listings with the version that made it, or move the folder away to start anew."
        )


def _clear_remains(place: Place) -> None:
    """After a crash: processes of the old server, and its lock files once nobody works on the data.

    PostgreSQL would refuse to start while the number in a lock file belongs to any process of the same
    account, even one that merely got the number since, or one that is dead but not yet collected.
    """
    if not Path("/proc/self").exists():
        return
    if any(_processes_at(place.data)):
        place.account.run(place.program("pg_ctl"), "stop", "-D", place.data, "-m", "fast", "-t", "5")
    deadline = time.monotonic() + LEAVE_SECONDS
    while any(_processes_at(place.data)):
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"An old PostgreSQL still works on {place.data}: end it and try again."
            )
        time.sleep(POLL_SECONDS)
    for remains in (place.data / "postmaster.pid", *place.sockets.glob(".s.PGSQL.*")):
        remains.unlink(missing_ok=True)


def _processes_at(folder: Path) -> Iterator[int]:
    """All of PostgreSQL's processes stay in their data folder."""
    folder = folder.resolve()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if os.readlink(entry / "cwd") == str(folder):
                    yield int(entry.name)


def _write_access_rules(place: Place) -> None:
    """The kernel vouches for who connects: root and the server's own account, nobody else."""
    people = dict.fromkeys(["root", place.account.name])
    identities = "".join(f"finder {json.dumps(person)} {ROLE}\n" for person in people)
    for name, text in {
        "pg_hba.conf": f"local all {ROLE} peer map=finder\n",
        "pg_ident.conf": identities,
    }.items():
        path = place.home / name
        path.write_text(text)
        path.chmod(0o644)


def _command(place: Place) -> list[str | Path]:
    files = {
        "hba_file": place.home / "pg_hba.conf",
        "ident_file": place.home / "pg_ident.conf",
        "unix_socket_directories": f'"{place.sockets}"',
    }
    settings = [f"--{name}={value}" for name, value in {**SETTINGS, **files}.items()]
    return [place.program("postgres"), "-D", place.data, *settings]


def _await_answer(place: Place, process: subprocess.Popen[bytes] | None) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        answer = _ping(place)
        if answer == Ping.OK:
            return True
        gone = process.poll() is not None if process else answer == Ping.NO_RESPONSE
        if gone:
            return False
        time.sleep(POLL_SECONDS)
    return False


def _ping(place: Place) -> Ping:
    return Ping(PGconn.ping(f"host='{place.sockets}' port={PORT} user={ROLE} dbname={DATABASE}".encode()))


def _open_log(place: Place) -> IO[bytes]:
    fresh = not place.log.exists() or place.log.stat().st_size > LOG_BYTES
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if fresh else os.O_APPEND)
    return os.fdopen(os.open(place.log, flags, 0o600), "wb")


def _last_word(place: Place) -> str:
    lines = place.log.read_text(errors="replace").splitlines()
    told = [line for line in lines if "FATAL:" in line or "PANIC:" in line] or lines or ["no message"]
    return told[-1].split(":  ", 1)[-1].rstrip(".")
