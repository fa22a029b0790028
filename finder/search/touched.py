"""Of which listings anything was written since a moment: only these can have changed.

Read by the history's indexes of time, and only near the place asked about: roughly, since the question itself
is asked of them afterwards.
"""

import math
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.db.models.query import QuerySet

from finder.geography.readings import Place, PlaceKind
from finder.models import Location, Phone, Schedule, Service, ServiceAtLocation, SourceRecord, Statement

MILES_A_DEGREE = 69.0
"""Of latitude."""


def touched_since(since: datetime, place: Place | None, miles: float, *, most: int) -> list[UUID]:
    """At most so many, in the order of their ids; those that were removed for good too."""
    listings = ServiceAtLocation.objects.filter(pk__in=union(*written_of(since)))
    if place is not None:
        listings = listings.filter(
            roughly_in(place, miles, "location__")
            | Q(location__in=locations_then(since, place, miles))
            | Q(
                pk__in=events(ServiceAtLocation, since)
                .filter(roughly_in(place, miles, "location__"))
                .values("pgh_obj")
            )
        )
    standing = listings.order_by("pk").values_list("pk", flat=True)[:most]
    return sorted({*standing, *removed(since, place, miles, most=most)})[:most]


def removed(since: datetime, place: Place | None, miles: float, *, most: int) -> Iterator[UUID]:
    gone = events(ServiceAtLocation, since).filter(pgh_label="delete")
    if place is not None:
        gone = gone.filter(location__in=locations_then(since, place, miles))
    return chain.from_iterable(gone.order_by("pgh_obj", "pk").values_list("pgh_obj")[:most])


def events(model: type[Model], since: datetime) -> "QuerySet[Any]":
    return model.pgh_event_model._default_manager.filter(pgh_created_at__gt=since)  # type: ignore[attr-defined, no-any-return]


def written_of(since: datetime) -> Iterator["QuerySet[Any]"]:
    """Ids of listings, by each way in which one is written."""
    listings = ServiceAtLocation.objects.order_by()
    yield events(ServiceAtLocation, since).values("pgh_obj")
    for owned in (Phone, Schedule):
        yield events(owned, since).filter(listing__isnull=False).values("listing")
    for owner, model in (("service", Service), ("location", Location)):
        yield listings.filter(**{f"{owner}__in": events(model, since).values("pgh_obj")}).values("pk")
        for owned in (Phone, Schedule):
            of_owner = events(owned, since).filter(**{f"{owner}__isnull": False}).values(owner)
            yield listings.filter(**{f"{owner}__in": of_owner}).values("pk")
    yield Statement.objects.filter(recorded_at__gt=since).order_by().values("listing")
    yield SourceRecord.objects.filter(created_in__started_at__gt=since).order_by().values("listing")


def union(first: "QuerySet[Any]", *others: "QuerySet[Any]") -> "QuerySet[Any]":
    return first.order_by().union(*(each.order_by() for each in others))


def locations_then(since: datetime, place: Place, miles: float) -> "QuerySet[Any]":
    """That were there before they were written anew."""
    return events(Location, since).filter(roughly_in(place, miles)).values("pgh_obj")


def roughly_in(place: Place, miles: float, path: str = "") -> Q:
    """What has no point, or must not show it, is known by its county: it is left to the question."""
    if place.kind == PlaceKind.ONLINE:
        return Q(**{f"{path}location_type": "virtual"})
    if place.kind in {PlaceKind.STATE, PlaceKind.COUNTY}:
        return Q(**{f"{path}state_province": place.state})
    if place.latitude is None or place.longitude is None:
        return Q()
    tall = miles / MILES_A_DEGREE
    wide = tall / max(math.cos(math.radians(min(abs(place.latitude) + tall, 89.0))), 0.01)
    box = {
        f"{path}latitude__range": (place.latitude - tall, place.latitude + tall),
        f"{path}longitude__range": (place.longitude - wide, place.longitude + wide),
    }
    return Q(**box) | Q(**{f"{path}latitude__isnull": True}) | Q(**{f"{path}address_is_public": False})
