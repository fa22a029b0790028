"""The list that a reader is making: in a cookie of the browser's session, so that nothing of it is kept here.
For one of us who keeps lists, it is the one of theirs that is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse

from finder.actions.lists import change_list, contents_of, keep_list
from finder.models import ReferralList
from finder.permissions import may_keep_lists
from finder.referral.contents import Change, Contents, Entry, ListIsFull
from finder.views.own_forms import signed_in

COOKIE, SALT = "list", "finder.own_list"
MOST_BYTES = 3_800
"""Browsers keep 4,096 of a cookie with its name and attributes."""

OPEN = "open_list"
"""In the session of one of us."""


@dataclass(frozen=True, slots=True)
class OwnList:
    contents: Contents
    kept: ReferralList | None = None
    """None for a reader's, and for one that is not begun."""
    links: tuple[int, ...] = ()
    """Of a reader: those that they made of it."""

    def linked(self, link: int) -> "OwnList":
        return replace(self, links=(*self.links, link))


def keeper(request: HttpRequest) -> User | None:
    """Who of us has lists of their own; everyone else's stays in their browser."""
    person = signed_in(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return person if person and may_keep_lists(person) else None


def own_list(request: HttpRequest) -> OwnList:
    person = keeper(request)
    if person is None:
        value = read(request.COOKIES)
        return OwnList(contents_in(value), links=tuple(value.get("l", ())))
    kept = open_list(request, person)
    return OwnList(contents_of(kept), kept) if kept else OwnList(Contents())


def open_list(request: HttpRequest, person: User) -> ReferralList | None:
    """The one that is worked on in this session; none once it was thrown away or is shared no more."""
    pk = request.session.get(OPEN)
    return ReferralList.objects.writable_by(person).filter(pk=pk).first() if pk else None


def change_own_list(request: HttpRequest, change: Change, *, title: str, now: datetime) -> OwnList:
    """`title` is for one that is only now begun."""
    person = keeper(request)
    if person is None:
        own = own_list(request)
        return replace(own, contents=begun(change(own.contents), title))
    kept = open_list(request, person)
    if kept is None:
        kept = keep_list(contents=begun(change(Contents()), title), by=person, now=now)
        request.session[OPEN] = str(kept.pk)
        return OwnList(contents_of(kept), kept)
    return OwnList(change_list(kept=kept, change=change, now=now), kept)


def begun(contents: Contents, title: str) -> Contents:
    return contents if contents.title else Contents(title, contents.entries, contents.starts)


def remember(request: HttpRequest, response: HttpResponse, own: OwnList) -> HttpResponse:
    """The list itself, or of one that is kept here only how long it is: every page shows that."""
    value = {"n": len(own.contents)} if own.kept else plain(own)
    if not own.contents.entries and not own.kept and not own.links:
        if COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        signed(value),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def signed(value: Mapping[str, Any]) -> str:
    text = signing.dumps(value, salt=SALT, compress=True)
    if len(text) > MOST_BYTES:
        raise ListIsFull
    return text


def plain(own: OwnList) -> dict[str, Any]:
    contents = own.contents
    return {
        "t": contents.title,
        "e": [
            [each.listing.hex, each.section, each.note, int(each.note_is_shown)] for each in contents.entries
        ],
        "s": contents.starts,
        "l": own.links,
    }


def read(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """Empty for whatever we did not write."""
    try:
        value = signing.loads(cookies.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return {}
    return value if isinstance(value, Mapping) else {}


def contents_in(value: Mapping[str, Any]) -> Contents:
    return Contents(
        title=value.get("t", ""),
        entries=tuple(map(entry, value.get("e", ()))),
        starts=tuple((category, start) for category, start in value.get("s", ())),
    )


def entry(value: Sequence[Any]) -> Entry:
    listing, section, note, is_shown = value
    return Entry(UUID(listing), section, note, bool(is_shown))


def count_in(cookies: Mapping[str, str]) -> int:
    """How many are on it, without asking the database."""
    if COOKIE not in cookies:
        return 0
    value = read(cookies)
    count: int = value["n"] if "n" in value else len(value.get("e", ()))
    return count
