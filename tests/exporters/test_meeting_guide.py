from datetime import date, time
from typing import Any

import pytest

from finder.enums import StatementMethod
from finder.exporters.meeting_feed import FeedQuestion, feed
from finder.exporters.meeting_guide import Edition
from finder.models import Location, Schedule, Service, ServiceAtLocation, Source
from tests.factories import SourceRecordFactory, StatementFactory
from tests.made_up_groups import ROW, add_meeting, fellowship_source, make_group
from tests.meeting_guide_rules import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

TODAY = date(2026, 11, 22)
JOIN = {"url": "https://zoom.us/j/123456789", "phone": "+16465588656,,123456789#", "notes": "Password: 1234"}


def page(listing: ServiceAtLocation) -> str:
    return f"https://finder.example.org/{listing.pk}/"


def written(own: Source | None = None, today: date = TODAY, **question: str) -> list[dict[str, Any]]:
    repeated = ServiceAtLocation.objects.in_feeds().repeated_slugs()
    edition = Edition(today=today, page_url=page, own=own, repeated=repeated)
    found = list(feed(FeedQuestion(**question), edition))
    assert faults(found) == []
    return found


def only(own: Source | None = None, **kwargs: Any) -> dict[str, Any]:
    found = written(own, **kwargs)
    assert len(found) == 1
    return found[0]


def test_a_meeting_is_written_in_the_words_of_the_format() -> None:
    listing = make_group(
        location__address_1="85 Main Street",
        location__address_2="First Church",
        location__transportation="Ring",
    )
    place = listing.location
    assert only() == {
        "slug": "tuesday-night",
        "name": "Tuesday Night Group",
        "day": 2,
        "time": "19:00",
        "end_time": "20:00",
        "timezone": "America/New_York",
        "attendance_option": "in_person",
        "types": ["O"],
        "location": "First Church",
        "location_notes": "Ring",
        "formatted_address": "85 Main Street, Asheville, NC 28801, USA",
        "address": "85 Main Street",
        "city": "Asheville",
        "state": "NC",
        "postal_code": "28801",
        "country": "US",
        "latitude": place.latitude,
        "longitude": place.longitude,
        "approximate": "no",
        "region": "West",
        "updated": "2026-10-02 11:30:00",
        "entity": "Example Intergroup",
        "entity_website_url": "https://intergroup.example.org/",
        "url": page(listing),
    }


def test_each_meeting_of_a_group_keeps_the_slug_of_its_row() -> None:
    rows = [{"slug": "one", "region": "West"}, {"slug": "two", "region": "East"}]
    listing = make_group(row=rows[0])
    listing.source_records.update(rows=rows)
    add_meeting(listing, source_slug="two", byday="TH")
    assert [(each["slug"], each["day"], each["region"]) for each in written()] == [
        ("one", 2, "West"),
        ("two", 4, "East"),
    ]


def test_what_a_person_corrected_is_what_is_written() -> None:
    listing = make_group(row={**ROW, "name": "Old", "time": "18:00", "city": "Arden"})
    Schedule.objects.filter(listing=listing).update(opens_at=time(20), closes_at=time(21, 30))
    Service.objects.filter(listings=listing).update(name="Corrected")
    Location.objects.filter(listings=listing).update(city="Black Mountain")
    found = only()
    assert (found["name"], found["time"], found["city"]) == ("Corrected", "20:00", "Black Mountain")


HIDDEN: dict[str, dict[str, Any]] = {
    "a draft": {"draft": True},
    "archived": {"archived": True},
    "made up": {"demo": True},
    "at a confidential address": {"confidential": True},
    "of a group that ended": {"service__status": "defunct"},
    "of a group that rests": {"service__status": "inactive"},
}


@pytest.mark.parametrize("state", HIDDEN)
def test_what_readers_must_not_see_is_not_passed_on(state: str) -> None:
    make_group(**HIDDEN[state])
    assert written() == []


def test_what_its_source_dropped_is_left_out() -> None:
    listing = make_group()
    listing.source_records.update(missing_since=date(2026, 6, 1))
    assert written() == []


def test_what_one_of_two_sources_dropped_stays() -> None:
    listing = make_group()
    listing.source_records.update(missing_since=date(2026, 6, 1))
    SourceRecordFactory(listing=listing, source=fellowship_source("other", name="Other"), rows=[ROW])
    assert only()["entity"] == "Other"


def test_a_source_that_opted_out_is_left_out() -> None:
    make_group()
    Source.objects.update(opted_out_at="2026-11-01T00:00:00Z")
    assert written() == []


