"""Opening hours, intake windows and meetings as people say them."""

import re
from datetime import time, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finder.enums import Frequency
from finder.meetings.stated import BY_APPOINTMENT
from finder.models import Schedule
from finder.schedules import DAYS

LAST_MINUTES = {time.min, time(23, 59)}
WORKING_DAYS = DAYS[:5]
KNOWN_MONTHS = set(map(str, MONTHS))
MONTHS_AHEAD = timedelta(days=330)
DAY_OF_MONTH = re.compile(r"(-?\d)?([A-Z]{2})")


class Time(NamedTuple):
    """What it is (open, intake, a meeting), when, and what the listing itself says of it."""

    kind: str
    when: str
    note: str


def schedule_words(schedule: Schedule) -> Time:
    is_by_appointment = schedule.opens_at is None and not names_a_day(schedule)
    if is_by_appointment:
        when = _("by appointment")
    else:
        parts = [days(schedule), hours(schedule), season(schedule), *bounds(schedule), exceptions(schedule)]
        when = ", ".join(part for part in parts if part)
    if schedule.is_suspended:
        when = _("closed for now (else: %(times)s)") % {"times": when}
    says_it_again = is_by_appointment and schedule.description == BY_APPOINTMENT
    return Time(
        kind=str(schedule.get_kind_display()),
        when=when,
        note="" if says_it_again else schedule.description,
    )


def names_a_day(schedule: Schedule) -> bool:
    return bool(schedule.byday or schedule.bymonthday or schedule.dtstart)


def days(schedule: Schedule) -> str:
    said = named_days(listed(schedule.byday))
    if schedule.freq == Frequency.MONTHLY:
        numbers = days_of_month(schedule)
        if said and numbers:
            said = _("%(days)s, if it is %(numbers)s") % {"days": said, "numbers": numbers}
        said = said or numbers or _("every month")
    return every_other(said or _("every day"), schedule)


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def every_other(said: str, schedule: Schedule) -> str:
    is_weekly = schedule.freq == Frequency.WEEKLY
    if schedule.interval == 2:
        days = _("%(days)s, every other week") if is_weekly else _("%(days)s, every other month")
        return days % {"days": said}
    if schedule.interval > 2:
        days = _("%(days)s, every %(count)d weeks") if is_weekly else _("%(days)s, every %(count)d months")
        return days % {"days": said, "count": schedule.interval}
    return said


def days_of_month(schedule: Schedule) -> str:
    """Of a schedule that names no day at all, the day on which it is known to occur."""
    numbers = listed(schedule.bymonthday)
    if not numbers and not schedule.byday and schedule.dtstart:
        numbers = (str(schedule.dtstart.day),)
    counted = [number for number in numbers if not number.startswith("-")]
    said = [_("day %(numbers)s of the month") % {"numbers": ", ".join(counted)}] if counted else []
    for number in numbers:
        if number == "-1":
            said.append(_("the last day of the month"))
        elif number.startswith("-"):
            said.append(_("day %(number)s from the end of the month") % {"number": number[1:]})
    return ", ".join(said)


def season(schedule: Schedule) -> str:
    """September to May, where the months follow one another, also past the end of the year."""
    months = sorted({int(month) for month in listed(schedule.bymonth) if month in KNOWN_MONTHS})
    if not months or len(months) == len(MONTHS):
        return ""
    begins = [month for month in months if (month - 2) % 12 + 1 not in months]
    if len(begins) == 1 and len(months) > 2:
        last = (begins[0] + len(months) - 2) % 12 + 1
        return _("from %(first)s to %(last)s") % {"first": MONTHS[begins[0]], "last": MONTHS[last]}
    return _("only in %(months)s") % {"months": ", ".join(str(MONTHS[month]) for month in months)}


def bounds(schedule: Schedule) -> list[str]:
    """A first day that is still to come, and the last."""
    said = []
    first = max((day for day in (schedule.valid_from, schedule.dtstart) if day), default=None)
    if first and first > timezone.localdate():
        said.append(_("from %(day)s") % {"day": date_format(first)})
    if schedule.valid_to:
        said.append(_("until %(day)s") % {"day": date_format(schedule.valid_to)})
    return said


def exceptions(schedule: Schedule) -> str:
    """Those of the coming months: said without a year."""
    today = timezone.localdate()
    coming = [day for day in sorted(schedule.except_dates) if today <= day < today + MONTHS_AHEAD]
    if not coming:
        return ""
    said = ", ".join(date_format(day, "MONTH_DAY_FORMAT") for day in coming)
    return _("not on %(days)s") % {"days": said}


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
        "5": pgettext("day of the month", "fifth"),
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
    if schedule.closes_at == schedule.opens_at:
        return _("%(opens)s, for 24 hours") % {"opens": opens}
    said = {"opens": opens, "closes": time_format(schedule.closes_at)}
    if time.min < schedule.closes_at < schedule.opens_at:
        return _("%(opens)s to %(closes)s the next day") % said
    return _("%(opens)s to %(closes)s") % said
