"""Who may use an address, and how, is visible at the top of its view."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.habits.repository import functions, place, said
from tests.own_addresses import own_addresses

METHODS = {"require_safe", "require_GET", "require_POST", "require_http_methods", "read_only"}


def own_views() -> list[Callable[..., Any]]:
    return [address.callback for address in own_addresses()]


def decorators(view: Callable[..., Any]) -> tuple[str, set[str]]:
    """Where the view is, and the names that stand above it."""
    plain = inspect.unwrap(view)
    path = Path(inspect.getfile(plain))
    node = next(node for node in functions(path) if node.name == plain.__name__)
    return place(path, node.lineno), set(map(_name, node.decorator_list))


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
