"""Made-up listings are for the first look; they never stay beside real ones."""

from datetime import datetime

import pghistory
from django.db import transaction

from finder.actions.capacity import state_capacity
from finder.actions.indexing import refresh_words
from finder.enums import CapacityCode, CapacityUnit, CareCategory, Voice
from finder.models import Location, Organization, Service, ServiceAtLocation

ROOM_IN_TURN = ((CapacityCode.YES, 2), (CapacityCode.WAITLIST, None), (CapacityCode.NO, 0))


@transaction.atomic
def tell_of_room(*, now: datetime) -> None:
    """As if some made-up programs had just called: what stands in a file would be too old to be shown."""
    detox = ServiceAtLocation.objects.demonstration().published().with_parts()
    detox = detox.filter(service__categories__contains=[CareCategory.WITHDRAWAL_MANAGEMENT])
    for number, listing in enumerate(detox.order_by("service__name", "pk")):
        code, available = ROOM_IN_TURN[number % len(ROOM_IN_TURN)]
        state_capacity(
            listing=listing,
            unit=CapacityUnit.DETOX_BEDS,
            code=code,
            available=available,
            voice=Voice.PROVIDER,
            by=None,
            now=now,
        )


def remove_demonstration(*, now: datetime) -> int:
    """Delete demonstration listings and what hangs only on them; returns how many listings there were.

    What a real listing shares with them stays. Demonstration accounts are not its business.
    """
    with transaction.atomic(), pghistory.context(removed_demonstration_at=now.isoformat()):
        listings = ServiceAtLocation.objects.demonstration()
        parts = list(listings.values_list("pk", "service", "service__organization", "location"))
        if not parts:
            return 0
        _, services, organizations, locations = map(set, zip(*parts, strict=True))
        listings.delete()
        Service.objects.filter(pk__in=services, listings__isnull=True).delete()
        Organization.objects.filter(pk__in=organizations, services__isnull=True).delete()
        Location.objects.filter(pk__in=locations, listings__isnull=True).delete()
        refresh_words()
    return len(parts)
