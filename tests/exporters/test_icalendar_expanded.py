"""What we say of the times, and what an iCalendar library that is not ours reads out of our files."""

import json
import random
import shutil
import subprocess
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from finder.exporters.icalendar import entries_as_calendar, is_dated, today_anywhere
from finder.models import Location, Organization, Schedule, Service, ServiceAtLocation
from finder.schedules import Recurrence, first_day, instants, occurrences
from tests.made_up_schedules import ZONES, made_up_recurrences

LIBRARY = Path(settings.BASE_DIR) / "node_modules/ical.js"
NODE = shutil.which("node")
NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)
# Files list the clock's changes for ten years ahead where they keep to no rule.
UNTIL = NOW + timedelta(days=3650)
SCHEDULES, OCCURRENCES = 500, 10

needs_node = pytest.mark.skipif(
    NODE is None or not LIBRARY.exists(),
    reason="!!! CALENDAR FILES are NOT CHECKED by another library: needs npm (apt-get install npm)",
)


def listing_meeting(recurrence: Recurrence, number: int) -> tuple[ServiceAtLocation, Schedule]:
    """Not in the database."""
    service = Service(name="Tuesday Night Group", organization=Organization(name="Tuesday Night Group"))
    listing = ServiceAtLocation(service=service, location=Location())
    said = {field.name: getattr(recurrence, field.name) for field in fields(recurrence)}
    schedule = Schedule(pk=number, kind="MEETING", **said | {"except_dates": list(recurrence.except_dates)})
    listing._prefetched_objects_cache = {"schedules": [schedule]}
    return listing, schedule


def calendar_of(recurrence: Recurrence, number: int) -> str:
    entry = listing_meeting(recurrence, number)
    return entries_as_calendar([entry], page_url=lambda _: "https://example.org/", now=NOW).decode()


def expanded(calendars: list[str]) -> list[list[tuple[int, int]]]:
    """One process for all: starting it takes longer than any of them."""
    asked = [
        {"calendar": calendar, "until": UNTIL.timestamp(), "count": OCCURRENCES} for calendar in calendars
    ]
    done = subprocess.run(
        [str(NODE), "tests/expand_calendars.mjs"],
        cwd=settings.BASE_DIR,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [[(start, end) for start, end in found] for found in json.loads(done.stdout)]


def ours(recurrence: Recurrence) -> list[tuple[int, int]]:
    """From the first day of the file on."""
    first = first_day(recurrence, since=today_anywhere(NOW))
    assert first is not None
    assert recurrence.opens_at is not None
    starts_at, _ = instants(
        datetime.combine(first, recurrence.opens_at, ZoneInfo(recurrence.timezone)), recurrence.length
    )
    found = occurrences(recurrence, since=starts_at, until=UNTIL)
    begun_since = (each for each in found if each.starts_at.astimezone(UTC) >= starts_at)
    return [
        (int(each.starts_at.timestamp()), int(each.ends_at.timestamp()))
        for each in islice(begun_since, OCCURRENCES)
    ]


def dated_recurrences() -> list[Recurrence]:
    made_up = made_up_recurrences(random.Random(2026))
    dated = (each for each in made_up if is_dated(*listing_meeting(each, 1), now=NOW))
    return list(islice(dated, SCHEDULES))


def test_the_schedules_are_of_every_kind() -> None:
    made = dated_recurrences()
    assert {each.freq for each in made} == {"WEEKLY", "MONTHLY"}
    assert {each.interval for each in made} == {1, 2, 3}
    assert {each.timezone for each in made} == set(ZONES)
    kinds = {
        "in season": [each for each in made if each.bymonth],
        "with exceptions": [each for each in made if each.except_dates],
        "until a day": [each for each in made if each.valid_to],
        "past midnight": [
            each for each in made if (each.closes_at or time.max) < (each.opens_at or time.min)
        ],
        "whole days": [each for each in made if each.length == timedelta(days=1)],
        "without an end": [each for each in made if each.closes_at is None],
        "numbered weekdays": [each for each in made if any(sign.isdigit() for sign in each.byday)],
        "days of the month": [each for each in made if each.bymonthday],
    }
    assert {kind: len(found) for kind, found in kinds.items() if len(found) < 30} == {}


@needs_node
def test_another_library_reads_the_same_times_out_of_500_files() -> None:
    """But for a start or end in an hour that the clocks skip or repeat, where it differs by that hour."""
    made = dated_recurrences()
    theirs = expanded([calendar_of(recurrence, number) for number, recurrence in enumerate(made)])
    differing = [
        f"{recurrence}\n{ours(recurrence)}\n{found}"
        for recurrence, found in zip(made, theirs, strict=True)
        if not agree(recurrence, found)
    ]
    assert len(made) == SCHEDULES
    assert sum(map(len, theirs)) > 0.9 * SCHEDULES * OCCURRENCES
    assert differing == [], f"{len(differing)}\n" + "\n".join(differing[:5])


def agree(recurrence: Recurrence, theirs: list[tuple[int, int]]) -> bool:
    said = ours(recurrence)
    return len(said) == len(theirs) and all(
        mine == other or (is_in_changed_hour(mine, recurrence) and differ_by_an_hour_at_most(mine, other))
        for mine, other in zip(said, theirs, strict=True)
    )


def differ_by_an_hour_at_most(mine: tuple[int, int], other: tuple[int, int]) -> bool:
    return all(abs(a - b) <= 3600 for a, b in zip(mine, other, strict=True))


def is_in_changed_hour(mine: tuple[int, int], recurrence: Recurrence) -> bool:
    """Where the offset an hour before or after is another one."""
    zone, hour = ZoneInfo(recurrence.timezone), timedelta(hours=1)
    moments = [datetime.fromtimestamp(moment, UTC) for moment in mine]
    return any(
        len({(moment + apart).astimezone(zone).utcoffset() for apart in (-hour, timedelta(), hour)}) > 1
        for moment in moments
    )


KNOWN_FAULTS = {
    "a start that the clocks skip is read by the offset after it; RFC 5545 §3.3.5 has the one before": (
        Recurrence(byday="SU", opens_at=time(2, 30), bymonth="3", timezone="America/New_York")
    ),
    "an end that the clocks repeat is the second; RFC 5545 §3.3.5 has the first": Recurrence(
        byday="SU",
        opens_at=time(1),
        closes_at=time(1, 30),
        valid_from=date(2027, 11, 7),
        timezone="America/New_York",
    ),
    "weekdays and days of the month at once are not taken together": Recurrence(
        freq="MONTHLY", byday="5TU", bymonthday="30", bymonth="1,3,7,12", opens_at=time(19), timezone="UTC"
    ),
    "a day that February lacks is taken for one of March": Recurrence(
        freq="MONTHLY", bymonthday="30", bymonth="2,11", opens_at=time(19), timezone="UTC"
    ),
}


@needs_node
@pytest.mark.parametrize("fault", KNOWN_FAULTS)
def test_the_other_librarys_known_faults_are_still_there(fault: str) -> None:
    """Of ical.js 2.2.1. Once one is mended, take it from the list and widen what is made up."""
    recurrence = KNOWN_FAULTS[fault]
    (theirs,) = expanded([calendar_of(recurrence, 1)])
    assert theirs != ours(recurrence)
