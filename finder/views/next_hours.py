"""The next 24 hours near a place, across all three kinds of help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.actions.times import refresh_if_short
from finder.enums import CareCategory
from finder.filters import SearchFilterSet
from finder.geography.places import ONLINE, PlaceKind
from finder.geography.readings import Reading
from finder.search.answer import answer
from finder.search.question import SearchQuestion, Sort, When
from finder.views.addresses import Pairs, changed, pairs_of, search_address, uses_distance, without
from finder.views.filter_form import miles_choices, typed
from finder.views.headings import Chip
from finder.views.home import CATEGORY_CHOICES
from finder.views.list_titles import title_of_search
from finder.views.moments import zone_words
from finder.views.own_list import own_list
from finder.views.search import places_like, said
from finder.views.timeline import Entry, Part, entries_of, parts_of

PAGE_SIZE = 50
FAR_MILES = 100
LEAST_ENTRIES = 10
PAGES_LOOKED_THROUGH = 3
"""A page of listings that are only open, with nothing to go to, leads on to the next."""
ONLINE_SHOWN = 5
SAID_BY_THE_PAGE = {"sort", "when"}
ZONE_WITHOUT_A_PLACE = "America/New_York"
"""By which most people of the United States live."""


@dataclass(frozen=True, slots=True)
class NextHours:
    """What one page shows below its form."""

    parts: Sequence[Part]
    online: Sequence[Entry]
    zone_words: str
    has_groups: bool
    has_detox: bool
    has_demo: bool
    later_url: str
    online_url: str
    next_steps: Sequence[Chip]


class NextForm(NamedTuple):
    near: str
    miles: Sequence[tuple[str, bool]]
    category: str
    faults: Mapping[str, Sequence[str]]
    is_folded: bool = False
    kept: Sequence[tuple[str, str]] = ()
    """What was asked and has no field here."""

    @property
    def categories(self) -> list[tuple[str, str, bool]]:
        return [(value, str(label), value == self.category) for value, label in CATEGORY_CHOICES]


@require_safe
@cache_control(no_store=True)
def next_hours(request: HttpRequest) -> HttpResponse:
    asked = SearchFilterSet(data=said(request.GET))
    if not asked.is_valid():
        return misunderstood(request, asked.errors_for_people)
    question, now = in_next_hours(asked.question), timezone.now()
    refresh_if_short(now=now)
    context = {
        "heading": heading(question),
        "form": form_of(question),
        "errors": [],
        "places": [],
        "other_places": other_readings(question),
        "found": shown(question, now=now),
        "listed": own_list(request).contents,
        "own_address": request.get_full_path(),
        "list_title": title_of_search(question, today=timezone.localdate(now)),
    }
    return render(request, "next.html", context)


def misunderstood(request: HttpRequest, faults: Mapping[str, Sequence[str]]) -> HttpResponse:
    places = places_like(request.GET.get("near", "")) if "near" in faults else []
    context = {
        "heading": _("The next 24 hours"),
        "form": form_of_faults(request.GET, faults),
        "errors": [sentence for sentences in faults.values() for sentence in sentences],
        "places": [Chip(place.label, next_address((("near", place.label),))) for place in places],
        "other_places": [],
        "found": None,
        "listed": (),
        "own_address": "",
        "list_title": "",
    }
    return render(request, "next.html", context, status=400)


def in_next_hours(question: SearchQuestion) -> SearchQuestion:
    """Whatever time, order or room was asked, and of fewer pages than a search has. A meeting has room."""
    return replace(
        question,
        when=When.NEXT_24_HOURS,
        start_from=None,
        start_until=None,
        zone="",
        has_room=False,
        sort=Sort.SOONEST,
        page_size=PAGE_SIZE,
    )


def next_address(pairs: Pairs) -> str:
    asked = [pair for pair in pairs if pair[0] not in SAID_BY_THE_PAGE]
    return reverse("next") + ("?" + urlencode(asked) if asked else "")


def heading(question: SearchQuestion) -> str:
    if question.reading is None:
        return _("The next 24 hours")
    place = question.reading.place
    match place.kind:
        case PlaceKind.ONLINE:
            return _("Online in the next 24 hours")
        case PlaceKind.STATE | PlaceKind.COUNTY:
            return _("The next 24 hours in %(place)s") % {"place": place.label}
        case PlaceKind.POINT if place.city:
            return _("The next 24 hours near %(place)s") % {"place": f"{place.city}, {place.state}"}
        case _other:
            return _("The next 24 hours near %(place)s") % {"place": place.label}


def form_of(question: SearchQuestion) -> NextForm:
    fields = typed(question)
    kept = [pair for pair in pairs_of(question) if pair[0] in {"need", "not", "q"}]
    category = question.categories[0] if len(question.categories) == 1 else ""
    return NextForm(
        near=fields["near"],
        miles=miles_choices(fields["within"]),
        category=category,
        faults={},
        is_folded=question.reading is not None,
        kept=kept,
    )


def form_of_faults(parameters: QueryDict, faults: Mapping[str, Sequence[str]]) -> NextForm:
    near, within, category = (parameters.get(name, "") for name in ("near", "within", "category"))
    return NextForm(near, miles_choices(within), category, faults)


def other_readings(question: SearchQuestion) -> list[Chip]:
    others = question.reading.others if question.reading else ()
    pairs = pairs_of(question)
    return [Chip(place.label, next_address(changed(pairs, "near", place.query))) for place in others]


def shown(question: SearchQuestion, *, now: datetime) -> NextHours:
    zone = zone_of(question)
    entries, last_page, has_later = gathered(question, zone=zone, now=now)
    pairs = pairs_of(question)
    from_home = [] if question.page > 1 else online_entries(question, zone=zone, now=now)
    every = [*entries, *from_home]
    categories = {code for entry in every for code, _word in entry.categories} | {*question.categories}
    return NextHours(
        parts=parts_of(entries, now=now, zone=zone),
        online=from_home,
        zone_words=zone_words(zone.key),
        has_groups=CareCategory.SUPPORT_GROUP in categories,
        has_detox=CareCategory.WITHDRAWAL_MANAGEMENT in categories,
        has_demo=any(entry.listing.is_demo for entry in every),
        later_url=next_address(changed(pairs, "page", str(last_page + 1))) if has_later else "",
        online_url=next_address(online_pairs(pairs)),
        next_steps=next_steps(question) if question.reading and not entries else [],
    )


def zone_of(question: SearchQuestion) -> ZoneInfo:
    place = question.reading.place if question.reading else ONLINE
    return ZoneInfo(place.timezone or ZONE_WITHOUT_A_PLACE)


def gathered(question: SearchQuestion, *, zone: ZoneInfo, now: datetime) -> tuple[list[Entry], int, bool]:
    """The entries, the last page of listings looked through, and whether later ones are left."""
    entries: list[Entry] = []
    page = question.page
    if question.reading is None:
        return entries, page, False
    while True:
        found = answer(replace(question, page=page), now=now)
        entries = [*entries, *entries_of(found.results, question, zone=zone, now=now)]
        has_later = page * question.page_size < found.count
        if not has_later or len(entries) >= LEAST_ENTRIES or page - question.page >= PAGES_LOOKED_THROUGH:
            return entries, page, has_later
        page += 1


def online_entries(question: SearchQuestion, *, zone: ZoneInfo, now: datetime) -> list[Entry]:
    """Meetings from anywhere, below those of a place."""
    wanted = {CareCategory.SUPPORT_GROUP.value} & set(question.categories or CareCategory.values)
    if not wanted or (question.reading and question.reading.place == ONLINE):
        return []
    online = replace(question, reading=Reading(ONLINE), categories=tuple(wanted))
    found = answer(online, now=now)
    return entries_of(found.results, online, zone=zone, now=now)[:ONLINE_SHOWN]


def online_pairs(pairs: Pairs) -> Pairs:
    asked = without(without(pairs, "near"), "category")
    return (("near", ONLINE.query), ("category", CareCategory.SUPPORT_GROUP.value), *asked)


def next_steps(question: SearchQuestion) -> list[Chip]:
    pairs = pairs_of(question)
    steps = []
    if uses_distance(question) and question.within < FAR_MILES:
        farther = next_address(changed(pairs, "within", str(FAR_MILES)))
        steps.append(Chip(_("Look within %(miles)d miles") % {"miles": FAR_MILES}, farther))
    if question.categories:
        steps.append(Chip(_("Look for every kind of help"), next_address(without(pairs, "category"))))
    if question.reading and question.reading.place != ONLINE:
        steps.append(Chip(_("Support groups online"), next_address(online_pairs(pairs))))
    anytime = tuple(pair for pair in pairs if pair[0] not in SAID_BY_THE_PAGE)
    steps.append(Chip(_("Look at any time, not only today"), search_address(anytime)))
    return steps
