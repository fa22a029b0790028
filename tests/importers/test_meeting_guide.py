import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.facilities.facility import UnreadableFile
from finder.importers import meeting_guide
from finder.meetings.meeting import Feed, MeetingFile, MeetingGroup, MeetingTime
from tests.meeting_feeds import AA, any_file, every_text, found_secrets, hostile_json, meeting, write_json

Read = Callable[..., MeetingFile]
Group = Callable[..., MeetingGroup]
Time = Callable[..., MeetingTime]
TEXT_KEYS = (
    *("group", "group_notes", "location", "location_notes", "notes", "people", "website", "url", "entity"),
    *("conference_url", "conference_url_notes", "conference_phone", "updated", "timezone", "city", "address"),
    *("state", "postal_code", "country", "coordinates", "approximate", "end_time", "region", "regions"),
)


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
    assert not [
        text
        for text in texts
        if "example person" in text.lower() or "@" in text or "0142" in text or "$" in text
    ]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(hostile_json(meeting(**dict.fromkeys(TEXT_KEYS, "Text"))), max_size=4))
def test_whatever_a_feed_holds_nothing_personal_is_kept(tmp_path: Path, rows: list[object]) -> None:
    file = meeting_guide.read(write_json(tmp_path / "feed.json", rows), AA)
    assert file.rows_read == len(rows)
    assert not found_secrets(
        [asdict(group) for group in file.groups], file.rejects, file.warnings, file.entity
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=any_file("Name,Day,Time,Types,Notes,Address,Latitude,Slug,Updated"))
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
