"""Several processes, one server: the first that needs it starts it, the last that leaves stops it.

Every process that uses the server holds a shared lock on `users.lock` for as long as it lives; the kernel
drops the lock of a process that is killed. Starting and stopping both happen under an exclusive lock on
`change.lock`, so nobody can join while the last one is leaving.
"""

import atexit
import fcntl
import os
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

from finder.embedded_postgres import server
from finder.embedded_postgres.account import EmbeddedPostgresError
from finder.embedded_postgres.lock import exclusive, open_lock, try_to_hold_alone
from finder.embedded_postgres.place import Place, claim_sockets, find_place


class SharedServer:
    def __init__(self, var: Path) -> None:
        self._var = var
        self._place: Place | None = None
        self._users_lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._threads = threading.Lock()

    def join(self) -> Place:
        """Make sure, once per process, that the server runs and stays while this process lives."""
        with self._threads:
            if self._place is None:
                self._place = self._joined(find_place(self._var))
                atexit.register(self._leave_at_exit, os.getpid())
            return self._place

    def revive(self) -> bool:
        """Start the server again if it was lost; False when it is there and the trouble is another."""
        with self._threads:
            if self._place is None:
                return False
            with exclusive(_change_lock(self._place)):
                return self._ensure_running(self._place)

    def leave(self) -> None:
        place, lock = self._place, self._users_lock
        if place is None or lock is None:
            return
        with exclusive(_change_lock(place)):
            self._place = self._users_lock = None
            try:
                if try_to_hold_alone(lock):
                    server.stop(place)
                    if self._process:
                        self._process.wait()
            finally:
                os.close(lock)

    def _joined(self, place: Place) -> Place:
        with exclusive(_change_lock(place)):
            lock = open_lock(place.home / "users.lock")
            fcntl.flock(lock, fcntl.LOCK_SH)
            try:
                self._ensure_running(place)
            except BaseException:
                os.close(lock)
                server.clear_sockets(place)
                raise
            self._users_lock = lock
        return place

    def _ensure_running(self, place: Place) -> bool:
        claim_sockets(place)
        if server.is_answering(place):
            return False
        if self._process:
            self._process.poll()
        self._process = server.start(place)
        return True

    def _leave_at_exit(self, joined_by: int) -> None:
        if os.getpid() != joined_by:  # a forked worker: its parent leaves for all
            return
        try:
            self.leave()
        except EmbeddedPostgresError as trouble:
            sys.stderr.write(f"{trouble}\n")


@cache
def shared_server(var: Path) -> SharedServer:
    return SharedServer(var)


def _change_lock(place: Place) -> Path:
    return place.home / "change.lock"
