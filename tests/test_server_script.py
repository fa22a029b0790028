"""script/server as a person meets it: in a folder with a space, from another folder, without a network."""

import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import django
import pytest
from django.conf import settings

from finder.embedded_postgres.account import Account

PROJECT = ["finder", "fixtures", "locale", "script", "static", "templates", "manage.py"]
REQUIREMENTS = ["requirements.txt", "requirements-dev.txt"]
MOST_SECONDS = 180
"""Patience, not a demand: a first start shares its cores with the tests of other processes."""
PYTHON_NAMES = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"]


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def copy_project(folder: Path) -> None:
    for name in [*PROJECT, *REQUIREMENTS]:
        source = settings.BASE_DIR / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, folder / name)


def pretend_installed(folder: Path, python: str) -> None:
    """What an earlier start leaves behind, so that this one needs no network."""
    write_program(folder / ".venv/bin/python", f'exec "{python}" "$@"')
    requirements = (folder / "requirements.txt").read_bytes()
    stamp = subprocess.run(["cksum"], input=requirements, capture_output=True, check=True).stdout
    (folder / ".venv/installed-requirements.txt").write_bytes(stamp)


@contextmanager
def new_project() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="recovery finder "))
    folder.chmod(0o755)
    copy_project(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    with new_project() as folder:
        pretend_installed(folder, sys.executable)
        yield folder


@pytest.fixture
def bare() -> Iterator[Path]:
    with new_project() as folder:
        yield folder


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Site:
    def __init__(self, folder: Path, port: int, *, account: Account | None = None, **extra: str) -> None:
        self.folder, self.port = folder, port
        self.output = folder / "output"
        identity: dict[str, Any] = {}
        if account and account.is_another:
            identity = {"user": account.uid, "group": account.gid, "extra_groups": []}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [str(folder / "script/server")],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=environment(PORT=str(port), **extra),
                **identity,
            )

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGTERM)

    def printed(self) -> str:
        return self.output.read_text()

    def await_page(self) -> None:
        """The site that prints its address also answers."""
        deadline = time.monotonic() + MOST_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.printed()
            if "The site is at" in self.printed() and status_of(self.port):
                return
            time.sleep(0.05)
        raise AssertionError(f"no page: {self.printed()}")

    def end(self, number: signal.Signals) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(20)

    def postmaster(self) -> int:
        return int((self.folder / "var/postgres/data/postmaster.pid").read_text().splitlines()[0])

    def ask(self, code: str) -> str:
        """`manage.py shell` beside the site."""
        shell = [self.folder / ".venv/bin/python", self.folder / "manage.py", "shell", "-v", "0", "-c", code]
        answer = subprocess.run(shell, capture_output=True, text=True, check=True, env=environment(), cwd="/")
        return answer.stdout.strip()


def environment(**extra: str) -> dict[str, str]:
    ours = {"DATABASE_URL", "DEBUG", "FINDER_VAR_DIR", "SECRET_KEY", "HOST", "PORT", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in ours} | extra


