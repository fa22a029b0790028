"""Someone comes in: the page has to be gone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NEUTRAL, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("vocabulary", "transactional_db")]


def leave_by_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this site").click()


def leave_by_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [leave_by_button, leave_by_shift])
@pytest.mark.parametrize("address", ["/", "/search/", "/help-now/", "/nowhere/"])
def test_leaves_for_a_neutral_site_and_takes_the_page_out_of_the_history(
    open_page: OpenPage, leave: object, address: str
) -> None:
    page = open_page("/healthz")
    page.goto(address)
    assert callable(leave)
    leave(page)
    page.wait_for_url(NEUTRAL)
    page.go_back()
    assert page.url.endswith("/healthz")


def test_covers_the_page_before_the_other_site_answers(open_page: OpenPage) -> None:
    page = open_page("/")
    page.context.route(NEUTRAL, lambda route: None)  # it never answers
    seen_at_once = page.evaluate(
        """() => {
            document.querySelector("[data-quick-exit]").click();
            return getComputedStyle(document.querySelector("h1")).visibility;
        }"""
    )
    assert seen_at_once == "hidden"


def test_two_shifts_while_typing_do_not_leave(open_page: OpenPage) -> None:
    page = open_page("/")
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    expect(page.locator("h1")).to_be_visible()


def test_is_a_plain_link_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    leave_by_button(page)
    page.wait_for_url(NEUTRAL)


def test_says_what_it_cannot_do(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    page.get_by_text("Leaving fast, and hiding your visit").click()
    expect(page.get_by_text("It cannot erase pages you opened before.")).to_be_visible()
