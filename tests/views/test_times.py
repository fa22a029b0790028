from datetime import time

import pytest

from finder.models import Schedule
from finder.views.times import schedule_words


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(byday="TU", opens_at=time(19), closes_at=time(20)), "Tuesday, 7 p.m. to 8 p.m."),
        (Schedule(byday="MO,WE", opens_at=time(9, 30)), "Monday, Wednesday, 9:30 a.m."),
        (Schedule(byday="2TH", freq="MONTHLY", opens_at=time(18)), "second Thursday, 6 p.m."),
        (Schedule(byday="-1FR", freq="MONTHLY"), "last Friday"),
        (Schedule(byday="TU", interval=2), "Tuesday, every 2 weeks"),
        (Schedule(byday="1MO", freq="MONTHLY", interval=3), "first Monday, every 3 months"),
        (Schedule(opens_at=time(0), closes_at=time(23, 59)), "every day, day and night"),
        (Schedule(byday="MO,TU,WE,TH,FR", opens_at=time(9)), "Monday to Friday, 9 a.m."),
        (Schedule(byday="SU,MO,TU,WE,TH,FR,SA", opens_at=time(9)), "every day, 9 a.m."),
    ],
)
def test_a_schedule_is_said_in_words(schedule: Schedule, words: str) -> None:
    assert schedule_words(schedule).when == words


def test_a_day_that_nobody_knows_is_shown_as_it_stands() -> None:
    assert schedule_words(Schedule(byday="XX")).when == "XX"


def test_the_listings_own_note_stands_apart() -> None:
    assert schedule_words(Schedule(byday="TU", description="Side door")).note == "Side door"


def test_says_what_the_time_is_for() -> None:
    assert schedule_words(Schedule(kind="MEETING")).kind == "Meets"
