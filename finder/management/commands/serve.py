import errno
import ipaddress
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection, connections
from django.utils import timezone
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from finder.actions.demonstration_accounts import ensure_demonstration_accounts
from finder.actions.times import refresh_times
from finder.embedded_postgres.account import EmbeddedPostgresError
from finder.management.static_files import collect_static_files
from finder.management.web_server import WebServer, worker_count
from finder.models import ServiceAtLocation

REFRESHED_BEFORE = 2000  # listings; of a larger directory the first search for a time starts the rest
PORT_SECONDS = 3  # the workers of a site that was killed hold its port for a moment


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @classmethod
    def from_environment(cls) -> Self:
        host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
        return cls(host.strip("[]"), int(port))

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Command(BaseCommand):
    help = "Set up the site and serve it, with its database when DATABASE_URL is unset (HOST, PORT)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reload", action="store_true", help="for development: reload changed code")
        parser.add_argument("--without-demo", action="store_true", help="load no demonstration listings")

    def handle(self, *args: Any, reload: bool, without_demo: bool, **options: Any) -> None:
        address = Address.from_environment()
        if reload and os.environ.get(DJANGO_AUTORELOAD_ENV):
            call_command("runserver", str(address), skip_checks=True)
            return
        signal.signal(signal.SIGTERM, _leave)
        try:
            _wait_for_port(address)
            self._prepare(address, without_demo=without_demo)
            connections.close_all()
            if reload:
                os.environ["DEBUG"] = "1"  # for the child that serves
                call_command("runserver", str(address), skip_checks=True)
            else:
                WebServer(bind=str(address), workers=worker_count()).run()
        except KeyboardInterrupt:
            sys.exit(130)

    def _prepare(self, address: Address, *, without_demo: bool) -> None:
        _refuse_unreachable_database()
        call_command("set_up", without_demo=without_demo, verbosity=0)
        refresh_times(now=timezone.now(), at_most=REFRESHED_BEFORE)
        collect_static_files()
        self.stdout.write(f"The site is at http://{address}/ (Ctrl-C stops it)")
        if address.is_loopback and ServiceAtLocation.objects.filter(is_demo=True).exists():
            self._print_accounts()
        self.stdout.flush()

    def _print_accounts(self) -> None:
        self.stdout.write("Demonstration accounts (user name, password):")
        for account in ensure_demonstration_accounts(file=settings.VAR_DIR / "demonstration-accounts"):
            self.stdout.write(f"  {account.role:<14} {account.username:<11} {account.password}")


def _leave(*_: Any) -> None:
    sys.exit(128 + signal.SIGTERM)


def _wait_for_port(address: Address) -> None:
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        try:
            return _try_port(address)
        except OSError as trouble:
            if time.monotonic() > deadline or not _is_taken(trouble):
                raise CommandError(_port_sentence(address, trouble)) from trouble
        time.sleep(0.2)


def _try_port(address: Address) -> None:
    family, kind, protocol, _, sockaddr = socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(sockaddr)
        trial.listen()


def _is_taken(trouble: OSError) -> bool:
    return trouble.errno == errno.EADDRINUSE


def _port_sentence(address: Address, trouble: OSError) -> str:
    if _is_taken(trouble):
        return f"Port {address.port} is taken by another program: stop it, or choose another with PORT=8001."
    return f"The site cannot listen on {address}: {trouble.strerror or trouble}."


def _refuse_unreachable_database() -> None:
    try:
        connection.ensure_connection()
    except EmbeddedPostgresError as trouble:
        raise CommandError(str(trouble)) from trouble
    except OperationalError as trouble:
        first_line = str(trouble).strip().partition("\n")[0].rstrip(".")
        raise CommandError(f"The database of DATABASE_URL cannot be reached: {first_line}.") from trouble
