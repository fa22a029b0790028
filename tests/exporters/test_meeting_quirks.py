"""What real feeds write oddly: in by the real readers, out by the source's own address, and in again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from finder.exporters.feed_keys import key_of
from finder.importers import bmlt, meeting_guide
from finder.meetings.meeting import Feed, MeetingFile
from finder.models import Schedule, ServiceAtLocation
from finder.search.vocabulary import current_vocabulary
from tests.exporters.test_meeting_round_trip import FEED, imported, said, taken_back
from tests.meeting_feeds import meeting, write_json
from tests.meeting_guide_rules import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NA = Feed("example-region", "na", "America/New_York")
ZOOM = "https://zoom.us/j/123456789?pwd=c2VjcmV0"

MEETING_GUIDE: dict[str, list[dict[str, Any]]] = {
    "days in a list": [meeting("a", day=[0, 3, 5])],
    "one day in a list": [meeting("a", day=[1])],
    "a day by its name": [meeting("a", day="Thursday", time="6:00 PM", end_time="7:15 PM")],
    "times of sheets": [meeting("a", time="18:00:00", end_time="1915"), meeting("b", time="8:00")],
    "past midnight": [meeting("a", time="23:00", end_time="00:30")],
    "an end at the start": [meeting("a", end_time="12:00")],
    "by appointment": [meeting("a", day=None, time=None, notes="Ask at the desk.")],
    "monthly by its notes": [meeting("a", notes="Meets 1st and 3rd Sundays only.\nRing twice.")],
    "numbers for texts": [meeting(5202, address="107 N. Hughes St.", city="Asheville", state=".NC",
                                  postal_code=28801, formatted_address=None, latitude="35.5951")],
    "no place on the map": [meeting("a", latitude=0, longitude=0), meeting("b", name="Other", latitude=None)],
    "a ZIP Code of zero": [meeting("a", formatted_address=None, address="1 Example Street",
                                   city="Asheville", state="NC", postal_code=0)],
    "a whole address under address": [meeting("a", formatted_address=None,
                                              address="12 Church St, Suite 4, Asheville, NC 28801, USA")],
    "a place behind an @": [meeting("a", formatted_address="1 Example St., Asheville, NC 28801 @ Hall")],
    "only a town": [meeting("a", formatted_address="Asheville, NC, USA", approximate="yes")],
    "a box for a point": [meeting("a", latitude=None, longitude=None, coordinates="35.5,-82.6,35.7,-82.4")],
    "types in a text": [meeting("a", types="[open]", people="W, YP")],
    "types by their names": [meeting("a", types="Open, Sign Language, Step Meeting")],
    "types that nobody knows": [meeting("a", types=["O", "C", "ASBI", "QX", "onl"])],
    "no types": [meeting("a", types=None)],
    "closed for now": [meeting("a", types=["TC", "O"]),
                       meeting("b", name="Other", types=["TC"], conference_url=ZOOM)],
    "online only": [meeting("a", formatted_address="Asheville, NC, USA", approximate="yes", types=["O", "X"],
                            conference_url=ZOOM, conference_url_notes="Password:\nserenity",
                            conference_phone="+1 646-558-8656,,123456789#")],
    "hybrid by telephone": [meeting("a", conference_phone="+16465588656,,1#", conference_phone_notes="Wait")],
    "a link of an unknown service": [meeting("a", conference_url="https://sites.google.com/x")],
    "a way in within the notes": [meeting("a", conference_url=ZOOM, notes="Ring twice.\nPassword: serenity")],
    "persons within the notes": [meeting("a", notes="Ring twice. Call Example P. at 828-555-0142.")],
    "marks of web pages": [meeting("a", notes="Coffee &amp; cake<br />at 6 < 7", location="First&nbsp;Church",
                                   group_notes="<p>Welcome</p>\r\n\r\n\r\n<p>Bring   tea</p>")],
    "a slug given twice": [meeting("a"), meeting("a", day=2), meeting("a-1", day=4)],
    "no slug": [meeting(None), meeting(None, day=1), meeting(None, id=77, day=2)],
    "a long slug": [meeting("a" * 63), meeting("b", name="Other")],
    "a group of several names": [meeting("a", group="Home Group", name="Early"),
                                 meeting("b", group="HOME group", name="Late", time="20:00")],
    "rows that differ in all else": [
        meeting("b", group_notes="Welcome", location="Hall", notes="Up", timezone="America/Chicago"),
        meeting("a", group_notes="All are welcome", website="https://a.example.org", day=2, types=["C"]),
    ],
    "abroad": [meeting("a", formatted_address="Hauptstrasse 5, 10115 Berlin, Germany", latitude=52.5,
                       longitude=13.4, timezone="Europe/Berlin")],
}  # fmt: skip


def na(number: str, **cells: Any) -> dict[str, Any]:
    return {
        "id_bigint": number, "meeting_name": "Example Clean Group", "weekday_tinyint": "1",
        "start_time": "19:00:00", "duration_time": "01:30:00", "formats": "O",
        "location_text": "Example Hall", "location_street": "2 Main St.",
        "location_municipality": "Asheville", "location_province": "NC",
        "location_postal_code_1": "28801-1234", "latitude": "35.59", "longitude": "-82.55", "published": "1",
    } | cells  # fmt: skip


BMLT: dict[str, Any] = {
    "the first and the last day": [na("1"), na("2", weekday_tinyint="7")],
    "no end": [na("1", duration_time="00:00:00")],
    "formats by key": [na("1", formats="O,D,JT,Ag,ES,SD,Rr,WC")],
    "formats by what the answer says": {
        "meetings": [na("1", formats="X1,X2", format_shared_id_list="7,8,9")],
        "formats": [
            {"id": "7", "key_string": "X1", "name_string": "Basic Text", "world_id": "BT"},
            {"id": "8", "key_string": "X2", "name_string": "Rotating", "world_id": "VAR"},
            {"id": "9", "key_string": "D", "name_string": "Discussion", "world_id": "DISC"},
        ],
    },
    "a borough": [na("1", location_city_subsection="Brooklyn", location_province="NY",
                     location_postal_code_1="NY", latitude="40.65", longitude="-73.95")],
    "a server of several": [na("1", root_server_id="12")],
    "a question before the answer": [na("1", comments="Prompt#@-@#Ring twice", train_lines="A, C")],
    "online": [na("1", venue_type="2", virtual_meeting_link=ZOOM, phone_meeting_number="646-558-8656",
                  virtual_meeting_additional_info="Password: serenity")],
    "hybrid": [na("1", venue_type="3", virtual_meeting_link=ZOOM)],
    "closed for now": [na("1", formats="TC,O")],
    "minutes of its own": [na("1", start_time="23:59:00")],
}  # fmt: skip

UNSAYABLE = {
    "the whole day": [na("1", duration_time="24:00:00")],
    "a link of no known service": [
        na("1", venue_type="2", virtual_meeting_link="https://meet.example.org/x")
    ],
    "online without a way in": [na("1", venue_type="2")],
}
"""The format has no 24 hours, and takes no meeting for online without a link or a number."""

QUIRKS = [
    *((FEED, meeting_guide, name, rows) for name, rows in MEETING_GUIDE.items()),
    *((NA, bmlt, name, rows) for name, rows in BMLT.items()),
]


def each_of(quirks: list[Any]) -> pytest.MarkDecorator:
    ids = [f"{each[0].fellowship} {each[2]}" for each in quirks]
    return pytest.mark.parametrize(("source", "reader", "name", "rows"), quirks, ids=ids)


def exported(client: Client, **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get("/feeds/meetings.json", asked).getvalue())
    return found


def told(file: MeetingFile) -> dict[str, dict[str, object]]:
    """Without what a feed of ours adds: its own page, and the source's name."""
    added = {"url", "entity"}
    return {slug: {key: each[key] for key in each.keys() - added} for slug, each in said(file).items()}


