"""The addresses that this project answers itself; the admin's are Django's."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def own_addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from own_addresses(pattern)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("finder."):
            yield pattern


def own_names() -> set[str]:
    return {str(address.name) for address in own_addresses()}
