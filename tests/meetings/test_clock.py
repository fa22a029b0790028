from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.meetings.clock import end_after, end_stated, read_date, read_time, read_timezone

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00", time(18)),
        ("8:05", time(8, 5)),
        ("18:00:00", time(18)),
        ("6:30 PM", time(18, 30)),
        ("12:00 AM", time(0)),
        ("12:15 pm", time(12, 15)),
        ("6 p.m.", time(18)),
        ("Noon", time(12)),
        ("midnight", time(0)),
        ("0730", time(7, 30)),
        ("730", time(7, 30)),
        ("1700.0", time(17)),
        ("23:59", time(23, 59)),
    ],
)
def test_times_are_read(text: str, expected: time) -> None:
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["", "25:00", "12:60", "7", "13:00 PM x", "2460", "soon", "18:00-19:00"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@given(clock=st.times().map(lambda each: each.replace(second=0, microsecond=0, fold=0)))
def test_every_time_reads_back(clock: time) -> None:
    assert (
        read_time(f"{clock:%H:%M}") == read_time(f"{clock:%I:%M %p}") == read_time(f"{clock:%H%M}") == clock
    )


@given(text=st.text())
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert isinstance(read_time(text), time | None)
    assert isinstance(end_after(time(12), text), time | None)
    assert isinstance(read_date(text, today=TODAY), date | None)


def test_an_end_at_the_start_says_nothing() -> None:
    assert end_stated(time(12), "12:00") is None
    assert end_stated(time(23), "00:30") == time(0, 30)


@pytest.mark.parametrize(
    ("duration", "end"),
    [("01:30:00", time(0, 30)), ("24:00:00", time(23)), ("00:00:00", None), ("25:00:00", None), ("", None)],
)
def test_a_duration_may_pass_midnight_or_last_all_day(duration: str, end: time | None) -> None:
    assert end_after(time(23), duration) == end


def test_a_day_to_come_is_today() -> None:
    assert read_date("2030-01-01", today=TODAY) == TODAY


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "localtime", "../etc/passwd"])
def test_only_real_zones_count(name: str) -> None:
    assert read_timezone(name) == ""


def test_a_zone_is_read_without_stray_blanks() -> None:
    assert read_timezone(" America/Denver ") == "America/Denver"
