"""Ticking a box changes the answer in place; without JavaScript, a button does."""

import pytest
from playwright.sync_api import Locator, Page, expect

from finder.actions.indexing import index_listings
from finder.models import ServiceAtLocation
from tests.browser.conftest import NEUTRAL, OpenPage
from tests.factories import make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/search/?near=28801"


@pytest.fixture
def houses(quiet_house: ServiceAtLocation) -> None:
    made = [
        make_listing(name="Open House", yes=["medicare", "spanish"]),
        make_listing(name="Silent House", yes=["residential"]),
    ]
    index_listings([listing.pk for listing in made])


def box_of(page: Page, name: str) -> Locator:
    """Unfolded, as a person would to reach it."""
    folds = page.locator("details", has=page.locator(f"label:has-text('{name}')"))
    for fold in folds.all():
        summary = fold.locator("> summary")
        if fold.get_attribute("open") is None and summary.is_visible():
            summary.click()
    return page.locator("#answer").get_by_label(name)


def tick(page: Page, name: str) -> None:
    box = box_of(page, name)
    with page.expect_response("**/search/?**"):
        box.click()


def stays_itself(page: Page) -> None:
    page.evaluate("window.sameDocument = true")


def is_still_itself(page: Page) -> bool:
    return bool(page.evaluate("window.sameDocument === true"))


def without_what_a_reader_unfolded(page: Page) -> str:
    return str(
        page.evaluate(
            """() => {
                const copy = document.documentElement.cloneNode(true);
                for (const fold of copy.querySelectorAll("details")) fold.removeAttribute("open");
                for (const gone of copy.querySelectorAll("[class='']")) gone.removeAttribute("class");
                return copy.outerHTML.replace(/\\s+/g, " ").replace(/> </g, "><");
            }"""
        )
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_a_tick_ends_as_a_fresh_visit_of_its_address(open_page: OpenPage, houses: None, width: int) -> None:
    page = open_page(ADDRESS, width=width)
    stays_itself(page)
    tick(page, "Medicaid")
    expect(page.locator("#counts")).to_contain_text("1 says it fits. 2 more may fit.")
    assert is_still_itself(page)
    assert "need=medicaid" in page.url
    expect(page.locator("[class*=htmx-]")).to_have_count(0)
    changed = without_what_a_reader_unfolded(page)
    page.reload()
    assert without_what_a_reader_unfolded(page) == changed


def test_the_focus_stays_on_the_box_and_what_stood_open_stays_open(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS)
    tick(page, "Medicaid")
    box = page.locator("#answer").get_by_label("Medicaid")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    expect(page.locator("#filters")).to_have_attribute("open", "")
    tick(page, "Medicaid")
    expect(box).not_to_be_checked()
    expect(box).to_be_focused()


def test_the_count_is_said_by_a_region_that_stays(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, width=1280)
    page.evaluate("window.region = document.querySelector('[role=status]')")
    tick(page, "Medicaid")
    expect(page.locator("#counts")).to_contain_text("may fit")
    assert page.evaluate("window.region.isConnected && window.region.textContent.includes('may fit')")


def test_two_quick_ticks_are_both_asked(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, width=1280)
    first, second = box_of(page, "Medicaid"), box_of(page, "Medicare")
    first.click()
    second.click()
    expect(page.locator(".chips")).to_contain_text("Medicare")
    assert "need=medicaid" in page.url
    assert "need=medicare" in page.url


def test_going_back_brings_the_search_before(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, width=1280)
    tick(page, "Medicaid")
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")
    page.get_by_role("link", name="Quiet House").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiet House")
    page.go_back()
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")
    expect(page.locator(".filters").get_by_label("Medicaid")).to_be_checked()
    page.go_back()
    expect(page.locator("#counts")).to_contain_text("3 found.")
    expect(page.locator(".filters").get_by_label("Medicaid")).not_to_be_checked()
    page.wait_for_load_state()
    page.go_forward()
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")


def test_nothing_of_a_search_stays_in_the_browser(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, width=1280)
    tick(page, "Medicaid")
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]


def test_a_place_that_is_not_known_is_said_in_place(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, width=1280)
    stays_itself(page)
    page.get_by_label("Where", exact=True).fill("qqqqqqq")
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("alert")).to_contain_text("We do not know this place.")
    assert is_still_itself(page)
    page.get_by_label("Where", exact=True).fill("28801")
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("#counts")).to_contain_text("3 found.")


def test_a_fault_of_ours_shows_its_whole_page(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, width=1280)
    page.context.route(
        "**/search/?*medicaid*", lambda route: route.fulfill(status=500, body="<h1>Lines</h1>")
    )
    box_of(page, "Medicaid").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lines")


def test_the_policy_stops_nothing(open_page: OpenPage, houses: None) -> None:
    page = open_page("/healthz", width=1280)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(ADDRESS)
    tick(page, "Medicaid")
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")
    assert said == []


def test_a_button_refines_without_javascript(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, javascript=False)
    box_of(page, "Medicaid").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")
    page.get_by_role("link", name="Quiet House").click()
    page.go_back()
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_exit_works_after_refining(open_page: OpenPage, houses: None, javascript: bool) -> None:
    page = open_page(ADDRESS, width=1280, javascript=javascript)
    box_of(page, "Medicaid").click()
    if not javascript:
        page.get_by_role("button", name="Show results").click()
    expect(page.locator("#counts")).to_contain_text("1 says it fits.")
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(NEUTRAL)


def choose(page: Page, when: str) -> None:
    page.locator("#filters").evaluate("fold => { fold.open = true }")
    page.get_by_label("When", exact=True).select_option(when)
    page.get_by_role("button", name="Show results").click()


def test_only_later_today_says_whose_day_it_is(open_page: OpenPage, houses: None) -> None:
    page = open_page(ADDRESS, timezone_id="Pacific/Honolulu")
    choose(page, "today")
    expect(page.locator("#understood h1")).to_contain_text("later today")
    assert "zone=Pacific%2FHonolulu" in page.url
    choose(page, "24h")
    expect(page.locator("#understood h1")).to_contain_text("in the next 24 hours")
    assert "Pacific" not in page.url


def test_a_time_is_asked_without_javascript_too(open_page: OpenPage, houses: None) -> None:
    page = open_page(f"{ADDRESS}&when=tue&from=18:00", javascript=False)
    page.locator("#filters > summary").click()
    expect(page.get_by_label("Starts from")).to_have_value("18:00")
    page.get_by_label("When", exact=True).select_option("wed")
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("#understood h1")).to_contain_text("on Wednesday")
    assert "from=18%3A00" in page.url
