"""A county's list in a browser: saved to a stick, on a phone, and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from tests.browser.conftest import OpenPage
from tests.factories import ScheduleFactory, make_listing
from tests.read_paper import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "/packs/nc/buncombe-county/"


@pytest.fixture
def county(quiet_house: ServiceAtLocation) -> None:
    for number in range(30):
        made = make_listing(name=f"Riverside {number}", categories=[*CareCategory])
        ScheduleFactory(listing=made, meeting=True)
        index_listings([made.pk])


def saved(open_page: OpenPage, folder: Path) -> Path:
    page = open_page(PACK)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Save this file").click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def opened_offline(chromium: Browser, file: Path) -> tuple[Page, list[str]]:
    page = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return page, asked


def test_a_saved_copy_reads_the_same_without_a_network(
    open_page: OpenPage, chromium: Browser, county: None, tmp_path: Path
) -> None:
    file = saved(open_page, tmp_path)
    page, asked = opened_offline(chromium, file)
    assert asked == [file.as_uri()]
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Detox, treatment and support groups in Buncombe County, NC"
    )
    expect(page.get_by_role("link", name="Leave this site")).to_have_count(0)
    number = page.locator(".number").first
    assert number.evaluate("(each) => getComputedStyle(each).fontWeight") == "700"
    page.context.close()


def test_the_policy_of_the_page_lets_its_own_style_in(open_page: OpenPage, county: None) -> None:
    page = open_page(PACK)
    assert page.locator("body").evaluate("(each) => getComputedStyle(each).color") == "rgb(0, 0, 0)"
    assert page.locator(".strip").evaluate("(each) => getComputedStyle(each).display") == "flex"


@pytest.mark.parametrize("address", [PACK, f"/es{PACK}", "/packs/", "/packs/nc/"])
def test_nothing_is_wider_than_a_phone(open_page: OpenPage, county: None, address: str) -> None:
    page = open_page(address, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_911_and_988_are_at_the_foot_of_every_sheet(open_page: OpenPage, county: None) -> None:
    sheets = pages(open_page(PACK).pdf(prefer_css_page_size=True))
    assert len(sheets) > 3
    assert all("Call 911. Suicide or crisis? Call 988 or text 988." in sheet for sheet in sheets)
    assert not any("Leave this site" in sheet or "Save this file" in sheet for sheet in sheets)
