"""What may be wrong with a phone number that a claim leans on."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.functions import Lower

from finder.enums import EditorialStatus
from finder.models import Phone, ServiceAtLocation

MANY_ORGANIZATIONS = 4
"""A help line of a county stands in many listings; a number of one program does not."""


class Shared(NamedTuple):
    listings: int
    organizations: int

    @property
    def is_by_many(self) -> bool:
        return self.organizations >= MANY_ORGANIZATIONS


class NumberChange(NamedTuple):
    at: datetime
    old: str
    """Empty where a number came in and none went."""


def shared_by(number_e164: str) -> Shared:
    """Organizations count by name: an import makes one for each of its rows."""
    phones = Phone.objects.filter(number_e164=number_e164)
    owners = Q(pk__in=phones.values("listing"))
    owners |= Q(service__in=phones.exclude(service=None).values("service"))
    owners |= Q(location__in=phones.exclude(location=None).values("location"))
    listings = ServiceAtLocation.objects.exclude(editorial_status=EditorialStatus.ARCHIVED).filter(owners)
    names = listings.annotate(organization=Lower("service__organization__name")).values("organization")
    return Shared(listings.count(), names.order_by().distinct().count())


def changed_numbers(listing: ServiceAtLocation, *, since: datetime) -> list[NumberChange]:
    """The newest first. Whoever takes a listing over changes its number before they claim it."""
    events = apps.get_model("finder", "PhoneEvent").objects
    of_it = Q(listing=listing.pk) | Q(service=listing.service_id) | Q(location=listing.location_id)
    found = events.filter(of_it, pgh_created_at__gte=since).values_list(
        "pgh_created_at", "number", "extension"
    )
    old = [NumberChange(at, f"{number} ext. {ext}" if ext else number) for at, number, ext in found]
    return sorted([*old, *numbers_added(listing, since)], reverse=True)


def numbers_added(listing: ServiceAtLocation, since: datetime) -> Iterable[NumberChange]:
    """By hand: triggers keep no inserts, the admin's own log does."""
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ServiceAtLocation),
        object_id=str(UUID(str(listing.pk))),
        action_time__gte=since,
        change_message__contains='"name": "phone"',
    )
    added = log.filter(change_message__contains='"added"').order_by("pk")
    return [NumberChange(entry.action_time, "") for entry in added]
