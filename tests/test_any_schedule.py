"""What holds of any schedule that hypothesis can think of."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import Frequency
from finder.schedules import (
    DAYS,
    Occurrence,
    Recurrence,
    days_of,
    is_always_open,
    next_occurrence,
    occurrences,
)
from tests.made_up_schedules import ZONES, minutes, recurrences

moments = st.builds(
    lambda days, minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=days, minutes=minutes),
    st.integers(0, 4 * 365),
    st.integers(0, 24 * 60),
)


def within(recurrence: Recurrence, since: datetime, days: float) -> list[Occurrence]:
    until = since.astimezone(UTC) + timedelta(days=days)
    return list(occurrences(recurrence, since=since, until=until))


def instants(found: list[Occurrence]) -> list[tuple[datetime, datetime]]:
    return [(each.starts_at.astimezone(UTC), each.ends_at.astimezone(UTC)) for each in found]


@given(recurrences(), moments, st.floats(0, 60))
def test_occurrences_are_in_order_and_overlap_the_window(
    recurrence: Recurrence, since: datetime, days: float
) -> None:
    found = instants(within(recurrence, since, days))
    assert found == sorted(set(found))
    until = since.astimezone(UTC) + timedelta(days=days)
    assert all(starts_at < until and ends_at > since for starts_at, ends_at in found)
    assert all(starts_at < ends_at for starts_at, ends_at in found)


@given(recurrences(), moments, st.floats(0, 60))
def test_occurrences_stand_on_the_groups_clock(recurrence: Recurrence, since: datetime, days: float) -> None:
    for each in within(recurrence, since, days):
        assert each.starts_at.tzinfo is each.ends_at.tzinfo is ZoneInfo(recurrence.timezone)
        assert recurrence.opens_at is not None
        # Where clocks skip the hour it comes later by what they skip, an hour at most in these years.
        wall_clock = each.starts_at.replace(tzinfo=None)
        said = [
            datetime.combine(wall_clock.date() - timedelta(days=ago), recurrence.opens_at) for ago in (0, 1)
        ]
        (begun,) = [moment for moment in said if timedelta() <= wall_clock - moment <= timedelta(hours=1)]
        assert allows(recurrence, begun.date())


def allows(recurrence: Recurrence, day: date) -> bool:
    names = [name.strip()[-2:] for name in recurrence.byday.split(",") if name.strip()]
    in_season = [int(month) for month in recurrence.bymonth.split(",") if month]
    return (
        (not names or DAYS[day.weekday()] in names)
        and (not in_season or day.month in in_season)
        and day not in recurrence.except_dates
        and (recurrence.valid_from or day) <= day <= (recurrence.valid_to or day)
        and (recurrence.dtstart or day) <= day
    )


@given(recurrences(), moments, st.floats(0, 30), st.floats(0, 30))
def test_two_windows_hold_together_what_one_over_both_holds(
    recurrence: Recurrence, since: datetime, first_days: float, then_days: float
) -> None:
    first = within(recurrence, since, first_days)
    then = within(recurrence, since.astimezone(UTC) + timedelta(days=first_days), then_days)
    whole = within(recurrence, since, first_days + then_days)
    assert set(instants(first)) | set(instants(then)) == set(instants(whole))


@given(recurrences(), moments)
def test_the_next_is_the_first_that_the_window_holds(recurrence: Recurrence, now: datetime) -> None:
    found = next_occurrence(recurrence, now=now)
    assert ([found] if found else []) == within(recurrence, now, 400)[:1]


@given(recurrences(), st.dates(date(2023, 1, 1), date(2029, 1, 1)), st.integers(0, 120))
def test_days_are_those_of_dateutils_whole_rule(recurrence: Recurrence, first: date, days: int) -> None:
    """The index asks for them without one, or by the month: that must make no difference."""
    last = first + timedelta(days=days)
    if can_occur(recurrence):
        assert list(days_of(recurrence, first, last)) == days_by_rule(recurrence, first, last)


def can_occur(recurrence: Recurrence) -> bool:
    """Dateutil would look for what never comes until the year 9999. After 28 years all comes round again."""
    endless = replace(recurrence, valid_to=None, except_dates=())
    return any(days_of(endless, date(2029, 1, 1), date(2057, 1, 1)))


def numbered(day: str) -> list[str]:
    """Dateutil takes "TU,-1SU" for what is both a Tuesday and the last Sunday, unlike RFC 5545."""
    return [f"{number}{day}" for number in range(1, 6)] if day in DAYS else [day]


def days_by_rule(recurrence: Recurrence, first: date, last: date) -> list[date]:
    counted = recurrence.dtstart or recurrence.valid_from or date(2020, 1, 1)
    names = f"FREQ={recurrence.freq};INTERVAL={recurrence.interval};WKST=MO;UNTIL={last:%Y%m%d}"
    byday = recurrence.byday
    if recurrence.freq == Frequency.MONTHLY:
        byday = ",".join(day for name in byday.split(",") for day in numbered(name))
    for name, value in (("BYDAY", byday), ("BYMONTHDAY", recurrence.bymonthday)):
        names += f";{name}={value}" if value else ""
    if recurrence.freq == Frequency.WEEKLY and not recurrence.byday:
        names += f";BYDAY={','.join(DAYS)}"
    if recurrence.bymonth:
        names += f";BYMONTH={recurrence.bymonth}"
    rule = rrulestr(names, dtstart=datetime.combine(counted, time()))
    found = (moment.date() for moment in rule)
    first = max(first, recurrence.valid_from or first)
    last = min(last, recurrence.valid_to or last)
    return [day for day in found if first <= day <= last and day not in recurrence.except_dates]


@given(minutes, st.sampled_from(ZONES), moments, st.floats(1e-6, 20))
def test_always_open_leaves_no_gap(opens_at: time, zone: str, since: datetime, days: float) -> None:
    always = Recurrence(opens_at=opens_at, closes_at=opens_at, timezone=zone)
    assert is_always_open(always)
    found = instants(within(always, since, days))
    assert found[0][0] <= since
    assert found[-1][1] >= since + timedelta(days=days)
    assert all(ends_at >= starts_at for (_, ends_at), (starts_at, _) in pairwise(found))
