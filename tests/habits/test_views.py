"""Who may use an address, and how, is visible at the top of its view."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.habits.repository import functions, place, said

METHODS = {"require_safe", "require_GET", "require_POST", "require_http_methods"}


def own_views(resolver: URLResolver | None = None) -> Iterator[Callable[..., Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from own_views(pattern)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("finder."):
            yield pattern.callback


def decorators(view: Callable[..., Any]) -> tuple[str, set[str]]:
    """Where the view is, and the names that stand above it."""
    plain = inspect.unwrap(view)
    path = Path(inspect.getfile(plain))
    node = next(node for node in functions(path) if node.name == plain.__name__)
    names = {inspect.cleandoc(part) for part in map(_name, node.decorator_list)}
    return place(path, node.lineno), names


def _name(decorator: Any) -> str:
    called = getattr(decorator, "func", decorator)
    return str(getattr(called, "id", getattr(called, "attr", "")))


def test_every_view_is_a_function() -> None:
    faults = [f"{view.__module__}.{view.__name__}" for view in own_views() if hasattr(view, "view_class")]
    assert not faults, said(faults)


def test_every_view_says_its_methods() -> None:
    found = [decorators(view) for view in own_views()]
    faults = [where for where, names in found if not names & METHODS]
    assert len(found) >= 8
    assert not faults, said(faults)
