"""Recurrences as hypothesis or dice make them up: any that is without faults."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any

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
NUMBERED_DAYS = [f"{number}{day}" for number in ("", "1", "2", "3", "4", "5", "-1", "-2") for day in DAYS]
weekdays = st.lists(st.sampled_from(DAYS), max_size=7, unique=True)
numbered_weekdays = st.lists(st.sampled_from(NUMBERED_DAYS), max_size=3, unique=True)
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


def made_up_recurrences(dice: random.Random) -> Iterator[Recurrence]:
    """Ever more of them, without hypothesis: the same ones every time for the same dice.

    None names weekdays and days of the month at once, nor, in a season, days that some months lack: see
    KNOWN_FAULTS in tests/exporters/test_icalendar_expanded.py.
    """
    while True:
        is_weekly, by_number = dice.random() < 0.6, dice.random() < 0.3
        in_season = some(dice, range(1, 13), most=9) if dice.random() < 0.3 else []
        of_month = range(1, 29) if in_season else [*range(1, 32), -1, -2, -31]
        byday = some(dice, DAYS if is_weekly else NUMBERED_DAYS, most=4)
        bymonthday = some(dice, of_month, most=3) if by_number and not is_weekly else []
        byday = [] if bymonthday else byday
        interval, opens_at = dice.choice([1, 1, 2, 3]), some_time(dice)
        must_count = interval > 1 or not (is_weekly or byday or bymonthday)
        dtstart = some_day(dice, 2023, 2026)
        yield Recurrence(
            freq=(Frequency.WEEKLY if is_weekly else Frequency.MONTHLY).value,
            interval=interval,
            byday=",".join(byday),
            bymonthday=",".join(map(str, bymonthday)),
            bymonth=",".join(map(str, in_season)),
            opens_at=opens_at,
            closes_at=dice.choice([None, opens_at, some_time(dice), some_time(dice), some_time(dice)]),
            dtstart=dtstart.replace(day=min(dtstart.day, 28)) if must_count or dice.random() < 0.2 else None,
            valid_from=dice.choice([None, some_day(dice, 2023, 2026)]),
            valid_to=dice.choice([None, None, some_day(dice, 2027, 2031)]),
            except_dates=tuple(some_day(dice, 2026, 2028) for _ in range(dice.choice([0, 0, 40]))),
            timezone=dice.choice(ZONES),
        )


def some(dice: random.Random, choices: Sequence[Any], *, most: int) -> list[Any]:
    return dice.sample(choices, dice.randint(0, most))


def some_time(dice: random.Random) -> time:
    usual = [time(0), time(1, 30), time(2), time(2, 15), time(2, 30), time(3), time(19), time(23, 30)]
    return dice.choice([*usual, time(dice.randrange(24), dice.choice([0, 10, 15, 30, 45]))])


def some_day(dice: random.Random, first_year: int, last_year: int) -> date:
    first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
    return date.fromordinal(dice.randint(first, last))
