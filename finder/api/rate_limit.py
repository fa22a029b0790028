"""How often one address may ask. No address is kept: only a keyed hash of it, for a minute, in the cache."""

import time
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


def seconds_to_wait(what: str, address: str, rate: int) -> int:
    """Counts one request; zero while there are no more than `rate` of them in this minute."""
    if not rate:
        return 0
    key = f"rate:{what}:{int(time.time()) // SECONDS}:{unnamed(address)}"
    if cache.add(key, 1, SECONDS):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # it was put out of the cache this very moment
        return 0
    return seconds_left() if count > rate else 0


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
