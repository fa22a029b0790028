from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar, Event

from finder.exporters.icalendar import entries_as_calendar, entries_of
from finder.models import HowToJoin, Schedule, ServiceAtLocation
from tests.factories import ListingFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)
PAGE = "https://resources.example/listings/1/"


def calendar_of(listings: Iterable[ServiceAtLocation], now: datetime = NOW) -> str:
    """Unfolded."""
    entries = entries_of(listings, now=now)
    found = entries_as_calendar(entries, page_url=lambda _: PAGE, now=now)
    return found.decode().replace("\r\n ", "")


def events(*listings: ServiceAtLocation, now: datetime = NOW) -> list[Event]:
    return Calendar.from_ical(calendar_of(listings, now)).events


def event(schedule: Schedule) -> Event:
    assert schedule.listing
    (found,) = events(schedule.listing)
    return found


def lines_of(schedule: Schedule) -> list[str]:
    """Of its event."""
    assert schedule.listing
    text = calendar_of([schedule.listing])
    return text[text.index("BEGIN:VEVENT") :].split("\r\n")


def rule_of(**words: object) -> str:
    lines = lines_of(ScheduleFactory(meeting=True, **words))
    return next(line for line in lines if line.startswith("RRULE:")).removeprefix("RRULE:")


def test_a_meeting_is_an_event_that_recurs() -> None:
    group = ListingFactory(
        support_group=True, service__name="Tuesday Night Group", location__address_1="12 Main Street"
    )
    ScheduleFactory(listing=group, meeting=True, description="Side door")
    found = calendar_of([group]).split("\r\n")
    assert "TZID:America/New_York" in found
    uid = next(line for line in found if line.startswith("UID:"))
    assert found[found.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "SUMMARY:Tuesday Night Group",
        "DTSTART;TZID=America/New_York:20261110T190000",
        "DURATION:PT1H",
        "DTSTAMP:20261104T000000Z",
        uid,
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "CLASS:PRIVATE",
        f"DESCRIPTION:Side door\\nTimes change. Look before you go: {PAGE}",
        "LOCATION:12 Main Street\\, Asheville\\, NC 28801",
        "TRANSP:OPAQUE",
        f"URL:{PAGE}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ({"byday": "MO, WE"}, "FREQ=WEEKLY;BYDAY=MO,WE"),
        ({"byday": ""}, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        (
            {"byday": "TU", "interval": 2, "dtstart": date(2026, 1, 6)},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO",
        ),
        ({"byday": "SA", "bymonth": "9,12"}, "FREQ=WEEKLY;BYDAY=SA;BYMONTH=9,12"),
        ({"freq": "MONTHLY", "byday": "2TH,4TH"}, "FREQ=MONTHLY;BYDAY=2TH,4TH"),
        ({"freq": "MONTHLY", "byday": "", "bymonthday": "15,-1"}, "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
        ({"freq": "MONTHLY", "byday": "", "dtstart": date(2026, 1, 6)}, "FREQ=MONTHLY;BYMONTHDAY=6"),
        ({"freq": "MONTHLY", "byday": "-1SU", "bymonth": "3,9"}, "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3,9"),
        (
            {
                "freq": "MONTHLY",
                "byday": "1MO",
                "bymonth": "1,2,3,4",
                "interval": 2,
                "dtstart": date(2026, 1, 5),
            },
            "FREQ=YEARLY;BYDAY=1MO;BYMONTH=1,3",
        ),
        ({"valid_to": date(2027, 1, 5)}, "FREQ=WEEKLY;UNTIL=20270106T000000Z;BYDAY=TU"),
    ],
)
def test_its_rule_says_all_that_the_schedule_says(words: dict[str, object], rule: str) -> None:
    assert rule_of(**words) == rule


def test_a_day_on_which_it_falls_out_is_excepted() -> None:
    """A Wednesday on which it does not meet anyway is not said, nor a day before the file begins."""
    missed = [date(2026, 12, 22), date(2026, 12, 23), date(2026, 10, 27)]
    lines = lines_of(ScheduleFactory(meeting=True, except_dates=missed))
    excepted = [line for line in lines if line.startswith("EXDATE")]
    assert excepted == ["EXDATE;TZID=America/New_York:20261222T190000"]


def test_begins_on_the_first_day_that_it_meets() -> None:
    found = event(ScheduleFactory(meeting=True, valid_from=date(2026, 12, 2)))
    assert found.decoded("DTSTART").date() == date(2026, 12, 8)


def test_tonights_meeting_is_in_it_where_it_is_still_today() -> None:
    """Past midnight by universal time, Tuesday evening in New York."""
    schedule = ScheduleFactory(meeting=True)
    (found,) = events(schedule.listing, now=datetime(2026, 11, 4, 1, tzinfo=UTC))
    assert found.decoded("DTSTART").date() == date(2026, 11, 3)


def test_a_whole_day_is_a_day_also_when_the_clocks_change() -> None:
    lines = lines_of(ScheduleFactory(meeting=True, opens_at=time(0), closes_at=time(23, 59)))
    assert "DURATION:P1D" in lines


@pytest.mark.parametrize(
    "state",
    [
        {"opens_at": None},
        {"is_suspended": True},
        {"valid_to": date(2026, 11, 2)},
        {"byday": "2TH"},
        {"timezone": "Eastern"},
        {"listing__service__status": "temporarily closed"},
    ],
)
def test_what_has_no_dates_is_not_in_it(state: dict[str, object]) -> None:
    assert events(ScheduleFactory(meeting=True, **state).listing) == []


def test_without_a_zone_of_its_own_the_places_counts() -> None:
    schedule = ScheduleFactory(meeting=True, timezone="", listing__location__timezone="America/Denver")
    assert "DTSTART;TZID=America/Denver:20261110T190000" in lines_of(schedule)


def test_several_listings_share_a_calendar_and_its_zones() -> None:
    schedules = [ScheduleFactory(meeting=True), ScheduleFactory(intake=True)]
    listings = [schedule.listing for schedule in schedules if schedule.listing]
    assert calendar_of(listings).count("BEGIN:VTIMEZONE") == 1
    assert len(events(*listings)) == 2


def test_hours_say_what_they_are_and_take_up_no_time() -> None:
    found = event(ScheduleFactory(intake=True, listing__service__name="Riverside Detox"))
    assert found["SUMMARY"] == "Riverside Detox: Intake"
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_meeting_with_a_name_bears_it() -> None:
    assert event(ScheduleFactory(meeting=True, name="Early Birds"))["SUMMARY"] == "Early Birds"


# What never changes


def uids(listing: ServiceAtLocation) -> set[str]:
    listing = ServiceAtLocation.objects.get(pk=listing.pk)
    return {str(found["UID"]) for found in events(listing)}


def test_the_uid_outlives_a_new_row_of_the_same_name() -> None:
    """An import may write the row anew; another day, hour or title is the same meeting still."""
    schedule = ScheduleFactory(meeting=True, source_slug="tuesday-night")
    listing = schedule.listing
    before = uids(listing)
    schedule.delete()
    ScheduleFactory(listing=listing, meeting=True, byday="WE", name="Other", source_slug="tuesday-night")
    assert uids(listing) == before


@pytest.mark.parametrize("slug", ["", "twice"])
def test_two_meetings_of_one_name_have_two_uids(slug: str) -> None:
    listing = ListingFactory()
    ScheduleFactory.create_batch(2, listing=listing, meeting=True, source_slug=slug)
    assert len(uids(listing)) == 2
    assert uids(listing) == uids(listing)


def test_one_schedule_of_two_listings_has_two_uids() -> None:
    first = ListingFactory()
    second = ListingFactory(service=first.service)
    ScheduleFactory(listing=None, service=first.service, meeting=True, source_slug="shared")
    assert len(uids(first) | uids(second)) == 2


# What never leaves


def test_a_confidential_address_is_not_in_it() -> None:
    listing = ListingFactory(confidential=True, location__address_1="12 Hidden Street")
    ScheduleFactory(listing=listing, meeting=True)
    found = calendar_of([listing])
    for particular in ("LOCATION", "Hidden", "Asheville", "28801", "35."):
        assert particular not in found


@pytest.mark.parametrize(
    "state", [{"listing__online": True, "listing__location__city": "Asheville"}, {"attending_type": "online"}]
)
def test_what_is_only_online_has_no_address(state: dict[str, object]) -> None:
    schedule = ScheduleFactory(meeting=True, **state)
    assert "LOCATION" not in event(schedule)


def test_an_approximate_address_is_no_more_than_its_town() -> None:
    schedule = ScheduleFactory(meeting=True, listing__location__position_is_approximate=True)
    assert event(schedule)["LOCATION"] == "Asheville, NC"


def test_how_to_join_is_not_in_it() -> None:
    schedule = ScheduleFactory(
        meeting=True, attending_type="hybrid", notes="Password 4711, call 828-555-0142"
    )
    HowToJoin.objects.create(
        schedule=schedule, url="https://zoom.example/j/4711", phone="8285550142", notes="Password 4711"
    )
    assert schedule.listing
    found = calendar_of([schedule.listing])
    for secret in ("zoom", "Password", "8285550142", "828-555"):
        assert secret not in found
    assert "How to join is on the page." in found


def test_a_made_up_one_says_so() -> None:
    schedule = ScheduleFactory(meeting=True, listing__demo=True)
    assert "made-up example" in event(schedule)["DESCRIPTION"]


def test_no_line_can_be_smuggled_in() -> None:
    schedule = ScheduleFactory(
        meeting=True,
        name="Early\r\nURL:https://elsewhere.example\u2028",
        description="Side\ndoor\r\nATTACH:x\x07",
    )
    lines = lines_of(schedule)
    assert [line for line in lines if line.startswith(("URL", "ATTACH"))] == [f"URL:{PAGE}"]
    assert event(schedule)["SUMMARY"] == "Early URL:https://elsewhere.example"
