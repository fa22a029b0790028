"""The next time of a listing, as its row of the index tells it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from finder.models import ListingIndex
from finder.models.instants_field import Span, joined, spans
from finder.models.times_wanted import ANY_ZONE, TimesWanted
from finder.search.next_time import NextTime, is_unsaid, next_time
from finder.search.windows import any_time_from

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


def at(hours: float) -> datetime:
    """So many hours from now."""
    return NOW + timedelta(hours=hours)


def row(*meetings: tuple[float, float]) -> ListingIndex:
    times = [(at(start), at(end)) for start, end in meetings]
    return ListingIndex(
        timezone="America/New_York",
        occurrences=spans(joined(times)),
        starts=spans(joined((start, start + timedelta(minutes=1)) for start, _end in times)),
        times_until=NOW + timedelta(days=15),
    )


def following(found: ListingIndex) -> NextTime | None:
    return next_time(found, any_time_from(NOW), now=NOW)


def test_the_next_is_on_the_groups_clock() -> None:
    found = following(row((-5, -4), (3, 4), (27, 28)))
    assert found == NextTime(at(3), at(4), is_under_way=False)
    assert found is not None
    assert found.starts_at is not None
    assert found.starts_at.isoformat() == "2026-11-22T13:00:00-05:00"


def test_one_under_way_is_the_next() -> None:
    assert following(row((-0.5, 0.5), (3, 4))) == NextTime(at(-0.5), at(0.5), is_under_way=True)


def test_one_that_starts_as_another_ends_has_a_start_of_its_own() -> None:
    assert following(row((-1, 1), (1, 2))) == NextTime(at(-1), None, is_under_way=True)
    assert following(row((-2, -1), (-1, 1))) == NextTime(at(-1), at(1), is_under_way=True)


def test_day_and_night_has_no_start_and_no_end() -> None:
    always: list[Span] = [(None, None)]
    found = ListingIndex(timezone="America/New_York", occurrences=spans(always), starts=spans(always))
    assert following(found) == NextTime(None, None, is_under_way=True)


def test_without_times_there_is_no_next() -> None:
    assert following(ListingIndex()) is None
    assert following(row()) is None
    assert following(row((-5, -4))) is None


def test_the_next_is_the_one_asked_for() -> None:
    tomorrow = TimesWanted("starts", {"America/New_York": ((at(24), at(48)),)}, at(48))
    assert next_time(row((3, 4), (27, 28)), tomorrow, now=NOW) == NextTime(at(27), at(28), is_under_way=False)
    assert next_time(row((3, 4), (51, 52)), tomorrow, now=NOW) is None


def test_windows_of_another_zone_are_not_its_own() -> None:
    elsewhere = TimesWanted("starts", {"Pacific/Honolulu": ((NOW, at(48)),)}, at(48))
    assert next_time(row((3, 4)), elsewhere, now=NOW) is None


def test_a_time_beyond_what_the_index_knows_is_unsaid() -> None:
    far = TimesWanted("occurrences", {ANY_ZONE: ((NOW, at(24 * 20)),)}, at(24 * 20))
    assert is_unsaid(row((3, 4)), far)
    assert is_unsaid(ListingIndex(), any_time_from(NOW))
    assert not is_unsaid(row((3, 4)), any_time_from(NOW))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12)), max_size=12))
def test_the_next_is_the_first_that_has_not_ended(meetings: list[tuple[int, int]]) -> None:
    """Pauses and lengths, in quarters of an hour; where there is no pause, one starts as another ends."""
    times, clock = [], -5.0
    for pause, length in meetings:
        times.append((clock + pause / 4, clock + (pause + length) / 4))
        clock = times[-1][1]
    found = following(row(*times))
    first = next((each for each in times if each[1] > 0), None)
    if first is None:
        assert found is None
        return
    joins_the_next = any(start == first[1] for start, _end in times)
    assert found == NextTime(at(first[0]), None if joins_the_next else at(first[1]), first[0] <= 0)
