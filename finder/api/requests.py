"""How the API takes a request: it only reads, with no account and no cookie. The rest is in the settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from rest_framework.decorators import api_view


def read_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """GET and HEAD through REST framework; stays a plain function, with its name and place."""
    handled = api_view(["GET", "HEAD"])(view)

    setattr(handled.cls, "default_response_headers", {})  # noqa: B010 - a property there; else each says Allow

    @wraps(view)
    def respond(*args: Any, **kwargs: Any) -> HttpResponseBase:
        return handled(*args, **kwargs)

    for name in ("cls", "initkwargs", "csrf_exempt"):  # what the description and Django look for
        setattr(respond, name, getattr(handled, name))
    return respond
