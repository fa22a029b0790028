import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.facilities.facility import UnreadableFile
from finder.importers import meeting_guide
from finder.meetings.meeting import Feed, Joining, MeetingFile, MeetingGroup, MeetingTime
from tests.meeting_feeds import AA, every_text, found_secrets, hostile_json, meeting, write_json

Read = Callable[..., MeetingFile]
TEXT_KEYS = (
    *("group", "group_notes", "location", "location_notes", "notes", "people", "website", "url", "entity"),
    *("conference_url", "conference_url_notes", "conference_phone", "updated", "timezone", "city", "address"),
    *("state", "postal_code", "country", "coordinates", "approximate", "end_time", "region", "regions"),
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_rows(*rows: object, feed: Feed = AA) -> MeetingFile:
        return meeting_guide.read(write_json(tmp_path / "feed.json", list(rows)), feed)

    return read_rows


@pytest.fixture
def group(read: Read) -> Callable[..., MeetingGroup]:
    """The only group of a feed with one row."""

    def only_group(feed: Feed = AA, **keys: Any) -> MeetingGroup:
        file = read(meeting(**keys), feed=feed)
        assert not file.rejects, file.rejects
        return file.groups[0]

    return only_group


@pytest.fixture
def only_time(group: Callable[..., MeetingGroup]) -> Callable[..., MeetingTime]:
    def first_time(**keys: Any) -> MeetingTime:
        return group(**keys).times[0]

    return first_time


Group = Callable[..., MeetingGroup]
Time = Callable[..., MeetingTime]


# Rows and groups


def test_a_row_becomes_a_group_with_its_time(group: Group) -> None:
    found = group()
    assert (found.name, found.terms) == (
        "Example Group",
        ("alcoholics_anonymous", "in_person", "open_meeting"),
    )
    assert (found.times[0].slug, found.times[0].byday, found.times[0].opens_at) == ("example", "SU", time(12))


def test_rows_of_one_group_at_one_place_are_one_listing(read: Read) -> None:
    file = read(meeting("a"), meeting("b", day=3, name="Step Night", group="Example Group"))
    assert [group.slugs for group in file.groups] == [("a", "b")]
    assert (file.rows_read, file.rows_merged) == (2, 1)
    assert [time.name for time in file.groups[0].times] == ["", "Step Night"]


def test_a_row_that_is_no_object_is_rejected(read: Read) -> None:
    file = read(meeting(), "a text", None, 5)
    assert [reject.row_number for reject in file.rejects] == [2, 3, 4]
    assert len(file.groups) == 1


@pytest.mark.parametrize("key", ["records", "meetings", "data"])
def test_rows_are_found_in_their_wrapper(tmp_path: Path, key: str) -> None:
    path = write_json(tmp_path / "feed.json", {key: [{"id": "rec1", "fields": meeting()}]})
    assert meeting_guide.read(path, AA).groups[0].slugs == ("example",)


def test_text_after_the_list_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([meeting()], indent=1) + "\nthe end", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"line 15"):
        meeting_guide.read(path, AA)


def test_json_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no list"):
        meeting_guide.read(write_json(tmp_path / "feed.json", {"error": "closed"}), AA)


# Days and times


@pytest.mark.parametrize(
    ("day", "byday"),
    [(0, "SU"), (6, "SA"), ("3", "WE"), ("Thursday", "TH"), ("miércoles", "WE"), (2.0, "TU")],
)
def test_days_are_counted_from_zero_or_named(only_time: Time, day: object, byday: str) -> None:
    assert only_time(day=day).byday == byday


def test_a_list_of_days_becomes_a_time_for_each(group: Group) -> None:
    found = group(day=[1, "3"])
    assert [(each.slug, each.byday) for each in found.times] == [("example-1", "MO"), ("example-3", "WE")]


def test_a_list_keeps_its_slug_when_it_grows(read: Read) -> None:
    assert read(meeting(day=[1])).groups[0].slugs == ("example-1",)


@pytest.mark.parametrize("keys", [{"day": None}, {"time": None}, {"day": "", "time": ""}, {"day": []}])
def test_without_a_day_or_a_time_it_is_by_appointment(only_time: Time, keys: dict[str, Any]) -> None:
    found = only_time(**keys)
    assert (found.byday, found.opens_at, found.description) == ("", None, "By appointment")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"day": 7}, "is none of the week"),
        ({"day": "Someday"}, "is none of the week"),
        ({"time": "25:00"}, "cannot be read"),
        ({"time": "in the evening"}, "cannot be read"),
    ],
)
def test_a_day_or_time_that_is_none_is_rejected(read: Read, keys: dict[str, Any], reason: str) -> None:
    file = read(meeting(**keys))
    assert not file.groups
    assert reason in file.rejects[0].reason


@pytest.mark.parametrize("text", ["18:00", "18:00:00", "6:00 PM", "6:00pm", "6 p.m."])
def test_times_are_read_as_people_write_them(only_time: Time, text: str) -> None:
    assert only_time(time=text).opens_at == time(18)


