"""The addresses that this project answers itself; the desk is Django's admin, with its own gate."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def own_addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from own_addresses(pattern)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("finder."):
            yield pattern


def own_names() -> set[str]:
    return {address.name for address in own_addresses() if address.name}
