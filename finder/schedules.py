"""When a schedule occurs: iCalendar's recurrence (RFC 5545 §3.3.10) on a place's own wall clock.

A start that the clocks skip in spring is read by the offset before the change, so it comes as much later;
of a start that autumn repeats, the first counts (both RFC 5545 §3.3.5). The end is what the wall clock says,
however many hours lie between, unless the change leaves nothing of it: then it lasts as long as ever.
Weeks begin on Monday, which matters for "every other week" only.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from dateutil import rrule
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finder.enums import Frequency

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY = frozenset(range(7))
WEEKS_OF_MONTH = range(1, 6)
BYDAY = re.compile(r"([+-]?[1-5])?([A-Z]{2})")
UNSAID_LENGTH = timedelta(minutes=60)
"""Of what names no end, as the Meeting Guide format has it."""
WHOLE_DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)
LOOKAHEAD = timedelta(days=400)
"""How far the next occurrence is looked for: past the longest season's break."""
SPELLINGS = 4096
"""How many ways of writing days and months stay parsed; a directory uses some hundreds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """HSDS words. Nothing occurs before `dtstart`, nor outside `valid_from` to `valid_to`, both included."""

    freq: str = Frequency.WEEKLY.value
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    bymonth: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    dtstart: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    except_dates: tuple[date, ...] = ()
    timezone: str = ""
    is_suspended: bool = False

    @property
    def counted_from(self) -> date | None:
        """A day in the first week or month that "every other" counts."""
        return self.dtstart or self.valid_from

    @property
    def length(self) -> timedelta:
        """On the wall clock. Midnight to 23:59 is how many write a whole day."""
        if self.opens_at is None or self.closes_at is None:
            return UNSAID_LENGTH
        if self.opens_at == time.min and self.closes_at == LAST_MINUTE:
            return WHOLE_DAY
        length = datetime.combine(date.min, self.closes_at) - datetime.combine(date.min, self.opens_at)
        return length if length > timedelta() else length + WHOLE_DAY


class Occurrence(NamedTuple):
    """Aware, in the group's zone. Two such times compare by the wall clock alone, whatever the offset:
    compare and subtract them in UTC."""

    starts_at: datetime
    ends_at: datetime


def occurrences(recurrence: Recurrence, *, since: datetime, until: datetime) -> Iterator[Occurrence]:
    """Every one that overlaps [since, until), in order; none of a rule that has `faults`."""
    opens_at = recurrence.opens_at
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    if opens_at is None or since >= until or recurrence.is_suspended or is_faulty(recurrence):
        return
    zone, length = ZoneInfo(recurrence.timezone), recurrence.length
    # One that began two days ago may last: it is a day long, and an hour more when the clocks go back.
    first = since.astimezone(zone).date() - timedelta(days=2)
    for day in days_of(recurrence, first, until.astimezone(zone).date()):
        wall_clock = datetime.combine(day, opens_at, zone)
        starts_at, ends_at = instants(wall_clock, length)
        if starts_at < until and ends_at > since:
            found = Occurrence(starts_at.astimezone(zone), ends_at.astimezone(zone))
            # Samoa had no 30 December 2011, when it changed sides of the Date Line: nothing met that day.
            if found.starts_at - wall_clock < WHOLE_DAY:
                yield found


def instants(wall_clock: datetime, length: timedelta) -> tuple[datetime, datetime]:
    starts_at = wall_clock.astimezone(UTC)
    ends_at = (wall_clock + length).astimezone(UTC)
    return starts_at, ends_at if ends_at > starts_at else starts_at + length


def next_occurrence(recurrence: Recurrence, *, now: datetime) -> Occurrence | None:
    """Under way or the next to start, within 400 days."""
    return next(occurrences(recurrence, since=now, until=now + LOOKAHEAD), None)


def first_day(recurrence: Recurrence, *, since: date) -> date | None:
    """The next on which it begins, within 400 days, by the group's calendar."""
    if recurrence.opens_at is None or recurrence.is_suspended or is_faulty(recurrence):
        return None
    return next(days_of(recurrence, since, since + LOOKAHEAD), None)


def is_always_open(recurrence: Recurrence) -> bool:
    """Day and night, every day, for good."""
    bounds = (recurrence.dtstart, recurrence.valid_from, recurrence.valid_to)
    return (
        recurrence.freq == Frequency.WEEKLY
        and recurrence.interval == 1
        and recurrence.opens_at is not None
        and recurrence.length == WHOLE_DAY
        and not (recurrence.bymonth or recurrence.except_dates or recurrence.is_suspended or any(bounds))
        and not is_faulty(recurrence)
        and weekdays_of(recurrence) == EVERY_DAY
    )


def faults(recurrence: Recurrence) -> list[str]:
    """Why nothing can be told of it, in words for a person who edits it; empty where all is well."""
    return [str(words) for holds, words in FAULTS if holds(recurrence)]


def is_faulty(recurrence: Recurrence) -> bool:
    return any(holds(recurrence) for holds, _words in FAULTS)


def is_monthly(recurrence: Recurrence) -> bool:
    return recurrence.freq == Frequency.MONTHLY


def names_no_day_of_the_month(recurrence: Recurrence) -> bool:
    days = parsed_days(recurrence.byday), month_days(recurrence)
    return is_monthly(recurrence) and not recurrence.dtstart and days == ((), frozenset())


def month_days(recurrence: Recurrence) -> frozenset[int] | None:
    return parsed_numbers(recurrence.bymonthday, least=-31, most=31)


