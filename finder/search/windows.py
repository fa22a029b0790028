"""Which spans of time answer "today", "Mondays" or "from six to eight", and on whose clock.

What is asked of `starts` is when one can begin: the first minute of a meeting, any time of open doors.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

from finder.models.instants_field import Span, clipped
from finder.models.times_wanted import ANY_ZONE, TimesWanted
from finder.search.question import WEEKDAYS, SearchQuestion, When

SOON = timedelta(minutes=60)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
INSTANT = timedelta(microseconds=1)
"""The least that PostgreSQL tells apart: what starts in just sixty minutes starts within them."""


def times_wanted(question: SearchQuestion, zones: Iterable[str], *, now: datetime) -> TimesWanted | None:
    """`zones` are those that listings are in. None when no time is asked."""
    if not question.asks_when:
        return None
    now = this_minute(now)
    if depends_on_clock(question):
        windows = {zone: tuple(window(question, ZoneInfo(zone), now=now)) for zone in zones if zone}
    else:
        windows = {ANY_ZONE: (period(question, UTC, now=now),)}
    ends = [end for spans in windows.values() for _start, end in spans if end]
    return TimesWanted(
        "starts" if is_about_starts(question) else "occurrences", windows, max(ends, default=now)
    )


def any_time_from(now: datetime) -> TimesWanted:
    """For the order "soonest" of a search that asks for no time."""
    return TimesWanted("occurrences", {ANY_ZONE: ((now, None),)}, now)


def depends_on_clock(question: SearchQuestion) -> bool:
    """Whether listings of different zones are asked for different moments."""
    return is_about_starts(question) or (question.when == When.TODAY and not day_zone(question))


def is_about_starts(question: SearchQuestion) -> bool:
    """Of "now" and "today" a meeting under way is a part, of "Tuesday" or "at six" only what then begins."""
    return question.asks_time_of_day or question.when in WEEKDAYS


def day_zone(question: SearchQuestion) -> str:
    return question.zone or (question.reading.place.timezone if question.reading else "")


def window(question: SearchQuestion, zone: tzinfo, *, now: datetime) -> Iterator[Span]:
    """On the clock of a listing in this zone."""
    start, end = period(question, zone, now=now)
    if not is_about_starts(question):
        yield start, end
        return
    weekday = WEEKDAYS.get(question.when) if question.when else None
    for piece_start, piece_end, offset in steady_pieces(start, end, zone):
        clock = piece_start + offset, piece_end + offset
        for hours in times_of_day(question, weekday, *clock):
            if (within := clipped(hours, clock)) and within[0] and within[1]:
                yield within[0] - offset, within[1] - offset


def times_of_day(
    question: SearchQuestion, weekday: int | None, start: datetime, end: datetime
) -> Iterator[Span]:
    """From the first day's hours to the last's. Hours past midnight belong to the day they begin on."""
    opens = minutes(question.start_from or time.min)
    closes = minutes(question.start_until or time(23, 59)) + MINUTE
    if closes <= opens:
        closes += DAY
    day = start.replace(hour=0, minute=0, second=0, microsecond=0) - DAY
    while day < end:
        if weekday in {None, day.weekday()}:
            yield day + opens, day + closes
        day += DAY


def minutes(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)


def period(question: SearchQuestion, zone: tzinfo, *, now: datetime) -> tuple[datetime, datetime]:
    """In UTC. The week is one of the wall clock: who meets weekly is in it once, also when clocks change."""
    match question.when:
        case When.NOW:
            return now, now + SOON + INSTANT
        case When.NEXT_24_HOURS:
            return now, now + DAY
        case When.TODAY:
            own_zone = day_zone(question)
            here = now.astimezone(ZoneInfo(own_zone) if own_zone else zone)
            midnight = datetime.combine(here.date() + DAY, time.min, here.tzinfo)
            return now, midnight.astimezone(UTC)
        case _weekday_or_none:
            return now, (now.astimezone(zone) + WEEK).astimezone(UTC)


def this_minute(now: datetime) -> datetime:
    """In UTC. Times are stated in minutes, so that nothing begins or ends within one."""
    return now.astimezone(UTC).replace(second=0, microsecond=0)


def steady_pieces(
    start: datetime, end: datetime, zone: tzinfo
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Cut where the zone sets its clocks: within a piece it is so far from UTC. `start` is a full minute."""
    days = [start + number * DAY for number in range((end - start) // DAY + 1)] + [end]
    changes = [
        clock_change(before, after, zone)
        for before, after in pairwise(days)
        if offset_at(before, zone) != offset_at(after, zone)
    ]
    for piece_start, piece_end in pairwise([start, *changes, end]):
        if piece_start < piece_end:
            yield piece_start, piece_end, offset_at(piece_start, zone)


def clock_change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first minute of the new offset; no zone sets its clocks twice a day, or within a minute."""
    offset = offset_at(before, zone)
    minutes_until = bisect_left(
        range((after - before) // MINUTE),
        True,
        key=lambda number: offset_at(before + number * MINUTE, zone) != offset,
    )
    return before + minutes_until * MINUTE


def offset_at(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
