"""Places side by side: on a phone, enlarged, by keyboard and on paper."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import violations
from tests.factories import ScheduleFactory, make_listing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]

DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]
NAMES = (
    "Riverside Withdrawal Management Unit",
    "Mountain Area Recovery Center",
    "Safe House for Women",
    "Westside Counseling",
)


@pytest.fixture
def address() -> str:
    yes, no = ["residential", "medicaid"], ["methadone", "spanish"]
    made = [make_listing(name=name, categories=DETOX, yes=yes, no=no) for name in NAMES[:3]]
    made.append(make_listing(name=NAMES[3], yes=no, no=yes))
    made[3].phones.update(extension="14")
    ScheduleFactory(listing=made[0])
    index_listings([listing.pk for listing in made])
    return f"/list/compare/?{urlencode([*(('listing', str(each.pk)) for each in made), ('near', '28801')])}"


def left(page: Page, name: str) -> float:
    box = page.locator("thead").get_by_role("link", name=name).bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.parametrize("width", [320, 360, 640])
def test_the_page_is_no_wider_than_its_window(open_page: OpenPage, address: str, width: int) -> None:
    """640 px is a desk of 1280 at 200 %."""
    for at in (address, "/search/?near=28801"):
        page = open_page(at, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_table_scrolls_by_keyboard_beside_its_questions(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    region = page.get_by_role("region", name="Comparison. It may scroll sideways.")
    question = page.get_by_role("rowheader", name="Where", exact=True)
    before = question.bounding_box()
    assert left(page, NAMES[3]) > 360
    region.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
    assert left(page, NAMES[3]) < 360
    after = question.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == before["x"]


def test_on_a_desk_the_names_stay_in_view(open_page: OpenPage, address: str) -> None:
    page = open_page(address, width=1280)
    page.locator("tbody").last.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('.compare-region').offsetTop + 400)")
    for name in NAMES:
        expect(page.locator("thead").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280), ("dark", 640)])
def test_axe_finds_nothing(open_page: OpenPage, address: str, scheme: str, width: int) -> None:
    page = open_page(address, width=width, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []


def test_what_is_pressed_is_large_enough(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    heights = [
        box["height"]
        for control in page.locator("main :is(.button, .field, button)").all()
        if control.is_visible() and (box := control.bounding_box())
    ]
    assert len(heights) > 8
    assert min(heights) >= 43.9


@pytest.mark.parametrize("width", [680, 940])
def test_paper_holds_the_table_and_nothing_to_press(open_page: OpenPage, address: str, width: int) -> None:
    """Letter paper, upright and on its side, inside its margins."""
    page = open_page(address, width=width)
    page.emulate_media(media="print")
    for name in NAMES:
        expect(page.locator("thead").get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Leave out of this comparison").first).to_be_hidden()
    clipped = page.locator(".compare :is(td, th)").evaluate_all(
        "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"
    )
    assert clipped == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_works_without_javascript(open_page: OpenPage, address: str) -> None:
    page = open_page(address, javascript=False)
    page.get_by_label("How far is each? From where:").fill("28202")
    page.get_by_role("button", name="Show how far").click()
    expect(page.get_by_role("row", name="How far")).to_contain_text("About 100 miles")
    page.get_by_role("link", name=f"Leave out of this comparison {NAMES[0]}").click()
    expect(page.locator("thead th a")).to_have_text(list(NAMES[1:]))
    assert "near=28202" in page.url
