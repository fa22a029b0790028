import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from finder.facilities.facility import UnreadableFile
from finder.importers import bmlt
from finder.meetings.meeting import Feed, MeetingFile, MeetingGroup, MeetingTime
from tests.meeting_feeds import any_file, every_text, found_secrets, hostile_json, write_json

NA = Feed("example-area", "na")
FORMATS = [
    {"id": "3", "key_string": "TB", "name_string": "Texto Básico", "world_id": "BT", "lang": "es"},
    {"id": "4", "key_string": "O", "name_string": "Old timers", "world_id": "", "lang": "en"},
    {"id": "5", "key_string": "ES", "name_string": "Español", "world_id": "LANG", "lang": "es"},
]
NAWS_HEADER = (
    *("Committee", "CommitteeName", "Day", "Time", "Place", "Address", "City", "LocBorough", "State", "Zip"),
    *("Country", "Directions", "Room", "Closed", "WheelChr", "Format1", "Format2", "Delete", "LastChanged"),
    *("Longitude", "Latitude", "ContactName", "ContactPhone", "bmlt_id", "unpublished"),
)


def row(**keys: Any) -> dict[str, Any]:
    """A meeting in Asheville on Sundays at noon, as a server with every key has it."""
    return {
        "id_bigint": "7",
        "worldid_mixed": "G00000001 ",
        "weekday_tinyint": "1",
        "start_time": "12:00:00",
        "duration_time": "01:30:00",
        "time_zone": "",
        "formats": "O,D",
        "venue_type": "1",
        "published": "1",
        "meeting_name": " Example Group ",
        "location_text": "Example Church",
        "location_info": "",
        "location_street": "1 Example Street",
        "location_municipality": "Asheville",
        "location_province": "NC",
        "location_postal_code_1": "28801",
        "location_nation": "U.S.A",
        "latitude": "35.5951",
        "longitude": "-82.5515",
        "comments": "",
    } | keys


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., MeetingFile]:
    def read_rows(*rows: object, explained: list[Any] | None = None) -> MeetingFile:
        answer = list(rows) if explained is None else {"meetings": list(rows), "formats": explained}
        return bmlt.read(write_json(tmp_path / "answer.json", answer), NA)

    return read_rows


@pytest.fixture
def group(read: Callable[..., MeetingFile]) -> Callable[..., MeetingGroup]:
    def only_group(explained: list[Any] | None = None, **keys: Any) -> MeetingGroup:
        file = read(row(**keys), explained=explained)
        assert not file.rejects, file.rejects
        return file.groups[0]

    return only_group


@pytest.fixture
def only_time(group: Callable[..., MeetingGroup]) -> Callable[..., MeetingTime]:
    def first_time(**keys: Any) -> MeetingTime:
        return group(**keys).times[0]

    return first_time


Read = Callable[..., MeetingFile]
Group = Callable[..., MeetingGroup]
Time = Callable[..., MeetingTime]


def naws(**cells: object) -> dict[str, object]:
    return {
        "Committee": "G00000001",
        "CommitteeName": "Example Group",
        "Day": "Sunday",
        "Time": "0730",
        "Place": "Example Church",
        "Address": "1 Example Street",
        "City": "Asheville",
        "State": "NC",
        "Zip": "28801",
        "Country": "USA",
        "Closed": "OPEN",
        "WheelChr": "TRUE",
        "Format1": "BT",
        "bmlt_id": "7",
    } | cells


