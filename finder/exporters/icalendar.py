"""Meetings and hours for a person's own calendar: iCalendar (RFC 5545).

An event's UID never changes, so that a calendar that reads the file again mends the event that it has: it is
made of the listing's id and the name that the source gives the meeting, which outlives reimports. Only where
the source gives none, or one name to several, the schedule's own number stands for it.
DTSTAMP is the day, not the minute: a file tells nobody when it was fetched.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from finder.enums import Attending, LocationType, ScheduleKind, ServiceStatus
from finder.exporters.time_zones import time_zone
from finder.exporters.vcard import seen
from finder.models import Schedule, ServiceAtLocation
from finder.schedules import DAYS, Recurrence, days_of, first_day, is_monthly, month_days, months

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Resource finder//Calendar//EN"

Entry = tuple[ServiceAtLocation, Schedule]


def entries_of(listings: Iterable[ServiceAtLocation], *, now: datetime) -> list[Entry]:
    """What a calendar can hold of them: nothing that is by appointment, over, or closed for now."""
    return [
        (listing, schedule)
        for listing in listings
        for schedule in listing.speaking_schedules
        if is_dated(listing, schedule, now=now)
    ]


def is_dated(listing: ServiceAtLocation, schedule: Schedule, *, now: datetime) -> bool:
    is_active = listing.service.status == ServiceStatus.ACTIVE
    return is_active and first_day(recurrence_of(listing, schedule), since=today_anywhere(now)) is not None


def today_anywhere(now: datetime) -> date:
    """The day that it still is in the last of the world's zones: tonight is not over there."""
    return (now.astimezone(UTC) - timedelta(hours=12)).date()


def recurrence_of(listing: ServiceAtLocation, schedule: Schedule) -> Recurrence:
    return schedule.recurrence(listing.location.timezone)


def entries_as_calendar(
    entries: Iterable[Entry], *, page_url: Callable[[ServiceAtLocation], str], now: datetime
) -> bytes:
    """`page_url`: the whole address of a listing's page, where how to join is told to who asks."""
    today = today_anywhere(now)
    dated = [(*entry, day) for entry in entries if (day := first_day(recurrence_of(*entry), since=today))]
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in sorted({recurrence_of(listing, schedule).timezone for listing, schedule, _day in dated}):
        calendar.add_component(time_zone(name, first_year=today.year - 1))
    for listing, schedule, day in dated:
        calendar.add_component(event(listing, schedule, day, page_url=page_url(listing), today=today))
    return bytes(calendar.to_ical())


def event(
    listing: ServiceAtLocation, schedule: Schedule, first: date, *, page_url: str, today: date
) -> Event:
    recurrence = recurrence_of(listing, schedule)
    opens_at, zone = recurrence.opens_at or time.min, ZoneInfo(recurrence.timezone)
    found = Event()
    found.add("uid", str(uid(listing, schedule)))
    found.add("dtstamp", datetime.combine(today, time.min, UTC))
    found.add("dtstart", datetime.combine(first, opens_at, zone))
    # Not DTEND: were the first night one on which the clocks change, every other would be as long.
    found.add("duration", recurrence.length)
    found.add("rrule", rule(recurrence, opens_at, zone, first))
    for day in exceptions(recurrence, first):
        found.add("exdate", datetime.combine(day, opens_at, zone))
    found.add("summary", plain(summary(listing, schedule)).replace("\n", " "))
    if where := plain(place(listing, schedule)):
        found.add("location", where)
    found.add("description", plain(description(listing, schedule, page_url)))
    found.add("url", page_url)
    # Who shares a calendar shows others that an hour is taken, not by what.
    found.add("class", "PRIVATE")
    found.add("transp", "OPAQUE" if schedule.kind == ScheduleKind.MEETING else "TRANSPARENT")
    return found


