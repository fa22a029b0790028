"""Stores when each listing is due; the rule itself is `finder.upkeep.due`."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from finder.enums import StatementMethod, VerifiedPart
from finder.models import ServiceAtLocation, SourceRecord, Statement, Verification
from finder.models.history import one_change
from finder.upkeep.due import due_date

BATCH = 1000


def refresh_due_dates(*, listing_ids: Collection[UUID], now: datetime) -> int:
    """Writes the dates that changed; returns how many."""
    ids = sorted(listing_ids)
    return sum(refresh_batch(ids[start : start + BATCH], now) for start in range(0, len(ids), BATCH))


def refresh_batch(ids: Collection[UUID], now: datetime) -> int:
    verified, listed = verified_on(ids), listed_on(ids)
    changed = []
    listings = ServiceAtLocation.objects.filter(pk__in=ids).select_related("service").order_by("pk")
    for listing in listings:
        due = due_date(
            listing=listing.pk,
            categories=listing.service.categories,
            cadence_days=listing.cadence_days,
            verified=verified.get(listing.pk, {}),
            listed_on=listed.get(listing.pk, timezone.localdate(now)),
        )
        if due != listing.verification_due_date:
            listing.verification_due_date = due
            changed.append(listing)
    with one_change(decision="due"):
        ServiceAtLocation.objects.bulk_update(changed, ["verification_due_date"], batch_size=BATCH)
    return len(changed)


def verified_on(ids: Collection[UUID]) -> Mapping[UUID, Mapping[VerifiedPart, date]]:
    """The last day on which a person or the program checked each part."""
    found: dict[UUID, dict[VerifiedPart, date]] = defaultdict(dict)
    checked = Verification.objects.filter(listing__in=ids).order_by("verified_at", "pk")
    for listing, parts, at in checked.values_list("listing_id", "parts", "verified_at"):
        found[listing] |= {VerifiedPart(part): timezone.localdate(at) for part in parts}
    stated = Statement.objects.filter(listing__in=ids).exclude(method=StatementMethod.IMPORT)
    for listing, on in stated.order_by("stated_on", "pk").values_list("listing_id", "stated_on"):
        known = found[listing].get(VerifiedPart.SERVICES)
        found[listing][VerifiedPart.SERVICES] = max(known, on) if known else on
    return found


def listed_on(ids: Collection[UUID]) -> Mapping[UUID, date]:
    """The day of the import that first read it."""
    records = SourceRecord.objects.filter(listing__in=ids, created_in__isnull=False)
    days = records.order_by("-created_in__started_at", "-pk").values_list(
        "listing_id", "created_in__started_at"
    )
    return {listing: timezone.localdate(at) for listing, at in days}