def kept() -> list[object]:
    """What the directory holds of every group, but for where it puts a group without an exact place."""
    listings = ServiceAtLocation.objects.with_parts().order_by("pk")
    return sorted((listing_kept(each) for each in listings), key=str)


def listing_kept(listing: ServiceAtLocation) -> dict[str, object]:
    place = listing.location
    exact = not place.position_is_approximate
    return {
        "service": (listing.service.name, listing.service.description, listing.service.status),
        "place": (place.location_type, place.address_1, place.address_2, place.city, place.state_province),
        "rest": (place.postal_code, place.country, place.timezone, place.transportation, exact),
        "point": (place.latitude, place.longitude) if exact else None,
        "meetings": sorted((meeting_kept(each) for each in listing.schedules.all()), key=str),
    }


def meeting_kept(each: Schedule) -> dict[str, object]:
    joining = getattr(each, "how_to_join", None)
    return {
        "when": (each.source_slug, each.freq, each.byday, each.opens_at, each.closes_at, each.timezone),
        "how": (each.attending_type, each.is_suspended, each.name, each.description, each.notes),
        "terms": sorted(term.slug for term in current_vocabulary().named(each.terms)),
        "joining": (joining.url, joining.phone, joining.notes) if joining else None,
    }


@each_of(QUIRKS)
def test_nothing_is_lost_on_the_way_out_and_in_again(
    client: Client, tmp_path: Path, source: Feed, reader: Any, name: str, rows: Any
) -> None:
    before: MeetingFile = reader.read(write_json(tmp_path / "before.json", rows), source)
    assert not before.rejects
    with taken_back():
        imported(before, source)
        found = exported(client, source=source.source, key=key_of(source.source))
        first = kept()
    after = meeting_guide.read(write_json(tmp_path / "after.json", found), source)
    imported(after, source)
    assert faults(found) == []
    assert told(after) == told(before)
    assert kept() == first


@each_of([*QUIRKS, *((NA, bmlt, name, rows) for name, rows in UNSAYABLE.items())])
def test_the_public_feed_keeps_the_rules_and_leaves_no_meeting_out(
    client: Client, tmp_path: Path, source: Feed, reader: Any, name: str, rows: Any
) -> None:
    file: MeetingFile = reader.read(write_json(tmp_path / "feed.json", rows), source)
    imported(file, source)
    found = exported(client)
    assert faults(found) == []
    assert len(found) == sum(len(group.times) for group in file.groups)
    assert {each["url"].split("/")[4] for each in found} == {
        str(pk) for pk in ServiceAtLocation.objects.values_list("pk", flat=True)
    }
