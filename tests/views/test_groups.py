"""What the page of a support group says beside its facts."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from finder.enums import CareCategory, ServiceStatus
from finder.models import ServiceAtLocation, Source
from finder.search.vocabulary import current_vocabulary
from tests.factories import HowToJoinFactory, ImportRunFactory, ScheduleFactory, SourceRecordFactory

Make = Callable[..., ServiceAtLocation]

SUNDAY_NOON = datetime(2026, 11, 22, 17, tzinfo=UTC)
"""In Asheville; the meetings of the factory are on Tuesdays at seven in the evening."""

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture
def group(listed: Make) -> Make:
    def make(**traits: Any) -> ServiceAtLocation:
        return listed(categories=[CareCategory.SUPPORT_GROUP], **traits)

    return make


def page_of(client: Client, listing: ServiceAtLocation, *, now: datetime = SUNDAY_NOON) -> str:
    with time_machine.travel(now, tick=False):
        response = client.get(listing.get_absolute_url())
    assert response.status_code == 200
    return unescape(response.content.decode())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (["open_meeting"], "Open: anyone may come. You do not have to speak."),
        (["closed_meeting"], "Closed: It is only for the people the group is made for"),
        (["open_meeting", "closed_meeting"], "Some of its meetings are open to anyone, and some are not."),
        ([], "It does not say whether visitors may come. Ask, or come and ask at the door."),
    ],
)
def test_says_who_may_come_as_far_as_it_is_stated(
    client: Client, group: Make, stated: list[str], said: str
) -> None:
    assert said in words_of(page_of(client, group(yes=stated)))


def test_nobody_is_sent_to_a_door_that_does_not_exist(client: Client, group: Make) -> None:
    said = words_of(page_of(client, group(online=True, zip_code="")))
    assert "It does not say whether visitors may come. Ask first." in said


def test_a_word_of_groups_stands_with_its_meaning(client: Client, group: Make) -> None:
    said = words_of(page_of(client, group(yes=["narcotics_anonymous", "candlelight_meeting"])))
    assert "Candlelight meeting The meeting is held by candlelight." in said
    assert "People who want to stop using drugs support each other" in said


def test_its_meaning_is_not_told_of_what_is_not_stated(client: Client, group: Make) -> None:
    assert "candlelight" not in page_of(client, group(yes=["open_meeting"]))


def test_medicine_is_not_to_be_stopped_because_of_a_meeting(
    client: Client, group: Make, listed: Make
) -> None:
    assert "Do not stop it because of a meeting." in page_of(client, group())
    assert "Do not stop it because of a meeting." not in page_of(client, listed(name="Quiet House"))


def test_the_next_meeting_comes_first_on_the_group_s_clock(client: Client, group: Make) -> None:
    listing = group()
    ScheduleFactory(listing=listing, meeting=True)
    said = words_of(page_of(client, listing).split("<main")[1])
    assert "Meets next Tuesday at 7 p.m. Eastern Time" in said
    assert said.index("Meets next") < said.index("Reach them")


def test_a_meeting_under_way_says_until_when(client: Client, group: Make) -> None:
    listing = group()
    ScheduleFactory(listing=listing, meeting=True)
    said = words_of(page_of(client, listing, now=datetime(2026, 11, 25, 0, 30, tzinfo=UTC)))
    assert "Meeting now Under way now, until 8 p.m. Eastern Time" in said


def test_meetings_stand_in_the_order_of_the_reader_s_week(client: Client, group: Make) -> None:
    listing = group()
    for day in ("SA", "2TU", "MO", "SU"):
        ScheduleFactory(listing=listing, meeting=True, byday=day, freq="MONTHLY" if "2" in day else "WEEKLY")
    days = re.findall(r"<dt>(.*?)</dt>", page_of(client, listing).split('id="meetings"')[1])[:4]
    assert days == ["Sunday", "Monday", "Second Tuesday", "Saturday"]


def test_the_spanish_week_begins_on_monday(client: Client, group: Make) -> None:
    listing = group()
    for day in ("SU", "MO"):
        ScheduleFactory(listing=listing, meeting=True, byday=day)
    page = client.get(f"/es{listing.get_absolute_url()}").content.decode().split('id="meetings"')[1]
    assert re.findall(r"<dt>(.*?)</dt>", page)[:2] == ["Lunes", "Domingo"]


def test_by_appointment_comes_last_and_says_so(client: Client, group: Make) -> None:
    listing = group()
    ScheduleFactory(listing=listing, meeting=True, byday="", opens_at=None, closes_at=None)
    ScheduleFactory(listing=listing, meeting=True)
    days = re.findall(r"<dt>(.*?)</dt>", page_of(client, listing).split('id="meetings"')[1])
    assert days[:2] == ["Tuesday", "By appointment"]


def test_each_meeting_has_its_own_name_kind_and_notes(client: Client, group: Make) -> None:
    listing = group()
    newcomers = current_vocabulary().by_slug["beginners_meeting"].pk
    ScheduleFactory(
        listing=listing, meeting=True, online=True, name="First Steps", notes="Bring tea.", terms=[newcomers]
    )
    meeting = words_of(page_of(client, listing).split('id="meetings"')[1].split("</section>")[0])
    for part in ("First Steps", "7 p.m. to 8 p.m.", "Online or by phone", "Newcomers", "Bring tea."):
        assert part in meeting


def test_a_meeting_says_its_season_and_when_it_falls_out(client: Client, group: Make) -> None:
    listing = group()
    ScheduleFactory(listing=listing, meeting=True, bymonth="9,10,11,12", except_dates=[date(2026, 12, 22)])
    said = words_of(page_of(client, listing))
    assert "From September to December, not on December 22" in said


def test_each_meeting_can_be_put_into_a_calendar(client: Client, group: Make) -> None:
    listing = group()
    one, other = (ScheduleFactory(listing=listing, meeting=True, byday=day) for day in ("TU", "TH"))
    page = page_of(client, listing)
    for address in (
        reverse("calendar", args=[listing.pk]),
        reverse("meeting_calendar", args=[listing.pk, one.pk]),
        reverse("meeting_calendar", args=[listing.pk, other.pk]),
    ):
        assert f'href="{address}"' in page


def test_a_group_that_says_no_time_says_that(client: Client, group: Make) -> None:
    assert "It does not say when it meets. Ask before you go." in page_of(client, group())


@pytest.mark.parametrize(
    ("traits", "meeting"),
    [({}, {"closed_for_now": True}), ({"service__status": ServiceStatus.TEMPORARILY_CLOSED}, {})],
)
def test_a_group_closed_for_now_never_looks_open(
    client: Client, group: Make, traits: dict[str, Any], meeting: dict[str, Any]
) -> None:
    listing = group(yes=["in_person"], **traits)
    HowToJoinFactory(schedule=ScheduleFactory(listing=listing, meeting=True, **meeting))
    page = page_of(client, listing)
    assert "Closed for now: this group does not meet here at the moment." in page
    for sign_of_life in ("Meets next", "how to join", "my calendar", "openstreetmap", "at the door"):
        assert sign_of_life not in page


def test_a_meeting_closed_for_now_is_told_apart_from_those_that_take_place(
    client: Client, group: Make
) -> None:
    listing = group()
    ScheduleFactory(listing=listing, meeting=True, byday="MO", closed_for_now=True)
    ScheduleFactory(listing=listing, meeting=True, byday="TU")
    page = page_of(client, listing)
    assert page.count("Closed for now: it does not meet here at the moment.") == 1
    assert "Tuesday at 7 p.m." in page


def test_only_what_is_joined_from_home_is_told_on_the_reader_s_clock(client: Client, group: Make) -> None:
    listing = group()
    ScheduleFactory(listing=listing, meeting=True)
    assert "data-starts-at" not in page_of(client, listing)
    ScheduleFactory(listing=listing, meeting=True, online=True, byday="WE")
    assert 'data-starts-at="2026-11-26T00:00:00+00:00"' in page_of(client, listing)


def test_an_address_known_only_about_has_no_directions_and_says_so(client: Client, group: Make) -> None:
    page = page_of(client, group(location__position_is_approximate=True, location__address_1=""))
    assert "About here. It gives no street: ask where to go." in page
    assert "openstreetmap" not in page


@pytest.fixture
def intergroup(db: None) -> Source:
    return Source.objects.create(
        slug="river-intergroup",
        name="River Intergroup",
        url="https://river.example.org/",
        fellowship="aa",
        format="meeting_guide",
        feedback_url="https://river.example.org/mistake",
        stale_after_days=14,
    )


def fetched(source: Source, *, days_ago: int) -> None:
    ImportRunFactory(source=source, format=source.format, started_at=SUNDAY_NOON - timedelta(days=days_ago))


def test_the_source_is_credited_and_no_affiliation_claimed(
    client: Client, group: Make, intergroup: Source
) -> None:
    listing = group()
    SourceRecordFactory(listing=listing, source=intergroup)
    page = page_of(client, listing)
    assert '<a href="https://river.example.org/" rel="noreferrer nofollow">River Intergroup</a>' in page
    assert "not affiliated with it, nor with Alcoholics Anonymous" in page
    assert 'href="https://river.example.org/mistake"' in page
    assert "Tell them about a mistake" in page


def test_the_government_s_directory_is_told_nothing_of_affiliation(client: Client, listed: Make) -> None:
    assert "not affiliated with it" not in page_of(client, listed(yes=["medicaid"]))


def test_a_feed_gone_stale_says_since_when(client: Client, group: Make, intergroup: Source) -> None:
    listing = group()
    SourceRecordFactory(listing=listing, source=intergroup)
    fetched(intergroup, days_ago=40)
    fetched(intergroup, days_ago=15)
    assert "This list has not been updated since Nov. 7, 2026." in page_of(client, listing)
    fetched(intergroup, days_ago=14)
    assert "has not been updated" not in page_of(client, listing)


def test_a_source_that_is_no_feed_is_never_stale(client: Client, group: Make, intergroup: Source) -> None:
    intergroup.format = ""
    intergroup.save()
    listing = group()
    SourceRecordFactory(listing=listing, source=intergroup)
    fetched(intergroup, days_ago=400)
    assert "has not been updated" not in page_of(client, listing)


def test_opening_hours_of_a_group_s_house_stay_among_its_facts(client: Client, group: Make) -> None:
    listing = group()
    ScheduleFactory(listing=listing, opens_at=time(9))
    said = words_of(page_of(client, listing))
    assert "Open Monday to Friday, 9 a.m. to 5 p.m." in said
    assert "It does not say when it meets." in said


def test_rows_that_differ_only_in_their_slug_are_one_line(client: Client, group: Make) -> None:
    listing = group()
    for slug in ("a", "b"):
        ScheduleFactory(listing=listing, meeting=True, source_slug=slug)
    page = page_of(client, listing)
    assert re.findall(r"<dt>(.*?)</dt>", page.split('id="meetings"')[1])[:1] == ["Tuesday"]
    assert "Add it to my calendar" in page
    ScheduleFactory(listing=listing, meeting=True, source_slug="c", notes="In the back room")
    days = re.findall(r"<dt>(.*?)</dt>", page_of(client, listing).split('id="meetings"')[1])
    assert days.count("Tuesday") == 2
