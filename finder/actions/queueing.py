"""What waits for an editor, derived from what is known of each listing: whoever changes that, calls this."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from finder.actions.locking import lock_listings
from finder.enums import QueueOutcome, QueueReason
from finder.models import ListingIndex, QueueItem, ServiceAtLocation, UnmetNeed
from finder.models.queue_queries import WaitingQuerySet, calls_told, options_of
from finder.upkeep.priority import Conflicts, Demand, Why, priority_of, why_of
from finder.upkeep.small_numbers import LEAST_SHOWN, figure_of

BATCH = 1000
DAYS_OF_DEMAND = 90

Known = Mapping[str, Any]
"""A row of `WaitingQuerySet.with_reasons`."""


class Wanted(NamedTuple):
    """What an item should say."""

    reasons: list[str]
    priority: float
    why: Why


class Refreshed(NamedTuple):
    opened: int = 0
    changed: int = 0
    closed: int = 0

    def plus(self, other: "Refreshed") -> "Refreshed":
        return Refreshed(*map(sum, zip(self, other, strict=True)))


@transaction.atomic
def refresh_queue_items(*, listing_ids: Iterable[UUID], now: datetime) -> Refreshed:
    """Opens, updates and closes the items of these listings, so that they say what is true now."""
    done = Refreshed()
    for ids in batches(listing_ids):
        done = done.plus(refresh_locked(lock_listings(ids), now))
    return done


def refresh_whole_queue(*, now: datetime) -> Refreshed:
    """Every listing, without holding on to those of which nothing changed: editors go on meanwhile. It waits
    for nobody: whoever has a listing locked refreshes it themselves."""
    done = Refreshed()
    for ids in batches(listings_that_may_wait()):
        wanted = wanted_items(ids, now)
        standing = {item.listing_id: item for item in open_items(ids)}
        differing = [pk for pk in ids if not says(standing.get(pk), wanted.get(pk))]
        with transaction.atomic():
            done = done.plus(refresh_locked(lock_listings(differing, skip_locked=True), now))
    return done


def listings_that_may_wait() -> set[UUID]:
    """Those that may get an item, and those that have one and may lose it."""
    published = ServiceAtLocation.objects.published().values_list("pk", flat=True)
    return {*published, *QueueItem.objects.open().values_list("listing_id", flat=True)}


def refresh_locked(ids: Collection[UUID], now: datetime) -> Refreshed:
    wanted = wanted_items(ids, now)
    standing = {item.listing_id: item for item in open_items(ids).select_for_update()}
    closed = [item for pk, item in standing.items() if pk not in wanted]
    changed = [item for pk, item in standing.items() if pk in wanted and not says(item, wanted[pk])]
    for item in closed:
        close(item, QueueOutcome.RESOLVED, now=now)
    for item in changed:
        update(item, wanted[item.listing_id])
    QueueItem.objects.bulk_update(closed, ["closed_at", "outcome", "claimed_by", "claimed_until"])
    QueueItem.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["reasons", "priority", "why", "not_before"],
    )
    opened = QueueItem.objects.bulk_create(
        QueueItem(listing_id=pk, opened_at=now, **item._asdict())
        for pk, item in wanted.items()
        if pk not in standing
    )
    return Refreshed(len(opened), len(changed), len(closed))


def open_items(ids: Collection[UUID]) -> Any:
    return QueueItem.objects.open().filter(listing__in=ids).order_by("pk")


def says(item: QueueItem | None, wanted: Wanted | None) -> bool:
    if item is None or wanted is None:
        return item is None and wanted is None
    return (item.reasons, item.priority, item.why) == wanted


def close(item: QueueItem, outcome: QueueOutcome, *, now: datetime) -> None:
    item.closed_at, item.outcome = now, outcome
    item.claimed_by, item.claimed_until = None, None


def update(item: QueueItem, wanted: Wanted) -> None:
    """What is new about a listing is looked at now, though it was put off for what was known then."""
    is_unsafe = QueueReason.UNSAFE in wanted.reasons
    if is_unsafe or set(wanted.reasons) - set(item.reasons):
        item.not_before = None
    item.reasons, item.priority, item.why = wanted


def wanted_items(ids: Collection[UUID], now: datetime) -> Mapping[UUID, Wanted]:
    """Of listings that wait for nothing there is none."""
    today = timezone.localdate(now)
    listings = WaitingQuerySet(ServiceAtLocation).worked_on().with_reasons(today).filter(pk__in=ids)
    columns = ("pk", *Conflicts._fields, "is_due", "index__checked_on")
    known = {row["pk"]: row for row in listings.values(*columns).order_by("pk")}
    reasons = {pk: found for pk, row in known.items() if (found := reasons_of(row))}
    options, demands = options_of(reasons), demand_of(reasons, now)
    return {
        pk: wanted_of(
            found,
            why_of(
                demand=demands[pk],
                checked_on=known[pk]["index__checked_on"],
                options=options.get(pk),
                conflicts=Conflicts(**{name: known[pk][name] for name in Conflicts._fields}),
                today=today,
            ),
        )
        for pk, found in reasons.items()
    }


def wanted_of(reasons: list[str], why: Why) -> Wanted:
    return Wanted(reasons, priority_of(why), why)


def reasons_of(known: Known) -> list[str]:
    holds = {
        QueueReason.UNSAFE: known["unsafe"],
        QueueReason.DISPUTED: known["is_disputed"],
        QueueReason.REPORTED: known["problems"] or known["doubters"],
        QueueReason.CHANGED: known["changes"],
        QueueReason.MISSING: known["is_missing"],
        QueueReason.DUPLICATE: known["duplicates"],
        QueueReason.NO_COORDINATES: known["is_unplaced"],
        QueueReason.DUE: known["is_due"],
    }
    return [reason.value for reason in QueueReason if holds[reason]]


def demand_of(ids: Collection[UUID], now: datetime) -> Mapping[UUID, Demand]:
    """What searches of its county did not find of its kind, and what callers told us of the listing."""
    since = now - timedelta(days=DAYS_OF_DEMAND)
    month = timezone.localdate(since).replace(day=1)
    rows = ListingIndex.objects.filter(pk__in=ids).order_by("pk")
    placed = list(rows.values_list("pk", "state_province", "county", "categories"))
    asked = asked_for({(state, county) for _, state, county, _ in placed}, month)
    calls = calls_told(ids, since)
    demands = {pk: Demand(calls=calls.get(pk, 0)) for pk in ids}
    for pk, state, county, categories in placed:
        times, category = max((asked.get((state, county, each), 0), each) for each in categories)
        if times:
            demands[pk] = demands[pk]._replace(
                asked=times, category=category, county=county, since=f"{month:%Y-%m}"
            )
    return demands


def asked_for(counties: Collection[tuple[str, str]], month: date) -> Mapping[tuple[str, str, str], int]:
    """How often nothing was found, in whole tens, by the rule of what may be shown of unmet need: it holds
    for whole months, so the month in which the 90 days begin counts from its first day."""
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for cell in UnmetNeed.objects.since(month).around(counties).by_month():
        cells[cell.state_province, cell.county, cell.category].append(cell.times)
    shown = {key: figure_of(times).shown for key, times in cells.items()}
    return {key: times - times % LEAST_SHOWN for key, times in shown.items()}


def batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    known = sorted(set(ids))
    for start in range(0, len(known), BATCH):
        yield known[start : start + BATCH]
