"""When a listing is next on, read from its row of the index alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from finder.models import ListingIndex
from finder.models.instants_field import Span, clipped, pairs
from finder.models.times_wanted import TimesWanted


@dataclass(frozen=True, slots=True)
class NextTime:
    """On the group's clock. Day and night has no start; of times that run into each other no end is known."""

    starts_at: datetime | None
    ends_at: datetime | None
    is_under_way: bool


def next_time(row: ListingIndex, wanted: TimesWanted, *, now: datetime) -> NextTime | None:
    """The first that answers what is wanted; None when the index knows of none."""
    moment = first_moment(row, wanted, now=now)
    if moment is None or row.occurrences is None or row.starts is None:
        return None
    span = next((span for span in pairs(row.occurrences) if clipped(span, (moment, None))), None)
    if span is None:
        return None
    starts = [start for start, _end in pairs(row.starts) if start]
    starts_at = max((start for start in starts if start <= moment and within(span, start)), default=span[0])
    later = [start for start in starts if starts_at and start > starts_at and within(span, start)]
    return NextTime(
        starts_at=on_clock(starts_at, row.timezone),
        ends_at=None if later else on_clock(span[1], row.timezone),
        is_under_way=starts_at is None or starts_at <= now,
    )


def first_moment(row: ListingIndex, wanted: TimesWanted, *, now: datetime) -> datetime | None:
    known = getattr(row, wanted.column)
    shared = (
        clipped(span, window) for span in pairs(known or ()) for window in wanted.window_of(row.timezone)
    )
    return min((span[0] or now for span in shared if span), default=None)


def within(span: Span, moment: datetime) -> bool:
    return clipped(span, (moment, None)) is not None and (span[0] is None or span[0] <= moment)


def on_clock(moment: datetime | None, zone: str) -> datetime | None:
    return moment.astimezone(ZoneInfo(zone) if zone else UTC) if moment else None


def is_unsaid(row: ListingIndex, wanted: TimesWanted) -> bool:
    """Nobody stated its times, or the index does not know them that far."""
    return row.occurrences is None or (row.times_until is not None and row.times_until < wanted.until)
