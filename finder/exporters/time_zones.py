"""What iCalendar says of a zone's clock: VTIMEZONE (RFC 5545 §3.6.5).

Most programs know the zones by name. Outlook does not: it reads one yearly rule for each change of the clocks
and passes over lists of dates. So a zone that keeps to rules, as nearly all do, is told by them. (What the
iCalendar library makes of a zone lists dates, an hour late in spring, and loses short seasons.)
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from finder.schedules import DAYS

YEARS = 12
"""Looked at for a rule, and listed of a zone that keeps to none (Morocco, by the moon)."""
SHORTEST_SEASON = timedelta(days=7)
WEEKS_OF_MONTH = (-1, 1, 2, 3, 4)


class Change(NamedTuple):
    before: timedelta
    after: timedelta
    abbreviation: str


@lru_cache(maxsize=100)
def time_zone(name: str, *, first_year: int) -> Timezone:
    """`first_year`: before anything in the calendar. Shared: not to be changed."""
    found = Timezone()
    found.add("tzid", name)
    zone = ZoneInfo(name)
    begins = datetime(first_year, 1, 1, tzinfo=zone)
    changes: dict[Change, list[datetime]] = {}
    for moment, change in clock_changes(begins, begins.replace(year=first_year + YEARS)):
        changes.setdefault(change, []).append(moment)
    rules = {change: yearly_rule(moments) for change, moments in changes.items()}
    if not changes or not all(rules.values()):
        offset = begins.utcoffset() or timedelta()
        found.add_component(observance(Change(offset, offset, f"{begins:%Z}"), begins.replace(tzinfo=None)))
    for change, moments in changes.items():
        part = observance(change, moments[0])
        if all(rules.values()):
            part.add("rrule", rules[change])
        else:
            # One to a line: of several in one, ical.js (and so Thunderbird) reads the first.
            for moment in moments[1:]:
                part.add("rdate", [moment])
        found.add_component(part)
    return found


def observance(change: Change, begins: datetime) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("dtstart", begins)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.abbreviation)
    return part


def clock_changes(first: datetime, last: datetime) -> Iterator[tuple[datetime, Change]]:
    """Each with its moment on the clock as it was before, which is how the RFC writes it."""
    zone, moment = first.tzinfo, first.astimezone(UTC)
    while moment < last:
        early, late = moment, moment + SHORTEST_SEASON
        before, after = early.astimezone(zone), late.astimezone(zone)
        if before.utcoffset() != after.utcoffset():
            while late - early > timedelta(minutes=1):
                middle = early + (late - early) // 2
                is_before = middle.astimezone(zone).utcoffset() == before.utcoffset()
                early, late = (middle, late) if is_before else (early, middle)
            offset = before.utcoffset() or timedelta()
            on_the_clock = (late + offset).replace(second=0, microsecond=0, tzinfo=None)
            yield on_the_clock, Change(offset, after.utcoffset() or timedelta(), f"{after:%Z}")
        moment += SHORTEST_SEASON


def yearly_rule(moments: Sequence[datetime]) -> dict[str, object] | None:
    """The second Sunday of March, the last of October: every year, for as long as it was looked at."""
    first = moments[0]
    is_yearly = [moment.year for moment in moments] == list(range(first.year, first.year + YEARS))
    same = {(moment.month, moment.weekday(), moment.time()) for moment in moments}
    for number in WEEKS_OF_MONTH:
        if is_yearly and len(same) == 1 and all(is_in_week(number, moment) for moment in moments):
            return {"freq": "YEARLY", "bymonth": first.month, "byday": f"{number}{DAYS[first.weekday()]}"}
    return None


def is_in_week(number: int, moment: datetime) -> bool:
    """Whether it is the month's first, second, ... of its weekday; -1 for the last."""
    if number > 0:
        return (moment.day - 1) // 7 + 1 == number
    return (moment + timedelta(days=7)).month != moment.month
