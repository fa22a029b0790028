"""How a meeting is attended, where it is, and what its texts say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from finder.meetings.meeting import Joining, MeetingFile, MeetingGroup, MeetingTime
from tests.meeting_feeds import meeting

Read = Callable[..., MeetingFile]
Group = Callable[..., MeetingGroup]
Time = Callable[..., MeetingTime]


# Taking part

ZOOM = "https://us02web.zoom.us/j/123456789?pwd=c2VjcmV0"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ("in_person", False)),
        ({"conference_url": ZOOM}, ("hybrid", False)),
        ({"conference_url": ZOOM, "types": ["TC"]}, ("online", False)),
        ({"types": ["TC"]}, ("in_person", True)),
        ({"conference_phone": "+1-646-558-8656,,123#"}, ("hybrid", False)),
        ({"conference_phone": "+11"}, ("in_person", False)),
        ({"conference_url": "https://sites.google.com/view/example"}, ("in_person", False)),
        ({"conference_url": ZOOM, "formatted_address": "Asheville, NC, USA"}, ("online", False)),
        ({"conference_url": ZOOM, "approximate": "yes"}, ("online", False)),
        ({"conference_url": ZOOM, "approximate": True}, ("online", False)),
        ({"formatted_address": "Asheville, NC, USA"}, ("", False)),
        ({"attendance_option": "online"}, ("in_person", False)),
    ],
)
def test_attendance_is_derived(only_time: Time, keys: dict[str, Any], expected: tuple[str, bool]) -> None:
    found = only_time(**keys)
    assert (found.attending_type, found.is_suspended) == expected


def test_a_group_that_is_closed_for_now_claims_no_attendance(group: Group) -> None:
    assert group(types=["TC"]).terms == ("alcoholics_anonymous",)


def test_online_only_drops_what_needs_a_room(only_time: Time) -> None:
    rooms = ["BA", "BRK", "CAN", "CF", "AL-AN", "AL", "FF", "OUT", "SM", "X", "XB"]
    found = only_time(types=["TC", "O", *rooms], conference_url=ZOOM)
    assert (found.terms, found.unknown) == (("open_meeting",), ())


def test_online_only_is_a_listing_of_its_own_without_a_place_to_go_to(read: Read) -> None:
    file = read(meeting("a"), meeting("b", types=["TC"], conference_url=ZOOM))
    assert [group.place.location_type for group in file.groups] == ["physical", "virtual"]
    assert file.groups[1].place.position_is_approximate


def test_an_unknown_provider_is_left_out_with_its_notes(read: Read) -> None:
    file = read(meeting(conference_url="https://tinyurl.com/example", conference_url_notes="Ask us"))
    assert file.groups[0].times[0].joining == Joining()
    assert any(warning.startswith("Link of no known conference service") for warning in file.warnings)


def test_a_password_over_two_lines_moves_to_joining(only_time: Time) -> None:
    found = only_time(conference_url=ZOOM, conference_url_notes="Password:\r\nserenity")
    assert found.joining == Joining(ZOOM, "", "Password:\nserenity")


def test_passwords_in_notes_move_to_joining(only_time: Time) -> None:
    found = only_time(notes="Bring a friend. Zoom ID: 812 3456 7890. Passcode: 1234\nRing the bell.")
    assert found.notes == "Bring a friend.\nRing the bell."
    assert found.joining.notes == "Zoom ID: 812 3456 7890. Passcode: 1234"


# Places


def test_a_formatted_address_falls_into_its_parts(group: Group) -> None:
    place = group(formatted_address="1 Example Street, Suite 4, Asheville, NC 28801, USA").place
    assert (place.address_1, place.city) == ("1 Example Street, Suite 4", "Asheville")
    assert (place.state_province, place.postal_code, place.country) == ("NC", "28801", "US")
    assert not place.position_is_approximate


def test_an_export_keeps_the_formatted_address_in_address(group: Group) -> None:
    place = group(formatted_address=None, address="1 Example Street, Asheville, NC 28801, USA").place
    assert (place.address_1, place.city, place.postal_code) == ("1 Example Street", "Asheville", "28801")


@pytest.mark.parametrize(
    ("postal_code", "kept"), [(0, ""), (28801, "28801"), ("28801-1234", "28801"), ("00000", ""), ("288", "")]
)
def test_odd_zip_codes_are_mended_or_left_out(group: Group, postal_code: object, kept: str) -> None:
    parts = {"address": "1 Example Street", "city": "Asheville", "state": ".NC", "country": "USA"}
    place = group(formatted_address=None, postal_code=postal_code, **parts).place
    assert (place.postal_code, place.state_province) == (kept, "NC")


def test_a_lost_zero_comes_back(group: Group) -> None:
    keys = {"address": "1 Example Street", "city": "Pittsfield", "state": "MA", "postal_code": 1201}
    assert group(formatted_address=None, latitude=None, **keys).place.postal_code == "01201"


@pytest.mark.parametrize(
    "keys",
    [
        {"latitude": 0},
        {"longitude": "0"},
        {"latitude": "0.0", "longitude": "0.0"},
        {"latitude": 51.5, "longitude": 0.1},
        {"latitude": "north"},
        {"latitude": None},
        {"latitude": 1e400},
    ],
)
def test_coordinates_of_nowhere_near_are_none(group: Group, keys: dict[str, Any]) -> None:
    place = group(**keys).place
    assert (place.latitude, place.longitude) == (None, None)


def test_coordinates_may_be_text(group: Group) -> None:
    assert group(latitude="35.5951", longitude="-82.5515").place.latitude == 35.5951


def test_coordinates_may_be_one_text_or_a_box(group: Group) -> None:
    point = group(latitude=None, longitude=None, coordinates="35.5951,-82.5515").place
    box = group(latitude=None, longitude=None, coordinates="35.5,-82.6,35.7,-82.4").place
    assert (point.latitude, point.position_is_approximate) == (35.5951, False)
    assert (round(box.latitude or 0, 2), box.position_is_approximate) == (35.6, True)


def test_an_address_without_a_street_is_approximate(group: Group) -> None:
    keys = {"city": "Asheville", "state": "NC", "conference_url": ZOOM}
    assert group(formatted_address=None, **keys).place.position_is_approximate


def test_places_abroad_need_no_zip_code(group: Group) -> None:
    place = group(
        formatted_address="1 Example Road, Edmonton, AB T5J 0N3, Canada", latitude=53.5, longitude=-113.5
    ).place
    assert (place.address_1, place.country, place.postal_code) == ("1 Example Road", "CA", "")


def test_rows_of_a_place_share_its_coordinates(read: Read) -> None:
    file = read(meeting("a", latitude=0), meeting("b", day=1))
    assert file.groups[0].place.latitude == 35.5951


@pytest.mark.parametrize(
    "keys",
    [{"formatted_address": None, "latitude": None}, {"formatted_address": "Somewhere", "latitude": None}],
)
def test_a_row_that_is_nowhere_is_rejected(read: Read, keys: dict[str, Any]) -> None:
    assert len(read(meeting(**keys)).rejects) == 1


def test_an_online_meeting_needs_no_address(group: Group) -> None:
    found = group(formatted_address=None, latitude=None, longitude=None, conference_url=ZOOM)
    assert (found.place.location_type, found.terms[1]) == ("virtual", "online")


# Names and texts


def test_a_row_without_any_name_is_rejected(read: Read) -> None:
    assert "has no name" in read(meeting(name=" ")).rejects[0].reason


def test_a_row_may_go_by_its_group_or_its_place(group: Group) -> None:
    assert group(name="", group="Night Group").name == "Night Group"
    assert group(name="", location="Example Church").name == "Example Church"


def test_stray_blanks_and_marks_go(group: Group) -> None:
    found = group(
        name="  Example &amp; Friends\t", group_notes="\t \r\n", notes='"One<br />two\r\n<b>three</b>"'
    )
    assert (found.name, found.description) == ("Example & Friends", "")
    assert found.times[0].notes == "One\ntwo\nthree"


def test_a_name_too_long_to_be_one_is_rejected(read: Read) -> None:
    assert "300 letters" in read(meeting(name="x" * 300)).rejects[0].reason


@time_machine.travel("2026-11-22")
@pytest.mark.parametrize(
    ("updated", "day"),
    [
        ("2020-04-05 16:50:58", date(2020, 4, 5)),
        ("2020-04-0416:50:58", date(2020, 4, 4)),
        ("12/31/2022", date(2022, 12, 31)),
        ("8/16/2021 7:16:45 AM", date(2021, 8, 16)),
        ("2031-01-01 00:00:00", date(2026, 11, 22)),
        ("13/13/2020", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_changes_are_dated_in_every_format(group: Group, updated: object, day: date | None) -> None:
    assert group(updated=updated).updated_on == day


@pytest.mark.parametrize(
    ("website", "kept"),
    [("example.org", "http://example.org"), (ZOOM, ""), ("https://example.org/?mail=a@example.org", "")],
)
def test_a_website_is_a_page_and_no_way_in(group: Group, website: str, kept: str) -> None:
    assert group(website=website).website == kept


def test_the_service_body_is_credited(read: Read) -> None:
    rows = [meeting(slug, entity="Example Intergroup", entity_url="https://example.org") for slug in "ab"]
    assert read(*rows).entity == {"name": "Example Intergroup", "url": "https://example.org"}
    assert read(rows[0], meeting(entity="Another")).entity == {}