def write_naws(path: Path, *rows: dict[str, object]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(NAWS_HEADER)
    for each in rows:
        sheet.append([each.get(column) for column in NAWS_HEADER])
    workbook.save(path)
    return path


# Rows


def test_a_row_becomes_a_group_with_its_time(group: Group) -> None:
    found = group()
    assert (found.name, found.place.city, found.place.postal_code) == ("Example Group", "Asheville", "28801")
    assert found.terms == ("narcotics_anonymous", "in_person", "open_meeting", "discussion_meeting")
    assert (found.times[0].slug, found.times[0].opens_at, found.times[0].closes_at) == (
        "7",
        time(12),
        time(13, 30),
    )


@pytest.mark.parametrize(("number", "day"), [("1", "SU"), ("2", "MO"), ("7", "SA")])
def test_days_are_counted_from_one(only_time: Time, number: str, day: str) -> None:
    assert only_time(weekday_tinyint=number).byday == day


@pytest.mark.parametrize("number", ["0", "8", "Someday"])
def test_a_day_that_is_none_is_rejected(read: Read, number: str) -> None:
    assert "is none of the week" in read(row(weekday_tinyint=number)).rejects[0].reason


@pytest.mark.parametrize(
    ("duration", "end"),
    [("24:00:00", time(12)), ("00:00:00", None), ("", None), ("07:00:00", time(19)), ("13:00:00", time(1))],
)
def test_durations_become_ends(only_time: Time, duration: str, end: time | None) -> None:
    assert only_time(duration_time=duration).closes_at == end


def test_rows_with_few_keys_are_read(read: Read) -> None:
    keys = (
        "id_bigint",
        "weekday_tinyint",
        "start_time",
        "meeting_name",
        "location_street",
        "location_province",
    )
    file = read({key: value for key, value in row().items() if key in keys})
    assert file.groups[0].times[0].attending_type == "in_person"


def test_the_server_is_part_of_the_slug_where_several_are_gathered(read: Read) -> None:
    file = read(row(root_server_id="2"), row(root_server_id="3"))
    assert file.groups[0].slugs == ("2-7", "3-7")


def test_unpublished_rows_are_counted_and_left_out(read: Read) -> None:
    file = read(row(), row(published="0"))
    assert (file.rows_read, len(file.groups), file.rejects) == (2, 1, ())
    assert "Meetings that are not published, left out: 1." in file.warnings


def test_a_search_around_a_place_is_not_complete(read: Read) -> None:
    assert read(row()).is_complete
    assert not read(row(distance_in_km="1.5")).is_complete


def test_what_stands_before_the_prompts_end_is_dropped(group: Group) -> None:
    assert group(public_transport="Nahverkehr#@-@#Bus 100").place.notes == "Bus 100"


def test_directions_lose_their_marks(group: Group) -> None:
    assert group(location_info="Back door<br>Second floor").place.notes == "Back door\nSecond floor"


def test_places_abroad_need_no_zip_code(group: Group) -> None:
    place = group(
        location_nation="Deutschland",
        location_province="Berlin",
        location_municipality="Berlin",
        location_city_subsection="Mitte",
        location_postal_code_1="10115",
        latitude="52.53",
        longitude="13.38",
    ).place
    assert (place.country, place.city, place.state_province, place.postal_code) == ("DE", "Berlin", "", "")
    assert (place.latitude, place.longitude) == (52.53, 13.38)


@pytest.mark.parametrize(
    ("given", "kept"), [("NY", ""), ("USA", ""), ("28801-1234", "28801"), ("", ""), ("1201", "01201")]
)
def test_odd_zip_codes_are_mended_or_left_out(group: Group, given: str, kept: str) -> None:
    assert group(location_postal_code_1=given, latitude="", longitude="").place.postal_code == kept


def test_the_borough_is_the_city_of_an_american_letter(group: Group) -> None:
    found = group(location_municipality="", location_city_subsection="Brooklyn", location_province="New York")
    assert (found.place.city, found.place.state_province) == ("Brooklyn", "NY")


# Taking part


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"venue_type": "1"}, ("in_person", False)),
        ({"venue_type": "2"}, ("online", False)),
        ({"venue_type": "3"}, ("hybrid", False)),
        ({"venue_type": "", "formats": "VM"}, ("online", False)),
        ({"venue_type": "", "formats": "HY"}, ("hybrid", False)),
        ({"venue_type": "", "virtual_meeting_link": "https://zoom.us/j/1"}, ("hybrid", False)),
        ({"venue_type": "1", "formats": "TC"}, ("in_person", True)),
        ({"venue_type": "2", "formats": "TC,VM"}, ("online", False)),
    ],
)
def test_the_venue_says_how_one_takes_part(
    only_time: Time, keys: dict[str, str], expected: tuple[str, bool]
) -> None:
    found = only_time(**keys)
    assert (found.attending_type, found.is_suspended) == expected


def test_ways_to_join_stand_apart(group: Group) -> None:
    found = group(
        venue_type="2",
        virtual_meeting_link="https://zoom.us/j/123?pwd=abc",
        phone_meeting_number="+1 646 558 8656,,123#",
        virtual_meeting_additional_info="Password: serenity",
    )
    joining = found.times[0].joining
    assert (joining.url, joining.phone) == ("https://zoom.us/j/123?pwd=abc", "+16465588656,,123#")
    assert joining.notes == "Password: serenity"
    assert not [text for text in every_text(found.rows) if "serenity" in text or "zoom" in text]


