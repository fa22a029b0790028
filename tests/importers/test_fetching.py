import gzip
import logging
import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from finder.importers import fetching
from finder.importers.fetching import NotFetched, fetched, is_public
from tests.own_web import Answer, answering, origin, sends, serving


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with serving() as server:
        yield server


def drips(head: bytes, drop: bytes) -> Answer:
    """Never pauses long enough for a read to time out, and never ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(head)
            while True:
                handler.wfile.write(drop)
                time.sleep(0.05)
        except OSError:
            return

    return answer


def got(server: ThreadingHTTPServer, url: str, **limits: Any) -> bytes:
    with fetched(url, **{"allowed_hosts": [origin(server)], "timeout": 5, **limits}) as path:
        return path.read_bytes()


def refused(server: ThreadingHTTPServer, url: str, **limits: Any) -> str:
    with pytest.raises(NotFetched) as told:
        got(server, url, **limits)
    return str(told.value)


def test_a_feed_is_there_as_a_file_and_gone_afterwards(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/feed", sends(b"[]", Content_Type="application/json"))
    with fetched(url, allowed_hosts=[origin(server)]) as path:
        assert (path.read_bytes(), path.suffix) == (b"[]", ".json")
    assert not path.exists()


@pytest.mark.parametrize(
    ("path", "kind", "suffix"),
    [
        ("/feed", "text/csv; charset=utf-8", ".csv"),
        ("/list.csv", "application/octet-stream", ".csv"),
        ("/list.xlsx", "application/octet-stream", ".xlsx"),
        ("/feed.php", "text/plain", ".json"),
        ("/feed.csv", "application/json", ".json"),
    ],
)
def test_its_kind_is_in_its_name(server: ThreadingHTTPServer, path: str, kind: str, suffix: str) -> None:
    url = answering(server, path, sends(b"x", Content_Type=kind))
    with fetched(url, allowed_hosts=[origin(server)]) as file:
        assert file.suffix == suffix


def test_a_compressed_feed_is_unpacked(server: ThreadingHTTPServer) -> None:
    body = gzip.compress(b'[{"name": "Home Group"}]')
    url = answering(server, "/feed", sends(body, Content_Encoding="gzip"))
    assert got(server, url) == b'[{"name": "Home Group"}]'


@pytest.mark.parametrize("hosts", [[], ["intergroup.example.org"], ["127.0.0.1"], ["https://127.0.0.1"]])
def test_a_host_that_the_operator_did_not_name_is_refused(
    server: ThreadingHTTPServer, hosts: list[str]
) -> None:
    url = answering(server, "/feed", sends(b"[]"))
    assert refused(server, url, allowed_hosts=hosts).endswith(
        "is not among the hosts that feeds may come from (FEED_HOSTS)."
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://intergroup.example.org/feed", "must begin with https://"),
        ("file:///etc/passwd", "must begin with https://"),
        ("intergroup.example.org/feed", "must begin with https://"),
        ("https://[::1", "is no web address"),
        ("https://intergroup.example.org:99999/", "is no web address"),
        ("https://user:secret@intergroup.example.org/", "holds a user name"),
        ("http://intergroup.example.org/", "not among the hosts"),
        ("https://intergroup.example.org:8443/", "not among the hosts"),
        ("https://intergroup.example.org.evil.example/", "not among the hosts"),
        ("https://intergroup.example.org/\r\nX: y", "must begin with https://"),
    ],
)
def test_an_address_that_is_not_exactly_as_allowed_is_refused(
    server: ThreadingHTTPServer, url: str, told: str
) -> None:
    assert told in refused(server, url, allowed_hosts=["intergroup.example.org"])


def lookup_of(*addresses: str) -> Callable[..., list[Any]]:
    return lambda *args, **kwargs: [(0, 0, 0, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lookup_of(address))
    told = refused(server, "https://feeds.example.org/", allowed_hosts=["feeds.example.org"])
    assert told == "feeds.example.org leads to a private network address."


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("fd00::1", False),
        ("224.0.0.1", False),
    ],
)
def test_private_addresses_are_known_in_every_form(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_a_name_is_looked_up_once_and_asked_at_the_address_that_was_judged(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise the second time leads nowhere else."""
    looked_up: list[str] = []

    def look_up(host: str, *args: Any, **kwargs: Any) -> list[Any]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", server.server_port))]

    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    answering(server, "/feed", lambda handler: sends(handler.headers["Host"].encode())(handler))
    name = f"http://feeds.example.org:{server.server_port}"
    assert got(server, f"{name}/feed", allowed_hosts=[name]) == name.removeprefix("http://").encode()
    assert looked_up[0] == "feeds.example.org"
    assert set(looked_up[1:]) <= {"127.0.0.1"}


