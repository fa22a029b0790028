"""Made-up listings are for the first look; they never stay beside real ones."""

from datetime import datetime

from django.db import transaction

from finder.actions.capacity import state_capacity
from finder.actions.indexing import refresh_words
from finder.actions.removing import remove_listings
from finder.enums import CapacityCode, CapacityUnit, CareCategory, Voice
from finder.models import ServiceAtLocation
from finder.models.history import one_change

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
    with transaction.atomic(), one_change(removed_demonstration_at=now.isoformat()):
        listings = set(ServiceAtLocation.objects.demonstration().values_list("pk", flat=True))
        if listings:
            remove_listings(listings)
            refresh_words()
    return len(listings)
