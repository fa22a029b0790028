from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from finder.schedules import Occurrence
from finder.views.moments import is_under_way, next_on_clock, soon_words, when_words, zone_words

EASTERN = ZoneInfo("America/New_York")
SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=EASTERN)


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (22, 14, "Today at 2 p.m."),
        (22, 19, "Tonight at 7 p.m."),
        (23, 0, "Tomorrow at midnight"),
        (28, 9, "Saturday at 9 a.m."),
        (29, 9, "Sunday, November 29, at 9 a.m."),
    ],
)
def test_a_moment_is_said_as_people_say_it(day: int, hour: int, said: str) -> None:
    assert when_words(datetime(2026, 11, day, hour, tzinfo=EASTERN), SUNDAY_NOON) == said


def test_the_day_is_that_of_the_group_s_clock() -> None:
    late_in_los_angeles = datetime(2026, 11, 22, 23, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert when_words(datetime(2026, 11, 23, 19, tzinfo=EASTERN), late_in_los_angeles) == "Tonight at 7 p.m."


@pytest.mark.parametrize(
    ("minute", "said"),
    [
        (0, ""),
        (1, "in 1 minute"),
        (40, "in 40 minutes"),
        (60, "in about 1 hour"),
        (120, "in about 2 hours"),
        (121, ""),
    ],
)
def test_what_is_near_is_counted(minute: int, said: str) -> None:
    starts_at = SUNDAY_NOON.replace(hour=12 + minute // 60, minute=minute % 60)
    assert soon_words(starts_at, SUNDAY_NOON) == said


def test_a_part_of_a_minute_counts_as_one() -> None:
    assert soon_words(SUNDAY_NOON.replace(second=1), SUNDAY_NOON) == "in 1 minute"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "Eastern Time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("", ""),
    ],
)
def test_a_zone_is_called_as_people_call_it(zone: str, said: str) -> None:
    assert zone_words(zone) == said


def test_the_minute_it_ends_it_is_over() -> None:
    occurrence = Occurrence(SUNDAY_NOON, SUNDAY_NOON.replace(hour=13))
    assert is_under_way(occurrence, SUNDAY_NOON)
    assert not is_under_way(occurrence, SUNDAY_NOON.replace(hour=13))


def test_the_repeated_hour_of_autumn_counts_by_the_world_s_clock() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=EASTERN)
    occurrence = Occurrence(first, datetime(2026, 11, 1, 3, tzinfo=EASTERN))
    assert is_under_way(occurrence, datetime(2026, 11, 1, 7, 59, tzinfo=UTC))
    assert not is_under_way(occurrence, datetime(2026, 11, 1, 8, 1, tzinfo=UTC))


def test_what_runs_on_with_no_end_known_says_only_that_it_does() -> None:
    said = next_on_clock(SUNDAY_NOON, None, zone="America/New_York", now=SUNDAY_NOON)
    assert said == "Under way now, Eastern Time"


def test_what_runs_says_until_when() -> None:
    ends_at = SUNDAY_NOON.replace(hour=13)
    said = next_on_clock(SUNDAY_NOON, ends_at, zone="America/New_York", now=SUNDAY_NOON)
    assert said == "Under way now, until 1 p.m., Eastern Time"
