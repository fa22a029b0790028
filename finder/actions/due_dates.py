"""Stores when each listing is due; the rule itself is `finder.upkeep.due`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from finder.actions.truths import check_of, checks_of
from finder.enums import StatementMethod, VerifiedPart
from finder.models import ServiceAtLocation, SourceRecord, Statement
from finder.models.history import one_change
from finder.upkeep.due import due_date
from finder.upkeep.freshness import SAID_ON_PAGES, Check

BATCH = 1000


def first_due_date(listing: ServiceAtLocation, *, now: datetime) -> date | None:
    """Of a listing that comes in now, and that nobody has checked."""
    return due_date(
        listing=listing.pk,
        categories=listing.service.categories,
        cadence_days=listing.cadence_days,
        verified={},
        listed_on=timezone.localdate(now),
    )


def refresh_due_dates(*, listing_ids: Collection[UUID], now: datetime) -> int:
    """Writes the dates that changed; returns how many."""
    ids = sorted(listing_ids)
    return sum(refresh_batch(ids[start : start + BATCH], now) for start in range(0, len(ids), BATCH))


def refresh_batch(ids: Collection[UUID], now: datetime) -> int:
    verified, listed = verified_on(ids), listed_on(ids)
    changed = []
    listings = ServiceAtLocation.objects.filter(pk__in=ids).select_related("service").order_by("pk")
    for listing in listings:
        due = next_due_date(listing, verified.get(listing.pk, {}), listed.get(listing.pk), now=now)
        if due != listing.verification_due_date:
            listing.verification_due_date = due
            changed.append(listing)
    with one_change(decision="due"):
        ServiceAtLocation.objects.bulk_update(changed, ["verification_due_date"], batch_size=BATCH)
    return len(changed)


def next_due_date(
    listing: ServiceAtLocation,
    verified: Mapping[VerifiedPart, date],
    listed: date | None,
    *,
    now: datetime,
) -> date | None:
    """What nobody checked, and of which it is not known since when it is here, keeps the day it has: counted
    from today, it would be put off every day."""
    due = due_date(
        listing=listing.pk,
        categories=listing.service.categories,
        cadence_days=listing.cadence_days,
        verified=verified,
        listed_on=listed or timezone.localdate(now),
    )
    stored = listing.verification_due_date
    if due and stored and not verified and not listed:
        return min(due, stored)
    return due


def verified_on(ids: Collection[UUID]) -> Mapping[UUID, Mapping[VerifiedPart, date]]:
    """The last day on which one of us or the program checked each part."""
    found: dict[UUID, dict[VerifiedPart, date]] = defaultdict(dict)
    stated = Statement.objects.filter(listing__in=ids).exclude(method=StatementMethod.IMPORT)
    for statement in stated.order_by("stated_on", "pk"):
        add(found[statement.listing_id], [check_of(statement)])
    for listing, checks in checks_of(ids).items():
        add(found[listing], checks)
    return {listing: days for listing, days in found.items() if days}


def add(days: dict[VerifiedPart, date], checks: Iterable[Check]) -> None:
    for check in checks:
        for part in SAID_ON_PAGES:
            if check.counts and part in check.parts:
                days[part] = max(check.on, days.get(part, check.on))


def listed_on(ids: Collection[UUID]) -> Mapping[UUID, date]:
    """The day of the import that first read it."""
    records = SourceRecord.objects.filter(listing__in=ids, created_in__isnull=False)
    days = records.order_by("-created_in__started_at", "-pk").values_list(
        "listing_id", "created_in__started_at"
    )
    return {listing: timezone.localdate(at) for listing, at in days}
