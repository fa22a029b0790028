import uuid
from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from finder.models import ServiceAtLocation
from tests.factories import ListingFactory, ScheduleFactory, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> ServiceAtLocation:
    """It meets twice a week."""
    listing = ListingFactory(support_group=True)
    ScheduleFactory(listing=listing, meeting=True, name="Early Birds", opens_at=time(7))
    ScheduleFactory(listing=listing, meeting=True, name="Night Owls", byday="FR")
    return listing


def calendar_of(listing: ServiceAtLocation) -> str:
    return reverse("calendar", args=[listing.pk])


def test_is_a_calendar_whose_file_name_tells_nothing(client: Client, group: ServiceAtLocation) -> None:
    answered = client.get(calendar_of(group))
    assert answered.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answered.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert answered.headers["X-Robots-Tag"] == "noindex"
    assert answered.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_holds_every_meeting_of_the_listing(client: Client, group: ServiceAtLocation) -> None:
    content = client.get(calendar_of(group)).content
    assert b"SUMMARY:Early Birds" in content
    assert b"SUMMARY:Night Owls" in content


def test_one_meeting_has_a_file_of_its_own(client: Client, group: ServiceAtLocation) -> None:
    night = group.schedules.get(name="Night Owls")
    content = client.get(reverse("meeting_calendar", args=[group.pk, night.pk])).content
    assert b"Night Owls" in content
    assert b"Early Birds" not in content


def test_leads_back_to_the_page_in_the_readers_language(client: Client, group: ServiceAtLocation) -> None:
    calendar, page = calendar_of(group), group.get_absolute_url()
    assert f"URL:http://testserver{page}" in unfolded(client, calendar)
    assert f"URL:http://testserver/es{page}" in unfolded(client, f"/es{calendar}")


def unfolded(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\r\n ", "")


def test_the_meeting_of_another_listing_is_not_there(client: Client, group: ServiceAtLocation) -> None:
    other = ScheduleFactory(meeting=True)
    assert client.get(reverse("meeting_calendar", args=[group.pk, other.pk])).status_code == 404


@pytest.mark.parametrize("state", [{"opens_at": None}, {"is_suspended": True}, {"byday": "XX"}])
def test_what_has_no_dates_has_no_file(client: Client, state: dict[str, object]) -> None:
    schedule = ScheduleFactory(meeting=True, **state)
    assert client.get(calendar_of(schedule.listing)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_is_not_public_is_not_there(client: Client, state: str) -> None:
    listing = make_listing(**{state: True})
    meeting = ScheduleFactory(listing=listing, meeting=True)
    assert client.get(calendar_of(listing)).status_code == 404
    assert client.get(reverse("meeting_calendar", args=[listing.pk, meeting.pk])).status_code == 404


def test_what_never_was_is_not_there(client: Client) -> None:
    assert client.get(reverse("calendar", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("meeting_calendar", args=[uuid.uuid4(), 10**30])).status_code == 404
