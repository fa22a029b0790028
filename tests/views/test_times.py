from datetime import date, time

import pytest
import time_machine
from django.utils import translation

from finder.models import Schedule
from finder.views.times import schedule_words


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(byday="TU", opens_at=time(19), closes_at=time(20)), "Tuesday, 7 p.m. to 8 p.m."),
        (Schedule(byday="MO,WE", opens_at=time(9, 30)), "Monday, Wednesday, 9:30 a.m."),
        (Schedule(byday="2TH", freq="MONTHLY", opens_at=time(18)), "second Thursday, 6 p.m."),
        (Schedule(byday="-1FR", freq="MONTHLY"), "last Friday"),
        (Schedule(byday="TU", interval=2), "Tuesday, every other week"),
        (Schedule(byday="TU", interval=3), "Tuesday, every 3 weeks"),
        (Schedule(byday="1MO", freq="MONTHLY", interval=2), "first Monday, every other month"),
        (Schedule(byday="1MO", freq="MONTHLY", interval=3), "first Monday, every 3 months"),
        (Schedule(byday="5TH", freq="MONTHLY"), "fifth Thursday"),
        (Schedule(bymonthday="1,15", freq="MONTHLY"), "day 1, 15 of the month"),
        (Schedule(bymonthday="-1", freq="MONTHLY"), "the last day of the month"),
        (
            Schedule(bymonthday="15,-2", freq="MONTHLY"),
            "day 15 of the month, day 2 from the end of the month",
        ),
        (Schedule(byday="FR", bymonthday="13", freq="MONTHLY"), "Friday, if it is day 13 of the month"),
        (Schedule(dtstart=date(2026, 1, 6), freq="MONTHLY"), "day 6 of the month"),
        (Schedule(byday="SA", bymonth="9,10,11,12,1,2,3,4,5"), "Saturday, from September to May"),
        (Schedule(byday="SA", bymonth="6,7,8"), "Saturday, from June to August"),
        (Schedule(byday="SA", bymonth="4,10"), "Saturday, only in April, October"),
        (Schedule(byday="SA", bymonth="12,1"), "Saturday, only in January, December"),
        (Schedule(byday="SA", bymonth="1,2,3,4,5,6,7,8,9,10,11,12"), "Saturday"),
        (Schedule(byday="SA", valid_from=date(2026, 12, 1)), "Saturday, from Dec. 1, 2026"),
        (Schedule(byday="SA", valid_from=date(2026, 1, 1)), "Saturday"),
        (Schedule(byday="SA", valid_to=date(2027, 3, 1)), "Saturday, until March 1, 2027"),
        (
            Schedule(
                byday="FR",
                opens_at=time(19),
                except_dates=[date(2027, 1, 1), date(2026, 12, 25), date(2025, 12, 26), date(2027, 12, 24)],
            ),
            "Friday, 7 p.m., not on December 25, January 1",
        ),
        (
            Schedule(byday="TU", opens_at=time(22), closes_at=time(6)),
            "Tuesday, 10 p.m. to 6 a.m. the next day",
        ),
        (Schedule(byday="TU", opens_at=time(19), closes_at=time(0)), "Tuesday, 7 p.m. to midnight"),
        (Schedule(byday="TU", opens_at=time(7), closes_at=time(7)), "Tuesday, 7 a.m., for 24 hours"),
        (
            Schedule(byday="TU", opens_at=time(19), is_suspended=True),
            "closed for now (else: Tuesday, 7 p.m.)",
        ),
        (Schedule(), "by appointment"),
        (Schedule(opens_at=time(0), closes_at=time(23, 59)), "every day, day and night"),
        (Schedule(byday="MO,TU,WE,TH,FR", opens_at=time(9)), "Monday to Friday, 9 a.m."),
        (Schedule(byday="SU,MO,TU,WE,TH,FR,SA", opens_at=time(9)), "every day, 9 a.m."),
    ],
)
@time_machine.travel("2026-11-04")
def test_a_schedule_is_said_in_words(schedule: Schedule, words: str) -> None:
    assert schedule_words(schedule).when == words


def test_a_day_that_nobody_knows_is_shown_as_it_stands() -> None:
    assert schedule_words(Schedule(byday="XX")).when == "XX"


def test_the_listings_own_note_stands_apart() -> None:
    assert schedule_words(Schedule(byday="TU", description="Side door")).note == "Side door"


def test_what_is_by_appointment_does_not_say_so_twice() -> None:
    assert schedule_words(Schedule(description="By appointment")) == ("Open", "by appointment", "")
    assert schedule_words(Schedule(description="Call first")).note == "Call first"


@time_machine.travel("2026-11-04")
def test_months_and_days_are_said_in_the_readers_language() -> None:
    schedule = Schedule(byday="FR", bymonth="9,10,11,12", except_dates=[date(2026, 12, 25)])
    with translation.override("es"):
        words = schedule_words(schedule).when.lower()
    assert "septiembre" in words
    assert "25 de diciembre" in words


def test_says_what_the_time_is_for() -> None:
    assert schedule_words(Schedule(kind="MEETING")).kind == "Meets"
