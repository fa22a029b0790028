"""What the index knows of times: of whom, how far ahead, and how it is kept so."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from finder.actions import times
from finder.actions.indexing import index_listings, untrue_rows
from finder.actions.times import HORIZON, ONE_AT_A_TIME, refresh_if_short, refresh_times
from finder.models import ListingIndex, Schedule, ServiceAtLocation
from finder.models.instants_field import Span, pairs
from tests.factories import ListingFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
"""Ten in the morning in New York."""
ALWAYS: list[Span] = [(None, None)]


@pytest.fixture(autouse=True)
def sunday() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(SUNDAY, tick=False) as traveller:
        yield traveller
    cache.clear()


def meeting(listing: ServiceAtLocation | None = None, **fields: Any) -> ServiceAtLocation:
    schedule = ScheduleFactory(meeting=True, listing=listing or ListingFactory(), **fields)
    found: ServiceAtLocation = schedule.listing
    return found


def indexed(listing: ServiceAtLocation) -> ListingIndex:
    index_listings([listing.pk])
    return ListingIndex.objects.get(pk=listing.pk)


def known(row: ListingIndex) -> tuple[list[Span] | None, list[Span] | None]:
    return (
        None if row.occurrences is None else pairs(row.occurrences),
        None if row.starts is None else pairs(row.starts),
    )


def test_a_meeting_is_known_for_fifteen_days_and_begins_in_one_minute() -> None:
    row = indexed(meeting())
    tuesdays = [datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC)]
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    assert known(row) == (
        [(start, start + hour) for start in tuesdays],
        [(start, start + minute) for start in tuesdays],
    )
    assert row.times_until == SUNDAY + HORIZON
    assert row.timezone == "America/New_York"


def test_open_doors_can_be_come_to_as_long_as_they_are_open() -> None:
    occurrences, starts = known(indexed(ScheduleFactory(byday="MO").listing))
    assert occurrences == starts
    assert occurrences is not None
    assert occurrences[0] == (SUNDAY + timedelta(hours=23), SUNDAY + timedelta(hours=31))


def test_a_meeting_under_way_is_whole() -> None:
    listing = meeting(byday="SU", opens_at=time(9, 30), closes_at=time(11))
    occurrences, _starts = known(indexed(listing))
    assert occurrences is not None
    assert occurrences[0] == (SUNDAY - timedelta(minutes=30), SUNDAY + timedelta(hours=1))


def test_meetings_that_join_still_begin_one_by_one() -> None:
    listing = meeting(byday="MO")
    meeting(listing, byday="MO", opens_at=time(20), closes_at=time(21))
    occurrences, starts = known(indexed(listing))
    assert (len(occurrences or ()), len(starts or ())) == (2, 4)


@pytest.mark.parametrize(
    "said",
    [
        {"opens_at": None, "closes_at": None, "byday": "", "description": "By appointment."},
        {"byday": "someday"},
        {"timezone": "Somewhere/Else"},
    ],
    ids=["by appointment", "unreadable days", "an unknown zone"],
)
def test_what_nobody_can_tell_is_not_known(said: dict[str, Any]) -> None:
    row = indexed(meeting(**said))
    assert known(row) == (None, None)
    assert row.times_until is None


def test_without_schedules_nothing_is_known() -> None:
    row = indexed(ListingFactory())
    assert known(row) == (None, None)
    assert row.timezone == "America/New_York"


def test_a_suspended_meeting_has_no_times_which_is_known() -> None:
    row = indexed(meeting(is_suspended=True))
    assert known(row) == ([], [])
    assert row.times_until is None


def test_a_closed_service_has_no_times() -> None:
    row = indexed(meeting(ListingFactory(service__status="temporarily closed")))
    assert known(row) == ([], [])


def test_a_place_that_never_closes_needs_no_refresh() -> None:
    listing = ScheduleFactory(byday="", opens_at=time(0), closes_at=time(0)).listing
    row = indexed(listing)
    assert known(row) == (ALWAYS, ALWAYS)
    assert row.times_until is None


def test_the_location_speaks_where_the_listing_has_no_schedule() -> None:
    listing = ListingFactory(location__timezone="America/Chicago")
    ScheduleFactory(listing=None, location=listing.location, byday="MO", timezone="")
    row = indexed(listing)
    assert row.timezone == "America/Chicago"
    assert pairs(row.occurrences or ())[0][0] == SUNDAY + timedelta(days=1)


def test_the_zone_of_a_schedule_comes_before_the_places() -> None:
    listing = ListingFactory(location__timezone="America/Chicago")
    assert indexed(meeting(listing, timezone="Pacific/Honolulu")).timezone == "Pacific/Honolulu"


def test_an_index_a_few_days_old_is_still_true(sunday: time_machine.Traveller) -> None:
    listing = meeting()
    indexed(listing)
    sunday.shift(timedelta(days=3))
    assert untrue_rows() == []
    Schedule.objects.update(opens_at=time(18))
    assert untrue_rows() == [listing.pk]


def test_a_schedule_taken_away_is_found(sunday: time_machine.Traveller) -> None:
    listing = meeting()
    indexed(listing)
    sunday.shift(timedelta(days=30))
    Schedule.objects.all().delete()
    assert untrue_rows() == [listing.pk]


def test_a_refresh_writes_only_what_ends_in_less_than_eight_days(sunday: time_machine.Traveller) -> None:
    first = indexed(meeting())
    sunday.shift(timedelta(days=6))
    second = indexed(meeting())
    sunday.shift(timedelta(days=1, minutes=1))
    now = SUNDAY + timedelta(days=7, minutes=1)

    assert refresh_times(now=now) == 1
    assert refresh_times(now=now) == 0

    first.refresh_from_db()
    assert first.times_until == now + HORIZON
    assert len(pairs(first.occurrences or ())) == 2
    assert ListingIndex.objects.get(pk=second.pk).times_until == second.times_until
    assert untrue_rows() == []


def test_a_refresh_may_stop_after_some(sunday: time_machine.Traveller) -> None:
    for _ in range(3):
        indexed(meeting())
    now = SUNDAY + timedelta(days=20)
    assert refresh_times(now=now, at_most=2) == 2
    assert refresh_times(now=now) == 1


def test_a_season_that_ended_leaves_no_times() -> None:
    row = indexed(meeting(valid_to=SUNDAY.date() + timedelta(days=10)))
    refresh_times(now=SUNDAY + timedelta(days=20))
    row.refresh_from_db()
    assert known(row) == ([], [])


def test_a_second_refresh_leaves_the_rest_to_the_first() -> None:
    row = indexed(meeting())
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        assert refresh_times(now=SUNDAY + timedelta(days=20)) == 0
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    finally:
        other.close()
    assert ListingIndex.objects.get(pk=row.pk).times_until == row.times_until
    assert refresh_times(now=SUNDAY + timedelta(days=20)) == 1


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Mock:
    thread = Mock()
    monkeypatch.setattr(times, "Thread", thread)
    return thread


def test_a_search_that_finds_the_times_short_starts_a_refresh_once(started: Mock) -> None:
    indexed(meeting())
    for _ in range(3):
        refresh_if_short(now=SUNDAY + timedelta(days=10))
    started.assert_called_once()
    assert started.call_args.kwargs["target"] is times.refresh_in_background
    started.return_value.start.assert_called_once_with()


def test_times_that_reach_far_enough_are_left_alone(started: Mock) -> None:
    indexed(meeting())
    refresh_if_short(now=SUNDAY + timedelta(days=6))
    started.assert_not_called()


def test_a_refresh_in_the_background_closes_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed, connections = Mock(side_effect=RuntimeError), Mock()
    monkeypatch.setattr(times, "refresh_times", refreshed)
    monkeypatch.setattr(times, "connections", connections)
    with pytest.raises(RuntimeError):
        times.refresh_in_background()
    refreshed.assert_called_once_with(now=SUNDAY)
    connections.close_all.assert_called_once_with()
