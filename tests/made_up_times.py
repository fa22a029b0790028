"""Random listings with random times, and the same searches answered a second time, minute by minute.

Slow and simple on purpose, and without the product's code: days are counted off on the wall clock, and what
is asked is asked of every single minute.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from finder.enums import CareCategory
from tests.factories import ScheduleFactory, make_listing

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/London",
)


@dataclass
class MadeUp:
    """`ordinal` is 0 for every week, 2 for the second such day of the month, -1 for its last."""

    kind: str
    zone: ZoneInfo
    weekday: int
    ordinal: int
    opens_at: time
    closes_at: time

    def spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        here = now.astimezone(self.zone).date()
        for number in range(-3, 16):
            day = here + number * DAY
            if day.weekday() != self.weekday or not self.is_nth(day):
                continue
            begins = datetime.combine(day, self.opens_at, self.zone)
            ends = datetime.combine(day + DAY * (self.closes_at <= self.opens_at), self.closes_at, self.zone)
            start, end = begins.astimezone(UTC), ends.astimezone(UTC)
            if end <= start:  # the clocks jumped over all of it
                end = start + (ends.replace(tzinfo=None) - begins.replace(tzinfo=None))
            yield start, end

    def is_nth(self, day: Any) -> bool:
        if self.ordinal == -1:
            return (day + 7 * DAY).month != day.month
        return not self.ordinal or (day.day - 1) // 7 + 1 == self.ordinal


@dataclass
class Asked:
    when: str
    zone: str
    starts: time | None
    until: time | None
    place_zone: str = ""

    @property
    def query(self) -> str:
        said = {
            "when": self.when,
            "zone": self.zone,
            "from": f"{self.starts:%H:%M}" if self.starts else "",
            "until": f"{self.until:%H:%M}" if self.until else "",
        }
        return "&".join(f"{name}={value}" for name, value in said.items() if value)

    @property
    def is_about_starts(self) -> bool:
        return self.when in WEEKDAYS or self.starts is not None or self.until is not None

    def allows(self, times: MadeUp, now: datetime) -> bool:
        now = now.replace(second=0)
        for start, end in times.spans(now):
            if self.is_about_starts and times.kind == "MEETING":
                end = start + MINUTE
            if any(
                self.is_within(start + number * MINUTE, times, now)
                for number in range((end - start) // MINUTE)
            ):
                return True
        return False

    def is_within(self, minute: datetime, times: MadeUp, now: datetime) -> bool:
        """Whether this minute is asked for; of "now" and the like, any moment of it."""
        here = minute.astimezone(times.zone)
        last = minute if self.is_about_starts else minute + MINUTE - timedelta(microseconds=1)
        if last < now or not self.is_in_period(minute, times.zone, now):
            return False
        if not self.is_about_starts:
            return True
        clock, day = here.time(), here.date()
        opens, closes = self.starts or time.min, self.until or time(23, 59)
        if closes < opens and clock <= closes:
            day -= DAY
        elif (closes < opens and clock < opens) or (closes >= opens and not opens <= clock <= closes):
            return False
        return self.when not in WEEKDAYS or day.weekday() == WEEKDAYS.index(self.when)

    def is_in_period(self, minute: datetime, zone: ZoneInfo, now: datetime) -> bool:
        if self.when == "now":
            return minute <= now + timedelta(minutes=60)
        if self.when == "24h":
            return minute < now + DAY
        if self.when == "today":
            reader = ZoneInfo(self.zone or self.place_zone) if self.zone or self.place_zone else zone
            return minute.astimezone(reader).date() <= now.astimezone(reader).date()
        return minute < (now.astimezone(zone) + 7 * DAY).astimezone(UTC)


def made_up(dice: random.Random, zone: ZoneInfo, now: datetime) -> MadeUp:
    """Of four one that begins on this weekday at about this time, where weeks and days have their ends."""
    opens_at, weekday = time(dice.randrange(24), dice.choice((0, 15, 30))), dice.randrange(7)
    if dice.random() < 0.25:
        here = now.astimezone(zone) + timedelta(minutes=dice.randint(-100, 100))
        opens_at, weekday = time(here.hour, here.minute), here.weekday()
    kind = dice.choice(("MEETING", "MEETING", "MEETING", "HOURS", "INTAKE"))
    minutes = dice.choice((30, 60, 90, 240)) if kind == "MEETING" else dice.choice((120, 480, 720))
    return MadeUp(
        kind=kind,
        zone=zone,
        weekday=weekday,
        ordinal=dice.choice((0, 0, 0, 0, 1, 2, 3, -1)),
        opens_at=opens_at,
        closes_at=(datetime.combine(datetime.min, opens_at) + timedelta(minutes=minutes)).time(),  # noqa: DTZ901
    )


def make_listings(dice: random.Random, count: int, now: datetime) -> dict[str, list[MadeUp] | None]:
    """By name; of some, nobody said when."""
    made: dict[str, list[MadeUp] | None] = {}
    for number in range(count):
        name = f"Group {number:03}"
        listing = make_listing(name=name, categories=[CareCategory.SUPPORT_GROUP], zip_code="", phone="")
        zone = dice.choice(ZONES)
        is_stated = dice.random() < 0.9
        times = [made_up(dice, ZoneInfo(zone), now) for _ in range(dice.randint(1, 3))] if is_stated else None
        made[name] = times
        for each in times or ():
            ScheduleFactory(
                listing=listing,
                kind=each.kind,
                freq="MONTHLY" if each.ordinal else "WEEKLY",
                byday=f"{each.ordinal or ''}{DAYS[each.weekday]}",
                opens_at=each.opens_at,
                closes_at=each.closes_at,
                timezone=zone,
            )
    return made


def random_question(dice: random.Random, now: datetime) -> Asked:
    this_day = WEEKDAYS[now.weekday()]
    when = dice.choice(("now", "today", "24h", "", this_day, this_day, dice.choice(WEEKDAYS)))
    starts = time(dice.randrange(24), dice.choice((0, 10, 30))) if dice.random() < 0.5 else None
    until = time(dice.randrange(24), dice.choice((0, 15, 59))) if dice.random() < 0.4 else None
    if not (when or starts or until):
        starts = time(18)
    zone = dice.choice(("", *ZONES)) if when == "today" else ""
    return Asked(when, zone, starts, until)
