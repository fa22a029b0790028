"""When schedules occur, by example; tests/test_any_schedule.py has what holds of them all."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.models import Schedule
from finder.schedules import (
    Occurrence,
    Recurrence,
    faults,
    first_day,
    is_always_open,
    next_occurrence,
    occurrences,
)

NEW_YORK = "America/New_York"
WEDNESDAY = datetime(2026, 11, 4, 12, tzinfo=UTC)


def evening(**words: object) -> Recurrence:
    """A meeting from seven to eight in the evening in New York."""
    said = {"opens_at": time(19), "closes_at": time(20), "timezone": NEW_YORK, **words}
    return Recurrence(**said)  # type: ignore[arg-type]


def starts(recurrence: Recurrence, *, count: int = 4, since: datetime = WEDNESDAY) -> list[str]:
    """The first ones, as the group's own wall clock says them."""
    found = occurrences(recurrence, since=since, until=since + timedelta(days=800))
    return [f"{each.starts_at:%Y-%m-%d %H:%M}" for each, _ in zip(found, range(count), strict=False)]


def dates(recurrence: Recurrence, *, count: int = 4, since: datetime = WEDNESDAY) -> list[str]:
    return [start[:10] for start in starts(recurrence, count=count, since=since)]


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        (evening(byday="TU"), ["2026-11-10", "2026-11-17", "2026-11-24", "2026-12-01"]),
        (evening(byday="TU, TH"), ["2026-11-05", "2026-11-10", "2026-11-12", "2026-11-17"]),
        (evening(), ["2026-11-04", "2026-11-05", "2026-11-06", "2026-11-07"]),
        (
            evening(freq="MONTHLY", byday="2TH,4TH"),
            ["2026-11-12", "2026-11-26", "2026-12-10", "2026-12-24"],
        ),
        (evening(freq="MONTHLY", byday="-1SU"), ["2026-11-29", "2026-12-27", "2027-01-31", "2027-02-28"]),
        (evening(freq="MONTHLY", byday="5TH"), ["2026-12-31", "2027-04-29", "2027-07-29", "2027-09-30"]),
        (evening(freq="MONTHLY", byday="MO"), ["2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"]),
        (
            evening(freq="MONTHLY", byday="TU,-1SU", bymonth="11"),
            ["2026-11-10", "2026-11-17", "2026-11-24", "2026-11-29"],
        ),
        (
            evening(freq="MONTHLY", bymonthday="1,15,-1"),
            ["2026-11-15", "2026-11-30", "2026-12-01", "2026-12-15"],
        ),
        (evening(freq="MONTHLY", bymonthday="31"), ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"]),
        (
            evening(freq="MONTHLY", byday="FR", bymonthday="13"),
            ["2026-11-13", "2027-08-13", "2028-10-13"],
        ),
        (
            evening(freq="MONTHLY", dtstart=date(2020, 1, 30)),
            ["2026-11-30", "2026-12-30", "2027-01-30", "2027-03-30"],
        ),
        (
            evening(byday="TU", interval=2, dtstart=date(2020, 1, 7)),
            ["2026-11-17", "2026-12-01", "2026-12-15", "2026-12-29"],
        ),
        (
            evening(byday="TU", interval=2, valid_from=date(2026, 11, 2)),
            ["2026-11-17", "2026-12-01", "2026-12-15", "2026-12-29"],
        ),
        (
            evening(freq="MONTHLY", byday="1MO", interval=3, dtstart=date(2025, 1, 6)),
            ["2027-01-04", "2027-04-05", "2027-07-05", "2027-10-04"],
        ),
        (evening(byday="SA", bymonth="9,12"), ["2026-12-05", "2026-12-12", "2026-12-19", "2026-12-26"]),
        (evening(byday="TU", valid_to=date(2026, 11, 17)), ["2026-11-10", "2026-11-17"]),
        (evening(byday="TU", valid_from=date(2026, 11, 30), valid_to=date(2026, 12, 1)), ["2026-12-01"]),
        (
            evening(byday="TU", dtstart=date(2026, 12, 1), valid_to=date(2026, 12, 8)),
            ["2026-12-01", "2026-12-08"],
        ),
        (
            evening(byday="FR", except_dates=(date(2026, 11, 27), date(2026, 12, 25))),
            ["2026-11-06", "2026-11-13", "2026-11-20", "2026-12-04"],
        ),
    ],
)
def test_says_on_which_days(recurrence: Recurrence, days: list[str]) -> None:
    assert dates(recurrence) == days


