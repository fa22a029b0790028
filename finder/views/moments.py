"""A moment as people say it, on a stated clock: tonight at 7 p.m., Eastern Time."""

from datetime import datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.schedules import Occurrence

EVENING_BEGINS = 17
DAYS_NAMED_BY_WEEKDAY = 7
MINUTES_COUNTED = 120

ZONES = {
    "America/New_York": gettext_lazy("Eastern Time"),
    "America/Chicago": gettext_lazy("Central Time"),
    "America/Denver": gettext_lazy("Mountain Time"),
    "America/Phoenix": gettext_lazy("Arizona time"),
    "America/Los_Angeles": gettext_lazy("Pacific Time"),
    "America/Anchorage": gettext_lazy("Alaska time"),
    "Pacific/Honolulu": gettext_lazy("Hawaii time"),
}
"""As people call them; any other is called by its city."""


def zone_words(zone: str) -> str:
    if zone in ZONES:
        return str(ZONES[zone])
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    return _("%(city)s time") % {"city": city} if city else ""


def next_on_clock(starts_at: datetime, ends_at: datetime | None, *, zone: str, now: datetime) -> str:
    """ "Tonight at 7 p.m., Eastern Time"; no end where it is not known."""
    if starts_at > now:
        when = when_words(starts_at, now)
    elif ends_at:
        when = until_words(ends_at)
    else:
        when = _("Under way now")
    return ", ".join(part for part in (when, zone_words(zone)) if part)


def is_under_way(occurrence: Occurrence, now: datetime) -> bool:
    return occurrence.starts_at.timestamp() <= now.timestamp() < occurrence.ends_at.timestamp()


def until_words(ends_at: datetime) -> str:
    return _("Under way now, until %(time)s") % {"time": time_format(ends_at.time())}


def when_words(starts_at: datetime, now: datetime) -> str:
    """Of what is still to come, on the clock of `starts_at`."""
    words = {"time": time_format(starts_at.time()), "day": str(WEEKDAYS[starts_at.weekday()])}
    ahead = (starts_at.date() - now.astimezone(starts_at.tzinfo).date()).days
    if ahead == 0:
        words_today = _("Tonight at %(time)s") if starts_at.hour >= EVENING_BEGINS else _("Today at %(time)s")
        return words_today % words
    if ahead == 1:
        return _("Tomorrow at %(time)s") % words
    if ahead < DAYS_NAMED_BY_WEEKDAY:
        return _("%(day)s at %(time)s") % words
    return _("%(day)s, %(date)s, at %(time)s") % {**words, "date": date_format(starts_at, "MONTH_DAY_FORMAT")}


def soon_words(starts_at: datetime, now: datetime) -> str:
    """ "in 40 minutes", for what begins within two hours; else empty."""
    minutes = -int((now - starts_at) / timedelta(minutes=1) // 1)
    if not 0 < minutes <= MINUTES_COUNTED:
        return ""
    if minutes < 60:
        return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("in about %(count)d hour", "in about %(count)d hours", hours) % {"count": hours}
