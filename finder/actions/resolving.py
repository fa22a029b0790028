"""What people found wrong was looked into, or says nothing any longer."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.actions.locking import lock_listings
from finder.actions.queueing import refresh_queue_items
from finder.enums import VerifiedPart
from finder.models import CallOutcome, ServiceAtLocation
from finder.models.reports import CallOutcomeQuerySet


@transaction.atomic
def resolve_outcomes(
    *, listing: ServiceAtLocation, parts: Collection[VerifiedPart], by: User | None, now: datetime
) -> int:
    """All that people doubted of these parts until now; how much it was. `by` is empty for the program."""
    doubts = CallOutcome.objects.doubting_parts(parts).filter(listing=listing, reported_at__lte=now)
    return resolve(doubts, by=by, now=now)


@transaction.atomic
def resolve_chosen_outcomes(*, outcomes: Iterable[CallOutcome], by: User, now: datetime) -> int:
    chosen = CallOutcome.objects.filter(pk__in=[outcome.pk for outcome in outcomes])
    return resolve(chosen, by=by, now=now)


@transaction.atomic
def lapse_outcomes(*, now: datetime) -> int:
    """Those too old to say anything of today, see `finder.upkeep.disputes`."""
    return resolve(CallOutcome.objects.lapsed(timezone.localdate(now)), by=None, now=now)


def resolve(outcomes: CallOutcomeQuerySet, *, by: User | None, now: datetime) -> int:
    lock_listings(outcomes.unresolved().order_by("pk").values_list("listing_id", flat=True))
    locked = outcomes.unresolved().select_for_update().order_by("pk")
    listings = dict(locked.values_list("pk", "listing_id"))
    if listings:
        CallOutcome.objects.filter(pk__in=listings).update(resolved_at=now, resolved_by=by)
        index_listings(listings.values())
        refresh_queue_items(listing_ids=listings.values(), now=now)
    return len(listings)