def test_a_group_that_people_wrote_in_is_passed_on_without_credit() -> None:
    listing = make_group(row={})
    found = only()
    assert found["slug"] == f"{listing.pk}-1"
    assert "entity" not in found


def test_a_meeting_that_is_closed_for_now_says_so() -> None:
    make_group(row={**ROW, "types": ["O"]}, meeting={"is_suspended": True})
    found = only()
    assert (found["types"], found["attendance_option"]) == (["O", "TC"], "inactive")


def test_a_meeting_that_opened_again_is_no_longer_closed() -> None:
    make_group(row={**ROW, "types": ["O", "TC"]})
    assert only()["types"] == ["O"]


def test_a_group_that_a_person_marked_closed_for_now_is_closed() -> None:
    make_group(service__status="temporarily closed")
    assert only()["types"] == ["O", "TC"]


def test_a_meeting_online_at_a_real_address_sends_nobody_there() -> None:
    make_group(meeting={"attending_type": "online"})
    found = only()
    assert (found["types"], found["attendance_option"]) == (["O", "TC"], "online")


def test_a_meeting_with_no_place_has_an_approximate_address() -> None:
    make_group(online=True, location__city="Asheville", meeting={"attending_type": "online"})
    found = only()
    assert (found["approximate"], found["formatted_address"]) == ("yes", "Asheville, USA")


def test_a_place_known_only_to_the_town_has_no_street() -> None:
    make_group(location__address_1="", location__position_is_approximate=True)
    found = only()
    assert found["approximate"] == "yes"
    assert "address" not in found
    assert found["formatted_address"] == "Asheville, NC 28801, USA"


def test_the_middle_of_a_zip_code_is_not_given_as_the_place_of_a_street() -> None:
    make_group(location__position_is_approximate=True)
    found = only()
    assert found["approximate"] == "no"
    assert "latitude" not in found


def test_by_appointment_has_neither_day_nor_time() -> None:
    make_group(meeting={"opens_at": None, "closes_at": None, "byday": ""})
    assert not {"day", "time", "end_time"} & only().keys()


NOT_WEEKLY: dict[str, tuple[dict[str, Any], str]] = {
    "on two Tuesdays of the month": (
        {"freq": "MONTHLY", "byday": "2TU,4TU"},
        "Meets every month on the second Tuesday, the fourth Tuesday at 7:00 PM.",
    ),
    "on the last Sunday": (
        {"freq": "MONTHLY", "byday": "-1SU"},
        "Meets every month on the last Sunday at 7:00 PM.",
    ),
    "on a day of the month": (
        {"freq": "MONTHLY", "byday": "", "bymonthday": "15,-1"},
        "Meets every month on day 15, the last day at 7:00 PM.",
    ),
    "on the day of the month that it began on": (
        {"freq": "MONTHLY", "byday": "", "dtstart": date(2026, 1, 9)},
        "Meets every month on day 9 at 7:00 PM.",
    ),
    "every other month": (
        {"freq": "MONTHLY", "byday": "1MO", "interval": 2},
        "Meets every 2 months on the first Monday at 7:00 PM.",
    ),
    "every other week": (
        {"interval": 2, "dtstart": date(2026, 11, 3)},
        "Meets every 2 weeks on Tuesday at 7:00 PM, counted from November 3, 2026.",
    ),
    "out of season": (
        {"bymonth": "6,7"},
        "Meets on Tuesday at 7:00 PM. Only in June, July.",
    ),
    "from next year": (
        {"valid_from": date(2027, 1, 5)},
        "Meets on Tuesday at 7:00 PM. Begins on January 5, 2027.",
    ),
}


@pytest.mark.parametrize("rule", NOT_WEEKLY)
def test_what_is_not_weekly_now_gets_no_day_but_a_note(rule: str) -> None:
    fields, note = NOT_WEEKLY[rule]
    make_group(meeting={"notes": "Ring the bell.", **fields})
    found = only()
    assert not {"day", "time", "end_time"} & found.keys()
    assert found["notes"] == f"Ring the bell.\n{note}"


def test_a_weekly_meeting_names_the_days_on_which_it_falls_out() -> None:
    make_group(meeting={"except_dates": [date(2026, 1, 6), date(2026, 12, 29)]})
    found = only()
    assert (found["day"], found["notes"]) == (2, "Not on December 29, 2026.")


def test_a_meeting_whose_last_day_is_past_is_left_out() -> None:
    make_group(meeting={"valid_to": date(2026, 11, 21)})
    assert written() == []


