from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.meetings.repeats import monthly_byday


@pytest.mark.parametrize(
    ("notes", "day", "byday"),
    [
        ("1st and 3rd Sundays only", "SU", "1SU,3SU"),
        ("Meets last Saturday of the month", "SA", "-1SA"),
        ("Only 2nd Saturday of every month", "SA", "2SA"),
        ("We meet the second & fourth Tuesday of each month.", "TU", "2TU,4TU"),
        ("Ring the bell. Meeting is held on the first Friday", "FR", "1FR"),
        ("Back door (1st, 3rd, and 5th Mondays only)", "MO", "1MO,3MO,5MO"),
        ("Se reúne el último sábado del mes", "SA", "-1SA"),
        ("Solo el primer y tercer domingo de cada mes", "SU", "1SU,3SU"),
        ("Meets first Friday at noon", "FR", "1FR"),
    ],
)
def test_a_note_that_leaves_no_doubt_is_a_rule(notes: str, day: str, byday: str) -> None:
    assert monthly_byday(notes, day, time(12)) == byday


@pytest.mark.parametrize(
    "notes",
    [
        "First Saturday - Eating meeting",
        "Last Saturday 8PM Sobriety Celebration",
        "1st Saturday of the Month Sobriety Celebration",
        "Last Saturday",
        "1st and 3rd Saturdays",
        "Business meeting meets last Saturday of the month",
        "Does not meet 1st Saturday",
        "No meeting on the last Saturday",
        "Meets every Saturday except the last Saturday",
        "Only Saturdays",
        "Meets last Saturday at 8 PM",
        "Meets 1st Saturday. Meets 3rd Saturday.",
        "Meets last Sunday of the month",
        "Speaker meeting last Saturday only",
    ],
)
def test_in_doubt_it_stays_weekly(notes: str) -> None:
    assert monthly_byday(notes, "SA", time(12)) == ""


WORDS = ("meets", "only", "1st", "and", "last", ",", "&", "Sunday", ".", "at", "8", "noon")


@given(
    notes=st.text()
    | st.lists(
        st.sampled_from(["meets", "only", "1st", "and", "last", ",", "&", "Sunday", ".", "at", "8", "noon"])
    ).map(" ".join)
)
def test_any_note_is_a_rule_for_the_rows_own_day_or_none(notes: str) -> None:
    found = monthly_byday(notes, "SU", time(12))
    assert all(place.endswith("SU") for place in found.split(",") if place)
