"""What we do with a reader's report: answer it in plain words, or draft the place that is missing."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.enums import LocationType, ReportKind, ReviewStatus
from finder.geography.places import Place, PlaceKind
from finder.geography.readings import PlaceNotFound, read_place
from finder.models import ListingReport, Location, Organization, Phone, Service, ServiceAtLocation
from finder.text import read_phone

NEAR_ENOUGH_FOR_A_POINT = (PlaceKind.ZIP, PlaceKind.CITY)


@transaction.atomic
def answer_report(*, report: ListingReport, is_right: bool, answer: str, by: User, now: datetime) -> None:
    """`is_right`: what the reader said was so, and is put right. Of two people who answer at once, the
    first is heard and the second told."""
    said = answer.strip()
    if not said:
        raise Refused(_("Write an answer: whoever told us may look for it."))
    waiting = ListingReport.objects.waiting().filter(pk=report.pk)
    status = ReviewStatus.ACCEPTED if is_right else ReviewStatus.REJECTED
    if not waiting.update(status=status, answer=said, decided_by=by, decided_at=now):
        raise Refused(_("Someone has decided this already."))
    report.refresh_from_db()
    if report.listing_id:
        refresh_queue_items(listing_ids=[report.listing_id], now=now)


@transaction.atomic
def draft_from_suggestion(*, report: ListingReport, by: User, now: datetime) -> ServiceAtLocation:
    """What the reader wrote, as a draft that one of us checks and completes. One draft for one suggestion."""
    current = ListingReport.objects.select_for_update().get(pk=report.pk)
    if current.kind != ReportKind.SUGGESTION or "name" not in current.suggestion:
        raise Refused(_("There is no suggestion here to make a draft from."))
    if current.listing_id:
        raise Refused(_("There is a draft of this suggestion already."))
    said = current.suggestion
    service = Service.objects.create(
        organization=Organization.objects.create(name=said["name"]),
        name=said["name"],
        description=current.text,
        url=said.get("website", ""),
        categories=[said["category"]],
    )
    location = Location.objects.create(**place_of(said.get("place", "")))
    draft = ServiceAtLocation.objects.create(service=service, location=location)
    add_phone(draft, said)
    ListingReport.objects.filter(pk=current.pk).update(listing=draft)
    report.refresh_from_db()
    return draft


def place_of(words: str) -> dict[str, object]:
    """Fields of a location, as far as the words name a place we know."""
    try:
        place = read_place(words).place
    except PlaceNotFound:
        return {}
    if place.kind == PlaceKind.ONLINE:
        return {"location_type": LocationType.VIRTUAL}
    named = {
        "city": place.city,
        "region": place.county,
        "state_province": place.state,
        "postal_code": place.zip_code,
        "timezone": place.timezone,
    }
    return named | (point_of(place) if place.kind in NEAR_ENOUGH_FOR_A_POINT else {})


def point_of(place: Place) -> dict[str, object]:
    return {"latitude": place.latitude, "longitude": place.longitude, "position_is_approximate": True}


def add_phone(draft: ServiceAtLocation, said: Mapping[str, str]) -> None:
    phone = read_phone(said.get("phone", ""))
    if phone:
        Phone.objects.create(listing=draft, **phone._asdict())
