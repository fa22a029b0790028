"""Recurrences as hypothesis makes them up: any that is without faults."""

from datetime import date, time

from hypothesis import strategies as st

from finder.enums import Frequency
from finder.schedules import DAYS, Recurrence

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "America/Nuuk",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
weekdays = st.lists(st.sampled_from(DAYS), max_size=7, unique=True)
numbered_weekdays = st.lists(
    st.builds(
        "{}{}".format, st.sampled_from(["", "1", "2", "3", "4", "5", "-1", "-2"]), st.sampled_from(DAYS)
    ),
    max_size=3,
    unique=True,
)
month_days = st.lists(st.sampled_from([*range(1, 32), -1, -2, -31]), max_size=3, unique=True)
seasons = st.just([]) | st.lists(st.integers(1, 12), min_size=3, max_size=11, unique=True)
minutes = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 59]))
starts = st.sampled_from([time(0), time(2, 30), time(19)]) | minutes
days = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@st.composite
def recurrences(draw: st.DrawFn, freq: Frequency | None = None) -> Recurrence:
    """Of this frequency, or of either."""
    said = freq or draw(st.sampled_from(Frequency))
    is_weekly = said == Frequency.WEEKLY
    interval = draw(st.sampled_from([1, 1, 1, 2, 3]))
    bymonthday = [] if is_weekly else draw(month_days)
    byday = draw(weekdays if is_weekly else numbered_weekdays)
    must_count = interval > 1 or not (is_weekly or byday or bymonthday)
    valid_from = draw(st.none() | st.dates(date(2023, 1, 1), date(2026, 12, 31)))
    opens_at = draw(starts)
    return Recurrence(
        freq=said.value,
        interval=interval,
        byday=",".join(byday),
        bymonthday=",".join(map(str, bymonthday)),
        bymonth=",".join(map(str, draw(seasons))),
        opens_at=opens_at,
        closes_at=draw(st.none() | st.just(opens_at) | minutes),
        dtstart=draw(days if must_count else st.none() | days),
        valid_from=valid_from,
        valid_to=draw(st.none() | st.dates(valid_from or date(2024, 1, 1), date(2029, 1, 1))),
        except_dates=tuple(draw(st.lists(days, max_size=3, unique=True))),
        timezone=draw(st.sampled_from(ZONES)),
    )
