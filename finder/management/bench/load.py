"""How many searches a second the site answers: its own web server, and clients that wait for each answer."""

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from django.core.management import CommandError
from django.db import connections

from finder.management.web_server import WebServer

WORKERS = 2
CLIENTS = 4
SECONDS_TO_START = 20
SECONDS_TO_STOP = 15


@dataclass(slots=True)
class Load:
    seconds: float
    answers: int = 0
    errors: int = 0

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


def put_under_load(urls: Sequence[str], *, seconds: float) -> Load:
    """Each client walks through all the addresses, every one from another start."""
    load = Load(seconds)
    with site_served() as port:
        ask_until(port, urls, time.monotonic() + min(seconds / 4, 3), Load(seconds))
        deadline = time.monotonic() + seconds
        offsets = [client * len(urls) // CLIENTS for client in range(CLIENTS)]
        clients = [
            threading.Thread(target=ask_until, args=(port, [*urls[offset:], *urls[:offset]], deadline, load))
            for offset in offsets
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    return load


def ask_until(port: int, urls: Sequence[str], deadline: float, load: Load) -> None:
    client = HTTPConnection("127.0.0.1", port, timeout=30)
    asked = 0
    while time.monotonic() < deadline:
        try:
            client.request("GET", urls[asked % len(urls)], headers={"X-Forwarded-Proto": "https"})
            response = client.getresponse()
            response.read()
            failed = response.status != 200
        except (OSError, HTTPException):
            client.close()
            failed = True
        asked += 1
        with _counting:
            load.errors += failed
            load.answers += not failed
    client.close()


_counting = threading.Lock()


@contextmanager
def site_served() -> Iterator[int]:
    """On a free port of this machine alone, from the database in use now."""
    port = free_port()
    connections.close_all()
    server = multiprocessing.get_context("fork").Process(target=serve, args=(port,))
    server.start()
    try:
        wait_for_answer(port)
        yield port
    finally:
        server.terminate()
        server.join(SECONDS_TO_STOP)
        if server.is_alive():
            server.kill()
            server.join()


def serve(port: int) -> None:
    WebServer(bind=f"127.0.0.1:{port}", workers=WORKERS).run()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_for_answer(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            client = HTTPConnection("127.0.0.1", port, timeout=5)
            client.request("GET", "/healthz")
            client.getresponse().read()
            return
        except (OSError, HTTPException):
            time.sleep(0.1)
        finally:
            client.close()
    raise CommandError("The web server did not answer.")
