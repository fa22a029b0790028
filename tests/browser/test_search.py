"""A person on a phone looks for help, with and without JavaScript, by touch and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from finder.models import ServiceAtLocation
from tests.browser.conftest import OpenPage
from tests.public_pages import public_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = [
    "/",
    "/plan/",
    "/plan/?near=28801&substance=opioids",
    "/plan/?near=qqqqqqq",
    "/search/?near=28801&need=medicaid",
    "/search/?near=qqqqqqq",
    "/help-now/",
    "/nowhere/",
]


def ask_for_detox(page: Page) -> None:
    form = page.locator("#search form")
    form.get_by_label("Where are you?").fill("Asheville, NC")
    form.get_by_label("Detox", exact=True).check()
    form.get_by_text("Anything that matters?").first.click()
    form.get_by_label("Medicaid").check()
    form.get_by_role("button", name="Show my options").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_finds_help_on_a_phone(open_page: OpenPage, quiet_house: ServiceAtLocation, javascript: bool) -> None:
    page = open_page(javascript=javascript)
    ask_for_detox(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Detox near Asheville, NC")
    assert page.url.endswith("/search/?near=Asheville%2C+NC&category=withdrawal_management&need=medicaid")
    call = page.get_by_role("link", name="Call 828-555-0142")
    assert call.get_attribute("href") == "tel:+18285550142"


def test_filters_unfold_without_javascript(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page("/search/?near=28801&need=medicaid", javascript=False)
    where = page.get_by_label("Where", exact=True)
    expect(where).to_be_hidden()
    page.get_by_text("Filters (1)").click()
    where.fill("28803")
    page.get_by_role("button", name="Show results").click()
    assert "near=28803" in page.url
    assert "need=medicaid" in page.url


def test_the_menu_unfolds_without_javascript(open_page: OpenPage, vocabulary: None) -> None:
    page = open_page(javascript=False)
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"


def test_filters_stand_open_on_a_desk(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page("/search/?near=28801", width=1280)
    expect(page.get_by_label("Where", exact=True)).to_be_visible()


def test_the_keyboard_alone_is_enough(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Or search yourself")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Where are you?")).to_be_focused()
    page.keyboard.type("Asheville, NC")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help near Asheville, NC")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_runs_off_the_side(
    open_page: OpenPage, quiet_house: ServiceAtLocation, address: str, width: int
) -> None:
    page = open_page(address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_control_can_be_touched(
    open_page: OpenPage, quiet_house: ServiceAtLocation, address: str
) -> None:
    page = open_page(address)
    controls = page.locator(
        "button, summary, select, .field, .button, .chip, .choice, .tick, .leave, .strip a"
    )
    heights = [
        (control.inner_text(), box["height"])
        for control in controls.all()
        if (box := control.bounding_box()) and control.is_visible()
    ]
    assert heights
    assert [each for each in heights if each[1] < 43.9] == []


def test_no_page_asks_anyone_else(open_page: OpenPage, vocabulary: None) -> None:
    addresses = public_pages().values()
    page = open_page("/healthz")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        page.goto(address)
    site = re.match(r"https?://[^/]+/", page.url)
    assert site is not None
    assert len(asked) > len(addresses)
    assert [url for url in asked if not url.startswith(site[0])] == []


def test_a_phone_tells_its_place_only_roughly(open_page: OpenPage, vocabulary: None) -> None:
    page = open_page(
        "/",
        permissions=["geolocation"],
        geolocation={"latitude": 35.595712, "longitude": -82.551432},
    )
    for form, label in (("#search form", "Where are you?"), (".questions", "Where should we look?")):
        page.locator(form).get_by_role("button", name="Use my location").click()
        expect(page.get_by_label(label)).to_have_value("35.60, -82.55")


def test_nothing_offers_the_place_without_javascript(open_page: OpenPage, vocabulary: None) -> None:
    expect(open_page(javascript=False).get_by_text("Use my location").filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("language", ["", "/es"])
def test_a_number_with_an_extension_breaks_only_before_it(
    open_page: OpenPage, quiet_house: ServiceAtLocation, language: str
) -> None:
    quiet_house.phones.update(extension="14")
    page = open_page(f"{language}/search/?near=28801", width=320)
    parts = page.locator(".button .whole")
    assert parts.count() == 2
    lines = [part.evaluate("(element) => element.getClientRects().length") for part in parts.all()]
    assert lines == [1, 1]


def test_the_heading_stands_in_the_first_third_of_a_phone(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    box = open_page("/search/?near=28801").locator("h1").bounding_box()
    assert box is not None
    assert box["y"] < 740 / 3
