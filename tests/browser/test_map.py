"""The map shows where the results are when asked to, and the list says the same without it."""

import pytest
from playwright.sync_api import Page, expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import Location
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import violations
from tests.factories import make_listing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary", "listings"),
]

ADDRESS = "/search/?near=28801"


@pytest.fixture
def listings(transactional_db: None, vocabulary: None) -> None:
    made = [
        make_listing(name="Riverside Detox", categories=[CareCategory.WITHDRAWAL_MANAGEMENT]),
        make_listing(name="Hillside Counseling", zip_code="28803"),
        make_listing(name="Hidden House", confidential=True),
        make_listing(name="Evening Online", online=True, categories=[CareCategory.SUPPORT_GROUP]),
    ]
    Location.objects.filter(listings=made[1].pk).update(position_is_approximate=True)
    index_listings([listing.pk for listing in made])


def with_map(open_page: OpenPage, **settings: object) -> Page:
    page = open_page(ADDRESS, **settings)
    page.get_by_role("button", name="Show on a map").press("Enter")
    expect(page.locator(".pin").first).to_be_visible()
    return page


def test_a_pin_for_each_listing_that_anyone_may_go_to(open_page: OpenPage) -> None:
    page = with_map(open_page)
    names = page.locator(".pin").evaluate_all("pins => pins.map(pin => pin.ariaLabel).sort()")
    assert names == ["Hillside Counseling", "Riverside Detox"]
    expect(page.locator(".pin.about")).to_have_text("T")


def test_a_keyboard_reaches_the_listing(open_page: OpenPage) -> None:
    page = with_map(open_page)
    page.locator("#map").get_by_role("button", name="Riverside Detox").press("Enter")
    page.locator("#map").get_by_role("link", name="Riverside Detox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Riverside Detox")


def test_what_is_known_only_roughly_says_so(open_page: OpenPage) -> None:
    page = with_map(open_page)
    page.locator("#map").get_by_role("button", name="Hillside Counseling").press("Enter")
    expect(page.locator("#map")).to_contain_text("Somewhere in this area")


def test_it_follows_the_results(open_page: OpenPage) -> None:
    page = with_map(open_page, width=1280)
    page.get_by_label("Detox", exact=True).check()
    expect(page.locator(".pin")).to_have_count(1)


def test_nothing_is_asked_of_anyone_else(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(ADDRESS)
    page.get_by_role("button", name="Show on a map").click()
    expect(page.locator(".pin")).to_have_count(2)
    site = page.url.partition("/search/")[0]
    assert any(url.endswith(".json") for url in asked)
    assert [url for url in asked if not url.startswith(site)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: OpenPage, scheme: str) -> None:
    assert violations(with_map(open_page, color_scheme=scheme, reduced_motion="reduce")) == []


def test_without_javascript_nothing_is_missed(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, javascript=False)
    expect(page.get_by_text("Show on a map")).to_be_hidden()
    expect(page.get_by_role("link", name="Riverside Detox")).to_be_visible()