def test_a_name_that_does_not_exist_is_told(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> list[Any]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    told = refused(server, "https://feeds.example.org/", allowed_hosts=["feeds.example.org"])
    assert told == "There is no host feeds.example.org."


def test_a_redirect_to_an_allowed_host_is_followed(server: ThreadingHTTPServer) -> None:
    answering(server, "/new", sends(b"[1]"))
    url = answering(server, "/old", sends(b"", status=302, Location="/new?page=2"))
    assert got(server, url) == b"[1]"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "http://127.0.0.1:1/", "http://localhost/", "file:///etc/passwd"]
)
def test_a_redirect_elsewhere_is_refused(server: ThreadingHTTPServer, elsewhere: str) -> None:
    url = answering(server, "/old", sends(b"", status=301, Location=elsewhere))
    assert "not among the hosts" in refused(server, url) or "must begin" in refused(server, url)


def test_redirects_come_to_an_end(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/round", sends(b"", status=307, Location="/round"))
    assert refused(server, url).endswith("from one address to the next more than 3 times.")


@pytest.mark.parametrize("status", [204, 304, 403, 404, 500])
def test_any_other_answer_is_told_with_its_status(server: ThreadingHTTPServer, status: int) -> None:
    url = answering(server, "/feed", sends(b"", status=status))
    assert refused(server, url) == f"127.0.0.1 answered with status {status}."


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "image/png", "application/zip"])
def test_what_is_no_feed_is_refused_by_its_kind(server: ThreadingHTTPServer, kind: str) -> None:
    url = answering(server, "/feed", sends(b"<html>", Content_Type=kind))
    assert refused(server, url) == f"127.0.0.1 sent {kind.partition(';')[0]}, which is no feed."


def test_a_feed_that_is_too_large_is_refused(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/feed", sends(b"x" * 1001))
    assert refused(server, url, most_bytes=1000) == "The feed of 127.0.0.1 is larger than 1,000 bytes."


def test_a_feed_of_just_the_size_is_taken(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/feed", sends(b"x" * 1000))
    assert len(got(server, url, most_bytes=1000)) == 1000


def test_a_small_answer_that_unpacks_to_a_huge_one_is_refused(server: ThreadingHTTPServer) -> None:
    bomb = gzip.compress(b"0" * 20_000_000)
    assert len(bomb) < 50_000
    url = answering(server, "/feed", sends(bomb, Content_Encoding="gzip"))
    assert "is larger than 1,000,000 bytes" in refused(server, url, most_bytes=1_000_000)


def test_what_claims_to_be_compressed_and_is_not_is_told(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/feed", sends(b"not gzip", Content_Encoding="gzip"))
    assert refused(server, url) == "127.0.0.1 could not be reached, or broke off."


DRAWN_OUT = {
    "a body": drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "its headers": drips(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
    "one endless header": drips(b"HTTP/1.1 200 OK\r\nX-More: ", b"x"),
    "nothing at all": lambda handler: time.sleep(3),
}


@pytest.mark.parametrize("what", DRAWN_OUT)
def test_a_server_that_draws_it_out_is_left(server: ThreadingHTTPServer, what: str) -> None:
    url = answering(server, "/feed", DRAWN_OUT[what])
    began = time.monotonic()
    assert refused(server, url, timeout=0.4) == "127.0.0.1 took longer than 0.4 seconds."
    assert time.monotonic() - began < 2


def test_an_answer_that_breaks_off_is_told(server: ThreadingHTTPServer) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")

    url = answering(server, "/feed", break_off)
    assert refused(server, url) == "127.0.0.1 could not be reached, or broke off."


def test_nobody_at_home_is_told(server: ThreadingHTTPServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"
    assert refused(server, nobody, allowed_hosts=[nobody]) == "127.0.0.1 could not be reached, or broke off."


def test_a_server_without_a_certificate_is_not_believed(server: ThreadingHTTPServer) -> None:
    answering(server, "/feed", sends(b"[]"))
    place = f"127.0.0.1:{server.server_port}"
    told = refused(server, f"https://{place}/feed", allowed_hosts=[place])
    assert told == "127.0.0.1 did not show a valid certificate."


def test_neither_log_nor_message_holds_what_may_be_a_key(
    server: ThreadingHTTPServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    assert logging.getLogger("urllib3").getEffectiveLevel() >= logging.WARNING
    url = answering(server, "/path-k3y", sends(b"", status=500))
    told = refused(server, f"{url}?key=k3y")
    elsewhere = answering(server, "/old", sends(b"", status=302, Location="https://evil.example/?k3y"))
    told += refused(server, elsewhere)
    assert "k3y" not in told + caplog.text + "".join(capfd.readouterr())
