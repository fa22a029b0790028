"""What a card says about a result, and in which order: your needs first, then what matters most."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finder.enums import CareCategory, LocationType, ServiceStatus
from finder.models import Location, ServiceAtLocation, TaxonomyTerm
from finder.search.answer import Result
from finder.search.question import SearchQuestion
from finder.search.vocabulary import current_vocabulary
from finder.views.addresses import uses_distance
from finder.views.ages import how_missing
from finder.views.doubts import doubt_words
from finder.views.freshness import freshness_line
from finder.views.moments import next_on_clock
from finder.views.phones import ToCall, number_to_call
from finder.views.rooms import room_words

SUPERVISED = "medically_supervised"

OFFERS = ("detox_setting", "setting", "fellowship", "attendance", "care_type")
SAID_BY_CATEGORY = {"detox", "substance_use_treatment"}
MOST_OFFERS = 3

ALSO_MATTERS = (
    "same_day_start",
    "walk_in",
    "buprenorphine",
    "methadone",
    "open_meeting",
    "beginners_meeting",
    "medicaid",
    "sliding_scale",
    "free",
    "co_occurring",
    "wheelchair_accessible",
)
MOST_ALSO = 2
CARDS_KEPT = 5_000

RESTRICTING_TAXONOMY = "restriction"
RESTRICTING_OPERATORS = {
    "veterans_affairs",
    "department_of_defense",
    "indian_health_service",
    "tribal_government",
}


class Point(NamedTuple):
    """Degrees as text with a point, whatever the reader's language. An approximate one is a ZIP Code's."""

    latitude: str
    longitude: str
    is_approximate: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Plain values only, and all that its template reads: equal cards look the same."""

    listing: str
    """Its key."""
    name: str
    url: str
    is_demo: bool
    is_listed: bool
    """On the list that the reader is making."""
    where: str
    point: Point | None
    distance: str
    categories: tuple[tuple[str, str], ...]
    offers: tuple[str, ...]
    ticks: tuple[str, ...]
    asks: tuple[str, ...]
    denied: tuple[str, ...]
    supervision: str
    """ "yes", "no" or "ask" for a detox, else empty."""
    restrictions: tuple[str, ...]
    next: str
    """When a support group meets next, in words."""
    rooms: tuple[str, ...]
    checked: str
    doubts: tuple[str, ...]
    """What people found who dispute it."""
    warning: str
    status: str
    phone: ToCall | None

    @property
    def html(self) -> SafeString:
        return drawn(self, get_language())


@lru_cache(maxsize=CARDS_KEPT)
def drawn(card: Card, language: str) -> SafeString:
    """Drawing takes a third of a page's time, and the same cards are looked at again and again."""
    return render_to_string("_card.html", {"card": card})


def card_of(result: Result, question: SearchQuestion, *, today: date, listed: Container[UUID] = ()) -> Card:
    index, now = result.index, timezone.now()
    stated = {term.pk for term in result.states}
    asked = {term.pk for term in question.needs}
    needs = [term for term in question.needs if term.pk in stated]
    offers = offered(result.states, asked)
    also = also_matters(result.states, asked | {term.pk for term in offers})
    return Card(
        listing=str(result.listing.pk),
        name=result.listing.service.name,
        url=result.listing.get_absolute_url(),
        is_demo=result.listing.is_demo,
        is_listed=result.listing.pk in listed,
        where=where(result.listing),
        point=point_of(result.listing.location),
        distance=distance(result, question),
        categories=category_words(index.categories),
        offers=tuple(map(str, offers)),
        ticks=tuple(str(term) for term in (*needs, *also) if term.slug != SUPERVISED),
        asks=tuple(str(term) for term in result.not_stated if term.slug != SUPERVISED),
        denied=tuple(str(term) for term in question.needs if term.pk in index.no and term.slug != SUPERVISED),
        supervision=supervision(index.categories, index.yes, index.no),
        restrictions=restrictions(result.states),
        next=next_words(result, now=now),
        rooms=room_words(index, now=now),
        checked=freshness_line(index, today=today),
        doubts=doubt_words(index),
        warning=how_missing(index.missing_since),
        status=status_words(result.listing),
        phone=number_to_call(result.listing.speaking_phones),
    )


