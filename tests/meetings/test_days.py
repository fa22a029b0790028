import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.meetings.days import DAYS, FIRST_IN_BMLT, FIRST_IN_MEETING_GUIDE, day_named, day_number, read_days

MANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize("number", range(7))
def test_both_numberings_begin_on_sunday(number: int) -> None:
    assert read_days(number, first=FIRST_IN_MEETING_GUIDE) == (DAYS[number],)
    assert read_days(number + 1, first=FIRST_IN_BMLT) == (DAYS[number],)


@pytest.mark.parametrize("day", DAYS)
def test_the_number_of_a_day_reads_back(day: str) -> None:
    assert read_days(day_number(day), first=FIRST_IN_MEETING_GUIDE) == (day,)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Sunday", "SU"),
        ("Sundays", "SU"),
        ("tues.", "TU"),
        ("THUR", "TH"),
        ("domingo", "SU"),
        ("Sábados", "SA"),
        ("mercredi", "WE"),
        ("Donnerstag", "TH"),
        ("måndag", "MO"),
        ("štvrtok", "TH"),
        ("日曜日", "SU"),
    ],
)
def test_names_are_known_in_many_languages(name: str, day: str) -> None:
    assert day_named(name) == day


@pytest.mark.parametrize("text", ["", "day", "s", "t", "th", "Someday", "Sunday school", "weekdays"])
def test_other_words_name_no_day(text: str) -> None:
    assert day_named(text) is None


@pytest.mark.parametrize(
    "value", [[3, 1], ["1", "3"], "Monday, Wednesday", "[1,3]", "Mon & Wed", "lunes y miércoles"]
)
def test_lists_come_in_the_order_of_the_week(value: object) -> None:
    assert read_days(value, first=FIRST_IN_MEETING_GUIDE) == ("MO", "WE")


@pytest.mark.parametrize("value", [None, "", [], [None], ["", None]])
def test_nothing_is_no_day(value: object) -> None:
    assert read_days(value, first=FIRST_IN_MEETING_GUIDE) == ()


@pytest.mark.parametrize("value", [7, -1, "7", True, 1.5, "Someday", {"day": 1}, [1, "Someday"]])
def test_what_is_no_day_is_told_from_nothing(value: object) -> None:
    assert read_days(value, first=FIRST_IN_MEETING_GUIDE) is None


@given(value=MANY)
def test_whatever_comes_is_days_or_none(value: object) -> None:
    days = read_days(value, first=FIRST_IN_BMLT)
    assert days is None or set(days) <= set(DAYS)
