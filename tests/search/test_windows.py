"""Which spans a question means, clock changes included; tests against brute force try many more."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from finder.geography.readings import Reading, read_place
from finder.models.instants_field import Span
from finder.models.times_wanted import ANY_ZONE, TimesWanted
from finder.search.question import SearchQuestion, When
from finder.search.windows import depends_on_clock, times_wanted

NEW_YORK, HONOLULU = "America/New_York", "Pacific/Honolulu"
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
"""A Sunday, ten in the morning in New York."""


def wanted(*, now: datetime = NOW, **asked: Any) -> TimesWanted:
    found = times_wanted(SearchQuestion(**asked), [NEW_YORK], now=now)
    assert found is not None
    return found


def in_new_york(**asked: Any) -> list[Span]:
    return list(wanted(**asked).window_of(NEW_YORK))


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_no_time_asked_wants_none() -> None:
    assert times_wanted(SearchQuestion(), [NEW_YORK], now=NOW) is None


def test_now_reaches_to_what_starts_in_just_sixty_minutes() -> None:
    found = wanted(when=When.NOW)
    ((start, end),) = found.windows[ANY_ZONE]
    assert (found.column, start) == ("occurrences", NOW)
    assert end is not None
    assert timedelta(0) < end - (NOW + timedelta(hours=1)) < timedelta(seconds=1)


def test_a_day_is_the_coming_24_hours() -> None:
    assert wanted(when=When.NEXT_24_HOURS).windows == {ANY_ZONE: ((NOW, NOW + timedelta(days=1)),)}


def test_today_ends_at_the_readers_midnight() -> None:
    assert wanted(when=When.TODAY, zone=HONOLULU).windows == {ANY_ZONE: ((NOW, at(23, 10)),)}


def test_today_is_the_places_where_the_reader_has_no_zone() -> None:
    los_angeles = Reading(read_place("90012").place)
    assert wanted(when=When.TODAY, reading=los_angeles).windows == {ANY_ZONE: ((NOW, at(23, 8)),)}
    assert wanted(when=When.TODAY, reading=los_angeles, zone=HONOLULU).until == at(23, 10)


def test_today_is_each_groups_where_nobody_has_a_zone() -> None:
    question = SearchQuestion(when=When.TODAY)
    assert depends_on_clock(question)
    found = times_wanted(question, [NEW_YORK, HONOLULU], now=NOW)
    assert found is not None
    assert found.windows == {NEW_YORK: ((NOW, at(23, 5)),), HONOLULU: ((NOW, at(23, 10)),)}


def test_a_weekday_is_the_groups_and_asks_what_starts() -> None:
    found = wanted(when=When.TUESDAY)
    assert found.column == "starts"
    assert found.windows == {NEW_YORK: ((at(24, 5), at(25, 5)),)}


def test_todays_weekday_is_the_rest_of_today_and_next_weeks_beginning() -> None:
    assert in_new_york(when=When.SUNDAY) == [
        (NOW, at(23, 5)),
        (at(29, 5), at(29, 15)),
    ]


def test_a_time_of_day_is_asked_of_seven_days() -> None:
    found = in_new_york(start_from=time(18), start_until=time(20))
    assert len(found) == 7
    assert found[0] == (at(22, 23), at(23, 1, 1))


def test_until_before_from_is_past_midnight_and_belongs_to_the_day_it_begins_on() -> None:
    assert in_new_york(when=When.FRIDAY, start_from=time(22), start_until=time(2)) == [
        (at(28, 3), at(28, 7, 1))
    ]


def test_only_from_or_until_is_to_the_days_end() -> None:
    assert in_new_york(when=When.TUESDAY, start_from=time(18)) == [(at(24, 23), at(25, 5))]
    assert in_new_york(when=When.TUESDAY, start_until=time(8)) == [(at(24, 5), at(24, 13, 1))]


def test_a_day_with_hours_is_cut_by_both() -> None:
    assert in_new_york(when=When.NEXT_24_HOURS, start_from=time(9), start_until=time(11)) == [
        (NOW, at(22, 16, 1)),
        (at(23, 14), at(23, 15)),
    ]


@pytest.mark.parametrize("hour", range(24))
def test_a_week_over_a_clock_change_is_seven_whole_days(hour: int) -> None:
    """Whoever meets on the same weekday and hour is found once."""
    now = datetime(2026, 10, 28, hour, tzinfo=UTC)
    found = in_new_york(now=now, start_from=time(5, 59), start_until=time(5, 59))
    assert len(found) == 7


def test_an_hour_that_comes_twice_is_asked_twice() -> None:
    found = in_new_york(now=at(1, 4), when=When.SUNDAY, start_from=time(1), start_until=time(1, 59))
    assert found[:2] == [(at(1, 5), at(1, 6)), (at(1, 6), at(1, 7))]


def test_an_hour_that_the_clocks_skip_is_never() -> None:
    march = datetime(2027, 3, 14, 5, tzinfo=UTC)
    assert in_new_york(now=march, when=When.SUNDAY, start_from=time(2), start_until=time(2, 59)) == []


def test_all_moments_of_a_minute_ask_the_same() -> None:
    later = NOW + timedelta(seconds=59)
    for when in When:
        assert wanted(now=later, when=when) == wanted(when=when)


def test_the_end_of_the_last_window_is_known() -> None:
    assert wanted(when=When.TUESDAY).until == at(25, 5)
