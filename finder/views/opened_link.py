"""Opens a shared link, or says the one same thing of every link that does not open.

Whoever guesses is slowed: misses are counted, never what opens. See docs/decisions/0024-shared-links.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from finder.actions.list_links import code_of, open_link, spaced
from finder.api.rate_limit import Window, address_of, unnamed
from finder.models import SharedLink
from finder.views.errors import not_found
from finder.views.too_many import too_many

P = ParamSpec("P")

OF_ONE_NETWORK = Window("shared-links", rate=20)
OF_ALL = Window("shared-links-of-all", rate=600, seconds=3600)
EVERYONE = "everyone"
MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class OpenedLink:
    link: SharedLink
    key: str
    """By which it was opened: its secret, or its code as people read it out."""
    printed_at: datetime | None
    """When the paper was printed that led here."""
    now: datetime

    @property
    def since(self) -> datetime:
        return self.printed_at or self.link.made_at

    @property
    def is_printed(self) -> bool:
        return self.link.is_paper or self.printed_at is not None

    @property
    def code(self) -> str:
        return self.key if code_of(self.key) else ""


def kept_to_oneself(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """In no cache, no search engine and no referrer, whatever the answer is."""

    @wraps(view)
    def respond(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return respond


def opens_link(
    view: Callable[Concatenate[HttpRequest, OpenedLink, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """For views of what a link opens, by its `token`. Reading changes nothing, and counts nothing."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = look_up(request, token)
        if isinstance(found, HttpResponse):
            return found
        try:
            return view(request, found, *args, **kwargs)
        except Http404 as fault:
            return not_found(request, fault)

    return opened


def look_up(request: HttpRequest, typed: str) -> OpenedLink | HttpResponse:
    """Whoever missed too often is told to wait before anything is looked up: what was right, too."""
    network = unnamed(address_of(request))
    if OF_ONE_NETWORK.is_full(network):
        return too_many(request, OF_ONE_NETWORK.seconds_left())
    # Only codes are short enough to be guessed: a flood of guesses shuts no door that a link opens.
    if code_of(typed) and OF_ALL.is_full(EVERYONE):
        return too_many(request, OF_ALL.seconds_left())
    now = timezone.now()
    link = open_link(typed, now=now)
    if link is None:
        OF_ONE_NETWORK.count(network)
        OF_ALL.count(EVERYONE)
        return not_opened(request)
    code = code_of(typed)
    return OpenedLink(
        link=link,
        key=spaced(code) if code else typed,
        printed_at=moment_of(request.GET.get("since", ""), link, now=now),
        now=now,
    )


def not_opened(request: HttpRequest, *, typed: str = "") -> HttpResponse:
    """Ended, taken back or never made: nobody is told which."""
    return render(request, "shared_list_gone.html", {"typed": typed}, status=404)


def moment_of(text: str, link: SharedLink, *, now: datetime) -> datetime | None:
    """Only one between when the link was made and now."""
    try:
        moment = datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if link.made_at.replace(microsecond=0) <= moment <= now else None


def moment_words(moment: datetime) -> str:
    """For an address: `moment_of` reads it."""
    return moment.astimezone(UTC).strftime(MOMENT)
