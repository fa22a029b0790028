"""Whether there is room, as the program says it itself."""

from datetime import datetime, timedelta

from django.db import transaction

from finder.actions.verifying import verify_parts
from finder.enums import CapacityCode, CapacityUnit, CareCategory, StatementMethod, VerifiedPart, Voice
from finder.models import Capacity, ServiceAtLocation

HOLDS_FOR = {
    CapacityUnit.DETOX_BEDS: timedelta(hours=24),
    CapacityUnit.RESIDENTIAL_BEDS: timedelta(hours=24),
    CapacityUnit.OUTPATIENT: timedelta(days=7),
}
UNITS_OF = {
    CareCategory.WITHDRAWAL_MANAGEMENT: (CapacityUnit.DETOX_BEDS,),
    CareCategory.BEHAVIORAL_HEALTH: (CapacityUnit.RESIDENTIAL_BEDS, CapacityUnit.OUTPATIENT),
}


def units_of(listing: ServiceAtLocation) -> list[CapacityUnit]:
    named = {
        unit for category in listing.service.categories for unit in UNITS_OF.get(CareCategory(category), ())
    }
    return [unit for unit in CapacityUnit if unit in named]


@transaction.atomic
def say_room(
    *,
    listing: ServiceAtLocation,
    unit: CapacityUnit,
    code: CapacityCode,
    available: int | None,
    now: datetime,
) -> None:
    """`available` is a count, and goes with its code; without one, nobody counts."""
    Capacity.objects.update_or_create(
        listing=listing,
        unit=unit,
        defaults={
            "code": code,
            "available": available,
            "updated": now,
            "expires_at": now + HOLDS_FOR[unit],
            "voice": Voice.PROVIDER,
        },
    )
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.AVAILABILITY],
        voice=Voice.PROVIDER,
        method=StatementMethod.PROVIDER,
        by=None,
        now=now,
    )
