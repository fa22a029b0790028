import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Outcome, ServiceStatus
from finder.models import ServiceAtLocation
from finder.views import next_hours
from tests.factories import ScheduleFactory, make_listing
from tests.made_up_checks import doubted

GROUP, CARE = [CareCategory.SUPPORT_GROUP], [CareCategory.BEHAVIORAL_HEALTH]
DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]
TUESDAY_SIX = datetime(2026, 11, 24, 23, tzinfo=UTC)
"""In the evening, in Asheville."""
NEAR = "/next/?near=28801"

pytestmark = pytest.mark.usefixtures("vocabulary")

Open = Callable[..., ServiceAtLocation]


@pytest.fixture(autouse=True)
def tuesday_evening() -> Iterator[None]:
    with time_machine.travel(TUESDAY_SIX, tick=False):
        yield


@pytest.fixture
def opened(vocabulary: None) -> Open:
    """A listing with one schedule, which searches find."""

    def make(
        name: str, categories: list[CareCategory], *, listing: Any = None, **schedule: Any
    ) -> ServiceAtLocation:
        made = make_listing(name=name, categories=categories, **(listing or {}))
        ScheduleFactory(listing=made, **schedule)
        index_listings([made.pk])
        return made

    return make


def page_of(client: Client, address: str = NEAR, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode()).split("<main")[1].split("</main>")[0]


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_meetings_walk_in_hours_and_intake_windows_stand_in_one_order(client: Client, opened: Open) -> None:
    opened("Evening Group", GROUP, meeting=True)
    opened("Walk-in Clinic", CARE, listing={"yes": ["walk_in"]}, opens_at=time(9))
    opened("Early Detox", DETOX, intake=True, opens_at=time(8))
    page = page_of(client)
    assert re.findall(r'lang="en">([^<]+)</a></h3>', page) == [
        "Evening Group",
        "Early Detox",
        "Walk-in Clinic",
    ]


def test_what_is_under_way_comes_first(client: Client, opened: Open) -> None:
    opened("Soon Group", GROUP, meeting=True, opens_at=time(18, 30))
    opened("Running Group", GROUP, meeting=True, opens_at=time(17, 30), closes_at=time(18, 30))
    said = words_of(page_of(client))
    assert said.index("Now until 6:30 p.m. Running Group") < said.index("6:30 p.m. in 30 minutes Soon Group")


@pytest.mark.parametrize(
    ("day", "opens", "heading"),
    [
        ("TU", time(19), "This evening"),
        ("WE", time(1), "After midnight"),
        ("WE", time(7), "Tomorrow morning"),
        ("WE", time(13), "Tomorrow afternoon"),
        ("WE", time(17), "Tomorrow evening"),
    ],
)
def test_each_stands_under_its_part_of_the_day(
    client: Client, opened: Open, day: str, opens: time, heading: str
) -> None:
    opened("Riverside Group", GROUP, meeting=True, byday=day, opens_at=opens, closes_at=None)
    assert re.findall(r'<h2 id="part-1">([^<]+?) *<', page_of(client)) == [heading]


def test_an_hour_beyond_the_day_is_not_there(client: Client, opened: Open) -> None:
    opened("Wednesday Group", GROUP, meeting=True, byday="WE", opens_at=time(18), closes_at=time(19))
    assert "Wednesday Group" not in page_of(client)


def test_open_doors_are_no_walk_in_hours(client: Client, opened: Open) -> None:
    opened("Quiet Clinic", CARE)
    assert "Quiet Clinic" not in page_of(client)


def test_where_new_people_are_taken_in_at_set_hours_no_others_are_shown(client: Client, opened: Open) -> None:
    clinic = opened("Morning Clinic", CARE, listing={"yes": ["walk_in"]})
    ScheduleFactory(listing=clinic, intake=True)
    index_listings([clinic.pk])
    said = words_of(page_of(client))
    assert "8 a.m. until 11 a.m. Morning Clinic" in said
    assert "Walk in, no appointment" not in said


def test_day_and_night_is_said_once(client: Client, opened: Open) -> None:
    always = {"byday": "", "opens_at": time(0), "closes_at": time(0)}
    opened("Open House", DETOX, listing={"yes": ["walk_in"]}, **always)
    said = words_of(page_of(client))
    assert "Now day and night Open House" in said
    assert "Also:" not in said


def test_a_second_time_is_said_beside_the_first(client: Client, opened: Open) -> None:
    group = opened("Twice a Day", GROUP, meeting=True)
    ScheduleFactory(listing=group, meeting=True, byday="WE", opens_at=time(7), closes_at=time(8))
    index_listings([group.pk])
    page = page_of(client)
    assert page.count("Twice a Day") == 1
    assert "Also: Tomorrow at 7 a.m." in page