def test_an_hour_of_one_digit_is_read(only_time: Time) -> None:
    assert only_time(time="8:00").opens_at == time(8)


@pytest.mark.parametrize(
    ("end", "closes_at"),
    [("13:00", time(13)), ("01:15", time(1, 15)), ("12:00", None), ("", None), ("soon", None)],
)
def test_an_end_may_be_past_midnight_and_one_at_the_start_is_unknown(
    only_time: Time, end: str, closes_at: time | None
) -> None:
    assert only_time(end_time=end).closes_at == closes_at


def test_the_printed_time_is_not_used(only_time: Time) -> None:
    assert only_time(time_formatted="9:00 pm").opens_at == time(12)


@pytest.mark.parametrize(
    ("own", "feeds", "kept"),
    [
        ("America/Denver", "America/New_York", "America/Denver"),
        (None, "America/New_York", "America/New_York"),
        ("Mars/Olympus", "", ""),
    ],
)
def test_the_clock_is_the_rows_else_the_feeds(group: Group, own: str | None, feeds: str, kept: str) -> None:
    assert group(feed=replace(AA, timezone=feeds), timezone=own).times[0].timezone == kept


def test_a_monthly_rule_in_the_notes_is_read(read: Read) -> None:
    file = read(meeting(notes="1st and 3rd Sundays only"))
    found = file.groups[0].times[0]
    assert (found.freq, found.byday, found.notes) == ("MONTHLY", "1SU,3SU", "1st and 3rd Sundays only")
    assert any(warning.startswith("Read as monthly") for warning in file.warnings)


def test_what_happens_once_a_month_leaves_a_meeting_weekly(only_time: Time) -> None:
    assert only_time(day=6, notes="First Saturday - Eating meeting").byday == "SA"


# Slugs


def test_a_number_is_a_slug(read: Read) -> None:
    assert read(meeting(5202), meeting(5203.0)).groups[0].slugs == ("5202", "5203")


def test_a_slug_given_twice_is_told_apart(read: Read) -> None:
    assert read(meeting("a"), meeting("a"), meeting("a")).groups[0].slugs == ("a", "a-1", "a-2")


@pytest.mark.parametrize(
    ("keys", "slug"),
    [
        ({"id": 31}, "31"),
        ({}, "example-group"),
        ({"name": None, "group": "Night Group"}, "night-group"),
        ({"name": None, "location": "Example Church"}, "example-church"),
    ],
)
def test_a_row_without_a_slug_is_known_by_what_it_is_called(
    only_time: Time, keys: dict[str, Any], slug: str
) -> None:
    assert only_time(slug=None, **keys).slug == slug


def test_a_long_slug_is_kept_as_far_as_it_fits(read: Read) -> None:
    slugs = read(meeting("x" * 300), meeting("x" * 300)).groups[0].slugs
    assert len(set(slugs)) == 2
    assert max(map(len, slugs)) <= 255


# Types


@pytest.mark.parametrize(
    ("types", "terms"),
    [
        ("[open]", ("open_meeting",)),
        ("[closed]", ("closed_meeting",)),
        ("C", ("closed_meeting",)),
        (["O", "", "W"], ("open_meeting", "women_meeting")),
        (
            "Sign Language, Outdoor Meeting, Step Meeting",
            ("sign_language_meeting", "outdoor_meeting", "step_meeting"),
        ),
        ("Abierta, Mujeres", ("open_meeting", "women_meeting")),
        (["O", "C"], ("closed_meeting",)),
        (["ASBI", "12x12"], ("literature_meeting", "step_meeting", "tradition_meeting")),
        (["LGBTQIA"], ("lgbtq_meeting",)),
        (None, ()),
        (["onl"], ()),
    ],
)
def test_types_are_codes_or_names_in_a_list_or_a_text(
    only_time: Time, types: object, terms: tuple[str, ...]
) -> None:
    assert only_time(types=types).terms == terms


def test_codes_are_found_among_people_too(only_time: Time) -> None:
    assert only_time(types="[open]", people="SPN").terms == ("open_meeting", "spanish_meeting")


def test_a_code_means_what_its_fellowship_says(group: Group) -> None:
    assert group(types=["Y"]).times[0].terms == ("young_people_meeting",)
    assert group(feed=Feed("example", "al-anon"), types=["Y"]).times[0].terms == ("alateen",)
    assert group(feed=Feed("example", "aca"), types=["T"]).times[0].terms == ("literature_meeting",)


def test_a_code_without_a_term_is_kept_by_its_name(group: Group) -> None:
    found = group(types=["DB", "O"])
    assert (found.unknown, found.times[0].unknown) == (("Digital Basket",), ("Digital Basket",))


def test_types_that_nobody_knows_are_counted_and_left_out(read: Read) -> None:
    file = read(meeting(types=["O", "QQQ"]))
    assert file.groups[0].unknown == ()
    assert "Types that the fellowship does not use, left out: QQQ (1)." in file.warnings


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


