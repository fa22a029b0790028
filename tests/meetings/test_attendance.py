from itertools import product

import pytest

from finder.meetings.attendance import attendance, attendance_terms
from finder.meetings.meeting import MeetingTime


@pytest.mark.parametrize(
    ("is_online", "is_closed", "is_approximate", "way"),
    [
        (False, False, False, "in_person"),
        (True, False, False, "hybrid"),
        (True, True, False, "online"),
        (True, False, True, "online"),
        (False, False, True, ""),
    ],
)
def test_how_one_takes_part(is_online: bool, is_closed: bool, is_approximate: bool, way: str) -> None:
    found = attendance(is_online=is_online, is_closed=is_closed, is_approximate=is_approximate)
    assert found == (way, False)


@pytest.mark.parametrize(("is_online", "is_closed", "is_approximate"), [*product([True, False], repeat=3)])
def test_a_closed_place_never_appears_as_open(is_online: bool, is_closed: bool, is_approximate: bool) -> None:
    found = attendance(is_online=is_online, is_closed=is_closed, is_approximate=is_approximate)
    assert found.is_suspended == (is_closed and not is_online)
    assert not (is_closed and is_online) or found.attending_type == "online"


def test_a_group_states_how_any_of_its_times_is_attended() -> None:
    ways = [MeetingTime(slug, attending_type=slug) for slug in ("in_person", "online")]
    assert attendance_terms(ways) == ("in_person", "online")
    assert attendance_terms([MeetingTime("a", attending_type="hybrid")]) == ("in_person", "online")
    assert attendance_terms([MeetingTime("a", is_suspended=True), MeetingTime("b", attending_type="")]) == ()