def next_words(result: Result, *, now: datetime) -> str:
    """Of a support group only: when a clinic is open is a question of its own page."""
    index, following = result.index, result.next
    if index.categories != [CareCategory.SUPPORT_GROUP]:
        return ""
    if following and following.starts_at:
        return next_on_clock(following.starts_at, following.ends_at, zone=index.timezone, now=now)
    is_closed = index.occurrences is not None and not index.occurrences and index.times_until is None
    return _("Closed for now: it does not meet at the moment.") if is_closed else ""


def offered(states: tuple[TaxonomyTerm, ...], asked: set[int]) -> list[TaxonomyTerm]:
    ranked = [term for taxonomy in OFFERS for term in states if term.taxonomy_id == taxonomy]
    new = [term for term in ranked if term.pk not in asked and term.slug not in SAID_BY_CATEGORY]
    return new[:MOST_OFFERS]


def also_matters(states: tuple[TaxonomyTerm, ...], shown: set[int]) -> list[TaxonomyTerm]:
    by_slug = {term.slug: term for term in states if term.pk not in shown}
    return [by_slug[slug] for slug in ALSO_MATTERS if slug in by_slug][:MOST_ALSO]


def restrictions(states: tuple[TaxonomyTerm, ...]) -> tuple[str, ...]:
    """Whom a place serves only, what it does not treat, and who runs it where that decides who may come."""
    limits = [str(term) for term in states if term.taxonomy_id == RESTRICTING_TAXONOMY]
    run_by = [
        _("Run by: %(operator)s. Ask who can come.") % {"operator": term}
        for term in states
        if term.slug in RESTRICTING_OPERATORS
    ]
    return (*limits, *run_by)


def category_words(categories: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((known.value, str(known.label)) for known in CareCategory if known.value in categories)


def supervision(categories: list[str], yes: list[int], no: list[int]) -> str:
    term = current_vocabulary().by_slug.get(SUPERVISED)
    if CareCategory.WITHDRAWAL_MANAGEMENT not in categories:
        return ""
    if term and term.pk in yes:
        return "yes"
    return "no" if term and term.pk in no else "ask"


def where(listing: ServiceAtLocation) -> str:
    location = listing.location
    if location.location_type == LocationType.VIRTUAL:
        return _("Online or by phone")
    if not location.address_is_public:
        return county_of(listing)
    return ", ".join(part for part in (location.city, location.state_province) if part)


def point_of(location: Location) -> Point | None:
    """For the map: none of a private address, which its county's middle would not be either."""
    latitude, longitude = location.latitude, location.longitude
    is_somewhere = location.location_type == LocationType.PHYSICAL and location.address_is_public
    if not is_somewhere or latitude is None or longitude is None:
        return None
    return Point(f"{latitude:.4f}", f"{longitude:.4f}", location.position_is_approximate)


def status_words(listing: ServiceAtLocation) -> str:
    """Said only of a service that is not simply active."""
    status = ServiceStatus(listing.service.status)
    return "" if status == ServiceStatus.ACTIVE else str(status.label)


def county_of(listing: ServiceAtLocation) -> str:
    location = listing.location
    if not location.region:
        return location.state_province
    return _("%(county)s, %(state)s") % {"county": location.region, "state": location.state_province}


def distance(result: Result, question: SearchQuestion) -> str:
    """Rounded to miles and "about": most positions are those of a ZIP Code. None for a private address."""
    if result.miles is None or not uses_distance(question) or not result.listing.location.address_is_public:
        return ""
    return about_miles(result.miles)


def about_miles(miles: float) -> str:
    if miles < 1:
        return _("less than 1 mile")
    count = round(miles)
    return ngettext("about %(count)d mile", "about %(count)d miles", count) % {"count": count}
