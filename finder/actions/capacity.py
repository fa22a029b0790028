"""Whether a listing has room: said by the program or one of us, and true for a while only."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts
from finder.enums import CapacityCode, CapacityUnit, StatementMethod, VerifiedPart, Voice
from finder.models import Capacity, ServiceAtLocation
from finder.upkeep.rooms import expires_at, units_of


@transaction.atomic
def state_capacity(
    *,
    listing: ServiceAtLocation,
    unit: CapacityUnit,
    code: CapacityCode,
    available: int | None,
    voice: Voice,
    by: User | None,
    now: datetime,
) -> Capacity:
    """In place of what was said of the unit before.

    `available` is how many are free, empty where nobody counts; `by` is empty for a program that answers by
    its link.
    """
    if unit not in units_of(listing.service.categories):
        raise Refused(_("This listing has none of these: %(unit)s.") % {"unit": unit.label})
    if available is not None and (available > 0) != (code == CapacityCode.YES):
        raise Refused(_("The number and the answer do not agree. Give one of them."))
    said, _created = Capacity.objects.update_or_create(
        listing=listing,
        unit=unit,
        defaults={
            "code": code,
            "available": available,
            "updated": now,
            "expires_at": expires_at(unit, now),
            "voice": voice,
        },
    )
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.AVAILABILITY],
        voice=voice,
        method=StatementMethod.PROVIDER if voice == Voice.PROVIDER else StatementMethod.PHONE,
        by=by,
        now=now,
    )
    return said
