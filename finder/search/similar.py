"""Which published listings may be the place that someone tells us about: by name nearby, or by phone.

It looks where a search would look: of a confidential address it knows the middle of the county, so that
trying one ZIP code after another finds out no more than searching does.
"""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Q
from django.db.models.functions import Greatest

from finder.geography.places import Place, PlaceKind
from finder.models import ListingIndex, Phone, ServiceAtLocation
from finder.models.listing_queries import ListingIndexQuerySet
from finder.text import folded

MOST_SIMILAR = 5
MILES_AROUND = 25
LIKE = 0.35
PART_OF_IT = 0.85
"""Of the name that was typed, so much stands in the listing's: "Riverside" in "Riverside Detox Center"."""


def similar_listings(*, name: str, place: Place | None, number_e164: str) -> list[ServiceAtLocation]:
    """Those of the same phone first, then the likest."""
    found = dict.fromkeys([*reached_by(number_e164), *named_like(name, place)])
    ids = list(found)[:MOST_SIMILAR]
    listings = ServiceAtLocation.objects.published().with_parts().prefetch_related("phones").in_bulk(ids)
    return [listings[pk] for pk in ids if pk in listings]


def reached_by(number_e164: str) -> Iterator[UUID]:
    if not number_e164:
        return
    phones = Phone.objects.filter(number_e164=number_e164)
    owners = (
        Q(phones__in=phones)
        | Q(service__in=phones.exclude(service=None).values("service"))
        | Q(location__in=phones.exclude(location=None).values("location"))
    )
    found = ServiceAtLocation.objects.published().filter(owners).distinct().order_by("pk")
    yield from found.values_list("pk", flat=True)[:MOST_SIMILAR]


def named_like(name: str, place: Place | None) -> Iterator[UUID]:
    """Without a place only those of the very name: reading every name of the country takes too long."""
    typed = folded(name)
    if place is None:
        same = ListingIndex.objects.of_published().filter(name=typed).order_by("pk")
        yield from same.values_list("pk", flat=True)[:MOST_SIMILAR]
        return
    near = (
        around(place)
        .of_published()
        .annotate(likeness=TrigramSimilarity("name", typed), part=TrigramWordSimilarity(typed, "name"))
    )
    alike = near.filter(Q(likeness__gte=LIKE) | Q(part__gte=PART_OF_IT))
    ordered = alike.annotate(likest=Greatest("likeness", "part")).order_by("-likest", "-likeness", "pk")
    yield from ordered.values_list("pk", flat=True)[:MOST_SIMILAR]


def around(place: Place) -> ListingIndexQuerySet:
    match place.kind:
        case PlaceKind.ONLINE:
            return ListingIndex.objects.online()
        case PlaceKind.STATE:
            return ListingIndex.objects.in_state(place.state)
        case PlaceKind.COUNTY:
            return ListingIndex.objects.in_county(place.state, place.county)
    assert place.position
    return ListingIndex.objects.within(place.position, MILES_AROUND)
