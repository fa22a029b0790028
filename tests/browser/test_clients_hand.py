"""From a search to a list in the client's hand, and back by the code on the paper.

In a real browser, with a real PDF, and a real change at the desk.
"""

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import Phone, ServiceAtLocation
from tests.browser.conftest import OpenPage
from tests.factories import make_listing

PASSWORD = "correct horse battery"
NAMES = [f"Riverside Place {name}" for name in ("One", "Two", "Three", "Four", "Five")]
DOTS_PER_POINT = 3

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def five(transactional_db: None, vocabulary: None) -> list[ServiceAtLocation]:
    call_command("loaddata", "crisis_lines", verbosity=0)
    made = [
        make_listing(name=name, phone=f"828-555-010{number}", categories=[CareCategory.BEHAVIORAL_HEALTH])
        for number, name in enumerate(NAMES)
    ]
    index_listings([listing.pk for listing in made])
    return made


def headings(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("main li h3").all_inner_texts()]


def press(page: Page, button: str, place: str) -> None:
    page.get_by_role("button", name=re.compile(rf"{button}\s*: {place}")).click()


def add_all(page: Page) -> None:
    for number in range(len(NAMES)):
        page.get_by_role("button", name="Add to list").first.click()
        expect(page.locator("[data-list-count] a")).to_have_text(f"My list ({number + 1})")


def code_on(paper: Path) -> str:
    """Read off the drawn page, as a phone's camera reads it."""
    for page in pypdfium2.PdfDocument(paper):
        codes = zxingcpp.read_barcodes(page.render(scale=DOTS_PER_POINT).to_pil())
        if codes:
            return str(codes[0].text)
    raise AssertionError("No page has a code.")


def test_search_list_link_paper_and_back(
    open_page: OpenPage, five: list[ServiceAtLocation], tmp_path: Path
) -> None:
    page = open_page("/search/?near=28801", width=1200, accept_downloads=True)
    add_all(page)
    page.goto("/list/")
    first_order = headings(page)
    press(page, "Up", first_order[4])
    expected = [*first_order[:3], first_order[4], first_order[3]]
    assert headings(page) == expected

    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("textbox", name="Link").input_value()

    client = open_page(link, width=360)
    assert headings(client) == expected
    assert client.context.cookies() == []

    client.get_by_text("Keep it: print, save or send").click()
    with client.expect_download() as printed:
        client.get_by_role("link", name=re.compile(r"^To print \(PDF\)")).click()
    paper = tmp_path / "list.pdf"
    printed.value.save_as(paper)
    scanned = code_on(paper)
    assert scanned.startswith(link)

    library = open_page(scanned, width=1200)
    assert headings(library) == expected
    expect(library.get_by_text("828-555-9999")).to_have_count(0)

    change_phone_at_the_desk(open_page, five[0])
    library.goto(scanned)
    changed = library.locator("main li", has=library.get_by_role("heading", name=NAMES[0]))
    expect(changed.get_by_text("The phone number changed")).to_be_visible()
    expect(changed.get_by_role("link", name="828-555-9999").first).to_be_visible()
    expect(library.get_by_text("1 of 5")).to_be_visible()
    expect(library.locator("main li").get_by_text("The phone number changed")).to_have_count(1)


def change_phone_at_the_desk(open_page: OpenPage, listing: ServiceAtLocation) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    desk = open_page(f"/desk/finder/serviceatlocation/{listing.pk}/change/", width=1280)
    desk.get_by_label("Username").fill("root")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Log in").click()
    number = desk.locator("input[name='phones-0-number']")
    number.fill("828-555-9999")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert Phone.objects.get(listing=listing).number == "828-555-9999"


@pytest.mark.parametrize("javascript", [True, False])
def test_all_of_it_works_with_and_without_a_script(
    open_page: OpenPage, five: list[ServiceAtLocation], javascript: bool
) -> None:
    page = open_page("/search/?near=28801", javascript=javascript)
    page.get_by_role("button", name="Add to list").first.click()
    expect(page.get_by_role("link", name="On your list")).to_have_count(1)
    page.get_by_role("button", name="Add to list").first.click()
    expect(page.get_by_role("link", name="On your list")).to_have_count(2)
    page.get_by_role("link", name="My list (2)").click()
    first, second = headings(page)
    press(page, "Down", first)
    assert headings(page) == [second, first]
    page.get_by_text("Add a note").first.click()
    page.get_by_label("Note").first.fill("Bring an ID.")
    page.get_by_label("Show this note").first.check()
    page.get_by_role("button", name="Keep the note").first.click()
    page.get_by_role("button", name="Make a link").click()
    client = open_page(page.get_by_role("textbox", name="Link").input_value(), javascript=javascript)
    assert headings(client) == [second, first]
    expect(client.get_by_text("Note: Bring an ID.", exact=True)).to_be_visible()


def test_places_can_be_dragged(open_page: OpenPage, five: list[ServiceAtLocation]) -> None:
    page = open_page("/search/?near=28801", width=1200)
    add_all(page)
    page.goto("/list/")
    page.set_viewport_size({"width": 1200, "height": 4000})
    before = headings(page)
    items = page.locator("[data-listing]")
    with page.expect_response("**/list/move/"):
        items.nth(2).locator("h3").drag_to(items.nth(0), target_position={"x": 20, "y": 4})
    page.reload()
    assert headings(page) == [before[2], before[0], before[1], *before[3:]]
