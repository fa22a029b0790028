"""How a listing is reached, as every export says it."""

from finder.enums import PhoneType
from finder.models import Phone, ServiceAtLocation
from finder.models.directory import speaking

CALLED_FIRST = list(PhoneType)


def phones_to_call(listing: ServiceAtLocation) -> list[Phone]:
    """Of the listing, else its service, else its location; intake first."""
    owners = (listing, listing.service, listing.location)
    phones: list[Phone] = speaking([phone for owner in owners for phone in owner.phones.all()], listing)
    return sorted(phones, key=lambda phone: CALLED_FIRST.index(PhoneType(phone.phone_type)))
