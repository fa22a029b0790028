"""A list that someone shared: to read, to keep and to print, by whoever has its link or its code."""

from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder.actions.lists import contents_of
from finder.api.rate_limit import address_of, is_this_machine, seconds_to_wait
from finder.enums import CareCategory
from finder.referral.contents import Contents
from finder.referral.shown import ShownList
from finder.views.list_files import FileKind, file_of, kinds_for
from finder.views.list_listings import Found
from finder.views.list_texts import texts_of
from finder.views.moments import zone_words
from finder.views.opened_link import (
    OpenedLink,
    kept_to_oneself,
    look_up,
    moment_words,
    not_opened,
    opens_link,
)
from finder.views.shown_list import listings_of, shown_list, with_paths
from finder.views.too_many import too_many

MOST_SIGNS_TYPED = 40
PAPERS_A_MINUTE = 20
"""Of one network."""


class Download(NamedTuple):
    label: str
    url: str


@require_safe
@kept_to_oneself
def list_code(request: HttpRequest) -> HttpResponse:
    """Asks for the code that stands on paper, and leads to its list."""
    typed = request.GET.get("code", "").strip()[:MOST_SIGNS_TYPED]
    if not typed:
        return render(request, "list_code.html")
    found = look_up(request, typed)
    if isinstance(found, OpenedLink):
        return redirect("shared_list", found.key)
    return not_opened(request, typed=typed) if found.status_code == 404 else found


@require_safe
@kept_to_oneself
@opens_link
def shared_list(request: HttpRequest, opened: OpenedLink) -> HttpResponse:
    contents = contents_of(opened.link.referral_list)
    found = listings_of(contents)
    shown = shown_by(request, opened, contents, found)
    return render(request, "shared_list.html", page_of(shown, found, opened))


@require_safe
@kept_to_oneself
@opens_link
def shared_list_file(request: HttpRequest, opened: OpenedLink, kind: str) -> HttpResponse:
    """In another language where one is asked for: a paper for someone who reads Spanish."""
    if kind == FileKind.PDF and (wait := seconds_to_wait_for_paper(request)):
        return too_many(request, wait)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language()
    contents = contents_of(opened.link.referral_list)
    with override(language):
        found = listings_of(contents)
        return file_of(
            shown_by(request, opened, contents, found, is_for_paper=kind == FileKind.PDF),
            found.listings,
            kind,
            absolute=request.build_absolute_uri,
            now=opened.now,
            large_type=request.GET.get("size") == "large",
        )


def seconds_to_wait_for_paper(request: HttpRequest) -> int:
    """Setting a sheet takes a process and a second."""
    address = address_of(request)
    return 0 if is_this_machine(address) else seconds_to_wait("shared-list-paper", address, PAPERS_A_MINUTE)


def shown_by(
    request: HttpRequest, opened: OpenedLink, contents: Contents, found: Found, *, is_for_paper: bool = False
) -> ShownList:
    """Paper carries the moment at which it was printed, so that it can say what changed since."""
    path = reverse("shared_list", args=[opened.key])
    query = "?" + urlencode({"since": moment_words(opened.now)}) if is_for_paper else ""
    return shown_list(
        contents,
        found=found,
        since=opened.since,
        now=opened.now,
        absolute=request.build_absolute_uri,
        link=request.build_absolute_uri(path + query),
        code=opened.code,
        expires=_("The link ends on %(date)s.") % {"date": ends_on(opened)},
    )


def page_of(shown: ShownList, found: Found, opened: OpenedLink) -> dict[str, object]:
    categories = {code for item in shown.items for code, _word in item.categories}
    return {
        "shown": with_paths(shown),
        "as_of": moment_shown(shown, has_zone=bool(found.listings)),
        "count": len(list(shown.items)),
        "ends_on": ends_on(opened),
        "is_printed": opened.is_printed,
        "has_demo": any(item.is_demo for item in shown.items),
        "has_detox": CareCategory.WITHDRAWAL_MANAGEMENT in categories,
        "has_care": bool(categories - {CareCategory.SUPPORT_GROUP}),
        "has_groups": CareCategory.SUPPORT_GROUP in categories,
        "files": downloads(kinds_for(found.listings, now=opened.now), opened),
        "other_paper": other_paper(opened),
        "texts": texts_of(replace(shown, link="", code="", expires="")),
    }


def ends_on(opened: OpenedLink) -> str:
    return date_format(opened.link.expires_at)


def moment_shown(shown: ShownList, *, has_zone: bool) -> dict[str, str]:
    """On the list's own clock: a template would say it on the server's."""
    return {
        "date": date_format(shown.as_of),
        "time": time_format(shown.as_of),
        "zone": zone_words(str(shown.as_of.tzinfo)) if has_zone else "UTC",
    }


def downloads(kinds: list[FileKind], opened: OpenedLink) -> list[Download]:
    labels = {
        FileKind.TEXT: _("As text"),
        FileKind.CALENDAR: _("Meetings for your calendar"),
        FileKind.CONTACTS: _("Numbers as contacts"),
        FileKind.TABLE: _("As a table"),
    }
    return [
        Download(_("To print (PDF)"), file_url(opened, FileKind.PDF)),
        Download(_("To print, large letters (PDF)"), file_url(opened, FileKind.PDF, size="large")),
        *(Download(label, file_url(opened, kind)) for kind, label in labels.items() if kind in kinds),
    ]


def other_paper(opened: OpenedLink) -> list[tuple[str, Download]]:
    """The paper in the other languages, each named in its own."""
    found = []
    for code, _name in settings.LANGUAGES:
        if code != get_language():
            with override(code):
                label = _("To print, in Spanish (PDF)") if code == "es" else _("To print, in English (PDF)")
            found.append((code, Download(label, file_url(opened, FileKind.PDF, language=code))))
    return found


def file_url(opened: OpenedLink, kind: FileKind, **asked: str) -> str:
    address = reverse("shared_list_file", args=[opened.key, kind.value])
    return f"{address}?{urlencode(asked)}" if asked else address
