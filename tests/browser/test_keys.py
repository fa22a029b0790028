"""Someone who runs many searches works by single keys; nobody is disturbed by them."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from finder.actions.indexing import index_listings
from finder.models import ServiceAtLocation
from tests.browser.conftest import NEUTRAL, OpenPage
from tests.browser.test_accessibility import violations
from tests.browser.test_refining import tick
from tests.factories import make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/search/?near=28801"


@pytest.fixture
def houses(quiet_house: ServiceAtLocation) -> list[ServiceAtLocation]:
    made = [make_listing(name="Open House", yes=["medicaid"]), make_listing(name="Silent House")]
    index_listings([listing.pk for listing in made])
    return [quiet_house, *made]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def heads(page: Page) -> Locator:
    return page.locator(".result-head h3 a")


def count(page: Page) -> Locator:
    return page.locator("[data-list-count]")


def test_slash_goes_to_the_field_for_the_place_and_writes_nothing(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "/")
    field = page.get_by_label("Where", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value("28801")


def test_slash_unfolds_the_filters_of_a_phone(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS)
    press(page, "/")
    expect(page.get_by_label("Where", exact=True)).to_be_focused()


def test_slash_on_a_page_without_such_a_field_goes_to_the_search(
    open_page: OpenPage, vocabulary: None
) -> None:
    page = open_page("/list/compare/", width=1280)
    press(page, "/")
    page.wait_for_url("**/search/")


def test_j_and_k_and_arrows_move_from_place_to_place(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "j")
    expect(heads(page).nth(0)).to_be_focused()
    press(page, "ArrowDown")
    expect(heads(page).nth(1)).to_be_focused()
    expect(heads(page).nth(1)).to_be_in_viewport()
    press(page, "j", "j", "ArrowDown")
    expect(heads(page).nth(2)).to_be_focused()
    press(page, "k", "ArrowUp", "ArrowUp")
    expect(heads(page).nth(0)).to_be_focused()


def test_arrows_scroll_as_everywhere_until_a_place_has_the_focus(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, *["ArrowDown"] * 5)
    expect(page.locator(".strip")).not_to_be_in_viewport()
    assert page.evaluate("document.activeElement === document.body")


def test_a_adds_the_place_and_the_bar_says_so(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280)
    expect(count(page)).to_be_hidden()
    press(page, "j", "j")
    second = heads(page).nth(1)
    expect(second).to_be_focused()
    press(page, "a")
    expect(count(page)).to_have_text("My list (1)")
    card = page.locator(".cards article").nth(1)
    expect(card.get_by_role("link", name="On your list")).to_be_focused()
    press(page, "a")
    expect(page.locator("[data-keys-said]")).to_have_text("It is on your list already.")
    press(page, "j")
    expect(heads(page).nth(2)).to_be_focused()


def test_o_opens_the_place(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "j")
    name = heads(page).nth(0).inner_text()
    press(page, "o")
    page.wait_for_url("**/listings/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_l_goes_to_the_list_where_keys_work_too(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "j", "a")
    expect(count(page)).to_have_text("My list (1)")
    name = heads(page).nth(0).inner_text()
    press(page, "l")
    page.wait_for_url("**/list/")
    press(page, "j")
    expect(heads(page).nth(0)).to_be_focused()
    expect(heads(page).nth(0)).to_have_text(name)
    press(page, "a")
    expect(page.locator("[data-keys-said]")).to_have_text("It is on your list already.")


def test_letters_in_a_field_are_letters(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "j")
    field = page.get_by_label("Words in the name or the services")
    field.fill("")
    field.focus()
    page.keyboard.type("a/jol?")
    expect(field).to_have_value("a/jol?")
    expect(field).to_be_focused()
    expect(count(page)).to_be_hidden()
    expect(page.locator("#keys")).to_be_hidden()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_with_another_key_held_it_is_the_browsers(
    open_page: OpenPage, houses: list[ServiceAtLocation], modifier: str
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, f"{modifier}+j")
    assert page.evaluate("document.activeElement === document.body")


def test_a_link_of_the_menu_is_no_place_for_letters(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    link = page.get_by_role("link", name="Help now")
    link.focus()
    press(page, "j")
    expect(link).to_be_focused()


def test_works_with_results_that_came_in_place(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280)
    tick(page, "Medicaid")
    expect(page.locator("#counts")).to_contain_text("2 say they fit. 1 more may fit.")
    press(page, "j")
    expect(heads(page).nth(0)).to_be_focused()
    press(page, "a")
    expect(count(page)).to_have_text("My list (1)")


def test_the_list_of_keys_opens_closes_and_gives_the_focus_back(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "j", "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    assert violations(page) == []
    press(page, "a")
    expect(count(page)).to_be_hidden()
    press(page, "Escape")
    expect(keys).to_be_hidden()
    expect(heads(page).nth(0)).to_be_focused()


def test_the_keys_can_be_turned_off_and_that_is_remembered(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    page.get_by_role("button", name="Keyboard: press ? for keys").click()
    page.get_by_label("Use these keys").uncheck()
    press(page, "Escape")
    page.goto(ADDRESS)
    press(page, "j", "?", "/")
    assert page.evaluate("document.activeElement === document.body")
    expect(page.locator("#keys")).to_be_hidden()
    page.get_by_role("button", name="Keyboard: keys are off").click()
    page.get_by_label("Use these keys").check()
    page.get_by_role("button", name="Close").click()
    press(page, "j")
    page.goto(ADDRESS)
    press(page, "j")
    expect(heads(page).nth(0)).to_be_focused()


def test_nothing_is_remembered_until_someone_turns_them_off(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "j", "?", "Escape")
    assert page.evaluate("localStorage.length") == 0


def test_the_list_of_keys_covers_no_way_out(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "?")
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(NEUTRAL)


def test_shift_three_times_leaves_with_the_list_of_keys_open(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    page = open_page(ADDRESS, width=1280)
    press(page, "?", "Shift", "Shift", "Shift")
    page.wait_for_url(NEUTRAL)


def test_the_hint_shows_on_a_desk_and_on_a_phone_to_whom_it_reaches(
    open_page: OpenPage, houses: list[ServiceAtLocation]
) -> None:
    button = "Keyboard: press ? for keys"
    desk = open_page(ADDRESS, width=1280).get_by_role("button", name=button)
    assert (desk.bounding_box() or {})["height"] >= 44
    phone = open_page(ADDRESS)
    hint = phone.locator("[data-keys]")
    assert (hint.bounding_box() or {})["height"] == 1
    phone.get_by_role("button", name=button).focus()
    assert (hint.bounding_box() or {})["height"] >= 44


def test_nothing_is_offered_without_javascript(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(ADDRESS, width=1280, javascript=False)
    expect(page.locator("[data-keys]")).to_be_hidden()


def test_keys_work_on_a_plan(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page("/plan/?near=28801&substance=alcohol", width=1280)
    press(page, "j")
    expect(heads(page).nth(0)).to_be_focused()
    press(page, "a")
    expect(count(page)).to_have_text("My list (1)")


def test_keys_work_on_a_comparison(open_page: OpenPage, houses: list[ServiceAtLocation]) -> None:
    page = open_page(
        f"/list/compare/?{urlencode([('listing', str(each.pk)) for each in houses])}", width=1280
    )
    press(page, "j", "j")
    expect(page.locator("[data-card-link]").nth(1)).to_be_focused()
    press(page, "a")
    expect(count(page)).to_have_text("My list (1)")
    expect(page.get_by_role("link", name="On your list")).to_be_focused()
    expect(page.locator(f"[form=to-list][value='{houses[1].pk}']")).to_have_count(0)