@pytest.mark.parametrize(
    ("listing", "schedule"),
    [({"service__status": ServiceStatus.TEMPORARILY_CLOSED}, {}), ({}, {"closed_for_now": True})],
)
def test_what_is_closed_for_now_is_not_there(
    client: Client, opened: Open, listing: dict[str, Any], schedule: dict[str, Any]
) -> None:
    opened("Closed Group", GROUP, listing=listing, meeting=True, **schedule)
    assert "Closed Group" not in page_of(client)


def test_a_detox_says_whether_it_is_supervised_and_what_to_do_tonight(client: Client, opened: Open) -> None:
    opened("Early Detox", DETOX, intake=True)
    page = page_of(client)
    assert page.index("Need help tonight?") < page.index("Early Detox")
    assert "Medically supervised: not stated, ask" in page


def test_what_people_found_who_went_is_said(client: Client, opened: Open) -> None:
    group = opened("Evening Group", GROUP, meeting=True)
    doubted(group, Outcome.NOBODY_THERE, at=TUESDAY_SIX)
    assert "Two people went, and nobody was there. Ask before you go" in words_of(page_of(client))


def test_room_for_new_people_is_not_asked_of_a_meeting(client: Client, opened: Open) -> None:
    opened("Evening Group", GROUP, meeting=True)
    assert "Evening Group" in page_of(client, f"{NEAR}&available=1")


def test_one_kind_of_help_leaves_out_the_others(client: Client, opened: Open) -> None:
    opened("Evening Group", GROUP, meeting=True)
    opened("Early Detox", DETOX, intake=True)
    page = page_of(client, NEAR + "&category=support_group")
    assert "Evening Group" in page
    assert "Early Detox" not in page
    assert re.search(r'value="support_group" checked', page)


def test_meetings_online_stand_below_those_of_the_place(client: Client, opened: Open) -> None:
    opened("Evening Group", GROUP, meeting=True)
    opened("Far Group", GROUP, listing={"online": True, "zip_code": ""}, meeting=True, opens_at=time(18, 5))
    page = page_of(client)
    assert page.index("Evening Group") < page.index("Online, from anywhere") < page.index("Far Group")
    assert "#how-to-join" in page


def test_times_are_those_of_the_place(client: Client, opened: Open) -> None:
    where = {"zip_code": "79901"}
    opened("Desert Group", GROUP, listing=where, meeting=True, timezone="America/Denver", opens_at=time(18))
    said = words_of(page_of(client, "/next/?near=79901"))
    assert "This evening Mountain Time 6 p.m." in said


def test_without_a_place_it_asks_for_one_and_shows_what_is_online(client: Client, opened: Open) -> None:
    opened("Far Group", GROUP, listing={"online": True, "zip_code": ""}, meeting=True)
    opened("Evening Group", GROUP, meeting=True)
    page = page_of(client, "/next/")
    assert "Where are you?" in page
    assert "Far Group" in page
    assert "Evening Group" not in page
    assert "You still have options" not in page


def test_nothing_found_leads_on(client: Client) -> None:
    page = page_of(client, NEAR + "&category=support_group")
    assert "Nothing here in the next 24 hours that we know of." in page
    links = dict(re.findall(r'<a class="button plain" href="([^"]+)">([^<]+)</a>', page))
    assert links == {
        "/next/?near=28801&category=support_group&within=100": "Look within 100 miles",
        "/next/?near=28801": "Look for every kind of help",
        "/next/?near=Online&category=support_group": "Support groups online",
        "/search/?near=28801&category=support_group": "Look at any time, not only today",
    }
    assert "tel:+18006624357" in page


def test_a_detox_search_that_finds_nothing_says_what_to_do_tonight(client: Client) -> None:
    assert "Need help tonight?" in page_of(client, NEAR + "&category=withdrawal_management")


def test_what_it_did_not_understand_it_says(client: Client) -> None:
    page = page_of(client, "/next/?near=Qwxyzt&category=support_group", status=400)
    assert "We do not know this place." in page
    assert 'value="Qwxyzt"' in page


def test_more_than_a_page_leads_to_later(
    client: Client, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_hours, "PAGE_SIZE", 2)
    monkeypatch.setattr(next_hours, "LEAST_ENTRIES", 2)
    for hour in (19, 20, 21):
        opened(f"Group at {hour}", GROUP, meeting=True, opens_at=time(hour), closes_at=None)
    first = page_of(client)
    assert "Group at 20" in first
    assert "Group at 21" not in first
    later = re.search(r'href="([^"]+)"\s+rel="next"', first)
    assert later is not None
    second = page_of(client, later[1])
    assert "Group at 21" in second
    assert "Group at 20" not in second


def test_a_page_of_nothing_to_go_to_leads_on_by_itself(
    client: Client, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_hours, "PAGE_SIZE", 1)
    opened("Open Office", CARE, opens_at=time(17), closes_at=time(20))
    opened("Evening Group", GROUP, meeting=True)
    page = page_of(client)
    assert "Open Office" not in page
    assert "Evening Group" in page


def test_is_never_stored_nor_indexed(client: Client) -> None:
    headers = client.get(NEAR).headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
