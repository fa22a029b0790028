"""The gate: what a listing lacks before readers may see it, and the decision to publish."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.enums import CareCategory, EditorialStatus, LocationType
from finder.models import Location, Phone, ServiceAtLocation
from finder.models.history import one_change


class NotReady(Refused):
    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("Not published. Missing: %(list)s.") % {"list": "; ".join(missing)})


def missing_for_publishing(listing: ServiceAtLocation) -> list[str]:
    """In the words of the person who has to find it; empty when it may be published."""
    return list(lacking(listing))


def lacking(listing: ServiceAtLocation) -> Iterator[str]:
    service = listing.service
    if not service.name.strip():
        yield _("a name")
    if not set(service.categories) & set(CareCategory.values):
        yield _("a category (detox, treatment or support group)")
    if not service.url and not phones_of(listing).exists():
        yield _("a phone number or an online address")
    yield from lacking_of_place(listing.location)
    if not service.description.strip() and not listing.statements.exists():
        yield _("a description, or one source that says something about it")


def lacking_of_place(location: Location) -> Iterator[str]:
    """Someone who goes there needs all of it; a confidential place is known by its county alone."""
    if location.location_type == LocationType.VIRTUAL:
        return
    if not location.state_province:
        yield _("the state")
    if not location.address_is_public:
        if not location.region:
            yield _("the county (all that is shown of a confidential address)")
        return
    if not location.city:
        yield _("the city")
    if not location.postal_code:
        yield _("the ZIP code")


def phones_of(listing: ServiceAtLocation) -> QuerySet[Phone]:
    """Its own, its service's or its location's: any of them can be called."""
    return Phone.objects.filter(
        Q(listing=listing) | Q(service=listing.service_id) | Q(location=listing.location_id)
    )


@transaction.atomic
def publish_listing(*, listing: ServiceAtLocation, by: User, now: datetime) -> None:
    current = ServiceAtLocation.objects.select_for_update().get(pk=listing.pk)
    match current.editorial_status:
        case EditorialStatus.PUBLISHED:
            raise Refused(_("This listing is published already."))
        case EditorialStatus.ARCHIVED:
            raise Refused(_("This listing is archived. Restore it first."))
    missing = missing_for_publishing(current)
    if missing:
        raise NotReady(missing)
    with one_change(user=by.pk, decision="publish", published_at=now.isoformat()):
        ServiceAtLocation.objects.filter(pk=current.pk).update(editorial_status=EditorialStatus.PUBLISHED)
    refresh_due_dates(listing_ids=[current.pk], now=now)
    index_listings([current.pk])
    refresh_queue_items(listing_ids=[current.pk], now=now)
    listing.refresh_from_db()