def months(recurrence: Recurrence) -> frozenset[int] | None:
    return parsed_numbers(recurrence.bymonth, least=1, most=12)


@lru_cache(maxsize=SPELLINGS)
def parsed_days(byday: str) -> tuple[tuple[int, int], ...] | None:
    """Each as its number in the month, 0 for every one, and its weekday, 0 for Monday; none if unreadable."""
    found = [BYDAY.fullmatch(day.strip()) for day in byday.split(",") if day.strip()]
    if any(match is None or match[2] not in DAYS for match in found):
        return None
    return tuple((int(match[1] or 0), DAYS.index(match[2])) for match in found if match)


@lru_cache(maxsize=SPELLINGS)
def parsed_numbers(text: str, *, least: int, most: int) -> frozenset[int] | None:
    """From `least` to `most` without 0; none if unreadable."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not all(re.fullmatch(r"[+-]?[0-9]{1,2}", word) for word in words):
        return None
    numbers = frozenset(map(int, words))
    return numbers if all(number and least <= number <= most for number in numbers) else None


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


FAULTS: tuple[tuple[Callable[[Recurrence], bool], Promise], ...] = (
    (lambda it: it.freq not in Frequency.values, _("It recurs weekly or monthly.")),
    (lambda it: it.interval < 1, _("It recurs every week or month (1), every other (2) or so on.")),
    (
        lambda it: parsed_days(it.byday) is None,
        _("Days are written MO,WE, or 2TH for the second Thursday of the month."),
    ),
    (
        lambda it: not is_monthly(it) and any(number for number, _day in parsed_days(it.byday) or ()),
        _("Only what recurs monthly has a second Thursday or a last Sunday."),
    ),
    (
        lambda it: month_days(it) is None,
        _("Days of the month are numbers from 1 to 31, or from -1 (its last) to -31."),
    ),
    (
        lambda it: not is_monthly(it) and bool(month_days(it)),
        _("Only what recurs monthly has days of the month."),
    ),
    (lambda it: months(it) is None, _("Months are numbers from 1 to 12.")),
    (names_no_day_of_the_month, _("Say which day of the month it is.")),
    (
        lambda it: it.interval > 1 and not it.counted_from,
        _("Say a day on which it occurs, to count every other week or month from."),
    ),
    (
        lambda it: it.timezone not in known_zones(),
        _("Its time zone is no IANA name, such as America/New_York."),
    ),
)


def days_of(recurrence: Recurrence, first: date, last: date) -> Iterator[date]:
    """Those from `first` to `last`, both included, on which a rule without faults begins an occurrence."""
    first = max(first, recurrence.dtstart or first, recurrence.valid_from or first)
    last = min(last, recurrence.valid_to or last)
    days = days_by_months if is_monthly(recurrence) else days_by_weeks
    return (day for day in days(recurrence, first, last) if day not in recurrence.except_dates)


def days_by_weeks(recurrence: Recurrence, first: date, last: date) -> Iterator[date]:
    """Without a rule of dateutil's, which would take most of the time that an index takes for them all."""
    weekdays, in_season, interval = weekdays_of(recurrence), months(recurrence), recurrence.interval
    week_counted = week(recurrence.counted_from or first)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        if (ordinal - 1) % 7 in weekdays and ((ordinal - 1) // 7 - week_counted) % interval == 0:
            day = date.fromordinal(ordinal)
            if not in_season or day.month in in_season:
                yield day


def weekdays_of(recurrence: Recurrence) -> frozenset[int]:
    """Of a weekly rule: every day where none is named."""
    return frozenset(weekday for _number, weekday in parsed_days(recurrence.byday) or ()) or EVERY_DAY


def week(day: date) -> int:
    """Numbered from the Monday that begins the calendar's first year."""
    return (day.toordinal() - 1) // 7


def days_by_months(recurrence: Recurrence, first: date, last: date) -> Iterator[date]:
    numbers, in_season = month_days(recurrence) or frozenset(), months(recurrence)
    if recurrence.dtstart and not numbers and not parsed_days(recurrence.byday):
        numbers = frozenset({recurrence.dtstart.day})
    month_counted = month(recurrence.counted_from or first)
    for number in range(month(first), month(last) + 1):
        begins = date(number // 12, number % 12 + 1, 1)
        if (number - month_counted) % recurrence.interval == 0 and begins.month in (
            in_season or {begins.month}
        ):
            days = days_of_month(recurrence.byday, numbers, begins)
            yield from (day for day in days if first <= day <= last)


def month(day: date) -> int:
    return day.year * 12 + day.month - 1


@lru_cache(maxsize=SPELLINGS)
def days_of_month(byday: str, numbers: frozenset[int], begins: date) -> tuple[date, ...]:
    """Asked of one month, as dateutil looks for a day that never comes until the year 9999. It also takes
    "TU,-1SU" for what is both a Tuesday and the last Sunday, so that every Tuesday is named by its number."""
    days = [
        rrule.weekday(weekday, which)
        for number, weekday in parsed_days(byday) or ()
        for which in ([number] if number else WEEKS_OF_MONTH)
    ]
    rule = rrule.rrule(
        rrule.MONTHLY,
        dtstart=datetime.combine(begins, time.min),
        interval=12 * MAXYEAR,
        byweekday=days or None,
        bymonthday=sorted(numbers) or None,
    )
    return tuple(moment.date() for moment in rule)
