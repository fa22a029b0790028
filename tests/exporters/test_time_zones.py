from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from icalendar import Timezone

from finder.exporters.time_zones import time_zone


def said(name: str, first_year: int = 2025) -> str:
    return time_zone(name, first_year=first_year).to_ical().decode()


def test_a_zone_that_changes_its_clocks_by_rule_is_told_by_rule() -> None:
    assert said("America/New_York").splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250309T020000",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "TZNAME:EDT",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20251102T020000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "TZNAME:EST",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_the_last_sunday_of_a_month_is_said_as_the_last() -> None:
    assert "BYDAY=-1SU;BYMONTH=3" in said("Europe/London")


def test_a_zone_without_changes_has_one_clock() -> None:
    assert "TZOFFSETTO:+0545" in said("Asia/Kathmandu")
    assert said("America/Phoenix").count("BEGIN:STANDARD") == 1


def test_a_change_that_comes_once_is_told_once() -> None:
    """Kazakhstan's clocks went back for good on 1 March 2024."""
    assert "DTSTART:20240301T000000" in said("Asia/Almaty", 2024)
    assert "RRULE" not in said("Asia/Almaty", 2024)


@pytest.mark.parametrize("name", ["Africa/Casablanca", "America/Nuuk"])
def test_changes_without_a_rule_are_listed_one_to_a_line(name: str) -> None:
    lines = [line for line in said(name).splitlines() if line.startswith("RDATE")]
    assert len(lines) >= 22
    assert not [line for line in lines if "," in line]


def test_says_of_every_zone_what_its_clocks_say() -> None:
    """As the library reads it, every few days for four years, but for skipped and repeated hours."""
    begins = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    moments = [begins + timedelta(days=9, hours=5) * step for step in range(160)]
    assert [name for name in sorted(available_timezones()) if not is_told_right(name, moments)] == []


def is_told_right(name: str, moments: list[datetime]) -> bool:
    ours, theirs = ZoneInfo(name), Timezone.from_ical(said(name)).to_tz(lookup_tzid=False)
    return all(
        at.replace(tzinfo=theirs).utcoffset() == at.replace(tzinfo=ours).utcoffset()
        for at in moments
        if at.replace(tzinfo=ours).utcoffset() == at.replace(tzinfo=ours, fold=1).utcoffset()
    )
