"""Nothing is deleted by a person: a listing is archived, with a reason, and can be brought back."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.enums import EditorialStatus
from finder.models import ServiceAtLocation
from finder.models.history import one_change


def archive_listing(*, listing: ServiceAtLocation, reason: str, by: User, now: datetime) -> None:
    if not archive_listings(listings=[listing], reason=reason, by=by, now=now):
        raise Refused(_("This listing is archived already."))
    listing.refresh_from_db()


@transaction.atomic
def archive_listings(
    *, listings: Collection[ServiceAtLocation], reason: str, by: User | None, now: datetime
) -> int:
    """Returns how many were archived; those that were already keep their first reason.

    `by`: empty for the command line.
    """
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept with the listing."))
    open_listings = ServiceAtLocation.objects.filter(pk__in=[listing.pk for listing in listings]).exclude(
        editorial_status=EditorialStatus.ARCHIVED
    )
    ids = list(open_listings.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    with one_change(user=by.pk if by else None, decision="archive"):
        ServiceAtLocation.objects.filter(pk__in=ids).update(
            editorial_status=EditorialStatus.ARCHIVED,
            archived_reason=reason.strip(),
            archived_at=now,
            archived_by=by,
        )
    index_listings(ids)
    refresh_queue_items(listing_ids=ids, now=now)
    return len(ids)


@transaction.atomic
def restore_listing(*, listing: ServiceAtLocation, by: User, now: datetime) -> None:
    """Back as a draft: it is published again only through the gate."""
    with one_change(user=by.pk, decision="restore", restored_at=now.isoformat()):
        restored = ServiceAtLocation.objects.filter(
            pk=listing.pk, editorial_status=EditorialStatus.ARCHIVED
        ).update(
            editorial_status=EditorialStatus.DRAFT, archived_reason="", archived_at=None, archived_by=None
        )
    if not restored:
        raise Refused(_("This listing is not archived."))
    index_listings([listing.pk])
    listing.refresh_from_db()
