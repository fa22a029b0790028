"""Whom to call first, as every export says it."""

from finder.enums import PhoneType
from finder.models import Phone, ServiceAtLocation

CALLED_FIRST = list(PhoneType)


def phones_to_call(listing: ServiceAtLocation) -> list[Phone]:
    """Intake first."""
    return sorted(listing.speaking_phones, key=lambda phone: CALLED_FIRST.index(PhoneType(phone.phone_type)))
