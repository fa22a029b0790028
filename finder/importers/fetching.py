"""Feeds from the web: only from hosts that the operator named, in bounded time and size.

What is fetched is asked for by its numeric address, looked up and judged once: a name that leads inside the
operator's network is refused, and cannot change its mind between the look and the visit.
"""

import socket
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import urljoin, urlsplit

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import SSLError as CertificateError
from urllib3.exceptions import TimeoutError as TimedOut

SECONDS = 60.0
MOST_BYTES = 50 * 1024 * 1024
"""Thrice the largest feed that is known, a fellowship's of a whole country."""

MOST_REDIRECTS = 3
CHUNK = 64 * 1024
PORTS = {"https": 443, "http": 80}
REDIRECTS = {301, 302, 303, 307, 308}
SUFFIXES = (".json", ".csv", ".xlsx")
SUFFIX_OF_TYPE = {
    "application/json": ".json",
    "text/json": ".json",
    "text/javascript": ".json",
    "application/javascript": ".json",
    "text/csv": ".csv",
    "application/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
NAMELESS_TYPES = {"", "text/plain", "application/octet-stream", "binary/octet-stream"}
"""What servers say of a file whose kind they do not know: its name, else its reader, then decides."""

TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64: an address of IPv4 inside one of IPv6, whose network only the operator's router knows."""

HEADERS = {
    "User-Agent": "RecoveryFinder/1.0 (meeting feeds)",
    "Accept": "application/json, text/csv, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


class NotFetched(Exception):  # noqa: N818 (it reads as a sentence: raise NotFetched)
    """Why a feed was not fetched, in one sentence; never with what follows the host, which may be a key."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that the operator allowed, taken apart."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """As FEED_HOSTS writes it: https and the usual port go without saying."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        place = named if self.port == PORTS[self.scheme] else f"{named}:{self.port}"
        return place if self.scheme == "https" else f"http://{place}"


@contextmanager
def fetched(
    url: str,
    *,
    allowed_hosts: Collection[str],
    timeout: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Iterator[Path]:
    """The feed as a file, gone afterwards. `timeout`: seconds for all of it. Raises `NotFetched`."""
    with tempfile.TemporaryDirectory(prefix="feed-") as folder:
        with Deadline(timeout) as deadline:
            path = download(url, Path(folder), allowed_hosts, deadline, most_bytes)
        yield path


@dataclass
class Deadline:
    """Ends whatever a server draws out: when the time is over, the connection is shut."""

    seconds: float
    is_over: bool = False
    opened: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.ends_at = time.monotonic() + self.seconds
        self.timer = threading.Timer(self.seconds, self.end)
        self.timer.daemon = True
        self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.timer.cancel()

    @property
    def left(self) -> float:
        return max(0.01, self.ends_at - time.monotonic())

    def end(self) -> None:
        self.is_over = True
        for each in self.opened:
            shut(each)

    def watch(self, opened: socket.socket) -> None:
        self.opened.append(opened)
        if self.is_over:
            shut(opened)


def shut(opened: socket.socket) -> None:
    try:
        opened.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def download(
    url: str, folder: Path, allowed_hosts: Collection[str], deadline: Deadline, most_bytes: int
) -> Path:
    """Follows redirects as long as they stay with hosts that are allowed."""
    target = allowed(url, allowed_hosts)
    for _ in range(MOST_REDIRECTS + 1):
        try:
            response = asked(target, deadline)
            location = response.headers.get("Location", "") if response.status in REDIRECTS else ""
            if not location:
                return saved(response, target, folder, deadline, most_bytes)
            response.close()
        except (HTTPError, HTTPException, OSError, ValueError) as fault:
            raise NotFetched(why(fault, target, deadline)) from None
        target = allowed(urljoin(target.url, location), allowed_hosts)
    raise NotFetched(f"{target.host} sent us from one address to the next more than {MOST_REDIRECTS} times.")


def allowed(url: str, allowed_hosts: Collection[str]) -> Target:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NotFetched("The address of the feed is no web address.") from None
    if parts.scheme not in PORTS or not parts.hostname or not url.isprintable():
        raise NotFetched("The address of the feed must begin with https:// and name a host.")
    if parts.username is not None or parts.password is not None:
        raise NotFetched(f"The address of the feed at {parts.hostname} holds a user name; leave it out.")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    target = Target(url, parts.scheme, parts.hostname, port, path)
    if target.origin not in {each.casefold() for each in allowed_hosts}:
        raise NotFetched(f"{target.origin} is not among the hosts that feeds may come from (FEED_HOSTS).")
    return target


class Watched(HTTPConnection):
    deadline: Deadline

    def connect(self) -> None:
        super().connect()
        self.deadline.watch(self.sock)


class WatchedOverTls(HTTPSConnection):
    deadline: Deadline

    def connect(self) -> None:
        super().connect()
        self.deadline.watch(self.sock)


def asked(target: Target, deadline: Deadline) -> BaseHTTPResponse:
    """One request, to the address that was judged; the name still counts for the certificate."""
    address = str(judged_address(target))
    pool: HTTPConnectionPool
    if target.scheme == "https":
        pool = HTTPSConnectionPool(
            address,
            target.port,
            timeout=deadline.left,
            server_hostname=target.host,
            assert_hostname=target.host,
        )
        pool.ConnectionCls = type("OfThisFetch", (WatchedOverTls,), {"deadline": deadline})
    else:
        pool = HTTPConnectionPool(address, target.port, timeout=deadline.left)
        pool.ConnectionCls = type("OfThisFetch", (Watched,), {"deadline": deadline})
    headers = {**HEADERS, "Host": target.origin.removeprefix("http://")}
    return pool.urlopen(
        "GET", target.path, headers=headers, redirect=False, retries=False, preload_content=False
    )


def judged_address(target: Target) -> IPv4Address | IPv6Address:
    """A number that the operator wrote down is taken at their word; a name must lead to the public net."""
    try:
        return ip_address(target.host)
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(f"There is no host {target.host}.") from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise NotFetched(f"{target.host} leads to a private network address.")
    return public[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """An IPv6 address may carry another of IPv4 in it."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        return address not in TRANSLATED and (is_public(inner) if inner else usable(address))
    return usable(address)


def usable(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


def saved(
    response: BaseHTTPResponse, target: Target, folder: Path, deadline: Deadline, most_bytes: int
) -> Path:
    with closing(response):
        if response.status != 200:
            raise NotFetched(f"{target.host} answered with status {response.status}.")
        path = folder / f"feed{suffix(response, target)}"
        with path.open("wb") as file:
            copy(response, file, target, most_bytes)
    if deadline.is_over:
        raise NotFetched(too_slow(target, deadline))
    return path


def suffix(response: BaseHTTPResponse, target: Target) -> str:
    """Readers tell formats by it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    named = PurePosixPath(target.path.partition("?")[0]).suffix.lower()
    if kind in SUFFIX_OF_TYPE:
        return SUFFIX_OF_TYPE[kind]
    if kind not in NAMELESS_TYPES:
        raise NotFetched(f"{target.host} sent {kind[:60]}, which is no feed.")
    return named if named in SUFFIXES else ".json"


def copy(response: BaseHTTPResponse, file: BinaryIO, target: Target, most_bytes: int) -> None:
    """Counted as it is after decompression, so that a small answer cannot grow without end."""
    size = 0
    for chunk in response.stream(CHUNK, decode_content=True):
        size += len(chunk)
        if size > most_bytes:
            raise NotFetched(f"The feed of {target.host} is larger than {most_bytes:,} bytes.")
        file.write(chunk)


def why(fault: Exception, target: Target, deadline: Deadline) -> str:
    is_late = isinstance(fault, TimeoutError | TimedOut) and not isinstance(fault, NewConnectionError)
    if deadline.is_over or is_late:
        return too_slow(target, deadline)
    if isinstance(fault, CertificateError):
        return f"{target.host} did not show a valid certificate."
    return f"{target.host} could not be reached, or broke off."


def too_slow(target: Target, deadline: Deadline) -> str:
    return f"{target.host} took longer than {deadline.seconds:g} seconds."
