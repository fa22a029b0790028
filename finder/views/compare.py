"""Up to four listings side by side: what each of them says to the same questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.enums import CareCategory
from finder.forms import place_not_found
from finder.geography.places import Place, PlaceKind
from finder.geography.position import Position
from finder.geography.readings import PlaceNotFound, Reading, read_place
from finder.models import ListingIndex, Redirect, ServiceAtLocation
from finder.referral.contents import MOST_ENTRIES, Contents
from finder.views.cards import category_words
from finder.views.compare_facts import FactRow, Part, parts_of, supervised_row
from finder.views.compare_words import WordsRow, first_rows, times_rows
from finder.views.list_changes import uuids
from finder.views.list_titles import title
from finder.views.own_list import own_list
from finder.views.phones import ToCall, number_to_call
from finder.views.safety import ShownSafety, shown_safety
from finder.views.timeline import with_schedules

MOST_COMPARED = 4
MEASURED_FROM = {PlaceKind.ZIP, PlaceKind.CITY, PlaceKind.POINT}


@dataclass(frozen=True, slots=True)
class Column:
    """One of the listings: its head, and what can be done with it."""

    listing: str
    """Its key."""
    name: str
    url: str
    categories: tuple[tuple[str, str], ...]
    phone: ToCall | None
    is_listed: bool
    leave_out_url: str
    """The same comparison without it."""


@dataclass(frozen=True, slots=True)
class Near:
    """The place that distances are measured from, as it was typed and as it was understood."""

    typed: str
    place: Place | None = None
    corrected: bool = False
    fault: str = ""
    safety: Sequence[ShownSafety] = ()

    @property
    def measures(self) -> bool:
        return self.place is not None and self.place.kind in MEASURED_FROM

    @property
    def position(self) -> Position | None:
        return self.place.position if self.place and self.measures else None


@dataclass(frozen=True, slots=True)
class Comparison:
    columns: tuple[Column, ...]
    supervised: FactRow | None
    first: tuple[WordsRow, ...]
    parts: tuple[Part, ...]
    times: tuple[WordsRow, ...]
    """Of the part that asks when."""
    has_demo: bool
    has_detox: bool


@require_safe
@cache_control(no_store=True)
def compare(request: HttpRequest) -> HttpResponse:
    named, now = request.GET.getlist("listing"), timezone.now()
    near, own = near_of(request.GET.get("near", "")), own_list(request).contents
    rows, notes = rows_named(named, near.position)
    comparison = comparison_of(rows, near, own, now=now) if len(rows) > 1 else None
    context = {
        "comparison": comparison,
        "notes": notes,
        "near": near,
        "named": [str(row.pk) for row in rows],
        "choices": [] if comparison else choices_of(rows, own),
        "list_title": title(near.place.city if near.place else "", today=timezone.localdate(now)),
        "own_address": request.get_full_path(),
    }
    return render(request, "compare.html", context)


def near_of(typed: str) -> Near:
    typed = typed.strip()
    if not typed:
        return Near(typed)
    try:
        reading: Reading = read_place(typed)
    except PlaceNotFound as missing:
        return Near(typed, fault=place_not_found(missing), safety=shown_safety(typed))
    return Near(typed, place=reading.place, corrected=reading.corrected)


def rows_named(named: Sequence[str], position: Position | None) -> tuple[list[ListingIndex], list[str]]:
    """The first four that anyone may see, and in words what became of the others."""
    asked = uuids([text for text in named if text.strip()])
    found = rows_of(dict.fromkeys(asked), position)
    each_once = list({row.pk: row for key in asked if (row := found.get(key))}.values())
    absent = len([text for text in named[:MOST_ENTRIES] if text.strip()]) - sum(key in found for key in asked)
    repeated = sum(key in found for key in asked) - len(each_once)
    return each_once[:MOST_COMPARED], notes_of(absent, repeated, len(each_once))


def rows_of(keys: Iterable[UUID], position: Position | None) -> dict[UUID, ListingIndex]:
    """By the key that was asked for: one that was merged leads to the one that was kept."""
    keys = list(keys)
    if not keys:
        return {}
    merged = Redirect.objects.filter(old_listing__in=keys)
    heirs: dict[UUID, UUID] = dict(merged.values_list("old_listing_id", "listing_id").order_by("pk"))
    known = ListingIndex.objects.of_published().with_listings().with_distance(position)
    rows = known.in_bulk([heirs.get(key, key) for key in keys])
    return {key: rows[heir] for key in keys if (heir := heirs.get(key, key)) in rows}


def notes_of(absent: int, repeated: int, count: int) -> list[str]:
    notes = []
    if count > MOST_COMPARED:
        notes.append(
            _("Only %(count)d places fit side by side. These are the first.") % {"count": MOST_COMPARED}
        )
    if absent > 0:
        left_out = ngettext(
            "%(count)d place is left out: it is not in the directory now.",
            "%(count)d places are left out: they are not in the directory now.",
            absent,
        )
        notes.append(left_out % {"count": absent})
    if repeated:
        notes.append(_("A place that was named twice is shown once."))
    return notes


def comparison_of(rows: Sequence[ListingIndex], near: Near, own: Contents, *, now: datetime) -> Comparison:
    listings = [row.listing for row in rows]
    without_phone = [listing for listing in listings if not listing.own_phones]
    prefetch_related_objects(without_phone, "service__phones", "location__phones")
    with_schedules(listings)
    keys = [str(row.pk) for row in rows]
    return Comparison(
        columns=tuple(column_of(row, keys, near, own) for row in rows),
        supervised=supervised_row(rows),
        first=first_rows(rows, is_measured=near.measures, now=now),
        parts=parts_of(rows),
        times=times_rows(rows, now=now),
        has_demo=any(listing.is_demo for listing in listings),
        has_detox=any(CareCategory.WITHDRAWAL_MANAGEMENT in row.categories for row in rows),
    )


def column_of(row: ListingIndex, keys: Sequence[str], near: Near, own: Contents) -> Column:
    return Column(
        listing=str(row.pk),
        name=row.listing.service.name,
        url=row.listing.get_absolute_url(),
        categories=category_words(row.categories),
        phone=number_to_call(row.listing.speaking_phones),
        is_listed=row.pk in own,
        leave_out_url=address_of([key for key in keys if key != str(row.pk)], near.typed),
    )


def address_of(keys: Iterable[str], near: str) -> str:
    pairs = [("listing", key) for key in keys] + ([("near", near)] if near else [])
    return f"{reverse('list_compare')}?{urlencode(pairs)}"


def choices_of(rows: Sequence[ListingIndex], own: Contents) -> list[tuple[ServiceAtLocation, bool]]:
    """What can be chosen to be compared: the reader's list, and the one that was named."""
    chosen = {row.pk for row in rows}
    keys = dict.fromkeys([*chosen, *(entry.listing for entry in own.entries)])
    if not keys:
        return []
    shown = ServiceAtLocation.objects.published().with_parts().in_bulk(list(keys))
    return [(shown[key], key in chosen) for key in keys if key in shown]
