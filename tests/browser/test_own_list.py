"""The pages of whoever makes a list: for everyone who cannot see, point, or has a small screen."""

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from tests.browser.conftest import OpenPage
from tests.browser.test_signing_in import faults
from tests.factories import make_listing
from tests.made_up_voices import one_of_us

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(transactional_db: None, vocabulary: None) -> None:
    call_command("loaddata", "crisis_lines", verbosity=0)
    made = [make_listing(name=f"Riverside {each}", categories=[each]) for each in CareCategory.values]
    index_listings([listing.pk for listing in made])


def sign_in(page: Page) -> None:
    """As one of us who came through the desk's door."""
    client = Client()
    client.force_login(one_of_us())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])


@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize(("width", "scheme", "language"), [(320, "light", ""), (1280, "dark", "/es")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(
    open_page: OpenPage, three: None, width: int, scheme: str, language: str, is_signed_in: bool
) -> None:
    page = open_page("/help-now/", width=width, color_scheme=scheme)
    if is_signed_in:
        sign_in(page)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[name] = [*faults(page), *([f"{wide} wide"] if wide > width else [])]

    page.goto(f"{language}/list/")
    look("an empty list")
    page.goto(f"{language}/plan/?near=28801&substance=alcohol")
    look("a plan")
    page.locator("summary", has_text="plan").last.click()
    page.locator("form[action$='/list/add-plan/'] button").click()
    expect(page.locator(".own-item")).to_have_count(3)
    for fold in page.locator(".own-list-page summary").all():
        fold.click()
    look("a list, all unfolded")
    page.locator("form[action$='/list/share/'] button").click()
    expect(page.locator(".qr")).to_be_visible()
    look("a link")
    page.goto(f"{language}/search/?near=28801")
    look("results")
    if is_signed_in:
        page.goto(f"{language}/my/")
        look("work")
    assert {name: each for name, each in found.items() if each} == {}


def test_a_list_is_made_by_the_keyboard_alone(open_page: OpenPage, three: None) -> None:
    page = open_page("/search/?near=28801", width=1200)
    page.get_by_role("button", name="Add to list").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="On your list")).to_be_focused()
    page.get_by_role("button", name="Add to list").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="My list (2)")).to_be_visible()
    page.goto("/list/")
    before = page.locator("main li h3").all_inner_texts()
    page.locator("button[value=down]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main li h3").first).to_have_text(before[1])
