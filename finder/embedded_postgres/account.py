"""The operating system account that the server runs as: PostgreSQL refuses to be root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from django.db.utils import OperationalError

UNPRIVILEGED_NAMES = ("postgres", "nobody")


class EmbeddedPostgresError(OperationalError):
    """One sentence for the person at the terminal."""


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @classmethod
    def of_uid(cls, uid: int) -> Self:
        try:
            entry = pwd.getpwuid(uid)
        except KeyError:
            raise EmbeddedPostgresError(
                f"PostgreSQL needs the user with number {uid} to have a name: add one to /etc/passwd, "
                "or set DATABASE_URL."
            ) from None
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @classmethod
    def unprivileged(cls) -> Self:
        for name in UNPRIVILEGED_NAMES:
            try:
                return cls.of_uid(pwd.getpwnam(name).pw_uid)
            except KeyError:
                continue
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root and this machine has neither a user postgres nor a user nobody: "
            "start the site as an ordinary user, or set DATABASE_URL."
        )

    @property
    def is_another(self) -> bool:
        return self.uid != os.geteuid()

    def give(self, path: Path) -> None:
        if self.is_another:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(self, *command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            **self._identity(),
        )

    def start(self, *command: str | Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """In a session of its own, so that Ctrl-C in the terminal reaches the site and not its database."""
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **self._identity(),
        )

    def can_enter(self, folder: Path) -> bool:
        return not self.is_another or self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def can_execute(self, program: Path) -> bool:
        if not self.is_another:
            return True
        try:
            return self.run(program, "--version").returncode == 0
        except OSError:
            return False

    def _identity(self) -> dict[str, Any]:
        """A clean environment (no PG* variables, messages in English) and a folder anybody can enter."""
        common = {"cwd": "/", "env": {"LC_ALL": "C", "PATH": os.defpath}}
        if not self.is_another:
            return common
        return common | {"user": self.uid, "group": self.gid, "extra_groups": []}