def test_every_other_week_counts_weeks_from_monday() -> None:
    """Tuesday and the Sunday after it are of one week: that of the day it is counted from."""
    recurrence = evening(byday="TU,SU", interval=2, dtstart=date(2026, 11, 3))
    assert dates(recurrence) == ["2026-11-08", "2026-11-17", "2026-11-22", "2026-12-01"]


def test_a_season_that_ended_comes_back_next_year() -> None:
    found = next_occurrence(evening(byday="SA", bymonth="6,7,8"), now=WEDNESDAY)
    assert found is not None
    assert found.starts_at.date() == date(2027, 6, 5)


def test_29_february_is_said_once_it_is_near() -> None:
    leap_day = evening(freq="MONTHLY", bymonth="2", bymonthday="29")
    assert next_occurrence(leap_day, now=WEDNESDAY) is None
    found = next_occurrence(leap_day, now=datetime(2027, 6, 1, tzinfo=UTC))
    assert found is not None
    assert found.starts_at.date() == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("closes_at", "minutes"),
    [(time(20, 15), 75), (None, 60), (time(1), 6 * 60), (time(0), 5 * 60), (time(19), 24 * 60)],
)
def test_says_how_long(closes_at: time | None, minutes: int) -> None:
    found = next_occurrence(evening(byday="TU", closes_at=closes_at), now=WEDNESDAY)
    assert found is not None
    assert found.ends_at - found.starts_at == timedelta(minutes=minutes)


def test_midnight_to_a_minute_before_midnight_is_the_whole_day() -> None:
    found = next_occurrence(evening(byday="TU", opens_at=time(0), closes_at=time(23, 59)), now=WEDNESDAY)
    assert found is not None
    assert found.ends_at == datetime(2026, 11, 11, tzinfo=ZoneInfo(NEW_YORK))


def test_what_is_under_way_is_the_next() -> None:
    past_midnight = evening(byday="TU", opens_at=time(23), closes_at=time(1, 30))
    found = next_occurrence(past_midnight, now=datetime(2026, 11, 11, 1, 29, tzinfo=ZoneInfo(NEW_YORK)))
    assert found is not None
    assert found.starts_at.date() == date(2026, 11, 10)


def test_what_just_ended_is_over() -> None:
    found = next_occurrence(evening(), now=datetime(2026, 11, 10, 20, tzinfo=ZoneInfo(NEW_YORK)))
    assert found is not None
    assert found.starts_at.date() == date(2026, 11, 11)


def test_an_empty_window_holds_nothing() -> None:
    during = datetime(2026, 11, 10, 19, 30, tzinfo=ZoneInfo(NEW_YORK))
    assert not list(occurrences(evening(), since=during, until=during))


def test_the_first_day_is_told_by_the_groups_calendar() -> None:
    assert first_day(evening(byday="TU"), since=date(2026, 11, 4)) == date(2026, 11, 10)
    assert first_day(evening(byday="TU"), since=date(2026, 11, 10)) == date(2026, 11, 10)
    assert first_day(evening(byday="XX"), since=date(2026, 11, 4)) is None
    assert first_day(evening(opens_at=None), since=date(2026, 11, 4)) is None


def test_by_appointment_and_suspended_say_no_time() -> None:
    assert next_occurrence(evening(opens_at=None, closes_at=None), now=WEDNESDAY) is None
    assert next_occurrence(evening(is_suspended=True), now=WEDNESDAY) is None


# Clocks that change


