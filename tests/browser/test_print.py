"""Paper: what a person takes along, without what only a screen can do."""

import pytest
from playwright.sync_api import Page, expect

from finder.models import ServiceAtLocation
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && element.getClientRects().length)
    .filter((element) => !element.closest("svg"))"""


def printed(open_page: OpenPage, address: str, scheme: str = "light") -> Page:
    page = open_page(address, width=800, color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    return page


@pytest.fixture(
    params=["/search/?near=28801&need=medicaid", "/plan/?near=28801&substance=opioids", "listing"]
)
def address(request: pytest.FixtureRequest, quiet_house: ServiceAtLocation) -> str:
    return quiet_house.get_absolute_url() if request.param == "listing" else request.param


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_is_black_on_white(open_page: OpenPage, address: str, scheme: str) -> None:
    page = printed(open_page, address, scheme)
    colors = page.evaluate(
        f"""() => {{
            const seen = ({SEEN})().map((element) => getComputedStyle(element));
            return [...new Set(seen.map((style) => style.color + " on " + style.backgroundColor))];
        }}"""
    )
    assert set(colors) <= {"rgb(0, 0, 0) on rgba(0, 0, 0, 0)", "rgb(0, 0, 0) on rgb(255, 255, 255)"}


def test_nothing_waits_to_be_pressed(open_page: OpenPage, address: str) -> None:
    page = printed(open_page, address)
    for unwanted in ("button", ".leave", "summary", "nav", "select"):
        assert page.locator(unwanted).filter(visible=True).count() == 0, unwanted


def test_the_number_is_large(open_page: OpenPage, address: str) -> None:
    page = printed(open_page, address)
    number = page.locator(".button[href^='tel:']").first
    expect(number).to_contain_text("828-555-0142")
    size, usual = (
        float(found.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)"))
        for found in (number, page.locator("body"))
    )
    assert size > usual * 1.3


def test_the_crisis_lines_come_last(open_page: OpenPage, address: str) -> None:
    page = printed(open_page, address)
    strip, main = page.locator(".strip").bounding_box(), page.locator("main").bounding_box()
    assert strip is not None
    assert main is not None
    assert strip["y"] >= main["y"] + main["height"]
