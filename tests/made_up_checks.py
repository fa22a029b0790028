"""What people checked, found and said of room, for tests: written as the site writes it, and indexed."""

from datetime import datetime

from django.utils import timezone

from finder.actions.capacity import state_capacity
from finder.actions.verifying import verify_parts
from finder.enums import CapacityCode, CapacityUnit, Outcome, StatementMethod, VerifiedPart, Voice
from finder.models import Capacity, ServiceAtLocation
from tests.made_up_voices import tell


def checked(
    listing: ServiceAtLocation,
    *parts: VerifiedPart,
    voice: Voice = Voice.EDITOR,
    method: StatementMethod = StatementMethod.PHONE,
    at: datetime | None = None,
) -> None:
    verify_parts(listing=listing, parts=parts, voice=voice, method=method, by=None, now=at or timezone.now())


def doubted(
    listing: ServiceAtLocation, outcome: Outcome, *, readers: int = 2, at: datetime | None = None
) -> None:
    """Each reader is another one, and nobody has told it before."""
    for _reader in range(readers):
        tell(listing, outcome, now=at or timezone.now())


def told_of_room(
    listing: ServiceAtLocation,
    code: CapacityCode = CapacityCode.YES,
    available: int | None = None,
    *,
    unit: CapacityUnit = CapacityUnit.DETOX_BEDS,
    at: datetime | None = None,
) -> Capacity:
    return state_capacity(
        listing=listing,
        unit=unit,
        code=code,
        available=available,
        voice=Voice.PROVIDER,
        by=None,
        now=at or timezone.now(),
    )
