"""When listings are open, admit people or meet, for the days that a search may ask about."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db import connection, connections, transaction
from django.utils import timezone
from psycopg.types.multirange import TimestamptzMultirange

from finder.enums import ScheduleKind, ServiceStatus
from finder.models import ListingIndex, Schedule, ServiceAtLocation
from finder.models.instants_field import Span, clipped, joined, pairs, spans
from finder.schedules import (
    Occurrence,
    Recurrence,
    is_always_open,
    is_faulty,
    known_zones,
    occurrences,
)

HORIZON = timedelta(days=15)
LEAST_HORIZON = timedelta(days=8)
"""A search looks a week ahead on a clock that may be set back in it."""
FIRST_MINUTE = timedelta(minutes=1)
BATCH = 500
ONE_AT_A_TIME = 0x72656672_65736874
"""The number of the lock that whoever refreshes holds."""
CHECKED_EVERY = 600
"""Seconds."""
ALWAYS: list[Span] = [(None, None)]


class Times(NamedTuple):
    """The columns of the index that follow from schedules."""

    timezone: str
    occurrences: TimestamptzMultirange | None = None
    starts: TimestamptzMultirange | None = None
    times_until: datetime | None = None


TIMES = ("occurrences", "starts", "times_until")
"""Those that differ with the day on which they are written."""


def times_of(listing: ServiceAtLocation, schedules: Iterable[Schedule], *, now: datetime) -> Times:
    """Null where nobody stated a time that can be understood; of a closed place, that it has none."""
    own_zone = listing.location.timezone
    stated = [
        (schedule.kind, recurrence)
        for schedule in schedules
        if is_stated(recurrence := schedule.recurrence(own_zone))
    ]
    zones = [recurrence.timezone for _kind, recurrence in stated] + [own_zone]
    zone = zones[0] if zones[0] in known_zones() else ""
    if not stated:
        return Times(zone)
    running = [(kind, recurrence) for kind, recurrence in stated if not recurrence.is_suspended]
    if listing.service.status != ServiceStatus.ACTIVE or not running:
        return Times(zone, spans([]), spans([]))
    if any(is_always_open(recurrence) for _kind, recurrence in running):
        return Times(zone, spans(ALWAYS), spans(ALWAYS))
    until = now + HORIZON
    found = [
        (kind, in_utc(occurrence))
        for kind, recurrence in running
        for occurrence in occurrences(recurrence, since=now, until=until)
    ]
    return Times(
        zone,
        spans(joined(span for _kind, span in found)),
        spans(joined(beginning(kind, *span) for kind, span in found)),
        until,
    )


def is_stated(recurrence: Recurrence) -> bool:
    """Not "by appointment", nor what nobody can read; that it is suspended is a statement, too."""
    return recurrence.is_suspended or (recurrence.opens_at is not None and not is_faulty(recurrence))


def in_utc(occurrence: Occurrence) -> tuple[datetime, datetime]:
    return occurrence.starts_at.astimezone(UTC), occurrence.ends_at.astimezone(UTC)


def beginning(kind: str, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """When one can begin: with a meeting as it starts, with open doors as long as they are."""
    return (start, start + FIRST_MINUTE) if kind == ScheduleKind.MEETING else (start, end)


def differ_in_times(one: ListingIndex, other: ListingIndex, *, now: datetime) -> bool:
    """In the days that both rows know, from now on."""
    ends = [row.times_until for row in (one, other) if row.times_until]
    known: Span = (now, min(ends)) if ends else (now, None)
    return len(ends) == 1 or any(
        ahead(getattr(one, name), known) != ahead(getattr(other, name), known)
        for name in ("occurrences", "starts")
    )


def ahead(instants: TimestamptzMultirange | None, known: Span) -> list[Span] | None:
    if instants is None:
        return None
    return [span for each in pairs(instants) if (span := clipped(each, known))]


def refresh_times(*, now: datetime, at_most: int | None = None) -> int:
    """Extend what ends in less than eight days, and say of how many listings.

    Each batch is a short transaction that holds a lock: who finds it held leaves the rest to its holder.
    """
    short = ListingIndex.objects.short_of(now + LEAST_HORIZON).values_list("pk", flat=True)[:at_most]
    refreshed = 0
    waiting = list(short)
    for number in range(0, len(waiting), BATCH):
        rows = refresh_batch(waiting[number : number + BATCH], now=now)
        if rows is None:
            break
        refreshed += rows
    return refreshed


@transaction.atomic
def refresh_batch(listing_ids: Sequence[UUID], *, now: datetime) -> int | None:
    """None when another process is at it. Rows that someone is writing are left out: they become new."""
    if not is_alone():
        return None
    rows = ListingIndex.objects.short_of(now + LEAST_HORIZON).filter(pk__in=listing_ids)
    held = [row.pk for row in rows.only("pk").select_for_update(skip_locked=True).order_by("pk")]
    parts = ServiceAtLocation.objects.select_related("service", "location").with_schedules()
    listings = parts.only("service__status", "location__timezone").filter(pk__in=held)
    found = [(times_of(each, each.speaking_schedules, now=now), each.pk) for each in listings]
    rows_written: list[Any] = [(each.occurrences, each.starts, each.times_until, pk) for each, pk in found]
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            UPDATE finder_listingindex SET occurrences = %s, starts = %s, times_until = %s
            WHERE listing_id = %s""",
            rows_written,
        )
    return len(found)


def is_alone() -> bool:
    """Until the transaction ends. A lock of the session would not live through PgBouncer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (locked,) = cursor.fetchone()
        return bool(locked)


def refresh_if_short(*, now: datetime) -> None:
    """In the background, when the index sees less than eight days ahead; looked at every ten minutes."""
    if not cache.add("times-checked", True, CHECKED_EVERY):
        return
    if ListingIndex.objects.short_of(now + LEAST_HORIZON).exists():
        Thread(target=refresh_in_background, name="refresh times", daemon=True).start()


def refresh_in_background() -> None:
    try:
        refresh_times(now=timezone.now())
    finally:
        connections.close_all()
