"""Which listings people have worked on: what they did never goes with the import that made a listing."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from pghistory.models import Context

from finder.actions.composing import current_values
from finder.actions.indexing import batches
from finder.actions.owned import SCHEDULES_WITH_JOINING
from finder.enums import ChangeOrigin, ReviewStatus, StatementMethod
from finder.models import (
    HowToJoin,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from finder.models.history import events_of

OF_THE_SITE = ("due", "revert_import")
"""Decisions by which the site brings a listing up to what is known of it."""

MADE_WITH_THE_LISTING = {"events", "phones", "schedules", "source_records", "index"}
WAITING = Q(status=ReviewStatus.PROPOSED)
NOT_OF_PEOPLE: Mapping[str, Q] = MappingProxyType(
    {
        "statements": Q(method=StatementMethod.IMPORT),
        "change_requests": WAITING & Q(origin=ChangeOrigin.IMPORT),
        "merges": WAITING,
        "merges_as_duplicate": WAITING,
        "queue_items": Q(claimed_by__isnull=True, closed_by__isnull=True),
    }
)
"""Of the rows that stand on a listing, those that the site wrote. Whatever else stands on it, people did."""

PATHS: Mapping[type[Model], tuple[str, ...]] = MappingProxyType(
    {
        ServiceAtLocation: ("pgh_obj",),
        Service: ("pgh_obj__listings",),
        Organization: ("pgh_obj__services__listings",),
        Location: ("pgh_obj__listings",),
        Phone: ("listing", "service__listings", "location__listings"),
        Schedule: ("listing", "service__listings", "location__listings"),
        HowToJoin: ("schedule__listing",),
    }
)
"""From an event to the listings that show its row."""


def worked_on(listing_ids: Collection[UUID]) -> set[UUID]:
    """Those of these listings that someone edited, checked, reported, claimed or decided about."""
    found: set[UUID] = set()
    for ids in batches(sorted(listing_ids)):
        found.update(edited_since_import(ids), rows_of_people(ids), changes_by_people(ids))
    return found & set(listing_ids)


def edited_since_import(listing_ids: Collection[UUID]) -> Iterator[UUID]:
    """They say something else than the last import wrote."""
    listings = ServiceAtLocation.objects.with_parts().prefetch_related("phones", SCHEDULES_WITH_JOINING)
    for listing in listings.filter(pk__in=listing_ids).order_by("pk"):
        current = current_values(listing, listing.phones.all(), listing.schedules.all())
        if any(current[field] != value for field, value in listing.imported.items()):
            yield listing.pk


def rows_of_people(listing_ids: Collection[UUID]) -> Iterator[UUID]:
    for relation in ServiceAtLocation._meta.related_objects:
        name = relation.get_accessor_name() or ""
        if name in MADE_WITH_THE_LISTING:
            continue
        to_listing = relation.field.name
        rows = relation.related_model._default_manager.filter(**{f"{to_listing}__in": listing_ids})
        of_people = rows.exclude(NOT_OF_PEOPLE[name]) if name in NOT_OF_PEOPLE else rows
        yield from of_people.order_by("pk").values_list(to_listing, flat=True)
    for owned in (Phone, Schedule):
        for owner in ("service", "location"):
            shared = owned._default_manager.filter(**{f"{owner}__listings__in": listing_ids})
            yield from shared.order_by("pk").values_list(f"{owner}__listings", flat=True)


def changes_by_people(listing_ids: Collection[UUID]) -> Iterator[UUID]:
    """What changed outside of any program is taken for a person's, too."""
    by_programs = Q(metadata__has_key="import_run") | Q(metadata__decision__in=OF_THE_SITE)
    of_programs = Context.objects.filter(by_programs).values("pk")
    for model, paths in PATHS.items():
        for path in paths:
            events: Any = events_of(model).filter(**{f"{path}__in": listing_ids})
            by_people = events.filter(Q(pgh_context__isnull=True) | ~Q(pgh_context__in=of_programs))
            yield from by_people.order_by().values_list(path, flat=True).distinct()