# Formats


def test_formats_are_read_by_world_id(group: Group) -> None:
    assert group(explained=FORMATS, format_shared_id_list="3,5").times[0].terms == (
        "literature_meeting",
        "spanish_meeting",
    )


def test_a_servers_own_key_means_what_the_server_says(read: Read) -> None:
    file = read(row(formats="TB,O"), explained=FORMATS)
    assert file.groups[0].times[0].terms == ("literature_meeting",)
    assert file.groups[0].unknown == ("Old timers",)


def test_keys_without_an_explanation_are_those_of_every_server(group: Group) -> None:
    assert group(venue_type="1").times[0].terms == ("open_meeting", "discussion_meeting")


# The NAWS export


def test_a_naws_workbook_is_read(tmp_path: Path) -> None:
    path = write_naws(
        tmp_path / "BMLT_example.xlsx",
        naws(WheelChr=True, Room="Old timers", LastChanged="2024-05-06", ContactName="Example Person"),
        naws(bmlt_id="8", Day="Monday", Time=1700, WheelChr=False, Closed="CLOSED"),
    )
    group = bmlt.read(path, NA).groups[0]
    assert [(each.slug, each.byday, each.opens_at) for each in group.times] == [
        ("7", "SU", time(7, 30)),
        ("8", "MO", time(17)),
    ]
    assert group.times[0].terms == ("literature_meeting", "open_meeting", "wheelchair_accessible")
    assert group.times[1].terms == ("literature_meeting", "closed_meeting")
    assert (group.unknown, group.updated_on) == (("Old timers",), date(2024, 5, 6))
    assert not [text for text in every_text(group.rows) if "Person" in text]


@pytest.mark.parametrize(("cell", "opens_at"), [("0730", time(7, 30)), (730, time(7, 30)), (1700, time(17))])
def test_naws_times_are_padded(tmp_path: Path, cell: object, opens_at: time) -> None:
    file = bmlt.read(write_naws(tmp_path / "a.xlsx", naws(Time=cell)), NA)
    assert file.groups[0].times[0].opens_at == opens_at


def test_deleted_and_unpublished_naws_rows_are_counted_and_left_out(tmp_path: Path) -> None:
    path = write_naws(tmp_path / "a.xlsx", naws(), naws(Delete="D"), naws(unpublished="1"))
    file = bmlt.read(path, NA)
    assert (file.rows_read, len(file.groups[0].times)) == (3, 1)
    assert len(file.warnings) == 2


def test_an_older_naws_csv_without_ids_keeps_its_slugs_when_reordered(tmp_path: Path) -> None:
    header = "Committee,CommitteeName,Day,Time,Address,City,State,Zip\n"
    rows = [
        f"G001,Example Group,{day},0730,1 Example Street,Asheville,NC,28801\n" for day in ("Sunday", "Monday")
    ]
    slugs = []
    for order in (rows, rows[::-1]):
        path = tmp_path / "naws.csv"
        path.write_text(header + "".join(order), encoding="utf-8")
        slugs.append({time.byday: time.slug for time in bmlt.read(path, NA).groups[0].times})
    assert slugs[0] == slugs[1] == {"SU": "g001-su-0730", "MO": "g001-mo-0730"}


# Whatever comes


def test_an_answer_without_meetings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no list of meetings"):
        bmlt.read(write_json(tmp_path / "answer.json", {"error": 1}), NA)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(hostile_json(row())))
def test_whatever_an_answer_holds_nothing_personal_is_kept(tmp_path: Path, rows: list[object]) -> None:
    file = bmlt.read(write_json(tmp_path / "answer.json", {"meetings": rows, "formats": rows}), NA)
    assert file.rows_read == len(rows)
    assert not found_secrets([asdict(group) for group in file.groups], file.rejects, file.warnings)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=any_file(",".join(NAWS_HEADER)))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answer"
    path.write_bytes(content)
    with suppress(UnreadableFile):
        bmlt.read(path, NA)


@pytest.mark.skipif("BMLT_FILE" not in os.environ, reason="BMLT_FILE names no answer")
def test_a_real_answer_is_read_without_persons() -> None:
    file = bmlt.read(Path(os.environ["BMLT_FILE"]), NA)
    assert len(file.rejects) + file.rows_merged + len(file.groups) <= file.rows_read
    assert not found_secrets([asdict(group) for group in file.groups], file.rejects, file.warnings)
