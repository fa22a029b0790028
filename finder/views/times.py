"""Opening hours, intake windows and meetings as people say them."""

import re
from datetime import time
from typing import NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finder.enums import Frequency
from finder.models import Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_MINUTES = {time.min, time(23, 59)}
WORKING_DAYS = DAYS[:5]
DAY_OF_MONTH = re.compile(r"(-?\d)?([A-Z]{2})")


class Time(NamedTuple):
    """What it is (open, intake, a meeting), when, and what the listing itself says of it."""

    kind: str
    when: str
    note: str


def schedule_words(schedule: Schedule) -> Time:
    parts = [days(schedule), hours(schedule)]
    return Time(
        kind=str(schedule.get_kind_display()),
        when=", ".join(part for part in parts if part),
        note=schedule.description,
    )


def days(schedule: Schedule) -> str:
    said = named_days(tuple(day.strip() for day in schedule.byday.split(",") if day.strip()))
    if not said:
        said = _("every day") if schedule.freq == Frequency.WEEKLY else _("every month")
    if schedule.interval > 1 and schedule.freq == Frequency.WEEKLY:
        return _("%(days)s, every %(count)d weeks") % {"days": said, "count": schedule.interval}
    if schedule.interval > 1:
        return _("%(days)s, every %(count)d months") % {"days": said, "count": schedule.interval}
    return said


def named_days(days: tuple[str, ...]) -> str:
    if set(days) == set(DAYS):
        return _("every day")
    if set(days) == set(WORKING_DAYS):
        return _("%(first)s to %(last)s") % {"first": WEEKDAYS[0], "last": WEEKDAYS[4]}
    return ", ".join(map(day_words, days))


def day_words(day: str) -> str:
    """iCalendar's BYDAY: TU is every Tuesday, 2TU the month's second, -1TU its last."""
    found = DAY_OF_MONTH.fullmatch(day)
    if not found or found[2] not in DAYS:
        return day
    name = str(WEEKDAYS[DAYS.index(found[2])])
    return f"{which(found[1])} {name}" if found[1] else name


def which(number: str) -> str:
    return {
        "1": pgettext("day of the month", "first"),
        "2": pgettext("day of the month", "second"),
        "3": pgettext("day of the month", "third"),
        "4": pgettext("day of the month", "fourth"),
        "-1": pgettext("day of the month", "last"),
    }.get(number, number)


def hours(schedule: Schedule) -> str:
    if schedule.opens_at is None:
        return ""
    if schedule.opens_at == time.min and schedule.closes_at in LAST_MINUTES:
        return _("day and night")
    opens = time_format(schedule.opens_at)
    if schedule.closes_at is None:
        return opens
    return _("%(opens)s to %(closes)s") % {"opens": opens, "closes": time_format(schedule.closes_at)}
