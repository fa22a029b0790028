"""What waits for an editor, derived from what is known of each listing: whoever changes that, calls this."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from finder.enums import LocationType, QueueOutcome, QueueReason, ReportKind, ReviewStatus
from finder.models import (
    CallOutcome,
    ChangeRequest,
    ListingReport,
    Merge,
    QueueItem,
    ServiceAtLocation,
)

BATCH = 1000
FREE_OF_CHARGE = 1.0


@transaction.atomic
def refresh_queue_items(*, listing_ids: Iterable[UUID], now: datetime) -> None:
    """Opens, updates and closes the items of these listings, so that they say what is true now."""
    ids = sorted(set(listing_ids))
    for start in range(0, len(ids), BATCH):
        refresh_batch(ids[start : start + BATCH], now)


def refresh_batch(ids: Collection[UUID], now: datetime) -> None:
    wanted = reasons_of(ids, now)
    standing = {
        item.listing_id: item
        for item in QueueItem.objects.open().filter(listing__in=ids).select_for_update().order_by("pk")
    }
    for listing, item in standing.items():
        if listing not in wanted:
            item.closed_at, item.outcome = now, QueueOutcome.RESOLVED
            item.claimed_by, item.claimed_until = None, None
        else:
            item.reasons = wanted[listing]
    QueueItem.objects.bulk_update(
        standing.values(), ["closed_at", "outcome", "reasons", "claimed_by", "claimed_until"]
    )
    QueueItem.objects.bulk_create(
        (
            QueueItem(listing_id=listing, reasons=reasons, priority=FREE_OF_CHARGE, opened_at=now)
            for listing, reasons in wanted.items()
            if listing not in standing
        ),
        ignore_conflicts=True,
    )


def reasons_of(ids: Collection[UUID], now: datetime) -> Mapping[UUID, list[str]]:
    """Of published listings; a draft or archived one waits for nobody here."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for reason, listings in waiting(ids, now):
        for listing in listings:
            found[listing].add(reason)
    published = set(
        ServiceAtLocation.objects.published().real().filter(pk__in=found).values_list("pk", flat=True)
    )
    return {
        listing: [reason.value for reason in QueueReason if reason in reasons]
        for listing, reasons in found.items()
        if listing in published
    }


def waiting(ids: Collection[UUID], now: datetime) -> Iterator[tuple[QueueReason, Iterable[UUID]]]:
    today = timezone.localdate(now)
    listings = ServiceAtLocation.objects.filter(pk__in=ids)
    reports = ListingReport.objects.waiting().filter(listing__in=ids)
    proposed = Q(status=ReviewStatus.PROPOSED)
    merges = Merge.objects.filter(proposed)
    yield QueueReason.UNSAFE, of_listings(reports.filter(kind=ReportKind.UNSAFE))
    yield QueueReason.DISPUTED, listings.filter(index__is_disputed=True).values_list("pk", flat=True)
    yield QueueReason.REPORTED, of_listings(reports.filter(kind=ReportKind.PROBLEM))
    yield (
        QueueReason.REPORTED,
        of_listings(CallOutcome.objects.unresolved().doubting().filter(listing__in=ids)),
    )
    yield QueueReason.CHANGED, of_listings(ChangeRequest.objects.filter(proposed, listing__in=ids))
    yield (
        QueueReason.MISSING,
        listings.filter(index__missing_since__isnull=False).values_list("pk", flat=True),
    )
    yield QueueReason.DUPLICATE, of_listings(merges.filter(listing__in=ids))
    yield QueueReason.DUPLICATE, merges.filter(duplicate__in=ids).values_list("duplicate_id", flat=True)
    unplaced = Q(location__latitude__isnull=True, location__location_type=LocationType.PHYSICAL)
    yield QueueReason.NO_COORDINATES, listings.filter(unplaced).values_list("pk", flat=True)
    due = listings.filter(verification_due_date__lte=today)
    yield QueueReason.DUE, due.values_list("pk", flat=True)


def of_listings(rows: "object") -> Iterable[UUID]:
    return rows.values_list("listing_id", flat=True)  # type: ignore[attr-defined, no-any-return]
