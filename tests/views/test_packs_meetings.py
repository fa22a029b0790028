"""Meetings on paper: under their days, in the order of time, and only those that take place."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from django.utils import translation

from finder.enums import CareCategory
from finder.exporters.pack import Day
from finder.models import ListingIndex, ServiceAtLocation, TaxonomyTerm
from finder.models.pack_queries import PackQuerySet
from finder.views.packs_meetings import week_of
from tests.factories import HowToJoinFactory, ScheduleFactory

Make = Callable[..., ServiceAtLocation]
TODAY = date(2026, 11, 28)

pytestmark = [
    pytest.mark.usefixtures("vocabulary", "saturday"),
    pytest.mark.django_db,
]


@pytest.fixture
def group(listed: Make) -> Callable[..., ServiceAtLocation]:
    return lambda name="Riverside Group", **traits: listed(
        name=name, categories=[CareCategory.SUPPORT_GROUP], **traits
    )


def days() -> tuple[Day, ...]:
    return week_of(PackQuerySet(ListingIndex).with_all_that_is_printed().order_by("pk"), today=TODAY).days


def said() -> dict[str, list[tuple[str, str]]]:
    return {day.name: [(each.hours, each.name) for each in day.meetings] for day in days()}


def notes() -> list[str]:
    return [each.notes for day in days() for each in day.meetings]


def test_they_stand_under_their_days_in_the_order_of_time(group: Make) -> None:
    evening, morning = group("Evening Group"), group("Morning Group")
    ScheduleFactory(listing=evening, meeting=True, byday="MO,TU", opens_at=time(19), closes_at=None)
    ScheduleFactory(listing=morning, meeting=True, byday="TU", opens_at=time(7), closes_at=None)
    ScheduleFactory(listing=morning, meeting=True, byday="SU", opens_at=time(8), closes_at=None)
    assert said() == {
        "Sunday": [("8 a.m.", "Morning Group")],
        "Monday": [("7 p.m.", "Evening Group")],
        "Tuesday": [("7 a.m.", "Morning Group"), ("7 p.m.", "Evening Group")],
    }
    assert list(said()) == ["Sunday", "Monday", "Tuesday"]


def test_the_week_begins_as_the_reader_has_it(group: Make) -> None:
    made = group()
    ScheduleFactory(listing=made, meeting=True, byday="SU,MO")
    with translation.override("es"):
        assert [day.name for day in days()] == ["Lunes", "Domingo"]


def test_a_meeting_of_every_day_stands_under_each(group: Make) -> None:
    ScheduleFactory(listing=group(), meeting=True, byday="")
    assert len(said()) == 7


def test_a_day_of_the_month_stands_under_its_weekday_and_says_which(group: Make) -> None:
    ScheduleFactory(listing=group(), meeting=True, freq="MONTHLY", byday="2TU")
    assert list(said()) == ["Tuesday"]
    assert notes() == ["Second Tuesday"]


def test_every_other_week_is_said(group: Make) -> None:
    ScheduleFactory(listing=group(), meeting=True, interval=2, dtstart=date(2026, 11, 3))
    assert notes() == ["Tuesday, every other week"]


def test_what_has_no_weekday_or_no_time_comes_last(group: Make) -> None:
    made = group("Dated Group")
    ScheduleFactory(listing=made, meeting=True, freq="MONTHLY", byday="", bymonthday="15")
    ScheduleFactory(listing=made, meeting=True, byday="FR", opens_at=None, closes_at=None)
    ScheduleFactory(listing=made, meeting=True, byday="FR")
    group("Silent Group")
    assert list(said()) == ["Friday", "Other times, or times not stated"]
    assert {name for _, name in said()["Other times, or times not stated"]} == {"Dated Group", "Silent Group"}


def test_a_meeting_that_does_not_take_place_is_left_out_and_counted(group: Make) -> None:
    made = group()
    ScheduleFactory(listing=made, meeting=True, closed_for_now=True)
    ScheduleFactory(listing=made, meeting=True, valid_to=date(2026, 11, 1))
    found = week_of(PackQuerySet(ListingIndex).with_all_that_is_printed().order_by("pk"), today=TODAY)
    assert (found.days, found.suspended) == ((), 2)


def test_it_says_so_on_the_sheet(client: Client, group: Make) -> None:
    ScheduleFactory(listing=group(), meeting=True, closed_for_now=True)
    shown = client.get("/packs/nc/buncombe-county/").content.decode()
    assert "1 meeting that does not take place now." in shown


def test_a_meeting_that_its_feed_lists_twice_is_said_once(group: Make) -> None:
    made = group()
    for slug in ("tuesday", "tuesday-2"):
        ScheduleFactory(listing=made, meeting=True, source_slug=slug)
    assert len(said()["Tuesday"]) == 1


def test_times_of_the_service_speak_for_a_listing_that_has_none(group: Make) -> None:
    made = group()
    ScheduleFactory(listing=None, service=made.service, meeting=True, byday="WE")
    assert list(said()) == ["Wednesday"]


def test_who_may_come_is_what_is_said_of_this_meeting(group: Make) -> None:
    made = group(yes=["open_meeting", "closed_meeting", "women_meeting"])
    closed = TaxonomyTerm.objects.get(slug="closed_meeting").pk
    ScheduleFactory(listing=made, meeting=True, terms=[closed])
    assert notes() == ["Closed meeting. Women's meeting"]


def test_where_a_group_has_open_and_closed_meetings_neither_is_claimed(group: Make) -> None:
    ScheduleFactory(listing=group(yes=["open_meeting", "closed_meeting"]), meeting=True)
    assert notes() == [""]


def test_how_to_join_is_on_no_paper(client: Client, group: Make) -> None:
    made = group(online=True, location__region="Buncombe County", location__state_province="NC")
    HowToJoinFactory(schedule=ScheduleFactory(listing=made, meeting=True, online=True))
    shown = client.get("/packs/nc/buncombe-county/").content.decode()
    assert "Online or by phone" in shown
    for secret in ("meet.example.org", "willow", "828-555-0190"):
        assert secret not in shown


def test_a_name_of_its_own_and_a_doubt_are_said(group: Make) -> None:
    made = group()
    ScheduleFactory(listing=made, meeting=True, name="Candlelight")
    ListingIndex.objects.filter(pk=made.pk).update(missing_since=date(2026, 6, 1))
    meeting = days()[0].meetings[0]
    assert meeting.name == "Riverside Group: Candlelight"
    assert meeting.is_doubted