def status_of(port: int, path: str = "/healthz") -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
            return int(page.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def refusal(folder: Path, **extra: str) -> str:
    """The one sentence that a start which cannot succeed ends with."""
    ended = subprocess.run(
        [folder / "script/server"],
        capture_output=True,
        text=True,
        cwd="/",
        env=environment(**extra),
        check=False,
        timeout=30,
    )
    assert ended.returncode not in {0, 126, 127}
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    return ended.stderr.strip()


class Start(NamedTuple):
    printed: str
    processor_seconds: float


def start_and_end(folder: Path, port: int) -> Start:
    """In the processor's time and not the clock's, which other programs use too."""
    before = processor_seconds()
    with Site(folder, port) as site:
        site.await_page()
        printed = site.printed()
    return Start(printed, processor_seconds() - before)


def processor_seconds() -> float:
    """Of the programs started here, and those that they started, which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture(scope="module")
def first_start(installed: Path, port: int) -> Start:
    return start_and_end(installed, port)


def test_the_first_start_prints_the_address(first_start: Start, port: int) -> None:
    assert f"http://127.0.0.1:{port}/" in first_start.printed


def test_the_first_start_prints_an_account_for_each_role(first_start: Start) -> None:
    accounts = re.findall(r"^  (\S.*?\S) +(\w+) +\S{16}$", first_start.printed, re.MULTILINE)
    assert accounts == [
        ("administrator", "admin"),
        ("editor", "editor"),
        ("reviewer", "reviewer"),
        ("case worker", "caseworker"),
    ]


@pytest.mark.usefixtures("first_start")
def test_secrets_can_be_read_by_their_owner_only(installed: Path) -> None:
    modes = [(installed / "var" / name).stat().st_mode for name in ("secret_key", "demonstration-accounts")]
    assert [stat.S_IMODE(mode) for mode in modes] == [0o600, 0o600]


def test_the_second_start_is_quick_and_keeps_the_accounts(
    installed: Path, port: int, first_start: Start
) -> None:
    second = start_and_end(installed, port)
    assert second.processor_seconds < first_start.processor_seconds / 2
    assert second.printed == first_start.printed


@pytest.mark.usefixtures("first_start")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_site_and_its_database(installed: Path, port: int, number: signal.Signals) -> None:
    with Site(installed, port) as site:
        site.await_page()
        assert site.end(number) == 0
        assert not (installed / "var/postgres/data/postmaster.pid").exists()


@pytest.mark.usefixtures("first_start")
def test_after_everything_is_killed_the_next_start_recovers(installed: Path, port: int) -> None:
    with Site(installed, port) as site:
        site.await_page()
        os.kill(site.postmaster(), signal.SIGKILL)
        site.end(signal.SIGKILL)
    with Site(installed, port) as site:
        site.await_page()


@pytest.mark.usefixtures("first_start")
def test_after_the_site_is_killed_the_next_start_takes_its_database_over(installed: Path, port: int) -> None:
    with Site(installed, port) as site:
        site.await_page()
        orphan = site.postmaster()
        site.end(signal.SIGKILL)
    with Site(installed, port) as site:
        site.await_page()
        assert site.postmaster() == orphan


@pytest.mark.usefixtures("first_start")
def test_a_command_beside_the_site_uses_the_same_database(installed: Path, port: int) -> None:
    with Site(installed, port) as site:
        site.await_page()
        running = site.postmaster()
        listings = (
            "from finder.models import ServiceAtLocation as L; print(L.objects.demonstration().exists())"
        )
        assert site.ask(listings) == "True"
        assert site.postmaster() == running


@pytest.mark.usefixtures("first_start")
def test_the_log_leaves_out_what_was_asked(installed: Path, port: int) -> None:
    with Site(installed, port) as site:
        site.await_page()
        assert status_of(port, "/no-such-page?where=Asheville&words=fentanyl") == 404
        assert "Asheville" not in site.printed()


def test_an_ordinary_user_runs_it(bare: Path, port: int) -> None:
    account = Account.unprivileged() if os.geteuid() == 0 else Account.of_uid(os.geteuid())
    pretend_installed(bare, reachable_python(account))
    for path in [bare, *bare.rglob("*")]:
        account.give(path)
    packages = reachable_packages(account, bare)
    with Site(bare, port, account=account, PYTHONPATH=str(packages)) as site:
        site.await_page()
        assert (bare / "var/postgres").stat().st_uid == account.uid


def reachable_python(account: Account) -> str:
    version = "import sys; print(sys.version_info[:2])"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        if account.can_execute(Path(python)):
            found = subprocess.run([python, "-c", version], capture_output=True, text=True, check=False)
            if found.stdout.strip() == str(sys.version_info[:2]):
                return python
    pytest.skip("no Python of this version that an ordinary user can run")


def reachable_packages(account: Account, folder: Path) -> Path:
    """Those of this run, or links to them when they lie in a folder such as /root."""
    packages = Path(django.__file__).parent.parent
    if account.can_enter(packages):
        return packages
    return Path(shutil.copytree(packages, folder / "packages", copy_function=link_or_copy))


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_a_taken_port_is_named(installed: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert f"Port {taken} is taken by another program" in refusal(installed, PORT=str(taken))


def test_a_port_that_is_no_number_is_named(installed: Path) -> None:
    assert "PORT must be a number" in refusal(installed, PORT="http")


def test_an_unreachable_database_is_named(installed: Path, port: int) -> None:
    url = "postgres://finder:secret-word@127.0.0.1:1/finder"
    sentence = refusal(installed, PORT=str(port), DATABASE_URL=url)
    assert "The database of DATABASE_URL cannot be reached" in sentence
    assert "secret-word" not in sentence


def test_a_database_of_another_kind_is_refused(installed: Path, port: int) -> None:
    assert "DATABASE_URL must read postgres://" in refusal(
        installed, PORT=str(port), DATABASE_URL="mysql://a/b"
    )


def test_data_of_another_version_is_named(bare: Path, port: int) -> None:
    pretend_installed(bare, sys.executable)
    data = bare / "var/postgres/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    assert "was made by PostgreSQL 15" in refusal(bare, PORT=str(port))


def test_an_old_python_is_named(bare: Path, tmp_path: Path) -> None:
    for name in PYTHON_NAMES:
        write_program(tmp_path / name, "exit 1")
    assert "Python 3.11 or newer is needed" in refusal(bare, PATH=f"{tmp_path}:{os.defpath}")


def test_an_absent_venv_module_is_named(bare: Path, tmp_path: Path) -> None:
    without_venv = f'case "$*" in *ensurepip*) exit 1;; *) exec "{sys.executable}" "$@";; esac'
    for name in PYTHON_NAMES:
        write_program(tmp_path / name, without_venv)
    assert "venv module is missing" in refusal(bare, PATH=f"{tmp_path}:{os.defpath}")


def test_a_folder_that_cannot_be_written_is_named(bare: Path) -> None:
    bare.chmod(0o555)
    account = Account.unprivileged() if os.geteuid() == 0 else Account.of_uid(os.geteuid())
    ended = account.run(bare / "script/server")
    bare.chmod(0o755)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"The folder {bare} cannot be written by this user: change its owner, or copy it elsewhere.\n"
    )