def test_a_schedule_of_two_days_becomes_two_entries() -> None:
    make_group(meeting={"byday": "SA,SU"})
    assert [(each["slug"], each["day"]) for each in written()] == [
        ("tuesday-night-0", 0),
        ("tuesday-night-6", 6),
    ]


def test_a_schedule_that_names_no_day_becomes_one_for_each() -> None:
    make_group(meeting={"byday": ""})
    assert [each["day"] for each in written()] == [0, 1, 2, 3, 4, 5, 6]


def test_a_meeting_around_the_clock_ends_a_minute_before_it_began() -> None:
    make_group(meeting={"opens_at": time(0), "closes_at": time(0)})
    assert only()["end_time"] == "23:59"


def test_a_slug_that_two_sources_use_is_told_apart_by_its_listing() -> None:
    listings = [make_group(), make_group(source=fellowship_source("other"))]
    assert {each["slug"] for each in written()} == {
        f"tuesday-night-{listing.pk.hex[:8]}" for listing in listings
    }


def test_a_slug_too_long_for_the_format_is_cut_and_stays_itself() -> None:
    for number in range(2):
        make_group(row={"slug": "x" * 150 + str(number)})
    slugs = [each["slug"] for each in written()]
    assert {len(slug) for slug in slugs} == {64}
    assert len(set(slugs)) == 2


def test_two_meetings_that_people_gave_one_slug_are_told_apart() -> None:
    listing = make_group()
    add_meeting(listing, source_slug="tuesday-night", byday="FR")
    assert [each["slug"] for each in written()] == ["tuesday-night", "tuesday-night-2"]


def test_how_to_join_is_in_no_feed_of_others() -> None:
    make_group(meeting={"attending_type": "hybrid"}, join=JOIN)
    text = str(written())
    assert not [secret for secret in ("zoom.us", "646558", "1234") if secret in text]
    assert only()["attendance_option"] == "hybrid"


def test_a_source_gets_how_to_join_back() -> None:
    make_group(meeting={"attending_type": "hybrid"}, join=JOIN)
    found = only(own=Source.objects.get(pk="example-intergroup"), source="example-intergroup")
    assert (found["conference_url"], found["conference_phone"], found["conference_url_notes"]) == (
        *(JOIN["url"], JOIN["phone"], JOIN["notes"]),
    )


def test_a_source_gets_its_own_page_back_and_others_get_ours() -> None:
    listing = make_group(row={**ROW, "url": "https://intergroup.example.org/tuesday"})
    own = Source.objects.get(pk="example-intergroup")
    assert only(own=own, source=own.pk)["url"] == "https://intergroup.example.org/tuesday"
    assert only()["url"] == page(listing)


def test_a_source_gets_no_meeting_that_another_gave() -> None:
    listing = make_group()
    other = fellowship_source("other")
    SourceRecordFactory(listing=listing, source=other, rows=[{"slug": "theirs"}])
    add_meeting(listing, source_slug="theirs", byday="FR")
    assert [each["slug"] for each in written(own=other, source="other")] == ["theirs"]


def test_what_a_row_says_of_persons_and_joining_is_not_passed_on() -> None:
    kept_by_mistake = {"contact_1_name": "Pat", "conference_url": JOIN["url"], "email": "pat@example.org"}
    make_group(row={**ROW, **kept_by_mistake})
    own = Source.objects.get(pk="example-intergroup")
    text = str([written(), written(own=own, source=own.pk)])
    assert not [secret for secret in ("Pat", "zoom", "pat@") if secret in text]


@pytest.mark.parametrize(
    ("question", "is_in"),
    [
        ({}, True),
        ({"fellowship": "aa"}, True),
        ({"fellowship": "na"}, False),
        ({"state": "NC"}, True),
        ({"state": "SC"}, False),
        ({"state": "NC", "county": "buncombe county"}, True),
        ({"state": "NC", "county": "Wake County"}, False),
        ({"source": "example-intergroup"}, True),
        ({"source": "samhsa-su"}, False),
    ],
)
def test_a_part_of_the_feed_can_be_asked_for(question: dict[str, str], is_in: bool) -> None:
    make_group()
    assert bool(written(**question)) is is_in


def test_what_a_person_found_out_counts_above_the_row() -> None:
    listing = make_group(
        row={**ROW, "types": ["O", "W", "X"]},
        terms=("open_meeting", "women_meeting", "wheelchair_accessible"),
    )
    StatementFactory(
        listing=listing,
        yes=("closed_meeting",),
        no=("open_meeting", "wheelchair_accessible"),
        method=StatementMethod.PHONE,
    )
    assert only()["types"] == ["W", "C"]