def uid(listing: ServiceAtLocation, schedule: Schedule) -> UUID:
    same = [each for each in listing.speaking_schedules if each.source_slug == schedule.source_slug]
    is_named = bool(schedule.source_slug) and len(same) == 1
    return uuid5(listing.pk, f"slug {schedule.source_slug}" if is_named else f"schedule {schedule.pk}")


def rule(recurrence: Recurrence, opens_at: time, zone: ZoneInfo, first: date) -> dict[str, object]:
    """All of it said aloud: what iCalendar would take from the first day, programs read in many ways."""
    byday = [day.strip() for day in recurrence.byday.split(",") if day.strip()]
    numbers = sorted(month_days(recurrence) or ())
    if not is_monthly(recurrence):
        byday = byday or list(DAYS)
    elif not byday and not numbers:
        numbers = [first.day]
    said = {
        **pace(recurrence, first),
        "byday": byday,
        "bymonthday": numbers,
        "until": last_start(recurrence, opens_at, zone),
    }
    return {name: value for name, value in said.items() if value}


def pace(recurrence: Recurrence, first: date) -> dict[str, object]:
    """What is monthly in a season is said to be yearly in its months, which is the same: of the other way
    ical.js repeats months and forgets to leave any out."""
    interval, in_season = recurrence.interval, sorted(months(recurrence) or ())
    if is_monthly(recurrence) and in_season and 12 % interval == 0:
        counted = [month for month in in_season if (month - first.month) % interval == 0]
        return {"freq": "YEARLY", "bymonth": counted}
    every_other = {"interval": interval, "wkst": "MO"} if interval > 1 else {}
    return {"freq": recurrence.freq, "bymonth": in_season, **every_other}


def exceptions(recurrence: Recurrence, first: date) -> list[date]:
    """Those that take a day away. Programs step through them in pace with the days, and one that hits none
    makes some miss those that follow (ical.js 2.2.1, and so Thunderbird)."""
    without = replace(recurrence, except_dates=())
    known = sorted(set(recurrence.except_dates))
    return [day for day in known if day > first and any(days_of(without, day, day))]


def last_start(recurrence: Recurrence, opens_at: time, zone: ZoneInfo) -> datetime | None:
    """In UTC, as RFC 5545 §3.3.10 has it for what begins in a zone."""
    if recurrence.valid_to is None:
        return None
    return datetime.combine(recurrence.valid_to, opens_at, zone).astimezone(UTC)


def summary(listing: ServiceAtLocation, schedule: Schedule) -> str:
    name = schedule.name or listing.service.name
    if schedule.kind == ScheduleKind.MEETING:
        return name
    return _("%(name)s: %(kind)s") % {"name": name, "kind": schedule.get_kind_display()}


def place(listing: ServiceAtLocation, schedule: Schedule) -> str:
    """None that is confidential, and none for what is only online: a phone would lead people there."""
    location = listing.location
    is_online = location.location_type == LocationType.VIRTUAL or schedule.attending_type == Attending.ONLINE
    if is_online or not location.address_is_public:
        return ""
    town = (location.city, f"{location.state_province} {location.postal_code}".strip())
    if location.position_is_approximate:
        town = (location.city, location.state_province)
    street = () if location.position_is_approximate else (location.address_1, location.address_2)
    return ", ".join(part for part in (*street, *town) if part)


def description(listing: ServiceAtLocation, schedule: Schedule, page_url: str) -> str:
    """Never how to join: a calendar is shared, backed up and shown on locked phones."""
    lines = [schedule.description]
    if listing.is_demo:
        lines.append(_("This is a made-up example. Do not go there."))
    if schedule.attending_type in {Attending.ONLINE, Attending.HYBRID}:
        lines.append(_("How to join is on the page."))
    lines.append(_("Times change. Look before you go: %(page)s") % {"page": page_url})
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """Without what cannot be seen; lines stay lines."""
    return "\n".join("".join(map(seen, line)) for line in text.splitlines())
