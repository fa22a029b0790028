"""When a group meets, as the Meeting Guide format can say it: one day of every week, and a time.

The format has no months, no seasons and no exceptions. What it cannot say is said in a note, and a meeting
that is not weekly gets no day: written weekly it would send people to a locked door.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finder.enums import Frequency
from finder.meetings.repeats import monthly_byday
from finder.models import Schedule

SUNDAY_FIRST = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
"""The format counts days from 0, Sunday."""

MONDAY_FIRST = (*SUNDAY_FIRST[1:], SUNDAY_FIRST[0])


def listed(commas: str) -> list[str]:
    return [each.strip() for each in commas.split(",") if each.strip()]


def is_over(schedule: Schedule, today: date) -> bool:
    return schedule.valid_to is not None and schedule.valid_to < today


def is_in_season(schedule: Schedule, today: date) -> bool:
    has_begun = schedule.valid_from is None or schedule.valid_from <= today
    months = listed(schedule.bymonth)
    return has_begun and not is_over(schedule, today) and (not months or str(today.month) in months)


def is_weekly(schedule: Schedule) -> bool:
    """Every week on days that the format can name."""
    return (
        schedule.freq == Frequency.WEEKLY
        and schedule.interval == 1
        and not schedule.bymonthday
        and set(weekdays(schedule)) <= set(SUNDAY_FIRST)
    )


def weekdays(schedule: Schedule) -> list[str]:
    """A weekly rule that names none means every day."""
    return listed(schedule.byday) or list(MONDAY_FIRST)


def days_of(schedule: Schedule, today: date) -> Sequence[int | None]:
    """One entry each, 0 is Sunday; None stands for an entry without a day or time."""
    if schedule.opens_at is None or not is_weekly(schedule) or not is_in_season(schedule, today):
        return [None]
    return sorted(SUNDAY_FIRST.index(day) for day in set(weekdays(schedule)))


def notes_say_when(schedule: Schedule) -> bool:
    """A monthly rule that was read from the group's own words will be read from them again."""
    rule = monthly_byday(schedule.notes, schedule.byday[-2:], schedule.opens_at)
    is_plain = schedule.freq == Frequency.MONTHLY and schedule.interval == 1 and not schedule.bymonthday
    return bool(rule) and is_plain and rule == schedule.byday


def days_given(schedule: Schedule, today: date) -> Sequence[int | None]:
    """As the source itself wrote it: the day beside the words that say on which weeks."""
    if notes_say_when(schedule) and is_in_season(schedule, today):
        return [SUNDAY_FIRST.index(schedule.byday[-2:])]
    return days_of(schedule, today)


def remarks(schedule: Schedule, today: date) -> str:
    """In sentences: what a day of the week and a time leave out."""
    if schedule.opens_at is None:
        return ""
    rule = "" if is_weekly(schedule) else rule_words(schedule)
    resting = is_weekly(schedule) and not is_in_season(schedule, today)
    return " ".join(
        chain([rule or weekly_words(schedule)] if rule or resting else [], limits(schedule, today))
    )


def weekly_words(schedule: Schedule) -> str:
    days = sorted(weekdays(schedule), key=MONDAY_FIRST.index)
    names = ", ".join(day_name(day) for day in days)
    return _("Meets on %(days)s at %(time)s.") % {"days": names, "time": time_words(schedule)}


def rule_words(schedule: Schedule) -> str:
    days = ", ".join(chain(map(day_words, listed(schedule.byday)), map(day_of_month, monthdays(schedule))))
    said = {"days": days, "time": time_words(schedule), "count": schedule.interval}
    if not days:
        return _("Ask the group on which days it meets.")
    if schedule.freq == Frequency.WEEKLY:
        return fortnights(schedule, said)
    if schedule.interval > 1:
        return _("Meets every %(count)d months on %(days)s at %(time)s.") % said
    return _("Meets every month on %(days)s at %(time)s.") % said


def fortnights(schedule: Schedule, said: dict[str, object]) -> str:
    if schedule.dtstart is None:
        return _("Meets every %(count)d weeks on %(days)s at %(time)s.") % said
    said["day"] = date_format(schedule.dtstart, "F j, Y")
    return _("Meets every %(count)d weeks on %(days)s at %(time)s, counted from %(day)s.") % said


def limits(schedule: Schedule, today: date) -> Iterator[str]:
    if schedule.valid_from and schedule.valid_from > today:
        yield _("Begins on %(day)s.") % {"day": date_format(schedule.valid_from, "F j, Y")}
    if schedule.valid_to:
        yield _("Ends on %(day)s.") % {"day": date_format(schedule.valid_to, "F j, Y")}
    months = [str(MONTHS[int(month)]) for month in listed(schedule.bymonth) if month.isdecimal()]
    if months:
        yield _("Only in %(months)s.") % {"months": ", ".join(months)}
    missed = [date_format(day, "F j, Y") for day in sorted(schedule.except_dates) if day >= today]
    if missed:
        yield _("Not on %(days)s.") % {"days": "; ".join(missed)}


def time_words(schedule: Schedule) -> str:
    return time_format(schedule.opens_at, "g:i A") if schedule.opens_at else ""


def monthdays(schedule: Schedule) -> list[str]:
    """A monthly rule that names no day means that of its first."""
    is_bare = not schedule.byday and not schedule.bymonthday
    if is_bare and schedule.freq == Frequency.MONTHLY and schedule.dtstart:
        return [str(schedule.dtstart.day)]
    return listed(schedule.bymonthday)


def day_name(day: str) -> str:
    return str(WEEKDAYS[MONDAY_FIRST.index(day)])


def day_words(day: str) -> str:
    """iCalendar's BYDAY: 2TU is the month's second Tuesday, -1TU its last."""
    number, name = day[:-2], day[-2:]
    if name not in MONDAY_FIRST:
        return day
    which = {
        "1": pgettext("day of the month", "first"),
        "2": pgettext("day of the month", "second"),
        "3": pgettext("day of the month", "third"),
        "4": pgettext("day of the month", "fourth"),
        "5": pgettext("day of the month", "fifth"),
        "-1": pgettext("day of the month", "last"),
    }
    order = which.get(number.removeprefix("+"), number)
    if not order:
        return day_name(name)
    return _("the %(order)s %(day)s") % {"order": order, "day": day_name(name)}


def day_of_month(number: str) -> str:
    if number == "-1":
        return _("the last day")
    return _("day %(number)s") % {"number": number}
