"""A person makes a plan on a phone, by touch and by keyboard, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from finder.models import ServiceAtLocation
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAN = "Your plan near Asheville, NC"


def make_a_plan(page: Page) -> None:
    form = page.locator(".questions")
    form.get_by_label("Someone else").check()
    form.get_by_label("Where should we look?").fill("Asheville, NC")
    form.get_by_label("Opioids").check()
    form.get_by_label("Medicaid").check()
    form.get_by_text("Anything that matters?").first.click()
    form.get_by_label("Pregnant").check()
    form.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)


@pytest.mark.parametrize("javascript", [True, False])
def test_makes_a_plan_on_a_phone(
    open_page: OpenPage, quiet_house: ServiceAtLocation, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    make_a_plan(page)
    starts = page.locator(".start").all_inner_texts()
    assert [text.casefold() for text in starts] == ["start now", "alongside", "you may not need this"]
    call = page.get_by_role("link", name="Call 828-555-0142")
    assert call.get_attribute("href") == "tel:+18285550142"


def test_no_answer_is_left_in_the_address_or_the_history(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page()
    visited: list[str] = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    make_a_plan(page)
    assert [re.sub(r"https?://[^/]+", "", url) for url in visited] == ["/plan/"]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_plan_can_be_loaded_again_and_gone_back_from(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page()
    make_a_plan(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find help that fits, all in one place")


def test_answers_can_be_changed_and_are_still_there(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page(javascript=False)
    make_a_plan(page)
    page.get_by_text("Change my answers").click()
    expect(page.get_by_label("Where should we look?")).to_have_value("Asheville, NC")
    for label in ("Someone else", "Opioids", "Medicaid", "Pregnant"):
        expect(page.get_by_label(label)).to_be_checked()
    page.get_by_label("Alcohol").check()
    page.get_by_role("button", name="Show my plan").click()
    expect(page.locator(".start").filter(has_text=re.compile("^start now$", re.IGNORECASE))).to_have_count(2)


def test_a_link_is_made_when_the_person_wants_it(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page(javascript=False)
    make_a_plan(page)
    page.get_by_text("Keep this plan").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    assert "substance=opioids" in page.url
    assert "situation=pregnant" in page.url


def test_the_other_language_keeps_the_answers_out_of_the_address(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page(width=1280)
    make_a_plan(page)
    page.get_by_role("button", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.url.endswith("/es/plan/")
    expect(page.locator(".leg")).to_have_count(3)


def test_the_keyboard_alone_makes_a_plan(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page("/plan/")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Me", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Where should we look?")).to_be_focused()
    page.keyboard.type("Asheville, NC")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)


def test_the_map_shows_the_choices(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page("/plan/?near=28801")
    page.get_by_role("button", name="Show on a map").press("Enter")
    page.locator("#map").get_by_role("button", name="Quiet House").press("Enter")
    expect(page.locator("#map").get_by_role("link", name="Quiet House")).to_be_visible()


def test_each_leg_prints_on_one_page(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page("/plan/?near=28801&substance=opioids", width=800)
    page.emulate_media(media="print")
    kept = page.locator(".leg").evaluate_all("legs => legs.map(leg => getComputedStyle(leg).breakInside)")
    assert kept == ["avoid"] * 3
    expect(page.locator(".tools")).to_be_hidden()


def test_the_print_button_needs_a_script(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    for javascript in (True, False):
        page = open_page("/plan/?near=28801", javascript=javascript)
        page.get_by_text("Keep this plan").click()
        expect(page.get_by_role("button", name="Print")).to_have_count(int(javascript))
