"""A web server of the tests' own, on the loopback address."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


class Feeds(BaseHTTPRequestHandler):
    """Each path answers as the test that uses it says."""

    answers: dict[str, Answer]

    def do_GET(self) -> None:
        self.answers[self.path.partition("?")[0]](self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Silent."""


@contextmanager
def serving() -> Iterator[ThreadingHTTPServer]:
    handler = type("OwnFeeds", (Feeds,), {"answers": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()


def origin(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def answering(server: ThreadingHTTPServer, path: str, answer: Answer) -> str:
    server.RequestHandlerClass.answers[path] = answer  # type: ignore[attr-defined]
    return f"{origin(server)}{path}"


def sends(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer
