"""How often one address may ask. No address is kept: only a keyed hash of it, for a minute, in the cache."""

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which imports this module

SECONDS = 60
IPV6_NETWORK_BITS = 64
"""What one household or machine is given: all of it counts as one."""


class PerAddress(BaseThrottle):
    """At most `API_RATE` requests in each minute of the clock; 0 is no limit.

    Whoever asks from this very machine is the operator, whose scripts and checks are not counted.
    """

    def allow_request(self, request: Request, view: "APIView") -> bool:
        address = address_of(request)
        return is_this_machine(address) or not seconds_to_wait("api", address, settings.API_RATE)

    def wait(self) -> float:
        return seconds_left()


def address_of(request: HttpRequest | Request) -> str:
    """Of whoever asks; behind `NUM_PROXIES` proxies, what the outermost of them was asked by."""
    return BaseThrottle().get_ident(cast(Request, request)) or ""


@dataclass(frozen=True, slots=True)
class Window:
    """Counts something in each stretch of the clock, apart for each `who`. At most `rate`; 0 is no limit."""

    what: str
    rate: int
    seconds: int = SECONDS

    def count(self, who: str) -> int:
        """One more; how many that makes."""
        key = self.key(who)
        if cache.add(key, 1, self.seconds):
            return 1
        try:
            return cache.incr(key)
        except ValueError:  # it was put out of the cache this very moment
            return 0

    def is_full(self, who: str) -> bool:
        """Counts nothing."""
        counted: int = cache.get(self.key(who), 0)
        return 0 < self.rate <= counted

    def key(self, who: str) -> str:
        return f"rate:{self.what}:{int(time.time()) // self.seconds}:{who}"

    def seconds_left(self) -> int:
        return self.seconds - int(time.time()) % self.seconds


def seconds_to_wait(what: str, address: str, rate: int) -> int:
    """Counts one request; zero while there are no more than `rate` of them in this minute."""
    window = Window(what, rate)
    if not rate or window.count(unnamed(address)) <= rate:
        return 0
    return window.seconds_left()


def seconds_left() -> int:
    return SECONDS - int(time.time()) % SECONDS


def unnamed(address: str) -> str:
    """Tells two addresses apart for a day, and gives neither away."""
    salt = f"finder.rate_limit:{timezone.now():%Y-%m-%d}"
    return salted_hmac(salt, network_of(address), algorithm="sha256").hexdigest()


def is_this_machine(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback


def network_of(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(int(parsed) >> (128 - IPV6_NETWORK_BITS))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
