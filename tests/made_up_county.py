"""A county with as many listings as asked for, made in bulk."""

from datetime import time
from itertools import cycle

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, EditorialStatus
from finder.geography.gazetteer import zip_codes
from finder.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation

STATE, COUNTY = "NC", "Buncombe County"
DETOX_EACH, TREATMENT_EACH = 30, 10
"""One in so many listings; all others are support groups with a meeting a day."""


def make_county(
    count: int, *, name: str = "Riverside Recovery and Wellness Center of Western Carolina"
) -> None:
    codes = [each for each in zip_codes() if (each.state, each.county) == (STATE, COUNTY)]
    organization = Organization.objects.create(name="Carolina Recovery Partners")
    services = Service.objects.bulk_create(
        Service(organization=organization, name=f"{name} {number}", categories=[category_of(number)])
        for number in range(count)
    )
    locations = Location.objects.bulk_create(
        Location(
            address_1=f"{number} Example Street",
            city=code.city,
            region=code.county,
            state_province=code.state,
            postal_code=code.zip_code,
            latitude=code.latitude,
            longitude=code.longitude,
            timezone=code.timezone,
        )
        for number, code in zip(range(count), cycle(codes), strict=False)
    )
    listings = ServiceAtLocation.objects.bulk_create(
        ServiceAtLocation(service=service, location=location, editorial_status=EditorialStatus.PUBLISHED)
        for service, location in zip(services, locations, strict=True)
    )
    Phone.objects.bulk_create(Phone(listing=each, number="828-555-0142") for each in listings)
    Schedule.objects.bulk_create(
        Schedule(listing=each, kind="MEETING", byday="TU", opens_at=time(19), timezone="America/New_York")
        for each in listings
        if each.service.categories == [CareCategory.SUPPORT_GROUP]
    )
    index_listings([each.pk for each in listings])


def category_of(number: int) -> CareCategory:
    if number % DETOX_EACH == 0:
        return CareCategory.WITHDRAWAL_MANAGEMENT
    return CareCategory.BEHAVIORAL_HEALTH if number % TREATMENT_EACH == 0 else CareCategory.SUPPORT_GROUP
