"""The next 24 hours in order: meetings, walk-in hours and intake windows, on one clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from finder.enums import Attending, LocationType, ScheduleKind, ServiceStatus
from finder.models import Schedule, ServiceAtLocation
from finder.schedules import Occurrence, is_always_open, occurrences
from finder.search.answer import Result
from finder.search.question import SearchQuestion
from finder.views.cards import category_words, distance, supervision, where
from finder.views.doubts import doubt_words
from finder.views.moments import is_under_way, soon_words, when_words
from finder.views.phones import ToCall, number_to_call

AHEAD = timedelta(hours=24)
WALK_IN = "walk_in"
JOINED_FROM_HOME = {Attending.ONLINE, Attending.HYBRID}
MOST_ALSO = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """One time at which a listing can be gone to."""

    occurrence: Occurrence
    schedule: Schedule
    is_always: bool
    """Day and night, every day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing at the first of its moments."""

    listing: ServiceAtLocation
    categories: tuple[tuple[str, str], ...]
    """Code and word; the first is that of its edge."""
    supervision: str
    """ "yes", "no" or "ask" for a detox, else empty."""
    kind: str
    starts_at: datetime
    zone: str
    """An IANA name."""
    is_under_way: bool
    clock: str
    ends: str
    soon: str
    attendance: str
    is_from_home: bool
    where: str
    distance: str
    also: str
    doubts: tuple[str, ...]
    phone: ToCall | None


@dataclass(frozen=True, slots=True)
class Part:
    """Now, this evening, tomorrow morning."""

    heading: str
    entries: tuple[Entry, ...]


def entries_of(
    results: Sequence[Result], question: SearchQuestion, *, zone: ZoneInfo, now: datetime
) -> list[Entry]:
    """Those under way first, then by their start; a listing with nothing to go to in 24 hours has none."""
    with_schedules([result.listing for result in results])
    found = [entry_of(result, question, zone=zone, now=now) for result in results]
    return sorted((entry for entry in found if entry), key=lambda entry: order(entry, now))


def order(entry: Entry, now: datetime) -> tuple[float, str, str]:
    starts = 0 if entry.is_under_way else entry.starts_at.timestamp()
    return starts, entry.listing.service.name, str(entry.listing.pk)


def with_schedules(listings: Sequence[ServiceAtLocation]) -> None:
    prefetch_related_objects(list(listings), "schedules")
    silent = [listing for listing in listings if not listing.schedules.all()]
    prefetch_related_objects(silent, "service__schedules", "location__schedules")


def entry_of(result: Result, question: SearchQuestion, *, zone: ZoneInfo, now: datetime) -> Entry | None:
    listing, index = result.listing, result.index
    is_walk_in = any(term.slug == WALK_IN for term in result.states)
    moments = moments_of(listing, is_walk_in=is_walk_in, zone=zone, now=now)
    if not moments:
        return None
    first, others = moments[0], moments[1:]
    attending = attending_of(first.schedule, listing)
    under_way = is_under_way(first.occurrence, now)
    return Entry(
        listing=listing,
        categories=category_words(index.categories),
        supervision=supervision(index.categories, index.yes, index.no),
        kind=kind_words(first.schedule),
        starts_at=first.occurrence.starts_at,
        zone=zone.key,
        is_under_way=under_way,
        clock=time_format(first.occurrence.starts_at.time()),
        ends=_("day and night") if first.is_always else until(first.occurrence),
        soon=soon_words(first.occurrence.starts_at, now),
        attendance=str(Attending(attending).label) if attending else "",
        is_from_home=attending in JOINED_FROM_HOME,
        where=where(listing),
        distance=distance(result, question),
        also=also_words(others, now),
        doubts=doubt_words(index),
        phone=number_to_call(listing.speaking_phones),
    )


def moments_of(
    listing: ServiceAtLocation, *, is_walk_in: bool, zone: ZoneInfo, now: datetime
) -> list[Moment]:
    if listing.service.status != ServiceStatus.ACTIVE:
        return []
    schedules = [each for each in listing.speaking_schedules if each.opens_at]
    kinds = {each.kind for each in schedules}
    # Where it says when it admits people, its other hours are not for walking in.
    shown = {ScheduleKind.MEETING, ScheduleKind.INTAKE}
    if is_walk_in and ScheduleKind.INTAKE not in kinds:
        shown.add(ScheduleKind.HOURS)
    found = [
        moment
        for schedule in schedules
        if schedule.kind in shown
        for moment in moments_of_schedule(schedule, listing, zone=zone, now=now)
    ]
    return sorted(found, key=lambda moment: (moment.occurrence.starts_at.timestamp(), moment.schedule.pk))


def moments_of_schedule(
    schedule: Schedule, listing: ServiceAtLocation, *, zone: ZoneInfo, now: datetime
) -> Iterator[Moment]:
    recurrence = schedule.recurrence(listing.location.timezone)
    always = is_always_open(recurrence)
    for found in occurrences(recurrence, since=now, until=now + AHEAD):
        here = Occurrence(found.starts_at.astimezone(zone), found.ends_at.astimezone(zone))
        yield Moment(here, schedule, always)
        if always:
            return


def attending_of(schedule: Schedule, listing: ServiceAtLocation) -> str:
    if listing.location.location_type == LocationType.VIRTUAL:
        return schedule.attending_type or Attending.ONLINE
    return schedule.attending_type


def kind_words(schedule: Schedule) -> str:
    return {
        ScheduleKind.MEETING: _("Meeting"),
        ScheduleKind.INTAKE: _("Takes in new people"),
        ScheduleKind.HOURS: _("Walk in, no appointment"),
    }[ScheduleKind(schedule.kind)]


def until(occurrence: Occurrence) -> str:
    return _("until %(time)s") % {"time": time_format(occurrence.ends_at.time())}


def also_words(moments: Sequence[Moment], now: datetime) -> str:
    """Its other times in these 24 hours, the first few of them."""
    said = [when_words(moment.occurrence.starts_at, now) for moment in moments]
    return " · ".join(dict.fromkeys(said[:MOST_ALSO]))


def parts_of(entries: Iterable[Entry], *, now: datetime, zone: ZoneInfo) -> list[Part]:
    """Of entries in their order."""
    today = now.astimezone(zone)
    grouped = groupby(entries, key=lambda entry: part_words(entry, today))
    return [Part(heading, tuple(members)) for heading, members in grouped]


def part_words(entry: Entry, today: datetime) -> str:
    if entry.is_under_way:
        return _("Now")
    is_today = entry.starts_at.date() == today.date()
    match entry.starts_at.hour:
        case hour if hour < 5:
            return _("Before dawn") if is_today else _("After midnight")
        case hour if hour < 12:
            return _("This morning") if is_today else _("Tomorrow morning")
        case hour if hour < 17:
            return _("This afternoon") if is_today else _("Tomorrow afternoon")
        case _evening:
            return _("This evening") if is_today else _("Tomorrow evening")
