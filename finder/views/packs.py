"""A county's whole list as one file, to print, to copy onto a stick, and to read without a network."""

import base64
import hashlib
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.context_processors import site
from finder.exporters.pack import Pack
from finder.exporters.pack_parts import MOST_BYTES, Part
from finder.exporters.pack_pdf import CONTENT_TYPE, pack_as_pdf
from finder.geography.states import STATE_NAMES
from finder.views.headers import content_security_policy
from finder.views.packs_counties import County, counties_of, county_called, part_of, split, states
from finder.views.packs_links import address_of_pack
from finder.views.packs_made import Asked, count_words, pack_of, shortened, zip_words
from finder.views.robots import not_indexed

SECONDS_KEPT = 60
"""So short, since what is taken down must not be read on; by the browser alone, since pages show how long
one's own list is."""
FILE_NAME = "list"
"""It tells nobody who looks at the stick what it is."""


class Choice(NamedTuple):
    label: str
    url: str
    counts: str


@require_safe
@cache_control(private=True, max_age=SECONDS_KEPT)
def packs(request: HttpRequest) -> HttpResponse:
    named = sorted((STATE_NAMES[state], state) for state in states())
    choices = [Choice(name, reverse("packs_of_state", args=[state.lower()]), "") for name, state in named]
    return render(request, "packs.html", {"choices": choices, "state": ""})


@require_safe
@cache_control(private=True, max_age=SECONDS_KEPT)
def packs_of_state(request: HttpRequest, state: str) -> HttpResponse:
    counties = counties_of(state.upper())
    if not counties or state.upper() not in STATE_NAMES:
        raise Http404
    choices = [
        Choice(each.name, address_of_pack(each.state, each.name), listing_words(each.listed))
        for each in counties
    ]
    return render(request, "packs.html", {"choices": choices, "state": STATE_NAMES[state.upper()]})


@require_safe
@not_indexed
@cache_control(private=True, max_age=SECONDS_KEPT)
def pack(request: HttpRequest, state: str, county: str) -> HttpResponse:
    found = county_or_404(state, county)
    parts = split(found)
    if len(parts) > 1 and not request.GET.get("area"):
        return render(request, "packs_parts.html", {"county": found, "choices": choices_of(found, parts)})
    return file_of(request, pack_of(asked_for(request, found, parts)))


@require_safe
@not_indexed
@cache_control(private=True, max_age=SECONDS_KEPT)
def pack_pdf(request: HttpRequest, state: str, county: str) -> HttpResponse:
    found = county_or_404(state, county)
    made = pack_of(asked_for(request, found, split(found)))
    response = HttpResponse(pack_as_pdf(made), content_type=CONTENT_TYPE)
    return named(response, request, "pdf")


def listing_words(count: int) -> str:
    return ngettext("%(count)s listing", "%(count)s listings", count) % {"count": count}


def county_or_404(state: str, slug: str) -> County:
    found = county_called(state, slug)
    if found is None:
        raise Http404
    return found


def asked_for(request: HttpRequest, county: County, parts: list[Part]) -> Asked:
    """Of a county without listings, one empty part."""
    parts = parts or [Part(())]
    part = part_of(parts, county, request.GET.get("area", ""))
    if part is None:
        raise Http404
    path = address_of_pack(county.state, county.name)
    more = f"?area={part.key}" if len(parts) > 1 else ""
    return Asked(county, parts, part, timezone.localdate(), request.build_absolute_uri(f"{path}{more}"))


def choices_of(county: County, parts: list[Part]) -> list[Choice]:
    return [
        Choice(
            zip_words(part),
            f"{address_of_pack(county.state, county.name)}?area={part.key}",
            count_words([part]),
        )
        for part in parts
    ]


def file_of(request: HttpRequest, made: Pack) -> HttpResponse:
    """The file itself; on the site with a bar above it, which a saved copy does not need."""
    is_copy = "download" in request.GET
    around: dict[str, object] = {"style": style(), "bar": None if is_copy else bar(request)}
    text = render_to_string("pack.html", {"pack": made, **around})
    if len(text.encode()) > MOST_BYTES:
        text = render_to_string("pack.html", {"pack": shortened(made), **around})
    response = HttpResponse(text)
    response.headers["Content-Security-Policy"] = policy()
    return named(response, request, "html")


class Bar(NamedTuple):
    other_languages: object
    quick_exit_url: str
    copy_url: str
    pdf_url: str


def bar(request: HttpRequest) -> Bar:
    known = site(request)
    area = request.GET.get("area", "")
    more = f"?area={area}" if area else ""
    return Bar(
        known["other_languages"],
        known["quick_exit_url"],
        f"{request.path}{more}{'&' if more else '?'}download=1",
        f"{request.path}pack.pdf{more}",
    )


def named(response: HttpResponse, request: HttpRequest, ending: str) -> HttpResponse:
    kind = "attachment" if "download" in request.GET else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{FILE_NAME}.{ending}"'
    response.headers["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    return response


@cache
def style() -> SafeString:
    """In the file, since a saved copy has nothing beside it. Nothing in it may need an escape."""
    return format_html("<style>{}</style>", css())


@cache
def css() -> str:
    return (settings.BASE_DIR / "static/pack.css").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Of these pages alone: this one style and no script."""
    digest = base64.b64encode(hashlib.sha256(css().encode()).digest()).decode()
    own = content_security_policy().replace("script-src 'self'", "script-src 'none'")
    return own.replace("style-src 'self'", f"style-src 'sha256-{digest}'")
