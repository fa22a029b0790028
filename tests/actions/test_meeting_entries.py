"""What a group of a feed becomes: its fields, its place, its times, and what it is said to be."""

from dataclasses import replace
from datetime import time

import pytest

from finder.enums import LocationType
from finder.meetings.meeting import MeetingPlace
from finder.models import (
    HowToJoin,
    ImportRun,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
    TaxonomyTerm,
)
from tests.meeting_samples import CHURCH, JOINING, TODAY, group, import_groups, meets
from tests.samples import index_row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOWHERE = MeetingPlace(location_type=LocationType.VIRTUAL.value)


def the_listing() -> ServiceAtLocation:
    return ServiceAtLocation.objects.with_parts().get()


def placed(place: MeetingPlace, **said: str) -> list[object]:
    import_groups(group(place=place), **said)  # type: ignore[arg-type]
    location = the_listing().location
    point = [
        location.latitude and round(location.latitude, 1),
        location.longitude and round(location.longitude, 1),
    ]
    return [*point, location.position_is_approximate, location.region, location.timezone]


def test_a_group_is_a_support_group_that_runs_itself() -> None:
    import_groups(group("Example Group", description="All are welcome.", website="https://example.org/group"))

    service = the_listing().service
    assert (service.name, service.organization.name) == ("Example Group", "Example Group")
    assert (service.categories, service.status) == (["support_group"], "active")
    assert (service.description, service.url) == ("All are welcome.", "https://example.org/group")


def test_the_building_stands_beside_the_street_and_the_way_in_beside_the_buses() -> None:
    import_groups(group())

    location = the_listing().location
    assert (location.address_1, location.address_2) == ("1 Example Street", "Example Church")
    assert (location.city, location.state_province, location.postal_code) == ("Asheville", "NC", "28801")
    assert (location.location_type, location.transportation) == ("physical", "Use the side door.")


def test_its_own_point_is_exact_unless_the_feed_says_otherwise() -> None:
    assert placed(CHURCH) == [35.6, -82.6, False, "Buncombe County", "America/New_York"]


def test_an_approximate_point_stays_approximate() -> None:
    assert placed(replace(CHURCH, position_is_approximate=True))[2] is True


def test_without_a_point_it_is_at_the_middle_of_the_zip_code() -> None:
    place = replace(CHURCH, latitude=None, longitude=None)

    assert placed(place) == [35.6, -82.6, True, "Buncombe County", "America/New_York"]


def test_without_a_zip_code_either_it_is_at_the_middle_of_the_city() -> None:
    place = MeetingPlace(city="Amarillo", state_province="TX")

    assert placed(place) == [35.2, -101.9, True, "Potter County", "America/Chicago"]


def test_a_city_of_no_known_state_is_not_guessed() -> None:
    assert placed(MeetingPlace(city="Springfield"))[:3] == [None, None, True]


def test_a_group_that_meets_nowhere_has_the_clock_of_its_feed() -> None:
    assert placed(NOWHERE, timezone="America/Denver") == [None, None, True, "", "America/Denver"]


def test_a_time_of_its_own_clock_keeps_it() -> None:
    online = meets("a", timezone="America/Phoenix")
    import_groups(group("Example Group", online, place=NOWHERE), timezone="America/Denver")

    assert the_listing().location.timezone == "America/Phoenix"
    assert Schedule.objects.get().timezone == "America/Phoenix"


def test_each_time_is_a_schedule_that_keeps_its_slug() -> None:
    import_groups(
        group(
            "Example Group",
            meets("second-thursday", "2TH", freq="MONTHLY", opens_at=time(23), closes_at=time(0, 30)),
            meets("tuesday", terms=("women_meeting",), notes="Bring a cushion.", attending_type="hybrid"),
        )
    )

    monthly, weekly = Schedule.objects.filter(listing=the_listing()).order_by("source_slug")
    assert (monthly.kind, monthly.freq, monthly.byday) == ("MEETING", "MONTHLY", "2TH")
    assert (monthly.opens_at, monthly.closes_at) == (time(23), time(0, 30))
    assert (weekly.source_slug, weekly.attending_type, weekly.notes) == (
        "tuesday",
        "hybrid",
        "Bring a cushion.",
    )
    assert weekly.terms == [TaxonomyTerm.objects.get(slug="women_meeting").pk]


def test_a_time_by_appointment_is_kept_without_one() -> None:
    import_groups(group("Example Group", meets("a", "", opens_at=None, closes_at=None)))

    assert Schedule.objects.values_list("byday", "opens_at").get() == ("", None)


def test_how_to_join_is_kept_with_its_meeting_and_nowhere_that_is_shown() -> None:
    import_groups(group("Example Group", meets("a", joining=JOINING), meets("b")))

    joining = HowToJoin.objects.get()
    assert joining.schedule.source_slug == "a"
    assert (joining.url, joining.phone, joining.notes) == (JOINING.url, JOINING.phone, JOINING.notes)
    shown = [
        *SourceRecord.objects.values_list("rows", "unknown", "key", "content_hash"),
        *ImportRun.objects.values_list("rejects", "warnings", "file_name"),
        *Service.objects.values_list("name", "description", "url"),
        index_row_of("Example Group").words,
    ]
    assert not any(secret in repr(shown) for secret in ("zoom.us", "5550100", "555 0100", "serenity"))


def test_a_group_of_which_every_meeting_is_suspended_is_closed_for_now() -> None:
    import_groups(group("Example Group", meets("a", is_suspended=True), meets("b", is_suspended=True)))

    assert the_listing().service.status == "temporarily closed"
    assert index_row_of("Example Group").is_closed


def test_a_group_with_one_meeting_left_is_open() -> None:
    import_groups(group("Example Group", meets("a", is_suspended=True), meets("b")))

    assert the_listing().service.status == "active"


def test_it_is_stated_by_its_feed_on_the_day_it_was_last_changed() -> None:
    import_groups(group(updated_on=TODAY.replace(month=3)))

    statement = Statement.objects.get()
    assert (statement.source_id, statement.stated_on) == ("example-intergroup", TODAY.replace(month=3))
    affirmed = TaxonomyTerm.objects.filter(pk__in=statement.affirmed).values_list("slug", flat=True)
    assert set(affirmed) == {"alcoholics_anonymous", "in_person", "open_meeting"}
    assert statement.denied == []


def test_a_change_that_the_feed_dates_in_the_future_is_of_the_day_it_was_seen() -> None:
    import_groups(group(updated_on=TODAY.replace(year=2031)))

    assert SourceRecord.objects.get().edition == TODAY


def test_codes_and_terms_without_a_meaning_here_are_kept() -> None:
    import_groups(group("Example Group", meets("a", unknown=("Digital basket",)), terms=("no_such_term",)))

    assert SourceRecord.objects.get().unknown == ["Digital basket", "no_such_term"]


def test_what_is_too_long_for_its_place_does_not_stop_the_feed() -> None:
    long = "Example " * 80
    place = replace(CHURCH, name=long, state_province="Texas", postal_code="79107-1234")

    import_groups(group(long, website=f"https://example.org/{long}", place=place))

    listing = the_listing()
    assert (len(listing.service.name), listing.service.url) == (500, "")
    assert (listing.location.state_province, listing.location.postal_code) == ("", "")
