"""How to join a meeting from home: told to a person who asks for it, on no other page and to no crawler."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from finder.views.groups import Group, Meeting, once_each, ways_in_of
from finder.views.htmx import wants_parts
from finder.views.listing import listing_context, published_listing

WEB = ("https://", "http://")
LONG_NUMBER, NATIONAL_NUMBER = 11, 10


@dataclass(frozen=True, slots=True)
class WayIn:
    """Meetings that are joined alike, and how."""

    meetings: tuple[Meeting, ...]
    url: str
    site: str
    """Whose page the link opens."""
    phone: str
    phone_href: str
    notes: str


# It changes nothing and tells a reader no more than any other reader: there is nothing to forge, and a token
# would need a cookie, which readers are not given.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@vary_on_headers("HX-Request")
def how_to_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The listing's page with the part opened, or the part. Who comes by a link has not asked."""
    found = published_listing(pk)
    if request.method != "POST":
        return redirect(found)
    context = listing_context(found, now=timezone.now())
    group = context["group"]
    opened = context | {"ways_in": ways_in(group) if isinstance(group, Group) else []}
    return render(request, "_joining.html" if wants_parts(request) else "listing.html", opened)


def ways_in(group: Group) -> list[WayIn]:
    by_schedule = {each.schedule_id: each for each in ways_in_of(group.meetings)}
    alike: dict[tuple[str, str, str], list[Meeting]] = {}
    for meeting in group.meetings:
        if way := by_schedule.get(meeting.schedule.pk):
            alike.setdefault((way.url, way.phone, way.notes), []).append(meeting)
    return [way_in(meetings, *said) for said, meetings in alike.items()]


def way_in(meetings: Iterable[Meeting], url: str, phone: str, notes: str) -> WayIn:
    is_link = url.startswith(WEB)
    return WayIn(
        meetings=once_each(meetings),
        url=url if is_link else "",
        site=(urlsplit(url).hostname or "").removeprefix("www.") if is_link else "",
        phone=phone,
        phone_href=phone_href(phone),
        notes=notes,
    )


def phone_href(phone: str) -> str:
    """Commas are pauses and stay; a number sign would end the address, so it is written %23 (RFC 3986)."""
    number, *codes = re.split(r"(?=[,;#*])", re.sub(r"[^\d+,;*#]", "", phone), maxsplit=1)
    if len(number) == NATIONAL_NUMBER:
        number = f"+1{number}"
    elif len(number) == LONG_NUMBER and number.startswith("1"):
        number = f"+{number}"
    return f"tel:{number}{quote(''.join(codes), safe=',*')}" if number else ""
