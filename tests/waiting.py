"""Listings that wait for an editor, for one reason each."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User

from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.enums import CareCategory, Outcome, ReportKind, Voice
from finder.models import CallOutcome, ListingReport, QueueItem, ServiceAtLocation
from tests.factories import ListingFactory, make_listing

NOW = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
DUE = date(2026, 11, 20)
DETOX = CareCategory.WITHDRAWAL_MANAGEMENT


def due_listing(name: str = "Riverside Counseling", **traits: Any) -> ServiceAtLocation:
    """Nobody checked it since the import of 2022, and it is due."""
    usual: dict[str, Any] = {"stated_on": date(2022, 11, 28), "verification_due_date": DUE}
    listing = make_listing(name=name, **usual | traits)
    index_listings([listing.pk])
    return listing


def queued(*listings: ServiceAtLocation, now: datetime = NOW) -> list[QueueItem]:
    """Their items, in the same order."""
    refresh_queue_items(listing_ids=[listing.pk for listing in listings], now=now)
    items = {item.listing_id: item for item in QueueItem.objects.open()}
    return [items[listing.pk] for listing in listings]


def due_item(name: str = "Riverside Counseling", **traits: Any) -> QueueItem:
    return queued(due_listing(name, **traits))[0]


def many_due_listings(total: int) -> list[ServiceAtLocation]:
    """Without phones and statements: quick to make."""
    made = ListingFactory.create_batch(total, verification_due_date=DUE)
    index_listings([listing.pk for listing in made])
    return made


def report(
    listing: ServiceAtLocation,
    kind: ReportKind = ReportKind.UNSAFE,
    text: str = "They sell pills at the door.",
) -> ListingReport:
    return ListingReport.objects.create(
        reference=f"R{ListingReport.objects.count():07}",
        kind=kind,
        listing=listing,
        text=text,
        reporter_key="a" * 64,
        proposed_at=NOW,
    )


def told(
    listing: ServiceAtLocation,
    outcome: Outcome = Outcome.WRONG_NUMBER,
    *,
    reader: str = "",
    by: User | None = None,
    at: datetime = NOW,
) -> CallOutcome:
    """By one reader of the day, told apart by a letter, or by an editor."""
    return CallOutcome.objects.create(
        listing=listing,
        outcome=outcome,
        voice=Voice.EDITOR if by else Voice.PUBLIC,
        reported_at=at,
        reported_by=by,
        reporter_key="" if by else (reader or "r") * 64,
    )


def names(items: Iterable[QueueItem]) -> list[str]:
    return [item.listing.service.name for item in items]