@pytest.mark.parametrize(
    ("zone", "day", "opens_at", "closes_at", "starts_at", "ends_at"),
    [
        # New York: 2 a.m. becomes 3 a.m. on 8 March 2026; 2 a.m. becomes 1 a.m. on 1 November.
        (NEW_YORK, "2026-03-08", "01:30", "03:30", "01:30-05:00", "03:30-04:00"),
        (NEW_YORK, "2026-03-08", "02:30", "04:00", "03:30-04:00", "04:00-04:00"),
        (NEW_YORK, "2026-03-08", "02:30", "03:00", "03:30-04:00", "04:00-04:00"),
        (NEW_YORK, "2026-03-08", "01:00", "02:30", "01:00-05:00", "03:30-04:00"),
        (NEW_YORK, "2026-03-07", "22:00", "06:00", "22:00-05:00", "06:00-04:00"),
        (NEW_YORK, "2026-03-08", "19:00", "20:00", "19:00-04:00", "20:00-04:00"),
        (NEW_YORK, "2026-11-01", "01:30", "02:30", "01:30-04:00", "02:30-05:00"),
        (NEW_YORK, "2026-11-01", "00:30", "01:30", "00:30-04:00", "01:30-04:00"),
        (NEW_YORK, "2026-10-31", "22:00", "06:00", "22:00-04:00", "06:00-05:00"),
        (NEW_YORK, "2026-11-01", "19:00", "20:00", "19:00-05:00", "20:00-05:00"),
        # Lord Howe Island moves by half an hour: 2 a.m. becomes 2:30 on 4 October 2026.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "04:00", "02:45+11:00", "04:00+11:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "03:00", "01:45+11:00", "03:00+10:30"),
        ("America/St_Johns", "2026-03-08", "02:30", "04:00", "03:30-02:30", "04:00-02:30"),
        ("America/St_Johns", "2026-07-04", "19:00", "20:00", "19:00-02:30", "20:00-02:30"),
        # Greenland leaves Saturday's last hour out: what should begin in it begins on Sunday.
        ("America/Nuuk", "2026-03-28", "23:30", "01:30", "00:30-01:00", "01:30-01:00"),
        ("America/Phoenix", "2026-03-08", "02:30", "03:30", "02:30-07:00", "03:30-07:00"),
        ("Asia/Kolkata", "2026-03-08", "19:00", "20:00", "19:00+05:30", "20:00+05:30"),
        ("Asia/Kathmandu", "2026-03-08", "19:00", "20:00", "19:00+05:45", "20:00+05:45"),
        ("Pacific/Kiritimati", "2026-03-08", "23:30", "00:30", "23:30+14:00", "00:30+14:00"),
        ("Pacific/Apia", "2026-03-08", "19:00", "20:00", "19:00+13:00", "20:00+13:00"),
        ("Pacific/Pago_Pago", "2026-03-08", "19:00", "20:00", "19:00-11:00", "20:00-11:00"),
    ],
)
def test_keeps_to_the_groups_wall_clock(
    zone: str, day: str, opens_at: str, closes_at: str, starts_at: str, ends_at: str
) -> None:
    on = date.fromisoformat(day)
    recurrence = Recurrence(
        opens_at=time.fromisoformat(opens_at),
        closes_at=time.fromisoformat(closes_at),
        valid_from=on,
        valid_to=on,
        timezone=zone,
    )
    found = next_occurrence(recurrence, now=datetime.combine(on, time(), UTC) - timedelta(days=3))
    assert found is not None
    assert (clock(found.starts_at), clock(found.ends_at)) == (starts_at, ends_at)


def clock(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes").split("T")[1]


def test_a_day_is_23_hours_long_in_spring_and_25_in_autumn() -> None:
    all_day = evening(opens_at=time(0), closes_at=time(0))
    spring = next_occurrence(all_day, now=datetime(2026, 3, 8, 12, tzinfo=UTC))
    autumn = next_occurrence(all_day, now=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert spring is not None
    assert autumn is not None
    assert length(spring) == timedelta(hours=23)
    assert length(autumn) == timedelta(hours=25)


def length(found: Occurrence) -> timedelta:
    return found.ends_at.astimezone(UTC) - found.starts_at.astimezone(UTC)


def test_samoa_does_not_meet_on_the_day_it_left_out() -> None:
    """It changed sides of the Date Line at the end of 29 December 2011: the next day was the 31st."""
    found = starts(evening(timezone="Pacific/Apia"), count=3, since=datetime(2011, 12, 29, 12, tzinfo=UTC))
    assert found == ["2011-12-29 19:00", "2011-12-31 19:00", "2012-01-01 19:00"]


def test_one_moment_is_another_day_across_the_date_line() -> None:
    now = datetime(2026, 11, 10, 5, tzinfo=UTC)
    kiritimati = next_occurrence(evening(byday="TU", timezone="Pacific/Kiritimati"), now=now)
    pago_pago = next_occurrence(evening(byday="MO", timezone="Pacific/Pago_Pago"), now=now)
    assert kiritimati is not None
    assert pago_pago is not None
    assert length(Occurrence(kiritimati.starts_at, pago_pago.starts_at)) == timedelta(hours=1)


# What nothing can be told of


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"freq": "DAILY"}, "It recurs weekly or monthly."),
        ({"interval": 0}, "every week or month"),
        ({"byday": "XX"}, "Days are written"),
        ({"byday": "0TH", "freq": "MONTHLY"}, "Days are written"),
        ({"byday": "6TH", "freq": "MONTHLY"}, "Days are written"),
        ({"byday": "2TH"}, "a second Thursday"),
        ({"bymonthday": "32", "freq": "MONTHLY"}, "Days of the month are numbers"),
        ({"bymonthday": "0", "freq": "MONTHLY"}, "Days of the month are numbers"),
        ({"bymonthday": "first", "freq": "MONTHLY"}, "Days of the month are numbers"),
        ({"bymonthday": "1"}, "Only what recurs monthly has days"),
        ({"bymonth": "13"}, "Months are numbers"),
        ({"bymonth": "September"}, "Months are numbers"),
        ({"freq": "MONTHLY"}, "which day of the month"),
        ({"interval": 2}, "to count every other week"),
        ({"timezone": ""}, "time zone"),
        ({"timezone": "Eastern"}, "time zone"),
        ({"timezone": "../../etc/passwd"}, "time zone"),
    ],
)
def test_a_rule_that_says_nothing_says_why(words: dict[str, object], why: str) -> None:
    recurrence = evening(**words)
    assert next_occurrence(recurrence, now=WEDNESDAY) is None
    (said,) = faults(recurrence)
    assert why in said


