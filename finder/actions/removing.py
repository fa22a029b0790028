"""Listings that go for good: made-up ones, and those of an import that was taken back."""

from collections.abc import Collection
from uuid import UUID

from finder.models import Location, Organization, Service, ServiceAtLocation

BATCH = 500


def remove_listings(listing_ids: Collection[UUID]) -> None:
    """With what hangs only on them: what another listing shares with them stays."""
    ids = sorted(listing_ids)
    for start in range(0, len(ids), BATCH):
        remove_batch(ids[start : start + BATCH])


def remove_batch(ids: Collection[UUID]) -> None:
    listings = ServiceAtLocation.objects.filter(pk__in=ids)
    parts = list(listings.values_list("service", "service__organization", "location"))
    if not parts:
        return
    services, organizations, locations = map(set, zip(*parts, strict=True))
    listings.delete()
    Service.objects.filter(pk__in=services, listings__isnull=True).delete()
    Organization.objects.filter(pk__in=organizations, services__isnull=True).delete()
    Location.objects.filter(pk__in=locations, listings__isnull=True).delete()
