"""Pages that one address may ask for only so often: for what writes or costs much, never for searching."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from finder.api.rate_limit import address_of, seconds_to_wait

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """`wait`: in seconds."""
    response = render(request, "429.html", {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def at_most_per_minute(rate: int) -> Callable[[View[P]], View[P]]:
    def limit(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            wait = seconds_to_wait(view.__qualname__, address_of(request), rate)
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return limited

    return limit