# What is never kept


def test_persons_and_contributions_are_dropped(read: Read) -> None:
    personal = {
        "contact_1_name": "Example Person",
        "contact_1_email": "person@example.org",
        "contact_2_phone": "828-555-0142",
        "email": "group@example.org",
        "phone": "828-555-0142",
        "venmo": "@example-group",
        "square": "$example",
        "paypal": "example",
        "homegroup_online": "example",
        "author": "Example Person",
        "edit_url": "https://example.org/edit",
        "feedback_emails": ["person@example.org"],
        "Submitted By": "Example Person",
    }
    texts = every_text([asdict(group) for group in read(meeting(**personal)).groups])
    assert not [text for text in texts if "example person" in text.lower() or "@" in text or "0142" in text or "$" in text]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(hostile_json(meeting(**dict.fromkeys(TEXT_KEYS, "Text"))), max_size=4))
def test_whatever_a_feed_holds_nothing_personal_is_kept(tmp_path: Path, rows: list[object]) -> None:
    file = meeting_guide.read(write_json(tmp_path / "feed.json", rows), AA)
    assert file.rows_read == len(rows)
    assert not found_secrets(
        [asdict(group) for group in file.groups], file.rejects, file.warnings, file.entity
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=60) | st.text().map(lambda text: b"name,day,time\n" + text.encode()))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "feed"
    path.write_bytes(content)
    with suppress(UnreadableFile):
        meeting_guide.read(path, AA)


# Sheets

TEMPLATE = (
    "Time,End Time,Day,Name,Location,Address,Region,Sub Region,Types,Notes,Location Notes,Timezone,"
    "Group,District,Website,Email,Phone,Group Notes,Contact 1 Name,Contact 1 Email,"
    "Conference URL,Conference Phone,Slug,Updated\n"
)
SHEET_ROW = (
    '6:00 PM,7:00 PM,Monday,Example Group,Example Church,"1 Example Street, Asheville, NC 28801, USA",West,,'
    '"Open, Sign Language",####,Back door,,,,,,,,Example Person,person@example.org,,,'
    "example,2020-04-0416:50:58\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], MeetingFile]:
    def read_text(text: str) -> MeetingFile:
        path = tmp_path / "meetings.csv"
        path.write_text(text, encoding="utf-8")
        return meeting_guide.read(path, AA)

    return read_text


@pytest.mark.parametrize("before", ["", "\ufeff", "\ufeffMeetings of our area\n"])
def test_the_template_is_read(sheet: Callable[[str], MeetingFile], before: str) -> None:
    group = sheet(before + TEMPLATE + SHEET_ROW + ",,,,\n").groups[0]
    found = group.times[0]
    assert (found.slug, found.byday, found.opens_at, found.closes_at) == ("example", "MO", time(18), time(19))
    assert (found.terms, found.notes) == (("open_meeting", "sign_language_meeting"), "")
    assert (group.place.city, group.place.notes, group.updated_on) == (
        "Asheville",
        "Back door",
        date(2020, 4, 4),
    )


def test_columns_go_by_other_names(sheet: Callable[[str], MeetingFile]) -> None:
    text = (
        "ID;Meeting;Day;Start Time;Location Name;Full Address\n"
        "7;Example Group;Sunday;noon;Example Church;1 Example Street, Asheville, NC 28801, USA\n"
    )
    group = sheet(text).groups[0]
    assert (group.slugs, group.place.name, group.place.city) == (("7",), "Example Church", "Asheville")


def test_several_days_in_a_cell_become_several_times(sheet: Callable[[str], MeetingFile]) -> None:
    text = 'ID,Name,Day,Time,Address,City,State\n7,Example,"Monday, Friday",18:00,1 Oak,Asheville,NC\n'
    assert sheet(text).groups[0].slugs == ("7-1", "7-5")


def test_rows_of_a_sheet_have_the_numbers_that_people_see(sheet: Callable[[str], MeetingFile]) -> None:
    assert sheet("A title\nName,Day,Time\n\nExample,Someday,18:00\n").rejects[0].row_number == 4


def test_a_sheet_without_the_header_is_refused(sheet: Callable[[str], MeetingFile]) -> None:
    with pytest.raises(UnreadableFile, match="not a list of meetings"):
        sheet("a,b\n1,2\n")


# A real feed


@pytest.mark.skipif("MEETING_GUIDE_FILE" not in os.environ, reason="MEETING_GUIDE_FILE names no feed")
def test_a_real_feed_is_read_without_persons() -> None:
    path = Path(os.environ["MEETING_GUIDE_FILE"])
    file = meeting_guide.read(path, Feed("example", os.environ.get("FELLOWSHIP", "aa")))
    assert file.rows_read == len(file.rejects) + file.rows_merged + len(file.groups)
    assert not found_secrets([asdict(group) for group in file.groups], file.rejects, file.warnings)
