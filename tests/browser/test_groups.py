"""A group's page in a browser: how to join opens in place, and times are told on the reader's clock."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import OPTIONS
from tests.factories import HowToJoinFactory, ScheduleFactory, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRESS = "Show how to join"
LINK = "https://meet.example.org/riverside"


@pytest.fixture
def online_group(transactional_db: None, vocabulary: None) -> ServiceAtLocation:
    listing = make_listing(
        name="Riverside Online",
        online=True,
        zip_code="",
        location__timezone="America/New_York",
        categories=[CareCategory.SUPPORT_GROUP],
    )
    HowToJoinFactory(schedule=ScheduleFactory(listing=listing, meeting=True, online=True))
    index_listings([listing.pk])
    return listing


def test_how_to_join_opens_in_place_and_is_read_first(
    open_page: OpenPage, online_group: ServiceAtLocation
) -> None:
    page = open_page(online_group.get_absolute_url())
    page.evaluate("window.sameDocument = true")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_role("link", name="Join online")).to_have_attribute("href", LINK)
    expect(page.get_by_role("heading", name="How to join")).to_be_focused()
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert Axe().run(page, options=OPTIONS).response["violations"] == []


def test_how_to_join_opens_without_javascript(open_page: OpenPage, online_group: ServiceAtLocation) -> None:
    page = open_page(online_group.get_absolute_url(), javascript=False)
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_role("link", name="Join online")).to_have_attribute("href", LINK)
    expect(page.get_by_role("heading", level=1)).to_have_text("Riverside Online")


def test_where_opening_in_place_fails_the_page_opens_it(
    open_page: OpenPage, online_group: ServiceAtLocation
) -> None:
    page = open_page(online_group.get_absolute_url())
    page.route(
        "**/how-to-join/**",
        lambda route: route.abort() if route.request.header_value("HX-Request") else route.continue_(),
    )
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_role("link", name="Join online")).to_be_visible()


def test_a_reader_elsewhere_is_told_the_time_there(
    open_page: OpenPage, online_group: ServiceAtLocation
) -> None:
    page = open_page(online_group.get_absolute_url(), timezone_id="America/Los_Angeles")
    expect(page.get_by_text("Next on your clock: Tuesday 4:00 PM").first).to_be_visible()


def test_a_reader_on_the_group_s_clock_is_told_it_once(
    open_page: OpenPage, online_group: ServiceAtLocation
) -> None:
    page = open_page(online_group.get_absolute_url(), timezone_id="America/Detroit")
    expect(page.get_by_text("Next on your clock").first).to_be_hidden()


def test_without_javascript_the_group_s_zone_is_named(
    open_page: OpenPage, online_group: ServiceAtLocation
) -> None:
    page = open_page(online_group.get_absolute_url(), javascript=False)
    expect(page.get_by_text("Eastern Time").first).to_be_visible()
    expect(page.get_by_text("Next on your clock").first).to_be_hidden()
