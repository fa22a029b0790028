"""nginx with the file that deploy/ holds for it, as Debian would include it, on ports of its own."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
NAME = "finder.example.org"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Instance(BaseHTTPRequestHandler):
    """Stands for the site; hangs up when the address says so."""

    received: list[dict[str, str]] = []

    def do_GET(self) -> None:
        if "hang-up" in self.path:
            self.connection.close()
            return
        self.received.append(dict(self.headers))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        pass


class Proxy:
    def __init__(self, folder: Path, *, instances: tuple[int, int], site: str) -> None:
        self.folder, self.port, self.plain_port = folder, free_port(), free_port()
        self.site = self._moved(site, instances)
        self.config = folder / "nginx.conf"
        self.config.write_text(self._around(self.site))
        self._make_certificate()

    def _moved(self, site: str, instances: tuple[int, int]) -> str:
        site = re.sub(r"\n *listen \[::\][^\n]*", "", site)
        for old, new in {
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "127.0.0.1:8001": f"127.0.0.1:{instances[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{instances[1]}",
            "/etc/finder/tls": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "root /srv/finder/deploy/nginx": f'root "{DEPLOY}/nginx"',
        }.items():
            assert old in site, f"{old} is not in the file"
            site = site.replace(old, new)
        return site

    def _around(self, site: str) -> str:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        user = "user root;\n" if os.geteuid() == 0 else ""
        return (
            f"{user}daemon off;\nworker_processes 1;\npid {self.folder}/pid;\n"
            f"error_log {self.folder}/nginx-error.log;\nevents {{}}\n"
            f"http {{\naccess_log {self.folder}/access.log;\n{places}{site}\n}}\n"
        )

    def _make_certificate(self) -> None:
        request = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}")
        files = ("-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem")
        subprocess.run(["openssl", *request, *files], check=True, capture_output=True)

    def command(self, *more: str) -> list[str]:
        return [str(NGINX), "-c", str(self.config), "-e", str(self.folder / "start.log"), *more]

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        process = subprocess.Popen(self.command(), stderr=subprocess.DEVNULL)
        try:
            self._await_port(process)
            yield self
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)

    def _await_port(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            assert process.poll() is None, (self.folder / "start.log").read_text()
            with closing(socket.socket()) as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("nginx does not listen")

    def ask(self, path: str, *, method: str = "GET", body: str = "", **headers: str) -> tuple[int, str]:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), 10)
        with closing(HTTPSConnection(NAME)) as asking:
            asking.sock = trusting.wrap_socket(plain, server_hostname=NAME)
            asking.request(method, path, body=body or None, headers=headers)
            with asking.getresponse() as answer:
                return answer.status, answer.read().decode()

    def files_that_hold(self, word: str) -> list[str]:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path.name for path in files if word.encode() in path.read_bytes()]

    def log(self) -> str:
        return (self.folder / "finder.log").read_text()