@given(
    st.builds(
        evening,
        freq=st.sampled_from(["WEEKLY", "MONTHLY", "", "YEARLY"]),
        interval=st.integers(-1, 40),
        byday=st.text("MOTUWEHFRSA,-+ 0123456789", max_size=9),
        bymonthday=st.text("0123456789,-+ ²", max_size=6),
        bymonth=st.text("0123456789,-", max_size=6),
        dtstart=st.none() | st.dates(),
        timezone=st.sampled_from([NEW_YORK, "", "x"]) | st.text(max_size=5),
    )
)
def test_no_rule_breaks_anything(recurrence: Recurrence) -> None:
    found = next_occurrence(recurrence, now=WEDNESDAY)
    assert not (found and faults(recurrence))


# Day and night


@pytest.mark.parametrize(
    "words",
    [
        {"closes_at": time(0)},
        {"closes_at": time(23, 59)},
        {"opens_at": time(7), "closes_at": time(7)},
        {"closes_at": time(0), "byday": "SU,MO,TU,WE,TH,FR,SA"},
    ],
)
def test_every_hour_of_every_day_is_always(words: dict[str, object]) -> None:
    assert is_always_open(evening(**{"opens_at": time(0), **words}))


@pytest.mark.parametrize(
    "words",
    [
        {"closes_at": time(23)},
        {"closes_at": None},
        {"opens_at": None},
        {"byday": "MO,TU,WE,TH,FR"},
        {"bymonth": "1,2"},
        {"valid_from": date(2026, 1, 1)},
        {"valid_to": date(2027, 1, 1)},
        {"dtstart": date(2026, 1, 1)},
        {"except_dates": (date(2026, 12, 25),)},
        {"interval": 2, "dtstart": date(2026, 1, 1)},
        {"freq": "MONTHLY", "byday": "MO,TU,WE,TH,FR,SA,SU"},
        {"is_suspended": True},
        {"timezone": "x"},
    ],
)
def test_anything_less_is_not_always(words: dict[str, object]) -> None:
    assert not is_always_open(evening(**{"opens_at": time(0), "closes_at": time(0), **words}))


def test_a_schedule_tells_its_recurrence() -> None:
    schedule = Schedule(
        freq="MONTHLY",
        interval=2,
        byday="2TH",
        bymonthday="8,9",
        bymonth="9,11",
        opens_at=time(19),
        closes_at=time(20),
        dtstart=date(2026, 1, 8),
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
        except_dates=[date(2026, 12, 25)],
        is_suspended=True,
    )
    assert schedule.recurrence(NEW_YORK) == Recurrence(
        freq="MONTHLY",
        interval=2,
        byday="2TH",
        bymonthday="8,9",
        bymonth="9,11",
        opens_at=time(19),
        closes_at=time(20),
        dtstart=date(2026, 1, 8),
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
        except_dates=(date(2026, 12, 25),),
        timezone=NEW_YORK,
        is_suspended=True,
    )


def test_a_schedules_own_zone_counts_before_the_places() -> None:
    assert Schedule(timezone="America/Denver").recurrence(NEW_YORK).timezone == "America/Denver"
